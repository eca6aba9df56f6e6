//! The pages for people: made on the server, readable without scripts, in the dark, on paper and on a small screen. They load nothing
//! but one style sheet and say so in their policy; one small script adds keys. Whatever is foreign goes through the escaping of `maud`.

mod article;
mod ask;
mod changes;
mod decision;
mod file;
mod form;
mod law;
mod lists;
mod look;
mod route;
mod screen;
mod timeline;

pub(super) use ask::{ask_get, ask_post, home};
pub(super) use changes::changes;
pub(super) use file::{keep, kept, list as file_list};
pub(super) use form::{decide_post, form};
pub(super) use law::{law_coverage, law_diff, law_home, law_show};
pub(super) use lists::lists;
pub(super) use route::map;
pub(super) use screen::{screen, settle_post};

use super::app::App;
use super::problem::Problem;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The one style sheet.
const STYLE: &str = include_str!("style.css");
/// Keys for those who like them; every page does without.
const KEYS: &str = include_str!("keys.js");
/// What a page may load and do.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The part of the site that a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Ask,
    Form,
    Screen,
    Law,
    Lists,
    File,
    None,
}

const PARTS: [(Part, &str, &str); 6] = [
    (Part::Ask, "/", "Ask"),
    (Part::Form, "/form", "Form"),
    (Part::Screen, "/screen", "Screen"),
    (Part::Law, "/law", "Law"),
    (Part::Lists, "/lists", "Lists"),
    (Part::File, "/file", "File"),
];

/// A whole page.
pub(super) fn page(app: &App, title: &str, part: Part, body: &Markup) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · licit" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
                script src="/keys.js" defer {}
            }
            body {
                a.skip href="#main" { "To the content" }
                div.top {
                    nav aria-label="Site" {
                        a.name href="/" { "licit" }
                        @for (this, href, word) in PARTS {
                            a href=(href) aria-current=[(this == part).then_some("page")] { (word) }
                        }
                    }
                }
                main #main { (body) }
                footer { (foot(app)) }
            }
        }
    };
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn foot(app: &App) -> Markup {
    let law = app.book.law().hash.get(..19).unwrap_or_default();
    html! {
        div {
            p {
                "This is not legal advice. It says what the encoded law says; "
                a href="/law/coverage" { "what is encoded and what is not" } "."
            }
            p.small {
                "Law " code { (law) "…" } " · lists "
                @for (at, list) in app.book.lists().all().iter().enumerate() {
                    @if at > 0 { ", " }
                    (list.list) " of " (list.day)
                }
                " · " a href="/openapi.json" { "for programs" }
            }
        }
    }
}

/// `GET /style.css`.
pub(in crate::serve) async fn style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, STYLE).into_response()
}

/// `GET /keys.js`.
pub(in crate::serve) async fn keys() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, KEYS).into_response()
}

/// A problem for somebody who looks at pages.
pub(super) fn problem_page(app: &App, problem: &Problem, request: &str) -> Response {
    let body = html! {
        h1 { (problem.title) }
        p { (problem.detail) }
        p.soft.small { "Status " (problem.status.as_u16()) " · request " code { (request) } }
        p { a href="/" { "Ask something" } }
    };
    let mut response = page(app, problem.title, Part::None, &body);
    *response.status_mut() = problem.status;
    response
}

/// A page with a status other than 200.
fn with_status(mut response: Response, status: StatusCode) -> Response {
    *response.status_mut() = status;
    response
}

/// A picture that our own code has made and escaped.
fn picture(svg: String) -> Markup {
    PreEscaped(svg)
}
