//! `licit ask`: one sentence or question; the act it tells is decided and explained in words.

use super::args::{Cli, Question};
use super::check::{ask, day_word};
use super::marked::{Marked, sentence};
use super::paper::{BOLD, DIM, Paper, clean, wrap};
use super::{ANSWERED, BAD_INPUT, Done, Failure, interview, print, say, told};
use crate::article::Outcome;
use crate::input::{day_span, unreadable};
use crate::{Article, Ask, Format, Rulebook, Text, ToldAct};
use std::fmt::Write as _;
use std::io::IsTerminal;

const NOTHING: &str = "no act was found in this. A sentence must say who gives, sells, sends or does what, and to whom:
  licit ask \"Putin gave Kim Jong Un a car\" --on 2024-02-18
`licit check` takes the facts one by one, and `licit check -i` asks for them.";

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Question) -> Done {
    let ask = ask(book, cli, false)?;
    let on = match &args.on {
        Some(day) => Some(day_span(&day_word(day)).map_err(|m| Failure::Usage(format!("--on: {m}")))?),
        None => None,
    };
    let text = Text {
        id: "ask".into(),
        text: args.words.join(" "),
        published: on.filter(|span| span.first == span.last).map(|span| span.first),
        language: None,
    };
    if let Some(problem) = unreadable(&text.text) {
        return Err(Failure::Input(problem.to_string()));
    }
    let mut article = Article::read_question(book, text);
    if let Some(on) = on {
        article.dated(book, on);
    }
    let status = if article.read.acts.is_empty() { BAD_INPUT } else { ANSWERED };
    if cli.json {
        return print(&format!("{}\n", article.json(book, &ask, true))).map(|()| status);
    }
    if article.read.acts.is_empty() {
        return Err(Failure::Input(NOTHING.into()));
    }
    let answers = article.answers(book, &ask);
    let paper = Paper::new();
    if let ([act], [Ok(answer)]) = (article.read.acts.as_slice(), answers.as_slice())
        && answer.overall().single().is_none()
        && std::io::stdin().is_terminal()
        && std::io::stderr().is_terminal()
    {
        return interviewed(book, cli, &ask, &article, act, paper);
    }
    let mut out = String::new();
    for (act, answer) in article.read.acts.iter().zip(&answers) {
        heard(&mut out, book, &article, act, paper);
        explained(&mut out, act, answer, paper, cli.all);
    }
    if article.read.acts.iter().any(|act| told::when(act).is_none()) && on.is_none() {
        super::warn("the sentence names no day, so every day is possible; --on DATE gives it, --on today asks about the law of today");
    }
    print(&out).map(|()| ANSWERED)
}

/// Asks for what can still change the answer, then answers.
fn interviewed(book: &Rulebook, cli: &Cli, ask: &Ask, article: &Article, act: &ToldAct, paper: Paper) -> Done {
    let mut out = String::new();
    heard(&mut out, book, article, act, paper);
    print(&out)?;
    interview::run(book, ask, act.act.to_string().as_bytes(), Format::Json, cli.all)
}

/// The sentence with what was heard in it, and in a line what that is.
fn heard(out: &mut String, book: &Rulebook, article: &Article, act: &ToldAct, paper: Paper) {
    let text = &article.text.text;
    let span = act.transfer.told.first().copied().unwrap_or((0, text.len()));
    let (span, cut) = sentence(text, span);
    let marked = Marked::new(text, span, cut, &told::marks(act));
    marked.show(out, 2, paper.width, Some(if paper.unicode { '─' } else { '-' }));
    let legend: Vec<&str> = marked.parts().iter().map(|part| part.word()).collect();
    let _ = writeln!(out, "  {DIM}{}{DIM:#}\n", legend.join(" · "));
    let day = told::when(act).map_or_else(String::new, |day| format!(", {day}"));
    let head = format!("{}, {}{day}: {}", told::kind(act), told::status(act), told::gist(book, act));
    for line in wrap(&head, paper.width) {
        let _ = writeln!(out, "{BOLD}{line}{BOLD:#}");
    }
}

fn explained(out: &mut String, act: &ToldAct, answer: &Outcome<'_>, paper: Paper, all: bool) {
    let lead = told::lead(act.transfer.telling);
    match answer {
        Ok(answer) => {
            if !lead.is_empty() {
                let _ = writeln!(out, "{lead}");
            }
            out.push_str(&say::answer(answer, paper, all));
        }
        Err(problems) => paper.paragraph(out, 2, &clean(&told::not_understood(problems))),
    }
    out.push('\n');
}
