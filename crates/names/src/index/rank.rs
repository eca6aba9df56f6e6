//! The exact judgement of the few candidates left, best upper bound first, until no other can be among the best.

use super::bytes::writing;
use super::expand::{INITIAL, Sought, Wanted};
use super::gather::{Tally, ceiling};
use super::known::{self, KnownWords, Ties};
use super::words::ListedWord;
use super::{Ask, Found, Index, Scratch, WordFacts};
use crate::align::Pairs;
use crate::score::judge_by;
use crate::sketch::{Quick, Sketch, quick, quick_run};
use crate::tie::{Parts, tie_by_parts, tie_run_by_parts};
use crate::tokens::MOST_WORDS;
use crate::{BuiltIn, Name, Tie, Word};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Likeness that two words must have at least to be worth a bound, when they met under no key.
const UNSEEN: f32 = 0.6;

/// What the estimate of a name in another writing is lower by: its words are found by a few of their spellings.
const OTHER_WRITING: f32 = 0.15;

/// So many misses one after the other, in falling order of what may be reached, and no more are judged.
const PATIENCE: f32 = 8.0;
/// What a candidate that is nearly good enough counts as a miss.
const NEARLY: f32 = 0.25;

/// What judging needs from query to query.
#[derive(Default)]
pub(super) struct Bench {
    pub(super) found: Vec<Found>,
    /// Estimates, and places among the candidates.
    bounds: Vec<(f32, u32)>,
    listed: Name,
    runs: RefCell<Ties>,
    /// Places of the query's words among the known ones.
    places: Vec<u32>,
    /// Place of each owner in `found`.
    owners: BTreeMap<u32, u32>,
    scores: Vec<f32>,
    /// What is quickly known of the query's words.
    asked: Vec<Sketch>,
}

/// Ties with one listed name, of which those that were met before are remembered.
struct Remembered<'a, 'b> {
    known: &'a RefCell<&'b mut KnownWords>,
    /// Ties of several words of the query written as one, which hardly come again in another query, and of single ones for which there is no room.
    runs: &'a RefCell<Ties>,
    /// Places of the query's words among the known ones.
    places: &'a [u32],
    query: &'a Name,
    listed: &'a Name,
    reading: u32,
    /// The listed words by their ids.
    words: &'a [u32],
    /// What is quickly known of the words of both.
    asked: &'a [Sketch],
    told: &'a [&'a ListedWord],
    /// How many ties were worked out.
    made: &'a Cell<u32>,
}

impl Remembered<'_, '_> {
    fn made(&self, tie: Tie) -> Tie {
        self.made.set(self.made.get() + 1);
        tie
    }
}

impl Pairs for Remembered<'_, '_> {
    fn tie(&self, i: usize, j: usize) -> Tie {
        let (mut known, mut more) = (self.known.borrow_mut(), self.runs.borrow_mut());
        let (known, key) = (known.word(self.places[i] as usize), known::listed(self.words[j]));
        if let Some(tie) = known.found(key) {
            return tie;
        }
        let (query, listed) = (&self.query.words[i], &self.listed.words[j]);
        match quick(query, listed, &self.asked[i], self.told[j].as_ref()) {
            Quick::Tie(tie) => tie,
            Quick::Open(parts) => {
                let make = || self.made(tie_by_parts(query, listed, parts));
                known.tie(key, make).unwrap_or_else(|| more.get(known::pair(self.words[j], i), usize::MAX, make))
            }
        }
    }

    fn tie_run(&self, run: &[Arc<Word>], from: usize, j: usize) -> Tie {
        let parts = quick_run(run, &self.asked[from..from + run.len()], &self.listed.words[j], self.told[j].as_ref());
        if parts == Parts::NONE {
            return Tie::NOT;
        }
        let key = ((run.len() * MOST_WORDS + from) as u64) << 32 | known::listed(self.words[j]);
        self.runs.borrow_mut().get(key, usize::MAX, || self.made(tie_run_by_parts(run, &self.listed.words[j], parts)))
    }

    fn tie_listed_run(&self, run: &[Arc<Word>], from: usize, i: usize) -> Tie {
        let parts = quick_run(run, &self.told[from..from + run.len()], &self.query.words[i], &self.asked[i]);
        if parts == Parts::NONE {
            return Tie::NOT;
        }
        let make = || self.made(tie_run_by_parts(run, &self.query.words[i], parts));
        let key = known::listed_run(self.reading, from, run.len());
        self.known.borrow_mut().word(self.places[i] as usize).tie(key, make).unwrap_or_else(make)
    }
}

impl Index {
    /// Judges the gathered candidates into `scratch.bench.found`.
    pub(super) fn rank(&self, query: &Name, ask: &Ask<'_>, scratch: &mut Scratch) {
        scratch.bench.found.clear();
        scratch.bench.owners.clear();
        scratch.bench.runs.get_mut().clear();
        scratch.bench.places.clear();
        scratch.bench.places.extend(query.words.iter().take(MOST_WORDS).map(|w| scratch.known.place(w) as u32));
        scratch.bench.asked.clear();
        for place in &scratch.bench.places {
            scratch.bench.asked.push(scratch.known.word(*place as usize).sketch);
        }
        self.bounds(query, scratch);
        let mut told = Vec::new();
        let patience = match ask.lowest() > 0.0 {
            true if super::is_foreign(query) => PATIENCE * super::FOREIGN as f32,
            true => PATIENCE,
            false => f32::MAX,
        };
        let Bench { found, bounds, listed, runs, places, owners, scores, asked } = &mut scratch.bench;
        let made = Cell::new(0);
        let known = RefCell::new(&mut scratch.known);
        let (mut judged, mut misses) = (0, [0.0; 2]);
        for (estimate, at) in &*bounds {
            let bound = ceiling(*estimate);
            if bound < ask.lowest() || bound <= nth(found, ask.limit, scores) || misses.iter().all(|m| *m >= patience) {
                break;
            }
            let reading = scratch.gathered.top[*at as usize].reading;
            // Those that the asker favours and the others are told apart here, too, so that nobody is missed for the favour that another has.
            let floor = ask.floor_of(reading);
            let misses = &mut misses[usize::from(floor < ask.floor)];
            if bound < floor || *misses >= patience {
                continue;
            }
            self.listed(reading, listed);
            let words = self.reading_words.row(reading);
            self.sketches(reading, &mut told);
            let pairs = Remembered { known: &known, runs, places, query, listed, reading, words, asked, told: &told, made: &made };
            let score = judge_by(query, listed, &pairs, &BuiltIn).score;
            judged += 1;
            *misses += if score >= floor / 2.0 { NEARLY } else { 1.0 };
            if score >= floor {
                *misses = 0.0;
                self.put(reading, score, ask, found, owners);
            }
        }
        found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        found.truncate(ask.limit);
        scratch.effort.judged = judged;
        scratch.effort.tied = made.get();
    }

    /// Adds the owners of a reading's names, each with its best name: a better score, then a name that is not weak, then the first.
    fn put(&self, reading: u32, score: f32, ask: &Ask<'_>, found: &mut Vec<Found>, owners: &mut BTreeMap<u32, u32>) {
        let mut new = 0;
        for entry in self.reading_entries.row(reading) {
            let owner = self.entry_owners[*entry as usize];
            if ask.accept.is_some_and(|accept| !accept(owner, *entry)) {
                continue;
            }
            let this = Found { entry: *entry, owner, score, weak: self.entry_weak[*entry as usize] != 0 };
            let place = *owners.entry(owner).or_insert(found.len() as u32) as usize;
            if let Some(other) = found.get_mut(place) {
                if (this.score, other.weak, other.entry) > (other.score, this.weak, this.entry) {
                    *other = this;
                }
            } else {
                found.push(this);
                new += 1;
            }
            // More of the same score could not come before these.
            if new >= ask.limit {
                break;
            }
        }
    }

    /// Upper bounds of the candidates, best first. Beyond the estimate they allow for words that are like by their letters though they
    /// met under no key; that is too dear to ask of every reading weighed.
    #[inline(never)]
    fn bounds(&self, query: &Name, scratch: &mut Scratch) {
        let bounds = &mut scratch.bench.bounds;
        bounds.clear();
        let written = writing(query);
        for (at, top) in scratch.gathered.top.iter().enumerate() {
            let foreign = self.reading_kinds[top.reading as usize] >> 6 != written;
            let more = if foreign { OTHER_WRITING } else { 0.0 };
            bounds.push((top.estimate.max(self.hopeful(top.reading, &scratch.sought)) + more, at as u32));
        }
        bounds.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    }

    /// The estimate of a reading if every listed word that met none were as near to some word of the query as their letters allow.
    fn hopeful(&self, reading: u32, s: &Sought) -> f32 {
        let mut tally = Tally::default();
        for word in self.reading_words.row(reading) {
            let facts = &self.derived.words[*word as usize];
            tally.total += facts.weight;
            if let Some(mark) = s.mark(*word).filter(|m| m.bits & 0xffff_ffff != 0) {
                tally.hold(s, mark.bits, mark.nearness, facts.weight);
                continue;
            }
            let best = s.wanted.iter().enumerate().map(|(bit, w)| (likest(w, facts), bit));
            if let Some((like, bit)) = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).filter(|b| b.0 > 0.0) {
                tally.hold(s, 1 << bit, like, facts.weight);
            }
        }
        tally.estimate(s)
    }
}

/// The most that two words can be alike, judged by which letters they have and how long they are.
fn likest(wanted: &Wanted, facts: &WordFacts) -> f32 {
    if wanted.initial.is_some() || facts.longest <= 1 {
        let initial = wanted.initial.is_some() || facts.longest == 1;
        return if initial && wanted.first == facts.first { INITIAL } else { 0.0 };
    }
    let (shortest, longest) = (usize::from(facts.shortest), usize::from(facts.longest));
    let apart = wanted.shortest.saturating_sub(longest).max(shortest.saturating_sub(wanted.longest));
    let missing = (wanted.letters & !facts.letters).count_ones().max((facts.letters & !wanted.letters).count_ones());
    let edits = (missing as usize).max(apart).max(1);
    let like = 1.0 - edits as f32 / wanted.longest.max(longest) as f32;
    if like < UNSEEN { 0.0 } else { like }
}

/// The score that a further owner must beat.
fn nth(found: &[Found], limit: usize, scores: &mut Vec<f32>) -> f32 {
    if found.len() < limit || limit == 0 {
        return 0.0;
    }
    scores.clear();
    scores.extend(found.iter().map(|f| f.score));
    *scores.select_nth_unstable_by(limit - 1, |a, b| b.total_cmp(a)).1
}
