//! What is so on each of the days that an act may fall on, side by side: an act of which only the year is known is looked at once, and not once for every day on
//! which the law changes.

use crate::planes::Kleene;
use model::{Date, Truth};

/// How many days stand side by side.
const SIDE_BY_SIDE: usize = 64;

/// Of up to 64 days those on which something is known to be so, and those on which it is known not to be. Bits beyond the days may be anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OnDays {
    yes: u64,
    no: u64,
}

impl OnDays {
    /// Where nobody looked yet: nothing is and is not so.
    pub(crate) const UNSEEN: Self = Self { yes: u64::MAX, no: u64::MAX };

    /// The same on every day.
    pub(crate) fn always(truth: Truth) -> Self {
        let all = |is: bool| if is { u64::MAX } else { 0 };
        Self { yes: all(truth == Truth::True), no: all(truth == Truth::False) }
    }

    /// What each of some days says.
    pub(crate) fn of(days: &[Date], truth: impl Fn(Date) -> Truth) -> Self {
        days.iter().enumerate().fold(Self { yes: 0, no: 0 }, |all, (bit, day)| all.with(bit, truth(*day)))
    }

    fn with(self, bit: usize, truth: Truth) -> Self {
        let is = |wanted: Truth| u64::from(truth == wanted) << bit;
        Self { yes: self.yes | is(Truth::True), no: self.no | is(Truth::False) }
    }

    /// On one of the days.
    pub(crate) fn at(self, bit: usize) -> Truth {
        let (yes, no) = (self.yes >> bit & 1 == 1, self.no >> bit & 1 == 1);
        if yes { Truth::True } else { Truth::from(!no).and(Truth::Unknown) }
    }

    /// The best of so many days.
    pub(crate) fn best(self, days: usize) -> Truth {
        let count = used(days);
        if self.yes & count != 0 { Truth::True } else { Truth::from(self.no & count != count).and(Truth::Unknown) }
    }

    /// Whether it is surely so on all of so many days.
    pub(crate) fn on_all(self, days: usize) -> bool {
        self.yes & used(days) == used(days)
    }

    /// Whether on none of so many days it is open.
    pub(crate) fn is_known(self, days: usize) -> bool {
        (self.yes | self.no) & used(days) == used(days)
    }

    /// Open where it is not so.
    pub(crate) fn if_so(self) -> Self {
        Self { no: 0, ..self }
    }

    /// This where it is known, and elsewhere the other.
    pub(crate) fn or_where_open(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes & !self.no, no: self.no | other.no & !self.yes }
    }
}

/// The bits of so many days.
fn used(days: usize) -> u64 {
    u64::MAX >> (SIDE_BY_SIDE - days.clamp(1, SIDE_BY_SIDE))
}

impl Kleene for OnDays {
    const TRUE: Self = Self { yes: u64::MAX, no: 0 };
    const FALSE: Self = Self { yes: 0, no: u64::MAX };

    fn both(self, other: Self) -> Self {
        Self { yes: self.yes & other.yes, no: self.no | other.no }
    }
    fn either(self, other: Self) -> Self {
        Self { yes: self.yes | other.yes, no: self.no & other.no }
    }
    fn contrary(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }
}

/// The days on which anything may become otherwise for an act, of those that it may fall on: the first, and each on which something begins or has ended. What
/// is so on one of them is so until the next.
#[derive(Debug)]
pub(crate) struct Days {
    all: Vec<Date>,
    /// Those on which something becomes otherwise that is said of the act itself, as who is listed.
    own: Vec<Date>,
}

impl Days {
    /// Those from the first to the last that it may fall on. `changes` are those of the law, `own` those of the act, both in order.
    pub(crate) fn new((first, last): (Date, Date), changes: &[Date], own: Vec<Date>) -> Self {
        let between = |days: &[Date]| {
            let until = |day: Date| days.partition_point(|change| *change <= day);
            days.get(until(first)..until(last)).unwrap_or_default().to_vec()
        };
        let mut all = [vec![first], between(changes), between(&own)].concat();
        all.sort_unstable();
        all.dedup();
        Self { all, own }
    }

    /// Of an act of one certain day.
    pub(crate) fn one(day: Date) -> Self {
        Self { all: vec![day], own: Vec::new() }
    }

    /// Whether it is one day, on which whatever is found of it is so throughout.
    pub(crate) fn are_one(&self) -> bool {
        self.all.len() == 1
    }

    /// How many times as many days as stand side by side.
    pub(crate) fn stretches(&self) -> usize {
        self.all.len().div_ceil(SIDE_BY_SIDE)
    }

    /// Those that stand side by side.
    pub(crate) fn side_by_side(&self, stretch: usize) -> &[Date] {
        let start = (stretch * SIDE_BY_SIDE).min(self.all.len());
        self.all.get(start..self.all.len().min(start + SIDE_BY_SIDE)).unwrap_or_default()
    }

    /// Where a day stands: the stretch, and its place in it.
    pub(crate) fn place(&self, day: Date) -> (usize, usize) {
        let at = self.all.partition_point(|change| *change <= day).saturating_sub(1);
        (at / SIDE_BY_SIDE, at % SIDE_BY_SIDE)
    }

    /// What is so on the days of a stretch. `changes` are the days, in order, on which it may become otherwise; `own`: and so it may on the act's own.
    pub(crate) fn look(&self, stretch: usize, (changes, own): (&[Date], bool), truth: impl Fn(Date) -> Truth) -> OnDays {
        let Some((first, others)) = self.side_by_side(stretch).split_first() else { return OnDays::FALSE };
        let own = if own { self.own.as_slice() } else { &[] };
        let mut now = truth(*first);
        if others.is_empty() || changes.is_empty() && own.is_empty() {
            return OnDays::always(now);
        }
        let mut out = OnDays { yes: 0, no: 0 }.with(0, now);
        for (at, day) in others.iter().enumerate() {
            if [changes, own].iter().any(|days| days.binary_search(day).is_ok()) {
                now = truth(*day);
            }
            out = out.with(at + 1, now);
        }
        // Beyond the days as on the last of them, so that what is false on all of them is seen to be.
        let beyond = !used(others.len() + 1);
        let OnDays { yes, no } = OnDays::always(now);
        OnDays { yes: out.yes | yes & beyond, no: out.no | no & beyond }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: [Truth; 3] = [Truth::False, Truth::Unknown, Truth::True];

    #[test]
    fn days_side_by_side_answer_as_each_day_does() {
        let days: Vec<Date> = (1..=9).map(|day| Date::constant(2020, 1, day)).collect();
        // On the nine days every pair of truths.
        let at = |day: Date| usize::try_from(day.day()).unwrap_or(0) - 1;
        let one = |day: Date| THREE[at(day) / 3];
        let other = |day: Date| THREE[at(day) % 3];
        let (a, b) = (OnDays::of(&days, one), OnDays::of(&days, other));
        for (bit, day) in days.iter().enumerate() {
            assert_eq!(a.at(bit), one(*day));
            assert_eq!(a.both(b).at(bit), one(*day).and(other(*day)), "{day}");
            assert_eq!(a.either(b).at(bit), one(*day).or(other(*day)), "{day}");
            assert_eq!(a.contrary().at(bit), one(*day).negate(), "{day}");
            let open = one(*day) == Truth::Unknown;
            assert_eq!(a.or_where_open(b).at(bit), if open { other(*day) } else { one(*day) }, "{day}");
        }
        assert_eq!((a.best(3), a.best(4), a.best(7)), (Truth::False, Truth::Unknown, Truth::True));
        assert!(a.is_known(3) && !a.is_known(4) && !a.on_all(9) && OnDays::always(Truth::True).on_all(9));
    }

    #[test]
    fn a_day_stands_where_it_begins_and_until_the_next() {
        let day = |month: i8, day: i8| Date::constant(2020, month, day);
        let changes: Vec<Date> = (1..=12).flat_map(|month| (1..=9).map(move |d| day(month, d))).collect();
        let (from, own) = (day(8, 3), day(8, 20));
        let days = Days::new((day(1, 1), day(12, 31)), &changes, vec![own]);
        assert_eq!((days.stretches(), days.side_by_side(0).len(), days.side_by_side(1).len()), (2, 64, 45));
        assert_eq!([day(1, 1), day(1, 20), day(8, 20), day(12, 31)].map(|d| days.place(d)), [(0, 0), (0, 8), (1, 8), (1, 44)]);
        // What becomes otherwise on one day is so from that day on, be it a day of the law or of the act.
        for (change, what) in [(from, (&[from][..], false)), (own, (&[][..], true))] {
            let so = |d: Date| Truth::from(change <= d);
            let looked = [0, 1].map(|stretch| days.look(stretch, what, so));
            for d in changes.iter().chain([&own]) {
                let (stretch, bit) = days.place(*d);
                assert_eq!(looked[stretch].at(bit), so(*d), "{d}");
            }
        }
        assert_eq!((Days::one(from).side_by_side(0), Days::one(from).place(from)), (&[from][..], (0, 0)));
    }
}
