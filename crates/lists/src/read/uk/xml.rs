//! UK Sanctions List, XML.

use super::{LIST, address, born, dates, gender, kind, measures, name_kind, said, ship_detail};
use crate::gather::{Gather, day, joined};
use crate::input::Opened;
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use crate::xml::{Element, Records};
use crate::{IdentifierKind, Listing, NameKind};

pub(super) const FORMAT: Format = Format { name: "UK Sanctions List XML", lists: &[LIST], several: false, recognises, read };

fn recognises(file: &Opened<'_>) -> bool {
    file.is_xml("Designations")
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, FORMAT.name, limits);
    let mut records = Records::open(file, limits)?;
    while let Some(record) = records.next(&["DateGenerated", "Designation"])? {
        let line = record.line();
        if record.name() == "DateGenerated" {
            draft.version(day(record.text()).map_or_else(|| record.text().to_string(), |d| d.to_string()));
            continue;
        }
        let mut listing = party(record);
        for dob in record.below("DOB") {
            if let Some(odd) = born(&mut listing, dob.text()) {
                draft
                    .problem(format!("line {}, entry {}", dob.line(), listing.id), format!("`{odd}` is not understood as a date of birth"));
            }
        }
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}

fn party(e: Element<'_>) -> Listing {
    let mut listing = Listing::under(e.text_of("UniqueID"));
    listing.kind = kind(e.text_of("IndividualEntityShip"));
    for name in e.child("Names").into_iter().flat_map(|n| n.all("Name")) {
        let parts = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].map(|n| name.text_of(n));
        listing.add_name(&said(parts), name_kind(name.text_of("NameType"), name.text_of("AliasStrength")));
    }
    for name in e.below("NameNonLatinScript") {
        listing.add_name(name.text(), NameKind::Original);
    }
    listing.primary_first();
    listing.refer("UN", e.text_of("UNReferenceNumber"));
    listing.refer("OFSI", e.text_of("OFSIGroupID"));
    listing.programmes.gather(e.text_of("RegimeName"));
    listing.basis.gather(e.text_of("RegimeName"));
    dates(&mut listing, e.text_of("DateDesignated"), e.text_of("LastUpdated"));
    effects(&mut listing, e);
    contacts(&mut listing, e);
    person(&mut listing, e);
    body(&mut listing, e);
    ship(&mut listing, e);
    listing
}

/// The measures in words, or, where an older file has none, by the marks that are true.
fn effects(listing: &mut Listing, e: Element<'_>) {
    measures(listing, e.text_of("SanctionsImposed"));
    if listing.effects.is_empty() {
        for mark in e.child("SanctionsImposedIndicators").into_iter().flat_map(Element::children).filter(|m| m.text() == "true") {
            let words = mark.name().chars().fold(String::new(), |mut words, c| {
                if c.is_uppercase() && !words.is_empty() {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
                words
            });
            listing.effects.gather(&words);
        }
    }
}

fn contacts(listing: &mut Listing, e: Element<'_>) {
    for a in e.child("Addresses").into_iter().flat_map(|a| a.all("Address")) {
        let names = ["AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5", "AddressLine6", "AddressPostalCode"];
        address(listing, &names.map(|n| a.text_of(n)), a.text_of("AddressCountry"));
    }
    for (element, kind) in
        [("PhoneNumber", IdentifierKind::Phone), ("EmailAddress", IdentifierKind::Email), ("Website", IdentifierKind::Web)]
    {
        for contact in e.below(element) {
            listing.identify(kind, contact.text(), "");
        }
    }
}

fn person(listing: &mut Listing, e: Element<'_>) {
    for nationality in e.below("Nationality") {
        listing.nationalities.gather(nationality.text());
    }
    for passport in e.below("PassportNumber") {
        listing.identify(IdentifierKind::Passport, passport.text(), "");
    }
    for number in e.below("NationalIdentifierNumber") {
        listing.identify(IdentifierKind::NationalId, number.text(), "");
    }
    for position in e.below("Position") {
        listing.positions.gather(position.text());
    }
    for title in e.child("Titles").into_iter().flat_map(|t| t.all("Title")) {
        listing.positions.gather(title.text());
    }
    for place in e.below("Location") {
        listing.birth_places.gather(&joined([place.text_of("TownOfBirth"), place.text_of("CountryOfBirth")], ", "));
    }
    for word in e.below("Gender") {
        gender(listing, word.text());
    }
}

fn body(listing: &mut Listing, e: Element<'_>) {
    for number in e.below("BusinessRegistrationNumber") {
        listing.identify(IdentifierKind::Registration, number.text(), "");
    }
    for parent in e.below("ParentCompany") {
        listing.link(parent.text(), "parent company");
    }
    for subsidiary in e.below("Subsidiary") {
        listing.link(subsidiary.text(), "subsidiary");
    }
}

fn ship(listing: &mut Listing, e: Element<'_>) {
    for (element, what) in [
        ("IMONumber", "imo"),
        ("CurrentOwnerOperator", "owner"),
        ("PreviousOwnerOperator", "former owner"),
        ("CurrentBelievedFlagOfShip", "flag"),
        ("PreviousFlag", "former flag"),
        ("TypeOfShip", "type"),
        ("TonnageOfShip", "tonnage"),
        ("YearBuilt", "built"),
        ("HullIdentificationNumber", "hull"),
    ] {
        for detail in e.below(element) {
            ship_detail(listing, what, detail.text());
        }
    }
}
