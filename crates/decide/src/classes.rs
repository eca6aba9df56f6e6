//! The values of an undecided fact, put together where no open condition tells them apart.

use crate::atoms::{Atom, Fact, may_come_from, may_end_in};
use crate::compile::Snapshot;
use crate::planes::Planes;
use model::{Act, ActKind, Area, Country, Date, HsRange, Truth};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Values of a fact that the law treats alike.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    pub label: Cow<'static, str>,
    /// Of the one country that something ends up in or comes from: those that are meant; none: every other.
    pub countries: Vec<Country>,
    pub settings: Vec<(u16, bool)>,
}

impl Class {
    /// One country for all that are meant, where a country is meant.
    pub(crate) fn country(&self) -> Option<Country> {
        // No country has this code, so it is one of all others.
        self.countries.first().copied().or_else(|| Country::new("ZZ"))
    }

    pub(crate) fn new(label: Cow<'static, str>, settings: Vec<(u16, bool)>) -> Self {
        Self { label, countries: Vec::new(), settings }
    }
}

/// Where a class is made: the law, the act, the item, and whether anybody will read the labels.
pub(crate) struct Maker<'a> {
    pub snapshot: &'a Snapshot,
    pub act: &'a Act,
    pub day: Date,
    pub item: usize,
    pub labelled: bool,
}

impl Maker<'_> {
    fn atom(&self, id: u16) -> Option<&Atom> {
        self.snapshot.atoms.get(usize::from(id))
    }

    fn label(&self, text: impl FnOnce() -> String) -> Cow<'static, str> {
        if self.labelled { Cow::Owned(text()) } else { Cow::Borrowed("") }
    }

    /// The classes of a fact on which these leaves rest.
    pub(crate) fn classes(&self, fact: &Fact, atoms: &[u16], items: &[Planes]) -> Vec<Class> {
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

/// What a fact that is so or not is called when it is, and when it is not.
pub(crate) fn answers(fact: &Fact) -> [(bool, Cow<'static, str>); 2] {
    let yes = if let Fact::Place(_, c) = fact { c.to_string().into() } else { "yes".into() };
    [(true, yes), (false, no(fact))]
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
