//! Countries that no law tells apart. Law speaks of some countries by name and of others only as members of groups, so an act between two that nobody
//! names is decided as one between two others in the same groups; whoever remembers decisions finds more of them again.

use model::{Act, Area, Country, Date};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// Every country by all that some law tells apart of it.
#[derive(Debug, Default)]
pub struct Countries {
    /// The class of each country.
    classes: FxHashMap<Country, usize>,
    /// The countries of each class, in order.
    members: Vec<Vec<Country>>,
}

/// An area of which law speaks, by its number, and a country's days in it.
type Standing = (usize, Option<Date>, Option<Date>);

/// What law says of each country: from this follows what some regimes tell apart, and there are many sets of them.
#[derive(Debug)]
pub(crate) struct Standings {
    /// The areas of which each regime speaks.
    regimes: Vec<Vec<usize>>,
    areas: usize,
    /// The countries in order, each with the areas that it is or is in.
    countries: Vec<(Country, Vec<Standing>)>,
}

impl Standings {
    /// By the countries and groups of countries of which each regime speaks.
    pub(crate) fn of<A: Borrow<Area>>(regimes: impl Iterator<Item = impl IntoIterator<Item = A>>) -> Self {
        let mut numbers: BTreeMap<Area, usize> = BTreeMap::new();
        let mut number = |area: A| {
            let next = numbers.len();
            *numbers.entry(area.borrow().clone()).or_insert(next)
        };
        let regimes = regimes.map(|areas| areas.into_iter().map(&mut number).collect()).collect();
        let mut countries: BTreeMap<Country, Vec<Standing>> = every_code().map(|country| (country, Vec::new())).collect();
        for (area, number) in &numbers {
            match area {
                Area::One(country) => countries.entry(*country).or_default().push((*number, None, None)),
                Area::Group(group) => {
                    group.members.iter().for_each(|(country, from, to)| countries.entry(*country).or_default().push((*number, *from, *to)));
                }
            }
        }
        countries.values_mut().for_each(|standings| standings.sort_unstable());
        Self { regimes, areas: numbers.len(), countries: countries.into_iter().collect() }
    }

    /// What some of the regimes tell apart of countries.
    pub(crate) fn countries(&self, regimes: &[usize]) -> Countries {
        let mut spoken = vec![false; self.areas];
        for area in regimes.iter().filter_map(|at| self.regimes.get(*at)).flatten() {
            spoken.get_mut(*area).into_iter().for_each(|spoken| *spoken = true);
        }
        let counts = |standing: &&Standing| spoken.get(standing.0).is_some_and(|spoken| *spoken);
        let mut known: FxHashMap<Vec<Standing>, usize> = FxHashMap::default();
        let mut out = Countries::default();
        for (country, standings) in &self.countries {
            let class = *known.entry(standings.iter().filter(counts).copied().collect()).or_insert(out.members.len());
            if class == out.members.len() {
                out.members.push(Vec::new());
            }
            out.classes.insert(*country, class);
            out.members[class].push(*country);
        }
        out
    }
}

impl Countries {
    /// By the countries and groups of countries of which law speaks.
    pub(crate) fn of<'a>(areas: impl Iterator<Item = &'a Area>) -> Self {
        Standings::of(std::iter::once(areas)).countries(&[0])
    }

    /// Makes it the same act between other countries that no law tells from its own: each country becomes the first of its class that stands for none yet, so that
    /// two that differ still do. The decision is the same.
    pub fn put_stand_ins(&self, act: &mut Act) {
        let mut known: Vec<(Country, Country)> = Vec::new();
        for country in named_mut(act) {
            if let Some((_, other)) = known.iter().find(|(one, _)| one == country) {
                *country = *other;
                continue;
            }
            let members = self.classes.get(country).and_then(|class| self.members.get(*class));
            let free = members.into_iter().flatten().find(|other| known.iter().all(|(_, taken)| taken != *other));
            let other = free.copied().unwrap_or(*country);
            known.push((*country, other));
            *country = other;
        }
    }
}

/// All codes but that which no country has.
fn every_code() -> impl Iterator<Item = Country> {
    let letters = || b'A'..=b'Z';
    letters().flat_map(move |a| letters().map(move |b| [a, b])).filter(|code| code != b"ZZ").map(Country::constant)
}

/// The countries that stand anywhere in an act, to put others in their place.
fn named_mut(act: &mut Act) -> impl Iterator<Item = &mut Country> {
    let Act { origin, destination, transit, flags, parties, items, .. } = act;
    let ties =
        parties.iter_mut().flat_map(|p| p.nationality.iter_mut().chain(&mut p.located_in).chain(&mut p.government_of).chain(&mut p.flag));
    origin.iter_mut().chain(destination).chain(transit).chain(flags).chain(items.iter_mut().flat_map(|i| &mut i.origin)).chain(ties)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Group, Item, Party};
    use std::sync::Arc;

    fn country(code: &str) -> Country {
        Country::new(code).expect("two letters")
    }

    #[test]
    fn countries_are_alike_where_the_same_law_speaks_of_them() {
        let since = |code, day| (country(code), Some(Date::constant(2004, 5, day)), None);
        let union = Area::Group(Arc::new(Group {
            id: "union".into(),
            title: String::new(),
            members: vec![(country("FR"), None, None), (country("IT"), None, None), since("LV", 1), since("MT", 2), since("PL", 1)],
        }));
        let all = Countries::of([union, Area::One(country("IT")), Area::One(country("KP"))].iter());
        let alike = |a: &str, b: &str| all.classes[&country(a)] == all.classes[&country(b)];
        assert!(alike("LV", "PL") && alike("PE", "JP"));
        assert!(!alike("LV", "MT"), "another day");
        assert!(!alike("FR", "IT"), "named by itself");
        assert!(!alike("FR", "LV") && !alike("KP", "JP") && !alike("FR", "JP"));
    }

    #[test]
    fn who_differs_still_does() {
        let all = Countries::of([Area::One(country("KP"))].iter());
        let named = |origin, destination, home: &str| {
            let mut act = Act {
                origin: Some(country(origin)),
                destination: Some(country(destination)),
                items: vec![Item { origin: Some(country(origin)), ..Item::default() }],
                parties: vec![Party { nationality: vec![country(home)], ..Party::default() }],
                ..Act::default()
            };
            all.put_stand_ins(&mut act);
            named_mut(&mut act).map(|c| c.code().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(named("PE", "JP", "PE"), named("VN", "AE", "VN"));
        assert_ne!(named("PE", "JP", "PE"), named("PE", "PE", "PE"));
        assert_ne!(named("PE", "JP", "PE"), named("PE", "JP", "JP"));
        assert_ne!(named("PE", "KP", "PE"), named("PE", "JP", "PE"));
        assert_eq!(named("PE", "KP", "PE")[1], "KP", "who is named stays");
    }
}
