//! When the law changes, and what changed between two days.

use crate::{ExceptionKind, Leaf, Prohibition, Rulebook};
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
    if let Some(regime) = book.regimes.get(regime) {
        regime.periods.iter().for_each(|t| add(t.from, t.to));
    }
    for p in book.prohibitions.iter().filter(|p| p.regime == regime) {
        p.periods.iter().for_each(|t| add(t.from, t.to));
    }
    for e in book.exceptions.iter().filter(|e| e.regimes.iter().any(|r| r == regime)) {
        e.periods.iter().for_each(|t| add(t.from, t.to));
        // Without days of its own it is in force from the adoption of its instrument.
        if let Some(i) = book.instrument_of(&e.id).filter(|_| e.periods.is_empty()) {
            add(i.adopted.on, None);
        }
    }
    book.each_leaf(regime, &mut |leaf| match leaf {
        Leaf::Area(Area::Group(group)) => {
            group.members.iter().flat_map(|(_, from, to)| days_of_member(*from, *to)).for_each(|d| add(d, None));
        }
        Leaf::Area(Area::One(_)) | Leaf::Codes(_) => {}
        Leaf::Period(period) => add(period.from, period.to),
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

/// Something that happened to a provision, or is to happen.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Event {
    /// The first day on which it is so.
    pub day: Date,
    /// Whether something ends on it; what ends has its last day the day before.
    pub ends: bool,
    /// Provision, list or parameter.
    pub id: String,
    /// What happens, in words.
    pub what: String,
}

/// The history of the provisions that are asked for, with what lifts them and the lists and numbers that they speak of, in order of days.
#[must_use]
pub fn events(book: &Rulebook, asked: &dyn Fn(&str) -> bool) -> Vec<Event> {
    let mut out = Vec::new();
    let rules: Vec<&Prohibition> = book.prohibitions.iter().filter(|p| asked(&p.id)).collect();
    for p in &rules {
        for (at, period) in p.periods.iter().enumerate() {
            let contest = p.contested.iter().find(|(c, _)| c == period).map(|(_, contest)| contest);
            let word = match (contest, at) {
                (Some(contest), _) => format!("is held by some to be in force (disputed: {contest}): {}", p.says),
                (None, 0) => format!("comes into force: {}", p.says),
                (None, _) => format!("is in force again: {}", p.says),
            };
            out.push(Event { day: period.from, ends: false, id: p.id.clone(), what: word });
            let after = p.supersedes_it(book).map_or_else(|| "ends".to_owned(), |id| format!("ends; {id} takes its place"));
            push_end(&mut out, period.to, &p.id, after);
        }
    }
    let regimes: BTreeSet<String> = rules.iter().map(|p| format!("regime:{}", p.regime)).collect();
    let ids: BTreeSet<&str> = rules.iter().map(|p| p.id.as_str()).collect();
    for e in &book.exceptions {
        let lifts = e.defeats.iter().any(|d| ids.contains(d.as_str()) || regimes.contains(d));
        if !asked(&e.id) && !lifts {
            continue;
        }
        let (opens, closes) = match e.kind {
            ExceptionKind::Exemption => ("an exemption begins", "the exemption ends"),
            ExceptionKind::Derogation { .. } => ("a route to an approval opens", "the route to an approval closes"),
        };
        for period in e.periods.iter().filter(|p| p.from > Date::MIN) {
            out.push(Event { day: period.from, ends: false, id: e.id.clone(), what: format!("{opens}: {}", e.says) });
        }
        e.periods.iter().for_each(|p| push_end(&mut out, p.to, &e.id, closes.to_owned()));
    }
    for p in &rules {
        book.leaves_of(p, &mut |leaf| match leaf {
            Leaf::List(list) => {
                for row in &list.rows {
                    let name = format!("the list “{}”", list.title);
                    if row.period.from > Date::MIN && !p.periods.iter().any(|t| t.from == row.period.from) {
                        let what = format!("{name} gains: {}", row.text);
                        out.push(Event { day: row.period.from, ends: false, id: list.id.clone(), what });
                    }
                    push_end(&mut out, row.period.to, &list.id, format!("{name} loses: {}", row.text));
                }
            }
            Leaf::Parameter(parameter) => {
                for step in &parameter.steps {
                    let what = format!("the limit becomes {} {}", step.value, parameter.unit);
                    out.push(Event { day: step.period.from, ends: false, id: parameter.id.clone(), what });
                }
            }
            Leaf::Area(_) | Leaf::Codes(_) | Leaf::Period(_) => {}
        });
    }
    out.sort();
    out.dedup();
    out
}

fn push_end(out: &mut Vec<Event>, to: Option<Date>, id: &str, what: String) {
    if let Some(day) = to.and_then(|d| d.tomorrow().ok()) {
        out.push(Event { day, ends: true, id: id.to_owned(), what });
    }
}
