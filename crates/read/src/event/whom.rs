//! Whom small words mean: pronouns in a clause that describes somebody, `to which`, `from whom`, and whose an act is for which somebody is blamed.

use super::{Eye, Sight};
use crate::clause::{Clause, Link};
use crate::groups::FORCES;
use crate::phrase::NounPhrase;
use crate::tag::Tag;
use crate::what::Sort;
use crate::who::Who;

/// How far behind its verb `home` may stand, in tokens: `sends more of the money home`.
const HOME_BEHIND: usize = 8;

impl Eye<'_> {
    /// `Togo is an ally of Austria, which gives it money`: a pronoun in a clause that describes somebody is somebody else, first of all the subject before.
    pub(super) fn others_meant(&mut self, sight: &Sight<'_>) {
        for at in 0..sight.clauses.len() {
            let clause = &sight.clauses[at];
            let Link::Relative(described, gap) = clause.link else { continue };
            // `Uganda showed the drones that Kenya had sold to it`: nor is it whoever acts there.
            let party = |n: usize| self.whos.get(n).cloned().flatten().flatten();
            let acting = || clause.subject.filter(|_| gap).and_then(party);
            let Some(own) = party(described).or_else(acting) else { continue };
            let pronoun = |n: &usize| {
                sight.noun(*n).pronoun && matches!(sight.low(sight.noun(*n).head), "it" | "him" | "her" | "them" | "he" | "she")
            };
            let nouns = clause.subject.into_iter().chain(clause.args.iter().map(|(_, n)| *n)).filter(pronoun).collect::<Vec<_>>();
            let Some(subject) = outer_subject(sight, at).filter(|s| *s != described) else { continue };
            let Some(other) = self.whos.get(subject).cloned().flatten().flatten().filter(|w| !w.may_be(&own) && !w.media) else { continue };
            for noun in nouns {
                let same =
                    self.whos.get(noun).is_some_and(|w| matches!(w, Some(Some(w)) if w.may_be(&own)) || matches!(w, Some(None) | None));
                let span = sight.span(sight.noun(noun).first, sight.noun(noun).end);
                if same && let Some(slot) = self.whos.get_mut(noun) {
                    *slot = Some(Some(Who { span, ..other.clone() }));
                }
            }
        }
    }

    /// `Oman said Serbia had sold it rifles`, `thanked Serbia for selling it rifles`: to whom something goes in what is said is not whoever acts there, but
    /// who says it, or to whom it is said.
    pub(super) fn objects_meant(&mut self, sight: &Sight<'_>) {
        for clause in sight.clauses {
            let inner = matches!(clause.link, Link::Content(_) | Link::Gerund(Some(_)) | Link::Infinitive(_));
            let Some(outer) = clause.parent.filter(|_| inner).map(|p| &sight.clauses[p]) else { continue };
            let party = |n: usize| self.whos.get(n).cloned().flatten().flatten();
            let Some(own) = clause.subject.and_then(party) else { continue };
            let objects = outer.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n);
            let mut others = outer.subject.into_iter().chain(objects).filter_map(party);
            let Some(other) = others.find(|w| !w.may_be(&own) && !w.media && !w.countries.is_empty()) else { continue };
            let given = |noun: usize| clause.args.iter().any(|(p, n)| p.is_none() && *n != noun);
            let goes_to = |(p, n): &(Option<usize>, usize)| match p {
                None => given(*n),
                Some(t) => matches!(sight.low(*t), "to" | "from"),
            };
            let pronoun = |n: &usize| sight.noun(*n).pronoun && matches!(sight.low(sight.noun(*n).head), "it" | "him" | "her");
            let nouns: Vec<usize> = clause.args.iter().filter(|a| goes_to(a)).map(|(_, n)| *n).filter(pronoun).collect();
            for noun in nouns {
                let same =
                    self.whos.get(noun).is_some_and(|w| matches!(w, Some(Some(w)) if w.may_be(&own)) || matches!(w, Some(None) | None));
                let span = sight.span(sight.noun(noun).first, sight.noun(noun).end);
                if same && let Some(slot) = self.whos.get_mut(noun) {
                    *slot = Some(Some(Who { span, ..other.clone() }));
                }
            }
        }
    }

    /// `criticised Ghana for its gifts of rifles`, `sanctions on Ghana for its purchase`: whose the act is that somebody is blamed for.
    pub(super) fn blamed_owner(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Who> {
        let phrase = sight.noun(noun);
        let its = phrase.det.filter(|d| matches!(sight.low(*d), "its" | "their" | "his" | "her"))?;
        let before = its.checked_sub(1)?;
        let blames = |c: &&Clause| {
            c.args.iter().any(|(p, n)| *n == noun || p.is_some_and(|t| t == before))
                && c.verb.is_some_and(|v| {
                    matches!(
                        sight.verbs[v].lemma.as_str(),
                        "criticise"
                            | "criticize"
                            | "condemn"
                            | "punish"
                            | "sanction"
                            | "blame"
                            | "denounce"
                            | "fine"
                            | "penalise"
                            | "penalize"
                            | "impose"
                            | "rebuke"
                            | "praise"
                            | "thank"
                            | "attack"
                            | "slam"
                            | "censure"
                            | "warn"
                            | "protest"
                            | "complain"
                    )
                })
        };
        let clause =
            sight.clauses.iter().find(blames).filter(|_| matches!(sight.low(before), "for" | "over" | "after" | "about" | "and"))?;
        let verb = clause.verb.map(|v| &sight.verbs[v])?;
        let object = clause.args.iter().find(|(p, n)| p.is_none() && self.who(sight, *n).is_some()).map(|(_, n)| *n);
        let on = clause
            .args
            .iter()
            .find(|(p, n)| p.is_some_and(|t| matches!(sight.low(t), "on" | "against" | "to")) && *n < noun)
            .map(|(_, n)| *n);
        let blamed = if verb.passive { clause.subject } else { object.or(on) }?;
        self.who(sight, blamed)
    }

    /// `Chile is Peru's oldest partner and sends money to its army`: what is given to one's own goes to nobody, so `its` is the partner's.
    pub(super) fn of_the_partner(&mut self, sight: &Sight<'_>, roles: &mut super::Roles) {
        let own = |w: &Who| !w.countries.is_empty() && roles.givers.iter().any(|g| g.countries == w.countries);
        if roles.receivers.is_empty() || !roles.receivers.iter().all(own) {
            return;
        }
        let span = roles.receivers[0].span;
        let its = sight.scene.nouns.iter().any(|n| {
            sight.span(n.first, n.end).0 == span.0 && n.det.is_some_and(|d| matches!(sight.low(d), "its" | "their"))
                || n.owner.is_some_and(|o| matches!(sight.low(sight.noun(o).head), "country" | "nation" | "island" | "republic"))
                    && sight.span(n.first, n.end).0 == span.0
        });
        let relation = |n: &NounPhrase| {
            let low = sight.low(n.head);
            matches!(
                low.strip_suffix('s').unwrap_or(low),
                "ally"
                    | "partner"
                    | "neighbour"
                    | "neighbor"
                    | "customer"
                    | "supplier"
                    | "friend"
                    | "patron"
                    | "backer"
                    | "sponsor"
                    | "lender"
                    | "donor"
            )
        };
        let partner = sight.scene.nouns.iter().find(|n| relation(n)).and_then(|n| n.owner.or(n.of)).filter(|_| its);
        let other = partner.and_then(|n| self.who(sight, n)).filter(|w| !w.countries.is_empty() && !own(w));
        if let Some(other) = other {
            roles.receivers.truncate(1);
            roles.receivers[0].countries = other.countries;
        }
    }

    /// `has been helping Mali, sending rifles there`: there is where the outer clause is told of.
    pub(super) fn sent_there(&mut self, sight: &Sight<'_>, at: usize, roles: &mut super::Roles) {
        let Some(clause) = sight.clauses.get(at) else { return };
        let behind = |n: &usize| sight.low(sight.noun(*n).end) == "there";
        if !roles.receivers.is_empty() || !roles.goods_nouns.iter().any(behind) {
            return;
        }
        let Some(above) = clause.parent.or_else(|| at.checked_sub(1)).map(|p| &sight.clauses[p]) else { return };
        let place =
            above.args.iter().filter(|(p, _)| p.is_none_or(|t| matches!(sight.low(t), "in" | "to" | "with" | "for"))).map(|(_, n)| *n);
        let found = place
            .filter_map(|n| self.who(sight, n))
            .find(|w| !w.countries.is_empty() && !roles.givers.iter().any(|g| g.countries == w.countries));
        roles.receivers.extend(found);
    }

    /// `shipped weapons into Jordan for Syrian rebels`: the forces whom they are for get them, and the State is on the way.
    pub(super) fn meant_for(&mut self, sight: &Sight<'_>, at: usize, roles: &mut super::Roles) {
        const MOVES: [&str; 12] =
            ["ship", "send", "fly", "deliver", "bring", "smuggle", "move", "transport", "truck", "carry", "airlift", "funnel"];
        let Some(clause) = sight.clauses.get(at) else { return };
        let moves = clause.verb.is_some_and(|v| MOVES.contains(&sight.verbs[v].lemma.as_str()));
        let [place] = roles.receivers.as_slice() else { return };
        let [on_the_way] = place.countries.as_slice() else { return };
        let way = (*on_the_way, place.span);
        let forces = |(p, n): &(usize, usize)| sight.low(*p) == "for" && FORCES.contains(sight.low(sight.noun(*n).head));
        let placed = |n: usize| sight.noun(n).behind.iter().copied().find(forces);
        let into =
            |(p, n): &&(Option<usize>, usize)| p.is_some_and(|t| matches!(sight.low(t), "into" | "to" | "in")) && placed(*n).is_some();
        let Some((_, meant)) = clause.args.iter().find(into).filter(|_| moves).and_then(|(_, n)| placed(*n)) else { return };
        let who = self.group(sight, meant);
        if super::located(&who) && who.iter().all(|w| !w.countries.contains(on_the_way)) {
            roles.receivers = who;
            roles.via.push(way);
        }
    }

    /// `Filipinos in Hong Kong sent home HK$900 million`: it comes from where they are and goes to where they are from.
    pub(super) fn sent_home(&mut self, sight: &Sight<'_>, at: usize, roles: &mut super::Roles) {
        let Some(verb) = sight.clauses.get(at).and_then(|c| c.verb).map(|v| &sight.verbs[v]) else { return };
        let money = !roles.things.is_empty() && roles.things.iter().all(|t| t.sort == Sort::Money);
        // `Tajik workers sent home $4.7 billion from Russia`: where they are is no second sender.
        if let [people, place] = roles.givers.as_slice()
            && place.countries.len() == 1
            && people.countries.len() == 1
            && people.countries != place.countries
            && people.plural
            && roles.receivers.is_empty()
            && money
            && verb.lemma == "send"
            && sight.low(verb.end) == "home"
        {
            let (name, span) = sight.scene.words(verb.end, verb.end + 1);
            let home = Who { name, span, kind: None, place: true, plural: false, ..people.clone() };
            let abroad = Who { countries: place.countries.clone(), ..people.clone() };
            (roles.givers, roles.receivers) = (vec![abroad], vec![home]);
            return;
        }
        let [sender] = roles.givers.as_mut_slice() else { return };
        let abroad = sender.countries.len() == 1 && sender.kind != Some(model::PartyType::Government);
        if !money || !abroad || !roles.receivers.is_empty() {
            return;
        }
        let behind = verb.end..(verb.end + HOME_BEHIND).min(sight.scene.tokens.len());
        let alone = |t: &usize| {
            sight.low(*t) == "home" && !matches!(sight.scene.tags.get(t.wrapping_sub(1)), Some(Tag::Det | Tag::Poss | Tag::Adj | Tag::Prep))
        };
        let Some(home) = behind.clone().find(alone) else { return };
        let (name, span) = sight.scene.words(home, home + 1);
        let of = std::mem::take(&mut sender.countries);
        let phrase = sight.scene.nouns.iter().find(|n| sight.span(n.first, n.end) == sender.span);
        let inside = phrase.and_then(|n| n.behind.iter().find(|(p, _)| *p == n.end && sight.low(*p) == "in")).map(|(_, n)| *n);
        let receiver = Who { name, span, countries: of, kind: None, place: true, plural: false, ..sender.clone() };
        let host = inside.and_then(|n| self.who(sight, n)).filter(|h| h.countries != receiver.countries);
        // `The North Koreans worked in Kuwait. They sent home $100 million`: from where they are said to be.
        let sentence = sight.scene.sentence;
        let before = || self.finder.known.sole_state_beside(std::slice::from_ref(&receiver), sentence).map(Who::inferred);
        if let Some(host) = host.or_else(before)
            && let Some(sender) = roles.givers.first_mut()
        {
            (sender.countries, sender.inferred) = (host.countries, host.inferred);
        }
        roles.receivers.push(receiver);
    }

    /// `travelled to Mali for training with the brigades`, `spent months in Chad, receiving weapons training with a militia`: who goes there is trained.
    pub(super) fn trained_there(&mut self, sight: &Sight<'_>, clause: usize, noun: usize, phrase: &NounPhrase, roles: &mut super::Roles) {
        let Some(clause) = sight.clauses.get(clause) else { return };
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return };
        let goes = matches!(
            verb.lemma.as_str(),
            "travel"
                | "go"
                | "fly"
                | "come"
                | "undergo"
                | "attend"
                | "spend"
                | "participate"
                | "receive"
                | "get"
                | "complete"
                | "take"
                | "send"
        );
        let ours = clause.args.iter().any(|(_, n)| *n == noun);
        if !goes || !ours || (verb.lemma == "send" && !verb.passive) {
            return;
        }
        if roles.receivers.is_empty()
            && let Some(subject) = clause.subject
        {
            self.add_parties(sight, subject, false, roles);
        }
        // `travelled to Mali for training`: Mali is where they went, not who was trained.
        if let Some(subject) = clause.subject.filter(|_| verb.lemma != "send")
            && let Some(trained) = self.who(sight, subject).filter(|w| !w.countries.is_empty())
            && clause.args.iter().any(|(p, n)| {
                p.is_some_and(|t| matches!(sight.low(t), "to" | "in" | "at"))
                    && self.who(sight, *n).is_some_and(|place| roles.receivers.iter().all(|r| r.countries == place.countries))
            })
        {
            roles.receivers = vec![trained];
        }
        let apart = |w: &Who, roles: &super::Roles| !w.countries.is_empty() && roles.receivers.iter().all(|r| !r.may_be(w));
        // `received Bakara training`, `Serbian-backed training`: by whose words it is called.
        let called = || self.finder.gazetteer.at(sight.scene.tokens, phrase.first).is_some();
        if roles.givers.is_empty() && phrase.head > phrase.first && called() {
            roles.givers.extend(self.finder.nationality(&sight.scene, noun).filter(|w| apart(w, roles)));
        }
        let place =
            clause.args.iter().find(|(p, n)| *n != noun && p.is_some_and(|t| matches!(sight.low(t), "to" | "in" | "at"))).map(|(_, n)| *n);
        if roles.givers.is_empty()
            && let Some(place) = place
        {
            roles.givers.extend(self.who(sight, place).filter(|w| apart(w, roles)));
        }
    }
}

/// The subject of the nearest clause around one that describes somebody.
fn outer_subject(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let mut above = sight.clauses[at].parent;
    while let Some(c) = above {
        if let Some(subject) = sight.clauses[c].subject {
            return Some(subject);
        }
        above = sight.clauses[c].parent;
    }
    None
}

/// `to which it sells cocoa`, `from whom he got money`: the preposition before the word that describes, and whom it describes.
pub(super) fn behind_whom(sight: &Sight<'_>, clause: &Clause) -> Option<(usize, usize)> {
    let Link::Relative(described, _) = clause.link else { return None };
    let subject = clause.subject.filter(|s| *s != described)?;
    let first = sight.noun(subject).det.unwrap_or(sight.noun(subject).first);
    let wh = first.checked_sub(1).filter(|t| matches!(sight.low(*t), "which" | "whom"))?;
    let preposition = wh.checked_sub(1).filter(|t| matches!(sight.low(*t), "to" | "from" | "with" | "for" | "by"))?;
    Some((preposition, described))
}
