//! The record: every decision that was kept, what it was decided from, and a chain of hashes over all of it.
//!
//! Entries are only ever added. Each names the hash of the one before, so a changed, missing or inserted entry breaks the chain at its
//! place; each commit is signed, so rows that somebody appends with a chain of his own carry no signature. What an entry says, its
//! *body*, lies beside it under its own hash and can be removed for the sake of a person's privacy: the hash stays, the chain holds.
//!
//! SQLite in a file, or PostgreSQL by its address; one set of statements for both. This room reads the clock and the disk.

mod chain;
mod notices;
mod recheck;
mod record;
mod sign;
mod verify;
mod writer;

pub use chain::Entry;
pub use notices::Told;
pub use recheck::{Change, Recheck};
#[cfg(feature = "pdf")]
pub(crate) use record::act_value;
pub use record::{Record, Replay, RestsOn};
pub use sign::Signer;
pub use verify::{Audit, Expected, Fault};

use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::{AnyPool, AssertSqlSafe, Row};
use std::fmt;
use std::path::Path;
use writer::{Wanted, Writer};

/// Most bytes of one body.
pub const MOST_BODY_BYTES: usize = 16 << 20;
/// Most entries of one page.
pub const MOST_PAGE: i64 = 1000;
/// How long a database that is gone is waited for; then whoever asks is told so.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
/// Connections to the database.
const CONNECTIONS: u32 = 4;

/// What the tables are. `{bytes}` is the type of bytes, the one thing the two databases name differently.
const TABLES: [&str; 6] = [
    "CREATE TABLE IF NOT EXISTS entries (seq BIGINT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, \
     body_hash TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS bodies (hash TEXT PRIMARY KEY, bytes {bytes} NOT NULL)",
    "CREATE TABLE IF NOT EXISTS checkpoints (seq BIGINT PRIMARY KEY, hash TEXT NOT NULL, at TEXT NOT NULL, signer TEXT NOT NULL, \
     signature TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS head (one BIGINT PRIMARY KEY, seq BIGINT NOT NULL, hash TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS notices (receiver TEXT PRIMARY KEY, done BIGINT NOT NULL, tries BIGINT NOT NULL, next BIGINT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS entries_by_id ON entries (id, seq)",
];

/// Why the record could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The database does not answer, refuses, or has no room: nothing was kept.
    Database(String),
    /// What lies there is no record of ours, or is damaged.
    Damaged(String),
    /// What was to be kept is larger than may be.
    TooLarge(usize),
    /// The address of the record cannot be understood.
    Address(String),
    /// The record may be read and not written.
    ReadOnly(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(why) => write!(f, "the record does not answer: {why}"),
            Self::Damaged(why) => write!(f, "the record is damaged: {why}"),
            Self::TooLarge(bytes) => write!(f, "{bytes} bytes are more than an entry may hold ({MOST_BODY_BYTES})"),
            Self::Address(why) => write!(f, "{why}; write sqlite:FILE or postgres://USER@HOST/NAME"),
            Self::ReadOnly(file) => write!(
                f,
                "{file} can be read and not written to, so nothing can be kept there; make it writable, or name another with --store"
            ),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.to_string())
    }
}

/// What an entry says, with the entry.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The entry.
    pub entry: Entry,
    /// Its body; `None` when it was removed.
    pub body: Option<String>,
}

/// The record.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    writer: Writer,
    /// The file, when it can only be read.
    read_only: Option<String>,
}

impl Store {
    /// Opens the record at an address (`sqlite:FILE`, `postgres://…`), and makes it when there is none.
    ///
    /// # Errors
    /// When the address is of another kind, the database refuses, or what lies there is no record.
    pub async fn open(address: &str, signer: Signer) -> Result<Self, StoreError> {
        let Place { url, postgres, read_only } = place(address)?;
        let writable = read_only.is_none();
        sqlx::any::install_default_drivers();
        let options = AnyPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        let options = options.after_connect(move |connection, _| {
            Box::pin(async move {
                if !postgres && writable {
                    // An entry that was acknowledged survives the loss of power.
                    for pragma in ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA busy_timeout = 5000"] {
                        sqlx::query(pragma).execute(&mut *connection).await?;
                    }
                }
                Ok(())
            })
        });
        let pool = options.connect(&url).await?;
        let tables: &[&str] = if writable { &TABLES } else { &[] };
        for table in tables {
            let table = table.replace("{bytes}", if postgres { "BYTEA" } else { "BLOB" });
            sqlx::query(AssertSqlSafe(table)).execute(&pool).await?;
        }
        if writable {
            let first = sqlx::query("INSERT INTO head (one, seq, hash) VALUES (1, 0, $1) ON CONFLICT (one) DO NOTHING");
            first.bind(chain::FIRST).execute(&pool).await?;
        }
        let writer = Writer::start(pool.clone(), signer);
        Ok(Self { pool, writer, read_only })
    }

    /// That it can be written to.
    ///
    /// # Errors
    /// When it can only be read: a copy on a disk that is read only, or a file of somebody else.
    pub fn writable(&self) -> Result<(), StoreError> {
        self.read_only.as_ref().map_or(Ok(()), |file| Err(StoreError::ReadOnly(file.clone())))
    }

    /// Adds an entry; it is on disk when this returns.
    ///
    /// # Errors
    /// When it is too large or the database fails; then nothing was added.
    pub async fn keep(&self, kind: &'static str, body: &str) -> Result<Entry, StoreError> {
        self.add(Wanted::new(kind, body)).await
    }

    /// Adds a decision with the bytes of its answer.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub async fn keep_decision(&self, record: &Record, answer: &str) -> Result<Entry, StoreError> {
        self.add(Wanted::decision(record, answer)).await
    }

    async fn add(&self, one: Wanted) -> Result<Entry, StoreError> {
        let none = || StoreError::Database("it kept fewer entries than it was given".into());
        self.add_all(vec![one]).await?.pop().ok_or_else(none)
    }

    /// Adds entries that belong together: all of them or none.
    async fn add_all(&self, all: Vec<Wanted>) -> Result<Vec<Entry>, StoreError> {
        self.writable()?;
        match all.iter().map(Wanted::largest).max() {
            Some(bytes) if bytes > MOST_BODY_BYTES => Err(StoreError::TooLarge(bytes)),
            _ => self.writer.write(all).await,
        }
    }

    /// The answer of a decision, byte for byte; `None` when nothing has this id or it was removed.
    ///
    /// # Errors
    /// When the database fails or the bytes were changed.
    pub async fn answer_of(&self, id: &str) -> Result<Option<String>, StoreError> {
        match self.decision(id).await? {
            Some((_, Some(record))) => self.body(&record.answer).await,
            _ => Ok(None),
        }
    }

    /// A decision on record; without its record when that was removed.
    ///
    /// # Errors
    /// When the database fails or the record was changed.
    pub async fn decision(&self, id: &str) -> Result<Option<(Entry, Option<Record>)>, StoreError> {
        let Some(kept) = self.get(id).await?.filter(|k| k.entry.kind == "decision") else { return Ok(None) };
        let record = kept.body.map(|b| serde_json::from_str(&b).map_err(|e| StoreError::Damaged(format!("the decision {id}: {e}"))));
        Ok(Some((kept.entry, record.transpose()?)))
    }

    /// Decisions before a number, newest first, with their records where these were not removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decisions_before(&self, before: Option<i64>, limit: i64) -> Result<Vec<(Entry, Option<Record>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.*, b.bytes FROM entries e LEFT JOIN bodies b ON b.hash = e.body_hash \
             WHERE e.seq < $1 AND e.kind = 'decision' ORDER BY e.seq DESC LIMIT $2",
        );
        let rows = rows.bind(before.unwrap_or(i64::MAX)).bind(limit.clamp(1, MOST_PAGE)).fetch_all(&self.pool).await?;
        let one = |row: &AnyRow| {
            let body = row.try_get::<Option<Vec<u8>>, _>("bytes")?.map(unpacked).transpose()?;
            // A record that cannot be read is told by `verify`; a list goes on.
            Ok((entry_of(row)?, body.and_then(|b| serde_json::from_str(&b).ok())))
        };
        rows.iter().map(one).collect()
    }

    /// Decisions with numbers above one, in order, at most so many: number, id, and the bytes of the record where these were not removed.
    async fn decisions_after(&self, above: i64, limit: i64) -> Result<Vec<(i64, String, Option<Vec<u8>>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.seq, e.id, b.bytes FROM entries e LEFT JOIN bodies b ON b.hash = e.body_hash \
             WHERE e.seq > $1 AND e.kind = 'decision' ORDER BY e.seq LIMIT $2",
        );
        let rows = rows.bind(above).bind(limit).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
    }

    /// The last entry of this id with its body.
    ///
    /// # Errors
    /// When the database fails, or the body does not have the hash that the entry names.
    pub async fn get(&self, id: &str) -> Result<Option<Kept>, StoreError> {
        let row = sqlx::query("SELECT * FROM entries WHERE id = $1 ORDER BY seq DESC LIMIT 1").bind(id).fetch_optional(&self.pool).await?;
        let Some(entry) = row.as_ref().map(entry_of).transpose()? else { return Ok(None) };
        let body = self.body(&entry.body_hash).await?;
        Ok(Some(Kept { entry, body }))
    }

    /// A body by its hash; `None` when it was removed.
    ///
    /// # Errors
    /// When the database fails, or the bytes have another hash.
    pub async fn body(&self, hash: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT bytes FROM bodies WHERE hash = $1").bind(hash).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let text = unpacked(row.try_get("bytes")?)?;
        if chain::hash_of(text.as_bytes()) == hash {
            Ok(Some(text))
        } else {
            Err(StoreError::Damaged(format!("the body {hash} was changed")))
        }
    }

    /// Entries before a number, newest first; of one kind when one is named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(&self, before: Option<i64>, limit: i64, kind: Option<&str>) -> Result<Vec<Entry>, StoreError> {
        let rows = sqlx::query("SELECT * FROM entries WHERE seq < $1 AND (kind = $2 OR $2 = '') ORDER BY seq DESC LIMIT $3")
            .bind(before.unwrap_or(i64::MAX))
            .bind(kind.unwrap_or(""))
            .bind(limit.clamp(1, MOST_PAGE))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(entry_of).collect()
    }

    /// Entries after a number, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn after(&self, seq: i64, limit: i64) -> Result<Vec<Entry>, StoreError> {
        let rows =
            sqlx::query("SELECT * FROM entries WHERE seq > $1 ORDER BY seq LIMIT $2").bind(seq).bind(limit).fetch_all(&self.pool).await?;
        rows.iter().map(entry_of).collect()
    }

    /// The number and the hash of the last entry; 0 when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn head(&self) -> Result<(i64, String), StoreError> {
        let row = sqlx::query("SELECT seq, hash FROM head WHERE one = 1").fetch_one(&self.pool).await?;
        Ok((row.try_get("seq")?, row.try_get("hash")?))
    }

    /// Removes the bodies of an id and notes who removed them and why. The chain still verifies, by their hashes.
    ///
    /// # Errors
    /// When nothing has this id, or the database fails.
    pub async fn redact(&self, id: &str, who: &str, why: &str) -> Result<Entry, StoreError> {
        let rows = sqlx::query("SELECT * FROM entries WHERE id = $1").bind(id).fetch_all(&self.pool).await?;
        let entries: Vec<Entry> = rows.iter().map(entry_of).collect::<Result<_, _>>()?;
        if entries.is_empty() {
            return Err(StoreError::Damaged(format!("nothing with the id {id} is on record")));
        }
        let mut hashes: Vec<String> = entries.iter().map(|e| e.body_hash.clone()).collect();
        if let Some((_, Some(record))) = self.decision(id).await? {
            hashes.push(record.answer);
        }
        hashes.sort_unstable();
        hashes.dedup();
        // First the note, then the removal: a kill between them leaves a note too many, never a hole without one.
        let note = serde_json::json!({"redacted": id, "bodies": hashes, "by": who, "because": why});
        let noted = self.keep("redaction", &note.to_string()).await?;
        for hash in hashes {
            sqlx::query("DELETE FROM bodies WHERE hash = $1").bind(hash).execute(&self.pool).await?;
        }
        Ok(noted)
    }

    /// Closes the database. Whoever still waits for an entry is told so; nothing that was acknowledged is lost.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

/// Where the record is.
struct Place {
    /// The address as the driver wants it.
    url: String,
    postgres: bool,
    /// The file, when it can only be read.
    read_only: Option<String>,
}

fn place(address: &str) -> Result<Place, StoreError> {
    if address.starts_with("postgres://") || address.starts_with("postgresql://") {
        return Ok(Place { url: address.to_owned(), postgres: true, read_only: None });
    }
    let file = address.strip_prefix("sqlite:").map_or(address, |rest| rest.strip_prefix("//").unwrap_or(rest));
    if address.contains("://") && !address.starts_with("sqlite://") || file.is_empty() {
        return Err(StoreError::Address(format!("`{address}` is no address of a record")));
    }
    if let Some(folder) = Path::new(file).parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|e| StoreError::Database(format!("{}: {e}", folder.display())))?;
    }
    let escaped = file.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let mode = match (can_only_be_read(file), has_log(file)) {
        (false, _) => "rwc",
        // What was written last lies in the log beside the file, which is read too; without one the file is all there is.
        (true, true) => "ro",
        (true, false) => "ro&immutable=true",
    };
    let read_only = (mode != "rwc").then(|| file.to_owned());
    Ok(Place { url: format!("sqlite://{escaped}?mode={mode}"), postgres: false, read_only })
}

/// Whether a file is there and may not be written to.
fn can_only_be_read(file: &str) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let opened = std::fs::OpenOptions::new().write(true).open(file);
    opened.is_err_and(|e| matches!(e.kind(), PermissionDenied | ReadOnlyFilesystem)) && Path::new(file).is_file()
}

/// Whether SQLite has left a log beside a file that is not yet part of it.
fn has_log(file: &str) -> bool {
    std::fs::metadata(format!("{file}-wal")).is_ok_and(|log| log.len() > 0)
}

fn entry_of(row: &AnyRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        seq: row.try_get("seq")?,
        kind: row.try_get("kind")?,
        id: row.try_get("id")?,
        at: row.try_get("at")?,
        body_hash: row.try_get("body_hash")?,
        prev: row.try_get("prev")?,
        hash: row.try_get("hash")?,
    })
}

/// A body as it lies in the database: its length, and LZ4.
fn packed(body: &str) -> Vec<u8> {
    lz4_flex::compress_prepend_size(body.as_bytes())
}

fn unpacked(bytes: Vec<u8>) -> Result<String, StoreError> {
    let size = bytes.first_chunk::<4>().map_or(0, |head| u32::from_le_bytes(*head) as usize);
    if size > MOST_BODY_BYTES {
        return Err(StoreError::Damaged(format!("a body claims {size} bytes")));
    }
    let bytes = lz4_flex::decompress_size_prepended(&bytes).map_err(|e| StoreError::Damaged(format!("a body cannot be unpacked: {e}")))?;
    String::from_utf8(bytes).map_err(|_| StoreError::Damaged("a body is no text".into()))
}
