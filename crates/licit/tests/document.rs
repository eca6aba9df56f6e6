//! Files as people save them, and as nobody should: what is read, what is not shown, and what is refused with which words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use licit::model::Date;
use licit::{Document, Form, InputProblem, document};
use std::time::{Duration, Instant};

fn read(bytes: &[u8]) -> Document {
    document(bytes, None).unwrap_or_else(|e| panic!("{e}"))
}

fn refused(bytes: &[u8], form: Option<Form>) -> InputProblem {
    document(bytes, form).err().unwrap_or_else(|| panic!("it should be refused"))
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

/// Sentences enough for a paragraph of an article.
const NEWS: [&str; 3] = [
    "The president of Russia gave the leader of North Korea a limousine on Sunday, state media in both capitals said, and called it a gift between friends.",
    "A spokesman in Moscow, asked about it on Tuesday, said that the car was built in Russia, that it was handed over to aides, and that nothing else was to be said.",
    "Under the resolution of December 2017, to which Russia agreed, no state may send transport vehicles to the North, whether sold or given, experts noted, and cars are among them.",
];

fn page(head: &str, body: &str) -> String {
    let news: String = NEWS.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><title>A gift of a car | Daily Example</title>{head}</head><body>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/w\">World desk</a></li></ul></nav>\
         <article><h1>A gift of a car</h1>{body}{news}</article>\
         <aside><a href=\"/x\">Most read: cats</a></aside><footer>Copyright Example Ltd</footer></body></html>"
    )
}

#[test]
fn plain_text_stays_as_it_is() {
    let text = "Line one\r\nLine two\r\n\r\n  He sent \u{202E}it\u{202C}.\u{7}\n";
    let read = read(text.as_bytes());
    assert_eq!((read.text.as_str(), read.form), (text, Form::Plain));
    assert!(read.notes.is_empty() && read.title.is_none() && read.published.is_none());
}

#[test]
fn markup_in_plain_text_stays_when_told_that_it_is_plain() {
    let text = "<p>not a page</p>";
    assert_eq!(document(text.as_bytes(), Some(Form::Plain)).unwrap().text, text);
    assert_eq!(read(text.as_bytes()).text, "not a page");
}

#[test]
fn a_text_with_a_less_than_sign_or_a_list_is_plain() {
    for text in ["a < b and <c>", "<3 from Pyongyang", "- one\n- two\n", "It mentions %PDF-1.7 in passing", "# 1 priority"] {
        let form = read(text.as_bytes()).form;
        assert_eq!(form == Form::Plain, text != "# 1 priority", "{text}");
    }
}

#[test]
fn utf8_and_utf16_with_their_marks() {
    assert_eq!(read("\u{FEFF}Он подарил".as_bytes()).text, "Он подарил");
    for big in [false, true] {
        let unit = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
        let bytes: Vec<u8> = "\u{FEFF}선물 🚗".encode_utf16().flat_map(unit).collect();
        let read = read(&bytes);
        assert_eq!(read.text, "선물 🚗");
        assert!(read.notes[0].contains("UTF-16"), "{:?}", read.notes);
        assert!(refused(&bytes[..bytes.len() - 2], None).at.starts_with("byte 8"));
    }
}

#[test]
fn bytes_in_no_named_encoding_are_refused_with_their_place() {
    let problem = refused(b"line one\nB\xFCcher", None);
    assert_eq!(problem.at, "byte 10, line 2");
    assert!(problem.message.contains("0xFC") && problem.help.as_deref().is_some_and(|h| h.contains("iconv")), "{problem}");
    assert!(refused(b"<!doctype html><p>B\xFCcher", None).help.unwrap().contains("<meta charset"));
}

#[test]
fn pages_in_the_encodings_they_declare() {
    for (label, text, bytes) in [
        ("windows-1252", "“Bücher”", &b"\x93B\xFCcher\x94"[..]),
        ("iso-8859-1", "Bücher", b"B\xFCcher"),
        ("windows-1251", "подарок", b"\xEF\xEE\xE4\xE0\xF0\xEE\xEA"),
        ("euc-kr", "선물", b"\xBC\xB1\xB9\xB0"),
        ("gb2312", "礼物", b"\xC0\xF1\xCE\xEF"),
        ("Shift_JIS", "贈り物", b"\x91\xA1\x82\xE8\x95\xA8"),
    ] {
        let page = [format!("<html><head><meta charset=\"{label}\"></head><body><p>").as_bytes(), bytes, b"</p></body></html>"].concat();
        assert_eq!(read(&page).text, text, "{label}");
    }
}

#[test]
fn a_wrong_declaration_and_a_broken_letter_are_noted() {
    let converted = read("<html><meta charset=windows-1251><p>подарок".as_bytes());
    assert_eq!(converted.text, "подарок");
    assert!(converted.notes[0].contains("windows-1251"), "{:?}", converted.notes);
    let broken = read(b"<html><meta charset=utf-8><p>cut \xD0 off");
    assert_eq!(broken.text, "cut \u{FFFD} off");
    assert!(broken.notes[0].contains("1 places"), "{:?}", broken.notes);
}

#[test]
fn of_a_page_the_article_is_read() {
    let head = "<style>p { color: red }</style><script>var secret = '<p>tracked</p>';</script>\
                <meta property=\"article:published_time\" content=\"2024-02-20T09:15:00+03:00\">";
    let body =
        "<div class=\"share\"><button>Share this</button></div><p hidden>Subscribe now</p><!-- remark --><svg><text>logo</text></svg>";
    let read = read(page(head, body).as_bytes());
    for shown in NEWS {
        assert!(read.text.contains(shown), "{}", read.text);
    }
    for hidden in ["tracked", "color", "Share this", "Subscribe", "remark", "logo", "Home", "cats", "Copyright", "<", "secret"] {
        assert!(!read.text.contains(hidden), "{hidden}: {}", read.text);
    }
    assert_eq!(read.text.lines().filter(|l| !l.is_empty()).count(), read.text.split("\n\n").count(), "a blank line between blocks");
    assert_eq!(read.title.as_deref(), Some("A gift of a car"));
    assert_eq!((read.published, read.language.as_deref(), read.form), (day("2024-02-20"), Some("en-GB"), Form::Html));
    assert!(read.notes.is_empty(), "{:?}", read.notes);
}

#[test]
fn the_day_of_publication_wherever_a_page_has_it() {
    let linked = r#"<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"The gift","datePublished":"2024-02-20"}]}</script>"#;
    let cases = [
        (linked, "", "2024-02-20"),
        ("<meta itemprop=datePublished content='Tue, 20 Feb 2024 10:00 GMT'>", "", "2024-02-20"),
        ("<meta name='DC.date.issued' content='2024-02-20'>", "", "2024-02-20"),
        ("", "<time datetime='2024-02-20T10:00'>today</time>", "2024-02-20"),
        ("", "<span itemprop=datePublished content=2024-02-20>x</span><time datetime=2023-01-01></time>", "2024-02-20"),
    ];
    for (head, body, wanted) in cases {
        assert_eq!(read(page(head, body).as_bytes()).published, day(wanted), "{head}{body}");
    }
    assert_eq!(read(page("", "").as_bytes()).published, None);
    let both = read(page(&format!("{linked}<meta name=date content=2024-03-01>"), "").as_bytes());
    assert_eq!((both.published, both.title.as_deref()), (day("2024-02-20"), Some("The gift")));
    assert!(both.notes[0].contains("2024-03-01"), "{:?}", both.notes);
}

#[test]
fn a_page_without_an_article_is_read_whole_and_says_so() {
    let read = read(b"<html><body><nav>Menu</nav><table><tr><td>Seller<td>Aurus</table><p>Sent.<br>Twice.<ul><li>one<li>two</ul>");
    assert_eq!(read.text, "Seller\tAurus\n\nSent.\nTwice.\n\none\ntwo");
    assert!(read.notes[0].contains("No article"), "{:?}", read.notes);
}

#[test]
fn a_page_of_scripts_alone_has_no_text() {
    let problem = refused(b"<!doctype html><title>App</title><div id=app></div><script>boot()</script>", None);
    assert!(problem.message.contains("no text"), "{problem}");
}

#[test]
fn hostile_pages_end_in_time() {
    let long: Vec<(&str, String)> = vec![
        ("nested blocks", format!("<!doctype html>{}end", "<div>".repeat(100_000))),
        ("nested and closed", format!("<!doctype html>{}end{}", "<div>".repeat(100_000), "</div>".repeat(100_000))),
        ("nested words", format!("<!doctype html>{}", "<div><span>w ".repeat(100_000))),
        ("open bold", format!("<!doctype html>{}", "<b><i><p>w".repeat(100_000))),
        ("open links", format!("<!doctype html>{}", "<a href=x><div>w ".repeat(60_000))),
        ("tables in tables", format!("<!doctype html>{}", "<table><tr><td>w ".repeat(60_000))),
        ("many tags", format!("<!doctype html>{}", "<p>w".repeat(1_000_000))),
        ("many attributes", format!("<!doctype html><p {}>end", (0..500_000).map(|n| format!("a{n} ")).collect::<String>())),
        ("open comment", format!("<!doctype html>end{}", "<!--".repeat(1_000_000))),
        ("open scripts", format!("<!doctype html>end{}", "<script>".repeat(500_000))),
        ("stray ends", format!("<!doctype html>end{}", "</div></p></a>".repeat(300_000))),
        ("one article", format!("<!doctype html>{}", format!("<p>{}</p>", NEWS[0]).repeat(15_000))),
    ];
    for (name, text) in long {
        let started = Instant::now();
        let read = document(text.as_bytes(), None).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(started.elapsed() < Duration::from_secs(40), "{name} took {:?}", started.elapsed());
        eprintln!("{name}: {:?}, {} bytes, {:?}", started.elapsed(), read.text.len(), read.notes);
        assert!(read.text.contains("end") || read.text.contains('w'), "{name}");
    }
}

#[test]
fn markdown_is_shown_without_its_marks() {
    let text = "---\ntitle: \"A gift\"\ndate: 2024-02-20\nlang: en\nauthor:\n  name: N\n---\n\n# The *car*\n\nHe **sent** [a car](https://example.org/car)\nto `KP`.\n\n\
                - one\n- two\n  more\n\n> said\n\n```sh\nrun  it\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![picture](p.png)\n\n<div>boxed <b>text</b></div>\n";
    let read = read(text.as_bytes());
    assert_eq!(read.text, "The car\n\nHe sent a car to KP.\n\none\ntwo more\n\nsaid\n\nrun  it\n\na\tb\n1\t2\n\nboxed text");
    assert_eq!((read.title.as_deref(), read.published, read.language.as_deref()), (Some("A gift"), day("2024-02-20"), Some("en")));
    assert_eq!(read.form, Form::Markdown);
}

#[test]
fn markdown_without_front_matter_has_its_heading_for_title() {
    let read = read("# A gift\n\nHe sent it.\n".as_bytes());
    assert_eq!((read.title.as_deref(), read.text.as_str()), (Some("A gift"), "A gift\n\nHe sent it."));
}

#[test]
fn hostile_markdown_ends_in_time() {
    for (name, text) in [
        ("quotes", format!("# a\n{} x", ">".repeat(100_000))),
        ("brackets", format!("# a\n{}x", "[".repeat(500_000))),
        ("stars", format!("# a\n{}x", "*a_".repeat(300_000))),
        ("lists", format!("# a\n{}", (0..3000).map(|n| format!("{}- x\n", "  ".repeat(n % 500))).collect::<String>())),
    ] {
        let started = Instant::now();
        assert!(document(text.as_bytes(), None).is_ok(), "{name}");
        assert!(started.elapsed() < Duration::from_secs(20), "{name} took {:?}", started.elapsed());
    }
}

/// A PDF whose pages draw these lines in Helvetica, 14 points apart; an empty line leaves a gap.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (n, lines) in pages.iter().enumerate() {
        let drawn: String = lines.iter().map(|l| format!("({}) Tj T*\n", l.replace('(', "\\(").replace(')', "\\)"))).collect();
        let content = format!("BT /F1 12 Tf 14 TL 72 720 Td\n{drawn}ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}

#[test]
fn the_text_layer_of_a_pdf() {
    let read = read(&pdf(&[&[
        "The president gave the leader of the North a limou-",
        "sine (an Aurus) on 18 February 2024.",
        "",
        "It was a gift.",
    ]]));
    assert_eq!(read.text, "The president gave the leader of the North a limousine (an Aurus) on 18 February 2024.\n\nIt was a gift.");
    assert_eq!((read.form, read.published), (Form::Pdf, None));
    assert!(read.notes.is_empty(), "{:?}", read.notes);
}

#[test]
fn a_sentence_goes_on_over_the_page_and_running_lines_are_left_out() {
    let pages: [&[&str]; 3] = [
        &["Report 1", "", "The ship sailed from the", "port of", "", "- 1 -"],
        &["Report 2", "", "Rajin and called at Vladi-", "", "- 2 -"],
        &["Report 3", "", "vostok.", "", "- 3 -"],
    ];
    let read = read(&pdf(&pages));
    assert_eq!(read.text, "The ship sailed from the port of\n\nRajin and called at Vladivostok.");
    assert!(read.notes[0].starts_with("6 lines"), "{:?}", read.notes);
}

#[test]
fn damaged_pdfs_are_read_or_refused_but_never_end_the_program() {
    let whole = pdf(&[&["He sent a car."]]);
    for end in (9..whole.len()).step_by(7) {
        match document(&whole[..end], None) {
            Ok(read) => assert_eq!(read.text, "He sent a car.", "cut at {end}"),
            Err(e) => assert!(e.help.is_some(), "cut at {end}: {e}"),
        }
    }
    let cut = refused(&whole[..40], None);
    assert!(cut.message.contains("damaged or cut off"), "{cut}");
    for (at, byte) in (0..whole.len()).flat_map(|at| [(at, b'9'), (at, b'<'), (at, 0xFF)]).step_by(11) {
        let mut changed = whole.clone();
        changed[at] = byte;
        let _ = document(&changed, Some(Form::Pdf));
    }
}

#[test]
fn a_pdf_of_pictures_and_an_encrypted_one_say_what_to_do() {
    assert!(refused(&pdf(&[&[]]), None).help.unwrap().contains("ocrmypdf"));
    let encrypted = String::from_utf8(pdf(&[&["x"]])).unwrap().replace("/Root", "/Encrypt 9 0 R /Root");
    assert!(refused(encrypted.as_bytes(), None).help.unwrap().contains("qpdf"));
}

#[test]
fn a_pdf_whose_pages_or_forms_go_in_circles_ends() {
    let circle = String::from_utf8(pdf(&[&["x"]])).unwrap();
    let pages = circle.replace("/Kids [4 0 R ]", "/Kids [2 0 R ]");
    let _ = document(pages.as_bytes(), None);
    let form = circle
        .replace("/Font << /F1 3 0 R >>", "/Font << /F1 3 0 R >> /XObject << /X 5 0 R >>")
        .replace("<< /Length", "<< /Subtype /Form /Length")
        .replace("ET\n", "ET /X Do /X Do /X Do /X Do\n");
    let started = Instant::now();
    let _ = document(form.as_bytes(), None);
    assert!(started.elapsed() < Duration::from_secs(40));
}

#[test]
fn what_is_too_large_empty_or_no_text_is_refused() {
    assert!(refused(b"", None).message.contains("empty"));
    assert!(refused(b" \n", None).message.contains("no text"));
    let large = vec![b'a'; 10_000_001];
    assert!(document(&large, None).is_ok(), "plain text may be longer");
    assert!(refused(&large, Some(Form::Html)).message.contains("10000000"));
    assert!(refused(&vec![b'a'; 16_000_001], None).message.contains("16000000"));
    let nul = refused(b"one\ntwo\0three", None);
    assert_eq!(nul.at, "byte 7, line 2");
    assert!(refused(b"\xFF\xFEa\0\0\0", None).message.contains("NUL"));
    assert!(refused(b"\xC3\x28\0binary", None).message.contains("NUL"));
    for (bytes, word) in [
        (&b"PK\x03\x04rest"[..], "zip"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1 x}", "Rich"),
        (b"From: <Saved by Blink>", "MHTML"),
        (b"\x1F\x8B\x08", "gzip"),
    ] {
        assert!(refused(bytes, None).message.contains(word));
        assert!(refused(bytes, Some(Form::Html)).message.contains(word));
    }
    assert!(refused(b"%PDF-1.4 x", Some(Form::Plain)).message.contains("a PDF"));
    assert!(refused(b"no pdf", Some(Form::Pdf)).help.is_some());
}

#[test]
fn the_form_from_the_name_of_the_file() {
    for (name, form) in
        [("a.HTM", Some(Form::Html)), ("b.md", Some(Form::Markdown)), ("c.pdf", Some(Form::Pdf)), ("d.txt", Some(Form::Plain)), ("-", None)]
    {
        assert_eq!(Form::of(name), form, "{name}");
    }
}
