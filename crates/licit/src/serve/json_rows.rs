//! One question in, one answer out; or an array of questions, and an array of answers in the same order, with an error in the place
//! of a row that could not be read.

use super::app::Shared;
use super::body::Held;
use super::problem::Problem;
use crate::json::fact_of;
use crate::{Format, InputProblem};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

/// So many rows are answered beside single questions; more go where the long ones wait.
const FEW_ROWS: usize = 16;

/// JSON that is ready to be sent.
pub(super) fn json_text(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Answers a body by a function from one question to one answer.
pub(super) async fn answer(
    app: &Shared,
    held: Held,
    format: Format,
    most_rows: usize,
    work: impl Fn(&[u8], Format) -> Result<String, Vec<InputProblem>> + Send + Sync + 'static,
) -> Result<Response, Problem> {
    if format != Format::Json || !is_array(&held.bytes) {
        let done = app.quick.run(move || work(&held.bytes, format)).await?;
        return done.map(json_text).map_err(Problem::input);
    }
    // The rows are found by a pass over the bytes, which takes about a millisecond a megabyte.
    let lane = if held.bytes.len() < 64 << 10 { &app.quick } else { &app.long };
    let done = lane.run(move || rows(&held.bytes, most_rows, &work)).await?;
    done.map(json_text)
}

pub(super) fn is_array(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'[')
}

fn rows(bytes: &[u8], most: usize, work: &(impl Fn(&[u8], Format) -> Result<String, Vec<InputProblem>> + Sync)) -> Result<String, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let rows: Rows = serde_json::from_slice(bytes).map_err(|e| {
        let message = e.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Problem::bad(&format!("line {}, column {}", e.line(), e.column()), message, "an array of objects in JSON, in UTF-8")
    })?;
    if rows.len() > most {
        return Err(Problem::too_many_rows(most));
    }
    let one = |(at, row): (usize, &&RawValue)| match work(row.get().as_bytes(), Format::Json) {
        Ok(answer) => answer,
        Err(problems) => error_row(at, row.get().as_bytes(), &problems),
    };
    let answers: Vec<String> =
        if rows.len() <= FEW_ROWS { rows.iter().enumerate().map(one).collect() } else { rows.par_iter().enumerate().map(one).collect() };
    Ok(format!("[{}]", answers.join(",\n")))
}

type Rows<'a> = Vec<&'a RawValue>;

/// The row by its place in the array; lines and columns inside of a row would mean nothing to who sent the array.
fn error_row(at: usize, row: &[u8], problems: &[InputProblem]) -> String {
    #[derive(Serialize)]
    struct Row {
        id: Option<String>,
        error: Error,
    }
    #[derive(Serialize)]
    struct Error {
        at: String,
        message: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        help: Option<String>,
    }
    let first = problems.first();
    let fact = first.map_or("", |p| fact_of(&p.at));
    let fact = if fact.starts_with("line ") || fact.starts_with("column ") { "" } else { fact };
    let place = if fact.is_empty() { format!("[{at}]") } else { format!("[{at}].{fact}") };
    let error = Error { at: place, message: first.map_or(String::new(), |p| p.message.clone()), help: first.and_then(|p| p.help.clone()) };
    crate::json::harmless(crate::json::text(&Row { id: crate::input::id_of(row), error }, false))
}
