//! Candidates: readings that hold enough of what is sought, without looking at most of those that hold some of it.
//!
//! What is held is told in two shares: of the query's weight and of the reading's. The estimate is `hi × (½ + ½ × lo)` of the two: a name
//! within a longer name keeps most of its estimate, two names that each have something of their own do not. What
//! a reading must hold to pass grows with its weight, and readings are numbered by weight: each list is read only up to the weight that it
//! and the longer lists can still carry (MaxScore, with a bound for every reading instead of one for all). So the lists of common words
//! are hardly read; they are bits, and are asked about readings that are found by rarer words, or by `and` of whole machine words.

use super::bytes::writing;
use super::expand::{HALVES, INITIAL, JOINS, Near, Sought, WORDS};
use super::rows::{Posted, bit};
use super::{Ask, Index, STRIDE, Scratch};
use crate::HIGHEST;
use crate::Name;

/// Candidates that are kept at least, for the judge to choose from.
const KEEP: usize = 32;
/// Readings that one query may weigh when it wants the best and not everything.
const WEIGHED: u32 = 250_000;
/// Readings that are added up at most, for the same reason.
const POSTINGS: usize = 4_000_000;
/// Machine words of common words that are looked at together.
const BLOCK: usize = 64;

/// What the judge says of an estimate is seldom more than `CEILING.0 + CEILING.1 × estimate`. Measured, not derived: of names that are
/// the same in truth, 99 in 100 keep below it; what lies above is mostly short words that meet by chance.
const CEILING: (f32, f32) = (-0.166, 2.2);

/// By how much the estimate of a name in the writing of the query must be better than that of another: words of another writing are found
/// by a few of their spellings, and too few of them.
const SAME_WRITING: f32 = 0.1;

/// Words that add no more than this share of the query are not looked up: every reading is taken to hold them until it is weighed.
const SLIGHT: f32 = 0.03;

/// The most that the judge may say of an estimate.
pub(super) fn ceiling(estimate: f32) -> f32 {
    (CEILING.0 + CEILING.1 * estimate).min(HIGHEST)
}

/// The least estimate with which a score can reach the floor.
fn needed(floor: f32) -> f32 {
    if floor <= 0.0 { 0.0 } else { ((floor - CEILING.0) / CEILING.1).clamp(0.0, 0.45) }
}

/// The estimate of two shares.
pub(super) fn estimate(of_query: f32, of_listed: f32) -> f32 {
    let (hi, lo) = if of_query > of_listed { (of_query, of_listed) } else { (of_listed, of_query) };
    at_most_one(hi) * (0.5 + 0.5 * at_most_one(lo))
}

/// `min` without a rule for what is no number, which takes four times as long.
fn at_most_one(share: f32) -> f32 {
    if share < 1.0 { share } else { 1.0 }
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
    lines: Vec<Line>,
    /// By reading: what it holds, of the query's weight and its own, in hundredths of the former; all 0 between queries.
    held: Vec<[u8; 2]>,
    /// Readings that hold anything that is not common.
    hit: Vec<u32>,
    /// Readings that may pass, with the greatest estimate they may have.
    passing: Vec<Top>,
    touched: u32,
}

/// The list of one listed word near a bit.
#[derive(Clone, Copy, Default)]
struct Line {
    word: u32,
    count: u32,
    bit: u8,
    /// The most that it adds to either side.
    gain: Held,
    /// Readings before this must be looked at when they are in the writing of the query, and when they are in another.
    to: [u32; 2],
    /// What lists from this one on may add together, without the common ones.
    sparse: Held,
    /// Whether readings in another writing hold the word.
    far: bool,
}

impl Line {
    /// Readings before this must be read.
    fn end(&self) -> usize {
        self.to[usize::from(self.far)] as usize
    }
}

/// The common words near a query.
#[derive(Default)]
struct Commons<'a> {
    /// By the bit of the query word that each is near to.
    words: Vec<Common<'a>>,
    groups: Vec<CommonGroup>,
    /// What all together may add at most.
    all: Held,
    /// The seals of all.
    seal: u64,
}

#[derive(Clone, Copy)]
struct Common<'a> {
    bit: u8,
    /// Its readings.
    bits: &'a [u32],
    gain: Held,
    seal: u64,
}

/// The common words near one query word.
struct CommonGroup {
    bit: u8,
    from: usize,
    to: usize,
    /// Their seals together.
    seal: u64,
}

impl Commons<'_> {
    /// What a reading with this seal holds of them. Most hold none, which the seal says without a look at the bits of each word.
    fn held(&self, reading: u32, seal: u64) -> Held {
        let mut held = Held::default();
        for group in self.groups.iter().filter(|g| g.seal & seal != 0) {
            for word in self.words[group.from..group.to].iter().filter(|w| w.seal & seal != 0) {
                if bit(word.bits, reading) {
                    held = held.plus(word.gain);
                }
            }
        }
        held
    }
}

/// One gathering under way.
struct Gathering<'a, 'b> {
    index: &'a Index,
    ask: &'a Ask<'b>,
    sought: &'a Sought,
    top: &'a mut Vec<Top>,
    lines: &'a mut Vec<Line>,
    held: &'a mut Vec<[u8; 2]>,
    hit: &'a mut Vec<u32>,
    passing: &'a mut Vec<Top>,
    touched: &'a mut u32,
    /// Weight of one unit of `held`.
    unit: f32,
    /// One by the weight of the query.
    share: f32,
    /// What any reading may hold without being read under it: initials of the query, and words that count for little.
    free: Held,
    /// What the query is written in.
    written: u8,
    /// Least estimate that still matters; rises.
    least: f32,
    /// Least estimates of readings that the asker does not favour and of those that he does, in the writing of the query and in another.
    needed: [[f32; 2]; 2],
    keep: usize,
    weighed: u32,
    budget: u32,
}

impl Index {
    /// Fills `scratch.gathered` for what is sought: best first, then by id.
    pub(super) fn collect(&self, query: &Name, ask: &Ask<'_>, scratch: &mut Scratch) {
        let Gathered { top, lines, held, hit, passing, touched } = &mut scratch.gathered;
        top.clear();
        if ask.limit == 0 {
            return;
        }
        // Of foreign names the right one may stand far down.
        let keep = KEEP.max(ask.limit).saturating_mul(if super::is_foreign(query) { 2 * super::FOREIGN } else { 1 });
        let budget = if ask.lowest() > 0.0 { WEIGHED } else { u32::MAX };
        let least = needed(ask.lowest());
        let of_floor = |floor: f32| if needed(floor) > 0.0 { [needed(floor) + SAME_WRITING, needed(floor)] } else { [0.0; 2] };
        let sought = &scratch.sought;
        let (unit, free, weighed, written) = (0.0, Held::default(), 0, writing(query));
        let share = sought.total.max(f32::MIN_POSITIVE).recip();
        let mut g = Gathering {
            index: self,
            ask,
            sought,
            top,
            lines,
            held,
            hit,
            passing,
            touched,
            unit,
            share,
            free,
            written,
            least,
            needed: [ask.floor, ask.lowest()].map(of_floor),
            keep,
            weighed,
            budget,
        };
        g.joined();
        g.halves();
        if !g.perfect() {
            g.by_words();
        }
        scratch.effort.weighed = g.weighed;
        g.finish();
    }
}

impl<'a> Gathering<'a, '_> {
    /// Keeps a candidate if it is good enough. Returns whether the work may go on.
    fn offer(&mut self, reading: u32, estimate: f32) -> bool {
        if estimate >= self.needs(reading) && estimate > 0.0 && self.index.admits(reading, self.ask) {
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

    #[inline(never)]
    fn finish(&mut self) {
        unique(self.top);
        self.top.sort_unstable_by(better);
        self.top.truncate(self.keep);
    }

    /// Readings whose letters or consonants without spaces are those of the query.
    #[inline(never)]
    fn joined(&mut self) {
        for (at, sure) in [(0, 0.98), (1, 0.8)] {
            let Some(hash) = self.sought.joined[at] else { continue };
            let mut readings = Vec::new();
            self.index.joined.get(hash, |r| readings.push(r));
            for reading in readings.into_iter().take(self.keep) {
                let estimate = self.weigh(reading, None).map_or(sure, |e| e.max(sure));
                self.offer(reading, estimate);
            }
        }
    }

    /// Readings that hold both halves of a split word.
    #[inline(never)]
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
    #[inline(never)]
    fn perfect(&mut self) -> bool {
        let s = self.sought;
        let mut exact = [0u32; WORDS];
        for (bit, word) in exact.iter_mut().enumerate().take(s.wanted.len()) {
            let group = s.groups.iter().find(|g| usize::from(g.bit) == bit);
            match group.map(|g| s.near[g.from]) {
                Some(n) if n.nearness >= 1.0 => *word = n.word,
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
            if others.iter().all(|w| index.postings.get(*w).holds(r))
                && let Some(e) = self.weigh(r, None)
            {
                best += usize::from(e > 0.999 && index.admits(r, self.ask));
                self.offer(r, e);
            }
            best < self.keep
        });
        best >= self.keep
    }

    fn by_words(&mut self) {
        if self.least <= 0.0 {
            self.everything();
            return;
        }
        self.line_up();
        self.add_up();
        let commons = self.commons();
        self.common(&commons);
        self.rare(&commons);
        let mut passing = std::mem::take(self.passing);
        // The most promising first: when enough of them are good, most of the rest need not be looked at.
        let first = self.keep + self.keep / 2;
        let mut left = passing.as_mut_slice();
        while left.len() > first {
            best_to_front(left, first);
            let (some, rest) = left.split_at_mut(first);
            self.weigh_all(some);
            self.shrink();
            let end = move_to_front(rest, |p| p.estimate >= self.least);
            left = &mut rest[..end];
        }
        self.weigh_all(left);
        *self.passing = passing;
    }

    /// Every reading that holds anything sought.
    fn everything(&mut self) {
        let s = self.sought;
        for (at, group) in s.groups.iter().enumerate() {
            let done = s.groups[..at].iter().fold(0u64, |d, g| d | 1 << g.bit);
            for near in s.near[group.from..group.to].iter().filter(|n| n.leads) {
                let lead = Some(Lead { word: near.word, bit: near.bit, done });
                self.index.postings.get(near.word).range(0, u32::MAX, |r| self.weigh_and_offer(r, lead));
            }
        }
    }

    /// Lists by rising length, and how far each must be read: a reading beyond, of which this is the shortest list, is too heavy to pass
    /// even if it held the best of every word that has a longer list.
    #[inline(never)]
    fn line_up(&mut self) {
        let s = self.sought;
        let (index, lines) = (self.index, &mut *self.lines);
        lines.clear();
        let mut slight = [Held::default(); HALVES];
        for near in s.near.iter().filter(|n| usize::from(n.bit) < HALVES) {
            let bit = usize::from(near.bit);
            let facts = &index.derived.words[near.word as usize];
            let gain = Held { of_query: near.nearness * s.weight(s.covers(bit)), of_listed: near.nearness * facts.weight };
            if gain.of_query.max(gain.of_listed) <= SLIGHT * s.total {
                slight[bit].raise(gain);
                continue;
            }
            let far = facts.writings & !(1 << self.written) != 0;
            let count = index.postings.counts[near.word as usize];
            lines.push(Line { word: near.word, count, bit: near.bit, gain, far, ..Line::default() });
        }
        lines.sort_unstable_by_key(|l| (l.count, l.word, l.bit));
        self.unit = s.total / 100.0;
        // An initial of the query may stand for any word, even one that weighs 1.
        let initials = Held { of_query: INITIAL * s.weight(s.initials), of_listed: INITIAL * s.initials.count_ones() as f32 };
        self.free = slight.into_iter().fold(initials, Held::plus);
        let mut best = [Held::default(); HALVES];
        let (mut rest, mut sparse) = (self.free, self.free);
        let mut last = (None, [0; 2]);
        for line in lines.iter_mut().rev() {
            let more = best[usize::from(line.bit)].raise(line.gain);
            rest = rest.plus(more);
            if !matches!(index.postings.get(line.word), Posted::Bits(_)) {
                sparse = sparse.plus(more);
            }
            if last.0 != Some(rest) {
                let (share, least) = (self.share, self.least);
                let to = |least: f32| (index.derived.shares.partition_point(|t| rest.bound(share, *t) >= least) * STRIDE) as u32;
                last = (Some(rest), self.needed[1].map(|needed| to(least.max(needed))));
            }
            (line.to, line.sparse) = (last.1, sparse);
        }
    }

    /// Reads the lists that are not bits, as far as needed, and adds up what readings hold.
    #[inline(never)]
    fn add_up(&mut self) {
        let readings = self.index.postings.readings;
        if self.held.len() != readings {
            self.held.clear();
            self.held.resize(readings, [0, 0]);
        }
        let mut hits = 0;
        for line in &*self.lines {
            let Posted::List(list) = self.index.postings.get(line.word) else { continue };
            let units = line.gain.units(self.unit);
            let end = if line.end() >= readings { list.len() } else { list.partition_point(|r| (*r as usize) < line.end()) };
            let list = &list[..end.min(POSTINGS - hits)];
            if self.hit.len() < hits + list.len() {
                self.hit.resize(hits + list.len(), 0);
            }
            let (of_readings, hit) = (self.held.as_mut_slice(), self.hit.as_mut_slice());
            for r in list {
                let held = &mut of_readings[*r as usize];
                // Written in any case, counted if new: a branch here would be guessed wrongly too often.
                hit[hits] = *r;
                hits += usize::from(*held == [0, 0]);
                *held = [held[0].saturating_add(units[0]), held[1].saturating_add(units[1])];
            }
        }
        self.hit.truncate(hits);
    }

    /// The common words: their bits, what each adds, and what all together may add at most.
    fn commons(&self) -> Commons<'a> {
        let index = self.index;
        let mut commons = Commons::default();
        let mut best = [Held::default(); HALVES];
        for line in &*self.lines {
            if let Posted::Bits(bits) = index.postings.get(line.word) {
                commons.words.push(Common { bit: line.bit, bits, gain: line.gain, seal: seal(line.word) });
                best[usize::from(line.bit)].raise(line.gain);
            }
        }
        commons.words.sort_by_key(|w| w.bit);
        for (at, word) in commons.words.iter().enumerate() {
            match commons.groups.last_mut().filter(|g| g.bit == word.bit) {
                Some(group) => (group.to, group.seal) = (at + 1, group.seal | word.seal),
                None => commons.groups.push(CommonGroup { bit: word.bit, from: at, to: at + 1, seal: word.seal }),
            }
        }
        commons.all = best.into_iter().fold(Held::default(), Held::plus);
        commons.seal = commons.words.iter().fold(0, |seal, word| seal | word.seal);
        commons
    }

    /// Readings that hold only common words, which are bits: those that hold two, or one where one may be enough.
    #[inline(never)]
    fn common(&mut self, commons: &Commons<'a>) {
        let index = self.index;
        let mut greatest = Held::default();
        for word in &commons.words {
            greatest.raise(word.gain);
        }
        let (greatest, all) = (greatest.plus(self.free), commons.all.plus(self.free));
        self.passing.clear();
        let mut block = 0;
        let [least_of_all, least_of_favoured] = self.needed.map(|[_, other_writing]| other_writing.max(self.least));
        let share = self.share;
        let bound = |held: Held, block: usize| held.bound(share, index.derived.shares[block * 32 / STRIDE]);
        while block * 32 < index.postings.readings && !commons.words.is_empty() && bound(all, block) >= least_of_favoured {
            let alone = bound(greatest, block) >= least_of_favoured;
            // Heavier readings need more, so where one is not enough it will not be.
            if !alone && commons.words.len() < 2 {
                break;
            }
            // From where on only the favoured can pass.
            let favoured = self.ask.favoured.filter(|_| bound(all, block) < least_of_all);
            let width = BLOCK.min(index.postings.readings.div_ceil(32) - block);
            let (mut once, mut twice) = ([0u32; BLOCK], [0u32; BLOCK]);
            for Common { bits, .. } in &commons.words {
                for ((one, two), b) in once.iter_mut().zip(&mut twice).zip(&bits[block..block + width]) {
                    *two |= *one & b;
                    *one |= b;
                }
            }
            for (at, word) in (if alone { once } else { twice }).into_iter().enumerate() {
                let mut left = favoured.map_or(word, |f| word & f.readings.bits(block + at));
                while left != 0 {
                    let r = ((block + at) as u32) << 5 | left.trailing_zeros();
                    left &= left - 1;
                    if self.held[r as usize] == [0, 0] {
                        self.pass(r, self.free, commons, all);
                    }
                }
            }
            block += BLOCK;
        }
    }

    /// Readings that hold a word that is not common: with what the lists not read so far may add, and the common words they do hold.
    #[inline(never)]
    fn rare(&mut self, commons: &Commons<'a>) {
        let all = commons.all;
        let mut steps: Vec<([u32; 2], Held)> = Vec::new();
        for line in &*self.lines {
            if steps.last().is_none_or(|s| s.0 != line.to) {
                steps.push((line.to, line.sparse));
            }
        }
        steps.push(([0; 2], self.free));
        let at_stride = self.steps_by_stride(&steps);
        let needed = self.needed.map(|writings| writings.map(|needed| needed.max(self.least)));
        let weights: [f32; 256] = std::array::from_fn(|units| weight_of(units as u8, self.unit));
        let (index, of_query) = (self.index, self.share);
        let hit = std::mem::take(self.hit);
        for r in hit.iter().copied() {
            let [query, listed] = std::mem::take(&mut self.held[r as usize]).map(|units| weights[usize::from(units)]);
            let other = usize::from(self.other_writing(r));
            let stride = r as usize / STRIDE;
            let held = Held { of_query: query, of_listed: listed }.plus(steps[usize::from(at_stride[other][stride])].1);
            // Most hold none of the common words.
            if commons.seal & index.derived.seals[r as usize] != 0 {
                self.pass(r, held, commons, held.plus(all));
                continue;
            }
            let estimate = held.bound(of_query, index.derived.shares[stride]);
            if estimate >= needed[usize::from(self.favours(r))][other] {
                self.passing.push(Top { reading: r, estimate });
            }
        }
        *self.hit = hit;
    }

    /// Which step says what lists that were not read so far may add to the readings of each stride: in the writing of the query, and in another.
    /// A number of two bytes is filled in far faster than what it stands for.
    fn steps_by_stride(&self, steps: &[([u32; 2], Held)]) -> [Vec<u16>; 2] {
        let strides = self.index.derived.strides.len();
        [0, 1].map(|other| {
            let mut all = Vec::with_capacity(strides);
            // The later a list, the less far it was read.
            for at in (0..steps.len()).rev() {
                // Readings from where this list ends up to where the one before it does.
                let end = if at == 0 { strides } else { (steps[at - 1].0[other] as usize / STRIDE).min(strides) };
                if end > all.len() {
                    all.resize(end, at as u16);
                }
            }
            all
        })
    }

    /// Whether a reading is written otherwise than the query.
    fn other_writing(&self, reading: u32) -> bool {
        self.index.reading_kinds[reading as usize] >> 6 != self.written
    }

    /// Whether the asker wants a reading from a lower score on.
    fn favours(&self, reading: u32) -> bool {
        self.ask.favoured.is_some_and(|f| f.readings.holds(reading))
    }

    /// The least estimate with which a reading is of use.
    fn needs(&self, reading: u32) -> f32 {
        self.least.max(self.needed[usize::from(self.favours(reading))][usize::from(self.other_writing(reading))])
    }

    /// Notes a reading that can pass with what it may hold and the common words it does hold. `most` is what it holds if it holds all
    /// common words.
    fn pass(&mut self, reading: u32, held: Held, commons: &Commons<'_>, most: Held) {
        let (of_query, of_listed) = (self.share, self.index.derived.shares[reading as usize / STRIDE]);
        let (least, seal) = (self.needs(reading), self.index.derived.seals[reading as usize]);
        // Most hold none of the common words.
        let estimate = if commons.seal & seal == 0 {
            held.bound(of_query, of_listed)
        } else if most.bound(of_query, of_listed) >= least {
            held.plus(commons.held(reading, seal)).bound(of_query, of_listed)
        } else {
            return;
        };
        if estimate >= least {
            self.passing.push(Top { reading, estimate });
        }
    }

    /// Weighs the readings that may pass. What will be looked at is first touched for many together: the processor then waits for all of
    /// it at once, where one reading after the other would wait four times each.
    fn weigh_all(&mut self, readings: &[Top]) {
        let rows = &self.index.reading_words;
        for some in readings.chunks(32) {
            let mut touched = 0;
            for r in some {
                touched ^= rows.items.get(rows.starts[r.reading as usize] as usize).copied().unwrap_or(0);
                touched ^= self.index.derived.totals[r.reading as usize].to_bits();
            }
            for r in some {
                for word in rows.row(r.reading) {
                    touched ^= u32::from(self.sought.touch(*word));
                }
            }
            *self.touched ^= touched;
            if !some.iter().all(|r| self.weigh_and_offer(r.reading, None)) {
                return;
            }
        }
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
        let mut tally = Tally { total: self.index.derived.totals[reading as usize], ..Tally::default() };
        let (mut halves, mut half_weights) = (0u64, [0f32; 2 * 8]);
        let mut leads = false;
        for word in self.index.reading_words.row(reading) {
            let Some(mark) = s.mark(*word) else {
                if s.initials != 0 {
                    let facts = &self.index.derived.words[*word as usize];
                    tally.hold(s, s.stand_for(facts.first), INITIAL, facts.weight);
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
            tally.hold(s, mark.bits, mark.nearness, mark.weight);
            if mark.bits >> HALVES != 0 {
                halves |= mark.bits >> HALVES;
                half_weights[(mark.bits >> HALVES).trailing_zeros() as usize] = mark.weight * mark.nearness;
            }
        }
        for (split, whole) in s.halves.iter().enumerate() {
            if halves >> (2 * split) & 3 == 3 {
                tally.hold(s, 1 << whole, 0.97, half_weights[2 * split] + half_weights[2 * split + 1]);
            }
        }
        Some(tally.estimate(s))
    }
}

/// What a reading holds, word by word. A listed word may stand for several of the query and several for one: an upper bound of every
/// assignment of one to the other, and simpler than any.
#[derive(Default)]
pub(super) struct Tally {
    /// By query word: how near the nearest listed word is.
    best: [f32; WORDS],
    pub(super) of_query: f32,
    pub(super) of_listed: f32,
    pub(super) total: f32,
}

impl Tally {
    /// A listed word of this weight is this near to what the bits stand for.
    pub(super) fn hold(&mut self, s: &Sought, bits: u64, nearness: f32, weight: f32) {
        let mut left = (bits & 0xffff) | (bits >> JOINS & 0xffff) | (bits >> JOINS & 0xffff) << 1;
        if left == 0 {
            return;
        }
        self.of_listed += nearness * weight;
        while left != 0 {
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            if let (Some(best), Some(wanted)) = (self.best.get_mut(bit), s.wanted.get(bit)) {
                let more = (nearness - *best).max(0.0);
                *best += more;
                self.of_query += more * wanted.weight;
            }
        }
    }

    pub(super) fn estimate(&self, s: &Sought) -> f32 {
        estimate(self.of_query / s.total.max(f32::MIN_POSITIVE), self.of_listed / self.total.max(f32::MIN_POSITIVE))
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
    /// Bits of the initials of the query that may stand for a word with this first letter.
    pub(super) fn stand_for(&self, first: u8) -> u64 {
        let (mut left, mut bits) = (self.initials, 0);
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            bits |= u64::from(self.wanted[bit as usize].initial == Some(first)) << bit;
        }
        bits
    }
}

/// Weight that is held: of the query's words, and of the reading's. They differ when a common word is near a rare one.
#[derive(Clone, Copy, PartialEq, Default)]
struct Held {
    of_query: f32,
    of_listed: f32,
}

impl Held {
    #[inline]
    fn plus(self, more: Held) -> Held {
        Held { of_query: self.of_query + more.of_query, of_listed: self.of_listed + more.of_listed }
    }

    /// Becomes the greater on either side; returns by how much.
    fn raise(&mut self, to: Held) -> Held {
        let more = Held { of_query: (to.of_query - self.of_query).max(0.0), of_listed: (to.of_listed - self.of_listed).max(0.0) };
        *self = self.plus(more);
        more
    }

    /// In units, rounded up; what does not fit is no limit: see [`weight_of`].
    fn units(self, unit: f32) -> [u8; 2] {
        [self.of_query, self.of_listed].map(|w| (w / unit).ceil().clamp(1.0, 255.0) as u8)
    }

    /// The greatest estimate of a reading; given are one by the weight of the query and one by its total weight.
    fn bound(self, of_query: f32, of_listed: f32) -> f32 {
        // Rounding must not lose a reading that just passes.
        estimate(self.of_query * of_query, self.of_listed * of_listed) + 1e-4
    }
}

/// The weight of so many units.
fn weight_of(units: u8, unit: f32) -> f32 {
    if units == u8::MAX { f32::INFINITY } else { f32::from(units) * unit }
}

/// The bit that a common word sets in the seal of each reading that holds it. Words are numbered by falling frequency, so the commonest
/// share none.
pub(super) fn seal(word: u32) -> u64 {
    1 << (word % 64)
}

/// Moves the best `count` of more readings to the front. Most are told apart by whole steps, which is far cheaper than to put them in order.
fn best_to_front(readings: &mut [Top], count: usize) {
    // From a quarter to one the upper bits of a number count 64 steps.
    const STEPS: usize = 65;
    const BITS: u32 = 18;
    let base = 0.25_f32.to_bits() >> BITS;
    let step = |reading: &Top| ((reading.estimate.to_bits() >> BITS).saturating_sub(base) as usize).min(STEPS - 1);
    let mut counts = [0; STEPS];
    for reading in &*readings {
        counts[step(reading)] += 1;
    }
    let (mut last, mut sum) = (STEPS - 1, counts[STEPS - 1]);
    while sum <= count && last > 0 {
        last -= 1;
        sum += counts[last];
    }
    let sure = move_to_front(readings, |r| step(r) > last);
    let rest = &mut readings[sure..];
    let end = move_to_front(rest, |r| step(r) == last);
    if count - sure < end {
        rest[..end].select_nth_unstable_by(count - sure, better);
    }
}

/// Moves the items that fit to the front, in no order; returns how many they are.
fn move_to_front<T>(items: &mut [T], fits: impl Fn(&T) -> bool) -> usize {
    let mut kept = 0;
    for at in 0..items.len() {
        if fits(&items[at]) {
            items.swap(at, kept);
            kept += 1;
        }
    }
    kept
}

fn better(a: &Top, b: &Top) -> std::cmp::Ordering {
    b.estimate.total_cmp(&a.estimate).then(a.reading.cmp(&b.reading))
}

/// Leaves each reading once, with its best estimate.
fn unique(top: &mut Vec<Top>) {
    top.sort_unstable_by(|a, b| a.reading.cmp(&b.reading).then(b.estimate.total_cmp(&a.estimate)));
    top.dedup_by_key(|t| t.reading);
}

const _: () = assert!(JOINS == 16 && WORDS <= JOINS && HALVES == 2 * JOINS);

#[cfg(test)]
mod tests {
    use super::{Top, best_to_front, better};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_best_are_in_front(estimates in prop::collection::vec(prop_oneof![0.0f32..1.1, Just(0.5), Just(0.25)], 2..300), count in any::<prop::sample::Index>()) {
            let mut readings: Vec<Top> = estimates.iter().zip(0..).map(|(e, reading)| Top { reading, estimate: *e }).collect();
            let count = count.index(readings.len());
            let mut sorted = readings.clone();
            sorted.sort_unstable_by(better);
            best_to_front(&mut readings, count);
            readings[..count].sort_unstable_by(better);
            let ids = |tops: &[Top]| tops[..count].iter().map(|t| t.reading).collect::<Vec<_>>();
            prop_assert_eq!(ids(&readings), ids(&sorted));
        }
    }
}
