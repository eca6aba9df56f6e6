//! The law of one stretch of days, with leaf conditions numbered and shared.

use crate::alike::Alike;
use crate::atoms::{Atom, Fact, ListShape};
use crate::planes::{Expr, Formula, Mask, Planes, WORDS, bits, set_bit as set};
use crate::rests::Looks;
use model::{Act, Date, Kinds, Truth, Verdict, VerdictSet};
use rulebook::{Condition, Effect, Encoded, ExceptionKind, ItemTest, Period, Regime, Route, Rulebook};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A prohibition in force.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Index into the rulebook.
    pub at: usize,
    pub trigger: Formula,
    /// Indices into [`Snapshot::exceptions`].
    pub exceptions: Vec<u16>,
    /// Kinds of act for which the trigger can hold.
    kinds: u64,
    /// Leaves of the trigger about kind and direction, all its leaves, and those of the exceptions.
    cheap: Mask,
    leaves: Mask,
    lifting: Mask,
}

impl Rule {
    /// Whether what it says, or what lifts it, can change with one of these leaves.
    pub(crate) fn rests_on(&self, leaves: &Mask) -> bool {
        self.all_leaves().zip(leaves).any(|(a, b)| a & b != 0)
    }

    /// Its leaves and those of what lifts it, word by word.
    fn all_leaves(&self) -> impl Iterator<Item = u64> {
        self.leaves.iter().zip(&self.lifting).map(|(a, b)| a | b)
    }
}

/// An exception in force.
#[derive(Debug)]
pub(crate) struct Lifter {
    pub at: usize,
    pub when: Formula,
    pub approval: Option<u16>,
    pub specific: bool,
    pub defeated_by: Vec<u16>,
}

/// The law of a regime between two neighbouring cut points.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub regime: String,
    pub atoms: Vec<Atom>,
    /// Where they stand among the leaves that are looked at anyway, to find out whom regimes concern.
    pub seen: Vec<Option<usize>>,
    pub reach: Formula,
    pub rules: Vec<Rule>,
    pub exceptions: Vec<Lifter>,
    /// Duties whose condition can be tested: index into the rulebook, formula and its leaves.
    pub duties: Vec<(usize, Formula, Mask)>,
    /// Leaves of the reach, and those that two items of one act can differ in.
    reach_leaves: Mask,
    per_item: Mask,
    /// Leaves by the facts that they look at.
    pub looks: Looks,
    /// The facts that they rest on, found out when it is first asked what is open.
    facts: OnceLock<Facts>,
    /// What rests on each finding.
    findings: BTreeMap<String, Finding>,
    /// Only parts of the law are written down: what they leave permitted may be worse.
    pub partly: bool,
    /// The regimes whose designations count.
    pub regimes: Vec<String>,
    /// The lists that its conditions name, as they are on that day.
    lists: BTreeMap<String, ListShape>,
    /// Its number, found out when it is first asked for.
    pub print: OnceLock<[u8; 32]>,
}

/// Different facts in their order, and for each leaf the place of the one that it rests on.
#[derive(Debug)]
struct Facts {
    all: Vec<Fact>,
    of: Vec<u16>,
}

/// The leaves that ask for a finding, and the rules that rest on them.
#[derive(Debug, Default)]
struct Finding {
    leaves: Mask,
    rules: Vec<usize>,
}

struct Compiler<'a> {
    book: &'a Rulebook,
    /// The regimes whose designations count.
    regimes: Vec<String>,
    /// The day whose law it is; none: that of every day, and what is so on some days only is said together with these days.
    day: Option<Date>,
    atoms: Vec<Atom>,
    alike: Alike,
    lists: BTreeMap<String, ListShape>,
}

/// When an act concerns a regime, of whatever day.
#[derive(Debug)]
pub(crate) struct Concerns {
    pub atoms: Vec<Atom>,
    pub expr: Expr,
    /// The regimes whose designations count.
    pub regimes: Vec<String>,
}

impl Concerns {
    pub(crate) fn compile(book: &Rulebook, regime: &Regime) -> Self {
        let mut c = Compiler::new(book, &regime.id, None);
        let mut expr = c.expr(&regime.when);
        expr.cheapest_first(&|leaf| c.atoms.get(usize::from(leaf)).map_or(0, Atom::cost));
        Self { atoms: c.atoms, expr, regimes: c.regimes }
    }
}

impl<'a> Compiler<'a> {
    fn new(book: &'a Rulebook, regime: &str, day: Option<Date>) -> Self {
        let (regimes, atoms, alike, lists) = (listing_regimes(book, regime), Vec::new(), Alike::default(), BTreeMap::new());
        Self { book, regimes, day, atoms, alike, lists }
    }

    fn leaf(&mut self, atom: Atom) -> Expr {
        let next = self.atoms.len();
        let at = self.alike.place(&atom, next, |at| self.atoms.get(at));
        if at == next {
            self.atoms.push(atom);
        }
        Expr::Leaf(u16::try_from(at).unwrap_or(u16::MAX), true)
    }

    fn expr(&mut self, condition: &Condition) -> Expr {
        match condition {
            Condition::Always => Expr::Constant(true),
            Condition::All(list) => Expr::All(list.iter().map(|c| self.expr(c)).collect()),
            Condition::Any(list) => Expr::Any(list.iter().map(|c| self.expr(c)).collect()),
            Condition::Not(inner) => self.expr(inner).negate(),
            Condition::Act(kinds, _) => self.leaf(Atom::Kind(*kinds)),
            Condition::To(c) => self.leaf(Atom::To(c.clone())),
            Condition::From(c) => self.leaf(Atom::From(c.clone())),
            Condition::Via(c) => self.leaf(Atom::Via(c.clone())),
            Condition::In(c) => self.leaf(Atom::In(c.clone())),
            Condition::Approved(authority) => self.leaf(Atom::Approval(authority.clone())),
            Condition::Item(test) => self.item(test),
            Condition::Party(test) => {
                // Regimes that ask the same of a party share the leaf, unless they ask who is listed.
                let regimes = if test.designated { self.regimes.clone() } else { Vec::new() };
                self.leaf(Atom::Party { test: test.clone(), regimes })
            }
            Condition::Purpose(id) => {
                let name = self.book.purposes.get(id).map_or_else(|| id.clone(), |p| p.judgement.clone());
                self.leaf(Atom::Judgement { name, presume: None })
            }
            Condition::Judgement { name, presume } => self.leaf(Atom::Judgement { name: name.clone(), presume: presume.clone() }),
            Condition::Within { limit, counter, judgement } => {
                let parameter = self.book.parameters.get(limit);
                let unit = parameter.map_or_else(String::new, |p| p.unit.clone());
                let periods = parameter.iter().flat_map(|p| &p.steps).map(|s| s.period);
                self.by_day(periods, &|c, day| {
                    let cap = parameter.and_then(|p| p.on(day)).map(|s| s.value);
                    let (limit, counter, judgement, unit) = (limit.clone(), counter.clone(), judgement.clone(), unit.clone());
                    c.leaf(Atom::Within { limit, counter, judgement, cap, unit })
                })
            }
            Condition::ContractBefore(day) => self.leaf(Atom::Contract(*day)),
            Condition::Defined(id) => match self.book.definitions.get(id) {
                Some(d) => self.by_day(d.periods.iter().copied(), &|c, day| match d.in_force(day) {
                    true => c.expr(&d.when),
                    false => Expr::Constant(false),
                }),
                None => Expr::Constant(false),
            },
        }
    }

    /// What differs from day to day: as it is on the day, or for every day, each stretch of days with what then holds.
    fn by_day(&mut self, periods: impl Iterator<Item = Period>, on: &dyn Fn(&mut Self, Date) -> Expr) -> Expr {
        if let Some(day) = self.day {
            return on(self, day);
        }
        let mut starts: Vec<Date> = periods.flat_map(|p| [Some(p.from), p.to.and_then(|d| d.tomorrow().ok())]).flatten().collect();
        starts.push(Date::MIN);
        starts.sort_unstable();
        starts.dedup();
        if starts.len() == 1 {
            return on(self, Date::MIN);
        }
        let ends = starts.iter().skip(1).map(|d| d.yesterday().ok()).chain([None]);
        let mut any = Vec::new();
        for (from, to) in starts.iter().copied().zip(ends) {
            let then = on(self, from);
            if then != Expr::Constant(false) {
                any.push(Expr::All(vec![self.leaf(Atom::During(Period { from, to })), then]));
            }
        }
        Expr::Any(any)
    }

    fn item(&mut self, test: &ItemTest) -> Expr {
        match test {
            ItemTest::Hs(ranges) => self.leaf(Atom::Hs(ranges.clone())),
            ItemTest::Wear(wear) => self.leaf(Atom::Wear(*wear)),
            ItemTest::Over { amount, currency } => self.leaf(Atom::Over { amount: *amount, currency: currency.clone() }),
            ItemTest::TotalOver { amount, currency } => self.leaf(Atom::TotalOver { amount: *amount, currency: currency.clone() }),
            ItemTest::List(id) => {
                let rows = self.book.lists.get(id).into_iter().flat_map(|list| &list.rows);
                self.by_day(rows.map(|row| row.period), &|c, day| c.list(id, day))
            }
        }
    }

    fn list(&mut self, id: &str, day: Date) -> Expr {
        let shape = ListShape::of(self.book, id, day);
        let mut any = vec![self.mark(id, id, false, shape.worded)];
        self.codes(&mut any, id, id, &shape.certain, &shape.possible);
        for (key, certain, possible, amount, currency) in &shape.over {
            let mut row = vec![self.mark(key, id, false, true)];
            self.codes(&mut row, key, id, certain, possible);
            let over = self.leaf(Atom::Over { amount: *amount, currency: currency.clone() });
            any.push(Expr::All(vec![Expr::Any(row), over]));
        }
        self.lists.insert(id.to_owned(), shape);
        Expr::Any(any)
    }

    fn mark(&mut self, key: &str, list: &str, open: bool, worded: bool) -> Expr {
        self.leaf(Atom::Mark { key: key.to_owned(), open, worded, list: list.to_owned() })
    }

    fn codes(&mut self, any: &mut Vec<Expr>, key: &str, list: &str, certain: &[model::HsRange], possible: &[model::HsRange]) {
        if !certain.is_empty() {
            any.push(self.leaf(Atom::ListCodes(certain.to_vec())));
        }
        if !possible.is_empty() {
            let code = self.leaf(Atom::ListCodes(possible.to_vec()));
            let mark = self.mark(key, list, true, true);
            any.push(Expr::All(vec![code, mark]));
        }
    }
}

fn findings(atoms: &[Atom], rules: &[Rule]) -> BTreeMap<String, Finding> {
    let mut out: BTreeMap<String, Finding> = BTreeMap::new();
    for (at, atom) in atoms.iter().enumerate() {
        if let Atom::Judgement { name, .. } = atom {
            set(&mut out.entry(name.clone()).or_default().leaves, at);
        }
    }
    for finding in out.values_mut() {
        finding.rules = (0..rules.len()).filter(|at| rules.get(*at).is_some_and(|rule| rule.rests_on(&finding.leaves))).collect();
    }
    out
}

/// The leaves of a formula.
fn mask(expr: &Expr) -> Mask {
    let (mut out, mut leaves) = ([0; WORDS], Vec::new());
    expr.leaves(&mut leaves);
    leaves.into_iter().for_each(|l| set(&mut out, usize::from(l)));
    out
}

fn rule(at: usize, trigger: Formula, exceptions: Vec<u16>, atoms: &[Atom], lifters: &[Lifter]) -> Rule {
    let leaves = mask(&trigger.expr);
    let mut cheap = leaves;
    let dear =
        |i: usize| atoms.get(i).is_none_or(|a| !matches!(a, Atom::Kind(_) | Atom::To(_) | Atom::From(_) | Atom::Via(_) | Atom::In(_)));
    for (at, word) in cheap.iter_mut().enumerate() {
        *word = bits(*word).filter(|b| !dear(at * 64 + b)).fold(0, |w, b| w | 1 << b);
    }
    let mut lifting = [0; WORDS];
    exceptions.iter().for_each(|e| lifting_leaves(*e, lifters, &mut lifting, 0));
    Rule { at, kinds: kinds(&trigger.expr, atoms), trigger, exceptions, cheap, leaves, lifting }
}

fn lifting_leaves(exception: u16, lifters: &[Lifter], out: &mut Mask, depth: usize) {
    const MOST_DEPTH: usize = 16;
    let Some(e) = lifters.get(usize::from(exception)).filter(|_| depth < MOST_DEPTH) else { return };
    out.iter_mut().zip(mask(&e.when.expr)).for_each(|(a, b)| *a |= b);
    e.approval.iter().for_each(|a| set(out, usize::from(*a)));
    e.defeated_by.iter().for_each(|d| lifting_leaves(*d, lifters, out, depth + 1));
}

/// The kinds of act for which a formula can be other than false.
fn kinds(expr: &Expr, atoms: &[Atom]) -> u64 {
    match expr {
        Expr::Leaf(a, positive) => match atoms.get(usize::from(*a)) {
            Some(Atom::Kind(set)) if *positive => set.0,
            Some(Atom::Kind(set)) => Kinds::ANY.0 & !set.0,
            _ => Kinds::ANY.0,
        },
        Expr::Constant(false) => 0,
        Expr::Constant(true) => Kinds::ANY.0,
        Expr::All(list) => list.iter().fold(Kinds::ANY.0, |bits, e| bits & kinds(e, atoms)),
        Expr::Any(list) => list.iter().fold(0, |bits, e| bits | kinds(e, atoms)),
    }
}

impl Snapshot {
    /// The law of `regime` on `day`.
    pub(crate) fn compile(book: &Rulebook, regime: &str, day: Date) -> Self {
        let mut c = Compiler::new(book, regime, Some(day));
        let reach = match book.regimes.get(regime) {
            Some(r) if !r.exists_on(day) => Expr::Constant(false),
            Some(r) => c.expr(&r.when),
            None => Expr::Constant(true),
        };
        let lifts = |e: &rulebook::Exception| {
            e.regimes.iter().any(|r| r == regime) && e.in_force(day) && (!e.periods.is_empty() || adopted(book, &e.id, day))
        };
        let live: Vec<usize> = (0..book.exceptions.len()).filter(|i| book.exceptions.get(*i).is_some_and(lifts)).collect();
        let named = |d: &str| live.iter().position(|i| book.exceptions.get(*i).is_some_and(|e| e.id == d));
        let mut exceptions: Vec<Lifter> = live
            .iter()
            .filter_map(|at| book.exceptions.get(*at).map(|e| (*at, e)))
            .map(|(at, e)| {
                let when = c.expr(&e.when);
                let (approval, specific) = match &e.kind {
                    ExceptionKind::Exemption => (None, false),
                    ExceptionKind::Derogation { authority, route, .. } => {
                        let leaf = c.leaf(Atom::Approval(authority.clone()));
                        (if let Expr::Leaf(a, _) = leaf { Some(a) } else { None }, *route == Route::Specific)
                    }
                };
                Lifter { at, when: Formula::new(when), approval, specific, defeated_by: Vec::new() }
            })
            .collect();
        for (position, at) in live.iter().enumerate() {
            let targets = book.exceptions.get(*at).map_or(&[][..], |e| &e.defeats);
            for target in targets.iter().filter_map(|d| named(d)) {
                if let Some(lifter) = exceptions.get_mut(target) {
                    lifter.defeated_by.push(position as u16);
                }
            }
        }
        let whole = format!("regime:{regime}");
        let mut rules = Vec::new();
        let mut duties = Vec::new();
        for (at, p) in book.prohibitions.iter().enumerate().filter(|(_, p)| p.regime == regime && p.in_force(day)) {
            let Some(when) = p.trigger(day) else { continue };
            let trigger = Formula::new(c.expr(&when));
            if p.effect != Effect::Prohibits {
                let leaves = mask(&trigger.expr);
                duties.push((at, trigger, leaves));
                continue;
            }
            let lifted_by = live
                .iter()
                .enumerate()
                .filter(|(_, i)| book.exceptions.get(**i).is_some_and(|e| e.defeats.iter().any(|d| *d == p.id || *d == whole)))
                .map(|(position, _)| position as u16)
                .collect();
            rules.push((at, trigger, lifted_by));
        }
        let rules: Vec<Rule> =
            rules.into_iter().map(|(at, trigger, lifted_by)| rule(at, trigger, lifted_by, &c.atoms, &exceptions)).collect();
        let findings = findings(&c.atoms, &rules);
        let mut per_item = [0; WORDS];
        c.atoms.iter().enumerate().filter(|(_, a)| a.per_item()).for_each(|(i, _)| set(&mut per_item, i));
        let partly = book.regimes.get(regime).is_some_and(|r| matches!(r.encoded, Encoded::Partly(_)));
        Self {
            regime: regime.to_owned(),
            partly,
            reach_leaves: mask(&reach),
            reach: Formula::new(reach),
            rules,
            exceptions,
            duties,
            per_item,
            looks: Looks::of(&c.atoms),
            facts: OnceLock::new(),
            findings,
            atoms: c.atoms,
            seen: Vec::new(),
            regimes: c.regimes,
            lists: c.lists,
            print: OnceLock::new(),
        }
    }

    /// Whether a thing is on a list that a condition of this law names.
    pub(crate) fn on_list(&self, id: &str, goods: &model::Item, day: Date) -> Truth {
        self.lists.get(id).map_or(Truth::False, |list| list.has(id, goods, day))
    }

    /// Computes the leaves that bear on an act, item by item. `with_duties`: those of duties too.
    pub(crate) fn planes(&self, act: &Act, day: Date, with_duties: bool) -> Vec<Planes> {
        self.planes_by(act, with_duties, &|atom, item| self.look(atom, act, item, day))
    }

    /// The same with leaves that are looked at elsewhere.
    pub(crate) fn planes_by(&self, act: &Act, with_duties: bool, look: &impl Fn(usize, usize) -> Truth) -> Vec<Planes> {
        let mut shared = Planes::UNKNOWN;
        let mut out = Vec::with_capacity(act.items.len().max(1));
        for item in 0..act.items.len().max(1) {
            let mut planes = shared;
            self.fill(&mut planes, act.kind, with_duties, &|atom| look(atom, item));
            if item == 0 && act.items.len() > 1 {
                for word in 0..WORDS {
                    let keep = !self.per_item[word];
                    shared.yes[word] = planes.yes[word] & keep;
                    shared.no[word] = planes.no[word] & keep;
                    shared.done[word] = planes.done[word] & keep;
                }
            }
            out.push(planes);
        }
        out
    }

    fn fill(&self, planes: &mut Planes, kind: Kinds, with_duties: bool, look: &impl Fn(usize) -> Truth) {
        compute(planes, &self.reach_leaves, look);
        planes.reached = self.reach.truth(planes);
        if planes.reached == Truth::False {
            return;
        }
        for (at, rule) in self.rules.iter().enumerate().filter(|(_, r)| r.kinds & kind.0 != 0) {
            compute(planes, &rule.cheap, look);
            if rule.trigger.truth(planes) == Truth::False {
                continue;
            }
            planes.near.insert(at);
            compute(planes, &rule.leaves, look);
            if rule.trigger.truth(planes) != Truth::False {
                planes.rules.insert(at);
                compute(planes, &rule.lifting, look);
            }
        }
        for (_, _, leaves) in self.duties.iter().filter(|_| with_duties) {
            compute(planes, leaves, look);
        }
    }

    /// What the facts say of a rule that is only shown, for the item of which it holds best. `items` keeps what was computed for others.
    pub(crate) fn shown(&self, formula: &Formula, leaves: &Mask, look: &impl Fn(usize, usize) -> Truth, items: &mut [Planes]) -> Truth {
        let of_item = |(item, planes): (usize, &mut Planes)| {
            compute(planes, leaves, &|atom| look(atom, item));
            formula.truth(planes)
        };
        items.iter_mut().enumerate().map(of_item).max().unwrap_or(Truth::False)
    }

    /// What would be known of an item if a finding, which nobody made, had been made; nothing where it would make no rule say otherwise. From what is known
    /// of it, which is much cheaper than from the facts. The regime must reach the item, for of the others little was computed.
    pub(crate) fn with_finding(&self, planes: &Planes, act: &Act, item: usize, day: Date, name: &str, yes: bool) -> Option<Planes> {
        let found = self.findings.get(name)?;
        let mut out = *planes;
        // Rules that fell away may come back, and what they rest on was then not computed.
        let rules = || found.rules.iter().filter_map(|at| Some((*at, self.rules.get(*at)?))).filter(|(_, r)| r.kinds & act.kind.0 != 0);
        for (_, rule) in rules() {
            compute(&mut out, &rule.leaves, &|atom| self.look(atom, act, item, day));
            compute(&mut out, &rule.lifting, &|atom| self.look(atom, act, item, day));
        }
        let before: Vec<VerdictSet> = rules().map(|(_, rule)| self.rule(rule, &out)).collect();
        for at in found.leaves.iter().enumerate().flat_map(|(word, leaves)| bits(*leaves).map(move |bit| word * 64 + bit)) {
            out.set(at as u16, Truth::from(yes));
        }
        if self.reach_rests_on(&found.leaves) {
            out.reached = self.reach.truth(&out);
        }
        for (at, rule) in rules() {
            if rule.trigger.truth(&out) != Truth::False {
                out.rules.insert(at);
            }
        }
        let same = rules().zip(before).all(|((_, rule), before)| self.rule(rule, &out) == before);
        (!same || out.reached != planes.reached).then_some(out)
    }

    /// The place of a leaf of the reach.
    pub(crate) fn reach_leaf(&self, atom: &Atom) -> Option<u16> {
        let in_reach = |at: &usize| self.reach_leaves.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
        let place = self.atoms.iter().enumerate().find(|(at, one)| in_reach(at) && *one == atom)?.0;
        u16::try_from(place).ok()
    }

    fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| {
            let facts: Vec<Fact> = self.atoms.iter().enumerate().map(|(at, atom)| atom.fact(at)).collect();
            let mut all = facts.clone();
            all.sort_unstable();
            all.dedup();
            let place = |fact: &Fact| all.partition_point(|other| other < fact) as u16;
            Facts { of: facts.iter().map(place).collect(), all }
        })
    }

    /// The place of the fact that a leaf rests on, in their order, and whether items of one act can differ in it.
    pub(crate) fn fact_of(&self, leaf: usize) -> Option<(u16, bool)> {
        Some((*self.facts().of.get(leaf)?, self.per_item.get(leaf / 64)? >> (leaf % 64) & 1 == 1))
    }

    /// The fact at a place.
    pub(crate) fn fact(&self, place: u16) -> Option<&Fact> {
        self.facts().all.get(usize::from(place))
    }

    /// The leaves of some rules and what lifts them, and those of the reach where that is `open`, of which nothing is known.
    pub(crate) fn open_leaves<'s>(
        &self,
        rules: impl Iterator<Item = &'s Rule>,
        open: bool,
        planes: &Planes,
    ) -> impl Iterator<Item = usize> {
        let mut leaves = if open { self.reach_leaves } else { [0; WORDS] };
        for rule in rules {
            leaves.iter_mut().zip(rule.all_leaves()).for_each(|(all, mine)| *all |= mine);
        }
        leaves.iter_mut().zip(planes.yes.iter().zip(&planes.no)).for_each(|(all, (yes, no))| *all &= !(yes | no));
        leaves.into_iter().enumerate().flat_map(|(at, word)| bits(word).map(move |bit| at * 64 + bit))
    }

    /// Whether the reach can change with one of these leaves.
    pub(crate) fn reach_rests_on(&self, leaves: &Mask) -> bool {
        self.reach_leaves.iter().zip(leaves).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn look(&self, atom: usize, act: &Act, item: usize, day: Date) -> Truth {
        self.atoms.get(atom).map_or(Truth::False, |atom| atom.truth(act, item, day))
    }

    /// What the exception does, minus what defeats it.
    pub(crate) fn holds(&self, exception: u16, planes: &Planes) -> Truth {
        let Some(e) = self.exceptions.get(usize::from(exception)) else { return Truth::False };
        let held = e.when.truth(planes);
        if held == Truth::False || e.defeated_by.is_empty() {
            return held;
        }
        let defeated = e.defeated_by.iter().map(|d| self.lifts(*d, planes)).max().unwrap_or(Truth::False);
        held.and(defeated.negate())
    }

    /// Whether the exception lifts: an exemption that holds, or a derogation that holds and is approved.
    pub(crate) fn lifts(&self, exception: u16, planes: &Planes) -> Truth {
        let Some(e) = self.exceptions.get(usize::from(exception)) else { return Truth::False };
        let approved = e.approval.map_or(Truth::True, |a| planes.get(a));
        if approved == Truth::False { Truth::False } else { self.holds(exception, planes).and(approved) }
    }

    /// Whether the exception may make anything milder: it may lift, or open a route to an approval.
    pub(crate) fn counts(&self, exception: u16, planes: &Planes) -> bool {
        let specific = || self.exceptions.get(usize::from(exception)).is_some_and(|e| e.specific);
        self.lifts(exception, planes) != Truth::False || specific() && self.holds(exception, planes) != Truth::False
    }

    /// Verdicts possible for one rule: not caught and lifted are both `Permitted` once the regime reaches the act.
    pub(crate) fn rule(&self, rule: &Rule, planes: &Planes) -> VerdictSet {
        self.rule_that(rule.trigger.truth(planes), rule, planes)
    }

    /// The same of a rule of which is known whether it catches the item.
    pub(crate) fn rule_that(&self, caught: Truth, rule: &Rule, planes: &Planes) -> VerdictSet {
        if caught == Truth::False {
            return VerdictSet::only(Verdict::Permitted);
        }
        let (mut lifted, mut available) = (Truth::False, Truth::False);
        for e in &rule.exceptions {
            lifted = lifted.or(self.lifts(*e, planes));
            if lifted == Truth::True {
                return VerdictSet::only(Verdict::Permitted);
            }
            if self.exceptions.get(usize::from(*e)).is_some_and(|x| x.specific) {
                available = available.or(self.holds(*e, planes));
            }
        }
        let mut out = VerdictSet::EMPTY;
        if caught != Truth::True || lifted != Truth::False {
            out = out.with(Verdict::Permitted);
        }
        if lifted != Truth::True {
            if available != Truth::False {
                out = out.with(Verdict::NeedsAuthorisation);
            }
            if available != Truth::True {
                out = out.with(Verdict::Prohibited);
            }
        }
        out
    }

    /// Verdicts possible for one item.
    pub(crate) fn verdicts(&self, planes: &Planes) -> VerdictSet {
        let reached = planes.reached;
        if reached == Truth::False {
            return VerdictSet::only(Verdict::OutOfScope);
        }
        let prohibited = VerdictSet::only(Verdict::Prohibited);
        let mut out = VerdictSet::only(Verdict::Permitted);
        for rule in planes.rules.iter().filter_map(|r| self.rules.get(r)) {
            out = out.worse_of(self.rule(rule, planes));
            if out == prohibited {
                break;
            }
        }
        self.reached(reached, reached == Truth::True, out)
    }

    /// What is left of the verdicts of the rules: of law that is not written down, and of a reach that is not certain.
    pub(crate) fn reached(&self, reached: Truth, surely: bool, rules: VerdictSet) -> VerdictSet {
        let mut out = rules;
        // As of law that is not written down at all: it counts where the act surely falls under it.
        if self.partly && surely && out.has(Verdict::Permitted) {
            out = out.with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited);
        }
        if reached == Truth::Unknown { out.with(Verdict::OutOfScope) } else { out }
    }
}

/// The regimes whose designations count as those of a regime.
pub(crate) fn listing_regimes(book: &Rulebook, regime: &str) -> Vec<String> {
    let others = book.regimes.get(regime).map_or(&[][..], |r| &r.lists);
    std::iter::once(regime.to_owned()).chain(others.iter().cloned()).collect()
}

fn adopted(book: &Rulebook, id: &str, day: Date) -> bool {
    book.instrument_of(id).is_none_or(|i| i.adopted.on <= day)
}

/// Looks at those leaves that were not looked at yet.
fn compute(planes: &mut Planes, wanted: &Mask, look: &impl Fn(usize) -> Truth) {
    for (at, word) in wanted.iter().enumerate() {
        let open = word & !planes.done[at];
        planes.done[at] |= open;
        for bit in bits(open) {
            planes.set((at * 64 + bit) as u16, look(at * 64 + bit));
        }
    }
}
