//! Words of saying that say nothing of an act by the way they stand: `the alleged transfer`, `mention of calling out`, `a bill demanded by the clinic`,
//! `asked the ministry to reconsider the ban`, `any measures must rest on proof`.

use super::pursuit::{eases, over_what_was_told};
use crate::clause::{Clause, Link};
use crate::event::{Eye, Sight};
use crate::groups::{ASKED_FOR, CHANGES_RULES, JUDGES, LAW_ITSELF, OWED};
use crate::lexicon::{Saying, Stance};
use crate::phrase::{Form, VerbGroup};
use crate::tag::Tag;

/// Whether the verb of a clause says nothing by the way it stands there.
pub(super) fn is_hollow(eye: &Eye<'_>, sight: &Sight<'_>, at: usize, saying: Saying) -> bool {
    let Some(verb) = sight.clauses[at].verb.map(|v| &sight.verbs[v]) else { return true };
    is_to_come(sight, at, verb, saying)
        || for_a_word(eye, sight, at, saying)
        || describes_a_noun(sight, verb)
        || of_the_rules(sight, at)
        || stands_in_a_phrase(sight, at)
        || asks_for_a_thing(sight, at, verb, saying)
        || changes_rules(sight, at, saying)
}

fn low<'a>(sight: &'a Sight<'_>, token: usize) -> &'a str {
    sight.scene.tokens.get(token).map_or("", |t| t.low.as_str())
}

fn head<'a>(sight: &'a Sight<'_>, noun: usize) -> &'a str {
    low(sight, sight.scene.nouns[noun].head)
}

/// `the alleged more recent transfer`, `over attacks and alleged meddling`: an adjective, and no verb.
fn describes_a_noun(sight: &Sight<'_>, verb: &VerbGroup) -> bool {
    let alone =
        verb.end == verb.first + 1 && matches!(low(sight, verb.head), "alleged" | "reported" | "suspected" | "claimed" | "purported");
    let before = verb.first.checked_sub(1).and_then(|t| sight.scene.tags.get(t));
    let leads = matches!(before, Some(Tag::Det | Tag::Poss | Tag::Prep | Tag::Owner | Tag::Conj));
    let next = matches!(sight.scene.tags.get(verb.end), Some(Tag::Noun | Tag::Adj)) || matches!(low(sight, verb.end), "more" | "most");
    alone && leads && next
}

/// `criticised the minister for saying that he trusted them`: a word is blamed, and no act.
fn for_a_word(eye: &Eye<'_>, sight: &Sight<'_>, at: usize, saying: Saying) -> bool {
    let word = |c: &Clause| {
        let why = matches!(c.link, Link::Gerund(Some(t)) if matches!(low(sight, t), "for" | "over"));
        c.parent == Some(at) && why && c.verb.is_some_and(|v| eye.lexicon.saying(&sight.verbs[v].lemma).is_some())
    };
    saying.stance == Stance::Condemns && sight.clauses.iter().any(word)
}

/// `the government will report its findings`: nobody has said it yet. But `I would condemn it`, and who `will ask the court to stop it` wants that now.
fn is_to_come(sight: &Sight<'_>, at: usize, verb: &VerbGroup, saying: Saying) -> bool {
    let ours = sight.clauses[at].subject.is_some_and(|s| matches!(head(sight, s), "i" | "we"));
    // `oil they said could not be sold`: the modal of what is said stands behind.
    let modal =
        |t: usize| matches!(low(sight, t), "will" | "would" | "shall" | "may" | "might" | "could" | "should" | "'ll" | "’ll" | "'d");
    let to_come = (verb.first..verb.head).any(modal);
    let wanted = saying.stance == Stance::Demands && low(sight, verb.first) == "will";
    verb.form == Form::Finite && to_come && !verb.negated && !ours && !wanted
}

/// `criticised the sanctions, describing them as unfair`: what the rules are called.
fn of_the_rules(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let named =
        |n: usize| sight.clauses.iter().enumerate().any(|(c, other)| c != at && other.args.iter().any(|(p, o)| p.is_none() && *o == n));
    let rule = |n: usize, plural: bool| {
        let word = head(sight, n);
        LAW_ITSELF.contains(word) && word.ends_with('s') == plural && named(n)
    };
    let meant = |o: usize| match head(sight, o) {
        "them" => (0..o).any(|n| rule(n, true)),
        "it" => (0..o).any(|n| rule(n, false)),
        _ => false,
    };
    clause.args.iter().any(|(p, n)| p.is_none() && meant(*n))
}

/// `special mention of calling out evasion`, `far from condemning it`: what is named so is not done.
fn stands_in_a_phrase(sight: &Sight<'_>, at: usize) -> bool {
    matches!(sight.clauses[at].link, Link::Gerund(Some(t)) if matches!(low(sight, t), "of" | "from" | "without" | "against" | "instead" | "than"))
}

/// `a bill demanded by the clinic`: what somebody wants to have is no word about an act.
fn asks_for_a_thing(sight: &Sight<'_>, at: usize, verb: &VerbGroup, saying: Saying) -> bool {
    let clause = &sight.clauses[at];
    let by = clause.args.iter().any(|(p, _)| p.is_some_and(|t| low(sight, t) == "by"));
    let thing = || clause.subject.is_some_and(|s| !ASKED_FOR.contains(head(sight, s).trim_end_matches('s')));
    saying.stance == Stance::Demands
        && by
        && matches!(clause.link, Link::Participle)
        && verb.passive
        && verb.form == Form::Participle
        && thing()
}

/// `asked the ministry to reconsider the ban`, `told Oslo to withdraw its sanctions`: the rules are to change, whatever was done.
fn changes_rules(sight: &Sight<'_>, at: usize, saying: Saying) -> bool {
    let changes = |c: &Clause| {
        let verb = c.verb.is_some_and(|v| CHANGES_RULES.contains(sight.verbs[v].lemma.as_str()));
        c.parent == Some(at) && verb && c.args.iter().any(|(p, n)| p.is_none() && LAW_ITSELF.contains(head(sight, *n)))
    };
    saying.stance == Stance::Demands && sight.clauses.iter().any(changes) && !eases(sight, at) && !over_what_was_told(sight, at)
}

/// Whether a clause tells what others than the speaker ought to do: not `we should wait`, `a State must not depend on one`, `any measures must rest on proof`.
pub(super) fn of_others(sight: &Sight<'_>, clause: &Clause) -> bool {
    let Some(subject) = clause.subject.map(|s| &sight.scene.nouns[s]) else { return true };
    let own = matches!(low(sight, subject.head), "we" | "i" | "one") || LAW_ITSELF.contains(low(sight, subject.head));
    !own && !subject.det.is_some_and(|d| matches!(low(sight, d), "a" | "an"))
}

/// Whether the word at a token finds fault: not `is not meant to undermine others`, `no danger`.
pub(super) fn finds_fault(sight: &Sight<'_>, at: usize) -> bool {
    JUDGES.contains(low(sight, at)) && !is_negated(sight, at)
}

/// `owes the country an explanation`: who says so finds fault.
pub(super) fn owes(sight: &Sight<'_>) -> bool {
    sight.verbs.iter().any(|v| v.lemma == "owe" && !v.negated) && sight.scene.tokens.iter().any(|t| OWED.contains(t.low.as_str()))
}

/// Whether a word stands under a negated verb, or just behind `no`.
fn is_negated(sight: &Sight<'_>, at: usize) -> bool {
    let within = |c: &&Clause| c.verb.is_some_and(|v| sight.verbs[v].first <= at && at < sight.verbs[v].end);
    let negated = |c: &Clause| c.verb.is_some_and(|v| sight.verbs[v].negated);
    let Some(clause) = sight.clauses.iter().find(within) else {
        return at.checked_sub(1).is_some_and(|t| matches!(low(sight, t), "no" | "not" | "never" | "hardly"));
    };
    let above = clause.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(clause.link, Link::Infinitive(_) | Link::Gerund(_)));
    negated(clause) || above.is_some_and(negated)
}

/// `we never allow our firms to break the embargo`: the one that is told to be kept from a breach.
pub(super) fn never_breaks(sight: &Sight<'_>, clause: &Clause) -> bool {
    let outer = clause.parent.and_then(|p| sight.clauses[p].verb).map(|v| &sight.verbs[v]);
    let lets = |v: &&VerbGroup| {
        let lemma = v.lemma.as_str();
        v.negated
            && matches!(lemma, "allow" | "let" | "permit" | "intend" | "want" | "try" | "seek" | "plan" | "tolerate" | "encourage" | "help")
    };
    matches!(clause.link, Link::Infinitive(_)) && outer.filter(lets).is_some()
}

/// `issued calls to Oslo to stop it`, `voiced criticism of the sale`: where the noun says what the verb does not.
pub(super) fn by_its_object(eye: &Eye<'_>, sight: &Sight<'_>, at: usize) -> Option<Saying> {
    let clause = &sight.clauses[at];
    let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive && !v.negated)?;
    let light =
        matches!(verb.lemma.as_str(), "issue" | "make" | "voice" | "renew" | "launch" | "repeat" | "raise" | "lodge" | "express" | "level");
    let object = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| head(sight, *n))?;
    let saying = eye.lexicon.saying_noun(object)?;
    (light && matches!(saying.stance, Stance::Demands | Stance::Condemns | Stance::Denies)).then_some(saying)
}
