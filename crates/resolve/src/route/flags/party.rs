//! The people and companies: lists, owners, age, premises, record.

use super::{Case, Found, clear, fired, found, open};
use model::{Date, Designation, Party, PartyType, Truth};

/// From a fact about each party: one that has it is enough, and none may be unknown to deny it.
pub(super) fn any(facts: &[Option<bool>], yes: &'static str, no: &'static str, maybe: &'static str) -> Found {
    if facts.contains(&Some(true)) {
        fired(yes)
    } else if facts.is_empty() || facts.contains(&None) {
        open(maybe)
    } else {
        clear(no)
    }
}

/// The party that a payment or a ship names, by its id or its name.
pub(super) fn named<'a>(case: &Case<'a>, words: &str) -> Option<&'a Party> {
    let name = crate::text::normal(words);
    case.act
        .parties
        .iter()
        .find(|p| p.background.as_ref().is_some_and(|b| !b.id.is_empty() && b.id == words) || crate::text::normal(&p.name) == name)
}

fn through_owners(d: &Designation) -> bool {
    d.listing.ends_with("/owned")
}

/// Whether a party is on a list of these days by itself.
pub(super) fn listing(case: &Case, party: &Party) -> Truth {
    if party.background.as_ref().is_some_and(|b| !b.listed.is_empty()) {
        return Truth::True;
    }
    if let Some(said) = party.designated {
        return Truth::from(said);
    }
    let hits = party.designations.iter().filter(|d| !through_owners(d) && case.listed_then(d.from, d.to));
    hits.map(|d| if d.sure { Truth::True } else { Truth::Unknown }).max().unwrap_or(Truth::False)
}

pub(super) fn listed(case: &Case) -> Found {
    let parties = case.act.parties.iter().filter(|p| p.kind != Some(PartyType::Vessel));
    let best = parties.map(|p| (listing(case, p), p)).max_by_key(|(t, _)| *t);
    match best {
        Some((truth, p)) => {
            found(truth, || format!("“{}” is listed", p.name), "no party named is on the lists in use", "a party named may be a listed one")
        }
        None => open("no party is named"),
    }
}

pub(super) fn owned_by_listed(case: &Case, party: &Party) -> Option<Truth> {
    let hits = party.designations.iter().filter(|d| through_owners(d) && case.listed_then(d.from, d.to));
    let best = hits.map(|d| if d.sure { Truth::True } else { Truth::Unknown }).max();
    best.or(if party.owners.is_empty() { None } else { Some(Truth::False) })
}

pub(super) fn owned(case: &Case) -> Found {
    let truths: Vec<Option<Truth>> =
        case.act.parties.iter().filter(|p| p.kind != Some(PartyType::Person)).map(|p| owned_by_listed(case, p)).collect();
    match truths.iter().flatten().max() {
        Some(Truth::True) => fired("listed ones own it or control it"),
        Some(Truth::False) if !truths.contains(&None) => clear("the owners named are not listed"),
        _ => open("the owners of the parties are not known"),
    }
}

/// A company formed after the ban on Russia began, trading goods of high priority.
pub(super) fn young_company(case: &Case) -> Found {
    let start = Date::constant(2022, 2, 24);
    let goods = case.cargo.top_tiers.or(case.cargo.lower_tiers);
    if goods == Truth::False {
        return clear("no goods of high priority");
    }
    let formed = case.act.parties.iter().filter_map(|p| p.background.as_ref()?.incorporated);
    let young = formed
        .map(|s| {
            if s.first > start {
                Truth::True
            } else if s.last <= start {
                Truth::False
            } else {
                Truth::Unknown
            }
        })
        .max();
    found(
        young.unwrap_or(Truth::Unknown).and(goods),
        || "formed after 24 February 2022".into(),
        "formed before",
        "when the parties were formed, or what the goods are, is not known",
    )
}

fn facts(case: &Case, of: impl Fn(&model::Background) -> Option<bool>) -> Vec<Option<bool>> {
    case.act.parties.iter().map(|p| p.background.as_ref().and_then(|b| of(b))).collect()
}

pub(super) fn thin_address(case: &Case) -> Found {
    any(
        &facts(case, |b| b.thin_address),
        "an address without premises, or shared with a listed party",
        "the addresses have premises",
        "nobody looked at the addresses",
    )
}

pub(super) fn unfit_business(case: &Case) -> Found {
    any(
        &facts(case, |b| b.business_unfit),
        "the line of business does not fit the goods, or there is no sign of any",
        "the line of business fits",
        "nobody looked at the line of business",
    )
}

pub(super) fn surge(case: &Case) -> Found {
    match case.journey.market.surge {
        Some(times) if times >= 5.0 => fired(format!("{times:.0} times the year before")),
        Some(_) => clear("trade with the buyer is as before"),
        None => open("earlier trade with the buyer is not known"),
    }
}

pub(super) fn chain_in_one_hand(case: &Case) -> Found {
    let m = &case.journey.market;
    let named = case.act.parties.iter().filter(|p| p.role == Some(model::Role::Intermediary)).count() as f64;
    let count = m.intermediaries.or((named > 0.0).then_some(named));
    match (count.map(|n| n >= 3.0), m.common_control) {
        (Some(false), _) | (_, Some(false)) => clear("no chain in one hand"),
        (Some(true), Some(true)) => fired("three or more intermediaries in one hand"),
        _ => open("intermediaries and who controls them are not known"),
    }
}

pub(super) fn stood_before(case: &Case) -> Found {
    any(
        &facts(case, |b| b.case_mentions.map(|n| n > 0.0)),
        "stood in such a case before",
        "stood in no such case",
        "nobody looked for earlier cases",
    )
}

pub(super) fn refuses(case: &Case) -> Found {
    any(
        &facts(case, |b| b.refuses_end_user),
        "would not name end user or place of delivery",
        "named end user and place",
        "whether it named the end user is not known",
    )
}
