//! One row's answer, in columns.

use super::columns::{Mapping, Mode, Plan};
use super::known::{Known, Room, Told, told};
use super::shelf::Shelf;
use super::source::{Row, Rows, Table};
use super::{Question, Trouble};
use crate::input::{InputProblem, is_act_field, text_line};
use crate::screening::Screening;
use crate::{Article, Depth, Format, Rulebook, TextReader, decide};
use arrow_array::builder::StringBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use model::VerdictSet;
use resolve::{Bench, Notes};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How an answer to a question without an id begins.
const EMPTY_ID: &str = "{\"id\":\"\"";

/// The column of the whole answer, which is JSON.
pub(super) const ANSWER: &str = "answer";

/// Answers to words that are remembered, and the longest of them.
const MOST_BEFORE: usize = 1 << 15;
const MOST_BEFORE_BYTES: usize = 2_000;

/// Answers rows.
pub(super) struct Answerer<'a> {
    asked: Question<'a>,
    /// The columns of a table; lines of JSON have their own each.
    plan: Option<Plan>,
    /// What rows that came before have in common with those that come.
    known: Option<Known<'a>>,
    /// What was said of the same words before, where nothing but the words counts.
    before: Shelf<Option<Arc<Given>>>,
    /// Benches and rooms that no thread uses now. What one remembers serves the next part, too.
    benches: Mutex<Vec<(Bench, Room)>>,
    schema: SchemaRef,
}

/// The answers to the rows of a part.
pub(super) struct Answers {
    pub batch: RecordBatch,
    /// A line of JSON for each row that could not be read.
    pub rejects: Vec<String>,
}

/// The columns behind `id`, and the whole answer where it is given.
type Given = (Vec<Option<String>>, Option<String>);

/// The lists in use with their hashes, in one text.
pub(super) fn lists_of(book: &Rulebook) -> String {
    book.lists().all().iter().map(|l| format!("{}@{} {}", l.list, l.version, l.hash)).collect::<Vec<_>>().join("; ")
}

impl<'a> Answerer<'a> {
    pub(super) fn new(asked: Question<'a>, plan: Option<Plan>) -> Self {
        let mut names: Vec<String> = vec!["id".into()];
        match asked.mode {
            Mode::Check => {
                names.push("overall".into());
                names.extend(asked.ask.jurisdictions.iter().map(|j| format!("{j}_verdict")));
                names.extend(["possible", "provisions", "missing"].map(str::to_owned));
            }
            Mode::Screen => names.extend(["clear", "listing", "name", "score"].map(str::to_owned)),
            Mode::Classify => names.extend(["hs", "score", "headings"].map(str::to_owned)),
            Mode::Read => names.extend(["language", "acts", "overall"].map(str::to_owned)),
        }
        if asked.mode != Mode::Check || asked.ask.depth == Depth::Full {
            names.push(ANSWER.into());
        }
        names.push("error".to_owned());
        let repeats = |name: &str| !matches!(name, "id" | "error" | ANSWER);
        let word = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let field = |name: String| {
            let of = if repeats(&name) { word.clone() } else { DataType::Utf8 };
            Field::new(name, of, true)
        };
        let schema = Arc::new(Schema::new(names.into_iter().map(field).collect::<Vec<_>>()));
        let known = plan.as_ref().filter(|_| asked.mode == Mode::Check).and_then(|plan| Known::of(&asked, plan));
        Self { asked, plan, known, before: Shelf::new(MOST_BEFORE), benches: Mutex::default(), schema }
    }

    /// The columns of a part: all but those that are the same in every row.
    pub(super) fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// The columns that are the same in every row, with what is in them.
    pub(super) fn constants(&self) -> [(&'static str, String); 2] {
        [("rulebook", self.asked.book.law().hash.clone()), ("lists", lists_of(self.asked.book))]
    }

    /// Whether each row has a whole answer.
    pub(super) fn is_full(&self) -> bool {
        self.schema.column_with_name(ANSWER).is_some()
    }

    /// The answers to the rows of a part, of which the first has this number.
    pub(super) fn part(&self, first: u64, rows: &[Rows]) -> Result<Answers, Trouble> {
        let mut sheet = Sheet::new(rows.iter().map(Rows::len).sum(), self.is_full());
        let ((mut bench, mut room), mut number) = (self.free_bench(), first);
        for rows in rows {
            match rows {
                Rows::Table(table) => {
                    for at in 0..table.rows {
                        let found = self.by_known(table, at, number, &mut room, &mut sheet)
                            || self.said_before(table, at, number, &mut bench, &mut sheet);
                        if !found {
                            self.own(&Row::Cells(table.row(at)), number, &mut bench, &mut sheet);
                        }
                        number += 1;
                    }
                }
                Rows::Single(rows) => {
                    for row in rows {
                        self.own(row, number, &mut bench, &mut sheet);
                        number += 1;
                    }
                }
                Rows::Lined { rows, cells, fit } => {
                    for (at, row) in rows.iter().enumerate() {
                        let fits = fit.get(at).copied().unwrap_or_default();
                        if !fits || !self.by_known(cells, at, number, &mut room, &mut sheet) {
                            self.own(row, number, &mut bench, &mut sheet);
                        }
                        number += 1;
                    }
                }
            }
        }
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).push((bench, room));
        sheet.finish(self.schema()).map_err(|e| Trouble::Input(format!("the answers from row {first} on: {e}")))
    }

    fn free_bench(&self) -> (Bench, Room) {
        self.benches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Answers a row by what is known from others; false when it cannot be.
    fn by_known(&self, table: &Table, at: usize, number: u64, room: &mut Room, sheet: &mut Sheet) -> bool {
        let Some(known) = &self.known else { return false };
        let Some(id) = known.id(table, at) else { return false };
        let Some(answer) = known.answer(table, at, room) else { return false };
        let place = match sheet.places.get(&answer) {
            Some(place) => *place,
            None => {
                let Some(told) = known.told(answer) else { return false };
                let place = sheet.tell(told.iter().map(|cell| Some(cell.as_str())));
                sheet.places.insert(answer, place);
                place
            }
        };
        if id.is_empty() {
            sheet.row(&number.to_string(), place)
        } else {
            sheet.row(id, place)
        }
        true
    }

    /// Answers a row of which nothing counts but its words as the same words were answered before; false when there is more to it.
    fn said_before(&self, table: &Table, at: usize, number: u64, bench: &mut Bench, sheet: &mut Sheet) -> bool {
        let Some(plan) = self.plan.as_ref().filter(|_| matches!(self.asked.mode, Mode::Screen | Mode::Classify)) else { return false };
        let Some((id, key)) = plan.words(table, at) else { return false };
        let mut look = || {
            let mut row = plan.row(table.row(at));
            row.insert("id".to_owned(), json!(""));
            let (cells, whole) = self.given(&Value::Object(row).to_string().into_bytes(), bench).ok()?;
            // The answer begins with the id.
            let rest = whole.as_deref().and_then(|w| w.strip_prefix(EMPTY_ID))?.to_owned();
            Some(Arc::new((cells, Some(rest))))
        };
        let given = match self.before.find(&key, |given| Some(given.clone())) {
            Some(given) => given,
            None => {
                let given = look();
                if given.as_ref().is_none_or(|g| g.1.as_ref().is_none_or(|w| w.len() < MOST_BEFORE_BYTES)) {
                    self.before.get(&key, || given.clone());
                }
                given
            }
        };
        let Some(given) = given else { return false };
        let place = sheet.tell(given.0.iter().map(Option::as_deref));
        let id = if id.is_empty() { number.to_string() } else { id.to_owned() };
        let whole = given.1.as_ref().map(|rest| format!("{{\"id\":{}{rest}", json!(id)));
        sheet.row_in_full(&id, place, whole.as_deref());
        true
    }

    /// Answers a row by itself.
    fn own(&self, row: &Row, number: u64, bench: &mut Bench, sheet: &mut Sheet) {
        let (id, answer) = self.one(row, number, bench);
        match answer {
            Ok((cells, whole)) => {
                let place = sheet.tell(cells.iter().map(Option::as_deref));
                sheet.row_in_full(&id, place, whole.as_deref());
            }
            Err(why) => {
                sheet.rejects.push(reject(number, &id, &why, row));
                sheet.bad_row(&id, &why);
            }
        }
    }

    /// The id of a row, its number where it has none, and its answer or why there is none.
    fn one(&self, row: &Row, number: u64, bench: &mut Bench) -> (String, Result<Given, String>) {
        let (bytes, id) = match self.question(row, number) {
            Ok(asked) => asked,
            // A line that says what it is called keeps its name.
            Err(why) => {
                let named = if let Row::Object { row, .. } = row { row.get("id").map(id_text) } else { None };
                return (named.filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string()), Err(why));
            }
        };
        let answer = self.given(&bytes, bench);
        (id, answer.map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
    }

    fn given(&self, bytes: &[u8], bench: &mut Bench) -> Result<Given, Vec<InputProblem>> {
        match self.asked.mode {
            Mode::Check => self.check(bytes),
            Mode::Screen => self.screen(bytes, bench),
            Mode::Classify => self.classify(bytes),
            Mode::Read => self.read(bytes),
        }
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
                let plan = Plan::new(self.asked.mode, &columns, &self.asked.mapping)?;
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
        is_plain(&self.asked, row)
    }

    fn check(&self, bytes: &[u8]) -> Result<Given, Vec<InputProblem>> {
        let full = self.asked.ask.depth == Depth::Full;
        let act = self.asked.book.read_act_with(bytes, Format::Json, if full { Notes::kept() } else { Notes::none() })?;
        let answer = decide(self.asked.book, &act, &self.asked.ask);
        let cells: Told = told(&answer);
        Ok((cells.into_iter().map(Some).collect(), full.then(|| answer.json(false))))
    }

    fn screen(&self, bytes: &[u8], bench: &mut Bench) -> Result<Given, Vec<InputProblem>> {
        let (id, party) = self.asked.book.read_query(bytes, Format::Json)?;
        let answer = Screening::of(self.asked.book.lists().screener(), id, &party, &self.asked.wish, bench);
        let best = answer.hits.first();
        let cells = vec![
            Some(answer.clear.to_string()),
            best.map(|h| h.record.listing()),
            best.map(|h| h.record.name.clone()),
            best.map(|h| format!("{:.4}", h.score)),
        ];
        Ok((cells, Some(answer.json(false))))
    }

    fn classify(&self, bytes: &[u8]) -> Result<Given, Vec<InputProblem>> {
        let (id, description) = self.asked.book.read_goods(bytes, Format::Json)?;
        let answer = self.asked.book.classify(id, &description, self.asked.day);
        let headings = answer.headings();
        let all: Vec<String> = headings.iter().map(|(_, heading)| heading.to_string()).collect();
        let cells = vec![
            headings.first().map(|(code, _)| code.hs.to_string()),
            headings.first().map(|(code, _)| format!("{:.4}", code.score)),
            Some(all.join(";")),
        ];
        Ok((cells, Some(answer.json(self.asked.book, false))))
    }

    fn read(&self, bytes: &[u8]) -> Result<Given, Vec<InputProblem>> {
        let (book, ask) = (self.asked.book, &self.asked.ask);
        let article = Article::read_by(book, text_line(bytes)?, &TextReader::Rules);
        let answers = article.answers(book, ask);
        let worst = answers.iter().filter_map(|o| o.as_ref().ok()).map(crate::Answer::overall).reduce(VerdictSet::worse_of);
        let cells = vec![Some(article.language.clone()), Some(article.read.acts.len().to_string()), worst.map(|set| set.word().to_owned())];
        Ok((cells, Some(article.json(book, ask, false))))
    }
}

/// The answers to the rows of a part, under way. Most rows share what they are told, so each of them only says where that stands.
struct Sheet {
    ids: StringBuilder,
    places: HashMap<u32, i32>,
    /// What is told, column by column.
    told: Vec<StringBuilder>,
    count: i32,
    rows: Vec<Option<i32>>,
    whole: Option<StringBuilder>,
    errors: StringBuilder,
    rejects: Vec<String>,
}

impl Sheet {
    fn new(rows: usize, full: bool) -> Self {
        Self {
            ids: StringBuilder::with_capacity(rows, rows * 12),
            places: HashMap::new(),
            told: Vec::new(),
            count: 0,
            rows: Vec::with_capacity(rows),
            whole: full.then(StringBuilder::new),
            errors: StringBuilder::with_capacity(rows, 0),
            rejects: Vec::new(),
        }
    }

    /// Writes down what rows may be told; its place.
    fn tell<'c>(&mut self, cells: impl Iterator<Item = Option<&'c str>>) -> i32 {
        for (at, cell) in cells.enumerate() {
            if self.told.len() <= at {
                self.told.push(StringBuilder::new());
            }
            if let Some(column) = self.told.get_mut(at) {
                column.append_option(cell);
            }
        }
        self.count += 1;
        self.count - 1
    }

    fn row(&mut self, id: &str, place: i32) {
        self.row_in_full(id, place, None);
    }

    fn row_in_full(&mut self, id: &str, place: i32, whole: Option<&str>) {
        self.ids.append_value(id);
        self.rows.push(Some(place));
        self.whole.iter_mut().for_each(|w| w.append_option(whole));
        self.errors.append_null();
    }

    fn bad_row(&mut self, id: &str, why: &str) {
        self.ids.append_value(id);
        self.rows.push(None);
        self.whole.iter_mut().for_each(StringBuilder::append_null);
        self.errors.append_value(why);
    }

    fn finish(mut self, schema: SchemaRef) -> Result<Answers, ArrowError> {
        let places = Int32Array::from(self.rows);
        let shared = schema.fields().iter().filter(|f| *f.data_type() != DataType::Utf8).count();
        self.told.resize_with(shared, StringBuilder::new);
        let column = |mut told: StringBuilder| -> Result<ArrayRef, ArrowError> {
            Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(places.clone(), Arc::new(told.finish()))?))
        };
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.ids.finish())];
        columns.extend(self.told.into_iter().map(column).collect::<Result<Vec<_>, _>>()?);
        columns.extend(self.whole.map(|mut whole| Arc::new(whole.finish()) as ArrayRef));
        columns.push(Arc::new(self.errors.finish()));
        Ok(Answers { batch: RecordBatch::try_new(schema, columns)?, rejects: self.rejects })
    }
}

fn id_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Whether a line is already in the words of the single command.
fn is_plain(asked: &Question<'_>, row: &Map<String, Value>) -> bool {
    let Mapping { columns, constants } = &asked.mapping;
    columns.is_empty() && constants.is_empty() && (asked.mode != Mode::Check || row.keys().all(|key| is_act_field(key)))
}

/// The columns that the lines of a file can be answered by, told from the first: where it names parties and goods one by one, as a table does.
pub(super) fn columns_of_lines(asked: &Question<'_>, first: &Map<String, Value>) -> Option<(Vec<String>, Plan)> {
    if asked.mode != Mode::Check || is_plain(asked, first) {
        return None;
    }
    let columns: Vec<String> = first.keys().cloned().collect();
    let plan = Plan::new(asked.mode, &columns, &asked.mapping).ok().filter(|plan| plan.unused.is_empty())?;
    Some((columns, plan))
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
