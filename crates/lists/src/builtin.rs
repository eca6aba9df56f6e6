//! The list that is compiled in: a table of our own with the facts of the United Nations list (`data/listed-un.md` says where
//! each column is from), so that the program can screen before anybody has fetched anything.

use crate::history::{Held, Period, Said};
use crate::programmes::Regimes;
use crate::{Identifier, IdentifierKind, ListedName, Listing, NameKind, Order, Span};
use jiff::civil::Date;
use names::Kind;

const COLUMNS: [&str; 16] = [
    "id",
    "type",
    "name",
    "aliases",
    "weak",
    "former",
    "original",
    "gender",
    "birth_dates",
    "birth_places",
    "nationalities",
    "countries",
    "identifiers",
    "programme",
    "listed_on",
    "periods",
];

/// Reads the table.
///
/// # Errors
/// The first thing that is wrong, with its line. A damaged table must not pass for a shorter list.
pub fn builtin(text: &str) -> Result<Vec<Held>, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| e.to_string())?;
    if !header.iter().eq(COLUMNS) {
        return Err(format!("line 1: the header must be `{}`", COLUMNS.join(",")));
    }
    let mut out = Vec::new();
    let mut regimes = Regimes::of("un-sc");
    for row in reader.records() {
        let row = row.map_err(|e| e.to_string())?;
        let line = row.position().map_or(0, csv::Position::line);
        out.push(held(&row, &mut regimes).map_err(|problem| format!("line {line}: {problem}"))?);
    }
    Ok(out)
}

fn held(row: &csv::StringRecord, regimes: &mut Regimes) -> Result<Held, String> {
    let at = |i: usize| row.get(i).unwrap_or("").trim();
    let many = |i: usize| at(i).split(';').map(str::trim).filter(|v| !v.is_empty());
    let mut names = vec![ListedName { text: at(2).to_owned(), kind: NameKind::Primary }];
    for (column, kind) in [(3, NameKind::Alias), (4, NameKind::Weak), (5, NameKind::Former), (6, NameKind::Original)] {
        names.extend(many(column).map(|text| ListedName { text: text.to_owned(), kind }));
    }
    let kind = match at(1) {
        "person" => Kind::Person,
        "vessel" => Kind::Vessel,
        "aircraft" => Kind::Aircraft,
        "organisation" | "company" | "bank" | "government" => Kind::Body,
        other => return Err(format!("`{other}` is no type")),
    };
    let female = match at(7) {
        "" => None,
        "F" => Some(true),
        "M" => Some(false),
        other => return Err(format!("`{other}` is no gender")),
    };
    let births = many(8).map(born).collect::<Result<_, _>>()?;
    let identifiers = many(12).map(number).collect::<Result<_, _>>()?;
    let periods = many(15).map(period).collect::<Result<Vec<_>, _>>()?;
    if at(0).is_empty() || at(2).is_empty() || periods.is_empty() {
        return Err("id, name or periods are missing".to_owned());
    }
    let owned = |i: usize| many(i).map(str::to_owned).collect::<Vec<_>>();
    let mut listing = Listing {
        id: at(0).to_owned(),
        kind: Some(kind),
        names,
        births,
        birth_places: owned(9),
        female,
        nationalities: owned(10),
        countries: owned(11),
        identifiers,
        programmes: owned(13),
        listed_on: if at(14).is_empty() { None } else { Some(day(at(14))?) },
        ..Listing::default()
    };
    listing.regimes = regimes.look_up(&listing.programmes);
    Ok(Held { listing, former_names: Vec::new(), periods })
}

/// `1964-07-17`, `1964-07`, `1964`, `1960/1965`, `~1964`.
fn born(text: &str) -> Result<Span, String> {
    let parse = |t: &str| Span::parse(t, Order::DayMonth).ok_or_else(|| format!("`{t}` is no date of birth"));
    match text.split_once('/') {
        Some((from, to)) => Ok(Span::between(parse(from)?, parse(to)?)),
        None => parse(text),
    }
}

/// `passport:381310014@KP`.
fn number(text: &str) -> Result<Identifier, String> {
    let (kind, rest) = text.split_once(':').ok_or_else(|| format!("`{text}` is no number with its kind"))?;
    let (value, country) = rest.rsplit_once('@').unwrap_or((rest, ""));
    let kind = match kind {
        "passport" => IdentifierKind::Passport,
        "national-id" => IdentifierKind::NationalId,
        "imo" => IdentifierKind::Imo,
        "imo-company" => IdentifierKind::ImoCompany,
        "registration" => IdentifierKind::Registration,
        "tax" => IdentifierKind::Tax,
        "other" => IdentifierKind::Other,
        other => return Err(format!("`{other}` is no kind of number")),
    };
    Ok(Identifier { kind, value: value.to_owned(), country: country.to_owned() })
}

/// `2006-12-23/2023-10-18`, without an end while it lasts; a `?` marks an end that was only seen between two versions.
fn period(text: &str) -> Result<Period, String> {
    let (from, to) = text.split_once('/').ok_or_else(|| format!("`{text}` is no stretch of time"))?;
    let seen = |t: &str| if t.ends_with('?') { Said::Seen } else { Said::Issuer };
    let bound = |t: &str| if t.is_empty() { Ok(None) } else { day(t.trim_end_matches('?')).map(Some) };
    Ok(Period { from: bound(from)?, from_is: seen(from), to: bound(to)?, to_is: seen(to), first_seen: None, last_seen: None })
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is no day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,type,name,aliases,weak,former,original,gender,birth_dates,birth_places,nationalities,countries,identifiers,programme,listed_on,periods\n";

    #[test]
    fn a_row_becomes_a_party_with_its_periods() {
        let row = "KPi.999,person,RI MADE UP,Lee Made Up,Shorty,,리가명,M,1964-07-17;1970/1972;~1960,Pyongyang,KP,CN,passport:1@KP,DPRK,2016-11-30,2016-11-30/2020-01-01?;2021-01-01/\n";
        let held = &builtin(&format!("{HEAD}{row}")).unwrap()[0];
        assert_eq!(held.listing.names.len(), 4);
        assert_eq!(held.listing.names[2].kind, NameKind::Weak);
        assert_eq!(held.listing.births[1].last.to_string(), "1972-12-31");
        assert!(held.listing.births[2].about);
        assert_eq!(held.listing.identifiers[0].country, "KP");
        assert_eq!(held.listing.regimes, ["un/dprk"]);
        assert_eq!(held.periods[0].to_is, Said::Seen);
        assert!(held.listed_on_day("2019-12-31".parse().unwrap()) && !held.listed_on_day("2020-01-01".parse().unwrap()));
    }

    #[test]
    fn a_damaged_row_is_refused_with_its_line() {
        for (row, word) in [
            ("KPi.999,robot,X,,,,,,,,,,,DPRK,,2016-11-30/\n", "robot"),
            ("KPi.999,person,X,,,,,,1964-13-01,,,,,DPRK,,2016-11-30/\n", "1964-13-01"),
            ("KPi.999,person,X,,,,,,,,,,,DPRK,,\n", "periods"),
        ] {
            let problem = builtin(&format!("{HEAD}{row}")).unwrap_err();
            assert!(problem.starts_with("line 2") && problem.contains(word), "{problem}");
        }
        assert!(builtin("id,name\n").unwrap_err().contains("header"));
    }
}
