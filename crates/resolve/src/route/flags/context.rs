//! What stands around the journey: politics, what was seen afterwards, and what speaks for it.

use super::{Case, Found, clear, fired, kp, open};
use model::{ActKind, EventKind, Mitigation, Mode, Party};

/// A gift by or to a government, when one of the two is the DPRK's.
pub(super) fn state_gift(case: &Case) -> Found {
    match case.act.sure_kind() {
        Some(ActKind::Gift) => {}
        Some(_) => return clear("no gift"),
        None => return open("whether it is a gift is not known"),
    }
    let kp = kp();
    let state = |p: &Party| p.government_of.is_some();
    let dprk = |p: &Party| p.government_of.is_some() && p.government_of == kp || p.nationality.iter().any(|c| Some(*c) == kp);
    let parties = &case.act.parties;
    if parties.is_empty() {
        return open("giver and receiver are not known");
    }
    if parties.iter().any(state) && parties.iter().any(dprk) {
        fired("a gift between governments, given openly")
    } else {
        clear("no gift between governments")
    }
}

pub(super) fn seen_in_kp(case: &Case) -> Found {
    let kp = kp();
    let mut seen = case.journey.events.iter().filter(|e| e.kind == Some(EventKind::Observation)).peekable();
    if seen.peek().is_none() {
        return open("nobody saw the goods afterwards");
    }
    let there = seen
        .any(|e| e.place.country.is_some() && e.place.country == kp || case.routes.gazetteer.spot(&e.place).country == kp && kp.is_some());
    if there { fired("seen in the DPRK afterwards") } else { clear("seen elsewhere") }
}

pub(super) fn earlier_attempt(case: &Case) -> Found {
    if case.journey.events.iter().any(|e| e.kind == Some(EventKind::PriorAttempt)) {
        return fired("an earlier attempt on the same lane");
    }
    match case.journey.market.prior_attempts {
        Some(n) if n > 0.0 => fired(format!("{n:.0} earlier attempts on the same lane")),
        Some(_) => clear("no earlier attempt"),
        None => open("earlier attempts on the lane are not known"),
    }
}

fn verified(case: &Case, kinds: &[Mitigation], yes: &'static str, none: &'static str) -> Found {
    let mut mine = case.journey.mitigation.iter().filter(|(kind, _)| kinds.contains(kind)).peekable();
    if mine.peek().is_none() {
        return clear(none);
    }
    let states: Vec<Option<bool>> = mine.map(|(_, v)| *v).collect();
    if states.contains(&Some(true)) {
        fired(yes)
    } else if states.contains(&None) {
        open("whether it was verified is not known")
    } else {
        clear("it was not verified")
    }
}

/// An approval on record that holds on the days in question, or an exemption that somebody verified.
pub(super) fn exempted(case: &Case) -> Found {
    let holds = |a: &model::Approval| match case.days {
        Some(s) => a.on <= s.last && a.until.is_none_or(|u| s.first <= u),
        None => a.until.is_none(),
    };
    if case.act.approvals.iter().any(holds) {
        return fired("an approval is on record");
    }
    verified(
        case,
        &[Mitigation::Exemption, Mitigation::Licence],
        "an exemption or licence was verified",
        "no exemption or licence is on record",
    )
}

pub(super) fn delivered(case: &Case) -> Found {
    verified(case, &[Mitigation::DeliveryVerification], "delivery was verified", "no verified delivery is on record")
}

/// Every leg by ship known without a gap of six hours, and ports that agree.
pub(super) fn tracked(case: &Case) -> Found {
    const CONTINUOUS_H: f64 = 6.0;
    let by_sea: Vec<_> = case.track.ways.iter().filter(|w| w.is(Mode::Sea)).collect();
    let whole =
        |w: &&crate::route::track::Way| w.leg.ais.max_gap_h.is_some_and(|h| h < CONTINUOUS_H) && w.leg.ais.port_calls_match == Some(true);
    if !by_sea.is_empty() && by_sea.iter().all(whole) {
        return fired("positions without gaps, and port records that agree");
    }
    verified(case, &[Mitigation::ContinuousAis], "positions without gaps, and port records that agree", "no record without gaps")
}

pub(super) fn known_throughout(case: &Case) -> Found {
    if case.act.parties.iter().any(|p| p.background.as_ref().is_some_and(|b| b.known_throughout == Some(true))) {
        return fired("a party is known throughout, with a visit");
    }
    verified(case, &[Mitigation::FullKyc], "a party is known throughout, with a visit", "no party is known throughout")
}
