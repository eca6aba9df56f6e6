//! Latin letters as rough sounds, so that the romanisations of one name fall close together, and the distance between sounds.

use crate::index::{edits_at_least, within};
use std::sync::LazyLock;

/// The most sounds of a word that are compared.
pub const LONGEST: usize = 32;

/// The sounds of a folded Latin word: digraphs become one byte, double letters one, and letters that romanisations
/// confuse are folded (q to k, w to v, ou to u, iy and yi to i).
#[must_use]
pub fn sounds(word: &str) -> Box<[u8]> {
    let mut out = [0; LONGEST];
    let count = sounds_into(word.as_bytes(), &mut out);
    out[..count].into()
}

/// [`sounds`] without memory of its own; returns how many there are.
pub(crate) fn sounds_into(word: &[u8], out: &mut [u8; LONGEST]) -> usize {
    let (mut i, mut count) = (0, 0);
    while i < word.len() && count < LONGEST {
        let (sound, used) = one(&word[i..]);
        if let Some(s) = sound
            && (count == 0 || out[count - 1] != s)
        {
            out[count] = s;
            count += 1;
        }
        i += used;
    }
    if count == 0 {
        count = word.len().min(LONGEST);
        out[..count].copy_from_slice(&word[..count]);
    }
    count
}

/// Letters that stand for one sound together: by their first letter, and of those the longest first.
const CHAINS: [(&[u8], u8); 41] = [
    (b"shch", b'W'),
    (b"szcz", b'W'),
    (b"sch", b'S'),
    (b"sh", b'S'),
    (b"sz", b'S'),
    (b"chtch", b'W'),
    (b"ch", b'C'),
    (b"cz", b'C'),
    (b"ck", b'k'),
    (b"cq", b'k'),
    (b"tsch", b'C'),
    (b"tch", b'C'),
    (b"ts", b'c'),
    (b"tz", b'c'),
    (b"th", b't'),
    (b"kh", b'x'),
    (b"gh", b'G'),
    (b"zh", b'Z'),
    (b"dzh", b'j'),
    (b"dj", b'j'),
    (b"dz", b'z'),
    (b"dh", b'd'),
    (b"hs", b'X'),
    (b"ph", b'f'),
    (b"bh", b'b'),
    (b"rh", b'r'),
    (b"lh", b'l'),
    (b"qu", b'k'),
    (b"ou", b'u'),
    (b"oo", b'u'),
    (b"ee", b'i'),
    (b"eo", b'O'),
    (b"eu", b'U'),
    (b"iy", b'i'),
    (b"ij", b'i'),
    (b"ii", b'i'),
    (b"ie", b'e'),
    (b"yi", b'i'),
    (b"ye", b'e'),
    (b"ae", b'e'),
    (b"x", b'X'),
];

/// Where the chains that begin with a letter from `a` to `z` begin and end in [`CHAINS`], and the second letters that they have, `a` as bit 1; bit 0
/// where a chain has no second.
const BEGIN: [(u8, u8, u32); 26] = {
    let mut at = [(0, 0, 0); 26];
    let mut c = 0;
    while c < CHAINS.len() {
        let letter = (CHAINS[c].0[0] - b'a') as usize;
        if at[letter].1 == 0 {
            at[letter].0 = c as u8;
        }
        at[letter].1 = c as u8 + 1;
        at[letter].2 |= 1 << if CHAINS[c].0.len() > 1 { CHAINS[c].0[1] & 31 } else { 0 };
        c += 1;
    }
    at
};

/// The letters, from `a` on, with which a word may begin that would change the sounds of this one if it were written behind it. Behind it with
/// any other the sounds of the one follow those of the other, but that two like ones that meet become one.
pub(crate) fn chains_with(word: &[u8]) -> u32 {
    let Some(end) = word.last() else { return u32::MAX };
    // `c` sounds by what follows.
    let mut set = if *end == b'c' { 1 << 4 | 1 << 8 | 1 << 24 } else { 0 };
    for (letters, _) in &CHAINS {
        for cut in 1..letters.len() {
            if letters[cut - 1] == *end && word.ends_with(&letters[..cut]) {
                set |= 1 << (letters[cut] - b'a');
            }
        }
    }
    set
}

/// The first sound of what is left, and how many letters it takes.
fn one(rest: &[u8]) -> (Option<u8>, usize) {
    let first = usize::from(rest[0].wrapping_sub(b'a'));
    let next = rest.get(1).map_or(0, |b| u32::from(b.is_ascii_lowercase()) << (b & 31));
    // Few letters begin a chain, and fewer pairs.
    if let Some((from, to, seconds)) = BEGIN.get(first)
        && (seconds & next != 0 || seconds & 1 != 0)
    {
        for (letters, sound) in &CHAINS[usize::from(*from)..usize::from(*to)] {
            if rest.starts_with(letters) {
                return (Some(*sound), letters.len());
            }
        }
    }
    match rest[0] {
        b'q' => (Some(b'k'), 1),
        b'c' => (Some(if matches!(rest.get(1), Some(b'e' | b'i' | b'y')) { b's' } else { b'k' }), 1),
        b'w' => (Some(b'v'), 1),
        b'y' => (Some(b'i'), 1),
        c => (Some(c), 1),
    }
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'O' | b'U')
}

/// What it costs to leave a sound out.
fn omit(c: u8, at: usize) -> f32 {
    match c {
        // Words seldom gain or lose a vowel in front: Jiro is not Ichiro.
        b'i' | b'a' | b'o' | b'u' if at == 0 => 0.9,
        b'h' | b'i' | b'e' => 0.4,
        b'j' => 0.7,
        _ if is_vowel(c) => 0.5,
        _ => 1.0,
    }
}

/// What it costs to write one sound for another.
fn swap(a: u8, b: u8) -> f32 {
    if a == b {
        return 0.0;
    }
    if is_vowel(a) && is_vowel(b) {
        return match (a.min(b), a.max(b)) {
            (b'O', b'e' | b'o' | b'u') | (b'U', b'e' | b'i' | b'u') | (b'O', b'U') => 0.15,
            (b'e', b'i') | (b'o', b'u') => 0.25,
            (b'a', b'o') | (b'a', b'e') => 0.35,
            _ => 0.5,
        };
    }
    const NEAR: [(&[u8], f32); 14] = [
        (b"xkhG", 0.3),
        (b"kgG", 0.35),
        (b"td", 0.4),
        (b"pb", 0.4),
        (b"fvb", 0.4),
        (b"CjZ", 0.3),
        (b"cCsz", 0.4),
        (b"jig", 0.4),
        (b"szZS", 0.4),
        (b"SWCX", 0.3),
        (b"Xxkh", 0.4),
        (b"rl", 0.5),
        (b"nm", 0.8),
        (b"vu", 0.2),
    ];
    let near = NEAR.iter().filter(|(set, _)| set.contains(&a) && set.contains(&b)).map(|(_, c)| *c).fold(1.0, f32::min);
    if near < 1.0 {
        near
    } else if is_vowel(a) != is_vowel(b) {
        1.2
    } else {
        1.0
    }
}

/// [`swap`] of every two sounds, looked up rather than worked out: it is asked for each cell of each table of distances.
static SWAPS: LazyLock<Box<[[f32; 128]; 128]>> =
    LazyLock::new(|| Box::new(std::array::from_fn(|a| std::array::from_fn(|b| swap(a as u8, b as u8)))));

/// [`omit`] of every sound that is not the first.
static OMITS: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|c| omit(c as u8, 1)));

/// What it costs at least to be rid of a sound, left out or written for another, by the low six bits of its byte.
static LEAST: LazyLock<[f32; 64]> = LazyLock::new(|| {
    let mut least = [f32::MAX; 64];
    for a in 0..128u8 {
        let swapped = (0..128u8).filter(|b| *b != a).map(|b| swap(a, b)).fold(omit(a, 1), f32::min);
        let slot = &mut least[usize::from(a & 63)];
        *slot = slot.min(swapped);
    }
    least
});

/// Which sounds occur, one bit each; sounds that share a bit count as one.
pub(crate) fn set(sounds: &[u8]) -> u64 {
    sounds.iter().take(LONGEST).fold(0, |set, s| set | 1 << (s & 63))
}

/// Consonants that cost a whole edit unless they are written for one of their own group: each group, and what else is cheap for its members.
const GROUPS: [(&[u8], &[u8]); 6] = [(b"td", b""), (b"rl", b""), (b"nm", b""), (b"pbf", b"v"), (b"kGx", b"ghX"), (b"CZcszSW", b"jX")];

/// How many sounds of each group a word has, a byte a group, and how many that may stand for one of the group.
pub(crate) type Groups = [u64; 2];

static IN_GROUPS: [Groups; 128] = {
    let mut of = [[0; 2]; 128];
    let mut g = 0;
    while g < GROUPS.len() {
        let (members, others) = GROUPS[g];
        let mut at = 0;
        while at < members.len() + others.len() {
            let member = at < members.len();
            let sound = if member { members[at] } else { others[at - members.len()] } as usize;
            of[sound][0] += (member as u64) << (8 * g);
            of[sound][1] += 1 << (8 * g);
            at += 1;
        }
        g += 1;
    }
    of
};

/// The sounds of a word by groups.
pub(crate) fn groups(sounds: &[u8]) -> Groups {
    sounds.iter().take(LONGEST).fold([0; 2], |[own, all], s| {
        let of = IN_GROUPS[usize::from(*s & 127)];
        [own + of[0], all + of[1]]
    })
}

/// What [`distance`] is at least for the sounds of one word that find no counterpart in their groups: each is left out or written for a sound
/// of another group, and either is a whole edit.
pub(crate) fn unmatched(own: u64, all: u64) -> f32 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Byte by byte `own - all`, at least 0: no byte is above 127, so none borrows from the next.
    let difference = (own | HIGH) - all;
    let positive = (difference & HIGH) >> 7;
    let counts = difference & (positive * 0x7f);
    (counts.wrapping_mul(0x0101_0101_0101_0101) >> 56) as f32
}

/// A bound from below on [`distance`]: every sound that only one word has must be left out or written for another.
pub(crate) fn at_least(a: &[u8], b: &[u8]) -> f32 {
    let (x, y) = (set(a), set(b));
    let ([own_x, all_x], [own_y, all_y]) = (groups(a), groups(b));
    f32::max(rid_of(x & !y), rid_of(y & !x)).max(unmatched(own_x, all_y)).max(unmatched(own_y, all_x))
}

/// What it costs at least to be rid of the sounds of a [`set`].
pub(crate) fn rid_of(sounds: u64) -> f32 {
    let least = &*LEAST;
    let (mut left, mut sum) = (sounds, 0.0);
    while left != 0 {
        sum += least[left.trailing_zeros() as usize];
        left &= left - 1;
    }
    sum
}

/// The distance between two words in sounds: what the cheapest chain of changes costs. What is beyond `limit` is not worked out: then any
/// number beyond it is returned.
#[must_use]
pub fn distance(a: &[u8], b: &[u8], limit: f32) -> f32 {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    // Nothing is left out for less than 0.4.
    let bound = at_least(a, b).max(0.4 * a.len().abs_diff(b.len()) as f32);
    if bound > limit + 0.01 {
        return bound;
    }
    within_limit(a, b, limit)
}

/// The table of distances, but only those of its cells that are within the limit: nothing costs less than nothing, so a chain within the
/// limit never leaves them.
fn within_limit(a: &[u8], b: &[u8], limit: f32) -> f32 {
    const BEYOND: f32 = f32::MAX;
    let (swaps, later) = (&**SWAPS, &*OMITS);
    let cost_of = |sound: u8, at: usize| if at == 0 { omit(sound, 0) } else { later[usize::from(sound)] };
    let mut omits = [0.0_f32; LONGEST];
    let mut rows = [[BEYOND; LONGEST + 1]; 3];
    rows[0][0] = 0.0;
    // The cells within the limit lie between these, in the row before the last and in the last.
    let (mut old, mut within) = (Reach::NONE, Reach { from: 0, to: 0 });
    for (j, sound) in b.iter().enumerate() {
        omits[j] = cost_of(*sound, j);
        if within.to == j && rows[0][j] + omits[j] <= limit {
            rows[0][j + 1] = rows[0][j] + omits[j];
            within.to = j + 1;
        }
    }
    for (i, sound) in a.iter().enumerate() {
        let (omitted, swapped) = (cost_of(*sound, i), &swaps[usize::from(*sound & 127)]);
        let [first, second, third] = &mut rows;
        // Rows take turns: the one before the last becomes the next.
        let (before, last, now) = match i % 3 {
            0 => (&*third, &*first, second),
            1 => (&*first, &*second, third),
            _ => (&*second, &*third, first),
        };
        now[..=b.len()].fill(BEYOND);
        let mut reached = Reach::NONE;
        let end = (within.to + 1).max(old.to + 2);
        for j in within.from.min(old.from + 2)..=b.len() {
            let mut best = last[j] + omitted;
            if j > 0 {
                best = less(best, last[j - 1] + swapped[usize::from(b[j - 1] & 127)]);
                best = less(best, now[j - 1] + omits[j - 1]);
                if i > 0 && j > 1 && *sound == b[j - 2] && a[i - 1] == b[j - 1] && *sound != a[i - 1] {
                    best = less(best, before[j - 2] + 0.9);
                }
            }
            if best <= limit {
                now[j] = best;
                reached = Reach { from: reached.from.min(j), to: j };
            } else if j >= end {
                break;
            }
        }
        if reached.to < reached.from && within.to < within.from {
            return BEYOND;
        }
        (old, within) = (within, reached);
    }
    rows[a.len() % 3][b.len()]
}

/// Cells of a row from the first to the last that count.
#[derive(Clone, Copy)]
struct Reach {
    from: usize,
    to: usize,
}

impl Reach {
    const NONE: Reach = Reach { from: LONGEST + 1, to: 0 };
}

fn less(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

/// The distance in letters with swaps of neighbours (optimal string alignment).
#[must_use]
pub fn letters_apart(a: &[u8], b: &[u8]) -> usize {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut rows = [[0_u8; LONGEST + 1]; 3];
    for (j, cell) in rows[0].iter_mut().enumerate().take(b.len() + 1) {
        *cell = j as u8;
    }
    for i in 1..=a.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i as u8;
        for j in 1..=b.len() {
            let mut best = (rows[last][j - 1] + u8::from(a[i - 1] != b[j - 1])).min(rows[last][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = best;
        }
    }
    usize::from(rows[a.len() % 3][b.len()])
}

/// [`letters_apart`] when it is at most `most`.
pub(crate) fn letters_within(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    if most <= 2 {
        return within(a, b, most);
    }
    (edits_at_least(a, b) as usize <= most).then(|| letters_apart(a, b)).filter(|d| *d <= most)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, distance, omit, swap};
    use proptest::prelude::*;

    /// The whole table, cell by cell.
    fn table(a: &[u8], b: &[u8]) -> f32 {
        let mut t = [[0.0_f32; LONGEST + 1]; LONGEST + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let mut best = if i + j == 0 { 0.0 } else { f32::MAX };
                if i > 0 {
                    best = best.min(t[i - 1][j] + omit(a[i - 1], i - 1));
                }
                if j > 0 {
                    best = best.min(t[i][j - 1] + omit(b[j - 1], j - 1));
                }
                if i > 0 && j > 0 {
                    best = best.min(t[i - 1][j - 1] + swap(a[i - 1], b[j - 1]));
                }
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != a[i - 2] {
                    best = best.min(t[i - 2][j - 2] + 0.9);
                }
                t[i][j] = best;
            }
        }
        t[a.len()][b.len()]
    }

    /// Nothing outside a group is cheap for its members.
    #[test]
    fn groups_keep_to_themselves() {
        for (members, others) in super::GROUPS {
            for member in members {
                assert!(omit(*member, 0) >= 1.0 && omit(*member, 1) >= 1.0);
                for sound in (0..128).filter(|s| !members.contains(s) && !others.contains(s)) {
                    assert!(swap(*member, sound) >= 1.0, "{} {}", char::from(*member), char::from(sound));
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn words_that_do_not_chain_sound_one_after_the_other(a in "[a-zchst]{1,6}", b in "[a-zchs]{1,6}") {
            let (x, y) = (super::sounds(&a), super::sounds(&b));
            if super::chains_with(a.as_bytes()) >> (b.as_bytes()[0] - b'a') & 1 == 0 {
                let mut both = x.to_vec();
                both.extend(&y[usize::from(x.last() == y.first())..]);
                prop_assert_eq!(&*super::sounds(&format!("{a}{b}")), both);
            }
        }

        #[test]
        fn within_the_limit_it_is_the_whole_table(a in "[aeioukgtdnsSCxj]{0,9}", b in "[aeioukgtdnsSCxj]{0,9}", limit in 0.0f32..6.0) {
            let (whole, found) = (table(a.as_bytes(), b.as_bytes()), distance(a.as_bytes(), b.as_bytes(), limit));
            prop_assert!(super::at_least(a.as_bytes(), b.as_bytes()) <= whole + 1e-4);
            if whole <= limit {
                prop_assert_eq!(found, whole);
            } else {
                prop_assert!(found > limit, "{} {} {}", found, whole, limit);
            }
        }
    }
}
