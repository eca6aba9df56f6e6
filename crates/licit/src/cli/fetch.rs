//! One file from one address: bounded in time and size, tried again when that may help, never taken for whole when it was cut off.
//!
//! Whether what came is a list is not judged here; the readers do, before anything counts.

use jiff::civil::Date;
use lists::store::{Fetched, StoredFile};
use std::io::Read;
use std::time::Duration;
use ureq::http::header::{CONTENT_LENGTH, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER};
use ureq::http::{Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

/// Most bytes of an answer. The largest list published is about 120 MB.
const MOST_BYTES: u64 = 512 << 20;
/// How often an address is tried.
const TRIES: u32 = 4;
/// The pause before the second try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(300);
/// The longest pause a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The longest that a whole answer may take.
const LONGEST_ANSWER: Duration = Duration::from_secs(30 * 60);
const MOST_REDIRECTS: u32 = 5;

/// Fetches over HTTP.
pub(super) struct Fetcher {
    agent: Agent,
    most_bytes: u64,
}

/// What an address gave.
pub(super) enum Got {
    Fresh(Vec<u8>, Fetched),
    /// The server says that what we have is still what it has.
    NotModified,
}

/// Why a try failed, and whether another may not.
struct Trouble {
    message: String,
    again: bool,
    /// How long the server asked to be left alone.
    pause: Option<Duration>,
}

impl Trouble {
    fn passing(message: impl Into<String>) -> Self {
        Self { message: message.into(), again: true, pause: None }
    }
    fn lasting(message: impl Into<String>) -> Self {
        Self { message: message.into(), again: false, pause: None }
    }
}

impl Fetcher {
    /// `silence` is how long a server may say nothing. Proxies are those of the environment.
    pub(super) fn new(silence: Duration, https_only: bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(https_only)
            .proxy(Proxy::try_from_env())
            // The certificates that the system trusts, so that a firm's own authority works.
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .max_redirects(MOST_REDIRECTS)
            .max_redirects_will_error(true)
            .timeout_connect(Some(silence.min(Duration::from_secs(20))))
            .timeout_recv_response(Some(silence))
            .timeout_per_read(Some(silence))
            .timeout_global(Some(LONGEST_ANSWER))
            .user_agent(concat!("licit/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent(), most_bytes: MOST_BYTES }
    }

    /// What the address has, unless it is still what is known. `progress` is told the bytes so far and how many will come, if known;
    /// `retry` why it is tried again.
    pub(super) fn get(
        &self,
        url: &str,
        known: Option<&StoredFile>,
        progress: &mut dyn FnMut(u64, Option<u64>),
        retry: &mut dyn FnMut(&str),
    ) -> Result<Got, String> {
        let mut pause = FIRST_PAUSE;
        let mut tried = 1;
        loop {
            let trouble = match self.once(url, known, progress) {
                Ok(got) => return Ok(got),
                Err(trouble) => trouble,
            };
            if !trouble.again || tried == TRIES {
                let times = if tried > 1 { format!(", after {tried} tries") } else { String::new() };
                return Err(format!("{url}: {}{times}", trouble.message));
            }
            retry(&trouble.message);
            std::thread::sleep(trouble.pause.map_or(pause, |p| p.min(LONGEST_PAUSE)));
            pause *= 2;
            tried += 1;
        }
    }

    fn once(&self, url: &str, known: Option<&StoredFile>, progress: &mut dyn FnMut(u64, Option<u64>)) -> Result<Got, Trouble> {
        let mut request = self.agent.get(url);
        if let Some(known) = known {
            for (header, value) in [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)] {
                if let Some(value) = value {
                    request = request.header(header, value);
                }
            }
        }
        let response = request.call().map_err(|e| trouble(&e))?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_MODIFIED if known.is_some() => return Ok(Got::NotModified),
            status => return Err(bad_status(&response, status)),
        }
        let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let last_modified = header(LAST_MODIFIED);
        let modified_day = last_modified.as_deref().and_then(http_day);
        let fetched = Fetched { url: url.to_owned(), etag: header(ETAG), last_modified, modified_day };
        // Of a compressed answer the length says nothing of what comes out; the decompression itself notices an end too early.
        let packed = response.headers().contains_key("content-encoding");
        let length = header(CONTENT_LENGTH).and_then(|l| l.parse::<u64>().ok()).filter(|_| !packed);
        if length.is_some_and(|l| l > self.most_bytes) {
            return Err(Trouble::lasting(too_large(self.most_bytes)));
        }
        let bytes = self.body(response, length, progress)?;
        Ok(Got::Fresh(bytes, fetched))
    }

    fn body(&self, response: Response<Body>, length: Option<u64>, progress: &mut dyn FnMut(u64, Option<u64>)) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let mut reader = response.into_body().into_reader();
        let mut piece = vec![0; 64 << 10];
        loop {
            let n =
                reader.read(&mut piece).map_err(|e| Trouble::passing(format!("the answer broke off after {} bytes: {e}", bytes.len())))?;
            bytes.extend_from_slice(piece.get(..n).unwrap_or_default());
            let so_far = bytes.len() as u64;
            progress(so_far, length);
            if so_far > self.most_bytes {
                return Err(Trouble::lasting(too_large(self.most_bytes)));
            }
            if n == 0 {
                return match length {
                    Some(l) if l != so_far => Err(Trouble::passing(format!("the answer broke off after {so_far} of {l} bytes"))),
                    _ => Ok(bytes),
                };
            }
        }
    }
}

fn too_large(most: u64) -> String {
    format!("the answer is larger than {} MiB, which no list is", most >> 20)
}

fn bad_status(response: &Response<Body>, status: StatusCode) -> Trouble {
    let message = format!("the server answered {}", status.as_u16());
    let reason = status.canonical_reason().map_or_else(String::new, |r| format!(" ({r})"));
    let wait = response.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok()).map(Duration::from_secs);
    let again = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::REQUEST_TIMEOUT;
    Trouble { message: message + &reason, again, pause: wait }
}

fn trouble(error: &ureq::Error) -> Trouble {
    use ureq::Error as E;
    match error {
        E::TooManyRedirects | E::RedirectFailed => {
            Trouble::lasting(format!("the server sends from one address to another, more than {MOST_REDIRECTS} times"))
        }
        E::RequireHttpsOnly(to) => Trouble::lasting(format!("it leads to an address without encryption ({to}), which is not followed")),
        E::BadUri(_) | E::Http(_) => Trouble::lasting("this is no address (it should begin with https://)"),
        E::HostNotFound => Trouble::passing("no such server, or no network"),
        E::Timeout(_) => Trouble::passing("the server said nothing for too long (`--timeout` sets how long)"),
        E::Tls(_) | E::Rustls(_) => {
            Trouble::lasting(format!("no safe connection: {error} (the server's certificate must be one that this system trusts)"))
        }
        E::InvalidProxyUrl | E::ConnectProxyFailed(_) => Trouble::lasting(format!("the proxy of the environment does not work: {error}")),
        E::Io(e) if e.kind() == std::io::ErrorKind::InvalidData => Trouble::lasting(format!("no safe connection: {e}")),
        _ => Trouble::passing(error.to_string()),
    }
}

/// The day of `Sat, 03 Jan 2026 12:00:00 GMT`.
fn http_day(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut parts = text.split_once(", ")?.1.split(' ');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().position(|m| *m == month)?;
    Date::new(parts.next()?.parse().ok()?, i8::try_from(month + 1).ok()?, day).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use std::io::Write;
    use std::net::TcpListener;

    #[test]
    fn the_day_of_an_answer() {
        assert_eq!(http_day("Sat, 03 Jan 2026 12:00:00 GMT"), "2026-01-03".parse().ok());
        assert_eq!(http_day("yesterday"), None);
        assert_eq!(http_day("Sat, 99 Jan 2026 12:00:00 GMT"), None);
    }

    #[test]
    fn an_answer_without_end_is_cut_off_at_the_limit() {
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/list.xml", server.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = server.accept().unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while stream.write_all(format!("1000\r\n{}\r\n", "x".repeat(0x1000)).as_bytes()).is_ok() {}
        });
        let fetcher = Fetcher { most_bytes: 1 << 20, agent: Agent::config_builder().proxy(None).build().new_agent() };
        let mut most_seen = 0;
        let got = fetcher.get(&url, None, &mut |bytes, _| most_seen = bytes, &mut |_| ());
        assert!(got.err().unwrap().contains("larger than 1 MiB"));
        assert!(most_seen <= (1 << 20) + (64 << 10), "{most_seen}");
    }
}
