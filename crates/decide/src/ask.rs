//! What is still to be found out: where an open fact stands in the act, and the question that settles it.

use crate::atoms::{Atom, Fact, has_end, party};
use crate::engine::{Engine, Judged};
use crate::proof::{called, describe};
use crate::split::OpenFact;
use crate::{Depth, MissingFact, Outcomes};
use model::{Act, Date, Truth};
use std::borrow::Cow;

impl Engine {
    /// An open fact and its question, without what the answers leave.
    pub(crate) fn missing<'a>(&'a self, judged: &Judged, open: &OpenFact, depth: Depth) -> MissingFact<'a> {
        let act = judged.act;
        let question = if depth == Depth::Full { self.question(judged, act, open) } else { Cow::Borrowed("") };
        MissingFact { fact: path(judged, act, open), question, outcomes: Outcomes::new() }
    }

    /// The question that settles an open fact, in plain words.
    fn question<'a>(&'a self, judged: &Judged, act: &Act, open: &OpenFact) -> Cow<'a, str> {
        let described = act.items.get(open.item.unwrap_or(0)).map(|i| i.description.as_str()).filter(|d| !d.is_empty());
        let what = described.map_or_else(|| "the item".to_owned(), |d| format!("“{d}”"));
        let said = match &open.fact {
            Fact::Kind => return "What is done with it: is it supplied, used, carried along, insured, paid for?".into(),
            Fact::To if has_end(act) => {
                let there = act.destination.map_or_else(|| "where it is received".to_owned(), |c| c.to_string());
                format!("Does {what} go on from {there} to another country, and to which?")
            }
            Fact::To => format!("In which country does {what} end up?"),
            Fact::From => format!("From which country does {what} come?"),
            Fact::Place("in", c) => format!("Does any of it happen in {c}, or begin or end there?"),
            Fact::Place(_, c) => format!("Does {what} pass through {c}?"),
            Fact::Hs => format!("Under which HS code does {what} fall?"),
            Fact::Mark(key) => {
                let list = self.book().lists.get(key).or_else(|| key.rsplit_once('/').and_then(|(l, _)| self.book().lists.get(l)));
                let question = list.map_or_else(|| format!("Is {what} on the list {key}?"), |l| l.question.clone());
                format!("{question} ({what})")
            }
            Fact::Value(currency) => format!("What is one {what} worth in {currency}?"),
            Fact::Total(currency) => format!("How much is it in all, in {currency}?"),
            Fact::Wear => format!("Is {what} new or used?"),
            Fact::Party(atom) => match judged.snapshot.atoms.get(*atom) {
                Some(Atom::Party { test, regimes }) => {
                    let who = undecided(judged, act, *atom).and_then(|i| act.parties.get(i));
                    let listings = who.map_or_else(Vec::new, |p| may_be(p, regimes, judged.day));
                    if test.designated && !listings.is_empty() {
                        let who = who.map(called).unwrap_or_default();
                        return format!("Is {who} the listed {}?", listings.join(", or ")).into();
                    }
                    format!("Is it true that {} {}?", who.map_or_else(|| "any party".to_owned(), called), describe(test))
                }
                _ => return "Who takes part?".into(),
            },
            Fact::Judgement(name) | Fact::Within(name) => match self.book().judgements.get(name) {
                Some(judgement) => return judgement.question.as_str().into(),
                None => format!("Does the total stay within {name}?"),
            },
            Fact::Day => return "On which day is it?".into(),
            Fact::Contract => return "When was the written contract concluded?".into(),
            Fact::Approval(authority) => format!("Does the approval of {authority} on record cover {what}?"),
        };
        said.into()
    }
}

/// The first party of which a party condition is not decided.
fn undecided(judged: &Judged, act: &Act, atom: usize) -> Option<usize> {
    match judged.snapshot.atoms.get(atom) {
        Some(Atom::Party { test, regimes }) => act.parties.iter().position(|p| party(test, p, regimes, judged.day) == Truth::Unknown),
        _ => None,
    }
}

/// Where an open fact stands in the act.
fn path(judged: &Judged, act: &Act, open: &OpenFact) -> String {
    let item = open.item.unwrap_or(0);
    match &open.fact {
        Fact::Kind => "kind".into(),
        Fact::To => "places.destination".into(),
        Fact::From => format!("items[{item}].origin"),
        Fact::Place("in", _) => "places".into(),
        Fact::Place(..) => "places.transit".into(),
        Fact::Hs => format!("items[{item}].hs"),
        Fact::Mark(key) => format!("items[{item}].is.{key}"),
        Fact::Value(_) | Fact::Total(_) => format!("items[{item}].value"),
        Fact::Wear => format!("items[{item}].condition"),
        Fact::Party(atom) => {
            let field = match judged.snapshot.atoms.get(*atom) {
                Some(Atom::Party { test, .. }) if test.designated => "designated",
                Some(Atom::Party { test, .. }) if !test.types.is_empty() => "type",
                _ => "nationality",
            };
            undecided(judged, act, *atom).map_or_else(|| "parties".to_owned(), |i| format!("parties[{i}].{field}"))
        }
        Fact::Judgement(name) | Fact::Within(name) => format!("judgements.{name}"),
        Fact::Day => "on".into(),
        Fact::Contract => "contract_date".into(),
        Fact::Approval(_) => "approvals".into(),
    }
}

/// Whom a party may be of those listed under the regime on the day, by what a clerk can tell them apart.
fn may_be(party: &model::Party, regimes: &[String], day: Date) -> Vec<String> {
    let open = party.designations.iter().filter(|d| {
        regimes.contains(&d.regime) && !d.sure && !d.who.is_empty() && d.from.is_none_or(|f| f <= day) && d.to.is_none_or(|t| day <= t)
    });
    open.map(|d| format!("{} ({})", d.who, d.listing)).collect()
}

pub(crate) fn date_question<'a>(judged: &[Judged]) -> MissingFact<'a> {
    let mut outcomes: Outcomes = Vec::new();
    for (i, j) in judged.iter().enumerate() {
        if outcomes.last().is_some_and(|(_, s)| *s == j.split.possible) {
            continue;
        }
        let label = if i == 0 { "before".into() } else { format!("from {}", j.day).into() };
        outcomes.push((label, j.split.possible));
    }
    if let (Some(second), Some(first)) = (outcomes.get(1).map(|(l, _)| l.trim_start_matches("from ").to_owned()), outcomes.first_mut()) {
        first.0 = format!("before {second}").into();
    }
    MissingFact { fact: "on".into(), question: "On which day is or was it done?".into(), outcomes }
}
