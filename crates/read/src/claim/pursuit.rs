//! Who goes after another for an act: by measures against him, by lists, by sanctions over what was told; and who wants the rules changed.

use super::topical;
use crate::clause::Link;
use crate::event::Sight;
use crate::groups::{BREAKS, LAW_ITSELF, POINTS_BACK};

/// Whether somebody goes after another for an act that breaks a rule, or by a measure that is for nothing else.
pub(super) fn goes_after(sight: &Sight<'_>, at: usize) -> bool {
    let Some(verb) = sight.clauses[at].verb.map(|v| &sight.verbs[v]) else { return false };
    let measure =
        listed(sight, at) || matches!(verb.lemma.as_str(), "designate" | "blacklist" | "sanction" | "fine" | "penalise" | "penalize");
    let caught =
        matches!(verb.lemma.as_str(), "seize" | "detain" | "impound" | "confiscate" | "arrest" | "raid" | "suspend" | "punish" | "stop");
    let for_it = |c: &crate::clause::Clause| {
        let over =
            matches!(c.link, Link::Gerund(Some(t)) if sight.scene.tokens.get(t).is_some_and(|t| matches!(t.low.as_str(), "for" | "over")));
        let breaks = c.verb.is_some_and(|v| BREAKS.contains(&sight.verbs[v].lemma));
        c.parent == Some(at) && over && (measure || breaks)
    };
    let stands = verb.form == crate::phrase::Form::Finite || (listed(sight, at) && wants_itself(sight, at));
    let for_it = sight.clauses.iter().any(for_it) || (over_what_was_told(sight, at) && (measure || verb.lemma == "impose"));
    (measure || caught || verb.lemma == "impose") && !verb.passive && !verb.negated && stands && for_it
}

/// `imposed sanctions on the airline over the transfer`, `… for its role in it`: of what was told before.
pub(super) fn over_what_was_told(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let told = |n: usize| {
        let phrase = &sight.scene.nouns[n];
        let the = phrase.det.is_some_and(|d| matches!(low(d), "the" | "this" | "these" | "its" | "their" | "his" | "her" | "such"));
        // `over its nuclear programme`: that is no act.
        let matter = matches!(low(phrase.head).trim_end_matches('s'), "program" | "programme" | "attack");
        the && POINTS_BACK.contains(low(phrase.head)) && !LAW_ITSELF.contains(low(phrase.head)) && !matter
    };
    sight.clauses[at].args.iter().any(|(p, n)| p.is_some_and(|p| matches!(low(p), "over" | "for")) && told(*n))
}

/// `put the trader on its sanctions list`, `added the firm to a blacklist`.
fn listed(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let puts = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "put" | "place" | "add" | "include"));
    let list = |n: usize| matches!(low(sight.scene.nouns[n].head), "list" | "blacklist");
    puts && clause.args.iter().any(|(p, n)| p.is_some_and(|p| matches!(low(p), "on" | "to" | "in")) && list(*n))
}

/// `wants to put it on the list`: what somebody means to do himself.
fn wants_itself(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let Some(outer) = clause.parent.map(|p| &sight.clauses[p]) else { return false };
    let wants =
        outer.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "want" | "plan" | "intend" | "propose" | "move" | "decide"));
    matches!(clause.link, Link::Infinitive(_)) && wants && clause.subject == outer.subject
}

/// `seeks a lifting of the sanctions`, `proposed that it ease the measures`: wants the rules changed.
pub(super) fn eases(sight: &Sight<'_>, at: usize) -> bool {
    const CHANGES: [&str; 9] = ["lifting", "easing", "removal", "relief", "relaxation", "suspension", "extension", "renewal", "tightening"];
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
    let wants = matches!(verb.lemma.as_str(), "seek" | "propose" | "want" | "request" | "urge" | "suggest");
    let head = |n: &usize| sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str());
    let object = clause.args.iter().any(|(p, n)| p.is_none() && CHANGES.contains(&head(n)));
    let inner = sight.clauses.iter().any(|c| {
        c.parent == Some(at)
            && c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "ease" | "lift" | "relax" | "remove" | "loosen" | "tighten"))
    });
    wants && !verb.passive && !verb.negated && topical(sight) && (object || inner)
}
