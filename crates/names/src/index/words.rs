//! Words as the index keeps them: packed, with the keys by which they are found and what they weigh.

use super::Index;
use crate::sketch::Sketch;
use crate::{BuiltIn, Commonness, Name, Role, Word};
use std::sync::Arc;

/// First letter of the keys that stand for a class of words (Alexander and Oleksandr, bank and банк); no word begins so.
const CLASS: u8 = b'=';
/// What it costs to be found by a class: what `tie` says of two names that are one name.
const VARIANT: f32 = 0.04;
/// What a familiar form costs there.
const FAMILIAR: f32 = 0.25;

/// A listed word, unpacked, and what of it tells it from most others.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct ListedWord {
    word: Arc<Word>,
    sketch: Sketch,
}

impl AsRef<Sketch> for ListedWord {
    fn as_ref(&self) -> &Sketch {
        &self.sketch
    }
}

/// Whether a form stands for a class.
pub(super) fn is_class(form: &[u8]) -> bool {
    form.first() == Some(&CLASS)
}

/// Everything by which a word is found, with its cost: its Latin forms, or itself where it has none; then its classes.
pub(super) fn keys(word: &Word, mut put: impl FnMut(&str, f32)) {
    if word.forms.is_empty() {
        put(&word.text, 0.0);
    }
    for form in &word.forms {
        put(&form.text, form.cost);
    }
    if word.same != 0 {
        put(&format!("=n{}", word.same), VARIANT);
    }
    if word.near != 0 && word.near != word.same {
        put(&format!("=n{}", word.near), FAMILIAR);
    }
    if matches!(word.role, Role::OrgWord | Role::Place | Role::LegalForm) {
        put(&format!("=s{}", word.sense), VARIANT);
    }
}

/// What a word counts for in a name beside the others; near what the judge makes of it, so that what is gathered by weight is what is
/// judged well.
pub(super) fn weight(word: &Word) -> f32 {
    match word.role {
        Role::Plain => BuiltIn.weight(word.best()),
        Role::Patronymic => 0.6 * BuiltIn.weight(word.best()),
        Role::OrgWord | Role::Place => 0.4,
        Role::Number => 0.35,
        Role::Initial => 0.3,
        Role::Particle => 0.06,
        Role::Title | Role::LegalForm | Role::Suffix => 0.02,
    }
}

pub(super) fn pack(word: &Word) -> Vec<u8> {
    // Writing to memory cannot fail; an empty pack would be read as damage.
    postcard::to_stdvec(word).unwrap_or_default()
}

impl Index {
    /// A listed word, unpacked once.
    pub(super) fn word(&self, word: u32) -> Option<&ListedWord> {
        let cell = self.derived.read.get(word as usize)?;
        if cell.get().is_none() {
            let read = postcard::from_bytes::<Word>(self.word_data.get(word)).ok()?;
            let _ = cell.set(Box::new(ListedWord { sketch: Sketch::of(&read), word: Arc::new(read) }));
        }
        cell.get().map(|w| &**w)
    }

    /// The sketches of the words of a reading.
    pub(super) fn sketches<'a>(&'a self, reading: u32, sketches: &mut Vec<&'a ListedWord>) {
        sketches.clear();
        sketches.extend(self.reading_words.row(reading).iter().filter_map(|w| self.word(*w)));
    }

    /// Makes `name` the listed name of a reading, using its memory again. Its text stays empty: a reading stands for several.
    pub(super) fn listed(&self, reading: u32, name: &mut Name) {
        let code = self.reading_kinds[reading as usize];
        (name.kind, name.read_as) = super::bytes::kinds_of(code);
        name.words.clear();
        name.words.extend(self.reading_words.row(reading).iter().filter_map(|w| self.word(*w)).map(|w| Arc::clone(&w.word)));
    }
}
