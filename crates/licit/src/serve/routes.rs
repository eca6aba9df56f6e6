//! Which path leads where.

use super::app::Shared;
use super::endpoints::{self, Answered};
use super::json_rows::json_text;
use super::problem::Problem;
use super::{guard, law, pages, record, yente};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use std::sync::atomic::Ordering;
use tower_http::compression::CompressionLayer;

/// Every route, as the counts name them.
pub(super) const ROUTES: [&str; 34] = [
    "/v1/check",
    "/v1/read",
    "/v1/screen",
    "/v1/classify",
    "/v1/route",
    "/v1/law",
    "/v1/law/coverage",
    "/v1/law/diff",
    "/v1/law/{*id}",
    "/v1/decisions/{id}",
    "/match/{scope}",
    "/search/{scope}",
    "/entities/{*id}",
    "/algorithms",
    "/catalog",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/",
    "/ask",
    "/form",
    "/decide",
    "/screen",
    "/law",
    "/law/coverage",
    "/law/diff",
    "/law/{*id}",
    "/lists",
    "/style.css",
    "/map.svg",
    "/keep",
    "/d/{id}",
    "/file",
];

/// Says what can be asked, in OpenAPI 3.1. Written by hand: most bodies are checked by readers of our own, of which no derived
/// description would be true.
const OPENAPI: &str = include_str!("openapi.json");

pub(super) fn router(app: Shared) -> Router {
    Router::new()
        .route("/v1/check", post(endpoints::check))
        .route("/v1/read", post(endpoints::read))
        .route("/v1/screen", post(endpoints::screen))
        .route("/v1/classify", post(endpoints::classify))
        .route("/v1/route", post(endpoints::journey))
        .route("/v1/law", get(law::list))
        .route("/v1/law/coverage", get(law::coverage))
        .route("/v1/law/diff", get(law::diff))
        .route("/v1/law/{*id}", get(law::show))
        .route("/v1/decisions/{id}", get(record::show))
        .route("/match/{scope}", post(yente::matches))
        .route("/search/{scope}", get(yente::search))
        .route("/entities/{*id}", get(yente::entity))
        .route("/algorithms", get(yente::algorithms))
        .route("/catalog", get(yente::catalog))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .route("/openapi.json", get(openapi))
        .route("/", get(pages::home))
        .route("/ask", get(pages::ask_get).post(pages::ask_post))
        .route("/form", get(pages::form))
        .route("/decide", post(pages::decide_post))
        .route("/screen", get(pages::screen))
        .route("/law", get(pages::law_home))
        .route("/law/coverage", get(pages::law_coverage))
        .route("/law/diff", get(pages::law_diff))
        .route("/law/{*id}", get(pages::law_show))
        .route("/lists", get(pages::lists))
        .route("/keep", post(pages::keep))
        .route("/d/{id}", get(pages::kept))
        .route("/file", get(pages::file))
        .route("/map.svg", get(pages::map))
        .route("/style.css", get(pages::style))
        .fallback(nothing)
        .method_not_allowed_fallback(|| async { Problem::method() })
        .layer(CompressionLayer::new())
        .layer(axum::middleware::from_fn_with_state(std::sync::Arc::clone(&app), guard::guard))
        .with_state(app)
}

async fn nothing() -> Problem {
    Problem::not_found("`GET /openapi.json` says what there is")
}

/// Whether the process answers.
async fn healthz() -> axum::response::Response {
    json_text(r#"{"status":"ok"}"#.into())
}

/// Whether it answers as fast as it will.
async fn readyz(State(app): State<Shared>) -> Answered {
    if app.ready.load(Ordering::Acquire) { Ok(json_text(r#"{"status":"ok"}"#.into())) } else { Err(Problem::not_ready()) }
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
        let pages = [
            "/",
            "/ask",
            "/form",
            "/decide",
            "/screen",
            "/law",
            "/law/coverage",
            "/law/diff",
            "/law/{*id}",
            "/lists",
            "/style.css",
            "/map.svg",
            "/keep",
            "/d/{id}",
            "/file",
        ];
        let there: BTreeSet<String> = ROUTES.iter().filter(|r| !pages.contains(r)).map(|r| r.replace("{*", "{")).collect();
        assert_eq!(told, there);
    }
}
