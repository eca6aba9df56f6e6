//! Lists of one's own: the CSV that we fixed, and FollowTheMoney.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use jiff::civil::date;
use lists::{IdentifierKind as Mark, Limits, Listing, NameKind, Read, Refused, Source};
use names::Kind;
use std::path::Path;

fn read_as(name: &str, bytes: &[u8], list: Option<&str>) -> Result<Read, Refused> {
    lists::read(&[Source { name, bytes }], list, &Limits::default())
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)).unwrap()
}

fn find<'r>(read: &'r Read, id: &str) -> &'r Listing {
    read.listings.iter().find(|l| l.id == id).unwrap()
}

fn ties(listing: &Listing) -> Vec<String> {
    listing.links.iter().map(|l| format!("{} {}", l.how, l.to)).collect()
}

#[test]
fn own_list_keeps_good_rows_and_names_bad_values() {
    let read = read_as("own.csv", &sample("own.csv"), Some("my")).unwrap();
    assert_eq!((read.list.as_str(), read.listings.len()), ("my", 4));
    let alva = find(&read, "X1");
    assert_eq!(alva.kind, Some(Kind::Person));
    let names: Vec<_> = alva.names.iter().map(|n| (n.text.as_str(), n.kind)).collect();
    assert_eq!(
        names,
        [("Alva Zembla", NameKind::Primary), ("Алва Зембля", NameKind::Alias), ("Old Fox", NameKind::Alias), ("Alva Z.", NameKind::Alias)]
    );
    assert_eq!(alva.births.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1959-04-05", "1958"]);
    let marks: Vec<_> = alva.identifiers.iter().map(|i| (i.kind, i.value.as_str())).collect();
    assert_eq!(marks, [(Mark::Passport, "P000001"), (Mark::Tax, "770000000001")]);
    assert_eq!((alva.nationalities.join("+"), alva.programmes.join("")), ("RU+FI".into(), "PRK".into()));
    assert_eq!(alva.listed_on, Some(date(2029, 5, 6)));
    let glass = find(&read, "X2");
    assert_eq!((glass.listed_on, glass.delisted_on), (Some(date(2029, 5, 1)), Some(date(2030, 1, 1))));
    let said: Vec<String> = read.problems.iter().map(|p| format!("{}: {}", p.at, p.message)).collect();
    for wanted in [
        "line 4, entry X3: unknown type `ship`",
        "line 5, entry X4: `when he was born` is no date; write 1964-07-17, 1964-07 or 1964",
        "line 5, entry X4: unknown kind of identifier `pasport`; did you mean `passport`?",
        "line 5, entry X4: `12345` has no kind; write `passport:12345` or `other:12345`",
        "line 5, entry X4: `soon` is no date; write 2016-11-30",
        "line 6: the row has no `id`; it is left out",
        "line 7, entry X1: another entry has the same reference; put together with it",
        "line 8: the row has 2 cells, but there are 10 columns; it is left out",
    ] {
        assert!(said.iter().any(|s| s.starts_with(wanted)), "{wanted} is not in {said:#?}");
    }
    assert_eq!(said.len(), 8, "{said:#?}");
}

#[test]
fn own_list_needs_its_columns_and_a_name() {
    let refused = |text: &str, list| read_as("own.csv", text.as_bytes(), list).unwrap_err().to_string();
    let misspelt = refused("id,name,birthdates\n1,A,\n", Some("my"));
    assert!(misspelt.contains("`birthdates`") && misspelt.contains("did you mean `birth_date`?"), "{misspelt}");
    assert!(refused("id,name\n1,A\n", None).contains("--as NAME"));
    assert!(refused("id,name,ID\n1,A,\n", Some("my")).contains("twice"));
    assert!(refused("name\nA\n", Some("my")).contains("no known list"));
    let least = read_as("own.csv", b"id,name\n1,A\n", Some("my")).unwrap();
    assert_eq!(least.listings[0].names[0].text, "A");
}

#[test]
fn follow_the_money_brings_edges_and_sanctions_to_the_parties() {
    let read = read_as("ftm.jsonl", &sample("ftm.jsonl"), Some("ftm")).unwrap();
    assert_eq!((read.list.as_str(), read.listings.len()), ("ftm", 5));
    let alva = find(&read, "zz-alva");
    let names: Vec<_> = alva.names.iter().map(|n| (n.text.as_str(), n.kind)).collect();
    assert_eq!(
        names,
        [
            ("Alva Zembla", NameKind::Primary),
            ("Alva Q. Zembla", NameKind::Alias),
            ("Алва Зембля", NameKind::Alias),
            ("Alva Frost", NameKind::Former),
            ("Old Fox", NameKind::Weak),
        ]
    );
    let marks: Vec<_> = alva.identifiers.iter().map(|i| (i.kind, i.value.as_str(), i.country.as_str())).collect();
    assert_eq!(
        marks,
        [
            (Mark::Passport, "P000001", ""),
            (Mark::NationalId, "N000001", ""),
            (Mark::Tax, "770000000001", ""),
            (Mark::Passport, "P000002", "ru"),
        ]
    );
    assert_eq!((alva.kind, alva.female), (Some(Kind::Person), Some(true)));
    assert_eq!((alva.listed_on, alva.published_on), (Some(date(2029, 5, 6)), Some(date(2029, 5, 6))));
    assert_eq!((alva.programmes.join("+"), alva.basis.join("")), ("sanction+ZB-1".into(), "Ministry of Ice".into()));
    assert_eq!(ties(alva), ["owner of (51%) zz-glass", "director of (chair) zz-glass"]);
    let glass = find(&read, "zz-glass");
    assert_eq!(ties(glass), ["owned by (51%) zz-alva", "directed by (chair) zz-alva"]);
    assert_eq!((glass.listed_on, glass.delisted_on), (Some(date(2020, 1, 1)), Some(date(2021, 1, 1))));
    let star = find(&read, "zz-star");
    let ship = star.ship.as_ref().unwrap();
    assert_eq!((ship.flag.as_deref(), ship.former_flags.join(""), ship.built), (Some("km"), "pw".into(), Some(2011)));
    assert!(star.identifiers.iter().any(|i| (i.kind, i.value.as_str()) == (Mark::Imo, "9074729")));
    assert!(find(&read, "zz-plane").identifiers.iter().any(|i| (i.kind, i.value.as_str()) == (Mark::Tail, "ZB-01")));
    assert!(find(&read, "zz-wallet").identifiers.iter().any(|i| (i.kind, i.value.as_str()) == (Mark::Wallet, "XBT:bc1qzembla")));
    let said: Vec<_> = read.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("not JSON") && said[1].starts_with("1 sanctions"), "{said:?}");
}

#[test]
fn damaged_lists_of_ones_own_never_panic() {
    for name in ["own.csv", "ftm.jsonl"] {
        let whole = sample(name);
        for end in (0..whole.len()).step_by(7) {
            let _ = read_as(name, &whole[..end], Some("my"));
            let mut bent = whole.clone();
            bent[end] ^= 0x2b;
            let _ = read_as(name, &bent, Some("my"));
        }
    }
}
