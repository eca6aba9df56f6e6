//! From lines on pages to the bytes of a PDF: letters, bookmarks, structure for screen readers, page numbers.
//!
//! PDF/UA-1 is asked of the library, and PDF/A-2u where a decision is on file; it refuses to write what does not conform.

use super::layout::{Look, MARGIN, PAGE, Pages, SPACE};
use super::letters::{Letters, Which, Word};
use super::report::{Block, Kind, Report};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagKind, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;
use std::rc::Rc;

/// Size of what stands at the foot of each page.
const FOOT: f32 = 8.0;

/// The document.
pub(super) fn draw(report: &Report, pages: &Pages, letters: &mut Letters) -> Result<Vec<u8>, String> {
    let wrong = |what: &dyn std::fmt::Debug| format!("the PDF could not be written: {what:?}");
    let standards = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    // A document for the archive must say when it was made; what is not on file has no time.
    let standards = if report.kept.is_empty() { standards } else { standards.with_archival_validator(Archival::A2_U) };
    let configuration = standards.finish().map_err(|e| wrong(&e))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let title = letters.visible(&report.title, false);
    document.set_metadata(metadata(report, title));
    let mut groups: Vec<TagGroup> = pages.blocks.iter().map(|b| TagGroup::new(tag(b, letters))).collect();
    let mut outline = Outline::new();
    for (at, lines) in pages.pages.iter().enumerate() {
        let mut page = document.start_page_with(PageSettings::from_wh(PAGE.0, PAGE.1).ok_or("a page without size")?);
        let mut surface = page.surface();
        for of_block in lines.chunk_by(|a, b| a.block == b.block) {
            let Some((first, block)) = of_block.first().and_then(|l| Some((l, pages.blocks.get(l.block)?))) else { continue };
            let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            for line in of_block {
                surface.set_fill(Some(ink(block, line.label)));
                draw_line(&mut surface, letters, &line.words, (line.x, line.y), line.size, Look::of(block.kind).bold || line.label);
            }
            surface.end_tagged();
            let begins = groups.get(first.block).is_some_and(|g| g.children.is_empty());
            if block.kind == Kind::Section && begins {
                let text = letters.visible(&block.text, true);
                outline.push_child(OutlineNode::new(text, XyzDestination::new(at, Point::from_xy(MARGIN, first.y - first.size * 1.4))));
            }
            if let Some(group) = groups.get_mut(first.block) {
                group.push(id);
            }
        }
        foot(&mut surface, letters, report, (at + 1, pages.pages.len()));
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    groups.into_iter().filter(|g| !g.children.is_empty()).for_each(|group| tree.push(group));
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.finish().map_err(|e| wrong(&e))
}

fn metadata(report: &Report, title: String) -> Metadata {
    let metadata = Metadata::new().title(title).language("en".to_owned()).creator("licit".to_owned()).document_id(report.name.clone());
    match date(&report.kept) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// The moment when a decision was put on file, `2026-02-18T09:30:00.123456Z`: the one time that belongs to it.
fn date(at: &str) -> Option<DateTime> {
    let number = |from: usize, to: usize| at.get(from..to)?.parse::<u8>().ok();
    let date = DateTime::new(at.get(..4)?.parse().ok()?).month(number(5, 7)?).day(number(8, 10)?);
    Some(date.hour(number(11, 13)?).minute(number(14, 16)?).second(number(17, 19)?).utc_offset_hour(0).utc_offset_minute(0))
}

fn tag(block: &Block, letters: &mut Letters) -> TagKind {
    let level = match block.kind {
        Kind::Title => 1,
        Kind::Section => 2,
        Kind::Part => 3,
        _ => return Tag::P.into(),
    };
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(letters.visible(&block.text, true))).into()
}

/// Dark enough on white for everybody, and never the only sign.
fn ink(block: &Block, label: bool) -> Fill {
    let color = match block.verdict {
        Some("prohibited") => rgb::Color::new(0x9b, 0x1c, 0x1c),
        Some("needs_authorisation") => rgb::Color::new(0x8a, 0x55, 0x00),
        Some("permitted") => rgb::Color::new(0x1b, 0x6b, 0x34),
        Some("insufficient_facts") => rgb::Color::new(0x5b, 0x2a, 0x9b),
        Some("out_of_scope") => rgb::Color::new(0x55, 0x55, 0x55),
        _ if label || block.kind == Kind::Quiet => rgb::Color::new(0x50, 0x50, 0x50),
        _ => rgb::Color::new(0x10, 0x10, 0x10),
    };
    Fill { paint: color.into(), ..Fill::default() }
}

/// A line: letters of one font that follow each other are drawn at once, with the spaces between them.
fn draw_line(surface: &mut Surface<'_>, letters: &mut Letters, words: &[Rc<Word>], (x, y): (f32, f32), size: f32, bold: bool) {
    let own = if bold { Which::Bold } else { Which::Regular };
    let space = space(bold);
    let mut run = Run { font: own, text: String::new(), glyphs: Vec::new(), x, wide: 0.0 };
    for (at, word) in words.iter().enumerate() {
        if at > 0 && !word.goes_on {
            run.turn_to(own, surface, letters, (y, size));
            run.add(" ", &[KrillaGlyph::new(space, SPACE, 0.0, 0.0, 0.0, 0..1, None)]);
        }
        for piece in &word.pieces {
            run.turn_to(piece.font, surface, letters, (y, size));
            run.add(&piece.text, &piece.glyphs);
        }
    }
    // A line is followed by a space, so that its last word and the next line's first do not become one.
    run.turn_to(own, surface, letters, (y, size));
    run.add(" ", &[KrillaGlyph::new(space, SPACE, 0.0, 0.0, 0.0, 0..1, None)]);
    run.draw(surface, letters, (y, size));
}

fn space(bold: bool) -> GlyphId {
    let data = if bold { dejavu::sans_condensed::bold() } else { dejavu::sans_condensed::regular() };
    let glyph = rustybuzz::ttf_parser::Face::parse(data, 0).ok().and_then(|f| f.glyph_index(' '));
    GlyphId::new(glyph.map_or(0, |g| u32::from(g.0)))
}

/// Letters of one font that are not drawn yet.
struct Run {
    font: Which,
    text: String,
    glyphs: Vec<KrillaGlyph>,
    x: f32,
    wide: f32,
}

impl Run {
    fn add(&mut self, text: &str, glyphs: &[KrillaGlyph]) {
        let start = self.text.len();
        self.text.push_str(text);
        for glyph in glyphs {
            let mut glyph = glyph.clone();
            glyph.text_range = glyph.text_range.start + start..glyph.text_range.end + start;
            self.wide += glyph.x_advance;
            self.glyphs.push(glyph);
        }
    }

    fn turn_to(&mut self, font: Which, surface: &mut Surface<'_>, letters: &mut Letters, at: (f32, f32)) {
        if font != self.font {
            self.draw(surface, letters, at);
            self.font = font;
        }
    }

    fn draw(&mut self, surface: &mut Surface<'_>, letters: &mut Letters, (y, size): (f32, f32)) {
        if let Some(font) = letters.font(self.font).filter(|_| !self.glyphs.is_empty()) {
            surface.draw_glyphs(Point::from_xy(self.x, y), &self.glyphs, font, &self.text, size, false);
        }
        self.x += self.wide * size;
        self.wide = 0.0;
        self.text.clear();
        self.glyphs.clear();
    }
}

/// What stands at the foot: which decision, and which of how many pages.
fn foot(surface: &mut Surface<'_>, letters: &mut Letters, report: &Report, (page, of): (usize, usize)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)));
    surface.set_fill(Some(Fill { paint: rgb::Color::new(0x50, 0x50, 0x50).into(), ..Fill::default() }));
    let left = letters.words(&format!("licit · {} · not legal advice", report.name), false);
    let right = letters.words(&format!("{page} of {of}"), false);
    let y = PAGE.1 - 34.0;
    let gaps = right.len().saturating_sub(1);
    let wide: f32 = right.iter().map(|w| w.width).sum::<f32>() + SPACE * f32::from(u8::try_from(gaps).unwrap_or(0));
    draw_line(surface, letters, &left, (MARGIN, y), FOOT, false);
    draw_line(surface, letters, &right, (PAGE.0 - MARGIN - wide * FOOT, y), FOOT, false);
    surface.end_tagged();
}
