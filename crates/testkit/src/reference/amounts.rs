//! Amounts of goods and money in the unit of a cap or in a currency, each with the least and the most that it may be.

use model::{Item, Tally};

const LITRES_IN_A_BARREL: f64 = 158.987_294_928;
const BARRELS_IN_A_TONNE: (f64, f64) = (6.0, 9.0);

/// What one unit of the item is worth in the currency, at least and at most.
pub(super) fn worth_of_one(item: &Item, currency: &str) -> (f64, f64) {
    let Some((least, most)) = worth(item, currency) else { return (0.0, f64::INFINITY) };
    match item.quantity.map(|q| q.amount).filter(|amount| *amount > 0.0) {
        Some(count) => (least / count, most / count),
        // The count may be any number from 1 up.
        None => (0.0, most),
    }
}

/// What all of the item is worth in the currency, when that can be said.
pub(super) fn worth(item: &Item, currency: &str) -> Option<(f64, f64)> {
    let money = item.value.as_ref()?;
    if money.currency == currency {
        return Some((money.amount, money.amount));
    }
    money.elsewhere.iter().find(|(code, _)| *code == currency).map(|(_, band)| *band)
}

/// How much of a cap in `unit` the item uses, when that can be said.
pub(super) fn own(item: &Item, unit: &str) -> Option<(f64, f64)> {
    if is_currency(unit) {
        return worth(item, unit);
    }
    item.quantity.and_then(|q| convert(q.amount, q.unit.word(), unit))
}

/// How much of a cap in `unit` is used: at least, and at most where somebody vouches for it.
pub(super) fn used(tally: &Tally, unit: &str) -> (Option<f64>, Option<f64>) {
    let least = convert(tally.at_least, &tally.unit, unit).map(|(least, _)| least);
    let most = tally.at_most.and_then(|most| convert(most, &tally.unit, unit)).map(|(_, most)| most);
    (least, most)
}

fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase())
}

fn convert(amount: f64, from: &str, to: &str) -> Option<(f64, f64)> {
    if from == to {
        return Some((amount, amount));
    }
    let exactly = |x: f64| Some((x, x));
    let (least, most) = BARRELS_IN_A_TONNE;
    match (tonnes(from), barrels(from), tonnes(to), barrels(to)) {
        (Some(from), _, Some(to), _) | (_, Some(from), _, Some(to)) => exactly(amount * from / to),
        (Some(from), _, _, Some(to)) => Some((amount * from * least / to, amount * from * most / to)),
        (_, Some(from), Some(to), _) => Some((amount * from / most / to, amount * from / least / to)),
        _ => None,
    }
}

fn tonnes(unit: &str) -> Option<f64> {
    match unit {
        "t" => Some(1.0),
        "kg" => Some(0.001),
        "g" => Some(0.000_001),
        _ => None,
    }
}

fn barrels(unit: &str) -> Option<f64> {
    match unit {
        "barrel" => Some(1.0),
        "l" => Some(1.0 / LITRES_IN_A_BARREL),
        "m3" => Some(1000.0 / LITRES_IN_A_BARREL),
        // The barrel is defined as 42 of these.
        "gal" => Some(1.0 / 42.0),
        _ => None,
    }
}
