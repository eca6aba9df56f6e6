//! Real decision cases, where the shared test data is at hand (`LICIT_SHARED`, by default `../shared` beside the project).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::root;
use licit::{Ask, Format, Rulebook, decide};
use serde_json::Value;

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map_or_else(Vec::new, |a| a.iter().filter_map(Value::as_str).collect())
}

#[test]
fn real_cases_are_decided_as_the_law_requires() {
    let folder = std::env::var_os("LICIT_SHARED").map_or_else(|| root().join("../shared"), Into::into);
    let file = folder.join("cases/decisions.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("not run: there is no {}; set LICIT_SHARED", file.display());
        return;
    };
    let (mut all, mut right, mut must, mut cited) = (0, 0, 0, 0);
    let mut problems = Vec::new();
    for case in text.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()) {
        let id = case["id"].as_str().unwrap();
        let jurisdiction = case["jurisdiction"].as_str().unwrap();
        let act = Rulebook::embedded().read_act(case["act"].to_string().as_bytes(), Format::Json).unwrap();
        let answer: Value = serde_json::from_str(
            &decide(Rulebook::embedded(), &act, &Ask { jurisdictions: vec![jurisdiction.to_owned()], ..Ask::default() }).json(false),
        )
        .unwrap();
        let d = &answer["decisions"][0];
        let verdict = d["verdict"].as_str().unwrap();
        let accepted = texts(&case["expected"]["verdicts_accepted"]);
        let best = case["expected"]["verdict"].as_str().unwrap();
        let lax = ["permitted", "out_of_scope"];
        if lax.contains(&verdict) && ["prohibited", "needs_authorisation"].contains(&best) && !lax.iter().any(|l| accepted.contains(l)) {
            problems.push(format!("CRITICAL {id}: {verdict}, not {best}"));
        }
        if verdict == "insufficient_facts" && d["missing"].as_array().is_none_or(Vec::is_empty) {
            problems.push(format!("{id}: facts are missing, and it does not say which"));
        }
        problems.extend(testkit::proof::check(Rulebook::embedded().law(), &act.act, d).into_iter().map(|p| format!("{id}: {p}")));
        all += 1;
        right += usize::from(accepted.contains(&verdict));
        if !accepted.contains(&verdict) {
            println!("{id}: {verdict}, accepted {accepted:?}");
        }
        let ids: Vec<&str> =
            ["provisions", "exceptions"].iter().flat_map(|k| d[k].as_array().unwrap()).filter_map(|p| p["id"].as_str()).collect();
        for provision in case["expected"]["decisive_provisions"].as_array().unwrap().iter().filter(|p| p["must"] == true) {
            let wanted = provision["id"].as_str().unwrap();
            must += 1;
            let found = ids.iter().any(|i| *i == wanted || i.strip_prefix(wanted).is_some_and(|r| r.starts_with(['.', '/'])));
            cited += usize::from(found);
            if !found {
                println!("{id}: {wanted} is not cited, only {ids:?}");
            }
        }
    }
    println!("{right} of {all} verdicts right, {cited} of {must} provisions cited");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(right * 100 >= all * 95, "{right} of {all} verdicts");
    assert!(cited * 100 >= must * 95, "{cited} of {must} provisions");
}
