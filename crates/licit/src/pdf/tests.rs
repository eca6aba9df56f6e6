//! What is on paper can be read again, hides nothing, and has an end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use super::*;
use crate::{Ask, Form, document};
use serde_json::{Value, json};

fn decided(act: &Value) -> (Record, String) {
    let book = Rulebook::embedded();
    let ask = Ask { jurisdictions: vec!["un".into(), "eu".into()], ..Ask::default() };
    Record::decided(book, &act.to_string(), Format::Json, &ask).expect("an act that can be read")
}

fn gift(giver: &str, receiver: &str, what: &str) -> Value {
    json!({"id": "g1", "kind": "gift", "on": "2024-02-18", "status": "completed",
        "parties": [{"role": "supplier", "name": giver, "nationality": ["RU"], "located_in": "RU"},
                    {"role": "recipient", "name": receiver, "nationality": ["KP"], "located_in": "KP"}],
        "items": [{"description": what, "hs": "8703"}], "places": {"origin": "RU", "destination": "KP"}})
}

fn paper(answer: &str, act: &str) -> Vec<u8> {
    of(Rulebook::embedded(), &Sheet { answer, act, format: Format::Json, filed: None }, false).expect("it is made")
}

fn of_act(act: &Value) -> Vec<u8> {
    let (_, answer) = decided(act);
    paper(&answer, &act.to_string())
}

/// The text layer, with single spaces.
fn read(pdf: &[u8]) -> String {
    let text = document(pdf, Some(Form::Pdf)).expect("a PDF with a text layer").text;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn verdict_citations_and_names_can_be_taken_out_again() {
    let text = read(&of_act(&gift("Владимир Путин", "Kim Jong Un", "limousine")));
    for wanted in [
        "Decision on “g1”",
        "United Nations ■ Prohibited",
        "S/RES/2397 (2017) ¶7, decides",
        "Goods of HS chapters 72 to 83, 84 and 85, and 86 to 89 may not be supplied, sold or transferred to the DPRK.",
        "S/RES/1718 (2006) ¶8(a)(iii)",
        "Владимир Путин · nationality Russia",
        "Russian Federation, as State of the giver (un/2397#7, un/1718#8.a.iii)",
        "By the 1718 Committee, discretionary. Here not met: no approval on record.",
        "✓ true: the act (gift) counts as giving",
        "18 February 2024",
        "not legal advice",
        Rulebook::embedded().law().hash.as_str(),
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn letters_that_no_font_has_are_told_by_their_numbers() {
    let text = read(&of_act(&gift("Vladimir Putin", "김정은", "car")));
    assert!(text.contains("[U+AE40 U+C815 U+C740] · nationality North Korea"), "{text}");
}

#[test]
fn a_font_of_the_system_draws_them_where_there_is_one() {
    let act = gift("Vladimir Putin", "김정은", "car");
    let (_, answer) = decided(&act);
    let sheet = Sheet { answer: &answer, act: &act.to_string(), format: Format::Json, filed: None };
    let text = read(&of(Rulebook::embedded(), &sheet, true).unwrap());
    let drawn = system::with('김').next().is_some();
    let wanted = if drawn { "김정은 · nationality" } else { "[U+AE40 U+C815 U+C740] · nationality" };
    assert!(text.contains(wanted), "a font with it: {drawn}: {text}");
}

#[test]
fn the_same_decision_is_the_same_bytes() {
    let act = gift("Владимир Путин", "Kim Jong Un", "limousine");
    let (first, second) = (of_act(&act), of_act(&act));
    assert!(first == second);
    assert!(first != of_act(&gift("Владимир Путин", "Kim Jong Un", "sedan")));
}

#[test]
fn a_decision_on_file_tells_its_entry_and_hash() {
    let act = gift("Vladimir Putin", "Kim Jong Un", "car");
    let (record, answer) = decided(&act);
    let digits = "ab".repeat(32);
    let entry = Entry {
        seq: 7,
        kind: "decision".into(),
        id: record.id(),
        at: "2026-02-18T09:30:00.123456Z".into(),
        body_hash: digits.clone(),
        prev: digits,
        hash: "cd".repeat(32),
    };
    let sheet = Sheet { answer: &answer, act: &record.input, format: Format::Json, filed: Some((&entry, &record)) };
    let text = read(&of(Rulebook::embedded(), &sheet, false).unwrap());
    assert!(text.contains(&format!("{}, entry 7 of 2026-02-18 09:30:00 UTC", entry.id)) && text.contains(&entry.hash), "{text}");
}

#[test]
fn foreign_text_hides_and_reorders_nothing() {
    let hostile = "Good\u{202e}dab\u{202c} \u{0}\u{1b}[2J\u{200b}x\u{3164} Z\u{301}\u{302}\u{303}\u{304}algo \u{f8ff} (Tj) ET <</Type>> \\";
    let answer = json!({"act_id": hostile, "as_of": "2024-02-18", "overall": hostile,
        "decisions": [{"jurisdiction": hostile, "verdict": hostile, "possible": [hostile, hostile],
            "provisions": [{"cite": hostile, "says": hostile, "id": hostile}, hostile, 7, null],
            "exceptions": [{"kind": "exemption", "says": hostile}], "bearers": [hostile],
            "missing": [{"question": hostile, "outcomes": {hostile: [hostile]}}],
            "proof": {"claim": hostile, "truth": hostile, "because": [{"claim": hostile}, 3]}}],
        "resolved": {"parties": [{"fact": hostile, "value": hostile, "because": hostile}]}});
    let text = read(&paper(&answer.to_string(), &json!({"parties": [{"name": hostile}]}).to_string()));
    for told in ["Good[U+202E]dab[U+202C]", "[U+0000 U+001B][2J[U+200B]x[U+3164]", "[U+0303 U+0304]algo [U+F8FF] (Tj) ET <</Type>> \\"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{1b}']));
}

#[test]
fn an_arabic_name_stays_in_its_place_and_is_drawn_whole() {
    let text = read(&of_act(&gift("Vladimir Putin", "محمد علي", "car")));
    // The reader of text layers takes letters in the order in which they stand on the page.
    let mut letters: Vec<char> = "محمدعلي".chars().collect();
    letters.sort_unstable();
    let at = text.find(letters.as_slice()).expect("it is there");
    let mut found: Vec<char> = text[at..].chars().take_while(|c| *c != '·').filter(|c| !c.is_whitespace()).collect();
    found.sort_unstable();
    assert_eq!(found, letters, "{text}");
}

#[test]
fn a_huge_decision_ends_and_says_what_was_left_out() {
    let claim = "word ".repeat(300);
    let deep =
        (0..60).fold(json!({"claim": "leaf", "truth": "true"}), |inner, _| json!({"claim": claim, "truth": "true", "because": [inner]}));
    let proof = json!({"claim": "all", "truth": "true", "because": vec![deep; 30]});
    let decision = |name: String| {
        json!({"jurisdiction": name, "verdict": "prohibited", "possible": ["prohibited"], "proof": proof,
        "provisions": [{"cite": "C", "says": "x".repeat(100_000)}]})
    };
    let decisions: Vec<Value> = (0..8).map(|n| decision(format!("authority {n}"))).collect();
    let answer = json!({"act_id": "huge", "decisions": decisions}).to_string();
    let pdf = paper(&answer, "{}");
    let text = read(&pdf);
    assert!(text.contains("(96000 more letters)"), "a long text is cut and counted");
    assert!(text.contains("Left out, because 40 pages are the most that are printed: paragraphs"), "{}", &text[text.len() - 2000..]);
    assert!(text.contains("40 of 40") && !text.contains("of 41"));
    assert!(pdf.len() < 4 << 20, "{} bytes", pdf.len());
}
