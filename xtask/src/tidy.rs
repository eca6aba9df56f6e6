//! Tidiness as a test: crate edges, module docs, orphan tests, paragraphs and provisions without cover.

use crate::{book, cases, files};
use rulebook::{Condition, Exception, ExceptionKind};
use std::collections::{BTreeMap, BTreeSet};
use testkit::cases::Because;

/// What each crate may depend on inside the workspace, as `docs/architecture.md` says.
const EDGES: [(&str, &[&str]); 11] = [
    ("model", &[]),
    ("rulebook", &["model"]),
    ("decide", &["model", "rulebook"]),
    ("names", &["model"]),
    ("lists", &["model", "names"]),
    ("resolve", &["model", "lists", "names"]),
    ("read", &["model", "names"]),
    ("licit", &["model", "rulebook", "decide", "lists", "names", "resolve", "read"]),
    ("testkit", &["model", "rulebook"]),
    // The wheel, with a lock file of its own.
    ("cluster", &["resolve", "licit"]),
    ("python", &["resolve", "licit"]),
];

/// Most lines of a module; a longer one has two subjects.
const MOST_LINES: usize = 900;

pub(crate) fn run() -> bool {
    let mut problems = Vec::new();
    edges(&mut problems);
    modules(&mut problems);
    orphans(&mut problems);
    words(&mut problems);
    book::check(&mut problems);
    law(&mut problems);
    problems.iter().for_each(|p| println!("tidy: {p}"));
    println!("tidy: {} problems", problems.len());
    problems.is_empty()
}

fn edges(problems: &mut Vec<String>) {
    let known: BTreeMap<&str, &[&str]> = EDGES.into_iter().collect();
    for (file, text) in files::texts("crates", &["Cargo.toml"]) {
        let Some(name) = file.split('/').nth(1) else { continue };
        let Some(allowed) = known.get(name) else {
            problems.push(format!(
                "{file}: a crate that docs/architecture.md does not know; it needs a decision record and a line in xtask/src/tidy.rs"
            ));
            continue;
        };
        let Ok(table) = text.parse::<toml::Table>() else {
            problems.push(format!("{file}: not TOML"));
            continue;
        };
        let dependencies = table.get("dependencies").and_then(toml::Value::as_table);
        for dependency in dependencies.into_iter().flat_map(|d| d.keys()) {
            if known.contains_key(dependency.as_str()) && !allowed.contains(&dependency.as_str()) {
                problems.push(format!("{file}: {name} may not depend on {dependency}"));
            }
        }
    }
}

fn modules(problems: &mut Vec<String>) {
    for folder in ["crates", "xtask"] {
        for (file, text) in files::texts(folder, &[".rs"]) {
            if !text.starts_with("//!") {
                problems.push(format!("{file}: no module documentation on its first line"));
            }
            let lines = text.lines().count();
            if lines > MOST_LINES {
                problems.push(format!("{file}: {lines} lines, more than {MOST_LINES}"));
            }
        }
    }
}

/// A source file that no `mod` names is never compiled, so its tests never run.
fn orphans(problems: &mut Vec<String>) {
    let all = files::texts("crates", &[".rs"]);
    let named: BTreeSet<String> = all
        .iter()
        .flat_map(|(_, text)| text.lines())
        .filter_map(|l| l.trim().trim_start_matches("pub ").trim_start_matches("pub(crate) ").strip_prefix("mod "))
        .filter_map(|l| l.split([';', ' ', '{']).next().map(str::to_owned))
        .collect();
    for (file, _) in &all {
        let parts: Vec<&str> = file.split('/').collect();
        let stem = parts.last().map_or("", |l| l.trim_end_matches(".rs"));
        let folder = parts.get(2).copied().unwrap_or("");
        let module = if stem == "mod" { parts.get(parts.len().saturating_sub(2)).copied().unwrap_or("") } else { stem };
        if folder == "src" && !["lib", "main"].contains(&stem) && !named.contains(module) {
            problems.push(format!("{file}: no `mod {module}` anywhere, so it is never compiled"));
        }
    }
}

/// Words that have no place in the project.
fn words(problems: &mut Vec<String>) {
    for (file, text) in files::texts("", &[".rs", ".md", ".toml", ".py", ".csv"]) {
        for (number, line) in text.lines().enumerate() {
            if ["home", "root"].iter().any(|folder| line.contains(&format!("/{folder}/"))) {
                problems.push(format!("{file}:{}: an absolute path of some machine", number + 1));
            }
            if line.contains("#[ignore") && file.ends_with(".rs") && !file.starts_with("xtask/") {
                problems.push(format!("{file}:{}: a test that never runs", number + 1));
            }
        }
    }
}

/// A way to an authority that is shown only until that authority has spoken, as the first of two: it never lifts by itself.
fn only_opens(exception: &Exception) -> bool {
    let ExceptionKind::Derogation { authority, .. } = &exception.kind else { return false };
    let unspoken = |c: &Condition| matches!(c, Condition::Not(inner) if matches!(&**inner, Condition::Approved(a) if a == authority));
    match &exception.when {
        Condition::All(parts) => parts.iter().any(unspoken),
        one => unspoken(one),
    }
}

/// Every provision has a case in which it decides (or lifts, or arises), and one in which it is looked at and does not.
fn law(problems: &mut Vec<String>) {
    let Some(book) = cases::book() else {
        problems.push("the law files have problems".into());
        return;
    };
    let (all, good) = cases::all("");
    if !good {
        problems.push("the case files have problems".into());
    }
    let (mut decides, mut fails) = (BTreeSet::new(), BTreeSet::new());
    for because in all.iter().flat_map(|c| &c.because) {
        match because {
            Because::Decides(id) => drop(decides.insert(id.as_str())),
            Because::Lifts { exception, .. } => drop(decides.insert(exception.as_str())),
            Because::Considered(id) | Because::Not(id) => drop(fails.insert(id.as_str())),
            Because::Duty(id) | Because::Exposure(id) | Because::Conflict(id) => drop(decides.insert(id.as_str())),
            Because::Asks(_) | Because::Bound(_) => {}
        }
    }
    let law = book.law();
    for p in law.prohibitions.iter().filter(|p| p.when.is_some()) {
        if !decides.contains(p.id.as_str()) {
            let what = if p.effect == rulebook::Effect::Prohibits { "decides" } else { "arises" };
            problems.push(format!("{}: no case in which it {what}", p.id));
        }
        if !fails.contains(p.id.as_str()) {
            problems.push(format!("{}: no case that says `not {}`", p.id, p.id));
        }
    }
    for e in &law.exceptions {
        if !decides.contains(e.id.as_str()) && !only_opens(e) {
            problems.push(format!("{}: no case in which it lifts", e.id));
        }
        if !fails.contains(e.id.as_str()) {
            problems.push(format!("{}: no case in which it is considered and fails", e.id));
        }
    }
}
