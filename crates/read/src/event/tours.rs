//! Journeys of tourists that somebody sells or makes: `begin a tour of Pyongyang`, `is recruiting travellers for a trip to`.

use super::{Eye, Roles, Sight};
use crate::lexicon::{Nominal, Part};
use crate::what::Sort;
use model::ActKind;

impl Eye<'_> {
    /// `recruits travellers for a trip to Pyongyang`: no work, but a journey that whoever recruits them sells.
    pub(super) fn tourists(&mut self, sight: &Sight<'_>, kind: ActKind, roles: Roles) -> (ActKind, Roles) {
        let tourists = !roles.things.is_empty() && roles.things.iter().all(|t| t.category == "tourism");
        if kind != ActKind::Employment || !tourists {
            return (kind, roles);
        }
        let goal = roles.goods_nouns.iter().flat_map(|n| sight.noun(*n).behind.clone()).find(|(p, n)| {
            matches!(sight.low(*p), "for" | "on")
                && self.lexicon.nominal(sight.low(sight.noun(*n).head)).is_some_and(|x| is_journey(x.kind))
        });
        let there = goal.and_then(|(_, tour)| {
            let phrase = sight.noun(tour);
            phrase.of.or_else(|| phrase.behind.iter().find(|(p, _)| matches!(sight.low(*p), "to" | "in")).map(|(_, n)| *n))
        });
        let Some(there) = there else { return (ActKind::Tourism, roles) };
        let mut roles = Roles { givers: roles.receivers, receivers: Vec::new(), ..roles };
        self.add_parties(sight, there, false, &mut roles);
        (ActKind::Tourism, roles)
    }

    /// `a group of Chinese tourists will begin a tour of`: who travels is what goes.
    pub(super) fn travels(&mut self, sight: &Sight<'_>, subject: usize, nominal: &Nominal, roles: &mut Roles) {
        let traveller = |n: usize| self.thing(sight, n).is_some_and(|t| t.category == "tourism" && t.sort == Sort::People);
        let people = std::iter::once(subject).chain(sight.noun(subject).of).find(|n| traveller(*n));
        let Some(people) = people.filter(|_| nominal.owner == Part::Traveller && roles.things.is_empty()) else { return };
        self.put(sight, people, Part::Traveller, roles);
        let home = self.finder.loose(&sight.scene, people).filter(|h| roles.receivers.iter().all(|r| !r.may_be(h)));
        if roles.givers.is_empty() {
            roles.givers.extend(home);
        }
    }
}

fn is_journey(kind: Option<ActKind>) -> bool {
    matches!(kind, Some(ActKind::Tourism | ActKind::Travel))
}

/// `a tour of Pyongyang`, but not `a tour of the Chinese orchestra`.
pub(super) fn is_toured(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = sight.noun(noun);
    let area =
        matches!(sight.low(phrase.head), "area" | "region" | "resort" | "city" | "zone" | "country" | "capital" | "coast" | "province");
    area || phrase.head_is_name(sight.scene.tokens)
}
