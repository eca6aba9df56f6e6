//! The book of goods words: phrases with the headings they may mean, and single words with the headings whose phrases use them.
//!
//! Packed once (by the build script for the table that is compiled in) and then read where it lies, so a start pays almost
//! nothing for it. A phrase is found by walking a finite-state map along the text, a state a byte.

use super::text::{Gap, Text};
use crate::tables::GoodsWord;
use fst::raw::{Fst, Node, Output};
use model::HsRange;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What sort of phrase it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A plain word for goods.
    Term,
    /// A brand or model, which says what the thing is even when unknown words follow.
    Brand,
    /// A weapon, or what only forces use.
    Arms,
    /// What has no code: a sum of money, a journey, a stay.
    NoGoods,
}

/// Phrases to find in a text, each with a number.
pub(crate) struct Phrases(Fst<Vec<u8>>);

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phrases({})", self.0.len())
    }
}

impl Phrases {
    /// From phrases in plain form and their numbers, sorted by phrase, each once.
    pub(crate) fn pack<'p>(sorted: impl Iterator<Item = (&'p str, u64)>) -> Result<Vec<u8>, String> {
        Ok(fst::Map::from_iter(sorted).map_err(|e| e.to_string())?.into_fst().into_inner())
    }

    /// Opens packed phrases.
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        Fst::new(bytes).map(Self).map_err(|e| e.to_string())
    }

    /// Calls back with each phrase that occurs in the text: first word, one past the last word, number.
    pub(crate) fn find(&self, text: &Text, mut tell: impl FnMut(usize, usize, u64)) {
        for start in 0..text.words.len() {
            self.walk(self.0.root(), Output::zero(), text, (start, start), &mut tell);
        }
    }

    /// Goes on from a state with the word at `at`. A phrase may be written together or apart, but not across a comma.
    fn walk(&self, node: Node<'_>, sum: Output, text: &Text, (start, at): (usize, usize), tell: &mut impl FnMut(usize, usize, u64)) {
        let Some((node, sum)) = self.feed(node, sum, text.word(at)) else { return };
        if node.is_final() {
            tell(start, at + 1, sum.cat(node.final_output()).value());
        }
        let Some(next) = text.words.get(at + 1) else { return };
        if at + 1 - start >= LONGEST || matches!(next.gap, Gap::Stop | Gap::Aside) {
            return;
        }
        if matches!(next.gap, Gap::Space | Gap::And)
            && let Some((spaced, sum)) = self.feed(node, sum, " ")
        {
            self.walk(spaced, sum, text, (start, at + 1), tell);
            // “Cream for the face” is a cream for face.
            if article(text.word(at + 1)) && text.words.get(at + 2).is_some_and(|w| w.gap == Gap::Space) {
                self.walk(spaced, sum, text, (start, at + 2), tell);
            }
        }
        self.walk(node, sum, text, (start, at + 1), tell);
    }

    /// The number of a phrase in plain form.
    fn number(&self, phrase: &str) -> Option<u64> {
        let (node, sum) = self.feed(self.0.root(), Output::zero(), phrase)?;
        node.is_final().then(|| sum.cat(node.final_output()).value())
    }

    fn feed<'f>(&'f self, mut node: Node<'f>, mut sum: Output, bytes: &str) -> Option<(Node<'f>, Output)> {
        for byte in bytes.bytes() {
            let step = node.transition(node.find_input(byte)?);
            sum = sum.cat(step.out);
            node = self.0.node(step.addr);
        }
        Some((node, sum))
    }
}

/// Words that a phrase may have before its nouns or not.
fn article(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "his" | "her" | "its" | "their" | "our" | "your" | "one")
}

/// A phrase in a text: what it may mean, and the first and one past the last of its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    /// Where its codes stand in the book, and how many they are.
    codes: (usize, usize),
    /// What sort of phrase.
    pub(crate) kind: Kind,
    /// First word.
    pub(crate) start: usize,
    /// One past the last word.
    pub(crate) end: usize,
}

/// The packed book. The maps lead from a key to a place in the list beside them.
#[derive(Serialize, Deserialize)]
struct Packed {
    phrases: serde_bytes::ByteBuf,
    codes: Vec<(u32, u32)>,
    heads: serde_bytes::ByteBuf,
    others: serde_bytes::ByteBuf,
    votes: Vec<(u16, u8)>,
}

/// The words, ready to look up.
#[derive(Debug)]
pub(crate) struct Words {
    phrases: Phrases,
    codes: Vec<(u32, u32)>,
    heads: fst::Map<Vec<u8>>,
    others: fst::Map<Vec<u8>>,
    votes: Vec<(u16, u8)>,
}

/// Longest phrase, in words.
const LONGEST: usize = 14;
/// Most headings that a single word speaks for.
const MOST_VOTES: usize = 8;

/// Packs the table of goods words.
pub(crate) fn pack(rows: &[GoodsWord]) -> Result<Vec<u8>, String> {
    let (mut heads, mut others) = (Counts::new(), Counts::new());
    // A phrase as it is written beats another one written together; what two rows say of one phrase counts together.
    let mut held: BTreeMap<String, (bool, Kind, Vec<HsRange>)> = BTreeMap::new();
    for row in rows {
        let text = Text::read(&row.phrase);
        for (key, exact) in spellings(&text) {
            let slot = held.entry(key).or_insert((exact, row.kind, Vec::new()));
            if exact && !slot.0 {
                *slot = (true, row.kind, Vec::new());
            }
            if exact || !slot.0 {
                slot.2.extend(row.hs.iter().filter(|c| !slot.2.contains(c)).copied().collect::<Vec<_>>());
            }
        }
        if row.kind == Kind::Term {
            count(&text, &row.hs, &mut heads, &mut others);
        }
    }
    let (mut codes, mut phrases, mut votes) = (Vec::new(), Vec::new(), Vec::new());
    for (key, (_, kind, hs)) in &held {
        phrases.push((key.as_str(), place(codes.len(), hs.len(), *kind)));
        codes.extend(hs.iter().map(|r| (r.first, r.last)));
    }
    let packed = Packed {
        phrases: serde_bytes::ByteBuf::from(Phrases::pack(phrases.into_iter())?),
        codes,
        heads: serde_bytes::ByteBuf::from(ballot(&heads, &mut votes)?),
        others: serde_bytes::ByteBuf::from(ballot(&others, &mut votes)?),
        votes,
    };
    postcard::to_stdvec(&packed).map_err(|e| e.to_string())
}

type Counts = BTreeMap<String, BTreeMap<u16, u32>>;

fn place(at: usize, len: usize, kind: Kind) -> u64 {
    (at as u64) << 16 | (len.min(255) as u64) << 8 | kind as u64
}

fn placed(value: u64) -> (usize, usize, Kind) {
    let kind = match value & 255 {
        0 => Kind::Term,
        1 => Kind::Brand,
        2 => Kind::Arms,
        _ => Kind::NoGoods,
    };
    (usize::try_from(value >> 16).unwrap_or(usize::MAX), usize::try_from(value >> 8 & 255).unwrap_or(0), kind)
}

/// A phrase as it stands, and written together.
fn spellings(text: &Text) -> Vec<(String, bool)> {
    let mut out = vec![(text.plain.clone(), true)];
    let letters = text.words.iter().filter(|w| w.gap != Gap::None).count();
    if text.plain.contains(' ') && (letters == 2 || !text.plain.is_ascii()) {
        out.push((text.plain.replace(' ', ""), false));
    }
    out.retain(|(k, _)| !k.is_empty());
    out
}

/// Which headings the last word and the other words of a phrase speak for.
fn count(text: &Text, codes: &[HsRange], heads: &mut Counts, others: &mut Counts) {
    let Some(last) = text.words.len().checked_sub(1) else { return };
    for at in 0..=last {
        let word = text.word(at);
        if word.chars().count() < 2 || word.chars().all(char::is_numeric) {
            continue;
        }
        let counts = if at == last { &mut *heads } else { &mut *others };
        // A whole chapter is no heading to vote for.
        for code in codes.iter().take(1).filter(|c| c.last - c.first <= 99) {
            let heading = u16::try_from(code.first / 100).unwrap_or(0);
            *counts.entry(word.to_owned()).or_default().entry(heading).or_default() += 1;
        }
    }
}

fn ballot(counts: &Counts, votes: &mut Vec<(u16, u8)>) -> Result<Vec<u8>, String> {
    let mut builder = fst::MapBuilder::memory();
    for (word, headings) in counts {
        let all: u32 = headings.values().sum();
        let mut mine: Vec<(u16, u32)> = headings.iter().map(|(h, n)| (*h, *n)).collect();
        mine.sort_by_key(|(h, n)| (std::cmp::Reverse(*n), *h));
        mine.truncate(MOST_VOTES);
        builder.insert(word, place(votes.len(), mine.len(), Kind::Term)).map_err(|e| e.to_string())?;
        // A word seen once proves less than one seen ten times.
        votes.extend(mine.iter().map(|(h, n)| (*h, u8::try_from(255 * n / (all + 1)).unwrap_or(255).max(1))));
    }
    builder.into_inner().map_err(|e| e.to_string())
}

impl Words {
    /// Opens a packed book.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, String> {
        let packed: Packed = postcard::from_bytes(bytes).map_err(|e| format!("the packed goods words: {e}"))?;
        let map = |bytes: serde_bytes::ByteBuf| fst::Map::new(bytes.into_vec()).map_err(|e| format!("the packed goods words: {e}"));
        Ok(Self {
            phrases: Phrases::open(packed.phrases.into_vec()).map_err(|e| format!("the packed goods words: {e}"))?,
            codes: packed.codes,
            heads: map(packed.heads)?,
            others: map(packed.others)?,
            votes: packed.votes,
        })
    }

    /// The codes that a phrase may mean, best first.
    pub(crate) fn codes(&self, hit: &Hit) -> impl Iterator<Item = HsRange> + '_ {
        let (at, len) = hit.codes;
        self.codes.get(at..at.saturating_add(len)).unwrap_or_default().iter().map(|(first, last)| HsRange { first: *first, last: *last })
    }

    /// Every phrase that occurs in the text.
    pub(crate) fn hits(&self, text: &Text) -> Vec<Hit> {
        let mut out = Vec::new();
        self.phrases.find(text, |start, end, value| {
            let (first, len, kind) = placed(value);
            if !text.lone(start, end) {
                return;
            }
            out.push(Hit { codes: (first, len), kind, start, end });
        });
        out
    }

    /// The phrase of two halves, written apart or together, as if it stood at these words.
    pub(crate) fn phrase(&self, first: &str, second: &str, (start, end): (usize, usize)) -> Option<Hit> {
        let apart = format!("{first} {second}");
        let value = self.phrases.number(&apart).or_else(|| self.phrases.number(&format!("{first}{second}")))?;
        let (at, len, kind) = placed(value);
        Some(Hit { codes: (at, len), kind, start, end })
    }

    /// Headings whose phrases end in the word, with the share of them.
    pub(crate) fn head_votes(&self, word: &str) -> &[(u16, u8)] {
        self.voted(self.heads.get(word))
    }

    /// Headings whose phrases use the word before their last, with the share of them.
    pub(crate) fn other_votes(&self, word: &str) -> &[(u16, u8)] {
        self.voted(self.others.get(word))
    }

    fn voted(&self, value: Option<u64>) -> &[(u16, u8)] {
        let Some(value) = value else { return &[] };
        let (at, len, _) = placed(value);
        self.votes.get(at..at.saturating_add(len)).unwrap_or_default()
    }

    /// Whether a word occurs in any phrase.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.heads.contains_key(word) || self.others.contains_key(word)
    }

    /// The way of a word through the maps of words, to ask for many words that begin like it.
    pub(crate) fn along(&self, word: &str) -> Stem<'_> {
        let maps = [&self.heads, &self.others].map(fst::Map::as_fst);
        Stem { maps: maps.map(|fst| (fst, way(fst, word))) }
    }
}

/// The states of a map behind no byte of a word, one byte, two bytes, as far as words go on.
fn way<'f>(fst: &'f Fst<Vec<u8>>, word: &str) -> Vec<Node<'f>> {
    let steps = word.bytes().scan(fst.root(), |node, byte| {
        *node = fst.node(node.transition(node.find_input(byte)?).addr);
        Some(*node)
    });
    std::iter::once(fst.root()).chain(steps).collect()
}

/// How far the bytes of a word lead into the maps of words.
pub(crate) struct Stem<'w> {
    maps: [(&'w Fst<Vec<u8>>, Vec<Node<'w>>); 2],
}

impl Stem<'_> {
    /// Whether the first bytes of the word with these behind them make a known word.
    pub(crate) fn knows(&self, kept: usize, behind: &[&str]) -> bool {
        self.maps.iter().any(|(fst, way)| {
            let mut bytes = behind.iter().flat_map(|part| part.bytes());
            let last = way
                .get(kept)
                .and_then(|from| bytes.try_fold(*from, |node, byte| Some(fst.node(node.transition(node.find_input(byte)?).addr))));
            last.is_some_and(|node| node.is_final())
        })
    }
}
