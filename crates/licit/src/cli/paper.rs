//! Text for a terminal: width, colour that carries meaning and vanishes in pipes, marks with an ASCII fallback, wrapping.

use anstyle::{AnsiColor, Color, Style};
use model::{Date, Span, VerdictSet};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paper {
    pub width: usize,
    pub unicode: bool,
}

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

impl Paper {
    /// From the terminal, or 80 columns; never under 60.
    pub(crate) fn new() -> Self {
        let width = terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0)).clamp(60, 110);
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|v| std::env::var(v).ok().filter(|v| !v.is_empty()));
        // Without any locale a modern terminal is assumed; `C` and `POSIX` say outright that it is not.
        let unicode = locale.is_none_or(|l| !matches!(l.as_str(), "C" | "POSIX"));
        Self { width, unicode }
    }

    /// Mark, word and colour of a verdict.
    pub(crate) fn verdict(self, set: VerdictSet) -> (&'static str, &'static str, Style) {
        let color = |c: AnsiColor| Style::new().bold().fg_color(Some(Color::Ansi(c)));
        let (mark, plain, word, style) = match set.word() {
            "prohibited" => ("■", "[X]", "Prohibited", color(AnsiColor::Red)),
            "needs_authorisation" => ("◧", "[/]", "Needs authorisation", color(AnsiColor::Yellow)),
            "permitted" => ("○", "( )", "Permitted by what is encoded here", color(AnsiColor::Green)),
            "out_of_scope" => ("–", "-", "Out of scope", color(AnsiColor::BrightBlack)),
            _ => ("?", "?", "These facts decide", color(AnsiColor::Magenta)),
        };
        (if self.unicode { mark } else { plain }, word, style)
    }

    /// `label` in a column of its own, `text` wrapped beside it.
    pub(crate) fn entry(self, out: &mut String, label: &str, text: &str) {
        const COLUMN: usize = 16;
        let mut first = true;
        let room = self.width.saturating_sub(COLUMN + 2).max(30);
        if label.width() >= COLUMN {
            let _ = writeln!(out, "  {DIM}{label}{DIM:#}");
            first = false;
        }
        for line in wrap(text, room) {
            let shown = if first { label } else { "" };
            let _ = writeln!(out, "  {DIM}{shown}{DIM:#}{}{line}", " ".repeat(COLUMN.saturating_sub(shown.width())));
            first = false;
        }
    }

    /// Wrapped text under an indent.
    pub(crate) fn paragraph(self, out: &mut String, indent: usize, text: &str) {
        for line in wrap(text, self.width.saturating_sub(indent).max(30)) {
            let _ = writeln!(out, "{}{line}", " ".repeat(indent));
        }
    }
}

/// Breaks at spaces; a word longer than a line stays whole.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in clean(text).split_whitespace() {
        if !line.is_empty() && line.width() + 1 + word.width() > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Foreign text is data: control characters, which could move the cursor or recolour the screen, are dropped, and so are the
/// characters that turn the direction of writing.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || c == '\t' { ' ' } else { c }).filter(|c| !harmful(*c)).collect()
}

/// A character that could move the cursor, recolour the screen or turn the direction of writing.
pub(crate) fn harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `18 February 2024`.
pub(crate) fn long_date(day: Date) -> String {
    let month = usize::try_from(day.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).copied().unwrap_or("");
    format!("{} {month} {}", day.day(), day.year())
}

/// `18 February 2024`, `February 2024`, `2024`, from one day to another, or only up to one or from one on.
pub(crate) fn span_words(span: Span) -> String {
    let Span { first, last } = span;
    if first == last {
        return long_date(first);
    }
    let words = |text: &str, of: &str| text.strip_prefix(of).map(|t| t.trim_start().to_owned());
    let whole_month = first.day() == 1 && last == first.last_of_month();
    if whole_month && let Some(words) = words(&long_date(first), "1") {
        return words;
    }
    if first.day_of_year() == 1 && last == first.last_of_year() {
        return first.year().to_string();
    }
    match (first == Date::MIN, last == Date::MAX) {
        (true, true) => "any day".to_owned(),
        (true, false) => format!("up to {}", long_date(last)),
        (false, true) => format!("from {} on", long_date(first)),
        (false, false) => format!("{} to {}", long_date(first), long_date(last)),
    }
}

/// `22 Dec 2017`.
pub(crate) fn short_date(day: Date) -> String {
    let month = usize::try_from(day.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).map_or("", |m| m.get(..3).unwrap_or(m));
    format!("{} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_a_beginning_or_an_end_are_told_so() {
        let day = Date::constant(2024, 2, 20);
        assert_eq!(span_words(Span { first: Date::MIN, last: day }), "up to 20 February 2024");
        assert_eq!(span_words(Span { first: day, last: Date::MAX }), "from 20 February 2024 on");
        assert_eq!(span_words(Span { first: Date::constant(2024, 2, 1), last: Date::constant(2024, 2, 29) }), "February 2024");
    }

    #[test]
    fn foreign_text_cannot_drive_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\u{202e}x"), "a[31mredx");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("", 7), [""]);
    }
}
