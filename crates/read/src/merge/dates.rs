//! When an act was done, where its own words do not say it: from what the sentences around it tell of the same goods, of a seizure, of the news.

use super::{Gathered, MOST_COMPARED, Merger, shares_word, stem};
use crate::event::{Event, Moved};
use crate::lexicon::Telling;
use crate::time::When;
use crate::who::Who;
use model::Date;

/// A time and the words that tell it.
pub(super) type Dated = (When, (usize, usize));

/// Most seizures of a text whose day is kept.
const MOST_CAUGHT: usize = 60;

/// Most sentences between an act and what is told of its goods.
const NEAR: usize = 2;

impl Merger {
    /// Notes that a ship was seized or stopped.
    pub fn ship_caught(&mut self, sentence: usize) {
        if self.ships_caught.len() < MOST_CAUGHT {
            self.ships_caught.push(sentence);
        }
    }

    /// Notes when something was seized or stopped.
    pub fn caught_on(&mut self, sentence: usize, when: Dated) {
        if self.caught.len() < MOST_CAUGHT {
            self.caught.push((sentence, when));
        }
    }

    /// The time of what a sentence tells of an act, where it says no more: `Kyiv got the jets. They landed on 3 May.` For the one act without a
    /// time that was told just before, or whose goods the sentence names.
    pub fn date(&mut self, sentence: usize, moved: &Moved) {
        let from = self.gathered.len().saturating_sub(MOST_COMPARED);
        let done = |g: &Gathered| !matches!(g.telling(), Telling::Planned | Telling::Denied | Telling::Hypothetical);
        let better = |old: When| moved.when.0.precision() > old.precision() && moved.when.0.meets(old);
        let named = |g: &Gathered| g.act.things.iter().any(|t| t.words.split_whitespace().map(stem).any(|w| w == moved.what));
        let fits = |g: &Gathered| {
            let far = sentence.saturating_sub(g.last);
            (far == 1 && moved.back) || (far <= NEAR && (moved.goods || named(g)))
        };
        let open = |g: &&mut Gathered| fits(g) && g.act.when.is_none_or(|(old, _)| better(old)) && done(g);
        let mut acts = self.gathered.get_mut(from..).unwrap_or(&mut []).iter_mut().filter(open);
        if let (Some(act), None) = (acts.next(), acts.next()) {
            act.act.when = Some(moved.when);
        }
    }
}

/// A town or a port.
fn is_place(who: &Who) -> bool {
    let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    who.place || who.kind.is_none() || matches!(last.trim_end_matches('s'), "port" | "airport" | "harbour" | "harbor" | "border")
}

impl Gathered {
    /// `seized a boat … The vessel was carrying components`: what is told as the cargo of a ship that was caught did not arrive.
    pub(super) fn aboard_a_catch(&mut self, caught: &[usize]) {
        let first = self.act.sentence;
        // `… On board were rifles`: of what was told of just before.
        let on_it = self.act.shaped && self.act.carriers.is_empty();
        let aboard = on_it || self.act.carriers.iter().any(|w| w.kind == Some(model::PartyType::Vessel));
        let near = caught.iter().any(|at| *at <= first && first - at <= NEAR + 1);
        self.stopped |= aboard && near && self.act.aboard && self.telling() == Telling::Reported;
    }

    /// The day of the seizure is the day of what was stopped by it: `the vessel, seized on 26 September, was carrying shells`.
    pub(super) fn date_of_catch(&mut self, caught: &[(usize, Dated)]) {
        if self.telling() != Telling::Attempted {
            return;
        }
        let first = self.act.sentence;
        // `seized last week … were seized on 28 March`: the day within the time that is known.
        let tells_more = |when: When| self.act.when.is_none_or(|(old, _)| when.meets(old) && when.precision() > old.precision());
        let near = caught.iter().filter(|(at, (when, _))| *at + 3 >= first && *at <= self.last + 3 && tells_more(*when));
        let nearest = near.max_by_key(|(at, w)| (w.0.precision(), std::cmp::Reverse(at.abs_diff(first)))).map(|(_, when)| *when);
        self.act.when = nearest.or(self.act.when);
    }

    /// The day on which something was offered or agreed is not the day on which it is done: what is to come has only a time to come.
    pub(super) fn date_of_plan(&mut self, published: Option<Date>) {
        let over = |when: When| published.is_none_or(|day| when.is_over(day));
        if self.telling() == Telling::Planned && self.act.when.is_some_and(|(when, _)| over(when)) {
            self.act.when = None;
        }
    }

    /// `The goods left Dalian on 24 November and were unloaded at Nampo`: the way that goods told just before took, from place to place.
    pub(super) fn is_way(&self, event: &Event) -> bool {
        let places = |list: &[Who]| list.iter().all(is_place);
        let shared = |a: &[Who], b: &[Who]| a.iter().any(|x| b.iter().any(|y| x.countries.iter().any(|c| y.countries.contains(c))));
        event.pointed
            && event.sentence > self.last
            && event.sentence - self.last <= NEAR
            && places(&event.givers)
            && places(&event.receivers)
            && self.act.things.iter().any(|x| event.things.iter().any(|y| shares_word(x, y)))
            && (shared(&self.act.givers, &event.givers) || shared(&self.act.receivers, &event.receivers))
    }

    /// The time of the act as far as it is known, that of the news for a headline's.
    pub(super) fn when(&self) -> Option<When> {
        let news = || self.published.filter(|_| self.act.news).map(When::of_month);
        self.act.when.map(|w| w.0).or_else(news)
    }

    /// `Putin gives Kim a car` over a report that names no other time: news of that month. What the report says goes on is of no one month.
    pub(super) fn date_of_news(&mut self, published: Option<Date>) {
        let news = self.act.news && !self.act.ongoing && self.telling() == Telling::Reported;
        if let (true, None, Some(day)) = (news, self.act.when, published) {
            self.act.when = Some((When::of_month(day), self.act.span));
        }
    }
}
