//! Words of a name that call the party listed, and by whom: “a sanctioned bank”, “a firm on OFAC's list”, “a trader under EU sanctions”.

use crate::text::{denied, padded};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// That a party is called listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Called {
    /// The words that say so.
    pub words: String,
    /// The authorities that are said to list it; empty when nobody says who does, or when all follow who does.
    pub by: Vec<&'static str>,
    /// The text without the names of those authorities, where it names some.
    pub rest: Option<String>,
}

/// Words that call a party listed, in the spelling that names are compared in.
const LISTED: [&str; 17] = [
    " asset freeze ",
    " asset frozen ",
    " asset are frozen ",
    " designated ",
    " listed ",
    " blacklisted ",
    " sanctioned ",
    " sanction list ",
    " travel ban ",
    " on the un list ",
    " on the eu list ",
    " on the uk list ",
    " under un sanction ",
    " under sanction ",
    " subject to sanction ",
    " hit by sanction ",
    " on the list ",
];

/// Words that only the Treasury of the United States uses of its own list.
const AMERICAN: [&str; 8] = [
    " sdn ",
    " specially designated ",
    " blocked person ",
    " blocked party ",
    " blocked entity ",
    " blocked vessel ",
    " blocked bank ",
    " property is blocked ",
];

/// Authorities by their names, longer ones before those that end like them; whether the name is one of a country or nationality too, so that “a Swiss listed company” and
/// “a trader in Singapore sanctioned by OFAC” are not listed there. The list of the United Nations is followed by everybody, most of that of the European Union by Switzerland.
static AUTHORITIES: [(&str, bool, &[&str]); 42] = [
    ("united nation", false, &[]),
    ("security council", false, &[]),
    ("un", false, &[]),
    ("unsc", false, &[]),
    ("hm treasury", false, &["uk"]),
    ("british treasury", false, &["uk"]),
    ("us treasury", false, &["us"]),
    ("treasury department", false, &["us"]),
    ("treasury", false, &["us"]),
    ("state department", false, &["us"]),
    ("commerce department", false, &["us"]),
    ("united state", true, &["us"]),
    ("washington", false, &["us"]),
    ("ofac", false, &["us"]),
    ("sdn", false, &["us"]),
    ("u s", false, &["us"]),
    ("usa", false, &["us"]),
    ("us", false, &["us"]),
    ("america", true, &["us"]),
    ("american", true, &["us"]),
    ("european union", false, &["eu", "ch"]),
    ("brussel", false, &["eu", "ch"]),
    ("eu", false, &["eu", "ch"]),
    ("european", true, &["eu", "ch"]),
    ("united kingdom", true, &["uk"]),
    ("britain", true, &["uk"]),
    ("ofsi", false, &["uk"]),
    ("uk", false, &["uk"]),
    ("u k", false, &["uk"]),
    ("british", true, &["uk"]),
    ("switzerland", true, &["ch"]),
    ("seco", false, &["ch"]),
    ("swiss", true, &["ch"]),
    ("japan", true, &["jp"]),
    ("japanese", true, &["jp"]),
    ("australia", true, &["au"]),
    ("australian", true, &["au"]),
    ("canada", true, &["ca"]),
    ("canadian", true, &["ca"]),
    ("new zealand", true, &["nz"]),
    ("singapore", true, &["sg"]),
    ("south korea", true, &["kr"]),
];

type Authority = &'static (&'static str, bool, &'static [&'static str]);

/// One of which is in all words that call a party listed. Hardly any name has one, and the others are told apart at a look.
const CUES: [&str; 8] = ["list", "sanction", "designated", "freeze", "frozen", " ban ", " sdn ", "blocked"];

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(CUES).ok());

/// Whether the padded text of a name calls the party listed, and by whom.
pub(crate) fn called(text: &str) -> Option<Called> {
    if FINDER.as_ref().is_some_and(|finder| !finder.is_match(text)) || is_over(text) {
        return None;
    }
    let said = |phrase: &str| {
        let before = text.find(phrase).and_then(|at| text.get(..at));
        before.is_some_and(|before| !denied(before) && !is_past(before) && !is_of_a_thing(before) && !is_of_kin(before))
    };
    let plain = LISTED.into_iter().find(|phrase| said(phrase) && !is_about_something_else(phrase, text));
    let american = AMERICAN.into_iter().find(|phrase| said(phrase));
    match (by_whom(text).filter(|named| said(&format!(" {} ", named.words))), american) {
        (Some(mut named), american) => {
            if american.is_some() && !named.by.is_empty() && !named.by.contains(&"us") {
                named.by.push("us");
            }
            Some(named)
        }
        (None, Some(phrase)) => Some(Called { words: phrase.trim().to_owned(), by: vec!["us"], rest: None }),
        (None, None) => plain.map(|phrase| Called { words: phrase.trim().to_owned(), by: Vec::new(), rest: None }),
    }
}

/// The name of a party without the words that call it listed, where a name is left: “Tanchon Commercial Bank, sanctioned by the US”.
pub(crate) fn bare(name: &str, words: &str) -> Option<String> {
    let raw: Vec<&str> = name.split_whitespace().collect();
    let stems = |at: usize| raw.get(at).map(|word| padded(word)).unwrap_or_default();
    let tokens: Vec<(usize, String)> =
        (0..raw.len()).flat_map(|at| stems(at).split_whitespace().map(|stem| (at, stem.to_owned())).collect::<Vec<_>>()).collect();
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let found =
        tokens.windows(wanted.len().max(1)).find(|window| window.iter().map(|(_, stem)| stem.as_str()).eq(wanted.iter().copied()))?;
    let (from, to) = (found.first()?.0, found.last()?.0);
    let (mut before, after) = (raw.get(..from)?, raw.get(to + 1..)?);
    let small = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    while let Some((_, rest)) = before.split_last().filter(|(last, _)| small(last)) {
        before = rest;
    }
    let left = [before, after].concat().join(" ");
    let left = left.trim_matches(|c: char| !c.is_alphanumeric());
    // “A US-sanctioned firm” names nobody, nor does what is left of “A firm under EU sanctions”.
    let article = |word: &str| matches!(word, "A" | "An" | "The" | "One" | "Some");
    let named = left.split_whitespace().any(|word| word.starts_with(char::is_uppercase) && !article(word));
    named.then(|| left.to_owned())
}

/// Whether the padded text of a name says that a listing is over, or that there is none.
pub(crate) fn is_over(text: &str) -> bool {
    const OVER: [&str; 14] = [
        " no longer ",
        " delisted ",
        " removed from ",
        " taken off ",
        " struck off ",
        " former sdn ",
        " on no list ",
        " on no sanction list ",
        " de listed ",
        " until it lapsed ",
        " until they lapsed ",
        " listing lapsed ",
        " listing ended ",
        " listing expired ",
    ];
    OVER.into_iter().any(|word| text.contains(word))
}

/// Whether what comes before a word is somebody close to whom it is about: “the wife of a listed man”, “a lawyer of the designated person”.
fn is_of_kin(before: &str) -> bool {
    const KIN: [&str; 24] = [
        "wife",
        "husband",
        "spouse",
        "widow",
        "widower",
        "son",
        "daughter",
        "child",
        "children",
        "brother",
        "sister",
        "mother",
        "father",
        "parent",
        "cousin",
        "nephew",
        "niece",
        "relative",
        "relation",
        "family",
        "friend",
        "neighbour",
        "lawyer",
        "physician",
    ];
    let mut words = before.split_whitespace().rev().skip_while(|w| matches!(*w, "a" | "an" | "the" | "another"));
    words.next() == Some("of") && words.next().is_some_and(|w| KIN.contains(&w))
}

/// A share listed on a stock exchange, a list of something.
fn is_about_something_else(phrase: &str, text: &str) -> bool {
    match phrase {
        " listed " => text.contains("stock"),
        " on the list " => text.contains(" on the list of ") || text.contains(" on the list for "),
        _ => false,
    }
}

/// Whether what comes before a word says that it is over: “formerly listed”, “previously on the UN list”. “Formerly Orion Ltd, listed” does not.
fn is_past(before: &str) -> bool {
    let between = ["on", "the", "un", "eu", "uk", "us", "been", "was", "were", "under", "an", "a"];
    let word = before.split_whitespace().rev().find(|w| !between.contains(w));
    word.is_some_and(|w| matches!(w, "formerly" | "previously" | "once"))
}

/// Whether what comes before a word is something that is under sanctions without being listed: “a firm in a country under sanctions”.
fn is_of_a_thing(before: &str) -> bool {
    let led = before.split_whitespace().rev().find(|w| !LEADING.contains(w));
    led.is_some_and(|w| {
        matches!(w, "country" | "state" | "nation" | "region" | "sector" | "industry" | "territory" | "government" | "regime")
    })
}

/// By whom the text says that the party is listed: “EU-listed”, “sanctioned by the US and the UK”, “on OFAC's list”, “under EU sanctions”; nothing when it names
/// nobody.
fn by_whom(text: &str) -> Option<Called> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut found: Vec<(usize, usize, Authority)> = Vec::new();
    let mut words = None;
    for (at, word) in tokens.iter().enumerate() {
        let near: Vec<(usize, usize, Authority)> = match *word {
            "listed" | "sanctioned" | "blacklisted" | "designated" | "blocked" => {
                before(&tokens, at).into_iter().filter(|(_, _, authority)| !authority.1).chain(after(&tokens, at)).collect()
            }
            "list" | "blacklist" | "sanction" | "freeze" if leads(&tokens, at) => {
                before(&tokens, at).into_iter().chain(after(&tokens, at)).collect()
            }
            _ => continue,
        };
        let first = near.iter().map(|(from, ..)| *from).chain([at]).min().unwrap_or(at);
        let last = near.iter().map(|(_, to, _)| *to).chain([at + 1]).max().unwrap_or(at);
        if !near.is_empty() {
            words = tokens.get(first..last).map(|words| words.join(" "));
        }
        found.extend(near);
    }
    let everybody = found.iter().any(|(_, _, (_, _, who))| who.is_empty());
    let mut by: Vec<&'static str> = Vec::new();
    for one in found.iter().flat_map(|(_, _, (_, _, who))| *who).filter(|_| !everybody) {
        if !by.contains(one) {
            by.push(one);
        }
    }
    let taken = |at: usize| found.iter().any(|(from, to, _)| (*from..*to).contains(&at));
    let kept: Vec<&str> = tokens.iter().enumerate().filter(|(at, _)| !taken(*at)).map(|(_, token)| *token).collect();
    Some(Called { words: words?, by, rest: Some(kept.join(" ")) })
}

/// Words that lead to sanctions, or to a list of them.
const LEADING: [&str; 9] = ["under", "subject", "to", "hit", "by", "face", "facing", "target", "targeted"];

/// Whether words before the word for a list, or for sanctions, say that the party stands on it or is hit by them: “on the EU list”, “subject to US sanctions”.
fn leads(tokens: &[&str], at: usize) -> bool {
    let leading: &[&str] = match tokens.get(at) {
        Some(&"list" | &"blacklist") => &["on", "appear", "name", "named"],
        _ => &["under", "subject", "hit", "face", "facing", "target", "targeted"],
    };
    let before = tokens.get(..at).unwrap_or_default();
    let near = before.iter().rev().take(7).position(|w| leading.contains(w));
    near.is_some_and(|back| !is_of_a_thing(&before.get(..before.len() - back).unwrap_or_default().join(" ")))
}

/// The authorities whose names end just before a word, each with its place: “US”, “US and EU”, “OFAC's consolidated”.
fn before(tokens: &[&str], at: usize) -> Vec<(usize, usize, Authority)> {
    let (mut out, mut end) = (Vec::new(), at);
    while let Some(words) = tokens.get(..end) {
        if let Some(authority) = AUTHORITIES.iter().find(|(name, ..)| words.ends_with(&name.split(' ').collect::<Vec<_>>())) {
            let from = end - authority.0.split(' ').count();
            let led = words.get(..from).unwrap_or_default().iter().rev().find(|w| **w != "the");
            if led.is_some_and(|w| matches!(*w, "in" | "from" | "of" | "near")) {
                // It says where the party is.
                break;
            }
            out.push((from, end, authority));
            end = from;
        } else if words.last().is_some_and(|w| may_stand_between(w)) {
            end -= 1;
        } else {
            break;
        }
    }
    out
}

/// Whose list the authority keeps that is named so: that of OFSI is British. Nothing for the United Nations, whose list everybody follows, and for names that are not known.
pub(crate) fn keeper(name: &str) -> Option<&'static str> {
    let text = padded(name);
    AUTHORITIES.iter().find(|(words, ..)| text.contains(&format!(" {words} ")))?.2.first().copied()
}

/// What may stand between the name of an authority and the word for its list, and between two such names.
fn may_stand_between(word: &str) -> bool {
    matches!(word, "s" | "and" | "or" | "the" | "consolidated" | "sanction" | "asset" | "travel" | "black" | "financial")
}

/// The authorities named after a word: “by the EU and the UK”, “of Switzerland”.
fn after(tokens: &[&str], at: usize) -> Vec<(usize, usize, Authority)> {
    let mut out = Vec::new();
    let mut next = at + 2;
    if !tokens.get(at + 1).is_some_and(|w| matches!(*w, "by" | "of" | "from")) {
        return out;
    }
    while let Some([word, ..]) = tokens.get(next..) {
        let words = tokens.get(next..).unwrap_or_default();
        if let Some(authority) = AUTHORITIES.iter().find(|(name, ..)| words.starts_with(&name.split(' ').collect::<Vec<_>>())) {
            let to = next + authority.0.split(' ').count();
            out.push((next, to, authority));
            next = to;
        } else if matches!(*word, "the" | "and" | "or" | "both") {
            next += 1;
        } else {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_that_call_a_party_listed_have_a_cue() {
        let verbs = ["listed", "sanctioned", "blacklisted", "designated", "blocked", "list", "blacklist", "sanction", "freeze"];
        for words in LISTED.into_iter().chain(AMERICAN).chain(verbs) {
            assert!(CUES.iter().any(|cue| words.contains(cue)), "{words}");
        }
    }

    fn by(name: &str) -> Option<Vec<&'static str>> {
        called(&padded(name)).map(|c| c.by)
    }

    #[test]
    fn a_party_is_listed_by_whom_the_words_name() {
        for (name, who) in [
            ("a US-sanctioned firm", vec!["us"]),
            ("a firm sanctioned by the United States", vec!["us"]),
            ("an SDN", vec!["us"]),
            ("a blocked person", vec!["us"]),
            ("a specially designated national", vec!["us"]),
            ("a man on OFAC's list", vec!["us"]),
            ("a trader on the U.S. Treasury's sanctions list", vec!["us"]),
            ("a firm on the EU sanctions list", vec!["eu", "ch"]),
            ("a firm under EU sanctions", vec!["eu", "ch"]),
            ("a company subject to UK sanctions", vec!["uk"]),
            ("a UK-sanctioned oligarch", vec!["uk"]),
            ("a bank sanctioned by the EU and the UK", vec!["eu", "ch", "uk"]),
            ("a US- and UK-sanctioned bank", vec!["uk", "us"]),
            ("a man designated by HM Treasury", vec!["uk"]),
            ("a firm under a British asset freeze", vec!["uk"]),
            ("a company on the Swiss list", vec!["ch"]),
            ("a firm owned by an SDN", vec!["us"]),
            ("a trader in Singapore sanctioned by OFAC", vec!["us"]),
            ("a firm in the UK sanctioned by the EU", vec!["eu", "ch"]),
            ("a company subject to sanctions by the United States", vec!["us"]),
            ("a U.S.-sanctioned firm", vec!["us"]),
        ] {
            assert_eq!(by(name), Some(who), "{name}");
        }
    }

    #[test]
    fn who_keeps_the_list_is_known_by_the_name_of_the_authority() {
        for (name, who) in [
            ("OFSI", Some("uk")),
            ("uk/ofsi", Some("uk")),
            ("HM Treasury", Some("uk")),
            ("us/ofac", Some("us")),
            ("U.S. Treasury", Some("us")),
            ("Council of the European Union", Some("eu")),
            ("SECO", Some("ch")),
            ("Security Council", None),
            ("the act as given", None),
        ] {
            assert_eq!(keeper(name), who, "{name}");
        }
    }

    #[test]
    fn where_nobody_says_by_whom_or_the_united_nations_do_it_is_listed_everywhere() {
        for name in [
            "a listed firm",
            "a sanctioned bank",
            "a firm on the list",
            "a company under sanctions",
            "a UN-listed trader",
            "a company under UN sanctions",
            "a man sanctioned by the United Nations and the EU",
            "a Swiss listed company",
            "a sanctioned American",
            "a firm in Japan designated for its missiles",
        ] {
            assert_eq!(by(name), Some(Vec::new()), "{name}");
        }
    }

    #[test]
    fn words_that_only_sound_like_it_list_nobody() {
        for name in [
            "a firm",
            "an adviser on US sanctions",
            "a lawyer for EU sanctions",
            "a firm not on the EU list",
            "a man no longer on the SDN list",
            "formerly listed by OFAC",
            "a company listed on the stock exchange",
            "a supplier on the list of approved vendors",
            "an unlisted bank",
            "the wife of a listed man",
            "a lawyer of the designated person",
            "a distillery on no list",
            "a man removed from the SDN list",
            "a former SDN",
            "a firm in a country under sanctions",
            "a firm in a country under US sanctions",
            "a bank of a State that is not under EU sanctions",
            "a man who was on the UN list for Mali until it lapsed",
            "a general whose listing expired in August",
        ] {
            assert_eq!(called(&padded(name)), None, "{name}");
        }
    }

    #[test]
    fn the_name_is_what_is_left_without_the_words() {
        for (name, left) in [
            ("Tanchon Commercial Bank, sanctioned by the US", Some("Tanchon Commercial Bank")),
            ("Tanchon Commercial Bank (under EU sanctions)", Some("Tanchon Commercial Bank")),
            ("US-sanctioned Tanchon Commercial Bank", Some("Tanchon Commercial Bank")),
            ("Orion Systems, which is on the OFAC list", Some("Orion Systems")),
            ("Orion (SDN)", Some("Orion")),
            ("a US-sanctioned firm", None),
            ("A firm under EU sanctions", None),
            ("an SDN", None),
        ] {
            let called = called(&padded(name)).expect("it is called listed");
            assert_eq!(bare(name, &called.words).as_deref(), left, "{name}");
        }
    }

    #[test]
    fn the_name_of_who_lists_is_no_nationality() {
        let rest = |name: &str| called(&padded(name)).map(|c| c.rest);
        assert_eq!(rest("a trader in Singapore sanctioned by OFAC"), Some(Some("a trader in singapore sanctioned by".into())));
        assert_eq!(rest("a firm sanctioned by Japan"), Some(Some("a firm sanctioned by".into())));
    }
}
