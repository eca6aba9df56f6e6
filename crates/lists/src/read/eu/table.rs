//! FSF CSV 1.1 and 1.0: semicolons, one row for each name, address, birth, number or citizenship of a party, and the short list of 2018,
//! in which a spreadsheet put each whole line in quotation marks.

use super::{Birth, Country, LIST, NameParts, Party};
use crate::gather::day;
use crate::input::Opened;
use crate::read::{Draft, Format, Limits, Read, Refused, one};
use crate::table::{Row, Table, has_columns};
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) const FORMAT: Format = Format { name: "EU FSF CSV", lists: &[LIST], several: false, recognises, read };

pub(super) const SHORT: Format =
    Format { name: "EU FSF CSV, lines in quotation marks", lists: &[LIST], several: false, recognises: recognises_short, read: read_short };

const WANTED: [&str; 1] = ["entitylogicalid"];

fn recognises(file: &Opened<'_>) -> bool {
    has_columns(file.first_line(), b';', &WANTED)
}

fn recognises_short(file: &Opened<'_>) -> bool {
    let line = file.first_line();
    line.starts_with('"') && has_columns(unwrapped(line).as_ref(), b';', &WANTED)
}

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    table(file, FORMAT.name, limits)
}

/// Takes the outer quotation marks off every line, then reads as usual; lines stay where they are.
fn read_short(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let text: String = file.text.lines().flat_map(|line| [unwrapped(line), Cow::Borrowed("\n")]).collect();
    let inner = Opened { name: file.name.clone(), text: Cow::Owned(text), archive: None, problems: Vec::new(), damaged: None };
    table(&inner, SHORT.name, limits)
}

/// A line without the quotation marks around it and the tabs that a spreadsheet padded it with.
fn unwrapped(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    match line.strip_prefix('"').and_then(|l| l.strip_suffix('"')) {
        Some(inner) => Cow::Owned(inner.trim_end_matches(['\t', ' ']).replace("\"\"", "\"")),
        None => Cow::Borrowed(line),
    }
}

fn table(file: &Opened<'_>, format: &'static str, limits: &Limits) -> Result<Read, Refused> {
    let mut draft = Draft::new(LIST, format, limits);
    let mut table = Table::delimited(file, b';', &WANTED)?;
    let mut parties: Vec<(Party, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut version = String::new();
    while let Some(row) = table.next(&file.name, &mut draft)? {
        let key = row.get(&["entitylogicalid"]).to_string();
        if key.is_empty() {
            draft.problem(format!("line {}", row.line), "the row has no `Entity_LogicalId`; it is left out");
            continue;
        }
        if version.is_empty() {
            version = row.get(&["filegenerationdate", "datefile", "datefilexxxx"]).to_string();
        }
        let at = *known.entry(key).or_insert_with(|| {
            parties.push((Party::default(), row.line));
            parties.len() - 1
        });
        if let Some((party, _)) = parties.get_mut(at) {
            take(party, &row);
        }
    }
    draft.version(day(&version).map_or(version, |d| d.to_string()));
    for (party, line) in parties {
        match party.end() {
            Ok(listing) => draft.add(listing, line)?,
            Err(message) => draft.problem(format!("line {line}"), message),
        }
    }
    draft.finish(&file.name)
}

/// What one row says of its party; most of its cells are empty.
fn take(party: &mut Party, row: &Row<'_>) {
    party.logical_id = row.get(&["entitylogicalid"]).to_string();
    party.reference = row.get(&["entityeureferencenumber", "eurefnum"]).to_string();
    party.sort = row.get(&["entitysubjecttypeclassificationcode", "entitysubjecttype", "subjecttype"]).to_string();
    party.listing.listed_on = party.listing.listed_on.or(day(row.get(&["entitydesignationdate"])));
    party.listing.refer("UN", row.get(&["entityunitednationid"]));
    party.act(
        row.get(&["entityregulationnumbertitle", "lebanumtitle"]),
        row.get(&["entityregulationpublicationdate", "lebapublicationdate"]),
        row.get(&["entityregulationprogramme", "programme"]),
    );
    name(party, row);
    birth(party, row);
    let citizenship =
        Country { code: row.get(&["citizenshipcountryiso2code", "citicountry"]), name: row.get(&["citizenshipcountrydescription"]) };
    party.citizenship(citizenship);
    address(party, row);
    let issued_by =
        Country { code: row.get(&["identificationcountryiso2code", "idencountry"]), name: row.get(&["identificationcountrydescription"]) };
    identification(party, row, issued_by);
}

fn name(party: &mut Party, row: &Row<'_>) {
    party.cited(row.get(&["naallebapublicationdate", "namealiasregulationpublicationdate"]));
    party.name(&NameParts {
        first: row.get(&["namealiasfirstname", "naalfirstname"]),
        middle: row.get(&["namealiasmiddlename", "naalmiddlename"]),
        last: row.get(&["namealiaslastname", "naallastname"]),
        whole: row.get(&["namealiaswholename", "naalwholename"]),
        gender: row.get(&["namealiasgender", "naalgender"]),
        function: row.get(&["namealiasfunction", "naalfunction"]),
        language: row.get(&["namealiasnamelanguage", "naallanguage"]),
        strong: row.get(&["namealiasstrong"]),
        key: row.get(&["namealiaslogicalid", "naallogicalid"]),
    });
}

fn birth(party: &mut Party, row: &Row<'_>) {
    party.birth(&Birth {
        date: row.get(&["birthdatebirthdate", "birtdate"]),
        day: row.get(&["birthdateday"]),
        month: row.get(&["birthdatemonth"]),
        year: row.get(&["birthdateyear"]),
        from: row.get(&["birthdateyearrangefrom"]),
        to: row.get(&["birthdateyearrangeto"]),
        circa: row.get(&["birthdatecirca"]),
        calendar: row.get(&["birthdatecalendartype"]),
        places: [row.get(&["birthdatecity", "birtplace"]), row.get(&["birthdateplace"]), row.get(&["birthdateregion"])],
        country: Country { code: row.get(&["birthdatecountryiso2code", "birtcountry"]), name: row.get(&["birthdatecountrydescription"]) },
    });
}

fn address(party: &mut Party, row: &Row<'_>) {
    let lines = [
        row.get(&["addrnumber"]),
        row.get(&["addressstreet", "addrstreet"]),
        row.get(&["addresspobox"]),
        row.get(&["addresszipcode", "addrzipcode"]),
        row.get(&["addresscity", "addrcity"]),
        row.get(&["addressplace"]),
        row.get(&["addressregion"]),
    ];
    let country = Country { code: row.get(&["addresscountryiso2code", "addrcountry"]), name: row.get(&["addresscountrydescription"]) };
    party.address(&lines, country);
    let contacts = row.get(&["addresscontactinfo"]);
    for (key, value) in contacts.split([';', '\n']).filter_map(|c| c.trim_matches(['[', ']']).split_once([':', '='])) {
        party.contact(key, value);
    }
}

/// CSV 1.0 gives number and kind in one cell: `AD001095 (passport-National passport)`.
fn identification(party: &mut Party, row: &Row<'_>, country: Country<'_>) {
    let old = row.get(&["idennumber"]);
    if !old.is_empty() {
        let (number, rest) = old.split_once(" (").unwrap_or((old, "other-"));
        let (code, words) = rest.split_once('-').unwrap_or((rest, ""));
        let words = words.split(')').next().unwrap_or_default();
        return party.identification(code, words, number, country);
    }
    let number = row.get(&["identificationnumber", "identificationlatinnumber"]);
    let code = row.get(&["identificationtypecode", "identificationidentificationtypecode"]);
    party.identification(code, row.get(&["identificationtypedescription", "identificationidentificationtypedescription"]), number, country);
}
