//! Reads list files and prints what was found: `cargo run --release --example read_list -- FILE… [--show ID|all]`.

use lists::{Limits, Source, read};
use std::io::Write as _;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut show = Vec::new();
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--show" {
            show.extend(arguments.next());
        } else {
            files.push(argument);
        }
    }
    let bytes = files.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let sources: Vec<Source<'_>> = files.iter().zip(&bytes).map(|(name, bytes)| Source { name, bytes }).collect();
    let started = Instant::now();
    let list = read(&sources, None, &Limits::default())?;
    let took = started.elapsed();
    let mut out = std::io::stdout().lock();
    let names: usize = list.listings.iter().map(|l| l.names.len()).sum();
    writeln!(
        out,
        "{} ({}), version {:?}: {} listings, {names} names, {} problems, {took:?}",
        list.list,
        list.format,
        list.version,
        list.listings.len(),
        list.problems.len()
    )?;
    for listing in list.listings.iter().filter(|l| show.iter().any(|s| *s == l.id || s == "all")) {
        writeln!(out, "{}", serde_json::to_string(listing)?)?;
    }
    // Peak memory, where the system says it.
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        writeln!(out, "{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default())?;
    }
    Ok(())
}
