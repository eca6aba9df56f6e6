//! Prepared acts to verdict sets, by bit planes alone.

use criterion::{Criterion, Throughput};
use decide::Prepared;
use licit::Rulebook;
use licit_bench::{acts, median, medians, shown};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let engine = Rulebook::embedded().engine();
    let prepare = |act: &model::Act| engine.prepare(act, "un/dprk");
    let mix: Vec<Prepared> = acts::generated(1000).iter().filter_map(prepare).collect();
    let example = prepare(&acts::read(&acts::worked_example()).act).expect("its day is certain");
    let (real, found) = acts::real();
    let real: Vec<Prepared> = real.iter().filter_map(|v| prepare(&acts::read(v.to_string().as_bytes()).act)).collect();
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
    criterion.final_summary();
    medians::print(&["verdicts"]);
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
