//! One name against many: normal forms, scripts, the index, the score and its reasons.
//!
//! Pure: no input or output, no clock, no thread; the same inputs give the same answers on every machine.

mod index;
mod judge;
mod name;
mod tie;

pub use index::{Ask, Builder, Candidate, Damaged, Effort, Found, Index, Scratch};
pub use judge::{Commonness, Likeness, judge};
pub use name::{Form, Name, Role, Word};
/// Stand-in.
pub const THRESHOLD: f32 = 0.8;
pub use tie::{Tie, tie};

use serde::{Deserialize, Serialize};

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
