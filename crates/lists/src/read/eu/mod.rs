//! The European Union's consolidated list of financial sanctions (FSF), in its four published forms and one derived.
//!
//! The listing's reference is the EU reference number (`EU.27.28`): it is the one the Commission shows to the public, every form carries
//! it, it is unique, and it stayed the same for every party that is both in the list of 2018 and in that of 2026. The logical id, a key of
//! the Commission's database, is taken only where a record lacks the number.
//!
//! No form says which of several names is the main one, and the order of the names changes from one export to the next. So the main name
//! is chosen by what the name itself says, the key of its record deciding the rest: see [`Name::rank`].

mod fields;
mod table;
mod xml;

use super::{Format, squeeze};
use crate::gather::{Gather, day, earlier, joined, span_of};
use crate::{IdentifierKind, Listing, NameKind, Order, Span};
use names::Kind;

/// Name of the list.
const LIST: &str = "eu-fsf";

/// The forms in which the list comes.
pub(crate) const FORMATS: &[Format] = &[xml::FORMAT, table::FORMAT, table::SHORT, fields::FORMAT];

/// Names of one party that are collected; the limits on a listing are below this.
const MOST: usize = 20_000;

/// One party while its pieces are being collected.
#[derive(Default)]
struct Party {
    reference: String,
    logical_id: String,
    /// `person` or `P`, `enterprise` or `E`.
    sort: String,
    names: Vec<Name>,
    listing: Listing,
}

/// One name as the record gives it.
#[derive(Default, PartialEq, Eq)]
struct Name {
    whole: String,
    has_parts: bool,
    weak: bool,
    language: String,
    key: u64,
}

impl Name {
    /// The smaller, the likelier the main name: strong, told in its parts, in English or no language, entered first.
    fn rank(&self) -> (bool, bool, bool, u64) {
        (self.weak, !self.has_parts, !matches!(self.language.as_str(), "" | "EN"), self.key)
    }
}

/// The attributes of a name.
#[derive(Default)]
struct NameParts<'a> {
    first: &'a str,
    middle: &'a str,
    last: &'a str,
    whole: &'a str,
    gender: &'a str,
    function: &'a str,
    language: &'a str,
    strong: &'a str,
    key: &'a str,
}

/// The attributes of a birth.
#[derive(Default)]
struct Birth<'a> {
    date: &'a str,
    day: &'a str,
    month: &'a str,
    year: &'a str,
    from: &'a str,
    to: &'a str,
    circa: &'a str,
    calendar: &'a str,
    places: [&'a str; 3],
    country: Country<'a>,
}

/// A country as given: its code and its name.
#[derive(Default, Clone, Copy)]
struct Country<'a> {
    code: &'a str,
    name: &'a str,
}

impl<'a> Country<'a> {
    /// The code, or the name where the code says nothing (`00`).
    fn word(self) -> &'a str {
        match self.code.trim() {
            "" | "00" => match self.name.trim() {
                "UNKNOWN" => "",
                name => name,
            },
            code => code,
        }
    }
}

impl Party {
    fn name(&mut self, parts: &NameParts<'_>) {
        let whole = match squeeze(parts.whole) {
            whole if whole.is_empty() => joined([parts.first, parts.middle, parts.last], " "),
            whole => whole,
        };
        match parts.gender.trim() {
            "M" => self.listing.female = Some(false),
            "F" => self.listing.female = Some(true),
            _ => {}
        }
        self.listing.positions.gather(parts.function);
        if whole.is_empty() {
            return;
        }
        let name = Name {
            whole,
            has_parts: !parts.last.trim().is_empty() || !parts.first.trim().is_empty(),
            weak: parts.strong.trim() == "false",
            language: parts.language.trim().to_ascii_uppercase(),
            key: parts.key.trim().parse().unwrap_or(u64::MAX),
        };
        if self.names.len() <= MOST && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    fn birth(&mut self, birth: &Birth<'_>) {
        if let Some(span) = birth.span() {
            self.listing.born(span);
        }
        let [city, place, region] = birth.places;
        self.listing.birth_places.gather(&joined([city, place, region, birth.country.word()], ", "));
    }

    fn citizenship(&mut self, country: Country<'_>) {
        self.listing.nationalities.gather(country.word());
    }

    fn address(&mut self, lines: &[&str], country: Country<'_>) {
        let word = country.word();
        self.listing.countries.gather(word);
        let lines = joined(lines.iter().copied(), ", ");
        if !lines.is_empty() {
            self.listing.addresses.gather(&joined([lines.as_str(), country.name], ", "));
        }
    }

    fn contact(&mut self, key: &str, value: &str) {
        let kind = match key.trim().to_ascii_uppercase().as_str() {
            k if k.contains("MAIL") => IdentifierKind::Email,
            k if k.contains("WEB") || k.contains("URL") => IdentifierKind::Web,
            k if k.contains("PHONE") || k.contains("FAX") || k.contains("MOBILE") || k.contains("TEL") => IdentifierKind::Phone,
            _ => return self.listing.identify_other(key, value, ""),
        };
        self.listing.identify(kind, value, "");
    }

    fn identification(&mut self, code: &str, description: &str, number: &str, country: Country<'_>) {
        let word = country.word();
        let listing = &mut self.listing;
        match code.trim().to_ascii_lowercase().as_str() {
            "passport" => listing.identify(IdentifierKind::Passport, number, word),
            "id" | "ssn" | "nationcert" => listing.identify(IdentifierKind::NationalId, number, word),
            "fiscalcode" | "taxid" | "euvat" => listing.identify(IdentifierKind::Tax, number, word),
            "regnumber" | "tradelic" => listing.identify(IdentifierKind::Registration, number, word),
            "swiftbic" => listing.identify(IdentifierKind::Bic, number, word),
            "imo" => listing.identify_imo(number, IdentifierKind::Imo),
            "" | "other" => listing.identify_other(description, number, word),
            code => listing.identify_other(if description.trim().is_empty() { code } else { description }, number, word),
        }
    }

    /// A legal act that the record rests on or that last changed it.
    fn act(&mut self, title: &str, published: &str, programme: &str) {
        self.listing.basis.gather(title);
        self.listing.programmes.gather(programme);
        let published = day(published);
        self.listing.amended_on = self.listing.amended_on.max(published);
        self.listing.published_on = earlier(self.listing.published_on, published);
    }

    /// An act that a name or another detail rests on: only its day tells something of the party.
    fn cited(&mut self, published: &str) {
        self.listing.published_on = earlier(self.listing.published_on, day(published));
    }

    fn end(mut self) -> Result<Listing, String> {
        self.listing.id = match squeeze(&self.reference) {
            reference if reference.is_empty() => squeeze(&self.logical_id),
            reference => reference,
        };
        if self.listing.id.is_empty() {
            return Err("a party needs `euReferenceNumber` or `logicalId`".into());
        }
        self.listing.kind = match self.sort.trim().to_ascii_lowercase().as_str() {
            "person" | "p" => Some(Kind::Person),
            "enterprise" | "e" => Some(Kind::Body),
            _ => None,
        };
        self.listing.effects.gather("asset freeze");
        self.names.sort_by(|a, b| (a.key, &a.whole).cmp(&(b.key, &b.whole)));
        let main = self.names.iter().enumerate().min_by_key(|(_, n)| n.rank()).map(|(at, _)| at);
        for (at, name) in self.names.iter().enumerate() {
            let kind = match (Some(at) == main, name.weak) {
                (true, _) => NameKind::Primary,
                (false, true) => NameKind::Weak,
                (false, false) => NameKind::Alias,
            };
            self.listing.add_name(&name.whole, kind);
        }
        self.listing.primary_first();
        if self.listing.names.is_empty() {
            return Err(format!("{}: a party needs a name", self.listing.id));
        }
        Ok(self.listing)
    }
}

impl Birth<'_> {
    /// The days it may be. Years of another calendar than ours are left out unless the date itself is given in ours.
    fn span(&self) -> Option<Span> {
        let span = if let Some(date) = day(self.date) {
            Span::day(date)
        } else if !matches!(self.calendar.trim(), "" | "GREGORIAN") {
            return None;
        } else if let (Some(from), Some(to)) = (number(self.from), number(self.to)) {
            Span::years(from, to)?
        } else if let Some(year) = number(self.year) {
            let part = |text| number(text).and_then(|n| i8::try_from(n).ok());
            span_of(year, part(self.month), part(self.day))?
        } else {
            Span::parse(self.date, Order::DayMonth)?
        };
        Some(if self.circa.trim() == "true" { span.approximate() } else { span })
    }
}

/// A number above zero.
fn number(text: &str) -> Option<i16> {
    text.trim().parse().ok().filter(|n| *n > 0)
}
