//! Two ships side by side with hoses between them: a transfer, though no verb tells that one gave and the other got.
//!
//! Which gives is told by the goods: fuel goes to the ship of a State under an embargo, coal comes from it.

use super::{Event, Eye, Roles, Sight, Word, clause_of};
use crate::lexicon::Outcome;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::ActKind;

/// States whose ships such reports are about.
const WATCHED: [&str; 3] = ["KP", "IR", "SY"];

/// How many sentences further on a ship still is on the voyage that was told.
const ON_ITS_WAY: usize = 2;

impl Eye<'_> {
    /// `The dhow left Jask in January.`: where the voyage began, for what a next sentence says was on board.
    pub(super) fn set_out(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { continue };
            let leaves = matches!(verb.lemma.as_str(), "leave" | "depart");
            if !(leaves || matches!(verb.lemma.as_str(), "sail" | "set")) || verb.negated || verb.modal.is_some() {
                continue;
            }
            let carrier = clause.subject.is_some_and(|s| {
                self.thing(sight, s).is_some_and(|t| matches!(t.category.as_str(), "vessel" | "aircraft"))
                    || self.who(sight, s).is_some_and(|w| w.kind == Some(model::PartyType::Vessel))
            });
            let from = |p: &Option<usize>| p.map_or(leaves, |t| sight.low(t) == "from");
            let place = clause.args.iter().find(|(p, _)| carrier && from(p)).map(|(_, n)| *n);
            if let Some(who) = place.and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty()) {
                self.finder.known.set_out = Some((who, sight.scene.sentence));
            }
        }
    }

    /// Where the ship or plane set out whose cargo a clause tells by `it`, if a sentence shortly before says so.
    pub(super) fn under_way(&self, sight: &Sight<'_>, trigger: usize) -> Option<Who> {
        let (from, sentence) = self.finder.known.set_out.as_ref()?;
        let near = (1..=ON_ITS_WAY).contains(&(sight.scene.sentence.checked_sub(*sentence)?));
        let clause = sight.clauses.iter().position(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger))?;
        let subject = sight.clauses[clause].subject?;
        let same = matches!(
            sight.low(sight.noun(subject).head),
            "it" | "she" | "ship" | "vessel" | "dhow" | "boat" | "tanker" | "plane" | "aircraft" | "freighter"
        );
        (near && same && super::words::carries(sight, clause)).then(|| from.clone())
    }

    /// `was seen alongside the North Korean tanker with hoses connected`, `the two conducted a ship-to-ship transfer of fuel`.
    pub(super) fn of_meeting(&mut self, sight: &Sight<'_>, told: &[Event]) -> Option<Event> {
        let at = |words: &[&str]| (0..sight.scene.tokens.len()).find(|t| words.contains(&sight.low(*t)));
        let beside = at(&["alongside", "beside"]);
        // `with hoses connected`, `hoses between them`: not those of a fire brigade.
        let joined = at(&["connected", "linked", "attached", "between", "rigged", "running"]).is_some();
        let moved = at(&["hose", "hoses"])
            .filter(|_| joined)
            .or_else(|| (0..sight.scene.tokens.len()).find(|t| sight.low(*t).starts_with("ship-to-ship")));
        let trigger = moved.filter(|_| beside.is_some() || at(&["two", "both", "other", "another"]).is_some())?;
        if told.iter().any(|e| e.kind == ActKind::ShipToShipTransfer && !e.givers.is_empty() && !e.receivers.is_empty()) {
            return None;
        }
        let ships: Vec<(usize, Who)> = (0..sight.scene.nouns.len()).filter_map(|n| self.ship(sight, n).map(|w| (n, w))).collect();
        let (first, one) = ships.first()?;
        let (_, other) = ships.iter().find(|(_, w)| w.name != one.name && w.countries != one.countries)?;
        let goods = (0..sight.scene.nouns.len()).find_map(|n| {
            self.thing(sight, n)
                .filter(|t| t.sort == Sort::Goods && !t.generic && matches!(t.category.as_str(), "oil" | "coal" | "minerals" | "metals"))
        });
        let span = sight.span(trigger, trigger + 1);
        let words = sight.scene.text.get(span.0..span.1)?.to_owned();
        let oil = || Thing { words, category: "oil".to_owned(), sort: Sort::Goods, generic: false, another: false, english: None, span };
        let thing = goods.unwrap_or_else(oil);
        let watched = |w: &Who| w.countries.iter().any(|c| WATCHED.contains(&c.code()));
        let (mut giver, mut receiver) = (one.clone(), other.clone());
        if watched(&giver) == (thing.category == "oil") && watched(&receiver) != watched(&giver) {
            std::mem::swap(&mut giver, &mut receiver);
        }
        // The words do not say which of the two gives.
        let (giver, receiver) = (giver.inferred(), receiver.inferred());
        let roles = Roles { givers: vec![giver], receivers: vec![receiver], things: vec![thing], ..Roles::default() };
        let clause = clause_of(sight, *first);
        let word = Word { clause, trigger, kind: ActKind::ShipToShipTransfer, outcome: Outcome::Done, noun: false };
        Some(self.event(sight, word, roles))
    }

    /// A ship that a noun phrase names or describes, with its State.
    fn ship(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Who> {
        let who = self.who(sight, noun).or_else(|| self.finder.loose(&sight.scene, noun))?;
        (!who.countries.is_empty() && super::context::is_ship(sight, &who)).then_some(who)
    }
}
