//! How somebody stands to what he might do, and what others say of him.

use crate::clause::Link;
use crate::event::Sight;
use crate::groups::RULES;
use crate::lexicon::Telling;
use crate::phrase::VerbGroup;

/// `favours sending`, `came closer to selling`, `resisted providing`: what somebody is for or against, and so far nobody does.
pub(super) fn of_attitude(sight: &Sight<'_>, link: &Link, verb: &VerbGroup) -> Option<Telling> {
    let Link::Gerund(token) = link else { return None };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let lemma = verb.lemma.as_str();
    let behind = token.and_then(|t| t.checked_sub(1)).map_or("", low);
    let resists = matches!(lemma, "resist" | "oppose" | "balk" | "shy" | "avoid")
        || matches!((lemma, low(verb.end)), ("rule", "out") | ("hold", "off") | ("stop", "short"));
    let weighs = token.is_none()
        && matches!(lemma, "favour" | "favor" | "support" | "back" | "advocate" | "weigh" | "debate" | "explore" | "study" | "examine")
        || token.is_some() && lemma == "look" && low(verb.end) == "into"
        || matches!(behind, "idea" | "feasibility" | "possibility" | "notion");
    // `is close to acquiring`.
    let near = token.is_some_and(|t| low(t) == "to") && behind == "close" && verb.lemma == "be";
    if near {
        return Some(if verb.negated { Telling::Hypothetical } else { Telling::Planned });
    }
    // `is thinking of selling`.
    if token.is_some_and(|t| low(t) == "of") && matches!(lemma, "think" | "dream") {
        return Some(Telling::Planned);
    }
    // Who does not rule it out has not decided it either.
    match (resists, weighs || behind == "closer") {
        (true, _) => Some(if verb.negated { Telling::Hypothetical } else { Telling::Denied }),
        (_, true) => Some(Telling::Hypothetical),
        _ => None,
    }
}

/// `has not ruled out providing`, `refused to rule out selling`, `did not deny arming`: what somebody leaves open is not denied.
pub(super) fn left_open(sight: &Sight<'_>, at: usize) -> Option<Telling> {
    let clause = &sight.clauses[at];
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    if !matches!(clause.link, Link::Gerund(token) if token.is_none_or(|t| low(t) == "out")) && !matches!(clause.link, Link::Content(_)) {
        return None;
    }
    let above = &sight.clauses[clause.parent?];
    let verb = &sight.verbs[above.verb?];
    // `Reports that Chad sold rifles could not be verified`.
    let unproven = matches!(verb.lemma.as_str(), "verify" | "confirm" | "substantiate" | "corroborate" | "prove");
    if matches!(clause.link, Link::Content(Some(_))) && unproven && verb.passive && verb.negated {
        return Some(Telling::Alleged);
    }
    let told = match (verb.lemma.as_str(), low(verb.end)) {
        ("rule", "out") | ("exclude", _) => Telling::Hypothetical,
        ("deny" | "dispute" | "contest", _) => Telling::Alleged,
        _ => return None,
    };
    let no_longer = verb.first > 1 && low(verb.first - 1) == "longer" && low(verb.first - 2) == "no";
    let refuses = above.parent.and_then(|p| sight.clauses[p].verb).is_some_and(|v| {
        matches!(sight.verbs[v].lemma.as_str(), "refuse" | "decline")
            && !sight.verbs[v].negated
            && matches!(above.link, Link::Infinitive(_))
    });
    (verb.negated || no_longer || refuses).then_some(told)
}

/// `is said to have sold`: what others say of somebody; `is unlikely to provide`, `was loath to sell`: what he will not do.
pub(super) fn hearsay(sight: &Sight<'_>, link: &Link, verb: &VerbGroup, inner: Option<&VerbGroup>) -> Option<Telling> {
    let Link::Infinitive(_) = link else { return None };
    let says = matches!(
        verb.lemma.as_str(),
        "say" | "report" | "rumour" | "rumor" | "believe" | "think" | "understand" | "presume" | "assume" | "reckon" | "suppose" | "claim"
    );
    // `was supposed to sell`: so it was meant.
    let meant = verb.lemma == "suppose" && !inner.is_some_and(|v| v.perfect);
    if verb.passive && says && !verb.negated {
        return Some(if meant { Telling::Planned } else { Telling::Alleged });
    }
    let words = sight.scene.tokens.get(verb.end..inner.map_or(verb.end, |v| v.first)).unwrap_or(&[]);
    let loath = words.iter().take(3).any(|t| matches!(t.low.as_str(), "unlikely" | "loath" | "reluctant" | "unwilling"));
    (verb.lemma == "be" && loath).then_some(Telling::Denied)
}

/// `had no licence to sell`, `neither had a permit to export`: what is told of a paper, and no act.
pub(super) fn is_of_a_paper(sight: &Sight<'_>, link: &Link, verb: &VerbGroup) -> bool {
    let Link::Infinitive(Some(noun)) = link else { return false };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let phrase = &sight.scene.nouns[*noun];
    let licence = matches!(
        low(phrase.head).trim_end_matches('s'),
        "licence" | "license" | "permit" | "permission" | "authorisation" | "authorization" | "right"
    );
    let neither = sight.scene.tokens.get(..verb.first).unwrap_or(&[]).iter().any(|t| t.low == "neither");
    licence && (phrase.det.is_some_and(|d| low(d) == "no") || verb.negated || neither) && verb.lemma == "have"
}

/// Whether somebody, and no resolution, permits what is told: `Israel has permitted Qatar to bring in aid`.
pub(super) fn lets(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    let lets = clause.verb.is_some_and(|v| sight.verbs[v].lemma == "permit" && !sight.verbs[v].passive && !sight.verbs[v].negated);
    lets && clause.subject.is_some_and(|s| !RULES.contains(low(s)) && !matches!(low(s), "agreement" | "deal" | "treaty" | "that" | "which"))
}

/// Whether a clause says that somebody, and no agreement, commits himself.
pub(super) fn commits_itself(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    let commits = clause.verb.is_some_and(|v| sight.verbs[v].lemma == "commit");
    let other = clause.args.iter().any(|(p, n)| p.is_none() && !low(*n).ends_with("self") && !low(*n).ends_with("selves"));
    let paper = |n: usize| RULES.contains(low(n)) || matches!(low(n), "agreement" | "deal" | "treaty" | "pact" | "accord" | "contract");
    commits && !other && clause.subject.is_some_and(|s| !paper(s))
}
