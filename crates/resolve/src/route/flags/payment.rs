//! Who pays, in what, and how.

use super::{Case, Found, clear, fired, open};
use model::{EventKind, Tender, Truth};

const UNPAID: &str = "the payments are not known";

pub(super) fn unrelated_payer(case: &Case) -> Found {
    let mut best: Option<Truth> = None;
    for payment in &case.journey.payments {
        let party = payment.payer.as_deref().and_then(|p| super::party::named(case, p));
        let payer_role = |p: &model::Party| p.background.as_ref().is_some_and(|b| b.part.as_deref() == Some("payer"));
        let related = party.is_some_and(|p| !payer_role(p));
        let country = payment.payer_country.or_else(|| party.and_then(|p| p.located_in.or(p.nationality.first().copied())));
        let truth = match (related, country) {
            (true, _) => Truth::False,
            (false, Some(c)) => Truth::from(matches!(c.code(), "CN" | "HK" | "MO")),
            (false, None) => Truth::Unknown,
        };
        best = Some(best.map_or(truth, |b| b.or(truth)));
    }
    match best {
        Some(Truth::True) => fired("paid by a company in China, Hong Kong or Macau that is no party"),
        Some(Truth::False) => clear("paid by a party, or elsewhere"),
        _ => open("who paid is not known"),
    }
}

pub(super) fn no_bank(case: &Case) -> Found {
    let tenders: Vec<Option<Tender>> = case.journey.payments.iter().map(|p| p.tender).collect();
    match tenders.iter().flatten().find(|t| matches!(t, Tender::Cash | Tender::Crypto | Tender::Gold)) {
        Some(t) => fired(format!("paid in {}", t.word())),
        None if tenders.is_empty() || tenders.contains(&None) => open("how it was paid is not known"),
        None => clear("paid through a bank"),
    }
}

/// Dollars, and nobody of the United States among parties, places and ships.
pub(super) fn dollars(case: &Case) -> Found {
    let currencies: Vec<Option<&str>> = case.journey.payments.iter().map(|p| p.currency.as_deref()).collect();
    if currencies.contains(&Some("USD")) {
        let us = |c: Option<model::Country>| c.is_some_and(|c| c.code() == "US");
        let party = case.act.parties.iter().any(|p| us(p.located_in) || p.nationality.iter().any(|c| us(Some(*c))));
        let place = case.track.ways.iter().any(|w| w.spots().any(|s| us(s.country)) || us(w.leg.vessel.flag));
        return if party || place {
            clear("somebody or something is of the United States")
        } else {
            fired("paid in US dollars, with nobody of the United States")
        };
    }
    if currencies.is_empty() || currencies.contains(&None) { open(UNPAID) } else { clear("paid in other currencies") }
}

pub(super) fn payer_changed(case: &Case) -> Found {
    super::papers::event(case, EventKind::PayerChange, "the payer was changed", "nobody said whether the payer changed")
}

/// Three times the usual price, or a third of it.
pub(super) fn abnormal_price(case: &Case) -> Found {
    const FACTOR_LOG: f64 = 1.1;
    match case.journey.market.unit_value_ratio {
        Some(r) if r > 0.0 && r.ln().abs() > FACTOR_LOG => fired(format!("{r:.2} times the usual price")),
        Some(_) => clear("a usual price"),
        None => open("the price was not compared"),
    }
}
