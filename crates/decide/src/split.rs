//! The exact stage: split undecided facts into classes that no remaining condition can tell apart, and look at every case.
//!
//! Facts are split, not conditions: "HS is 8703" and "HS is 9503" are two values of one fact, and treating them as
//! independent would invent worlds that cannot be. Everything is bounded; past the bound the Kleene set stands and the
//! list of missing facts may be too long, never too short.

use crate::Outcomes;
use crate::atoms::{Atom, Fact, has_end, may_come_from, may_end_in};
use crate::compile::{Rule, Snapshot};
use crate::planes::{Left, Mask, Planes, WORDS};
use model::{Act, ActKind, Area, Country, Date, Finding, HsRange, Mark, Truth, Verdict, VerdictSet};
use std::borrow::Cow;
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

/// Values of a fact that the law treats alike.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub label: Cow<'static, str>,
    /// Of the one country that something ends up in or comes from: those that are meant; none: every other.
    pub countries: Vec<Country>,
    settings: Vec<(u16, bool)>,
}

impl Class {
    /// One country for all that are meant, where a country is meant.
    fn country(&self) -> Option<Country> {
        // No country has this code, so it is one of all others.
        self.countries.first().copied().or_else(|| Country::new("ZZ"))
    }

    fn new(label: Cow<'static, str>, settings: Vec<(u16, bool)>) -> Self {
        Self { label, countries: Vec::new(), settings }
    }
}

/// What splitting found.
pub(crate) struct Split {
    pub possible: VerdictSet,
    /// Facts that decide, each with what every answer leaves.
    pub facts: Vec<(OpenFact, Outcomes)>,
    /// Whether every case was looked at.
    pub exact: bool,
    /// Facts that were left out because there are too many.
    pub left_out: usize,
}

impl Split {
    /// Nothing that is open makes a difference.
    pub(crate) fn settled(possible: VerdictSet) -> Self {
        Self { possible, facts: Vec::new(), exact: true, left_out: 0 }
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

    fn verdicts(&self) -> VerdictSet {
        let items = self.field.items.iter().zip(&self.held);
        items.fold(self.field.settled, |out, (item, held)| out.worse_of(self.field.item(item, held)))
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

/// Splits the facts of an act of which the quick pass leaves these verdicts possible. With `told`, what each answer to a fact would leave is found too, which
/// costs a search for every class; but not of facts that are told already.
pub(crate) fn split(
    snapshot: &Snapshot,
    (act, day): (&Act, Date),
    items: &[Planes],
    quick: VerdictSet,
    told: Option<&Told>,
    budget: &mut Budget,
) -> Split {
    if quick.single().is_some() {
        return Split::settled(quick);
    }
    let field = Field::new(snapshot, items);
    let (open, left_out) = open_facts(&field, (act, day), items, told);
    let Some((mut search, possible)) = all_cases(&field, items, (&open, left_out), budget) else {
        let effort = told.map_or(Effort::None, Effort::Quick);
        return Split { possible: quick, facts: outcomes(&field, (act, day), items, &open, effort, budget), exact: false, left_out };
    };
    if possible.single().is_some() {
        return Split::settled(possible);
    }
    let before = search.nodes;
    let matters = |(at, _): &(usize, &OpenFact)| search.relevant.get(*at) == Some(&true) || search.finds(*at);
    let relevant: Vec<OpenFact> = open.iter().enumerate().filter(matters).map(|(_, fact)| fact.clone()).collect();
    let exact = search.nodes <= MOST_NODES;
    budget.spend(search.nodes - before);
    let effort = told.map_or(Effort::None, Effort::Exact);
    let facts = outcomes(&field, (act, day), items, &relevant, effort, budget);
    Split { possible, facts, exact, left_out: 0 }
}

/// The verdicts that are possible in all cases together, and whether these were few enough to be looked at; nothing of the facts that decide.
fn exactly(snapshot: &Snapshot, (act, day): (&Act, Date), items: &[Planes], budget: &mut Budget) -> (VerdictSet, bool) {
    let quick = overall(snapshot, items);
    if quick.single().is_some() {
        return (quick, true);
    }
    let field = Field::new(snapshot, items);
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
    let order: Vec<usize> = (0..open.len()).collect();
    let possible = search.run(&order);
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
}

impl<'a> Search<'a> {
    fn new(case: Case<'a>) -> Self {
        let relevant = vec![false; case.open.len()];
        Self { case, nodes: 0, relevant }
    }

    fn run(&mut self, order: &[usize]) -> VerdictSet {
        let here = self.case.verdicts();
        let Some((first, rest)) = order.split_first() else { return here };
        if here.single().is_some() || self.nodes > MOST_NODES {
            return here;
        }
        let open = self.case.open;
        let Some(fact) = open.get(*first) else { return here };
        let mut union = VerdictSet::EMPTY;
        let mut seen: Option<VerdictSet> = None;
        for class in &fact.classes {
            self.nodes += self.case.field.weight;
            let mark = self.case.assign(*first, class);
            let set = self.run(rest);
            self.case.retract(*first, class, mark);
            if seen.is_some_and(|s| s != set)
                && let Some(r) = self.relevant.get_mut(*first)
            {
                *r = true;
            }
            seen = Some(set);
            union = union.union(set);
            // No case can leave more than was thought possible before it was looked at.
            if union == here {
                break;
            }
        }
        union
    }

    /// Whether a fact makes a difference in some case. Past the bound it counts: a list of questions may be too long, never too short.
    fn finds(&mut self, fact: usize) -> bool {
        let (mut order, apart): (Vec<usize>, Vec<usize>) =
            (0..self.case.open.len()).filter(|other| *other != fact).partition(|other| self.case.hang_together(fact, *other));
        order.extend(apart);
        self.matters(fact, &order)
    }

    fn matters(&mut self, fact: usize, order: &[usize]) -> bool {
        if self.nodes > MOST_NODES {
            return true;
        }
        if !self.case.may_matter(fact) || self.case.verdicts().single().is_some() {
            return false;
        }
        let open = self.case.open;
        let (next, rest) = order.split_first().map_or((fact, order), |(next, rest)| (*next, rest));
        let mut seen: Option<VerdictSet> = None;
        for class in open.get(next).map_or(&[][..], |open| &open.classes) {
            self.nodes += self.case.field.weight;
            let mark = self.case.assign(next, class);
            let found = if next == fact {
                let set = self.case.verdicts();
                seen.replace(set).is_some_and(|before| before != set)
            } else {
                self.matters(fact, rest)
            };
            self.case.retract(next, class, mark);
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

/// For each fact and class the verdicts left; the most telling fact first.
fn outcomes(
    field: &Field,
    (act, day): (&Act, Date),
    items: &[Planes],
    open: &[OpenFact],
    effort: Effort<'_>,
    budget: &mut Budget,
) -> Vec<(OpenFact, Outcomes)> {
    let mut search = Search::new(Case::new(field, items, open));
    let mut left = |at: usize, class: &Class| {
        let searched = matches!(effort, Effort::Exact(_)) && budget.0 > 0;
        let more = |fact: &&OpenFact| searched && says_more(field.snapshot, day, items, fact, class);
        if let Some(said) = open.get(at).filter(more).and_then(|fact| said(act, fact, class)) {
            budget.spend(ANEW * field.weight);
            let planes = field.snapshot.planes(&said, day, false);
            return (class.label.clone(), exactly(field.snapshot, (&said, day), &planes, budget).0);
        }
        let mark = search.case.assign(at, class);
        search.case.take_as_given(true);
        let set = if searched {
            let others: Vec<usize> = (0..open.len()).filter(|i| *i != at).collect();
            search.nodes = 0;
            let set = search.run(&others);
            budget.spend(search.nodes);
            set
        } else {
            search.case.verdicts()
        };
        search.case.retract(at, class, mark);
        search.case.take_as_given(false);
        (class.label.clone(), set)
    };
    let mut out: Vec<(OpenFact, Outcomes)> = Vec::with_capacity(open.len());
    for (at, fact) in open.iter().enumerate() {
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
    out
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

/// The unknown facts that rules still open mention, up to a bound, and how many are beyond it.
fn open_facts(field: &Field, (act, day): (&Act, Date), items: &[Planes], told: Option<&Told>) -> (Vec<OpenFact>, usize) {
    let snapshot = field.snapshot;
    let mut found: BTreeMap<(Option<usize>, Fact), Vec<u16>> = BTreeMap::new();
    for item in &field.items {
        let Some(planes) = items.get(item.index) else { continue };
        let mut leaves = Vec::new();
        if item.reach_open {
            snapshot.reach.expr.leaves(&mut leaves);
        }
        for rule in item.rules.iter().filter_map(|(r, _)| snapshot.rules.get(*r)) {
            rule.trigger.expr.leaves(&mut leaves);
            for e in &rule.exceptions {
                exception_leaves(snapshot, *e, &mut leaves);
            }
        }
        leaves.sort_unstable();
        leaves.dedup();
        for leaf in leaves.into_iter().filter(|l| planes.get(*l) == Truth::Unknown) {
            if let Some(atom) = snapshot.atoms.get(usize::from(leaf)) {
                let own = atom.per_item().then_some(item.index);
                let atoms = found.entry((own, atom.fact(usize::from(leaf)))).or_default();
                if !atoms.contains(&leaf) {
                    atoms.push(leaf);
                }
            }
        }
    }
    let left_out = found.len().saturating_sub(MOST_LISTED);
    let facts = found.into_iter().take(MOST_LISTED).map(|((item, fact), atoms)| {
        let mut open = OpenFact { fact, item, classes: Vec::new() };
        let maker = Maker { snapshot, act, day, item: item.unwrap_or(0), labelled: told.is_some_and(|told| !open.is_told(told)) };
        open.classes = maker.classes(&open.fact, &atoms, items);
        open
    });
    (facts.collect(), left_out)
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

/// Where a class is made: the law, the act, the item, and whether anybody will read the labels.
struct Maker<'a> {
    snapshot: &'a Snapshot,
    act: &'a Act,
    day: Date,
    item: usize,
    labelled: bool,
}

impl Maker<'_> {
    fn atom(&self, id: u16) -> Option<&Atom> {
        self.snapshot.atoms.get(usize::from(id))
    }

    fn label(&self, text: impl FnOnce() -> String) -> Cow<'static, str> {
        if self.labelled { Cow::Owned(text()) } else { Cow::Borrowed("") }
    }

    fn classes(&self, fact: &Fact, atoms: &[u16], items: &[Planes]) -> Vec<Class> {
        match fact {
            Fact::Kind => self.kinds(atoms),
            Fact::Hs => self.codes(atoms),
            Fact::To | Fact::From => self.countries(fact, atoms),
            Fact::Value(_) | Fact::Total(_) => self.thresholds(atoms, false),
            Fact::Contract => self.thresholds(atoms, true),
            _ => [(true, self.yes(fact)), (false, no(fact))]
                .into_iter()
                .map(|(value, label)| Class::new(label, atoms.iter().map(|a| (*a, value)).collect()))
                .filter(|c| consistent(c, items, self.item))
                .collect(),
        }
    }

    fn yes(&self, fact: &Fact) -> Cow<'static, str> {
        match fact {
            Fact::Place(_, c) => self.label(|| c.to_string()),
            Fact::Wear => "new".into(),
            _ => "yes".into(),
        }
    }

    /// Kinds of act that no open condition tells apart.
    fn kinds(&self, atoms: &[u16]) -> Vec<Class> {
        let mut groups: BTreeMap<Vec<bool>, Vec<ActKind>> = BTreeMap::new();
        for kind in self.act.kind.iter() {
            let vector = atoms.iter().map(|a| matches!(self.atom(*a), Some(Atom::Kind(set)) if set.has(kind))).collect();
            groups.entry(vector).or_default().push(kind);
        }
        let label = |kinds: &[ActKind]| self.label(|| kinds.iter().map(|k| k.word()).collect::<Vec<_>>().join("|"));
        let class = |(vector, kinds): (Vec<bool>, Vec<ActKind>)| Class::new(label(&kinds), atoms.iter().copied().zip(vector).collect());
        groups.into_iter().map(class).collect()
    }

    /// Stretches between thresholds of value, or between days that a contract may be older than.
    fn thresholds(&self, atoms: &[u16], contract: bool) -> Vec<Class> {
        let mut order: Vec<(f64, String, u16)> = Vec::new();
        for a in atoms {
            match self.atom(*a) {
                Some(Atom::Over { amount, currency } | Atom::TotalOver { amount, currency }) => {
                    order.push((*amount, format!("{amount} {currency}"), *a))
                }
                Some(Atom::Contract(day)) => {
                    let number = f64::from(day.year()) * 10_000.0 + f64::from(day.month()) * 100.0 + f64::from(day.day());
                    order.push((number, day.to_string(), *a));
                }
                _ => {}
            }
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let name = |i: usize| order.get(i).map_or("", |(_, name, _)| name.as_str());
        // The value lies above the first `above` thresholds; a contract is older than all but the first `above` days.
        let label = |above: usize| match (contract, above) {
            (false, 0) => format!("up to {}", name(0)),
            (false, n) => format!("over {}", name(n - 1)),
            (true, 0) => format!("before {}", name(0)),
            (true, n) => format!("{} or later", name(n - 1)),
        };
        let class = |above: usize| {
            let settings = order.iter().enumerate().map(|(i, (_, _, a))| (*a, (i < above) != contract)).collect();
            Class::new(self.label(|| label(above)), settings)
        };
        (0..=order.len()).map(class).collect()
    }

    /// Cuts the candidate codes at every boundary that an open condition knows.
    fn codes(&self, atoms: &[u16]) -> Vec<Class> {
        let any = [HsRange::ANY];
        let candidates = self.act.items.get(self.item).map(|i| &i.hs[..]).filter(|c| !c.is_empty()).unwrap_or(&any);
        let ranges = |a: u16| match self.atom(a) {
            Some(Atom::Hs(ranges) | Atom::ListCodes(ranges)) => &ranges[..],
            _ => &[][..],
        };
        let pieces = pieces(candidates, atoms.iter().flat_map(|a| ranges(*a)));
        let inside: Vec<Vec<bool>> = atoms.iter().map(|a| inside(&pieces, ranges(*a))).collect();
        let mut groups: BTreeMap<Vec<bool>, Vec<HsRange>> = BTreeMap::new();
        for (at, piece) in pieces.iter().enumerate() {
            let vector = inside.iter().map(|of_atom| of_atom.get(at) == Some(&true)).collect();
            groups.entry(vector).or_default().push(*piece);
        }
        let open = candidates == [HsRange::ANY];
        let class = |(vector, pieces): (Vec<bool>, Vec<HsRange>)| {
            let label = self.label(|| code_label(&pieces, open && vector.iter().all(|v| !v)));
            Class::new(label, atoms.iter().copied().zip(vector).collect())
        };
        groups.into_iter().map(class).collect()
    }

    /// Countries that no open condition tells apart and that it may be, and all others. Something ends up in one country and comes from one, so that it cannot
    /// be in two groups that have no member in common. Labels are made later, for all regimes together.
    fn countries(&self, fact: &Fact, atoms: &[u16]) -> Vec<Class> {
        let area = |at: &u16| self.atom(*at).and_then(Atom::end);
        let areas: Vec<&Area> = atoms.iter().filter_map(area).collect();
        let may_be = |c: &Country| if *fact == Fact::To { may_end_in(self.act, *c) } else { may_come_from(self.act, *c) };
        let named: BTreeSet<Country> = areas.iter().flat_map(|area| area.countries()).collect();
        let mut groups: BTreeMap<Vec<bool>, Vec<Country>> = BTreeMap::new();
        for country in named.into_iter().filter(may_be) {
            let vector: Vec<bool> = areas.iter().map(|area| area.has(country, self.day)).collect();
            if vector.contains(&true) {
                groups.entry(vector).or_default().push(country);
            }
        }
        let elsewhere = Class::new("".into(), atoms.iter().map(|a| (*a, false)).collect());
        let class = |(vector, countries)| Class { countries, ..Class::new("".into(), atoms.iter().copied().zip(vector).collect()) };
        groups.into_iter().map(class).chain([elsewhere]).collect()
    }
}

/// The candidates cut wherever a range begins or ends, in the order of the candidates.
fn pieces<'a>(candidates: &[HsRange], ranges: impl Iterator<Item = &'a HsRange>) -> Vec<HsRange> {
    let mut cuts: Vec<u32> = ranges.flat_map(|r| [r.first, r.last + 1]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = Vec::with_capacity(cuts.len() + candidates.len());
    for c in candidates {
        let mut first = c.first;
        let (from, to) = (cuts.partition_point(|cut| *cut <= c.first), cuts.partition_point(|cut| *cut <= c.last));
        for end in cuts.get(from..to).unwrap_or_default().iter().copied().chain([c.last + 1]) {
            out.push(HsRange { first, last: end - 1 });
            first = end;
        }
    }
    out
}

/// For each piece whether one of the ranges holds it: whether any of those that begin no later than it reaches to its end. (No range begins or ends inside a
/// piece, so none holds a part of it.)
fn inside(pieces: &[HsRange], ranges: &[HsRange]) -> Vec<bool> {
    let mut sorted: Vec<(u32, u32)> = ranges.iter().map(|r| (r.first, r.last)).collect();
    sorted.sort_unstable();
    let mut farthest = 0;
    for (_, last) in &mut sorted {
        farthest = farthest.max(*last);
        *last = farthest;
    }
    let holds = |piece: &HsRange| {
        let begun = sorted.partition_point(|(first, _)| *first <= piece.first);
        begun.checked_sub(1).and_then(|at| sorted.get(at)).is_some_and(|(_, last)| piece.last <= *last)
    };
    pieces.iter().map(holds).collect()
}

/// The first few ranges; what no condition speaks of, when any code is possible, is just the rest.
fn code_label(pieces: &[HsRange], rest: bool) -> String {
    const SHOWN: usize = 6;
    if rest {
        return "any other".into();
    }
    let shown: Vec<String> = pieces.iter().take(SHOWN).map(ToString::to_string).collect();
    format!("{}{}", shown.join(";"), if pieces.len() > SHOWN { ";…" } else { "" })
}

fn no(fact: &Fact) -> Cow<'static, str> {
    match fact {
        Fact::Place(..) => "elsewhere".into(),
        Fact::Wear => "used".into(),
        _ => "no".into(),
    }
}

fn consistent(class: &Class, items: &[Planes], item: usize) -> bool {
    items.get(item).is_none_or(|p| class.settings.iter().all(|(a, v)| p.get(*a) == Truth::Unknown || p.get(*a) == Truth::from(*v)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lie_in_a_range_or_meet_none() {
        // A small deterministic generator (xorshift), so that the property test needs no dependency.
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut roll = |sides: u32| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % u64::from(sides)) as u32
        };
        let (mut held, mut not) = (0, 0);
        for _ in 0..2_000 {
            let mut some = |most: u32| -> Vec<HsRange> {
                (0..=roll(most))
                    .map(|_| {
                        let first = roll(300);
                        HsRange { first, last: first + roll(60) }
                    })
                    .collect()
            };
            let (candidates, ranges) = (some(2), some(6));
            let pieces = pieces(&candidates, ranges.iter());
            let size = |list: &[HsRange]| list.iter().map(|r| r.last + 1 - r.first).sum::<u32>();
            assert_eq!(size(&pieces), size(&candidates), "{candidates:?} cut by {ranges:?}");
            for (piece, inside) in pieces.iter().zip(inside(&pieces, &ranges)) {
                assert_eq!(inside, ranges.iter().any(|r| piece.within(*r)), "{piece:?} in {ranges:?}");
                assert_eq!(inside, ranges.iter().any(|r| piece.meets(*r)), "{piece:?} and {ranges:?}");
                if inside { held += 1 } else { not += 1 }
            }
        }
        assert!(held > 1_500 && not > 1_500, "{held} held, {not} not");
    }
}
