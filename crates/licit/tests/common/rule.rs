//! When an act that was read is the one that a label means: the rule of the shared articles, for the floors of the tests and the figures of `xtask`.

use licit::read::{Transfer, Who};
use serde_json::Value;

/// The texts of a field that holds one or several.
pub fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        other => other.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    }
}

fn family(kind: &str) -> &str {
    match kind {
        "supply" | "sale" | "gift" | "loan" | "transfer" | "export" | "reexport" | "donation" | "procurement" | "import" => "giving",
        "training" | "technical_assistance" => "training",
        "payment" | "remittance" | "financing" => "payment",
        other => other,
    }
}

/// Whether an act is the one that a label means.
pub fn matches(act: &Transfer, label: &Value) -> bool {
    kinds(act, label) && side(&act.givers, &label["from"]) && side(&act.receivers, &label["to"]) && items(act, &label["items"])
}

/// Whether the kinds are of one family.
pub fn kinds(act: &Transfer, label: &Value) -> bool {
    let kinds = texts(&label["kind"]).into_iter().chain(texts(&label["kind_also"]));
    kinds.map(family).any(|k| k == family(act.kind.word()))
}

/// Whether one of the parties found is one that a label names.
pub fn side(found: &[Who], label: &Value) -> bool {
    let (names, codes) = (texts(&label["names"]), texts(&label["country"]));
    let same = |w: &Who| w.countries.iter().any(|c| codes.contains(&c.code())) || names.iter().any(|n| alike(n, &w.name));
    (names.is_empty() && codes.is_empty()) || found.iter().any(same)
}

/// Whether two names are one, one inside the other as whole words.
pub fn alike(a: &str, b: &str) -> bool {
    let clean = |s: &str| format!(" {} ", s.to_lowercase().replace('’', "'").trim_start_matches("the ").trim());
    let (a, b) = (clean(a), clean(b));
    a.contains(&b) || b.contains(&a)
}

/// Whether a thing found is one that a label names.
pub fn items(act: &Transfer, label: &Value) -> bool {
    let stem = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches('s').to_lowercase();
    let each = || label.as_array().into_iter().flatten();
    let words: Vec<String> =
        each().flat_map(|i| texts(&i["words"])).flat_map(str::split_whitespace).map(stem).filter(|w| w.len() > 2).collect();
    let categories: Vec<&str> = each().filter_map(|i| i["category"].as_str()).collect();
    let same = |t: &licit::read::Thing| {
        categories.contains(&t.category.as_str()) || t.words.split_whitespace().map(stem).any(|w| words.contains(&w))
    };
    (words.is_empty() && categories.is_empty()) || act.things.iter().any(same)
}
