//! From text to letters that can be drawn. Whatever cannot be seen on paper is told by its number in Unicode, such as `[U+202E]`: letters
//! that no font has, control characters, marks that turn the direction of writing, heaps of accents. So foreign text can hide nothing,
//! and a word written from right to left is drawn so within itself and moves nothing beside it.

use super::system;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::{Face as Table, Tag};
use rustybuzz::{Direction, Face, Feature, UnicodeBuffer};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::rc::Rc;
use unicode_width::UnicodeWidthChar;

/// Most letters of a word that are kept together.
const MOST_TOGETHER: usize = 100;
/// Most accents on one letter; more would lie over the line above.
const MOST_ACCENTS: usize = 2;
/// Most fonts that are tried for one letter.
const MOST_TRIED: usize = 8;

/// A font: one of the program's own, or one of the system by its place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Which {
    Regular,
    Bold,
    System(usize),
}

/// Letters of one font in one direction.
pub(super) struct Piece {
    pub font: Which,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
}

/// Letters that stay together on a line. Widths are in parts of the size of the letters.
pub(super) struct Word {
    pub pieces: Vec<Piece>,
    pub width: f32,
    /// Whether it is written from right to left, all of it.
    pub leftwards: bool,
    /// Whether it goes on with the word before, without a space: what is too long is kept in pieces.
    pub goes_on: bool,
}

/// All fonts, and what was already made of words.
pub(super) struct Letters {
    system: bool,
    words: HashMap<(bool, bool, String), Rc<Word>>,
    drawable: HashMap<(bool, char), Option<Which>>,
    fonts: HashMap<Which, Font>,
}

impl Letters {
    pub(super) fn new(system: bool) -> Self {
        Self { system, words: HashMap::new(), drawable: HashMap::new(), fonts: HashMap::new() }
    }

    /// The font as the document embeds it.
    pub(super) fn font(&mut self, which: Which) -> Option<Font> {
        if let Some(font) = self.fonts.get(&which) {
            return Some(font.clone());
        }
        let font = match which {
            Which::Regular => Font::new(dejavu::sans_condensed::regular().into(), 0),
            Which::Bold => Font::new(dejavu::sans_condensed::bold().into(), 0),
            Which::System(at) => system::fonts().get(at)?.embedded(),
        }?;
        self.fonts.insert(which, font.clone());
        Some(font)
    }

    /// The words of a text.
    pub(super) fn words(&mut self, text: &str, bold: bool) -> Vec<Rc<Word>> {
        let text = self.visible(text, bold);
        let mut words = Vec::new();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let (mut rest, mut goes_on) = (word, false);
            while let Some((at, _)) = rest.char_indices().nth(MOST_TOGETHER) {
                let (first, after) = rest.split_at(at);
                words.push(self.word(first, bold, goes_on));
                (rest, goes_on) = (after, true);
            }
            words.push(self.word(rest, bold, goes_on));
        }
        words
    }

    /// A part of a word, as much as there is room for, and the rest; at least one letter is taken.
    pub(super) fn split(&mut self, word: &Word, room: f32, bold: bool) -> (Rc<Word>, Option<Rc<Word>>) {
        let text: String = word.pieces.iter().map(|p| p.text.as_str()).collect();
        let (mut end, mut width) = (0, 0.0);
        for (at, c) in text.char_indices() {
            let next = self.word(text.get(at..at + c.len_utf8()).unwrap_or_default(), bold, false).width;
            if at > 0 && width + next > room {
                break;
            }
            (end, width) = (at + c.len_utf8(), width + next);
        }
        let (first, rest) = text.split_at(end);
        let rest = (!rest.is_empty()).then(|| self.word(rest, bold, true));
        (self.word(first, bold, word.goes_on), rest)
    }

    /// One word of visible letters.
    fn word(&mut self, text: &str, bold: bool, goes_on: bool) -> Rc<Word> {
        let key = (bold, goes_on, text.to_owned());
        if let Some(word) = self.words.get(&key) {
            return Rc::clone(word);
        }
        let mut runs: Vec<(Which, bool, String)> = Vec::new();
        for c in text.chars() {
            let font = self.drawable(c, bold).unwrap_or(if bold { Which::Bold } else { Which::Regular });
            match runs.last_mut() {
                Some((f, left, run)) if *f == font && (*left == leftwards(c) || c.width() == Some(0)) => run.push(c),
                _ => runs.push((font, leftwards(c), c.to_string())),
            }
        }
        let all_leftwards = runs.iter().all(|(_, left, _)| *left) && runs.len() == 1;
        let pieces: Vec<Piece> = runs.into_iter().filter_map(|(font, left, text)| shaped(font, left, text)).collect();
        let width = pieces.iter().flat_map(|p| &p.glyphs).map(|g| g.x_advance).sum();
        let word = Rc::new(Word { pieces, width, leftwards: all_leftwards, goes_on });
        self.words.insert(key, Rc::clone(&word));
        word
    }

    /// The text with numbers in the place of what could not be seen; white space of every kind is one space.
    pub(super) fn visible(&mut self, text: &str, bold: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let (mut accents, mut unseen) = (MOST_ACCENTS, false);
        for c in text.chars() {
            let blank = c.is_whitespace();
            let accent = c.width() == Some(0);
            accents = if accent { accents + 1 } else { 0 };
            let seen = blank || accents <= MOST_ACCENTS && self.drawable(c, bold).is_some();
            if seen && unseen {
                out.push(']');
            }
            match (seen, unseen) {
                (true, _) if blank => out.push(' '),
                (true, _) => out.push(c),
                (false, false) => drop(write!(out, "[U+{:04X}", u32::from(c))),
                (false, true) => drop(write!(out, " U+{:04X}", u32::from(c))),
            }
            if blank {
                accents = MOST_ACCENTS;
            }
            unseen = !seen;
        }
        if unseen {
            out.push(']');
        }
        out
    }

    /// The font that draws a letter, with ink.
    fn drawable(&mut self, c: char, bold: bool) -> Option<Which> {
        if let Some(known) = self.drawable.get(&(bold, c)) {
            return *known;
        }
        let own = if bold { (Which::Bold, dejavu::sans_condensed::bold()) } else { (Which::Regular, dejavu::sans_condensed::regular()) };
        let found = match () {
            () if unseen(c) => None,
            () if inked(own.1, 0, c) => Some(own.0),
            () if self.system => system::with(c).take(MOST_TRIED).find(|at| of_system(*at, c)).map(Which::System),
            () => None,
        };
        self.drawable.insert((bold, c), found);
        found
    }
}

fn of_system(at: usize, c: char) -> bool {
    let Some(font) = system::fonts().get(at) else { return false };
    font.data().is_some_and(|(data, index)| inked(&data, index, c)) && font.embedded().is_some()
}

/// Whether a font draws something for a letter.
fn inked(data: &[u8], index: u32, c: char) -> bool {
    let Ok(face) = Table::parse(data, index) else { return false };
    face.glyph_index(c).filter(|glyph| glyph.0 != 0).is_some_and(|glyph| face.glyph_bounding_box(glyph).is_some())
}

/// Characters that are no letters: they steer, join or hide others, or mean what somebody has agreed on.
fn unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

/// Whether a letter is written from right to left. Digits are not.
fn leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Letters of one font and one direction, each with its place. Ligatures of taste are left alone: a name is taken out as it is written.
fn shaped(font: Which, left: bool, text: String) -> Option<Piece> {
    let kept;
    let (data, index): (&[u8], u32) = match font {
        Which::Regular => (dejavu::sans_condensed::regular(), 0),
        Which::Bold => (dejavu::sans_condensed::bold(), 0),
        Which::System(at) => {
            kept = system::fonts().get(at)?.data()?;
            (&kept.0, kept.1)
        }
    };
    let face = Face::from_slice(data, index)?;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.set_direction(if left { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.guess_segment_properties();
    let plain: Vec<Feature> = [b"liga", b"clig", b"dlig"].into_iter().map(|tag| Feature::new(Tag::from_bytes(tag), 0, ..)).collect();
    let shaped = rustybuzz::shape(&face, &plain, buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|i| i.cluster as usize).collect();
    starts.sort_unstable();
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, at)| {
        let start = info.cluster as usize;
        let end = starts.get(starts.partition_point(|s| *s <= start)).copied().unwrap_or(text.len());
        #[allow(clippy::cast_precision_loss, reason = "units of a font are a few thousand")]
        let em = |units: i32| units as f32 / face.units_per_em() as f32;
        let id = GlyphId::new(info.glyph_id);
        KrillaGlyph::new(id, em(at.x_advance), em(at.x_offset), em(at.y_offset), em(at.y_advance), start..end, None)
    });
    let glyphs = glyphs.collect();
    Some(Piece { font, text, glyphs })
}
