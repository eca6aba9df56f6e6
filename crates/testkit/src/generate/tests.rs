//! Tests of this module.

use super::*;
use crate::reference;
use crate::tiny::book;
use model::{Verdict, VerdictSet};

#[test]
fn the_same_seed_gives_the_same_acts() {
    let book = book();
    let plain = |seed, count| format!("{:?}", acts(&book, seed, count));
    assert_eq!(plain(7, 50), plain(7, 50));
    assert_ne!(plain(7, 50), plain(8, 50));
    assert_eq!(acts(&book, 7, 50)[..10], acts(&book, 7, 10)[..]);
    assert!(acts(&Rulebook::default(), 1, 5).is_empty());
}

#[test]
fn the_acts_reach_every_verdict_and_every_rule() {
    let book = book();
    let acts = acts(&book, 1, 400);
    let mut seen = VerdictSet::EMPTY;
    let (mut settled, mut open) = (0, 0);
    for act in &acts {
        assert!(!act.items.is_empty());
        assert!(act.items.iter().all(|i| i.covered.len() == act.approvals.len()));
        assert!(act.on.is_none_or(|span| span.first <= span.last));
        if let Some(set) = reference::verdicts(&book, act, "un") {
            settled += u32::from(set.len() == 1);
            open += u32::from(set.len() > 1);
            seen = seen.union(set.single().map(VerdictSet::only).unwrap_or_default());
        }
    }
    assert!(Verdict::ALL.into_iter().all(|v| seen.has(v)), "{seen:?}");
    assert!(settled > 100 && open > 50, "{settled} {open}");
    for rule in &book.prohibitions {
        let Some(when) = &rule.when else { continue };
        let caught = acts.iter().filter(|act| {
            let day = act.on.map_or(Date::MIN, |s| s.first);
            reference::leaf(&book, act, 0, day, "un/tiny", when) == Truth::True
        });
        assert!(caught.count() > 20, "{}", rule.id);
    }
}
