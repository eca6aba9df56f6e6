//! Who may be found at all, by list and day: one bit an owner, worked out once and kept for the next search with the same wish.
//! A search asks it of thousands, and the stretches of listings lie far apart in memory.

use super::Wish;
use super::record::Records;
use jiff::civil::Date;
use names::{Index, Readings};
use std::sync::Arc;

/// The bits, and for what they were worked out.
#[derive(Default)]
pub(super) struct Admitted {
    of: Option<Arc<()>>,
    lists: Vec<String>,
    on: Option<Date>,
    owners: Vec<u64>,
    readings: Readings,
}

impl Admitted {
    /// Makes it fit the records, which `of` tells from all others for as long as it is held here, and the wish.
    pub(super) fn fit(&mut self, of: &Arc<()>, records: &Records, index: &Index, wish: &Wish) {
        let known = self.of.as_ref().is_some_and(|mine| Arc::ptr_eq(mine, of));
        if known && self.on == wish.on && self.lists == wish.lists {
            return;
        }
        (self.of, self.lists, self.on) = (Some(Arc::clone(of)), wish.lists.clone(), wish.on);
        let named = |list: u16| wish.lists.is_empty() || records.lists.get(usize::from(list)).is_some_and(|name| wish.lists.contains(name));
        let wanted: Vec<bool> = (0..records.lists.len()).map(|list| u16::try_from(list).is_ok_and(named)).collect();
        self.owners.clear();
        self.owners.resize(records.len().div_ceil(64), 0);
        for owner in 0..u32::try_from(records.len()).unwrap_or(u32::MAX) {
            let Some(head) = records.head(owner) else { continue };
            let listed = wish.on.is_none_or(|day| records.on(head, day));
            if listed && wanted.get(usize::from(head.list)).copied().unwrap_or(false) {
                self.owners[owner as usize / 64] |= 1 << (owner % 64);
            }
        }
        self.readings = index.readings_of(|owner| self.holds(owner));
    }

    /// The readings of all who may be found.
    pub(super) fn readings(&self) -> &Readings {
        &self.readings
    }

    /// Whether an owner may be found.
    pub(super) fn holds(&self, owner: u32) -> bool {
        self.owners.get(owner as usize / 64).is_some_and(|bits| bits >> (owner % 64) & 1 != 0)
    }
}
