//! How fast one name is found among many, with the judge and the threshold of `licit screen`, on one thread. The names are made of
//! syllables of our own, so a corpus may be of any size: `names [largest]`, five million if nothing is said.

use names::{Ask, Builder, DEFAULT_THRESHOLD, Index, Kind, Name, Scratch};
use std::process::ExitCode;
use std::time::Instant;

const SIZES: [usize; 4] = [10_000, 100_000, 1_000_000, 5_000_000];
/// Queries of each sort.
const QUERIES: usize = 2_000;
/// How often all queries are asked in turn. The best time of each counts: the others tell what else the machine did. Between two turns
/// so many others are asked that nothing of a query is left in the near caches.
const ROUNDS: usize = 3;
/// Owners that `licit screen` asks the index for.
const LIMIT: usize = 50;

const ONSETS: [&str; 24] =
    ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "sh", "kh", "zh", "ch", "br", "st", "kr", "gr", ""];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "a", "ia", "ou"];
const CODAS: [&str; 12] = ["", "", "", "", "n", "r", "l", "s", "m", "k", "t", "v"];
const WORK: [&str; 8] = ["Trading", "Shipping", "Bank", "Holding", "Industries", "Technology", "Transport", "Group"];
const FORMS: [&str; 5] = ["LLC", "Ltd", "Company", "GmbH", "JSC"];

/// The numbers of Steele, Lea and Flood (SplitMix64): the same on every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
    /// Small numbers far more often than large ones, as names are spread.
    fn common(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((unit.powi(3) * n as f64) as usize).min(n - 1)
    }
    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
    fn part(&mut self, syllables: usize) -> String {
        let mut part: String = (0..syllables).map(|_| [self.of(&ONSETS), self.of(&VOWELS), self.of(&CODAS)].concat()).collect();
        part[..1].make_ascii_uppercase();
        part
    }
    fn parts(&mut self, count: usize, shortest: usize) -> Vec<String> {
        (0..count).map(|at| self.part(shortest + at % 3)).collect()
    }
}

/// Parts of names; the more names, the more parts, but fewer for each name.
struct Parts {
    given: Vec<String>,
    family: Vec<String>,
}

impl Parts {
    fn new(names: usize, chance: &mut Chance) -> Parts {
        Parts { given: chance.parts(500 + names / 200, 1), family: chance.parts(2_000 + names / 20, 2) }
    }

    /// Three people to one body.
    fn name(&self, chance: &mut Chance) -> (String, Kind) {
        let given = |chance: &mut Chance| self.given[chance.common(self.given.len())].as_str();
        let family = |chance: &mut Chance| self.family[chance.common(self.family.len())].as_str();
        match chance.below(8) {
            0..3 => ([given(chance), family(chance)].join(" "), Kind::Person),
            3..6 => ([given(chance), given(chance), family(chance)].join(" "), Kind::Person),
            6 => ([family(chance), chance.of(&WORK), chance.of(&FORMS)].join(" "), Kind::Body),
            _ => ([family(chance), given(chance), chance.of(&WORK), chance.of(&WORK), chance.of(&FORMS)].join(" "), Kind::Body),
        }
    }
}

/// A letter left out, doubled, or exchanged with the next.
fn damaged(name: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = 1 + chance.below(letters.len() - 2);
    match chance.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at - 1),
    }
    letters.into_iter().collect()
}

fn main() -> ExitCode {
    let largest = match std::env::args().nth(1).map(|n| n.parse::<usize>()) {
        None => SIZES[3],
        Some(Ok(n)) => n,
        Some(Err(_)) => {
            eprintln!("names [largest]: up to how many names; {} if nothing is said", SIZES[3]);
            return ExitCode::FAILURE;
        }
    };
    println!(
        "threshold {DEFAULT_THRESHOLD}, at most {LIMIT} owners, reading of the query included, one thread, {QUERIES} queries of each sort, best of {ROUNDS} rounds"
    );
    println!(
        "{:>9} {:>9} {:>9}  {:<10} {:>9} {:>9} {:>9} {:>11} {:>6}",
        "names", "build", "memory", "queries", "p50", "p99", "worst", "queries/s", "found"
    );
    for size in SIZES.into_iter().filter(|s| *s <= largest) {
        one_size(size);
    }
    ExitCode::SUCCESS
}

fn one_size(size: usize) {
    let mut chance = Chance(size as u64);
    let parts = Parts::new(size, &mut chance);
    let mut some = Vec::new();
    let begun = Instant::now();
    let mut builder = Builder::new();
    for owner in 0..size {
        let (text, kind) = parts.name(&mut chance);
        builder.add(&text, Some(kind), owner as u32, false);
        if owner % (size / QUERIES) == 0 && some.len() < QUERIES {
            some.push((text, kind, Some(owner as u32)));
        }
    }
    let index = builder.build();
    let built = begun.elapsed().as_secs_f64();
    let stranger = |chance: &mut Chance| ([chance.part(2), chance.part(3)].join(" "), Kind::Person, None);
    let sorts = [
        ("damaged", some.iter().map(|(text, kind, owner)| (damaged(text, &mut chance), *kind, *owner)).collect::<Vec<_>>()),
        ("recombined", (0..QUERIES).map(|_| parts.name(&mut chance)).map(|(text, kind)| (text, kind, None)).collect()),
        ("strangers", (0..QUERIES).map(|_| stranger(&mut chance)).collect()),
    ];
    for (sort, queries) in sorts {
        ask(&index, &format!("{size:>9} {built:>7.1} s {:>6} MB  {sort:<10}", resident()), &queries);
    }
}

fn ask(index: &Index, row: &str, queries: &[(String, Kind, Option<u32>)]) {
    let wish = Ask { floor: DEFAULT_THRESHOLD, limit: LIMIT, ..Ask::default() };
    let (mut scratch, mut found) = (Scratch::default(), 0);
    let mut times = vec![f64::INFINITY; queries.len()];
    for round in 0..ROUNDS {
        for ((text, kind, owner), time) in queries.iter().zip(&mut times) {
            let begun = Instant::now();
            let hits = index.search(&Name::read(text, Some(*kind)), &wish, &mut scratch);
            *time = time.min(begun.elapsed().as_secs_f64());
            found += usize::from(round == 0 && hits.iter().any(|f| owner.is_none_or(|o| f.owner == o)));
        }
    }
    let rate = times.len() as f64 / times.iter().sum::<f64>();
    let ms = |share: f64| format!("{:.3} ms", quantile(&times, share) * 1e3);
    let share = 100.0 * found as f64 / queries.len() as f64;
    println!("{row} {:>9} {:>9} {:>9} {rate:>11.0} {share:>4.1} %", ms(0.5), ms(0.99), ms(1.0));
}

/// The value below which this share of the others lies.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

/// Resident memory in megabytes, where the system tells it.
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kib.map_or_else(|| "?".to_owned(), |k| (k / 1024).to_string())
}
