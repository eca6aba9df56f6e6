//! Who gives and who gets, over the whole report: everybody whom it names is weighed for a side that an act's own words leave open.
//!
//! A person, a ministry and a town of one State are one party here, for a side is right when its State is. Whom the act's own words name stays, even
//! where somebody else is likelier: to put the other there was wrong more often than right. Against an order written by hand (whom the report names
//! most) see `docs/decisions/0026`.

use super::{Gathered, group};
use crate::event::Event;
use crate::lexicon::Outcome;
use crate::mention::{Mention, Standing};
use crate::weights::{Question, Trait, Weights};
use crate::who::Who;
use model::{ActKind, Country, PartyType};
use std::collections::HashMap;

/// How many sentences before and behind an act a party may stand, beside those at the head of the report and those it names most.
const BEFORE: usize = 5;
const BEHIND: usize = 3;

/// How many sentences are the head of a report.
const LEAD: usize = 2;

/// How many of those whom a report names most are weighed for every act.
const FOREMOST: usize = 6;

/// Most parties that are weighed for one side, and most acts on either hand that are looked at, so that cost stays in proportion to length.
const MOST: usize = 40;
const BESIDE: usize = 20;

/// Mentions with one key are one party.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Key {
    State(Country),
    Name(String),
}

fn key(who: &Who) -> Key {
    who.countries.first().map_or_else(|| Key::Name(who.name.to_lowercase()), |country| Key::State(*country))
}

fn same_party(a: &Who, b: &Who) -> bool {
    key(a) == key(b) || (a.countries.is_empty() && b.countries.is_empty() && a.may_be(b))
}

/// `Gulf countries, including Kuwait and Oman`: several States as one party.
fn holds(several: &Who, one: &Who) -> bool {
    several.countries.len() > 1 && one.countries.first().is_some_and(|c| several.countries.contains(c))
}

/// Whom a report names, ready to be asked.
pub(crate) struct Parties<'a> {
    mentions: &'a [Mention],
    /// Where the mentions of each sentence begin.
    starts: Vec<usize>,
    counts: HashMap<Key, usize>,
    /// The States named most, with their first mention.
    foremost: Vec<(Key, usize)>,
}

impl<'a> Parties<'a> {
    pub fn new(mentions: &'a [Mention]) -> Self {
        let mut starts = Vec::new();
        let mut counts: HashMap<Key, usize> = HashMap::new();
        let mut first: HashMap<Key, usize> = HashMap::new();
        for (at, mention) in mentions.iter().enumerate() {
            while starts.len() <= mention.sentence {
                starts.push(at);
            }
            if !mention.who.media {
                let key = key(&mention.who);
                *counts.entry(key.clone()).or_default() += 1;
                first.entry(key).or_insert(at);
            }
        }
        let mut foremost: Vec<(Key, usize)> = first.into_iter().filter(|(k, _)| matches!(k, Key::State(_))).collect();
        foremost.sort_by_key(|(key, first)| (std::cmp::Reverse(counts.get(key).copied()), *first));
        foremost.truncate(FOREMOST);
        Self { mentions, starts, counts, foremost }
    }

    fn of_sentences(&self, from: usize, to: usize) -> &'a [Mention] {
        let at = |sentence: usize| self.starts.get(sentence).copied().unwrap_or(self.mentions.len());
        self.mentions.get(at(from)..at(to + 1)).unwrap_or(&[])
    }

    /// Those who may stand on a side of an act, by party, without those on its other side.
    fn about(&self, act: &Event, gives: bool) -> Vec<(Key, Vec<&'a Mention>)> {
        let other = if gives { &act.receivers } else { &act.givers };
        let near = self.of_sentences(act.sentence.saturating_sub(BEFORE), act.sentence + BEHIND);
        let lead = self.of_sentences(0, LEAD.min(act.sentence.saturating_sub(BEFORE)).saturating_sub(1));
        let lead = if act.sentence > BEFORE { lead } else { &[] };
        let foremost = self.foremost.iter().filter_map(|(_, first)| self.mentions.get(*first));
        let mut out: Vec<(Key, Vec<&Mention>)> = Vec::new();
        for (mention, far) in lead.iter().chain(near).map(|m| (m, false)).chain(foremost.map(|m| (m, true))) {
            // Nor is who stopped it a side of what was stopped.
            // Whose these very goods are does not get them.
            let within = |t: &crate::what::Thing| t.span.0 <= mention.who.span.0 && mention.who.span.0 < t.span.1;
            let moved = super::family(act.kind) == super::family(ActKind::Supply);
            let of_goods = !gives && moved && mention.standing == Standing::OfGoods && act.things.iter().any(within);
            // `Police found shells that were to be shipped to Sudan`: nor does whoever only finds it send it; of what country it was may still tell whence.
            let finds = || gives && moved && mention.who.countries.is_empty() && !act.givers.iter().any(|w| same_party(w, &mention.who));
            let stops = crate::claim::enforces(&mention.who) && (act.outcome == Outcome::Stopped || finds());
            // `despite EU sanctions`: a rule takes no side.
            let last = mention.who.name.rsplit(' ').next().map(crate::token::lower).unwrap_or_default();
            let rule = mention.who.name.contains(' ')
                && matches!(
                    last.as_str(),
                    "sanctions" | "embargo" | "ban" | "law" | "laws" | "resolution" | "resolutions" | "rules" | "measures" | "intelligence"
                );
            // Who only says it is no side, unless the act's own words make him one.
            let own = if gives { &act.givers } else { &act.receivers };
            // `loaded diesel from a Chinese vessel, Japan's defence ministry said`: who watches the sea for a State.
            let at_sea = act.kind == ActKind::ShipToShipTransfer
                || !act.givers.is_empty() && act.givers.iter().all(|w| w.name.ends_with("vessel") || w.name.ends_with("tanker"));
            let teller = (mention.tells || !gives && at_sea && mention.office_tells) && !own.iter().any(|w| same_party(w, &mention.who));
            // `in Mozambique, Tanzania and Nigeria`: none of them is on the other side.
            let listed = mention.who.countries.first().is_some_and(|c| act.beside.contains(c));
            // `sent troops and arms`: nor do those who are sent themselves.
            let sent = !gives && mention.who.countries.is_empty() && act.things.iter().any(within);
            // `tankers carrying Iranian oil`: nor what carries it.
            let carries = !gives && moved && act.carriers.iter().any(|w| w.name == mention.who.name);
            // `Tether went from wallets to a house`: nor is what goes its own giver.
            let itself = moved && mention.who.kind == Some(PartyType::Company) && act.things.iter().any(|t| t.span.0 == mention.who.span.0);
            let caught = mention.catches;
            if listed
                || caught
                || itself
                || teller
                || sent
                || carries
                || rule
                || mention.who.media
                || stops
                || of_goods
                || other.iter().any(|w| same_party(w, &mention.who) || holds(w, &mention.who))
            {
                continue;
            }
            let key = key(&mention.who);
            match out.iter().position(|(k, _)| *k == key) {
                Some(_) if far => {}
                Some(at) => out[at].1.push(mention),
                None if out.len() < MOST => out.push((key, vec![mention])),
                None => {}
            }
        }
        out
    }
}

/// Somebody who may stand on a side of an act.
pub(crate) struct Candidate {
    pub who: Who,
    pub traits: Vec<Trait>,
    /// The act's own words name him.
    ruled: bool,
}

/// A side of an act, and what the report tells beside it.
struct Side<'a> {
    act: &'a Event,
    gives: bool,
    parties: &'a Parties<'a>,
    /// Who gives and who gets in other acts, and whether that is of like goods.
    beside: [Vec<(Key, bool)>; 2],
    /// The parties named most, without those on the other side.
    foremost: Vec<&'a Key>,
}

impl<'a> Side<'a> {
    fn new(gathered: &'a [Gathered], at: usize, gives: bool, parties: &'a Parties<'a>) -> Self {
        let act = &gathered[at].act;
        let from = at.saturating_sub(BESIDE);
        let near = gathered.get(from..(at + BESIDE).min(gathered.len())).unwrap_or(&[]);
        let others = near.iter().enumerate().filter(|(i, _)| from + i != at).map(|(_, g)| &g.act);
        let mut beside: [Vec<(Key, bool)>; 2] = Default::default();
        for other in others {
            let like = other.things.iter().any(|x| act.things.iter().any(|y| group(&x.category) == group(&y.category)));
            for (list, found) in [&other.givers, &other.receivers].into_iter().zip(&mut beside) {
                found.extend(list.iter().filter(|w| !w.inferred).map(|w| (key(w), like)));
            }
        }
        let across: Vec<Key> = (if gives { &act.receivers } else { &act.givers }).iter().map(key).collect();
        let foremost = parties.foremost.iter().map(|(k, _)| k).filter(|k| !across.contains(k)).collect();
        Self { act, gives, parties, beside, foremost }
    }

    fn candidates(&self) -> Vec<Candidate> {
        let act = self.act;
        let mine = if self.gives { &act.givers } else { &act.receivers };
        let named = self.parties.about(act, self.gives);
        let mut out: Vec<Candidate> = Vec::new();
        // `reached Ukraine via Poland`: what lies on the way is no end of it.
        let passed = |w: &Who| !w.countries.is_empty() && w.countries.iter().all(|c| act.via.iter().any(|(v, _)| v == c));
        for (key, list) in &named {
            let own = mine.iter().find(|w| self::key(w) == *key);
            let who = own.cloned().unwrap_or_else(|| fittest(list, act.sentence).who.clone());
            if own.is_none() && passed(&who) {
                continue;
            }
            out.push(self.candidate(who, list, own.is_some()));
        }
        for who in mine.iter().filter(|w| !named.iter().any(|(k, _)| *k == key(w))) {
            out.push(self.candidate(who.clone(), &[], true));
        }
        out
    }

    /// What speaks for somebody: how he is named, where, and what else he does.
    fn candidate(&self, who: Who, list: &[&Mention], ruled: bool) -> Candidate {
        let mut traits: Vec<Trait> = Vec::new();
        let mut say = |name: &'static str, holds: bool| {
            if holds {
                traits.push((name, 1.0));
            }
        };
        let act = self.act;
        say("ruled", ruled && !who.inferred);
        say("ruled by context", ruled && who.inferred);
        say("ruled as a place", ruled && who.place);
        say("ruled by a noun", ruled && act.noun);
        say("ruled by a pronoun", ruled && act.pronouns[usize::from(!self.gives)]);
        self.standing(&who, list, &mut say);
        as_such(act, &who, &mut say);
        let key = key(&who);
        for (found, [ever, like]) in
            self.beside.iter().zip([["gives in another act", "gives the like"], ["gets in another act", "gets the like"]])
        {
            say(ever, found.iter().any(|(k, _)| *k == key));
            say(like, found.iter().any(|(k, l)| *l && *k == key));
        }
        Candidate { who, traits, ruled }
    }

    /// Where and how often the report names somebody.
    fn standing(&self, who: &Who, list: &[&Mention], say: &mut dyn FnMut(&'static str, bool)) {
        let here = self.act.sentence;
        let before = list.iter().filter(|m| m.sentence <= here).map(|m| here - m.sentence).min();
        say("in the sentence", before == Some(0));
        say("one sentence before", before == Some(1));
        say("some sentences before", before.is_some_and(|d| (2..=BEFORE).contains(&d)));
        say("only behind or far", before.is_none_or(|d| d > BEFORE));
        say("goods are of it", list.iter().any(|m| m.standing == Standing::OfGoods));
        let key = key(who);
        let rank = self.foremost.iter().position(|k| **k == key);
        say("named most", rank == Some(0));
        say("named second", rank == Some(1));
        say("named once", self.parties.counts.get(&key).is_none_or(|n| *n <= 1));
    }
}

/// What somebody is, whatever the report tells.
fn as_such(act: &Event, who: &Who, say: &mut dyn FnMut(&'static str, bool)) {
    say("a State", who.kind == Some(PartyType::Government));
    say("a person", who.kind == Some(PartyType::Person));
    say("a company", matches!(who.kind, Some(PartyType::Company | PartyType::Bank)));
    say("a group", who.kind == Some(PartyType::Organisation));
    say("a ship", who.kind == Some(PartyType::Vessel));
    say("of no kind", who.kind.is_none());
    say("not placed", who.countries.is_empty());
    say("a place", who.place);
    say("watched", who.countries.first().is_some_and(|c| crate::event::WATCHED.contains(&c.code())));
    say("enforces", crate::claim::enforces(who));
    say("looks on", crate::claim::looks_on(who));
    say("on the way", act.via.iter().any(|(c, _)| who.countries.contains(c)));
    let at_sea = act.kind == ActKind::ShipToShipTransfer || !act.carriers.is_empty();
    say("a ship where goods move at sea", at_sea && who.kind == Some(PartyType::Vessel));
    say("no ship where goods move at sea", at_sea && who.kind != Some(PartyType::Vessel));
    say("carries", act.carriers.iter().any(|c| key(c) == key(who)));
}

/// The mention by which a party is told in an act: by its name, near the act.
fn fittest<'m>(list: &[&'m Mention], sentence: usize) -> &'m Mention {
    let rank = |m: &&&Mention| (matches!(m.standing, Standing::Adjective | Standing::OfGoods), m.sentence.abs_diff(sentence));
    list.iter().min_by_key(rank).copied().unwrap_or(list[0])
}

/// Everybody who may give (or get) in an act, with what speaks for it.
pub(crate) fn candidates(gathered: &[Gathered], at: usize, gives: bool, parties: &Parties<'_>) -> Vec<Candidate> {
    Side::new(gathered, at, gives, parties).candidates()
}

/// Fills a side that an act's own words leave open with the likeliest of those whom the report names; gives how likely who stands there now is.
pub(crate) fn choose(gathered: &mut [Gathered], at: usize, gives: bool, parties: &Parties<'_>, weights: &Weights) -> f64 {
    let question = if gives { Question::Giver } else { Question::Receiver };
    let act = &gathered[at].act;
    if !weights.answers(question) || (gives && act.by_somebody && act.givers.is_empty()) {
        return 0.0;
    }
    let all = candidates(gathered, at, gives, parties);
    let odds: Vec<f64> = all.iter().map(|c| weights.odds(question, &c.traits)).collect();
    let highest = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let together: f64 = odds.iter().map(|o| (o - highest).exp()).sum();
    let ruled = all.iter().any(|c| c.ruled);
    let likeliest = (0..all.len()).filter(|c| all[*c].ruled == ruled).max_by(|a, b| odds[*a].total_cmp(&odds[*b]));
    let Some(chosen) = likeliest else { return 0.0 };
    if !ruled {
        let act = &mut gathered[at].act;
        let side = if gives { &mut act.givers } else { &mut act.receivers };
        side.push(all[chosen].who.clone().inferred());
    }
    let share: f64 = (odds[chosen] - highest).exp() / together;
    // An act's own words are right more often than not, however strange a party is.
    if ruled { share.max(0.5) } else { share }
}
