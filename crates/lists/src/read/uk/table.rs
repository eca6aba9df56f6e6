//! UK Sanctions List, CSV and ODS: a line with the day of the report, then one row for each name or other repeated detail of a party.

use super::{LIST, address, dates, gender, kind, measures, name_kind, said, ship_detail};
use crate::gather::{Gather, joined};
use crate::input::Opened;
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use crate::table::{Row, Table, has_columns};
use crate::{IdentifierKind, Listing, NameKind};

pub(super) const CSV: Format = Format { name: "UK Sanctions List CSV", lists: &[LIST], several: false, recognises, read };

pub(super) const SHEET: Format = Format {
    name: "UK Sanctions List spreadsheet",
    lists: &[LIST],
    several: false,
    recognises: |file| file.archive.is_some() && Table::sheet(file, &WANTED).is_ok(),
    read: |files, _, limits| {
        let file = one(files)?;
        rows(file, Table::sheet(file, &WANTED)?, SHEET.name, limits)
    },
};

const WANTED: [&str; 3] = ["uniqueid", "name6", "ofsigroupid"];

fn recognises(file: &Opened<'_>) -> bool {
    file.head().lines().take(4).any(|line| has_columns(line, b',', &WANTED))
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    rows(file, Table::delimited(file, b',', &WANTED)?, CSV.name, limits)
}

fn rows(file: &Opened<'_>, mut table: Table<'_>, format: &'static str, limits: &Limits) -> Result<Read, Refused> {
    super::grouped(file, &mut table, Draft::new(LIST, format, limits), ("uniqueid", "Unique ID"), take)
}

fn take(listing: &mut Listing, row: &Row<'_>) {
    listing.kind = kind(row.get(&["designationtype", "individualentityship", "grouptype"])).or(listing.kind);
    let parts = ["name1", "name2", "name3", "name4", "name5", "name6"].map(|n| row.get(&[n]));
    listing.add_name(&said(parts), name_kind(row.get(&["nametype"]), row.get(&["aliasstrength"])));
    listing.add_name(row.get(&["namenonlatinscript"]), NameKind::Original);
    listing.positions.gather(row.get(&["title"]));
    listing.refer("UN", row.get(&["unreferencenumber"]));
    listing.refer("OFSI", row.get(&["ofsigroupid"]));
    listing.programmes.gather(row.get(&["regimename"]));
    listing.basis.gather(row.get(&["regimename"]));
    measures(listing, row.get(&["sanctionsimposed"]));
    dates(listing, row.get(&["datedesignated"]), row.get(&["lastupdated"]));
    let lines = ["addressline1", "addressline2", "addressline3", "addressline4", "addressline5", "addressline6", "addresspostalcode"];
    address(listing, &lines.map(|n| row.get(&[n])), row.get(&["addresscountry"]));
    listing.identify(IdentifierKind::Phone, row.get(&["phonenumber"]), "");
    listing.identify(IdentifierKind::Email, row.get(&["emailaddress", "email"]), "");
    listing.identify(IdentifierKind::Web, row.get(&["website"]), "");
    listing.nationalities.gather(row.get(&["nationalityies", "nationality"]));
    listing.identify(IdentifierKind::Passport, row.get(&["passportnumber"]), "");
    listing.identify(IdentifierKind::NationalId, row.get(&["nationalidentifiernumber"]), "");
    listing.positions.gather(row.get(&["position"]));
    listing.birth_places.gather(&joined([row.get(&["townofbirth"]), row.get(&["countryofbirth"])], ", "));
    gender(listing, row.get(&["gender"]));
    listing.identify(IdentifierKind::Registration, row.get(&["businessregistrationnumbers", "businessregistrationnumber"]), "");
    listing.link(row.get(&["parentcompany"]), "parent company");
    listing.link(row.get(&["subsidiaries", "subsidiary"]), "subsidiary");
    for (columns, what) in [
        (["imonumber", "imonumbers"], "imo"),
        (["currentowneroperators", "currentowneroperator"], "owner"),
        (["previousowneroperators", "previousowneroperator"], "former owner"),
        (["currentbelievedflagofship", "currentflag"], "flag"),
        (["previousflags", "previousflag"], "former flag"),
        (["typeofship", "shiptype"], "type"),
        (["tonnageofship", "tonnage"], "tonnage"),
        (["yearbuilt", "yearsbuilt"], "built"),
        (["hullidentificationnumberhin", "hullidentificationnumber"], "hull"),
    ] {
        ship_detail(listing, what, row.get(&columns));
    }
}
