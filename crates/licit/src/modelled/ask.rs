//! One question to the server: bounded in time, size and number, tried again when that may help, the key in no message.

use super::Endpoint;
use super::prompt::{self, Form};
use model::Date;
use serde_json::Value;
use std::io::Read;
use std::time::Duration;
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use ureq::http::{Response, StatusCode, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

/// Most bytes of an answer. Ours are a few kilobytes.
const MOST_BYTES: u64 = 1 << 20;
/// The pause before the second try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(300);
/// The longest pause a server may ask for, if a try may not take less.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Asks one server.
pub(super) struct Client<'a> {
    endpoint: &'a Endpoint,
    agent: Agent,
    form: Form,
    /// Requests made so far.
    pub requests: u32,
}

/// Why there is no answer.
pub(super) struct Silence {
    pub why: String,
    /// Whether the next part need not be asked.
    pub lasting: bool,
}

/// Why a try failed.
enum Trouble {
    /// Another try may do better, after the pause that the server asked for.
    Passing(String, Option<Duration>),
    Lasting(String),
    /// The server does not know the form of answer asked for.
    Form(String),
    /// It answered, but not with words.
    Wordless(String),
}

impl<'a> Client<'a> {
    pub fn new(endpoint: &'a Endpoint) -> Self {
        // A proxy stands between here and the network, not between here and here.
        let proxy = if is_here(&endpoint.url) { None } else { Proxy::try_from_env() };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(proxy)
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            // Text and key go to the address that was named and to no other.
            .max_redirects(0)
            .max_redirects_will_error(true)
            .timeout_connect(Some(endpoint.timeout.min(Duration::from_secs(10))))
            .timeout_global(Some(endpoint.timeout))
            .user_agent(concat!("licit/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { endpoint, agent: config.new_agent(), form: Form::Schema, requests: 0 }
    }

    /// What the model says to a part of a text.
    pub fn answer(&mut self, part: &str, published: Option<Date>) -> Result<String, Silence> {
        let mut pause = FIRST_PAUSE;
        let mut tried = 1;
        loop {
            let body = prompt::request(&self.endpoint.model, part, published, self.form);
            self.requests += 1;
            match self.once(&body.to_string()) {
                Ok(content) => return Ok(self.without_key(&content)),
                Err(Trouble::Form(why)) => match self.form.simpler() {
                    Some(form) => self.form = form,
                    None => return Err(self.silence(&why, tried, true)),
                },
                Err(Trouble::Wordless(why)) => return Err(self.silence(&why, 1, false)),
                Err(Trouble::Lasting(why)) => return Err(self.silence(&why, 1, true)),
                Err(Trouble::Passing(why, _)) if tried >= self.endpoint.tries => return Err(self.silence(&why, tried, true)),
                Err(Trouble::Passing(_, asked)) => {
                    std::thread::sleep(asked.unwrap_or(pause).min(LONGEST_PAUSE).min(self.endpoint.timeout));
                    pause *= 2;
                    tried += 1;
                }
            }
        }
    }

    fn silence(&self, why: &str, tried: u32, lasting: bool) -> Silence {
        let times = if tried > 1 { format!(", after {tried} tries") } else { String::new() };
        Silence { why: format!("the model at {} was not heard: {}{times}", self.endpoint.url, self.without_key(why)), lasting }
    }

    /// Some servers repeat the key they refuse.
    fn without_key(&self, words: &str) -> String {
        self.endpoint.key.as_ref().map_or_else(|| words.to_owned(), |key| words.replace(key.as_str(), "(key)"))
    }

    fn once(&self, body: &str) -> Result<String, Trouble> {
        let url = format!("{}/chat/completions", self.endpoint.url);
        let mut request = self.agent.post(&url).header(CONTENT_TYPE, "application/json");
        if let Some(key) = &self.endpoint.key {
            request = request.header(AUTHORIZATION, format!("Bearer {key}"));
        }
        let response = request.send(body).map_err(|e| trouble(&e))?;
        let (status, wait) = (response.status(), retry_after(&response));
        let read = body_of(response);
        if status == StatusCode::OK {
            return content(&read?);
        }
        let message = format!("the server answered {status}{}", read.map(|b| said(&b)).unwrap_or_default());
        Err(match status {
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Trouble::Form(message),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Trouble::Passing(message, wait),
            _ if status.is_server_error() => Trouble::Passing(message, wait),
            _ => Trouble::Lasting(message),
        })
    }
}

/// Whether an address is of this machine.
fn is_here(url: &str) -> bool {
    let host = url.parse::<Uri>().ok().and_then(|u| u.host().map(str::to_owned)).unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn retry_after(response: &Response<Body>) -> Option<Duration> {
    response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

fn body_of(response: Response<Body>) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    // Counted behind any decompression.
    let read = response.into_body().into_reader().take(MOST_BYTES + 1).read_to_end(&mut bytes);
    match read {
        _ if bytes.len() as u64 > MOST_BYTES => Err(Trouble::Wordless(format!("its answer is larger than {} MiB", MOST_BYTES >> 20))),
        Ok(_) => Ok(bytes),
        Err(e) if e.kind() == std::io::ErrorKind::TimedOut => Err(Trouble::Passing("it took too long".into(), None)),
        Err(e) => Err(Trouble::Passing(format!("its answer broke off after {} bytes ({e})", bytes.len()), None)),
    }
}

/// The words of a chat completion.
fn content(bytes: &[u8]) -> Result<String, Trouble> {
    let wrong = |why: &str| Trouble::Wordless(why.to_owned());
    let value: Value = serde_json::from_slice(bytes).map_err(|_| wrong("its answer is no chat completion"))?;
    let choice = value.pointer("/choices/0").ok_or_else(|| wrong("its answer is no chat completion"))?;
    let words = match choice.pointer("/message/content") {
        Some(Value::String(words)) => words.clone(),
        Some(Value::Array(pieces)) => pieces.iter().filter_map(|p| p.get("text")?.as_str()).collect(),
        _ => String::new(),
    };
    match (words.trim().is_empty(), choice.get("finish_reason").and_then(Value::as_str)) {
        (false, Some("length")) => Err(wrong("its answer was cut off at the server's limit")),
        (false, _) => Ok(words),
        (true, _) => Err(wrong("its answer is empty")),
    }
}

/// What a server says of an error, in one short line.
fn said(bytes: &[u8]) -> String {
    let value: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let message = value.pointer("/error/message").or_else(|| value.get("error")).or_else(|| value.get("message")).and_then(Value::as_str);
    message.map_or_else(String::new, |m| format!(": {}", super::quote::shown(m)))
}

fn trouble(error: &ureq::Error) -> Trouble {
    use ureq::Error as E;
    match error {
        E::TooManyRedirects | E::RedirectFailed => Trouble::Lasting("it sends to another address, which is not followed".into()),
        E::BadUri(_) | E::Http(_) => Trouble::Lasting("this is no address (it should begin with http:// or https://)".into()),
        E::HostNotFound => Trouble::Passing("no such server, or no network".into(), None),
        E::Timeout(_) => Trouble::Passing("it took too long".into(), None),
        E::Tls(_) | E::Rustls(_) => Trouble::Lasting(format!("no safe connection: {error}")),
        _ => Trouble::Passing(error.to_string(), None),
    }
}
