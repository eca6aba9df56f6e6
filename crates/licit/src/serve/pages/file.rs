//! What is on file: keeping a decision, finding it again, and looking at it for ever.

use super::ask::fields;
use super::decision::{Case, kept_page};
use super::look::{plain, verdict_word};
use super::{Part, page};
use crate::Format;
use crate::serve::app::Shared;
use crate::serve::endpoints::Answered;
use crate::serve::file::{AS_PDF, failed, link, see, store};
use crate::serve::paper;
use crate::serve::params::Params;
use crate::serve::problem::Problem;
use crate::store::{Entry, Record, Replay};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Request, Uri};
use maud::{Markup, html};

/// Decisions of one page.
const PAGE: i64 = 50;

/// `POST /keep`: puts the decision of a page on file and shows where it is found again.
pub(in crate::serve) async fn keep(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let params = fields(&app, request).await?;
    params.only(&["act", "said", "in", "as_of"])?;
    let store = store(&app)?;
    let ask = params.ask(&app.book)?;
    let (book, act) = (app.book.clone(), params.shown("act").to_owned());
    let (record, answer) = app.quick.run(move || Record::decided(&book, &act, Format::Json, &ask)).await?.map_err(Problem::input)?;
    let entry = store.keep_decision(&record, &answer).await.map_err(|e| failed(&app, &e))?;
    Ok(see(&link(&entry.id)))
}

/// `GET /d/{id}`: a decision on file; with `.pdf` at the end, on paper.
pub(in crate::serve) async fn kept(State(app): State<Shared>, Path(path): Path<String>, headers: HeaderMap) -> Answered {
    let store = store(&app)?;
    let id = path.strip_suffix(AS_PDF).unwrap_or(&path);
    let found = store.decision(id).await.map_err(|e| failed(&app, &e))?;
    let Some((entry, record)) = found else { return Err(Problem::not_found("no decision with this id is on file")) };
    let Some(record) = record else { return Err(Problem::removed()) };
    let answer = store.body(&record.answer).await.map_err(|e| failed(&app, &e))?.ok_or_else(Problem::removed)?;
    if id.len() < path.len() || paper::wants(&headers, paper::PDF) {
        return paper::Answer::of_file(entry, record, answer).pdf(&app).await;
    }
    let here = app.clone();
    app.quick.run(move || shown(&here, &entry, &record, &answer)).await?
}

fn shown(app: &Shared, entry: &Entry, record: &Record, answer: &str) -> Answered {
    let outdated = record.outdated(&app.book);
    let case = if outdated.is_empty() { Case::kept(app, record).ok() } else { None };
    let now = case.as_ref().map(|case| case.decided(app));
    let replay = match &now {
        Some(now) => Some(Replay::of(&now.json(false), answer)),
        None if outdated.is_empty() => None,
        None => Some(Replay::OtherLaw { what: outdated }),
    };
    let note = note(entry, record, replay.as_ref());
    if let (Some(case), Some(now), Some(Replay::Same)) = (&case, &now, &replay) {
        return Ok(kept_page(app, case, now, &note));
    }
    let body = html! { h1 { "A decision on file" } (note) (verdicts(record)) details { summary { "The act" } p.small { code { (record.input) } } } };
    Ok(page(app, "A decision on file", Part::File, &body))
}

fn note(entry: &Entry, record: &Record, replay: Option<&Replay>) -> Markup {
    html! {
        section.card {
            p { strong { "On file" } " as " code { (entry.id) } ", entry " (entry.seq) " of " (entry.at.get(..16).unwrap_or_default().replace('T', " ")) " UTC. "
                @match replay {
                    Some(Replay::Same) => { "Decided again just now: the same, byte for byte." }
                    Some(Replay::Differs { at }) => { "Decided again just now it differs from byte " (at) " on, though law and lists are the same." }
                    Some(Replay::OtherLaw { what }) => { "Since then these have changed: " (what.join(", ")) ". Below is what was kept." }
                    None => { "The act can no longer be read. Below is what was kept." }
                }
                " " a href=(format!("/v1/decisions/{}", entry.id)) { "The answer as JSON" }
                @if crate::pdf::BUILT { " · " a href=(format!("{}{AS_PDF}", link(&entry.id))) { "PDF" } }
            }
            @if let Some(before) = &record.supersedes { p.small { "It takes the place of " a href=(link(before)) { code { (before) } } "." } }
        }
    }
}

fn verdicts(record: &Record) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Authority" } th scope="col" { "Possible" } } }
            tbody { @for (authority, possible) in &record.verdicts { tr { td { (authority) } td { (possible.join(" or ").replace('_', " ")) } } } }
        }
        p.small { (record.provisions.join("  ")) }
    }
}

/// `GET /file`: decisions on file, newest first.
pub(in crate::serve) async fn list(State(app): State<Shared>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["before", "verdict", "party"])?;
    let before = params.number("before", 1, i64::MAX)?;
    let found = store(&app)?.decisions_before(before, PAGE).await.map_err(|e| failed(&app, &e))?;
    let (verdict, party) = (params.shown("verdict"), params.shown("party").trim().to_lowercase());
    let fits = |record: &Record| {
        (verdict.is_empty() || record.overall == verdict)
            && (party.is_empty() || record.parties.iter().any(|p| p.to_lowercase().contains(&party)))
    };
    let last = found.last().map(|(e, _)| e.seq).filter(|_| i64::try_from(found.len()).is_ok_and(|n| n == PAGE));
    let rows: Vec<&(Entry, Option<Record>)> =
        found.iter().filter(|(_, r)| r.as_ref().map_or(verdict.is_empty() && party.is_empty(), fits)).collect();
    let body = html! {
        h1 { "On file" }
        form method="get" action="/file" {
            div.fields {
                label { span.says { "Verdict" } select name="verdict" {
                    option value="" { "any" }
                    @for v in model::Verdict::ALL { option value=(v.word()) selected[v.word() == verdict] { (v.word().replace('_', " ")) } }
                    option value="insufficient_facts" selected[verdict == "insufficient_facts"] { "these facts decide" }
                } }
                label { span.says { "Party" } input type="text" name="party" value=(params.shown("party")) maxlength="100"; }
            }
            p { button { "Show" } }
        }
        p { a href="/changes" { "What has changed since" } ": decisions that a recheck found to be others now." }
        @if rows.is_empty() {
            p { "Nothing on file" @if !verdict.is_empty() || !party.is_empty() || before.is_some() { " of these" } ". " a href="/" { "Ask something" } ", then press Keep." }
        } @else {
            div.scroll { table {
                thead { tr { th scope="col" { "Verdict" } th scope="col" { "Day of the act" } th scope="col" { "Who" } th scope="col" { "Kept" } th scope="col" { "Id" } } }
                tbody { @for (entry, record) in &rows { (row(entry, record.as_ref())) } }
            } }
        }
        @if let Some(last) = last { p { a href=(format!("/file?before={last}")) { "Older" } } }
    };
    Ok(page(&app, "On file", Part::File, &body))
}

fn row(entry: &Entry, record: Option<&Record>) -> Markup {
    let kept = entry.at.get(..16).unwrap_or_default().replace('T', " ");
    html! {
        tr {
            @match record {
                Some(record) => {
                    td { (verdict_word(&record.overall)) }
                    td { (record.on.as_deref().unwrap_or("not said")) }
                    td { (plain(&record.parties.join(", "))) }
                }
                None => { td colspan="3" { "removed" } }
            }
            td { (kept) }
            td { a href=(link(&entry.id)) { code { (entry.id.get(..8).unwrap_or_default()) } } }
        }
    }
}

/// The button that puts a decision on file; nothing where no record is kept.
pub(super) fn keep_button(app: &crate::serve::app::App, case_act: &str, said: &str, ask: &crate::Ask) -> Markup {
    html! {
        @if app.store.is_some() {
            form.noprint method="post" action="/keep" {
                input type="hidden" name="act" value=(case_act);
                input type="hidden" name="said" value=(said);
                (super::ask::hidden(ask))
                button { "Keep" } " " span.soft.small { "puts it on file, for ever unchanged" }
            }
        }
    }
}
