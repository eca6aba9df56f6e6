//! What the words around an act add: who gives or gets when its own words do not say, and what kind of act it is.

use super::goods::{is_know_how_given, is_paper_of, is_soldiers, is_teaching, is_waters};
use super::words::according;
use super::{Eye, Roles, Sight, located};
use crate::clause::Link;
use crate::groups::SAILS;
use crate::lexicon::Outcome;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::ActKind;

impl Eye<'_> {
    /// `got drones from a governor on his visit to Russia`: a journey goes there and not the goods, and who gives there is of that State.
    pub(super) fn journey(&mut self, sight: &Sight<'_>, token: usize, noun: usize, roles: &mut Roles) -> bool {
        const JOURNEYS: [&str; 8] = ["visit", "trip", "journey", "tour", "travel", "travels", "visits", "trips"];
        let before = token.checked_sub(1).map_or("", |t| sight.low(t));
        if !matches!(sight.low(token), "to" | "into") || !JOURNEYS.contains(&before) {
            return false;
        }
        let host = self.who(sight, noun).map(|w| w.countries).unwrap_or_default();
        for giver in roles.givers.iter_mut().filter(|w| w.countries.is_empty() && !w.name.contains(char::is_uppercase)) {
            giver.countries.clone_from(&host);
            giver.inferred = true;
        }
        true
    }

    /// `arms supplied by the Emirates are being used by a militia`, `the militia is using arms sent by them`: whoever uses them has got them.
    pub(super) fn used_by(&mut self, sight: &Sight<'_>, clause: usize, roles: &mut Roles) {
        let told = &sight.clauses[clause];
        let Some(outer) = told.parent.map(|p| &sight.clauses[p]) else { return };
        let apart = matches!(told.link, Link::Participle | Link::Relative(..));
        let Some(verb) = outer.verb.map(|v| &sight.verbs[v]).filter(|_| apart && roles.receivers.is_empty() && located(&roles.givers))
        else {
            return;
        };
        let uses = matches!(
            verb.lemma.as_str(),
            "use" | "deploy" | "operate" | "wield" | "fire" | "field" | "employ" | "rely" | "depend" | "run" | "live"
        );
        let ours = |n: usize| roles.goods_nouns.contains(&n) || told.subject == Some(n);
        let user = if verb.passive && outer.subject.is_some_and(ours) {
            outer.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")).map(|(_, n)| *n)
        } else if !verb.passive && matches!(verb.lemma.as_str(), "rely" | "depend" | "run" | "live") {
            // `relies on engines imported from`.
            let on = |(p, n): &(Option<usize>, usize)| p.is_some_and(|t| matches!(sight.low(t), "on" | "upon")) && ours(*n);
            outer.subject.filter(|_| outer.args.iter().any(on))
        } else if !verb.passive && outer.args.iter().any(|(p, n)| p.is_none() && ours(*n)) {
            outer.subject
        } else {
            None
        };
        let found = user.filter(|_| uses && !verb.negated).map(|n| self.group(sight, n)).unwrap_or_default();
        let given = |w: &Who| roles.givers.iter().any(|g| g.may_be(w));
        if located(&found) && !found.iter().any(given) {
            roles.receivers.extend(found);
        }
    }

    /// `supplies half of Russia's shells`: a share of what somebody needs goes to him.
    fn share_of(&mut self, sight: &Sight<'_>, trigger: usize, roles: &mut Roles) {
        let supplies = matches!(
            sight.low(trigger),
            "supply" | "supplies" | "supplied" | "supplying" | "provide" | "provides" | "provided" | "providing"
        );
        let share = |n: &usize| {
            let low = sight.low(sight.noun(*n).head);
            matches!(
                low.strip_suffix('s').unwrap_or(low),
                "half" | "third" | "quarter" | "most" | "majority" | "percent" | "cent" | "share" | "bulk" | "part"
            )
        };
        if !supplies || !roles.receivers.is_empty() || !located(&roles.givers) || !roles.goods_nouns.iter().any(share) {
            return;
        }
        let inner: Vec<usize> = roles.goods_nouns.iter().flat_map(|n| of_chain(sight, *n)).collect();
        let owner = inner.into_iter().find_map(|n| self.finder.owner(&sight.scene, &sight.noun(n).clone()));
        roles.receivers.extend(owner.filter(|o| !o.countries.is_empty() && roles.givers.iter().all(|g| !g.may_be(o))));
    }

    /// `the Congo-bound tanks were unloaded at Mombasa`: where they go by their own words; another place lies on the way.
    fn bound_by_word(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        let Some(goal) = roles.goods_nouns.iter().find_map(|n| self.finder.bound(&sight.scene, *n)) else { return };
        if roles.receivers.iter().all(|r| !r.may_be(&goal)) {
            let earlier = std::mem::replace(&mut roles.receivers, vec![goal]);
            roles.via.extend(earlier.iter().filter_map(|w| w.countries.first().map(|c| (*c, w.span))));
        }
    }

    /// `two Korean firms brought coal of the North into the country`: their own, and the coal comes from where it is from.
    fn brought_home(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        let own = |w: &Who| w.countries.is_empty() && matches!(w.name.as_str(), "country" | "the country" | "nation" | "homeland");
        if roles.receivers.is_empty() || !roles.receivers.iter().all(own) || !located(&roles.givers) {
            return;
        }
        let from = roles.goods_nouns.clone().into_iter().find_map(|n| self.finder.loose(&sight.scene, n));
        if let Some(from) = from.filter(|f| !f.countries.is_empty() && roles.givers.iter().all(|g| !g.may_be(f))) {
            roles.receivers = std::mem::replace(&mut roles.givers, vec![from]);
        }
    }

    /// Who gives, when only who carries or where the things are from is said.
    pub(super) fn complete(&mut self, sight: &Sight<'_>, kind: ActKind, trigger: usize, roles: &mut Roles) {
        if matches!(kind, ActKind::Insurance | ActKind::Service | ActKind::Bunkering | ActKind::Flagging) && roles.receivers.is_empty() {
            let served = roles.goods_nouns.clone().into_iter().find_map(|n| self.finder.loose(&sight.scene, n));
            roles.receivers.extend(served);
        }
        // `Russia employs North Korean workers`: the workers are the other side.
        if kind == ActKind::Employment && roles.givers.is_empty() {
            let nouns = roles.goods_nouns.clone();
            let home = nouns
                .iter()
                .find_map(|n| self.finder.loose(&sight.scene, *n).or_else(|| self.who(sight, *n)))
                .filter(|w| !w.countries.is_empty() && roles.receivers.iter().all(|r| r.countries.first() != w.countries.first()));
            roles.givers.extend(home);
        }
        // `the group will bring fuel from Iran`: to itself, where no goal is told.
        let brings = matches!(sight.low(trigger), "bring" | "brings" | "brought" | "bringing" | "fetch" | "fetched");
        if brings && roles.receivers.is_empty() && roles.givers.len() > 1 && roles.givers.last().is_some_and(|w| w.place) {
            let from = roles.givers.pop();
            roles.receivers = std::mem::take(&mut roles.givers);
            roles.givers.extend(from.map(|w| Who { place: false, ..w }));
        }
        // `a registry flagged two Korean tankers`: whose they are gets the flag.
        if kind == ActKind::Flagging && roles.receivers.is_empty() {
            let served: Vec<Who> = roles.carriers.iter().filter(|c| !c.countries.is_empty()).cloned().collect();
            roles.receivers.extend(served.into_iter().filter(|c| roles.givers.iter().all(|g| !g.may_be(c))));
            self.owned_by(sight, roles);
        }
        self.bound_by_word(sight, roles);
        self.brought_home(sight, roles);
        self.share_of(sight, trigger, roles);
        self.at_the_place(sight, kind, trigger, roles);
        self.agreed(sight, trigger, roles);
        self.kept_back(sight, kind, roles);
        // `Western tourists crossed into the North`: of no one State, but somebody.
        if matches!(kind, ActKind::Travel | ActKind::Tourism) && roles.givers.is_empty() {
            let who = roles.goods_nouns.first().and_then(|n| self.finder.somebody(&sight.scene, *n));
            roles.givers.extend(who.filter(|w| roles.receivers.iter().all(|r| !r.may_be(w))));
        }
        self.on_the_way(sight, roles);
        self.made_in(sight, roles);
        self.of_a_pair(sight, roles);
        self.home_carrier(sight, roles);
        // `shipped to Dalian but in fact destined for Korea`: where it really goes.
        if let Some(goal) = self.bound_for(sight).filter(|_| sight.scene.tokens.iter().any(|t| t.low == "but"))
            && !roles.receivers.is_empty()
            && roles.receivers.iter().all(|r| !r.may_be(&goal))
        {
            let earlier = std::mem::replace(&mut roles.receivers, vec![goal]);
            roles.via.extend(earlier.iter().filter_map(|w| w.countries.first().map(|c| (*c, w.span))));
        }
        if roles.receivers.is_empty() {
            let helped = self.helped(sight, trigger);
            let bound = helped
                .or_else(|| self.bound_for(sight))
                .or_else(|| self.who_needs(sight, roles))
                .or_else(|| self.sails_to(sight, trigger))
                .or_else(|| self.met(sight, trigger))
                .or_else(|| self.elsewhere(sight, trigger, &["to", "into"], roles))
                .or_else(|| self.put_in(sight, trigger))
                .or_else(|| self.named_before_in(sight, trigger, roles));
            roles.receivers.extend(bound);
        }
        if roles.givers.is_empty() {
            let from = self.elsewhere(sight, trigger, &["from"], roles).or_else(|| self.under_way(sight, trigger));
            roles.givers.extend(from.filter(|f| roles.receivers.iter().all(|r| !r.may_be(f))));
        }
        self.between_two(sight, roles);
        if roles.givers.is_empty() && matches!(sight.low(trigger), "carrying" | "carried" | "carries" | "hauling" | "transporting") {
            self.of_the_load(sight, roles);
        }
        if roles.givers.is_empty() {
            roles.givers =
                roles.carriers.iter().filter(|c| !c.countries.is_empty() || c.kind != Some(model::PartyType::Vessel)).cloned().collect();
        }
        if !roles.givers.is_empty() {
            // `jailed for bringing North Korean coal into the country`: who brought it, and where it is from.
            let person = |w: &Who| w.countries.is_empty() && w.kind != Some(model::PartyType::Government);
            let from = roles.goods_nouns.iter().flat_map(|n| of_chain(sight, *n)).collect::<Vec<_>>();
            if roles.givers.iter().all(person) && !roles.receivers.is_empty() {
                let from = from.into_iter().find_map(|n| self.finder.loose(&sight.scene, n));
                let from = from.filter(|w| roles.receivers.iter().all(|r| r.countries.first() != w.countries.first()));
                roles.givers.extend(from.map(|w| Who { place: true, ..w }));
            }
            return;
        }
        // `insured an Iranian tanker`: the nationality of what is served is that of the one who gets the service.
        if matches!(kind, ActKind::Insurance | ActKind::Service | ActKind::Bunkering | ActKind::Flagging) {
            return;
        }
        // `Emirati jets carrying arms`: whose carrier it is.
        let carrier = sight
            .clauses
            .iter()
            .find(|c| {
                c.verb.is_some_and(|v| {
                    sight.verbs[v].head == trigger && matches!(sight.verbs[v].lemma.as_str(), "carry" | "fly" | "transport")
                })
            })
            .and_then(|c| c.subject)
            .and_then(|s| self.finder.loose(&sight.scene, s));
        roles.givers.extend(carrier.filter(|w| roles.receivers.iter().all(|r| r.countries.first() != w.countries.first())));
        if !roles.givers.is_empty() {
            return;
        }
        // `by selling the American-built plane`, of somebody whom only a pronoun names: the adjective tells who made it.
        let own = sight.clauses.iter().find(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger && !sight.verbs[v].passive));
        // `learned that she had carried North Korean ore`: whoever carries is a ship.
        let carries =
            own.is_some_and(|c| c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "carry" | "haul" | "ferry" | "transport")));
        if own
            .filter(|_| !carries)
            .and_then(|c| c.subject)
            .is_some_and(|s| sight.noun(s).pronoun && matches!(sight.low(sight.noun(s).head), "it" | "he" | "she" | "they"))
        {
            return;
        }
        // `Iranian rockets were shipped`, `a Russian tour group`: the adjective tells where they come from.
        let nouns: Vec<usize> = roles.goods_nouns.iter().flat_map(|n| of_chain(sight, *n)).collect();
        let from = nouns.into_iter().find_map(|n| self.finder.loose(&sight.scene, n));
        roles.givers.extend(from.filter(|w| roles.receivers.iter().all(|r| r.countries.first() != w.countries.first())));
    }

    /// `When the flood hit Togo, Norway flew in tents`: into the State that the sentence has named before.
    fn named_before_in(&mut self, sight: &Sight<'_>, trigger: usize, roles: &Roles) -> Option<Who> {
        let verb = sight.verbs.iter().find(|v| v.head == trigger)?;
        let sends = matches!(verb.lemma.as_str(), "fly" | "ship" | "send" | "bring" | "truck" | "airlift" | "sail");
        let particle = sight.low(verb.end) == "in" && !sight.scene.tokens.get(verb.end + 1).is_some_and(|t| t.capital);
        if !sends || !particle || roles.givers.is_empty() {
            return None;
        }
        let nouns: Vec<usize> = (0..sight.scene.nouns.len()).filter(|n| sight.noun(*n).end <= verb.first).collect();
        let other = |w: &Who| !w.countries.is_empty() && !w.media && roles.givers.iter().all(|g| !g.may_be(w));
        nouns.into_iter().rev().find_map(|n| self.who(sight, n).or_else(|| self.finder.loose(&sight.scene, n)).filter(other))
    }

    /// `In Sudan, where instructors trained soldiers`: whoever is served where nothing else is told is of the place.
    fn at_the_place(&mut self, sight: &Sight<'_>, kind: ActKind, trigger: usize, roles: &mut Roles) {
        let serves = matches!(kind, ActKind::Training | ActKind::TechnicalAssistance | ActKind::Service);
        let Some(at) = sight.clauses.iter().position(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger)).filter(|_| serves) else {
            return;
        };
        if located(&roles.receivers) || roles.receivers.len() > 1 {
            return;
        }
        // `providing training in Juba to the police`.
        let behind = sight.clauses[at].args.iter().filter(|(p, _)| p.is_some_and(|t| sight.low(t) == "in")).map(|(_, n)| *n);
        let inside = behind.collect::<Vec<_>>().into_iter().find_map(|n| self.who(sight, n).filter(|w| !w.countries.is_empty()));
        let place = self.where_it_is(sight, at).or(inside);
        let Some(place) = place.filter(|p| roles.givers.iter().all(|g| !g.may_be(p))) else { return };
        // `received training in Chad`: whoever is taught went there.
        let received = sight.clauses[at]
            .verb
            .is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "receive" | "undergo" | "get" | "attend" | "complete"));
        if received && kind == ActKind::Training && roles.givers.is_empty() {
            roles.givers.push(place);
            return;
        }
        match roles.receivers.first_mut() {
            Some(served) => served.countries = place.countries,
            None => roles.receivers.push(place),
        }
    }

    /// `signed a contract with a Chinese firm to buy lathes`, `a deal under which Moscow will send flour`: the other side is the one that it was
    /// agreed with.
    fn agreed(&mut self, sight: &Sight<'_>, trigger: usize, roles: &mut Roles) {
        if roles.givers.is_empty() == roles.receivers.is_empty() {
            return;
        }
        let deal = |n: &usize| {
            let phrase = sight.noun(*n);
            let low = sight.low(phrase.head);
            phrase.end <= trigger
                && matches!(
                    low.strip_suffix('s').unwrap_or(low),
                    "contract" | "deal" | "agreement" | "pact" | "memorandum" | "accord" | "treaty" | "arrangement"
                )
        };
        let Some(noun) = (0..sight.scene.nouns.len()).rev().find(deal) else { return };
        let own = sight.clauses.iter().find(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger));
        let bound = own.is_some_and(|c| {
            matches!(c.link, Link::Infinitive(Some(n)) | Link::Gerund(Some(n)) | Link::Relative(n, _) if n == noun)
                || c.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| sight.low(t) == "under"))
        });
        let side = if roles.givers.is_empty() { roles.receivers.clone() } else { roles.givers.clone() };
        let apart = |w: &Who| !w.countries.is_empty() && side.iter().all(|s| !s.may_be(w));
        let Some(other) = self.partners_of(sight, noun).into_iter().find(apart).filter(|_| bound) else { return };
        if roles.givers.is_empty() { roles.givers.push(other) } else { roles.receivers.push(other) }
    }

    /// Those who agreed on something: `with`, `between`, and whoever signed it.
    pub(super) fn partners_of(&mut self, sight: &Sight<'_>, deal: usize) -> Vec<Who> {
        let behind = sight.noun(deal).behind.iter().filter(|(p, _)| matches!(sight.low(*p), "with" | "between")).map(|(_, n)| *n);
        let signs = |c: &&crate::clause::Clause| {
            c.args.iter().any(|(_, n)| *n == deal)
                && c.verb.is_some_and(|v| {
                    matches!(
                        sight.verbs[v].lemma.as_str(),
                        "sign" | "conclude" | "reach" | "strike" | "make" | "ink" | "seal" | "agree" | "have" | "announce"
                    )
                })
        };
        let signers = sight.clauses.iter().find(signs).and_then(|c| c.subject);
        let nouns: Vec<usize> = behind.chain(signers).collect();
        let mut out: Vec<Who> = Vec::new();
        for noun in nouns {
            let mut found = self.group(sight, noun);
            if found.is_empty() {
                found.extend(self.finder.loose(&sight.scene, noun).or_else(|| self.finder.somebody(&sight.scene, noun)));
            }
            // `Russian and North Korean diplomats`: of each State.
            out.extend(found.into_iter().flat_map(|w| {
                let one = |c: &model::Country| Who { countries: vec![*c], ..w.clone() };
                if w.countries.len() > 1 { w.countries.iter().map(one).collect() } else { vec![w.clone()] }
            }));
        }
        out
    }

    /// `Italy blocked the sale of yachts bound for the North`, `foiled an attempt by it to import shoes`: the State that keeps goods back is the one
    /// they were to leave.
    fn kept_back(&mut self, sight: &Sight<'_>, kind: ActKind, roles: &mut Roles) {
        let traded = matches!(kind, ActKind::Sale | ActKind::Export | ActKind::Import | ActKind::Procurement);
        // What customs stop on its way out was to leave their State, wherever it was to go.
        let out = kind == ActKind::Export && roles.receivers.is_empty();
        if !traded || !roles.givers.is_empty() || !(out || super::located(&roles.receivers)) {
            return;
        }
        let keeps = |c: &&crate::clause::Clause| {
            c.verb.is_some_and(|v| {
                let verb = &sight.verbs[v];
                !verb.passive
                    && !verb.negated
                    && matches!(verb.lemma.as_str(), "block" | "foil" | "thwart" | "prevent" | "stop" | "halt" | "seize")
            })
        };
        let Some(subject) = sight.clauses.iter().find(keeps).and_then(|c| c.subject) else { return };
        let state = self.who(sight, subject).filter(|w| {
            w.kind == Some(model::PartyType::Government) && w.countries.len() == 1 && roles.receivers.iter().all(|r| !r.may_be(w))
        });
        roles.givers.extend(state.map(Who::inferred));
    }

    /// `Vietnamese police seized horn flown in by diplomats`: it came to the State that seized it.
    pub(super) fn brought_in(&mut self, sight: &Sight<'_>, clause: usize, roles: &mut Roles) {
        let brought = (1..sight.scene.tokens.len()).any(|t| {
            let into =
                sight.low(t) == "in" && !sight.scene.tokens.get(t + 1).is_some_and(|n| n.capital || n.shape == crate::token::Shape::Number);
            let country = sight.low(t) == "into" && sight.low(t + 1) == "the" && sight.low(t + 2) == "country";
            matches!(sight.low(t - 1), "flown" | "smuggled" | "brought" | "shipped" | "carried" | "posted" | "mailed") && (into || country)
        });
        if !brought || !roles.receivers.is_empty() || !super::located(&roles.givers) {
            return;
        }
        let subject = sight.clauses.get(clause).and_then(|c| c.subject);
        let state = subject.and_then(|n| self.who(sight, n)).filter(|w| w.countries.len() == 1 && crate::claim::enforces(w));
        roles.receivers.extend(state.filter(|s| roles.givers.iter().all(|g| !g.may_be(s))).map(Who::inferred));
    }

    /// `ships carrying Korean arms made four trips between Rajin and Russian ports`: to the one of the two that does not give.
    fn between_two(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        if !roles.receivers.is_empty() {
            return;
        }
        let args = sight.clauses.iter().flat_map(|c| &c.args);
        let pair: Vec<usize> = args.filter(|(p, _)| p.is_some_and(|t| sight.low(t) == "between")).map(|(_, n)| *n).collect();
        let found: Vec<Who> = pair.iter().filter_map(|n| self.who(sight, *n).or_else(|| self.finder.loose(&sight.scene, *n))).collect();
        let [a, b] = found.as_slice() else { return };
        if roles.givers.is_empty() {
            let nouns: Vec<usize> = roles.goods_nouns.iter().flat_map(|n| of_chain(sight, *n)).collect();
            roles.givers.extend(nouns.into_iter().find_map(|n| self.finder.loose(&sight.scene, n)));
        }
        let gives = |w: &Who| roles.givers.iter().any(|g| g.may_be(w));
        let other = if gives(a) { b } else { a };
        if gives(a) != gives(b) && !other.countries.is_empty() {
            roles.receivers.push(other.clone());
        }
    }

    /// `hired a Korean firm to build a monument`: who hires gets what is built.
    pub(super) fn hired(&mut self, sight: &Sight<'_>, clause: &crate::clause::Clause, roles: &mut Roles) {
        let Some(outer) = clause.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(clause.link, Link::Infinitive(_))) else { return };
        let hires = outer.verb.is_some_and(|v| {
            !sight.verbs[v].passive
                && matches!(
                    sight.verbs[v].lemma.as_str(),
                    "hire" | "contract" | "commission" | "engage" | "pay" | "employ" | "enlist" | "appoint"
                )
        });
        if let (true, true, Some(subject)) = (hires, roles.receivers.is_empty(), outer.subject) {
            roles.receivers = self.group(sight, subject);
        }
    }

    /// `the missiles, made in Iran`, `chips made by a US firm`: where goods without a giver come from.
    fn made_in(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        if !roles.givers.is_empty() {
            return;
        }
        let of_goods = |c: &&crate::clause::Clause| c.subject.is_some_and(|s| roles.goods_nouns.contains(&s));
        let made = sight.clauses.iter().filter(of_goods).find(|c| {
            c.verb.is_some_and(|v| {
                let verb = &sight.verbs[v];
                verb.passive
                    && matches!(
                        verb.lemma.as_str(),
                        "make"
                            | "manufacture"
                            | "produce"
                            | "build"
                            | "assemble"
                            | "mine"
                            | "print"
                            | "design"
                            | "buy"
                            | "purchase"
                            | "acquire"
                            | "load"
                    )
            })
        });
        let args: Vec<usize> = made
            .into_iter()
            .flat_map(|c| &c.args)
            .filter(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "in" | "by" | "at")))
            .map(|(_, n)| *n)
            .collect();
        let from = args.into_iter().find_map(|n| self.who(sight, n).or_else(|| self.finder.loose(&sight.scene, n)));
        roles.givers.extend(from.filter(|w| !w.countries.is_empty() && roles.receivers.iter().all(|r| !r.may_be(w))));
    }

    /// `Moscow and Pyongyang agreed that the North would provide shells`: the other of the two gets them.
    fn of_a_pair(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        // `Belarus and Sudan signed a contract for rifles`: whoever has them to give.
        if let ([], [one, other]) = (roles.givers.as_slice(), roles.receivers.as_slice())
            && !one.countries.is_empty()
            && !other.countries.is_empty()
            && !one.may_be(other)
            && sight
                .clauses
                .iter()
                .any(|c| c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "sign" | "conclude" | "ink" | "strike")))
        {
            roles.givers = vec![one.clone()];
            roles.receivers = vec![other.clone()];
            self.giver_of_two(true, roles);
            return;
        }
        let (known, open) = match (roles.givers.is_empty(), roles.receivers.is_empty()) {
            (false, true) => (roles.givers.clone(), &mut roles.receivers),
            (true, false) => (roles.receivers.clone(), &mut roles.givers),
            _ => return,
        };
        let agrees = |c: &&crate::clause::Clause| {
            c.verb.is_some_and(|v| {
                matches!(sight.verbs[v].lemma.as_str(), "agree" | "sign" | "strike" | "conclude" | "reach" | "make" | "negotiate")
            })
        };
        let Some(subject) = sight.clauses.iter().find(agrees).and_then(|c| c.subject) else { return };
        if let [a, b] = self.group(sight, subject).as_slice() {
            let is = |w: &Who| known.iter().any(|k| k.may_be(w));
            let other = if is(a) { b } else { a };
            if is(a) != is(b) && !other.countries.is_empty() {
                open.push(other.clone());
            }
        }
    }

    /// `a Russian ship has ferried North Korean shells to Russia`: they are from where they are from, and the ship only carries.
    fn home_carrier(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        let home = |w: &Who| !w.countries.is_empty() && roles.receivers.iter().any(|r| r.countries.first() == w.countries.first());
        let ship = |w: &Who| w.kind == Some(model::PartyType::Vessel);
        let (at_home, ships) = (roles.givers.iter().all(home), roles.givers.iter().all(ship));
        if roles.givers.is_empty() || !(at_home || ships) {
            return;
        }
        let nouns: Vec<usize> = roles.goods_nouns.iter().flat_map(|n| of_chain(sight, *n)).collect();
        let from = nouns.into_iter().find_map(|n| self.finder.loose(&sight.scene, n)).filter(|w| !home(w));
        if let Some(from) = from {
            // `a Russian citizen smuggled American parts into Russia`: a person or firm does it, a ship only carries.
            let acts = roles.givers.iter().all(|w| matches!(w.kind, Some(model::PartyType::Person | model::PartyType::Company)));
            if at_home && !acts {
                roles.carriers.append(&mut roles.givers);
            }
            // `tankers of another flag carried Russian crude`: the ship, and where the oil is from.
            roles.givers.push(Who { place: !roles.givers.is_empty(), ..from });
        }
    }

    /// `on their way from China to Benghazi`, `en route from Iran to Yemen`.
    fn on_the_way(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        let tokens = sight.scene.tokens.len();
        let Some(way) = (0..tokens).find(|t| matches!(sight.low(*t), "way" | "route" | "transit") && sight.low(t + 1) == "from") else {
            return;
        };
        let at = |token: usize| sight.scene.nouns.iter().position(|n| n.first == token || n.det == Some(token));
        let Some(from) = at(way + 2) else { return };
        let end = sight.noun(from).end;
        let to = (end..(end + 8).min(tokens)).find(|t| sight.low(*t) == "to").and_then(|t| at(t + 1));
        let (start, goal) = (self.who(sight, from), to.and_then(|n| self.who(sight, n)));
        if roles.givers.is_empty() {
            roles.givers.extend(start.filter(|w| !w.countries.is_empty()));
        }
        if roles.receivers.is_empty() {
            roles.receivers.extend(goal.filter(|w| !w.countries.is_empty()));
        }
    }

    /// `carried aid to resupply Houthi forces`, `to support Kenya by providing flour`: who is helped by it gets it.
    fn helped(&mut self, sight: &Sight<'_>, trigger: usize) -> Option<Who> {
        let own = sight.clauses.iter().find(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger));
        let by = own.filter(|c| matches!(c.link, Link::Gerund(Some(t)) if sight.low(t) == "by")).and_then(|c| c.parent);
        let helps =
            |v: usize| matches!(sight.verbs[v].lemma.as_str(), "support" | "help" | "aid" | "assist" | "bolster" | "back" | "reinforce");
        if let Some(outer) = by.map(|p| &sight.clauses[p]).filter(|c| c.verb.is_some_and(helps)) {
            let object = outer.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
            let who = object.and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty());
            if who.is_some() {
                return who;
            }
        }
        for clause in sight.clauses.iter().filter(|c| matches!(c.link, Link::Infinitive(_))) {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| v.head > trigger) else { continue };
            // `sent two battalions to fight alongside the Congolese army`.
            if matches!(verb.lemma.as_str(), "fight" | "serve" | "train" | "work" | "battle") {
                let beside = clause.args.iter().find(|(p, _)| {
                    p.is_some_and(|t| {
                        matches!(sight.low(t), "alongside" | "for" | "beside")
                            || (sight.low(t) == "with" && sight.low(t - 1) == "alongside")
                    })
                });
                // `to fight on Russia's side`.
                let side = clause.args.iter().map(|(_, n)| *n).find(|n| sight.low(sight.noun(*n).head) == "side");
                let whose = side.and_then(|n| sight.noun(n).owner.or(sight.noun(n).of));
                let who = beside.map(|(_, n)| *n).or(whose).and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty());
                if who.is_some() {
                    return who;
                }
            }
            // `are smuggled from Oman to be assembled by the Houthis`.
            let handled = matches!(
                verb.lemma.as_str(),
                "assemble" | "fit" | "use" | "install" | "resell" | "sell" | "distribute" | "deploy" | "fire" | "refine"
            );
            if verb.passive && handled {
                let by = clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")).map(|(_, n)| *n);
                let who = by.and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty());
                if who.is_some() {
                    return who;
                }
            }
            if !matches!(
                verb.lemma.as_str(),
                "resupply" | "arm" | "equip" | "supply" | "support" | "help" | "aid" | "assist" | "bolster" | "reinforce"
            ) {
                continue;
            }
            let object = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
            let who = object.and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty());
            if who.is_some() {
                return who;
            }
        }
        None
    }

    /// `met North Korean ships to hand over oil`: whom one meets for it gets it.
    fn met(&mut self, sight: &Sight<'_>, trigger: usize) -> Option<Who> {
        let inner = sight.clauses.iter().find(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger))?;
        let outer = inner.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(inner.link, Link::Infinitive(_)))?;
        let meets = outer.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "meet" | "approach" | "rendezvous" | "join"));
        let object = outer.args.iter().find(|(p, _)| p.is_none_or(|t| sight.low(t) == "with")).map(|(_, n)| *n).filter(|_| meets)?;
        self.who(sight, object).or_else(|| self.finder.loose(&sight.scene, object)).filter(|w| !w.countries.is_empty())
    }

    /// `tankers carrying fuel sailed towards Venezuela`, `a plane with arms landed in Port Sudan`: where the carrier goes.
    fn sails_to(&mut self, sight: &Sight<'_>, trigger: usize) -> Option<Who> {
        let inner = sight.clauses.iter().find(|c| c.verb.is_some_and(|v| sight.verbs[v].head == trigger))?;
        let loaded = inner.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "carry" | "transport" | "load" | "bring"));
        // `had landed in Caracas to deliver parts`: the journey is above the act.
        let purpose = matches!(inner.link, Link::Infinitive(_));
        let subject = inner.subject.filter(|_| (loaded && matches!(inner.link, Link::Participle | Link::Relative(..))) || purpose)?;
        let outer = sight.clauses.iter().find(|c| {
            c.subject == Some(subject) && c.verb.is_some_and(|v| SAILS.contains(sight.verbs[v].lemma.as_str()) && !sight.verbs[v].negated)
        })?;
        let direct = outer.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "reach" | "enter"));
        let to =
            |p: Option<usize>| p.map_or(direct, |t| matches!(sight.low(t), "to" | "towards" | "toward" | "for" | "in" | "into" | "at"));
        let places: Vec<usize> = outer.args.iter().filter(|(p, _)| to(*p)).map(|(_, n)| *n).collect();
        places
            .into_iter()
            .find_map(|n| self.who(sight, n).or_else(|| self.finder.loose(&sight.scene, n)).or_else(|| self.located_in(sight, n)))
            .filter(|w| !w.countries.is_empty())
    }

    /// `bound for Venezuela`, `destined for Lebanon`, `intended for the army`.
    pub(super) fn bound_for(&mut self, sight: &Sight<'_>) -> Option<Who> {
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { continue };
            // `as it made for Libya`: where a ship was going.
            let made_for = verb.lemma == "make" && !verb.passive && sight.low(verb.end) == "for";
            if !made_for && !matches!(verb.lemma.as_str(), "bind" | "destine" | "intend" | "head" | "mean" | "earmark") {
                continue;
            }
            let args: Vec<usize> =
                clause.args.iter().filter(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "for" | "to"))).map(|(_, n)| *n).collect();
            if let Some(who) = args.into_iter().find_map(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty()) {
                return Some(who);
            }
        }
        let tokens = sight.scene.tokens;
        let at = (0..tokens.len()).find(|i| {
            let (a, b) = (sight.low(*i), sight.low(i + 1));
            (b == "for" && matches!(a, "bound" | "destined" | "intended" | "headed" | "meant" | "heading" | "course" | "making"))
                || (b == "to" && matches!(a, "way" | "route" | "heading" | "headed" | "addressed" | "transit"))
        })?;
        let noun = (0..sight.scene.nouns.len()).find(|n| sight.noun(*n).first >= at + 2 && sight.noun(*n).first <= at + 4)?;
        self.who(sight, noun).filter(|w| !w.countries.is_empty())
    }

    /// A State, place or group behind one of these prepositions later in the sentence, which no role has taken: `chips that can be used in
    /// drones to Russia`.
    pub(super) fn elsewhere(&mut self, sight: &Sight<'_>, trigger: usize, words: &[&str], roles: &Roles) -> Option<Who> {
        let args: Vec<(usize, usize)> = sight
            .clauses
            .iter()
            .filter(|c| {
                c.verb.is_none_or(|v| {
                    sight.verbs[v].head == trigger
                        || super::looks::of_ability(sight, c)
                        || self.lexicon.frames(&sight.verbs[v].lemma).iter().all(|f| f.kind.is_none() || f.outcome == Outcome::Banned)
                })
            })
            .flat_map(|c| &c.args)
            .filter_map(|(p, n)| p.map(|p| (p, *n)))
            .filter(|(p, n)| *p > trigger && !according(sight, *p) && words.contains(&sight.low(*p)) && !roles.used.contains(n))
            .collect();
        for (token, noun) in args {
            if self.belongs_to_noun(sight, token, noun) || super::words::of_a_paper(sight, token) {
                continue;
            }
            let reached = matches!(sight.low(token), "to" | "into");
            let who = self
                .who(sight, noun)
                .filter(|w| !w.countries.is_empty() && !w.media && w.kind != Some(model::PartyType::Person))
                .or_else(|| self.finder.loose(&sight.scene, noun).filter(|_| reached))
                .or_else(|| self.located_in(sight, noun));
            if who.is_some() {
                return who;
            }
        }
        None
    }
}

/// A ship that is held, or that arrives somewhere, is what carries and not what is given.
pub(super) fn means_of_transport(lemma: &str, outcome: Outcome, roles: &Roles) -> bool {
    // `2,000 motorcycles arrived` as goods; a ship, a plane or a convoy as what carries them.
    let goes = |t: &Thing| {
        let low = t.words.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
        let own = ["motorcycle", "motorbike", "car", "tractor", "ambulance", "limousine", "sedan", "pickup", "tank"];
        !own.contains(&low.strip_suffix('s').unwrap_or(&low))
    };
    let carries = !roles.things.is_empty()
        && roles.things.iter().all(|t| matches!(t.category.as_str(), "vessel" | "vehicles" | "aircraft") && goes(t));
    let moves = matches!(
        lemma,
        "arrive"
            | "reach"
            | "enter"
            | "cross"
            | "go"
            | "head"
            | "sail"
            | "leave"
            | "dock"
            | "call"
            | "depart"
            | "travel"
            | "visit"
            | "move"
            | "come"
            | "return"
            | "land"
    );
    carries && ((outcome == Outcome::Stopped && roles.receivers.is_empty()) || moves)
}

/// What is given when only the verb says so: training, work, a journey.
pub(super) fn implied(sight: &Sight<'_>, kind: ActKind, trigger: usize, both: bool) -> Option<Thing> {
    let arms = matches!(sight.low(trigger), "arm" | "arms" | "armed" | "arming" | "rearm" | "rearmed" | "rearming");
    if kind == ActKind::JointVenture {
        return venture(sight);
    }
    let category = match kind {
        _ if arms => "arms",
        ActKind::Training => "training",
        ActKind::Bunkering | ActKind::Crewing => "service",
        // `advised the rebels`, `guards the president`: work for somebody, whatever it was.
        // `is provided to Hamas by Tehran`: of what, the words before it say, or nobody.
        ActKind::Service | ActKind::TechnicalAssistance if both && !sight.low(trigger).starts_with("provid") => "service",
        ActKind::TechnologyTransfer => "technology",
        ActKind::Employment if ["receiv", "bring", "brought", "import", "export"].iter().any(|w| sight.low(trigger).starts_with(w)) => {
            return None;
        }
        ActKind::Employment => "workers",
        ActKind::Insurance | ActKind::BankAccount | ActKind::CorrespondentBanking => "financial_service",
        ActKind::Flagging | ActKind::Classification => "vessel",
        ActKind::Payment => "money",
        // `funds the militia`, `bankrolled the rebels`: whatever it was for.
        ActKind::Financing | ActKind::Investment if both => "money",
        ActKind::Supply if both && matches!(sight.low(trigger), "equip" | "equips" | "equipped" | "equipping") => "arms",
        ActKind::FishingRights => "seafood",
        ActKind::ShipToShipTransfer => "oil",
        _ => return None,
    };
    let span = sight.span(trigger, trigger + 1);
    let words = sight.scene.text.get(span.0..span.1)?.to_owned();
    Some(Thing { words, category: category.to_owned(), sort: Sort::Goods, generic: false, another: false, english: None, span })
}

/// `formed a joint venture with`: the venture is what both take part in.
fn venture(sight: &Sight<'_>) -> Option<Thing> {
    let of = |n: &crate::phrase::NounPhrase| {
        let low = sight.low(n.head);
        matches!(low.strip_suffix('s').unwrap_or(low), "venture" | "enterprise" | "partnership")
    };
    let noun = sight.scene.nouns.iter().find(|n| of(n))?;
    let (words, span) = sight.scene.words(noun.first, noun.end);
    Some(Thing { words, category: "service".to_owned(), sort: Sort::Goods, generic: false, another: false, english: None, span })
}

/// The kind of act, once it is known who and what takes part.
pub(super) fn particular(sight: &Sight<'_>, kind: ActKind, trigger: usize, roles: &Roles) -> ActKind {
    let vessel = |list: &[Who]| list.iter().any(|w| is_ship(sight, w));
    let sea = sight.scene.tokens.iter().any(|t| t.low.starts_with("ship-to-ship"));
    let oil = roles.things.iter().any(|t| t.category == "oil");
    let on_land = roles.givers.iter().any(|w| w.kind == Some(model::PartyType::Government) || w.place);
    let at_sea = sea || (vessel(&roles.givers) && vessel(&roles.receivers)) || (oil && vessel(&roles.receivers) && !on_land);
    let fishing = roles.things.iter().any(|t| {
        let words = t.words.to_lowercase();
        words.contains("fishing") && ["permit", "right", "licen"].iter().any(|w| words.contains(w))
    });
    // `processed payments for parties in Iran`: who moves the money of others serves them.
    let bank = roles
        .givers
        .iter()
        .any(|w| w.kind == Some(model::PartyType::Bank) || ["bank", "lender"].iter().any(|end| w.name.to_lowercase().ends_with(end)));
    let handles = sight.clauses.iter().any(|c| {
        c.verb.is_some_and(|v| {
            sight.verbs[v].head == trigger
                && matches!(sight.verbs[v].lemma.as_str(), "process" | "handle" | "clear" | "route" | "execute" | "settle" | "move")
        })
    });
    let amount = !roles.things.is_empty()
        && roles.things.iter().all(|t| {
            t.sort == Sort::Goods && !t.generic && !matches!(t.category.as_str(), "other" | "financial_service" | "money" | "crypto")
        });
    let pays = ["pay", "paid", "pays", "paying", "payment", "payments"].contains(&sight.low(trigger));
    // `a visit by technicians`: a journey, and no work.
    let tours = !roles.things.is_empty() && roles.things.iter().all(|t| t.category == "tourism");
    if !tours && matches!(sight.low(trigger), "visit" | "visits" | "visited" | "visiting" | "trip" | "trips" | "tour" | "tours") {
        return kind;
    }
    let know_how = !roles.things.is_empty() && roles.things.iter().all(|t| t.category == "technology" || is_paper_of(t));
    let know_how = know_how && roles.things.iter().any(|t| t.category == "technology");
    let arms = !roles.things.is_empty()
        && roles
            .things
            .iter()
            .all(|t| matches!(t.category.as_str(), "arms" | "missile" | "ammunition" | "nuclear") && t.sort == Sort::Goods);
    let gifts = !roles.things.is_empty() && roles.things.iter().all(crate::what::is_gift);
    match kind {
        ActKind::Supply | ActKind::Transfer if gifts => ActKind::Gift,
        // What is done to arms of others is technical assistance, as every embargo on arms has it.
        ActKind::Service if arms => ActKind::TechnicalAssistance,
        ActKind::Payment if bank && handles => ActKind::Service,
        // `moved a second cargo of 500,000 bl`: what looked like a sum was an amount of goods.
        ActKind::Payment if amount && !pays => ActKind::Supply,
        // `bought fishing areas from the North`: the right to fish there.
        ActKind::Procurement | ActKind::Sale | ActKind::Supply | ActKind::Lease
            if !roles.things.is_empty() && roles.things.iter().all(is_waters) =>
        {
            ActKind::FishingRights
        }
        ActKind::Travel if !roles.things.is_empty() && roles.things.iter().all(|t| t.sort == Sort::Money) => ActKind::Payment,
        _ if fishing => ActKind::FishingRights,
        // `received training from`, `gave instructions`.
        ActKind::Supply | ActKind::Transfer | ActKind::Gift | ActKind::Procurement | ActKind::Donation
            if roles.things.iter().any(|t| t.category == "training") && roles.things.iter().all(is_teaching) =>
        {
            ActKind::Training
        }
        // `supplying technical assistance to Damascus`.
        ActKind::Supply | ActKind::Transfer | ActKind::Gift | ActKind::Donation
            if !roles.things.is_empty() && roles.things.iter().all(is_know_how_given) =>
        {
            ActKind::TechnicalAssistance
        }
        ActKind::Supply | ActKind::Transfer | ActKind::Transport | ActKind::Bunkering if at_sea => ActKind::ShipToShipTransfer,
        // What is moved from one to another is supplied; only the owner's own move is transport.
        ActKind::Transport | ActKind::Transit => ActKind::Supply,
        ActKind::Supply | ActKind::Transfer | ActKind::Gift | ActKind::Procurement if know_how => ActKind::TechnologyTransfer,
        ActKind::Supply | ActKind::Transfer | ActKind::Travel | ActKind::Export | ActKind::Other
            if roles.things.iter().any(|t| t.category == "workers" && t.sort == Sort::People) =>
        {
            ActKind::Employment
        }
        ActKind::Brokering
            if !roles.things.is_empty() && roles.things.iter().all(|t| matches!(t.category.as_str(), "money" | "financial_service")) =>
        {
            ActKind::Payment
        }
        // `seven containers travelled from Belarus to Gabon`: goods that travel are brought.
        ActKind::Travel
            if !roles.things.is_empty()
                && roles.things.iter().all(|t| sight.scene.text.get(t.span.0..t.span.1).is_some_and(|own| own.ends_with(&t.words)))
                && roles.things.iter().all(|t| {
                    t.sort == Sort::Goods
                        && !matches!(t.category.as_str(), "tourism" | "aircraft" | "vessel" | "vehicles" | "other" | "training")
                }) =>
        {
            ActKind::Supply
        }
        // `10,000 troops went to Russia`.
        ActKind::Travel if !roles.things.is_empty() && roles.things.iter().all(is_soldiers) => ActKind::Service,
        // Soldiers lent to another State are no goods.
        ActKind::Employment | ActKind::Other | ActKind::Supply | ActKind::Transfer
            if !roles.things.is_empty() && roles.things.iter().all(|t| t.category == "other" && t.sort == Sort::People) =>
        {
            ActKind::Service
        }
        ActKind::Other if roles.things.iter().any(|t| t.sort == Sort::Money) => ActKind::Transfer,
        // `stole missile designs`.
        ActKind::Other if know_how => ActKind::TechnologyTransfer,
        // `flew fighters and weapons`.
        ActKind::Other | ActKind::Employment
            if roles.things.iter().any(|t| t.sort == Sort::People && t.category == "other")
                && roles.things.iter().any(|t| t.sort == Sort::Goods) =>
        {
            ActKind::Supply
        }
        ActKind::Travel | ActKind::Other if roles.things.iter().any(|t| t.category == "tourism") => ActKind::Tourism,
        other => other,
    }
}

/// A ship by its kind, or by the words before its name: `the North Korean tanker Rye Song Gang 1`.
pub(super) fn is_ship(sight: &Sight<'_>, who: &Who) -> bool {
    if who.kind == Some(model::PartyType::Vessel) {
        return true;
    }
    let own = |n: &&crate::phrase::NounPhrase| {
        let (first, end) = sight.span(n.first, n.end);
        first <= who.span.0 && who.span.0 < end
    };
    let ship = |t: usize| {
        let low = sight.low(t);
        matches!(low.strip_suffix('s').unwrap_or(low), "tanker" | "ship" | "vessel" | "freighter" | "boat" | "barge" | "trawler" | "dhow")
            || low.ends_with("-flagged")
    };
    !matches!(who.kind, Some(model::PartyType::Government | model::PartyType::Person))
        && sight.scene.nouns.iter().find(own).is_some_and(|n| (n.first..n.end).any(ship))
}

/// A noun phrase and those behind its `of`s: `a container of bottles of Russian vodka`.
fn of_chain(sight: &Sight<'_>, noun: usize) -> Vec<usize> {
    let mut out = vec![noun];
    while let Some(of) = out.last().and_then(|n| sight.noun(*n).of).filter(|of| !out.contains(of) && out.len() < 4) {
        out.push(of);
    }
    out
}
