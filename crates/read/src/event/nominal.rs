//! Acts that nouns tell: `the gift of a car by Putin`, `arms shipments to Russia`, `Iran's imports`.

use super::Roles;
use super::{Event, Eye, Sight, Word, clause_of, joined, located};
use crate::clause::{Clause, Link};
use crate::groups::{GETS_AN_ACT, MAKES_AN_ACT, RAISES, SERVICES_THAT_ARE_OFFICES};
use crate::lexicon::{Lexicon, Nominal, Outcome, Part};
use crate::phrase::{NounPhrase, VerbGroup};
use crate::who::Who;
use model::ActKind;

impl Eye<'_> {
    /// The act that a noun tells: `the gift of a car by Putin to Kim`, `arms shipments to Russia`.
    pub(super) fn of_noun(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Event> {
        let phrase = sight.noun(noun);
        if phrase.pronoun || phrase.time {
            return None;
        }
        let nominal = sight.nominal(self.lexicon, noun).cloned()?;
        let kind = nominal.kind.filter(|k| *k != ActKind::Use)?;
        let head = phrase.head;
        // `watch instructors during training`: when, and nothing told of it.
        if kind == ActKind::Training && phrase.before(sight.scene.tokens) == Some("during") {
            return None;
        }
        // `paid Belarus for the delivery`: the payment is told, and what it is for with it.
        let paid = |c: &Clause| {
            let party = |n: usize| sight.noun(n).head_is_name(sight.scene.tokens);
            c.verb.is_some_and(|v| sight.verbs[v].lemma == "pay")
                && c.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| sight.low(t) == "for"))
                && c.args.iter().any(|(p, n)| p.is_none() && party(*n))
        };
        if sight.clauses.iter().any(paid) {
            return None;
        }
        let kept = |at: usize| {
            let object = sight.clauses[at].args.contains(&(None, noun));
            object && (super::looks::keeps_off(sight, at) || super::looks::speaks_up_for(sight, at))
        };
        if self.in_store(sight, noun) || would_stop(sight, noun) || (0..sight.clauses.len()).any(kept) {
            return None;
        }
        // `working under instruction from a firm`: on whose orders.
        let ordered = matches!(sight.low(head), "instruction" | "instructions")
            && phrase.before(sight.scene.tokens).is_some_and(|low| matches!(low, "under" | "on" | "by" | "with" | "following"));
        if ordered {
            return None;
        }
        let office = matches!(sight.low(head), "service" | "services")
            && (phrase.first..head).any(|t| SERVICES_THAT_ARE_OFFICES.contains(sight.low(t)));
        if office && !phrase.behind.iter().any(|(p, _)| *p == phrase.end && sight.low(*p) == "to") {
            return None;
        }
        // `rules to ease the delivery of aid`: what a rule is for.
        let of_rule = |c: &Clause| matches!(c.link, Link::Infinitive(Some(n)) if super::words::is_rule(sight.low(sight.noun(n).head)));
        if sight.clauses.get(clause_of(sight, noun)).is_some_and(of_rule) {
            return None;
        }
        // `was given a tour of the zoo`: shown round, and no journey.
        let shown =
            |c: &Clause| c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "give" | "get" | "receive" | "enjoy" | "lead"));
        if kind == ActKind::Tourism && sight.clauses.get(clause_of(sight, noun)).is_some_and(shown) {
            return None;
        }
        let mut roles = Roles::default();
        self.of_nominal(sight, noun, &nominal, &mut roles);
        let clause = raised(sight, noun, clause_of(sight, noun));
        self.beside_verb(sight, clause, noun, &nominal, &mut roles);
        self.doer(sight, clause, noun, &nominal, &mut roles);
        self.supported_in(sight, clause, noun, kind, &mut roles);
        self.paid_for(sight, clause, noun, &mut roles);
        if kind == ActKind::Training {
            self.trained_there(sight, clause, noun, &sight.noun(noun).clone(), &mut roles);
            // `the training of the sappers`: they are trained, and nothing else is given.
            roles.things.retain(|t| t.category == "training" || matches!(t.category.as_str(), "arms" | "missile" | "technology"));
        }
        self.listed(sight, noun, &mut roles);
        self.by_the_way(sight, clause, noun, &mut roles);
        let know_how = matches!(kind, ActKind::TechnicalAssistance | ActKind::Training | ActKind::Service | ActKind::TechnologyTransfer);
        self.listed_between(sight, noun, know_how, &mut roles);
        if roles.things.is_empty() {
            if let Some(word) = &nominal.implied {
                roles.things.push(self.things.implied(&sight.scene, phrase, word));
            } else if nominal.itself
                && let Some(thing) = self.thing(sight, noun)
            {
                roles.things.push(thing);
            }
        }
        // `the $100 million theft`.
        if roles.things.is_empty() && kind == ActKind::Other {
            roles.things.extend(self.things.sum_before_head(&sight.scene, phrase));
        }
        let mut pointed = false;
        // `was responsible for the theft from the exchange`: of the money told of before.
        if roles.things.is_empty() && kind == ActKind::Other && phrase.det.is_some_and(|d| sight.low(d) == "the") {
            let span = sight.span(phrase.first, phrase.end);
            pointed = true;
            let money = self.finder.known.things.iter().filter(|t| matches!(t.category.as_str(), "money" | "crypto"));
            roles.things.extend(money.map(|t| crate::what::Thing { span, another: false, ..t.clone() }));
        }
        if roles.things.is_empty() && kind == ActKind::ShipToShipTransfer {
            roles.things.extend(super::context::implied(sight, kind, head, false).map(|t| crate::what::Thing { generic: true, ..t }));
        }
        // `the transfer of any goods`: a rule, and no act.
        let any = |n: &usize| sight.noun(*n).det.is_some_and(|d| sight.low(d) == "any");
        if roles.things.is_empty() || (roles.givers.is_empty() && roles.receivers.is_empty()) || roles.goods_nouns.iter().any(any) {
            return None;
        }
        // `the construction of a factory`: work where it stands, and no thing that is handed over.
        let builds = sight.low(head) == "construction" && roles.goods_nouns.iter().any(|n| super::goods::stands(sight, *n));
        let kind = if builds { ActKind::Service } else { kind };
        let event = self.event(sight, Word { clause, trigger: head, kind, outcome: nominal.outcome, noun: true }, roles);
        Some(Event { pointed: event.pointed || pointed, ..event })
    }

    /// Who is said to have done what a noun tells: `was behind the theft`, `blamed it for the sale`, `is involved in the smuggling of`.
    fn doer(&mut self, sight: &Sight<'_>, clause: usize, noun: usize, nominal: &Nominal, roles: &mut Roles) {
        // `traders prosecuted over Iran exports`: a State by its name, and no adjective, is where they went.
        let phrase = sight.noun(noun);
        let state =
            self.finder.gazetteer.at(sight.scene.tokens, phrase.first).is_some_and(|(_, n)| n.kind == crate::gazetteer::NameKind::State);
        let first = sight.scene.tokens.get(phrase.first).map(|t| t.start);
        let by_name = state && roles.givers.iter().any(|w| Some(w.span.0) == first);
        let gone = by_name && roles.givers.len() == 1 && roles.receivers.is_empty() && phrase.owner.is_none();
        let open = match nominal.owner {
            Part::Giver if gone => true,
            Part::Giver => roles.givers.is_empty(),
            Part::Receiver => roles.receivers.is_empty(),
            _ => false,
        };
        let Some(clause) = sight.clauses.get(clause).filter(|_| open && nominal.outcome != Outcome::Stopped) else { return };
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return };
        // `Qatar's plan includes training of local forces`: whose plan it is.
        let plans = matches!(verb.lemma.as_str(), "include" | "foresee" | "envisage" | "entail" | "involve" | "call");
        let plan = |n: usize| {
            let low = sight.low(sight.noun(n).head);
            matches!(
                low.strip_suffix('s').unwrap_or(low),
                "plan" | "strategy" | "campaign" | "effort" | "policy" | "programme" | "program" | "mission"
            )
        };
        let ours = clause.args.iter().any(|(p, n)| *n == noun && p.is_none_or(|t| sight.low(t) == "for"));
        if let Some(subject) = clause
            .subject
            .filter(|s| plans && ours && plan(*s) && nominal.owner == Part::Giver || plans && ours && plan(*s) && roles.givers.is_empty())
        {
            let owner =
                self.finder.owner(&sight.scene, &sight.noun(subject).clone()).or_else(|| self.finder.nationality(&sight.scene, subject));
            roles.givers.extend(owner.filter(|w| roles.receivers.iter().all(|r| !r.may_be(w))));
            return;
        }
        // `attributed the theft to the gang`, `pinned the hack on it`.
        if matches!(verb.lemma.as_str(), "attribute" | "ascribe" | "pin" | "trace" | "link" | "tie" | "blame")
            && clause.args.contains(&(None, noun))
        {
            let on = clause.args.iter().find(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "to" | "on"))).map(|(_, n)| *n);
            if let Some(by) = on {
                self.add_parties(sight, by, nominal.owner == Part::Giver, roles);
            }
            return;
        }
        let Some((Some(token), _)) = clause.args.iter().find(|(p, n)| p.is_some() && *n == noun) else { return };
        let (low, before) = (sight.low(*token), token.checked_sub(1).map_or("", |t| sight.low(t)));
        let object = clause.args.iter().find(|(p, n)| p.is_none() && sight.noun(*n).end <= *token).map(|(_, n)| *n);
        // `a ship that it accused of shipments`.
        let described = match clause.link {
            Link::Relative(antecedent, true) => Some(antecedent),
            _ => None,
        };
        let object = object.or(described);
        let blamed = if verb.passive { clause.subject } else { object };
        let lemma = verb.lemma.as_str();
        let by = match (lemma, low) {
            (_, "behind") => clause.subject,
            (_, "for") if matches!(before, "responsible" | "accountable") => clause.subject,
            (
                "convict" | "charge" | "prosecute" | "sentence" | "investigate" | "blame" | "sanction" | "fine" | "designate" | "blacklist"
                | "arrest" | "jail" | "indict" | "condemn" | "criticise" | "detain" | "hold" | "seize" | "impound" | "question" | "raid",
                "for" | "over",
            )
            | ("accuse" | "suspect" | "convict" | "find" | "acquit", "of")
            | ("charge", "with")
            | ("implicate" | "involve", "in")
            | ("link" | "tie" | "connect", "to") => blamed,
            ("engage" | "participate" | "partake" | "share" | "assist" | "collude" | "deal" | "specialise" | "specialize", "in") => {
                clause.subject
            }
            ("take", "in") if before == "part" => clause.subject,
            // `proposed sanctions against Serbia over the supply of mortars`.
            (_, "for" | "over")
                if object.is_some_and(|n| {
                    matches!(sight.low(sight.noun(n).head), "sanctions" | "tariffs" | "penalties" | "measures" | "charges" | "complaint")
                }) =>
            {
                clause.args.iter().find(|(p, n)| *n != noun && p.is_some_and(|t| matches!(sight.low(t), "on" | "against"))).map(|(_, n)| *n)
            }
            // `had no part in shipments of petrol`.
            ("have" | "play" | "take" | "deny", "in")
                if object.is_some_and(|n| matches!(sight.low(sight.noun(n).head), "part" | "role" | "hand" | "involvement")) =>
            {
                clause.subject
            }
            // `is in breach of the embargo for the transfer of`.
            ("be", "for") if self.in_breach(sight, clause) => clause.subject,
            // `is negotiating with Minsk over the purchase of`.
            ("negotiate" | "haggle" | "bargain" | "talk" | "confer", "over" | "on" | "about" | "for") => clause.subject,
            // `were used as couriers`, `served as brokers`.
            ("use" | "employ" | "recruit" | "enlist", "as") => blamed,
            ("serve" | "act" | "work" | "operate", "as") => clause.subject,
            _ => None,
        };
        if let Some(by) = by {
            if gone && located(&self.group(sight, by)) {
                roles.receivers = std::mem::take(&mut roles.givers);
            }
            self.add_parties(sight, by, nominal.owner == Part::Giver, roles);
        }
    }

    /// `paid for the delivery of 40 cars`: whoever pays gets them.
    fn paid_for(&mut self, sight: &Sight<'_>, clause: usize, noun: usize, roles: &mut Roles) {
        let Some(clause) = sight.clauses.get(clause).filter(|_| !located(&roles.receivers)) else { return };
        let pays = clause.verb.is_some_and(|v| sight.verbs[v].lemma == "pay" && !sight.verbs[v].passive);
        let for_it = clause.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| sight.low(t) == "for"));
        if let (true, Some(subject)) = (pays && for_it, clause.subject) {
            self.add_parties(sight, subject, false, roles);
        }
        // `40 Belarusian cars`: from where they are.
        if for_it && roles.givers.is_empty() {
            let from = roles.goods_nouns.clone().into_iter().find_map(|n| self.finder.loose(&sight.scene, n));
            roles.givers.extend(from.filter(|w| roles.receivers.iter().all(|r| !r.may_be(w))));
        }
    }

    /// `supported the police in the training of its marines`, `assists the army with maintenance`: who is helped gets it.
    fn supported_in(&mut self, sight: &Sight<'_>, clause: usize, noun: usize, kind: ActKind, roles: &mut Roles) {
        if !matches!(kind, ActKind::Training | ActKind::TechnicalAssistance | ActKind::Service) || !roles.givers.is_empty() {
            return;
        }
        let Some(clause) = sight.clauses.get(clause) else { return };
        let helps = |v: &VerbGroup| !v.passive && matches!(v.lemma.as_str(), "support" | "assist" | "help" | "aid" | "back");
        let inside = clause.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| matches!(sight.low(t), "in" | "with")));
        let helped = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
        let (Some(subject), Some(helped)) = (clause.subject, helped) else { return };
        if !inside || !clause.verb.is_some_and(|v| helps(&sight.verbs[v])) {
            return;
        }
        self.add_parties(sight, subject, true, roles);
        if !located(&roles.receivers) {
            roles.receivers = self.group(sight, helped);
        }
    }

    /// Whether a clause says that somebody breaks a rule: `is in violation of`.
    fn in_breach(&self, sight: &Sight<'_>, clause: &Clause) -> bool {
        let breach =
            |n: usize| matches!(sight.low(sight.noun(n).head), "violation" | "breach" | "contravention" | "non-compliance" | "defiance");
        clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "in") && breach(*n))
    }

    /// `flights were made from Iran to Syria for the transfer of radars`: the journey says from whom and to whom.
    fn by_the_way(&mut self, sight: &Sight<'_>, clause: usize, noun: usize, roles: &mut Roles) {
        let open = roles.givers.is_empty() && roles.receivers.is_empty();
        let purpose = |c: &&Clause| c.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| sight.low(t) == "for"));
        let Some(clause) = sight.clauses.get(clause).filter(purpose).filter(|_| open) else { return };
        let end = |low: &str| {
            let places = clause.args.iter().filter(|(p, n)| *n != noun && p.is_some_and(|t| sight.low(t) == low));
            places.map(|(_, n)| *n).collect::<Vec<_>>()
        };
        let mut place = |nouns: Vec<usize>| nouns.into_iter().find_map(|n| self.who(sight, n).filter(|w| !w.countries.is_empty()));
        let (from, to) = (place(end("from")), place(end("to")));
        if let (Some(from), Some(to)) = (from, to) {
            roles.givers.push(from);
            roles.receivers.push(to);
        }
    }

    /// `gifts from Putin to Kim included a tea set`: the object says what the act's own noun leaves open.
    fn listed(&mut self, sight: &Sight<'_>, noun: usize, roles: &mut Roles) {
        let lists = |c: &&Clause| c.subject == Some(noun) && !super::pair::contents(sight, c).is_empty();
        let Some(clause) = sight.clauses.iter().find(lists) else { return };
        if roles.things.iter().all(|t| t.generic || t.category == "other") {
            let objects = super::pair::contents(sight, clause);
            let named: Vec<_> =
                objects.iter().filter_map(|n| self.thing(sight, *n).or_else(|| self.things.unknown(&sight.scene, *n))).collect();
            if !named.is_empty() {
                // `other gifts`: not the one told before.
                let phrase = sight.noun(noun);
                let more = (phrase.first..phrase.head).any(|t| matches!(sight.low(t), "other" | "further" | "additional"));
                roles.things = named.into_iter().map(|t| crate::what::Thing { another: t.another || more, ..t }).collect();
            }
        }
    }

    pub(super) fn of_nominal(&mut self, sight: &Sight<'_>, noun: usize, nominal: &Nominal, roles: &mut Roles) {
        let phrase = sight.noun(noun).clone();
        let owner = self.blamed_owner(sight, noun).or_else(|| self.finder.owner(&sight.scene, &phrase));
        if let Some(owner) = owner.filter(|w| !w.media) {
            match nominal.owner {
                Part::Giver if roles.givers.is_empty() => roles.givers.push(owner),
                Part::Receiver if roles.receivers.is_empty() => roles.receivers.push(owner),
                _ => {}
            }
        }
        if let Some(of) = phrase.of {
            self.of_phrase(sight, of, nominal, roles);
        }
        if roles.things.is_empty()
            && let Some(thing) = self.things.before_head(&sight.scene, self.goods, &phrase)
        {
            roles.things.push(thing);
        }
        self.nationality_before(sight, &phrase, nominal, roles);
        for (token, other) in &phrase.behind {
            let low = sight.low(*token);
            if low == "of" || super::according(sight, *token) {
                continue;
            }
            let given = nominal.prepositions.iter().find(|(p, _)| p.split_whitespace().next() == Some(low)).map(|(_, p)| *p);
            let part = given.unwrap_or(match low {
                "to" | "into" | "toward" | "towards" => Part::Receiver,
                "from" | "by" => Part::Giver,
                "via" | "through" => Part::Via,
                "for" if roles.receivers.is_empty() => Part::Receiver,
                _ => Part::None,
            });
            if low == "between" {
                self.between(sight, *other, roles);
                self.giver_of_two(nominal.kind == Some(ActKind::TechnicalAssistance), roles);
                continue;
            }
            // `training of local forces in Chad`: where they are.
            if nominal.kind == Some(ActKind::Training) && low == "in" && !roles.receivers.is_empty() {
                let place = self.who(sight, *other).filter(|w| !w.countries.is_empty());
                if let Some(place) = place.filter(|_| !located(&roles.receivers)) {
                    roles.receivers.iter_mut().for_each(|w| w.countries.clone_from(&place.countries));
                }
                continue;
            }
            self.at_preposition(sight, low, part, *other, roles);
            // `on missile production`: what the words before the head name; but `on missile defence` nothing is made.
            let makes = matches!(
                sight.low(sight.noun(*other).head),
                "production"
                    | "development"
                    | "programme"
                    | "programmes"
                    | "program"
                    | "programs"
                    | "technology"
                    | "manufacture"
                    | "design"
                    | "projects"
            );
            if part == Part::Goods && roles.things.is_empty() && makes {
                roles.things.extend(self.things.before_head(&sight.scene, self.goods, &sight.noun(*other).clone()));
            }
        }
        self.by_whom(sight, &phrase, nominal, roles);
    }

    /// `Serbia has signed an arms deal with Syria`: whoever signs is the other of the two.
    fn signed(&mut self, sight: &Sight<'_>, subject: usize, noun: usize, lemma: &str, roles: &mut Roles) {
        let deal = matches!(sight.low(sight.noun(noun).head).trim_end_matches('s'), "deal" | "contract" | "agreement" | "pact");
        let signs =
            matches!(lemma, "sign" | "strike" | "conclude" | "reach" | "ink" | "seal" | "clinch" | "negotiate" | "finalise" | "finalize");
        if !(deal && signs) || located(&roles.givers) == located(&roles.receivers) {
            return;
        }
        let other = if located(&roles.givers) { &roles.givers } else { &roles.receivers };
        let signers = self.group(sight, subject);
        let apart = !signers.is_empty() && signers.iter().all(|s| !s.media && other.iter().all(|o| !o.may_be(s)));
        if apart && located(&signers) {
            if located(&roles.givers) {
                roles.receivers = signers
            } else {
                roles.givers = signers
            }
            self.giver_of_two(true, roles);
            // That both take part is said; only which of them gives is taken from what they make.
            roles.receivers.iter_mut().for_each(|who| who.inferred = false);
        }
    }

    /// `training of the police, “in particular the air force”, by North Korea`: who does it stands behind all that is said of whom.
    fn by_whom(&mut self, sight: &Sight<'_>, phrase: &NounPhrase, nominal: &Nominal, roles: &mut Roles) {
        let does = nominal.prepositions.iter().any(|(p, part)| p == "by" && *part == Part::Giver);
        if !does || !roles.givers.is_empty() || phrase.of.is_none() {
            return;
        }
        let verb = |t: usize| sight.verbs.iter().any(|v| (v.first..v.end).contains(&t)) || matches!(sight.low(t), ";" | ":");
        /// How many words may stand between.
        const REACH: usize = 30;
        let reach = (phrase.end..sight.scene.tokens.len()).take(REACH).take_while(|t| !verb(*t));
        let by = reach.filter(|t| sight.low(*t) == "by").last();
        let Some(noun) = by.and_then(|by| sight.scene.nouns.iter().position(|n| n.first == by + 1 || n.det == Some(by + 1))) else {
            return;
        };
        roles.givers.extend(
            self.group(sight, noun).into_iter().filter(|w| !w.countries.is_empty() && roles.receivers.iter().all(|r| !r.may_be(w))),
        );
    }

    pub(super) fn of_phrase(&mut self, sight: &Sight<'_>, of: usize, nominal: &Nominal, roles: &mut Roles) {
        let has_thing = joined(sight, of).into_iter().any(|n| self.thing(sight, n).is_some());
        if has_thing || nominal.of == Part::Goods {
            if roles.things.is_empty() {
                self.put(sight, of, Part::Goods, roles);
            }
            // `the supply of Iran's drones`.
            if roles.givers.is_empty()
                && let Some(owner) = self.finder.owner(&sight.scene, &sight.noun(of).clone())
            {
                roles.givers.push(owner);
            }
        } else if nominal.kind != Some(ActKind::Tourism) || super::tours::is_toured(sight, of) {
            self.put(sight, of, nominal.of, roles);
        }
    }

    /// `talks between Russia and Iran`: both; which gives is not said, the first is taken.
    pub(super) fn between(&mut self, sight: &Sight<'_>, noun: usize, roles: &mut Roles) {
        let both = self.group(sight, noun);
        if let [a, b, ..] = both.as_slice() {
            if roles.givers.is_empty() {
                roles.givers.push(a.clone());
            }
            if roles.receivers.is_empty() {
                roles.receivers.push(b.clone());
            }
        }
    }

    /// `Russian arms shipments`, `Iran-bound shipments`, `US oil imports`.
    pub(super) fn nationality_before(&mut self, sight: &Sight<'_>, phrase: &NounPhrase, nominal: &Nominal, roles: &mut Roles) {
        let mut at = phrase.first;
        while at < phrase.head {
            let token = &sight.scene.tokens[at];
            if let Some((place, "bound" | "destined")) = token.text.rsplit_once('-') {
                let low = crate::token::tokens(place, &|_| false);
                if let Some((_, named)) = self.finder.gazetteer.at(&low, 0) {
                    roles.receivers.push(named_who(named, (token.start, token.end())));
                }
            }
            let Some((length, named)) = self.finder.gazetteer.at(sight.scene.tokens, at) else {
                at += 1;
                continue;
            };
            let who = named_who(named, sight.span(at, at + length));
            match nominal.owner {
                Part::Receiver if roles.receivers.is_empty() => roles.receivers.push(who),
                Part::Giver if roles.givers.is_empty() => roles.givers.push(who),
                _ => {}
            }
            at += length;
        }
    }

    /// What the verb beside a noun adds: who makes, receives, resumes the delivery.
    pub(super) fn beside_verb(&mut self, sight: &Sight<'_>, clause: usize, noun: usize, nominal: &Nominal, roles: &mut Roles) {
        let Some(clause) = sight.clauses.get(clause) else { return };
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return };
        // `carried out the repair of`: behind a particle too; `signed off on the sale of`.
        let particle = |t: usize| {
            t == verb.end && matches!(sight.low(t), "out" | "on" | "up" | "down")
                || t == verb.end + 1 && sight.low(t) == "on" && sight.low(verb.end) == "off"
        };
        // `announced a further $700m in assistance to Ukraine`: what the sum is given as.
        let in_sum = |n: usize| self.in_aid(sight, n) == Some(noun);
        let is_object = clause.args.iter().any(|(p, n)| p.is_none_or(particle) && (*n == noun || in_sum(*n))) && !verb.passive;
        let signs_off = verb.lemma == "sign" && sight.low(verb.end) == "off";
        let makes = signs_off || MAKES_AN_ACT.contains(&verb.lemma);
        if is_object && let Some(subject) = clause.subject {
            // `the junta announced the delivery of helicopters from Russia`: to itself.
            if verb.lemma == "announce" && located(&roles.givers) && roles.receivers.is_empty() {
                let own: Vec<_> = self.group(sight, subject).into_iter().filter(|w| roles.givers.iter().all(|g| !g.may_be(w))).collect();
                roles.receivers.extend(own);
            }
            // `received a North Korean order`, `turned down the order`: whom goods were ordered from.
            let ordered = matches!(sight.low(sight.noun(noun).head), "order" | "orders");
            let down = verb.lemma == "turn" && sight.low(verb.end) == "down";
            let asked = matches!(
                verb.lemma.as_str(),
                "receive"
                    | "get"
                    | "accept"
                    | "win"
                    | "land"
                    | "fulfil"
                    | "fulfill"
                    | "fill"
                    | "process"
                    | "reject"
                    | "refuse"
                    | "decline"
                    | "cancel"
            );
            if ordered && (asked || down) && roles.givers.is_empty() {
                self.add_parties(sight, subject, true, roles);
            }
            // `announced a seizure of arms`: who stops an act does not do it.
            let stopped = nominal.outcome == Outcome::Stopped;
            // `operates its joint venture in`, `owns half of a joint venture with`: whose it is.
            let holds = matches!(
                verb.lemma.as_str(),
                "operate"
                    | "own"
                    | "have"
                    | "hold"
                    | "establish"
                    | "form"
                    | "set"
                    | "open"
                    | "create"
                    | "found"
                    | "manage"
                    | "keep"
                    | "close"
                    | "leave"
                    | "quit"
                    | "dissolve"
                    | "enter"
                    | "register"
                    | "sign"
                    | "join"
                    | "allow"
                    | "permit"
                    | "host"
            );
            if holds && nominal.kind == Some(ActKind::JointVenture) && roles.givers.is_empty() {
                self.add_parties(sight, subject, true, roles);
            }
            let agrees = matches!(verb.lemma.as_str(), "commission" | "approve" | "permit" | "allow" | "order");
            if agrees && sight.low(sight.noun(noun).head) == "construction" && roles.receivers.is_empty() {
                self.add_parties(sight, subject, false, roles);
            }
            self.signed(sight, subject, noun, &verb.lemma, roles);
            if makes {
                self.travels(sight, subject, nominal, roles);
            }
            if makes && roles.givers.is_empty() && nominal.owner != Part::Receiver && !stopped {
                self.add_parties(sight, subject, true, roles);
            } else if (GETS_AN_ACT.contains(&verb.lemma) || (makes && nominal.owner == Part::Receiver)) && roles.receivers.is_empty() {
                self.add_parties(sight, subject, false, roles);
            }
        }
        let relied = ["rely", "depend", "count"].contains(&verb.lemma.as_str())
            && clause.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| matches!(sight.low(t), "on" | "upon")));
        if relied
            && roles.receivers.is_empty()
            && let Some(subject) = clause.subject
        {
            self.add_parties(sight, subject, false, roles);
        }
        // `earned millions from arms sales to Russia`: who earns sells.
        let earned = ["earn", "profit", "benefit", "generate", "raise", "gain"].contains(&verb.lemma.as_str())
            && nominal.owner == Part::Giver
            && clause.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| matches!(sight.low(t), "from" | "through" | "via")));
        if earned
            && roles.givers.is_empty()
            && let Some(subject) = clause.subject
        {
            self.add_parties(sight, subject, true, roles);
        }
        self.arrived_with(sight, clause, noun, roles);
        if !is_object && clause.subject != Some(noun) {
            return;
        }
        for (preposition, other) in &clause.args {
            let Some(token) = preposition else { continue };
            if sight.noun(noun).behind.iter().any(|(_, n)| n == other) {
                continue;
            }
            let low = sight.low(*token);
            let part = match low {
                "to" | "into" => Part::Receiver,
                "in" | "at" if matches!(verb.lemma.as_str(), "arrive" | "land" | "dock") => Part::Receiver,
                "from" => Part::Giver,
                "via" | "through" => Part::Via,
                _ => Part::None,
            };
            let open = match part {
                Part::Receiver => roles.receivers.is_empty(),
                Part::Giver => roles.givers.is_empty(),
                _ => true,
            };
            if open && sight.lexicon_is_transfer(self.lexicon, verb) {
                self.at_preposition(sight, low, part, *other, roles);
            }
        }
    }

    /// `The tanker arrived in Havana with a shipment of oil`, `must reach Syria with deliveries of arms`: where whoever carries it comes.
    fn arrived_with(&mut self, sight: &Sight<'_>, clause: &Clause, noun: usize, roles: &mut Roles) {
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return };
        let with = clause.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| sight.low(t) == "with"));
        let direct = matches!(verb.lemma.as_str(), "reach" | "enter");
        let comes =
            direct || matches!(verb.lemma.as_str(), "arrive" | "land" | "dock" | "sail" | "berth" | "call" | "fly" | "travel" | "return");
        if !(with && comes) || verb.passive {
            return;
        }
        let place = |words: &[&str], bare: bool| {
            let fits = |p: Option<usize>| p.map_or(bare, |t| words.contains(&sight.low(t)));
            clause.args.iter().find(|(p, n)| *n != noun && fits(*p)).map(|(_, n)| *n)
        };
        if roles.receivers.is_empty() {
            let goal = place(&["in", "at", "to", "into"], direct).and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty());
            roles.receivers.extend(goal);
        }
        if roles.givers.is_empty() {
            let from = place(&["from"], false).and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty());
            let carrier =
                clause.subject.and_then(|s| self.finder.loose(&sight.scene, s)).filter(|w| roles.receivers.iter().all(|r| !r.may_be(w)));
            roles.givers.extend(from.or(carrier));
        }
    }

    /// Roles in the phrases behind a noun of goods: `a shipment of coal from Rason to China`.
    pub(super) fn own_phrases(&mut self, sight: &Sight<'_>, noun: usize, roles: &mut Roles) {
        let phrase = sight.noun(noun);
        let Some(nominal) = sight.nominal(self.lexicon, noun).cloned() else {
            // `the weapons from Iran`, `shells made in North Korea`.
            for (token, other) in phrase.behind.clone() {
                if sight.low(token) == "from" && roles.givers.is_empty() && !super::of_a_paper(sight, token) {
                    self.put(sight, other, Part::Giver, roles);
                }
            }
            return;
        };
        self.of_nominal(sight, noun, &nominal, roles);
    }
}

/// `a third shipment appears to have come from Dubai`, `is believed to be bound for`: the clause that tells what became of it.
fn raised(sight: &Sight<'_>, noun: usize, clause: usize) -> usize {
    let raises = sight
        .clauses
        .get(clause)
        .is_some_and(|c| c.subject == Some(noun) && c.verb.is_some_and(|v| RAISES.contains(sight.verbs[v].lemma.as_str())));
    let inner = sight.clauses.iter().position(|c| {
        c.parent == Some(clause) && c.subject == Some(noun) && c.verb.is_some() && matches!(c.link, crate::clause::Link::Infinitive(_))
    });
    inner.filter(|_| raises).unwrap_or(clause)
}

impl Sight<'_> {
    /// What the last words of a noun phrase tell: `joint venture`, `ship-to-ship transfers`, before `venture` and `transfers`.
    fn nominal<'a>(&self, lexicon: &'a Lexicon, noun: usize) -> Option<&'a Nominal> {
        let phrase = self.noun(noun);
        (phrase.first.max(phrase.head.saturating_sub(3))..=phrase.head).find_map(|start| {
            let words: Vec<&str> = (start..=phrase.head).map(|t| self.low(t)).collect();
            lexicon.nominal(&words.join(" "))
        })
    }

    /// Whether a verb can carry a transfer noun with it: `was sent to`, `arrived in`, `went from`.
    fn lexicon_is_transfer(&self, lexicon: &Lexicon, verb: &VerbGroup) -> bool {
        !lexicon.frames(&verb.lemma).is_empty()
            || ["go", "arrive", "reach", "continue", "flow", "begin", "start", "make", "come", "head", "leave", "bind"]
                .contains(&verb.lemma.as_str())
    }
}

fn named_who(named: &crate::gazetteer::Named, span: (usize, usize)) -> Who {
    Who {
        name: named.name.clone(),
        kind: named.kind.party().or(Some(model::PartyType::Government)),
        countries: named.countries.clone(),
        media: named.kind == crate::gazetteer::NameKind::Media,
        plural: false,
        place: named.kind == crate::gazetteer::NameKind::City,
        inferred: false,
        span,
    }
}

/// `vowed to thwart any sale of howitzers`, `would target all transfers of rockets`: what somebody would keep from happening, whenever it might.
pub(super) fn would_stop(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = sight.noun(noun);
    let before = phrase.det.map_or("", |d| sight.low(d));
    let first = phrase.det.unwrap_or(phrase.first).saturating_sub(1);
    let every = |low: &str| matches!(low, "any" | "every" | "each" | "all" | "further" | "future");
    let whichever = every(before) || every(sight.low(first)) || every(sight.low(phrase.first));
    let stops = |c: &Clause| {
        let verb = c.verb.map(|v| &sight.verbs[v]);
        let object = c.args.contains(&(None, noun)) || verb.is_some_and(|v| v.passive) && c.subject == Some(noun);
        let not_yet = verb.is_some_and(|v| v.modal.is_some() || v.form == crate::phrase::Form::Infinitive || v.present);
        object
            && not_yet
            && verb.is_some_and(|v| {
                matches!(
                    v.lemma.as_str(),
                    "target"
                        | "thwart"
                        | "stop"
                        | "block"
                        | "prevent"
                        | "halt"
                        | "intercept"
                        | "foil"
                        | "strike"
                        | "hit"
                        | "oppose"
                        | "end"
                        | "veto"
                        | "bar"
                        | "ban"
                        | "destroy"
                        | "disrupt"
                        | "hinder"
                        | "resist"
                        | "punish"
                )
            })
    };
    // `is ready to help them reduce imports`: less of it, and nobody's act.
    let lessens = |c: &Clause| {
        let verb = c.verb.map(|v| &sight.verbs[v]);
        let bare = verb.is_some_and(|v| {
            v.form == crate::phrase::Form::Infinitive || sight.scene.tags.get(v.head) == Some(&crate::tag::Tag::Base) && v.modal.is_none()
        });
        c.args.contains(&(None, noun))
            && bare
            && verb.is_some_and(|v| matches!(v.lemma.as_str(), "reduce" | "cut" | "curb" | "lower" | "lessen" | "limit"))
    };
    // `banned imports of copper`, `crippled its exports`: what was traded before is no news.
    let forbidden = |c: &Clause| {
        let verb = c.verb.map(|v| &sight.verbs[v]);
        let object = c.args.contains(&(None, noun)) || verb.is_some_and(|v| v.passive) && c.subject == Some(noun);
        let ruled = |v: &VerbGroup| {
            matches!(v.lemma.as_str(), "ban" | "outlaw" | "prohibit" | "forbid" | "cripple" | "tax" | "restrict") && v.modal.is_none()
        };
        object && verb.is_some_and(ruled) && matches!(sight.low(phrase.head), "import" | "imports" | "export" | "exports")
    };
    whichever && sight.clauses.iter().any(stops) || sight.clauses.iter().any(lessens) || sight.clauses.iter().any(forbidden)
}
