//! Settling a hit: a person says that a party is, or is not, a listing, and why. What is said stays on record in the journal of the lists.

use crate::Rulebook;
use crate::cli::paper::{clean, short_date};
use jiff::civil::Date;
use lists::Settlement;
use model::Party;
use resolve::Query;

/// Most characters of a reason or a name that are kept.
pub(crate) const MOST_CHARS: usize = 1000;

/// What somebody says of a party.
pub(crate) struct Said<'a> {
    pub party: &'a Party,
    /// Such as `un-sc/KPi.033`.
    pub listing: &'a str,
    /// Whether they are the same; none takes back what was said before.
    pub same: Option<bool>,
    pub because: &'a str,
    pub by: &'a str,
    pub on: Date,
}

/// What is to be put on record. An error names the field, and says what would be right.
pub(crate) fn settlement(book: &Rulebook, said: &Said) -> Result<Settlement, (&'static str, String)> {
    for (field, text) in [("because", said.because), ("by", said.by)] {
        if text.trim().is_empty() || text.chars().count() > MOST_CHARS {
            return Err((field, format!("a text of 1 to {MOST_CHARS} characters; it stays on record")));
        }
    }
    let Some(record) = book.resolver().screener().listing(said.listing) else {
        let shown: String = said.listing.chars().take(80).collect();
        return Err(("listing", format!("no listing `{}` here; screening shows their ids, such as un-sc/KPi.033", clean(&shown))));
    };
    Ok(Settlement {
        about: Query::of(said.party).key(),
        listing: said.listing.to_owned(),
        same: said.same,
        because: said.because.trim().to_owned(),
        by: said.by.trim().to_owned(),
        on: said.on,
        substance: record.substance,
    })
}

/// `is not un-sc/KPi.033: another year of birth (the desk, 3 May 2026)`.
pub(crate) fn in_words(s: &Settlement) -> String {
    let word = match s.same {
        Some(true) => "is",
        Some(false) => "is not",
        None => "is open again:",
    };
    format!("{word} {}: {} ({}, {})", clean(&s.listing), clean(&s.because), clean(&s.by), short_date(s.on))
}
