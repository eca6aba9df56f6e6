//! One name against many: which listed names a name may be, best first.
//!
//! A dictionary of distinct words stands between names and names, so that a query costs by the distinct words it comes near, not by the
//! number of names. A query word meets listed words by keys ([`keys`]): itself, itself with letters left out, its consonants; neighbours
//! are also tried joined and words split ([`expand`]). The readings that hold enough of these words, weighed by rarity, are gathered with
//! an early stop ([`gather`]); only the best few are judged exactly ([`rank`]). The decision against trigrams, automata and full scans is
//! measured in `docs/benchmarks.md`.
//!
//! A *reading* is what several listed names have in common that differ only in what reading drops: the same words in the same order. Names
//! are judged once a reading. Readings are numbered by rising total weight of their words, words and forms by falling frequency: short
//! and common things lie together, at the front.
//!
//! Invariant: whatever [`Index::from_bytes`] accepts has every row, id and text in bounds, so searching cannot fail.

mod build;
mod bytes;
mod expand;
mod gather;
mod keys;
mod known;
mod near;
mod rank;
mod rows;
mod words;

pub use build::Builder;
pub use bytes::Damaged;
pub(crate) use near::{edits_at_least, within};

use crate::{BuiltIn, Kind, Likeness, Name, Reason, judge, tie};
use expand::Sought;
use gather::Gathered;
use keys::Keys;
use known::KnownWords;
use rank::Bench;
use rows::{Blobs, Postings, Rows, Texts};
use std::sync::{Arc, OnceLock};
use words::ListedWord;

/// Many names, to be searched by one. Made by [`Builder`] or read with [`Index::from_bytes`].
#[derive(Clone, PartialEq, Debug)]
pub struct Index {
    /// Distinct folded forms.
    forms: Texts,
    /// Words that have the form.
    form_words: Rows,
    /// Forms by themselves and with letters left out.
    deletes: Keys,
    /// Forms by their consonants.
    sounds: Keys,
    /// Forms of each word, best first, and their costs.
    word_forms: Rows,
    form_costs: Vec<f32>,
    /// What is known of each word, packed.
    word_data: Blobs,
    /// What each word counts for.
    word_weights: Vec<f32>,
    /// Readings that hold the word.
    postings: Postings,
    /// Words of each reading, in order.
    reading_words: Rows,
    reading_kinds: Vec<u8>,
    /// Entries that have the reading.
    reading_entries: Rows,
    /// Readings by all their letters without spaces, and by the consonants of that.
    joined: Keys,
    entry_readings: Vec<u32>,
    entry_owners: Vec<u32>,
    entry_weak: Vec<u8>,
    entry_texts: Texts,
    derived: Derived,
}

/// What follows from the rest and is not stored.
#[derive(Clone, PartialEq, Debug, Default)]
struct Derived {
    /// In how many readings a form occurs.
    form_counts: Vec<u32>,
    /// What tells most forms apart without their letters; see [`near::outline`].
    outlines: Vec<u64>,
    words: Vec<WordFacts>,
    /// Sum of the weights of a reading's words; rises with the id.
    totals: Vec<f32>,
    /// Every [`STRIDE`]th of `totals`, small enough for the near cache: the least total weight of the readings up to the next.
    strides: Vec<f32>,
    /// One by each of them.
    shares: Vec<f32>,
    /// Which common words a reading may hold; see [`gather::seal`].
    seals: Vec<u64>,
    /// Tells this index from all others, for what is remembered of it elsewhere.
    mark: Arc<()>,
    /// Words unpacked so far.
    read: Vec<OnceLock<Box<ListedWord>>>,
}

/// Readings that share one entry of `strides`.
const STRIDE: usize = 64;

/// What is looked at for every word of every candidate, in twelve bytes.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
struct WordFacts {
    weight: f32,
    /// Letters that occur in any of its forms, one bit each.
    letters: u32,
    /// First byte of its best form.
    first: u8,
    /// Bytes of its shortest and longest form, at most 255.
    shortest: u8,
    longest: u8,
    /// In which writings the readings are that hold it, one bit each; without those where it is seldom.
    writings: u8,
}

/// What is asked for beside the name.
#[derive(Clone, Copy, Default)]
pub struct Ask<'a> {
    /// Least score that is wanted, 0 to 1. With 0 and a large limit, every entry that shares any key is judged.
    pub floor: f32,
    /// Most owners that are wanted; 0 finds nothing.
    pub limit: usize,
    /// Which owner and entry may be found at all; asked before the limit is applied.
    pub accept: Option<&'a dyn Fn(u32, u32) -> bool>,
    /// The readings of all who are accepted, when they are known: cheaper than to ask owner by owner.
    pub among: Option<&'a Readings>,
    /// Readings that are found from a lower score on: what is known beside the name speaks for whoever has them.
    pub favoured: Option<Favoured<'a>>,
    /// When said, entries that are known to be of another kind are left out.
    pub kind: Option<Kind>,
}

/// Readings that a search wants from a score of their own on.
#[derive(Clone, Copy)]
pub struct Favoured<'a> {
    /// Which, of the index that is searched.
    pub readings: &'a Readings,
    /// Least score that is wanted of them; no more than that of the others.
    pub floor: f32,
}

/// Some of the readings of an index, one bit each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Readings(Vec<u32>);

impl Readings {
    /// Whether a reading is among them.
    fn holds(&self, reading: u32) -> bool {
        self.0.get(reading as usize / 32).is_some_and(|bits| bits >> (reading % 32) & 1 != 0)
    }

    /// The bits of the readings from `32 * word` on.
    fn bits(&self, word: usize) -> u32 {
        self.0.get(word).copied().unwrap_or(0)
    }

    /// Adds others of the same index.
    pub fn add(&mut self, others: &Readings) {
        self.0.resize(self.0.len().max(others.0.len()), 0);
        for (mine, other) in self.0.iter_mut().zip(&others.0) {
            *mine |= other;
        }
    }
}

impl Ask<'_> {
    /// Least score that is wanted of a reading.
    fn floor_of(&self, reading: u32) -> f32 {
        self.favoured.filter(|f| f.readings.holds(reading)).map_or(self.floor, |f| f.floor)
    }

    /// Least score that is wanted of any.
    fn lowest(&self) -> f32 {
        self.favoured.map_or(self.floor, |f| f.floor.min(self.floor))
    }
}

/// The best name of one owner.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Found {
    /// Which entry, counted in the order of [`Builder::add`].
    pub entry: u32,
    /// Whose it is.
    pub owner: u32,
    /// What [`judge`] says.
    pub score: f32,
    /// Whether the entry was added as a weak name.
    pub weak: bool,
}

/// A reading that was gathered, before it is judged; for measuring.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// First entry of the reading.
    pub entry: u32,
    /// Share of the weight that is met, 0 to 1; by the rule of the module `gather`.
    pub estimate: f32,
}

/// What the last search with a scratch took; for measuring.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Effort {
    /// Listed words near a word of the query.
    pub near: u32,
    /// Readings of which the words were looked at.
    pub weighed: u32,
    /// Candidates kept for judging.
    pub kept: u32,
    /// Calls of [`judge`].
    pub judged: u32,
    /// Calls of [`tie`].
    pub tied: u32,
}

/// Memory that searches use again and again; any scratch serves any index.
#[derive(Default)]
pub struct Scratch {
    known: KnownWords,
    sought: Sought,
    gathered: Gathered,
    bench: Bench,
    effort: Effort,
}

impl Scratch {
    /// What the last search took.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.effort
    }
}

impl Index {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entry_owners.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entry_owners.is_empty()
    }

    /// An entry's name as it was added; empty for an entry that does not exist.
    #[must_use]
    pub fn name(&self, entry: u32) -> &str {
        if (entry as usize) < self.len() { self.entry_texts.get(entry) } else { "" }
    }

    /// Whose name an entry is.
    #[must_use]
    pub fn owner(&self, entry: u32) -> Option<u32> {
        self.entry_owners.get(entry as usize).copied()
    }

    /// The readings that one of these owners has.
    #[must_use]
    pub fn readings_of(&self, wanted: impl Fn(u32) -> bool) -> Readings {
        let mut bits = vec![0; self.reading_kinds.len().div_ceil(32)];
        for (reading, owner) in self.entry_readings.iter().zip(&self.entry_owners) {
            if wanted(*owner) {
                bits[*reading as usize / 32] |= 1 << (reading % 32);
            }
        }
        Readings(bits)
    }

    /// Owners whose names are most like the query, best first, each with its best name; equal scores by entry.
    pub fn search<'s>(&self, query: &Name, ask: &Ask<'_>, scratch: &'s mut Scratch) -> &'s [Found] {
        self.candidates(query, ask, scratch);
        self.rank(query, ask, scratch);
        &scratch.bench.found
    }

    /// The first half of a search: what would be judged, best first by estimate; for measuring what gathering misses.
    pub fn gather<'s>(&self, query: &Name, ask: &Ask<'_>, scratch: &'s mut Scratch) -> impl Iterator<Item = Candidate> + use<'s, '_> {
        self.candidates(query, ask, scratch);
        let Scratch { gathered, .. } = scratch;
        gathered.top.iter().filter_map(|t| Some(Candidate { entry: *self.reading_entries.row(t.reading).first()?, estimate: t.estimate }))
    }

    fn candidates(&self, query: &Name, ask: &Ask<'_>, scratch: &mut Scratch) {
        scratch.effort = Effort::default();
        scratch.known.fit(&self.derived.mark);
        self.expand(query, ask, &mut scratch.known, &mut scratch.sought);
        self.collect(query, ask, scratch);
        scratch.effort.near = scratch.sought.near() as u32;
        scratch.effort.kept = scratch.gathered.top.len() as u32;
    }

    /// The judgement of a found entry again, for its reasons.
    #[must_use]
    pub fn explain(&self, query: &Name, found: &Found) -> Likeness {
        let mut listed = Name::default();
        if let Some(reading) = self.entry_readings.get(found.entry as usize) {
            self.listed(*reading, &mut listed);
        }
        judge(query, &listed, |i, j| tie(&query.words[i], &listed.words[j]), &BuiltIn)
    }

    /// Why a found entry is as like the query as it is, in sentences for a clerk.
    #[must_use]
    pub fn reasons(&self, query: &Name, found: &Found) -> Vec<Reason> {
        let mut listed = Name::default();
        if let Some(reading) = self.entry_readings.get(found.entry as usize) {
            self.listed(*reading, &mut listed);
        }
        crate::explain(query, &listed)
    }

    /// Whether a reading may be found at all.
    fn admits(&self, reading: u32, ask: &Ask<'_>) -> bool {
        let of_kind = ask.kind.is_none_or(|k| {
            let kind = self.reading_kinds[reading as usize] & 7;
            kind == 0 || kind == bytes::kind_code(Some(k))
        });
        let accepted =
            || ask.accept.is_none_or(|accept| self.reading_entries.row(reading).iter().any(|e| accept(self.entry_owners[*e as usize], *e)));
        of_kind && ask.among.map_or_else(accepted, |among| among.holds(reading))
    }

    /// The form, when it is one of the dictionary.
    fn form(&self, text: &[u8]) -> Option<u32> {
        let mut found = None;
        self.deletes.get(keys::whole(text.iter().copied()), |f| {
            if found.is_none() && self.forms.bytes(f) == text {
                found = Some(f);
            }
        });
        found
    }
}

/// How many times more candidates are kept and judged for a name in another script: its letters say less of which Latin name it is, so
/// the right one may stand far down.
const FOREIGN: usize = 8;

fn is_foreign(query: &Name) -> bool {
    query.words.iter().any(|w| w.forms.len() > 1)
}

#[cfg(test)]
mod tests;
