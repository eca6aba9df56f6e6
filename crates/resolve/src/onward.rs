//! Where goods go on to, when the words of an act say so: “for re-export to Russia”, “may later go to a works near Minsk”. The place that the fields give is
//! then only the way.

use crate::tables::Tables;
use crate::text::padded;
use aho_corasick::AhoCorasick;
use model::Country;
use std::sync::LazyLock;

/// Words before the place at which goods end, in the spelling that words are compared in.
const ENDS: [&str; 45] = [
    "re export to",
    "reexport to",
    "re exportation to",
    "re exported to",
    "reexported to",
    "resale to",
    "resale in",
    "resold to",
    "resold in",
    "onward shipment to",
    "onward delivery to",
    "onward sale to",
    "onward sale in",
    "onward transport to",
    "onward supply to",
    "onward export to",
    "onward transfer to",
    "forwarding to",
    "forwarded to",
    "diverted to",
    "diversion to",
    "transhipment to",
    "transshipment to",
    "end use in",
    "end use is in",
    "end user in",
    "end user is in",
    "end user be in",
    "final destination",
    "final delivery to",
    "destined for",
    "bound for",
    "meant for",
    "intended for",
    "for use in",
    "for customer in",
    "for buyer in",
    "sent on to",
    "shipped on to",
    "sold on to",
    "passed on to",
    "go on to",
    "goe on to",
    "end up in",
    "be used in",
];

/// Words before a place to which goods may be moved; they tell an end only where a word of doubt or of later stands before them.
const MOVES: [&str; 12] = [
    "go to",
    "move to",
    "moved to",
    "taken to",
    "sent to",
    "shipped to",
    "transferred to",
    "moving it to",
    "moving them to",
    "brought to",
    "sold to",
    "used in",
];

/// Words that leave open whether it will be so.
const DOUBT: [&str; 13] =
    ["suspected", "alleged", "feared", "may", "might", "could", "perhap", "possibly", "maybe", "later", "eventually", "speak", "unclear"];

/// Words behind the phrase that leave it open.
const SUSPECTS: [&str; 9] =
    ["suspected", "suspicion", "alleged", "unproven", "unclear", "unconfirmed", "feared", "established", "confirmed"];

/// Words before such a phrase that say the contrary: “a clause that forbids re-export to Russia”.
const CONTRARY: [&str; 26] = [
    "not",
    "no",
    "never",
    "nor",
    "neither",
    "without",
    "cannot",
    "against",
    "instead",
    "prohibit",
    "prohibited",
    "forbid",
    "forbidden",
    "forbidding",
    "ban",
    "banned",
    "barred",
    "exclude",
    "excluded",
    "prevent",
    "avoid",
    "stop",
    "unless",
    "refuse",
    "rule",
    "undertake",
];

/// How many words before the phrase may say the contrary, or leave it open.
const REACH: usize = 6;
/// How many words behind the phrase the place may stand.
const BEHIND: usize = 7;

/// Where goods go on to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Onward {
    pub country: Country,
    /// Whether it is said to be so; else it may be.
    pub sure: bool,
    /// The words that say so.
    pub words: String,
}

/// All phrases at once: hardly any words hold one, and those are told apart at a look.
static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(ENDS.iter().chain(&MOVES).map(|cue| format!(" {cue} "))).ok());

/// Whether padded words could tell an onward way at all.
pub(crate) fn may_tell(text: &str) -> bool {
    FINDER.as_ref().is_none_or(|finder| finder.is_match(text))
}

/// Where a phrase stands in padded words, in bytes.
fn has(text: &str, cue: &str) -> Option<usize> {
    text.match_indices(cue).map(|(at, _)| at).find(|at| {
        let after = text.get(at + cue.len()..).unwrap_or_default();
        text.get(..*at).is_some_and(|before| before.ends_with(' ')) && after.starts_with(' ')
    })
}

/// Where some words say that goods go on to.
pub(crate) fn told(words: &str, tables: &Tables) -> Option<Onward> {
    let text = padded(words);
    if !may_tell(&text) {
        return None;
    }
    let of = |cue: &&str, ends: bool| {
        let at = has(&text, cue)?;
        let before: Vec<&str> = text.get(..at)?.split(' ').filter(|w| !w.is_empty()).rev().take(REACH).collect();
        let doubt = before.iter().any(|w| DOUBT.contains(w));
        if before.iter().any(|w| CONTRARY.contains(w)) || !ends && !doubt {
            return None;
        }
        let rest = text.get(at + cue.len()..)?;
        // `onward delivery to Korea suspected, not established`.
        let doubt = doubt || rest.split(' ').filter(|w| !w.is_empty()).take(BEHIND + REACH).any(|w| SUSPECTS.contains(&w));
        let behind: Vec<&str> = rest.split(' ').filter(|w| !w.is_empty()).take(BEHIND).collect();
        let (country, place) = place(&behind, tables)?;
        Some(Onward { country, sure: ends && !doubt, words: format!("{cue} … {place}") })
    };
    ENDS.iter().find_map(|cue| of(cue, true)).or_else(|| MOVES.iter().find_map(|cue| of(cue, false)))
}

/// The one place among some words: a town where a place may stand, or a country by its name or its people.
fn place(words: &[&str], tables: &Tables) -> Option<(Country, String)> {
    let stands = |at: usize| at == 0 || words.get(at - 1).is_some_and(|w| matches!(*w, "in" | "near" | "at" | "to" | "the"));
    let town = |at: usize| {
        (1..=3).rev().find_map(|n| {
            let name = words.get(at..at + n)?.join(" ");
            tables.country_of(&name).map(|country| (country, name))
        })
    };
    (0..words.len()).filter(|at| stands(*at)).find_map(town).or_else(|| tables.country_within(&words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_the_spelling_that_words_are_compared_in() {
        for cue in ENDS.iter().chain(&MOVES) {
            // A plural that is looked for would never be found.
            assert!(padded(cue).trim() == *cue, "{cue}: {}", padded(cue));
        }
        for word in DOUBT.iter().chain(&CONTRARY).chain(&SUSPECTS) {
            assert!(padded(word).trim() == *word, "{word}: {}", padded(word));
        }
    }
}
