//! The phrases of the lists of the law, looked for in descriptions, in names, and against rows that a phrase silences.
//!
//! Packed once (by the build script for the law that is compiled in) and then read where they lie: an automaton over thirty thousand phrases, built anew
//! at each start, was a sixth of what a start costs.

use super::ListWords;
use crate::text::{denied, pattern};
use fst::raw::{Fst, Output};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a phrase of a row of a list stands in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hit {
    /// The row.
    pub row: usize,
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Finds phrases; each belongs to rows of lists.
pub(super) struct Finder {
    /// From a phrase in padded form to where its rows stand, and how many they are.
    places: Fst<Vec<u8>>,
    rows: Vec<u32>,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finder({} phrases)", self.places.len())
    }
}

#[derive(Serialize, Deserialize)]
struct PackedFinder {
    places: serde_bytes::ByteBuf,
    rows: Vec<u32>,
}

/// How many bits of a place say how many rows there are.
const COUNT_BITS: u32 = 16;

impl Finder {
    fn pack<'p>(phrases: impl Iterator<Item = (u32, &'p String)>) -> Result<PackedFinder, String> {
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

    fn open(packed: PackedFinder) -> Result<Self, String> {
        Ok(Self { places: Fst::new(packed.places.into_vec()).map_err(|e| e.to_string())?, rows: packed.rows })
    }

    fn rows(&self, place: u64) -> &[u32] {
        let at = usize::try_from(place >> COUNT_BITS).unwrap_or(usize::MAX);
        let count = usize::try_from(place & ((1 << COUNT_BITS) - 1)).unwrap_or(0);
        self.rows.get(at..at.saturating_add(count)).unwrap_or_default()
    }

    /// All places of a padded text where phrases stand that the words before do not deny, in the order in which they end, of those that end
    /// together the longest first.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut out = Vec::new();
        for (start, _) in text.char_indices() {
            let mut found: Vec<(usize, u64)> = Vec::new();
            self.walk(text, start, |end, place| found.push((end, place)));
            if found.is_empty() || denied(text.get(..start).unwrap_or("")) {
                continue;
            }
            for (end, place) in found {
                out.extend(self.rows(place).iter().map(|row| Hit { row: *row as usize, start, end }));
            }
        }
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

/// The phrases of all rows: those of goods, those of names, and those that silence.
#[derive(Debug)]
pub(super) struct ListPhrases {
    pub goods: Finder,
    pub names: Finder,
    pub stops: Finder,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    /// How many rows there are: phrases of another law would speak of other rows.
    lists: u32,
    goods: PackedFinder,
    names: PackedFinder,
    stops: PackedFinder,
}

/// Packs the phrases of the lists of a law, so that a program that carries the law need not do it at each start.
///
/// # Errors
/// When a phrase stands in more rows than can be packed.
pub fn pack_list_words(lists: &[ListWords]) -> Result<Vec<u8>, String> {
    let rows = || lists.iter().zip(0u32..);
    let words = |names: bool| {
        let mine = rows().filter(move |(list, _)| list.names == names);
        Finder::pack(mine.flat_map(|(list, row)| list.words.iter().map(move |phrase| (row, phrase))))
    };
    let stops = Finder::pack(rows().flat_map(|(list, row)| list.not_words.iter().map(move |phrase| (row, phrase))))?;
    let lists = u32::try_from(lists.len()).map_err(|e| e.to_string())?;
    postcard::to_stdvec(&Packed { lists, goods: words(false)?, names: words(true)?, stops }).map_err(|e| e.to_string())
}

impl ListPhrases {
    /// Opens the packed phrases of these lists.
    pub(super) fn open(bytes: &[u8], lists: &[ListWords]) -> Result<Self, String> {
        let packed: Packed = postcard::from_bytes(bytes).map_err(|e| format!("the packed phrases: {e}"))?;
        if packed.lists as usize != lists.len() {
            return Err(format!("the packed phrases are those of {} rows of lists, and here are {}", packed.lists, lists.len()));
        }
        Ok(Self { goods: Finder::open(packed.goods)?, names: Finder::open(packed.names)?, stops: Finder::open(packed.stops)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(rows: &[(u32, &str)]) -> Finder {
        let owned: Vec<(u32, String)> = rows.iter().map(|(row, phrase)| (*row, (*phrase).to_owned())).collect();
        Finder::open(Finder::pack(owned.iter().map(|(row, phrase)| (*row, phrase))).unwrap()).unwrap()
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

    #[test]
    fn packed_phrases_of_another_law_are_refused() {
        let bytes = pack_list_words(&[]).unwrap();
        assert!(ListPhrases::open(&bytes, &[]).is_ok());
        assert!(ListPhrases::open(&[1, 2, 3], &[]).is_err());
    }
}
