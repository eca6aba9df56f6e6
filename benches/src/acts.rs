//! Acts to measure with: the worked example, real acts, acts near the edges of the law, and any number of lines made from real ones.

use licit::{Format, ReadAct, Rulebook};
use model::{Act, Date};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// The seed of the generated acts.
pub const SEED: u64 = 20_240_218;

/// The worked example, as bytes.
///
/// # Panics
/// When the file is missing.
#[must_use]
pub fn worked_example() -> Vec<u8> {
    fs::read(crate::root().join("examples/aurus.json")).expect("examples/aurus.json is part of the project")
}

/// Reads an act that must be readable.
///
/// # Panics
/// With the problems, when it is not.
#[must_use]
pub fn read(bytes: &[u8]) -> ReadAct {
    Rulebook::embedded().read_act(bytes, Format::Json).unwrap_or_else(|p| panic!("{}: {p:?}", String::from_utf8_lossy(bytes)))
}

/// Acts near the edges of the law, each with a certain day.
#[must_use]
pub fn generated(count: usize) -> Vec<Act> {
    let all = testkit::generate::acts(Rulebook::embedded().law(), SEED, count + count / 2);
    all.into_iter().filter(|a| a.on.is_some_and(|s| s.first == s.last)).take(count).collect()
}

/// Real acts as JSON, and where they were found: the decision cases of `$LICIT_SHARED`, else the examples and worked cases of the project.
#[must_use]
pub fn real() -> (Vec<Value>, String) {
    let shared = std::env::var_os("LICIT_SHARED").map_or_else(|| crate::root().join("../shared"), PathBuf::from);
    let file = shared.join("cases/decisions.jsonl");
    if let Ok(text) = fs::read_to_string(&file) {
        let acts = text.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()).map(|mut v| v["act"].take());
        return (acts.filter(readable).collect(), "decision cases of the shared folder".into());
    }
    let mut acts = Vec::new();
    for entry in fs::read_dir(crate::root().join("examples")).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|e| e == "json") {
            acts.extend(fs::read(entry.path()).ok().and_then(|b| serde_json::from_slice::<Value>(&b).ok()));
        }
    }
    let mut folders = vec![crate::root().join("cases")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                acts.extend(testkit::cases::read(&path.display().to_string(), &text).0.into_iter().map(|c| c.act));
            }
        }
    }
    acts.retain(readable);
    (acts, "examples and worked cases of the project".into())
}

fn readable(act: &Value) -> bool {
    Rulebook::embedded().read_act(act.to_string().as_bytes(), Format::Json).is_ok()
}

/// Any number of lines: the real acts in turn, with other days, amounts, worths and names.
pub struct Lines {
    acts: Vec<Value>,
    dice: u64,
    at: usize,
}

impl Lines {
    /// The same lines for the same acts.
    #[must_use]
    pub fn new(acts: Vec<Value>) -> Self {
        Self { acts, dice: SEED, at: 0 }
    }

    fn below(&mut self, n: u64) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        (self.dice >> 11) % n
    }

    /// Another day within a year or so; a day that is only partly known moves by whole years.
    fn day(&mut self, text: &str) -> Option<String> {
        let year: i16 = text.get(..4)?.parse().ok()?;
        let moved = (year + i16::try_from(self.below(3)).ok()? - 1).clamp(2006, 2026);
        let (month, day) = (1 + i8::try_from(self.below(12)).ok()?, 1 + i8::try_from(self.below(28)).ok()?);
        Some(match text.len() {
            10 => Date::new(moved, month, day).ok()?.to_string(),
            7 => format!("{moved:04}-{month:02}"),
            4 => format!("{moved:04}"),
            _ => return None,
        })
    }
}

impl Iterator for Lines {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut act = self.acts.get(self.at % self.acts.len().max(1))?.clone();
        act["id"] = format!("line-{}", self.at).into();
        // The first round is as it was found.
        if self.at >= self.acts.len() {
            if let Some(day) = act["on"].as_str().map(str::to_owned).and_then(|t| self.day(&t)) {
                act["on"] = day.into();
            }
            for item in act["items"].as_array_mut().into_iter().flatten() {
                let factor = 1 + self.below(20);
                if let Some(value) = item.pointer_mut("/quantity/value")
                    && let Some(n) = value.as_u64()
                {
                    *value = (n * factor).into();
                }
                if let Some(value) = item.pointer_mut("/value/amount")
                    && let Some(n) = value.as_str().and_then(|t| t.parse::<u64>().ok())
                {
                    *value = (n * factor).to_string().into();
                }
            }
            for party in act["parties"].as_array_mut().into_iter().flatten() {
                // One in three is somebody new; the others keep the names that the tables may know.
                if party["type"] == "company" && self.below(3) == 0 {
                    let name = format!("{} No. {}", party["name"].as_str().unwrap_or("company"), self.below(100_000));
                    party["name"] = name.into();
                }
            }
        }
        self.at += 1;
        Some(act.to_string())
    }
}
