//! Sentences in the languages that are read by marks (`cases/reading/sentences-XX.jsonl`): who gives, who gets, what, and how surely.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a table that cannot be read fails the test")]

use licit::read::{Language, Who, detect, language_problems};
use licit::{Rulebook, Text};
use serde_json::Value;

fn rows(language: Language) -> Vec<Value> {
    let file = format!("{}/../../cases/reading/sentences-{}.jsonl", env!("CARGO_MANIFEST_DIR"), language.code());
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn codes(list: &[Who]) -> Vec<String> {
    list.iter().flat_map(|w| &w.countries).map(|c| c.code().to_owned()).collect()
}

/// One line for each act: kind is left out, since careful readers differ.
fn told(row: &Value) -> (Vec<String>, Vec<String>) {
    let text = Text {
        id: String::new(),
        text: row["text"].as_str().unwrap().to_owned(),
        published: row["published"].as_str().and_then(|d| d.parse().ok()),
        language: None,
    };
    let read = Rulebook::embedded().read_text(&text);
    let found = read.acts.iter().map(|a| {
        let t = &a.transfer;
        let things: Vec<&str> = t.things.iter().map(|t| t.category.as_str()).collect();
        let (from, to) = (codes(&t.givers), codes(&t.receivers));
        for who in t.givers.iter().chain(&t.receivers) {
            assert!(text.text.get(who.span.0..who.span.1).is_some(), "a span out of place in {}", text.text);
        }
        format!("{} {} {} {}", t.telling.word(), from.join("+"), to.join("+"), things.join("+"))
    });
    let one = |v: &Value| v.as_array().and_then(|a| a.first()).and_then(Value::as_str).unwrap_or_default().to_owned();
    let wanted = row["transfers"].as_array().unwrap().iter().map(|w| {
        let things: Vec<&str> = w["items"].as_array().unwrap().iter().map(|i| i["category"].as_str().unwrap()).collect();
        format!("{} {} {} {}", w["status"].as_str().unwrap(), one(&w["from"]["country"]), one(&w["to"]["country"]), things.join("+"))
    });
    (found.collect(), wanted.collect())
}

#[test]
fn sentences_tell_who_gives_what_to_whom() {
    let mut wrong = Vec::new();
    for language in [Language::De, Language::Fr, Language::Es, Language::Ru, Language::Ko, Language::Zh] {
        for row in rows(language) {
            assert_eq!(detect(row["text"].as_str().unwrap()).language, Some(language), "{}", row["text"]);
            let (found, wanted) = told(&row);
            if found != wanted {
                wrong.push(format!("{} {}: found {found:?}, wanted {wanted:?}", row["id"], row["text"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_of_the_reader_are_whole() {
    assert_eq!(Rulebook::embedded().reader().problems(), Vec::<String>::new());
    assert_eq!(language_problems(), Vec::<String>::new());
}

#[test]
fn what_is_not_read_says_so() {
    let reader = Rulebook::embedded().reader();
    let goods = |_: &str| None;
    let japanese = reader.read("ロシアは北朝鮮に石油を輸出した。", None, None, &goods);
    assert_eq!((japanese.language, japanese.not_read, japanese.transfers.len()), (None, Some("Japanese"), 0));
    let german = reader.read("Russland lieferte Öl nach Nordkorea.", None, None, &goods);
    assert!(german.partial && german.language == Some(Language::De) && german.transfers.len() == 1);
    let english = reader.read("Russia sent oil to North Korea.", None, None, &goods);
    assert!(!english.partial && english.language == Some(Language::En));
}
