//! What ties a journey to North Korea: places, recipients, ships and carriers.

use super::{Case, Found, clear, fired, found, kp, open};
use crate::route::places::{AIR_GATEWAY, GATEWAY};
use crate::route::track::{Way, country_only, nowhere};
use model::{Date, Mode, Party, Role, Standing, Truth};

pub(super) fn leg_in_kp(case: &Case) -> Found {
    let Some(kp) = kp() else { return open("") };
    // Said outright, where the legs do not reach that far.
    let ends = [case.journey.legs.first().map(|l| l.from.country), case.journey.legs.last().map(|l| l.to.country)];
    for (said, leg) in [case.act.origin, case.act.destination].into_iter().zip(ends) {
        if said == Some(kp) && leg.flatten() != said {
            return fired("the act as stated begins or ends in the DPRK");
        }
    }
    case.legs(
        |_| true,
        open("no leg is known"),
        |way| {
            if way.touches(kp) {
                return fired(format!("leg {} touches the DPRK", way.index + 1));
            }
            if way.spots().all(|s| s.country.is_some() || nowhere(s)) && way.spots().any(|s| s.country.is_some()) {
                clear("no leg touches the DPRK")
            } else {
                open("a place of a leg is not known")
            }
        },
    )
}

/// Whether the party is of the DPRK: by nationality, seat or government.
fn of_kp(party: &Party) -> bool {
    let kp = kp();
    party.nationality.iter().any(|c| Some(*c) == kp) || party.located_in == kp && kp.is_some() || party.government_of == kp && kp.is_some()
}

fn part(party: &Party) -> &str {
    party.background.as_ref().and_then(|b| b.part.as_deref()).unwrap_or("")
}

pub(super) fn recipient_of_kp(case: &Case) -> Found {
    let receives = |p: &&Party| {
        matches!(p.role, Some(Role::Consignee | Role::EndUser | Role::Recipient))
            || matches!(part(p), "beneficiary" | "consignee" | "end_user")
    };
    let dprk = |p: &Party| p.designations.iter().any(|d| d.sure && d.regime.ends_with("dprk") && case.listed_then(d.from, d.to));
    let mut receivers = case.act.parties.iter().filter(receives).peekable();
    if receivers.peek().is_none() {
        return open("the last recipient is not known");
    }
    match receivers.find(|p| of_kp(p) || dprk(p)) {
        Some(p) => fired(format!("“{}” is of the DPRK and receives", p.name)),
        None => clear("no recipient named is of the DPRK"),
    }
}

pub(super) fn handover_to_kp_ship(case: &Case) -> Found {
    if case.track.ways.is_empty() {
        return open("no leg is known");
    }
    case.legs(
        |w| w.is(Mode::Sts),
        clear("no transfer at sea is known"),
        |way| {
            let Some(other) = &way.leg.counterparty else { return open("the other ship is not known") };
            if other.flag.is_some() && other.flag == kp() {
                return fired(format!("“{}” flies the flag of the DPRK", other.name.as_deref().unwrap_or("the other ship")));
            }
            match case.ship_listed(other) {
                Truth::True => fired(format!("“{}” is listed", other.name.as_deref().unwrap_or("the other ship"))),
                _ if other.flag.is_some() => clear("the other ship is not of the DPRK"),
                _ => open("flag and number of the other ship are not known"),
            }
        },
    )
}

pub(super) fn kp_carrier(case: &Case) -> Found {
    case.legs(
        |_| true,
        open("no leg is known"),
        |way| {
            let names = [way.leg.carrier.as_deref(), way.leg.vessel.operator.as_deref()];
            let mark = way.leg.vessel.registration.as_deref().and_then(|n| case.routes.registries.of_aircraft(n));
            if mark.is_some() && mark == kp() {
                return fired("an aircraft registered in the DPRK");
            }
            match names.into_iter().flatten().find_map(|n| case.routes.carrier(n, "kp_state")) {
                Some(name) => fired(format!("{name} is a carrier of the DPRK state")),
                None if names.iter().any(Option::is_some) => clear("no carrier of the DPRK is named"),
                None => open("the carrier is not known"),
            }
        },
    )
}

pub(super) fn kp_contact(case: &Case) -> Found {
    let acts = |p: &&Party| matches!(part(p), "contact" | "payer" | "courier" | "notify") || p.role == Some(Role::Financier);
    let mut some = case.act.parties.iter().filter(acts).peekable();
    if some.peek().is_none() {
        return open("no contact, payer or courier is named");
    }
    match some.find(|p| of_kp(p)) {
        Some(p) => fired(format!("“{}” is of the DPRK and stands between the parties", p.name)),
        None => clear("no contact, payer or courier is of the DPRK"),
    }
}

/// Where the goods leave for the DPRK, or where they were last seen: is it a gateway?
///
/// A port where the goods only begin is a gateway when they come from elsewhere; oil loaded in Russia is taken for Russian.
pub(super) fn gateway(case: &Case) -> Found {
    let kp = kp();
    let counting = || case.track.ways.iter().filter(|w| w.counts());
    if counting().next().is_none() {
        return open("no leg is documented or declared");
    }
    if counting().next().is_some_and(|w| w.from.country.is_some() && w.from.country == kp) {
        return clear("the goods come from the DPRK");
    }
    let into = |w: &&Way| w.to.country.is_some() && w.to.country == kp && w.from.country != kp;
    let enters: Vec<&Way> = counting().filter(into).collect();
    if enters.is_empty() {
        let Some(last) = counting().rfind(|w| !w.is(Mode::Sts)) else { return clear("the goods were handed over at sea") };
        return at_gateway(case, last, &last.to, "the goods were last known at").on(last);
    }
    let found = enters.into_iter().map(|way| {
        let begins = case.track.ways.first().is_some_and(|first| first.index == way.index);
        if begins && home_made(case, way) {
            return clear("the goods are made where they were loaded");
        }
        at_gateway(case, way, &way.from, "the goods entered the DPRK from").on(way)
    });
    found.reduce(Found::or).unwrap_or_else(|| open(""))
}

fn at_gateway(case: &Case, way: &Way, spot: &crate::route::places::Spot, how: &str) -> Found {
    if nowhere(spot) {
        return if way.touches_land() { open("where the goods were last is not known") } else { clear("the goods entered from the sea") };
    }
    let kinds = if way.is(Mode::Air) { GATEWAY | AIR_GATEWAY } else { GATEWAY };
    match case.is(spot, kinds) {
        Truth::Unknown if country_only(spot) && !borders(case, spot) => clear("the country has no gateway"),
        truth => found(
            truth,
            || format!("{how} {}, a gateway", spot.name),
            "the last place is no gateway",
            "the last place is known by its country only",
        ),
    }
}

/// Only China and Russia have gateways.
fn borders(_: &Case, spot: &crate::route::places::Spot) -> bool {
    spot.country.is_none_or(|c| matches!(c.code(), "CN" | "RU"))
}

/// Whether goods that begin in this country are its own.
fn home_made(case: &Case, way: &Way) -> bool {
    let Some(country) = way.from.country else { return false };
    let said = case.act.items.iter().filter_map(|i| i.origin).chain(case.journey.declared.origin).next();
    match said {
        Some(origin) => origin == country,
        None => case.cargo.oil == Truth::True && country.code() == "RU",
    }
}

impl Way<'_> {
    /// Whether an end of the leg is on land as far as is known.
    fn touches_land(&self) -> bool {
        !self.from.at_sea && !self.from.name.is_empty()
    }
}

pub(super) fn transhipment_point(case: &Case) -> Found {
    let since = case.since(Date::constant(2022, 6, 28));
    if since == Truth::False {
        return clear("the list of 28 June 2022 came later");
    }
    if case.track.ways.is_empty() {
        return open("no leg is known");
    }
    // What is only declared was perhaps never reached.
    let reached = |w: &Way| w.standing != Standing::Declared;
    case.legs(reached, open("no place is known to have been reached"), |way| match way.to.country {
        Some(c) if case.routes.points_of_transhipment.contains(&c) => found(
            since,
            || format!("{} is named on the list of 28 June 2022", case.name(c)),
            "",
            "whether the list of 28 June 2022 was out is not known",
        ),
        Some(_) => clear("no country on the list"),
        None if nowhere(&way.to) => clear("no country on the list"),
        None => open("the country of a place is not known"),
    })
}

pub(super) fn close_to_network(case: &Case) -> Found {
    let facts: Vec<Option<bool>> = case.act.parties.iter().map(|p| p.background.as_ref().and_then(|b| b.linked_to_listed)).collect();
    super::party::any(
        &facts,
        "shares an address, telephone, director or manager with a listed party",
        "no such tie was found",
        "nobody looked for ties to listed parties",
    )
}
