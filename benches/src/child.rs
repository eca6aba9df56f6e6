//! The binary under measurement: where it is, how long it runs, what it costs in processor time and memory.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The release binary: `$LICIT_BIN`, else `target/release/licit` of the project.
///
/// # Errors
/// With what to do, when there is none.
pub fn binary() -> Result<PathBuf, String> {
    let path = std::env::var_os("LICIT_BIN").map_or_else(|| crate::root().join("target/release/licit"), PathBuf::from);
    if path.is_file() {
        Ok(path)
    } else {
        Err(format!("{} is absent: run `cargo build --release` in the project, or name the binary in LICIT_BIN", path.display()))
    }
}

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// By the clock on the wall.
    pub wall: Duration,
    /// User and system time of all its threads, to the hundredth of a second.
    pub processor: Duration,
    /// Most memory it held at once; `None` when it ended before anybody looked.
    pub peak_rss_kib: Option<u64>,
    /// Its exit status.
    pub status: Option<i32>,
}

/// Runs it with its output thrown away, and looks at it every two milliseconds.
///
/// # Errors
/// When it cannot be started.
pub fn run(command: &mut Command) -> io::Result<Cost> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let (mut peak_rss_kib, mut processor) = (None, Duration::ZERO);
    // A child that ended and was not waited for keeps its times, but not its memory.
    loop {
        let text = fs::read_to_string(folder.join("status")).unwrap_or_default();
        peak_rss_kib = kib(&text, "VmHWM:").max(peak_rss_kib);
        let stat = fs::read_to_string(folder.join("stat")).unwrap_or_default();
        // The name in brackets may hold anything; the state is the first field behind it, the times the 12th and 13th.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks: u64 = fields.get(11..13).into_iter().flatten().filter_map(|t| t.parse::<u64>().ok()).sum();
        processor = processor.max(Duration::from_millis(ticks * 10));
        if stat.is_empty() || fields.first() == Some(&"Z") {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let wall = start.elapsed();
    let status = child.wait()?.code();
    Ok(Cost { wall, processor, peak_rss_kib, status })
}

fn kib(text: &str, name: &str) -> Option<u64> {
    text.lines().find_map(|l| l.strip_prefix(name))?.trim().trim_end_matches("kB").trim().parse().ok()
}
