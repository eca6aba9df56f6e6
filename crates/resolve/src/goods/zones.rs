//! How a description is built: the things named side by side, and in each what names the thing and what only describes it.

use super::grammar::Does;
use super::text::{Gap, Text};
use super::words::{Hit, Kind};

/// What a stretch of words is to the thing it stands with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// Names the thing.
    Thing,
    /// Joined by “of”.
    Of,
    /// Joined by “for”, “with”, “from”: describes it.
    About,
}

/// Words that belong together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Zone {
    /// First word.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// What it is to its thing.
    pub(crate) place: Place,
    /// Which of the things named side by side, from 0.
    pub(crate) thing: usize,
    /// Whether that thing stands in brackets.
    pub(crate) aside: bool,
    /// Whether that thing is joined by “and” rather than by a comma.
    pub(crate) joined: bool,
}

/// A description taken apart.
#[derive(Debug)]
pub(crate) struct Built {
    /// What each word does.
    pub(crate) roles: Vec<Does>,
    /// The phrases found, none inside a longer one, none denied.
    pub(crate) hits: Vec<Hit>,
    /// The zones, in order.
    pub(crate) zones: Vec<Zone>,
    /// Whether the thing comes first and what describes it later, as in French, Russian and Arabic.
    pub(crate) thing_first: bool,
    /// Words that only count: a number and the measure behind it.
    pub(crate) counting: Vec<bool>,
}

impl Built {
    /// Takes a text apart.
    pub(crate) fn of(text: &Text, roles: Vec<Does>, found: Vec<Hit>) -> Self {
        let counting = counting(text, &roles);
        let small = |at: usize| text.as_written(at) && roles.get(at).is_some_and(|r| r.any(Does::SMALL));
        let means = |h: &Hit| !denied(text, &roles, h.start) && !(h.start..h.end).all(small);
        let hits = outermost(found.into_iter().filter(means).collect());
        let thing_first = thing_first(text, &roles);
        let mut out = Self { roles, hits, zones: Vec::new(), thing_first, counting };
        out.cut(text);
        out.promote(text);
        out
    }

    fn does(&self, at: usize, what: Does) -> bool {
        self.roles.get(at).is_some_and(|r| r.any(what))
    }

    /// Whether the words before this place deny it.
    pub(crate) fn denied_at(&self, text: &Text, start: usize) -> bool {
        denied(text, &self.roles, start)
    }

    /// Whether a word stands inside a phrase of several words.
    fn held(&self, at: usize) -> bool {
        self.hits.iter().any(|h| h.start <= at && at < h.end && h.end - h.start > 1)
    }

    fn cut(&mut self, text: &Text) {
        let mut zone = Zone { start: 0, end: 0, place: Place::Thing, thing: 0, aside: false, joined: false };
        let mut zones = Vec::new();
        for (at, word) in text.words.iter().enumerate() {
            let inside = self.held(at) && self.held(at.wrapping_sub(1)) && self.hits.iter().any(|h| h.start < at && at < h.end);
            let stop = at > 0 && matches!(word.gap, Gap::Stop | Gap::Aside);
            let sign = word.gap == Gap::And && !inside;
            // “On-board chargers”: a phrase that starts with such a word.
            let begins = self.hits.iter().any(|h| h.start == at && h.end - h.start > 1);
            let (and, of) = (self.does(at, Does::AND) || sign, self.does(at, Does::OF) && !begins);
            let about = self.does(at, Does::BEFORE) && !begins;
            if stop || and && !inside {
                zone.end = at;
                zones.push(zone);
                let start = if stop || sign { at } else { at + 1 };
                zone = Zone { start, end: at, place: Place::Thing, thing: zone.thing + 1, aside: word.gap == Gap::Aside, joined: !stop };
            } else if self.does(at, Does::NAMELY) && !inside {
                zone.end = at;
                zones.push(zone);
                zone = Zone { start: at + 1, end: at, place: Place::Thing, ..zone };
            } else if (of || about) && !inside {
                if zone.start == at {
                    // “to in bulk”: nothing stood before, so the word joins nothing.
                    zone.start = at + 1;
                    continue;
                }
                zone.end = at;
                zones.push(zone);
                zone = Zone { start: at + 1, end: at, place: if of { Place::Of } else { Place::About }, ..zone };
            }
        }
        zone.end = text.words.len();
        zones.push(zone);
        zones.retain(|z| z.start < z.end);
        self.zones = zones;
    }

    /// “Three containers of shoes”: a measure is not the thing; what follows “of” is.
    fn promote(&mut self, text: &Text) {
        for at in 1..self.zones.len() {
            let (Some(before), Some(zone)) = (self.zones.get(at - 1).copied(), self.zones.get(at).copied()) else { continue };
            let joined = zone.place == Place::Of && zone.thing == before.thing && before.place == Place::Thing;
            if joined && (self.only_counts(text, before) || self.holds(text, before) && self.names(zone)) {
                for (at, place) in [(at - 1, Place::About), (at, Place::Thing)] {
                    if let Some(zone) = self.zones.get_mut(at) {
                        zone.place = place;
                    }
                }
            }
        }
    }

    /// “Jerrycans of diesel”: whether a zone is only a vessel.
    fn holds(&self, text: &Text, zone: Zone) -> bool {
        let counts = |w: usize| self.only_counts(text, Zone { start: w, end: w + 1, ..zone });
        (zone.start..zone.end).all(|w| self.does(w, Does::HOLDS.or(Does::MATERIAL)) || counts(w)) && self.does(zone.end - 1, Does::HOLDS)
    }

    /// Whether a zone names a thing, and not only what something is made of.
    fn names(&self, zone: Zone) -> bool {
        let material = |h: &Hit| (h.start..h.end).all(|w| self.does(w, Does::MATERIAL));
        self.hits.iter().any(|h| zone.start <= h.start && h.end <= zone.end && !material(h))
    }

    /// Whether a zone holds nothing but numbers, measures and words that say nothing: “2 x 40 ft containers”.
    pub(crate) fn only_counts(&self, text: &Text, zone: Zone) -> bool {
        let empty = Does::MEASURE.or(Does::NEUTRAL).or(Does::USED).or(Does::NEW).or(Does::SMALL);
        (zone.start..zone.end).all(|w| self.does(w, empty) || number(text.word(w)) || text.word(w) == "x")
    }

    /// Whether a word says what the thing is: neither a number nor a word that says nothing.
    pub(crate) fn tells(&self, text: &Text, at: usize) -> bool {
        let word = text.word(at);
        let counted = self.counting.get(at).copied().unwrap_or(false);
        !counted
            && word.chars().count() > 1
            && !number(word)
            && !self.does(at, Does::NEUTRAL.or(Does::USED).or(Does::NEW).or(Does::EACH).or(Does::SMALL))
            || text.words.get(at).is_some_and(|w| w.gap == Gap::None) && !number(word)
    }
}

/// Whether a word is a figure.
pub(crate) fn number(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

/// A number and the measure behind it.
fn counting(text: &Text, roles: &[Does]) -> Vec<bool> {
    let mut out = vec![false; text.words.len()];
    for at in 1..text.words.len() {
        let measure = roles.get(at).is_some_and(|r| r.any(Does::MEASURE));
        if measure && number(text.word(at - 1)) && text.words.get(at).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::None)) {
            for slot in out.get_mut(at - 1..=at).unwrap_or_default() {
                *slot = true;
            }
        }
    }
    out
}

/// Whether one of the three words before denies it.
fn denied(text: &Text, roles: &[Does], start: usize) -> bool {
    let mut at = start;
    for _ in 0..3 {
        if at == 0 || text.words.get(at).is_some_and(|w| matches!(w.gap, Gap::Stop | Gap::Aside)) {
            return false;
        }
        at -= 1;
        if roles.get(at).is_some_and(|r| r.any(Does::NOT)) {
            return true;
        }
    }
    false
}

/// A phrase inside a longer one says less: “car” in “toy car”.
fn outermost(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end)));
    let mut reach = 0;
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        if hit.end > reach {
            reach = hit.end;
            kept.push(hit);
        }
    }
    kept
}

fn thing_first(text: &Text, roles: &[Does]) -> bool {
    let mut later = [0usize; 2];
    for word in text.plain.split(' ') {
        let Some(c) = word.chars().find(|c| c.is_alphabetic()) else { continue };
        let first = matches!(c, '\u{0400}'..='\u{04ff}' | '\u{0600}'..='\u{06ff}' | '\u{0590}'..='\u{05ff}');
        if let Some(n) = later.get_mut(usize::from(first)) {
            *n += 1;
        }
    }
    let [last, first] = later;
    // One “de” in seven words may be part of “de-icing”.
    let romance = roles.iter().filter(|r| r.any(Does::ROMANCE)).count();
    first > last || romance * 5 >= last.max(1) && romance > 0
}

/// Whether a hit is goods at all.
pub(crate) fn goods(hit: &Hit) -> bool {
    hit.kind != Kind::NoGoods
}
