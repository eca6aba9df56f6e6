//! Candidates: readings that hold enough of what is sought, without looking at most of those that hold some of it.
//!
//! What is held is told in two shares: of the query's weight and of the reading's. The estimate is `hi × (½ + ½ × lo)` of the two: a name
//! within a longer name keeps most of its estimate, two names that each have something of their own do not. A reading that holds only one
//! thing sought can pass only when it is nearly all of the reading; readings are numbered by weight, so these are at the front of each
//! list. All others hold two things, which is found with two bits a reading and, for common words, by whole machine words at a time.

use super::expand::{HALVES, INITIAL, JOINS, Near, Sought};
use super::rows::{Posted, bit};
use super::{Ask, Index, Scratch};

/// Candidates that are kept at least, for the judge to choose from.
const KEEP: usize = 64;
/// Readings that one query may weigh when it wants the best and not everything.
const WEIGHED: u32 = 250_000;
/// Readings that are weighed one after the other rather than by bits.
const FEW: u64 = 96;

/// The judge gives a reading no more than `CEILING.0 + CEILING.1 × estimate`. Measured by `ceiling_holds`, not derived.
const CEILING: (f32, f32) = (0.25, 0.85);
/// The highest score there is.
const HIGHEST: f32 = 0.97;
/// What words that meet under no key may add to an estimate at most; see `rank`, which knows better.
const UNSEEN: f32 = 0.12;

/// The most that the judge may say of an estimate.
pub(super) fn ceiling(estimate: f32) -> f32 {
    (CEILING.0 + CEILING.1 * estimate).min(HIGHEST)
}

/// The least estimate with which a score can reach the floor.
fn needed(floor: f32) -> f32 {
    if floor <= 0.0 { 0.0 } else { ((floor - CEILING.0) / CEILING.1 - UNSEEN).max(0.0) }
}

/// The estimate of two shares.
pub(super) fn estimate(of_query: f32, of_listed: f32) -> f32 {
    let (hi, lo) = if of_query > of_listed { (of_query, of_listed) } else { (of_listed, of_query) };
    hi.min(1.0) * (0.5 + 0.5 * lo.min(1.0))
}

/// A reading and what it holds.
#[derive(Clone, Copy)]
pub(super) struct Top {
    pub(super) reading: u32,
    pub(super) estimate: f32,
}

/// Gathered candidates and the bits by which they were found.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) top: Vec<Top>,
    once: Vec<u32>,
    twice: Vec<u32>,
}

/// One gathering under way.
struct Gathering<'a, 'b> {
    index: &'a Index,
    ask: &'a Ask<'b>,
    sought: &'a Sought,
    top: &'a mut Vec<Top>,
    once: &'a mut Vec<u32>,
    twice: &'a mut Vec<u32>,
    /// Least estimate that still matters; rises.
    least: f32,
    keep: usize,
    weighed: u32,
    budget: u32,
}

impl Index {
    /// Fills `scratch.gathered` for what is sought: best first, then by id.
    pub(super) fn collect(&self, ask: &Ask<'_>, scratch: &mut Scratch) {
        let Gathered { top, once, twice } = &mut scratch.gathered;
        top.clear();
        if ask.limit == 0 {
            return;
        }
        let keep = KEEP.max(ask.limit.saturating_mul(2));
        let budget = if ask.floor > 0.0 { WEIGHED } else { u32::MAX };
        let least = needed(ask.floor);
        let mut g = Gathering { index: self, ask, sought: &scratch.sought, top, once, twice, least, keep, weighed: 0, budget };
        g.joined();
        g.halves();
        if !g.perfect() {
            g.by_words();
        }
        scratch.effort.weighed = g.weighed;
        g.finish();
    }
}

impl Gathering<'_, '_> {
    /// Keeps a candidate if it is good enough. Returns whether the work may go on.
    fn offer(&mut self, reading: u32, estimate: f32) -> bool {
        if estimate >= self.least && estimate > 0.0 && self.index.admits(reading, self.ask) {
            self.top.push(Top { reading, estimate });
            if self.top.len() >= self.keep.saturating_mul(2) {
                self.shrink();
            }
        }
        self.weighed < self.budget
    }

    /// Drops all but the best `keep`, and raises what is needed to the worst of them.
    fn shrink(&mut self) {
        unique(self.top);
        if self.top.len() > self.keep {
            let (_, worst, _) = self.top.select_nth_unstable_by(self.keep - 1, better);
            self.least = self.least.max(worst.estimate);
            self.top.truncate(self.keep);
        }
    }

    fn finish(&mut self) {
        unique(self.top);
        self.top.sort_unstable_by(better);
        self.top.truncate(self.keep);
    }

    /// Readings whose letters or consonants without spaces are those of the query.
    fn joined(&mut self) {
        for (at, sure) in [(0, 0.98), (1, 0.8)] {
            let Some(hash) = self.sought.joined[at] else { continue };
            for reading in self.index.joined.get(hash).take(self.keep) {
                let estimate = self.weigh(reading, None).map_or(sure, |e| e.max(sure));
                self.offer(reading, estimate);
            }
        }
    }

    /// Readings that hold both halves of a split word.
    fn halves(&mut self) {
        for split in 0..self.sought.halves.len() {
            let of = |bit: usize| self.sought.near.iter().filter(move |n| usize::from(n.bit) == bit);
            for a in of(HALVES + 2 * split) {
                for b in of(HALVES + 2 * split + 1) {
                    let (few, many) = self.ordered(a, b);
                    let many = self.index.postings.get(many);
                    // Common halves without end are some other word cut by chance.
                    let mut left = 4 * self.keep;
                    self.index.postings.get(few).range(0, u32::MAX, |r| {
                        left -= 1;
                        let go_on = !many.holds(r) || self.weigh_and_offer(r, None);
                        go_on && left > 0
                    });
                }
            }
        }
    }

    fn ordered(&self, a: &Near, b: &Near) -> (u32, u32) {
        let counts = &self.index.postings.counts;
        if counts[a.word as usize] <= counts[b.word as usize] { (a.word, b.word) } else { (b.word, a.word) }
    }

    /// When more readings than are kept hold all words just as they are and nothing else, the rest cannot be better. Readings of one
    /// weight lie together. Returns whether that was so.
    fn perfect(&mut self) -> bool {
        let s = self.sought;
        let mut exact = [0u32; super::expand::WORDS];
        for bit in 0..s.wanted.len() {
            let group = s.groups.iter().find(|g| usize::from(g.bit) == bit);
            match group.map(|g| s.near[g.from]) {
                Some(n) if n.nearness >= 1.0 => exact[bit] = n.word,
                _ => return false,
            }
        }
        let exact = &mut exact[..s.wanted.len()];
        let counts = &self.index.postings.counts;
        exact.sort_unstable_by_key(|w| counts[*w as usize]);
        let Some((rarest, others)) = exact.split_first() else { return false };
        if counts[*rarest as usize] as usize <= self.keep {
            return false;
        }
        let totals = &self.index.derived.totals;
        let from = totals.partition_point(|t| *t < s.total * 0.999) as u32;
        let to = totals.partition_point(|t| *t <= s.total * 1.001) as u32;
        let mut best = 0;
        let index = self.index;
        index.postings.get(*rarest).range(from, to, |r| {
            if others.iter().all(|w| index.postings.get(*w).holds(r)) {
                if let Some(e) = self.weigh(r, None) {
                    best += usize::from(e > 0.999 && index.admits(r, self.ask));
                    self.offer(r, e);
                }
            }
            best < self.keep
        });
        best >= self.keep
    }

    fn by_words(&mut self) {
        let s = self.sought;
        let leading: u64 = s.groups.iter().map(|g| g.readings).sum();
        if self.least <= 0.0 || leading <= FEW {
            for (at, group) in s.groups.iter().enumerate() {
                let done = s.groups[..at].iter().fold(0u64, |d, g| d | 1 << g.bit);
                for near in s.near[group.from..group.to].iter().filter(|n| n.leads) {
                    let lead = Some(Lead { word: near.word, bit: near.bit, done });
                    if !self.index.postings.get(near.word).range(0, u32::MAX, |r| self.weigh_and_offer(r, lead)) {
                        return;
                    }
                }
            }
            return;
        }
        self.count();
        self.pairs();
        self.alone();
    }

    /// Fills `once` and `twice`: readings that hold anything sought, and any two things.
    fn count(&mut self) {
        let size = self.index.postings.readings.div_ceil(32);
        for bits in [&mut *self.once, &mut *self.twice] {
            bits.clear();
            bits.resize(size, 0);
        }
        for group in &self.sought.groups {
            let near = &self.sought.near[group.from..group.to];
            for n in near {
                match self.index.postings.get(n.word) {
                    Posted::Bits(bits) => {
                        self.twice.iter_mut().zip(&*self.once).zip(bits).for_each(|((t, o), b)| *t |= o & b);
                    }
                    Posted::List(list) => {
                        for r in list {
                            let at = (r >> 5) as usize;
                            self.twice[at] |= self.once[at] & 1 << (r & 31);
                        }
                    }
                }
            }
            for n in near {
                match self.index.postings.get(n.word) {
                    Posted::Bits(bits) => self.once.iter_mut().zip(bits).for_each(|(o, b)| *o |= b),
                    Posted::List(list) => list.iter().for_each(|r| self.once[(r >> 5) as usize] |= 1 << (r & 31)),
                }
            }
        }
    }

    fn pairs(&mut self) {
        let twice = std::mem::take(self.twice);
        Posted::Bits(&twice).range(0, self.index.postings.readings as u32, |r| self.weigh_and_offer(r, None));
        *self.twice = twice;
    }

    /// Readings that hold one thing sought, as far as that may be enough.
    fn alone(&mut self) {
        let s = self.sought;
        let totals = &self.index.derived.totals;
        for group in &s.groups {
            let weight = s.weight(s.covers(usize::from(group.bit)));
            for near in s.near[group.from..group.to].iter().filter(|n| n.leads) {
                let most = heaviest(
                    (weight + self.initials_weight()) * near.nearness / s.total,
                    self.index.derived.words[near.word as usize].weight * near.nearness,
                    self.least,
                );
                let to = match most {
                    _ if s.initials != 0 => u32::MAX,
                    Some(most) => totals.partition_point(|t| *t <= most) as u32,
                    None => continue,
                };
                let lead = Some(Lead { word: near.word, bit: near.bit, done: 0 });
                let go_on = self.index.postings.get(near.word).range(0, to, |r| bit(self.twice, r) || self.weigh_and_offer(r, lead));
                if !go_on {
                    return;
                }
            }
        }
    }

    fn initials_weight(&self) -> f32 {
        INITIAL * self.sought.weight(self.sought.initials)
    }

    fn weigh_and_offer(&mut self, reading: u32, lead: Option<Lead>) -> bool {
        self.weighed += 1;
        match self.weigh(reading, lead) {
            Some(estimate) => self.offer(reading, estimate),
            None => self.weighed < self.budget,
        }
    }

    /// The estimate of a reading. `None` when it comes up again under another lead.
    fn weigh(&self, reading: u32, lead: Option<Lead>) -> Option<f32> {
        let s = self.sought;
        let (mut total, mut of_query, mut of_listed) = (0.0f32, 0.0f32, 0.0f32);
        let (mut covered, mut half_weights) = (0u64, [0f32; 2 * 8]);
        let mut leads = false;
        for word in self.index.reading_words.row(reading) {
            let facts = &self.index.derived.words[*word as usize];
            total += facts.weight;
            let Some(mark) = s.mark(*word) else {
                if let Some(place) = s.initial(facts.first, covered) {
                    covered |= 1 << place;
                    of_query += INITIAL * s.wanted[place].weight;
                    of_listed += INITIAL * facts.weight;
                }
                continue;
            };
            if let Some(lead) = lead {
                if mark.bits & lead.done != 0 {
                    return None;
                }
                if !leads && mark.bits >> lead.bit & 1 != 0 {
                    if *word != lead.word {
                        return None;
                    }
                    leads = true;
                }
            }
            let free = mark.bits & !covered;
            if free == 0 {
                continue;
            }
            let at = free.trailing_zeros() as usize;
            if at < HALVES {
                let gain = s.covers(at) & !covered;
                covered |= gain | 1 << at;
                of_query += s.weight(gain) * mark.nearness;
                of_listed += facts.weight * mark.nearness;
            } else {
                covered |= 1 << at;
                half_weights[at - HALVES] = facts.weight * mark.nearness;
            }
        }
        for (split, whole) in s.halves.iter().enumerate() {
            if covered >> (HALVES + 2 * split) & 3 == 3 && covered >> whole & 1 == 0 {
                covered |= 1 << whole;
                of_query += s.wanted[usize::from(*whole)].weight;
                of_listed += half_weights[2 * split] + half_weights[2 * split + 1];
            }
        }
        Some(estimate(of_query / s.total.max(f32::MIN_POSITIVE), of_listed / total.max(f32::MIN_POSITIVE)))
    }
}

/// Under which word a reading came up, and the bits of groups that were wholly looked at before.
#[derive(Clone, Copy)]
struct Lead {
    word: u32,
    bit: u8,
    done: u64,
}

impl Sought {
    /// An initial of the query, not yet used, that may stand for a word with this first letter.
    fn initial(&self, first: u8, covered: u64) -> Option<usize> {
        let mut left = self.initials & !covered;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            if self.wanted[place].initial == Some(first) {
                return Some(place);
            }
            left &= left - 1;
        }
        None
    }
}

/// Greatest total weight of a reading that passes by one thing held, given its share of the query and its weight in the reading.
fn heaviest(of_query: f32, weight: f32, least: f32) -> Option<f32> {
    let of_query = of_query.min(1.0);
    // The listed share that is needed, when it is the smaller of the two and when it is the greater.
    let smaller = 2.0 * least / of_query - 1.0;
    if smaller <= 0.0 {
        return Some(f32::INFINITY);
    }
    let share = if smaller <= of_query { smaller } else { least / (0.5 + 0.5 * of_query) };
    (share <= 1.0).then_some(weight / share * 1.0001)
}

fn better(a: &Top, b: &Top) -> std::cmp::Ordering {
    b.estimate.total_cmp(&a.estimate).then(a.reading.cmp(&b.reading))
}

/// Leaves each reading once, with its best estimate.
fn unique(top: &mut Vec<Top>) {
    top.sort_unstable_by(|a, b| a.reading.cmp(&b.reading).then(b.estimate.total_cmp(&a.estimate)));
    top.dedup_by_key(|t| t.reading);
}

const _: () = assert!(JOINS >= super::expand::WORDS && HALVES - JOINS >= super::expand::WORDS - 1);
