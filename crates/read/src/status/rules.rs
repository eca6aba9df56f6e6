//! Whether a sentence tells a rule and no act, or a rule that falls.

use super::{FORBIDS, RULES, holds, joined_to_rule, trigger};
use crate::clause::Link;
use crate::event::{Event, Sight};

/// `lifted its ban on the sale of`: whether the sentence says that a rule is taken away.
pub(super) fn lifts_a_rule(sight: &Sight<'_>) -> bool {
    let low = |token: usize| sight.scene.tokens.get(token).map_or("", |t| t.low.as_str());
    sight.clauses.iter().any(|c| {
        let lifts = c.verb.map(|v| &sight.verbs[v]).filter(|v| {
            !v.negated
                && v.modal.is_none()
                && matches!(v.lemma.as_str(), "lift" | "end" | "scrap" | "drop" | "remove" | "revoke" | "repeal" | "rescind" | "cancel")
        });
        let rule = |n: &usize| matches!(low(sight.scene.nouns[*n].head), "ban" | "embargo" | "prohibition" | "moratorium");
        lifts.is_some_and(|v| if v.passive { c.subject.iter().any(rule) } else { c.args.iter().any(|(p, n)| p.is_none() && rule(n)) })
    })
}

/// Whether the sentence tells what is forbidden, capped or demanded, and no act.
pub(super) fn is_rule(sight: &Sight<'_>, event: &Event) -> bool {
    let low = |token: usize| sight.scene.tokens.get(token).map_or("", |t| t.low.as_str());
    let at = trigger(sight, event);
    // `ban on the sale of`, `sanctions against supplying`, `resolutions that prohibit`.
    let governed = sight.scene.nouns.iter().any(|n| {
        RULES.contains(&low(n.head))
            && n.behind.iter().any(|(p, inner)| {
                matches!(low(*p), "on" | "against" | "of" | "over" | "for" | "covering" | "regarding") && holds(sight, *inner, at)
            })
    });
    if governed {
        return true;
    }
    let mut clause = Some(event.clause);
    for _ in 0..5 {
        let Some(c) = clause.and_then(|c| sight.clauses.get(c)) else { break };
        let verb = c.verb.map(|v| &sight.verbs[v]);
        let subject = c.subject.map(|s| low(sight.scene.nouns[s].head));
        // `The bill would provide $90m in aid to Moldova`: it gives.
        let gives = verb
            .is_some_and(|v| v.head == at && matches!(v.lemma.as_str(), "provide" | "give" | "allocate" | "earmark" | "grant" | "send"))
            && subject.is_some_and(|s| matches!(s, "bill" | "law" | "act" | "legislation"));
        if subject.is_some_and(|s| RULES.contains(&s)) && verb.is_some_and(|v| !v.passive) && !gives {
            return true;
        }
        if verb.is_some_and(|v| FORBIDS[..8].contains(&v.lemma.as_str()) && v.head != at && !matches!(c.link, Link::Relative(..))) {
            return true;
        }
        if matches!(c.link, Link::Relative(n, _) if RULES.contains(&low(sight.scene.nouns[n].head))) {
            return true;
        }
        // `sanctions against selling`, `banned from exporting`.
        if let Link::Gerund(Some(p)) | Link::Infinitive(Some(p)) = c.link
            && p > 0
            && matches!(c.link, Link::Gerund(_))
            && matches!(low(p), "against" | "on" | "from" | "of")
            && (joined_to_rule(sight, p)
                || RULES.contains(&low(p - 1))
                || matches!(low(p - 1), "banned" | "barred" | "prohibited" | "forbidden"))
        {
            return true;
        }
        if matches!(c.link, Link::Main) {
            break;
        }
        clause = c.parent;
    }
    false
}
