//! Checks on the decision engine that share nothing with it: reading and checking of cases, a slow reference, a replay of proofs,
//! small changes of the law that some check must notice, and random acts near the edges of the law.
//!
//! The specification is `docs/law-format.md`. The invariant: nothing here may use or imitate the engine, or its mistakes would
//! be repeated instead of found.

pub mod cases;
pub mod generate;
pub mod mutate;
pub mod proof;
pub mod reference;
pub mod small;

#[cfg(test)]
mod tiny;
