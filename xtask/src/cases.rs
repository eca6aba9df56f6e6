//! Runs the worked cases against the law on disk.

use crate::files;
use licit::{Ask, Format, ReadAct, Rulebook, decide};
use serde_json::Value;
use testkit::cases::Case;

/// Reads the law on disk; tells every problem.
pub(crate) fn book() -> Option<Rulebook> {
    match Rulebook::read(&files::law()) {
        Ok(book) => Some(book),
        Err(problems) => {
            println!("{problems}");
            println!("{} problems in the law files", problems.0.len());
            None
        }
    }
}

/// All cases, or those of files or rows whose name has the part; problems of the files go to standard output.
pub(crate) fn all(part: &str) -> (Vec<Case>, bool) {
    let (mut cases, mut good) = (Vec::new(), true);
    for (file, text) in files::texts("cases", &[".md"]) {
        let (read, problems) = testkit::cases::read(&file, &text);
        good &= problems.is_empty();
        problems.iter().for_each(|p| println!("{p}"));
        cases.extend(read.into_iter().filter(|c| file.contains(part) || c.name.contains(part)));
    }
    (cases, good)
}

/// The act of a case, read.
pub(crate) fn act(book: &Rulebook, case: &Case) -> Result<ReadAct, String> {
    let text = without_words(&case.act).to_string();
    book.read_act(text.as_bytes(), Format::Json).map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// The decision of a case as the contract's JSON, for one jurisdiction; or why the act could not be read.
pub(crate) fn decision(book: &Rulebook, act: &ReadAct, jurisdiction: &str) -> Result<Value, String> {
    let ask = Ask { jurisdictions: vec![jurisdiction.to_owned()], ..Ask::default() };
    let answer: Value = serde_json::from_str(&decide(book, act, &ask).json(false)).map_err(|e| e.to_string())?;
    answer.pointer("/decisions/0").cloned().ok_or_else(|| "no decision".into())
}

/// What is wrong with the answer to a case; nothing when all is as the law requires.
pub(crate) fn check(book: &Rulebook, case: &Case, act: &ReadAct) -> Vec<String> {
    let one = |j: &String| decision(book, act, j).map_or_else(|p| vec![p], |d| testkit::cases::check(case, &d));
    case.jurisdictions.iter().flat_map(one).collect()
}

/// Cases state facts outright; so that no word of a description can decide one, descriptions are left out, unless an
/// approval on record has to be compared with them.
fn without_words(act: &Value) -> Value {
    let mut act = act.clone();
    let compared = act["approvals"].as_array().into_iter().flatten().any(|a| a["covers"].as_array().is_some_and(|c| !c.is_empty()));
    if !compared {
        for item in act["items"].as_array_mut().into_iter().flatten() {
            if let Some(item) = item.as_object_mut() {
                item.remove("description");
            }
        }
    }
    act
}

pub(crate) fn law() -> bool {
    let Some(book) = book() else { return false };
    println!(
        "{} instruments, {} prohibitions and duties, {} exceptions: no problem",
        book.law().instruments.len(),
        book.law().prohibitions.len(),
        book.law().exceptions.len()
    );
    true
}

pub(crate) fn run(part: &str) -> bool {
    let Some(book) = book() else { return false };
    let (cases, mut good) = all(part);
    let mut failed = 0;
    for case in &cases {
        let problems = act(&book, case).map_or_else(|p| vec![p], |act| check(&book, case, &act));
        if !problems.is_empty() {
            failed += 1;
            println!("{}", problems.join("; "));
        }
    }
    println!("{} cases, {failed} failed", cases.len());
    good &= failed == 0;
    good
}
