//! The regimes of one authority together. They are judged apart; where several hang on the country that something comes from or ends up in, which is one for all
//! of them, they are put together country by country.

use crate::MissingFact;
use crate::Outcomes;
use crate::atoms::{Fact, has_end, may_come_from};
use crate::classes::Class;
use crate::engine::{Closed, Concern, Judged, unread};
use crate::split::{Budget, OpenFact, given};
use crate::unwritten::Unwritten;
use model::{Act, Country, Date, Party, Verdict, VerdictSet};
use std::collections::{BTreeMap, BTreeSet};

/// Cases that may be looked at to put the regimes together, over all days.
const MOST_CASES: u32 = 20_000;

/// What countries leave under a regime, and whether every case was looked at, by the fact of which it was found: the same on many days.
struct Found<'a> {
    known: BTreeMap<*const OpenFact, (ByCountry<'a>, bool)>,
    budget: Budget,
}

/// The worst of all regimes on each day that the act may fall on, over all these days.
pub(crate) struct Together {
    /// Of those that are written down.
    pub written: VerdictSet,
    pub possible: VerdictSet,
    /// Whether no more is told than is possible.
    pub exact: bool,
}

pub(crate) fn together(concerns: &[Concern], closed: &[Closed]) -> Together {
    let judged = concerns.iter().flat_map(|c| c.judged.iter().map(|j| j.day));
    let days: BTreeSet<Date> = judged.chain(closed.iter().flat_map(|c| c.days.iter().map(|(day, _)| *day))).collect();
    let nothing = VerdictSet::only(Verdict::OutOfScope);
    let mut all = Together { written: VerdictSet::EMPTY, possible: VerdictSet::EMPTY, exact: true };
    let mut found = Found { known: BTreeMap::new(), budget: Budget(MOST_CASES) };
    for day in days {
        let judged: Vec<&Judged> = concerns.iter().filter_map(|c| c.judged.iter().rfind(|j| j.day <= day).or(c.judged.first())).collect();
        let (written, exact) = on_one_day(&judged, &mut found);
        let possible = if closed.iter().any(|c| c.touched_on(day)) { written.worse_of(unread()) } else { written };
        all = Together { written: all.written.union(written), possible: all.possible.union(possible), exact: all.exact && exact };
    }
    if all.written.is_empty() { Together { written: nothing, possible: nothing, exact: true } } else { all }
}

/// The worst of regimes that are judged apart. Where two hang on the same fact the set may be too large; not where that fact is a country.
fn on_one_day<'a>(judged: &[&'a Judged<'a, 'a>], found: &mut Found<'a>) -> (VerdictSet, bool) {
    let all = judged.iter().fold(VerdictSet::only(Verdict::OutOfScope), |all, j| all.worse_of(j.split.possible));
    let open: Vec<&Judged> = judged.iter().copied().filter(|j| j.split.possible.single().is_none()).collect();
    // Most acts leave one regime open at most, and names are dear.
    if all.single().is_some() || open.len() < 2 {
        return (all, true);
    }
    let mut asked: BTreeMap<(Option<usize>, String), Vec<Asking>> = BTreeMap::new();
    for (judged, (fact, left)) in open.iter().flat_map(|j| j.split.facts.iter().map(move |one| (*j, one))) {
        asked.entry((fact.item, judged.name(&fact.fact))).or_default().push(Asking { judged, fact, left });
    }
    let unasked = open.iter().flat_map(|j| j.split.unasked.iter().map(|(item, fact)| (*item, j.name(fact))));
    let mut also: BTreeMap<(Option<usize>, String), usize> = BTreeMap::new();
    unasked.for_each(|name| *also.entry(name).or_default() += 1);
    let apart = also.iter().all(|(name, regimes)| *regimes == 1 && !asked.contains_key(name));
    asked.retain(|_, by| by.len() > 1);
    let country = asked.values().find(|by| by.iter().all(|one| matches!(one.fact.fact, Fact::To | Fact::From)));
    let Some(by) = country else { return (all, apart && asked.is_empty()) };
    let (set, exact) = by_country(judged, by, found);
    // Under a country that is taken as given, law that is not written down counts, which it does not where it is open.
    (set.both(all), exact && apart && asked.len() == 1)
}

/// A regime with a fact that it asks for, and what each answer leaves, where that was found.
struct Asking<'a> {
    judged: &'a Judged<'a, 'a>,
    fact: &'a OpenFact,
    left: &'a Outcomes,
}

impl<'a> Asking<'a> {
    /// What each country leaves, and whether every case was looked at.
    fn by_country(&self, found: &mut Found<'a>) -> (ByCountry<'a>, bool) {
        let Found { known, budget } = found;
        known.entry(std::ptr::from_ref(self.fact)).or_insert_with(|| self.by_country_anew(budget)).clone()
    }

    fn by_country_anew(&self, budget: &mut Budget) -> (ByCountry<'a>, bool) {
        let countries = self.fact.classes.iter().map(|class| class.countries.as_slice());
        if !self.left.is_empty() {
            return (countries.zip(self.left.iter().map(|(_, set)| *set)).collect(), self.judged.split.exact_answers);
        }
        let mut exact = true;
        let left = |class: &Class| {
            let Judged { act, snapshot, day, ref items, .. } = *self.judged;
            let (set, every) = given(snapshot, (act, day), items, (self.fact, class), budget);
            exact &= every;
            set
        };
        let sets = countries.zip(self.fact.classes.iter().map(left)).collect();
        (sets, exact)
    }
}

/// The same, country by country, of which `by` tell some apart; and whether every case was looked at.
fn by_country<'a>(judged: &[&'a Judged<'a, 'a>], by: &[Asking<'a>], found: &mut Found<'a>) -> (VerdictSet, bool) {
    let asks = |j: &&&Judged| by.iter().any(|one| std::ptr::eq(one.judged, **j));
    let others = judged.iter().filter(|j| !asks(j)).fold(VerdictSet::only(Verdict::OutOfScope), |all, j| all.worse_of(j.split.possible));
    let (sets, exact): (Vec<ByCountry>, Vec<bool>) = by.iter().map(|one| one.by_country(found)).unzip();
    let of = |country| sets.iter().fold(others, |all, classes| all.worse_of(of_country(classes, country)));
    let all = named(sets.iter()).into_iter().map(Some).chain([None]).map(of).reduce(VerdictSet::union).unwrap_or(others);
    (all, !exact.contains(&false))
}

/// What countries leave under one regime; no country: every other.
type ByCountry<'a> = Vec<(&'a [Country], VerdictSet)>;

/// The countries that are told apart.
fn named<'a>(left: impl Iterator<Item = &'a ByCountry<'a>>) -> BTreeSet<Country> {
    left.flatten().flat_map(|(countries, _)| *countries).copied().collect()
}

/// What a country, or any other, leaves.
fn of_country(left: &ByCountry, country: Option<Country>) -> VerdictSet {
    let mine = left.iter().find(|(countries, _)| country.is_some_and(|c| countries.contains(&c)));
    mine.or_else(|| left.iter().find(|(countries, _)| countries.is_empty())).map_or(unread().with(Verdict::OutOfScope), |(_, set)| *set)
}

/// The country that something ends up in or comes from, asked once for all regimes, each of which tells other countries apart.
pub(crate) struct Where<'a> {
    pub fact: String,
    pub question: String,
    /// Whether it is where it ends up; else where this item comes from.
    to: bool,
    item: Option<usize>,
    /// For each regime that was asked what it leaves.
    left: Vec<(usize, ByCountry<'a>)>,
}

impl<'a> Where<'a> {
    /// Adds what a regime leaves, the first time that it is asked.
    pub(crate) fn note(places: &mut Vec<Self>, asked: &MissingFact, regime: usize, open: &'a OpenFact, outcomes: &Outcomes) {
        let left = || open.classes.iter().zip(outcomes).map(|(class, (_, set))| (class.countries.as_slice(), *set)).collect();
        match places.iter_mut().find(|p| p.fact == asked.fact && p.question == asked.question) {
            Some(place) if place.speaks_of(regime) || outcomes.is_empty() => {}
            Some(place) => place.left.push((regime, left())),
            None if outcomes.is_empty() => {}
            None => {
                let (fact, question, to) = (asked.fact.clone(), asked.question.to_string(), open.fact == Fact::To);
                places.push(Self { fact, question, to, item: open.item, left: vec![(regime, left())] });
            }
        }
    }

    pub(crate) fn speaks_of(&self, regime: usize) -> bool {
        self.left.iter().any(|(at, _)| *at == regime)
    }

    /// What each country leaves where the other regimes leave `others`; countries that leave the same stand together.
    pub(crate) fn outcomes(&self, act: &Act, others: VerdictSet, unwritten: &Unwritten) -> Outcomes {
        let left = |country| {
            let others = others.worse_of(unwritten.in_country(act, self.item, country));
            self.left.iter().fold(others, |all, (_, classes)| all.worse_of(of_country(classes, country)))
        };
        let elsewhere = left(None);
        let mut named = named(self.left.iter().map(|(_, classes)| classes));
        named.extend(unwritten.countries(act, self.to));
        let mut groups: Vec<(VerdictSet, Vec<String>)> = Vec::new();
        for country in named {
            let set = left(Some(country));
            match groups.iter_mut().find(|(other, _)| *other == set) {
                _ if set == elsewhere => {}
                Some((_, countries)) => countries.push(country.to_string()),
                None => groups.push((set, vec![country.to_string()])),
            }
        }
        let on = if self.to && has_end(act) { "it goes on to " } else { "" };
        let rest = self.rest(act, groups.is_empty());
        let named = groups.into_iter().map(|(set, countries)| (format!("{on}{}", countries.join("|")).into(), set));
        named.chain([(rest.into(), elsewhere)]).collect()
    }

    /// What is meant by all countries that are not named; `none`: by all of them. Where something goes it is taken not to come from: who says that it does
    /// says more than was asked.
    fn rest(&self, act: &Act, none: bool) -> String {
        let rest = if none { "any country" } else { "elsewhere" };
        if self.to {
            return if has_end(act) { "it goes on to no such country".into() } else { rest.into() };
        }
        let tied = |p: &Party| {
            p.nationality.iter().copied().chain([p.located_in, p.government_of, p.flag].into_iter().flatten()).collect::<Vec<_>>()
        };
        let near: BTreeSet<Country> = act.destination.into_iter().chain(act.parties.iter().flat_map(tied)).collect();
        let not: Vec<String> = near.into_iter().filter(|c| !may_come_from(act, *c)).map(|c| c.to_string()).collect();
        if not.is_empty() { rest.into() } else { format!("{rest} but {}", not.join("|")) }
    }
}
