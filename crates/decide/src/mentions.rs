//! What an act names. Most acts name few countries and nobody who is listed, and of every country that an act does not name the law says the same as of any
//! other that it does not name: so what is asked of many is looked at once.

use crate::atoms::Atom;
use model::{Act, Area, Country};

/// The countries that stand anywhere in an act, and the regimes under which somebody is listed.
#[derive(Debug)]
pub(crate) struct Mentions {
    countries: Countries,
    regimes: Vec<String>,
}

impl Mentions {
    pub(crate) fn of(act: &Act) -> Self {
        let mut countries = Countries::default();
        named(act).for_each(|country| countries.insert(country));
        let regimes = act.parties.iter().flat_map(|p| &p.designations).map(|d| d.regime.clone()).collect();
        Self { countries, regimes }
    }

    /// Whether the act names one of the countries or regimes of a condition.
    pub(crate) fn meet(&self, spoken: &Spoken) -> bool {
        self.countries.meet(&spoken.countries) || !self.regimes.is_empty() && spoken.regimes.iter().any(|r| self.regimes.contains(r))
    }
}

/// The countries that stand anywhere in an act.
pub(crate) fn named(act: &Act) -> impl Iterator<Item = Country> {
    let ties = act.parties.iter().flat_map(|p| [p.located_in, p.government_of, p.flag]);
    let maybe = [act.origin, act.destination].into_iter().chain(act.items.iter().map(|i| i.origin)).chain(ties);
    maybe.flatten().chain(act.parties.iter().flat_map(|p| &p.nationality).chain(&act.transit).chain(&act.flags).copied())
}

/// What a condition speaks of that another may stand for in an act that does not name it.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    countries: Countries,
    regimes: Vec<String>,
}

impl Spoken {
    /// Takes in what something else speaks of.
    pub(crate) fn add(&mut self, other: &Self) {
        self.countries.0.iter_mut().zip(other.countries.0).for_each(|(mine, theirs)| *mine |= theirs);
        self.regimes.extend(other.regimes.iter().cloned());
    }

    /// A leaf that speaks of no country and regime in particular and is as true of an act that names none of those that this one speaks of.
    pub(crate) fn stand_in(&mut self, atom: &Atom) -> Atom {
        let mut other = atom.clone();
        if let Atom::Party { regimes, .. } = &mut other {
            self.regimes.append(regimes);
        }
        for area in other.areas_mut() {
            if has_members_always(area) {
                area.countries().chain([NOWHERE]).for_each(|country| self.countries.insert(country));
                *area = Area::One(NOWHERE);
            }
        }
        other
    }
}

/// The members of a group may all have left it on some day, on which it then speaks of no country.
fn has_members_always(area: &Area) -> bool {
    match area {
        Area::One(_) => true,
        Area::Group(group) => group.members.iter().any(|(_, from, to)| from.is_none() && to.is_none()),
    }
}

/// Stands for a country that an act does not name. The code is nobody's; in an act that has it nothing is stood in for.
const NOWHERE: Country = Country::constant(*b"ZZ");

/// A set of countries, a bit each.
#[derive(Debug, Default)]
struct Countries([u64; 11]);

impl Countries {
    fn insert(&mut self, country: Country) {
        let letters = country.code().bytes().map(|letter| usize::from(letter.wrapping_sub(b'A')));
        let at = letters.fold(0, |at, letter| at * 26 + letter);
        if let Some(word) = self.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    fn meet(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}
