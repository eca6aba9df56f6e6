//! The XML's content as one JSON object a party, as the ammitto project stores it: same attributes, names with underscores.

use super::{Birth, Country, LIST, NameParts, Party};
use crate::gather::day;
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use std::borrow::Cow;

pub(super) const FORMAT: Format = Format { name: "EU FSF fields (JSON lines)", lists: &[LIST], several: false, recognises, read };

fn recognises(file: &Opened<'_>) -> bool {
    has_keys(file, &["eu_reference_number", "name_aliases"])
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, FORMAT.name, limits);
    each_line(file, &mut draft, |draft, entity, line| {
        match party(entity).end() {
            Ok(listing) => draft.add(listing, line)?,
            Err(message) => draft.problem(format!("line {line}"), message),
        }
        Ok(())
    })?;
    draft.finish(&file.name)
}

/// The texts under these keys.
fn texts<'v, const N: usize>(fields: Fields<'v>, keys: [&str; N]) -> [Cow<'v, str>; N] {
    keys.map(|k| fields.text(k))
}

fn party(entity: Fields<'_>) -> Party {
    let mut party = Party {
        reference: entity.text("eu_reference_number").into_owned(),
        logical_id: entity.text("logical_id").into_owned(),
        sort: entity.child("subject_type").text("code").into_owned(),
        ..Party::default()
    };
    party.listing.listed_on = day(&entity.text("designation_date"));
    party.listing.refer("UN", &entity.text("united_nation_id"));
    for act in entity.all("regulations") {
        party.act(&act.text("number_title"), &act.text("publication_date"), &act.text("programme"));
    }
    for alias in entity.all("name_aliases") {
        name(&mut party, alias);
    }
    for born in entity.all("birthdates") {
        birth(&mut party, born);
    }
    for citizenship in entity.all("citizenships") {
        let [code, name] = country(citizenship);
        party.citizenship(Country { code: &code, name: &name });
    }
    for address in entity.all("addresses") {
        let [code, name] = country(address);
        let lines = texts(address, ["street", "po_box", "zip_code", "city", "place", "region"]);
        party.address(&lines.each_ref().map(AsRef::as_ref), Country { code: &code, name: &name });
        for contact in address.all("contact_infos") {
            party.contact(&contact.text("key"), &contact.text("value"));
        }
    }
    for mark in entity.all("identifications") {
        let [code, name] = country(mark);
        let [sort, words, number] = texts(mark, ["identification_type_code", "identification_type_description", "number"]);
        party.identification(&sort, &words, &number, Country { code: &code, name: &name });
    }
    party
}

fn country(fields: Fields<'_>) -> [Cow<'_, str>; 2] {
    texts(fields, ["country_iso2_code", "country_description"])
}

fn name(party: &mut Party, alias: Fields<'_>) {
    for summary in alias.all("regulation_summaries") {
        party.cited(&summary.text("publication_date"));
    }
    let keys = ["first_name", "middle_name", "last_name", "whole_name", "gender", "function", "name_language", "strong", "logical_id"];
    let values = texts(alias, keys);
    let [first, middle, last, whole, gender, function, language, strong, key] = values.each_ref().map(AsRef::as_ref);
    party.name(&NameParts { first, middle, last, whole, gender, function, language, strong, key });
}

fn birth(party: &mut Party, born: Fields<'_>) {
    let keys = ["birthdate", "day_of_month", "month_of_year", "year", "year_range_from", "year_range_to", "circa", "calendar_type"];
    let values = texts(born, keys);
    let [date, day, month, year, from, to, circa, calendar] = values.each_ref().map(AsRef::as_ref);
    let places = texts(born, ["city", "place", "region"]);
    let [code, name] = country(born);
    let country = Country { code: &code, name: &name };
    party.birth(&Birth { date, day, month, year, from, to, circa, calendar, places: places.each_ref().map(AsRef::as_ref), country });
}
