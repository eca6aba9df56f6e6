//! Lists harmonised by the ammitto project: a graph (JSON-LD) of parties and of their entries, or one party a line.
//!
//! Only Japan's end-user list is a public list of ours; the others (`cn`, `ru`, `eu_vessels`, …) are imported under the source's own code.

use super::{Draft, Format, Limits, Read, Refused, one};
use crate::gather::{Gather, day};
use crate::input::Opened;
use crate::json::{Fields, each_line, has_keys};
use crate::{IdentifierKind, Listing, NameKind};
use names::Kind;
use serde_json::Value;
use std::collections::HashMap;

pub(crate) const FORMATS: &[Format] = &[
    Format { name: "Japan METI end-user list (JSON-LD)", lists: &["jp-meti"], several: false, recognises: is_japan, read },
    Format { name: "ammitto graph (JSON-LD)", lists: &[], several: false, recognises: is_graph, read },
    Format { name: "ammitto parties (JSON lines)", lists: &[], several: false, recognises: is_lines, read: read_lines },
];

fn is_graph(file: &Opened<'_>) -> bool {
    file.head().starts_with('{') && file.head().contains("\"@graph\"") && file.head().contains("entity_type")
}

fn is_japan(file: &Opened<'_>) -> bool {
    is_graph(file) && file.head().contains("/entity/jp/")
}

fn is_lines(file: &Opened<'_>) -> bool {
    has_keys(file, &["id", "entity_type", "names", "@context"])
}

/// The source's code in the address of a node: `…/entity/cn/CN-1`.
fn source(id: &str) -> &str {
    id.split_once("/entity/").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default()
}

/// The list: what the caller calls it, Japan's by its public name, else the source's code.
fn list_of(hint: Option<&str>, id: &str) -> String {
    match (hint, source(id)) {
        (Some(hint), _) => hint.to_string(),
        (None, "jp") => "jp-meti".into(),
        (None, "") => "ammitto".into(),
        (None, source) => source.replace('_', "-"),
    }
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let graph: Value = serde_json::from_str(&file.text)
        .map_err(|e| Refused::new(&file.name, format!("not JSON: {e}"), "the file may be cut off; download it again"))?;
    let nodes: Vec<Fields<'_>> = Fields(Some(&graph)).all("@graph").collect();
    let first = nodes.iter().map(|n| n.text("id")).find(|id| !id.is_empty()).unwrap_or_default();
    let name = if source(&first) == "jp" { "Japan METI end-user list (JSON-LD)" } else { "ammitto graph (JSON-LD)" };
    let mut draft = Draft::new(&list_of(hint, &first), name, limits);
    let mut entries: HashMap<String, Vec<Fields<'_>>> = HashMap::new();
    for entry in nodes.iter().filter(|n| n.child("entity_id").is_there()) {
        entries.entry(entry.text("entity_id").into_owned()).or_default().push(*entry);
    }
    for node in nodes.iter().filter(|n| n.child("entity_type").is_there()) {
        let mut listing = party(*node);
        for entry in entries.get(node.text("id").as_ref()).into_iter().flatten() {
            add_entry(&mut listing, *entry);
        }
        draft.add(listing, 0)?;
    }
    draft.finish(&file.name)
}

fn read_lines(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let file = one(files)?;
    let first = crate::json::first_object(file).and_then(|o| o.get("id").and_then(Value::as_str).map(str::to_string)).unwrap_or_default();
    let mut draft = Draft::new(&list_of(hint, &first), "ammitto parties (JSON lines)", limits);
    each_line(file, &mut draft, |draft, node, line| draft.add(party(node), line))?;
    draft.finish(&file.name)
}

fn party(node: Fields<'_>) -> Listing {
    let id = node.text("id");
    let reference = node.all("source_references").map(|r| r.text("reference_number")).find(|r| !r.is_empty());
    let mut listing = Listing::under(reference.as_deref().unwrap_or_else(|| id.rsplit('/').next().unwrap_or_default()));
    listing.kind = match node.text("entity_type").as_ref() {
        "person" => Some(Kind::Person),
        "organization" => Some(Kind::Body),
        "vessel" => Some(Kind::Vessel),
        "aircraft" => Some(Kind::Aircraft),
        _ => None,
    };
    for name in node.all("names") {
        let kind = match (name.is_true("is_primary"), name.text("script").as_ref()) {
            (true, _) => NameKind::Primary,
            (false, "" | "Latn") => NameKind::Alias,
            (false, _) => NameKind::Original,
        };
        listing.add_name(&name.text("full_name"), kind);
    }
    listing.primary_first();
    if node.child("imo_number").is_there() {
        listing.identify_imo(&node.text("imo_number"), IdentifierKind::Imo);
    }
    for birth in node.all("birth_info") {
        for key in ["date", "birth_date", "year"] {
            listing.born_as_written(&birth.text(key));
        }
    }
    remarks(&mut listing, &node.text("remarks"));
    listing
}

/// `Country: …; Title: …`.
fn remarks(listing: &mut Listing, text: &str) {
    for (label, value) in text.split("; ").filter_map(|piece| piece.split_once(": ")) {
        match label {
            "Country" => listing.countries.gather(value),
            "Title" => listing.positions.gather(value),
            _ => {}
        }
    }
}

fn add_entry(listing: &mut Listing, entry: Fields<'_>) {
    let regime = entry.child("regime");
    listing.programmes.gather(&regime.text("code"));
    for effect in entry.all("effects") {
        listing.effects.gather(&effect.text("effect_type").replace('_', " "));
    }
    let period = entry.child("period");
    listing.listed_on = listing.listed_on.or(day(&period.text("listed_date")));
    listing.delisted_on = listing.delisted_on.or(day(&period.text("delisted_date")));
    remarks(listing, &entry.text("remarks"));
}
