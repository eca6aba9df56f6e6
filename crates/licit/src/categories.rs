//! What the tables of goods said of the words of texts: reports say the same words again and again, and the tables are slow to ask.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

/// Parts that are locked one by one, so that readers of several texts hardly ever wait for each other.
const PARTS: usize = 16;

/// Most words kept in a part; one that is full is emptied. All parts together hold some four megabytes at most.
const MOST: usize = 2_048;

/// Longest words that are kept, in bytes: whoever writes a page without a comma writes it once.
const LONGEST: usize = 64;

type Answers = HashMap<Box<str>, Option<&'static str>>;

/// Answers of the tables by the words asked for.
#[derive(Debug, Default)]
pub(crate) struct Categories {
    parts: [Mutex<Answers>; PARTS],
    hasher: RandomState,
}

impl Categories {
    /// The answer known for these words, or what `ask` finds.
    pub(crate) fn of(&self, words: &str, ask: impl FnOnce() -> Option<&'static str>) -> Option<&'static str> {
        if words.len() > LONGEST {
            return ask();
        }
        // A part that somebody left while he panicked holds whole answers all the same.
        let part = self.hasher.hash_one(words) as usize % PARTS;
        let Some(part) = self.parts.get(part) else { return ask() };
        if let Some(known) = part.lock().unwrap_or_else(PoisonError::into_inner).get(words) {
            return *known;
        }
        let answer = ask();
        let mut answers = part.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(words.into(), answer);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_not_asked_again_and_what_is_kept_is_bounded() {
        let known = Categories::default();
        assert_eq!(known.of("rifles", || Some("arms")), Some("arms"));
        assert_eq!(known.of("rifles", || panic!("asked again")), Some("arms"));
        assert_eq!(known.of("nothing", || None), None);
        assert_eq!(known.of("nothing", || panic!("asked again")), None);
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(known.of(&long, || Some("food")), Some("food"));
        assert_eq!(known.of(&long, || Some("oil")), Some("oil"), "too long to be kept");
        for n in 0..2 * MOST * PARTS {
            known.of(&n.to_string(), || None);
        }
        let kept: Vec<usize> = known.parts.iter().map(|p| p.lock().unwrap().len()).collect();
        assert!(kept.iter().all(|n| *n <= MOST) && kept.iter().sum::<usize>() > MOST, "{kept:?}");
    }
}
