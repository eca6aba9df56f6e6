//! A journey on the page: the map as a picture, and its red flags as a list.

use super::look::plain;
use crate::Route;
use maud::{Markup, html};
use std::fmt::Write as _;

/// Most flags that are told.
const MOST: usize = 8;

/// The map is put in as an image, where its own styles hold and nothing of it can act on the page.
pub(super) fn route(route: &Route) -> Markup {
    let a = &route.assessment;
    let fired: Vec<_> = route.fired().collect();
    let said = format!("A map of the journey: {} legs, {} ({:.2}), nexus {}", a.track.ways.len(), a.band.word(), a.score, a.nexus.word());
    html! {
        h2 { "The journey" }
        img.map src=(format!("data:image/svg+xml,{}", as_address(&route.svg()))) alt=(said) width="960" height="620";
        p { strong { (a.band.word()) } ", " (format!("{:.2}", a.score)) " before arrival · nexus " (a.nexus.word()) }
        @if fired.is_empty() { p { "No flag fires." } } @else {
            ol.small { @for f in fired.iter().take(MOST) { li { code { (f.flag.id) } " " (plain(&f.because)) } } }
            @if fired.len() > MOST { p.soft.small { (fired.len() - MOST) " more in the JSON" } }
        }
        p.soft.small { "A high score is no breach and a low one no clearance." }
    }
}

/// Only what would end an address or an attribute is written in another way.
fn as_address(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len() * 5 / 4);
    for c in svg.chars() {
        match c {
            '%' | '#' | '"' | '<' | '>' | '&' | '\'' | '\n' | '\r' | '\t' | '{' | '}' | '|' | '\\' | '^' | '`' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
