//! Whether the law of an authority reaches anybody at all. Its regimes demand that alike: that something happens in the country or comes from there, or that one of
//! its people takes part. Where it is not known, it is asked first, for the answer may end the matter, and the regimes are not looked at one by one before.

use crate::Depth;
use crate::MissingFact;
use crate::atoms::{Atom, has_end};
use crate::classes::answers;
use crate::engine::{Concern, Engine, Judged, Looked, unread};
use crate::planes::Planes;
use crate::reach::{Common, View};
use crate::split::{Budget, OpenFact, exactly};
use model::{Area, Date, Truth, Verdict, VerdictSet};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Regimes that are looked at to make sure that one of them may say something.
const MOST_TRIED: usize = 3;

/// What is open of the condition that all regimes demand alike: leaves, of the whole act or of an item.
pub(crate) type Hook<'b> = Vec<(Option<usize>, &'b Atom)>;

/// The hook, where it is not known of any item whether it holds, on no day that the act may fall on.
pub(crate) fn hook<'b>(common: &'b Common, looked: &[Looked]) -> Option<Hook<'b>> {
    let none = VerdictSet::only(Verdict::OutOfScope);
    let open: Vec<&Looked> = looked.iter().filter(|one| one.stretches.iter().any(|s| s.quick != none)).collect();
    let (first, others) = open.split_first().filter(|(_, others)| !others.is_empty())?;
    let days: BTreeSet<Date> = open.iter().flat_map(|one| one.stretches.iter().map(|s| s.day)).collect();
    let day = *days.first()?;
    let alike = |part: &usize| others.iter().all(|one| one.law.reach.demands(*part));
    let parts = first.law.reach.conditions().filter(|part| alike(part) && days.iter().all(|day| common.is_open(*part, first.view, *day)));
    // Of several such conditions the one that takes the fewest questions.
    let leaves = parts.map(|part| leaves(common, part, first.view, day)).min_by_key(Vec::len)?;
    let asked = leaves.iter().all(|(_, atom)| match atom {
        Atom::In(_) | Atom::From(_) | Atom::Party { .. } => true,
        Atom::To(_) => !has_end(first.view.act),
        _ => false,
    });
    let mut budget = Budget::ACT;
    let mut says = |one: &Looked| one.stretches.iter().any(|s| exactly(s.snapshot, (one.view.act, s.day), &s.items, &mut budget).0 != none);
    (asked && open.iter().take(MOST_TRIED).any(|one| says(one))).then_some(leaves)
}

fn leaves<'b>(common: &'b Common, part: usize, view: View, day: Date) -> Hook<'b> {
    let mut out: Hook = Vec::new();
    for item in 0..view.act.items.len().max(1) {
        for atom in common.open_leaves(part, view, item, day) {
            let one = (atom.per_item().then_some(item), atom);
            if !out.contains(&one) {
                out.push(one);
            }
        }
    }
    out
}

impl Engine {
    /// The questions that settle whether the law reaches anybody, each with what an answer leaves.
    pub(crate) fn reaches_anybody<'a>(&'a self, hook: &Hook, concerns: &[Concern], depth: Depth) -> Vec<MissingFact<'a>> {
        let judged: Vec<&Judged> = concerns.iter().flat_map(|c| &c.judged).collect();
        let Some(first) = judged.first() else { return Vec::new() };
        let mut missing: Vec<MissingFact> = Vec::new();
        for (item, atom) in hook {
            let Some(leaf) = first.snapshot.reach_leaf(atom) else { continue };
            let open = OpenFact { fact: atom.fact(usize::from(leaf)), item: *item, classes: Vec::new() };
            let mut one = self.missing(first, &open, depth);
            if depth == Depth::Full {
                let labels =
                    atom.end().map_or_else(|| answers(&open.fact), |area| [(true, members(area, first.day)), (false, "elsewhere".into())]);
                one.outcomes = labels.into_iter().zip(left(&judged, (*item, atom))).map(|((_, label), set)| (label, set)).collect();
            }
            if !missing.iter().any(|m| m.fact == one.fact && m.question == one.question) {
                missing.push(one);
            }
        }
        missing
    }
}

fn members(area: &Area, day: Date) -> Cow<'static, str> {
    area.countries().filter(|c| area.has(*c, day)).map(|c| c.to_string()).collect::<Vec<_>>().join("|").into()
}

/// What all regimes together leave once a leaf of their reach is known to be so, and once it is known not to be.
fn left(judged: &[&Judged], (item, atom): (Option<usize>, &Atom)) -> [VerdictSet; 2] {
    let none = VerdictSet::only(Verdict::OutOfScope);
    judged.iter().fold([none, none], |[so, not], judged| {
        let leaf = judged.snapshot.reach_leaf(atom);
        let given = |value| leaf.map_or(judged.split.possible, |leaf| given(judged, (item, leaf), value));
        [so.worse_of(given(true)), not.worse_of(given(false))]
    })
}

/// What a regime leaves once a leaf of its reach is known.
fn given(judged: &Judged, (item, leaf): (Option<usize>, u16), value: bool) -> VerdictSet {
    let snapshot = judged.snapshot;
    let reached = |(at, planes): (usize, &Planes)| {
        let mut known = *planes;
        if item.is_none_or(|item| item == at) {
            known.set(leaf, Truth::from(value));
        }
        snapshot.reach.truth(&known)
    };
    let open = judged.items.iter().enumerate().filter(|(_, p)| p.reached != Truth::False);
    match open.map(reached).max() {
        Some(Truth::True) => snapshot.reached(Truth::True, true, judged.split.possible.both(unread())),
        Some(Truth::Unknown) => judged.split.possible,
        Some(Truth::False) | None => VerdictSet::only(Verdict::OutOfScope),
    }
}
