//! The words of the lists of the law: what a description or a name says about each list, as a table in `words.csv`.
//!
//! Worked cases state codes and marks and never rely on words, so this is where the words are tested: each row with words has a phrase
//! that it knows, each row with `not_words` one that silences it, and traps that only sound like the thing. What words answer a finding is a
//! table of its own, `findings.csv`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a table that cannot be read fails the test")]

mod common;

use common::{read, root};
use licit::Rulebook;
use model::{Date, Mark, Truth};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// One line of the table.
struct Row {
    list: String,
    entry: String,
    party: bool,
    on: Date,
    /// The code that is stated besides, if any.
    hs: String,
    mark: String,
    words: String,
}

impl Row {
    /// The list to which the row belongs; a row with a value threshold has a mark of its own, `LIST/ENTRY`.
    fn law_list(&self) -> &str {
        let whole = Rulebook::embedded().law().lists.contains_key(&self.list);
        if whole { &self.list } else { self.list.strip_suffix(&format!("/{}", self.entry)).unwrap_or(&self.list) }
    }

    /// What the reader makes of the words: on the list, maybe, or nothing that says so.
    fn found(&self) -> &'static str {
        let marks: Vec<Mark> = if self.party {
            let act = read(&json!({"kind": "payment", "on": self.on.to_string(), "parties": [{"role": "recipient", "name": self.words}]}));
            let known = act.act.parties[0].marks.iter();
            known.cloned().collect()
        } else {
            let mut item = json!({"description": self.words});
            if !self.hs.is_empty() {
                item["hs"] = json!(self.hs);
            }
            read(&json!({"kind": "sale", "on": self.on.to_string(), "items": [item]})).act.items[0].marks.clone()
        };
        let on_day = marks.iter().filter(|m| m.list == self.list && m.from <= self.on && m.to.is_none_or(|to| self.on <= to));
        match on_day.map(|m| m.truth).max() {
            Some(Truth::True) => "on",
            Some(Truth::Unknown) => "maybe",
            Some(Truth::False) | None => "not",
        }
    }
}

fn rows() -> Vec<Row> {
    let text = std::fs::read_to_string(root().join("crates/licit/tests/words.csv")).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("list,entry,on,hs,mark,words"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.splitn(6, ',').collect();
        let [list, entry, on, hs, mark, words] = cells.as_slice() else { panic!("{line}") };
        let (party, list) = list.strip_prefix("party:").map_or((false, *list), |l| (true, l));
        assert!(["on", "maybe", "not"].contains(mark), "{line}");
        Row {
            list: list.to_owned(),
            entry: (*entry).to_owned(),
            party,
            on: on.parse().unwrap(),
            hs: (*hs).to_owned(),
            mark: (*mark).to_owned(),
            words: words.trim_matches('"').to_owned(),
        }
    };
    lines.map(row).collect()
}

#[test]
fn words_say_what_they_mean() {
    let wrong: Vec<String> = rows()
        .iter()
        .filter(|r| r.found() != r.mark)
        .map(|r| format!("{} ({}), {}: “{}” {} is {}, not {}", r.list, r.entry, r.on, r.words, r.hs, r.found(), r.mark))
        .collect();
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// A row without a phrase, or a silencer that silences nothing in the table, is not tested.
#[test]
fn every_row_with_words_is_tested() {
    let book = Rulebook::embedded();
    let rows = rows();
    let mut lacking = Vec::new();
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, list) in &book.law().lists {
        for law in &list.rows {
            known.entry(id).or_default().insert(&law.entry);
            let by_hand = rows.iter().any(|r| r.law_list() == id && r.entry == law.entry);
            if law.words.is_empty() || !by_hand {
                lacking.extend(law.words.first().filter(|_| !by_hand).and_then(|word| unheard(book, id, law, word)));
                continue;
            }
            let mine = || rows.iter().filter(|r| r.law_list() == id && r.entry == law.entry);
            if !mine().any(|r| r.mark != "not") {
                lacking.push(format!("{id}: no phrase for the row `{}`", law.entry));
            }
            for stop in &law.not_words {
                // Another row of the list may still find it possible.
                let weaker = |r: &Row| r.mark == "not" || r.mark == "maybe" && law.proves != rulebook::Match::Possible;
                if !mine().any(|r| weaker(r) && flat(&r.words).contains(&flat(stop))) {
                    lacking.push(format!("{id}: no phrase that `{stop}` silences in the row `{}`", law.entry));
                }
            }
        }
    }
    for row in rows.iter().filter(|r| !known.get(r.law_list()).is_some_and(|entries| entries.contains(r.entry.as_str()))) {
        lacking.push(format!("{}: the law has no row `{}`", row.list, row.entry));
    }
    assert!(lacking.is_empty(), "{} are lacking\n{}", lacking.len(), lacking.join("\n"));
}

/// A row of a list without phrases of our own must at least be found by its own first word, on a day on which it counts.
fn unheard(book: &Rulebook, list: &str, law: &rulebook::ListRow, word: &str) -> Option<String> {
    let key = if law.over.is_some() { format!("{list}/{}", law.entry) } else { list.to_owned() };
    let day = law.period.from.max(Date::constant(2000, 1, 1)).min(law.period.to.unwrap_or(Date::MAX));
    let row = Row {
        list: key,
        entry: law.entry.clone(),
        party: book.law().lists_of_names().contains(list),
        on: day,
        hs: String::new(),
        mark: String::new(),
        words: word.to_owned(),
    };
    (row.found() == "not").then(|| format!("{list}: the row `{}` is not found by its own word “{word}” on {day}", law.entry))
}

/// Letters and digits only, with the spaces between words.
fn flat(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn who_is_called_listed_is_so_unless_it_is_over() {
    let designated = |name: &str| {
        let act = json!({"kind": "payment", "on": "2024-03-01", "parties": [{"role": "recipient", "name": name}]});
        read(&act).act.parties[0].designated
    };
    for now in
        ["a firm on the UN list", "a listed shipowner", "Alder Ltd (formerly Birch Ltd), listed", "formerly Birch, now on the EU list"]
    {
        assert_eq!(designated(now), Some(true), "{now}");
    }
    for over in
        ["a politician formerly on the UN list for Mali", "a firm once sanctioned", "a man previously designated", "a firm not listed"]
    {
        assert_eq!(designated(over), None, "{over}");
    }
}

#[test]
fn what_is_paid_for_comes_from_where_the_words_say() {
    let origin = |kind: &str, description: &str| {
        let act = json!({"kind": kind, "on": "2024-03-01", "items": [{"description": description}]});
        read(&act).act.items[0].origin.map(|c| c.to_string())
    };
    assert_eq!(origin("payment", "payment in dollars for coal from North Korea").as_deref(), Some("KP"));
    assert_eq!(origin("payment", "payment from North Korea for coal"), None);
    assert_eq!(origin("payment", "coal from China or North Korea"), None);
    // Goods that are moved may have come from elsewhere than the place that they start from.
    assert_eq!(origin("supply", "coal from North Korea").as_deref(), Some("KP"));
    assert_eq!(origin("supply", "spare parts for tractors from Belarus"), None);
    assert_eq!(origin("service", "North Korean coal"), None);
}

/// What an act with these words, as its purpose or as the description of what it is about, answers to a finding.
fn answered(finding: &str, place: &str, words: &str) -> &'static str {
    let mut act = json!({"kind": "service", "items": [{"description": "as agreed"}]});
    match place {
        "purpose" => act["purpose"] = json!(words),
        "description" => act["items"][0]["description"] = json!(words),
        other => panic!("words stand in the purpose or the description, not the {other}"),
    }
    match read(&act).act.judgements.get(finding) {
        Some(found) if found.yes => "yes",
        Some(_) => "no",
        None => "",
    }
}

fn records<const N: usize>(file: &str) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(root().join(file)).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>().try_into().unwrap()).collect()
}

#[test]
fn sentences_answer_findings_and_close_ones_do_not() {
    let wrong: Vec<String> = records("crates/licit/tests/findings.csv")
        .iter()
        .filter_map(|[finding, found, place, words]| {
            let answer = answered(finding, place, words);
            (answer != found).then(|| format!("{finding}: “{words}” answers “{answer}”, not “{found}”"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// A phrase that another one of its finding overrules would never say what its row says.
#[test]
fn every_phrase_by_itself_answers_what_its_row_says() {
    let book = Rulebook::embedded();
    let mut wrong = Vec::new();
    for [words, finding, answer, place] in &records("data/purposes.csv") {
        if !book.law().judgements.contains_key(finding) {
            wrong.push(format!("{finding}: no such finding is in the law"));
        }
        let said = words.replace(" + ", " and then ");
        let alone = book.resolver().purpose_alone(&said);
        let found = alone.and_then(|found| found.get(finding).map(|f| if f.yes { "yes" } else { "no" }));
        let found = found.unwrap_or_else(|| answered(finding, "purpose", &said));
        if found != answer {
            wrong.push(format!("{finding}: “{said}” answers “{found}”, not “{answer}”"));
        }
        if place == "anywhere" && words.split([' ', '-']).count() < 2 && *words != "ear99" {
            wrong.push(format!("{finding}: one word, “{words}”, may mean something else in a name"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}
