//! The folded form of a letter: no case, no marks, no ornaments.

use unicode_normalization::UnicodeNormalization;

/// Latin letters that do not fall apart into a plain letter and a mark.
#[must_use]
pub fn latin_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'þ' => "th",
        'ħ' => "h",
        'ŋ' => "ng",
        'ə' => "a",
        'ĸ' => "k",
        _ => return None,
    })
}

/// Signs that stand inside a word and do not part it: apostrophes of every kind, and what is invisible.
#[must_use]
pub fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | '`' | '´' | '′' | 'ʹ' | 'ʺ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '＇' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}' | 'ـ' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{5B0}'..='\u{5C7}'
    )
}

/// Whether the sign changes the order in which a name is shown, or hides in it.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

/// A Cyrillic or Greek letter that looks like a Latin one.
#[must_use]
pub fn lookalike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' => 'c',
        'е' | 'ε' => 'e',
        'н' | 'η' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        'ԁ' => 'd',
        'ѵ' | 'ν' => 'v',
        _ => return None,
    })
}

/// Lower case, compatibility forms resolved and marks taken off, except where the mark makes another letter
/// (Cyrillic й and ё, Japanese voiced syllables, Korean syllables).
pub fn fold_into(text: &str, out: &mut String) {
    // Most names, and nothing to resolve in them.
    if text.is_ascii() {
        out.extend(text.chars().map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match latin_letter(c) {
            Some(plain) => out.push_str(plain),
            None if matches!(c, 'й' | 'ё' | 'ї' | 'ў' | 'ґ')
                || ('\u{3040}'..='\u{30FF}').contains(&c)
                || ('\u{AC00}'..='\u{D7A3}').contains(&c) =>
            {
                out.push(c);
            }
            None if c.is_ascii() => out.push(c),
            None => out.extend(std::iter::once(c).nfd().filter(|m| !is_mark(*m))),
        }
    }
}

/// A mark that sits on the letter before it.
#[must_use]
pub fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        && (u32::from(c) < 0x700 || ('\u{1AB0}'..='\u{1DFF}').contains(&c) || ('\u{20D0}'..='\u{20F0}').contains(&c))
}

/// [`fold_into`] to a string of its own.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{fold, is_mark, latin_letter};
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn ascii_folds_as_it_does_by_the_long_way() {
        let all: String = (0..128).map(char::from).collect();
        let long: String = all.nfkc().flat_map(char::to_lowercase).filter(|c| latin_letter(*c).is_none() && !is_mark(*c)).collect();
        assert_eq!(fold(&all), long);
        assert_eq!(fold("Ünal ŁÓDŹ"), "unal lodz");
    }
}
