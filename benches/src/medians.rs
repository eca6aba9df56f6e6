//! The medians that criterion found, in one table: it prints an estimate of the mean by itself.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Where criterion keeps what it measured.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/criterion")
}

/// Prints the median of every benchmark of the groups, for one act each.
pub fn print(groups: &[&str]) {
    println!("\n{:<44} {:>12} {:>12}", "median for one act", "time", "± (MAD)");
    for group in groups {
        let mut rows = Vec::new();
        collect(&folder().join(group), &mut rows);
        rows.sort();
        for (id, middle, spread) in rows {
            println!("{id:<44} {:>12} {:>12}", crate::shown(middle.0), crate::shown(spread.0));
        }
    }
}

#[derive(PartialEq, PartialOrd)]
struct Nanoseconds(f64);
impl Eq for Nanoseconds {}
#[expect(clippy::derive_ord_xor_partial_ord, reason = "no time is NaN")]
impl Ord for Nanoseconds {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

fn collect(folder: &Path, rows: &mut Vec<(String, Nanoseconds, Nanoseconds)>) {
    let file = |name: &str| -> Option<Value> { serde_json::from_slice(&fs::read(folder.join("new").join(name)).ok()?).ok() };
    if let (Some(estimates), Some(about)) = (file("estimates.json"), file("benchmark.json")) {
        let each = about["throughput"]["Elements"].as_f64().unwrap_or(1.0);
        let point = |name: &str| Nanoseconds(estimates[name]["point_estimate"].as_f64().unwrap_or(f64::NAN) / each);
        let id = about["full_id"].as_str().unwrap_or("").to_owned();
        rows.push((id, point("median"), point("median_abs_dev")));
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(|e| e.path().is_dir()) {
        collect(&entry.path(), rows);
    }
}
