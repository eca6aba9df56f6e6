//! Brackets, dashes and other signs that break a sentence.

use super::{Link, Parser};
use crate::phrase::{Piece, Pieces};

/// Whether a sign closes what another opened.
fn closes(open: &str, sign: &str) -> bool {
    match open {
        "(" => sign == ")",
        dash => sign == dash,
    }
}

impl Parser<'_> {
    /// Whether a bracket opens or closes around a short name: `the Rapid Support Forces (RSF)`. It says nothing of its own.
    pub(super) fn round(&self, pieces: &Pieces, order: &[Piece], at: usize) -> bool {
        let noun = |i: usize| matches!(order.get(i), Some(Piece::Noun(n)) if self.abbreviates(pieces, order, i, *n));
        noun(at + 1) || at.checked_sub(1).is_some_and(noun)
    }

    /// Whether a noun phrase is a name of one word in brackets of its own.
    pub(super) fn abbreviates(&self, pieces: &Pieces, order: &[Piece], at: usize, noun: usize) -> bool {
        let sign = |i: Option<usize>, sign: &str| matches!(i.and_then(|i| order.get(i)), Some(Piece::Break(t)) if self.low(*t) == sign);
        let phrase = &pieces.nouns[noun];
        let name = phrase.end - phrase.first == 1 && phrase.det.is_none() && self.tokens.get(phrase.head).is_some_and(|t| t.shouted);
        // `6.6 billion won ($5.87 million)`.
        let sum = (phrase.first..phrase.end).any(|t| matches!(self.low(t), "$" | "€" | "£"));
        (name || sum)
            && sign(at.checked_sub(1), "(")
            && sign(Some(at + 1), ")")
            && at > 1
            && matches!(order.get(at - 2), Some(Piece::Noun(_)))
            // `a new United Nations (UN) report`: the phrase goes on.
            && !matches!(order.get(at + 2), Some(Piece::Noun(n)) if pieces.nouns[*n].det.is_none())
    }

    /// A sign that breaks the sentence. What stands between two dashes or in brackets is passed over for what follows.
    pub(super) fn broken(&mut self, order: &[Piece], at: usize, token: usize) {
        let sign = self.low(token).to_owned();
        if let Some((open, current, last)) = self.aside.take() {
            if closes(&open, &sign) {
                self.aside = None;
                self.current = current;
                self.last = last;
                self.fresh = last.is_some();
                self.preposition = None;
                self.comma = false;
                self.conjunction = false;
                return;
            }
            self.aside = Some((open, current, last));
        } else if self.last.is_some() && matches!(sign.as_str(), "(" | "—" | "–" | "-" | "--") {
            let rest = order.get(at + 1..).unwrap_or(&[]);
            if rest.iter().any(|p| matches!(p, Piece::Break(t) if closes(&sign, self.low(*t)))) {
                self.aside = Some((sign.clone(), self.current, self.last));
            }
        }
        if matches!(self.low(token), ";" | ":" | "•" | "|") {
            self.open(None, Link::Main);
            self.last = None;
        }
        self.preposition = None;
        self.comma = true;
    }
}
