//! The formats of the United States, on samples made up by us: every field of every listing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod made_up;

use jiff::civil::date;
use lists::{IdentifierKind as Id, Link, Listing, NameKind as N, Ship, Span};
use made_up::{aircraft, body, day, id, names, person, read, texts, vessel};

/// The party that most samples share, as the old files describe it.
fn pak() -> Listing {
    Listing {
        names: names(&[("PAK Mu Myong", N::Primary), ("BAK Mu-myeong", N::Alias), ("CLERK The", N::Weak), ("KIM Mu Myong", N::Former)]),
        births: vec![day(1961, 2, 28), Span::year(1960).unwrap().approximate(), Span::years(1958, 1963).unwrap()],
        birth_places: texts(&["Farville, Farland", "Nearton"]),
        female: Some(true),
        nationalities: texts(&["Korea, North", "Farland"]),
        identifiers: vec![id(Id::Passport, "999000111", "Korea, North"), id(Id::NationalId, "AB-1", "Farland")],
        positions: texts(&["Director", "Vice-Consul", "Director of Nothing"]),
        programmes: texts(&["DPRK4"]),
        regimes: texts(&["us/dprk"]),
        effects: texts(&["asset freeze"]),
        ..person("9002")
    }
}

#[test]
fn old_files_of_ofac() {
    let list = read(&["sdn_comments.csv", "add.csv", "sdn.csv", "alt.csv"], None).unwrap();
    assert_eq!((list.list.as_str(), list.version.as_deref(), list.records), ("us-ofac-sdn", None, 5));
    let company = Listing {
        names: names(&[
            ("NOWHERE TRADING CO., LTD.", N::Primary),
            ("NOWHERE TRADING AND SONS", N::Alias),
            ("NOWHERE EXPORTS", N::Former),
            ("NTC", N::Weak),
        ]),
        countries: texts(&["Farland"]),
        addresses: texts(&["1 Long Street, Farville 0001, Farland"]),
        identifiers: vec![
            id(Id::Web, "www.nowhere.example", ""),
            id(Id::Bic, "NOWHXX22", ""),
            id(Id::Lei, "5299000000000000AB12", ""),
            id(Id::Tax, "77-1", "Farland"),
            id(Id::Tax, "77-2", "Nearland"),
            id(Id::Registration, "12345", "Farland"),
            id(Id::Wallet, "XBT:1NowhereAddress", ""),
            id(Id::ImoCompany, "0123456", ""),
            id(Id::Phone, "0012345", ""),
            id(Id::Email, "a@nowhere.example", ""),
            id(Id::Other, "Permit Number: Z-9", "Farland"),
        ],
        programmes: texts(&["NPWMD", "IFSR", "SDGT"]),
        regimes: texts(&["us/iran", "us/npwmd", "us/sdgt"]),
        effects: texts(&["asset freeze", "Additional Sanctions Information - Subject to Secondary Sanctions"]),
        links: vec![Link { to: "PAK, Mu Myong".into(), how: "linked to".into() }],
        ..body("9001")
    };
    let star = Listing {
        names: names(&[("NOWHERE STAR", N::Primary), ("OLD STAR", N::Former)]),
        countries: texts(&["Nearland"]),
        addresses: texts(&["Nearland"]),
        identifiers: vec![id(Id::CallSign, "XXAB1", ""), id(Id::Imo, "0765432", ""), id(Id::Mmsi, "123456789", "")],
        programmes: texts(&["IRAN"]),
        regimes: texts(&["us/iran"]),
        effects: texts(&["asset freeze"]),
        ship: Some(Ship {
            flag: Some("Farland".into()),
            former_flags: texts(&["Nearland", "Isleland"]),
            sort: Some("Bulk Carrier".into()),
            tonnage: texts(&["DWT 2595", "GRT 1865"]),
            built: Some(1999),
            owner: Some("Nowhere Lines".into()),
        }),
        links: vec![Link { to: "NOWHERE TRADING CO., LTD.".into(), how: "linked to".into() }],
        ..vessel("9003")
    };
    let kite = Listing {
        names: names(&[("XX-ABC", N::Primary)]),
        identifiers: vec![
            id(Id::Tail, "XX-ABC", ""),
            id(Id::Serial, "8401", ""),
            id(Id::Other, "Aircraft Model: Kite-1", ""),
            id(Id::Serial, "77", ""),
        ],
        programmes: texts(&["SDGT"]),
        regimes: texts(&["us/sdgt"]),
        effects: texts(&["asset freeze"]),
        links: vec![Link { to: "NOWHERE AIR".into(), how: "operator".into() }],
        ..aircraft("9004")
    };
    assert_eq!(list.listings[..4], [company, pak(), star, kite]);
    assert_eq!(list.listings[4].kind, None, "a submarine is no sort of party that we know");
    let problems: Vec<String> = list.problems.iter().map(|p| format!("{}: {}", p.at, p.message)).collect();
    assert_eq!(
        problems,
        [
            "line 2, entry 9002: “unknown” is not understood as a date of birth",
            "line 5: 3 fields instead of 12; the row is left out",
            "line 6, entry 9006: “submarine” is not a known sort of party",
            "line 4, entry 9099: names or addresses of a party that is not in the list; are the files of the same day?",
        ]
    );
}

/// The same rows with bars, at signs and columns of fixed width.
#[test]
fn old_files_with_other_separators() {
    let rows = |name: &str| {
        made_up::sample(name)
            .trim_end_matches('\u{1a}')
            .lines()
            .filter(|l| !l.contains("TOO SHORT"))
            .fold(String::new(), |a, l| a + l + "\n")
    };
    let (parties, other_names) = (rows("sdn.csv"), rows("alt.csv"));
    let separated = |text: &str, mark: &str| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let row = |r: csv::StringRecord| {
            r.iter().map(|c| if c.trim() == "-0-" || c.parse::<u32>().is_ok() { c.into() } else { format!("\"{c}\"") }).collect::<Vec<_>>()
        };
        reader.records().map(|r| row(r.unwrap()).join(mark) + "\r\n").collect::<String>()
    };
    let fixed = |text: &str, widths: &[usize]| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let row = |r: csv::StringRecord| r.iter().zip(widths).map(|(c, w)| format!("{c:<w$}")).collect::<String>();
        reader.records().map(|r| row(r.unwrap()) + "\r\n").collect::<String>()
    };
    let expected = made_up::read_bytes(&[("sdn.csv", parties.as_bytes()), ("alt.csv", other_names.as_bytes())], None).unwrap();
    assert_eq!(expected.listings.len(), 5);
    for mark in ["|", "@"] {
        let (a, b) = (separated(&parties, mark), separated(&other_names, mark));
        let list = made_up::read_bytes(&[("sdn.pip", a.as_bytes()), ("alt.pip", b.as_bytes())], None).unwrap();
        assert_eq!(list.listings, expected.listings, "{mark}");
    }
    let a = fixed(&parties, &[10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000]);
    let b = fixed(&other_names, &[10, 10, 8, 350, 200]);
    let list = made_up::read_bytes(&[("sdn.ff", a.as_bytes()), ("alt.ff", b.as_bytes())], None).unwrap();
    assert_eq!(list.listings, expected.listings, "fixed width");
}

#[test]
fn a_name_once_called_good_is_not_weak() {
    let row = "1,\"NOWHERE LTD.\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"a.k.a. 'NW'; a.k.a. 'NW'; f.k.a. 'NW'.\"\n";
    let alone = made_up::read_bytes(&[("sdn.csv", row.as_bytes())], None).unwrap();
    assert_eq!(alone.listings[0].names, names(&[("NOWHERE LTD.", N::Primary), ("NW", N::Former)]));
    let with = made_up::read_bytes(&[("sdn.csv", row.as_bytes()), ("alt.csv", b"1,1,\"aka\",\"NW\",-0- \n")], None).unwrap();
    assert_eq!(with.listings[0].names, names(&[("NOWHERE LTD.", N::Primary), ("NW", N::Alias)]));
}

#[test]
fn remarks_cut_in_the_middle_lose_their_last_statement() {
    let padding = "x".repeat(940);
    let remark = format!("DOB 1961; Director of {padding}; Passport 12345");
    let row = |remark: &str| format!("1,\"PAK, Mu\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{remark}\"\n");
    let cut: String = remark.chars().chain("6789 (Farland)".chars()).chain("y".repeat(50).chars()).take(1000).collect();
    assert_eq!(cut.len(), 1000);
    let alone = made_up::read_bytes(&[("sdn.csv", row(&cut).as_bytes())], None).unwrap();
    assert_eq!(alone.listings[0].identifiers, [], "half a number would be a wrong number");
    assert_eq!(alone.listings[0].births.len(), 1);
    assert!(alone.problems[0].message.contains("sdn_comments.csv"));
    let rest = "1,\" (Farland); Gender Female.\"\n";
    let whole = made_up::read_bytes(&[("sdn.csv", row(&cut).as_bytes()), ("sdn_comments.csv", rest.as_bytes())], None).unwrap();
    assert_eq!(whole.listings[0].identifiers[0].country, "Farland");
    assert_eq!((whole.listings[0].female, whole.problems.len()), (Some(true), 0));
}

#[test]
fn standard_xml_of_ofac() {
    let list = read(&["sdn.xml"], None).unwrap();
    assert_eq!((list.list.as_str(), list.version.as_deref(), list.declared), ("us-ofac-sdn", Some("2031-04-06"), Some(2)));
    let person = Listing {
        names: names(&[("PAK Mu Myong", N::Primary), ("BAK Mu-myeong", N::Alias), ("CLERK", N::Weak), ("KIM Mu Myong", N::Former)]),
        births: vec![day(1961, 2, 28), Span::year(1960).unwrap().approximate()],
        birth_places: texts(&["Farville, Farland"]),
        female: Some(false),
        nationalities: texts(&["Korea, North", "Nearland"]),
        countries: texts(&["Farland"]),
        addresses: texts(&["1 Long Street, Farville, 0001, Farland"]),
        identifiers: vec![id(Id::Passport, "999000111", "Korea, North"), id(Id::Wallet, "ETH:0xabc", "")],
        positions: texts(&["Director", "Vice-Consul"]),
        programmes: texts(&["DPRK4", "NPWMD"]),
        regimes: texts(&["us/dprk", "us/npwmd"]),
        effects: texts(&["asset freeze", "Secondary sanctions risk: one thing", "another thing"]),
        links: vec![Link { to: "NOWHERE TRADING CO., LTD.".into(), how: "linked to".into() }],
        ..person("9002")
    };
    let star = Listing {
        names: names(&[("NOWHERE STAR", N::Primary)]),
        identifiers: vec![id(Id::Imo, "0765432", ""), id(Id::CallSign, "XXAB1", "")],
        programmes: texts(&["IRAN"]),
        regimes: texts(&["us/iran"]),
        effects: texts(&["asset freeze"]),
        ship: Some(Ship {
            flag: Some("Farland".into()),
            former_flags: texts(&["Nearland"]),
            sort: Some("Bulk Carrier".into()),
            tonnage: texts(&["DWT 2595", "GRT 1865"]),
            built: None,
            owner: Some("Nowhere Lines".into()),
        }),
        ..vessel("9003")
    };
    assert_eq!(list.listings, [person, star]);
    assert_eq!(list.problems, []);
}

#[test]
fn fewer_entries_than_the_list_says_is_refused() {
    let text = made_up::sample("sdn.xml").replace("<Record_Count>2<", "<Record_Count>3<");
    let refused = made_up::read_bytes(&[("sdn.xml", text.as_bytes())], None).unwrap_err();
    assert!(refused.message.contains("3 entries, but there are 2"), "{refused}");
}

#[test]
fn advanced_xml_of_ofac() {
    let list = read(&["sdn_advanced.xml"], None).unwrap();
    assert_eq!((list.list.as_str(), list.version.as_deref()), ("us-ofac-sdn", Some("2031-04-06")));
    let person = Listing {
        names: names(&[("PAK Mu Myong", N::Primary), ("THE CLERK", N::Weak), ("박무명", N::Original), ("KIM", N::Former)]),
        births: vec![Span::year(1960).unwrap().approximate()],
        birth_places: texts(&["Farville"]),
        female: Some(false),
        nationalities: texts(&["Nearland"]),
        countries: texts(&["Farland"]),
        addresses: texts(&["Farville, Farland"]),
        identifiers: vec![id(Id::Wallet, "XBT:1NowhereAddress", ""), id(Id::Passport, "999000111", "Nearland")],
        positions: texts(&["Director", "Vice-Consul"]),
        programmes: texts(&["DPRK4"]),
        regimes: texts(&["us/dprk"]),
        basis: texts(&["Executive Order 99999 (Nowhere)"]),
        effects: texts(&["asset freeze", "Additional Sanctions Information - Subject to Secondary Sanctions"]),
        listed_on: Some(date(2030, 2, 3)),
        links: vec![Link { to: "9004".into(), how: "formerly owned or controlled by".into() }],
        ..person("9002")
    };
    let star = Listing {
        names: names(&[("NOWHERE STAR", N::Primary)]),
        identifiers: vec![id(Id::CallSign, "XXAB1", ""), id(Id::Imo, "0765432", "")],
        programmes: texts(&["IRAN"]),
        regimes: texts(&["us/iran"]),
        basis: texts(&["Executive Order 99999 (Nowhere)"]),
        effects: texts(&["asset freeze"]),
        listed_on: Some(date(2031, 3, 4)),
        ship: Some(Ship {
            flag: Some("Nearland".into()),
            sort: Some("Bulk Carrier".into()),
            tonnage: texts(&["GRT 1865"]),
            ..Ship::default()
        }),
        links: vec![Link { to: "9002".into(), how: "owned or controlled by".into() }],
        ..vessel("9003")
    };
    assert_eq!(list.listings[..2], [person, star]);
    assert_eq!(list.listings.len(), 3);
    assert_eq!(list.problems.len(), 1);
    assert!(list.problems[0].message.contains("no decision"), "{:?}", list.problems);
}

#[test]
fn screening_list_as_csv() {
    let list = read(&["csl.csv"], None).unwrap();
    let sdn = Listing {
        names: names(&[("PAK Mu Myong", N::Primary), ("BAK Mu-myeong", N::Alias), ("CLERK The", N::Alias)]),
        births: vec![day(1961, 2, 28), Span::year(1960).unwrap().approximate()],
        birth_places: texts(&["Farville, Farland"]),
        female: Some(false),
        nationalities: texts(&["XN", "XF"]),
        addresses: texts(&["Farville, XF", "1 Long Street, Nearton, XN"]),
        identifiers: vec![id(Id::Passport, "999000111", "XN")],
        positions: texts(&["Director"]),
        programmes: texts(&["DPRK4", "NPWMD"]),
        regimes: texts(&["us/dprk", "us/npwmd"]),
        effects: texts(&["asset freeze", "Secondary sanctions risk: one, two"]),
        links: vec![Link { to: "NOWHERE TRADING".into(), how: "linked to".into() }],
        ..person("SDN-9002")
    };
    let entity = Listing {
        names: names(&[("Nowhere Semiconductors", N::Primary)]),
        countries: texts(&["XF"]),
        addresses: texts(&["Farville, XF"]),
        programmes: texts(&["EL"]),
        regimes: texts(&["us/entity-list"]),
        basis: texts(&["84 FR 1"]),
        effects: texts(&[
            "export licence required",
            "licence requirement: For all items subject to the EAR.",
            "licence policy: Presumption of denial",
        ]),
        listed_on: Some(date(2030, 1, 2)),
        id: "EL-aa01".into(),
        ..Listing::default()
    };
    let denied = Listing {
        names: names(&[("John Nobody", N::Primary)]),
        programmes: texts(&["DPL"]),
        regimes: texts(&["us/denied-persons"]),
        basis: texts(&["84 FR 2"]),
        effects: texts(&["export privileges denied"]),
        listed_on: Some(date(2030, 1, 2)),
        delisted_on: Some(date(2033, 1, 2)),
        id: "DPL-aa02".into(),
        ..Listing::default()
    };
    assert_eq!(list.listings, [sdn, entity, denied]);
    assert_eq!((list.list.as_str(), list.problems.len()), ("us-csl", 0));
}

#[test]
fn screening_list_as_json() {
    let list = read(&["csl.json"], None).unwrap();
    let star = Listing {
        names: names(&[("NOWHERE STAR", N::Primary), ("OLD STAR", N::Alias)]),
        countries: texts(&["XF"]),
        addresses: texts(&["Farville, 0001, XF"]),
        identifiers: vec![id(Id::Imo, "0765432", ""), id(Id::CallSign, "XXAB1", "")],
        programmes: texts(&["IRAN"]),
        regimes: texts(&["us/iran"]),
        effects: texts(&["asset freeze"]),
        ship: Some(Ship {
            flag: Some("Farland".into()),
            sort: Some("Bulk Carrier".into()),
            tonnage: texts(&["DWT 2595"]),
            ..Ship::default()
        }),
        ..vessel("SDN-9003")
    };
    let unverified = Listing {
        names: names(&[("Nowhere Electronics", N::Primary)]),
        programmes: texts(&["UVL"]),
        regimes: texts(&["us/unverified-list"]),
        basis: texts(&["84 FR 3"]),
        effects: texts(&["no licence exceptions"]),
        listed_on: Some(date(2030, 1, 2)),
        id: "UVL-aa03".into(),
        ..Listing::default()
    };
    assert_eq!(list.listings, [star, unverified]);
    let page = made_up::sample("csl.json").replace("\"total\": 2", "\"total\": 200");
    let refused = made_up::read_bytes(&[("csl.json", page.as_bytes())], None).unwrap_err();
    assert!(refused.message.contains("one page"), "{refused}");
}

#[test]
fn screening_list_condensed() {
    let list = read(&["csl_condensed.json"], None).unwrap();
    assert_eq!((list.version.as_deref(), list.declared), (Some("2031-05-04T00:00:00Z"), Some(2)));
    let [maker, kite] = &list.listings[..] else { unreachable!("two entries") };
    assert!(maker.id.starts_with("MEU-") && maker.id.len() == 20, "{}", maker.id);
    assert_eq!(maker.names, names(&[("Nowhere Aviation", N::Primary), ("NAV", N::Alias)]));
    assert_eq!(maker.effects, ["export licence required", "licence requirement: For all items", "licence policy: Presumption of denial"]);
    assert_eq!((&maker.regimes, &maker.countries), (&texts(&["us/military-end-users"]), &texts(&["XF"])));
    let expected = Listing {
        names: names(&[("XX-ABC", N::Primary)]),
        identifiers: vec![id(Id::Tail, "XX-ABC", "")],
        programmes: texts(&["CUBA", "IRAN"]),
        regimes: texts(&["us/cuba", "us/iran"]),
        effects: texts(&["asset freeze"]),
        ..aircraft("SDN-9004")
    };
    assert_eq!(*kite, expected);
}

#[test]
fn denied_persons() {
    let list = read(&["dpl.txt"], None).unwrap();
    let john = Listing {
        id: "DPL-JOHN NOBODY-01/02/2030".into(),
        names: names(&[("JOHN NOBODY", N::Primary)]),
        countries: texts(&["XF", "XN"]),
        addresses: texts(&["1 LONG STREET, FARVILLE, 0001, XF", "2 SHORT STREET, NEARTON, XN"]),
        programmes: texts(&["DPL"]),
        regimes: texts(&["us/denied-persons"]),
        basis: texts(&["84 F.R. 2"]),
        effects: texts(&["export privileges denied"]),
        listed_on: Some(date(2030, 1, 2)),
        amended_on: Some(date(2030, 1, 9)),
        delisted_on: Some(date(2033, 1, 2)),
        ..Listing::default()
    };
    assert_eq!((list.listings, list.records, list.problems), (vec![john], 2, vec![]));
}
