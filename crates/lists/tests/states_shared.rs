//! The real files of the European Union, the United Kingdom and other States, where the shared test data is at hand (`LICIT_SHARED`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod lists_at_hand;

use lists::Read;
use lists_at_hand::{count, delta, folder, load, read_all};
use std::path::Path;

/// Says the figures; the rest of the line is asserted.
fn told(what: &str, read: &Read) {
    let names: usize = read.listings.iter().map(|l| l.names.len()).sum();
    println!(
        "{what}: {} records, {} listings, {names} names kept, {} problems",
        read.records,
        read.listings.len(),
        read.problems.len() + read.more_problems
    );
}

/// How often a mark is in the unpacked file: a count that owes nothing to the readers.
fn raw(path: &str, mark: &str) -> usize {
    let packed = std::fs::read(folder().unwrap().join(path)).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut ruzstd::decoding::StreamingDecoder::new(packed.as_slice()).unwrap(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap().matches(mark).count()
}

#[test]
fn eu_lists_have_the_known_numbers_and_order_does_not_count() {
    let path = |day: &str| format!("eu/xmlFullSanctionsList_1_1_reconstructed_{day}.xml.zst");
    let Some(february) = load(&path("2026-02-23"), None) else { return };
    let (april, may) = (load(&path("2026-04-25"), None).unwrap(), load(&path("2026-05-01"), None).unwrap());
    for (day, read, names) in [("2026-02-23", &february, 29_809), ("2026-04-25", &april, 29_826), ("2026-05-01", &may, 29_826)] {
        assert_eq!(read.list, "eu-fsf");
        assert_eq!((read.records, count(read)), (5860, [4341, 1519, 0, 0]), "{day}");
        assert_eq!(raw(&path(day), "<nameAlias "), names, "{day}");
        assert!(read.problems.is_empty(), "{:?}", read.problems.first());
        told(day, read);
    }
    let same = delta(&april, &may);
    assert_eq!((same.added.len(), same.removed.len(), same.changed.len()), (0, 0, 0));
    let other = delta(&february, &may);
    assert_eq!((other.added.len(), other.removed.len(), other.changed.len()), (0, 0, 80));
    let fields = load("eu/eu_fields_2026-05-01.jsonl.zst", None).unwrap();
    assert_eq!(fields.listings, may.listings, "the same content in another form");
}

#[test]
fn short_eu_list_of_2018_is_read_and_its_references_are_those_of_today() {
    let Some(old) = load("eu/EUSanctionsShort_2018-07-04.csv.zst", None) else { return };
    told("2018", &old);
    assert_eq!((old.list.as_str(), old.version.as_deref()), ("eu-fsf", Some("2018-07-04")));
    // 93 logical ids in the 999 rows, counted by another program.
    assert_eq!(old.records, 93);
}

#[test]
fn eu_annexes_have_the_known_numbers() {
    let Some(folder) = folder() else { return };
    let files = |part: &str| -> Vec<String> {
        let names = std::fs::read_dir(folder.join("eu_journal").join(part)).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.map(|n| format!("eu_journal/{part}/{n}")).collect();
        names.sort();
        names
    };
    let (consolidated, amendments) = (files("consolidated"), files("amendments"));
    assert_eq!((consolidated.len(), amendments.len()), (45, 11));
    let all: Vec<&str> = consolidated.iter().map(String::as_str).collect();
    let read = read_all(&all, None).unwrap().unwrap();
    told("consolidated annexes", &read);
    // 8,017 rows; in Annex I to Regulation 881/2002, whose entries have no numbers, two names stand twice.
    assert_eq!(read.listings.len(), 8015);
    let with =
        |act: &str, effect: &str| read.listings.iter().filter(|l| l.id.starts_with(act) && l.effects.iter().any(|e| e == effect)).count();
    assert_eq!(with("32014R0833/IV/", "export control"), 921);
    assert_eq!(with("32014R0833/XLII/", "transportation restrictions"), 633);
    assert_eq!(with("32014R0833/", "asset freeze"), 0, "sectoral annexes freeze nothing");
    assert_eq!(with("32014R0269/", "asset freeze"), 2802);
}

#[test]
fn uk_lists_have_the_known_numbers() {
    let Some(xml) = load("uk/UK-Sanctions-List_reconstructed_2026-08-22.xml.zst", None) else { return };
    told("xml", &xml);
    assert_eq!((xml.list.as_str(), xml.records, count(&xml)), ("uk-sl", 6349, [4036, 1647, 666, 0]));
    assert_eq!(raw("uk/UK-Sanctions-List_reconstructed_2026-08-22.xml.zst", "<Name>"), 15_758);
    let (before, after) =
        (load("uk/uk_fields_2026-08-20.jsonl.zst", None).unwrap(), load("uk/uk_fields_2026-08-22.jsonl.zst", None).unwrap());
    assert_eq!(after.listings, xml.listings, "the same content in another form");
    let change = delta(&before, &after);
    // 25 differ in fields that are kept, whatever their order; counted by another program.
    assert_eq!((change.added.len(), change.removed.len(), change.changed.len()), (0, 0, 25));
    let ofsi = load("uk/sanctionsconlist_2018-04-13.csv.zst", None).unwrap();
    told("OFSI", &ofsi);
    // 9,487 rows of 2,106 groups.
    assert_eq!((ofsi.list.as_str(), ofsi.version.as_deref(), ofsi.listings.len()), ("uk-ofsi", Some("2018-04-13"), 2106));
    let tables = ["subjects", "subject_names", "subject_dobs", "subject_identifiers", "subject_countries"];
    let paths = tables.map(|t| format!("uk/relational_2026-05-13/{t}.csv.zst"));
    let relational = read_all(&paths.each_ref().map(String::as_str), None).unwrap().unwrap();
    told("five tables", &relational);
    assert_eq!((relational.records, count(&relational)), (6046, [3883, 1531, 632, 0]));
}

#[test]
fn other_states_have_the_known_numbers() {
    let Some(canada) = load("ca/sema-lmes_2025.xml.zst", None) else { return };
    told("Canada", &canada);
    assert_eq!((canada.list.as_str(), canada.records, canada.listings.len()), ("ca-sema", 4759, 4759));
    assert_eq!(count(&canada), [3334, 1316, 109, 0]);
    let later = load("ca/ca_fields_2026-08-22.jsonl.zst", None).unwrap();
    assert_eq!(later.listings.len(), 5690);

    let (before, after) =
        (load("au/au_fields_2026-08-20.jsonl.zst", None).unwrap(), load("au/au_fields_2026-08-22.jsonl.zst", None).unwrap());
    told("Australia", &after);
    assert_eq!((before.listings.len(), after.listings.len(), count(&after)), (3855, 3856, [2551, 1042, 263, 0]));
    let change = delta(&before, &after);
    assert_eq!((change.added.as_slice(), change.removed.len()), (&["8830".to_string()][..], 0));

    let swiss = load("ch/ch_fields_2026-02.jsonl.zst", None).unwrap();
    told("Switzerland, names", &swiss);
    assert_ne!(swiss.list, "ch-seco", "a collection of names is not the list");
    // 8,254 objects, of which 646 have no name.
    assert_eq!((swiss.records, count(&swiss)), (8254, [4518, 3090, 0, 0]));
}

#[test]
fn lists_in_simple_forms_have_the_known_numbers() {
    if folder().is_none() {
        return;
    }
    for (path, hint, list, records, listings) in [
        ("jp/jp_meti_enduser_2026.jsonld.zst", None, "jp-meti", 1495, 748),
        ("jp/meti_russia_tokutei_2025-09-12.txt.zst", None, "jp-meti-tokutei", 561, 561),
        ("jp/meti_third_country_tokutei_2025-09-12.txt", None, "jp-meti-tokutei", 56, 56),
        ("nz/nz_fields_2026-03.jsonl.zst", Some("nz"), "nz", 2058, 2058),
        ("tr/tr_fields_2026-03.jsonl", Some("tr"), "tr", 275, 275),
        ("wb/wb_fields.jsonl.zst", Some("wb"), "wb", 1370, 1370),
        ("cn/cn_2026.jsonld", None, "cn", 47, 47),
        ("ru/ru_counter_sanctions_2026.jsonld.zst", None, "ru", 1995, 1995),
        ("vessels/eu_vessels_2026.jsonld.zst", None, "eu-vessels", 597, 597),
        ("vessels/un_1718_vessels_2026.jsonl", Some("un-vessels"), "un-vessels", 32, 32),
        ("us_other/cuba_restricted_entities.csv", Some("cuba"), "cuba", 239, 239),
        ("us_other/dod_1260H_chinese_milcorps.csv", Some("dod-1260h"), "dod-1260h", 397, 234),
        ("cn/cn_sanctions_curated.csv.zst", Some("cn-all"), "cn-all", 610, 464),
    ] {
        let read = load(path, hint).unwrap();
        told(path, &read);
        assert_eq!((read.list.as_str(), read.records, read.listings.len()), (list, records, listings), "{path}");
    }
    let wallets = load("crypto/il_nbctf_wallets.csv", Some("wallets")).unwrap();
    told("wallets", &wallets);
    assert!(wallets.listings.iter().all(|l| l.identifiers.iter().any(|i| i.kind == lists::IdentifierKind::Wallet)));
}

/// A list given under the name of another is refused, and the refusal says what it is.
#[test]
fn a_list_is_not_taken_for_another() {
    let Some(wrong) = read_all(&["ca/sema-lmes_2025.xml.zst"], Some("eu-fsf")) else { return };
    let refused = wrong.unwrap_err();
    assert!(refused.message.contains("Canada SEMA XML"), "{refused}");
    assert!(Path::new(&refused.at).ends_with("sema-lmes_2025.xml.zst"), "{refused}");
}
