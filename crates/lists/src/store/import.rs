//! Putting a version on record, or saying why not.

use super::journal::{Attempt, Check, Counts, DayIs, Entry, Journal, StoredFile, Version};
use super::{Damaged, RawFile, Store, cache, files, lock, sources};
use crate::{Listing, Problem, canonical};
use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::time::Duration;

/// How long a second writer waits for the first.
const PATIENCE: Duration = Duration::from_secs(10);

/// A list of which more than one party in so many is gone has been cut off, or is another list.
const SHRUNKEN: usize = 5;

/// A file or set of files to be put on record.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The files; with names, for messages and as hints.
    pub files: Vec<RawFile>,
    /// For each file where it was fetched from and how the server marks it; empty for local files.
    pub fetched: Vec<Fetched>,
    /// The list it must be, or the name of a list of one's own.
    pub list: Option<String>,
    /// `file:…` or `https://…`.
    pub source: String,
    /// The source is the issuer's own address.
    pub from_issuer: bool,
    /// The day of the list, told by whoever imports it.
    pub told_day: Option<Date>,
    /// Take it though parties have vanished.
    pub accept: bool,
    /// The time now; the store reads no clock.
    pub now: Timestamp,
}

/// How a server marks a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fetched {
    /// Where from.
    pub url: String,
    /// Its mark.
    pub etag: Option<String>,
    /// Its date as sent.
    pub last_modified: Option<String>,
    /// The day of that date.
    pub modified_day: Option<Date>,
}

/// What an import came to.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The version on record.
    pub version: Version,
    /// The same bytes were on record before; nothing was added.
    pub unchanged: bool,
    /// Whether it is the version in force; if not, a later one is.
    pub in_force: bool,
    /// Another version with the same meaning in other bytes.
    pub same_meaning: Option<Version>,
    /// How many parties of the version before are gone.
    pub gone: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Why nothing was put on record.
#[derive(Debug)]
pub enum NotImported {
    /// The file is no good; a note of it is in the journal.
    Refused {
        /// The list, where it is known.
        list: Option<String>,
        /// Why, where, and what would be right.
        reason: String,
    },
    /// Another program is writing and did not finish.
    Busy,
    /// The store is damaged.
    Damaged(Damaged),
    /// The disk said no.
    Disk(io::Error),
}

impl fmt::Display for NotImported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { reason, .. } => f.write_str(reason),
            Self::Busy => {
                write!(f, "another program has been writing to the lists for {} s; try again when it is done", PATIENCE.as_secs())
            }
            Self::Damaged(damaged) => damaged.fmt(f),
            Self::Disk(e) => write!(f, "the lists cannot be written: {e}"),
        }
    }
}

impl std::error::Error for NotImported {}

impl From<Damaged> for NotImported {
    fn from(damaged: Damaged) -> Self {
        Self::Damaged(damaged)
    }
}

impl From<io::Error> for NotImported {
    fn from(e: io::Error) -> Self {
        Self::Disk(e)
    }
}

impl Store {
    /// Reads, checks and puts on record. `waiting` is called once when another writer has to be waited for.
    ///
    /// # Errors
    /// See [`NotImported`]. Whatever the error, what was on record before still is.
    pub fn import(&self, incoming: &Incoming, waiting: &mut dyn FnMut()) -> Result<Imported, NotImported> {
        let read = match crate::read(&sources(&incoming.files), incoming.list.as_deref(), &self.limits) {
            Ok(read) => read,
            Err(refused) => return Err(self.refuse(incoming, self.meant(incoming), refused.to_string(), waiting)),
        };
        if let Some(asked) = incoming.list.as_deref().filter(|asked| *asked != read.list) {
            let reason = format!("this is the list {}, not {asked} (import it without `--as`, or give the file of {asked})", read.list);
            return Err(self.refuse(incoming, Some(asked.to_owned()), reason, waiting));
        }
        if read.listings.is_empty() {
            let reason = format!("it lists nobody, and no issuer publishes an empty {} (download it again)", read.list);
            return Err(self.refuse(incoming, Some(read.list), reason, waiting));
        }
        let problems = read.problems.len() + read.more_problems;
        let version = version(incoming, &read.list, read.version, read.format, Counts::of(&read.listings, problems), &read.listings);
        self.record(incoming, version, read.listings, read.problems, waiting)
    }

    fn record(
        &self,
        incoming: &Incoming,
        version: Version,
        listings: Vec<Listing>,
        problems: Vec<Problem>,
        waiting: &mut dyn FnMut(),
    ) -> Result<Imported, NotImported> {
        let list = version.list.clone();
        let lock = lock::take(self.folder(), PATIENCE, waiting)?.ok_or(NotImported::Busy)?;
        let journal = self.journal()?;
        let known: Vec<Version> = self.versions_in(&journal, &list).into_iter().filter(|v| !v.files.is_empty()).collect();
        let before = known.last();
        if let Some(same) = known.iter().find(|v| v.hash == version.hash) {
            let in_force = before.is_some_and(|v| v.hash == same.hash);
            self.write_objects(incoming, &version)?;
            if in_force && (incoming.from_issuer || self.is_refused(&journal, &list)) {
                let check = Check {
                    list,
                    hash: same.hash.clone(),
                    source: incoming.source.clone(),
                    from_issuer: incoming.from_issuer,
                    at: incoming.now,
                };
                journal.append(&self.log(), &Entry::Checked(check))?;
            }
            return Ok(Imported { version: same.clone(), unchanged: true, in_force, same_meaning: None, gone: 0, problems });
        }
        let order = |v: &Version| (v.day, v.stated.clone());
        let in_force = before.is_none_or(|b| order(b) <= order(&version));
        let gone = match before.filter(|_| in_force) {
            Some(before) => self.gone(before, &listings),
            None => 0,
        };
        if let Some(before) = before.filter(|b| gone * SHRUNKEN > b.counts.parties && !incoming.accept) {
            drop(lock);
            let reason = format!(
                "{gone} of the {} parties of {list} of {} are gone; it may be cut off or another list (if it is right, import it with `--accept`)",
                before.counts.parties, before.version
            );
            return Err(self.refuse(incoming, Some(list), reason, waiting));
        }
        let same_meaning = known.iter().rev().find(|v| v.meaning == version.meaning).cloned();
        self.write_objects(incoming, &version)?;
        cache::put(&self.parsed(), &cache::name(&list, &version.hash), &listings);
        journal.append(&self.log(), &Entry::Import(version.clone()))?;
        files::sweep(&self.objects(), |_| false);
        files::sweep(&self.parsed(), cache::outdated);
        Ok(Imported { version, unchanged: false, in_force, same_meaning, gone, problems })
    }

    fn write_objects(&self, incoming: &Incoming, version: &Version) -> io::Result<()> {
        for (file, stored) in incoming.files.iter().zip(&version.files) {
            files::put(&self.objects(), &stored.hash, &file.bytes)?;
        }
        Ok(())
    }

    /// How many parties of a version a newer one does not have. Of a version that cannot be read any more only the
    /// number is left to compare.
    fn gone(&self, before: &Version, listings: &[Listing]) -> usize {
        let now: BTreeSet<&str> = listings.iter().map(|l| l.id.trim()).collect();
        self.listings(before)
            .map_or(before.counts.parties.saturating_sub(now.len()), |old| old.iter().filter(|l| !now.contains(l.id.trim())).count())
    }

    /// Which list a file that cannot be read was meant to be: the one asked for, or that of its format, or that which came from the same place
    /// before.
    fn meant(&self, incoming: &Incoming) -> Option<String> {
        if incoming.list.is_some() {
            return incoming.list.clone();
        }
        let from_there = self.journal().ok()?.entries.into_iter().rev().find_map(|e| match e {
            Entry::Import(v) if v.source == incoming.source => Some(v.list),
            _ => None,
        });
        match crate::seems(&sources(&incoming.files), &self.limits) {
            [one] => Some((*one).to_owned()),
            [] => from_there,
            several => from_there.filter(|list| several.contains(&list.as_str())),
        }
    }

    /// Notes in the journal that something was refused.
    fn refuse(&self, incoming: &Incoming, list: Option<String>, reason: String, waiting: &mut dyn FnMut()) -> NotImported {
        let files = incoming.files.iter().map(|f| blake3::hash(&f.bytes).to_hex().to_string()).collect();
        let attempt = Attempt { list: list.clone(), source: incoming.source.clone(), at: incoming.now, reason: reason.clone(), files };
        match self.note(&Entry::Refused(attempt), waiting) {
            Ok(()) => NotImported::Refused { list, reason },
            Err(e) => e,
        }
    }

    /// Notes that a list could not be fetched. That the issuer is out of reach says nothing against the version in force.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn fetch_failed(&self, list: &str, url: &str, reason: &str, now: Timestamp) -> Result<(), NotImported> {
        let (list, source, reason) = (Some(list.to_owned()), url.to_owned(), reason.to_owned());
        self.note(&Entry::Failed(Attempt { list, source, at: now, reason, files: Vec::new() }), &mut || ())
    }

    /// Notes that a server, the issuer's own or another, says that nothing has changed since a version.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn still_current(&self, version: &Version, url: &str, from_issuer: bool, now: Timestamp) -> Result<(), NotImported> {
        let check = Check { list: version.list.clone(), hash: version.hash.clone(), source: url.to_owned(), from_issuer, at: now };
        self.note(&Entry::Checked(check), &mut || ())
    }

    pub(super) fn note(&self, entry: &Entry, waiting: &mut dyn FnMut()) -> Result<(), NotImported> {
        let _lock = lock::take(self.folder(), PATIENCE, waiting)?.ok_or(NotImported::Busy)?;
        Ok(Journal::read(&self.log())?.append(&self.log(), entry)?)
    }
}

fn version(incoming: &Incoming, list: &str, stated: Option<String>, format: &str, counts: Counts, listings: &[Listing]) -> Version {
    let files: Vec<StoredFile> = incoming.files.iter().enumerate().map(|(at, f)| stored(f, incoming.fetched.get(at))).collect();
    let (day, day_is) = day(incoming, stated.as_deref());
    let named = stated.as_deref().filter(|s| leading_day(s).is_none()).map(str::to_owned);
    Version {
        list: list.to_owned(),
        version: named.unwrap_or_else(|| day.to_string()),
        stated,
        day,
        day_is,
        hash: set_hash(&files),
        meaning: canonical::meaning(listings),
        format: format.to_owned(),
        files,
        counts,
        source: incoming.source.clone(),
        from_issuer: incoming.from_issuer,
        imported: incoming.now,
        accepted: incoming.accept,
    }
}

fn stored(file: &RawFile, fetched: Option<&Fetched>) -> StoredFile {
    StoredFile {
        name: file.name.clone(),
        hash: blake3::hash(&file.bytes).to_hex().to_string(),
        bytes: file.bytes.len() as u64,
        url: fetched.map(|f| f.url.clone()),
        etag: fetched.and_then(|f| f.etag.clone()),
        last_modified: fetched.and_then(|f| f.last_modified.clone()),
    }
}

/// The hash of one file is the hash of a version; of several it is the hash of their hashes, whatever their order and names.
fn set_hash(files: &[StoredFile]) -> String {
    match files {
        [one] => one.hash.clone(),
        several => {
            let mut hashes: Vec<&str> = several.iter().map(|f| f.hash.as_str()).collect();
            hashes.sort_unstable();
            blake3::hash(hashes.join("\n").as_bytes()).to_hex().to_string()
        }
    }
}

/// What the file says goes before what a person says, for the file is what the issuer published.
fn day(incoming: &Incoming, stated: Option<&str>) -> (Date, DayIs) {
    let in_name = || incoming.files.iter().find_map(|f| day_in_name(&f.name));
    let from_server = || incoming.fetched.iter().filter_map(|f| f.modified_day).max();
    if let Some(day) = stated.and_then(leading_day) {
        (day, DayIs::File)
    } else if let Some(day) = incoming.told_day {
        (day, DayIs::Told)
    } else if let Some(day) = in_name() {
        (day, DayIs::Name)
    } else if let Some(day) = from_server() {
        (day, DayIs::Server)
    } else {
        (Offset::UTC.to_datetime(incoming.now).date(), DayIs::Import)
    }
}

/// The day with which an ISO day or moment begins.
fn leading_day(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// `2024-05-03` in `sdn_2024-05-03.csv`.
fn day_in_name(name: &str) -> Option<Date> {
    const DAY: usize = "2024-05-03".len();
    let starts = name.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| name.get(at..at + DAY)).filter(|part| part.as_bytes().get(4) == Some(&b'-')).find_map(|p| p.parse().ok())
}
