//! What was found before, found again: bounded, and shared by all threads.
//!
//! Purely to save time; what is forgotten is found anew. Of two halves the younger is filled; when it is full the older one is dropped and the
//! younger takes its place, so that what is asked for again and again stays.

use ahash::RandomState;
use hashbrown::HashTable;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Parts that are locked by themselves, so that threads seldom wait for each other.
const PARTS: usize = 64;

/// Values by keys, which are bytes.
pub(super) struct Shelf<V> {
    hasher: RandomState,
    parts: Vec<Mutex<Halves<V>>>,
    /// Most entries of a half of a part.
    most: usize,
}

type Entry<V> = (Box<[u8]>, V);

struct Halves<V> {
    young: HashTable<Entry<V>>,
    old: HashTable<Entry<V>>,
}

impl<V: Clone> Shelf<V> {
    /// For about so many values, twice as many at most.
    pub(super) fn new(values: usize) -> Self {
        let empty = || Mutex::new(Halves { young: HashTable::new(), old: HashTable::new() });
        Self { hasher: RandomState::new(), parts: (0..PARTS).map(|_| empty()).collect(), most: values.div_ceil(PARTS).max(1) }
    }

    fn part(&self, hash: u64) -> Option<&Mutex<Halves<V>>> {
        // The table below takes its places from the other end of the hash.
        self.parts.get((hash >> 40) as usize % PARTS)
    }

    /// What `look` takes out of the value, if there is one.
    pub(super) fn find<T>(&self, key: &[u8], look: impl FnOnce(&V) -> Option<T>) -> Option<T> {
        let hash = self.hasher.hash_one(key);
        let mut part = self.part(hash)?.lock().unwrap_or_else(PoisonError::into_inner);
        let Halves { young, old } = &mut *part;
        if let Some((_, value)) = young.find(hash, |(k, _)| **k == *key) {
            return look(value);
        }
        let (key, value) = old.find_entry(hash, |(k, _)| **k == *key).ok()?.remove().0;
        let found = look(&value);
        self.put_into(&mut part, hash, key, value);
        found
    }

    /// Changes a value, or puts one there.
    pub(super) fn put(&self, key: &[u8], change: impl FnOnce(Option<&mut V>) -> Option<V>) {
        let hash = self.hasher.hash_one(key);
        let Some(part) = self.part(hash) else { return };
        let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
        let held = part.young.find_mut(hash, |(k, _)| **k == *key).map(|(_, value)| value);
        if let Some(new) = change(held) {
            self.put_into(&mut part, hash, key.into(), new);
        }
    }

    fn put_into(&self, part: &mut Halves<V>, hash: u64, key: Box<[u8]>, value: V) {
        if part.young.len() >= self.most {
            part.old = std::mem::take(&mut part.young);
        }
        part.young.insert_unique(hash, (key, value), |(k, _)| self.hasher.hash_one(&**k));
    }

    /// The value, made where there is none; what this thread found last under such keys is not looked for again.
    pub(super) fn get_by(&self, front: &mut Front<V>, key: &[u8], make: impl FnOnce() -> V) -> V {
        front.get(self.hasher.hash_one(key), key, || self.get(key, make))
    }

    /// The value, made where there is none.
    pub(super) fn get(&self, key: &[u8], make: impl FnOnce() -> V) -> V {
        if let Some(found) = self.find(key, |value| Some(value.clone())) {
            return found;
        }
        let made = make();
        // Another thread may have been faster; both made the same.
        self.put(key, |held| if held.is_some() { None } else { Some(made.clone()) });
        made
    }
}

/// What one thread found last. Nearly every row is of a day, a kind and in a unit that a row shortly before it had, and to ask a shelf for that again and again
/// would keep the other threads from it.
pub(super) struct Front<V> {
    places: Vec<(Vec<u8>, Option<V>)>,
}

/// Places of a front: as many as days of three years.
const FRONT: usize = 1 << 10;

impl<V> Default for Front<V> {
    fn default() -> Self {
        Self { places: (0..FRONT).map(|_| (Vec::new(), None)).collect() }
    }
}

impl<V: Clone> Front<V> {
    /// The value of a key, looked up where another key came last to its place. The same key must always have the same value.
    pub(super) fn get(&mut self, hash: u64, key: &[u8], look: impl FnOnce() -> V) -> V {
        let Some((held, value)) = self.places.get_mut((hash >> 20) as usize % FRONT) else { return look() };
        if let Some(value) = value.as_ref().filter(|_| held == key) {
            return value.clone();
        }
        let found = look();
        held.clear();
        held.extend_from_slice(key);
        *value = Some(found.clone());
        found
    }
}

/// Things that are the same get the same number.
pub(super) struct Numbers<T> {
    by_text: Shelf<u32>,
    all: RwLock<Vec<Arc<T>>>,
}

/// Most things that get a number: there are few of a kind, unless somebody sees to it that there are many.
const MOST_NUMBERS: usize = 1 << 18;

impl<T> Numbers<T> {
    pub(super) fn new() -> Self {
        Self { by_text: Shelf::new(MOST_NUMBERS), all: RwLock::default() }
    }

    /// The number of a thing that the text tells from all others; none when there are too many.
    pub(super) fn of(&self, text: &[u8], make: impl FnOnce() -> T) -> Option<u32> {
        if let Some(number) = self.by_text.find(text, |n| Some(*n)) {
            return Some(number);
        }
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been faster.
        if let Some(number) = self.by_text.find(text, |n| Some(*n)) {
            return Some(number);
        }
        let number = u32::try_from(all.len()).ok().filter(|n| (*n as usize) < MOST_NUMBERS)?;
        all.push(Arc::new(make()));
        self.by_text.put(text, |_| Some(number));
        Some(number)
    }

    pub(super) fn get(&self, number: u32) -> Option<Arc<T>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(number as usize).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shelf_never_overflows_and_keeps_what_is_asked_for() {
        let shelf: Shelf<u32> = Shelf::new(1_000);
        assert_eq!(shelf.get(b"often", || 1), 1);
        for n in 0..50_000u32 {
            shelf.get(&n.to_le_bytes(), || n);
            assert_eq!(shelf.get(b"often", || 2), 1, "after {n}");
        }
        let held: usize = shelf.parts.iter().map(|p| p.lock().unwrap()).map(|p| p.young.len() + p.old.len()).sum();
        assert!((500..=2_200).contains(&held), "{held}");
        shelf.put(b"often", |held| {
            *held.unwrap() += 5;
            None
        });
        assert_eq!(shelf.find(b"often", |v| Some(*v)), Some(6));
        assert_eq!(shelf.find(b"never", |v| Some(*v)), None);
    }

    #[test]
    fn a_front_gives_what_the_shelf_behind_it_holds() {
        let (shelf, mut front): (Shelf<u32>, _) = (Shelf::new(10_000), Front::default());
        for n in (0..5_000u32).chain(0..5_000).chain([0, 0, 1, 0]) {
            assert_eq!(shelf.get_by(&mut front, &(n % 3_000).to_le_bytes(), || n % 3_000), n % 3_000);
        }
    }

    #[test]
    fn the_same_has_the_same_number() {
        let numbers = Numbers::new();
        assert_eq!((numbers.of(b"a", || 'a'), numbers.of(b"b", || 'b'), numbers.of(b"a", || 'c')), (Some(0), Some(1), Some(0)));
        assert_eq!((numbers.get(0).as_deref(), numbers.get(1).as_deref(), numbers.get(2)), (Some(&'a'), Some(&'b'), None));
    }
}
