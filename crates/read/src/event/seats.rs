//! Where somebody is at home, told apart from any act: `The company is based in Turkey. It sold …`, `Petrov is a Russian businessman. He sold …`.

use super::{Eye, Sight};
use crate::clause::Clause;
use crate::phrase::VerbGroup;
use crate::who::Who;
use model::PartyType;

/// Verbs for where a body has its seat.
const SEATED: [&str; 6] = ["base", "headquarter", "locate", "register", "incorporate", "domicile"];

/// Verbs for where somebody lives.
const LIVES: [&str; 3] = ["live", "reside", "dwell"];

impl Eye<'_> {
    /// Notes of what State somebody is whose seat a clause tells.
    pub(super) fn note_seats(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated && v.modal.is_none()) else { continue };
            let Some(subject) = clause.subject else { continue };
            if let Some(land) = self.fights_there(sight, clause, verb, subject)
                && let Some(Some(Some(who))) = self.whos.get_mut(subject)
            {
                who.countries = land.countries;
                continue;
            }
            let home =
                self.seat(sight, clause, verb).or_else(|| self.called(sight, clause, verb)).or_else(|| self.tried_in(sight, clause, verb));
            let body = self.who(sight, subject).filter(|w| w.countries.is_empty() && !w.place && !w.media);
            if let (Some(home), Some(body)) = (home, body) {
                self.at_home(Who { countries: home.countries, ..body });
            }
        }
    }

    /// `is registered in Dubai`, `who lives in Russia`: the place.
    fn seat(&mut self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup) -> Option<Who> {
        let lemma = verb.lemma.as_str();
        if !(SEATED.contains(&lemma) && verb.passive || LIVES.contains(&lemma) && !verb.passive) {
            return None;
        }
        let inside = |t: usize| matches!(sight.low(t), "in" | "at" | "near");
        let place = clause.args.iter().find(|(p, _)| p.is_some_and(inside)).map(|(_, n)| *n)?;
        self.who(sight, place).filter(|w| w.countries.len() == 1)
    }

    /// `In Austria a man was fined`: where somebody of no State is brought to court, the sentence first of all saying so.
    fn tried_in(&mut self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup) -> Option<Who> {
        let tried = verb.passive
            && matches!(verb.lemma.as_str(), "fine" | "jail" | "convict" | "charge" | "sentence" | "arrest" | "indict" | "prosecute");
        let subject = clause.subject.filter(|_| tried)?;
        let first = sight.noun(subject).det.unwrap_or(sight.noun(subject).first);
        let ahead = |(p, n): &&(Option<usize>, usize)| p.is_some_and(|t| sight.low(t) == "in" && t < first) && sight.noun(*n).end <= first;
        let place = clause.args.iter().find(ahead).map(|(_, n)| *n)?;
        self.who(sight, place).filter(|w| w.countries.len() == 1 && w.kind == Some(PartyType::Government)).map(Who::inferred)
    }

    /// `rebels fighting in Mali`, `rebels who battle Mali's government`, `the junta that rules Mali`: of what State they are.
    fn fights_there(&mut self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup, subject: usize) -> Option<Who> {
        let fighters = matches!(
            sight.low(sight.noun(subject).head).trim_end_matches('s'),
            "rebel"
                | "fighter"
                | "militant"
                | "insurgent"
                | "militia"
                | "group"
                | "separatist"
                | "guerrilla"
                | "junta"
                | "jihadist"
                | "faction"
        );
        let fights = matches!(verb.lemma.as_str(), "fight" | "battle" | "operate" | "rule" | "run" | "govern" | "oppose" | "wage");
        self.who(sight, subject).filter(|w| fighters && fights && w.countries.is_empty() && !verb.passive)?;
        let inside = |t: usize| matches!(sight.low(t), "in" | "across" | "inside" | "within");
        let place = clause.args.iter().find(|(p, _)| p.is_some_and(inside)).map(|(_, n)| *n);
        let rules = matches!(verb.lemma.as_str(), "rule" | "run" | "govern");
        let ruled = |n: usize| rules || matches!(sight.low(sight.noun(n).head), "government" | "regime" | "junta");
        let object = clause.args.iter().find(|(p, n)| p.is_none_or(|t| sight.low(t) == "against") && ruled(*n)).map(|(_, n)| *n);
        self.who(sight, place.or(object)?).filter(|w| w.countries.len() == 1)
    }

    /// `is a Russian businessman`, `is a trading house in Dubai`, `is a citizen of Iran`: what somebody is said to be.
    fn called(&mut self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup) -> Option<Who> {
        if verb.lemma != "be" {
            return None;
        }
        let noun = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n)?;
        let phrase = sight.noun(noun);
        // `is the biggest supplier of Russia` tells of an act, and `is Russia's ally` of another State.
        let one = phrase.det.is_some_and(|d| matches!(sight.low(d), "a" | "an")) && phrase.owner.is_none() && !phrase.pronoun;
        let body = |w: &Who| matches!(w.kind, Some(PartyType::Person | PartyType::Company | PartyType::Bank));
        let tells_an_act = self.lexicon.nominal(sight.low(phrase.head)).is_some();
        self.who(sight, noun).filter(|w| one && !tells_an_act && body(w) && w.countries.len() == 1)
    }

    /// Wherever this sentence and earlier ones name somebody who is placed now, he is of that State.
    fn at_home(&mut self, body: Who) {
        for who in self.whos.iter_mut().flatten().flatten().filter(|w| w.countries.is_empty() && w.name == body.name) {
            who.countries.clone_from(&body.countries);
        }
        self.finder.known.settle(&body);
    }
}
