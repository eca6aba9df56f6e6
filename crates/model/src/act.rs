//! An act as `decide` sees it: every word already looked up, every unsaid fact still open.

use crate::{ActKind, Background, Country, Date, HsRange, Journey, Kinds, PartyType, Role, Status, Truth, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// First and last day that a partly known date may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Span {
    /// First possible day.
    pub first: Date,
    /// Last possible day.
    pub last: Date,
}

/// An act to be judged. Of the default one nothing is known, not even an item.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Act {
    /// The caller's name for it.
    pub id: String,
    /// What is done; several kinds when it is open.
    pub kind: Kinds,
    /// The day it is done; `None`: any day.
    pub on: Option<Span>,
    /// How far it has come.
    pub status: Option<Status>,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// What it is about; never empty (an act without items has one item of which nothing is known).
    pub items: Vec<Item>,
    /// Where goods or services start.
    pub origin: Option<Country>,
    /// Where they end.
    pub destination: Option<Country>,
    /// Where they pass; taken as complete.
    pub transit: Vec<Country>,
    /// Flags and home countries of the means of transport.
    pub flags: Vec<Country>,
    /// The purpose in the words given.
    pub purpose: Option<String>,
    /// Findings on record, by name.
    pub judgements: BTreeMap<String, Finding>,
    /// Totals of world-wide caps already used up, by counter.
    pub counters: BTreeMap<String, Tally>,
    /// The day of the written contract.
    pub contract_date: Option<Span>,
    /// Approvals on record.
    pub approvals: Vec<Approval>,
    /// How the goods travel; `None` when nothing was said of it.
    pub journey: Option<Box<Journey>>,
}

impl Act {
    /// The kind, when it is certain.
    #[must_use]
    pub fn sure_kind(&self) -> Option<ActKind> {
        self.kind.single()
    }
}

/// A recorded finding and whose it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// The answer.
    pub yes: bool,
    /// Who found so, or the words it was read from.
    pub by: String,
}

/// A reported total: a lower bound, and an upper one if somebody vouches for it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Tally {
    /// At least so much.
    pub at_least: f64,
    /// At most so much, when known.
    pub at_most: Option<f64>,
    /// A unit of the contract, or a currency.
    pub unit: String,
}

/// Somebody who takes part.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Party {
    /// What the party does; unknown when not said.
    pub role: Option<Role>,
    /// As given.
    pub name: String,
    /// What sort of party.
    pub kind: Option<PartyType>,
    /// Nationalities, or States of incorporation or registration.
    pub nationality: Vec<Country>,
    /// Where the party sits or is.
    pub located_in: Option<Country>,
    /// The State whose government the party acts for.
    pub government_of: Option<Country>,
    /// Words of `acts_for` that name no government.
    pub acts_for: Option<String>,
    /// Flag of a vessel or aircraft.
    pub flag: Option<Country>,
    /// Said outright: is the party designated?
    pub designated: Option<bool>,
    /// The authorities that are said to list a designated party, such as `us`; empty when nobody says who does.
    pub listed_by: Vec<String>,
    /// Listings the party is, or may be.
    pub designations: Vec<Designation>,
    /// Lists of words (embassies, relief bodies) that the name is on.
    pub marks: Vec<Mark>,
    /// Other names, as given.
    pub aliases: Vec<String>,
    /// Date of birth as far as it is known.
    pub birth: Option<Span>,
    /// `Some(true)` a woman, `Some(false)` a man.
    pub female: Option<bool>,
    /// Numbers that tell the party from others: what kind (`imo`, `passport`; empty when not said), and the number.
    pub identifiers: Vec<(String, String)>,
    /// Who holds shares of the party or controls it.
    pub owners: Vec<Owner>,
    /// What a due-diligence file adds; only the route looks at it.
    pub background: Option<Box<Background>>,
}

/// A holder of shares of a party.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Owner {
    /// Who; may have owners of its own.
    pub party: Party,
    /// At least and at most so much, in per cent; none when nobody said.
    pub share: Option<(f64, f64)>,
    /// Whether the holder controls the party, when somebody said so.
    pub controls: Option<bool>,
}

/// A listing that a party is, or may be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Designation {
    /// The regime under which it stands.
    pub regime: String,
    /// The listing, such as `un-sc/KPe.003`.
    pub listing: String,
    /// Who that is, by what a clerk can tell them apart: name, birth, number; empty when it is not known.
    pub who: String,
    /// Whether the party surely is that listing.
    pub sure: bool,
    /// First day on the list.
    pub from: Option<Date>,
    /// Last day on the list.
    pub to: Option<Date>,
}

/// Goods, a service, a sum of money: what the act is about.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Item {
    /// As given.
    pub description: String,
    /// The customs codes it may have; empty: any.
    pub hs: Vec<HsRange>,
    /// Whether the code was stated, not looked up from words.
    pub hs_stated: bool,
    /// Whether the thing is known for what it is, so that a list which does not name it does not hold it.
    pub identified: bool,
    /// Lists of the law that it is on (true), is not on (false), may be on (unknown).
    pub marks: Vec<Mark>,
    /// Where it was made or mined.
    pub origin: Option<Country>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// What all of it is worth.
    pub value: Option<Money>,
    /// New or used.
    pub condition: Option<Condition>,
    /// For each approval of the act: does it cover this item?
    pub covered: Vec<Truth>,
}

impl Item {
    /// What is known of the item's place on a list on a day: the strongest of what is said.
    #[must_use]
    pub fn mark(&self, list: &str, day: Date) -> Option<Truth> {
        self.marks.iter().filter(|m| m.list == list && m.from <= day && m.to.is_none_or(|to| day <= to)).map(|m| m.truth).max()
    }
}

impl Party {
    /// Whether it is called listed, without a word on under which regime, by an authority.
    #[must_use]
    pub fn is_called_listed(&self, by: &str) -> bool {
        self.designated == Some(true) && (self.listed_by.is_empty() || self.listed_by.iter().any(|one| one == by))
    }

    /// Whether its listings on record matter anywhere: nobody said outright whether it is listed, or only that some authorities list it.
    #[must_use]
    pub fn has_listings_of_its_own(&self) -> bool {
        self.designated.is_none() || !self.listed_by.is_empty()
    }

    /// Whether the words of a list stand in its name, on the rows that count on the day.
    #[must_use]
    pub fn mark(&self, list: &str, day: Date) -> Truth {
        let mine = self.marks.iter().filter(|m| m.list == list && m.from <= day && m.to.is_none_or(|to| day <= to));
        mine.map(|m| m.truth).max().unwrap_or(Truth::False)
    }
}

/// That an item or a name is, is not or may be on a list of the law, while the row that says so counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Mark {
    /// The list, or list and entry for a row with a value threshold.
    pub list: String,
    /// Is, is not, may be.
    pub truth: Truth,
    /// First day on which the row counts.
    pub from: Date,
    /// Last day; open when absent.
    pub to: Option<Date>,
}

impl Mark {
    /// Said outright, whatever the day.
    #[must_use]
    pub fn said(list: impl Into<String>, truth: Truth) -> Self {
        Self { list: list.into(), truth, from: Date::MIN, to: None }
    }
}

/// New or used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Condition {
    /// Never used.
    New,
    /// Used before.
    Used,
}

/// An amount of goods.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Quantity {
    /// How many units.
    pub amount: f64,
    /// Of which.
    pub unit: Unit,
}

/// A sum of money; a band of what it was worth in US dollars when the currency is known.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Money {
    /// In the currency's main unit.
    pub amount: f64,
    /// ISO 4217.
    pub currency: String,
    /// Lowest and highest plausible worth in other currencies that laws have limits in; US dollars among them.
    pub elsewhere: Vec<(&'static str, (f64, f64))>,
}

impl Money {
    /// The currencies that laws have limits in.
    pub const OF_LAWS: [&'static str; 10] = ["USD", "EUR", "GBP", "CHF", "JPY", "KRW", "AUD", "CAD", "SGD", "NZD"];

    /// The least and the most that it is worth in a currency; exactly in its own.
    #[must_use]
    pub fn worth(&self, currency: &str) -> Option<(f64, f64)> {
        if self.currency == currency {
            return Some((self.amount, self.amount));
        }
        self.elsewhere.iter().find(|(c, _)| *c == currency).map(|(_, band)| *band)
    }
}

/// A permission on record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Approval {
    /// Who gave it, such as `un/1718-committee`.
    pub authority: String,
    /// Its reference.
    pub reference: String,
    /// First day it holds.
    pub on: Date,
    /// Last day it holds; open when absent.
    pub until: Option<Date>,
    /// What it covers; everything when empty.
    pub covers: Vec<String>,
}
