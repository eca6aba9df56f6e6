//! What rechecks found, as a feed: JSON for programs, Atom for readers of feeds. Whoever asks again with the tag of what he has is told
//! only that nothing is new.

use super::app::{App, Shared};
use super::endpoints::Answered;
use super::file::{failed, store};
use super::json_rows::json_text;
use super::law::{is_known, tagged_with};
use super::params::Params;
use super::problem::Problem;
use crate::store::{Change, Entry, Recheck};
use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::IntoResponse;
use serde_json::json;
use std::fmt::Write as _;

/// Reports of one page, each of at most some hundred changes.
pub(super) const PAGE: i64 = 10;
/// Changes of a report that an entry of the Atom feed tells.
const TOLD: usize = 20;

/// Reports before a number, newest first, and the number by which the page after is asked for.
pub(super) async fn page(app: &App, params: &Params) -> Result<(Vec<(Entry, Option<Recheck>)>, Option<i64>), Problem> {
    let limit = params.number("limit", 1, 50)?.unwrap_or(PAGE);
    let found = store(app)?.rechecks_before(params.number("before", 1, i64::MAX)?, limit).await.map_err(|e| failed(app, &e))?;
    let next = found.last().filter(|_| i64::try_from(found.len()).is_ok_and(|n| n == limit)).map(|(e, _)| e.seq);
    Ok((found, next))
}

/// A tag over which reports these are, and which of them were removed.
fn tag(found: &[(Entry, Option<Recheck>)]) -> String {
    let mut hasher = blake3::Hasher::new();
    for (entry, report) in found {
        hasher.update(format!("{} {}\n", entry.hash, report.is_some()).as_bytes());
    }
    format!("\"{}\"", hasher.finalize().to_hex().get(..32).unwrap_or_default())
}

/// `GET /v1/changes`: reports of rechecks, newest first.
pub(super) async fn list(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["before", "limit"])?;
    let (found, next) = page(&app, &params).await?;
    let tag = tag(&found);
    if is_known(&headers, &tag) {
        return Ok(tagged_with(&tag, true, ().into_response()));
    }
    let one = |(entry, report): &(Entry, Option<Recheck>)| match report {
        Some(r) => {
            json!({"id": entry.id, "seq": entry.seq, "at": entry.at, "rulebook": r.rulebook, "changed": r.changed, "failed": r.failed})
        }
        None => json!({"id": entry.id, "seq": entry.seq, "at": entry.at, "removed": true}),
    };
    let rows: Vec<_> = found.iter().map(one).collect();
    Ok(tagged_with(&tag, false, json_text(json!({"changes": rows, "next_before": next}).to_string())))
}

/// `GET /changes.atom`: the newest reports as a feed (RFC 4287).
pub(super) async fn atom(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&[])?;
    let (found, _) = page(&app, &params).await?;
    let tag = tag(&found);
    if is_known(&headers, &tag) {
        return Ok(tagged_with(&tag, true, ().into_response()));
    }
    let body = ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed(&found)).into_response();
    Ok(tagged_with(&tag, false, body))
}

fn feed(found: &[(Entry, Option<Recheck>)]) -> String {
    let updated = found.first().map_or("1970-01-01T00:00:00Z", |(e, _)| e.at.as_str());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>urn:licit:changes</id>\n\
         <title>licit: decisions that are others now</title>\n<updated>{updated}</updated>\n<author><name>licit</name></author>\n\
         <link rel=\"self\" href=\"/changes.atom\"/>\n<link href=\"/changes\"/>\n"
    );
    for (entry, report) in found {
        let (title, text) = report.as_ref().map_or_else(|| ("Removed".to_owned(), String::new()), |r| (title(r), text(r)));
        let _ = write!(
            out,
            "<entry>\n<id>urn:licit:recheck:{id}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link href=\"/changes?before={}\"/>\n\
             <content type=\"text\">{}</content>\n</entry>\n",
            escaped(&title),
            entry.at,
            entry.seq + 1,
            escaped(&text),
            id = entry.id
        );
    }
    out.push_str("</feed>\n");
    out
}

/// `3 decisions are others now`.
pub(super) fn title(report: &Recheck) -> String {
    let many = |n: usize, one: &str, more: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {more}") };
    let changed = many(report.changed.len(), "decision is another now", "decisions are others now");
    match report.failed.len() {
        0 => changed,
        n => format!("{changed}, {}", many(n, "cannot be decided again", "cannot be decided again")),
    }
}

fn text(report: &Recheck) -> String {
    let mut out = String::new();
    for change in report.changed.iter().take(TOLD) {
        let _ = writeln!(out, "{} {} is now {}: {}", change.id, change.act_id, change.now, in_words(change));
    }
    if report.changed.len() > TOLD {
        let _ = writeln!(out, "and {} more", report.changed.len() - TOLD);
    }
    out
}

/// `un: permitted → prohibited; because of another un-sc`.
fn in_words(change: &Change) -> String {
    let mut parts: Vec<String> =
        change.verdicts.iter().map(|(authority, (was, is))| format!("{authority}: {} → {}", was.join(" or "), is.join(" or "))).collect();
    parts.push(format!("because of another {}", change.because.join(", ")));
    parts.extend(change.understood.iter().take(3).cloned());
    parts.join("; ")
}

/// Foreign text inside of XML, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let kept: String = text.chars().filter(|c| *c == '\n' || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    maud::html! { (kept) }.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_in_a_feed_stays_text() {
        assert_eq!(escaped("<b>&\"\u{0}\u{b}\u{ffff}\n"), "&lt;b&gt;&amp;&quot;\n");
    }
}
