//! Compares answers with real cases: verdicts, critical errors, citations, missing facts, proofs.

use crate::cases;
use licit::{Ask, Format, decide};
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) fn run(file: &str, part: &str) -> bool {
    let Some(book) = cases::book() else { return false };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            println!("{file}: {error}");
            return false;
        }
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for line in text.lines() {
        let Ok(case) = serde_json::from_str::<Value>(line) else { continue };
        let id = case["id"].as_str().unwrap_or("");
        let jurisdiction = case["jurisdiction"].as_str().unwrap_or("un").to_owned();
        if !id.contains(part) && jurisdiction != part {
            continue;
        }
        let tally = tallies.entry(jurisdiction.clone()).or_default();
        let ask = Ask { jurisdictions: vec![jurisdiction], ..Ask::default() };
        let answer = match book.read_act(case["act"].to_string().as_bytes(), Format::Json) {
            Ok(act) => serde_json::from_str::<Value>(&decide(&book, &act, &ask).json(false)).unwrap_or_default(),
            Err(problems) => {
                println!("{id}: refused: {}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
                tally.all += 1;
                continue;
            }
        };
        tally.add(id, &case["expected"], &answer["decisions"][0]);
    }
    let mut all = Tally::default();
    for (jurisdiction, tally) in &tallies {
        println!("{jurisdiction}: {} of {}", tally.right, tally.all);
        all.join(tally);
    }
    println!(
        "{} cases: {} right, {} critical, {} needless prohibitions; {} of {} must-cite provisions cited; {} without missing facts; {} without proof",
        all.all, all.right, all.critical, all.needless, all.cited, all.must, all.silent, all.unproved
    );
    all.critical == 0
}

#[derive(Default)]
struct Tally {
    all: usize,
    right: usize,
    critical: usize,
    needless: usize,
    must: usize,
    cited: usize,
    silent: usize,
    unproved: usize,
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().map_or_else(Vec::new, |a| a.iter().filter_map(Value::as_str).collect())
}

impl Tally {
    fn join(&mut self, other: &Self) {
        self.all += other.all;
        self.right += other.right;
        self.critical += other.critical;
        self.needless += other.needless;
        self.must += other.must;
        self.cited += other.cited;
        self.silent += other.silent;
        self.unproved += other.unproved;
    }

    fn add(&mut self, id: &str, expected: &Value, decision: &Value) {
        self.all += 1;
        let verdict = decision["verdict"].as_str().unwrap_or("");
        let accepted = texts(&expected["verdicts_accepted"]);
        let best = expected["verdict"].as_str().unwrap_or("");
        let right = accepted.contains(&verdict);
        let lax = ["permitted", "out_of_scope"];
        let critical =
            lax.contains(&verdict) && ["prohibited", "needs_authorisation"].contains(&best) && !lax.iter().any(|l| accepted.contains(l));
        self.right += usize::from(right);
        self.critical += usize::from(critical);
        self.needless += usize::from(verdict == "prohibited" && !right);
        let ids: Vec<&str> = ["provisions", "exceptions"]
            .iter()
            .flat_map(|k| decision[k].as_array().into_iter().flatten().filter_map(|p| p["id"].as_str()))
            .collect();
        let mut uncited = Vec::new();
        for must in expected["decisive_provisions"].as_array().into_iter().flatten().filter(|p| p["must"] == true) {
            let wanted = must["id"].as_str().unwrap_or("");
            self.must += 1;
            let found = ids.iter().any(|i| *i == wanted || i.strip_prefix(wanted).is_some_and(|r| r.starts_with(['.', '/'])));
            self.cited += usize::from(found);
            if !found {
                uncited.push(wanted);
            }
        }
        let missing: Vec<&str> = decision["missing"].as_array().into_iter().flatten().filter_map(|m| m["fact"].as_str()).collect();
        self.silent += usize::from(verdict == "insufficient_facts" && missing.is_empty());
        self.unproved += usize::from(decision["proof"]["claim"].as_str().is_none());
        if !right || !uncited.is_empty() {
            let mark = if critical {
                "CRITICAL "
            } else if right {
                "uncited "
            } else {
                ""
            };
            println!("{mark}{id}: {verdict}, accepted {}; not cited {uncited:?}; missing {missing:?}; cites {ids:?}", accepted.join(" "));
        }
    }
}
