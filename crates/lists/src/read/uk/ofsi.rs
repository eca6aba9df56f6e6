//! OFSI's consolidated list (ConList), CSV: the layout of 2018 and the later one with non-Latin names and alias quality.
//!
//! What later layouts have no column for stands in `Other Information` behind labels: `(UK Sanctions List Ref):DPR0075 (UN Ref): …
//! (IMO number):1234567 (Current owner/operator):…`.

use super::{OFSI, address, kind, name_kind, numbered, said, ship_detail};
use crate::gather::{Gather, day, earlier, joined};
use crate::input::Opened;
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use crate::table::{Row, Table, has_columns};
use crate::{IdentifierKind, Listing, NameKind};

pub(super) const FORMAT: Format = Format { name: "OFSI consolidated list CSV", lists: &[OFSI], several: false, recognises, read };

const WANTED: [&str; 3] = ["name6", "grouptype", "groupid"];

fn recognises(file: &Opened<'_>) -> bool {
    file.head().lines().take(4).any(|line| has_columns(line, b',', &WANTED))
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut table = Table::delimited(file, b',', &WANTED)?;
    super::grouped(file, &mut table, Draft::new(OFSI, FORMAT.name, limits), ("groupid", "Group ID"), take)
}

fn take(listing: &mut Listing, row: &Row<'_>) {
    listing.kind = kind(row.get(&["grouptype"])).or(listing.kind);
    let parts = ["name1", "name2", "name3", "name4", "name5", "name6"].map(|n| row.get(&[n]));
    listing.add_name(&said(parts), name_kind(row.get(&["aliastype"]), row.get(&["aliasquality"])));
    listing.add_name(row.get(&["namenonlatinscript"]), NameKind::Original);
    listing.positions.gather(row.get(&["title"]));
    listing.positions.gather(row.get(&["position"]));
    let birth_country = numbered(row.get(&["countryofbirth"])).join(" / ");
    listing.birth_places.gather(&joined([row.get(&["townofbirth"]), birth_country.as_str()], ", "));
    for nationality in numbered(row.get(&["nationality"])) {
        listing.nationalities.gather(&nationality);
    }
    // In 2018 the details were the number and words about it in one; later the number has a column of its own.
    listing.identify(IdentifierKind::Passport, row.get(&["passportnumber", "passportdetails"]), "");
    listing.identify(IdentifierKind::NationalId, row.get(&["nationalidentificationnumber", "ninumber"]), "");
    let lines = ["address1", "address2", "address3", "address4", "address5", "address6", "postzipcode"];
    address(listing, &lines.map(|n| row.get(&[n])), row.get(&["country"]));
    listing.programmes.gather(row.get(&["regime"]));
    listing.effects.gather("asset freeze");
    listing.listed_on = earlier(listing.listed_on, day(row.get(&["listedon"])));
    listing.listed_on = earlier(listing.listed_on, day(row.get(&["uksanctionslistdatedesignated"])));
    listing.amended_on = listing.amended_on.max(day(row.get(&["lastupdated"])));
    listing.refer("UK", row.get(&["uksanctionslistref"]));
    other_information(listing, row.get(&["otherinformation"]));
}

/// The marks in the free text: those behind labels, and the UN reference in the wording of 2018 (`UN Ref QDi.123.`).
fn other_information(listing: &mut Listing, text: &str) {
    for (label, rest) in labels(text) {
        let value = rest.trim().trim_end_matches('.');
        match label.to_ascii_lowercase().as_str() {
            "uk sanctions list ref" => listing.refer("UK", value),
            "un ref" => listing.refer("UN", value),
            "gender" => super::gender(listing, value),
            "phone number" => listing.identify(IdentifierKind::Phone, value, ""),
            "email address" => listing.identify(IdentifierKind::Email, value, ""),
            "website" => listing.identify(IdentifierKind::Web, value, ""),
            "business reg no" => listing.identify(IdentifierKind::Registration, value, ""),
            "parent company" => listing.link(value, "parent company"),
            "subsidiaries" => listing.link(value, "subsidiary"),
            "imo number" => ship_detail(listing, "imo", value),
            "current owner/operator" => ship_detail(listing, "owner", value),
            "previous owner/operator" => ship_detail(listing, "former owner", value),
            "current believed flag of ship" => ship_detail(listing, "flag", value),
            "previous flags" | "previous flag" => ship_detail(listing, "former flag", value),
            "type of ship" => ship_detail(listing, "type", value),
            "tonnage of ship" => ship_detail(listing, "tonnage", value),
            "year built" => ship_detail(listing, "built", value),
            _ => {}
        }
    }
    for (at, mark) in text.match_indices("UN Ref") {
        let after = text.get(at + mark.len()..).unwrap_or_default().trim_start_matches(['.', ' ', ':']);
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(after.len());
        let reference = after.get(..end).unwrap_or_default().trim_end_matches('.');
        if reference.contains('.') && reference.len() <= 16 {
            listing.refer("UN", reference);
        }
    }
}

/// `(Label):value` pieces; a value ends where the next label begins.
fn labels(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends: Vec<usize> = text.match_indices("):").map(|(at, _)| at).collect();
    let starts: Vec<(usize, usize)> = ends.iter().filter_map(|end| text.get(..*end)?.rfind('(').map(|start| (start, *end))).collect();
    (0..starts.len()).filter_map(move |i| {
        let (start, end) = *starts.get(i)?;
        let until = starts.get(i + 1).map_or(text.len(), |(next, _)| *next);
        Some((text.get(start + 1..end)?, text.get(end + 2..until)?))
    })
}
