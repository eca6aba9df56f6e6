//! Words that stand between the parts of a verb, or between a subject and its verb, and say nothing of what is done.

use super::{BE, HAVE, Tag, is_word_at};
use crate::lexicon::Classes;
use crate::token::{Shape, Token};

/// `has for the first time seized`, `have in recent years sold`: what stands between an auxiliary and its participle.
pub(super) fn within_aside(tokens: &[Token<'_>], done: &[Tag], at: usize) -> bool {
    const ASIDES: [&[&str]; 14] = [
        &["for", "the", "first", "time"],
        &["for", "the", "second", "time"],
        &["for", "the", "third", "time"],
        &["for", "many", "years"],
        &["for", "years"],
        &["for", "decades"],
        &["for", "months"],
        &["in", "recent", "years"],
        &["in", "recent", "months"],
        &["in", "recent", "weeks"],
        &["in", "the", "past"],
        &["in", "fact"],
        &["on", "several", "occasions"],
        &["at", "least", "once"],
    ];
    let holds = |start: usize, words: &[&str]| words.iter().enumerate().all(|(i, w)| is_word_at(tokens, start + i, &[w]));
    (at.saturating_sub(3)..=at).any(|start| {
        let behind = start.checked_sub(1).is_some_and(|b| {
            done.get(b).is_some_and(|t| t.is_verb()) && is_word_at(tokens, b, &["has", "have", "had", "was", "were", "been"])
        });
        behind
            && ASIDES.iter().any(|words| {
                let participle = tokens.get(start + words.len()).is_some_and(|t| t.shape == Shape::Word && !t.capital);
                at < start + words.len() && participle && holds(start, words)
            })
    })
}

/// Most words and signs of an aside between commas.
const MOST: usize = 8;

/// `has, since the coup, supplied`, `the firm, while denying it, sent`: between two commas, where the verb that was begun or waited for comes behind the second.
pub(super) fn between_commas(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> bool {
    let is_comma = |i: usize| tokens.get(i).is_some_and(|t| t.text == ",");
    let first = (at.saturating_sub(MOST)..=at).rev().filter(|i| is_comma(*i));
    first.take(2).any(|first| {
        let Some(last) = (first + 2..tokens.len().min(first + MOST)).find(|i| is_comma(*i)) else { return false };
        (first..=last).contains(&at)
            && first > 0
            && (splits_a_verb(tokens, possible, done, first, last) || waits(tokens, possible, done, first, last))
    })
}

/// Whether an auxiliary stands before the first comma and what belongs to it behind the last.
fn splits_a_verb(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], first: usize, last: usize) -> bool {
    let low = tokens[first - 1].low.as_str();
    let next = possible.get(last + 1).copied().unwrap_or_default();
    let part = next.any(Classes::PART.with(Classes::ING)) && (HAVE.contains(&low) || BE.contains(&low) && !next.any(Classes::NOUN));
    let after_modal = done[first - 1] == Tag::Modal && next.any(Classes::BASE);
    // `that is, it sold`: a subject of its own follows.
    let inner = !tokens[first + 1..last].iter().any(Token::is_quote);
    inner && (part && done[first - 1].is_verb() || after_modal)
}

/// Whether a subject stands before the first comma, its verb behind the last, and between them no more than why or in spite of what.
fn waits(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], first: usize, last: usize) -> bool {
    let next = possible.get(last + 1).copied().unwrap_or_default();
    let subject = matches!(done[first - 1], Tag::Noun | Tag::Proper);
    let verbless = !done[..first].iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Base));
    let doing = possible.get(first + 2).is_some_and(|c| c.any(Classes::ING));
    let few = last - first <= 5;
    subject
        && verbless
        && few
        && doing
        && is_word_at(tokens, first + 1, &["while", "although", "though", "despite"])
        && next.any(Classes::PAST.with(Classes::THIRD))
}
