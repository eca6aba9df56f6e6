//! What goes in an act, when the words of the act itself do not say it: what a measure holds, what was told before, what is on board.

use super::{Eye, Roles, Sight};
use crate::clause::{Clause, Link};
use crate::groups::STAYS_WHERE_BUILT;
use crate::phrase::{Form, VerbGroup};
use crate::what::{Sort, Thing};
use crate::who::Who;

/// Whether a thing stays where it is built: a factory, a museum.
pub(super) fn stands(sight: &Sight<'_>, noun: usize) -> bool {
    let low = sight.low(sight.noun(noun).head);
    STAYS_WHERE_BUILT.contains(low) || low.strip_suffix('s').is_some_and(|one| STAYS_WHERE_BUILT.contains(one))
}

impl Eye<'_> {
    /// `employed North Koreans`: people as those who work.
    pub(super) fn as_workers(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Thing> {
        let phrase = sight.noun(noun);
        let (words, span) = sight.scene.words(phrase.first, phrase.end);
        let low = sight.low(phrase.head);
        let several = low.ends_with('s') && !low.ends_with("ss") && !phrase.pronoun;
        let people = several && self.who(sight, noun).is_some_and(|w| w.plural && w.kind.is_none());
        let category = "workers".to_owned();
        people.then_some(Thing { words, category, sort: Sort::People, generic: false, another: false, english: None, span })
    }

    /// `He was sent to work on a shipyard`: whoever is sent for his work.
    pub(super) fn one_worker(&self, sight: &Sight<'_>, noun: usize) -> Thing {
        let phrase = sight.noun(noun);
        let (words, span) = sight.scene.words(phrase.first, phrase.end);
        Thing { words, category: "workers".to_owned(), sort: Sort::People, generic: false, another: false, english: None, span }
    }

    /// `employed 800 North Korean women`: people of another State, by whatever noun.
    pub(super) fn as_people(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Thing> {
        let phrase = sight.noun(noun);
        let low = sight.low(phrase.head);
        let several = matches!(low, "women" | "men" | "people" | "nationals" | "citizens" | "girls");
        let named = self.who(sight, noun).or_else(|| self.finder.loose(&sight.scene, noun)).is_some_and(|w| !w.countries.is_empty());
        let (words, span) = sight.scene.words(phrase.first, phrase.end);
        let category = "workers".to_owned();
        (several && named).then_some(Thing { words, category, sort: Sort::People, generic: false, another: false, english: None, span })
    }

    /// `mining gold and smuggling it to`: the goods named last before a pronoun in the same sentence.
    pub(super) fn meant_here(&mut self, sight: &Sight<'_>, pronoun: usize) -> Vec<Thing> {
        let several = matches!(sight.low(sight.noun(pronoun).head), "they" | "them" | "these" | "those");
        let thing = |n: usize| self.thing(sight, n).filter(|t| !t.generic && t.category != "vessel");
        let plural = |n: usize| {
            let phrase = sight.noun(n);
            sight.low(phrase.head).ends_with('s') || sight.scene.nouns.iter().any(|o| o.group == Some(n)) || phrase.of.is_some()
        };
        let leader = |n: usize| sight.noun(n).group.unwrap_or(n);
        let found = (0..pronoun).rev().find(|n| thing(*n).is_some() && plural(leader(*n)) == several).map(leader);
        found.map(|n| super::joined(sight, n).into_iter().filter_map(thing).collect()).unwrap_or_default()
    }

    /// `the Wise Honest, which was carrying North Korean coal`: from where the load is, and not from what carries it.
    pub(super) fn of_the_load(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        if roles.carriers.iter().any(|c| !c.countries.is_empty() && c.kind != Some(model::PartyType::Vessel)) {
            return;
        }
        let nouns: Vec<usize> = roles.goods_nouns.iter().flat_map(|n| std::iter::once(*n).chain(sight.noun(*n).of)).collect();
        let from = nouns.into_iter().find_map(|n| self.finder.loose(&sight.scene, n));
        roles.givers.extend(from.filter(|w| roles.receivers.iter().all(|r| r.countries.first() != w.countries.first())));
    }

    /// `send a ship carrying aid to Yemen`: what is sent is what it carries.
    pub(super) fn sent_aboard(&mut self, sight: &Sight<'_>, verb: &VerbGroup, roles: &mut Roles) {
        // `A ship loaded with rifles left Chad for Mali`.
        let sends = matches!(
            verb.lemma.as_str(),
            "send"
                | "dispatch"
                | "despatch"
                | "fly"
                | "leave"
                | "depart"
                | "sail"
                | "arrive"
                | "reach"
                | "head"
                | "travel"
                | "go"
                | "come"
                | "dock"
                | "enter"
                | "cross"
        );
        let means = |t: &Thing| matches!(t.category.as_str(), "vessel" | "vehicles" | "aircraft");
        if !sends || roles.things.is_empty() || !roles.things.iter().all(means) {
            return;
        }
        let carries = |c: &&Clause| {
            c.subject.is_some_and(|s| roles.goods_nouns.contains(&s))
                && c.verb.is_some_and(|v| {
                    matches!(sight.verbs[v].lemma.as_str(), "carry" | "transport" | "bear" | "haul" | "load" | "lade" | "pack" | "fill")
                })
        };
        // `a ship travelling to Cuba with gunpowder`.
        let own = |c: &&crate::clause::Clause| c.verb.is_some_and(|v| sight.verbs[v].first == verb.first);
        let with = |(p, n): &(Option<usize>, usize)| {
            // `with their headlights on`: their own is no load.
            let own = sight.noun(*n).det.is_some_and(|d| sight.scene.tags.get(d) == Some(&crate::tag::Tag::Poss));
            !own && p.is_some_and(|t| sight.low(t) == "with") && self.thing(sight, *n).is_some_and(|t| !means(&t))
        };
        let beside = sight.clauses.iter().find(|c| own(c) && c.args.iter().any(with));
        let Some(load) = sight.clauses.iter().find(carries).or(beside) else { return };
        let objects: Vec<usize> = load.args.iter().filter(|(p, _)| p.is_none_or(|t| sight.low(t) == "with")).map(|(_, n)| *n).collect();
        let things: Vec<Thing> =
            objects.iter().filter_map(|n| self.thing(sight, *n)).filter(|t| !means(t) && t.sort == Sort::Goods).collect();
        if things.is_empty() {
            return;
        }
        let to: Vec<usize> =
            load.args.iter().filter(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "to" | "for"))).map(|(_, n)| *n).collect();
        if roles.receivers.is_empty() {
            roles.receivers = to.into_iter().flat_map(|n| self.group(sight, n)).collect();
        }
        // `Peruvian trucks entered Bolivia with flour`: from where the trucks are.
        if roles.givers.is_empty() {
            roles
                .givers
                .extend(roles.goods_nouns.first().and_then(|n| self.finder.loose(&sight.scene, *n)).filter(|w| !w.countries.is_empty()));
        }
        (roles.things, roles.goods_nouns) = (things, objects);
    }

    /// `building factories in Namibia`: whether it is work done for where it stands; notes for whom something is built.
    pub(super) fn builds_there(&mut self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup, roles: &mut Roles) -> bool {
        let builds = matches!(verb.lemma.as_str(), "build" | "construct" | "erect" | "cast" | "make" | "design" | "sculpt");
        let art =
            |n: &usize| matches!(sight.low(sight.noun(*n).head).trim_end_matches('s'), "statue" | "monument" | "memorial" | "sculpture");
        builds && self.built_in(sight, clause, roles) && !roles.goods_nouns.iter().any(art)
    }

    /// `building munitions factories in Namibia`: what stands fast is for where it stands; whether it is such.
    fn built_in(&mut self, sight: &Sight<'_>, clause: &Clause, roles: &mut Roles) -> bool {
        if !roles.receivers.is_empty()
            || !roles.givers.iter().any(|w| !w.countries.is_empty())
            || !roles.goods_nouns.iter().any(|n| stands(sight, *n))
        {
            return false;
        }
        // `a statue unveiled in Cotonou was cast by`: where it stands may be told of the thing itself.
        let of_it = |c: &&Clause| c.subject.is_some_and(|s| roles.goods_nouns.contains(&s)) && c.args != clause.args;
        let args = clause.args.iter().chain(sight.clauses.iter().filter(of_it).flat_map(|c| &c.args));
        let inside = |p: &Option<usize>| p.is_some_and(|t| matches!(sight.low(t), "in" | "at" | "near"));
        let places: Vec<usize> = args.filter(|(p, _)| inside(p)).map(|(_, n)| *n).collect();
        let place = places.into_iter().find_map(|n| self.who(sight, n));
        // `The arch in Lomé was built by`: where it stands by its own words.
        let own = || {
            roles
                .goods_nouns
                .clone()
                .into_iter()
                .flat_map(|n| sight.noun(n).behind.clone())
                .filter(|(p, _)| inside(&Some(*p)))
                .map(|(_, n)| n)
                .collect::<Vec<_>>()
        };
        let place = place.or_else(|| own().into_iter().find_map(|n| self.who(sight, n)));
        // `in Namibia, where it built a museum`.
        let here = sight.clauses.iter().position(|c| c.verb.is_some() && c.verb == clause.verb);
        let place = place.or_else(|| here.and_then(|at| self.where_it_is(sight, at))).filter(|w| roles.givers.iter().all(|g| !g.may_be(w)));
        roles.receivers.extend(place.filter(|w| !w.countries.is_empty()));
        !roles.receivers.is_empty()
    }

    /// `invested in a factory in Sudan`, `bought a stake in a Sudanese mine`: the money goes where it stands.
    pub(super) fn invested_there(&mut self, sight: &Sight<'_>, clause: &Clause, roles: &mut Roles) {
        // `invested $400 million in a mine`: the sum is what goes.
        let sum = |n: &usize| crate::what::is_sum(&sight.scene, sight.noun(*n));
        for noun in clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).filter(sum) {
            let span = sight.span(sight.noun(noun).first, sight.noun(noun).end);
            if roles.receivers.iter().any(|w| w.span == span) {
                roles.receivers.retain(|w| w.span != span);
                roles.things.extend(self.thing(sight, noun));
            }
        }
        // `in a mine in Sudan`: the mine, and Sudan where it is.
        roles.receivers.dedup_by(|place, firm| place.kind == Some(model::PartyType::Government) && place.countries == firm.countries);
        if super::located(&roles.receivers) {
            return;
        }
        let inside = |p: usize| matches!(sight.low(p), "in" | "into" | "of");
        let mut into: Vec<usize> = clause.args.iter().map(|(_, n)| *n).filter(|n| !sum(n)).collect();
        into.extend(clause.args.iter().flat_map(|(_, n)| &sight.noun(*n).behind).filter(|(p, _)| inside(*p)).map(|(_, n)| *n));
        into.extend(into.clone().into_iter().flat_map(|n| &sight.noun(n).behind).filter(|(p, _)| inside(*p)).map(|(_, n)| *n));
        let free = |w: &Who| !w.countries.is_empty() && roles.givers.iter().all(|g| !g.may_be(w));
        let of = |eye: &mut Self, n: usize| {
            eye.who(sight, n).filter(|w| free(w)).or_else(|| eye.finder.loose(&sight.scene, n).filter(|w| free(w)))
        };
        let there = into.into_iter().find_map(|n| of(self, n));
        if let Some(there) = there {
            roles.receivers = vec![there];
        }
    }

    /// `found 2,000 rifles on board`: no act, but `the weapons` further on are these.
    pub(super) fn come_upon(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let finds = clause.verb.is_some_and(|v| {
                matches!(
                    sight.verbs[v].lemma.as_str(),
                    "find" | "discover" | "uncover" | "recover" | "unearth" | "seize" | "locate" | "contain"
                )
            });
            let objects: Vec<usize> = clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).collect();
            let things: Vec<Thing> =
                objects.into_iter().filter(|_| finds).filter_map(|n| self.thing(sight, n)).filter(|t| !t.generic).collect();
            if !things.is_empty() {
                self.finder.known.things = things;
            }
        }
    }

    /// `know-how which the North needs for its satellites`: for whom it is by what the words around tell.
    pub(super) fn who_needs(&mut self, sight: &Sight<'_>, roles: &Roles) -> Option<crate::who::Who> {
        let apart = |w: &crate::who::Who| !w.countries.is_empty() && roles.givers.iter().all(|g| !g.may_be(w));
        let of_goods = |n: usize| {
            roles.goods_nouns.contains(&n) || roles.things.iter().any(|t| sight.span(sight.noun(n).first, sight.noun(n).end).0 == t.span.0)
        };
        for clause in sight.clauses {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated) else { continue };
            if let (Link::Relative(described, true), Some(subject)) = (&clause.link, clause.subject)
                && matches!(verb.lemma.as_str(), "need" | "want" | "seek" | "require" | "lack" | "covet" | "request" | "order")
                && (of_goods(*described)
                    || clause.parent.is_some_and(|p| sight.clauses[p].args.iter().any(|(_, n)| n == described && of_goods(*n))))
                && let Some(who) = self.who(sight, subject).filter(apart)
            {
                return Some(who);
            }
        }
        None
    }

    /// `materials used to make explosives`: what general goods are for says what they are.
    pub(super) fn by_use(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        for at in 0..sight.clauses.len() {
            let made = |c: &Clause| {
                c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "make" | "produce" | "build" | "manufacture" | "develop"))
            };
            let clause = &sight.clauses[at];
            let outer = clause.parent.map(|p| &sight.clauses[p]).filter(|p| p.verb.is_some_and(|v| sight.verbs[v].lemma == "use"));
            let used = outer.and_then(|o| o.subject).is_some_and(|s| roles.goods_nouns.contains(&s));
            if !(used && made(clause)) {
                continue;
            }
            let object = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
            if let (Some(made), Some(thing)) = (object.and_then(|n| self.thing(sight, n)).filter(|t| !t.generic), roles.things.first_mut())
            {
                thing.category = made.category;
                thing.generic = false;
                return;
            }
        }
    }

    /// `containers loaded with munitions`, `shipments totalling 90,000 barrels of diesel`: what a measure holds is what goes, and where the
    /// load goes.
    pub(super) fn by_load(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        for clause in sight.clauses.iter().filter(|c| c.subject.is_some_and(|s| roles.goods_nouns.contains(&s))) {
            let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { continue };
            let lemma = verb.lemma.as_str();
            let loaded =
                verb.form == Form::Participle && matches!(lemma, "load" | "laden" | "fill" | "pack" | "stuff" | "cram" | "lade" | "make");
            let holds = matches!(
                lemma,
                "total" | "contain" | "carry" | "include" | "comprise" | "consist" | "hold" | "amount" | "represent" | "exceed"
            );
            if !(loaded || holds) {
                continue;
            }
            for (token, noun) in &clause.args {
                match token.map_or("", |t| sight.low(t)) {
                    "with" | "of" | "up" if loaded || holds => roles.things.extend(self.thing(sight, *noun)),
                    "" if holds => roles.things.extend(self.thing(sight, *noun)),
                    "to" if lemma == "amount" => roles.things.extend(self.thing(sight, *noun)),
                    "to" | "into" if roles.receivers.is_empty() => self.add_parties(sight, *noun, false, roles),
                    _ => {}
                }
            }
            return;
        }
    }

    /// `6,700 containers, enough to hold three million shells`: what they may hold is what they are taken to hold.
    pub(super) fn by_room(&self, sight: &Sight<'_>, roles: &mut Roles) {
        let boxes = |n: &usize| {
            let low = sight.low(sight.noun(*n).head);
            matches!(
                low.strip_suffix('s').unwrap_or(low),
                "container" | "crate" | "boxe" | "box" | "wagon" | "railcar" | "truck" | "lorrie" | "truckload"
            )
        };
        if !roles.goods_nouns.iter().any(boxes) {
            return;
        }
        let room = |c: &&Clause| {
            let holds =
                c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "hold" | "contain" | "carry" | "transport" | "accommodate"));
            let first = c.verb.map_or(0, |v| sight.verbs[v].first);
            holds
                && (0..first)
                    .rev()
                    .take(3)
                    .any(|t| matches!(sight.low(t), "enough" | "could" | "can" | "may" | "might" | "possibly" | "to"))
        };
        let found = sight.clauses.iter().find(room).and_then(|c| c.args.iter().find(|(p, _)| p.is_none())).map(|(_, n)| *n);
        roles.things.extend(found.and_then(|n| self.thing(sight, n)).filter(|t| !t.generic));
    }

    /// `stopped a ship with 10,000 tonnes of barley`: what stands behind the ship is its load.
    pub(super) fn with_load(&self, sight: &Sight<'_>, roles: &mut Roles) {
        let ship = |n: &usize| self.thing(sight, *n).is_some_and(|t| matches!(t.category.as_str(), "vessel" | "vehicles" | "aircraft"));
        let carriers: Vec<usize> = roles.goods_nouns.iter().copied().filter(|n| ship(n)).collect();
        let behind =
            carriers.iter().flat_map(|n| sight.noun(*n).behind.iter().filter(|(p, _)| *p == sight.noun(*n).end && sight.low(*p) == "with"));
        let loads: Vec<usize> = behind.map(|(_, n)| *n).collect();
        for noun in loads {
            let goods = |t: &Thing| t.sort == Sort::Goods && !t.generic && t.category != "other" && !ship(&noun);
            if let Some(thing) = self.thing(sight, noun).filter(goods) {
                roles.things.push(thing);
                roles.goods_nouns.push(noun);
            }
        }
    }

    /// `a ship seized with weapons on board`: the weapons are what goes.
    pub(super) fn on_board(&mut self, sight: &Sight<'_>, roles: &mut Roles) {
        let ship = |t: &Thing| t.category == "vessel";
        if roles.things.iter().any(|t| !ship(t) && !t.generic) {
            roles.things.retain(|t| !ship(t));
            roles.goods_nouns.retain(|n| !self.thing(sight, *n).is_some_and(|t| ship(&t)));
        }
        // `intercepted rockets on an Iranian plane`: whose carrier it was.
        if !roles.carriers.is_empty() || roles.things.is_empty() {
            return;
        }
        let on = |t: usize| matches!(sight.low(t), "on" | "aboard" | "inside");
        let goes = |n: &usize| self.thing(sight, *n).is_some_and(|t| matches!(t.category.as_str(), "vessel" | "aircraft" | "vehicles"));
        let args = sight.clauses.iter().flat_map(|c| &c.args).filter(|(p, _)| p.is_some_and(on)).map(|(_, n)| *n);
        let by = args.filter(goes).find(|n| !roles.goods_nouns.contains(n));
        roles.carriers.extend(by.and_then(|n| self.finder.loose(&sight.scene, n)));
    }

    /// `a similar shipment`, `the cargo`: what was told before.
    pub(super) fn recall(&self, sight: &Sight<'_>, roles: &mut Roles) {
        let Some(span) = roles.things.first().map(|t| t.span).filter(|_| roles.things.iter().all(|t| t.generic)) else { return };
        let points = |n: &usize| {
            let phrase = sight.noun(*n);
            let det = phrase.det.map_or("", |d| sight.low(d));
            let like = (phrase.first..phrase.head)
                .any(|t| matches!(sight.low(t), "similar" | "same" | "such" | "further" | "additional" | "second" | "third" | "other"));
            // `most of the three million bags`.
            let inner = phrase.of.and_then(|of| sight.noun(of).det).map_or("", |d| sight.low(d));
            like || matches!(inner, "the" | "these" | "those")
                || matches!(det, "the" | "this" | "these" | "those" | "such" | "its" | "another")
        };
        // `transferred 1,600 tonnes to`: of what was told before.
        let amount = |n: &usize| {
            let phrase = sight.noun(*n);
            let number = sight.scene.tokens.get(phrase.first).is_some_and(|t| t.shape == crate::token::Shape::Number);
            let unit = ["tonne", "ton", "barrel", "litre", "liter", "kilo", "kilogram", "container", "crate", "carat", "head", "piece"];
            let low = sight.low(phrase.head);
            number && phrase.of.is_none() && unit.contains(&low.strip_suffix('s').unwrap_or(low))
        };
        let points = |n: &usize| points(n) || amount(n);
        let before = || self.finder.known.things.iter().map(|t| Thing { span, another: false, ..t.clone() });
        if roles.goods_nouns.iter().any(points) && !self.finder.known.things.is_empty() {
            roles.things = before().collect();
        }
    }
}

impl Roles {
    /// Each thing once, and none that only carries among those who give.
    pub(super) fn once(&mut self) {
        let mut seen: Vec<(String, (usize, usize))> = Vec::new();
        self.things.retain(|t| {
            let new = !seen.iter().any(|(words, span)| *words == t.words && *span == t.span);
            seen.push((t.words.clone(), t.span));
            new
        });
        // `122 flights brought aid`: by what it came, and not from whom.
        let means = |w: &Who| {
            let last = w.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
            w.countries.is_empty()
                && matches!(
                    last.strip_suffix('s').unwrap_or(&last),
                    "flight" | "plane" | "aircraft" | "truck" | "lorry" | "lorrie" | "convoy" | "train" | "airlift"
                )
        };
        if self.givers.iter().all(means) {
            self.carriers.append(&mut self.givers);
        }
    }
}

/// `data of the carrier rocket`: what tells of goods is none.
pub(super) fn is_paper_of(thing: &Thing) -> bool {
    let first: Vec<String> = thing.words.split_whitespace().take(3).map(crate::token::lower).collect();
    first.iter().any(|w| {
        matches!(w.as_str(), "data" | "plans" | "drawings" | "designs" | "documents" | "images" | "imagery" | "results" | "manuals")
    })
}

pub(super) fn is_soldiers(thing: &Thing) -> bool {
    let last = thing.words.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    let soldiers = matches!(
        last.as_str(),
        "troops" | "soldiers" | "battalions" | "battalion" | "mercenaries" | "servicemen" | "forces" | "units" | "marines" | "commandos"
    );
    soldiers && thing.sort == Sort::People
}

/// `fishing areas`, `fishing zones`: waters that somebody may fish in.
pub(super) fn is_waters(thing: &crate::what::Thing) -> bool {
    let mut words = thing.words.split_whitespace().map(crate::token::lower);
    let fishing = words.any(|w| w == "fishing");
    let last = thing.words.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    fishing
        && matches!(last.trim_end_matches('s'), "area" | "ground" | "zone" | "water" | "right" | "permit" | "licence" | "license" | "quota")
}

/// `training and guidance`: what is taught, and what comes with it.
pub(super) fn is_teaching(thing: &crate::what::Thing) -> bool {
    let last = thing.words.rsplit(' ').next().map(crate::token::lower).unwrap_or_default();
    thing.category == "training" || matches!(last.as_str(), "guidance" | "advice" | "instruction" | "mentoring" | "assistance" | "support")
}

/// `technical assistance`, `technical support`: help with know-how.
pub(super) fn is_know_how_given(thing: &crate::what::Thing) -> bool {
    let words = thing.words.to_lowercase();
    let mut tail = words.rsplit(' ');
    let (last, before) = (tail.next().unwrap_or_default(), tail.next().unwrap_or_default());
    matches!(last, "assistance" | "support" | "advice" | "help" | "expertise")
        && matches!(before, "technical" | "scientific" | "technological" | "engineering")
}
