//! Why an act was missed, or told though no label knows it: one cause each, and what the figures would be without it.

use super::rule::{self, texts};
use licit::ToldAct;
use licit::read::Transfer;
use serde_json::Value;
use std::collections::BTreeMap;

/// One thing that goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Cause {
    NothingTold,
    GiverAbsent,
    GiverWrong,
    ReceiverAbsent,
    ReceiverWrong,
    BothSides,
    Item,
    Kind,
    Merged,
    Several,
    Split,
    NoAct,
}

impl Cause {
    pub fn word(self) -> &'static str {
        match self {
            Self::NothingTold => "nothing told there",
            Self::GiverAbsent => "giver absent",
            Self::GiverWrong => "giver wrong",
            Self::ReceiverAbsent => "receiver absent",
            Self::ReceiverWrong => "receiver wrong",
            Self::BothSides => "both sides",
            Self::Item => "item wrong",
            Self::Kind => "kind of another family",
            Self::Merged => "taken for another act",
            Self::Several => "several of these",
            Self::Split => "told twice",
            Self::NoAct => "no act",
        }
    }
}

/// What was counted over some texts.
#[derive(Default)]
pub(super) struct Causes {
    missed: BTreeMap<Cause, usize>,
    false_acts: BTreeMap<Cause, usize>,
    /// Missed and false ones that are the same act, which one mending would set right.
    pairs: BTreeMap<Cause, usize>,
}

/// What the labels and acts of one text came to.
pub(super) struct Outcome<'a> {
    pub acts: &'a [ToldAct],
    pub labels: &'a [&'a Value],
    /// Labels that must be found and were not.
    pub missed: Vec<usize>,
    /// Acts that no label knows.
    pub free: Vec<usize>,
    pub text: &'a str,
}

impl Causes {
    /// Takes in one text; gives the cause of each missed label and of each false act.
    pub fn add(&mut self, outcome: &Outcome<'_>) -> (Vec<Cause>, Vec<Cause>) {
        let Outcome { acts, labels, missed, free, .. } = outcome;
        let mut spent = vec![None; acts.len()];
        let mut of_missed = vec![None; missed.len()];
        // The nearest pairs first, so that an act with one slip is not taken by a label with two.
        for most in 1..=3 {
            for (at, label) in missed.iter().enumerate() {
                if of_missed[at].is_some() {
                    continue;
                }
                let fits = free.iter().filter(|f| spent[**f].is_none()).find_map(|f| {
                    let slips = slips(&acts[*f], labels[*label]);
                    let near = slips.len() == 1 || touches(outcome, *f, *label);
                    (slips.len() <= most && !slips.is_empty() && near).then(|| (*f, one(&slips)))
                });
                if let Some((f, cause)) = fits {
                    spent[f] = Some(cause);
                    of_missed[at] = Some(cause);
                    *self.pairs.entry(cause).or_default() += 1;
                }
            }
        }
        let alone = |label: usize| {
            let taken = (0..acts.len()).filter(|a| !free.contains(a));
            let near = taken.into_iter().any(|a| {
                let slips = slips(&acts[a], labels[label]);
                slips.is_empty() || (touches(outcome, a, label) && slips.len() == 1)
            });
            if near { Cause::Merged } else { Cause::NothingTold }
        };
        let of_missed: Vec<Cause> = missed.iter().zip(of_missed).map(|(l, c)| c.unwrap_or_else(|| alone(*l))).collect();
        let twice = |act: usize| labels.iter().any(|l| slips(&acts[act], l).is_empty());
        let of_free: Vec<Cause> = free.iter().map(|f| spent[*f].unwrap_or(if twice(*f) { Cause::Split } else { Cause::NoAct })).collect();
        of_missed.iter().for_each(|c| *self.missed.entry(*c).or_default() += 1);
        of_free.iter().for_each(|c| *self.false_acts.entry(*c).or_default() += 1);
        (of_missed, of_free)
    }

    /// A row for each cause: how many missed and false acts have it, and F1 if it alone never happened.
    pub fn print(&self, found: usize, wanted: usize, matched: usize) {
        let f1 = |found: usize, right: usize| 200.0 * right as f64 / (found + wanted).max(1) as f64;
        println!("{:<24} missed  false  F1 without it (now {:.1})", "cause", f1(found, matched));
        let mut all: Vec<Cause> = self.missed.keys().chain(self.false_acts.keys()).copied().collect();
        all.sort_unstable();
        all.dedup();
        for cause in all {
            let (missed, wrong) = (count(&self.missed, cause), count(&self.false_acts, cause));
            let pairs = count(&self.pairs, cause);
            let without = f1(found + missed - pairs - (wrong - pairs), matched + missed);
            println!("{:<24} {missed:>6} {wrong:>6}  {without:.1}", cause.word());
        }
    }
}

fn count(map: &BTreeMap<Cause, usize>, cause: Cause) -> usize {
    map.get(&cause).copied().unwrap_or(0)
}

/// Where an act differs from a label.
fn slips(act: &ToldAct, label: &Value) -> Vec<Cause> {
    let t = &act.transfer;
    let mut out = Vec::new();
    if !rule::side(&t.givers, &label["from"]) {
        out.push(if t.givers.is_empty() { Cause::GiverAbsent } else { Cause::GiverWrong });
    }
    if !rule::side(&t.receivers, &label["to"]) {
        out.push(if t.receivers.is_empty() { Cause::ReceiverAbsent } else { Cause::ReceiverWrong });
    }
    if !rule::items(t, &label["items"]) {
        out.push(Cause::Item);
    }
    if !rule::kinds(t, label) {
        out.push(Cause::Kind);
    }
    out
}

/// The name of some slips together.
fn one(slips: &[Cause]) -> Cause {
    let side = |c: &Cause| matches!(c, Cause::GiverAbsent | Cause::GiverWrong | Cause::ReceiverAbsent | Cause::ReceiverWrong);
    match slips {
        [cause] => *cause,
        [a, b] if side(a) && side(b) => Cause::BothSides,
        _ => Cause::Several,
    }
}

/// Whether an act is told in the words that a label quotes.
fn touches(outcome: &Outcome<'_>, act: usize, label: usize) -> bool {
    touched(&outcome.acts[act].transfer, outcome.labels[label], outcome.text)
}

/// The same of a transfer.
pub(super) fn touched(act: &Transfer, label: &Value, text: &str) -> bool {
    let quotes = texts(&label["quote"]);
    let places = quotes.iter().filter_map(|q| text.find(q).map(|at| (at, at + q.len())));
    places.into_iter().any(|(from, to)| act.told.iter().any(|s| s.0 < to && from < s.1))
}
