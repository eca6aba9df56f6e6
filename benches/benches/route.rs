//! A journey of ten legs: assessed, with reading, as JSON, as a map.

use criterion::Criterion;
use licit::{Format, Rulebook, route};
use licit_bench::medians;
use serde_json::{Value, json};
use std::hint::black_box;

/// Ten legs with ships, days and tracking over known places.
fn journey() -> Vec<u8> {
    let stops = ["Rotterdam", "Port Said", "Jebel Ali", "Colombo", "Singapore", "Hong Kong", "Kaohsiung", "Osaka", "Busan", "Dalian", "Nampo"];
    let legs: Vec<Value> = stops
        .windows(2)
        .enumerate()
        .map(|(i, stop)| {
            json!({"mode": "sea", "from": stop[0], "to": stop[1], "depart": format!("2019-{:02}-01", i + 1), "arrive": format!("2019-{:02}-20", i + 1),
                   "vessel": {"name": format!("Example {i}"), "imo": "9074729", "flag": "TG"}, "ais": {"max_gap_h": 30, "mmsi_changes": 0}})
        })
        .collect();
    let act = json!({"id": "ten legs", "on": "2019", "items": [{"description": "limousine", "hs": "8703"}], "legs": legs,
                     "parties": [{"role": "seller", "name": "One Trading"}, {"role": "consignee", "name": "Two Trading", "nationality": "CN"}]});
    act.to_string().into_bytes()
}

fn main() {
    let book = Rulebook::embedded();
    let bytes = journey();
    let act = book.read_act(&bytes, Format::Json).expect("the journey is an act");
    let mut criterion = Criterion::default().output_directory(&medians::folder()).configure_from_args();
    let mut group = criterion.benchmark_group("route_ten_legs");
    group.bench_function("assess", |b| b.iter(|| drop(black_box(route(book, black_box(&act))))));
    group.bench_function("assess + json", |b| b.iter(|| drop(black_box(route(book, black_box(&act)).json(false)))));
    group.bench_function("read + assess", |b| {
        b.iter(|| {
            let act = book.read_act(black_box(&bytes), Format::Json).expect("read before");
            black_box(route(book, &act).assessment.score)
        });
    });
    group.bench_function("map", |b| b.iter(|| drop(black_box(route(book, black_box(&act)).svg()))));
    group.finish();
    criterion.final_summary();
    medians::print(&["route_ten_legs"]);
}
