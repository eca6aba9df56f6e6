//! Tests of this module.

use super::*;
use crate::tiny::{book, found, sale_of};
use rulebook::{Condition, Exception, ExceptionKind};
use serde_json::json;

/// Writes a right proof for an act with one item and one day.
struct Writer<'a> {
    book: &'a Rulebook,
    act: &'a Act,
    day: Date,
}

impl Writer<'_> {
    fn node(&self, by: &str, truth: Truth, because: Vec<Json>) -> Json {
        json!({"claim": "", "truth": truth.word(), "by": by, "because": because})
    }

    fn condition(&self, c: &Condition) -> Json {
        self.told(c, false)
    }

    /// `reach`: whether it is asked if the act concerns the regime at all.
    fn told(&self, c: &Condition, reach: bool) -> Json {
        let truth = reference::leaf(self.book, self.act, 0, self.day, "un/tiny", c);
        let several = |list: &[Condition]| list.iter().map(|c| self.told(c, reach)).collect::<Vec<_>>();
        let that_are = |list: &[Condition], wanted| several(list).into_iter().filter(|n| read(n) == wanted).collect::<Vec<_>>();
        match c {
            // Of what fails in several ways the first, of what holds in several the first, of what is open in several those that are open.
            Condition::All(list) => {
                let failing = that_are(list, Truth::False);
                let settled = failing.len() > 1 || reach && !failing.is_empty();
                self.node("all", truth, if settled { failing[..1].to_vec() } else { several(list) })
            }
            Condition::Any(list) => {
                let told = match truth {
                    Truth::True => that_are(list, Truth::True)[..1].to_vec(),
                    other => that_are(list, other),
                };
                self.node("any", truth, told)
            }
            Condition::Not(inner) => self.node("not", truth, vec![self.told(inner, reach)]),
            Condition::Defined(id) => {
                let inner = self.told(&self.book.definitions[id].when, reach);
                let mut node = match &self.book.definitions[id].when {
                    Condition::All(_) | Condition::Any(_) => inner,
                    _ => self.node("all", truth, vec![inner]),
                };
                node["cite"] = json!(id);
                node
            }
            Condition::Judgement { name, presume: Some(_) } if !self.act.judgements.contains_key(name) => {
                self.node("presumed", truth, Vec::new())
            }
            _ => self.node("fact", truth, Vec::new()),
        }
    }

    fn exception(&self, e: &Exception) -> Json {
        let mut because = vec![self.condition(&e.when)];
        if let ExceptionKind::Derogation { authority, .. } = &e.kind {
            because.push(self.node("fact", reference::approved(self.book, self.act, 0, self.day, authority), Vec::new()));
        }
        for lifter in reference::exceptions(self.book, self.day, &e.id, None) {
            let lifter = self.exception(lifter);
            let truth = read(&lifter).negate();
            because.push(self.node("not", truth, vec![lifter]));
        }
        let truth = because.iter().map(read).min().unwrap_or_default();
        let mut node = self.node("exception", truth, because);
        node["cite"] = json!(e.id);
        node
    }

    fn decision(&self) -> Json {
        let mut children = vec![self.told(&self.book.regimes["un/tiny"].when, true)];
        children[0]["cite"] = json!("un/tiny");
        for p in self.book.prohibitions.iter().filter(|p| p.in_force(self.day)) {
            let mut because: Vec<Json> = p.when.iter().map(|c| self.condition(c)).collect();
            let truth = read(&because[0]);
            because.extend(reference::exceptions(self.book, self.day, &p.id, Some(&p.regime)).map(|e| self.exception(e)));
            let mut node = self.node("provision", truth, because);
            (node["cite"], node["item"]) = (json!(p.id), json!(0));
            children.push(node);
        }
        let possible = reference::verdicts(self.book, self.act, "un").unwrap_or_default();
        let mut root = self.node("worst", if possible.len() == 1 { Truth::True } else { Truth::Unknown }, children);
        root["claim"] = json!(possible.word());
        let words: Vec<&str> = possible.iter().map(Verdict::word).collect();
        json!({"jurisdiction": "un", "law_of": self.day.to_string(), "verdict": possible.word(), "possible": words, "proof": root})
    }
}

fn read(node: &Json) -> Truth {
    match node["truth"].as_str() {
        Some("true") => Truth::True,
        Some("false") => Truth::False,
        _ => Truth::Unknown,
    }
}

fn acts() -> Vec<Act> {
    vec![
        found(sale_of("8703"), "safe", false),
        found(sale_of("8703"), "safe", true),
        found(found(sale_of("8703"), "safe", false), "bad", true),
        found(sale_of("9101"), "safe", false),
        sale_of("8703"),
        sale_of("87"),
        sale_of("9102"),
        sale_of("3102"),
    ]
}

fn right(book: &Rulebook, act: &Act) -> Json {
    let day = act.on.map_or(Date::MIN, |s| s.first);
    Writer { book, act, day }.decision()
}

/// Every pointer to a node below the root.
fn nodes(json: &Json, at: &str, out: &mut Vec<String>) {
    for (i, child) in json["because"].as_array().into_iter().flatten().enumerate() {
        let at = format!("{at}/because/{i}");
        nodes(child, &at, out);
        out.push(at);
    }
}

#[test]
fn a_right_proof_stands() {
    let book = book();
    let one_day = |act: &Act| act.items.len() == 1 && act.on.is_some_and(|span| span.first == span.last);
    let generated = crate::generate::acts(&book, 5, 300).into_iter().filter(one_day);
    for act in acts().into_iter().chain(generated) {
        assert_eq!(check(&book, &act, &right(&book, &act)), Vec::<String>::new(), "{act:?}");
    }
}

#[test]
fn a_truth_that_is_changed_anywhere_is_noticed() {
    let book = book();
    for act in acts() {
        let decision = right(&book, &act);
        let mut places = Vec::new();
        nodes(&decision["proof"], "/proof", &mut places);
        assert!(places.len() > 20);
        for place in places {
            for word in ["true", "false", "unknown"] {
                let mut wrong = decision.clone();
                let Some(node) = wrong.pointer_mut(&place) else { continue };
                if node["truth"] != word {
                    node["truth"] = json!(word);
                    assert!(!check(&book, &act, &wrong).is_empty(), "{place} {word}");
                }
            }
        }
    }
}

#[test]
fn another_verdict_does_not_follow() {
    let book = book();
    for act in acts() {
        let decision = right(&book, &act);
        for other in Verdict::ALL.map(Verdict::word) {
            let mut wrong = decision.clone();
            if wrong["verdict"] != other {
                wrong["verdict"] = json!(other);
                assert!(!check(&book, &act, &wrong).is_empty());
                wrong["proof"]["claim"] = json!(other);
                wrong["possible"] = json!([other]);
                assert!(!check(&book, &act, &wrong).is_empty(), "{other} {}", decision["verdict"]);
            }
        }
    }
}

#[test]
fn what_is_left_out_or_misquoted_is_noticed() {
    let book = book();
    let act = found(sale_of("8703"), "bad", true);
    let decision = right(&book, &act);
    let tamper = |change: &dyn Fn(&mut Json)| {
        let mut wrong = decision.clone();
        change(&mut wrong);
        check(&book, &act, &wrong)
    };
    // The first provision is un/1#2, caught; its first exception is the open one for parts.
    let told = tamper(&|d| drop(d["proof"]["because"].as_array_mut().map(|a| a.remove(1))));
    assert!(told.iter().any(|t| t.contains("un/1#2 may bear")), "{told:?}");
    let told = tamper(&|d| drop(d["proof"]["because"][1]["because"].as_array_mut().map(|a| a.remove(1))));
    assert!(told.iter().any(|t| t.contains("un/1#2/parts may lift it")), "{told:?}");
    let told = tamper(&|d| d["proof"]["because"][1]["because"][1]["cite"] = json!("un/1#4/cap"));
    assert!(told.iter().any(|t| t.contains("it lifts nothing of un/1#2")), "{told:?}");
    let told = tamper(&|d| d["proof"]["because"][1]["because"][0]["by"] = json!("any"));
    assert!(told.iter().any(|t| t.contains("the law has `all` here")), "{told:?}");
    let told = tamper(&|d| d["proof"]["because"][1]["cite"] = json!("un/1#99"));
    assert!(told.iter().any(|t| t.contains("nothing is called")), "{told:?}");
    let told = tamper(&|d| d["law_of"] = json!("2015-01-01"));
    assert!(told.iter().any(|t| t.contains("cannot fall on")), "{told:?}");
    assert!(told.iter().any(|t| t.contains("un/1#2 forbids or lifts nothing")), "{told:?}");
    let told = tamper(&|d| drop(d["proof"]["because"].as_array_mut().map(|a| a.remove(0))));
    assert!(told.iter().any(|t| t.contains("the reach of a regime")), "{told:?}");
    assert_eq!(tamper(&|d| drop(d.as_object_mut().map(|o| o.remove("proof")))), ["the decision has no proof"]);
}

#[test]
fn a_provision_is_only_named_where_it_is_open_whether_the_law_reaches_anybody() {
    let book = book();
    let named = |act: &Act, is_item: bool| {
        let mut decision = right(&book, act);
        let because = decision["proof"]["because"].as_array_mut().unwrap();
        let at = because.iter().position(|n| n["cite"] == "un/1#2").unwrap();
        let node = because[at].as_object_mut().unwrap();
        (node["because"], node["truth"]) = (json!([]), json!("unknown"));
        if !is_item {
            node.remove("item");
        }
        check(&book, act, &decision)
    };
    // Of a sale of which no place is known it is open whether it concerns the regime, and of one to North Korea it is not.
    let nowhere = |code: &str| Act { destination: None, origin: None, parties: Vec::new(), ..sale_of(code) };
    let open = nowhere("8703");
    assert_eq!(named(&open, false), Vec::<String>::new());
    assert!(named(&open, true).iter().any(|t| t.contains("a provision without its trigger")));
    let known = named(&sale_of("8703"), false);
    assert!(known.iter().any(|t| t.contains("is to be told in full")), "{known:?}");
    // One that bears on nothing is not to be named either.
    let told = named(&nowhere("3102"), false);
    assert!(told.iter().any(|t| t.contains("bears on no item")), "{told:?}");
}

#[test]
fn a_near_miss_is_told_whole_and_a_far_one_by_its_first_reason() {
    let book = book();
    let act = sale_of("3102");
    let decision = right(&book, &act);
    let at = |id: &str| {
        let nodes = decision["proof"]["because"].as_array().unwrap();
        nodes.iter().position(|n| n["cite"] == id).unwrap()
    };
    // Only the goods differ from machines; coal would also have to come from North Korea.
    let (near, far) = (at("un/1#2"), at("un/1#4"));
    let trigger = |json: &mut Json, node: usize| json["proof"]["because"][node]["because"][0]["because"].as_array_mut().unwrap().clone();
    assert_eq!((trigger(&mut decision.clone(), near).len(), trigger(&mut decision.clone(), far).len()), (3, 1));
    for (node, change) in [(near, -1), (far, 1)] {
        let mut wrong = decision.clone();
        let mut told = trigger(&mut wrong, node);
        if change < 0 {
            drop(told.remove(0))
        } else {
            told.push(told[0].clone())
        }
        wrong["proof"]["because"][node]["because"][0]["because"] = json!(told);
        assert!(check(&book, &act, &wrong).iter().any(|t| t.contains("are to be told here")));
    }
}

#[test]
fn a_presumption_is_named_as_one() {
    let book = book();
    let act = found(sale_of("8703"), "safe", false);
    let mut decision = right(&book, &act);
    // un/1#2, second exception (the committee), its condition `not`, the presumed finding.
    let node = decision.pointer_mut("/proof/because/1/because/2/because/0/because/0");
    if let Some(node) = node {
        assert_eq!(node["by"], "presumed");
        node["by"] = json!("fact");
    }
    let told = check(&book, &act, &decision);
    assert!(told.iter().any(|t| t.contains("presumed")), "{told:?}");
}

#[test]
fn a_definition_is_told_by_its_name_only_where_it_was_told_before() {
    let book = book();
    let act = found(sale_of("9101"), "safe", false);
    let decision = right(&book, &act);
    let provisions = decision["proof"]["because"].as_array().unwrap();
    let luxury = provisions.iter().position(|n| n["cite"] == "un/1#3").unwrap();
    let shorten = |decision: &mut Json, at: usize| {
        let members = decision["proof"]["because"][at]["because"][0]["because"].as_array_mut().unwrap();
        let node = members.iter_mut().find(|n| n["cite"] == "un/tiny/luxury-goods").unwrap();
        (node["by"], node["because"]) = (json!("told"), json!([]));
    };
    let mut wrong = decision.clone();
    shorten(&mut wrong, luxury);
    let told = check(&book, &act, &wrong);
    assert!(told.iter().any(|t| t.contains("un/tiny/luxury-goods was not told before")), "{told:?}");

    let mut twice = decision.clone();
    twice["proof"]["because"].as_array_mut().unwrap().insert(luxury, provisions[luxury].clone());
    assert_eq!(check(&book, &act, &twice), Vec::<String>::new());
    shorten(&mut twice, luxury + 1);
    assert_eq!(check(&book, &act, &twice), Vec::<String>::new());
    let lie = |json: &mut Json| {
        let members = json["proof"]["because"][luxury + 1]["because"][0]["because"].as_array_mut().unwrap();
        members.iter_mut().find(|n| n["by"] == "told").unwrap()["truth"] = json!("false");
    };
    lie(&mut twice);
    assert!(!check(&book, &act, &twice).is_empty());
}
