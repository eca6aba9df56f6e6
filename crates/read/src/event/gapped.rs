//! A verb that is told once for several acts: `imported trucks from Belarus and shells from Serbia`, `sold Kenya tanks, Uganda trucks and Chad rifles`.

use super::{Event, Eye, Sight, located};
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::ActKind;

/// One of several acts that share a verb.
struct Member {
    who: Vec<Who>,
    thing: Thing,
    /// The token that parts it from the one before, and one past its last.
    from: usize,
    end: usize,
}

impl Eye<'_> {
    /// The further ones of several acts that share a verb; takes what belongs to them out of the first.
    pub(super) fn gapped(&mut self, sight: &Sight<'_>, at: usize, event: &mut Event) -> Vec<Event> {
        let behind =
            |eye: &mut Self, gives: bool| eye.listed_behind(sight, at, event, gives).map(|(first, members)| (first, members, gives));
        let found = behind(self, false).or_else(|| behind(self, true));
        if event.noun && found.is_none() {
            return Vec::new();
        }
        let found = found.or_else(|| self.listed_names(sight, event).map(|(first, members)| (first, members, false)));
        let start = |token: usize| sight.scene.tokens.get(token).map_or(0, |t| t.start);
        let before = |members: &[Member]| members.first().is_some_and(|m| event.things.iter().any(|t| t.span.0 < start(m.from)));
        if let Some((first, members, gives)) = found.filter(|(_, members, _)| before(members)) {
            return apart(sight, event, &first, &members, gives);
        }
        self.second(sight, at, event).into_iter().collect()
    }

    /// `drones from Belarus, diesel from Algeria and loans from Riyadh`: each with its goods before the preposition.
    fn listed_behind(&mut self, sight: &Sight<'_>, at: usize, event: &Event, gives: bool) -> Option<(Vec<Who>, Vec<Member>)> {
        // `approved the sale of tanks to Chad and mortars to Togo`: behind the noun that tells the act.
        let told_by = match sight.clauses.get(at).and_then(|c| c.verb) {
            Some(verb) if !event.noun => sight.verbs[verb].end,
            _ => sight.scene.tokens.partition_point(|t| t.start <= event.trigger),
        };
        let low = if gives { "from" } else { "to" };
        let start = |n: usize| sight.noun(n).det.unwrap_or(sight.noun(n).first);
        let behind = |n: &usize| start(*n) > told_by && sight.low(start(*n) - 1) == low && !sight.noun(*n).time;
        let mut parties = (0..sight.scene.nouns.len()).filter(behind);
        let first = parties.next()?;
        let one = self.group(sight, first);
        let side = if gives { &event.givers } else { &event.receivers };
        if !located(&one) || !side.iter().any(|w| one.iter().any(|o| o.may_be(w))) {
            return None;
        }
        let mut members: Vec<Member> = Vec::new();
        let mut last = sight.noun(first).end;
        for noun in parties.take(MOST_MEMBERS) {
            let preposition = start(noun) - 1;
            // `its chicken, of all places, from`: an aside may stand between.
            let aside = |end: usize| sight.low(end) == "," && end + 1 < preposition && sight.low(preposition - 1) == ",";
            let before = |n: &usize| start(*n) > last && (sight.noun(*n).end == preposition || aside(sight.noun(*n).end));
            let goods = (noun.saturating_sub(NEAR)..noun).find(before);
            let Some(goods) = goods else { break };
            let parted = |t: &usize| matches!(sight.low(*t), "," | ";" | "and" | "while");
            let other_verb = sight.verbs.iter().any(|v| (last..preposition).contains(&v.first));
            let from = (last..start(goods)).find(parted).filter(|_| !other_verb && parted(&(start(goods) - 1)));
            // `$40 million worth of rockets from Belarus and $12 million from Serbia`: so much more of the first.
            let more = event.things.first().filter(|t| t.sort != Sort::Money && self.amount(sight, goods));
            let more = more.map(|t| Thing { span: sight.span(sight.noun(goods).first, sight.noun(goods).end), another: true, ..t.clone() });
            let thing = more.or_else(|| self.thing(sight, goods)).or_else(|| self.things.unknown(&sight.scene, goods));
            let (Some(from), Some(thing)) = (from, thing) else { break };
            let who = self.group(sight, noun);
            if !located(&who) || who.iter().any(|w| one.iter().any(|o| o.may_be(w))) {
                break;
            }
            last = sight.noun(noun).end;
            members.push(Member { who, thing, from, end: last });
        }
        (!members.is_empty()).then_some((one, members))
    }

    /// `sold Kenya tanks, Uganda trucks and Chad rifles`: each State's name before its goods, who gets them.
    fn listed_names(&mut self, sight: &Sight<'_>, event: &Event) -> Option<(Vec<Who>, Vec<Member>)> {
        let [receiver] = event.receivers.as_slice() else { return None };
        let first = event.things.first().filter(|t| receiver.span.0 > event.trigger && receiver.span.1 <= t.span.1)?;
        let mut members: Vec<Member> = Vec::new();
        let mut last = (0..sight.scene.nouns.len()).find(|n| sight.span(sight.noun(*n).first, sight.noun(*n).end).1 == first.span.1)?;
        for n in (last + 1..sight.scene.nouns.len()).take(MOST_MEMBERS) {
            let phrase = sight.noun(n);
            let named = self.finder.gazetteer.at(sight.scene.tokens, phrase.first).filter(|(length, named)| {
                named.kind == crate::gazetteer::NameKind::State
                    && sight.scene.words(phrase.first, phrase.first + length).0.eq_ignore_ascii_case(&named.name)
            });
            let Some((length, named)) = named.filter(|_| phrase.det.is_none()) else { continue };
            let from = sight.noun(last).end;
            let parted = phrase.first > 0 && matches!(sight.low(phrase.first - 1), "," | "and");
            let other_verb = sight.verbs.iter().any(|v| (from..phrase.first).contains(&v.first));
            if !parted || other_verb || !matches!(sight.low(from), "," | "and") {
                break;
            }
            let given = if phrase.first + length < phrase.end {
                let rest = crate::phrase::NounPhrase { first: phrase.first + length, ..phrase.clone() };
                self.things.named_by(&sight.scene, self.goods, &rest).map(|thing| (thing, n))
            } else {
                // `Armenia a field kitchen`.
                let next = (n + 1..sight.scene.nouns.len()).find(|m| sight.noun(*m).det.unwrap_or(sight.noun(*m).first) == phrase.end);
                next.and_then(|m| Some((self.thing(sight, m).or_else(|| self.things.unknown(&sight.scene, m))?, m)))
            };
            let Some((thing, at)) = given else { break };
            let span = sight.span(phrase.first, phrase.first + length);
            let who = Who { name: named.name.clone(), countries: named.countries.clone(), span, ..receiver.clone() };
            if who.may_be(receiver) {
                break;
            }
            last = at;
            members.push(Member { who: vec![who], thing, from, end: sight.noun(at).end });
        }
        (!members.is_empty()).then(|| (vec![receiver.clone()], members))
    }

    /// The second of two acts, where it gets so much more of the same or the same goods.
    fn second(&mut self, sight: &Sight<'_>, at: usize, event: &mut Event) -> Option<Event> {
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
            // `to Mali on Tuesday and to Niger on Thursday`.
            let end = sight.noun(*noun).end;
            let later = sight.scene.nouns.iter().find(|n| n.time && (end..end + TIME_BEHIND).contains(&n.first));
            let later = later.and_then(|n| Some(((sight.whens)(n.first)?, sight.span(n.first, n.end))));
            more.when = later.or(more.when);
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

/// The acts of a list: each with its own goods, party and time.
fn apart(sight: &Sight<'_>, event: &mut Event, first: &[Who], members: &[Member], gives: bool) -> Vec<Event> {
    let plain = |list: &[Who]| list.iter().cloned().map(|w| Who { place: false, ..w }).collect::<Vec<_>>();
    let start = |token: usize| sight.scene.tokens.get(token).map_or(usize::MAX, |t| t.start);
    let ends: Vec<usize> = members.iter().skip(1).map(|m| m.from).chain(members.last().map(|m| m.end + TIME_BEHIND)).collect();
    let time = |from: usize, to: usize| {
        let told = sight.scene.nouns.iter().filter(|n| n.time && (from..to).contains(&n.first));
        told.filter_map(|n| Some(((sight.whens)(n.first)?, sight.span(n.first, n.end)))).next()
    };
    let list_from = start(members.first().map_or(usize::MAX, |m| m.from));
    let shared = event.when.filter(|(_, span)| span.0 < list_from);
    let all: Vec<_> = first.iter().chain(members.iter().flat_map(|m| &m.who)).flat_map(|w| w.countries.clone()).collect();
    let beside = |own: &[Who]| all.iter().filter(|c| !own.iter().any(|w| w.countries.contains(c))).copied().collect();
    let mut out = Vec::new();
    for (member, end) in members.iter().zip(ends) {
        let mut more = Event { things: vec![member.thing.clone()], beside: beside(&member.who), ..event.clone() };
        *(if gives { &mut more.givers } else { &mut more.receivers }) = plain(&member.who);
        more.when = time(member.from, end).or(shared);
        more.kind = kind_of(event.kind, &member.thing);
        out.push(more);
    }
    event.things.retain(|t| t.span.0 < list_from);
    event.beside = beside(first);
    *(if gives { &mut event.givers } else { &mut event.receivers }) = plain(first);
    event.when = shared;
    if let Some(thing) = event.things.first() {
        event.kind = kind_of(event.kind, thing);
    }
    out
}

/// Most acts of a list behind the first, and among how many noun phrases before its party the goods of each are looked for.
const MOST_MEMBERS: usize = 40;
const NEAR: usize = 8;

/// How far behind the last of a list its time may stand, in tokens.
const TIME_BEHIND: usize = 4;

/// The kind of one act of a list: a verb of giving tells work where people go, and a payment where money does.
fn kind_of(kind: ActKind, thing: &Thing) -> ActKind {
    let by_things = matches!(kind, ActKind::Employment | ActKind::Payment | ActKind::Training);
    let gives = matches!(kind, ActKind::Supply | ActKind::Transfer | ActKind::Export | ActKind::Import | ActKind::Gift);
    match thing.sort {
        Sort::People if gives && thing.category == "workers" => ActKind::Employment,
        Sort::Money if gives => ActKind::Payment,
        Sort::Goods if gives && thing.category == "training" => ActKind::Training,
        Sort::Goods if by_things && !matches!(thing.category.as_str(), "training" | "service" | "crypto") => ActKind::Supply,
        _ => kind,
    }
}
