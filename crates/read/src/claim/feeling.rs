//! Who finds fault with an act by what he feels about it: `is dismayed that`, `is furious about it`, `expressed outrage at`.

use crate::event::Sight;
use crate::groups::{CRITICAL, FEELS};

/// `is dismayed that they sold it`: who feels so finds fault.
pub(super) fn feels(verb: &crate::phrase::VerbGroup) -> bool {
    verb.passive && verb.form == crate::phrase::Form::Finite && !verb.negated && FEELS.contains(verb.lemma.as_str())
}

/// `were openly critical of the sale`, `is furious about it`.
pub(super) fn is_critical(sight: &Sight<'_>, verb: &crate::phrase::VerbGroup) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    // `is reported to be furious`.
    let said_to = verb.first.checked_sub(1).map_or("", low);
    let said_to = matches!(said_to, "reported" | "said" | "understood" | "known" | "believed");
    let finite = verb.form == crate::phrase::Form::Finite || (verb.form == crate::phrase::Form::Infinitive && said_to);
    let plain = verb.lemma == "be" && finite && !verb.negated && verb.modal.is_none();
    let much = low(verb.end).ends_with("ly") || low(verb.end) == "very";
    let word = if much { verb.end + 1 } else { verb.end };
    let behind = sight.scene.tags.get(word + 1);
    plain
        && CRITICAL.contains(low(word))
        && !matches!(low(word + 1), "to" | "for" | "in" | "and")
        && (much || behind != Some(&crate::tag::Tag::Noun))
}

/// `expressed outrage at the shipment`, `voiced concern over`.
pub(super) fn expresses(sight: &Sight<'_>, clause: &crate::clause::Clause, verb: &crate::phrase::VerbGroup) -> bool {
    let head = |n: &usize| sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str());
    matches!(verb.lemma.as_str(), "express" | "voice" | "convey" | "raise" | "lodge" | "file" | "register")
        && clause.args.iter().any(|(p, n)| {
            p.is_none()
                && matches!(
                    head(n).trim_end_matches('s'),
                    "concern"
                        | "indignation"
                        | "outrage"
                        | "alarm"
                        | "dismay"
                        | "anger"
                        | "objection"
                        | "displeasure"
                        | "shock"
                        | "fury"
                        | "regret"
                        | "protest"
                        | "disapproval"
                        | "condemnation"
                        | "disappointment"
                )
        })
}
