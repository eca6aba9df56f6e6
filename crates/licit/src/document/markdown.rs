//! Markdown: the text as it would be shown, without marks, addresses and front matter.

use super::clean::clean;
use super::day::day;
use super::facts::{tag, words};
use super::shown::{Shown, shown};
use super::{Document, Form};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Most lines in which Markdown is looked for.
const LINES_LOOKED_AT: usize = 400;

/// Whether the text is marked as Markdown beyond doubt: by front matter, a heading on its first line, or two different kinds of mark.
pub(super) fn is_clearly(opening: &str) -> bool {
    if front_matter_fence(opening).is_some() {
        return true;
    }
    let mut lines = opening.lines().filter(|l| !l.trim().is_empty()).take(LINES_LOOKED_AT).peekable();
    if lines.peek().is_some_and(|first| is_heading(first)) {
        return true;
    }
    let mut kinds = [false; 4];
    for line in lines {
        kinds[0] |= is_heading(line);
        kinds[1] |= line.starts_with("```") || line.starts_with("~~~");
        kinds[2] |= line.split_once("](").is_some_and(|(before, after)| before.contains('[') && after.contains(')'));
        kinds[3] |= line.matches("**").count() >= 2;
    }
    kinds.iter().filter(|k| **k).count() >= 2
}

fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - text.len())) && text.starts_with(' ') && !text.trim().is_empty()
}

/// `---` or `+++` on the first line, when a line of the same stands below and a key on the next line.
fn front_matter_fence(text: &str) -> Option<&str> {
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    let fence = lines.next()?.trim_end();
    let separator = match fence {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let key = lines.next()?.split_once(separator)?.0;
    let is_key = !key.is_empty() && key.trim_end().chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (is_key && lines.any(|l| l.trim_end() == fence)).then_some(fence)
}

/// Reads Markdown; nothing in it is wrong, so it always succeeds.
pub(super) fn read(text: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut page = Page::default();
    for event in Parser::new_ext(text, options) {
        page.see(event);
    }
    let mut document = Document { form: Form::Markdown, ..Document::default() };
    front_matter(&page.front_matter, &mut document);
    document.title = document.title.or(words(&page.heading));
    document.text = page.shown.finish();
    document
}

/// What is read of the front matter: top-level `key: value` or `key = "value"`. Its nested values say nothing about the document.
fn front_matter(lines: &str, document: &mut Document) {
    for line in lines.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim_end().to_lowercase().as_str() {
            "title" if document.title.is_none() => document.title = words(value),
            "date" | "published" | "pubdate" | "publishdate" if document.published.is_none() => document.published = day(value),
            "lang" | "language" if document.language.is_none() => document.language = tag(value),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Page {
    shown: Shown,
    front_matter: String,
    heading: String,
    html: String,
    within: Within,
    /// Open pictures; the words that stand for one are not shown.
    pictures: usize,
}

#[derive(Default, PartialEq, Eq)]
enum Within {
    #[default]
    Text,
    FrontMatter,
    FirstHeading,
    Code,
}

impl Page {
    fn see(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if self.within == Within::FrontMatter => self.front_matter.push_str(&text),
            Event::Text(text) if self.pictures == 0 => self.text(&text),
            Event::Code(text) => self.text(&text),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) if html.starts_with("<br") => self.shown.block(false),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.shown.block(false),
            Event::Rule => self.shown.block(true),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.within {
            Within::Code => self.shown.exact(text),
            Within::FirstHeading => {
                self.heading.push_str(text);
                self.shown.text(text);
            }
            _ => self.shown.text(text),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::MetadataBlock(_) => self.within = Within::FrontMatter,
            Tag::Heading { level, .. } => {
                self.shown.block(true);
                if *level == HeadingLevel::H1 && self.heading.is_empty() {
                    self.within = Within::FirstHeading;
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.shown.block(true);
                self.within = Within::Code;
            }
            Tag::Image { .. } => self.pictures += 1,
            Tag::Item | Tag::TableRow => self.shown.block(false),
            Tag::TableCell => self.shown.cell(),
            Tag::Paragraph | Tag::List(_) | Tag::Table(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.shown.block(true),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::MetadataBlock(_) => self.within = Within::Text,
            TagEnd::Heading(_) | TagEnd::CodeBlock => {
                self.within = Within::Text;
                self.shown.block(true);
            }
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.shown.block(true);
                self.shown.exact(&shown(&clean(&html).html, &[]));
                self.shown.block(true);
            }
            TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead => self.shown.block(false),
            TagEnd::Paragraph | TagEnd::List(_) | TagEnd::Table | TagEnd::BlockQuote(_) => self.shown.block(true),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_clear_marks_make_it_markdown() {
        assert!(is_clearly("# A gift\n\nHe sent it."));
        assert!(is_clearly("---\ntitle: A gift\n---\nHe sent it."));
        assert!(is_clearly("He **sent** it\n\nto [him](https://example.org)."));
        for plain in ["He sent it.", "#1 in the list", "- one\n- two", "1. one", "a * b ** c", "---\nHe sent it.\n---", "* * *", ""] {
            assert!(!is_clearly(plain), "{plain}");
        }
    }
}
