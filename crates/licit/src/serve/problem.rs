//! What went wrong, as RFC 9457 tells it. A problem says what was wrong with the request, where, and what would be right; of the
//! inside of the server it says nothing.

use crate::InputProblem;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Most single faults that are told.
const MOST_ERRORS: usize = 20;
/// Most characters of a detail: what is foreign in it must not grow without bound.
const MOST_CHARS: usize = 500;

/// Why a request has no answer.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub status: StatusCode,
    /// The end of its type, such as `input`.
    pub kind: &'static str,
    pub title: &'static str,
    pub detail: String,
    pub errors: Vec<InputProblem>,
    pub retry_after_seconds: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, kind, title, detail: detail.into(), errors: Vec::new(), retry_after_seconds: None }
    }

    /// What was sent could not be understood.
    pub(super) fn input(errors: Vec<InputProblem>) -> Self {
        let detail = errors.first().map(ToString::to_string).unwrap_or_default();
        Self { errors, ..Self::new(StatusCode::BAD_REQUEST, "input", "What was sent could not be understood", detail) }
    }
    /// One thing that was wrong with what was sent.
    pub(super) fn bad(at: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = help.into();
        Self::input(vec![InputProblem { at: at.to_owned(), message: message.into(), help: (!help.is_empty()).then_some(help) }])
    }
    /// A parameter was wrong.
    pub(super) fn parameter(name: &str, message: impl Into<String>) -> Self {
        let at = format!("parameter {}", name.chars().take(40).collect::<String>());
        Self { kind: "parameter", title: "A parameter is wrong", ..Self::bad(&at, message, "") }
    }
    pub(super) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here", detail)
    }
    pub(super) fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method", "This cannot be done here", "the header `allow` says what can")
    }
    pub(super) fn too_large(what: &str, most: usize) -> Self {
        let detail = format!("{what} may have {most} bytes; send it in parts");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "More was sent than is taken", detail)
    }
    pub(super) fn too_many_rows(most: usize) -> Self {
        let detail = format!("a batch may have {most} rows; send it in parts, or use `licit check --jsonl`");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "More was sent than is taken", detail)
    }
    pub(super) fn media(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", "This form is not read here", detail)
    }
    /// What is there cannot be had in the form that is asked for.
    pub(super) fn not_acceptable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-acceptable", "It cannot be had in this form", detail)
    }
    pub(super) fn slow_body() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "slow-body", "The body did not come in time", "send it faster, or less of it")
    }
    pub(super) fn broken_body() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "broken-body", "The body did not come whole", "the connection or its framing broke")
    }
    /// Asked under a name, or from a page, that is not this server's.
    pub(super) fn stranger(detail: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "stranger", "This server does not answer there", detail)
    }
    /// No key, or none that is worth anything; which of the two is not told.
    pub(super) fn no_key() -> Self {
        let detail = "send `authorization: Bearer KEY`, or the key as the password in a browser";
        Self::new(StatusCode::UNAUTHORIZED, "no-key", "A key is needed", detail)
    }
    /// A key that is not for this.
    pub(super) fn scope(scope: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "scope", "This key is not for that", format!("it needs the scope `{scope}`"))
    }
    pub(super) fn too_often(seconds: u32) -> Self {
        let problem =
            Self::new(StatusCode::TOO_MANY_REQUESTS, "too-often", "Too many requests", "this address asks more often than it may");
        Self { retry_after_seconds: Some(seconds), ..problem }
    }
    pub(super) fn busy() -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too much is being asked at once", "ask again a little later");
        Self { retry_after_seconds: Some(1), ..problem }
    }
    pub(super) fn too_slow() -> Self {
        let detail = "the answer took longer than it may; ask less at once, or again later";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "too-slow", "The answer took too long", detail);
        Self { retry_after_seconds: Some(5), ..problem }
    }
    pub(super) fn not_ready() -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "not-ready", "Not ready yet", "tables are being made ready");
        Self { retry_after_seconds: Some(1), ..problem }
    }
    /// A decision that was on file, of which only the hash is left.
    pub(super) fn removed() -> Self {
        Self::new(
            StatusCode::GONE,
            "removed",
            "This was removed",
            "what this decision said was removed; a note on record says by whom and why",
        )
    }
    /// The database does not answer: nothing was kept, and nobody is told otherwise.
    pub(super) fn no_record() -> Self {
        let detail = "the record of decisions does not answer; nothing was kept, ask again";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "no-record", "The record does not answer", detail);
        Self { retry_after_seconds: Some(2), ..problem }
    }
    /// The disk took nothing.
    pub(super) fn not_written() -> Self {
        let problem =
            Self::new(StatusCode::SERVICE_UNAVAILABLE, "not-written", "It could not be written", "nothing was settled, ask again");
        Self { retry_after_seconds: Some(2), ..problem }
    }
    pub(super) fn fault() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "This should not have happened", "the fault is ours, not yours")
    }

    /// The body.
    pub(super) fn json(&self, request: &str) -> String {
        #[derive(Serialize)]
        struct Shown<'a> {
            r#type: String,
            title: &'a str,
            status: u16,
            detail: String,
            request_id: &'a str,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            errors: Vec<One<'a>>,
        }
        #[derive(Serialize)]
        struct One<'a> {
            at: &'a str,
            message: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            help: Option<&'a str>,
        }
        crate::json::harmless(crate::json::text(
            &Shown {
                r#type: format!("urn:licit:problem:{}", self.kind),
                title: self.title,
                status: self.status.as_u16(),
                detail: shortened(&self.detail),
                request_id: request,
                errors: self
                    .errors
                    .iter()
                    .take(MOST_ERRORS)
                    .map(|p| One { at: &p.at, message: shortened(&p.message), help: p.help.as_deref() })
                    .collect(),
            },
            false,
        ))
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS { text.to_owned() } else { text.chars().take(MOST_CHARS).chain(['…']).collect() }
}

/// The body is written by the guard, which knows the name of the request and whether a person or a program asked.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let ways = HeaderValue::from_static("Basic realm=\"licit\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, ways);
        }
        response.extensions_mut().insert(self);
        response
    }
}
