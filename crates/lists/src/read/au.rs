//! Australia: the consolidated list of DFAT, as the spreadsheet that is published and as JSON lines.
//!
//! The spreadsheet has a row for each name: `101` the primary name, `101a`, `101b` the others. They belong together by the number.

use super::{Draft, Format, Limits, Read, Refused, one, squeeze};
use crate::gather::{Gather, day, earlier, joined};
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::table::{Row, Table, has_columns};
use crate::{IdentifierKind, Listing, NameKind, Order, Span};
use jiff::civil::Date;
use names::Kind;
use std::collections::HashMap;

const LIST: &str = "au-dfat";

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "Australia DFAT spreadsheet", lists: &[LIST], several: false, recognises: is_sheet, read: read_sheet },
    Format { name: "Australia DFAT CSV", lists: &[LIST], several: false, recognises: is_csv, read: read_csv },
    Format { name: "Australia DFAT fields (JSON lines)", lists: &[LIST], several: false, recognises: is_fields, read: read_fields },
];

const WANTED: [&str; 3] = ["reference", "nameofindividualorentity", "type"];

fn is_sheet(file: &Opened<'_>) -> bool {
    file.archive.is_some() && Table::sheet(file, &WANTED).is_ok()
}

fn is_csv(file: &Opened<'_>) -> bool {
    has_columns(file.first_line(), b',', &WANTED)
}

fn is_fields(file: &Opened<'_>) -> bool {
    has_keys(file, &["reference", "entity_type", "sanction"])
}

fn read_sheet(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    rows(file, Table::sheet(file, &WANTED)?, "Australia DFAT spreadsheet", limits)
}

fn read_csv(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    rows(file, Table::delimited(file, b',', &WANTED)?, "Australia DFAT CSV", limits)
}

fn rows(file: &Opened<'_>, mut table: Table<'_>, format: &'static str, limits: &Limits) -> Result<Read, Refused> {
    let mut draft = Draft::new(LIST, format, limits);
    let mut parties: Vec<(Listing, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    while let Some(row) = table.next(&file.name, &mut draft)? {
        let given = row.get(&["reference"]);
        // A spreadsheet keeps whole numbers as fractions.
        let given = given.strip_suffix(".0").unwrap_or(given);
        let number = given.trim_end_matches(|c: char| !c.is_ascii_digit());
        if number.is_empty() {
            draft.problem(format!("line {}", row.line), format!("`{given}` is no reference; the row is left out"));
            continue;
        }
        let at = *known.entry(number.to_string()).or_insert_with(|| {
            parties.push((Listing::under(number), row.line));
            parties.len() - 1
        });
        let Some((listing, _)) = parties.get_mut(at) else { continue };
        take(listing, &row);
        if let Some(odd) = listing.born_as_written(row.get(&["dateofbirth"])) {
            draft.problem(format!("line {}, entry {given}", row.line), format!("`{odd}` is not understood as a date of birth"));
        }
    }
    for (mut listing, line) in parties {
        listing.primary_first();
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}

fn kind(word: &str) -> Option<Kind> {
    match word.trim().to_ascii_lowercase().as_str() {
        "individual" | "person" => Some(Kind::Person),
        "entity" | "organization" | "organisation" => Some(Kind::Body),
        "vessel" | "ship" => Some(Kind::Vessel),
        "aircraft" => Some(Kind::Aircraft),
        _ => None,
    }
}

fn name_kind(word: &str, strength: &str) -> NameKind {
    match (word.trim().to_ascii_lowercase().as_str(), strength.trim()) {
        (_, "Weak") => NameKind::Weak,
        ("primary name", _) => NameKind::Primary,
        ("original script", _) => NameKind::Original,
        ("formerly known as" | "previous name" | "former name", _) => NameKind::Former,
        _ => NameKind::Alias,
    }
}

fn take(listing: &mut Listing, row: &Row<'_>) {
    listing.kind = listing.kind.or(kind(row.get(&["type"])));
    listing.add_name(row.get(&["nameofindividualorentity"]), name_kind(row.get(&["nametype"]), row.get(&["aliasstrength"])));
    for place in lettered(row.get(&["placeofbirth"])) {
        listing.birth_places.gather(&place);
    }
    for country in row.get(&["citizenship"]).split([',', ';']) {
        citizenship(listing, country);
    }
    for address in lettered(row.get(&["address"])) {
        listing.addresses.gather(&address);
    }
    information(listing, row.get(&["additionalinformation"]));
    if !row.get(&["imonumber"]).is_empty() {
        listing.identify_imo(row.get(&["imonumber"]), IdentifierKind::Imo);
    }
    listing.programmes.gather(row.get(&["committees"]));
    listing.basis.gather(row.get(&["instrumentofdesignation"]));
    listing.listed_on = earlier(listing.listed_on, listed_on(row.get(&["listinginformation"])));
    listing.amended_on = listing.amended_on.max(day(row.get(&["controldate"])));
    for (column, effect) in EFFECTS {
        if matches!(row.get(&[column]).to_ascii_lowercase().as_str(), "true" | "yes" | "1" | "y" | "x") {
            listing.effects.gather(effect);
        }
    }
}

/// Columns that say what a listing does.
const EFFECTS: [(&str, &str); 4] = [
    ("targetedfinancialsanction", "asset freeze"),
    ("travelban", "travel ban"),
    ("armsembargo", "arms embargo"),
    ("maritimerestriction", "maritime restriction"),
];

fn citizenship(listing: &mut Listing, country: &str) {
    if listing.kind == Some(Kind::Person) {
        listing.nationalities.gather(country);
    } else {
        listing.countries.gather(country);
    }
}

/// `a) one place b) another`.
fn lettered(text: &str) -> Vec<String> {
    let mut text = format!(" {}", squeeze(text));
    for letter in 'a'..='z' {
        text = text.replace(&format!(" {letter}) "), "\n").replace(&format!(" ({letter}) "), "\n");
    }
    text.split(['\n', ';']).map(squeeze).filter(|p| !p.is_empty()).collect()
}

/// The reference of the United Nations with which the free text begins: `TAi.100 Title: …`.
fn information(listing: &mut Listing, text: &str) {
    let word = text.split([' ', ',', ';']).next().unwrap_or_default().trim_end_matches('.');
    let letters: Vec<char> = word.chars().collect();
    if let [a, b, kind, '.', digits @ ..] = letters.as_slice()
        && a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && matches!(kind, 'i' | 'e' | 'v')
        && (1..=4).contains(&digits.len())
        && digits.iter().all(char::is_ascii_digit)
    {
        listing.refer("UN", word);
    }
}

/// The day on which the text says that the party was listed: the first date, before those of later changes, unless the text
/// only names an instrument.
fn listed_on(text: &str) -> Option<Date> {
    let text = squeeze(text);
    if let Some(date) = day(&text) {
        return Some(date);
    }
    let lower = text.to_lowercase();
    let says_so = ["listed on", "listed by", "first listed", "designated under", "the minister for foreign affairs listed"];
    if !says_so.iter().any(|s| lower.starts_with(s)) {
        return None;
    }
    let before = lower.split("amended").next().unwrap_or_default();
    let words: Vec<&str> = before.split([' ', '(', ')', ':']).map(|w| w.trim_matches(['.', ',', ';'])).filter(|w| !w.is_empty()).collect();
    let single = words.iter().enumerate().filter(|(_, w)| w.contains(['/', '-'])).find_map(|(at, w)| Some((at, day(w)?)));
    let worded = words.windows(3).enumerate().find_map(|(at, w)| Some((at, day(&w.join(" "))?)));
    single.into_iter().chain(worded).min().map(|(_, date)| date)
}

fn read_fields(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, "Australia DFAT fields (JSON lines)", limits);
    each_line(file, &mut draft, |draft, e, line| {
        let mut listing = party(e);
        for birth in e.all("dates_of_birth") {
            if let Some(odd) = born(&mut listing, birth) {
                draft.problem(format!("line {line}, entry {}", listing.id), format!("`{odd}` is not understood as a date of birth"));
            }
        }
        draft.add(listing, line)
    })?;
    draft.finish(&file.name)
}

/// The parsed parts are not read: where they are partial, the text says more.
fn born(listing: &mut Listing, birth: Fields<'_>) -> Option<String> {
    let number = |key| birth.text(key).parse::<i16>().ok();
    match (number("year_range_from"), number("year_range_to")) {
        (Some(from), Some(to)) => {
            let span = Span::years(from, to)?;
            listing.born(if birth.is_true("circa") { span.approximate() } else { span });
            None
        }
        _ => listing.born_as_written(&birth.text("raw_value")),
    }
}

fn party(e: Fields<'_>) -> Listing {
    let mut listing = Listing::under(&e.text("reference"));
    listing.kind = kind(&e.text("entity_type"));
    for name in e.all("names") {
        listing.add_name(&name.text("text"), name_kind(&name.text("name_type"), &name.text("alias_strength")));
    }
    for name in e.texts("previous_names") {
        listing.add_name(&name, NameKind::Former);
    }
    listing.primary_first();
    // The list was parted at commas; a place is what stands between two letters.
    let places: Vec<_> = e.all("places_of_birth").map(|p| p.text("raw_value")).collect();
    for place in lettered(&joined(places.iter().map(AsRef::as_ref), ", ")) {
        listing.birth_places.gather(place.trim_end_matches(','));
    }
    for country in e.texts("citizenships") {
        citizenship(&mut listing, &country);
    }
    for address in lettered(&e.text("address")) {
        listing.addresses.gather(&address);
    }
    information(&mut listing, &e.text("additional_info"));
    if e.child("imo_number").is_there() {
        listing.identify_imo(&e.text("imo_number"), IdentifierKind::Imo);
    }
    let sanction = e.child("sanction");
    listing.programmes.gather(&sanction.text("committees"));
    listing.basis.gather(&sanction.text("instrument"));
    listing.listed_on = listed_on(&sanction.text("listing_information"));
    listing.amended_on = Span::parse(&sanction.text("control_date"), Order::DayMonth).map(|s| s.first);
    let keys = ["targeted_financial_sanction", "travel_ban", "arms_embargo", "maritime_restriction"];
    for (key, (_, effect)) in keys.into_iter().zip(EFFECTS) {
        if sanction.is_true(key) {
            listing.effects.gather(effect);
        }
    }
    listing
}
