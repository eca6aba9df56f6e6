//! The exact stage: split undecided facts into classes that no remaining condition can tell apart, and look at every case.
//!
//! Facts are split, not conditions: "HS is 8703" and "HS is 9503" are two values of one fact, and treating them as
//! independent would invent worlds that cannot be. Everything is bounded; past the bound the Kleene set stands and the
//! list of missing facts may be too long, never too short.

use crate::atoms::{Atom, Fact, hs};
use crate::compile::Snapshot;
use crate::planes::Planes;
use model::{Act, ActKind, HsRange, Kinds, Truth, Verdict, VerdictSet};
use std::collections::BTreeMap;

/// Most facts that are split exactly.
const MOST_FACTS: usize = 20;
/// Most cases looked at for one question.
const MOST_NODES: u32 = 10_000;

/// An undecided fact, for one item or for the whole act.
#[derive(Clone, Debug)]
pub(crate) struct OpenFact {
    pub fact: Fact,
    pub item: Option<usize>,
    pub classes: Vec<Class>,
}

/// Values of a fact that the law treats alike.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub label: String,
    settings: Vec<(u16, bool)>,
}

/// What splitting found.
pub(crate) struct Split {
    pub possible: VerdictSet,
    /// Facts that decide, each with what every answer leaves.
    pub facts: Vec<(OpenFact, Vec<(String, VerdictSet)>)>,
    /// Whether the bound was met.
    pub exact: bool,
}

pub(crate) fn overall(snapshot: &Snapshot, items: &[Planes]) -> VerdictSet {
    items.iter().map(|p| snapshot.verdicts(p)).reduce(VerdictSet::worse_of).unwrap_or_default()
}

pub(crate) fn split(snapshot: &Snapshot, act: &Act, items: &[Planes]) -> Split {
    let possible = overall(snapshot, items);
    if possible.single().is_some() {
        return Split { possible, facts: Vec::new(), exact: true };
    }
    let open = open_facts(snapshot, act, items);
    if open.len() > MOST_FACTS {
        let facts = with_outcomes(snapshot, items, &open, None);
        return Split { possible, facts, exact: false };
    }
    let mut search = Search { snapshot, nodes: 0, relevant: vec![false; open.len()] };
    let order: Vec<usize> = (0..open.len()).collect();
    let exact = search.run(items, &open, &order);
    if search.nodes > MOST_NODES || exact.is_empty() {
        let facts = with_outcomes(snapshot, items, &open, None);
        return Split { possible, facts, exact: false };
    }
    for last in 0..open.len() {
        if !search.relevant.get(last).copied().unwrap_or(true) && search.nodes < MOST_NODES {
            let order: Vec<usize> = (0..open.len()).filter(|i| *i != last).chain([last]).collect();
            search.run(items, &open, &order);
        }
    }
    if exact.single().is_some() {
        return Split { possible: exact, facts: Vec::new(), exact: true };
    }
    let relevant: Vec<OpenFact> = open.iter().zip(&search.relevant).filter(|(_, r)| **r).map(|(f, _)| f.clone()).collect();
    let facts = with_outcomes(snapshot, items, &relevant, Some(MOST_NODES));
    Split { possible: exact, facts, exact: search.nodes <= MOST_NODES }
}

struct Search<'a> {
    snapshot: &'a Snapshot,
    nodes: u32,
    relevant: Vec<bool>,
}

impl Search<'_> {
    fn run(&mut self, items: &[Planes], open: &[OpenFact], order: &[usize]) -> VerdictSet {
        self.nodes += 1;
        let here = overall(self.snapshot, items);
        let Some((first, rest)) = order.split_first() else { return here };
        if here.single().is_some() || self.nodes > MOST_NODES {
            return here;
        }
        let Some(fact) = open.get(*first) else { return here };
        let mut union = VerdictSet::EMPTY;
        let mut seen: Option<VerdictSet> = None;
        for class in &fact.classes {
            let set = self.run(&assign(items, fact, class), open, rest);
            if seen.is_some_and(|s| s != set)
                && let Some(r) = self.relevant.get_mut(*first)
            {
                *r = true;
            }
            seen = Some(set);
            union = union.union(set);
        }
        union
    }
}

fn assign(items: &[Planes], fact: &OpenFact, class: &Class) -> Vec<Planes> {
    let mut out = items.to_vec();
    for (index, planes) in out.iter_mut().enumerate() {
        if fact.item.is_none_or(|i| i == index) {
            for (atom, value) in &class.settings {
                planes.set(*atom, Truth::from(*value));
            }
        }
    }
    out
}

/// For each fact and class the verdicts left; the most telling fact first.
fn with_outcomes(
    snapshot: &Snapshot,
    items: &[Planes],
    open: &[OpenFact],
    budget: Option<u32>,
) -> Vec<(OpenFact, Vec<(String, VerdictSet)>)> {
    let mut out: Vec<(OpenFact, Vec<(String, VerdictSet)>)> = open
        .iter()
        .enumerate()
        .map(|(at, fact)| {
            let others: Vec<usize> = (0..open.len()).filter(|i| *i != at).collect();
            let outcomes = fact
                .classes
                .iter()
                .map(|class| {
                    let planes = assign(items, fact, class);
                    let set = match budget {
                        Some(_) => {
                            let mut search = Search { snapshot, nodes: 0, relevant: vec![false; open.len()] };
                            search.run(&planes, open, &others)
                        }
                        None => overall(snapshot, &planes),
                    };
                    (class.label.clone(), set)
                })
                .collect();
            (fact.clone(), outcomes)
        })
        .collect();
    // Largest worst-case reduction first, then what is cheap to find out before what an authority must judge, then the average.
    out.sort_by_key(|(fact, outcomes)| {
        let worst = outcomes.iter().map(|(_, s)| s.len()).max().unwrap_or(0);
        let total: u32 = outcomes.iter().map(|(_, s)| s.len()).sum();
        let cost = match fact.fact {
            Fact::Hs | Fact::Kind | Fact::Place(..) => 0,
            Fact::Mark(_) | Fact::Value(_) | Fact::Wear | Fact::Contract => 1,
            Fact::Party(_) | Fact::Approval(_) => 2,
            Fact::Judgement(_) | Fact::Within(_) => 3,
        };
        (worst, cost, total * 100 / u32::try_from(outcomes.len().max(1)).unwrap_or(1), fact.item)
    });
    out
}

/// The unknown facts that rules still open mention.
fn open_facts(snapshot: &Snapshot, act: &Act, items: &[Planes]) -> Vec<OpenFact> {
    let mut found: BTreeMap<(Option<usize>, Fact), Vec<u16>> = BTreeMap::new();
    for (index, planes) in items.iter().enumerate() {
        let mut leaves = Vec::new();
        if snapshot.reach.truth(planes) == Truth::Unknown {
            snapshot.reach.expr.leaves(&mut leaves);
        }
        for rule in &snapshot.rules {
            let set = snapshot.rule(rule, planes);
            if set == VerdictSet::only(Verdict::Permitted) {
                continue;
            }
            rule.trigger.expr.leaves(&mut leaves);
            for e in &rule.exceptions {
                exception_leaves(snapshot, *e, &mut leaves);
            }
        }
        leaves.sort_unstable();
        leaves.dedup();
        for leaf in leaves.into_iter().filter(|l| planes.get(*l) == Truth::Unknown) {
            if let Some(atom) = snapshot.atoms.get(usize::from(leaf)) {
                let item = atom.per_item().then_some(index);
                let atoms = found.entry((item, atom.fact(usize::from(leaf)))).or_default();
                if !atoms.contains(&leaf) {
                    atoms.push(leaf);
                }
            }
        }
    }
    found
        .into_iter()
        .map(|((item, fact), atoms)| {
            let classes = classes(snapshot, act, &fact, item.unwrap_or(0), &atoms, items);
            OpenFact { fact, item, classes }
        })
        .collect()
}

fn exception_leaves(snapshot: &Snapshot, exception: u16, out: &mut Vec<u16>) {
    if let Some(e) = snapshot.exceptions.get(usize::from(exception)) {
        e.when.expr.leaves(out);
        out.extend(e.approval);
        for d in &e.defeated_by {
            exception_leaves(snapshot, *d, out);
        }
    }
}

fn classes(snapshot: &Snapshot, act: &Act, fact: &Fact, item: usize, atoms: &[u16], items: &[Planes]) -> Vec<Class> {
    let atom = |id: &u16| snapshot.atoms.get(usize::from(*id));
    match fact {
        Fact::Kind => {
            // Every kind atom, also those already decided by the candidates, moves together.
            let mut groups: BTreeMap<Vec<bool>, Vec<ActKind>> = BTreeMap::new();
            for kind in act.kind.iter() {
                let vector = atoms.iter().map(|a| matches!(atom(a), Some(Atom::Kind(set)) if set.has(kind))).collect::<Vec<_>>();
                groups.entry(vector).or_default().push(kind);
            }
            groups
                .into_iter()
                .map(|(vector, kinds)| Class {
                    label: Kinds(kinds.iter().fold(0, |b, k| b | Kinds::only(*k).0))
                        .iter()
                        .map(ActKind::word)
                        .collect::<Vec<_>>()
                        .join("|"),
                    settings: atoms.iter().copied().zip(vector).collect(),
                })
                .collect()
        }
        Fact::Hs => hs_classes(snapshot, act, item, atoms),
        Fact::Value(_) | Fact::Contract => {
            let mut order: Vec<(f64, u16)> = atoms
                .iter()
                .filter_map(|a| match atom(a) {
                    Some(Atom::Over { amount, .. }) => Some((*amount, *a)),
                    Some(Atom::Contract(day)) => {
                        Some((f64::from(day.year()) * 10_000.0 + f64::from(day.month()) * 100.0 + f64::from(day.day()), *a))
                    }
                    _ => None,
                })
                .collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            // The value lies above the first `above` thresholds; a contract is older than all but the first `above` days.
            (0..=order.len())
                .map(|above| {
                    let contract = matches!(fact, Fact::Contract);
                    let settings = order.iter().enumerate().map(|(i, (_, a))| (*a, (i < above) != contract)).collect();
                    let name = |i: usize| {
                        order.get(i).and_then(|(_, a)| atom(a)).map_or_else(String::new, |a| match a {
                            Atom::Over { amount, currency, .. } => format!("{amount} {currency}"),
                            Atom::Contract(day) => day.to_string(),
                            _ => String::new(),
                        })
                    };
                    let label = match (contract, above) {
                        (false, 0) => format!("up to {}", name(0)),
                        (false, n) => format!("over {}", name(n - 1)),
                        (true, 0) => format!("before {}", name(0)),
                        (true, n) => format!("{} or later", name(n - 1)),
                    };
                    Class { label, settings }
                })
                .collect()
        }
        _ => [(true, yes(fact)), (false, no(fact))]
            .into_iter()
            .map(|(value, label)| Class { label, settings: atoms.iter().map(|a| (*a, value)).collect() })
            .filter(|c| consistent(c, items, item))
            .collect(),
    }
}

fn consistent(class: &Class, items: &[Planes], item: usize) -> bool {
    items.get(item).is_none_or(|p| class.settings.iter().all(|(a, v)| p.get(*a) == Truth::Unknown || p.get(*a) == Truth::from(*v)))
}

fn yes(fact: &Fact) -> String {
    match fact {
        Fact::Place(_, c) => c.to_string(),
        Fact::Wear => "new".into(),
        _ => "yes".into(),
    }
}

fn no(fact: &Fact) -> String {
    match fact {
        Fact::Place(..) => "elsewhere".into(),
        Fact::Wear => "used".into(),
        _ => "no".into(),
    }
}

/// Cuts the candidate codes at every boundary that an open condition knows.
fn hs_classes(snapshot: &Snapshot, act: &Act, item: usize, atoms: &[u16]) -> Vec<Class> {
    let any = [HsRange::ANY];
    let candidates = match act.items.get(item) {
        Some(i) if !i.hs.is_empty() => &i.hs[..],
        _ => &any[..],
    };
    let ranges = |a: &u16| match snapshot.atoms.get(usize::from(*a)) {
        Some(Atom::Hs(ranges) | Atom::ListCodes(ranges)) => &ranges[..],
        _ => &[][..],
    };
    let mut cuts: Vec<u32> = atoms.iter().flat_map(|a| ranges(a).iter().flat_map(|r| [r.first, r.last + 1])).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut groups: BTreeMap<Vec<bool>, Vec<HsRange>> = BTreeMap::new();
    for c in candidates {
        let mut first = c.first;
        let mut ends: Vec<u32> = cuts.iter().copied().filter(|cut| *cut > c.first && *cut <= c.last).collect();
        ends.push(c.last + 1);
        for end in ends {
            let piece = HsRange { first, last: end - 1 };
            first = end;
            let vector = atoms.iter().map(|a| hs(&[piece], ranges(a)) == Truth::True).collect();
            groups.entry(vector).or_default().push(piece);
        }
    }
    groups
        .into_iter()
        .map(|(vector, pieces)| Class {
            label: {
                let shown: Vec<String> = pieces.iter().take(6).map(ToString::to_string).collect();
                if pieces.len() > 6 || vector.iter().all(|v| !v) && candidates.len() == 1 && candidates[0] == HsRange::ANY {
                    if vector.iter().all(|v| !v) { "any other".into() } else { format!("{};…", shown.join(";")) }
                } else {
                    shown.join(";")
                }
            },
            settings: atoms.iter().copied().zip(vector).collect(),
        })
        .collect()
}
