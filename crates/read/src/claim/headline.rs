//! Whose word a headline is, where it only sets the name before or behind it: `Officials: Iran resumes sales`, `Firm shipped valves to Iran: prosecutors`.

use super::{Word, are_people, document, enforces, evidence, is_anybody, is_office, looks_on, topical, watches};
use crate::event::{Event, Eye, Sight};
use crate::lexicon::{Stance, Telling};
use crate::who::Who;

/// Most words of a name that stands so.
const LONGEST: usize = 5;

/// The words of whoever a headline names before or behind its sign.
pub(super) fn by_sign(eye: &mut Eye<'_>, sight: &Sight<'_>, events: &[Event]) -> Option<Word> {
    let tokens = sight.scene.tokens;
    let ends = tokens.last().is_some_and(|t| matches!(t.text, "." | "?" | "!"));
    if ends || events.is_empty() {
        return None;
    }
    let sign = tokens.iter().rposition(|t| matches!(t.text, ":" | "-" | "–" | "—"))?;
    let name = |(first, end): &(usize, usize)| {
        let verb = sight.verbs.iter().any(|v| v.head >= *first && v.head < *end);
        !verb && first < end && end - first <= LONGEST
    };
    let (first, end) = [(0, sign), (sign + 1, tokens.len())].into_iter().find(name)?;
    let noun = sight.scene.nouns.iter().position(|n| n.end == end && n.first <= first + 1)?;
    let who = eye.who(sight, noun).or_else(|| document(eye, sight, noun)).or_else(|| eye.finder.somebody(&sight.scene, noun))?;
    // `Syria: Russia delivers missiles`: what the news is of, before it.
    let speaks = who.media || is_office(&who) || enforces(&who) || looks_on(&who) || are_people(&who) || is_anybody(&who);
    let state = who.kind == Some(model::PartyType::Government) || who.kind == Some(model::PartyType::Person);
    let united = watches(&who) || matches!(who.name.as_str(), "UN" | "U.N." | "United Nations");
    let body = who.kind == Some(model::PartyType::Organisation);
    let speaks = speaks || united || (first > 0 && (state || body));
    let telling = if enforces(&who) { Telling::Alleged } else { Telling::Reported };
    speaks.then(|| word(sight, events, who, telling, (first, end)))
}

fn word(sight: &Sight<'_>, events: &[Event], who: Who, telling: Telling, (first, end): (usize, usize)) -> Word {
    let said = Word::said(vec![who], Stance::Reports, telling, (0..events.len()).collect(), sight.scene.words(first, end).1);
    Word { acts: true, topical: topical(sight), evidence: evidence(sight), ..said }
}
