//! Documented journeys, where the shared test data is at hand (`LICIT_SHARED`, by default `../shared` beside the project).
//!
//! Each line gives its legs in the words of its source. Flags that rest on facts which the source tells only in prose need those facts
//! in fields; [`told_in_prose`] writes them down, and nothing else: no flag and no score.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::root;
use licit::{Format, Rulebook, route};
use resolve::route::{Counts, State};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What the sources of a case say beside its legs.
fn told_in_prose(id: &str) -> Value {
    match id {
        // The papers called two armoured limousines used cars; the ship came back with coal; the car was seen in January 2019.
        "K01" => json!({
            "declared": {"cargo_desc": "used Mercedes"},
            "events": [{"type": "return_cargo", "goods": "2701"}, {"type": "observation", "date": "2019-01", "place": "Pyongyang"}],
        }),
        // The ports of loading are inferred; that the cars came from the Emirates is not.
        "K02" => json!({"legs/0/from": {"name": "Jebel Ali", "country": "AE", "status": "inferred"}}),
        "K03" => json!({
            "kind": "gift",
            "parties": [{"role": "supplier", "name": "Vladimir Putin"}, {"role": "recipient", "name": "Kim Jong Un", "nationality": "KP"}],
        }),
        "K04" => json!({"declared": {"destination": "Singapore", "final_port_omitted": true}}),
        // Four ships took over parts of the cargo; the tanker of 11 253 gross tons carries 16 500 t.
        "K05" => json!({"legs/0/vessel": {"name": "Lighthouse Winmore", "dwt": 16500}, "legs/1/transfers": 4}),
        "K06" => json!({
            "legs/0/ais": {"identity_conflict": true},
            "legs/1/counterparty_vessel": {"name": "Saebyol", "imo": "8916293", "flag": "KP", "listed": [{"list": "us-ofac-sdn"}]},
            "documents": {"bill_of_lading": "altered"},
            "payments": [{"ccy": "USD", "type": "wire"}],
        }),
        "K07" => json!({
            "legs/0/transfers": 3,
            "legs/0/vessel": {"name": "Diamond 8", "prior_kp_call": true},
            "market": {"intermediaries": 3, "common_control": true},
        }),
        // Bound for the DPRK, whose ship it was.
        "K09" => json!({"places": {"destination": "KP"}}),
        "K10" => json!({"documents": {"certificate_of_origin": {"claimed": "RU", "found": "KP"}}}),
        "K11" => json!({
            "declared": {"port": "Dalian"},
            "parties": [{"role": "contact", "name": "a trade representative", "nationality": "KP"},
                        {"role": "end_user", "name": "shops in Pyongyang", "nationality": "KP"}],
            "payments": [{"payer": "a front company", "payer_country": "HK", "type": "wire", "ccy": "SGD"}],
        }),
        "K12" => json!({
            "legs/0/vessel": {"name": "Angara/Maria", "listed": true},
            "legs/0/ais": {"max_gap_h": 48, "gap_area": "Sea of Japan"},
        }),
        "K13" => json!({"legs/0/vessel": {"flag": "KP", "listed": true, "prior_kp_call": true}}),
        "Z91" => json!({"mitigation": [verified("delivery_verification"), verified("continuous_ais"), verified("full_kyc")]}),
        "Z93" => json!({"on": "2024", "mitigation": [verified("continuous_ais"), verified("full_kyc")]}),
        "Z94" => json!({"mitigation": [verified("exemption"), verified("delivery_verification"), verified("continuous_ais")]}),
        "Z95" => json!({"mitigation": [verified("full_kyc")]}),
        _ => json!({}),
    }
}

fn verified(kind: &str) -> Value {
    json!({"type": kind, "verified": true})
}

/// The act of a case: its own fields without the answers, and what its sources say beside.
fn act_of(case: &Value) -> Value {
    let mut act = json!({"legs": case["legs"], "goods": case["goods"], "date": case["date"], "id": case["id"]});
    for (path, value) in told_in_prose(case["id"].as_str().unwrap()).as_object().unwrap() {
        match path.split_once('/') {
            None => act[path] = value.clone(),
            Some(("legs", rest)) => {
                let (leg, field) = rest.split_once('/').unwrap();
                let leg = &mut act["legs"][leg.parse::<usize>().unwrap()];
                // A gap that the line gives itself is kept beside what is added.
                match (leg.get_mut(field), value) {
                    (Some(Value::Object(old)), Value::Object(new)) => old.extend(new.clone()),
                    _ => leg[field] = value.clone(),
                }
            }
            Some(_) => panic!("{path}"),
        }
    }
    act
}

fn cases() -> Option<Vec<Value>> {
    let folder = std::env::var_os("LICIT_SHARED").map_or_else(|| root().join("../shared"), Into::into);
    let file = folder.join("domain/routes_cases.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("not run: there is no {}; set LICIT_SHARED", file.display());
        return None;
    };
    Some(text.lines().map(|l| serde_json::from_str(l).unwrap()).collect())
}

fn ids(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

#[test]
fn documented_journeys_show_the_flags_and_the_score_that_their_sources_give() {
    let Some(cases) = cases() else { return };
    let law = Rulebook::embedded();
    let mut problems = Vec::new();
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let act = law.read_act(act_of(case).to_string().as_bytes(), Format::Json).unwrap_or_else(|p| panic!("{id}: {p:?}"));
        let answer = route(law, &act);
        let scored: BTreeSet<String> = answer.assessment.flags.iter().filter(|f| f.scores()).map(|f| f.flag.id.clone()).collect();
        let expected = ids(&case["blind_flags"]);
        if scored != expected {
            let (missing, extra): (Vec<_>, Vec<_>) = (expected.difference(&scored).collect(), scored.difference(&expected).collect());
            problems.push(format!("{id}: missing {missing:?}, too many {extra:?}"));
        }
        let wanted = case["diversion_score"].as_f64().unwrap();
        if (answer.assessment.score - wanted).abs() > 0.001 {
            problems.push(format!("{id}: score {:.4}, not {wanted}", answer.assessment.score));
        }
        for (what, got) in [("band", answer.assessment.band.word()), ("nexus", answer.assessment.nexus.word())] {
            if case[what] != got {
                problems.push(format!("{id}: {what} {got}, not {}", case[what]));
            }
        }
    }
    assert!(problems.is_empty(), "{}\n{} cases", problems.join("\n"), cases.len());
}

/// Straight from the lines, with nothing added: what the words of the legs alone give.
#[test]
fn the_words_of_the_legs_alone_give_few_false_flags() {
    let Some(cases) = cases() else { return };
    let law = Rulebook::embedded();
    let (mut wanted, mut found, mut false_ones, mut fired) = (0, 0, Vec::new(), 0);
    for case in &cases {
        let bare = json!({"legs": case["legs"], "goods": case["goods"], "date": case["date"], "id": case["id"], "note": case["note"]});
        let act = law.read_act(bare.to_string().as_bytes(), Format::Json).unwrap();
        let answer = route(law, &act);
        let blind = ids(&case["blind_flags"]);
        let expected: BTreeSet<String> = ids(&case["expected_flags"]).union(&blind).cloned().collect();
        wanted += blind.len();
        for f in answer.assessment.flags.iter().filter(|f| f.state == State::Fired && f.flag.counts != Counts::Nexus) {
            fired += 1;
            found += usize::from(blind.contains(&f.flag.id));
            if !expected.contains(&f.flag.id) {
                false_ones.push(format!("{} {}", case["id"], f.flag.id));
            }
        }
    }
    println!("bare words: {found} of {wanted} flags, {} false of {fired}: {false_ones:?}", false_ones.len());
    assert!(found * 2 > wanted && false_ones.len() * 10 <= fired, "{false_ones:?}");
}

#[test]
fn names_of_people_and_companies_do_not_move_the_score() {
    let Some(cases) = cases() else { return };
    let law = Rulebook::embedded();
    for case in &cases {
        let act = act_of(case);
        let mut neutral = act.clone();
        for (at, party) in neutral["parties"].as_array_mut().into_iter().flatten().enumerate() {
            // Who they are for their country stays; who they are does not.
            if case["id"] == "K03" {
                party["acts_for"] = json!(if at == 0 { "government of RU" } else { "government of KP" });
                party["nationality"] = json!(if at == 0 { "RU" } else { "KP" });
            }
            party["name"] = json!(format!("party {at}"));
        }
        let score = |act: &Value| {
            let read = law.read_act(act.to_string().as_bytes(), Format::Json).unwrap();
            route(law, &read).assessment.score
        };
        assert_eq!(score(&act), score(&neutral), "{}", case["id"]);
    }
}

#[test]
fn every_place_that_the_dossier_names_is_known_where_it_lies() {
    let folder = std::env::var_os("LICIT_SHARED").map_or_else(|| root().join("../shared"), Into::into);
    let Ok(text) = std::fs::read_to_string(folder.join("domain/routes.csv")) else { return println!("not run: there is no dossier") };
    let law = Rulebook::embedded();
    let mut problems = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).filter(|r| &r[0] == "place" && !r[5].is_empty()) {
        let act = json!({"legs": [{"mode": "sea", "from": &row[3], "to": "at sea"}]});
        let read = law.read_act(act.to_string().as_bytes(), Format::Json).unwrap();
        let answer = route(law, &read);
        let from = &answer.assessment.track.ways[0].from;
        let (lat, lon): (f64, f64) = (row[5].parse().unwrap(), row[6].parse().unwrap());
        let near = from.point.is_some_and(|(a, b)| (a - lat).abs() < 0.1 && (b - lon).abs() < 0.1);
        if !near || &row[4] != "XX" && from.country.map(|c| c.code().to_owned()).as_deref() != Some(&row[4]) {
            problems.push(format!("{}: {:?} {:?}", &row[3], from.country, from.point));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
