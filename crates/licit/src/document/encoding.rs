//! From bytes to text: UTF-8, UTF-16 with its mark, and whatever a web page declares.
//!
//! An encoding is never guessed: a name read in the wrong one is another name. Bytes that are in no named encoding are refused with
//! their place. A page that declares its encoding and then breaks it in a few places is read, with the replacement character there.

use super::Form;
use crate::InputProblem;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its encoding is looked for; HTML asks for the first 1024 bytes, real pages need more.
const DECLARATION_BYTES: usize = 4096;

/// Text, and what is to be said about how it was decoded.
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// One sentence each.
    pub notes: Vec<String>,
}

/// The text of a document.
///
/// # Errors
/// Bytes that are not in the encoding declared or, without a declaration, not UTF-8: with the first such byte and its line.
pub(super) fn decode(bytes: &[u8], form: Form) -> Result<Decoded, InputProblem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return marked(bytes, encoding, mark);
    }
    let declared = if form == Form::Html { declared(bytes) } else { None };
    match (std::str::from_utf8(bytes), declared) {
        // Bytes that are UTF-8 beyond ASCII are so by intent; old tools convert a page and leave its declaration.
        (Ok(text), Some(other)) if other != UTF_8 && !text.is_ascii() => Ok(Decoded {
            text: text.to_owned(),
            notes: vec![format!("The page declares {}, but its bytes are UTF-8 and were read as such.", other.name())],
        }),
        (_, Some(encoding)) => Ok(as_declared(bytes, encoding)),
        (Ok(text), None) => Ok(Decoded { text: text.to_owned(), notes: Vec::new() }),
        (Err(e), None) => Err(not_utf8(bytes, e.valid_up_to(), form)),
    }
}

/// Whether the bytes are marked as UTF-16.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8)
}

/// The opening of a document, well enough to see what it is.
pub(super) fn glance(bytes: &[u8]) -> String {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn marked(bytes: &[u8], encoding: &'static Encoding, mark: usize) -> Result<Decoded, InputProblem> {
    let body = bytes.get(mark..).unwrap_or_default();
    let text = if encoding == UTF_8 {
        let e = match std::str::from_utf8(body) {
            Ok(text) => return Ok(Decoded { text: text.to_owned(), notes: Vec::new() }),
            Err(e) => e,
        };
        return Err(not_utf8(bytes, mark + e.valid_up_to(), Form::Plain));
    } else {
        encoding.decode_without_bom_handling_and_without_replacement(body)
    };
    match text {
        Some(text) => {
            Ok(Decoded { text: text.into_owned(), notes: vec![format!("The file is {}; places count its characters.", encoding.name())] })
        }
        None => Err(InputProblem {
            at: unpaired(body, encoding).map_or_else(String::new, |at| format!("byte {}", mark + at)),
            message: format!("the file is marked as {}, but half a character stands here", encoding.name()),
            help: Some("save it again as UTF-8".into()),
        }),
    }
}

/// The first code unit that is half of a pair, or the odd last byte.
fn unpaired(body: &[u8], encoding: &'static Encoding) -> Option<usize> {
    let unit = |pair: &[u8]| match *pair {
        [a, b] if encoding == UTF_16LE => u16::from_le_bytes([a, b]),
        [a, b] if encoding == UTF_16BE => u16::from_be_bytes([a, b]),
        _ => 0xD800,
    };
    let mut place = 0;
    for character in char::decode_utf16(body.chunks(2).map(unit)) {
        match character {
            Ok(c) => place += c.len_utf16() * 2,
            Err(_) => return Some(place),
        }
    }
    None
}

fn as_declared(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut notes = Vec::new();
    if damaged {
        let places = text.matches('\u{FFFD}').count();
        notes.push(format!("The page declares {}, but {places} places in it are not; they show as `\u{FFFD}`.", encoding.name()));
    }
    Decoded { text: text.into_owned(), notes }
}

fn not_utf8(bytes: &[u8], at: usize, form: Form) -> InputProblem {
    let line = bytes.iter().take(at).filter(|&&b| b == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or(0);
    let declare = if form == Form::Html { ", or declare it with `<meta charset=...>`" } else { "" };
    InputProblem {
        at: format!("byte {at}, line {line}"),
        message: format!("byte 0x{byte:02X} is not UTF-8, and no other encoding is named"),
        help: Some(format!("convert it from the encoding it is in, such as `iconv -f WINDOWS-1251 -t UTF-8 FILE`{declare}")),
    }
}

/// What the page says of itself, as a browser would look for it: `charset=` in a meta tag, or `encoding=` in an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..DECLARATION_BYTES).unwrap_or(bytes)).to_ascii_lowercase();
    let xml = start.trim_start().strip_prefix("<?xml").and_then(|d| d.split('>').next()).and_then(|d| label(d, "encoding"));
    let meta = || start.split("<meta").skip(1).find_map(|tag| label(tag.split('>').next().unwrap_or(""), "charset"));
    let encoding = Encoding::for_label(xml.or_else(meta)?.as_bytes())?;
    // A declaration that was itself readable as ASCII cannot be right about UTF-16; HTML reads such a page as UTF-8.
    Some(encoding.output_encoding())
}

fn label<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    let after = tag.split_once(key)?.1.trim_start().strip_prefix('=')?;
    let value = after.trim_start().trim_start_matches(['"', '\'']);
    value.split(|c: char| c.is_whitespace() || ['"', '\'', ';', '/', '?', '>'].contains(&c)).next().filter(|l| !l.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_page_names_its_encoding() {
        let name = |page: &str| declared(page.as_bytes()).map(Encoding::name);
        assert_eq!(name("<html><meta charset=euc-kr>"), Some("EUC-KR"));
        assert_eq!(name("<meta http-equiv='Content-Type' content='text/html; charset=GB2312'>"), Some("GBK"));
        assert_eq!(name("<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>"), Some("windows-1251"));
        assert_eq!(name("<META CHARSET = \"Shift_JIS\" />"), Some("Shift_JIS"));
        assert_eq!(name("<meta charset='utf-16'>"), Some("UTF-8"));
        assert_eq!(name("<p>charset=latin1</p>"), None);
        assert_eq!(name("<meta charset=klingon>"), None);
    }

    #[test]
    fn half_a_utf16_character_has_its_place() {
        assert_eq!(unpaired(&[0x41, 0, 0x00, 0xD8, 0x42, 0], UTF_16LE), Some(2));
        assert_eq!(unpaired(&[0x41, 0, 0x42], UTF_16LE), Some(2));
        assert_eq!(unpaired(&[0x41, 0], UTF_16LE), None);
    }
}
