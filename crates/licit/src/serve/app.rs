//! What all requests share, and the limits they are held to.

use super::lane::Lane;
use super::log::{Log, LogForm};
use super::metrics::Metrics;
use super::rate::Rates;
use super::tls::Tls;
use super::traces::Traces;
use crate::keys::Ring;
use crate::notify::Hook;
use crate::store::Store;
use crate::tokens::Tokens;
use crate::{Ask, Format, Rulebook, Text, decide};
use axum::extract::FromRef;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address and port; the address must be of the loopback interface.
    pub listen: SocketAddr,
    /// How lines on standard error look.
    pub log: LogForm,
    /// Most requests a second from one address; more are answered with 429. None: as many as there is room for.
    pub rate: Option<u32>,
    /// What a request may cost.
    pub limits: Limits,
    /// Whether every decision is kept, and not only those that are asked to be.
    pub keep_all: bool,
    /// The folder whose lists are taken when there are newer ones; none: those of the start stay.
    pub data: Option<PathBuf>,
    /// Whether what is on file is decided again at the start and whenever the lists change.
    pub recheck: bool,
    /// Tokens of an identity provider that are taken beside keys.
    pub tokens: Option<Arc<Tokens>>,
    /// The certificate, for TLS; none: plain HTTP.
    pub tls: Option<Arc<Tls>>,
    /// Who is told what a recheck finds.
    pub hooks: Vec<Hook>,
    /// Where spans of requests go, if anywhere.
    pub traces: Option<Arc<Traces>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8711)),
            log: LogForm::Text,
            rate: None,
            limits: Limits::default(),
            keep_all: false,
            data: None,
            recheck: false,
            tokens: None,
            tls: None,
            hooks: Vec::new(),
            traces: None,
        }
    }
}

/// What a request may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Most connections at a time.
    pub connections: usize,
    /// How long the head of a request may take.
    pub header_time: Duration,
    /// Most bytes of a head; at least 8192.
    pub header_bytes: usize,
    /// Most header fields.
    pub headers: usize,
    /// How long a body may take.
    pub body_time: Duration,
    /// Most bytes of a body.
    pub body_bytes: usize,
    /// Most bytes of a text or document to be read. A million take about a second.
    pub text_bytes: usize,
    /// Most bytes of all bodies together.
    pub bodies_bytes: usize,
    /// Most rows of a batch answered in full.
    pub rows: usize,
    /// Most rows of a batch answered in brief.
    pub brief_rows: usize,
    /// Most questions that wait for a processor.
    pub waiting: usize,
    /// Most long questions (texts, batches) that wait for a processor.
    pub waiting_long: usize,
    /// How long an answer may take.
    pub answer_time: Duration,
    /// How long to finish what was begun, when stopping.
    pub stop_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            header_time: Duration::from_secs(10),
            header_bytes: 32 << 10,
            headers: 64,
            body_time: Duration::from_secs(20),
            body_bytes: 16 << 20,
            text_bytes: 2 << 20,
            bodies_bytes: 256 << 20,
            rows: 1_000,
            brief_rows: 10_000,
            waiting: 512,
            waiting_long: 16,
            answer_time: Duration::from_secs(30),
            stop_time: Duration::from_secs(35),
        }
    }
}

impl Limits {
    /// As many connections as the system lets this process have: somebody who opens thousands and says nothing (each is let go
    /// of after `header_time`) must not keep others out.
    #[must_use]
    pub fn of_system() -> Self {
        let mut limits = Self::default();
        if let Some(files) = files() {
            limits.connections = files.saturating_sub(OTHER_FILES).clamp(64, MOST_CONNECTIONS);
        }
        limits
    }
}

/// Most connections at a time, whatever the system allows; `tests/service.rs` prints what 10,000 silent ones cost.
const MOST_CONNECTIONS: usize = 16_384;
/// Files that are no connections: record, lists, libraries, log.
const OTHER_FILES: usize = 256;

/// How many files this process may have open, after it asked for as many as it may ask for.
#[cfg(unix)]
fn files() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let most = u64::try_from(MOST_CONNECTIONS + OTHER_FILES).ok()?;
    let now = getrlimit(Resource::Nofile);
    let wanted = now.maximum.unwrap_or(most).min(most);
    if now.current.is_some_and(|current| current < wanted) {
        // Where it is refused, what there is has to do.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: now.maximum });
    }
    usize::try_from(getrlimit(Resource::Nofile).current.unwrap_or(most)).ok()
}

#[cfg(not(unix))]
fn files() -> Option<usize> {
    None
}

/// The address that a request came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub IpAddr);

/// What a request is answered with: the law and the lists of one moment, and what all requests share. A request keeps the lists that it
/// began with, though newer ones may be in use when it ends.
#[derive(Debug)]
pub(super) struct App {
    pub book: Rulebook,
    /// `"…"`, for what depends on the law and the lists alone.
    pub etag: String,
    common: Arc<Common>,
}

impl std::ops::Deref for App {
    type Target = Common;

    fn deref(&self) -> &Common {
        &self.common
    }
}

/// What all requests share.
#[derive(Debug)]
pub(super) struct Common {
    /// Where decisions are kept, if anywhere.
    pub store: Option<Store>,
    /// The keys that are asked for, if any.
    pub keys: Option<Ring>,
    pub settings: Settings,
    /// For what takes microseconds.
    pub quick: Lane,
    /// For texts and batches: they must not keep a single question waiting.
    pub long: Lane,
    pub metrics: Metrics,
    pub log: Log,
    pub rates: Option<Rates>,
    /// Kibibytes that bodies may still take.
    pub room: Arc<Semaphore>,
    /// Whether everything that is made on first use has been made.
    pub ready: AtomicBool,
    /// Whether there are newer lists that cannot be used.
    pub lists_refused: AtomicBool,
    ids: AtomicU64,
    start: u64,
}

pub(super) type Shared = Arc<App>;

/// The one in use now. Each request takes it when it begins.
#[derive(Clone, Debug)]
pub(super) struct InUse(Arc<RwLock<Shared>>);

impl InUse {
    pub(super) fn new(app: App) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(app))))
    }

    pub(super) fn now(&self) -> Shared {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers whoever asks from now on with other lists.
    pub(super) fn take(&self, book: Rulebook) {
        let next = Arc::new(self.now().with(book));
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = next;
    }
}

impl FromRef<InUse> for Shared {
    fn from_ref(in_use: &InUse) -> Self {
        in_use.now()
    }
}

impl App {
    pub(super) fn new(book: Rulebook, settings: Settings, store: Option<Store>, keys: Option<Ring>) -> Result<Self, String> {
        let limits = &settings.limits;
        let start = u64::try_from(jiff::Timestamp::now().as_microsecond()).unwrap_or(0);
        let common = Common {
            store,
            keys,
            quick: Lane::new("quick", limits.waiting, limits.answer_time)?,
            long: Lane::new("long", limits.waiting_long, limits.answer_time)?,
            metrics: Metrics::default(),
            log: Log::new(settings.log),
            rates: settings.rate.map(Rates::new),
            room: Arc::new(Semaphore::new(limits.bodies_bytes >> 10)),
            ready: AtomicBool::new(false),
            lists_refused: AtomicBool::new(false),
            ids: AtomicU64::new(0),
            start,
            settings,
        };
        Ok(Self { etag: etag(&book), book, common: Arc::new(common) })
    }

    /// The same with other lists.
    fn with(&self, book: Rulebook) -> Self {
        Self { etag: etag(&book), book, common: Arc::clone(&self.common) }
    }

    /// Whether who asks must show a key or a token.
    pub(super) fn asks_for_keys(&self) -> bool {
        self.keys.is_some() || self.settings.tokens.is_some()
    }

    /// A name for a request that has none.
    pub(super) fn next_id(&self) -> String {
        format!("{:x}-{:x}", self.start, self.ids.fetch_add(1, Ordering::Relaxed))
    }
}

/// Over the law, the lists and the program, so that another version of any is another tag.
fn etag(book: &Rulebook) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(book.law().hash.as_bytes());
    for list in book.lists().all() {
        hasher.update(list.hash.as_bytes());
    }
    let hex = hasher.finalize().to_hex();
    format!("\"{}\"", hex.get(..32).unwrap_or_default())
}

/// Makes everything that is made on first use, so that the first to ask does not wait for it.
pub(super) fn warm(app: &Shared) {
    let warmed = Arc::clone(app);
    app.long.spawn(move || {
        let book = &warmed.book;
        let ask = Ask { jurisdictions: book.engine().jurisdictions(), ..Ask::default() };
        let act = br#"{"kind":"gift","on":"2024-02-18","parties":[{"name":"Kim Jong Un"}],"items":[{"description":"car"}],"places":{"destination":"KP"},"legs":[{"mode":"rail","from":"Khasan","to":"Tumangang"}]}"#;
        if let Ok(act) = book.read_act(act, Format::Json) {
            let _ = decide(book, &act, &ask).json(false);
        }
        let _ = book.read_text(&Text { text: "Putin gave Kim Jong Un a car.".into(), ..Text::default() });
        let _ = crate::law::coverage(book);
        warmed.ready.store(true, Ordering::Release);
    });
}
