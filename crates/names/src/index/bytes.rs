//! An index as bytes and back. The bytes are one blob: magic, version, checksum, then the flat tables, each with its length. Nothing is
//! kept on trust: a wrong checksum, a length beyond the end or an id out of bounds is an error, and an accepted index is whole.

use super::keys::Keys;
use super::rows::{Blobs, Postings, Rows, Texts};
use super::{Derived, Index};
use crate::script::Script;
use crate::{Kind, Name};
use std::fmt;

const MAGIC: &[u8; 8] = b"LICITNAM";
const VERSION: u32 = 2;
/// Magic, version, checksum.
const HEAD: usize = 8 + 4 + 32;

/// Why bytes are not an index.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Damaged {
    /// They do not begin as an index does.
    NotAnIndex,
    /// They are of another format version, which is given.
    Version(u32),
    /// The checksum does not fit: bytes were changed or are missing.
    Checksum,
    /// A table is not what it should be; which one.
    Table(&'static str),
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damaged::NotAnIndex => write!(f, "this is no index of names: it does not begin with `LICITNAM`; build it again from the lists"),
            Damaged::Version(v) => write!(f, "the index of names has format version {v}, this program reads {VERSION}; build it again"),
            Damaged::Checksum => write!(f, "the index of names is damaged: its checksum does not fit; build it again from the lists"),
            Damaged::Table(which) => write!(f, "the index of names is damaged in its table of {which}; build it again from the lists"),
        }
    }
}

impl std::error::Error for Damaged {}

pub(super) fn kind_code(kind: Option<Kind>) -> u8 {
    match kind {
        None => 0,
        Some(Kind::Person) => 1,
        Some(Kind::Body) => 2,
        Some(Kind::Vessel) => 3,
        Some(Kind::Aircraft) => 4,
    }
}

/// The kind that was given, the kind as which the name was read, and what it is written in.
pub(super) fn kinds_code(kind: Option<Kind>, name: &Name) -> u8 {
    kind_code(kind) | kind_code(Some(name.read_as)) << 3 | writing(name) << 6
}

/// Latin letters, an alphabet from left to right, one from right to left, or anything else.
pub(super) fn writing(name: &Name) -> u8 {
    match crate::evidence::script(name) {
        Script::Latin => 0,
        Script::Cyrillic | Script::Greek => 1,
        Script::Arabic | Script::Hebrew => 2,
        Script::Hangul | Script::Han | Script::Kana | Script::Other => 3,
    }
}

pub(super) fn kinds_of(code: u8) -> (Option<Kind>, Kind) {
    (kind_of(code & 7), kind_of(code >> 3 & 7).unwrap_or(Kind::Person))
}

fn kind_of(code: u8) -> Option<Kind> {
    [Kind::Person, Kind::Body, Kind::Vessel, Kind::Aircraft].into_iter().find(|k| kind_code(Some(*k)) == code)
}

impl Index {
    /// The index as bytes, the same on every machine.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend([0; 32]);
        put_texts(&mut out, &self.forms);
        put_rows(&mut out, &self.form_words);
        put_keys(&mut out, &self.deletes);
        put_keys(&mut out, &self.sounds);
        put_rows(&mut out, &self.word_forms);
        put_numbers(&mut out, self.form_costs.iter().map(|c| c.to_bits()));
        put_numbers(&mut out, self.word_data.starts.iter().copied());
        put_bytes(&mut out, &self.word_data.data);
        put_numbers(&mut out, self.word_weights.iter().map(|w| w.to_bits()));
        put_numbers(&mut out, self.postings.starts.iter().copied());
        put_numbers(&mut out, self.postings.data.iter().copied());
        put_numbers(&mut out, self.postings.counts.iter().copied());
        put_rows(&mut out, &self.reading_words);
        put_bytes(&mut out, &self.reading_kinds);
        put_rows(&mut out, &self.reading_entries);
        put_keys(&mut out, &self.joined);
        put_numbers(&mut out, self.entry_readings.iter().copied());
        put_numbers(&mut out, self.entry_owners.iter().copied());
        put_bytes(&mut out, &self.entry_weak);
        put_texts(&mut out, &self.entry_texts);
        let sum = blake3::hash(&out[HEAD..]);
        out[HEAD - 32..HEAD].copy_from_slice(sum.as_bytes());
        out
    }

    /// Reads what [`Index::to_bytes`] wrote.
    ///
    /// # Errors
    /// When the bytes are not such, of another version, or damaged in any way.
    pub fn from_bytes(bytes: impl AsRef<[u8]>) -> Result<Index, Damaged> {
        let bytes = bytes.as_ref();
        let (magic, rest) = bytes.split_at_checked(8).ok_or(Damaged::NotAnIndex)?;
        if magic != MAGIC {
            return Err(Damaged::NotAnIndex);
        }
        let (version, rest) = rest.split_first_chunk::<4>().ok_or(Damaged::Checksum)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(Damaged::Version(version));
        }
        let (sum, rest) = rest.split_first_chunk::<32>().ok_or(Damaged::Checksum)?;
        if blake3::hash(rest).as_bytes() != sum {
            return Err(Damaged::Checksum);
        }
        read(&mut Reader { rest })?.checked()
    }

    fn checked(mut self) -> Result<Index, Damaged> {
        let (forms, words, readings, entries) = (self.forms.len(), self.word_data.len(), self.reading_kinds.len(), self.entry_owners.len());
        let check = |fine: bool, which: &'static str| if fine { Ok(()) } else { Err(Damaged::Table(which)) };
        check(self.form_words.sound(forms, words), "words of forms")?;
        check(self.deletes.sound(forms) && self.sounds.sound(forms), "keys of forms")?;
        check(self.word_forms.sound(words, forms), "forms of words")?;
        check(self.form_costs.len() == self.word_forms.items.len() && self.form_costs.iter().all(|c| c.is_finite()), "costs of forms")?;
        let weighed = self.word_weights.len() == words && self.word_weights.iter().all(|w| w.is_finite() && *w >= 0.0);
        check(self.word_data.sound() && weighed, "words")?;
        check(self.postings.sound(words, readings), "readings of words")?;
        check(self.reading_words.sound(readings, words), "words of readings")?;
        check(self.reading_kinds.iter().all(|k| k & 7 <= 4 && k >> 3 & 7 <= 4), "kinds of readings")?;
        check(self.reading_entries.sound(readings, entries), "names of readings")?;
        check(self.joined.sound(readings), "joined names")?;
        check(self.entry_readings.len() == entries && self.entry_readings.iter().all(|r| (*r as usize) < readings), "readings of names")?;
        check(self.entry_weak.len() == entries && self.entry_texts.len() == entries, "names")?;
        self.derived = Derived::of(&self);
        check(self.derived.totals.is_sorted(), "order of readings")?;
        Ok(self)
    }
}

/// The tables in the order of writing, not yet checked against each other.
fn read(r: &mut Reader<'_>) -> Result<Index, Damaged> {
    let forms = r.texts("forms")?;
    let form_words = r.rows("words of forms")?;
    let (deletes, sounds) = (r.keys("keys of forms")?, r.keys("keys of forms")?);
    let word_forms = r.rows("forms of words")?;
    let form_costs = r.numbers("costs of forms")?.into_iter().map(f32::from_bits).collect();
    let word_data = Blobs { starts: r.numbers("words")?, data: r.bytes("words")?.to_vec() };
    if word_data.starts.is_empty() {
        return Err(Damaged::Table("words"));
    }
    let word_weights = r.numbers("words")?.into_iter().map(f32::from_bits).collect();
    let (starts, data, counts) = (r.numbers("readings of words")?, r.numbers("readings of words")?, r.numbers("readings of words")?);
    let reading_words = r.rows("words of readings")?;
    let reading_kinds = r.bytes("kinds of readings")?.to_vec();
    let postings = Postings { starts, data, counts, readings: reading_kinds.len() };
    Ok(Index {
        forms,
        form_words,
        deletes,
        sounds,
        word_forms,
        form_costs,
        word_data,
        word_weights,
        postings,
        reading_words,
        reading_kinds,
        reading_entries: r.rows("names of readings")?,
        joined: r.keys("joined names")?,
        entry_readings: r.numbers("readings of names")?,
        entry_owners: r.numbers("owners of names")?,
        entry_weak: r.bytes("weak names")?.to_vec(),
        entry_texts: r.texts("names")?,
        derived: Derived::default(),
    })
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u64).to_le_bytes());
    out.extend(bytes);
}

fn put_numbers(out: &mut Vec<u8>, numbers: impl ExactSizeIterator<Item = u32>) {
    out.extend((numbers.len() as u64 * 4).to_le_bytes());
    out.extend(numbers.flat_map(u32::to_le_bytes));
}

fn put_rows(out: &mut Vec<u8>, rows: &Rows) {
    put_numbers(out, rows.starts.iter().copied());
    put_numbers(out, rows.items.iter().copied());
}

fn put_texts(out: &mut Vec<u8>, texts: &Texts) {
    put_numbers(out, texts.starts.iter().copied());
    put_bytes(out, texts.text.as_bytes());
}

fn put_keys(out: &mut Vec<u8>, keys: &Keys) {
    put_numbers(out, [keys.id_bits].into_iter());
    put_numbers(out, keys.starts.iter().copied());
    put_numbers(out, keys.slots.iter().copied());
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, which: &'static str) -> Result<&'a [u8], Damaged> {
        let (length, rest) = self.rest.split_first_chunk::<8>().ok_or(Damaged::Table(which))?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| Damaged::Table(which))?;
        let (bytes, rest) = rest.split_at_checked(length).ok_or(Damaged::Table(which))?;
        self.rest = rest;
        Ok(bytes)
    }

    fn numbers(&mut self, which: &'static str) -> Result<Vec<u32>, Damaged> {
        let bytes = self.bytes(which)?;
        let (whole, odd) = bytes.as_chunks::<4>();
        if odd.is_empty() { Ok(whole.iter().map(|c| u32::from_le_bytes(*c)).collect()) } else { Err(Damaged::Table(which)) }
    }

    /// Rows, whose starts begin with 0 at least.
    fn rows(&mut self, which: &'static str) -> Result<Rows, Damaged> {
        let rows = Rows { starts: self.numbers(which)?, items: self.numbers(which)? };
        if rows.starts.is_empty() { Err(Damaged::Table(which)) } else { Ok(rows) }
    }

    fn texts(&mut self, which: &'static str) -> Result<Texts, Damaged> {
        let starts = self.numbers(which)?;
        let text = std::str::from_utf8(self.bytes(which)?).map_err(|_| Damaged::Table(which))?;
        let texts = Texts { starts, text: text.to_owned() };
        if texts.sound() { Ok(texts) } else { Err(Damaged::Table(which)) }
    }

    fn keys(&mut self, which: &'static str) -> Result<Keys, Damaged> {
        let bits = self.numbers(which)?;
        let [id_bits] = bits[..] else { return Err(Damaged::Table(which)) };
        Ok(Keys { id_bits, starts: self.numbers(which)?, slots: self.numbers(which)? })
    }
}
