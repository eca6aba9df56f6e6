//! The server as a watchman: it takes new lists while it runs, decides again what is on file, and tells whoever wants to know.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod invented;
mod running;

use invented::{Person, list};
use licit::Rulebook;
use licit::notify::{Hook, hooks};
use licit::serve::{Settings, Traces};
use running::Running;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("monitor-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn person(reference: u32, name: &str) -> Person {
    Person { reference, name: name.into(), born: 1960 }
}

/// A server whose lists lie in the folder, with a record there too.
fn watching(folder: &Path, hooks: Vec<Hook>) -> Running {
    let settings = Settings { data: Some(folder.to_owned()), recheck: true, hooks, ..Settings::default() };
    let book = Rulebook::embedded().with_lists(folder).unwrap();
    Running::of(book, settings, Some(format!("sqlite:{}", folder.join("record.sqlite").display())), None)
}

/// A payment to somebody who is listed from the second version of the list on.
const PAYMENT: &str = r#"{"id":"pay","kind":"payment","on":"2024-05-01","parties":[
    {"role":"supplier","name":"A firm","type":"company","nationality":["DE"]},
    {"role":"recipient","name":"Hwang Tae Hyok","type":"person","nationality":["KP"],"birth_date":"1960"}],
    "items":[{"description":"commission"}],"places":{"origin":"DE","destination":"CN"},"judgements":{"exclusively-humanitarian":false}}"#;

/// Asks until it is so, for two minutes at most. The server looks for new lists once a second.
fn until(server: &Running, path: &str, so: impl Fn(&Value) -> bool) -> Value {
    let start = std::time::Instant::now();
    loop {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{answer:?}");
        let answer = answer.json();
        if so(&answer) {
            return answer;
        }
        assert!(start.elapsed() < Duration::from_secs(120), "{path}: {answer}");
        std::thread::yield_now();
    }
}

#[test]
fn new_lists_are_taken_without_a_new_start_and_change_what_is_on_file() {
    let folder = scratch("lists");
    list(&folder, "2026-01-05", &[person(1, "Kang Song Chol")]);
    let server = watching(&folder, Vec::new());
    let tag = server.get("/v1/law/un/2397%237").header("etag").unwrap().to_owned();
    let kept = server.post("/v1/check?in=un&keep=true", PAYMENT.as_bytes()).json();
    let empty = server.get("/v1/changes");
    assert_eq!(empty.json(), json!({"changes": [], "next_before": null}));
    list(&folder, "2026-01-06", &[person(1, "Kang Song Chol"), person(2, "Hwang Tae Hyok")]);
    let feed = until(&server, "/v1/changes", |feed| feed["changes"] != json!([]));
    let change = &feed["changes"][0]["changed"][0];
    assert_eq!((&change["id"], &change["because"], &change["act_id"]), (&kept["kept"], &json!(["un-sc"]), &json!("pay")));
    assert_eq!(change["verdicts"]["un"][1], json!(["prohibited"]));
    assert!(change["understood"].to_string().contains("KPi.002"), "{change}");
    assert_eq!(server.post("/v1/check?in=un", PAYMENT.as_bytes()).json()["overall"], "prohibited");
    assert_ne!(server.get("/v1/law/un/2397%237").header("etag"), Some(tag.as_str()));
    // Both are on file: what was kept, and what is in its place.
    let before = server.get(&format!("/v1/decisions/{}", change["id"].as_str().unwrap())).json();
    assert_eq!(before["overall"], kept["overall"]);
    assert_eq!(server.get(&format!("/v1/decisions/{}", change["now"].as_str().unwrap())).json()["overall"], "prohibited");
    // Whoever has the feed is told only that nothing is new.
    let first = server.get("/v1/changes");
    let tag = first.header("etag").unwrap();
    assert_ne!(Some(tag), empty.header("etag"));
    let again = server.send("GET", "/v1/changes", &format!("if-none-match: {tag}\r\n"), b"");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let atom = server.get("/changes.atom");
    assert_eq!(atom.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    assert!(atom.body.contains("<entry>") && atom.body.contains("prohibited") && atom.body.ends_with("</feed>\n"), "{atom:?}");
    let page = server.get("/changes");
    assert!(
        page.body.contains("Prohibited") && page.body.contains("KPi.002") && page.body.contains("1 decision is another now"),
        "{page:?}"
    );
    assert!(server.get("/file").body.contains("href=\"/changes\""));
}

#[test]
fn lists_that_cannot_be_read_leave_those_in_use() {
    let (folder, elsewhere) = (scratch("damaged"), scratch("elsewhere"));
    let (one, two) = ([person(1, "Hwang Tae Hyok")], [person(1, "Hwang Tae Hyok"), person(2, "Kang Song Chol")]);
    for data in [&folder, &elsewhere] {
        list(data, "2026-01-05", &one);
    }
    let server = watching(&folder, Vec::new());
    // A journal that names a version of which the bytes are not there.
    list(&elsewhere, "2026-01-06", &two);
    std::fs::rename(elsewhere.join("lists").join("log"), folder.join("lists").join("log")).unwrap();
    while !server.get("/metrics").body.contains("licit_lists_refused 1") {
        std::thread::yield_now();
    }
    assert_eq!(server.post("/v1/check?in=un", PAYMENT.as_bytes()).json()["overall"], "prohibited");
    let objects = elsewhere.join("lists").join("objects");
    for object in std::fs::read_dir(objects).unwrap().map(Result::unwrap) {
        std::fs::copy(object.path(), folder.join("lists").join("objects").join(object.file_name())).unwrap();
    }
    list(&folder, "2026-01-07", &one);
    until(&server, "/catalog", |c| c["datasets"][0]["version"].to_string().contains("2026-01-07"));
    assert!(server.get("/metrics").body.contains("licit_lists_refused 0"));
}

/// Somebody who is told: each request is read whole, and answered with a status.
struct Receiver(TcpListener);

impl Receiver {
    fn take(&self, status: &str) -> (String, String) {
        let (stream, _) = self.0.accept().unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head}");
        }
        let length = field(&head, "content-length").parse().unwrap();
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let mut stream: TcpStream = reader.into_inner();
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\nlocation: http://127.0.0.1:9/\r\nconnection: close\r\n\r\n").unwrap();
        (head, String::from_utf8(body).unwrap())
    }
}

fn field<'h>(head: &'h str, name: &str) -> &'h str {
    head.lines().find_map(|l| l.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v)).unwrap_or_default()
}

#[test]
fn a_receiver_is_told_until_it_takes_the_notice_and_a_new_start_loses_none() {
    let folder = scratch("hooks");
    let receiver = Receiver(TcpListener::bind("127.0.0.1:0").unwrap());
    let file = folder.join("hooks.toml");
    let written = |private: bool| {
        let port = receiver.0.local_addr().unwrap().port();
        let text = format!(
            "[[hook]]\nname = \"desk\"\nurl = \"http://127.0.0.1:{port}/x\"\nsecret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"\nprivate = {private}\n"
        );
        std::fs::write(&file, text).unwrap();
        hooks(&file)
    };
    assert!(written(false).unwrap_err().contains("https://"));
    let hook = written(true).unwrap();
    list(&folder, "2026-01-05", &[person(1, "Kang Song Chol")]);
    let server = watching(&folder, hook.clone());
    server.post("/v1/check?in=un&keep=true", PAYMENT.as_bytes());
    list(&folder, "2026-01-06", &[person(1, "Kang Song Chol"), person(2, "Hwang Tae Hyok")]);
    // Neither a fault nor a redirect is taken for an answer.
    let (first, body) = receiver.take("500 Fault");
    let (second, again) = receiver.take("302 Elsewhere");
    assert_eq!((field(&first, "webhook-id"), &body), (field(&second, "webhook-id"), &again));
    drop(server);
    let server = watching(&folder, hook.clone());
    let (third, last) = receiver.take("204 Taken");
    assert_eq!(last, body);
    let id = field(&third, "webhook-id");
    let at: i64 = field(&third, "webhook-timestamp").parse().unwrap();
    assert_eq!(field(&third, "webhook-signature"), hook[0].signature(id, at, &body));
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&told["type"], &told["data"]["id"]), (&json!("licit.recheck"), &json!(id)));
    assert_eq!(told["data"]["report"]["changed"][0]["act_id"], "pay");
    // The next change is the next notice; the one that was taken does not come again.
    let other = PAYMENT.replace("Hwang Tae Hyok", "Yun Kum Song").replace("\"pay\"", "\"fee\"");
    server.post("/v1/check?in=un&keep=true", other.as_bytes());
    list(&folder, "2026-01-07", &[person(1, "Kang Song Chol"), person(2, "Hwang Tae Hyok"), person(3, "Yun Kum Song")]);
    let (fourth, body) = receiver.take("200 Taken");
    assert_ne!(field(&fourth, "webhook-id"), id);
    assert!(body.contains("\"act_id\":\"fee\"") && !body.contains("\"act_id\":\"pay\""), "{body}");
}

#[test]
fn a_hit_is_settled_by_a_program_and_on_the_page_and_counts_at_once() {
    let folder = scratch("settle");
    list(&folder, "2026-01-05", &[person(2, "Hwang Tae Hyok")]);
    let server = watching(&folder, Vec::new());
    let kept = server.post("/v1/check?in=un&keep=true", PAYMENT.as_bytes()).json();
    assert_eq!(kept["overall"], "prohibited");
    let party = json!({"name": "Hwang Tae Hyok", "type": "person", "country": "KP", "birth_date": "1960"});
    let settle = |same: Value, by: &str| {
        let body = json!({"party": party, "listing": "un-sc/KPi.002", "same": same, "because": "another <b>passport</b>", "by": by});
        server.post("/v1/settle", body.to_string().as_bytes())
    };
    settle(json!(false), " ").is_problem(400, "input");
    let settled = settle(json!(false), "the desk");
    assert_eq!((settled.status, &settled.json()["settled"]["same"]), (200, &json!(false)));
    assert_eq!(server.post("/v1/screen", party.to_string().as_bytes()).json()["hits"], json!([]));
    assert_eq!(server.post("/v1/check?in=un", PAYMENT.as_bytes()).json()["overall"], "insufficient_facts");
    // Whoever knows less of the party does not profit from it.
    let other = server.post("/v1/screen", br#"{"name": "Hwang Tae Hyok"}"#).json();
    assert_eq!(other["hits"][0]["listing"], "un-sc/KPi.002");
    let path = "/screen?name=Hwang+Tae+Hyok&type=person&country=KP&birth_date=1960";
    let page = server.get(path);
    assert!(page.body.contains("another &lt;b&gt;passport&lt;/b&gt;") && page.body.contains("Open again"), "{page:?}");
    // A decision that rests on it says so: what is settled is something that decisions are made from.
    let id = kept["kept"].as_str().unwrap();
    let replay = server.get(&format!("/v1/decisions/{id}?replay=true")).json();
    assert_eq!(replay["result"], json!({"replay": "other_law", "differs": ["Settled hits"]}));
    let fields = [("name", "Hwang Tae Hyok"), ("type", "person"), ("country", "KP"), ("birth_date", "1960"), ("listing", "un-sc/KPi.002")];
    let form = |same: &'static str, because: &'static str| {
        let more = [("same", same), ("because", because), ("by", "Ann")];
        server.form("/settle", &fields.iter().copied().chain(more).collect::<Vec<_>>())
    };
    assert_eq!(form("open", "").status, 400);
    assert_eq!(form("perhaps", "x").status, 400);
    let taken = form("open", "looked again");
    assert_eq!((taken.status, taken.header("location")), (303, Some(path)));
    assert_eq!(form("yes", "the same passport").status, 303);
    let page = server.get(path);
    assert!(page.body.contains("the same passport") && page.body.contains("0.999") | page.body.contains("1.00"), "{page:?}");
    let journal = std::fs::read_to_string(folder.join("lists").join("log")).unwrap();
    assert!(journal.contains("looked again") && journal.contains("\"by\":\"Ann\""), "{journal}");
}

/// What a span says of itself, as name and value.
fn said(span: &Value, key: &str) -> Value {
    let found = span["attributes"].as_array().unwrap().iter().find(|a| a["key"] == key);
    found.map_or(Value::Null, |a| a["value"].as_object().unwrap().values().next().unwrap().clone())
}

#[test]
fn a_collector_is_told_of_requests_and_never_of_what_they_say() {
    let collector = Receiver(TcpListener::bind("127.0.0.1:0").unwrap());
    let traces = Traces::open(&format!("http://{}", collector.0.local_addr().unwrap())).unwrap();
    let settings = Settings { traces: Some(std::sync::Arc::new(traces)), ..Settings::default() };
    let mut server = Running::of(Rulebook::embedded().clone(), settings, None, None);
    let (trace, parent) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    let heads = format!("content-type: application/json\r\ntraceparent: 00-{trace}-{parent}-01\r\nx-request-id: mine-1\r\n");
    assert_eq!(server.send("POST", "/v1/check?in=un", &heads, PAYMENT.as_bytes()).status, 200);
    assert_eq!(server.get("/v1/decisions").status, 404);
    assert_eq!(server.get("/v1/screen/Hwang?secret=Hwang").status, 404);
    // Whoever stops sends what waits.
    server.stop();
    let (head, body) = collector.take("200 OK");
    assert!(head.starts_with("POST /v1/traces HTTP/1.1"), "{head}");
    assert_eq!(field(&head, "content-type"), "application/json");
    assert!(!body.contains("secret") && !body.contains("Tae") && !body.contains("commission"), "{body}");
    let told: Value = serde_json::from_str(&body).unwrap();
    let resource = &told["resourceSpans"][0];
    assert_eq!(said(&resource["resource"], "service.name"), "licit");
    let spans = resource["scopeSpans"][0]["spans"].as_array().unwrap();
    assert_eq!(spans.len(), 3, "{body}");
    let (check, lost) = (&spans[0], &spans[1]);
    assert_eq!((&check["traceId"], &check["parentSpanId"]), (&json!(trace), &json!(parent)));
    assert_eq!((&check["name"], &said(check, "http.route")), (&json!("POST /v1/check"), &json!("/v1/check")));
    assert_eq!((said(check, "url.path"), said(check, "licit.request_id")), (json!("/v1/check"), json!("mine-1")));
    assert_eq!(said(check, "http.response.status_code").to_string().trim_matches('"'), "200");
    let nanoseconds = |key: &str| check[key].as_str().unwrap().parse::<u64>().unwrap();
    assert!(nanoseconds("startTimeUnixNano") < nanoseconds("endTimeUnixNano"));
    assert_ne!(lost["traceId"], check["traceId"]);
    assert_eq!((said(lost, "error.type"), said(lost, "http.route")), (json!("not-found"), json!("/v1/decisions")));
}

#[test]
fn a_collector_that_takes_nothing_is_counted_and_delays_no_answer() {
    // Nobody listens there any more.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let traces = Traces::open(&format!("http://{address}/v1/traces")).unwrap();
    let settings = Settings { traces: Some(std::sync::Arc::new(traces)), ..Settings::default() };
    let server = Running::of(Rulebook::embedded().clone(), settings, None, None);
    assert_eq!(server.post("/v1/check?in=un", PAYMENT.as_bytes()).status, 200);
    while server.get("/metrics").body.contains("licit_spans_refused_total 0\n") {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.post("/v1/check?in=un", PAYMENT.as_bytes()).status, 200);
}
