//! XML, strictly well-formed, one record at a time.
//!
//! A list of a hundred megabytes is never a tree in memory: only one record is, and its storage is used again for the next.
//! Nothing is expanded beyond the five named characters and numeric ones; a document type with definitions of its own is refused.
//! Whatever is not well-formed anywhere refuses the whole file, because half a list is worse than none.

use crate::input::Opened;
use crate::read::{Limits, Refused};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::ops::Range;

/// Elements in one record that are still a list and not an attack.
const MOST_ELEMENTS: usize = 1_000_000;

/// Walks through a document and hands out the records asked for.
pub(crate) struct Records<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    file: &'a str,
    depth_limit: usize,
    counted: usize,
    line: usize,
    depth: usize,
    root: Tree,
    tree: Tree,
    ended: bool,
}

/// The elements of one record, in document order.
#[derive(Default)]
struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(Range<usize>, Range<usize>)>,
    letters: String,
}

struct Node {
    name: Range<usize>,
    attributes: Range<usize>,
    text: Range<usize>,
    /// Index after the last descendant.
    end: usize,
    line: usize,
}

/// One element of the record at hand.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree,
    at: usize,
}

impl<'a> Records<'a> {
    /// Begins to read; checks that the outermost element is there and that no character is forbidden.
    pub fn open(file: &'a Opened<'_>, limits: &Limits) -> Result<Self, Refused> {
        let text: &str = &file.text;
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        reader.config_mut().expand_empty_elements = true;
        let mut records = Self {
            reader,
            text,
            file: &file.name,
            depth_limit: limits.depth,
            counted: 0,
            line: 1,
            depth: 0,
            root: Tree::default(),
            tree: Tree::default(),
            ended: false,
        };
        if let Some(line) = file.damaged {
            return Err(records.refuse(line, "bytes that are no letters in the file's encoding"));
        }
        if let Some((at, bad)) = forbidden(text) {
            let line = 1 + memchr::memchr_iter(b'\n', text.as_bytes().get(..at).unwrap_or_default()).count();
            return Err(records.refuse(line, &format!("the control character U+{:04X} is not allowed", u32::from(bad))));
        }
        records.prologue()?;
        Ok(records)
    }

    /// The outermost element, with its attributes.
    pub fn root(&self) -> Element<'_> {
        Element { tree: &self.root, at: 0 }
    }

    /// The next element with one of these local names, wherever it is, with all that is in it. At the end of the document
    /// nothing, and only then is it sure that all of it was well-formed: always read to the end.
    pub fn next(&mut self, names: &[&str]) -> Result<Option<Element<'_>>, Refused> {
        if self.ended {
            return Ok(None);
        }
        loop {
            match self.event()? {
                Event::Start(start) if names.contains(&start.local_name().into_inner()) => {
                    self.record(&start)?;
                    return Ok(Some(Element { tree: &self.tree, at: 0 }));
                }
                Event::Start(start) => {
                    self.enter()?;
                    self.check_attributes(&start)?;
                }
                Event::End(_) => self.depth -= 1,
                Event::Eof => {
                    self.ended = true;
                    if self.depth > 0 {
                        return Err(self.cut_off());
                    }
                    return Ok(None);
                }
                Event::Text(text) if self.depth == 0 && !text.trim().is_empty() => return Err(self.not_well_formed("text after the end")),
                Event::GeneralRef(reference) => {
                    self.character(&reference)?;
                }
                Event::DocType(_) => return Err(self.not_well_formed("a document type in the middle")),
                _ => {}
            }
            if self.depth == 0 {
                self.epilogue()?;
                return Ok(None);
            }
        }
    }

    fn prologue(&mut self) -> Result<(), Refused> {
        loop {
            match self.event()? {
                Event::Start(start) => {
                    self.enter()?;
                    let mut tree = std::mem::take(&mut self.root);
                    self.push(&mut tree, &start)?;
                    self.root = tree;
                    return Ok(());
                }
                Event::DocType(text) if text.contains('[') || text.contains("<!ENTITY") => {
                    let message = "the file defines entities of its own, which no published list does; they are not expanded";
                    return Err(self.refuse(self.line, message));
                }
                Event::Eof => return Err(self.cut_off()),
                Event::Text(text) if !text.trim().is_empty() => return Err(self.not_well_formed("text before the first element")),
                Event::GeneralRef(_) | Event::CData(_) | Event::End(_) => return Err(self.not_well_formed("text before the first element")),
                _ => {}
            }
        }
    }

    /// After the outermost element only blanks, comments and instructions may come.
    fn epilogue(&mut self) -> Result<(), Refused> {
        self.ended = true;
        loop {
            match self.event()? {
                Event::Eof => return Ok(()),
                Event::Comment(_) | Event::PI(_) => {}
                Event::Text(text) if text.trim().is_empty() => {}
                _ => return Err(self.not_well_formed("something after the end of the outermost element")),
            }
        }
    }

    fn record(&mut self, start: &BytesStart<'_>) -> Result<(), Refused> {
        let mut tree = std::mem::take(&mut self.tree);
        tree.nodes.clear();
        tree.attributes.clear();
        tree.letters.clear();
        let outside = self.depth;
        self.enter()?;
        self.push(&mut tree, start)?;
        // Texts of the elements that are open; text comes in pieces, with other elements between.
        let mut open: Vec<(usize, String)> = vec![(0, String::new())];
        while self.depth > outside {
            match self.event()? {
                Event::Start(start) => {
                    self.enter()?;
                    open.push((tree.nodes.len(), String::new()));
                    self.push(&mut tree, &start)?;
                }
                Event::End(_) => {
                    self.depth -= 1;
                    if let Some((node, text)) = open.pop() {
                        tree.close(node, &text);
                    }
                }
                Event::Text(text) => add(&mut open, &text.xml10_content()),
                Event::CData(text) => add(&mut open, &text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let c = self.character(&reference)?;
                    add(&mut open, c.encode_utf8(&mut [0; 4]));
                }
                Event::Eof => return Err(self.cut_off()),
                Event::DocType(_) => return Err(self.not_well_formed("a document type in the middle")),
                _ => {}
            }
        }
        self.tree = tree;
        Ok(())
    }

    fn event(&mut self) -> Result<Event<'a>, Refused> {
        let here = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
        self.line += memchr::memchr_iter(b'\n', self.text.as_bytes().get(self.counted..here).unwrap_or_default()).count();
        self.counted = here;
        self.reader.read_event().map_err(|error| {
            let at = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX).min(self.text.len());
            let line = 1 + memchr::memchr_iter(b'\n', self.text.as_bytes().get(..at).unwrap_or_default()).count();
            self.refuse(line, &format!("not well-formed XML: {error}"))
        })
    }

    fn enter(&mut self) -> Result<(), Refused> {
        self.depth += 1;
        if self.depth > self.depth_limit {
            return Err(self.refuse(self.line, &format!("elements are nested more than {} deep", self.depth_limit)));
        }
        Ok(())
    }

    fn push(&self, tree: &mut Tree, start: &BytesStart<'_>) -> Result<(), Refused> {
        if tree.nodes.len() >= MOST_ELEMENTS {
            return Err(self.refuse(self.line, "one record has more than a million elements"));
        }
        let name = tree.keep(start.local_name().into_inner());
        let from = tree.attributes.len();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.not_well_formed(&e.to_string()))?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|e| self.not_well_formed(&e.to_string()))?;
            let key = tree.keep(attribute.key.local_name().into_inner());
            let value = tree.keep(&value);
            tree.attributes.push((key, value));
        }
        let attributes = from..tree.attributes.len();
        tree.nodes.push(Node { name, attributes, text: 0..0, end: tree.nodes.len() + 1, line: self.line });
        Ok(())
    }

    fn check_attributes(&self, start: &BytesStart<'_>) -> Result<(), Refused> {
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|e| self.not_well_formed(&e.to_string()))?;
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|e| self.not_well_formed(&e.to_string()))?;
        }
        Ok(())
    }

    fn character(&self, reference: &BytesRef<'_>) -> Result<char, Refused> {
        match reference.resolve_char_ref() {
            Ok(Some(c)) if c >= ' ' || matches!(c, '\t' | '\n' | '\r') => return Ok(c),
            Ok(Some(_)) | Err(_) => return Err(self.not_well_formed("a numeric reference that is no character")),
            Ok(None) => {}
        }
        let name = reference.xml10_content();
        quick_xml::escape::resolve_predefined_entity(&name)
            .and_then(|s| s.chars().next())
            .ok_or_else(|| self.not_well_formed(&format!("&{name}; is not defined")))
    }

    fn cut_off(&self) -> Refused {
        let message = format!("the file is cut off: {} elements are still open at its end", self.depth.max(1));
        self.refuse(self.line, &message)
    }

    fn not_well_formed(&self, what: &str) -> Refused {
        self.refuse(self.line, &format!("not well-formed XML: {what}"))
    }

    fn refuse(&self, line: usize, message: &str) -> Refused {
        Refused::new(format!("{}, line {line}", self.file), message, "nothing of it was taken over; download the list again")
    }
}

fn add(open: &mut [(usize, String)], text: &str) {
    if let Some((_, so_far)) = open.last_mut() {
        so_far.push_str(text);
    }
}

/// A character that XML never allows.
fn forbidden(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let control = bytes.iter().position(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'));
    if let Some(at) = control {
        return bytes.get(at).map(|b| (at, char::from(*b)));
    }
    let mut finder = memchr::memmem::find_iter(bytes, b"\xef\xbf");
    finder.find_map(|at| {
        text.get(at..at + 3).and_then(|s| s.chars().next()).filter(|c| matches!(c, '\u{fffe}' | '\u{ffff}')).map(|c| (at, c))
    })
}

impl Tree {
    fn keep(&mut self, letters: &str) -> Range<usize> {
        let from = self.letters.len();
        self.letters.push_str(letters);
        from..self.letters.len()
    }

    fn close(&mut self, node: usize, text: &str) {
        let text = self.keep(text.trim());
        let end = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(node) {
            (node.text, node.end) = (text, end);
        }
    }

    fn letters(&self, range: &Range<usize>) -> &str {
        self.letters.get(range.clone()).unwrap_or_default()
    }
}

impl<'t> Element<'t> {
    fn node(self) -> Option<&'t Node> {
        self.tree.nodes.get(self.at)
    }

    /// Local name.
    pub fn name(self) -> &'t str {
        self.node().map_or("", |n| self.tree.letters(&n.name))
    }

    /// Its own text, trimmed; empty when there is none.
    pub fn text(self) -> &'t str {
        self.node().map_or("", |n| self.tree.letters(&n.text))
    }

    /// Line on which it begins.
    pub fn line(self) -> usize {
        self.node().map_or(0, |n| n.line)
    }

    /// Value of an attribute by local name, trimmed; empty when there is none.
    pub fn attribute(self, name: &str) -> &'t str {
        let attributes = self.node().and_then(|n| self.tree.attributes.get(n.attributes.clone())).unwrap_or_default();
        attributes.iter().find(|(k, _)| self.tree.letters(k) == name).map_or("", |(_, v)| self.tree.letters(v).trim())
    }

    /// Its children in order.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let end = self.node().map_or(0, |n| n.end);
        let mut at = self.at + 1;
        std::iter::from_fn(move || {
            let child = Element { tree: self.tree, at };
            let node = child.node().filter(|_| at < end)?;
            at = node.end;
            Some(child)
        })
    }

    /// Its children with this local name.
    pub fn all(self, name: &str) -> impl Iterator<Item = Self> {
        self.children().filter(move |c| c.name() == name)
    }

    /// Its first child with this local name.
    pub fn child(self, name: &str) -> Option<Self> {
        self.all(name).next()
    }

    /// Text of its first child with this local name; empty when there is none.
    pub fn text_of(self, name: &str) -> &'t str {
        self.child(name).map_or("", Self::text)
    }

    /// All elements below it with this local name, at any depth.
    pub fn below(self, name: &str) -> impl Iterator<Item = Self> {
        let end = self.node().map_or(0, |n| n.end);
        (self.at + 1..end).map(move |at| Element { tree: self.tree, at }).filter(move |e| e.name() == name)
    }
}
