//! The United Kingdom: the UK Sanctions List of the Foreign Office (`uk-sl`) as XML, CSV, ODS and in two derived forms, and the
//! consolidated list of OFSI (`uk-ofsi`), which ended in January 2026.
//!
//! On the UK Sanctions List a party is its unique id (`DPR0075`), on OFSI's its group id. A party keeps both, one as a reference.

mod fields;
mod ofsi;
mod relational;
mod table;
mod xml;

use super::{Draft, Format, Read, Refused};
use crate::gather::{Gather, day, joined, says_nothing, span_dmy};
use crate::input::Opened;
use crate::table::{Row, Table};
use crate::{IdentifierKind, Listing, NameKind, Order, Span};
use names::Kind;
use std::collections::HashMap;

/// Name of the Foreign Office's list.
const LIST: &str = "uk-sl";

/// Name of OFSI's list.
const OFSI: &str = "uk-ofsi";

/// The forms in which the lists come.
pub(crate) const FORMATS: &[Format] = &[xml::FORMAT, table::CSV, table::SHEET, ofsi::FORMAT, fields::FORMAT, relational::FORMAT];

/// A table with a row for each name or other detail of a party: the rows of one party, told by the column of its reference, become one
/// listing. The column is given as the table knows it and as the issuer writes it.
fn grouped(
    file: &Opened<'_>,
    table: &mut Table<'_>,
    mut draft: Draft<'_>,
    (column, title): (&str, &str),
    take: fn(&mut Listing, &Row<'_>),
) -> Result<Read, Refused> {
    if let Some(date) = table.preamble.iter().flat_map(|line| line.split([' ', ','])).find_map(day) {
        draft.version(date.to_string());
    }
    let mut parties: Vec<(Listing, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    while let Some(row) = table.next(&file.name, &mut draft)? {
        let id = row.get(&[column]);
        if id.is_empty() {
            draft.problem(format!("line {}", row.line), format!("the row has no `{title}`; it is left out"));
            continue;
        }
        let at = *known.entry(id.to_string()).or_insert_with(|| {
            parties.push((Listing::under(id), row.line));
            parties.len() - 1
        });
        let Some((listing, _)) = parties.get_mut(at) else { continue };
        take(listing, &row);
        if let Some(odd) = born(listing, row.get(&["dob"])) {
            draft.problem(format!("line {}, entry {id}", row.line), format!("`{odd}` is not understood as a date of birth"));
        }
    }
    for (mut listing, line) in parties {
        listing.primary_first();
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}

/// Name parts in the order in which they are said: `Name 6` is the family name or the whole name of a body.
fn said(parts: [&str; 6]) -> String {
    joined(parts, " ")
}

/// What kind of name the issuer's words for it mean.
fn name_kind(kind: &str, quality: &str) -> NameKind {
    let (kind, quality) = (kind.trim().to_ascii_lowercase(), quality.trim().to_ascii_lowercase());
    match kind.as_str() {
        _ if quality.contains("low") => NameKind::Weak,
        "primary name" | "primary" | "prime alias" => NameKind::Primary,
        "fka" | "formerly known as" | "former name" => NameKind::Former,
        _ => NameKind::Alias,
    }
}

/// What sort of party.
fn kind(word: &str) -> Option<Kind> {
    match word.trim().to_ascii_lowercase().as_str() {
        "individual" => Some(Kind::Person),
        "entity" => Some(Kind::Body),
        "ship" => Some(Kind::Vessel),
        _ => None,
    }
}

/// Keeps the days of birth in a cell; gives back what was not understood.
fn born(listing: &mut Listing, text: &str) -> Option<String> {
    for part in text.split(['|', ';']).map(str::trim).filter(|p| !says_nothing(p)) {
        match span_dmy(part).or_else(|| Span::parse(part, Order::DayMonth)) {
            Some(span) => listing.born(span),
            None => return Some(part.to_string()),
        }
    }
    None
}

/// `Male`, `Female`.
fn gender(listing: &mut Listing, word: &str) {
    match word.trim().to_ascii_lowercase().as_str() {
        "male" => listing.female = Some(false),
        "female" => listing.female = Some(true),
        _ => {}
    }
}

/// Measures that the issuer names, each once: `Asset freeze|Travel Ban`.
fn measures(listing: &mut Listing, text: &str) {
    for measure in text.split('|') {
        let measure = measure.trim().to_lowercase();
        if !listing.effects.contains(&measure) {
            listing.effects.gather(&measure);
        }
    }
}

/// An address of up to six lines, a postcode and a country.
fn address(listing: &mut Listing, lines: &[&str], country: &str) {
    let lines = joined(lines.iter().copied(), ", ");
    if !lines.is_empty() {
        listing.addresses.gather(&joined([lines.as_str(), country], ", "));
    }
    listing.countries.gather(country);
}

/// Countries in one cell: `1) Saudi Arabia 2) Qatar`, `(1) Iran (2) Iraq`.
fn numbered(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if c.is_ascii_digit() && letters.peek() == Some(&')') {
            letters.next();
            pieces.push(String::new());
        } else if (c != '(' || !letters.peek().is_some_and(char::is_ascii_digit))
            && let Some(last) = pieces.last_mut()
        {
            last.push(c);
        }
    }
    pieces.retain(|p| !p.trim().is_empty());
    pieces
}

/// A ship's flag, owner and the like, by the issuer's words for them without `ship`, blanks and strokes.
fn ship_detail(listing: &mut Listing, what: &str, value: &str) {
    if says_nothing(value.trim()) {
        return;
    }
    let value = crate::read::squeeze(value);
    match what {
        "imo" => {
            listing.identify_imo(&value, if listing.kind == Some(Kind::Vessel) { IdentifierKind::Imo } else { IdentifierKind::ImoCompany })
        }
        "owner" => {
            listing.link(&value, "owner or operator");
            let ship = listing.the_ship();
            ship.owner = ship.owner.take().or(Some(value));
        }
        "former owner" => listing.link(&value, "former owner or operator"),
        "flag" => {
            let ship = listing.the_ship();
            ship.flag = ship.flag.take().or(Some(value));
        }
        "former flag" => listing.the_ship().former_flags.gather(&value),
        "type" => {
            let ship = listing.the_ship();
            ship.sort = ship.sort.take().or(Some(value));
        }
        "tonnage" => listing.the_ship().tonnage.gather(&value),
        "built" => listing.the_ship().built = value.get(..4).and_then(|y| y.parse().ok()),
        "hull" => listing.identify_other("HIN", &value, ""),
        _ => {}
    }
}

/// The dates that the issuer gives.
fn dates(listing: &mut Listing, designated: &str, updated: &str) {
    listing.listed_on = crate::gather::earlier(listing.listed_on, day(designated));
    listing.amended_on = listing.amended_on.max(day(updated));
}
