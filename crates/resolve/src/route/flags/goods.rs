//! The goods seen together with the way they take.

use super::{Case, Found, clear, fired, found, nexus, open, stated};
use crate::route::State;
use model::{EventKind, HsRange, Truth};

fn truth(found: &Found) -> Truth {
    match found.state {
        State::Fired => Truth::True,
        State::NotFired => Truth::False,
        State::Unknown => Truth::Unknown,
    }
}

pub(super) fn luxury_to_gateway(case: &Case) -> Found {
    let gateway = nexus::gateway(case);
    let both = truth(&gateway).and(case.cargo.luxury);
    let mut out = found(
        both,
        || "luxury goods, and the gateway".into(),
        "no luxury goods, or no gateway",
        "whether these are luxury goods, or where they went, is not known",
    );
    (out.on, out.leg) = (gateway.on, gateway.leg);
    out
}

pub(super) fn top_tiers(case: &Case) -> Found {
    tiers(case, case.cargo.top_tiers)
}

pub(super) fn lower_tiers(case: &Case) -> Found {
    tiers(case, case.cargo.lower_tiers)
}

fn tiers(case: &Case, goods: Truth) -> Found {
    let point = nexus::transhipment_point(case);
    let mut out = found(
        truth(&point).and(goods),
        || "goods of high priority to a point of transhipment".into(),
        "no such goods, or no such point",
        "the goods or the way are not known well enough",
    );
    (out.on, out.leg) = (point.on, point.leg);
    out
}

pub(super) fn implausible(case: &Case) -> Found {
    stated(
        case.journey.market.implausible_use,
        "nobody there would plausibly use the goods",
        "the goods fit the destination",
        "nobody asked who would use the goods there",
    )
}

/// Tankers that serve the transfers at sea are small.
pub(super) fn small_tanker(case: &Case) -> Found {
    const SMALL_DWT_T: f64 = 20_000.0;
    if case.cargo.oil == Truth::False {
        return clear("no oil");
    }
    let declared = case.journey.declared.destination.as_ref().or(case.journey.declared.port.as_ref());
    let of_declaration = declared.and_then(|s| case.routes.gazetteer.spot(s).country);
    case.ships(|way| {
        let country = of_declaration.or(if way.standing == model::Standing::Declared { way.to.country } else { None });
        let bound = country.map_or(Truth::Unknown, |c| Truth::from(matches!(c.code(), "TW" | "CN" | "HK")));
        let small = way.leg.vessel.dwt_t.map_or(Truth::Unknown, |t| Truth::from(t < SMALL_DWT_T));
        found(
            bound.and(small).and(case.cargo.oil),
            || "oil by a small tanker, declared for there".into(),
            "no small tanker declared for there",
            "the size of the tanker or its declared destination is not known",
        )
    })
}

/// Seen only afterwards: what the ship brought back.
pub(super) fn return_cargo(case: &Case) -> Found {
    let events = case.journey.events.iter().filter(|e| e.kind == Some(EventKind::ReturnCargo)).flat_map(|e| &e.goods);
    let legs = case.track.ways.iter().flat_map(|w| &w.leg.goods);
    let codes: Vec<HsRange> = events.chain(legs).copied().collect();
    if codes.is_empty() {
        return open("whether the ship brought goods back is not known");
    }
    let banned = codes.iter().map(|c| case.routes.tags.bears(&[*c], "kp_export")).max().unwrap_or(Truth::Unknown);
    found(
        banned,
        || "it came back with goods that the DPRK may not sell".into(),
        "the return cargo is not banned",
        "what the return cargo was is not known",
    )
}

pub(super) fn arms_on_forces_ship(case: &Case) -> Found {
    if case.cargo.arms == Truth::False {
        return clear("no arms");
    }
    case.ships(|way| {
        let ship = &way.leg.vessel;
        let named = ship.name.as_deref().is_some_and(|n| n.split(['/', ',']).any(|part| case.routes.carrier_exact(part, "military")));
        let run = [ship.operator.as_deref(), ship.owner.as_deref(), way.leg.carrier.as_deref()]
            .into_iter()
            .flatten()
            .any(|n| case.routes.carrier(n, "military").is_some());
        let forces = match ship.military {
            Some(said) => Truth::from(said),
            None if named || run => Truth::True,
            None => Truth::Unknown,
        };
        if case.cargo.arms == Truth::True && forces == Truth::True {
            return fired("arms on a ship of the forces or their lines");
        }
        if forces == Truth::False {
            clear("no ship of the forces")
        } else {
            open("who runs the ship, or whether the goods are arms, is not known")
        }
    })
}
