//! One row's answer, in columns.

use super::columns::{Mapping, Mode, Plan};
use super::source::Row;
use super::{Job, Trouble};
use crate::input::{InputProblem, is_act_field, text_line};
use crate::screening::Screening;
use crate::{Article, Depth, Format, Rulebook, TextReader, decide};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use model::VerdictSet;
use resolve::{Bench, Notes};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The column of the whole answer, which is JSON.
pub(super) const ANSWER: &str = "answer";

/// Answers rows.
pub(super) struct Answerer<'a> {
    job: &'a Job<'a>,
    /// The columns of a table; lines of JSON have their own each.
    plan: Option<Plan>,
    schema: SchemaRef,
    rulebook: String,
    lists: String,
}

/// The answers to the rows of a part.
pub(super) struct Answers {
    pub batch: RecordBatch,
    /// A line of JSON for each row that could not be read.
    pub rejects: Vec<String>,
}

/// The columns between `id` and `error`.
type Cells = Vec<Option<String>>;

/// The lists in use with their hashes, in one text.
pub(super) fn lists_of(book: &Rulebook) -> String {
    book.lists().all().iter().map(|l| format!("{}@{} {}", l.list, l.version, l.hash)).collect::<Vec<_>>().join("; ")
}

impl<'a> Answerer<'a> {
    pub(super) fn new(job: &'a Job<'a>, plan: Option<Plan>) -> Self {
        let mut names: Vec<String> = vec!["id".into()];
        match job.mode {
            Mode::Check => {
                names.push("overall".into());
                names.extend(job.ask.jurisdictions.iter().map(|j| format!("{j}_verdict")));
                names.extend(["possible", "provisions", "missing"].map(str::to_owned));
            }
            Mode::Screen => names.extend(["clear", "listing", "name", "score"].map(str::to_owned)),
            Mode::Classify => names.extend(["hs", "score", "headings"].map(str::to_owned)),
            Mode::Read => names.extend(["language", "acts", "overall"].map(str::to_owned)),
        }
        if job.mode != Mode::Check || job.ask.depth == Depth::Full {
            names.push(ANSWER.into());
        }
        names.extend(["error", "rulebook", "lists"].map(str::to_owned));
        let fields: Vec<Field> = names.into_iter().map(|name| Field::new(name, DataType::Utf8, true)).collect();
        let schema = Arc::new(Schema::new(fields));
        Self { job, plan, schema, rulebook: job.book.law().hash.clone(), lists: lists_of(job.book) }
    }

    pub(super) fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Whether each row has a whole answer.
    pub(super) fn is_full(&self) -> bool {
        self.schema.column_with_name(ANSWER).is_some()
    }

    /// The answers to the rows of a part, of which the first has this number.
    pub(super) fn part(&self, first: u64, rows: &[Row]) -> Result<Answers, Trouble> {
        let mut columns: Vec<Vec<Option<String>>> = self.schema.fields().iter().map(|_| Vec::with_capacity(rows.len())).collect();
        let mut rejects = Vec::new();
        let mut bench = Bench::default();
        let inner = columns.len() - 4;
        for (row, number) in rows.iter().zip(first..) {
            let (id, answer) = self.one(row, number, &mut bench);
            let (cells, error) = match answer {
                Ok(cells) => (cells, None),
                Err(why) => {
                    rejects.push(reject(number, &id, &why, row));
                    (vec![None; inner], Some(why))
                }
            };
            let whole = std::iter::once(Some(id)).chain(cells).chain([error, Some(self.rulebook.clone()), Some(self.lists.clone())]);
            columns.iter_mut().zip(whole).for_each(|(column, cell)| column.push(cell));
        }
        let arrays: Vec<ArrayRef> = columns.into_iter().map(|c| Arc::new(StringArray::from(c)) as ArrayRef).collect();
        let batch =
            RecordBatch::try_new(self.schema(), arrays).map_err(|e| Trouble::Input(format!("the answers from row {first} on: {e}")))?;
        Ok(Answers { batch, rejects })
    }

    /// The id of a row, its number where it has none, and its answer or why there is none.
    fn one(&self, row: &Row, number: u64, bench: &mut Bench) -> (String, Result<Cells, String>) {
        let (bytes, id) = match self.question(row, number) {
            Ok(asked) => asked,
            // A line that says what it is called keeps its name.
            Err(why) => {
                let named = if let Row::Object { row, .. } = row { row.get("id").map(id_text) } else { None };
                return (named.filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string()), Err(why));
            }
        };
        let answer = match self.job.mode {
            Mode::Check => self.check(&bytes),
            Mode::Screen => self.screen(&bytes, bench),
            Mode::Classify => self.classify(&bytes),
            Mode::Read => self.read(&bytes),
        };
        (id, answer.map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
    }

    /// The row as the JSON that the single command reads.
    fn question(&self, row: &Row, number: u64) -> Result<(Vec<u8>, String), String> {
        let mut asked = match row {
            Row::Broken { why, .. } => return Err(why.clone()),
            Row::Object { row, line } if self.is_plain(row) => {
                let id = row.get("id").map(id_text).unwrap_or_default();
                if !id.is_empty() {
                    return Ok((line.clone(), id));
                }
                row.clone()
            }
            Row::Object { row, .. } => {
                let (columns, cells): (Vec<String>, Vec<Value>) = row.iter().map(|(k, v)| (k.clone(), plain(v))).unzip();
                let plan = Plan::new(self.job.mode, &columns, &self.job.mapping)?;
                if let Some(unknown) = plan.unused.first() {
                    return Err(format!("`{unknown}` is no field known here; a mapping file can name it"));
                }
                plan.row(cells)
            }
            Row::Cells(cells) => self.plan.as_ref().map(|p| p.row(cells.clone())).unwrap_or_default(),
        };
        let id = asked.get("id").map(id_text).filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string());
        asked.insert("id".to_owned(), json!(id));
        Ok((Value::Object(asked).to_string().into_bytes(), id))
    }

    /// Whether a line is already in the words of the single command.
    fn is_plain(&self, row: &Map<String, Value>) -> bool {
        let Mapping { columns, constants } = &self.job.mapping;
        columns.is_empty() && constants.is_empty() && (self.job.mode != Mode::Check || row.keys().all(|key| is_act_field(key)))
    }

    fn check(&self, bytes: &[u8]) -> Result<Cells, Vec<InputProblem>> {
        let full = self.job.ask.depth == Depth::Full;
        let act = self.job.book.read_act_with(bytes, Format::Json, if full { Notes::kept() } else { Notes::none() })?;
        let answer = decide(self.job.book, &act, &self.job.ask);
        let overall = answer.overall();
        let mut cells = vec![Some(overall.word().to_owned())];
        cells.extend(answer.decisions.iter().map(|d| Some(d.possible.word().to_owned())));
        let mut missing: Vec<&str> = Vec::new();
        for fact in answer.decisions.iter().flat_map(|d| &d.missing).map(|m| m.fact.as_str()) {
            if !missing.contains(&fact) {
                missing.push(fact);
            }
        }
        let provisions: Vec<&str> = answer.decisions.iter().flat_map(|d| &d.provisions).map(|p| p.id).collect();
        cells.extend([Some(words(overall)), Some(provisions.join(";")), Some(missing.join(";"))]);
        if full {
            cells.push(Some(answer.json(false)));
        }
        Ok(cells)
    }

    fn screen(&self, bytes: &[u8], bench: &mut Bench) -> Result<Cells, Vec<InputProblem>> {
        let (id, party) = self.job.book.read_query(bytes, Format::Json)?;
        let answer = Screening::of(self.job.book.lists().screener(), id, &party, &self.job.wish, bench);
        let best = answer.hits.first();
        Ok(vec![
            Some(answer.clear.to_string()),
            best.map(|h| h.record.listing()),
            best.map(|h| h.record.name.clone()),
            best.map(|h| format!("{:.4}", h.score)),
            Some(answer.json(false)),
        ])
    }

    fn classify(&self, bytes: &[u8]) -> Result<Cells, Vec<InputProblem>> {
        let (id, description) = self.job.book.read_goods(bytes, Format::Json)?;
        let answer = self.job.book.classify(id, &description, self.job.day);
        let headings = answer.headings();
        let all: Vec<String> = headings.iter().map(|(_, heading)| heading.to_string()).collect();
        Ok(vec![
            headings.first().map(|(code, _)| code.hs.to_string()),
            headings.first().map(|(code, _)| format!("{:.4}", code.score)),
            Some(all.join(";")),
            Some(answer.json(self.job.book, false)),
        ])
    }

    fn read(&self, bytes: &[u8]) -> Result<Cells, Vec<InputProblem>> {
        let (book, ask) = (self.job.book, &self.job.ask);
        let article = Article::read_by(book, text_line(bytes)?, &TextReader::Rules);
        let answers = article.answers(book, ask);
        let worst = answers.iter().filter_map(|o| o.as_ref().ok()).map(crate::Answer::overall).reduce(VerdictSet::worse_of);
        Ok(vec![
            Some(article.language.clone()),
            Some(article.read.acts.len().to_string()),
            worst.map(|set| set.word().to_owned()),
            Some(article.json(book, ask, false)),
        ])
    }
}

/// Verdicts that are possible, the mildest first.
fn words(set: VerdictSet) -> String {
    set.iter().map(model::Verdict::word).collect::<Vec<_>>().join(";")
}

fn id_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// A number of a line as the text that a table would hold.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.to_string()),
        other => other.clone(),
    }
}

/// A rejected row: its number, its id, why, and what stood there.
fn reject(number: u64, id: &str, why: &str, row: &Row) -> String {
    let shown = match row {
        Row::Cells(cells) => json!(cells),
        Row::Object { row, .. } => json!(row),
        Row::Broken { text, .. } => json!(text),
    };
    json!({"row": number, "id": id, "error": why, "was": shown}).to_string()
}
