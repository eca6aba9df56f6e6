//! On whose side somebody speaks who only says something: for the one who is blamed, for the firm that did it, as the one who got it.

use crate::clause::Link;
use crate::event::{Event, Eye, Sight};
use crate::groups::POINTS_BACK;
use crate::who::Who;

/// `confirmed that the trade was run by an agency`: what was told before stands in what is said.
pub(super) fn speaks_of_it(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let told = |n: usize| {
        POINTS_BACK.contains(low(sight.scene.nouns[n].head))
            && sight.scene.nouns[n].det.is_some_and(|d| matches!(low(d), "the" | "this" | "these"))
    };
    sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Content(_)) && c.subject.is_some_and(told))
}

/// `the spokesman said the cars were a courtesy`: the goods of an act told before.
pub(super) fn speaks_of_goods(eye: &Eye<'_>, sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let told = |n: usize| {
        let phrase = &sight.scene.nouns[n];
        phrase.det.is_some_and(|d| matches!(low(d), "the" | "this" | "these"))
            && phrase.end - phrase.first <= 2
            && (eye.names_goods(sight, n) || POINTS_BACK.contains(low(phrase.head)))
    };
    sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Content(_)) && c.subject.is_some_and(told))
}

/// `thanked the charity for the food`: whoever got it says so.
pub(super) fn thanks_for_it(eye: &Eye<'_>, sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    const GIVEN: [&str; 9] = ["gift", "gifts", "aid", "donation", "donations", "assistance", "delivery", "shipment", "shipments"];
    let given = |n: usize| eye.names_goods(sight, n) || GIVEN.contains(&low(sight.scene.nouns[n].head));
    let thanks = sight.clauses[at].verb.is_some_and(|v| sight.verbs[v].lemma == "thank");
    thanks && sight.clauses[at].args.iter().any(|(p, n)| p.is_some_and(|p| low(p) == "for") && given(*n))
}

/// `its director told reporters`, `the company's owner said`, of what the firm did: it says so itself.
pub(super) fn is_of_the_house(sight: &Sight<'_>, at: usize, event: &Event) -> bool {
    const HEADS: [&str; 9] = ["director", "executive", "chairman", "chairwoman", "owner", "founder", "manager", "ceo", "spokesman"];
    const HOUSES: [&str; 8] = ["company", "firm", "charity", "airline", "agency", "maker", "manufacturer", "organisation"];
    use model::PartyType as P;
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let Some(phrase) = sight.clauses[at].subject.map(|s| &sight.scene.nouns[s]) else { return false };
    let head = (phrase.first..phrase.end).any(|t| HEADS.contains(&low(t)));
    let its = phrase.det.is_some_and(|d| low(d) == "its") || phrase.owner.is_some_and(|o| HOUSES.contains(&low(sight.scene.nouns[o].head)));
    let house = |w: &Who| matches!(w.kind, Some(P::Company | P::Bank | P::Organisation));
    let mut sides = event.givers.iter().chain(&event.receivers);
    head && its && sides.any(house)
}

/// `Moon's lawyer`, `counsel for the firm`: whoever speaks for one who is blamed.
pub(super) fn is_counsel(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let Some(phrase) = sight.clauses[at].subject.map(|s| &sight.scene.nouns[s]) else { return false };
    let of = phrase.owner.is_some()
        || phrase.det.is_some_and(|d| matches!(low(d), "his" | "her" | "their" | "its"))
        || phrase.behind.iter().any(|(p, _)| low(*p) == "for");
    of && matches!(low(phrase.head), "lawyer" | "lawyers" | "counsel" | "barrister" | "solicitor" | "solicitors")
}

/// `his lawyer said he would plead guilty`, `… was helping the police`, `declined to speak`: nothing is denied.
pub(super) fn gives_in(sight: &Sight<'_>) -> bool {
    let has = |list: &[&str]| sight.scene.tokens.iter().any(|t| list.contains(&t.low.as_str()));
    has(&[
        "guilty",
        "regrets",
        "regretted",
        "remorse",
        "sorry",
        "cooperating",
        "co-operating",
        "apologised",
        "apologized",
        "plea",
        "leniency",
        "mercy",
        "serve",
    ]) && !has(&["not"])
}
