//! The store of versions: what it keeps, what it refuses, what it survives, and who was listed when. All lists here are invented.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use jiff::Timestamp;
use jiff::civil::Date;
use lists::store::{Fetched, Imported, Incoming, NotImported, RawFile, State, Status, Version};
use lists::{Said, Store};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{name}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A party: reference, name, and since when it is listed if the issuer says.
type Row<'a> = (&'a str, &'a str, &'a str);

/// A list in the form of the Security Council's.
fn un(moment: &str, rows: &[Row]) -> Vec<u8> {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CONSOLIDATED_LIST dateGenerated=\"{moment}\"><INDIVIDUALS>\n");
    for (at, (id, name, since)) in rows.iter().enumerate() {
        let listed = if since.is_empty() { String::new() } else { format!("<LISTED_ON>{since}</LISTED_ON>") };
        out += &format!(
            "<INDIVIDUAL><DATAID>{at}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>\
             <REFERENCE_NUMBER>{id}</REFERENCE_NUMBER>{listed}</INDIVIDUAL>\n"
        );
    }
    (out + "</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n").into_bytes()
}

fn many(moment: &str, range: std::ops::Range<u32>) -> Vec<u8> {
    let rows: Vec<(String, String)> = range.map(|n| (format!("KPi.{n:03}"), format!("Invented Person {n}"))).collect();
    let rows: Vec<Row> = rows.iter().map(|(id, name)| (id.as_str(), name.as_str(), "2016-03-02")).collect();
    un(moment, &rows)
}

fn incoming(bytes: &[u8]) -> Incoming {
    Incoming {
        files: vec![RawFile { name: "list.xml".into(), bytes: bytes.to_vec() }],
        fetched: Vec::new(),
        list: None,
        source: "file:/somewhere/list.xml".into(),
        from_issuer: false,
        told_day: None,
        accept: false,
        now: at("2024-06-01T10:00:00Z"),
    }
}

fn import(store: &Store, bytes: &[u8]) -> Imported {
    store.import(&incoming(bytes), &mut || ()).unwrap()
}

fn refused(store: &Store, incoming: &Incoming) -> String {
    match store.import(incoming, &mut || ()) {
        Err(NotImported::Refused { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

fn in_force(store: &Store) -> Version {
    store.in_force("un-sc").unwrap().unwrap()
}

fn state(store: &Store, now: &str) -> State {
    store.status(at(now)).unwrap().lists.iter().find(|l| l.list == "un-sc").unwrap().state
}

#[test]
fn what_was_imported_is_there_byte_for_byte_and_a_second_time_changes_nothing() {
    let store = Store::new(folder("twice"));
    assert_eq!(store.lists().unwrap(), [""; 0], "a folder that is not there is an empty store");
    assert!(!store.folder().exists(), "and looking at it creates nothing");
    let bytes = many("2024-05-01T00:00:00.000Z", 0..10);
    let first = import(&store, &bytes);
    assert!(!first.unchanged && first.in_force);
    assert_eq!((first.version.version.as_str(), first.version.counts.parties), ("2024-05-01", 10));
    assert_eq!(first.version.hash, blake3::hash(&bytes).to_hex().as_str());
    assert_eq!(store.raw(&first.version).unwrap()[0].bytes, bytes);
    let log = fs::read(store.folder().join("log")).unwrap();
    let second = import(&store, &bytes);
    assert!(second.unchanged);
    assert_eq!(second.version, first.version);
    assert_eq!(fs::read(store.folder().join("log")).unwrap(), log, "nothing was added");
    assert_eq!(store.listings(&first.version).unwrap().len(), 10);
}

#[test]
fn the_same_parties_in_other_bytes_are_kept_and_said_to_be_the_same() {
    let store = Store::new(folder("meaning"));
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..10));
    let again = import(&store, &many("2024-05-02T00:00:00.000Z", 0..10));
    assert_eq!(again.same_meaning.unwrap().version, "2024-05-01");
    assert_eq!(store.versions("un-sc").unwrap().len(), 2);
    assert_eq!(import(&store, &many("2024-05-03T00:00:00.000Z", 0..11)).same_meaning, None);
}

#[test]
fn two_publications_under_one_date_are_two_versions() {
    let store = Store::new(folder("one-date"));
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..10));
    let second = import(&store, &many("2024-05-01T00:00:00.000Z", 0..11));
    assert!(second.in_force && !second.unchanged);
    assert_eq!(store.versions("un-sc").unwrap().len(), 2);
    assert_eq!(in_force(&store).counts.parties, 11);
}

#[test]
fn a_list_that_lost_more_than_a_fifth_is_refused_unless_somebody_accepts_it() {
    let store = Store::new(folder("shrunken"));
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..10));
    // Exactly a fifth is still taken; the same number of parties, half of them others, is not.
    assert_eq!(import(&store, &many("2024-05-02T00:00:00.000Z", 0..8)).gone, 2);
    let half = incoming(&many("2024-05-03T00:00:00.000Z", 4..12));
    assert!(refused(&store, &half).contains("4 of the 8 parties of un-sc of 2024-05-02 are gone"));
    assert_eq!(in_force(&store).version, "2024-05-02", "what was in force stays");
    assert_eq!(state(&store, "2024-06-01T11:00:00Z"), State::Refused);
    let accepted = store.import(&Incoming { accept: true, ..half }, &mut || ()).unwrap();
    assert!(accepted.version.accepted && accepted.in_force);
    assert_eq!(state(&store, "2024-06-01T11:00:00Z"), State::Current);
}

#[test]
fn cut_off_empty_foreign_and_unasked_files_are_refused_and_remembered() {
    let store = Store::new(folder("refused"));
    let good = many("2024-05-01T00:00:00.000Z", 0..10);
    import(&store, &good);
    let newer = many("2024-05-02T00:00:00.000Z", 0..10);
    for (what, bytes) in [
        ("cut off", &newer[..newer.len() / 2]),
        ("nothing", b"".as_slice()),
        ("nobody", un("2024-05-02T00:00:00.000Z", &[]).as_slice()),
        ("a web page", b"<!DOCTYPE html><html><head><title>Sorry</title></head></html>".as_slice()),
        ("another schema", b"<?xml version=\"1.0\"?><rss><channel/></rss>".as_slice()),
    ] {
        // The place it comes from tells of which list it was meant to be, where the file does not.
        let reason = refused(&store, &incoming(bytes));
        assert!(!reason.is_empty(), "{what}");
        let Status { lists, .. } = store.status(at("2024-05-20T10:00:00Z")).unwrap();
        assert_eq!(lists[0].state, State::Refused, "{what}");
        assert_eq!(lists[0].refused.as_ref().unwrap().reason, reason, "{what}");
        assert_eq!(in_force(&store).version, "2024-05-01", "{what}");
        assert_eq!(store.listings(&in_force(&store)).unwrap().len(), 10, "{what}");
        // Finding what is in force once more is a success, too.
        assert!(import(&store, &good).unchanged);
        assert_eq!(state(&store, "2024-05-20T10:00:00Z"), State::Current, "{what}");
    }
    // So does its form.
    let moved = Incoming { source: "file:/elsewhere/x.xml".into(), ..incoming(&newer[..newer.len() / 2]) };
    refused(&store, &moved);
    assert_eq!(state(&store, "2024-05-20T10:00:00Z"), State::Refused);
    let reason = refused(&store, &Incoming { list: Some("eu-fsf".into()), ..incoming(&newer) });
    assert!(reason.contains("un-sc"), "{reason}");
}

#[test]
fn a_refused_file_of_no_known_list_is_shown_until_the_same_place_gives_a_list() {
    let store = Store::new(folder("stray"));
    refused(&store, &incoming(b"nonsense"));
    let Status { lists, strays, .. } = store.status(at("2024-06-01T10:00:00Z")).unwrap();
    assert_eq!((lists.len(), strays.len()), (0, 1));
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..3));
    assert_eq!(store.status(at("2024-06-01T10:00:00Z")).unwrap().strays.len(), 0, "the same place gave a list");
}

#[test]
fn an_older_version_becomes_history_and_never_the_one_in_force() {
    let store = Store::new(folder("older"));
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..10));
    // It is also much shorter, which says nothing of an old list.
    let older = import(&store, &many("2020-01-01T00:00:00.000Z", 0..3));
    assert!(!older.in_force && !older.unchanged);
    assert_eq!(in_force(&store).version, "2024-05-01");
    let all: Vec<String> = store.versions("un-sc").unwrap().into_iter().map(|v| v.version).collect();
    assert_eq!(all, ["2020-01-01", "2024-05-01"]);
}

#[test]
fn a_version_is_stale_after_thirty_days_unless_its_issuer_confirms_it() {
    let store = Store::new(folder("stale"));
    let bytes = many("2024-05-01T00:00:00.000Z", 0..10);
    import(&store, &bytes);
    assert_eq!(state(&store, "2024-05-31T23:00:00Z"), State::Current);
    assert_eq!(state(&store, "2024-06-01T00:00:00Z"), State::Stale);
    // A copy elsewhere may have stood still.
    store.still_current(&in_force(&store), "https://copy.example/list.xml", false, at("2024-06-05T00:00:00Z")).unwrap();
    assert_eq!(state(&store, "2024-06-05T00:00:00Z"), State::Stale);
    store.still_current(&in_force(&store), "https://un.example/list.xml", true, at("2024-06-10T00:00:00Z")).unwrap();
    assert_eq!(state(&store, "2024-07-10T00:00:00Z"), State::Current);
    assert_eq!(state(&store, "2024-07-11T00:00:00Z"), State::Stale);
    // The same file handed in again from the disk says nothing about its issuer.
    store.import(&Incoming { now: at("2024-07-11T00:00:00Z"), ..incoming(&bytes) }, &mut || ()).unwrap();
    assert_eq!(state(&store, "2024-07-11T00:00:00Z"), State::Stale);
    store.fetch_failed("un-sc", "https://un.example/list.xml", "no network", at("2024-07-11T00:00:00Z")).unwrap();
    let Status { lists, .. } = store.status(at("2024-07-11T01:00:00Z")).unwrap();
    assert_eq!(lists[0].state, State::Stale, "that the issuer is out of reach is no refusal");
    assert_eq!(lists[0].failed.as_ref().unwrap().reason, "no network");
}

#[test]
fn the_day_of_a_list_that_does_not_say_it_comes_from_the_next_best_source() {
    let store = Store::new(folder("day"));
    let own = |text: &str, name: &str| Incoming {
        files: vec![RawFile { name: name.into(), bytes: format!("id,name\n{text}\n").into_bytes() }],
        list: Some("my".into()),
        ..incoming(b"")
    };
    let day_of = |incoming: &Incoming| store.import(incoming, &mut || ()).unwrap().version.day;
    assert_eq!(day_of(&own("1,Ann", "my.csv")), day("2024-06-01"), "nobody says: the day of import");
    let fetched = Fetched { modified_day: Some(day("2024-05-30")), ..Fetched::default() };
    assert_eq!(day_of(&Incoming { fetched: vec![fetched], ..own("1,Bob", "my.csv") }), day("2024-05-30"));
    assert_eq!(day_of(&own("1,Cid", "my_2024-05-03.csv")), day("2024-05-03"));
    assert_eq!(day_of(&Incoming { told_day: Some(day("2024-05-04")), ..own("1,Dan", "my_2024-05-03.csv") }), day("2024-05-04"));
}

#[test]
fn a_damaged_line_of_the_journal_is_told_and_the_others_count() {
    let store = Store::new(folder("damaged-line"));
    for n in 1..=3 {
        import(&store, &many(&format!("2024-05-0{n}T00:00:00.000Z"), 0..10 + n));
    }
    let log = store.folder().join("log");
    let mut bytes = fs::read(&log).unwrap();
    let second = bytes.iter().position(|b| *b == b'\n').unwrap() + 20;
    bytes[second] ^= 1;
    fs::write(&log, &bytes).unwrap();
    let versions: Vec<String> = store.versions("un-sc").unwrap().into_iter().map(|v| v.version).collect();
    assert_eq!(versions, ["2024-05-01", "2024-05-03"]);
    let damage = store.damage().unwrap();
    assert_eq!((damage.len(), damage[0].line), (1, 2));
    // What was lost can be imported again; the damaged line stays as it is.
    import(&store, &many("2024-05-02T00:00:00.000Z", 0..12));
    assert_eq!(store.versions("un-sc").unwrap().len(), 3);
    assert!(fs::read(&log).unwrap().starts_with(&bytes));
}

#[test]
fn a_last_line_that_was_cut_off_never_counted_and_the_next_import_clears_it_away() {
    let store = Store::new(folder("torn"));
    let log = store.folder().join("log");
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..10));
    let whole = fs::read(&log).unwrap();
    let second = many("2024-05-02T00:00:00.000Z", 0..11);
    import(&store, &second);
    let both = fs::read(&log).unwrap();
    for cut in [whole.len() + 1, whole.len() + 40, both.len() - 1] {
        fs::write(&log, &both[..cut]).unwrap();
        assert_eq!(in_force(&store).version, "2024-05-01", "cut at {cut}");
        assert_eq!(store.damage().unwrap(), []);
        import(&store, &second);
        assert_eq!(fs::read(&log).unwrap(), both, "cut at {cut}");
    }
}

fn objects(store: &Store) -> Vec<PathBuf> {
    fs::read_dir(store.folder().join("objects")).unwrap().map(|e| e.unwrap().path()).collect()
}

fn clear(folder: &Path) {
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_damaged_or_missing_object_is_told_and_importing_it_again_mends_it() {
    let store = Store::new(folder("object"));
    let bytes = many("2024-05-01T00:00:00.000Z", 0..200);
    let version = import(&store, &bytes).version;
    let [object] = objects(&store).try_into().unwrap();
    assert!(fs::metadata(&object).unwrap().len() < bytes.len() as u64 / 4, "it is compressed on disk");
    clear(&store.folder().join("parsed"));
    let whole = fs::read(&object).unwrap();
    for at in (0..whole.len()).step_by(97) {
        let mut bad = whole.clone();
        bad[at] ^= 0x10;
        fs::write(&object, &bad).unwrap();
        // A byte that means nothing may change; what comes out is right or nothing does.
        if let Ok(raw) = store.raw(&version) {
            assert_eq!(raw[0].bytes, bytes, "byte {at}");
        }
    }
    for cut in [0, 1, whole.len() / 2, whole.len() - 1] {
        fs::write(&object, &whole[..cut]).unwrap();
        if let Ok(raw) = store.raw(&version) {
            assert_eq!(raw[0].bytes, bytes, "cut at {cut}");
        }
    }
    fs::write(&object, &whole[..whole.len() / 2]).unwrap();
    let error = store.listings(&version).unwrap_err();
    assert!(error.at == object && error.message.contains("damaged") && error.message.contains("import"), "{error}");
    fs::remove_file(&object).unwrap();
    assert!(store.listings(&version).unwrap_err().message.contains("missing"));
    assert!(store.there(&version).is_err());
    assert!(import(&store, &bytes).unchanged);
    assert_eq!(store.listings(&version).unwrap().len(), 200);
}

#[test]
fn a_damaged_parsed_copy_is_thrown_away_and_made_anew() {
    let store = Store::new(folder("copy"));
    let version = import(&store, &many("2024-05-01T00:00:00.000Z", 0..20)).version;
    let copies = || fs::read_dir(store.folder().join("parsed")).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>();
    let [copy] = copies().try_into().unwrap();
    let whole = fs::read(&copy).unwrap();
    let listings = store.listings(&version).unwrap();
    for at in (0..whole.len()).step_by(31) {
        let mut bad = whole.clone();
        bad[at] ^= 1;
        fs::write(&copy, &bad).unwrap();
        assert_eq!(store.listings(&version).unwrap(), listings, "byte {at}");
        assert_eq!(fs::read(&copy).unwrap(), whole, "byte {at}");
    }
    for cut in [0, 31, 32, 33, whole.len() - 1] {
        fs::write(&copy, &whole[..cut]).unwrap();
        assert_eq!(store.listings(&version).unwrap(), listings, "cut at {cut}");
    }
    // Copies by other readers are swept away by the next import.
    let old = copy.with_extension("0");
    fs::rename(&copy, &old).unwrap();
    import(&store, &many("2024-05-02T00:00:00.000Z", 0..20));
    assert!(!old.exists());
    assert_eq!(store.listings(&version).unwrap(), listings);
}

#[test]
fn two_writers_at_once_leave_both_versions() {
    let folder = folder("two");
    let write = |n: u32| {
        let store = Store::new(&folder);
        for step in 0..5 {
            import(&store, &many(&format!("2024-05-{:02}T00:00:00.000Z", 1 + n * 5 + step), 0..20 + n * 5 + step));
        }
    };
    std::thread::scope(|s| (0..4).for_each(|n| drop(s.spawn(move || write(n)))));
    let store = Store::new(&folder);
    assert_eq!(store.versions("un-sc").unwrap().len(), 20);
    assert_eq!(store.damage().unwrap(), []);
    assert!(store.versions("un-sc").unwrap().iter().all(|v| store.raw(v).is_ok()));
}

#[test]
fn a_writer_waits_for_another_and_says_so() {
    let store = Store::new(folder("waits"));
    import(&store, &many("2024-05-01T00:00:00.000Z", 0..10));
    let held = fs::File::options().write(true).open(store.folder().join("lock")).unwrap();
    held.lock().unwrap();
    // Readers need no lock.
    assert_eq!(in_force(&store).version, "2024-05-01");
    let mut told = 0;
    let later = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(300));
        held.unlock().unwrap();
    });
    store.import(&incoming(&many("2024-05-02T00:00:00.000Z", 0..10)), &mut || told += 1).unwrap();
    later.join().unwrap();
    assert_eq!(told, 1);
}

#[test]
fn what_is_built_in_is_there_until_something_is_imported() {
    let listings = |range: std::ops::Range<u32>| {
        let bytes = many("2024-01-01T00:00:00.000Z", range);
        lists::read(&[lists::Source { name: "x.xml", bytes: &bytes }], None, &lists::Limits::default()).unwrap().listings
    };
    let folder = folder("builtin");
    let store = || Store::new(&folder).with_builtin("un-sc", "2024-01-01", day("2024-01-01"), listings(0..5));
    let version = in_force(&store());
    assert_eq!((version.source.as_str(), version.counts.parties), ("built in", 5));
    assert_eq!(store().listings(&version).unwrap().len(), 5);
    assert_eq!(store().history("un-sc").unwrap().len(), 5);
    assert!(!folder.exists());
    // What is built in is no yardstick for what is imported.
    import(&store(), &many("2023-01-01T00:00:00.000Z", 7..8));
    assert_eq!(in_force(&store()).version, "2023-01-01");
    assert_eq!(store().history("un-sc").unwrap().len(), 1);
}

#[test]
fn history_has_a_period_for_every_time_a_party_was_listed() {
    let store = Store::new(folder("history"));
    let versions: [(&str, &[Row]); 5] = [
        (
            "2023-10-17",
            &[
                ("IRe.001 ", "Invented Works", "2007-03-24"),
                ("KPi.001", "Old Name", ""),
                ("KPi.002", "Steady", "2016-03-02"),
                ("X.9", "W", ""),
                ("X.8", "V", ""),
            ],
        ),
        (
            "2023-10-23",
            &[
                ("KPi.001", "New Name", ""),
                ("KPi.002", "Steady", "2016-03-02"),
                ("KPi.003", "Late", ""),
                ("X.9", "W", ""),
                ("X.8", "V", ""),
            ],
        ),
        (
            "2025-06-18",
            &[
                ("KPi.001", "New Name", ""),
                ("KPi.002", "Steady", "2016-03-02"),
                ("KPi.003", "Late", ""),
                ("X.9", "W", ""),
                ("X.8", "V", ""),
            ],
        ),
        (
            "2025-11-18",
            &[
                ("IRe.001", "Invented Works", "2007-03-24"),
                ("KPi.001", "New Name", ""),
                ("KPi.002", "Steady", "2016-03-02"),
                ("KPi.003", "Late", ""),
                ("X.9", "W", ""),
            ],
        ),
        (
            "2025-11-20",
            &[
                ("IRe.001", "Invented Works", "2007-03-24"),
                ("KPi.002", "Steady", "2016-03-02"),
                ("KPi.003", "Late", ""),
                ("X.9", "W", ""),
                ("KPi.004", "Fresh", "2025-11-10"),
            ],
        ),
    ];
    // The order of import does not matter.
    for at in [3, 0, 4, 2, 1] {
        let (moment, rows) = versions[at];
        let incoming = Incoming { accept: true, ..incoming(&un(&format!("{moment}T00:00:00.000Z"), rows)) };
        store.import(&incoming, &mut || ()).unwrap();
    }
    for _ in 0..2 {
        let history = store.history("un-sc").unwrap();
        let held = |id: &str| history.iter().find(|h| h.listing.id == id).unwrap().clone();
        let spans = |id: &str| held(id).periods.iter().map(|p| (p.from, p.to)).collect::<Vec<_>>();
        assert_eq!(history.len(), 7);

        let back = held("IRe.001");
        assert_eq!(spans("IRe.001"), [(Some(day("2007-03-24")), Some(day("2023-10-23"))), (Some(day("2025-11-18")), None)]);
        assert_eq!((back.periods[0].from_is, back.periods[0].to_is), (Said::Issuer, Said::Seen));
        assert_eq!((back.periods[1].from_is, back.periods[0].last_seen), (Said::Seen, Some(day("2023-10-17"))));
        for (on, listed) in [
            ("2007-03-23", false),
            ("2007-03-24", true),
            ("2023-10-22", true),
            ("2023-10-23", false),
            ("2025-11-17", false),
            ("2025-11-18", true),
            ("2030-01-01", true),
        ] {
            assert_eq!(back.listed_on_day(day(on)), listed, "{on}");
        }
        // Before the first version nobody knows; it is taken for listed.
        assert_eq!(spans("KPi.001"), [(None, Some(day("2025-11-20")))]);
        assert_eq!(held("KPi.001").former_names.iter().map(|n| n.text.as_str()).collect::<Vec<_>>(), ["Old Name"]);
        assert_eq!(held("KPi.001").listing.names[0].text, "New Name");
        assert_eq!(spans("KPi.002"), [(Some(day("2016-03-02")), None)]);
        assert_eq!(spans("KPi.003"), [(Some(day("2023-10-23")), None)]);
        // Listed some days before it was published.
        assert_eq!(spans("KPi.004"), [(Some(day("2025-11-10")), None)]);
        assert_eq!(spans("X.8"), [(None, Some(day("2025-11-18")))]);
    }
}

#[test]
fn a_party_listed_of_old_and_back_after_the_first_known_versions_has_the_gap_too() {
    let versions = |first: &str| {
        let read = |moment: &str, rows: &[Row]| {
            let bytes = un(&format!("{moment}T00:00:00.000Z"), rows);
            let listings =
                lists::read(&[lists::Source { name: "x.xml", bytes: &bytes }], None, &lists::Limits::default()).unwrap().listings;
            (day(moment), listings)
        };
        vec![read(first, &[("KPi.001", "A", "")]), read("2025-11-18", &[("KPi.001", "A", ""), ("IRe.001", "Invented Works", "2007-03-24")])]
    };
    let history = lists::history(versions("2023-10-23"));
    let back = history.iter().find(|h| h.listing.id == "IRe.001").unwrap();
    let spans: Vec<_> = back.periods.iter().map(|p| (p.from, p.to)).collect();
    assert_eq!(spans, [(Some(day("2007-03-24")), Some(day("2023-10-23"))), (Some(day("2025-11-18")), None)]);
    assert!(!back.listed_on_day(day("2024-06-01")) && back.listed_on_day(day("2010-01-01")));
}

#[test]
fn a_hole_in_one_publication_is_what_the_versions_say() {
    let rows: &[Row] = &[("KPi.001", "A", "2016-03-02"), ("KPi.002", "B", "2016-03-02")];
    let read = |moment: &str, rows: &[Row]| {
        let bytes = un(&format!("{moment}T00:00:00.000Z"), rows);
        (day(moment), lists::read(&[lists::Source { name: "x.xml", bytes: &bytes }], None, &lists::Limits::default()).unwrap().listings)
    };
    let history = lists::history(vec![read("2024-01-01", rows), read("2024-01-02", &rows[..1]), read("2024-01-03", rows)]);
    let spans: Vec<_> = history[1].periods.iter().map(|p| (p.from, p.to)).collect();
    assert_eq!(spans, [(Some(day("2016-03-02")), Some(day("2024-01-02"))), (Some(day("2024-01-03")), None)]);
    // Two publications of one day: the later one counts.
    let history = lists::history(vec![read("2024-01-01", rows), read("2024-01-01", &rows[..1])]);
    assert_eq!(history.len(), 1);
}
