//! `licit lists`: what is on record, putting a file on record, comparing versions.

use super::args::{Cli, Lists};
use super::paper::{BOLD, DIM, Paper, clean, short_date};
use super::update::{self, Update, age, public};
use super::{ANSWERED, BAD_INPUT, DAMAGED, Done, Failure, count, print};
use crate::input::exact_day;
use crate::json;
use anstyle::{AnsiColor, Color, Style};
use etcetera::BaseStrategy;
use jiff::Timestamp;
use lists::store::{
    Attempt, Damage, DayIs, Imported, Incoming, ListStatus, NotImported, RawFile, State, Status, Version, companions, sets, sources,
};
use lists::{Diff, Limits, Listing, Problem, Store};
use model::{Date, nearest};
use serde::Serialize;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Most bytes of one file handed in.
const MOST_BYTES: u64 = 1 << 30;
/// Most files of one import.
const MOST_FILES: usize = 1000;
/// Problems shown to people; `--all` and `--json` show every one.
const SHOWN_PROBLEMS: usize = 5;
/// Parties shown in each part of a comparison; `--all` and `--json` show every one.
const SHOWN_PARTIES: usize = 20;

const RED: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));
const YELLOW: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Yellow)));
const GREEN: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));

pub(super) fn run(cli: &Cli, command: &Lists) -> Done {
    match command {
        Lists::Status { verify } => status(cli, *verify),
        Lists::Import { files, name, dated, accept } => {
            let dated = dated.as_deref().map(exact_day).transpose().map_err(|m| Failure::Usage(format!("--dated: {m}")))?;
            import(cli, files, name.as_deref(), dated, *accept)
        }
        Lists::Update { lists, from, accept, timeout } => {
            update::run(cli, &Update { lists, from, accept: *accept, silence: Duration::from_secs(*timeout) })
        }
        Lists::Diff { from, to } => diff(cli, from, to),
    }
}

/// The time now, to the second.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default()
}

/// The data folder: `--data`, else LICIT_DATA, else the platform's.
pub(super) fn data(cli: &Cli) -> Result<PathBuf, Failure> {
    let told = cli.data.clone().or_else(|| std::env::var_os("LICIT_DATA").filter(|v| !v.is_empty()).map(PathBuf::from));
    match told {
        Some(folder) => Ok(folder),
        None => etcetera::base_strategy::choose_native_strategy()
            .map(|platform| platform.data_dir().join("licit"))
            .map_err(|_| Failure::Damaged("there is no home folder to keep data in; name a folder with `--data DIR`".into())),
    }
}

/// The lists in the data folder.
pub(super) fn store(cli: &Cli) -> Result<Store, Failure> {
    Ok(crate::lists::store(&data(cli)?))
}

/// Said once when another program holds the store.
pub(super) fn waiting() {
    let _ = writeln!(anstream::stderr(), "licit: another program is writing to the lists; waiting for it");
}

fn damaged(error: impl std::fmt::Display) -> Failure {
    Failure::Damaged(error.to_string())
}

fn prefixed(hash: &str) -> String {
    format!("blake3:{hash}")
}

// ---- status

#[derive(Serialize)]
struct StatusJson {
    lists: Vec<ListJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    refused: Vec<AttemptJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    damaged: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct ListJson {
    list: String,
    version: Option<String>,
    hash: Option<String>,
    parties: usize,
    persons: usize,
    bodies: usize,
    vessels: usize,
    aircraft: usize,
    names: usize,
    imported: Option<String>,
    source: Option<String>,
    state: &'static str,
    problems: usize,
    versions: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    day_is: Option<DayIs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    age_days: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<AttemptJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<AttemptJson>,
}

#[derive(Serialize)]
struct AttemptJson {
    at: String,
    source: String,
    reason: String,
}

#[derive(Serialize)]
pub(super) struct ProblemJson {
    at: String,
    message: String,
}

fn attempt(a: &Attempt) -> AttemptJson {
    AttemptJson { at: a.at.to_string(), source: a.source.clone(), reason: a.reason.clone() }
}

fn list_json(l: &ListStatus) -> ListJson {
    let v = l.version.as_ref();
    let counts = v.map(|v| v.counts).unwrap_or_default();
    ListJson {
        list: l.list.clone(),
        version: v.map(|v| v.version.clone()),
        hash: v.map(|v| prefixed(&v.hash)),
        parties: counts.parties,
        persons: counts.persons,
        bodies: counts.bodies,
        vessels: counts.vessels,
        aircraft: counts.aircraft,
        names: counts.names,
        // What is built in was never imported.
        imported: v.filter(|v| !v.files.is_empty()).map(|v| v.imported.to_string()),
        source: v.map(|v| v.source.clone()),
        state: l.state.word(),
        problems: counts.problems,
        versions: l.versions,
        day_is: v.map(|v| v.day_is),
        age_days: l.age_days,
        checked: l.checked.map(|c| c.to_string()),
        refused: l.refused.as_ref().map(attempt),
        failed: l.failed.as_ref().map(attempt),
    }
}

fn status(cli: &Cli, verify: bool) -> Done {
    let store = store(cli)?;
    let now = now();
    let Status { lists, strays, damage } = store.status(now).map_err(damaged)?;
    let mut faults: Vec<ProblemJson> = damage.iter().map(|d| line_fault(&store, d)).collect();
    for l in &lists {
        // Of every list the version in force must be whole; the others are looked at when asked.
        let versions = if verify { store.versions(&l.list).map_err(damaged)? } else { l.version.iter().cloned().collect() };
        for version in versions {
            let whole = if verify {
                store.raw(&version).map(drop).and_then(|()| store.listings(&version).map(drop))
            } else {
                store.there(&version)
            };
            if let Err(e) = whole {
                faults.push(ProblemJson {
                    at: e.at.display().to_string(),
                    message: format!("{}@{}: {}", l.list, version.version, e.message),
                });
            }
        }
    }
    let result = if faults.is_empty() { ANSWERED } else { DAMAGED };
    for fault in &faults {
        let _ = writeln!(anstream::stderr(), "licit: damaged: {}: {}", fault.at, clean(&fault.message));
    }
    if cli.json {
        let view =
            StatusJson { lists: lists.iter().map(list_json).collect(), refused: strays.iter().map(attempt).collect(), damaged: faults };
        print(&format!("{}\n", json::text(&view, true)))?;
        return Ok(result);
    }
    print(&status_text(&store, &lists, &strays, now))?;
    Ok(result)
}

fn line_fault(store: &Store, d: &Damage) -> ProblemJson {
    let at = format!("{} line {}", store.folder().join("log").display(), d.line);
    ProblemJson { at, message: format!("{}; what this line said is lost, the other lines count", d.message) }
}

fn status_text(store: &Store, lists: &[ListStatus], strays: &[Attempt], now: Timestamp) -> String {
    let paper = Paper::new();
    let mut out = String::new();
    if lists.is_empty() {
        let _ = writeln!(out, "No list is on record in {}.", store.folder().display());
        let _ = writeln!(out, "`licit lists import FILE` takes one from a file, `licit lists update un-sc` fetches it from its issuer.");
    }
    for l in lists {
        let style = match l.state {
            State::Current => GREEN,
            State::Stale => YELLOW,
            State::Refused => RED,
        };
        let title = public().iter().find(|p| p.id == l.list).map_or("", |p| p.name.as_str());
        let _ = writeln!(out, "{BOLD}{:<12}{BOLD:#} {style}{}{style:#}  {title}", l.list, l.state.word());
        if let Some(a) = &l.refused {
            let text = format!("{} from {}: {}", age(a.at, now), a.source, a.reason);
            let _ = writeln!(out, "  {RED}The last one handed in was refused.{RED:#} What follows is the version in force.");
            paper.entry(&mut out, "Refused", &text);
        }
        if let Some(a) = &l.failed {
            paper.entry(&mut out, "Not fetched", &format!("{}: {}", age(a.at, now), a.reason));
        }
        match &l.version {
            Some(v) => version_text(&mut out, paper, l, v, now),
            None => paper.entry(&mut out, "Version", "none: nothing of this list was ever taken over"),
        }
    }
    for a in strays {
        let _ = writeln!(out, "{RED}Refused{RED:#} {} from {}", age(a.at, now), clean(&a.source));
        paper.paragraph(&mut out, 2, &a.reason);
    }
    out
}

fn version_text(out: &mut String, paper: Paper, l: &ListStatus, v: &Version, now: Timestamp) {
    let age_text = match l.age_days {
        Some(0) => ", today".to_owned(),
        Some(days) => format!(", {} old", count(usize::try_from(days).unwrap_or(0), "day")),
        None => String::new(),
    };
    let day = if v.version == v.day.to_string() { short_date(v.day) } else { format!("{} of {}", v.version, short_date(v.day)) };
    paper.entry(out, "Version", &format!("{day}{age_text} (blake3:{}…), {} on record", short(&v.hash), count(l.versions, "version")));
    if v.day_is == DayIs::Import {
        paper.entry(out, "", "that is the day of import: neither the file nor its name says of which day it is");
    }
    let c = v.counts;
    let sorts = [(c.persons, "person"), (c.bodies, "body"), (c.vessels, "vessel"), (c.aircraft, "aircraft")];
    let plural = |n: usize, thing: &str| match (n, thing) {
        (1, _) | (_, "aircraft") => format!("{n} {thing}"),
        (_, "body") => format!("{n} bodies"),
        _ => format!("{n} {thing}s"),
    };
    let sorts: Vec<String> = sorts.iter().filter(|(n, _)| *n > 0).map(|(n, t)| plural(*n, t)).collect();
    let parties = if c.parties == 1 { "1 party".to_owned() } else { format!("{} parties", c.parties) };
    paper.entry(out, "Lists", &format!("{parties} ({}) under {}", sorts.join(", "), count(c.names, "name")));
    if c.problems > 0 {
        paper.entry(out, "Not understood", &count(c.problems, "place"));
    }
    if v.files.is_empty() {
        paper.entry(out, "From", &v.source);
    } else {
        paper.entry(out, "From", &format!("{}, imported {}", v.source, age(v.imported, now)));
    }
    if let Some(checked) = l.checked {
        paper.entry(out, "Confirmed", &format!("{} by its issuer", age(checked, now)));
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

// ---- import

/// What an import came to, as programs read it.
#[derive(Serialize)]
pub(super) struct ImportedJson {
    pub list: String,
    version: String,
    hash: String,
    parties: usize,
    problems: Vec<ProblemJson>,
    unchanged: bool,
    in_force: bool,
    gone: usize,
    /// How the day of the version is known.
    day_is: DayIs,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_meaning_as: Option<String>,
    #[serde(skip)]
    problem_count: usize,
}

impl ImportedJson {
    pub(super) fn of(i: &Imported) -> Self {
        let problem = |p: &Problem| ProblemJson { at: p.at.clone(), message: p.message.clone() };
        Self {
            list: i.version.list.clone(),
            version: i.version.version.clone(),
            hash: prefixed(&i.version.hash),
            parties: i.version.counts.parties,
            problems: i.problems.iter().map(problem).collect(),
            unchanged: i.unchanged,
            in_force: i.in_force,
            gone: i.gone,
            day_is: i.version.day_is,
            same_meaning_as: i.same_meaning.as_ref().map(label),
            problem_count: i.version.counts.problems,
        }
    }

    /// The source says that the version in force is the latest.
    pub(super) fn unchanged(v: &Version) -> Self {
        let (list, version, hash) = (v.list.clone(), v.version.clone(), prefixed(&v.hash));
        let problem_count = v.counts.problems;
        let (parties, day_is) = (v.counts.parties, v.day_is);
        let (problems, same_meaning_as) = (Vec::new(), None);
        Self { list, version, hash, parties, problems, unchanged: true, in_force: true, gone: 0, day_is, same_meaning_as, problem_count }
    }
}

/// Says to people what an import came to; with `--json` only what is odd, and to standard error.
pub(super) fn say_imported(i: &ImportedJson, as_json: bool) -> Result<(), Failure> {
    if as_json {
        return Ok(());
    }
    let mut out = String::new();
    let what = if i.unchanged { "unchanged" } else { "imported" };
    let _ = write!(out, "{BOLD}{:<12}{BOLD:#} {what}: version {}, {} parties", i.list, clean(&i.version), i.parties);
    if i.gone > 0 {
        let _ = write!(out, ", {} of the version before are gone", i.gone);
    }
    if let Some(same) = &i.same_meaning_as {
        let _ = write!(out, "; other bytes, but the same parties with the same meaning as {same}");
    }
    if i.day_is == DayIs::Import && !i.unchanged {
        out.push_str("; neither the file nor its name says of which day it is, so today counts (`--dated DATE` tells it)");
    }
    if !i.in_force {
        let _ = write!(out, "; {YELLOW}kept as history{YELLOW:#}, for a later version is in force");
    }
    out.push('\n');
    for p in i.problems.iter().take(SHOWN_PROBLEMS) {
        let _ = writeln!(out, "  {DIM}{}{DIM:#} {}", clean(&p.at), clean(&p.message));
    }
    if i.problem_count > SHOWN_PROBLEMS && !i.problems.is_empty() {
        let _ = writeln!(out, "  {DIM}{} in all; `--json` shows them{DIM:#}", count(i.problem_count, "problem"));
    }
    print(&out)
}

#[derive(Serialize)]
#[serde(untagged)]
enum ImportRow {
    Done(ImportedJson),
    Failed { list: Option<String>, error: ProblemJson },
}

fn import(cli: &Cli, files: &[PathBuf], name: Option<&str>, dated: Option<Date>, accept: bool) -> Done {
    if let Some(name) = name {
        check_name(name)?;
    }
    let paths = expand(files)?;
    let sets = if name.is_some() { vec![paths.clone()] } else { by_list(&paths)? };
    let store = store(cli)?;
    let mut rows = Vec::new();
    let mut status = ANSWERED;
    for set in sets {
        let set = with_companions(set);
        let source = format!("file:{}", set.first().map(|p| absolute(p)).unwrap_or_default());
        let incoming = Incoming {
            files: set.iter().map(|p| raw(p)).collect::<Result<_, _>>()?,
            fetched: Vec::new(),
            list: name.map(str::to_owned),
            source,
            from_issuer: false,
            told_day: dated,
            accept,
            now: now(),
        };
        match store.import(&incoming, &mut waiting) {
            Ok(imported) => {
                let view = ImportedJson::of(&imported);
                say_imported(&view, cli.json)?;
                rows.push(ImportRow::Done(view));
            }
            Err(NotImported::Refused { list, reason }) => {
                let of = list.as_deref().map_or_else(String::new, |l| format!("{l}: "));
                let _ = writeln!(anstream::stderr(), "licit: {of}refused: {}", clean(&reason));
                status = BAD_INPUT;
                rows.push(ImportRow::Failed { list, error: ProblemJson { at: incoming.source, message: reason } });
            }
            Err(other) => return Err(damaged(other)),
        }
    }
    if cli.json {
        #[derive(Serialize)]
        struct All {
            imported: Vec<ImportRow>,
        }
        let text = if let [one] = rows.as_slice() { json::text(one, true) } else { json::text(&All { imported: rows }, true) };
        print(&format!("{text}\n"))?;
    }
    Ok(status)
}

/// A name is part of listing ids and of `LIST@VERSION`, so it is a plain word.
fn check_name(name: &str) -> Result<(), Failure> {
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.'));
    if plain && !name.is_empty() && name.len() <= 64 && name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Ok(());
    }
    Err(Failure::Usage(format!("`{}` is no name for a list: small letters, digits and hyphens, as in `my-customers`", clean(name))))
}

/// Files as they are, folders as the files in them.
fn expand(given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut out = Vec::new();
    for path in given {
        let failed = |e: std::io::Error| Failure::Input(format!("{}: {e}", path.display()));
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(failed)?.take(MOST_FILES + 1) {
            let file = entry.map_err(failed)?.path();
            if file.is_file() && file.file_name().is_some_and(|n| !n.to_string_lossy().starts_with('.')) {
                inside.push(file);
            }
        }
        if inside.is_empty() {
            return Err(Failure::Input(format!("{} is a folder without files", path.display())));
        }
        inside.sort();
        out.extend(inside);
    }
    if out.len() > MOST_FILES {
        return Err(Failure::Input(format!("{} files are more than {MOST_FILES} at a time", out.len())));
    }
    Ok(out)
}

/// Tables that belong together by their names, then those files of the rest that are one list by what they hold.
fn by_list(paths: &[PathBuf]) -> Result<Vec<Vec<PathBuf>>, Failure> {
    let names: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let sets = sets(&names).into_iter().map(|set| set.into_iter().filter_map(|at| paths.get(at).cloned()).collect::<Vec<_>>());
    let (alone, mut together): (Vec<_>, Vec<_>) = sets.partition(|set| set.len() == 1);
    let rest: Vec<PathBuf> = alone.iter().flatten().cloned().collect();
    if rest.len() > 1 {
        let files = rest.iter().map(|p| raw(p)).collect::<Result<Vec<_>, _>>()?;
        if lists::one_list(&sources(&files), &Limits::default()) {
            together.push(rest);
            return Ok(together);
        }
    }
    together.extend(alone);
    Ok(together)
}

/// A table of parties alone takes the tables beside it that belong to it, and says so.
fn with_companions(mut set: Vec<PathBuf>) -> Vec<PathBuf> {
    let [one] = set.as_slice() else { return set };
    let Some(name) = one.file_name().map(|n| n.to_string_lossy().into_owned()) else { return set };
    let folder = one.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
    let entries = fs::read_dir(&folder).into_iter().flatten().take(100 * MOST_FILES).flatten();
    let mut beside: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    beside.sort();
    let found = companions(&name, &beside);
    if !found.is_empty() {
        let _ = writeln!(anstream::stderr(), "licit: {}: with {} beside it", clean(&name), clean(&found.join(", ")));
        set.extend(found.into_iter().map(|n| folder.join(n)));
    }
    set
}

fn absolute(path: &Path) -> String {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn raw(path: &Path) -> Result<RawFile, Failure> {
    let failed = |e: std::io::Error| Failure::Input(format!("{}: {e}", path.display()));
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(failed)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::Input(format!("{}: larger than {} MiB, which no list is", path.display(), MOST_BYTES >> 20)));
    }
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    Ok(RawFile { name, bytes })
}

// ---- diff

/// One side of a comparison.
struct Side {
    label: String,
    list: String,
    hash: Option<String>,
    listings: Vec<Listing>,
}

fn label(v: &Version) -> String {
    format!("{}@{}", v.list, v.version)
}

fn side(store: &Store, text: &str) -> Result<Side, Failure> {
    let lists = store.lists().map_err(damaged)?;
    let (name, version) = text.split_once('@').map_or((text, None), |(l, v)| (l, Some(v)));
    if lists.iter().any(|l| l == name) {
        let versions = store.versions(name).map_err(damaged)?;
        let found = pick(&versions, version).map_err(|m| Failure::Usage(format!("`{}`: {m}", clean(text))))?;
        let listings = store.listings(found).map_err(damaged)?;
        return Ok(Side { label: label(found), list: found.list.clone(), hash: Some(prefixed(&found.hash)), listings });
    }
    let path = Path::new(text);
    if path.exists() {
        return file_side(path);
    }
    let help = match nearest(name, lists.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if lists.is_empty() => "no list is on record yet; `licit lists import FILE` takes one".to_owned(),
        None => format!("on record are {}", lists.join(", ")),
    };
    Err(Failure::Usage(format!("`{}` is neither a file nor a list on record ({help})", clean(text))))
}

fn file_side(path: &Path) -> Result<Side, Failure> {
    let set = with_companions(if path.is_dir() { expand(&[path.to_owned()])? } else { vec![path.to_owned()] });
    let files = set.iter().map(|p| raw(p)).collect::<Result<Vec<_>, _>>()?;
    let own = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    // A list of one's own does not say its name.
    let limits = Limits::default();
    let read = lists::read(&sources(&files), None, &limits)
        .or_else(|first| lists::read(&sources(&files), Some(&own), &limits).map_err(|_| first))
        .map_err(|refused| Failure::Input(clean(&refused.to_string())))?;
    Ok(Side { label: path.display().to_string(), list: read.list, hash: None, listings: read.listings })
}

/// The version meant by its name, by a day, or by the beginning of its hash.
fn pick<'a>(versions: &'a [Version], meant: Option<&str>) -> Result<&'a Version, String> {
    let Some(latest) = versions.last() else { return Err("no version of this list was ever taken over".into()) };
    let Some(meant) = meant else { return Ok(latest) };
    if let Some(named) = versions.iter().rev().find(|v| v.version == meant || v.stated.as_deref() == Some(meant)) {
        return Ok(named);
    }
    let hash = meant.strip_prefix("blake3:").unwrap_or(meant).to_ascii_lowercase();
    if hash.len() >= 4 && hash.chars().all(|c| c.is_ascii_hexdigit()) {
        let found: Vec<&Version> = versions.iter().filter(|v| v.hash.starts_with(&hash)).collect();
        match found.as_slice() {
            [one] => return Ok(one),
            [] => {}
            several => return Err(format!("{} hashes begin so; give more digits", several.len())),
        }
    }
    let known = || {
        let shown = versions.iter().rev().take(8).map(|v| v.version.as_str()).collect::<Vec<_>>().join(", ");
        format!("on record are {shown}{}", if versions.len() > 8 { ", …" } else { "" })
    };
    let Ok(day) = exact_day(meant) else { return Err(format!("this is no version, day or hash ({})", known())) };
    let on_day = versions.iter().rev().find(|v| v.day <= day);
    on_day.ok_or_else(|| format!("no version is as old as {day} ({})", known()))
}

fn diff(cli: &Cli, from: &str, to: &str) -> Done {
    let store = store(cli)?;
    let (a, b) = (side(&store, from)?, side(&store, to)?);
    if a.list != b.list && a.hash.is_some() == b.hash.is_some() {
        let _ =
            writeln!(anstream::stderr(), "licit: these are two lists, {} and {}; parties are compared by their references", a.list, b.list);
    }
    let found = lists::diff(&a.listings, &b.listings);
    if cli.json {
        print(&format!("{}\n", json::text(&diff_json(&a, &b, &found), true)))?;
    } else {
        print(&diff_text(cli, &a, &b, &found))?;
    }
    Ok(ANSWERED)
}

#[derive(Serialize)]
struct PartyJson {
    listing: String,
    name: String,
}

#[derive(Serialize)]
struct ChangeJson {
    listing: String,
    name: String,
    fields: Vec<&'static str>,
}

#[derive(Serialize)]
struct DiffJson {
    from: String,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_hash: Option<String>,
    added: Vec<PartyJson>,
    removed: Vec<PartyJson>,
    changed: Vec<ChangeJson>,
}

fn diff_json(a: &Side, b: &Side, d: &Diff) -> DiffJson {
    let party = |list: &str, p: &lists::Party| PartyJson { listing: format!("{list}/{}", p.id), name: p.name.clone() };
    DiffJson {
        from: a.label.clone(),
        to: b.label.clone(),
        from_hash: a.hash.clone(),
        to_hash: b.hash.clone(),
        added: d.added.iter().map(|p| party(&b.list, p)).collect(),
        removed: d.removed.iter().map(|p| party(&a.list, p)).collect(),
        changed: d
            .changed
            .iter()
            .map(|c| ChangeJson { listing: format!("{}/{}", b.list, c.id), name: c.name.clone(), fields: c.fields.clone() })
            .collect(),
    }
}

fn diff_text(cli: &Cli, a: &Side, b: &Side, d: &Diff) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{} → {}{BOLD:#}", clean(&a.label), clean(&b.label));
    let _ = writeln!(out, "{} added, {} removed, {} changed in meaning", d.added.len(), d.removed.len(), d.changed.len());
    let most = if cli.all { usize::MAX } else { SHOWN_PARTIES };
    let mut part = |style: Style, mark: &str, rows: Vec<String>| {
        let rest = rows.len().saturating_sub(most);
        for row in rows.into_iter().take(most) {
            let _ = writeln!(out, "  {style}{mark}{style:#} {row}");
        }
        if rest > 0 {
            let _ = writeln!(out, "    {DIM}… and {rest} more; `--all` shows them{DIM:#}");
        }
    };
    let party = |p: &lists::Party| format!("{}  {}", clean(&p.id), clean(&p.name));
    part(GREEN, "+", d.added.iter().map(party).collect());
    part(RED, "-", d.removed.iter().map(party).collect());
    part(YELLOW, "~", d.changed.iter().map(|c| format!("{}  {}: {}", clean(&c.id), clean(&c.name), c.fields.join(", "))).collect());
    out
}
