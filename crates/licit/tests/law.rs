//! The encoded law: every case holds, every proof stands, and the slow reference agrees.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{act_of, cases, decision, ready};
use licit::{Ask, Rulebook, decide};
use model::VerdictSet;

fn possible(act: &licit::ReadAct) -> (VerdictSet, bool) {
    let answer = decide(Rulebook::embedded(), act, &Ask::default());
    (answer.decisions[0].possible, answer.decisions[0].exact)
}

#[test]
fn every_case_holds_and_its_proof_stands() {
    let mut problems = Vec::new();
    let all = cases();
    assert!(all.len() > 1000, "only {} cases were found", all.len());
    for case in &all {
        let act = act_of(case);
        for jurisdiction in &case.jurisdictions {
            let decision = decision(&act, jurisdiction);
            problems.extend(testkit::cases::check(case, &decision));
            let proof = testkit::proof::check(Rulebook::embedded().law(), &act.act, &decision);
            problems.extend(proof.into_iter().map(|p| format!("{}:{}: {}: {p}", case.file, case.line, case.name)));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_reference_agrees_on_every_case() {
    let (mut compared, mut problems) = (0, Vec::new());
    for case in cases() {
        let act = act_of(&case);
        let Some(slow) = testkit::reference::verdicts(Rulebook::embedded().law(), &act.act, "un") else { continue };
        compared += 1;
        let (fast, exact) = possible(&act);
        if exact && fast != slow || !fast.contains(slow) {
            problems.push(format!("{}:{}: {}: {fast:?} here, {slow:?} in the reference", case.file, case.line, case.name));
        }
    }
    assert!(compared > 1000, "the reference gave up too often: {compared} compared");
    assert!(
        problems.is_empty(),
        "{} of {compared} differ\n{}",
        problems.len(),
        problems.iter().take(30).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_reference_agrees_on_generated_acts() {
    let book = Rulebook::embedded().law();
    let (mut compared, mut inexact, mut problems) = (0, 0, Vec::new());
    let mut seen = [0usize; 16];
    for act in testkit::generate::acts(book, 20_260_222, 600) {
        let Some(slow) = testkit::reference::verdicts_within(book, &act, "un", 4000) else { continue };
        compared += 1;
        let act = ready(act);
        let (fast, exact) = possible(&act);
        inexact += usize::from(!exact);
        seen[slow.iter().fold(0, |bits, v| bits | 1 << v as usize)] += 1;
        if exact && fast != slow || !fast.contains(slow) {
            problems.push(format!("{}: {fast:?} here, {slow:?} in the reference", act.act.id));
        }
        let proof = testkit::proof::check(book, &act.act, &decision(&act, "un"));
        problems.extend(proof.into_iter().map(|p| format!("{}: {p}", act.act.id)));
    }
    // A generator that only makes clear or only makes unclear acts would test little. Regimes that hang on the same fact are judged
    // apart, so some answers are bounds.
    assert!(compared > 500 && inexact * 8 < compared, "{compared} compared, {inexact} not exact");
    assert!(seen.iter().filter(|n| **n > 20).count() >= 4, "too few sorts of answer: {seen:?}");
    assert!(
        problems.is_empty(),
        "{} of {compared} differ\n{}",
        problems.len(),
        problems.iter().take(30).cloned().collect::<Vec<_>>().join("\n")
    );
}
