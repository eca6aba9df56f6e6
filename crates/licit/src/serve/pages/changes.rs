//! What rechecks found: which decisions on file are others now, and because of what.

use super::look::{plain, verdict_word};
use super::{Part, page};
use crate::cli::say;
use crate::serve::app::Shared;
use crate::serve::changes::{page as reports, title};
use crate::serve::endpoints::Answered;
use crate::serve::file::link;
use crate::serve::params::Params;
use crate::store::{Change, Entry, Recheck};
use axum::extract::State;
use axum::http::Uri;
use maud::{Markup, html};

/// Most changes of one report that the page shows; the JSON has all.
const MOST: usize = 50;
/// Most things that are understood otherwise and told of one change.
const MOST_UNDERSTOOD: usize = 6;

/// `GET /changes`.
pub(in crate::serve) async fn changes(State(app): State<Shared>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["before"])?;
    let (found, next) = reports(&app, &params).await?;
    let body = html! {
        h1 { "What has changed" }
        p { "Decisions on file that are others now, because a list, the law or its encoding has changed. "
            a href="/file" { "All decisions on file" } " · " a href="/changes.atom" { "as a feed" } " · " a href="/v1/changes" { "as JSON" } }
        @if found.is_empty() { p { "Nothing has changed so far. " code { "licit recheck" } " decides again what is on file; a server started with " code { "--recheck" } " does so whenever a list changes." } }
        @for (entry, report) in &found { (one(entry, report.as_ref())) }
        @if let Some(next) = next { p { a href=(format!("/changes?before={next}")) { "Older" } } }
    };
    Ok(page(&app, "What has changed", Part::File, &body))
}

fn one(entry: &Entry, report: Option<&Recheck>) -> Markup {
    let at = entry.at.get(..16).unwrap_or_default().replace('T', " ");
    html! {
        section #(entry.id) {
            h2 { (at) " UTC" @if let Some(report) = report { ": " (title(report)) } }
            @match report {
                Some(report) => {
                    @for change in report.changed.iter().take(MOST) { (changed(change)) }
                    @if report.changed.len() > MOST { p { (report.changed.len() - MOST) " more in " a href=(format!("/v1/changes?limit=1&before={}", entry.seq + 1)) { "the JSON" } "." } }
                    @if !report.failed.is_empty() {
                        h3 { "Cannot be decided again" }
                        ul.small { @for (id, why) in report.failed.iter().take(MOST) { li { a href=(link(id)) { code { (id.get(..8).unwrap_or_default()) } } " " (plain(why)) } } }
                    }
                }
                None => { p { "This report was removed." } }
            }
        }
    }
}

fn changed(change: &Change) -> Markup {
    html! {
        section.card {
            p { strong { (plain(&change.act_id)) } " " a href=(link(&change.id)) { "before" } " · " a href=(link(&change.now)) { "now" } }
            @for (authority, (was, is)) in &change.verdicts {
                p { (say::jurisdiction(authority)) ": " (marks(was)) " → " (marks(is)) }
            }
            @if !change.gained.is_empty() { p.small { "Applies now: " (change.gained.join(", ")) } }
            @if !change.lost.is_empty() { p.small { "No longer applies: " (change.lost.join(", ")) } }
            p.soft.small { "Because of another " (change.because.join(", ")) "." }
            @if !change.understood.is_empty() {
                ul.small { @for line in change.understood.iter().take(MOST_UNDERSTOOD) { li { (plain(line)) } } }
            }
        }
    }
}

/// One verdict by its mark; several are open.
fn marks(possible: &[String]) -> Markup {
    html! { @match possible { [one] => { (verdict_word(one)) } several => { (several.join(" or ").replace('_', " ")) } } }
}
