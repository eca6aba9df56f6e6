//! One question a line in, one answer a line out, in the same order: both cores decide while memory stays flat,
//! and nobody who has asked waits for lines that have not come yet.

use super::progress::Progress;
use super::record::File;
use super::{ANSWERED, BAD_INPUT, Done, Failure};
pub(super) use crate::input::id_of;
use crate::input::{InputProblem, MAX_ACT_BYTES};
use crate::json::{error_line, text};
use crate::store::Record;
use crate::{Ask, Depth, Format, Rulebook, decide};
use rayon::prelude::*;
use resolve::Notes;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Most lines that are in flight together.
const BATCH_LINES: usize = 512;
/// Most bytes that are in flight together.
const BATCH_BYTES: usize = 4 << 20;

/// A line, or why it is none.
pub(super) enum Line {
    Act(Vec<u8>),
    TooLong,
}

/// Decides one act a line.
pub(super) fn run(book: &Rulebook, ask: &Ask, file: Option<&Path>, keep: Option<&File>) -> Done {
    let to_keep: Mutex<Vec<(Record, String)>> = Mutex::default();
    let work = |(): &mut (), number: usize, line: &Line| {
        let (text, record) = one(book, ask, number, line, keep.is_some());
        let bad = record.is_err();
        if let Ok(Some(record)) = record {
            to_keep.lock().unwrap_or_else(PoisonError::into_inner).push((record, text.clone()));
        }
        (text, bad)
    };
    // What is printed was kept before.
    let settle = || match keep {
        Some(file) => file.keep(std::mem::take(&mut to_keep.lock().unwrap_or_else(PoisonError::into_inner))).map(|_| ()),
        None => Ok(()),
    };
    each_settled(file, ("act", "decided"), MAX_ACT_BYTES, work, settle)
}

/// One answer a line, in the order of the lines, and whether the line was bad. A thread works with a `T` of its own; `of`
/// names what a line holds and what becomes of it.
pub(super) fn each<T: Default + Send>(
    file: Option<&Path>,
    of: (&str, &str),
    work: impl Fn(&mut T, usize, &Line) -> (String, bool) + Sync + Send,
) -> Done {
    each_within(file, of, MAX_ACT_BYTES, work)
}

/// As [`each`], for lines that may be longer or must be shorter than an act.
pub(super) fn each_within<T: Default + Send>(
    file: Option<&Path>,
    of: (&str, &str),
    most_bytes: usize,
    work: impl Fn(&mut T, usize, &Line) -> (String, bool) + Sync + Send,
) -> Done {
    each_settled(file, of, most_bytes, work, || Ok(()))
}

/// As [`each_within`]; `settle` is called when some lines are answered, before their answers are written.
fn each_settled<T: Default + Send>(
    file: Option<&Path>,
    of: (&str, &str),
    most_bytes: usize,
    work: impl Fn(&mut T, usize, &Line) -> (String, bool) + Sync + Send,
    mut settle: impl FnMut() -> Result<(), Failure>,
) -> Done {
    let named = file.filter(|f| f.as_os_str() != "-");
    let input: Box<dyn Read> = match named {
        Some(file) if file.is_dir() => {
            return Err(Failure::Input(format!("{} is a folder; name a file with one {} a line", file.display(), of.0)));
        }
        Some(file) => Box::new(fs::File::open(file).map_err(|e| Failure::Input(format!("{}: {e}", file.display())))?),
        None => Box::new(io::stdin()),
    };
    let input = BufReader::with_capacity(1 << 18, input);
    let tools = Pool::<T>(Mutex::default());
    let mut progress = Progress::new(named.and_then(|f| fs::metadata(f).ok()).map(|m| m.len()), of);
    let mut reader = LineReader { input, number: 0, bytes: 0, done: false, most_bytes };
    let mut answer_all = |answered: &SyncSender<Vec<(String, bool)>>| -> Result<bool, Failure> {
        let mut bad = false;
        loop {
            let batch = reader.batch()?;
            if batch.is_empty() {
                return Ok(bad);
            }
            let answers: Vec<(String, bool)> = match batch.as_slice() {
                [(number, line)] => vec![work(&mut tools.borrow().tool, *number, line)],
                many => many.par_iter().map_init(|| tools.borrow(), |tools, (number, line)| work(&mut tools.tool, *number, line)).collect(),
            };
            settle()?;
            bad |= answers.iter().any(|(_, failed)| *failed);
            if answered.send(answers).is_err() {
                return Ok(bad);
            }
            progress.at(reader.bytes, reader.number);
        }
    };
    // While answers are written the next lines are read and decided. The writer takes one batch at a time, so that no more than two are in memory.
    let (answered, answers) = sync_channel(0);
    let (bad, written) = std::thread::scope(|scope| {
        let writer = scope.spawn(move || write_all(&answers));
        let bad = answer_all(&answered);
        drop(answered);
        (bad, writer.join())
    });
    progress.done();
    written.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    Ok(if bad? { BAD_INPUT } else { ANSWERED })
}

/// Writes answers as they come, until there are no more or nobody reads them.
fn write_all(answers: &Receiver<Vec<(String, bool)>>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 18, io::stdout().lock());
    for batch in answers {
        for (answer, _) in batch {
            out.write_all(answer.as_bytes())?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
    }
    Ok(())
}

/// What threads work with, made once and handed on: some of it is large, and a batch may be a single line.
struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    fn borrow(&self) -> Borrowed<'_, T> {
        // A thread that fails ends the run, so whatever is in the pool is whole.
        let spare = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Borrowed { tool: spare.unwrap_or_default(), home: self }
    }
}

/// A tool that goes back into its pool.
struct Borrowed<'a, T: Default> {
    tool: T,
    home: &'a Pool<T>,
}

impl<T: Default> Drop for Borrowed<'_, T> {
    fn drop(&mut self) {
        self.home.0.lock().unwrap_or_else(PoisonError::into_inner).push(std::mem::take(&mut self.tool));
    }
}

/// What is wrong with a line that is too long.
pub(super) fn too_long(of: &str) -> InputProblem {
    longer_than(MAX_ACT_BYTES, of)
}

/// As [`too_long`], where the limit is another.
pub(super) fn longer_than(most_bytes: usize, of: &str) -> InputProblem {
    InputProblem {
        at: String::new(),
        message: format!("the line is longer than {most_bytes} bytes"),
        help: Some(format!("one {of} a line")),
    }
}

/// The answer to a line; what is to be kept of it, when it could be read at all.
fn one(book: &Rulebook, ask: &Ask, number: usize, line: &Line, keep: bool) -> (String, Result<Option<Record>, ()>) {
    let problems = match line {
        Line::TooLong => vec![too_long("act")],
        Line::Act(bytes) => {
            match book.read_act_with(bytes, Format::Json, if ask.depth == Depth::Brief { Notes::none() } else { Notes::kept() }) {
                Ok(act) => {
                    let answer = decide(book, &act, ask);
                    let text = answer.json(false);
                    let record = keep.then(|| Record::of(&answer, &String::from_utf8_lossy(bytes), Format::Json, ask, &text));
                    return (text, Ok(record));
                }
                Err(problems) => problems,
            }
        }
    };
    let id = match line {
        Line::Act(bytes) => id_of(bytes),
        Line::TooLong => None,
    };
    (text(&error_line(id.as_deref(), Some(number), &problems), false), Err(()))
}

struct LineReader {
    input: BufReader<Box<dyn Read>>,
    number: usize,
    bytes: u64,
    done: bool,
    most_bytes: usize,
}

impl LineReader {
    /// The next lines that are not blank, with their numbers: all that have come, and at least one, for which it waits.
    fn batch(&mut self) -> Result<Vec<(usize, Line)>, Failure> {
        let (mut out, mut bytes) = (Vec::new(), 0);
        while !self.done && out.len() < BATCH_LINES && bytes < BATCH_BYTES {
            let Some(line) = self.line()? else { break };
            match line {
                Line::Act(text) if text.iter().all(u8::is_ascii_whitespace) => {}
                line => {
                    bytes += if let Line::Act(text) = &line { text.len() } else { 0 };
                    out.push((self.number, line));
                }
            }
            // The next line has not come whole: whoever sent these may be waiting for the answers.
            if !out.is_empty() && !self.input.buffer().contains(&b'\n') {
                break;
            }
        }
        Ok(out)
    }

    /// One line without its end; what goes beyond the limit is skipped, not kept.
    fn line(&mut self) -> Result<Option<Line>, Failure> {
        let mut text = Vec::new();
        let (mut any, mut long) = (false, false);
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                self.done = true;
                break;
            }
            any = true;
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            if text.len() + part.len() > self.most_bytes {
                long = true;
                text = Vec::new();
            }
            if !long {
                text.extend_from_slice(part);
            }
            let used = end.map_or(chunk.len(), |e| e + 1);
            self.input.consume(used);
            self.bytes += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(if long { Line::TooLong } else { Line::Act(text) }))
    }
}
