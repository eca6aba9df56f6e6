//! `licit check --jsonl` on a thousand to a million lines: acts in a second, time and processor time for one act, peak memory.
//!
//! Arguments: the largest power of ten (6 unless said), and how often each size is run (3; the largest once).

use licit_bench::acts::{Lines, real};
use licit_bench::{child, median, shown};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|a| a.parse::<u32>().unwrap_or(0));
    let (largest, repeats) = (arguments.next().unwrap_or(6), arguments.next().unwrap_or(3).max(1));
    match measure(largest.clamp(3, 7), repeats) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(largest: u32, repeats: u32) -> Result<(), String> {
    let binary = child::binary()?;
    let (acts, found) = real();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/lines");
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    println!("lines made from {} {found}; medians of {repeats} runs", acts.len());
    println!(
        "{:>9} {:>5} {:>7} {:>11} {:>11} {:>13} {:>13} {:>14} {:>5}",
        "acts", "depth", "MiB in", "wall", "acts/s", "wall/act", "cpu/act", "peak RSS KiB", "exit"
    );
    for power in 3..=largest {
        let count = 10usize.pow(power);
        let file = folder.join(format!("{count}.jsonl"));
        let bytes = write(&file, Lines::new(acts.clone()).take(count)).map_err(|e| e.to_string())?;
        for brief in [true, false] {
            if brief || power < 6 {
                row(&binary, &file, count, bytes, brief, if power < 6 { repeats } else { 1 })?;
            }
        }
        // A million lines are half a gigabyte; nobody needs them afterwards.
        let _ = std::fs::remove_file(&file);
    }
    Ok(())
}

fn row(binary: &PathBuf, file: &Path, count: usize, bytes: u64, brief: bool, repeats: u32) -> Result<(), String> {
    let (mut walls, mut processor, mut peak, mut exit) = (Vec::new(), Vec::new(), 0, None);
    for _ in 0..repeats {
        let mut command = Command::new(binary);
        command.arg("check").arg("--jsonl").arg(file);
        if brief {
            command.arg("--brief");
        }
        let cost = child::run(&mut command).map_err(|e| e.to_string())?;
        walls.push(cost.wall.as_nanos() as f64);
        processor.push(cost.processor.as_nanos() as f64);
        peak = peak.max(cost.peak_rss_kib.unwrap_or(0));
        exit = cost.status;
    }
    let (wall, processor, n) = (median(walls), median(processor), count as f64);
    println!(
        "{count:>9} {:>5} {:>7.1} {:>11} {:>11.0} {:>13} {:>13} {peak:>14} {:>5}",
        if brief { "brief" } else { "full" },
        bytes as f64 / f64::from(1 << 20),
        shown(wall),
        n / (wall / 1e9),
        shown(wall / n),
        shown(processor / n),
        exit.map_or_else(|| "?".into(), |c| c.to_string()),
    );
    Ok(())
}

fn write(file: &Path, lines: impl Iterator<Item = String>) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let mut bytes = 0;
    for line in lines {
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")?;
        bytes += line.len() as u64 + 1;
    }
    out.flush()?;
    Ok(bytes)
}
