//! The tags and the text between them, in one pass over the bytes, whatever the page is.
//!
//! html5ever compares each attribute of a tag with all before it and each tag with all that are open, so a hostile page of a few
//! megabytes keeps it busy for hours. This pass is linear. It knows no nesting and decodes no references; what it hands on is bounded.

use std::borrow::Cow;

/// Most attributes of one tag that are looked at.
const MAX_ATTRIBUTES: usize = 64;

/// Elements whose content is not markup: all until their own end tag is theirs.
const RAW: [&str; 9] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// One piece of a page.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Piece<'a> {
    /// Text as it stands, references not decoded.
    Text(&'a str),
    /// A start tag: its name in small letters and its attributes.
    Start(Cow<'a, str>, Vec<Attribute<'a>>),
    /// An end tag.
    End(Cow<'a, str>),
    /// An element whose content is no markup, with its content.
    Raw(Cow<'a, str>, Vec<Attribute<'a>>, &'a str),
}

/// An attribute: its name in small letters and its value as it stands.
pub(super) type Attribute<'a> = (Cow<'a, str>, &'a str);

/// The pieces of a page in order. Comments, declarations and processing instructions are left out.
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    /// Over a page.
    pub(super) fn new(page: &'a str) -> Self {
        Self { rest: page }
    }

    /// All before the first byte that `stop` names, which stays; the whole rest if there is none.
    fn take_until(&mut self, stop: impl Fn(u8) -> bool) -> &'a str {
        let at = self.rest.bytes().position(stop).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(at);
        self.rest = rest;
        taken
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
    }

    fn skip_past(&mut self, end: &str) {
        let at = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.skip(at);
    }

    fn attribute(&mut self) -> Option<Attribute<'a>> {
        self.take_until(|b| !b.is_ascii_whitespace() && b != b'/');
        if self.rest.is_empty() || self.rest.starts_with('>') {
            return None;
        }
        // A name may begin with `=`; at least one byte is taken, so the tag comes to its end.
        let from = self.rest;
        self.skip(from.chars().next().map_or(1, char::len_utf8));
        self.take_until(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
        let name = from.get(..from.len() - self.rest.len()).unwrap_or("");
        let before_value = self.rest;
        self.take_until(|b| !b.is_ascii_whitespace());
        if !self.rest.starts_with('=') {
            self.rest = before_value;
            return Some((small(name), ""));
        }
        self.skip(1);
        self.take_until(|b| !b.is_ascii_whitespace());
        Some((small(name), self.value()))
    }

    fn value(&mut self) -> &'a str {
        match self.rest.bytes().next() {
            Some(quote @ (b'"' | b'\'')) => {
                self.skip(1);
                let value = self.take_until(|b| b == quote);
                self.skip(1);
                value
            }
            _ => self.take_until(|b| b.is_ascii_whitespace() || b == b'>'),
        }
    }

    /// After `<`: a tag, or `None` when it was something that is not shown, or the page ended within it.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let closing = self.rest.starts_with('/');
        self.skip(usize::from(closing));
        let name = small(self.take_until(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')));
        let mut attributes = Vec::new();
        while let Some(attribute) = self.attribute() {
            if attributes.len() < MAX_ATTRIBUTES {
                attributes.push(attribute);
            }
        }
        if self.rest.is_empty() {
            return None;
        }
        self.skip(1);
        Some(match name {
            name if closing => Piece::End(name),
            name if RAW.contains(&name.as_ref()) => {
                let content = self.raw(&name);
                Piece::Raw(name, attributes, content)
            }
            name => Piece::Start(name, attributes),
        })
    }

    /// The content of a raw element; its end tag is taken with it.
    fn raw(&mut self, name: &str) -> &'a str {
        let whole = self.rest;
        loop {
            self.take_until(|b| b == b'<');
            if self.rest.is_empty() {
                return whole;
            }
            let end = self.rest.get(1..).and_then(|r| r.strip_prefix('/')).and_then(|r| r.get(..name.len()));
            if end.is_some_and(|e| e.eq_ignore_ascii_case(name)) {
                let content = whole.get(..whole.len() - self.rest.len()).unwrap_or("");
                self.skip_past(">");
                return content;
            }
            self.skip(1);
        }
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        while !self.rest.is_empty() {
            let mut after = self.rest.bytes().skip(1);
            match (self.rest.bytes().next(), after.next(), after.next()) {
                (Some(b'<'), Some(b'!'), Some(b'-')) if self.rest.starts_with("<!--") => {
                    // `<!-->` is a whole comment, so the end may begin with the dashes of the start.
                    self.skip(2);
                    self.skip_past("-->");
                }
                (Some(b'<'), Some(b'!' | b'?'), _) => self.skip_past(">"),
                (Some(b'<'), Some(b), next) if b.is_ascii_alphabetic() || b == b'/' && next.is_some_and(|n| n.is_ascii_alphabetic()) => {
                    self.skip(1);
                    if let Some(piece) = self.tag() {
                        return Some(piece);
                    }
                }
                (Some(b'<'), ..) => {
                    let (sign, rest) = self.rest.split_at(1);
                    self.rest = rest;
                    return Some(Piece::Text(sign));
                }
                _ => return Some(Piece::Text(self.take_until(|b| b == b'<'))),
            }
        }
        None
    }
}

fn small(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(page: &str) -> Vec<String> {
        Scan::new(page)
            .map(|p| match p {
                Piece::Text(t) => t.to_owned(),
                Piece::Start(n, a) => format!("<{n}{}", a.iter().map(|(k, v)| format!(" {k}={v}")).collect::<String>()),
                Piece::End(n) => format!("</{n}"),
                Piece::Raw(n, _, c) => format!("<{n}>{c}"),
            })
            .collect()
    }

    #[test]
    fn tags_as_people_write_them() {
        assert_eq!(shape("a <b>c</B >"), ["a ", "<b", "c", "</b"]);
        assert_eq!(shape("<A HREF='x>y' q=1 z>t</a>"), ["<a href=x>y q=1 z=", "t", "</a"]);
        assert_eq!(shape("1 < 2 <3 </ >"), ["1 ", "<", " 2 ", "<", "3 ", "<", "/ >"]);
        assert_eq!(shape("<br/>x<img src=a.png />"), ["<br", "x", "<img src=a.png"]);
        assert_eq!(shape("x<!-- <p> --><!DOCTYPE html><?xml ?>y<!-->z"), ["x", "y", "z"]);
        assert_eq!(shape("<script>if (a</b/) x='</p>'</SCRIPT >z"), ["<script>if (a</b/) x='</p>'", "z"]);
        assert_eq!(shape("cut <a href=\"off"), ["cut "]);
        assert_eq!(shape("<p =a ==b\">"), ["<p =a==b\""]);
        assert_eq!(shape("<é>ü"), ["<", "é>ü"]);
        assert_eq!(shape("<p é=ü>"), ["<p é=ü"]);
    }
}
