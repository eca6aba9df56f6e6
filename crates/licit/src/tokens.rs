//! Bearer tokens of an identity provider (OpenID Connect): who may ask, by a signature that the provider's published keys prove.
//!
//! Only signatures by a key pair are taken, and only under a key that the provider published for that sort: a token without a signature,
//! or one "signed" with a public key as if it were a secret, is nothing. Keys that a token itself brings or points to are never looked at.

use crate::keys::Scope;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// Most bytes of a token.
const MOST_TOKEN_BYTES: usize = 16 << 10;
/// Most bytes of a file of settings, and of a set of keys.
const MOST_BYTES: u64 = 1 << 20;
/// Most keys of a set.
const MOST_KEYS: usize = 100;
/// Most seconds that two clocks may differ.
const MOST_SKEW: u64 = 600;
/// How often keys are looked at again.
pub(crate) const OFTEN: Duration = Duration::from_secs(600);
/// How often at most they are, when a token names a key that is not among them.
const SELDOM: Duration = Duration::from_secs(30);
/// Signatures that are taken: by key pairs only.
const TAKEN: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// As the file has it.
#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Written {
    /// Who gives the tokens, as `iss` says it.
    issuer: String,
    /// For whom they must be, as `aud` says it.
    audience: String,
    /// A file, or an address that begins with https://, with the provider's keys.
    jwks: String,
    /// The claim with the scopes: words in a text, or in an array.
    #[serde(default = "scope")]
    scopes: String,
    /// What stands before the words of the scopes.
    #[serde(default)]
    prefix: String,
    /// The claim that names who asks.
    #[serde(default = "sub")]
    name: String,
    /// How many seconds the provider's clock may differ.
    #[serde(default = "minute")]
    skew_seconds: u64,
}

fn scope() -> String {
    "scope".to_owned()
}

fn sub() -> String {
    "sub".to_owned()
}

fn minute() -> u64 {
    60
}

/// Who showed a token that is worth something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bearer {
    /// Who it is, as the provider says.
    pub name: String,
    /// What the token may be used for.
    pub scopes: Vec<Scope>,
}

/// The tokens of one provider.
#[derive(Debug)]
pub struct Tokens {
    written: Written,
    held: RwLock<Held>,
}

#[derive(Debug)]
struct Held {
    keys: JwkSet,
    looked: Instant,
    /// Whether a token named a key that is not here.
    missed: bool,
}

impl Tokens {
    /// From a file of settings; paths in it are relative to it. A provider that does not answer is no error: its keys are fetched later.
    ///
    /// # Errors
    /// When the settings, or the keys in a file, cannot be read; says what would be right.
    pub fn open(file: &Path) -> Result<Self, String> {
        let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
        let mut written: Written = toml::from_str(&read(file)?).map_err(|e| wrong(&e))?;
        if written.issuer.is_empty() || written.audience.is_empty() {
            return Err(wrong(&"name the issuer and the audience: a token for somebody else is worth nothing here"));
        }
        if written.skew_seconds > MOST_SKEW {
            return Err(wrong(&format!("skew_seconds is at most {MOST_SKEW}")));
        }
        if !written.jwks.starts_with("https://") {
            if written.jwks.contains("://") {
                return Err(wrong(&"jwks is a file, or an address that begins with https://"));
            }
            let beside: PathBuf = file.parent().unwrap_or(Path::new("")).join(&written.jwks);
            written.jwks = beside.display().to_string();
        }
        let tokens = Self { held: RwLock::new(Held { keys: JwkSet { keys: Vec::new() }, looked: Instant::now(), missed: false }), written };
        match tokens.look() {
            Err(why) if !tokens.written.jwks.starts_with("https://") => Err(why),
            _ => Ok(tokens),
        }
    }

    /// Looks at the provider's keys again. Those that it had stay when it does not answer.
    ///
    /// # Errors
    /// When they cannot be had or are no keys.
    pub fn look(&self) -> Result<(), String> {
        let jwks = &self.written.jwks;
        let text = if jwks.starts_with("https://") { fetched(jwks) } else { read(Path::new(jwks)) };
        let keys = text.and_then(|text| serde_json::from_str::<JwkSet>(&text).map_err(|e| format!("{jwks}: {e}")));
        let keys =
            keys.and_then(|set| if set.keys.len() > MOST_KEYS { Err(format!("{jwks}: more than {MOST_KEYS} keys")) } else { Ok(set) });
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        // A provider that did not answer is asked again soon.
        (held.looked, held.missed) = (Instant::now(), keys.is_err());
        held.keys = keys?;
        Ok(())
    }

    /// Whether it is time to look at the keys again.
    #[must_use]
    pub fn is_due(&self) -> bool {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.looked.elapsed() >= if held.missed { SELDOM } else { OFTEN }
    }

    /// Whose token a text is, when it is one and is worth anything now.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Bearer> {
        if text.len() > MOST_TOKEN_BYTES {
            return None;
        }
        let header = decode_header(text).ok()?;
        // What must be understood, and is not, is refused.
        if !TAKEN.contains(&header.alg) || header.crit.is_some() {
            return None;
        }
        let key = self.key(header.kid.as_deref(), header.alg)?;
        let mut asked = Validation::new(header.alg);
        asked.leeway = self.written.skew_seconds;
        asked.validate_nbf = true;
        asked.set_audience(&[&self.written.audience]);
        asked.set_issuer(&[&self.written.issuer]);
        asked.set_required_spec_claims(&["exp", "iss", "aud"]);
        let claims: Value = decode(text, &key, &asked).ok()?.claims;
        let name = claims.get(&self.written.name).and_then(Value::as_str).filter(|n| !n.is_empty())?;
        Some(Bearer { name: name.chars().take(200).collect(), scopes: self.scopes(&claims) })
    }

    /// The published key of a name for a signature of this sort; without a name the only one that there is.
    fn key(&self, name: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let found = match (name, held.keys.keys.as_slice()) {
            (Some(name), _) => held.keys.find(name),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let Some(found) = found else {
            // The provider may have made a new one; it is asked soon, and who asks with it comes again.
            drop(held);
            self.held.write().unwrap_or_else(PoisonError::into_inner).missed = true;
            return None;
        };
        usable(found, algorithm)
    }

    fn scopes(&self, claims: &Value) -> Vec<Scope> {
        let words: Vec<&str> = match claims.get(&self.written.scopes) {
            Some(Value::String(text)) => text.split_whitespace().collect(),
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        words.into_iter().filter_map(|word| word.strip_prefix(&self.written.prefix)).filter_map(Scope::parse).collect()
    }
}

/// A published key, where it is one for signatures of this sort.
fn usable(key: &Jwk, algorithm: Algorithm) -> Option<DecodingKey> {
    if key.common.public_key_use.as_ref().is_some_and(|of| *of != PublicKeyUse::Signature) {
        return None;
    }
    // What the provider says the key is for must be what the token says it was used for.
    if key.common.key_algorithm.is_some_and(|of| of.to_string() != format!("{algorithm:?}")) {
        return None;
    }
    let fits = match key.algorithm {
        AlgorithmParameters::RSA(_) => matches!(
            algorithm,
            Algorithm::RS256 | Algorithm::RS384 | Algorithm::RS512 | Algorithm::PS256 | Algorithm::PS384 | Algorithm::PS512
        ),
        AlgorithmParameters::EllipticCurve(_) => matches!(algorithm, Algorithm::ES256 | Algorithm::ES384),
        AlgorithmParameters::OctetKeyPair(_) => algorithm == Algorithm::EdDSA,
        // A shared secret has no place among published keys.
        _ => false,
    };
    let made = DecodingKey::from_jwk(key).ok().filter(|_| fits)?;
    // The library takes the first 32 bytes of such a key for granted.
    let short = algorithm == Algorithm::EdDSA && made.try_get_as_bytes().map_or(0, <[u8]>::len) != 32;
    (!short).then_some(made)
}

fn read(file: &Path) -> Result<String, String> {
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    if std::fs::metadata(file).map_err(|e| wrong(&e))?.len() > MOST_BYTES {
        return Err(wrong(&format!("it has more than {MOST_BYTES} bytes")));
    }
    std::fs::read_to_string(file).map_err(|e| wrong(&e))
}

fn fetched(url: &str) -> Result<String, String> {
    let config = Agent::config_builder()
        .https_only(true)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(10)))
        .build();
    let mut answer = config.new_agent().get(url).call().map_err(|e| format!("{url}: {e}"))?;
    if answer.status() != ureq::http::StatusCode::OK {
        return Err(format!("{url}: it answered with {}", answer.status()));
    }
    answer.body_mut().with_config().limit(MOST_BYTES).read_to_string().map_err(|e| format!("{url}: {e}"))
}
