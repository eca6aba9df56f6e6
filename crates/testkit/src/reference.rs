//! The slow reference: what the law says of an act, by trying every world that fits the facts.
//!
//! A *fact* is something that several conditions may rest on and that nobody stated. A *world* gives values to facts. In a world in
//! which every condition is settled there is one verdict; the answer is the union over all worlds and all days. A world that is only
//! partly filled in is evaluated too, with three truth values, for one reason: when it could yield no verdict that was not found
//! already, there is no need to fill it in.

mod amounts;
mod facts;
mod options;

use facts::{Answer, Eye, Fact, World};
use model::{Act, Date, Truth, Verdict, VerdictSet};
use rulebook::{Condition, Effect, Encoded, Exception, ExceptionKind, Prohibition, Regime, Route, Rulebook};
use std::collections::BTreeSet;

/// How many worlds, whole or partly filled in, [`verdicts`] looks at before it gives up.
pub const BOUND: usize = 200_000;

/// Every verdict that the act may get in the jurisdiction; `None` when there are too many worlds to try.
#[must_use]
pub fn verdicts(book: &Rulebook, act: &Act, jurisdiction: &str) -> Option<VerdictSet> {
    verdicts_within(book, act, jurisdiction, BOUND)
}

/// The same with a bound of the caller's choice.
#[must_use]
pub fn verdicts_within(book: &Rulebook, act: &Act, jurisdiction: &str, bound: usize) -> Option<VerdictSet> {
    let mut search = Search { book, act, found: VerdictSet::EMPTY, left: bound, shortcut: true };
    for day in days(book, act) {
        search.day(day, jurisdiction)?;
    }
    Some(search.found)
}

/// The truth of a whole condition for an item of the act on a day, when nothing is assumed about what nobody stated.
#[must_use]
pub fn leaf(book: &Rulebook, act: &Act, item: usize, day: Date, regime: &str, condition: &Condition) -> Truth {
    let world = World::new();
    Eye { book, act, item, day, regime, world: &world }.see(condition).truth()
}

/// Whether an approval of the authority that covers the item is on record on the day.
#[must_use]
pub fn approved(book: &Rulebook, act: &Act, item: usize, day: Date, authority: &str) -> Truth {
    let world = World::new();
    Eye { book, act, item, day, regime: "", world: &world }.approval(authority).truth()
}

/// The act as each regime of a jurisdiction sees it. A party that is called listed without a word on where counts as listed under those regimes that ask
/// who is listed and that the act surely concerns in any case; failing these under those that it may concern; failing these under all. Elsewhere its listings on
/// record count.
pub(crate) fn seen<'a>(book: &'a Rulebook, act: &Act, jurisdiction: &str) -> Vec<(&'a Regime, Act)> {
    let all: Vec<&Regime> = book.regimes.values().filter(|r| r.jurisdiction == jurisdiction).collect();
    let mut act = act.clone();
    for party in act.parties.iter_mut().filter(|p| !p.listed_by.is_empty() && !p.listed_by.iter().any(|by| by == jurisdiction)) {
        // Another authority lists it.
        party.designated = party.designated.filter(|listed| !listed);
    }
    let mut plain = act.clone();
    for party in plain.parties.iter_mut().filter(|p| p.designated == Some(true)) {
        party.designated = None;
    }
    if plain == act {
        return all.into_iter().map(|r| (r, act.clone())).collect();
    }
    let days = days(book, &plain);
    let concerned = |r: &&Regime| {
        if !regime_asks_who_is_listed(book, r) {
            return Truth::False;
        }
        let alive = days.iter().filter(|day| r.exists_on(**day));
        let truths = alive.flat_map(|day| (0..plain.items.len()).map(|i| leaf(book, &plain, i, *day, &r.id, &r.when)));
        truths.max().unwrap_or(Truth::False)
    };
    let truths: Vec<Truth> = all.iter().map(concerned).collect();
    let best = truths.iter().copied().max().unwrap_or(Truth::False);
    all.into_iter().zip(truths).map(|(r, truth)| (r, if truth == best { act.clone() } else { plain.clone() })).collect()
}

/// Whether a prohibition of the regime, or whom it reaches, hangs on who is listed.
fn regime_asks_who_is_listed(book: &Rulebook, regime: &Regime) -> bool {
    let rules = book.prohibitions.iter().filter(|p| p.regime == regime.id && p.effect == Effect::Prohibits).filter_map(|p| p.when.as_ref());
    rules.chain([&regime.when]).any(|when| asks_who_is_listed(book, when))
}

/// Whether the answer to a condition may differ between regimes, which count other people as listed.
pub(crate) fn asks_who_is_listed(book: &Rulebook, condition: &Condition) -> bool {
    let mut open = vec![condition];
    while let Some(next) = open.pop() {
        match next {
            Condition::Party(test) if test.designated => return true,
            Condition::All(list) | Condition::Any(list) => open.extend(list),
            Condition::Not(inner) => open.push(inner),
            Condition::Defined(id) => open.extend(book.definitions.get(id).map(|d| &d.when)),
            _ => {}
        }
    }
    false
}

/// Every verdict that the act may get in the jurisdiction on one day.
pub(crate) fn verdicts_on(book: &Rulebook, act: &Act, jurisdiction: &str, day: Date) -> Option<VerdictSet> {
    let mut search = Search { book, act, found: VerdictSet::EMPTY, left: BOUND, shortcut: true };
    search.day(day, jurisdiction)?;
    Some(search.found)
}

/// Every verdict that one prohibition by itself may bring an item, inside its regime.
pub(crate) fn verdicts_of(book: &Rulebook, act: &Act, item: usize, day: Date, prohibition: &Prohibition) -> Option<VerdictSet> {
    let regime = book.regimes.get(&prohibition.regime)?;
    // What one look settles needs no search.
    let nothing = World::new();
    let (quick, _) = one_rule(&Eye { book, act, item, day, regime: &regime.id, world: &nothing }, prohibition);
    if quick.single().is_some() {
        return Some(quick);
    }
    let law = Law { regime, act, rules: vec![Rule { item, prohibition }] };
    let mut search = Search { book, act, found: VerdictSet::EMPTY, left: BOUND / 10, shortcut: true };
    search.worlds(&[law], day, &mut World::new())?;
    Some(search.found)
}

/// What one regime whose law is not encoded makes of an item.
pub(crate) fn verdicts_without_law(book: &Rulebook, act: &Act, item: usize, day: Date, regime: &Regime) -> VerdictSet {
    missing_law(&Eye { book, act, item, day, regime: &regime.id, world: &World::new() }, regime)
}

/// Whether an exception fits the act and is not itself lifted, and whether it lifts, when nothing is assumed.
pub(crate) fn exception_truth(book: &Rulebook, act: &Act, item: usize, day: Date, regime: &str, exception: &Exception) -> (Truth, Truth) {
    let world = World::new();
    let eye = Eye { book, act, item, day, regime, world: &world };
    let holds = holds(&eye, exception, &mut Vec::new()).truth();
    match &exception.kind {
        ExceptionKind::Exemption => (holds, holds),
        ExceptionKind::Derogation { authority, .. } => (holds, holds.and(eye.approval(authority).truth())),
    }
}

/// The first day that the act may fall on, and each later one on which the law or a record of the act changes.
#[must_use]
pub fn days(book: &Rulebook, act: &Act) -> Vec<Date> {
    let (first, last) = act.on.map_or((Date::MIN, Date::MAX), |span| (span.first, span.last));
    let mut cuts = BTreeSet::from([first]);
    let mut add = |from: Option<Date>, to: Option<Date>| {
        cuts.extend(from);
        cuts.extend(to.and_then(|day| day.tomorrow().ok()));
    };
    let periods = book.prohibitions.iter().flat_map(|p| &p.periods);
    let periods = periods.chain(book.exceptions.iter().flat_map(|e| &e.periods));
    let periods = periods.chain(book.regimes.values().flat_map(|r| &r.periods));
    let periods = periods.chain(book.parameters.values().flat_map(|p| p.steps.iter().map(|s| &s.period)));
    let members = book.groups().flat_map(|g| g.members.iter());
    members.for_each(|(_, from, to)| add(*from, *to));
    let periods = periods.chain(book.lists.values().flat_map(|l| l.rows.iter().map(|r| &r.period)));
    periods.for_each(|p| add(Some(p.from), p.to));
    book.instruments.iter().for_each(|i| add(Some(i.adopted.on), None));
    act.approvals.iter().for_each(|a| add(Some(a.on), a.until));
    act.parties.iter().flat_map(|p| &p.designations).for_each(|d| add(d.from, d.to));
    act.items.iter().flat_map(|i| &i.marks).for_each(|m| add(Some(m.from), m.to));
    cuts.into_iter().filter(|day| first <= *day && *day <= last).collect()
}

/// A prohibition in force on a day, for the item that it may catch.
struct Rule<'a> {
    item: usize,
    prohibition: &'a Prohibition,
}

/// A regime on a day with the rules that the act may fall under.
struct Law<'a> {
    regime: &'a Regime,
    /// The act as the regime sees it.
    act: &'a Act,
    rules: Vec<Rule<'a>>,
}

fn reached(book: &Rulebook, act: &Act, regime: &Regime, day: Date) -> bool {
    regime.exists_on(day) && (0..act.items.len()).any(|item| leaf(book, act, item, day, &regime.id, &regime.when) != Truth::False)
}

/// The prohibitions in force that do not surely pass an item by: what is surely false is false in every world.
fn rules<'a>(book: &'a Rulebook, act: &Act, regime: &Regime, day: Date) -> Vec<Rule<'a>> {
    let mut out = Vec::new();
    for prohibition in book.prohibitions.iter().filter(|p| p.regime == regime.id && p.in_force(day)) {
        let Some(when) = prohibition.trigger(day).filter(|_| prohibition.effect == Effect::Prohibits) else { continue };
        for item in 0..act.items.len() {
            if leaf(book, act, item, day, &regime.id, &when) != Truth::False {
                out.push(Rule { item, prohibition });
            }
        }
    }
    out
}

struct Search<'a> {
    book: &'a Rulebook,
    act: &'a Act,
    found: VerdictSet,
    left: usize,
    /// Off only in tests, which compare both ways.
    shortcut: bool,
}

impl<'a> Search<'a> {
    fn day(&mut self, day: Date, jurisdiction: &str) -> Option<()> {
        let seen = seen(self.book, self.act, jurisdiction);
        // What surely does not concern the act does not in any world either.
        let reached = seen.iter().filter(|(r, act)| r.encoded == Encoded::No || reached(self.book, act, r, day));
        let laws: Vec<Law> = reached.map(|(regime, act)| Law { regime, act, rules: rules(self.book, act, regime, day) }).collect();
        self.worlds(&laws, day, &mut World::new())
    }

    /// Adds the verdicts of every world that agrees with `world`.
    fn worlds(&mut self, laws: &[Law], day: Date, world: &mut World) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        let (verdicts, open) = self.act(laws, day, world);
        let fact = match open {
            Some(_) if self.shortcut && self.found.contains(verdicts) => return Some(()),
            Some(fact) if !self.shortcut || verdicts.len() > 1 => fact,
            _ => {
                self.found = self.found.union(verdicts);
                return Some(());
            }
        };
        for value in options::of(self.book, self.act, &fact) {
            world.insert(fact.clone(), value);
            self.worlds(laws, day, world)?;
        }
        world.remove(&fact);
        Some(())
    }

    /// The verdicts that the act may get in a world, and a fact that is still open if one matters.
    /// Without an open fact this is exact; with one it may name too many verdicts, never too few.
    fn act(&self, laws: &[Law], day: Date, world: &World) -> (VerdictSet, Option<Fact>) {
        let mut all = VerdictSet::only(Verdict::OutOfScope);
        let mut open = None;
        for law in laws {
            for item in 0..self.act.items.len() {
                let eye = Eye { book: self.book, act: law.act, item, day, regime: &law.regime.id, world };
                let (verdicts, fact) = one_item(&eye, law);
                all = all.worse_of(verdicts);
                open = open.or(fact);
            }
        }
        (all, open)
    }
}

fn one_item(eye: &Eye, law: &Law) -> (VerdictSet, Option<Fact>) {
    if law.regime.encoded == Encoded::No {
        return (missing_law(eye, law.regime), None);
    }
    let reached = eye.see(&law.regime.when);
    if reached.truth() == Truth::False {
        return (VerdictSet::only(Verdict::OutOfScope), None);
    }
    let mut all = VerdictSet::only(Verdict::Permitted);
    let mut open = None;
    for rule in law.rules.iter().filter(|r| r.item == eye.item) {
        let (verdicts, fact) = one_rule(eye, rule.prohibition);
        all = all.worse_of(verdicts);
        open = open.or(fact);
    }
    if matches!(law.regime.encoded, Encoded::Partly(_)) && all.has(Verdict::Permitted) && surely(eye, &law.regime.when) {
        all = all.with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited);
    }
    if let Answer::Open(fact) = reached {
        return (all.with(Verdict::OutOfScope), Some(fact));
    }
    (all, open)
}

/// Whether a condition holds when nothing is assumed about what nobody stated.
fn surely(eye: &Eye, when: &Condition) -> bool {
    let nothing = World::new();
    Eye { world: &nothing, ..*eye }.see(when).truth() == Truth::True
}

/// A regime whose law is not written down: what surely concerns it may be anything but out of scope.
fn missing_law(eye: &Eye, regime: &Regime) -> VerdictSet {
    let nothing = World::new();
    let reached = Eye { world: &nothing, ..*eye }.see(&regime.when).truth();
    let existed = regime.periods.is_empty() || regime.periods.iter().any(|p| p.holds_on(eye.day));
    let listed = eye.act.parties.iter().filter(|p| p.designated != Some(false)).flat_map(|p| &p.designations).any(|d| {
        (d.regime == regime.id || regime.lists.contains(&d.regime))
            && d.from.is_none_or(|from| from <= eye.day)
            && d.to.is_none_or(|to| eye.day <= to)
    });
    if existed && (reached == Truth::True || reached == Truth::Unknown && listed) {
        VerdictSet::only(Verdict::Permitted).with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited)
    } else {
        VerdictSet::only(Verdict::OutOfScope)
    }
}

fn one_rule(eye: &Eye, prohibition: &Prohibition) -> (VerdictSet, Option<Fact>) {
    let Some(when) = prohibition.trigger(eye.day) else { return (VerdictSet::only(Verdict::Permitted), None) };
    let caught = eye.see(&when);
    let lifted = lifted(eye, &prohibition.id, Some(&prohibition.regime), &mut Vec::new());
    let route = specific(eye, prohibition);
    // Each answer that the three questions leave possible; only the first that matters is asked for.
    let mut verdicts = VerdictSet::EMPTY;
    for caught in caught.both() {
        for lifted in lifted.both() {
            for route in route.both() {
                verdicts = verdicts.with(match (caught, lifted, route) {
                    (false, _, _) | (true, true, _) => Verdict::Permitted,
                    (true, false, true) => Verdict::NeedsAuthorisation,
                    (true, false, false) => Verdict::Prohibited,
                });
            }
        }
    }
    let open = if verdicts.len() == 1 { None } else { caught.open().or(lifted.open()).or(route.open()) };
    (verdicts, open)
}

/// The exceptions in force that name `target`, or the regime when the target is a prohibition.
pub(crate) fn exceptions<'a>(book: &'a Rulebook, day: Date, target: &str, regime: Option<&str>) -> impl Iterator<Item = &'a Exception> {
    let (target, regime) = (target.to_owned(), regime.map(|r| format!("regime:{r}")));
    book.exceptions
        .iter()
        .filter(move |e| e.defeats.iter().any(|d| *d == target || Some(d) == regime.as_ref()))
        .filter(move |e| exception_in_force(book, e, day))
}

/// An exception that names no days is in force from the adoption of its instrument, as long as what it lifts.
pub(crate) fn exception_in_force(book: &Rulebook, exception: &Exception, day: Date) -> bool {
    if exception.periods.is_empty() {
        return book.instrument_of(&exception.id).is_none_or(|i| i.adopted.on <= day);
    }
    exception.in_force(day)
}

/// Whether some exception lifts the target. `above` are the exceptions whose lifting is being asked, against circles.
fn lifted(eye: &Eye, target: &str, regime: Option<&str>, above: &mut Vec<String>) -> Answer {
    Answer::any(exceptions(eye.book, eye.day, target, regime).map(|e| {
        let holds = holds(eye, e, above);
        match &e.kind {
            ExceptionKind::Exemption => holds,
            ExceptionKind::Derogation { authority, .. } => holds.and(eye.approval(authority)),
        }
    }))
}

/// Whether an exception fits the act and is not itself lifted.
fn holds(eye: &Eye, exception: &Exception, above: &mut Vec<String>) -> Answer {
    if above.contains(&exception.id) {
        return Answer::No;
    }
    above.push(exception.id.clone());
    let lifted = lifted(eye, &exception.id, None, above);
    above.pop();
    eye.see(&exception.when).and(lifted.not())
}

/// Whether a specific route to an approval fits.
fn specific(eye: &Eye, prohibition: &Prohibition) -> Answer {
    let routes = exceptions(eye.book, eye.day, &prohibition.id, Some(&prohibition.regime))
        .filter(|e| matches!(e.kind, ExceptionKind::Derogation { route: Route::Specific, .. }));
    Answer::any(routes.map(|e| holds(eye, e, &mut Vec::new())))
}

#[cfg(test)]
mod tests;
