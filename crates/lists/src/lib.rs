//! The issuers' lists: reading their formats, keeping their versions, and who was listed on a date.

mod listing;
mod span;

pub use listing::{Identifier, IdentifierKind, Link, ListedName, Listing, NameKind, Ship};
pub use span::Span;
