//! The record: what is kept is what was decided, and whatever is done to it is found.
//!
//! Runs on SQLite always, and on PostgreSQL where `LICIT_TEST_POSTGRES` names a server on which databases may be made.

#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use licit::store::{Expected, Fault, Record, Replay, Signer, Store, StoreError};
use licit::{Ask, Format, Rulebook};
use sqlx::{AnyPool, AssertSqlSafe};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("record-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn signer() -> Signer {
    Signer::from_hex(KEY).expect("64 hex digits")
}

/// The addresses of fresh records of both kinds.
async fn fresh(name: &str) -> Vec<String> {
    let mut out = vec![format!("sqlite:{}", scratch(name).join("record.sqlite").display())];
    match std::env::var("LICIT_TEST_POSTGRES") {
        Ok(server) => {
            sqlx::any::install_default_drivers();
            let database = format!("licit_{name}_{}", std::process::id());
            let pool = AnyPool::connect(&format!("{server}/postgres")).await.expect("the server answers");
            sqlx::query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {database}"))).execute(&pool).await.expect("an old one goes");
            sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {database}"))).execute(&pool).await.expect("a database is made");
            out.push(format!("{server}/{database}"));
        }
        Err(_) => eprintln!("LICIT_TEST_POSTGRES is not set: the record was tested on SQLite alone"),
    }
    out
}

/// A way past the store, as somebody with the password would take it.
async fn side_door(address: &str) -> AnyPool {
    let url = address.strip_prefix("sqlite:").map_or_else(|| address.to_owned(), |file| format!("sqlite://{file}"));
    AnyPool::connect(&url).await.expect("the database opens")
}

fn act(n: usize, item: &str) -> String {
    serde_json::json!({
        "id": format!("a{n}"), "kind": "supply", "on": "2024-05-01",
        "parties": [{"role": "supplier", "name": format!("Firm {n}"), "nationality": ["CN"], "located_in": "CN"},
                    {"role": "recipient", "name": "A shop", "nationality": ["KP"], "located_in": "KP"}],
        "items": [{"description": item}], "places": {"origin": "CN", "destination": "KP"},
    })
    .to_string()
}

fn decided(n: usize, item: &str) -> (Record, String) {
    Record::decided(Rulebook::embedded(), &act(n, item), Format::Json, &Ask::default()).expect("a plain act")
}

async fn filled(address: &str, count: usize) -> Store {
    let store = Store::open(address, signer()).await.expect("a record is made");
    for n in 0..count {
        let (record, answer) = decided(n, if n % 2 == 0 { "bicycles" } else { "medicines" });
        store.keep_decision(&record, &answer).await.expect("it is kept");
    }
    store
}

async fn faults(store: &Store) -> Vec<Fault> {
    store.verify(&[signer().public()], &[]).await.expect("the database answers").faults
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_comes_back_byte_for_byte_and_is_decided_the_same_again() {
    for address in fresh("back").await {
        let store = filled(&address, 4).await;
        let (record, answer) = decided(2, "bicycles");
        let entry = store.keep_decision(&record, &answer).await.expect("it is kept");
        store.close().await;
        let store = Store::open(&address, signer()).await.expect("it is there");
        let (found, kept) = store.decision(&entry.id).await.expect("it answers").expect("it is on file");
        assert_eq!((found.seq, kept.as_ref()), (5, Some(&record)));
        assert_eq!(store.answer_of(&entry.id).await.expect("it answers"), Some(answer.clone()));
        assert_eq!(record.overall, "prohibited");
        assert_eq!(record.replay(Rulebook::embedded(), &answer), Ok(Replay::Same));
        let changed = answer.replacen("prohibited", "permitted!", 1);
        assert!(matches!(record.replay(Rulebook::embedded(), &changed), Ok(Replay::Differs { at }) if at > 0));
        assert_eq!(store.decision("no-such-id").await.expect("it answers").map(|_| ()), None);
        assert_eq!(faults(&store).await, []);
        let newest: Vec<i64> = store.page(Some(5), 2, Some("decision")).await.expect("it answers").iter().map(|e| e.seq).collect();
        assert_eq!(newest, [4, 3]);
    }
}

/// Statements of somebody who can write to the database, and what the check says of each.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_removes_or_adds_is_found_out() {
    let cases: [(&str, &[&str], &[Fault]); 9] = [
        ("time", &["UPDATE entries SET at = '2020-01-01T00:00:00Z' WHERE seq = 3"], &[Fault::Changed { seq: 3 }]),
        ("number", &["DELETE FROM entries WHERE seq = 3"], &[Fault::Missing { from: 3, to: 3 }]),
        ("several", &["DELETE FROM entries WHERE seq IN (2, 3)"], &[Fault::Missing { from: 2, to: 3 }]),
        ("end", &["DELETE FROM entries WHERE seq = 6", "DELETE FROM checkpoints WHERE seq = 6"], &[Fault::Missing { from: 6, to: 6 }]),
        (
            "body",
            &["UPDATE bodies SET bytes = (SELECT bytes FROM bodies b, entries e WHERE e.seq = 2 AND b.hash = e.body_hash) \
                    WHERE hash = (SELECT body_hash FROM entries WHERE seq = 4)"],
            &[Fault::BodyChanged { seq: 4 }],
        ),
        ("gone", &["DELETE FROM bodies WHERE hash = (SELECT body_hash FROM entries WHERE seq = 4)"], &[Fault::BodyMissing { seq: 4 }]),
        (
            "signature",
            &["UPDATE checkpoints SET signature = (SELECT signature FROM checkpoints WHERE seq = 2) WHERE seq = 3"],
            &[Fault::Signature { seq: 3 }],
        ),
        (
            "swapped",
            &[
                "UPDATE entries SET seq = 100 WHERE seq = 3",
                "UPDATE entries SET seq = 3 WHERE seq = 4",
                "UPDATE entries SET seq = 4 WHERE seq = 100",
            ],
            &[
                Fault::Replaced { seq: 3 },
                Fault::Changed { seq: 3 },
                Fault::Replaced { seq: 4 },
                Fault::Changed { seq: 4 },
                Fault::Signature { seq: 3 },
                Fault::Signature { seq: 4 },
            ],
        ),
        ("head", &["UPDATE head SET seq = 4"], &[Fault::Head { seq: 4 }]),
    ];
    for (name, statements, expected) in cases {
        for address in fresh(&format!("tamper_{name}")).await {
            let store = filled(&address, 6).await;
            assert_eq!(faults(&store).await, []);
            let door = side_door(&address).await;
            for statement in statements {
                sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(&door).await.expect("the database obeys");
            }
            let found = faults(&store).await;
            for fault in expected {
                assert!(found.contains(fault), "{name}: {fault:?} is not among {found:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_ones_own_lacks_the_signature_and_a_cut_end_what_was_noted_elsewhere() {
    for address in fresh("stranger").await {
        let store = filled(&address, 2).await;
        let noted = store.entry(2).await.expect("it answers").expect("entry 2");
        let stranger = Signer::from_hex(&KEY.replace("00", "ff")).expect("64 hex digits");
        let other = Store::open(&address, stranger).await.expect("the same record");
        let (record, answer) = decided(9, "rice");
        other.keep_decision(&record, &answer).await.expect("it is kept");
        assert_eq!(faults(&store).await, [Fault::Unsigned { from: 3, to: 3 }]);
        let expect = |seq: i64, hash: &str| [Expected { seq, hash: hash.to_owned() }];
        let trusted = [signer().public()];
        let found = store.verify(&trusted, &expect(2, &noted.hash)).await.expect("it answers").faults;
        assert_eq!(found, [Fault::Unsigned { from: 3, to: 3 }]);
        for (seq, hash) in [(2, "00"), (7, noted.hash.as_str())] {
            let found = store.verify(&trusted, &expect(seq, hash)).await.expect("it answers").faults;
            assert!(found.contains(&Fault::Expected { seq }), "{found:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_removed_leaves_its_hash_and_a_note() {
    for address in fresh("redact").await {
        let store = filled(&address, 3).await;
        let second = store.entry(2).await.expect("it answers").expect("entry 2");
        store.redact(&second.id, "the desk", "a person asked for it").await.expect("it is removed");
        assert_eq!(store.decision(&second.id).await.expect("it answers").map(|(e, r)| (e.seq, r)), Some((2, None)));
        assert_eq!(store.answer_of(&second.id).await.expect("it answers"), None);
        let audit = store.verify(&[signer().public()], &[]).await.expect("it answers");
        assert_eq!((audit.faults, audit.redacted, audit.entries), (vec![], 1, 4));
        let mut lines = Vec::new();
        store.export(&mut lines).await.expect("it is written");
        let text = String::from_utf8(lines).expect("text");
        assert!(!text.contains("Firm 1") && text.contains("Firm 0") && text.contains("a person asked for it"), "{text}");
        assert!(store.redact("no-such-id", "x", "y").await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_get_numbers_of_their_own() {
    for address in fresh("many").await {
        let store = Store::open(&address, signer()).await.expect("a record is made");
        let mut waiting = tokio::task::JoinSet::new();
        for n in 0..300usize {
            let store = store.clone();
            waiting.spawn(async move { store.keep("settlement", &format!("{{\"n\": {n}}}")).await.map(|e| e.seq) });
        }
        let mut numbers: Vec<i64> = waiting.join_all().await.into_iter().collect::<Result<_, _>>().expect("all are kept");
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=300).collect::<Vec<i64>>());
        assert_eq!(faults(&store).await, []);
        let huge = store.keep("settlement", &"x".repeat(licit::store::MOST_BODY_BYTES + 1)).await;
        assert_eq!(huge, Err(StoreError::TooLarge(licit::store::MOST_BODY_BYTES + 1)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deciding_again_tells_what_a_changed_law_changes() {
    // The same law without what forbids machinery, vehicles and metals.
    let mut law = Rulebook::embedded().law().clone();
    law.prohibitions.retain(|p| p.id != "un/2397#7");
    law.hash = "blake3:another".into();
    let other = Rulebook::embedded().with_law(law).expect("less law fits");
    for address in fresh("recheck").await {
        let store = filled(&address, 4).await;
        let same = store.recheck(Rulebook::embedded(), false, |_, _| {}).await.expect("it answers");
        assert_eq!((same.on_file, same.untouched, same.decided, same.changed.len()), (4, 4, 0, 0));
        let all = store.recheck(Rulebook::embedded(), true, |_, _| {}).await.expect("it answers");
        assert_eq!((all.decided, all.changed.len()), (4, 0));
        let report = store.recheck(&other, false, |_, _| {}).await.expect("it answers");
        assert_eq!((report.decided, report.changed.len(), report.failed.len()), (4, 2, 0));
        let change = report.changed.first().expect("bicycles");
        assert_eq!((change.lost.as_slice(), change.because.as_slice()), (&["un/2397#7".to_owned()][..], &["rulebook".to_owned()][..]));
        assert_eq!(change.verdicts["un"], (vec!["prohibited".to_owned()], vec!["permitted".to_owned()]));
        let (_, now) = store.decision(&change.now).await.expect("it answers").expect("it is kept");
        assert_eq!(now.expect("its record").supersedes.as_ref(), Some(&change.id));
        // The next time the new decision is the one on file.
        let next = store.recheck(&other, false, |_, _| {}).await.expect("it answers");
        assert_eq!((next.on_file, next.changed.len()), (4, 0));
        assert_eq!(store.page(None, 10, Some("recheck")).await.expect("it answers").len(), 1);
        assert_eq!(faults(&store).await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_nothing_is_refused_with_what_would_be_right() {
    for wrong in ["mysql://host/name", "", "sqlite:", "http://example.org"] {
        let error = Store::open(wrong, signer()).await.map(|_| ()).expect_err("refused");
        assert!(matches!(&error, StoreError::Address(_)) && error.to_string().contains("sqlite:FILE"), "{wrong}: {error}");
    }
    let folder = scratch("no_database");
    std::fs::write(folder.join("record.sqlite"), "this is no database, only a text that is long enough to be looked at").expect("written");
    let error =
        Store::open(&format!("sqlite:{}", folder.join("record.sqlite").display()), signer()).await.map(|_| ()).expect_err("refused");
    assert!(matches!(error, StoreError::Database(_)), "{error}");
}

/// Killed at any instant, the record is readable, and what was answered is in it. `LICIT_KILLS` says how often; 200 takes minutes.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_loses_nothing_that_was_answered() {
    let folder = scratch("kill");
    let kills: u64 = std::env::var("LICIT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(6);
    let acts = folder.join("acts.jsonl");
    let text: String = (0..4000).map(|n| act(n, "bicycles") + "\n").collect();
    std::fs::write(&acts, text).expect("written");
    let (mut answered, mut ever) = (0usize, 0usize);
    for round in 0..kills {
        // A record of its own every twenty rounds: verifying a long one takes longer than the rounds.
        let address = format!("sqlite:{}", folder.join(format!("record{}.sqlite", round / 20)).display());
        if round % 20 == 0 {
            answered = 0;
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_licit"))
            .args(["check", "--in", "un", "--brief", "--jsonl", "--keep", "--data"])
            .args([folder.as_path(), Path::new("--store"), Path::new(address.as_str()), acts.as_path()])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        // After another number of answers each time; what is still in the pipe was answered, too.
        let before = usize::try_from(round * 37 % 400).expect("a small number");
        let heard = out.by_ref().take(before).count();
        child.kill().expect("killed");
        child.wait().expect("gone");
        // A last line that was cut off was not answered.
        let lines = heard + out.map_while(Result::ok).filter(|line| line.ends_with('}')).count();
        (answered, ever) = (answered + lines, ever + lines);
        let store = Store::open(&address, Signer::at(&folder.join("audit.key")).expect("the key")).await.expect("it opens");
        let audit = store.verify(&[Signer::at(&folder.join("audit.key")).expect("the key").public()], &[]).await.expect("it answers");
        assert_eq!(audit.faults, [], "round {round}");
        assert!(audit.entries as usize >= answered, "round {round}: {answered} answered, {} kept", audit.entries);
        store.close().await;
    }
    assert!(ever > 0, "nothing was answered before a kill: the test tests nothing");
}
