//! `licit classify`: goods from their words.

use super::args::{Classify, Cli};
use super::check::day_word;
use super::paper::{BOLD, DIM, Paper, clean};
use super::{ANSWERED, Done, Failure, lines, print};
use crate::goods::Goods;
use crate::input::day_span;
use crate::json::{error_line, text};
use crate::{Format, Rulebook};
use anstyle::{AnsiColor, Color, Style};
use model::{Country, Date};
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Classify) -> Done {
    let day = day(cli)?;
    if let Some(file) = &args.jsonl {
        if !args.texts.is_empty() {
            return Err(Failure::Usage("--jsonl takes descriptions from lines only, without a text on the command line".into()));
        }
        return lines::each(file.as_deref(), ("description", "classified"), |(): &mut (), number, line| one(book, day, number, line));
    }
    if args.texts.is_empty() {
        return Err(Failure::Usage("what goods? give a description in quotes, or --jsonl; `licit classify --help` shows both".into()));
    }
    let mut answers = Vec::new();
    for words in &args.texts {
        match book.read_goods(json!({"description": words}).to_string().as_bytes(), Format::Json) {
            Ok((_, description)) => answers.push((words, book.classify(words.clone(), &description, day))),
            Err(problems) => return super::screen::bad(&problems),
        }
    }
    if cli.json {
        let texts: Vec<String> = answers.iter().map(|(_, a)| a.json(book, answers.len() == 1)).collect();
        let out = if texts.len() == 1 { texts.concat() } else { format!("[{}]", texts.join(",\n ")) };
        return print(&format!("{out}\n")).map(|()| ANSWERED);
    }
    let paper = Paper::new();
    let mut out = String::new();
    for (words, answer) in &answers {
        show(&mut out, paper, book, words, answer, cli.all);
    }
    let _ =
        writeln!(out, "{DIM}A score says how often such a reading is right; it never says what may be done. `licit check` does.{DIM:#}");
    print(&out).map(|()| ANSWERED)
}

/// The day whose law is shown.
pub(super) fn day(cli: &Cli) -> Result<Date, Failure> {
    let Some(text) = &cli.as_of else { return Ok(super::check::today()) };
    let span = day_span(&day_word(text)).map_err(|m| Failure::Usage(format!("--as-of: {m}")))?;
    if span.first != span.last {
        return Err(Failure::Usage(format!("--as-of: name one day, such as {}", span.first)));
    }
    Ok(span.first)
}

fn one(book: &Rulebook, day: Date, number: usize, line: &lines::Line) -> (String, bool) {
    let (id, problems) = match line {
        lines::Line::TooLong => (None, vec![lines::too_long("description")]),
        lines::Line::Act(bytes) => match book.read_goods(bytes, Format::Json) {
            Ok((id, description)) => return (book.classify(id, &description, day).json(book, false), false),
            Err(problems) => (lines::id_of(bytes), problems),
        },
    };
    (text(&error_line(id.as_deref(), Some(number), &problems), false), true)
}

fn show(out: &mut String, paper: Paper, book: &Rulebook, words: &str, answer: &Goods, all: bool) {
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", clean(words));
    let headings = answer.headings();
    let few = if all { headings.len() } else { headings.len().min(4) };
    for (code, heading) in headings.iter().take(few) {
        let color = if code.score >= 0.7 { AnsiColor::Green } else { AnsiColor::Yellow };
        let style = Style::new().bold().fg_color(Some(Color::Ansi(color)));
        let shown = if code.hs == *heading { heading.to_string() } else { format!("{heading} ({})", code.hs) };
        let title = book.resolver().heading_title(*heading).unwrap_or("");
        let _ = writeln!(out, "  {style}{:.2}{style:#}  {BOLD}{shown}{BOLD:#}  {}", code.score, clean(title));
        paper.paragraph(out, 8, &code.why);
    }
    if headings.len() > few {
        let _ = writeln!(out, "  {DIM}{} more, --all{DIM:#}", headings.len() - few);
    }
    named_by(out, paper, book, answer);
    for ban in &answer.bans {
        let way = match (ban.from, ban.to) {
            (_, Some(to)) => format!("to {}", named(book, to)),
            (Some(from), None) => format!("from {}", named(book, from)),
            _ => "both ways".to_owned(),
        };
        paper.entry(out, if ban.sure { "Law" } else { "Law, perhaps" }, &format!("{} {way}: {}", ban.id, ban.says));
    }
    let measures = &answer.class.measures;
    if let Some(q) = measures.quantity {
        paper.entry(out, "Quantity", &format!("{} {}", q.amount, q.unit.word()));
    }
    if let Some(m) = &measures.money {
        paper.entry(out, "Value", &format!("{} {}{}", m.amount, m.currency, if measures.each == Some(true) { " each" } else { "" }));
    }
    for finding in &answer.class.findings {
        paper.entry(out, "Wrong", finding);
    }
    for question in &answer.class.ask {
        paper.entry(out, "To ask", question);
    }
    out.push('\n');
}

/// The kinds that lists name, and the lists.
fn named_by(out: &mut String, paper: Paper, book: &Rulebook, answer: &Goods) {
    let title = |id: &str| book.resolver().goods_list(id).map_or_else(|| id.to_owned(), |l| format!("{} ({id})", l.title));
    let sure: Vec<&str> = answer.class.categories.iter().filter(|m| m.sure).map(|m| m.category.as_str()).collect();
    if !sure.is_empty() {
        paper.entry(out, "Kind", &sure.join(", ").replace('_', " "));
    }
    for list in answer.lists() {
        paper.entry(out, "Named by", &title(list));
    }
    for (member, lists) in answer.possible() {
        paper.entry(out, "Perhaps", &format!("{}: {}", member.category.replace('_', " "), lists.join(", ")));
    }
}

fn named(book: &Rulebook, country: Country) -> String {
    book.resolver().country_name(country, false)
}
