//! From the parts to the output: put together beside its place, then given its name. Parts are read, and texts and columns made of them, on all
//! cores; they are written one after the other.

use super::answer::{ANSWER, Answerer};
use super::parts::{Folder, whole};
use super::{Form, Trouble};
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, Int32Array, RecordBatch, StringArray, cast::AsArray};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, compute_leaves};
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// Rows of a row group of Parquet: what is held in memory while it is written.
const ROWS_OF_A_GROUP: usize = 131_072;

/// A column that is the same in every row, and what is in it.
type Constant = (&'static str, String);

/// Writes the output from so many parts, then what was rejected beside it, and removes the parts.
pub(super) fn finish(folder: &Folder, parts: usize, answerer: &Answerer, output: &Path, form: Form) -> Result<(), Trouble> {
    let tell = |e: String| Trouble::Input(format!("{}: {e}; what is done stays, the same command goes on", output.display()));
    let draft = folder.draft("output");
    let press = Press { folder, parts, schema: answerer.schema(), constants: answerer.constants() };
    whole(&draft, |out| press.write(out, form)).map_err(tell)?;
    let rejects = folder.draft("rejected");
    let mut any = false;
    let lines = |out: &mut BufWriter<File>| {
        for text in (0..parts).filter_map(|part| folder.read_rejects(part)) {
            any = true;
            out.write_all(&text).map_err(|e| e.to_string())?;
        }
        Ok(())
    };
    whole(&rejects, lines).map_err(tell)?;
    if any {
        let mut name = output.file_name().unwrap_or_default().to_owned();
        name.push(".rejects.jsonl");
        fs::rename(&rejects, output.with_file_name(name)).map_err(|e| tell(e.to_string()))?;
    }
    fs::rename(&draft, output).map_err(|e| tell(e.to_string()))?;
    folder.remove().map_err(|e| tell(e.to_string()))
}

/// What makes the output.
struct Press<'a> {
    folder: &'a Folder,
    parts: usize,
    /// Of the parts.
    schema: SchemaRef,
    constants: [Constant; 2],
}

impl Press<'_> {
    fn write(&self, out: &mut BufWriter<File>, form: Form) -> Result<(), String> {
        match form {
            Form::Parquet => self.parquet(out),
            Form::Arrow => self.arrow(out),
            Form::Csv => {
                let names = self.schema.fields().iter().map(|f| f.name().as_str()).chain(self.constants.iter().map(|(name, _)| *name));
                let mut header = csv::Writer::from_writer(Vec::new());
                header.write_record(names).map_err(|e| e.to_string())?;
                out.write_all(&header.into_inner().map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
                self.texts(out, &|batch| self.separated(batch))
            }
            Form::Lines => self.texts(out, &|batch| self.lines(batch)),
        }
    }

    fn read(&self, part: usize) -> Result<Vec<RecordBatch>, String> {
        self.folder.read(part).map_err(|trouble| match trouble {
            Trouble::Usage(e) | Trouble::Input(e) => e,
        })
    }

    /// Some parts at once on all cores, some after some, in their order.
    fn each<T: Send>(
        &self,
        at_once: usize,
        make: &(dyn Fn(usize) -> Result<T, String> + Sync),
        mut take: impl FnMut(Vec<T>) -> Result<(), String>,
    ) -> Result<(), String> {
        for first in (0..self.parts).step_by(at_once.max(1)) {
            let some = (first..self.parts.min(first + at_once)).into_par_iter().map(make).collect::<Result<Vec<T>, String>>()?;
            take(some)?;
        }
        Ok(())
    }

    /// Parts as texts.
    fn texts(&self, out: &mut BufWriter<File>, text: &(dyn Fn(&RecordBatch) -> Result<Vec<u8>, String> + Sync)) -> Result<(), String> {
        let part = |part: usize| self.read(part)?.iter().map(text).collect::<Result<Vec<_>, _>>().map(|texts| texts.concat());
        self.each(2 * rayon::current_num_threads(), &part, |texts| {
            texts.iter().try_for_each(|t| out.write_all(t)).map_err(|e| e.to_string())
        })
    }

    fn separated(&self, batch: &RecordBatch) -> Result<Vec<u8>, String> {
        let columns: Vec<Cells> = batch.columns().iter().map(Cells::of).collect();
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::with_capacity(batch.num_rows() * 256));
        for row in 0..batch.num_rows() {
            let cells = columns.iter().map(|c| c.get(row).unwrap_or_default()).chain(self.constants.iter().map(|(_, text)| text.as_str()));
            writer.write_record(cells).map_err(|e| e.to_string())?;
        }
        writer.into_inner().map_err(|e| e.to_string())
    }

    /// Rows as lines of JSON: a text that is JSON itself stands as such.
    fn lines(&self, batch: &RecordBatch) -> Result<Vec<u8>, String> {
        let named = |name: &str| Ok(format!(",{}:", quoted(name)?)) as Result<String, String>;
        let schema = batch.schema();
        let mut columns = Vec::with_capacity(batch.num_columns());
        for (field, column) in schema.fields().iter().zip(batch.columns()) {
            columns.push((named(field.name())?, field.name() == ANSWER, Written::of(column)?));
        }
        let constants = self.constants.iter().map(|(name, text)| Ok(named(name)? + &quoted(text)?)).collect::<Result<String, String>>()?;
        let mut out = Vec::with_capacity(batch.num_rows() * 256);
        for row in 0..batch.num_rows() {
            let start = out.len();
            for (name, is_json, cells) in &columns {
                out.extend_from_slice(name.as_bytes());
                cells.write(row, *is_json, &mut out)?;
            }
            out.extend_from_slice(constants.as_bytes());
            // The comma before the first name.
            if let Some(first) = out.get_mut(start) {
                *first = b'{';
            }
            out.extend_from_slice(b"}\n");
        }
        Ok(out)
    }

    /// The columns of the output, all texts.
    fn columns(&self) -> Vec<Field> {
        let names = self.schema.fields().iter().map(|f| f.name().as_str()).chain(self.constants.iter().map(|(name, _)| *name));
        names.map(|name| Field::new(name, DataType::Utf8, true)).collect()
    }

    fn constant(text: &str, rows: usize) -> Result<ArrayRef, String> {
        let values = Arc::new(StringArray::from(vec![text]));
        let column = DictionaryArray::<Int32Type>::try_new(Int32Array::from(vec![0; rows]), values);
        column.map(|c| Arc::new(c) as ArrayRef).map_err(|e| e.to_string())
    }

    /// What is the same in every row stands there once.
    fn arrow(&self, out: &mut BufWriter<File>) -> Result<(), String> {
        let word = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let shared =
            |field: Field| if self.constants.iter().any(|(n, _)| n == field.name()) { field.with_data_type(word.clone()) } else { field };
        let schema = Arc::new(Schema::new(self.columns().into_iter().map(shared).collect::<Vec<_>>()));
        let mut writer = FileWriter::try_new(out, &schema).map_err(|e| e.to_string())?;
        let batch = |batch: &RecordBatch| -> Result<RecordBatch, String> {
            let plain = batch.columns().iter().map(|c| arrow_cast::cast(c, &DataType::Utf8).map_err(|e| e.to_string()));
            let constants = self.constants.iter().map(|(_, text)| Self::constant(text, batch.num_rows()));
            RecordBatch::try_new(schema.clone(), plain.chain(constants).collect::<Result<_, _>>()?).map_err(|e| e.to_string())
        };
        let part = |part: usize| self.read(part)?.iter().map(batch).collect::<Result<Vec<_>, _>>();
        self.each(2 * rayon::current_num_threads(), &part, |batches| {
            batches.iter().flatten().try_for_each(|batch| writer.write(batch)).map_err(|e| e.to_string())
        })?;
        writer.finish().map_err(|e| e.to_string())
    }

    fn parquet(&self, out: &mut BufWriter<File>) -> Result<(), String> {
        let tell = |e: parquet::errors::ParquetError| e.to_string();
        let fields = self.columns();
        let schema = Arc::new(Schema::new(fields.clone()));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = ArrowWriter::try_new(out, schema, Some(properties)).map_err(tell)?;
        let (mut writer, columns) = writer.into_serialized_writer().map_err(tell)?;
        let at_once = (ROWS_OF_A_GROUP / super::ROWS).max(1);
        let mut group = 0;
        self.each(at_once, &|part| self.read(part), |batches| {
            let batches: Vec<RecordBatch> = batches.into_iter().flatten().collect();
            let writers = columns.create_column_writers(group).map_err(tell)?;
            let chunks = writers.into_par_iter().zip(&fields).enumerate();
            let chunks = chunks.map(|(at, (writer, field))| self.chunk(writer, field, at, &batches)).collect::<Result<Vec<_>, _>>()?;
            let mut rows = writer.next_row_group().map_err(tell)?;
            chunks.into_iter().try_for_each(|chunk| chunk.append_to_row_group(&mut rows)).map_err(tell)?;
            rows.close().map_err(tell)?;
            group += 1;
            Ok(())
        })?;
        writer.close().map(|_| ()).map_err(tell)
    }

    /// A column of a row group.
    fn chunk(&self, mut writer: ArrowColumnWriter, field: &Field, at: usize, batches: &[RecordBatch]) -> Result<ArrowColumnChunk, String> {
        let tell = |e: parquet::errors::ParquetError| e.to_string();
        for batch in batches {
            let column = match at.checked_sub(batch.num_columns()).and_then(|at| self.constants.get(at)) {
                Some((_, text)) => Self::constant(text, batch.num_rows())?,
                None => batch.columns().get(at).cloned().ok_or("a part lacks a column")?,
            };
            for leaf in compute_leaves(field, &column).map_err(tell)? {
                writer.write(&leaf).map_err(tell)?;
            }
        }
        writer.close().map_err(tell)
    }
}

/// A column of a part: texts, or places among texts that rows share.
enum Cells<'b> {
    Plain(&'b StringArray),
    Shared(&'b Int32Array, &'b StringArray),
}

impl<'b> Cells<'b> {
    fn of(column: &'b ArrayRef) -> Self {
        match column.as_dictionary_opt::<Int32Type>() {
            Some(shared) => Self::Shared(shared.keys(), shared.values().as_string()),
            None => Self::Plain(column.as_string()),
        }
    }

    fn get(&self, row: usize) -> Option<&'b str> {
        match self {
            Self::Plain(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Shared(places, texts) => {
                let at = places.is_valid(row).then(|| places.value(row)).and_then(|at| usize::try_from(at).ok())?;
                texts.is_valid(at).then(|| texts.value(at))
            }
        }
    }
}

/// A column whose shared texts are written as JSON once.
struct Written<'b> {
    cells: Cells<'b>,
    shared: Vec<String>,
}

impl<'b> Written<'b> {
    fn of(column: &'b ArrayRef) -> Result<Self, String> {
        let cells = Cells::of(column);
        let shared = match cells {
            Cells::Plain(_) => Vec::new(),
            Cells::Shared(_, texts) => {
                texts.iter().map(|text| text.map_or_else(|| Ok("null".to_owned()), quoted)).collect::<Result<_, _>>()?
            }
        };
        Ok(Self { cells, shared })
    }

    fn write(&self, row: usize, is_json: bool, out: &mut Vec<u8>) -> Result<(), String> {
        if let Cells::Shared(places, _) = self.cells {
            let at = places.is_valid(row).then(|| places.value(row)).and_then(|at| usize::try_from(at).ok());
            let text = at.and_then(|at| self.shared.get(at)).map_or("null", String::as_str);
            out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        match self.cells.get(row) {
            Some(json) if is_json => {
                out.extend_from_slice(json.as_bytes());
                Ok(())
            }
            cell => serde_json::to_writer(out, &cell).map_err(|e| e.to_string()),
        }
    }
}

fn quoted(text: &str) -> Result<String, String> {
    serde_json::to_string(text).map_err(|e| e.to_string())
}
