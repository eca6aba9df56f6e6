//! A list of one's own: CSV with the columns `id,name,aliases,type,country,birth_date,identifiers,programme,listed_on,delisted_on`.
//!
//! Columns are strict, because a misspelt one would be silently ignored. Values are not: a party with a value that is not understood is
//! kept without it and the value becomes a problem, because a party left out is never found.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::gather::Gather;
use crate::input::Opened;
use crate::table::{Row, Table, has_columns, plain};
use crate::{IdentifierKind, Listing, NameKind, Order, Span};
use names::Kind;

pub(crate) const FORMATS: &[Format] = &[Format { name: "list of one's own (CSV)", lists: &[], several: false, recognises, read }];

/// The columns, as they are written.
const COLUMNS: [&str; 10] =
    ["id", "name", "aliases", "type", "country", "birth_date", "identifiers", "programme", "listed_on", "delisted_on"];

/// Words for the sort of party.
const TYPES: [&str; 7] = ["person", "company", "bank", "government", "organisation", "vessel", "aircraft"];

/// Words for the kind of a number or mark.
const MARKS: [(&str, IdentifierKind); 18] = [
    ("passport", IdentifierKind::Passport),
    ("national_id", IdentifierKind::NationalId),
    ("tax", IdentifierKind::Tax),
    ("registration", IdentifierKind::Registration),
    ("imo", IdentifierKind::Imo),
    ("imo_company", IdentifierKind::ImoCompany),
    ("mmsi", IdentifierKind::Mmsi),
    ("call_sign", IdentifierKind::CallSign),
    ("tail", IdentifierKind::Tail),
    ("serial", IdentifierKind::Serial),
    ("bic", IdentifierKind::Bic),
    ("lei", IdentifierKind::Lei),
    ("account", IdentifierKind::Account),
    ("wallet", IdentifierKind::Wallet),
    ("web", IdentifierKind::Web),
    ("email", IdentifierKind::Email),
    ("phone", IdentifierKind::Phone),
    ("reference", IdentifierKind::Reference),
];

fn recognises(file: &Opened<'_>) -> bool {
    has_columns(file.first_line(), b',', &["id", "name"])
}

/// The word that is meant by a misspelt one, when one is near.
fn nearest<'w>(given: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let near = words.map(|w| (strsim::damerau_levenshtein(&given.to_lowercase(), w), w)).min()?;
    (near.0 <= 2 + given.len() / 4).then_some(near.1)
}

/// `; did you mean …?`, or the words that there are.
fn meant<'w>(given: &str, words: impl Iterator<Item = &'w str> + Clone) -> String {
    nearest(given, words.clone())
        .map_or_else(|| format!("; known are {}", words.collect::<Vec<_>>().join(", ")), |w| format!("; did you mean `{w}`?"))
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let Some(name) = hint else {
        return Err(Refused::new(&file.name, "a list of one's own has no name in its file", "give it one: `--as NAME`"));
    };
    let mut draft = Draft::new(name, "list of one's own (CSV)", limits);
    let mut table = Table::delimited(file, b',', &["id", "name"])?;
    let mut seen: Vec<String> = Vec::new();
    for column in table.header.iter() {
        let column = plain(column);
        if !COLUMNS.iter().any(|c| plain(c) == column) {
            let message = format!(
                "unknown column `{}`{}",
                table.header.iter().find(|c| plain(c) == column).unwrap_or_default(),
                meant(&column, COLUMNS.into_iter())
            );
            return Err(Refused::new(&file.name, message, format!("the columns are {}", COLUMNS.join(","))));
        }
        if seen.contains(&column) {
            return Err(Refused::new(&file.name, format!("the column `{column}` is there twice"), "each column may be there once"));
        }
        seen.push(column);
    }
    while let Some(row) = table.next(&file.name, &mut draft)? {
        let at = format!("line {}", row.line);
        let (id, name) = (row.get(&["id"]), row.get(&["name"]));
        if id.is_empty() || name.is_empty() {
            draft.problem(at, format!("the row has no `{}`; it is left out", if id.is_empty() { "id" } else { "name" }));
            continue;
        }
        let line = row.line;
        let (listing, problems) = party(&row);
        for problem in problems {
            draft.problem(format!("{at}, entry {}", listing.id), problem);
        }
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}

/// The values of a cell.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|v| !v.is_empty())
}

fn party(row: &Row<'_>) -> (Listing, Vec<String>) {
    let mut problems = Vec::new();
    let mut listing = Listing::under(row.get(&["id"]));
    listing.add_name(row.get(&["name"]), NameKind::Primary);
    for alias in values(row.get(&["aliases"])) {
        listing.add_name(alias, NameKind::Alias);
    }
    let sort = row.get(&["type"]).to_lowercase();
    listing.kind = match sort.as_str() {
        "person" => Some(Kind::Person),
        "company" | "bank" | "government" | "organisation" => Some(Kind::Body),
        "vessel" => Some(Kind::Vessel),
        "aircraft" => Some(Kind::Aircraft),
        "" => None,
        other => {
            problems.push(format!("unknown type `{other}`{}", meant(other, TYPES.into_iter())));
            None
        }
    };
    for country in values(row.get(&["country"])) {
        listing.nationalities.gather(country);
    }
    for date in values(row.get(&["birthdate"])) {
        match Span::parse(date, Order::DayMonth) {
            Some(span) => listing.born(span),
            None => problems.push(format!("`{date}` is no date; write 1964-07-17, 1964-07 or 1964")),
        }
    }
    for mark in values(row.get(&["identifiers"])) {
        identify(&mut listing, mark, &mut problems);
    }
    for programme in values(row.get(&["programme"])) {
        listing.programmes.gather(programme);
    }
    for (column, into) in [("listedon", &mut listing.listed_on), ("delistedon", &mut listing.delisted_on)] {
        let given = row.get(&[column]);
        match Span::parse(given, Order::DayMonth) {
            // Of an imprecise day the first is taken: a listing earlier by some days warns once too often, one later misses.
            Some(span) => *into = Some(if column == "listedon" { span.first } else { span.last }),
            None if given.is_empty() => {}
            None => problems.push(format!("`{given}` is no date; write 2016-11-30")),
        }
    }
    (listing, problems)
}

/// `passport:381310014`.
fn identify(listing: &mut Listing, mark: &str, problems: &mut Vec<String>) {
    let Some((kind, value)) = mark.split_once(':') else {
        problems.push(format!("`{mark}` has no kind; write `passport:{mark}` or `other:{mark}`"));
        return;
    };
    let word = kind.trim().to_lowercase().replace([' ', '-'], "_");
    match MARKS.iter().find(|(w, _)| *w == word) {
        Some((_, kind)) => listing.identify(*kind, value, ""),
        None if word == "other" => listing.identify(IdentifierKind::Other, value, ""),
        None => {
            problems.push(format!("unknown kind of identifier `{}`{}", kind.trim(), meant(&word, MARKS.iter().map(|(w, _)| *w))));
            listing.identify(IdentifierKind::Other, mark, "");
        }
    }
}
