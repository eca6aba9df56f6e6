//! From the short form of a case to the act of the contract.

use serde_json::{Map, Value as Json, json};
use toml::{Table, Value};

/// The fields an act of a case may have.
pub(super) const FIELDS: [&str; 15] = [
    "kind",
    "on",
    "status",
    "purpose",
    "contract_date",
    "by",
    "for",
    "parties",
    "from",
    "to",
    "via",
    "items",
    "approvals",
    "judgements",
    "counters",
];
const PARTY: [&str; 8] = ["name", "type", "nationality", "located_in", "acts_for", "flag", "role", "designated"];
const ITEM: [&str; 8] = ["description", "hs", "origin", "quantity", "value", "condition", "is", "is_not"];

/// The act of a case as the contract has it, or every reason why it is none.
pub(super) fn act(table: &Table, id: &str) -> Result<Json, Vec<String>> {
    let mut out = Map::new();
    let mut problems = Vec::new();
    out.insert("id".into(), json!(id));
    for (key, value) in table {
        match key.as_str() {
            "kind" | "on" | "status" | "purpose" | "contract_date" => {
                out.insert(key.clone(), plain(value));
            }
            "by" | "for" | "parties" | "from" | "to" | "via" => {}
            "items" => keep(&mut out, &mut problems, key, each(value, item)),
            "approvals" => keep(&mut out, &mut problems, key, each(value, approval)),
            "judgements" => keep(&mut out, &mut problems, key, named(value, judgement)),
            "counters" => keep(&mut out, &mut problems, key, named(value, counter)),
            other => problems.push(format!("an act has no field `{other}`")),
        }
    }
    match parties(table) {
        Ok(list) if list.is_empty() => {}
        Ok(list) => {
            out.insert("parties".into(), Json::Array(list));
        }
        Err(message) => problems.push(message),
    }
    let places = places(table);
    if !places.is_empty() {
        out.insert("places".into(), Json::Object(places));
    }
    if problems.is_empty() { Ok(Json::Object(out)) } else { Err(problems) }
}

/// The path of the contract for a path of a case: `to` is `places.destination`, `for.type` is `parties[1].type`.
pub(super) fn path(path: &str, act: &Table) -> String {
    let (root, rest) = path.split_once('.').map_or((path, ""), |(a, b)| (a, b));
    let root = match root {
        "to" => "places.destination".to_owned(),
        "from" => "places.origin".to_owned(),
        "via" => "places.transit".to_owned(),
        "by" => "parties[0]".to_owned(),
        "for" => format!("parties[{}]", usize::from(act.contains_key("by"))),
        "parties" => {
            let before = usize::from(act.contains_key("by")) + usize::from(act.contains_key("for"));
            let (index, rest) = rest.split_once('.').map_or((rest, ""), |(a, b)| (a, b));
            let index = index.parse::<usize>().map_or_else(|_| index.to_owned(), |i| (i + before).to_string());
            return join(&format!("parties[{index}]"), rest);
        }
        other => other.to_owned(),
    };
    join(&root, rest)
}

/// Puts numbers of a dotted path in brackets.
fn join(root: &str, rest: &str) -> String {
    let mut out = root.to_owned();
    for key in rest.split('.').filter(|k| !k.is_empty()) {
        if key.bytes().all(|b| b.is_ascii_digit()) {
            out.push_str(&format!("[{key}]"));
        } else {
            out.push_str(&format!(".{key}"));
        }
    }
    out
}

fn keep(out: &mut Map<String, Json>, problems: &mut Vec<String>, key: &str, read: Result<Json, String>) {
    match read {
        Ok(value) => {
            out.insert(key.to_owned(), value);
        }
        Err(message) => problems.push(format!("`{key}`: {message}")),
    }
}

fn parties(act: &Table) -> Result<Vec<Json>, String> {
    let mut out = Vec::new();
    for (key, role) in [("by", "supplier"), ("for", "recipient")] {
        if let Some(value) = act.get(key) {
            let mut one = party(value).map_err(|m| format!("`{key}`: {m}"))?;
            if one.get("role").is_none()
                && let Json::Object(map) = &mut one
            {
                map.insert("role".into(), json!(role));
            }
            out.push(one);
        }
    }
    if let Some(list) = act.get("parties") {
        let list = each(list, party).map_err(|m| format!("`parties`: {m}"))?;
        out.extend(list.as_array().cloned().unwrap_or_default());
    }
    Ok(out)
}

fn party(value: &Value) -> Result<Json, String> {
    let table = fields(value, &PARTY)?;
    let mut out = Map::new();
    for (key, value) in table {
        let value = if key == "nationality" && value.is_str() { json!([plain(value)]) } else { plain(value) };
        out.insert(key.clone(), value);
    }
    Ok(Json::Object(out))
}

fn item(value: &Value) -> Result<Json, String> {
    let table = fields(value, &ITEM)?;
    let mut out = Map::new();
    for (key, value) in table {
        let value = match key.as_str() {
            "quantity" => {
                let (amount, unit) = amount(value)?;
                json!({ "value": number(amount)?, "unit": unit })
            }
            "value" => {
                let (amount, currency) = amount(value)?;
                number(amount)?;
                json!({ "amount": amount, "currency": currency })
            }
            "is" | "is_not" if value.is_str() => json!([plain(value)]),
            _ => plain(value),
        };
        out.insert(key.clone(), value);
    }
    Ok(Json::Object(out))
}

fn approval(value: &Value) -> Result<Json, String> {
    let bad = || "an approval reads like `un/1718-committee 2017-12-20..2018-06-20 covers wheelchairs, crutches`".to_owned();
    let text = value.as_str().ok_or_else(bad)?;
    let (head, covers) = text.split_once(" covers ").map_or((text, ""), |(a, b)| (a, b));
    let (authority, span) = head.trim().split_once(' ').ok_or_else(bad)?;
    let (on, until) = span.trim().split_once("..").map_or((span.trim(), ""), |(a, b)| (a, b));
    if on.parse::<model::Date>().is_err() || !until.is_empty() && until.parse::<model::Date>().is_err() {
        return Err(bad());
    }
    let covers: Vec<&str> = covers.split(',').map(str::trim).filter(|c| !c.is_empty()).collect();
    let mut out = json!({ "authority": authority, "on": on, "covers": covers });
    if !until.is_empty() {
        out["until"] = json!(until);
    }
    Ok(out)
}

fn judgement(value: &Value) -> Result<Json, String> {
    match value.as_str() {
        Some(answer @ ("yes" | "no")) => Ok(json!({ "answer": answer, "by": "case" })),
        _ => Err("a finding is \"yes\" or \"no\"".into()),
    }
}

fn counter(value: &Value) -> Result<Json, String> {
    let text = value.as_str().unwrap_or_default();
    let (text, open) = text.strip_prefix("at least ").map_or((text, false), |rest| (rest, true));
    let (value, unit) = text.trim().split_once(' ').ok_or("a counter reads like `300000 barrel` or `at least 300000 barrel`")?;
    let value = number(value)?;
    Ok(if open { json!({ "at_least": value, "unit": unit }) } else { json!({ "at_least": value, "at_most": value, "unit": unit }) })
}

fn places(act: &Table) -> Map<String, Json> {
    let mut out = Map::new();
    for (key, name) in [("from", "origin"), ("to", "destination"), ("via", "transit")] {
        if let Some(value) = act.get(key) {
            let value = if key == "via" && value.is_str() { json!([plain(value)]) } else { plain(value) };
            out.insert(name.into(), value);
        }
    }
    out
}

/// `20 item` or `15000 USD`.
fn amount(value: &Value) -> Result<(&str, &str), String> {
    value
        .as_str()
        .and_then(|t| t.trim().split_once(' '))
        .map(|(a, b)| (a, b.trim()))
        .ok_or_else(|| format!("`{value}` is no amount with its unit, such as `20 item` or `15000 USD`"))
}

fn number(text: &str) -> Result<Json, String> {
    if let Ok(whole) = text.parse::<u64>() {
        return Ok(json!(whole));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(json!(number)),
        _ => Err(format!("`{text}` is not a number")),
    }
}

fn fields<'a>(value: &'a Value, known: &[&str]) -> Result<&'a Table, String> {
    let table = value.as_table().ok_or("expected a table")?;
    match table.keys().find(|k| !known.contains(&k.as_str())) {
        Some(other) => Err(format!("unknown field `{other}`; known are {}", known.join(", "))),
        None => Ok(table),
    }
}

fn each(value: &Value, read: fn(&Value) -> Result<Json, String>) -> Result<Json, String> {
    let list = value.as_array().ok_or("expected a list")?;
    list.iter().map(read).collect::<Result<Vec<_>, _>>().map(Json::Array)
}

fn named(value: &Value, read: fn(&Value) -> Result<Json, String>) -> Result<Json, String> {
    let table = value.as_table().ok_or("expected a table")?;
    let read = table.iter().map(|(name, v)| Ok((name.clone(), read(v).map_err(|m| format!("{name}: {m}"))?)));
    read.collect::<Result<Map<_, _>, String>>().map(Json::Object)
}

/// A TOML value as JSON; dates become texts.
fn plain(value: &Value) -> Json {
    match value {
        Value::String(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Boolean(yes) => json!(yes),
        Value::Datetime(date) => json!(date.to_string()),
        Value::Array(list) => Json::Array(list.iter().map(plain).collect()),
        Value::Table(table) => Json::Object(table.iter().map(|(k, v)| (k.clone(), plain(v))).collect()),
    }
}
