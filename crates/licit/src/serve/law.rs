//! The encoded law for programs. It changes only with the rulebook, so every answer carries a tag by which it need not be sent again.

use super::app::{App, Shared};
use super::endpoints::Answered;
use super::json_rows::json_text;
use super::params::Params;
use super::problem::Problem;
use crate::{json, law};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// `GET /v1/law`: the instruments.
pub(super) async fn list(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["in"])?;
    let asked = params.ask(&app.book)?.jurisdictions;
    let book = app.book.clone();
    tagged(&app, &headers, move || {
        let mine = |id: &str| asked.iter().any(|j| id.split('/').next() == Some(j));
        Some(json::text(&law::list(&book, &mine), false))
    })
    .await
}

/// `GET /v1/law/coverage`: what is encoded and what is not.
pub(super) async fn coverage(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    Params::of(uri.query().unwrap_or_default().as_bytes())?.only(&[])?;
    let book = app.book.clone();
    tagged(&app, &headers, move || Some(json::text(&law::coverage(&book), false))).await
}

/// `GET /v1/law/diff?from=&to=`: what the law says differently on two days.
pub(super) async fn diff(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["from", "to", "in"])?;
    let asked = params.ask(&app.book)?.jurisdictions;
    let (from, to) = days(&params)?;
    let book = app.book.clone();
    tagged(&app, &headers, move || {
        let mine = |id: &str| asked.iter().any(|j| id.split('/').next() == Some(j));
        Some(json::text(&law::diff(&book, from, to, &mine), false))
    })
    .await
}

/// The two days of a comparison, the earlier first.
pub(super) fn days(params: &Params) -> Result<(model::Date, model::Date), Problem> {
    let day = |name: &str| params.day(name)?.ok_or_else(|| Problem::parameter(name, "which day? such as 2017-12-22"));
    let (from, to) = (day("from")?, day("to")?);
    if from > to {
        return Err(Problem::parameter("from", format!("{from} is later than {to}: give the earlier day first")));
    }
    Ok((from, to))
}

/// `GET /v1/law/{id}`: a provision, a paragraph, an instrument or a regime. The `#` of an id is written `%23`.
pub(super) async fn show(State(app): State<Shared>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Answered {
    Params::of(uri.query().unwrap_or_default().as_bytes())?.only(&[])?;
    let book = app.book.clone();
    tagged(&app, &headers, move || law::show_json(&book, &id, false)).await
}

async fn tagged(app: &App, headers: &HeaderMap, make: impl FnOnce() -> Option<String> + Send + 'static) -> Answered {
    let done = app.quick.run(make).await?;
    let Some(text) = done else {
        return Err(Problem::not_found("the encoded law has no such id; `GET /v1/law` lists the instruments, and `#` is written `%23`"));
    };
    Ok(with_tag(app, headers, json_text(text)))
}

/// The answer with its tag, or only that nothing has changed.
fn with_tag(app: &App, headers: &HeaderMap, response: Response) -> Response {
    tagged_with(&app.etag, is_known(headers, &app.etag), response)
}

/// Whether who asks has what this tag stands for.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    known.map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

/// An answer with its tag; only the tag, where it is known.
pub(super) fn tagged_with(tag: &str, known: bool, mut response: Response) -> Response {
    if known {
        response = StatusCode::NOT_MODIFIED.into_response();
    }
    if let Ok(tag) = HeaderValue::from_str(&format!("W/{tag}")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
