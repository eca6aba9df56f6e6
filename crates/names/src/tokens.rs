//! A text cut into tokens: one script each, hyphens remembered, invisible signs taken out.

use crate::fold::{fold_into, is_dropped, is_hidden, is_mark, lookalike};
use crate::name::Flags;
use crate::script::Script;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A piece of the text between signs and spaces, in one script, folded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// The folded letters.
    pub text: String,
    /// The script.
    pub script: Script,
    /// Whether only a hyphen parts it from the token before.
    pub hyphen: bool,
    /// Whether a full stop follows.
    pub stop: bool,
}

/// The most words of a name that are kept.
pub const MOST_WORDS: usize = 24;
/// The most letters of a word that are kept.
const LONGEST_WORD: usize = 64;

/// Cuts a text into tokens.
#[must_use]
pub fn tokens(text: &str, flags: &mut Flags) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut run = String::new();
    let mut hyphen = false;
    // What has only ASCII is in that form already.
    let text: Cow<'_, str> = if text.is_ascii() { text.into() } else { text.nfkc().collect() };
    for c in text.chars() {
        if is_dropped(c) {
            flags.hidden |= is_hidden(c) && c != '\u{200C}' && c != '\u{200D}';
            continue;
        }
        if Script::of(c).is_some() || is_mark(c) || u32::from(c) > 0x2FF && unicode_normalization::char::is_combining_mark(c) {
            run.push(c);
            continue;
        }
        let before = out.len();
        finish(&mut run, hyphen, flags, &mut out);
        if c == '.'
            && out.len() > before
            && let Some(last) = out.last_mut()
        {
            last.stop = true;
        }
        hyphen = matches!(c, '-' | '‐' | '‑' | '–') || (hyphen && run.is_empty() && c == '-');
        if out.len() >= MOST_WORDS {
            flags.cut = true;
            break;
        }
    }
    finish(&mut run, hyphen, flags, &mut out);
    out.truncate(MOST_WORDS);
    out
}

/// Parts a run of letters where the script changes, where letters and digits meet, and inside JohnSmith.
fn finish(run: &mut String, hyphen: bool, flags: &mut Flags, out: &mut Vec<Token>) {
    if run.is_empty() {
        return;
    }
    if is_one_plain_word(run) {
        out.push(Token { text: run.to_ascii_lowercase(), script: Script::Latin, hyphen, stop: false });
        run.clear();
        return;
    }
    let whole = one_script(run, flags);
    let mut hyphen = hyphen;
    let mut start = 0;
    let letters: Vec<(usize, char)> = whole.char_indices().collect();
    for k in 1..=letters.len() {
        if k < letters.len() && !parts(&letters, k) {
            continue;
        }
        let end = letters.get(k).map_or(whole.len(), |(at, _)| *at);
        let piece = &whole[start..end];
        start = end;
        let mut text = String::with_capacity(piece.len());
        fold_into(piece, &mut text);
        let Some(script) = piece.chars().find_map(Script::of) else { continue };
        if text.chars().count() > LONGEST_WORD {
            flags.cut = true;
            text = text.chars().take(LONGEST_WORD).collect();
        }
        if !text.is_empty() {
            out.push(Token { text, script, hyphen, stop: false });
            hyphen = false;
        }
    }
    run.clear();
}

/// Whether a run is one token at sight: Latin letters without marks or digits, none of them a capital inside the word, not too many. Nearly all are.
fn is_one_plain_word(run: &str) -> bool {
    let letters = run.as_bytes();
    run.len() <= LONGEST_WORD
        && letters.iter().all(u8::is_ascii_alphabetic)
        && !letters.windows(2).any(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase())
}

/// Whether a new token begins at the letter `k`.
fn parts(letters: &[(usize, char)], k: usize) -> bool {
    let (before, here) = (letters[k - 1].1, letters[k].1);
    let (Some(s), Some(t)) = (Script::of(before), Script::of(here)) else { return false };
    if s != t {
        return true;
    }
    if s != Script::Latin {
        return false;
    }
    if before.is_ascii_digit() != here.is_ascii_digit() {
        // A single digit inside a word is a disguise (Sech1n) and is dealt with in `one_script`.
        return true;
    }
    let rest_long = letters.len() - k >= 3 && letters[k + 1].1.is_lowercase();
    k >= 3 && before.is_lowercase() && here.is_uppercase() && rest_long
}

/// Letters of another script that only look like those of the word become those of the word; so do digits inside it.
fn one_script(run: &str, flags: &mut Flags) -> String {
    let count = |wanted: Script| run.chars().filter(|c| !c.is_ascii_digit() && Script::of(*c) == Some(wanted)).count();
    let latin = count(Script::Latin);
    let foreign = count(Script::Cyrillic) + count(Script::Greek);
    let mut text = run.to_owned();
    if latin > 0 && foreign > 0 {
        let to_latin = latin >= foreign || run.chars().all(|c| c.is_ascii() || lookalike(lower(c)).is_some());
        let mapped: String = run.chars().map(|c| if to_latin { latin_for(c) } else { cyrillic_for(c) }).collect();
        flags.lookalikes |= mapped != run;
        text = mapped;
    }
    let letters: Vec<char> = text.chars().collect();
    if latin >= 3 && letters.len() >= 4 {
        let inner = |i: usize| i > 0 && i + 1 < letters.len() && letters[i - 1].is_alphabetic() && letters[i + 1].is_alphabetic();
        let disguised: String = letters
            .iter()
            .enumerate()
            .map(|(i, c)| match c {
                '0' if inner(i) => 'o',
                '1' if inner(i) => 'i',
                '3' if inner(i) => 'e',
                '5' if inner(i) => 's',
                _ => *c,
            })
            .collect();
        flags.lookalikes |= disguised != text;
        text = disguised;
    }
    text
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn latin_for(c: char) -> char {
    lookalike(lower(c)).unwrap_or(c)
}

fn cyrillic_for(c: char) -> char {
    const LOOKS: [(char, char); 12] = [
        ('a', 'а'),
        ('c', 'с'),
        ('e', 'е'),
        ('i', 'і'),
        ('k', 'к'),
        ('m', 'м'),
        ('o', 'о'),
        ('p', 'р'),
        ('t', 'т'),
        ('x', 'х'),
        ('y', 'у'),
        ('h', 'н'),
    ];
    LOOKS.iter().find(|(l, _)| *l == lower(c)).map_or(c, |(_, k)| *k)
}

/// Long words of legal forms and trades that are met misspelt.
const LONG_FORMS: [&str; 14] = [
    "limited",
    "company",
    "corporation",
    "liability",
    "private",
    "incorporated",
    "international",
    "shipping",
    "trading",
    "industries",
    "technology",
    "joint",
    "stock",
    "public",
];

/// Puts right one wrong letter in the long words of legal forms, and parts a form from the name it was glued to (JSCARGUMENT, VENUTOFZE).
pub fn mend_forms(tokens: &mut Vec<Token>) {
    const BEFORE: [&str; 6] = ["jsc", "llc", "ooo", "pjsc", "ojsc", "gmbh"];
    const BEHIND: [&str; 8] = ["ltd", "llc", "fze", "plc", "gmbh", "dmcc", "jsc", "fzco"];
    let mut k = 0;
    while k < tokens.len() {
        if tokens[k].script == Script::Latin && tokens[k].text.len() > 4 {
            let text = tokens[k].text.clone();
            if let Some(form) = LONG_FORMS
                .iter()
                .find(|f| text.len() + 1 >= f.len() && **f != text && crate::index::within(f.as_bytes(), text.as_bytes(), 1) == Some(1))
            {
                tokens[k].text = (*form).to_owned();
            }
            let cut = BEFORE
                .iter()
                .find_map(|f| text.strip_prefix(f).map(|_| f.len()))
                .or_else(|| BEHIND.iter().find_map(|f| text.strip_suffix(f).map(str::len)))
                .filter(|at| *at >= 3 && text.len() >= 7 && tokens.len() < MOST_WORDS);
            if let Some(at) = cut {
                let rest = tokens[k].text.split_off(at);
                let other = Token { text: rest, ..tokens[k].clone() };
                tokens.insert(k + 1, other);
                k += 1;
            }
        }
        k += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Flags, Token, finish, fold_into, is_one_plain_word, one_script, parts};
    use crate::script::Script;
    use proptest::prelude::*;

    /// A run as it is parted when nothing is seen at sight.
    fn parted(run: &str) -> (Vec<Token>, Flags) {
        let (mut flags, mut out, mut start) = (Flags::default(), Vec::new(), 0);
        let whole = one_script(run, &mut flags);
        let letters: Vec<(usize, char)> = whole.char_indices().collect();
        for k in (1..=letters.len()).filter(|k| *k == letters.len() || parts(&letters, *k)) {
            let end = letters.get(k).map_or(whole.len(), |(at, _)| *at);
            let (mut text, piece) = (String::new(), &whole[start..end]);
            fold_into(piece, &mut text);
            start = end;
            let script = piece.chars().find_map(Script::of).unwrap_or(Script::Latin);
            out.push(Token { text, script, hyphen: false, stop: false });
        }
        (out, flags)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn a_word_that_is_known_at_sight_is_parted_as_any_other(run in "[A-Ca-cZz]{1,12}|[A-Z][a-z]{1,9}([A-Z][a-z]{1,5})?|[a-z]{2,4}[0135]?[a-zбв]{1,3}") {
            let (mut flags, mut out) = (Flags::default(), Vec::new());
            finish(&mut run.clone(), false, &mut flags, &mut out);
            prop_assert_eq!((out, flags), parted(&run));
        }
    }

    #[test]
    fn only_plain_words_are_known_at_sight() {
        for run in ["Kim", "KIM", "kim", "McDONALD"] {
            assert_eq!(is_one_plain_word(run), !run.contains("cD"), "{run}");
        }
        for run in ["JohnSmith", "Sech1n", "Müller", "Кim", "a9"] {
            assert!(!is_one_plain_word(run), "{run}");
        }
    }
}
