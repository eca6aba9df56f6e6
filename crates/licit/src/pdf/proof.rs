//! A proof as indented steps.

use super::report::{Block, Kind, Words};
use serde_json::Value;

/// Most steps of one authority; more are counted.
const MOST_STEPS: usize = 600;

/// The steps of a proof, each a line deeper than what it holds up.
pub(super) fn steps(words: &Words<'_>, proof: &Value) -> Vec<Block> {
    let mut out = Vec::new();
    let mut more = 0_usize;
    // A stack of our own: an answer on file may be nested as deeply as JSON may be.
    let mut waiting = vec![(proof, 0_usize)];
    while let Some((node, depth)) = waiting.pop() {
        if out.len() < MOST_STEPS {
            out.push(step(words, node, depth))
        } else {
            more += 1
        }
        let because = node.get("because").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
        waiting.extend(because.iter().rev().map(|child| (child, depth + 1)));
    }
    if more > 0 {
        out.push(Block::new(Kind::Quiet, "", format!("{more} more steps are left out here; the answer in JSON has them.")));
    }
    out
}

fn step(words: &Words<'_>, node: &Value, depth: usize) -> Block {
    let said = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
    let sign = match said("truth") {
        "true" => "✓ true:",
        "false" => "✗ false:",
        _ => "? unknown:",
    };
    let cite = if said("cite").is_empty() { String::new() } else { format!(" [{}]", said("cite")) };
    let item = node.get("item").and_then(Value::as_u64).map_or_else(String::new, |n| format!(" (item {})", n + 1));
    let claim = if said("by") == "worst" { said("claim").replace('_', " ") } else { words.named(said("claim")) };
    let above = if said("by") == "told" { " (told above)" } else { "" };
    Block::new(Kind::Step(depth), "", format!("{sign} {claim}{cite}{item}{above}"))
}
