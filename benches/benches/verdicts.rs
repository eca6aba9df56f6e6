//! Prepared acts to verdict sets, by bit planes alone; for one regime, for some and for all.

use criterion::{Criterion, Throughput};
use decide::Prepared;
use licit::Rulebook;
use licit_bench::{acts, median, medians, scopes, shown};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let engine = Rulebook::embedded().engine();
    let prepare = |act: &model::Act| engine.prepare(act, "un/dprk");
    let mix: Vec<Prepared> = acts::generated(1000).iter().filter_map(prepare).collect();
    let example = prepare(&acts::read(&acts::worked_example()).act).expect("its day is certain");
    let (real, found) = acts::real();
    let real: Vec<model::Act> = real.iter().map(|v| acts::read(v.to_string().as_bytes()).act).collect();
    let certain: Vec<model::Act> = real.into_iter().filter(|a| a.on.is_some_and(|s| s.first == s.last)).collect();
    let real: Vec<Prepared> = certain.iter().filter_map(prepare).collect();
    println!("{} generated acts, {} {found} with a certain day", mix.len(), real.len());

    let mut criterion = Criterion::default().output_directory(&medians::folder()).configure_from_args();
    let mut group = criterion.benchmark_group("verdicts");
    group.bench_function("worked example", |b| b.iter(|| engine.verdicts(black_box(&example))));
    for (name, all) in [("generated acts", &mix), ("real acts", &real)] {
        group.throughput(Throughput::Elements(all.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                for act in all {
                    black_box(engine.verdicts(black_box(act)));
                }
            });
        });
    }
    group.finish();
    for scope in scopes::all() {
        let engine = scope.book.engine();
        let ready: Vec<Vec<Prepared>> = certain.iter().map(|act| engine.prepare_all(act)).collect();
        let reached: usize = ready.iter().map(Vec::len).sum();
        println!("{}; {:.1} of them may reach a real act", scope.in_words(), reached as f64 / ready.len().max(1) as f64);
        for (name, which) in [("prepare_all", true), ("verdicts_all", false)] {
            let mut group = criterion.benchmark_group(name);
            group.throughput(Throughput::Elements(certain.len() as u64));
            group.bench_function(scope.name, |b| {
                if which {
                    b.iter(|| certain.iter().for_each(|act| drop(black_box(engine.prepare_all(black_box(act))))));
                } else {
                    b.iter(|| ready.iter().flatten().map(|one| u64::from(engine.verdicts(black_box(one)).len())).sum::<u64>());
                }
            });
            group.finish();
        }
    }
    criterion.final_summary();
    medians::print(&["verdicts", "prepare_all", "verdicts_all"]);
    spread(&mix, |act| engine.verdicts(act));
}

/// How the acts differ: criterion only sees the sum over all of them.
fn spread<T>(mix: &[Prepared], verdicts: impl Fn(&Prepared) -> T) {
    const ROUNDS: u32 = 200;
    let one = |act: &Prepared| {
        let rounds = (0..5).map(|_| {
            let start = Instant::now();
            for _ in 0..ROUNDS {
                black_box(verdicts(black_box(act)));
            }
            start.elapsed().as_nanos() as f64 / f64::from(ROUNDS)
        });
        median(rounds.collect())
    };
    let mut times: Vec<f64> = mix.iter().map(one).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() - 1) as f64 * share) as usize).copied().unwrap_or(0.0);
    println!(
        "\nsingle generated acts, the same one over and over: half within {}, 99 in 100 within {}, slowest {}",
        shown(at(0.5)),
        shown(at(0.99)),
        shown(at(1.0))
    );
}
