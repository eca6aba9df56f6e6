//! `licit screen`: parties against the lists.

use super::args::{Cli, Screen};
use super::check::day_word;
use super::paper::{BOLD, DIM, Paper, clean, short_date};
use super::{ANSWERED, Done, Failure, lines, print, settle};
use crate::input::{InputProblem, day_span};
use crate::json::{error_line, text};
use crate::lists::Lists;
use crate::screening::Screening;
use crate::{Format, Rulebook};
use anstyle::{AnsiColor, Color, Style};
use model::Party;
use resolve::{Bench, Hit, Query, Wish};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

/// Largest file of names that is read.
const MOST_NAMES_BYTES: u64 = 16 << 20;

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Screen) -> Done {
    let lists = book.lists();
    for warning in lists.warnings(super::check::today()) {
        super::warn(&warning);
    }
    if args.settled {
        return settle::show(cli);
    }
    if let Some(left_out) = lists.alone() {
        super::warn(left_out);
    }
    let wish = wish(lists, cli, args)?;
    if args.jsonl.is_some() {
        if !args.names.is_empty() || args.file.is_some() || has_facts(args) {
            return Err(Failure::Usage("--jsonl takes parties from lines only, without names or facts on the command line".into()));
        }
        let file = args.jsonl.as_ref().and_then(Option::as_deref);
        return lines::each(file, ("party", "screened"), |bench, number, line| one(book, lists, &wish, bench, number, line));
    }
    let mut bench = Bench::default();
    let names = names(args)?;
    if args.not.is_some() || args.same.is_some() || args.reopen.is_some() {
        return settle::one(book, cli, args, &names, query(names.first().map_or("", String::as_str), args));
    }
    let mut answers = Vec::new();
    for name in &names {
        match book.read_query(query(name, args).to_string().as_bytes(), Format::Json) {
            Ok((_, party)) => answers.push((party.clone(), Screening::of(lists.screener(), name.clone(), &party, &wish, &mut bench))),
            Err(problems) => return bad(&problems),
        }
    }
    if cli.json {
        // One name gives one object, several give a list.
        let texts: Vec<String> = answers.iter().map(|(_, a)| a.json(names.len() == 1)).collect();
        return print(&if names.len() == 1 { format!("{}\n", texts.concat()) } else { format!("[{}]\n", texts.join(",\n ")) })
            .map(|()| ANSWERED);
    }
    let paper = Paper::new();
    let mut out = String::new();
    for (party, answer) in &answers {
        show(&mut out, paper, party, answer, wish.min, cli.all);
        for s in lists.screener().settled_about(&Query::of(party)) {
            let word = if s.same == Some(true) { "the same as" } else { "not" };
            let _ = writeln!(
                out,
                "  {DIM}settled as {word} {}: {} ({}, {}){DIM:#}",
                clean(&s.listing),
                clean(&s.because),
                clean(&s.by),
                short_date(s.on)
            );
        }
    }
    let _ = writeln!(
        out,
        "{DIM}Looked up in {}; from {:.2} up is shown. A score says how surely, never what may be done.{DIM:#}",
        lists.in_words(),
        wish.min
    );
    print(&out).map(|()| ANSWERED)
}

fn wish(lists: &Lists, cli: &Cli, args: &Screen) -> Result<Wish, Failure> {
    let default = Wish::default();
    if let Some(min) = args.min.filter(|m| !(0.0..=1.0).contains(m)) {
        return Err(Failure::Usage(format!("--min: a score lies between 0 and 1, not at {min}")));
    }
    for list in &args.list {
        if !lists.ids().iter().any(|l| l == list) {
            let known = lists.ids().join(", ");
            return Err(Failure::Usage(format!("--list: no list `{list}` here; there are {known}. `licit lists import` adds one")));
        }
    }
    let on = match (&cli.as_of, args.ever) {
        (Some(_), true) => return Err(Failure::Usage("--ever and --as-of exclude each other".into())),
        (None, true) => None,
        (Some(text), false) => {
            let span = day_span(&day_word(text)).map_err(|m| Failure::Usage(format!("--as-of: {m}")))?;
            if span.first != span.last {
                return Err(Failure::Usage(format!("--as-of: name one day, such as {}", span.first)));
            }
            Some(span.first)
        }
        (None, false) => Some(super::check::today()),
    };
    Ok(Wish { min: args.min.unwrap_or(default.min), limit: args.limit.unwrap_or(default.limit), lists: args.list.clone(), on })
}

fn has_facts(args: &Screen) -> bool {
    [&args.kind, &args.birth_date, &args.gender].iter().any(|f| f.is_some()) || !args.country.is_empty() || !args.id.is_empty()
}

/// The names of the command line, then those of the file, one a line.
fn names(args: &Screen) -> Result<Vec<String>, Failure> {
    let mut names = args.names.clone();
    if let Some(file) = &args.file {
        names.extend(read_names(file)?);
    }
    if names.is_empty() {
        return Err(Failure::Usage("whom to look for? give a name, --file or --jsonl; `licit screen --help` shows them".into()));
    }
    Ok(names)
}

fn read_names(file: &Path) -> Result<Vec<String>, Failure> {
    let mut bytes = Vec::new();
    let tell = |e: std::io::Error| Failure::Input(format!("{}: {e}", file.display()));
    if file.as_os_str() == "-" {
        std::io::stdin().lock().take(MOST_NAMES_BYTES + 1).read_to_end(&mut bytes).map_err(tell)?;
    } else {
        std::fs::File::open(file).and_then(|f| f.take(MOST_NAMES_BYTES + 1).read_to_end(&mut bytes)).map_err(tell)?;
    }
    if bytes.len() as u64 > MOST_NAMES_BYTES {
        return Err(Failure::Input(format!("{} is larger than {} MiB; use --jsonl for many", file.display(), MOST_NAMES_BYTES >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes().iter().take(e.utf8_error().valid_up_to()).filter(|b| **b == b'\n').count() + 1;
        Failure::Input(format!("{}: line {line} is not UTF-8", file.display()))
    })?;
    Ok(text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect())
}

fn query(name: &str, args: &Screen) -> serde_json::Value {
    let mut query = json!({"name": name});
    if let Some(object) = query.as_object_mut() {
        let mut set = |key: &str, value: &Option<String>| {
            if let Some(text) = value {
                object.insert(key.to_owned(), json!(text));
            }
        };
        set("type", &args.kind);
        set("birth_date", &args.birth_date);
        set("gender", &args.gender);
        if !args.country.is_empty() {
            object.insert("country".into(), json!(args.country));
        }
        if !args.id.is_empty() {
            object.insert("identifiers".into(), json!(args.id));
        }
    }
    query
}

pub(super) fn bad(problems: &[InputProblem]) -> Done {
    let list: Vec<String> = problems.iter().map(|p| clean(&p.to_string())).collect();
    Err(Failure::Input(list.join("\nlicit: ")))
}

fn one(book: &Rulebook, lists: &Lists, wish: &Wish, bench: &mut Bench, number: usize, line: &lines::Line) -> (String, bool) {
    let (id, problems) = match line {
        lines::Line::TooLong => (None, vec![lines::too_long("party")]),
        lines::Line::Act(bytes) => match book.read_query(bytes, Format::Json) {
            Ok((id, party)) => return (Screening::of(lists.screener(), id, &party, wish, bench).json(false), false),
            Err(problems) => (lines::id_of(bytes), problems),
        },
    };
    (text(&error_line(id.as_deref(), Some(number), &problems), false), true)
}

fn show(out: &mut String, paper: Paper, party: &Party, answer: &Screening, min: f32, all: bool) {
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", clean(&party.name));
    let (likely, against): (Vec<&Hit>, Vec<&Hit>) = answer.hits.iter().partition(|h| h.score >= min);
    if likely.is_empty() {
        let green = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Green)));
        let _ = writeln!(out, "  {green}nobody on these lists comes near{green:#}");
    }
    let few = if all { likely.len() } else { likely.len().min(5) };
    for hit in likely.iter().take(few).chain(against.iter().take(if all { against.len() } else { 0 })) {
        one_hit(out, paper, hit);
    }
    if likely.len() > few {
        let _ = writeln!(out, "  {DIM}{} more, --all{DIM:#}", likely.len() - few);
    }
    if !against.is_empty() && !all {
        let _ = writeln!(out, "  {DIM}{} of like name, against whom what is known speaks, --all{DIM:#}", against.len());
    }
    out.push('\n');
}

fn one_hit(out: &mut String, paper: Paper, hit: &Hit) {
    let color = match hit.score {
        s if s >= 0.9 => AnsiColor::Red,
        s if s >= names::DEFAULT_THRESHOLD => AnsiColor::Yellow,
        _ => AnsiColor::BrightBlack,
    };
    let style = Style::new().bold().fg_color(Some(Color::Ansi(color)));
    let r = &hit.record;
    let _ = writeln!(out, "  {style}{:.2}{style:#}  {BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", hit.score, clean(&r.name), clean(&r.listing()));
    let mut about: Vec<String> = r.kind.map(|k| resolve::kind_word(k).to_owned()).into_iter().collect();
    if !r.births.is_empty() {
        about.push(format!("born {}", r.births.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join(" or ")));
    }
    about.extend(r.nationalities.iter().take(3).cloned());
    about.push(since(hit));
    if !r.programmes.is_empty() {
        about.push(r.programmes.iter().take(3).cloned().collect::<Vec<_>>().join(", "));
    }
    paper.paragraph(out, 8, &about.join(" · "));
    if hit.matched != r.name {
        paper.paragraph(out, 8, &format!("under the name “{}”{}", hit.matched, if hit.weak { ", which the list calls weak" } else { "" }));
    }
    for why in &hit.why {
        let sign = if why.feature == "name" { format!("{:.2}", why.effect) } else { format!("{:+.2}", why.effect) };
        paper.paragraph(out, 8, &format!("{sign} {}", why.text));
    }
}

fn since(hit: &Hit) -> String {
    match hit.listed {
        Some(l) => match (l.from, l.to) {
            (Some(from), None) => format!("listed since {}", short_date(from)),
            (Some(from), Some(to)) => format!("listed {} to {}", short_date(from), short_date(to)),
            (None, Some(to)) => format!("listed until {}", short_date(to)),
            (None, None) => "listed".to_owned(),
        },
        None => "not listed on that day".to_owned(),
    }
}
