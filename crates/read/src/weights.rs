//! Weights that were learnt from labelled reports: how much each trait of an act or party counts. `cargo run -p xtask -- learn` writes the table.

use crate::table::rows;
use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("../../../data/reading/weights.csv");

/// What a set of weights answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Question {
    /// Whether somebody is who gives in an act.
    Giver,
    /// Whether somebody is who gets in it.
    Receiver,
    /// Whether an act is told at all.
    Told,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Giver, Self::Receiver, Self::Told];

    /// Its word in the table.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Giver => "giver",
            Self::Receiver => "receiver",
            Self::Told => "told",
        }
    }
}

/// A trait, and how strongly it holds.
pub type Trait = (&'static str, f64);

/// The weight of each trait for each question.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    of: [FxHashMap<String, f64>; 3],
}

impl Weights {
    /// Those that come with the program.
    pub(crate) fn read(problems: &mut Vec<String>) -> Self {
        let mut out = Self::default();
        for [question, name, weight] in rows("weights.csv", TABLE, ["question", "trait", "weight"], problems) {
            match (Question::ALL.into_iter().find(|q| q.word() == question), weight.parse()) {
                (Some(question), Ok(weight)) => out.set(question, &name, weight),
                _ => problems.push(format!("data/reading/weights.csv: `{question},{name},{weight}` is no weight")),
            }
        }
        out
    }

    /// Sets one.
    pub fn set(&mut self, question: Question, name: &str, weight: f64) {
        self.of[question as usize].insert(name.to_owned(), weight);
    }

    /// Those of a question, in the order of their names.
    #[must_use]
    pub fn of(&self, question: Question) -> Vec<(String, f64)> {
        let mut all: Vec<(String, f64)> = self.of[question as usize].iter().map(|(name, weight)| (name.clone(), *weight)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    /// Whether a question has any; without them the rules alone answer it.
    #[must_use]
    pub fn answers(&self, question: Question) -> bool {
        !self.of[question as usize].is_empty()
    }

    /// The odds, as a logarithm, that the answer is yes.
    #[must_use]
    pub fn odds(&self, question: Question, traits: &[Trait]) -> f64 {
        // A sum of few terms in the order of the traits: the same on every machine.
        let of = &self.of[question as usize];
        traits.iter().map(|(name, strength)| of.get(*name).copied().unwrap_or(0.0) * strength).sum()
    }
}
