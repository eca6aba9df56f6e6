//! The nouns of licit: an act with its parties and items, facts as sets of possibilities, truth, verdicts.
//!
//! Nothing here reads a file, a clock or the environment. A fact that nobody stated is unknown, never a default:
//! that is the one invariant of this crate, and the reason why most fields are an `Option` or a set.

#[macro_use]
mod words;

mod act;
mod codes;
mod journey;
mod truth;

pub use act::{Act, Approval, Condition, Designation, Finding, Item, Mark, Money, Owner, Party, Quantity, Span, Tally};
pub use codes::{Area, Country, Group, HsRange, Member, parse_hs};
pub use jiff::civil::Date;
pub use journey::{
    Ais, Background, ConsigneeKind, Declared, Event, EventKind, Journey, Leg, Listed, Market, Mitigation, Mode, Papers, Payment, Standing,
    Stop, Tender, Vessel,
};
pub use truth::{Truth, Verdict, VerdictSet};
pub use words::{ActKind, Kinds, PartyType, Role, Status, Unit, nearest};
