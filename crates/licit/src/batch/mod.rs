//! Whole tables: rows in, one answer a row out, in bounded memory, and again from where it stopped after a kill.
//!
//! The input is cut into parts whose borders depend on nothing but the input and the job. Each part is answered on all cores and written as a file of
//! its own, whole or not at all, into a folder beside the output; at the end the parts become the output. Whoever starts the same job again finds the
//! parts that are done and goes on behind them, so that no row is lost and none is there twice.

mod answer;
mod columns;
mod known;
mod memory;
mod parts;
mod pieces;
mod shelf;
mod sink;
mod source;

pub use columns::{Mapping, Mode};
pub use memory::Columns;

use crate::{Ask, Rulebook};
use answer::Answerer;
use columns::Plan;
use model::Date;
use parts::{Folder, Part};
use resolve::Wish;
use source::{Rows, Source};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The form of a file of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow, the file form (Feather 2).
    Arrow,
    /// Text with separators, the first line a header.
    Csv,
    /// One JSON object a line.
    Lines,
}

impl Form {
    /// From the ending of a name.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        Self::parse(&path.extension()?.to_str()?.to_lowercase())
    }

    /// From a word of the command line, or an ending.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "parquet" | "pq" => Self::Parquet,
            "arrow" | "feather" | "ipc" => Self::Arrow,
            "csv" | "tsv" | "txt" => Self::Csv,
            "jsonl" | "ndjson" | "jsonlines" => Self::Lines,
            _ => return None,
        })
    }

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Csv => "csv",
            Self::Lines => "jsonl",
        }
    }
}

/// What is asked of every row.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Law and lists.
    pub book: &'a Rulebook,
    /// What is asked of a row.
    pub mode: Mode,
    /// Authorities, day and depth; the full depth adds the whole answer to each row.
    pub ask: Ask,
    /// For screening.
    pub wish: Wish,
    /// The day whose law is shown for goods.
    pub day: Date,
    /// Columns under other names.
    pub mapping: Mapping,
}

/// What is to be done with which file.
#[derive(Debug)]
pub struct Job<'a> {
    /// What is asked.
    pub question: Question<'a>,
    /// Rows.
    pub input: PathBuf,
    /// Their form.
    pub input_form: Form,
    /// Answers. Must not exist.
    pub output: PathBuf,
    /// Their form.
    pub output_form: Form,
    /// Throw away what an unfinished run left.
    pub restart: bool,
}

/// How far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// Rows that are done.
    pub rows: u64,
    /// All rows, where the input says how many there are.
    pub total: Option<u64>,
    /// Bytes read, and all bytes, where it does not.
    pub bytes: (u64, u64),
    /// Rows that could not be read.
    pub bad: u64,
    /// Rows that an earlier run had done.
    pub found: u64,
}

/// Why nothing came out of it. What was done stays, and the same command goes on from there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The command asks for something that cannot be.
    Usage(String),
    /// Input, output or disk.
    Input(String),
}

/// Rows of a part. A part with whole answers or texts is larger for each row.
const ROWS: usize = 16_384;
const ROWS_IN_FULL: usize = 1_024;

/// Answers every row; `tell` is called after each round, and `notes` gets what the user should know of the columns.
///
/// # Errors
/// When the files cannot be used as asked, the input is of no form that can be read, or the disk is full.
pub fn run(job: &Job, notes: &mut dyn FnMut(&str), tell: &mut dyn FnMut(&Progress)) -> Result<Progress, Trouble> {
    let input = |e: String| Trouble::Input(format!("{}: {e}", job.input.display()));
    if job.input.as_os_str() == "-" {
        return Err(Trouble::Usage(
            "standard input cannot be taken up again after a kill: name a file, or use `licit check --jsonl`".into(),
        ));
    }
    if job.output.exists() {
        return Err(Trouble::Usage(format!("{} exists; nothing is written over it", job.output.display())));
    }
    let before = Seen::of(&job.input).map_err(input)?;
    let mut source = Source::open(&job.input, job.input_form, before.length).map_err(input)?;
    let plan = match job.input_form {
        Form::Lines => {
            source::first_fields(&job.input).and_then(|first| answer::columns_of_lines(&job.question, &first)).map(|(columns, plan)| {
                source.line_up(columns);
                plan
            })
        }
        _ => Some(Plan::new(job.question.mode, &source.columns, &job.question.mapping).map_err(input)?),
    };
    // What is refused leaves nothing behind.
    let folder = Folder::open(&job.output, &fingerprint(job, &before), job.restart)?;
    if let Some(unused) = plan.as_ref().map(|p| &p.unused).filter(|u| !u.is_empty()) {
        notes(&format!("columns that nothing is taken from: {}", unused.join(", ")));
    }
    let answerer = Answerer::new(job.question.clone(), plan);
    let mut progress = Progress { total: source.total, bytes: (0, before.length), ..Progress::default() };
    let rows = if answerer.is_full() { ROWS_IN_FULL } else { ROWS };
    let parts = answer_all(&answerer, &folder, &mut source, rows, &mut |done, bytes| {
        progress.rows += done.rows;
        progress.bad += done.part.bad;
        progress.found += if done.found { done.rows } else { 0 };
        progress.bytes.0 = bytes;
        tell(&progress);
    });
    let parts = parts.map_err(|stop| match stop {
        Stop::Input(why) => input(why),
        Stop::Other(trouble) => trouble,
    })?;
    if Seen::of(&job.input).map_err(input)? != before {
        notes("the input changed while it was read: what was added to it is not in the output");
    }
    sink::finish(&folder, parts, &answerer, &job.output, job.output_form)?;
    Ok(progress)
}

/// Rows that are to be answered as a part: its number, the number of its first row, and how much of the input was read with it.
struct Portion {
    number: usize,
    first: u64,
    rows: Vec<Rows>,
    bytes: u64,
}

/// Why it ended before its end.
enum Stop {
    /// The input cannot be read.
    Input(String),
    Other(Trouble),
}

/// A part that is done.
struct DonePart {
    rows: u64,
    part: Part,
    /// Whether an earlier run had done it.
    found: bool,
}

/// Answers all rows in parts: one thread reads, as many as there are cores answer, and never more is read than they will soon need. The number of
/// parts.
fn answer_all(
    answerer: &Answerer,
    folder: &Folder,
    source: &mut Source,
    rows: usize,
    tell: &mut dyn FnMut(&DonePart, u64),
) -> Result<usize, Stop> {
    let threads = rayon::current_num_threads();
    let (to_answer, portions) = sync_channel::<Portion>(threads);
    let (done, answered) = channel::<Result<(DonePart, u64), Trouble>>();
    // Emptied by the first that fails, so that nobody waits for answers that will not come.
    let portions = Mutex::new(Some(portions));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (portions, done) = (&portions, done.clone());
            scope.spawn(move || work(answerer, folder, portions, &done));
        }
        drop(done);
        let reader = scope.spawn(|| read(source, rows, to_answer));
        let mut first_trouble = None;
        for one in answered {
            match one {
                Ok((part, bytes)) => tell(&part, bytes),
                Err(trouble) => {
                    first_trouble.get_or_insert(trouble);
                }
            }
        }
        let read = reader.join().unwrap_or_else(|_| Err("it could not be read".into()));
        first_trouble.map_or_else(|| read.map_err(Stop::Input), |trouble| Err(Stop::Other(trouble)))
    })
}

/// Reads the input to its end, or until nobody answers any more. The number of parts.
fn read(source: &mut Source, rows: usize, to_answer: SyncSender<Portion>) -> Result<usize, String> {
    let mut number = 0;
    loop {
        let taken = source.take(rows)?;
        if taken.is_empty() {
            return Ok(number);
        }
        let portion = Portion { number, first: (number * rows) as u64 + 1, rows: taken, bytes: source.bytes() };
        if to_answer.send(portion).is_err() {
            return Ok(number);
        }
        number += 1;
    }
}

/// Answers parts until there are no more, or something goes wrong for good.
fn work(
    answerer: &Answerer,
    folder: &Folder,
    portions: &Mutex<Option<Receiver<Portion>>>,
    done: &Sender<Result<(DonePart, u64), Trouble>>,
) {
    loop {
        let next = portions.lock().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|p| p.recv().ok());
        let Some(portion) = next else { return };
        let one = one_part(answerer, folder, &portion).map(|part| (part, portion.bytes));
        let failed = one.is_err();
        if done.send(one).is_err() || failed {
            *portions.lock().unwrap_or_else(PoisonError::into_inner) = None;
            return;
        }
    }
}

fn one_part(answerer: &Answerer, folder: &Folder, portion: &Portion) -> Result<DonePart, Trouble> {
    let rows = portion.rows.iter().map(Rows::len).sum::<usize>() as u64;
    if let Some(part) = folder.done(portion.number) {
        return Ok(DonePart { rows, part, found: true });
    }
    let answers = answerer.part(portion.first, &portion.rows)?;
    folder.write(portion.number, &answers).map(|part| DonePart { rows, part, found: false })
}

/// What tells whether the input is still the same.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    length: u64,
    changed: Option<SystemTime>,
}

impl Seen {
    fn of(path: &Path) -> Result<Self, String> {
        let meta = fs::metadata(path).map_err(|e| e.to_string())?;
        if meta.is_dir() {
            return Err("this is a folder; name a file".into());
        }
        Ok(Self { length: meta.len(), changed: meta.modified().ok() })
    }
}

/// Two jobs with the same fingerprint have the same answers: input, question, law, lists and this program.
fn fingerprint(job: &Job, input: &Seen) -> String {
    let since = input.changed.and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos());
    let name = fs::canonicalize(&job.input).unwrap_or_else(|_| job.input.clone());
    let Question { book, mode, ask, wish, day, mapping } = &job.question;
    let law = &book.law().hash;
    let lists = answer::lists_of(book);
    let mapping = crate::json::text(mapping, false);
    let asked = format!("{mode:?} {ask:?} {wish:?} {day:?}");
    let forms = format!("{} {}", job.input_form.word(), job.output_form.word());
    let all =
        format!("{}\n{} {since}\n{}\n{asked}\n{forms}\n{mapping}\n{law}\n{lists}", name.display(), input.length, env!("CARGO_PKG_VERSION"));
    blake3::hash(all.as_bytes()).to_hex().to_string()
}
