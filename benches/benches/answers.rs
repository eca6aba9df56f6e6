//! From bytes to an act, from an act to an answer, from an answer to JSON; brief and full.

use criterion::{Criterion, Throughput};
use licit::{Ask, Depth, Format, ReadAct, Rulebook, decide};
use licit_bench::{acts, medians};
use std::hint::black_box;

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
    criterion.final_summary();
    medians::print(&["read_act", "decide_brief", "decide_full"]);
}
