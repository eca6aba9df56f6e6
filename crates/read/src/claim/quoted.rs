//! Words of one who spoke before: quotations that go on, words half quoted, `we` and `a spokesman` beside those for whom they speak.

use super::hollow::{finds_fault, of_others, owes};
use super::{Word, calls_a_breach, enforces, evidence, speaks_for_another, stance, topical};
use crate::event::{Event, Eye, Sight};
use crate::lexicon::{Stance, Telling};
use crate::who::Who;

/// Whether a sentence is the end of a quotation: its first sign of quotation closes, and nothing stands behind it.
pub(super) fn ends_quotation(sight: &Sight<'_>) -> bool {
    let sign = sight.scene.tokens.iter().position(|t| matches!(t.text, "“" | "”"));
    sign.is_some_and(|at| sight.scene.tokens[at].text == "”" && at + 1 >= sight.scene.tokens.len())
}

/// `Ankara should “answer for it”`: some words of whoever spoke before, among the paper's own.
fn quotes_a_duty(sight: &Sight<'_>) -> bool {
    let ought = |t: &crate::token::Token<'_>| matches!(t.low.as_str(), "should" | "must");
    let next = |at: usize| (at + 1..at + 4).any(|t| sight.scene.tokens.get(t).is_some_and(crate::token::Token::is_quote));
    sight.scene.tokens.iter().enumerate().any(|(at, t)| ought(t) && next(at))
}

/// A quotation that goes on: whoever spoke before says it.
pub(super) fn goes_on(eye: &Eye<'_>, sight: &Sight<'_>, events: &[Event]) -> Option<Word> {
    let quoted = sight.scene.tokens.first().is_some_and(crate::token::Token::is_quote) || ends_quotation(sight) || quotes_a_duty(sight);
    let (who, _) = eye.finder.known.spoke.as_ref().filter(|(who, at)| quoted && !who.media && sight.scene.sentence - at <= 2)?;
    let judges = || owes(sight) || (0..sight.scene.tokens.len()).any(|t| finds_fault(sight, t));
    let ought = |c: &crate::clause::Clause| {
        let verb = c.verb.map(|v| &sight.verbs[v]);
        of_others(sight, c) && verb.is_some_and(|v| matches!(v.modal.as_deref(), Some("should" | "must" | "ought")))
    };
    let ought = sight.clauses.iter().any(ought);
    let breach = (0..sight.scene.tokens.len()).any(|t| calls_a_breach(sight, t));
    let stance = if breach || stance::forbids(sight, 0..sight.clauses.len()) {
        Stance::AssertsViolation
    } else if ought || quotes_a_duty(sight) {
        Stance::Demands
    } else if judges() {
        Stance::Condemns
    } else {
        return None;
    };
    let span = sight.scene.words(0, sight.scene.tokens.len()).1;
    let said = Word::said(vec![who.clone()], stance, Telling::Reported, (0..events.len()).collect(), span);
    Some(Word { of_earlier: events.is_empty(), topical: topical(sight), evidence: evidence(sight), ..said })
}

/// `“We condemn the North for this,” Kirby said`: who says so is the one who condemns.
pub(super) fn first_person(words: &mut Vec<Word>, sight: &Sight<'_>) {
    let ours = sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "we" | "i"));
    let Some(speaks) = words.iter().position(|w| w.stance == Stance::Reports && !w.speakers.is_empty()).filter(|_| ours) else { return };
    let speakers = words[speaks].speakers.clone();
    let mut given = false;
    // `“Many of our partners are concerned”`: not he who speaks of them.
    let says =
        |w: &Word| sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "we" | "i") && t.start >= w.span.0 && t.start < w.span.1);
    for word in words.iter_mut().filter(|w| w.speakers.is_empty() && !matches!(w.stance, Stance::Reports) && says(w)) {
        word.speakers.clone_from(&speakers);
        given = true;
    }
    if given {
        words.remove(speaks);
    }
}

/// `Prosecutors have charged a man with selling them, a spokesman said`: he speaks for those who have.
pub(super) fn for_the_office(words: &mut [Word]) {
    let office = words.iter().find(|w| !w.speakers.is_empty() && w.speakers.iter().all(enforces)).map(|w| w.speakers.clone());
    let Some(office) = office else { return };
    let bare = |w: &Who| !w.name.contains(' ') && speaks_for_another(w);
    for word in words.iter_mut().filter(|w| !w.speakers.is_empty() && w.speakers.iter().all(bare)) {
        word.speakers.clone_from(&office);
    }
}
