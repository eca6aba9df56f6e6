//! The formats of the European Union, the United Kingdom, Switzerland, Canada and Australia, on small lists of invented parties.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod lists_at_hand;

use jiff::civil::date;
use lists::{IdentifierKind as Mark, Limits, Listing, NameKind, Read, Refused, Source};
use lists_at_hand::count;
use names::Kind;
use std::path::Path;

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)).unwrap()
}

fn read_bytes(name: &str, bytes: &[u8]) -> Result<Read, Refused> {
    lists::read(&[Source { name, bytes }], None, &Limits::default())
}

fn read(name: &str) -> Read {
    read_bytes(name, &bytes(name)).unwrap_or_else(|e| panic!("{e}"))
}

fn find<'r>(read: &'r Read, id: &str) -> &'r Listing {
    read.listings
        .iter()
        .find(|l| l.id == id)
        .unwrap_or_else(|| panic!("no {id} in {:?}", read.listings.iter().map(|l| &l.id).collect::<Vec<_>>()))
}

fn names(listing: &Listing) -> Vec<(&str, NameKind)> {
    listing.names.iter().map(|n| (n.text.as_str(), n.kind)).collect()
}

fn births(listing: &Listing) -> Vec<String> {
    listing.births.iter().map(ToString::to_string).collect()
}

fn marks(listing: &Listing) -> Vec<(Mark, &str, &str)> {
    listing.identifiers.iter().map(|i| (i.kind, i.value.as_str(), i.country.as_str())).collect()
}

#[test]
fn eu_xml_gives_every_field() {
    let read = read("eu-fsf.xml");
    assert_eq!((read.list.as_str(), read.version.as_deref()), ("eu-fsf", Some("2031-02-03T10:00:00.000+01:00")));
    let alva = find(&read, "EU.9001.1");
    assert_eq!(alva.kind, Some(Kind::Person));
    assert_eq!(names(alva), [("Alva Q. ZEMBLA", NameKind::Primary), ("Алва Зембля", NameKind::Alias), ("Old Fox", NameKind::Weak)]);
    assert_eq!(births(alva), ["about 1958/1960", "1959-04-05"], "a year of another calendar is no year of ours");
    assert_eq!((alva.female, alva.nationalities.as_slice()), (Some(true), &["RU".to_string()][..]));
    assert_eq!(alva.birth_places, ["Onhava", "RU", "IR"]);
    assert_eq!(alva.addresses, ["1 Kinbote Lane, 12, 00100, Onhava, RUSSIAN FEDERATION"]);
    assert_eq!(
        marks(alva),
        [
            (Mark::Reference, "UN ZZi.001", ""),
            (Mark::Email, "alva@example.org", ""),
            (Mark::Web, "https://example.org", ""),
            (Mark::Passport, "P000001", "RU"),
            (Mark::Tax, "770000000001", "RU"),
            (Mark::Other, "Driving licence: D-1", ""),
        ]
    );
    assert_eq!(alva.positions, ["Minister of Snow"]);
    assert_eq!((alva.programmes.as_slice(), alva.regimes.as_slice()), (&["PRK".to_string()][..], &["eu/dprk".to_string()][..]));
    assert_eq!(alva.basis, ["2030/77 (OJ L77)"]);
    assert_eq!(alva.listed_on, Some(date(2029, 5, 6)), "the day of designation");
    assert_eq!(alva.published_on, Some(date(2029, 5, 7)), "the oldest act that the record cites");
    assert_eq!(alva.amended_on, Some(date(2030, 7, 8)));
    let glass = find(&read, "9002");
    assert_eq!((glass.kind, glass.delisted_on), (Some(Kind::Body), Some(date(2030, 1, 1))));
    assert_eq!(marks(glass), [(Mark::Imo, "9074729", ""), (Mark::Registration, "1027700000000", "RU"), (Mark::Bic, "ABCDRUMM", "")]);
    assert_eq!(read.problems.len(), 1, "a party without a name: {:?}", read.problems);
}

#[test]
fn eu_names_come_in_one_order_whatever_the_order_of_the_elements() {
    let text = String::from_utf8(bytes("eu-fsf.xml")).unwrap();
    let weak = text.lines().find(|l| l.contains("Old Fox")).unwrap();
    let moved = text.replace(&format!("{weak}\n"), "").replace(
        "    <f:citizenship region=\"\" countryIso2Code=\"RU\"",
        &format!("{weak}\n    <f:citizenship region=\"\" countryIso2Code=\"RU\""),
    );
    assert_ne!(text, moved);
    assert_eq!(read_bytes("moved.xml", moved.as_bytes()).unwrap().listings, read("eu-fsf.xml").listings);
}

#[test]
fn eu_csv_of_both_versions_gathers_rows_by_party() {
    let new = read("eu-fsf-1.1.csv");
    let alva = find(&new, "EU.9001.1");
    assert_eq!(new.version.as_deref(), Some("2031-02-03"));
    assert_eq!(names(alva), [("Alva ZEMBLA", NameKind::Primary), ("Old Fox", NameKind::Alias)]);
    assert_eq!((births(alva), alva.female), (vec!["about 1958".to_string()], Some(true)));
    assert_eq!(alva.positions, ["Minister of Snow; of Ice"]);
    assert_eq!(marks(alva), [(Mark::Reference, "UN ZZi.001", ""), (Mark::Passport, "P000001", "RU")]);
    assert_eq!((alva.nationalities.as_slice(), alva.addresses.len()), (&["RU".to_string()][..], 1));
    assert_eq!(new.problems.len(), 1, "the torn row: {:?}", new.problems);
    assert_eq!(new.listings.len(), 1);

    let old = read("eu-fsf-1.0.csv");
    let alva = find(&old, "EU.9001.1");
    assert_eq!(marks(alva), [(Mark::Passport, "P000001", "RUS")]);
    assert_eq!((births(alva), alva.birth_places.as_slice()), (vec!["1958".to_string()], &["Onhava, RUS".to_string()][..]));
    assert_eq!((alva.published_on, alva.nationalities.as_slice()), (Some(date(2029, 5, 7)), &["RUS".to_string()][..]));

    // A spreadsheet put each line in quotation marks and filled it up with tabs.
    let text = String::from_utf8(bytes("eu-fsf-1.0.csv")).unwrap();
    let wrapped: String = text.lines().map(|l| format!("\"{}\t\t\"\r\n", l.replace('"', "\"\""))).collect();
    assert_eq!(read_bytes("short.csv", wrapped.as_bytes()).unwrap().listings, old.listings);
}

#[test]
fn eu_annexes_carry_what_they_do() {
    let read = read("eu-journal.csv");
    assert_eq!((read.list.as_str(), count(&read)), ("eu-journal", [1, 2, 1, 0]));
    let alva = find(&read, "32029R0001/XV/1");
    assert_eq!(
        names(alva),
        [
            ("Alva ZEMBLA", NameKind::Primary),
            ("Алва ЗЕМБЛЯ", NameKind::Alias),
            ("Zembla; Alva", NameKind::Alias),
            ("Alva FROST", NameKind::Former),
            ("Old Fox", NameKind::Weak),
        ]
    );
    assert_eq!((births(alva), alva.female), (vec!["1959-04-05".to_string(), "1958".to_string()], Some(true)));
    assert_eq!((alva.effects.as_slice(), alva.listed_on), (&["asset freeze".to_string()][..], Some(date(2029, 5, 6))));
    let glass = find(&read, "32029R0001/XV/1 legalentity");
    assert_eq!(marks(glass), [(Mark::Registration, "1027700000000", ""), (Mark::Other, "KPP: 770001001", "")]);
    let mirror = find(&read, "32029R0001/IV/7");
    assert_eq!(mirror.effects, ["export control", "financial restrictions"], "two measures, one party, and no freeze");
    let star = find(&read, "32029R0001/XLII/Zemblan Star");
    assert_eq!((star.effects[0].as_str(), star.ship.as_ref().unwrap().flag.as_deref()), ("transportation restrictions", Some("Comoros")));
    assert_eq!(find(&read, "32029R0001/XLVII.A/Port of Onhava").kind, None);

    let files = ["eu-journal-amending.csv", "eu-journal.csv"].map(|n| (n, bytes(n)));
    let sources = files.each_ref().map(|(name, bytes)| Source { name, bytes });
    let both = lists::read(&sources, None, &Limits::default()).unwrap();
    let alva = find(&both, "32029R0001/XV/1");
    assert_eq!(names(alva), [("Alva Q. ZEMBLA", NameKind::Primary)], "the amending act takes the entry's place");
    assert_eq!((alva.amended_on, alva.basis.len()), (Some(date(2030, 7, 8)), 2));
}

#[test]
fn uk_xml_gives_every_field() {
    let read = read("uk-sl.xml");
    assert_eq!((read.list.as_str(), read.version.as_deref(), count(&read)), ("uk-sl", Some("2031-02-03"), [1, 1, 1, 0]));
    let alva = find(&read, "ZZZ0001");
    assert_eq!(
        names(alva),
        [
            ("Alva Q. ZEMBLA", NameKind::Primary),
            ("Alwa Zembla", NameKind::Alias),
            ("Old Fox", NameKind::Weak),
            ("Lady Snow", NameKind::Alias),
            ("Алва Зембля", NameKind::Original),
        ]
    );
    assert_eq!(births(alva), ["1958", "1959-04", "1959-04-05"]);
    assert_eq!(read.problems.len(), 1, "`soon` is no date: {:?}", read.problems);
    assert_eq!((alva.female, alva.positions.as_slice()), (Some(true), &["Minister of Snow".to_string(), "Dame".to_string()][..]));
    assert_eq!((alva.nationalities[0].as_str(), alva.birth_places[0].as_str()), ("Russia", "Onhava, Russia"));
    assert_eq!(alva.addresses, ["1 Kinbote Lane, Onhava, 00100, Russia"]);
    assert_eq!(
        marks(alva),
        [
            (Mark::Reference, "UN ZZi.001", ""),
            (Mark::Reference, "OFSI 99001", ""),
            (Mark::Phone, "+7 000", ""),
            (Mark::Passport, "P000001", ""),
            (Mark::NationalId, "N000001", ""),
        ]
    );
    assert_eq!((alva.regimes.as_slice(), alva.effects.join(", ")), (&["uk/dprk".to_string()][..], "asset freeze, travel ban".to_string()));
    assert_eq!((alva.listed_on, alva.amended_on), (Some(date(2029, 5, 6)), Some(date(2031, 2, 2))));

    let star = find(&read, "ZZZ0002");
    let ship = star.ship.as_ref().unwrap();
    assert_eq!((ship.flag.as_deref(), ship.owner.as_deref(), ship.built), (Some("Comoros"), Some("Glass Shipping"), Some(2011)));
    assert_eq!(
        (ship.former_flags.join(" "), ship.sort.as_deref(), ship.tonnage.join(" ")),
        ("Palau Togo".into(), Some("Bulk Carrier"), "7078".into())
    );
    assert_eq!(
        star.links.iter().map(|l| format!("{} {}", l.how, l.to)).collect::<Vec<_>>(),
        ["owner or operator Glass Shipping", "former owner or operator Sand Shipping"]
    );
    assert_eq!((marks(star), star.effects.join(",")), (vec![(Mark::Imo, "9074729", "")], "prevention of business arrangements".into()));

    let glass = find(&read, "ZZZ0003");
    assert_eq!(marks(glass), [(Mark::Registration, "1027700000000", "")]);
    assert_eq!(
        glass.links.iter().map(|l| format!("{} {}", l.how, l.to)).collect::<Vec<_>>(),
        ["parent company Sand Holding", "subsidiary Mirror Works"]
    );
}

#[test]
fn uk_csv_and_ods_say_the_same() {
    let csv = read("uk-sl.csv");
    assert_eq!((csv.version.as_deref(), count(&csv)), (Some("2031-02-03"), [1, 0, 1, 0]));
    let alva = find(&csv, "ZZZ0001");
    assert_eq!(names(alva), [("Alva ZEMBLA", NameKind::Primary), ("Old Fox", NameKind::Weak), ("Алва Зембля", NameKind::Original)]);
    assert_eq!((births(alva), alva.female), (vec!["1958".to_string(), "1959-04-05".to_string()], Some(true)));
    assert_eq!(
        (marks(alva), alva.addresses.join("")),
        (vec![(Mark::Reference, "OFSI 99001", ""), (Mark::Passport, "P000001", "")], "1 Kinbote Lane, Russia".into())
    );
    let star = find(&csv, "ZZZ0002").ship.clone().unwrap();
    assert_eq!((star.flag.as_deref(), star.owner.as_deref(), star.built), (Some("Comoros"), Some("Glass Shipping"), Some(2011)));
    let ods = read("uk-sl.ods");
    assert_eq!((ods.listings, ods.version), (csv.listings, csv.version));
}

#[test]
fn ofsi_layouts_of_2018_and_later() {
    let old = read("uk-ofsi-2018.csv");
    assert_eq!((old.list.as_str(), old.version.as_deref()), ("uk-ofsi", Some("2018-02-03")));
    let alva = find(&old, "99001");
    assert_eq!(names(alva), [("Alva Q. ZEMBLA", NameKind::Primary), ("Old FÖX", NameKind::Alias), ("Alva ZEMLA", NameKind::Former)]);
    assert_eq!((births(alva), alva.nationalities.join("+")), (vec!["1958".to_string(), "1959-04".to_string()], "Russian+Finnish".into()));
    assert_eq!(alva.birth_places, ["Russia / Finland"]);
    assert_eq!(marks(alva), [(Mark::Passport, "P000001 (Russian)", ""), (Mark::Reference, "UN ZZi.001", "")]);
    assert_eq!(
        (alva.listed_on, alva.amended_on, alva.regimes.join("")),
        (Some(date(2009, 5, 6)), Some(date(2009, 5, 7)), "uk/taliban".into())
    );

    let new = read("uk-ofsi-later.csv");
    let alva = find(&new, "99001");
    assert_eq!(names(alva), [("Alva ZEMBLA", NameKind::Primary), ("Алва Зембля", NameKind::Original), ("Old Fox", NameKind::Weak)]);
    assert_eq!(alva.female, Some(true));
    assert_eq!(
        marks(alva),
        [
            (Mark::Passport, "P000001", ""),
            (Mark::NationalId, "N000001", ""),
            (Mark::Reference, "UK ZZZ0001", ""),
            (Mark::Reference, "UN ZZi.001", ""),
        ]
    );
    let star = find(&new, "99002");
    let ship = star.ship.as_ref().unwrap();
    assert_eq!((star.kind, marks(star)), (Some(Kind::Vessel), vec![(Mark::Reference, "UK ZZZ0002", ""), (Mark::Imo, "9074729", "")]));
    assert_eq!((ship.flag.as_deref(), ship.owner.as_deref(), ship.built), (Some("Comoros"), Some("Glass Shipping"), Some(2011)));
    assert_eq!(star.listed_on, Some(date(2029, 5, 6)), "the earlier of the two days");
}

#[test]
fn swiss_xml_gives_every_field_and_the_end_of_a_listing() {
    let read = read("ch-seco.xml");
    assert_eq!((read.list.as_str(), read.version.as_deref(), count(&read)), ("ch-seco", Some("2031-02-03"), [1, 1, 1, 0]));
    let alva = find(&read, "100");
    assert_eq!(
        names(alva),
        [
            ("Alva Zembla", NameKind::Primary),
            ("Alva Semblya", NameKind::Alias),
            ("Алва Зембля", NameKind::Original),
            ("Old Fox", NameKind::Weak),
            ("Alva Frost", NameKind::Former),
        ]
    );
    assert_eq!((births(alva), alva.female), (vec!["1959-04-05".to_string(), "1958".to_string()], Some(true)));
    assert_eq!((alva.nationalities[0].as_str(), alva.birth_places[0].as_str()), ("RU", "Onhava, Zembla Oblast, Russian Federation"));
    assert_eq!(alva.addresses, ["1 Kinbote Lane, 00100, Onhava, Zembla Oblast, Russian Federation"]);
    assert_eq!(
        marks(alva),
        [
            (Mark::Reference, "UN ZZi.001", ""),
            (Mark::Passport, "P000001", "RU"),
            (Mark::Other, "driving-license: D-1", ""),
            (Mark::Email, "alva@example.org", ""),
        ]
    );
    assert_eq!(
        (alva.positions[0].as_str(), alva.links[0].to.as_str(), alva.links[0].how.as_str()),
        ("Minister of Snow", "200", "director-of")
    );
    assert_eq!((alva.programmes[0].as_str(), alva.regimes[0].as_str()), ("Democratic People's Republic of Korea", "ch/dprk"));
    assert_eq!((alva.listed_on, alva.published_on), (Some(date(2029, 5, 6)), Some(date(2029, 5, 5))));
    assert_eq!((alva.amended_on, alva.delisted_on), (Some(date(2030, 7, 8)), None));
    let glass = find(&read, "200");
    assert_eq!((glass.listed_on, glass.delisted_on), (Some(date(2029, 5, 6)), Some(date(2030, 1, 1))));
    assert_eq!(marks(glass), [(Mark::Tax, "770000000001", "")]);
    let star = find(&read, "300");
    assert_eq!((star.listed_on, star.delisted_on), (Some(date(2022, 2, 2)), None), "taken off and put on again");
    assert_eq!((marks(star), star.programmes.len()), (vec![(Mark::Imo, "9074729", "")], 1));
}

#[test]
fn canadian_items_are_parties() {
    let read = read("ca-sema.xml");
    assert_eq!((read.list.as_str(), count(&read)), ("ca-sema", [1, 1, 1, 0]));
    let alva = find(&read, "Russia/1, Part 1/3");
    assert_eq!(
        names(alva),
        [
            ("Alva Q. ZEMBLA", NameKind::Primary),
            ("Alwa Zembla", NameKind::Alias),
            ("Алва Зембля", NameKind::Alias),
            ("Old Fox", NameKind::Alias)
        ]
    );
    assert_eq!((births(alva), alva.positions[0].as_str()), (vec!["1958".to_string(), "1959-04-05".to_string()], "Minister of Snow"));
    assert_eq!((alva.regimes[0].as_str(), alva.listed_on), ("ca/russia", Some(date(2029, 5, 6))));
    let glass = find(&read, "Russia/1, Part 2/3");
    assert_eq!(glass.names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(), ["Glass Factory", "Glass Works, LLC", "Стекло"]);
    let star = find(&read, "Russia/1.1/1");
    let ship = star.ship.as_ref().unwrap();
    assert_eq!((marks(star), ship.sort.as_deref(), ship.built), (vec![(Mark::Imo, "9074729", "")], Some("Oil Tanker"), Some(2011)));
}

#[test]
fn australian_rows_belong_together_by_their_number() {
    let read = read("au-dfat.xlsx");
    assert_eq!((read.list.as_str(), count(&read)), ("au-dfat", [1, 0, 1, 0]));
    let alva = find(&read, "901");
    assert_eq!(names(alva), [("Alva Zembla", NameKind::Primary), ("Old Fox", NameKind::Weak), ("Алва Зембля", NameKind::Original)]);
    assert_eq!(births(alva), ["1959-04-05", "about 1958"]);
    assert_eq!(alva.birth_places, ["Onhava, Russia", "Helsinki, Finland"]);
    assert_eq!((alva.nationalities.join("+"), alva.addresses.len()), ("Russia+Finland".into(), 2));
    assert_eq!((marks(alva), alva.effects.join("+")), (vec![(Mark::Reference, "UN ZZi.001", "")], "asset freeze+travel ban".into()));
    assert_eq!((alva.listed_on, alva.amended_on), (Some(date(2029, 5, 6)), Some(date(2030, 7, 8))));
    let star = find(&read, "902");
    assert_eq!(
        (marks(star), star.listed_on, star.effects.join("")),
        (vec![(Mark::Imo, "9074729", "")], None, "maritime restriction".into())
    );
}

/// Bytes cut off, or turned round, or torn: never a panic, and XML never half.
#[test]
fn damaged_files_are_refused_or_read_with_problems() {
    for name in ["eu-fsf.xml", "uk-sl.xml", "ch-seco.xml", "ca-sema.xml"] {
        let whole = bytes(name);
        for end in (0..whole.len() - 20).step_by(97) {
            assert!(read_bytes(name, &whole[..end]).is_err(), "{name} cut off after {end} bytes was read");
        }
        let mut bent = whole.clone();
        let at = whole.len() / 2;
        bent[at] = 0x01;
        let refused = read_bytes(name, &bent).unwrap_err();
        assert!(refused.at.contains("line"), "{name}: {refused}");
    }
    for name in [
        "eu-fsf-1.1.csv",
        "eu-fsf-1.0.csv",
        "uk-sl.csv",
        "uk-sl.ods",
        "uk-ofsi-2018.csv",
        "uk-ofsi-later.csv",
        "au-dfat.xlsx",
        "eu-journal.csv",
    ] {
        let whole = bytes(name);
        for end in (0..whole.len()).step_by(61) {
            let _ = read_bytes(name, &whole[..end]);
            let mut bent = whole.clone();
            bent[end] ^= 0x55;
            let _ = read_bytes(name, &bent);
        }
    }
    let open = "Name 6,Group Type,Group ID\nA,Entity,1\n\"B,Entity,2\nC,Entity,3\n";
    let refused = read_bytes("open.csv", open.as_bytes()).unwrap_err();
    assert!(refused.at.ends_with("line 3") && refused.message.contains("never closed"), "{refused}");
    let empty_table = "Name 6,Group Type,Group ID\n";
    let refused = read_bytes("empty.csv", empty_table.as_bytes()).unwrap_err();
    assert!(refused.message.contains("not one entry"), "{refused}");
}
