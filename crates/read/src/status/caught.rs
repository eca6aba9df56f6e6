//! What was stopped on its way, and so never came.

use super::STOPPED;
use crate::clause::Link;
use crate::event::Sight;
use crate::lexicon::{Lexicon, Outcome};
use crate::phrase::VerbGroup;

/// `A tanker suspected of carrying oil to Syria was detained`: what is suspected did not arrive either.
pub(super) fn held_as_suspected(lexicon: &Lexicon, sight: &Sight<'_>, inner: usize, outer: usize) -> bool {
    let (act, held) = (&sight.clauses[inner], &sight.clauses[outer]);
    let Some(verb) = held.verb.map(|v| &sight.verbs[v]) else { return false };
    held.link == Link::Main && verb.passive && !verb.negated && act.subject.is_some() && act.subject == held.subject && {
        carries(sight, inner) && stops(lexicon, verb)
    }
}

/// Whether a clause tells that goods are on their way.
pub(super) fn carries(sight: &Sight<'_>, at: usize) -> bool {
    const CARRIES: [&str; 11] = ["carry", "transport", "haul", "ferry", "bring", "ship", "smuggle", "take", "move", "deliver", "traffic"];
    sight.clauses[at].verb.map(|v| &sight.verbs[v]).is_some_and(|v| !v.passive && CARRIES.contains(&v.lemma.as_str()))
}

pub(super) fn stops(lexicon: &Lexicon, verb: &VerbGroup) -> bool {
    STOPPED[..6].contains(&verb.lemma.as_str()) || lexicon.frames(&verb.lemma).iter().any(|f| f.outcome == Outcome::Stopped)
}

/// `intercepted a ship carrying arms`, `seized a lorry that was taking coal to …`: it did not arrive.
pub(super) fn stopped_on_the_way(lexicon: &Lexicon, sight: &Sight<'_>, inner: usize, outer: &VerbGroup) -> bool {
    let clause = &sight.clauses[inner];
    let held = clause.parent.is_some_and(|p| {
        // `intercepted a vessel, the Jie Shun, carrying`: also by the name beside it.
        let object =
            |n: usize| sight.clauses[p].args.iter().any(|(prep, a)| prep.is_none() && (*a == n || sight.scene.nouns[*a].beside == Some(n)));
        let subject = sight.clauses[p].subject;
        clause.subject.is_some_and(|s| object(s) || (outer.passive && subject == Some(s)))
    });
    // `missiles sent by Russia to Mali were intercepted in Niger`.
    let sent = || {
        let verb = clause.verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| {
            v.passive && matches!(v.lemma.as_str(), "send" | "ship" | "dispatch" | "export" | "fly" | "smuggle" | "transport")
        }) && matches!(outer.lemma.as_str(), "intercept" | "interdict" | "halt" | "block")
    };
    // `stopped a ship travelling to Cuba with gunpowder`.
    let travels = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "travel" | "sail" | "head" | "go" | "fly"));
    (carries(sight, inner) || travels || sent()) && stops(lexicon, outer) && held
}
