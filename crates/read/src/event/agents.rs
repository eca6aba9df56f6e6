//! Acts that nouns for a trader tell: `Russia is the main arms supplier to Syria`, `its largest buyer of oil, China`.

use super::{Event, Eye, Roles, Sight, Word, located};
use crate::lexicon::Outcome;
use crate::phrase::NounPhrase;
use crate::who::Who;
use model::ActKind;

/// Nouns for one who gives.
const GIVES: [&str; 7] = ["supplier", "exporter", "provider", "seller", "source", "donor", "purveyor"];
/// Nouns for one who gets.
const GETS: [&str; 5] = ["buyer", "importer", "purchaser", "recipient", "customer"];

/// Whether a word calls somebody a trader who is named beside it: `Russia, the main arms supplier to Mali, will host the fair`.
pub(crate) fn calls_a_trader(sight: &Sight<'_>, token: usize) -> bool {
    let low = sight.low(token);
    let trader = [&GIVES[..], &GETS[..]].concat().contains(&low.strip_suffix('s').unwrap_or(low));
    let beside = |at: usize| sight.scene.nouns.iter().any(|n| n.beside == Some(at)) || sight.noun(at).beside.is_some();
    trader && (0..sight.scene.nouns.len()).any(|at| sight.noun(at).head == token && beside(at))
}

impl Eye<'_> {
    /// The act that a noun for a trader tells, when both sides and the goods are named.
    pub(super) fn of_agent(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Event> {
        let phrase = with_what_follows(sight, noun);
        let low = sight.low(phrase.head);
        let is = |list: &[&str]| list.contains(&low.strip_suffix('s').unwrap_or(low));
        let gives = is(&GIVES);
        if phrase.pronoun || phrase.time || !(gives || is(&GETS)) {
            return None;
        }
        let mut roles = Roles::default();
        let of = phrase.of.filter(|of| self.thing(sight, *of).is_some());
        if let Some(of) = of {
            self.put(sight, of, crate::lexicon::Part::Goods, &mut roles);
        } else {
            roles.things.extend(self.things.before_head(&sight.scene, self.goods, &phrase));
        }
        if roles.things.iter().all(|t| t.generic) {
            return None;
        }
        let (agents, clause) = self.agents(sight, noun)?;
        let others = self.partners(sight, noun, gives);
        let apart = agents.iter().all(|a| others.iter().all(|o| !o.may_be(a)));
        if !(located(&agents) && !others.is_empty() && apart) {
            return None;
        }
        (roles.givers, roles.receivers) = if gives { (agents, others) } else { (others, agents) };
        let kind = if gives { ActKind::Supply } else { ActKind::Procurement };
        let word = Word { clause, trigger: phrase.head, kind, outcome: Outcome::Done, noun: true };
        Some(self.event(sight, word, roles))
    }

    /// Who is called so, and in which clause.
    fn agents(&mut self, sight: &Sight<'_>, noun: usize) -> Option<(Vec<Who>, usize)> {
        let mut found = None;
        for (at, clause) in sight.clauses.iter().enumerate() {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { continue };
            let arg = clause.args.iter().find(|(_, n)| *n == noun || sight.noun(noun).group == Some(*n));
            let Some((preposition, _)) = arg else { continue };
            let as_it = preposition.is_some_and(|t| sight.low(t) == "as");
            let object = clause.args.iter().find(|(p, n)| p.is_none() && *n != noun).map(|(_, n)| *n);
            let called = match verb.lemma.as_str() {
                "be" | "become" | "remain" if preposition.is_none() && !verb.negated => clause.subject,
                _ if as_it && (verb.passive || matches!(verb.lemma.as_str(), "emerge" | "serve" | "act")) => clause.subject,
                _ if as_it => object,
                _ => None,
            };
            if let Some(called) = called {
                found = Some((self.group(sight, called), at));
            }
        }
        if found.is_some() {
            return found;
        }
        // `Russia, the main arms supplier to Syria, …`, `its main arms supplier, Russia`.
        let before = (0..sight.scene.nouns.len()).find(|n| sight.noun(*n).beside == Some(noun));
        let named = before.or(sight.noun(noun).beside)?;
        Some((self.group(sight, named), super::clause_of(sight, noun)))
    }

    /// The other side: `to Syria`, `of the junta`, `Syria's`.
    fn partners(&mut self, sight: &Sight<'_>, noun: usize, gives: bool) -> Vec<Who> {
        let phrase = with_what_follows(sight, noun);
        let wanted: &[&str] = if gives { &["to", "for"] } else { &["from"] };
        let behind: Vec<usize> = phrase.behind.iter().filter(|(p, _)| wanted.contains(&sight.low(*p))).map(|(_, n)| *n).collect();
        for other in behind {
            let found = self.group(sight, other);
            if !found.is_empty() {
                return found;
            }
            let loose = self.finder.loose(&sight.scene, other);
            if loose.is_some() {
                return loose.into_iter().collect();
            }
        }
        let owner = self.finder.owner(&sight.scene, &phrase).filter(|w| !w.media);
        if owner.is_some() {
            return owner.into_iter().collect();
        }
        // `the largest buyer of Iranian oil`, `a supplier of the junta`.
        phrase.of.map(|of| self.who(sight, of).or_else(|| self.finder.loose(&sight.scene, of)).into_iter().collect()).unwrap_or_default()
    }
}

/// A noun phrase with what stands behind it, which hangs on the name that it describes: `Russia, a supplier of lorries to Mali, said`.
fn with_what_follows(sight: &Sight<'_>, noun: usize) -> NounPhrase {
    let mut phrase = sight.noun(noun).clone();
    let Some(named) = sight.scene.nouns.iter().find(|n| n.beside == Some(noun)) else { return phrase };
    let follows = |n: &usize| sight.noun(*n).first >= phrase.end;
    let behind: Vec<_> = named.behind.iter().filter(|(_, n)| follows(n)).copied().collect();
    phrase.of = phrase.of.or(named.of.filter(follows));
    phrase.behind.extend(behind);
    phrase
}
