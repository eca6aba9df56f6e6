//! Building an index: words and forms get numbers, names with the same words become one reading, keys are laid out.

use super::keys::{self, Keys};
use super::near::outline;
use super::rows::{Blobs, Posted, Postings, Rows, Texts};
use super::words::{self, weight};
use super::{Derived, Index, STRIDE, WordFacts, bytes};
use crate::{Kind, Name, Word};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Collects names; [`Builder::build`] makes the index. Entries are numbered in the order of adding.
pub struct Builder {
    form_ids: HashMap<Box<str>, u32>,
    forms: Texts,
    /// By everything that is known of the word, packed.
    word_ids: HashMap<Box<[u8]>, u32>,
    word_forms: Rows,
    form_costs: Vec<f32>,
    word_data: Blobs,
    word_weights: Vec<f32>,
    entry_words: Rows,
    entry_kinds: Vec<u8>,
    entry_owners: Vec<u32>,
    entry_weak: Vec<u8>,
    entry_texts: Texts,
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

impl Builder {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Builder {
        Builder {
            form_ids: HashMap::new(),
            forms: Texts::new(),
            word_ids: HashMap::new(),
            word_forms: Rows::new(),
            form_costs: Vec::new(),
            word_data: Blobs::new(),
            word_weights: Vec::new(),
            entry_words: Rows::new(),
            entry_kinds: Vec::new(),
            entry_owners: Vec::new(),
            entry_weak: Vec::new(),
            entry_texts: Texts::new(),
        }
    }

    /// Adds one name of an owner. A name without letters becomes an entry that is never found.
    pub fn add(&mut self, text: &str, kind: Option<Kind>, owner: u32, weak: bool) {
        let name = Name::read(text, kind);
        for word in &name.words {
            let id = self.word(word);
            self.entry_words.items.push(id);
        }
        self.entry_words.starts.push(self.entry_words.items.len() as u32);
        self.entry_kinds.push(bytes::kinds_code(kind, &name));
        self.entry_owners.push(owner);
        self.entry_weak.push(u8::from(weak));
        self.entry_texts.push(text);
    }

    fn word(&mut self, word: &Word) -> u32 {
        let packed = words::pack(word);
        if let Some(id) = self.word_ids.get(packed.as_slice()) {
            return *id;
        }
        let id = self.word_data.len() as u32;
        self.word_data.push(&packed);
        self.word_weights.push(weight(word));
        self.word_ids.insert(packed.into(), id);
        words::keys(word, |text, cost| {
            let next = self.form_ids.len() as u32;
            let form = *self.form_ids.entry(text.into()).or_insert(next);
            if form == next {
                self.forms.push(text);
            }
            self.word_forms.items.push(form);
            self.form_costs.push(cost);
        });
        self.word_forms.starts.push(self.word_forms.items.len() as u32);
        id
    }

    /// The index of all names added.
    #[must_use]
    pub fn build(mut self) -> Index {
        self.form_ids = HashMap::new();
        self.word_ids = HashMap::new();
        self.by_frequency();
        let (reading_words, reading_kinds, entry_readings) = self.readings();
        let readings = reading_kinds.len();
        let postings = {
            let holds = (0..readings as u32).flat_map(|r| {
                let row = reading_words.row(r);
                row.iter().enumerate().filter(|(at, w)| !row[..*at].contains(w)).map(move |(_, w)| (*w, r))
            });
            Postings::build(&Rows::gather(self.word_data.len(), holds), readings)
        };
        let pairs = (0..self.word_data.len() as u32).flat_map(|w| self.word_forms.row(w).iter().map(move |f| (*f, w)));
        let form_words = Rows::gather(self.forms.len(), pairs);
        let (deletes, sounds) = form_keys(&self.forms);
        let joined = joined_keys(&self.forms, &self.word_forms, &reading_words);
        let entries = entry_readings.iter().enumerate().map(|(e, r)| (*r, e as u32));
        let mut index = Index {
            form_words,
            deletes,
            sounds,
            postings,
            reading_entries: Rows::gather(readings, entries),
            reading_words,
            reading_kinds,
            joined,
            entry_readings,
            forms: self.forms,
            word_forms: self.word_forms,
            form_costs: self.form_costs,
            word_data: self.word_data,
            word_weights: self.word_weights,
            entry_owners: self.entry_owners,
            entry_weak: self.entry_weak,
            entry_texts: self.entry_texts,
            derived: Derived::default(),
        };
        index.derived = Derived::of(&index);
        index
    }

    /// Renumbers words and forms by falling frequency: what is looked at often lies together.
    fn by_frequency(&mut self) {
        let mut counts = vec![0u32; self.word_data.len()];
        for w in &self.entry_words.items {
            counts[*w as usize] += 1;
        }
        let mut order: Vec<u32> = (0..counts.len() as u32).collect();
        order.sort_by_key(|w| Reverse(counts[*w as usize]));
        let mut form_order = Vec::with_capacity(self.forms.len());
        let mut form_number = vec![u32::MAX; self.forms.len()];
        let mut word_number = vec![0; order.len()];
        let (mut word_forms, mut form_costs, mut word_data, mut word_weights) = (Rows::new(), Vec::new(), Blobs::new(), Vec::new());
        for (number, w) in order.iter().enumerate() {
            word_number[*w as usize] = number as u32;
            for f in self.word_forms.row(*w) {
                if form_number[*f as usize] == u32::MAX {
                    form_number[*f as usize] = form_order.len() as u32;
                    form_order.push(*f);
                }
            }
            word_forms.push(self.word_forms.row(*w).iter().map(|f| form_number[*f as usize]));
            let (from, to) = (self.word_forms.starts[*w as usize], self.word_forms.starts[*w as usize + 1]);
            form_costs.extend_from_slice(&self.form_costs[from as usize..to as usize]);
            word_data.push(self.word_data.get(*w));
            word_weights.push(self.word_weights[*w as usize]);
        }
        let mut forms = Texts::new();
        form_order.iter().for_each(|f| forms.push(self.forms.get(*f)));
        self.entry_words.items.iter_mut().for_each(|w| *w = word_number[*w as usize]);
        (self.forms, self.word_forms, self.form_costs) = (forms, word_forms, form_costs);
        (self.word_data, self.word_weights) = (word_data, word_weights);
    }

    /// Words and kinds of the distinct readings, by rising weight, and the reading of each entry.
    fn readings(&self) -> (Rows, Vec<u8>, Vec<u32>) {
        let row = |e: u32| self.entry_words.row(e);
        let kind = |e: u32| self.entry_kinds[e as usize];
        let same = |a: u32, b: u32| kind(a) == kind(b) && row(a) == row(b);
        let mut keyed: Vec<(u64, u32)> = (0..self.entry_kinds.len() as u32)
            .map(|e| (keys::whole(row(e).iter().flat_map(|w| w.to_le_bytes()).chain([kind(e)])), e))
            .collect();
        keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| row(a.1).cmp(row(b.1))).then((kind(a.1), a.1).cmp(&(kind(b.1), b.1))));
        // First entry of each reading, and for each entry the place of its reading among them.
        let mut firsts: Vec<u32> = Vec::new();
        let mut entry_readings = vec![0u32; self.entry_kinds.len()];
        for (_, e) in &keyed {
            if firsts.last().is_none_or(|first| !same(*first, *e)) {
                firsts.push(*e);
            }
            entry_readings[*e as usize] = firsts.len() as u32 - 1;
        }
        let total = |e: u32| -> f32 { row(e).iter().map(|w| self.word_weights[*w as usize]).sum() };
        let mut order: Vec<(f32, u32)> = firsts.iter().enumerate().map(|(at, e)| (total(*e), at as u32)).collect();
        order.sort_unstable_by(|a, b| {
            let (x, y) = (firsts[a.1 as usize], firsts[b.1 as usize]);
            a.0.total_cmp(&b.0).then_with(|| row(x).cmp(row(y))).then(x.cmp(&y))
        });
        let mut number = vec![0u32; order.len()];
        let (mut words, mut kinds) = (Rows::new(), Vec::with_capacity(order.len()));
        for (at, (_, old)) in order.iter().enumerate() {
            number[*old as usize] = at as u32;
            let first = firsts[*old as usize];
            words.push(row(first).iter().copied());
            kinds.push(kind(first));
        }
        entry_readings.iter_mut().for_each(|r| *r = number[*r as usize]);
        (words, kinds, entry_readings)
    }
}

fn form_counts(forms: usize, word_forms: &Rows, word_counts: &[u32]) -> Vec<u32> {
    let mut counts = vec![0u32; forms];
    for (w, count) in word_counts.iter().enumerate() {
        for f in word_forms.row(w as u32) {
            counts[*f as usize] = counts[*f as usize].saturating_add(*count);
        }
    }
    counts
}

fn form_keys(forms: &Texts) -> (Keys, Keys) {
    let (mut deletes, mut sounds) = (Vec::new(), Vec::new());
    for f in 0..forms.len() as u32 {
        let form = forms.bytes(f);
        if words::is_class(form) {
            // Nobody misspells a class.
            deletes.push((keys::whole(form.iter().copied()), f));
            continue;
        }
        keys::deletes(form, |hash| deletes.push((hash, f)));
        let (hash, classes) = keys::sound(form.iter().copied());
        if classes >= 2 {
            sounds.push((hash, f));
        }
    }
    (Keys::build(&deletes, forms.len()), Keys::build(&sounds, forms.len()))
}

/// Fewest sound classes of a whole name by which it is found.
pub(super) const JOINED_CLASSES: usize = 5;

fn joined_keys(forms: &Texts, word_forms: &Rows, readings: &Rows) -> Keys {
    let mut pairs = Vec::new();
    for r in 0..readings.len() as u32 {
        let letters = || readings.row(r).iter().filter_map(|w| word_forms.row(*w).first()).flat_map(|f| forms.bytes(*f)).copied();
        pairs.push((keys::whole(letters()), r));
        let (hash, classes) = keys::sound(letters());
        if classes >= JOINED_CLASSES {
            pairs.push((hash, r));
        }
    }
    Keys::build(&pairs, readings.len())
}

/// A word of which fewer than one in so many readings are in a writing is not looked for there: a foreign name with one Latin word is found
/// by its others.
const SELDOM: u32 = 16;

impl Derived {
    pub(super) fn of(index: &Index) -> Derived {
        let form_counts = form_counts(index.forms.len(), &index.word_forms, &index.postings.counts);
        let mut words: Vec<WordFacts> = index.word_weights.iter().enumerate().map(|(w, weight)| index.facts(w as u32, *weight)).collect();
        index.writings(&mut words);
        let totals: Vec<f32> = (0..index.reading_words.len() as u32)
            .map(|r| index.reading_words.row(r).iter().map(|w| words[*w as usize].weight).sum())
            .collect();
        let outlines = (0..index.forms.len() as u32).map(|f| outline(index.forms.bytes(f))).collect();
        let strides: Vec<f32> = totals.iter().step_by(STRIDE).copied().collect();
        let shares = strides.iter().map(|t| t.max(f32::MIN_POSITIVE).recip()).collect();
        let read = std::iter::repeat_with(std::sync::OnceLock::new).take(index.word_data.len()).collect();
        Derived { form_counts, outlines, words, totals, strides, shares, seals: index.seals(), mark: std::sync::Arc::new(()), read }
    }
}

impl Index {
    fn facts(&self, word: u32, weight: f32) -> WordFacts {
        let forms = || self.word_forms.row(word).iter().map(|f| self.forms.bytes(*f)).filter(|f| !words::is_class(f));
        let length = |l: Option<usize>| l.unwrap_or(0).min(255) as u8;
        WordFacts {
            weight,
            letters: forms().map(letters).fold(0, |a, b| a | b),
            first: forms().next().and_then(|f| f.first().copied()).unwrap_or(0),
            shortest: length(forms().map(<[u8]>::len).min()),
            longest: length(forms().map(<[u8]>::len).max()),
            writings: 0,
        }
    }

    /// The common words of each reading, so many to a bit.
    fn seals(&self) -> Vec<u64> {
        let mut seals = vec![0; self.postings.readings];
        for word in 0..self.word_data.len() as u32 {
            let posted = self.postings.get(word);
            if matches!(posted, Posted::Bits(_)) {
                posted.range(0, u32::MAX, |r| {
                    seals[r as usize] |= super::gather::seal(word);
                    true
                });
            }
        }
        seals
    }

    /// Notes in which writings words are found: where at least one in [`SELDOM`] of their readings is.
    fn writings(&self, words: &mut [WordFacts]) {
        let mut counts = vec![[0u32; 4]; words.len()];
        for (r, kinds) in self.reading_kinds.iter().enumerate() {
            for w in self.reading_words.row(r as u32) {
                counts[*w as usize][usize::from(kinds >> 6)] += 1;
            }
        }
        for (facts, counts) in words.iter_mut().zip(counts) {
            let all: u32 = counts.iter().sum();
            let often = (0..4).filter(|w| counts[*w] > 0 && counts[*w] >= all / SELDOM);
            facts.writings = often.fold(0, |bits, w| bits | 1 << w);
        }
    }
}

/// Which letters occur, one bit each; digits and the rest share the bits that the alphabet leaves.
pub(super) fn letters(form: &[u8]) -> u32 {
    form.iter().fold(0, |bits, b| bits | 1 << if b.is_ascii_lowercase() { b - b'a' } else { 26 + b % 6 })
}
