//! How large a PDF becomes once its streams are unpacked, worked out before a parser unpacks them without a bound.
//!
//! A stream of ten kilobytes may hold ten megabytes, and one packed twice ten thousand. Each stream that is no picture is unpacked
//! here into nothing but a count. What cannot be counted is charged with the most its method of packing can yield.

use super::problem;
use crate::InputProblem;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// Most bytes of one stream, and of all together.
const MAX_STREAM_BYTES: u64 = 64_000_000;
const MAX_STREAMS_BYTES: u64 = 256_000_000;

/// The most that one byte may become: 258 bytes for two bits of deflate, a full table of 4096 entries for 12 bits of LZW,
/// 128 bytes for two of a run length.
const MOST_BY_DEFLATE: u64 = 1032;
const MOST_BY_LZW: u64 = 2731;
const MOST_BY_RUN_LENGTH: u64 = 64;

/// How far before its bytes the description of a stream is looked for.
const DESCRIPTION_BYTES: usize = 8192;

/// Looks over the streams of a PDF.
///
/// # Errors
/// An encrypted PDF, whose streams cannot be counted; one that becomes too large; one packed in a way that cannot be bounded.
pub(super) fn within_bounds(pdf: &[u8]) -> Result<(), InputProblem> {
    if names(pdf).any(|(_, name)| name == b"Encrypt") {
        return Err(problem("the PDF is encrypted", "decrypt it first: `qpdf --decrypt FILE out.pdf`"));
    }
    let mut total = 0;
    let mut from = 0;
    let mut end = 0;
    while let Some(at) = find(pdf, b"stream", from) {
        let after_last = from;
        from = at + 6;
        if pdf.get(..at).is_some_and(|before| before.ends_with(b"end")) {
            continue;
        }
        // Looked for only once the last one is passed, as many streams may share an end.
        if end < from {
            end = find(pdf, b"endstream", from).unwrap_or(pdf.len());
        }
        let description = description(pdf, after_last, at);
        let bytes = skip_line_end(pdf.get(from..end).unwrap_or_default());
        let size = unpacked(description, bytes).ok_or_else(|| unbounded(at))?;
        total += size;
        if size > MAX_STREAM_BYTES || total > MAX_STREAMS_BYTES {
            return Err(InputProblem {
                at: format!("byte {at}"),
                message: format!("the streams of the PDF unpack to more than {MAX_STREAM_BYTES} bytes, or {MAX_STREAMS_BYTES} together"),
                help: Some(PDFTOTEXT.into()),
            });
        }
    }
    Ok(())
}

/// What to do when a PDF is not read here.
pub(super) const PDFTOTEXT: &str = "get its text with `pdftotext FILE out.txt` and give that";

fn unbounded(at: usize) -> InputProblem {
    InputProblem {
        at: format!("byte {at}"),
        message: "a stream of the PDF is packed more than once, or in a way named elsewhere; its size cannot be bounded".into(),
        help: Some(PDFTOTEXT.into()),
    }
}

/// The dictionary before the word `stream`.
fn description(pdf: &[u8], after_last: usize, at: usize) -> &[u8] {
    let from = at.saturating_sub(DESCRIPTION_BYTES).max(after_last);
    let before = pdf.get(from..at).unwrap_or_default();
    let object = before.windows(3).rposition(|w| w == b"obj").map_or(0, |o| o + 3);
    before.get(object..).unwrap_or_default()
}

fn skip_line_end(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n")).or_else(|| bytes.strip_prefix(b"\r")).unwrap_or(bytes)
}

/// The size a stream unpacks to; `None` when that cannot be bounded.
fn unpacked(description: &[u8], bytes: &[u8]) -> Option<u64> {
    let packings = packings(description)?;
    let length = u64::try_from(bytes.len()).ok()?;
    let is_picture = names(description).any(|(_, n)| n == b"Image");
    if is_picture && !names(description).any(|(_, n)| n == b"XRef" || n == b"ObjStm") {
        return Some(0);
    }
    match packings.as_slice() {
        [] => Some(length),
        [Packing::Deflate] => Some(inflated(bytes)),
        many => {
            let growing: Vec<u64> = many.iter().map(|p| p.most()).filter(|m| *m > 4).collect();
            let factor = match growing.as_slice() {
                [] => 4,
                [one] => *one,
                _ => return None,
            };
            Some(length * factor)
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Deflate,
    Lzw,
    RunLength,
    Letters,
    Picture,
}

impl Packing {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Deflate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx" | b"Crypt" => Self::Letters,
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => Self::Picture,
            _ => return None,
        })
    }

    /// The most bytes one byte becomes. Pictures are not unpacked at all; `z` stands for four bytes in ASCII85.
    fn most(self) -> u64 {
        match self {
            Self::Deflate => MOST_BY_DEFLATE,
            Self::Lzw => MOST_BY_LZW,
            Self::RunLength => MOST_BY_RUN_LENGTH,
            Self::Letters => 4,
            Self::Picture => 1,
        }
    }
}

/// The packings a description names, in order; `None` when it says that they are named in another object.
fn packings(description: &[u8]) -> Option<Vec<Packing>> {
    for (end, name) in names(description) {
        let after = description.get(end..).unwrap_or_default().trim_ascii_start();
        if (name == b"Filter" || name == b"F") && after.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
    }
    Some(names(description).filter_map(|(_, name)| Packing::of(&name)).collect())
}

/// What deflate yields. Once it breaks off, another decoder might still go on, so the rest is charged in full.
fn inflated(bytes: &[u8]) -> u64 {
    let zlib = counted(ZlibDecoder::new(bytes), |d| d.total_in());
    let bare = || counted(DeflateDecoder::new(bytes), |d| d.total_in());
    let length = bytes.len() as u64;
    let (size, read, whole) = if zlib.0 > 0 || zlib.2 { zlib } else { bare() };
    if whole { size } else { size + length.saturating_sub(read) * MOST_BY_DEFLATE }
}

/// How much came out, how much went in, and whether it came to its end.
fn counted<D: Read>(mut decoder: D, read: impl Fn(&D) -> u64) -> (u64, u64, bool) {
    let mut size = 0;
    let mut buffer = vec![0; 1 << 13];
    loop {
        match decoder.read(&mut buffer) {
            Ok(0) => return (size, read(&decoder), true),
            Ok(n) if size <= MAX_STREAM_BYTES => size += n as u64,
            Ok(_) => return (size, read(&decoder), true),
            Err(_) => return (size, read(&decoder), false),
        }
    }
}

/// The names in a stretch of PDF, `#` escapes resolved, each with the place where it ends.
fn names(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + bytes.get(from..)?.iter().position(|&b| b == b'/')? + 1;
        let mut name = Vec::new();
        let mut at = start;
        while let Some(&byte) = bytes.get(at).filter(|b| !b.is_ascii_whitespace() && !b"/<>[](){}%\0".contains(b)) {
            let escape = (byte == b'#').then(|| bytes.get(at + 1..at + 3)).flatten().and_then(hex);
            name.push(escape.unwrap_or(byte));
            at += if escape.is_some() { 3 } else { 1 };
            // No name looked for is longer.
            if name.len() > 32 {
                break;
            }
        }
        from = at;
        Some((at, name))
    })
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(word.len()).position(|w| w == word).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(filter: &str, bytes: &[u8]) -> Vec<u8> {
        [b"1 0 obj << ", filter.as_bytes(), b" >> stream\n", bytes, b"\nendstream endobj"].concat()
    }

    #[test]
    fn a_stream_that_swells_is_refused() {
        assert!(within_bounds(&stream("/Filter /FlateDecode", &packed(&[b' '; 1_000_000]))).is_ok());
        let large = packed(&vec![b' '; 70_000_000]);
        for filter in ["/Filter /FlateDecode", "/Filter[/Fl]", "/F /Fl#61teDecode", "/Filter [/ASCII85Decode /FlateDecode]"] {
            assert!(within_bounds(&stream(filter, &large)).is_err(), "{filter}");
        }
        let twice = within_bounds(&stream("/Filter [/FlateDecode /FlateDecode]", b"x")).unwrap_err();
        assert!(twice.message.contains("more than once"), "{twice}");
        assert!(within_bounds(&stream("/Filter 7 0 R", b"x")).is_err());
        assert!(within_bounds(&stream("/Subtype /Image /Filter /FlateDecode", &large)).is_ok());
    }
}
