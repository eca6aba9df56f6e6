//! Who stands behind a party: shares held by listed owners, summed through chains, by each authority's own test.
//!
//! Shares are ranges, for they are often known only roughly. A sum that surely passes the test makes the party owned; one that
//! may pass it leaves the question open; control is for a person to judge and counts only when somebody said so.

use model::Truth;

/// The test of an authority (`data/ownership.csv`).
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Test {
    /// The share from which a party counts as owned, in per cent.
    pub share: f64,
    /// Whether exactly that share is enough.
    pub inclusive: bool,
    /// Whether the shares of several listed owners are added.
    pub sum: bool,
    /// Whether control without a share counts too.
    pub control: bool,
}

impl Test {
    fn passes(self, share: f64) -> bool {
        share > self.share || self.inclusive && share >= self.share
    }
}

/// A holding: who holds what of whom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Holding {
    pub owner: usize,
    pub owned: usize,
    /// At least and at most so much, in per cent.
    pub low: f64,
    pub high: f64,
    /// Whether the owner controls, when somebody said so.
    pub controls: Option<bool>,
}

/// For each party, whether it is listed itself or owned by listed ones under the test: the least answer that agrees with every
/// holding, so a circle of companies that own each other is not owned by anybody outside it because of the circle.
pub(crate) fn reached(listed: &[Truth], holdings: &[Holding], test: Test) -> Vec<Truth> {
    let mut state = listed.to_vec();
    // Each round raises at least one party by a step, or is the last.
    for _ in 0..=2 * listed.len() {
        let next: Vec<Truth> =
            (0..state.len()).map(|at| owned(at, &state, holdings, test).max(listed.get(at).copied().unwrap_or(Truth::False))).collect();
        if next == state {
            break;
        }
        state = next;
    }
    state
}

fn owned(at: usize, state: &[Truth], holdings: &[Holding], test: Test) -> Truth {
    let truth = |owner: usize| state.get(owner).copied().unwrap_or(Truth::False);
    let (mut sure, mut most, mut others, mut largest_sure, mut largest) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    let mut control = Truth::False;
    for h in holdings.iter().filter(|h| h.owned == at && h.owner != at) {
        match truth(h.owner) {
            Truth::False => others += h.low,
            known => {
                most += h.high;
                largest = largest.max(h.high);
                if known == Truth::True {
                    sure += h.low;
                    largest_sure = largest_sure.max(h.low);
                }
                let says = match h.controls {
                    Some(true) => known,
                    Some(false) => Truth::False,
                    None if h.high > 0.0 => Truth::Unknown,
                    None => Truth::False,
                };
                control = control.max(says);
            }
        }
    }
    let room = (100.0 - others).max(0.0);
    let (low, high) = if test.sum { (sure, most) } else { (largest_sure, largest) };
    let share = match (test.passes(low.min(100.0)), test.passes(high.min(room))) {
        (true, _) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
    };
    if test.control { share.max(control) } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: Test = Test { share: 50.0, inclusive: true, sum: true, control: false };
    const UK: Test = Test { share: 50.0, inclusive: false, sum: false, control: true };

    fn hold(owner: usize, owned: usize, low: f64, high: f64) -> Holding {
        Holding { owner, owned, low, high, controls: Some(false) }
    }

    #[test]
    fn exactly_half_is_owned_for_one_authority_and_not_for_the_other() {
        let listed = [Truth::True, Truth::False];
        for (share, us, uk) in [(49.9, Truth::False, Truth::False), (50.0, Truth::True, Truth::False), (50.1, Truth::True, Truth::True)] {
            let held = [hold(0, 1, share, share)];
            assert_eq!(reached(&listed, &held, US)[1], us, "{share}");
            assert_eq!(reached(&listed, &held, UK)[1], uk, "{share}");
        }
    }

    #[test]
    fn shares_of_several_listed_owners_add_up_where_the_test_adds_them() {
        let listed = [Truth::True, Truth::True, Truth::False];
        let held = [hold(0, 2, 30.0, 30.0), hold(1, 2, 25.0, 25.0)];
        assert_eq!(reached(&listed, &held, US)[2], Truth::True);
        assert_eq!(reached(&listed, &held, UK)[2], Truth::False);
    }

    #[test]
    fn a_chain_of_majorities_reaches_its_end_and_a_minority_breaks_it() {
        let listed = [Truth::True, Truth::False, Truth::False];
        assert_eq!(reached(&listed, &[hold(0, 1, 60.0, 60.0), hold(1, 2, 60.0, 60.0)], US)[2], Truth::True);
        assert_eq!(reached(&listed, &[hold(0, 1, 40.0, 40.0), hold(1, 2, 100.0, 100.0)], US)[2], Truth::False);
    }

    #[test]
    fn a_range_or_an_owner_who_may_be_listed_leaves_it_open() {
        assert_eq!(reached(&[Truth::True, Truth::False], &[hold(0, 1, 25.0, 60.0)], US)[1], Truth::Unknown);
        assert_eq!(reached(&[Truth::Unknown, Truth::False], &[hold(0, 1, 80.0, 80.0)], US)[1], Truth::Unknown);
        // Somebody else surely holds so much that the rest cannot reach half.
        let held = [hold(0, 1, 0.0, 100.0), hold(2, 1, 60.0, 60.0)];
        assert_eq!(reached(&[Truth::True, Truth::False, Truth::False], &held, US)[1], Truth::False);
    }

    #[test]
    fn a_circle_of_unlisted_companies_owns_nothing_and_a_circle_around_a_listed_one_ends() {
        let circle = [hold(0, 1, 100.0, 100.0), hold(1, 0, 100.0, 100.0)];
        assert_eq!(reached(&[Truth::False, Truth::False], &circle, US), [Truth::False, Truth::False]);
        let with = [hold(0, 1, 50.0, 50.0), hold(1, 0, 50.0, 50.0), hold(2, 0, 50.0, 50.0)];
        assert_eq!(reached(&[Truth::False, Truth::False, Truth::True], &with, US), [Truth::True, Truth::True, Truth::True]);
    }

    #[test]
    fn control_counts_when_said_stays_open_when_not_and_only_where_the_test_knows_it() {
        let listed = [Truth::True, Truth::False];
        let with = |controls| [Holding { owner: 0, owned: 1, low: 10.0, high: 10.0, controls }];
        assert_eq!(reached(&listed, &with(Some(true)), UK)[1], Truth::True);
        assert_eq!(reached(&listed, &with(None), UK)[1], Truth::Unknown);
        assert_eq!(reached(&listed, &with(Some(false)), UK)[1], Truth::False);
        assert_eq!(reached(&listed, &with(Some(true)), US)[1], Truth::False);
    }
}
