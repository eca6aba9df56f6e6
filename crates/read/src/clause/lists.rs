//! What is listed and joined: whether a phrase behind a comma or `and` goes with the one before it or begins something of its own.

use super::words::has_clause;
use super::{Link, Parser, Placed};
use crate::phrase::{Form, Piece, Pieces};
use crate::token::Token;

/// Whether a noun phrase behind `and` is the subject of a verb of its own: `and the mayor of Kaunas gave her honey`.
///
/// `apart` where the clause before is no finite one: `with the North training the police, and the South praising them`.
pub(super) fn leads_clause(tokens: &[Token<'_>], pieces: &Pieces, order: &[Piece], at: usize, apart: bool) -> bool {
    let mut rest = order.get(at + 1..).unwrap_or(&[]).iter();
    let mut described = false;
    while let Some(piece) = rest.next() {
        match piece {
            // `barley and flour after Kyiv complained`: a clause of its own follows.
            Piece::Prep(token)
                if matches!(tokens.get(*token).map_or("", |t| t.low.as_str()), "after" | "before" | "since" | "until" | "as") =>
            {
                return false;
            }
            Piece::Prep(_) => {
                if !matches!(rest.next(), Some(Piece::Noun(_))) {
                    return false;
                }
            }
            Piece::Adv | Piece::Owner => {}
            Piece::Noun(n) if pieces.nouns[*n].owner.is_some() || pieces.nouns[*n].time => {}
            Piece::Verb(v) if apart && pieces.verbs[*v].form == Form::Gerund => return true,
            // `and a ship carrying coal sailed`: what describes the subject comes before its verb.
            Piece::Verb(v) if matches!(pieces.verbs[*v].form, Form::Gerund | Form::Participle) && !described => {
                described = true;
                if matches!(rest.clone().next(), Some(Piece::Noun(_))) {
                    rest.next();
                }
            }
            Piece::Verb(v) => return pieces.verbs[*v].form == Form::Finite,
            _ => return false,
        }
    }
    false
}

impl Parser<'_> {
    /// `the sale by Chad of rifles`, `the delivery to Mali of trucks`: of what, and not whose.
    pub(super) fn across(&self, pieces: &Pieces, noun: usize) -> Option<Placed> {
        let goods = &pieces.nouns[noun];
        let plain = self.tokens.get(goods.first).is_some_and(|t| !t.capital && t.low != "some" && t.text != "$") && goods.det.is_none();
        self.last.filter(|l| {
            let (name, root) = (&pieces.nouns[l.noun], &pieces.nouns[l.root]);
            plain
                && l.root != l.noun
                && l.preposition.is_some_and(|t| matches!(self.low(t), "by" | "to" | "from"))
                && name.head_is_name(self.tokens)
                && name.det.is_none()
                && root.of.is_none()
                && !root.head_is_name(self.tokens)
        })
    }

    /// A noun phrase joined to the one before it.
    pub(super) fn join(&mut self, pieces: &mut Pieces, last: Placed, noun: usize) {
        let leader = pieces.nouns[last.noun].group.unwrap_or(last.noun);
        pieces.nouns[noun].group = Some(leader);
        let clause = &mut self.clauses[self.current];
        if let Some(token) = last.preposition {
            if pieces.nouns[last.root].of != Some(leader) {
                clause.args.push((Some(token), noun));
            }
            if last.root != last.noun {
                pieces.nouns[last.root].behind.push((token, noun));
            }
        } else if clause.verb.is_some() {
            clause.args.push((None, noun));
        }
        let root = if last.root == last.noun { noun } else { last.root };
        self.last = Some(Placed { noun, root, hosts: last.hosts, preposition: last.preposition });
        self.fresh = true;
    }

    /// `plans to widen raids in Chad, send advisers to Bamako and arm the rebels`: the infinitive that a bare verb behind a comma or `and` goes on from.
    pub(super) fn listed_infinitive(&self, pieces: &Pieces, order: &[Piece], at: usize, verb: usize) -> Option<usize> {
        let group = &pieces.verbs[verb];
        let bare = group.end - group.first == 1 && group.present && self.low(group.head) == group.lemma;
        let mut before = at.checked_sub(1)?;
        while matches!(order.get(before), Some(Piece::Adv | Piece::Conj)) {
            before = before.checked_sub(1)?;
        }
        let joined =
            matches!(order.get(before), Some(Piece::Comma)) || before + 1 < at && matches!(order.get(before + 1), Some(Piece::Conj));
        // What stands right before is the subject of a verb of its own only where nothing joins.
        let mut open = Some(self.current).filter(|_| bare && joined);
        while let Some(clause) = open {
            match self.clauses[clause].link {
                Link::Infinitive(_) => return Some(clause),
                Link::Gerund(_) | Link::Participle => open = self.clauses[clause].parent,
                _ => return None,
            }
        }
        None
    }

    /// `everything from rifles to tanks`: what is among it, and no way that anything went.
    pub(super) fn spans(&self, pieces: &Pieces, token: usize, before: usize) -> bool {
        let all = |n: usize| matches!(self.low(pieces.nouns[n].head), "everything" | "anything");
        match self.low(token) {
            "from" => all(before) && pieces.nouns[before].end == token,
            "to" => pieces.nouns[before].group.is_some_and(all),
            _ => false,
        }
    }

    /// `says Jordan, Turkey and the Emirates broke the embargo`: those who are spoken of, listed behind the verb, are the subject of what is said.
    pub(super) fn says_of(&self, pieces: &Pieces) -> bool {
        let clause = &self.clauses[self.current];
        let says = clause.verb.is_some_and(|v| has_clause(&pieces.verbs[v].lemma) && !pieces.verbs[v].passive);
        let directly = self.last.is_some_and(|l| l.preposition.is_none() && self.fresh);
        says && directly && !clause.args.is_empty() && clause.args.iter().all(|(p, _)| p.is_none())
    }

    /// Whether the open clause hangs on `with` and has a subject of its own and no finite verb.
    pub(super) fn apart(&self, pieces: &Pieces) -> bool {
        let clause = &self.clauses[self.current];
        let outer = clause.parent.and_then(|p| self.clauses.get(p));
        let with = |(p, n): &(Option<usize>, usize)| p.is_some_and(|t| self.low(t) == "with") && clause.subject == Some(*n);
        clause.verb.is_some_and(|v| pieces.verbs[v].form == Form::Gerund) && outer.is_some_and(|o| o.args.iter().any(with))
    }

    /// `gave a tiger to the zoo, Russia's Ministry of Nature and Trade said`, `sold missiles, two officials and a diplomat told Reuters`: what ends with a
    /// verb of saying is who says it, and no list.
    pub(super) fn says_so(&self, pieces: &Pieces, order: &[Piece], at: usize) -> bool {
        let mut rest = order.get(at + 1..).unwrap_or(&[]).iter();
        let next = rest.find(|p| !matches!(p, Piece::Noun(_) | Piece::Conj | Piece::Prep(_) | Piece::Owner | Piece::Adv));
        let says = |v: usize| matches!(pieces.verbs[v].lemma.as_str(), "say" | "report" | "announce" | "add" | "write" | "claim" | "tell");
        // `The man who sold arms to Iran, Syria and Iraq said`: there the list stands, for the verb has a subject before it.
        self.clauses[self.current].verb.is_some()
            && self.waiting().is_none()
            && matches!(next, Some(Piece::Verb(v)) if says(*v) && pieces.verbs[*v].form == Form::Finite)
    }

    /// `weapons, ammunition and oil`: an `and` comes before the list ends.
    pub(super) fn is_list(&self, pieces: &Pieces, order: &[Piece], at: usize) -> bool {
        let mut rest = order.get(at + 1..).unwrap_or(&[]).iter();
        let mut steps = 0;
        while let Some(piece) = rest.next() {
            steps += 1;
            match piece {
                // `Cuba, Syria and at least two groups`.
                Piece::Conj => return matches!(rest.find(|p| !matches!(p, Piece::Adv)), Some(Piece::Noun(n)) if !pieces.nouns[*n].pronoun),
                Piece::Noun(_) | Piece::Comma | Piece::Owner if steps < 24 => {}
                // `engines, generators of power, and`: a phrase within the list.
                Piece::Prep(token) if self.low(*token) == "of" => {}
                _ => return false,
            }
        }
        false
    }

    /// `had shipped, via Kazakhstan, drone parts to Russia`: what stands between the commas is an aside, and the object follows.
    pub(super) fn by_the_way(&self, order: &[Piece], at: usize) -> bool {
        let piece = |back: usize| at.checked_sub(back).and_then(|i| order.get(i));
        let aside = matches!((piece(1), piece(2), piece(4)), (Some(Piece::Comma), Some(Piece::Noun(_)), Some(Piece::Comma)))
            && matches!(piece(3), Some(Piece::Prep(t)) if matches!(self.low(*t), "via" | "through" | "with" | "without" | "by" | "in" | "from"));
        let clause = &self.clauses[self.current];
        aside && clause.verb.is_some() && clause.args.iter().all(|(p, _)| p.is_some()) && matches!(piece(5), Some(Piece::Verb(_)))
    }
}
