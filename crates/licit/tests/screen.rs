//! `licit screen` as its users meet it: who is found, how it is said, lines, wrong input, lists of one's own, what somebody settled.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("screen-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licit"));
    command.args(args).current_dir(folder).env("LICIT_DATA", folder.join("data")).env_remove("NO_COLOR");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args, "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn lines(folder: &Path, args: &[&str], input: &str) -> (Option<i32>, Vec<Value>) {
    let output = run(folder, args, input);
    let out = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), out.lines().map(|l| serde_json::from_str(l).unwrap()).collect())
}

fn first(answer: &Value) -> &str {
    answer["hits"][0]["listing"].as_str().unwrap_or("")
}

#[test]
fn the_compiled_in_list_is_searched_at_once_in_every_script() {
    let folder = scratch("scripts");
    let names = ["Ri Won Ho", "Ri Won-ho", "RI, Won Ho", "리원호", "Ри Вон Хо", "Lee Won Ho"];
    let input: String = names.iter().map(|n| format!("{}\n", json!({"id": n, "name": n, "type": "person"}))).collect();
    let (status, answers) = lines(&folder, &["screen", "--jsonl"], &input);
    assert_eq!(status, Some(0));
    for (name, answer) in names.iter().zip(&answers) {
        assert_eq!(answer["id"], *name);
        assert_eq!(first(answer), "un-sc/KPi.033", "{name}: {answer}");
        assert_eq!(answer["clear"], false);
        let hit = &answer["hits"][0];
        assert_eq!(
            (&hit["list"], &hit["name"], &hit["from"], &hit["to"]),
            (&json!("un-sc"), &json!("RI WON HO"), &json!("2016-11-30"), &Value::Null)
        );
        let score = hit["score"].as_f64().unwrap();
        assert!((0.45..1.0).contains(&score), "{score}");
        assert!(hit["why"].as_array().unwrap().iter().all(|w| w["feature"].is_string() && w["effect"].is_number() && w["text"] != ""));
    }
    let shown = text(&folder, &["screen", "Ri Won-ho"]);
    for part in ["RI WON HO", "un-sc/KPi.033", "born 1964-07-17", "listed since 30 Nov 2016"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn a_clear_name_is_clear_and_a_bad_line_is_an_error_and_never_clear() {
    let folder = scratch("lines");
    let input = "{\"id\":\"a\",\"name\":\"Bodil Vennersgaard\"}\n{\"id\":\"b\",\"nam\":\"x\"}\nnot json\n\n{\"id\":7,\"name\":\"\"}\n{\"id\":\"c\",\"name\":\"Ri Won Ho\",\"birth_date\":\"1964-13-01\"}\n{\"id\":\"d\",\"name\":\"Ri Won Ho\",\"country\":\"Atlantis\"}\n{\"id\":\"e\",\"name\":\"Ri Won Ho\",\"country\":[\"North Korea\"]}\n";
    let (status, answers) = lines(&folder, &["screen", "--jsonl"], input);
    assert_eq!(status, Some(1));
    assert_eq!(answers.len(), 7);
    assert_eq!(answers[0], json!({"id": "a", "hits": [], "clear": true}));
    for (at, id, place, words) in [
        (1, json!("b"), "line 2", "name"),
        (2, Value::Null, "line 3", ""),
        (3, json!("7"), "line 5", "name"),
        (4, json!("c"), "line 6", "1964-13-01"),
        (5, json!("d"), "line 7", "Atlantis"),
    ] {
        let answer = &answers[at];
        assert_eq!(answer["id"], id, "{answer}");
        assert!(answer.get("hits").is_none() && answer.get("clear").is_none(), "{answer}");
        let error = &answer["error"];
        assert!(error["at"].as_str().unwrap().starts_with(place), "{answer}");
        let said = format!("{} {} {}", error["at"], error["message"], error["help"]);
        assert!(said.contains(words), "{answer}");
    }
    let country = answers[6]["hits"][0]["why"].as_array().unwrap().iter().find(|w| w["feature"] == "country").unwrap();
    assert!(country["effect"].as_f64().unwrap() > 0.0);
}

#[test]
fn a_list_of_ones_own_is_searched_alone_or_with_the_others_on_any_day() {
    let folder = scratch("own");
    fs::write(
        folder.join("own.csv"),
        "id,name,aliases,type,country,birth_date,identifiers,programme,listed_on,delisted_on\n\
         X1,Tormund Quelvaster,Tormond Kwelvaster;Торманд Квельвастер,person,NO,1964-07-17,passport:AB 1234-5,OWN,2016-11-30,2020-05-01\n\
         X2,Quelvaster Shipping AS,,company,NO,,,OWN,2018-01-01,\n\
         X3,SEA QUELVASTER,,vessel,,,imo:9187629,OWN,2018-01-01,\n",
    )
    .unwrap();
    text(&folder, &["lists", "import", "own.csv", "--as", "own"]);
    let ask = |extra: &[&str]| -> Value {
        let mut args = vec!["screen", "Tormund Quelvaster", "--type", "person", "--json"];
        args.extend(extra);
        serde_json::from_str(&text(&folder, &args)).unwrap()
    };
    assert_eq!(first(&ask(&["--as-of", "2020-04-30"])), "own/X1");
    assert_eq!(ask(&["--as-of", "2020-05-01"])["clear"], true);
    assert_eq!(ask(&["--as-of", "2016-11-29"])["clear"], true);
    assert_eq!(ask(&[])["clear"], true, "delisted long ago");
    let ever = ask(&["--ever"]);
    assert_eq!((&ever["hits"][0]["from"], &ever["hits"][0]["to"]), (&json!("2016-11-30"), &json!("2020-05-01")));
    assert_eq!(ask(&["--ever", "--list", "un-sc"])["clear"], true);
    let cyrillic = text(&folder, &["screen", "Торманд Квельвастер", "--ever", "--list", "own", "--json"]);
    assert!(cyrillic.contains("own/X1"), "{cyrillic}");
    let ship = text(&folder, &["screen", "SOME OTHER NAME", "--id", "imo:9187629", "--json"]);
    assert!(ship.contains("own/X3") && ship.contains("same IMO 9187629"), "{ship}");
    // The index is kept and opened again; a new version of the list makes a new one.
    assert_eq!(fs::read_dir(folder.join("data/lists/index")).unwrap().count(), 1);
    fs::write(folder.join("own.csv"), "id,name\nX1,Tormund Quelvaster\nX2,Quelvaster Shipping AS\nX3,SEA QUELVASTER\nX4,Orvin Halbrekt\n")
        .unwrap();
    text(&folder, &["lists", "import", "own.csv", "--as", "own"]);
    assert!(text(&folder, &["screen", "Orvin Halbrekt"]).contains("own/X4"));
    assert_eq!(fs::read_dir(folder.join("data/lists/index")).unwrap().count(), 1);
    // A damaged index is made again.
    let index = fs::read_dir(folder.join("data/lists/index")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&index).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&index, &bytes).unwrap();
    assert!(text(&folder, &["screen", "Orvin Halbrekt"]).contains("own/X4"));
}

#[test]
fn what_is_settled_wins_is_shown_and_can_be_taken_back() {
    let folder = scratch("settled");
    let name = ["screen", "Ri Won Ho", "--birth-date", "1970-03-01"];
    let ask = || -> Value {
        let mut args = name.to_vec();
        args.push("--json");
        serde_json::from_str(&text(&folder, &args)).unwrap()
    };
    let settle = |extra: &[&str]| {
        let mut args = name.to_vec();
        args.extend(extra);
        run(&folder, &args, "")
    };
    let ids =
        |answer: &Value| answer["hits"].as_array().unwrap().iter().map(|h| h["listing"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(ids(&ask()).contains(&"un-sc/KPi.033".to_owned()), "a contradiction does not hide a hit");
    assert_eq!(settle(&["--not", "un-sc/KPi.033"]).status.code(), Some(2), "who, and why?");
    assert_eq!(settle(&["--not", "un-sc/KPi.9999", "--by", "A", "--because", "b"]).status.code(), Some(2));
    assert_eq!(settle(&["--not", "un-sc/KPi.033", "--by", "A. Clerk", "--because", "born in 1970"]).status.code(), Some(0));
    assert!(!ids(&ask()).contains(&"un-sc/KPi.033".to_owned()));
    let shown = text(&folder, &["screen", "--settled"]);
    assert!(shown.contains("un-sc/KPi.033") && shown.contains("born in 1970") && shown.contains("A. Clerk"), "{shown}");
    assert!(text(&folder, &name).contains("settled as not un-sc/KPi.033"));
    // Somebody else of that name is not meant.
    assert!(text(&folder, &["screen", "Ri Won Ho", "--json"]).contains("un-sc/KPi.033"));
    assert_eq!(settle(&["--reopen", "un-sc/KPi.033", "--by", "B. Clerk", "--because", "new papers"]).status.code(), Some(0));
    assert!(ids(&ask()).contains(&"un-sc/KPi.033".to_owned()));
}

#[test]
fn a_check_asks_the_question_that_settles_a_possible_listing() {
    let folder = scratch("check");
    let act = |name: &str, more: &Value| {
        let mut party = json!({"role": "recipient", "name": name, "type": "person"});
        party.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let act = json!({"kind": "payment", "on": "2024-05-01", "parties": [{"role": "supplier", "name": "Nordhus Bank", "type": "bank", "nationality": ["NO"]}, party],
            "items": [{"description": "bank transfer"}], "places": {"origin": "NO", "destination": "NO"}});
        fs::write(folder.join("act.json"), act.to_string()).unwrap();
        serde_json::from_str::<Value>(&text(&folder, &["check", "act.json", "--json"])).unwrap()
    };
    let open = act("Ri Won-ho", &json!({}));
    assert_eq!(open["overall"], "insufficient_facts");
    let questions: Vec<&str> =
        open["decisions"][0]["missing"].as_array().unwrap().iter().map(|m| m["question"].as_str().unwrap()).collect();
    assert!(questions.iter().any(|q| q.contains("RI WON HO, born 1964-07-17") && q.contains("un-sc/KPi.033")), "{questions:?}");
    let sure = act("Ri Won-ho", &json!({"birth_date": "1964-07-17", "nationality": ["KP"]}));
    assert_eq!(sure["overall"], "prohibited");
    let because = sure["resolved"]["parties"].as_array().unwrap().iter().find(|e| e["value"] == "yes").unwrap();
    assert!(because["because"].as_str().unwrap().contains("same date of birth"), "{because}");
    let nobody = act("Ri Won-ho", &json!({"designated": false}));
    assert_ne!(nobody["overall"], "prohibited");
    let owned = act(
        "Halbrekt Holding",
        &json!({"type": "company", "nationality": ["NO"], "owners": [{"name": "Tanchon Commercial Bank", "type": "bank", "share": 60}]}),
    );
    assert_eq!(owned["overall"], "prohibited");
    let minority = act(
        "Halbrekt Holding",
        &json!({"type": "company", "nationality": ["NO"], "owners": [{"name": "Tanchon Commercial Bank", "type": "bank", "share": 10, "controls": false}]}),
    );
    assert_ne!(minority["overall"], "prohibited");
    assert_eq!(open["law"]["lists"]["un-sc"]["version"], "2026-08-22");
}

#[test]
fn whom_one_authority_lists_the_others_look_up_and_owners_hand_it_on() {
    let folder = scratch("said");
    let verdict = |buyer: &Value, authority: &str| {
        let act = json!({"kind": "sale", "on": "2024-06-03", "items": [{"description": "pumps", "hs": "8413"}], "places": {"origin": "DE", "destination": "BR"},
            "parties": [{"role": "seller", "name": "a trader", "type": "company", "nationality": ["DE"], "located_in": "DE"}, buyer]});
        fs::write(folder.join("act.json"), act.to_string()).unwrap();
        let answer: Value = serde_json::from_str(&text(&folder, &["check", "act.json", "--json", "--in", authority])).unwrap();
        answer["overall"].as_str().unwrap().to_owned()
    };
    let named = |name: &str| json!({"role": "buyer", "name": name, "type": "company", "nationality": ["BR"], "located_in": "BR"});
    let said = |name: &str, by: Value| {
        let mut buyer = named(name);
        buyer["designated"] = by;
        buyer
    };
    let owned = |by: Value, share: u32, controls: bool| {
        let mut buyer = named("Halbrekt Holding");
        buyer["owners"] = json!([{"name": "a man", "designated": by, "share": share, "controls": controls}]);
        buyer
    };
    // The list of the United Nations is on record.
    for buyer in [
        named("Tanchon Commercial Bank"),
        named("Tanchon Commercial Bank, sanctioned by the US"),
        said("Tanchon Commercial Bank", json!(["us"])),
    ] {
        assert_eq!(verdict(&buyer, "un"), "prohibited", "{buyer}");
    }
    for (buyer, eu) in [
        (named("a US-sanctioned firm"), "out_of_scope"),
        (named("an SDN"), "out_of_scope"),
        (named("a firm under EU sanctions"), "prohibited"),
        (named("a sanctioned firm"), "prohibited"),
        (said("a firm", json!(["us"])), "out_of_scope"),
        (said("a firm", json!(["us", "eu"])), "prohibited"),
        (owned(json!(true), 60, false), "prohibited"),
        (owned(json!(["eu"]), 60, false), "prohibited"),
        (owned(json!(["us"]), 60, false), "out_of_scope"),
        (owned(json!(true), 49, false), "out_of_scope"),
        (owned(json!(true), 49, true), "prohibited"),
    ] {
        assert_eq!(verdict(&buyer, "eu"), eu, "{buyer}");
    }
}

#[test]
fn wrong_questions_are_told_what_would_be_right() {
    let folder = scratch("wrong");
    for (args, words) in [
        (vec!["screen"], "whom"),
        (vec!["screen", "X", "--list", "no-such"], "un-sc"),
        (vec!["screen", "X", "--min", "7"], "between 0 and 1"),
        (vec!["screen", "X", "--as-of", "2020"], "one day"),
        (vec!["screen", "X", "--ever", "--as-of", "2020-01-01"], "exclude"),
        (vec!["screen", "X", "--jsonl"], "--jsonl"),
    ] {
        let output = run(&folder, &args, "");
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains(words), "{args:?}: {err}");
    }
    let odd = run(&folder, &["screen", "X", "--type", "persn"], "");
    assert_eq!(odd.status.code(), Some(1));
    assert!(String::from_utf8(odd.stderr).unwrap().contains("person"));
    fs::write(folder.join("names.txt"), "\u{feff}Ri Won Ho\n\nBodil Vennersgaard\n").unwrap();
    let both: Value = serde_json::from_str(&text(&folder, &["screen", "--file", "names.txt", "--json"])).unwrap();
    assert_eq!(both.as_array().unwrap().len(), 2);
    fs::write(folder.join("latin1.txt"), b"M\xfcller\n").unwrap();
    let latin = run(&folder, &["screen", "--file", "latin1.txt"], "");
    assert!(latin.status.code() == Some(1) && String::from_utf8(latin.stderr).unwrap().contains("line 1"));
}
