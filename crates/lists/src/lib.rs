//! The issuers' lists: reading their formats, keeping their versions, and who was listed on a date.

mod builtin;
mod canonical;
mod diff;
mod gather;
mod history;
mod input;
mod json;
mod listing;
mod programmes;
mod read;
mod span;
pub mod store;
mod table;
mod xml;

pub use builtin::builtin;
pub use diff::{Change, Diff, Party, diff};
pub use history::{Held, Period, Said, history};
pub use input::Source;
pub use listing::{Identifier, IdentifierKind, Link, ListedName, Listing, NameKind, Ship};
pub use read::{Limits, Problem, Read, Refused, one_list, read, seems};
pub use span::{Order, Span};
pub use store::{Damaged, READER_FORMAT, Settlement, Store};
