//! Keys under which words meet: their text with letters left out, their consonants, their sound classes.
//!
//! A key is only ever its 64-bit hash. A false meeting costs one comparison of two words, never a wrong answer, because whoever meets is
//! compared. The table is two flat arrays: where each bucket begins, and in each slot an id with as many bits of the hash as the id
//! leaves free. A map of strings would take ten times the memory and two more cache misses.

/// Letters that count for keys with letters left out: of longer words only these. Two words at distance `d` still meet, since whatever
/// one edit pushes past the end is one letter more to leave out.
pub(super) const PREFIX: usize = 8;

/// Edits that a word of this many bytes may be away and still be found; two in a shorter word make another word of it for the judge, too,
/// unless it sounds alike, and then it is found by that.
pub(super) fn reach(length: usize) -> usize {
    usize::from(length > 2) + usize::from(length > 6)
}

/// Mixes all bits (the finaliser of MurmurHash3, public domain).
fn mix(mut h: u64) -> u64 {
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

fn step(h: u64, byte: u8) -> u64 {
    h.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1)
}

/// Hash of a whole text.
pub(super) fn whole(text: impl IntoIterator<Item = u8>) -> u64 {
    mix(text.into_iter().fold(7, step))
}

/// Calls back with the hash of the word's beginning and of that with up to `reach` letters left out; the first is the exact one.
pub(super) fn deletes(word: &[u8], mut take: impl FnMut(u64)) {
    let head = &word[..word.len().min(PREFIX)];
    let long = word.len() > PREFIX;
    let seal = |h: u64| mix(h ^ 0x5bd1_e995);
    let reach = reach(word.len());
    // Long words share beginnings; their exact key is of the whole, so that the exact word is found in one step.
    if long {
        take(whole(word.iter().copied()));
    } else {
        take(mix(head.iter().copied().fold(7, step)));
    }
    if word.len() < 2 {
        return;
    }
    // A word of two letters has none to spare, but may be what is left of one of three.
    take(seal(head.iter().copied().fold(7, step)));
    if reach == 0 {
        return;
    }
    let mut before = 7;
    for first in 0..head.len() {
        let mut middle = before;
        take(seal(head[first + 1..].iter().copied().fold(middle, step)));
        if reach > 1 {
            for second in first + 1..head.len() {
                take(seal(head[second + 1..].iter().copied().fold(middle, step)));
                middle = step(middle, head[second]);
            }
        }
        before = step(before, head[first]);
    }
}

/// Consonant skeleton of a text: what romanisations of one word have in common. Vowels, `h`, `y` and doubling go; `b` and `p`, `d` and
/// `t`, `g`, `k` and `q`, `s`, `z` and soft `c`, `v`, `w` and `f`, `j` and `zh` are one class each; a vowel at the beginning counts.
/// Returns the hash and the number of classes.
pub(super) fn sound(text: impl IntoIterator<Item = u8>) -> (u64, usize) {
    let (mut hash, mut count, mut last) = (11u64, 0, 0u8);
    let mut text = text.into_iter().peekable();
    let mut begins = true;
    while let Some(letter) = text.next() {
        let next = text.peek().copied().unwrap_or(0);
        let class = match (letter, next) {
            (b'a' | b'e' | b'i' | b'o' | b'u' | b'y', _) => {
                if begins {
                    b'a'
                } else {
                    last = 0;
                    0
                }
            }
            (b'h', _) => 0,
            (b'd', b'j' | b'z') | (b't', b's' | b'z' | b'c') | (b's', b'c') => 0,
            (b'z', b'h') | (b'j', _) => b'j',
            (b'c', b'h') => b'c',
            (b'c', b'e' | b'i' | b'y') | (b's' | b'z', _) => b's',
            (b'p', b'h') | (b'v' | b'w' | b'f', _) => b'v',
            (b'b' | b'p', _) => b'b',
            (b'd' | b't', _) => b'd',
            (b'g' | b'k' | b'q' | b'c', _) => b'g',
            (b'x', _) => {
                hash = step(hash, b'g');
                count += 1;
                b's'
            }
            (other, _) => other,
        };
        begins = false;
        if class != 0 && class != last {
            hash = step(hash, class);
            count += 1;
            last = class;
        }
    }
    (mix(hash), count)
}

/// Slots of a bucket on average: about a cache line, so that where buckets begin stays in the near cache and a look-up misses once.
const BUCKET: usize = 12;

/// From keys to ids.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Keys {
    /// Slots of bucket `b` are `starts[b]..starts[b + 1]`; the number of buckets is a power of two.
    pub(super) starts: Vec<u32>,
    /// An id in the low bits, bits of the hash above.
    pub(super) slots: Vec<u32>,
    /// Bits that an id takes.
    pub(super) id_bits: u32,
}

impl Keys {
    /// A table of these keys; ids are below `ids`.
    pub(super) fn build(pairs: &[(u64, u32)], ids: usize) -> Keys {
        let id_bits = bits_for(ids);
        let bucket_bits = bits_for(pairs.len() / BUCKET);
        let mut starts = vec![0u32; (1 << bucket_bits) + 1];
        let bucket = |hash: u64| bucket_of(hash, bucket_bits);
        for (hash, _) in pairs {
            starts[bucket(*hash) + 1] += 1;
        }
        for b in 1..starts.len() {
            starts[b] += starts[b - 1];
        }
        let mut ends = starts.clone();
        let mut slots = vec![0u32; pairs.len()];
        for (hash, id) in pairs {
            let end = &mut ends[bucket(*hash)];
            slots[*end as usize] = mark(*hash, id_bits) | id;
            *end += 1;
        }
        // The same key twice for one id, as when either of two like letters is left out.
        let mut kept = 0;
        for b in 0..starts.len() - 1 {
            let (from, to) = (starts[b] as usize, starts[b + 1] as usize);
            slots[from..to].sort_unstable();
            starts[b] = kept as u32;
            for at in from..to {
                if at == from || slots[at] != slots[at - 1] {
                    slots[kept] = slots[at];
                    kept += 1;
                }
            }
        }
        if let Some(end) = starts.last_mut() {
            *end = kept as u32;
        }
        slots.truncate(kept);
        slots.shrink_to_fit();
        Keys { starts, slots, id_bits }
    }

    /// Whether it can be used: bucket bounds in order, every id below `ids`.
    pub(super) fn sound(&self, ids: usize) -> bool {
        let buckets = self.starts.len().wrapping_sub(1);
        self.id_bits == bits_for(ids)
            && buckets.is_power_of_two()
            && self.starts.first() == Some(&0)
            && self.starts.last().is_some_and(|e| *e as usize == self.slots.len())
            && self.starts.is_sorted()
            && self.slots.iter().all(|s| ((s & low(self.id_bits)) as usize) < ids)
    }

    fn bucket_bits(&self) -> u32 {
        (self.starts.len() - 1).trailing_zeros()
    }

    /// Appends ids under the keys, and now and then one that is not. First all buckets are touched and only then looked into: the
    /// processor waits for all of them at once instead of one after the other.
    pub(super) fn collect(&self, hashes: &[u64], ids: &mut Vec<u32>) -> u32 {
        let bits = self.bucket_bits();
        let mut touched = 0;
        for hash in hashes {
            let at = self.starts[bucket_of(*hash, bits)] as usize;
            touched ^= self.slots.get(at).copied().unwrap_or(0);
        }
        for hash in hashes {
            self.scan(*hash, bits, |id| ids.push(id));
        }
        touched
    }

    /// Ids under one key.
    pub(super) fn get(&self, hash: u64, each: impl FnMut(u32)) {
        self.scan(hash, self.bucket_bits(), each);
    }

    fn scan(&self, hash: u64, bits: u32, mut each: impl FnMut(u32)) {
        let b = bucket_of(hash, bits);
        let wanted = mark(hash, self.id_bits);
        let low = low(self.id_bits);
        for slots in self.slots[self.starts[b] as usize..self.starts[b + 1] as usize].chunks(16) {
            let mut fits = 0u32;
            for (at, slot) in slots.iter().enumerate() {
                fits |= u32::from(slot & !low == wanted) << at;
            }
            while fits != 0 {
                each(slots[fits.trailing_zeros() as usize] & low);
                fits &= fits - 1;
            }
        }
    }
}

fn bits_for(count: usize) -> u32 {
    count.max(2).next_power_of_two().trailing_zeros().min(32)
}

fn low(bits: u32) -> u32 {
    ((1u64 << bits) - 1) as u32
}

fn mark(hash: u64, id_bits: u32) -> u32 {
    hash as u32 & !low(id_bits)
}

fn bucket_of(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}
