//! The encoded law for people: how much was in force when, each paragraph with its history and cases, what changed, what is missing.

use super::look::{badge, law_href, plain};
use super::{Part, page};
use crate::cli::paper::{long_date, short_date};
use crate::cli::say;
use crate::law;
use crate::serve::app::{App, Shared};
use crate::serve::endpoints::Answered;
use crate::serve::law::{is_known, tagged_with};
use crate::serve::params::Params;
use crate::serve::problem::Problem;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use maud::{Markup, html};
use model::Date;
use rulebook::{Effect, ExceptionKind, Period, Prohibition, Regime, Route};

/// What is older stands together in the first column: little of it is sanctions law.
const FIRST_YEAR: i16 = 1990;
/// Most cases of a paragraph that are shown on each side.
const MOST_CASES: usize = 6;
/// Most provisions of a regime that are listed.
const MOST_RULES: usize = 200;

async fn drawn(app: Shared, headers: HeaderMap, title: String, make: impl FnOnce(&App) -> Option<Markup> + Send + 'static) -> Answered {
    let here = app.clone();
    let made = app.quick.run(move || make(&here).map(|body| page(&here, &title, Part::Law, &body))).await?;
    let Some(response) = made else { return Err(Problem::not_found("the encoded law has no such paragraph, instrument or regime")) };
    let policy = response.headers().get(axum::http::header::CONTENT_SECURITY_POLICY).cloned();
    // Where no day is asked for, the page is that of today, and another tomorrow.
    let tag = format!("{}-{}\"", app.etag.trim_end_matches('"'), crate::clock::today());
    let mut response = tagged_with(&tag, is_known(&headers, &tag), response);
    if let Some(policy) = policy {
        response.headers_mut().insert(axum::http::header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// `GET /law`: regimes as rows, years as columns.
pub(in crate::serve) async fn law_home(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["on"])?;
    let day = params.day("on")?.unwrap_or_else(crate::clock::today);
    drawn(app, headers, "The law".into(), move |app| Some(strip(app, day))).await
}

fn strip(app: &App, day: Date) -> Markup {
    let book = app.book.law();
    let starts = book.prohibitions.iter().flat_map(|p| p.periods.iter().map(|t| t.from.year()));
    let last = crate::clock::today().year();
    let first = starts.min().unwrap_or(last).max(FIRST_YEAR);
    let (mut regimes, bare): (Vec<&Regime>, Vec<&Regime>) =
        book.regimes.values().partition(|r| book.prohibitions.iter().any(|p| p.regime == r.id));
    regimes.sort_by_key(|r| (say::jurisdiction(&r.jurisdiction).to_owned(), r.title.clone()));
    regimes.sort_by_key(|r| r.jurisdiction != "un");
    html! {
        h1 { "The law that is encoded" }
        p { "How many paragraphs of each regime were in force at the end of each year. Darker is more." }
        (day_form("/law", app, None, day))
        form.row method="get" action="/law/diff" {
            label { span.says { "What changed from" } input type="date" name="from" value="2017-01-01" required; }
            label { span.says { "to" } input type="date" name="to" value=(day.to_string()) required; }
            button.plain { "Compare" }
        }
        div.scroll tabindex="0" role="region" aria-label="Regimes by year" {
            table.strip {
                thead { tr { th scope="col" { "Regime" } th scope="col" { (short_date(day)) } @for year in first..=last { th scope="col" { (format!("{:02}", year % 100)) } } } }
                tbody { @for regime in regimes { (row(app, regime, day, first, last)) } }
            }
        }
        (not_encoded(&bare))
        p { a href="/law/coverage" { "How much of each is encoded" } }
    }
}

/// A form that shows the page as of another day, between the first day on which any of the law begins and a year from now.
fn day_form(action: &str, app: &App, regime: Option<&str>, day: Date) -> Markup {
    let book = app.book.law();
    let periods = book.prohibitions.iter().filter(|p| regime.is_none_or(|r| p.regime == r)).flat_map(|p| &p.periods);
    let first = periods.map(|p| p.from).min().and_then(|d| d.yesterday().ok()).unwrap_or(day).min(day);
    let today = crate::clock::today();
    let last = Date::new(today.year().saturating_add(1), 12, 31).unwrap_or(today).max(day);
    html! {
        form.row.slides method="get" action=(action) {
            label { span.says { "In force on" } input type="date" name="on" value=(day.to_string()) min=(first.to_string()) max=(last.to_string()) data-slide; }
            button.plain { "Show" }
        }
    }
}

/// Regimes of which nothing but the name is known here, by authority.
fn not_encoded(bare: &[&Regime]) -> Markup {
    let mut authorities: Vec<&str> = bare.iter().map(|r| r.jurisdiction.as_str()).collect();
    authorities.sort_unstable();
    authorities.dedup();
    html! {
        h2 { "Known by name, not encoded" }
        p { "An act that may fall under one of these has no verdict of ours." }
        dl.told {
            @for authority in authorities {
                dt { (say::jurisdiction(authority)) }
                dd { @for (at, r) in bare.iter().filter(|r| r.jurisdiction == authority).enumerate() { @if at > 0 { ", " } a href=(law_href(&r.id)) { (r.title) } } }
            }
        }
    }
}

fn row(app: &App, regime: &Regime, day: Date, first: i16, last: i16) -> Markup {
    let rules: Vec<_> = app.book.law().prohibitions.iter().filter(|p| p.regime == regime.id).collect();
    let on = |day: Date| rules.iter().filter(|p| p.in_force(day)).count();
    let today = crate::clock::today();
    let counts: Vec<usize> = (first..=last).map(|y| Date::new(y, 12, 31).map_or(0, |d| on(d.min(today)))).collect();
    html! {
        tr {
            th scope="row" { a href=(law_href(&regime.id)) { (regime.title) } " " span.soft { (regime.jurisdiction) } }
            td { (on(day)) }
                // Years that are alike stand together, so that the page stays small.
                @for run in counts.chunk_by(|a, b| a == b) {
                    @let n = run.first().copied().unwrap_or(0);
                    td class=(format!("h{}", shade(n))) colspan=[(run.len() > 1).then_some(run.len())] { @if n > 0 { (n) } }
                }
        }
    }
}

fn shade(n: usize) -> usize {
    match n {
        0 => 0,
        1..=4 => 1,
        5..=14 => 2,
        15..=39 => 3,
        _ => 4,
    }
}

/// `GET /law/{id}`.
pub(in crate::serve) async fn law_show(State(app): State<Shared>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["on"])?;
    let day = params.day("on")?.unwrap_or_else(crate::clock::today);
    let title: String = id.chars().take(60).collect();
    drawn(app, headers, title, move |app| {
        let book = app.book.law();
        if book.prohibition(&id).is_some() || book.exception(&id).is_some() {
            return Some(provision(app, &id));
        }
        match book.regimes.get(&id) {
            Some(regime) => Some(regime_page(app, regime, day)),
            None => instrument(app, &id),
        }
    })
    .await
}

fn periods(list: &[Period]) -> Markup {
    html! { @for (at, p) in list.iter().enumerate() { @if at > 0 { br; } (long_date(p.from)) " to " @match p.to { Some(to) => { (long_date(to)) } None => { "now" } } } }
}

fn provision(app: &App, id: &str) -> Markup {
    let book = app.book.law();
    let cite = say::paragraph(&book.cite(id));
    html! {
        @if let Some(p) = book.prohibition(id) {
            h1 { (cite) ": " (p.title) }
            p.says-so { (p.says) }
            dl.told {
                dt { "Id" } dd { code { (id) } " " (badge(p.verified)) }
                dt { "Effect" } dd { @match &p.effect { Effect::Prohibits => { "prohibits" } Effect::Obliges(must) => { "obliges: " (must) } Effect::Exposes => { "exposes to a risk" } Effect::Conflicts(with) => { "forbids to obey " (with.join(", ")) } } }
                dt { "In force" } dd { (periods(&p.periods)) }
                @if !p.supersedes.is_empty() { dt { "Took over from" } dd { (ids(p.supersedes.iter().map(String::as_str))) } }
                @let next: Vec<&str> = book.prohibitions.iter().filter(|s| s.supersedes.iter().any(|o| o == id)).map(|s| s.id.as_str()).collect();
                @if !next.is_empty() { dt { "Replaced by" } dd { (ids(next)) } }
                @if let Some(source) = &p.source { dt { "Source" } dd { (link(source)) } }
                dt { "Regime" } dd { a href=(law_href(&p.regime)) { (p.regime) } }
            }
            @let lifters = law::lifters(&app.book, p);
            @if !lifters.is_empty() {
                h2 { "What may lift it" }
                ul { @for e in lifters { li { a href=(law_href(&e.id)) { (say::paragraph(&book.cite(&e.id))) } " " span.soft { (law::exception_word(e)) } ": " (e.says) } } }
            }
        }
        @if let Some(e) = book.exception(id) {
            h1 { (cite) @if !e.title.is_empty() { ": " (e.title) } }
            p.says-so { (e.says) }
            dl.told {
                dt { "Id" } dd { code { (id) } " " (badge(e.verified)) }
                dt { "Effect" } dd { (law::exception_word(e)) }
                dt { "Lifts" } dd { (ids(e.defeats.iter().map(String::as_str))) }
                @if let ExceptionKind::Derogation { authority, route, .. } = &e.kind { dt { "Who decides" } dd { (authority) ", " @if *route == Route::Specific { "a route of its own" } @else { "at its discretion; never by itself a reason to expect approval" } } }
                dt { "In force" } dd { @if e.periods.is_empty() { "as long as what it lifts" } @else { (periods(&e.periods)) } }
                @if let Some(source) = &e.source { dt { "Source" } dd { (link(source)) } }
            }
        }
        (cases(id))
    }
}

fn ids<'a>(list: impl IntoIterator<Item = &'a str>) -> Markup {
    html! { @for (at, id) in list.into_iter().enumerate() { @if at > 0 { ", " } a.id href=(law_href(id)) { (id) } } }
}

/// Only an address of the web becomes a link.
fn link(source: &str) -> Markup {
    html! { @if source.starts_with("https://") { a href=(source) rel="noreferrer noopener" { (source) } } @else { (source) } }
}

/// Cases on both sides: in which it decides, and in which it was looked at and does not.
fn cases(id: &str) -> Markup {
    let (mut caught, mut free) = (Vec::new(), Vec::new());
    for row in law::case_rows("") {
        let Some((because, facts)) = row.split_last() else { continue };
        for part in because.split(';').map(str::trim).filter(|part| part.split_whitespace().any(|w| w == id)) {
            let side = if part == id || part.starts_with(&format!("{id} lifts ")) || part == format!("duty {id}") {
                &mut caught
            } else {
                &mut free
            };
            if side.len() < MOST_CASES {
                side.push(
                    facts.iter().filter(|c| !c.is_empty() && **c != "=").map(|c| c.replace('_', " ")).collect::<Vec<_>>().join(" · "),
                );
            }
        }
    }
    html! {
        @if !caught.is_empty() || !free.is_empty() { h2 { "Cases" } }
        @for (title, list) in [("Where it decides", &caught), ("Where it is looked at and does not", &free)] {
            @if !list.is_empty() { h3 { (title) } ul.small { @for case in list { li { (case.replace('`', "")) } } } }
        }
        p.soft.small { (law::cases_naming(id)) " worked cases name it." }
    }
}

fn regime_page(app: &App, regime: &Regime, day: Date) -> Markup {
    let book = app.book.law();
    let (encoded, lacks) = law::encoded(regime);
    let (now, then): (Vec<&Prohibition>, Vec<&Prohibition>) =
        book.prohibitions.iter().filter(|p| p.regime == regime.id).partition(|p| p.in_force(day));
    html! {
        h1 { (regime.title) }
        dl.told {
            dt { "Authority" } dd { (say::jurisdiction(&regime.jurisdiction)) }
            dt { "Encoded" } dd { (encoded) @if let Some(lacks) = lacks { ". Not encoded: " (lacks) } }
        }
        @if !(now.is_empty() && then.is_empty()) {
            (day_form(&law_href(&regime.id), app, Some(&regime.id), day))
            h2 { "In force on " (long_date(day)) ", " (now.len()) }
            (rules(app, &now))
            @if !then.is_empty() { details { summary { "Not in force on that day, " (then.len()) } (rules(app, &then)) } }
            h2 { "Where it is written" }
        }
        ul { @for i in book.instruments.iter().filter(|i| i.regime == regime.id) { li { a href=(law_href(&i.id)) { (i.symbol) } " " (i.title) " " span.soft { (long_date(i.adopted.on)) } } } }
    }
}

/// Provisions with the stretches in which they are in force.
fn rules(app: &App, list: &[&Prohibition]) -> Markup {
    let book = app.book.law();
    html! {
        ul.small {
            @for p in list.iter().take(MOST_RULES) {
                li { a href=(law_href(&p.id)) { (say::paragraph(&book.cite(&p.id))) } " " (p.title) " " span.soft { (periods(&p.periods)) } }
            }
            @if list.len() > MOST_RULES { li.soft { (list.len() - MOST_RULES) " more" } }
        }
    }
}

fn instrument(app: &App, id: &str) -> Option<Markup> {
    let book = app.book.law();
    let name = id.split('#').next().unwrap_or(id);
    let found = law::paragraphs(&app.book, id);
    let i = book.instrument(name).filter(|_| !found.is_empty())?;
    Some(html! {
        h1 { (i.symbol) ": " (i.title) }
        p { "Adopted " (long_date(i.adopted.on)) @if let Some(v) = &i.adopted.vote { ", " (v.yes) "–" (v.no) "–" (v.abstaining) " (for, against, abstaining)" } " · " (badge(i.verified)) " · " (link(&i.source)) }
        @for p in found {
            section id=(format!("p{}", p.number)) {
                h2 { "¶" (p.number) " " (p.title) " " @if p.kind != rulebook::ParagraphKind::Rule { span.soft.small { (law::paragraph_word(p.kind)) } } }
                p { (plain(&p.prose)) } @if let Some(reason) = &p.reason { p.soft { (plain(reason)) } }
                @let mine: Vec<&str> = law::provisions_of(&app.book, name).filter(|id| law::is_of(id, p)).collect();
                @if !mine.is_empty() { p.small { (ids(mine)) } }
            }
        }
    })
}

/// `GET /law/diff?from=&to=`.
pub(in crate::serve) async fn law_diff(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["from", "to", "in"])?;
    let asked = params.ask(&app.book)?.jurisdictions;
    let (from, to) = crate::serve::law::days(&params)?;
    drawn(app, headers, "What changed".into(), move |app| {
        let mine = |id: &str| asked.iter().any(|j| id.split('/').next() == Some(j));
        let diff = law::diff(&app.book, from, to, &mine);
        let book = app.book.law();
        let list = |title: &str, of: &[String]| html! {
            h2 { (title) ", " (of.len()) }
            ul.small { @for id in of.iter().take(150) { @if let Some(p) = book.prohibition(id) { li { a href=(law_href(id)) { (say::paragraph(&book.cite(id))) } " " (p.title) } } } @if of.len() > 150 { li.soft { (of.len() - 150) " more; choose days that are closer" } } }
        };
        Some(html! {
            h1 { "From " (long_date(from)) " to " (long_date(to)) }
            form.row method="get" action="/law/diff" {
                label { span.says { "From" } input type="date" name="from" value=(from.to_string()) required; }
                label { span.says { "to" } input type="date" name="to" value=(to.to_string()) required; }
                button.plain { "Compare" }
            }
            @if diff.began.is_empty() && diff.ended.is_empty() && diff.changed.is_empty() { p { "Nothing that is encoded changed." } } @else {
                (list("Began", &diff.began)) (list("Ended", &diff.ended))
                h2 { "Changed, " (diff.changed.len()) }
                ul.small { @for c in diff.changed.iter().take(100) { li { a.id href=(law_href(&c.id)) { (c.id) } ": " (c.what) } } }
            }
        })
    })
    .await
}

/// `GET /law/coverage`.
pub(in crate::serve) async fn law_coverage(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    Params::of(uri.query().unwrap_or_default().as_bytes())?.only(&[])?;
    drawn(app, headers, "Coverage".into(), |app| {
        let c = law::coverage(&app.book);
        Some(html! {
            h1 { "What is encoded" }
            dl.told {
                dt { "Paragraphs" } dd { (c.paragraphs) ": " (c.with_rule) " with a rule or definition, " (c.with_reason) " with a reason for none, " (c.unread) " unread" }
                dt { "Provisions" } dd { (c.provisions) ": " (c.verified) " verified in their source, " (c.recalled) " recalled" }
                dt { "Cases" } dd { (c.regimes.iter().map(|r| r.cases).sum::<usize>()) "; " (c.with_deciding_case) " provisions decide or lift in at least one" }
            }
            div.scroll tabindex="0" role="region" aria-label="Regimes" { table {
                thead { tr { th scope="col" { "Regime" } th.n scope="col" { "Provisions" } th.n scope="col" { "Cases" } th scope="col" { "Without" } } }
                tbody { @for r in &c.regimes { tr { td { a href=(law_href(r.regime)) { (r.regime) } } td.n { (r.provisions) } td.n { (r.cases) } td.long { @for p in c.partly.iter().filter(|p| p.regime == r.regime) { (p.lacks) } } } } }
            } }
            h2 { "Not encoded" }
            p { (c.not_encoded.join(", ")) }
        })
    })
    .await
}
