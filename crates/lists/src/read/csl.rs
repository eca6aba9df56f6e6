//! The Consolidated Screening List of the United States, which puts together the lists of three departments: as CSV, as JSON in the
//! form of the public interface, and as the condensed JSON that some programs carry.
//!
//! What being listed does depends on the list inside: an asset freeze for an SDN, an export licence for the Entity List.

use super::ofac_remarks::{kind, labelled, remarks, said, titles, tonnages};
use super::{Draft, Format, Limits, Read, Refused, one, squeeze};
use crate::input::Opened;
use crate::{Identifier, IdentifierKind, ListedName, Listing, NameKind, Order, Ship, Span};
use names::Kind;
use serde::{Deserialize, Deserializer};
use std::hash::Hasher as _;

const LISTS: &[&str] = &["us-csl"];

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "US Consolidated Screening List, CSV", lists: LISTS, several: false, recognises: is_csv, read: csv },
    Format { name: "US Consolidated Screening List, JSON", lists: LISTS, several: false, recognises: is_json, read: json },
    Format {
        name: "US Consolidated Screening List, condensed JSON",
        lists: LISTS,
        several: false,
        recognises: is_condensed,
        read: condensed,
    },
];

/// The lists inside: a word in brackets in the name of the source, and what being listed does.
const SOURCES: [(&str, &str); 14] = [
    ("SDN", "asset freeze"),
    ("EL", "export licence required"),
    ("DPL", "export privileges denied"),
    ("DTC", "defence trade debarred"),
    ("UVL", "no licence exceptions"),
    ("MEU", "export licence required"),
    ("ISN", "nonproliferation measures"),
    ("SSI", "sectoral restrictions"),
    ("CAP", "correspondent account restrictions"),
    ("FSE", "transactions prohibited"),
    ("PLC", "transactions rejected"),
    ("CMIC", "securities restrictions"),
    ("NS-MBS List", "menu-based restrictions"),
    ("561", "correspondent account restrictions"),
];

fn is_csv(file: &Opened<'_>) -> bool {
    let line = file.first_line();
    !line.starts_with('{') && ["source", "entity_number", "federal_register_notice", "license_requirement"].iter().all(|c| line.contains(c))
}

fn is_json(file: &Opened<'_>) -> bool {
    let head = file.head();
    head.trim_start().starts_with('{') && head.contains("\"results\"") && head.contains("\"source")
}

fn is_condensed(file: &Opened<'_>) -> bool {
    let head = file.head();
    head.trim_start().starts_with('{') && head.contains("\"countsBySource\"") && head.contains("Consolidated Screening List")
}

/// One party as the CSV and the JSON give it; several values of one field come as an array or with semicolons between.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Entry {
    #[serde(alias = "_id", deserialize_with = "word")]
    id: String,
    #[serde(deserialize_with = "word")]
    source: String,
    #[serde(deserialize_with = "word")]
    entity_number: String,
    #[serde(rename = "type", deserialize_with = "word")]
    sort: String,
    #[serde(deserialize_with = "words")]
    programs: Vec<String>,
    #[serde(deserialize_with = "word")]
    name: String,
    #[serde(deserialize_with = "word")]
    title: String,
    addresses: Addresses,
    #[serde(deserialize_with = "word")]
    federal_register_notice: String,
    #[serde(deserialize_with = "word")]
    start_date: String,
    #[serde(deserialize_with = "word")]
    end_date: String,
    #[serde(deserialize_with = "word")]
    license_requirement: String,
    #[serde(deserialize_with = "word")]
    license_policy: String,
    #[serde(deserialize_with = "word")]
    call_sign: String,
    #[serde(deserialize_with = "word")]
    vessel_type: String,
    #[serde(deserialize_with = "word")]
    gross_tonnage: String,
    #[serde(deserialize_with = "word")]
    gross_registered_tonnage: String,
    #[serde(deserialize_with = "word")]
    vessel_flag: String,
    #[serde(deserialize_with = "word")]
    vessel_owner: String,
    #[serde(deserialize_with = "word")]
    remarks: String,
    #[serde(deserialize_with = "words")]
    alt_names: Vec<String>,
    #[serde(deserialize_with = "words")]
    citizenships: Vec<String>,
    #[serde(deserialize_with = "words")]
    dates_of_birth: Vec<String>,
    #[serde(deserialize_with = "words")]
    nationalities: Vec<String>,
    #[serde(deserialize_with = "words")]
    places_of_birth: Vec<String>,
    ids: Ids,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Addresses {
    Given(Vec<Address>),
    Text(String),
    Nothing(()),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Address {
    address: Option<String>,
    city: Option<String>,
    state: Option<String>,
    postal_code: Option<String>,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Ids {
    Given(Vec<IdDocument>),
    Text(String),
    Nothing(()),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct IdDocument {
    #[serde(rename = "type")]
    sort: Option<String>,
    number: Option<String>,
    country: Option<String>,
}

impl Default for Addresses {
    fn default() -> Self {
        Self::Nothing(())
    }
}

impl Default for Ids {
    fn default() -> Self {
        Self::Nothing(())
    }
}

/// A word, a number or nothing.
fn word<'d, D: Deserializer<'d>>(d: D) -> Result<String, D::Error> {
    Ok(match serde_json::Value::deserialize(d)? {
        serde_json::Value::String(text) => text,
        serde_json::Value::Number(number) => number.to_string(),
        _ => String::new(),
    })
}

/// An array of words, or words with semicolons between.
fn words<'d, D: Deserializer<'d>>(d: D) -> Result<Vec<String>, D::Error> {
    Ok(match serde_json::Value::deserialize(d)? {
        serde_json::Value::Array(values) => values.iter().filter_map(|v| v.as_str()).map(str::to_string).collect(),
        serde_json::Value::String(text) => split(&text),
        _ => Vec::new(),
    })
}

fn split(text: &str) -> Vec<String> {
    text.split("; ").filter(|t| !t.trim().is_empty()).map(str::to_string).collect()
}

fn csv(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new("us-csl", "US Consolidated Screening List, CSV", limits);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file.text.as_bytes());
    let header: Vec<String> =
        reader.headers().map_err(|e| Refused::new(&file.name, e.to_string(), "is this CSV?"))?.iter().map(squeeze).collect();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                draft.problem(&file.name, error.to_string());
                continue;
            }
        };
        let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        if record.len() != header.len() {
            let at = format!("line {line}");
            let ends = reader_at_end(&file.text, line);
            if ends {
                return Err(Refused::new(format!("{}, {at}", file.name), "the last row is cut off", "download the list again"));
            }
            draft.problem(at, format!("{} fields instead of {}; the row is left out", record.len(), header.len()));
            continue;
        }
        let get = |name: &str| header.iter().position(|h| h == name).and_then(|i| record.get(i)).unwrap_or_default().trim().to_string();
        let several = |name: &str| split(&get(name));
        let entry = Entry {
            id: get("_id"),
            source: get("source"),
            entity_number: get("entity_number"),
            sort: get("type"),
            programs: several("programs"),
            name: get("name"),
            title: get("title"),
            addresses: Addresses::Text(get("addresses")),
            federal_register_notice: get("federal_register_notice"),
            start_date: get("start_date"),
            end_date: get("end_date"),
            license_requirement: get("license_requirement"),
            license_policy: get("license_policy"),
            call_sign: get("call_sign"),
            vessel_type: get("vessel_type"),
            gross_tonnage: get("gross_tonnage"),
            gross_registered_tonnage: get("gross_registered_tonnage"),
            vessel_flag: get("vessel_flag"),
            vessel_owner: get("vessel_owner"),
            remarks: get("remarks"),
            alt_names: several("alt_names"),
            citizenships: several("citizenships"),
            dates_of_birth: several("dates_of_birth"),
            nationalities: several("nationalities"),
            places_of_birth: several("places_of_birth"),
            ids: Ids::Text(get("ids")),
        };
        take(entry, line, &mut draft)?;
    }
    draft.finish(&file.name)
}

/// Whether this line is near the end of the text, so that a short row there means that the file was cut.
fn reader_at_end(text: &str, line: usize) -> bool {
    text.trim_end().lines().count() <= line
}

fn broken(file: &Opened<'_>, error: &serde_json::Error) -> Refused {
    let at = format!("{}, line {}, column {}", file.name, error.line(), error.column());
    let what = if error.is_eof() { "the file is cut off" } else { "not the JSON of this list" };
    Refused::new(at, format!("{what}: {error}"), "download the list again")
}

fn json(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    #[derive(Deserialize)]
    struct Whole {
        total: Option<usize>,
        results: Vec<Entry>,
    }
    let file = one(files)?;
    let whole: Whole = serde_json::from_str(&file.text).map_err(|e| broken(file, &e))?;
    let mut draft = Draft::new("us-csl", "US Consolidated Screening List, JSON", limits);
    if let Some(total) = whole.total.filter(|t| *t > whole.results.len()) {
        let message = format!("this is one page with {} of {total} entries", whole.results.len());
        return Err(Refused::new(&file.name, message, "download the whole list, consolidated.json"));
    }
    for entry in whole.results {
        take(entry, 0, &mut draft)?;
    }
    draft.finish(&file.name)
}

/// Turns an entry into a listing.
fn take(entry: Entry, line: usize, draft: &mut Draft<'_>) -> Result<(), Refused> {
    let code = code(&entry.source);
    let number = if entry.entity_number.is_empty() { &entry.id } else { &entry.entity_number };
    let number = if number.is_empty() { own_number(&[&entry.name, &entry.federal_register_notice]) } else { number.clone() };
    let id = format!("{code}-{number}");
    let at = if line == 0 { format!("entry {id}") } else { format!("line {line}, entry {id}") };
    let mut l = Listing { id, kind: sort(&entry.sort), programmes: programmes(code, entry.programs), ..Listing::default() };
    l.names.push(ListedName { text: said(&entry.name, l.kind), kind: NameKind::Primary });
    l.names.extend(entry.alt_names.iter().map(|n| ListedName { text: said(n, l.kind), kind: NameKind::Alias }));
    l.effects = effects(code, &entry.license_requirement, &entry.license_policy);
    l.positions.extend(titles(&entry.title));
    l.basis.push(entry.federal_register_notice);
    l.nationalities = entry.nationalities;
    l.nationalities.extend(entry.citizenships);
    l.birth_places = entry.places_of_birth;
    addresses(&mut l, entry.addresses);
    for date in &entry.dates_of_birth {
        match Span::parse(date, Order::MonthDay) {
            Some(span) => l.births.push(span),
            None => draft.problem(at.clone(), format!("“{date}” is not understood as a date of birth")),
        }
    }
    let ids = match entry.ids {
        Ids::Given(ids) => ids.into_iter().map(|i| [i.sort, i.number, i.country].map(Option::unwrap_or_default)).collect(),
        Ids::Text(text) => split(&text).iter().map(|i| id_in_text(i)).collect(),
        Ids::Nothing(()) => Vec::new(),
    };
    for [sort, number, country] in &ids {
        if let Some(problem) = labelled(&mut l, sort, number, country) {
            draft.problem(at.clone(), problem);
        }
    }
    for problem in remarks(&mut l, &entry.remarks) {
        draft.problem(at.clone(), problem);
    }
    l.listed_on = day(&entry.start_date);
    // The last day of an order is the day before the first on which the party is free.
    l.delisted_on = day(&entry.end_date).and_then(|d| d.tomorrow().ok());
    let mark = |kind, value: String| Identifier { kind, value, country: String::new() };
    l.identifiers.push(mark(IdentifierKind::CallSign, entry.call_sign));
    if l.kind == Some(Kind::Aircraft) && !entry.name.contains(' ') {
        l.identifiers.push(mark(IdentifierKind::Tail, entry.name));
    }
    if l.kind == Some(Kind::Vessel) {
        let given = |text: String| Some(text).filter(|t| !t.is_empty());
        let ship = l.ship.get_or_insert_with(Ship::default);
        (ship.flag, ship.sort, ship.owner) = (given(entry.vessel_flag), given(entry.vessel_type), given(entry.vessel_owner));
        // What the list calls gross tonnage is the column of dead weight of the list it comes from.
        ship.tonnage = tonnages(&entry.gross_tonnage, &entry.gross_registered_tonnage);
    }
    draft.add(l, line)
}

fn day(text: &str) -> Option<jiff::civil::Date> {
    Span::parse(text, Order::MonthDay).filter(|s| s.first == s.last).map(|s| s.first)
}

/// The word in brackets in `Entity List (EL) - Bureau of Industry and Security`.
fn code(source: &str) -> &str {
    let inside = source.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or(source, |(code, _)| code);
    inside.strip_suffix(" List").unwrap_or(inside)
}

/// Only the Treasury says what sort of party it is.
fn sort(word: &str) -> Option<Kind> {
    if word.is_empty() { None } else { kind(word) }
}

/// The programmes; lists outside the Treasury are programmes of their own.
fn programmes(code: &str, mut given: Vec<String>) -> Vec<String> {
    if given.is_empty() || matches!(code, "EL" | "DPL" | "DTC" | "UVL" | "MEU" | "ISN") {
        given.insert(0, code.to_string());
    }
    given
}

fn effects(code: &str, requirement: &str, policy: &str) -> Vec<String> {
    let effect = SOURCES.iter().find(|(c, _)| c.strip_suffix(" List").unwrap_or(c) == code).map(|(_, e)| (*e).to_string());
    let said = [("licence requirement", requirement), ("licence policy", policy)];
    effect.into_iter().chain(said.iter().filter(|(_, t)| !t.is_empty()).map(|(w, t)| format!("{w}: {t}"))).collect()
}

fn addresses(listing: &mut Listing, given: Addresses) {
    match given {
        Addresses::Given(given) => {
            for a in given {
                let country = a.country.clone().unwrap_or_default();
                let parts = [a.address, a.city, a.state, a.postal_code, a.country].into_iter().flatten();
                listing.addresses.push(parts.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "));
                listing.countries.push(country);
            }
        }
        Addresses::Text(text) => {
            for address in split(&text) {
                let last = address.rsplit(", ").next().unwrap_or_default();
                if last.len() == 2 && last.bytes().all(|b| b.is_ascii_uppercase()) {
                    listing.countries.push(last.to_string());
                }
                listing.addresses.push(address);
            }
        }
        Addresses::Nothing(()) => {}
    }
}

/// `RU, 2017-05-30, 515458008, Passport`: perhaps a country, perhaps dates, a number, and at last its sort.
fn id_in_text(text: &str) -> [String; 3] {
    let (rest, sort) = text.rsplit_once(", ").unwrap_or(("", text));
    let (country, mut rest) = match rest.split_once(", ") {
        Some((c, rest)) if c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()) => (c, rest),
        _ => ("", rest),
    };
    // The number itself may look like a date; only what has something behind it is one.
    while let Some((date, after)) = rest.split_once(", ") {
        if date.len() != 10 || day(date).is_none() {
            break;
        }
        rest = after;
    }
    [sort.to_string(), rest.to_string(), country.to_string()]
}

/// A number of our own for entries that have none, from what is unlikely to change.
fn own_number(parts: &[&str]) -> String {
    // FNV-1a: the number must be the same in every version of the program, which the standard hasher does not promise.
    struct Fnv(u64);
    impl std::hash::Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write(&[0]);
    }
    format!("{:016x}", hasher.finish())
}

/// The condensed form: one letter per field, long texts in tables.
#[derive(Deserialize)]
struct Condensed {
    #[serde(rename = "sourceGeneratedAt")]
    generated: Option<String>,
    #[serde(rename = "entryCount")]
    count: Option<usize>,
    tables: Tables,
    entries: Vec<Short>,
}

#[derive(Deserialize)]
struct Tables {
    sources: Vec<String>,
    #[serde(rename = "licenceRequirements", default)]
    requirements: Vec<String>,
    #[serde(rename = "licencePolicies", default)]
    policies: Vec<String>,
    #[serde(default)]
    programmes: Vec<String>,
}

#[derive(Deserialize)]
struct Short {
    n: String,
    #[serde(default)]
    a: Vec<String>,
    s: usize,
    t: Option<String>,
    #[serde(default)]
    c: Vec<String>,
    e: Option<String>,
    lr: Option<usize>,
    lp: Option<usize>,
    pg: Option<usize>,
    fr: Option<String>,
}

fn condensed(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let whole: Condensed = serde_json::from_str(&file.text).map_err(|e| broken(file, &e))?;
    let mut draft = Draft::new("us-csl", "US Consolidated Screening List, condensed JSON", limits);
    draft.version(whole.generated.unwrap_or_default());
    if let Some(count) = whole.count {
        draft.declared(count);
    }
    let look = |table: &Vec<String>, index: Option<usize>| index.and_then(|i| table.get(i)).cloned().unwrap_or_default();
    for entry in whole.entries {
        let source = look(&whole.tables.sources, Some(entry.s));
        let code = code(&source);
        let notice = entry.fr.unwrap_or_default();
        let number = entry.e.unwrap_or_else(|| own_number(&[&entry.n, &entry.c.join(" "), &notice]));
        let (requirement, policy) = (look(&whole.tables.requirements, entry.lr), look(&whole.tables.policies, entry.lp));
        let mut l = Listing { id: format!("{code}-{number}"), kind: sort(entry.t.as_deref().unwrap_or_default()), ..Listing::default() };
        l.names.push(ListedName { text: entry.n, kind: NameKind::Primary });
        l.names.extend(entry.a.into_iter().map(|text| ListedName { text, kind: NameKind::Alias }));
        l.countries = entry.c;
        l.programmes = programmes(code, split(&look(&whole.tables.programmes, entry.pg)));
        l.effects = effects(code, &requirement, &policy);
        l.basis.push(notice);
        if l.kind == Some(Kind::Aircraft)
            && let Some(name) = l.names.first().filter(|n| !n.text.contains(' '))
        {
            l.identifiers.push(Identifier { kind: IdentifierKind::Tail, value: name.text.clone(), country: String::new() });
        }
        draft.add(l, 0)?;
    }
    draft.finish(&file.name)
}
