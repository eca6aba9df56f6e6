//! Which Latin letters a letter of another writing is written with: counted from pairs of names by expectation and maximisation.
//!
//! The pairs are read from the shared data and stay there; what is written to `data/names/sounds.csv` are our own numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;

const FILES: [(&str, &str); 6] =
    [("Arab", "arabic"), ("Hans", "chinese"), ("Hebr", "hebrew"), ("Kana", "katakana"), ("Hang", "korean"), ("Cyrl", "russian")];
const ROUNDS: usize = 7;
const LONGEST_CHUNK: usize = 5;
/// Chunks rarer than this for their letter are not written.
const LEAST_SHARE: f64 = 0.006;
const MOST_CHUNKS: usize = 14;

type Table = BTreeMap<char, BTreeMap<Vec<u8>, f64>>;

/// One pair of names: the units of the foreign writing, and the Latin letters.
struct Pair {
    units: Vec<char>,
    latin: Vec<u8>,
    weight: f64,
}

pub fn run(shared: &Path, root: &Path) -> Result<(), String> {
    let mut out = String::from("unit,chunks\n");
    for (script, file) in FILES {
        let path = shared.join(format!("data/names/translit/wd_{file}_80.tsv.zst"));
        let pairs = read(&path)?;
        let table = learn(pairs, script);
        println!("{script}: {} letters", table.len());
        write(&table, script, &mut out);
    }
    let to = root.join("data/names/sounds.csv");
    std::fs::write(&to, out).map_err(|e| format!("{}: {e}", to.display()))
}

fn read(path: &Path) -> Result<Vec<Pair>, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    let mut reader = ruzstd::decoding::StreamingDecoder::new(bytes.as_slice()).map_err(|e| e.to_string())?;
    reader.read_to_string(&mut text).map_err(|e| e.to_string())?;
    let mut pairs = Vec::new();
    for line in text.lines() {
        let mut fields = line.split('\t');
        let (Some(latin), Some(foreign), Some(weight)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let foreign: String = foreign.chars().filter(|c| *c != ' ').collect();
        let units = names::script::units(&names::fold::fold(&foreign));
        let latin: Vec<u8> = names::fold::fold(latin).bytes().filter(u8::is_ascii_lowercase).collect();
        let (n, m) = (units.len(), latin.len());
        if n == 0 || m == 0 || n > 14 || m > 20 || m > n * LONGEST_CHUNK {
            continue;
        }
        pairs.push(Pair { units, latin, weight: weight.trim().parse::<f64>().unwrap_or(1.0).min(20.0).sqrt() });
    }
    Ok(pairs)
}

fn learn(mut pairs: Vec<Pair>, script: &str) -> Table {
    let mut table = Table::new();
    for round in 0..ROUNDS {
        let mut counts = Table::new();
        let mut fit = Vec::with_capacity(pairs.len());
        for pair in &pairs {
            fit.push(expect(pair, &table, round == 0, &mut counts));
        }
        table = shares(counts);
        // Pairs that are translations rather than transliterations fit worst; they go after the second round.
        if round == 2 {
            let mut sorted = fit.clone();
            sorted.sort_by(f64::total_cmp);
            let cut = sorted[sorted.len() * if script == "Hang" { 25 } else { 12 } / 100];
            let mut keep = fit.iter().map(|f| *f > cut);
            pairs.retain(|_| keep.next().unwrap_or(true));
        }
    }
    table
}

#[allow(clippy::needless_range_loop, reason = "the places in the word are what is counted over")]
/// Adds the expected counts of one pair; returns how well it fits, per letter.
fn expect(pair: &Pair, table: &Table, first: bool, counts: &mut Table) -> f64 {
    let (n, m) = (pair.units.len(), pair.latin.len());
    let mean = m as f64 / n as f64;
    let chance = |i: usize, from: usize, to: usize| -> f64 {
        if first {
            return 0.4_f64.powf((((to - from) as f64) - mean).abs()) * 0.1;
        }
        table.get(&pair.units[i]).and_then(|t| t.get(&pair.latin[from..to])).copied().unwrap_or(1e-7)
    };
    let mut forward = vec![vec![0.0; m + 1]; n + 1];
    forward[0][0] = 1.0;
    for i in 0..n {
        for from in 0..=m {
            let f = forward[i][from];
            if f > 0.0 {
                for to in from..=(from + LONGEST_CHUNK).min(m) {
                    forward[i + 1][to] += f * chance(i, from, to);
                }
            }
        }
    }
    let mut backward = vec![vec![0.0; m + 1]; n + 1];
    backward[n][m] = 1.0;
    for i in (0..n).rev() {
        for from in 0..=m {
            for to in from..=(from + LONGEST_CHUNK).min(m) {
                backward[i][from] += chance(i, from, to) * backward[i + 1][to];
            }
        }
    }
    let total = forward[n][m];
    if total <= 0.0 {
        return f64::MIN;
    }
    for i in 0..n {
        for from in 0..=m {
            for to in from..=(from + LONGEST_CHUNK).min(m) {
                let share = forward[i][from] * chance(i, from, to) * backward[i + 1][to] / total;
                if share > 1e-4 {
                    *counts.entry(pair.units[i]).or_default().entry(pair.latin[from..to].to_vec()).or_default() += share * pair.weight;
                }
            }
        }
    }
    total.ln() / (n + m) as f64
}

fn shares(counts: Table) -> Table {
    counts
        .into_iter()
        .map(|(unit, chunks)| {
            let all: f64 = chunks.values().sum::<f64>() + 0.5;
            (unit, chunks.into_iter().map(|(c, n)| (c, n / all)).filter(|(_, p)| *p > 1e-4).collect())
        })
        .collect()
}

fn write(table: &Table, script: &str, out: &mut String) {
    for (unit, chunks) in table {
        let belongs = match script {
            "Hans" => names::script::Script::of(*unit) == Some(names::script::Script::Han),
            "Kana" => names::script::Script::of(*unit) == Some(names::script::Script::Kana),
            _ => names::script::Script::of(*unit).is_some_and(|s| s != names::script::Script::Latin && s != names::script::Script::Han),
        };
        let mut best: Vec<(&Vec<u8>, f64)> = chunks.iter().map(|(c, p)| (c, *p)).filter(|(_, p)| *p >= LEAST_SHARE).collect();
        if !belongs || best.is_empty() {
            continue;
        }
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        best.truncate(if script == "Hans" { 6 } else { MOST_CHUNKS });
        let _ = write!(out, "{unit},");
        for (i, (chunk, p)) in best.iter().enumerate() {
            // Tenths of a bit.
            let _ = write!(out, "{}{}:{:.0}", if i > 0 { " " } else { "" }, String::from_utf8_lossy(chunk), -p.log2() * 10.0);
        }
        out.push('\n');
    }
}
