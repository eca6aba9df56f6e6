//! Parties from their names: office holders, the State a name speaks of, words that call a party listed.

use crate::annexed::{Annexed, annexed, lists_no_frozen_party};
use crate::called::{Called, bare, called};
use crate::goods::Matcher;
use crate::said::{self, SaidOwner};
use crate::sort::told;
use crate::tables::Tables;
use crate::text::{normal, padded};
use crate::{Evidence, Notes};
use model::{Country, Designation, Mark, Owner, Party, PartyType, Truth};

/// What a name says by itself, whatever else is known of the party.
#[derive(Debug)]
pub(crate) struct NameFacts {
    normal: String,
    country: Option<(Country, String)>,
    /// The town in which it is said to be: “a firm in Moscow”, “a Minsk-based trader”.
    town: Option<(Country, String)>,
    /// The words that call the party listed.
    called: Option<Called>,
    /// The name without them.
    bare: Option<String>,
    /// Lists of names, whether surely, and the phrase.
    marks: Vec<(Mark, String)>,
    /// The owner that the name speaks of.
    owner: Option<SaidOwner>,
    diplomat: bool,
    /// The annex in which the name says that the party stands, and what it says.
    annexed: Option<(Annexed, String)>,
    /// Whether it speaks of an annex that for Russian parties is no list of frozen ones.
    otherwise: bool,
}

impl NameFacts {
    /// The words of the name that speak of a country.
    pub(crate) fn country_words(&self) -> Option<&str> {
        self.country.as_ref().map(|(_, phrase)| phrase.as_str())
    }
    pub(crate) fn of(name: &str, tables: &Tables, words: &Matcher) -> Self {
        let text = padded(name);
        let owner = said::owner(name);
        // “Owned to 30 per cent by a listed firm” calls the owner listed, and leaves the party free.
        let minority = owner.as_ref().is_some_and(|o| o.share.1 < 50.0 && called(&padded(&o.name)).is_some());
        let annexed = annexed(&text).filter(|_| !minority);
        let called = called(&text).filter(|_| !minority && annexed.is_none());
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
            bare: called.as_ref().and_then(|c| bare(name, &c.words)).or_else(|| annexed.as_ref().and_then(|_| before_annex(name))),
            country: match called.as_ref().and_then(|c| c.rest.as_deref()) {
                Some(rest) => tables.country_within(rest),
                None => tables.country_in(&text),
            },
            town: said::town(&text, |words| tables.country_of(words)),
            called,
            marks,
            owner,
            diplomat: said::is_diplomat(&text),
            annexed,
            otherwise: lists_no_frozen_party(&text),
        }
    }
}

/// The name in front of the words that say where the party is listed: “Tanchon Commercial Bank, listed in Annex XV …”.
fn before_annex(name: &str) -> Option<String> {
    let (first, _) = name.split_once([',', '(', ';'])?;
    first
        .split_whitespace()
        .filter(|word| !matches!(*word, "A" | "An" | "The" | "One"))
        .any(|w| w.starts_with(char::is_uppercase))
        .then(|| first.trim().to_owned())
}

/// Adds that a party is listed under the regimes of the annex in which its name says that it stands.
pub(crate) fn stands_in_annex(known: &NameFacts, party: &mut Party, index: usize, notes: &mut Notes) {
    let Some((Annexed::Frozen(regimes), words)) = known.annexed.as_ref().filter(|_| party.has_listings_of_its_own()) else { return };
    for regime in *regimes {
        if party.designations.iter().any(|listing| listing.regime == *regime && listing.sure) {
            continue;
        }
        let listing = Designation {
            regime: (*regime).to_owned(),
            listing: format!("{regime}, as the name says"),
            who: party.name.clone(),
            sure: true,
            from: None,
            to: None,
        };
        party.designations.push(listing);
    }
    notes.add(|| Evidence {
        fact: format!("parties[{index}].designated"),
        value: regimes.join(", "),
        because: format!("the name says “{words}”"),
    });
}

/// Takes a party for what its name says that it is, where nobody said it otherwise.
pub(crate) fn sort(party: &mut Party, index: usize, notes: &mut Notes) {
    let Some((sort, word)) = told(&party.name).filter(|_| party.kind.is_none()) else { return };
    notes.add(|| Evidence {
        fact: format!("parties[{index}].type"),
        value: sort.word().into(),
        because: format!("the name says “{word}”"),
    });
    party.kind = Some(sort);
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
    if let Some((country, phrase)) = known.town.as_ref().filter(|_| party.located_in.is_none() && party.government_of.is_none()) {
        let because = || format!("the name says “{phrase}”");
        // Who is of a country by his name or papers is only there.
        if party.nationality.is_empty() {
            party.nationality.push(*country);
            found("nationality", &|| country.to_string(), &because);
        } else if known.country.as_ref().is_some_and(|(of, _)| party.nationality == [*of] && of != country) {
            party.located_in = Some(*country);
            found("located_in", &|| country.to_string(), &because);
        }
    }
    if known.annexed.is_some() {
        party.aliases.extend(known.bare.clone());
    }
    let otherwise = known.otherwise && Country::new("RU").is_some_and(|russia| party.nationality.contains(&russia));
    if let Some(called) = known.called.as_ref().filter(|_| !otherwise && party.designated.is_none() && party.designations.is_empty()) {
        party.designated = Some(true);
        party.listed_by = called.by.iter().map(|&by| by.to_owned()).collect();
        let by = || if called.by.is_empty() { "yes".into() } else { called.by.join(", ") };
        found("designated", &by, &|| format!("the party is described as “{}”", called.words));
        // Whom one authority lists another may list too.
        party.aliases.extend(known.bare.clone().filter(|_| !called.by.is_empty()));
    }
    if let Some(owner) = known.owner.as_ref().filter(|_| party.owners.is_empty() && party.has_listings_of_its_own()) {
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
