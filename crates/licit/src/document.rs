//! From the bytes of a file to the text that is read and shown: plain text, Markdown, a web page or the text layer of a PDF.
//!
//! Whatever is quoted later points into [`Document::text`], in Unicode code points. Plain text is therefore left exactly as it came;
//! of the other forms the text is what a reader of the page would see, and nothing else.

mod bounded;
mod clean;
mod day;
mod encoding;
mod facts;
mod html;
mod layout;
mod markdown;
mod pdf;
mod scan;
mod shown;
mod swell;
mod tokens;

use crate::InputProblem;
use model::Date;

/// Most bytes a web page, a Markdown file or a PDF may have: ten megabytes, some fifty times a long article with its markup.
const MAX_DOCUMENT_BYTES: usize = 10_000_000;

/// Most bytes plain text may have, since nothing but its letters is in it.
const MAX_PLAIN_BYTES: usize = 16_000_000;

/// What a document says, ready to be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Document {
    /// The text. Plain text is as given, with its line ends; of the other forms, blocks are lines with a blank line between.
    pub text: String,
    /// The title, where the document names one. It need not occur in the text.
    pub title: Option<String>,
    /// The day of publication the document names, in the time zone it is written in. Never the day a file was made.
    pub published: Option<Date>,
    /// The language the document names, a BCP 47 tag such as `en` or `ko-KP`.
    pub language: Option<String>,
    /// What the bytes were.
    pub form: Form,
    /// What a reader should know about how the text came about, one sentence each.
    pub notes: Vec<String>,
}

/// What the bytes of a document are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// Text without markup.
    #[default]
    Plain,
    /// CommonMark, with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// A PDF with a text layer.
    Pdf,
}

impl Form {
    /// From a file name; `None` when its ending says nothing, so that the bytes decide.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            Some("txt" | "text") => Some(Self::Plain),
            Some("md" | "markdown") => Some(Self::Markdown),
            Some("html" | "htm" | "xhtml") => Some(Self::Html),
            Some("pdf") => Some(Self::Pdf),
            _ => None,
        }
    }
}

fn problem(message: impl Into<String>, help: impl Into<String>) -> InputProblem {
    InputProblem { at: String::new(), message: message.into(), help: Some(help.into()) }
}

/// Reads a document; its form is found from the bytes unless told.
///
/// ```
/// use licit::{Form, document};
///
/// let page = document(b"<!doctype html><html lang=en><body><p>He sent a car.<script>track()</script>", None)?;
/// assert_eq!((page.form, page.text.as_str(), page.language.as_deref()), (Form::Html, "He sent a car.", Some("en")));
/// # Ok::<(), licit::InputProblem>(())
/// ```
///
/// # Errors
/// Says what is wrong, where, and what would be right: nothing to read, too large, bytes that are no text or in no named encoding,
/// another kind of file, a PDF without text or one that is damaged, encrypted or swells beyond bounds.
pub fn document(bytes: &[u8], form: Option<Form>) -> Result<Document, InputProblem> {
    if bytes.is_empty() {
        return Err(problem("the document is empty", "give a text, a web page, Markdown or a PDF"));
    }
    let form = form.unwrap_or_else(|| form_of(bytes));
    within_limit(bytes, form)?;
    let read = match form {
        Form::Pdf => pdf::read(bytes)?,
        _ => from_text(bytes, form)?,
    };
    if read.text.chars().all(char::is_whitespace) {
        return Err(problem("the document has no text to read", "a page that is filled in by scripts must be saved after it has loaded"));
    }
    Ok(read)
}

fn from_text(bytes: &[u8], form: Form) -> Result<Document, InputProblem> {
    refuse_other_files(bytes)?;
    if !encoding::is_wide(bytes) {
        refuse_nul(bytes, "byte")?;
    }
    let encoding::Decoded { text, notes } = encoding::decode(bytes, form)?;
    refuse_nul(text.as_bytes(), "byte of its UTF-8 form")?;
    let mut read = match form {
        Form::Html => html::read(&text)?,
        Form::Markdown => markdown::read(&text),
        _ => Document { text, form, ..Document::default() },
    };
    read.notes.splice(0..0, notes);
    Ok(read)
}

fn within_limit(bytes: &[u8], form: Form) -> Result<(), InputProblem> {
    let limit = if form == Form::Plain { MAX_PLAIN_BYTES } else { MAX_DOCUMENT_BYTES };
    if bytes.len() <= limit {
        return Ok(());
    }
    let message = format!("the document has {} bytes, more than the {limit} that are read", bytes.len());
    Err(problem(message, "give the part that tells of the act"))
}

/// A PDF may have some bytes before its mark (ISO 32000-1, note 13 of annex H asks for the first 1024); a page may open with comments.
fn form_of(bytes: &[u8]) -> Form {
    let start = bytes.get(..1024).unwrap_or(bytes);
    let magic = start.windows(6).position(|w| w.starts_with(b"%PDF-") && w[5].is_ascii_digit());
    if magic.is_some_and(|at| at == 0 || matches!(start[at - 1], b'\n' | b'\r' | 0xBF)) {
        return Form::Pdf;
    }
    let wide = bytes.get(..65_536).unwrap_or(bytes);
    let opening = encoding::glance(wide);
    match () {
        () if looks_like_html(&opening) => Form::Html,
        () if markdown::is_clearly(&opening) => Form::Markdown,
        () => Form::Plain,
    }
}

/// The elements a web page, or a piece copied out of one, begins with.
const OPENING_TAGS: [&str; 16] =
    ["html", "head", "body", "title", "meta", "link", "script", "style", "article", "main", "section", "header", "div", "p", "h1", "table"];

fn looks_like_html(opening: &str) -> bool {
    let opening = opening.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    let start: String = opening.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if start.contains("<!doctype html") || start.contains("<html") {
        return true;
    }
    let Some(tag) = start.strip_prefix('<') else { return false };
    let name: &str = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    OPENING_TAGS.contains(&name) || tag.starts_with("!--") && opening.to_ascii_lowercase().contains("</")
}

/// The first bytes of files that people take for documents, with what to do about them.
const OTHER_FILES: [(&[u8], &str, &str); 11] = [
    (b"%PDF-", "a PDF", "name it as one, or leave the form to be found"),
    (b"PK\x03\x04", "a zip archive, as of Word, Excel or an e-book", "save it as plain text or PDF"),
    (b"\xD0\xCF\x11\xE0", "an old Office file", "save it as plain text or PDF"),
    (b"{\\rtf", "Rich Text Format", "save it as plain text or PDF"),
    (b"From: <Saved by", "a page saved with its pictures (MHTML)", "save the page as HTML only"),
    (b"bplist00", "a page saved with its pictures (webarchive)", "save the page as HTML only"),
    (b"\x1F\x8B", "gzip", "unpack it first: `gunzip FILE`"),
    (b"\x89PNG", "a picture", "recognise its text first: `tesseract FILE out`"),
    (b"\xFF\xD8\xFF", "a picture", "recognise its text first: `tesseract FILE out`"),
    (b"GIF8", "a picture", "recognise its text first: `tesseract FILE out`"),
    (b"\x7FELF", "a program", "give a text, a web page, Markdown or a PDF"),
];

fn refuse_other_files(bytes: &[u8]) -> Result<(), InputProblem> {
    match OTHER_FILES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        Some((_, what, help)) => Err(problem(format!("this is {what}, not text"), *help)),
        None => Ok(()),
    }
}

/// No text has a NUL; other control characters and those that turn the direction stay, for the places quoted count them.
///
/// Only UTF-16 has NUL bytes in its letters; it is looked at once it is decoded.
fn refuse_nul(bytes: &[u8], unit: &str) -> Result<(), InputProblem> {
    let Some(at) = bytes.iter().position(|&b| b == 0) else { return Ok(()) };
    let line = bytes.iter().take(at).filter(|&&b| b == b'\n').count() + 1;
    Err(InputProblem {
        at: format!("{unit} {at}, line {line}"),
        message: "a NUL: this is not text".into(),
        help: Some("give a text, a web page, Markdown or a PDF; UTF-16 needs its byte order mark".into()),
    })
}
