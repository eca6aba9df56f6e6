//! The State under an embargo: `the arms embargo on Libya`, `tough sanctions against the North`. What a report tells of such a State with one side only is
//! mostly given to it, or comes from it.

use super::{Eye, Sight};
use crate::clause::Link;
use crate::phrase::NounPhrase;
use crate::who::Who;

/// States whose embargoes reports are about today.
pub(crate) const WATCHED: [&str; 16] = ["KP", "IR", "RU", "SY", "MM", "VE", "CU", "BY", "YE", "LY", "SD", "SS", "CF", "CD", "SO", "AF"];

/// Others that were ever under an embargo of the United Nations or a like one; of those that never were nobody speaks so.
const EARLIER: [&str; 10] = ["IQ", "LR", "SL", "CI", "ER", "HT", "ML", "LB", "GW", "ZW"];

impl Eye<'_> {
    /// Notes whom the embargoes are on that a sentence speaks of.
    pub(super) fn note_embargo(&mut self, sight: &Sight<'_>) {
        for noun in 0..sight.scene.nouns.len() {
            let phrase = sight.noun(noun);
            let low = sight.low(phrase.head);
            if let Some(target) = self.of_banned_goods(sight, noun).filter(is_embargoed) {
                self.finder.known.embargo_on(target, false);
            }
            if !matches!(low, "embargo" | "embargoes" | "sanctions" | "sanction" | "ban" | "bans" | "restrictions" | "measures") {
                continue;
            }
            let on = |t: usize| matches!(sight.low(t), "on" | "against" | "upon");
            let behind = phrase.behind.iter().find(|(p, _)| on(*p)).map(|(_, n)| *n);
            // `the embargo imposed on Libya`.
            let imposed =
                sight.clauses.iter().filter(|c| c.subject == Some(noun) && matches!(c.link, Link::Participle | Link::Relative(..)));
            let imposed = imposed.flat_map(|c| &c.args).find(|(p, _)| p.is_some_and(on)).map(|(_, n)| *n);
            let target = behind.or(imposed).and_then(|n| self.who(sight, n)).or_else(|| self.before_ban(sight, &phrase.clone()));
            if let Some(target) = target.filter(is_embargoed) {
                let arms = |t: usize| matches!(sight.low(t), "arms" | "weapons");
                self.finder.known.embargo_on(target, low.starts_with("embargo") && (phrase.first..phrase.head).any(arms));
            }
        }
    }

    /// `Pyongyang earned millions from banned exports`, `its illicit arms trade`: who deals in what is forbidden is under an embargo.
    fn of_banned_goods(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Who> {
        let phrase = sight.noun(noun).clone();
        let banned = |t: usize| {
            matches!(
                sight.low(t),
                "banned" | "prohibited" | "illicit" | "forbidden" | "sanctioned" | "embargoed" | "sanctions-busting" | "outlawed"
            )
        };
        let dealt = matches!(
            sight.low(phrase.head),
            "export"
                | "exports"
                | "import"
                | "imports"
                | "trade"
                | "commodities"
                | "goods"
                | "items"
                | "sales"
                | "shipments"
                | "materials"
                | "coal"
        );
        if !dealt || !(phrase.first..phrase.head).any(banned) {
            return None;
        }
        if let Some(owner) = self.finder.owner(&sight.scene, &phrase) {
            return Some(owner);
        }
        let clause = sight.clauses.iter().find(|c| c.args.iter().any(|(_, n)| *n == noun))?;
        let active = clause.verb.is_some_and(|v| !sight.verbs[v].passive);
        clause.subject.filter(|_| active).and_then(|s| self.who(sight, s))
    }

    /// `the Libya arms embargo`, `North Korea sanctions`.
    fn before_ban(&self, sight: &Sight<'_>, phrase: &NounPhrase) -> Option<Who> {
        (phrase.first..phrase.head).find_map(|at| {
            let (length, named) = self.finder.gazetteer.at(sight.scene.tokens, at)?;
            let state = named.kind == crate::gazetteer::NameKind::State && at + length <= phrase.head;
            state.then(|| Who {
                name: named.name.clone(),
                kind: Some(model::PartyType::Government),
                countries: named.countries.clone(),
                media: false,
                plural: false,
                place: false,
                inferred: false,
                span: sight.span(at, at + length),
            })
        })
    }
}

fn is_embargoed(who: &Who) -> bool {
    matches!(who.kind, None | Some(model::PartyType::Government))
        && matches!(who.countries.as_slice(), [one] if WATCHED.contains(&one.code()) || EARLIER.contains(&one.code()))
}
