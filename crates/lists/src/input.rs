//! Bytes as handed in: unpacking them within bounds, and finding out how their letters are written.
//!
//! Everything foreign passes through here once. After it, a reader sees UTF-8 text without byte order mark, and whatever was
//! doubtful about the bytes is already a [`Problem`].

use crate::read::{Limits, Problem, Refused};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io::Read as _;

/// One file as handed in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// File name, for messages and as a hint.
    pub name: &'a str,
    /// Its bytes, possibly packed with gzip or Zstandard.
    pub bytes: &'a [u8],
}

/// One file, unpacked and decoded.
#[derive(Debug)]
pub(crate) struct Opened<'a> {
    /// File name without folders and without `.gz`, `.zst`.
    pub name: String,
    /// The text; empty for an archive.
    pub text: Cow<'a, str>,
    /// The bytes of a zip archive (spreadsheets are such).
    pub archive: Option<Cow<'a, [u8]>>,
    /// What was doubtful about the bytes.
    pub problems: Vec<Problem>,
    /// The first line with bytes that are no UTF-8 though the rest is; formats with strict rules refuse such a file.
    pub damaged: Option<usize>,
}

impl Opened<'_> {
    /// The first characters, enough to tell formats apart.
    pub fn head(&self) -> &str {
        let mut end = self.text.len().min(8192);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(..end).unwrap_or_default()
    }

    /// The first line that is not blank.
    pub fn first_line(&self) -> &str {
        self.head().lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default()
    }

    /// Whether it looks like XML whose outermost element has this local name.
    pub fn is_xml(&self, root: &str) -> bool {
        xml_root(self.head()) == Some(root)
    }
}

/// Local name of the outermost element, when the text begins as XML does.
pub(crate) fn xml_root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("<?") {
            rest = after.split_once("?>")?.1.trim_start();
        } else if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->")?.1.trim_start();
        } else if rest.starts_with("<!") {
            // A document type may have definitions of its own in square brackets.
            let end = rest.find('>')?;
            let inside = rest.find('[').filter(|open| *open < end);
            let end = inside.map_or(Some(end), |_| rest.find("]>").map(|close| close + 1))?;
            rest = rest.get(end + 1..)?.trim_start();
        } else {
            let name = rest.strip_prefix('<')?;
            let end = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(name.len());
            let name = name.get(..end)?;
            return Some(name.rsplit_once(':').map_or(name, |(_, local)| local));
        }
    }
}

/// Unpacks and decodes one file.
pub(crate) fn open<'a>(source: &Source<'a>, limits: &Limits) -> Result<Opened<'a>, Refused> {
    let name = plain_name(source.name);
    let bytes = inflate(source, limits)?;
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Opened { name, text: Cow::Borrowed(""), archive: Some(bytes), problems: Vec::new(), damaged: None });
    }
    let (text, problem, damaged) = match bytes {
        Cow::Borrowed(bytes) => decode(source.name, bytes)?,
        Cow::Owned(bytes) => owned(source.name, bytes)?,
    };
    if text.trim_start().is_empty() {
        return Err(Refused::new(source.name, "the file is empty", "download it again"));
    }
    if let Some(title) = web_page(&text) {
        let message = format!("this is a web page{title}, not a list");
        return Err(Refused::new(source.name, message, "the server may have answered with an error page; download the list again"));
    }
    Ok(Opened { name, text, archive: None, problems: problem.into_iter().collect(), damaged })
}

/// The name without folders and without the ending of the packing.
fn plain_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let base = [".gz", ".zst", ".zstd"].iter().find_map(|e| base.strip_suffix(e)).unwrap_or(base);
    base.to_string()
}

/// Undoes gzip or Zstandard, told by their first bytes, never growing beyond the limits.
fn inflate<'a>(source: &Source<'a>, limits: &Limits) -> Result<Cow<'a, [u8]>, Refused> {
    let bytes = source.bytes;
    let most = limits.unpacked(bytes.len() as u64);
    let read = if bytes.starts_with(&[0x1f, 0x8b]) {
        bounded(flate2::bufread::MultiGzDecoder::new(bytes), most)
    } else if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        unpack_zstd(bytes, most)
    } else if bytes.len() as u64 > limits.inflated {
        Ok(None)
    } else {
        return Ok(Cow::Borrowed(bytes));
    };
    match read {
        Ok(Some(bytes)) => Ok(Cow::Owned(bytes)),
        Ok(None) => {
            let message = format!("it unpacks to more than {} MiB", most >> 20);
            Err(Refused::new(source.name, message, "no list is that large; if it is really one, raise the limit `inflated`"))
        }
        Err(error) => {
            let message = format!("the packed file is damaged or cut off: {error}");
            Err(Refused::new(source.name, message, "download it again, or unpack it with another program"))
        }
    }
}

/// Reads to the end, or gives nothing when there is more than allowed.
fn bounded(reader: impl std::io::Read, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut out = Vec::new();
    reader.take(most.saturating_add(1)).read_to_end(&mut out)?;
    Ok((out.len() as u64 <= most).then_some(out))
}

/// All frames of a Zstandard file.
fn unpack_zstd(mut bytes: &[u8], most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let before = bytes.len();
        let left = most.saturating_sub(out.len() as u64);
        let frame = ruzstd::decoding::StreamingDecoder::new(&mut bytes).map_err(|e| std::io::Error::other(e.to_string()))?;
        match bounded(frame, left)? {
            Some(more) => out.extend_from_slice(&more),
            None => return Ok(None),
        }
        if bytes.len() >= before {
            break;
        }
    }
    Ok(Some(out))
}

type Decoded<'a> = (Cow<'a, str>, Option<Problem>, Option<usize>);

/// Decodes bytes that we own; the common case, clean UTF-8, is not copied.
fn owned(name: &str, bytes: Vec<u8>) -> Result<Decoded<'static>, Refused> {
    let clean = !looks_utf16(&bytes) && !bytes.starts_with(b"\xef\xbb\xbf") && !bytes.ends_with(&[0x1a]) && declared(&bytes).is_none();
    let bytes = if clean {
        match String::from_utf8(bytes) {
            Ok(text) if !binary(text.as_bytes()) => return Ok((Cow::Owned(text), None, None)),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        }
    } else {
        bytes
    };
    let (text, problem, damaged) = decode(name, &bytes)?;
    Ok((Cow::Owned(text.into_owned()), problem, damaged))
}

/// Decodes by byte order mark, by pattern, by an XML declaration, as UTF-8, and at last as Windows-1252.
fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, Refused> {
    if looks_utf16(bytes) {
        let big = bytes.starts_with(&[0xfe, 0xff]) || bytes.first() == Some(&0);
        let (text, broken) = (if big { UTF_16BE } else { UTF_16LE }).decode_with_bom_removal(bytes);
        let text = Cow::Owned(text.trim_end_matches('\u{1a}').to_string());
        return Ok((text, None, if broken || bytes.len() % 2 == 1 { Some(1) } else { None }));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // An old end-of-file mark of DOS, with which the legacy OFAC files still end.
    let end = bytes.iter().rposition(|b| !matches!(b, 0x1a | b'\r' | b'\n' | b' ')).map_or(0, |p| p + 1);
    let bytes = if bytes.get(end..).is_some_and(|tail| tail.contains(&0x1a)) { bytes.get(..end).unwrap_or_default() } else { bytes };
    if binary(bytes) {
        return Err(Refused::new(name, "the file is binary, not text", "give the list as XML, CSV or JSON, as its issuer publishes it"));
    }
    if let Some(encoding) = declared(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        return Ok((text, None, broken.then_some(1)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), None, None)),
        Err(error) => Ok(repaired(bytes, error.valid_up_to())),
    }
}

/// Text of bytes that are not clean UTF-8: either some other encoding throughout, or UTF-8 with damage.
fn repaired(bytes: &[u8], first_bad: usize) -> Decoded<'_> {
    let line = 1 + memchr::memchr_iter(b'\n', bytes.get(..first_bad).unwrap_or_default()).count();
    let text = String::from_utf8_lossy(bytes);
    let bad = text.matches('\u{fffd}').count();
    let good = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    let at = format!("line {line}");
    if good >= bad {
        let message = format!("{bad} places are not valid UTF-8, the first here; letters there are lost");
        return (text, Some(Problem { at, message }), Some(line));
    }
    let message = format!("the file is not UTF-8 ({bad} places, the first here); read as Windows-1252");
    (WINDOWS_1252.decode_without_bom_handling(bytes).0, Some(Problem { at, message }), None)
}

/// By mark, or by NULs in every other place of the first characters.
fn looks_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, a, 0, b, ..] | [a, 0, b, 0, ..] => *a != 0 && *b != 0,
        _ => false,
    }
}

/// Whether these bytes are no text in any encoding that lists come in.
fn binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let odd = head.iter().filter(|b| matches!(b, 1..=8 | 14..=25 | 28..=31 | 127)).count();
    head.contains(&0) || odd * 20 > head.len()
}

/// The encoding that an XML declaration names, unless it is UTF-8.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..200).unwrap_or(bytes);
    let head = head.strip_prefix(b"<?xml")?;
    let end = memchr::memchr(b'>', head)?;
    let declaration = std::str::from_utf8(head.get(..end)?).ok()?;
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = after.get(1..)?.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_8 && *e != UTF_16LE && *e != UTF_16BE)
}

/// Whether the text is HTML, and the title of the page.
fn web_page(text: &str) -> Option<String> {
    let start = text.trim_start();
    let head: String = start.chars().take(2000).collect::<String>().to_ascii_lowercase();
    if !head.starts_with("<!doctype html") && xml_root(&head) != Some("html") {
        return None;
    }
    let title = head.split_once("<title>").and_then(|(_, t)| t.split_once("</title>")).map(|(t, _)| t.trim().to_string());
    Some(title.filter(|t| !t.is_empty()).map_or_else(String::new, |t| format!(" (“{t}”)")))
}
