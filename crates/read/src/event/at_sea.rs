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

/// What a ship or a plane does with its cargo at the end of a voyage.
const UNLOADS: [&str; 5] = ["bring", "deliver", "unload", "discharge", "offload"];

/// How many sentences further on a ship still is on the voyage that was told.
const ON_ITS_WAY: usize = 2;

impl Eye<'_> {
    /// `flagged 100 tankers owned by a Russian group`: whose ships they are gets the flag.
    pub(super) fn owned_by(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        let owned = |c: &&crate::clause::Clause| {
            c.link == crate::clause::Link::Participle
                && c.verb.is_some_and(|v| {
                    sight.verbs[v].passive && matches!(sight.verbs[v].lemma.as_str(), "own" | "operate" | "manage" | "control")
                })
        };
        let by = sight.clauses.iter().filter(owned).flat_map(|c| &c.args).find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by"));
        if let Some((_, owner)) = by.filter(|_| roles.receivers.is_empty()) {
            let owner = self.group(sight, *owner);
            roles.receivers.extend(owner.into_iter().filter(|w| roles.givers.iter().all(|g| !g.may_be(w))));
        }
    }

    /// `The dhow left Jask in January.`, `A plane from Iran landed in Damascus.`: where a voyage began and ended, for what a next sentence says was on board.
    pub(super) fn set_out(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated && v.modal.is_none()) else { continue };
            let lemma = verb.lemma.as_str();
            let leaves = matches!(lemma, "leave" | "depart");
            let sails = matches!(lemma, "sail" | "set" | "fly" | "travel" | "head");
            let reaches = matches!(lemma, "reach" | "enter");
            let lands = matches!(lemma, "arrive" | "land" | "dock" | "berth" | "moor" | "call");
            if !(leaves || sails || reaches || lands) {
                continue;
            }
            let Some(carrier) = clause.subject.filter(|s| self.is_carrier(sight, *s)) else { continue };
            let behind = |words: &[&str], bare: bool| {
                let fits = |p: Option<usize>| p.map_or(bare, |t| words.contains(&sight.low(t)));
                clause.args.iter().find(|(p, _)| fits(*p)).map(|(_, n)| *n)
            };
            // `a cargo plane from Iran`: by its own words.
            let own = sight.noun(carrier).behind.iter().find(|(p, _)| sight.low(*p) == "from").map(|(_, n)| *n);
            let start = if leaves { behind(&["from"], true) } else { behind(&["from"], false) }.or(own);
            let goal = if reaches {
                behind(&[], true)
            } else if lands {
                behind(&["in", "at"], false)
            } else {
                behind(&["to", "into"], false)
            };
            let place = |eye: &mut Self, n: Option<usize>| n.and_then(|n| eye.who(sight, n)).filter(|w| !w.countries.is_empty());
            let (start, goal) = (place(self, start), place(self, goal));
            let here = sight.scene.sentence;
            self.finder.known.set_out = start.map(|w| (w, here)).or(self.finder.known.set_out.take());
            self.finder.known.put_in = goal.map(|w| (w, here)).or(self.finder.known.put_in.take());
        }
    }

    /// Whether a noun phrase names a ship or a plane.
    fn is_carrier(&mut self, sight: &Sight<'_>, noun: usize) -> bool {
        self.thing(sight, noun).is_some_and(|t| matches!(t.category.as_str(), "vessel" | "aircraft"))
            || self.who(sight, noun).is_some_and(|w| w.kind == Some(model::PartyType::Vessel))
    }

    /// Where the ship or plane set out whose cargo a clause tells by `it`, if a sentence shortly before says so.
    pub(super) fn under_way(&self, sight: &Sight<'_>, trigger: usize) -> Option<Who> {
        self.voyage(sight, trigger, self.finder.known.set_out.as_ref())
    }

    /// Where such a ship or plane arrived.
    pub(super) fn put_in(&self, sight: &Sight<'_>, trigger: usize) -> Option<Who> {
        self.voyage(sight, trigger, self.finder.known.put_in.as_ref())
    }

    fn voyage(&self, sight: &Sight<'_>, trigger: usize, end: Option<&(Who, usize)>) -> Option<Who> {
        let (place, sentence) = end?;
        let near = (1..=ON_ITS_WAY).contains(&(sight.scene.sentence.checked_sub(*sentence)?));
        let clause = sight.clauses.iter().position(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger))?;
        let verb = sight.clauses[clause].verb.map(|v| &sight.verbs[v])?;
        let subject = sight.clauses[clause].subject?;
        let same = matches!(
            sight.low(sight.noun(subject).head),
            "it" | "she" | "ship" | "vessel" | "dhow" | "boat" | "tanker" | "plane" | "aircraft" | "freighter" | "flight"
        );
        let carries = same && (super::words::carries(sight, clause) || UNLOADS.contains(&verb.lemma.as_str()) && !verb.passive);
        (near && (carries || super::words::is_aboard(sight, clause))).then(|| place.clone())
    }

    /// `It brought helicopters`, of a ship or plane that was told of just before: only what carries them.
    pub(super) fn only_unloads(&self, sight: &Sight<'_>, verb: &crate::phrase::VerbGroup) -> bool {
        let known = &self.finder.known;
        let near = |end: &Option<(Who, usize)>| end.as_ref().is_some_and(|(_, at)| sight.scene.sentence.saturating_sub(*at) == 1);
        UNLOADS.contains(&verb.lemma.as_str()) && !verb.passive && (near(&known.set_out) || near(&known.put_in))
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

    /// `Iranian tankers switched to the flag of Panama`, `ships owned by the North changed to the Tanzanian flag`: the State whose flag it is gives it.
    pub(super) fn of_new_flag(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated)?;
        let changes = matches!(verb.lemma.as_str(), "change" | "switch" | "move" | "transfer" | "reflag");
        let is_flag = |n: usize| matches!(sight.low(sight.noun(n).head), "flag" | "flags" | "registry" | "register");
        let to = |(p, n): &&(Option<usize>, usize)| p.is_some_and(|t| sight.low(t) == "to") && is_flag(*n);
        let flag = clause.args.iter().find(to).map(|(_, n)| *n).filter(|_| changes)?;
        let ships = clause.subject.filter(|s| self.is_carrier(sight, *s))?;
        let of = sight.noun(flag).of.and_then(|n| self.who(sight, n));
        let giver = of.or_else(|| self.finder.loose(&sight.scene, flag)).filter(|w| w.countries.len() == 1)?;
        let owned = |c: &&crate::clause::Clause| c.subject == Some(ships) && c.verb.is_some_and(|v| sight.verbs[v].lemma == "own");
        let by = sight.clauses.iter().find(owned).and_then(|c| c.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")));
        let owner = by.map(|(_, n)| *n).and_then(|n| self.who(sight, n)).or_else(|| self.ship(sight, ships));
        let owner = owner.or_else(|| self.finder.loose(&sight.scene, ships))?;
        let mut roles = Roles { givers: vec![giver], receivers: vec![owner], ..Roles::default() };
        self.put(sight, ships, crate::lexicon::Part::Goods, &mut roles);
        roles.things.iter_mut().for_each(|ship| ship.generic = false);
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Flagging, outcome: Outcome::Done, noun: false };
        (!roles.things.is_empty()).then(|| (self.event(sight, word, roles), nouns))
    }

    /// A ship that a noun phrase names or describes, with its State.
    fn ship(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Who> {
        let who = self.who(sight, noun).or_else(|| self.finder.loose(&sight.scene, noun))?;
        (!who.countries.is_empty() && super::context::is_ship(sight, &who)).then_some(who)
    }
}
