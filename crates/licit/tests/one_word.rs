//! The same plain sentence with one word changed at a time: each month, each State, each thing, each verb. What is read must not hang on the word.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::root;
use licit::{Article, Rulebook, Text};
use std::collections::BTreeMap;

/// The rows of a table of `data/`, each by the names of its columns.
fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = csv::Reader::from_path(root().join(path)).unwrap();
    rows.deserialize().map(Result::unwrap).collect()
}

/// What a sentence tells: how surely, and of what States those are who give and who get.
fn told(words: &str) -> Vec<String> {
    let text = Text { id: "t".into(), text: words.into(), published: "2020-06-01".parse().ok(), language: None };
    let states = |list: &[licit::read::Who]| {
        let codes: Vec<&str> = list.iter().flat_map(|w| &w.countries).map(|c| c.code()).collect();
        codes.join("+")
    };
    let acts = Article::read(Rulebook::embedded(), text).read.acts;
    acts.iter().map(|a| format!("{} {}>{}", a.transfer.telling.word(), states(&a.transfer.givers), states(&a.transfer.receivers))).collect()
}

/// How many of so many sentences tell what they should; those that do not are printed.
fn right(what: &str, sentences: impl IntoIterator<Item = (String, String)>) -> (usize, usize) {
    let (mut good, mut all) = (0, 0);
    for (words, wanted) in sentences {
        all += 1;
        let read = told(&words);
        if read == [wanted.as_str()] {
            good += 1;
        } else {
            println!("{what}: {words} {read:?}, not {wanted}");
        }
    }
    println!("{what}: {good} of {all}");
    (good, all)
}

#[test]
fn a_month_changes_nothing_but_the_day() {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let ways: [(&str, &str); 10] = [
        ("A Turkish firm sold rifles to a broker in Sudan in {} 2019.", "reported TR>SD"),
        ("On 3 {} Turkey sent rifles to Sudan.", "reported TR>SD"),
        ("On {} 3, Turkey sent rifles to Sudan.", "reported TR>SD"),
        ("A Turkish firm traded rifles with a factory in Sudan in {}.", "reported TR>SD"),
        ("Turkey handed rifles to Sudan last {}.", "reported TR>SD"),
        ("Iran supplied drones to Russia between {} and the autumn.", "reported IR>RU"),
        ("The firm from Iran shipped parts to Russia until {} 2018.", "reported IR>RU"),
        ("Rifles shipped from Iran to Yemen in {} were found in Chad.", "reported IR>YE"),
        ("Turkey invested in a factory in Sudan in {}.", "reported TR>SD"),
        ("The {} shipment of rifles from Turkey to Sudan was large.", "reported TR>SD"),
    ];
    let sentences = MONTHS.iter().flat_map(|m| ways.iter().map(|(way, wanted)| (way.replace("{}", m), (*wanted).to_owned())));
    let (good, all) = right("months", sentences);
    assert_eq!(good, all);
}

#[test]
fn every_state_gives_and_gets() {
    let ways = [
        ("{} sold rifles to Mali.", "reported {}>ML"),
        ("Mali gave {} two tanks.", "reported ML>{}"),
        ("A firm in {} sent rifles to Mali.", "reported {}>ML"),
        ("Mali denied that {} had sent it rifles.", "denied {}>ML"),
    ];
    let states: Vec<_> = table("data/countries.csv").into_iter().filter(|r| r["code"] != "ML").collect();
    let sentences = states.iter().flat_map(|r| ways.map(|(way, wanted)| (way.replace("{}", &r["name"]), wanted.replace("{}", &r["code"]))));
    let (good, all) = right("States", sentences);
    assert!(all > 900 && good == all, "{good} of {all}");
}

#[test]
fn every_thing_of_the_table_is_sold() {
    let things: Vec<_> = table("data/reading/things.csv").into_iter().filter(|r| r["sort"] == "thing" && r["words"].is_ascii()).collect();
    let sentences = things.iter().map(|r| {
        let plural = if r["words"].ends_with('s') { "" } else { "s" };
        (format!("Turkey sold {}{plural} to Mali.", r["words"]), "reported TR>ML".to_owned())
    });
    let (good, all) = right("things", sentences);
    // What is left are papers, images and presses (`docs/roadmap.md`).
    assert!(all > 700 && good * 100 >= all * 98, "{good} of {all}");
}

/// The past and the participle of a regular verb, or those that its row names, the first of several.
fn past(row: &BTreeMap<String, String>) -> (String, String) {
    let lemma = &row["lemma"];
    let vowel = |c: char| "aeiou".contains(c);
    let regular = match lemma.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ied"),
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ => format!("{lemma}ed"),
    };
    let named = |column: &str| row[column].split(';').next().filter(|w| !w.is_empty()).map(str::to_owned);
    let before = named("past").unwrap_or(regular);
    (before.clone(), named("participle").unwrap_or(before))
}

#[test]
fn every_verb_of_giving_and_getting_tells_it() {
    let forms: BTreeMap<String, (String, String)> =
        table("data/reading/en-verbs.csv").iter().map(|r| (r["lemma"].clone(), past(r))).collect();
    // Who takes by force is nobody to whom something is given.
    let takes = ["plunder", "pilfer", "hijack", "capture"];
    let mut sentences = Vec::new();
    for row in table("data/reading/frames.csv") {
        let plain = row["tail"].is_empty() && row["outcome"] == "done" && row["needs"] == "goods" && row["object"].contains("goods");
        let behind = |pair: &str| row["prepositions"].split(';').any(|p| p == pair);
        let (past, participle) = match forms.get(&row["verb"]) {
            Some((past, participle)) if plain && !takes.contains(&row["verb"].as_str()) => (past, participle),
            _ => continue,
        };
        // `licensed to Mali`: allowed, and still to come.
        let status = if row["verb"] == "license" { "planned" } else { "reported" };
        let (who, whom) = match row["subject"].as_str() {
            "giver" if behind("to:receiver") => ("Turkey", "to Mali"),
            "receiver" if behind("from:giver") => ("Mali", "from Turkey"),
            _ => continue,
        };
        sentences.push((format!("{who} {past} rifles {whom}."), format!("{status} TR>ML")));
        sentences.push((format!("Rifles were {participle} {whom} by {who}."), format!("{status} TR>ML")));
        sentences.push((format!("{who} denied that it had {participle} rifles {whom}."), "denied TR>ML".to_owned()));
    }
    sentences.sort();
    sentences.dedup();
    let (good, all) = right("verbs", sentences);
    assert!(all > 300 && good * 100 >= all * 98, "{good} of {all}");
}
