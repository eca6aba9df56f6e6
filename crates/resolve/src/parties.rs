//! Parties from their names: office holders, the State a name speaks of, words that call a party listed.

use crate::goods::Matcher;
use crate::said::{self, SaidOwner};
use crate::tables::Tables;
use crate::text::{denied, normal, padded};
use crate::{Evidence, Notes};
use model::{Country, Mark, Owner, Party, PartyType, Truth};

/// What a name says by itself, whatever else is known of the party.
#[derive(Debug)]
pub(crate) struct NameFacts {
    normal: String,
    country: Option<(Country, String)>,
    /// The word that calls the party designated.
    called: Option<&'static str>,
    /// Lists of names, whether surely, and the phrase.
    marks: Vec<(Mark, String)>,
    /// The owner that the name speaks of.
    owner: Option<SaidOwner>,
    diplomat: bool,
}

/// Words that call a party listed, in the spelling that names are compared in.
const LISTED: [&str; 13] = [
    " asset freeze ",
    " asset frozen ",
    " asset are frozen ",
    " designated ",
    " listed ",
    " blacklisted ",
    " sanctioned ",
    " sanction list ",
    " travel ban ",
    " on the un list ",
    " on the eu list ",
    " on the uk list ",
    " under un sanction ",
];

impl NameFacts {
    /// The words of the name that speak of a country.
    pub(crate) fn country_words(&self) -> Option<&str> {
        self.country.as_ref().map(|(_, phrase)| phrase.as_str())
    }
    pub(crate) fn of(name: &str, tables: &Tables, words: &Matcher) -> Self {
        let text = padded(name);
        let said = |phrase: &str| {
            let before = text.find(phrase).and_then(|at| text.get(..at));
            before.is_some_and(|before| !denied(before) && !is_past(before))
        };
        let past = [" no longer ", " delisted "].into_iter().any(|word| text.contains(word));
        let owner = said::owner(name);
        // “Owned to 30 per cent by a listed firm” calls the owner listed, and leaves the party free.
        let minority = owner.as_ref().is_some_and(|o| o.share.1 < 50.0 && LISTED.iter().any(|w| padded(&o.name).contains(w)));
        let called = LISTED
            .into_iter()
            .filter(|_| !past && !minority)
            .find(|phrase| said(phrase) && !(*phrase == " listed " && text.contains("stock")));
        let mut marks: Vec<(Mark, String)> = Vec::new();
        for (row, phrase) in words.name_marks(&text) {
            let truth = if row.certain { Truth::True } else { Truth::Unknown };
            let same = |m: &Mark| m.list == row.list && (m.from, m.to) == row.period;
            match marks.iter_mut().find(|(mark, _)| same(mark)) {
                Some((old, _)) => old.truth = old.truth.max(truth),
                None => marks.push((Mark { list: row.list.clone(), truth, from: row.period.0, to: row.period.1 }, phrase)),
            }
        }
        Self {
            normal: normal(name),
            country: tables.country_within(name),
            called: called.map(str::trim),
            marks,
            owner,
            diplomat: said::is_diplomat(&text),
        }
    }
}

/// Whether what comes before a word says that it is over: “formerly listed”, “previously on the UN list”. “Formerly Orion Ltd, listed” does not.
fn is_past(before: &str) -> bool {
    let between = ["on", "the", "un", "eu", "uk", "us", "been", "was", "were", "under", "an", "a"];
    let word = before.split_whitespace().rev().find(|w| !between.contains(w));
    word.is_some_and(|w| matches!(w, "formerly" | "previously" | "once"))
}

pub(crate) fn resolve(tables: &Tables, known: &NameFacts, party: &mut Party, index: usize, notes: &mut Notes) {
    let mut found = |fact: &str, value: &dyn Fn() -> String, because: &dyn Fn() -> String| {
        notes.add(|| Evidence { fact: format!("parties[{index}].{fact}"), value: value(), because: because() });
    };
    if let Some(official) = tables.officials.get(&known.normal) {
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
        && let Some((country, phrase)) = &known.country
    {
        // A body “in North Korea” or a “North Korean” firm belongs there unless its papers say otherwise.
        party.nationality.push(*country);
        found("nationality", &|| country.to_string(), &|| format!("the name says “{phrase}”"));
        let whole = normal(phrase) == known.normal;
        if whole && party.kind.is_none() {
            party.kind = Some(PartyType::Government);
        }
    }
    if let Some(word) = known.called.filter(|_| party.designated.is_none() && party.designations.is_empty()) {
        party.designated = Some(true);
        found("designated", &|| "yes".into(), &|| format!("the party is described as “{word}”"));
    }
    if let Some(owner) = known.owner.as_ref().filter(|_| party.owners.is_empty() && party.designated.is_none()) {
        found("owners", &|| owner.name.clone(), &|| format!("the name says so, with {} to {} per cent", owner.share.0, owner.share.1));
        let holder = Party { name: owner.name.clone(), ..Party::default() };
        party.owners.push(Owner { party: holder, share: Some(owner.share), controls: None });
    }
    if known.diplomat
        && party.government_of.is_none()
        && let [country] = party.nationality[..]
    {
        party.government_of = Some(country);
        found("acts_for", &|| country.to_string(), &|| "the name is that of an office in its missions".into());
    }
    for (mark, phrase) in &known.marks {
        if !party.marks.iter().any(|m| m.list == mark.list) {
            found(&format!("is.{}", mark.list), &|| mark.truth.word().into(), &|| format!("the name says “{phrase}”"));
        }
        party.marks.push(mark.clone());
    }
}
