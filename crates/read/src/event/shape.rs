//! Acts that only the build of a sentence tells: goods that a verb of no table moves from or to somebody. What is no act among them is sorted out
//! once the whole report is known.

use super::{Event, Eye, Roles, Sight, Word, located};
use crate::lexicon::{Frame, Needs, Outcome, Part};
use crate::tag::Tag;
use crate::what::{Sort, Thing};
use model::ActKind;

impl Eye<'_> {
    /// `Chinese weapons have got into Sudan from the Emirates`, `funnelled chips to`: goods with a direction.
    pub(super) fn of_shape(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let says = self.lexicon.saying(&verb.lemma).is_some();
        let banned = self.lexicon.frames(&verb.lemma).iter().any(|f| f.outcome == Outcome::Banned);
        if says || banned || matches!(verb.lemma.as_str(), "be" | "have" | "become" | "seem" | "appear" | "use" | "apply" | "belong" | "amount" | "add") {
            return None;
        }
        let object = clause.args.iter().any(|(p, _)| p.is_none());
        // What has no object moves by itself: `weapons got into Sudan`.
        let subject = if object || verb.passive { Part::Giver } else { Part::Goods };
        let frame = Frame {
            tail: Vec::new(),
            kind: Some(ActKind::Supply),
            subject: vec![subject],
            object: vec![Part::Goods],
            prepositions: Vec::new(),
            outcome: Outcome::Done,
            needs: Needs::Goods,
        };
        let mut roles = Roles::default();
        self.fill(sight, clause, verb, &frame, &mut roles);
        let thing = |t: &Thing| t.sort == Sort::Goods && !t.generic;
        let directed = |low: &str| clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == low) && roles.used.contains(n));
        let goes = (located(&roles.receivers) && (directed("to") || directed("into"))) || (located(&roles.givers) && directed("from"));
        if !roles.things.iter().any(thing) || !goes {
            return None;
        }
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Supply, outcome: Outcome::Done, noun: false };
        Some((Event { shaped: true, ..self.event(sight, word, roles) }, nouns))
    }

    /// `all of them will be delivered`, `the first two arrived`, `the other four`: of what was told before.
    pub(super) fn some_of_them(&self, sight: &Sight<'_>, noun: usize) -> Vec<Thing> {
        let phrase = sight.noun(noun);
        let counts = |t: usize| {
            sight.scene.tags.get(t) == Some(&Tag::Num)
                || matches!(
                    sight.low(t),
                    "all" | "both" | "some" | "most" | "half" | "rest" | "remainder" | "first" | "second" | "third" | "last" | "other" | "others" | "one"
                        | "ones" | "several" | "many" | "few" | "more" | "another" | "next" | "remaining" | "each" | "two" | "three" | "four" | "five"
                )
        };
        let inner = phrase.of.map(|of| sight.noun(of));
        let of_them = inner.is_none_or(|p| p.pronoun && matches!(sight.low(p.head), "them" | "it" | "these" | "those" | "which"));
        if phrase.time || !of_them || !(phrase.first..=phrase.head).all(counts) {
            return Vec::new();
        }
        let span = sight.span(phrase.first, phrase.end);
        self.finder.known.things.iter().map(|t| Thing { span, another: false, ..t.clone() }).collect()
    }

    /// `a ship left a Cuban port for North Korea with 10,000 tons of sugar`: goods of the same sentence that no other role has; whether there are any.
    pub(super) fn goods_beside(&mut self, sight: &Sight<'_>, trigger: usize, roles: &mut Roles) -> bool {
        let goods = |t: &Thing| t.sort == Sort::Goods && !t.generic && !matches!(t.category.as_str(), "vessel" | "aircraft" | "other" | "service");
        let mut near: Vec<(usize, Thing)> = Vec::new();
        for noun in 0..sight.scene.nouns.len() {
            if let Some(thing) = self.thing(sight, noun).filter(goods).filter(|_| !roles.used.contains(&noun)) {
                near.push((sight.noun(noun).head.abs_diff(trigger), thing));
            }
        }
        let found = near.into_iter().min_by_key(|(distance, _)| *distance).map(|(_, thing)| thing);
        roles.things.extend(found);
        !roles.things.is_empty()
    }
}
