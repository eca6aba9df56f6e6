//! Customs codes that no law tells apart. There are thousands of codes and few ways in which law speaks of them, so whoever remembers decisions finds
//! more of them again by what a code is to the law than by the code.

use model::HsRange;
use std::collections::{BTreeMap, BTreeSet};

/// The codes in stretches, within which no law ends or begins.
#[derive(Debug)]
pub(crate) struct Codes {
    /// First code of each stretch, in order; the first is zero.
    starts: Vec<u32>,
    /// The class of each: stretches that the same law speaks of have the same.
    classes: Vec<u32>,
}

impl Codes {
    /// By the sets of codes of which law speaks at once.
    pub(crate) fn of(sets: &[Vec<HsRange>]) -> Self {
        // What begins and ends at each code, by set; a set may speak of a code more than once.
        let mut changes: BTreeMap<u32, Vec<(usize, i32)>> = BTreeMap::from([(0, Vec::new())]);
        for (set, ranges) in sets.iter().enumerate() {
            for range in ranges {
                changes.entry(range.first).or_default().push((set, 1));
                changes.entry(range.last.saturating_add(1)).or_default().push((set, -1));
            }
        }
        let mut known: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
        let (mut times, mut speak) = (vec![0; sets.len()], BTreeSet::new());
        let (mut starts, mut classes) = (Vec::with_capacity(changes.len()), Vec::with_capacity(changes.len()));
        for (start, changed) in changes {
            for (set, by) in changed {
                let Some(times) = times.get_mut(set) else { continue };
                *times += by;
                if *times > 0 {
                    speak.insert(set);
                } else {
                    speak.remove(&set);
                }
            }
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            starts.push(start);
            classes.push(*known.entry(speak.iter().copied().collect()).or_insert(next));
        }
        Self { starts, classes }
    }

    /// The class of a code, alike for two codes that every set holds whole or holds nothing of; none of a code of which some set holds a part.
    pub(crate) fn class(&self, code: HsRange) -> Option<u32> {
        let place = |code: u32| self.starts.partition_point(|start| *start <= code);
        let at = place(code.first);
        (at == place(code.last)).then(|| self.classes.get(at.checked_sub(1)?).copied()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn range(first: u32, last: u32) -> HsRange {
        HsRange { first, last }
    }

    #[test]
    fn codes_of_which_the_same_law_speaks_are_alike() {
        let chapter = vec![range(870_000, 879_999)];
        let cars_and_boats = vec![range(870_300, 870_399), range(890_300, 890_399), range(870_320, 870_329)];
        let codes = Codes::of(&[chapter, cars_and_boats]);
        let class = |first, last| codes.class(range(first, last));
        assert_eq!(class(870_100, 870_199), class(870_900, 870_999));
        assert_eq!(class(870_321, 870_321), class(870_390, 870_399));
        assert_ne!(class(870_321, 870_321), class(870_421, 870_421));
        assert_ne!(class(870_321, 870_321), class(890_310, 890_310), "the one is in two sets");
        assert_eq!(class(100_110, 100_110), class(960_000, 969_999), "nobody speaks of them");
        assert_eq!(class(870_000, 879_999), None, "a part of it is in the second set");
        assert_eq!(class(860_000, 879_999), None);
        assert_eq!(Codes::of(&[]).class(HsRange::ANY), Some(0));
        assert_eq!(Codes::of(&[]).class(HsRange::NONE), Some(0));
    }

    #[test]
    fn the_edges_belong_inside() {
        let codes = Codes::of(&[vec![range(870_300, 870_399)]]);
        let class = |code| codes.class(range(code, code));
        assert_eq!(class(870_300), class(870_399));
        assert_ne!(class(870_299), class(870_300));
        assert_eq!(class(870_299), class(870_400));
        assert_eq!(codes.class(range(870_399, 870_400)), None);
    }
}
