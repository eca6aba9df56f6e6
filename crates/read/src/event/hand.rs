//! Goods by whose hand they came: `fighters fired Iranian-supplied missiles`, `its American-supplied tanks`. Who has or uses them got them there.

use super::{Event, Eye, Roles, Sight, Word, clause_of, located};
use crate::groups::{FIGHTS_WITH, USES};
use crate::lexicon::{Outcome, Part};
use crate::what::Sort;
use crate::who::Who;
use model::ActKind;

impl Eye<'_> {
    /// The act that the words before goods tell, where the sentence says who has them.
    pub(super) fn of_hand(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Event> {
        let giver = self.finder.supplier(&sight.scene, noun)?;
        let phrase = sight.noun(noun).clone();
        self.thing(sight, noun).filter(|t| t.sort == Sort::Goods)?;
        let clause = clause_of(sight, noun);
        let owner = self.finder.owner(&sight.scene, &phrase).filter(|w| !w.countries.is_empty());
        let receivers = match owner {
            Some(owner) => vec![owner],
            None => self.user_of(sight, clause, noun),
        };
        let own = |w: &Who| w.may_be(&giver);
        if !located(&receivers) || receivers.iter().any(own) {
            return None;
        }
        let mut roles = Roles { givers: vec![giver], receivers, ..Roles::default() };
        self.put(sight, noun, Part::Goods, &mut roles);
        let word = Word { clause, trigger: phrase.head, kind: ActKind::Supply, outcome: Outcome::Done, noun: true };
        Some(self.event(sight, word, roles))
    }

    /// `rebels backed by cash from Chad`, `is kept alive by rifles from Belarus`: the help says who gives it, and what.
    pub(super) fn of_backing(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| v.passive && !v.negated)?;
        if !matches!(verb.lemma.as_str(), "back" | "support" | "sustain" | "fund" | "finance" | "keep" | "prop" | "bolster" | "fuel") {
            return None;
        }
        let by = clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")).map(|(_, n)| *n)?;
        let thing = self.thing(sight, by).filter(|t| !matches!(t.category.as_str(), "other" | "service"))?;
        let phrase = sight.noun(by).clone();
        let from = phrase.behind.iter().find(|(p, _)| sight.low(*p) == "from").map(|(_, n)| *n)?;
        let mut roles = Roles::default();
        self.add_parties(sight, from, true, &mut roles);
        self.add_parties(sight, clause.subject?, false, &mut roles);
        self.put(sight, by, Part::Goods, &mut roles);
        if !located(&roles.givers) || roles.receivers.is_empty() {
            return None;
        }
        let kind = if thing.sort == Sort::Money { ActKind::Financing } else { ActKind::Supply };
        let word = Word { clause: at, trigger: verb.head, kind, outcome: Outcome::Done, noun: false };
        Some((self.event(sight, word, roles), vec![by]))
    }

    /// Who has or uses what a noun phrase names, by the verb of its clause.
    fn user_of(&mut self, sight: &Sight<'_>, clause: usize, noun: usize) -> Vec<Who> {
        let Some(clause) = sight.clauses.get(clause) else { return Vec::new() };
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated) else { return Vec::new() };
        let lemma = verb.lemma.as_str();
        let by = |word: &str| clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == word)).map(|(_, n)| *n);
        let stands = |word: Option<&str>| clause.args.iter().any(|(p, n)| *n == noun && p.map(|t| sight.low(t)) == word);
        let user = match verb.passive {
            true if clause.subject == Some(noun) && USES.contains(lemma) => by("by"),
            true if stands(Some("with")) && matches!(lemma, "arm" | "equip") => clause.subject,
            false if stands(None) && USES.contains(lemma) => clause.subject,
            false if (stands(Some("with")) || stands(Some("using"))) && FIGHTS_WITH.contains(lemma) => clause.subject,
            _ => None,
        };
        user.map(|n| self.group(sight, n)).unwrap_or_default()
    }
}
