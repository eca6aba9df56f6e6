//! From letters with places to paragraphs: words, lines, hyphens at line ends, and the lines that run along the top and foot of pages.
//!
//! The order in which a page draws its letters is kept; nearly all programs write them as they are read, and sorting by place would
//! mix columns.

use hayro_font::kurbo::Point;
use std::collections::{HashMap, HashSet};

/// A letter as it is drawn, in the units of the page; y grows upwards.
pub(super) struct Glyph {
    /// What it means; `None` when the font does not say.
    pub text: Option<String>,
    /// Where the pen was.
    pub start: Point,
    /// Where the pen is then, before the space that may be added.
    pub end: Point,
    /// The height of the font.
    pub size: f64,
}

/// What the pages draw.
#[derive(Default)]
pub(super) struct Pages {
    /// The title the file names.
    pub title: Option<String>,
    /// How many letters were drawn.
    pub letters: usize,
    /// How many of them have no known meaning.
    pub unknown: usize,
    /// What is to be said about the reading.
    pub notes: Vec<String>,
    lines: Vec<Line>,
    page: usize,
    pen: Option<(Point, f64)>,
}

#[derive(Clone, Default, Debug)]
struct Line {
    text: String,
    page: usize,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    space: bool,
}

/// Parts of the height of a letter: a gap wider than this parts two words;
const WORD_GAP: f64 = 0.17;
/// a jump wider than this along the line begins another line, as between columns;
const COLUMN_GAP: f64 = 4.0;
/// a jump across it more than this too, unlike a raised or lowered letter;
const RAISED: f64 = 0.55;
/// a line further down than this begins a paragraph.
const LEADING: f64 = 1.75;

impl Pages {
    /// The letters that come are on the next page.
    pub(super) fn begin_page(&mut self) {
        self.page += 1;
        self.pen = None;
    }

    /// How many pages were begun.
    pub(super) fn begun(&self) -> usize {
        self.page
    }

    /// Adds a letter.
    pub(super) fn draw(&mut self, glyph: Glyph) {
        let Glyph { text, start, end, size } = glyph;
        self.letters += 1;
        self.unknown += usize::from(text.is_none());
        let text = text.unwrap_or_else(|| "\u{FFFD}".into());
        if !(start.is_finite() && end.is_finite() && size.is_finite() && size > 0.0) {
            return;
        }
        let near = self.pen.map(|(pen, before)| near(pen, start, end, size.max(before)));
        self.pen = Some((end, size));
        match (near, self.lines.last_mut()) {
            (Some(Near::Touching), Some(_)) => {}
            (Some(Near::Word), Some(line)) => line.space = true,
            _ => self.lines.push(Line { page: self.page, left: start.x, right: end.x, y: start.y, size, ..Line::default() }),
        }
        let Some(line) = self.lines.last_mut() else { return };
        line.write(&text);
        line.right = end.x;
    }

    /// The text, and how many lines were left out because they run along the pages.
    pub(super) fn text(self) -> (String, usize) {
        let mut lines: Vec<Line> = self.lines.into_iter().filter(|l| !l.text.is_empty()).collect();
        let before = lines.len();
        let running = running(&lines);
        let mut at = 0;
        lines.retain(|_| {
            at += 1;
            !running.contains(&(at - 1))
        });
        let left_out = before - lines.len();
        (paragraphs(&lines), left_out)
    }
}

impl Line {
    fn write(&mut self, text: &str) {
        for character in text.chars() {
            // A soft hyphen is drawn only where a word is broken, where it is one like any other.
            let character = if character == '\u{AD}' { '-' } else { character };
            if character.is_whitespace() || character.is_control() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.text.is_empty() {
                self.text.push(' ');
            }
            // Ligatures are one sign for several letters; a reader looks for the letters.
            match character {
                '\u{FB00}' => self.text.push_str("ff"),
                '\u{FB01}' => self.text.push_str("fi"),
                '\u{FB02}' => self.text.push_str("fl"),
                '\u{FB03}' => self.text.push_str("ffi"),
                '\u{FB04}' => self.text.push_str("ffl"),
                other => self.text.push(other),
            }
        }
    }
}

enum Near {
    Touching,
    Word,
    Elsewhere,
}

/// How a letter stands to where the pen was, whatever way the line runs.
fn near(pen: Point, start: Point, end: Point, size: f64) -> Near {
    let way = end - start;
    let along = if way.hypot() > 1e-6 { way / way.hypot() } else { hayro_font::kurbo::Vec2::new(1.0, 0.0) };
    let jump = start - pen;
    let (forward, across) = (jump.dot(along), jump.cross(along).abs());
    match () {
        () if across > RAISED * size || forward < -size || forward > COLUMN_GAP * size => Near::Elsewhere,
        () if forward > WORD_GAP * size => Near::Word,
        () => Near::Touching,
    }
}

/// The highest and lowest lines that stand on half of three pages or more, their numbers aside.
fn running(lines: &[Line]) -> HashSet<usize> {
    let mut edges: HashMap<usize, (usize, usize)> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let (top, foot) = edges.entry(line.page).or_insert((at, at));
        *top = if line.y > lines[*top].y { at } else { *top };
        *foot = if line.y < lines[*foot].y { at } else { *foot };
    }
    if edges.len() < 3 {
        return HashSet::new();
    }
    let shape = |at: usize| lines[at].text.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect::<String>().replace("##", "#");
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for (top, foot) in edges.values() {
        seen.entry(shape(*top)).or_default().push(*top);
        if foot != top {
            seen.entry(shape(*foot)).or_default().push(*foot);
        }
    }
    let enough = 3.max(edges.len().div_ceil(2));
    let mut running: HashSet<usize> = seen.into_iter().filter(|(_, at)| at.len() >= enough).flat_map(|(_, at)| at).collect();
    // What runs along the top may be the title, which is said once.
    running.remove(&first_title(lines, &running).unwrap_or(usize::MAX));
    running
}

fn first_title(lines: &[Line], running: &HashSet<usize>) -> Option<usize> {
    let first_page = lines.first()?.page;
    running.iter().copied().find(|&at| {
        let line = &lines[at];
        let is_top = lines.iter().filter(|l| l.page == first_page).all(|l| l.y <= line.y);
        line.page == first_page && is_top && !line.text.contains(char::is_numeric)
    })
}

fn paragraphs(lines: &[Line]) -> String {
    let widest: HashMap<usize, f64> = lines.iter().fold(HashMap::new(), |mut widest, line| {
        let right = widest.entry(line.page).or_insert(line.right);
        *right = right.max(line.right);
        widest
    });
    let known: HashSet<&str> = lines.iter().flat_map(|l| l.text.split(|c: char| !c.is_alphanumeric() && c != '-')).collect();
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|b| lines.get(b));
        match before {
            Some(before) if goes_on(before, line, widest.get(&before.page).copied().unwrap_or(0.0)) => join(&mut text, &line.text, &known),
            Some(_) => {
                text.push_str("\n\n");
                text.push_str(&line.text);
            }
            None => text.push_str(&line.text),
        }
    }
    text
}

/// Whether a line belongs to the paragraph of the line before it.
fn goes_on(before: &Line, line: &Line, widest: f64) -> bool {
    let ended = before.text.ends_with(['.', '!', '?', ':', '。', '”', '"', ')']);
    let size = before.size.max(line.size);
    if (before.size - line.size).abs() > 0.12 * size {
        return false;
    }
    // Over a page or a column the place says nothing: an unfinished sentence goes on in small letters.
    if before.page != line.page || line.y > before.y + RAISED * size {
        return !ended && line.text.starts_with(|c: char| c.is_lowercase());
    }
    let down = before.y - line.y;
    if down > LEADING * size {
        return false;
    }
    let indented = line.left > before.left + 0.8 * size;
    let short = before.right < widest - 8.0 * size;
    !(ended && (indented || short))
}

/// Adds a line to its paragraph. A word broken by a hyphen is joined, unless it is known with one elsewhere in the text.
fn join(text: &mut String, line: &str, known: &HashSet<&str>) {
    let hyphen = text.strip_suffix(['-', '\u{2010}']).filter(|t| t.ends_with(char::is_alphabetic));
    let Some(stem) = hyphen.filter(|_| line.starts_with(|c: char| c.is_lowercase())) else {
        let unspaced = text.ends_with(is_unspaced) && line.starts_with(is_unspaced);
        if !unspaced && !text.ends_with('-') {
            text.push(' ');
        }
        text.push_str(line);
        return;
    };
    let first = stem.rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let second = line.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
    let with_hyphen = format!("{first}-{second}");
    if !known.contains(with_hyphen.as_str()) {
        text.truncate(stem.len());
    }
    text.push_str(line);
}

/// Chinese and Japanese part no words, so neither do their line ends.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, page: usize, left: f64, right: f64, y: f64) -> Line {
        Line { text: text.into(), page, left, right, y, size: 10.0, space: false }
    }

    #[test]
    fn hyphens_at_line_ends() {
        let lines = [
            line("The limou-", 1, 0.0, 300.0, 90.0),
            line("sine and the non-", 1, 0.0, 300.0, 78.0),
            line("proliferation of a non-proliferation Moscow-", 1, 0.0, 300.0, 66.0),
            line("Pyongyang train.", 1, 0.0, 100.0, 54.0),
            line("Next.", 1, 0.0, 50.0, 42.0),
        ];
        assert_eq!(paragraphs(&lines), "The limousine and the non-proliferation of a non-proliferation Moscow-Pyongyang train.\n\nNext.");
    }

    #[test]
    fn lines_that_run_along_the_pages() {
        let mut lines = Vec::new();
        for page in 1..=4 {
            lines.push(line("Annual report", page, 0.0, 100.0, 800.0));
            lines.push(line(&format!("body of {}", ["a", "b", "c", "d"][page - 1]), page, 0.0, 300.0, 400.0));
            lines.push(line(&format!("{} of 12", page + 8), page, 0.0, 100.0, 20.0));
        }
        assert_eq!(running(&lines).len(), 7);
    }
}
