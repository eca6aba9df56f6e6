//! Whom a pronoun means where the verb says more than the order of the names does: what carries a cargo is a ship, and who tells somebody something
//! of `they` speaks of himself.

use super::{Eye, Sight};
use crate::clause::Link;
use crate::groups::{QUOTES, TELLS_SOMEBODY};
use model::PartyType;

/// Words of somebody who speaks for several, mostly his State.
pub(crate) const OURS: [&str; 4] = ["we", "us", "our", "ours"];

/// An office that goes after others: customs, a treasury, an authority.
fn is_office(who: &crate::who::Who) -> bool {
    let last = who.name.rsplit(' ').next().map(crate::token::lower).unwrap_or_default();
    crate::claim::enforces(who)
        || matches!(last.as_str(), "authority" | "treasury" | "secretariat" | "commission" | "regulator" | "watchdog" | "bureau")
}

impl Eye<'_> {
    /// `“We gave them 40 tanks,” the minister said`, `“Cuba trained our divers,” he said`: he who says so, or who spoke just before.
    pub(super) fn we_meant(&mut self, sight: &Sight<'_>) {
        self.finder.known.we = None;
        if self.finder.known.asker.is_some() || !sight.scene.tokens.iter().any(|t| OURS.contains(&t.low.as_str())) {
            return;
        }
        let first_person = |n: usize| OURS.contains(&sight.low(sight.noun(n).head));
        let says = |c: &&crate::clause::Clause| {
            c.verb.is_some_and(|v| !sight.verbs[v].passive && QUOTES.contains(sight.verbs[v].lemma.as_str()))
                && c.subject.is_some_and(|n| !first_person(n))
        };
        let speaker = sight.clauses.iter().find(says).and_then(|c| c.subject);
        let speaker = speaker.and_then(|n| self.who(sight, n));
        let before = self.finder.known.spoke.as_ref().filter(|(_, at)| sight.scene.sentence - at <= 2).map(|(who, _)| who.clone());
        self.finder.known.we = speaker.or(before).filter(|w| !w.media);
    }

    /// `helps the coalition, which includes Ghana, by selling them arms`: who is helped so.
    fn helped_meant(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses.iter().filter(|c| matches!(c.link, Link::Gerund(Some(t)) if sight.low(t) == "by")) {
            let pronoun = |n: usize| matches!(sight.low(sight.noun(n).head), "them" | "it" | "him" | "her") && sight.noun(n).pronoun;
            let Some(above) = clause.parent.map(|p| &sight.clauses[p]) else { continue };
            let helps = above.verb.is_some_and(|v| {
                matches!(sight.verbs[v].lemma.as_str(), "help" | "assist" | "support" | "aid" | "back" | "bolster" | "prop")
            });
            let Some(them) = clause.args.iter().map(|(_, n)| *n).find(|n| helps && pronoun(*n)) else { continue };
            let Some(helped) = above.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n) else { continue };
            let Some(who) = self.who(sight, helped) else { continue };
            let span = sight.span(sight.noun(them).first, sight.noun(them).end);
            if let Some(slot) = self.whos.get_mut(them) {
                *slot = Some(Some(crate::who::Who { span, ..who }));
            }
        }
    }

    /// `rode in the car that Putin gave him`: nobody gives himself anything by such a word; whom the outer clause is about is meant.
    fn never_himself(&mut self, sight: &Sight<'_>) {
        for at in 0..sight.clauses.len() {
            let clause = &sight.clauses[at];
            let person = |n: usize| sight.noun(n).pronoun && matches!(sight.low(sight.noun(n).head), "him" | "her");
            let him =
                clause.args.iter().find(|(p, n)| person(*n) && p.is_none_or(|t| matches!(sight.low(t), "to" | "for"))).map(|(_, n)| *n);
            let (Some(him), Some(subject)) = (him, clause.subject) else { continue };
            let Some(doer) = self.who(sight, subject) else { continue };
            if self.who(sight, him).is_some_and(|meant| !meant.may_be(&doer)) {
                continue;
            }
            // The subjects of the clauses around it, then who stands in the clause before: `met Kim and gave him a car`.
            let mut others = Vec::new();
            let mut above = clause.parent;
            while let Some(c) = above {
                others.extend(sight.clauses[c].subject);
                above = sight.clauses[c].parent;
            }
            others.extend(at.checked_sub(1).into_iter().flat_map(|c| sight.clauses[c].args.iter().map(|(_, n)| *n)).filter(|n| *n < him));
            let other = others.into_iter().find_map(|n| {
                let named = sight.noun(n).head_is_name(sight.scene.tokens);
                let who = self.who(sight, n).or_else(|| self.finder.somebody(&sight.scene, n).filter(|_| named))?;
                (!who.may_be(&doer) && matches!(who.kind, None | Some(PartyType::Person))).then_some(who)
            });
            let span = sight.span(sight.noun(him).first, sight.noun(him).end);
            if let Some(slot) = self.whos.get_mut(him) {
                *slot = Some(other.map(|w| crate::who::Who { span, ..w }));
            }
        }
    }

    /// Settles such pronouns before any act is told.
    pub(super) fn subjects_meant(&mut self, sight: &Sight<'_>) {
        self.helped_meant(sight);
        self.never_himself(sight);
        for at in 0..sight.clauses.len() {
            let clause = &sight.clauses[at];
            let (Some(subject), Some(verb)) = (clause.subject.filter(|s| sight.noun(*s).pronoun), clause.verb.map(|v| &sight.verbs[v]))
            else {
                continue;
            };
            let low = sight.low(sight.noun(subject).head);
            let meant = match low {
                "it" if !verb.passive && matches!(verb.lemma.as_str(), "carry" | "transport" | "haul" | "ferry" | "sail") => {
                    self.ship_meant(sight, subject)
                }
                "it" if !verb.passive && self.caught_meant(sight, at).is_some() => self.caught_meant(sight, at),
                "it" if self.is_what_it_describes(sight, at, subject) => self.finder.known.state_beside(&[]),
                "it" | "she" if self.only_unloads(sight, verb) => {
                    if let Some(slot) = self.whos.get_mut(subject) {
                        *slot = Some(None);
                    }
                    continue;
                }
                "it" | "they" | "he" | "she" => self
                    .teller_meant(sight, at, low == "they")
                    .or_else(|| self.accused_meant(sight, at))
                    .or_else(|| self.punished_meant(sight, at))
                    .or_else(|| self.announcer_meant(sight, at)),
                _ => None,
            };
            let Some(who) = meant else { continue };
            let span = sight.span(sight.noun(subject).first, sight.noun(subject).end);
            if let Some(slot) = self.whos.get_mut(subject) {
                *slot = Some(Some(crate::who::Who { span, ..who }));
            }
        }
    }

    /// `boarded the tanker off Gibraltar, alleging it was transporting oil`: the ship, not whoever is the subject.
    fn ship_meant(&self, sight: &Sight<'_>, pronoun: usize) -> Option<crate::who::Who> {
        let before = self.whos.get(..pronoun).unwrap_or(&[]).iter().rev().flatten().flatten();
        let ship = before.clone().find(|w| w.kind == Some(PartyType::Vessel) && !w.plural);
        // `boarded the Sabra`: what is boarded, whatever its name says of it.
        let boards = |c: &&crate::clause::Clause| c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "board" | "impound"));
        let boarded = sight.clauses.iter().find(boards).and_then(|c| c.args.iter().find(|(p, n)| p.is_none() && *n < pronoun));
        let boarded = boarded.and_then(|(_, n)| self.whos.get(*n).cloned().flatten().flatten());
        ship.cloned().or(boarded).or_else(|| self.finder.known.ship_before(sight.scene.sentence))
    }

    /// `stopped a Kenyan barge on suspicion it was bringing mortars`, `the seizure of a tanker`: what was caught carried it, and not who caught it.
    fn caught_meant(&mut self, sight: &Sight<'_>, at: usize) -> Option<crate::who::Who> {
        let verb = sight.clauses[at].verb.map(|v| &sight.verbs[v])?;
        if !matches!(
            verb.lemma.as_str(),
            "carry" | "bring" | "take" | "transport" | "move" | "deliver" | "smuggle" | "ship" | "haul" | "ferry"
        ) {
            return None;
        }
        let catches =
            |lemma: &str| matches!(lemma, "seize" | "detain" | "stop" | "intercept" | "board" | "impound" | "halt" | "hold" | "raid");
        let caught = sight.clauses[..at].iter().rev().find_map(|c| {
            let verb = c.verb.map(|v| &sight.verbs[v]).filter(|v| catches(&v.lemma))?;
            if verb.passive { c.subject } else { c.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n) }
        });
        let first = verb.first;
        let noun = || {
            let seizure = |n: &crate::phrase::NounPhrase| {
                n.end <= first && matches!(sight.low(n.head), "seizure" | "interception" | "detention" | "boarding" | "capture")
            };
            sight.scene.nouns.iter().find(|n| seizure(n)).and_then(|n| n.of)
        };
        let noun = caught.or_else(noun)?;
        let carrier = self.thing(sight, noun).is_some_and(|t| matches!(t.category.as_str(), "vessel" | "aircraft" | "vehicles"));
        if !carrier {
            return None;
        }
        let known = self.whos.get(noun).cloned().flatten().flatten();
        known.or_else(|| self.finder.loose(&sight.scene, noun)).or_else(|| self.finder.somebody(&sight.scene, noun))
    }

    /// `Three traders were charged. Prosecutors say they exported chips`: those who go after somebody by office do not speak of what they sold themselves.
    fn accused_meant(&self, sight: &Sight<'_>, at: usize) -> Option<crate::who::Who> {
        let clause = &sight.clauses[at];
        let outer = clause.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(clause.link, Link::Content(None)))?;
        let says = outer.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive && self.lexicon.saying(&v.lemma).is_some());
        let office = outer.subject.filter(|_| says.is_some()).and_then(|s| self.whos.get(s)?.clone()?).filter(is_office)?;
        let meant = clause.subject.and_then(|s| self.whos.get(s)?.clone()?);
        if meant.is_some_and(|w| w.name != office.name) {
            return None;
        }
        let gives = |f: &crate::lexicon::Frame| f.kind.is_some() && f.outcome != crate::lexicon::Outcome::Stopped;
        let done = clause.verb.is_some_and(|v| self.lexicon.frames(&sight.verbs[v].lemma).iter().any(gives));
        let it = sight.low(sight.noun(clause.subject?).head) == "it";
        self.finder.known.suspects(sight.scene.sentence, it).filter(|_| done)
    }

    /// `Tokyo blacklisted the firm because it had supplied lathes`: whoever is punished for something did it.
    fn punished_meant(&self, sight: &Sight<'_>, at: usize) -> Option<crate::who::Who> {
        let clause = &sight.clauses[at];
        let Link::Adverbial(token) = clause.link else { return None };
        let outer = clause.parent.map(|p| &sight.clauses[p]).filter(|_| sight.low(token) == "because")?;
        let verb = outer.verb.map(|v| &sight.verbs[v])?;
        let punishes = matches!(
            verb.lemma.as_str(),
            "sanction"
                | "fine"
                | "blacklist"
                | "punish"
                | "penalise"
                | "penalize"
                | "designate"
                | "arrest"
                | "charge"
                | "prosecute"
                | "expel"
                | "ban"
                | "sue"
        );
        let object = outer.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
        let punished = if verb.passive { outer.subject } else { object }.filter(|_| punishes)?;
        self.whos.get(punished)?.clone()?.filter(|w| !w.media)
    }

    /// `a warship it has sold`: whether the pronoun would stand for the very thing that its clause describes.
    fn is_what_it_describes(&self, sight: &Sight<'_>, at: usize, pronoun: usize) -> bool {
        let Link::Relative(described, true) = sight.clauses[at].link else { return false };
        let name = |n: usize| self.whos.get(n).and_then(|w| w.as_ref()?.as_ref()).map(|w| w.name.clone());
        name(described).is_some_and(|n| name(pronoun) == Some(n))
    }

    /// `The White House said that Syria had crossed a line and announced it would arm the rebels`: whoever announces speaks of himself.
    fn announcer_meant(&self, sight: &Sight<'_>, at: usize) -> Option<crate::who::Who> {
        let clause = &sight.clauses[at];
        let outer = clause.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(clause.link, Link::Content(None)))?;
        let verb = outer.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive)?;
        let announces =
            matches!(verb.lemma.as_str(), "announce" | "pledge" | "promise" | "vow" | "confirm" | "deny" | "admit" | "acknowledge");
        let subject = outer.subject.filter(|_| announces)?;
        // The two stand apart: another clause lies between them.
        let apart = verb.first.saturating_sub(sight.noun(subject).end) > 5;
        let who = self.whos.get(subject)?.clone()??;
        (apart && sight.low(sight.noun(clause.subject?).head) == "it" && !who.plural && who.kind != Some(PartyType::Person)).then_some(who)
    }

    /// `the traders told customs that they were exporting cars`: those who tell it. `told Iran that it must stop`: the one who is told.
    fn teller_meant(&self, sight: &Sight<'_>, at: usize, several: bool) -> Option<crate::who::Who> {
        let clause = &sight.clauses[at];
        let outer = clause.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(clause.link, Link::Content(None)))?;
        let verb = outer.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive)?;
        if !TELLS_SOMEBODY.contains(&verb.lemma) {
            return None;
        }
        let modal = clause.verb.and_then(|v| sight.verbs[v].modal.as_deref());
        let whom = if matches!(modal, Some("must" | "should" | "ought")) {
            outer.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n)
        } else {
            // `Kim told Putin that he would send him shells`: whoever says so speaks of himself.
            let himself = matches!(modal, Some("would" | "will")) && !matches!(verb.lemma.as_str(), "remind" | "convince" | "persuade");
            outer.subject.filter(|s| himself || several && sight.low(sight.noun(*s).head).ends_with('s'))
        };
        self.whos.get(whom?)?.clone()?
    }
}
