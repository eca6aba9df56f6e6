//! How far a long run has come: one line on standard error, only in a terminal and only once it has taken more than a second.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How long a run may take before it shows itself.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct Progress {
    started: Instant,
    total_bytes: Option<u64>,
    wanted: bool,
    of: (String, String),
    bar: Option<ProgressBar>,
}

impl Progress {
    /// For an input of so many bytes, if that is known; `of` is what a line holds and what becomes of it. When the answers themselves go to a terminal they show the progress.
    pub(super) fn new(total_bytes: Option<u64>, of: (&str, &str)) -> Self {
        let wanted = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        Self { started: Instant::now(), total_bytes, wanted, of: (of.0.to_owned(), of.1.to_owned()), bar: None }
    }

    /// So many bytes and lines are done.
    pub(super) fn at(&mut self, bytes: u64, lines: usize) {
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| bar(self.total_bytes));
        bar.set_position(bytes);
        let rate = lines as f64 / self.started.elapsed().as_secs_f64();
        bar.set_message(format!("{lines} {}s {}, {rate:.0} a second", self.of.0, self.of.1));
    }

    pub(super) fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total_bytes: Option<u64>) -> ProgressBar {
    let (bar, template) = match total_bytes {
        Some(total) => (ProgressBar::new(total), "{msg}  {bar:24} {percent:>3} %  {eta} left"),
        None => (ProgressBar::new_spinner(), "{msg}"),
    };
    // The template is fixed, so it cannot be wrong.
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// How far a table has come, on a terminal and once it takes more than a second.
pub(super) struct Rows {
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Rows {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), bar: None }
    }

    pub(super) fn at(&mut self, progress: &crate::batch::Progress) {
        let elapsed = self.started.elapsed();
        if !std::io::stderr().is_terminal() || elapsed < PATIENCE {
            return;
        }
        let (done, all) = progress.total.map_or(progress.bytes, |total| (progress.rows, total));
        let shown = self.bar.get_or_insert_with(|| bar(Some(all)));
        shown.set_position(done);
        let rate = (progress.rows - progress.found) as f64 / elapsed.as_secs_f64();
        let bad = if progress.bad > 0 { format!(", {} not readable", progress.bad) } else { String::new() };
        shown.set_message(format!("{} rows, {rate:.0} a second{bad}", progress.rows));
    }

    pub(super) fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
