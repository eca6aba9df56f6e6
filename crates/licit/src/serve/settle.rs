//! Settling a hit over HTTP. It is on disk, and in use, before whoever settles it is answered.

use super::app::{InUse, Shared};
use super::body;
use super::endpoints::Answered;
use super::guard::Holder;
use super::json_rows::json_text;
use super::problem::Problem;
use crate::settling::{Said, settlement};
use crate::{Format, Rulebook};
use axum::body::Body;
use axum::extract::State;
use axum::http::Request;
use lists::Settlement;
use lists::store::NotImported;
use model::Party;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

/// Most bytes of a body.
const MOST_BYTES: usize = 64 << 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The party as it is screened.
    party: Box<RawValue>,
    listing: String,
    same: Option<bool>,
    because: String,
    #[serde(default)]
    by: String,
}

/// `POST /v1/settle`: `{"party", "listing", "same": true | false | null, "because", "by"}`.
pub(super) async fn settle(State(app): State<Shared>, State(in_use): State<InUse>, request: Request<Body>) -> Answered {
    let (parts, sent) = request.into_parts();
    super::params::Params::of(parts.uri.query().unwrap_or_default().as_bytes())?.only(&[])?;
    body::json_only(&parts.headers)?;
    let held = body::whole(&app, &parts.headers, sent, MOST_BYTES).await?;
    let asked: Asked = serde_json::from_slice(&held.bytes).map_err(|e| {
        let told = e.to_string();
        let help = r#"{"party": {"name": "…"}, "listing": "un-sc/KPi.033", "same": false, "because": "…", "by": "…"}"#;
        Problem::bad(&format!("line {}, column {}", e.line(), e.column()), told.split(" at line ").next().unwrap_or_default(), help)
    })?;
    let party = party(&app.book, asked.party.get().as_bytes())?;
    let by = signed(&asked.by, parts.extensions.get());
    let said =
        Said { party: &party, listing: &asked.listing, same: asked.same, because: &asked.because, by: &by, on: crate::clock::today() };
    let settled = kept(&app, &in_use, &said).await?;
    Ok(json_text(json!({"settled": settled}).to_string()))
}

/// The party that is asked about.
pub(super) fn party(book: &Rulebook, query: &[u8]) -> Result<Party, Problem> {
    book.read_query(query, Format::Json).map(|(_, party)| party).map_err(Problem::input)
}

/// Who settles: who says so, and whose key it is. Where keys are asked for, nobody settles in the name of another.
pub(super) fn signed(by: &str, holder: Option<&Holder>) -> String {
    match (by.trim(), holder) {
        ("", Some(Holder(name))) => name.clone(),
        (by, Some(Holder(name))) => format!("{by}, with the key “{name}”"),
        (by, None) => by.to_owned(),
    }
}

/// Puts it on record and into use.
pub(super) async fn kept(app: &Shared, in_use: &InUse, said: &Said<'_>) -> Result<Settlement, Problem> {
    let Some(data) = app.settings.data.clone() else {
        return Err(Problem::not_found("this server has no folder of lists to keep it in; name one with --data"));
    };
    let settlement = settlement(&app.book, said).map_err(|(field, message)| Problem::bad(field, message, ""))?;
    let (one, book) = (settlement.clone(), app.book.clone());
    let done = tokio::task::spawn_blocking(move || {
        lists::Store::new(data.join("lists")).settle(one, &mut || {})?;
        Ok::<_, NotImported>(book.with_lists(&data))
    });
    match done.await.map_err(|_| Problem::fault())? {
        Ok(Ok(book)) => in_use.take(book),
        // It is on record; the lists are looked at again when the journal grows.
        Ok(Err(why)) => app.log.say(&why),
        Err(NotImported::Busy) => return Err(Problem::busy()),
        Err(why) => {
            app.log.say(&why.to_string());
            return Err(Problem::not_written());
        }
    }
    Ok(settlement)
}
