//! The UK Sanctions List as one JSON object a designation, as the ammitto project stores it. Dates of birth, numbers and ship details are
//! not in it.

use super::{LIST, address, dates, kind, measures, name_kind, said};
use crate::gather::Gather;
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use crate::{Listing, NameKind};

pub(super) const FORMAT: Format =
    Format { name: "UK Sanctions List fields (JSON lines)", lists: &[LIST], several: false, recognises, read };

fn recognises(file: &Opened<'_>) -> bool {
    has_keys(file, &["unique_id", "individual_entity_ship", "names"])
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, FORMAT.name, limits);
    each_line(file, &mut draft, |draft, designation, line| draft.add(party(designation), line))?;
    draft.finish(&file.name)
}

fn party(e: Fields<'_>) -> Listing {
    let mut listing = Listing::under(&e.text("unique_id"));
    listing.kind = kind(&e.text("individual_entity_ship"));
    for name in e.child("names").all("names") {
        let parts = ["name1", "name2", "name3", "name4", "name5", "name6"].map(|n| name.text(n));
        let kind = name_kind(&name.text("name_type"), &name.text("alias_strength"));
        listing.add_name(&said(parts.each_ref().map(AsRef::as_ref)), kind);
    }
    for name in e.child("non_latin_names").all("names") {
        listing.add_name(&name.text("name_non_latin_script"), NameKind::Original);
    }
    listing.primary_first();
    listing.refer("UN", &e.text("un_reference_number"));
    listing.refer("OFSI", &e.text("ofsi_group_id"));
    listing.programmes.gather(&e.text("regime_name"));
    listing.basis.gather(&e.text("regime_name"));
    dates(&mut listing, &e.text("date_designated"), &e.text("last_updated"));
    measures(&mut listing, &e.text("sanctions_imposed"));
    for a in e.child("addresses").all("addresses") {
        let names =
            ["address_line1", "address_line2", "address_line3", "address_line4", "address_line5", "address_line6", "address_postal_code"];
        let lines = names.map(|n| a.text(n));
        address(&mut listing, &lines.each_ref().map(AsRef::as_ref), &a.text("address_country"));
    }
    listing
}
