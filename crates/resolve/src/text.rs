//! Normal forms of words: case, accents, punctuation and plurals do not count.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, letters and digits only.
#[must_use]
pub fn normal(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Words in normal form, plurals folded.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    each_token(text, |stem, end| out.push(format!("{stem}{end}")));
    out
}

/// Calls back with each word in normal form, as a stem and its ending, so that no word needs memory of its own.
fn each_token(text: &str, mut tell: impl FnMut(&str, &str)) {
    let spaced = spaced(text);
    for token in spaced.split(' ').filter(|t| !t.is_empty()) {
        let (stem, end) = singular(token);
        tell(stem, end);
    }
}

fn spaced(text: &str) -> String {
    if text.is_ascii() {
        let spaced = text.bytes().map(|b| if b.is_ascii_alphanumeric() { b.to_ascii_lowercase() } else { b' ' }).collect();
        // Of ASCII letters, digits and spaces, so it is a text.
        return String::from_utf8(spaced).unwrap_or_default();
    }
    // NFC at the end, so that Hangul syllables stay whole and compare equal.
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .nfc()
        .collect()
}

/// ` token token token `, ready for phrases that start and end with a space.
pub(crate) fn padded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    each_token(text, |stem, end| {
        out.push(' ');
        out.push_str(stem);
        out.push_str(end);
    });
    out.push(' ');
    if out.len() == 1 {
        out.push(' ');
    }
    out
}

/// A phrase as it is looked for: whole words in scripts that separate words, anywhere in those that do not.
pub(crate) fn pattern(phrase: &str) -> String {
    let padded = padded(phrase);
    if padded.chars().any(unseparated) { padded.trim().to_owned() } else { padded }
}

fn unseparated(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Plurals whose singular no rule gives: the word, how many letters go, what comes instead.
const ODD_PLURALS: [(&str, usize, &str); 43] = [
    ("pickaxes", 1, ""),
    ("skis", 1, ""),
    ("buses", 2, ""),
    ("minibuses", 2, ""),
    ("gases", 2, ""),
    ("lens", 0, ""),
    ("lenses", 2, ""),
    ("canvas", 0, ""),
    ("canvases", 2, ""),
    ("shelves", 3, "f"),
    ("calves", 3, "f"),
    ("halves", 3, "f"),
    ("wolves", 3, "f"),
    ("leaves", 3, "f"),
    ("loaves", 3, "f"),
    ("scarves", 3, "f"),
    ("hooves", 3, "f"),
    ("axes", 1, ""),
    ("quartzes", 2, ""),
    ("shoes", 1, ""),
    ("overshoes", 1, ""),
    ("horseshoes", 1, ""),
    ("snowshoes", 1, ""),
    ("canoes", 1, ""),
    ("hoes", 1, ""),
    ("toes", 1, ""),
    ("cookies", 1, ""),
    ("hoodies", 1, ""),
    ("movies", 1, ""),
    ("neckties", 1, ""),
    ("beanies", 1, ""),
    ("talkies", 1, ""),
    ("bogies", 1, ""),
    ("brownies", 1, ""),
    ("caches", 1, ""),
    ("headaches", 1, ""),
    ("gauzes", 1, ""),
    ("men", 0, ""),
    ("children", 3, ""),
    ("geese", 4, "oose"),
    ("mice", 3, "ouse"),
    ("oxen", 2, ""),
    ("teeth", 4, "ooth"),
];

fn odd_plural(token: &str) -> Option<(usize, &'static str)> {
    static BY_WORD: LazyLock<HashMap<&str, (usize, &str)>> =
        LazyLock::new(|| ODD_PLURALS.into_iter().map(|(word, letters, end)| (word, (letters, end))).collect());
    BY_WORD.get(token).copied()
}

/// A word without its plural ending, as a stem and what comes behind it.
pub(crate) fn singular(token: &str) -> (&str, &str) {
    let cut = |n: usize| token.get(..token.len() - n).unwrap_or(token);
    if let Some((letters, end)) = odd_plural(token) {
        return (cut(letters), end);
    }
    if token.len() < 4 || !token.is_ascii() || token.ends_with("ss") || token.ends_with("us") || token.ends_with("is") {
        (token, "")
    } else if token.ends_with("ies") && token.len() > 4 {
        (cut(3), "y")
    } else if token.ends_with("knives") {
        (cut(3), "fe")
    } else if ["ches", "shes", "xes", "sses", "oes"].iter().any(|e| token.ends_with(e)) {
        (cut(2), "")
    } else if token.ends_with('s') {
        (cut(1), "")
    } else {
        (token, "")
    }
}

/// Words that carry no meaning of their own.
pub(crate) fn is_filler(token: &str) -> bool {
    ["the", "and", "for", "of", "to", "in", "with", "from", "that", "may", "be", "each", "about", "all", "its", "their", "new"]
        .contains(&token)
}

/// Whether the words just before a match deny it.
pub(crate) fn denied(before: &str) -> bool {
    let words: Vec<&str> = before.rsplit(' ').filter(|t| !t.is_empty()).take(REACH_OF_TIES).collect();
    let negates = |word: &str| matches!(word, "not" | "no" | "without" | "non" | "never" | "neither" | "nor" | "none" | "nothing");
    words.iter().enumerate().any(|(at, word)| negates(word) && (at < REACH_OF_NOT || ties(words.get(..at).unwrap_or_default())))
}

/// How many words before a phrase a `not` may stand.
const REACH_OF_NOT: usize = 3;
/// The same where it denies a tie: “not connected in any way with the army”.
const REACH_OF_TIES: usize = 7;

/// Whether words, the last first, begin with a tie between two parties: “link to the”, “known connection with the”.
fn ties(after: &[&str]) -> bool {
    let tie = |word: &str| {
        matches!(
            word,
            "link"
                | "linked"
                | "tie"
                | "tied"
                | "connection"
                | "connected"
                | "relation"
                | "related"
                | "affiliated"
                | "affiliation"
                | "association"
                | "associated"
                | "member"
                | "belong"
                | "belonging"
                | "owned"
                | "controlled"
        )
    };
    let leads_on = |word: &str| matches!(word, "to" | "with" | "of" | "by" | "in" | "between");
    let mut words = after.iter().rev();
    let Some(first) = words.next() else { return false };
    let rest: Vec<&str> = words.copied().collect();
    match rest.as_slice() {
        [next, ..] if tie(first) => leads_on(next),
        [next, third, ..] if tie(next) => leads_on(third),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_hide_a_word() {
        assert_eq!(normal("Tanchŏn  Commercial-Bank"), "tanchoncommercialbank");
        assert_eq!(tokens("Gearboxes, batteries & glasses: 2 buses"), ["gearbox", "battery", "glass", "2", "bus"]);
        assert_eq!(padded("Minibuses, gases, jet skis"), padded("minibus gas jet ski"));
        assert_eq!(
            tokens("knives penknives shelves calves leaves curves valves tomatoes lenses sizes neckties batteries"),
            ["knife", "penknife", "shelf", "calf", "leaf", "curve", "valve", "tomato", "lens", "size", "necktie", "battery"]
        );
        assert_eq!(pattern("자동차"), "자동차");
        assert!(denied(" gold not from") && !denied(" gold bars from"));
        assert!(denied(" not listed no link to the") && denied(" a factory not connected in any way with the"));
        assert!(!denied(" no dual-use good for the plant of the") && !denied(" a factory linked to the"));
        assert!(!denied(" no dual use good spare part for") && !denied(" no licence controlled good for a"));
    }
}
