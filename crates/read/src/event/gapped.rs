//! A verb that is told once for two: `imported trucks from Belarus and shells from Serbia`, `gave rifles to Chad and trucks to Niger`.

use super::{Event, Eye, Sight, located};
use crate::what::{Sort, Thing};
use crate::who::Who;

impl Eye<'_> {
    /// The second of two acts that share a verb; takes what belongs to it out of the first.
    pub(super) fn gapped(&mut self, sight: &Sight<'_>, at: usize, event: &mut Event) -> Option<Event> {
        if let Some(more) = self.gapped_goods(sight, event) {
            return Some(more);
        }
        let args = &sight.clauses[at].args;
        let start = |n: usize| sight.noun(n).det.unwrap_or(sight.noun(n).first);
        let joined = |n: usize| (start(n).saturating_sub(2)..start(n)).any(|t| matches!(sight.low(t), "and" | "while"));
        let both = |t: usize| t > 0 && sight.low(t - 1) == "and";
        for (i, (preposition, noun)) in args.iter().enumerate() {
            let Some(second) = preposition.filter(|t| matches!(sight.low(*t), "from" | "to")) else { continue };
            let (low, gives) = (sight.low(second), sight.low(second) == "from");
            let object = args[..i].last().filter(|(p, n)| (p.is_none() || self.amount(sight, *n)) && joined(*n)).map(|(_, n)| *n);
            if object.is_none() && !both(second) {
                continue;
            }
            let before = |(p, n): &&(Option<usize>, usize)| p.is_some_and(|t| sight.low(t) == low && t < second) && Some(*n) != object;
            let Some(first) = args[..i].iter().rev().find(before).map(|(_, n)| *n) else { continue };
            let (one, other) = (self.group(sight, first), self.group(sight, *noun));
            let apart = located(&one) && located(&other) && one.iter().all(|a| other.iter().all(|b| !a.may_be(b)));
            let side = |e: &Event| if gives { e.givers.clone() } else { e.receivers.clone() };
            // The first party stands on the side that the preposition says.
            if !apart || !side(event).iter().any(|w| one.iter().any(|o| o.may_be(w))) {
                continue;
            }
            let things = match object {
                Some(object) => self.given_second(sight, object, event)?,
                None => event.things.clone(),
            };
            let plain = |list: Vec<Who>| list.into_iter().map(|w| Who { place: false, ..w }).collect::<Vec<_>>();
            let mut more = Event { things: things.clone(), ..event.clone() };
            more.beside = one.iter().flat_map(|w| w.countries.clone()).collect();
            event.beside = other.iter().flat_map(|w| w.countries.clone()).collect();
            if object.is_some() {
                event.things.retain(|t| things.iter().all(|u| u.span != t.span));
            }
            *(if gives { &mut event.givers } else { &mut event.receivers }) = plain(one);
            *(if gives { &mut more.givers } else { &mut more.receivers }) = plain(other);
            return (!event.things.is_empty()).then_some(more);
        }
        None
    }

    /// `sold Kenya tanks and Uganda trucks`: a State's name before the second goods is who gets them.
    fn gapped_goods(&self, sight: &Sight<'_>, event: &mut Event) -> Option<Event> {
        let [receiver] = event.receivers.as_slice() else { return None };
        let second = (0..sight.scene.nouns.len()).find_map(|n| {
            let phrase = sight.noun(n);
            let span = sight.span(phrase.first, phrase.end);
            let joined = phrase.first > 0 && sight.low(phrase.first - 1) == "and" && phrase.det.is_none();
            let at = event.things.iter().position(|t| t.span == span).filter(|at| joined && *at > 0)?;
            let (length, named) = self.finder.gazetteer.at(sight.scene.tokens, phrase.first)?;
            let state = named.kind == crate::gazetteer::NameKind::State
                && sight.scene.tokens.get(phrase.first).is_some_and(|t| t.low == named.name.to_lowercase());
            let rest = sight.span(phrase.first + length, phrase.end);
            let who = Who {
                name: named.name.clone(),
                countries: named.countries.clone(),
                span: sight.span(phrase.first, phrase.first + length),
                ..receiver.clone()
            };
            (state && length < phrase.end - phrase.first && !who.may_be(receiver)).then_some((at, who, rest))
        });
        let (at, who, span) = second?;
        let thing = event.things.remove(at);
        let words = sight.scene.text.get(span.0..span.1)?.to_owned();
        let beside = who.countries.clone();
        let more = Event {
            receivers: vec![who],
            things: vec![Thing { words, span, ..thing }],
            beside: receiver.countries.clone(),
            ..event.clone()
        };
        event.beside = beside;
        Some(more)
    }

    /// What the second gets: goods by their name, or so much more of the first: `and another 12`, `and $12 million`.
    fn given_second(&self, sight: &Sight<'_>, object: usize, event: &Event) -> Option<Vec<Thing>> {
        let phrase = sight.noun(object);
        let span = sight.span(phrase.first, phrase.end);
        if let Some(thing) = self.thing(sight, object).filter(|t| t.sort != Sort::Money) {
            return Some(vec![thing]);
        }
        self.amount(sight, object).then(|| event.things.iter().map(|t| Thing { span, another: true, ..t.clone() }).collect())
    }

    /// A number or a sum without goods.
    fn amount(&self, sight: &Sight<'_>, noun: usize) -> bool {
        let phrase = sight.noun(noun);
        phrase.of.is_none()
            && (phrase.first..phrase.end).all(|t| {
                sight.scene.tags.get(t) == Some(&crate::tag::Tag::Num)
                    || matches!(sight.low(t), "another" | "just" | "$" | "€" | "£" | "million" | "billion" | "more")
            })
    }
}
