//! Bodies: their form, and their bytes within limits of size, time and memory.

use super::app::App;
use super::problem::Problem;
use crate::Format;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// So many bytes a body may have without asking for room: the number of connections bounds them.
const FREE_BYTES: usize = 64 << 10;

/// A body, and the room that it takes as long as it is there.
#[derive(Debug)]
pub(super) struct Held {
    pub bytes: Vec<u8>,
    _room: Option<OwnedSemaphorePermit>,
}

/// The media type without its parameters, in small letters; none where no header says it.
pub(super) fn media_type(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if headers.get(header::CONTENT_ENCODING).is_some_and(|v| v.as_bytes() != b"identity") {
        return Err(Problem::media("bodies are taken as they are, without `content-encoding`"));
    }
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Problem::media("the header `content-type` is no text"))?.to_ascii_lowercase();
    let mut parts = text.split(';');
    let name = parts.next().unwrap_or_default().trim().to_owned();
    for part in parts {
        if let Some(charset) = part.trim().strip_prefix("charset=")
            && !matches!(charset.trim_matches('"'), "utf-8" | "utf8" | "us-ascii")
            && name.ends_with("json")
        {
            return Err(Problem::media("JSON is UTF-8"));
        }
    }
    Ok(Some(name))
}

/// The format of an act, from its media type.
pub(super) fn format(headers: &HeaderMap) -> Result<Format, Problem> {
    match media_type(headers)?.as_deref() {
        None | Some("application/json" | "text/json") => Ok(Format::Json),
        Some("application/yaml" | "application/x-yaml" | "text/yaml") => Ok(Format::Yaml),
        Some("application/toml") => Ok(Format::Toml),
        Some(_) => Err(Problem::media("say `content-type: application/json`; `application/yaml` and `application/toml` are read too")),
    }
}

/// For what is read as JSON only.
pub(super) fn json_only(headers: &HeaderMap) -> Result<(), Problem> {
    match format(headers)? {
        Format::Json => Ok(()),
        Format::Yaml | Format::Toml => Err(Problem::media("say `content-type: application/json`")),
    }
}

/// The whole body, if it is not too large, not too slow, and there is room for it.
pub(super) async fn whole(app: &App, headers: &HeaderMap, body: Body, most: usize) -> Result<Held, Problem> {
    let told = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    if told.is_some_and(|bytes| bytes > most) {
        return Err(Problem::too_large("the body", most));
    }
    match tokio::time::timeout(app.settings.limits.body_time, gather(app, body, told, most)).await {
        Ok(read) => read,
        Err(_) => Err(Problem::slow_body()),
    }
}

async fn gather(app: &App, mut body: Body, told: Option<usize>, most: usize) -> Result<Held, Problem> {
    let mut room: Option<OwnedSemaphorePermit> = None;
    let mut allowed = FREE_BYTES;
    let mut bytes = Vec::with_capacity(told.unwrap_or(0).min(FREE_BYTES));
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Problem::broken_body())?.into_data() else { continue };
        if bytes.len() + data.len() > most {
            return Err(Problem::too_large("the body", most));
        }
        while bytes.len() + data.len() > allowed {
            // Twice as much each time: a vector that grows holds up to twice its bytes.
            let more = u32::try_from(allowed >> 9).unwrap_or(u32::MAX);
            let permit = Arc::clone(&app.room).try_acquire_many_owned(more).map_err(|_| Problem::busy())?;
            match &mut room {
                Some(held) => held.merge(permit),
                None => room = Some(permit),
            }
            allowed *= 2;
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Held { bytes, _room: room })
}
