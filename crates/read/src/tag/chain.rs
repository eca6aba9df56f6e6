//! Verbs that share what follows: `finances, trains and arms the militia`, `trained and then armed the rebels`.

use super::{Tag, starts_object};
use crate::groups::HELPERS;
use crate::lexicon::Classes;
use crate::token::Token;

/// Most verbs that are looked for on either hand.
const MOST: usize = 4;

/// What form a word has that is one of several verbs in one form, joined by commas and `and`, the last of which has an object.
pub(super) fn in_chain(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Option<Tag> {
    let forms = [(Classes::THIRD, Tag::Third), (Classes::PAST, Tag::Past)];
    forms.into_iter().find(|(class, _)| possible[at].any(*class) && stands(tokens, possible, done, at, *class)).map(|(_, tag)| tag)
}

fn stands(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize, class: Classes) -> bool {
    let (mut first, mut last, mut others) = (at, at, 0);
    while let Some(before) = step(tokens, first, false).filter(|i| possible[*i].any(class) && others < MOST) {
        (first, others) = (before, others + 1);
    }
    while let Some(after) = step(tokens, last, true).filter(|i| possible.get(*i).is_some_and(|c| c.any(class)) && others < MOST) {
        (last, others) = (after, others + 1);
    }
    let somebody = |t: Option<&Tag>| matches!(t, Some(Tag::Noun | Tag::Proper | Tag::Pron | Tag::Wh));
    // Of nouns in a list no one stands right behind a name.
    let verb = done.get(first).is_none_or(|t| t.is_verb());
    let object = starts_object(tokens, possible, last + 1) && tokens[last + 1].low != "by";
    others > 0 && verb && first > 0 && somebody(done[..first].iter().rfind(|t| **t != Tag::Adv)) && object && !is_passive(tokens, first)
}

/// `was trained and armed`: governed by what stands before.
fn is_passive(tokens: &[Token<'_>], first: usize) -> bool {
    first.checked_sub(1).is_some_and(|i| HELPERS.contains(tokens[i].low.as_str()))
}

/// The word that a comma or `and` joins to another, before or behind it.
fn step(tokens: &[Token<'_>], at: usize, forward: bool) -> Option<usize> {
    let next = |i: usize| if forward { Some(i + 1) } else { i.checked_sub(1) };
    let (mut i, mut joints) = (next(at)?, 0);
    loop {
        match tokens.get(i)?.low.as_str() {
            "," | "and" | "or" => joints += 1,
            "then" | "also" | "now" | "later" | "even" => {}
            _ => return (joints > 0 && joints < 3).then_some(i),
        }
        i = next(i)?;
    }
}
