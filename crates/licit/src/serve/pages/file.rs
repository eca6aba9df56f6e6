//! What is on file: decisions that were kept, each with its permanent link, and the page behind that link.

use super::ask::fields;
use super::decision::{Case, Filed, decision_page};
use super::look::{law_href, plain, verdict_word};
use super::{Part, page};
use crate::cli::say;
use crate::serve::app::Shared;
use crate::serve::endpoints::Answered;
use crate::serve::params::Params;
use crate::serve::record::{decide_and_keep, failing, found};
use crate::store::{Entry, Record, Replay};
use crate::{Format, serve::app::App};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Request, StatusCode, Uri, header};
use axum::response::IntoResponse;
use maud::{Markup, html};

/// Entries that are looked through for one page, and shown on it.
const LOOKED: i64 = 500;
const SHOWN: usize = 50;

/// `POST /keep`: puts the decision of a page on record, and goes to its permanent link.
pub(in crate::serve) async fn keep(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let params = fields(&app, request).await?;
    params.only(&["act", "said", "in", "as_of"])?;
    let ask = params.ask(app.book)?;
    let (entry, _) = decide_and_keep(&app, params.shown("act").to_owned(), Format::Json, ask).await?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/d/{}", entry.id)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// `GET /d/{id}`: a decision as it was kept.
pub(in crate::serve) async fn kept(State(app): State<Shared>, Path(id): Path<String>) -> Answered {
    let (entry, record, answer) = found(&app, &id).await?;
    let here = app.clone();
    app.quick
        .run(move || match record.replay(here.book, &answer) {
            Ok(Replay::Same) => {
                let case = Case::filed(&here, &record, Filed { id: entry.id.clone(), at: entry.at.clone(), number: entry.seq });
                case.map_or_else(|| as_kept(&here, &entry, &record, "The act can no longer be read."), |case| decision_page(&here, &case))
            }
            Ok(Replay::Differs { .. }) => as_kept(
                &here,
                &entry,
                &record,
                "Decided again with the same law and lists, the answer is another: another version of licit wrote it.",
            ),
            Ok(Replay::OtherLaw { what }) => as_kept(
                &here,
                &entry,
                &record,
                &format!("It was decided by another {} than in use now. “licit recheck” says what that changes.", what.join(", ")),
            ),
            Err(_) => as_kept(&here, &entry, &record, "The act can no longer be read."),
        })
        .await
}

/// The decision in short, where it cannot be made again to the same bytes.
fn as_kept(app: &App, entry: &Entry, record: &Record, why: &str) -> axum::response::Response {
    let body = html! {
        h1 { "A decision of " (entry.at.get(..10).unwrap_or_default()) }
        div.wrong { p { (why) } p { "It is shown as it was kept." } }
        ul.plain { @for (authority, possible) in &record.verdicts { li { strong { (possible.join(" or ").replace('_', " ")) } " · " (say::jurisdiction(authority)) } } }
        @if !record.provisions.is_empty() { p.small { @for (at, id) in record.provisions.iter().take(40).enumerate() { @if at > 0 { ", " } a.id href=(law_href(id)) { (id) } } } }
        dl.told.small {
            dt { "Id" } dd { code { (entry.id) } } dt { "Entry" } dd { (entry.seq) ", " (entry.at) }
            dt { "Law" } dd { code { (record.rulebook) } }
            @for (list, hash) in &record.lists { dt { "List " (list) } dd { code { (hash) } } }
        }
        p { a href=(format!("/v1/decisions/{}", entry.id)) { "The whole answer as JSON" } }
        @if record.format == "json" {
            form.noprint method="post" action="/decide" { input type="hidden" name="act" value=(record.input); @for code in &record.asked { input type="hidden" name="in" value=(code); } button.plain { "Decide it again by the law in use" } }
        }
    };
    page(app, "A decision", Part::File, &body)
}

/// `GET /file`: what is on file, newest first.
pub(in crate::serve) async fn file(State(app): State<Shared>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["verdict", "authority", "party", "before"])?;
    let before = params.number("before", 1, i64::MAX)?;
    let Some(store) = app.settings.store.as_ref() else {
        let body =
            html! { h1 { "On file" } p { "This server keeps nothing. Start it with " code { "licit serve --store sqlite:FILE" } "." } };
        return Ok(page(&app, "On file", Part::File, &body));
    };
    let entries = store.page(before, LOOKED, Some("decision")).await.map_err(|e| failing(&app, &e))?;
    let looked_through = entries.len();
    let last = entries.last().map(|e| e.seq);
    let mut rows: Vec<(Entry, Option<Record>)> = Vec::new();
    for entry in entries {
        if rows.len() >= SHOWN {
            break;
        }
        let record = store.decision(&entry.id).await.map_err(|e| failing(&app, &e))?.and_then(|(_, record)| record);
        if fits(&params, record.as_ref()) {
            rows.push((entry, record));
        }
    }
    let next = if rows.len() >= SHOWN { rows.last().map(|(e, _)| e.seq) } else { last.filter(|_| looked_through >= SHOWN.max(500)) };
    Ok(page(&app, "On file", Part::File, &table(&app, &params, &rows, next)))
}

fn fits(params: &Params, record: Option<&Record>) -> bool {
    let (verdict, authority, party) = (params.shown("verdict"), params.shown("authority"), params.shown("party").trim().to_lowercase());
    let Some(record) = record else { return verdict.is_empty() && authority.is_empty() && party.is_empty() };
    let says = |a: &str, possible: &Vec<String>| {
        (authority.is_empty() || a == authority)
            && (verdict.is_empty()
                || possible.iter().any(|v| v == verdict) && possible.len() == 1
                || verdict == "insufficient_facts" && possible.len() > 1)
    };
    record.verdicts.iter().any(|(a, possible)| says(a, possible))
        && (party.is_empty() || record.parties.iter().any(|p| p.to_lowercase().contains(&party)))
}

fn table(app: &App, params: &Params, rows: &[(Entry, Option<Record>)], next: Option<i64>) -> Markup {
    let verdicts = ["prohibited", "needs_authorisation", "insufficient_facts", "permitted", "out_of_scope"];
    html! {
        h1 { "On file" }
        form.row method="get" action="/file" {
            label { span.says { "Verdict" } select name="verdict" { option value="" { "any" } @for v in verdicts { option value=(v) selected[params.shown("verdict") == v] { (v.replace('_', " ")) } } } }
            label { span.says { "Authority" } select name="authority" { option value="" { "any" } @for code in app.book.engine().jurisdictions() { option value=(code) selected[params.shown("authority") == code] { (say::jurisdiction(&code)) } } } }
            label { span.says { "Party" } input type="text" name="party" value=(params.shown("party")) maxlength="200"; }
            button.plain { "Show" }
        }
        @if rows.is_empty() { p { "Nothing on file that fits. " a href="/" { "Ask something" } ", then press Keep." } } @else {
            div.scroll tabindex="0" role="region" aria-label="Decisions on file" { table {
                thead { tr { th scope="col" { "Kept" } th scope="col" { "Verdict" } th scope="col" { "Parties" } th scope="col" { "Day" } th scope="col" { "Id" } } }
                tbody { @for (entry, record) in rows { tr {
                    td { a.id href=(format!("/d/{}", entry.id)) { (entry.at.get(..10).unwrap_or_default()) } }
                    @match record {
                        Some(r) => {
                            td { (verdict_word(&r.overall)) }
                            td.long { (plain(&r.parties.join(", "))) }
                            td { (r.on.as_deref().unwrap_or("not said")) }
                            td { code { (entry.id.get(..12).unwrap_or(&entry.id)) } }
                        }
                        None => { td colspan="4" { "removed" } }
                    }
                } } }
            } }
            @if let Some(next) = next { p { a href=(format!("/file?before={next}")) { "Older" } } }
        }
    }
}
