//! A page reduced to what may be shown, with a bound on its nesting, so that the parsers after it cannot be made to work for long.

use super::scan::{Attribute, Piece, Scan};
use std::borrow::Cow;

/// Deepest nesting kept; browsers stop at 512. What is deeper loses its tags and keeps its text.
const MAX_DEPTH: usize = 256;

/// Most bytes of one attribute kept. Only `content` of a meta tag, a class or an address is longer, and none is worth more.
const MAX_ATTRIBUTE_BYTES: usize = 1024;

/// Most bytes of linked data kept.
const MAX_LINKED_DATA_BYTES: usize = 1 << 20;

/// The attributes by which an article is found and dated.
const KEPT: [&str; 16] = [
    "id",
    "class",
    "role",
    "href",
    "rel",
    "dir",
    "lang",
    "property",
    "name",
    "content",
    "itemprop",
    "itemtype",
    "datetime",
    "http-equiv",
    "pubdate",
    "xml:lang",
];

/// Elements that only change how letters look, and pictures. Open ones are repeated in every paragraph by a parser, so they go.
const LOOKS: [&str; 24] = [
    "b", "i", "u", "s", "em", "strong", "font", "big", "small", "tt", "strike", "nobr", "code", "center", "blink", "mark", "ins", "kbd",
    "samp", "wbr", "del", "var", "img", "embed",
];

/// Elements without content.
const VOID: [&str; 10] = ["area", "base", "br", "col", "hr", "input", "link", "meta", "source", "track"];

/// Elements that are not text, or not of the page, with all in them.
const DROPPED: [&str; 17] = [
    "svg", "math", "object", "canvas", "audio", "video", "picture", "map", "select", "datalist", "template", "button", "dialog", "rt",
    "rp", "frameset", "applet",
];

/// Elements within a line; the rest are blocks.
const INLINE: [&str; 14] = ["a", "abbr", "bdi", "bdo", "cite", "data", "dfn", "label", "q", "ruby", "span", "sub", "sup", "time"];

/// A page that may be parsed.
#[derive(Default)]
pub(super) struct Cleaned {
    /// The page. Every tag in it is closed.
    pub html: String,
    /// The blocks of JSON-LD.
    pub linked_data: Vec<String>,
    /// How many elements it has.
    pub elements: usize,
    /// Whether some were nested too deeply and lost their tags.
    pub flattened: bool,
}

/// Drops scripts, styles, comments, pictures, controls and what is hidden; closes what is open; bounds the nesting.
pub(super) fn clean(page: &str) -> Cleaned {
    let mut cleaner = Cleaner { out: Cleaned { html: String::with_capacity(page.len() / 2), ..Cleaned::default() }, ..Cleaner::default() };
    for piece in Scan::new(page) {
        match piece {
            Piece::Text(text) => cleaner.text(text),
            Piece::Start(name, attributes) => cleaner.start(name, &attributes),
            Piece::End(name) => cleaner.end(&name),
            Piece::Raw(name, attributes, content) => cleaner.raw(&name, &attributes, content),
        }
    }
    cleaner.close_to(0);
    cleaner.out
}

#[derive(Default)]
struct Cleaner<'a> {
    out: Cleaned,
    open: Vec<Cow<'a, str>>,
    /// The height of `open` at which the element not shown stands.
    hidden_at: Option<usize>,
}

impl<'a> Cleaner<'a> {
    fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|o| o == "head") && !text.trim().is_empty() {
            self.close_head();
        }
        if self.hidden_at.is_none() {
            escape(text, &mut self.out.html);
        }
    }

    fn raw(&mut self, name: &str, attributes: &[Attribute<'_>], content: &str) {
        let get = |key: &str| attributes.iter().find(|(k, _)| k == key).map_or("", |(_, v)| *v);
        if name == "script" && get("type").trim().eq_ignore_ascii_case("application/ld+json") {
            let used: usize = self.out.linked_data.iter().map(String::len).sum();
            if used + content.len() <= MAX_LINKED_DATA_BYTES {
                self.out.linked_data.push(content.to_owned());
            }
        }
        if name == "title" && self.hidden_at.is_none() {
            self.out.html.push_str("<title>");
            escape(content, &mut self.out.html);
            self.out.html.push_str("</title>");
        }
    }

    fn start(&mut self, name: Cow<'a, str>, attributes: &[Attribute<'_>]) {
        if LOOKS.contains(&name.as_ref()) || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b':') {
            return;
        }
        if VOID.contains(&name.as_ref()) {
            self.write_tag(&name, attributes);
            return;
        }
        self.close_head();
        self.close_implied(&name);
        if self.open.len() >= MAX_DEPTH {
            self.flatten(&name);
            return;
        }
        if self.hidden_at.is_none() && (DROPPED.contains(&name.as_ref()) || is_hidden(&name, attributes)) {
            self.hidden_at = Some(self.open.len());
        }
        self.write_tag(&name, attributes);
        self.open.push(name);
    }

    /// The words of two blocks stay apart although the blocks go.
    fn flatten(&mut self, name: &str) {
        self.out.flattened = true;
        if !INLINE.contains(&name) {
            self.write_tag("br", &[]);
        }
    }

    fn write_tag(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        if self.hidden_at.is_some() {
            return;
        }
        self.out.elements += 1;
        let html = &mut self.out.html;
        html.push('<');
        html.push_str(name);
        for (key, value) in attributes.iter().filter(|(key, _)| KEPT.contains(&key.as_ref())) {
            html.push(' ');
            html.push_str(key);
            html.push_str("=\"");
            let end = value.floor_char_boundary(MAX_ATTRIBUTE_BYTES);
            html.push_str(&value.get(..end).unwrap_or("").replace('"', "&quot;"));
            html.push('"');
        }
        html.push('>');
    }

    fn end(&mut self, name: &str) {
        // A break and a paragraph that were never opened still part the words.
        if name == "br" || name == "p" && !self.open.iter().any(|o| o == "p") {
            self.write_tag("br", &[]);
            return;
        }
        let inline = INLINE.contains(&name);
        let part_of_table = TABLE.contains(&name);
        let at = self.open.iter().enumerate().rev().find_map(|(at, open)| match open.as_ref() {
            open if open == name => Some(Ok(at)),
            open if inline && !INLINE.contains(&open) => Some(Err(())),
            "td" | "th" | "caption" | "table" if !part_of_table => Some(Err(())),
            _ => None,
        });
        if let Some(Ok(at)) = at {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, height: usize) {
        while self.open.len() > height {
            let Some(name) = self.open.pop() else { return };
            if self.hidden_at.is_none() {
                self.out.html.push_str("</");
                self.out.html.push_str(&name);
                self.out.html.push('>');
            } else if self.hidden_at == Some(self.open.len()) {
                self.hidden_at = None;
            }
        }
    }

    /// The head ends, written or not, where something to be shown begins.
    fn close_head(&mut self) {
        if let Some(at) = self.open.iter().take(2).position(|o| o == "head") {
            self.close_to(at);
        }
    }

    /// Paragraphs, list items, rows and cells end where the next begins; most pages do not write their end tags.
    fn close_implied(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], &["td", "th", "table"]),
            name if INLINE.contains(&name) => return,
            _ => (&["p"], &["td", "th", "div", "li", "blockquote", "section", "article"]),
        };
        for (at, open) in self.open.iter().enumerate().rev() {
            if ends.contains(&open.as_ref()) {
                self.close_to(at);
                return;
            }
            if within.contains(&open.as_ref()) {
                return;
            }
        }
    }
}

/// The elements of a table, whose end tags close all that is in them.
const TABLE: [&str; 8] = ["table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"];

/// Whole pages are hidden until their scripts have run, so the outermost elements are always shown.
fn is_hidden(name: &str, attributes: &[Attribute<'_>]) -> bool {
    let outermost = ["html", "body", "main", "article"].contains(&name);
    !outermost
        && attributes.iter().any(|(key, value)| match key.as_ref() {
            "hidden" => !value.eq_ignore_ascii_case("until-found"),
            "style" => {
                let style: String = value.chars().take(MAX_ATTRIBUTE_BYTES).filter(|c| !c.is_whitespace()).collect();
                let style = style.to_ascii_lowercase();
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        })
}

fn escape(text: &str, out: &mut String) {
    for (at, part) in text.split('<').enumerate() {
        if at > 0 {
            out.push_str("&lt;");
        }
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_closed_and_what_is_hidden_goes() {
        let html = |page: &str| clean(page).html;
        assert_eq!(html("<p>a<p>b<div><b>c</b>"), "<p>a</p><p>b</p><div>c</div>");
        assert_eq!(html("<ul><li>a<li>b<ul><li>c</ul></ul>"), "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
        assert_eq!(html("a<div style='Display : none'>b<div>c</div></div>d"), "ad");
        assert_eq!(html("<div>a<button>b</div>c"), "<div>a</div>c");
        assert_eq!(html("<div hidden><p>a</div><p hidden>b<p>c"), "<p>c</p>");
        assert_eq!(html("<svg><title>x</title><path/></svg>y<script>z</script>"), "y");
        assert_eq!(html("<a href=1>x<a href='2\"'>y"), "<a href=\"1\">x</a><a href=\"2&quot;\">y</a>");
        assert_eq!(html("<table><tr><td>a<td>b</div><tr><td>c</table>"), "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>");
        assert_eq!(html("1 < 2 &lt; 3"), "1 &lt; 2 &lt; 3");
        assert_eq!(html("<html><head><meta name=x>\n<body>a"), "<html><head><meta name=\"x\">\n</head><body>a</body></html>");
        assert_eq!(html("<head>a"), "<head></head>a");
        assert_eq!(html("<title>a <b> c</title>"), "<title>a &lt;b> c</title>");
    }

    #[test]
    fn nesting_is_bounded_and_its_words_stay() {
        let page = "<div>word".repeat(1000);
        let cleaned = clean(&page);
        assert!(cleaned.flattened);
        assert_eq!(cleaned.html.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(cleaned.html.matches("word").count(), 1000);
        assert!(!cleaned.html.contains("wordword"));
    }
}
