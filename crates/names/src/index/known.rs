//! What was worked out for a word of one query and serves the next: which listed words are near it, and how it is tied to listed words.
//!
//! Both depend on the word and the index alone. Names that are all different share their words: a customer file of a million names has some
//! ten thousand words that make up most of it. What is kept is bounded; the word that was asked for longest ago makes room, nearly (CLOCK:
//! one bit a word instead of a queue).

use super::expand::{Near, SPLITS};
use super::keys;
use crate::sketch::Sketch;
use crate::tokens::MOST_WORDS;
use crate::{Tie, Word};
use std::collections::HashMap;
use std::sync::Arc;

/// Words that are kept: a few kilobytes each, thirteen at most where many listed words are near. Few in tests, so that words make room there.
const MOST: usize = if cfg!(test) { 48 } else { 4_096 };
const _: () = assert!(MOST >= 2 * MOST_WORDS, "the words of one query must have room");
/// Ties that are kept with one word. A word that needs more is common in itself, and then they are worked out again.
const MOST_TIES: usize = 256;

/// The words met so far.
#[derive(Default)]
pub(super) struct KnownWords {
    /// The index they were looked up in.
    of: Option<Arc<()>>,
    /// Hash of a word → its place.
    places: HashMap<u64, u32>,
    words: Vec<KnownWord>,
    /// Where room is looked for next.
    hand: usize,
    /// Counts queries: what one uses does not make room for the rest of it.
    query: u32,
}

/// One word, and what is known of it.
pub(super) struct KnownWord {
    hash: u64,
    word: Arc<Word>,
    /// Whether it was asked for since the hand came by.
    again: bool,
    query: u32,
    pub(super) near: Option<NearWords>,
    /// Pairs of listed forms of which it may be made.
    pub(super) cuts: Option<[Option<(u32, u32)>; SPLITS]>,
    ties: Ties,
    pub(super) sketch: Sketch,
}

/// Listed words near a word, for any bit.
pub(super) struct NearWords {
    pub(super) near: Box<[Near]>,
    /// Readings that hold any of them, counted once for each.
    pub(super) readings: u64,
}

impl KnownWords {
    /// Makes it fit an index, which the mark tells from all others for as long as it is held here, and begins a query.
    pub(super) fn fit(&mut self, mark: &Arc<()>) {
        if self.of.as_ref().is_none_or(|of| !Arc::ptr_eq(of, mark)) {
            *self = KnownWords { of: Some(Arc::clone(mark)), ..KnownWords::default() };
        }
        self.query = self.query.wrapping_add(1);
    }

    /// The place of a word, which is good until the next query.
    pub(super) fn place(&mut self, word: &Arc<Word>) -> usize {
        let signs = [word.role as u8, word.script as u8, u8::from(word.hyphen)];
        let hash = keys::whole(word.text.bytes().chain(signs).chain(word.sense.to_le_bytes()));
        if let Some(place) = self.places.get(&hash) {
            let place = *place as usize;
            let known = &mut self.words[place];
            (known.again, known.query) = (true, self.query);
            if known.word != *word {
                // Two words of one hash: the later one is kept.
                *known = KnownWord::new(hash, word, self.query);
            }
            return place;
        }
        let place = self.room();
        let known = KnownWord::new(hash, word, self.query);
        if place == self.words.len() {
            self.words.push(known);
        } else {
            self.places.remove(&self.words[place].hash);
            self.words[place] = known;
        }
        self.places.insert(hash, place as u32);
        place
    }

    /// A place that is free, or that of a word that was not asked for lately.
    fn room(&mut self) -> usize {
        if self.words.len() < MOST {
            return self.words.len();
        }
        loop {
            let place = self.hand;
            self.hand = (self.hand + 1) % MOST;
            let known = &mut self.words[place];
            if !known.again && known.query != self.query {
                return place;
            }
            known.again = false;
        }
    }

    pub(super) fn word(&mut self, place: usize) -> &mut KnownWord {
        &mut self.words[place]
    }
}

impl KnownWord {
    fn new(hash: u64, word: &Arc<Word>, query: u32) -> KnownWord {
        KnownWord {
            hash,
            word: Arc::clone(word),
            again: false,
            query,
            near: None,
            cuts: None,
            ties: Ties::default(),
            sketch: Sketch::of(word),
        }
    }

    /// How it is tied to what the key names, if that was kept: see [`listed`] and [`listed_run`].
    pub(super) fn found(&self, key: u64) -> Option<Tie> {
        self.ties.find(key)
    }

    /// The same, worked out and kept if it was not; none where there is no room for more.
    pub(super) fn tie(&mut self, key: u64, make: impl FnOnce() -> Tie) -> Option<Tie> {
        if self.ties.count < MOST_TIES { Some(self.ties.get(key, MOST_TIES, make)) } else { self.ties.find(key) }
    }
}

/// The key of a listed word.
pub(super) fn listed(word: u32) -> u64 {
    u64::from(word) + 1
}

/// The key of some words of a reading written as one.
pub(super) fn listed_run(reading: u32, from: usize, count: usize) -> u64 {
    1 << 63 | u64::from(reading) << 16 | (from as u64) << 8 | count as u64
}

/// The key of a listed word and a word of the query by its place.
pub(super) fn pair(word: u32, place: usize) -> u64 {
    1 << 62 | (place as u64) << 32 | u64::from(word)
}

/// Ties by key, with open addressing; the number of slots is a power of two, and a key of 0 is an empty slot.
#[derive(Default)]
pub(super) struct Ties {
    slots: Vec<(u64, Tie)>,
    count: usize,
}

impl Ties {
    pub(super) fn clear(&mut self) {
        if self.slots.len() > 4096 {
            self.slots = Vec::new();
        } else if self.count > 0 {
            self.slots.fill((0, Tie::NOT));
        }
        self.count = 0;
    }

    /// The tie under a key, if it is there.
    fn find(&self, key: u64) -> Option<Tie> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = home(key, self.slots.len());
        loop {
            match *self.slots.get(at)? {
                (0, _) => return None,
                (k, tie) if k == key => return Some(tie),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The tie under a key, which is not 0; it is made if it is not there, and kept if there are fewer than `most`.
    pub(super) fn get(&mut self, key: u64, most: usize, make: impl FnOnce() -> Tie) -> Tie {
        if self.count * 2 >= self.slots.len() && self.count < most {
            self.grow();
        }
        if self.slots.is_empty() {
            return make();
        }
        let mut at = home(key, self.slots.len());
        loop {
            match self.slots[at] {
                (0, _) => {
                    let made = make();
                    if self.count < most {
                        self.slots[at] = (key, made);
                        self.count += 1;
                    }
                    return made;
                }
                (k, tie) if k == key => return tie,
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    fn grow(&mut self) {
        let larger = vec![(0, Tie::NOT); (self.slots.len() * 2).max(16)];
        for (key, tie) in std::mem::replace(&mut self.slots, larger).into_iter().filter(|(key, _)| *key != 0) {
            let mut at = home(key, self.slots.len());
            while self.slots[at].0 != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = (key, tie);
        }
    }
}

/// Where the search for a key begins, of so many slots; there is one at least.
fn home(key: u64, slots: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (slots - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_that_is_empty_or_may_keep_nothing_is_asked_without_harm() {
        let mut ties = Ties::default();
        assert!(ties.find(5).is_none());
        assert_eq!(ties.get(5, 0, || Tie::NOT), Tie::NOT);
        assert!(ties.find(5).is_none(), "nothing may be kept");
        ties.get(5, 1, || Tie::NOT);
        assert_eq!(ties.find(5), Some(Tie::NOT));
        assert!(ties.find(6).is_none());
    }
}
