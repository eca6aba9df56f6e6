//! `licit lists` as its users meet it: shapes, exit statuses, files, a server that misbehaves, and a kill at any instant. All lists here
//! are invented.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("lists-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn licit(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licit"));
    command.args(args).current_dir(folder).env("LICIT_DATA", folder.join("data"));
    for proxy in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "http_proxy", "https_proxy"] {
        command.env_remove(proxy);
    }
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    licit(folder, args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn told(folder: &Path, args: &[&str], status: i32) -> Value {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(status), "{args:?}: {}{}", out(&output), err(&output));
    serde_json::from_str(&out(&output)).unwrap_or_else(|e| panic!("{args:?}: {e}: {}", out(&output)))
}

/// A list in the form of the Security Council's, of so many invented persons.
fn un(moment: &str, persons: std::ops::Range<u32>) -> String {
    let person = |n| {
        format!(
            "<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>Invented</FIRST_NAME><SECOND_NAME>Person {n}</SECOND_NAME>\
             <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.{n:03}</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON></INDIVIDUAL>\n"
        )
    };
    let all: String = persons.map(person).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CONSOLIDATED_LIST dateGenerated=\"{moment}T00:00:00.000Z\"><INDIVIDUALS>\n{all}</INDIVIDUALS>\
         <ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n"
    )
}

#[test]
fn status_import_and_diff_have_the_shapes_that_programs_rely_on() {
    let folder = scratch("shapes");
    let before = told(&folder, &["lists", "status", "--json"], 0);
    assert_eq!(before["lists"].as_array().unwrap().len(), 1, "only what is compiled in");
    assert_eq!((&before["lists"][0]["list"], &before["lists"][0]["source"]), (&json!("un-sc"), &json!("built in")));
    assert!(!folder.join("data").exists(), "looking creates nothing");
    fs::write(folder.join("a.xml"), un("2026-02-20", 0..10)).unwrap();
    fs::write(folder.join("b.xml"), un("2026-02-27", 1..12).replace("Person 5", "Person Five")).unwrap();
    let first = told(&folder, &["lists", "import", "a.xml", "--json"], 0);
    for (field, expected) in
        [("list", json!("un-sc")), ("version", json!("2026-02-20")), ("parties", json!(10)), ("unchanged", json!(false))]
    {
        assert_eq!(first[field], expected, "{field}");
    }
    assert!(first["hash"].as_str().unwrap().starts_with("blake3:") && first["problems"].is_array());
    assert_eq!(told(&folder, &["lists", "import", "a.xml", "--json"], 0)["unchanged"], true);
    let second = told(&folder, &["lists", "import", "b.xml", "--json"], 0);

    let status = told(&folder, &["lists", "status", "--json"], 0);
    let un_sc = &status["lists"][0];
    for (field, expected) in
        [("list", json!("un-sc")), ("version", json!("2026-02-27")), ("parties", json!(11)), ("persons", json!(11)), ("bodies", json!(0))]
    {
        assert_eq!(un_sc[field], expected, "{field}");
    }
    assert_eq!((&un_sc["vessels"], &un_sc["names"], &un_sc["problems"]), (&json!(0), &json!(11), &json!(0)));
    assert_eq!(un_sc["hash"], second["hash"]);
    assert!(un_sc["source"].as_str().unwrap().starts_with("file:/"));
    assert!(un_sc["imported"].as_str().unwrap().ends_with('Z'));
    assert!(["current", "stale"].contains(&un_sc["state"].as_str().unwrap()));

    let hash = second["hash"].as_str().unwrap().replace("blake3:", "");
    let sides = [
        ["un-sc@2026-02-20", "un-sc@2026-02-27"],
        ["un-sc@2026-02-25", "un-sc"],
        ["a.xml", "b.xml"],
        ["un-sc@2026-02-20", &format!("un-sc@{}", &hash[..8])],
        ["a.xml", "un-sc"],
    ];
    for [a, b] in sides {
        let diff = told(&folder, &["lists", "diff", a, b, "--json"], 0);
        assert_eq!(diff["added"][0], json!({"listing": "un-sc/KPi.010", "name": "Invented Person 10"}), "{a} {b}");
        assert_eq!(diff["removed"], json!([{"listing": "un-sc/KPi.000", "name": "Invented Person 0"}]), "{a} {b}");
        assert_eq!(diff["changed"].as_array().unwrap().len(), 1, "{a} {b}");
        assert_eq!((&diff["changed"][0]["listing"], &diff["changed"][0]["fields"]), (&json!("un-sc/KPi.005"), &json!(["name"])));
        assert!(diff["from"].is_string() && diff["to"].is_string());
    }
    let text = out(&run(&folder, &["lists", "diff", "un-sc@2026-02-20", "un-sc"]));
    assert!(text.contains("2 added, 1 removed, 1 changed in meaning") && text.contains("+ KPi.010"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn what_cannot_be_meant_is_a_usage_error_that_says_what_would_be_right() {
    let folder = scratch("usage");
    fs::write(folder.join("a.xml"), un("2026-02-20", 0..10)).unwrap();
    run(&folder, &["lists", "import", "a.xml"]);
    for (args, part) in [
        (["lists", "diff", "un-sc@1999-01-01", "un-sc"].as_slice(), "on record are 2026-02-20"),
        (&["lists", "diff", "un-sk", "un-sc"], "did you mean `un-sc`?"),
        (&["lists", "diff", "un-sc@soon", "un-sc"], "no version, day or hash"),
        (&["lists", "update", "--offline"], "--offline"),
        (&["lists", "update", "un-sx"], "did you mean `un-sc`?"),
        (&["lists", "update", "jp-meti"], "by hand"),
        (&["lists", "update", "--from", "https://x.example/a"], "name that list"),
        (&["lists", "update", "un-sc", "--from", "a.xml"], "import"),
        (&["lists", "import", "a.xml", "--as", "../x"], "small letters"),
        (&["lists", "import", "a.xml", "--dated", "soon"], "--dated"),
    ] {
        let output = run(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(err(&output).contains(part), "{args:?}: {}", err(&output));
    }
    let missing = run(&folder, &["lists", "import", "none.xml"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(err(&missing).contains("none.xml"));
}

#[test]
fn a_refused_file_is_shown_loudly_until_a_later_import_succeeds() {
    let folder = scratch("loud");
    fs::write(folder.join("good.xml"), un("2026-02-20", 0..10)).unwrap();
    fs::write(folder.join("short.xml"), un("2026-02-21", 0..5)).unwrap();
    assert_eq!(run(&folder, &["lists", "import", "good.xml"]).status.code(), Some(0));
    let refused = told(&folder, &["lists", "import", "short.xml", "--json"], 1);
    assert!(refused["error"]["message"].as_str().unwrap().contains("--accept"), "{refused}");
    let status = told(&folder, &["lists", "status", "--json"], 0);
    assert_eq!((&status["lists"][0]["state"], &status["lists"][0]["version"]), (&json!("refused"), &json!("2026-02-20")));
    assert!(status["lists"][0]["refused"]["reason"].as_str().unwrap().contains("5 of the 10 parties"));
    let text = out(&run(&folder, &["lists", "status"])).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("refused") && text.contains("5 of the 10") && text.contains("just now"), "{text}");
    assert_eq!(told(&folder, &["lists", "import", "short.xml", "--accept", "--json"], 0)["parties"], 5);
    assert_ne!(told(&folder, &["lists", "status", "--json"], 0)["lists"][0]["state"], "refused");
}

#[test]
fn damage_is_told_and_has_an_exit_status_of_its_own() {
    let folder = scratch("damage");
    fs::write(folder.join("a.xml"), un("2026-02-20", 0..10)).unwrap();
    fs::write(folder.join("b.xml"), un("2026-02-21", 0..11)).unwrap();
    run(&folder, &["lists", "import", "a.xml"]);
    run(&folder, &["lists", "import", "b.xml"]);
    let log = folder.join("data/lists/log");
    let whole = fs::read(&log).unwrap();
    let mut bad = whole.clone();
    bad[30] ^= 1;
    fs::write(&log, &bad).unwrap();
    let status = told(&folder, &["lists", "status", "--json"], 3);
    assert_eq!((&status["lists"][0]["version"], &status["lists"][0]["versions"]), (&json!("2026-02-21"), &json!(1)));
    assert!(status["damaged"][0]["at"].as_str().unwrap().ends_with("line 1"));
    fs::write(&log, &whole).unwrap();
    let object = fs::read_dir(folder.join("data/lists/objects")).unwrap().next().unwrap().unwrap().path();
    fs::write(&object, b"something else").unwrap();
    assert_eq!(run(&folder, &["lists", "status", "--verify"]).status.code(), Some(3));
    fs::remove_dir_all(folder.join("data/lists/parsed")).unwrap();
    let diff = run(&folder, &["lists", "diff", "un-sc@2026-02-20", "un-sc@2026-02-21"]);
    assert_eq!(diff.status.code(), Some(3));
    assert!(err(&diff).contains("import the list again"), "{}", err(&diff));
}

#[test]
fn lists_of_ones_own_and_several_lists_in_one_call() {
    let folder = scratch("own");
    fs::write(folder.join("un.xml"), un("2026-02-20", 0..3)).unwrap();
    fs::write(folder.join("my.csv"), "id,name,type\nX1,Invented Trading,company\nX2,Ann Example,person\n").unwrap();
    let own = told(&folder, &["lists", "import", "my.csv", "--as", "my", "--json"], 0);
    assert_eq!((&own["list"], &own["parties"]), (&json!("my"), &json!(2)));
    // Without a name it can be no list of one's own; the other file is taken all the same.
    let both = told(&folder, &["lists", "import", "my.csv", "un.xml", "--json"], 1);
    let rows = both["imported"].as_array().unwrap();
    assert!(rows.iter().any(|r| r["error"].is_object()) && rows.iter().any(|r| r["list"] == "un-sc" && r["parties"] == 3), "{both}");
    let lists = told(&folder, &["lists", "status", "--json"], 0);
    assert_eq!(lists["lists"].as_array().unwrap().len(), 2);
}

// ---- a server that is told what to answer

/// Answers each connection with the next of the answers, the last one for ever; notes the requests.
fn server(answers: Vec<Vec<u8>>, then: Duration) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/lists/consolidated.xml", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let requests = Arc::clone(&seen);
    std::thread::spawn(move || {
        for n in 0.. {
            let Ok((stream, _)) = listener.accept() else { return };
            let request = request(&stream);
            requests.lock().unwrap().push(request);
            let mut stream = stream;
            let _ = stream.write_all(answers.get(n).or(answers.last()).unwrap());
            let _ = stream.flush();
            // A slow server keeps the connection and says nothing more.
            std::thread::sleep(then);
        }
    });
    (url, seen)
}

fn request(stream: &TcpStream) -> String {
    let mut text = String::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty()) {
        text += &line.to_lowercase();
        text.push('\n');
    }
    text
}

fn answer(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).into_bytes()
}

fn update(folder: &Path, url: &str, more: &[&str], status: i32) -> Value {
    told(folder, &[&["lists", "update", "un-sc", "--from", url, "--json"], more].concat(), status)["updated"][0].clone()
}

#[test]
fn an_update_is_put_on_record_and_the_next_one_only_asks_whether_it_changed() {
    let folder = scratch("etag");
    let body = un("2026-02-20", 0..10);
    let good = answer("200 OK\r\nETag: \"v1\"\r\nLast-Modified: Fri, 20 Feb 2026 01:00:00 GMT", &body);
    let (url, seen) = server(vec![good, b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".to_vec()], Duration::ZERO);
    let first = update(&folder, &url, &[], 0);
    assert_eq!((&first["unchanged"], &first["parties"]), (&json!(false), &json!(10)));
    let second = update(&folder, &url, &[], 0);
    assert_eq!((&second["unchanged"], &second["hash"]), (&json!(true), &first["hash"]));
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    assert!(!seen[0].contains("if-none-match") && seen[0].contains("user-agent: licit/"));
    assert!(seen[1].contains("if-none-match: \"v1\"") && seen[1].contains("if-modified-since: fri, 20 feb 2026"), "{}", seen[1]);
    let status = told(&folder, &["lists", "status", "--json"], 0);
    assert_eq!(status["lists"][0]["source"], url);
    assert!(status["lists"][0]["checked"].is_null(), "an address given by hand is not known to be the issuer's");
}

#[test]
fn a_server_that_stumbles_is_asked_again() {
    let folder = scratch("stumbles");
    let body = un("2026-02-20", 0..10);
    let cut = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", body.len(), &body[..body.len() / 2]);
    let (url, seen) = server(vec![answer("503 Service Unavailable", "later"), cut.into_bytes(), answer("200 OK", &body)], Duration::ZERO);
    assert_eq!(update(&folder, &url, &[], 0)["parties"], 10);
    assert_eq!(seen.lock().unwrap().len(), 3);
}

#[test]
fn whatever_else_a_server_answers_leaves_what_is_in_force() {
    let folder = scratch("misbehaves");
    fs::write(folder.join("a.xml"), un("2026-02-20", 0..10)).unwrap();
    run(&folder, &["lists", "import", "a.xml"]);
    let body = un("2026-02-21", 0..10);
    let cut = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}", body.len(), &body[..body.len() / 2]);
    let round = "HTTP/1.1 302 Found\r\nLocation: /lists/consolidated.xml\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let cases: [(&str, Vec<u8>, &str, usize, &str); 8] = [
        ("errors for ever", answer("500 Internal Server Error", "no"), "500", 4, "failed"),
        ("not there", answer("404 Not Found", "no"), "404", 1, "failed"),
        ("cut off for ever", cut.into_bytes(), "broke off", 4, "failed"),
        ("in a circle", round.into(), "from one address to another", 6, "failed"),
        ("too large", b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\nx".to_vec(), "larger than", 1, "failed"),
        ("a web page", answer("200 OK", "<!DOCTYPE html><html><head><title>Maintenance</title></head></html>"), "web page", 1, "refused"),
        ("an empty answer", answer("200 OK", ""), "empty", 1, "refused"),
        ("half a list", answer("200 OK", &un("2026-02-21", 0..5)), "--accept", 1, "refused"),
    ];
    for (what, bytes, part, requests, field) in cases {
        let (url, seen) = server(vec![bytes], Duration::ZERO);
        let row = update(&folder, &url, &[], 1);
        let message = row["error"]["message"].as_str().unwrap_or_default();
        assert!(row["list"] == "un-sc" && message.contains(part), "{what}: {row}");
        assert_eq!(seen.lock().unwrap().len(), requests, "{what}");
        let status = told(&folder, &["lists", "status", "--json"], 0);
        let list = &status["lists"][0];
        assert_eq!((&list["version"], &list["parties"]), (&json!("2026-02-20"), &json!(10)), "{what}");
        assert!(list[field]["reason"].as_str().unwrap().contains(part), "{what}: {list}");
        run(&folder, &["lists", "import", "a.xml"]);
    }
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    let folder = scratch("silent");
    for begins in [b"".as_slice(), b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<?xml"] {
        let (url, _) = server(vec![begins.to_vec()], Duration::from_secs(60));
        let started = Instant::now();
        // Only the first connection is answered; the others wait in vain as well.
        let row = update(&folder, &url, &["--timeout", "1"], 1);
        assert!(row["error"]["message"].as_str().unwrap().contains("after 4 tries"), "{row}");
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    }
    let (url, _) = { (format!("http://{}/x.xml", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()), ()) };
    assert!(update(&folder, &url, &[], 1)["error"]["message"].is_string(), "nobody listens there");
}

// ---- a kill at any instant

/// A small generator of our own: which instant is struck does not matter, only that they differ.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn a_kill_at_any_instant_of_an_import_leaves_the_state_before_or_after() {
    const KILLS: u32 = 220;
    let folder = scratch("kill");
    fs::write(folder.join("0.xml"), un("2026-01-01", 0..400)).unwrap();
    let started = Instant::now();
    assert_eq!(run(&folder, &["lists", "import", "0.xml"]).status.code(), Some(0));
    // How long an import takes depends on what else the machine does: after one that came to its end the next is struck earlier, and the
    // other way round.
    let mut span = started.elapsed();
    let (mut random, mut killed, mut before, mut after) = (0x9e37_79b9_7f4a_7c15_u64, 0, 0, 0);
    let mut in_force = ("2026-01-01".to_owned(), 400);
    for n in 1..=KILLS {
        let (version, parties) = (format!("2026-{:02}-{:02}", 1 + n / 28, 1 + n % 28), 400 + n % 7);
        fs::write(folder.join("next.xml"), un(&version, 0..parties)).unwrap();
        let mut child = licit(&folder, &["lists", "import", "next.xml"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(span.mul_f64((next(&mut random) % 1000) as f64 / 800.0));
        child.kill().unwrap();
        let struck = !child.wait().unwrap().success();
        killed += u32::from(struck);
        span = span.mul_f64(if struck { 1.05 } else { 0.95 });
        let status = told(&folder, &["lists", "status", "--json", "--verify"], 0);
        let list = &status["lists"][0];
        let now = (list["version"].as_str().unwrap().to_owned(), u32::try_from(list["parties"].as_u64().unwrap()).unwrap());
        if now == in_force {
            before += 1;
        } else {
            assert_eq!(now, (version, parties), "neither the version before nor the one after");
            after += 1;
            in_force = now;
        }
        assert!(status["damaged"].is_null(), "{status}");
    }
    println!("{KILLS} imports struck, {killed} of them before their end: {before} left the version before, {after} the one after");
    assert!(killed >= 50 && before >= 20 && after >= 20, "{killed} {before} {after}");
    // What was left behind does not stand in the way.
    fs::write(folder.join("last.xml"), un("2027-01-01", 0..400)).unwrap();
    assert_eq!(told(&folder, &["lists", "import", "last.xml", "--json"], 0)["in_force"], true);
}
