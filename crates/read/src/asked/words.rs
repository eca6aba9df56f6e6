//! The words of a question without those that only ask, and with the capitals that names lack. Every byte stays where it is.

use crate::gazetteer::{Gazetteer, NameKind};
use crate::groups::{ASKED_VERDICTS, ONLY_ASKING, STATES_AND_WORDS};
use crate::lexicon::Lexicon;
use crate::token::{Shape, Token, tokens};

/// The text without the words by which a question ends in asking what is lawful: `Is selling rice to Korea illegal?` Its bytes stay where they are.
pub(crate) fn without_verdict(text: &str) -> String {
    let tokens = tokens(text, &|_| false);
    let Some(mark) = tokens.iter().rposition(|t| t.text == "?") else { return text.to_owned() };
    let verdict = |t: &Token<'_>| ASKED_VERDICTS.contains(t.low.as_str());
    let last = tokens.get(..mark).unwrap_or(&[]);
    let first = mark - last.iter().rev().take_while(|t| verdict(t)).count();
    // `… break EU sanctions?`, `… be against the law?`
    let breaks = |t: &Token<'_>| {
        matches!(
            t.low.as_str(),
            "break" | "breach" | "violate" | "breaks" | "breaches" | "violates" | "against" | "contravene" | "infringe"
        )
    };
    let rules =
        last.iter().rev().take(5).any(|t| {
            matches!(t.low.as_str(), "sanctions" | "sanction" | "law" | "laws" | "embargo" | "rules" | "resolution" | "resolutions")
        });
    let first = (mark.saturating_sub(6)..first).find(|at| rules && breaks(&tokens[*at])).unwrap_or(first);
    let first = tail(last).min(first);
    let (Some(from), Some(to)) = (tokens.get(first), tokens.get(mark)) else { return text.to_owned() };
    let mut out = text.to_owned();
    if first < mark && first > 3 {
        out.replace_range(from.start..to.start, &" ".repeat(to.start - from.start));
    }
    out
}

/// Where the words begin that only ask, behind the last comma, dash or stop: `…, any license needed?`, `… Any UN rule against that?`
fn tail(tokens: &[Token<'_>]) -> usize {
    let parts = |at: &usize| matches!(tokens[*at].text, "," | "-" | "–" | "—" | "." | ";" | "?" | "!");
    (0..tokens.len())
        .filter(parts)
        .find(|at| tokens.iter().skip(at + 1).all(|t| t.shape != Shape::Word || ONLY_ASKING.contains(t.low.as_str())))
        .unwrap_or(tokens.len())
}

/// The text with capitals where names have none: `can a firm in london sell pumps to north korea`. Its bytes stay where they are. In a text that has
/// capitals elsewhere only States and nationalities get theirs.
pub(crate) fn with_capitals(gazetteer: &Gazetteer, lexicon: &Lexicon, text: &str) -> String {
    let tokens_of = tokens(text, &|_| false);
    let written = tokens_of.iter().skip(1).any(|t| t.capital && !t.shouted && t.low != "i");
    let small = tokens_of.first().is_some_and(|t| !t.capital && t.shape == Shape::Word);
    let states_only = written && !small;
    let mut capitals = text.to_owned();
    for token in tokens_of.iter().filter(|t| t.shape == Shape::Word) {
        raise(&mut capitals, token.start);
    }
    let raised = tokens(&capitals, &|_| false);
    let mut out = text.to_owned();
    // `in jan 2019`, `4 may 2019`.
    let number = |at: Option<usize>| at.and_then(|at| tokens_of.get(at)).is_some_and(|t| t.shape == Shape::Number);
    for (at, token) in tokens_of
        .iter()
        .enumerate()
        .filter(|(_, t)| MONTHS.iter().any(|m| t.low.len() > 2 && (t.low == *m || t.low.len() < 5 && m.starts_with(&t.low))))
    {
        if number(Some(at + 1)) || number(at.checked_sub(1)) && token.low != "may" {
            raise(&mut out, token.start);
        }
    }
    let mut at = 0;
    while at < raised.len() {
        let found = gazetteer.at(&raised, at).filter(|(length, named)| {
            // `turkey`, `nice` and `polish` are words before they are places.
            let word = *length == 1
                && raised.get(at).is_some_and(|t| lexicon.classes(&t.low).is_some() || STATES_AND_WORDS.contains(t.low.as_str()));
            let state = matches!(named.kind, NameKind::State | NameKind::People);
            named.countries.len() == 1 && !word && (state || !states_only) && named.kind != NameKind::Person
        });
        let length = found.map_or(0, |(length, _)| length);
        for token in raised.iter().skip(at).take(length) {
            raise(&mut out, token.start);
        }
        at += length.max(1);
    }
    out
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Makes a capital of the small letter at a place.
fn raise(text: &mut String, at: usize) {
    let small = text.get(at..at + 1).filter(|c| c.bytes().all(|b| b.is_ascii_lowercase())).map(str::to_ascii_uppercase);
    if let Some(capital) = small {
        text.replace_range(at..at + 1, &capital);
    }
}
