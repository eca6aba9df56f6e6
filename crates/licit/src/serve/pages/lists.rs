//! The lists in use: which version, how old, from where.

use super::{Part, page};
use crate::cli::paper::long_date;
use crate::serve::app::Shared;
use axum::extract::State;
use axum::response::Response;
use maud::html;

/// From so many days on a list is shown as ageing, and as old.
const AGEING_DAYS: i32 = 2;
const OLD_DAYS: i32 = 30;

/// `GET /lists`.
pub(in crate::serve) async fn lists(State(app): State<Shared>) -> Response {
    let today = crate::clock::today();
    let lists = app.book.lists();
    let body = html! {
        h1 { "The lists in use" }
        p { (lists.screener().len()) " parties in all. " code { "licit lists update" } " fetches the newest versions; the server takes them within seconds." }
        div.scroll tabindex="0" role="region" aria-label="Lists" {
            table {
                thead { tr { th scope="col" { "List" } th scope="col" { "Of" } th scope="col" { "Age" } th scope="col" { "Version" } th scope="col" { "From" } th scope="col" { "Hash" } } }
                tbody {
                    @for l in lists.all() {
                        @let days = today.since(l.day).map_or(0, |span| span.get_days());
                        tr {
                            td { strong { (l.list) } }
                            td { (long_date(l.day)) }
                            td { @match days {
                                d if d > OLD_DAYS => { span.badge.refused { "old: " (d) " days" } }
                                d if d > AGEING_DAYS => { span.badge.old { (d) " days" } }
                                d => { (d) " days" }
                            } }
                            td { (l.version) }
                            // The path of a file says more of this machine than of the list.
                            td { @if l.source.starts_with("file:") { "a file" } @else { (l.source) } }
                            td { code title=(l.hash) { (l.hash.get(..19).unwrap_or_default()) "…" } }
                        }
                    }
                }
            }
        }
    };
    page(&app, "The lists", Part::Lists, &body)
}
