//! The law of one stretch of days, with leaf conditions numbered and shared.

use crate::atoms::{Atom, list_shape};
use crate::planes::{Expr, Formula, Planes};
use model::{Date, Truth, Verdict, VerdictSet};
use rulebook::{Condition, Effect, ExceptionKind, ItemTest, Route, Rulebook};

/// A prohibition in force.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Index into the rulebook.
    pub at: usize,
    pub trigger: Formula,
    /// Indices into [`Snapshot::exceptions`].
    pub exceptions: Vec<u16>,
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
    pub reach: Formula,
    pub rules: Vec<Rule>,
    pub exceptions: Vec<Lifter>,
    /// Duties whose condition can be tested: index into the rulebook and formula.
    pub duties: Vec<(usize, Formula)>,
}

struct Compiler<'a> {
    book: &'a Rulebook,
    regime: &'a str,
    day: Date,
    atoms: Vec<Atom>,
}

impl Compiler<'_> {
    fn leaf(&mut self, atom: Atom) -> Expr {
        let at = self.atoms.iter().position(|a| *a == atom).unwrap_or_else(|| {
            self.atoms.push(atom);
            self.atoms.len() - 1
        });
        Expr::Leaf(u16::try_from(at).unwrap_or(u16::MAX), true)
    }

    fn expr(&mut self, condition: &Condition) -> Expr {
        match condition {
            Condition::Always => Expr::Constant(true),
            Condition::All(list) => Expr::All(list.iter().map(|c| self.expr(c)).collect()),
            Condition::Any(list) => Expr::Any(list.iter().map(|c| self.expr(c)).collect()),
            Condition::Not(inner) => self.expr(inner).negate(),
            Condition::Act(kinds, _) => self.leaf(Atom::Kind(*kinds)),
            Condition::To(c) => self.leaf(Atom::To(*c)),
            Condition::From(c) => self.leaf(Atom::From(*c)),
            Condition::Via(c) => self.leaf(Atom::Via(*c)),
            Condition::Item(test) => self.item(test),
            Condition::Party(test) => self.leaf(Atom::Party { test: test.clone(), regime: self.regime.to_owned() }),
            Condition::Purpose(id) => {
                let name = self.book.purposes.get(id).map_or_else(|| id.clone(), |p| p.judgement.clone());
                self.leaf(Atom::Judgement { name, presume: None })
            }
            Condition::Judgement { name, presume } => self.leaf(Atom::Judgement { name: name.clone(), presume: presume.clone() }),
            Condition::Within { limit, counter, judgement } => {
                let parameter = self.book.parameters.get(limit);
                let cap = parameter.and_then(|p| p.on(self.day)).map(|s| s.value);
                let unit = parameter.map_or_else(String::new, |p| p.unit.clone());
                self.leaf(Atom::Within { limit: limit.clone(), counter: counter.clone(), judgement: judgement.clone(), cap, unit })
            }
            Condition::ContractBefore(day) => self.leaf(Atom::Contract(*day)),
            Condition::Defined(id) => match self.book.definitions.get(id) {
                Some(d) => self.expr(&d.when),
                None => Expr::Constant(false),
            },
        }
    }

    fn item(&mut self, test: &ItemTest) -> Expr {
        match test {
            ItemTest::Hs(ranges) => self.leaf(Atom::Hs(ranges.clone())),
            ItemTest::Wear(wear) => self.leaf(Atom::Wear(*wear)),
            ItemTest::Over { amount, currency } => self.leaf(Atom::Over { amount: *amount, currency: currency.clone() }),
            ItemTest::List(id) => {
                let shape = list_shape(self.book, id, self.day);
                let mut any = vec![self.mark(id, id, false, shape.worded)];
                self.codes(&mut any, id, id, shape.certain, shape.possible);
                for (key, certain, possible, amount, currency) in shape.over {
                    let mut row = vec![self.mark(&key, id, false, true)];
                    self.codes(&mut row, &key, id, certain, possible);
                    let over = self.leaf(Atom::Over { amount, currency });
                    any.push(Expr::All(vec![Expr::Any(row), over]));
                }
                Expr::Any(any)
            }
        }
    }

    fn mark(&mut self, key: &str, list: &str, open: bool, worded: bool) -> Expr {
        self.leaf(Atom::Mark { key: key.to_owned(), open, worded, list: list.to_owned() })
    }

    fn codes(&mut self, any: &mut Vec<Expr>, key: &str, list: &str, certain: Vec<model::HsRange>, possible: Vec<model::HsRange>) {
        if !certain.is_empty() {
            any.push(self.leaf(Atom::ListCodes(certain)));
        }
        if !possible.is_empty() {
            let code = self.leaf(Atom::ListCodes(possible));
            let mark = self.mark(key, list, true, true);
            any.push(Expr::All(vec![code, mark]));
        }
    }
}

impl Snapshot {
    /// The law of `regime` on `day`.
    pub(crate) fn compile(book: &Rulebook, regime: &str, day: Date) -> Self {
        let mut c = Compiler { book, regime, day, atoms: Vec::new() };
        let reach = book.regimes.get(regime).map_or(Expr::Constant(true), |r| c.expr(&r.when));
        let live: Vec<usize> = (0..book.exceptions.len())
            .filter(|i| book.exceptions.get(*i).is_some_and(|e| e.regime == regime && e.in_force(day) && adopted(book, &e.id, day)))
            .collect();
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
            let Some(when) = &p.when else { continue };
            let trigger = Formula::new(c.expr(when));
            if p.effect != Effect::Prohibits {
                duties.push((at, trigger));
                continue;
            }
            let lifted_by = live
                .iter()
                .enumerate()
                .filter(|(_, i)| book.exceptions.get(**i).is_some_and(|e| e.defeats.iter().any(|d| *d == p.id || *d == whole)))
                .map(|(position, _)| position as u16)
                .collect();
            rules.push(Rule { at, trigger, exceptions: lifted_by });
        }
        Self { regime: regime.to_owned(), atoms: c.atoms, reach: Formula::new(reach), rules, exceptions, duties }
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

    /// Verdicts possible for one rule: not caught and lifted are both `Permitted` once the regime reaches the act.
    pub(crate) fn rule(&self, rule: &Rule, planes: &Planes) -> VerdictSet {
        let caught = rule.trigger.truth(planes);
        if caught == Truth::False {
            return VerdictSet::only(Verdict::Permitted);
        }
        let (mut lifted, mut available) = (Truth::False, Truth::False);
        for e in &rule.exceptions {
            lifted = lifted.or(self.lifts(*e, planes));
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
        let reached = self.reach.truth(planes);
        if reached == Truth::False {
            return VerdictSet::only(Verdict::OutOfScope);
        }
        let prohibited = VerdictSet::only(Verdict::Prohibited);
        let mut out = VerdictSet::only(Verdict::Permitted);
        for rule in &self.rules {
            out = out.worse_of(self.rule(rule, planes));
            if out == prohibited {
                break;
            }
        }
        if reached == Truth::Unknown { out.with(Verdict::OutOfScope) } else { out }
    }
}

fn adopted(book: &Rulebook, id: &str, day: Date) -> bool {
    book.instrument_of(id).is_none_or(|i| i.adopted.on <= day)
}
