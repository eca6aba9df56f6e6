//! Switzerland: SECO's list as XML, and the names out of it as JSON lines.
//!
//! The XML keeps parties that were taken off the list and says so in their history; whoever was taken off last has an end. The JSON lines
//! do not carry that history. They are a collection of names and not the list, so that they are never taken for `ch-seco`.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::gather::{Gather, day, joined, span_of};
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::xml::{Element, Records};
use crate::{IdentifierKind, Listing, NameKind, Span};
use jiff::civil::Date;
use names::Kind;
use std::collections::{BTreeMap, HashMap};

const LIST: &str = "ch-seco";

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "Switzerland SECO XML", lists: &[LIST], several: false, recognises, read },
    Format { name: "Switzerland SECO names (JSON lines)", lists: &[], several: false, recognises: is_fields, read: read_fields },
];

fn recognises(file: &Opened<'_>) -> bool {
    file.is_xml("swiss-sanctions-list")
}

fn is_fields(file: &Opened<'_>) -> bool {
    has_keys(file, &["ssid", "sanctions_set_id"])
}

/// Languages of one name, and likewise spellings in one language; real names have one or two.
const MOST_SPELLINGS: usize = 20;

/// What stands once in the file and is only pointed at by the parties.
#[derive(Default)]
struct Shared {
    /// For each set of sanctions: the programme's key and its ordinance.
    programmes: HashMap<String, (String, String)>,
    /// For each place: its text and its country.
    places: HashMap<String, (String, String)>,
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    // Twice through the file: a party may come before the place that it points at.
    let shared = shared(file, limits)?;
    let mut draft = Draft::new(LIST, "Switzerland SECO XML", limits);
    let mut records = Records::open(file, limits)?;
    draft.version(records.root().attribute("date"));
    while let Some(target) = records.next(&["target"])? {
        let line = target.line();
        let listing = party(target, &shared);
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}

fn shared(file: &Opened<'_>, limits: &Limits) -> Result<Shared, Refused> {
    let mut shared = Shared::default();
    let mut records = Records::open(file, limits)?;
    while let Some(e) = records.next(&["sanctions-program", "place"])? {
        if e.name() == "place" {
            let country = country(e);
            let text = joined([e.text_of("location"), e.text_of("area"), e.text_of("country")], ", ");
            shared.places.insert(e.attribute("ssid").to_string(), (text, country.to_string()));
            continue;
        }
        let english =
            |name: &str| e.all(name).find(|n| n.attribute("lang") == "eng").or(e.child(name)).map_or("", Element::text).to_string();
        let programme = (english("program-key"), english("program-name"));
        for set in e.all("sanctions-set") {
            shared.programmes.insert(set.attribute("ssid").to_string(), programme.clone());
        }
    }
    Ok(shared)
}

/// The code of the country element in this one, or its name.
fn country(e: Element<'_>) -> &str {
    e.child("country").map_or("", |c| if c.attribute("iso-code").is_empty() { c.text() } else { c.attribute("iso-code") })
}

fn party(target: Element<'_>, shared: &Shared) -> Listing {
    let mut listing = Listing::under(target.attribute("ssid"));
    let attribute = target.attribute("sanctions-set-id");
    for set in target.all("sanctions-set-id").map(Element::text).chain([attribute]) {
        if let Some((key, name)) = shared.programmes.get(set) {
            listing.programmes.gather(key);
            listing.basis.gather(name);
        }
    }
    for reference in target.all("foreign-identifier") {
        listing.refer("UN", reference.text());
    }
    history(&mut listing, target);
    for subject in target.children() {
        listing.kind = match subject.name() {
            "individual" => Some(Kind::Person),
            "entity" => Some(Kind::Body),
            "object" if subject.attribute("object-type") == "aircraft" => Some(Kind::Aircraft),
            "object" => Some(Kind::Vessel),
            _ => continue,
        };
        match subject.attribute("sex") {
            "male" => listing.female = Some(false),
            "female" => listing.female = Some(true),
            _ => {}
        }
        for identity in subject.all("identity") {
            take(&mut listing, identity, shared);
        }
        for words in subject.all("other-information") {
            information(&mut listing, words.text());
        }
        for relation in subject.all("relation") {
            listing.link(relation.attribute("target-id"), relation.attribute("relation-type"));
        }
    }
    listing.primary_first();
    listing
}

/// The history: a party that was taken off and put on again is listed since the second time.
fn history(listing: &mut Listing, target: Element<'_>) {
    let effective = |m: Element<'_>| ["effective-date", "enactment-date", "publication-date"].iter().find_map(|a| day(m.attribute(a)));
    let mut steps: Vec<(Date, &str, Option<Date>)> = target
        .all("modification")
        .filter_map(|m| Some((effective(m)?, m.attribute("modification-type"), day(m.attribute("publication-date")))))
        .collect();
    steps.sort_by_key(|(on, _, _)| *on);
    let mut on_the_list = false;
    for (on, what, published) in steps {
        if what == "de-listed" {
            on_the_list = false;
            listing.delisted_on = Some(on);
            continue;
        }
        if !on_the_list {
            on_the_list = true;
            listing.listed_on = Some(on);
            listing.delisted_on = None;
            listing.published_on = published;
        }
        listing.amended_on = Some(on);
    }
}

fn take(listing: &mut Listing, identity: Element<'_>, shared: &Shared) {
    for name in identity.all("name") {
        let kind = name_kind(name.attribute("name-type"), name.attribute("quality"));
        names_of(listing, name, kind);
    }
    for nationality in identity.all("nationality") {
        listing.nationalities.gather(country(nationality));
    }
    for date in identity.all("day-month-year") {
        let number = |a: &str| date.attribute(a).parse::<i16>().ok();
        let part = |a| number(a).and_then(|n| i8::try_from(n).ok());
        let gregorian = matches!(date.attribute("calendar"), "" | "gregorian" | "Gregorian");
        if let Some(span) = number("year").filter(|_| gregorian).and_then(|y| span_of(y, part("month"), part("day"))) {
            birth(listing, span);
        }
    }
    for place in identity.all("place-of-birth") {
        if let Some((text, _)) = shared.places.get(place.attribute("place-id")) {
            listing.birth_places.gather(text);
        }
    }
    for address in identity.all("address") {
        let empty = (String::new(), String::new());
        let (place, country) = shared.places.get(address.attribute("place-id")).unwrap_or(&empty);
        let own = ["c-o", "address-details", "p-o-box", "zip-code"].map(|n| address.text_of(n));
        let own = joined(own, ", ");
        if !own.is_empty() {
            listing.addresses.gather(&joined([own.as_str(), place.as_str()], ", "));
        }
        listing.countries.gather(country);
    }
    for document in identity.all("identification-document") {
        let issuer = document.child("issuer").map_or("", |i| if i.attribute("code").is_empty() { i.text() } else { i.attribute("code") });
        let number = document.text_of("number");
        match document.attribute("document-type") {
            "passport" | "diplomatic-passport" => listing.identify(IdentifierKind::Passport, number, issuer),
            "id-card" | "national-identification-card" => listing.identify(IdentifierKind::NationalId, number, issuer),
            other => listing.identify_other(other, number, issuer),
        }
    }
}

/// A body's date is that of its founding, not of a birth.
fn birth(listing: &mut Listing, span: Span) {
    if listing.kind == Some(Kind::Person) {
        listing.born(span);
    }
}

fn name_kind(kind: &str, quality: &str) -> NameKind {
    match (kind, quality) {
        (_, "low") => NameKind::Weak,
        ("primary-name", _) => NameKind::Primary,
        ("formerly-known-as", _) => NameKind::Former,
        _ => NameKind::Alias,
    }
}

/// Where a part stands when a name is said, given name first; the list gives family names first. Titles are no part of the name.
fn said_at(part: &str) -> Option<u8> {
    match part {
        "title" => None,
        "given-name" => Some(1),
        "further-given-name" => Some(2),
        "father-name" => Some(3),
        "grand-father-name" => Some(4),
        "tribal-name" => Some(5),
        "family-name" | "maiden-name" => Some(6),
        "suffix" => Some(8),
        _ => Some(7),
    }
}

/// Parts with their place when said and their place as given; a whole name is what it is.
fn in_order(parts: &mut [(u8, u32, String)]) -> String {
    parts.sort_by_key(|(said, order, _)| (*said, *order));
    joined(parts.iter().map(|(_, _, text)| text.as_str()), " ")
}

/// The name, and the same name in each other spelling.
fn names_of(listing: &mut Listing, name: Element<'_>, kind: NameKind) {
    let parts: Vec<(u8, u32, Element<'_>)> = name
        .all("name-part")
        .filter_map(|p| Some((said_at(p.attribute("name-part-type"))?, p.attribute("order").parse().unwrap_or(0), p)))
        .collect();
    for title in name.all("name-part").filter(|p| p.attribute("name-part-type") == "title") {
        listing.positions.gather(title.text_of("value"));
    }
    let mut base: Vec<_> = parts.iter().map(|(said, order, p)| (*said, *order, p.text_of("value").to_string())).collect();
    listing.add_name(&in_order(&mut base), kind);
    // For each language and script as many names as the part with the most spellings has.
    let mut cultures: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (_, _, part) in &parts {
        let mut here: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for variant in part.all("spelling-variant") {
            *here.entry((variant.attribute("lang"), variant.attribute("script"))).or_default() += 1;
        }
        for (culture, count) in here {
            let most = cultures.entry(culture).or_default();
            *most = (*most).max(count);
        }
    }
    for ((lang, script), count) in cultures.into_iter().take(MOST_SPELLINGS) {
        let latin = matches!(script, "" | "Latn");
        for nth in 0..count.min(MOST_SPELLINGS) {
            let mut spelt: Vec<_> = parts
                .iter()
                .map(|(said, order, part)| {
                    let own: Vec<&str> = part
                        .all("spelling-variant")
                        .filter(|v| v.attribute("lang") == lang && v.attribute("script") == script)
                        .map(Element::text)
                        .collect();
                    let text = own.get(nth).or(own.last()).copied().unwrap_or(part.text_of("value"));
                    (*said, *order, text.to_string())
                })
                .collect();
            let spelt_kind = match kind {
                NameKind::Weak | NameKind::Former => kind,
                _ if latin => NameKind::Alias,
                _ => NameKind::Original,
            };
            listing.add_name(&in_order(&mut spelt), spelt_kind);
        }
    }
}

/// Numbers that stand in free text behind a label.
fn information(listing: &mut Listing, text: &str) {
    let Some((label, value)) = text.split_once(':') else { return };
    let value = value.trim().trim_end_matches('.');
    let label = label.trim().to_lowercase();
    match label.as_str() {
        "imo number" | "imo" => listing.identify_imo(value, IdentifierKind::Imo),
        "website" => listing.identify(IdentifierKind::Web, value, ""),
        "e-mail" | "email" | "e-mail address" | "email address" => listing.identify(IdentifierKind::Email, value, ""),
        "telephone" | "tel." | "telephone number" | "phone" => listing.identify(IdentifierKind::Phone, value, ""),
        "flag" | "flag state" => listing.the_ship().flag = Some(value.to_string()),
        l if l.contains("taxpayer") || l.starts_with("tax ") => listing.identify(IdentifierKind::Tax, value, ""),
        l if l.contains("registration number") => listing.identify(IdentifierKind::Registration, value, ""),
        l if l.contains("passport n") => listing.identify(IdentifierKind::Passport, value, ""),
        _ => {}
    }
}

fn read_fields(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(hint.unwrap_or("ch-seco-names"), "Switzerland SECO names (JSON lines)", limits);
    draft.problem(
        file.name.clone(),
        "this form does not say who was taken off the list: it is a collection of names, not the list in force",
    );
    each_line(file, &mut draft, |draft, e, line| draft.add(party_of(e), line))?;
    draft.finish(&file.name)
}

fn party_of(e: Fields<'_>) -> Listing {
    let mut listing = Listing::under(&e.text("ssid"));
    listing.programmes.gather(&joined(["sanctions set", e.text("sanctions_set_id").as_ref()], " "));
    let person = e.child("individual").is_there();
    listing.kind = Some(if person { Kind::Person } else { Kind::Body });
    let identity = e.child(if person { "individual" } else { "entity" }).child("identity");
    for name in identity.all("names") {
        let kind = name_kind(&name.text("name_type"), &name.text("quality"));
        let mut parts = Vec::new();
        for part in name.all("name_parts") {
            let (sort, value) = (part.text("name_part_type"), part.text("value").into_owned());
            match said_at(&sort) {
                Some(said) => parts.push((said, part.text("order").parse().unwrap_or(0), value)),
                None => listing.positions.gather(&value),
            }
        }
        listing.add_name(&in_order(&mut parts), kind);
    }
    listing.primary_first();
    let date = identity.child("day_month_year");
    let part = |key| date.text(key).parse::<i8>().ok();
    if let Some(span) = date.text("year").parse().ok().and_then(|year| span_of(year, part("month"), part("day"))) {
        birth(&mut listing, span);
    }
    for address in identity.all("addresses") {
        listing.addresses.gather(&joined([address.text("address_details").as_ref(), address.text("zip_code").as_ref()], ", "));
    }
    listing
}
