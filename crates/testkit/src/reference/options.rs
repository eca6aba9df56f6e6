//! Every value that a fact may have. Values that no condition tells apart are tried once.

use super::amounts;
use super::facts::{Fact, Value};
use model::{Act, Condition as Wear, Date, HsRange, Kinds, Span};
use rulebook::{Condition, ItemTest, Rulebook};
use std::collections::{BTreeMap, BTreeSet};

/// The values of a fact, one for each way in which conditions may come out.
pub(super) fn of(book: &Rulebook, act: &Act, fact: &Fact) -> Vec<Value> {
    match fact {
        Fact::Kind => kinds(book, act),
        Fact::Codes(item) => codes(book, act.items.get(*item).map_or(&[], |i| i.hs.as_slice())),
        Fact::Worth(item, currency) => {
            let (least, most) = act.items.get(*item).map_or((0.0, f64::INFINITY), |i| amounts::worth_of_one(i, currency));
            worths(book, currency, least, most)
        }
        Fact::Total(item, currency) => {
            let (least, most) = act.items.get(*item).and_then(|i| amounts::worth(i, currency)).unwrap_or((0.0, f64::INFINITY));
            worths(book, currency, least, most)
        }
        Fact::Wear(_) => vec![Value::Wear(Wear::New), Value::Wear(Wear::Used)],
        Fact::Contract => contracts(book, act),
        _ => vec![Value::Yes(true), Value::Yes(false)],
    }
}

/// Kinds that are in the same sets count as one.
fn kinds(book: &Rulebook, act: &Act) -> Vec<Value> {
    let mut sets = Vec::new();
    each(book, &mut |c| {
        if let Condition::Act(set, _) = c {
            sets.push(*set);
        }
    });
    let mut classes: BTreeMap<Vec<bool>, u64> = BTreeMap::new();
    for kind in act.kind.iter() {
        *classes.entry(sets.iter().map(|s| s.has(kind)).collect()).or_default() |= Kinds::only(kind).0;
    }
    classes.into_values().map(|bits| Value::Kind(Kinds(bits))).collect()
}

/// Codes that are in the same sets count as one; any of them stands for the others.
fn codes(book: &Rulebook, candidates: &[HsRange]) -> Vec<Value> {
    let any = [HsRange::ANY];
    let candidates = if candidates.is_empty() { &any } else { candidates };
    let mut sets: Vec<Vec<HsRange>> = Vec::new();
    each(book, &mut |c| {
        if let Condition::Item(ItemTest::Hs(set)) = c {
            sets.push(set.clone());
        }
    });
    sets.extend(book.lists.values().flat_map(|l| l.rows.iter().map(|r| r.hs.clone())));
    let cuts: BTreeSet<u32> = sets.iter().flatten().flat_map(|r| [r.first, r.last + 1]).collect();
    let mut classes: BTreeMap<Vec<bool>, HsRange> = BTreeMap::new();
    for candidate in candidates {
        let mut first = candidate.first;
        let inside = cuts.iter().filter(|cut| candidate.first < **cut && **cut <= candidate.last);
        let ends = inside.map(|next| next - 1).chain([candidate.last]);
        for last in ends {
            let piece = HsRange { first, last };
            classes.insert(sets.iter().map(|set| set.iter().any(|r| piece.within(*r))).collect(), piece);
            first = last + 1;
        }
    }
    classes.into_values().map(Value::Codes).collect()
}

/// One value between each two thresholds, as far as the value may lie there.
fn worths(book: &Rulebook, currency: &str, least: f64, most: f64) -> Vec<Value> {
    let mut thresholds: Vec<f64> = Vec::new();
    each(book, &mut |c| {
        if let Condition::Item(ItemTest::Over { amount, currency: c } | ItemTest::TotalOver { amount, currency: c }) = c
            && c == currency
        {
            thresholds.push(*amount);
        }
    });
    let rows = book.lists.values().flat_map(|l| &l.rows).filter_map(|r| r.over.as_ref());
    thresholds.extend(rows.filter(|(_, c)| c == currency).map(|(amount, _)| *amount));
    thresholds.sort_by(f64::total_cmp);
    let above_all = thresholds.last().map_or(1.0, |t| t + 1.0).max(least);
    let mut out = Vec::new();
    let mut below = f64::NEG_INFINITY;
    for threshold in thresholds.into_iter().chain([above_all]) {
        // "Over" excludes the threshold itself, so the threshold stands for all values from the one below it.
        if least <= threshold && most > below && threshold > below {
            out.push(Value::Worth(threshold.min(most)));
        }
        below = threshold;
    }
    out
}

fn contracts(book: &Rulebook, act: &Act) -> Vec<Value> {
    let span = act.contract_date.unwrap_or(Span { first: Date::MIN, last: Date::MAX });
    let mut cuts = BTreeSet::new();
    each(book, &mut |c| {
        if let Condition::ContractBefore(day) = c
            && span.first < *day
            && *day <= span.last
        {
            cuts.insert(*day);
        }
    });
    let mut first = span.first;
    let mut out = Vec::new();
    for next in cuts {
        out.push(Value::Days(Span { first, last: next.yesterday().unwrap_or(first) }));
        first = next;
    }
    out.push(Value::Days(Span { first, last: span.last }));
    out
}

/// Visits every condition of the book.
fn each(book: &Rulebook, visit: &mut impl FnMut(&Condition)) {
    book.prohibitions.iter().filter_map(|p| p.when.as_ref()).for_each(|c| walk(c, visit));
    book.exceptions.iter().for_each(|e| walk(&e.when, visit));
    book.definitions.values().for_each(|d| walk(&d.when, visit));
    book.regimes.values().for_each(|r| walk(&r.when, visit));
}

fn walk(condition: &Condition, visit: &mut impl FnMut(&Condition)) {
    visit(condition);
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().for_each(|c| walk(c, visit)),
        Condition::Not(inner) => walk(inner, visit),
        _ => {}
    }
}
