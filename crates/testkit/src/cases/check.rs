//! Whether a decision is the one that a case asks for.

use super::{Because, Case};
use serde_json::Value as Json;

/// What is wrong with one element of `decisions` in the light of a case; nothing when it is as the case says.
#[must_use]
pub fn check(case: &Case, decision: &Json) -> Vec<String> {
    let mut wrong = Vec::new();
    let verdict = text(decision, "verdict");
    if verdict != case.verdict {
        let possible: Vec<&str> = list(decision, "possible").iter().filter_map(Json::as_str).collect();
        wrong.push(format!("the verdict is {verdict} (possible: {}), not {}", possible.join(", "), case.verdict));
    }
    let jurisdiction = text(decision, "jurisdiction");
    for because in case.because.iter().filter(|b| concerns(b, case, jurisdiction)) {
        wrong.extend(one(because, &case.verdict, decision));
    }
    wrong.into_iter().map(|w| format!("{}:{}: {}: {w}", case.file, case.line, case.name)).collect()
}

/// With several jurisdictions in one row, a provision only speaks for its own.
fn concerns(because: &Because, case: &Case, jurisdiction: &str) -> bool {
    let id = match because {
        Because::Decides(id)
        | Because::Considered(id)
        | Because::Duty(id)
        | Because::Exposure(id)
        | Because::Conflict(id)
        | Because::Lifts { exception: id, .. } => id,
        Because::Not(_) | Because::Asks(_) | Because::Bound(_) => return true,
    };
    case.jurisdictions.len() < 2 || jurisdiction.is_empty() || id.split('/').next() == Some(jurisdiction)
}

fn one(because: &Because, verdict: &str, decision: &Json) -> Option<String> {
    match because {
        Because::Decides(id) => decides(id, verdict, decision),
        Because::Lifts { exception, provision } => match find(decision, "exceptions", exception) {
            None => Some(format!("{exception} is not among the exceptions")),
            Some(e) if text(e, "status") != "met" => Some(format!("{exception} is {}, not met", text(e, "status"))),
            Some(e) if !list(e, "defeats").iter().any(|d| d == provision) => Some(format!("{exception} does not lift {provision}")),
            Some(_) => None,
        },
        Because::Considered(id) => match find(decision, "exceptions", id) {
            None => Some(format!("{id} was not considered")),
            Some(e) if text(e, "status") == "not_met" => None,
            Some(e) => Some(format!("{id} is {}, not merely considered", text(e, "status"))),
        },
        Because::Asks(path) => asks(path, decision),
        Because::Not(id) => provisions(decision, id)
            .find(|state| matches!(*state, "decides" | "needs_approval"))
            .map(|state| format!("{id} must not decide, but its state is {state}"))
            .or_else(|| {
                let shown = ["duties", "exposure", "conflicts"].into_iter().find(|field| find(decision, field, id).is_some());
                shown.map(|field| format!("{id} must not arise, but it is listed under {field}"))
            })
            .or_else(|| {
                find(decision, "exceptions", id)
                    .filter(|e| text(e, "status") == "met")
                    .map(|_| format!("{id} must not lift, but it is met"))
            }),
        Because::Bound(names) => bound(names, decision),
        Because::Duty(id) => find(decision, "duties", id).is_none().then(|| format!("the duty {id} is not listed")),
        Because::Exposure(id) => find(decision, "exposure", id).is_none().then(|| format!("the exposure {id} is not listed")),
        Because::Conflict(id) => find(decision, "conflicts", id).is_none().then(|| format!("the conflict {id} is not listed")),
    }
}

fn decides(id: &str, verdict: &str, decision: &Json) -> Option<String> {
    let right: &[&str] = match verdict {
        "prohibited" => &["decides"],
        "needs_authorisation" => &["needs_approval"],
        "insufficient_facts" => &["open", "decides"],
        other => return Some(format!("the case says that {id} decides, but nothing decides what is {other}")),
    };
    let states: Vec<&str> = provisions(decision, id).collect();
    if states.is_empty() {
        return Some(format!("{id} is not among the provisions"));
    }
    let fits = states.iter().any(|s| right.contains(s));
    (!fits).then(|| format!("the state of {id} is {}, not {}", states.join(", "), right.join(" or ")))
}

fn asks(path: &str, decision: &Json) -> Option<String> {
    let wanted = dotted(path);
    let facts: Vec<&str> = list(decision, "missing").iter().map(|m| text(m, "fact")).collect();
    let starts = |fact: &str| dotted(fact).strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    (!facts.iter().any(|f| starts(f))).then(|| format!("{path} is not asked, only: {}", facts.join(", ")))
}

/// `items[0].hs` and `items.0.hs` are the same path.
fn dotted(path: &str) -> String {
    path.replace('[', ".").replace([']', '"'], "")
}

fn bound(names: &[String], decision: &Json) -> Option<String> {
    let who: Vec<&str> = list(decision, "bearers").iter().map(|b| text(b, "who")).collect();
    let has = |name: &str| who.iter().any(|w| w.to_lowercase().contains(&name.to_lowercase()));
    let lost: Vec<&str> = names.iter().map(String::as_str).filter(|n| !has(n)).collect();
    (!lost.is_empty()).then(|| format!("not bound: {} (bound: {})", lost.join(", "), who.join(", ")))
}

fn provisions<'a>(decision: &'a Json, id: &'a str) -> impl Iterator<Item = &'a str> {
    list(decision, "provisions").iter().filter(move |p| text(p, "id") == id).map(|p| text(p, "state"))
}

fn find<'a>(decision: &'a Json, field: &str, id: &str) -> Option<&'a Json> {
    list(decision, field).iter().find(|e| text(e, "id") == id)
}

fn list<'a>(value: &'a Json, field: &str) -> &'a [Json] {
    value.get(field).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Json, field: &str) -> &'a str {
    value.get(field).and_then(Json::as_str).unwrap_or("")
}
