//! The blocks of a law file as values.

use crate::{Condition, ListRow};
use model::{ActKind, Area, Date, Group, Role};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// First and last day in force, both inclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day; open when absent.
    pub to: Option<Date>,
}

impl Period {
    /// Whether the day lies in it.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Votes on adoption.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Vote {
    /// In favour.
    pub yes: u8,
    /// Against.
    pub no: u8,
    /// Abstaining.
    pub abstaining: u8,
    /// Who abstained, where known.
    pub abstained: Vec<String>,
}

/// How an instrument came to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Adoption {
    /// The day.
    pub on: Date,
    /// The vote, where known.
    pub vote: Option<Vote>,
    /// The meeting record, where known.
    pub meeting: Option<String>,
}

/// One legal text.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Instrument {
    /// Stable id, `un/2397`.
    pub id: String,
    /// Regime it belongs to.
    pub regime: String,
    /// Who issued it.
    pub issuer: String,
    /// How it is cited.
    pub symbol: String,
    /// Our own short title.
    pub title: String,
    /// Adoption.
    pub adopted: Adoption,
    /// Where it can be read.
    pub source: String,
    /// Whether the facts of this block were read in a source.
    pub verified: bool,
    /// Number of operative paragraphs, when known.
    pub paragraphs: Option<u32>,
    /// What its numbers are, for citing.
    pub unit: Unit,
    /// The file it stands in.
    pub file: String,
}

/// What the numbers of an instrument are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Unit {
    /// Paragraphs: `para. 8(a)`.
    #[default]
    Paragraph,
    /// Articles: `Art. 16p`.
    Article,
    /// Regulations: `reg. 43`.
    Regulation,
    /// Sections of an act: `s. 13`.
    Section,
    /// Sections of a code, of which the first two numbers stay together: `§ 510.206(a)`.
    CodeSection,
    /// The text's own numbers are not known; the measure is named by a word.
    Measure,
}

impl Unit {
    /// The word of a law file and what it stands for.
    pub(crate) const WORDS: [(&'static str, Self); 6] = [
        ("para.", Self::Paragraph),
        ("Art.", Self::Article),
        ("reg.", Self::Regulation),
        ("s.", Self::Section),
        ("§", Self::CodeSection),
        ("measure", Self::Measure),
    ];
}

/// What a paragraph turned into.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ParagraphKind {
    /// It has at least one rule, definition, list or note.
    Rule,
    /// It lays down nothing to encode, with the reason.
    Reason,
    /// Its text could not be read.
    Unread,
}

/// One heading of a law file; a range covers several paragraphs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Paragraph {
    /// Instrument id.
    pub instrument: String,
    /// `7`, `8.a.iii` or `1-4`.
    pub number: String,
    /// First and last main number.
    pub span: (u32, u32),
    /// Title after the number.
    pub title: String,
    /// Our restatement.
    pub prose: String,
    /// What it turned into.
    pub kind: ParagraphKind,
    /// The reason of a `no-rule`, or what a note says.
    pub reason: Option<String>,
    /// File and line.
    pub place: (String, usize),
}

/// Whether a rule forbids or obliges.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Effect {
    /// Catches an act.
    Prohibits,
    /// Something must be done; shown, never a verdict.
    Obliges(String),
    /// Somebody who is not forbidden to act risks something; shown, never a verdict.
    Exposes,
    /// It forbids to obey the regimes or provisions of another authority; shown, never a verdict.
    Conflicts(Vec<String>),
}

/// A prohibition or duty.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Prohibition {
    /// Stable id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Its effect in our words.
    pub says: String,
    /// What it does.
    pub effect: Effect,
    /// When it is in force.
    pub periods: Vec<Period>,
    /// When it catches an act; `None` only for a duty that is merely shown.
    pub when: Option<Condition>,
    /// Whom it binds.
    pub reach: String,
    /// Read in its source?
    pub verified: bool,
    /// Where.
    pub source: Option<String>,
    /// What it took the place of.
    pub supersedes: Vec<String>,
    /// Provisions of another authority that it carries out.
    pub implements: Vec<String>,
    /// Periods in which its force is disputed, with the contest.
    pub contested: Vec<(Period, String)>,
    /// Regime.
    pub regime: String,
    /// File and line.
    pub place: (String, usize),
}

impl Prohibition {
    /// Whether it is in force on the day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.periods.iter().any(|p| p.holds_on(day))
    }

    /// The provision that took its place, where one says so.
    pub(crate) fn supersedes_it<'a>(&self, book: &'a crate::Rulebook) -> Option<&'a str> {
        book.prohibitions.iter().find(|p| p.supersedes.contains(&self.id)).map(|p| p.id.as_str())
    }

    /// When it catches an act on the day: its condition, and where its force is disputed that the dispute is answered with yes.
    #[must_use]
    pub fn trigger(&self, day: Date) -> Option<Cow<'_, Condition>> {
        let when = self.when.as_ref()?;
        let answered = |contest: &str| Condition::Judgement { name: contest.to_owned(), presume: None };
        let mut contests: Vec<Condition> = self.contests(day).map(answered).collect();
        Some(match (contests.pop(), contests.is_empty()) {
            (None, _) => Cow::Borrowed(when),
            (Some(one), true) => Cow::Owned(Condition::All(vec![when.clone(), one])),
            (Some(last), false) => {
                contests.push(last);
                Cow::Owned(Condition::All(vec![when.clone(), Condition::Any(contests)]))
            }
        })
    }

    /// The contests on which its force on the day depends; none where it is not disputed.
    pub fn contests(&self, day: Date) -> impl Iterator<Item = &str> {
        let settled = |p: &Period| p.holds_on(day) && !self.contested.iter().any(|(c, _)| c == p);
        let disputed = !self.contested.is_empty() && !self.periods.iter().any(settled);
        self.contested.iter().filter(move |(p, _)| disputed && p.holds_on(day)).map(|(_, contest)| contest.as_str())
    }
}

/// How an authority's power is shaped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Route {
    /// The paragraph itself opens the way for acts like this.
    Specific,
    /// A power that could lift anything.
    Discretionary,
}

/// What sort of exception.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ExceptionKind {
    /// Lifts by itself.
    Exemption,
    /// Lifts when the authority approved.
    Derogation {
        /// The authority.
        authority: String,
        /// The shape of its power.
        route: Route,
        /// Silence for so many working days means yes.
        silence_days: Option<u32>,
        /// What the authority asks itself.
        asks: Vec<String>,
    },
}

/// An exemption or a derogation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Exception {
    /// Stable id.
    pub id: String,
    /// Short title; may be empty.
    pub title: String,
    /// Its effect in our words.
    pub says: String,
    /// Exemption or derogation.
    pub kind: ExceptionKind,
    /// Ids, or `regime:…`.
    pub defeats: Vec<String>,
    /// When it fits.
    pub when: Condition,
    /// When it is in force; empty: as long as what it defeats.
    pub periods: Vec<Period>,
    /// Read in its source?
    pub verified: bool,
    /// Where.
    pub source: Option<String>,
    /// Regime.
    pub regime: String,
    /// Every regime in which it lifts something.
    pub regimes: Vec<String>,
    /// File and line.
    pub place: (String, usize),
}

impl Exception {
    /// Whether it is in force on the day (as far as it says so itself).
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.periods.is_empty() || self.periods.iter().any(|p| p.holds_on(day))
    }
}

/// A named condition.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// In our words.
    pub says: String,
    /// What it means.
    pub when: Condition,
    /// When it holds; empty: always.
    pub periods: Vec<Period>,
    /// Whether the list is all there is.
    pub closed: bool,
    /// Read in its source?
    pub verified: bool,
    /// File and line.
    pub place: (String, usize),
}

impl Definition {
    /// Whether it holds on the day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.periods.is_empty() || self.periods.iter().any(|p| p.holds_on(day))
    }
}

/// One value of a parameter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// When it applies.
    pub period: Period,
    /// The number.
    pub value: f64,
    /// The provision that set it.
    pub by: String,
}

/// A number with a history.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Parameter {
    /// Its id.
    pub id: String,
    /// Unit of the value: a unit of the contract, or a currency.
    pub unit: String,
    /// `calendar-year`, `twelve-months-from:DATE`, `fixed`.
    pub period: String,
    /// Values in order.
    pub steps: Vec<Step>,
    /// File and line.
    pub place: (String, usize),
}

impl Parameter {
    /// The value on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Step> {
        self.steps.iter().find(|s| s.period.holds_on(day))
    }
}

/// A list of goods words and codes, or of words in names.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ListDef {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The question that settles whether an item is on it.
    pub question: String,
    /// The CSV file.
    pub file: String,
    /// Whether its words only say how a thing is (looted, in cash), so that they leave open what it is.
    pub describes: bool,
    /// Whether what nobody says is off the list even where nobody knows what the thing is: its words only ever lift.
    pub presumed_no: bool,
    /// Rows.
    pub rows: Vec<ListRow>,
    /// Read in its source?
    pub verified: bool,
    /// File and line of the block.
    pub place: (String, usize),
}

/// Whom a provision binds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reach {
    /// Its id.
    pub id: String,
    /// In words.
    pub says: String,
    /// Words of the closed set of bearers.
    pub binds: Vec<String>,
    /// Whose persons the word `persons` means.
    #[serde(with = "crate::packed::maybe_area")]
    pub of: Option<Area>,
    /// File and line.
    pub place: (String, usize),
}

/// How much of the law of a regime is written down.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Encoded {
    /// What is not caught is permitted.
    Yes,
    /// What is caught is caught; of the rest nothing is known. What is lacking, in words.
    Partly(String),
    /// Nothing.
    No,
}

/// A dispute, or a lack of knowledge, about whether a text is in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contest {
    /// Its id, `un/iran/snapback`.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What it is about, in our words.
    pub says: String,
    /// What to ask.
    pub question: String,
    /// The readings: the answer, what it means, who holds it.
    pub readings: Vec<Reading>,
    /// Read in its source?
    pub verified: bool,
    /// Where.
    pub source: Option<String>,
    /// File and line.
    pub place: (String, usize),
}

/// One side of a contest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// Whether under it the text is in force.
    pub yes: bool,
    /// What it means, in our words.
    pub says: String,
    /// Who holds it.
    pub held_by: Vec<String>,
}

/// A regime and when an act concerns it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Regime {
    /// Its id, `un/dprk`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// `un`.
    pub jurisdiction: String,
    /// When an act concerns it.
    pub when: Condition,
    /// Whether its law is encoded; if not, an act that concerns it is never called permitted.
    pub encoded: Encoded,
    /// Further regimes whose designations count as its own.
    pub lists: Vec<String>,
    /// When it existed; empty: always.
    pub periods: Vec<Period>,
    /// File and line.
    pub place: (String, usize),
}

impl Regime {
    /// Whether it existed on the day.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.periods.is_empty() || self.periods.iter().any(|p| p.holds_on(day))
    }
}

/// A finding that the law leaves to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Judgement {
    /// Its name.
    pub id: String,
    /// What to ask.
    pub question: String,
    /// Who answers.
    pub by: String,
}

/// A purpose, settled by a finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Purpose {
    /// Its name.
    pub id: String,
    /// The finding that settles it.
    pub judgement: String,
    /// What to ask.
    pub question: String,
    /// File and line.
    pub place: (String, usize),
}

/// A group of kinds, roles or countries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Words {
    Kinds(Vec<ActKind>),
    Roles(Vec<Role>),
    Countries(Arc<Group>),
}
