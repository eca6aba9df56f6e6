//! Differences between published versions, counted on the official references by others, where the shared test data is at hand
//! (`LICIT_SHARED`, by default `../shared` beside the project).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use jiff::civil::Date;
use lists::store::RawFile;
use lists::{Diff, Limits, Listing, Read, diff, history, store};
use std::path::{Path, PathBuf};

fn data() -> Option<PathBuf> {
    let shared = std::env::var_os("LICIT_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), Into::into);
    let data = shared.join("data");
    if !data.join("un").is_dir() {
        println!("not run: there is no {}; set LICIT_SHARED", data.display());
        return None;
    }
    Some(data)
}

fn read(data: &Path, name: &str) -> Read {
    let bytes = std::fs::read(data.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let files = [RawFile { name: name.to_owned(), bytes }];
    lists::read(&store::sources(&files), None, &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn listings(data: &Path, name: &str) -> Vec<Listing> {
    read(data, name).listings
}

fn counts(d: &Diff) -> (usize, usize, usize) {
    (d.added.len(), d.removed.len(), d.changed.len())
}

fn un(day: &str) -> String {
    format!("un/consolidated_{day}.xml.zst")
}

#[test]
fn the_security_councils_list_changes_as_counted() {
    let Some(data) = data() else { return };
    for (from, to, added, removed) in [
        ("2022-03-01", "2022-03-04", 0, 9),
        // References with a trailing space would make 28 more of each.
        ("2022-03-04", "2023-10-17", 10, 22),
        // The listings under resolution 2231 ended by date.
        ("2023-10-17", "2023-10-23", 0, 84),
        ("2023-12-09_a_677", "2023-12-09_b_676", 0, 0),
        ("2025-06-07", "2025-06-14", 0, 1),
        ("2025-06-14", "2025-06-18", 1, 0),
        ("2025-06-18", "2025-11-18", 125, 2),
        ("2025-11-18", "2025-11-20", 0, 0),
    ] {
        let found = diff(&listings(&data, &un(from)), &listings(&data, &un(to)));
        assert_eq!((found.added.len(), found.removed.len()), (added, removed), "{from} to {to}");
        if (added, removed) == (0, 0) {
            assert!(found.is_empty(), "{from} to {to}: {:?}", found.changed);
        }
    }
}

#[test]
fn the_treasurys_list_changes_as_counted() {
    let Some(data) = data() else { return };
    for (from, to, expected) in [
        ("2022-02-24", "2022-02-25", (91, 0, 4)),
        ("2022-09-29", "2022-09-30", (296, 0, 20)),
        ("2024-02-20", "2024-02-23", (553, 0, 8)),
        ("2024-04-26", "2024-05-01", (298, 0, 0)),
        ("2024-05-01", "2024-05-02", (7, 0, 0)),
        ("2024-05-02", "2024-05-03", (0, 8, 0)),
    ] {
        let sdn = |day: &str| listings(&data, &format!("ofac/sdn_{day}.csv.zst"));
        assert_eq!(counts(&diff(&sdn(from), &sdn(to))), expected, "{from} to {to}");
    }
}

#[test]
fn reordered_children_are_no_change() {
    let Some(data) = data() else { return };
    let eu = |day: &str| listings(&data, &format!("eu/xmlFullSanctionsList_1_1_reconstructed_{day}.xml.zst"));
    let latest = eu("2026-05-01");
    // 2,115 and 4,088 records differ in their bytes.
    assert_eq!(counts(&diff(&eu("2026-04-25"), &latest)), (0, 0, 0));
    assert_eq!(counts(&diff(&eu("2026-02-23"), &latest)), (0, 0, 80));
}

#[test]
fn the_listings_on_iran_that_ended_in_2023_and_came_back_in_2025_have_a_gap() {
    let Some(data) = data() else { return };
    let days = [
        "2018-06-07",
        "2018-10-29",
        "2021-01-28",
        "2022-03-01",
        "2022-03-04",
        "2023-10-17",
        "2023-10-23",
        "2025-06-07",
        "2025-06-18",
        "2025-11-18",
        "2026-02-27",
    ];
    let day = |text: &str| text.parse::<Date>().unwrap();
    let all = |days: &[&str]| history(days.iter().map(|d| (day(d), listings(&data, &un(d)))).collect());
    let held = all(&days);
    let on = |held: &[lists::Held], text: &str| held.iter().filter(|h| h.listed_on_day(day(text))).count();
    // On the day of a version exactly the parties of that version are listed.
    for d in days {
        let ids: Vec<String> = listings(&data, &un(d)).into_iter().map(|l| l.id).collect();
        let extra: Vec<&str> =
            held.iter().filter(|h| h.listed_on_day(day(d)) && !ids.contains(&h.listing.id)).map(|h| h.listing.id.as_str()).collect();
        let missing: Vec<&String> = ids.iter().filter(|id| !held.iter().any(|h| h.listing.id == **id && h.listed_on_day(day(d)))).collect();
        assert!(missing.is_empty(), "{d}: {missing:?}");
        // The issuer may date a listing before the day on which it is published.
        assert!(extra.len() <= 3, "{d}: {extra:?}");
    }
    // 121 came back; 37 of them had ended in 2016, before the first of these versions, so their first listing is the issuer's word alone.
    let iran: Vec<_> = held.iter().filter(|h| h.listing.id.starts_with("IR") && h.periods.len() == 2).collect();
    let (back, of_old): (Vec<_>, Vec<_>) = iran.into_iter().partition(|h| h.periods.iter().all(|p| p.first_seen.is_some()));
    assert_eq!((back.len(), of_old.len()), (84, 37));
    for h in &back {
        let [before, after] = h.periods.as_slice() else { panic!("{h:?}") };
        assert_eq!((before.to, before.last_seen), (Some(day("2023-10-23")), Some(day("2023-10-17"))), "{}", h.listing.id);
        assert_eq!((after.from, after.to), (Some(day("2025-11-18")), None), "{}", h.listing.id);
    }
    assert!(on(&held, "2024-06-01") < on(&held, "2023-10-20"));
    // The old date of listing does not close the gap where the versions before it are not known.
    let short = all(&["2023-10-23", "2025-11-18"]);
    assert!(short.iter().filter(|h| h.listing.id.starts_with("IR")).all(|h| !h.listed_on_day(day("2024-06-01"))));
}
