//! One description that names several goods: “medicines, and prefabricated wards”. Each has to be decided by itself, for what forbids the
//! one says nothing of the other; as readings of one thing the milder could hide the worse.
//!
//! “Car and truck tyres” are tyres, “food and medicine” are two things, and nobody can always tell. Where the words leave it open, the
//! description stays one thing with all codes that it may have; what nobody knows is never dropped for what stands beside it.

use super::classify::Classifier;
use super::grammar::Does;
use super::text::{Gap, Text};
use super::zones::{Built, Place, number};
use model::HsRange;

/// Most goods that one description is taken apart into.
const MOST_GOODS: usize = 32;

/// What joins a stretch to the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Join {
    /// “and”, “plus”, `&`.
    And,
    /// A comma before “and”, or a semicolon.
    Apart,
    /// A comma, a bracket, a colon: more of the same, or, in a list that ends with “and”, the next of it.
    Comma,
}

/// Words between two joints.
struct Stretch {
    join: Join,
    /// First word, without the “and”.
    start: usize,
    /// One past the last.
    end: usize,
    /// The codes of the thing that it names; empty when nobody knows it.
    codes: Vec<HsRange>,
}

impl Classifier {
    /// Where each of the goods of a description stands in it, in bytes; nothing when it names one.
    pub(crate) fn apart(&self, words: &str) -> Vec<(usize, usize)> {
        let text = Text::read(words);
        let roles = self.roles(&text);
        if !roles.iter().any(|r| r.any(Does::AND)) && !words.contains(['&', '＆', ';', '；']) {
            return Vec::new();
        }
        let built = Built::of(&text, roles, self.hits(&text));
        let stretches = self.stretches(words, &text, &built);
        let eye = Eye { raw: words, text: &text, built: &built };
        let mut goods: Vec<Stretch> = Vec::new();
        let last_and = stretches.iter().rposition(|s| s.join != Join::Comma).unwrap_or(0);
        for (at, next) in stretches.into_iter().enumerate() {
            let full = goods.len() >= MOST_GOODS;
            match goods.last_mut() {
                Some(held) if full || !eye.another(held, &next, at <= last_and) => {
                    held.end = next.end;
                    held.codes.extend(next.codes);
                }
                _ => goods.push(next),
            }
        }
        if goods.len() < 2 {
            return Vec::new();
        }
        goods.iter().map(|g| text.place(g.start, g.end)).collect()
    }

    /// The description cut at every joint.
    fn stretches(&self, raw: &str, text: &Text, built: &Built) -> Vec<Stretch> {
        let mut out: Vec<Stretch> = Vec::new();
        let (mut start, mut join) = (0, Join::And);
        let mut close = |start: usize, end: usize, join: Join| {
            if start < end {
                let (from, to) = text.place(start, end);
                let codes = self.firm(raw.get(from..to).unwrap_or_default());
                out.push(Stretch { join, start, end, codes });
            }
        };
        for (at, word) in text.words.iter().enumerate() {
            let inside = built.hits.iter().any(|h| h.start < at && at < h.end);
            let before = at.checked_sub(1).and_then(|b| text.words.get(b)).map_or(0, |w| w.to);
            let semicolon = raw.get(before..word.from).is_some_and(|gap| gap.contains([';', '；']));
            let stop = at > 0 && matches!(word.gap, Gap::Stop | Gap::Aside);
            let and = built.roles.get(at).is_some_and(|r| r.any(Does::AND)) && !inside;
            let sign = word.gap == Gap::And && !inside;
            if and {
                close(start, at, join);
                join = if stop || start == at && join == Join::Comma { Join::Apart } else { Join::And };
                start = at + 1;
            } else if at > start && (stop || sign) {
                close(start, at, join);
                join = match (semicolon, sign) {
                    (true, _) => Join::Apart,
                    (_, true) => Join::And,
                    _ => Join::Comma,
                };
                start = at;
            }
        }
        close(start, text.words.len(), join);
        out
    }
}

/// What looks at two stretches side by side.
struct Eye<'a> {
    raw: &'a str,
    text: &'a Text,
    built: &'a Built,
}

impl Eye<'_> {
    /// Whether the next stretch is another of the goods rather than more about the one held. `listed`: whether an “and” is still to come.
    fn another(&self, held: &Stretch, next: &Stretch, listed: bool) -> bool {
        let known = !next.codes.is_empty();
        if !self.names(next) || self.denied(next) || self.about(held) || known && meet(&held.codes, &next.codes) {
            return false;
        }
        if next.join == Join::Comma {
            // “Tents, sleeping mats and lamps”: in a list, what is known or stands in the plural; anything else describes.
            return listed && self.names(held) && (known || self.plural(next.end - 1));
        }
        if held.codes.is_empty() {
            // “Medical and surgical instruments”: an adjective; “prefabricated wards and rice”: a thing that nobody knows.
            return self.names(held) && self.plural(held.end - 1);
        }
        if known {
            // “Car and truck tyres” may be tyres alone.
            let alone = self.telling(held) > 1 || self.plural(held.end - 1) || self.telling(next) == 1 || next.join == Join::Apart;
            return self.names(held) && (alone || self.counted(next));
        }
        // What is unknown is a thing when it has a head of its own: several words, or one in the plural. One word may be a quality.
        self.telling(next) > 1 || self.plural(next.end - 1)
    }

    /// “No US bank”: what is said not to be there is none of the goods.
    fn denied(&self, s: &Stretch) -> bool {
        matches!(self.text.word(s.start), "no" | "not" | "none" | "nor" | "without" | "never")
    }

    /// Whether some word names a thing: no size, part, material or quality.
    fn names(&self, s: &Stretch) -> bool {
        (s.start..s.end).any(|at| self.tells(at))
    }

    fn telling(&self, s: &Stretch) -> usize {
        (s.start..s.end).filter(|at| self.tells(*at)).count()
    }

    fn tells(&self, at: usize) -> bool {
        let describes = Does::BEHIND.or(Does::MATERIAL).or(Does::MEASURE).or(Does::PART).or(Does::NEUTRAL).or(Does::OF).or(Does::BEFORE);
        let held = self.built.hits.iter().any(|h| h.start <= at && at < h.end && h.end - h.start > 1);
        let word = self.text.word(at);
        let quality = word.ends_with("ed") || word.ends_with("ly");
        self.built.tells(self.text, at) && (held || !quality && !self.built.roles.get(at).is_some_and(|r| r.any(describes)))
    }

    /// “Cabinets with locks and keys”: what follows belongs to what the thing comes with.
    fn about(&self, s: &Stretch) -> bool {
        let zone = self.built.zones.iter().rfind(|z| z.start < s.end && s.start < z.end);
        zone.is_some_and(|z| z.place == Place::About)
    }

    fn plural(&self, at: usize) -> bool {
        let Some(word) = self.text.words.get(at) else { return false };
        let raw = self.raw.get(word.from..word.to).unwrap_or_default().to_lowercase();
        raw.is_ascii() && raw.len() > 3 && raw.ends_with('s') && raw != self.text.word(at)
    }

    /// “Rice 200 t and sugar 10 t”: an amount of its own.
    fn counted(&self, s: &Stretch) -> bool {
        (s.start..s.end).any(|at| number(self.text.word(at)))
    }
}

fn meet(a: &[HsRange], b: &[HsRange]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.meets(*y)))
}
