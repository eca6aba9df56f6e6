//! What looks like a word about an act and is none: goods that are ordered, calls for sanctions, anger at a missile test, a draft that is voted down.

use super::pursuit::over_what_was_told;
use crate::clause::Link;
use crate::event::Sight;
use crate::groups::{ANGERING_EVENTS, DRAFTS, POLICIES, REMEDIES, TOLD_TO};
use crate::lexicon::{Saying, Stance, Telling};
use crate::who::Who;

/// Whether the verb of a clause is beside the point, whatever it may say elsewhere.
pub(super) fn is_beside(sight: &Sight<'_>, at: usize, saying: Saying) -> bool {
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let head = |n: usize| low(sight.scene.nouns[n].head);
    let object = || clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n);
    let behind = |words: &[&str]| clause.args.iter().any(|(p, _)| p.is_some_and(|t| words.contains(&low(t))));
    let child = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Infinitive(_) | Link::Content(_)));
    // `told Uganda to explain it`: Uganda has not yet.
    if matches!(clause.link, Link::Infinitive(_)) && clause.parent.is_some_and(|p| told_to(sight, p).is_some()) {
        return true;
    }
    match (verb.lemma.as_str(), saying.stance) {
        // `ordered missiles from the North`.
        ("order", _) => behind(&["from"]) && object().next().is_some() && !child,
        // `responded with a gesture`.
        ("respond" | "react" | "reply" | "answer", _) => behind(&["with"]),
        // `found no issues with the delivery`.
        ("find", _) => {
            object().any(|n| sight.scene.nouns[n].det.is_some_and(|d| low(d) == "no") || low(sight.scene.nouns[n].first) == "no")
        }
        // `pushed for tough sanctions`, `called for closer ties`.
        ("push" | "call" | "press" | "lobby" | "campaign", Stance::Demands) => {
            let policy = |(p, n): &(Option<usize>, usize)| p.is_some_and(|t| low(t) == "for") && POLICIES.contains(head(*n));
            clause.args.iter().any(policy) && !over_what_was_told(sight, at)
        }
        (_, Stance::Condemns) => clause.args.iter().any(|(_, n)| ANGERING_EVENTS.contains(head(*n))) || described_as_event(sight, at),
        // `described as the testing of a missile capable of reaching Tokyo`.
        ("call" | "describe" | "brand" | "label" | "term", Stance::AssertsViolation) => {
            clause.args.iter().any(|(_, n)| ANGERING_EVENTS.contains(head(*n)))
        }
        ("reject" | "veto" | "oppose" | "decline" | "block", Stance::Denies) => object().any(|n| DRAFTS.contains(head(n))),
        _ => false,
    }
}

/// `condemned what he described as the testing of a missile`.
fn described_as_event(sight: &Sight<'_>, at: usize) -> bool {
    let inner = |c: &crate::clause::Clause| c.parent == Some(at) && matches!(c.link, Link::Content(_) | Link::Relative(..));
    let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    sight.clauses[at].args.is_empty()
        && sight.clauses.iter().filter(|c| inner(c)).any(|c| c.args.iter().any(|(p, n)| p.is_some() && ANGERING_EVENTS.contains(low(*n))))
}

/// `told Uganda to explain its ties`: what somebody is told to do is demanded of him.
pub(super) fn told_to(sight: &Sight<'_>, at: usize) -> Option<Saying> {
    let clause = &sight.clauses[at];
    let verb = clause.verb.map(|v| &sight.verbs[v])?;
    let tells = matches!(verb.lemma.as_str(), "tell" | "instruct" | "direct") && !verb.passive && !verb.negated;
    let duty = |c: &crate::clause::Clause| {
        let lemma = c.verb.map_or("", |v| sight.verbs[v].lemma.as_str());
        c.parent == Some(at) && matches!(c.link, Link::Infinitive(_)) && (REMEDIES.contains(lemma) || TOLD_TO.contains(lemma))
    };
    let whom = clause.args.iter().any(|(p, _)| p.is_none());
    (tells && whom && sight.clauses.iter().any(duty)).then_some(Saying { stance: Stance::Demands, telling: Telling::Hypothetical })
}

/// What one confirms who took no part in it: an unnamed source tells it, and an office passes on what a court has settled.
pub(super) fn of_another(sight: &Sight<'_>, now: Stance, speakers: &[Who]) -> Stance {
    let source =
        |w: &Who| w.name.split_whitespace().last().map(crate::token::lower).is_some_and(|w| matches!(w.as_str(), "source" | "sources"));
    let court = ["sentenced", "convicted", "jailed"];
    let settled = sight.scene.tokens.iter().any(|t| court.contains(&t.low.as_str()));
    let office = |w: &Who| w.kind != Some(model::PartyType::Person) && (super::enforces(w) || super::is_office(w));
    let other = !speakers.is_empty() && (speakers.iter().all(source) || (settled && speakers.iter().all(office)));
    // `said the launch violated the resolutions`: nothing is given by that.
    let event = |c: &crate::clause::Clause| {
        let head = c.subject.map(|s| sight.scene.tokens.get(sight.scene.nouns[s].head).map_or("", |t| t.low.as_str()));
        c.verb.is_some_and(|v| super::is_breach(&sight.verbs[v].lemma)) && head.is_some_and(|h| ANGERING_EVENTS.contains(h))
    };
    let launched = now == Stance::AssertsViolation && sight.clauses.iter().any(event);
    if (now == Stance::Confirms && other) || launched { Stance::Reports } else { now }
}
