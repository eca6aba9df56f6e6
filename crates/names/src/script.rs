//! In which writing a letter belongs, and the units in which a foreign writing is compared.

use serde::{Deserialize, Serialize};

/// The writings that are told apart when a name is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Script {
    /// Latin letters, whatever their marks, and digits.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Hebrew.
    Hebrew,
    /// Arabic, Persian, Urdu.
    Arabic,
    /// Korean syllables.
    Hangul,
    /// Chinese characters in any use.
    Han,
    /// Japanese syllables.
    Kana,
    /// Everything else that has letters.
    Other,
}

impl Script {
    /// The writing of one letter; `None` for marks, signs and spaces.
    #[must_use]
    pub fn of(c: char) -> Option<Script> {
        Some(match u32::from(c) {
            0x30..=0x39 | 0x41..=0x5A | 0x61..=0x7A => Script::Latin,
            0xC0..=0x24F | 0x250..=0x2AF | 0x1E00..=0x1EFF if c.is_alphabetic() => Script::Latin,
            0x370..=0x3FF | 0x1F00..=0x1FFF if c.is_alphabetic() => Script::Greek,
            0x400..=0x52F if c.is_alphabetic() => Script::Cyrillic,
            0x590..=0x5FF if c.is_alphabetic() => Script::Hebrew,
            0x600..=0x6FF | 0x750..=0x77F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFF if c.is_alphanumeric() => Script::Arabic,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7A3 => Script::Hangul,
            0x3041..=0x3096 | 0x30A1..=0x30FA | 0x30FC..=0x30FE => Script::Kana,
            0x3005 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF => Script::Han,
            _ if c.is_alphanumeric() => Script::Other,
            _ => return None,
        })
    }

    /// The word a clerk reads for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Script::Latin => "Latin",
            Script::Cyrillic => "Cyrillic",
            Script::Greek => "Greek",
            Script::Hebrew => "Hebrew",
            Script::Arabic => "Arabic",
            Script::Hangul => "Korean",
            Script::Han => "Chinese",
            Script::Kana => "Japanese",
            Script::Other => "another",
        }
    }
}

/// The units of a token in which sounds are looked up: letters; for Korean the parts of each syllable.
#[must_use]
pub fn units(token: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(token.len());
    for c in token.chars() {
        match u32::from(c) {
            code @ 0xAC00..=0xD7A3 => {
                let s = code - 0xAC00;
                let (onset, vowel, coda) = (s / 588, s % 588 / 28, s % 28);
                out.extend(char::from_u32(0x1100 + onset));
                out.extend(char::from_u32(0x1161 + vowel));
                if coda > 0 {
                    out.extend(char::from_u32(0x11A7 + coda));
                }
            }
            // Hiragana is compared as katakana.
            code @ 0x3041..=0x3096 => out.extend(char::from_u32(code + 0x60)),
            _ => out.push(plain_letter(c)),
        }
    }
    out
}

/// Letters that differ only by place or by the habit of one language.
fn plain_letter(c: char) -> char {
    match c {
        'ي' | 'ى' | 'ی' | 'ئ' => 'ي',
        'ك' | 'ک' => 'ك',
        'ة' | 'ه' | 'ہ' | 'ھ' | 'ۀ' => 'ه',
        'أ' | 'إ' | 'آ' | 'ا' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        'ς' => 'σ',
        _ => c,
    }
}
