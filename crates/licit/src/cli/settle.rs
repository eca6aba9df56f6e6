//! What a person settles about a hit, and what is settled.

use super::args::{Cli, Screen};
use super::paper::{BOLD, DIM, clean, short_date};
use super::{ANSWERED, Done, Failure, check, lists as lists_command, print, screen};
use crate::{Format, Rulebook};
use lists::Settlement;
use resolve::Query;
use std::fmt::Write as _;

/// Most characters of a reason or a name that are kept.
const MOST_CHARS: usize = 1000;

/// Puts on record that a party is, or is not, a listing.
pub(super) fn one(book: &Rulebook, cli: &Cli, args: &Screen, names: &[String], query: serde_json::Value) -> Done {
    if names.len() != 1 {
        return Err(Failure::Usage("settle one party at a time: give one name".into()));
    }
    let (listing, same) = match (&args.not, &args.same, &args.reopen) {
        (Some(listing), ..) => (listing, Some(false)),
        (_, Some(listing), _) => (listing, Some(true)),
        (_, _, Some(listing)) => (listing, None),
        _ => return Err(Failure::Usage("which listing? give --not, --same or --reopen".into())),
    };
    let (Some(because), Some(by)) = (&args.because, &args.by) else {
        return Err(Failure::Usage("who settles it, and why? give --by and --because: they stay on record".into()));
    };
    if [because, by].iter().any(|t| t.trim().is_empty() || t.chars().count() > MOST_CHARS) {
        return Err(Failure::Usage(format!("--by and --because are texts of 1 to {MOST_CHARS} characters")));
    }
    let Some(record) = book.resolver().screener().listing(listing) else {
        return Err(Failure::Usage(format!("no listing `{}` here; `licit screen` shows their ids, such as un-sc/KPi.033", clean(listing))));
    };
    let party = match book.read_query(query.to_string().as_bytes(), Format::Json) {
        Ok((_, party)) => party,
        Err(problems) => return screen::bad(&problems),
    };
    let settlement = Settlement {
        about: Query::of(&party).key(),
        listing: listing.clone(),
        same,
        because: because.trim().to_owned(),
        by: by.trim().to_owned(),
        on: check::today(),
        substance: record.substance,
    };
    let told = in_words(&settlement);
    lists_command::store(cli)?.settle(settlement, &mut lists_command::waiting).map_err(|e| Failure::Damaged(e.to_string()))?;
    print(&format!("{told}\n")).map(|()| ANSWERED)
}

/// Everything that is settled, the latest last.
pub(super) fn show(cli: &Cli) -> Done {
    let all = lists_command::store(cli)?.settlements().map_err(|e| Failure::Damaged(e.to_string()))?;
    if cli.json {
        let text = crate::json::text(&serde_json::json!({ "settled": all }), true);
        return print(&format!("{text}\n")).map(|()| ANSWERED);
    }
    let mut out = String::new();
    for one in &all {
        let _ = writeln!(out, "{}", in_words(one));
    }
    if all.is_empty() {
        let _ = writeln!(out, "{DIM}nothing is settled yet{DIM:#}");
    }
    print(&out).map(|()| ANSWERED)
}

fn in_words(s: &Settlement) -> String {
    let word = match s.same {
        Some(true) => "is",
        Some(false) => "is not",
        None => "is open again:",
    };
    let about = clean(s.about.trim_end_matches('|'));
    format!("{BOLD}{about}{BOLD:#} {word} {}: {} ({}, {})", clean(&s.listing), clean(&s.because), clean(&s.by), short_date(s.on))
}
