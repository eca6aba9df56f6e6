//! licit decides whether an act is allowed: under which paragraph, who is bound, what is still missing, with the proof.
//!
//! ```
//! use licit::{Ask, Format, Rulebook, decide};
//!
//! let law = Rulebook::embedded();
//! let act = law.read_act(
//!     br#"{"kind": "gift", "on": "2024-02-18",
//!          "parties": [{"role": "supplier", "name": "Vladimir Putin"}, {"role": "recipient", "name": "Kim Jong Un"}],
//!          "items": [{"description": "limousine", "hs": "8703"}],
//!          "places": {"origin": "Russia", "destination": "North Korea"}}"#,
//!     Format::Json,
//! )?;
//! let answer = decide(law, &act, &Ask::default());
//! assert_eq!(answer.overall().word(), "prohibited");
//! assert!(answer.decisions[0].provisions.iter().any(|p| p.id == "un/2397#7"));
//! # Ok::<(), Vec<licit::InputProblem>>(())
//! ```
//!
//! Apart from [`cli`] and [`serve`], the library reads no clock and talks to nobody, unless a caller names an [`Endpoint`] that may read a text too. Files are read only where a folder of lists is named; the rest is compiled in.

mod answer;
mod article;
pub mod batch;
mod categories;
pub mod cli;
mod clock;
mod document;
mod embedded;
mod fact;
mod goods;
mod input;
mod json;
pub mod keys;
mod law;
mod list_words;
mod lists;
mod mcp;
mod modelled;
pub mod notify;
mod outward;
mod pdf;
mod reading;
mod route;
mod screening;
pub mod serve;
mod settling;
pub mod store;
mod tables;
pub mod tokens;

pub use answer::{Answer, Ask, decide};
pub use article::{Article, Contradiction};
pub use article::{ModelSays, TextReader};
pub use decide::{Decision, Depth, MissingFact, Proof, ProvisionState};
pub use document::{Document, Form, document};
pub use embedded::{LawProblems, Rulebook};
pub use goods::{Ban, Goods};
pub use input::{Format, InputProblem, MAX_ACT_BYTES, MAX_TEXT_BYTES, OpenPlace, OtherReading, ReadAct};
pub use lists::{ListInUse, Lists};
pub use model;
pub use modelled::{Disagreement, Endpoint, Merged, ModelRead, Modelled, Source, merge, read_by_model, read_with_model};
pub use read;
pub use reading::{Text, TextRead, ToldAct};
pub use route::{Route, route};
pub use screening::Screening;
