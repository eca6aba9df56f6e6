//! A sentence of a foreign text with its decisive words marked: by colour and weight on a terminal, by a line beneath where asked for.

use super::paper::{BOLD, harmful};
use anstyle::{AnsiColor, Color, Style};
use read::Span;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

/// Most bytes that are shown before and after the words that count.
const MOST_AROUND: usize = 400;
/// Most bytes that are shown at all.
const MOST_SHOWN: usize = 1200;

/// What words of a sentence stand for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    Nothing,
    Giver,
    Receiver,
    Goods,
    Way,
    When,
}

impl Part {
    fn style(self) -> Style {
        let color = |c: AnsiColor| BOLD.underline().fg_color(Some(Color::Ansi(c)));
        match self {
            Self::Nothing => Style::new(),
            Self::Giver => color(AnsiColor::Cyan),
            Self::Receiver => color(AnsiColor::Blue),
            Self::Goods => color(AnsiColor::Yellow),
            Self::Way => color(AnsiColor::Magenta),
            Self::When => color(AnsiColor::Green),
        }
    }

    /// What it is called in a style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Giver => "giver",
            Self::Receiver => "receiver",
            Self::Goods => "goods",
            Self::Way => "way",
            Self::When => "when",
        }
    }

    /// What it is called in a legend.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Giver => "who",
            Self::Receiver => "to whom",
            Self::Goods => "what",
            Self::Way => "by which way",
            Self::When => "when",
        }
    }
}

/// The sentence around a place, as far as it is worth showing, and whether it was cut before and after.
pub(crate) fn sentence(text: &str, span: Span) -> (Span, (bool, bool)) {
    let back = floor(text, span.0.saturating_sub(MOST_AROUND));
    let (mut start, mut found) = (back, back == 0);
    while let Some(end) = ends_at(text, start).filter(|end| *end <= span.0 && *end > start) {
        (start, found) = (end, true);
    }
    let last = floor(text, span.1.saturating_sub(1).max(span.0));
    let end = ends_at(text, last).unwrap_or(text.len());
    let most = floor(text, (span.1 + MOST_AROUND).min(start + MOST_SHOWN).min(text.len()));
    ((start, end.min(most)), (!found, end > most))
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Where the sentence ends that goes on at `from`: after its full stop, or at an empty line.
fn ends_at(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    for (at, c) in rest.char_indices().take(2 * MOST_SHOWN) {
        let after = rest.get(at + c.len_utf8()..).unwrap_or_default();
        let stops = match c {
            '\n' => after.trim_start_matches([' ', '\t', '\r']).starts_with('\n'),
            '。' | '！' | '？' => true,
            '.' | '!' | '?' => stops(rest.get(..at).unwrap_or_default(), c, after),
            _ => false,
        };
        if stops {
            let closing = after.len() - after.trim_start_matches(['”', '’', '"', '\'', ')', '»']).len();
            return Some(from + at + c.len_utf8() + closing);
        }
    }
    None
}

/// Whether a mark ends a sentence: white space follows, no small letter, and no short form stands before.
fn stops(before: &str, mark: char, after: &str) -> bool {
    const SHORT: [&str; 24] = [
        "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "capt", "sen", "rep", "gov", "st", "no", "inc", "ltd", "co", "corp", "jan",
        "feb", "aug", "sept", "oct", "dec",
    ];
    let after = after.trim_start_matches(['”', '’', '"', '\'', ')', '»']);
    if !after.is_empty() && !after.starts_with(char::is_whitespace) || after.trim_start().starts_with(char::is_lowercase) {
        return false;
    }
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    mark != '.' || word.chars().count() != 1 && !SHORT.contains(&word.to_lowercase().as_str())
}

/// A sentence ready to be shown: characters that can do no harm, each with what it stands for.
pub(crate) struct Marked(Vec<(char, Part)>);

impl Marked {
    pub(crate) fn new(text: &str, (start, end): Span, cut: (bool, bool), marks: &[(Span, Part)]) -> Self {
        let part = |at: usize| marks.iter().find(|(span, _)| (span.0..span.1).contains(&at)).map_or(Part::Nothing, |(_, part)| *part);
        let mut out: Vec<(char, Part)> = Vec::new();
        let mut space = false;
        for (at, c) in text.get(start..end).unwrap_or_default().char_indices() {
            if c.is_whitespace() {
                space = true;
            } else if !harmful(c) {
                let part = part(start + at);
                if std::mem::take(&mut space)
                    && let Some((_, last)) = out.last().copied()
                {
                    out.push((' ', if last == part { part } else { Part::Nothing }));
                }
                out.push((c, part));
            }
        }
        if cut.0 {
            out.splice(0..0, [('…', Part::Nothing), (' ', Part::Nothing)]);
        }
        if cut.1 {
            out.extend([(' ', Part::Nothing), ('…', Part::Nothing)]);
        }
        Self(out)
    }

    /// Words in a row that stand for the same.
    pub(crate) fn runs(&self) -> impl Iterator<Item = (String, Part)> {
        self.0
            .chunk_by(|a, b| a.1 == b.1)
            .map(|run| (run.iter().map(|(c, _)| *c).collect(), run.first().map_or(Part::Nothing, |(_, part)| *part)))
    }

    /// Which parts occur, in the order of the words.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let mut out = Vec::new();
        for (_, part) in &self.0 {
            if *part != Part::Nothing && !out.contains(part) {
                out.push(*part);
            }
        }
        out
    }

    /// Wrapped and indented; with `beneath`, a line of that sign under the words that count.
    pub(crate) fn show(&self, out: &mut String, indent: usize, width: usize, beneath: Option<char>) {
        for line in self.lines(width.saturating_sub(indent).max(30)) {
            let _ = write!(out, "{}", " ".repeat(indent));
            for run in line.chunk_by(|a, b| a.1 == b.1) {
                let style = run.first().map_or(Style::new(), |(_, part)| part.style());
                let words: String = run.iter().map(|(c, _)| *c).collect();
                let _ = write!(out, "{style}{words}{style:#}");
            }
            out.push('\n');
            if let Some(sign) = beneath.filter(|_| line.iter().any(|(_, part)| *part != Part::Nothing)) {
                let under = |(c, part): &(char, Part)| {
                    let sign = if *part == Part::Nothing { ' ' } else { sign };
                    std::iter::repeat_n(sign, c.width().unwrap_or(0))
                };
                let under: String = line.iter().flat_map(under).collect();
                let _ = writeln!(out, "{}{}", " ".repeat(indent), under.trim_end());
            }
        }
    }

    /// Breaks at spaces; a word longer than a line stays whole.
    fn lines(&self, room: usize) -> Vec<&[(char, Part)]> {
        let width = |words: &[(char, Part)]| words.iter().map(|(c, _)| c.width().unwrap_or(0)).sum::<usize>();
        let all = self.0.as_slice();
        let (mut lines, mut start, mut last) = (Vec::new(), 0, None);
        for (at, (c, _)) in all.iter().enumerate().chain([(all.len(), &(' ', Part::Nothing))]) {
            if *c != ' ' {
                continue;
            }
            if let Some(space) = last.filter(|_| width(all.get(start..at).unwrap_or_default()) > room) {
                lines.push(all.get(start..space).unwrap_or_default());
                start = space + 1;
            }
            last = (at > start).then_some(at);
        }
        lines.push(all.get(start..).unwrap_or_default());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, words: &str) -> String {
        let start = text.find(words).unwrap();
        let ((start, end), _) = sentence(text, (start, start + words.len()));
        text[start..end].trim().to_owned()
    }

    #[test]
    fn the_sentence_around_a_place_is_found() {
        let text = "A car.\n\nMr. Putin of the U.S. gave it. “He took it.” Then\nhe left\n\nEnd";
        assert_eq!(around(text, "gave"), "Mr. Putin of the U.S. gave it.");
        assert_eq!(around(text, "took"), "“He took it.”");
        assert_eq!(around(text, "left"), "Then\nhe left");
        assert_eq!(around(text, "A car"), "A car.");
        assert_eq!(around(text, "End"), "End");
    }

    #[test]
    fn a_long_sentence_is_cut_on_both_sides() {
        let text = "é ".repeat(3000);
        let ((start, end), cut) = sentence(&text, (3000, 3003));
        assert!(cut.0 && cut.1 && end - start <= MOST_SHOWN && text.is_char_boundary(start) && text.is_char_boundary(end));
    }

    #[test]
    fn no_sign_of_the_text_drives_the_terminal() {
        let text = "A \u{1b}[31mred\u{9b}1m car\u{202e}";
        let mut out = String::new();
        Marked::new(text, (0, text.len()), (false, false), &[((2, 10), Part::Goods)]).show(&mut out, 2, 80, Some('─'));
        let plain = anstream::adapter::strip_str(&out).to_string();
        assert_eq!(plain, "  A [31mred1m car\n    ───────\n");
    }
}
