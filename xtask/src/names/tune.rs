//! The weights of the score: a logistic model whose signs may only speak the way they should, fitted on the tuning part.

use super::pairs::{self, Counts, Dice, Listed, Pair};
use super::strangers;
use names::evidence::{Evidence, SIGN_NAMES, SIGNS};
use names::{BuiltIn, Kind, Name, compare, weighed};
use std::fmt::Write as _;
use std::path::Path;

const STEPS: usize = 2500;
const DAMP: f32 = 0.0004;

/// Strangers whose name is in another script are hardly among the pairs, so what another script speaks for is held down.
const OTHER_SCRIPT: usize = 19;
const MOST_FOR_SCRIPT: f32 = 1.4;

/// One pair as the model sees it.
pub struct Row {
    pub signs: [f32; SIGNS],
    pub same: bool,
    pub weight: f32,
    pub person: bool,
    pub part: u32,
}

/// Every pair that may be learnt from.
pub fn training(shared: &Path, listed: &[Listed]) -> Result<Vec<Pair>, String> {
    let mut all = pairs::names_csv(shared, false)?;
    all.extend(across_scripts(&all));
    // Hard neighbours are few, and it is they that the score is asked to tell apart.
    all.iter_mut().filter(|p| !p.same && !p.slice.starts_with("across")).for_each(|p| p.weight *= 4.0);
    all.extend(pairs::name_bench(shared)?.into_iter().map(|p| Pair { weight: 1.5, ..p }));
    all.extend(pairs::entity_bench(shared)?);
    // No party of the hold-out is learnt from, by any road.
    let forbidden = pairs::forbidden(shared)?;
    let barred = |text: &str| forbidden.contains(&text.to_lowercase());
    all.extend(pairs::across(shared)?.into_iter().filter(|p| !barred(&p.a) && !barred(&p.b)));
    all.extend(pairs::aliases(shared, &forbidden, 2500)?);
    all.extend(strangers::pairs(shared, &forbidden)?);
    let listed: Vec<&Listed> = listed.iter().filter(|l| !barred(&l.text)).collect();
    let mut dice = Dice(11);
    let made = |a: String, l: &Listed, same: bool, slice: &str, weight: f32| Pair {
        part: crc32fast::hash(l.text.as_bytes()) % 10,
        a,
        b: l.text.clone(),
        kind: Some(l.kind),
        same,
        needs_context: false,
        slice: slice.to_owned(),
        weight,
    };
    for l in listed.iter().step_by(3) {
        if let Some((text, how)) = pairs::damaged(l, &mut dice) {
            all.push(made(text, l, true, how, 1.0));
        }
    }
    for kind in [Kind::Person, Kind::Body, Kind::Vessel] {
        let some: Vec<&Listed> = listed.iter().copied().filter(|l| l.kind == kind).collect();
        for _ in 0..(if kind == Kind::Person { 3000 } else { 800 }) {
            if let Some((text, one)) = pairs::recombined(&some, &mut dice) {
                all.push(made(text, one, false, "recombined", if kind == Kind::Person { 0.35 } else { 0.15 }));
            }
        }
        for _ in 0..500 {
            let (x, y) = (some[dice.below(some.len())], some[dice.below(some.len())]);
            if x.text != y.text {
                all.push(made(x.text.clone(), y, false, "unrelated", 0.15));
            }
        }
    }
    Ok(all)
}

/// Negatives across scripts, which the shared data has hardly any of: if A is not B and A is written A' elsewhere, A' is not B;
/// and the foreign writing of one party beside the name of another.
fn across_scripts(known: &[Pair]) -> Vec<Pair> {
    let foreign: Vec<&Pair> = known.iter().filter(|p| p.same && p.slice.starts_with("cross")).collect();
    let mut out = Vec::new();
    let mut dice = Dice(5);
    for p in known.iter().filter(|p| !p.same && !p.needs_context) {
        for f in foreign.iter().filter(|f| f.a == p.a || f.a == p.b) {
            let other = if f.a == p.a { &p.b } else { &p.a };
            out.push(Pair {
                a: other.clone(),
                b: f.b.clone(),
                same: false,
                slice: "across scripts, neighbour".to_owned(),
                weight: 1.0,
                ..(*f).clone()
            });
        }
    }
    for f in &foreign {
        for _ in 0..3 {
            let other = foreign[dice.below(foreign.len())];
            let script = |s: &str| s.chars().find_map(names::script::Script::of);
            let apart = other.a != f.a && other.a != f.b && other.b != f.a && other.kind == f.kind;
            if apart && script(&other.b) != script(&f.a) {
                let slice = "across scripts, unrelated".to_owned();
                out.push(Pair { a: f.a.clone(), b: other.b.clone(), same: false, slice, weight: 0.5, ..(*f).clone() });
            }
        }
    }
    out
}

pub fn row(p: &Pair, counts: &Counts) -> Row {
    let (a, b) = (Name::read(&p.a, p.kind), Name::read(&p.b, p.kind));
    let person = a.read_as == Kind::Person && b.read_as == Kind::Person;
    let found = if p.slice.starts_with(strangers::SLICE) { compare(&a, &b, &BuiltIn) } else { compare(&a, &b, counts) };
    Row { signs: found.evidence.signs, same: p.same, weight: p.weight, person, part: p.part }
}

#[allow(clippy::needless_range_loop, reason = "one number per sign in five arrays")]
/// Fits the weights by gradient descent with momentum; a weight that turns against its sign is set to nothing.
pub fn fit(rows: &[&Row]) -> [f32; SIGNS] {
    let total: f32 = rows.iter().map(|r| r.weight).sum();
    let (mut w, mut m, mut v) = ([0.0_f32; SIGNS], [0.0_f32; SIGNS], [0.0_f32; SIGNS]);
    for step in 1..=STEPS {
        let mut g = [0.0_f32; SIGNS];
        for r in rows {
            let z: f32 = (0..SIGNS).map(|k| w[k] * r.signs[k]).sum();
            let wrong = (1.0 / (1.0 + (-z).exp()) - if r.same { 1.0 } else { 0.0 }) * r.weight / total;
            for k in 0..SIGNS {
                g[k] += wrong * r.signs[k];
            }
        }
        let rate = 0.05 * (1.0 - 0.9 * step as f32 / STEPS as f32);
        for k in 0..SIGNS {
            let grad = g[k] + if k == 0 { 0.0 } else { DAMP * w[k] * 0.1 };
            m[k] = 0.9 * m[k] + 0.1 * grad;
            v[k] = 0.999 * v[k] + 0.001 * grad * grad;
            let (mh, vh) = (m[k] / (1.0 - 0.9_f32.powi(step as i32)), v[k] / (1.0 - 0.999_f32.powi(step as i32)));
            w[k] -= rate * mh / (vh.sqrt() + 1e-6);
            if k == OTHER_SCRIPT {
                w[k] = w[k].min(MOST_FOR_SCRIPT);
            }
            let sign = SIGN_NAMES[k].1;
            if sign > 0 {
                w[k] = w[k].max(0.0);
            } else if sign < 0 {
                w[k] = w[k].min(0.0);
            }
        }
    }
    w
}

/// How the tuning part of `names.csv` and the open part of `name_bench` come out when their own part is not learnt from.
fn crossed(all: &[Pair], rows: &[Row]) {
    let bench = |p: &Pair| p.slice == "name_bench";
    let mut scored: Vec<(f32, bool)> = Vec::new();
    let mut benched: Vec<(f32, bool)> = Vec::new();
    for fold in 0..5 {
        let mine = |r: &Row| r.part % 5 == fold;
        let models = [true, false].map(|person| fit(&rows.iter().filter(|r| r.person == person && !mine(r)).collect::<Vec<_>>()));
        for (p, r) in all.iter().zip(rows).filter(|(_, r)| mine(r)) {
            let score = weighed(&Evidence { signs: r.signs }, &models[usize::from(!r.person)]);
            if bench(p) {
                benched.push((score, p.same));
            } else if NAMES_CSV.iter().any(|s| p.slice.starts_with(s)) {
                scored.push((score, p.same));
            }
        }
    }
    let mut negatives: Vec<f32> = scored.iter().filter(|s| !s.1).map(|s| s.0).collect();
    negatives.sort_by(|a, b| b.total_cmp(a));
    let found = |share: usize| {
        let cut = negatives[negatives.len() * share / 100];
        100.0 * scored.iter().filter(|s| s.1 && s.0 > cut).count() as f64 / scored.iter().filter(|s| s.1).count() as f64
    };
    let f1 = |at: f32| {
        let right = benched.iter().filter(|s| s.1 && s.0 >= at).count() as f64;
        let wrong = benched.iter().filter(|s| s.1 != (s.0 >= at)).count() as f64;
        200.0 * right / (2.0 * right + wrong)
    };
    let best = (1..100).map(|k| f1(k as f32 / 100.0)).fold(0.0, f64::max);
    println!(
        "crossed over five parts: found {:.1} / {:.1} / {:.1} % at 1 / 5 / 10 %; name_bench best F1 {best:.1}, at the default {:.1}",
        found(1),
        found(5),
        found(10),
        f1(names::DEFAULT_THRESHOLD)
    );
}

/// How the slices of `names.csv` begin.
const NAMES_CSV: [&str; 16] = [
    "cross_",
    "romanisation",
    "rus_ukr",
    "spacing",
    "case_",
    "initials",
    "honorific",
    "token_order",
    "dropped_",
    "added_",
    "legal_",
    "alias_or",
    "acronym",
    "hard_",
    "mined_",
    "token_",
];

pub fn run(shared: &Path, root: &Path) -> Result<(), String> {
    let listed = pairs::listed(shared)?;
    let counts = Counts::of(&listed);
    let all = training(shared, &listed)?;
    let rows: Vec<Row> = all.iter().map(|p| row(p, &counts)).collect();
    println!("{} pairs, {} of people", rows.len(), rows.iter().filter(|r| r.person).count());
    crossed(&all, &rows);
    let mut out = String::from(
        "//! The weights of the score, fitted by `cargo run --release -p xtask -- names tune` on the tuning part; do not edit.\n",
    );
    for (name, about, person) in [("PERSON", "people", true), ("BODY", "bodies, ships and aircraft", false)] {
        let some: Vec<&Row> = rows.iter().filter(|r| r.person == person).collect();
        let w = fit(&some);
        let _ = write!(out, "\n/// Weights for {about}.\n#[rustfmt::skip]\npub(crate) const {name}: &[f32] = &[\n");
        for (k, value) in w.iter().enumerate() {
            println!("{name:6} {value:7.2}  {}", SIGN_NAMES[k].0);
            let _ = writeln!(out, "    {value:.3}, // {}", SIGN_NAMES[k].0);
        }
        out.push_str("];\n");
    }
    let to = root.join("crates/names/src/weights.rs");
    std::fs::write(&to, out).map_err(|e| format!("{}: {e}", to.display()))
}
