//! People of one State who fight for another: `200 Nepalis joined the Russian army`, `Cubans have enlisted in it`, `soldiers recruited by Russia`.

use super::{Event, Eye, Roles, Sight, Word};
use crate::groups::RANKS;
use crate::lexicon::Outcome;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::{ActKind, PartyType};

impl Eye<'_> {
    /// The service that people of one State do in the forces of another.
    pub(super) fn of_enlistment(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        if verb.negated {
            return None;
        }
        let joins = matches!(verb.lemma.as_str(), "join" | "enlist" | "serve" | "fight" | "volunteer") && !verb.passive;
        let taken = matches!(verb.lemma.as_str(), "recruit" | "enlist" | "hire" | "conscript" | "lure" | "press" | "draft") && verb.passive;
        let people = clause.subject.filter(|_| joins || taken)?;
        let (home, thing) = self.people_of(sight, people)?;
        let host = clause.args.iter().find_map(|(p, n)| {
            let low = p.map_or("", |t| sight.low(t));
            let rank = RANKS.contains(sight.low(sight.noun(*n).head));
            let fits = match low {
                "" => verb.lemma == "join" && rank,
                "in" | "into" | "with" => rank,
                "for" | "alongside" => rank || matches!(verb.lemma.as_str(), "fight" | "serve"),
                "by" => taken,
                _ => false,
            };
            let who = self.who(sight, *n).or_else(|| self.finder.loose(&sight.scene, *n)).filter(|_| fits)?;
            let firm = matches!(who.kind, Some(PartyType::Company | PartyType::Bank));
            (!who.countries.is_empty() && !firm && !who.may_be(&home)).then_some(who)
        })?;
        let mut roles = Roles::default();
        roles.givers.push(home);
        roles.receivers.push(host);
        roles.things.push(thing);
        roles.goods_nouns.push(people);
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Service, outcome: Outcome::Done, noun: false };
        Some((Event { shaped: true, ..self.event(sight, word, roles) }, nouns))
    }

    /// People and of what State they are: `300 Nepali men`, `hundreds of Cubans`, `North Korean soldiers`.
    fn people_of(&mut self, sight: &Sight<'_>, noun: usize) -> Option<(Who, Thing)> {
        let inner = sight.noun(noun).of.unwrap_or(noun);
        let by_trade = self.thing(sight, noun).filter(|t| t.sort == Sort::People);
        let home = self.finder.loose(&sight.scene, inner).or_else(|| self.who(sight, inner)).filter(|w| w.countries.len() == 1)?;
        // `Nepalis`, `Cubans`: the people of a State by their name.
        let folk = home.plural && home.kind != Some(PartyType::Government);
        let thing = by_trade.or_else(|| self.as_people(sight, inner)).or_else(|| {
            let (words, span) = sight.scene.words(sight.noun(noun).first, sight.noun(inner).end);
            let category = "other".to_owned();
            folk.then_some(Thing { words, category, sort: Sort::People, generic: false, another: false, english: None, span })
        })?;
        Some((Who { kind: None, ..home }, thing))
    }
}
