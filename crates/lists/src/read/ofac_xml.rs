//! `SDN.XML` and `CONSOLIDATED.XML` of the Office of Foreign Assets Control, in the old and the new namespace.

use super::ofac_remarks::{effects, kind, labelled, name_kind, remarks, said, titles, tonnages, which_list};
use super::{Draft, Format, Limits, Read, Refused, one};
use crate::input::Opened;
use crate::xml::{Element, Records};
use crate::{Identifier, IdentifierKind, ListedName, Listing, NameKind, Order, Ship, Span};
use names::Kind;

pub(crate) const FORMATS: &[Format] = &[Format {
    name: "OFAC SDN.XML or CONSOLIDATED.XML",
    lists: &["us-ofac-sdn", "us-ofac-cons"],
    several: false,
    recognises: |f| f.is_xml("sdnList"),
    read,
}];

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let list = which_list(hint, &file.name, &file.text);
    let mut draft = Draft::new(list, "OFAC SDN.XML or CONSOLIDATED.XML", limits);
    let mut records = Records::open(file, limits)?;
    // The spelling of the first element is the issuer's.
    while let Some(e) = records.next(&["publshInformation", "sdnEntry"])? {
        if e.name() == "publshInformation" {
            let date = e.text_of("Publish_Date");
            match Span::parse(date, Order::MonthDay) {
                Some(day) => draft.version(day.to_string()),
                None => draft.problem(format!("line {}", e.line()), format!("“{date}” is not understood as the day of publication")),
            }
            if let Ok(count) = e.text_of("Record_Count").parse() {
                draft.declared(count);
            }
            continue;
        }
        let (listing, problems) = entry(e, list);
        for problem in problems {
            draft.problem(format!("line {}, entry {}", e.line(), listing.id), problem);
        }
        draft.add(listing, e.line())?;
    }
    draft.finish(&file.name)
}

fn entry(e: Element<'_>, list: &str) -> (Listing, Vec<String>) {
    let mut problems = Vec::new();
    let sort = e.text_of("sdnType");
    let mut l = Listing { id: e.text_of("uid").into(), kind: kind(sort), effects: effects(list), ..Listing::default() };
    if l.kind.is_none() {
        problems.push(format!("“{sort}” is not a known sort of party"));
    }
    l.names.push(ListedName { text: name(e, l.kind), kind: NameKind::Primary });
    l.positions.extend(titles(e.text_of("title")));
    let inside = |list: &'static str, item: &'static str| e.all(list).flat_map(move |l| l.all(item));
    l.programmes = inside("programList", "program").map(|p| p.text().to_string()).collect();
    for aka in inside("akaList", "aka") {
        let sort = name_kind(aka.text_of("type"), aka.text_of("category") == "weak");
        l.names.push(ListedName { text: name(aka, l.kind), kind: sort });
    }
    for id in inside("idList", "id") {
        problems.extend(labelled(&mut l, id.text_of("idType"), id.text_of("idNumber"), id.text_of("idCountry")));
    }
    for address in inside("addressList", "address") {
        let parts = ["address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"].map(|p| address.text_of(p));
        l.addresses.push(parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "));
        l.countries.push(address.text_of("country").into());
    }
    for date in inside("dateOfBirthList", "dateOfBirthItem").map(|d| d.text_of("dateOfBirth")) {
        match Span::parse(date, Order::MonthDay) {
            Some(span) => l.births.push(span),
            None => problems.push(format!("“{date}” is not understood as a date of birth")),
        }
    }
    l.birth_places = inside("placeOfBirthList", "placeOfBirthItem").map(|p| p.text_of("placeOfBirth").into()).collect();
    let nations = inside("nationalityList", "nationality").chain(inside("citizenshipList", "citizenship"));
    l.nationalities.extend(nations.map(|n| n.text_of("country").to_string()));
    if let Some(vessel) = e.child("vesselInfo") {
        ship(&mut l, vessel);
    }
    if l.kind == Some(Kind::Aircraft) {
        let value = l.names.first().map_or_else(String::new, |n| n.text.clone());
        l.identifiers.push(Identifier { kind: IdentifierKind::Tail, value, country: String::new() });
    }
    problems.extend(remarks(&mut l, e.text_of("remarks")));
    (l, problems)
}

/// Family name first, as in the old files.
fn name(e: Element<'_>, kind: Option<Kind>) -> String {
    match e.text_of("firstName") {
        "" => said(e.text_of("lastName"), kind),
        first => format!("{} {first}", e.text_of("lastName")),
    }
}

fn ship(listing: &mut Listing, vessel: Element<'_>) {
    let given = |name: &str| Some(vessel.text_of(name).to_string()).filter(|t| !t.is_empty());
    let value = vessel.text_of("callSign").to_string();
    listing.identifiers.push(Identifier { kind: IdentifierKind::CallSign, value, country: String::new() });
    let ship = listing.ship.get_or_insert_with(Ship::default);
    (ship.flag, ship.sort, ship.owner) = (given("vesselFlag"), given("vesselType"), given("vesselOwner"));
    ship.tonnage = tonnages(vessel.text_of("tonnage"), vessel.text_of("grossRegisteredTonnage"));
}
