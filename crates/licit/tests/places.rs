//! Places that a word leaves open: every reading is decided, and the answer says which one settles it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use licit::{Ask, Format, Rulebook, decide};
use serde_json::{Value, json};

fn answer(act: &Value) -> Value {
    let book = Rulebook::embedded();
    let act = book.read_act(act.to_string().as_bytes(), Format::Json).unwrap();
    serde_json::from_str(&decide(book, &act, &Ask::default()).json(false)).unwrap()
}

fn to(place: &str, item: &str) -> Value {
    answer(
        &json!({"kind": "sale", "on": "2018-03-01", "items": [{"description": item}], "places": {"origin": "China", "destination": place}}),
    )
}

fn possible(answer: &Value) -> Vec<&str> {
    answer["decisions"][0]["possible"].as_array().unwrap().iter().filter_map(Value::as_str).collect()
}

#[test]
fn a_word_for_two_states_is_decided_for_both_and_asked() {
    let open = to("Korea", "limousine");
    let (north, south) = (to("KP", "limousine"), to("KR", "limousine"));
    assert_eq!(open["overall"], "insufficient_facts");
    let mut both = [possible(&north), possible(&south)].concat();
    both.sort_unstable();
    both.dedup();
    let mut found = possible(&open);
    found.sort_unstable();
    assert_eq!(found, both);
    let missing = &open["decisions"][0]["missing"][0];
    assert_eq!(missing["fact"], "places.destination");
    assert_eq!((&missing["outcomes"]["KP"], &missing["outcomes"]["KR"]), (&json!("prohibited"), &json!("out_of_scope")));
    assert!(missing["question"].as_str().unwrap().contains("Korea"));
}

#[test]
fn an_open_place_that_changes_nothing_is_not_asked_for() {
    let settled: Vec<Value> = ["CD", "CG"].iter().map(|c| to(c, "limousine")["overall"].clone()).collect();
    assert_ne!(settled[0], settled[1], "the regime on one of the two is not encoded");
    assert_eq!(to("Congo", "limousine")["decisions"][0]["missing"][0]["fact"], "places.destination");
    // The way there does not matter for a gift that goes to the North.
    let via = answer(&json!({"kind": "gift", "on": "2018-03-01", "items": [{"description": "limousine", "hs": "8703"}],
        "places": {"origin": "Congo", "destination": "KP"}}));
    assert_eq!(via["overall"], "prohibited");
    assert!(via["decisions"][0]["missing"].as_array().unwrap().iter().all(|m| m["fact"] != "places.origin"));
}

#[test]
fn too_many_open_places_are_refused_with_a_way_out() {
    let book = Rulebook::embedded();
    let parties: Vec<Value> = (0..6).map(|n| json!({"name": format!("party {n}"), "located_in": "Korea"})).collect();
    let act = json!({"kind": "sale", "parties": parties, "items": [{"description": "rice"}]});
    let problems = book.read_act(act.to_string().as_bytes(), Format::Json).unwrap_err();
    assert!(problems[0].to_string().contains("two-letter code"), "{}", problems[0]);
}

#[test]
fn old_names_are_understood() {
    for (old, code) in
        [("Burma", "MM"), ("Zaire", "CD"), ("Persia", "IR"), ("Swaziland", "SZ"), ("Ceylon", "LK"), ("Macedonia", "MK"), ("Formosa", "TW")]
    {
        assert_eq!(Rulebook::embedded().resolver().country(old).unwrap().code(), code, "{old}");
    }
}

#[test]
fn a_port_or_station_is_understood_wherever_a_place_may_stand() {
    for (place, code) in [("Hoeryong", "KP"), ("Manzhouli", "CN"), ("Fujairah", "AE")] {
        let named = to(place, "limousine");
        assert_eq!(named["overall"], to(code, "limousine")["overall"], "{place}");
        let places = named["resolved"]["places"].to_string();
        assert!(places.contains(place) && places.contains(code), "{places}");
    }
    let book = Rulebook::embedded();
    let nowhere = json!({"kind": "sale", "items": [{"description": "rice"}], "places": {"destination": "Xyzzyville"}});
    assert!(book.read_act(nowhere.to_string().as_bytes(), Format::Json).is_err());
}

#[test]
fn a_leg_from_a_country_counts_wherever_the_legs_stand() {
    let legs = r#""legs": [{"from": "Nampo", "to": "Qingdao"}, {"from": "Qingdao", "to": "Houston"}]"#;
    let places = r#""places": {"origin": "GR", "transit": [], "destination": "US"}"#;
    let book = Rulebook::embedded();
    let transit = |first: &str, then: &str| {
        let act = format!(r#"{{"kind": "port_call", "items": [{{}}], {first}, {then}}}"#);
        book.read_act(act.as_bytes(), Format::Json).unwrap().act.transit.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(transit(legs, places), ["KP", "CN"]);
    assert_eq!(transit(places, legs), ["KP", "CN"]);
}

#[test]
fn an_earlier_call_is_read_from_the_description_with_its_days() {
    let judged = |words: &str| {
        let act = json!({"kind": "port_call", "items": [{"description": words}], "places": {"origin": "China", "destination": "US"}});
        let act = Rulebook::embedded().read_act(act.to_string().as_bytes(), Format::Json).unwrap().act;
        act.judgements.get("called-in-dprk-within-180-days").map(|finding| finding.yes)
    };
    assert_eq!(judged("call at Houston by a tanker that had called at Nampo 120 days before"), Some(true));
    assert_eq!(judged("call at Houston; the ship last called at Nampo 7 months ago"), Some(false));
    assert_eq!(judged("call at Houston by a ship that had called at Busan 20 days before"), None);
    assert_eq!(judged("call at Houston by a ship that never called at Nampo"), None);
}
