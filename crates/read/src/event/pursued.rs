//! Whose somebody is whom a State pursues: a man whom the police of Cologne arrest is taken to be of Germany, where nothing else is told.
//!
//! Not so in America, whose courts pursue people of every State.

use super::{Eye, Sight};
use crate::groups::{BANDS, PURSUES};
use crate::who::Who;
use model::PartyType;

/// What a State does to none but its own.
const STRIKES: [&str; 5] = ["deregister", "delist", "shut", "close", "license"];

impl Eye<'_> {
    /// Places those whom this sentence says are pursued, here and wherever the text speaks of them again.
    pub(super) fn place_pursued(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated) else { continue };
            // `demand four years for a man`.
            let demands = matches!(verb.lemma.as_str(), "demand" | "seek" | "request");
            let (pursues, strikes) = (PURSUES.contains(verb.lemma.as_str()), STRIKES.contains(&verb.lemma.as_str()));
            if !(pursues || strikes || demands) {
                continue;
            }
            let by = clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")).map(|(_, n)| *n);
            let wanted = |p: Option<usize>| if demands { p.is_some_and(|t| sight.low(t) == "for") } else { p.is_none() };
            let object = clause.args.iter().find(|(p, _)| wanted(*p)).map(|(_, n)| *n);
            let (office, target) = if verb.passive { (by, clause.subject) } else { (clause.subject, object) };
            let court = |w: &Who| w.name.to_lowercase().ends_with("court");
            let own = |w: &Who| crate::claim::enforces(w) || court(w) || (strikes && w.kind == Some(PartyType::Government));
            let abroad = |w: &Who| w.countries.first().is_some_and(|c| c.code() == "US");
            let state = office.and_then(|n| self.who(sight, n)).filter(|w| w.countries.len() == 1 && own(w) && !abroad(w));
            if let (Some(state), Some(target)) = (state, target) {
                self.place_as(sight, target, &state, !strikes);
            }
        }
    }

    fn place_as(&mut self, sight: &Sight<'_>, target: usize, state: &Who, guessed: bool) {
        let open = |w: &Who| {
            let last = w.name.split_whitespace().last().unwrap_or_default();
            // `five people`, `a gang`: several, and no armed group.
            let band = w.kind == Some(PartyType::Organisation) && BANDS.contains(last);
            let one = matches!(w.kind, Some(PartyType::Person | PartyType::Company) | None);
            w.countries.is_empty() && last.starts_with(char::is_lowercase) && (one || band)
        };
        let found = self.who(sight, target).or_else(|| self.finder.somebody(&sight.scene, target));
        let Some(mut who) = found.filter(open) else { return };
        who.countries.clone_from(&state.countries);
        who.inferred |= guessed;
        self.finder.known.settle(&who);
        if let Some(slot) = self.whos.get_mut(target) {
            *slot = Some(Some(who));
        }
    }
}
