//! Decisions on paper: for who asks for `application/pdf`.

use super::app::Shared;
use super::endpoints::Answered;
use super::problem::Problem;
use crate::Format;
use crate::pdf::{self, Sheet};
use crate::store::{Entry, Record};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;

/// The media type.
pub(super) const PDF: &str = "application/pdf";

/// Whether who asks takes this form, and names it before JSON or whatever there is.
pub(super) fn wants(headers: &HeaderMap, form: &str) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    let refused = |one: &str| one.split(';').skip(1).any(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0));
    let names = accepted.filter(|one| !refused(one)).filter_map(|one| one.split(';').next().map(|name| name.trim().to_ascii_lowercase()));
    names.take_while(|name| !matches!(name.as_str(), "application/json" | "*/*")).any(|name| name == form)
}

/// That this build can make one.
pub(super) fn built() -> Result<(), Problem> {
    if pdf::BUILT { Ok(()) } else { Err(Problem::not_acceptable(pdf::NOT_BUILT)) }
}

/// An answer that is given now, or that is on file.
pub(super) struct Answer {
    pub answer: String,
    pub act: String,
    pub format: Format,
    pub filed: Option<(Entry, Record)>,
}

impl Answer {
    pub(super) fn of_file(entry: Entry, record: Record, answer: String) -> Self {
        Self { answer, act: record.input.clone(), format: record.input_format(), filed: Some((entry, record)) }
    }

    /// The document. It is made where the long questions wait, for it takes many times as long as an answer.
    pub(super) async fn pdf(self, app: &Shared) -> Answered {
        built()?;
        let name = self.filed.as_ref().map_or("answer", |(entry, _)| &entry.id);
        let named = HeaderValue::from_str(&format!("inline; filename=\"licit-{name}.pdf\"")).map_err(|_| Problem::fault())?;
        let here = app.clone();
        let made = app.long.run(move || {
            let filed = self.filed.as_ref().map(|(entry, record)| (entry, record));
            pdf::of(&here.book, &Sheet { answer: &self.answer, act: &self.act, format: self.format, filed }, true)
        });
        let bytes = made.await?.map_err(|why| {
            app.log.say(&why);
            Problem::fault()
        })?;
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(PDF)),
            (header::CONTENT_DISPOSITION, named),
            (header::VARY, HeaderValue::from_static("accept")),
        ];
        Ok((headers, bytes).into_response())
    }
}
