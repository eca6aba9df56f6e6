//! The list of the United Nations, on samples made up by us: every field of every listing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod made_up;

use jiff::civil::date;
use lists::{IdentifierKind as Id, Link, Listing, NameKind as N, Span};
use made_up::{body, day, id, names, person, read, texts};

#[test]
fn xml_of_the_security_council() {
    let list = read(&["un.xml"], None).unwrap();
    assert_eq!((list.list.as_str(), list.version.as_deref(), list.records), ("un-sc", Some("2031-05-04T23:00:01.004Z"), 4));
    let pak = Listing {
        names: names(&[
            ("PAK MU MYONG", N::Primary),
            ("박무명", N::Original),
            ("Bak Mu-myeong", N::Alias),
            ("Park Moo-myung", N::Alias),
            ("The Clerk", N::Weak),
            ("Kim Mu Myong", N::Former),
            ("김무명", N::Original),
            ("Somu", N::Alias),
            ("Сому", N::Original),
        ]),
        births: vec![day(1961, 2, 3), day(1961, 2, 28), Span::year(1960).unwrap().approximate(), Span::years(1958, 1963).unwrap()],
        birth_places: texts(&["Farville, North, Farland"]),
        female: Some(false),
        nationalities: texts(&["Democratic People's Republic of Korea"]),
        countries: texts(&["Farland"]),
        addresses: texts(&["1 Long Street, Farville, 0001, Farland"]),
        identifiers: vec![id(Id::Passport, "999000111", "Farland"), id(Id::NationalId, "AB-1", "Nearland")],
        positions: texts(&["Dr.", "Agent of Nowhere Trading", "Vice-consul"]),
        programmes: texts(&["DPRK"]),
        regimes: texts(&["un/dprk"]),
        listed_on: Some(date(2030, 2, 3)),
        amended_on: Some(date(2031, 1, 2)),
        links: vec![Link { to: "KPe.902".into(), how: "mentioned".into() }],
        ..person("KPi.901")
    };
    let trading = Listing {
        names: names(&[("NOWHERE TRADING & SONS", N::Primary), ("N & S", N::Alias), ("NOWHERE TRADING AND SONS", N::Alias)]),
        countries: texts(&["Farland"]),
        addresses: texts(&["Farville, Farland"]),
        identifiers: vec![id(Id::ImoCompany, "0123456", "")],
        programmes: texts(&["DPRK"]),
        regimes: texts(&["un/dprk"]),
        listed_on: Some(date(2030, 2, 3)),
        // The second record under the same reference does not say that the listing ended.
        delisted_on: None,
        ..body("KPe.902")
    };
    assert_eq!(list.listings, [pak, trading]);
    let problems: Vec<String> = list.problems.iter().map(|p| format!("{}: {}", p.at, p.message)).collect();
    assert_eq!(
        problems,
        [
            "line 5, entry KPi.901: “some time in spring” is not understood as a date of birth",
            "line 46, entry KPe.902: another entry has the same reference; put together with it",
            "line 50: the entry has no reference and is left out",
        ]
    );
}

#[test]
fn fields_as_lines_of_json() {
    let list = read(&["un_fields.jsonl"], None).unwrap();
    let pak = Listing {
        names: names(&[("PAK MU MYONG", N::Primary), ("The Clerk", N::Weak), ("Bak Mu-myeong", N::Alias)]),
        births: vec![Span::year(1960).unwrap().approximate()],
        birth_places: texts(&["Farville, Farland"]),
        female: Some(true),
        nationalities: texts(&["Farland"]),
        countries: texts(&["Nearland"]),
        addresses: texts(&["Farville, Nearland"]),
        identifiers: vec![id(Id::Passport, "999000111", "Farland")],
        positions: texts(&["Agent of Nowhere Trading"]),
        programmes: texts(&["DPRK"]),
        regimes: texts(&["un/dprk"]),
        listed_on: Some(date(2030, 2, 3)),
        links: vec![Link { to: "KPe.902".into(), how: "mentioned".into() }],
        ..person("KPi.901")
    };
    let trading = Listing {
        names: names(&[("NOWHERE TRADING", N::Primary)]),
        programmes: texts(&["Iran"]),
        regimes: texts(&["un/iran"]),
        listed_on: Some(date(2030, 2, 3)),
        ..body("IRe.903")
    };
    assert_eq!(list.listings, [pak, trading]);
    assert_eq!(list.problems.len(), 1);
    assert_eq!(list.problems[0].at, "line 3");
}
