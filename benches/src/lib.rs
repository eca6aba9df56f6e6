//! What the measurements share: acts, lines of acts, the binary that is measured, and medians in a table.
//!
//! Everything is the same on every run: the only chance is a fixed seed.

pub mod acts;
pub mod child;
pub mod medians;
pub mod rules;
pub mod scopes;

use std::path::{Path, PathBuf};

/// The project's folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A number of nanoseconds in the unit that people would use.
#[must_use]
pub fn shown(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e3 => format!("{n:.0} ns"),
        n if n < 1e6 => format!("{:.2} µs", n / 1e3),
        n if n < 1e9 => format!("{:.2} ms", n / 1e6),
        n => format!("{:.2} s", n / 1e9),
    }
}

/// The middle of some measurements; 0 when there are none.
#[must_use]
pub fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    match (all.get((all.len().saturating_sub(1)) / 2), all.get(all.len() / 2)) {
        (Some(a), Some(b)) => f64::midpoint(*a, *b),
        _ => 0.0,
    }
}
