//! Reading our own samples, and writing down what they must give.

#![allow(dead_code, reason = "each test binary uses its part")]

use jiff::civil::date;
use lists::{Identifier, IdentifierKind, Limits, ListedName, Listing, NameKind, Read, Refused, Source, Span};
use names::Kind;
use std::path::Path;

/// Bytes of a sample.
pub fn sample_bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)).unwrap()
}

/// Text of a sample.
pub fn sample(name: &str) -> String {
    String::from_utf8(sample_bytes(name)).unwrap()
}

/// Reads one list from samples.
pub fn read(names: &[&str], hint: Option<&str>) -> Result<Read, Refused> {
    let bytes: Vec<Vec<u8>> = names.iter().map(|n| sample_bytes(n)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().zip(&bytes).map(|(n, b)| (*n, b.as_slice())).collect();
    read_bytes(&files, hint)
}

/// Reads one list from bytes with names.
pub fn read_bytes(files: &[(&str, &[u8])], hint: Option<&str>) -> Result<Read, Refused> {
    let sources: Vec<Source<'_>> = files.iter().map(|(name, bytes)| Source { name, bytes }).collect();
    lists::read(&sources, hint, &Limits::default())
}

fn party(id: &str, kind: Kind) -> Listing {
    Listing { id: id.into(), kind: Some(kind), ..Listing::default() }
}

pub fn person(id: &str) -> Listing {
    party(id, Kind::Person)
}

pub fn body(id: &str) -> Listing {
    party(id, Kind::Body)
}

pub fn vessel(id: &str) -> Listing {
    party(id, Kind::Vessel)
}

pub fn aircraft(id: &str) -> Listing {
    party(id, Kind::Aircraft)
}

pub fn names(given: &[(&str, NameKind)]) -> Vec<ListedName> {
    given.iter().map(|(text, kind)| ListedName { text: (*text).into(), kind: *kind }).collect()
}

pub fn texts(given: &[&str]) -> Vec<String> {
    given.iter().map(|t| (*t).into()).collect()
}

pub fn id(kind: IdentifierKind, value: &str, country: &str) -> Identifier {
    Identifier { kind, value: value.into(), country: country.into() }
}

pub fn day(year: i16, month: i8, day: i8) -> Span {
    Span::day(date(year, month, day))
}
