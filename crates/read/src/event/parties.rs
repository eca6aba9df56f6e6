//! Who gives and who gets, from the noun phrases that stand for them.

use super::words::{joined, nobody};
use super::{Eye, Roles, Sight, located};
use crate::clause::{Clause, Link};
use crate::groups::{COUNTS, FORCES};
use crate::phrase::NounPhrase;
use crate::who::{Scene, Who};

/// Where a place lies: `sites across Russia`.
const WITHIN: [&str; 11] = ["in", "near", "at", "across", "inside", "within", "throughout", "along", "around", "outside", "of"];

impl Eye<'_> {
    /// `soldiers carry rifles supplied by Russia`: who fights has his weapons on him, and brings them to nobody.
    pub(super) fn bears_arms(&mut self, sight: &Sight<'_>, at: usize) -> bool {
        let clause = &sight.clauses[at];
        let bears = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "carry" | "bear" | "wield" | "brandish"));
        let goes = clause.args.iter().any(|(p, _)| p.is_some());
        let fights = |low: &str| {
            matches!(
                low.trim_end_matches('s'),
                "soldier" | "fighter" | "rebel" | "militant" | "gunman" | "guard" | "guerrilla" | "insurgent" | "jihadist"
            ) || matches!(low, "troops" | "gunmen" | "militiamen" | "guardsmen" | "policemen" | "mercenaries")
        };
        bears && !goes && clause.subject.is_some_and(|n| fights(sight.low(sight.noun(n).head)))
    }

    /// Phrases with a preposition in clauses that describe a clause's nouns and tell no act of their own.
    pub(super) fn loose_ends(&self, sight: &Sight<'_>, clause: &Clause) -> Vec<(usize, usize)> {
        let nouns: Vec<usize> = clause.args.iter().map(|(_, n)| *n).collect();
        let plain = |c: &&Clause| {
            let subject = c.subject.is_some_and(|s| {
                nouns.contains(&s)
                    || sight.clauses.iter().any(|o| o.subject.is_some_and(|x| nouns.contains(&x)) && o.args.iter().any(|(_, n)| *n == s))
            });
            subject
                && matches!(c.link, Link::Participle | Link::Relative(..))
                && c.verb.is_some_and(|v| self.lexicon.frames(&sight.verbs[v].lemma).is_empty())
        };
        sight.clauses.iter().filter(plain).flat_map(|c| &c.args).filter_map(|(p, n)| p.map(|p| (p, *n))).collect()
    }

    /// `during a visit to Liberia`, `in response to Russia`: the phrase belongs to the noun before it, not to the verb. But `exported pumps without a
    /// licence to Iran`: a goal belongs to the verb unless the noun asks for one.
    pub(super) fn belongs_to_noun(&mut self, sight: &Sight<'_>, token: usize, noun: usize) -> bool {
        if super::words::of_occasion(sight, token, noun) {
            return true;
        }
        // `was sent home with help from the embassy`: who helps does not give.
        let aid = token.checked_sub(1).map_or("", |t| sight.low(t));
        if sight.low(token) == "from"
            && matches!(aid, "help" | "support" | "backing" | "pressure" | "permission" | "approval" | "protection" | "advice" | "funding")
        {
            return true;
        }
        let Some(before) = (0..noun).rev().find(|n| sight.noun(*n).end == token) else { return false };
        // `support to the campaign against the government`: whom it is against gets nothing.
        if matches!(sight.low(token), "against" | "opposing" | "versus") {
            return true;
        }
        let head = sight.noun(before).head;
        let behind_preposition = sight.clauses.iter().any(|c| c.args.iter().any(|(p, n)| p.is_some() && *n == before));
        let asks = !matches!(sight.low(token), "to" | "into") || super::words::takes_goal(sight.low(head));
        behind_preposition
            && asks
            && sight.scene.tags.get(head) == Some(&crate::tag::Tag::Noun)
            && !sight.noun(before).time
            && self.lexicon.nominal(sight.low(head)).is_none()
            && self.thing(sight, before).is_none()
            && self.who(sight, before).is_none()
    }

    pub(super) fn add_parties(&mut self, sight: &Sight<'_>, noun: usize, givers: bool, roles: &mut Roles) {
        if !givers && nobody(sight, noun) && self.members(sight, noun).is_none() {
            return;
        }
        // `trained dozens of Somali guards`: those who are counted.
        let counted = COUNTS.contains(sight.low(sight.noun(noun).head));
        let noun = sight.noun(noun).of.filter(|_| counted).unwrap_or(noun);
        let mut found = self.said_of_himself(sight, noun).unwrap_or_else(|| self.group(sight, noun));
        // `from wallets of Hamas`, `to accounts of the firm`: whose they are.
        let holds = matches!(sight.low(sight.noun(noun).head).trim_end_matches('s'), "wallet" | "account" | "coffer" | "fund");
        if let Some(of) = sight.noun(noun).of.filter(|_| found.is_empty() && holds) {
            found = self.group(sight, of);
        }
        // `our proposal to send`: whose it is.
        if found.is_empty() && crate::clause::is_intention(sight.low(sight.noun(noun).head)) {
            found.extend(self.finder.owner(&sight.scene, &sight.noun(noun).clone()));
            // `a Syrian effort to smuggle`.
            if found.is_empty() {
                found.extend(self.finder.nationality(&sight.scene, noun));
            }
        }
        // Nothing that acts is a thing, nor what something goes to: `the North Korean chain received`, `to North Korean ports`.
        // `the zoo had been given eagles`: nor what is given something.
        let acts = sight.clauses.iter().any(|c| c.subject == Some(noun) && c.verb.is_some_and(|v| !givers || !sight.verbs[v].passive));
        let reached = sight.noun(noun).before(sight.scene.tokens).is_some_and(|low| matches!(low, "to" | "into"));
        if found.is_empty() && (givers || acts || reached || self.thing(sight, noun).is_none()) {
            found.extend(self.finder.loose(&sight.scene, noun));
        }
        if found.is_empty() && !givers && (reached || acts || self.thing(sight, noun).is_none_or(|t| t.generic || t.category == "other")) {
            found.extend(self.located_in(sight, noun));
        }
        // Who acts in an act, or gets what is given, is somebody, whatever the noun: `the workshop`, `a mill in Hunchun`.
        if found.is_empty() && self.thing(sight, noun).is_none() {
            found.extend(self.finder.somebody(&sight.scene, noun).filter(|w| acts || !w.countries.is_empty()));
        }
        // `The pair sold sonar sets`: somebody, and nobody else.
        let several = matches!(sight.low(sight.noun(noun).head), "pair" | "two" | "three" | "duo" | "trio" | "couple" | "four");
        if found.is_empty() && acts && several && sight.noun(noun).det.is_some_and(|d| sight.low(d) == "the") {
            let (name, span) = sight.scene.words(sight.noun(noun).first, sight.noun(noun).end);
            let kind = Some(model::PartyType::Person);
            found.push(Who { name, kind, countries: Vec::new(), media: false, plural: true, place: false, inferred: false, span });
        }
        let list = if givers { &mut roles.givers } else { &mut roles.receivers };
        for who in found {
            if !who.media && !list.iter().any(|w| w.name == who.name && w.countries == who.countries) {
                list.push(who);
            }
        }
    }

    /// `teaches students from Iran`, `sold lathes to a firm from Syria`: whose party it is, and not where the act comes from.
    pub(super) fn is_from_of_party(&self, sight: &Sight<'_>, token: usize, noun: usize, roles: &Roles) -> bool {
        use crate::gazetteer::RoleNoun as R;
        let tokens = sight.scene.tokens;
        let ends_here = |n: &usize| sight.noun(*n).end == token && !sight.noun(*n).head_is_name(tokens) && !roles.goods_nouns.contains(n);
        let Some(before) = (0..noun).rev().find(ends_here) else { return false };
        let phrase = sight.noun(before);
        let party = matches!(self.finder.gazetteer.role(tokens, phrase.first, phrase.head), Some(R::Person | R::Body));
        party
            && phrase.before(tokens).is_some_and(|low| matches!(low, "to" | "for" | "with" | "a" | "an"))
            && self.thing(sight, before).is_none()
    }

    /// `Rotax said it had sold`: who says so, behind a pronoun in what is said.
    pub(super) fn said_of_himself(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Vec<Who>> {
        let low = sight.low(sight.noun(noun).head);
        if !sight.noun(noun).pronoun || !matches!(low, "it" | "they" | "he" | "she") {
            return None;
        }
        let inner = sight.clauses.iter().find(|c| c.subject == Some(noun) && matches!(c.link, Link::Content(_)))?;
        // `saying it had violated the embargo`: nobody says that of himself.
        if inner.verb.is_some_and(|v| !sight.verbs[v].negated && crate::claim::is_breach(&sight.verbs[v].lemma)) {
            return None;
        }
        let outer = &sight.clauses[inner.parent?];
        // `alleging it was carrying oil`, `told the firm that it must stop`: nor does anybody allege or order anything of himself.
        let ought = inner.verb.is_some_and(|v| matches!(sight.verbs[v].modal.as_deref(), Some("must" | "should" | "ought")));
        let of_another = outer.verb.is_some_and(|v| {
            let lemma = sight.verbs[v].lemma.as_str();
            matches!(lemma, "allege" | "suspect" | "charge" | "accuse" | "fear") || (ought && matches!(lemma, "tell" | "remind" | "warn"))
        });
        if of_another {
            return None;
        }
        let says = outer.verb.is_some_and(|v| !sight.verbs[v].passive && self.lexicon.saying(&sight.verbs[v].lemma).is_some());
        let speaker = outer.subject.filter(|s| says && !sight.noun(*s).pronoun)?;
        let found = self.group(sight, speaker);
        let person = |w: &Who| w.kind == Some(model::PartyType::Person);
        // `The minister said it had`: the State, not he.
        let fits = match low {
            "he" | "she" => found.iter().all(|w| person(w) && !crate::claim::are_offices(w)),
            _ => !found.iter().any(|w| person(w) || w.media),
        };
        (fits && !found.is_empty()).then_some(found)
    }

    /// `sent to the Latin American country`: a State that words describe is the one named last, beside the one on the other side.
    pub(super) fn the_country(&self, sight: &Sight<'_>, roles: &mut Roles) {
        let described = |list: &[Who]| {
            list.len() == 1
                && list[0].countries.is_empty()
                && list[0]
                    .name
                    .split_whitespace()
                    .last()
                    .is_some_and(|w| matches!(w, "country" | "nation" | "state" | "republic" | "kingdom"))
        };
        // `Iran answered Moscow's call, supplying the country with drones`: not the one that gives.
        // `will bring Turkish buses to the country`: nor the one that the goods are from.
        let home: Vec<Who> = roles.goods_nouns.iter().filter_map(|n| self.finder.nationality(&sight.scene, *n)).collect();
        let beside = if roles.givers.is_empty() { &home } else { &roles.givers };
        let again = roles.receivers.len() == 1
            && beside.iter().any(|g| g.countries == roles.receivers[0].countries && g.countries.len() == 1)
            && sight
                .scene
                .text
                .get(roles.receivers[0].span.0..roles.receivers[0].span.1)
                .is_some_and(|words| matches!(words, "country" | "nation" | "republic" | "kingdom" | "state" | "regime" | "island"));
        if again && let Some(other) = self.finder.known.state_beside(beside) {
            let span = roles.receivers[0].span;
            roles.receivers = vec![Who { span, ..other }];
        }
        let (given, got) = (described(&roles.givers), described(&roles.receivers));
        if got && located(&roles.givers) {
            let other = self.finder.known.state_beside(&roles.givers);
            roles.receivers.iter_mut().zip(other).for_each(|(w, s)| w.countries = s.countries);
        } else if given && located(&roles.receivers) {
            let other = self.finder.known.state_beside(&roles.receivers);
            roles.givers.iter_mut().zip(other).for_each(|(w, s)| w.countries = s.countries);
        }
    }

    /// `Fighting goes on in Sudan. Chad gave rifles to the rebels`: forces and offices that the text speaks of without a State are of the only one named
    /// just before, beside the one on the other side.
    pub(super) fn of_the_state_in_view(&self, sight: &Sight<'_>, roles: &mut Roles) {
        let organ = |list: &[Who]| {
            let [who] = list else { return false };
            let noun =
                sight.scene.nouns.iter().find(|n| sight.span(n.first, n.end) == who.span || sight.scene.tokens[n.head].end() == who.span.1);
            who.countries.is_empty() && noun.is_some_and(|n| self.is_known_organ(sight, n))
        };
        let at = sight.scene.sentence;
        let (given, got) = (organ(&roles.givers), organ(&roles.receivers));
        if got && located(&roles.givers) {
            let state = self.finder.known.sole_state_beside(&roles.givers, at).filter(|s| !self.is_source(sight, s));
            roles.receivers.iter_mut().zip(state).for_each(|(w, s)| (w.countries, w.inferred) = (s.countries, true));
        } else if given && located(&roles.receivers) {
            let state = self.finder.known.sole_state_beside(&roles.receivers, at).filter(|s| !self.is_source(sight, s));
            roles.givers.iter_mut().zip(state).for_each(|(w, s)| (w.countries, w.inferred) = (s.countries, true));
        }
    }

    /// `The shells came from Serbia, and Belarus sold rifles to the junta`: where something else comes from is not in view.
    fn is_source(&self, sight: &Sight<'_>, state: &Who) -> bool {
        let named = |n: &NounPhrase| {
            self.finder.gazetteer.at(sight.scene.tokens, n.first).is_some_and(|(_, named)| named.countries == state.countries)
        };
        let behind = |n: &NounPhrase| (n.first.saturating_sub(4)..n.first).any(|t| sight.low(t) == "from");
        sight.scene.nouns.iter().any(|n| named(n) && behind(n))
    }

    /// `the army`, `the rebels`, `the state operator`: of a State that was told, and not of any.
    fn is_known_organ(&self, sight: &Sight<'_>, phrase: &NounPhrase) -> bool {
        use crate::gazetteer::RoleNoun as R;
        let definite = phrase.det.is_some_and(|d| sight.low(d) == "the") && phrase.owner.is_none() && phrase.of.is_none();
        let placed = phrase.behind.iter().any(|(p, _)| *p == phrase.end && matches!(sight.low(*p), "in" | "from" | "of" | "near"));
        let role = self.finder.gazetteer.role(sight.scene.tokens, phrase.first, phrase.head);
        let state_owned = (phrase.first..phrase.head).any(|t| matches!(sight.low(t), "state" | "national"));
        let organ = role == Some(R::StateOrgan) || FORCES.contains(sight.low(phrase.head)) || state_owned;
        definite && !placed && organ
    }

    /// `to occupied territories in Ukraine`, `to warehouses in Dubai`: where it is says whose it is.
    pub(super) fn located_in(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Who> {
        let phrase = sight.noun(noun).clone();
        let place = phrase.behind.iter().find(|(p, _)| *p == phrase.end && WITHIN.contains(&sight.low(*p))).map(|(_, n)| *n)?;
        let inside = self.who(sight, place).filter(|w| !w.countries.is_empty())?;
        let (name, span) = sight.scene.words(phrase.first, phrase.end);
        Some(Who { name, kind: None, span, place: false, ..inside })
    }

    /// `gave Kim Jong Un cars`, `sold Iran missiles`: name and goods run together in one phrase.
    pub(super) fn split_name_and_goods(&mut self, sight: &Sight<'_>, noun: usize, roles: &mut Roles) -> bool {
        let phrase = sight.noun(noun);
        if phrase.first == phrase.head {
            return false;
        }
        let Some((who, cut)) = self.leading_party(sight, phrase) else { return false };
        let rest = NounPhrase { first: cut, owner: None, ..phrase.clone() };
        let mut nouns = sight.scene.nouns.to_vec();
        nouns[noun] = rest;
        let scene = Scene {
            text: sight.scene.text,
            tokens: sight.scene.tokens,
            tags: sight.scene.tags,
            nouns: &nouns,
            sentence: sight.scene.sentence,
        };
        let Some(thing) = self.things.thing(&scene, self.goods, noun) else { return false };
        roles.receivers.push(who);
        roles.things.push(thing);
        for other in joined(sight, noun).into_iter().filter(|n| *n != noun) {
            roles.things.extend(self.thing(sight, other));
        }
        roles.goods_nouns.push(noun);
        true
    }

    /// The party at the start of a phrase, and where the rest starts: a name (`Iran`), or a nationality with a role (`Somali militants`).
    fn leading_party(&self, sight: &Sight<'_>, phrase: &NounPhrase) -> Option<(Who, usize)> {
        use crate::gazetteer::NameKind as N;
        // `paid US$525,000`.
        if crate::tag::dollars(sight.scene.tokens, phrase.first) {
            return None;
        }
        let (length, named) = self.finder.gazetteer.at(sight.scene.tokens, phrase.first)?;
        let behind = phrase.first + length;
        // `sold Russia military equipment`: of what sort, and not whose.
        let with_role = (behind..phrase.head)
            .filter(|k| sight.scene.tags.get(*k) != Some(&crate::tag::Tag::Adj))
            .find(|k| self.finder.gazetteer.role(sight.scene.tokens, *k, *k).is_some() && !self.things.is_thing(sight.scene.tokens, *k));
        // `sent the North flour`, `sold the Taliban chips`: these have an article.
        let with_article = named.kind == N::Group || matches!(sight.low(phrase.first), "north" | "south" | "kremlin" | "emirates");
        let is_name = matches!(named.kind, N::State | N::Person | N::Group | N::Office | N::City) && (phrase.det.is_none() || with_article);
        let cut = match with_role {
            Some(role) => role + 1,
            None if is_name => behind,
            None => return None,
        };
        // `Russian fighter jets`: the words belong together as one thing.
        if cut > phrase.head || self.things.spans(sight.scene.tokens, cut.saturating_sub(1), phrase.head) {
            return None;
        }
        let who = Who {
            name: if with_role.is_some() { sight.scene.words(phrase.first, cut).0 } else { named.name.clone() },
            kind: if with_role.is_some() { None } else { named.kind.party() },
            countries: named.countries.clone(),
            media: false,
            plural: false,
            place: false,
            inferred: false,
            span: sight.span(phrase.first, cut),
        };
        Some((who, cut))
    }
}
