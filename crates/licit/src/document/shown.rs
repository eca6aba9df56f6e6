//! What a reader of a page sees: blocks as lines with a blank line between, white space as a browser lays it.

use super::tokens::{Event, each};

/// Elements within a line.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "label", "q", "ruby", "s", "span", "strong", "sub",
    "sup", "time", "u",
];

/// Elements that begin a line but no paragraph.
const LINES: [&str; 6] = ["br", "li", "dt", "dd", "tr", "option"];

/// Elements of which nothing is shown.
const UNSEEN: [&str; 6] = ["head", "title", "script", "style", "template", "noscript"];

/// How far the next word stands from the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Blank,
}

/// Text that is laid out as it comes.
#[derive(Default)]
pub(super) struct Shown {
    out: String,
    gap: Gap,
    unseen: Vec<String>,
    preformatted: usize,
}

/// The text of a piece of HTML whose tags are all closed; tags that `drop` names are left out with what is in them.
pub(super) fn shown(html: &str, drop: &[&str]) -> String {
    let mut page = Shown::default();
    each(html, |event| match event {
        Event::Start(name, _) => page.start(name, drop),
        Event::End(name) => page.end(name),
        Event::Text(text) => page.text(text),
    });
    page.finish()
}

impl Shown {
    fn start(&mut self, name: &str, drop: &[&str]) {
        if !self.unseen.is_empty() || UNSEEN.contains(&name) || drop.contains(&name) {
            // Only elements of the same name are counted; all tags here are closed.
            if self.unseen.first().is_none_or(|first| first == name) {
                self.unseen.push(name.to_owned());
            }
            return;
        }
        self.widen(name);
        self.preformatted += usize::from(name == "pre");
        if name == "q" {
            self.text("\u{201C}");
        }
    }

    fn end(&mut self, name: &str) {
        if self.unseen.last().is_some_and(|last| last == name) {
            self.unseen.pop();
            return;
        }
        if !self.unseen.is_empty() {
            return;
        }
        if name == "q" {
            self.text("\u{201D}");
        }
        self.widen(name);
        self.preformatted -= usize::from(name == "pre" && self.preformatted > 0);
    }

    fn widen(&mut self, name: &str) {
        let gap = match name {
            name if INLINE.contains(&name) => Gap::None,
            name if LINES.contains(&name) => Gap::Line,
            "td" | "th" => Gap::Cell,
            _ => Gap::Blank,
        };
        self.part(gap);
    }

    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// The next text begins a line, or a paragraph after a blank line.
    pub(super) fn block(&mut self, paragraph: bool) {
        self.part(if paragraph { Gap::Blank } else { Gap::Line });
    }

    /// The next text stands in the next cell of the row.
    pub(super) fn cell(&mut self) {
        self.part(Gap::Cell);
    }

    /// Text with its white space as it stands.
    pub(super) fn exact(&mut self, text: &str) {
        self.preformatted += 1;
        self.text(text);
        self.preformatted -= 1;
    }

    /// Text of which white space only parts the words.
    pub(super) fn text(&mut self, text: &str) {
        if !self.unseen.is_empty() {
            return;
        }
        for character in text.chars() {
            match character {
                '\n' if self.preformatted > 0 => self.newline(),
                // No-break spaces part words too, and a reader of the text would not find the two words otherwise.
                ' ' | '\t' | '\r' | '\n' | '\u{c}' | '\u{a0}' if self.preformatted == 0 => self.part(Gap::Space),
                // These are shown as nothing.
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                character => {
                    self.close_gap();
                    self.out.push(character);
                }
            }
        }
    }

    fn newline(&mut self) {
        match self.gap {
            Gap::Line | Gap::Blank => self.gap = Gap::Blank,
            _ => self.gap = Gap::Line,
        }
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if self.out.is_empty() {
            return;
        }
        self.out.push_str(match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => "\t",
            Gap::Line => "\n",
            Gap::Blank => "\n\n",
        });
    }

    /// The text, without white space at its ends.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines() {
        assert_eq!(shown("<h1>A</h1>\n <p>b\n  c<br>d</p><ul><li>e</li><li>f</li></ul>g", &[]), "A\n\nb c\nd\n\ne\nf\n\ng");
        assert_eq!(shown("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", &[]), "a\tb\nc");
        assert_eq!(shown("<p>caf&eacute;&nbsp;&amp; <a href=x>bar</a>, &#x41;&shy;B</p>", &[]), "café & bar, AB");
        assert_eq!(shown("<div><nav><nav>x</nav>y</nav>z</div>", &["nav"]), "z");
        assert_eq!(shown("<pre>a\n  b\n\nc</pre>", &[]), "a\n  b\n\nc");
        assert_eq!(shown("<head><title>t</title></head><p>x <q>y</q></p>", &[]), "x “y”");
    }
}
