//! What was looked up before: the same goods and names come again and again in one file.
//!
//! Purely to save time: an answer is the same with and without. The number of entries is bounded, and a full shelf is cleared,
//! so memory stays flat however long the input is.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

/// Shelves, so that threads seldom wait for each other.
const SHELVES: usize = 16;
/// Most entries of a shelf.
const MOST_ENTRIES: usize = 256;
/// Longest text that is remembered.
const MOST_BYTES: usize = 256;

/// Remembers what a text meant.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    hasher: RandomState,
    shelves: [Mutex<HashMap<Box<str>, Arc<T>>>; SHELVES],
}

impl<T> Memo<T> {
    pub(crate) fn new() -> Self {
        Self { hasher: RandomState::new(), shelves: std::array::from_fn(|_| Mutex::new(HashMap::new())) }
    }

    /// What `text` means, looked up at most once while it is remembered.
    pub(crate) fn get(&self, text: &str, look: impl FnOnce() -> T) -> Arc<T> {
        if text.len() > MOST_BYTES {
            return Arc::new(look());
        }
        let at = usize::try_from(self.hasher.hash_one(text) % SHELVES as u64).unwrap_or(0);
        let Some(shelf) = self.shelves.get(at) else { return Arc::new(look()) };
        if let Some(known) = shelf.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(known);
        }
        let found = Arc::new(look());
        let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.len() >= MOST_ENTRIES {
            shelf.clear();
        }
        shelf.insert(text.into(), Arc::clone(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_up_once_and_the_shelves_never_overflow() {
        let memo = Memo::new();
        assert_eq!(*memo.get("a", || 1), 1);
        assert_eq!(*memo.get("a", || 2), 1);
        for n in 0..50_000 {
            memo.get(&n.to_string(), || n);
        }
        let held: usize = memo.shelves.iter().map(|s| s.lock().unwrap().len()).sum();
        assert!(held <= SHELVES * MOST_ENTRIES, "{held}");
        assert_eq!(*memo.get(&"x".repeat(1000), || 3), 3);
        assert_eq!(*memo.get(&"x".repeat(1000), || 4), 4);
    }
}
