//! Who may ask, and how it goes over the network: tokens of an identity provider, TLS.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod running;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use licit::Rulebook;
use licit::serve::{Settings, Tls};
use licit::tokens::Tokens;
use running::{Answer, Running};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, crypto::ring};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("access-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// An identity provider that only gives tokens.
struct Provider {
    key: SigningKey,
}

impl Provider {
    fn new(seed: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[seed; 32]) }
    }

    fn jwk(&self, name: &str) -> Value {
        json!({"kty": "OKP", "crv": "Ed25519", "kid": name, "alg": "EdDSA", "use": "sig",
            "x": URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes())})
    }

    fn token(&self, head: &Value, claims: &Value) -> String {
        let signed = format!("{}.{}", part(head), part(claims));
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes()).to_bytes()))
    }
}

fn part(of: &Value) -> String {
    URL_SAFE_NO_PAD.encode(of.to_string())
}

/// The settings of a provider whose keys lie in a file.
fn trusting(folder: &Path, keys: &[Value], more: &str) -> Result<Tokens, String> {
    std::fs::write(folder.join("keys.json"), json!({ "keys": keys }).to_string()).unwrap();
    let text = format!("issuer = \"https://id.example.org\"\naudience = \"licit\"\njwks = \"keys.json\"\n{more}");
    std::fs::write(folder.join("oidc.toml"), text).unwrap();
    Tokens::open(&folder.join("oidc.toml"))
}

fn claims(change: &Value) -> Value {
    let now = jiff::Timestamp::now().as_second();
    let mut out = json!({"iss": "https://id.example.org", "aud": ["other", "licit"], "sub": "ann", "exp": now + 300, "nbf": now - 5, "scope": "openid read decide"});
    for (name, value) in change.as_object().unwrap() {
        out[name] = value.clone();
    }
    out
}

#[test]
fn a_token_is_taken_for_what_it_says_and_for_nothing_else() {
    let folder = scratch("tokens");
    let (provider, stranger) = (Provider::new(1), Provider::new(2));
    let tokens = trusting(&folder, &[provider.jwk("one"), provider.jwk("two")], "").unwrap();
    let server = Running::of(Rulebook::embedded().clone(), Settings { tokens: Some(Arc::new(tokens)), ..Settings::default() }, None, None);
    let ask = |path: &str, token: &str| server.send("GET", path, &format!("authorization: Bearer {token}\r\n"), b"");
    let head = json!({"alg": "EdDSA", "kid": "one", "typ": "at+jwt"});
    let good = provider.token(&head, &claims(&json!({})));
    server.get("/v1/law").is_problem(401, "no-key");
    assert_eq!(ask("/v1/law", &good).status, 200);
    ask("/metrics", &good).is_problem(403, "scope");
    assert_eq!(ask("/metrics", &provider.token(&head, &claims(&json!({"scope": ["admin"]})))).status, 200);
    ask("/v1/law", &provider.token(&head, &claims(&json!({"scope": "openid"})))).is_problem(403, "scope");
    let now = jiff::Timestamp::now().as_second();
    // Clocks differ, by a minute and no more.
    assert_eq!(ask("/v1/law", &provider.token(&head, &claims(&json!({"exp": now - 20})))).status, 200);
    for wrong in [
        json!({"exp": now - 200}),
        json!({"exp": null}),
        json!({"exp": "tomorrow"}),
        json!({"nbf": now + 200}),
        json!({"iss": "https://id.example.com"}),
        json!({"iss": null}),
        json!({"aud": "other"}),
        json!({"aud": null}),
        json!({"sub": ""}),
    ] {
        ask("/v1/law", &provider.token(&head, &claims(&wrong))).is_problem(401, "no-key");
    }
    let forged = |head: Value| stranger.token(&head, &claims(&json!({"scope": "admin"})));
    let public = URL_SAFE_NO_PAD.encode(provider.key.verifying_key().as_bytes());
    for wrong in [
        forged(head.clone()),
        forged(json!({"alg": "EdDSA", "kid": "three"})),
        forged(json!({"alg": "EdDSA"})),
        // Keys that a token brings along, or points to.
        forged(json!({"alg": "EdDSA", "jwk": stranger.jwk("one")})),
        forged(json!({"alg": "EdDSA", "kid": "one", "jku": "http://127.0.0.1:9/keys.json"})),
        // Another sort of signature than the key is for, a public key as a secret, none at all.
        provider.token(&json!({"alg": "RS256", "kid": "one"}), &claims(&json!({}))),
        provider.token(&json!({"alg": "HS256", "kid": "one"}), &claims(&json!({}))),
        provider.token(&json!({"alg": "none", "kid": "one"}), &claims(&json!({}))),
        format!("{}.{}.", part(&json!({"alg": "none"})), part(&claims(&json!({})))),
        format!("{}.{}.{public}", part(&json!({"alg": "HS256", "kid": "one"})), part(&claims(&json!({})))),
        provider.token(&json!({"alg": "EdDSA", "kid": "one", "crit": ["exp"]}), &claims(&json!({}))),
        good.replacen('.', "..", 1),
        good.rsplit_once('.').unwrap().0.to_owned(),
        format!("{good}A"),
        "x".repeat(20_000),
    ] {
        let answer = ask("/v1/law", &wrong);
        assert!([401, 431].contains(&answer.status), "{wrong}: {answer:?}");
    }
    let mut other = good.clone();
    other.replace_range(other.find('.').unwrap() + 5..=other.find('.').unwrap() + 5, "x");
    ask("/v1/law", &other).is_problem(401, "no-key");
}

#[test]
fn keys_that_are_exchanged_count_and_settings_that_cannot_hold_are_refused() {
    let folder = scratch("exchange");
    let (old, new) = (Provider::new(3), Provider::new(4));
    let tokens = trusting(&folder, &[old.jwk("old")], "prefix = \"licit.\"\nscopes = \"roles\"\nname = \"email\"").unwrap();
    let said = claims(&json!({"roles": ["licit.settle", "read"], "email": "ann@example.org"}));
    let found = tokens.find(&old.token(&json!({"alg": "EdDSA", "kid": "old"}), &said)).unwrap();
    assert_eq!((found.name.as_str(), found.scopes.as_slice()), ("ann@example.org", &[licit::keys::Scope::Settle][..]));
    let fresh = new.token(&json!({"alg": "EdDSA", "kid": "new"}), &said);
    assert_eq!(tokens.find(&fresh), None);
    std::fs::write(folder.join("keys.json"), json!({"keys": [new.jwk("new")]}).to_string()).unwrap();
    tokens.look().unwrap();
    assert!(tokens.find(&fresh).is_some());
    // A provider that fails keeps the keys it had; one that publishes nonsense gives none.
    std::fs::write(folder.join("keys.json"), "nothing").unwrap();
    assert!(tokens.look().is_err() && tokens.find(&fresh).is_some());
    let short = json!({"kty": "OKP", "crv": "Ed25519", "kid": "new", "x": "AAAA"});
    let secret = json!({"kty": "oct", "kid": "new", "k": "c2VjcmV0"});
    for key in [short, secret] {
        assert_eq!(trusting(&folder, &[key], "").unwrap().find(&fresh), None);
    }
    for (more, told) in [("skew_seconds = 9000", "600"), ("audience = \"x\"", "duplicate"), ("issuers = 1", "issuers")] {
        assert!(trusting(&folder, &[new.jwk("new")], more).unwrap_err().contains(told), "{more}");
    }
    std::fs::write(folder.join("oidc.toml"), "issuer = \"x\"\naudience = \"y\"\njwks = \"http://example.org/keys\"").unwrap();
    assert!(Tokens::open(&folder.join("oidc.toml")).unwrap_err().contains("https://"));
}

/// A certificate for `localhost` in files, and the certificate itself.
fn certificate(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    CertificateDer::from_pem_slice(made.cert.pem().as_bytes()).unwrap()
}

fn over_tls(server: &Running, trusted: &CertificateDer<'static>) -> std::io::Result<Answer> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    let mut stream = StreamOwned::new(client, server.stream());
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
    Ok(Answer::read(&mut stream))
}

#[test]
fn what_goes_over_the_network_is_sealed_and_a_new_certificate_is_taken() {
    let folder = scratch("tls");
    let trusted = certificate(&folder);
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let tls = Tls::open(cert.clone(), key.clone()).unwrap();
    let server = Running::of(Rulebook::embedded().clone(), Settings { tls: Some(Arc::new(tls)), ..Settings::default() }, None, None);
    assert_eq!(over_tls(&server, &trusted).unwrap().status, 200);
    assert_ne!(server.get("/healthz").status, 200, "plain HTTP is not answered");
    let other = scratch("tls-other");
    let stranger = certificate(&other);
    assert!(over_tls(&server, &stranger).is_err(), "somebody else's certificate is not this server's");
    // A renewed certificate counts for the connections that come then.
    std::fs::copy(other.join("key.pem"), &key).unwrap();
    std::fs::copy(other.join("cert.pem"), &cert).unwrap();
    let start = std::time::Instant::now();
    while over_tls(&server, &stranger).is_err() {
        assert!(start.elapsed() < Duration::from_secs(120), "the new certificate is not taken");
    }
    // Files that are no certificate, or do not fit, are told at the start.
    std::fs::copy(other.join("cert.pem"), &key).unwrap();
    assert!(Tls::open(cert.clone(), key.clone()).unwrap_err().contains("key.pem"));
    std::fs::write(&cert, "nothing").unwrap();
    assert!(Tls::open(cert, key).unwrap_err().contains("cert.pem"));
}
