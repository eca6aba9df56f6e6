//! The exact stage: split undecided facts into classes that no remaining condition can tell apart, and look at every case.
//!
//! Facts are split, not conditions: "HS is 8703" and "HS is 9503" are two values of one fact, and treating them as
//! independent would invent worlds that cannot be. Everything is bounded; past the bound the Kleene set stands and the
//! list of missing facts may be too long, never too short.

use crate::Outcomes;
use crate::atoms::{Atom, Fact, has_end};
use crate::classes::{Class, Maker};
use crate::compile::{Rule, Snapshot};
use crate::planes::{Left, Mask, Planes, WORDS};
use model::{Act, Date, Finding, Mark, Truth, Verdict, VerdictSet};
use std::collections::{BTreeMap, BTreeSet};

/// Most facts that are split exactly.
const MOST_FACTS: usize = 20;
/// Most cases looked at for one question; a case that hangs on much counts for several.
const MOST_NODES: u32 = 1_000;
/// What it costs, in cases, to look at an act anew.
const ANEW: u32 = 20;
/// Leaves that cost little beside all else of a case.
const SMALL: usize = 16;
/// Most open facts of one stretch of law that are listed.
const MOST_LISTED: usize = 100;

/// How many cases one act may still cost, over all its stretches of law.
pub(crate) struct Budget(pub u32);

impl Budget {
    /// For one act.
    pub(crate) const ACT: Self = Self(20_000);

    fn spend(&mut self, nodes: u32) {
        self.0 = self.0.saturating_sub(nodes);
    }
}

/// An undecided fact, for one item or for the whole act.
#[derive(Clone, Debug)]
pub(crate) struct OpenFact {
    pub fact: Fact,
    pub item: Option<usize>,
    pub classes: Vec<Class>,
}

/// Facts of which an answer of this regime, by the law of an earlier day, says already what they would leave.
pub(crate) type Told = BTreeSet<(Option<usize>, Fact)>;

impl OpenFact {
    /// Who is asked about may be another party on another day, so facts of parties are told each day.
    fn is_told(&self, told: &Told) -> bool {
        !matches!(self.fact, Fact::Party(_)) && !told.is_empty() && told.contains(&(self.item, self.fact.clone()))
    }
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// What each answer to a fact would leave, which costs a search for every class; but not of facts that are told already.
    pub told: Option<&'a Told>,
    /// Only where and who it must be for the act to fall under the regime; what else makes a difference is asked for when that is known.
    pub whether: bool,
}

/// What splitting found.
pub(crate) struct Split {
    pub possible: VerdictSet,
    /// Facts that decide, each with what every answer leaves.
    pub facts: Vec<(OpenFact, Outcomes)>,
    /// Facts that may decide and were not asked for.
    pub unasked: Vec<(Option<usize>, Fact)>,
    /// Whether every case was looked at.
    pub exact: bool,
    /// Whether every case of every answer was.
    pub exact_answers: bool,
    /// Facts that were left out because there are too many.
    pub left_out: usize,
}

impl Split {
    /// Nothing that is open makes a difference.
    pub(crate) fn settled(possible: VerdictSet) -> Self {
        Self { possible, facts: Vec::new(), unasked: Vec::new(), exact: true, exact_answers: true, left_out: 0 }
    }
}

pub(crate) fn overall(snapshot: &Snapshot, items: &[Planes]) -> VerdictSet {
    items.iter().map(|p| snapshot.verdicts(p)).reduce(VerdictSet::worse_of).unwrap_or_default()
}

/// What is left to find out: the verdict of what is settled, and the rules that may still make it worse.
///
/// Facts only ever become known, so a rule that is settled stays so; the cases then need to look at few rules.
struct Field<'a> {
    snapshot: &'a Snapshot,
    settled: VerdictSet,
    items: Vec<OpenItem>,
    /// What one case costs beside a small one: a verdict may hang on hundreds of leaves.
    weight: u32,
}

struct OpenItem {
    index: usize,
    /// The worst of the rules that are settled for this item.
    base: VerdictSet,
    /// The rules that may still raise it: their indices, and what is left of their triggers.
    rules: Vec<(usize, Left)>,
    reach_open: bool,
    /// What is left of the reach.
    reach: Left,
}

impl<'a> Field<'a> {
    fn new(snapshot: &'a Snapshot, planes: &[Planes]) -> Self {
        let mut field = Self { snapshot, settled: VerdictSet::only(Verdict::OutOfScope), items: Vec::new(), weight: 1 };
        for (index, p) in planes.iter().enumerate() {
            let all = snapshot.verdicts(p);
            if all.single().is_some() {
                field.settled = field.settled.worse_of(all);
                continue;
            }
            let sets: Vec<(usize, VerdictSet)> = p.rules.iter().map(|r| (r, field.rule(r, p))).collect();
            let permitted = VerdictSet::only(Verdict::Permitted);
            let base = sets.iter().filter(|(_, s)| s.single().is_some()).fold(permitted, |a, (_, b)| a.worse_of(*b));
            let left = |r: usize| Some((r, snapshot.rules.get(r)?.trigger.left(p)));
            let rules: Vec<(usize, Left)> =
                sets.iter().filter(|(_, s)| s.single().is_none() && s.worst() > base.worst()).filter_map(|(r, _)| left(*r)).collect();
            let (reach_open, reach) = (p.reached == Truth::Unknown, snapshot.reach.left(p));
            let sizes = rules.iter().map(|(_, left)| left.size()).sum::<usize>() + if reach_open { reach.size() } else { 0 };
            field.weight += (sizes / SMALL) as u32;
            field.items.push(OpenItem { index, base, rules, reach_open, reach });
        }
        field
    }

    fn rule(&self, rule: usize, planes: &Planes) -> VerdictSet {
        self.snapshot.rules.get(rule).map_or(VerdictSet::only(Verdict::Permitted), |r| self.snapshot.rule(r, planes))
    }

    /// The same by what was left of its trigger.
    fn rule_left(&self, (rule, trigger): &(usize, Left), planes: &Planes) -> VerdictSet {
        let judged = |r: &Rule| self.snapshot.rule_that(trigger.truth(planes), r, planes);
        self.snapshot.rules.get(*rule).map_or(VerdictSet::only(Verdict::Permitted), judged)
    }

    fn item(&self, item: &OpenItem, held: &Held) -> VerdictSet {
        if held.reach == Truth::False {
            return VerdictSet::only(Verdict::OutOfScope);
        }
        let rules = held.rules.iter().fold(item.base, |out, set| out.worse_of(*set));
        self.snapshot.reached(held.reach, held.surely, rules)
    }
}

/// The case under way, with what follows from it: of all rules only those are looked at again that rest on the fact that changes.
struct Case<'a> {
    field: &'a Field<'a>,
    open: &'a [OpenFact],
    planes: Vec<Planes>,
    /// One for each open item of the field.
    held: Vec<Held>,
    /// For each open fact what rests on it.
    touched: Vec<Vec<Touched>>,
    /// What was held before, the newest last.
    before: Vec<Before>,
}

/// What is known of an open item: whether the regime reaches it, and the verdicts of each of its open rules.
struct Held {
    reach: Truth,
    /// Whether it is sure, and not a case only, that the regime reaches it.
    surely: bool,
    rules: Vec<VerdictSet>,
}

/// What rests on a fact of an open item: its reach, and places in its list of open rules.
struct Touched {
    item: usize,
    reach: bool,
    rules: Vec<usize>,
}

enum Before {
    Reach(usize, Truth),
    Rule(usize, usize, VerdictSet),
}

impl<'a> Case<'a> {
    fn new(field: &'a Field<'a>, items: &[Planes], open: &'a [OpenFact]) -> Self {
        let snapshot = field.snapshot;
        let held = |item: &OpenItem| {
            let planes = items.get(item.index).unwrap_or(&Planes::UNKNOWN);
            let rules = item.rules.iter().map(|rule| field.rule_left(rule, planes)).collect();
            Held { reach: if item.reach_open { planes.reached } else { Truth::True }, surely: !item.reach_open, rules }
        };
        let touched = |fact: &OpenFact| {
            let leaves = leaves(fact);
            let mine = field.items.iter().enumerate().filter(|(_, item)| fact.item.is_none_or(|i| i == item.index));
            let of_item = |(at, item): (usize, &OpenItem)| Touched {
                item: at,
                reach: item.reach_open && snapshot.reach_rests_on(&leaves),
                rules: (0..item.rules.len())
                    .filter(|r| item.rules.get(*r).and_then(|(r, _)| snapshot.rules.get(*r)).is_some_and(|r| r.rests_on(&leaves)))
                    .collect(),
            };
            mine.map(of_item).collect()
        };
        Self {
            field,
            open,
            planes: items.to_vec(),
            held: field.items.iter().map(held).collect(),
            touched: open.iter().map(touched).collect(),
            before: Vec::new(),
        }
    }

    /// The verdicts of the whole act or of one of the open items.
    fn verdicts(&self, item: Option<usize>) -> VerdictSet {
        let mut items = self.field.items.iter().zip(&self.held);
        match item {
            Some(place) => items.nth(place).map_or(self.field.settled, |(item, held)| self.field.item(item, held)),
            None => items.fold(self.field.settled, |out, (item, held)| out.worse_of(self.field.item(item, held))),
        }
    }

    /// Whether anything that rests on a fact is still open.
    fn may_matter(&self, fact: usize) -> bool {
        self.touched.get(fact).into_iter().flatten().any(|touched| {
            self.held.get(touched.item).is_some_and(|held| {
                let open = |at: &usize| held.rules.get(*at).is_some_and(|set| set.single().is_none());
                touched.reach && held.reach == Truth::Unknown || held.reach != Truth::False && touched.rules.iter().any(open)
            })
        })
    }

    /// Whether something rests on both facts.
    fn hang_together(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.touched.get(one), self.touched.get(other));
        one.into_iter().flatten().any(|a| {
            other
                .into_iter()
                .flatten()
                .any(|b| a.item == b.item && (a.reach || b.reach || a.rules.iter().any(|rule| b.rules.contains(rule))))
        })
    }

    /// With a fact answered; what is to be handed to [`Self::retract`] to take the answer back.
    fn assign(&mut self, fact: usize, class: &Class) -> usize {
        let mark = self.before.len();
        let Some(open) = self.open.get(fact) else { return mark };
        set(&mut self.planes, open, class, Truth::from);
        for touched in self.touched.get(fact).into_iter().flatten() {
            let (Some(item), Some(held)) = (self.field.items.get(touched.item), self.held.get_mut(touched.item)) else { continue };
            let Some(planes) = self.planes.get(item.index) else { continue };
            if touched.reach {
                self.before.push(Before::Reach(touched.item, held.reach));
                held.reach = item.reach.truth(planes);
            }
            for at in &touched.rules {
                if let (Some(rule), Some(set)) = (item.rules.get(*at), held.rules.get_mut(*at)) {
                    self.before.push(Before::Rule(touched.item, *at, *set));
                    *set = self.field.rule_left(rule, planes);
                }
            }
        }
        mark
    }

    /// Takes the answers so far as given, so that what they bring under the law is surely under it.
    fn take_as_given(&mut self, given: bool) {
        for (item, held) in self.field.items.iter().zip(&mut self.held) {
            held.surely = !item.reach_open || given && held.reach == Truth::True;
        }
    }

    /// A class only sets what was unknown before.
    fn retract(&mut self, fact: usize, class: &Class, mark: usize) {
        if let Some(open) = self.open.get(fact) {
            set(&mut self.planes, open, class, |_| Truth::Unknown);
        }
        for before in self.before.drain(mark..) {
            match before {
                Before::Reach(item, truth) => self.held.get_mut(item).into_iter().for_each(|h| h.reach = truth),
                Before::Rule(item, rule, set) => {
                    self.held.get_mut(item).and_then(|h| h.rules.get_mut(rule)).into_iter().for_each(|s| *s = set);
                }
            }
        }
    }
}

/// The leaves that the answers to a fact settle.
fn leaves(fact: &OpenFact) -> Mask {
    let mut out = [0; WORDS];
    for (atom, _) in fact.classes.iter().flat_map(|c| &c.settings) {
        if let Some(word) = out.get_mut(usize::from(atom / 64)) {
            *word |= 1 << (atom % 64);
        }
    }
    out
}

fn set(planes: &mut [Planes], fact: &OpenFact, class: &Class, truth: impl Fn(bool) -> Truth) {
    for (_, p) in planes.iter_mut().enumerate().filter(|(index, _)| fact.item.is_none_or(|i| i == *index)) {
        class.settings.iter().for_each(|(atom, value)| p.set(*atom, truth(*value)));
    }
}

/// Splits the facts of an act of which the quick pass leaves these verdicts possible.
pub(crate) fn split(
    snapshot: &Snapshot,
    (act, day): (&Act, Date),
    items: &[Planes],
    quick: VerdictSet,
    wanted: Wanted,
    budget: &mut Budget,
) -> Split {
    if quick.single().is_some() {
        return Split::settled(quick);
    }
    let field = Field::new(snapshot, items);
    let (open, left_out) = open_facts(&field, (act, day), items, wanted.told);
    let gates = if wanted.whether { gates(&field, &open) } else { Vec::new() };
    let unasked = |gates: &[usize]| {
        let others = open.iter().enumerate().filter(|(at, _)| !gates.is_empty() && !gates.contains(at));
        others.map(|(_, one)| (one.item, one.fact.clone())).collect()
    };
    let Some((mut search, possible)) = all_cases(&field, items, (&open, left_out), budget) else {
        let unasked = unasked(&gates);
        let asked = if gates.is_empty() { all(&open) } else { gates };
        let effort = wanted.told.map_or(Effort::None, Effort::Quick);
        let (facts, exact_answers) = outcomes(&field, (act, day), items, (&open, &asked), effort, budget);
        return Split { possible: quick, facts, unasked, exact: false, exact_answers, left_out };
    };
    if possible.single().is_some() {
        return Split::settled(possible);
    }
    let before = search.nodes;
    let mut matters = |at: &usize| search.relevant.get(*at) == Some(&true) || search.finds(*at);
    let telling: Vec<usize> = gates.iter().copied().filter(&mut matters).collect();
    let relevant: Vec<usize> = if telling.is_empty() { all(&open).into_iter().filter(matters).collect() } else { Vec::new() };
    let exact = search.nodes <= MOST_NODES;
    budget.spend(search.nodes - before);
    let effort = wanted.told.map_or(Effort::None, Effort::Exact);
    if telling.is_empty() {
        // What makes no difference need not be gone through for what an answer leaves.
        let relevant: Vec<OpenFact> = relevant.into_iter().filter_map(|at| open.get(at).cloned()).collect();
        let (facts, exact_answers) = outcomes(&field, (act, day), items, (&relevant, &all(&relevant)), effort, budget);
        return Split { possible, facts, unasked: Vec::new(), exact, exact_answers, left_out: 0 };
    }
    let (facts, exact_answers) = outcomes(&field, (act, day), items, (&open, &telling), effort, budget);
    Split { possible, facts, unasked: unasked(&gates), exact, exact_answers, left_out: 0 }
}

fn all(open: &[OpenFact]) -> Vec<usize> {
    (0..open.len()).collect()
}

/// The places of the facts of where and who on which it hangs whether the regime concerns the act.
fn gates(field: &Field, open: &[OpenFact]) -> Vec<usize> {
    let rests = |fact: &OpenFact| {
        let mut mine = field.items.iter().filter(|item| item.reach_open && fact.item.is_none_or(|i| i == item.index));
        mine.next().is_some() && field.snapshot.reach_rests_on(&leaves(fact))
    };
    open.iter().enumerate().filter(|(_, one)| one.fact.is_of_place_or_party() && rests(one)).map(|(at, _)| at).collect()
}

/// The verdicts that are possible in all cases together, and whether these were few enough to be looked at; nothing of the facts that decide.
pub(crate) fn exactly(snapshot: &Snapshot, (act, day): (&Act, Date), items: &[Planes], budget: &mut Budget) -> (VerdictSet, bool) {
    let quick = overall(snapshot, items);
    if quick.single().is_some() || budget.0 == 0 {
        return (quick, quick.single().is_some());
    }
    budget.spend(ANEW);
    let field = Field::new(snapshot, items);
    if open_leaves(&field, items, MOST_FACTS).len() > MOST_FACTS {
        return (quick, false);
    }
    let (open, left_out) = open_facts(&field, (act, day), items, None);
    all_cases(&field, items, (&open, left_out), budget).map_or((quick, false), |(_, possible)| (possible, true))
}

/// Looks at every case of the open facts; nothing where there are too many.
fn all_cases<'a>(
    field: &'a Field<'a>,
    items: &[Planes],
    (open, left_out): (&'a [OpenFact], usize),
    budget: &mut Budget,
) -> Option<(Search<'a>, VerdictSet)> {
    if open.len() > MOST_FACTS || left_out > 0 || budget.0 == 0 {
        return None;
    }
    let mut search = Search::new(Case::new(field, items, open));
    let possible = search.run(None, &all(open));
    budget.spend(search.nodes);
    (search.nodes <= MOST_NODES && !possible.is_empty()).then_some((search, possible))
}

/// The verdicts that are possible once an open fact has the answer of a class, and whether every case was looked at.
pub(crate) fn given(
    snapshot: &Snapshot,
    (act, day): (&Act, Date),
    items: &[Planes],
    (open, class): (&OpenFact, &Class),
    budget: &mut Budget,
) -> (VerdictSet, bool) {
    let mut items = items.to_vec();
    set(&mut items, open, class, Truth::from);
    items.iter_mut().for_each(|p| p.reached = snapshot.reach.truth(p));
    exactly(snapshot, (act, day), &items, budget)
}

struct Search<'a> {
    case: Case<'a>,
    nodes: u32,
    relevant: Vec<bool>,
    /// For each fact of an item: where the rest of the act is as bad as one of these, it makes a difference in some case.
    differs: Vec<VerdictSet>,
}

impl<'a> Search<'a> {
    fn new(case: Case<'a>) -> Self {
        let (relevant, differs) = (vec![false; case.open.len()], vec![VerdictSet::EMPTY; case.open.len()]);
        Self { case, nodes: 0, relevant, differs }
    }

    /// Looks further in the case in which a fact has the answer of a class.
    fn with<T>(&mut self, fact: usize, class: &Class, look: impl FnOnce(&mut Self) -> T) -> T {
        self.nodes += self.case.field.weight;
        let mark = self.case.assign(fact, class);
        let found = look(self);
        self.case.retract(fact, class, mark);
        found
    }

    /// The verdicts that are possible, for the whole act or one item of it, when the facts at these places have any answer. Those of the whole act come first, then
    /// those of each item together.
    fn run(&mut self, item: Option<usize>, order: &[usize]) -> VerdictSet {
        let here = self.case.verdicts(item);
        let open = self.case.open;
        let next = order.split_first().and_then(|(at, rest)| Some((*at, open.get(*at)?, rest)));
        let Some((at, fact, rest)) = next else { return here };
        if here.single().is_some() || self.nodes > MOST_NODES {
            return here;
        }
        if item.is_none() && fact.item.is_some() {
            return self.run_items(order);
        }
        let mut union = VerdictSet::EMPTY;
        let mut seen: Option<VerdictSet> = None;
        for class in &fact.classes {
            let set = self.with(at, class, |search| search.run(item, rest));
            if let Some(before) = seen.replace(set).filter(|before| *before != set) {
                self.differ(item, at, before, set);
            }
            union = union.union(set);
            // No case can leave more than was thought possible before it was looked at.
            if union == here {
                break;
            }
        }
        union
    }

    /// Once only facts of single items are open, these are looked at one by one: the worst decides, in every combination.
    fn run_items(&mut self, order: &[usize]) -> VerdictSet {
        let (open, field) = (self.case.open, self.case.field);
        let item_of = |at: &usize| open.get(*at).and_then(|fact| fact.item);
        let facts_of = |item: &OpenItem| {
            let (from, to) = [Some(item.index), Some(item.index + 1)].map(|i| order.partition_point(|at| item_of(at) < i)).into();
            order.get(from..to).unwrap_or_default()
        };
        self.differs.fill(VerdictSet::EMPTY);
        let sets: Vec<VerdictSet> = field.items.iter().enumerate().map(|(place, item)| self.run(Some(place), facts_of(item))).collect();
        for (place, item) in field.items.iter().enumerate() {
            let others =
                sets.iter().enumerate().filter(|(other, _)| *other != place).fold(field.settled, |all, (_, set)| all.worse_of(*set));
            let Some(floor) = others.iter().next() else { continue };
            for at in facts_of(item) {
                if let (Some(differs), Some(relevant)) = (self.differs.get(*at), self.relevant.get_mut(*at)) {
                    *relevant |= differs.has(floor);
                }
            }
        }
        sets.into_iter().fold(field.settled, VerdictSet::worse_of)
    }

    /// Notes that a fact makes a difference, for the whole act or for one item.
    fn differ(&mut self, item: Option<usize>, fact: usize, one: VerdictSet, other: VerdictSet) {
        if item.is_none() {
            self.relevant.get_mut(fact).into_iter().for_each(|relevant| *relevant = true);
            return;
        }
        let floors = Verdict::ALL.into_iter().map(VerdictSet::only).filter(|floor| one.worse_of(*floor) != other.worse_of(*floor));
        let floors = floors.fold(VerdictSet::EMPTY, VerdictSet::union);
        self.differs.get_mut(fact).into_iter().for_each(|differs| *differs = differs.union(floors));
    }

    /// Whether a fact makes a difference in some case. Past the bound it counts: a list of questions may be too long, never too short.
    fn finds(&mut self, fact: usize) -> bool {
        let open = self.case.open;
        let item_of = |at: usize| open.get(at).and_then(|fact| fact.item);
        // What is open of another item makes no difference to what this one makes.
        let mine =
            |other: &usize| *other != fact && (item_of(fact).is_none() || item_of(*other).is_none() || item_of(*other) == item_of(fact));
        let (mut order, apart): (Vec<usize>, Vec<usize>) =
            (0..open.len()).filter(mine).partition(|other| self.case.hang_together(fact, *other));
        order.extend(apart);
        self.matters(fact, &order)
    }

    fn matters(&mut self, fact: usize, order: &[usize]) -> bool {
        if self.nodes > MOST_NODES {
            return true;
        }
        if !self.case.may_matter(fact) || self.case.verdicts(None).single().is_some() {
            return false;
        }
        let open = self.case.open;
        let (next, rest) = order.split_first().map_or((fact, order), |(next, rest)| (*next, rest));
        let mut seen: Option<VerdictSet> = None;
        for class in open.get(next).map_or(&[][..], |open| &open.classes) {
            let found = self.with(next, class, |search| {
                if next == fact {
                    let set = search.case.verdicts(None);
                    seen.replace(set).is_some_and(|before| before != set)
                } else {
                    search.matters(fact, rest)
                }
            });
            if found {
                return true;
            }
        }
        false
    }
}

/// How hard to look for what an answer leaves.
#[derive(Clone, Copy)]
enum Effort<'a> {
    /// Only the facts.
    None,
    /// The quick pass: never too small. Here and below, of facts that are not told already.
    Quick(&'a Told),
    /// All cases of the other facts.
    Exact(&'a Told),
}

/// For each fact that is asked for and each class the verdicts left, the most telling fact first; and whether every case was looked at.
fn outcomes(
    field: &Field,
    (act, day): (&Act, Date),
    items: &[Planes],
    (open, asked): (&[OpenFact], &[usize]),
    effort: Effort<'_>,
    budget: &mut Budget,
) -> (Vec<(OpenFact, Outcomes)>, bool) {
    let mut search = Search::new(Case::new(field, items, open));
    let mut exact = true;
    let mut left = |at: usize, class: &Class| {
        let searched = matches!(effort, Effort::Exact(_)) && budget.0 > 0;
        let more = |fact: &&OpenFact| searched && says_more(field.snapshot, day, items, fact, class);
        if let Some(said) = open.get(at).filter(more).and_then(|fact| said(act, fact, class)) {
            budget.spend(ANEW * field.weight);
            let planes = field.snapshot.planes(&said, day, false);
            let (set, every) = exactly(field.snapshot, (&said, day), &planes, budget);
            exact &= every;
            return (class.label.clone(), set);
        }
        let mark = search.case.assign(at, class);
        search.case.take_as_given(true);
        let set = if searched {
            let others: Vec<usize> = (0..open.len()).filter(|i| *i != at).collect();
            search.nodes = 0;
            let set = search.run(None, &others);
            budget.spend(search.nodes);
            exact &= search.nodes <= MOST_NODES;
            set
        } else {
            let set = search.case.verdicts(None);
            exact &= set.single().is_some();
            set
        };
        search.case.retract(at, class, mark);
        search.case.take_as_given(false);
        (class.label.clone(), set)
    };
    let mut out: Vec<(OpenFact, Outcomes)> = Vec::with_capacity(asked.len());
    for (at, fact) in asked.iter().filter_map(|at| Some((*at, open.get(*at)?))) {
        let wanted = match effort {
            Effort::None => false,
            Effort::Quick(told) | Effort::Exact(told) => !fact.is_told(told),
        };
        let sets = if wanted { fact.classes.iter().map(|c| left(at, c)).collect() } else { Vec::new() };
        out.push((fact.clone(), sets));
    }
    // Largest worst-case reduction first, then what is cheap to find out before what an authority must judge, then the average.
    out.sort_by_key(|(fact, sets)| {
        let worst = sets.iter().map(|(_, s)| s.len()).max().unwrap_or(0);
        let total: u32 = sets.iter().map(|(_, s)| s.len()).sum();
        let cost = match fact.fact {
            Fact::Hs | Fact::Kind | Fact::To | Fact::From | Fact::Place(..) | Fact::Day => 0,
            Fact::Mark(_) | Fact::Value(_) | Fact::Total(_) | Fact::Wear | Fact::Contract => 1,
            Fact::Party(_) | Fact::Approval(_) => 2,
            Fact::Judgement(_) | Fact::Within(_) => 3,
        };
        (worst, cost, total * 100 / u32::try_from(sets.len().max(1)).unwrap_or(1), fact.item)
    });
    (out, exact)
}

/// Whether an answer says more than the leaves that are open: it is also the answer to leaves that were taken as known, or to rows of the list; a
/// destination also says where it happens, and an origin that it is not where the one who provides it belongs.
fn says_more(snapshot: &Snapshot, day: Date, items: &[Planes], open: &OpenFact, class: &Class) -> bool {
    if matches!(open.fact, Fact::To) {
        return true;
    }
    let yes = class.settings.first().is_some_and(|(_, value)| *value);
    let mine = |planes: &Planes| {
        let known = |at: usize| planes.has(at) && planes.get(at as u16) != Truth::Unknown;
        let more = |(at, atom): (usize, &Atom)| match (&open.fact, atom) {
            (Fact::Judgement(asked), Atom::Judgement { name, .. }) => name == asked && known(at),
            (Fact::Judgement(asked), Atom::Within { judgement: Some(name), .. }) => name == asked,
            (Fact::From, Atom::From(area)) => {
                known(at) && class.country().is_some_and(|c| area.has(c, day)) != (planes.get(at as u16) == Truth::True)
            }
            (Fact::Mark(asked), Atom::Mark { key, list, .. }) => key == asked && known(at) || !yes && list == asked && key != asked,
            _ => false,
        };
        snapshot.atoms.iter().enumerate().any(more)
    };
    items.iter().enumerate().filter(|(index, _)| open.item.is_none_or(|item| item == *index)).any(|(_, planes)| mine(planes))
}

/// The act with the answer in it, where an answer says more than the leaves that are open: a finding also ends what was presumed of it elsewhere
/// in the law, and to be on a list is to be known for what one is.
fn said(act: &Act, open: &OpenFact, class: &Class) -> Option<Act> {
    let yes = class.settings.first()?.1;
    let mut said = act.clone();
    match &open.fact {
        // What goes on from a known end still ends there too, which no one destination says.
        Fact::To if has_end(act) => return None,
        Fact::To => said.destination = class.country(),
        Fact::From => said.items.get_mut(open.item?)?.origin = class.country(),
        Fact::Judgement(name) => {
            said.judgements.insert(name.clone(), Finding { yes, by: String::new() });
        }
        Fact::Mark(list) => {
            let marks = &mut said.items.get_mut(open.item?)?.marks;
            marks.retain(|m| m.list != *list);
            marks.push(Mark::said(list, Truth::from(yes)));
        }
        _ => return None,
    }
    Some(said)
}

/// The unknown leaves that rules still open mention, by the item and the place of their fact; no more are looked for once there are more facts than `most`.
fn open_leaves(field: &Field, items: &[Planes], most: usize) -> BTreeMap<(Option<usize>, u16), Vec<u16>> {
    let snapshot = field.snapshot;
    let mut found: BTreeMap<(Option<usize>, u16), Vec<u16>> = BTreeMap::new();
    for item in &field.items {
        let Some(planes) = items.get(item.index).filter(|_| found.len() <= most) else { continue };
        let rules = item.rules.iter().filter_map(|(r, _)| snapshot.rules.get(*r));
        for leaf in snapshot.open_leaves(rules, item.reach_open, planes) {
            let Some((fact, per_item)) = snapshot.fact_of(leaf) else { continue };
            let atoms = found.entry((per_item.then_some(item.index), fact)).or_default();
            if !atoms.contains(&(leaf as u16)) {
                atoms.push(leaf as u16);
            }
        }
    }
    found
}

/// The unknown facts that rules still open mention, up to a bound, and how many are beyond it.
fn open_facts(field: &Field, (act, day): (&Act, Date), items: &[Planes], told: Option<&Told>) -> (Vec<OpenFact>, usize) {
    let snapshot = field.snapshot;
    let found = open_leaves(field, items, usize::MAX);
    let left_out = found.len().saturating_sub(MOST_LISTED);
    let facts = found.into_iter().take(MOST_LISTED).filter_map(|((item, fact), atoms)| {
        let mut open = OpenFact { fact: snapshot.fact(fact)?.clone(), item, classes: Vec::new() };
        let maker = Maker { snapshot, act, day, item: item.unwrap_or(0), labelled: told.is_some_and(|told| !open.is_told(told)) };
        open.classes = maker.classes(&open.fact, &atoms, items);
        Some(open)
    });
    (facts.collect(), left_out)
}
