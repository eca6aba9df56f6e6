//! Rechecks: only what a change can touch is decided again, and what is found is what deciding everything would find.

#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod invented;

use invented::{Person, list};
use licit::store::{Change, Record, Signer, Store};
use licit::{Ask, Format, Rulebook};
use std::path::{Path, PathBuf};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("recheck-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Numbers that are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.throw(words.len() as u64)).unwrap_or(0);
        words.get(at).copied().unwrap_or_default()
    }

    fn name(&mut self) -> String {
        const FIRST: [&str; 8] = ["Chol", "Kum", "Song", "Yong", "Jong", "Myong", "Tae", "Hyok"];
        const LAST: [&str; 6] = ["Pak", "Ri", "Kang", "Hwang", "O", "Yun"];
        format!("{} {} {}", self.of(&LAST), self.of(&FIRST), self.of(&FIRST))
    }

    fn person(&mut self, reference: u32) -> Person {
        Person { reference, name: self.name(), born: 1950 + u16::try_from(self.throw(30)).unwrap_or(0) }
    }

    fn act(&mut self, n: usize) -> String {
        let kind = self.of(&["supply", "payment", "travel", "service", "employment"]);
        let mut party = serde_json::json!({"role": "recipient", "name": self.name(), "type": "person"});
        if self.throw(2) == 0 {
            party["nationality"] = serde_json::json!(["KP"]);
        }
        if self.throw(2) == 0 {
            party["birth_date"] = serde_json::json!((1950 + self.throw(30)).to_string());
        }
        let mut supplier =
            serde_json::json!({"role": "supplier", "name": format!("Firm {n}"), "nationality": [self.of(&["DE", "CN", "US", "JP"])]});
        if self.throw(4) == 0 {
            supplier["owners"] = serde_json::json!([{"name": self.name(), "share": 60}]);
        }
        serde_json::json!({
            "id": format!("a{n}"), "kind": kind, "on": format!("20{:02}-05-01", 10 + self.throw(16)), "parties": [supplier, party],
            "items": [{"description": self.of(&["bicycles", "rice", "a bank transfer", "machine tools"])}],
            "places": {"origin": self.of(&["DE", "CN"]), "destination": self.of(&["KP", "CN", "IR", "AE"])},
        })
        .to_string()
    }
}

/// A record on which the same acts are decided.
async fn filed(folder: &Path, name: &str, book: &Rulebook, acts: &[String]) -> Store {
    let address = format!("sqlite:{}", folder.join(name).display());
    let store = Store::open(&address, Signer::from_hex(&"07".repeat(32)).expect("a key")).await.expect("a record is made");
    let ask = Ask { jurisdictions: book.engine().jurisdictions(), ..Ask::default() };
    for act in acts {
        let (record, answer) = Record::decided(book, act, Format::Json, &ask).expect("a plain act");
        store.keep_decision(&record, &answer).await.expect("it is kept");
    }
    store
}

/// Decides again what `next` can touch, and everything, each on a record of its own; what both must find, and how many were decided.
async fn both(folder: &Path, book: &Rulebook, next: &Rulebook, acts: &[String]) -> (Vec<Change>, usize) {
    let touched = filed(folder, "touched.sqlite", book, acts).await;
    let whole = filed(folder, "whole.sqlite", book, acts).await;
    let some = touched.recheck(next, false, |_, _| {}).await.expect("it answers");
    let all = whole.recheck(next, true, |_, _| {}).await.expect("it answers");
    assert_eq!((some.on_file, all.on_file, all.decided), (acts.len(), acts.len(), acts.len()));
    assert_eq!(some.decided + some.untouched, some.on_file);
    assert_eq!(some.changed, all.changed);
    assert_eq!((some.failed, all.failed), (vec![], vec![]));
    (some.changed, some.decided)
}

/// `LICIT_DELTAS` says how many; each takes a second or two.
fn rounds() -> u64 {
    std::env::var("LICIT_DELTAS").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_a_list_as_much_is_found_as_by_deciding_everything() {
    let (mut changed, mut decided, mut on_file) = (0, 0, 0);
    for round in 0..rounds() {
        let mut dice = Dice(round);
        let folder = scratch(&format!("lists{round}"));
        let mut persons: Vec<Person> = (1..40).map(|n| dice.person(n)).collect();
        list(&folder, "2026-01-05", &persons);
        let before = Rulebook::embedded().with_lists(&folder).expect("lists");
        // Some are taken off, some are described otherwise, some are new.
        persons.retain(|_| dice.throw(6) != 0);
        for person in &mut persons {
            match dice.throw(10) {
                0 => person.born += 1,
                1 => person.name = dice.name(),
                _ => {}
            }
        }
        persons.extend((50..50 + u32::try_from(dice.throw(6)).unwrap_or(0)).map(|n| dice.person(n)));
        list(&folder, "2026-01-06", &persons);
        let after = before.with_lists(&folder).expect("lists");
        let acts: Vec<String> = (0..60).map(|n| dice.act(n)).collect();
        let (changes, again) = both(&folder, &before, &after, &acts).await;
        assert!(changes.iter().all(|c| c.because == ["un-sc"]), "{changes:?}");
        (changed, decided, on_file) = (changed + changes.len(), decided + again, on_file + acts.len());
    }
    assert!(changed > 0 && decided < on_file, "{changed} changed, {decided} of {on_file} decided: the test tests nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_the_law_as_much_is_found_as_by_deciding_everything() {
    let book = Rulebook::embedded();
    let (mut changed, mut decided, mut on_file) = (0, 0, 0);
    for round in 0..rounds() {
        let mut dice = Dice(1000 + round);
        let folder = scratch(&format!("law{round}"));
        let acts: Vec<String> = (0..60).map(|n| dice.act(n)).collect();
        let mut law = book.law().clone();
        // A few paragraphs fewer of one authority or another, as if they had not been encoded.
        let authority = format!("{}/", dice.of(&["un", "eu", "us", "jp", "uk"]));
        law.prohibitions.retain(|p| !p.id.starts_with(&authority) || dice.throw(8) != 0);
        law.exceptions.retain(|e| !e.id.starts_with(&authority) || dice.throw(8) != 0);
        law.hash = format!("blake3:{round}");
        let other = book.with_law(law).expect("less law fits");
        let (changes, again) = both(&folder, book, &other, &acts).await;
        (changed, decided, on_file) = (changed + changes.len(), decided + again, on_file + acts.len());
    }
    assert!(changed > 0 && decided < on_file, "{changed} changed, {decided} of {on_file} decided: the test tests nothing");
}
