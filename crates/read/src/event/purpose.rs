//! What for something is given, as the sentence says: `for its missile programme`, `to feed children`.

use super::{Eye, Roles, Sight};
use crate::clause::{Clause, Link};

/// Most words between `for` and what it is for: `for the government of the North's programme`.
const LONGEST_OWNER: usize = 6;

/// Most words of a purpose told by a verb.
const LONGEST: usize = 12;

impl Eye<'_> {
    /// The words for what an act of this clause is done: behind its verb or its goods, by `for`, or else by `to` and a verb.
    ///
    /// Who gets it, when, for how long and at which price stands behind `for` too, and is no purpose.
    pub(super) fn purpose(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> Option<(usize, usize)> {
        let clause = sight.clauses.get(at)?;
        let of_goods = roles.goods_nouns.iter().flat_map(|n| sight.noun(*n).behind.iter().map(|(p, n)| (Some(*p), *n)));
        let stated = clause
            .args
            .iter()
            .copied()
            .chain(of_goods)
            .find_map(|(p, n)| Some((p.filter(|t| sight.low(*t) == "for" && self.may_be_purpose(sight, n, roles))?, n)));
        if let Some((preposition, noun)) = stated {
            let phrase = sight.noun(noun);
            let end = phrase.of.map_or(phrase.end, |of| sight.noun(of).end.max(phrase.end));
            // `for schools and weapons`: what stands away from the word is joined to what stands behind it.
            let comma = (preposition..phrase.first).any(|t| sight.low(t) == ",");
            let near = preposition < phrase.first && phrase.first - preposition <= LONGEST_OWNER && !comma;
            return near.then(|| sight.span(preposition, end));
        }
        let inner = sight.clauses.iter().find(|c| matches!(c.link, Link::Infinitive(_)) && c.parent == Some(at) && !c.args.is_empty())?;
        self.in_order_to(sight, inner)
    }

    fn may_be_purpose(&self, sight: &Sight<'_>, noun: usize, roles: &Roles) -> bool {
        let phrase = sight.noun(noun);
        let span = sight.span(phrase.first, phrase.end);
        let somebody = roles.receivers.iter().chain(&roles.givers).chain(&roles.carriers).any(|w| w.span == span);
        let named = sight.scene.tokens.get(phrase.head).is_some_and(|t| t.capital);
        let sum = crate::what::is_sum(&sight.scene, phrase);
        // `thanked it for its rifles`, `paid $1 million for a tanker`: what is given, or paid for.
        let given = roles.goods_nouns.contains(&noun) || roles.things.iter().any(|t| (span.0..span.1).contains(&t.span.0));
        let long = crate::what::is_how_long(sight.low(phrase.head));
        !(phrase.pronoun || phrase.time || somebody || named || sum || given || long)
    }

    /// The words of `to feed children`.
    fn in_order_to(&self, sight: &Sight<'_>, inner: &Clause) -> Option<(usize, usize)> {
        let verb = sight.verbs.get(inner.verb?)?;
        let end = inner.args.iter().map(|(_, n)| sight.noun(*n).end).max()?;
        (end > verb.end && end - verb.first <= LONGEST).then(|| sight.span(verb.first, end))
    }
}
