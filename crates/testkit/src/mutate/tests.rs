//! Tests of this module.

use super::*;
use crate::tiny;
use model::{HsRange, parse_hs};
use std::collections::BTreeSet;

fn all() -> Vec<Mutant> {
    mutants(&tiny::book()).collect()
}

fn range(text: &str) -> HsRange {
    parse_hs(text).unwrap_or(HsRange::ANY)
}

#[test]
fn every_kind_of_change_is_made() {
    let all = all();
    for (id, what) in [
        ("un/1#2", "delete the prohibition"),
        ("un/1#2", "drop from `all`: To(KP)"),
        ("un/1#2", "`all` of 3 becomes `any`"),
        ("un/1#2", "drop the kind gift from `giving`"),
        ("un/1#2", "codes 84-85: start a heading earlier"),
        ("un/1#2", "codes 84-85: end a heading earlier"),
        ("un/1#2", "codes 8703: drop"),
        ("un/1#2", "from 2012-01-01 becomes 2011-12-31"),
        ("un/1#2", "to 2014-12-31 becomes 2015-01-01"),
        ("un/1#2/parts", "delete the exception"),
        ("un/1#2/parts", "negate the finding safe"),
        ("un/1#2/parts", "no longer lifts un/1#3"),
        ("un/1#2/committee", "make the specific route discretionary"),
        ("un/1#2/committee", "drop the `not`"),
        ("un/1#2/committee", "presume the contrary of bad"),
        ("un/1#5", "make the discretionary route specific"),
        ("un/1#3", "drop the role seller"),
        ("un/1#3", "drop the type bank"),
        ("un/1#4/cap", "contract before 2011-06-01 becomes 2011-05-31"),
        ("un/tiny", "drop from `any`: To(KP)"),
        ("un/tiny/cap", "10 t becomes 11"),
        ("un/tiny/cap", "to 2012-12-31 becomes 2013-01-01"),
        ("un/tiny/luxury", "drop the row `watch`"),
        ("un/tiny/luxury", "row `maybe`: from 2013-01-01 becomes 2013-01-02"),
        ("un/tiny/luxury", "row `rug`: over 500 USD becomes 499"),
        ("un/tiny/luxury", "row `watch`: codes 9101: end a heading later"),
    ] {
        assert!(all.iter().any(|m| m.id == id && m.what == what), "{id}: {what}");
    }
}

#[test]
fn every_change_changes_something_and_no_two_are_the_same() {
    let book = tiny::book();
    let plain = |b: &Rulebook| format!("{b:?}");
    let before = plain(&book);
    let mut seen = BTreeSet::new();
    for mutant in all() {
        let after = plain(&mutant.book);
        assert_ne!(before, after, "{}: {}", mutant.id, mutant.what);
        assert!(seen.insert(after), "twice: {}: {}", mutant.id, mutant.what);
    }
    assert!(seen.len() > 60, "{}", seen.len());
}

#[test]
fn a_range_that_grows_into_its_neighbour_is_no_change() {
    let what: Vec<String> = conditions::ranges(&[range("5701"), range("5702")]).into_iter().map(|(w, _)| w).collect();
    assert_eq!(what, ["codes 5701: start a heading earlier", "codes 5701: drop", "codes 5702: end a heading later", "codes 5702: drop"]);
    let one: Vec<_> = conditions::ranges(&[range("870310")]);
    assert_eq!(one[0].1, [HsRange { first: 870_200, last: 870_310 }]);
    assert_eq!(one[1].1, [HsRange { first: 870_310, last: 870_499 }]);
}

#[test]
fn the_values_of_a_parameter_never_overlap() {
    for mutant in all().iter().filter(|m| m.id == "un/tiny/cap") {
        for pair in mutant.book.parameters["un/tiny/cap"].steps.windows(2) {
            assert!(pair[0].period.to.is_some_and(|to| to < pair[1].period.from), "{}", mutant.what);
        }
    }
}

#[test]
fn nothing_refers_to_what_was_deleted() {
    let all = all();
    let gone: Vec<&Mutant> = all.iter().filter(|m| m.what == "delete the prohibition" && m.id == "un/1#3").collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].book.exception("un/1#2/parts").map(|e| e.defeats.clone()), Some(vec!["un/1#2".to_owned()]));
}
