//! Lists of the law: CSV rows of codes and words.

use crate::Problem;
use crate::blocks::Period;
use model::{Date, HsRange, nearest, parse_hs};
use serde::{Deserialize, Serialize};

/// What a row proves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Match {
    /// A code or a word proves membership.
    Certain,
    /// A code or a word makes it possible.
    Possible,
    /// Only a word proves it; a stated code must agree.
    Words,
}

/// One row of a list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ListRow {
    /// Its number or letter in the annex.
    pub entry: String,
    /// What it is, in our words.
    pub text: String,
    /// Codes.
    pub hs: Vec<HsRange>,
    /// What they prove.
    pub proves: Match,
    /// Phrases in a description, lower case.
    pub words: Vec<String>,
    /// Phrases that silence the row.
    pub not_words: Vec<String>,
    /// Only above this value for one unit.
    pub over: Option<(f64, String)>,
    /// Who tied words to codes.
    pub basis: String,
    /// When the row counts.
    pub period: Period,
}

const COLUMNS: [&str; 10] = ["entry", "text", "hs", "match", "words", "not_words", "over", "basis", "from", "to"];

pub(crate) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<ListRow> {
    let mut rows = Vec::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
    let mut tell = |line: u64, message: String, help: Option<String>| {
        problems.push(Problem { file: file.to_owned(), line: usize::try_from(line).unwrap_or(0), message, help });
    };
    match reader.headers() {
        Ok(header) if header.iter().eq(COLUMNS) => {}
        Ok(_) => {
            tell(1, format!("the header must be `{}`", COLUMNS.join(",")), None);
            return rows;
        }
        Err(error) => {
            tell(1, error.to_string(), None);
            return rows;
        }
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                match row(&record) {
                    Ok(row) => rows.push(row),
                    Err((message, help)) => tell(line, message, help),
                }
            }
            Err(error) => tell(error.position().map_or(0, csv::Position::line), error.to_string(), None),
        }
    }
    rows
}

fn row(record: &csv::StringRecord) -> Result<ListRow, (String, Option<String>)> {
    let field = |i: usize| record.get(i).unwrap_or("").trim();
    let many = |i: usize| field(i).split(';').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect::<Vec<_>>();
    let proves = match field(3) {
        "certain" => Match::Certain,
        "possible" => Match::Possible,
        "words" => Match::Words,
        other => {
            return Err((
                format!("`match` is certain, possible or words, not `{other}`"),
                nearest(other, ["certain", "possible", "words"]).map(str::to_owned),
            ));
        }
    };
    let hs = many(2).iter().map(|c| parse_hs(c)).collect::<Result<Vec<_>, _>>().map_err(|m| (m, None))?;
    let words = many(4);
    if hs.is_empty() && words.is_empty() {
        return Err(("a row needs codes or words".into(), None));
    }
    if let Some(word) = words.iter().chain(&many(5)).find(|w| **w != w.to_lowercase()) {
        return Err((format!("write the phrase `{word}` in lower case"), None));
    }
    let over = match field(6) {
        "" => None,
        text => match text.split_once(' ').and_then(|(c, a)| Some((a.parse::<f64>().ok()?, c.to_owned()))) {
            Some((amount, currency)) if amount > 0.0 && currency.len() == 3 => Some((amount, currency)),
            _ => return Err((format!("`over` reads like `USD 2000`, not `{text}`"), None)),
        },
    };
    let day = |i: usize| -> Result<Option<Date>, (String, Option<String>)> {
        match field(i) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| (format!("`{text}` is not a date"), None)),
        }
    };
    let period = Period { from: day(8)?.unwrap_or(Date::MIN), to: day(9)? };
    Ok(ListRow {
        entry: field(0).to_owned(),
        text: field(1).to_owned(),
        hs,
        proves,
        words,
        not_words: many(5),
        over,
        basis: field(7).to_owned(),
        period,
    })
}
