//! Which phrase of a clause has which part in an act: subject, objects, what stands behind prepositions.

use super::words::{according, beneficiary, joined, tail_end};
use super::{Eye, Roles, Sight, located};
use crate::clause::{Clause, Link};
use crate::lexicon::{Frame, Part};
use crate::phrase::VerbGroup;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::ActKind;

/// `Belarus is among the countries that sold rifles`: who is said to be one of those that a clause describes.
fn one_of(sight: &Sight<'_>, clause: &Clause, subject: usize) -> usize {
    let low = sight.low(sight.noun(subject).head);
    let several = matches!(low, "countries" | "states" | "nations" | "companies" | "firms" | "governments" | "banks" | "those");
    let described = matches!(clause.link, Link::Relative(noun, false) if noun == subject)
        || matches!(clause.link, Link::Infinitive(Some(noun)) if noun == subject);
    let outer = clause.parent.and_then(|p| sight.clauses.get(p)).filter(|_| several && described);
    let is = |c: &&Clause| c.verb.is_some_and(|v| sight.verbs[v].lemma == "be" && !sight.verbs[v].negated);
    outer.filter(is).and_then(|c| c.subject).filter(|s| *s != subject).unwrap_or(subject)
}

/// `The Russians, along with Iran and Hezbollah, have provided`: who does it with the subject, told before the verb.
fn with_whom(sight: &Sight<'_>, subject: usize, verb: usize) -> Option<usize> {
    let end = sight.noun(subject).end;
    let start = end + usize::from(sight.low(end) == ",");
    let words = |at: usize, list: &[&str]| list.iter().enumerate().all(|(i, w)| sight.low(at + i) == *w);
    let length = [&["along", "with"][..], &["together", "with"], &["as", "well", "as"], &["alongside"]]
        .iter()
        .find(|w| words(start, w))
        .map(|w| w.len())?;
    let noun = (0..sight.scene.nouns.len()).find(|n| sight.noun(*n).det.unwrap_or(sight.noun(*n).first) == start + length)?;
    (sight.noun(noun).end <= verb).then_some(noun)
}

/// The token before a phrase and its article.
fn preposition_of(sight: &Sight<'_>, noun: usize) -> usize {
    let phrase = sight.noun(noun);
    phrase.det.unwrap_or(phrase.first).min(phrase.first).saturating_sub(1)
}

impl Eye<'_> {
    pub(super) fn fill(&mut self, sight: &Sight<'_>, clause: &Clause, verb: &VerbGroup, frame: &Frame, roles: &mut Roles) {
        let mut objects: Vec<usize> = clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).collect();
        if let Link::Relative(antecedent, true) = clause.link {
            objects.push(antecedent);
        }
        // `the rockets that Israel says Iran was sending`: the gap lies one clause further in.
        if let (Link::Content(None), true) = (&clause.link, objects.is_empty() && !verb.passive)
            && let Some(outer) = clause.parent.map(|p| &sight.clauses[p])
            && let Link::Relative(antecedent, true) = outer.link
            && outer.verb.is_some_and(|v| self.lexicon.saying(&sight.verbs[v].lemma).is_some())
        {
            objects.push(antecedent);
        }
        // `the mortars that Belgrade is believed to have given`: one clause further in too.
        if let (Link::Infinitive(_), true) = (&clause.link, !verb.passive)
            && let Some(outer) = clause.parent.map(|p| &sight.clauses[p])
            && let Link::Relative(antecedent, true) = outer.link
            && outer.args.iter().all(|(p, _)| p.is_some())
            && outer.verb.is_some_and(|v| {
                sight.verbs[v].passive && self.lexicon.saying(&sight.verbs[v].lemma).is_some()
                    || matches!(
                        sight.verbs[v].lemma.as_str(),
                        "plan" | "want" | "agree" | "promise" | "offer" | "intend" | "pledge" | "hope" | "try"
                    )
            })
        {
            objects.push(antecedent);
        }
        // `organised a workshop for artists`: the object stands behind the preposition that ends the words of the frame.
        let last = if frame.tail.len() > 1 { tail_end(sight, verb.end, &frame.tail).and_then(|e| e.checked_sub(1)) } else { None };
        // `working for a mill and for two farms`: the preposition is told again.
        let again = |t: usize| last.is_some_and(|l| t > l && sight.low(t) == sight.low(l) && sight.low(t - 1) == "and");
        let behind: Vec<usize> =
            clause.args.iter().filter(|(p, _)| p.is_some_and(|t| Some(t) == last || again(t))).map(|(_, n)| *n).collect();
        if !behind.is_empty() && !frame.object.is_empty() {
            objects = behind;
        }
        // `handed over a consignment`: the word behind the verb is its particle, not a preposition.
        let particle = |p: usize| p == verb.end && frame.tail.len() == 1 && sight.low(p) == frame.tail[0];
        objects.extend(clause.args.iter().filter(|(p, _)| p.is_some_and(particle)).map(|(_, n)| *n));
        if verb.passive {
            self.passive(sight, clause, frame, &objects, roles);
        } else {
            if let (Some(subject), Some(part)) = (clause.subject, frame.subject.first()) {
                self.put(sight, one_of(sight, clause, subject), *part, roles);
                if let (Part::Giver | Part::Receiver, Some(noun)) = (*part, with_whom(sight, subject, verb.first)) {
                    self.add_parties(sight, noun, *part == Part::Giver, roles);
                }
            }
            self.objects(sight, frame, &objects, roles);
        }
        // `the man, a 55-year-old from Russia, shipped`: what describes the subject tells no direction.
        // `the brothers from Marseille were paid by a militia`: nor where another tells who gave.
        let by = clause.args.iter().any(|(p, _)| p.is_some_and(|t| t >= verb.end && sight.low(t) == "by"));
        let told = |s: &usize| !roles.goods_nouns.contains(s) && (!verb.passive || by && self.thing(sight, *s).is_none());
        let subjects = clause.subject.filter(told).map(|s| sight.noun(s).end);
        let of_subject = |t: usize| subjects.is_some_and(|end| t >= end && t < verb.first);
        for (preposition, noun) in &clause.args {
            if let Some(token) = preposition
                && !of_subject(*token)
                && !particle(*token)
                && !self.belongs_to_noun(sight, *token, *noun)
            {
                self.behind_preposition(sight, frame, verb.passive, *token, *noun, roles);
            }
        }
        if let Some((token, noun)) = super::whom::behind_whom(sight, clause) {
            self.behind_preposition(sight, frame, verb.passive, token, noun, roles);
        }
        if verb.passive && roles.givers.is_empty() && frame.subject.first() == Some(&Part::Giver) {
            self.by_of_purpose(sight, clause, roles);
        }
        // `to provide two battalions totalling 1,300 men with rifles`: a phrase that only the verb of the act can use.
        if roles.things.is_empty() {
            for (token, noun) in self.loose_ends(sight, clause) {
                let given = frame.prepositions.iter().any(|(p, part)| p == sight.low(token) && *part == Part::Goods);
                if given && self.thing(sight, noun).is_some() {
                    self.put(sight, noun, Part::Goods, roles);
                }
            }
        }
        // `to ship cars to X`: what stands behind the goods' own noun.
        for noun in roles.goods_nouns.clone() {
            self.own_phrases(sight, noun, roles);
        }
    }

    /// `are being taught to fly by Russian pilots`: what ends the clause that says for what belongs to the verb above it.
    fn by_of_purpose(&mut self, sight: &Sight<'_>, clause: &Clause, roles: &mut Roles) {
        let inner = |c: &&Clause| {
            matches!(c.link, Link::Infinitive(_))
                && c.parent.and_then(|p| sight.clauses.get(p)).is_some_and(|p| p.verb == clause.verb)
                && c.verb.is_some_and(|v| !sight.verbs[v].passive)
        };
        let by = sight.clauses.iter().find(inner).and_then(|c| c.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == "by")));
        if let Some((_, noun)) = by {
            self.put(sight, *noun, Part::Giver, roles);
        }
    }

    /// Whether some of what belongs to a verb says to whom: `was sold to a firm`.
    fn goes_to(&mut self, sight: &Sight<'_>, args: &[(Option<usize>, usize)]) -> bool {
        args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "to") && self.who(sight, *n).is_some())
    }

    fn passive(&mut self, sight: &Sight<'_>, clause: &Clause, frame: &Frame, objects: &[usize], roles: &mut Roles) {
        let Some(subject) = clause.subject else { return };
        let both = frame.object.contains(&Part::Receiver) && frame.object.contains(&Part::Goods);
        let thing = self.thing(sight, subject);
        let party = self.who(sight, subject).or_else(|| self.finder.loose(&sight.scene, subject));
        let with_goods = clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "with") && self.thing(sight, *n).is_some());
        let to_party = self.goes_to(sight, &clause.args);
        // `the tanker Sea Prosper was sold to a firm`: a ship by its name.
        let party = party.filter(|w| !(to_party && w.kind == Some(model::PartyType::Vessel)));
        let part = match (&thing, &party) {
            // `They were sold to a gang`.
            (None, _) if both && to_party && sight.noun(subject).pronoun => Part::Goods,
            // `Kim was given a car`, `Kim was presented with a car`.
            (None, Some(_)) if both => Part::Receiver,
            (_, Some(_)) if both && with_goods => Part::Receiver,
            (None, Some(_)) if !objects.is_empty() && frame.object.contains(&Part::Goods) => Part::Receiver,
            // `the zoo had been given eagles`: whatever it is that has an object behind it.
            (None, None) if both && objects.iter().any(|o| self.thing(sight, *o).is_some()) && !sight.noun(subject).pronoun => {
                Part::Receiver
            }
            (_, Some(_)) if both && !objects.is_empty() => Part::Receiver,
            _ if both => Part::Goods,
            _ => frame.object.first().copied().unwrap_or(Part::None),
        };
        self.put(sight, subject, part, roles);
        if part == Part::Receiver {
            for object in objects {
                self.put(sight, *object, Part::Goods, roles);
            }
        }
    }

    fn objects(&mut self, sight: &Sight<'_>, frame: &Frame, objects: &[usize], roles: &mut Roles) {
        let both = frame.object.contains(&Part::Receiver) && frame.object.contains(&Part::Goods);
        let Some(first) = objects.first() else { return };
        if !both {
            let Some(part) = frame.object.first() else { return };
            for object in objects {
                // What is joined to the first object comes with it.
                if object == first || (*part == Part::Employer && sight.noun(*object).group.is_none()) {
                    self.put(sight, *object, *part, roles);
                }
                // `employed 800 North Korean women`: whoever is employed works.
                if *part == Part::Worker && frame.subject.first() == Some(&Part::Employer) && roles.things.is_empty() {
                    roles.things.extend(self.as_people(sight, *object));
                }
            }
            return;
        }
        let args = sight.clauses.iter().find(|c| c.args.contains(&(None, *first))).map(|c| c.args.clone()).unwrap_or_default();
        let with_goods = args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "with") && self.thing(sight, *n).is_some());
        if with_goods && frame.prepositions.iter().any(|(p, part)| p == "with" && *part == Part::Goods) {
            self.put(sight, *first, Part::Receiver, roles);
            return;
        }
        let pronoun = sight.noun(*first).pronoun && matches!(sight.low(sight.noun(*first).head), "it" | "them" | "these" | "those");
        if pronoun && objects.len() == 1 && args.iter().any(|(p, _)| p.is_some_and(|t| sight.low(t) == "to")) {
            self.put(sight, *first, Part::Goods, roles);
            return;
        }
        let apart: Vec<usize> = objects.iter().copied().filter(|o| sight.noun(*o).group.is_none()).collect();
        // `sending troops, weapons, and financing`: a list, and nobody who gets the rest.
        let list = apart.first().is_some_and(|n| sight.low(sight.noun(*n).end) == ",");
        if let [receiver, _, ..] = apart.as_slice()
            && !list
            && (self.who(sight, *receiver).is_some() || self.finder.loose(&sight.scene, *receiver).is_some())
        {
            // `gave Kim a car`.
            self.put(sight, *receiver, Part::Receiver, roles);
            for object in objects.iter().filter(|o| *o != receiver && sight.noun(**o).group != Some(*receiver)) {
                self.put(sight, *object, Part::Goods, roles);
            }
            return;
        }
        for object in objects {
            // Those joined to the first come with it.
            if object != first {
                continue;
            }
            // `bought U.S. parts`, `sold U.S. parts to a firm`: whose they are, and not for whom.
            let goes_to = self.goes_to(sight, &args);
            if !goes_to && frame.subject.first() != Some(&Part::Receiver) && self.split_name_and_goods(sight, *object, roles) {
                continue;
            }
            // `sold its smelter to a Chinese group`: what goes to somebody else is no receiver.
            let whole = goes_to && !sight.noun(*object).pronoun && !sight.noun(*object).head_is_name(sight.scene.tokens);
            // `bought the tanker Sea Prosper from a Korean owner`: a ship by its name.
            let party = self.who(sight, *object).filter(|w| w.kind != Some(model::PartyType::Vessel));
            // `is building a plant in Egypt`: what is built gets nothing.
            let built = sight.clauses.iter().any(|c| {
                c.args.contains(&(None, *object))
                    && c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "build" | "construct" | "erect"))
                    && super::goods::stands(sight, *object)
            });
            let goods = whole || built || self.thing(sight, *object).is_some() || party.is_none();
            self.put(sight, *object, if goods { Part::Goods } else { Part::Receiver }, roles);
        }
    }

    fn behind_preposition(&mut self, sight: &Sight<'_>, frame: &Frame, passive: bool, token: usize, noun: usize, roles: &mut Roles) {
        // `to Mali by way of Niger`.
        if let Some(of) = sight.noun(noun).of.filter(|_| sight.low(token) == "by" && sight.low(sight.noun(noun).head) == "way") {
            let passed = joined(sight, of).into_iter().filter_map(|n| self.who(sight, n)).collect::<Vec<_>>();
            roles.via.extend(passed.iter().filter_map(|w| Some((*w.countries.first()?, w.span))));
            roles.used.push(of);
            return;
        }
        if let Some(other) = beneficiary(sight, noun) {
            self.for_another(sight, frame, other, roles);
            return;
        }
        let out_of = sight.low(token) == "of" && token > 0 && sight.low(token - 1) == "out";
        let low = if out_of { "from" } else { sight.low(token) };
        if according(sight, token)
            || super::of_a_paper(sight, token)
            || self.journey(sight, token, noun, roles)
            || (low == "from" && self.is_from_of_party(sight, token, noun, roles))
        {
            return;
        }
        if low == "by" {
            // `shipped from China by a Korean firm`: where it starts, and who does it.
            if passive && frame.subject.first() == Some(&Part::Giver) {
                roles.givers.iter_mut().filter(|w| w.kind == Some(model::PartyType::Government)).for_each(|w| w.place = true);
            }
            if passive && let Some(part) = frame.subject.first() {
                let part = if *part == Part::Giver && self.only_means(sight, noun) { Part::Carrier } else { *part };
                self.put(sight, noun, part, roles);
            }
            return;
        }
        let given = frame.prepositions.iter().find(|(p, _)| p == low || p.split_whitespace().next() == Some(low)).map(|(_, part)| *part);
        // `imported pistols into Niger`: whoever imports brings them there.
        let brings = matches!(low, "into" | "to") && frame.kind == Some(ActKind::Import);
        if brings
            && roles.givers.is_empty()
            && !roles.receivers.is_empty()
            && let Some(place) = self.who(sight, noun).filter(|w| !w.countries.is_empty() && roles.receivers.iter().all(|r| !r.may_be(w)))
        {
            roles.givers = std::mem::replace(&mut roles.receivers, vec![place]);
            roles.used.push(noun);
            return;
        }
        // `items such as jewellery and watches`: what they are.
        let such = low == "as" && token > 0 && sight.low(token - 1) == "such";
        if such && frame.object.contains(&Part::Goods) && self.thing(sight, noun).is_some() {
            self.put(sight, noun, Part::Goods, roles);
            return;
        }
        // `a warship it has sold for the Russian navy`: no price.
        let given = match given {
            Some(Part::Value)
                if low == "for"
                    && self.thing(sight, noun).is_none()
                    && self.who(sight, noun).is_some_and(|w| !w.countries.is_empty() && w.kind == Some(model::PartyType::Government)) =>
            {
                Some(Part::Receiver)
            }
            other => other,
        };
        // Workers go to the one who employs them.
        let given = match given {
            Some(Part::Employer) if matches!(low, "to" | "into") => Some(Part::Receiver),
            other => other,
        };
        if low == "in" && given.is_none() && frame.kind == Some(model::ActKind::Procurement) && self.bought_in(sight, token, noun, roles) {
            return;
        }
        let part = given.unwrap_or(match low {
            "to" | "into" | "toward" | "towards" => Part::Receiver,
            "from" => Part::Giver,
            "via" | "through" | "across" => Part::Via,
            "worth" => Part::Value,
            "including" => Part::Goods,
            "for" if roles.receivers.is_empty() => Part::Receiver,
            "aboard" => Part::Carrier,
            _ => Part::None,
        });
        // `bought parts for Pyongyang`: for whom somebody buys is who gets it.
        if low == "for" && given == Some(Part::Receiver) && frame.subject.first() == Some(&Part::Receiver) {
            use model::PartyType as P;
            let party = |w: &Who| {
                matches!(w.kind, Some(P::Government | P::Organisation | P::Company | P::Bank | P::Vessel)) && !w.countries.is_empty()
            };
            let goal = self.who(sight, noun).filter(party);
            // `for the firm and its branch`: both are those for whom.
            let also = sight.noun(noun).group.is_some_and(|leader| roles.used.contains(&leader));
            if let Some(goal) = goal.filter(|g| roles.receivers.iter().all(|r| !r.may_be(g))) {
                roles.used.push(noun);
                if also {
                    roles.receivers.push(goal);
                    return;
                }
                roles.carriers.append(&mut roles.receivers);
                roles.receivers.push(goal);
                return;
            }
        }
        // `left Antwerp for Port Sudan`: behind such a verb `for` is a direction.
        let leaves = low == "for" && given == Some(Part::Receiver) && frame.object.contains(&Part::Giver);
        // `invested in a North Korean mine`: what it is in stands for whose it is.
        let within = low == "in" && frame.kind == Some(ActKind::Investment);
        self.at_preposition(sight, if leaves || within { "to" } else { low }, part, noun, roles);
    }

    /// `delivered by ships`, `flown in by cargo planes`: the means, and nobody who gives; a ship that is somebody's stands for him.
    fn only_means(&mut self, sight: &Sight<'_>, noun: usize) -> bool {
        let phrase = sight.noun(noun);
        let low = sight.low(phrase.head);
        let means = matches!(
            low.strip_suffix('s').unwrap_or(low),
            "ship"
                | "vessel"
                | "tanker"
                | "freighter"
                | "boat"
                | "barge"
                | "dhow"
                | "trawler"
                | "ferry"
                | "ferrie"
                | "submarine"
                | "plane"
                | "aircraft"
                | "airplane"
                | "jet"
                | "airliner"
                | "helicopter"
                | "flight"
                | "airlift"
                | "truck"
                | "lorry"
                | "lorrie"
                | "van"
                | "car"
                | "convoy"
                | "train"
                | "trailer"
                | "courier"
                | "mail"
                | "post"
        );
        means && !phrase.head_is_name(sight.scene.tokens) && self.who(sight, noun).is_none_or(|w| w.countries.is_empty())
    }

    /// `bought jeeps on behalf of the army`: for whom it is done gets it, and who bought only acts for him.
    fn for_another(&mut self, sight: &Sight<'_>, frame: &Frame, other: usize, roles: &mut Roles) {
        let buys = frame.kind == Some(ActKind::Procurement) && frame.subject.first() == Some(&Part::Receiver);
        let known = self.who(sight, other).is_some_and(|w| !w.countries.is_empty() && roles.receivers.iter().all(|r| !r.may_be(&w)));
        if buys && known {
            roles.carriers.append(&mut roles.receivers);
        }
        if !located(&roles.receivers) {
            self.put(sight, other, Part::Receiver, roles);
        }
    }

    /// Puts a party or place behind a preposition where it belongs; first come, first served.
    pub(super) fn at_preposition(&mut self, sight: &Sight<'_>, low: &str, part: Part, noun: usize, roles: &mut Roles) {
        match part {
            Part::Receiver if roles.used.contains(&noun) || super::words::into_nothing(sight, preposition_of(sight, noun), noun) => {}
            // Within one State nothing crosses to anybody.
            Part::Receiver if !roles.givers.is_empty() && super::words::own_people(sight, noun) => {}
            Part::Receiver => {
                let thing = self.thing(sight, noun);
                // `to Iran's drone programme`, `to North Korean ports`: behind `to` even a thing stands for whose it is.
                let inside = matches!(low, "to" | "into") || thing.as_ref().is_none_or(|t| t.generic || t.category == "other");
                let who = self.who(sight, noun).or_else(|| self.finder.loose(&sight.scene, noun).filter(|_| inside));
                let inside = matches!(low, "to" | "into");
                let Some(who) = who.or_else(|| inside.then(|| self.located_in(sight, noun))?) else {
                    return;
                };
                // `for its war`, `for Tuesday's summit`: only a person or body can be meant by `for`.
                if low == "for" && (who.place || who.kind.is_none()) {
                    return;
                }
                // `the agent bought parts for North Korea`: who bought them only acts for it.
                if low == "for" && located(std::slice::from_ref(&who)) && !roles.receivers.is_empty() && !located(&roles.receivers) {
                    roles.carriers.append(&mut roles.receivers);
                }
                if !roles.receivers.is_empty()
                    && roles.receivers.iter().all(|r| r.countries != who.countries)
                    && sight.noun(noun).group.is_none()
                {
                    let before = sight.noun(noun).first;
                    let words: Vec<&str> = (before.saturating_sub(5)..before).map(|i| sight.low(i)).collect();
                    // `on to Osaka`, but not `to Mali on Tuesday and to Niger`.
                    let on = words.windows(2).any(|pair| pair == ["on", "to"]);
                    let onward = on
                        || words.iter().any(|w| {
                            matches!(*w, "then" | "onward" | "onwards" | "finally" | "before" | "later" | "eventually" | "ultimately")
                        });
                    if onward {
                        // `to China and then to Korea`: the last is where it ends, the others lie on the way.
                        let earlier = std::mem::take(&mut roles.receivers);
                        roles.via.extend(earlier.iter().flat_map(|w| w.countries.first().map(|c| (*c, w.span))));
                    } else if !words.contains(&"and") {
                        return;
                    }
                }
                self.put(sight, noun, Part::Receiver, roles);
            }
            Part::Giver => {
                let seller = |w: Who| !w.place && w.kind != Some(model::PartyType::Government);
                // `bought in Hong Kong from a firm`: the place stands already, and the firm gives.
                let also = low == "from" && roles.givers.iter().all(|w| w.place) && self.who(sight, noun).is_some_and(seller);
                if roles.givers.is_empty() || also {
                    self.put(sight, noun, Part::Giver, roles);
                } else if let Some(ship) = self.who(sight, noun).filter(|w| low == "from" && w.kind == Some(model::PartyType::Vessel)) {
                    // `the firm transferred oil from its tanker to another ship`.
                    roles.givers.push(ship);
                } else if let Some(place) = self.who(sight, noun).filter(|w| {
                    low == "from"
                        && !w.countries.is_empty()
                        && matches!(w.kind, Some(model::PartyType::Government))
                        && roles.givers.iter().all(|g| g.countries != w.countries)
                }) {
                    // `Pyongyang shipped cars from the Emirates`: who gives stands, and where it starts beside it.
                    roles.givers.push(Who { place: true, ..place });
                }
            }
            Part::Via => {
                for noun in joined(sight, noun) {
                    if let Some(who) = self.who(sight, noun) {
                        let new = who.countries.first().filter(|c| roles.via.iter().all(|(v, _)| v != *c));
                        roles.via.extend(new.map(|c| (*c, who.span)));
                    }
                }
            }
            Part::None => {}
            other => self.put(sight, noun, other, roles),
        }
    }

    pub(super) fn put(&mut self, sight: &Sight<'_>, noun: usize, part: Part, roles: &mut Roles) {
        roles.used.push(noun);
        match part {
            Part::Goods | Part::Worker | Part::Traveller => {
                if sight.noun(noun).pronoun
                    && matches!(sight.low(sight.noun(noun).head), "it" | "they" | "them" | "these" | "those" | "this")
                {
                    let phrase = sight.noun(noun);
                    let span = sight.span(phrase.first, phrase.end);
                    let here = self.meant_here(sight, noun);
                    let meant = if here.is_empty() { self.meant_before() } else { here };
                    roles.things.extend(meant.into_iter().map(|t| Thing { span, another: false, ..t }));
                    roles.goods_nouns.push(noun);
                    return;
                }
                for noun in joined(sight, noun) {
                    let thing = self.thing(sight, noun);
                    let vessel = self.who(sight, noun).filter(|w| w.kind == Some(model::PartyType::Vessel));
                    match (thing, vessel) {
                        (Some(thing), _) => roles.things.push(thing),
                        // `the sale of the Ocean Sky`.
                        (None, Some(ship)) => roles.things.push(Thing {
                            words: ship.name,
                            category: "vessel".to_owned(),
                            sort: Sort::Goods,
                            generic: false,
                            another: false,
                            // Its name says nothing of what it is.
                            english: Some("ship".to_owned()),
                            span: ship.span,
                        }),
                        (None, None) if part == Part::Worker => roles.things.extend(self.as_workers(sight, noun)),
                        (None, None) => roles.things.extend(self.some_of_them(sight, noun)),
                    }
                    roles.goods_nouns.push(noun);
                }
            }
            Part::Giver => self.add_parties(sight, noun, true, roles),
            Part::Receiver => self.add_parties(sight, noun, false, roles),
            // Work goes to whoever employs, a factory too.
            Part::Employer => {
                let before = roles.receivers.len();
                self.add_parties(sight, noun, false, roles);
                if roles.receivers.len() == before {
                    roles.receivers.extend(self.finder.loose(&sight.scene, noun));
                }
            }
            Part::Carrier | Part::Broker => {
                let found = self.group(sight, noun);
                roles.carriers.extend(found);
            }
            Part::Value => {
                let phrase = sight.noun(noun);
                roles.value = Some(sight.span(phrase.first, phrase.end));
            }
            Part::Via | Part::Place | Part::Authority | Part::None => {}
        }
    }
}
