//! What cannot be, or is odd, in the description of a journey, each with its place in the input.
//!
//! None of it stops the answer: a slip in a number is the writer's more often than the smuggler's. Speeds are judged over the great
//! circle, which no ship can beat, with a wide margin.

use super::Oddity;
use super::track::{Track, Way, nowhere, same};
use crate::Resolver;
use crate::identity::{self, Registries};
use model::{Act, Journey, Mode, Span, Standing, Vessel};

/// Fastest that is believed, in km/h over the great circle, from the first possible to the last possible moment.
fn fastest_kmh(mode: Mode) -> Option<f64> {
    match mode {
        Mode::Sea | Mode::Sts => Some(55.6),
        Mode::Air | Mode::Courier => Some(1100.0),
        Mode::Rail => Some(300.0),
        Mode::Road => Some(110.0),
        Mode::Pipeline | Mode::Unknown => None,
    }
}

pub(super) fn all(registries: &Registries, resolver: &Resolver, act: &Act, journey: &Journey, track: &Track) -> Vec<Oddity> {
    let mut out = Vec::new();
    for way in &track.ways {
        let leg = format!("legs[{}]", way.index);
        let mut tell = |field: &str, message: String| out.push(Oddity { at: format!("{leg}{field}"), message });
        places(resolver, way, &mut tell);
        times(way, &mut tell);
        ship(registries, &way.leg.vessel, ".vessel", &mut tell);
        if let Some(other) = &way.leg.counterparty {
            ship(registries, other, ".counterparty_vessel", &mut tell);
        }
        for (i, number) in way.leg.containers.iter().enumerate() {
            identity::container(number).into_iter().for_each(|m| tell(&format!(".container[{i}]"), m));
        }
    }
    order(track, &mut out);
    parties(act, &mut out);
    if journey.legs.is_empty() {
        out.push(Oddity { at: "legs".into(), message: "no leg is given: only what parties, goods and papers show can be said".into() });
    }
    out
}

fn places(resolver: &Resolver, way: &Way, tell: &mut impl FnMut(&str, String)) {
    let ends = [(".from", &way.from), (".to", &way.to)];
    for (field, spot) in ends.into_iter().chain(way.via.iter().map(|s| (".via", s))) {
        // The far end of a transfer at sea is a ship; a country alone is a place that is known by its country.
        if !spot.unknown || spot.name.is_empty() || way.is(Mode::Sts) && way.leg.counterparty.is_some() {
            continue;
        }
        // A country, or one of several, is all that was said.
        if spot.name.split(['/', ';']).flat_map(|p| p.split(" or ")).all(|p| resolver.country(p.trim()).is_ok()) {
            continue;
        }
        match spot.country {
            Some(country) => tell(field, format!("unknown place “{}”; its country is {country}", shown(&spot.name))),
            None => tell(field, format!("unknown place “{}”", shown(&spot.name))),
        }
    }
    if !nowhere(&way.from) && !nowhere(&way.to) && way.from.point.is_some() && way.from.point == way.to.point && !way.is(Mode::Sts) {
        tell("", format!("the leg begins and ends at {}", shown(&way.from.name)));
    }
}

fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn times(way: &Way, tell: &mut impl FnMut(&str, String)) {
    let (Some(depart), Some(arrive)) = (way.leg.depart, way.leg.arrive) else { return };
    if arrive.last < depart.first {
        tell(".arrive", format!("the leg arrives on {}, before it departs on {}", arrive.last, depart.first));
        return;
    }
    let (Some(km), Some(most)) = (way.km(), way.leg.mode.and_then(fastest_kmh)) else { return };
    // A day has 24 hours, and the first and the last may be used in full.
    let days = depart.first.until(arrive.last).map_or(0, |s| s.get_days()) + 1;
    let kmh = km / (f64::from(days) * 24.0);
    if kmh > most {
        let knots = if way.is(Mode::Sea) { format!(" ({:.0} knots)", kmh / 1.852) } else { String::new() };
        tell("", format!("{km:.0} km in {days} days would take {kmh:.0} km/h{knots} even on the straightest way"));
    }
}

fn ship(registries: &Registries, ship: &Vessel, field: &str, tell: &mut impl FnMut(&str, String)) {
    if let Some(imo) = &ship.imo {
        identity::imo(imo).into_iter().for_each(|m| tell(&format!("{field}.imo"), m));
    }
    if let Some(mmsi) = &ship.mmsi {
        identity::mmsi(mmsi).into_iter().for_each(|m| tell(&format!("{field}.mmsi"), m));
        if let (Some(flag), Some(country)) = (ship.flag, registries.of_mmsi(mmsi))
            && flag != country
        {
            tell(&format!("{field}.mmsi"), format!("MMSI {mmsi} is one of {country}, the flag is of {flag}"));
        }
    }
    if let (Some(mark), Some(flag)) = (&ship.registration, ship.flag)
        && let Some(country) = registries.of_aircraft(mark)
        && country != flag
    {
        tell(&format!("{field}.registration"), format!("registration {mark} is one of {country}, the flag is of {flag}"));
    }
}

/// Legs in the order given: one after the other in time, and each beginning where another ended.
fn order(track: &Track, out: &mut Vec<Oddity>) {
    let before = |a: Option<Span>, b: Option<Span>| a.zip(b).is_some_and(|(a, b)| b.last < a.first);
    for (a, b) in track.joins() {
        if before(a.leg.arrive.or(a.leg.depart).or(a.leg.day), b.leg.first_day()) {
            out.push(Oddity {
                at: format!("legs[{}]", b.index),
                message: format!("the leg begins before leg {} has ended: a journey back in time", a.index + 1),
            });
        }
    }
    for (at, way) in track.ways.iter().enumerate().skip(1) {
        let Some(last) = track.ways.get(at - 1) else { continue };
        let earlier = track.ways.iter().take(at).any(|w| same(&w.to, &way.from) || same(&w.from, &way.from));
        let open = nowhere(&last.to) || nowhere(&way.from) || last.is(Mode::Sts) || way.is(Mode::Sts);
        let surely = way.standing == Standing::Documented && last.standing == Standing::Documented;
        if !earlier && !open && surely {
            out.push(Oddity {
                at: format!("legs[{}].from", way.index),
                message: format!(
                    "the leg begins at {}, and the one before ended at {}: a leg between them is missing",
                    shown(&way.from.name),
                    shown(&last.to.name)
                ),
            });
        }
    }
}

fn parties(act: &Act, out: &mut Vec<Oddity>) {
    for (index, party) in act.parties.iter().enumerate() {
        let more = party.background.iter().flat_map(|b| &b.numbers);
        for (kind, number) in party.identifiers.iter().chain(more) {
            identity::fault(kind, number)
                .into_iter()
                .for_each(|message| out.push(Oddity { at: format!("parties[{index}].identifiers.{kind}"), message }));
        }
    }
}
