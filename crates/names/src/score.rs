//! The likeness of two names: a calibrated number, and how it came about in words.

use crate::Kind;
use crate::align::{Alignment, Pairs, Plain, align};
use crate::evidence::{Evidence, evidence};
use crate::lexicon::Commonness;
use crate::name::Name;
use crate::tie::{Tie, tie};
use crate::weights::{BODY, PERSON};

/// No name alone says more than this: many people share a name.
pub const HIGHEST: f32 = 0.97;

/// The likeness from which a pair is worth a look: see docs/names.md for what it finds and what it lets through.
pub const DEFAULT_THRESHOLD: f32 = 0.45;

/// How alike two names are.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Likeness {
    /// About the share of such pairs that are the same party, 0 to [`HIGHEST`].
    pub score: f32,
    /// What speaks for and against.
    pub evidence: Evidence,
}

/// Compares a query with a listed name.
#[must_use]
pub fn compare(query: &Name, listed: &Name, weights: &(impl Commonness + ?Sized)) -> Likeness {
    judge(query, listed, |i, j| tie(&query.words[i], &listed.words[j]), weights)
}

/// [`compare`] with the ties between words given: `ties(i, j)` is [`tie`] of word `i` of the query and word `j` of the listed name.
#[must_use]
pub fn judge(query: &Name, listed: &Name, ties: impl Fn(usize, usize) -> Tie, weights: &(impl Commonness + ?Sized)) -> Likeness {
    judge_by(query, listed, &Plain { query, listed, tie: ties }, weights)
}

/// [`judge`] with any ties.
pub(crate) fn judge_by(query: &Name, listed: &Name, pairs: &impl Pairs, weights: &(impl Commonness + ?Sized)) -> Likeness {
    let alignment = align(query, listed, pairs);
    weigh(query, listed, &alignment, weights)
}

fn weigh(query: &Name, listed: &Name, alignment: &Alignment, weights: &(impl Commonness + ?Sized)) -> Likeness {
    let evidence = evidence(query, listed, alignment, weights);
    let model = if query.read_as == Kind::Person && listed.read_as == Kind::Person { PERSON } else { BODY };
    let people = query.read_as == Kind::Person;
    Likeness { score: capped(levelled(weighed(&evidence, model), people), &evidence), evidence }
}

/// Brings people and bodies to one threshold. Against whole lists a person's name of the same raw score is a stranger's far more often
/// than a body's: people share names, bodies choose theirs. Straight between three points, so the order among each stays.
fn levelled(score: f32, people: bool) -> f32 {
    let raw = if people { RAW_PERSON } else { RAW_BODY };
    if score < raw {
        score * DEFAULT_THRESHOLD / raw
    } else {
        DEFAULT_THRESHOLD + (score - raw) * (HIGHEST - DEFAULT_THRESHOLD) / (HIGHEST - raw)
    }
}

/// The raw scores that are worth a look, chosen on made-up recombined people and damaged names against the lists; see docs/names.md.
const RAW_PERSON: f32 = 0.39;
const RAW_BODY: f32 = 0.16;

/// The score that a set of weights gives to the evidence; public so that weights can be fitted and tried.
#[must_use]
pub fn weighed(evidence: &Evidence, model: &[f32]) -> f32 {
    let sum: f32 = model.iter().zip(&evidence.signs).map(|(w, s)| w * s).sum();
    let chance = 1.0 / (1.0 + (-sum).exp());
    chance * ceiling(evidence)
}

/// A contradiction holds whatever the rest says, so it is applied to the score as it is shown. Below a cap the order is kept.
fn capped(score: f32, evidence: &Evidence) -> f32 {
    let cap = CAPS.iter().filter(|(sign, least, _)| evidence.signs[*sign] >= *least).map(|(.., cap)| *cap).fold(1.0, f32::min);
    if cap < 1.0 { score.min(cap) * (0.8 + 0.2 * score) } else { score }
}

/// What contradicts a name outright, however alike the rest: (the sign, from which value, the highest score).
const CAPS: [(usize, f32, f32); 7] =
    [(11, 1.0, 0.42), (14, 1.0, 0.42), (15, 1.0, 0.42), (15, 0.5, 0.72), (16, 1.0, 0.3), (28, 1.0, 0.42), (30, 1.0, 0.42)];

/// Common names end lower: two people called Kim Chol are met more often than two called Usmanov.
fn ceiling(evidence: &Evidence) -> f32 {
    let told = evidence.signs[6] * 2.5;
    0.80 + (HIGHEST - 0.80) * ((told - 0.5) / 1.5).clamp(0.0, 1.0)
}
