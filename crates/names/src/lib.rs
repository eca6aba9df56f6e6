//! One name against many: normal forms, scripts, the index, the score and its reasons.
//!
//! Pure: no input or output, no clock, no thread; the same inputs give the same answers on every machine.

mod align;
mod asia;
pub mod evidence;
pub mod fold;
mod index;
mod lattice;
mod lexicon;
mod name;
mod read;
mod reasons;
mod score;
pub mod script;
mod sketch;
pub mod sound;
mod tie;
mod tokens;
mod weights;

pub use index::{Ask, Builder, Candidate, Damaged, Effort, Favoured, Found, Index, Readings, Scratch};
pub use lexicon::{BuiltIn, Commonness, legal_forms, rarity};
pub use name::{Flags, Form, Name, Role, Word};
pub use read::MOST_FORMS;
pub use reasons::{Reason, explain};
pub use score::{DEFAULT_THRESHOLD, HIGHEST, Likeness, compare, judge, weighed};
pub use tie::{FARTHEST, How, Tie, tie};
pub use tokens::MOST_WORDS;

use serde::{Deserialize, Serialize};

/// The most letters of a name that are read; longer texts are cut and flagged.
pub const LONGEST_NAME: usize = 512;

/// What sort of thing a name is the name of; it decides how names are read and compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// A natural person.
    Person,
    /// A company, bank, government body or any other organisation.
    Body,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
}
