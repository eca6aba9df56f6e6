//! A journey on the page: the map as a picture, and its red flags as a list.

use super::look::plain;
use crate::Format;
use crate::Route;
use crate::serve::app::Shared;
use crate::serve::endpoints::Answered;
use crate::serve::params::Params;
use crate::serve::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderValue, Uri, header};
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde_json::Value;

/// Most flags that are told.
const MOST: usize = 8;

/// Longest address of a map: what is longer, some programs between here and the reader would not pass on.
const MOST_ADDRESS: usize = 8_000;
/// The picture brings its own styles, and may do nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// The map is an image with an address of its own: its styles hold there only, nothing of it can act on the page, and the page stays
/// small.
pub(super) fn journey(route: &Route, act: &Value) -> Markup {
    let a = &route.assessment;
    let fired: Vec<_> = route.fired().collect();
    let said = format!("A map of the journey: {} legs, {} ({:.2}), nexus {}", a.track.ways.len(), a.band.word(), a.score, a.nexus.word());
    let address = format!("/map.svg?{}", form_urlencoded::Serializer::new(String::new()).append_pair("act", &act.to_string()).finish());
    html! {
        section.journey #journey {
            h2 { "The journey" }
            div.two {
                @if address.len() <= MOST_ADDRESS { a href=(address) { img.map src=(address) alt=(said); } } @else { p { "This journey is too long to be drawn here; " code { "licit route --svg" } " draws it." } }
                div {
                    p { strong { (a.band.word()) } ", " (format!("{:.2}", a.score)) " before arrival · nexus " (a.nexus.word()) }
                    @if fired.is_empty() { p { "No flag fires." } } @else {
                        ul.small { @for f in fired.iter().take(MOST) { li { code { (f.flag.id) } " " (plain(&f.because)) } } }
                        @if fired.len() > MOST { p.soft.small { (fired.len() - MOST) " more in the JSON" } }
                    }
                    p.soft.small { "A high score is no breach and a low one no clearance." }
                }
            }
        }
    }
}

/// `GET /map.svg?act=…`.
pub(in crate::serve) async fn map(State(app): State<Shared>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["act"])?;
    let book = app.book.clone();
    let act = params.one("act")?.unwrap_or_default().to_owned();
    let svg = app
        .long
        .run(move || book.read_act(act.as_bytes(), Format::Json).map(|act| crate::route(&book, &act).svg()))
        .await?
        .map_err(Problem::input)?;
    let mut response = ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
