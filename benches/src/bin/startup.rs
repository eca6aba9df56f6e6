//! How long a fresh process takes to read and decide one act.

use licit_bench::{child, median, root, shown};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

const RUNS: usize = 30;

fn main() -> ExitCode {
    let binary = match child::binary() {
        Ok(binary) => binary,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let example = root().join("examples/aurus.json");
    let once = |program: &std::path::Path, args: &[&std::ffi::OsStr]| {
        let start = Instant::now();
        let status = Command::new(program).args(args).stdin(Stdio::null()).stdout(Stdio::null()).status();
        status.ok().map(|s| (start.elapsed().as_nanos() as f64, s))
    };
    let check = ["check".as_ref(), example.as_os_str()];
    let words = ["check", "--from", "RU", "--to", "KP", "--item", "car"].map(std::ffi::OsStr::new);
    // The first runs fill the page cache.
    let measured = |program: &std::path::Path, args: &[&std::ffi::OsStr]| -> Option<(f64, f64, f64)> {
        let mut times = Vec::new();
        for run in 0..RUNS + 3 {
            let (time, status) = once(program, args)?;
            if !status.success() {
                eprintln!("{} failed: {status}", program.display());
                return None;
            }
            if run >= 3 {
                times.push(time);
            }
        }
        let (least, most) = (times.iter().copied().fold(f64::INFINITY, f64::min), times.iter().copied().fold(0.0, f64::max));
        Some((median(times), least, most))
    };
    println!("{:<42} {:>10} {:>10} {:>10}   ({RUNS} runs)", "a fresh process", "median", "least", "most");
    let mut failed = false;
    for (name, program, args) in [
        ("licit check examples/aurus.json", binary.as_path(), &check[..]),
        ("licit check --from RU --to KP --item car", binary.as_path(), &words[..]),
        ("licit --version", binary.as_path(), &["--version".as_ref()]),
        ("true, for comparison", "/bin/true".as_ref(), &[]),
    ] {
        match measured(program, args) {
            Some((middle, least, most)) => println!("{name:<42} {:>10} {:>10} {:>10}", shown(middle), shown(least), shown(most)),
            None => failed = true,
        }
    }
    if let Ok(cost) = child::run(Command::new(&binary).arg("check").arg(&example)) {
        println!("peak memory of one run: {} KiB", cost.peak_rss_kib.map_or_else(|| "?".into(), |k| k.to_string()));
    }
    ExitCode::from(u8::from(failed))
}
