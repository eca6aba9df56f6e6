//! Every check on the project's own files and on small damage to them, on stable Rust: `smoke [inputs for each check] [checks…]`.
//!
//! The same inputs on every run. An input that panics, takes over two seconds or a hundred MiB more than all before it is kept in
//! `artifacts/`. Each check runs in a process of its own with at most 4 GiB; when an input ends that process or has no end, the next
//! process goes on behind it.

use licit_fuzz::{NAMES, SEPARATOR, check};
use serde_json::Value;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

const SLOW: Duration = Duration::from_secs(2);
const HANG: Duration = Duration::from_secs(20);
const MOST_DEATHS: usize = 20;
const MOST_MEMORY_KIB: u64 = 4 << 20;
const GROWTH_KIB: u64 = 100 << 10;
/// As much as an act may have, and a little more.
const MOST_BYTES: usize = (1 << 20) + 64;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [child, name, first, count] = arguments.as_slice()
        && child == "--child"
    {
        let failures = run(name, first.parse().unwrap_or(0), count.parse().unwrap_or(0));
        return ExitCode::from(u8::from(failures > 0));
    }
    let count = arguments.first().and_then(|a| a.parse().ok()).unwrap_or(2000usize);
    let wanted: Vec<&String> = arguments.iter().filter(|a| a.parse::<usize>().is_err()).collect();
    let mut failed = Vec::new();
    for name in NAMES.iter().filter(|n| wanted.is_empty() || wanted.iter().any(|w| w == *n)) {
        if !supervise(name, count) {
            failed.push(*name);
        }
    }
    println!("{}", if failed.is_empty() { "nothing failed".to_owned() } else { format!("failed: {}", failed.join(", ")) });
    ExitCode::from(u8::from(!failed.is_empty()))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn artifact(name: &str, what: impl std::fmt::Display) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("artifacts/smoke-{name}-{what}"))
}

/// Runs a check in processes of their own until all its inputs had their turn; whether nothing failed.
fn supervise(name: &str, count: usize) -> bool {
    let (mut first, mut good) = (0, true);
    let _ = fs::create_dir_all(root().join("fuzz/artifacts"));
    for _ in 0..MOST_DEATHS {
        let Ok(program) = std::env::current_exe() else { return false };
        let limited = format!("ulimit -v {MOST_MEMORY_KIB}; exec \"$0\" --child \"$1\" \"$2\" \"$3\"");
        let status = Command::new("sh")
            .args(["-c", limited.as_str()])
            .arg(program)
            .args([name, first.to_string().as_str(), count.to_string().as_str()])
            .status();
        if let Some(code @ (0 | 1)) = status.as_ref().ok().and_then(std::process::ExitStatus::code) {
            return good && code == 0;
        }
        good = false;
        let at = fs::read_to_string(artifact(name, "at")).ok().and_then(|t| t.parse::<usize>().ok()).unwrap_or(first);
        let kept = artifact(name, at);
        let _ = fs::rename(artifact(name, "last"), &kept);
        println!("{name}: input {at} ended the process ({status:?}); kept in {}", kept.display());
        first = at + 1;
    }
    println!("{name}: given up after {MOST_DEATHS} ends");
    false
}

fn run(name: &str, first: usize, count: usize) -> usize {
    let Some(test) = check(name) else { return 0 };
    // The place and the start of the message; the input is kept, so a debugger can have the rest.
    std::panic::set_hook(Box::new(|panic| {
        let message: String = panic.to_string().replace('\n', " ").chars().take(300).collect();
        println!("{message}");
    }));
    let seeds = seeds(name);
    let (last, at) = (artifact(name, "last"), artifact(name, "at"));
    // Once, so that what is read at the first use is not held against the first input.
    test(b"");
    let (start, mut slowest, mut failures) = (Instant::now(), (Duration::ZERO, 0), 0);
    let mut peak = peak_kib();
    let (sender, receiver) = channel::<()>();
    let label = name.to_owned();
    std::thread::spawn(move || {
        loop {
            match receiver.recv_timeout(HANG) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => {
                    println!("{label}: no end after {HANG:?}");
                    std::process::exit(2);
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    });
    for number in first..count {
        // Each input by itself, so that a later process makes the same ones.
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (number as u64 + 1).wrapping_mul(0xD134_2543_DE82_EF95));
        // Each seed as it is, then damaged ones.
        let mut input = seeds.get(number).cloned().unwrap_or_else(|| seeds[dice.below(seeds.len())].clone());
        if number >= seeds.len() {
            damage(&mut input, &seeds, &mut dice);
        }
        let _ = fs::write(&last, &input);
        let _ = fs::write(&at, number.to_string());
        let _ = sender.send(());
        let begin = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| test(&input)));
        let took = begin.elapsed();
        let grown = peak_kib();
        let why = if outcome.is_err() {
            Some("panic".to_owned())
        } else if took > SLOW {
            Some(format!("{took:.1?}"))
        } else if grown > peak + GROWTH_KIB {
            Some(format!("{} MiB more", (grown - peak) >> 10))
        } else {
            None
        };
        peak = peak.max(grown);
        if took > slowest.0 {
            slowest = (took, number);
        }
        if let Some(why) = why {
            failures += 1;
            let file = artifact(name, number);
            let _ = fs::write(&file, &input);
            println!("{name}: input {number}, {} bytes: {why}; kept in {}", input.len(), file.display());
        }
    }
    let _ = (fs::remove_file(&last), fs::remove_file(&at));
    println!(
        "{name}: inputs {first} to {count} from {} seeds in {:.1?}, {failures} failed; slowest {:.1?} (input {}); peak memory {} MiB",
        seeds.len(),
        start.elapsed(),
        slowest.0,
        slowest.1,
        peak >> 10
    );
    failures
}

/// The most memory this process held so far.
fn peak_kib() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    text.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(n.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

/// One to four blows.
fn damage(input: &mut Vec<u8>, seeds: &[Vec<u8>], dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(input.len() + 1);
        let end = (at + 1 + dice.below(64)).min(input.len());
        match dice.below(16) {
            0 | 1 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            2 => input.truncate(at),
            3 => drop(input.drain(at.min(end)..end)),
            4 => {
                let part = input[at.min(end)..end].to_vec();
                input.splice(at..at, part);
            }
            5 => {
                let times = 1 << dice.below(12);
                let part = input[at.min(end)..end].repeat(times);
                input.splice(at..at, part);
            }
            6 => insert(input, at, &["[", "{\"a\":", "{a = ", "- ", "[[", "(", "not = { "][dice.below(7)].repeat(1 << dice.below(14))),
            7 => digits(input, dice),
            8 => insert(input, at, "\0"),
            9 => drop(input.splice(at..at, [[0xff, 0xfe], [0xc3, 0x28], [0xed, 0xa0], [0xf8, 0x88]][dice.below(4)])),
            10 => {
                insert(input, at, ["\u{feff}", "\u{202e}", "İ", "ß", "\u{301}\u{301}\u{301}", "한국", "\r", "\u{2028}", "ﷺ"][dice.below(9)])
            }
            11 => insert(
                input,
                at,
                ["null", "true", "[]", "{}", "\"\"", "-0", "~", "&a [*a]", "<<: *a", "!!binary x", "%%\n"][dice.below(11)],
            ),
            12 => lines(input, dice),
            13 => words(input, dice),
            14 => {
                // The tail of another seed.
                let other = &seeds[dice.below(seeds.len())];
                input.truncate(at);
                input.extend_from_slice(&other[dice.below(other.len() + 1)..]);
            }
            _ => {
                let byte = u8::try_from(dice.below(256)).unwrap_or(0);
                input.insert(at, byte);
            }
        }
        input.truncate(MOST_BYTES);
    }
}

fn insert(input: &mut Vec<u8>, at: usize, text: impl AsRef<str>) {
    input.splice(at..at, text.as_ref().bytes());
}

/// A number becomes another.
fn digits(input: &mut Vec<u8>, dice: &mut Dice) {
    let starts: Vec<usize> =
        (0..input.len()).filter(|i| input[*i].is_ascii_digit() && (*i == 0 || !input[*i - 1].is_ascii_digit())).collect();
    if starts.is_empty() {
        return;
    }
    let start = starts[dice.below(starts.len())];
    let end = (start..input.len()).find(|i| !input[*i].is_ascii_digit()).unwrap_or(input.len());
    let all = [
        "0",
        "-1",
        "1e308",
        "1e999",
        "-1e-999",
        "9223372036854775808",
        "18446744073709551616",
        "NaN",
        "inf",
        "0x10",
        "1_000",
        "9999",
        "12",
        "31",
        "99",
        "00000",
        "999999",
        "4294967296",
        "0.0000001",
        "2017-12-22",
        "340282366920938463463374607431768211456",
    ];
    input.splice(start..end, all[dice.below(all.len())].bytes());
}

/// A line goes away, comes twice, or changes places.
fn lines(input: &mut Vec<u8>, dice: &mut Dice) {
    let mut all: Vec<Vec<u8>> = input.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let (a, b) = (dice.below(all.len()), dice.below(all.len()));
    match dice.below(3) {
        0 => drop(all.remove(a)),
        1 => all.insert(b, all[a].clone()),
        _ => all.swap(a, b),
    }
    *input = all.join(&b'\n');
}

/// A word becomes another word of the same input.
fn words(input: &mut Vec<u8>, dice: &mut Dice) {
    let mut all = Vec::new();
    let mut start = None;
    for i in 0..=input.len() {
        match (input.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'#')), start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                all.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    if all.is_empty() {
        return;
    }
    let (a, b) = (all[dice.below(all.len())].clone(), all[dice.below(all.len())].clone());
    let word = input[b].to_vec();
    input.splice(a, word);
}

/// The files of a folder whose names end so.
fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let (mut folders, mut names, mut out) = (vec![root().join(folder)], Vec::new(), Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                names.push(path);
            }
        }
    }
    names.sort();
    out.extend(names.iter().filter_map(|n| fs::read(n).ok()));
    out
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut out = match name {
        "law_file" => law_seeds(),
        "list_csv" => files("law", "csv"),
        "list_file" => folder("crates/lists/tests/samples"),
        "party_name" => name_seeds(),
        "goods_text" => goods_seeds(),
        "reading" => reading_seeds(),
        "packed_lists" => vec![small_index()],
        "differential" => (0u64..64).map(|n| n.to_le_bytes().to_vec()).collect(),
        "act_yaml" => {
            act_seeds(|v| v.to_string()).into_iter().chain(act_seeds(|v| plain_yaml(v, 0))).chain(files("examples", "yaml")).collect()
        }
        "act_toml" => {
            act_seeds(|v| toml::to_string(&without_null(v)).unwrap_or_default()).into_iter().chain(files("examples", "toml")).collect()
        }
        _ => act_seeds(|v| v.to_string()),
    };
    let mut all = hostile(name);
    all.append(&mut out);
    all
}

/// Every file of a folder.
fn folder(of: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join(of)).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.iter().filter_map(|p| fs::read(p).ok()).collect()
}

/// Labelled descriptions, in all languages that they come in.
fn goods_seeds() -> Vec<Vec<u8>> {
    let lines = fs::read_to_string(root().join("cases/goods/dev.jsonl")).unwrap_or_default();
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(|t| t.as_bytes().to_vec());
    lines.lines().filter_map(text).collect()
}

/// Labelled texts; and words of the reader's tables, signs and scripts in any order, which keep its rules busy without making sense.
fn reading_seeds() -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for file in files("cases/reading", "jsonl") {
        let file = String::from_utf8_lossy(&file).into_owned();
        let text = |line: &str| serde_json::from_str::<Value>(line).ok()?.get("text")?.as_str().map(|t| t.as_bytes().to_vec());
        out.extend(file.lines().filter_map(text));
    }
    let words = |table: &[u8]| -> Vec<String> {
        let table = String::from_utf8_lossy(table).into_owned();
        let cells = table.lines().skip(1).flat_map(|l| l.split([',', ';', '|', '/']).take(4));
        cells.map(str::trim).filter(|w| !w.is_empty() && w.chars().count() < 40).map(str::to_owned).collect()
    };
    let tables: Vec<Vec<String>> = ["data/reading", "data/names"].iter().flat_map(|f| files(f, "csv")).map(|t| words(&t)).collect();
    let tables: Vec<Vec<String>> = tables.into_iter().filter(|t| !t.is_empty()).collect();
    let small: Vec<&str> =
        "the|a|of|to|from|and|by|that|said|who|not|its|on 3 May 2019|yesterday|Kim Jong Un|Russia|North Korea|Pyongyang|Myanmar|he|it|\
        which|der|nach|в|из|를|에|向|了|le|à|el|de|Россия|КНДР|러시아|俄罗斯|朝鲜|Corée du Nord|Nordkorea|$5 million|1,000 tonnes"
            .split('|')
            .collect();
    let signs: Vec<&str> =
        ", |. |\n\n|; |: | “|” | \"|\" | (|) | – |-|’s |'|\u{301}|\u{202e}|\u{200b}|。|、|「|」|🚗|\0|…|? |! |/|%|\r\n|\u{a0}|ß|İ"
            .split('|')
            .collect();
    let mut dice = Dice(0x005E_ED0F_AC75);
    for _ in 0..1500 {
        // Mostly the words of one table, so that a language and a kind of word prevail.
        let main = &tables[dice.below(tables.len())];
        let mut text = String::new();
        for _ in 0..5 + dice.below(120) {
            let table = if dice.below(4) == 0 { &tables[dice.below(tables.len())] } else { main };
            text += if dice.below(2) == 0 { small[dice.below(small.len())] } else { &table[dice.below(table.len())] };
            text += if dice.below(4) > 0 { " " } else { signs[dice.below(signs.len())] };
        }
        out.push(text.into_bytes());
    }
    out
}

/// Listed names of the compiled-in table, each with the next, in all scripts that it has.
fn name_seeds() -> Vec<Vec<u8>> {
    let table = fs::read_to_string(root().join("data/listed-un.csv")).unwrap_or_default();
    let names: Vec<&str> = table.lines().skip(1).step_by(9).flat_map(|l| l.split([',', ';'])).filter(|c| c.contains(' ')).collect();
    names.windows(2).map(|w| format!("{}\n{}", w[0], w[1]).into_bytes()).collect()
}

/// A packed index of a few made-up parties.
fn small_index() -> Vec<u8> {
    let text = "id,type,name,aliases,weak,former,original,gender,birth_dates,birth_places,nationalities,countries,identifiers,programme,\
        listed_on,periods\nX1,person,Orlin Tarvani,Orlen Tarwani;타르바니,,,Торвани,M,1964,,RU,,passport:12345@RU,DPRK,2010-01-01,2010-01-01/\n\
        X2,company,Zelmar Trading Corp,,,,,,,,KP,,,DPRK,2010-01-01,2010-01-01/2020-01-01\n";
    let held = lists::builtin(text).unwrap_or_default();
    resolve::Screener::build(&[("own".to_owned(), held)], |_| None).map(|s| s.to_bytes()).unwrap_or_default()
}

fn law_seeds() -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let lists = files("law", "csv");
    for (i, law) in files("law", "md").into_iter().enumerate() {
        let text = String::from_utf8_lossy(&law).into_owned();
        // A whole file is slow to read; its sections with the head are small laws of their own.
        let mut parts = text.split("\n## ");
        let head = parts.next().unwrap_or("").to_owned();
        for (j, part) in parts.enumerate() {
            let mut small = format!("{head}\n## {part}");
            // The list that it names, or else any, under the one name that the check gives it.
            if let Some((before, after)) = small.split_once("file = \"")
                && let Some((_, rest)) = after.split_once('"')
            {
                small = format!("{before}file = \"list.csv\"{rest}");
            }
            small = small.replacen("paragraphs = ", "# paragraphs = ", 1);
            small.push_str(SEPARATOR);
            small.push_str(&String::from_utf8_lossy(&lists[(i * 7 + j) % lists.len()]));
            out.push(small.into_bytes());
        }
        out.push(law);
    }
    out
}

fn act_seeds(write: impl Fn(&Value) -> String) -> Vec<Vec<u8>> {
    let mut acts: Vec<Value> = files("examples", "json").iter().filter_map(|b| serde_json::from_slice(b).ok()).collect();
    for text in files("cases", "md") {
        acts.extend(testkit::cases::read("cases", &String::from_utf8_lossy(&text)).0.into_iter().step_by(4).map(|c| c.act));
    }
    acts.iter().map(|v| write(v).into_bytes()).collect()
}

fn without_null(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), without_null(v))).collect()),
        Value::Array(list) => Value::Array(list.iter().filter(|v| !v.is_null()).map(without_null).collect()),
        other => other.clone(),
    }
}

/// Block style, as people write it.
fn plain_yaml(value: &Value, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            map.iter().map(|(k, v)| format!("\n{indent}{k}: {}", plain_yaml(v, depth + 1))).collect::<String>()
        }
        Value::Array(list) if !list.is_empty() => {
            list.iter().map(|v| format!("\n{indent}- {}", plain_yaml(v, depth + 1).trim_start())).collect::<String>()
        }
        other => other.to_string(),
    }
}

/// Inputs that have broken readers before: depth, width, repetition, numbers beyond any type.
fn hostile(name: &str) -> Vec<Vec<u8>> {
    let deep = 100_000;
    let mut out: Vec<String> = vec![String::new(), " ".into(), "\u{feff}".into(), "\0".into(), "\u{feff}{}".into()];
    match name {
        "act_json" | "act_yaml" => {
            out.extend(["[", "{\"a\":", "{\"items\":[", "[{\"parties\":"].map(|s| s.repeat(deep)));
            out.push(format!("{{\"items\":{}{}}}", "[".repeat(120), "]".repeat(120)));
            for number in ["1e999", "-1e999", "1e308", "0.1e-400", "99999999999999999999999999999999999999", "-0", "00", "1."] {
                out.push(format!("{{\"kind\":\"sale\",\"items\":[{{\"quantity\":{{\"value\":{number},\"unit\":\"t\"}},\"value\":{{\"amount\":\"{number}\",\"currency\":\"USD\"}}}}]}}"));
                out.push(format!("{{\"kind\":\"sale\",\"on\":{number},\"items\":[{{}}]}}"));
            }
            // Unknown in everything, many times over.
            out.push(format!("{{\"items\":[{}]}}", vec!["{}"; 256].join(",")));
            out.push(format!(
                "{{\"items\":[{}],\"parties\":[{}]}}",
                vec!["{\"description\":\"car\"}"; 256].join(","),
                vec!["{\"name\":\"x\"}"; 256].join(",")
            ));
            let one_open = vec!["{\"description\":\"rice\",\"hs\":\"1006\"}"; 255].join(",");
            out.push(format!(
                "{{\"kind\":\"supply\",\"places\":{{\"destination\":\"KP\"}},\"parties\":[{{\"name\":\"x\"}}],\"items\":[{one_open},{{}}]}}"
            ));
            out.push(format!(
                "{{\"kind\":\"sale\",\"on\":\"2018-05-01\",\"places\":{{\"destination\":\"KP\"}},\"items\":[{one_open},{{\"hs\":\"27\"}}]}}"
            ));
            // As long as may be, of words that are in the tables.
            out.push(format!(
                "{{\"kind\":\"sale\",\"items\":[{}]}}",
                vec![format!("{{\"description\":\"{}\"}}", "car engine fuel ".repeat(620)); 100].join(",")
            ));
            out.push(format!(
                "{{\"kind\":\"sale\",\"items\":[{{}}],\"parties\":[{}]}}",
                vec![format!("{{\"name\":\"{}\"}}", "Republic of Korea ".repeat(550)); 100].join(",")
            ));
            // As many names as fit, none twice.
            let names: Vec<String> = (0..80_000).map(|n| format!("\"{n:x}\":0")).collect();
            out.push(format!("{{{}}}", names.join(",")));
            if name == "act_yaml" {
                // A list that stands many times, and lists of lists of lists.
                out.push(format!("a: &a [{}]\nb: [{}]", vec!["x"; 200_000].join(","), vec!["*a"; 150_000].join(",")));
                let laughs = (1..9).map(|i| {
                    format!(
                        "{}: &{} [{}]\n",
                        "abcdefghi".get(i..=i).unwrap_or(""),
                        "abcdefghi".get(i..=i).unwrap_or(""),
                        vec![format!("*{}", "abcdefghi".get(i - 1..i).unwrap_or("")); 10].join(",")
                    )
                });
                out.push(format!("a: &a [x,x,x,x,x,x,x,x,x,x]\n{}", laughs.collect::<String>()));
                out.push("a: &a\n  b: *a\n".into());
                out.push("? [1, 2]\n: 3\n".into());
                out.push("kind: !sale x\n".into());
                out.push("---\nkind: sale\n---\nkind: gift\n".into());
            }
            // As many wrong words as fit.
            out.push(format!(
                "{{\"items\":[{}]}}",
                vec!["{\"hs\":\"x\",\"origin\":\"Nrth Korae\",\"is\":\"un/dprk/luxry\"}"; 256].join(",")
            ));
        }
        "act_toml" => {
            out.extend(["[", "a=[", "a={a=", "[[a]]\n", "a.b."].map(|s| s.repeat(deep)));
            out.push(format!("[{}]\nx=1", vec!["a"; 50_000].join(".")));
            out.push((0..60_000).map(|n| format!("{n:x}=0\n")).collect());
            out.push("kind = 'sale'\non = 2018-05-01T00:00:00Z\n[[items]]\nhs = '8413'".into());
            out.push("kind = 'sale'\non = 2018-05-01\n[[items]]\nhs = '8413'".into());
            out.push("kind = 'sale'\non = 12:00:00\n[[items]]\nquantity = inf\nvalue = nan".into());
        }
        "reading" => {
            let gift = "Putin gave Kim Jong Un a car on 18 February 2024.";
            let deep = 5_000;
            for (open, close) in [("“", "”"), ("\"", "\""), ("(", ")"), ("[", "]"), ("«", "»"), ("「", "」")] {
                out.push(format!("{}{gift}{}", open.repeat(deep), close.repeat(deep)));
            }
            for part in [
                "who said that ",
                "accused of ",
                "denied that ",
                "of the ",
                "which sold to ",
                "Kim Jong Un's ",
                ", ",
                "and ",
                "\u{301}",
                "word ",
            ] {
                out.push(format!("{}{gift}", part.repeat(deep)));
                out.push(format!("{gift} {}", part.repeat(deep)));
            }
            out.push("Russia sold arms to Myanmar and ".repeat(2_000));
            out.push("Россия поставила оружие в Мьянму и ".repeat(1_000));
            out.push("俄罗斯向朝鲜提供了石油，".repeat(1_000));
            out.push(gift.to_uppercase());
            out.push(gift.replace(' ', ""));
            out.push("Russland lieferte Waffen, ".repeat(1_000));
        }
        "law_file" => {
            let fence = |kind: &str, text: &str| format!("```toml {kind}\n{text}\n```\n");
            for n in [10, 100, 1000, 20_000] {
                out.push(fence(
                    "definition",
                    &format!("id = 'a'\nsays = 'x'\nconfidence = 'recalled'\nwhen = {}{}", "{not=".repeat(n), "}".repeat(n)),
                ));
            }
            // Definitions that lean on each other, in a ring, on themselves, and each twice on the next.
            let ring = |n: usize, next: &dyn Fn(usize) -> String| -> String {
                (0..n)
                    .map(|i| fence("definition", &format!("id = 'd{i}'\nsays = 'x'\nconfidence = 'recalled'\nwhen.any = [{}]", next(i))))
                    .collect()
            };
            out.push(ring(3, &|i| format!("{{ defined = 'd{}' }}", (i + 1) % 3)));
            // Each ten times on the next: small to read, endless to write out.
            let ten = |i: usize| vec![format!("{{ defined = 'd{}' }}", i + 1); 10].join(", ");
            out.push(ring(9, &ten));
            // More leaf conditions than the planes hold, but only in the past.
            let leaves: Vec<String> = (100_000..100_700).map(|n| format!("{{ item = {{ hs = '{n}' }} }}")).collect();
            let head = fence(
                "instrument",
                "id = 'un/1'\nregime = 'un/dprk'\nissuer = 'x'\nsymbol = 'x'\ntitle = 'x'\nadopted = 1990-01-01\nsource = 'x'\nconfidence = 'recalled'",
            );
            let past = format!(
                "id = 'un/1#1'\ntitle = 'x'\nsays = 'x'\nfrom = 1990-01-01\nto = 2026-01-01\nreach = 'un/giving'\nconfidence = 'recalled'\nwhen.any = [{}]",
                leaves.join(", ")
            );
            out.push(format!("{head}\n## ¶1 A\n\nWords.\n\n{}", fence("prohibition", &past)));
            out.push(ring(1, &|_| "{ defined = 'd0' }, { defined = 'd0' }".into()));
            out.push(
                ring(12, &|i| format!("{{ defined = 'd{0}' }}, {{ defined = 'd{0}' }}", i + 1)) + &ring(1, &|_| "{ to = 'KP' }".into()),
            );
        }
        _ => {}
    }
    out.into_iter().map(String::into_bytes).collect()
}
