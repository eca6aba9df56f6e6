//! What is known beside the name: it supports a hit or speaks against it, and never stands in for the name.

use super::record::Record;
use super::{Query, Why};
use lists::{IdentifierKind, Span};
use names::Kind;

/// How much more likely a fact makes it that two parties are the same: a factor on the odds. They are our estimates from how often
/// the fact agrees by chance among listed people and how often lists themselves err; not fitted, so they are kept mild.
mod odds {
    pub(super) const SAME_DAY: f32 = 40.0;
    pub(super) const SAME_MONTH: f32 = 20.0;
    pub(super) const SAME_YEAR: f32 = 6.0;
    pub(super) const SWAPPED: f32 = 10.0;
    pub(super) const NEAR: f32 = 1.5;
    pub(super) const OTHER_DAY: f32 = 0.25;
    pub(super) const OTHER_YEAR: f32 = 0.08;
    pub(super) const SAME_NATION: f32 = 3.0;
    pub(super) const SAME_COUNTRY: f32 = 2.0;
    pub(super) const OTHER_NATION: f32 = 0.3;
    pub(super) const OTHER_COUNTRY: f32 = 0.6;
    pub(super) const OTHER_GENDER: f32 = 0.08;
    pub(super) const OTHER_KIND: f32 = 0.03;
    pub(super) const SAME_NUMBER: f32 = 3000.0;
    pub(super) const OTHER_IMO: f32 = 0.02;
}

/// One fact compared.
pub(crate) struct Fact {
    pub feature: &'static str,
    /// Factor on the odds.
    pub odds: f32,
    pub text: String,
}

/// Compares everything that both sides state. What one side does not state says nothing.
pub(crate) fn compare(query: &Query, record: &Record) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(number(query, record));
    facts.extend(kind(query, record));
    facts.extend(birth(query, record));
    facts.extend(gender(query, record));
    facts.extend(country(query, record));
    facts
}

fn number(query: &Query, record: &Record) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (kind, value) in &query.identifiers {
        let same =
            record.identifiers.iter().find(|(k, v)| v == value && (kind.is_none_or(|kind| kind == *k)) && super::record::tells_apart(*k));
        if let Some((kind, _)) = same {
            facts.push(Fact { feature: "identifier", odds: odds::SAME_NUMBER, text: format!("same {} {value}", word(*kind)) });
        } else if *kind == Some(IdentifierKind::Imo) {
            let other: Vec<&str> = record.identifiers.iter().filter(|(k, _)| *k == IdentifierKind::Imo).map(|(_, v)| v.as_str()).collect();
            if !other.is_empty() {
                let text = format!("another ship: IMO {value} against {}", other.join(", "));
                facts.push(Fact { feature: "imo", odds: odds::OTHER_IMO, text });
            }
        }
    }
    facts
}

fn kind(query: &Query, record: &Record) -> Option<Fact> {
    let (asked, listed) = (query.kind?, record.kind?);
    (asked != listed).then(|| Fact {
        feature: "type",
        odds: odds::OTHER_KIND,
        text: format!("the listing is {}, not {}", thing(listed), thing(asked)),
    })
}

fn thing(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "a person",
        Kind::Body => "a body",
        Kind::Vessel => "a vessel",
        Kind::Aircraft => "an aircraft",
    }
}

/// The best of the listed dates counts: lists give several where they are not sure.
fn birth(query: &Query, record: &Record) -> Option<Fact> {
    let asked = query.birth?;
    record.births.iter().map(|listed| born(asked, *listed)).max_by(|a, b| a.odds.total_cmp(&b.odds))
}

fn born(asked: Span, listed: Span) -> Fact {
    let exact = |s: Span| s.first == s.last;
    let meets = asked.first <= listed.last && listed.first <= asked.last;
    let (years_apart, both_exact) = (years_apart(asked, listed), exact(asked) && exact(listed));
    let swapped = both_exact
        && asked.first.year() == listed.first.year()
        && i16::from(asked.first.month()) == i16::from(listed.first.day())
        && i16::from(asked.first.day()) == i16::from(listed.first.month());
    let (odds, what) = if meets && both_exact {
        (odds::SAME_DAY, "same date of birth")
    } else if meets && asked.first.year() == asked.last.year() && listed.first.year() == listed.last.year() {
        let month = asked.first.month() == asked.last.month() && listed.first.month() == listed.last.month();
        if month { (odds::SAME_MONTH, "same month of birth") } else { (odds::SAME_YEAR, "same year of birth") }
    } else if meets {
        (odds::NEAR, "the years of birth agree as far as they are known")
    } else if swapped {
        (odds::SWAPPED, "day and month of birth are swapped")
    } else if years_apart <= 1 || listed.about && years_apart <= 3 {
        (
            if both_exact { odds::OTHER_DAY } else { odds::NEAR },
            if both_exact { "another date of birth" } else { "years of birth close together" },
        )
    } else {
        (odds::OTHER_YEAR, "another year of birth")
    };
    Fact { feature: "birth_date", odds, text: format!("{what}: {asked} against {listed}") }
}

/// Whole years between two stretches; 0 when they meet or lie within one turn of the year.
fn years_apart(a: Span, b: Span) -> i16 {
    (a.first.year() - b.last.year()).max(b.first.year() - a.last.year()).max(0)
}

fn gender(query: &Query, record: &Record) -> Option<Fact> {
    let (asked, listed) = (query.female?, record.female?);
    (asked != listed).then(|| Fact {
        feature: "gender",
        odds: odds::OTHER_GENDER,
        text: format!("the listing is of a {}", if listed { "woman" } else { "man" }),
    })
}

fn country(query: &Query, record: &Record) -> Option<Fact> {
    if query.countries.is_empty() || record.nationalities.is_empty() && record.countries.is_empty() {
        return None;
    }
    let asked: Vec<&str> = query.countries.iter().map(|c| c.code()).collect();
    let shared = |all: &[String]| all.iter().find(|c| asked.contains(&c.as_str())).cloned();
    let (odds, text) = if let Some(code) = shared(&record.nationalities) {
        (odds::SAME_NATION, format!("same country {code}"))
    } else if let Some(code) = shared(&record.countries) {
        (odds::SAME_COUNTRY, format!("the listing has an address in {code}"))
    } else if record.nationalities.is_empty() {
        (odds::OTHER_COUNTRY, format!("other countries: {} against {}", asked.join(", "), record.countries.join(", ")))
    } else {
        (odds::OTHER_NATION, format!("another country: {} against {}", asked.join(", "), record.nationalities.join(", ")))
    };
    Some(Fact { feature: "country", odds, text })
}

fn word(kind: IdentifierKind) -> &'static str {
    use IdentifierKind as K;
    match kind {
        K::Passport => "passport",
        K::NationalId => "identity number",
        K::Tax => "tax number",
        K::Registration => "register number",
        K::Imo => "IMO",
        K::ImoCompany => "IMO company number",
        K::Mmsi => "MMSI",
        K::Tail => "registration",
        K::Bic => "BIC",
        K::Lei => "LEI",
        K::Account => "account",
        K::Wallet => "wallet",
        _ => "number",
    }
}

/// How far agreement beside the name may close the gap between the name's own score and certainty. A number that is given once
/// in the world may close it whole.
const GAP_LEFT: f32 = 0.4;
/// No answer is certain.
const MOST: f32 = 0.999;

/// The score of name and facts together, and what each did to it.
pub(crate) fn combine(name: f32, name_text: String, facts: Vec<Fact>) -> (f32, Vec<Why>) {
    let mut why = vec![Why { feature: "name", effect: name, text: name_text }];
    let mut score = name.clamp(0.0, MOST);
    for fact in facts {
        let odds = (score.max(0.001) / (1.0 - score.max(0.001))) * fact.odds;
        let mut next = odds / (1.0 + odds);
        if fact.odds > 1.0 && fact.feature != "identifier" {
            next = next.min(1.0 - (1.0 - name) * GAP_LEFT).max(score);
        }
        next = next.min(MOST);
        why.push(Why { feature: fact.feature, effect: next - score, text: fact.text });
        score = next;
    }
    (score, why)
}
