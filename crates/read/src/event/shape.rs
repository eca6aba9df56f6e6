//! What the build of a sentence tells: goods that a verb of no table moves from or to somebody, and what looks like an act and is none. What is no act
//! among the first is sorted out once the whole report is known.

use super::{Event, Eye, Roles, Sight, Word, located};
use crate::clause::{Clause, Link};
use crate::groups::{EASES_OR_HAMPERS, MOVES_NOTHING, NO_WORK, ONLY_REACHES};
use crate::lexicon::{Frame, Needs, Outcome, Part};
use crate::tag::Tag;
use crate::what::{Sort, Thing};
use model::ActKind;

impl Eye<'_> {
    /// `sent troops into the country`: who marches in serves nobody there, unless it is said whom. Troops that fight for or against a neighbour are a matter
    /// of war and of no embargo; those of North Korea serve for pay, as its workers do.
    pub(super) fn invades(&self, sight: &Sight<'_>, at: usize, event: &Event) -> bool {
        let into = |t: usize| sight.low(t) == "into" || (sight.low(t) == "to" && t > 0 && sight.low(t - 1) == "on");
        let inside = sight.clauses[at].args.iter().any(|(p, _)| p.is_some_and(into));
        let purpose = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Infinitive(_)));
        let korean = event.givers.iter().any(|who| who.countries.iter().any(|c| c.code() == "KP"));
        let neighbour = !korean && event.givers.iter().any(|who| !who.countries.is_empty());
        // `sent 1,200 mercenaries to Libya`: for hire, and no army that comes.
        let hired = event.things.iter().all(|t| t.words.to_lowercase().contains("mercenar"));
        // `sent troops into Somalia to protect the government`.
        let aids = sight.clauses.iter().any(|c| {
            let verb = c.verb.map(|v| sight.verbs[v].lemma.as_str());
            let helps =
                matches!(verb, Some("protect" | "guard" | "support" | "help" | "assist" | "save" | "prop" | "reinforce" | "advise"));
            // `to fight alongside the army`.
            let beside = verb == Some("fight")
                && c.args.iter().any(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "alongside" | "for" | "beside" | "with")));
            c.parent == Some(at) && matches!(c.link, Link::Infinitive(_)) && (helps || beside)
        });
        event.kind == ActKind::Service
            && !hired
            && !aids
            && (neighbour || inside && !purpose)
            && !event.things.is_empty()
            && event.things.iter().all(super::goods::is_soldiers)
    }

    /// `sent warships to deliver missiles`: the ships are the means of the act that follows.
    pub(super) fn only_carries(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        let means = roles.things.iter().all(|t| matches!(t.category.as_str(), "vessel" | "vehicles" | "aircraft"));
        let purpose = |c: &crate::clause::Clause| {
            c.parent == Some(at)
                && matches!(c.link, Link::Infinitive(_))
                && c.verb.is_some_and(|v| self.lexicon.frames(&sight.verbs[v].lemma).iter().any(|f| f.kind.is_some()))
                && c.args.iter().any(|(p, n)| p.is_none() && self.thing(sight, *n).is_some())
        };
        !roles.things.is_empty() && means && sight.clauses.iter().any(purpose)
    }

    /// `Chinese weapons have got into Sudan from the Emirates`, `funnelled chips to`: goods with a direction.
    pub(super) fn of_shape(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let found = self.of_catch(sight, at).or_else(|| self.of_enlistment(sight, at));
        if let Some(found) = found.or_else(|| self.of_labour(sight, at)).or_else(|| self.of_banking(sight, at)) {
            return Some(found);
        }
        let says = self.lexicon.saying(&verb.lemma).is_some();
        let banned = self.lexicon.frames(&verb.lemma).iter().any(|f| f.outcome == Outcome::Banned);
        if says
            || banned
            || super::war::FIRES.contains(&verb.lemma.as_str())
            || verb.passive
                && matches!(clause.link, Link::Infinitive(_))
                && matches!(verb.lemma.as_str(), "assemble" | "fit" | "install" | "refine")
            || MOVES_NOTHING.contains(&verb.lemma)
            || self.ends_an_act(sight, clause, verb)
        {
            return None;
        }
        let object = clause.args.iter().any(|(p, _)| p.is_none());
        // What has no object moves by itself: `weapons got into Sudan`.
        let subject = if object || verb.passive { Part::Giver } else { Part::Goods };
        let frame = Frame {
            tail: Vec::new(),
            kind: Some(ActKind::Supply),
            subject: vec![subject],
            object: vec![Part::Goods],
            prepositions: Vec::new(),
            outcome: Outcome::Done,
            needs: Needs::Goods,
        };
        let mut roles = Roles::default();
        self.fill(sight, clause, verb, &frame, &mut roles);
        let looks = self.tells_nothing(sight, at) || self.only_looks(sight, at, &roles);
        if looks || self.is_warfare(sight, at, &roles) || super::war::fights(&verb.lemma) {
            return None;
        }
        let thing = |t: &Thing| t.sort == Sort::Goods && !t.generic;
        let directed = |low: &str| clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == low) && roles.used.contains(n));
        let goes = (located(&roles.receivers) && (directed("to") || directed("into"))) || (located(&roles.givers) && directed("from"));
        let own = roles.goods_nouns.iter().any(|n| super::words::his_own(sight, *n));
        // `obtained a request for weapons from`: a paper, and no goods.
        let paper = roles.goods_nouns.iter().any(|n| super::is_paper(sight.low(sight.noun(*n).head)));
        if own || paper || !roles.things.iter().any(thing) || !goes {
            return None;
        }
        // `to ease the provision of aid to the North`: what is made easy or hard is told by its noun.
        let bears_on = EASES_OR_HAMPERS.contains(&verb.lemma);
        if bears_on
            && roles.goods_nouns.iter().all(|n| self.lexicon.nominal(sight.low(sight.noun(*n).head)).is_some_and(|x| x.kind.is_some()))
        {
            return None;
        }
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Supply, outcome: Outcome::Done, noun: false };
        Some((Event { shaped: true, ..self.event(sight, word, roles) }, nouns))
    }

    /// `caught the ship with 25,000 tonnes of coal on board`, `searched the vessel and found dozens of vehicles`: goods on their way to somebody.
    fn of_catch(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let catches = matches!(
            verb.lemma.as_str(),
            "find"
                | "discover"
                | "uncover"
                | "catch"
                | "stop"
                | "intercept"
                | "seize"
                | "detain"
                | "hold"
                | "confiscate"
                | "impound"
                | "board"
                | "halt"
                | "contain"
        );
        let carrier = |t: &Thing| matches!(t.category.as_str(), "vessel" | "vehicles" | "aircraft");
        // `the plane held 35 tonnes of weapons`: what it holds, and nobody who holds it back.
        let holds = verb.lemma == "contain"
            || (verb.lemma == "hold" && !verb.passive && clause.subject.is_some_and(|s| self.thing(sight, s).is_some_and(|t| carrier(&t))));
        let loaded = |t: &Thing| t.sort == Sort::Goods && !t.generic && t.category != "vessel" && t.category != "other";
        // `On board were missiles from Iran`: whether it was caught, other sentences tell.
        let lies = super::words::is_aboard(sight, at);
        // `to help it intercept drones`: an aim.
        let aim =
            matches!(clause.link, Link::Infinitive(_)) && matches!(verb.lemma.as_str(), "intercept" | "stop" | "seize" | "halt" | "catch");
        if !(catches || lies) || verb.negated || verb.modal.is_some() || aim {
            return None;
        }
        // Something carried it: `on board`, a ship by its name or kind.
        let carried = (0..sight.scene.tokens.len())
            .any(|t| matches!(sight.low(t), "board" | "aboard" | "hold" | "cargo" | "hidden" | "bound" | "containers" | "container"))
            || (0..sight.scene.nouns.len()).any(|n| {
                self.thing(sight, n).is_some_and(|t| carrier(&t))
                    || self.who(sight, n).is_some_and(|w| w.kind == Some(model::PartyType::Vessel))
            });
        // `detained two men with 4.5 kilos of horn`: people carry too.
        let people = matches!(verb.lemma.as_str(), "detain" | "catch" | "stop" | "hold")
            && clause
                .args
                .iter()
                .any(|(p, n)| p.is_none() && self.who(sight, *n).is_some_and(|w| w.kind != Some(model::PartyType::Company)));
        if !(carried || people) {
            return None;
        }
        let mut nouns: Vec<usize> = clause.args.iter().filter(|(p, _)| p.is_none_or(|t| sight.low(t) == "with")).map(|(_, n)| *n).collect();
        nouns.extend(clause.subject.filter(|_| verb.passive || holds || lies));
        let mut roles = Roles::default();
        for noun in nouns {
            if self.thing(sight, noun).is_some_and(|t| loaded(&t)) {
                self.put(sight, noun, Part::Goods, &mut roles);
            }
        }
        roles.things.retain(loaded);
        if roles.things.is_empty() {
            return None;
        }
        let nouns = roles.goods_nouns.clone();
        let outcome = if lies { Outcome::Done } else { Outcome::Stopped };
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Supply, outcome, noun: false };
        let event = self.event(sight, word, roles);
        Some((Event { shaped: true, aboard: event.aboard || lies, ..event }, nouns))
    }

    /// `put North Korean workers on the payrolls of American firms`, `workers took up jobs in America`: people of one State at work in another.
    fn of_labour(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let nouns: Vec<usize> =
            clause.subject.into_iter().chain(clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n)).collect();
        let by_trade =
            nouns.iter().copied().find(|n| self.thing(sight, *n).is_some_and(|t| t.category == "workers" && t.sort == Sort::People));
        // `300 North Korean women arrived in Hunchun to work in two plants`: by what they came for.
        let to_work = |c: &Clause| {
            c.parent == Some(at)
                && matches!(c.link, Link::Infinitive(_))
                && c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "work" | "toil" | "labour" | "labor"))
        };
        let come = sight.clauses.iter().any(to_work);
        let worker = by_trade.or_else(|| nouns.iter().copied().find(|n| come && self.as_people(sight, *n).is_some()))?;
        // `a crew, named the Amur Star by officials`: what something is called.
        // `the crew includes a Maltese`: who is among them.
        let names = matches!(
            verb.lemma.as_str(),
            "name" | "call" | "dub" | "identify" | "know" | "include" | "comprise" | "consist" | "number" | "total"
        );
        // `all of the crew are North Korean nationals`: who they are, and not where they work.
        let is_what =
            verb.lemma == "be" && !clause.args.iter().any(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "in" | "at" | "for" | "on")));
        // `engineers helped Syria`, `a waitress visited the shop`: no work for whom the verb only reaches.
        let reaches = ONLY_REACHES.contains(&verb.lemma);
        // `gave a talk in Pyongyang`: who speaks somewhere does not work there.
        let talks = clause.args.iter().any(|(p, n)| {
            let low = sight.low(sight.noun(*n).head);
            p.is_none()
                && matches!(low.strip_suffix('s').unwrap_or(low), "talk" | "speech" | "lecture" | "presentation" | "interview" | "address")
        });
        // `technicians were seen at work in the plants`.
        let at_work = |(p, n): &(Option<usize>, usize)| p.is_some_and(|t| sight.low(t) == "at") && sight.low(sight.noun(*n).head) == "work";
        let says = self.lexicon.saying(&verb.lemma).is_some() && !(verb.passive && clause.args.iter().any(at_work));
        // `a designer broke off business with a wholesaler`, `two welders fled to Poland`.
        let idle = NO_WORK.contains(&verb.lemma);
        let returns = super::no_act::goes_home(sight, verb);
        if names || is_what || reaches || talks || says || idle || returns || verb.negated {
            return None;
        }
        let home = self.finder.loose(&sight.scene, worker).or_else(|| self.who(sight, worker)).filter(|w| !w.countries.is_empty());
        let inside: Vec<usize> = clause
            .args
            .iter()
            .filter(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "in" | "at" | "for" | "on" | "with" | "to" | "into" | "by")))
            .map(|(_, n)| *n)
            .chain(nouns.iter().copied().filter(|n| *n != worker))
            .collect();
        let apart = |w: &crate::who::Who| !w.countries.is_empty() && home.as_ref().is_none_or(|h| !h.may_be(w));
        let host = inside.into_iter().find_map(|n| {
            let of = sight.noun(n).of;
            let own = self.who(sight, n).or_else(|| self.finder.loose(&sight.scene, n)).filter(apart);
            own.or_else(|| of.and_then(|o| self.who(sight, o).or_else(|| self.finder.loose(&sight.scene, o))).filter(apart))
        });
        let host = host.or_else(|| self.where_it_is(sight, at).filter(apart))?;
        let mut roles = Roles::default();
        self.put(sight, worker, Part::Worker, &mut roles);
        if roles.things.is_empty() {
            roles.things.extend(self.as_people(sight, worker));
        }
        roles.givers.extend(home);
        roles.receivers.push(host);
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Employment, outcome: Outcome::Done, noun: false };
        Some((Event { shaped: true, ..self.event(sight, word, roles) }, nouns))
    }

    /// `Mozambique, where nurses work in hospitals`, `In Senegal they work`: the place that a clause is told of.
    pub(super) fn where_it_is(&mut self, sight: &Sight<'_>, at: usize) -> Option<crate::who::Who> {
        let clause = &sight.clauses[at];
        let first = clause.subject.map_or(0, |s| sight.noun(s).det.unwrap_or(sight.noun(s).first));
        let mut above = Some(at);
        let mut wh = None;
        while let Some(c) = above {
            if let Link::Adverbial(token) = sight.clauses[c].link
                && sight.low(token) == "where"
            {
                wh = Some(token);
            }
            above = sight.clauses[c].parent;
        }
        if let Some(wh) = wh {
            let end = if wh > 0 && sight.low(wh - 1) == "," { wh - 1 } else { wh };
            let noun = (0..sight.scene.nouns.len()).find(|n| sight.noun(*n).end == end)?;
            return self.who(sight, noun).or_else(|| self.finder.loose(&sight.scene, noun)).filter(|w| !w.countries.is_empty());
        }
        let ahead = |(p, n): &(Option<usize>, usize)| {
            p.is_some_and(|t| matches!(sight.low(t), "in" | "at" | "across")) && sight.noun(*n).end <= first
        };
        let place = clause.args.iter().find(|a| ahead(a)).map(|(_, n)| *n)?;
        self.who(sight, place).filter(|w| !w.countries.is_empty())
    }

    /// `carried out 111 transactions on behalf of parties in Sudan`: who moves the money of others serves them.
    fn of_banking(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let moves = |n: &usize| {
            let low = sight.low(sight.noun(*n).head);
            matches!(low.trim_end_matches('s'), "transaction" | "payment" | "transfer" | "remittance" | "deposit" | "withdrawal")
        };
        let objects: Vec<usize> =
            clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).chain(clause.subject.filter(|_| verb.passive)).collect();
        let object = objects.into_iter().find(moves)?;
        let behalf = |n: usize| super::beneficiary(sight, n).or(Some(n));
        let behind: Vec<usize> = clause
            .args
            .iter()
            .filter(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "for" | "on")))
            .filter_map(|(_, n)| behalf(*n))
            .collect();
        let mut roles = Roles::default();
        for noun in behind {
            if roles.receivers.is_empty() {
                self.put(sight, noun, Part::Receiver, &mut roles);
            }
        }
        if !located(&roles.receivers) {
            return None;
        }
        if let Some(subject) = clause.subject.filter(|_| !verb.passive) {
            self.put(sight, subject, Part::Giver, &mut roles);
        }
        let phrase = sight.noun(object);
        let (words, span) = sight.scene.words(phrase.first, phrase.end);
        roles.things.push(Thing {
            words,
            category: "financial_service".to_owned(),
            sort: Sort::Goods,
            generic: false,
            another: false,
            english: None,
            span,
        });
        roles.goods_nouns.push(object);
        let handles = matches!(
            verb.lemma.as_str(),
            "process" | "handle" | "carry" | "conduct" | "execute" | "clear" | "route" | "settle" | "make" | "perform" | "effect"
        );
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Service, outcome: Outcome::Done, noun: false };
        Some((Event { shaped: !handles, ..self.event(sight, word, roles) }, vec![object]))
    }

    /// `the funds flowed between a Maltese exchange and one in Iran`: from the one to the other.
    pub(super) fn of_flow(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        if !matches!(verb.lemma.as_str(), "flow" | "move" | "pass" | "circulate" | "travel" | "go" | "ship" | "transfer") || verb.negated {
            return None;
        }
        let first = clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "between")).map(|(_, n)| *n)?;
        let object = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
        let mut roles = Roles::default();
        self.put(sight, object.or(clause.subject)?, Part::Goods, &mut roles);
        self.between(sight, first, &mut roles);
        let both = !roles.givers.is_empty() && !roles.receivers.is_empty() && (located(&roles.givers) || located(&roles.receivers));
        if !both || roles.things.iter().all(|t| t.generic || t.sort == Sort::People) {
            return None;
        }
        // `a transaction between the two went unseen`: a deal, and no goods.
        if roles.things.iter().all(|t| t.category == "financial_service") {
            return None;
        }
        let money = roles.things.iter().all(|t| t.sort == Sort::Money || t.category == "crypto");
        let kind = if money { ActKind::Payment } else { ActKind::Supply };
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind, outcome: Outcome::Done, noun: false };
        Some((self.event(sight, word, roles), nouns))
    }

    /// `all of them will be delivered`, `the first two arrived`, `the other four`: of what was told before.
    pub(super) fn some_of_them(&self, sight: &Sight<'_>, noun: usize) -> Vec<Thing> {
        let phrase = sight.noun(noun);
        let counts = |t: usize| {
            sight.scene.tags.get(t) == Some(&Tag::Num)
                || matches!(
                    sight.low(t),
                    "all"
                        | "both"
                        | "some"
                        | "most"
                        | "half"
                        | "rest"
                        | "remainder"
                        | "first"
                        | "second"
                        | "third"
                        | "last"
                        | "other"
                        | "others"
                        | "one"
                        | "ones"
                        | "several"
                        | "many"
                        | "few"
                        | "more"
                        | "another"
                        | "next"
                        | "remaining"
                        | "each"
                        | "two"
                        | "three"
                        | "four"
                        | "five"
                )
        };
        let inner = phrase.of.map(|of| sight.noun(of));
        let of_them = inner.is_none_or(|p| p.pronoun && matches!(sight.low(p.head), "them" | "it" | "these" | "those" | "which"));
        if phrase.time || !of_them || !(phrase.first..=phrase.head).all(counts) {
            return Vec::new();
        }
        let span = sight.span(phrase.first, phrase.end);
        self.meant_before().into_iter().map(|t| Thing { span, another: false, ..t }).collect()
    }

    /// What `it` and `them` mean: the things of the act told last, or goods that a sentence since then spoke of.
    pub(super) fn meant_before(&self) -> Vec<Thing> {
        let known = &self.finder.known;
        if known.things.is_empty() { known.spoken_of.clone() } else { known.things.clone() }
    }

    /// What a sentence without an act speaks of, first of all its subject.
    pub(super) fn note_goods(&mut self, sight: &Sight<'_>, told: &[Event]) {
        let goods =
            |t: &Thing| t.sort == Sort::Goods && !t.generic && !matches!(t.category.as_str(), "other" | "service" | "financial_service");
        if told.iter().any(|e| e.things.iter().any(goods)) {
            return;
        }
        let subjects = sight.clauses.iter().filter_map(|c| c.subject);
        let objects = sight.clauses.iter().flat_map(|c| &c.args).filter(|(p, _)| p.is_none()).map(|(_, n)| *n);
        let nouns: Vec<usize> = subjects.chain(objects).collect();
        let found = nouns.into_iter().find_map(|n| self.thing(sight, n).filter(goods));
        if let Some(thing) = found {
            self.finder.known.spoken_of = vec![thing];
        }
    }

    /// `a ship left a Cuban port for North Korea with 10,000 tons of sugar`: goods of the same sentence that no other role has; whether there are any.
    pub(super) fn goods_beside(&mut self, sight: &Sight<'_>, trigger: usize, roles: &mut Roles) -> bool {
        let goods =
            |t: &Thing| t.sort == Sort::Goods && !t.generic && !matches!(t.category.as_str(), "vessel" | "aircraft" | "other" | "service");
        let mut near: Vec<(usize, Thing)> = Vec::new();
        for noun in 0..sight.scene.nouns.len() {
            if let Some(thing) = self.thing(sight, noun).filter(goods).filter(|_| !roles.used.contains(&noun)) {
                near.push((sight.noun(noun).head.abs_diff(trigger), thing));
            }
        }
        let found = near.into_iter().min_by_key(|(distance, _)| *distance).map(|(_, thing)| thing);
        roles.things.extend(found);
        !roles.things.is_empty()
    }
}
