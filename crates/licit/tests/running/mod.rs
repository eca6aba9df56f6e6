//! A server on a port of its own, and a client that can send anything.

#![allow(dead_code, reason = "each test program needs some of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use licit::Rulebook;
use licit::keys::Ring;
use licit::serve::{Limits, LogForm, Server, Settings};
use licit::store::{Signer, Store};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

pub fn signer() -> Signer {
    Signer::from_hex(&"07".repeat(32)).unwrap()
}

/// A server on a port of its own, which ends with the test.
pub struct Running {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub fn with(limits: Limits, rate: Option<u32>) -> Self {
        Self::filing(limits, rate, None, false, None)
    }

    /// With a record in a folder of its own.
    pub fn keeping(name: &str, keep_all: bool) -> (Self, String) {
        let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("serve-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        let address = format!("sqlite:{}", folder.join("record.sqlite").display());
        (Self::filing(Limits::default(), None, Some(address.clone()), keep_all, None), address)
    }

    pub fn filing(limits: Limits, rate: Option<u32>, record: Option<String>, keep_all: bool, ring: Option<Ring>) -> Self {
        let settings = Settings { rate, limits, keep_all, ..Settings::default() };
        Self::of(Rulebook::embedded().clone(), settings, record, ring)
    }

    /// With settings of its own, on a port that is free.
    pub fn of(book: Rulebook, settings: Settings, record: Option<String>, ring: Option<Ring>) -> Self {
        let settings = Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            log: if std::env::var_os("LICIT_TEST_LOG").is_some() { LogForm::Text } else { LogForm::Off },
            ..settings
        };
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
            runtime.block_on(async {
                let store = match record {
                    Some(address) => Some(Store::open(&address, signer()).await.unwrap()),
                    None => None,
                };
                let server = Server::bind(book, settings, store, ring).await.unwrap();
                tell.send(server.address()).unwrap();
                server.run(async { drop(stopped.await) }).await;
            });
        });
        Self { address: told.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    /// Tells it to stop, and does not wait for it.
    pub fn stop(&mut self) {
        drop(self.stop.take());
    }

    pub fn new() -> Self {
        Self::with(Limits::default(), None)
    }

    pub fn stream(&self) -> TcpStream {
        stream(self.address)
    }

    /// Sends bytes as they are and reads whatever comes until the server closes.
    pub fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.stream();
        // A server that has heard enough may close before all is sent.
        let _ = stream.write_all(bytes);
        Answer::read(&mut stream)
    }

    pub fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        ask(self.address, method, path, headers, body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", b"")
    }

    pub fn post(&self, path: &str, body: &[u8]) -> Answer {
        self.send("POST", path, "content-type: application/json\r\n", body)
    }

    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, "content-type: application/x-www-form-urlencoded\r\naccept: text/html\r\n", body.as_bytes())
    }
}

fn stream(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// One request and what comes back; nothing where nobody answers.
pub fn ask(address: SocketAddr, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
    let length = if body.is_empty() && method == "GET" { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let mut bytes = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{length}{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    let Ok(mut stream) = TcpStream::connect(address) else { return Answer { status: 0, head: String::new(), body: String::new() } };
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // A server that has heard enough may close before all is sent.
    let _ = stream.write_all(&bytes);
    Answer::read(&mut stream)
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn read(stream: &mut impl Read) -> Self {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        // Names of header fields in small letters, values as they are.
        let named =
            |line: &str| line.split_once(": ").map_or_else(|| line.to_owned(), |(name, value)| format!("{}: {value}", name.to_lowercase()));
        let head = head.lines().map(named).collect::<Vec<_>>().join("\n");
        let body = if head.contains("transfer-encoding: chunked") { unchunked(body) } else { body.to_owned() };
        Self { status, head, body }
    }

    /// Whether it came to its end.
    pub fn whole(&self) -> bool {
        self.status == 200 && self.header("content-length").and_then(|n| n.parse().ok()) == Some(self.body.len())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|l| l.strip_prefix(&format!("{name}: ")))
    }

    /// That it is a problem of a kind, in its form, and says nothing of how the server is made.
    pub fn is_problem(&self, status: u16, kind: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["type"], json!(format!("urn:licit:problem:{kind}")), "{self:?}");
        assert_eq!(problem["status"], json!(status));
        assert_eq!(problem["request_id"].as_str(), self.header("x-request-id"));
        for inside in [".rs", "src/", "panicked", "unwrap", "serde", "crates", "rayon", "tokio", "0x"] {
            assert!(!self.body.contains(inside), "{inside}: {self:?}");
        }
    }
}

fn unchunked(mut text: &str) -> String {
    let mut out = String::new();
    while let Some((size, rest)) = text.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        let Some(part) = rest.get(..size).filter(|_| size > 0) else { break };
        out.push_str(part);
        text = rest.get(size + 2..).unwrap_or("");
    }
    out
}
