//! Whether a sentence tells a rule and no act, or a rule that falls.

use super::{FORBIDS, holds, joined_to_rule, trigger};
use crate::clause::Link;
use crate::event::{Event, Sight};
use crate::groups::RULES;

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
        RULES.contains(low(n.head))
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
        // `The sanctions concern its purchase of mortars`: what they are for was done.
        let concerns = verb.is_some_and(|v| matches!(v.lemma.as_str(), "concern" | "relate" | "follow" | "stem" | "come"));
        if subject.is_some_and(|s| RULES.contains(s)) && verb.is_some_and(|v| !v.passive) && !gives && !concerns {
            return true;
        }
        if verb.is_some_and(|v| FORBIDS[..8].contains(&v.lemma.as_str()) && v.head != at && !matches!(c.link, Link::Relative(..))) {
            return true;
        }
        if matches!(c.link, Link::Relative(n, _) if RULES.contains(low(sight.scene.nouns[n].head))) {
            return true;
        }
        // `sanctions against selling`, `banned from exporting`.
        if let Link::Gerund(Some(p)) | Link::Infinitive(Some(p)) = c.link
            && p > 0
            && matches!(c.link, Link::Gerund(_))
            && matches!(low(p), "against" | "on" | "from" | "of")
            && (joined_to_rule(sight, p)
                || RULES.contains(low(p - 1))
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

/// Verbs by which somebody would keep another from something.
const KEEPS_FROM: [&str; 10] = ["prevent", "stop", "keep", "deter", "block", "dissuade", "discourage", "hinder", "halt", "cease"];

/// `failed to stop Algeria from selling mortars`, `did little to prevent it from`, `urged Malta to stop buying oil`: what was not kept from going on went on.
pub(super) fn went_on(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let Link::Gerund(token) = sight.clauses[at].link else { return false };
    let Some(outer) = sight.clauses[at].parent else { return false };
    let Some(verb) = sight.clauses[outer].verb.map(|v| &sight.verbs[v]).filter(|v| KEEPS_FROM.contains(&v.lemma.as_str())) else {
        return false;
    };
    // `will not stop buying`.
    if verb.negated && token.is_none() && matches!(verb.lemma.as_str(), "stop" | "cease" | "quit") {
        return true;
    }
    if verb.form != crate::phrase::Form::Infinitive {
        return false;
    }
    let above = sight.clauses[outer].parent.and_then(|p| sight.clauses[p].verb).map_or("", |v| sight.verbs[v].lemma.as_str());
    // `stop buying`: whoever is to stop does it.
    if token.is_none() {
        return matches!(verb.lemma.as_str(), "stop" | "cease" | "halt");
    }
    let vain = (verb.first.saturating_sub(5)..verb.first)
        .any(|t| matches!(low(t), "little" | "nothing" | "hardly" | "barely" | "unable" | "powerless" | "scarcely"));
    token.is_some_and(|t| low(t) == "from") && (vain || matches!(above, "fail" | "struggle" | "neglect" | "refuse"))
}

/// `called on Serbia to stop the delivery of howitzers`: what somebody is asked to stop goes on.
pub(super) fn called_off(sight: &Sight<'_>, event: &Event) -> Option<crate::lexicon::Telling> {
    let clause = sight.clauses.get(event.clause).filter(|_| event.noun)?;
    let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| v.form == crate::phrase::Form::Infinitive)?;
    let stops = matches!(verb.lemma.as_str(), "stop" | "cease" | "halt" | "end");
    let above = clause.parent.and_then(|p| sight.clauses[p].verb).map(|v| &sight.verbs[v])?;
    (stops && super::ASKED.contains(&above.lemma.as_str()) && !above.negated).then_some(crate::lexicon::Telling::Reported)
}

/// `delayed the delivery`, `gave the green light to the sale`, `has suspended its sales`: what is done to an act, by its own verb.
pub(super) fn held_up_or_let(sight: &Sight<'_>, event: &Event) -> Option<crate::lexicon::Telling> {
    use crate::lexicon::{Outcome, Telling};
    let clause = sight.clauses.get(event.clause)?;
    let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated)?;
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let object = |words: &[&str]| clause.args.iter().any(|(p, n)| p.is_none() && words.contains(&low(sight.scene.nouns[*n].head)));
    let lemma = verb.lemma.as_str();
    let later = matches!(lemma, "delay" | "postpone" | "defer");
    let lets = event.noun
        && match lemma {
            "give" => object(&["light", "nod", "go-ahead", "approval", "consent", "permission", "blessing"]),
            "grant" | "issue" => object(&["licence", "license", "licences", "licenses", "permit", "permits", "permission"]),
            "clear" | "pave" | "open" => object(&["way"]),
            _ => false,
        };
    let licensed = matches!(lemma, "license" | "licence");
    if (later && !event.noun) || lets || licensed && verb.modal.is_none() || lemma == "lift" && !event.noun && lifts_a_rule(sight) {
        return Some(Telling::Planned);
    }
    let ends = matches!(lemma, "halt" | "suspend" | "cancel" | "freeze" | "scrap" | "pause" | "withhold");
    let outcome = matches!(event.outcome, Outcome::Stopped | Outcome::Attempted);
    let subject = clause.subject.filter(|_| ends && !event.noun && !verb.passive && verb.modal.is_none() && outcome)?;
    let phrase = &sight.scene.nouns[subject];
    let (_, (first, end)) = sight.scene.words(phrase.first, phrase.end);
    event.givers.iter().any(|w| first <= w.span.0 && w.span.0 < end).then_some(Telling::Denied)
}

/// `tried to buy peace by sending rice`: whatever came of the aim, the rice was sent.
pub(super) fn by_which(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let by = matches!(sight.clauses[at].link, Link::Gerund(Some(t)) if low(t) == "by");
    let Some(aim) = sight.clauses[at].parent.map(|p| &sight.clauses[p]).filter(|_| by) else { return false };
    let Link::Infinitive(noun) = aim.link else { return false };
    let tries = aim.parent.and_then(|p| sight.clauses[p].verb).is_some_and(|v| {
        matches!(sight.verbs[v].lemma.as_str(), "try" | "attempt" | "seek") && sight.verbs[v].modal.is_none() && !sight.verbs[v].negated
    });
    let attempt = noun.is_some_and(|n| matches!(low(sight.scene.nouns[n].head), "attempt" | "attempts" | "effort" | "efforts" | "bid"));
    tries || attempt
}

/// `has not commented on the deal`, `did not halt deliveries`: what is denied is not the act.
pub(super) fn says_nothing_of_it(sight: &Sight<'_>, event: &Event, verb: &crate::phrase::VerbGroup) -> bool {
    let silent = matches!(verb.lemma.as_str(), "comment" | "respond" | "elaborate" | "reply" | "speak");
    let goes_on = matches!(verb.lemma.as_str(), "halt" | "stop" | "suspend" | "end" | "cease" | "interrupt" | "block");
    let noun = sight.scene.nouns.iter().find(|n| sight.scene.tokens.get(n.head).is_some_and(|t| t.start == event.trigger));
    let continued = noun.is_some_and(|n| {
        (n.first..n.head)
            .any(|t| sight.scene.tokens.get(t).is_some_and(|t| matches!(t.low.as_str(), "continued" | "continuing" | "ongoing")))
    });
    (verb.negated && (silent || goes_on)) || goes_on && continued
}

/// `There is no flow of rifles from Togo`: what a sentence says not to be.
pub(super) fn there_is_none(sight: &Sight<'_>, event: &Event) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let Some(clause) = sight.clauses.get(event.clause) else { return false };
    let is = clause.verb.is_some_and(|v| sight.verbs[v].lemma == "be");
    let no = |n: usize| {
        let phrase = &sight.scene.nouns[n];
        let own = sight.scene.tokens.get(phrase.head).is_some_and(|t| t.start == event.trigger);
        let of = phrase.of.is_some_and(|o| sight.scene.tokens.get(sight.scene.nouns[o].head).is_some_and(|t| t.start == event.trigger));
        phrase.det.is_some_and(|d| low(d) == "no") && (own || of)
    };
    is && clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).chain(clause.subject).any(no)
}
