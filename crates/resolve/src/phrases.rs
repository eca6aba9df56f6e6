//! Phrases of tables, looked for in padded texts.
//!
//! Packed once (by the build script for what is compiled in) and then read where they lie: automata over tens of thousands of phrases, built anew at each
//! start, were a sixth of what a start costs.

use crate::text::{denied, pattern};
use fst::raw::{Fst, Output};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a phrase of a row of a table stands in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    /// The row.
    pub row: usize,
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Finds phrases; each belongs to rows of a table.
pub(crate) struct Finder {
    /// From a phrase in padded form to where its rows stand, and how many they are.
    places: Fst<Vec<u8>>,
    rows: Vec<u32>,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finder({} phrases)", self.places.len())
    }
}

/// The same, packed.
#[derive(Serialize, Deserialize)]
pub(crate) struct PackedFinder {
    places: serde_bytes::ByteBuf,
    rows: Vec<u32>,
}

/// How many bits of a place say how many rows there are.
const COUNT_BITS: u32 = 16;

impl Finder {
    /// Packs phrases as people write them, each with its row.
    ///
    /// # Errors
    /// When a phrase stands in more rows than can be packed.
    pub(crate) fn pack<'p>(phrases: impl Iterator<Item = (u32, &'p str)>) -> Result<PackedFinder, String> {
        let mut by_phrase: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (row, phrase) in phrases {
            by_phrase.entry(pattern(phrase)).or_default().push(row);
        }
        let (mut places, mut rows) = (fst::MapBuilder::memory(), Vec::new());
        for (phrase, mine) in &by_phrase {
            let count =
                u16::try_from(mine.len()).map_err(|_| format!("`{phrase}` stands in {} rows, more than can be packed", mine.len()))?;
            let place = (rows.len() as u64) << COUNT_BITS | u64::from(count);
            places.insert(phrase, place).map_err(|e| e.to_string())?;
            rows.extend(mine);
        }
        let places = serde_bytes::ByteBuf::from(places.into_inner().map_err(|e| e.to_string())?);
        Ok(PackedFinder { places, rows })
    }

    pub(crate) fn open(packed: PackedFinder) -> Result<Self, String> {
        Ok(Self { places: Fst::new(packed.places.into_vec()).map_err(|e| e.to_string())?, rows: packed.rows })
    }

    fn rows(&self, place: u64) -> &[u32] {
        let at = usize::try_from(place >> COUNT_BITS).unwrap_or(usize::MAX);
        let count = usize::try_from(place & ((1 << COUNT_BITS) - 1)).unwrap_or(0);
        self.rows.get(at..at.saturating_add(count)).unwrap_or_default()
    }

    /// All places of a padded text where phrases stand, by where they start.
    pub(crate) fn places(&self, text: &str) -> Vec<Hit> {
        let mut out = Vec::new();
        // A phrase that begins inside a word has a letter of those scripts that do not separate words.
        let inside = !text.is_ascii();
        for (start, _) in text.char_indices().filter(|(_, c)| inside || *c == ' ') {
            self.walk(text, start, |end, place| out.extend(self.rows(place).iter().map(|row| Hit { row: *row as usize, start, end })));
        }
        out
    }

    /// Those that the words before do not deny, in the order in which they end, of those that end together the longest first.
    pub(crate) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut out = self.places(text);
        out.retain(|hit| !denied(text.get(..hit.start).unwrap_or("")));
        out.sort_by_key(|hit| (hit.end, hit.start));
        out
    }

    /// Calls back with where each phrase ends that starts here, and its place.
    fn walk(&self, text: &str, start: usize, mut tell: impl FnMut(usize, u64)) {
        let (mut node, mut sum) = (self.places.root(), Output::zero());
        for (at, byte) in text.bytes().enumerate().skip(start) {
            let Some(step) = node.find_input(byte).map(|i| node.transition(i)) else { return };
            sum = sum.cat(step.out);
            node = self.places.node(step.addr);
            if node.is_final() {
                tell(at + 1, sum.cat(node.final_output()).value());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(rows: &[(u32, &str)]) -> Finder {
        Finder::open(Finder::pack(rows.iter().copied()).unwrap()).unwrap()
    }

    fn found(phrases: &Finder, text: &str) -> Vec<(usize, String)> {
        let text = crate::text::padded(text);
        phrases.hits(&text).into_iter().map(|h| (h.row, text[h.start..h.end].trim().to_owned())).collect()
    }

    #[test]
    fn whole_words_are_found_wherever_they_stand_and_overlap() {
        let of = phrases(&[(0, "fuel"), (1, "jet fuel"), (2, "fuel pump"), (3, "fuel"), (4, "汽车")]);
        let hit = |row: usize, phrase: &str| (row, phrase.to_owned());
        assert_eq!(found(&of, "Jet fuel pumps"), [hit(1, "jet fuel"), hit(0, "fuel"), hit(3, "fuel"), hit(2, "fuel pump")]);
        assert_eq!(found(&of, "refuelling"), []);
        assert_eq!(found(&of, "两辆汽车到平壤"), [hit(4, "汽车")]);
        assert_eq!(found(&of, ""), []);
    }

    #[test]
    fn what_is_denied_is_not_found() {
        let of = phrases(&[(0, "fuel")]);
        assert_eq!(found(&of, "no fuel"), []);
        assert_eq!(found(&of, "no pumps, hoses or other things but fuel").len(), 1);
    }
}
