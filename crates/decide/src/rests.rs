//! What a decision rests on: the facts that were looked at, and the days on which it stays the same. Whoever decides many acts keeps decisions
//! and finds them again for acts that differ in nothing that was looked at.

use crate::atoms::Atom;
use crate::compile::Snapshot;
use crate::mentions::named;
use crate::planes::{Mask, Planes, set_bit};
use crate::reach::{Common, Reaching, View};
use model::{Act, Date};

/// What a brief decision rests on beside who takes part, what is done, where, and where the goods come from. An act of one certain day that
/// differs in nothing else has the same decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rests {
    /// First and last day on which nothing that was looked at changes.
    pub days: (Date, Date),
    /// Whether customs codes were looked at.
    pub codes: bool,
    /// Whether the lists that goods are on were, and whether they are known for what they are.
    pub marks: bool,
    /// Whether quantities and sums were.
    pub amounts: bool,
}

impl Default for Rests {
    fn default() -> Self {
        Self { days: (Date::MIN, Date::MAX), codes: false, marks: false, amounts: false }
    }
}

impl Rests {
    /// On both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            days: (self.days.0.max(other.days.0), self.days.1.min(other.days.1)),
            codes: self.codes || other.codes,
            marks: self.marks || other.marks,
            amounts: self.amounts || other.amounts,
        }
    }

    /// Days on which something changes: what holds on the day holds from the last of them to the next.
    pub(crate) fn between(&mut self, changes: &[Date], day: Date) {
        let next = changes.partition_point(|d| *d <= day);
        if let Some(last) = next.checked_sub(1).and_then(|at| changes.get(at)) {
            self.days.0 = self.days.0.max(*last);
        }
        if let Some(end) = changes.get(next).and_then(|d| d.yesterday().ok()) {
            self.days.1 = self.days.1.min(end);
        }
    }

    /// Whether any of the goods but where they come from was looked at.
    pub(crate) fn at_goods(&self) -> bool {
        self.codes || self.marks || self.amounts
    }

    /// Whether a regime may reach the act on the day. Most acts are far from most regimes on every day, and when a regime began is then nothing to them.
    /// `any_day` is the act as it would be seen on whatever day.
    pub(crate) fn on_reach(&mut self, reach: &Reaching, view: View, any_day: View, day: Date) -> bool {
        if reach.may_concern(view, day) {
            self.between(&reach.days, day);
            return reach.existed(day);
        }
        // What makes it so may hold on some days only.
        let mut fewer = *self;
        fewer.between(&reach.named, day);
        if fewer != *self && reach.may_concern(any_day, day) {
            *self = fewer;
        }
        false
    }

    /// Who is spoken of may come into a group of countries or leave it.
    pub(crate) fn on_groups(&mut self, common: &Common, act: &Act, day: Date) {
        named(act).for_each(|country| self.between(common.comings_and_goings(country), day));
    }

    /// What is looked at of the goods to tell whether a regime reaches the act; and its days, where those are not known from before.
    pub(crate) fn on_goods(&mut self, reach: &Reaching, view: View, days: bool) {
        match view.act.on.filter(|span| span.first == span.last) {
            Some(span) => {
                *self = self.and(reach.looks(view, span.first));
                if days {
                    self.between(&reach.days, span.first);
                }
            }
            // Of several days each counts.
            None => *self = reach.days_of(view.act).into_iter().map(|day| reach.looks(view, day)).fold(*self, Self::and),
        }
    }

    pub(crate) fn on_planes(&mut self, snapshot: &Snapshot, items: &[Planes]) {
        let met = |mask: &Mask| items.iter().any(|p| p.done.iter().zip(mask).any(|(a, b)| a & b != 0));
        self.codes |= met(&snapshot.looks.codes);
        self.marks |= met(&snapshot.looks.marks);
        self.amounts |= met(&snapshot.looks.amounts);
    }
}

/// The days of an act's own on which something that is said of it changes: listings, words that count for a time, approvals.
pub(crate) fn own_days(act: &Act) -> Vec<Date> {
    let ends = |from: Option<Date>, to: Option<Date>| [from, to.and_then(|d| d.tomorrow().ok())].into_iter().flatten();
    let listed = act.parties.iter().flat_map(|p| &p.designations).flat_map(|d| ends(d.from, d.to));
    let marks = act.parties.iter().flat_map(|p| &p.marks).chain(act.items.iter().flat_map(|i| &i.marks));
    let approved = act.approvals.iter().flat_map(|a| ends(Some(a.on), a.until));
    let mut days: Vec<Date> = listed.chain(marks.flat_map(|m| ends(Some(m.from), m.to))).chain(approved).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The leaves of a stretch of law that look at each sort of fact.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks {
    codes: Mask,
    marks: Mask,
    amounts: Mask,
}

impl Looks {
    pub(crate) fn of(atoms: &[Atom]) -> Self {
        let mut out = Self::default();
        for (at, atom) in atoms.iter().enumerate() {
            let Rests { codes, marks, amounts, .. } = looked_at(atom);
            let masks = [(codes, &mut out.codes), (marks, &mut out.marks), (amounts, &mut out.amounts)];
            masks.into_iter().filter(|(looks, _)| *looks).for_each(|(_, mask)| set_bit(mask, at));
        }
        out
    }
}

/// The sorts of fact that a leaf looks at.
pub(crate) fn looked_at(atom: &Atom) -> Rests {
    let none = Rests::default();
    match atom {
        Atom::Hs(_) => Rests { codes: true, ..none },
        // Goods that are known for what they are and have no code are in none.
        Atom::ListCodes(_) => Rests { codes: true, marks: true, ..none },
        Atom::Mark { .. } => Rests { marks: true, ..none },
        Atom::Over { .. } | Atom::TotalOver { .. } | Atom::Within { .. } => Rests { amounts: true, ..none },
        Atom::Kind(_)
        | Atom::To(_)
        | Atom::From(_)
        | Atom::Via(_)
        | Atom::In(_)
        | Atom::Wear(_)
        | Atom::Party { .. }
        | Atom::Judgement { .. }
        | Atom::Contract(_)
        | Atom::Approval(_)
        | Atom::During(_) => none,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_on_a_day_holds_from_the_last_change_to_the_next() {
        let day = |d: i8| Date::constant(2020, 1, d);
        for (changes, on, days) in [
            (vec![], day(5), (Date::MIN, Date::MAX)),
            (vec![day(5)], day(5), (day(5), Date::MAX)),
            (vec![day(5)], day(4), (Date::MIN, day(4))),
            (vec![day(1), day(5), day(9)], day(8), (day(5), day(8))),
        ] {
            let mut rests = Rests::default();
            rests.between(&changes, on);
            assert_eq!(rests.days, days, "{changes:?} {on}");
        }
    }
}
