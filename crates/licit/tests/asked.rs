//! Questions as people type them (`cases/asked/questions.jsonl`, written by hand before they were read): each tells one act, with its sides and goods.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{licit, root};
use serde_json::Value;

fn questions() -> Vec<Value> {
    let text = std::fs::read_to_string(root().join("cases/asked/questions.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What is wrong with the act that was read from a question; nothing when all is as it should be.
fn wrong(question: &Value, answer: &Value) -> Vec<String> {
    let acts = answer["transfers"].as_array().unwrap();
    let [act] = acts.as_slice() else { return vec![format!("{} acts", acts.len())] };
    let act = &act["act"];
    let parties = act["parties"].as_array().unwrap();
    let items = act["items"].as_array().unwrap();
    let facts = || answer["decisions"][0]["resolved"]["items"].as_array().into_iter().flatten();
    let belongs = |country: &str| parties.iter().any(|p| p["nationality"][0] == country);
    let of = |place: &str, country: &str| act["places"][place] == country;
    let mut out = Vec::new();
    let mut must = |what: &str, holds: bool| {
        if !holds {
            out.push(format!("{what}: {act}"));
        }
    };
    let text = |field: &str| question[field].as_str();
    must("kind", act["kind"] == question["kind"]);
    if let Some(country) = text("from") {
        must("from", of("origin", country) || belongs(country));
    }
    if let Some(country) = text("to") {
        must("to", of("destination", country));
    }
    if let Some(goods) = text("goods") {
        must("goods", items.iter().any(|i| i["description"].as_str().unwrap_or_default().contains(goods)));
    }
    if let Some(country) = text("via") {
        must("via", act["places"]["transit"].as_array().is_some_and(|t| t.iter().any(|c| c == country)));
    }
    if let Some(day) = text("on") {
        must("on", act["on"] == day);
    }
    if let Some(name) = text("party") {
        must("party", parties.iter().any(|p| p["name"] == name));
    }
    if let Some(country) = text("made") {
        must("made", facts().any(|f| f["fact"] == "items[0].origin" && f["value"] == country));
    }
    out
}

#[test]
fn every_question_tells_its_act() {
    let mut problems = Vec::new();
    for question in questions() {
        let words = question["text"].as_str().unwrap();
        let output = licit(&["ask", words, "--json", "--in", "un"]).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        if answer["transfers"].is_null() {
            problems.push(format!("{words}\n    no act"));
            continue;
        }
        problems.extend(wrong(&question, &answer).iter().map(|p| format!("{words}\n    {p}")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_tells_no_act_is_not_taken_for_one() {
    for words in [
        "The weather in Iran is fine.",
        "Who is Kim Jong Un?",
        "Is North Korea a member of the United Nations?",
        "Thank you very much.",
        "Kim Jong Un rode in Putin's limousine. Was that allowed?",
        "Malaysia deported two North Korean businessmen.",
    ] {
        let output = licit(&["ask", words, "--json"]).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["transfers"].as_array().map(Vec::len), Some(0), "{words}: {answer}");
    }
}

/// Cut anywhere and with odd signs in it, a question is read without a fault, and what is said to be its words stands in it.
#[test]
fn broken_questions_are_read_without_a_fault() {
    let book = licit::Rulebook::embedded();
    let goods = |words: &str| book.goods_category(words);
    let mut read = 0;
    for question in questions() {
        let words = question["text"].as_str().unwrap();
        let ends = (0..=words.len()).filter(|at| words.is_char_boundary(*at)).step_by(11);
        for end in ends {
            let (before, behind) = words.split_at(end);
            for text in [
                before.to_owned(),
                behind.to_owned(),
                format!("{before}😀\u{202e}ß {behind}"),
                format!("{before}?? – , {behind}").to_uppercase(),
            ] {
                let reading = book.reader().question(&text, None, &goods);
                for act in &reading.transfers {
                    let parties = act.givers.iter().chain(&act.receivers).chain(&act.carriers).map(|w| w.span);
                    for (start, stop) in parties.chain(act.things.iter().map(|t| t.span)).chain(act.told.iter().copied()) {
                        assert!(text.get(start..stop).is_some(), "{start}..{stop} in {text:?}");
                    }
                }
                read += 1;
            }
        }
    }
    assert!(read > 1_000, "{read}");
}
