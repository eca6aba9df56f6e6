//! Where somebody is at home, told apart from any act: `The company is based in Turkey. It sold …`.

use super::{Eye, Sight};

/// Verbs for where a body has its seat.
const SEATED: [&str; 6] = ["base", "headquarter", "locate", "register", "incorporate", "domicile"];

impl Eye<'_> {
    /// Notes of what State somebody is whose seat a clause tells.
    pub(super) fn note_seats(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { continue };
            let seated = SEATED.contains(&verb.lemma.as_str()) && verb.passive && !verb.negated && verb.modal.is_none();
            let Some(subject) = clause.subject.filter(|_| seated) else { continue };
            let place = clause.args.iter().find(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "in" | "at" | "near"))).map(|(_, n)| *n);
            let place = place.and_then(|n| self.who(sight, n)).filter(|w| w.countries.len() == 1);
            let body = self.who(sight, subject).filter(|w| w.countries.is_empty());
            if let (Some(place), Some(mut body)) = (place, body) {
                body.countries = place.countries;
                self.finder.known.settle(&body);
            }
        }
    }
}
