//! Base forms and third persons, which may be nouns too.

use super::{Tag, before, breaks_rules, finite_later, is_word_at, next_noun, starts_object};
use crate::lexicon::Classes;
use crate::token::{Shape, Token};

/// Base forms and third persons, which may be nouns too.
pub(super) fn present(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize, noun: bool) -> Tag {
    let can = possible[at];
    let prev = before(done);
    let third = can.any(Classes::THIRD);
    let verb = if third { Tag::Third } else { Tag::Base };
    // `a strip that experts suspect is being used`: who says so, inside the clause.
    let aside = !third
        && matches!(prev, Some(Tag::Noun))
        && at.checked_sub(1).is_some_and(|i| tokens[i].low.ends_with('s') || tokens[i].low == "police")
        && is_word_at(tokens, at + 1, &["is", "was", "are", "were", "has", "had"])
        && matches!(tokens[at].low.as_str(), "suspect" | "believe" | "say" | "think" | "allege" | "claim" | "fear");
    if aside {
        return verb;
    }
    // `demanded that Berlin halt the sale`: what is asked of somebody, in the bare form.
    if !third && can.any(Classes::BASE) && is_asked(tokens, done, at) && starts_object(tokens, possible, at + 1) {
        return Tag::Base;
    }
    if !noun && !can.any(Classes::ADJ) {
        let ends = tokens.get(at + 1).is_none_or(|t| matches!(t.text, "." | "," | ";"));
        return match prev {
            Some(Tag::Det | Tag::Poss | Tag::Owner | Tag::Adj) => Tag::Noun,
            // `a hat with fur flaps, which`.
            Some(Tag::Noun) if third && ends && done.iter().any(|t| matches!(t, Tag::Past | Tag::Third)) => Tag::Noun,
            _ => verb,
        };
    }
    // `helped Venezuela deal with it`: a bare verb behind who is helped.
    if !third && matches!(prev, Some(Tag::Proper)) && is_word_at(tokens, at + 1, &["with", "the", "its", "their", "to"]) {
        let before = done.iter().rposition(|t| !matches!(t, Tag::Proper)).and_then(|i| tokens.get(i));
        if before.is_some_and(|t| matches!(t.low.as_str(), "help" | "helps" | "helped" | "helping" | "let" | "make" | "makes" | "made")) {
            return Tag::Base;
        }
    }
    // `Bulgarian arms dealers sold`: whose trade it is.
    let trades = [
        "dealer",
        "dealers",
        "maker",
        "makers",
        "trader",
        "traders",
        "broker",
        "brokers",
        "exporter",
        "exporters",
        "smugglers",
        "traffickers",
        "manufacturer",
        "manufacturers",
        "firm",
        "firms",
        "company",
        "companies",
        "industry",
        "factory",
        "merchants",
        "supplier",
        "suppliers",
        "shipment",
        "shipments",
        "sale",
        "sales",
        "deal",
        "deals",
        "export",
        "exports",
        "import",
        "imports",
        "transfer",
        "transfers",
        "deliveries",
        "embargo",
        "smuggling",
        "trafficking",
    ];
    if third && noun && is_word_at(tokens, at + 1, &trades) {
        return Tag::Noun;
    }
    // `Norway favours sending rifles`: before a gerund, what somebody does.
    let favours = third && matches!(tokens[at].low.as_str(), "favours" | "favors" | "supports" | "backs" | "advocates" | "weighs");
    if favours && matches!(prev, Some(Tag::Proper | Tag::Noun)) && possible.get(at + 1).is_some_and(|c| c.any(Classes::ING)) {
        return verb;
    }
    // `a load of North Korean arms that was seized`.
    let described = is_word_at(tokens, at + 1, &["that", "which"])
        && is_word_at(tokens, at + 2, &["was", "were", "is", "are", "had", "has", "have", "it", "they", "he"]);
    if third && noun && described && tokens[at].low == "arms" {
        return Tag::Noun;
    }
    // `The firm, a maker of ships, hires out crews`: the verb that the sentence waits for behind what describes its subject.
    let waited = prev == Some(Tag::Comma)
        && third
        && done.iter().filter(|t| **t == Tag::Comma).count() == 2
        && !done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Base | Tag::Wh | Tag::Sub | Tag::Conj));
    if waited && (starts_object(tokens, possible, at + 1) || is_word_at(tokens, at + 1, &["out", "up", "off", "over"])) {
        return verb;
    }
    // `Malta and Cyprus, the only members without refineries, buy fuel`: so do several.
    let two = || done.iter().filter(|t| **t == Tag::Comma).count() == 2;
    let several = |comma: usize| {
        let subject = &done[..comma];
        subject.contains(&Tag::Conj) || comma > 0 && subject[comma - 1] == Tag::Noun && tokens[comma - 1].low.ends_with('s')
    };
    let open = !done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Base | Tag::Wh | Tag::Sub));
    let several = prev == Some(Tag::Comma) && !third && open && two() && done.iter().position(|t| *t == Tag::Comma).is_some_and(several);
    if several && starts_object(tokens, possible, at + 1) && !third_later(possible, at) && tokens[at].low != "like" {
        return verb;
    }
    // `Swiss watches worth two million were exported`: the verb comes later.
    if noun
        && third
        && matches!(prev, Some(Tag::Proper | Tag::Noun))
        && (!starts_object(tokens, possible, at + 1) || is_word_at(tokens, at + 1, &["worth"]))
        && finite_later(tokens, possible, at)
    {
        return Tag::Noun;
    }
    // `in Malta 30 North Koreans still work for`: a bare verb of work behind several people.
    let people =
        done.iter().rposition(|t| !matches!(t, Tag::Adv)).filter(|i| matches!(done[*i], Tag::Proper | Tag::Noun)).is_some_and(|i| {
            let never = |c: &Classes| c.any(Classes::THIRD) && !c.any(Classes::MOSTLY_NOUN);
            tokens[i].low.ends_with('s') && !possible.get(i).is_some_and(never)
                || matches!(tokens[i].low.as_str(), "people" | "men" | "women" | "fishermen")
        });
    if people
        && matches!(tokens[at].low.as_str(), "work" | "toil" | "labour" | "live" | "stay" | "serve" | "train" | "study" | "remain")
        && is_word_at(tokens, at + 1, &["for", "in", "at", "as", "on", "under", "aboard", "abroad", "there", "overseas"])
    {
        return verb;
    }
    // `sanctions ban any country`: of two words that may be noun or verb before an object, the second is the verb.
    let next = possible.get(at + 1).copied().unwrap_or_default();
    if matches!(prev, Some(Tag::Proper | Tag::Noun | Tag::Adj))
        && next.any(Classes::BASE.with(Classes::THIRD))
        && !next.any(Classes::PREP.with(Classes::ADJ))
        && possible.get(at + 2).is_some_and(|c| c.any(Classes::DET.with(Classes::POSS)))
    {
        return Tag::Noun;
    }
    if !third && matches!(prev, Some(Tag::Proper | Tag::Noun)) && breaks_rules(tokens, possible, at) {
        return verb;
    }
    match prev {
        Some(Tag::Pron) => {
            let object = at.checked_sub(1).is_some_and(|i| is_word_at(tokens, i, &["him", "her", "them", "us", "me"]));
            let after_verb = at > 1 && done.get(at - 2).is_some_and(|t| t.is_verb());
            return if object || (after_verb && can.any(Classes::MOSTLY_NOUN)) { Tag::Noun } else { verb };
        }
        Some(Tag::Wh) => return verb,
        Some(Tag::Det | Tag::Poss | Tag::Owner | Tag::Num | Tag::Prep) => return Tag::Noun,
        Some(Tag::Adj) => return Tag::Noun,
        Some(Tag::Base | Tag::Third | Tag::Past | Tag::Part | Tag::Ing | Tag::Quote | Tag::Comma | Tag::Conj) | None => {
            // `and supplies weapons to`: the second of two verbs.
            let paired =
                prev == Some(Tag::Conj) && starts_object(tokens, possible, at + 1) && third && done.iter().any(|t| matches!(t, Tag::Third));
            let either = if can.any(Classes::ADJ) && next_noun(possible, at) { Tag::Adj } else { Tag::Noun };
            return if paired { verb } else { either };
        }
        _ => {}
    }
    // `the forces "conducted a raid"`: the verb stands in the quotation.
    let quoted_verb = tokens.get(at + 1).is_some_and(Token::is_quote)
        && possible.get(at + 2).is_some_and(|c| c.any(Classes::PAST) && !c.any(Classes::NOUN.with(Classes::ADJ)));
    // `Malta hosts around 90 of them`.
    let about = is_word_at(tokens, at + 1, &["around", "about", "some", "over", "nearly", "almost", "roughly", "approximately"])
        && tokens.get(at + 2).is_some_and(|t| t.shape == Shape::Number);
    let object = (starts_object(tokens, possible, at + 1) && !quoted_verb)
        || about
        || (is_word_at(tokens, at + 1, &["to"]) && possible.get(at + 2).is_some_and(|c| c.any(Classes::BASE)));
    // `said that the State pays Iran`: behind `that` another verb is wanted.
    let clause = done.iter().rposition(|t| matches!(t, Tag::Sub | Tag::Wh)).map_or(0, |i| i + 1);
    // `know-how which the North needs for its satellites`: the clause has a subject and no verb yet.
    let described = clause > 0
        && third
        && done[clause - 1] == Tag::Wh
        && clause < at
        && matches!(tokens[at].low.as_str(), "needs" | "wants" | "uses" | "supplies" | "buys" | "sells");
    let no_verb_yet = !done[clause..].iter().any(|t| matches!(t, Tag::Third | Tag::Past | Tag::Modal | Tag::Base));
    let no_verb_later = !(at + 1..tokens.len()).any(|i| {
        let c = possible[i];
        (c.any(Classes::PAST.with(Classes::MODAL)) && !c.any(Classes::NOUN))
            || matches!(tokens[i].low.as_str(), "is" | "are" | "was" | "were" | "has" | "have")
    });
    // `Russia supplies weapons`, and in a headline `Kim gifts to Putin`: a finite verb is missing.
    let wanted = matches!(prev, Some(Tag::Noun | Tag::Proper)) && no_verb_yet;
    let plural_subject = done.len().checked_sub(1).filter(|i| done[*i] != Tag::Proper).is_some_and(|i| {
        (possible[i].any(Classes::PLURAL)
            || tokens[i].low.ends_with('s')
            || tokens[i].low.ends_with("men")
            || matches!(tokens[i].low.as_str(), "people" | "police"))
            && tokens[i].low != "customs"
    });
    let agrees = if third { !plural_subject || prev == Some(Tag::Proper) } else { plural_subject };
    let agrees = agrees || (!third && object && are_joined(done, at) && !third_later(possible, at));
    // `Cuban doctors work in`, `Chinese engineers train them`: people, and what they do.
    if third && can.any(Classes::MOSTLY_NOUN) && prev == Some(Tag::Proper) && next.any(Classes::BASE) {
        return Tag::Noun;
    }
    if wanted && agrees && (object || described || (no_verb_later && !can.any(Classes::MOSTLY_NOUN))) { verb } else { Tag::Noun }
}

/// `Angola and Peru`, `Oman, Kenya and Nepal`: several names joined, right before a word, with nothing else in the clause but what describes them.
fn are_joined(done: &[Tag], at: usize) -> bool {
    let name = |i: usize| done[..i].iter().rev().take_while(|t| matches!(t, Tag::Proper)).count();
    let last = name(at);
    let Some(joint) = at.checked_sub(last + 1).filter(|j| last > 0 && done[*j] == Tag::Conj) else { return false };
    let first = name(joint);
    let start = joint - first;
    first > 0 && (start == 0 || matches!(done[start - 1], Tag::Comma | Tag::Sub | Tag::Quote | Tag::Det | Tag::Adv | Tag::Break))
}

/// Whether a third person that is no noun follows: `Angola and Peru aid convoy reaches`.
fn third_later(possible: &[Classes], at: usize) -> bool {
    possible.iter().skip(at + 1).any(|c| c.any(Classes::THIRD) && !c.any(Classes::NOUN))
}

/// `Police in Tokyo suspect the trader of sending`, `US bank accounts received`: a word that what stands behind it makes a verb, or a noun.
pub(super) fn by_what_follows(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Option<Tag> {
    let low = tokens[at].low.as_str();
    let behind_noun = matches!(before(done), Some(Tag::Noun | Tag::Proper));
    let alone = !done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Base));
    if low == "suspect" && behind_noun && alone && starts_object(tokens, possible, at + 1) {
        return Some(Tag::Base);
    }
    // Nobody accounts but `for` something.
    (low == "accounts" && behind_noun && !is_word_at(tokens, at + 1, &["for"])).then_some(Tag::Noun)
}

/// Whether a word stands behind `that` and somebody, after a verb of asking.
fn is_asked(tokens: &[Token<'_>], done: &[Tag], at: usize) -> bool {
    let phrase = |t: &Tag| matches!(t, Tag::Det | Tag::Poss | Tag::Adj | Tag::Noun | Tag::Proper | Tag::Owner);
    let Some(that) = (0..at).rev().find(|i| !phrase(&done[*i])) else { return false };
    let somebody = at > that + 1 && matches!(done[at - 1], Tag::Noun | Tag::Proper);
    let asks =
        ["demanded", "demands", "demand", "demanding", "insisted", "insists", "asked", "requested", "recommended", "proposed", "urged"];
    somebody && is_word_at(tokens, that, &["that"]) && that > 0 && is_word_at(tokens, that - 1, &asks)
}
