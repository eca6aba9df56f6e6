//! What tracking data show: silence, changed identities, meetings at sea.

use super::{Case, Found, clear, fired, found, open};
use crate::route::places::{STS_AREA, WATCH};
use crate::route::track::{Way, nowhere};
use model::{Mode, Truth};

const A_DAY_H: f64 = 24.0;
const A_WEEK_H: f64 = 168.0;
/// A change of draught that means cargo.
const DRAUGHT_M: f64 = 1.0;

/// Seas around Korea and Taiwan: degrees north and east that the watch area spans.
const WATCH_NORTH: (f64, f64) = (23.0, 46.0);
const WATCH_EAST: (f64, f64) = (117.0, 142.5);

fn in_watch_box(point: (f64, f64)) -> bool {
    (WATCH_NORTH.0..=WATCH_NORTH.1).contains(&point.0) && (WATCH_EAST.0..=WATCH_EAST.1).contains(&point.1)
}

/// Whether the silence fell into the watch area: by what is said of it, or because the whole leg lies there.
fn watched(case: &Case, way: &Way) -> Truth {
    if let Some(area) = &way.leg.ais.gap_area {
        let spot = case.routes.gazetteer.spot(area);
        let by_kind = case.is(&spot, WATCH);
        let by_point = spot.point.map_or(Truth::Unknown, |p| Truth::from(in_watch_box(p)));
        return by_kind.or(by_point);
    }
    match (way.from.point, way.to.point) {
        (Some(a), Some(b)) => match (in_watch_box(a), in_watch_box(b)) {
            (true, true) => Truth::True,
            (false, false) => Truth::False,
            _ => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

pub(super) fn silent_in_watch_area(case: &Case) -> Found {
    case.ships(|way| match way.leg.ais.max_gap_h {
        Some(h) if h >= A_DAY_H => found(
            watched(case, way),
            || format!("silent for {h:.0} hours in watched waters"),
            "silent elsewhere",
            "where the ship fell silent is not known",
        ),
        Some(_) => clear("no silence of a day"),
        None => open("tracking data were not given"),
    })
}

pub(super) fn silent_for_a_week(case: &Case) -> Found {
    case.ships(|way| match way.leg.ais.max_gap_h {
        Some(h) if h >= A_WEEK_H => fired(format!("silent for {:.0} days", h / A_DAY_H)),
        Some(_) => clear("no silence of a week"),
        None => open("tracking data were not given"),
    })
}

pub(super) fn changed_identity(case: &Case) -> Found {
    case.ships(|way| {
        let ais = &way.leg.ais;
        match (ais.mmsi_changes, ais.identity_conflict) {
            (_, Some(true)) => fired("sent the identity of another ship"),
            (Some(n), _) if n > 0.0 => fired(format!("the MMSI changed {n:.0} times")),
            (None, None) => open("nobody compared the identities sent"),
            _ => clear("one identity throughout"),
        }
    })
}

pub(super) fn draught_changed(case: &Case) -> Found {
    case.ships(|way| {
        let ais = &way.leg.ais;
        match (ais.max_gap_h, ais.draught_delta_m) {
            (Some(h), _) if h <= 0.0 => clear("no silence"),
            (Some(_), Some(d)) if d.abs() >= DRAUGHT_M => fired(format!("the draught changed by {:.1} m while silent", d.abs())),
            (_, Some(d)) if d.abs() < DRAUGHT_M => clear("the draught did not change"),
            _ => open("draught before and after the silence is not known"),
        }
    })
}

pub(super) fn met_at_sea(case: &Case) -> Found {
    case.ships(|way| {
        if way.is(Mode::Sts) {
            return fired("goods were handed over at sea");
        }
        match way.leg.ais.meeting {
            Some(true) => fired("lay beside another ship at sea"),
            Some(false) => clear("met no ship at sea"),
            None => open("whether it met a ship at sea is not known"),
        }
    })
}

/// The water of a transfer: where the leg begins, or ends when its end is no ship.
pub(super) fn known_transfer_area(case: &Case) -> Found {
    case.ships(|way| {
        if !way.is(Mode::Sts) && way.leg.ais.meeting != Some(true) {
            return if way.leg.ais.meeting.is_none() {
                open("whether it met a ship at sea is not known")
            } else {
                clear("no transfer at sea")
            };
        }
        let spots = way.spots().filter(|s| !nowhere(s)).chain(std::iter::empty());
        let area = way.leg.ais.gap_area.as_ref().map(|a| case.routes.gazetteer.spot(a));
        let best = spots.cloned().chain(area).map(|s| (case.is(&s, STS_AREA), s)).max_by_key(|(t, _)| *t);
        match best {
            Some((truth, spot)) => found(truth, || format!("at {}", spot.name), "not in waters known for it", "the water is not known"),
            None => open("where the transfer took place is not known"),
        }
    })
}

pub(super) fn several_transfers(case: &Case) -> Found {
    let transfers: Vec<&Way> = case.track.ways.iter().filter(|w| w.is(Mode::Sts) && w.counts()).collect();
    let count: f64 =
        case.track.ways.iter().filter(|w| w.counts()).map(|w| w.leg.transfers.unwrap_or(if w.is(Mode::Sts) { 1.0 } else { 0.0 })).sum();
    if count >= 2.0 {
        return fired(format!("{count:.0} transfers at sea"));
    }
    match transfers.as_slice() {
        [] => case.ships(|_| clear("no transfer at sea is known")),
        [one] if one.leg.transfers.is_some() => clear("one transfer only"),
        _ => open("how many transfers there were is not known"),
    }
}

pub(super) fn spoofed(case: &Case) -> Found {
    case.ships(|way| super::stated(way.leg.ais.spoofed, "positions that cannot be", "positions agree", "nobody checked the positions"))
}
