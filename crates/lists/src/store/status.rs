//! How the lists stand: current, stale, or refused.

use super::journal::{Attempt, Damage, Entry, Journal, Version};
use super::{Damaged, Store};
use jiff::Timestamp;
use jiff::tz::Offset;

/// A version that is older than this, and was not found to be the latest since, may no longer say who is listed.
pub const STALE_DAYS: i32 = 30;

/// How a list stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// There is a version, and it is not old.
    Current,
    /// The version in force is more than [`STALE_DAYS`] old.
    Stale,
    /// The last that was handed in was refused; what is in force, if anything, is older than it.
    Refused,
}

impl State {
    /// `current`, `stale` or `refused`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Stale => "stale",
            Self::Refused => "refused",
        }
    }
}

/// One list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListStatus {
    /// Its id.
    pub list: String,
    /// How it stands.
    pub state: State,
    /// The version in force; there is none when everything was refused.
    pub version: Option<Version>,
    /// How many versions are on record.
    pub versions: usize,
    /// When the issuer's own address last had the version in force as its latest.
    pub checked: Option<Timestamp>,
    /// The refusal since which nothing was imported.
    pub refused: Option<Attempt>,
    /// The last attempt to fetch it, when that failed.
    pub failed: Option<Attempt>,
    /// Days from the day of the version to now.
    pub age_days: Option<i32>,
}

/// How the whole store stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Status {
    /// Every list, those that were refused first, else in alphabetical order.
    pub lists: Vec<ListStatus>,
    /// Refused files of no known list.
    pub strays: Vec<Attempt>,
    /// Damaged lines of the journal.
    pub damage: Vec<Damage>,
}

impl Store {
    /// How everything stands.
    ///
    /// # Errors
    /// When the journal cannot be read at all.
    pub fn status(&self, now: Timestamp) -> Result<Status, Damaged> {
        let journal = self.journal()?;
        let mut lists: Vec<ListStatus> = self.lists_in(&journal).into_iter().map(|list| self.list_status(&journal, list, now)).collect();
        lists.sort_by_key(|l| l.state != State::Refused);
        let strays = strays(&journal);
        Ok(Status { lists, strays, damage: journal.damage })
    }

    fn list_status(&self, journal: &Journal, list: String, now: Timestamp) -> ListStatus {
        let mut versions = self.versions_in(journal, &list);
        let count = versions.len();
        let version = versions.pop();
        let latest = version.as_ref();
        let confirmed = |e: &Entry| match e {
            Entry::Checked(c) => latest.filter(|v| c.from_issuer && c.list == v.list && c.hash == v.hash).map(|_| c.at),
            _ => None,
        };
        let fetched = latest.filter(|v| v.from_issuer).map(|v| v.imported);
        let checked = journal.entries.iter().rev().find_map(confirmed).or(fetched);
        let today = Offset::UTC.to_datetime(now).date();
        let days = |since: jiff::civil::Date| since.until(today).map_or(0, |span| span.get_days());
        let age_days = version.as_ref().map(|v| days(v.day));
        let unconfirmed = checked.map(|c| days(Offset::UTC.to_datetime(c).date())).into_iter().chain(age_days).min();
        let last = last_attempts(journal, &list);
        let state = if last.0.is_some() {
            State::Refused
        } else if unconfirmed.is_some_and(|d| d > STALE_DAYS) {
            State::Stale
        } else {
            State::Current
        };
        ListStatus { list, state, version, versions: count, checked, refused: last.0, failed: last.1, age_days }
    }

    pub(super) fn is_refused(&self, journal: &Journal, list: &str) -> bool {
        last_attempts(journal, list).0.is_some()
    }
}

/// The refusal and the failure since which nothing of the list was imported or confirmed.
fn last_attempts(journal: &Journal, list: &str) -> (Option<Attempt>, Option<Attempt>) {
    let (mut refused, mut failed) = (None, None);
    for entry in journal.entries.iter().filter(|e| e.list() == Some(list)) {
        match entry {
            Entry::Import(_) | Entry::Checked(_) => (refused, failed) = (None, None),
            Entry::Refused(a) => (refused, failed) = (Some(a.clone()), None),
            Entry::Failed(a) => failed = Some(a.clone()),
            Entry::Settled(_) | Entry::Later => {}
        }
    }
    (refused, failed)
}

/// Refused files of no known list, until something is imported from the same place.
fn strays(journal: &Journal) -> Vec<Attempt> {
    let mut out: Vec<Attempt> = Vec::new();
    for entry in &journal.entries {
        match entry {
            Entry::Refused(a) if a.list.is_none() => {
                out.retain(|other| other.source != a.source);
                out.push(a.clone());
            }
            Entry::Import(v) => out.retain(|a| a.source != v.source),
            Entry::Checked(c) => out.retain(|a| a.source != c.source),
            _ => {}
        }
    }
    out
}
