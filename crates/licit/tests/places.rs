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
    assert_eq!(judged("call at Houston by a tanker that left Nampo"), Some(true));
    // Of a call without a day it is not known; the number of a year is none of days.
    assert_eq!(judged("call at Houston; the ship's only call in North Korea was at Wonsan"), None);
    assert_eq!(judged("call at Houston; the ship called at Wonsan in 2018, day not known"), None);
}

fn act_of(act: &serde_json::Value) -> licit::model::Act {
    Rulebook::embedded().read_act(act.to_string().as_bytes(), Format::Json).unwrap().act
}

#[test]
fn of_several_calls_the_latest_counts_and_one_without_a_day_may_be_the_latest() {
    let judged = |words: &str, legs: serde_json::Value| {
        let act = json!({"kind": "port_call", "on": "2018-09-10", "items": [{"description": words}], "legs": legs,
                         "places": {"origin": "China", "destination": "US"}});
        act_of(&act).judgements.get("called-in-dprk-within-180-days").map(|finding| finding.yes)
    };
    let leg = |depart: &str| json!([{"mode": "sea", "from": "KPNAM", "to": "CNTAO", "depart": depart}, {"mode": "sea", "from": "CNTAO", "to": "USHOU"}]);
    let none = json!([]);
    assert_eq!(judged("call at Houston; the ship left Nampo on 1 March 2018", none.clone()), Some(false));
    assert_eq!(judged("call at Houston; the ship left Nampo on 15 March 2018", none.clone()), Some(true));
    assert_eq!(judged("call at Houston on 10 September 2018; the ship left Nampo on 1 March 2018", none.clone()), Some(false));
    assert_eq!(judged("call at Houston; the ship left Nampo on 1 March 2018 and again on 1 July 2018", none), Some(true));
    assert_eq!(judged("call at Houston", leg("2018-03-01")), Some(false));
    assert_eq!(judged("call at Houston", leg("2018-07-01")), Some(true));
    assert_eq!(judged("call at Houston; the ship left Nampo on 1 March 2018", leg("2018-07-01")), Some(true));
    let undated = json!([{"mode": "sea", "from": "KPNAM", "to": "CNTAO"}, {"mode": "sea", "from": "CNTAO", "to": "USHOU"}]);
    assert_eq!(judged("call at Houston; the ship left Nampo on 1 March 2018", undated), Some(true));
}

#[test]
fn what_lies_in_luggage_is_not_yet_somebodys_own() {
    let own = |words: &str| {
        let act = json!({"kind": "import", "items": [{"description": words}], "places": {"origin": "KP", "destination": "BE"}});
        act_of(&act).judgements.get("personal-effects-of-traveller").map(|finding| finding.yes)
    };
    assert_eq!(own("27 kg of gold bars in hand luggage"), None);
    assert_eq!(own("a small painting in a traveller's luggage, for personal use"), Some(true));
    assert_eq!(own("a small painting in a traveller's luggage, not for personal use"), None);
    assert_eq!(own("paintings in a traveller's luggage, for personal use and for resale"), Some(false));
    assert_eq!(own("his personal effects"), Some(true));
    assert_eq!(own("no personal effects"), None);
    assert_eq!(own("helmets for the personal protection of the crew"), None);
}

#[test]
fn an_owner_named_last_stands_behind_the_firm_that_tells_the_share() {
    let act = |firm: &str, owner: &str| {
        act_of(
            &json!({"kind": "payment", "on": "2022-10-01", "items": [{"description": "fees"}], "places": {"origin": "GB", "destination": "HK"},
                       "parties": [{"role": "supplier", "name": "a broker in London"}, {"role": "recipient", "name": firm},
                                   {"role": "owner", "name": owner}]}),
        )
    };
    let told = act("a depot in Hong Kong, 51 per cent held by Rason Depot Holding", "Rason Depot Holding");
    assert_eq!((told.parties.len(), told.parties[1].owners[0].share), (2, Some((51.0, 51.0))));
    // Another owner is a party of its own.
    assert_eq!(act("a depot in Hong Kong, 51 per cent held by Rason Depot Holding", "Somebody Else").parties.len(), 3);
    assert_eq!(act("a depot in Hong Kong", "Rason Depot Holding").parties.len(), 3);
}

#[test]
fn a_share_of_american_content_decides_by_its_number_and_never_over_what_is_american_itself() {
    let american = |words: &str, to: &str| {
        let act = json!({"kind": "reexport", "items": [{"description": words}], "places": {"origin": "MY", "destination": to}});
        let marks = act_of(&act).items[0].marks.clone();
        marks.into_iter().find(|m| m.list == "us/words/american-content").map(|m| m.truth)
    };
    use licit::model::Truth;
    assert_eq!(american("laptops with 11 per cent controlled US-origin content", "KP"), Some(Truth::True));
    assert_eq!(american("laptops with 10 per cent controlled US-origin content", "KP"), Some(Truth::False));
    assert_eq!(american("laptops with 11 per cent controlled US-origin content", "VN"), Some(Truth::False));
    assert_eq!(american("laptops with 26% controlled US-origin content", "VN"), Some(Truth::True));
    assert_ne!(american("US-made fertiliser with 4 per cent nitrogen content", "KP"), Some(Truth::False));
}

#[test]
fn whoever_acts_for_a_listed_party_is_taken_for_it_and_a_helper_of_a_relief_body_is_none() {
    let receiver = |acts_for: &str| {
        let party = json!({"role": "recipient", "name": "a front company in Hong Kong", "type": "company", "acts_for": acts_for});
        act_of(&json!({"kind": "payment", "items": [{"description": "fees"}], "parties": [party]})).parties[0].clone()
    };
    for name in ["Korea Mining Development Trading Corporation", "Korea Mining Development Trading Corporation (KOMID)"] {
        let front = receiver(name);
        assert!(front.designations.iter().any(|d| d.sure && d.listing == "un-sc/KPe.001"), "{name}: {:?}", front.designations);
        assert!(front.marks.iter().any(|m| m.list == "un/dprk/listed-bodies"), "{name}");
    }
    assert!(receiver("Harbour Tea Rooms Ltd").designations.is_empty());
    assert_eq!(receiver("a sanctioned man").designated, Some(true));
    let of_united_nations = |party: &licit::model::Party| party.marks.iter().any(|m| m.list == "un/words/united-nations");
    let itself =
        act_of(&json!({"kind": "payment", "items": [{"description": "fees"}], "parties": [{"role": "recipient", "name": "UNICEF"}]}));
    assert!(of_united_nations(&itself.parties[0]));
    assert!(!of_united_nations(&receiver("UNICEF")));
}
