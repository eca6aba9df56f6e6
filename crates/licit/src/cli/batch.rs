//! `licit batch`: whole tables.

use super::args::{Batch, Cli};
use super::check::{ask, today};
use super::progress::Rows;
use super::{ANSWERED, BAD_INPUT, Done, Failure, warn};
use crate::Rulebook;
use crate::batch::{Form, Job, Mapping, Mode, Progress, Question, Trouble, run as answer};
use resolve::Wish;
use std::path::Path;
use std::time::Instant;

/// Largest mapping file that is read.
const MOST_MAPPING_BYTES: u64 = 1 << 20;

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Batch) -> Done {
    let mode = match args.mode.as_str() {
        "screen" => Mode::Screen,
        "classify" => Mode::Classify,
        "read" => Mode::Read,
        _ => Mode::Check,
    };
    // Acts and texts have days of their own, and `--as-of` may leave it open which; a list and the law of goods are those of one day.
    let day = if matches!(mode, Mode::Screen | Mode::Classify) { super::classify::day(cli)? } else { today() };
    if let Some(min) = args.min.filter(|m| !(0.0..=1.0).contains(m)) {
        return Err(Failure::Usage(format!("--min: a score lies between 0 and 1, not at {min}")));
    }
    let wish = Wish { min: args.min.unwrap_or(Wish::default().min), on: Some(day), ..Wish::default() };
    let job = Job {
        question: Question {
            book,
            mode,
            ask: ask(book, cli, !args.explain)?,
            wish,
            day,
            mapping: args.map.as_deref().map(mapping).transpose()?.unwrap_or_default(),
        },
        input: args.input.clone(),
        input_form: form(&args.input, args.format.as_deref(), "--format")?,
        output: args.output.clone(),
        output_form: form(&args.output, args.output_format.as_deref(), "--output-format")?,
        restart: args.restart,
    };
    let begun = Instant::now();
    let mut bar = Rows::new();
    let done = answer(&job, &mut |note| warn(note), &mut |progress| bar.at(progress));
    bar.done();
    let done = done.map_err(|trouble| match trouble {
        Trouble::Usage(message) => Failure::Usage(message),
        Trouble::Input(message) => Failure::Input(message),
    })?;
    eprintln!("licit: {}", told(&done, begun, args));
    Ok(if done.bad > 0 { BAD_INPUT } else { ANSWERED })
}

/// What was done, in a line.
fn told(done: &Progress, begun: Instant, args: &Batch) -> String {
    let seconds = begun.elapsed().as_secs_f64();
    let rate = (done.rows - done.found) as f64 / seconds.max(1e-3);
    let rows = |n: u64| format!("{n} {}", if n == 1 { "row" } else { "rows" });
    let mut out = format!("{} in {seconds:.1} s, {rate:.0} a second", rows(done.rows));
    if done.found > 0 {
        out.push_str(&format!(", {} of them by an earlier run", done.found));
    }
    if done.bad > 0 {
        out.push_str(&format!("; {} could not be read: see `error` and {}.rejects.jsonl", done.bad, args.output.display()));
    }
    out
}

fn form(path: &Path, said: Option<&str>, option: &str) -> Result<Form, Failure> {
    said.and_then(Form::parse).or_else(|| Form::of(path)).ok_or_else(|| {
        Failure::Usage(format!("{}: of which form is it? End it in .parquet, .arrow, .csv or .jsonl, or say {option}", path.display()))
    })
}

fn mapping(path: &Path) -> Result<Mapping, Failure> {
    let tell = |e: String| Failure::Input(format!("{}: {e}", path.display()));
    let length = std::fs::metadata(path).map_err(|e| tell(e.to_string()))?.len();
    if length > MOST_MAPPING_BYTES {
        return Err(tell(format!("larger than {MOST_MAPPING_BYTES} bytes, which is no mapping")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| tell(e.to_string()))?;
    toml::from_str(&text).map_err(|e| tell(e.to_string()))
}
