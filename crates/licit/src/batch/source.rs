//! Rows from a file, whatever its form, in their order. What cannot be read of a file stands as a row that says so, and the next rows go on.

use super::Form;
use arrow_array::builder::StringBuilder;
use arrow_array::{Array, GenericListArray, OffsetSizeTrait, RecordBatch, StringArray, StructArray, cast::AsArray};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_ipc::reader::FileReader;
use arrow_schema::{DataType, Field};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most bytes of a line, or of a row of a table of texts.
const MOST_ROW_BYTES: usize = 1 << 20;
/// Most columns of a table.
const MOST_COLUMNS: usize = 2_000;
/// Rows that a columnar file hands over at once.
const ROWS_AT_ONCE: usize = 4_096;
/// From so many bytes on rows of a table of texts are handed over.
const MOST_BYTES_AT_ONCE: usize = 64 << 20;

/// A row as it came.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Row {
    /// One value a column.
    Cells(Vec<Value>),
    /// A line of JSON with columns of its own, and as it stood.
    Object { row: Map<String, Value>, line: Vec<u8> },
    /// It cannot be read: why, and what stood there, as far as it can be shown.
    Broken { why: String, text: String },
}

/// Rows that came together.
#[derive(Debug)]
pub(super) enum Rows {
    /// Of a table, column by column.
    Table(Table),
    /// One by one: lines, and what cannot be read.
    Single(Vec<Row>),
    /// Lines that hold the same fields, each text or a number: as they stood, and column by column. A line that is of another sort has no cells.
    Lined { rows: Vec<Row>, cells: Table, fit: Vec<bool> },
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Table(table) => table.rows,
            Self::Single(rows) | Self::Lined { rows, .. } => rows.len(),
        }
    }
}

/// Some rows of a table.
#[derive(Debug)]
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub rows: usize,
}

impl Table {
    /// An error names the column that holds what is no text.
    pub(super) fn of(batch: &RecordBatch) -> Result<Self, String> {
        Held::new(batch).map(|held| Self { columns: held.columns, rows: held.rows })
    }

    /// A row with what each column holds.
    pub(super) fn row(&self, at: usize) -> Vec<Value> {
        self.columns.iter().map(|column| column.value(at)).collect()
    }
}

/// A column of some rows: texts, or what is none.
#[derive(Debug)]
pub(super) enum Column {
    Texts(StringArray),
    Values(Vec<Value>),
}

impl Column {
    fn value(&self, at: usize) -> Value {
        match self {
            Self::Texts(texts) => {
                if texts.is_valid(at) {
                    json!(texts.value(at))
                } else {
                    Value::Null
                }
            }
            Self::Values(values) => values.get(at).cloned().unwrap_or_default(),
        }
    }

    /// The text in a row, empty where there is none; nothing when it holds something else.
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        match self {
            Self::Texts(texts) => Some(if texts.is_valid(at) { texts.value(at) } else { "" }),
            Self::Values(values) => match values.get(at) {
                None | Some(Value::Null) => Some(""),
                Some(Value::String(text)) => Some(text),
                Some(_) => None,
            },
        }
    }
}

/// An open file of rows.
pub(super) struct Source {
    /// The columns of a table; none for lines, of which each has its own.
    pub columns: Vec<String>,
    /// How many rows there are, where the file says so.
    pub total: Option<u64>,
    rows: Box<dyn Reading>,
}

trait Reading: Send {
    /// The next rows, at most so many and one at least; none at the end. An error is of the file as a whole.
    fn next(&mut self, most: usize) -> Result<Option<Rows>, String>;
    /// Bytes read so far, of a file whose number of rows is not known.
    fn bytes(&self) -> u64 {
        0
    }
    /// Of lines: the fields that they hold.
    fn line_up(&mut self, _columns: Vec<String>) {}
}

/// The fields of the first line of a file that is an object; within its first megabyte.
pub(super) fn first_fields(path: &Path) -> Option<Map<String, Value>> {
    let mut lines = Lines::new(File::open(path).ok()?, MOST_ROW_BYTES as u64);
    loop {
        if let Row::Object { row, .. } = lines.row().ok()?? {
            return Some(row);
        }
    }
}

impl Source {
    /// Opens a file. Of one that grows only what was there at first is read, `length` bytes.
    pub(super) fn open(path: &Path, form: Form, length: u64) -> Result<Self, String> {
        let file = File::open(path).map_err(|e| e.to_string())?;
        match form {
            Form::Csv => Csv::open(file, length),
            Form::Lines => Ok(Self { columns: Vec::new(), total: None, rows: Box::new(Lines::new(file, length)) }),
            Form::Parquet => Groups::open(path),
            Form::Arrow => Batches::open(file),
        }
    }

    /// Hands over lines column by column too, where they hold just these fields, in the order of their names; before anything is taken.
    pub(super) fn line_up(&mut self, columns: Vec<String>) {
        self.rows.line_up(columns);
    }

    /// So many rows; fewer only at the end.
    pub(super) fn take(&mut self, rows: usize) -> Result<Vec<Rows>, String> {
        let (mut out, mut left) = (Vec::new(), rows);
        while left > 0 {
            let Some(more) = self.rows.next(left)? else { break };
            left = left.saturating_sub(more.len());
            out.push(more);
        }
        Ok(out)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.rows.bytes()
    }
}

fn named(columns: Vec<String>) -> Result<Vec<String>, String> {
    if columns.len() > MOST_COLUMNS {
        return Err(format!("a table of {} columns, more than {MOST_COLUMNS}", columns.len()));
    }
    for (at, column) in columns.iter().enumerate() {
        if columns.iter().take(at).any(|c| c == column) {
            return Err(format!("two columns are called `{}`", column.chars().take(80).collect::<String>()));
        }
    }
    Ok(columns)
}

struct Csv {
    reader: csv::Reader<Bounded<Box<dyn Read + Send>>>,
    record: csv::ByteRecord,
    columns: usize,
    /// A row that cannot be read, behind those that were handed over last.
    broken: Option<Row>,
}

/// A reader that gives up when one row takes too much: a quote that is never closed would make the rest of the file one value.
struct Bounded<R> {
    input: R,
    /// Bytes since the last row.
    taken: usize,
}

/// Most bytes that are read for one row of a table of texts, what is read ahead of it included.
const MOST_BYTES_FOR_A_ROW: usize = 16 << 20;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.taken > MOST_BYTES_FOR_A_ROW {
            return Err(std::io::Error::other(format!("a row of more than {MOST_BYTES_FOR_A_ROW} bytes: is a quote never closed?")));
        }
        let read = self.input.read(buffer)?;
        self.taken += read;
        Ok(read)
    }
}

impl Csv {
    fn open(file: File, length: u64) -> Result<Source, String> {
        let mut input = BufReader::with_capacity(1 << 18, file.take(length));
        let start = input.fill_buf().map_err(|e| e.to_string())?;
        if start.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let line = input.fill_buf().map_err(|e| e.to_string())?.split(|b| *b == b'\n').next().unwrap_or_default();
        // The separator that the header has most of.
        let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
        let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',');
        let input: Box<dyn Read + Send> = Box::new(input);
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(Bounded { input, taken: 0 });
        let header = reader.byte_headers().map_err(|e| e.to_string())?;
        let text = |name: &[u8]| std::str::from_utf8(name).map(|n| n.trim().to_owned());
        let columns = header.iter().map(text).collect::<Result<Vec<_>, _>>().map_err(|_| "the header is not UTF-8 text".to_owned())?;
        let columns = named(columns)?;
        if columns.iter().all(String::is_empty) {
            return Err("the file has no header: the first line names the columns".into());
        }
        let count = columns.len();
        Ok(Source { columns, total: None, rows: Box::new(Self { reader, record: csv::ByteRecord::new(), columns: count, broken: None }) })
    }
}

/// A row of a table of texts, as far as it can be one.
enum Taken {
    Good,
    Broken(Row),
    End,
}

impl Csv {
    /// Reads a row into `self.record`.
    fn read(&mut self) -> Result<Taken, String> {
        let after = self.record.position().map_or(1, csv::Position::line);
        if !self.reader.read_byte_record(&mut self.record).map_err(|e| format!("after line {after}: {e}"))? {
            return Ok(Taken::End);
        }
        self.reader.get_mut().taken = 0;
        let why = if self.record.as_slice().len() > MOST_ROW_BYTES {
            format!("longer than {MOST_ROW_BYTES} bytes")
        } else if self.record.len() != self.columns {
            format!("{} values where the header has {} columns", self.record.len(), self.columns)
        } else if std::str::from_utf8(self.record.as_slice()).is_err() || self.record.iter().any(|cell| std::str::from_utf8(cell).is_err())
        {
            "not UTF-8 text".to_owned()
        } else {
            return Ok(Taken::Good);
        };
        let line = self.record.position().map_or(0, csv::Position::line);
        let text: Vec<_> = self.record.iter().map(String::from_utf8_lossy).collect();
        Ok(Taken::Broken(Row::Broken { why: format!("line {line}: {why}"), text: text.join(",").chars().take(2_000).collect() }))
    }
}

impl Reading for Csv {
    fn next(&mut self, most: usize) -> Result<Option<Rows>, String> {
        if let Some(row) = self.broken.take() {
            return Ok(Some(Rows::Single(vec![row])));
        }
        let mut columns: Vec<StringBuilder> = (0..self.columns).map(|_| StringBuilder::with_capacity(most, most * 12)).collect();
        let (mut rows, mut bytes) = (0, 0);
        while rows < most && bytes < MOST_BYTES_AT_ONCE {
            match self.read()? {
                Taken::Good => {
                    let cells = self.record.iter().map(|cell| std::str::from_utf8(cell).unwrap_or_default());
                    columns.iter_mut().zip(cells).for_each(|(column, cell)| column.append_value(cell));
                    rows += 1;
                    bytes += self.record.as_slice().len();
                }
                Taken::Broken(row) if rows == 0 => return Ok(Some(Rows::Single(vec![row]))),
                Taken::Broken(row) => {
                    self.broken = Some(row);
                    break;
                }
                Taken::End => break,
            }
        }
        let columns = columns.iter_mut().map(|column| Column::Texts(column.finish())).collect();
        Ok((rows > 0).then_some(Rows::Table(Table { columns, rows })))
    }

    fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }
}

struct Lines {
    input: std::io::Take<BufReader<File>>,
    length: u64,
    line: Vec<u8>,
    number: u64,
    /// The fields that lines mostly hold, in the order of their names; empty where they are not told.
    columns: Vec<String>,
}

impl Lines {
    fn new(file: File, length: u64) -> Self {
        let input = BufReader::with_capacity(1 << 18, file).take(length);
        Self { input, length, line: Vec::new(), number: 0, columns: Vec::new() }
    }

    /// The lines column by column. A field that is a text or a number is a cell; a line with another, or with other fields than these, has none.
    fn lined(&self, rows: Vec<Row>) -> Rows {
        let mut columns: Vec<StringBuilder> = self.columns.iter().map(|_| StringBuilder::new()).collect();
        let mut fit = Vec::with_capacity(rows.len());
        for row in &rows {
            let fields = if let Row::Object { row, .. } = row { Some(row) } else { None };
            let plain = |value: &Value| matches!(value, Value::String(_) | Value::Number(_) | Value::Null);
            // Both stand in the order of their names.
            let fields = fields.filter(|fields| fields.keys().eq(&self.columns) && fields.values().all(plain));
            fit.push(fields.is_some());
            for (name, column) in self.columns.iter().zip(&mut columns) {
                match fields.and_then(|fields| fields.get(name)) {
                    Some(Value::String(text)) => column.append_value(text),
                    Some(Value::Number(number)) => column.append_value(number.to_string()),
                    _ => column.append_null(),
                }
            }
        }
        let cells = Table { rows: rows.len(), columns: columns.iter_mut().map(|column| Column::Texts(column.finish())).collect() };
        Rows::Lined { rows, cells, fit }
    }

    /// The next line into `self.line`, its end cut off; of one that is too long only the beginning. How long it is; nothing at the end.
    fn read(&mut self) -> Result<Option<usize>, String> {
        self.line.clear();
        let mut long = 0;
        loop {
            let buffer = self.input.fill_buf().map_err(|e| e.to_string())?;
            if buffer.is_empty() {
                return Ok((long > 0).then_some(long));
            }
            let end = buffer.iter().position(|b| *b == b'\n');
            let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or(buffer);
            let room = MOST_ROW_BYTES.saturating_sub(self.line.len());
            self.line.extend_from_slice(piece.get(..room.min(piece.len())).unwrap_or_default());
            long += piece.len();
            let used = piece.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(long));
            }
        }
    }
}

impl Lines {
    fn row(&mut self) -> Result<Option<Row>, String> {
        loop {
            let Some(long) = self.read()? else { return Ok(None) };
            self.number += 1;
            if long <= MOST_ROW_BYTES && self.line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let broken = |why: String| Row::Broken { why, text: String::from_utf8_lossy(&self.line).chars().take(2_000).collect() };
            let row = match serde_json::from_slice::<Value>(&self.line) {
                _ if long > MOST_ROW_BYTES => broken(format!("line {}: longer than {MOST_ROW_BYTES} bytes", self.number)),
                Ok(Value::Object(row)) => Row::Object { row, line: self.line.clone() },
                Ok(_) => broken(format!("line {}: not a JSON object", self.number)),
                Err(e) => {
                    let told = e.to_string();
                    let plain = told.split(" at line ").next().unwrap_or(&told);
                    broken(format!("line {}, column {}: {plain}", self.number, e.column()))
                }
            };
            return Ok(Some(row));
        }
    }
}

impl Reading for Lines {
    fn next(&mut self, most: usize) -> Result<Option<Rows>, String> {
        let mut rows = Vec::with_capacity(most);
        while rows.len() < most {
            match self.row()? {
                Some(row) => rows.push(row),
                None => break,
            }
        }
        if rows.is_empty() {
            return Ok(None);
        }
        Ok(Some(if self.columns.is_empty() { Rows::Single(rows) } else { self.lined(rows) }))
    }

    fn bytes(&self) -> u64 {
        self.length - self.input.limit()
    }

    fn line_up(&mut self, columns: Vec<String>) {
        self.columns = columns;
    }
}

/// A Parquet file, a row group at a time: what is damaged costs the rest of its group only.
struct Groups {
    path: PathBuf,
    /// Rows of each group.
    groups: Vec<u64>,
    group: usize,
    /// Rows of the group that have been handed over.
    done: u64,
    open: Option<parquet::arrow::arrow_reader::ParquetRecordBatchReader>,
    batch: Held,
    broken: u64,
    why: String,
}

impl Groups {
    fn open(path: &Path) -> Result<Source, String> {
        let builder = Self::builder(path)?;
        let columns = named(builder.schema().fields().iter().map(|f| f.name().clone()).collect())?;
        let groups: Vec<u64> = builder.metadata().row_groups().iter().map(|g| g.num_rows().try_into().unwrap_or(0)).collect();
        let total = Some(groups.iter().sum());
        let rows =
            Self { path: path.to_owned(), groups, group: 0, done: 0, open: None, batch: Held::default(), broken: 0, why: String::new() };
        Ok(Source { columns, total, rows: Box::new(rows) })
    }

    fn builder(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, String> {
        let file = File::open(path).map_err(|e| e.to_string())?;
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| format!("no Parquet file that can be read: {e}"))
    }

    /// The rest of the group is given up.
    fn give_up(&mut self, rows: u64, why: String) {
        self.broken = rows - self.done;
        self.why = format!("row group {} cannot be read: {why}", self.group + 1);
        self.open = None;
    }
}

impl Reading for Groups {
    fn next(&mut self, most: usize) -> Result<Option<Rows>, String> {
        loop {
            if let Some(table) = self.batch.next(most) {
                self.done += table.rows as u64;
                return Ok(Some(Rows::Table(table)));
            }
            if self.broken > 0 {
                let rows = self.broken.min(most as u64);
                self.broken -= rows;
                self.done += rows;
                let one = |_| Row::Broken { why: self.why.clone(), text: String::new() };
                return Ok(Some(Rows::Single((0..rows).map(one).collect())));
            }
            let Some(rows) = self.groups.get(self.group).copied() else { return Ok(None) };
            if self.done >= rows {
                (self.group, self.done, self.open) = (self.group + 1, 0, None);
                continue;
            }
            if self.open.is_none() {
                let builder = Self::builder(&self.path)?.with_row_groups(vec![self.group]).with_batch_size(ROWS_AT_ONCE);
                match builder.build() {
                    Ok(reader) => self.open = Some(reader),
                    Err(e) => self.give_up(rows, e.to_string()),
                }
            }
            match self.open.as_mut().and_then(Iterator::next) {
                Some(Ok(batch)) => match Held::new(&batch) {
                    Ok(held) => self.batch = held,
                    Err(e) => self.give_up(rows, e),
                },
                Some(Err(e)) => self.give_up(rows, e.to_string()),
                None if self.broken == 0 => self.give_up(rows, "it holds fewer rows than it says".into()),
                None => {}
            }
        }
    }
}

/// An Arrow file (IPC, the form with a footer), a batch at a time.
struct Batches {
    reader: FileReader<BufReader<File>>,
    batch: Held,
}

impl Batches {
    fn open(file: File) -> Result<Source, String> {
        let tell = |e: arrow_schema::ArrowError| format!("no Arrow file that can be read: {e}");
        let reader = FileReader::try_new_buffered(file, None).map_err(tell)?;
        let columns = named(reader.schema().fields().iter().map(|f| f.name().clone()).collect())?;
        Ok(Source { columns, total: None, rows: Box::new(Self { reader, batch: Held::default() }) })
    }
}

impl Reading for Batches {
    fn next(&mut self, most: usize) -> Result<Option<Rows>, String> {
        loop {
            if let Some(table) = self.batch.next(most) {
                return Ok(Some(Rows::Table(table)));
            }
            match self.reader.next() {
                Some(Ok(batch)) => self.batch = Held::new(&batch)?,
                Some(Err(e)) => return Err(format!("a batch of the Arrow file cannot be read: {e}")),
                None => return Ok(None),
            }
        }
    }
}

/// The rows of a batch that have not been handed over.
#[derive(Default)]
struct Held {
    columns: Vec<Column>,
    rows: usize,
    done: usize,
}

impl Held {
    fn new(batch: &RecordBatch) -> Result<Self, String> {
        let column = |(column, field): (&arrow_array::ArrayRef, &Arc<Field>)| {
            texts(column).map_err(|e| format!("the column `{}`: {e}", field.name()))
        };
        let columns = batch.columns().iter().zip(batch.schema().fields()).map(column).collect::<Result<_, _>>()?;
        Ok(Self { columns, rows: batch.num_rows(), done: 0 })
    }

    fn next(&mut self, most: usize) -> Option<Table> {
        let (from, rows) = (self.done, most.min(self.rows - self.done));
        self.done += rows;
        let part = |column: &Column| match column {
            Column::Texts(texts) => Column::Texts(texts.slice(from, rows)),
            Column::Values(values) => Column::Values(values.get(from..from + rows).unwrap_or_default().to_vec()),
        };
        (rows > 0).then(|| Table { columns: self.columns.iter().map(part).collect(), rows })
    }
}

/// A column as texts, as far as it holds any.
fn texts(column: &arrow_array::ArrayRef) -> Result<Column, String> {
    Ok(match column.data_type() {
        DataType::Utf8 => Column::Texts(column.as_string::<i32>().clone()),
        DataType::Boolean
        | DataType::Null
        | DataType::Struct(_)
        | DataType::List(_)
        | DataType::LargeList(_)
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => Column::Values(values(column.as_ref())?),
        DataType::LargeUtf8 | DataType::Utf8View => {
            let cast = arrow_cast::cast(column, &DataType::Utf8).map_err(|e| e.to_string())?;
            Column::Texts(cast.as_string::<i32>().clone())
        }
        _ => {
            let options = FormatOptions::default();
            let formatter = ArrayFormatter::try_new(column.as_ref(), &options).map_err(|e| e.to_string())?;
            let (mut out, mut text) = (StringBuilder::with_capacity(column.len(), column.len() * 12), String::new());
            for at in 0..column.len() {
                if column.is_null(at) {
                    out.append_null();
                    continue;
                }
                text.clear();
                write!(text, "{}", formatter.value(at)).map_err(|_| "it holds what cannot be written as text".to_owned())?;
                out.append_value(&text);
            }
            Column::Texts(out.finish())
        }
    })
}

/// The values of a column: texts, numbers, days and moments as text, lists and structs as they are.
fn values(column: &dyn Array) -> Result<Vec<Value>, String> {
    let nulls = |at: usize, value: Value| if column.is_null(at) { Value::Null } else { value };
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().iter().map(|v| json!(v)).collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().iter().map(|v| json!(v)).collect(),
        DataType::Utf8View => column.as_string_view().iter().map(|v| json!(v)).collect(),
        DataType::Boolean => column.as_boolean().iter().map(|v| json!(v)).collect(),
        DataType::Null => vec![Value::Null; column.len()],
        DataType::Struct(_) => {
            let objects = objects(column.as_struct())?;
            objects.into_iter().enumerate().map(|(at, o)| nulls(at, o)).collect()
        }
        DataType::List(_) => lists(column.as_list::<i32>())?,
        DataType::LargeList(_) => lists(column.as_list::<i64>())?,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            return Err("it holds bytes, not text".into());
        }
        _ => {
            let options = FormatOptions::default();
            let formatter = ArrayFormatter::try_new(column, &options).map_err(|e| e.to_string())?;
            (0..column.len()).map(|at| nulls(at, json!(formatter.value(at).to_string()))).collect()
        }
    })
}

/// Lists with the values of their elements.
fn lists<O: OffsetSizeTrait>(column: &GenericListArray<O>) -> Result<Vec<Value>, String> {
    let inner = values(column.values().as_ref())?;
    let part = |at: usize| {
        let (from, to) = (column.value_offsets().get(at)?, column.value_offsets().get(at + 1)?);
        inner.get(from.as_usize()..to.as_usize()).map(|part| json!(part))
    };
    Ok((0..column.len()).map(|at| if column.is_null(at) { Value::Null } else { part(at).unwrap_or_default() }).collect())
}

/// Structs as objects; a field without a value is left out.
fn objects(column: &StructArray) -> Result<Vec<Value>, String> {
    let mut out: Vec<Map<String, Value>> = vec![Map::new(); column.len()];
    for (field, inner) in column.fields().iter().zip(column.columns()) {
        for (object, value) in out.iter_mut().zip(values(inner.as_ref())?).filter(|(_, v)| !v.is_null()) {
            object.insert(field.name().clone(), value);
        }
    }
    Ok(out.into_iter().map(Value::Object).collect())
}
