//! Decisions on file: kept when asked for, shown again byte for byte, listed.

use super::app::{App, Shared};
use super::endpoints::Answered;
use super::json_rows::json_text;
use super::paper;
use super::params::Params;
use super::problem::Problem;
use crate::store::{Entry, Record, Replay, Store, StoreError};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};

/// What is to be kept of the answers to one request, gathered where they are computed.
#[derive(Clone, Default)]
pub(super) struct ToKeep(Arc<Mutex<Vec<(Record, String)>>>);

impl ToKeep {
    /// Notes an answer and returns it with the id that it is kept under.
    pub(super) fn note(&self, record: Record, answer: String) -> String {
        let open = answer.strip_suffix('}').unwrap_or(&answer);
        let shown = format!("{open},\"kept\":\"{}\"}}", record.id());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((record, answer));
        shown
    }

    /// Keeps everything that was noted; it is on disk when this returns.
    pub(super) async fn settle(self, app: &App) -> Result<(), Problem> {
        let noted = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(store) = app.store.as_ref().filter(|_| !noted.is_empty()) else { return Ok(()) };
        let mut waiting = tokio::task::JoinSet::new();
        for (record, answer) in noted {
            let store = store.clone();
            waiting.spawn(async move { store.keep_decision(&record, &answer).await });
        }
        while let Some(done) = waiting.join_next().await {
            done.map_err(|_| Problem::fault())?.map_err(|e| failed(app, &e))?;
        }
        Ok(())
    }
}

/// The record, or why there is none.
pub(super) fn store(app: &App) -> Result<&Store, Problem> {
    app.store.as_ref().ok_or_else(|| Problem::not_found("this server keeps no record of decisions; it was started with --no-record"))
}

/// Tells the log what failed, and who asked only that something did.
pub(super) fn failed(app: &App, error: &StoreError) -> Problem {
    app.log.say(&error.to_string());
    match error {
        StoreError::TooLarge(_) => Problem::too_large("an answer that is kept", crate::store::MOST_BODY_BYTES),
        _ => Problem::no_record(),
    }
}

/// `GET /v1/decisions/{id}`: the answer as it was given, or as a PDF for who asks for one; with `replay`, whether deciding again gives the same bytes.
pub(super) async fn decision(State(app): State<Shared>, Path(id): Path<String>, headers: HeaderMap, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["replay"])?;
    let store = store(&app)?;
    let found = store.decision(&id).await.map_err(|e| failed(&app, &e))?;
    let Some((entry, record)) = found else { return Err(Problem::not_found("no decision with this id is on file")) };
    let Some(record) = record else { return Err(Problem::removed()) };
    let answer = store.body(&record.answer).await.map_err(|e| failed(&app, &e))?.ok_or_else(Problem::removed)?;
    if paper::wants(&headers, paper::PDF) {
        return paper::Answer::of_file(entry, record, answer).pdf(&app).await;
    }
    if params.flag("replay")? {
        let book = app.book.clone();
        let replay = app.quick.run(move || record.replay(&book, &answer)).await?.map_err(Problem::input)?;
        return Ok(json_text(replayed(&entry, &replay)));
    }
    // The same id is always the same bytes.
    let tag = HeaderValue::from_str(&format!("\"{}\"", entry.id)).map_err(|_| Problem::fault())?;
    let headers = [(header::ETAG, tag), (header::VARY, HeaderValue::from_static("accept"))];
    Ok((headers, json_text(answer)).into_response())
}

fn replayed(entry: &Entry, replay: &Replay) -> String {
    let told = match replay {
        Replay::Same => json!({"replay": "same"}),
        Replay::Differs { at } => json!({"replay": "differs", "at_byte": at}),
        Replay::OtherLaw { what } => json!({"replay": "other_law", "differs": what}),
    };
    json!({"id": entry.id, "entry": entry, "result": told}).to_string()
}

/// `GET /v1/decisions`: what is on file, newest first. `before` is the number of the last entry of the page before.
pub(super) async fn list(State(app): State<Shared>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["before", "limit"])?;
    let limit = params.number("limit", 1, 200)?.unwrap_or(50);
    let entries = store(&app)?.decisions_before(params.number("before", 1, i64::MAX)?, limit).await.map_err(|e| failed(&app, &e))?;
    let next = entries.last().filter(|_| i64::try_from(entries.len()).is_ok_and(|n| n == limit)).map(|(e, _)| e.seq);
    let rows: Vec<_> = entries
        .iter()
        .map(|(e, r)| match r {
            Some(r) => {
                json!({"id": e.id, "seq": e.seq, "at": e.at, "act_id": r.act_id, "on": r.on, "overall": r.overall, "verdicts": r.verdicts,
                              "provisions": r.provisions, "supersedes": r.supersedes})
            }
            None => json!({"id": e.id, "seq": e.seq, "at": e.at, "removed": true}),
        })
        .collect();
    Ok(json_text(json!({"decisions": rows, "next_before": next}).to_string()))
}

/// What the path of the page of a decision ends with where the PDF is meant: a browser cannot be told to ask for another form.
pub(super) const AS_PDF: &str = ".pdf";

/// The page that a decision is found on for ever.
pub(super) fn link(id: &str) -> String {
    format!("/d/{id}")
}

/// Sends the browser on.
pub(super) fn see(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(path) => (axum::http::StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response(),
        Err(_) => Problem::fault().into_response(),
    }
}
