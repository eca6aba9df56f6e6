//! The first page: one box for a sentence, an article or an act, and what came of it.

use super::article::article_page;
use super::decision::{Case, decision_page};
use super::{Part, page, with_status};
use crate::cli::say;
use crate::input::{day_span, exact_day};
use crate::serve::app::{App, Shared};
use crate::serve::body;
use crate::serve::endpoints::Answered;
use crate::serve::params::Params;
use crate::serve::problem::Problem;
use crate::{Article, Ask, Text};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::Value;

/// Most bytes of what is typed or pasted into the page; longer texts go to `/v1/read`.
pub(super) const MOST_TYPED: usize = 100_000;
/// Most bytes of a form, where each may be written as three.
pub(super) const MOST_FORM: usize = 4 * MOST_TYPED;

const FIELDS: [&str; 4] = ["q", "on", "in", "as_of"];

const EXAMPLES: [(&str, &str, &str); 3] = [
    ("A gift", "Putin gave Kim Jong Un a car.", "2024-02-18"),
    ("Water pumps", "A charity in Geneva shipped forty water pumps to a clinic in Pyongyang.", "2019-05-06"),
    ("A tanker at sea", "A Russian tanker transferred diesel to a North Korean ship in the East China Sea.", "2018-02-20"),
];

/// `GET /`.
pub(in crate::serve) async fn home(State(app): State<Shared>) -> Response {
    let params = Params::default();
    page(&app, "Is this allowed?", Part::Ask, &asking(&app, &params, None))
}

/// `GET /ask?q=`: so that a question can be a link.
pub(in crate::serve) async fn ask_get(State(app): State<Shared>, uri: Uri) -> Answered {
    answered(app, Params::of(uri.query().unwrap_or_default().as_bytes())?).await
}

/// `POST /ask`: what was typed or pasted.
pub(in crate::serve) async fn ask_post(State(app): State<Shared>, request: Request<Body>) -> Answered {
    answered(app.clone(), fields(&app, request).await?).await
}

/// The fields of a form that was sent.
pub(super) async fn fields(app: &App, request: Request<Body>) -> Result<Params, Problem> {
    let (parts, sent) = request.into_parts();
    match body::media_type(&parts.headers)?.as_deref() {
        Some("application/x-www-form-urlencoded") => {}
        _ => return Err(Problem::media("this is for forms; programs ask `/v1/check` and `/v1/read`")),
    }
    let held = body::whole(app, &parts.headers, sent, MOST_FORM).await?;
    Params::of(&held.bytes)
}

async fn answered(app: Shared, params: Params) -> Answered {
    params.only(&FIELDS)?;
    let lane = if params.shown("q").len() < 2_000 { &app.quick } else { &app.long };
    let here = app.clone();
    lane.run(move || {
        answer(&here, &params).unwrap_or_else(|wrong| {
            with_status(page(&here, "Is this allowed?", Part::Ask, &asking(&here, &params, Some(&wrong))), StatusCode::BAD_REQUEST)
        })
    })
    .await
}

/// What was asked, answered; or what is wrong with it.
fn answer(app: &App, params: &Params) -> Result<Response, String> {
    let typed = params.shown("q");
    if typed.trim().is_empty() {
        return Err("Nothing is written in the box yet. Write who gives, sells or does what, and to whom.".into());
    }
    if typed.len() > MOST_TYPED {
        return Err(format!("This is longer than {MOST_TYPED} bytes. Longer texts are read by “licit read” and POST /v1/read."));
    }
    let ask = params.ask(&app.book).map_err(|p| p.detail)?;
    if typed.trim_start().starts_with('{') {
        let act: Value = serde_json::from_str(typed).map_err(|e| format!("This begins like an act in JSON and is none: {e}"))?;
        let case = Case::of(app, act, params, &ask, None)?;
        return Ok(decision_page(app, &case));
    }
    let on = params.shown("on").trim();
    let day = (!on.is_empty()).then(|| day_span(&crate::clock::day_word(on))).transpose().map_err(|m| format!("The day: {m}"))?;
    let published = if on.is_empty() { None } else { exact_day(&crate::clock::day_word(on)).ok() };
    let text = Text { id: String::new(), text: typed.to_owned(), published, language: None };
    let mut article = Article::read_question(&app.book, text);
    let short = typed.chars().count() <= 400;
    if let (Some(day), true) = (day, short) {
        article.dated(&app.book, day);
    }
    match article.read.acts.as_slice() {
        [] if short => Err(NOTHING.into()),
        [told] if short && article.read.claims.is_empty() => {
            let act = told.act.clone();
            let case = Case::of(app, act, params, &ask, Some(&article))?;
            Ok(decision_page(app, &case))
        }
        _ => Ok(article_page(app, &article, &ask)),
    }
}

const NOTHING: &str = "No act was found in this. A sentence must say who gives, sells, sends or does what, and to whom: “A dealer in Rome sold bicycles to Pyongyang”. The form takes an act in parts.";

/// The box, with what is wrong above it and what was typed still in it.
fn asking(app: &App, params: &Params, wrong: Option<&str>) -> Markup {
    let today = crate::clock::today().to_string();
    let typed = params.shown("q");
    let day = if typed.is_empty() && params.shown("on").is_empty() { today.as_str() } else { params.shown("on") };
    html! {
        h1 { "Is this allowed?" }
        @if let Some(wrong) = wrong { div.wrong role="alert" { p { (wrong) } } }
        form method="post" action="/ask" {
            label {
                span.says { "Paste a sentence, an article, or describe a shipment" }
                textarea name="q" rows="6" required maxlength=(MOST_TYPED) accesskey="q" { (typed) }
            }
            div.row {
                label { span.says { "Day it was said or done" } input type="date" name="on" value=(day); }
                button { "Ask" }
            }
            (authorities(app, params))
        }
        h2 { "For example" }
        ul.examples {
            @for (name, sentence, on) in EXAMPLES {
                li { a href=(format!("/ask?{}", link(sentence, on))) { (name) } br; span.soft.small { "“" (sentence) "”" } }
            }
        }
        p { "Prefer a form? " a href="/form" { "Describe the act in parts" } "." }
    }
}

fn link(sentence: &str, on: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("q", sentence).append_pair("on", on).finish()
}

/// A box for each authority; all are ticked where none was chosen.
pub(super) fn authorities(app: &App, params: &Params) -> Markup {
    let chosen = params.list("in");
    html! {
        fieldset {
            legend { "Whom to ask" }
            div.boxes {
                @for code in app.book.engine().jurisdictions() {
                    label { input type="checkbox" name="in" value=(code) checked[chosen.is_empty() || chosen.contains(&code)]; (say::jurisdiction(&code)) }
                }
            }
        }
    }
}

/// What was asked of whom, to be asked again.
pub(super) fn hidden(ask: &Ask) -> Markup {
    html! {
        @for code in &ask.jurisdictions { input type="hidden" name="in" value=(code); }
        @if let Some(day) = ask.as_of { input type="hidden" name="as_of" value=(crate::answer::span_text(day)); }
    }
}
