//! Learns from labelled reports how much each trait counts (`data/reading/weights.csv`), and tells by what it has not learnt from how well it does.
//!
//! Logistic regression with a penalty on large weights, by Newton's method. Reports are dealt into folds by their order, so that nothing of a report
//! helps to judge it.

use super::rule::{matches, side, items, kinds, texts};
use licit::Rulebook;
use licit::read::{Question, Reading, Trait, Transfer, Weighed, Weights, Who};
use serde_json::Value;
use std::collections::BTreeMap;

const FOLDS: usize = 10;

/// Learns from files and prints what folds say; with `write`, the weights from all of them go into the table.
pub(crate) fn run(files: &[String], write: bool) -> bool {
    let mut reports = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(file) else {
            println!("{file}: cannot be read");
            return false;
        };
        let rows = text.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()).filter(|r| r["language"].as_str().is_none_or(|l| l == "en"));
        reports.extend(rows.map(|row| Report { file: file.clone(), row }));
    }
    let book = Rulebook::embedded();
    let rules = Weights::default();
    let mut whole: BTreeMap<&str, [Count; 2]> = BTreeMap::new();
    for fold in 0..FOLDS {
        let (apart, others): (Vec<_>, Vec<_>) = reports.iter().enumerate().partition(|(at, _)| at % FOLDS == fold);
        let others: Vec<&Report> = others.into_iter().map(|(_, r)| r).collect();
        let weights = learn(book, &others);
        for (_, report) in apart {
            if std::env::var("WHO").is_ok() {
                let (_, weighed) = report.read(book, &Weights::default());
                let labels = report.labels();
                for act in &weighed {
                    let Some(label) = meant(act, &labels, report.row["text"].as_str().unwrap_or_default()) else { continue };
                    for (q, list, mine, wanted) in [(Question::Giver, &act.givers, &act.transfer.givers, &label["from"]), (Question::Receiver, &act.receivers, &act.transfer.receivers, &label["to"])] {
                        if texts(&wanted["names"]).is_empty() && texts(&wanted["country"]).is_empty() { continue; }
                        let mut odds: Vec<(f64, &Who, &Vec<Trait>)> = list.iter().map(|(w, t)| (weights.odds(q, t), w, t)).collect();
                        odds.sort_by(|a, b| b.0.total_cmp(&a.0));
                        let is = |w: &Who| side(std::slice::from_ref(w), wanted);
                        let state = if mine.is_empty() { "missing" } else if side(mine, wanted) { "right" } else { "wrong" };
                        let top = odds.first().map(|(o, w, _)| format!("{:.1} {} {:?} {}", o, w.name, w.countries.first().map(|c| c.code().to_owned()), if is(w) { "HIT" } else { "no" })).unwrap_or_default();
                        let hit = odds.iter().find(|(_, w, _)| is(w)).map(|(o, w, t)| format!("{o:.1} {} {:?}", w.name, if state == "missing" { t.iter().map(|x| x.0).collect::<Vec<_>>() } else { vec![] })).unwrap_or_default();
                        println!("WHO {} {} {} top {} | gold {}", report.row["id"], q.word(), state, top, hit);
                    }
                }
            }
            if std::env::var("SHOW").is_ok() && report.file.contains("labels") {
                let (reading, weighed) = report.read(book, &weights);
                let text = report.row["text"].as_str().unwrap_or_default();
                let labels = report.labels();
                println!("== {}", report.row["id"]);
                let found = right(&reading.transfers.iter().collect::<Vec<_>>(), &labels);
                let acts: Vec<&Transfer> = weighed.iter().map(|w| &w.transfer).collect();
                let r = right(&acts, &labels);
                for (w, r) in weighed.iter().zip(r) {
                    let odds = weights.odds(Question::Told, &w.traits);
                    let inf = |l: &[Who]| if l.iter().any(|w| w.inferred) { "*" } else { "" };
                    println!("  {} {} {odds:.1} g{} r{} {}", if w.told { "TOLD" } else { "    " }, match r { Some(true) => "RIGHT", Some(false) => "maybe", None => "wrong" }, inf(&w.transfer.givers), inf(&w.transfer.receivers), super::said(&w.transfer, text));
                }
                let _ = found;
                for label in labels.iter().filter(|l| super::gold_must(l)) {
                    let ok = acts.iter().zip(&weighed).any(|(a, w)| w.told && matches(a, label));
                    if !ok {
                        let base: Vec<&Weighed> = weighed.iter().filter(|w| kinds(&w.transfer, label) && items(&w.transfer, &label["items"])).collect();
                        let full = base.iter().find(|w| matches(&w.transfer, label));
                        let fate = match full {
                            Some(w) if w.told => "taken by another",
                            Some(_) => "dropped",
                            None if base.is_empty() => if weighed.iter().any(|w| super::causes::touched(&w.transfer, label, text)) { "kind or item" } else { "not weighed" },
                            None => {
                                let best = base.iter().max_by_key(|w| (usize::from(side(&w.transfer.givers, &label["from"])) + usize::from(side(&w.transfer.receivers, &label["to"]))) * 2 + usize::from(super::causes::touched(&w.transfer, label, text))).unwrap();
                                match (side(&best.transfer.givers, &label["from"]), side(&best.transfer.receivers, &label["to"]), super::causes::touched(&best.transfer, label, text)) {
                                    (true, false, true) => if best.transfer.receivers.iter().any(|w| w.inferred) { "receiver chosen wrong" } else { "receiver ruled wrong" },
                                    (false, true, true) => if best.transfer.givers.iter().any(|w| w.inferred) { "giver chosen wrong" } else { "giver ruled wrong" },
                                    (false, false, true) => "both wrong",
                                    (_, _, false) => "not weighed, like goods elsewhere",
                                    _ => "?",
                                }
                            }
                        };
                        println!("FATE {fate}");
                        println!("  MISSED {} {} -> {} {}: {}", label["kind"], label["from"]["country"], label["to"]["country"], label["items"], label["quote"]); }
                }
            }
            for (which, weights) in [&rules, &weights].into_iter().enumerate() {
                let (reading, _) = report.read(book, weights);
                let count = report.count(&reading);
                for key in [report.file.as_str(), "together"] {
                    whole.entry(key).or_default()[which].add(count);
                }
            }
        }
    }
    if std::env::var("REACH").is_ok() {
        let mut n = [0usize; 6];
        for report in &reports {
            if !report.file.contains("labels") { continue; }
            let (_, weighed) = report.read(book, &rules);
            let text = report.row["text"].as_str().unwrap_or_default();
            for label in report.labels().into_iter().filter(|l| super::gold_must(l)) {
                let of = |list: &[(Who, Vec<Trait>)], wanted: &Value| (texts(&wanted["names"]).is_empty() && texts(&wanted["country"]).is_empty()) || list.iter().any(|(w, _)| side(std::slice::from_ref(w), wanted));
                n[0] += 1;
                let base = |w: &&Weighed| kinds(&w.transfer, label) && items(&w.transfer, &label["items"]);
                let full = weighed.iter().any(|w| matches(&w.transfer, label));
                let reach = weighed.iter().filter(base).any(|w| of(&w.givers, &label["from"]) && of(&w.receivers, &label["to"]));
                let touched = weighed.iter().any(|w| super::causes::touched(&w.transfer, label, text));
                n[1] += usize::from(full);
                n[2] += usize::from(reach);
                n[3] += usize::from(touched);
                if !reach { println!("OUT {} {} touched {touched} {} {} -> {} {}", report.row["id"], label["kind"], label["quote"], label["from"]["country"], label["to"]["country"], label["items"]);
                    for w in weighed.iter().filter(|w| super::causes::touched(&w.transfer, label, text)) { println!("      {}", super::said(&w.transfer, text)); } }
            }
        }
        println!("of {} wanted: as weighed {}, within reach {}, touched {}", n[0], n[1], n[2], n[3]);
    }
    for (file, [rules, learnt]) in &whole {
        println!("{file}\n  by rules alone    {rules}\n  learnt, unseen    {learnt}");
    }
    let all: Vec<&Report> = reports.iter().collect();
    let weights = learn(book, &all);
    if write {
        let mut table = String::from("question,trait,weight\n");
        for question in Question::ALL {
            for (name, weight) in weights.of(question) {
                table.push_str(&format!("{},{name},{weight:.2}\n", question.word()));
            }
        }
        return std::fs::write(crate::files::root().join("data/reading/weights.csv"), table).is_ok();
    }
    for question in Question::ALL {
        let mut of = weights.of(question);
        of.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let shown: Vec<String> = of.iter().take(30).map(|(n, w)| format!("{n} {w:.1}")).collect();
        println!("{}: {}", question.word(), shown.join(", "));
    }
    true
}

struct Report {
    file: String,
    row: Value,
}

/// Acts wanted, found, right; of texts without an act, false ones.
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
        write!(
            f,
            "{} wanted, {} found, {} right: precision {:.1}, recall {:.1}, F1 {:.1}",
            self.wanted,
            self.found,
            self.right,
            share(self.right, self.found),
            share(self.right, self.wanted),
            share(2 * self.right, self.found + self.wanted)
        )
    }
}

impl Report {
    fn read(&self, book: &Rulebook, weights: &Weights) -> (Reading, Vec<Weighed>) {
        let text = self.row["text"].as_str().unwrap_or_default();
        let published = self.row["published"].as_str().and_then(|d| d.parse().ok());
        book.reader().study(text, published, &|words| book.goods_category(words), weights)
    }

    fn labels(&self) -> Vec<&Value> {
        self.row["transfers"].as_array().into_iter().flatten().collect()
    }

    fn count(&self, reading: &Reading) -> Count {
        let labels = self.labels();
        let right = right(&reading.transfers.iter().collect::<Vec<_>>(), &labels);
        let must = |l: &&&Value| super::gold_must(l);
        Count {
            wanted: labels.iter().filter(must).count(),
            found: right.iter().filter(|r| !matches!(r, Some(false))).count(),
            right: right.iter().filter(|r| **r == Some(true)).count(),
        }
    }
}

/// Of each act, whether a label asks for it; `Some(false)` where careful readers may disagree, `None` where no label knows it.
fn right(acts: &[&Transfer], labels: &[&Value]) -> Vec<Option<bool>> {
    let mut taken = vec![false; labels.len()];
    acts.iter()
        .map(|act| {
            let free = |must: bool, taken: &[bool]| (0..labels.len()).find(|l| !taken[*l] && super::gold_must(labels[*l]) == must && matches(act, labels[*l]));
            match free(true, &taken) {
                Some(label) => {
                    taken[label] = true;
                    Some(true)
                }
                None => labels.iter().any(|l| !super::gold_must(l) && matches(act, l)).then_some(false),
            }
        })
        .collect()
}

/// Traits, and whether the answer is yes.
type Example = (Vec<Trait>, bool);

/// Who may stand on a side, and who does.
type Choice = Vec<Example>;

fn learn(book: &Rulebook, reports: &[&Report]) -> Weights {
    let mut weights = Weights::default();
    let mut examples: [Vec<Choice>; 2] = Default::default();
    for report in reports {
        let (_, weighed) = report.read(book, &Weights::default());
        let labels = report.labels();
        for act in &weighed {
            let Some(label) = meant(act, &labels, report.row["text"].as_str().unwrap_or_default()) else { continue };
            for (of, candidates, wanted) in [(0, &act.givers, &label["from"]), (1, &act.receivers, &label["to"])] {
                if texts(&wanted["names"]).is_empty() && texts(&wanted["country"]).is_empty() {
                    continue;
                }
                let is = |who: &Who| side(std::slice::from_ref(who), wanted);
                examples[of].push(candidates.iter().map(|(who, traits)| (traits.clone(), is(who))).collect());
            }
        }
    }
    let env = |name: &str, or: f64| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or);
    if env("SIDES", 1.0) > 0.0 {
    for (question, examples) in [Question::Giver, Question::Receiver].into_iter().zip(&examples) {
        choose(&mut weights, question, examples, env("PS", 2.0));
        weights.set(question, "clearly", env("CL", 2.0));
    }
    }
    if env("TOLD", 1.0) == 0.0 {
        return weights;
    }
    // Whether acts are told is learnt from acts with the sides that were chosen for them.
    let mut examples = Vec::new();
    for report in reports {
        let (_, weighed) = report.read(book, &weights);
        let acts: Vec<&Transfer> = weighed.iter().map(|w| &w.transfer).collect();
        for (act, right) in weighed.iter().zip(right(&acts, &report.labels())) {
            if right != Some(false) {
                examples.push((act.traits.clone(), right == Some(true)));
            }
        }
    }
    fit(&mut weights, Question::Told, &examples, env("PT", 3.0));
    weights.set(Question::Told, "threshold", env("TT", -0.3));
    weights
}

/// The label that an act is about: of the same kind and goods, told in the words that it quotes or with one side right.
fn meant<'a>(act: &Weighed, labels: &[&'a Value], text: &str) -> Option<&'a Value> {
    let t = &act.transfer;
    let near = |label: &Value| {
        texts(&label["quote"]).iter().filter_map(|q| text.find(q).map(|at| (at, at + q.len()))).any(|(from, to)| t.told.iter().any(|s| s.0 < to && from < s.1))
    };
    let sides = |label: &Value| {
        usize::from(!t.givers.is_empty() && side(&t.givers, &label["from"])) + usize::from(!t.receivers.is_empty() && side(&t.receivers, &label["to"]))
    };
    let fits = labels.iter().filter(|l| kinds(t, l) && items(t, &l["items"]) && (near(l) || sides(l) > 0));
    fits.max_by_key(|l| sides(l) + 2 * usize::from(near(l))).copied()
}

/// What tells the right one from the others: the conditional likelihood of the choice, by gradient steps.
fn choose(weights: &mut Weights, question: Question, choices: &[Choice], penalty: f64) {
    let mut names: Vec<&'static str> = choices.iter().flatten().flat_map(|(t, _)| t.iter().map(|(n, _)| *n)).collect();
    names.sort_unstable();
    names.dedup();
    let drop = std::env::var("DROP").unwrap_or_default();
    names.retain(|n| !drop.split(',').any(|d| !d.is_empty() && n.starts_with(d)));
    let place = |name: &str| names.binary_search(&name).ok();
    type Row = (Vec<(usize, f64)>, bool);
    let lists: Vec<Vec<Row>> = choices
        .iter()
        .filter(|c| c.iter().any(|(_, yes)| *yes) && c.iter().any(|(_, yes)| !*yes))
        .map(|c| c.iter().map(|(t, yes)| (t.iter().filter_map(|(n, v)| Some((place(n)?, *v))).collect(), *yes)).collect())
        .collect();
    let n = names.len();
    let mut w = vec![0.0; n];
    for _ in 0..12 {
        let mut gradient: Vec<f64> = w.iter().map(|w| penalty * w).collect();
        let mut matrix = vec![vec![0.0; n]; n];
        for (i, row) in matrix.iter_mut().enumerate() {
            row[i] = penalty;
        }
        for list in &lists {
            let odds: Vec<f64> = list.iter().map(|(t, _)| t.iter().map(|(i, v)| w[*i] * v).sum()).collect();
            let highest = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let e: Vec<f64> = odds.iter().map(|o| (o - highest).exp()).collect();
            let all: f64 = e.iter().sum();
            let right: f64 = e.iter().zip(list).filter(|(_, (_, yes))| *yes).map(|(e, _)| e).sum();
            let mut mean = vec![0.0; n];
            for (e, (traits, yes)) in e.iter().zip(list) {
                let p = e / all;
                let q = if *yes { e / right } else { 0.0 };
                for (i, v) in traits {
                    gradient[*i] += (p - q) * v;
                    mean[*i] += p * v;
                    for (j, u) in traits {
                        matrix[*i][*j] += p * v * u;
                    }
                }
            }
            let some: Vec<usize> = (0..n).filter(|i| mean[*i] != 0.0).collect();
            for i in &some {
                for j in &some {
                    matrix[*i][*j] -= mean[*i] * mean[*j];
                }
            }
        }
        let step = solve(matrix, gradient);
        w.iter_mut().zip(&step).for_each(|(w, s)| *w -= s);
        if step.iter().all(|s| s.abs() < 1e-5) {
            break;
        }
    }
    names.iter().zip(&w).for_each(|(name, w)| weights.set(question, name, (w * 100.0).round() / 100.0));
}

/// Newton's method on the penalised likelihood; few traits, so the full matrix is small.
fn fit(weights: &mut Weights, question: Question, examples: &[Example], penalty: f64) {
    let mut names: Vec<&'static str> = examples.iter().flat_map(|(t, _)| t.iter().map(|(n, _)| *n)).collect();
    names.sort_unstable();
    names.dedup();
    let drop = std::env::var("DROPT").unwrap_or_default();
    names.retain(|n| !drop.split(',').any(|d| !d.is_empty() && n.starts_with(d)));
    let find = |name: &str| names.binary_search(&name).ok();
    let place = |name: &str| names.binary_search(&name).unwrap_or(0);
    let rows: Vec<(Vec<(usize, f64)>, f64)> =
        examples.iter().map(|(t, yes)| (t.iter().filter_map(|(n, v)| Some((find(n)?, *v))).collect(), f64::from(u8::from(*yes)))).collect();
    let always = place("always");
    let mut w = vec![0.0; names.len()];
    for _ in 0..12 {
        let mut gradient: Vec<f64> = w.iter().enumerate().map(|(i, w)| if i == always { 0.01 * w } else { penalty * w }).collect();
        let mut matrix = vec![vec![0.0; names.len()]; names.len()];
        for (i, row) in matrix.iter_mut().enumerate() {
            row[i] = if i == always { 0.01 } else { penalty };
        }
        for (traits, yes) in &rows {
            let odds: f64 = traits.iter().map(|(i, v)| w[*i] * v).sum();
            let p = 1.0 / (1.0 + (-odds).exp());
            for (i, v) in traits {
                gradient[*i] += (p - yes) * v;
                for (j, u) in traits {
                    matrix[*i][*j] += p * (1.0 - p) * v * u;
                }
            }
        }
        let step = solve(matrix, gradient);
        w.iter_mut().zip(&step).for_each(|(w, s)| *w -= s);
        if step.iter().all(|s| s.abs() < 1e-6) {
            break;
        }
    }
    names.iter().zip(&w).for_each(|(name, w)| weights.set(question, name, (w * 100.0).round() / 100.0));
}

/// Solves a system of equations with a matrix that is symmetric and positive: Gauss without a search for pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        let pivot = matrix[i].clone();
        for j in i + 1..n {
            let factor = matrix[j][i] / pivot[i];
            if factor != 0.0 {
                matrix[j].iter_mut().zip(&pivot).skip(i).for_each(|(x, p)| *x -= factor * p);
                right[j] -= factor * right[i];
            }
        }
    }
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - rest) / matrix[i][i];
    }
    right
}
