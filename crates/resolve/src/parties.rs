//! Parties from their names: office holders, listings by normal form, the State a name speaks of.

use crate::goods::Matcher;
use crate::tables::Tables;
use crate::text::{denied, normal, padded};
use crate::{Evidence, Notes};
use model::{Designation, Party, PartyType, Truth};

pub(crate) fn resolve(tables: &Tables, words: &Matcher, party: &mut Party, index: usize, notes: &mut Notes) {
    let text = padded(&party.name);
    let mut found = |fact: &str, value: &dyn Fn() -> String, because: &dyn Fn() -> String| {
        notes.add(|| Evidence { fact: format!("parties[{index}].{fact}"), value: value(), because: because() });
    };
    if let Some(official) = tables.officials.get(&normal(&party.name)) {
        if party.kind.is_none() {
            party.kind = Some(PartyType::Person);
        }
        if party.nationality.is_empty()
            && let Some(country) = official.country
        {
            party.nationality.push(country);
            found("nationality", &|| country.to_string(), &|| format!("{} holds public office there", official.name));
        }
        if official.government && party.government_of.is_none() && party.acts_for.is_none() {
            party.government_of = official.country;
        }
    }
    if party.nationality.is_empty()
        && party.government_of.is_none()
        && let Some((country, phrase)) = tables.country_within(&party.name)
    {
        // A body “in North Korea” or a “North Korean” firm belongs there unless its papers say otherwise.
        party.nationality.push(country);
        found("nationality", &|| country.to_string(), &|| format!("the name says “{phrase}”"));
        let whole = normal(&phrase) == normal(&party.name);
        if whole && party.kind.is_none() {
            party.kind = Some(PartyType::Government);
        }
    }
    if party.designated.is_none() {
        listed(tables, party, &mut found);
    }
    for phrase in [" asset freeze ", " designated ", " listed ", " blacklisted ", " sanctioned "] {
        if party.designated.is_none()
            && let Some(at) = text.find(phrase)
            && !denied(text.get(..at).unwrap_or(""))
            && !(phrase == " listed " && text.contains("stock"))
        {
            party.designated = Some(true);
            found("designated", &|| "yes".into(), &|| format!("the party is described as “{}”", phrase.trim()));
        }
    }
    for (row, phrase) in words.name_marks(&text) {
        let truth = if row.certain { Truth::True } else { Truth::Unknown };
        match party.marks.iter_mut().find(|(name, _)| *name == row.list) {
            Some((_, old)) => *old = (*old).max(truth),
            None => {
                found(&format!("is.{}", row.list), &|| truth.word().into(), &|| format!("the name says “{}”", phrase.trim()));
                party.marks.push((row.list.clone(), truth));
            }
        }
    }
}

/// Listings whose name or alias has the same normal form. A body is taken for the listing; a person only when the
/// nationality agrees too and the name is on one listing only. Otherwise it stays a possibility.
fn listed(tables: &Tables, party: &mut Party, found: &mut impl FnMut(&str, &dyn Fn() -> String, &dyn Fn() -> String)) {
    let Some(indices) = tables.listed_by_name.get(&normal(&party.name)) else { return };
    let alone = indices.len() == 1;
    for entry in indices.iter().filter_map(|i| tables.listed.get(*i)) {
        let person = entry.kind == Some(PartyType::Person);
        if person && party.kind.is_some_and(|k| k != PartyType::Person) || !person && party.kind == Some(PartyType::Person) {
            continue;
        }
        let agrees = party.nationality.iter().any(|n| entry.countries.contains(n) || n.code() == "KP");
        let contrary = person && !party.nationality.is_empty() && !agrees;
        if contrary {
            continue;
        }
        let sure = alone && (!person || agrees);
        let because = || {
            let birth = if person && !entry.births.is_empty() {
                format!("; the listing was born {}", entry.births.join(" or "))
            } else {
                String::new()
            };
            let word = if sure { "is" } else { "may be" };
            format!("the name {word} that of {} ({}){birth}", entry.name, entry.id)
        };
        found("designated", &|| if sure { "yes" } else { "possible" }.into(), &because);
        party.designations.push(Designation { regime: "un/dprk".into(), listing: entry.id.clone(), sure, from: entry.from, to: entry.to });
    }
}
