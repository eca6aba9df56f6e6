//! The versions of the lists, kept for ever: what an issuer published, when it was put on record, and who was listed on a day.
//!
//! ```text
//! objects/<blake3>      the bytes as they were handed in, compressed on disk, named by the hash of what was handed in
//! log                   the journal: one line of JSON for each import, refusal and check, each with its own checksum
//! parsed/<hash>.<n>     what the readers made of a version; may be deleted at any time
//! lock                  held by whoever writes
//! ```
//!
//! The journal is the truth: a version exists once its line is in it, and its objects are on disk before. So a kill at any instant leaves
//! the state before or the state after. A database was decided against: there is nothing to query, and a folder of files named by their
//! hashes can be read, checked and copied with the tools that everyone has. The invariant: nothing that the journal names is ever changed.

mod cache;
mod files;
mod import;
mod journal;
mod lock;
mod sets;
mod settled;
mod status;

pub use import::{Fetched, Imported, Incoming, NotImported};
pub use journal::{Attempt, Check, Counts, Damage, DayIs, StoredFile, Version};
pub use sets::{companions, sets};
pub use settled::Settlement;
pub use status::{ListStatus, STALE_DAYS, State, Status};

use crate::history::{self, Held};
use crate::{Limits, Listing, Source, canonical};
use jiff::Timestamp;
use jiff::civil::Date;
use journal::{Entry, Journal};
use std::fmt;
use std::path::{Path, PathBuf};

/// Raised with every change of what the readers make of the same bytes, so that older parsed copies are made anew.
pub const READER_FORMAT: u32 = 1;

/// Most bytes of one stored file.
const MOST_OBJECT_BYTES: u64 = 1 << 30;

/// The store in one folder. Opening it touches nothing; a folder that is not there is an empty store.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    limits: Limits,
    builtin: Vec<(Version, Vec<Listing>)>,
}

/// A file of a list as it was handed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawFile {
    /// Its name, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The same files for a reader.
#[must_use]
pub fn sources(files: &[RawFile]) -> Vec<Source<'_>> {
    files.iter().map(|f| Source { name: &f.name, bytes: &f.bytes }).collect()
}

/// Something on disk is not as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damaged {
    /// The file.
    pub at: PathBuf,
    /// What is wrong with it, and what helps.
    pub message: String,
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at.display(), self.message)
    }
}

impl std::error::Error for Damaged {}

impl Store {
    /// The store in a folder.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), limits: Limits::default(), builtin: Vec::new() }
    }

    /// With other limits for reading lists.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Adds a version that is there while nothing of its list was imported; its source reads `built in`.
    #[must_use]
    pub fn with_builtin(mut self, list: &str, version: &str, day: Date, listings: Vec<Listing>) -> Self {
        let meaning = canonical::meaning(&listings);
        let version = Version {
            list: list.to_owned(),
            version: version.to_owned(),
            day,
            day_is: DayIs::File,
            stated: None,
            hash: meaning.clone(),
            meaning,
            format: "built in".to_owned(),
            files: Vec::new(),
            counts: Counts::of(&listings, 0),
            source: "built in".to_owned(),
            from_issuer: false,
            imported: Timestamp::UNIX_EPOCH,
            accepted: false,
        };
        self.builtin.push((version, listings));
        self
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
    fn objects(&self) -> PathBuf {
        self.folder.join("objects")
    }
    fn parsed(&self) -> PathBuf {
        self.folder.join("parsed")
    }

    fn journal(&self) -> Result<Journal, Damaged> {
        Journal::read(&self.log())
    }

    /// Every version of a list, earliest first: by day, by the moment that the file states, then in the order of import. Built-in versions count only while there is no other.
    ///
    /// # Errors
    /// When the journal cannot be read at all. Lines that are damaged are left out; [`Self::damage`] tells them.
    pub fn versions(&self, list: &str) -> Result<Vec<Version>, Damaged> {
        Ok(self.versions_in(&self.journal()?, list))
    }

    fn versions_in(&self, journal: &Journal, list: &str) -> Vec<Version> {
        let imported = journal.entries.iter().filter_map(|e| match e {
            Entry::Import(v) if v.list == list => Some(v.clone()),
            _ => None,
        });
        let mut out: Vec<Version> = imported.collect();
        if out.is_empty() {
            out.extend(self.builtin.iter().filter(|(v, _)| v.list == list).map(|(v, _)| v.clone()));
        }
        out.sort_by(|a, b| (a.day, &a.stated).cmp(&(b.day, &b.stated)));
        out
    }

    /// The version in force: that of the latest day, and of several of one day the one imported last.
    ///
    /// # Errors
    /// As [`Self::versions`].
    pub fn in_force(&self, list: &str) -> Result<Option<Version>, Damaged> {
        Ok(self.versions(list)?.pop())
    }

    /// The lists of which there is a version or a refused attempt, in alphabetical order.
    ///
    /// # Errors
    /// As [`Self::versions`].
    pub fn lists(&self) -> Result<Vec<String>, Damaged> {
        Ok(self.lists_in(&self.journal()?))
    }

    fn lists_in(&self, journal: &Journal) -> Vec<String> {
        let mut out: Vec<String> = journal.entries.iter().filter_map(|e| e.list().map(str::to_owned)).collect();
        out.extend(self.builtin.iter().map(|(v, _)| v.list.clone()));
        out.sort();
        out.dedup();
        out
    }

    /// Every damaged line of the journal. A last line that was cut off in writing is none: it was never on record.
    ///
    /// # Errors
    /// As [`Self::versions`].
    pub fn damage(&self) -> Result<Vec<Damage>, Damaged> {
        Ok(self.journal()?.damage)
    }

    /// What the version lists. Taken from the parsed copy, or read again from the stored bytes when that is missing, damaged or older than
    /// the readers.
    ///
    /// # Errors
    /// When a stored file is missing or damaged, or can no longer be read as a list.
    pub fn listings(&self, version: &Version) -> Result<Vec<Listing>, Damaged> {
        if let Some((_, listings)) = self.builtin.iter().find(|(v, _)| v == version) {
            return Ok(listings.clone());
        }
        let name = cache::name(&version.list, &version.hash);
        if let Some(listings) = cache::get(&self.parsed(), &name) {
            return Ok(listings);
        }
        let files = self.raw(version)?;
        let read = crate::read(&sources(&files), Some(&version.list), &self.limits).map_err(|refused| Damaged {
            at: self.objects().join(&version.hash),
            message: format!("this version of {} was read when it was imported and is refused now: {refused}", version.list),
        })?;
        cache::put(&self.parsed(), &name, &read.listings);
        Ok(read.listings)
    }

    /// The bytes of a version as they were handed in.
    ///
    /// # Errors
    /// When a stored file is missing or damaged.
    pub fn raw(&self, version: &Version) -> Result<Vec<RawFile>, Damaged> {
        version.files.iter().map(|f| Ok(RawFile { name: f.name.clone(), bytes: self.object(f)? })).collect()
    }

    /// Whether the files of a version are there, without reading them.
    ///
    /// # Errors
    /// The first that is missing or empty.
    pub fn there(&self, version: &Version) -> Result<(), Damaged> {
        for file in &version.files {
            let at = self.objects().join(&file.hash);
            if std::fs::metadata(&at).is_ok_and(|m| m.len() > 0) {
                continue;
            }
            return Err(Damaged { at, message: format!("the stored file is missing; import the list again ({})", file.name) });
        }
        Ok(())
    }

    /// The bytes of one file of a version.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub fn object(&self, file: &StoredFile) -> Result<Vec<u8>, Damaged> {
        files::get(&self.objects(), &file.hash, file.bytes.min(MOST_OBJECT_BYTES))
            .map_err(|message| Damaged { at: self.objects().join(&file.hash), message: format!("{message} ({})", file.name) })
    }

    /// Every party of every version of a list, with the periods of its listing, in the order of the references.
    ///
    /// # Errors
    /// As [`Self::versions`] and [`Self::listings`].
    pub fn history(&self, list: &str) -> Result<Vec<Held>, Damaged> {
        let versions = self.versions(list)?;
        let mut hasher = blake3::Hasher::new();
        for v in &versions {
            hasher.update(format!("{} {} {}\n", v.list, v.day, v.hash).as_bytes());
        }
        let name = cache::name("history", &hasher.finalize().to_hex());
        let kept = versions.iter().any(|v| !v.files.is_empty());
        if let Some(held) = cache::get(&self.parsed(), &name).filter(|_| kept) {
            return Ok(held);
        }
        let read = versions.iter().map(|v| Ok((v.day, self.listings(v)?))).collect::<Result<Vec<_>, Damaged>>()?;
        let held = history::history(read);
        if kept {
            cache::put(&self.parsed(), &name, &held);
        }
        Ok(held)
    }
}
