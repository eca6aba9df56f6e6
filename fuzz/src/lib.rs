//! What must hold for any bytes at all. Each check is one plain function, so that libFuzzer, the program `smoke` and a debugger can
//! call it; a check that fails panics.

use licit::{Ask, Depth, Format, ReadAct, Rulebook, decide};
use model::Act;
use rulebook::SourceFile;
use std::sync::LazyLock;

/// Between a law file and a list in the input of [`law_file`].
pub const SEPARATOR: &str = "\n%%\n";

/// The check of this name.
#[must_use]
pub fn check(name: &str) -> Option<fn(&[u8])> {
    NAMES.iter().position(|n| *n == name).map(|i| {
        [law_file, list_csv, act_json, act_yaml, act_toml, differential, list_file, party_name, packed_lists, goods_text, reading][i]
    })
}

/// All checks.
pub const NAMES: [&str; 11] = [
    "law_file",
    "list_csv",
    "act_json",
    "act_yaml",
    "act_toml",
    "differential",
    "list_file",
    "party_name",
    "packed_lists",
    "goods_text",
    "reading",
];

/// A law file and a list, next to the words of the real law: every problem has a place, and law without problems decides.
pub fn law_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (law, list) = text.split_once(SEPARATOR).unwrap_or((&text, "entry,text,hs,match,words,not_words,over,basis,from,to\n"));
    read_law(law, list);
}

/// A list alone, named by a small law that is in order.
pub fn list_csv(bytes: &[u8]) {
    const LAW: &str = "# A law\n\n```toml instrument\nid = \"un/1\"\nregime = \"un/dprk\"\nissuer = \"x\"\nsymbol = \"x\"\ntitle = \"x\"\n\
        adopted = 2006-10-14\nsource = \"x\"\nconfidence = \"recalled\"\n```\n\n## ¶1 A list\n\nWords.\n\n```toml prohibition\nid = \"un/1#1\"\n\
        title = \"x\"\nsays = \"x\"\nfrom = 2006-10-14\nreach = \"un/giving\"\nwhen = { item = { list = \"un/1/list\" } }\n\
        confidence = \"recalled\"\n```\n\n```toml list\nid = \"un/1/list\"\ntitle = \"x\"\nfile = \"list.csv\"\nquestion = \"x?\"\n\
        confidence = \"recalled\"\n```\n";
    read_law(LAW, &String::from_utf8_lossy(bytes));
}

fn read_law(law: &str, list: &str) {
    static WORDS: &str = include_str!("../../law/un/words.md");
    static ACTS: LazyLock<Vec<Act>> = LazyLock::new(|| testkit::generate::acts(Rulebook::embedded().law(), 7, 12));
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let files = [file("law/un/words.md", WORDS), file("law/un/fuzz.md", law), file("law/un/lists/list.csv", list)];
    let (book, problems) = rulebook::Rulebook::read(&files);
    for problem in &problems {
        assert!(files.iter().any(|f| f.name == problem.file), "no such file: {problem}");
        let lines = files.iter().find(|f| f.name == problem.file).map_or(0, |f| f.text.lines().count().max(1));
        assert!((1..=lines + 1).contains(&problem.line), "no such line of {lines}: {problem}");
        assert!(!problem.message.is_empty());
    }
    if !problems.is_empty() {
        return;
    }
    let Ok(book) = Rulebook::embedded().with_law(book) else { return };
    for act in ACTS.iter() {
        answer(&book, &ReadAct::certain(act.clone()));
    }
}

/// An act as JSON.
pub fn act_json(bytes: &[u8]) {
    act(bytes, Format::Json);
}

/// An act as YAML.
pub fn act_yaml(bytes: &[u8]) {
    act(bytes, Format::Yaml);
}

/// An act as TOML.
pub fn act_toml(bytes: &[u8]) {
    act(bytes, Format::Toml);
}

/// Bytes are an act or have problems that say something.
fn act(bytes: &[u8], format: Format) {
    match Rulebook::embedded().read_act(bytes, format) {
        Ok(act) => answer(Rulebook::embedded(), &act),
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a problem");
            for problem in problems {
                assert!(!problem.message.is_empty());
                assert!(problem.to_string().len() < 1 << 20, "a problem as long as the input");
            }
        }
    }
}

/// Every act that was read has an answer, brief and full say the same, and the JSON of both can be read again.
fn answer(book: &Rulebook, act: &ReadAct) {
    let mut seen = Vec::new();
    for depth in [Depth::Brief, Depth::Full] {
        let ask = Ask { depth, ..Ask::default() };
        let answer = decide(book, act, &ask);
        assert!(!answer.overall().is_empty(), "no verdict is possible");
        for d in &answer.decisions {
            assert!(!d.possible.is_empty(), "no verdict is possible in {}", d.jurisdiction);
        }
        let read = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}")) };
        let line = answer.json(false);
        assert!(!line.contains('\n'), "an answer on one line has two");
        let json = read(&line);
        assert_eq!(json, read(&answer.json(true)));
        assert_eq!(json["act_id"], act.act.id.as_str());
        seen.push((answer.decisions.iter().map(|d| d.possible).collect::<Vec<_>>(), json["overall"].clone()));
    }
    assert_eq!(seen.first(), seen.last(), "brief and full differ");
}

/// An act from a seed: the engine finds what the slow reference finds, or more where it says that it is not exact.
pub fn differential(bytes: &[u8]) {
    // The rule that the act starts from is chosen by the seed too, so one act a seed is enough.
    let mut seed = [0u8; 8];
    seed.iter_mut().zip(bytes).for_each(|(s, b)| *s = *b);
    let book = Rulebook::embedded();
    for act in testkit::generate::acts(book.law(), u64::from_le_bytes(seed), 1) {
        let act = ReadAct::certain(act);
        answer(book, &act);
        let Some(slow) = testkit::reference::verdicts_within(book.law(), &act.act, "un", 2000) else { continue };
        let answer = decide(book, &act, &Ask::default());
        for d in &answer.decisions {
            let (fast, exact) = (d.possible, d.exact);
            assert!(fast.contains(slow), "{fast:?} lacks a verdict of {slow:?}: {:?}", act.act);
            assert!(!exact || fast == slow, "{fast:?} is called exact, the reference finds {slow:?}: {:?}", act.act);
        }
    }
}

/// A file as if an issuer had published it: it is read within its limits, or refused with a reason; what was read can be found.
pub fn list_file(bytes: &[u8]) {
    let limits = lists::Limits { inflated: 32 << 20, ..lists::Limits::default() };
    // A list of one's own is read only under a name; any other is told by its content.
    for (name, hint) in [("list.csv", None), ("own.csv", Some("own"))] {
        match lists::read(&[lists::Source { name, bytes }], hint, &limits) {
            Ok(read) => {
                assert!(!read.listings.is_empty(), "an empty list was read");
                for listing in &read.listings {
                    assert!(!listing.id.trim().is_empty(), "a listing without a reference");
                    assert!(listing.names.iter().all(|n| !n.text.trim().is_empty()), "an empty name on {}", listing.id);
                }
                let mut ids: Vec<&str> = read.listings.iter().map(|l| l.id.as_str()).collect();
                ids.sort_unstable();
                assert!(ids.windows(2).all(|w| w[0] != w[1]), "a reference stands twice");
            }
            Err(refused) => assert!(!refused.to_string().is_empty()),
        }
    }
}

/// Two names on two lines, or one and itself: read within bounds, compared to a score in range, the more alike the less is damaged.
pub fn party_name(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (a, b) = text.split_once('\n').unwrap_or((&text, &text));
    for kind in [None, Some(names::Kind::Person), Some(names::Kind::Body), Some(names::Kind::Vessel)] {
        let (left, right) = (names::Name::read(a, kind), names::Name::read(b, kind));
        for (x, y) in [(&left, &right), (&right, &left), (&left, &left)] {
            let score = names::compare(x, y, &names::BuiltIn).score;
            assert!((0.0..=names::HIGHEST).contains(&score), "{score}");
        }
        assert!(names::explain(&left, &right).iter().all(|r| !r.to_string().is_empty()));
        let has_letters = a.chars().take(names::LONGEST_NAME).any(char::is_alphanumeric);
        assert!(!has_letters || !left.words.is_empty(), "a name shrank to nothing");
    }
    let query = resolve::Query::name(a);
    let hits = Rulebook::embedded().resolver().screener().search(&query, &resolve::Wish::default(), &mut resolve::Bench::default());
    assert!(hits.windows(2).all(|w| w[0].score >= w[1].score), "hits are out of order");
}

/// Packed lists from a folder that anybody may have written to: opened whole, or refused.
pub fn packed_lists(bytes: &[u8]) {
    if let Ok(screener) = resolve::Screener::from_bytes(bytes) {
        let _ = screener.search(&resolve::Query::name("Ri Won Ho"), &resolve::Wish::default(), &mut resolve::Bench::default());
    }
}

/// A description of goods: scores in range and in order, each code's evidence a slice of the text, sound JSON.
pub fn goods_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let book = Rulebook::embedded();
    let answer = book.classify("1".into(), &text, model::Date::constant(2024, 2, 18));
    let codes = &answer.class.codes;
    assert!(codes.windows(2).all(|w| w[0].score >= w[1].score), "codes are out of order");
    for code in codes {
        assert!((0.0..=1.0).contains(&code.score), "{}", code.score);
        assert!(text.get(code.place.0..code.place.1).is_some(), "{:?} is no slice of the text", code.place);
    }
    assert!(serde_json::from_str::<serde_json::Value>(&answer.json(book, false)).is_ok());
}

/// A report, in any language and in none that is named: every place is on letters, every claim is about acts that are there, every act has a
/// decision or an error, and the JSON counts in code points what the places count in bytes.
pub fn reading(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let book = Rulebook::embedded();
    // A language for each input, so that all readers get their share; what is not named is told by the reader.
    let languages =
        [None, None, Some("en"), Some("en"), Some("de"), Some("es"), Some("fr"), Some("ko"), Some("ru"), Some("zh"), Some("xx")];
    let pick = bytes.iter().fold(bytes.len(), |sum, b| sum.wrapping_mul(31).wrapping_add(usize::from(*b))) % languages.len();
    let published = (pick % 2 == 0).then(|| model::Date::constant(2024, 2, 20));
    let text = licit::Text { id: "t".into(), text: text.into_owned(), published, language: languages[pick].map(str::to_owned) };
    let article = licit::Article::read(book, text);
    let words = article.text.text.as_str();
    let slice = |span: (usize, usize)| words.get(span.0..span.1).unwrap_or_else(|| panic!("{span:?} is no slice of the text"));
    for act in &article.read.acts {
        let whos = act.transfer.givers.iter().chain(&act.transfer.receivers).map(|w| w.span);
        whos.chain(act.evidence.iter().map(|e| e.1)).for_each(|s| assert!(!slice(s).is_empty(), "{s:?} is empty"));
    }
    for claim in &article.read.claims {
        let _ = slice(claim.span);
        assert!(claim.about.iter().all(|a| *a < article.read.acts.len()), "a claim about an act that is not there");
    }
    let json = article.json(book, &Ask::default(), false);
    let read: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}"));
    let list = |field: &str| read[field].as_array().cloned().unwrap_or_default();
    assert_eq!(list("transfers").len(), list("decisions").len(), "an act without a decision");
    let letters: Vec<char> = words.chars().collect();
    let evidence = list("transfers").into_iter().flat_map(|t| t["evidence"].as_array().cloned().unwrap_or_default());
    for place in evidence.chain(list("claims")) {
        let at = |field: &str| place[field].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let said: Option<String> = letters.get(at("start")..at("end")).map(|l| l.iter().collect());
        assert_eq!(said.as_deref(), place["quote"].as_str(), "{place} is not what stands there");
    }
}
