//! The form for an act in parts, and every form that decides: a new act, or one with another fact.

use super::ask::{authorities, fields};
use super::decision::{Case, decision_page};
use super::{Part, page, with_status};
use crate::fact::{place, roles, take_apart};
use crate::serve::app::{App, Shared};
use crate::serve::endpoints::Answered;
use crate::serve::params::Params;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use model::ActKind;
use serde_json::{Map, Value, json};

/// Fields of one line: name, label, example.
const LINES: [(&str, &str, &str); 13] = [
    ("by", "Who gives, sells, sends or does it", "a name"),
    ("by_country", "of which country", "RU, or Russia"),
    ("for", "Who receives it", "a name"),
    ("for_country", "of which country", "KP, or North Korea"),
    ("item", "What it is", "limousine, 20 t of coal, training of pilots"),
    ("hs", "Customs code", "8703"),
    ("quantity", "How much", "20 t"),
    ("value", "What it is worth", "300000 USD"),
    ("from", "From", "a country or a place"),
    ("to", "To", "a country or a place"),
    ("via", "Through", "places, with commas between"),
    ("origin", "Made in", "a country"),
    ("purpose", "What for", "a clinic"),
];
/// What else may be sent.
const OTHERS: [&str; 10] = ["act", "said", "fact", "answer", "in", "as_of", "kind", "on", "condition", "status"];

/// `GET /form`.
pub(in crate::serve) async fn form(State(app): State<Shared>) -> Response {
    page(&app, "Describe an act", Part::Form, &shown(&app, &Params::default(), None))
}

/// `POST /decide`: from the form, or with a fact that was missing.
pub(in crate::serve) async fn decide_post(State(app): State<Shared>, request: Request<Body>) -> Answered {
    let params = fields(&app, request).await?;
    params.only(&OTHERS.into_iter().chain(LINES.map(|(name, ..)| name)).collect::<Vec<_>>())?;
    let here = app.clone();
    app.quick
        .run(move || {
            decided(&here, &params).unwrap_or_else(|wrong| {
                with_status(page(&here, "Describe an act", Part::Form, &shown(&here, &params, Some(&wrong))), StatusCode::BAD_REQUEST)
            })
        })
        .await
}

fn decided(app: &App, params: &Params) -> Result<Response, String> {
    let ask = params.ask(&app.book).map_err(|p| p.detail)?;
    let mut act: Value = match params.shown("act") {
        "" => from_fields(params),
        text => serde_json::from_str(text).map_err(|e| format!("the act is no JSON: {e}"))?,
    };
    if !params.shown("fact").is_empty() {
        let answer = params.shown("answer").trim();
        if let Ok(read) = app.book.read_act(act.to_string().as_bytes(), crate::Format::Json) {
            take_apart(&app.book, &mut act, read.act.items.len());
        }
        place(&mut act, params.shown("fact"), answer).map_err(|m| format!("“{}”: {m}", params.shown("fact")))?;
    }
    let case = Case::of(app, act, params, &ask, None)?;
    Ok(decision_page(app, &case))
}

/// The act that the fields describe; whatever was left empty is not known.
fn from_fields(params: &Params) -> Value {
    let given = |name: &str| Some(params.shown(name).trim().to_owned()).filter(|v| !v.is_empty());
    let mut act = Map::new();
    for name in ["kind", "on", "purpose", "status"] {
        act.extend(given(name).map(|v| (name.to_owned(), json!(v))));
    }
    let (by, to_whom) = roles(given("kind").as_deref());
    let party = |role: &str, name: &str, country: &str| {
        let mut party = json!({"role": role, "name": given(name)?});
        if let Some(country) = given(country) {
            party["nationality"] = json!(country);
        }
        Some(party)
    };
    let parties: Vec<Value> = [party(by, "by", "by_country"), party(to_whom, "for", "for_country")].into_iter().flatten().collect();
    act.insert("parties".into(), Value::Array(parties));
    let columns = [
        ("description", "item"),
        ("hs", "hs"),
        ("quantity", "quantity"),
        ("value", "value"),
        ("origin", "origin"),
        ("condition", "condition"),
    ];
    let item: Map<String, Value> = columns.iter().filter_map(|(key, field)| Some(((*key).to_owned(), json!(given(field)?)))).collect();
    act.insert("items".into(), if item.is_empty() { json!([]) } else { json!([item]) });
    let mut places = Map::new();
    places.extend(given("from").map(|v| ("origin".to_owned(), json!(v))));
    places.extend(given("to").map(|v| ("destination".to_owned(), json!(v))));
    let via = params.list("via");
    if !via.is_empty() {
        places.insert("transit".into(), json!(via));
    }
    act.insert("places".into(), Value::Object(places));
    Value::Object(act)
}

fn shown(app: &App, params: &Params, wrong: Option<&str>) -> Markup {
    let kinds: Vec<&str> = ActKind::all_words();
    html! {
        h1 { "Describe an act" }
        @if let Some(wrong) = wrong { div.wrong role="alert" { p { (wrong) } } }
        p.soft { "Whatever you leave empty is not known, and what is not known never makes an act permitted." }
        form method="post" action="/decide" {
            div.fields {
                label { span.says { "What is done" } select name="kind" {
                    option value="" { "not said" }
                    @for kind in kinds { option value=(kind) selected[params.shown("kind") == kind] { (kind.replace('_', " ")) } }
                } }
                label { span.says { "Day" } input type="text" name="on" value=(params.shown("on")) placeholder="2024-02-18, or 2024-02" maxlength="40"; }
                @for (name, says, example) in LINES {
                    label { span.says { (says) } input type="text" name=(name) value=(params.shown(name)) placeholder=(example) maxlength="400"; }
                }
                label { span.says { "Condition" } select name="condition" { option value="" { "not said" } @for c in ["new", "used"] { option value=(c) selected[params.shown("condition") == c] { (c) } } } }
            }
            (authorities(app, params))
            div.row { button { "Decide" } }
        }
    }
}
