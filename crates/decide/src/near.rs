//! Which regimes an act may concern at all, told in two steps for whoever decides many acts: few that go the same way between the same sort of people differ in
//! what is around them, and of that little is left to ask of each.

use crate::engine::Engine;
use crate::mentions::named;
use crate::reach::{FEW, LeftOpen, Seen, Settled};
use crate::rests::{Rests, own_days};
use model::{Act, Country, Date};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What an act may concern whatever its goods are, where these come from, and when it is done.
#[derive(Debug)]
pub struct Around {
    /// The places of the regimes, in order.
    regimes: Vec<usize>,
    /// What is known of their conditions already.
    settled: Arc<Settled>,
}

impl Around {
    pub(crate) fn settled(&self) -> &Arc<Settled> {
        &self.settled
    }
}

impl Engine {
    /// The regimes of some authorities that an act of one certain day may concern whatever its goods are, where these come from, and when it is done, and the
    /// days on which it is these. None where it is not certain who is listed under what, for one regime then depends on another, or where the day is not
    /// certain. Few acts that go the same way between the same sort of people differ in this.
    #[must_use]
    pub fn around(&self, act: &Act, jurisdictions: &[String]) -> Option<(Around, Rests)> {
        let act = &Act { items: Vec::new(), ..act.clone() };
        let (day, rests) = self.day_of_few(act)?;
        let seen = Seen::leaving(LeftOpen::ItemsAndDay, None, &self.common, act);
        let reached = |at: &usize| self.regimes.get(*at).is_some_and(|law| law.reach.may_concern(self.view(act, &seen), day));
        let regimes = self.regimes_of(jurisdictions).into_iter().filter(reached).collect();
        Some((Around { regimes, settled: Arc::new(seen.settled()) }, rests))
    }

    /// The regimes of some authorities that an act of one certain day may concern whatever its goods are: their places, in order, and the days on which it
    /// is these. None where there is nothing [around](Self::around) it. What was found to be around it, if it is given, spares most of the work.
    #[must_use]
    pub fn near(&self, act: &Act, jurisdictions: &[String], around: Option<&Around>) -> Option<(Vec<usize>, Rests)> {
        let (day, mut rests) = self.day_of_few(act)?;
        let seen = |open: LeftOpen| Seen::leaving(open, around.map(|around| &around.settled), &self.common, act);
        let (seen, seen_any_day) = (seen(LeftOpen::Goods), seen(LeftOpen::GoodsAndDay));
        let (view, any_day) = (self.view(act, &seen), self.view(act, &seen_any_day));
        let near = |at: &usize| self.regimes.get(*at).is_some_and(|law| rests.on_reach(&law.reach, view, any_day, day));
        let regimes = around.map_or_else(|| self.regimes_of(jurisdictions), |around| around.regimes.clone());
        let places = regimes.into_iter().filter(near).collect();
        Some((places, rests))
    }

    /// The places of the regimes of some authorities, in order.
    fn regimes_of(&self, jurisdictions: &[String]) -> Vec<usize> {
        let mut places: Vec<usize> = jurisdictions.iter().filter_map(|name| self.jurisdictions.get(name)).flatten().copied().collect();
        places.sort_unstable();
        places
    }

    /// The one day of an act that names few countries and nobody who is said to be listed, and the days on which these are in the same groups and on the same
    /// lists.
    fn day_of_few(&self, act: &Act) -> Option<(Date, Rests)> {
        let day = act.on.filter(|span| span.first == span.last)?.first;
        let countries: BTreeSet<Country> = named(act).collect();
        if act.parties.iter().any(|p| p.designated == Some(true)) || countries.len() > FEW {
            return None;
        }
        let mut rests = Rests::default();
        rests.between(&own_days(act), day);
        rests.on_groups(&self.common, act, day);
        Some((day, rests))
    }
}
