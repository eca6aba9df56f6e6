//! The tools: what each takes, in JSON Schema, and what it does.

use crate::clock::{day_word, today};
use crate::input::{day_span, text_line};
use crate::screening::Screening;
use crate::{Article, Ask, Format, InputProblem, Rulebook, decide, json, law};
use resolve::{Bench, Wish};
use serde_json::{Map, Value, json};

/// Most problems that are told at once.
const MOST_TOLD: usize = 10;

/// Every tool with what it takes.
pub(super) fn all() -> Value {
    let text = |about: &str| json!({"type": "string", "description": about});
    let ask = [
        (
            "in",
            json!({"type": "array", "items": {"type": "string"}, "description": "authorities to ask: un, eu, us, uk, kr, jp, ch, au, ca, sg, nz; all where left out"}),
        ),
        ("as_of", text("the law of this day instead of the day of the act")),
        ("brief", json!({"type": "boolean", "description": "verdicts, provision ids and names of missing facts only"})),
    ];
    let with_ask = |mut own: Map<String, Value>| {
        own.extend(ask.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())));
        Value::Object(own)
    };
    let fields = |pairs: &[(&str, Value)]| pairs.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect::<Map<String, Value>>();
    let tool = |name: &str, title: &str, about: &str, properties: Value, required: &[&str]| {
        json!({"name": name, "title": title, "description": about, "annotations": {"readOnlyHint": true, "openWorldHint": false},
            "inputSchema": {"type": "object", "properties": properties, "required": required, "additionalProperties": false}})
    };
    json!([
        tool(
            "check",
            "Is this act allowed?",
            "Decides an act under sanctions law, for each authority: verdict, paragraphs, who is bound, exceptions, what is not known.",
            with_ask(fields(&[(
                "act",
                json!({"type": "object", "description": "kind, on, status, parties[{role,name,type,nationality,located_in}], items[{description,hs,quantity,value,origin}], places{origin,transit,destination}, legs, purpose, approvals, judgements; every field is optional"})
            )])),
            &["act"]
        ),
        tool(
            "read",
            "Acts told in a text",
            "Finds the acts that a sentence or report tells, who says so, and decides each as if it were true.",
            with_ask(fields(&[
                ("text", text("a sentence, a question or a report")),
                ("published", text("the day from which words such as yesterday count")),
                ("language", text("such as en"))
            ])),
            &["text"]
        ),
        tool(
            "screen",
            "Who on the lists a party may be",
            "Looks a party up on the sanctions lists kept here, across scripts and ways of writing, with the reasons of each score.",
            json!({"name": text("the name, in any script"), "type": text("person, company, bank, government, organisation, vessel or aircraft"), "country": text("a country"),
                "birth_date": text("as exact as it is known"), "identifiers": text("such as passport:381310014 or imo:8133530"),
                "limit": {"type": "integer", "minimum": 1, "maximum": 100}}),
            &["name"]
        ),
        tool(
            "classify",
            "What goods are",
            "Customs headings of goods described in words, lists that name them, and what is left to ask.",
            json!({"description": text("the goods in words"), "as_of": text("the law of this day")}),
            &["description"]
        ),
        tool(
            "law",
            "A paragraph of the encoded law",
            "Shows a provision (un/2397#7), an instrument (un/2397) or a regime (un/dprk) in our own words.",
            json!({"id": text("such as un/2397#7")}),
            &["id"]
        ),
    ])
}

/// Calls a tool. An error is for a call of no tool; what is wrong with arguments is an answer, which a model can read and mend.
pub(super) fn call(book: &Rulebook, params: &Value) -> Result<Value, String> {
    let name = params.get("name").and_then(Value::as_str).unwrap_or_default();
    let empty = Map::new();
    let arguments = match params.get("arguments") {
        None | Some(Value::Null) => &empty,
        Some(Value::Object(map)) => map,
        Some(_) => return Err("`arguments` is an object".into()),
    };
    let done = match name {
        "check" => check(book, arguments),
        "read" => read(book, arguments),
        "screen" => screen(book, arguments),
        "classify" => classify(book, arguments),
        "law" => show(book, arguments),
        _ => return Err("no such tool; there are check, read, screen, classify and law".into()),
    };
    Ok(match done {
        Ok(text) => {
            let structured: Option<Value> = serde_json::from_str(&text).ok().filter(Value::is_object);
            let mut out = json!({"content": [{"type": "text", "text": text}], "isError": false});
            if let Some(structured) = structured {
                out["structuredContent"] = structured;
            }
            out
        }
        Err(wrong) => json!({"content": [{"type": "text", "text": wrong}], "isError": true}),
    })
}

type Done = Result<String, String>;
type Arguments = Map<String, Value>;

fn only(arguments: &Arguments, known: &[&str]) -> Result<(), String> {
    match arguments.keys().find(|k| !known.contains(&k.as_str())) {
        Some(other) => Err(format!("`{}` is not taken here; there are {}", other.chars().take(40).collect::<String>(), known.join(", "))),
        None => Ok(()),
    }
}

fn told(problems: &[InputProblem]) -> String {
    let one = |p: &InputProblem| InputProblem { at: json::fact_of(&p.at).to_owned(), ..p.clone() }.to_string();
    problems.iter().take(MOST_TOLD).map(one).collect::<Vec<_>>().join("\n")
}

fn ask(book: &Rulebook, arguments: &Arguments) -> Result<Ask, String> {
    let names: Vec<String> = match arguments.get("in") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(text)) => text.split(',').map(str::to_owned).collect(),
        Some(_) => return Err("in: a list of authorities, such as [\"un\", \"eu\"]".into()),
    };
    let brief = arguments.get("brief").and_then(Value::as_bool).unwrap_or(false);
    Ask::of_words(book, &names, arguments.get("as_of").and_then(Value::as_str), brief).map_err(|(name, m)| format!("{name}: {m}"))
}

fn check(book: &Rulebook, arguments: &Arguments) -> Done {
    only(arguments, &["act", "in", "as_of", "brief"])?;
    let act = match arguments.get("act") {
        // Some programs hand over objects as texts.
        Some(Value::String(text)) => text.clone(),
        Some(act @ Value::Object(_)) => act.to_string(),
        _ => {
            return Err(
                "act: an object with what is known of the act, such as {\"kind\": \"gift\", \"items\": [{\"description\": \"car\"}]}"
                    .into(),
            );
        }
    };
    let ask = ask(book, arguments)?;
    let act = book.read_act(act.as_bytes(), Format::Json).map_err(|p| told(&p))?;
    Ok(decide(book, &act, &ask).json(false))
}

fn read(book: &Rulebook, arguments: &Arguments) -> Done {
    only(arguments, &["text", "published", "language", "in", "as_of", "brief"])?;
    let ask = ask(book, arguments)?;
    let line: Map<String, Value> = arguments
        .iter()
        .filter(|(k, _)| ["text", "published", "language"].contains(&k.as_str()))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    let text = text_line(Value::Object(line).to_string().as_bytes()).map_err(|p| told(&p))?;
    Ok(Article::read_question(book, text).json(book, &ask, false))
}

fn screen(book: &Rulebook, arguments: &Arguments) -> Done {
    only(arguments, &["name", "type", "country", "birth_date", "identifiers", "limit"])?;
    let limit = arguments.get("limit").and_then(Value::as_u64).map_or(10, |n| n.clamp(1, 100));
    let query: Map<String, Value> = arguments.iter().filter(|(k, _)| *k != "limit").map(|(k, v)| (k.clone(), v.clone())).collect();
    let (id, party) = book.read_query(Value::Object(query).to_string().as_bytes(), Format::Json).map_err(|p| told(&p))?;
    let wish = Wish { limit: usize::try_from(limit).unwrap_or(10), on: Some(today()), ..Wish::default() };
    Ok(Screening::of(book.lists().screener(), id, &party, &wish, &mut Bench::default()).json(false))
}

fn classify(book: &Rulebook, arguments: &Arguments) -> Done {
    only(arguments, &["description", "as_of"])?;
    let day = match arguments.get("as_of").and_then(Value::as_str) {
        Some(text) => day_span(&day_word(text)).map_err(|m| format!("as_of: {m}"))?.first,
        None => today(),
    };
    let goods = json!({"description": arguments.get("description")}).to_string();
    let (id, description) = book.read_goods(goods.as_bytes(), Format::Json).map_err(|p| told(&p))?;
    Ok(book.classify(id, &description, day).json(book, false))
}

fn show(book: &Rulebook, arguments: &Arguments) -> Done {
    only(arguments, &["id"])?;
    let id = arguments.get("id").and_then(Value::as_str).unwrap_or_default();
    law::show_json(book, id, false).ok_or_else(|| match law::nearest_id(book, id) {
        Some(near) => format!("the encoded law has no such id; did you mean `{near}`?"),
        None => "the encoded law has no such id; regimes are such as un/dprk, instruments such as un/2397".to_owned(),
    })
}
