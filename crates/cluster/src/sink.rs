//! Answers into a file, whole or not at all.

use crate::rows::trouble;
use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::csv::WriterBuilder;
use datafusion::arrow::error::ArrowError;
use datafusion::arrow::ipc::writer::FileWriter;
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::parquet::arrow::ArrowWriter;
use futures::StreamExt;
use licit::batch::{Form, Trouble};
use std::fs::File;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Copy, Default, Debug)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// Rows that could not be read.
    pub bad: u64,
}

/// Writes answers as they come. They stand under another name until all are there, so that a kill leaves no output that looks whole.
///
/// # Errors
/// When the output exists or cannot be written, or the engine gives up.
pub async fn write(mut answers: SendableRecordBatchStream, output: &Path, form: Form) -> Result<Written, Trouble> {
    absent(output)?;
    let parts = unfinished(output);
    let mut written = Written::default();
    let told = |e: String| Trouble::Input(format!("{}: {e}", output.display()));
    let outcome = async {
        let file = File::create(&parts).map_err(|e| told(e.to_string()))?;
        let mut writer = Writer::new(file, &answers, form).map_err(|e| told(e.to_string()))?;
        while let Some(batch) = answers.next().await {
            let batch = batch.map_err(|e| trouble(&e))?;
            written.rows += batch.num_rows() as u64;
            let bad = batch.column_by_name("error").map_or(0, |errors| errors.len() - errors.null_count());
            written.bad += bad as u64;
            writer.write(&batch).map_err(|e| told(e.to_string()))?;
        }
        writer.finish().map_err(|e| told(e.to_string()))?;
        absent(output)?;
        std::fs::rename(&parts, output).map_err(|e| told(e.to_string()))
    };
    let outcome: Result<(), Trouble> = outcome.await;
    if outcome.is_err() {
        let _ = std::fs::remove_file(&parts);
    }
    outcome.map(|()| written)
}

/// Refuses an output that is there.
///
/// # Errors
/// When it is.
pub fn absent(output: &Path) -> Result<(), Trouble> {
    if output.exists() {
        return Err(Trouble::Usage(format!("{} exists; nothing is written over it", output.display())));
    }
    Ok(())
}

fn unfinished(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}

enum Writer {
    Parquet(ArrowWriter<File>),
    Arrow(FileWriter<File>),
    Csv(datafusion::arrow::csv::Writer<File>),
    Lines(LineDelimitedWriter<File>),
}

impl Writer {
    fn new(file: File, answers: &SendableRecordBatchStream, form: Form) -> Result<Self, ArrowError> {
        let schema = answers.schema();
        Ok(match form {
            Form::Parquet => Self::Parquet(ArrowWriter::try_new(file, schema, None)?),
            Form::Arrow => Self::Arrow(FileWriter::try_new(file, &schema)?),
            Form::Csv => Self::Csv(WriterBuilder::new().with_header(true).build(file)),
            Form::Lines => Self::Lines(LineDelimitedWriter::new(file)),
        })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        match self {
            Self::Parquet(writer) => writer.write(batch).map_err(ArrowError::from),
            Self::Arrow(writer) => writer.write(batch),
            Self::Csv(writer) => writer.write(batch),
            Self::Lines(writer) => writer.write(batch),
        }
    }

    fn finish(self) -> Result<(), ArrowError> {
        match self {
            Self::Parquet(writer) => writer.close().map(|_| ()).map_err(ArrowError::from),
            Self::Arrow(mut writer) => writer.finish(),
            Self::Csv(_) => Ok(()),
            Self::Lines(mut writer) => writer.finish(),
        }
    }
}
