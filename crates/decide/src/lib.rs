//! Act + law of a day → decision. Pure, deterministic, and it cannot fail: an act that parsed has an answer.
//!
//! Two stages. First a three-valued (Kleene) pass over bit planes, which is cheap and sound: one verdict left means that
//! verdict in every world that fits the facts. Only when several are left are the undecided facts split into cases, which
//! gives the exact set and the facts that decide. The invariant: a missing fact never makes an act permitted.

mod alike;
mod ask;
mod atoms;
mod bearers;
mod classes;
mod codes;
mod compile;
mod countries;
mod days;
mod decision;
mod engine;
mod explain;
mod hook;
mod mentions;
mod near;
mod places;
mod planes;
mod print;
mod proof;
mod reach;
mod rests;
mod split;
mod together;
mod unwritten;

pub use bearers::Bearer;
pub use countries::Countries;
pub use decision::{
    Assumption, ContestView, Decision, Depth, DutyView, ExceptionStatus, ExceptionView, MissingFact, Outcomes, ProvisionState,
    ProvisionView, ShownView,
};
pub use engine::{Engine, Prepared};
pub use near::Around;
pub use proof::{Proof, Step};
pub use rests::Rests;
