//! What a whole list does to a name: made-up strangers and damaged listed names beside the nearest names of the US list.
//!
//! Labelled pairs never show what ten thousand strangers do, so the score also learns from the neighbours that a search brings up.

use super::pairs::{self, Dice, Pair};

use names::{Ask, Builder, Index, Kind, Name, Scratch};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// How the slices of these pairs begin; their words are weighed as the search weighs them, without counts.
pub const SLICE: &str = "list:";
const STRANGERS: usize = 5000;
const SLIPS: usize = 5000;

struct Party {
    names: Vec<String>,
    kind: Option<Kind>,
}

fn us_list(shared: &Path) -> Result<Vec<Party>, String> {
    let all = pairs::text(&shared.join("data/us_csl/screening-list_2026-07-31.json.zst"))?;
    let value: Value = serde_json::from_str(&all).map_err(|e| e.to_string())?;
    let party = |e: &Value| {
        let names = e["n"].as_str().into_iter().chain(e["a"].as_array().into_iter().flatten().filter_map(Value::as_str));
        let kind = match e["t"].as_str() {
            Some("Individual") => Some(Kind::Person),
            Some("Entity") => Some(Kind::Body),
            Some("Vessel") => Some(Kind::Vessel),
            Some("Aircraft") => Some(Kind::Aircraft),
            _ => None,
        };
        Party { names: names.map(str::to_owned).collect(), kind }
    };
    Ok(value["entries"].as_array().into_iter().flatten().map(party).filter(|p| !p.names.is_empty()).collect())
}

/// Pairs that a search of the list brings together; names of the hold-out are on neither side.
pub fn pairs(shared: &Path, forbidden: &BTreeSet<String>) -> Result<Vec<Pair>, String> {
    let parties = us_list(shared)?;
    let mut builder = Builder::new();
    for (owner, p) in parties.iter().enumerate() {
        for name in &p.names {
            builder.add(name, p.kind, owner as u32, false);
        }
    }
    let index = builder.build();
    let mut out = recombined(&parties, &index);
    out.extend(slipped(&parties, &index));
    out.retain(|p| !forbidden.contains(&p.b.to_lowercase()));
    Ok(out)
}

fn pair(a: &str, b: &str, kind: Option<Kind>, same: bool, weight: f32) -> Pair {
    Pair {
        a: a.to_owned(),
        b: b.to_owned(),
        kind,
        same,
        needs_context: false,
        slice: format!("{SLICE} {}", if same { "slip" } else { "stranger" }),
        part: crc32fast::hash(a.as_bytes()) % 10,
        weight,
    }
}

/// The given names of one listed person with the family name of another, beside the nearest names.
fn recombined(parties: &[Party], index: &Index) -> Vec<Pair> {
    let people = parties.iter().filter(|p| p.kind == Some(Kind::Person));
    let split: Vec<(&str, &str)> = people.filter_map(|p| p.names[0].split_once(", ")).filter(|(_, given)| !given.contains(',')).collect();
    let mut sorted: BTreeSet<Vec<String>> = BTreeSet::new();
    for p in parties {
        sorted.extend(p.names.iter().map(|n| words(n)));
    }
    let (mut dice, mut scratch, mut out) = (Dice(23), Scratch::default(), Vec::new());
    for _ in 0..STRANGERS {
        let (given, family) = (split[dice.below(split.len())].1, split[dice.below(split.len())].0);
        let made = format!("{given} {family}");
        if sorted.contains(&words(&made)) {
            continue;
        }
        let ask = Ask { limit: 4, kind: Some(Kind::Person), ..Ask::default() };
        for f in index.search(&Name::read(&made, Some(Kind::Person)), &ask, &mut scratch) {
            out.push(pair(&made, index.name(f.entry), Some(Kind::Person), false, 0.3));
        }
    }
    out
}

/// The words of a name in one order, so that the very same name is not taken for a stranger's.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let mut words: Vec<String> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort();
    words
}

/// Listed names with a slip, beside their own and beside the others that come up.
fn slipped(parties: &[Party], index: &Index) -> Vec<Pair> {
    let (mut dice, mut scratch, mut out) = (Dice(29), Scratch::default(), Vec::new());
    for _ in 0..SLIPS {
        let owner = dice.below(parties.len());
        let p = &parties[owner];
        let name = &p.names[dice.below(p.names.len())];
        let Some(hurt) = slip(name, &mut dice).filter(|h| h != name) else { continue };
        out.push(pair(&hurt, name, p.kind, true, 0.25));
        let ask = Ask { limit: 8, kind: p.kind, ..Ask::default() };
        for f in index.search(&Name::read(&hurt, p.kind), &ask, &mut scratch) {
            let other = index.name(f.entry);
            if f.owner as usize != owner && other != name {
                out.push(pair(&hurt, other, p.kind, false, 0.2));
            }
        }
    }
    out
}

/// One slip anywhere in a name: a letter exchanged, lost, doubled or wrong; a word moved or lost.
fn slip(name: &str, dice: &mut Dice) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (0..letters.len()).filter(|i| letters[*i].is_alphabetic()).collect();
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if places.len() < 6 || !name.is_ascii() {
        return None;
    }
    let at = places[dice.below(places.len())];
    match dice.below(6) {
        0 if letters.get(at + 1).is_some_and(|c| c.is_alphabetic()) => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        3 => letters[at] = char::from(b'a' + dice.below(26) as u8),
        4 if words.len() > 1 => {
            let word = words.remove(dice.below(words.len()));
            words.insert(dice.below(words.len() + 1), word);
            return Some(words.join(" "));
        }
        5 if words.len() > 2 => {
            words.remove(dice.below(words.len()));
            return Some(words.join(" "));
        }
        _ => return None,
    }
    Some(letters.into_iter().collect())
}
