//! From the words of a query to the listed words near them, each with how near.
//!
//! Every query word has a bit. Two neighbours joined have a bit that stands for both; each half of a word split in two has one that counts
//! only with the other half. A listed word near any of them gets a mark with those bits, found in one step from the word's id, so that a
//! candidate is weighed by looking at its own few words.

use super::build::{JOINED_CLASSES, letters};
use super::keys::{self, reach};
use super::known::{KnownWords, NearWords};
use super::near::{apart, longer, outline, within};
use super::{Ask, Index, WordFacts, words};
use crate::align::stands;
use crate::{Name, Word};

/// Query words that are searched by: the rarest of those looked at. The judge sees all.
pub(super) const WORDS: usize = 16;
/// Query words that are looked at; names have fewer, and a pasted page must not cost more.
const LOOKED_AT: usize = 64;
/// First bit of joined neighbours and of halves.
pub(super) const JOINS: usize = 16;
pub(super) const HALVES: usize = 32;
/// Listed forms near one form of a query word that are kept, nearest and commonest first.
const NEAR: usize = 48;
/// The same when everything is asked for.
const NEAR_ALL: usize = 4096;
/// Splits of one word, and of a query, that are tried.
pub(super) const SPLITS: usize = 2;
const ALL_SPLITS: usize = 8;
/// Longest word that is compared letter by letter, in bytes.
const LONGEST: usize = 64;
/// What an initial counts for the word it may stand for.
pub(super) const INITIAL: f32 = 0.5;

/// One word of the query.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted {
    /// Place in the query.
    pub(super) place: usize,
    pub(super) weight: f32,
    /// Letters of its forms, and the lengths of the shortest and longest.
    pub(super) letters: u32,
    pub(super) shortest: usize,
    pub(super) longest: usize,
    /// Its letter, when it is only one.
    pub(super) initial: Option<u8>,
    /// Its first letter.
    pub(super) first: u8,
}

/// A listed word near something of the query.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub(super) bit: u8,
    pub(super) word: u32,
    pub(super) nearness: f32,
    /// Whether candidates may be found by it alone; not by an initial.
    pub(super) leads: bool,
}

/// All that a listed word is near to.
#[derive(Clone, Copy, Default)]
pub(super) struct Mark {
    pub(super) word: u32,
    pub(super) bits: u64,
    /// The best of them.
    pub(super) nearness: f32,
    /// What the word weighs.
    pub(super) weight: f32,
}

/// Listed words near one bit.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) bit: u8,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Readings that hold any, counted once for each.
    pub(super) readings: u64,
}

/// A query as it is searched by.
#[derive(Default)]
pub(super) struct Sought {
    pub(super) wanted: Vec<Wanted>,
    /// Sum of the weights of all wanted words.
    pub(super) total: f32,
    pub(super) near: Vec<Near>,
    /// By rising number of readings.
    pub(super) groups: Vec<Group>,
    pub(super) marks: Vec<Mark>,
    /// By listed word: 0, or one more than the place of its mark.
    slots: Vec<u16>,
    /// Split words: bit of the whole; the halves have `HALVES + 2 * n` and the next.
    pub(super) halves: Vec<u8>,
    /// Bits of the initials.
    pub(super) initials: u64,
    /// All letters of the query without spaces: their hash and that of their consonants.
    pub(super) joined: [Option<u64>; 2],
    /// By listed form: under which serial it was last compared.
    seen: Vec<u32>,
    serial: u32,
    hashes: Vec<u64>,
    hits: Vec<u32>,
    touched: u32,
    forms: Vec<(f32, u32)>,
    text: Vec<u8>,
}

impl Sought {
    pub(super) fn near(&self) -> usize {
        self.near.len()
    }

    #[inline]
    pub(super) fn mark(&self, word: u32) -> Option<&Mark> {
        match self.slots[word as usize] {
            0 => None,
            slot => Some(&self.marks[slot as usize - 1]),
        }
    }

    /// Reads where a word's mark is, only so that it is near when it is needed.
    #[inline]
    pub(super) fn touch(&self, word: u32) -> u16 {
        self.slots[word as usize]
    }

    /// Bits of query words that a bit stands for.
    pub(super) fn covers(&self, bit: usize) -> u64 {
        match bit {
            0..JOINS => 1 << bit,
            JOINS..HALVES => 3 << (bit - JOINS),
            _ => 0,
        }
    }

    /// Weight of all query words among the bits.
    pub(super) fn weight(&self, bits: u64) -> f32 {
        let mut left = bits;
        let mut sum = 0.0;
        while left != 0 {
            sum += self.wanted[left.trailing_zeros() as usize].weight;
            left &= left - 1;
        }
        sum
    }

    fn clear(&mut self, words: usize, forms: usize) {
        if self.seen.len() != forms || self.serial > u32::MAX / 2 {
            self.seen.clear();
            self.seen.resize(forms, 0);
            self.serial = 0;
        }
        for mark in self.marks.drain(..) {
            if let Some(slot) = self.slots.get_mut(mark.word as usize) {
                *slot = 0;
            }
        }
        self.slots.resize(words, 0);
        (self.total, self.initials, self.joined) = (0.0, 0, [None; 2]);
        self.wanted.clear();
        self.near.clear();
        self.groups.clear();
        self.halves.clear();
    }

    /// Marks the words of `near` from `from` on.
    fn mark_all(&mut self, from: usize, facts: &[WordFacts]) {
        for n in &self.near[from..] {
            let slot = &mut self.slots[n.word as usize];
            if *slot == 0 {
                if self.marks.len() >= usize::from(u16::MAX) - 1 {
                    continue;
                }
                self.marks.push(Mark { word: n.word, bits: 0, nearness: 0.0, weight: facts[n.word as usize].weight });
                *slot = self.marks.len() as u16;
            }
            let mark = &mut self.marks[*slot as usize - 1];
            mark.bits |= 1 << n.bit;
            mark.nearness = mark.nearness.max(n.nearness);
        }
    }
}

impl Index {
    /// Fills `sought` for a query.
    pub(super) fn expand(&self, query: &Name, ask: &Ask<'_>, known: &mut KnownWords, s: &mut Sought) {
        s.clear(self.word_data.len(), self.forms.len());
        self.choose(query, s);
        let most = if ask.lowest() > 0.0 { NEAR } else { NEAR_ALL };
        for bit in 0..s.wanted.len() {
            let word = &query.words[s.wanted[bit].place];
            s.wanted[bit].weight = words::weight(word);
            let from = s.near.len();
            let place = if most == NEAR { Some(known.place(word)) } else { None };
            if let Some(NearWords { near, readings }) = place.and_then(|p| known.word(p).near.as_ref()) {
                s.near.extend(near.iter().map(|n| Near { bit: bit as u8, ..*n }));
                self.put_group(bit as u8, from, *readings, s);
            } else {
                let readings = self.near_word(word, bit, most, s);
                if let Some(place) = place {
                    known.word(place).near = Some(NearWords { near: s.near[from..].into(), readings });
                }
            }
            if s.wanted[bit].initial.is_some() {
                s.initials |= 1 << bit;
            }
        }
        s.total = s.wanted.iter().map(|w| w.weight).sum();
        for bit in 0..s.wanted.len().saturating_sub(1) {
            self.near_join(query, bit, s);
        }
        for bit in 0..s.wanted.len() {
            self.split(query, bit, known, s);
        }
        let letters = || query.words.iter().take(LOOKED_AT).filter_map(|w| w.forms.first()).flat_map(|f| f.text.bytes());
        if letters().next().is_some() {
            let (consonants, classes) = keys::sound(letters());
            s.joined = [Some(keys::whole(letters())), (classes >= JOINED_CLASSES).then_some(consonants)];
        }
        s.groups.sort_by_key(|g| (g.readings, g.bit));
    }

    /// The words to search by, in the order of the query.
    #[inline(never)]
    fn choose(&self, query: &Name, s: &mut Sought) {
        // Legal forms, titles and suffixes find nobody, and the judge sets them side by side by a rule of their own.
        let words = query.words.iter().enumerate().filter(|(_, w)| stands(w) && w.forms.iter().any(|f| !f.text.is_empty())).take(LOOKED_AT);
        for (place, word) in words {
            let forms = || word.forms.iter().map(|f| f.text.as_bytes());
            let first = forms().next().unwrap_or_default();
            s.wanted.push(Wanted {
                place,
                weight: 0.0,
                letters: forms().map(letters).fold(0, |a, b| a | b),
                shortest: forms().map(<[u8]>::len).min().unwrap_or(0),
                longest: forms().map(<[u8]>::len).max().unwrap_or(0),
                initial: if let [letter] = first { Some(*letter) } else { None },
                first: first.first().copied().unwrap_or(0),
            });
        }
        if s.wanted.len() > WORDS {
            let rarity = |w: &Wanted| {
                let form = query.words[w.place].forms.first().and_then(|f| self.form(f.text.as_bytes()));
                form.map_or(0, |f| self.derived.form_counts[f as usize])
            };
            s.wanted.sort_by_cached_key(rarity);
            s.wanted.truncate(WORDS);
            s.wanted.sort_by_key(|w| w.place);
        }
    }

    /// The group of a word, and how many readings hold any of it.
    #[inline(never)]
    fn near_word(&self, word: &Word, bit: usize, most: usize, s: &mut Sought) -> u64 {
        s.forms.clear();
        words::keys(word, |text, cost| {
            if words::is_class(text.as_bytes()) {
                s.forms.extend(self.form(text.as_bytes()).map(|form| (1.0 - cost, form)));
            } else {
                self.near_forms(text.as_bytes(), 1.0 - cost, most, s);
            }
        });
        let from = s.near.len();
        self.put_near(bit as u8, s);
        if s.wanted[bit].initial.is_none()
            && let Some(form) = self.form(&[s.wanted[bit].first])
        {
            // Listed initials that may stand for the word.
            let words = self.form_words.row(form);
            s.near.extend(words.iter().map(|w| Near { bit: bit as u8, word: *w, nearness: INITIAL, leads: false }));
        }
        self.close_group(bit as u8, from, s)
    }

    /// Forms near one form, appended to `s.forms`: nearest first, then commonest.
    #[inline(never)]
    fn near_forms(&self, form: &[u8], nearness: f32, most: usize, s: &mut Sought) {
        s.serial += 1;
        let from = s.forms.len();
        let outlines = &self.derived.outlines;
        let wide = outline(form);
        s.hashes.clear();
        s.hits.clear();
        keys::deletes(form, |hash| s.hashes.push(hash));
        s.touched ^= self.deletes.collect(&s.hashes, &mut s.hits);
        // Many that meet with letters left out of both are too far apart, and the same meet again and again. No branch depends on what is
        // read, so that the processor reads ahead.
        let mut kept = 0;
        for at in 0..s.hits.len() {
            let hit = s.hits[at];
            let new = s.seen[hit as usize] != s.serial;
            s.seen[hit as usize] = s.serial;
            s.hits[kept] = hit;
            let there = outlines[hit as usize];
            kept += usize::from(new & (apart(wide, there) <= reach(longer(wide, there)) as u32));
        }
        for hit in &s.hits[..kept] {
            if let Some(n) = by_letters(form, self.forms.bytes(*hit)) {
                s.forms.push((n * nearness, *hit));
            } else {
                s.seen[*hit as usize] = 0;
            }
        }
        let (sound, classes) = keys::sound(form.iter().copied());
        if classes >= 2 {
            s.hits.clear();
            self.sounds.get(sound, |hit| s.hits.push(hit));
            for at in 0..s.hits.len() {
                let hit = s.hits[at];
                if s.seen[hit as usize] != s.serial && sounds_like(wide, outlines[hit as usize], classes) {
                    s.forms.extend(by_sound(form, self.forms.bytes(hit), classes).map(|n| (n * nearness, hit)));
                }
            }
        }
        let found = &mut s.forms[from..];
        // Forms are numbered by falling frequency.
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        s.forms.truncate(from + most);
    }

    /// The words that have the forms of `s.forms`, as near to a bit.
    fn put_near(&self, bit: u8, s: &mut Sought) {
        let from = s.near.len();
        for (nearness, form) in &s.forms {
            for word in self.form_words.row(*form) {
                let at = self.word_forms.row(*word).iter().position(|f| f == form).unwrap_or(0);
                let cost = self.form_costs[self.word_forms.starts[*word as usize] as usize + at];
                s.near.push(Near { bit, word: *word, nearness: nearness * (1.0 - cost), leads: true });
            }
        }
        // A word once, by its nearest form.
        s.near[from..].sort_unstable_by(|a, b| a.word.cmp(&b.word).then(b.nearness.total_cmp(&a.nearness)));
        let mut kept = from;
        for at in from..s.near.len() {
            if kept == from || s.near[kept - 1].word != s.near[at].word {
                s.near[kept] = s.near[at];
                kept += 1;
            }
        }
        s.near.truncate(kept);
        s.near[from..].sort_unstable_by(|a, b| b.nearness.total_cmp(&a.nearness).then(a.word.cmp(&b.word)));
    }

    #[inline(never)]
    fn close_group(&self, bit: u8, from: usize, s: &mut Sought) -> u64 {
        let readings = s.near[from..].iter().filter(|n| n.leads).map(|n| u64::from(self.postings.counts[n.word as usize])).sum();
        self.put_group(bit, from, readings, s);
        readings
    }

    fn put_group(&self, bit: u8, from: usize, readings: u64, s: &mut Sought) {
        s.mark_all(from, &self.derived.words);
        if from < s.near.len() {
            s.groups.push(Group { bit, from, to: s.near.len(), readings });
        }
    }

    /// Two neighbours of the query as one listed word.
    #[inline(never)]
    fn near_join(&self, query: &Name, bit: usize, s: &mut Sought) {
        let (one, two) = (s.wanted[bit].place, s.wanted[bit + 1].place);
        if two != one + 1 {
            return;
        }
        let mut text = std::mem::take(&mut s.text);
        text.clear();
        for place in [one, two] {
            text.extend(query.words[place].forms.first().map_or("", |f| &*f.text).bytes());
        }
        s.forms.clear();
        let (sound, classes) = keys::sound(text.iter().copied());
        let exact = self.form(&text);
        s.forms.extend(exact.map(|f| (0.98, f)));
        if classes >= 3 {
            s.hits.clear();
            self.sounds.get(sound, |hit| s.hits.push(hit));
            let wide = outline(&text);
            let near = s.hits.iter().filter(|h| Some(**h) != exact && sounds_like(wide, self.derived.outlines[**h as usize], classes));
            s.forms.extend(near.take(NEAR).map(|h| (0.98 * 0.75, *h)));
        }
        s.text = text;
        let from = s.near.len();
        self.put_near((JOINS + bit) as u8, s);
        self.close_group((JOINS + bit) as u8, from, s);
    }

    /// One query word as two listed ones.
    #[inline(never)]
    fn split(&self, query: &Name, bit: usize, known: &mut KnownWords, s: &mut Sought) {
        let word = &query.words[s.wanted[bit].place];
        let place = known.place(word);
        let cuts = *known.word(place).cuts.get_or_insert_with(|| self.cuts(word));
        for (head, tail) in cuts.into_iter().flatten() {
            if s.halves.len() == ALL_SPLITS {
                break;
            }
            let first = HALVES + 2 * s.halves.len();
            s.halves.push(bit as u8);
            for (half, form) in [(first, head), (first + 1, tail)] {
                s.forms.clear();
                s.forms.push((0.97, form));
                let from = s.near.len();
                self.put_near(half as u8, s);
                s.mark_all(from, &self.derived.words);
            }
        }
    }

    /// The listed forms of which a word may be made, evenest first.
    fn cuts(&self, word: &Word) -> [Option<(u32, u32)>; SPLITS] {
        let mut found = [None; SPLITS];
        let text = word.forms.first().map_or(&[][..], |f| f.text.as_bytes());
        if text.len() < 5 || text.len() > LONGEST {
            return found;
        }
        // From the middle outwards: even halves say most.
        let mut cuts: [u8; LONGEST] = std::array::from_fn(|c| c as u8);
        let cuts = &mut cuts[2..text.len() - 1];
        cuts.sort_unstable_by_key(|c| (usize::from(*c) * 2).abs_diff(text.len()));
        let forms = cuts.iter().filter_map(|c| {
            let (head, tail) = text.split_at(usize::from(*c));
            Some((self.form(head)?, self.form(tail)?))
        });
        for (slot, cut) in found.iter_mut().zip(forms) {
            *slot = Some(cut);
        }
        found
    }
}

/// How near two forms are by their letters, if near enough. Generous, as all nearness here: it must not fall below what the judge will
/// say.
fn by_letters(a: &[u8], b: &[u8]) -> Option<f32> {
    let longer = a.len().max(b.len());
    if longer > LONGEST { (a == b).then_some(1.0) } else { within(a, b, reach(longer)).map(|edits| alike(edits, longer)) }
}

/// Whether forms of the same consonants may be romanisations of one word; by their outlines.
fn sounds_like(a: u64, b: u64, classes: usize) -> bool {
    apart(a, b) <= if classes < 3 { 2 } else { longer(a, b) as u32 / 2 }
}

/// How near forms of the same consonants are. Few consonants say little: then the letters must be near too.
fn by_sound(a: &[u8], b: &[u8], classes: usize) -> Option<f32> {
    if classes >= 3 { Some(0.75) } else { within(a, b, 2).map(|d| alike(d, a.len().max(b.len()))) }
}

fn alike(edits: usize, longer: usize) -> f32 {
    1.0 - 0.8 * edits as f32 / longer as f32
}
