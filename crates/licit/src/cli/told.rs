//! What was found in a text, for people at a terminal: a card for each act, who says what of it, contradictions side by side, counts.

use super::count;
use super::marked::{Marked, Part, sentence};
use super::paper::{BOLD, DIM, Paper, clean, span_words, wrap};
use super::say;
use crate::article::{Article, Contradiction, Outcome};
use crate::json::fact_of;
use crate::{ModelSays, Rulebook, Source, ToldAct};
use model::ActKind;
use read::{Claim, Stance, Telling, Who};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Most bytes of a quotation that are shown without `--all`.
const MOST_QUOTED: usize = 300;
/// How many places where an act is told are shown without `--all`.
const TOLD: usize = 1;

/// Everything that was found.
pub(crate) fn report(book: &Rulebook, article: &Article, answers: &[Outcome<'_>], paper: Paper, all: bool) -> String {
    let mut out = String::new();
    let teller = Teller { book, article, paper, all };
    for (told, answer) in article.read.acts.iter().zip(answers) {
        teller.card(&mut out, told, answer);
    }
    if article.read.acts.is_empty() && !article.partial {
        paper.paragraph(&mut out, 0, "No act was found: nobody is said to give, sell, send or do anything for anybody.");
    }
    for (at, claim) in article.read.claims.iter().enumerate() {
        teller.claim(&mut out, at, claim);
    }
    let contradictions = article.contradictions();
    for c in &contradictions {
        teller.contradiction(&mut out, c);
    }
    if let Some(model) = &article.model {
        teller.model(&mut out, model);
    }
    for note in &article.notes {
        paper.entry(&mut out, "Note", note);
    }
    for line in wrap(&counts(article, answers, contradictions.len()), paper.width) {
        let _ = writeln!(out, "{DIM}{line}{DIM:#}");
    }
    out
}

/// `3 acts: 2 prohibited, 1 out of scope · 2 claims · not legal advice`.
pub(crate) fn counts(article: &Article, answers: &[Outcome<'_>], contradictions: usize) -> String {
    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    for answer in answers {
        let word = answer.as_ref().map_or("not understood".to_owned(), |a| verdict_word(a.overall().word()));
        *verdicts.entry(word).or_default() += 1;
    }
    let verdicts: Vec<String> = verdicts.iter().map(|(word, n)| format!("{n} {word}")).collect();
    let acts = if verdicts.is_empty() { String::new() } else { format!(": {}", verdicts.join(", ")) };
    let mut parts = vec![format!("{}{acts}", count(answers.len(), "act")), count(article.read.claims.len(), "claim")];
    if contradictions > 0 {
        parts.push(count(contradictions, "contradiction"));
    }
    parts.push("each decided as if true · not legal advice".to_owned());
    parts.join(" · ")
}

/// A verdict of the contract in plain words.
pub(crate) fn verdict_word(word: &str) -> String {
    if word == "insufficient_facts" { "open".to_owned() } else { word.replace('_', " ") }
}

/// What stands before a verdict on an act that is not told as done.
pub(crate) fn lead(telling: Telling) -> &'static str {
    match telling {
        Telling::Reported | Telling::Confirmed | Telling::Attempted => "",
        Telling::Alleged => "if true:",
        Telling::Denied => "denied; if true:",
        Telling::Planned => "if done:",
        Telling::Hypothetical => "imagined; if done:",
    }
}

/// Who, to whom, what, by which way.
pub(crate) fn gist(book: &Rulebook, told: &ToldAct) -> String {
    let t = &told.transfer;
    let name = |w: &Who| if w.inferred { format!("{} (by context)", w.name) } else { w.name.clone() };
    let names = |list: &[Who]| list.iter().map(name).collect::<Vec<_>>().join(", ");
    let or_open = |words: String| if words.is_empty() { "?".to_owned() } else { words };
    let mut out = or_open(names(&t.givers));
    if !t.receivers.is_empty() || !alone(t.kind) {
        let _ = write!(out, " → {}", or_open(names(&t.receivers)));
    }
    let things: Vec<&str> = t.things.iter().map(|thing| thing.words.as_str()).collect();
    if !things.is_empty() {
        let _ = write!(out, ": {}", things.join(", "));
    }
    let stated = told.act.get("purpose").and_then(Value::as_str).filter(|words| !things.iter().any(|t| t.ends_with(words)));
    if let Some(words) = stated {
        let _ = write!(out, ", {words}");
    }
    if !t.via.is_empty() {
        let mut names: Vec<String> = t.via.iter().map(|(country, _)| book.resolver().country_name(*country, false)).collect();
        names.dedup();
        let _ = write!(out, ", through {}", names.join(" and "));
    }
    if !t.carriers.is_empty() {
        let _ = write!(out, ", by {}", names(&t.carriers));
    }
    clean(&out)
}

/// Kinds of act that nobody need be at the other end of.
fn alone(kind: ActKind) -> bool {
    matches!(kind, ActKind::Use | ActKind::Travel | ActKind::Tourism | ActKind::PortCall | ActKind::Overflight)
}

/// The kind in plain words.
pub(crate) fn kind(told: &ToldAct) -> String {
    told.transfer.kind.word().replace('_', " ")
}

/// `reported (by KCNA)`.
pub(crate) fn status(told: &ToldAct) -> String {
    let word = told.transfer.telling.word();
    match told.transfer.attributed_to.as_slice() {
        [] => word.to_owned(),
        names => format!("{word} (by {})", clean(&names.join(", "))),
    }
}

/// The day, as far as it is known.
pub(crate) fn when(told: &ToldAct) -> Option<String> {
    told.read.as_ref().ok()?.act.on.map(span_words)
}

/// Why an act could not be understood.
pub(crate) fn not_understood(problems: &[crate::InputProblem]) -> String {
    let said: Vec<String> = problems.iter().take(3).map(|p| format!("{}: {}", fact_of(&p.at), p.message)).collect();
    format!("This could not be understood as an act: {}", clean(&said.join("; ")))
}

/// The words behind each fact, with what they stand for.
pub(crate) fn marks(told: &ToldAct) -> Vec<(read::Span, Part)> {
    let t = &told.transfer;
    let of = |list: &[Who], part: Part| list.iter().map(|w| (w.span, part)).collect::<Vec<_>>();
    let mut out = of(&t.givers, Part::Giver);
    out.extend(of(&t.receivers, Part::Receiver));
    out.extend(t.things.iter().map(|thing| (thing.span, Part::Goods)));
    out.extend(of(&t.carriers, Part::Way));
    out.extend(t.via.iter().map(|(_, span)| (*span, Part::Way)));
    out.extend(t.when.iter().map(|(_, span)| (*span, Part::When)));
    // The same words may stand for several things: the shortest says most.
    out.sort_by_key(|((start, end), _)| end.saturating_sub(*start));
    out
}

struct Teller<'a> {
    book: &'a Rulebook,
    article: &'a Article,
    paper: Paper,
    all: bool,
}

impl Teller<'_> {
    /// What a model added, what it reads differently, what it said without words for it.
    fn model(&self, out: &mut String, model: &ModelSays) {
        let alone: Vec<String> =
            model.found_by.iter().enumerate().filter(|(_, s)| **s == Source::Model).map(|(at, _)| format!("T{}", at + 1)).collect();
        if !alone.is_empty() {
            self.paper.entry(out, "Model only", &format!("{}: no rule reads it; look at the words yourself", alone.join(", ")));
        }
        for d in &model.disagreements {
            let rules = if d.rules.is_empty() { "nothing" } else { &d.rules };
            self.paper.entry(
                out,
                "Differs",
                &clean(&format!("T{}: {} is {rules} by the rules, which count, and {} by the model", d.transfer + 1, d.fact, d.model)),
            );
        }
        if !model.dropped.is_empty() {
            self.paper.entry(out, "Dropped", &format!("{} of the model without words in the text", count(model.dropped.len(), "fact")));
        }
    }

    fn card(&self, out: &mut String, told: &ToldAct, answer: &Outcome<'_>) {
        let day = when(told).unwrap_or_else(|| "on a day not told".to_owned());
        let id = crate::article::id(&told.act);
        let head = format!("{id} {}, {}, {day}: {}", kind(told), status(told), gist(self.book, told));
        for (at, line) in wrap(&head, self.paper.width - 4).into_iter().enumerate() {
            let _ = writeln!(out, "{}{BOLD}{line}{BOLD:#}", if at == 0 { "" } else { "    " });
        }
        let marks = marks(told);
        let most = if self.all { usize::MAX } else { TOLD };
        for span in told.transfer.told.iter().take(most) {
            let (span, cut) = sentence(&self.article.text.text, *span);
            Marked::new(&self.article.text.text, span, cut, &marks).show(out, 4, self.paper.width, None);
        }
        match answer {
            Ok(answer) => out.push_str(&say::short(answer, self.paper, self.all, lead(told.transfer.telling))),
            Err(problems) => self.paper.paragraph(out, 2, &not_understood(problems)),
        }
        out.push('\n');
    }

    fn claim(&self, out: &mut String, at: usize, claim: &Claim) {
        let head = format!("C{} {}: {}", at + 1, says(claim), self.quoted(claim));
        for (at, line) in wrap(&head, self.paper.width - 4).into_iter().enumerate() {
            let _ = writeln!(out, "{}{line}", if at == 0 { "" } else { "    " });
        }
        if at + 1 == self.article.read.claims.len() {
            out.push('\n');
        }
    }

    fn quoted(&self, claim: &Claim) -> String {
        let quote = self.article.quote(claim.span);
        let most = if self.all { quote.len() } else { MOST_QUOTED };
        format!("“{}”", shortened(quote, most))
    }

    /// Both sides in two columns.
    fn contradiction(&self, out: &mut String, c: &Contradiction) {
        let _ = writeln!(out, "{BOLD}T{} is both told and denied{BOLD:#}", c.act + 1);
        let half = (self.paper.width - 7) / 2;
        let side = |claims: &[usize]| -> Vec<String> {
            let claims = claims.iter().filter_map(|at| Some((at, self.article.read.claims.get(*at)?)));
            claims
                .flat_map(|(at, claim)| {
                    let words = format!("C{} {}: {}", at + 1, says(claim), self.quoted(claim));
                    wrap(&words, half)
                })
                .collect()
        };
        let (left, right) = (side(&c.told), side(&c.denied));
        let bar = if self.paper.unicode { "│" } else { "|" };
        for row in 0..left.len().max(right.len()) {
            let (a, b) = (left.get(row).map_or("", String::as_str), right.get(row).map_or("", String::as_str));
            let row = format!("  {a}{} {bar} {b}", " ".repeat(half.saturating_sub(a.width())));
            let _ = writeln!(out, "{}", row.trim_end());
        }
        out.push('\n');
    }
}

/// The beginning of a text, cut at a word.
pub(crate) fn shortened(text: &str, most_bytes: usize) -> String {
    let text = clean(text);
    if text.len() <= most_bytes {
        return text;
    }
    let end = (0..=most_bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let cut = text.get(..end).unwrap_or_default();
    format!("{} …", cut.rsplit_once(' ').map_or(cut, |(words, _)| words))
}

/// What a speaker does to acts, such as `condemns T1`.
pub(crate) fn says(claim: &Claim) -> String {
    let about: Vec<String> = claim.about.iter().map(|a| format!("T{}", a + 1)).collect();
    let (one, many, rest) = match claim.stance {
        Stance::Reports => ("reports", "report", ""),
        Stance::AssertsViolation => ("alleges", "allege", "a breach in "),
        Stance::Denies => ("denies", "deny", ""),
        Stance::Condemns => ("condemns", "condemn", ""),
        Stance::Confirms => ("confirms", "confirm", ""),
        Stance::Demands => ("demands", "demand", "action on "),
    };
    format!("{} {} {rest}{}", claim.speaker.name, if claim.speaker.plural { many } else { one }, about.join(", "))
}
