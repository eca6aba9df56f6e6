//! Figures of the score: how many matches are found at a given share of hard neighbours let through, by sort of difference.

use super::pairs::{self, Counts, Dice, Listed, Pair};
use names::{DEFAULT_THRESHOLD, Kind, Name, compare};
use std::collections::BTreeMap;
use std::path::Path;

/// The score at which the given share of the negatives is let through.
fn cut(negatives: &mut [f32], share: f64) -> f32 {
    negatives.sort_by(|a, b| b.total_cmp(a));
    let allowed = (negatives.len() as f64 * share).floor() as usize;
    negatives.get(allowed).copied().unwrap_or(0.0)
}

fn score(p: &Pair, counts: &Counts) -> f32 {
    let (a, b) = (Name::read(&p.a, p.kind), Name::read(&p.b, p.kind));
    compare(&a, &b, counts).score
}

fn jaro_winkler(p: &Pair) -> f32 {
    let plain = |s: &str| -> String { names::fold::fold(s).chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect() };
    strsim::jaro_winkler(&plain(&p.a), &plain(&p.b)) as f32
}

fn table(title: &str, pairs: &[Pair], scores: &[f32], context: bool, slices: bool) {
    let with: Vec<(&Pair, f32)> = pairs.iter().zip(scores.iter().copied()).filter(|(p, _)| p.same || context || !p.needs_context).collect();
    let mut negatives: Vec<f32> = with.iter().filter(|(p, _)| !p.same).map(|(_, s)| *s).collect();
    let cuts = [0.01, 0.05, 0.10].map(|share| cut(&mut negatives, share));
    let found = |some: &[f32]| cuts.map(|c| 100.0 * some.iter().filter(|s| **s > c).count() as f64 / some.len().max(1) as f64);
    let all: Vec<f32> = with.iter().filter(|(p, _)| p.same).map(|(_, s)| *s).collect();
    let [one, five, ten] = found(&all);
    println!("\n{title}: {} matches, {} hard neighbours; cuts {:.3} {:.3} {:.3}", all.len(), negatives.len(), cuts[0], cuts[1], cuts[2]);
    println!("  {:42} {:>5} {:>7} {:>7} {:>7} {:>6}", "sort of difference", "n", "at 1 %", "at 5 %", "at 10 %", "lost");
    let line = |name: &str, some: &[f32]| {
        let [one, five, ten] = found(some);
        let lost = some.iter().filter(|s| **s <= cuts[1]).count();
        println!("  {name:42} {:>5} {one:>7.1} {five:>7.1} {ten:>7.1} {lost:>6}", some.len());
    };
    line("all", &all);
    let cross: Vec<f32> = with.iter().filter(|(p, _)| p.same && p.slice.starts_with("cross")).map(|(_, s)| *s).collect();
    line("across scripts", &cross);
    let _ = (one, five, ten);
    if slices {
        let mut by: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
        for (p, s) in with.iter().filter(|(p, _)| p.same) {
            by.entry(&p.slice).or_default().push(*s);
        }
        for (slice, some) in by {
            line(slice, &some);
        }
    }
}

fn f1(pairs: &[Pair], scores: &[f32], at: f32) -> (f64, f64, f64) {
    f1_of(&scores.iter().copied().zip(pairs.iter().map(|p| p.same)).collect::<Vec<_>>(), at)
}

/// F1, precision and recall at a threshold.
fn f1_of(scored: &[(f32, bool)], at: f32) -> (f64, f64, f64) {
    let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
    for (s, same) in scored {
        match (*s >= at, *same) {
            (true, true) => right += 1.0,
            (true, false) => wrong += 1.0,
            (false, true) => missed += 1.0,
            _ => {}
        }
    }
    let (precision, recall) = (right / f64::max(right + wrong, 1.0), right / f64::max(right + missed, 1.0));
    (200.0 * precision * recall / f64::max(precision + recall, 1e-9), 100.0 * precision, 100.0 * recall)
}

fn best_f1(pairs: &[Pair], scores: &[f32]) -> (f64, f32) {
    let mut best = (0.0, 0.0);
    for at in 1..200 {
        let at = at as f32 / 200.0;
        let (f, ..) = f1(pairs, scores, at);
        if f > best.0 {
            best = (f, at);
        }
    }
    best
}

const THRESHOLDS: [f32; 8] = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7];

/// Alerts on made-up people and finds of damaged names, each against the name it was made from.
fn load(listed: &[Listed], counts: &Counts, bench: &[(f32, bool)], errors: bool) {
    let people: Vec<&Listed> = listed.iter().filter(|l| l.kind == Kind::Person).collect();
    let mut dice = Dice(4711);
    let likeness = |a: &str, b: &Listed| compare(&Name::read(a, Some(b.kind)), &Name::read(&b.text, Some(b.kind)), counts).score;
    let mut made: Vec<f32> = Vec::new();
    while made.len() < 3000 {
        if let Some((text, one)) = pairs::recombined(&people, &mut dice) {
            made.push(likeness(&text, one));
        }
    }
    let mut by: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
    for l in listed {
        let Some((text, how)) = pairs::damaged(l, &mut dice) else { continue };
        let found = likeness(&text, l);
        by.entry(how).or_default().push(found);
        if errors && found < DEFAULT_THRESHOLD {
            println!("DAMAGED {found:.3} {how}: {text} | {}", l.text);
        }
    }
    let share = |some: &[f32], at: f32| 100.0 * some.iter().filter(|s| **s >= at).count() as f64 / some.len().max(1) as f64;
    let all: Vec<f32> = by.values().flatten().copied().collect();
    println!(
        "\nmade-up people (first names of one listed person, family name of another) and damaged listed names, against the name they were made from"
    );
    println!("  threshold   alerts in 1,000   damaged found   name_bench F1");
    for at in THRESHOLDS {
        let f = f1_of(bench, at).0;
        println!("  {at:>9.2}   {:>15.1}   {:>11.1} %   {f:>13.1}", 10.0 * share(&made, at), share(&all, at));
    }
    for (how, some) in &by {
        println!("  {how:20} {:.1} % of {} at the default", share(some, DEFAULT_THRESHOLD), some.len());
    }
}

/// How long one reading takes, and one judgement with the ties between words at hand, on listed people.
fn speed(listed: &[Listed], counts: &Counts) {
    let people: Vec<&Listed> = listed.iter().filter(|l| l.kind == Kind::Person).take(2000).collect();
    let start = std::time::Instant::now();
    let read: Vec<Name> = people.iter().map(|l| Name::read(&l.text, Some(Kind::Person))).collect();
    let reading = start.elapsed().as_secs_f64() * 1e6 / read.len() as f64;
    let pairs: Vec<(&Name, &Name, Vec<names::Tie>)> = (0..read.len() - 7)
        .map(|k| {
            let (a, b) = (&read[k], &read[k + 7]);
            let ties = a.words.iter().flat_map(|x| b.words.iter().map(|y| names::tie(x, y))).collect();
            (a, b, ties)
        })
        .collect();
    let start = std::time::Instant::now();
    let mut sum = 0.0;
    for _ in 0..20 {
        for (a, b, ties) in &pairs {
            sum += names::judge(a, b, |i, j| ties[i * b.words.len() + j], counts).score;
        }
    }
    let judging = start.elapsed().as_secs_f64() * 1e6 / (20 * pairs.len()) as f64;
    println!(
        "\nreading a listed person {reading:.2} µs; judging a pair with ties at hand {judging:.2} µs (mean score {:.3})",
        sum / (20 * pairs.len()) as f32
    );
}

/// One pair, with reasons and signs.
pub fn one(a: &str, b: &str, kind: &[&str]) -> Result<(), String> {
    let kind = match kind {
        ["person"] => Some(Kind::Person),
        ["body"] => Some(Kind::Body),
        ["vessel"] => Some(Kind::Vessel),
        _ => None,
    };
    let (a, b) = (Name::read(a, kind), Name::read(b, kind));
    for name in [&a, &b] {
        for w in &name.words {
            let forms: Vec<&str> = w.forms.iter().map(|f| &*f.text).collect();
            println!("{:?} {} {:?} {forms:?}", w.role, w.text, w.script);
        }
    }
    let found = compare(&a, &b, &names::BuiltIn);
    println!("{:.3}", found.score);
    for (k, s) in found.evidence.signs.iter().enumerate().filter(|(_, s)| **s != 0.0) {
        println!("  {s:.2} {}", names::evidence::SIGN_NAMES[k].0);
    }
    for reason in names::explain(&a, &b) {
        println!("- {reason}");
    }
    Ok(())
}

/// In each band of the score, the share of pairs that are the same.
fn calibration(pairs: &[Pair], scores: &[f32]) {
    println!("\nscore against truth");
    for low in [0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let high = if low < 0.4 { low + 0.2 } else { low + 0.1 };
        let some: Vec<bool> = pairs.iter().zip(scores).filter(|(_, s)| **s >= low && **s < high).map(|(p, _)| p.same).collect();
        let same = some.iter().filter(|s| **s).count();
        println!("  {low:.1} to {high:.1}: {:>5.1} % of {} are the same", 100.0 * same as f64 / some.len().max(1) as f64, some.len());
    }
}

pub fn run(shared: &Path, holdout: bool, errors: bool) -> Result<(), String> {
    let listed = pairs::listed(shared)?;
    let counts = Counts::of(&listed);
    let pairs = pairs::names_csv(shared, holdout)?;
    let start = std::time::Instant::now();
    let scores: Vec<f32> = pairs.iter().map(|p| score(p, &counts)).collect();
    let each = start.elapsed().as_secs_f64() * 1e6 / pairs.len() as f64;
    println!("reading both names and comparing: {each:.1} µs a pair");
    let title = if holdout { "names.csv, hold-out" } else { "names.csv, tuning part" };
    table(title, &pairs, &scores, true, true);
    table(&format!("{title}, without the negatives that need context"), &pairs, &scores, false, false);
    let plain: Vec<f32> = pairs.iter().map(jaro_winkler).collect();
    table(&format!("{title}, Jaro-Winkler"), &pairs, &plain, true, false);
    calibration(&pairs, &scores);
    if errors && !holdout {
        let mut wrong: Vec<(f32, &Pair)> = scores.iter().copied().zip(&pairs).collect();
        wrong.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (s, p) in wrong.iter().filter(|(_, p)| !p.same).take(60) {
            println!("FALSE {s:.3} {} | {}", p.a, p.b);
        }
        for (s, p) in wrong.iter().rev().filter(|(_, p)| p.same).take(500) {
            println!("MISSED {s:.3} {} | {} | {}", p.a, p.b, p.slice);
        }
    }
    let bench = pairs::name_bench(shared)?;
    let scores: Vec<f32> = bench.iter().map(|p| score(p, &counts)).collect();
    let plain: Vec<f32> = bench.iter().map(jaro_winkler).collect();
    let (best, at) = best_f1(&bench, &scores);
    let (f, precision, recall) = f1(&bench, &scores, DEFAULT_THRESHOLD);
    println!(
        "\nname_bench (open part): best F1 {best:.1} at {at:.3}; at the default {DEFAULT_THRESHOLD}: F1 {f:.1}, precision {precision:.1}, recall {recall:.1}"
    );
    println!("  Jaro-Winkler: best F1 {:.1}", best_f1(&bench, &plain).0);
    if errors {
        for (s, p) in scores.iter().zip(&bench) {
            if (*s >= DEFAULT_THRESHOLD) != p.same {
                println!("BENCH {} {s:.3} {} | {} {:?}", if p.same { "MISSED" } else { "FALSE" }, p.a, p.b, p.kind);
            }
        }
    }
    let scored: Vec<(f32, bool)> = scores.iter().copied().zip(bench.iter().map(|p| p.same)).collect();
    load(&listed, &counts, &scored, errors);
    speed(&listed, &counts);
    Ok(())
}
