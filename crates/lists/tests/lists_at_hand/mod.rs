//! Finding and reading the real lists, and comparing two of them.

#![allow(dead_code, reason = "each test binary uses its part")]

use lists::{Limits, Listing, Read, Refused, Source};
use names::Kind;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The folder with the real lists, when it is at hand.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("LICIT_SHARED").map_or(beside, PathBuf::from).join("data");
    if !folder.is_dir() {
        println!("not run: there is no {}; set LICIT_SHARED", folder.display());
        return None;
    }
    Some(folder)
}

/// Reads a list from several files, by their path below the folder.
pub fn read_all(paths: &[&str], hint: Option<&str>) -> Option<Result<Read, Refused>> {
    let folder = folder()?;
    let bytes: Vec<Vec<u8>> = paths.iter().map(|p| std::fs::read(folder.join(p)).unwrap()).collect();
    let sources: Vec<Source<'_>> = paths.iter().zip(&bytes).map(|(name, bytes)| Source { name, bytes }).collect();
    Some(lists::read(&sources, hint, &Limits::default()))
}

/// Reads a list from one file, which must succeed.
pub fn load(path: &str, hint: Option<&str>) -> Option<Read> {
    read_all(&[path], hint).map(|r| r.unwrap_or_else(|e| panic!("{path}: {e}")))
}

/// Persons, bodies, vessels and aircraft.
pub fn count(read: &Read) -> [usize; 4] {
    [Kind::Person, Kind::Body, Kind::Vessel, Kind::Aircraft].map(|k| read.listings.iter().filter(|l| l.kind == Some(k)).count())
}

/// How many listings were added, removed and changed.
#[derive(Debug, PartialEq, Eq)]
pub struct Delta {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub changed: Vec<String>,
}

/// The same listing whatever the order of its values.
pub fn canonical(listing: &Listing) -> Listing {
    let mut l = listing.clone();
    l.names.sort();
    l.births.sort();
    l.identifiers.sort();
    l.links.sort();
    l.ship.iter_mut().for_each(|s| s.former_flags.sort());
    for texts in [
        &mut l.birth_places,
        &mut l.nationalities,
        &mut l.countries,
        &mut l.addresses,
        &mut l.positions,
        &mut l.programmes,
        &mut l.basis,
        &mut l.effects,
    ] {
        texts.sort();
    }
    l
}

/// Compares two versions of a list by reference.
pub fn delta(from: &Read, to: &Read) -> Delta {
    let by_id = |read: &Read| read.listings.iter().map(|l| (l.id.clone(), canonical(l))).collect::<BTreeMap<_, _>>();
    let (from, to) = (by_id(from), by_id(to));
    let missing =
        |a: &BTreeMap<String, Listing>, b: &BTreeMap<String, Listing>| a.keys().filter(|k| !b.contains_key(*k)).cloned().collect();
    Delta {
        added: missing(&to, &from),
        removed: missing(&from, &to),
        changed: from.iter().filter(|(k, l)| to.get(*k).is_some_and(|t| t != *l)).map(|(k, _)| k.clone()).collect(),
    }
}
