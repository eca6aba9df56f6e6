//! From the words of a description to the headings it may mean, each with how surely and why.
//!
//! The scores are shares: of descriptions that were read in such a way, so many had that heading (`docs/goods.md` says how they
//! were measured). They order and warn; they never decide. A heading is *firm* when a phrase of the table names the thing
//! itself; only firm headings narrow what the law is asked about.

use super::grammar::Does;
use super::text::Text;
use super::turned;
use super::words::{Hit, Kind, Words};
use super::zones::{Built, Place, Zone, goods, number};
use model::HsRange;
use std::collections::BTreeMap;

/// A heading or subheading that a description may mean.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The code.
    pub hs: HsRange,
    /// From 0 to 1: how often such a reading is right.
    pub score: f32,
    /// Why, in words.
    pub why: String,
    /// Where the words stand that say so: first byte and one past the last of the text as given.
    pub place: (usize, usize),
    /// Whether a phrase names the thing itself.
    pub firm: bool,
    /// Which of the things named side by side it is, from 0.
    pub thing: usize,
}

/// Headings whose parts have a heading of their own.
pub(crate) type PartsOf = BTreeMap<u32, Vec<HsRange>>;

/// How surely a thing is what its words name, by how they name it.
mod sure {
    /// The phrase is all there is.
    pub(super) const ALL: f32 = 0.96;
    /// A phrase of several words names the thing.
    pub(super) const PHRASE: f32 = 0.94;
    /// One word names the thing, and others that are known describe it.
    pub(super) const WORD: f32 = 0.72;
    /// A brand or model.
    pub(super) const BRAND: f32 = 0.95;
    /// A phrase with an unknown word behind it: mostly a quality or a name.
    pub(super) const OPEN_PHRASE: f32 = 0.9;
    /// A known word, but the last word is another, unknown one: “tank top”.
    pub(super) const OPEN_WORD: f32 = 0.5;
    /// A part of a thing whose heading is known.
    pub(super) const PART: f32 = 0.85;
    /// A toy.
    pub(super) const TOY: f32 = 0.95;
    /// Single words that occur in phrases.
    pub(super) const VOTES: f32 = 0.5;
}

/// What a place in the description takes from how sure a heading is.
fn weight(zone: &Zone, first: usize) -> f32 {
    let thing = match (zone.thing == first, zone.aside, zone.joined) {
        (true, ..) => 1.0,
        (_, true, _) => 0.6,
        (_, _, true) => 0.8,
        _ => 0.55,
    };
    thing * if zone.place == Place::Thing { 1.0 } else { 0.22 }
}

/// What is left of a score when an unknown thing stands in front.
const HIDDEN: f32 = 0.55;

/// What is left of the score of a later thing when the first is known only by weak hints: “black tea CTC, paper sacks”.
const WEAK: f32 = 0.5;

/// Share of the votes below which a heading is noise: one phrase of very many that happens to use a word.
const FEWEST_VOTES: f32 = 0.1;

/// What is left of the headings of a word whose name the words beside it complete: “chairs” in “chairs on wheels”.
const TURNED: f32 = 0.3;

/// What is left of a score when the phrase itself leaves several headings open.
const SEVERAL: f32 = 0.72;

/// What ranking needs.
#[derive(Clone, Copy)]
pub(crate) struct Ranker<'a> {
    /// The description as given.
    pub(crate) raw: &'a str,
    pub(crate) words: &'a Words,
    pub(crate) parts: &'a PartsOf,
    pub(crate) text: &'a Text,
    pub(crate) built: &'a Built,
}

impl Ranker<'_> {
    /// All headings, surest first.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let read: Vec<(Zone, Vec<Candidate>)> = self.built.zones.iter().enumerate().map(|(at, z)| (*z, self.zone(at, z))).collect();
        // The first thing that says anything is what the description is about.
        let any = |(zone, found): &&(Zone, Vec<Candidate>)| zone.place == Place::Thing && !found.is_empty();
        let first = read.iter().find(any).or_else(|| read.iter().find(|(_, found)| !found.is_empty())).map_or(0, |(z, _)| z.thing);
        let weak = read.iter().all(|(z, found)| z.thing != first || found.iter().all(|c| !c.firm));
        // Something that nobody knows stands in front of the first thing that is known: that may be what the goods are.
        let hidden = read.iter().any(|(z, found)| z.thing < first && z.place == Place::Thing && found.is_empty() && self.says(z));
        let mut all = Vec::new();
        for (zone, found) in read {
            let behind = if weak && zone.thing > first { WEAK } else { 1.0 };
            let weight = weight(&zone, first) * behind * if hidden { HIDDEN } else { 1.0 };
            let thing = zone.place == Place::Thing;
            all.extend(found.into_iter().map(|c| Candidate { score: c.score * weight, firm: c.firm && thing, thing: zone.thing, ..c }));
        }
        if !all.iter().any(|c| c.firm) {
            all.extend(self.votes());
        }
        merged(all)
    }

    /// Whether a zone holds words that should name a thing.
    fn says(&self, zone: &Zone) -> bool {
        (zone.start..zone.end).any(|w| self.built.tells(self.text, w) && !self.does(w, Does::BEHIND.or(Does::MEASURE)))
    }

    /// What one zone names.
    fn zone(&self, at: usize, zone: &Zone) -> Vec<Candidate> {
        let end = self.stripped(zone);
        let hits: Vec<&Hit> = self.built.hits.iter().filter(|h| zone.start <= h.start && h.end <= zone.end && !self.counted(h)).collect();
        if zone.place == Place::Thing
            && let Some(parts) = self.part(at, zone, &hits)
        {
            return parts;
        }
        let head = self.head(&hits, end);
        let turned = turned::name(self, at, head, end);
        if let Some(whole) = turned {
            let mut out = self.codes(&whole, sure::PHRASE, true);
            if let Some(head) = head {
                let less = |c: Candidate| Candidate { score: c.score * TURNED, firm: false, ..c };
                out.extend(self.named(head, zone, false, false).into_iter().map(less));
            }
            return self.toys(zone, &whole, out);
        }
        let Some(head) = head else { return Vec::new() };
        let open = !self.built.thing_first && (head.end..end).any(|w| self.opens(w));
        // “Champagne brut”: a word that no phrase uses is a quality or a name; “tank top”: “top” is another thing.
        let strange = (head.end..end).all(|w| !self.opens(w) || !self.words.knows(self.text.word(w)));
        let mut out = self.named(head, zone, open && !strange, open);
        self.narrowed(head, zone, &mut out);
        out = self.toys(zone, head, out);
        let model = |h: &&&Hit| h.kind == Kind::Brand && h.end - h.start > 1 && **h != head;
        if head.kind == Kind::Term
            && let Some(brand) = hits.iter().find(model)
        {
            // “Gold Wing touring bikes”: the model knows better than the general word which heading of the chapter it is.
            let chapter = |c: &Candidate| c.hs.first / 10_000;
            let mine: Vec<u32> = out.iter().map(chapter).collect();
            out.extend(self.codes(brand, sure::BRAND, true).into_iter().filter(|c| mine.contains(&chapter(c))));
        }
        if open && let Some(brand) = hits.iter().find(|h| matches!(h.kind, Kind::Brand | Kind::Arms) && *h != &head) {
            out.extend(self.codes(brand, sure::BRAND * 0.7, false));
        }
        out
    }

    /// Whether a hit is nothing but a measure that counts.
    fn counted(&self, hit: &Hit) -> bool {
        (hit.start..hit.end).all(|w| self.built.counting.get(w).copied().unwrap_or(false))
    }

    /// Where the words of a zone end that say what the thing is: sizes, models and names behind do not count.
    fn stripped(&self, zone: &Zone) -> usize {
        let mut end = zone.end;
        while end > zone.start {
            let at = end - 1;
            let held = self.built.hits.iter().any(|h| h.start <= at && at < h.end && !self.counted(h));
            let behind = self.does(at, Does::BEHIND) || participle(self.text.word(at));
            if held || self.built.tells(self.text, at) && !self.proper(at) && !behind {
                break;
            }
            end = at;
        }
        if end == zone.start { zone.end } else { end }
    }

    /// Whether a word behind the known one may name another thing: no material, no quality, no name.
    fn opens(&self, at: usize) -> bool {
        let counted = self.does(at, Does::COUNTED) && at > 0 && number(self.text.word(at - 1));
        let describes = self.does(at, Does::BEHIND.or(Does::MATERIAL).or(Does::MEASURE)) || counted || participle(self.text.word(at));
        self.built.tells(self.text, at) && !describes && !self.proper(at)
    }

    /// An unknown word with a capital is a name.
    fn proper(&self, at: usize) -> bool {
        self.text.words.get(at).is_some_and(|w| w.capital) && at > 0 && !self.words.knows(self.text.word(at))
    }

    /// The phrase that names the thing: the last one, or the first where the thing comes first.
    fn head<'h>(&self, hits: &[&'h Hit], end: usize) -> Option<&'h Hit> {
        // A word for what has no code names the thing only when nothing follows: “capital equipment” is no capital.
        let mut mine: Vec<&Hit> = hits.iter().copied().filter(|h| goods(h) || h.end == end).collect();
        if self.built.thing_first {
            return mine.into_iter().min_by_key(|h| h.start);
        }
        mine.sort_by_key(|h| (h.end, std::cmp::Reverse(h.start)));
        // “Gate valves cast iron”, “watch 18 k gold”, “nuts M16”, “bus 45 seats”: what stands behind is material, size or outfit.
        let beside = |h: &Hit| {
            let all = |what: Does| (h.start..h.end).all(|w| self.does(w, what));
            let counted = all(Does::COUNTED) && h.start > 0 && number(self.text.word(h.start - 1));
            all(Does::MATERIAL) || all(Does::BEHIND) || counted || (h.start..h.end).all(|w| figures(self.text.word(w)))
        };
        while mine.len() > 1 && mine.last().is_some_and(|h| beside(h)) {
            let before = mine.iter().rev().nth(1).copied();
            let touching = mine.last().zip(before).is_some_and(|(last, b)| b.end == last.start && last.kind != Kind::Brand && beside(b));
            if touching {
                break;
            }
            mine.pop();
        }
        mine.pop()
    }

    fn named(&self, head: &Hit, zone: &Zone, open: bool, followed: bool) -> Vec<Candidate> {
        let several = head.end - head.start > 1 && self.text.words.get(head.start + 1).is_some_and(|w| w.gap != super::text::Gap::None)
            || self.text.span(head.start, head.end).chars().count() > 2 && !self.text.span(head.start, head.end).is_ascii();
        let all = (zone.start..zone.end).filter(|w| !(head.start..head.end).contains(w)).all(|w| !self.built.tells(self.text, w));
        let score = match (open, head.kind, several, all) {
            (true, Kind::Brand | Kind::Arms, ..) => sure::OPEN_PHRASE,
            (true, _, true, _) => sure::OPEN_PHRASE,
            (true, ..) => sure::OPEN_WORD,
            (_, Kind::Brand | Kind::Arms, ..) => sure::BRAND,
            (_, _, false, _) if followed => sure::WORD,
            (_, _, _, true) => sure::ALL,
            (_, _, true, _) => sure::PHRASE,
            _ => sure::WORD,
        };
        self.codes(head, score, !open || several || head.kind != Kind::Term)
    }

    /// “Polyester filament yarn”: a general word for the thing, and other words that speak for one heading of those it may have.
    fn narrowed(&self, head: &Hit, zone: &Zone, found: &mut Vec<Candidate>) {
        let Some(best) = found.first().cloned() else { return };
        let beside = |w: &usize| !(head.start..head.end).contains(w) && self.votes_of(*w);
        let mut sums: BTreeMap<u16, f32> = BTreeMap::new();
        let chapter = |h: u32| found.iter().any(|c| c.hs.first / 10_000 == h / 100);
        for at in (zone.start..zone.end).filter(beside) {
            // “Lithium metal” is of the heading of lithium; “standard apparel” is no standard lamp.
            let goods = self.built.hits.iter().any(|h| (h.start..h.end).contains(&at));
            for (heading, share) in self.words.other_votes(self.text.word(at)).iter().filter(|(h, _)| goods || chapter(u32::from(*h))) {
                *sums.entry(*heading).or_default() += f32::from(*share) / 255.0;
            }
        }
        let general = found.iter().any(|c| c.hs.last - c.hs.first > 99);
        let near = |h: u16| {
            let (first, last) = (u32::from(h) * 100, u32::from(h) * 100 + 99);
            let code = HsRange { first, last };
            let chapter = found.iter().any(|c| c.hs.first / 10_000 == first / 10_000);
            let held = found.iter().any(|c| code.within(c.hs) && c.hs.last - c.hs.first > 99);
            // A word such as “metal” leaves the chapter open, too: “lithium metal”.
            let new = found.iter().all(|c| heading(c.hs) != code);
            (if general { new || held } else { chapter && new }).then_some((code, held))
        };
        let less = |(code, held): (HsRange, bool), sum: f32| (code, if held || !general { sum } else { 0.8 * sum });
        let mut more: Vec<(HsRange, f32)> = sums.iter().filter_map(|(h, sum)| near(*h).map(|found| less(found, *sum))).collect();
        more.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (code, sum) in more.into_iter().take(3).filter(|(_, sum)| *sum > 0.15) {
            let share = if general { 0.9 + 0.3 * sum.min(1.0) } else { (0.8 * sum).min(0.7) };
            let why = format!("{}, and the words beside", best.why);
            found.push(Candidate { hs: code, score: (best.score * share).min(0.9), why, firm: best.firm && general, ..best.clone() });
        }
    }

    /// The codes of a phrase: the best first, reordered where the words beside speak for another.
    pub(super) fn codes(&self, hit: &Hit, score: f32, firm: bool) -> Vec<Candidate> {
        let codes: Vec<HsRange> = self.words.codes(hit).collect();
        let beside = |code: &HsRange| -> f32 {
            let speak = |w: usize| self.speaks(w, code.first / 100);
            (hit.start.saturating_sub(3)..hit.start).chain(hit.end..(hit.end + 4).min(self.text.words.len())).map(speak).sum()
        };
        let mut ranked: Vec<(f32, HsRange)> = codes
            .iter()
            .enumerate()
            .map(|(at, code)| {
                let share = [1.0, 0.66, 0.5, 0.4, 0.32, 0.26].get(at).copied().unwrap_or(0.2);
                (if codes.len() > 1 { share + 0.6 * beside(code) } else { share }, *code)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = ranked.first().map_or(1.0, |r| r.0.max(1.0));
        let several = if codes.len() > 1 { SEVERAL } else { 1.0 };
        let why = self.why(hit);
        let place = self.text.place(hit.start, hit.end);
        ranked
            .into_iter()
            .map(|(share, hs)| Candidate { hs, score: score * several * share / best, why: why.clone(), place, firm, thing: 0 })
            .collect()
    }

    /// How strongly a word speaks for a heading.
    fn speaks(&self, at: usize, heading: u32) -> f32 {
        let word = self.text.word(at);
        let of =
            |votes: &[(u16, u8)]| votes.iter().find(|(h, _)| u32::from(*h) == heading).map_or(0.0, |(_, share)| f32::from(*share) / 255.0);
        of(self.words.other_votes(word)).max(0.5 * of(self.words.head_votes(word)))
    }

    fn why(&self, hit: &Hit) -> String {
        let (from, to) = self.text.place(hit.start, hit.end);
        let words = self.raw.get(from..to).unwrap_or_default();
        match hit.kind {
            Kind::Brand => format!("the brand or model “{words}”"),
            Kind::Arms => format!("the military term “{words}”"),
            Kind::Term | Kind::NoGoods => format!("the words “{words}”"),
        }
    }

    /// “Tractor spare parts”, “parts for cars”: the heading of the parts of that thing.
    fn part(&self, at: usize, zone: &Zone, hits: &[&Hit]) -> Option<Vec<Candidate>> {
        let end = self.stripped(zone);
        let last = (zone.start..zone.end).rev().find(|w| self.does(*w, Does::PART))?;
        let word_of_part = hits.iter().any(|h| h.start <= last && last < h.end && h.end - h.start > 1);
        let head_last = last + 1 >= end || self.built.thing_first;
        if word_of_part || !head_last {
            return None;
        }
        let inside = hits.iter().copied().filter(|h| !(h.start..h.end).contains(&last) && goods(h)).max_by_key(|h| h.end);
        let behind = || {
            let next = self.built.zones.get(at + 1..)?.iter().take_while(|z| z.thing == zone.thing);
            next.flat_map(|z| self.built.hits.iter().filter(|h| z.start <= h.start && h.end <= z.end)).find(|h| goods(h))
        };
        let thing = inside.or_else(behind)?;
        let mut out = Vec::new();
        for whole in self.codes(thing, sure::PART, true) {
            let parts = self.parts.get(&(whole.hs.first / 100)).cloned().unwrap_or_else(|| vec![heading(whole.hs)]);
            for (rank, hs) in parts.into_iter().enumerate() {
                let score = whole.score * if rank == 0 { 1.0 } else { 0.6 };
                out.push(Candidate { hs, score, why: format!("parts of what {} name", whole.why), ..whole.clone() });
            }
        }
        Some(out)
    }

    /// A toy car is a toy.
    fn toys(&self, zone: &Zone, head: &Hit, found: Vec<Candidate>) -> Vec<Candidate> {
        let toy = (zone.start..zone.end).find(|w| self.does(*w, Does::TOY) && !(head.start..head.end).contains(w));
        let Some(toy) = toy.filter(|t| self.built.thing_first || *t < head.start) else { return found };
        let toys = HsRange { first: 950_300, last: 950_399 };
        let place = self.text.place(toy, (toy + 1).max(head.end));
        let mut out =
            vec![Candidate {
                hs: toys, score: sure::TOY, why: format!("a toy: “{}”", self.text.word(toy)), place, firm: true, thing: 0
            }];
        out.extend(found.into_iter().filter(|c| c.hs != toys).map(|c| Candidate { score: c.score * 0.15, firm: false, ..c }));
        out
    }

    pub(super) fn does(&self, at: usize, what: Does) -> bool {
        self.built.roles.get(at).is_some_and(|r| r.any(what))
    }

    /// Where no phrase names the thing: headings whose phrases use the same words, the last word above all.
    fn votes(&self) -> Vec<Candidate> {
        let Some(zone) = self.built.zones.iter().find(|z| (z.start..z.end).any(|w| self.votes_of(w))) else { return Vec::new() };
        let telling: Vec<usize> = (zone.start..self.stripped(zone)).filter(|w| self.votes_of(*w)).collect();
        let head = if self.built.thing_first { telling.first() } else { telling.last() }.copied();
        let mut sums: BTreeMap<u16, f32> = BTreeMap::new();
        for at in &telling {
            let word = self.text.word(*at);
            let is_head = Some(*at) == head;
            for (votes, weight) in [
                (self.words.head_votes(word), if is_head { 1.0 } else { 0.3 }),
                (self.words.other_votes(word), if is_head { 0.35 } else { 0.5 }),
            ] {
                for (heading, share) in votes {
                    *sums.entry(*heading).or_default() += weight * f32::from(*share) / 255.0;
                }
            }
        }
        let total: f32 = sums.values().sum::<f32>().max(1.0);
        let mut ranked: Vec<(u16, f32)> = sums.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (Some(first), Some(last)) = (telling.first(), telling.last()) else { return Vec::new() };
        let place = self.text.place(*first, *last + 1);
        let words: Vec<&str> = telling.iter().map(|w| self.text.word(*w)).collect();
        let why = format!("goods whose names use the words “{}”", words.join("”, “"));
        let candidate = |(heading, sum): (u16, f32)| Candidate {
            hs: HsRange { first: u32::from(heading) * 100, last: u32::from(heading) * 100 + 99 },
            score: sure::VOTES * sum / total,
            why: why.clone(),
            place,
            firm: false,
            thing: zone.thing,
        };
        ranked.into_iter().take(6).filter(|(_, sum)| *sum >= FEWEST_VOTES * total).map(candidate).collect()
    }

    fn votes_of(&self, at: usize) -> bool {
        let word = self.text.word(at);
        !number(word) && !self.does(at, Does::NEUTRAL.or(Does::PART).or(Does::SMALL)) && self.words.knows(word)
    }
}

/// Whether a word is only a size or part of a model number: `4`, `x`, `m`.
fn figures(word: &str) -> bool {
    number(word) || word.len() == 1 && word.is_ascii()
}

/// Whether a word looks like one that only describes what stands before it: `preserved`, `uncooked`.
fn participle(word: &str) -> bool {
    word.len() > 5 && word.ends_with("ed") && word.is_ascii()
}

/// The heading of a code; a chapter or a range of headings stays what it is.
#[must_use]
pub fn heading(hs: HsRange) -> HsRange {
    if hs.last - hs.first >= 99 || hs == HsRange::NONE {
        return hs;
    }
    let first = hs.first / 100 * 100;
    HsRange { first, last: first + 99 }
}

/// One candidate a code: the surest, a little surer where others agree.
fn merged(all: Vec<Candidate>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for c in all {
        match out.iter_mut().find(|o| o.hs == c.hs) {
            Some(held) => {
                let (strong, weak) = if c.score > held.score { (c.score, held.score) } else { (held.score, c.score) };
                let firm = held.firm || c.firm;
                if c.score > held.score {
                    *held = c;
                }
                held.score = (strong + 0.1 * weak).min(0.97);
                held.firm = firm;
            }
            None => out.push(c),
        }
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.hs.cmp(&b.hs)));
    out
}
