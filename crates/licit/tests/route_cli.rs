//! `licit route` as its users meet it: a journey in words, as data, as a map; many lines; input that is wrong, empty or huge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{feed, out};
use serde_json::Value;

#[test]
fn the_example_says_what_it_shows_leg_by_leg() {
    let output = feed(&["route", "examples/maybach.json"], b"");
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0));
    for part in ["Severe", "nexus alleged", "Rotterdam (NL)", "alleged only", "R04", "Not known", "no clearance"] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn the_answer_as_data_has_the_fields_of_the_contract() {
    let answer: Value = serde_json::from_str(&out(&feed(&["route", "examples/maybach.json", "--json"], b""))).unwrap();
    assert_eq!(answer["nexus"], "alleged");
    assert_eq!(answer["band"], "severe");
    assert!(answer["score"].is_f64());
    let flags = answer["flags"].as_array().unwrap();
    assert_eq!(flags.len(), 75);
    for flag in flags {
        assert!(["fired", "not_fired", "unknown"].contains(&flag["state"].as_str().unwrap()));
        assert!(flag["weight"].is_f64() && flag["because"].is_string() && flag["needs"].is_array(), "{flag}");
        assert_eq!(flag["state"] == "unknown", !flag["needs"].as_array().unwrap().is_empty(), "{flag}");
    }
}

#[test]
fn check_carries_the_route_as_evidence_where_legs_are_given() {
    let answer: Value = serde_json::from_str(&out(&feed(&["check", "examples/maybach.json", "--json"], b""))).unwrap();
    assert_eq!(answer["route"]["flags"].as_array().unwrap().len(), 75);
    assert!(out(&feed(&["check", "examples/maybach.json"], b"")).contains("severe (0.80), nexus alleged"));
    let without: Value = serde_json::from_str(&out(&feed(&["check", "examples/aurus.json", "--json"], b""))).unwrap();
    assert_eq!(without["route"], serde_json::json!({"flags": []}));
}

#[test]
fn the_map_is_one_picture_without_scripts() {
    let act = br#"{"id": "<script>alert(1)</script>", "items": [{}], "legs": [{"mode": "sea", "from": "Tokyo", "to": "Long Beach", "carrier": "<b>&"}]}"#;
    let svg = out(&feed(&["route", "-", "--svg", "-"], act));
    assert!(svg.starts_with("<svg xmlns") && svg.trim_end().ends_with("</svg>"));
    assert!(!svg.contains("<script") && !svg.contains("<b>") && svg.contains("<title id=\"t\">") && svg.contains("prefers-color-scheme"));
}

#[test]
fn lines_keep_their_order_and_a_bad_one_says_where() {
    let lines = b"{\"id\": \"a\", \"items\": [{}], \"legs\": [{\"from\": \"Busan\", \"to\": \"Nampo\"}]}\n{\"id\": \"b\", \"legs\": [{\"frm\": \"Busan\"}]}\n<html></html>\n{\"id\": \"c\", \"legs\": []}\n";
    let output = feed(&["route", "--jsonl"], lines);
    assert_eq!(output.status.code(), Some(1));
    let answers: Vec<Value> = out(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(answers.len(), 4);
    assert_eq!((answers[0]["id"].as_str(), answers[0]["nexus"].as_str()), (Some("a"), Some("confirmed")));
    assert_eq!(answers[1]["id"], "b");
    assert!(answers[1]["error"]["at"].as_str().unwrap().contains("legs[0].frm") && answers[1].get("flags").is_none());
    assert!(answers[2]["error"].is_object());
}

#[test]
fn empty_huge_and_foreign_input_is_refused_in_words() {
    for (input, part) in [
        (&b""[..], "empty"),
        (b"<html>", "expected value"),
        (b"{\"legs\": 3}", "expected a list"),
        (&[b' '; 1 << 21], "larger than the limit"),
    ] {
        let output = feed(&["route", "-"], input);
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(part), "{said}");
    }
    let many = format!("{{\"legs\": [{}]}}", vec!["{\"mode\": \"sea\"}"; 257].join(","));
    assert_eq!(feed(&["route", "-"], many.as_bytes()).status.code(), Some(1));
    assert_eq!(feed(&["route"], b"").status.code(), Some(2));
}
