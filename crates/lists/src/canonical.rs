//! What a listing means, apart from how it is written down: order, repetition and spacing do not count, letters do.
//!
//! Issuers reorder the children of a record from one publication to the next, and which of several equal names comes first changes with
//! them; so the primary name counts as one of the names. Our own reading of the programmes (`regimes`) is no word of the issuer's and is
//! left out.

use crate::{Identifier, Link, ListedName, Listing, NameKind, Ship};
use std::collections::BTreeMap;

/// A listing in the form in which two of the same meaning are equal.
impl Listing {
    /// Spaces collapsed, lists sorted and without repetition, the primary name among the others, `regimes` left out.
    #[must_use]
    pub fn canonical(&self) -> Listing {
        Listing {
            id: tidy(&self.id),
            kind: self.kind,
            names: sorted(self.names.iter().map(name)),
            births: sorted(self.births.iter().copied()),
            birth_places: texts(&self.birth_places),
            female: self.female,
            nationalities: texts(&self.nationalities),
            countries: texts(&self.countries),
            addresses: texts(&self.addresses),
            identifiers: sorted(self.identifiers.iter().map(identifier)),
            positions: texts(&self.positions),
            programmes: texts(&self.programmes),
            regimes: Vec::new(),
            basis: texts(&self.basis),
            effects: texts(&self.effects),
            listed_on: self.listed_on,
            published_on: self.published_on,
            amended_on: self.amended_on,
            delisted_on: self.delisted_on,
            ship: self.ship.as_ref().map(ship),
            links: sorted(self.links.iter().map(|l| Link { to: tidy(&l.to), how: tidy(&l.how) })),
        }
    }
}

/// The listings of a version by their trimmed references; of two with the same reference the first counts.
pub(crate) fn by_id(listings: &[Listing]) -> BTreeMap<&str, &Listing> {
    let mut out = BTreeMap::new();
    for listing in listings {
        out.entry(listing.id.trim()).or_insert(listing);
    }
    out
}

/// A hash that two versions share exactly when they list the same parties with the same meaning.
pub(crate) fn meaning(listings: &[Listing]) -> String {
    let mut hasher = blake3::Hasher::new();
    for listing in by_id(listings).values() {
        // A listing always has a JSON form: it holds texts, numbers and dates only.
        hasher.update(serde_json::to_string(&listing.canonical()).unwrap_or_default().as_bytes());
        hasher.update(b"\n");
    }
    hasher.finalize().to_hex().to_string()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out: Vec<T> = items.collect();
    out.sort();
    out.dedup();
    out
}

fn texts(all: &[String]) -> Vec<String> {
    sorted(all.iter().map(|t| tidy(t)).filter(|t| !t.is_empty()))
}

fn name(name: &ListedName) -> ListedName {
    let kind = if name.kind == NameKind::Primary { NameKind::Alias } else { name.kind };
    ListedName { text: tidy(&name.text), kind }
}

fn identifier(i: &Identifier) -> Identifier {
    Identifier { kind: i.kind, value: tidy(&i.value), country: tidy(&i.country) }
}

fn ship(ship: &Ship) -> Ship {
    let one = |t: &Option<String>| t.as_deref().map(tidy).filter(|t| !t.is_empty());
    Ship {
        flag: one(&ship.flag),
        former_flags: texts(&ship.former_flags),
        sort: one(&ship.sort),
        tonnage: texts(&ship.tonnage),
        built: ship.built,
        owner: one(&ship.owner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[(&str, NameKind)]) -> Listing {
        let names = names.iter().map(|(t, kind)| ListedName { text: (*t).into(), kind: *kind }).collect();
        Listing { id: "X1".into(), names, ..Listing::default() }
    }

    #[test]
    fn order_spacing_and_repetition_are_no_change_and_letters_are() {
        let a = named(&[("Ri Won Ho", NameKind::Primary), ("Ri Ho", NameKind::Alias)]);
        let b = named(&[("Ri  Ho ", NameKind::Primary), ("Ri Won Ho", NameKind::Alias), ("Ri Won Ho", NameKind::Alias)]);
        assert_eq!(a.canonical(), b.canonical());
        assert_eq!(meaning(std::slice::from_ref(&a)), meaning(&[b]));
        let upper = named(&[("RI WON HO", NameKind::Primary), ("Ri Ho", NameKind::Alias)]);
        assert_ne!(a.canonical(), upper.canonical());
        let weak = named(&[("Ri Won Ho", NameKind::Primary), ("Ri Ho", NameKind::Weak)]);
        assert_ne!(a.canonical(), weak.canonical());
    }
}
