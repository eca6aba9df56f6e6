//! Parts of what was named just before: `rifles, most of which were supplied by Iran`, `drones, many supplied by Iran`.

use super::{Link, Parser};
use crate::phrase::{Form, Pieces};

impl Parser<'_> {
    /// Gives a clause about some of several things those things for its subject.
    pub(super) fn portions(&mut self, pieces: &mut Pieces) {
        for at in 1..self.clauses.len() {
            let Some(part) = self.clauses[at].subject.filter(|n| self.is_portion(pieces, *n)) else { continue };
            let Some(whole) = self.named_before(pieces, part) else { continue };
            let Some(verb) = self.clauses[at].verb else { continue };
            let described = matches!(self.clauses[at].link, Link::Relative(n, false) if n == part);
            if !described && !self.done_to_it(pieces, at, verb) {
                continue;
            }
            if !described {
                let group = &mut pieces.verbs[verb];
                (group.form, group.passive) = (Form::Participle, true);
                self.clauses[at].parent = Some(at - 1);
            }
            for clause in &mut self.clauses {
                clause.args.retain(|a| *a != (None, part));
            }
            self.clauses[at].link = Link::Relative(whole, false);
            self.clauses[at].subject = Some(whole);
        }
    }

    fn is_portion(&self, pieces: &Pieces, noun: usize) -> bool {
        let phrase = &pieces.nouns[noun];
        let one = phrase.end == phrase.first + 1;
        one && matches!(self.low(phrase.head), "most" | "many" | "some" | "all" | "several" | "few" | "half" | "both" | "each")
    }

    /// The things that stand before the comma before their part; the first of several that are joined.
    fn named_before(&self, pieces: &Pieces, part: usize) -> Option<usize> {
        let comma = pieces.nouns[part].first.checked_sub(1).filter(|t| self.low(*t) == ",")?;
        let ends = |n: &crate::phrase::NounPhrase| n.end == comma && !n.time && !n.pronoun && !n.head_is_name(self.tokens);
        let last = pieces.nouns.iter().position(ends)?;
        Some(pieces.nouns[last].group.unwrap_or(last))
    }

    /// `some of them supplied by Iran`: a bare past with nothing but who did it behind.
    fn done_to_it(&self, pieces: &Pieces, at: usize, verb: usize) -> bool {
        let group = &pieces.verbs[verb];
        let bare = group.form == Form::Finite && group.end == group.first + 1 && !group.present;
        let object = self.clauses[at].args.iter().any(|(p, _)| p.is_none());
        bare && !object && self.clauses[at].link == Link::Main && matches!(self.low(group.end), "by" | "from" | "to")
    }
}
