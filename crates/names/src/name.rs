//! Stand-in for the reading of names, to be replaced: folded Latin by NFKD and lower case.

use crate::Kind;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name as it is compared.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Name {
    /// As given.
    pub text: String,
    /// What it is the name of, when known.
    pub kind: Option<Kind>,
    /// Its words in order.
    pub words: Vec<Word>,
}

/// One written token of a name.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Word {
    /// Its folded Latin forms, best first.
    pub forms: Vec<Form>,
    /// What part it plays.
    pub role: Role,
}

/// One folded Latin form of a word.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Form {
    /// Folded Latin.
    pub text: String,
    /// What using it costs, 0 for the best.
    pub cost: f32,
}

/// What part a word plays in a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Role {
    /// Nothing special.
    #[default]
    Plain,
    /// A single letter.
    Initial,
}

impl Role {
    /// A number that stands for the role in stored indexes.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The role that the number stands for.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Role> {
        [Role::Plain, Role::Initial].into_iter().find(|r| r.code() == code)
    }
}

impl Name {
    /// Reads a name.
    #[must_use]
    pub fn read(text: &str, kind: Option<Kind>) -> Name {
        let folded: String = text.nfkd().filter(|c| !is_combining_mark(*c) && *c != '\'').flat_map(char::to_lowercase).take(4096).collect();
        let words = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(64)
            .map(|w| Word {
                forms: vec![Form { text: w.to_owned(), cost: 0.0 }],
                role: if w.len() == 1 { Role::Initial } else { Role::Plain },
            })
            .collect();
        Name { text: text.to_owned(), kind, words }
    }
}
