//! The law mutator: change the law in one place at a time and see which changes no case notices.

use crate::cases;
use licit::{ReadAct, Rulebook};
use rayon::prelude::*;
use std::collections::BTreeMap;
use testkit::cases::Case;
use testkit::mutate::Edit;

/// Why a mutant that no case can notice means the same law as before.
const EXPLAINED: &str = "docs/mutants.md";

pub(crate) fn run(part: &str) -> bool {
    let Some(book) = cases::book() else { return false };
    let (all, good) = cases::all("");
    let count = all.len();
    let ready: Vec<(Case, ReadAct)> = all
        .into_iter()
        .filter_map(|c| cases::act(&book, &c).ok().map(|a| (c, a)))
        .filter(|(c, a)| cases::check(&book, c, a).is_empty())
        .collect();
    if ready.len() < count {
        // A case that fails anyway would seem to kill every mutant.
        println!("{} cases fail on the law as it is and are left out", count - ready.len());
    }
    let edits: Vec<Edit> = testkit::mutate::edits(book.law()).into_iter().filter(|e| e.id.contains(part)).collect();
    let survivors: Vec<&Edit> = edits.par_iter().filter(|edit| !killed(&book, edit, &ready)).collect();
    let explained = crate::files::texts("docs", &["mutants.md"]).into_iter().map(|(_, t)| t).collect::<String>();
    let mut by_id: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for edit in &survivors {
        by_id.entry(&edit.id).or_default().push(&edit.what);
    }
    let mut unexplained = 0;
    for (id, whats) in &by_id {
        for what in whats {
            let known = explained.contains(&format!("`{id}`: {what}"));
            unexplained += usize::from(!known);
            println!("{} `{id}`: {what}", if known { "explained" } else { "SURVIVES " });
        }
    }
    let rate = 100.0 * (edits.len() - survivors.len()) as f64 / edits.len().max(1) as f64;
    println!(
        "{} mutants, {} killed ({rate:.1} %), {} survive, {unexplained} of them not explained in {EXPLAINED}",
        edits.len(),
        edits.len() - survivors.len(),
        survivors.len()
    );
    good && unexplained == 0
}

/// Whether some case notices; those that name the changed provision first.
fn killed(book: &Rulebook, edit: &Edit, ready: &[(Case, ReadAct)]) -> bool {
    let Ok(mutant) = book.with_law(edit.apply(book.law()).book) else { return true };
    let names = |case: &Case| case.because.iter().any(|b| format!("{b:?}").contains(&edit.id));
    let (near, far): (Vec<_>, Vec<_>) = ready.iter().partition(|(c, _)| names(c));
    near.into_iter().chain(far).any(|(case, act)| !cases::check(&mutant, case, act).is_empty())
}
