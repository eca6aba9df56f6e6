//! Whose own act is told by what somebody says, and whether it is told as one: `the ministry said it had sent two lorries`; not `it would consider a sale`.

use crate::clause::Link;
use crate::event::{Event, Eye, Sight};
use crate::groups::{CALLS_OFF, POINTS_BACK, WEIGHS};
use crate::who::Who;

/// Whether those who speak tell in the first person what they gave or got: not what they will, would or did not.
pub(super) fn own_doing(sight: &Sight<'_>, events: &[Event], about: &[usize]) -> bool {
    let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    about.iter().filter_map(|e| sight.clauses.get(events[*e].clause).filter(|_| !events[*e].noun)).any(|c| {
        let ours = c.subject.is_some_and(|s| matches!(low(s), "we" | "i"));
        let done = c.verb.map(|v| &sight.verbs[v]).is_some_and(|v| {
            v.form == crate::phrase::Form::Finite && v.modal.is_none() && !v.negated && !v.progressive && (v.perfect || !v.present)
        });
        ours && done
    })
}

/// Whether those who speak tell in the third person what they gave or got: `the charity said that it would send flour`.
pub(super) fn own_act(sight: &Sight<'_>, at: usize, events: &[Event], about: &[usize], speakers: &[Who]) -> bool {
    let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    let party = |e: &Event| e.givers.iter().chain(&e.receivers).any(|w| speakers.iter().any(|s| s.name == w.name));
    about.iter().map(|e| &events[*e]).filter(|e| !e.noun).any(|e| {
        let Some(clause) = sight.clauses.get(e.clause) else { return false };
        // `would send a ship carrying flour`: the ship stands between.
        let above = clause.parent.map(|p| &sight.clauses[p]).filter(|p| p.parent == Some(at));
        let told = if clause.parent == Some(at) { Some(clause) } else { above };
        let own = told.is_some_and(|c| {
            let subject = c.subject.is_some_and(|s| matches!(low(s), "it" | "they" | "he" | "she"));
            subject && matches!(c.link, Link::Content(_)) && c.verb.is_some_and(|v| !sight.verbs[v].negated)
        });
        own && party(e)
    })
}

/// `said it would consider a sale`, `said the delivery was put on hold`: what is still weighed or was called off, nobody owns up to.
pub(super) fn is_open(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let open = |c: &crate::clause::Clause| {
        let Some(verb) = c.verb.map(|v| &sight.verbs[v]) else { return false };
        let on_hold = verb.lemma == "put" && low(verb.end) == "on" && matches!(low(verb.end + 1), "hold" | "ice");
        !verb.negated && (WEIGHS.contains(verb.lemma.as_str()) || CALLS_OFF.contains(verb.lemma.as_str()) || on_hold)
    };
    sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Content(_)) && open(c))
}

/// The States that a sentence names beside those who speak; none where it points to what was told: `concerned about such sales`.
pub(super) fn of_whom(eye: &mut Eye<'_>, sight: &Sight<'_>, speakers: &[Who]) -> Vec<model::Country> {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let points = |n: &crate::phrase::NounPhrase| {
        let first = n.det.map_or(low(n.first), low);
        POINTS_BACK.contains(low(n.head)) && low(n.head).len() > 4 && matches!(first, "the" | "this" | "that" | "these" | "those" | "such")
    };
    if sight.scene.nouns.iter().any(points) {
        return Vec::new();
    }
    let speaks = |span: (usize, usize)| speakers.iter().any(|s| span.0 < s.span.1 && s.span.0 < span.1);
    let span = |n: usize| sight.scene.words(sight.scene.nouns[n].first, sight.scene.nouns[n].end).1;
    let owners: Vec<usize> = (0..sight.scene.nouns.len()).filter(|n| speaks(span(*n))).filter_map(|n| sight.scene.nouns[n].owner).collect();
    let others = (0..sight.scene.nouns.len()).filter(|n| !speaks(span(*n)) && !owners.contains(n));
    let mut found = Vec::new();
    for noun in others {
        let named = eye.who(sight, noun).filter(|w| !speakers.iter().any(|s| s.name == w.name));
        found.extend(named.into_iter().flat_map(|w| w.countries));
    }
    found
}
