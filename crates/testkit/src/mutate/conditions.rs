//! Small changes of a condition.

use model::{HsRange, Kinds};
use rulebook::{Condition, ItemTest, PartyTest};

/// Every condition that is one small change away, with the change in words.
pub(super) fn variants(when: &Condition) -> Vec<(String, Condition)> {
    match when {
        Condition::All(list) => joined(list, "all", Condition::All, "any", Condition::Any),
        Condition::Any(list) => joined(list, "any", Condition::Any, "all", Condition::All),
        Condition::Not(inner) => {
            let mut out = vec![("drop the `not`".to_owned(), (**inner).clone())];
            out.extend(variants(inner).into_iter().map(|(what, new)| (what, Condition::Not(Box::new(new)))));
            out
        }
        Condition::Act(kinds, word) => kinds_without_one(*kinds, word),
        Condition::Item(test) => item(test).into_iter().map(|(what, test)| (what, Condition::Item(test))).collect(),
        Condition::Party(test) => party(test).into_iter().map(|(what, test)| (what, Condition::Party(test))).collect(),
        Condition::Purpose(name) => vec![(format!("negate the purpose {name}"), not(when))],
        Condition::Judgement { name, presume } => judgement(when, name, presume.as_ref()),
        Condition::ContractBefore(day) => [day.tomorrow(), day.yesterday()]
            .into_iter()
            .flatten()
            .map(|new| (format!("contract before {day} becomes {new}"), Condition::ContractBefore(new)))
            .collect(),
        Condition::Always
        | Condition::To(_)
        | Condition::From(_)
        | Condition::Via(_)
        | Condition::In(_)
        | Condition::Approved(_)
        | Condition::Within { .. }
        | Condition::Defined(_) => Vec::new(),
    }
}

fn not(condition: &Condition) -> Condition {
    Condition::Not(Box::new(condition.clone()))
}

type Join = fn(Vec<Condition>) -> Condition;

fn joined(list: &[Condition], word: &str, join: Join, other_word: &str, other: Join) -> Vec<(String, Condition)> {
    let mut out = Vec::new();
    if list.len() > 1 {
        out.push((format!("`{word}` of {} becomes `{other_word}`", list.len()), other(list.to_vec())));
        for (i, member) in list.iter().enumerate() {
            let mut rest = list.to_vec();
            rest.remove(i);
            out.push((format!("drop from `{word}`: {member:?}"), join(rest)));
        }
    }
    for (i, member) in list.iter().enumerate() {
        for (what, new) in variants(member) {
            let mut list = list.to_vec();
            list[i] = new;
            out.push((what, join(list)));
        }
    }
    out
}

fn kinds_without_one(kinds: Kinds, word: &str) -> Vec<(String, Condition)> {
    if kinds.single().is_some() {
        return Vec::new();
    }
    kinds
        .iter()
        .map(|kind| {
            let rest = Kinds(kinds.0 & !Kinds::only(kind).0);
            (format!("drop the kind {} from `{word}`", kind.word()), Condition::Act(rest, word.to_owned()))
        })
        .collect()
}

fn judgement(when: &Condition, name: &str, presume: Option<&(bool, String)>) -> Vec<(String, Condition)> {
    let mut out = vec![(format!("negate the finding {name}"), not(when))];
    if let Some((yes, why)) = presume {
        let with = |presume| Condition::Judgement { name: name.to_owned(), presume };
        out.push((format!("presume the contrary of {name}"), with(Some((!yes, why.clone())))));
        out.push((format!("presume nothing of {name}"), with(None)));
    }
    out
}

fn item(test: &ItemTest) -> Vec<(String, ItemTest)> {
    match test {
        ItemTest::Hs(list) => ranges(list).into_iter().map(|(what, hs)| (what, ItemTest::Hs(hs))).collect(),
        ItemTest::Over { amount, currency } => amounts(*amount, currency)
            .into_iter()
            .map(|(what, amount)| (what, ItemTest::Over { amount, currency: currency.clone() }))
            .collect(),
        ItemTest::TotalOver { amount, currency } => amounts(*amount, currency)
            .into_iter()
            .map(|(what, amount)| (what, ItemTest::TotalOver { amount, currency: currency.clone() }))
            .collect(),
        ItemTest::List(_) | ItemTest::Wear(_) => Vec::new(),
    }
}

/// A threshold moved by one unit each way.
pub(super) fn amounts(amount: f64, currency: &str) -> Vec<(String, f64)> {
    [amount + 1.0, amount - 1.0]
        .into_iter()
        .filter(|new| *new > 0.0)
        .map(|new| (format!("over {amount} {currency} becomes {new}"), new))
        .collect()
}

/// Each range one heading wider and narrower at each end; a range of one heading is dropped instead, when it has company.
pub(super) fn ranges(list: &[HsRange]) -> Vec<(String, Vec<HsRange>)> {
    let mut out: Vec<(String, Vec<HsRange>)> = Vec::new();
    let before = codes(list);
    for (i, range) in list.iter().enumerate() {
        let (low, high) = (range.first / 100, range.last / 100);
        let mut new: Vec<(&str, Option<HsRange>)> = Vec::new();
        if low > 100 {
            new.push(("start a heading earlier", Some(HsRange { first: (low - 1) * 100, last: range.last })));
        }
        if high < 9999 {
            new.push(("end a heading later", Some(HsRange { first: range.first, last: (high + 1) * 100 + 99 })));
        }
        if low < high {
            new.push(("start a heading later", Some(HsRange { first: (low + 1) * 100, last: range.last })));
            new.push(("end a heading earlier", Some(HsRange { first: range.first, last: high * 100 - 1 })));
        } else if list.len() > 1 {
            new.push(("drop", None));
        }
        for (what, changed) in new {
            let mut list = list.to_vec();
            match changed {
                Some(changed) => list[i] = changed,
                None => {
                    list.remove(i);
                }
            }
            if codes(&list) != before {
                out.push((format!("codes {range}: {what}"), list));
            }
        }
    }
    out
}

/// The codes of several ranges as ranges that do not touch.
fn codes(list: &[HsRange]) -> Vec<HsRange> {
    let mut sorted = list.to_vec();
    sorted.sort();
    let mut out: Vec<HsRange> = Vec::new();
    for range in sorted {
        match out.last_mut() {
            Some(last) if range.first <= last.last + 1 => last.last = last.last.max(range.last),
            _ => out.push(range),
        }
    }
    out
}

/// A party test without one of its roles or types, or without one of its fields.
fn party(test: &PartyTest) -> Vec<(String, PartyTest)> {
    let mut out = Vec::new();
    let mut with = |what: String, change: &dyn Fn(&mut PartyTest)| {
        let mut new = test.clone();
        change(&mut new);
        // A party test without any field is one that the law cannot write.
        if new != *test && new != PartyTest::default() {
            out.push((what, new));
        }
    };
    if test.roles.len() > 1 {
        for (i, role) in test.roles.iter().enumerate() {
            with(format!("drop the role {}", role.word()), &|t| {
                t.roles.remove(i);
            });
        }
    }
    if test.types.len() > 1 {
        for (i, kind) in test.types.iter().enumerate() {
            with(format!("drop the type {}", kind.word()), &|t| {
                t.types.remove(i);
            });
        }
    }
    with("any role of the party".into(), &|t| t.roles.clear());
    with("any type of the party".into(), &|t| t.types.clear());
    with("any nationality of the party".into(), &|t| t.national = None);
    with("any location of the party".into(), &|t| t.located = None);
    with("no tie of the party needed".into(), &|t| t.tied = None);
    with("no government of the party needed".into(), &|t| t.government = None);
    with("the party need not be designated".into(), &|t| t.designated = false);
    with("the party need not be on the list of words".into(), &|t| t.list = None);
    out
}
