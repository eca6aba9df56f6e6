//! Writes the answer to a question into an act, where the fact that was asked for stands: for the interview and for the page.

use crate::Rulebook;
use serde_json::{Value, json};

fn yes(answer: &str) -> Result<bool, String> {
    match answer.to_lowercase().as_str() {
        "y" | "yes" | "true" => Ok(true),
        "n" | "no" | "false" => Ok(false),
        _ => Err("answer yes or no".into()),
    }
}

/// Writes an answer where the fact stands in the act; an error says what the answer should look like.
pub(crate) fn place(act: &mut Value, path: &str, answer: &str) -> Result<(), String> {
    match path {
        "by" => push(act, "parties", party("supplier", answer)),
        "for" => push(act, "parties", party("recipient", answer)),
        "places.transit" => set(act, &["places", "transit"], json!(answer.split(',').map(str::trim).collect::<Vec<_>>())),
        "approvals" => return Err("an approval is recorded in the act, not here; skip".into()),
        _ => {
            let (root, rest) = path.split_once('.').unwrap_or((path, ""));
            match (root, rest) {
                ("judgements", name) => set(act, &["judgements", name], json!(if yes(answer)? { "yes" } else { "no" })),
                ("places", name) => set(act, &["places", name], json!(answer)),
                (root, "") => set(act, &[root], json!(answer)),
                (root, field) => return element(act, root, field, answer),
            }
        }
    }
    Ok(())
}

/// Writes each of several goods of one description as an item of its own, as the act was read, so that answers find their place.
/// `items`: how many the act has as it was read.
pub(crate) fn take_apart(book: &Rulebook, act: &mut Value, items: usize) {
    let Some(list) = act.get("items").and_then(Value::as_array).filter(|list| list.len() < items) else { return };
    let apart = |item: &Value| -> Vec<Value> {
        let goods = item.get("description").and_then(Value::as_str).map(|d| book.resolver().goods_apart(d)).unwrap_or_default();
        if goods.is_empty() || ["hs", "is", "is_not"].iter().any(|field| item.get(field).is_some()) {
            return vec![item.clone()];
        }
        let one = |description: String| {
            let mut one = item.clone();
            if let Value::Object(fields) = &mut one {
                // An amount is that of the whole.
                fields.retain(|field, _| field != "quantity" && field != "value");
            }
            set(&mut one, &["description"], json!(description));
            one
        };
        goods.into_iter().map(one).collect()
    };
    let list: Vec<Value> = list.iter().flat_map(apart).collect();
    set(act, &["items"], Value::Array(list));
}

fn element(act: &mut Value, root: &str, field: &str, answer: &str) -> Result<(), String> {
    let (list, index) = root.split_once('[').ok_or("this cannot be answered here; skip")?;
    let index: usize = index.trim_end_matches(']').parse().map_err(|_| "this cannot be answered here; skip")?;
    let slot = act.get_mut(list).and_then(|l| l.get_mut(index)).ok_or("this cannot be answered here; skip")?;
    match field.split_once('.') {
        Some(("is", list)) => {
            let key = if yes(answer)? { "is" } else { "is_not" };
            push(slot, key, json!(list));
        }
        _ if field == "designated" => set(slot, &["designated"], json!(yes(answer)?)),
        _ => set(slot, &[field], json!(answer)),
    }
    Ok(())
}

/// `a dealer, IT` names a party and its country.
fn party(role: &str, answer: &str) -> Value {
    match answer.rsplit_once(',') {
        Some((name, country)) => json!({"role": role, "name": name.trim(), "nationality": country.trim()}),
        None => json!({"role": role, "name": answer}),
    }
}

fn set(value: &mut Value, path: &[&str], new: Value) {
    match path {
        [] => *value = new,
        [first, rest @ ..] => {
            if !value.is_object() {
                *value = json!({});
            }
            if let Value::Object(map) = value {
                set(map.entry((*first).to_owned()).or_insert(Value::Null), rest, new);
            }
        }
    }
}

fn push(value: &mut Value, key: &str, new: Value) {
    let mut list = value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    list.push(new);
    set(value, &[key], Value::Array(list));
}

/// The roles of who does it and of who receives it, by kind of act.
pub(crate) fn roles(kind: Option<&str>) -> (&'static str, &'static str) {
    match kind {
        Some("import" | "procurement" | "fishing_rights") => ("buyer", "end_user"),
        Some("employment") => ("employer", "worker"),
        Some("insurance") => ("insurer", "recipient"),
        Some("travel" | "tourism") => ("traveller", "host"),
        Some("use" | "port_call" | "overflight") => ("operator", "host"),
        Some("training" | "technical_assistance" | "service") => ("provider", "recipient"),
        _ => ("supplier", "recipient"),
    }
}
