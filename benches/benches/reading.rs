//! Reports of about 3,000 characters: read, read and decided, as JSON; and texts ten and a hundred times as long, to see that time grows
//! with length and no faster.

use criterion::{BenchmarkId, Criterion, Throughput};
use licit::{Article, Ask, Rulebook, Text};
use licit_bench::medians;
use serde_json::Value;
use std::hint::black_box;

/// Characters of one report.
const LENGTH: usize = 3_000;

/// Countries that change places from round to round, so that no round tells the acts of another.
const COUNTRIES: [&str; 12] =
    ["North Korea", "Russia", "China", "Iran", "Belarus", "Syria", "Libya", "Sudan", "Myanmar", "Malaysia", "Uganda", "Singapore"];

/// The invented English reports, joined.
fn reports() -> Vec<String> {
    let file = licit_bench::root().join("cases/reading/articles.jsonl");
    let text = std::fs::read_to_string(file).expect("the reports are part of the project");
    let rows = text.lines().map(|l| serde_json::from_str::<Value>(l).expect("a line is a report"));
    rows.filter(|r| r["language"] == "en").map(|r| r["text"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A text of at least so many characters; each round through the reports has other countries.
fn text(length: usize, first: usize) -> Text {
    let reports = reports();
    let mut out = String::new();
    for at in first.. {
        let (report, round) = (&reports[at % reports.len()], at / reports.len());
        let marked = COUNTRIES.iter().enumerate().fold(report.clone(), |t, (i, c)| t.replace(c, &format!("\u{1}{i}\u{2}")));
        out += &(0..COUNTRIES.len()).fold(marked, |t, i| t.replace(&format!("\u{1}{i}\u{2}"), COUNTRIES[(i + round) % COUNTRIES.len()]));
        out += "\n\n";
        if out.chars().count() >= length {
            break;
        }
    }
    Text { id: "bench".into(), text: out, published: "2024-02-20".parse().ok(), language: Some("en".into()) }
}

fn main() {
    let book = Rulebook::embedded();
    let all: Vec<Text> = (0..8).map(|n| text(LENGTH, n * 4)).collect();
    let acts: usize = all.iter().map(|t| book.read_text(t).acts.len()).sum();
    let letters: usize = all.iter().map(|t| t.text.chars().count()).sum();
    println!("{} reports, {letters} characters, {acts} acts found", all.len());

    let mut criterion = Criterion::default().output_directory(&medians::folder()).configure_from_args();
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Elements(all.len() as u64));
    group.bench_function("report", |b| b.iter(|| all.iter().for_each(|t| drop(black_box(book.read_text(black_box(t)))))));
    group.bench_function("report + decisions + json", |b| {
        b.iter(|| all.iter().for_each(|t| drop(black_box(Article::read(book, t.clone()).json(book, &Ask::default(), false)))));
    });
    group.finish();

    let mut group = criterion.benchmark_group("reading_length");
    group.sample_size(10);
    for times in [1, 10, 100] {
        let text = text(LENGTH * times, 0);
        let acts = book.read_text(&text).acts.len();
        println!("{times} times the length: {} characters, {acts} acts found", text.text.chars().count());
        // One element is a report of the usual length, so that rows of one figure mean linear time.
        group.throughput(Throughput::Elements(times as u64));
        group.bench_with_input(BenchmarkId::new("length", format!("{times:03}")), &text, |b, t| b.iter(|| black_box(book.read_text(t))));
    }
    group.finish();
    criterion.final_summary();
    medians::print(&["reading", "reading_length"]);
}
