//! The text layer of a PDF: the letters its pages draw, in the order in which they are drawn.
//!
//! `hayro-syntax` reads the objects and `hayro-font` the fonts; the handful of operators that place text are followed here. Nothing is
//! rendered, no picture unpacked. Sizes are bounded before (`swell`), operators and letters counted here, and time outside.

use super::bounded::{Stopped, run};
use super::layout::{Glyph, Pages};
use super::swell::{PDFTOTEXT, within_bounds};
use super::{Document, Form, problem};
use crate::InputProblem;
use hayro_font::hayro_cmap::BfString;
use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_font::hayro_syntax::page::{Page, Resources};
use hayro_font::hayro_syntax::{LoadPdfError, Pdf};
use hayro_font::kurbo::{Affine, Point};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, UNITS_PER_EM};
use std::sync::Arc;
use std::time::Duration;

const MAX_PAGES: usize = 2000;
const MAX_LETTERS: usize = 5_000_000;
const MAX_OPERATORS: usize = 20_000_000;

/// Forms within forms; real ones stop at three or four.
const MAX_FORM_DEPTH: usize = 12;

/// Most saved states; the operators that save more are passed over.
const MAX_SAVED: usize = 512;

/// How long reading may take; a hundred pages take about a second.
const MAX_TIME: Duration = Duration::from_secs(30);

/// Reads the text layer.
///
/// # Errors
/// Encrypted, swollen, damaged beyond reading, without text, or with text that cannot be mapped to letters; always with what to do.
pub(super) fn read(bytes: &[u8]) -> Result<Document, InputProblem> {
    let owned = bytes.to_vec();
    match run(MAX_TIME, move || within_bounds(&owned).and_then(|()| pages(owned))) {
        Ok(pages) => told(pages?),
        Err(Stopped::Late) => Err(problem(format!("the PDF takes longer than {} seconds to read", MAX_TIME.as_secs()), PDFTOTEXT)),
        Err(Stopped::Broke) => Err(problem("the PDF is damaged in a way that cannot be read", PDFTOTEXT)),
    }
}

fn told(mut pages: Pages) -> Result<Document, InputProblem> {
    let (letters, unknown) = (pages.letters, pages.unknown);
    if unknown * 2 > letters {
        let help = "recognise its text anew: `ocrmypdf --force-ocr FILE out.pdf`";
        return Err(problem("the fonts of the PDF do not say which letters they draw", help));
    }
    let mut notes = std::mem::take(&mut pages.notes);
    if unknown > 0 {
        notes.push(format!("{unknown} of {letters} letters have no known meaning and show as `\u{FFFD}`."));
    }
    let title = pages.title.take();
    let (text, running) = pages.text();
    if text.is_empty() {
        return Err(problem("the PDF has no text layer; its pages are pictures", "recognise their text first: `ocrmypdf FILE out.pdf`"));
    }
    if running > 0 {
        notes.push(format!("{running} lines repeated at the top or foot of the pages were left out."));
    }
    if text.chars().any(|c| matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')) {
        notes.push("Letters written from right to left may stand in the wrong order; compare with the page.".into());
    }
    Ok(Document { text, title, form: Form::Pdf, notes, ..Document::default() })
}

fn pages(bytes: Vec<u8>) -> Result<Pages, InputProblem> {
    let pdf = Pdf::new(bytes).map_err(|e| match e {
        LoadPdfError::Decryption(_) => problem("the PDF is encrypted", "decrypt it first: `qpdf --decrypt FILE out.pdf`"),
        LoadPdfError::Invalid => problem("the PDF is damaged or cut off: no pages can be found in it", "get the file anew"),
    })?;
    let mut out = Pages::default();
    out.title = pdf.metadata().title.as_deref().and_then(title);
    let mut reader = Reader::new();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        out.begin_page();
        let Some(stream) = content(page) else { continue };
        reader.state = State::default();
        reader.follow(&stream, page.resources(), 0, &mut out);
    }
    if pdf.pages().len() > MAX_PAGES || reader.operators >= MAX_OPERATORS || out.letters >= MAX_LETTERS {
        out.notes.push(format!("The PDF is too long; its first {} pages were read.", out.begun().min(MAX_PAGES)));
    }
    Ok(out)
}

/// A text string of the PDF: UTF-16 or UTF-8 with a mark, else taken as Latin-1, from which its own encoding hardly differs.
fn title(bytes: &[u8]) -> Option<String> {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => bytes.iter().map(|&b| char::from(b)).collect(),
    };
    super::facts::words(&text.replace(|c: char| c.is_control(), " ")).filter(|title| !title.eq_ignore_ascii_case("untitled"))
}

/// The content of a page, unpacked anew and not kept, as the parser would.
fn content(page: &Page<'_>) -> Option<Vec<u8>> {
    let unpack = |stream: Stream<'_>| stream.decoded_data().ok().map(std::borrow::Cow::into_owned);
    let dict = page.raw();
    if let Some(stream) = dict.get::<Stream<'_>>("Contents") {
        return unpack(stream);
    }
    let mut all = Vec::new();
    for part in dict.get::<Array<'_>>("Contents")?.iter::<Stream<'_>>() {
        // The same stream may be named again and again; each was bounded only once.
        if all.len() > 64_000_000 {
            break;
        }
        all.extend(unpack(part).unwrap_or_default());
        all.push(b' ');
    }
    Some(all)
}

#[derive(Clone)]
struct State<'a> {
    placed: Affine,
    font: Option<Font<'a>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    line: Affine,
    pen: Affine,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            placed: Affine::IDENTITY,
            font: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            line: Affine::IDENTITY,
            pen: Affine::IDENTITY,
        }
    }
}

struct Reader<'a> {
    state: State<'a>,
    fonts: FontCache<'a>,
    standard: FontResolverFn,
    character_maps: CMapResolverFn,
    operators: usize,
}

impl<'a> Reader<'a> {
    fn new() -> Self {
        let standard: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        Self {
            state: State::default(),
            fonts: FontCache::new(),
            standard,
            character_maps: Arc::new(hayro_cmap::load_embedded),
            operators: 0,
        }
    }

    fn follow(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize, out: &mut Pages) {
        let mut saved = Vec::new();
        let mut operators = TypedIter::new(content);
        while let Some(op) = operators.next() {
            self.operators += 1;
            if self.operators >= MAX_OPERATORS || out.letters >= MAX_LETTERS {
                return;
            }
            match op {
                Op::SaveState(_) if saved.len() < MAX_SAVED => saved.push(self.state.clone()),
                Op::RestoreState(_) => self.state = saved.pop().unwrap_or_else(|| self.state.clone()),
                Op::XObject(name) if depth < MAX_FORM_DEPTH => self.form(name.0, resources, depth, out),
                Op::TextFont(font) => {
                    let dict = resources.get_font(font.0);
                    self.state.font = dict.and_then(|d| self.fonts.font(&d, &self.standard, &self.character_maps));
                    self.state.size = font.1.as_f64();
                }
                op => self.place(&op, out),
            }
        }
    }

    /// The operators that move the pen, and those that write.
    fn place(&mut self, op: &Op<'_, '_>, out: &mut Pages) {
        let state = &mut self.state;
        match op {
            Op::Transform(t) => state.placed *= affine([t.0, t.1, t.2, t.3, t.4, t.5]),
            Op::BeginText(_) => (state.line, state.pen) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::CharacterSpacing(n) => state.letter_space = n.0.as_f64(),
            Op::WordSpacing(n) => state.word_space = n.0.as_f64(),
            Op::HorizontalScaling(n) => state.stretch = n.0.as_f64() / 100.0,
            Op::TextLeading(n) => state.leading = n.0.as_f64(),
            Op::TextRise(n) => state.rise = n.0.as_f64(),
            Op::NextLine(n) => state.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                state.leading = -n.1.as_f64();
                state.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::SetTextMatrix(t) => {
                state.line = affine([t.0, t.1, t.2, t.3, t.4, t.5]);
                state.pen = state.line;
            }
            Op::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            Op::ShowText(text) => state.show(text.0.as_bytes(), out),
            Op::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                state.show(text.0.as_bytes(), out);
            }
            Op::ShowTextWithParameters(text) => {
                (state.word_space, state.letter_space) = (text.0.as_f64(), text.1.as_f64());
                state.next_line(0.0, -state.leading);
                state.show(text.2.as_bytes(), out);
            }
            Op::ShowTexts(texts) => {
                for item in texts.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(text) => state.show(text.as_bytes(), out),
                        Object::Number(back) => state.advance(-back.as_f64() / f64::from(UNITS_PER_EM) * state.size),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn form(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize, out: &mut Pages) {
        let Some(form) = resources.get_x_object(name) else { return };
        let dict = form.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|s| s.as_str() != "Form") {
            return;
        }
        let Ok(content) = form.decoded_data() else { return };
        let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
        let outer = self.state.clone();
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.placed *= Affine::new(matrix);
        }
        self.follow(&content, own.as_ref().unwrap_or(resources), depth + 1, out);
        self.state = outer;
    }
}

impl State<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.pen = self.line;
    }

    /// Moves the pen along the line, by a length in text space before stretching.
    fn advance(&mut self, by: f64) {
        let along = match &self.font {
            Some(font) if !font.is_horizontal() => (0.0, by),
            _ => (by * self.stretch, 0.0),
        };
        self.pen *= Affine::translate(along);
    }

    fn show(&mut self, bytes: &[u8], out: &mut Pages) {
        let Some(font) = self.font.clone() else {
            out.unknown += bytes.len();
            out.letters += bytes.len();
            return;
        };
        let mut at = 0;
        while at < bytes.len() && out.letters < MAX_LETTERS {
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let start = self.pen_place();
            let width = font.code_advance(code);
            let units = if font.is_horizontal() { width.x } else { width.y };
            let word_space = if length == 1 && code == 32 { self.word_space } else { 0.0 };
            self.advance(units / f64::from(UNITS_PER_EM) * self.size);
            let end = self.pen_place();
            self.advance(self.letter_space + word_space);
            let meaning = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let text = meaning.map(|m| match m {
                BfString::Char(c) => c.to_string(),
                BfString::String(s) => s,
            });
            out.draw(Glyph { text, start, end, size: self.height() });
        }
    }

    fn pen_place(&self) -> Point {
        self.placed * self.pen * Point::new(0.0, self.rise)
    }

    /// The height of the letters on the page.
    fn height(&self) -> f64 {
        let whole = self.placed * self.pen;
        let origin = whole * Point::ZERO;
        (whole * Point::new(0.0, self.size)).distance(origin)
    }
}

fn affine(n: [Number; 6]) -> Affine {
    Affine::new(n.map(|n| n.as_f64()))
}
