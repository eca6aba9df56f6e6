//! The words of two names set side by side: which is which, what is left over.

use crate::Kind;
use crate::name::{Name, Role, Word};
use crate::sound::letters_within;
use crate::tie::{FARTHEST, How, JOINED, Tie, tie_run};
use crate::tokens::MOST_WORDS;
use std::sync::Arc;

/// No word stands against this one.
pub(crate) const ALONE: u8 = u8::MAX;

/// Which word of the one name stands against which of the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alignment {
    /// For each word of the query: the word of the listed name, or [`ALONE`].
    pub left: [u8; MOST_WORDS],
    /// For each word of the listed name: the word of the query, or [`ALONE`].
    pub right: [u8; MOST_WORDS],
    /// For each word of the query: how it is tied.
    pub left_tie: [Tie; MOST_WORDS],
    /// For each word of the listed name: how it is tied.
    pub right_tie: [Tie; MOST_WORDS],
}

/// Whether a word can stand against another at all: what has its own rule (legal forms, titles) is left aside.
pub(crate) fn stands(w: &Word) -> bool {
    !matches!(w.role, Role::LegalForm | Role::Title | Role::Suffix)
}

/// How the words of a query are tied to those of a listed name.
pub(crate) trait Pairs {
    /// [`crate::tie`] of two words.
    fn tie(&self, query: usize, listed: usize) -> Tie;

    /// [`tie_run`] of words of the query, which stand from `from` on, with a listed word.
    fn tie_run(&self, run: &[Arc<Word>], from: usize, listed: usize) -> Tie;

    /// [`tie_run`] of listed words, which stand from `from` on, with a word of the query.
    fn tie_listed_run(&self, run: &[Arc<Word>], from: usize, query: usize) -> Tie;
}

/// Two names of which only the ties of single words are known.
pub(crate) struct Plain<'a, F> {
    pub query: &'a Name,
    pub listed: &'a Name,
    pub tie: F,
}

impl<F: Fn(usize, usize) -> Tie> Pairs for Plain<'_, F> {
    fn tie(&self, query: usize, listed: usize) -> Tie {
        (self.tie)(query, listed)
    }

    fn tie_run(&self, run: &[Arc<Word>], _from: usize, listed: usize) -> Tie {
        tie_run(run, &self.listed.words[listed])
    }

    fn tie_listed_run(&self, run: &[Arc<Word>], _from: usize, query: usize) -> Tie {
        tie_run(run, &self.query.words[query])
    }
}

/// Pairs of words for which there is room without memory of its own.
const FEW_PAIRS: usize = 36;

/// Sets the words of two names side by side, nearest pairs first.
pub(crate) fn align(a: &Name, b: &Name, pairs: &impl Pairs) -> Alignment {
    let (n, m) = (a.words.len().min(MOST_WORDS), b.words.len().min(MOST_WORDS));
    // Most names are short, and clearing room for the longest costs more than all the rest.
    let (mut few, mut many) = ([Tie::NOT; FEW_PAIRS], Vec::new());
    let matrix = match few.get_mut(..n * m) {
        Some(matrix) => matrix,
        None => {
            many.resize(n * m, Tie::NOT);
            &mut many[..]
        }
    };
    let mut out = Alignment {
        left: [ALONE; MOST_WORDS],
        right: [ALONE; MOST_WORDS],
        left_tie: [Tie::NOT; MOST_WORDS],
        right_tie: [Tie::NOT; MOST_WORDS],
    };
    for i in 0..n {
        for j in 0..m {
            if stands(&a.words[i]) && stands(&b.words[j]) {
                matrix[i * m + j] = pairs.tie(i, j);
            }
        }
    }
    loop {
        let mut best = (FARTHEST, ALONE, ALONE);
        for i in (0..n).filter(|i| out.left[*i] == ALONE) {
            for j in (0..m).filter(|j| out.right[*j] == ALONE) {
                let t = matrix[i * m + j];
                if t.cost >= best.0 + 0.05 {
                    continue;
                }
                // Between equally near words, the one in the same place; a small word rather than a name.
                let apart = i.abs_diff(j).min((n - i).abs_diff(m - j)) as f32 * 0.004;
                let roles = if a.words[i].role == b.words[j].role { 0.0 } else { 0.02 };
                if t.cost + apart + roles < best.0 {
                    best = (t.cost + apart + roles, i as u8, j as u8);
                }
            }
        }
        if best.1 == ALONE {
            break;
        }
        let (i, j) = (best.1 as usize, best.2 as usize);
        out.put(i, j, matrix[i * m + j]);
    }
    out.join(a, b, pairs);
    out
}

impl Alignment {
    fn put(&mut self, i: usize, j: usize, t: Tie) {
        self.left[i] = j as u8;
        self.right[j] = i as u8;
        self.left_tie[i] = t;
        self.right_tie[j] = t;
    }

    /// Words left over may be parts of one word on the other side, or the other way round.
    fn join(&mut self, a: &Name, b: &Name, pairs: &impl Pairs) {
        let over_a = (0..a.words.len().min(MOST_WORDS)).any(|i| self.left[i] == ALONE && stands(&a.words[i]));
        let over_b = (0..b.words.len().min(MOST_WORDS)).any(|j| self.right[j] == ALONE && stands(&b.words[j]));
        if over_a {
            self.join_runs(a, b, false, |run, from, j| pairs.tie_run(run, from, j));
        }
        if over_b {
            self.join_runs(b, a, true, |run, from, i| pairs.tie_listed_run(run, from, i));
        }
        if over_a && over_b {
            self.run_together(a, b);
        }
        if a.read_as == Kind::Body && b.read_as == Kind::Body {
            self.mend_forms(a, b, false);
            self.mend_forms(b, a, true);
        }
    }

    /// The same letters in the same order with the spaces elsewhere: "Hame dAthari". All that is left over is then tied.
    fn run_together(&mut self, a: &Name, b: &Name) {
        let letters = |n: &Name| n.words.iter().map(|w| w.text.len()).sum::<usize>();
        if letters(a) != letters(b) || !a.words.iter().flat_map(|w| w.text.bytes()).eq(b.words.iter().flat_map(|w| w.text.bytes())) {
            return;
        }
        let free =
            |name: &Name, to: &[u8; MOST_WORDS]| (0..name.words.len().min(MOST_WORDS)).find(|i| to[*i] == ALONE && stands(&name.words[*i]));
        let (Some(first_a), Some(first_b)) = (free(a, &self.left), free(b, &self.right)) else { return };
        let tie = Tie { cost: 0.12, how: How::Joined };
        while let Some(i) = free(a, &self.left) {
            (self.left[i], self.left_tie[i]) = (first_b as u8, tie);
        }
        while let Some(j) = free(b, &self.right) {
            (self.right[j], self.right_tie[j]) = (first_a as u8, tie);
        }
    }

    /// A word left over that is a legal form of the other name but for one letter: "Nuclin LLCC". `turned`: `with` is the listed name.
    fn mend_forms(&mut self, with: &Name, forms: &Name, turned: bool) {
        let count = |n: &Name| n.words.iter().filter(|w| w.role == Role::LegalForm).count();
        if count(with) >= count(forms) {
            return;
        }
        let (left, _, left_tie, _) = self.sides(turned);
        for (i, w) in with.words.iter().enumerate().take(MOST_WORDS) {
            if left[i] != ALONE || w.role != Role::Plain || w.text.len() < 2 {
                continue;
            }
            let meant = forms
                .words
                .iter()
                .take(MOST_WORDS)
                .position(|f| f.role == Role::LegalForm && letters_within(w.text.as_bytes(), f.text.as_bytes(), 1).is_some());
            if let Some(j) = meant {
                (left[i], left_tie[i]) = (j as u8, Tie { cost: 0.12, how: How::Spelling });
            }
        }
    }

    /// Runs of two to four words of `many` against single words of `one`. `turned`: `many` is the listed name. `tie` is asked for a run, the
    /// place of its first word, and the place of the single word.
    fn join_runs(&mut self, many: &Name, one: &Name, turned: bool, tie: impl Fn(&[Arc<Word>], usize, usize) -> Tie) {
        let mut whole = [Outset::default(); MOST_WORDS];
        for (outset, word) in whole.iter_mut().zip(&one.words) {
            *outset = Outset::of(word);
        }
        for from in 0..many.words.len().min(MOST_WORDS) {
            for len in [4, 3, 2] {
                let Some(run) = many.words.get(from..from + len).filter(|_| from + len <= MOST_WORDS) else { continue };
                let (left, ..) = self.sides(turned);
                let over = left[from..from + len].contains(&ALONE);
                if !over || !run.iter().all(|w| stands(w) && w.role != Role::Number) {
                    continue;
                }
                let mut outset = Outset::of(&run[0]);
                outset.letters = run.iter().map(|w| w.best().len()).sum();
                for (j, target) in one.words.iter().enumerate().take(MOST_WORDS) {
                    if outset.may_be(&whole[j], run[0].script == target.script) && self.may_join(target, from..from + len, j, turned) {
                        self.try_join(tie(run, from, j), len, from, j, turned);
                    }
                }
            }
        }
    }

    fn sides(&mut self, turned: bool) -> (&mut [u8; MOST_WORDS], &mut [u8; MOST_WORDS], &mut [Tie; MOST_WORDS], &mut [Tie; MOST_WORDS]) {
        if turned {
            (&mut self.right, &mut self.left, &mut self.right_tie, &mut self.left_tie)
        } else {
            (&mut self.left, &mut self.right, &mut self.left_tie, &mut self.right_tie)
        }
    }

    /// A run may join if a word in it is left over, and no word in it or the single word is well tied elsewhere.
    fn may_join(&mut self, target: &Word, run: std::ops::Range<usize>, j: usize, turned: bool) -> bool {
        if !stands(target) || target.role == Role::Number || target.role == Role::Initial {
            return false;
        }
        let (left, right, left_tie, _) = self.sides(turned);
        let over = run.clone().any(|i| left[i] == ALONE);
        let free = |i: usize| left[i] == ALONE || left[i] as usize == j || left_tie[i].cost > 0.3;
        let target_free = right[j] == ALONE || run.contains(&(right[j] as usize)) || left_tie[right[j] as usize].cost > 0.3;
        over && target_free && run.clone().all(free)
    }

    /// The words `from..from + len` against one, to which they are tied as one word.
    fn try_join(&mut self, t: Tie, len: usize, from: usize, j: usize, turned: bool) {
        let (left, right, left_tie, right_tie) = self.sides(turned);
        if t.cost > JOINED || t.cost >= right_tie[j].cost {
            return;
        }
        let t = Tie { cost: t.cost + 0.02, how: if t.cost < 0.2 { How::Joined } else { How::Spelling } };
        for i in from..from + len {
            let before = left[i];
            if before != ALONE && before as usize != j {
                right[before as usize] = ALONE;
                right_tie[before as usize] = Tie::NOT;
            }
            left[i] = j as u8;
            left_tie[i] = t;
        }
        let before = right[j];
        if before != ALONE && !(from..from + len).contains(&(before as usize)) {
            left[before as usize] = ALONE;
            left_tie[before as usize] = Tie::NOT;
        }
        right[j] = from as u8;
        right_tie[j] = t;
    }
}

/// What of a word is looked at before words are joined for it.
#[derive(Clone, Copy, Default)]
struct Outset {
    letters: usize,
    /// What it may begin with in one of its forms.
    onsets: u32,
}

impl Outset {
    fn of(word: &Word) -> Outset {
        let onsets = word.forms.iter().take(3).fold(0, |set, f| set | f.text.bytes().next().map_or(0, onset));
        Outset { letters: word.best().len(), onsets }
    }

    /// Whether they begin alike in one of their forms, whatever the spaces and the romanisation, and are of about one length.
    fn may_be(self, whole: &Outset, same_script: bool) -> bool {
        self.onsets & whole.onsets != 0 && (!same_script || self.letters.abs_diff(whole.letters) <= 3)
    }
}

/// The sounds a first letter may stand for, as a set.
fn onset(letter: u8) -> u32 {
    const ONSETS: [u8; 128] = {
        let groups: [(&[u8], u8); 6] = [(b"kgqchx", 1), (b"jczsxtqdy", 2), (b"pbfvw", 4), (b"aeiouyhw", 8), (b"rln", 16), (b"m", 32)];
        let mut sets = [0; 128];
        let mut g = 0;
        while g < groups.len() {
            let mut at = 0;
            while at < groups[g].0.len() {
                sets[groups[g].0[at] as usize] |= groups[g].1;
                at += 1;
            }
            g += 1;
        }
        sets
    };
    match ONSETS.get(usize::from(letter)) {
        Some(0) | None => 64,
        Some(set) => u32::from(*set),
    }
}
