//! Whatever the bytes: no panic, a score within bounds, and the order that common sense asks for.

use names::{BuiltIn, DEFAULT_THRESHOLD, HIGHEST, Kind, Name, compare, explain};
use proptest::prelude::*;

fn kinds() -> impl Strategy<Value = Option<Kind>> {
    prop_oneof![Just(None), Just(Some(Kind::Person)), Just(Some(Kind::Body)), Just(Some(Kind::Vessel)), Just(Some(Kind::Aircraft))]
}

fn person(text: &str) -> Name {
    Name::read(text, Some(Kind::Person))
}

/// Two to four made-up words of four to nine letters.
fn latin_name() -> impl Strategy<Value = String> {
    prop::collection::vec("[bdgklmnprstvz][aeiou][bdgklmnprstvz][aeiou][bdgklmnprstvz]{0,1}[aeiou]{0,1}[klmnrst]{0,1}", 2..4)
        .prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_scores_are_bounded(a in any::<String>(), b in any::<String>(), kind in kinds()) {
        let (x, y) = (Name::read(&a, kind), Name::read(&b, kind));
        let score = compare(&x, &y, &BuiltIn).score;
        prop_assert!((0.0..=HIGHEST).contains(&score));
        prop_assert!(explain(&x, &y).len() < 100);
        if a.chars().any(|c| c.is_ascii_alphanumeric()) {
            prop_assert!(!x.words.is_empty());
        }
    }

    #[test]
    fn names_in_mixed_scripts_do_not_panic(a in "[a-zа-я가-힣一-龥ا-ي '.-]{0,40}", b in "[a-zа-я가-힣ァ-ヶא-ת0-9 '.-]{0,40}", kind in kinds()) {
        let (x, y) = (Name::read(&a, kind), Name::read(&b, kind));
        let there = compare(&x, &y, &BuiltIn).score;
        prop_assert!((0.0..=HIGHEST).contains(&there));
    }

    #[test]
    fn it_matters_little_which_name_is_the_query(a in latin_name(), b in latin_name()) {
        let (there, back) = (compare(&person(&a), &person(&b), &BuiltIn).score, compare(&person(&b), &person(&a), &BuiltIn).score);
        prop_assert!((there - back).abs() < 0.1, "{} {}", there, back);
    }

    #[test]
    fn the_same_name_is_the_best_of_its_neighbours(a in latin_name(), at in 0_usize..40, letter in "[a-z]") {
        let same = compare(&person(&a), &person(&a), &BuiltIn).score;
        let mut other: Vec<char> = a.chars().collect();
        let at = at % other.len();
        other[at] = letter.chars().next().unwrap_or('a');
        let other: String = other.into_iter().collect();
        let near = compare(&person(&other), &person(&a), &BuiltIn).score;
        prop_assert!(same >= near, "{} {} {}", same, near, other);
        prop_assert!(same > DEFAULT_THRESHOLD);
    }

    #[test]
    fn a_title_or_a_legal_form_makes_no_match(a in latin_name(), b in latin_name()) {
        let apart = compare(&person(&a), &person(&b), &BuiltIn).score;
        let titled = compare(&person(&format!("General {a}")), &person(&b), &BuiltIn).score;
        prop_assert!(apart >= DEFAULT_THRESHOLD || titled < DEFAULT_THRESHOLD);
        let body = |t: &str| Name::read(t, Some(Kind::Body));
        let apart = compare(&body(&a), &body(&b), &BuiltIn).score;
        let formed = compare(&body(&format!("{a} LLC")), &body(&format!("{b} LLC")), &BuiltIn).score;
        prop_assert!(apart >= DEFAULT_THRESHOLD || formed < DEFAULT_THRESHOLD);
    }
}
