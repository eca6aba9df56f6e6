//! Countries that no law tells apart. Law speaks of some countries by name and of others only as members of groups, so an act between two that nobody
//! names is decided as one between two others in the same groups; whoever remembers decisions finds more of them again.

use model::{Act, Area, Country, Date};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Every country by all that some law tells apart of it.
#[derive(Debug, Default)]
pub struct Countries {
    /// The class of each country.
    classes: FxHashMap<Country, usize>,
    /// The countries of each class, in order.
    members: Vec<Vec<Country>>,
}

/// The groups that a country is in, with its days in them, and whether something speaks of it by itself.
type Standing = (BTreeSet<(usize, Option<Date>, Option<Date>)>, Option<Country>);

impl Countries {
    /// By the countries and groups of countries of which law speaks.
    pub(crate) fn of<'a>(areas: impl Iterator<Item = &'a Area>) -> Self {
        let mut standing: BTreeMap<Country, Standing> = every_code().map(|country| (country, Standing::default())).collect();
        let areas: BTreeSet<&Area> = areas.collect();
        for (number, area) in areas.into_iter().enumerate() {
            match area {
                Area::One(country) => standing.entry(*country).or_default().1 = Some(*country),
                Area::Group(group) => group.members.iter().for_each(|(country, from, to)| {
                    standing.entry(*country).or_default().0.insert((number, *from, *to));
                }),
            }
        }
        let mut known: BTreeMap<Standing, usize> = BTreeMap::new();
        let mut out = Self::default();
        for (country, standing) in standing {
            let class = *known.entry(standing).or_insert(out.members.len());
            if class == out.members.len() {
                out.members.push(Vec::new());
            }
            out.classes.insert(country, class);
            out.members[class].push(country);
        }
        out
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
