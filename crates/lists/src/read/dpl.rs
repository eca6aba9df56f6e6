//! The Denied Persons List of the Bureau of Industry and Security: a table with tabs between its fields.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::input::Opened;
use crate::{ListedName, Listing, NameKind, Order, Span};
use jiff::civil::Date;

pub(crate) const FORMATS: &[Format] = &[Format {
    name: "US Denied Persons List, tab-separated",
    lists: &["us-csl"],
    several: false,
    recognises: |f| ["Name", "Effective_Date", "Expiration_Date", "FR_Citation"].iter().all(|c| f.first_line().contains(c)),
    read,
}];

fn read(files: &[Opened<'_>], _: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let mut draft = Draft::new("us-csl", "US Denied Persons List", limits);
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(file.text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map_err(|e| Refused::new(&file.name, e.to_string(), "is this a table?"))?
        .iter()
        .map(|h| h.trim().to_string())
        .collect();
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
        let get = |name: &str| header.iter().position(|h| h == name).and_then(|i| record.get(i)).unwrap_or_default().trim();
        if record.len() < header.len() {
            draft.problem(format!("line {line}"), format!("{} fields instead of {}; the row is left out", record.len(), header.len()));
            continue;
        }
        let (name, citation) = (get("Name"), get("FR_Citation"));
        let day = |column: &str| day(get(column));
        // There is no number. A person may have several orders, which differ in their days, and an order several addresses, each in
        // a row of its own.
        let id = format!("DPL-{name}-{}", get("Effective_Date"));
        let parts = ["Street_Address", "City", "State", "Postal_Code", "Country"].map(get);
        let listing = Listing {
            id,
            names: vec![ListedName { text: name.into(), kind: NameKind::Primary }],
            addresses: vec![parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")],
            countries: vec![get("Country").into()],
            programmes: vec!["DPL".into()],
            effects: vec!["export privileges denied".into()],
            basis: vec![citation.into()],
            listed_on: day("Effective_Date"),
            amended_on: day("Last_Update"),
            delisted_on: day("Expiration_Date").and_then(|d| d.tomorrow().ok()),
            ..Listing::default()
        };
        for column in ["Effective_Date", "Expiration_Date"] {
            if !get(column).is_empty() && day(column).is_none() {
                draft.problem(format!("line {line}"), format!("“{}” in {column} is not understood as a day", get(column)));
            }
        }
        draft.add_part(listing, line)?;
    }
    draft.finish(&file.name)
}

fn day(text: &str) -> Option<Date> {
    Span::parse(text, Order::MonthDay).filter(|s| s.first == s.last).map(|s| s.first)
}
