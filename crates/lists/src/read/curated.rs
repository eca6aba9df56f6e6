//! Tables that the OpenSanctions project keeps by hand for lists published as pages (China's counter-sanctions, the United States'
//! Cuba and military-company lists), and wallets seized by Israel's NBCTF. Imported under a name of one's own.

use super::{Draft, Format, Limits, Read, Refused, one, squeeze};
use crate::gather::{Gather, day, joined};
use crate::input::Opened;
use crate::table::{Row, Table, has_columns, plain};
use crate::{IdentifierKind, Listing, NameKind, Order, Span};
use names::Kind;

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "curated table (CSV)", lists: &[], several: false, recognises, read },
    Format { name: "NBCTF seized wallets (CSV)", lists: &[], several: false, recognises: is_wallets, read: read_wallets },
];

/// Columns of which a curated table has one, beside the address of its source.
const NAMES: [&str; 2] = ["name", "company"];

fn recognises(file: &Opened<'_>) -> bool {
    NAMES.iter().any(|name| has_columns(file.first_line(), b',', &["sourceurl", name]))
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let mut draft = Draft::new(hint.unwrap_or(stem), "curated table (CSV)", limits);
    let mut table = Table::delimited(file, b',', &["sourceurl"])?;
    while let Some(row) = table.next(&file.name, &mut draft)? {
        let line = row.line;
        draft.add(party(&row), line)?;
    }
    draft.finish(&file.name)
}

fn party(row: &Row<'_>) -> Listing {
    let name = row.get(&["cleanname", "name", "company"]);
    let mut listing = Listing::under(row.get(&["id", "cleanname", "name", "company", "chinesename"]));
    listing.kind = match row.get(&["type"]) {
        "Person" => Some(Kind::Person),
        "Vessel" => Some(Kind::Vessel),
        "Company" | "Organization" | "LegalEntity" | "PublicBody" => Some(Kind::Body),
        "" if !row.get(&["company", "cleanname"]).is_empty() => Some(Kind::Body),
        _ => None,
    };
    listing.add_name(name, NameKind::Primary);
    listing.add_name(row.get(&["chinesename"]), NameKind::Original);
    for alias in row.get(&["alias"]).split([';', '\n']) {
        listing.add_name(alias, NameKind::Alias);
    }
    listing.add_name(row.get(&["acronym"]), NameKind::Weak);
    for former in row.get(&["previousname"]).split([';', '\n']) {
        listing.add_name(former, NameKind::Former);
    }
    listing.primary_first();
    for country in row.get(&["country"]).split(';') {
        listing.countries.gather(country);
    }
    listing.addresses.gather(row.get(&["address"]));
    listing.link(row.get(&["parent", "parentname"]), "subsidiary of");
    listing.programmes.gather(&joined([row.get(&["body"]), row.get(&["list", "category"])], ", "));
    listing.listed_on = short_day(row.get(&["startdate", "date", "effectivedate"]));
    listing.delisted_on = short_day(row.get(&["enddate"]));
    listing
}

/// Some days are given with two digits for the year, all of this century: `13.07.20`.
fn short_day(text: &str) -> Option<jiff::civil::Date> {
    if let Some((rest, year)) = text.rsplit_once('.')
        && year.len() == 2
    {
        return day(&format!("{rest}.20{year}"));
    }
    day(text)
}

/// The column with the number of the wallet or the user.
const WALLET: &str = "מספר זיהוי הארנק האלקטרוני/ יוזר";
/// The column with the currency.
const CURRENCY: &str = "מטבע";

fn is_wallets(file: &Opened<'_>) -> bool {
    has_columns(file.first_line(), b',', &[plain(WALLET).as_str()])
}

/// A row with nothing but a first cell names the order of seizure for the rows after it.
fn read_wallets(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new(hint.unwrap_or("il-nbctf-wallets"), "NBCTF seized wallets (CSV)", limits);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file.text.as_bytes());
    let refused = |e: csv::Error| Refused::new(&file.name, format!("not a table: {e}"), "download it again");
    let header = reader.headers().map_err(refused)?.clone();
    let column = |name: &str| header.iter().position(|h| plain(h) == plain(name));
    let (wallet, currency) = (column(WALLET), column(CURRENCY));
    let mut order = String::new();
    for record in reader.records() {
        let record = record.map_err(refused)?;
        let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map(squeeze).filter(|c| c != "-").unwrap_or_default();
        let number = cell(wallet);
        if number.is_empty() {
            match squeeze(record.get(0).unwrap_or_default()) {
                first if first.is_empty() => {}
                first => order = first,
            }
            continue;
        }
        let mut listing = Listing::under(&number);
        let holder = cell(Some(0));
        listing.add_name(if holder.is_empty() { &number } else { &holder }, NameKind::Primary);
        let currency = match cell(currency).as_str() {
            "BTC" => "XBT".to_string(),
            other => other.to_string(),
        };
        listing.identify(IdentifierKind::Wallet, &joined([currency.as_str(), number.as_str()], ":"), "");
        listing.identify(IdentifierKind::NationalId, &cell(Some(1)), "");
        listing.identify(IdentifierKind::Passport, &cell(Some(2)), "");
        if let Some(span) = Span::parse(&cell(Some(3)), Order::DayMonth) {
            listing.born(span);
        }
        listing.basis.gather(&order);
        draft.add(listing, line)?;
    }
    draft.finish(&file.name)
}
