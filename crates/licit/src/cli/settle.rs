//! What a person settles about a hit, and what is settled.

use super::args::{Cli, Screen};
use super::paper::{BOLD, DIM, clean};
use super::{ANSWERED, Done, Failure, check, lists as lists_command, print, screen};
use crate::settling::{self, Said, settlement};
use crate::{Format, Rulebook};
use lists::Settlement;
use std::fmt::Write as _;

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
    let party = match book.read_query(query.to_string().as_bytes(), Format::Json) {
        Ok((_, party)) => party,
        Err(problems) => return screen::bad(&problems),
    };
    let said = Said { party: &party, listing, same, because, by, on: check::today() };
    let settlement = settlement(book, &said).map_err(|(field, message)| Failure::Usage(format!("--{field}: {message}")))?;
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
    format!("{BOLD}{}{BOLD:#} {}", clean(s.about.trim_end_matches('|')), settling::in_words(s))
}
