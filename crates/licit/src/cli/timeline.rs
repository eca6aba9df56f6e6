//! `licit law timeline` and `licit law calendar`: how the law came to be as it is, and what ends when.

use super::args::Cli;
use super::check::ask;
use super::paper::{BOLD, DIM, Paper, clean, short_date};
use super::{ANSWERED, Done, Failure, print, say};
use crate::{Rulebook, json};
use model::{Date, nearest};
use rulebook::{Event, Regime, events};
use serde::Serialize;
use std::fmt::Write as _;

/// The authorities that are asked for; all where nothing is said.
pub(super) struct Asked(Option<Vec<String>>);

impl Asked {
    /// Whether an id, such as `un/2397#7`, belongs to one of them.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.as_ref().is_none_or(|list| list.iter().any(|j| id.split('/').next() == Some(j)))
    }
}

pub(super) fn asked(book: &Rulebook, cli: &Cli) -> Result<Asked, Failure> {
    Ok(Asked(if cli.jurisdictions.is_empty() { None } else { Some(ask(book, cli, true)?.jurisdictions) }))
}

#[derive(Serialize)]
struct Row<'a> {
    day: String,
    id: &'a str,
    what: &'a str,
    ends: bool,
}

/// The history of a provision, of an instrument or of a regime.
pub(super) fn of(book: &Rulebook, cli: &Cli, id: &str) -> Done {
    let law = book.law();
    let instruments: Vec<&str> = law.instruments.iter().filter(|i| i.regime == id || i.id == id).map(|i| i.id.as_str()).collect();
    let mine = |other: &str| {
        let rest = other.strip_prefix(id);
        let below = rest.is_some_and(|r| r.is_empty() || id.contains('#') && r.starts_with(['.', '/']));
        below || other.split('#').next().is_some_and(|i| instruments.contains(&i))
    };
    let found = events(law, &mine);
    if found.is_empty() {
        let ids = law.prohibitions.iter().map(|p| p.id.as_str()).chain(law.instruments.iter().map(|i| i.id.as_str()));
        let known = ids.chain(law.regimes.keys().map(String::as_str));
        let help =
            nearest(id, known).map_or_else(|| "`licit law list` names the instruments".to_owned(), |n| format!("did you mean `{n}`?"));
        return Err(Failure::Usage(format!("nothing is known of the history of `{}` ({help})", clean(id))));
    }
    tell(cli, &format!("The history of {}", clean(id)), &found)
}

/// What ends on a day or later, in order, and what is to begin.
pub(super) fn calendar(book: &Rulebook, cli: &Cli, from: Date) -> Done {
    let asked = asked(book, cli)?;
    let mut found = events(book.law(), &|id| asked.has(id));
    found.retain(|e| e.day > from && asked.has(&e.id));
    for e in found.iter_mut().filter(|e| e.ends) {
        // People ask for the last day, not for the first one after it.
        e.day = e.day.yesterday().unwrap_or(e.day);
    }
    found.sort();
    tell(cli, &format!("What ends or begins from {} on", say::day(Some(from))), &found)
}

fn tell(cli: &Cli, heading: &str, found: &[Event]) -> Done {
    if cli.json {
        #[derive(Serialize)]
        struct Timeline<'a> {
            events: Vec<Row<'a>>,
        }
        let rows: Vec<Row> = found.iter().map(|e| Row { day: e.day.to_string(), id: &e.id, what: &e.what, ends: e.ends }).collect();
        print(&format!("{}\n", json::text(&Timeline { events: rows }, true)))?;
        return Ok(ANSWERED);
    }
    let paper = Paper::new();
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{heading}{BOLD:#}");
    for e in found {
        paper.entry(&mut out, &short_date(e.day), &format!("{} {}", e.id, e.what));
    }
    if found.is_empty() {
        let _ = writeln!(out, "  nothing that is encoded");
    }
    print(&out)?;
    Ok(ANSWERED)
}

/// A regime in short: when it is concerned, how much of it is written down, its instruments.
pub(super) fn regime(book: &Rulebook, cli: &Cli, regime: &Regime) -> Done {
    let (encoded, lacks) = crate::law::encoded(regime);
    if cli.json {
        print(&format!("{}\n", json::text(&crate::law::regime_shown(book, regime), true)))?;
        return Ok(ANSWERED);
    }
    let paper = Paper::new();
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}  {}", regime.id, regime.title);
    paper.entry(&mut out, "Authority", say::jurisdiction(&regime.jurisdiction));
    let how = lacks.map_or_else(|| encoded.to_owned(), |l| format!("partly. Not encoded: {l}"));
    paper.entry(&mut out, "Encoded", &how);
    let instruments: Vec<&str> = book.law().instruments.iter().filter(|i| i.regime == regime.id).map(|i| i.id.as_str()).collect();
    if !instruments.is_empty() {
        paper.entry(&mut out, "Instruments", &instruments.join(", "));
    }
    let _ = writeln!(out, "\n  {DIM}licit law timeline {}{DIM:#}", regime.id);
    print(&out)?;
    Ok(ANSWERED)
}
