//! The shape of the way: detours, turns, transhipments, waits, and the means by which it goes on.

use super::{Case, Found, clear, fired, found, kp, open};
use crate::route::geo::distance_km;
use crate::route::places::{AIR_GATEWAY, BORDER_RAIL, COAL_RELAY, FREE_ZONE, PORT, Spot};
use crate::route::track::{country_only, nowhere, same};
use model::{EventKind, Mode, Standing, Truth};

/// Detour: the legs together against the straight way to the declared destination.
const DETOUR_RATIO: f64 = 2.0;
/// A turn: the end is nearer to an earlier place than this share of the farthest distance from it.
const TURN_RATIO: f64 = 0.3;
/// An unexplained wait.
const LONG_WAIT_DAYS: i32 = 21;
/// Transhipments that need a reason.
const MANY_TRANSHIPMENTS: usize = 3;

fn declared_spot(case: &Case) -> Option<Spot> {
    let d = &case.journey.declared;
    d.destination.as_ref().or(d.port.as_ref()).map(|s| case.routes.gazetteer.spot(s))
}

pub(super) fn detour(case: &Case) -> Found {
    let declared = declared_spot(case).and_then(|s| s.point);
    let mut best = open("positions of the places are not known");
    for line in &case.track.lines {
        let stops = case.track.stops(line);
        if stops.is_empty() {
            continue;
        }
        if stops.len() < 4 {
            best = if best.state == crate::route::State::Unknown { clear("fewer than three legs") } else { best };
            continue;
        }
        let points: Vec<(f64, f64)> = stops.iter().filter_map(|s| s.point).collect();
        let (Some(first), Some(last)) = (points.first(), declared.as_ref().or(points.last())) else { continue };
        let straight = distance_km(*first, *last);
        let sum: f64 = points.windows(2).map(|w| if let [a, b] = w { distance_km(*a, *b) } else { 0.0 }).sum();
        // Going out and coming home is no detour but a round trip.
        if points.len() < 4 || straight < 50.0 {
            continue;
        }
        let ratio = sum / straight;
        let text = format!("{:.0} km by the legs, {straight:.0} km straight: {ratio:.2} times", sum);
        best = if ratio >= DETOUR_RATIO { return fired(text) } else { clear(text) };
    }
    best
}

pub(super) fn turns_back(case: &Case) -> Found {
    let mut seen = open("positions of the places are not known");
    for line in &case.track.lines {
        let stops = case.track.stops(line);
        let points: Vec<(&str, (f64, f64))> = stops.iter().filter_map(|s| Some((s.name.as_str(), s.point?))).collect();
        if stops.len() >= 3 && points.len() < 3 {
            continue;
        }
        if points.len() == stops.len() {
            seen = clear("no place comes back towards an earlier one");
        }
        if let Some(text) = turn(&points) {
            return fired(text);
        }
    }
    seen
}

/// The first three places of which the third lies close to the first and the second far off.
fn turn(points: &[(&str, (f64, f64))]) -> Option<String> {
    for (k, (last, z)) in points.iter().enumerate() {
        for (j, (_, y)) in points.iter().enumerate().take(k) {
            for (first, x) in points.iter().take(j).map(|(n, p)| (n, p)) {
                let (out, back) = (distance_km(*x, *y), distance_km(*x, *z));
                if out > 0.0 && back < TURN_RATIO * out {
                    return Some(format!("{out:.0} km away from {first}, then to {last}, {back:.0} km from it"));
                }
            }
        }
    }
    None
}

/// Handovers from one means to the next on the main carriage. The lorry to the first port and from the last one is none.
pub(super) fn transhipments(case: &Case) -> Found {
    if case.track.ways.is_empty() {
        return open("no leg is known");
    }
    let said = case.track.ways.iter().filter(|w| w.counts() && w.leg.transhipment == Some(true)).count();
    let ends = [case.track.ways.first().map(|w| w.index), case.track.ways.last().map(|w| w.index)];
    let local = |w: &crate::route::track::Way| w.is(Mode::Road) && ends.contains(&Some(w.index));
    let mut places: Vec<&str> = Vec::new();
    for (a, b) in case.track.joins() {
        let handed = a.counts() && b.counts() && !a.is(Mode::Sts) && !b.is(Mode::Sts) && !local(a) && !local(b);
        if handed && !nowhere(&a.to) && same(&a.to, &b.from) && a.leg.transhipment != Some(false) {
            places.push(a.to.name.as_str());
        }
    }
    let count = said.max(places.len());
    if count >= MANY_TRANSHIPMENTS {
        return fired(format!("{count} transhipments: {}", places.join(", ")));
    }
    clear(format!("{count} transhipments are known"))
}

/// The papers said one place, and the voyage went to another, or nobody there saw it.
pub(super) fn never_called(case: &Case) -> Found {
    let declared = declared_spot(case);
    if let Some(event) = case.journey.events.iter().find(|e| e.kind == Some(EventKind::NoPortCall)) {
        let place = if event.place.name.is_empty() { "the declared destination" } else { event.place.name.as_str() };
        return fired(format!("no call is on record at {place}"));
    }
    let mut best = clear("no leg is only declared");
    let mut any = false;
    for (at, way) in case.track.ways.iter().enumerate() {
        let only_declared = way.standing == Standing::Declared || way.leg.to.standing == Some(Standing::Declared);
        if !only_declared {
            continue;
        }
        any = true;
        best = best.or(on_from_elsewhere(case, at, &way.to).on(way));
    }
    if let Some(spot) = declared.filter(|_| !any) {
        best = against_documents(case, &spot);
        any = true;
    }
    if any { best } else { open("what was declared is not known") }
}

/// Whether the account of the journey goes on from somewhere else than a place that is only declared.
fn on_from_elsewhere(case: &Case, at: usize, declared: &Spot) -> Found {
    let name = if declared.name.is_empty() { "the declared place" } else { declared.name.as_str() };
    let called = |e: &model::Event| e.kind == Some(EventKind::PortCall) && same(&case.routes.gazetteer.spot(&e.place), declared);
    if case.journey.events.iter().any(called) {
        return clear("the call is on record");
    }
    let mut later = case.track.ways.iter().skip(at + 1);
    match later.find(|next| !nowhere(&next.from) || !nowhere(&next.to)) {
        Some(next) if same(&next.from, declared) && !nowhere(&next.from) => clear("the journey goes on from there"),
        Some(next) if same(&next.to, declared) => clear("a later leg reaches it"),
        Some(_) => fired(format!("{name} was declared, no call there is documented, and the journey goes on from elsewhere")),
        None => open("whether the declared place was reached is not known"),
    }
}

/// A declared destination beside legs that are documented. Goods may go on by land from a port of another country than the one
/// declared, so a country alone is contradicted only by a handover at sea or by a call in the DPRK.
fn against_documents(case: &Case, declared: &Spot) -> Found {
    let documented: Vec<_> = case.track.ways.iter().filter(|w| w.standing == Standing::Documented).collect();
    let Some(last) = documented.last() else { return open("no documented leg shows where the voyage went") };
    if documented.iter().any(|w| w.spots().any(|s| same(s, declared))) {
        return clear("the declared place was reached");
    }
    let at_sea = last.is(Mode::Sts) || last.to.country.is_some() && last.to.country == kp();
    let port = case.is(declared, PORT) == Truth::True && last.is(Mode::Sea) && !nowhere(&last.to) && !last.to.unknown;
    if at_sea || port && !country_only(&last.to) {
        let end = if last.is(Mode::Sts) { "a ship at sea" } else { last.to.name.as_str() };
        return fired(format!("declared for {}, documented to {end}", declared.name)).on(last);
    }
    open("whether the declared place was reached is not known")
}

pub(super) fn destination_changed(case: &Case) -> Found {
    let changed = |e: &&model::Event| e.kind == Some(EventKind::DestinationChange);
    if case.journey.events.iter().any(|e| changed(&e)) {
        return fired("the destination was changed during the voyage");
    }
    // A ship declared for one place that is next documented, still on its voyage, at another has changed its destination.
    let ways = &case.track.ways;
    for (at, way) in ways.iter().enumerate().filter(|(_, w)| w.standing == Standing::Declared && w.is(Mode::Sea)) {
        let goes_on = ways.get(at + 1).filter(|n| n.standing == Standing::Documented && n.is(Mode::Sea) && nowhere(&n.from));
        if let Some(next) = goes_on.filter(|n| !nowhere(&n.to) && !same(&n.to, &way.to)) {
            return fired(format!("declared for {}, the ship went on to {}", way.to.name, next.to.name));
        }
    }
    open("nobody said whether the destination changed")
}

pub(super) fn free_zone(case: &Case) -> Found {
    let cargo = case.cargo;
    let goods = cargo.luxury.or(cargo.top_tiers).or(cargo.lower_tiers);
    if goods == Truth::False {
        return clear("neither luxury nor high-priority goods");
    }
    case.legs(
        |_| true,
        open("no leg is known"),
        |way| {
            let at = way.spots().map(|s| (case.is(s, FREE_ZONE), s)).max_by_key(|(t, _)| *t);
            let Some((truth, spot)) = at else { return open("") };
            // A country alone does not say whether the zone was used.
            let truth = if truth == Truth::Unknown && (nowhere(spot) || country_only(spot)) { Truth::False } else { truth };
            found(
                truth.and(goods),
                || format!("through {}, a free zone", spot.name),
                "no free zone on the way",
                "the goods or the places are not known well enough",
            )
        },
    )
}

pub(super) fn long_wait(case: &Case) -> Found {
    let days = |a: model::Date, b: model::Date| a.until(b).map_or(0, |s| s.get_days());
    let mut best: Option<Found> = None;
    for (a, b) in case.track.joins().filter(|(a, b)| !nowhere(&a.to) && same(&a.to, &b.from)) {
        let (Some(arrive), Some(depart)) = (a.leg.arrive, b.leg.depart) else { continue };
        let (least, most) = (days(arrive.last, depart.first), days(arrive.first, depart.last));
        let one = if least >= LONG_WAIT_DAYS {
            fired(format!("{least} days at {}", a.to.name)).on(if a.counts() { b } else { a })
        } else if most < LONG_WAIT_DAYS {
            clear("no wait of three weeks between known days")
        } else {
            open("the days are not known well enough")
        };
        best = Some(match best {
            Some(other) => other.or(one),
            None => one,
        });
    }
    best.unwrap_or_else(|| open("arrival and next departure are not both known at any place"))
}

pub(super) fn charter_flight(case: &Case) -> Found {
    if case.track.ways.is_empty() {
        return open("no leg is known");
    }
    case.legs(
        |w| w.is(Mode::Air),
        clear("no leg by air"),
        |way| {
            let from = case.is(&way.from, crate::route::places::GATEWAY | AIR_GATEWAY);
            // The airline of the DPRK carries goods outside its schedule only.
            let own = way.leg.carrier.as_deref().and_then(|c| case.routes.carrier(c, "kp_state")).map(|_| true);
            match (from, way.leg.unscheduled.or(own)) {
                (Truth::False, _) | (_, Some(false)) => clear("no charter flight from a gateway"),
                (Truth::True, Some(true)) => fired(format!("a flight outside the schedule from {}", way.from.name)),
                _ => open("whether the flight was scheduled is not known"),
            }
        },
    )
}

/// A train begins or ends at a border station of the DPRK, or runs between the DPRK and a neighbour, which goes no other way.
pub(super) fn border_rail(case: &Case) -> Found {
    if case.track.ways.is_empty() {
        return open("no leg is known");
    }
    case.legs(
        |w| w.is(Mode::Rail),
        clear("no leg by rail"),
        |way| {
            let crosses = (way.from.country == kp()) != (way.to.country == kp()) && way.from.country.is_some() && way.to.country.is_some();
            let station = case.is(&way.from, BORDER_RAIL);
            if crosses || station == Truth::True {
                return fired(format!("by rail from {} to {}", way.from.name, way.to.name));
            }
            found(station, String::new, "no station at the border of the DPRK", "the station is not known")
        },
    )
}

pub(super) fn against_trade(case: &Case) -> Found {
    match case.journey.market.flow_anomaly_sd {
        Some(sd) if sd >= 3.0 => fired(format!("{sd:.1} standard deviations from the usual flow")),
        Some(_) => clear("the flow is usual"),
        None => open("trade statistics were not compared"),
    }
}

pub(super) fn by_hand(case: &Case) -> Found {
    case.legs(
        |_| true,
        open("no leg is known"),
        |way| match way.leg.mode {
            Some(Mode::Courier) => fired("goods in a traveller's luggage"),
            Some(Mode::Unknown) | None => open("the means of a leg are not known"),
            Some(_) => clear("no leg by hand"),
        },
    )
}

/// Coal or ore from the DPRK is landed at a port elsewhere, and coal or ore is loaded there.
pub(super) fn coal_relay(case: &Case) -> Found {
    const WITHIN_DAYS: i32 = 60;
    if case.cargo.coal_ore == Truth::False {
        return clear("neither coal nor ore");
    }
    let ways = &case.track.ways;
    for way in ways.iter().filter(|w| w.counts() && w.from.country.is_some() && w.from.country != kp()) {
        let landed = ways.iter().find(|w| w.counts() && w.index < way.index && w.from.country == kp() && same(&w.to, &way.from));
        let Some(landed) = landed else { continue };
        let late = landed
            .leg
            .last_day()
            .zip(way.leg.first_day())
            .and_then(|(a, b)| a.last.until(b.first).ok())
            .is_some_and(|s| s.get_days() > WITHIN_DAYS);
        if !late {
            let text = || format!("goods of the DPRK were landed at {}, and goods of the kind left it", way.from.name);
            return found(case.cargo.coal_ore, text, "", "whether the goods are coal or ore is not known").on(way);
        }
    }
    let relay = ways.iter().any(|w| case.is(&w.from, COAL_RELAY) == Truth::True && w.counts());
    if relay {
        open("whether goods of the DPRK were landed there before is not known")
    } else {
        clear("not loaded where goods of the DPRK were landed")
    }
}
