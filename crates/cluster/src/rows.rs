//! Rows of a file for an engine, and the plan that answers them.

use crate::function::function;
use crate::task::{Bundle, Task};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::DataFusionError;
use datafusion::datasource::file_format::options::ArrowReadOptions;
use datafusion::functions::core::expr_fn::{get_field, named_struct};
use datafusion::logical_expr::Expr;
use datafusion::prelude::{CsvReadOptions, DataFrame, ParquetReadOptions, SessionContext, ident, lit};
use licit::batch::{Form, Mode, Trouble};
use std::io::Read;
use std::path::Path;

/// Longest header of a CSV file.
const MOST_HEADER_BYTES: u64 = 1 << 20;

/// What is asked of which rows.
#[derive(Debug)]
pub struct Asked<'a> {
    /// A file, or a folder of files of the same form and columns. Every process that answers must see it under this name.
    pub input: &'a Path,
    /// Their form.
    pub form: Form,
    /// What is asked.
    pub mode: Mode,
    /// Of whom, when, and by which law.
    pub task: Task,
}

/// The answers to all rows, in no order; and the columns that nothing is taken from.
///
/// # Errors
/// When the rows cannot be read, or have no columns that the task knows or no `id`.
pub async fn answers(engine: &SessionContext, bundle: Bundle, asked: &Asked<'_>) -> Result<(DataFrame, Vec<String>), Trouble> {
    let Asked { input, form, mode, task } = asked;
    let input_error = |e: String| Trouble::Input(format!("{}: {e}", input.display()));
    let rows = read(engine, input, *form).await.map_err(|e| match e {
        Trouble::Input(why) => input_error(why),
        usage @ Trouble::Usage(_) => usage,
    })?;
    let names: Vec<String> = rows.schema().fields().iter().map(|field| field.name().clone()).collect();
    if !task.mapping.columns.contains_key("id") && !names.iter().any(|name| name.eq_ignore_ascii_case("id")) {
        return Err(input_error("no column `id`: an engine keeps no order, and answers are told apart by it".into()));
    }
    let columns = task.columns(bundle, *mode, &names).map_err(input_error)?;
    let taken = names.iter().filter(|name| !columns.unused().contains(name));
    let given: Vec<Expr> = taken.flat_map(|name| [lit(name.as_str()), ident(name)]).collect();
    let told = serde_json::to_string(task).map_err(|e| Trouble::Usage(e.to_string()))?;
    let answer = function(bundle, *mode).call(vec![lit(told), named_struct(given)]).alias("answer_of_row");
    let schema = columns.schema();
    let mut shown: Vec<Expr> = Vec::new();
    shown.extend(schema.fields().iter().map(|field| get_field(ident("answer_of_row"), field.name().as_str()).alias(field.name())));
    for constant in ["rulebook", "lists"] {
        shown.extend(schema.metadata().get(constant).map(|text| lit(text.as_str()).alias(constant)));
    }
    let plan = rows.select(vec![answer]).and_then(|answers| answers.select(shown)).map_err(|e| trouble(&e))?;
    Ok((plan, columns.unused().to_vec()))
}

/// What an engine says, in a line.
#[must_use]
pub fn trouble(error: &DataFusionError) -> Trouble {
    Trouble::Input(error.strip_backtrace())
}

async fn read(engine: &SessionContext, input: &Path, form: Form) -> Result<DataFrame, Trouble> {
    let Some(path) = input.to_str() else { return Err(Trouble::Usage("the name of the input is no text".into())) };
    std::fs::metadata(input).map_err(|e| Trouble::Input(e.to_string()))?;
    let ending = if input.is_dir() { form.word() } else { input.extension().and_then(|e| e.to_str()).unwrap_or("") };
    let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
    let rows = match form {
        Form::Parquet => engine.read_parquet(path, ParquetReadOptions::default().file_extension(&ending)).await,
        Form::Arrow => engine.read_arrow(path, ArrowReadOptions { file_extension: &ending, ..ArrowReadOptions::default() }).await,
        Form::Csv => {
            let (names, separator) = header(input)?;
            // Every cell is a text, as for `licit batch`: an engine that guesses would make 0101 a number.
            let schema = Schema::new(names.into_iter().map(|name| Field::new(name, DataType::Utf8, true)).collect::<Vec<_>>());
            // A quoted cell may hold the end of a line, so a file of text is not cut.
            let options = CsvReadOptions::new().schema(&schema).delimiter(separator).newlines_in_values(true).file_extension(&ending);
            engine.read_csv(path, options).await
        }
        Form::Lines => return Err(Trouble::Usage("lines of JSON have no columns: use `licit check --jsonl`, or make them Parquet".into())),
    };
    rows.map_err(|e| trouble(&e))
}

/// The columns of a CSV file, and what stands between them.
fn header(input: &Path) -> Result<(Vec<String>, u8), Trouble> {
    let wrong = |e: String| Trouble::Input(e);
    if input.is_dir() {
        return Err(Trouble::Usage("a folder of CSV files is not taken: make them Parquet".into()));
    }
    let file = std::fs::File::open(input).map_err(|e| wrong(e.to_string()))?;
    let mut start = Vec::new();
    file.take(MOST_HEADER_BYTES).read_to_end(&mut start).map_err(|e| wrong(e.to_string()))?;
    columns(&start).map_err(wrong)
}

/// The columns that the start of a CSV file names, and what stands between them. A name may be quoted, and then hold a separator or a line break.
fn columns(start: &[u8]) -> Result<(Vec<String>, u8), String> {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
    if line.trim_ascii().is_empty() {
        return Err("the file is empty; its first line names the columns".into());
    }
    let mut quoted = false;
    let outside: Vec<u8> = line
        .iter()
        .filter(|b| {
            quoted ^= **b == b'"';
            !quoted
        })
        .copied()
        .collect();
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|c| outside.iter().filter(|b| *b == c).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(start);
    let names = reader.headers().map_err(|e| e.to_string())?.iter().map(|name| name.trim().to_owned()).collect();
    Ok((names, separator))
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn columns_may_be_quoted() {
        for (start, names, separator) in [
            ("id,name\n1,a\n", vec!["id", "name"], b','),
            ("\u{feff}id;\"name, in full\";day\r\n", vec!["id", "name, in full", "day"], b';'),
            ("\"id\",\"said \"\"so\"\"\"\n", vec!["id", "said \"so\""], b','),
            ("id\n1\n", vec!["id"], b','),
            ("id\tname", vec!["id", "name"], b'\t'),
        ] {
            assert_eq!(columns(start.as_bytes()), Ok((names.into_iter().map(str::to_owned).collect(), separator)), "{start}");
        }
        assert!(columns(b"").is_err() && columns(b" \n").is_err());
    }
}
