//! Counts for Prometheus, in its text form. They are few and known beforehand, so they are atomics in a table and need no library.

use super::app::App;
use super::routes::{PEOPLE, PROGRAMS};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper ends of the steps of the histogram, in seconds.
const STEPS: [f64; 12] = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];
/// The first digits of statuses that are told apart.
const CLASSES: usize = 5;

/// Every route, in the order of the counts.
fn known() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().chain(PEOPLE).copied()
}

#[derive(Debug, Default)]
struct Counts {
    statuses: [AtomicU64; CLASSES],
    steps: [AtomicU64; STEPS.len()],
    microseconds: AtomicU64,
}

#[derive(Debug)]
pub(super) struct Metrics {
    /// One for each route, and one for all that is none.
    routes: Vec<Counts>,
    pub in_flight: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { routes: std::iter::repeat_with(Counts::default).take(known().count() + 1).collect(), in_flight: AtomicU64::new(0) }
    }
}

impl Metrics {
    /// Counts an answer; a path that is no route counts as `other`.
    pub(super) fn count(&self, route: Option<&str>, status: u16, time: Duration) {
        let at = route.and_then(|r| known().position(|known| known == r)).unwrap_or(self.routes.len() - 1);
        let Some(counts) = self.routes.get(at) else { return };
        if let Some(count) = counts.statuses.get(usize::from(status / 100).saturating_sub(1)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if let Some(step) = STEPS.iter().position(|end| time.as_secs_f64() <= *end).and_then(|at| counts.steps.get(at)) {
            step.fetch_add(1, Ordering::Relaxed);
        }
        counts.microseconds.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// All counts as text.
    pub(super) fn text(&self, app: &App) -> String {
        let mut out = String::with_capacity(8192);
        self.requests(&mut out);
        let gauge = |out: &mut String, name: &str, help: &str, value: u64| {
            let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        };
        gauge(&mut out, "licit_requests_in_flight", "Requests being answered.", self.in_flight.load(Ordering::Relaxed));
        gauge(
            &mut out,
            "licit_lists_refused",
            "Whether there are newer lists that cannot be used.",
            u64::from(app.lists_refused.load(Ordering::Relaxed)),
        );
        let _ = write!(out, "# HELP licit_lane_taken Questions at work or waiting.\n# TYPE licit_lane_taken gauge\n");
        for lane in [&app.quick, &app.long] {
            let _ = writeln!(out, "licit_lane_taken{{lane=\"{}\"}} {}", lane.name, lane.taken());
        }
        let counter = |out: &mut String, name: &str, help: &str, value: u64| {
            let _ = write!(out, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}\n");
        };
        let dropped = app.log.dropped.load(Ordering::Relaxed);
        counter(&mut out, "licit_log_lines_dropped_total", "Lines of the log that were not written.", dropped);
        if let Some(traces) = &app.settings.traces {
            counter(&mut out, "licit_spans_refused_total", "Parcels of spans that the collector did not take.", traces.refused());
        }
        if let Some(bytes) = resident_bytes() {
            gauge(&mut out, "process_resident_memory_bytes", "Memory held.", bytes);
        }
        let _ = write!(out, "# HELP licit_build_info Version and law in use.\n# TYPE licit_build_info gauge\n");
        let _ = writeln!(out, "licit_build_info{{version=\"{}\",rulebook=\"{}\"}} 1", env!("CARGO_PKG_VERSION"), app.book.law().hash);
        let _ = write!(out, "# HELP licit_list_age_days Days since the version in use of a list.\n# TYPE licit_list_age_days gauge\n");
        let today = crate::clock::today();
        for list in app.book.lists().all() {
            let age = today.since(list.day).map_or(0, |span| span.get_days());
            // Names of lists are checked when they are imported: letters, digits, hyphens.
            let _ = writeln!(out, "licit_list_age_days{{list=\"{}\"}} {age}", list.list);
        }
        out
    }

    fn requests(&self, out: &mut String) {
        let routes = || known().chain(["other"]).zip(&self.routes);
        out.push_str(
            "# HELP licit_requests_total Requests answered, by the first digit of the status.\n# TYPE licit_requests_total counter\n",
        );
        for (route, counts) in routes() {
            for (class, count) in counts.statuses.iter().enumerate().map(|(at, c)| (at + 1, c.load(Ordering::Relaxed))).filter(|c| c.1 > 0)
            {
                let _ = writeln!(out, "licit_requests_total{{route=\"{route}\",status=\"{class}xx\"}} {count}");
            }
        }
        out.push_str("# HELP licit_request_seconds How long answers took.\n# TYPE licit_request_seconds histogram\n");
        for (route, counts) in routes() {
            let all: u64 = counts.statuses.iter().map(|c| c.load(Ordering::Relaxed)).sum();
            if all == 0 {
                continue;
            }
            let mut so_far = 0;
            for (end, step) in STEPS.iter().zip(&counts.steps) {
                so_far += step.load(Ordering::Relaxed);
                let _ = writeln!(out, "licit_request_seconds_bucket{{route=\"{route}\",le=\"{end}\"}} {so_far}");
            }
            let seconds = Duration::from_micros(counts.microseconds.load(Ordering::Relaxed)).as_secs_f64();
            let _ = writeln!(out, "licit_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}} {all}");
            let _ = writeln!(
                out,
                "licit_request_seconds_sum{{route=\"{route}\"}} {seconds}\nlicit_request_seconds_count{{route=\"{route}\"}} {all}"
            );
        }
    }
}

/// Where the system tells.
fn resident_bytes() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kib| kib << 10)
}
