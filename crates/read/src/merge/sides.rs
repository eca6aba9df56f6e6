//! Who gives and who gets, over the whole report: everybody whom it names is weighed for a side that an act's own words leave open.

use super::{Gathered, MOST_COMPARED, group};
use crate::mention::{Doing, Mention, Standing};
use crate::weights::{Question, Trait, Weights};
use crate::who::Who;
use model::{Country, PartyType};
use std::collections::HashMap;

/// How many sentences before and behind an act a party may stand, beside those at the head of the report and those it names most.
const BEFORE: usize = 5;
const BEHIND: usize = 3;

/// How many sentences are the head of a report.
const LEAD: usize = 2;

/// How many of those whom a report names most are weighed for every act.
const FOREMOST: usize = 6;

/// Most parties that are weighed for one side, so that cost stays in proportion to length.
const MOST: usize = 40;

/// Whom a report names, ready to be asked.
pub(crate) struct Parties<'a> {
    mentions: &'a [Mention],
    /// Where the mentions of each sentence begin.
    starts: Vec<usize>,
    counts: HashMap<Key, usize>,
    /// Those named most, the first before the others.
    foremost: Vec<(Key, usize)>,
}

/// Mentions with one key are one party: those of one State are, as far as a side of an act is concerned.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Key {
    State(Country),
    Name(String),
}

fn key(who: &Who) -> Key {
    match who.countries.first() {
        Some(country) => Key::State(*country),
        None => Key::Name(who.name.to_lowercase()),
    }
}

/// Somebody who may stand on a side of an act.
pub(crate) struct Candidate {
    pub who: Who,
    pub traits: Vec<Trait>,
    ruled: bool,
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
            let key = key(&mention.who);
            *counts.entry(key.clone()).or_default() += usize::from(!mention.who.media);
            first.entry(key).or_insert(at);
        }
        let mut foremost: Vec<(Key, usize)> = counts.iter().map(|(k, n)| (k.clone(), *n)).filter(|(k, _)| matches!(k, Key::State(_))).collect();
        foremost.sort_by_key(|(k, n)| (std::cmp::Reverse(*n), first.get(k).copied()));
        foremost.truncate(FOREMOST);
        Self { mentions, starts, counts, foremost }
    }

    fn of_sentences(&self, from: usize, to: usize) -> &'a [Mention] {
        let at = |sentence: usize| self.starts.get(sentence).copied().unwrap_or(self.mentions.len());
        self.mentions.get(at(from)..at(to + 1)).unwrap_or(&[])
    }
}

/// Everybody who may give (or get) in an act, with what speaks for it.
pub(crate) fn candidates(gathered: &[Gathered], at: usize, gives: bool, parties: &Parties<'_>) -> Vec<Candidate> {
    let act = &gathered[at].act;
    let (mine, other) = if gives { (&act.givers, &act.receivers) } else { (&act.receivers, &act.givers) };
    let near = parties.of_sentences(act.sentence.saturating_sub(BEFORE), act.sentence + BEHIND);
    let lead = parties.of_sentences(0, LEAD - 1);
    let mut groups: Vec<(Key, Vec<&Mention>)> = Vec::new();
    for mention in lead.iter().chain(near) {
        if mention.who.media || other.iter().any(|w| same_party(w, &mention.who)) {
            continue;
        }
        let key = key(&mention.who);
        match groups.iter().position(|(k, _)| *k == key) {
            // The head of a report is also near to an act told there.
            Some(at) if groups[at].1.iter().any(|m| std::ptr::eq(*m, mention)) => {}
            Some(at) => groups[at].1.push(mention),
            None if groups.len() < MOST => groups.push((key, vec![mention])),
            None => {}
        }
    }
    for (key, _) in &parties.foremost {
        let known = groups.iter().any(|(k, _)| k == key);
        let first = || parties.mentions.iter().take(MOST_COMPARED).find(|m| self::key(&m.who) == *key && !m.who.media);
        if let Some(mention) = (!known).then(first).flatten().filter(|m| !other.iter().any(|w| same_party(w, &m.who))) {
            groups.push((key.clone(), vec![mention]));
        }
    }
    let mut out: Vec<Candidate> = groups
        .iter()
        .map(|(key, list)| {
            let ruled = mine.iter().find(|w| self::key(w) == *key);
            let best = ruled.cloned().unwrap_or_else(|| fittest(list, act.sentence).who.clone());
            let traits = traits(gathered, at, gives, parties, key, list, &best, ruled);
            Candidate { who: best, traits, ruled: ruled.is_some() }
        })
        .collect();
    for who in mine.iter().filter(|w| !groups.iter().any(|(k, _)| *k == key(w))) {
        let key = key(who);
        let traits = traits(gathered, at, gives, parties, &key, &[], who, Some(who));
        out.push(Candidate { who: who.clone(), traits, ruled: true });
    }
    out
}

/// The mention by which a party is told in an act: a State or a name near the act.
fn fittest<'m>(list: &[&'m Mention], sentence: usize) -> &'m Mention {
    let rank = |m: &&&Mention| {
        let adjective = matches!(m.standing, Standing::Adjective | Standing::OfGoods);
        (adjective, m.sentence.abs_diff(sentence))
    };
    list.iter().min_by_key(rank).copied().unwrap_or(list[0])
}

fn same_party(a: &Who, b: &Who) -> bool {
    key(a) == key(b) || (a.countries.is_empty() && b.countries.is_empty() && a.may_be(b))
}

/// States whose trade is watched: what goes to or comes from them is what reports of this kind are about.
const WATCHED: [&str; 16] = ["KP", "IR", "RU", "SY", "MM", "VE", "CU", "BY", "YE", "LY", "SD", "SS", "CF", "CD", "SO", "AF"];

#[allow(clippy::too_many_arguments, reason = "what speaks for a party comes from all of these")]
fn traits(
    gathered: &[Gathered],
    at: usize,
    gives: bool,
    parties: &Parties<'_>,
    key: &Key,
    list: &[&Mention],
    who: &Who,
    ruled: Option<&Who>,
) -> Vec<Trait> {
    let act = &gathered[at].act;
    let mut out: Vec<Trait> = vec![("always", 1.0)];
    let mut say = |name: &'static str, holds: bool| {
        if holds {
            out.push((name, 1.0));
        }
    };
    if let Some(who) = ruled {
        say("ruled", !who.inferred);
        say("ruled by context", who.inferred);
        say("ruled as a place", who.place);
        say("ruled by a noun", act.noun);
    }
    say("ruled by a pronoun", ruled.is_some() && act.pronouns[usize::from(!gives)].is_some());
    say("enforces", crate::claim::enforces(who));
    say("looks on", crate::claim::looks_on(who));
    let stands = |s: Standing| list.iter().any(|m| m.standing == s);
    say("goods are of it", stands(Standing::OfGoods));
    let before = list.iter().filter(|m| m.sentence <= act.sentence).map(|m| act.sentence - m.sentence).min();
    say("in the sentence", before == Some(0));
    say("one sentence before", before == Some(1));
    say("some sentences before", before.is_some_and(|d| (2..=BEFORE).contains(&d)));
    say("only behind or far", before.is_none_or(|d| d > BEFORE));
    let rank = parties.foremost.iter().filter(|(k, _)| !other_keys(gathered, at, gives).contains(k)).position(|(k, _)| k == key);
    say("named most", rank == Some(0));
    say("named second", rank == Some(1));
    let count = parties.counts.get(key).copied().unwrap_or(0);
    say("named once", count <= 1);
    say("a State", who.kind == Some(PartyType::Government));
    say("a person", who.kind == Some(PartyType::Person));
    say("a company", matches!(who.kind, Some(PartyType::Company | PartyType::Bank)));
    say("a group", who.kind == Some(PartyType::Organisation));
    say("a ship", who.kind == Some(PartyType::Vessel));
    say("of no kind", who.kind.is_none());
    say("not placed", who.countries.is_empty());
    say("a place", who.place);
    let watched = who.countries.first().is_some_and(|c| WATCHED.contains(&c.code()));
    say("watched", watched);
    say("on the way", act.via.iter().any(|(c, _)| who.countries.contains(c)));
    let sails = act.kind == model::ActKind::ShipToShipTransfer || !act.carriers.is_empty();
    say("a ship, and goods at sea", sails && who.kind == Some(PartyType::Vessel));
    say("no ship, and goods at sea", sails && who.kind != Some(PartyType::Vessel));
    say("carries", act.carriers.iter().any(|c| self::key(c) == *key));
    let from = at.saturating_sub(MOST_COMPARED);
    let others = gathered.get(from..(at + MOST_COMPARED).min(gathered.len())).unwrap_or(&[]);
    let of = |list: &[Who]| list.iter().any(|w| !w.inferred && self::key(w) == *key);
    let beside = || others.iter().enumerate().filter(|(i, _)| from + i != at).map(|(_, g)| &g.act);
    say("gives in another act", beside().any(|a| of(&a.givers)));
    say("gets in another act", beside().any(|a| of(&a.receivers)));
    let alike = |a: &crate::event::Event| a.things.iter().any(|x| act.things.iter().any(|y| group(&x.category) == group(&y.category)));
    say("gives the like", beside().any(|a| alike(a) && of(&a.givers)));
    say("gets the like", beside().any(|a| alike(a) && of(&a.receivers)));
    out
}

fn other_keys(gathered: &[Gathered], at: usize, gives: bool) -> Vec<Key> {
    let act = &gathered[at].act;
    (if gives { &act.receivers } else { &act.givers }).iter().map(key).collect()
}

/// The side of an act, where the report as a whole tells it better than the act's own words; gives how surely it is who was chosen.
pub(crate) fn choose(gathered: &mut [Gathered], at: usize, gives: bool, parties: &Parties<'_>, weights: &Weights) -> f64 {
    let question = if gives { Question::Giver } else { Question::Receiver };
    let side = |act: &mut crate::event::Event| std::mem::take(if gives { &mut act.givers } else { &mut act.receivers });
    let all = candidates(gathered, at, gives, parties);
    if !weights.answers(question) || all.is_empty() {
        return 0.0;
    }
    let odds: Vec<f64> = all.iter().map(|c| weights.odds(question, &c.traits)).collect();
    let best = |ruled: bool| (0..all.len()).filter(|c| all[*c].ruled == ruled).max_by(|a, b| odds[*a].total_cmp(&odds[*b]));
    let highest = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let all_odds: f64 = odds.iter().map(|o| (o - highest).exp()).sum();
    let share = |c: usize| (odds[c] - highest).exp() / all_odds;
    let margin = weights.odds(question, &[("clearly", 1.0)]);
    let chosen = match (best(true), best(false)) {
        (Some(ruled), Some(other)) if odds[other] > odds[ruled] + margin => other,
        (Some(ruled), _) => return share(ruled),
        (None, Some(other)) => other,
        (None, None) => return 0.0,
    };
    let act = &mut gathered[at].act;
    side(act);
    *(if gives { &mut act.givers } else { &mut act.receivers }) = vec![all[chosen].who.clone().inferred()];
    share(chosen)
}
