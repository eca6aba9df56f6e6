//! What changed from one version of a list to another: in meaning, not in bytes.

use crate::Listing;
use crate::canonical::by_id;

/// A party that came or went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// The issuer's reference, trimmed.
    pub id: String,
    /// The name under which it is listed.
    pub name: String,
}

/// A party of whom the issuer says something else than before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The issuer's reference, trimmed.
    pub id: String,
    /// The name under which it is listed now.
    pub name: String,
    /// What differs: `name`, `aliases`, `birth_date`, …
    pub fields: Vec<&'static str>,
}

/// What changed, each part in the order of the references.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diff {
    /// Parties only in the second version.
    pub added: Vec<Party>,
    /// Parties only in the first.
    pub removed: Vec<Party>,
    /// Parties in both, with another meaning.
    pub changed: Vec<Change>,
}

impl Diff {
    /// Whether nothing changed in meaning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two versions of a list. Parties are the same when their trimmed references are.
#[must_use]
pub fn diff(from: &[Listing], to: &[Listing]) -> Diff {
    let (before, after) = (by_id(from), by_id(to));
    let party = |l: &Listing| Party { id: l.id.trim().to_owned(), name: primary(l) };
    let mut out = Diff::default();
    out.added.extend(after.iter().filter(|(id, _)| !before.contains_key(*id)).map(|(_, l)| party(l)));
    out.removed.extend(before.iter().filter(|(id, _)| !after.contains_key(*id)).map(|(_, l)| party(l)));
    for (id, new) in &after {
        let Some(old) = before.get(id) else { continue };
        let fields = if old == new { Vec::new() } else { fields(old, new) };
        if !fields.is_empty() {
            out.changed.push(Change { id: (*id).to_owned(), name: primary(new), fields });
        }
    }
    out
}

/// The name under which a party is listed.
fn primary(listing: &Listing) -> String {
    listing.names.first().map_or_else(String::new, |n| n.text.clone())
}

/// The fields in which two listings differ in meaning, by the names that a custom list gives them.
fn fields(old: &Listing, new: &Listing) -> Vec<&'static str> {
    let (a, b) = (old.canonical(), new.canonical());
    let mut out = Vec::new();
    if a.names != b.names {
        let among = |l: &Listing, name: &str| l.names.iter().any(|n| n.text == name);
        let spaced = |l: &Listing| primary(l).split_whitespace().collect::<Vec<_>>().join(" ");
        let primary_kept = among(&b, &spaced(old)) && among(&a, &spaced(new));
        out.push(if primary_kept { "aliases" } else { "name" });
    }
    let others = [
        ("type", a.kind != b.kind),
        ("birth_date", a.births != b.births),
        ("birth_place", a.birth_places != b.birth_places),
        ("gender", a.female != b.female),
        ("nationality", a.nationalities != b.nationalities),
        ("country", a.countries != b.countries),
        ("addresses", a.addresses != b.addresses),
        ("identifiers", a.identifiers != b.identifiers),
        ("positions", a.positions != b.positions),
        ("programme", a.programmes != b.programmes),
        ("basis", a.basis != b.basis),
        ("effects", a.effects != b.effects),
        ("listed_on", a.listed_on != b.listed_on),
        ("published_on", a.published_on != b.published_on),
        ("amended_on", a.amended_on != b.amended_on),
        ("delisted_on", a.delisted_on != b.delisted_on),
        ("ship", a.ship != b.ship),
        ("links", a.links != b.links),
    ];
    out.extend(others.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ListedName, NameKind};

    fn party(id: &str, names: &[&str]) -> Listing {
        let names = names.iter().map(|t| ListedName { text: (*t).into(), kind: NameKind::Alias }).collect();
        Listing { id: id.into(), names, ..Listing::default() }
    }

    #[test]
    fn a_trailing_space_in_a_reference_is_the_same_party() {
        let found = diff(&[party("CDi.032 ", &["Someone"])], &[party("CDi.032", &["Someone"])]);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_new_spelling_of_the_name_is_told_from_a_new_alias() {
        let fields = |a: &[&str], b: &[&str]| diff(&[party("1", a)], &[party("1", b)]).changed.first().map(|c| c.fields.clone());
        assert_eq!(fields(&["Ri"], &["Ri", "Lee"]), Some(vec!["aliases"]));
        assert_eq!(fields(&["Ri"], &["Lee"]), Some(vec!["name"]));
        assert_eq!(fields(&["Ri", "Lee"], &["Lee", "Ri"]), None);
    }
}
