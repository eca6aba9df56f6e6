//! What screening promises, on parties that we made up.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use jiff::civil::{Date, date};
use lists::{Held, Identifier, IdentifierKind, ListedName, Listing, NameKind, Order, Period, Said, Settlement, Ship, Span};
use model::Country;
use names::Kind;
use resolve::{Bench, Hit, Query, Screener, Wish, screen};

fn born(text: &str) -> Span {
    Span::parse(text, Order::DayMonth).unwrap()
}

fn held(id: &str, kind: Kind, names: &[&str], periods: &[(Option<Date>, Option<Date>)]) -> Held {
    let named = |(at, text): (usize, &&str)| ListedName {
        text: (*text).to_owned(),
        kind: if at == 0 { NameKind::Primary } else { NameKind::Alias },
    };
    Held {
        listing: Listing {
            id: id.to_owned(),
            kind: Some(kind),
            names: names.iter().enumerate().map(named).collect(),
            programmes: vec!["MADE-UP".into()],
            ..Listing::default()
        },
        former_names: Vec::new(),
        periods: periods
            .iter()
            .map(|(from, to)| Period {
                from: *from,
                from_is: Said::Issuer,
                to: *to,
                to_is: Said::Issuer,
                first_seen: None,
                last_seen: None,
            })
            .collect(),
    }
}

fn screener() -> Screener {
    let since = [(Some(date(2010, 5, 1)), None)];
    let mut tarvani = held("P1", Kind::Person, &["Orlin Dakhovich TARVANI", "Orlen Tarwani"], &since);
    tarvani.listing.births = vec![born("1964-07-17")];
    tarvani.listing.female = Some(false);
    tarvani.listing.nationalities = vec!["RU".into()];
    tarvani.listing.identifiers = vec![Identifier { kind: IdentifierKind::Passport, value: "38 131-0014".into(), country: "RU".into() }];
    let brother = held("P2", Kind::Person, &["Marlen Dakhovich TARVANI"], &since);
    let bank = held("B1", Kind::Body, &["Zelmar Quorbank Trading Corporation"], &since);
    let mut ship = held("V1", Kind::Vessel, &["SEA QUORBEL"], &since);
    ship.listing.identifiers = vec![Identifier { kind: IdentifierKind::Imo, value: "IMO 9187629".into(), country: String::new() }];
    ship.listing.ship = Some(Ship { flag: Some("KP".into()), former_flags: vec!["PA".into()], ..Ship::default() });
    let gone = held(
        "P3",
        Kind::Person,
        &["Yevgor Pellistrov"],
        &[(Some(date(2006, 12, 23)), Some(date(2023, 10, 18))), (Some(date(2025, 9, 28)), None)],
    );
    let mut many: Vec<Held> = (0..60).map(|n| held(&format!("M{n:02}"), Kind::Person, &["Common Samename"], &since)).collect();
    many.extend([tarvani, brother, bank, ship, gone]);
    let other = vec![held("Q9", Kind::Person, &["Common Samename"], &since)];
    Screener::build(&[("first".to_owned(), many), ("second".to_owned(), other)], Country::new).unwrap()
}

fn find(query: &Query, wish: &Wish) -> Vec<Hit> {
    screener().search(query, wish, &mut Bench::default())
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|h| h.record.id.as_str()).collect()
}

fn score(query: &Query, id: &str) -> f32 {
    find(query, &Wish { min: 0.0, limit: 200, ..Wish::default() }).iter().find(|h| h.record.id == id).map_or(0.0, |h| h.score)
}

#[test]
fn a_name_is_found_with_when_why_and_under_which_name() {
    let hits = find(&Query::name("Orlen Tarwani"), &Wish::default());
    assert_eq!(ids(&hits).first(), Some(&"P1"));
    assert_eq!(hits[0].matched, "Orlen Tarwani");
    assert_eq!(hits[0].listed.unwrap().from, Some(date(2010, 5, 1)));
    assert_eq!(hits[0].why[0].feature, "name");
    assert!(!hits[0].why[0].text.is_empty());
    assert!(hits[0].score < 1.0, "a name alone is never certain");
}

#[test]
fn agreement_raises_a_score_contradiction_lowers_it_and_both_are_named() {
    let name = Query::name("Orlin Dakhovich Tarvani");
    let base = score(&name, "P1");
    let with = |change: &dyn Fn(&mut Query)| {
        let mut query = name.clone();
        change(&mut query);
        query
    };
    type Change = (&'static str, fn(&mut Query), bool);
    let changes: [Change; 10] = [
        ("birth_date", |q| q.birth = Some(born("1964-07-17")), true),
        ("birth_date", |q| q.birth = Some(born("1964")), true),
        ("birth_date", |q| q.birth = Some(born("1971-01-02")), false),
        ("country", |q| q.countries = vec![Country::new("RU").unwrap()], true),
        ("country", |q| q.countries = vec![Country::new("BR").unwrap()], false),
        ("gender", |q| q.female = Some(true), false),
        ("type", |q| q.kind = Some(Kind::Body), false),
        ("identifier", |q| *q = q.clone().with_number(Some(IdentifierKind::Passport), "381310014"), true),
        ("identifier", |q| *q = q.clone().with_number(None, "381310014"), true),
        ("birth_date", |q| q.birth = Some(born("1964-07-18")), false),
    ];
    for (feature, change, up) in changes {
        let query = with(&change);
        let hit = find(&query, &Wish { min: 0.0, limit: 200, ..Wish::default() }).into_iter().find(|h| h.record.id == "P1").unwrap();
        let why = hit.why.iter().find(|w| w.feature == feature).unwrap_or_else(|| panic!("{feature} is not named"));
        assert_eq!(why.effect > 0.0, up, "{feature}: {why:?}");
        if feature != "type" {
            // The type also changes how the name is read, so its score is not comparable.
            assert_eq!(hit.score > base, up, "{feature}: {} against {base}", hit.score);
        }
    }
}

#[test]
fn more_facts_never_hide_a_hit() {
    let plain = find(&Query::name("Orlin Dakhovich Tarvani"), &Wish::default());
    assert!(ids(&plain).contains(&"P1"));
    let mut against = Query::name("Orlin Dakhovich Tarvani");
    against.birth = Some(born("1999-01-01"));
    against.countries = vec![Country::new("BR").unwrap()];
    against.female = Some(true);
    let hits = find(&against, &Wish::default());
    let hit = hits.iter().find(|h| h.record.id == "P1").unwrap();
    assert!(hit.score < Wish::default().min && hit.name_score >= Wish::default().min);
}

#[test]
fn a_fact_supports_a_name_and_never_stands_in_for_it() {
    let mut stranger = Query::name("Bodil Vennersgaard");
    stranger.birth = Some(born("1964-07-17"));
    stranger.countries = vec![Country::new("RU").unwrap()];
    assert!(find(&stranger, &Wish::default()).is_empty());
}

#[test]
fn a_ship_is_found_by_its_number_under_any_name_and_told_apart_by_it() {
    let renamed = Query { kind: Some(Kind::Vessel), ..Query::name("GOLDEN LARK") }.with_number(Some(IdentifierKind::Imo), "9187629");
    let hits = find(&renamed, &Wish::default());
    assert_eq!(ids(&hits), ["V1"]);
    let same_name = Query { kind: Some(Kind::Vessel), ..Query::name("SEA QUORBEL") };
    let other = same_name.clone().with_number(Some(IdentifierKind::Imo), "9000000");
    assert!(score(&other, "V1") < score(&same_name, "V1"));
    let hit = find(&other, &Wish { min: 0.0, ..Wish::default() }).into_iter().find(|h| h.record.id == "V1").unwrap();
    assert!(hit.why.iter().any(|w| w.feature == "imo" && w.text.contains("9187629")));
}

#[test]
fn lists_and_days_filter_before_the_limit() {
    let all = Wish { limit: 3, ..Wish::default() };
    assert_eq!(find(&Query::name("Common Samename"), &all).len(), 3);
    let second = Wish { lists: vec!["second".into()], limit: 3, ..Wish::default() };
    assert_eq!(ids(&find(&Query::name("Common Samename"), &second)), ["Q9"]);
    for (day, there) in [
        (date(2006, 12, 22), false),
        (date(2006, 12, 23), true),
        (date(2023, 10, 17), true),
        (date(2023, 10, 18), false),
        (date(2025, 9, 27), false),
        (date(2025, 9, 28), true),
    ] {
        let wish = Wish { on: Some(day), ..Wish::default() };
        assert_eq!(!find(&Query::name("Yevgor Pellistrov"), &wish).is_empty(), there, "{day}");
    }
    assert!(!find(&Query::name("Yevgor Pellistrov"), &Wish { on: None, ..Wish::default() }).is_empty());
}

#[test]
fn other_names_of_the_party_are_looked_up_too_and_one_listing_is_one_hit() {
    let screener = screener();
    let query = Query::name("Nobody Whoever");
    let hits =
        screen(&screener, &query, &["Orlen Tarwani".into(), "Orlin Dakhovich Tarvani".into()], &Wish::default(), &mut Bench::default());
    assert_eq!(hits.iter().filter(|h| h.record.id == "P1").count(), 1);
}

#[test]
fn what_is_packed_opens_the_same_and_damage_is_noticed() {
    let screener = screener();
    let bytes = screener.to_bytes();
    let again = Screener::from_bytes(&bytes).unwrap();
    let ask = |s: &Screener| s.search(&Query::name("Orlin Tarvani"), &Wish { min: 0.0, ..Wish::default() }, &mut Bench::default());
    assert_eq!(ask(&screener), ask(&again));
    assert!(!ask(&again).is_empty());
    for end in (0..bytes.len()).step_by(97) {
        assert!(Screener::from_bytes(&bytes[..end]).is_err(), "{end}");
    }
    for at in (0..bytes.len()).step_by(53) {
        let mut bad = bytes.clone();
        bad[at] ^= 0x10;
        assert!(Screener::from_bytes(&bad).is_err(), "{at}");
    }
}

#[test]
fn names_that_are_none_find_nobody_and_end() {
    for name in ["", "   ", "\u{300}\u{301}", "....", &"a".repeat(10_000), &"кириллица ".repeat(1000), "\u{202e}evil\u{202c}"] {
        let hits = find(&Query::name(name), &Wish::default());
        assert!(hits.is_empty(), "{name:.20}: {:?}", ids(&hits));
    }
}

#[test]
fn what_a_person_settled_wins_survives_and_lapses_when_the_listing_changes() {
    let query = Query::name("Orlen Tarwani");
    let substance = screener().listing("first/P1").unwrap().substance;
    let settle = |same, substance| Settlement {
        about: query.key(),
        listing: "first/P1".into(),
        same,
        because: "other passport".into(),
        by: "A. Clerk".into(),
        on: date(2026, 1, 2),
        substance,
    };
    let with = |all: Vec<Settlement>| screener().with_settled(all);
    let ask = |s: &Screener, q: &Query| s.search(q, &Wish::default(), &mut Bench::default());
    assert!(!ids(&ask(&with(vec![settle(Some(false), substance)]), &query)).contains(&"P1"));
    // Somebody of the same name of whom more is known is another party.
    let mut other = query.clone();
    other.birth = Some(born("1964"));
    assert!(ids(&ask(&with(vec![settle(Some(false), substance)]), &other)).contains(&"P1"));
    let same = ask(&with(vec![settle(Some(true), substance)]), &query);
    assert!(same[0].record.id == "P1" && same[0].score > 0.99);
    let lapsed = ask(&with(vec![settle(Some(false), substance ^ 1)]), &query);
    assert!(lapsed[0].record.id == "P1" && lapsed[0].why.iter().any(|w| w.feature == "settled" && w.text.contains("lapsed")));
    let back = with(vec![settle(Some(false), substance), settle(None, substance)]);
    assert!(ids(&ask(&back, &query)).contains(&"P1"));
}
