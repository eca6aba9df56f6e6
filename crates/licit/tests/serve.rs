//! The server over a real socket: the answers are those of the library, every limit holds, and bad input meets a clear problem.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod running;

use licit::keys::{Key, Ring, Scope};
use licit::serve::{Limits, LogForm, Server, Settings};
use licit::store::Store;
use licit::{Ask, Format, Rulebook, decide};
use running::{Answer, Running, signer};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread::JoinHandle;
use std::time::Duration;

const GIFT: &str = r#"{"id":"g","kind":"gift","on":"2024-02-18","parties":[{"role":"supplier","name":"Vladimir Putin"},
    {"role":"recipient","name":"Kim Jong Un"}],"items":[{"description":"limousine","hs":"8703"}],
    "places":{"origin":"Russia","destination":"North Korea"}}"#;

#[test]
fn an_act_has_the_answer_that_the_library_gives() {
    let server = Running::new();
    let law = Rulebook::embedded();
    let act = law.read_act(GIFT.as_bytes(), Format::Json).unwrap();
    let answer = server.post("/v1/check?in=un", GIFT.as_bytes());
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.body, decide(law, &act, &Ask::default()).json(false));

    let brief = server.post("/v1/check?in=un,eu&brief=true&as_of=2017-12-21", GIFT.as_bytes()).json();
    assert_eq!(brief["decisions"].as_array().map(Vec::len), Some(2));
    assert!(brief["decisions"][0].get("proof").is_none());
    let yaml = server.send(
        "POST",
        "/v1/check?in=un&brief",
        "content-type: application/yaml\r\n",
        b"kind: gift\nitems: [{hs: '8703'}]\nplaces: {destination: KP}\non: 2024-02-18\n",
    );
    assert_eq!(yaml.json()["overall"], "prohibited");
}

#[test]
fn a_batch_is_answered_in_its_order_with_errors_in_their_places() {
    let server = Running::new();
    let rows =
        format!(r#"[{GIFT}, {{"id":"bad","knd":"gift"}}, 7, {}]"#, GIFT.replace("2024-02-18", "2016-02-18").replace(r#""g""#, r#""old""#));
    let answer = server.post("/v1/check?in=un&brief", rows.as_bytes()).json();
    assert_eq!(answer[0]["act_id"], "g");
    assert_eq!(answer[1]["id"], "bad");
    assert_eq!(answer[1]["error"]["at"], "[1].knd");
    assert_eq!(answer[1]["error"]["help"], "did you mean `kind`?");
    assert_eq!(answer[2]["error"]["at"], "[2]");
    assert_eq!(answer[3]["act_id"], "old");
    let many = format!("[{}]", vec![GIFT; 200].join(","));
    assert_eq!(server.post("/v1/check?in=un&brief", many.as_bytes()).json().as_array().map(Vec::len), Some(200));
    assert_eq!(server.post("/v1/check", b"[]").json(), json!([]));
    let too_many = format!("[{}]", vec!["1"; 10_001].join(","));
    server.post("/v1/check?brief", too_many.as_bytes()).is_problem(413, "too-large");
}

#[test]
fn parties_goods_journeys_and_texts_are_answered() {
    let server = Running::new();
    let hits =
        server.post("/v1/screen?min=0.4&limit=3", r#"[{"id":"1","name":"Ri Won-ho"},{"id":"2","name":"Zebedee Quux"}]"#.as_bytes()).json();
    assert!(hits[0]["hits"][0]["listing"].as_str().is_some_and(|l| l.starts_with("un-sc/")), "{hits}");
    assert_eq!(hits[1]["clear"], true);
    let goods = server.post("/v1/classify?as_of=2018-03-01", br#"{"id":"g","description":"water pumps"}"#).json();
    assert_eq!(goods["codes"][0]["hs"], "8413");
    let route = server.post(
        "/v1/route",
        br#"{"on":"2024-08-25","items":[{"description":"horses","hs":"0101"}],"legs":[{"mode":"rail","from":"Khasan","to":"Tumangang"}]}"#,
    );
    assert_eq!(route.json()["nexus"], "confirmed");
    let text = "Putin gave Kim Jong Un a car on 18 February 2024.";
    let read = server.post("/v1/read?in=un&brief", json!({"id": "a", "text": text}).to_string().as_bytes()).json();
    assert_eq!(read["decisions"][0]["overall"], "prohibited");
    let page = format!("<html><body><p>{text}</p><script>alert(1)</script></body></html>");
    let html = server.send("POST", "/v1/read?in=un&brief", "content-type: text/html\r\n", page.as_bytes()).json();
    assert_eq!(html["transfers"][0]["act"]["kind"], "gift");
    let report = server.send("POST", "/v1/read?in=un", "content-type: text/plain\r\naccept: text/markdown\r\n", text.as_bytes());
    assert_eq!(report.header("content-type"), Some("text/markdown; charset=utf-8"));
    assert!(report.body.starts_with("# Acts told in") && report.body.contains("| T1 |"), "{report:?}");
    let either =
        server.send("POST", "/v1/read?in=un", "content-type: text/plain\r\naccept: application/json, text/markdown\r\n", text.as_bytes());
    assert_eq!(either.header("content-type"), Some("application/json"));
}

#[test]
fn the_law_is_sent_once_and_then_only_its_tag() {
    let server = Running::new();
    let first = server.get("/v1/law/un/2397%237");
    assert_eq!(first.json()["cite"], "S/RES/2397 (2017), para. 7");
    let tag = first.header("etag").unwrap().to_owned();
    let again = server.send("GET", "/v1/law/un/2397%237", &format!("if-none-match: {tag}\r\n"), b"");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(server.get("/v1/law/un/dprk").json()["encoded"], "yes");
    assert!(
        server.get("/v1/law?in=un").json()["instruments"]
            .as_array()
            .is_some_and(|i| i.iter().all(|i| i["id"].as_str().unwrap().starts_with("un/")))
    );
    let diff = server.get("/v1/law/diff?from=2017-12-21&to=2017-12-22&in=un").json();
    assert!(diff["began"].as_array().unwrap().contains(&json!("un/2397#7")));
    server.get("/v1/law/diff?from=2018-01-01&to=2017-01-01").is_problem(400, "parameter");
    server.get("/v1/law/un/2397%23999").is_problem(404, "not-found");
}

#[test]
fn bad_input_meets_a_clear_problem() {
    let server = Running::new();
    let deep = format!("{}1{}", r#"{"items":["#.repeat(400), "]}".repeat(400));
    let nested = "[".repeat(100_000);
    let twice = r#"{"kind":"gift","kind":"sale"}"#;
    let bodies: [&[u8]; 14] = [
        b"",
        b"   ",
        b"{",
        b"null",
        b"\"text\"",
        b"[1",
        b"{\"kind\": \"gift\"} {}",
        deep.as_bytes(),
        nested.as_bytes(),
        twice.as_bytes(),
        b"{\"kind\": \"\xff\xfe\"}",
        b"{\"on\": \"2024-02-31\", \"items\": [{\"hs\":\"8703\"}]}",
        b"{\"items\": [{\"quantity\": {\"value\": -1, \"unit\": \"t\"}}]}",
        b"{\"kind\": 5, \"parties\": \"x\", \"items\": {}, \"places\": []}",
    ];
    for body in bodies {
        for path in ["/v1/check", "/v1/screen", "/v1/classify", "/v1/read", "/v1/route"] {
            let answer = server.post(path, body);
            assert_eq!(answer.status, 400, "{path} {:?}: {answer:?}", String::from_utf8_lossy(&body[..body.len().min(80)]));
            answer.is_problem(400, "input");
        }
        server.post("/match/default", body).is_problem(400, "input");
    }
    let told = server.post("/v1/check", br#"{"parties":[{"role":"suplier"}]}"#).json();
    assert_eq!(told["errors"][0]["at"], "line 1, column 21, parties[0].role");
    assert!(told["errors"][0]["help"].as_str().unwrap().contains("supplier"));
}

#[test]
fn parameters_are_checked_by_name_and_value() {
    let server = Running::new();
    for query in ["in=xx", "as_of=2024-13-01", "brief=perhaps", "ni=un", "as_of=2024&as_of=2025", "in=%00", "as_of=%F0%9F%9A%97"] {
        server.post(&format!("/v1/check?{query}"), GIFT.as_bytes()).is_problem(400, "parameter");
    }
    for query in ["min=2", "min=NaN", "limit=0", "limit=99999", "list=none", "ever&as_of=2024-01-01", "as_of=2024"] {
        server.post(&format!("/v1/screen?{query}"), br#"{"name":"x"}"#).is_problem(400, "parameter");
    }
}

#[test]
fn other_forms_and_methods_are_refused() {
    let server = Running::new();
    for form in
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json; charset=utf-16", "\u{e9}"]
    {
        let answer = server.send("POST", "/v1/check", &format!("content-type: {form}\r\n"), GIFT.as_bytes());
        answer.is_problem(415, "media-type");
    }
    server
        .send("POST", "/v1/check", "content-type: application/json\r\ncontent-encoding: gzip\r\n", GIFT.as_bytes())
        .is_problem(415, "media-type");
    let answer = server.send("DELETE", "/v1/check", "", b"");
    answer.is_problem(405, "method");
    assert_eq!(answer.header("allow"), Some("POST"));
    server.get("/v1/check").is_problem(405, "method");
}

#[test]
fn no_path_leads_out_of_the_server() {
    let server = Running::new();
    for path in [
        "/../../etc/passwd",
        "/v1/law/../../../etc/passwd",
        "/v1/law/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/v1/law/..%5c..%5cetc",
        "/v1/law/%00",
        "//etc/passwd",
        "/v1//check",
        "/style.css/..",
        "/entities/..%2f..%2fetc",
        "/v1/decisions/..%2f1",
        "/v1/decisions/'%20OR%201=1--",
        "/nothing",
    ] {
        server.get(path).is_problem(404, "not-found");
    }
    // A path that is no text is refused before anything looks at it.
    assert!([400, 404].contains(&server.get("/v1/law/%ff%fe").status));
}

#[test]
fn only_this_machine_under_its_own_name_and_its_own_pages_may_ask() {
    let server = Running::new();
    let with_host = |host: &str| server.raw(format!("GET /healthz HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes());
    assert_eq!(with_host("localhost:9").status, 200);
    with_host("example.org").is_problem(403, "stranger");
    with_host("127.0.0.1.example.org").is_problem(403, "stranger");
    server.raw(b"GET /healthz HTTP/1.0\r\n\r\n").is_problem(403, "stranger");
    let json = "content-type: application/json\r\n";
    server.send("POST", "/v1/check", &format!("{json}origin: https://example.org\r\n"), GIFT.as_bytes()).is_problem(403, "stranger");
    server.send("POST", "/v1/check", &format!("{json}origin: null\r\n"), GIFT.as_bytes()).is_problem(403, "stranger");
    let own = format!("{json}origin: http://{}\r\n", server.address);
    assert_eq!(server.send("POST", "/v1/check", &own, GIFT.as_bytes()).status, 200);
}

#[test]
fn an_address_of_other_machines_is_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let settings = Settings { listen: listen.parse().unwrap(), log: LogForm::Off, ..Settings::default() };
        let refused = runtime.block_on(Server::bind(Rulebook::embedded().clone(), settings, None, None)).unwrap_err();
        assert!(refused.contains("other machines") && refused.contains("127.0.0.1"), "{refused}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_kept() {
    let server = Running::with(Limits { body_bytes: 10_000, text_bytes: 5_000, ..Limits::default() }, None);
    let large = vec![b' '; 10_001];
    server.post("/v1/check", &large).is_problem(413, "too-large");
    server.post("/v1/read", &large[..5_001]).is_problem(413, "too-large");
    // The length may lie, or not be told at all.
    let told = format!("POST /v1/check HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: application/json\r\n", server.address);
    let claimed = server.raw(format!("{told}content-length: 99999999999\r\n\r\n").as_bytes());
    claimed.is_problem(413, "too-large");
    let chunked = format!("{told}transfer-encoding: chunked\r\n\r\n{}0\r\n\r\n", format!("3e8\r\n{}\r\n", " ".repeat(1000)).repeat(11));
    server.raw(chunked.as_bytes()).is_problem(413, "too-large");
    // Heads have limits too, which the library for HTTP holds.
    let long = format!("GET /healthz HTTP/1.1\r\nhost: {}\r\nx: {}\r\n\r\n", server.address, "y".repeat(100_000));
    assert!([0, 400, 431].contains(&server.raw(long.as_bytes()).status));
    let many: String = (0..200).map(|i| format!("x{i}: y\r\n")).collect();
    assert_eq!(server.send("GET", "/healthz", &many, b"").status, 431);
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn who_sends_slowly_is_not_waited_for() {
    let brief = Limits { body_time: Duration::from_millis(300), header_time: Duration::from_millis(300), ..Limits::default() };
    let server = Running::with(brief, None);
    let told = format!(
        "POST /v1/check HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{{",
        server.address
    );
    server.raw(told.as_bytes()).is_problem(408, "slow-body");
    let mut half = server.stream();
    half.write_all(b"GET /healthz HT").unwrap();
    let mut rest = Vec::new();
    let _ = half.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again() {
    let server = Running::with(Limits::default(), Some(3));
    let answers: Vec<Answer> = (0..8).map(|_| server.get("/healthz")).collect();
    let refused = answers.iter().find(|a| a.status == 429).expect("eight requests at once are more than three a second");
    refused.is_problem(429, "too-often");
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[test]
fn more_than_can_wait_is_turned_away_at_once() {
    let server = std::sync::Arc::new(Running::with(Limits { waiting_long: 1, waiting: 1, ..Limits::default() }, None));
    let text = json!({"text": "Putin gave Kim Jong Un a car. ".repeat(20_000)}).to_string();
    let asked: Vec<JoinHandle<Answer>> = (0..8)
        .map(|_| {
            let (server, text) = (std::sync::Arc::clone(&server), text.clone());
            std::thread::spawn(move || server.post("/v1/read?in=un&brief", text.as_bytes()))
        })
        .collect();
    let answers: Vec<Answer> = asked.into_iter().map(|a| a.join().unwrap()).collect();
    assert!(answers.iter().any(|a| a.status == 200));
    let busy = answers.iter().find(|a| a.status == 503).expect("one may work and none wait");
    busy.is_problem(503, "busy");
    assert_eq!(busy.header("retry-after"), Some("1"));
}

#[test]
fn what_was_begun_is_finished_when_the_server_stops() {
    let mut server = Running::new();
    let mut stream = server.stream();
    let head = format!(
        "POST /v1/check?in=un&brief HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         expect: 100-continue\r\n\r\n",
        server.address,
        GIFT.len()
    );
    let (first, second) = GIFT.split_at(40);
    stream.write_all(head.as_bytes()).unwrap();
    // Only a server that has begun with the request asks for its body.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(go_on, *b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(first.as_bytes()).unwrap();
    server.stop();
    while TcpStream::connect(server.address).is_ok() {
        std::thread::yield_now();
    }
    stream.write_all(second.as_bytes()).unwrap();
    let answer = Answer::read(&mut stream);
    assert_eq!(answer.json()["overall"], "prohibited");
}

#[test]
fn a_request_keeps_the_name_it_was_given() {
    let server = Running::new();
    let named = server.send("GET", "/healthz", "x-request-id: abc-1\r\n", b"");
    assert_eq!(named.header("x-request-id"), Some("abc-1"));
    let hostile = server.send("GET", "/healthz", "x-request-id: a b<script>\r\n", b"");
    assert!(hostile.header("x-request-id").is_some_and(|id| !id.contains('<')));
}

#[test]
fn the_state_of_the_server_is_told() {
    let server = Running::new();
    assert_eq!(server.get("/healthz").json(), json!({"status": "ok"}));
    while server.get("/readyz").status != 200 {
        std::thread::yield_now();
    }
    server.post("/v1/check?in=un&brief", GIFT.as_bytes());
    let counts = server.get("/metrics").body;
    assert!(counts.contains(r#"licit_requests_total{route="/v1/check",status="2xx"} 1"#), "{counts}");
    assert!(counts.contains(r#"licit_list_age_days{list="un-sc"}"#));
}

#[test]
fn answers_are_packed_for_who_can_unpack_them() {
    let server = Running::new();
    let plain = server.get("/v1/law/coverage");
    let packed = server.send("GET", "/v1/law/coverage", "accept-encoding: gzip\r\n", b"");
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert!(packed.body.len() < plain.body.len());
}

#[test]
fn every_documented_question_has_an_answer() {
    let server = Running::new();
    let document = server.get("/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, told) in methods.as_object().unwrap() {
            let mut path = path.clone();
            let mut query = Vec::new();
            for parameter in told["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap();
                let example = parameter["example"].as_str().unwrap_or("x").replace('#', "%23");
                match parameter["in"].as_str() {
                    Some("path") => path = path.replace(&format!("{{{name}}}"), &example),
                    _ if parameter.get("example").is_some() => query.push(format!("{name}={}", example.replace(' ', "+"))),
                    _ => {}
                }
            }
            let body = told["requestBody"]["content"]["application/json"]["example"].to_string();
            let path = format!("{path}?{}", query.join("&"));
            let answer = if method == "post" { server.post(&path, body.as_bytes()) } else { server.get(&path) };
            let nothing_there = ["/v1/decisions", "/v1/changes", "/v1/settle", "/entities"].iter().any(|p| path.starts_with(p));
            let not_ready = path.starts_with("/readyz");
            assert!(
                answer.status == 200 || answer.status == 404 && nothing_there || answer.status == 503 && not_ready,
                "{path}: {answer:?}"
            );
            assert!(told["responses"].get(answer.status.to_string()).is_some(), "{path} {} is not documented", answer.status);
        }
    }
}

#[test]
fn programs_written_for_yente_are_understood() {
    let server = Running::new();
    let listed = server.post("/v1/screen?limit=1", r#"{"name":"Ri Won Ho"}"#.as_bytes()).json()["hits"][0].clone();
    let queries = json!({"queries": {
        "a": {"schema": "Person", "properties": {"name": [listed["name"]], "birthDate": ["not a date"], "nationality": ["kp", "??"]}},
        "b": {"schema": "Company", "properties": {"name": "Zebedee Quux Holding"}},
        "c": {"schema": "Person", "properties": {"firstName": ["Won Ho"], "lastName": ["Ri"]}},
        "d": null}, "weights": {}, "config": {}});
    let path = "/match/default?algorithm=best&limit=3&threshold=0.6&topics=sanction";
    let answer = server.post(path, queries.to_string().as_bytes());
    assert_eq!(answer.header("x-batch-size"), Some("3"));
    let answer = answer.json();
    let first = &answer["responses"]["a"]["results"][0];
    assert_eq!(first["id"], listed["listing"]);
    assert_eq!((&first["schema"], &first["match"], &first["target"]), (&json!("Person"), &json!(true), &json!(true)));
    assert!(first["explanations"]["name"]["score"].as_f64().is_some_and(|s| s > 0.5), "{first}");
    assert_eq!(answer["responses"]["b"]["total"], json!({"value": 0, "relation": "eq"}));
    assert_eq!(answer["responses"]["c"]["query"]["schema"], "Person");
    assert_eq!(answer["limit"], 3);
    let without = format!("{path}&exclude_entity_ids={}", listed["listing"].as_str().unwrap().replace('/', "%2F"));
    let without = server.post(&without, queries.to_string().as_bytes()).json();
    assert_ne!(without["responses"]["a"]["results"][0]["id"], listed["listing"]);
    assert_eq!(server.post("/match/un_sc_sanctions", queries.to_string().as_bytes()).status, 200);
    assert_eq!(server.post("/match/default?topics=role.pep", queries.to_string().as_bytes()).json()["responses"]["a"]["total"]["value"], 0);
    server.post("/match/atlantis", queries.to_string().as_bytes()).is_problem(404, "not-found");
    server.post("/match/default", br#"{"queries":{"q":{"schema":"Article","properties":{}}}}"#).is_problem(400, "input");
    let found = server.get("/search/default?q=Ri+Won+Ho&limit=2&countries=kp").json();
    assert_eq!(found["results"].as_array().map(Vec::len), found["total"]["value"].as_u64().map(|n| n.min(2) as usize));
    assert_eq!(found["facets"]["topics"]["values"][0]["name"], "sanction");
    let id = listed["listing"].as_str().unwrap();
    assert_eq!(server.get(&format!("/entities/{}", id.replace('/', "%2F"))).json()["caption"], listed["name"]);
}

/// What every page must be.
fn is_sound(answer: &Answer) {
    assert!(answer.header("content-type").is_some_and(|t| t.starts_with("text/html")), "{answer:?}");
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    // The one script of all pages, from this server, and no other.
    let bare = answer.body.replacen("<script src=\"/keys.js\" defer></script>", "", 1);
    assert!(!bare.contains("<script") && !answer.body.contains(" style=") && !answer.body.contains("<style"));
    assert!(answer.body.len() <= 100_000, "{} bytes", answer.body.len());
    for part in ["src=\"http", "src=\"//", "@import", "url(", "javascript:", "onerror", "onload"] {
        assert!(!answer.body.to_lowercase().contains(part), "{part}");
    }
    assert!(answer.body.starts_with("<!DOCTYPE html><html lang=\"en\">") && answer.body.contains("name=\"viewport\""));
    assert_eq!(answer.body.matches("<h1").count(), 1);
}

#[test]
fn pages_are_whole_without_scripts_and_load_nothing_from_elsewhere() {
    let server = Running::new();
    for path in [
        "/",
        "/form",
        "/screen",
        "/screen?name=Ri+Won+Ho",
        "/law",
        "/law?on=2017-01-01",
        "/law/un/2397%237",
        "/law/un/2397%2325",
        "/law/un/2397",
        "/law/un/dprk",
        "/law/diff?from=2016-12-31&to=2018-01-01",
        "/law/coverage",
        "/lists",
        "/ask?q=Putin+gave+Kim+Jong+Un+a+car.&on=2024-02-18",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        is_sound(&answer);
    }
    assert!(server.get("/style.css").header("content-type").is_some_and(|t| t.starts_with("text/css")));
    let lost = server.send("GET", "/nowhere", "accept: text/html\r\n", b"");
    assert_eq!(lost.status, 404);
    is_sound(&lost);
}

#[test]
fn a_regime_is_shown_as_it_was_on_a_day() {
    let server = Running::new();
    let before = server.get("/law/un/dprk?on=2006-10-13").body;
    let then = server.get("/law/un/dprk?on=2006-10-14").body;
    is_sound(&server.get("/law/un/dprk?on=2017-12-22"));
    // Resolution 1718 was adopted on 14 October 2006.
    let (now, later) = ("In force on 13 October 2006, 0", "In force on 14 October 2006, 0");
    assert!(before.contains(now) && !then.contains(later), "{before}");
    let above = |body: &str| body.split("<details").next().unwrap_or_default().contains("href=\"/law/un/1718%238.a.iii\"");
    assert!(above(&then) && !above(&before), "the luxury goods of 1718 came that day");
    assert_eq!(server.get("/law/un/dprk?on=2006-13-14").status, 400);
    // Without a day it is the page of today: what was kept of it yesterday must not pass for it.
    let today = server.get("/law/un/dprk");
    let tag = today.header("etag").unwrap().to_owned();
    assert_eq!(server.send("GET", "/law/un/dprk", &format!("accept: text/html\r\nif-none-match: {tag}\r\n"), b"").status, 304);
    let law = server.get("/v1/law/un/dprk");
    let same_law = format!("accept: text/html\r\nif-none-match: {}\r\n", law.header("etag").unwrap());
    assert_eq!(server.send("GET", "/law/un/dprk", &same_law, b"").status, 200);
    // The field that a script puts a slider beside.
    assert!(then.contains("data-slide") && then.contains("min=\"") && then.contains("max=\""), "{then}");
}

#[test]
fn a_question_on_the_page_is_answered_with_the_paragraph() {
    let server = Running::new();
    let gift = server.form("/ask", &[("q", "Putin gave Kim Jong Un a car."), ("on", "2024-02-18"), ("in", "un")]);
    is_sound(&gift);
    for part in ["Prohibited", "S/RES/2397 (2017) ¶7", "Russian Federation", "1718 Committee", "18 February 2024", "<svg", "<details"] {
        assert!(gift.body.contains(part), "{part}");
    }
    let report = server.form("/ask", &[("q", include_str!("../../../examples/gift.txt")), ("on", "2024-02-21")]);
    is_sound(&report);
    assert!(report.body.contains("<mark") && report.body.contains("is both told and denied"));
    let journey = server.form("/ask", &[("q", include_str!("../../../examples/maybach.json"))]);
    is_sound(&journey);
    let map = journey
        .body
        .split("<img")
        .nth(1)
        .and_then(|i| i.split("src=\"").nth(1))
        .and_then(|i| i.split('"').next())
        .unwrap()
        .replace("&amp;", "&");
    let map = server.get(&map);
    assert_eq!(map.header("content-type"), Some("image/svg+xml"));
    assert!(map.body.starts_with("<svg"));
}

#[test]
fn the_time_line_shows_the_steps_of_caps() {
    let server = Running::new();
    let act =
        r#"{"kind":"supply","on":"2018-03-01","items":[{"description":"diesel","hs":"2710"}],"places":{"origin":"CN","destination":"KP"}}"#;
    let page = server.form("/decide", &[("act", act), ("in", "un")]);
    is_sound(&page);
    assert!(page.body.contains("class=\"cap\"") && page.body.contains("cap: 500000 barrel"), "{}", page.body);
}

#[test]
fn an_act_that_was_kept_in_another_form_has_its_page_too() {
    let (server, _) = Running::keeping("forms", false);
    let yaml = "kind: gift\nitems: [{hs: '8703'}]\nplaces: {destination: KP}\non: 2024-02-18\n";
    let kept = server.send("POST", "/v1/check?in=un&keep=true", "content-type: application/yaml\r\n", yaml.as_bytes()).json();
    let page = server.get(&format!("/d/{}", kept["kept"].as_str().unwrap()));
    assert!(page.status == 200 && page.body.contains("the same, byte for byte"), "{page:?}");
    is_sound(&page);
}

#[test]
fn a_fact_that_was_missing_is_added_and_decides_again() {
    let server = Running::new();
    let open = server.form("/decide", &[("kind", "sale"), ("to", "North Korea"), ("item", "goods"), ("on", "2018-03-01"), ("in", "un")]);
    is_sound(&open);
    assert!(open.body.contains("These facts decide") && open.body.contains(r#"name="fact""#), "{}", open.body);
    let act = r#"{"kind":"sale","on":"2018-03-01","items":[{"description":"goods"}],"places":{"destination":"North Korea"}}"#;
    let decided = server.form("/decide", &[("act", act), ("fact", "items[0].hs"), ("answer", "8703"), ("in", "un")]);
    assert!(decided.body.contains("Prohibited"));
    let wrong = server.form("/decide", &[("act", act), ("fact", "items[9].hs"), ("answer", "8703")]);
    assert_eq!(wrong.status, 400);
    is_sound(&wrong);
}

#[test]
fn what_was_typed_stays_when_it_cannot_be_answered() {
    let server = Running::new();
    let typed = "hello <b>there</b>";
    let answer = server.form("/ask", &[("q", typed)]);
    assert_eq!(answer.status, 400);
    is_sound(&answer);
    assert!(answer.body.contains("hello &lt;b&gt;there&lt;/b&gt;") && answer.body.contains("No act was found"));
    assert_eq!(server.form("/ask", &[("q", "")]).status, 400);
    assert_eq!(server.form("/ask", &[("q", "{\"kind\": 5}")]).status, 400);
    assert_eq!(server.form("/decide", &[("on", "yesterdayish")]).status, 400);
}

#[test]
fn hostile_text_in_every_field_stays_text() {
    let server = Running::new();
    let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'; DROP TABLE decisions;-- \u{202e}";
    let fields = [
        "by",
        "by_country",
        "for",
        "for_country",
        "item",
        "hs",
        "quantity",
        "value",
        "origin",
        "from",
        "to",
        "via",
        "on",
        "purpose",
        "kind",
        "condition",
        "said",
        "act",
        "fact",
        "answer",
        "in",
        "as_of",
    ];
    for field in fields {
        let mut sent = vec![("kind", "sale"), ("by", "a dealer"), ("item", "car"), ("to", "KP"), ("on", "2018-03-01")];
        sent.retain(|(name, _)| *name != field);
        sent.push((field, evil));
        let answer = server.form("/decide", &sent);
        assert!([200, 400].contains(&answer.status), "{field}: {answer:?}");
        assert!(!answer.body.contains("<script>") && !answer.body.contains("<img src=x"), "{field}");
    }
    for path in ["/ask", "/screen"] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair(if path == "/ask" { "q" } else { "name" }, evil).finish();
        let answer = server.get(&format!("{path}?{query}"));
        assert!(!answer.body.contains("<script>"), "{path}");
    }
    let sentence = format!("Putin gave Kim Jong Un a car {evil}.");
    assert!(!server.form("/ask", &[("q", &sentence)]).body.contains("<script>"));
    let act = json!({"id": evil, "kind": "sale", "parties": [{"name": evil, "role": "supplier"}], "items": [{"description": evil}],
        "legs": [{"mode": "sea", "from": evil, "to": evil, "carrier": evil}]});
    let map =
        server.get(&format!("/map.svg?{}", form_urlencoded::Serializer::new(String::new()).append_pair("act", &act.to_string()).finish()));
    assert!(!map.body.contains("<script") && !map.body.contains("<img"));
    let problem = server.post("/v1/check", json!({ evil: evil }).to_string().as_bytes());
    problem.is_problem(400, "input");
}

const KEPT_GIFT: &str = r#"{"id":"g1","kind":"gift","on":"2024-02-18","parties":[{"role":"supplier","name":"A <b>firm</b>","nationality":["RU"]},{"role":"recipient","name":"A shop","nationality":["KP"]}],"items":[{"description":"limousine","hs":"8703"}],"places":{"origin":"RU","destination":"KP"}}"#;

#[test]
fn a_decision_that_is_kept_comes_back_byte_for_byte_and_replays() {
    let (server, _) = Running::keeping("back", false);
    let plain = server.post("/v1/check?in=un", KEPT_GIFT.as_bytes());
    assert_eq!((plain.status, plain.json().get("kept")), (200, None));
    let kept = server.post("/v1/check?in=un&keep=true", KEPT_GIFT.as_bytes());
    let id = kept.json()["kept"].as_str().unwrap().to_owned();
    let again = server.get(&format!("/v1/decisions/{id}"));
    assert_eq!((again.status, &again.body), (200, &plain.body));
    assert_eq!(again.header("etag"), Some(format!("\"{id}\"").as_str()));
    let replay = server.get(&format!("/v1/decisions/{id}?replay=true")).json();
    assert_eq!(replay["result"]["replay"], "same");
    server.get("/v1/decisions/none").is_problem(404, "not-found");
    server.get(&format!("/v1/decisions/{id}?nonsense=1")).is_problem(400, "parameter");
}

#[test]
fn rows_are_kept_each_and_listed_page_by_page() {
    let (server, address) = Running::keeping("rows", true);
    let rows: Vec<String> = (0..5).map(|n| KEPT_GIFT.replace("g1", &format!("row{n}"))).collect();
    let answer = server.post("/v1/check?in=un&brief=true", format!("[{}, {{\"nonsense\": 1}}]", rows.join(",")).as_bytes()).json();
    let kept: Vec<bool> = answer.as_array().unwrap().iter().map(|a| a.get("kept").is_some()).collect();
    assert_eq!(kept, [true, true, true, true, true, false], "every decision is kept, and what could not be read is none");
    let first = server.get("/v1/decisions?limit=3").json();
    let second = server.get(&format!("/v1/decisions?limit=3&before={}", first["next_before"])).json();
    let mut ids: Vec<String> = [&first, &second]
        .iter()
        .flat_map(|p| p["decisions"].as_array().unwrap())
        .map(|d| d["act_id"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    assert_eq!(ids, ["row0", "row1", "row2", "row3", "row4"]);
    assert_eq!(second["next_before"], Value::Null);
    drop(server);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let faults = runtime.block_on(async {
        let store = Store::open(&address, signer()).await.unwrap();
        store.verify(&[signer().public()], &[]).await.unwrap()
    });
    assert_eq!((faults.entries, faults.faults), (5, vec![]));
}

#[test]
fn a_page_is_kept_by_its_button_and_found_again_by_its_link() {
    let (server, address) = Running::keeping("page", false);
    let asked = server.form("/decide", &[("act", KEPT_GIFT), ("in", "un")]);
    assert!(asked.body.contains("action=\"/keep\""), "{}", asked.body);
    let sent = server.form("/keep", &[("act", KEPT_GIFT), ("in", "un"), ("said", "")]);
    assert_eq!(sent.status, 303, "{sent:?}");
    let link = sent.header("location").unwrap().to_owned();
    let page = server.send("GET", &link, "accept: text/html\r\n", b"");
    assert!(page.status == 200 && page.body.contains("the same, byte for byte") && page.body.contains("Prohibited"), "{page:?}");
    assert!(!page.body.contains("<b>firm</b>"), "foreign text is no HTML");
    let list = server.send("GET", "/file?verdict=prohibited&party=FIRM", "accept: text/html\r\n", b"");
    assert!(list.body.contains(&link) && !list.body.contains("<b>firm</b>"), "{list:?}");
    assert!(!server.get("/file?party=nobody").body.contains(&link));
    let id = link.strip_prefix("/d/").unwrap().to_owned();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime
        .block_on(async { Store::open(&address, signer()).await.unwrap().redact(&id, "the desk", "asked for").await.map(|_| ()) })
        .unwrap();
    server.get(&format!("/v1/decisions/{id}")).is_problem(410, "removed");
    assert_eq!(server.get(&link).status, 410);
}

#[test]
fn without_a_record_nothing_is_kept_and_that_is_said() {
    let server = Running::new();
    server.post("/v1/check?keep=true", KEPT_GIFT.as_bytes()).is_problem(404, "not-found");
    server.get("/v1/decisions").is_problem(404, "not-found");
    assert!(!server.form("/decide", &[("act", KEPT_GIFT), ("in", "un")]).body.contains("action=\"/keep\""));
}

#[test]
fn without_a_key_nothing_is_answered_and_a_key_is_good_only_for_what_it_is_for() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("serve-keys");
    let _ = std::fs::remove_dir_all(&folder);
    let file = licit::keys::file_in(&folder);
    let now: jiff::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let (reader, reads) = Key::new("reader", vec![Scope::Read], None, now).unwrap();
    let (desk, decides) = Key::new("desk", vec![Scope::Decide], None, now).unwrap();
    let (late, old) = Key::new("late", vec![Scope::Admin], Some(now), now).unwrap();
    licit::keys::write(&file, &[reader.clone(), desk, late]).unwrap();
    let server = Running::filing(Limits::default(), None, None, false, Some(Ring::open(file.clone()).unwrap()));
    let ask = |path: &str, header: &str| server.send("GET", path, header, b"");
    let bearer = |key: &str| format!("authorization: Bearer {key}\r\n");
    ask("/v1/law", "").is_problem(401, "no-key");
    assert!(ask("/v1/law", "").header("www-authenticate").unwrap().starts_with("Basic"));
    for open in ["/healthz", "/style.css"] {
        assert_eq!(ask(open, "").status, 200, "{open}");
    }
    for wrong in [old.as_str(), "licit", "licit_00000000_00", "", &reads.to_uppercase(), &reader.hash] {
        ask("/v1/law", &bearer(wrong)).is_problem(401, "no-key");
    }
    for odd in ["Basic", "Basic !!!", "Basic Og==", "Digest x", "Bearer"] {
        ask("/v1/law", &format!("authorization: {odd}\r\n")).is_problem(401, "no-key");
    }
    assert_eq!(ask("/v1/law", &bearer(&reads)).status, 200);
    let elsewhere = format!("GET /v1/law HTTP/1.1\r\nhost: licit.example.org\r\nconnection: close\r\n{}\r\n", bearer(&reads));
    assert_eq!(server.raw(elsewhere.as_bytes()).status, 200, "behind a proxy it has another name");
    let json = "content-type: application/json\r\n";
    server.send("POST", "/v1/check", &format!("{json}{}", bearer(&reads)), KEPT_GIFT.as_bytes()).is_problem(403, "scope");
    assert_eq!(server.send("POST", "/v1/check?in=un", &format!("{json}{}", bearer(&decides)), KEPT_GIFT.as_bytes()).status, 200);
    ask("/v1/law", &bearer(&decides)).is_problem(403, "scope");
    ask("/metrics", &bearer(&reads)).is_problem(403, "scope");
    for key in [&reads, &decides] {
        server.send("POST", "/v1/settle", &format!("{json}{}", bearer(key)), b"{}").is_problem(403, "scope");
        server.send("POST", "/settle", &bearer(key), b"").is_problem(403, "scope");
    }
    // What is revoked is worth nothing within about a second.
    licit::keys::write(&file, &[]).unwrap();
    std::thread::sleep(Duration::from_millis(1300));
    ask("/v1/law", &bearer(&reads)).is_problem(401, "no-key");
}
