//! Fonts of the system, for letters that the font of the program lacks: Korean, Chinese, and what else somebody is called in.
//!
//! Which letters each font has is found out once, on first use; a font is read whole only when a letter of it is drawn.

use krilla::text::Font;
use rustybuzz::ttf_parser::Face;
use std::sync::{Arc, OnceLock};

/// Most fonts that are looked at.
const MOST_FONTS: usize = 2000;
/// Most bytes of a font that is used.
const MOST_BYTES: usize = 64 << 20;
/// The last letter below this is in the font of the program, or in none that is worth looking for.
const FIRST_LETTER: u32 = 0x0100;

/// A font of the system.
pub(super) struct SystemFont {
    id: fontdb::ID,
    index: u32,
    /// Which letters it has, as ranges in order.
    has: Vec<(u32, u32)>,
    data: OnceLock<Option<Arc<Vec<u8>>>>,
    embedded: OnceLock<Option<Font>>,
}

impl SystemFont {
    fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        let after = self.has.partition_point(|(first, _)| *first <= c);
        after.checked_sub(1).and_then(|at| self.has.get(at)).is_some_and(|(_, last)| c <= *last)
    }

    /// The font as documents embed it. Its bytes are hashed for that, which takes a while for a large one, so once.
    pub(super) fn embedded(&self) -> Option<Font> {
        self.embedded.get_or_init(|| self.data().and_then(|(data, index)| Font::new(data.into(), index))).clone()
    }

    /// Its bytes, and which font of a collection it is.
    pub(super) fn data(&self) -> Option<(Arc<Vec<u8>>, u32)> {
        let read =
            || database().with_face_data(self.id, |bytes, _| (bytes.len() <= MOST_BYTES).then(|| Arc::new(bytes.to_vec()))).flatten();
        self.data.get_or_init(read).clone().map(|data| (data, self.index))
    }
}

fn database() -> &'static fontdb::Database {
    static DATABASE: OnceLock<fontdb::Database> = OnceLock::new();
    DATABASE.get_or_init(|| {
        let mut all = fontdb::Database::new();
        all.load_system_fonts();
        all
    })
}

/// All that can be used, upright and regular ones first, then by name: whichever order a folder lists them in, the same one is taken.
pub(super) fn fonts() -> &'static [SystemFont] {
    static FONTS: OnceLock<Vec<SystemFont>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut faces: Vec<&fontdb::FaceInfo> = database().faces().collect();
        let rank = |f: &fontdb::FaceInfo| (f.style != fontdb::Style::Normal, f.weight.0.abs_diff(400), f.monospaced);
        faces.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| (&a.post_script_name, a.index).cmp(&(&b.post_script_name, b.index))));
        let one = |f: &fontdb::FaceInfo| {
            let has =
                database().with_face_data(f.id, |bytes, index| Face::parse(bytes, index).ok().map(|face| letters(&face))).flatten()?;
            (!has.is_empty()).then(|| SystemFont { id: f.id, index: f.index, has, data: OnceLock::new(), embedded: OnceLock::new() })
        };
        faces.into_iter().take(MOST_FONTS).filter_map(one).collect()
    })
}

/// The letters that a font with outlines has. One of pictures has none that could be drawn.
fn letters(face: &Face<'_>) -> Vec<(u32, u32)> {
    let tables = face.tables();
    if tables.glyf.is_none() && tables.cff.is_none() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for subtable in tables.cmap.iter().flat_map(|cmap| cmap.subtables).filter(rustybuzz::ttf_parser::cmap::Subtable::is_unicode) {
        subtable.codepoints(|c| {
            if c >= FIRST_LETTER {
                all.push(c);
            }
        });
    }
    all.sort_unstable();
    all.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for c in all {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == c => *last = c,
            _ => ranges.push((c, c)),
        }
    }
    ranges
}

/// The first fonts that have a letter, by their place among [`fonts`].
pub(super) fn with(c: char) -> impl Iterator<Item = usize> {
    fonts().iter().enumerate().filter(move |(_, font)| font.has(c)).map(|(at, _)| at)
}
