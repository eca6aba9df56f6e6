//! Where goods end after they have reached whom they are sent to: `to a dealer in Kazakhstan, for re-export to Russia`.
//!
//! Who gets them stays a party, for he is screened and bound; his country lies on the way.

use super::{Event, Eye, Roles, Sight};
use crate::groups::{SAYS_THE_CONTRARY, STATES_OWN};
use crate::tables::ONWARD;
use crate::who::Who;
use std::sync::LazyLock;

/// The phrases, each in its words; the longest first.
static PHRASES: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let mut all: Vec<Vec<&str>> = ONWARD.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    all.sort_by_key(|words| std::cmp::Reverse(words.len()));
    all
});

/// How far before the phrase they may stand.
const REACH: usize = 6;
/// How far behind the phrase the place may stand: `for customers in`, `for use by the Russian army`.
const BEHIND: usize = 4;

impl Eye<'_> {
    /// Sets the ends of all acts of a sentence.
    pub(super) fn onwards(&mut self, sight: &Sight<'_>, mut out: Vec<Event>) -> Vec<Event> {
        beside_the_goods(sight, &mut out);
        let triggers: Vec<usize> = out.iter().map(|e| e.trigger).collect();
        for event in &mut out {
            let later = triggers.iter().copied().find(|at| *at > event.trigger);
            self.onward(sight, event, later);
        }
        out
    }

    /// `bought coal in North Korea`: where something is bought is where it comes from. Only right behind the goods, for `for use in` is no such place.
    pub(super) fn bought_in(&mut self, sight: &Sight<'_>, token: usize, noun: usize, roles: &mut Roles) -> bool {
        // `rifles that Uganda had bought in Bulgaria`: right behind the verb, too.
        let bought = sight.verbs.iter().any(|v| v.end == token && !v.passive && matches!(v.lemma.as_str(), "buy" | "purchase"));
        let behind_goods = bought || roles.goods_nouns.iter().any(|n| sight.noun(*n).end == token);
        if !behind_goods || !roles.givers.is_empty() {
            return false;
        }
        // `buys its guns in India and France`.
        let places: Vec<usize> = super::joined(sight, noun);
        let several = places.len() > 1;
        for noun in places {
            let place =
                self.who(sight, noun).filter(|w| w.countries.len() == 1 && (w.place || w.kind == Some(model::PartyType::Government)));
            roles.used.extend(place.iter().map(|_| noun));
            roles.givers.extend(place.map(|place| Who { place: !several, ..place }));
        }
        true
    }

    /// Sets the act's end to where the sentence says that the goods go on to.
    fn onward(&mut self, sight: &Sight<'_>, event: &mut Event, later: Option<usize>) {
        if event.things.is_empty() {
            return;
        }
        let tokens = &sight.scene.tokens;
        let first = tokens.iter().position(|t| t.start >= event.trigger).unwrap_or(tokens.len());
        // What another act tells is the other's.
        let end = later.and_then(|at| tokens.iter().position(|t| t.start >= at)).unwrap_or(tokens.len());
        let Some((from, behind)) = (first + 1..end).find_map(|at| phrase(sight, at).map(|words| (at, at + words))) else { return };
        if (from.saturating_sub(REACH)..from).any(|at| SAYS_THE_CONTRARY.contains(sight.low(at))) {
            return;
        }
        // `then on to Osaka before being flown to Pyongyang`: what stands behind is the end.
        let last = |goal: &Who| event.receivers.iter().all(|w| w.span.0 <= goal.span.0);
        if let Some(goal) = self.place_behind(sight, behind).filter(last) {
            ends_at(event, goal);
        }
    }

    /// Where a sentence that tells no act says that goods go: `the car is for use in Russia`.
    pub(super) fn end_behind(&mut self, sight: &Sight<'_>) -> Option<Who> {
        let tokens = sight.scene.tokens.len();
        let (from, behind) = (0..tokens).find_map(|at| phrase(sight, at).map(|words| (at, at + words)))?;
        if (from.saturating_sub(REACH)..from).any(|at| SAYS_THE_CONTRARY.contains(sight.low(at))) {
            return None;
        }
        self.place_behind(sight, behind)
    }

    /// The place of one State that stands right behind a phrase.
    fn place_behind(&mut self, sight: &Sight<'_>, at: usize) -> Option<Who> {
        let nouns = &sight.scene.nouns;
        let near = |n: &usize| nouns.get(*n).is_some_and(|noun| (at..=at + BEHIND).contains(&noun.first) && !noun.time && !noun.pronoun);
        let near: Vec<usize> = (0..nouns.len()).filter(near).collect();
        let goal = near.into_iter().find_map(|noun| self.who(sight, noun).filter(|who| who.countries.len() == 1))?;
        // Nothing but small words between: `for use in the north of Russia`, not `for use in cars that Russia builds`.
        let between = (at..sight.scene.tokens.iter().position(|t| t.start >= goal.span.0)?).map(|i| sight.low(i));
        let mut small = between.filter(|w| !matches!(*w, "the" | "a" | "an" | "of" | "in" | "customers" | "clients" | "buyers" | "users"));
        small.next().is_none().then_some(goal)
    }
}

/// `a North Korean diplomat bought cars and had them shipped to Dalian`: what a State's own people buy is the State's, wherever it goes first.
pub(super) fn is_state_itself(who: &Who) -> bool {
    !who.countries.is_empty() && who.name.rsplit(' ').next().map(crate::token::lower).is_some_and(|last| STATES_OWN.contains(&last))
}

/// Sets the act's end. Whoever gets the goods before lies on the way.
pub(crate) fn ends_at(event: &mut Event, goal: Who) {
    let same = |who: &Who| who.countries.iter().any(|c| goal.countries.contains(c));
    if event.receivers.iter().any(same) || event.givers.iter().any(same) || event.receivers.iter().any(is_state_itself) {
        return;
    }
    let way = event.receivers.iter().filter_map(|w| w.countries.first().map(|c| (*c, w.span)));
    let new: Vec<_> = way.filter(|(country, _)| event.via.iter().all(|(known, _)| known != country)).collect();
    event.via.extend(new);
    event.span = (event.span.0.min(goal.span.0), event.span.1.max(goal.span.1));
    event.receivers.push(Who { place: true, ..goal });
}

/// `sells a car, destined for Russia, to a dealer in Kazakhstan`: what is said beside the goods is no act of its own where another gives them.
fn beside_the_goods(sight: &Sight<'_>, out: &mut Vec<Event>) {
    const DESTINED: [&str; 4] = ["destined", "bound", "meant", "intended"];
    let word = |event: &Event| sight.scene.tokens.iter().position(|t| t.start == event.trigger).map_or("", |at| sight.low(at));
    let mut at = 0;
    while at < out.len() {
        let beside = out.get(at).filter(|e| DESTINED.contains(&word(e)) && e.givers.is_empty()).cloned();
        let goods = |e: &Event, beside: &Event| e.things.iter().any(|t| beside.things.iter().any(|u| t.span == u.span));
        let goal = beside.as_ref().and_then(|b| b.receivers.iter().find(|w| w.countries.len() == 1).cloned());
        let act = beside.as_ref().and_then(|b| out.iter().position(|e| e.trigger != b.trigger && !e.givers.is_empty() && goods(e, b)));
        match (goal, act.and_then(|act| out.get_mut(act))) {
            (Some(goal), Some(act)) => {
                ends_at(act, goal);
                out.remove(at);
            }
            _ => at += 1,
        }
    }
}

/// How many words of a phrase begin here.
fn phrase(sight: &Sight<'_>, at: usize) -> Option<usize> {
    PHRASES.iter().find(|words| words.iter().enumerate().all(|(i, word)| sight.low(at + i) == *word)).map(Vec::len)
}
