//! `licit law`: the encoded law as people and programs read it.

use super::args::{Cli, Law};
use super::check::{day_word, today};
use super::paper::{BOLD, DIM, Paper, short_date, wrap};
use super::timeline;
use super::{ANSWERED, Done, Failure, count, print, say};
use crate::input::exact_day;
use crate::law as view;
use crate::{Rulebook, json};
use model::Date;
use rulebook::{Effect, ExceptionKind, ParagraphKind, Period, Route, SourceFile};
use std::fmt::Write as _;
use std::path::Path;

pub(super) fn run(book: &Rulebook, cli: &Cli, command: &Law) -> Done {
    match command {
        Law::List => list(book, cli),
        Law::Show { id, on } => {
            let day = on.as_deref().map(exact_day).transpose().map_err(|m| Failure::Usage(format!("--on: {m}")))?;
            show(book, cli, id, day)
        }
        Law::Diff { from, to } => {
            let from = exact_day(from).map_err(Failure::Usage)?;
            let to = exact_day(to).map_err(Failure::Usage)?;
            if from > to {
                return Err(Failure::Usage(format!("{from} is later than {to}: give the earlier day first")));
            }
            diff(book, cli, from, to)
        }
        Law::Timeline { id } => timeline::of(book, cli, id),
        Law::Calendar { from } => {
            let from = from.as_deref().map_or(Ok(today()), |day| exact_day(&day_word(day)));
            timeline::calendar(book, cli, from.map_err(|m| Failure::Usage(format!("--from: {m}")))?)
        }
        Law::Coverage => coverage(book, cli.json),
    }
}

/// The law files and lists of a folder.
pub(super) fn files_in(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    let mut files = Vec::new();
    walk(folder, folder, &mut files, 0).map_err(|e| Failure::Damaged(format!("{}: {e}", folder.display())))?;
    if files.is_empty() {
        return Err(Failure::Damaged(format!("{} holds no law files (*.md)", folder.display())));
    }
    Ok(files)
}

fn walk(root: &Path, folder: &Path, out: &mut Vec<SourceFile>, depth: usize) -> std::io::Result<()> {
    const MOST_DEPTH: usize = 8;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && depth < MOST_DEPTH {
            walk(root, &path, out, depth + 1)?;
        } else if path.extension().is_some_and(|e| e == "md" || e == "csv") && path.file_name().is_none_or(|n| n != "CONTRIBUTING.md") {
            let name = format!("law/{}", path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/"));
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            out.push(SourceFile { name, text });
        }
    }
    Ok(())
}

fn list(book: &Rulebook, cli: &Cli) -> Done {
    let law = book.law();
    let asked = timeline::asked(book, cli)?;
    let list = view::list(book, &|id| asked.has(id));
    if cli.json {
        print(&format!("{}\n", json::text(&list, true)))?;
        return Ok(ANSWERED);
    }
    let mut out = String::new();
    for r in &list.instruments {
        let vote = r.vote.as_ref().map_or_else(String::new, |v| format!("{}–{}–{}", v.r#for, v.against, v.abstaining));
        let _ = writeln!(
            out,
            "{BOLD}{:<14}{BOLD:#}  {}  {:<28} {:>7}  {:<13}  {}",
            r.id,
            r.adopted,
            r.symbol,
            vote,
            count(r.provisions, "provision"),
            r.title
        );
    }
    let _ = writeln!(out, "{DIM}{}{DIM:#}", law.hash);
    print(&out)?;
    Ok(ANSWERED)
}

fn show(book: &Rulebook, cli: &Cli, id: &str, day: Option<Date>) -> Done {
    let law = book.law();
    if cli.json
        && let Some(provision) = view::provision(book, id)
    {
        print(&format!("{}\n", json::text(&provision, true)))?;
        return Ok(ANSWERED);
    }
    let paper = Paper::new();
    let mut out = String::new();
    if let Some(p) = law.prohibition(id) {
        let exceptions = view::lifters(book, p);
        let effect = match &p.effect {
            Effect::Prohibits => "prohibits".to_owned(),
            Effect::Obliges(must) => format!("obliges: {must}"),
            Effect::Exposes => "exposes to a risk".to_owned(),
            Effect::Conflicts(with) => format!("forbids to obey {}", with.join(", ")),
        };
        head(&mut out, paper, &law.cite(id), &p.title, &p.says);
        paper.entry(&mut out, "Effect", &effect);
        paper.entry(&mut out, "In force", &force(&p.periods, day));
        if !p.supersedes.is_empty() {
            paper.entry(&mut out, "Took over from", &p.supersedes.join(", "));
        }
        let successors: Vec<&str> =
            law.prohibitions.iter().filter(|s| s.supersedes.iter().any(|o| o == id)).map(|s| s.id.as_str()).collect();
        if !successors.is_empty() {
            paper.entry(&mut out, "Replaced by", &successors.join(", "));
        }
        for e in exceptions.iter().filter(|e| day.is_none_or(|d| e.in_force(d))) {
            paper.entry(&mut out, view::exception_word(e), &format!("{}: {}", e.id, e.says));
        }
        tail(&mut out, paper, p.verified, p.source.as_deref(), view::cases_naming(id), &p.place);
    } else if let Some(e) = law.exception(id) {
        head(&mut out, paper, &law.cite(id), view::exception_word(e), &e.says);
        paper.entry(&mut out, "Lifts", &e.defeats.join(", "));
        if let ExceptionKind::Derogation { authority, route, silence_days, .. } = &e.kind {
            let how = if *route == Route::Specific {
                "a route of its own"
            } else {
                "at its discretion; never by itself a reason to expect approval"
            };
            paper.entry(&mut out, "Who decides", &format!("{authority}, {how}"));
            if let Some(days) = silence_days {
                paper.entry(
                    &mut out,
                    "Silence",
                    &format!("no answer within {} means yes", count(usize::try_from(*days).unwrap_or(0), "working day")),
                );
            }
        }
        let when = if e.periods.is_empty() { "as long as what it lifts".to_owned() } else { force(&e.periods, day) };
        paper.entry(&mut out, "In force", &when);
        tail(&mut out, paper, e.verified, e.source.as_deref(), view::cases_naming(id), &e.place);
    } else {
        return show_text(book, cli, id);
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn head(out: &mut String, paper: Paper, cite: &str, title: &str, says: &str) {
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}  {title}", say::paragraph(cite));
    paper.paragraph(out, 2, says);
}

fn tail(out: &mut String, paper: Paper, verified: bool, source: Option<&str>, cases: usize, place: &(String, usize)) {
    let read = if verified { "verified in its source" } else { "recalled, not checked against its source" };
    paper.entry(out, "Confidence", read);
    if let Some(source) = source {
        paper.entry(out, "Source", source);
    }
    paper.entry(out, "Cases", &cases.to_string());
    paper.entry(out, "Encoded in", &format!("{}:{}", place.0, place.1));
}

fn force(periods: &[Period], day: Option<Date>) -> String {
    let all: Vec<String> = periods
        .iter()
        .map(|p| format!("{} to {}", say::day(Some(p.from)), p.to.map_or_else(|| "open".into(), |d| say::day(Some(d)))))
        .collect();
    let now = day.map_or_else(String::new, |d| {
        format!(" – on {}: {}", say::day(Some(d)), if periods.iter().any(|p| p.holds_on(d)) { "yes" } else { "no" })
    });
    format!("{}{now}", all.join("; "))
}

/// A paragraph without a rule of its own, a definition, list or parameter, or a whole instrument.
fn show_text(book: &Rulebook, cli: &Cli, id: &str) -> Done {
    let law = book.law();
    let instrument = id.split('#').next().unwrap_or(id);
    if let Some(regime) = law.regimes.get(id) {
        return timeline::regime(book, cli, regime);
    }
    let found = view::paragraphs(book, id);
    if found.is_empty() {
        let help = view::nearest_id(book, id)
            .map_or_else(|| "`licit law list` names the instruments".to_owned(), |n| format!("did you mean `{n}`?"));
        return Err(Failure::Usage(format!("`{}` is not in the encoded law ({help})", super::paper::clean(id))));
    }
    if cli.json {
        let rows: Vec<view::ParagraphJson> = found.iter().map(|p| view::paragraph_json(p)).collect();
        print(&format!("{}\n", json::text(&rows, true)))?;
        return Ok(ANSWERED);
    }
    let mut out = String::new();
    if let Some(i) = law.instrument(instrument) {
        let vote = i.adopted.vote.as_ref().map_or_else(String::new, |v| format!(", {}–{}–{}", v.yes, v.no, v.abstaining));
        let _ = writeln!(out, "{BOLD}{}{BOLD:#}  {}\n  adopted {}{vote}   {}\n", i.symbol, i.title, say::day(Some(i.adopted.on)), i.source);
    }
    let room = Paper::new().width.saturating_sub(6);
    for p in found {
        let note = if p.kind == ParagraphKind::Rule { "" } else { view::paragraph_word(p.kind) };
        let _ = writeln!(out, "  {BOLD}¶{}{BOLD:#} {}  {DIM}{note}{DIM:#}", p.number, p.title);
        for line in wrap(&p.prose, room).iter().chain(&p.reason.as_deref().map_or_else(Vec::new, |r| wrap(r, room))) {
            let _ = writeln!(out, "      {line}");
        }
        for id in view::provisions_of(book, instrument).filter(|id| view::is_of(id, p)) {
            let _ = writeln!(out, "      {DIM}{id}{DIM:#}");
        }
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn diff(book: &Rulebook, cli: &Cli, from: Date, to: Date) -> Done {
    let law = book.law();
    let asked = timeline::asked(book, cli)?;
    let diff = view::diff(book, from, to, &|id| asked.has(id));
    if cli.json {
        print(&format!("{}\n", json::text(&diff, true)))?;
        return Ok(ANSWERED);
    }
    let view::Diff { began, ended, changed, .. } = &diff;
    let paper = Paper::new();
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}What the law says differently on {} than on {}{BOLD:#}", say::day(Some(to)), say::day(Some(from)));
    for (word, ids) in [("Began", began), ("Ended", ended)] {
        for id in ids {
            if let Some(p) = law.prohibition(id) {
                let edge = match word {
                    "Began" => p.periods.iter().map(|t| t.from).filter(|d| *d > from && *d <= to).max(),
                    _ => p.periods.iter().filter_map(|t| t.to).filter(|d| *d >= from && *d < to).max(),
                };
                let on = edge.map_or_else(String::new, |d| format!(" ({})", short_date(d)));
                paper.entry(&mut out, word, &format!("{}{on}: {}", say::paragraph(&law.cite(id)), p.says));
            }
        }
    }
    for c in changed {
        paper.entry(&mut out, "Changed", &format!("{}: {}", c.id, c.what));
    }
    if began.is_empty() && ended.is_empty() && changed.is_empty() {
        let _ = writeln!(out, "  nothing that is encoded");
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn coverage(book: &Rulebook, as_json: bool) -> Done {
    let view = view::coverage(book);
    if as_json {
        print(&format!("{}\n", json::text(&view, true)))?;
        return Ok(ANSWERED);
    }
    let mut out = String::new();
    let paper = Paper::new();
    let _ = writeln!(out, "{BOLD}What is encoded{BOLD:#}");
    paper.entry(
        &mut out,
        "Paragraphs",
        &format!(
            "{}: {} with a rule or definition, {} with a reason for none, {} unread",
            view.paragraphs, view.with_rule, view.with_reason, view.unread
        ),
    );
    paper.entry(
        &mut out,
        "Provisions",
        &format!("{}: {} verified in their source, {} recalled", view.provisions, view.verified, view.recalled),
    );
    paper.entry(
        &mut out,
        "Cases",
        &format!(
            "{}; {} provisions decide or lift in at least one",
            view.regimes.iter().map(|r| r.cases).sum::<usize>(),
            view.with_deciding_case
        ),
    );
    let untested = if view.uncovered.is_empty() { "nothing".to_owned() } else { view.uncovered.join(", ") };
    paper.entry(&mut out, "No case names", &untested);
    for r in &view.regimes {
        paper.entry(&mut out, r.regime, &format!("{}, {}", count(r.provisions, "provision"), count(r.cases, "case")));
    }
    for p in &view.partly {
        paper.entry(&mut out, "In part", &format!("{}. Not encoded: {}", p.regime, p.lacks));
    }
    paper.entry(&mut out, "Not encoded", &view.not_encoded.join(", "));
    paper.entry(&mut out, "Findings", &view.judgements.join(", "));
    print(&out)?;
    Ok(ANSWERED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_that_is_compiled_in_is_the_law_as_it_is_written() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law");
        let files = files_in(&folder).unwrap_or_default();
        let (written, problems) = rulebook::Rulebook::read(&files);
        assert_eq!(problems, Vec::new());
        assert!(written.instruments.len() > 200, "{} instruments were found", written.instruments.len());
        let packed = Rulebook::embedded().law();
        assert_eq!(packed.hash, written.hash);
        // Told apart by words, for a rulebook is too long to print.
        assert!(*packed == written, "the packed law differs from the written one");
    }
}
