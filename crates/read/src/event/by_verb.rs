//! The act that a clause tells by its verb: by the frame that fits its words best, and by what stands around it.

use super::{Event, Eye, Roles, Sight, Word, context, looks, times, words};
use super::{
    help::{is_helped, sent_to_work},
    located, serves_ships, takes_along,
};
use crate::clause::Clause;
use crate::gazetteer::RoleNoun;
use crate::groups::ENDS_FOR_GOOD;
use crate::lexicon::{Frame, Needs, Outcome};
use crate::phrase::VerbGroup;
use crate::what::Thing;
use crate::who::Who;
use model::ActKind;

/// What a clause tells by one frame of its verb.
struct Deed<'a> {
    frame: &'a Frame,
    kind: ActKind,
    outcome: Outcome,
    roles: Roles,
}

impl Deed<'_> {
    /// How well the frame fits: by its own words first, and then by the sides and goods that are told.
    fn fit(&self) -> usize {
        let Roles { givers, receivers, things, .. } = &self.roles;
        self.frame.tail.len() * 4 + usize::from(!givers.is_empty()) + usize::from(!receivers.is_empty()) + usize::from(!things.is_empty())
    }
}

impl Eye<'_> {
    /// The act that a clause tells by its verb, and the noun phrases that are its goods.
    pub(super) fn of_clause(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let verb = &sight.verbs[sight.clauses[at].verb?];
        let lexicon = self.lexicon;
        let frames = lexicon.frames(&verb.lemma);
        // `is helping the army to build up its strength`: told as help or not at all.
        if is_helped(sight, at) || self.bears_arms(sight, at) || self.tells_nothing(sight, at) {
            return None;
        }
        // `give up on`, `give way`: with these words behind it the verb tells no act.
        if frames.iter().any(|f| f.kind.is_none() && !f.tail.is_empty() && words::tail_follows(sight, verb.end, &f.tail)) {
            return None;
        }
        let mut best: Option<Deed<'_>> = None;
        for frame in frames {
            if let Some(deed) = self.by_frame(sight, at, frame)
                && best.as_ref().is_none_or(|b| deed.fit() > b.fit())
            {
                best = Some(deed);
            }
        }
        let mut deed = best?;
        if deed.kind == ActKind::Investment {
            self.invested_there(sight, &sight.clauses[at], &mut deed.roles);
        }
        self.by_goods(sight, at, &mut deed);
        self.by_sides(sight, at, &mut deed);
        offered(sight, verb, &mut deed);
        if self.is_nothing(sight, at, &deed) {
            return None;
        }
        let Deed { frame, kind, outcome, roles } = deed;
        // `gave training to`: the frame's own words tell no second act.
        let tail = words::tail_end(sight, verb.end, &frame.tail).unwrap_or(verb.end);
        let worded = (0..sight.scene.nouns.len()).filter(|n| (verb.end..tail).contains(&sight.noun(*n).head)).collect::<Vec<_>>();
        let (kind, roles) = self.tourists(sight, kind, roles);
        let means = context::means_of_transport(&verb.lemma, outcome, &roles);
        let nouns = roles.goods_nouns.iter().copied().chain(worded).collect();
        let event = self.event(sight, Word { clause: at, trigger: verb.head, kind, outcome, noun: false }, roles);
        if self.invades(sight, at, &event) || self.may_get(sight, at, &event) {
            return None;
        }
        // Lorries that arrive mostly carry what is given; now and then they are it.
        let by_somebody = looks::told_otherwise(sight, at, &event);
        Some((Event { shaped: means, by_somebody, ..event }, nouns))
    }

    /// What a clause tells by one frame; nothing where its words are about something else.
    fn by_frame<'f>(&mut self, sight: &Sight<'_>, at: usize, frame: &'f Frame) -> Option<Deed<'f>> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let kind = frame.kind.filter(|k| *k != ActKind::Use)?;
        if !self.tail_fits(sight, verb, frame) {
            return None;
        }
        // `cancelled the purchase of ammunition`: the noun tells the act, and what became of it.
        if self.ends_an_act(sight, clause, verb) {
            return None;
        }
        let mut roles = Roles::default();
        self.fill(sight, clause, verb, frame, &mut roles);
        self.helped_to(sight, at, &mut roles);
        self.helped_to_move(sight, at, &mut roles);
        self.named_wares(sight, at, &mut roles);
        self.sent_aboard(sight, verb, &mut roles);
        if self.is_warfare(sight, at, &roles) || self.only_looks(sight, at, &roles) {
            return None;
        }
        self.of_unknown_goods(sight, frame, kind, &mut roles);
        if self.serves_nobody(sight, at, frame, &roles)
            || self.pays_nobody(sight, at, frame)
            || self.is_made_of_it(sight, at, frame)
            || self.hands_over_nothing(sight, at, frame, &roles)
        {
            return None;
        }
        if matches!(verb.lemma.as_str(), "make" | "build" | "produce" | "construct" | "erect" | "cast" | "design") {
            self.hired(sight, clause, &mut roles);
        }
        let there = self.builds_there(sight, clause, verb, &mut roles);
        // `built a conference centre in Malabo`: whatever it is that stands there.
        if there && roles.things.is_empty() && located(&roles.givers) && located(&roles.receivers) {
            roles.things = roles.goods_nouns.iter().filter_map(|n| self.things.unknown(&sight.scene, *n)).collect();
        }
        let kind = if there { ActKind::Service } else { kind };
        // `builds missiles`: nobody gets them; `builds a boat for Libya`. `was destined for Iran`: without a receiver it says nothing.
        let makes = matches!(verb.lemma.as_str(), "make" | "build" | "produce" | "manufacture" | "design" | "cast");
        let aims = matches!(verb.lemma.as_str(), "bind" | "destine" | "head" | "intend" | "earmark");
        // `denied any arms deal`: a denial; `denied the rebels arms`.
        if roles.receivers.is_empty() && (makes || aims || verb.lemma == "deny") {
            return None;
        }
        if !self.fits(frame, &roles) || (kind == ActKind::Transport && takes_along(sight, &roles)) {
            return None;
        }
        Some(Deed { frame, kind, outcome: frame.outcome, roles })
    }

    /// `cancelled the purchase of ammunition`: whether a verb ends an act that its object tells.
    pub(super) fn ends_an_act(&self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup) -> bool {
        ENDS_FOR_GOOD.contains(&verb.lemma) && clause.args.iter().any(|(p, n)| p.is_none() && self.tells_an_act(sight, *n))
    }

    /// Whether a noun tells an act between two and has more behind it: `the purchase of ammunition from a firm`.
    fn tells_an_act(&self, sight: &Sight<'_>, noun: usize) -> bool {
        let phrase = sight.noun(noun);
        let of = phrase.of.is_some() && phrase.behind.iter().any(|(p, _)| sight.low(*p) == "from");
        of && self.lexicon.nominal(sight.low(phrase.head)).is_some_and(|x| x.kind.is_some())
    }

    /// Goods that no table knows, where what stands beside them says that they are some.
    fn of_unknown_goods(&mut self, sight: &Sight<'_>, frame: &Frame, kind: ActKind, roles: &mut Roles) {
        if frame.needs != Needs::Goods {
            return;
        }
        let role = |n: &usize| self.finder.gazetteer.role(sight.scene.tokens, sight.noun(*n).first, sight.noun(*n).head);
        // `sold its smelter to a Chinese group`: a works that changes hands.
        let sold = matches!(kind, ActKind::Sale | ActKind::Procurement) && located(&roles.givers) && located(&roles.receivers);
        let known = !roles.givers.is_empty() || roles.goods_nouns.iter().any(|n| self.finder.nationality(&sight.scene, *n).is_some());
        // `gave Charles a leather folder`: a guest gives his host whatever it is.
        let named = |w: &Who| w.kind == Some(model::PartyType::Person) && w.name.starts_with(char::is_uppercase);
        let guest = kind == ActKind::Gift && located(&roles.givers) && roles.receivers.iter().any(named);
        if roles.things.is_empty() && known && (guest || located(&roles.receivers)) {
            let whole = |n: &usize| sold && role(n) == Some(RoleNoun::Body);
            let wares = roles.goods_nouns.iter().filter(|n| role(n).is_none() || whole(n));
            roles.things = wares.filter_map(|n| self.things.unknown(&sight.scene, *n)).collect();
        }
        let sided = located(&roles.givers) || located(&roles.receivers);
        // `a set of tea cups`: the measure is known, what is in it is not.
        if !roles.things.is_empty() && roles.things.iter().all(|t| t.generic) && sided {
            let mut inside = roles.goods_nouns.iter().filter_map(|n| sight.noun(*n).of).filter(|n| role(n).is_none());
            roles.things.extend(inside.find_map(|n| self.things.unknown(&sight.scene, n)));
        }
    }

    /// What goes makes another act of it than the verb alone would tell.
    fn by_goods(&mut self, sight: &Sight<'_>, at: usize, deed: &mut Deed<'_>) {
        let clause = &sight.clauses[at];
        deed.kind = self.as_aid(sight, deed.kind, &mut deed.roles);
        deed.kind = self.as_help(sight, deed.kind, &mut deed.roles);
        // `chartered a tanker from a Greek owner to carry fuel`: the ship is what is let.
        if deed.kind == ActKind::Charter {
            let ship =
                clause.args.iter().filter(|(p, _)| p.is_none()).find_map(|(_, n)| {
                    self.thing(sight, *n).filter(|t| matches!(t.category.as_str(), "vessel" | "aircraft")).map(|t| (*n, t))
                });
            if let Some((noun, ship)) = ship {
                deed.roles.things = vec![ship];
                deed.roles.goods_nouns = vec![noun];
            }
        }
        deed.kind = self.bartered(sight, at, deed.kind, &mut deed.roles);
        if let Some(sent) = sent_to_work(sight, at).filter(|_| matches!(deed.kind, ActKind::Travel | ActKind::Other | ActKind::Supply)) {
            deed.kind = ActKind::Employment;
            if deed.roles.things.is_empty() {
                deed.roles.things.push(self.one_worker(sight, sent));
            }
        }
    }

    /// Who takes part makes another act of it than the verb alone would tell.
    fn by_sides(&mut self, sight: &Sight<'_>, at: usize, deed: &mut Deed<'_>) {
        let takes = sight.clauses[at].verb.is_some_and(|v| sight.verbs[v].lemma == "take");
        let Deed { kind, outcome, roles, .. } = deed;
        // `hackers seized 900 bitcoin from a firm`: thieves take, and hold nothing back.
        if let Some(thieves) = self.takes_by_theft(sight, at, roles).filter(|_| *outcome == Outcome::Stopped || takes) {
            roles.givers.retain(|w| !thieves.iter().any(|t| t.may_be(w)));
            roles.givers.extend(self.broken_into(sight, at));
            (*kind, *outcome, roles.receivers) = (ActKind::Transfer, Outcome::Done, thieves);
        }
        // `refuelled the tanker`: the ship is who is served.
        if serves_ships(*kind) && roles.receivers.is_empty() {
            roles.receivers.append(&mut roles.carriers);
        }
        // `a trader in Kampala procured jeeps on behalf of Juba`: of whom he bought them is not told, so they come from him.
        let agents = |w: &Who| !w.countries.is_empty() && roles.receivers.iter().all(|r| !r.may_be(w));
        if *kind == ActKind::Procurement && roles.givers.is_empty() && located(&roles.receivers) && roles.carriers.iter().any(agents) {
            *kind = ActKind::Supply;
            roles.givers.append(&mut roles.carriers);
        }
        // `spent 200 million euros on drones for Ukraine`: bought for another.
        if *kind == ActKind::Procurement && sight.clauses[at].verb.is_some_and(|v| sight.verbs[v].lemma == "spend") {
            let meant = sight.clauses[at].args.iter().filter(|(p, _)| p.is_some_and(|t| sight.low(t) == "for")).map(|(_, n)| *n);
            let other = meant
                .flat_map(|n| self.group(sight, n))
                .find(|w| !w.countries.is_empty() && located(&roles.receivers) && roles.receivers.iter().all(|r| !r.may_be(w)));
            if let Some(other) = other {
                *kind = ActKind::Supply;
                roles.givers = std::mem::replace(&mut roles.receivers, vec![other]);
            }
        }
        // `seized a truck packed with fibre bound for Iran`: stopped on its way, and not given by who stopped it.
        if let Some(catcher) = times::load_caught(sight, at) {
            *outcome = Outcome::Stopped;
            let by = catcher.and_then(|n| self.who(sight, n));
            let other = |w: &Who| by.as_ref().is_none_or(|b| !w.may_be(b));
            roles.givers.retain(other);
            roles.receivers.retain(other);
        }
    }

    /// Whether it is no act between two after all, or one that other words tell.
    fn is_nothing(&mut self, sight: &Sight<'_>, at: usize, deed: &Deed<'_>) -> bool {
        let Deed { kind, roles, .. } = deed;
        let other = |t: &Thing| t.category == "other";
        // What is arranged without anybody who arranges it and without goods is no brokering: `flights have been organised`.
        let brokers = *kind == ActKind::Brokering;
        if brokers && roles.carriers.is_empty() && roles.things.iter().all(other) {
            return true;
        }
        // `facilitated the sale of oil`: the noun tells the act.
        let tells = |n: &usize| self.lexicon.nominal(sight.low(sight.noun(*n).head)).is_some_and(|x| x.kind.is_some());
        if brokers && roles.goods_nouns.iter().any(tells) || self.only_carries(sight, at, roles) || self.is_its_use(sight, at, *kind, roles)
        {
            return true;
        }
        // `trained its soldiers`: its own are no act between two.
        let own = |n: &usize| sight.noun(*n).det.is_some_and(|d| matches!(sight.low(d), "its" | "their" | "his" | "her" | "our"));
        let at_home = located(&roles.givers)
            && located(&roles.receivers)
            && roles.receivers.iter().all(|r| roles.givers.iter().any(|g| g.countries == r.countries));
        // `is letting Polish citizens in`: guests, and no workers.
        let lets = *kind == ActKind::Employment && sight.clauses[at].verb.is_some_and(|v| sight.verbs[v].lemma == "let");
        if lets && !roles.goods_nouns.iter().any(|n| self.thing(sight, *n).is_some_and(|t| t.category == "workers")) {
            return true;
        }
        let its_own = sight.clauses[at].args.iter().any(|(p, n)| p.is_none() && own(n));
        // `the army repairs its German howitzers`: whoever made them.
        let repairs = *kind == ActKind::TechnicalAssistance && its_own && roles.goods_nouns.iter().any(own);
        repairs
            || self.sends_home(sight, at, roles)
            || self.tows(sight, at, roles)
            || matches!(kind, ActKind::Training | ActKind::Supply | ActKind::Financing) && at_home && its_own
    }
}

/// `accepted an offer of medicine`: it is to come; `offered gifts to the leader`: that is how they are given.
fn offered(sight: &Sight<'_>, verb: &VerbGroup, deed: &mut Deed<'_>) {
    let heads = |words: &[&str]| deed.roles.goods_nouns.iter().any(|n| words.contains(&sight.low(sight.noun(*n).head)));
    if deed.outcome == Outcome::Done && heads(&["offer", "offers", "proposal", "pledge", "promise"]) {
        deed.outcome = Outcome::Planned;
    }
    let plain = verb.lemma == "offer" && !verb.progressive && verb.modal.is_none();
    if plain && heads(&["gift", "gifts", "present", "presents"]) {
        deed.outcome = Outcome::Done;
    }
}
