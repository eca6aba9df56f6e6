//! Lines on standard error, as text or as JSON: what was asked for (never what it said), how it ended, how long it took.
//!
//! A thread of its own writes them, so that no answer waits for a slow reader of the log. When it cannot keep up, lines are dropped
//! and counted.

use jiff::Timestamp;
use serde::Serialize;
use std::io::{BufWriter, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Lines that may wait to be written.
const WAITING: usize = 4096;
/// Most characters of a path that are written.
const MOST_PATH: usize = 200;

/// How the lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LogForm {
    /// For people.
    #[default]
    Text,
    /// One object a line.
    Json,
    /// None.
    Off,
}

/// How a request ended.
#[derive(Debug)]
pub(super) struct Line {
    pub status: u16,
    pub method: String,
    pub path: String,
    pub time: Duration,
    pub id: String,
    pub problem: Option<&'static str>,
}

enum Entry {
    Request(Timestamp, Line),
    Said(Timestamp, String),
}

#[derive(Debug)]
pub(super) struct Log {
    sender: Mutex<Option<SyncSender<Entry>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    pub dropped: AtomicU64,
}

impl Log {
    pub(super) fn new(form: LogForm) -> Self {
        let none = Self { sender: Mutex::default(), writer: Mutex::default(), dropped: AtomicU64::new(0) };
        if form == LogForm::Off {
            return none;
        }
        let (sender, receiver) = sync_channel(WAITING);
        let Ok(writer) = std::thread::Builder::new().name("log".into()).spawn(move || write_all(&receiver, form)) else { return none };
        Self { sender: Mutex::new(Some(sender)), writer: Mutex::new(Some(writer)), ..none }
    }

    pub(super) fn request(&self, line: Line) {
        self.send(Entry::Request(Timestamp::now(), line));
    }

    /// Something that happened to the server.
    pub(super) fn say(&self, what: &str) {
        self.send(Entry::Said(Timestamp::now(), what.to_owned()));
    }

    fn send(&self, entry: Entry) {
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = sender.as_ref()
            && let Err(TrySendError::Full(_)) = sender.try_send(entry)
        {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Writes what waits, and no more after it.
    pub(super) fn close(&self) {
        drop(self.sender.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(writer) = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = writer.join();
        }
    }
}

/// Takes lines as long as there are any, and lets go of them whenever none waits.
fn write_all(lines: &Receiver<Entry>, form: LogForm) {
    let mut out = BufWriter::new(std::io::stderr());
    while let Ok(first) = lines.recv() {
        let rest = std::iter::from_fn(|| lines.try_recv().ok()).take(WAITING);
        for entry in std::iter::once(first).chain(rest) {
            let text = if form == LogForm::Json { as_json(&entry) } else { as_text(&entry) };
            if out.write_all(text.as_bytes()).is_err() {
                return;
            }
        }
        if out.flush().is_err() {
            return;
        }
    }
}

fn as_json(entry: &Entry) -> String {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Shown<'a> {
        Request {
            time: String,
            id: &'a str,
            method: &'a str,
            path: String,
            status: u16,
            ms: f64,
            #[serde(skip_serializing_if = "Option::is_none")]
            problem: Option<&'static str>,
        },
        Said {
            time: String,
            message: &'a str,
        },
    }
    let shown = match entry {
        Entry::Request(time, l) => Shown::Request {
            time: time.to_string(),
            id: &l.id,
            method: &l.method,
            path: short(&l.path),
            status: l.status,
            ms: (l.time.as_secs_f64() * 1e6).round() / 1e3,
            problem: l.problem,
        },
        Entry::Said(time, message) => Shown::Said { time: time.to_string(), message },
    };
    crate::json::harmless(crate::json::text(&shown, false)) + "\n"
}

fn as_text(entry: &Entry) -> String {
    match entry {
        Entry::Request(time, l) => {
            let problem = l.problem.map_or_else(String::new, |p| format!(" {p}"));
            let (path, ms) = (short(&l.path), l.time.as_secs_f64() * 1e3);
            format!("{time:.3} {} {} {path} {ms:.1} ms {}{problem}\n", l.status, l.method, l.id)
        }
        Entry::Said(time, message) => format!("{time:.3} licit: {message}\n"),
    }
}

/// A path is foreign: nothing in it may move the cursor or begin another line.
fn short(path: &str) -> String {
    path.chars().filter(|c| !c.is_control() && c.is_ascii()).take(MOST_PATH).collect()
}
