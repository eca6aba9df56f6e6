//! Normal forms of words: case, accents, punctuation and plurals do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, letters and digits only.
#[must_use]
pub fn normal(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Words in normal form, plurals folded.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    spaced(text).split(' ').filter(|t| !t.is_empty()).map(singular).collect()
}

fn spaced(text: &str) -> String {
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
    format!(" {} ", tokens(text).join(" "))
}

/// A phrase as it is looked for: whole words in scripts that separate words, anywhere in those that do not.
pub(crate) fn pattern(phrase: &str) -> String {
    let joined = tokens(phrase).join(" ");
    if joined.chars().any(unseparated) { joined } else { format!(" {joined} ") }
}

fn unseparated(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn singular(token: &str) -> String {
    let cut = |n: usize| token.get(..token.len() - n).unwrap_or(token).to_owned();
    if token.len() < 4 || !token.is_ascii() || token.ends_with("ss") || token.ends_with("us") || token.ends_with("is") {
        token.to_owned()
    } else if token.ends_with("ies") && token.len() > 4 {
        format!("{}y", cut(3))
    } else if ["ches", "shes", "xes", "sses", "zes"].iter().any(|e| token.ends_with(e)) {
        cut(2)
    } else if token.ends_with('s') {
        cut(1)
    } else {
        token.to_owned()
    }
}

/// Words that carry no meaning of their own.
pub(crate) fn is_filler(token: &str) -> bool {
    ["the", "and", "for", "of", "to", "in", "with", "from", "that", "may", "be", "each", "about", "all", "its", "their", "new"]
        .contains(&token)
}

/// Whether the words just before a match deny it.
pub(crate) fn denied(before: &str) -> bool {
    before.split(' ').rev().filter(|t| !t.is_empty()).take(3).any(|t| matches!(t, "not" | "no" | "without" | "non" | "never" | "neither"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_hide_a_word() {
        assert_eq!(normal("Tanchŏn  Commercial-Bank"), "tanchoncommercialbank");
        assert_eq!(tokens("Gearboxes, batteries & glasses: 2 buses"), ["gearbox", "battery", "glass", "2", "buse"]);
        assert_eq!(padded("Minibuses"), padded("minibuse"));
        assert_eq!(pattern("자동차"), "자동차");
        assert!(denied(" gold not from") && !denied(" gold bars from"));
    }
}
