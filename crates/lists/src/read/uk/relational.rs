//! The UK Sanctions List as five tables joined by the unique id (subjects, names, dates of birth, identifiers, countries), as a project
//! that normalises the list stores it.
//!
//! Only the raw values are read. The parsed years beside them belong to other rows in many places (`dd/mm/1958` beside 1968).

use super::{LIST, born, dates, kind, name_kind, said, ship_detail};
use crate::gather::Gather;
use crate::input::Opened;
use crate::read::{Draft, Format, Limits, Read, Refused};
use crate::table::{Row, Table, has_columns};
use crate::{IdentifierKind, Listing};
use std::collections::HashMap;

pub(super) const FORMAT: Format = Format { name: "UK Sanctions List in five tables", lists: &[LIST], several: true, recognises, read };

const WANTED: [&str; 1] = ["uniqueid"];

/// The five tables: a column that only it has, in the order in which they are read.
const TABLES: [&str; 5] = ["subjecttype", "nametype", "precision", "identifiertype", "countrytype"];

fn table_of(file: &Opened<'_>) -> Option<usize> {
    TABLES.iter().position(|column| has_columns(file.first_line(), b',', &["uniqueid", *column]))
}

fn recognises(file: &Opened<'_>) -> bool {
    table_of(file).is_some()
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let mut ordered: Vec<(usize, &Opened<'_>)> = files.iter().filter_map(|f| Some((table_of(f)?, f))).collect();
    ordered.sort_by_key(|(table, _)| *table);
    let missing: Vec<&str> =
        [(0, "subjects"), (1, "names")].iter().filter(|(t, _)| !ordered.iter().any(|(o, _)| o == t)).map(|(_, n)| *n).collect();
    let first = files.first().map_or("", |f| f.name.as_str());
    if !missing.is_empty() {
        return Err(Refused::new(
            first,
            format!("the table of {} is missing", missing.join(" and ")),
            "give all tables of the list together",
        ));
    }
    let mut draft = Draft::new(LIST, FORMAT.name, limits);
    let mut parties: Vec<(Listing, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (which, file) in ordered {
        let mut table = Table::delimited(file, b',', &WANTED)?;
        let mut homeless = 0;
        while let Some(row) = table.next(&file.name, &mut draft)? {
            let id = row.get(&WANTED);
            let place = format!("{}, line {}", file.name, row.line);
            if id.is_empty() {
                homeless += 1;
                continue;
            }
            if which == 0 {
                known.entry(id.to_string()).or_insert_with(|| {
                    parties.push((Listing::under(id), row.line));
                    parties.len() - 1
                });
            }
            let Some((listing, _)) = known.get(id).and_then(|at| parties.get_mut(*at)) else {
                draft.problem(place, format!("there is no party {id} in the table of subjects"));
                continue;
            };
            if let Some(odd) = take(listing, which, &row) {
                draft.problem(place, odd);
            }
        }
        if homeless > 0 {
            draft.problem(file.name.clone(), format!("{homeless} rows belong to no party: they have no `unique_id`"));
        }
    }
    for (mut listing, line) in parties {
        listing.primary_first();
        draft.add(listing, line)?;
    }
    draft.finish(first)
}

/// What a row says of its party; gives back what was not understood.
fn take(listing: &mut Listing, which: usize, row: &Row<'_>) -> Option<String> {
    let raw = row.get(&["rawvalue"]);
    match which {
        0 => {
            listing.kind = kind(row.get(&["subjecttype"])).or(listing.kind);
            listing.refer("UN", row.get(&["unreferencenumber"]));
            listing.refer("OFSI", row.get(&["ofsigroupid"]));
            dates(listing, row.get(&["datedesignated"]), row.get(&["lastupdated"]));
        }
        1 => {
            let parts = ["name1", "name2", "name3", "name4", "name5", "name6"].map(|n| row.get(&[n]));
            let quality = row.get(&["aliasstrength"]).replace('_', " ");
            listing.add_name(&said(parts), name_kind(row.get(&["nametype"]), &quality));
        }
        2 => return born(listing, raw).map(|odd| format!("`{odd}` is not understood as a date of birth")),
        3 => match row.get(&["identifiertype"]) {
            "passport" => listing.identify(IdentifierKind::Passport, raw, ""),
            "national" => listing.identify(IdentifierKind::NationalId, raw, ""),
            "business_registration_numbers" => listing.identify(IdentifierKind::Registration, raw, ""),
            "imo" => ship_detail(listing, "imo", raw),
            other => listing.identify_other(other, raw, ""),
        },
        _ => match row.get(&["countrytype"]) {
            "nationality" => listing.nationalities.gather(raw),
            "birth" => listing.birth_places.gather(raw),
            _ => listing.countries.gather(raw),
        },
    }
    None
}
