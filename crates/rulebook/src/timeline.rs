//! When the law changes, and what changed between two days.

use crate::{ExceptionKind, Leaf, Rulebook};
use model::{Area, Date};
use std::collections::BTreeSet;

/// Every day on which the law of a regime becomes another, in order. Between two neighbours the law is constant.
#[must_use]
pub fn cut_points(book: &Rulebook, regime: &str) -> Vec<Date> {
    let mut days = BTreeSet::new();
    let mut add = |from: Date, to: Option<Date>| {
        days.insert(from);
        if let Some(next) = to.and_then(|d| d.tomorrow().ok()) {
            days.insert(next);
        }
    };
    for p in book.prohibitions.iter().filter(|p| p.regime == regime) {
        p.periods.iter().for_each(|t| add(t.from, t.to));
    }
    for e in book.exceptions.iter().filter(|e| e.regimes.iter().any(|r| r == regime)) {
        e.periods.iter().for_each(|t| add(t.from, t.to));
        // Without days of its own it is in force from the adoption of its instrument.
        if let Some(i) = book.instrument_of(&e.id).filter(|_| e.periods.is_empty() && e.regime != regime) {
            add(i.adopted.on, None);
        }
    }
    book.each_leaf(regime, &mut |leaf| match leaf {
        Leaf::Area(Area::Group(group)) => {
            group.members.iter().flat_map(|(_, from, to)| days_of_member(*from, *to)).for_each(|d| add(d, None));
        }
        Leaf::Area(Area::One(_)) => {}
        Leaf::List(list) => list.rows.iter().for_each(|r| add(r.period.from, r.period.to)),
        Leaf::Parameter(parameter) => parameter.steps.iter().for_each(|s| add(s.period.from, s.period.to)),
    });
    days.remove(&Date::MIN);
    days.into_iter().collect()
}

/// The days on which a member of a group of countries comes or goes.
fn days_of_member(from: Option<Date>, to: Option<Date>) -> impl Iterator<Item = Date> {
    from.into_iter().chain(to.and_then(|d| d.tomorrow().ok()))
}

/// A provision that is not the same on two days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// What happened, in words.
    pub what: String,
}

/// What began, what ended and what changed from one day to another.
#[must_use]
pub fn diff(book: &Rulebook, from: Date, to: Date) -> (Vec<String>, Vec<String>, Vec<Change>) {
    let (mut began, mut ended, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for p in &book.prohibitions {
        match (p.in_force(from), p.in_force(to)) {
            (false, true) => began.push(p.id.clone()),
            (true, false) => ended.push(p.id.clone()),
            _ => {}
        }
    }
    for e in &book.exceptions {
        let lives = |day: Date| {
            e.in_force(day)
                && e.defeats.iter().any(|d| {
                    d.starts_with("regime:") && (!e.periods.is_empty() || book.instrument_of(&e.id).is_some_and(|i| i.adopted.on <= day))
                        || book.prohibition(d).is_some_and(|p| p.in_force(day))
                        || book.exception(d).is_some_and(|x| x.in_force(day))
                })
        };
        let what = match (&e.kind, lives(from), lives(to)) {
            (ExceptionKind::Exemption, false, true) => "an exemption began",
            (ExceptionKind::Exemption, true, false) => "an exemption ended",
            (ExceptionKind::Derogation { .. }, false, true) => "a route to an approval opened",
            (ExceptionKind::Derogation { .. }, true, false) => "a route to an approval closed",
            _ => continue,
        };
        changed.push(Change { id: e.id.clone(), what: format!("{what}: {}", e.says) });
    }
    for parameter in book.parameters.values() {
        let (a, b) = (parameter.on(from), parameter.on(to));
        if a.map(|s| s.value) != b.map(|s| s.value) {
            let show = |s: Option<&crate::Step>| s.map_or("no value".to_owned(), |s| format!("{} {}", s.value, parameter.unit));
            changed.push(Change { id: parameter.id.clone(), what: format!("from {} to {}", show(a), show(b)) });
        }
    }
    for list in book.lists.values() {
        let count = |day: Date| list.rows.iter().filter(|r| r.period.holds_on(day)).count();
        if count(from) != count(to) {
            changed.push(Change { id: list.id.clone(), what: format!("from {} to {} entries", count(from), count(to)) });
        }
    }
    (began, ended, changed)
}
