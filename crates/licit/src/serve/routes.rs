//! Which path leads where.

use super::app::{InUse, Shared};
use super::endpoints::{self, Answered};
use super::json_rows::json_text;
use super::problem::Problem;
use super::{changes, file, guard, law, pages, settle, yente};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use std::sync::atomic::Ordering;
use tower_http::compression::CompressionLayer;

/// Every route with what answers it, and the names by which the counts know them: for programs first, then for people.
macro_rules! routes {
    (programs: $($path:literal => $answer:expr,)+ people: $($page:literal => $shown:expr,)+) => {
        pub(super) const PROGRAMS: &[&str] = &[$($path),+];
        pub(super) const PEOPLE: &[&str] = &[$($page),+];

        fn every_route() -> Router<InUse> {
            Router::new()$(.route($path, $answer))+$(.route($page, $shown))+
        }
    };
}

routes! {
    programs:
    "/v1/check" => post(endpoints::check),
    "/v1/read" => post(endpoints::read),
    "/v1/screen" => post(endpoints::screen),
    "/v1/settle" => post(settle::settle),
    "/v1/classify" => post(endpoints::classify),
    "/v1/route" => post(endpoints::journey),
    "/v1/law" => get(law::list),
    "/v1/law/coverage" => get(law::coverage),
    "/v1/law/diff" => get(law::diff),
    "/v1/law/{*id}" => get(law::show),
    "/v1/decisions" => get(file::list),
    "/v1/decisions/{id}" => get(file::decision),
    "/v1/changes" => get(changes::list),
    "/match/{scope}" => post(yente::matches),
    "/search/{scope}" => get(yente::search),
    "/entities/{*id}" => get(yente::entity),
    "/algorithms" => get(yente::algorithms),
    "/catalog" => get(yente::catalog),
    "/healthz" => get(healthz),
    "/readyz" => get(readyz),
    "/metrics" => get(metrics),
    "/openapi.json" => get(openapi),
    people:
    "/" => get(pages::home),
    "/ask" => get(pages::ask_get).post(pages::ask_post),
    "/form" => get(pages::form),
    "/decide" => post(pages::decide_post),
    "/screen" => get(pages::screen),
    "/settle" => post(pages::settle_post),
    "/law" => get(pages::law_home),
    "/law/coverage" => get(pages::law_coverage),
    "/law/diff" => get(pages::law_diff),
    "/law/{*id}" => get(pages::law_show),
    "/lists" => get(pages::lists),
    "/file" => get(pages::file_list),
    "/keep" => post(pages::keep),
    "/d/{id}" => get(pages::kept),
    "/changes" => get(pages::changes),
    "/changes.atom" => get(changes::atom),
    "/map.svg" => get(pages::map),
    "/keys.js" => get(pages::keys),
    "/style.css" => get(pages::style),
}

/// Says what can be asked, in OpenAPI 3.1. Written by hand: most bodies are checked by readers of our own, of which no derived
/// description would be true.
const OPENAPI: &str = include_str!("openapi.json");

pub(super) fn router(in_use: InUse) -> Router {
    every_route()
        .fallback(nothing)
        .method_not_allowed_fallback(|| async { Problem::method() })
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(in_use.clone(), guard::guard))
        .with_state(in_use)
}

async fn nothing() -> Problem {
    Problem::not_found("`GET /openapi.json` says what there is")
}

/// Whether the process answers.
async fn healthz() -> axum::response::Response {
    json_text(r#"{"status":"ok"}"#.into())
}

/// Whether it answers as fast as it will, and the record, where there is one, answers too.
async fn readyz(State(app): State<Shared>) -> Answered {
    if !app.ready.load(Ordering::Acquire) {
        return Err(Problem::not_ready());
    }
    if let Some(store) = &app.store {
        store.head().await.map_err(|e| file::failed(&app, &e))?;
    }
    Ok(json_text(r#"{"status":"ok"}"#.into()))
}

async fn metrics(State(app): State<Shared>) -> axum::response::Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.text(&app)).into_response()
}

async fn openapi() -> axum::response::Response {
    json_text(OPENAPI.replace("{version}", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_description_names_every_route_for_programs_and_no_other() {
        let document: serde_json::Value = serde_json::from_str(OPENAPI).unwrap();
        let told: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
        let there: BTreeSet<String> = PROGRAMS.iter().map(|r| r.replace("{*", "{")).collect();
        assert_eq!(told, there);
    }
}
