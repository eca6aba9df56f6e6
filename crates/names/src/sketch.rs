//! Whether two words can be tied at all, from what is quickly known of each: which sounds and letters they have, and how many. That halves what a
//! search of made-up names compares letter by letter, and of foreign words it may leave one of two comparisons.
//!
//! A sketch stands for all Latin forms of a word together, so that a foreign word is told apart at once and not form by form; and sketches of
//! words next to each other add up to that of the words written as one. What a sketch says is exact in one direction: it may fail to see that two
//! words are apart, but never sees what is not there. A bound on the score of whole names in front of the judge was tried and dropped: see
//! `docs/decisions/0029-sketches-of-words.md`.

use crate::lattice;
use crate::name::{Form, Word};
use crate::script::Script;
use crate::sound;
use crate::tie::{FARTHEST, JOINED, Parts, Tie, by_edits, compared_by_letters, decided_by_role};
use std::sync::Arc;

/// What of a word tells it from most others without a look at its letters.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Sketch {
    /// Letters that any of its forms has, and that each has.
    letters: [u32; 2],
    /// The same of sounds.
    sounds: [u64; 2],
    /// Sounds of each group: the fewest that a form has, and the most that may stand for one.
    groups: sound::Groups,
    /// Letters of its shortest and longest form, and sounds.
    letter_count: [u8; 2],
    sound_count: [u8; 2],
    /// First letters of its forms, and letters that may not follow one: see [`sound::chains_with`].
    edges: [u32; 2],
    /// First and last sounds of its forms.
    edge_sounds: [u64; 2],
    /// So many like sounds may have become one where words were written as one.
    doubled: u8,
    /// Letters with which the foreign letters may be written, and how many of each group they need; of the groups the most that a form has.
    written: u32,
    needs: u64,
    supply: u64,
    /// The other way round: the fewest letters of each group that a form has, and how many the foreign letters may be written with.
    wants: u64,
    gives: u64,
    /// How many words were written as one, less one.
    joins: u8,
    /// Whether it has foreign letters.
    foreign: bool,
    /// Whether a form is longer than what is compared.
    long: bool,
}

impl AsRef<Sketch> for Sketch {
    fn as_ref(&self) -> &Sketch {
        self
    }
}

impl Sketch {
    pub(crate) fn of(word: &Word) -> Sketch {
        let foreign = !word.lattices.is_empty();
        let needs = word.lattices.iter().map(|units| lattice::needs(units)).reduce(|a, b| bytewise(a, b, u8::min));
        let mut sketch = Sketch {
            letters: [0, u32::MAX],
            sounds: [0, u64::MAX],
            groups: [u64::MAX, 0],
            letter_count: [u8::MAX, 0],
            sound_count: [u8::MAX, 0],
            edges: [0; 2],
            edge_sounds: [0; 2],
            doubled: 0,
            written: word.lattices.iter().fold(0, |all, units| all | lattice::written(units)),
            needs: needs.unwrap_or(0),
            supply: 0,
            wants: u64::MAX,
            gives: word.lattices.iter().map(|units| lattice::gives(units)).fold(0, |a, b| bytewise(a, b, u8::max)),
            joins: 0,
            foreign,
            long: word.forms.is_empty(),
        };
        word.forms.iter().for_each(|form| sketch.widen(form));
        sketch
    }

    /// Takes in one form.
    fn widen(&mut self, form: &Form) {
        let text = form.text.as_bytes();
        let counts = |[least, most]: [u8; 2], count: usize| {
            let count = count.min(255) as u8;
            [least.min(count), most.max(count)]
        };
        let edge_sound = |at: usize| form.sounds.get(at).map_or(0, |s| sound::set(&[*s]));
        let (letters, sounds) = (lattice::letters(text), sound::set(&form.sounds));
        let [own, all] = sound::groups(&form.sounds);
        self.letters = [self.letters[0] | letters, self.letters[1] & letters];
        self.sounds = [self.sounds[0] | sounds, self.sounds[1] & sounds];
        self.groups = [bytewise(self.groups[0], own, u8::min), bytewise(self.groups[1], all, u8::max)];
        self.letter_count = counts(self.letter_count, text.len());
        self.sound_count = counts(self.sound_count, form.sounds.len());
        self.edges = [self.edges[0] | text.first().map_or(0, |b| lattice::letters(&[*b])), self.edges[1] | sound::chains_with(text)];
        let last = form.sounds.len().wrapping_sub(1);
        self.edge_sounds = [self.edge_sounds[0] | edge_sound(0), self.edge_sounds[1] | edge_sound(last)];
        self.wants = bytewise(self.wants, lattice::wants(text), u8::min);
        self.supply = bytewise(self.supply, lattice::supply(text), u8::max);
        self.long |= text.is_empty() || text.len() > sound::LONGEST;
    }

    /// This word and another written as one; none where that may sound otherwise than one after the other.
    fn followed_by(&self, next: &Sketch) -> Option<Sketch> {
        let letters = self.letter_count[1].saturating_add(next.letter_count[1]);
        if self.long || next.long || usize::from(letters) > sound::LONGEST || self.edges[1] & next.edges[0] != 0 {
            return None;
        }
        let sum = |a: [u8; 2], b: [u8; 2]| [a[0].saturating_add(b[0]), a[1].saturating_add(b[1])];
        Some(Sketch {
            letters: [self.letters[0] | next.letters[0], self.letters[1] | next.letters[1]],
            sounds: [self.sounds[0] | next.sounds[0], self.sounds[1] | next.sounds[1]],
            groups: [self.groups[0] + next.groups[0], self.groups[1] + next.groups[1]],
            letter_count: sum(self.letter_count, next.letter_count),
            sound_count: sum(self.sound_count, next.sound_count),
            edges: [self.edges[0], next.edges[1]],
            edge_sounds: [self.edge_sounds[0], next.edge_sounds[1]],
            doubled: self.doubled + u8::from(self.edge_sounds[1] & next.edge_sounds[0] != 0),
            written: self.written | next.written,
            // Where not all have foreign letters they are not compared, and where they are not of one script neither.
            needs: bytewise(self.needs, next.needs, |a, b| a.saturating_add(b).min(127)),
            supply: self.supply + next.supply,
            wants: self.wants + next.wants,
            gives: bytewise(self.gives, next.gives, |a, b| a.saturating_add(b).min(127)),
            joins: self.joins + 1,
            foreign: self.foreign && next.foreign,
            ..*self
        })
    }

    /// Some words written as one.
    fn joined<S: AsRef<Sketch>>(run: &[S]) -> Option<Sketch> {
        let (first, rest) = run.split_first()?;
        rest.iter().try_fold(*first.as_ref(), |all, next| all.followed_by(next.as_ref()))
    }

    /// What may be as near as `most`: two forms of the words, or the foreign letters of one and a form of the other.
    fn near_in(&self, other: &Sketch, most: f32) -> Parts {
        if self.long || other.long {
            return Parts::ALL;
        }
        // A hair more than the limit, for what was rounded.
        let limit = most + 0.001;
        let lattices = self.may_be_written(other, limit) || other.may_be_written(self, limit);
        Parts { forms: self.forms_near(other, limit), lattices }
    }

    fn forms_near(&self, other: &Sketch, limit: f32) -> bool {
        let unlike = |gap: [u8; 2], more: [u8; 2]| gap[0].saturating_sub(more[1]);
        let gap = |a: [u8; 2], b: [u8; 2]| f32::from(unlike(a, b).max(unlike(b, a)));
        let longest = |a: [u8; 2], b: [u8; 2]| usize::from(a[1].max(b[1]));
        let doubled = f32::from(self.doubled + other.doubled);
        let unmatched = sound::unmatched(self.groups[0], other.groups[1]).max(sound::unmatched(other.groups[0], self.groups[1]));
        let sounds = sound::rid_of(self.sounds[1] & !other.sounds[0])
            .max(sound::rid_of(other.sounds[1] & !self.sounds[0]))
            .max(unmatched - doubled)
            .max(0.4 * (gap(self.sound_count, other.sound_count) - doubled));
        if by_edits(sounds, longest(self.sound_count, other.sound_count)) + 0.02 < limit {
            return true;
        }
        let edits = (self.letters[1] & !other.letters[0]).count_ones().max((other.letters[1] & !self.letters[0]).count_ones()) as f32;
        let letters = longest(self.letter_count, other.letter_count);
        letters >= 4 && by_edits(edits.max(gap(self.letter_count, other.letter_count)), letters) + 0.02 < limit
    }

    /// Whether a form of another word may be a writing of the foreign letters of this one.
    fn may_be_written(&self, form: &Sketch, limit: f32) -> bool {
        let cost = || {
            // Two like letters that meet count as one.
            let wanted = sound::unmatched(form.wants, self.gives) - f32::from(form.joins);
            lattice::unwritten(form.letters[1] & !self.written).max(sound::unmatched(self.needs, form.supply)).max(wanted)
        };
        self.foreign && cost() / f32::from(form.letter_count[1].max(3)) * 1.3 < limit
    }
}

fn bytewise(a: u64, b: u64, of: impl Fn(u8, u8) -> u8) -> u64 {
    let (a, b) = (a.to_le_bytes(), b.to_le_bytes());
    u64::from_le_bytes(std::array::from_fn(|i| of(a[i], b[i])))
}

/// What is quickly known of the tie of two words.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Quick {
    /// The tie, without a look at the letters.
    Tie(Tie),
    /// Only comparing these parts tells.
    Open(Parts),
}

/// The tie of two words, or what of them has to be compared for it.
pub(crate) fn quick(a: &Word, b: &Word, x: &Sketch, y: &Sketch) -> Quick {
    if let Some(tie) = decided_by_role(a, b) {
        return Quick::Tie(tie);
    }
    let class = |w: &Word| [w.same, w.near];
    let akin = class(a).into_iter().any(|c| c != 0 && class(b).contains(&c));
    let by_signs = a.script == b.script && a.script != Script::Latin;
    if akin || by_signs || a.text == b.text {
        return Quick::Open(Parts::ALL);
    }
    match x.near_in(y, FARTHEST) {
        Parts::NONE => Quick::Tie(Tie::NOT),
        parts => Quick::Open(parts),
    }
}

/// What of some words written as one and of another word has to be compared to know whether they are tied: see [`crate::tie::tie_run`].
pub(crate) fn quick_run<S: AsRef<Sketch>>(run: &[Arc<Word>], sketches: &[S], other: &Word, sketch: &Sketch) -> Parts {
    let by_signs = run.first().is_some_and(|first| first.script == other.script && first.script != Script::Latin);
    // A name that has a class may be of the class of the words as one.
    let by_letters = compared_by_letters(other) && other.same == 0 && other.near == 0;
    if !by_letters || by_signs || run.iter().map(|w| w.text.len()).sum::<usize>() == other.text.len() {
        return Parts::ALL;
    }
    Sketch::joined(sketches).map_or(Parts::ALL, |whole| whole.near_in(sketch, JOINED))
}

#[cfg(test)]
mod tests {
    use super::{Quick, Sketch, quick, quick_run};
    use crate::tie::{JOINED, Parts, tie_by_parts, tie_run_by_parts};
    use crate::{Kind, Name, Tie, Word, tie};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn sketches(name: &Name) -> Vec<Sketch> {
        name.words.iter().map(|w| Sketch::of(w)).collect()
    }

    /// What is quickly known of two names is what comparing all their words tells; returns how many pairs were told apart quickly, and of how many.
    fn holds(a: &Name, b: &Name) -> [usize; 2] {
        let (x, y) = (sketches(a), sketches(b));
        let mut counts = [0; 2];
        for (word, sketch) in a.words.iter().zip(&x) {
            for (other, of_other) in b.words.iter().zip(&y) {
                let (whole, found) = (tie(word, other), quick(word, other, sketch, of_other));
                let by_parts = match found {
                    Quick::Tie(tie) => tie,
                    Quick::Open(parts) => tie_by_parts(word, other, parts),
                };
                assert_eq!(by_parts, whole, "{} {}", word.text, other.text);
                counts[0] += usize::from(found == Quick::Tie(Tie::NOT));
                counts[1] += 1;
            }
        }
        runs_hold(a, &x, b, &y);
        runs_hold(b, &y, a, &x);
        counts
    }

    /// A run is tied, and as it was, or it is not.
    fn runs_hold(many: &Name, x: &[Sketch], one: &Name, y: &[Sketch]) {
        let tied = |tie: Tie| if tie.cost <= JOINED { tie } else { Tie::NOT };
        for (from, length) in (0..x.len()).flat_map(|from| (2..=4).map(move |length| (from, length))) {
            let Some(run) = many.words.get(from..from + length) else { continue };
            for (other, sketch) in one.words.iter().zip(y) {
                let whole = tied(crate::tie::tie_joined(run, other));
                let parts = quick_run(run, &x[from..from + length], other, sketch);
                let found = if parts == Parts::NONE { Tie::NOT } else { tied(tie_run_by_parts(run, other, parts)) };
                assert_eq!(found, whole, "{:?} {}", run.iter().map(|w: &Arc<Word>| &*w.text).collect::<Vec<_>>(), other.text);
            }
        }
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => "[a-eghikmnorstuz]{2,9}",
            2 => "[абвгдеиклмнорстухшя]{2,9}",
            2 => "[\u{627}-\u{64a}]{2,6}",
            1 => "[가-힣]{1,3}",
            1 => "[一-七东丰中为义]{1,3}",
            1 => "[א-ת]{2,6}",
            1 => prop::sample::select(vec!["al", "bank", "ltd", "мухаммед", "muhammad", "محمد", "ivan", "12", "j", "kim", "банк"]).prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6_000))]
        #[test]
        fn what_is_quickly_known_is_so(
            a in prop::collection::vec(word(), 1..5),
            b in prop::collection::vec(word(), 1..5),
            same in any::<prop::sample::Index>(),
            how in 0usize..4,
            kind in prop_oneof![Just(Kind::Person), Just(Kind::Body)],
        ) {
            // Half of the time a word of the one, with a slip or two words as one, is a word of the other.
            let mut b = b;
            match how {
                0 => b.push(a.concat()),
                1 => b.push(same.get(&a).chars().skip(1).collect()),
                _ => {}
            }
            holds(&Name::read(&a.join(" "), Some(kind)), &Name::read(&b.join(" "), Some(kind)));
        }
    }

    /// The same of real names, each beside the next hundred; and most words are told apart quickly.
    #[test]
    fn what_is_quickly_known_of_real_names_is_so() {
        let shared = std::env::var_os("LICIT_SHARED").map_or_else(|| "../../../shared".into(), std::path::PathBuf::from);
        let Ok(table) = std::fs::read_to_string(shared.join("domain/names.csv")) else {
            eprintln!("skipped: {} is not there", shared.display());
            return;
        };
        let cells = table.lines().skip(1).flat_map(|line| [3, 5].map(|at| line.split(',').nth(at).unwrap_or("")));
        let names: Vec<Name> = cells.filter(|c| !c.is_empty()).step_by(7).take(400).map(|c| Name::read(c, None)).collect();
        let mut counts = [0; 2];
        for (at, name) in names.iter().enumerate() {
            for other in names[at..].iter().take(100) {
                let [quickly, all] = holds(name, other);
                counts = [counts[0] + quickly, counts[1] + all];
            }
        }
        println!("{} of {} pairs of words are told apart quickly", counts[0], counts[1]);
        assert!(counts[0] * 5 > counts[1], "{counts:?}");
    }
}
