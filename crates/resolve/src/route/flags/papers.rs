//! What the papers say, and what is wrong with them.

use super::{Case, Found, clear, fired, kp, open, stated};
use crate::route::places::Spot;
use crate::route::track::{nowhere, same};
use crate::text::padded;
use model::{ConsigneeKind, EventKind, HsRange, Role, Standing};

pub(super) fn consignee_changed(case: &Case) -> Found {
    event(case, EventKind::ConsigneeChange, "the consignee was changed after loading", "nobody said whether the consignee changed")
}

pub(super) fn event(case: &Case, kind: EventKind, yes: &'static str, maybe: &'static str) -> Found {
    if case.journey.events.iter().any(|e| e.kind == Some(kind)) { fired(yes) } else { open(maybe) }
}

pub(super) fn no_end_user(case: &Case) -> Found {
    let d = &case.journey.declared;
    let words = d.consignee.as_deref().map(str::to_lowercase).unwrap_or_default();
    let by_words = if words.contains("to order") || words.contains("to the order") {
        Some(ConsigneeKind::ToOrder)
    } else if ["forward", "logistic", "freight"].iter().any(|w| words.contains(w)) {
        Some(ConsigneeKind::Forwarder)
    } else {
        None
    };
    let Some(kind) = d.consignee_kind.or(by_words) else { return open("what sort of consignee it is, is not known") };
    let named = d.end_user.is_some() || case.act.parties.iter().any(|p| p.role == Some(Role::EndUser));
    match kind {
        ConsigneeKind::Forwarder | ConsigneeKind::Bank | ConsigneeKind::ToOrder if !named => {
            fired(format!("consigned to {}, and no end user is named", kind.word().replace('_', " ")))
        }
        _ => clear("consignee or end user is named"),
    }
}

/// Chapters, by which goods and papers are compared: closer would call a van a car.
fn chapters(codes: &[HsRange]) -> impl Iterator<Item = (u32, u32)> + '_ {
    codes.iter().filter(|c| **c != HsRange::NONE).map(|c| (c.first / 10_000, c.last / 10_000))
}

fn disjoint(a: &[HsRange], b: &[HsRange]) -> bool {
    let any = |x: &[HsRange]| chapters(x).next().is_some();
    any(a) && any(b) && chapters(a).all(|x| chapters(b).all(|y| x.1 < y.0 || y.1 < x.0))
}

pub(super) fn misdeclared(case: &Case) -> Found {
    let j = case.journey;
    if j.papers.misdeclared == Some(true) {
        return fired("the goods are not what the papers say");
    }
    let real: Vec<HsRange> = case.cargo.items.iter().flatten().copied().collect();
    let mut over = j.hidden_under.clone();
    over.extend(case.act.items.iter().flat_map(|i| crate::route::written_codes(&i.description).1));
    if disjoint(&over, &real) {
        return fired("the goods lay under others");
    }
    if let Some(ratio) = j.market.unit_value_ratio.filter(|r| !(0.3..=3.0).contains(r)) {
        return fired(format!("declared at {ratio:.2} times the usual value"));
    }
    let described = j.declared.cargo.as_deref().map(|c| case.resolver.headings(c)).unwrap_or_default();
    let said = if j.declared.hs.is_empty() { &described } else { &j.declared.hs };
    if disjoint(said, &real) {
        return fired("declared as goods of another chapter");
    }
    let found = j.events.iter().find(|e| e.kind == Some(EventKind::Inspection) && disjoint(&e.goods, said));
    if found.is_some() {
        return fired("an inspection found other goods than declared");
    }
    if j.papers.misdeclared == Some(false) { clear("goods and papers agree") } else { open("goods and papers were not compared") }
}

/// What is claimed against what is found, or against the place where coal and ore of the DPRK was loaded.
pub(super) fn false_origin(case: &Case) -> Found {
    let j = case.journey;
    let claimed = j.papers.origin_claimed.or(j.declared.origin);
    let item = case.act.items.iter().find_map(|i| i.origin);
    let loaded = case.track.ways.first().filter(|w| w.counts() && w.from.country == kp()).and_then(|w| w.from.country);
    match (claimed, j.papers.origin_found.or(item).or(loaded)) {
        (Some(a), Some(b)) if a != b => fired(format!("{} is claimed, {} is found", case.name(a), case.name(b))),
        (Some(_), Some(_)) => clear("the origin claimed is the one found"),
        _ => open("origin claimed and origin found are not both known"),
    }
}

/// The declaration ends before the goods do.
pub(super) fn last_port_omitted(case: &Case) -> Found {
    let d = &case.journey.declared;
    if let Some(omitted) = d.final_port_omitted {
        return stated(Some(omitted), "the declaration leaves the last port or country out", "the declaration names the last port", "");
    }
    let named: Vec<_> = [&d.final_port, &d.port, &d.destination].into_iter().flatten().map(|s| case.routes.gazetteer.spot(s)).collect();
    let documented: Vec<_> = case.track.ways.iter().filter(|w| w.standing == Standing::Documented).collect();
    if named.is_empty() || documented.is_empty() {
        return open("the export declaration, or where the goods went, is not known");
    }
    if documented.last().is_some_and(|last| named.iter().any(|n| same(n, &last.to))) {
        return clear("the declaration names the last place");
    }
    let beyond = |n: &Spot| {
        let reached = documented.iter().position(|w| same(&w.to, n) && !nowhere(&w.to))?;
        documented.iter().skip(reached + 1).find(|w| same(&w.from, n) && w.to.country.is_some() && w.to.country != n.country)
    };
    match named.iter().find_map(|n| Some((n, beyond(n)?))) {
        Some((n, way)) => fired(format!("declared to {}, and the goods went on to {}", n.name, way.to.name)),
        None => clear("no leg beyond the declared last place is documented"),
    }
}

/// Words that name no goods, and the words that may stand around them.
pub(super) fn vague(case: &Case) -> Found {
    let Some(text) = case.journey.declared.cargo.as_deref() else {
        // Without the papers, an act that itself says nothing but that is as vague.
        let only = case.act.items.iter().map(|i| i.description.as_str()).find(|d| says_nothing(d));
        return only.map_or(open("the description in the papers is not known"), |text| fired(format!("described as “{text}”")));
    };
    if says_nothing(text) { fired(format!("described as “{text}”")) } else { clear("the description names the goods") }
}

fn says_nothing(text: &str) -> bool {
    const EMPTY: [&str; 26] = [
        "part",
        "spare part",
        "general cargo",
        "goods",
        "good",
        "cargo",
        "merchandise",
        "n m",
        "nm",
        "sundry",
        "miscellaneous",
        "various",
        "personal effect",
        "household good",
        "equipment",
        "machinery",
        "machine",
        "accessory",
        "sample",
        "consolidated cargo",
        "freight all kind",
        "fak",
        "as per invoice",
        "gift",
        "commercial good",
        "other",
    ];
    let plain = padded(text);
    let bare = plain.trim();
    let words: Vec<&str> = bare.split(' ').collect();
    // “Used cars”, “used Mercedes”: no type, no number by which a thing could be told.
    let used = words.first() == Some(&"used") && words.len() <= 3 && !bare.chars().any(|c| c.is_ascii_digit());
    used || EMPTY.contains(&bare)
}

pub(super) fn faulty(case: &Case) -> Found {
    stated(
        case.journey.papers.faulty,
        "a bill of lading or log is missing, altered or inconsistent",
        "bill of lading and log are in order",
        "bill of lading and log were not seen",
    )
}

pub(super) fn no_end_use_certificate(case: &Case) -> Found {
    stated(
        case.journey.papers.end_use_refused,
        "an end-use certificate was refused, or says nothing",
        "an end-use certificate is there",
        "nobody asked for an end-use certificate",
    )
}

pub(super) fn false_licence(case: &Case) -> Found {
    stated(
        case.journey.papers.licence_false,
        "the licence cited does not exist or does not fit",
        "the licence cited was confirmed",
        "no licence was checked",
    )
}
