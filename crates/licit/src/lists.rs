//! The lists in use: those of the data folder, or the facts of the United Nations list that are compiled in.

use crate::tables::LISTED_UN;
use jiff::civil::Date;
use lists::{Held, Settlement, Store};
use resolve::{Resolver, Screener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The index of the built-in list, packed by the build script.
const LISTED_UN_INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/listed-un.index"));
/// The list that is compiled in.
const BUILT_IN: &str = "un-sc";
/// The day of the list from which the table was made (`data/listed-un.md`).
const LISTED_UN_DAY: Date = Date::constant(2026, 8, 22);
/// From so many days on a list is called old.
const OLD_DAYS: i32 = 30;
/// Most bytes of a packed screener.
const MOST_PACKED_BYTES: u64 = 4 << 30;

/// One list in use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListInUse {
    /// Such as `un-sc`.
    pub list: String,
    /// The version as the issuer names it.
    pub version: String,
    /// The day for which it is good.
    pub day: Date,
    /// `blake3:…` over what was handed in.
    pub hash: String,
    /// `built in`, `file:…`, `https://…`.
    pub source: String,
}

/// The lists in use, ready to be searched.
#[derive(Clone, Debug)]
pub struct Lists {
    screener: Arc<Screener>,
    all: Arc<[ListInUse]>,
    journal_bytes: u64,
    /// Hash over what people have settled; none where nothing is.
    settled: Option<String>,
}

/// The store of the lists in a data folder, with the compiled-in list as long as there is no other.
#[must_use]
pub(crate) fn store(data: &Path) -> Store {
    let store = Store::new(data.join("lists"));
    // Reading the table takes longer than all the rest of opening.
    if store.versions(BUILT_IN).is_ok_and(|imported| !imported.is_empty()) {
        return store;
    }
    let listings = builtin().into_iter().filter(|h| h.periods.iter().any(|p| p.to.is_none())).map(|h| h.listing).collect();
    store.with_builtin(BUILT_IN, &LISTED_UN_DAY.to_string(), LISTED_UN_DAY, listings)
}

fn hash_of(settled: &[Settlement]) -> Option<String> {
    let text = serde_json::to_vec(settled).ok().filter(|_| !settled.is_empty())?;
    Some(format!("blake3:{}", blake3::hash(&text).to_hex()))
}

/// How long the journal of the lists in a data folder is. It only ever grows, so another length is another state.
#[must_use]
pub(crate) fn journal_bytes(data: &Path) -> u64 {
    std::fs::metadata(data.join("lists").join("log")).map_or(0, |about| about.len())
}

fn builtin() -> Vec<Held> {
    // The table is checked by the project's own tests; a damaged build must not call anybody unlisted.
    lists::builtin(LISTED_UN).unwrap_or_else(|problem| {
        eprintln!("licit: the list in this build is damaged: {problem}");
        std::process::exit(3)
    })
}

fn built_in() -> Screener {
    // Packed by the same program; a damaged build must not call anybody unlisted.
    Screener::from_bytes(LISTED_UN_INDEX).unwrap_or_else(|problem| {
        eprintln!("licit: the list in this build is damaged: {problem}");
        std::process::exit(3)
    })
}

fn built_in_list() -> ListInUse {
    let hash = format!("blake3:{}", blake3::hash(LISTED_UN.as_bytes()).to_hex());
    ListInUse { list: BUILT_IN.into(), version: LISTED_UN_DAY.to_string(), day: LISTED_UN_DAY, hash, source: "built in".into() }
}

impl Lists {
    /// The compiled-in list alone.
    #[must_use]
    pub fn embedded() -> Self {
        Self { screener: Arc::new(built_in()), all: [built_in_list()].into(), journal_bytes: 0, settled: None }
    }

    /// The lists of a data folder: the packed index if it is there, else it is made and kept.
    ///
    /// # Errors
    /// When the store is damaged; says where and what helps.
    pub fn open(resolver: &Resolver, data: &Path) -> Result<Self, String> {
        // Measured before anything is read: what is added meanwhile is noticed.
        let journal_bytes = journal_bytes(data);
        let store = store(data);
        let tell = |e: lists::Damaged| e.to_string();
        let mut all = Vec::new();
        // Which versions there are decides what the index holds: their hashes name it.
        let mut key = blake3::Hasher::new();
        key.update(&lists::READER_FORMAT.to_le_bytes());
        key.update(resolve::PACKED_FORMAT);
        // Packed words hold what the tables of names made of them. The built-in index was packed by this very program, so its bytes
        // change whenever the reading of names does, and an index that an older program left behind is made again.
        key.update(LISTED_UN_INDEX);
        let mut imported = false;
        for list in store.lists().map_err(tell)? {
            let versions = store.versions(&list).map_err(tell)?;
            for version in &versions {
                key.update(format!("{list}\n{}\n{}\n", version.hash, version.day).as_bytes());
            }
            let Some(last) = versions.last() else { continue };
            imported |= last.source != "built in";
            all.push(ListInUse {
                list,
                version: last.version.clone(),
                day: last.day,
                hash: last.hash.clone(),
                source: last.source.clone(),
            });
        }
        let people = store.settlements().map_err(tell)?;
        let settled = hash_of(&people);
        if !imported {
            return Ok(Self { screener: Arc::new(built_in().with_settled(people)), all: [built_in_list()].into(), journal_bytes, settled });
        }
        let folder = data.join("lists").join("index");
        let file = folder.join(key.finalize().to_hex().as_str());
        if let Some(screener) = packed(&file) {
            return Ok(Self { screener: Arc::new(screener.with_settled(people)), all: all.into(), journal_bytes, settled });
        }
        let mut held = Vec::new();
        for list in &all {
            let history = if list.source == "built in" { builtin() } else { store.history(&list.list).map_err(tell)? };
            held.push((list.list.clone(), history));
        }
        let screener = Screener::build(&held, |words| resolver.country(words).ok())?;
        keep(&folder, &file, &screener);
        Ok(Self { screener: Arc::new(screener.with_settled(people)), all: all.into(), journal_bytes, settled })
    }

    /// Hash over what people have settled about hits; none where nothing is.
    #[must_use]
    pub fn settled(&self) -> Option<&str> {
        self.settled.as_deref()
    }

    /// How long the journal was from which they were read; 0 for the compiled-in list alone.
    #[must_use]
    pub fn journal_bytes(&self) -> u64 {
        self.journal_bytes
    }

    /// The index over them.
    #[must_use]
    pub fn screener(&self) -> &Arc<Screener> {
        &self.screener
    }
    /// The lists.
    #[must_use]
    pub fn all(&self) -> &[ListInUse] {
        &self.all
    }
    /// Their ids.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        self.all.iter().map(|l| l.list.as_str()).collect()
    }

    /// What a user should know before relying on them: lists that have grown old.
    #[must_use]
    pub fn warnings(&self, today: Date) -> Vec<String> {
        let age = |l: &ListInUse| today.since(l.day).map_or(0, |span| span.get_days());
        let old = self.all.iter().filter(|l| age(l) > OLD_DAYS);
        old.map(|l| format!("the list {} is of {}, {} days old; `licit lists update {}` fetches the newest", l.list, l.day, age(l), l.list))
            .collect()
    }

    /// What a search of nothing but the list of the United Nations leaves out; nothing where others are on record.
    #[must_use]
    pub fn alone(&self) -> Option<&'static str> {
        self.all.iter().all(|l| l.list.starts_with("un-")).then_some(
            "only the list of the United Nations was asked: those of the United States, the European Union, the United Kingdom and others are not on record; \
             `licit lists update` fetches them, `licit lists import FILE` takes them from a file",
        )
    }

    /// `un-sc of 2026-08-22 (1244 parties)`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let lists: Vec<String> = self.all.iter().map(|l| format!("{} of {}", l.list, l.day)).collect();
        format!("{} ({} parties)", lists.join(", "), self.screener.len())
    }
}

fn packed(file: &Path) -> Option<Screener> {
    if std::fs::metadata(file).ok()?.len() > MOST_PACKED_BYTES {
        return None;
    }
    Screener::from_bytes(&std::fs::read(file).ok()?).ok()
}

/// Keeps the packed index and drops older ones. It can always be made again, so a folder that cannot be written only costs time.
fn keep(folder: &Path, file: &PathBuf, screener: &Screener) {
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let temporary = folder.join(format!("making.{}", std::process::id()));
        std::fs::write(&temporary, screener.to_bytes())?;
        std::fs::rename(&temporary, file)?;
        for other in std::fs::read_dir(folder)?.flatten().map(|e| e.path()).filter(|p| p != file) {
            std::fs::remove_file(other)?;
        }
        Ok(())
    };
    let _ = write();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packed_index_is_the_one_that_the_table_makes() {
        let book = crate::Rulebook::embedded();
        let made = Screener::build(&[("un-sc".to_owned(), builtin())], |words| book.resolver().country(words).ok()).unwrap();
        assert_eq!(made.len(), LISTED_UN.lines().count() - 1);
        assert!(made.to_bytes() == LISTED_UN_INDEX, "the build script and the library disagree");
    }

    #[test]
    fn every_regime_of_the_united_nations_that_a_programme_stands_for_is_known_to_the_law() {
        let book = crate::Rulebook::embedded();
        for held in builtin() {
            assert!(!held.listing.regimes.is_empty(), "{} has no regime", held.listing.id);
            for regime in &held.listing.regimes {
                assert!(book.law().regimes.contains_key(regime), "{} is under {regime}, which the law does not know", held.listing.id);
            }
        }
    }
}
