//! `licit law`: the encoded law as people and programs read it.

use super::args::{Cli, Law};
use super::paper::{BOLD, DIM, Paper, short_date, wrap};
use super::timeline;
use super::{ANSWERED, Done, Failure, count, print, say};
use crate::input::exact_day;
use crate::{Rulebook, json};
use model::{Date, nearest};
use rulebook::{Effect, Encoded, Exception, ExceptionKind, ParagraphKind, Period, Prohibition, Route, SourceFile};
use serde::Serialize;
use std::collections::BTreeMap;
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
            let from = from.as_deref().map_or(Ok(super::check::today()), |day| exact_day(&super::check::day_word(day)));
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

#[derive(Serialize)]
struct PeriodJson {
    from: String,
    to: Option<String>,
}

fn periods(list: &[Period]) -> Vec<PeriodJson> {
    list.iter().map(|p| PeriodJson { from: p.from.to_string(), to: p.to.map(|d| d.to_string()) }).collect()
}

fn list(book: &Rulebook, cli: &Cli) -> Done {
    #[derive(Serialize)]
    struct Vote<'a> {
        r#for: u8,
        against: u8,
        abstaining: u8,
        #[serde(skip_serializing_if = "<[String]>::is_empty")]
        abstained: &'a [String],
    }
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        symbol: &'a str,
        title: &'a str,
        regime: &'a str,
        issuer: &'a str,
        adopted: String,
        vote: Option<Vote<'a>>,
        provisions: usize,
        confidence: &'static str,
        source: &'a str,
    }
    #[derive(Serialize)]
    struct List<'a> {
        rulebook: &'a str,
        instruments: Vec<Row<'a>>,
    }
    let law = book.law();
    let asked = timeline::asked(book, cli)?;
    let rows: Vec<Row> = law
        .instruments
        .iter()
        .filter(|i| asked.has(&i.id))
        .map(|i| Row {
            id: &i.id,
            symbol: &i.symbol,
            title: &i.title,
            regime: &i.regime,
            issuer: &i.issuer,
            adopted: i.adopted.on.to_string(),
            vote: i.adopted.vote.as_ref().map(|v| Vote { r#for: v.yes, against: v.no, abstaining: v.abstaining, abstained: &v.abstained }),
            provisions: provisions_of(book, &i.id).count(),
            confidence: if i.verified { "verified" } else { "recalled" },
            source: &i.source,
        })
        .collect();
    if cli.json {
        print(&format!("{}\n", json::text(&List { rulebook: &law.hash, instruments: rows }, true)))?;
        return Ok(ANSWERED);
    }
    let mut out = String::new();
    for r in &rows {
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

pub(super) fn provisions_of<'a>(book: &'a Rulebook, instrument: &'a str) -> impl Iterator<Item = &'a str> {
    let mine = move |id: &&str| id.split('#').next() == Some(instrument);
    let law = book.law();
    law.prohibitions.iter().map(|p| p.id.as_str()).chain(law.exceptions.iter().map(|e| e.id.as_str())).filter(mine)
}

#[derive(Serialize)]
struct ShowJson<'a> {
    id: &'a str,
    instrument: &'a str,
    paragraph: &'a str,
    cite: String,
    effect: &'static str,
    title: &'a str,
    says: &'a str,
    in_force: Vec<PeriodJson>,
    confidence: &'static str,
    source: Option<&'a str>,
    exceptions: Vec<&'a str>,
    supersedes: &'a [String],
    defeats: &'a [String],
    cases: usize,
}

fn lifters<'a>(book: &'a Rulebook, p: &Prohibition) -> Vec<&'a Exception> {
    let regime = format!("regime:{}", p.regime);
    book.law().exceptions.iter().filter(|e| e.defeats.iter().any(|d| *d == p.id || *d == regime)).collect()
}

fn show(book: &Rulebook, cli: &Cli, id: &str, day: Option<Date>) -> Done {
    let law = book.law();
    let cases = case_counts();
    let number = |id: &str| cases.get(id).map_or(0, |c| c.named);
    let paper = Paper::new();
    let mut out = String::new();
    if let Some(p) = law.prohibition(id) {
        let exceptions = lifters(book, p);
        if cli.json {
            let view = ShowJson {
                id,
                instrument: id.split('#').next().unwrap_or(id),
                paragraph: place(id),
                cite: law.cite(id),
                effect: effect_word(&p.effect),
                title: &p.title,
                says: &p.says,
                in_force: periods(&p.periods),
                confidence: if p.verified { "verified" } else { "recalled" },
                source: p.source.as_deref(),
                exceptions: exceptions.iter().map(|e| e.id.as_str()).collect(),
                supersedes: &p.supersedes,
                defeats: &[],
                cases: number(id),
            };
            print(&format!("{}\n", json::text(&view, true)))?;
            return Ok(ANSWERED);
        }
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
            paper.entry(&mut out, kind(e), &format!("{}: {}", e.id, e.says));
        }
        tail(&mut out, paper, p.verified, p.source.as_deref(), number(id), &p.place);
    } else if let Some(e) = law.exception(id) {
        if cli.json {
            let view = ShowJson {
                id,
                instrument: id.split('#').next().unwrap_or(id),
                paragraph: place(id),
                cite: law.cite(id),
                effect: kind(e),
                title: "",
                says: &e.says,
                in_force: periods(&e.periods),
                confidence: if e.verified { "verified" } else { "recalled" },
                source: e.source.as_deref(),
                exceptions: law.exceptions.iter().filter(|x| x.defeats.iter().any(|d| d == id)).map(|x| x.id.as_str()).collect(),
                supersedes: &[],
                defeats: &e.defeats,
                cases: number(id),
            };
            print(&format!("{}\n", json::text(&view, true)))?;
            return Ok(ANSWERED);
        }
        head(&mut out, paper, &law.cite(id), kind(e), &e.says);
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
        tail(&mut out, paper, e.verified, e.source.as_deref(), number(id), &e.place);
    } else {
        return show_text(book, cli, id);
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn effect_word(effect: &Effect) -> &'static str {
    match effect {
        Effect::Prohibits => "prohibits",
        Effect::Obliges(_) => "obliges",
        Effect::Exposes => "exposes",
        Effect::Conflicts(_) => "conflicts",
    }
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

fn kind(e: &Exception) -> &'static str {
    match &e.kind {
        ExceptionKind::Exemption => "exempts",
        ExceptionKind::Derogation { route: Route::Specific, .. } => "derogates",
        ExceptionKind::Derogation { .. } => "may approve",
    }
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

fn place(id: &str) -> &str {
    id.split_once('#').map_or("", |(_, p)| p)
}

/// A paragraph without a rule of its own, a definition, list or parameter, or a whole instrument.
fn show_text(book: &Rulebook, cli: &Cli, id: &str) -> Done {
    #[derive(Serialize)]
    struct ParagraphJson<'a> {
        id: String,
        title: &'a str,
        kind: &'static str,
        says: &'a str,
        reason: Option<&'a str>,
    }
    let law = book.law();
    let (instrument, number) = id.split_once('#').unwrap_or((id, ""));
    if let Some(regime) = law.regimes.get(id) {
        return timeline::regime(book, cli, regime);
    }
    let main = main_number(number);
    let found: Vec<_> = law
        .paragraphs
        .iter()
        .filter(|p| {
            p.instrument == instrument && (number.is_empty() || p.number == number || main.is_some_and(|n| p.span.0 <= n && n <= p.span.1))
        })
        .collect();
    if found.is_empty() {
        let known = law
            .prohibitions
            .iter()
            .map(|p| p.id.as_str())
            .chain(law.exceptions.iter().map(|e| e.id.as_str()))
            .chain(law.instruments.iter().map(|i| i.id.as_str()));
        let help =
            nearest(id, known).map_or_else(|| "`licit law list` names the instruments".to_owned(), |n| format!("did you mean `{n}`?"));
        return Err(Failure::Usage(format!("`{}` is not in the encoded law ({help})", super::paper::clean(id))));
    }
    let kind = |k: ParagraphKind| match k {
        ParagraphKind::Rule => "rule",
        ParagraphKind::Reason => "no rule",
        ParagraphKind::Unread => "unread",
    };
    if cli.json {
        let rows: Vec<ParagraphJson> = found
            .iter()
            .map(|p| ParagraphJson {
                id: format!("{}#{}", p.instrument, p.number),
                title: &p.title,
                kind: kind(p.kind),
                says: &p.prose,
                reason: p.reason.as_deref(),
            })
            .collect();
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
        let note = if p.kind == ParagraphKind::Rule { "" } else { kind(p.kind) };
        let _ = writeln!(out, "  {BOLD}¶{}{BOLD:#} {}  {DIM}{note}{DIM:#}", p.number, p.title);
        for line in wrap(&p.prose, room).iter().chain(&p.reason.as_deref().map_or_else(Vec::new, |r| wrap(r, room))) {
            let _ = writeln!(out, "      {line}");
        }
        let of_it = |id: &&str| {
            let rest = place(id).strip_prefix(p.number.as_str());
            rest.is_some_and(|r| r.is_empty() || r.starts_with(['.', '/']))
                || p.span.0 > 0 && p.span.0 < p.span.1 && main_number(place(id)) == Some(p.span.0)
        };
        for id in provisions_of(book, instrument).filter(of_it) {
            let _ = writeln!(out, "      {DIM}{id}{DIM:#}");
        }
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn main_number(place: &str) -> Option<u32> {
    place.split(['.', '/']).next().and_then(|n| n.parse().ok())
}

fn diff(book: &Rulebook, cli: &Cli, from: Date, to: Date) -> Done {
    #[derive(Serialize)]
    struct Change<'a> {
        id: &'a str,
        what: &'a str,
    }
    #[derive(Serialize)]
    struct Diff<'a> {
        from: String,
        to: String,
        began: &'a [String],
        ended: &'a [String],
        changed: Vec<Change<'a>>,
    }
    let law = book.law();
    let asked = timeline::asked(book, cli)?;
    let (mut began, mut ended, mut changed) = rulebook::diff(law, from, to);
    began.retain(|id| asked.has(id));
    ended.retain(|id| asked.has(id));
    changed.retain(|c| asked.has(&c.id));
    if cli.json {
        let changed = changed.iter().map(|c| Change { id: &c.id, what: &c.what }).collect();
        print(&format!(
            "{}\n",
            json::text(&Diff { from: from.to_string(), to: to.to_string(), began: &began, ended: &ended, changed }, true)
        ))?;
        return Ok(ANSWERED);
    }
    let paper = Paper::new();
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}What the law says differently on {} than on {}{BOLD:#}", say::day(Some(to)), say::day(Some(from)));
    for (word, ids) in [("Began", &began), ("Ended", &ended)] {
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
    for c in &changed {
        paper.entry(&mut out, "Changed", &format!("{}: {}", c.id, c.what));
    }
    if began.is_empty() && ended.is_empty() && changed.is_empty() {
        let _ = writeln!(out, "  nothing that is encoded");
    }
    print(&out)?;
    Ok(ANSWERED)
}

/// How often the cases name a provision, and how often it decides or lifts there.
#[derive(Default)]
struct CaseCount {
    named: usize,
    deciding: usize,
}

/// Counts over the tables of the case files: the last cell of a row names what decides, what lifts and what was considered.
fn case_counts() -> BTreeMap<&'static str, CaseCount> {
    let mut out: BTreeMap<&'static str, CaseCount> = BTreeMap::new();
    for because in rows("").filter_map(|row| row.last().copied()) {
        for part in because.split(';').map(str::trim) {
            let ids: Vec<&str> = part.split_whitespace().filter(|w| w.contains('#')).collect();
            for (i, id) in ids.iter().enumerate() {
                let count = out.entry(id).or_default();
                count.named += 1;
                let decides = part == *id || i == 0 && part.contains(" lifts ") || part.starts_with("duty ");
                count.deciding += usize::from(decides);
            }
        }
    }
    out
}

/// The cells of each row of the case tables of a regime, or of all for an empty name.
fn rows(regime: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let folder = format!("cases/{regime}");
    let files = crate::embedded::cases().iter().filter(move |(name, _)| name.starts_with(&folder));
    let lines = files.flat_map(|(_, text)| text.lines()).filter(|l| l.starts_with("| ") && !l.starts_with("| the world"));
    lines.map(|l| l.trim_matches('|').split(" | ").map(|c| c.trim().trim_matches('|').trim()).collect())
}

#[derive(Serialize)]
struct RegimeJson<'a> {
    regime: &'a str,
    provisions: usize,
    cases: usize,
}

fn regime<'a>(book: &Rulebook, id: &'a str) -> RegimeJson<'a> {
    let rules = book.law().prohibitions.iter().filter(|p| p.regime == id).count();
    let exceptions = book.law().exceptions.iter().filter(|e| e.regime == id).count();
    RegimeJson { regime: id, provisions: rules + exceptions, cases: rows(id).count() }
}

/// What is not written down of a regime that is encoded in part.
#[derive(Serialize)]
struct PartlyJson<'a> {
    regime: &'a str,
    lacks: &'a str,
}

fn partly(regime: &rulebook::Regime) -> Option<PartlyJson<'_>> {
    match &regime.encoded {
        Encoded::Partly(lacks) => Some(PartlyJson { regime: &regime.id, lacks }),
        _ => None,
    }
}

/// Authorities that may be asked for and of which nothing is encoded.
fn untouched(book: &Rulebook) -> Vec<&'static str> {
    let known = book.engine().jurisdictions();
    super::check::KNOWN.into_iter().filter(|j| !known.iter().any(|k| k == j)).collect()
}

fn coverage(book: &Rulebook, as_json: bool) -> Done {
    #[derive(Serialize)]
    struct Coverage<'a> {
        paragraphs: u32,
        with_rule: u32,
        with_reason: u32,
        unread: u32,
        uncovered: Vec<&'a str>,
        provisions: usize,
        with_deciding_case: usize,
        verified: usize,
        recalled: usize,
        regimes: Vec<RegimeJson<'a>>,
        partly: Vec<PartlyJson<'a>>,
        not_encoded: Vec<&'a str>,
        judgements: Vec<&'a str>,
    }
    let law = book.law();
    let of = |kind: ParagraphKind| law.paragraphs.iter().filter(|p| p.kind == kind).map(|p| p.span.1 - p.span.0 + 1).sum::<u32>();
    let cases = case_counts();
    let all: Vec<(&str, bool)> = law
        .prohibitions
        .iter()
        .map(|p| (p.id.as_str(), p.verified))
        .chain(law.exceptions.iter().map(|e| (e.id.as_str(), e.verified)))
        .collect();
    let uncovered: Vec<&str> = all
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| law.prohibition(id).is_none_or(|p| p.when.is_some()))
        .filter(|id| cases.get(id).is_none_or(|c| c.named == 0))
        .collect();
    let mut not_encoded: Vec<&str> = law.regimes.values().filter(|r| r.encoded == Encoded::No).map(|r| r.id.as_str()).collect();
    not_encoded.extend(untouched(book));
    let view = Coverage {
        paragraphs: of(ParagraphKind::Rule) + of(ParagraphKind::Reason) + of(ParagraphKind::Unread),
        with_rule: of(ParagraphKind::Rule),
        with_reason: of(ParagraphKind::Reason),
        unread: of(ParagraphKind::Unread),
        provisions: all.len(),
        with_deciding_case: all.iter().filter(|(id, _)| cases.get(id).is_some_and(|c| c.deciding > 0)).count(),
        verified: all.iter().filter(|(_, v)| *v).count(),
        recalled: all.iter().filter(|(_, v)| !*v).count(),
        regimes: law.regimes.values().filter(|r| r.encoded != Encoded::No).map(|r| regime(book, &r.id)).collect(),
        partly: law.regimes.values().filter_map(partly).collect(),
        not_encoded,
        judgements: law.judgements.keys().map(String::as_str).collect(),
        uncovered,
    };
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
        paper.entry(&mut out, "In part", &format!("{}, without {}", p.regime, p.lacks));
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
