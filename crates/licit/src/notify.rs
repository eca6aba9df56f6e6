//! Notices to other systems: who may be told, how a notice is signed, and one attempt to send it.
//!
//! Signed as <https://www.standardwebhooks.com> describes, so receivers have libraries for it. Nothing is sent to an address that the
//! file does not name, redirects are not followed, and an address inside of one's own network must be allowed by name: who may write a
//! URL into a file must not thereby reach what only this machine can.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// Most receivers.
const MOST_HOOKS: usize = 50;
/// Most bytes of the file.
const MOST_BYTES: u64 = 1 << 20;
/// Fewest bytes of a secret.
const LEAST_SECRET: usize = 24;
/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who is told when a recheck finds that a decision is another now.
#[derive(Clone)]
pub struct Hook {
    /// Its name, under which it is known how far it has been told.
    pub name: String,
    url: String,
    secret: Vec<u8>,
    private: bool,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hook({})", self.name)
    }
}

/// As the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    hook: Vec<One>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    name: String,
    url: String,
    secret: String,
    #[serde(default)]
    private: bool,
}

/// The receivers that a file names.
///
/// # Errors
/// When it cannot be read, or names a receiver that cannot be told; says which, and what would be right.
pub fn hooks(file: &Path) -> Result<Vec<Hook>, String> {
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    let about = std::fs::metadata(file).map_err(|e| wrong(&e))?;
    if about.len() > MOST_BYTES {
        return Err(wrong(&"it is too large for a file of receivers"));
    }
    let written: Written = toml::from_str(&std::fs::read_to_string(file).map_err(|e| wrong(&e))?).map_err(|e| wrong(&e))?;
    if written.hook.is_empty() || written.hook.len() > MOST_HOOKS {
        return Err(wrong(&format!("it names {} receivers; name 1 to {MOST_HOOKS}, each under [[hook]]", written.hook.len())));
    }
    let mut out: Vec<Hook> = Vec::new();
    for one in written.hook {
        let told = |e: String| wrong(&format!("the receiver `{}`: {e}", one.name.chars().take(40).collect::<String>()));
        if out.iter().any(|known| known.name == one.name) {
            return Err(told("there is another of this name".into()));
        }
        out.push(Hook::of(&one).map_err(told)?);
    }
    Ok(out)
}

impl Hook {
    fn of(one: &One) -> Result<Self, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if one.name.is_empty() || one.name.len() > 64 || !one.name.chars().all(plain) {
            return Err("a name is 1 to 64 letters, digits, `-`, `_`, `.`".into());
        }
        let secret = one.secret.strip_prefix("whsec_").and_then(|s| STANDARD.decode(s).ok()).filter(|s| s.len() >= LEAST_SECRET);
        let secret = secret.ok_or("a secret is `whsec_` and 24 to 64 random bytes in Base64: `openssl rand -base64 32` makes them")?;
        let uri: Uri = one.url.parse().map_err(|e| format!("the url: {e}"))?;
        let host = uri.host().unwrap_or_default();
        if uri.authority().is_some_and(|a| a.as_str().contains('@')) {
            return Err("a url has no password in it; the signature says who sends".into());
        }
        let plain_http = uri.scheme_str() == Some("http") && one.private;
        if host.is_empty() || !(uri.scheme_str() == Some("https") || plain_http) {
            return Err("a url begins with https://; http:// only where `private = true` says that it is your own network".into());
        }
        Ok(Self { name: one.name.clone(), url: one.url.clone(), secret, private: one.private })
    }

    /// Sends a notice once. `id` names it, so that one that comes twice is known; `at` is the time of the attempt, in seconds since 1970.
    ///
    /// # Errors
    /// When it was not taken, with the reason in words.
    pub fn send(&self, id: &str, at: i64, body: &str) -> Result<(), String> {
        let agent = Agent::with_parts(crate::outward::config(PATIENCE), DefaultConnector::default(), Guarded { private: self.private });
        let request = agent
            .post(&self.url)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", self.signature(id, at, body));
        let response = request.send(body).map_err(|e| match e {
            ureq::Error::HostNotFound if !self.private => "the host has no address outside of this network".to_owned(),
            other => other.to_string(),
        })?;
        let status = response.status();
        if status.is_success() { Ok(()) } else { Err(format!("it answered with {status}")) }
    }

    /// `v1,` and the signature over id, time and body, in Base64.
    #[must_use]
    pub fn signature(&self, id: &str, at: i64, body: &str) -> String {
        // HMAC takes keys of every length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return String::new() };
        mac.update(format!("{id}.{at}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// Looks a host up and leaves out the addresses that are not to be reached. What is connected to is what was looked at, so a name that
/// changes its address between the two gains nothing.
#[derive(Debug)]
struct Guarded {
    private: bool,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut out = self.empty();
        found.iter().filter(|a| self.private || is_public(a.ip())).for_each(|a| out.push(*a));
        if out.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(out) }
    }
}

/// Whether an address is one of the open network, and not of this machine, its own network or the blocks set aside (IANA's registries of
/// special-purpose addresses).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = matches!((a, b, c), (0 | 10 | 127, ..) | (100, 64..=127, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _))
        || matches!((a, b, c), (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113));
    !special && a < 224
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, high, low] = ip.segments();
    let [h1, h2] = high.to_be_bytes();
    let [l1, l2] = low.to_be_bytes();
    let embedded = Ipv4Addr::new(h1, h2, l1, l2);
    match (a, b, c, d, e, f) {
        // An old address in a new one: mapped, or translated.
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => is_public_v4(embedded),
        // 6to4 and Teredo lead to old addresses by other ways, and documentation to nothing.
        (0x2002 | 0x3fff, ..) | (0x2001, 0 | 0xdb8, ..) => false,
        // Everything that is given out to the open network lies here.
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ones_own_network_are_told_from_others() {
        for ip in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    fn read(text: &str) -> Result<Vec<Hook>, String> {
        let file = std::env::temp_dir().join(format!("licit-hooks-{}-{}", std::process::id(), blake3::hash(text.as_bytes()).to_hex()));
        std::fs::write(&file, text).unwrap();
        let read = hooks(&file);
        std::fs::remove_file(file).unwrap();
        read
    }

    #[test]
    fn a_receiver_that_cannot_be_told_is_refused_by_name() {
        let one = |more: &str| format!("[[hook]]\nname = \"desk\"\n{more}");
        let secret = "secret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"";
        let good = one(&format!("url = \"https://example.org/x\"\n{secret}"));
        assert_eq!(read(&good).unwrap().len(), 1);
        for (text, told) in [
            (one("url = \"http://example.org\"\n") + secret, "https://"),
            (one("url = \"ftp://example.org\"\nprivate = true\n") + secret, "https://"),
            (one("url = \"https://a:b@example.org\"\n") + secret, "password"),
            (one("url = \"https://example.org\"\nsecret = \"whsec_c2hvcnQ=\""), "openssl rand"),
            (one("url = \"https://example.org\"\nsecret = \"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\""), "openssl rand"),
            (format!("{good}\n{good}"), "another of this name"),
            (good.replace("desk", "the desk"), "letters, digits"),
            (String::new(), "[[hook]]"),
            (good.replace("url", "uri"), "uri"),
        ] {
            let refused = read(&text).unwrap_err();
            assert!(refused.contains(told), "{refused}");
        }
    }

    /// The example of the description of Standard Webhooks, 1.0.0.
    #[test]
    fn a_notice_is_signed_as_the_standard_does() {
        let text = "[[hook]]\nname = \"desk\"\nurl = \"https://example.org\"\nsecret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"";
        let hook = read(text).unwrap().remove(0);
        let signed = hook.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
