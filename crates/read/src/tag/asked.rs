//! The verb of a question that begins with its auxiliary: `Can a Dutch firm export pumps?`. Nothing right before it says that it is a verb and no noun.

use super::{DO, HAVE, Tag};
use crate::lexicon::{Classes, Lexicon};
use crate::token::{Shape, Token};

/// The place of the verb and what it is, where the words alone would make something else of it.
pub(super) fn verb(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes]) -> Option<(usize, Tag)> {
    let first = tokens.iter().position(|t| t.shape == Shape::Word)?;
    let low = tokens.get(first)?.low.as_str();
    let asks = tokens.iter().rev().any(|t| t.text == "?");
    if asks && HAVE.contains(&low) {
        return perfect(lexicon, tokens, possible, first).map(|at| (at, Tag::Past));
    }
    let modal = matches!(low, "can" | "could" | "should" | "would") || asks && matches!(low, "may" | "might" | "must" | "shall" | "will");
    if !modal && !DO.contains(&low) {
        return None;
    }
    let can = |at: usize| possible.get(at).copied().unwrap_or_default();
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|t| t.low == word);
    let mut candidates = Vec::new();
    for at in first + 2..tokens.len() {
        let (this, before) = (can(at), can(at - 1));
        let alone = tokens.get(at).is_some_and(|t| t.shape == Shape::Word) && this.any(Classes::BASE);
        if alone && !this.any(Classes::NOUN) && !this.any(Classes::ADJ) {
            // A word that is nothing but a verb is found anyway; only one before it may have been missed.
            break;
        }
        let behind_noun = tokens.get(at - 1).is_some_and(|t| t.shape == Shape::Word)
            && (before.any(Classes::NOUN.with(Classes::TITLE)) || before == Classes::default() || is(at - 1, "firm"))
            && !before.any(Classes::DET.with(Classes::PREP));
        if alone && behind_noun {
            candidates.push(at);
        }
    }
    let tells = |at: &&usize| {
        let low = tokens.get(**at).map_or("", |t| t.low.as_str());
        lexicon.frames(lexicon.lemma(low)).iter().any(|frame| frame.kind.is_some())
    };
    let before_phrase = |at: &&usize| {
        let next = tokens.get(**at + 1);
        can(**at + 1).any(Classes::DET)
            || next.is_some_and(|t| t.shape == Shape::Number || matches!(t.low.as_str(), "my" | "our" | "his" | "her" | "its" | "their"))
    };
    candidates.iter().find(tells).or_else(|| candidates.iter().rfind(before_phrase)).map(|at| (*at, Tag::Base))
}

/// `Has Russia given Mali rifles?`: behind the subject comes what it has done, and no description of it.
fn perfect(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes], first: usize) -> Option<usize> {
    let tells = |at: &usize| lexicon.frames(lexicon.lemma(&tokens[*at].low)).iter().any(|frame| frame.kind.is_some());
    let done = |at: &usize| possible[*at].any(Classes::PART) && tokens[*at].shape == Shape::Word;
    let verb = (first + 2..tokens.len()).find(done)?;
    let subject = tokens[verb - 1].shape == Shape::Word && !possible[verb - 1].any(Classes::DET.with(Classes::PREP));
    // `Has it been given?` has its verb before.
    let been = tokens[verb].low == "been";
    Some(verb).filter(|at| subject && !been && tells(at))
}
