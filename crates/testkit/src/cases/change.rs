//! Changes of an act: `path = TOML value`, several separated by ` ; `.

use super::contract::FIELDS;
use toml::{Table, Value};

/// The act with the changes of a cell made; `=` repeats it.
pub(super) fn turn(act: &Table, cell: &str) -> Result<Table, Vec<String>> {
    let mut turned = act.clone();
    if cell == "=" {
        return Ok(turned);
    }
    let mut problems = Vec::new();
    for part in split(cell) {
        if let Err(message) = one(&mut turned, &part) {
            problems.push(message);
        }
    }
    if problems.is_empty() { Ok(turned) } else { Err(problems) }
}

fn one(act: &mut Table, part: &str) -> Result<(), String> {
    let Some((path, text)) = part.split_once('=') else {
        return Err(format!("`{part}` is no change: write `path = value`, or `=` to repeat the act"));
    };
    let (path, text) = (path.trim(), text.trim());
    let keys = keys(path);
    if !keys.first().is_some_and(|root| FIELDS.contains(&root.as_str())) {
        return Err(format!("`{path}` does not start with a field of an act"));
    }
    let new = match text {
        "none" => None,
        text => match format!("value = {text}").parse::<Table>() {
            Ok(mut table) if table.len() == 1 => table.remove("value"),
            _ => return Err(format!("`{text}` is not a TOML value")),
        },
    };
    let mut whole = Value::Table(std::mem::take(act));
    let done = set(&mut whole, &keys, new).map_err(|why| format!("`{path}`: {why}"));
    if let Value::Table(table) = whole {
        *act = table;
    }
    done
}

/// Sets or removes what the path leads to. What is already so is refused: such a row would check nothing new.
fn set(place: &mut Value, keys: &[String], new: Option<Value>) -> Result<(), String> {
    let Some((key, rest)) = keys.split_first() else { return Err("the path is empty".into()) };
    match place {
        Value::Table(table) if rest.is_empty() => match (table.get(key), &new) {
            (None, None) => Err("there is nothing to remove".into()),
            (Some(old), Some(new)) if old == new => Err("it already is so".into()),
            _ => {
                match new {
                    Some(value) => table.insert(key.clone(), value),
                    None => table.remove(key),
                };
                Ok(())
            }
        },
        Value::Table(table) => {
            if new.is_none() && !table.contains_key(key) {
                return Err("there is nothing to remove".into());
            }
            // `items.0` needs a list, everything else that is missing is a table.
            let list = rest.first().is_some_and(|k| k.parse::<usize>().is_ok());
            let empty = if list { Value::Array(Vec::new()) } else { Value::Table(Table::new()) };
            set(table.entry(key.clone()).or_insert(empty), rest, new)
        }
        Value::Array(list) => set_in_list(list, key, rest, new),
        _ => Err(format!("there is nothing called `{key}`")),
    }
}

fn set_in_list(list: &mut Vec<Value>, key: &str, rest: &[String], new: Option<Value>) -> Result<(), String> {
    let at: usize = key.parse().map_err(|_| format!("`{key}` is no place in a list"))?;
    if at > list.len() {
        return Err(format!("the list has only {} entries", list.len()));
    }
    if !rest.is_empty() {
        if at == list.len() {
            list.push(Value::Table(Table::new()));
        }
        return match list.get_mut(at) {
            Some(inner) => set(inner, rest, new),
            None => Err("there is no such entry".into()),
        };
    }
    match new {
        Some(value) if list.get(at) == Some(&value) => Err("it already is so".into()),
        Some(value) if at == list.len() => {
            list.push(value);
            Ok(())
        }
        Some(value) => {
            list[at] = value;
            Ok(())
        }
        None if at == list.len() => Err("there is nothing to remove".into()),
        None => {
            list.remove(at);
            Ok(())
        }
    }
}

/// Splits at ` ; ` outside quotes.
fn split(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    let mut escaped = false;
    for c in cell.chars() {
        match (quote, c) {
            (None, ';') => {
                parts.push(String::new());
                continue;
            }
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), _) if c == q && !escaped => quote = None,
            _ => {}
        }
        escaped = quote == Some('"') && c == '\\' && !escaped;
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts.into_iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// The keys of a dotted path; a key with dots or slashes may stand in quotes.
fn keys(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut quoted = false;
    for c in path.chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => keys.push(String::new()),
            c => {
                if let Some(last) = keys.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    keys
}
