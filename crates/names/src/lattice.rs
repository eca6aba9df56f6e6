//! Foreign letters against Latin ones: which chunks of Latin letters each letter may be written with, and at what cost.
//!
//! The chances in `data/names/sounds.csv` were counted from pairs of names (`cargo run -p xtask -- names learn`);
//! `sounds_korean.csv` and `sounds_more.csv` are written by hand. A lattice is compared with a Latin word as a whole,
//! because every letter has several spellings and their product is too large to write out.

use crate::sound::LONGEST;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Up to five Latin letters, and what writing them costs, in edits.
#[derive(Clone, Copy)]
struct Chunk {
    letters: [u8; 5],
    len: u8,
    cost: f32,
    /// The letters as one number, the last in the lowest byte, and the bytes they take.
    packed: u64,
    mask: u64,
    /// Which letters they are.
    set: u32,
}

/// Tenths of a bit that every letter has free: a choice between three equally likely spellings is no difference.
const FREE: f32 = 15.0;
/// Tenths of a bit that weigh as much as one wrong letter.
const EDIT: f32 = 70.0;

/// What one foreign letter is written with.
#[derive(Default)]
struct Unit {
    /// Cheapest first.
    chunks: Vec<Chunk>,
    /// The letters of all chunks.
    letters: u32,
    /// The group of letters of which each chunk has one that is cheaper than leaving the foreign letter out: see [`needs`].
    needs: u64,
    /// The most letters of each group that a chunk has: see [`gives`].
    gives: u64,
}

impl Unit {
    fn finish(&mut self) {
        self.chunks.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        self.letters = self.chunks.iter().fold(0, |all, chunk| all | chunk.set);
        let cheap = || self.chunks.iter().filter(|c| c.cost < 1.0);
        let group = LETTER_GROUPS.iter().position(|group| cheap().next().is_some() && cheap().all(|c| c.set & letters(group) != 0));
        self.needs = group.map_or(0, |g| 1 << (8 * g));
        self.gives = self.chunks.iter().fold(0, |most: u64, chunk| {
            let chunk = certain(chunk.letters[..usize::from(chunk.len)].iter().copied());
            let (most, chunk) = (most.to_le_bytes(), chunk.to_le_bytes());
            u64::from_le_bytes(std::array::from_fn(|g| most[g].max(chunk[g])))
        });
    }

    /// What it costs at least where only these letters are written: it may also be left out or stand for another, for one or more.
    fn at_least(&self, written: u32) -> f32 {
        self.chunks.iter().find(|c| c.set & !written == 0).map_or(1.0, |c| c.cost.min(1.0))
    }
}

/// All foreign letters, found by their number in one step: a lattice is compared far too often to hash its letters.
struct Table {
    /// By letter below [`PLANE`]: 0, or one more than its place.
    places: Vec<u16>,
    /// Places of the letters beyond.
    beyond: HashMap<char, u16>,
    units: Vec<Unit>,
}

const PLANE: usize = 1 << 16;

impl Table {
    fn get(&self, letter: char) -> Option<&Unit> {
        let place = match self.places.get(letter as usize) {
            Some(place) => *place,
            None => self.beyond.get(&letter).copied().unwrap_or(0),
        };
        self.units.get(usize::from(place).checked_sub(1)?)
    }

    fn entry(&mut self, letter: char) -> &mut Unit {
        let place = match self.places.get_mut(letter as usize) {
            Some(place) => place,
            None => self.beyond.entry(letter).or_default(),
        };
        if *place == 0 {
            self.units.push(Unit::default());
            *place = self.units.len() as u16;
        }
        &mut self.units[usize::from(*place) - 1]
    }
}

static CHUNKS: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { places: vec![0; PLANE], beyond: HashMap::new(), units: Vec::new() };
    add(&mut table, include_str!("../../../data/names/sounds.csv"), FREE);
    add(&mut table, include_str!("../../../data/names/sounds_korean.csv"), 0.0);
    add(&mut table, include_str!("../../../data/names/sounds_more.csv"), 0.0);
    table.units.iter_mut().for_each(Unit::finish);
    table
});

fn add(table: &mut Table, file: &str, free: f32) {
    for line in file.lines().skip(1) {
        let Some((unit, chunks)) = line.split_once(',') else { continue };
        let Some(unit) = unit.chars().next() else { continue };
        let row = &mut table.entry(unit).chunks;
        for chunk in chunks.split(' ') {
            let Some((text, cost)) = chunk.split_once(':') else { continue };
            let Ok(cost) = cost.parse::<f32>() else { continue };
            let (mut bytes, len) = ([0; 5], text.len().min(5));
            bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
            let cost = (cost - free).max(0.0) / EDIT;
            match row.iter_mut().find(|c| c.len as usize == len && c.letters == bytes) {
                Some(known) => known.cost = known.cost.min(cost),
                None => {
                    let packed = bytes[..len].iter().fold(0, |n, b| n << 8 | u64::from(*b));
                    let mask = (1 << (8 * len)) - 1;
                    row.push(Chunk {
                        letters: bytes,
                        len: u8::try_from(len).unwrap_or(5),
                        cost,
                        packed,
                        mask,
                        set: letters(&bytes[..len]),
                    });
                }
            }
        }
    }
}

/// Whether every letter has a row.
#[must_use]
pub fn knows(units: &[char]) -> bool {
    units.iter().all(|u| CHUNKS.get(*u).is_some())
}

/// What one more Latin letter costs. Arabic and Hebrew leave vowels unwritten, and a doubled letter is written once everywhere.
fn extra(latin: &[u8], at: usize, unwritten: bool) -> f32 {
    if at > 0 && latin[at] == latin[at - 1] {
        return 0.15;
    }
    match latin[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' if unwritten => 0.2,
        b'a' | b'e' | b'i' | b'o' | b'u' => 0.45,
        b'h' | b'y' => 0.5,
        _ => 1.0,
    }
}

/// What it costs to read the foreign letters as the Latin word, in edits. What is beyond `limit` is not worked out: then any number
/// beyond it is returned.
#[must_use]
pub fn distance(units: &[char], latin: &[u8], limit: f32) -> f32 {
    let latin = &latin[..latin.len().min(LONGEST)];
    let written = letters(latin);
    let (mut missing, mut known) = (0.0, 0);
    let mut rows = [&NO_UNIT; LONGEST];
    let count = units.len().min(LONGEST);
    let table = &*CHUNKS;
    for (row, unit) in rows.iter_mut().zip(units) {
        *row = table.get(*unit).unwrap_or(&NO_UNIT);
        known |= row.letters;
        missing += row.at_least(written);
    }
    if missing > limit + 0.01 {
        return missing;
    }
    let unwritten = units.first().is_some_and(|u| ('\u{590}'..='\u{6FF}').contains(u));
    // What one more letter costs, and the last eight letters up to each place as one number.
    let (mut extras, mut ends) = ([0.0_f32; LONGEST + 1], [0_u64; LONGEST + 1]);
    let mut unknown = 0.0;
    for (at, letter) in latin.iter().enumerate() {
        extras[at + 1] = extra(latin, at, unwritten);
        ends[at + 1] = ends[at] << 8 | u64::from(*letter);
        // What none of the foreign letters is written with is one more letter at least.
        unknown += if known & letters(&[*letter]) == 0 { extras[at + 1] } else { 0.0 };
    }
    if unknown > limit + 0.01 {
        return unknown;
    }
    within_limit(&rows[..count], &extras[..=latin.len()], &ends, limit)
}

/// The letters with which some of the foreign letters may be written.
pub(crate) fn written(units: &[char]) -> u32 {
    units.iter().take(LONGEST).filter_map(|u| CHUNKS.get(*u)).fold(0, |all, unit| all | unit.letters)
}

/// Consonants that are written for one another; a foreign letter that is always written with one of a group needs one of its own.
const LETTER_GROUPS: [&[u8]; 8] = [b"m", b"n", b"td", b"rl", b"pb", b"fvw", b"szc", b"kgqxch"];

/// How many of the foreign letters need a letter of each group, a byte a group: each that finds none costs a whole edit in [`distance`].
pub(crate) fn needs(units: &[char]) -> u64 {
    units.iter().take(LONGEST).filter_map(|u| CHUNKS.get(*u)).map(|unit| unit.needs).sum()
}

/// How many letters of each group a Latin word has.
pub(crate) fn supply(word: &[u8]) -> u64 {
    const IN_GROUPS: [u64; 128] = {
        let mut of = [0; 128];
        let mut g = 0;
        while g < LETTER_GROUPS.len() {
            let mut at = 0;
            while at < LETTER_GROUPS[g].len() {
                of[LETTER_GROUPS[g][at] as usize] += 1 << (8 * g);
                at += 1;
            }
            g += 1;
        }
        of
    };
    word.iter().take(LONGEST).map(|b| IN_GROUPS[usize::from(*b & 127)]).sum()
}

/// Of the letters of each group those that are written for nothing else: each that no foreign letter is written with costs a whole edit in
/// [`distance`], if it is not doubled.
const CERTAIN: [&[u8]; 8] = [b"m", b"n", b"td", b"rl", b"pb", b"fvw", b"sz", b"kgqx"];

fn certain(letters: impl Iterator<Item = u8>) -> u64 {
    letters.filter_map(|b| CERTAIN.iter().position(|group| group.contains(&b))).map(|g| 1 << (8 * g)).sum()
}

/// How many letters of each group a Latin word has, a doubled one once.
pub(crate) fn wants(word: &[u8]) -> u64 {
    let doubled = |at: usize| at > 0 && word[at] == word[at - 1];
    certain((0..word.len().min(LONGEST)).filter(|at| !doubled(*at)).map(|at| word[at]))
}

/// How many letters of each group the foreign letters may be written with at most.
pub(crate) fn gives(units: &[char]) -> u64 {
    units.iter().take(LONGEST).filter_map(|u| CHUNKS.get(*u)).fold(0, |sum, unit| {
        let (sum, unit) = (sum.to_le_bytes(), unit.gives.to_le_bytes());
        u64::from_le_bytes(std::array::from_fn(|g| (sum[g] + unit[g]).min(127)))
    })
}

/// What [`distance`] is at least for a Latin word that has these letters, none of which is written for any of the foreign letters. The first
/// of each is not doubled; who leaves vowels unwritten has them cheapest.
pub(crate) fn unwritten(latin: u32) -> f32 {
    const VOWELS: u32 = 1 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20;
    const WEAK: u32 = 1 << 7 | 1 << 24;
    0.2 * (latin & VOWELS).count_ones() as f32 + 0.5 * (latin & WEAK).count_ones() as f32 + (latin & !VOWELS & !WEAK).count_ones() as f32
}

static NO_UNIT: Unit = Unit { chunks: Vec::new(), letters: 0, needs: 0, gives: 0 };

/// The table of distances, but only those of its cells that are within the limit: a way within it never leaves them.
fn within_limit(rows: &[&Unit], extras: &[f32], ends: &[u64; LONGEST + 1], limit: f32) -> f32 {
    const BEYOND: f32 = f32::MAX;
    let m = extras.len() - 1;
    let (mut one, mut other) = ([BEYOND; LONGEST + 1], [BEYOND; LONGEST + 1]);
    let (mut last, mut now) = (&mut one, &mut other);
    last[0] = 0.0;
    // The cells of the last row that are within the limit lie between these.
    let (mut from, mut to) = (0, 0);
    while to < m && last[to] + extras[to + 1] <= limit {
        last[to + 1] = last[to] + extras[to + 1];
        to += 1;
    }
    for unit in rows {
        now[..=m].fill(BEYOND);
        let (mut first, mut end) = (usize::MAX, 0);
        // A chunk has five letters at most.
        for j in from..=m {
            // The letter is not written at all.
            let mut best = last[j] + 1.0;
            if j <= to + 5 {
                for chunk in &unit.chunks {
                    let len = usize::from(chunk.len);
                    if ends[j] & chunk.mask == chunk.packed && len <= j && last[j - len] + chunk.cost < best {
                        best = last[j - len] + chunk.cost;
                    }
                }
            }
            if j > 0 {
                // Another letter stands for it, or one more letter was written.
                best = best.min(last[j - 1] + 1.1).min(now[j - 1] + extras[j]);
            }
            if best <= limit {
                now[j] = best;
                first = first.min(j);
                end = j;
            } else if j >= to + 5 {
                break;
            }
        }
        if first == usize::MAX {
            return BEYOND;
        }
        std::mem::swap(&mut last, &mut now);
        (from, to) = (first, end);
    }
    last[m]
}

/// Which letters occur, one bit each; digits and the rest share the bits that the alphabet leaves.
pub(crate) fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |set, b| set | 1 << if b.is_ascii_lowercase() { b - b'a' } else { 26 + b % 6 })
}

/// The cheapest Latin writings, best first, with their costs in edits.
#[must_use]
pub fn spellings(units: &[char], most: usize) -> Vec<(String, f32)> {
    let mut beam = vec![(String::new(), 0.0_f32)];
    for unit in units.iter().take(LONGEST) {
        let Some(Unit { chunks, .. }) = CHUNKS.get(*unit) else { continue };
        let mut next: Vec<(String, f32)> = Vec::with_capacity(beam.len() * 4);
        for (text, cost) in &beam {
            for chunk in chunks.iter().take(4) {
                let mut longer = text.clone();
                longer.extend(chunk.letters[..chunk.len as usize].iter().map(|b| char::from(*b)));
                match next.iter_mut().find(|(t, _)| *t == longer) {
                    Some(known) => known.1 = known.1.min(cost + chunk.cost),
                    None => next.push((longer, cost + chunk.cost)),
                }
            }
        }
        next.sort_by(|a, b| a.1.total_cmp(&b.1));
        next.truncate(most);
        beam = next;
    }
    beam.retain(|(t, _)| !t.is_empty());
    beam
}

#[cfg(test)]
mod tests {
    use super::{CHUNKS, distance, extra};
    use proptest::prelude::*;

    /// The whole table, cell by cell.
    fn table(units: &[char], latin: &[u8]) -> f32 {
        let unwritten = units.first().is_some_and(|u| ('\u{590}'..='\u{6FF}').contains(u));
        let mut last: Vec<f32> = vec![0.0];
        for j in 0..latin.len() {
            last.push(last[j] + extra(latin, j, unwritten));
        }
        for unit in units {
            let mut now: Vec<f32> = Vec::new();
            for j in 0..=latin.len() {
                let mut best = last[j] + 1.0;
                for chunk in CHUNKS.get(*unit).into_iter().flat_map(|u| &u.chunks) {
                    let letters = &chunk.letters[..usize::from(chunk.len)];
                    if latin[..j].ends_with(letters) {
                        best = best.min(last[j - letters.len()] + chunk.cost);
                    }
                }
                if j > 0 {
                    best = best.min(last[j - 1] + 1.1).min(now[j - 1] + extra(latin, j - 1, unwritten));
                }
                now.push(best);
            }
            last = now;
        }
        last[latin.len()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn within_the_limit_it_is_the_whole_table(
            units in prop_oneof!["[абвгдежийклмнопрстухцчшщэюя]{1,8}", "[\u{627}-\u{64a}]{1,6}", "[\u{1100}-\u{1112}\u{1161}-\u{1175}]{1,6}"],
            latin in "[abdeghiklmnoprstuvyz]{1,10}",
            limit in 0.0f32..5.0,
        ) {
            let units: Vec<char> = units.chars().collect();
            let (whole, found) = (table(&units, latin.as_bytes()), distance(&units, latin.as_bytes(), limit));
            let written = super::letters(latin.as_bytes()) & !super::written(&units);
            prop_assert!(super::unwritten(written) <= whole + 1e-4);
            prop_assert!(crate::sound::unmatched(super::wants(latin.as_bytes()), super::gives(&units)) <= whole + 1e-4);
            prop_assert!(crate::sound::unmatched(super::needs(&units), super::supply(latin.as_bytes())) <= whole + 1e-4);
            if whole <= limit {
                prop_assert_eq!(found, whole);
            } else {
                prop_assert!(found > limit, "{} {} {}", found, whole, limit);
            }
        }
    }
}
