//! From blocks of text to lines on pages, with a limit on pages and a last line that says what did not fit.

use super::letters::{Letters, Word};
use super::report::{Block, Kind, Report};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
pub(super) const MARGIN: f32 = 56.0;
/// The lowest line of a page.
const LAST: f32 = PAGE.1 - 62.0;
/// Most pages.
pub(super) const MOST_PAGES: usize = 40;
/// Most letters of one text; more are counted.
const MOST_LETTERS: usize = 4000;
/// Where the text beside a label begins.
const COLUMN: f32 = 96.0;
/// How much deeper a step of a proof stands, and how many are told apart.
const STEP: f32 = 11.0;
const DEEPEST: usize = 14;
/// The width of a space, in parts of the size.
pub(super) const SPACE: f32 = 0.286;
/// Room on the last page for what says what was left out.
const NOTE: f32 = 90.0;
/// Most parts that the last line names.
const MOST_NAMED: usize = 6;

/// How a block looks.
pub(super) struct Look {
    pub size: f32,
    pub bold: bool,
    pub before: f32,
    indent: f32,
}

impl Look {
    pub(super) fn of(kind: Kind) -> Self {
        let (size, bold, before, indent) = match kind {
            Kind::Title => (19.0, true, 0.0, 0.0),
            Kind::Section => (13.5, true, 16.0, 0.0),
            Kind::Part => (10.5, true, 9.0, 0.0),
            Kind::Cite => (9.5, true, 6.0, 0.0),
            Kind::Entry => (9.5, false, 4.0, COLUMN),
            Kind::Text => (9.5, false, 3.0, 0.0),
            Kind::Quiet => (8.0, false, 2.0, 0.0),
            Kind::Step(depth) => (8.5, false, 1.5, STEP * f32::from(u8::try_from(depth.min(DEEPEST)).unwrap_or(0))),
        };
        Self { size, bold, before, indent }
    }

    fn leading(&self) -> f32 {
        self.size * 1.32
    }
}

/// Words on one line of a page.
pub(super) struct Line {
    pub x: f32,
    /// Where the letters stand, from the top.
    pub y: f32,
    pub size: f32,
    pub words: Vec<Rc<Word>>,
    /// The block it belongs to.
    pub block: usize,
    pub label: bool,
}

/// All pages, and the blocks on them; the last block may be the one that says what was left out.
pub(super) struct Pages {
    pub pages: Vec<Vec<Line>>,
    pub blocks: Vec<Block>,
}

/// Lays out a report.
pub(super) fn pages(report: &Report, letters: &mut Letters) -> Pages {
    let mut out = Setter { pages: vec![Vec::new()], y: MARGIN, letters, full: false };
    let mut blocks = Vec::new();
    let (mut part, mut left_out) = ("", BTreeMap::<(usize, &str), usize>::new());
    for (at, block) in report.blocks.iter().enumerate() {
        if matches!(block.kind, Kind::Title | Kind::Section) {
            part = &block.text;
        }
        if out.full || !out.block(block, blocks.len(), LAST - NOTE) {
            let order = left_out.keys().find(|(_, p)| *p == part).map_or(at, |(order, _)| *order);
            *left_out.entry((order, part)).or_default() += 1;
            continue;
        }
        blocks.push(block.clone());
    }
    if let Some(note) = note(&left_out) {
        out.full = false;
        let note = Block::new(Kind::Text, "", note);
        out.block(&note, blocks.len(), LAST);
        blocks.push(note);
    }
    Pages { pages: out.pages, blocks }
}

/// What did not fit.
fn note(left_out: &BTreeMap<(usize, &str), usize>) -> Option<String> {
    if left_out.is_empty() {
        return None;
    }
    let named: Vec<String> = left_out.iter().take(MOST_NAMED).map(|((_, part), n)| format!("{n} of “{}”", short(part))).collect();
    let more = left_out.values().skip(MOST_NAMED).sum::<usize>();
    let more = if more > 0 { format!(", and {more} elsewhere") } else { String::new() };
    Some(format!(
        "Left out, because {MOST_PAGES} pages are the most that are printed: paragraphs {}{more}. The answer in JSON has all of it.",
        named.join(", ")
    ))
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

struct Setter<'a> {
    pages: Vec<Vec<Line>>,
    y: f32,
    letters: &'a mut Letters,
    /// Whether the last page is full.
    full: bool,
}

impl Setter<'_> {
    /// Sets a block; false where no page was left for its first line.
    fn block(&mut self, block: &Block, at: usize, last: f32) -> bool {
        let look = Look::of(block.kind);
        self.y += if self.pages.last().is_none_or(Vec::is_empty) { 0.0 } else { look.before };
        // A heading does not stand alone at the foot of a page.
        let together = match block.kind {
            Kind::Section => look.leading() * 4.0,
            Kind::Part | Kind::Cite => look.leading() * 3.0,
            _ => look.leading(),
        };
        if !self.room(together, last) {
            return false;
        }
        let top = (self.pages.len(), self.y);
        if !block.label.is_empty() {
            let words = self.letters.words(&cut(&block.label), true);
            self.lines(words, true, &Look { size: look.size, bold: true, before: 0.0, indent: 0.0 }, COLUMN - 8.0, (at, true), last);
            if top.0 == self.pages.len() {
                let below = std::mem::replace(&mut self.y, top.1);
                self.text(block, &look, at, last);
                self.y = self.y.max(if top.0 == self.pages.len() { below } else { 0.0 });
                return true;
            }
        }
        self.text(block, &look, at, last);
        true
    }

    fn text(&mut self, block: &Block, look: &Look, at: usize, last: f32) {
        let words = self.letters.words(&cut(&block.text), look.bold);
        self.lines(words, look.bold, look, PAGE.0 - 2.0 * MARGIN - look.indent, (at, false), last);
    }

    /// Breaks words into lines no wider than there is room.
    fn lines(&mut self, words: Vec<Rc<Word>>, bold: bool, look: &Look, room: f32, (block, label): (usize, bool), last: f32) {
        let room = room / look.size;
        let (mut line, mut width): (Vec<Rc<Word>>, f32) = (Vec::new(), 0.0);
        let mut waiting: Vec<Rc<Word>> = words.into_iter().rev().collect();
        while let Some(word) = waiting.pop() {
            let with = if line.is_empty() || word.goes_on { width + word.width } else { width + SPACE + word.width };
            if with <= room {
                width = with;
                line.push(word);
            } else if line.is_empty() {
                width = 0.0;
                let (first, rest) = self.letters.split(&word, room, bold);
                waiting.extend(rest);
                if !self.line(vec![first], look, (block, label), last) {
                    return;
                }
            } else {
                waiting.push(word);
                if !self.line(std::mem::take(&mut line), look, (block, label), last) {
                    return;
                }
                width = 0.0;
            }
        }
        if !line.is_empty() {
            self.line(line, look, (block, label), last);
        }
    }

    fn line(&mut self, words: Vec<Rc<Word>>, look: &Look, (block, label): (usize, bool), last: f32) -> bool {
        if !self.room(look.leading(), last) {
            return false;
        }
        self.y += look.leading();
        let line = Line { x: MARGIN + look.indent, y: self.y - look.size * 0.3, size: look.size, words: in_order(words), block, label };
        if let Some(page) = self.pages.last_mut() {
            page.push(line);
        }
        true
    }

    /// Whether there is so much room, on a new page if need be.
    fn room(&mut self, height: f32, last: f32) -> bool {
        let foot = if self.pages.len() == MOST_PAGES { last } else { LAST };
        if self.y + height <= foot {
            return true;
        }
        if self.pages.len() == MOST_PAGES {
            self.full = true;
            return false;
        }
        self.pages.push(Vec::new());
        self.y = MARGIN;
        true
    }
}

/// Words that are written from right to left and follow each other stand in that order; all others from left to right.
fn in_order(words: Vec<Rc<Word>>) -> Vec<Rc<Word>> {
    let mut out = Vec::with_capacity(words.len());
    for run in words.chunk_by(|a, b| a.leftwards && b.leftwards && !b.goes_on) {
        if run.first().is_some_and(|w| w.leftwards) { out.extend(run.iter().rev().cloned()) } else { out.extend(run.iter().cloned()) }
    }
    out
}

/// A text that is not too long, and how much longer it was.
fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        None => text.to_owned(),
        Some((end, _)) => {
            let (start, rest) = text.split_at(end);
            format!("{start} … ({} more letters)", rest.chars().count())
        }
    }
}
