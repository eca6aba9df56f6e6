//! The JSON in a model's answer, taken apart without trusting its form: one bad entry spoils no other.

use serde_json::Value;

/// Most entries of a list of an answer; what is behind them is not looked at.
const MOST_ENTRIES: usize = 64;

/// The lists of an answer. What is in them is looked at entry by entry.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub transfers: Vec<Value>,
    pub claims: Vec<Value>,
}

impl Answer {
    /// Finds our object in what a model wrote.
    pub fn read(words: &str) -> Result<Self, String> {
        let bare = bare(words);
        let value: Value = serde_json::from_str(bare)
            .map_err(|e| format!("the model's answer is not the JSON that was asked for ({e}): `{}`", super::quote::shown(words)))?;
        if value.get("transfers").is_none() && value.get("claims").is_none() {
            return Err(format!("the model's answer holds neither transfers nor claims: `{}`", super::quote::shown(words)));
        }
        Ok(Self { transfers: list(&value, "transfers").to_vec(), claims: list(&value, "claims").to_vec() })
    }
}

/// The object without the reasoning before it, the fence around it and the talk behind it.
fn bare(words: &str) -> &str {
    let words = words.rsplit_once("</think>").map_or(words, |(_, behind)| behind).trim();
    match (words.find('{'), words.rfind('}')) {
        (Some(first), Some(last)) if first < last => words.get(first..=last).unwrap_or(words),
        _ => words,
    }
}

/// A list of an object; empty when it is missing or something else.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let all = value.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    all.get(..MOST_ENTRIES).unwrap_or(all)
}

/// A text of an object; empty when it is missing or something else.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_and_reasoning_are_taken_off() {
        let object = r#"{"transfers": [], "claims": []}"#;
        for words in [
            object.to_owned(),
            format!("```json\n{object}\n```"),
            format!("<think>Is {{this}} it?</think>\n{object}"),
            format!("Here it is: {object} Done."),
        ] {
            assert!(Answer::read(&words).is_ok(), "{words}");
        }
    }

    #[test]
    fn what_is_no_answer_is_said_to_be_none() {
        for words in ["", "permitted", "{", "{\"transfers\": [{\"kind\": \"gi", "[]", "{\"verdict\": \"permitted\"}", "{\"transfers\": }"] {
            assert!(Answer::read(words).is_err(), "{words}");
        }
        assert!(Answer::read(&"[".repeat(100_000)).is_err());
    }
}
