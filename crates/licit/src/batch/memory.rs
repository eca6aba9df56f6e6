//! Tables that are in memory already: columns in, columns out, for programs that have their rows in Arrow.

use super::answer::Answerer;
use super::columns::Plan;
use super::source::{Rows, Table};
use super::{Question, Trouble};
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows that one thread answers at once.
const ROWS: usize = 4_096;
/// Most rows that are taken at once.
const MOST_ROWS: usize = 100_000_000;

/// Answers batches of the same columns, one after the other, and remembers what they have in common.
pub struct Columns<'a> {
    answerer: Answerer<'a>,
    schema: SchemaRef,
    names: Vec<String>,
    unused: Vec<String>,
    rows: AtomicU64,
}

impl std::fmt::Debug for Columns<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Columns").field("names", &self.names).finish_non_exhaustive()
    }
}

impl<'a> Columns<'a> {
    /// For columns of these names.
    ///
    /// # Errors
    /// When none of them is known, or the mapping names what is not there: which, and what would be right.
    pub fn new(question: Question<'a>, names: &[String]) -> Result<Self, String> {
        let plan = Plan::new(question.mode, names, &question.mapping)?;
        let unused = plan.unused.clone();
        let answerer = Answerer::new(question, Some(plan));
        let plain = |f: &Arc<Field>| Field::new(f.name(), DataType::Utf8, true);
        let about: HashMap<String, String> = answerer.constants().into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        let fields: Vec<Field> = answerer.schema().fields().iter().map(plain).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, about));
        Ok(Self { answerer, schema, names: names.to_vec(), unused, rows: AtomicU64::new(0) })
    }

    /// Columns that nothing is taken from.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// The columns of the answers. Law and lists stand in the metadata.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// The answers to the rows of a batch, in their order, on all cores. A row that cannot be read has `error`.
    ///
    /// # Errors
    /// When the columns are others, or one of them holds what cannot be read.
    pub fn answer(&self, batch: &RecordBatch) -> Result<Vec<RecordBatch>, String> {
        let names: Vec<&String> = batch.schema_ref().fields().iter().map(|f| f.name()).collect();
        if names.len() != self.names.len() || names.iter().zip(&self.names).any(|(a, b)| *a != b) {
            return Err(format!("the columns are others than before: {names:?} instead of {:?}", self.names));
        }
        let rows = batch.num_rows();
        if rows > MOST_ROWS {
            return Err(format!("{rows} rows at once are more than {MOST_ROWS}; hand them over in parts"));
        }
        let first = self.rows.fetch_add(rows as u64, Ordering::Relaxed) + 1;
        let starts: Vec<usize> = (0..rows).step_by(ROWS).collect();
        let part = |start: usize| {
            let table = Table::of(&batch.slice(start, ROWS.min(rows - start)))?;
            let answers = self.answerer.part(first + start as u64, &[Rows::Table(table)]).map_err(|trouble| match trouble {
                Trouble::Usage(why) | Trouble::Input(why) => why,
            })?;
            let plain = answers.batch.columns().iter().map(|c| arrow_cast::cast(c, &DataType::Utf8));
            let columns = plain.collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
            RecordBatch::try_new(self.schema(), columns).map_err(|e| e.to_string())
        };
        starts.into_par_iter().map(part).collect()
    }
}
