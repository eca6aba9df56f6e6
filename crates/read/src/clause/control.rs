//! Who acts in a clause that leaves its subject to another: infinitives, gerunds, schemes, what courts do to somebody, what a description went to.

use super::words::{has_clause, is_go_between, is_intention, is_prosecuted, is_scheme, moves_itself, takes_object};
use super::{Clause, Link, Parser};
use crate::phrase::{Form, Piece, Pieces};

impl Parser<'_> {
    /// `U.K. firm fined for selling`, `taken into custody and charged with smuggling`: what is done to somebody, told without `was`.
    pub(super) fn pressed(&self, pieces: &mut Pieces) {
        for clause in &self.clauses {
            let Some(v) = clause.verb else { continue };
            let verb = &pieces.verbs[v];
            let bare = verb.form == Form::Finite && verb.end - verb.first == 1 && !verb.present;
            let object = clause.args.iter().any(|(p, _)| p.is_none());
            let object = object || matches!(clause.link, Link::Relative(_, true));
            let behind = matches!(self.low(verb.end), "for" | "over" | "with" | "of" | "after" | "on" | "at");
            if bare && !object && behind && is_prosecuted(&verb.lemma) {
                pieces.verbs[v].passive = true;
            }
        }
    }

    /// Who does what a noun with an infinitive tells: `an attempt by a Taipei firm to sell`, `Tokyo's decision to send`.
    fn actor_of(&self, pieces: &Pieces, noun: usize) -> Option<usize> {
        let phrase = &pieces.nouns[noun];
        let by = phrase.behind.iter().find(|(t, _)| self.low(*t) == "by").map(|(_, n)| *n);
        // `our proposal to send`, `a Russian request to supply`: the noun itself says whose it is.
        let ours = phrase.det.is_some_and(|d| matches!(self.low(d), "our" | "their" | "its" | "his" | "her" | "my"));
        let national = (phrase.first..phrase.head).any(|t| t > 0 && self.tokens[t].capital);
        let own = is_intention(self.low(phrase.head)) && (ours || national);
        // `the refusal of Spain to provide`, `the deployment of soldiers to train`.
        let sends = matches!(
            self.low(phrase.head),
            "deployment" | "dispatch" | "sending" | "posting" | "arrival" | "team" | "group" | "contingent" | "mission"
        );
        let of = phrase.of.filter(|of| sends || is_intention(self.low(phrase.head)) && pieces.nouns[*of].head_is_name(self.tokens));
        by.or(phrase.owner).or(of).or(own.then_some(noun))
    }

    /// Who would do what an authority allows or refuses, where it is told; nothing where no authority decides.
    fn decided_on(&self, pieces: &Pieces, outer: usize, noun: usize) -> Option<Option<usize>> {
        let clause = &self.clauses[outer];
        let verb = clause.verb.map(|v| &pieces.verbs[v])?;
        let head = self.low(pieces.nouns[noun].head);
        let head = head.strip_suffix('s').unwrap_or(head);
        let decides = matches!(
            verb.lemma.as_str(),
            "reject" | "refuse" | "deny" | "approve" | "grant" | "give" | "issue" | "decline" | "block" | "consider"
        ) || verb.lemma == "turn" && self.low(verb.end) == "down";
        let asked = matches!(
            head,
            "request"
                | "application"
                | "exemption"
                | "permission"
                | "licence"
                | "license"
                | "permit"
                | "waiver"
                | "authorisation"
                | "authorization"
                | "approval"
        );
        if !(decides && asked) {
            return None;
        }
        let to = clause.args.iter().find(|(p, _)| p.is_some_and(|t| self.low(t) == "to")).map(|(_, n)| *n);
        let first = clause.args.iter().find(|(p, n)| p.is_none() && *n != noun && pieces.nouns[*n].end <= pieces.nouns[noun].first);
        let whom = to.or(first.map(|(_, n)| *n)).or(clause.subject.filter(|s| verb.passive && *s != noun));
        Some(whom)
    }

    /// Whom somebody gives leave to do what an infinitive tells: `gave the green light to its ally to ship`.
    fn allowed(&self, pieces: &Pieces, outer: usize, inner: usize) -> Option<usize> {
        let clause = &self.clauses[outer];
        let verb = clause.verb.map(|v| &pieces.verbs[v])?;
        let gives = matches!(verb.lemma.as_str(), "give" | "grant" | "issue" | "extend" | "send") && !verb.passive;
        let leave = |n: usize| {
            let phrase = &pieces.nouns[n];
            matches!(
                self.low(phrase.head).trim_end_matches('s'),
                "okay"
                    | "ok"
                    | "nod"
                    | "go-ahead"
                    | "light"
                    | "blessing"
                    | "consent"
                    | "clearance"
                    | "order"
                    | "instruction"
                    | "mandate"
                    | "wink"
            )
        };
        let infinitive = matches!(self.clauses[inner].link, Link::Infinitive(_));
        let given = clause.args.iter().any(|(p, n)| p.is_none() && leave(*n));
        let to = clause.args.iter().find(|(p, n)| p.is_some_and(|t| self.low(t) == "to") && !leave(*n)).map(|(_, n)| *n);
        to.filter(|_| infinitive && gives && given)
    }

    /// Who carries out a scheme: whoever is blamed for it, or acts in the sentence: `convicted three men for their role in a plot to sell`.
    fn schemer(&self, pieces: &Pieces, outer: usize, scheme: usize) -> Option<usize> {
        let clause = &self.clauses[outer];
        let before = |n: &usize| pieces.nouns[*n].end <= pieces.nouns[scheme].first && *n != scheme;
        let verb = clause.verb.map(|v| &pieces.verbs[v])?;
        let person = |n: usize| Some(n).filter(|n| *n != scheme && before(n));
        if verb.passive {
            return clause.subject.and_then(person);
        }
        // `Police uncovered a plot to sell oil`: whoever comes upon a scheme has no part in it.
        let comes_upon = matches!(
            verb.lemma.as_str(),
            "find"
                | "uncover"
                | "discover"
                | "expose"
                | "foil"
                | "thwart"
                | "detect"
                | "disrupt"
                | "dismantle"
                | "unearth"
                | "unravel"
                | "reveal"
        );
        if comes_upon {
            return None;
        }
        let at = |words: &'static [&'static str]| {
            let found = clause.args.iter().find(|(p, n)| p.is_some_and(|t| words.contains(&self.low(t))) && before(n));
            found.map(|(_, n)| *n)
        };
        let object = clause.args.iter().find(|(p, n)| p.is_none() && before(n)).map(|(_, n)| *n);
        if takes_object(&verb.lemma) || matches!(verb.lemma.as_str(), "designate" | "blacklist" | "target" | "sentence") {
            // `engaging in a conspiracy`: with nobody for an object, whoever does it.
            return object.or_else(|| clause.subject.and_then(person));
        }
        at(&["on", "against"]).filter(|_| verb.lemma == "impose").or_else(|| clause.subject.and_then(person))
    }

    /// `received fuel in return for sending shells`, `paid Pyongyang in exchange for training men`: whoever gets the one gives the other.
    fn in_return(&self, pieces: &Pieces, at: usize) -> Option<usize> {
        let Link::Gerund(Some(token)) = self.clauses[at].link else { return None };
        let before = token.checked_sub(1).map_or("", |t| self.low(t));
        let outer = self.clauses.get(self.clauses[at].parent?)?;
        let verb = outer.verb.map(|v| &pieces.verbs[v])?;
        if self.low(token) != "for" || !matches!(before, "return" | "exchange") {
            return None;
        }
        let gets = matches!(
            verb.lemma.as_str(),
            "receive" | "get" | "obtain" | "win" | "gain" | "secure" | "earn" | "acquire" | "accept" | "take"
        );
        if gets || verb.passive {
            return outer.subject;
        }
        let to = outer.args.iter().find(|(p, _)| p.is_some_and(|t| self.low(t) == "to")).map(|(_, n)| *n);
        let objects: Vec<usize> = outer.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).collect();
        to.or_else(|| objects.first().copied().filter(|n| objects.len() > 1 || pieces.nouns[*n].head_is_name(self.tokens)))
    }

    /// `Italy and Spain are among the countries sending shells`, `is among those sending them`: those who are named do it.
    fn one_of_those(&self, pieces: &Pieces, at: usize) -> Option<usize> {
        let clause = &self.clauses[at];
        let outer = clause.parent.map(|p| &self.clauses[p]).filter(|_| clause.link == Link::Participle)?;
        let is = outer.verb.is_some_and(|v| pieces.verbs[v].lemma == "be" && !pieces.verbs[v].negated);
        let among = |n: usize| outer.args.iter().any(|(p, m)| *m == n && p.is_some_and(|t| self.low(t) == "among"));
        let those = |n: usize| {
            let low = self.low(pieces.nouns[n].head);
            matches!(low, "countries" | "states" | "nations" | "firms" | "companies" | "those" | "people" | "traders" | "governments")
        };
        outer.subject.filter(|_| is && clause.subject.is_some_and(|s| among(s) && those(s)))
    }

    /// Gives infinitives and gerunds the subject that their outer clause leaves them.
    pub(super) fn control(&mut self, pieces: &Pieces) {
        for at in 0..self.clauses.len() {
            // `is on trial for selling fuel`: who stands there sold it.
            if let (Link::Gerund(Some(token)), Some(parent)) = (&self.clauses[at].link, self.clauses[at].parent)
                && matches!(self.low(*token), "for" | "over")
                && token
                    .checked_sub(1)
                    .is_some_and(|t| matches!(self.low(t), "trial" | "bars" | "custody" | "arrest" | "investigation" | "scrutiny"))
                && self.clauses[parent].subject.is_some()
                && !self.clauses[parent].args.iter().any(|(p, _)| p.is_none())
            {
                self.clauses[at].subject = self.clauses[parent].subject;
                continue;
            }
            if let Some(one) = self.one_of_those(pieces, at) {
                self.clauses[at].subject = Some(one);
            }
            if self.clauses[at].subject.is_some() {
                continue;
            }
            let Some(parent) = self.clauses[at].parent else { continue };
            let outer = &self.clauses[parent];
            // `fined a firm $55,000 for selling`: the sum is not who did it.
            let sum = |n: &usize| pieces.nouns.get(*n).is_some_and(|n| (n.first..n.end).any(|t| matches!(self.low(t), "$" | "€" | "£")));
            // `called out Iran for providing`: behind a particle too.
            let particle = |t: usize| outer.verb.is_some_and(|v| pieces.verbs[v].end == t) && self.low(t) == "out";
            let object = outer.args.iter().rev().find(|(p, n)| p.is_none_or(particle) && !sum(n)).map(|(_, n)| *n);
            // `a tanker, which Israel accuses of carrying`: the one described is the object.
            let object = object.or(match outer.link {
                Link::Relative(described, true) => Some(described),
                _ => None,
            });
            let passive = outer.verb.is_some_and(|v| pieces.verbs[v].passive);
            let by_noun = match &self.clauses[at].link {
                Link::Infinitive(Some(noun)) => self.actor_of(pieces, *noun),
                _ => None,
            };
            // `pressure on Malta to stop buying`, `its call on Peru to end`.
            if let Link::Infinitive(Some(noun)) = self.clauses[at].link
                && matches!(self.low(pieces.nouns[noun].head), "pressure" | "call" | "calls" | "demand" | "demands" | "appeal" | "appeals")
                && let Some((_, behind)) = pieces.nouns[noun].behind.iter().find(|(t, _)| matches!(self.low(*t), "on" | "to"))
            {
                self.clauses[at].subject = Some(*behind);
                continue;
            }
            // `gave the nod to its ally to ship`: whoever may does it.
            if let Some(allowed) = self.allowed(pieces, parent, at) {
                self.clauses[at].subject = Some(allowed);
                continue;
            }
            // `rejected a request to send`, `an exemption was granted to UNICEF to ship`: who decides on it does not do it.
            if let Link::Infinitive(Some(noun)) = self.clauses[at].link
                && by_noun.is_none()
                && let Some(asked) = self.decided_on(pieces, parent, noun)
            {
                self.clauses[at].subject = asked;
                continue;
            }
            let by_noun = by_noun.or_else(|| self.in_return(pieces, at)).or_else(|| self.for_whom(pieces, at));
            if by_noun.is_some() {
                self.clauses[at].subject = by_noun;
                continue;
            }
            // `acted as a go-between for Pyongyang to supply`: the one behind him supplies.
            if let Link::Infinitive(Some(noun)) = self.clauses[at].link
                && is_go_between(self.low(pieces.nouns[noun].head))
                && let Some((_, behind)) = pieces.nouns[noun].behind.iter().find(|(t, _)| matches!(self.low(*t), "for" | "with" | "of"))
            {
                self.clauses[at].subject = Some(*behind);
                continue;
            }
            if let Link::Infinitive(Some(noun)) = self.clauses[at].link
                && is_scheme(self.low(pieces.nouns[noun].head))
            {
                self.clauses[at].subject = self.schemer(pieces, parent, noun);
                continue;
            }
            let blamed = match &self.clauses[at].link {
                // `curbs on Iran for supplying`, `sanctions against a firm for selling`.
                Link::Gerund(Some(token)) if matches!(self.low(*token), "for" | "over") => outer
                    .args
                    .iter()
                    .rev()
                    .filter(|(_, n)| !matches!(self.low(pieces.nouns[*n].head), "list" | "lists" | "blacklist" | "register"))
                    .find(|(p, n)| p.is_some_and(|t| matches!(self.low(t), "on" | "against")) && pieces.nouns[*n].end <= *token)
                    .map(|(_, n)| *n),
                _ => None,
            };
            // `found ways to send rifles`: ways do nothing.
            let does =
                |n: usize| !matches!(self.low(pieces.nouns[n].head), "way" | "ways" | "means" | "time" | "room" | "courage" | "money");
            // `a ship that was used to export coal`: the means, not the one who does it.
            let means = passive && outer.verb.is_some_and(|v| pieces.verbs[v].lemma == "use");
            // `seized the tanker on suspicion of carrying oil`: the tanker carried it.
            let suspected = match &self.clauses[at].link {
                Link::Gerund(Some(token)) if self.low(*token) == "of" && !passive => {
                    let before = token.checked_sub(1).map_or("", |t| self.low(t));
                    object.filter(|_| matches!(before, "suspicion" | "charges" | "accusations" | "suspicions" | "guilty"))
                }
                _ => None,
            };
            let subject = match &self.clauses[at].link {
                _ if blamed.is_some() => blamed,
                _ if suspected.is_some() => suspected,
                // `called on Chad to stop arming`, `relied on Chad to send`.
                Link::Infinitive(_)
                    if !passive
                        && outer.verb.is_some_and(|v| {
                            matches!(pieces.verbs[v].lemma.as_str(), "call" | "rely" | "count" | "prevail" | "depend")
                        })
                        && outer.args.iter().any(|(p, _)| p.is_some_and(|t| matches!(self.low(t), "on" | "upon"))) =>
                {
                    outer.args.iter().rfind(|(p, _)| p.is_some_and(|t| matches!(self.low(t), "on" | "upon"))).map(|(_, n)| *n)
                }
                // `are used by workers to get jobs`: who uses them does it.
                Link::Infinitive(_) if means => outer.args.iter().find(|(p, _)| p.is_some_and(|t| self.low(t) == "by")).map(|(_, n)| *n),
                // `targeted a firm for funnelling`, `fined a bank for moving`.
                Link::Gerund(Some(token)) if self.low(*token) == "for" && *token > 0 && self.low(*token - 1) == "and" => outer.subject,
                Link::Gerund(Some(token)) if self.low(*token) == "for" && object.is_some() && !passive => object,
                // `identified three firms as providing labourers`: those who are named.
                Link::Gerund(Some(token)) if self.low(*token) == "as" && !passive && object.is_some() => object,
                // `is assisting Moscow by sending shells`: whoever assists sends them.
                Link::Gerund(Some(token)) if self.low(*token) == "by" && !passive => outer.subject,
                // `asked Russia to send`, `accused Iran of sending`; but `used a ship to send`, `tried to send`.
                Link::Infinitive(_) | Link::Gerund(_)
                    if !passive && object.is_some_and(does) && outer.verb.is_some_and(|v| takes_object(&pieces.verbs[v].lemma)) =>
                {
                    object
                }
                Link::Infinitive(_) | Link::Gerund(_) | Link::Participle => outer.subject,
                _ => None,
            };
            self.clauses[at].subject = subject;
        }
    }

    /// `Is it legal for a German firm to sell pumps?`: who stands between `for` and the infinitive.
    fn for_whom(&self, pieces: &Pieces, at: usize) -> Option<usize> {
        let Link::Infinitive(_) = self.clauses[at].link else { return None };
        let first = self.clauses[at].verb.map(|v| pieces.verbs[v].first)?;
        let noun = pieces.nouns.iter().position(|n| n.end == first && !n.time)?;
        let start = pieces.nouns[noun].det.unwrap_or(pieces.nouns[noun].first);
        // `arranged for missiles to be shipped`.
        let leads = |c: &usize| {
            let lemma = self.clauses[*c].verb.map_or("", |v| pieces.verbs[v].lemma.as_str());
            matches!(lemma, "be" | "arrange" | "pay" | "prepare" | "organise" | "organize")
        };
        // `gave their blessing for weapons to be sold`: whoever leads, what is to be sold stands before it.
        let done_to = self.clauses[at].verb.is_some_and(|v| pieces.verbs[v].passive);
        self.clauses[at].parent.filter(|c| done_to || leads(c))?;
        start.checked_sub(1).filter(|t| self.low(*t) == "for").map(|_| noun)
    }

    /// `has trained, equipped and then armed the rebels`, `were trained and armed by`: verbs with one object, and one `were`.
    pub(super) fn pairs(&mut self, pieces: &mut Pieces) {
        for at in (1..self.clauses.len()).filter(|at| self.are_paired(pieces, *at)).collect::<Vec<_>>() {
            let [Some(first), Some(second)] = [at - 1, at].map(|c| self.clauses[c].verb) else { continue };
            if pieces.verbs[first].passive && !self.clauses[at].args.iter().any(|(p, _)| p.is_none()) {
                pieces.verbs[second].passive = true;
                self.clauses[at - 1].args = self.clauses[at].args.clone();
            }
        }
        for at in (1..self.clauses.len()).rev() {
            let active = |c: usize| self.clauses[c].verb.is_some_and(|v| !pieces.verbs[v].passive);
            let object = self.clauses[at].args.iter().any(|(p, _)| p.is_none());
            if active(at - 1) && object && self.are_paired(pieces, at) {
                if let Some(second) = self.clauses[at].verb {
                    pieces.verbs[second].passive = false;
                }
                // `trained and armed them with rifles`: by what, of the last alone.
                let shared = self.clauses[at].args.iter().filter(|(p, _)| p.is_none_or(|t| self.low(t) != "with"));
                self.clauses[at - 1].args = shared.copied().collect();
            }
            // `sold or helped assemble lorries for Eritrea`: what was helped with is what was sold.
            let helps = self.clauses[at].verb.is_some_and(|v| pieces.verbs[v].lemma == "help");
            let inner = self.clauses.iter().find(|c| helps && c.parent == Some(at) && matches!(c.link, Link::Infinitive(_)));
            if let Some(shared) = inner.map(|c| c.args.clone()).filter(|args| args.iter().any(|(p, _)| p.is_none()))
                && self.clauses[at - 1].verb.is_some_and(|v| !pieces.verbs[v].passive)
                && self.are_paired(pieces, at)
            {
                self.clauses[at - 1].args = shared;
            }
        }
    }

    /// Whether nothing but `and` or a comma stands between a verb and that of the clause before, both of one subject, and the first has nothing behind it.
    fn are_paired(&self, pieces: &Pieces, at: usize) -> bool {
        let [Some(first), Some(second)] = [at - 1, at].map(|c| self.clauses[c].verb) else { return false };
        let (a, b) = (&pieces.verbs[first], &pieces.verbs[second]);
        let between = a.end..b.first;
        let joined = between.clone().any(|t| matches!(self.low(t), "and" | "or" | ","))
            && between.clone().all(|t| matches!(self.low(t), "and" | "or" | "," | "then" | "also" | "now" | "later" | "even"));
        let one = self.clauses[at].subject == self.clauses[at - 1].subject && b.end == b.first + 1 && !moves_itself(&a.lemma);
        joined && one && self.clauses[at - 1].args.is_empty()
    }

    /// Whether two noun phrases joined behind a comma say what stands before.
    pub(super) fn both_say(&self, pieces: &Pieces, order: &[Piece], at: usize) -> bool {
        let noun = |i: usize| matches!(order.get(i), Some(Piece::Noun(n)) if !pieces.nouns[*n].time);
        let says = matches!(order.get(at + 1), Some(Piece::Verb(v)) if matches!(pieces.verbs[*v].lemma.as_str(), "say" | "tell" | "report" | "add"));
        says && at > 2
            && matches!(order.get(at - 1), Some(Piece::Conj))
            && noun(at - 2)
            && matches!(order.get(at - 3), Some(Piece::Comma | Piece::Quote))
    }

    /// `as a ship carrying charcoal sailed from`, `says the weapons, drawn from old stocks, were sold`: what a participle or relative clause describes
    /// is the subject of a clause of its own, not the object or the phrase that it was taken for.
    pub(super) fn described(&mut self, pieces: &mut Pieces, verb: usize) -> bool {
        let clause = &self.clauses[self.current];
        if !matches!(clause.link, Link::Participle | Link::Relative(_, false)) {
            return false;
        }
        let (Some(noun), Some(parent)) = (clause.subject, clause.parent) else { return false };
        let Some(above) = self.clauses[parent].verb.map(|v| pieces.verbs[v].lemma.clone()) else { return false };
        let Some((preposition, _)) = self.clauses[parent].args.iter().find(|(_, n)| *n == noun).copied() else { return false };
        let link = match preposition {
            Some(token) if matches!(self.low(token), "as" | "after" | "before" | "since" | "until" | "for") => Link::Adverbial(token),
            None if has_clause(&above) => Link::Content(None),
            _ => return false,
        };
        self.current = parent;
        self.release(pieces, noun);
        let inner = self.open(Some(parent), link);
        self.clauses[inner].subject = Some(noun);
        self.take(verb);
        true
    }

    /// `has forged ties with Moscow, and begun supplying arms`: the second of two verbs that one `has` governs.
    pub(super) fn goes_on_in_the_perfect(&self, pieces: &Pieces, order: &[Piece], at: usize, verb: usize) -> bool {
        let joined = at.checked_sub(1).is_some_and(|i| matches!(order.get(i), Some(Piece::Conj | Piece::Adv)));
        let perfect = |v: usize| pieces.verbs[v].perfect && !pieces.verbs[v].passive && pieces.verbs[v].form == Form::Finite;
        let object = matches!(self.low(pieces.verbs[verb].end), "by" | "in" | "from" | "to");
        self.conjunction && joined && !object && self.clauses[self.current].verb.is_some_and(perfect)
    }

    /// Takes a gerund as a further verb of the progressive clause around it; whether there is one.
    pub(super) fn goes_on(&mut self, pieces: &Pieces, verb: usize) -> bool {
        let mut at = Some(self.current);
        while let Some(c) = at {
            let clause = &self.clauses[c];
            // One that was taken so before goes on as well.
            let taken = matches!(clause.link, Link::Main | Link::Content(_));
            let goes_on = |v: usize| pieces.verbs[v].progressive || (taken && pieces.verbs[v].form == Form::Gerund);
            if clause.verb.is_some_and(goes_on) {
                let Clause { subject, parent, link, .. } = clause.clone();
                let inner = self.open(parent, link);
                self.clauses[inner].subject = subject;
                self.take(verb);
                return true;
            }
            at = match clause.link {
                Link::Infinitive(_) | Link::Gerund(_) | Link::Participle => clause.parent,
                _ => None,
            };
        }
        false
    }
}
