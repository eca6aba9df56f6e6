//! From bytes to an act, from an act to an answer, from an answer to JSON; brief and full.

use criterion::{Criterion, Throughput};
use licit::{Ask, Depth, Format, ReadAct, Rulebook, decide};
use licit_bench::{acts, medians, scopes, shown};
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let book = Rulebook::embedded();
    let (real, found) = acts::real();
    let real: Vec<Vec<u8>> = real.iter().map(|v| v.to_string().into_bytes()).collect();
    let bytes: Vec<(&str, Vec<Vec<u8>>)> = vec![("worked example", vec![acts::worked_example()]), ("real acts", real)];
    let mut read: Vec<(&str, Vec<ReadAct>)> =
        bytes.iter().map(|(name, all)| (*name, all.iter().map(|b| acts::read(b)).collect())).collect();
    let ready = |act| ReadAct::certain(act);
    read.push(("generated acts", acts::generated(500).into_iter().map(ready).collect()));
    println!("real acts: {} {found}", bytes[1].1.len());

    let mut criterion = Criterion::default().output_directory(&medians::folder()).configure_from_args();
    let mut group = criterion.benchmark_group("read_act");
    for (name, all) in &bytes {
        group.throughput(Throughput::Elements(all.len() as u64));
        group.bench_function(*name, |b| b.iter(|| all.iter().for_each(|act| drop(black_box(book.read_act(black_box(act), Format::Json))))));
    }
    group.finish();
    for (group_name, depth) in [("decide_brief", Depth::Brief), ("decide_full", Depth::Full)] {
        let ask = Ask { depth, ..Ask::default() };
        let mut group = criterion.benchmark_group(group_name);
        for (name, all) in &read {
            group.throughput(Throughput::Elements(all.len() as u64));
            group.bench_function(*name, |b| b.iter(|| all.iter().for_each(|act| drop(black_box(decide(book, black_box(act), &ask))))));
            group.bench_function(format!("{name} + json"), |b| {
                b.iter(|| all.iter().for_each(|act| drop(black_box(decide(book, black_box(act), &ask).json(false)))));
            });
        }
        group.finish();
    }
    let mut groups = vec!["read_act", "decide_brief", "decide_full"];
    let real = &read[1].1;
    for (group_name, depth) in [("scope_brief", Depth::Brief), ("scope_full", Depth::Full)] {
        groups.push(group_name);
        let mut group = criterion.benchmark_group(group_name);
        group.throughput(Throughput::Elements(real.len() as u64));
        for scope in scopes::all() {
            let ask = Ask { depth, jurisdictions: scope.jurisdictions.clone(), ..Ask::default() };
            let (name, book) = (scope.name, &scope.book);
            group.bench_function(name, |b| b.iter(|| real.iter().for_each(|act| drop(black_box(decide(book, black_box(act), &ask))))));
            group.bench_function(format!("{name} + json"), |b| {
                b.iter(|| real.iter().for_each(|act| drop(black_box(decide(book, black_box(act), &ask).json(false)))));
            });
        }
        group.finish();
    }
    criterion.final_summary();
    medians::print(&groups);
    throughput(&bytes[1].1, real);
}

/// Full answers in a second, proof and JSON text included: of acts that were read, and from their bytes; on one thread and on two.
fn throughput(bytes: &[Vec<u8>], real: &[ReadAct]) {
    println!("\n{:<44} {:>12} {:>12}", "full answers with JSON, real acts", "one thread", "two threads");
    for scope in scopes::all() {
        let ask = Ask { jurisdictions: scope.jurisdictions.clone(), ..Ask::default() };
        let book = &scope.book;
        let decided = |at: usize| drop(black_box(decide(book, &real[at % real.len()], &ask).json(false)));
        let from_bytes = |at: usize| {
            let act = book.read_act(&bytes[at % bytes.len()], Format::Json).expect("it was read before");
            drop(black_box(decide(book, &act, &ask).json(false)));
        };
        println!("{:<44} {:>12} {:>12}", scope.in_words(), "", "");
        println!("{:<44} {:>10.0}/s {:>10.0}/s", "  an act that was read", rate(1, &decided), rate(2, &decided));
        println!("{:<44} {:>10.0}/s {:>10.0}/s", "  from its bytes", rate(1, &from_bytes), rate(2, &from_bytes));
    }
    let ask = Ask { jurisdictions: scopes::all().pop().map(|s| s.jurisdictions).unwrap_or_default(), ..Ask::default() };
    let mut single: Vec<f64> = real.iter().map(|act| one(act, &ask)).collect();
    single.sort_by(f64::total_cmp);
    let at = |share: f64| shown(single.get(((single.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0));
    println!("single real acts, all authorities: half within {}, nine in ten within {}, slowest {}", at(0.5), at(0.9), at(1.0));
}

/// What one act costs, the middle of some rounds.
fn one(act: &ReadAct, ask: &Ask) -> f64 {
    let book = Rulebook::embedded();
    let round = |_| {
        let start = Instant::now();
        black_box(decide(book, act, ask).json(false));
        start.elapsed().as_nanos() as f64
    };
    licit_bench::median((0..15).map(round).collect())
}

/// How often in a second `work` is done, by so many threads together, over two seconds.
fn rate(threads: usize, work: &(impl Fn(usize) + Sync)) -> f64 {
    const LONG: Duration = Duration::from_secs(2);
    let start = Instant::now();
    let alone = |first: usize| {
        let mut done = 0;
        while start.elapsed() < LONG {
            work(first + done);
            done += 1;
        }
        done
    };
    let alone = &alone;
    let done: usize = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || alone(thread * 31))).collect();
        running.into_iter().map(|t| t.join().unwrap_or(0)).sum()
    });
    done as f64 / start.elapsed().as_secs_f64()
}
