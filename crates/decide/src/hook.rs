//! Whether the law of an authority reaches anybody at all. Its regimes demand that alike: that something happens in the country, or that one of its people takes
//! part. Where it is not known, it is asked first, for the answer may end the matter, and the regimes are not looked at one by one before.

use crate::Depth;
use crate::MissingFact;
use crate::atoms::Atom;
use crate::classes::answers;
use crate::days::OnDays;
use crate::engine::{Concern, Engine, Judged, Looked, unread};
use crate::reach::{Answer, Common, View};
use crate::split::{Budget, OpenFact, exactly};
use crate::unwritten::Unwritten;
use model::{Date, Truth, Verdict, VerdictSet};
use std::collections::BTreeSet;

/// Regimes that are looked at to make sure that one of them may say something.
const MOST_TRIED: usize = 3;

/// What is open of the condition that all regimes demand alike.
pub(crate) type Hook<'b> = Vec<&'b Atom>;

/// The hook, where it is not known of any item whether it holds, on no day that the act may fall on.
pub(crate) fn hook<'b>(common: &'b Common, looked: &[Looked]) -> Option<Hook<'b>> {
    let none = VerdictSet::only(Verdict::OutOfScope);
    let open: Vec<&Looked> = looked.iter().filter(|one| one.may_say()).collect();
    let (first, others) = open.split_first().filter(|(_, others)| !others.is_empty())?;
    let days: BTreeSet<Date> = open.iter().flat_map(|one| one.stretches.iter().map(|s| s.day)).collect();
    let day = *days.first()?;
    let alike = |part: &usize| others.iter().all(|one| one.law.reach.demands(*part));
    let parts = first.law.reach.conditions().filter(|part| alike(part) && days.iter().all(|day| common.is_open(*part, first.view, *day)));
    // A country that it comes from or ends up in says more than the leaves of the hook. Of several conditions the one that takes the fewest questions.
    let plain = |hook: &Hook| hook.iter().all(|atom| matches!(atom, Atom::In(_) | Atom::Party { .. }));
    let hook = parts.map(|part| leaves(common, part, first.view, day)).filter(plain).min_by_key(Vec::len)?;
    let asks = first.stretches.first().is_some_and(|s| hook.iter().all(|atom| s.snapshot.reach_leaf(atom).is_some()));
    let mut budget = Budget::ACT;
    let mut says = |one: &Looked| one.stretches.iter().any(|s| exactly(s.snapshot, (one.view.act, s.day), &s.items, &mut budget).0 != none);
    (asks && open.iter().take(MOST_TRIED).any(|one| says(one))).then_some(hook)
}

fn leaves<'b>(common: &'b Common, part: usize, view: View, day: Date) -> Hook<'b> {
    let mut out: Hook = Vec::new();
    for atom in view.items().flat_map(|item| common.open_leaves(part, view, item, day)) {
        if !out.contains(&atom) {
            out.push(atom);
        }
    }
    out
}

impl Engine {
    /// The questions that settle whether the law reaches anybody, each with what an answer leaves.
    pub(crate) fn reaches_anybody<'a>(
        &'a self,
        hook: &Hook,
        concerns: &[Concern],
        unwritten: &Unwritten,
        depth: Depth,
    ) -> Vec<MissingFact<'a>> {
        let Some(first) = concerns.iter().flat_map(|c| &c.judged).next() else { return Vec::new() };
        let mut missing: Vec<MissingFact> = Vec::new();
        for atom in hook {
            let Some(leaf) = first.snapshot.reach_leaf(atom) else { continue };
            let open = OpenFact { fact: atom.fact(usize::from(leaf)), item: None, classes: Vec::new() };
            let mut one = self.missing(first, &open, depth);
            if depth == Depth::Full {
                let left = |value| {
                    let says = |_: usize, one: &Atom, _: &[Date]| (one == *atom).then_some(OnDays::always(Truth::from(value)));
                    let answer = Answer::only(self.common.find(atom), &says);
                    concerns.iter().fold(unwritten.given(&answer), |all, concern| all.worse_of(left(concern, &answer)))
                };
                one.outcomes = answers(&open.fact).into_iter().map(|(value, label)| (label, left(value))).collect();
            }
            if !missing.iter().any(|m| m.fact == one.fact && m.question == one.question) {
                missing.push(one);
            }
        }
        missing
    }
}

/// What a regime leaves once an open leaf of its reach is known; nothing where the act does not fall under it then.
fn left(concern: &Concern, answer: &Answer) -> VerdictSet {
    let none = VerdictSet::only(Verdict::OutOfScope);
    // Of days that stand side by side it is found at once.
    let mut given = (usize::MAX, OnDays::UNSEEN);
    let on = |judged: &Judged| {
        let (stretch, bit) = concern.view.place(judged.day);
        if given.0 != stretch {
            given = (stretch, concern.law.reach.given(concern.view, stretch, answer));
        }
        match given.1.at(bit) {
            Truth::True => judged.snapshot.reached(Truth::True, true, judged.split.possible.both(unread())),
            Truth::Unknown => judged.split.possible,
            Truth::False => none,
        }
    };
    concern.judged.iter().map(on).reduce(VerdictSet::union).unwrap_or(none)
}
