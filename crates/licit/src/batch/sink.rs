//! From the parts to the output: put together beside its place, then given its name.

use super::parts::{Folder, whole};
use super::{Form, Trouble};
use arrow_array::{Array, RecordBatch, cast::AsArray};
use arrow_ipc::writer::FileWriter;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Rows of a row group of Parquet: what is held in memory while it is written.
const ROWS_OF_A_GROUP: usize = 131_072;

/// Writes the output from so many parts, then what was rejected beside it, and removes the parts.
pub(super) fn finish(folder: &Folder, parts: usize, schema: &SchemaRef, output: &Path, form: Form) -> Result<(), Trouble> {
    let tell = |e: String| Trouble::Input(format!("{}: {e}; what is done stays, the same command goes on", output.display()));
    let draft = folder.draft("output");
    whole(&draft, |out| write(folder, parts, schema, out, form)).map_err(tell)?;
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

fn write(folder: &Folder, parts: usize, schema: &SchemaRef, out: &mut BufWriter<File>, form: Form) -> Result<(), String> {
    let batches = (0..parts).flat_map(|part| match folder.read(part) {
        Ok(batches) => batches.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(Trouble::Usage(e) | Trouble::Input(e)) => vec![Err(e)],
    });
    match form {
        Form::Parquet => {
            let properties =
                WriterProperties::builder().set_compression(Compression::SNAPPY).set_max_row_group_row_count(Some(ROWS_OF_A_GROUP)).build();
            let mut writer = ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(|e| e.to_string())?;
            for batch in batches {
                writer.write(&bare(&batch?, schema)?).map_err(|e| e.to_string())?;
            }
            writer.close().map(|_| ()).map_err(|e| e.to_string())
        }
        Form::Arrow => {
            let mut writer = FileWriter::try_new(out, schema).map_err(|e| e.to_string())?;
            for batch in batches {
                writer.write(&bare(&batch?, schema)?).map_err(|e| e.to_string())?;
            }
            writer.finish().map_err(|e| e.to_string())
        }
        Form::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
            writer.write_record(&names).map_err(|e| e.to_string())?;
            for batch in batches {
                let batch = batch?;
                for row in 0..batch.num_rows() {
                    writer.write_record(cells(&batch, row).map(|c| c.unwrap_or_default())).map_err(|e| e.to_string())?;
                }
            }
            writer.flush().map_err(|e| e.to_string())
        }
        Form::Lines => {
            for batch in batches {
                let batch = batch?;
                for row in 0..batch.num_rows() {
                    line(out, schema, &batch, row).map_err(|e| e.to_string())?;
                }
            }
            Ok(())
        }
    }
}

/// A part knows more of itself than the output tells.
fn bare(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, String> {
    RecordBatch::try_new(schema.clone(), batch.columns().to_vec()).map_err(|e| e.to_string())
}

/// All columns hold texts.
fn cells(batch: &RecordBatch, row: usize) -> impl Iterator<Item = Option<&str>> {
    batch.columns().iter().map(move |column| {
        let texts = column.as_string::<i32>();
        texts.is_valid(row).then(|| texts.value(row))
    })
}

/// A row as a line of JSON: a text that is JSON itself stands as such.
fn line(out: &mut BufWriter<File>, schema: &SchemaRef, batch: &RecordBatch, row: usize) -> std::io::Result<()> {
    out.write_all(b"{")?;
    for (at, (field, cell)) in schema.fields().iter().zip(cells(batch, row)).enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, field.name())?;
        out.write_all(b":")?;
        match cell {
            Some(json) if field.name() == super::answer::ANSWER => out.write_all(json.as_bytes())?,
            cell => serde_json::to_writer(&mut *out, &cell)?,
        }
    }
    out.write_all(b"}\n")
}
