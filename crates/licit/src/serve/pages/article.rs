//! A text that was read: on the left its words with marks, on the right each act with its verdict, who says what of it, and
//! contradictions side by side.

use super::look::{law_href, plain, verdict};
use super::{Part, page};
use crate::article::{Outcome, id};
use crate::cli::{say, told};
use crate::serve::app::App;
use crate::{Answer, Article, Ask, ToldAct};
use axum::response::Response;
use maud::{Markup, html};
use read::Span;
use std::collections::BTreeSet;

/// Most acts that are told in full.
const MOST_ACTS: usize = 40;
/// Most bytes of the text that are shown.
const MOST_TEXT: usize = 60_000;

pub(super) fn article_page(app: &App, article: &Article, ask: &Ask) -> Response {
    let answers = article.answers(&app.book, ask);
    let contradictions = article.contradictions();
    let body = html! {
        h1 { "What this says, and what the law says of it" }
        p { (told::counts(article, &answers, contradictions.len())) }
        @for note in &article.notes { p.soft.small { "Note: " (plain(note)) } }
        div.two.even {
            div.article { (marked(article)) }
            div {
                @for (told, answer) in article.read.acts.iter().zip(&answers).take(MOST_ACTS) { (act(app, told, answer)) }
                @if article.read.acts.len() > MOST_ACTS { p.soft { (article.read.acts.len() - MOST_ACTS) " more acts; POST /v1/read answers all of them." } }
                @if article.read.acts.is_empty() { p { "No act was found: nobody is said to give, sell, send or do anything for anybody." } }
                @for (at, claim) in article.read.claims.iter().enumerate().take(MOST_ACTS) {
                    div.card id=(format!("C{}", at + 1)) { p { a.tag href=(format!("#c{}", at + 1)) { "C" (at + 1) } " " strong { (plain(&told::says(claim))) } ": “" (told::shortened(article.quote(claim.span), 300)) "”" } }
                }
                @for c in &contradictions {
                    div.card {
                        h3 { "T" (c.act + 1) " is both told and denied" }
                        div.sides { @for side in [&c.told, &c.denied] { div { @for claim in side.iter().filter_map(|at| article.read.claims.get(*at)) { p.small { strong { (plain(&told::says(claim))) } ": “" (told::shortened(article.quote(claim.span), 200)) "”" } } } } }
                    }
                }
            }
        }
    };
    page(app, "What this says", Part::Ask, &body)
}

fn act(app: &App, told: &ToldAct, answer: &Outcome<'_>) -> Markup {
    let id = id(&told.act);
    let day = told::when(told).unwrap_or_else(|| "on a day not told".to_owned());
    let class = answer.as_ref().map_or("insufficient_facts", |a| a.overall().word());
    let lead = told::lead(told.transfer.telling);
    html! {
        section class=(format!("card {class}")) id=(id) {
            h2 { a.tag href=(format!("#{}", id.to_lowercase())) { (id) } " " (told::kind(told)) ", " (told::status(told)) }
            p { (told::gist(&app.book, told)) " · " (day) }
            @match answer {
                Ok(answer) => { (verdicts(answer, lead)) }
                Err(problems) => { p { (told::not_understood(problems)) } }
            }
            form.noprint method="post" action="/decide" {
                input type="hidden" name="act" value=(told.act.to_string());
                button.plain { "The whole decision on " (id) }
            }
        }
    }
}

fn verdicts(answer: &Answer, lead: &str) -> Markup {
    let law = answer.book.law();
    let (shown, outside) = say::told_apart(answer);
    html! {
        ul.plain {
            @for d in shown {
                li {
                    @if !lead.is_empty() { span.soft { (lead) " " } }
                    (verdict(d.possible)) " · " (say::jurisdiction(&d.jurisdiction))
                    @for p in d.provisions.iter().take(2) { ", " a href=(law_href(p.id)) { (say::paragraph(&law.cite(p.id))) } }
                }
            }
            @if !outside.is_empty() { li.soft { "Out of scope: " (outside.iter().map(|d| say::jurisdiction(&d.jurisdiction)).collect::<Vec<_>>().join(", ")) } }
        }
    }
}

/// A stretch of the text that belongs to acts or claims.
struct Stretch {
    span: Span,
    label: String,
    claim: bool,
}

/// The text, cut where any mark begins or ends.
fn marked(article: &Article) -> Markup {
    let text = &article.text.text;
    let end = (0..=text.len().min(MOST_TEXT)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let acts = article
        .read
        .acts
        .iter()
        .flat_map(|told| told.transfer.told.iter().map(|span| Stretch { span: *span, label: id(&told.act).to_owned(), claim: false }));
    let claims = article.read.claims.iter().enumerate().map(|(at, c)| Stretch { span: c.span, label: format!("C{}", at + 1), claim: true });
    let stretches: Vec<Stretch> = acts.chain(claims).filter(|s| s.span.0 < s.span.1 && s.span.1 <= end).collect();
    let mut cuts: BTreeSet<usize> = stretches.iter().flat_map(|s| [s.span.0, s.span.1]).filter(|at| text.is_char_boundary(*at)).collect();
    cuts.extend([0, end]);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    html! {
        @for pair in cuts.windows(2) {
            @let (from, to) = (pair.first().copied().unwrap_or(0), pair.last().copied().unwrap_or(0));
            @let words = plain_lines(text.get(from..to).unwrap_or_default());
            @let over: Vec<&Stretch> = stretches.iter().filter(|s| s.span.0 <= from && to <= s.span.1).collect();
            @for s in stretches.iter().filter(|s| s.span.0 == from) {
                @if named.insert(&s.label) { a.tag href=(format!("#{}", s.label)) id=(s.label.to_lowercase()) { (s.label) } } @else { span.tag.soft { (s.label) } }
            }
            @if over.is_empty() { (words) } @else { mark.claim[over.iter().all(|s| s.claim)] { (words) } }
        }
        @if end < text.len() { "…" }
    }
}

/// Line breaks stay; what could turn the direction of writing goes.
fn plain_lines(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !crate::cli::paper::harmful(*c)).collect()
}
