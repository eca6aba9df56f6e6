//! The derived forms (JSON lines, graphs, curated tables, the text of a PDF), on invented parties.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use jiff::civil::date;
use lists::{IdentifierKind as Mark, Limits, Listing, NameKind, Read, Source};
use names::Kind;

fn read_as(text: &str, hint: Option<&str>) -> Read {
    let source = Source { name: "list.txt", bytes: text.as_bytes() };
    lists::read(&[source], hint, &Limits::default()).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn texts(listing: &Listing) -> Vec<(&str, NameKind)> {
    listing.names.iter().map(|n| (n.text.as_str(), n.kind)).collect()
}

fn marks(listing: &Listing) -> Vec<(Mark, &str)> {
    listing.identifiers.iter().map(|i| (i.kind, i.value.as_str())).collect()
}

#[test]
fn eu_fields() {
    let read = read_as(
        r#"{"eu_reference_number":"EU.9.1","logical_id":"9","subject_type":{"code":"enterprise"},"united_nation_id":"ZZe.1","regulations":[{"publication_date":"2030-07-08","number_title":"2030/77","programme":"IRN"}],"name_aliases":[{"whole_name":"Glass","strong":true,"logical_id":"2"},{"whole_name":"Stekla","strong":false,"logical_id":"1","regulation_summaries":[{"publication_date":"2029-05-07"}]}],"identifications":[{"identification_type_code":"imo","number":"9074729","country_iso2_code":"00"}],"addresses":[{"street":"1 Lane","city":"Onhava","country_iso2_code":"RU","country_description":"RUSSIA"}]}"#,
        None,
    );
    let glass = &read.listings[0];
    assert_eq!((read.list.as_str(), glass.id.as_str(), glass.kind), ("eu-fsf", "EU.9.1", Some(Kind::Body)));
    assert_eq!(texts(glass), [("Glass", NameKind::Primary), ("Stekla", NameKind::Weak)]);
    assert_eq!(marks(glass), [(Mark::Reference, "UN ZZe.1"), (Mark::Imo, "9074729")]);
    assert_eq!((glass.published_on, glass.amended_on), (Some(date(2029, 5, 7)), Some(date(2030, 7, 8))));
    assert_eq!((glass.addresses[0].as_str(), glass.countries[0].as_str()), ("1 Lane, Onhava, RUSSIA", "RU"));
}

#[test]
fn uk_fields_and_five_tables() {
    let read = read_as(
        r#"{"unique_id":"ZZZ1","individual_entity_ship":"Individual","names":{"names":[{"name6":"ZEMBLA","name1":"Alva","name_type":"Primary Name"}]},"non_latin_names":{"names":[{"name_non_latin_script":"Алва"}]},"regime_name":"The Russia (Sanctions) (EU Exit) Regulations 2019","sanctions_imposed":"Asset freeze|Travel Ban","date_designated":"2029-05-06","last_updated":"2030-07-08"}"#,
        Some("uk-sl"),
    );
    let alva = &read.listings[0];
    assert_eq!(texts(alva), [("Alva ZEMBLA", NameKind::Primary), ("Алва", NameKind::Original)]);
    assert_eq!(
        (alva.regimes.join(""), alva.effects.join("+"), alva.listed_on),
        ("uk/russia".into(), "asset freeze+travel ban".into(), Some(date(2029, 5, 6)))
    );

    let tables = [
        (
            "dobs.csv",
            "id,unique_id,raw_value,year,month,day,precision\n1,ZZZ1,dd/mm/1958,1968,,,year_only\n,,,,,,\n2,ZZZ9,01/01/1960,1960,1,1,exact\n3,,01/01/1961,1961,1,1,exact\n",
        ),
        (
            "names.csv",
            "name_id,unique_id,name_type,alias_strength,full_name,name_6,name_1\n1,ZZZ1,alias,low_quality_aka,Old Fox,Old Fox,\n2,ZZZ1,primary,,Alva ZEMBLA,ZEMBLA,Alva\n",
        ),
        (
            "subjects.csv",
            "unique_id,subject_type,un_reference_number,ofsi_group_id,date_designated,last_updated\nZZZ1,individual,ZZi.1,99,06/05/2029,08/07/2030\n",
        ),
    ];
    let sources = tables.map(|(name, text)| Source { name, bytes: text.as_bytes() });
    let read = lists::read(&sources, None, &Limits::default()).unwrap();
    let alva = &read.listings[0];
    assert_eq!(texts(alva), [("Alva ZEMBLA", NameKind::Primary), ("Old Fox", NameKind::Weak)]);
    assert_eq!(alva.births[0].to_string(), "1958", "the raw value, not the year of another row beside it");
    let said: Vec<_> = read.problems.iter().map(|p| p.message.as_str()).collect();
    assert!(
        said.iter().any(|s| s.contains("no party ZZZ9")) && said.iter().any(|s| s.starts_with("1 rows belong to no party")),
        "{said:?}"
    );
    let refused = lists::read(&sources[..2], None, &Limits::default()).unwrap_err();
    assert!(refused.message.contains("subjects is missing"), "{refused}");
}

#[test]
fn australian_canadian_and_swiss_fields() {
    let read = read_as(
        r#"{"reference":"901","entity_type":"person","names":[{"text":"Alva Zembla","name_type":"Primary Name"}],"previous_names":["Alva Frost"],"additional_info":"ZZi.001 Title: none","sanction":{"listing_information":"First listed on 6/05/2029 (amended on 1 Jul. 2030)","committees":"1718 (DPRK)","control_date":"2030-07-08","travel_ban":true,"arms_embargo":false},"dates_of_birth":[{"raw_value":"a) 5/04/1959 b) 1958"},{"raw_value":"x","year_range_from":1950,"year_range_to":1952,"circa":true}],"places_of_birth":[{"raw_value":"a) Onhava"},{"raw_value":"Russia b) Helsinki"},{"raw_value":"Finland"}],"citizenships":["Russia"]}"#,
        None,
    );
    let alva = &read.listings[0];
    assert_eq!(texts(alva), [("Alva Zembla", NameKind::Primary), ("Alva Frost", NameKind::Former)]);
    assert_eq!(alva.births.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1959-04-05", "1958", "about 1950/1952"]);
    assert_eq!(alva.birth_places, ["Onhava, Russia", "Helsinki, Finland"]);
    assert_eq!(
        (alva.listed_on, alva.amended_on, alva.effects.join("")),
        (Some(date(2029, 5, 6)), Some(date(2030, 7, 8)), "travel ban".into())
    );
    assert_eq!((marks(alva), alva.regimes.join("")), (vec![(Mark::Reference, "UN ZZi.001")], "au/dprk".into()));

    let read = read_as(
        r#"{"country":"Iran","last_name":"ZEMBLA","given_name":"\tAlva ","schedule":"1","item":"7","date_of_birth_or_ship_build_date":"1959 or 1961","date_of_listing":"2029-05-06"}"#,
        None,
    );
    let alva = &read.listings[0];
    assert_eq!((alva.id.as_str(), texts(alva), alva.births.len()), ("Iran/1/7", vec![("Alva ZEMBLA", NameKind::Primary)], 2));

    let read = read_as(
        r#"{"ssid":"1","sanctions_set_id":"11","individual":{"identity":{"names":[{"name_type":"primary-name","quality":"good","name_parts":[{"order":1,"name_part_type":"family-name","value":"Zembla"},{"order":2,"name_part_type":"given-name","value":"Alva"}]},{"name_type":"alias","quality":"low","name_parts":[{"order":1,"name_part_type":"whole-name","value":"Old Fox"}]}],"day_month_year":{"day":5,"month":4,"year":1959}}}}"#,
        None,
    );
    assert_eq!((read.list.as_str(), read.problems.len()), ("ch-seco-names", 1), "it says that it is not the list in force");
    assert_eq!(texts(&read.listings[0]), [("Alva Zembla", NameKind::Primary), ("Old Fox", NameKind::Weak)]);
    assert_eq!(read.listings[0].births[0].to_string(), "1959-04-05");
}

#[test]
fn graphs_tie_parties_and_entries() {
    let graph = r#"{"@context":["x"],"@graph":[{"id":"https://www.ammitto.org/entity/jp/JP-1","entity_type":"organization","names":[{"full_name":"Glass","script":"Latn","is_primary":true},{"full_name":"硝子","script":"Jpan","is_primary":false}],"source_references":[{"source_code":"jp","reference_number":"JP-1"}],"remarks":"Country: Zembla"},{"id":"e1","entity_id":"https://www.ammitto.org/entity/jp/JP-1","regime":{"code":"JP-EUL"},"effects":[{"effect_type":"export_restriction"}],"period":{"listed_date":"2029-05-06"}}]}"#;
    let read = read_as(graph, None);
    let glass = &read.listings[0];
    assert_eq!((read.list.as_str(), glass.id.as_str(), glass.countries.join("")), ("jp-meti", "JP-1", "Zembla".into()));
    assert_eq!(texts(glass), [("Glass", NameKind::Primary), ("硝子", NameKind::Original)]);
    assert_eq!((glass.effects.join(""), glass.listed_on), ("export restriction".into(), Some(date(2029, 5, 6))));
    let lines = r#"{"id":"https://www.ammitto.org/entity/un_vessels/9074729","entity_type":"vessel","names":[{"full_name":"STAR","is_primary":true}],"source_references":[{"reference_number":"9074729"}],"imo_number":"9074729","@context":"x"}"#;
    let read = read_as(lines, None);
    assert_eq!(
        (read.list.as_str(), read.listings[0].kind, marks(&read.listings[0])),
        ("un-vessels", Some(Kind::Vessel), vec![(Mark::Imo, "9074729")])
    );
    let refused = lists::read(&[Source { name: "g", bytes: &graph.as_bytes()[..200] }], None, &Limits::default()).unwrap_err();
    assert!(refused.message.contains("not JSON"), "{refused}");
}

#[test]
fn new_zealand_turkiye_and_world_bank() {
    let read = read_as(
        r#"{"type":"Individual","unique_identifier":"IND-1","sanction_status":"Sanctioned","first_name":"Alva","last_name":"Zembla","alias_alternate_spellings":"Alwa;Old Fox","dob":"1959-04-05","travel_ban":"yes","asset_freeze":"No","passport_number":"P1; P2","date_of_sanction":"2029-05-06"}"#,
        Some("nz"),
    );
    let alva = &read.listings[0];
    assert_eq!(
        (alva.names.len(), marks(alva).len(), alva.effects.join(""), alva.listed_on),
        (3, 2, "travel ban".into(), Some(date(2029, 5, 6)))
    );
    let read = read_as(
        r#"{"name":"GLASS","entity_type":"organization","program":"Law","remarks":"a) Glass Works\nb) Mirror, Ltd.;\nc) Sand","listed_date":"6.5.2029/ 12","reference_number":"4"}"#,
        Some("tr"),
    );
    let names: Vec<_> = read.listings[0].names.iter().map(|n| n.text.as_str()).collect();
    assert_eq!((names, read.listings[0].listed_on), (vec!["GLASS", "Glass Works", "Mirror, Ltd", "Sand"], Some(date(2029, 5, 6))));
    let read = read_as(
        r#"{"supp_id":7,"supp_name":"GLASS","supp_type_code":"F","country_name":"Zembla","debar_from_date":"2029-05-06","debar_to_date":"2030-05-05","debar_reason":"Cross Debarment"}"#,
        Some("wb"),
    );
    assert_eq!((read.listings[0].listed_on, read.listings[0].delisted_on), (Some(date(2029, 5, 6)), Some(date(2030, 5, 5))));
}

#[test]
fn curated_tables_and_wallets() {
    let read = read_as(
        "Type,QID,Name,Alias,Chinese name,Country,Body,List,Date,End date,Source URL,Address\nPerson,,Alva Zembla,Old Fox,阿尔瓦,US,Ministry,,06.05.29,,https://example.org,\n",
        Some("mine"),
    );
    let alva = &read.listings[0];
    assert_eq!((read.list.as_str(), alva.kind, alva.listed_on), ("mine", Some(Kind::Person), Some(date(2029, 5, 6))));
    assert_eq!(texts(alva), [("Alva Zembla", NameKind::Primary), ("阿尔瓦", NameKind::Original), ("Old Fox", NameKind::Alias)]);
    let wallets = "שם מלא,תעודת זהות,דרכון,תאריך לידה,מספר זיהוי הארנק האלקטרוני/ יוזר,מטבע\nצ.ת 1/29\nAlva,1,-,,bc1qzembla,BTC\n";
    let read = read_as(wallets, Some("wallets"));
    let wallet = &read.listings[0];
    assert_eq!((wallet.id.as_str(), wallet.basis[0].as_str()), ("bc1qzembla", "צ.ת 1/29"));
    assert_eq!(marks(wallet), [(Mark::Wallet, "XBT:bc1qzembla"), (Mark::NationalId, "1")]);
}

#[test]
fn japanese_text_is_parted_by_its_numbers() {
    let text = "○ 対象となるロシア連邦の団体（令和四年外務省告示第一号）\n指定日：2029 年05月06 日\n最終更新日：2030 年07月08 日\n\
        １ 株式会社ガラス\nGlass JSC\n所在地：1 Lane, Onhava, 30 Street, Zembla; and 2 Lane.２ 鏡工場（別称、鏡）\nMirror Works, a.k.a., the following two\naliases:\n-Mirror-Glass; and\n-MW.\n所在地：3 Lane.\n";
    let read = read_as(text, None);
    assert_eq!((read.list.as_str(), read.version.as_deref(), read.listings.len()), ("jp-meti-tokutei", Some("2030-07-08"), 2));
    let glass = &read.listings[0];
    assert_eq!(
        (glass.id.as_str(), texts(glass)),
        ("russia/1", vec![("Glass JSC", NameKind::Primary), ("株式会社ガラス", NameKind::Original)])
    );
    assert_eq!(glass.addresses, ["1 Lane, Onhava, 30 Street, Zembla", "2 Lane"]);
    assert_eq!(
        texts(&read.listings[1]),
        [("Mirror Works", NameKind::Primary), ("Mirror-Glass", NameKind::Alias), ("MW", NameKind::Alias), ("鏡工場", NameKind::Original)]
    );
}
