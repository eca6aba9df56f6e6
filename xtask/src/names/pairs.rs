//! Labelled pairs of names: from the shared data, and made by damaging and recombining listed names.

use names::{BuiltIn, Commonness, Kind, Name, rarity};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read as _;
use std::path::Path;

/// Two names, and whether they are of one party.
#[derive(Clone)]
pub struct Pair {
    pub a: String,
    pub b: String,
    pub kind: Option<Kind>,
    pub same: bool,
    /// Two different parties that have one name: the names alone cannot tell.
    pub needs_context: bool,
    pub slice: String,
    /// 0 to 9, one party always in the same part.
    pub part: u32,
    pub weight: f32,
}

/// A name of a listing.
pub struct Listed {
    pub text: String,
    pub kind: Kind,
}

pub fn text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    if path.extension().is_none_or(|e| e != "zst") {
        return String::from_utf8(bytes).map_err(|e| e.to_string());
    }
    let mut out = String::new();
    let mut reader = ruzstd::decoding::StreamingDecoder::new(bytes.as_slice()).map_err(|e| e.to_string())?;
    reader.read_to_string(&mut out).map_err(|e| e.to_string())?;
    Ok(out)
}

fn part(key: &str) -> u32 {
    crc32fast::hash(key.as_bytes()) % 10
}

fn rows(path: &Path) -> Result<Vec<BTreeMap<String, String>>, String> {
    let bytes = text(path)?;
    csv::Reader::from_reader(bytes.as_bytes()).deserialize().collect::<Result<_, _>>().map_err(|e| format!("{}: {e}", path.display()))
}

/// `names.csv` without the aliases that no likeness can find.
pub fn names_csv(shared: &Path, holdout: bool) -> Result<Vec<Pair>, String> {
    let mut out = Vec::new();
    for r in rows(&shared.join("domain/names.csv"))? {
        let reference = if r["entity_ref"].is_empty() { &r["name_a"] } else { &r["entity_ref"] };
        if r["quality"] == "LIST_ONLY" || (part(reference) >= 7) != holdout {
            continue;
        }
        let kind = match r["entity_type"].as_str() {
            "person" => Some(Kind::Person),
            "organisation" => Some(Kind::Body),
            "vessel" => Some(Kind::Vessel),
            _ => None,
        };
        out.push(Pair {
            a: r["name_a"].clone(),
            b: r["name_b"].clone(),
            kind,
            same: r["label"] == "match",
            needs_context: r["quality"] == "NEEDS_CONTEXT",
            slice: r["phenomenon"].clone(),
            part: part(reference),
            weight: if r["quality"] == "NEEDS_CONTEXT" { 0.3 } else { 1.0 },
        });
    }
    Ok(out)
}

fn schema(word: &str) -> Option<Kind> {
    match word {
        "Person" => Some(Kind::Person),
        "Vessel" => Some(Kind::Vessel),
        "Company" | "Organization" => Some(Kind::Body),
        _ => None,
    }
}

fn plain(a: &str, b: &str, kind: Option<Kind>, same: bool, slice: &str) -> Pair {
    Pair { a: a.to_owned(), b: b.to_owned(), kind, same, needs_context: false, slice: slice.to_owned(), part: part(b), weight: 1.0 }
}

pub fn name_bench(shared: &Path) -> Result<Vec<Pair>, String> {
    let rows = rows(&shared.join("data/names/name_bench_dev.csv"))?;
    Ok(rows.iter().map(|r| plain(&r["name1"], &r["name2"], schema(&r["schema"]), r["is_match"] == "true", "name_bench")).collect())
}

pub fn entity_bench(shared: &Path) -> Result<Vec<Pair>, String> {
    let value: Value = serde_yaml_ng::from_str(&text(&shared.join("data/names/entity_bench_dev.yml"))?).map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for check in value["checks"].as_array().into_iter().flatten() {
        let only_name =
            |v: &Value| v.as_object().is_some_and(|o| o.keys().all(|k| ["name", "firstName", "lastName"].contains(&k.as_str())));
        if let (Some(a), Some(b), Some(same)) =
            (check["query"]["name"].as_str(), check["candidate"]["name"].as_str(), check["match"].as_bool())
            && only_name(&check["query"])
            && only_name(&check["candidate"])
        {
            out.push(plain(a, b, check["schema"].as_str().and_then(schema), same, "entity_bench"));
        }
    }
    Ok(out)
}

/// Pairs of one party on two lists, and pairs across scripts.
pub fn across(shared: &Path) -> Result<Vec<Pair>, String> {
    let mut out = Vec::new();
    for r in rows(&shared.join("data/names/xlist_un_uk_eu_dev.csv"))? {
        for other in ["uk_name", "eu_name"] {
            if !r[other].is_empty() && r[other].to_lowercase() != r["un_name"].to_lowercase() {
                let mut p = plain(&r["un_name"], &r[other], schema(&r["schema"]), true, "across lists");
                p.weight = 0.5;
                out.push(p);
            }
        }
    }
    for r in rows(&shared.join("data/names/cross_script_pairs_dev.csv"))? {
        out.push(plain(&r["query"], &r["expected_match"], Some(Kind::Person), true, "across scripts"));
    }
    Ok(out)
}

/// The primary names of the UK list.
pub fn listed(shared: &Path) -> Result<Vec<Listed>, String> {
    let mut out = Vec::new();
    for line in text(&shared.join("data/uk/uk_fields_2026-08-22.jsonl.zst"))?.lines() {
        let v: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let Some(first) = v["names"]["names"].as_array().and_then(|n| n.iter().find(|n| n["name_type"] == "Primary Name")) else {
            continue;
        };
        let parts: Vec<&str> =
            (1..=6).filter_map(|k| first[format!("name{k}")].as_str()).map(str::trim).filter(|s| !s.is_empty()).collect();
        let about = v.to_string();
        let kind = if about.contains("\"Ship\"") {
            Kind::Vessel
        } else if about.contains("\"Individual\"") || parts.len() > 1 {
            Kind::Person
        } else {
            Kind::Body
        };
        if !parts.is_empty() {
            out.push(Listed { text: parts.join(" "), kind });
        }
    }
    Ok(out)
}

/// Aliases within one listing of the EU list that are spellings, not other names: strong, and with as many words.
/// Listings that share a name with the hold-out are left away.
pub fn aliases(shared: &Path, forbidden: &BTreeSet<String>, most: usize) -> Result<Vec<Pair>, String> {
    let mut out = Vec::new();
    let mut dice = Dice(7);
    for line in text(&shared.join("data/eu/eu_fields_2026-05-01.jsonl.zst"))?.lines() {
        let v: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let kind = if v["subject_type"]["code"] == "person" { Kind::Person } else { Kind::Body };
        let all: Vec<&str> = v["name_aliases"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|n| n["strong"] == true)
            .filter_map(|n| n["whole_name"].as_str())
            .collect();
        if all.len() < 2 || all.iter().any(|n| forbidden.contains(&n.to_lowercase())) {
            continue;
        }
        let (a, b) = (all[dice.below(all.len())], all[dice.below(all.len())]);
        let words = |s: &str| s.split_whitespace().count();
        if a != b && words(a) == words(b) && words(a) > 1 {
            let mut p = plain(a, b, Some(kind), true, "aliases");
            p.weight = 0.08;
            out.push(p);
        }
    }
    out.truncate(most);
    Ok(out)
}

/// Every name of the hold-out, in lower case.
pub fn forbidden(shared: &Path) -> Result<BTreeSet<String>, String> {
    Ok(names_csv(shared, true)?.into_iter().flat_map(|p| [p.a.to_lowercase(), p.b.to_lowercase()]).collect())
}

/// How common words are on a list, beside the built-in table.
pub struct Counts(HashMap<String, f32>);

impl Counts {
    pub fn of(listed: &[Listed]) -> Counts {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for l in listed {
            let name = Name::read(&l.text, Some(l.kind));
            let words: BTreeSet<&str> = name.words.iter().map(|w| w.best()).collect();
            for w in words {
                *counts.entry(w.to_owned()).or_default() += 1;
            }
        }
        Counts(counts.into_iter().map(|(w, n)| (w, rarity(n, listed.len()))).collect())
    }
}

impl Commonness for Counts {
    fn weight(&self, form: &str) -> f32 {
        BuiltIn.weight(form).min(self.0.get(form).copied().unwrap_or(1.0))
    }
}

/// A small generator of repeatable chance (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// A listed name with one thing damaged, as it is met in payment messages.
pub fn damaged(listed: &Listed, dice: &mut Dice) -> Option<(String, &'static str)> {
    let words: Vec<&str> = listed.text.split_whitespace().collect();
    let longest = (0..words.len()).max_by_key(|i| words[*i].chars().count())?;
    let letters: Vec<char> = words[longest].chars().collect();
    if letters.len() < 5 || words.len() < 2 {
        return None;
    }
    let at = 1 + dice.below(letters.len() - 2);
    let mut hurt = letters.clone();
    let how = match dice.below(8) {
        0 => {
            hurt.swap(at, at + 1);
            "letters swapped"
        }
        1 => {
            hurt.remove(at);
            "letter dropped"
        }
        2 => {
            hurt.insert(at, letters[at]);
            "letter doubled"
        }
        3 => {
            hurt[at] = char::from(b'a' + dice.below(26) as u8);
            "letter replaced"
        }
        4 => {
            let mut moved: Vec<&str> = words[1..].to_vec();
            moved.push(words[0]);
            return Some((moved.join(" "), "word moved"));
        }
        5 if words.len() > 2 => {
            let gone = 1 + dice.below(words.len() - 2);
            let left: Vec<&str> = words.iter().enumerate().filter(|(i, _)| *i != gone).map(|(_, w)| *w).collect();
            return Some((left.join(" "), "word dropped"));
        }
        6 => {
            let cut = 2 + dice.below(letters.len() - 3);
            hurt.insert(cut, ' ');
            "space added"
        }
        _ => {
            let gap = dice.below(words.len() - 1);
            let mut joined = String::new();
            for (i, w) in words.iter().enumerate() {
                joined.push_str(w);
                if i != gap && i + 1 < words.len() {
                    joined.push(' ');
                }
            }
            return Some((joined, "space lost"));
        }
    };
    let hurt: String = hurt.into_iter().collect();
    let all: Vec<&str> = words.iter().enumerate().map(|(i, w)| if i == longest { hurt.as_str() } else { w }).collect();
    Some((all.join(" "), how))
}

/// Someone made up: all words of one listed person but one, and one word of another.
pub fn recombined<'a>(people: &'a [&Listed], dice: &mut Dice) -> Option<(String, &'a Listed)> {
    let (one, two) = (people[dice.below(people.len())], people[dice.below(people.len())]);
    let (a, b): (Vec<&str>, Vec<&str>) = (one.text.split_whitespace().collect(), two.text.split_whitespace().collect());
    if a.len() < 2 || b.len() < 2 || one.text == two.text {
        return None;
    }
    // Given names of the one, family name of the other: the last word here, or the first for three short words (Korean, Chinese).
    let mut made = a.clone();
    let (at, from) = if dice.below(4) == 0 { (0, 0) } else { (a.len() - 1, b.len() - 1) };
    if a[at].eq_ignore_ascii_case(b[from]) {
        return None;
    }
    made[at] = b[from];
    Some((made.join(" "), one))
}
