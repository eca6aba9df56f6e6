//! Tables: delimited text and spreadsheets alike, one row at a time, cells found by the name of their column.
//!
//! Issuers rename columns from one year to the next (`D.O.B`, `DOB`; `Name 6`, `name_6`), so that a name counts only by its letters and
//! digits, and a reader may ask for several names at once.

use crate::input::Opened;
use crate::read::{Draft, Refused, squeeze};
use calamine::{Data, Reader as _};
use csv::StringRecord;
use std::collections::HashMap;
use std::io::{Cursor, Read as _};

/// Lines before the row with the names of the columns that are looked at.
const PREAMBLE: usize = 12;

/// Cells of a sheet that are still a list and not an attack.
const MOST_CELLS: usize = 60_000_000;

/// Bytes of an unpacked spreadsheet that are still a list and not an attack.
const MOST_UNPACKED: u64 = 512 << 20;

/// A table being read.
pub(crate) struct Table<'a> {
    rows: Rows<'a>,
    columns: HashMap<String, usize>,
    width: usize,
    record: StringRecord,
    /// The rows before the names of the columns, each as one text.
    pub preamble: Vec<String>,
    /// The names of the columns as given.
    pub header: StringRecord,
}

enum Rows<'a> {
    /// With the text itself, to look at what a row was read from.
    Delimited(csv::Reader<&'a [u8]>, &'a [u8]),
    Sheet(std::vec::IntoIter<StringRecord>, usize),
}

/// One row.
pub(crate) struct Row<'t> {
    columns: &'t HashMap<String, usize>,
    record: &'t StringRecord,
    /// The line on which it begins.
    pub line: usize,
}

/// The letters and digits of a column's name, small.
pub(crate) fn plain(column: &str) -> String {
    column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The names of the columns, when a line of delimited text has all of these among them.
pub(crate) fn has_columns(line: &str, delimiter: u8, wanted: &[&str]) -> bool {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line.as_bytes());
    let Some(Ok(record)) = reader.records().next() else {
        return false;
    };
    let columns: Vec<String> = record.iter().map(plain).collect();
    wanted.iter().all(|w| columns.iter().any(|c| c == w))
}

impl<'a> Table<'a> {
    /// Opens delimited text; the names of the columns are in the first row that has all of the wanted ones.
    pub fn delimited(file: &'a Opened<'_>, delimiter: u8, wanted: &[&str]) -> Result<Self, Refused> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(file.text.as_bytes());
        Self::begin(Rows::Delimited(reader, file.text.as_bytes()), &file.name, wanted)
    }

    /// Opens the first sheet of a spreadsheet that has the wanted columns.
    pub fn sheet(file: &'a Opened<'_>, wanted: &[&str]) -> Result<Self, Refused> {
        let damaged = |what: String| {
            Refused::new(&file.name, format!("the spreadsheet cannot be read: {what}"), "download it again, or save it as CSV")
        };
        let bytes = file.archive.as_deref().unwrap_or_default();
        check_size(bytes).map_err(&damaged)?;
        let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
        let mut refused = None;
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).map_err(|e| damaged(e.to_string()))?;
            let (height, width) = range.get_size();
            if height.saturating_mul(width) > MOST_CELLS {
                return Err(damaged(format!("the sheet {name} has more than {MOST_CELLS} cells")));
            }
            let first = range.start().map_or(0, |(row, _)| row as usize);
            let rows: Vec<StringRecord> = range.rows().map(|row| row.iter().map(cell).collect()).collect();
            match Self::begin(Rows::Sheet(rows.into_iter(), first), &file.name, wanted) {
                Ok(table) => return Ok(table),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(refused.unwrap_or_else(|| damaged("it has no sheet".into())))
    }

    fn begin(rows: Rows<'a>, file: &str, wanted: &[&str]) -> Result<Self, Refused> {
        let (preamble, header) = (Vec::new(), StringRecord::new());
        let mut table = Self { rows, columns: HashMap::new(), width: 0, record: StringRecord::new(), preamble, header };
        for _ in 0..PREAMBLE {
            if table.advance(file)?.is_none() {
                break;
            }
            let mut columns = HashMap::new();
            for (at, name) in table.record.iter().enumerate() {
                columns.entry(plain(name)).or_insert(at);
            }
            if wanted.iter().all(|w| columns.contains_key(*w)) {
                columns.remove("");
                table.width = table.record.len();
                table.columns = columns;
                table.header = table.record.clone();
                return Ok(table);
            }
            let text = squeeze(&table.record.iter().collect::<Vec<_>>().join(" "));
            table.preamble.push(text);
        }
        let message = format!("no row has the columns {}", wanted.join(", "));
        Err(Refused::new(file, message, "give the table as its issuer publishes it, with the row of column names"))
    }

    /// The next row that has as many cells as there are columns; others are problems.
    pub fn next(&mut self, file: &str, draft: &mut Draft<'_>) -> Result<Option<Row<'_>>, Refused> {
        loop {
            let Some(line) = self.advance(file)? else {
                return Ok(None);
            };
            if self.record.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            let cells = self.record.len();
            let surplus = self.record.iter().skip(self.width).any(|c| !c.trim().is_empty());
            if cells >= self.width && !surplus {
                return Ok(Some(Row { columns: &self.columns, record: &self.record, line }));
            }
            draft.problem(
                format!("line {line}"),
                format!("the row has {cells} cells, but there are {} columns; it is left out", self.width),
            );
        }
    }

    fn advance(&mut self, file: &str) -> Result<Option<usize>, Refused> {
        match &mut self.rows {
            Rows::Delimited(reader, text) => {
                match reader.read_record(&mut self.record) {
                    Ok(true) => {}
                    Ok(false) => return Ok(None),
                    Err(error) => return Err(Refused::new(file, format!("not a table: {error}"), "download it again")),
                }
                let (line, from) = self.record.position().map_or((0, 0), |p| (p.line(), p.byte()));
                let line = usize::try_from(line).unwrap_or(0);
                if self.record.iter().any(|c| c.contains('\n')) && is_open(text, from, reader.position().byte()) {
                    let message = "a quotation mark that begins in this row is never closed, so that all after it would be one cell";
                    return Err(Refused::new(
                        format!("{file}, line {line}"),
                        message,
                        "nothing was taken over; close it, or download the file again",
                    ));
                }
                Ok(Some(line))
            }
            Rows::Sheet(rows, line) => {
                *line += 1;
                Ok(rows.next().map(|record| {
                    self.record = record;
                    *line
                }))
            }
        }
    }
}

/// Unpacks everything once without keeping it, because the sizes that an archive states may be false.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut left = MOST_UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|e| e.to_string())?;
        let size = std::io::copy(&mut entry.take(left.saturating_add(1)), &mut std::io::sink()).map_err(|e| e.to_string())?;
        left = left.checked_sub(size).ok_or_else(|| format!("it unpacks to more than {} MiB", MOST_UNPACKED >> 20))?;
    }
    Ok(())
}

/// Whether a row has an odd number of quotation marks: then it ended with the file and not with its last cell.
fn is_open(text: &[u8], from: u64, to: u64) -> bool {
    let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    let row = text.get(place(from)..place(to)).unwrap_or_default();
    memchr::memchr_iter(b'"', row).count() % 2 == 1
}

/// A spreadsheet's cell as the text that people see; days as ISO 8601.
fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_string(),
        Data::Empty | Data::Error(_) => String::new(),
        // Excel's mark for a carriage return that it could not write.
        other => other.to_string().replace("_x000D_", " "),
    }
}

impl<'t> Row<'t> {
    /// The cell in the first of these columns that is there and not empty; otherwise an empty text.
    pub fn get(&self, columns: &[&str]) -> &'t str {
        let cells = columns.iter().filter_map(|c| self.columns.get(*c)).filter_map(|at| self.record.get(*at));
        cells.map(str::trim).find(|c| !c.is_empty()).unwrap_or_default()
    }
}
