//! tmp
use std::collections::BTreeMap;
use std::time::Instant;
fn main() {
    let mut files = Vec::new();
    let mut todo = vec![std::path::PathBuf::from("law")];
    while let Some(p) = todo.pop() {
        for e in std::fs::read_dir(p).unwrap().flatten() {
            let p = e.path();
            if p.is_dir() {
                todo.push(p)
            } else if p.extension().is_some_and(|x| x == "md" || x == "csv") {
                files.push(rulebook::SourceFile { name: p.display().to_string(), text: std::fs::read_to_string(&p).unwrap() });
            }
        }
    }
    let (book, problems) = rulebook::Rulebook::read(&files);
    println!("{} problems, {} prohibitions {} exceptions", problems.len(), book.prohibitions.len(), book.exceptions.len());
    let t = Instant::now();
    let edits = testkit::mutate::edits(&book);
    println!("{} edits {:?}", edits.len(), t.elapsed());
    let mut by: BTreeMap<String, usize> = BTreeMap::new();
    for e in &edits {
        *by.entry(e.what.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).or_default() += 1;
    }
    for (k, v) in by.iter().filter(|x| *x.1 > 3) {
        println!("  {k}: {v}");
    }
    let t = Instant::now();
    let n = testkit::mutate::mutants(&book).count();
    println!("{n} mutants {:?}", t.elapsed());
    let count = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(300);
    let acts = testkit::generate::acts(&book, 1, count);
    let mut times = Vec::new();
    let mut sets: BTreeMap<String, usize> = BTreeMap::new();
    for a in &acts {
        let t = Instant::now();
        let v = testkit::reference::verdicts_within(&book, a, "un", 20_000);
        times.push((t.elapsed(), a.id.clone()));
        *sets.entry(v.map_or("none".into(), |s| s.iter().map(|v| v.word()).collect::<Vec<_>>().join("|"))).or_default() += 1;
    }
    times.sort();
    println!("median {:?} p90 {:?} max {:?}", times[times.len() / 2], times[times.len() * 9 / 10], times.last());
    println!("{sets:#?}");
}
