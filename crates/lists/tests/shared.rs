//! The real files of the United Nations and of the United States, where the shared test data is at hand (`LICIT_SHARED`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod lists_at_hand;

use lists_at_hand::{Delta, canonical, count, delta, load, read_all};

#[test]
fn un_files_have_the_known_numbers_of_parties() {
    for (day, persons, bodies) in [
        ("2018-06-07", 693, 405),
        ("2018-10-29", 703, 390),
        ("2021-01-28", 710, 293),
        ("2022-03-01", 712, 255),
        ("2022-03-04", 703, 255),
        ("2023-10-17", 693, 253),
        ("2023-10-23", 670, 192),
        // 677 records of persons: HTi.001 is given twice.
        ("2023-12-09_a_677", 676, 193),
        ("2023-12-09_b_676", 676, 193),
        ("2025-06-07", 684, 193),
        ("2025-06-14", 683, 193),
        ("2025-06-18", 684, 193),
        ("2025-11-18", 727, 273),
        ("2025-11-20", 727, 273),
        ("2026-02-27", 730, 273),
    ] {
        let Some(read) = load(&format!("un/consolidated_{day}.xml.zst"), None) else { return };
        assert_eq!(read.list, "un-sc");
        assert_eq!(count(&read), [persons, bodies, 0, 0], "{day}");
        assert!(read.version.as_deref().unwrap().starts_with(&day[..10]), "{day}: {:?}", read.version);
        let twice = if day == "2023-12-09_a_677" { 1 } else { 0 };
        assert_eq!(read.records, persons + bodies + twice, "{day}");
        for p in read.problems.iter().take(3) {
            println!("{day} {}: {}", p.at, p.message);
        }
        println!("{day}: {} problems", read.problems.len());
    }
}

#[test]
fn ofac_files_have_the_known_numbers_of_parties() {
    for (day, rows, [persons, bodies, vessels, aircraft]) in [
        ("2021-08-18", 9083, [4688, 3711, 407, 277]),
        ("2022-02-24", 9123, [4660, 3758, 425, 280]),
        ("2022-02-25", 9214, [4675, 3834, 425, 280]),
        ("2022-09-29", 10579, [5402, 4376, 515, 286]),
        ("2022-09-30", 10875, [5687, 4387, 515, 286]),
        ("2024-02-20", 13931, [6700, 6063, 786, 382]),
        ("2024-02-23", 14484, [6757, 6547, 798, 382]),
        ("2024-04-26", 14668, [6820, 6630, 835, 383]),
        ("2024-05-01", 14966, [6849, 6883, 851, 383]),
        ("2024-05-02", 14973, [6854, 6885, 851, 383]),
        ("2024-05-03", 14965, [6854, 6884, 851, 376]),
    ] {
        let Some(read) = load(&format!("ofac/sdn_{day}.csv.zst"), None) else { return };
        assert_eq!((read.list.as_str(), read.records), ("us-ofac-sdn", rows), "{day}");
        assert_eq!(count(&read), [persons, bodies, vessels, aircraft], "{day}");
        println!("{day}: {} problems", read.problems.len());
        for p in read.problems.iter().filter(|p| !p.message.contains("longer than the file")).take(10) {
            println!("{day} {}: {}", p.at, p.message);
        }
    }
    let set = ["sdn.csv.zst", "alt.csv.zst", "add.csv.zst", "sdn_comments.csv"].map(|f| format!("ofac/set_2021-07/{f}"));
    let set = read_all(&set.each_ref().map(String::as_str), None).unwrap().unwrap();
    assert_eq!(count(&set), [4620, 3673, 406, 277]);
    println!("set: {:?}", set.problems.iter().take(5).collect::<Vec<_>>());
    for (day, persons, bodies, vessels) in [
        ("2018-04-06", 94, 471, 74),
        ("2020-12-14", 82, 294, 0),
        ("2023-11-14", 79, 366, 0),
        ("2024-02-23", 79, 365, 0),
        ("2025-03-28", 80, 363, 0),
    ] {
        let read = load(&format!("ofac/consolidated_{day}.xml.zst"), None).unwrap();
        assert_eq!((read.list.as_str(), read.version.as_deref()), ("us-ofac-cons", Some(day)));
        assert_eq!(count(&read), [persons, bodies, vessels, 0], "{day}");
        assert_eq!(read.declared, Some(read.records));
        println!("{day}: {:?}", read.problems.iter().take(5).collect::<Vec<_>>());
    }
    for file in ["cons_prim.csv", "cons_prim.del", "cons_prim.ff", "cons_prim.pip"] {
        let read = load(&format!("ofac/cons_2018_formats/{file}.zst"), None).unwrap();
        assert_eq!((read.list.as_str(), count(&read)), ("us-ofac-cons", [94, 471, 74, 0]), "{file}");
        println!("{file}: {:?}", read.problems.iter().take(5).collect::<Vec<_>>());
    }
}

#[test]
fn screening_lists_have_the_known_numbers_of_parties() {
    let Some(csv) = load("us_csl/consolidated_2022-04.csv.gz", None) else { return };
    // One bank is twice on the list of correspondent accounts, under the number 15268.
    assert_eq!((csv.list.as_str(), csv.records, csv.listings.len()), ("us-csl", 14160, 14159));
    // By list: persons 5206 + 78 + 2, bodies 4104 + 290 + 68 + 52 + 17 + 1; the other lists do not say.
    assert_eq!(count(&csv), [5286, 4532, 433, 283]);
    println!("{:?}", csv.problems.iter().take(10).collect::<Vec<_>>());
    let json = load("us_csl/screening-list_2026-07-31.json.zst", None).unwrap();
    assert_eq!((json.list.as_str(), json.records, json.declared), ("us-csl", 25921, Some(25921)));
    println!("{:?} {}", json.problems.iter().take(10).collect::<Vec<_>>(), json.problems.len());
    assert_eq!(json.listings.len(), 25921);
    assert_eq!(count(&json), [7591, 10206, 1524, 344]);
    let dpl = load("us_csl/dpl.txt", None).unwrap();
    println!("{:?} {}", dpl.problems.iter().take(10).collect::<Vec<_>>(), dpl.problems.len());
    // 547 lines with the header.
    assert_eq!((dpl.list.as_str(), dpl.records), ("us-csl", 546));
    assert_eq!(dpl.problems, [], "several addresses of one order are no problem");
}

/// Reads both and compares them.
fn between(from: &str, to: &str) -> Option<(usize, usize, usize, Delta)> {
    let (from, to) = (load(from, None)?, load(to, None)?);
    let delta = delta(&from, &to);
    Some((delta.added.len(), delta.removed.len(), delta.changed.len(), delta))
}

#[test]
fn un_versions_differ_as_known() {
    let un = |from: &str, to: &str| between(&format!("un/consolidated_{from}.xml.zst"), &format!("un/consolidated_{to}.xml.zst"));
    for (from, to, added, removed, changed) in [
        ("2022-03-01", "2022-03-04", 0, 9, None),
        ("2022-03-04", "2023-10-17", 10, 22, None),
        ("2023-10-17", "2023-10-23", 0, 84, None),
        ("2023-12-09_a_677", "2023-12-09_b_676", 0, 0, Some(0)),
        ("2025-06-07", "2025-06-14", 0, 1, None),
        ("2025-06-14", "2025-06-18", 1, 0, None),
        ("2025-06-18", "2025-11-18", 125, 2, None),
        ("2025-11-18", "2025-11-20", 0, 0, Some(0)),
    ] {
        let Some((a, r, c, delta)) = un(from, to) else { return };
        assert_eq!((a, r), (added, removed), "{from} to {to}");
        assert_eq!(c, changed.unwrap_or(c), "{from} to {to}: {:?}", delta.changed);
        println!("un {from} to {to}: {a} added, {r} removed, {c} changed");
    }
    let (left, back) = (un("2023-10-17", "2023-10-23").unwrap().3.removed, un("2025-06-18", "2025-11-18").unwrap().3.added);
    assert_eq!(left.iter().filter(|id| back.contains(id)).count(), 84, "who left in 2023 came back under the same reference");
    let (a, r, ..) = between("un/consolidated_2026-02-27.xml.zst", "un/un_fields_2026-08-22.jsonl.zst").unwrap();
    assert_eq!((a, r), (16, 8), "from XML to lines of JSON");
}

#[test]
fn sdn_versions_differ_as_known() {
    for (from, to, added, removed, changed) in [
        ("2022-02-24", "2022-02-25", 91, 0, 4),
        ("2022-09-29", "2022-09-30", 296, 0, 20),
        ("2024-02-20", "2024-02-23", 553, 0, 8),
        ("2024-04-26", "2024-05-01", 298, 0, 0),
        ("2024-05-01", "2024-05-02", 7, 0, 0),
        ("2024-05-02", "2024-05-03", 0, 8, 0),
    ] {
        let Some((a, r, c, delta)) = between(&format!("ofac/sdn_{from}.csv.zst"), &format!("ofac/sdn_{to}.csv.zst")) else { return };
        assert_eq!((a, r, c), (added, removed, changed), "{from} to {to}: {:?}", delta.changed);
    }
}

#[test]
fn a_damaged_copy_is_refused_with_its_line() {
    let Some(refused) = read_all(&["un/CORRUPT_copy_2025-08-16.xml.zst"], None) else { return };
    let refused = refused.unwrap_err();
    println!("{refused}");
    assert!(refused.at.contains("line "), "{refused}");
}

#[test]
fn additions_without_a_list_are_refused() {
    for (file, need) in [("ofac/partial_2025-12/alt.csv.zst", "sdn.csv"), ("ofac/cons_2018_formats/cons_add.ff.zst", "cons_prim.csv")] {
        let Some(refused) = read_all(&[file], None) else { return };
        let refused = refused.unwrap_err();
        assert!(refused.help.contains(need), "{refused}");
    }
}

#[test]
fn several_files_make_one_list() {
    let four = |folder: &str, names: [&str; 4]| read_all(&names.map(|n| format!("{folder}/{n}")).each_ref().map(String::as_str), None);
    let Some(set) = four("ofac/cons_2025-12", ["cons_alt.csv", "cons_add.csv", "cons_prim.csv.zst", "cons_comments.csv"]) else { return };
    let set = set.unwrap();
    assert_eq!((set.list.as_str(), set.listings.len()), ("us-ofac-cons", 442));
    let (names, addresses) = set.listings.iter().fold((0, 0), |(n, a), l| (n + l.names.len(), a + l.addresses.len()));
    println!("cons 2025-12: {names} names, {addresses} addresses, {:?}", set.problems);
    let wide = ["cons_prim.ff.zst", "cons_alt.ff.zst", "cons_add.ff.zst"].map(|n| format!("ofac/cons_2018_formats/{n}"));
    let wide = read_all(&wide.each_ref().map(String::as_str), None).unwrap().unwrap();
    let xml = load("ofac/consolidated_2018-04-06.xml.zst", None).unwrap();
    // The two formats spell addresses differently, and say everything else alike.
    let by_id = |read: &lists::Read| {
        let listing = |l: &lists::Listing| (l.addresses.len(), lists::Listing { addresses: Vec::new(), ..canonical(l) });
        read.listings.iter().map(|l| (l.id.clone(), listing(l))).collect::<std::collections::BTreeMap<_, _>>()
    };
    let (wide, xml) = (by_id(&wide), by_id(&xml));
    assert_eq!(wide.len(), 639);
    for (id, listing) in &wide {
        assert_eq!(Some(listing), xml.get(id), "{id}");
    }
}
