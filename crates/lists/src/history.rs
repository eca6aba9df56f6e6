//! Who was listed on a day: the versions of one list, merged into one record for each party with the periods of its listing.
//!
//! A list says when a listing began and rarely when it ended, so the end is the day of the first version without the party. What the
//! versions say counts: a party that is missing from one and back in a later has two periods, though the issuer may repeat the old date of
//! listing and the hole may have been a faulty publication.

use crate::canonical::by_id;
use crate::{ListedName, Listing};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long after a listing its issuer may take to publish it in the list. The European Union's journal was seen to run up to 21 days ahead
/// of its list. A date of listing further back than this from a version that does not have the party is an earlier listing.
const PUBLICATION_LAG_DAYS: i32 = 31;

/// A party through all versions of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Held {
    /// What the latest version that has it says.
    pub listing: Listing,
    /// Names that earlier versions give and the latest does not.
    pub former_names: Vec<ListedName>,
    /// When it was listed, in order and without overlap; never empty.
    pub periods: Vec<Period>,
}

/// A stretch of days on which a party was listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Period {
    /// First day listed; `None` when it was listed before the first version known, and the issuer does not say since when.
    pub from: Option<Date>,
    /// Who says so.
    pub from_is: Said,
    /// First day no longer listed; `None` while it is listed.
    pub to: Option<Date>,
    /// Who says so.
    pub to_is: Said,
    /// Day of the first version in which it was seen; `None` when no version shows it within this period.
    pub first_seen: Option<Date>,
    /// Day of the last version in which it was seen. Between it and a `to` that was only seen, the true end lies.
    pub last_seen: Option<Date>,
}

/// Where a date comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Said {
    /// The issuer states it.
    Issuer,
    /// It lies between two versions, and the later one's day is taken.
    Seen,
}

impl Period {
    /// Whether the day lies within it.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

impl Held {
    /// Whether the party was listed on a day, by what the known versions say.
    #[must_use]
    pub fn listed_on_day(&self, day: Date) -> bool {
        self.periods.iter().any(|p| p.holds_on(day))
    }
}

/// Merges versions of one list, each with its day, in the order in which they were put on record. Of several versions of one day the last
/// counts. The result is in the order of the references.
#[must_use]
pub fn history(mut versions: Vec<(Date, Vec<Listing>)>) -> Vec<Held> {
    versions.sort_by_key(|(day, _)| *day);
    let mut merged: BTreeMap<String, Track> = BTreeMap::new();
    let mut days: Vec<Date> = Vec::new();
    let mut rest = versions.into_iter().peekable();
    while let Some((day, listings)) = rest.next() {
        if rest.peek().is_some_and(|(next, _)| *next == day) {
            continue;
        }
        let here = by_id(&listings);
        for (id, track) in &mut merged {
            if !here.contains_key(id.as_str()) {
                track.gone(day);
            }
        }
        for (id, listing) in here {
            match merged.get_mut(id) {
                Some(track) => track.again(day, listing),
                None => drop(merged.insert(id.to_owned(), Track::new(day, &days, listing))),
            }
        }
        days.push(day);
    }
    merged.into_values().map(Track::done).collect()
}

/// A party on its way through the versions.
struct Track {
    listing: Listing,
    names: Vec<ListedName>,
    periods: Vec<Period>,
    /// The first version without it after a period.
    missing_since: Option<Date>,
}

impl Track {
    /// Seen for the first time in the version of a day, after versions of other days that do not have it.
    fn new(day: Date, earlier: &[Date], listing: &Listing) -> Self {
        let mut periods = Vec::new();
        let stated = listing.listed_on;
        let missed = earlier.last().copied();
        let (from, from_is) = match (stated, missed) {
            (Some(on), Some(missed)) if days_between(on, missed) > PUBLICATION_LAG_DAYS => {
                // Listed of old, absent from the version before, and back: the listing before its absence is the issuer's word alone.
                let absent = earlier.iter().copied().find(|d| *d > on).unwrap_or(missed);
                periods.push(Period {
                    from: stated,
                    from_is: Said::Issuer,
                    to: Some(absent),
                    to_is: Said::Seen,
                    first_seen: None,
                    last_seen: None,
                });
                (Some(day), Said::Seen)
            }
            (Some(_), _) => (stated, Said::Issuer),
            (None, Some(_)) => (Some(day), Said::Seen),
            (None, None) => (None, Said::Seen),
        };
        periods.push(seen(from, from_is, day, listing));
        Self { listing: listing.clone(), names: listing.names.clone(), periods, missing_since: None }
    }

    fn gone(&mut self, day: Date) {
        self.missing_since.get_or_insert(day);
        // An end that the issuer had announced for a later day is overtaken by its absence.
        if let Some(last) = self.periods.last_mut().filter(|p| p.to.is_none_or(|to| to > day)) {
            (last.to, last.to_is) = (Some(day), Said::Seen);
        }
    }

    fn again(&mut self, day: Date, listing: &Listing) {
        let missing_since = self.missing_since.take();
        let ended = self.periods.last().and_then(|p| p.to).filter(|to| *to <= day);
        let over = listing.delisted_on.is_some_and(|to| to <= day);
        let only = self.periods.len() == 1;
        if let Some(ended) = missing_since.or(ended).filter(|_| !over) {
            let stated = listing.listed_on.filter(|on| *on >= ended);
            let (from, from_is) = stated.map_or((Some(day), Said::Seen), |on| (Some(on), Said::Issuer));
            self.periods.push(seen(from, from_is, day, listing));
        } else if let Some(last) = self.periods.last_mut() {
            // A date of listing may be supplied or corrected to an earlier day; a later one cannot undo that it was seen before.
            if let Some(on) = listing.listed_on.filter(|on| last.from.map_or(last.first_seen >= Some(*on), |f| *on < f))
                && only
            {
                (last.from, last.from_is) = (Some(on), Said::Issuer);
            }
            last.last_seen = Some(day).filter(|_| !over).or(last.last_seen);
            if missing_since.is_none() && (listing.delisted_on.is_some() || last.to_is == Said::Issuer) {
                (last.to, last.to_is) = (listing.delisted_on, if listing.delisted_on.is_some() { Said::Issuer } else { Said::Seen });
            }
        }
        for name in &listing.names {
            if !self.names.iter().any(|n| n.text == name.text) {
                self.names.push(name.clone());
            }
        }
        self.listing = listing.clone();
    }

    fn done(self) -> Held {
        let Self { listing, names, periods, .. } = self;
        let former_names = names.into_iter().filter(|n| !listing.names.iter().any(|l| l.text == n.text)).collect();
        Held { listing, former_names, periods }
    }
}

fn seen(from: Option<Date>, from_is: Said, day: Date, listing: &Listing) -> Period {
    let to = listing.delisted_on;
    let to_is = if to.is_some() { Said::Issuer } else { Said::Seen };
    Period { from, from_is, to, to_is, first_seen: Some(day), last_seen: Some(day) }
}

fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |span| span.get_days())
}
