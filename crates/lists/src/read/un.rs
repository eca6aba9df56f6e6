//! The consolidated list of the United Nations Security Council: its XML in all dialects since 2018, and the same fields as lines
//! of JSON.
//!
//! Published files violate the published schema, so nothing here depends on it: elements are looked for by name, their order and
//! number do not matter, and references are trimmed, because the same reference came with and without a blank behind it.

use super::{Draft, Format, Limits, Read, Refused, squeeze};
use crate::input::Opened;
use crate::xml::{Element, Records};
use crate::{Identifier, IdentifierKind, Link, ListedName, Listing, NameKind, Order, Span};
use jiff::civil::Date;
use names::Kind;
use serde_json::Value;

pub(crate) const FORMATS: &[Format] = &[
    Format {
        name: "UN consolidated list, XML",
        lists: &["un-sc"],
        several: false,
        recognises: |f| f.is_xml("CONSOLIDATED_LIST"),
        read: xml,
    },
    Format { name: "UN consolidated list, fields as JSON lines", lists: &["un-sc"], several: false, recognises: is_fields, read: fields },
];

fn is_fields(file: &Opened<'_>) -> bool {
    let line = file.first_line();
    line.starts_with('{') && line.contains("\"dataid\"") && line.contains("\"reference_number\"")
}

fn xml(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let mut draft = Draft::new("un-sc", "UN consolidated list, XML", limits);
    for file in files {
        let mut records = Records::open(file, limits)?;
        draft.version(records.root().attribute("dateGenerated"));
        while let Some(record) = records.next(&["INDIVIDUAL", "ENTITY"])? {
            let line = record.line();
            let mut entry = Entry::begin(record.text_of("REFERENCE_NUMBER"), record.name() == "INDIVIDUAL");
            entry.take_xml(record);
            entry.finish(&mut draft, line)?;
        }
    }
    draft.finish(files.first().map_or("", |f| &f.name))
}

fn fields(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let mut draft = Draft::new("un-sc", "UN consolidated list, fields as JSON lines", limits);
    for file in files {
        for (number, line) in (1..).zip(file.text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            match serde_json::from_str::<Value>(line) {
                Ok(value) => {
                    let reference = text(&value, "reference_number");
                    // `KPi.001` is an individual, `KPe.001` an entity.
                    let mut entry = Entry::begin(reference, reference.as_bytes().get(2) == Some(&b'i'));
                    entry.take_json(&value);
                    entry.finish(&mut draft, number)?;
                }
                Err(error) => draft.problem(format!("line {number}"), format!("not an object of JSON: {error}")),
            }
        }
    }
    draft.finish(files.first().map_or("", |f| &f.name))
}

/// A listing and what could not be read of it.
struct Entry {
    listing: Listing,
    problems: Vec<String>,
}

impl Entry {
    fn begin(reference: &str, person: bool) -> Self {
        let kind = Some(if person { Kind::Person } else { Kind::Body });
        let listing = Listing { id: squeeze(reference), kind, ..Listing::default() };
        Self { listing, problems: Vec::new() }
    }

    fn finish(self, draft: &mut Draft<'_>, line: usize) -> Result<(), Refused> {
        for problem in self.problems {
            draft.problem(format!("line {line}, entry {}", self.listing.id), problem);
        }
        draft.add(self.listing, line)
    }

    fn take_xml(&mut self, e: Element<'_>) {
        self.name(&["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "FIFTH_NAME"].map(|part| e.text_of(part)));
        for original in e.all("NAME_ORIGINAL_SCRIPT") {
            self.names(original.text(), NameKind::Original);
        }
        self.programme(e.text_of("UN_LIST_TYPE"));
        self.listing.listed_on = self.day(e.text_of("LISTED_ON"));
        self.listing.delisted_on = self.day(e.text_of("DELISTED_ON"));
        self.listing.amended_on = e.all("LAST_DAY_UPDATED").flat_map(|u| u.all("VALUE")).filter_map(|v| self.day(v.text())).max();
        self.listing.female = female(e.text_of("GENDER"));
        self.comments(e.text_of("COMMENTS1"));
        let values = |name: &'static str| e.all(name).flat_map(|d| d.all("VALUE")).map(|v| v.text().to_string());
        self.listing.positions = values("TITLE").chain(values("DESIGNATION")).collect();
        self.listing.nationalities = values("NATIONALITY").collect();
        for alias in e.children().filter(|c| c.name().ends_with("_ALIAS")) {
            self.alias(alias.text_of("QUALITY"), alias.text_of("ALIAS_NAME"), alias.text_of("NOTE"));
            self.birth(["EXACT", alias.text_of("DATE_OF_BIRTH"), "", "", "", ""]);
        }
        for address in e.children().filter(|c| c.name().ends_with("_ADDRESS")) {
            self.address(["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"].map(|p| address.text_of(p)));
        }
        for birth in e.all("INDIVIDUAL_DATE_OF_BIRTH") {
            self.birth(["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"].map(|p| birth.text_of(p)));
        }
        for place in e.all("INDIVIDUAL_PLACE_OF_BIRTH") {
            self.listing.birth_places.push(joined(&["CITY", "STATE_PROVINCE", "COUNTRY"].map(|p| place.text_of(p))));
        }
        for document in e.all("INDIVIDUAL_DOCUMENT") {
            let country = [document.text_of("ISSUING_COUNTRY"), document.text_of("COUNTRY_OF_ISSUE")];
            let kinds = [document.text_of("TYPE_OF_DOCUMENT"), document.text_of("TYPE_OF_DOCUMENT2")];
            self.document(kinds, document.text_of("NUMBER"), country.into_iter().find(|c| !c.is_empty()).unwrap_or_default());
        }
    }

    fn take_json(&mut self, v: &Value) {
        self.name(&["first_name", "second_name", "third_name", "fourth_name"].map(|part| text(v, part)));
        self.names(text(v, "name_original_script"), NameKind::Original);
        self.programme(text(v, "un_list_type"));
        self.listing.listed_on = self.day(text(v, "listed_on"));
        self.listing.delisted_on = self.day(text(v, "delisted_on"));
        let updated = v.get("last_day_updated").map_or_else(Vec::new, |u| several(u, "value"));
        self.listing.amended_on =
            updated.iter().filter_map(Value::as_str).filter(|u| !u.trim().is_empty()).filter_map(|u| self.day(u)).max();
        self.listing.female = female(text(v, "gender"));
        self.comments(text(v, "comments1"));
        for (field, inner) in [("titles", "values"), ("designations", "values"), ("nationalities", "value")] {
            let into = if field == "nationalities" { &mut self.listing.nationalities } else { &mut self.listing.positions };
            let values = several(v, field);
            into.extend(values.iter().flat_map(|d| several(d, inner)).filter_map(|t| t.as_str().map(str::to_string)));
        }
        for alias in several(v, "aliases") {
            self.alias(text(&alias, "quality"), text(&alias, "alias_name"), text(&alias, "note"));
        }
        for address in several(v, "addresses") {
            self.address(["street", "city", "state_province", "zip_code", "country"].map(|p| text(&address, p)));
        }
        for birth in several(v, "date_of_birth") {
            let year = |name: &str| birth.get(name).map_or_else(String::new, |y| y.to_string().trim_matches('"').to_string());
            let [year, from, to] = [year("year"), year("from_year"), year("to_year")];
            self.birth([text(&birth, "type_of_date"), text(&birth, "date"), &year, &from, &to, text(&birth, "note")]);
        }
        for place in several(v, "place_of_birth") {
            self.listing.birth_places.push(joined(&["city", "state_province", "country"].map(|p| text(&place, p))));
        }
        for document in several(v, "documents") {
            let kinds = [text(&document, "type_of_document"), text(&document, "type_of_document2")];
            self.document(kinds, text(&document, "number"), text(&document, "issuing_country"));
        }
    }

    fn name(&mut self, parts: &[&str]) {
        let name = parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
        self.listing.names.push(ListedName { text: name, kind: NameKind::Primary });
    }

    /// One field with names in it: several between semicolons, and a transliteration beside the original letters.
    fn names(&mut self, field: &str, kind: NameKind) {
        for (text, latin) in by_script(field) {
            let kind = if latin || kind == NameKind::Weak { kind } else { NameKind::Original };
            for name in text.split(';') {
                let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ',' | '،'));
                let name = if name.contains('(') { name } else { name.trim_end_matches(')') };
                self.listing.names.push(ListedName { text: name.to_string(), kind });
            }
        }
    }

    fn alias(&mut self, quality: &str, name: &str, note: &str) {
        let kind = match quality {
            "Low" => NameKind::Weak,
            "f.k.a." => NameKind::Former,
            _ => NameKind::Alias,
        };
        self.names(name, kind);
        let (in_name, in_note) = (by_script(name), by_script(note));
        // `original script: …`, `In Arabic: …`
        for (original, _) in in_note.iter().filter(|(_, latin)| !latin) {
            self.names(original, if kind == NameKind::Weak { kind } else { NameKind::Original });
        }
        // The other way round: the alias is in its own script and the note spells it in Latin letters.
        let spelled = in_name.iter().all(|(_, latin)| !latin) && !in_name.is_empty() && note.contains(';');
        if spelled && in_note.iter().all(|(_, latin)| *latin) && !note.contains(|c: char| c.is_ascii_digit()) {
            let inside = note.strip_prefix('(').and_then(|n| n.split_once(')')).map_or(note, |(n, _)| n);
            self.names(inside, kind);
        }
    }

    fn programme(&mut self, list_type: &str) {
        self.listing.programmes.push(list_type.to_string());
    }

    fn address(&mut self, parts: [&str; 5]) {
        self.listing.addresses.push(joined(&parts));
        self.listing.countries.push(parts[4].to_string());
    }

    /// The sort of date, then day, year, first and last year, note.
    fn birth(&mut self, [sort, date, year, from, to, note]: [&str; 6]) {
        let given = [date, year, note].into_iter().map(str::trim).find(|t| !t.is_empty() && *t != "null");
        let stretch = (!from.is_empty() || !to.is_empty()).then(|| {
            let from = if from.is_empty() { to } else { from };
            let to = if to.is_empty() { from } else { to };
            format!("{from}-{to}")
        });
        let stretch = stretch.filter(|s| s.len() > 1);
        let Some(given) = stretch.as_deref().or(given) else { return };
        match Span::parse(given, Order::DayMonth) {
            Some(span) if sort == "APPROXIMATELY" => self.listing.births.push(span.approximate()),
            Some(span) => self.listing.births.push(span),
            None if given.trim_matches(|c| matches!(c, '0' | '-')).is_empty() => {}
            None => self.problems.push(format!("“{}” is not understood as a date of birth", short(given))),
        }
    }

    fn document(&mut self, kinds: [&str; 2], number: &str, country: &str) {
        let words = squeeze(&kinds.join(" ")).to_lowercase();
        let (kind, value) = if words.contains("pass") || words.contains("pasaporte") {
            (IdentifierKind::Passport, number.to_string())
        } else if words.is_empty() || words.contains("identi") || words.contains("card") {
            (IdentifierKind::NationalId, number.to_string())
        } else {
            (IdentifierKind::Other, format!("{}: {number}", kinds.iter().find(|k| !k.is_empty()).unwrap_or(&"document")))
        };
        if !number.trim().is_empty() {
            self.listing.identifiers.push(Identifier { kind, value, country: country.to_string() });
        }
    }

    /// Other entries, and numbers of shipping companies, that the narrative mentions.
    fn comments(&mut self, text: &str) {
        for reference in references(text).filter(|r| *r != self.listing.id) {
            self.listing.links.push(Link { to: reference.to_string(), how: "mentioned".into() });
        }
        if self.listing.kind == Some(Kind::Body) {
            let kind = IdentifierKind::ImoCompany;
            let found = imo_numbers(text).map(|value| Identifier { kind, value, country: String::new() });
            self.listing.identifiers.extend(found);
        }
    }

    fn day(&mut self, text: &str) -> Option<Date> {
        if text.trim().is_empty() {
            return None;
        }
        let span = Span::parse(text, Order::DayMonth).filter(|s| s.first == s.last);
        if span.is_none() {
            self.problems.push(format!("“{}” is not understood as a day", short(text)));
        }
        span.map(|s| s.first)
    }
}

fn short(text: &str) -> String {
    squeeze(text).chars().take(60).collect()
}

fn female(gender: &str) -> Option<bool> {
    match gender.trim().to_ascii_lowercase().as_str() {
        "female" => Some(true),
        "male" => Some(false),
        _ => None,
    }
}

/// Parts of an address or a place in one line.
fn joined(parts: &[&str]) -> String {
    parts.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default().trim()
}

/// A field that holds one value, several, or none.
fn several(value: &Value, field: &str) -> Vec<Value> {
    match value.get(field) {
        Some(Value::Array(values)) => values.clone(),
        None | Some(Value::Null) => Vec::new(),
        Some(value) => vec![value.clone()],
    }
}

/// Cuts a text where it changes between Latin and other letters; whether each piece is Latin. What is neither, like brackets
/// and blanks, stays with the piece before it.
fn by_script(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let (mut start, mut latin) = (0, None);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let this = u32::from(c) < 0x370 || ('\u{1e00}'..='\u{1eff}').contains(&c);
        if latin.is_some_and(|l| l != this) {
            pieces.push((text.get(start..at).unwrap_or_default(), !this));
            start = at;
        }
        latin = Some(this);
    }
    if let Some(latin) = latin {
        pieces.push((text.get(start..).unwrap_or_default(), latin));
    }
    pieces
}

/// References of other entries in running text: `KPe.001`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('.').filter_map(move |(dot, _)| {
        let found = text.get(dot.checked_sub(3)?..dot + 4)?;
        let b = found.as_bytes();
        let shape =
            b[0].is_ascii_uppercase() && b[1].is_ascii_uppercase() && matches!(b[2], b'i' | b'e') && b[4..].iter().all(u8::is_ascii_digit);
        shape.then_some(found)
    })
}

/// Seven digits shortly after the letters IMO.
fn imo_numbers(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("IMO").filter_map(move |(at, _)| {
        let after: String = text.get(at..)?.chars().skip(3).take(30).collect();
        let digits = after.trim_start_matches(|c: char| !c.is_ascii_digit());
        let number: String = digits.chars().take_while(char::is_ascii_digit).collect();
        (number.len() == 7).then_some(number)
    })
}
