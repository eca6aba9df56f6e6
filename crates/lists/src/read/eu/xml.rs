//! FSF XML 1.1 (`http://eu.europa.ec/fpi/fsd/export`), whatever prefix its namespace has.

use super::{Birth, Country, LIST, NameParts, Party};
use crate::gather::day;
use crate::input::Opened;
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use crate::xml::{Element, Records};

pub(super) const FORMAT: Format = Format { name: "EU FSF XML", lists: &[LIST], several: false, recognises, read };

fn recognises(file: &Opened<'_>) -> bool {
    file.is_xml("export") && (file.head().contains("fpi/fsd") || file.head().contains("sanctionEntity"))
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, FORMAT.name, limits);
    let mut records = Records::open(file, limits)?;
    draft.version(records.root().attribute("generationDate"));
    while let Some(entity) = records.next(&["sanctionEntity"])? {
        let line = entity.line();
        match party(entity).end() {
            Ok(listing) => draft.add(listing, line)?,
            Err(message) => draft.problem(format!("line {line}"), message),
        }
    }
    draft.finish(&file.name)
}

fn country(e: Element<'_>) -> Country<'_> {
    Country { code: e.attribute("countryIso2Code"), name: e.attribute("countryDescription") }
}

fn party(entity: Element<'_>) -> Party {
    let mut party = Party {
        reference: entity.attribute("euReferenceNumber").to_string(),
        logical_id: entity.attribute("logicalId").to_string(),
        sort: entity.child("subjectType").map_or("", |s| s.attribute("code")).to_string(),
        ..Party::default()
    };
    party.listing.listed_on = day(entity.attribute("designationDate"));
    party.listing.delisted_on = day(entity.attribute("delistingDate"));
    party.listing.refer("UN", entity.attribute("unitedNationId"));
    for child in entity.children() {
        match child.name() {
            "regulation" => party.act(child.attribute("numberTitle"), child.attribute("publicationDate"), child.attribute("programme")),
            "nameAlias" => name(&mut party, child),
            "birthdate" => birth(&mut party, child),
            "citizenship" => party.citizenship(country(child)),
            "address" => address(&mut party, child),
            "identification" => identification(&mut party, child),
            _ => {}
        }
    }
    party
}

fn name(party: &mut Party, e: Element<'_>) {
    for summary in e.all("regulationSummary") {
        party.cited(summary.attribute("publicationDate"));
    }
    party.name(&NameParts {
        first: e.attribute("firstName"),
        middle: e.attribute("middleName"),
        last: e.attribute("lastName"),
        whole: e.attribute("wholeName"),
        gender: e.attribute("gender"),
        function: e.attribute("function"),
        language: e.attribute("nameLanguage"),
        strong: e.attribute("strong"),
        key: e.attribute("logicalId"),
    });
}

fn birth(party: &mut Party, e: Element<'_>) {
    party.birth(&Birth {
        date: e.attribute("birthdate"),
        day: e.attribute("dayOfMonth"),
        month: e.attribute("monthOfYear"),
        year: e.attribute("year"),
        from: e.attribute("yearRangeFrom"),
        to: e.attribute("yearRangeTo"),
        circa: e.attribute("circa"),
        calendar: e.attribute("calendarType"),
        places: [e.attribute("city"), e.attribute("place"), e.attribute("region")],
        country: country(e),
    });
}

fn address(party: &mut Party, e: Element<'_>) {
    let lines = ["street", "poBox", "zipCode", "city", "place", "region"].map(|a| e.attribute(a));
    party.address(&lines, country(e));
    for contact in e.all("contactInfo") {
        party.contact(contact.attribute("key"), contact.attribute("value"));
    }
}

fn identification(party: &mut Party, e: Element<'_>) {
    let number = match e.attribute("number") {
        "" => e.attribute("latinNumber"),
        number => number,
    };
    party.identification(e.attribute("identificationTypeCode"), e.attribute("identificationTypeDescription"), number, country(e));
}
