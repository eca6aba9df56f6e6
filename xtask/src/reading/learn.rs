//! Learns from labelled reports how much each trait of a party and of an act counts (`data/reading/weights.csv`), and tells by reports that were kept
//! apart how well it does. Reports are dealt into folds by their order, so that nothing of a report helps to judge it.

use super::regression::{Choice, Example, whether, which};
use super::rule::{items, kinds, matches, side, texts};
use licit::Rulebook;
use licit::read::{Question, Reading, Transfer, Weighed, Weights, Who};
use serde_json::Value;
use std::collections::BTreeMap;

const FOLDS: usize = 10;

/// The odds above which an act is told: a little under even, where what is found in addition outweighs what is found wrongly (F1 on folds is flat from
/// -0.4 to -0.7).
const LEAST: f64 = -0.5;

const HEAD: &str = "\
# How much each trait counts for who gives, who gets, and whether an act is told at all. Written by
# `cargo run -q -p xtask -- learn FILES --write` from labelled reports; what the traits mean stands in
# crates/read/src/merge/sides.rs and worth.rs, how they were chosen in docs/decisions/0026.
question,trait,weight
";

/// Learns from files and prints what folds say; with `write`, the weights learnt from all of them go into the table.
pub(crate) fn run(files: &[String], write: bool) -> bool {
    let mut reports = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(file) else {
            println!("{file}: cannot be read");
            return false;
        };
        let rows = text.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok());
        // Other languages are read by marks and weigh nothing.
        let english = rows.filter(|r| r["language"].as_str().is_none_or(|l| l == "en"));
        reports.extend(english.map(|row| Report { file: file.clone(), row }));
    }
    let book = Rulebook::embedded();
    folds(book, &reports);
    if !write {
        return true;
    }
    let weights = learn(book, &reports.iter().collect::<Vec<_>>());
    let rows =
        Question::ALL.into_iter().flat_map(|q| weights.of(q).into_iter().map(move |(name, w)| format!("{},{name},{w:.2}\n", q.word())));
    let table = HEAD.to_owned() + &rows.collect::<String>();
    std::fs::write(crate::files::root().join("data/reading/weights.csv"), table).is_ok()
}

/// What is read rightly of each fold by weights learnt from the others, beside what the rules read alone.
fn folds(book: &Rulebook, reports: &[Report]) {
    let rules = Weights::default();
    let mut counts: BTreeMap<&str, [Count; 2]> = BTreeMap::new();
    for fold in 0..FOLDS {
        let (apart, others): (Vec<_>, Vec<_>) = reports.iter().enumerate().partition(|(at, _)| at % FOLDS == fold);
        let weights = learn(book, &others.into_iter().map(|(_, r)| r).collect::<Vec<_>>());
        for (_, report) in apart {
            for (which, weights) in [&rules, &weights].into_iter().enumerate() {
                let count = report.count(&report.read(book, weights).0);
                for file in [report.file.as_str(), "together"] {
                    counts.entry(file).or_default()[which].add(count);
                }
            }
        }
    }
    for (file, [rules, learnt]) in &counts {
        println!("{file}\n  by rules alone: {rules}\n  learnt from others: {learnt}");
    }
}

struct Report {
    file: String,
    row: Value,
}

/// Acts wanted, found, right.
#[derive(Clone, Copy, Default)]
struct Count {
    wanted: usize,
    found: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.wanted += other.wanted;
        self.found += other.found;
        self.right += other.right;
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        let (precision, recall) = (share(self.right, self.found), share(self.right, self.wanted));
        let f1 = share(2 * self.right, self.found + self.wanted);
        write!(
            f,
            "{} wanted, {} found, {} right: precision {precision:.1}, recall {recall:.1}, F1 {f1:.1}",
            self.wanted, self.found, self.right
        )
    }
}

impl Report {
    fn text(&self) -> &str {
        self.row["text"].as_str().unwrap_or_default()
    }

    fn read(&self, book: &Rulebook, weights: &Weights) -> (Reading, Vec<Weighed>) {
        let published = self.row["published"].as_str().and_then(|d| d.parse().ok());
        book.reader().study(self.text(), published, &|words| book.goods_category(words), weights)
    }

    fn labels(&self) -> Vec<&Value> {
        self.row["transfers"].as_array().into_iter().flatten().collect()
    }

    fn count(&self, reading: &Reading) -> Count {
        let labels = self.labels();
        let right = right(&reading.transfers.iter().collect::<Vec<_>>(), &labels);
        Count {
            wanted: labels.iter().filter(|l| super::gold_must(l)).count(),
            found: right.iter().filter(|r| !matches!(r, Some(false))).count(),
            right: right.iter().filter(|r| **r == Some(true)).count(),
        }
    }
}

/// Of each act, whether a label asks for it; `Some(false)` where careful readers may disagree, `None` where no label knows it.
fn right(acts: &[&Transfer], labels: &[&Value]) -> Vec<Option<bool>> {
    let mut taken = vec![false; labels.len()];
    let mut judge = |act: &&Transfer| {
        let free = (0..labels.len()).find(|l| !taken[*l] && super::gold_must(labels[*l]) && matches(act, labels[*l]));
        if let Some(label) = free {
            taken[label] = true;
            return Some(true);
        }
        labels.iter().any(|l| !super::gold_must(l) && matches(act, l)).then_some(false)
    };
    acts.iter().map(&mut judge).collect()
}

fn learn(book: &Rulebook, reports: &[&Report]) -> Weights {
    let mut weights = Weights::default();
    let [givers, receivers] = sides(book, reports);
    set(&mut weights, Question::Giver, which(&givers));
    set(&mut weights, Question::Receiver, which(&receivers));
    // Whether acts are told is learnt from acts with the sides that were chosen for them.
    let mut examples: Vec<Example> = Vec::new();
    for report in reports {
        let (_, weighed) = report.read(book, &weights);
        let acts: Vec<&Transfer> = weighed.iter().map(|w| &w.transfer).collect();
        for (act, right) in weighed.iter().zip(right(&acts, &report.labels())) {
            if right != Some(false) {
                examples.push((act.traits.clone(), right == Some(true)));
            }
        }
    }
    set(&mut weights, Question::Told, whether(&examples));
    weights.set(Question::Told, "threshold", LEAST);
    weights
}

/// As the table will have them.
fn set(weights: &mut Weights, question: Question, learnt: BTreeMap<&'static str, f64>) {
    learnt.into_iter().for_each(|(name, weight)| weights.set(question, name, (weight * 100.0).round() / 100.0));
}

/// For each act that a label is about: who may give, who may get, and who does by the label.
fn sides(book: &Rulebook, reports: &[&Report]) -> [Vec<Choice>; 2] {
    let mut out: [Vec<Choice>; 2] = Default::default();
    for report in reports {
        let labels = report.labels();
        for act in report.read(book, &Weights::default()).1 {
            let Some(label) = meant(&act, &labels, report.text()) else { continue };
            for (choices, candidates, wanted) in
                out.iter_mut().zip([(act.givers, &label["from"]), (act.receivers, &label["to"])]).map(|(o, (c, w))| (o, c, w))
            {
                let named = !texts(&wanted["names"]).is_empty() || !texts(&wanted["country"]).is_empty();
                let is = |who: &Who| named && side(std::slice::from_ref(who), wanted);
                choices.push(candidates.into_iter().map(|(who, traits)| (traits, is(&who))).collect());
            }
        }
    }
    out
}

/// The label that an act is about: of the same kind and goods, told in the words that it quotes or with one side right.
fn meant<'a>(act: &Weighed, labels: &[&'a Value], text: &str) -> Option<&'a Value> {
    let t = &act.transfer;
    let sides = |label: &Value| {
        let is = |list: &[Who], wanted: &Value| usize::from(!list.is_empty() && side(list, wanted));
        is(&t.givers, &label["from"]) + is(&t.receivers, &label["to"])
    };
    let near = |label: &Value| super::causes::touched(t, label, text);
    let fits = labels.iter().filter(|l| kinds(t, l) && items(t, &l["items"]) && (near(l) || sides(l) > 0));
    fits.max_by_key(|l| sides(l) + 2 * usize::from(near(l))).copied()
}
