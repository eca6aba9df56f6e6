//! What people settle about hits. Kept in the journal like everything else that happened: nothing is changed, a later line stands.

use super::import::NotImported;
use super::journal::Entry;
use super::{Damaged, Store};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A decision of a person about a hit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Settlement {
    /// About whom, by everything that was asked.
    pub about: String,
    /// The listing, such as `un-sc/KPi.033`.
    pub listing: String,
    /// Whether they are the same; none takes an earlier settlement back.
    pub same: Option<bool>,
    /// Why.
    pub because: String,
    /// Who settled it.
    pub by: String,
    /// When.
    pub on: Date,
    /// What told the listed party from others at that time, as one number.
    pub substance: u64,
}

impl Store {
    /// Puts a settlement on record.
    ///
    /// # Errors
    /// When the journal cannot be written.
    pub fn settle(&self, settlement: Settlement, waiting: &mut dyn FnMut()) -> Result<(), NotImported> {
        self.note(&Entry::Settled(settlement), waiting)
    }

    /// Every settlement, in the order in which they were made.
    ///
    /// # Errors
    /// When the journal cannot be read at all.
    pub fn settlements(&self) -> Result<Vec<Settlement>, Damaged> {
        let entries = self.journal()?.entries.into_iter();
        Ok(entries.filter_map(|e| if let Entry::Settled(s) = e { Some(s) } else { None }).collect())
    }
}
