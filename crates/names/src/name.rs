//! A name as it was read: words with their roles, and for each word the Latin forms it may take.

use crate::Kind;
use crate::script::Script;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a word does in its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Role {
    /// A word of the name proper.
    Plain,
    /// A father's name with its ending (Ivanovich, Petrovna).
    Patronymic,
    /// A small word that may come or go: al-, bin, von, of.
    Particle,
    /// A single letter that stands for a word.
    Initial,
    /// A rank, an office, a courtesy.
    Title,
    /// LLC, GmbH, Corporation.
    LegalForm,
    /// What a body is or does: bank, trading, ministry.
    OrgWord,
    /// A country or a well-known place, or the adjective to it.
    Place,
    /// A number in digits or Roman numerals.
    Number,
    /// Jr, Sr, III after a person's name.
    Suffix,
}

/// One Latin writing of a word.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Form {
    /// Folded Latin letters or digits.
    pub text: Box<str>,
    /// How far the writing is from the best one, 0 to 1.
    pub cost: f32,
    /// The sounds the letters stand for, one byte each: see [`crate::sound`].
    pub(crate) sounds: Box<[u8]>,
}

/// One written token of a name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Word {
    /// The token in its own script, folded.
    pub text: Box<str>,
    /// Latin writings, best first; one for a Latin token; empty only if the token cannot be put into Latin letters.
    pub forms: Vec<Form>,
    /// What the word does in the name.
    pub role: Role,
    /// The script it was written in.
    pub script: Script,
    /// Whether a hyphen joins it to the word before it.
    pub hyphen: bool,
    /// The class of names that are the same name (Alexander, Oleksandr); 0 for none.
    pub(crate) same: u16,
    /// The class it is a short or familiar form in; 0 for none.
    pub(crate) near: u16,
    /// For organisation words, legal forms, places, suffixes and numbers: which one it is, whatever the language.
    pub(crate) sense: u32,
    /// The letters of the foreign writing, and any other reading of them as Korean syllables.
    pub(crate) lattices: Vec<Box<[char]>>,
}

impl Word {
    /// The best Latin form, or the token itself.
    #[must_use]
    pub fn best(&self) -> &str {
        self.forms.first().map_or(&self.text, |f| &f.text)
    }
}

/// What was odd about the text of a name.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flags {
    /// The text was longer than [`crate::LONGEST_NAME`] letters; the rest was not read.
    pub cut: bool,
    /// Letters of one script stood in a word of another and were read as the letters they look like.
    pub lookalikes: bool,
    /// Invisible signs, or signs that turn the direction of writing, were taken out.
    pub hidden: bool,
    /// At least one word could not be put into Latin letters.
    pub unreadable: bool,
}

/// A name, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Name {
    /// The text as it was given, cut at [`crate::LONGEST_NAME`] letters.
    pub text: String,
    /// The kind that was given.
    pub kind: Option<Kind>,
    /// The kind the name was read as.
    pub read_as: Kind,
    /// The words in the order written.
    pub words: Vec<Arc<Word>>,
    /// What was odd about it.
    pub flags: Flags,
}

impl Default for Name {
    fn default() -> Name {
        Name { text: String::new(), kind: None, read_as: Kind::Person, words: Vec::new(), flags: Flags::default() }
    }
}
