//! The binary as its users meet it: right input, wrong input, empty input, huge input, a closed pipe, damaged law.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{feed, licit, out};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Output, Stdio};

fn run(args: &[&str]) -> Output {
    licit(args).output().unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_example_is_prohibited_and_says_why() {
    let output = run(&["check", "examples/aurus.json"]);
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for part in
        ["Prohibited", "S/RES/2397 (2017) ¶7", "S/RES/1718 (2006) ¶8(a)(iii)", "Russian Federation", "1718 Committee", "18 February 2024"]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
    assert!(out(&run(&["check", "examples/aurus.json", "--color", "always"])).contains('\u{1b}'));
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
}

#[test]
fn flags_json_and_file_give_the_same_decision() {
    let flags = run(&[
        "check",
        "--kind",
        "gift",
        "--by",
        "Vladimir Putin",
        "--for",
        "Kim Jong Un",
        "--from",
        "Russia",
        "--to",
        "North Korea",
        "--item",
        "Aurus limousine",
        "--on",
        "18 February 2024",
        "--json",
    ]);
    let flags: Value = serde_json::from_str(&out(&flags)).unwrap();
    let file: Value = serde_json::from_str(&out(&run(&["check", "examples/aurus.json", "--json"]))).unwrap();
    for path in ["/overall", "/as_of", "/law", "/decisions/0/verdict", "/decisions/0/bearers/0/who"] {
        assert_eq!(flags.pointer(path), file.pointer(path), "{path}");
    }
    assert_eq!(flags["as_of"], "2024-02-18");
    let ids = |v: &Value| v["decisions"][0]["provisions"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&flags), ids(&file));
    assert!(flags["resolved"]["places"].as_array().unwrap().iter().any(|e| e["value"] == "KP"), "it shows how words were understood");
}

#[test]
fn the_three_formats_say_the_same() {
    let folder = scratch("formats");
    let yaml = "kind: sale\non: 2018-03-01\nparties:\n  - {role: seller, name: a dealer, nationality: IT}\n  - {role: buyer, name: a shop, nationality: KP}\nitems:\n  - {description: bicycles, hs: '8712', quantity: 20 item}\n";
    let toml = "kind = \"sale\"\non = 2018-03-01\nparties = [{role = \"seller\", name = \"a dealer\", nationality = \"IT\"}, {role = \"buyer\", name = \"a shop\", nationality = \"KP\"}]\n[[items]]\ndescription = \"bicycles\"\nhs = \"8712\"\nquantity = \"20 item\"\n";
    let json = r#"{"kind":"sale","on":"2018-03-01","parties":[{"role":"seller","name":"a dealer","nationality":"IT"},{"role":"buyer","name":"a shop","nationality":"KP"}],"items":[{"description":"bicycles","hs":"8712","quantity":"20 item"}]}"#;
    let mut answers = Vec::new();
    for (name, text) in [("a.yaml", yaml), ("a.toml", toml), ("a.json", json)] {
        std::fs::write(folder.join(name), text).unwrap();
        let output = run(&["check", folder.join(name).to_str().unwrap(), "--json"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
        answers.push(out(&output));
    }
    assert_eq!(answers[0], answers[2]);
    assert_eq!(answers[1], answers[2]);
    assert!(answers[0].contains("\"overall\": \"prohibited\""));
}

#[test]
fn the_verdict_can_be_the_exit_status() {
    let status = |act: &str| feed(&["check", "-", "--exit-verdict"], act.as_bytes()).status.code();
    let act = |hs: &str, to: &str, on: &str| {
        format!(
            r#"{{"kind":"sale","on":"{on}","parties":[{{"role":"seller","name":"a maker","nationality":"IT","type":"company"}}],"items":[{{"description":"goods","hs":"{hs}"}}],"places":{{"origin":"IT","destination":"{to}"}}}}"#
        )
    };
    assert_eq!(status(&act("8702", "KP", "2018-01-01")), Some(12));
    assert_eq!(status(&act("1006", "KP", "2018-01-01")), Some(0));
    assert_eq!(status(&act("8702", "MN", "2018-01-01")), Some(0));
    assert_eq!(status(&act("8702", "KP", "2017-12")), Some(11));
    let statue = r#"{"kind":"sale","on":"2017-05-01","parties":[{"role":"seller","name":"a studio","nationality":"KP"},{"role":"buyer","name":"a museum","nationality":"NA","type":"organisation"}],"items":[{"description":"bronze statue","hs":"9703","is":["un/2321/statues"]}],"places":{"origin":"KP","destination":"NA"}}"#;
    assert_eq!(status(statue), Some(10));
}

#[test]
fn a_description_that_names_russian_metal_is_enough() {
    let verdict = |of: &str, on: &str| {
        let act = format!(
            r#"{{"kind":"sale","on":"{on}","parties":[{{"role":"buyer","name":"a merchant","type":"company","nationality":["GB"],"located_in":"GB"}},{{"role":"seller","name":"a mill","type":"company","nationality":["TR"],"located_in":"TR"}}],"places":{{"origin":"TR","destination":"GB"}},"items":[{{"description":"welded tubes from hot-rolled coil of {of} origin","hs":"7306","origin":"TR"}}]}}"#
        );
        let answer: Value = serde_json::from_str(&out(&feed(&["check", "-", "--in", "uk", "--brief"], act.as_bytes()))).unwrap();
        answer["overall"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict("Russian", "2023-09-30"), "prohibited");
    assert_eq!(verdict("Russian", "2023-09-29"), "permitted");
    assert_eq!(verdict("Turkish", "2023-09-30"), "out_of_scope");
}

#[test]
fn every_bad_act_is_refused_with_place_reason_and_help() {
    let party = r#""parties":[{"role":"seller","name":"x"}]"#;
    let cases: Vec<(String, &[&str])> = vec![
        (format!(r#"{{"knd":"gift",{party}}}"#), &["unknown field `knd`", "did you mean `kind`"]),
        (format!(r#"{{"kind":"gft",{party}}}"#), &["`gft`", "gift", "line 1, column 9, kind"]),
        (r#"{"parties":[{"role":"byer","name":"x"}]}"#.into(), &["parties[0].role", "`byer`", "buyer"]),
        (format!(r#"{{"on":"2023-02-29",{party}}}"#), &["on", "there is no day", "28 days"]),
        (format!(r#"{{"on":"someday",{party}}}"#), &["not a date", "2024-02-18"]),
        (r#"{"items":[{"quantity":{"value":-3,"unit":"item"}}]}"#.into(), &["items[0].quantity", "-3", "above 0"]),
        (r#"{"items":[{"quantity":{"value":1e300,"unit":"t"}}]}"#.into(), &["items[0].quantity", "cannot be"]),
        (r#"{"items":[{"quantity":{"value":3,"unit":"tonn"}}]}"#.into(), &["`tonn` is not a unit", "did you mean `ton`"]),
        (r#"{"items":[{"value":{"amount":"12","currency":"USX"}}]}"#.into(), &["`USX` is not a currency", "did you mean"]),
        (
            r#"{"parties":[{"name":"a","designated":["un/dprkk"]}]}"#.into(),
            &["unknown regime or authority `un/dprkk`", "did you mean `un/dprk`"],
        ),
        (r#"{"parties":[{"name":"a","designated":["us","un/dprk"]}]}"#.into(), &["expected regimes or authorities, found both"]),
        (r#"{"items":[{"value":{"amount":"-12","currency":"USD"}}]}"#.into(), &["a sum of -12"]),
        (r#"{"items":[{"hs":"87x"}]}"#.into(), &["items[0].hs", "not an HS code"]),
        (r#"{"items":[{"hs":8703}]}"#.into(), &["in quotes"]),
        (r#"{"items":[{"is":["un/2094/anex-iv"]}]}"#.into(), &["no list of the law", "un/2094/annex-iv"]),
        (format!(r#"{{"places":{{"destination":"Nort Korea"}},{party}}}"#), &["places.destination", "North Korea"]),
        (format!(r#"{{"judgements":{{"exclusively-livelyhood":"yes"}},{party}}}"#), &["exclusively-livelihood"]),
        (format!(r#"{{"approvals":[{{"authority":"un/1718-comittee","on":"2020-01-01"}}],{party}}}"#), &["un/1718-committee"]),
        (
            format!(r#"{{"approvals":[{{"authority":"un/1718-committee","on":"2020-01-01","until":"2019-01-01"}}],{party}}}"#),
            &["before it begins"],
        ),
        (r#"{"kind":"gift","kind":"sale"}"#.into(), &["`kind` stands here twice"]),
        (r#"{"kind":"gift"}"#.into(), &["at least one party or one item"]),
        (r#"[1,2]"#.into(), &["expected an object, found a list"]),
        (r#"{"kind":"gift","#.into(), &["line 1"]),
        (String::new(), &["empty"]),
        ("\u{0}".into(), &["line 1"]),
    ];
    for (act, parts) in cases {
        for json in [false, true] {
            let args: &[&str] = if json { &["check", "-", "--json"] } else { &["check", "-"] };
            let output = feed(args, act.as_bytes());
            let text = if json { out(&output) } else { err(&output) };
            assert_eq!(output.status.code(), Some(1), "{act}\n{text}");
            for part in parts {
                assert!(text.replace("\\\"", "\"").contains(part), "`{part}` is missing for {act}\n{text}");
            }
            if json {
                let value: Value = serde_json::from_str(&text).unwrap();
                assert!(value["error"]["message"].is_string(), "{text}");
            } else {
                assert!(output.stdout.is_empty(), "errors do not go to standard output");
            }
        }
    }
}

#[test]
fn invalid_utf8_deep_nesting_and_size_are_refused_and_the_next_line_goes_on() {
    let good = r#"{"id":"good","kind":"sale","on":"2018-01-01","items":[{"hs":"8702"}],"places":{"destination":"KP"}}"#;
    let mut input = Vec::new();
    input.extend(good.as_bytes());
    input.extend(b"\n{\"id\":\"bytes\",\"kind\":\"\xff\xfe\"}\n");
    input.extend(format!("{}{}\n", "[".repeat(100_000), "]".repeat(100_000)).bytes());
    input.extend(format!("{{\"id\":\"deep\",\"items\":{}1{}}}\n", "[".repeat(100_000), "]".repeat(100_000)).bytes());
    input.extend(format!("{{\"id\":\"long\",\"purpose\":\"{}\"}}\n", "x".repeat(50_000_000)).bytes());
    input.extend(b"{\"id\":\"nul\",\"kind\":\"sale\",\"on\":\"2018-01-01\",\"purpose\":\"a\\u0000b\",\"items\":[{\"hs\":\"8702\"}],\"places\":{\"destination\":\"KP\"}}\n");
    input.extend(b"\n   \n");
    input.extend(b"{\"id\":7,\"kind\":\"gft\"}\n");
    input.extend(good.as_bytes());
    let output = feed(&["check", "--jsonl"], &input);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let lines: Vec<Value> = out(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[0]["overall"], "prohibited");
    assert!(lines[1]["error"]["message"].as_str().unwrap().contains("UTF-8"), "{}", lines[1]);
    for at in [2, 3] {
        assert!(lines[at]["error"]["message"].as_str().unwrap().contains("recursion"), "{}", lines[at]);
    }
    assert!(lines[4]["error"]["message"].as_str().unwrap().contains("longer than"), "{}", lines[4]);
    assert_eq!(lines[5]["overall"], "prohibited");
    assert_eq!(lines[6]["id"], "7");
    assert_eq!(lines[6]["error"]["at"], "line 9, column 16, kind");
    assert_eq!(lines[7], lines[0]);
}

#[test]
fn lines_come_back_in_order_however_many_there_are() {
    let mut input = String::new();
    for n in 0..10_000 {
        input.push_str(&format!("{{\"id\":\"{n}\",\"kind\":\"sale\",\"on\":\"2018-01-01\",\"items\":[{{\"hs\":\"{}\"}}],\"places\":{{\"destination\":\"KP\"}}}}\n", if n % 2 == 0 { "8702" } else { "1006" }));
    }
    let output = feed(&["check", "--jsonl", "--brief"], input.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let text = out(&output);
    assert_eq!(text.lines().count(), 10_000);
    for (n, line) in text.lines().enumerate() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["act_id"], n.to_string());
        assert_eq!(value["decisions"][0]["verdict"], if n % 2 == 0 { "prohibited" } else { "permitted" });
    }
}

#[test]
fn whoever_asks_line_by_line_is_answered_line_by_line() {
    for (command, line, field) in [
        (
            "check",
            "{\"id\":\"1\",\"kind\":\"sale\",\"on\":\"2018-01-01\",\"items\":[{\"hs\":\"8702\"}],\"places\":{\"destination\":\"KP\"}}",
            "overall",
        ),
        ("screen", "{\"id\":\"1\",\"name\":\"Ri Won Ho\"}", "hits"),
    ] {
        let mut child = licit(&[command, "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        // The input stays open: were answers held back for more lines, reading one would never end.
        for more in ["\n", "\n{\"id\":"] {
            stdin.write_all(format!("{line}{more}").as_bytes()).unwrap();
            let mut answer = String::new();
            answers.read_line(&mut answer).unwrap();
            assert!(serde_json::from_str::<Value>(&answer).unwrap().get(field).is_some(), "{answer}");
        }
        drop(stdin);
        let mut rest = String::new();
        answers.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("error"), "{rest}");
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let line =
        "{\"kind\":\"sale\",\"on\":\"2018-01-01\",\"items\":[{\"hs\":\"8702\"}],\"places\":{\"destination\":\"KP\"}}\n".repeat(20_000);
    let mut child = licit(&["check", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(stdin.write_all(line.as_bytes())));
    let mut first = [0u8; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(err(&output), "");
}

#[test]
fn folders_missing_files_and_empty_input_are_told_apart() {
    assert_eq!(run(&["check", "examples"]).status.code(), Some(1));
    assert!(err(&run(&["check", "examples"])).contains("is a folder"));
    assert!(err(&run(&["check", "--jsonl", "examples"])).contains("is a folder"));
    let missing = run(&["check", "no-such-file.json"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(err(&missing).contains("no-such-file.json"));
    let empty = feed(&["check", "--jsonl"], b"");
    assert_eq!((empty.status.code(), empty.stdout.len()), (Some(0), 0));
    assert_eq!(run(&["check"]).status.code(), Some(2));
    assert_eq!(run(&["check", "examples/aurus.json", "--to", "KP"]).status.code(), Some(2));
    let unknown = run(&["check", "examples/aurus.json", "--in", "ux"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean"));
}

#[test]
fn an_authority_that_is_not_encoded_is_never_lenient() {
    let un = common::root().join("law/un");
    let only_un = ["check", "examples/aurus.json", "--in", "us,un", "--json", "--law", un.to_str().unwrap()];
    let answer: Value = serde_json::from_str(&out(&run(&only_un))).unwrap();
    assert_eq!(answer["decisions"][0]["verdict"], "insufficient_facts");
    assert_eq!(answer["decisions"][0]["missing"][0]["fact"], "law.us");
    assert_eq!(answer["decisions"][1]["verdict"], "prohibited");
    assert_eq!(answer["overall"], "prohibited");
    let to = |country: &str, hs: &str| {
        let act = format!(
            r#"{{"kind":"sale","on":"2022-01-01","items":[{{"hs":"{hs}"}}],"parties":[{{"role":"seller","name":"a firm in Leeds","type":"company","nationality":"GB"}},{{"role":"buyer","name":"a mine","type":"company","nationality":"{country}"}}],"places":{{"origin":"GB","destination":"{country}"}}}}"#
        );
        serde_json::from_str::<Value>(&out(&feed(&["check", "-", "--json", "--in", "uk"], act.as_bytes()))).unwrap()
    };
    // Rifles for Yemen: that regime is known and not written down. Pumps for Zimbabwe: what it forbids is, and leaves them free.
    let yemen = to("YE", "9301");
    assert_eq!(yemen["overall"], "insufficient_facts");
    assert!(yemen["decisions"][0]["missing"].to_string().contains("law.uk/yemen"));
    assert_eq!(to("ZW", "8413")["overall"], "permitted");
    assert_ne!(to("ZW", "9301")["overall"], "permitted");
}

#[test]
fn damaged_law_shows_all_problems_at_once_and_stops() {
    let folder = scratch("law");
    std::fs::create_dir_all(folder.join("lists")).unwrap();
    let good = std::fs::read_to_string(common::root().join("law/un/words.md")).unwrap();
    std::fs::write(folder.join("words.md"), good).unwrap();
    let bad = "# R\n\n```toml instrument\nid = \"un/1\"\nregime = \"un/dprk\"\nissuer = \"x\"\nsymbol = \"y\"\ntitle = \"z\"\nadopted = 2017-13-01\nsource = \"s\"\nconfidence = \"verified\"\n```\n\n## ¶1 One\n\nText.\n\n```toml prohibition\nid = \"un/1#1\"\ntitle = \"t\"\nsays = \"S.\"\nfrom = 2017-12-22\nreach = \"un/givin\"\nwhen = { too = \"KP\" }\nconfidence = \"verified\"\n```\n\n## ¶2 Two\n\nNothing here.\n";
    std::fs::write(folder.join("bad.md"), bad).unwrap();
    let output = run(&["law", "list", "--law", folder.to_str().unwrap()]);
    let text = err(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    for part in ["law/bad.md:9", "law/bad.md:24", "unknown condition `too`", "un/giving", "neither a rule nor a reason"] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    let none = run(&["check", "examples/aurus.json", "--law", scratch("none").to_str().unwrap()]);
    assert_eq!(none.status.code(), Some(3));
}

#[test]
fn the_law_can_be_listed_shown_compared_and_counted() {
    let json = |args: &[&str]| serde_json::from_str::<Value>(&out(&run(args))).unwrap();
    let list = json(&["law", "list", "--json"]);
    let first = list["instruments"].as_array().unwrap().iter().find(|i| i["id"] == "un/2397").unwrap();
    assert_eq!((first["adopted"].as_str(), first["vote"]["for"].as_i64()), (Some("2017-12-22"), Some(15)));
    let show = json(&["law", "show", "un/2397#7", "--json"]);
    assert_eq!(show["in_force"][0]["from"], "2017-12-22");
    assert!(show["exceptions"].to_string().contains("un/2397#25"));
    assert!(show["cases"].as_i64().unwrap() > 5);
    assert!(out(&run(&["law", "show", "un/2397#7", "--on", "2017-12-21"])).contains("on 21 December 2017: no"));
    assert!(err(&run(&["law", "show", "un/2397#77"])).contains("did you mean"));
    let diff = json(&["law", "diff", "2017-12-21", "2017-12-22", "--json"]);
    assert!(diff["began"].to_string().contains("un/2397#7"));
    assert!(diff["ended"].to_string().contains("un/2375#14"));
    assert_eq!(json(&["law", "diff", "2019-01-01", "2019-01-02", "--json"])["began"].as_array().map(Vec::len), Some(0));
    assert_eq!(run(&["law", "diff", "2018-01-01", "2017-01-01"]).status.code(), Some(2));
    let coverage = json(&["law", "coverage", "--json"]);
    assert_eq!(coverage["uncovered"], serde_json::json!([]));
    let sum = ["with_rule", "with_reason", "unread"].iter().map(|k| coverage[k].as_i64().unwrap()).sum::<i64>();
    assert_eq!(coverage["paragraphs"].as_i64(), Some(sum));
}

#[test]
fn an_interview_asks_only_what_can_change_the_answer() {
    let act = br#"{"kind":"sale","on":"2018-06-01","parties":[{"role":"seller","name":"a maker","nationality":"IT","type":"company"},{"role":"buyer","name":"a shop","nationality":"KP","type":"company"}],"items":[{"description":"a thing"}],"places":{"origin":"IT","destination":"KP"}}"#;
    let folder = scratch("interview");
    std::fs::write(folder.join("act.json"), act).unwrap();
    let output = feed(&["check", "-i", folder.join("act.json").to_str().unwrap()], b"?\nnonsense\n8702\n");
    let asked = err(&output);
    assert!(asked.contains("Under which HS code") && asked.contains("not an HS code"), "{asked}");
    assert!(out(&output).contains("Prohibited"), "{}", out(&output));
    // Decided by the code alone: nothing else is asked.
    assert_eq!(asked.matches("> ").count(), 3, "{asked}");
    let settled = feed(&["check", "-i", "examples/aurus.json"], b"");
    assert_eq!(err(&settled), "");
    assert!(out(&settled).contains("Prohibited"));
}

#[test]
fn completions_manual_and_help_exist() {
    assert!(out(&run(&["completions", "bash"])).contains("_licit"));
    let folder = scratch("man");
    assert_eq!(run(&["man", folder.to_str().unwrap()]).status.code(), Some(0));
    assert!(folder.join("licit.1").exists() && folder.join("licit-check.1").exists());
    let help = out(&run(&["check", "--help"]));
    for flag in ["--kind", "--jsonl", "--exit-verdict", "--brief", "--as-of", "--in"] {
        assert!(help.contains(flag), "{flag}");
    }
    assert_eq!(run(&["chek"]).status.code(), Some(2));
}

#[test]
fn goods_that_go_somewhere_are_a_supply_unless_told_otherwise() {
    let verdict = |args: &[&str]| {
        let output = run(&[&["check", "--from", "CN", "--to", "KP", "--on", "2024-05-01", "--in", "un", "--json"], args].concat());
        let answer: Value = serde_json::from_str(&out(&output)).unwrap();
        (answer["overall"].as_str().unwrap().to_owned(), String::from_utf8_lossy(&output.stderr).contains("taken as a supply"))
    };
    assert_eq!(verdict(&["--item", "water pumps"]), ("prohibited".into(), true));
    assert!(!verdict(&["--item", "water pumps", "--kind", "classification"]).1);
    // What is no goods that we know stays open.
    assert_eq!(verdict(&["--item", "frobnication"]), ("insufficient_facts".into(), false));
}

#[test]
fn of_two_goods_in_one_description_the_worse_decides_and_the_unknown_one_is_asked_for() {
    let answer = |item: &str| -> Value {
        let args =
            ["check", "--kind", "supply", "--from", "CN", "--to", "KP", "--on", "2024-05-01", "--in", "un", "--json", "--item", item];
        serde_json::from_str(&out(&run(&args))).unwrap()
    };
    assert_eq!(answer("medicines")["overall"], "permitted");
    assert_eq!(answer("medicines and bandages")["overall"], "permitted");
    assert_eq!(answer("medicines, and steel cooking pots")["overall"], "prohibited");
    let unknown = answer("medicines, and prefabricated metal wards");
    assert_eq!(unknown["overall"], "insufficient_facts");
    let missing: Vec<&str> = unknown["decisions"][0]["missing"].as_array().unwrap().iter().map(|m| m["fact"].as_str().unwrap()).collect();
    assert!(missing.contains(&"items[1].hs"), "{missing:?}");
    assert!(unknown["resolved"]["items"].as_array().unwrap().iter().any(|e| e["value"] == "prefabricated metal wards"));
}

/// The verdicts that are possible for an act under one authority.
fn possible(act: &str, authority: &str) -> Vec<String> {
    let answer: Value = serde_json::from_str(&out(&feed(&["check", "-", "--json", "--in", authority], act.as_bytes()))).unwrap();
    let list = answer["decisions"][0]["possible"].as_array().unwrap();
    list.iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

#[test]
fn who_pays_and_is_not_named_may_be_of_any_country() {
    let act = |payer: &str| {
        format!(
            r#"{{"kind": "payment", "on": "2024-05-01", "parties": [{payer}{{"role": "recipient", "name": "a trading firm", "type": "company", "nationality": ["KP"], "located_in": "KP"}}],
             "items": [{{"description": "payment for pumps", "value": {{"amount": "50000", "currency": "EUR"}}}}], "places": {{"destination": "KP"}}}}"#
        )
    };
    assert_eq!(
        possible(&act(r#"{"role": "financier", "name": "a firm", "type": "company", "nationality": ["BR"], "located_in": "BR"}, "#), "eu"),
        ["out_of_scope"]
    );
    let german = possible(&act(r#"{"role": "financier", "name": "a firm", "type": "company", "nationality": ["DE"]}, "#), "eu");
    assert!(!german.contains(&"out_of_scope".to_owned()), "{german:?}");
    let nobody = possible(&act(""), "eu");
    assert!(nobody.len() > 1 && german.iter().all(|v| nobody.contains(v)), "{nobody:?}");
}

#[test]
fn goods_come_from_where_their_words_say() {
    let act = |goods: &str| {
        format!(
            r#"{{"kind": "sale", "on": "2018-05-01", "parties": [{{"role": "seller", "name": "a firm", "type": "company", "nationality": ["TH"]}}, {{"role": "buyer", "name": "another", "type": "company", "nationality": ["MY"]}}], "items": [{{"description": "{goods}"}}], "places": {{"origin": "TH", "destination": "MY"}}}}"#
        )
    };
    for goods in ["North Korean coal", "200 tonnes of North Korean coal", "coal of North Korean origin", "coal from North Korea"] {
        assert_eq!(possible(&act(goods), "un"), ["prohibited"], "{goods}");
    }
    for goods in ["coal", "Thai coal", "coal not of North Korean origin"] {
        assert!(!possible(&act(goods), "un").contains(&"prohibited".to_owned()), "{goods}");
    }
}

#[test]
fn the_law_of_a_region_is_asked_where_the_place_names_it() {
    let act = |place: &str| {
        format!(
            r#"{{"kind": "tourism", "on": "2015-03-01", "parties": [{{"role": "provider", "name": "a travel agency", "type": "company", "nationality": ["DE"]}}], "items": [{{"description": "a package tour"}}], "places": {{"destination": "{place}"}}}}"#
        )
    };
    assert_eq!(possible(&act("Crimea"), "eu"), ["prohibited"]);
    assert_eq!(possible(&act("Sevastopol"), "eu"), ["prohibited"]);
    let elsewhere = possible(&act("Ukraine"), "eu");
    assert!(elsewhere.iter().any(|v| v == "out_of_scope" || v == "permitted"), "{elsewhere:?}");
}

#[test]
fn a_province_is_a_place_of_its_country_and_one_with_law_of_its_own_asks_it() {
    let act = |place: &str| {
        format!(
            r#"{{"kind": "sale", "on": "2023-10-01", "parties": [{{"role": "seller", "name": "a maker", "type": "company", "nationality": ["CN"]}}, {{"role": "buyer", "name": "the army of Sudan", "type": "government", "nationality": ["SD"]}}],
             "items": [{{"description": "assault rifles", "hs": "9301"}}], "places": {{"origin": "Guangdong", "destination": "{place}"}}}}"#
        )
    };
    for place in ["Darfur", "El Fasher", "Nyala"] {
        assert!(!possible(&act(place), "un").contains(&"permitted".to_owned()), "{place}");
    }
    assert!(possible(&act("Khartoum"), "un").contains(&"permitted".to_owned()));
    // Two countries have a Punjab: each is a reading of its own, and neither is under an embargo.
    let rice = r#"{"kind": "sale", "on": "2023-10-01", "parties": [{"role": "seller", "name": "a farm", "type": "company", "nationality": ["TH"]}], "items": [{"description": "rice", "hs": "1006"}], "places": {"origin": "Guangdong", "destination": "Punjab"}}"#;
    assert_eq!(possible(rice, "un"), ["out_of_scope"]);
}

#[test]
fn a_listed_owner_counts_by_what_he_holds_and_by_the_rule_of_who_is_asked() {
    let act = |bank: &str, owner: &str| {
        format!(
            r#"{{"kind": "payment", "on": "2023-06-01", "parties": [{{"role": "bank", "name": "a bank", "type": "bank", "nationality": ["{bank}"]}}, {{"role": "recipient", "name": "a trading company", "type": "company", "nationality": ["SD"]}}, {{"role": "owner", "name": "{owner}", "type": "person", "nationality": ["SD"]}}],
             "items": [{{"description": "payment for wheat"}}], "places": {{"origin": "{bank}", "destination": "SD"}}}}"#
        )
    };
    let is = |bank: &str, owner: &str, authority: &str| possible(&act(bank, owner), authority);
    // Half counts everywhere that adds shares up; below it the United States look no further, and the Union asks who controls.
    assert_eq!(is("US", "a listed man, owner of 50 per cent", "us"), ["prohibited"]);
    assert!(!is("US", "a listed man, owner of 49.9 per cent", "us").contains(&"prohibited".to_owned()));
    assert_eq!(is("FR", "a listed man, owner of 50.5 per cent", "eu"), ["prohibited"]);
    let small = is("FR", "a listed man, owner of 20 per cent", "eu");
    assert!(small.contains(&"permitted".to_owned()) && small.contains(&"prohibited".to_owned()), "{small:?}");
    assert_eq!(is("FR", "a listed man, owner of 20 per cent without control", "eu"), ["permitted"]);
    assert_eq!(is("FR", "a listed man", "eu"), ["prohibited"]);
    let beside = |words: &str| act("FR", "Mikhail Fridman").replace("payment for wheat", words);
    let small = possible(&beside("payment to a company in which Mikhail Fridman owns 35 per cent"), "eu");
    assert!(small.contains(&"prohibited".to_owned()) && small.len() > 1, "{small:?}");
    assert_eq!(possible(&beside("payment to a company in which Mikhail Fridman owns 60 per cent"), "eu"), ["prohibited"]);
}

#[test]
fn an_annex_says_under_which_regime_a_party_is_listed() {
    let act = |recipient: &str| {
        format!(
            r#"{{"kind": "payment", "on": "2023-06-01", "parties": [{{"role": "bank", "name": "a bank", "type": "bank", "nationality": ["FR"]}}, {{"role": "recipient", "name": "{recipient}", "type": "person", "located_in": "FR"}}],
             "items": [{{"description": "payment for a flat"}}], "places": {{"origin": "FR", "destination": "FR"}}}}"#
        )
    };
    let answer =
        out(&feed(&["check", "-", "--json", "--in", "eu"], act("a man listed in Annex I to Regulation (EC) No 881/2002").as_bytes()));
    assert!(answer.contains("eu/881-2002#2") && !answer.contains("eu/269-2014#2"), "{answer}");
    assert_eq!(possible(&act("a man listed in Annex I to Regulation (EC) No 881/2002"), "un"), ["prohibited"]);
    // Whom nobody may lend to is not frozen, and nor is the wife of somebody who is.
    for free in ["a man named in Annex III to Regulation (EU) No 833/2014", "the wife of a listed man, herself on no list"] {
        assert!(!possible(&act(free), "eu").contains(&"prohibited".to_owned()), "{free}");
    }
}

#[test]
fn a_number_of_the_control_lists_is_known() {
    let act = |words: &str| {
        format!(
            r#"{{"kind": "export", "on": "2022-06-01", "parties": [{{"role": "seller", "name": "a maker", "type": "company", "nationality": ["DE"]}}, {{"role": "buyer", "name": "a ministry", "type": "government", "nationality": ["TR"]}}],
             "items": [{{"description": "{words}"}}], "places": {{"origin": "DE", "destination": "TR"}}}}"#
        )
    };
    assert_eq!(possible(&act("software of entry 4D004"), "eu"), ["needs_authorisation"]);
    assert_eq!(possible(&act("a pump of entry 2B350"), "eu"), ["needs_authorisation"]);
    assert_eq!(possible(&act("a pump that is not under 2A226, yet stands in entry 2B350"), "eu"), ["needs_authorisation"]);
    // What is numbered from 900 on only the United States control, and what is said not to stand under a number does not.
    assert!(!possible(&act("phones, 5A992"), "eu").contains(&"needs_authorisation".to_owned()));
    assert!(!possible(&act("pencils, not under 2B350"), "eu").contains(&"needs_authorisation".to_owned()));
}

#[test]
fn used_and_new_are_read_beside_a_code() {
    let act = |words: &str| {
        format!(
            r#"{{"kind": "sale", "on": "2017-06-01", "parties": [{{"role": "seller", "name": "a shipping firm", "type": "company", "nationality": ["CN"]}}, {{"role": "buyer", "name": "a firm", "type": "company", "nationality": ["KP"]}}],
             "items": [{{"description": "{words}", "hs": "8901"}}], "places": {{"origin": "CN", "destination": "KP"}}}}"#
        )
    };
    assert_eq!(possible(&act("used ferry"), "un"), ["permitted"]);
    assert_eq!(possible(&act("new ferry"), "un"), ["needs_authorisation"]);
    assert!(possible(&act("ferry"), "un").len() > 1);
}

#[test]
fn goods_from_a_region_are_known_by_the_place_or_by_who_gives_them() {
    let act = |on: &str, seller: &str, origin: &str, buyer: &str, end: &str| {
        format!(
            r#"{{"kind": "import", "on": "{on}", "parties": [{{"role": "seller", "name": "a winery", "type": "company", "located_in": "{seller}"}}, {{"role": "buyer", "name": "a wine dealer", "type": "company", "located_in": "{buyer}"}}],
             "items": [{{"description": "wine", "hs": "220421"}}], "places": {{"origin": "{origin}", "destination": "{end}"}}}}"#
        )
    };
    for (seller, origin) in [("Crimea", "UA"), ("Ukraine", "Crimea"), ("Crimea", "Crimea")] {
        assert_eq!(possible(&act("2014-06-25", seller, origin, "DE", "DE"), "eu"), ["prohibited"], "{seller}, {origin}");
        // The day before is open, for the law on such regions is encoded in part; it is not the ban that decides it.
        assert_ne!(possible(&act("2014-06-24", seller, origin, "DE", "DE"), "eu"), ["prohibited"], "{seller}, {origin}");
    }
    let other = possible(&act("2014-06-25", "Ukraine", "UA", "DE", "DE"), "eu");
    assert!(!other.contains(&"prohibited".to_owned()), "{other:?}");
    assert_ne!(
        possible(&act("2014-06-25", "Ukraine", "UA", "Crimea", "DE"), "eu"),
        ["prohibited"],
        "a buyer there is not whom goods come from"
    );
}

#[test]
fn a_party_that_nobody_names_is_asked_about_by_what_it_does() {
    let act = r#"{"kind": "payment", "on": "2024-05-01", "parties": [{"role": "recipient", "name": "a trading firm", "type": "company", "nationality": ["KP"], "located_in": "KP"}], "items": [{"description": "payment for pumps", "value": {"amount": "50000", "currency": "EUR"}}], "places": {"destination": "KP"}}"#;
    let answer = out(&feed(&["check", "-", "--json", "--in", "eu,us"], act.as_bytes()));
    assert!(answer.contains("whom nobody names"), "{answer}");
    assert!(!answer.contains("“”"), "{answer}");
}

#[test]
fn goods_that_go_on_end_where_the_words_say() {
    let act = |purpose: &str| {
        format!(
            r#"{{"kind": "sale", "on": "2024-05-20", "parties": [{{"role": "seller", "name": "a dealer", "type": "company", "nationality": ["FI"]}}, {{"role": "buyer", "name": "a firm", "type": "company", "nationality": ["KZ"]}}],
             "items": [{{"description": "CNC lathe", "hs": "845811", "origin": "FI"}}], "places": {{"origin": "FI", "destination": "KZ"}}, "purpose": "{purpose}"}}"#
        )
    };
    for purpose in ["for re-export to Russia", "end use in Russia", "to be resold to a customer in Moscow", "it goes on to Moscow"] {
        assert_eq!(possible(&act(purpose), "eu"), ["prohibited"], "{purpose}");
    }
    for purpose in
        ["use in Kazakhstan", "for use in a works in Almaty", "the contract forbids re-export to Russia", "not for use in Russia"]
    {
        assert_eq!(possible(&act(purpose), "eu"), ["out_of_scope"], "{purpose}");
    }
    // Where it may go on to is not where it goes.
    for purpose in ["the lathe may later go to a works near St Petersburg", "onward delivery to Russia suspected, not established"] {
        let open = possible(&act(purpose), "eu");
        assert!(open.len() > 1 && open.contains(&"prohibited".to_owned()), "{purpose}: {open:?}");
    }
}

#[test]
fn a_town_in_a_name_says_where_somebody_is() {
    let act = |buyer: &str| {
        format!(
            r#"{{"kind": "sale", "on": "2024-05-20", "parties": [{{"role": "seller", "name": "a Finnish dealer", "type": "company"}}, {{"role": "buyer", "name": "{buyer}", "type": "company"}}], "items": [{{"description": "wine"}}]}}"#
        )
    };
    for buyer in ["a hotel in Pyongyang", "a Pyongyang-based hotel", "a hotel in North Korea"] {
        assert_eq!(possible(&act(buyer), "eu"), ["prohibited"], "{buyer}");
    }
    assert_ne!(possible(&act("a hotel in Seoul"), "eu"), ["prohibited"]);
}

#[test]
fn words_of_a_name_say_what_sort_of_party_it_is() {
    let act = |client: &str| {
        format!(
            r#"{{"kind": "service", "on": "2023-05-02", "parties": [{{"role": "provider", "name": "a firm in Berlin"}}, {{"role": "recipient", "name": "{client}"}}],
             "items": [{{"description": "bookkeeping"}}], "places": {{"origin": "DE", "destination": "RU"}}}}"#
        )
    };
    // Article 5n of Regulation 833/2014 speaks of the Government and of bodies, not of people.
    for client in ["a firm in Moscow", "a bank in Moscow", "OOO Zvezda in Moscow"] {
        assert_eq!(possible(&act(client), "eu"), ["prohibited"], "{client}");
    }
    for client in ["a woman in Moscow", "somebody in Moscow"] {
        assert_ne!(possible(&act(client), "eu"), ["prohibited"], "{client}");
    }
}
