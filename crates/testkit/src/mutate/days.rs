//! First and last days moved by one.

use model::Date;
use rulebook::{Period, Step};

/// Each end of each period a day earlier and a day later, where a period remains.
pub(super) fn periods(list: &[Period]) -> Vec<(String, Vec<Period>)> {
    let mut out = Vec::new();
    for (i, period) in list.iter().enumerate() {
        for (what, moved) in shifts(*period) {
            let mut new = list.to_vec();
            new[i] = moved;
            out.push((what, new));
        }
    }
    out
}

/// The same for the values of a parameter. A neighbour that would overlap gives way.
pub(super) fn steps(list: &[Step]) -> Vec<(String, Vec<Step>)> {
    let mut out = Vec::new();
    for (i, step) in list.iter().enumerate() {
        for (what, moved) in shifts(step.period) {
            let mut new = list.to_vec();
            new[i].period = moved;
            for (j, other) in new.iter_mut().enumerate() {
                if j < i && other.period.to.is_some_and(|to| to >= moved.from) {
                    other.period.to = moved.from.yesterday().ok();
                }
                if j > i
                    && let Some(next) = moved.to.and_then(|to| to.tomorrow().ok())
                {
                    other.period.from = other.period.from.max(next);
                }
            }
            if new.iter().all(|s| s.period.to.is_none_or(|to| s.period.from <= to)) {
                out.push((what, new));
            }
        }
    }
    out
}

fn shifts(period: Period) -> Vec<(String, Period)> {
    let mut out = Vec::new();
    if period.from > Date::MIN {
        for day in [period.from.yesterday(), period.from.tomorrow()].into_iter().flatten() {
            out.push((format!("from {} becomes {day}", period.from), Period { from: day, to: period.to }));
        }
    }
    if let Some(to) = period.to {
        for day in [to.yesterday(), to.tomorrow()].into_iter().flatten() {
            out.push((format!("to {to} becomes {day}"), Period { from: period.from, to: Some(day) }));
        }
    }
    out.retain(|(_, p)| p.to.is_none_or(|to| p.from <= to));
    out
}
