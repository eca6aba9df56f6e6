//! Annexes to the European Union's legal acts, as the OpenSanctions project transcribes them from the Official Journal: a file an act,
//! consolidated or amending. Beside asset freezes they have what the financial list lacks: export controls on bodies (Annex IV to
//! Regulation 833/2014), ships that may not be served (Annex XLII), banks, ports. What an annex does stands in `effects`.
//!
//! A party is an entry of an annex: `32014R0269/I.PERSONS/6`. An entry without number goes by its name. Where persons and bodies of one
//! annex are numbered from 1 each, the word for the sort of party is added to the later of the two. The same entry under a second measure adds to the first;
//! an amending act takes the place of the entry that it amends.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::gather::{Gather, day};
use crate::input::Opened;
use crate::table::{Row, Table, has_columns};
use crate::{IdentifierKind, Listing, NameKind};
use names::Kind;
use std::collections::HashMap;

const LIST: &str = "eu-journal";

pub(crate) const FORMATS: &[Format] =
    &[Format { name: "EU Official Journal annexes CSV", lists: &[LIST], several: true, recognises, read }];

const WANTED: [&str; 5] = ["recordid", "programkey", "annex", "measure", "schema"];

fn recognises(file: &Opened<'_>) -> bool {
    has_columns(file.first_line(), b',', &WANTED)
}

/// An entry, the line on which it stands and the file.
struct Entry {
    listing: Listing,
    line: usize,
    file: usize,
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let mut draft = Draft::new(LIST, "EU Official Journal annexes CSV", limits);
    // Amending acts after what they amend, in the order of their numbers.
    let mut ordered: Vec<&Opened<'_>> = files.iter().collect();
    let amends = |file: &Opened<'_>| has_columns(file.first_line(), b',', &["amendmentcelex"]);
    ordered.sort_by(|a, b| (amends(a), &a.name).cmp(&(amends(b), &b.name)));
    let mut entries: Vec<Entry> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let several = ordered.len() > 1;
    for (number, file) in ordered.into_iter().enumerate() {
        let mut table = Table::delimited(file, b',', &WANTED)?;
        while let Some(row) = table.next(&file.name, &mut draft)? {
            let line = row.line;
            let place = if several { format!("{}, line {line}", file.name) } else { format!("line {line}") };
            let mut listing = party(&row);
            for birth in values(row.get(&["birthdate"])) {
                if let Some(odd) = listing.born_as_written(&birth) {
                    draft.problem(format!("{place}, entry {}", listing.id), format!("`{odd}` is not understood as a date of birth"));
                }
            }
            place_entry(&mut entries, &mut known, Entry { listing, line, file: number }, row.get(&["schema"]));
        }
    }
    for entry in entries {
        draft.add(entry.listing, entry.line)?;
    }
    draft.finish(&one(files)?.name)
}

/// Puts an entry where it belongs: a new one, more of one that is there, or in place of the one that it amends.
fn place_entry(entries: &mut Vec<Entry>, known: &mut HashMap<String, usize>, mut entry: Entry, schema: &str) {
    let name = |listing: &Listing| listing.names.first().map(|n| n.text.clone());
    let other = |at: &usize, entry: &Entry| {
        entries
            .get(*at)
            .is_some_and(|e| e.file == entry.file && e.listing.kind != entry.listing.kind && name(&e.listing) != name(&entry.listing))
    };
    if known.get(&entry.listing.id).is_some_and(|at| other(at, &entry)) {
        entry.listing.id = format!("{} {}", entry.listing.id, schema.to_lowercase());
    }
    let there = known.get(&entry.listing.id).copied();
    match there.and_then(|at| entries.get_mut(at)) {
        Some(first) if first.file == entry.file && name(&first.listing) == name(&entry.listing) => {
            for effect in &entry.listing.effects {
                first.listing.effects.gather(effect);
            }
            for programme in &entry.listing.programmes {
                first.listing.programmes.gather(programme);
            }
        }
        Some(first) if first.file == entry.file => {
            // Two parties under one number: the second goes by its name as well.
            entry.listing.id = format!("{} {}", entry.listing.id, name(&entry.listing).unwrap_or_default());
            known.insert(entry.listing.id.clone(), entries.len());
            entries.push(entry);
        }
        Some(first) => {
            entry.listing.amended_on = entry.listing.listed_on.filter(|on| first.listing.listed_on.is_some_and(|was| was < *on));
            *first = entry;
        }
        None => {
            known.insert(entry.listing.id.clone(), entries.len());
            entries.push(entry);
        }
    }
}

/// The values in a cell, parted by `;`, with quotation marks around those that have one in them.
fn values(cell: &str) -> Vec<String> {
    if !cell.contains(';') && !cell.contains('"') {
        return if cell.is_empty() { Vec::new() } else { vec![cell.to_string()] };
    }
    // The reader of tables does not pass over a blank before a quotation mark.
    let tidy = cell.replace("; \"", ";\"");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b';').from_reader(tidy.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
    records.iter().flat_map(|r| r.iter()).map(str::trim).filter(|v| !v.is_empty()).map(str::to_string).collect()
}

fn party(row: &Row<'_>) -> Listing {
    let act = row.get(&["celex", "amendedcelex"]);
    let annex = row.get(&["annex"]);
    let entry = row.get(&["recordid", "name"]);
    let mut listing = Listing::under(&format!("{act}/{annex}/{entry}"));
    listing.kind = match row.get(&["schema"]) {
        "Person" => Some(Kind::Person),
        "Company" | "LegalEntity" | "Organization" => Some(Kind::Body),
        "Vessel" => Some(Kind::Vessel),
        // A port, a crypto-asset, a pipeline: none of the sorts of party that we know.
        _ => None,
    };
    listing.add_name(row.get(&["name"]), NameKind::Primary);
    for (column, kind) in [("alias", NameKind::Alias), ("previousname", NameKind::Former), ("weakalias", NameKind::Weak)] {
        for name in values(row.get(&[column])) {
            listing.add_name(&name, kind);
        }
    }
    match row.get(&["gender"]).to_ascii_lowercase().as_str() {
        "male" => listing.female = Some(false),
        "female" => listing.female = Some(true),
        _ => {}
    }
    listing.programmes.gather(row.get(&["programkey"]));
    listing.basis.gather(act);
    listing.basis.gather(row.get(&["amendmentcelex"]));
    listing.effects.gather(&row.get(&["measure"]).to_lowercase());
    listing.listed_on = day(row.get(&["startdate"]));
    let texts: [(&str, &mut Vec<String>); 5] = [
        ("nationality", &mut listing.nationalities),
        ("country", &mut listing.countries),
        ("birthplace", &mut listing.birth_places),
        ("position", &mut listing.positions),
        ("address", &mut listing.addresses),
    ];
    for (column, into) in texts {
        for value in values(row.get(&[column])) {
            into.gather(&value);
        }
    }
    for value in values(row.get(&["jurisdiction"])) {
        listing.nationalities.gather(&value);
    }
    marks(&mut listing, row);
    listing
}

fn marks(listing: &mut Listing, row: &Row<'_>) {
    for (column, kind) in [
        ("passportnumber", IdentifierKind::Passport),
        ("idnumber", IdentifierKind::NationalId),
        ("taxnumber", IdentifierKind::Tax),
        ("inncode", IdentifierKind::Tax),
        ("registrationnumber", IdentifierKind::Registration),
        ("ogrncode", IdentifierKind::Registration),
        ("leicode", IdentifierKind::Lei),
        ("swiftbic", IdentifierKind::Bic),
        ("mmsi", IdentifierKind::Mmsi),
        ("website", IdentifierKind::Web),
        ("email", IdentifierKind::Email),
        ("phone", IdentifierKind::Phone),
    ] {
        for value in values(row.get(&[column])) {
            listing.identify(kind, &value, "");
        }
    }
    for (column, sort) in [("kppcode", "KPP"), ("okpocode", "OKPO"), ("ticker", "ticker")] {
        for value in values(row.get(&[column])) {
            listing.identify_other(sort, &value, "");
        }
    }
    let imo = if listing.kind == Some(Kind::Vessel) { IdentifierKind::Imo } else { IdentifierKind::ImoCompany };
    for value in values(row.get(&["imonumber"])) {
        listing.identify_imo(&value, imo);
    }
    for value in values(row.get(&["flag"])) {
        let ship = listing.the_ship();
        ship.flag = ship.flag.take().or(Some(value));
    }
}
