//! The journal: one line of JSON for each thing that happened, with a checksum in the line.
//!
//! Lines are only ever added. A last line without its end was cut off in writing: it never counted, and the next writer removes it. Any
//! other line that does not agree with its checksum is damage: it is told, and the lines around it still count. A line whose `what` a
//! later program wrote and this one does not know is passed over.

use super::{Damaged, Settlement};
use crate::Listing;
use jiff::Timestamp;
use jiff::civil::Date;
use names::Kind;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Most bytes of a journal: hundreds of thousands of imports.
const MOST_BYTES: u64 = 256 << 20;

/// How a line ends: `,"sum":"<16 hex digits>"}`.
const SUM: &str = ",\"sum\":\"";
const SUM_DIGITS: usize = 16;

/// What a line tells.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub(crate) enum Entry {
    /// A version was put on record.
    Import(Version),
    /// What was handed in was no good.
    Refused(Attempt),
    /// The issuer could not be reached.
    Failed(Attempt),
    /// The issuer says, or the bytes show, that the version in force is still the latest.
    Checked(Check),
    /// A person settled whether a party is a listing.
    Settled(Settlement),
    /// Something that a later program wrote.
    #[serde(other)]
    Later,
}

/// One version of one list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Version {
    /// The list: `un-sc`.
    pub list: String,
    /// Its name: its day, or what the file calls it where that is no day.
    pub version: String,
    /// What the file says of its version, word for word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<String>,
    /// The day for which it is good.
    pub day: Date,
    /// How that day is known.
    pub day_is: DayIs,
    /// BLAKE3 of the file, or, for a set of files, of their sorted hashes; hexadecimal.
    pub hash: String,
    /// A hash that versions of the same meaning share.
    pub meaning: String,
    /// The format in which it was read.
    pub format: String,
    /// The files as they were handed in.
    pub files: Vec<StoredFile>,
    /// How many of what.
    pub counts: Counts,
    /// `file:…`, `https://…` or `built in`.
    pub source: String,
    /// It was fetched from its issuer's own address, so that it was the latest then.
    #[serde(default)]
    pub from_issuer: bool,
    /// When it was put on record.
    pub imported: Timestamp,
    /// Somebody said `--accept` to a list that had shrunk.
    pub accepted: bool,
}

/// How the day of a version is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayIs {
    /// The file says it.
    File,
    /// Whoever imported it said it.
    Told,
    /// It stands in the file's name.
    Name,
    /// The server says when the file was last modified.
    Server,
    /// Nobody says; the day of import.
    Import,
}

/// One stored file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its name, without folders.
    pub name: String,
    /// BLAKE3 of its bytes, hexadecimal; its name in `objects/`.
    pub hash: String,
    /// How many bytes.
    pub bytes: u64,
    /// Where it was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The server's mark of this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The server's date of this version, as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// How many of what a version holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counts {
    /// All parties.
    pub parties: usize,
    /// Natural persons.
    pub persons: usize,
    /// Companies and other bodies.
    pub bodies: usize,
    /// Ships.
    pub vessels: usize,
    /// Aircraft.
    pub aircraft: usize,
    /// Names, aliases among them.
    pub names: usize,
    /// Records of which something could not be read.
    pub problems: usize,
}

impl Counts {
    pub(super) fn of(listings: &[Listing], problems: usize) -> Self {
        let sort = |kind| listings.iter().filter(|l| l.kind == Some(kind)).count();
        Self {
            parties: listings.len(),
            persons: sort(Kind::Person),
            bodies: sort(Kind::Body),
            vessels: sort(Kind::Vessel),
            aircraft: sort(Kind::Aircraft),
            names: listings.iter().map(|l| l.names.len()).sum(),
            problems,
        }
    }
}

/// An attempt that put nothing on record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// The list, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// What was handed in.
    pub source: String,
    /// When.
    pub at: Timestamp,
    /// Why not.
    pub reason: String,
    /// Hashes of the files, so that they can be recognised; the bytes are not kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}

/// A look at the source that found nothing new.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Check {
    /// The list.
    pub list: String,
    /// The version that was found again.
    pub hash: String,
    /// Where.
    pub source: String,
    /// That is the issuer's own address; a copy elsewhere may have stood still.
    #[serde(default)]
    pub from_issuer: bool,
    /// When.
    pub at: Timestamp,
}

impl Entry {
    pub(super) fn list(&self) -> Option<&str> {
        match self {
            Self::Import(v) => Some(&v.list),
            Self::Refused(a) | Self::Failed(a) => a.list.as_deref(),
            Self::Checked(c) => Some(&c.list),
            Self::Settled(_) | Self::Later => None,
        }
    }
}

/// A damaged line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damage {
    /// Which, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Everything the journal says.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub entries: Vec<Entry>,
    pub damage: Vec<Damage>,
    /// Bytes up to the end of the last whole line.
    whole_bytes: u64,
    all_bytes: u64,
}

impl Journal {
    pub(super) fn read(path: &Path) -> Result<Self, Damaged> {
        let failed = |e: io::Error| Damaged { at: path.to_owned(), message: format!("the journal cannot be read: {e}") };
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(failed(e)),
        };
        let mut bytes = Vec::new();
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(failed(io::Error::other(format!("more than {MOST_BYTES} bytes"))));
        }
        Ok(Self::of(&bytes))
    }

    fn of(bytes: &[u8]) -> Self {
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let mut out = Self { whole_bytes: whole as u64, all_bytes: bytes.len() as u64, ..Self::default() };
        let lines = bytes.get(..whole).unwrap_or_default().split(|b| *b == b'\n');
        for (at, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            match parse(line) {
                Ok(entry) => out.entries.push(entry),
                Err(message) => out.damage.push(Damage { line: at + 1, message: message.to_owned() }),
            }
        }
        out
    }

    /// Adds a line and waits until it is on disk. Only for whoever holds the lock and read this journal under it.
    pub(super) fn append(&self, path: &Path, entry: &Entry) -> io::Result<()> {
        let line = write(entry)?;
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        if self.all_bytes > self.whole_bytes {
            file.set_len(self.whole_bytes)?;
        }
        file.seek(SeekFrom::End(0))?;
        file.write_all(line.as_bytes())?;
        file.sync_all()?;
        super::files::sync_folder(path.parent());
        Ok(())
    }
}

fn sum(body: &[u8]) -> String {
    blake3::hash(body).to_hex().chars().take(SUM_DIGITS).collect()
}

fn write(entry: &Entry) -> io::Result<String> {
    let mut line = serde_json::to_string(entry).map_err(io::Error::other)?;
    // A JSON object without its closing brace is what the checksum stands for.
    line.pop();
    let sum = sum(line.as_bytes());
    Ok(format!("{line}{SUM}{sum}\"}}\n"))
}

fn parse(line: &[u8]) -> Result<Entry, &'static str> {
    let tail = SUM.len() + SUM_DIGITS + 2;
    let cut = line.len().checked_sub(tail).ok_or("too short to be a line of the journal")?;
    let (body, end) = line.split_at(cut);
    if end != format!("{SUM}{}\"}}", sum(body)).as_bytes() {
        return Err("does not agree with its checksum");
    }
    let mut whole = body.to_vec();
    whole.push(b'}');
    serde_json::from_slice(&whole).map_err(|_| "not understood: a field is missing or has another form")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: usize) -> Entry {
        Entry::Checked(Check {
            list: format!("l{n}"),
            hash: "00".into(),
            source: "file:x".into(),
            from_issuer: false,
            at: Timestamp::UNIX_EPOCH,
        })
    }

    #[test]
    fn every_single_wrong_byte_of_a_line_is_noticed_and_the_others_count() {
        let lines: Vec<String> = (0..3).map(|n| write(&check(n)).unwrap_or_default()).collect();
        let good = lines.concat().into_bytes();
        assert_eq!(Journal::of(&good).entries, [check(0), check(1), check(2)]);
        let start = lines[0].len();
        for at in start..start + lines[1].len() - 1 {
            let mut bad = good.clone();
            bad[at] ^= 1;
            let journal = Journal::of(&bad);
            // A byte turned into a line feed makes two damaged lines of one.
            assert!(!journal.damage.is_empty() && journal.damage[0].line == 2, "byte {at}: {journal:?}");
            assert_eq!(journal.entries, [check(0), check(2)], "byte {at}");
        }
    }

    #[test]
    fn a_line_cut_off_anywhere_never_counted() {
        let lines: Vec<String> = (0..2).map(|n| write(&check(n)).unwrap_or_default()).collect();
        let all = lines.concat().into_bytes();
        for cut in lines[0].len()..all.len() {
            let journal = Journal::of(&all[..cut]);
            assert_eq!((journal.entries, journal.damage), (vec![check(0)], vec![]), "cut at {cut}");
            assert_eq!(journal.whole_bytes, lines[0].len() as u64);
        }
    }

    #[test]
    fn a_line_of_a_later_program_is_passed_over() {
        let body = "{\"what\":\"paired\",\"pair\":[1,2]";
        let line = format!("{body}{SUM}{}\"}}\n", sum(body.as_bytes()));
        let journal = Journal::of(line.as_bytes());
        assert_eq!((journal.entries, journal.damage), (vec![Entry::Later], vec![]));
    }
}
