//! Whose somebody is whom a State pursues for an act: a man whom the police of Cologne arrest is taken to be of Germany, where nothing else is told.

use super::{Event, Eye, Sight};
use crate::who::Who;
use model::PartyType;

impl Eye<'_> {
    /// Places givers that are only described by the State that pursues them at home.
    pub(super) fn at_home(&mut self, sight: &Sight<'_>, event: &mut Event) {
        let open = |w: &Who| {
            let described = w.name.split_whitespace().last().is_some_and(|x| x.starts_with(char::is_lowercase));
            w.countries.is_empty() && described && matches!(w.kind, Some(PartyType::Person | PartyType::Company) | None)
        };
        if event.givers.is_empty() || !event.givers.iter().all(open) {
            return;
        }
        let Some((state, surely)) = self.pursuer(sight).filter(|(s, _)| event.receivers.iter().all(|r| !r.may_be(s))) else { return };
        for giver in &mut event.givers {
            giver.countries.clone_from(&state.countries);
            giver.inferred |= !surely;
        }
    }

    /// The State whose office pursues somebody in this sentence, and whether it must be his.
    fn pursuer(&mut self, sight: &Sight<'_>) -> Option<(Who, bool)> {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { continue };
            let pursues = matches!(
                verb.lemma.as_str(),
                "arrest"
                    | "detain"
                    | "investigate"
                    | "raid"
                    | "prosecute"
                    | "jail"
                    | "convict"
                    | "suspect"
                    | "demand"
                    | "search"
                    | "question"
                    | "try"
            );
            // Only its own registers can a State strike somebody from.
            let at_home = matches!(verb.lemma.as_str(), "deregister" | "delist" | "shut" | "close" | "license" | "unmask");
            if !(pursues || at_home) || verb.negated {
                continue;
            }
            let by = clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")).map(|(_, n)| *n);
            let office = if verb.passive { by } else { clause.subject };
            let own = |w: &Who| crate::claim::enforces(w) || (at_home && w.kind == Some(PartyType::Government));
            let state = office.and_then(|n| self.who(sight, n)).filter(|w| w.countries.len() == 1 && own(w));
            if let Some(state) = state {
                return Some((state, at_home));
            }
        }
        None
    }
}
