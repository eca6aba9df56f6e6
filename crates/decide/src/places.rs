//! Where a provision stands in the rulebook, by its id: an answer names provisions over and over, and the rulebook keeps them in lists.

use crate::Engine;
use rulebook::{Exception, Instrument, Prohibition, Rulebook};
use std::collections::HashMap;

/// Places in the lists of a rulebook.
#[derive(Debug)]
pub(crate) struct Places {
    prohibitions: HashMap<String, usize>,
    exceptions: HashMap<String, usize>,
    instruments: HashMap<String, usize>,
}

impl Places {
    fn of(book: &Rulebook) -> Self {
        fn by_id<'a>(ids: impl Iterator<Item = &'a String>) -> HashMap<String, usize> {
            ids.enumerate().map(|(at, id)| (id.clone(), at)).collect()
        }
        Self {
            prohibitions: by_id(book.prohibitions.iter().map(|p| &p.id)),
            exceptions: by_id(book.exceptions.iter().map(|e| &e.id)),
            instruments: by_id(book.instruments.iter().map(|i| &i.id)),
        }
    }
}

impl Engine {
    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(&self.book))
    }

    /// The prohibition, duty, exposure or conflict with this id.
    #[must_use]
    pub fn prohibition(&self, id: &str) -> Option<&Prohibition> {
        self.places().prohibitions.get(id).and_then(|at| self.book.prohibitions.get(*at))
    }

    /// The exemption or derogation with this id.
    #[must_use]
    pub fn exception(&self, id: &str) -> Option<&Exception> {
        self.places().exceptions.get(id).and_then(|at| self.book.exceptions.get(*at))
    }

    /// How a provision is cited.
    #[must_use]
    pub fn cite(&self, id: &str) -> String {
        rulebook::cite(self.instrument_of(id), id)
    }

    fn instrument_of(&self, id: &str) -> Option<&Instrument> {
        let instrument = id.split('#').next().unwrap_or(id);
        self.places().instruments.get(instrument).and_then(|at| self.book.instruments.get(*at))
    }
}
