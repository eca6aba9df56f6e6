//! Who on the lists a party may be: each hit with its score, the name with the letters that differ, and what speaks for and against.

use super::look::plain;
use super::{Part, page};
use crate::cli::paper::short_date;
use crate::screening::Screening;
use crate::serve::app::{App, InUse, Shared};
use crate::serve::endpoints::{Answered, with_bench};
use crate::serve::file::see;
use crate::serve::guard::Holder;
use crate::serve::params::Params;
use crate::serve::problem::Problem;
use crate::serve::settle;
use crate::settling::{self, Said};
use crate::{Format, InputProblem};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode, Uri};
use lists::Settlement;
use maud::{Markup, html};
use model::Party;
use resolve::{Hit, Query, Wish};
use serde_json::json;

/// Most hits that are shown.
const MOST: usize = 20;

/// `GET /screen?name=…`.
pub(in crate::serve) async fn screen(State(app): State<Shared>, uri: Uri) -> Answered {
    let params = Params::of(uri.query().unwrap_or_default().as_bytes())?;
    params.only(&["name", "type", "country", "birth_date", "number", "ever"])?;
    let here = app.clone();
    app.quick
        .run(move || {
            let found = if params.shown("name").trim().is_empty() { None } else { Some(found(&here, &params)) };
            let status = if matches!(found, Some(Err(_))) { StatusCode::BAD_REQUEST } else { StatusCode::OK };
            super::with_status(page(&here, "Screen a party", Part::Screen, &shown(&here, &params, found)), status)
        })
        .await
}

/// What was found of whom.
struct Found {
    party: Party,
    screening: Screening,
    /// What people have settled about the party.
    settled: Vec<Settlement>,
}

/// Fields of the page, and those of a question.
const FIELDS: [(&str, &str); 5] =
    [("name", "name"), ("type", "type"), ("country", "country"), ("birth_date", "birth_date"), ("number", "identifiers")];

/// The question of the fields, as programs would ask it.
fn query(params: &Params) -> String {
    let said = FIELDS.iter().map(|(field, name)| (*name, params.shown(field).trim())).filter(|(_, value)| !value.is_empty());
    let query: serde_json::Map<String, serde_json::Value> = said.map(|(name, value)| (name.to_owned(), json!(value))).collect();
    serde_json::Value::from(query).to_string()
}

fn found(app: &App, params: &Params) -> Result<Found, String> {
    let told = |problems: Vec<InputProblem>| {
        let one = |p: &InputProblem| InputProblem { at: crate::json::fact_of(&p.at).to_owned(), ..p.clone() }.to_string();
        problems.iter().take(3).map(one).collect::<Vec<_>>().join("; ")
    };
    let (id, party) = app.book.read_query(query(params).as_bytes(), Format::Json).map_err(told)?;
    let ever = params.flag("ever").map_err(|p| p.detail)?;
    let wish = Wish { limit: MOST, on: (!ever).then(crate::clock::today), ..Wish::default() };
    let screener = app.book.lists().screener();
    let screening = with_bench(|bench| Screening::of(screener, id, &party, &wish, bench));
    let settled = screener.settled_about(&Query::of(&party)).to_vec();
    Ok(Found { party, screening, settled })
}

/// `POST /settle`: what somebody says of a hit; then the search is shown again.
pub(in crate::serve) async fn settle_post(State(app): State<Shared>, State(in_use): State<InUse>, request: Request<Body>) -> Answered {
    let holder = request.extensions().get::<Holder>().cloned();
    let params = super::ask::fields(&app, request).await?;
    params.only(&["name", "type", "country", "birth_date", "number", "ever", "listing", "same", "because", "by"])?;
    let same = match params.one("same")? {
        Some("yes") => Some(true),
        Some("no") => Some(false),
        Some("open") => None,
        _ => return Err(Problem::parameter("same", "say yes, no or open")),
    };
    let party = settle::party(&app.book, query(&params).as_bytes())?;
    let by = settle::signed(params.shown("by"), holder.as_ref());
    let (listing, because) = (params.shown("listing"), params.shown("because"));
    settle::kept(&app, &in_use, &Said { party: &party, listing, same, because, by: &by, on: crate::clock::today() }).await?;
    let fields = FIELDS.iter().map(|(field, _)| *field).chain(["ever"]).map(|field| (field, params.shown(field)));
    let back = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.filter(|(_, value)| !value.is_empty())).finish();
    Ok(see(&format!("/screen?{back}")))
}

/// The form by which a hit is settled, or opened again.
fn settling(app: &App, params: &Params, listing: &str, answers: &[(&str, &str)]) -> Markup {
    html! {
        @if app.settings.data.is_some() {
            details.noprint {
                summary { @if answers.len() == 1 { "Take this back" } @else { "Settle" } }
                form method="post" action="/settle" {
                    @for (field, _) in FIELDS { input type="hidden" name=(field) value=(params.shown(field)); }
                    @if params.flag("ever").unwrap_or(false) { input type="hidden" name="ever" value="1"; }
                    input type="hidden" name="listing" value=(listing);
                    div.fields {
                        label { span.says { "Why" } input type="text" name="because" required maxlength=(settling::MOST_CHARS); }
                        label { span.says { "Who says so" } input type="text" name="by" required[!app.asks_for_keys()] maxlength="200"; }
                    }
                    div.row { @for (value, word) in answers { button name="same" value=(value) { (word) } " " } }
                    p.soft.small { "It stays on record with its reason, and counts in every decision about a party of whom the same is known." }
                }
            }
        }
    }
}

fn shown(app: &App, params: &Params, found: Option<Result<Found, String>>) -> Markup {
    let text = |name: &'static str, says: &str, example: &str| html! { label { span.says { (says) } input type="text" name=(name) value=(params.shown(name)) placeholder=(example) maxlength="400"; } };
    html! {
        h1 { "Screen a party" }
        @if let Some(Err(wrong)) = &found { div.wrong role="alert" { p { (wrong) } } }
        form method="get" action="/screen" {
            div.fields {
                label { span.says { "Name" } input type="text" name="name" value=(params.shown("name")) required maxlength="400" placeholder="in any script"; }
                label { span.says { "Sort" } select name="type" { option value="" { "not known" } @for t in ["person", "company", "bank", "government", "organisation", "vessel", "aircraft"] { option value=(t) selected[params.shown("type") == t] { (t) } } } }
                (text("country", "Country", "KP, or North Korea"))
                (text("birth_date", "Born", "1964-07-17, 1964"))
                (text("number", "Number", "passport:381310014, imo:8133530"))
            }
            div.row.boxes { label { input type="checkbox" name="ever" value="1" checked[params.flag("ever").unwrap_or(false)]; "also who is no longer listed" } }
            div.row { button { "Look" } }
        }
        @if let Some(Ok(Found { party, screening, settled })) = &found {
            h2 { "“" (plain(&party.name)) "”" }
            @for one in settled {
                section.card { p { "Settled: this party " (settling::in_words(one)) "." } (settling(app, params, &one.listing, &[("open", "Open again")])) }
            }
            @if screening.hits.is_empty() { p { "Nobody on these lists comes near: " (app.book.lists().in_words()) "." } }
            @for hit in &screening.hits { (one(app, hit, params)) }
            p.soft.small { "A score says how surely, never what may be done. Looked up in " (app.book.lists().in_words()) "." }
        } @else {
            p.soft { "Looks in " (app.book.lists().in_words()) ". Other ways of writing a name, other scripts and word orders are found too." }
        }
    }
}

fn one(app: &App, hit: &Hit, params: &Params) -> Markup {
    let (r, asked) = (&hit.record, params.shown("name"));
    let is_settled = hit.why.iter().any(|why| why.feature == "settled" && why.effect > 0.0);
    let score = format!("{:.2}", hit.score);
    let since = hit.listed.map(|l| match (l.from, l.to) {
        (Some(from), None) => format!("listed since {}", short_date(from)),
        (Some(from), Some(to)) => format!("listed {} to {}", short_date(from), short_date(to)),
        (None, Some(to)) => format!("listed until {}", short_date(to)),
        (None, None) => "listed".to_owned(),
    });
    html! {
        section.card {
            header {
                h3 { @for (letters, same) in differing(&hit.matched, asked) { @if same { (letters) } @else { u { (letters) } } } }
                span { meter min="0" max="1" low="0.45" high="0.8" optimum="0" value=(score) aria-label="score" { (score) } " " strong { (score) } }
            }
            p.small {
                code { (r.listing()) } @if hit.matched != r.name { " · listed as " (plain(&r.name)) } @if hit.weak { " · the list calls this name weak" }
                @if let Some(kind) = r.kind { " · " (resolve::kind_word(kind)) }
                @if !r.births.is_empty() { " · born " (r.births.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join(" or ")) }
                @if !r.nationalities.is_empty() { " · " (r.nationalities.iter().take(3).cloned().collect::<Vec<_>>().join(", ")) }
                @if let Some(since) = since { " · " (since) }
            }
            ul.plain.small { @for why in &hit.why { li { code { @if why.feature == "name" { (format!("{:.2}", why.effect)) } @else { (format!("{:+.2}", why.effect)) } } " " (plain(&why.text)) } } }
            @if !is_settled { (settling(app, params, &r.listing(), &[("yes", "The same"), ("no", "Not the same")])) }
        }
    }
}

/// The letters of a name in runs, and whether they stand in what was asked for in the same order.
fn differing(name: &str, asked: &str) -> Vec<(String, bool)> {
    let fold = |c: &char| c.to_lowercase().next().unwrap_or(*c);
    let (a, b): (Vec<char>, Vec<char>) = (plain(name).chars().take(80).collect(), plain(asked).chars().take(80).collect());
    // The longest common subsequence; at most 80 by 80.
    let mut length = vec![vec![0u8; b.len() + 1]; a.len() + 1];
    let at = |length: &Vec<Vec<u8>>, i: usize, j: usize| length.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let best = if fold(x) == fold(y) { at(&length, i + 1, j + 1) + 1 } else { at(&length, i + 1, j).max(at(&length, i, j + 1)) };
            if let Some(cell) = length.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = best;
            }
        }
    }
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut j = 0;
    for (i, x) in a.iter().enumerate() {
        while j < b.len() && b.get(j).is_none_or(|y| fold(x) != fold(y)) && at(&length, i, j + 1) == at(&length, i, j) {
            j += 1;
        }
        let same = b.get(j).is_some_and(|y| fold(x) == fold(y));
        j += usize::from(same);
        match out.last_mut() {
            Some((run, as_before)) if *as_before == same => run.push(*x),
            _ => out.push((x.to_string(), same)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_that_differ_are_marked() {
        let shown = |name, asked| {
            differing(name, asked).into_iter().map(|(run, same)| if same { run } else { format!("[{run}]") }).collect::<String>()
        };
        assert_eq!(shown("Ri Won Ho", "Ri Won Ho"), "Ri Won Ho");
        assert_eq!(shown("Ri Won Ho", "Li Won Ho"), "[R]i Won Ho");
        assert_eq!(shown("Pak", ""), "[Pak]");
    }
}
