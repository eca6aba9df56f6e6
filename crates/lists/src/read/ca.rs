//! Canada: the consolidated autonomous sanctions list (SEMA and JVCFOA), XML and its fields as JSON lines.
//!
//! The list has no references. A party is an item of a schedule to a country's regulations, and that is its reference here:
//! `Belarus/1, Part 1/3`. An item keeps its number when others are repealed.

use super::{Draft, Format, Limits, Read, Refused, one, squeeze};
use crate::gather::{Gather, day, joined};
use crate::input::Opened;
use crate::json::{each_line, has_keys};
use crate::xml::Records;
use crate::{IdentifierKind, Listing, NameKind};
use names::Kind;

const LIST: &str = "ca-sema";

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "Canada SEMA XML", lists: &[LIST], several: false, recognises: is_xml, read: read_xml },
    Format { name: "Canada SEMA fields (JSON lines)", lists: &[LIST], several: false, recognises: is_fields, read: read_fields },
];

/// One record.
struct Record<'a> {
    country: &'a str,
    family: &'a str,
    given: &'a str,
    body: &'a str,
    title: &'a str,
    aliases: &'a str,
    date: &'a str,
    imo: &'a str,
    schedule: &'a str,
    item: &'a str,
    listed: &'a str,
}

fn is_xml(file: &Opened<'_>) -> bool {
    file.is_xml("data-set") && file.head().contains("<Country>")
}

fn is_fields(file: &Opened<'_>) -> bool {
    has_keys(file, &["country", "item", "date_of_listing"])
}

fn read_xml(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, "Canada SEMA XML", limits);
    let mut records = Records::open(file, limits)?;
    while let Some(e) = records.next(&["record"])? {
        let date = ["DateOfBirthOrShipBuildDate", "DateOfBirth"].iter().map(|n| e.text_of(n)).find(|t| !t.is_empty());
        let body = ["EntityOrShip", "Entity"].iter().map(|n| e.text_of(n)).find(|t| !t.is_empty());
        let title = ["TitleOrShip", "Title"].iter().map(|n| e.text_of(n)).find(|t| !t.is_empty());
        let record = Record {
            country: e.text_of("Country"),
            family: e.text_of("LastName"),
            given: e.text_of("GivenName"),
            body: body.unwrap_or_default(),
            title: title.unwrap_or_default(),
            aliases: e.text_of("Aliases"),
            date: date.unwrap_or_default(),
            imo: e.text_of("ShipIMONumber"),
            schedule: e.text_of("Schedule"),
            item: e.text_of("Item"),
            listed: e.text_of("DateOfListing"),
        };
        let line = e.line();
        record.take(&mut draft, line)?;
    }
    draft.finish(&file.name)
}

fn read_fields(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(LIST, "Canada SEMA fields (JSON lines)", limits);
    each_line(file, &mut draft, |draft, e, line| {
        let keys = ["country", "last_name", "given_name", "entity_or_ship", "title_or_ship", "aliases", "date_of_birth_or_ship_build_date"];
        let [country, family, given, body, title, aliases, date] = keys.map(|k| e.text(k));
        let [imo, schedule, item, listed] = ["ship_imo_number", "schedule", "item", "date_of_listing"].map(|k| e.text(k));
        let record = Record {
            country: &country,
            family: &family,
            given: &given,
            body: &body,
            title: &title,
            aliases: &aliases,
            date: &date,
            imo: &imo,
            schedule: &schedule,
            item: &item,
            listed: &listed,
        };
        record.take(draft, line)
    })?;
    draft.finish(&file.name)
}

impl Record<'_> {
    fn take(&self, draft: &mut Draft<'_>, line: usize) -> Result<(), Refused> {
        // The English half: the French one is missing in some years.
        let english = squeeze(self.country.split(" / ").next().unwrap_or_default());
        let mut listing = Listing::under(&format!("{english}/{}/{}", squeeze(self.schedule), squeeze(self.item)));
        let person = !squeeze(self.family).is_empty() || !squeeze(self.given).is_empty();
        // A body has no date; an entry with one, or with a number, is a ship.
        let ship = !person && (!self.imo.is_empty() || !self.date.is_empty());
        listing.kind = Some(if person {
            Kind::Person
        } else if ship {
            Kind::Vessel
        } else {
            Kind::Body
        });
        listing.add_name(&if person { joined([self.given, self.family], " ") } else { squeeze(self.body) }, NameKind::Primary);
        for alias in aliases(self.aliases, person) {
            listing.add_name(&alias, NameKind::Alias);
        }
        listing.programmes.gather(&english);
        listing.basis.gather(&joined(["Schedule", self.schedule], " "));
        listing.listed_on = day(self.listed);
        if ship {
            listing.identify_imo_if_any(self.imo);
            listing.the_ship().sort = Some(squeeze(self.title)).filter(|t| !t.is_empty());
            listing.the_ship().built = self.date.trim().get(..4).and_then(|y| y.parse().ok());
        } else {
            listing.positions.gather(self.title);
            if let Some(odd) = listing.born_as_written(self.date) {
                draft.problem(format!("line {line}, entry {}", listing.id), format!("`{odd}` is not understood as a date of birth"));
            }
        }
        draft.add(listing, line)
    }
}

impl Listing {
    /// Keeps the IMO number of a ship when there is one.
    fn identify_imo_if_any(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.identify_imo(text, IdentifierKind::Imo);
        }
    }
}

/// The single names in a cell. A comma parts the names of persons only: in the name of a body it may be `Foo Trading, LLC`.
fn aliases(text: &str, person: bool) -> Vec<String> {
    let marks: &[char] = if person { &[';', '\n', ','] } else { &[';', '\n'] };
    let without_language = |name: &str| match name.split_once(": ") {
        Some((label, rest)) if label.chars().all(char::is_alphabetic) => rest.to_string(),
        _ => name.to_string(),
    };
    text.split(marks).map(squeeze).map(|n| without_language(&n)).filter(|n| !n.is_empty()).collect()
}
