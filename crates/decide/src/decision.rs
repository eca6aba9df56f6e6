//! What an answer holds.

use crate::{Bearer, Proof};
use model::{Date, Truth, VerdictSet};
use std::borrow::Cow;

/// The answer for one jurisdiction. It borrows from the rulebook what the law says.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    /// `un`.
    pub jurisdiction: String,
    /// The verdicts still possible; one means decided.
    pub possible: VerdictSet,
    /// The day whose law the explanation speaks of: of a partly known date, the first on which the worst is possible.
    pub day: Date,
    /// Provisions that decide, are lifted, or are still open.
    pub provisions: Vec<ProvisionView<'a>>,
    /// Exceptions that were looked at.
    pub exceptions: Vec<ExceptionView<'a>>,
    /// Duties that the act sets off.
    pub duties: Vec<DutyView<'a>>,
    /// Who is bound.
    pub bearers: Vec<Bearer<'a>>,
    /// Facts that decide, the most telling first.
    pub missing: Vec<MissingFact<'a>>,
    /// What was taken for granted.
    pub assumptions: Vec<Assumption<'a>>,
    /// What somebody risks who is not forbidden to act.
    pub exposure: Vec<ShownView<'a>>,
    /// Where it is forbidden to obey another authority.
    pub conflicts: Vec<ShownView<'a>>,
    /// Disputes about what is in force on which the verdict depends.
    pub contested: Vec<ContestView<'a>>,
    /// Whether all that decides was read in its source.
    pub verified: bool,
    /// Whether `missing` is exact; else it may be too long.
    pub exact: bool,
    /// Missing facts that are not listed, because there are too many.
    pub left_out: usize,
    /// Why.
    pub proof: Option<Proof<'a>>,
}

/// What a provision does in this answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ProvisionState {
    /// It forbids the act.
    Decides,
    /// It forbids the act unless an authority approves, and a route to that fits.
    NeedsApproval,
    /// It caught the act and was lifted.
    Lifted,
    /// It may forbid the act.
    Open,
}

impl ProvisionState {
    /// `decides`, `needs_approval`, `lifted` or `open`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decides => "decides",
            Self::NeedsApproval => "needs_approval",
            Self::Lifted => "lifted",
            Self::Open => "open",
        }
    }
}

/// A provision in an answer.
#[derive(Clone, Debug)]
pub struct ProvisionView<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it does here.
    pub state: ProvisionState,
    /// The items it speaks of, by index.
    pub items: Vec<usize>,
}

/// How an exception fared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ExceptionStatus {
    /// It lifts.
    Met,
    /// It may lift.
    Open,
    /// It fits, but no approval is on record.
    NotApproved,
    /// It does not fit.
    NotMet,
}

impl ExceptionStatus {
    /// `met`, `open` or `not_met`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Open => "open",
            Self::NotApproved | Self::NotMet => "not_met",
        }
    }
}

/// An exception in an answer.
#[derive(Clone, Debug)]
pub struct ExceptionView<'a> {
    /// Its id.
    pub id: &'a str,
    /// How it fared.
    pub status: ExceptionStatus,
    /// Why.
    pub because: Cow<'a, str>,
    /// The provisions of this answer that it could lift.
    pub defeats: Vec<&'a str>,
}

/// A duty in an answer.
#[derive(Clone, Debug)]
pub struct DutyView<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whether it surely arises.
    pub arises: Truth,
}

/// A rule that is shown and changes no verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownView<'a> {
    /// Its id.
    pub id: &'a str,
}

/// A dispute about what is in force, and what each reading of it leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContestView<'a> {
    /// Its id.
    pub id: &'a str,
    /// The verdicts where it is answered with yes.
    pub if_yes: VerdictSet,
    /// The verdicts where it is answered with no.
    pub if_no: VerdictSet,
}

/// How much an answer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Depth {
    /// Verdicts, provisions and missing facts only.
    Brief,
    /// Everything, with the proof.
    #[default]
    Full,
}

/// Each answer to a question, in words, and the verdicts that it leaves.
pub type Outcomes = Vec<(Cow<'static, str>, VerdictSet)>;

/// A fact that would decide.
#[derive(Clone, PartialEq, Debug)]
pub struct MissingFact<'a> {
    /// Its place in the act: `items[0].hs`, `judgements.exclusively-livelihood`.
    pub fact: String,
    /// The question in plain words.
    pub question: Cow<'a, str>,
    /// Each answer and what it leaves.
    pub outcomes: Outcomes,
}

/// Something taken for granted because nobody said otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assumption<'a> {
    /// What.
    pub what: Cow<'a, str>,
    /// Why.
    pub because: Cow<'a, str>,
    /// The fact that would replace it.
    pub fact: String,
}
