//! Who says something: named between the parts of what he says, or behind it.

use super::{Link, Parser};
use crate::phrase::{Form, Piece, Pieces};

impl Parser<'_> {
    /// `supplied drones and, according to officials, built a factory`, `and according to officials, built`: the comma that ends what a source is named
    /// with, behind which the same subject goes on.
    pub(super) fn by_a_source(&mut self) -> bool {
        let to = self.last.and_then(|l| l.preposition).filter(|t| *t > 1 && self.low(*t) == "to" && self.low(*t - 1) == "according");
        let before = to.map(|t| if self.low(t - 2) == "," { t.saturating_sub(3) } else { t - 2 });
        let goes_on = before.is_some_and(|t| matches!(self.low(t), "and" | "but")) && self.clauses[self.current].verb.is_some();
        if goes_on {
            self.settle();
            self.conjunction = true;
        }
        goes_on
    }

    /// `…, the security adviser of South Korea, Shin Won-sik, told a broadcaster`: who says what stood before, with his name behind his office.
    pub(super) fn says_at_the_end(&self, pieces: &Pieces, order: &[Piece], at: usize, noun: usize) -> bool {
        let titled = pieces.nouns[noun].det.is_some() && !pieces.nouns[noun].head_is_name(self.tokens);
        if !titled || self.clauses[self.current].verb.is_none() {
            return false;
        }
        let mut rest = order.get(at + 1..).unwrap_or(&[]).iter().peekable();
        while matches!(rest.peek(), Some(Piece::Prep(_))) {
            rest.next();
            if !matches!(rest.next(), Some(Piece::Noun(_) | Piece::Owner)) {
                return false;
            }
        }
        let name = |n: usize| pieces.nouns[n].head_is_name(self.tokens) && pieces.nouns[n].det.is_none();
        let says = |v: usize| matches!(pieces.verbs[v].lemma.as_str(), "say" | "tell" | "add" | "write" | "announce" | "claim" | "warn");
        matches!(rest.next(), Some(Piece::Comma))
            && matches!(rest.next(), Some(Piece::Noun(n)) if name(*n))
            && matches!(rest.next(), Some(Piece::Comma))
            && matches!(rest.next(), Some(Piece::Verb(v)) if says(*v))
    }

    /// `After his journey in the autumn, Washington and Seoul accused the North`: behind what a sentence begins with, those who act, and no more of it.
    pub(super) fn opens_subjects(&self, pieces: &Pieces, order: &[Piece], at: usize) -> bool {
        let clause = &self.clauses[self.current];
        if clause.verb.is_some() || clause.subject.is_some() || self.last.is_none_or(|l| l.preposition.is_none()) {
            return false;
        }
        let mut rest = order.get(at + 1..).unwrap_or(&[]).iter().filter(|p| !matches!(p, Piece::Adv));
        let mut joined = false;
        loop {
            match rest.next() {
                Some(Piece::Conj) => joined = true,
                Some(Piece::Comma | Piece::Noun(_) | Piece::Owner) => {}
                Some(Piece::Verb(v)) => return joined && pieces.verbs[*v].form == Form::Finite,
                _ => return false,
            }
        }
    }

    /// `The pumps, the company said, had been leased`: who says it stands between the subject and its verb.
    pub(super) fn says_between(&self, pieces: &Pieces, order: &[Piece], at: usize) -> bool {
        let clause = &self.clauses[self.current];
        if clause.verb.is_some() || clause.subject.is_none() || matches!(clause.link, Link::Relative(..)) {
            return false;
        }
        let mut rest = order.get(at + 1..).unwrap_or(&[]).iter().filter(|p| !matches!(p, Piece::Adv)).peekable();
        let phrase = |p: &&Piece| matches!(p, Piece::Prep(_) | Piece::Noun(_));
        while rest.next_if(phrase).is_some() {}
        let says = |v: usize| {
            let verb = &pieces.verbs[v];
            let lemma = verb.lemma.as_str();
            verb.form == Form::Finite
                && !verb.passive
                && matches!(
                    lemma,
                    "say"
                        | "write"
                        | "add"
                        | "report"
                        | "claim"
                        | "allege"
                        | "note"
                        | "believe"
                        | "think"
                        | "argue"
                        | "insist"
                        | "announce"
                        | "estimate"
                )
        };
        if !matches!(rest.next(), Some(Piece::Verb(v)) if says(*v)) {
            return false;
        }
        while rest.next_if(phrase).is_some() {}
        matches!(rest.next(), Some(Piece::Comma)) && matches!(rest.next(), Some(Piece::Verb(v)) if pieces.verbs[*v].form == Form::Finite)
    }
}
