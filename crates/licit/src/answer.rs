//! An answer: one decision per jurisdiction, the worst of them, how words were understood; and its JSON, as the contract fixes it.

use crate::json;
use crate::{ReadAct, Rulebook};
use decide::{Decision, Depth};
use model::{Span, Verdict, VerdictSet};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The jurisdictions, such as `un`.
    pub jurisdictions: Vec<String>,
    /// The law and the listings of this day instead of the day of the act.
    pub as_of: Option<Span>,
    /// How much to say.
    pub depth: Depth,
}

impl Default for Ask {
    fn default() -> Self {
        Self { jurisdictions: vec!["un".to_owned()], as_of: None, depth: Depth::Full }
    }
}

/// The answer to one act.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The law it rests on.
    pub book: &'a Rulebook,
    /// The act as it was understood.
    pub act: &'a ReadAct,
    /// The day or days whose law was applied; none when every day is possible.
    pub as_of: Option<Span>,
    /// One a jurisdiction, in the order asked.
    pub decisions: Vec<Decision>,
    /// How much is said.
    pub depth: Depth,
    /// What the journey shows, where legs are given and the answer is to be full. It is evidence and changes no verdict.
    pub route: Option<crate::Route<'a>>,
}

/// Decides an act for every jurisdiction asked. It cannot fail: an act that was read has an answer.
#[must_use]
pub fn decide<'a>(book: &'a Rulebook, act: &'a ReadAct, ask: &Ask) -> Answer<'a> {
    let as_of = ask.as_of.or(act.act.on);
    let moved = (as_of != act.act.on).then(|| {
        let mut moved = act.act.clone();
        moved.on = as_of;
        moved
    });
    let judged = moved.as_ref().unwrap_or(&act.act);
    let decisions = ask.jurisdictions.iter().map(|j| book.engine().decide(judged, j, ask.depth)).collect();
    let travels = act.act.journey.as_ref().is_some_and(|j| !j.legs.is_empty());
    let route = (travels && ask.depth == Depth::Full).then(|| crate::route(book, act));
    Answer { book, act, as_of, decisions, depth: ask.depth, route }
}

impl Answer<'_> {
    /// The worst over the jurisdictions asked.
    #[must_use]
    pub fn overall(&self) -> VerdictSet {
        self.decisions.iter().map(|d| d.possible).reduce(VerdictSet::worse_of).unwrap_or(VerdictSet::only(Verdict::OutOfScope))
    }

    /// The decision as JSON, on one line or indented.
    #[must_use]
    pub fn json(&self, indented: bool) -> String {
        match self.depth {
            Depth::Full => json::text(&json::full(self), indented),
            Depth::Brief => json::text(&json::brief(self), indented),
        }
    }
}

/// `2024-02-18`, or `2018-03-01/2018-03-31` for a day that is only partly known.
pub(crate) fn span_text(span: Span) -> String {
    if span.first == span.last { span.first.to_string() } else { format!("{}/{}", span.first, span.last) }
}
