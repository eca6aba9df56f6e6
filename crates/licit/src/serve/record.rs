//! Decisions that are kept: put on record when somebody asks for it, and shown again byte for byte.

use super::app::{App, Shared};
use super::body::Held;
use super::endpoints::Answered;
use super::json_rows::{is_array, json_text};
use super::problem::Problem;
use crate::store::{Entry, Record, Store, StoreError};
use crate::{Ask, Format};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;

/// Most characters of an id.
const MOST_ID: usize = 64;

impl App {
    /// The record, or that there is none.
    pub(super) fn record(&self) -> Result<&Store, Problem> {
        self.settings.store.as_ref().ok_or_else(|| Problem::not_found("this server keeps no record; `licit serve --store` names one"))
    }
}

/// What of the record's troubles is told: that it fails, not where it lies.
pub(super) fn failing(app: &App, error: &StoreError) -> Problem {
    if let StoreError::TooLarge(_) = error {
        return Problem::too_large("what is kept of one decision", crate::store::MOST_BODY_BYTES);
    }
    app.log.say(&format!("the record: {error}"));
    Problem::record()
}

/// Decides one act and keeps the decision.
pub(super) async fn decide_and_keep(app: &Shared, input: String, format: Format, ask: Ask) -> Result<(Entry, String), Problem> {
    let store = app.record()?;
    let book = app.book;
    let decided = app.quick.run(move || Record::decided(book, &input, format, &ask)).await?;
    let (record, answer) = decided.map_err(Problem::input)?;
    let entry = store.keep_decision(&record, answer.clone()).await.map_err(|e| failing(app, &e))?;
    Ok((entry, answer))
}

/// `POST /v1/check?keep=true`: the answer, and where it is kept.
pub(super) async fn check(app: &Shared, held: Held, format: Format, ask: Ask) -> Answered {
    if format == Format::Json && is_array(&held.bytes) {
        return Err(Problem::parameter("keep", "one act at a time; `licit check --jsonl --keep` keeps many"));
    }
    // What is no text has its place told by who reads acts.
    let input =
        String::from_utf8(held.bytes).map_err(|e| Problem::input(app.book.read_act(e.as_bytes(), format).err().unwrap_or_default()))?;
    let (entry, answer) = decide_and_keep(app, input, format, ask).await?;
    let mut response = json_text(answer);
    if let Ok(place) = HeaderValue::from_str(&format!("/v1/decisions/{}", entry.id)) {
        response.headers_mut().insert(header::LOCATION, place);
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}

/// A decision on record with the bytes of its answer.
pub(super) async fn found(app: &App, id: &str) -> Result<(Entry, Record, String), Problem> {
    let store = app.record()?;
    let nothing = || Problem::not_found("no decision of that id is kept");
    if id.len() > MOST_ID || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(nothing());
    }
    let (entry, record) = store.decision(id).await.map_err(|e| failing(app, &e))?.ok_or_else(nothing)?;
    let record = record.ok_or_else(Problem::removed)?;
    let answer = store.body(&record.answer).await.map_err(|e| failing(app, &e))?.ok_or_else(Problem::removed)?;
    Ok((entry, record, answer))
}

/// `GET /v1/decisions/{id}`.
pub(super) async fn show(State(app): State<Shared>, Path(id): Path<String>, headers: HeaderMap) -> Answered {
    let (_, record, answer) = found(&app, &id).await?;
    let tag = format!("\"{}\"", record.answer.get(..32).unwrap_or_default());
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.split(',').any(|t| t.trim().trim_start_matches("W/") == tag));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { json_text(answer) };
    if let Ok(tag) = HeaderValue::from_str(&format!("W/{tag}")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    // It never changes, but it may be removed for the sake of somebody's privacy.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}
