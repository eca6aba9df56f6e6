//! What `that`, `which` and `who` describe, and what a noun of saying says.

use super::words::{has_clause, has_content};
use super::{Link, Parser, Placed};
use crate::groups::{SAYS_BEHIND_A_COMMA, TELLS_SOMEBODY};
use crate::phrase::{Piece, Pieces};

/// Whether a verb is the next to come after `which`, or after what stands between the two: `which in 2021 under a deal delivered`.
fn verb_is_next(pieces: &Pieces, mut rest: &[Piece]) -> bool {
    loop {
        rest = match rest {
            [Piece::Adv, rest @ ..] | [Piece::Prep(_), Piece::Noun(_), rest @ ..] => rest,
            [Piece::Noun(n), rest @ ..] if pieces.nouns[*n].time => rest,
            [Piece::Verb(_), ..] => return true,
            _ => return false,
        };
    }
}

impl Parser<'_> {
    /// `seized a ship it accused of smuggling`: the object before a pronoun that begins a clause about it.
    pub(super) fn contact(&self, pieces: &Pieces, noun: usize, comma: bool) -> Option<usize> {
        let pronoun = pieces.nouns[noun].pronoun && matches!(self.low(pieces.nouns[noun].head), "it" | "he" | "she" | "they" | "we");
        let last = self.last.filter(|_| pronoun && !comma && self.fresh)?;
        // `in return for shells it sent`: also behind a preposition that no place follows.
        let behind = last.preposition.is_none_or(|p| {
            let head = pieces.nouns[last.noun].head;
            // `the $90 million in aid it gives`.
            let sum = (pieces.nouns[last.root].first..pieces.nouns[last.root].end)
                .any(|t| matches!(self.low(t), "$" | "€" | "£" | "million" | "billion"));
            (matches!(self.low(p), "for" | "with" | "of") || self.low(p) == "in" && sum)
                && !self.tokens.get(head).is_some_and(|t| t.capital)
        });
        let verb = self.clauses[self.current].verb.map(|v| pieces.verbs[v].lemma.as_str())?;
        // `the inability of the rockets it supplied`: also behind the `of` of another noun.
        let of = last.preposition.is_some_and(|p| self.low(p) == "of" && last.root != last.noun);
        let args = &self.clauses[self.current].args;
        let object = behind && (args.contains(&(last.preposition, last.noun)) || of && args.iter().any(|(_, n)| *n == last.root));
        let directly = pieces.nouns[noun].first == pieces.nouns[last.noun].end && !pieces.nouns[last.noun].pronoun;
        (object && directly && !has_clause(verb) && !self.next_has_content(pieces, last.noun)).then_some(last.noun)
    }

    /// `says the rifles it got in 2019 are new`: what seemed to be said was a description, now that a second verb follows.
    pub(super) fn unfolds(&mut self, pieces: &Pieces, verb: usize, candidate: Option<usize>) -> bool {
        // `says the rifles Norway gave it were new`: nor is `it` several.
        let several = matches!(self.low(pieces.verbs[verb].first), "are" | "were" | "have");
        let object = |n: usize| {
            let low = self.low(pieces.nouns[n].head);
            pieces.nouns[n].pronoun && (matches!(low, "him" | "them" | "us" | "me") || several && matches!(low, "it" | "her"))
        };
        if candidate.is_some_and(|n| !object(n)) {
            return false;
        }
        let clause = &self.clauses[self.current];
        let (Link::Content(None), Some(subject), Some(parent)) = (&clause.link, clause.subject, clause.parent) else { return false };
        let start = pieces.nouns[subject].first;
        let tells = self.clauses[parent].verb.is_none_or(|v| TELLS_SOMEBODY.contains(&pieces.verbs[v].lemma));
        let thing = |n: usize| pieces.nouns[n].end == start && !pieces.nouns[n].pronoun && !pieces.nouns[n].head_is_name(self.tokens);
        let object = self.clauses[parent].args.iter().find(|(p, n)| p.is_none() && thing(*n)).map(|(_, n)| *n);
        let Some(object) = object.filter(|_| !tells && pieces.nouns[subject].det.is_none()) else { return false };
        self.clauses[parent].args.retain(|(_, n)| *n != object);
        let current = self.current;
        self.clauses[current].link = Link::Relative(object, true);
        let inner = self.open(Some(parent), Link::Content(None));
        self.clauses[inner].subject = Some(object);
        self.take(verb);
        true
    }

    /// `praised the rifles Norway has given`, `with mortars Serbian dealers sold`: the object right before a name that acts, where no verb of saying governs it.
    pub(super) fn given_by(&self, pieces: &Pieces, noun: usize, comma: bool) -> Option<usize> {
        let last = self.last.filter(|l| {
            !comma
                && self.fresh
                && l.preposition.is_none_or(|t| matches!(self.low(t), "with" | "of" | "for" | "by" | "on" | "about" | "over"))
        })?;
        let verb = self.clauses[self.current].verb.map(|v| &pieces.verbs[v])?;
        // `asked about the rifles Norway has given`: what is behind such a word is no clause that was said.
        let about = last.preposition.is_some_and(|t| matches!(self.low(t), "about" | "over"));
        let (object, name) = (&pieces.nouns[last.noun], &pieces.nouns[noun]);
        let named = self.tokens.get(name.first).is_some_and(|t| t.capital) && name.det.is_none() && name.owner.is_none();
        let directly = object.end == name.first && !object.pronoun && !object.time && !object.head_is_name(self.tokens);
        let args = &self.clauses[self.current].args;
        let ours = args.contains(&(last.preposition, last.noun)) || args.iter().any(|(_, n)| *n == last.root);
        // `Uganda showed the drones Kenya had sold`: what is shown is seen, unless papers show that something is so.
        let shown = verb.lemma == "show" && object.det.is_some_and(|d| self.low(d) == "the");
        let shown = shown && self.clauses[self.current].subject.is_some_and(|s| pieces.nouns[s].head_is_name(self.tokens));
        (named && directly && ours && (about || shown || !has_clause(&verb.lemma)) && !self.next_has_content(pieces, last.noun))
            .then_some(last.noun)
    }

    /// `had watched Morocco, a close partner, arranging shipments`: whom somebody saw at it, behind what describes him.
    pub(super) fn seen_doing(&self, pieces: &Pieces) -> Option<usize> {
        let last = self.last.filter(|l| self.comma && l.preposition.is_none() && pieces.nouns[l.noun].beside.is_some())?;
        let sees = self.clauses[self.current].verb.is_some_and(|v| {
            matches!(pieces.verbs[v].lemma.as_str(), "see" | "watch" | "observe" | "spot" | "catch" | "film" | "record" | "find")
                && !pieces.verbs[v].passive
        });
        let object = self.clauses[self.current].args.iter().any(|(p, n)| p.is_none() && *n == last.noun);
        (sees && object).then_some(last.noun)
    }

    /// `stolen from the exchange Bybit`, `with the trader Ali Khan`: the name of whoever is described right before, behind a preposition.
    pub(super) fn names_last(&self, pieces: &Pieces, noun: usize, comma: bool) -> Option<usize> {
        let last = self.last.filter(|l| {
            !comma
                && self.fresh
                && l.preposition.is_some_and(|t| matches!(self.low(t), "from" | "by" | "with" | "of" | "to" | "for" | "at"))
        })?;
        let (described, name) = (&pieces.nouns[last.noun], &pieces.nouns[noun]);
        let names = name.head_is_name(self.tokens) && name.det.is_none() && name.owner.is_none() && self.tokens[name.first].capital;
        let definite = described.det.is_some_and(|d| matches!(self.low(d), "the" | "a" | "an"));
        (names && definite && described.end == name.first && !described.head_is_name(self.tokens)).then_some(last.noun)
    }

    /// `imposed sanctions on firms based in China, accusing them`: behind a comma whoever acts above accuses, and not those described last.
    pub(super) fn speaks_behind(&self, pieces: &Pieces, verb: usize) -> Option<(usize, Option<usize>)> {
        let current = &self.clauses[self.current];
        let says = SAYS_BEHIND_A_COMMA.contains(pieces.verbs[verb].lemma.as_str())
            && self.comma
            && !self.conjunction
            && self.preposition.is_none();
        if !says || !matches!(current.link, Link::Participle | Link::Relative(..)) {
            return None;
        }
        let mut at = current.parent;
        for _ in 0..6 {
            let clause = &self.clauses[at?];
            let finite = clause.verb.is_some_and(|v| pieces.verbs[v].form == crate::phrase::Form::Finite);
            if finite && clause.subject.is_some() && !matches!(clause.link, Link::Relative(..)) {
                return Some((at?, clause.subject));
            }
            at = clause.parent;
        }
        None
    }

    /// `told reporters it sold`, `made claims it sold`: what is told, and nothing about those who are told it.
    fn next_has_content(&self, pieces: &Pieces, noun: usize) -> bool {
        let low = self.low(pieces.nouns[noun].head);
        has_content(low) || has_content(low.strip_suffix('s').unwrap_or(low))
    }

    pub(super) fn subordinate(&mut self, pieces: &Pieces, token: usize) {
        // `those States, starting with Rwanda, that send`: the one named first stands for them.
        let begins = |c: &super::Clause| {
            matches!(c.link, Link::Participle)
                && c.verb.is_some_and(|v| matches!(pieces.verbs[v].lemma.as_str(), "start" | "begin" | "lead" | "head"))
        };
        if self.low(token) == "that"
            && self.comma
            && let Some(example) = self.last.map(|l| l.noun).filter(|_| begins(&self.clauses[self.current]))
        {
            let parent = self.clauses[self.current].parent;
            let inner = self.open(parent, Link::Relative(example, false));
            self.clauses[inner].subject = Some(example);
            self.settle();
            return;
        }
        if let Some(described) = self.apart_from_that(pieces, token) {
            let parent = self.current;
            let inner = self.open(Some(parent), Link::Relative(described, false));
            self.clauses[inner].subject = Some(described);
            self.settle();
            return;
        }
        let parent = self.current;
        // `rifles from a boat in the Gulf of Oman that came from Iran`: without a comma `that` describes no name.
        let place = |l: &Placed| {
            let named = |n: usize| pieces.nouns[n].head_is_name(self.tokens) && pieces.nouns[n].det.is_none();
            let local = l.preposition.is_some_and(|t| matches!(self.low(t), "in" | "off" | "at" | "near" | "of" | "on"));
            local && l.root != l.noun && named(l.noun) && !named(l.root) && !self.comma
        };
        let root = self.last.filter(|l| self.fresh && self.low(token) == "that" && place(l)).map(|l| l.root);
        let noun = self.last.filter(|_| self.fresh).map(|l| l.noun);
        // `accusations by the government that it supports`: what the accusations say.
        let says = |l: &Placed| {
            let by = l.preposition.is_some_and(|t| matches!(self.low(t), "by" | "from" | "in" | "against"));
            by && l.root != l.noun && pieces.nouns[l.noun].end == token && has_content(self.low(pieces.nouns[l.root].head))
        };
        let said = self.last.filter(|l| self.fresh && self.low(token) == "that" && says(l)).map(|l| l.root);
        let link = if said.is_some() {
            Link::Content(said)
        } else if let Some(root) = root {
            Link::Relative(root, true)
        } else if matches!(self.low(token), "that" | "whether") {
            let adjacent = noun.filter(|n| pieces.nouns[*n].end == token);
            // `told the officials that they sold`: what is told them, and no description of them.
            let told = |n: &usize| {
                let clause = &self.clauses[self.current];
                let tells = clause.verb.is_some_and(|v| TELLS_SOMEBODY.contains(&pieces.verbs[v].lemma));
                tells && clause.args.iter().any(|(p, o)| p.is_none() && o == n)
            };
            match adjacent {
                Some(n) if told(&n) => Link::Content(None),
                // `the coal that Russia sold` describes; `the claim that Russia sold` has content.
                Some(n) if self.low(token) == "that" && !has_content(self.low(pieces.nouns[n].head)) => Link::Relative(n, true),
                _ => Link::Content(adjacent),
            }
        } else {
            Link::Adverbial(token)
        };
        self.open(Some(parent), link);
        self.settle();
    }

    /// `fighters from the group Hamas, as well as militias in Iraq`: people are joined to people, and not to the name of what the first are from.
    pub(super) fn joined_root(&self, pieces: &Pieces, last: Placed, noun: usize) -> Placed {
        let start = pieces.nouns[noun].det.unwrap_or(pieces.nouns[noun].first);
        let as_well = start > 2 && (1..4).map(|i| self.low(start - i)).eq(["as", "well", "as"]);
        let named = |n: usize| pieces.nouns[n].head_is_name(self.tokens);
        let from = last.preposition.is_some_and(|t| matches!(self.low(t), "from" | "of" | "in"));
        // `imported trucks from Belarus and shells from Serbia`: what is named anew goes with the object, and not with the State.
        let low = last.preposition.map_or("", |t| self.low(t));
        let again = start > 0
            && self.low(start - 1) == "and"
            && matches!(low, "from" | "to")
            && self.low(pieces.nouns[noun].end) == low
            && last.root != last.noun;
        if !((again || as_well && from) && named(last.noun) && !named(noun) && !named(last.root)) {
            return last;
        }
        let preposition = self.clauses[self.current].args.iter().find(|(_, n)| *n == last.root).and_then(|(p, _)| *p);
        Placed { noun: last.root, root: last.root, hosts: [None; 2], preposition }
    }

    /// `five countries – China, India and Turkey – that buy oil`, `a firm based in Pittsburgh, Pennsylvania, that supplied fuel`: whom `that` describes from
    /// behind what stands between.
    fn apart_from_that(&self, pieces: &Pieces, token: usize) -> Option<usize> {
        let verb_next = pieces.verbs.iter().any(|v| v.first == token + 1);
        let before = token.checked_sub(1).map_or("", |t| self.low(t));
        if self.low(token) != "that" || !verb_next {
            return None;
        }
        let current = &self.clauses[self.current];
        let seated = current.verb.is_some_and(|v| {
            matches!(pieces.verbs[v].lemma.as_str(), "base" | "register" | "locate" | "call" | "name" | "know" | "headquarter")
        });
        match before {
            "," if seated && matches!(current.link, Link::Participle) => current.subject,
            "-" | "–" | "—" | ")" => self.last.map(|l| pieces.nouns[l.noun].group.unwrap_or(l.noun)),
            _ => None,
        }
    }

    pub(super) fn relative(&mut self, pieces: &Pieces, order: &[Piece], at: usize, token: usize) {
        let low = self.low(token).to_owned();
        if let (Some(last), "which" | "who" | "that" | "whom" | "whose") = (self.last, low.as_str()) {
            // `, which would break sanctions` after a whole clause describes that clause; taken as describing its last noun.
            let by_preposition = self.preposition.take().is_some();
            let subject_gap = verb_is_next(pieces, order.get(at + 1..).unwrap_or(&[]));
            // `13 containers from Iran, which were`: the verb agrees with what is meant.
            let verb = order
                .get(at + 1..)
                .unwrap_or(&[])
                .iter()
                .find_map(|p| if let Piece::Verb(v) = p { Some(pieces.verbs[*v].first) } else { None });
            let plural = |n: usize| self.low(pieces.nouns[n].head).ends_with('s') && !pieces.nouns[n].head_is_name(self.tokens);
            let agrees = |n: usize| match verb.map_or("", |v| self.low(v)) {
                "were" | "are" | "have" => plural(n) || pieces.nouns[n].group.is_some(),
                "was" | "is" | "has" => !plural(n),
                _ => true,
            };
            // `a portrait, embroidered in silk, which was given`: the comma ends what describes.
            let current = &self.clauses[self.current];
            let described = current.subject.filter(|_| {
                self.comma && matches!(current.link, Link::Participle) && current.verb.is_some_and(|v| pieces.verbs[v].passive)
            });
            // `shipments to Syria, which included missile parts`: what holds something is no State.
            let named = |n: usize| pieces.nouns[n].head_is_name(self.tokens);
            let holds =
                verb.is_some_and(|v| matches!(self.low(v), "include" | "included" | "comprised" | "contained" | "consisted" | "totalled"));
            let held = holds && named(last.noun) && !named(last.root);
            let mismatch = subject_gap && last.root != last.noun && (held || !agrees(last.noun) && agrees(last.root));
            // `diamonds worth $14 million that had come from Zimbabwe`: they came.
            let worth = last.preposition.is_some_and(|t| self.low(t) == "worth");
            let antecedent = if worth {
                last.root
            } else if mismatch
                || last.preposition.is_some_and(|t| self.low(t) == "of") && !pieces.nouns[last.noun].head_is_name(self.tokens)
            {
                // `a rise in the number of rifles that were smuggled`: not what stands before another preposition, and what the verb agrees with.
                let near =
                    last.hosts[0].filter(|h| last.preposition.is_some_and(|t| self.low(t) == "of") && *h != last.root).unwrap_or(last.root);
                if subject_gap && !agrees(near) && agrees(last.noun) { last.noun } else { near }
            } else {
                last.noun
            };
            let antecedent = described.unwrap_or(antecedent);
            let antecedent = self.flagged(pieces).unwrap_or(antecedent);
            // `weapons and related material that went`: all that `and` joins.
            let antecedent = pieces.nouns[antecedent]
                .group
                .filter(|g| low != "who" && !pieces.nouns[*g].head_is_name(self.tokens))
                .unwrap_or(antecedent);
            let parent = self.current;
            let inner = self.open(Some(parent), Link::Relative(antecedent, !subject_gap && !by_preposition));
            if subject_gap {
                self.clauses[inner].subject = Some(antecedent);
            }
        } else {
            let parent = self.current;
            let link =
                if matches!(low.as_str(), "what" | "how" | "why" | "whether") { Link::Content(None) } else { Link::Adverbial(token) };
            self.open(Some(parent), link);
        }
        self.settle();
    }

    /// `sent two ships to Venezuela, thought to be carrying missiles`: what was sent, and not where to.
    pub(super) fn thought_of(&self, pieces: &Pieces, verb: usize) -> Option<usize> {
        let thinks =
            matches!(pieces.verbs[verb].lemma.as_str(), "think" | "believe" | "suspect" | "say" | "know" | "understand" | "load" | "lade");
        let last =
            self.last.filter(|l| thinks && self.comma && l.preposition.is_some() && pieces.nouns[l.noun].head_is_name(self.tokens))?;
        let object = self.clauses[self.current].args.iter().find(|(p, n)| p.is_none() && *n != last.noun).map(|(_, n)| *n);
        object.filter(|n| !pieces.nouns[*n].pronoun && !pieces.nouns[*n].time)
    }

    /// `a ship flying the flag of Togo, which is suspected`: the ship is.
    pub(super) fn flagged(&self, pieces: &Pieces) -> Option<usize> {
        let clause = &self.clauses[self.current];
        let flies = clause.verb.is_some_and(|v| matches!(pieces.verbs[v].lemma.as_str(), "fly" | "bear" | "carry" | "sail"));
        let flag = |n: usize| matches!(self.low(pieces.nouns[n].head), "flag" | "colours" | "colors" | "name");
        let under = self.last.is_some_and(|l| flag(l.root));
        clause.subject.filter(|_| self.comma && flies && under && matches!(clause.link, Link::Participle))
    }

    /// Whether a verb tells what is inside something, and what stands right before it is a name that holds nothing: `shipments to Chad containing mortars`.
    pub(super) fn holds(&self, pieces: &Pieces, verb: usize, last: &Placed) -> bool {
        let named = |n: usize| pieces.nouns[n].head_is_name(self.tokens);
        let inside = matches!(pieces.verbs[verb].lemma.as_str(), "contain" | "include" | "comprise" | "total" | "weigh" | "consist");
        inside && last.root != last.noun && named(last.noun) && !named(last.root)
    }

    /// `the parade of officers trained by`: whom one trains are people, whatever they are part of.
    pub(super) fn teaches(&self, pieces: &Pieces, verb: usize, last: &Placed) -> bool {
        let people = |n: usize| {
            let low = self.low(pieces.nouns[n].head);
            ["ers", "men", "ors", "ops", "ees", "ots"].iter().any(|end| low.ends_with(end))
                || matches!(low, "personnel" | "police" | "cadets" | "recruits")
        };
        matches!(pieces.verbs[verb].lemma.as_str(), "train" | "teach" | "instruct" | "employ" | "recruit" | "hire")
            && people(last.noun)
            && !people(last.root)
    }
}
