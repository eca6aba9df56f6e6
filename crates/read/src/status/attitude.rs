//! How somebody stands to what he might do, and what others say of him.

use crate::clause::Link;
use crate::event::Sight;
use crate::lexicon::Telling;
use crate::phrase::VerbGroup;

/// `favours sending`, `came closer to selling`, `resisted providing`: what somebody is for or against, and so far nobody does.
pub(super) fn of_attitude(sight: &Sight<'_>, link: &Link, verb: &VerbGroup) -> Option<Telling> {
    let Link::Gerund(token) = link else { return None };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let lemma = verb.lemma.as_str();
    let behind = token.and_then(|t| t.checked_sub(1)).map_or("", low);
    let resists = matches!(lemma, "resist" | "oppose" | "balk" | "shy" | "avoid")
        || matches!((lemma, low(verb.end)), ("rule", "out") | ("hold", "off") | ("stop", "short"));
    let weighs = token.is_none()
        && matches!(lemma, "favour" | "favor" | "support" | "back" | "advocate" | "weigh" | "debate" | "explore" | "study" | "examine")
        || token.is_some() && lemma == "look" && low(verb.end) == "into"
        || matches!(behind, "idea" | "feasibility" | "possibility" | "notion");
    // Who does not rule it out has not decided it either.
    // `is close to acquiring`.
    let near = token.is_some_and(|t| low(t) == "to") && behind == "close" && verb.lemma == "be";
    if near {
        return Some(if verb.negated { Telling::Hypothetical } else { Telling::Planned });
    }
    match (resists, weighs || behind == "closer") {
        (true, _) => Some(if verb.negated { Telling::Hypothetical } else { Telling::Denied }),
        (_, true) => Some(Telling::Hypothetical),
        _ => None,
    }
}

/// `is said to have sold`: what others say of somebody; `is unlikely to provide`, `was loath to sell`: what he will not do.
pub(super) fn hearsay(sight: &Sight<'_>, link: &Link, verb: &VerbGroup, inner: Option<&VerbGroup>) -> Option<Telling> {
    let Link::Infinitive(_) = link else { return None };
    let says = matches!(
        verb.lemma.as_str(),
        "say" | "report" | "rumour" | "rumor" | "believe" | "think" | "understand" | "presume" | "assume" | "reckon" | "suppose" | "claim"
    );
    if verb.passive && says && !verb.negated {
        return Some(Telling::Alleged);
    }
    let words = sight.scene.tokens.get(verb.end..inner.map_or(verb.end, |v| v.first)).unwrap_or(&[]);
    let loath = words.iter().take(3).any(|t| matches!(t.low.as_str(), "unlikely" | "loath" | "reluctant" | "unwilling"));
    (verb.lemma == "be" && loath).then_some(Telling::Denied)
}

/// `had no licence to sell`, `neither had a permit to export`: what is told of a paper, and no act.
pub(super) fn is_of_a_paper(sight: &Sight<'_>, link: &Link, verb: &VerbGroup) -> bool {
    let Link::Infinitive(Some(noun)) = link else { return false };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let phrase = &sight.scene.nouns[*noun];
    let licence = matches!(
        low(phrase.head).trim_end_matches('s'),
        "licence" | "license" | "permit" | "permission" | "authorisation" | "authorization" | "right"
    );
    let neither = sight.scene.tokens.get(..verb.first).unwrap_or(&[]).iter().any(|t| t.low == "neither");
    licence && (phrase.det.is_some_and(|d| low(d) == "no") || verb.negated || neither) && verb.lemma == "have"
}
