//! Bad input: it never panics, hangs or grows without bound; what is refused says where and why; what is good is kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod made_up;

use flate2::Compression;
use flate2::write::GzEncoder;
use lists::{Limits, Read, Refused, Source};
use made_up::{read_bytes, sample, sample_bytes};
use std::io::Write as _;

fn one(name: &str, bytes: &[u8]) -> Result<Read, Refused> {
    read_bytes(&[(name, bytes)], None)
}

fn refused(name: &str, bytes: &[u8]) -> Refused {
    one(name, bytes).unwrap_err()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

#[test]
fn entities_of_its_own_are_refused() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>\
                  <CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>&lol2;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>";
    let error = refused("un.xml", laughs.as_bytes());
    assert!(error.message.contains("entities of its own") && error.at.contains("line 1"), "{error}");
    let outside = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<sdnList>&e;</sdnList>";
    assert!(refused("sdn.xml", outside.as_bytes()).message.contains("entities of its own"));
    // A document type elsewhere defines nothing here, so what it defines does not exist.
    let elsewhere = sample("un.xml").replace("<!-- Made", "<!DOCTYPE CONSOLIDATED_LIST SYSTEM \"http://example.invalid/x.dtd\"><!-- Made");
    assert!(one("un.xml", elsewhere.as_bytes()).is_ok());
    let error = refused("un.xml", elsewhere.replace("&amp;", "&e;").as_bytes());
    assert!(error.message.contains("&e; is not defined") && error.at.contains("line 13"), "{error}");
}

#[test]
fn xml_that_is_not_well_formed_is_refused_with_its_line() {
    let good = sample("un.xml");
    for (from, to, line, says) in [
        ("&amp;", "&", 13, "not well-formed"),
        ("<DESIGNATION>", "<DESIGNATION", 15, "not well-formed"),
        ("</GENDER>", "</SEX>", 11, "not well-formed"),
        ("Vice-consul", "Vice\u{1}consul", 15, "control character"),
        ("<UN_LIST_TYPE>DPRK</UN_LIST_TYPE>\n", "<UN_LIST_TYPE a='1' a='2'>DPRK</UN_LIST_TYPE>\n", 8, "not well-formed"),
        ("Vice-consul", "&#0;", 15, "no character"),
        ("</CONSOLIDATED_LIST>", "</CONSOLIDATED_LIST><more/>", 55, "after the end"),
        ("</CONSOLIDATED_LIST>", "</CONSOLIDATED_LIST>more", 55, "after the end"),
        ("</CONSOLIDATED_LIST>\n", "", 55, "cut off"),
    ] {
        let error = refused("un.xml", good.replacen(from, to, 1).as_bytes());
        assert!(error.message.contains(says), "{from:?} to {to:?}: {error}");
        assert!(error.at.ends_with(&format!("line {line}")), "{from:?} to {to:?}: {error}");
    }
}

#[test]
fn half_a_file_is_refused() {
    for name in ["un.xml", "sdn.xml", "sdn_advanced.xml", "csl.json", "csl_condensed.json"] {
        let text = sample(name);
        let half: String = text.chars().take(text.chars().count() * 2 / 3).collect();
        let error = refused(name, half.as_bytes());
        assert!(error.at.contains("line ") && !error.help.is_empty(), "{name}: {error}");
    }
    let rows = sample("sdn.csv");
    let cut = &rows[..rows.find("9004").unwrap() + 40];
    let error = refused("sdn.csv", cut.as_bytes());
    assert!(error.message.contains("cut off") && error.at.contains("line 4"), "{error}");
    let rows = sample("csl.csv");
    let error = refused("csl.csv", &rows.as_bytes()[..rows.len() - 40]);
    assert!(error.message.contains("cut off"), "{error}");
}

#[test]
fn packed_files_are_read_within_bounds() {
    let packed = gzip(&sample_bytes("un.xml"));
    assert_eq!(one("un.xml.gz", &packed).unwrap(), one("un.xml", &sample_bytes("un.xml")).unwrap());
    let error = refused("un.xml.gz", &packed[..packed.len() / 2]);
    assert!(error.message.contains("damaged or cut off"), "{error}");
    // 200 MiB of blanks in 200 KiB.
    let bomb = gzip(&vec![b' '; 200 << 20]);
    assert!(bomb.len() < 1 << 20);
    let error = refused("un.xml.gz", &bomb);
    assert!(error.message.contains("unpacks to more than 64 MiB"), "{error}");
    let error = refused("un.xml.zst", &[0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]);
    assert!(error.message.contains("damaged or cut off"), "{error}");
}

#[test]
fn other_encodings_are_read() {
    let text = sample("un.xml").replace(" encoding='UTF-8'", "");
    let plain = one("un.xml", text.as_bytes()).unwrap();
    for (big, mark) in [(false, true), (true, true), (false, false), (true, false)] {
        assert_eq!(one("un.xml", &utf16(&text, big, mark)).unwrap(), plain, "big {big}, mark {mark}");
    }
    let marked = ["\u{feff}", &text].concat();
    assert_eq!(one("un.xml", marked.as_bytes()).unwrap(), plain);
    let declared = b"<?xml version='1.0' encoding='ISO-8859-1'?><CONSOLIDATED_LIST><ENTITY><FIRST_NAME>Caf\xe9</FIRST_NAME>\
        <REFERENCE_NUMBER>KPe.903</REFERENCE_NUMBER></ENTITY></CONSOLIDATED_LIST>";
    assert_eq!(one("un.xml", declared).unwrap().listings[0].names[0].text, "Café");
    let old = b"9001,\"CAF\xc9 SOCI\xc9T\xc9\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a";
    let list = one("sdn.csv", old).unwrap();
    assert_eq!(list.listings[0].names[0].text, "CAFÉ SOCIÉTÉ");
    assert!(list.problems[0].message.contains("Windows-1252") && list.problems[0].at == "line 1", "{:?}", list.problems);
    // UTF-8 with one broken letter: the rest stays what it is, and strict XML is refused.
    let mut damaged = sample_bytes("un.xml");
    let at = damaged.windows(3).position(|w| w == "박".as_bytes()).unwrap();
    damaged.remove(at + 1);
    let error = refused("un.xml", &damaged);
    assert!(error.at.ends_with("line 12"), "{error}");
}

#[test]
fn what_is_no_list_is_refused() {
    for (name, bytes, says) in [
        ("empty.xml", "".as_bytes(), "empty"),
        ("blank.csv", b" \r\n\x1a", "empty"),
        ("page.xml", b"<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>", "404"),
        ("page.csv", b"<html><body>Access denied</body></html>", "web page"),
        ("picture.xml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "binary"),
        ("orders.csv", b"order,customer,amount\n1,Jane,3.50\n", "order,customer"),
        ("feed.xml", b"<?xml version='1.0'?><rss><channel/></rss>", "<rss>"),
        ("numbers.json", b"[1,2,3]", "[1,2,3]"),
        ("un.xml", b"<CONSOLIDATED_LIST dateGenerated='2031-01-01'></CONSOLIDATED_LIST>", "not one entry"),
    ] {
        let error = refused(name, bytes);
        assert!(error.message.contains(says), "{name}: {error}");
        assert!(!error.help.is_empty() && error.at.contains(name), "{name}: {error}");
    }
    assert!(read_bytes(&[], None).is_err());
}

#[test]
fn the_wrong_list_and_too_many_files_are_refused() {
    let bytes = sample_bytes("un.xml");
    let error = read_bytes(&[("un.xml", &bytes)], Some("eu-fsf")).unwrap_err();
    assert!(error.message.contains("UN consolidated list") && error.help.contains("un-sc"), "{error}");
    assert!(read_bytes(&[("un.xml", &bytes)], Some("un-sc")).is_ok());
    let error = read_bytes(&[("a.xml", &bytes), ("b.xml", &bytes)], None).unwrap_err();
    assert!(error.message.contains("2 files"), "{error}");
    let parties = sample_bytes("sdn.csv");
    let error = read_bytes(&[("sdn.csv", &parties), ("sdn2.csv", &parties)], None).unwrap_err();
    assert!(error.message.contains("second file of parties"), "{error}");
    for name in ["alt.csv", "add.csv", "sdn_comments.csv"] {
        let error = refused(name, &sample_bytes(name));
        assert!(error.help.contains("sdn.csv"), "{error}");
    }
    let cons = read_bytes(&[("sdn.csv", &parties)], Some("us-ofac-cons")).unwrap();
    assert_eq!(cons.list, "us-ofac-cons", "the caller knows better than the file's name");
}

#[test]
fn limits_hold() {
    let long = "N".repeat(10_000);
    let row = |id: usize, name: &str| format!("{id},\"{name}\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
    let list = one("sdn.csv", row(1, &long).as_bytes()).unwrap();
    assert_eq!(list.listings[0].names[0].text.len(), 10_000, "a long name is still a name");
    let huge = "é".repeat(50_000);
    let list = one("sdn.csv", row(1, &huge).as_bytes()).unwrap();
    assert_eq!(list.listings[0].names[0].text.len(), 64 << 10);
    assert!(list.problems[0].message.contains("longer than 65536 bytes"), "{:?}", list.problems);
    let deep = format!("<CONSOLIDATED_LIST>{}{}</CONSOLIDATED_LIST>", "<A>".repeat(1000), "</A>".repeat(1000));
    assert!(refused("un.xml", deep.as_bytes()).message.contains("nested more than 64 deep"));
    let deep = format!("{{\"results\":{}{},\"source\":1}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(one("csl.json", deep.as_bytes()).is_err());
    let few = Limits { listings: 3, problems: 1, names: 2, ..Limits::default() };
    let with = |text: &str| lists::read(&[Source { name: "sdn.csv", bytes: text.as_bytes() }], None, &few);
    let rows: String = (1..=4).map(|i| row(i, "NAME")).collect();
    assert!(with(&rows).unwrap_err().message.contains("more than 3 entries"));
    let same: String = (0..3).map(|_| row(1, "NAME")).collect();
    let list = with(&same).unwrap();
    assert_eq!((list.listings.len(), list.records, list.problems.len(), list.more_problems), (1, 3, 1, 1));
    let aliases = row(1, "NAME").replace(",-0- \n", ",\"a.k.a. 'A'; a.k.a. 'B'; a.k.a. 'C'.\"\n");
    let list = with(&aliases).unwrap();
    assert_eq!(list.listings[0].names.len(), 2);
    assert!(list.problems[0].message.contains("more than 2 values"), "{:?}", list.problems);
}

/// Every sample cut at every place and with every byte spoiled in turn: whatever comes out, it comes back.
#[test]
fn damaged_samples_never_panic() {
    let names = [
        "un.xml",
        "un_fields.jsonl",
        "sdn.csv",
        "alt.csv",
        "sdn.xml",
        "sdn_advanced.xml",
        "csl.csv",
        "csl.json",
        "csl_condensed.json",
        "dpl.txt",
    ];
    let mut read = [0_usize; 2];
    for name in names {
        let bytes = sample_bytes(name);
        for at in (0..bytes.len()).step_by(7) {
            read[usize::from(one(name, &bytes[..at]).is_ok())] += 1;
            let mut spoiled = bytes.clone();
            spoiled[at] = [0, b'<', b'"', 0xff, b'&', b'\n', b','][at / 7 % 7];
            read[usize::from(one(name, &spoiled).is_ok())] += 1;
        }
    }
    println!("{} refused, {} read in part or whole", read[0], read[1]);
    assert!(read[0] > 1000, "damage is noticed");
}
