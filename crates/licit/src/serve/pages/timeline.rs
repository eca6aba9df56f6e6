//! When the paragraphs of an answer were in force, and when the act was: bars over years, and the same as a table.

use super::look::law_href;
use super::picture;
use crate::Answer;
use crate::cli::paper::{long_date, short_date, span_words};
use crate::cli::say;
use ::decide::{Decision, ProvisionState};
use maud::{Markup, html};
use model::Date;
use std::fmt::Write as _;

const WIDTH: f64 = 420.0;
const ROW: f64 = 36.0;
/// Most paragraphs that are drawn.
const MOST: usize = 12;
/// Most steps of caps of one paragraph.
const MOST_STEPS: usize = 24;

struct Bar<'a> {
    id: &'a str,
    cite: String,
    state: ProvisionState,
    periods: Vec<(Date, Option<Date>)>,
    /// Steps of its caps: from which day, and how much.
    caps: Vec<(Date, String)>,
}

/// The picture and its table; nothing where no paragraph speaks.
pub(super) fn timeline(answer: &Answer, shown: &[&Decision]) -> Markup {
    let law = answer.book.law();
    let mut bars: Vec<Bar> = Vec::new();
    for view in shown.iter().flat_map(|d| d.provisions.iter()) {
        if bars.len() < MOST
            && !bars.iter().any(|b| b.id == view.id)
            && let Some(p) = law.prohibition(view.id)
        {
            let periods = p.periods.iter().map(|t| (t.from, t.to)).collect();
            bars.push(Bar { id: view.id, cite: say::paragraph(&law.cite(view.id)), state: view.state, periods, caps: caps(law, p) });
        }
    }
    html! {
        @if !bars.is_empty() {
            h2 { "In force" }
            (picture(drawn(answer, &bars)))
            details.small {
                summary { "As a table" }
                table {
                    thead { tr { th scope="col" { "Paragraph" } th scope="col" { "From" } th scope="col" { "To" } } }
                    tbody {
                        @for bar in &bars { @for (from, to) in &bar.periods {
                            tr { td { a href=(law_href(bar.id)) { (bar.cite) } } td { (short_date(*from)) } td { @match to { Some(to) => { (short_date(*to)) } None => { "open" } } } }
                        }
                        @for (from, much) in &bar.caps { tr { td { (bar.cite) } td { (short_date(*from)) } td { "cap: " (much) } } } }
                        @if let Some(day) = answer.act.act.on { tr { td { "The act" } td colspan="2" { (span_words(day)) } } }
                    }
                }
            }
        }
    }
}

/// The steps of the caps that a paragraph, or what lifts it, has: `500000 barrel`.
fn caps(law: &rulebook::Rulebook, p: &rulebook::Prohibition) -> Vec<(Date, String)> {
    let steps = law.caps_of(p).into_iter().flat_map(|cap| cap.steps.iter().map(|s| (s.period.from, format!("{} {}", s.value, cap.unit))));
    let mut out: Vec<(Date, String)> = steps.take(MOST_STEPS).collect();
    out.sort();
    out.dedup();
    out
}

/// Years as fractions.
fn year(day: Date) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year() - 1) / 366.0
}

fn drawn(answer: &Answer, bars: &[Bar]) -> String {
    let today = year(crate::clock::today());
    let act = answer.act.act.on.map(|s| (year(s.first), year(s.last)));
    let starts = bars.iter().flat_map(|b| b.periods.iter().map(|p| year(p.0))).chain(act.map(|a| a.0));
    let low = starts.fold(today - 1.0, f64::min).floor();
    let high = act.map_or(today, |a| a.1.max(today)).ceil();
    let x = |y: f64| (y.clamp(low, high) - low) / (high - low) * WIDTH;
    let height = ROW * bars.len() as f64 + 30.0;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg class=\"time\" viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-label=\"When the paragraphs were in force; the table below says the same\">"
    );
    axis(&mut out, low, high, height, &x);
    if let Some((first, last)) = act {
        let (a, b) = (x(first), x(last));
        if b - a > 2.0 {
            let _ = write!(out, "<rect class=\"span\" x=\"{a:.1}\" y=\"0\" width=\"{:.1}\" height=\"{:.1}\"/>", b - a, height - 18.0);
        }
        let _ = write!(
            out,
            "<line class=\"act\" x1=\"{a:.1}\" y1=\"0\" x2=\"{a:.1}\" y2=\"{:.1}\"><title>the act</title></line>",
            height - 18.0
        );
    }
    for (at, bar) in bars.iter().enumerate() {
        let y = ROW * at as f64;
        // The label stands where the bar does not begin at the very right.
        let _ = write!(out, "<a href=\"{}\"><text x=\"2\" y=\"{:.1}\">{}</text>", escaped(&law_href(bar.id)), y + 13.0, escaped(&bar.cite));
        for (from, to) in &bar.periods {
            let (a, b) = (x(year(*from)), to.map_or(WIDTH, |t| x(year(t))));
            let until = to.map_or_else(|| "open".to_owned(), long_date);
            let _ = write!(
                out,
                "<rect class=\"bar {}\" x=\"{a:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"10\" rx=\"2\"><title>{}: {} to {until}</title></rect>",
                bar.state.word(),
                y + 18.0,
                (b - a).max(2.0),
                escaped(&bar.cite),
                long_date(*from)
            );
        }
        for (from, much) in bar.caps.iter().filter(|(from, _)| year(*from) >= low) {
            let at = x(year(*from));
            let _ = write!(
                out,
                "<line class=\"cap\" x1=\"{at:.1}\" y1=\"{:.1}\" x2=\"{at:.1}\" y2=\"{:.1}\"><title>cap from {}: {}</title></line>",
                y + 15.0,
                y + 31.0,
                long_date(*from),
                escaped(much)
            );
        }
        out.push_str("</a>");
    }
    out.push_str("</svg>");
    out
}

fn axis(out: &mut String, low: f64, high: f64, height: f64, x: &dyn Fn(f64) -> f64) {
    let step = ((high - low) / 6.0).ceil().max(1.0);
    let mut year = low;
    while year < high {
        let at = x(year);
        let _ = write!(out, "<line class=\"axis\" x1=\"{at:.1}\" y1=\"0\" x2=\"{at:.1}\" y2=\"{:.1}\"/>", height - 16.0);
        let at = at.min(WIDTH - 30.0);
        let _ = write!(out, "<text class=\"faint\" x=\"{at:.1}\" y=\"{:.1}\">{year:.0}</text>", height - 3.0);
        year += step;
    }
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}
