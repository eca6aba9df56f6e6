//! Checks that need the whole book: dangling names, cycles, gaps, and which way presumptions and approvals may point.

use crate::condition::{Condition, ItemTest, walk};
use crate::{Effect, Problem, Route, Rulebook, blocks::ExceptionKind};
use model::nearest;
use std::collections::{BTreeMap, BTreeSet};

/// The closed words of `binds`.
pub(crate) const BEARERS: [&str; 12] =
    ["giver", "receiver", "broker", "transit", "flag", "carrier", "dprk", "place", "financier", "employer", "destination", "persons"];

pub(crate) fn all(book: &Rulebook, problems: &mut Vec<Problem>) {
    let mut tell = |place: &(String, usize), message: String, help: Option<&str>| {
        problems.push(Problem { file: place.0.clone(), line: place.1, message, help: help.map(str::to_owned) });
    };
    let provisions: BTreeSet<&str> =
        book.prohibitions.iter().map(|p| p.id.as_str()).chain(book.exceptions.iter().map(|e| e.id.as_str())).collect();

    for p in &book.prohibitions {
        if let Some(when) = &p.when {
            names(book, when, &p.place, &mut tell);
        }
        if !p.reach.is_empty() && !book.reaches.contains_key(&p.reach) {
            tell(&p.place, format!("unknown reach `{}`", p.reach), nearest(&p.reach, book.reaches.keys().map(String::as_str)));
        }
        for old in &p.supersedes {
            match book.prohibition(old) {
                None => tell(&p.place, format!("`supersedes` names no provision: `{old}`"), nearest(old, provisions.iter().copied())),
                Some(old) => {
                    let starts = p.periods.iter().map(|t| t.from).min();
                    if starts.is_some_and(|day| old.in_force(day)) {
                        tell(&p.place, format!("`{}` is superseded but still in force with `{}`", old.id, p.id), None);
                    }
                }
            }
        }
        if !p.regime.is_empty() && !book.regimes.contains_key(&p.regime) {
            tell(&p.place, format!("unknown regime `{}`", p.regime), nearest(&p.regime, book.regimes.keys().map(String::as_str)));
        }
    }
    let grown = expansions(book);
    for (id, message) in &grown {
        if let Some(d) = book.definitions.get(*id) {
            tell(&d.place, message.clone(), None);
        }
    }
    if !grown.is_empty() {
        // What follows writes definitions out.
        return;
    }
    for p in &book.prohibitions {
        let Some(when) = &p.when else { continue };
        if turned(book, when, true, 0, &designation) {
            tell(&p.place, "here a designation would make an act freer; it may only ever catch".into(), None);
        }
        if turned(book, when, true, 0, &presumed_off(book)) {
            tell(&p.place, SILENCE_FREES.into(), None);
        }
    }
    for e in &book.exceptions {
        let lifts_a_rule = e.defeats.iter().any(|d| book.exception(d).is_none());
        if turned(book, &e.when, !lifts_a_rule, 0, &designation) {
            tell(&e.place, "here a designation would lift something; it may only ever catch, or stop an exception".into(), None);
        }
        if turned(book, &e.when, !lifts_a_rule, 0, &presumed_off(book)) {
            tell(&e.place, SILENCE_FREES.into(), None);
        }
        names(book, &e.when, &e.place, &mut tell);
        for d in &e.defeats {
            let known = match d.strip_prefix("regime:") {
                Some(regime) => book.regimes.contains_key(regime),
                None => provisions.contains(d.as_str()) && *d != e.id,
            };
            if !known {
                tell(&e.place, format!("`defeats` names nothing that can be lifted: `{d}`"), nearest(d, provisions.iter().copied()));
            }
        }
        if let ExceptionKind::Derogation { route: Route::Specific, .. } = &e.kind
            && e.defeats.iter().any(|d| d.starts_with("regime:"))
        {
            tell(&e.place, "a power over a whole regime is discretionary, not specific".into(), None);
        }
        if defeats_itself(book, &e.id, &e.id, 0) {
            tell(&e.place, format!("`{}` is lifted by what it lifts", e.id), None);
        }
    }
    for d in book.definitions.values() {
        names(book, &d.when, &d.place, &mut tell);
    }
    for r in book.regimes.values() {
        names(book, &r.when, &r.place, &mut tell);
    }
    for r in book.reaches.values() {
        if r.binds.iter().any(|b| b == "persons") != r.of.is_some() {
            tell(&r.place, format!("`{}` needs `of`, whose persons are bound, where it binds `persons`, and only there", r.id), None);
        }
        for b in r.binds.iter().filter(|b| !BEARERS.contains(&b.as_str())) {
            tell(&r.place, format!("unknown bearer `{b}` in `{}`", r.id), nearest(b, BEARERS));
        }
    }
    for p in book.purposes.values().filter(|p| !book.judgements.contains_key(&p.judgement)) {
        tell(&p.place, format!("purpose `{}` needs the judgement `{}`", p.id, p.judgement), None);
    }
    for p in &book.prohibitions {
        if let Effect::Conflicts(with) = &p.effect {
            for id in with.iter().filter(|id| !book.regimes.contains_key(*id) && !provisions.contains(id.as_str())) {
                tell(
                    &p.place,
                    format!("`with` names no regime and no provision: `{id}`"),
                    nearest(id, book.regimes.keys().map(String::as_str)),
                );
            }
        }
    }
    let others =
        book.lists.keys().chain(book.definitions.keys()).chain(book.parameters.keys()).chain(book.contests.keys()).map(String::as_str);
    let known: BTreeSet<&str> = provisions.iter().copied().chain(others).collect();
    for (id, place) in book.mentions.iter().filter(|(id, _)| !known.contains(id.as_str())) {
        tell(place, format!("`by` names nothing that is encoded: `{id}`"), nearest(id, known.iter().copied()));
    }
    unsourced(book, &mut tell);
    for i in &book.instruments {
        let mine: Vec<_> = book.paragraphs.iter().filter(|p| p.instrument == i.id).collect();
        let place = (i.file.clone(), 1);
        for number in 1..=i.paragraphs.unwrap_or(0) {
            if !mine.iter().any(|p| p.span.0 <= number && number <= p.span.1) {
                tell(&place, format!("paragraph ¶{number} of {} has no heading", i.symbol), None);
            }
        }
        let mut seen = BTreeSet::new();
        for p in mine.iter().filter(|p| !seen.insert(&p.number)) {
            tell(&p.place, format!("paragraph ¶{} stands here twice", p.number), None);
        }
    }
}

/// What is said to be verified names where, unless the instrument itself was read.
fn unsourced(book: &Rulebook, tell: &mut impl FnMut(&(String, usize), String, Option<&str>)) {
    let rules = book.prohibitions.iter().map(|p| (&p.id, p.verified, &p.source, &p.place));
    let exceptions = book.exceptions.iter().map(|e| (&e.id, e.verified, &e.source, &e.place));
    for (id, verified, source, place) in rules.chain(exceptions) {
        let own = book.instrument_of(id).filter(|i| source.as_deref() == Some(i.source.as_str()));
        if verified && own.is_some_and(|i| !i.verified) {
            tell(place, format!("`{id}` is verified, but neither it nor its instrument says where it was read"), None);
        }
    }
}

fn names(book: &Rulebook, when: &Condition, place: &(String, usize), tell: &mut impl FnMut(&(String, usize), String, Option<&str>)) {
    walk(when, &mut |c| {
        let (what, name, known): (&str, &String, Vec<&str>) = match c {
            Condition::Defined(id) => ("definition", id, book.definitions.keys().map(String::as_str).collect()),
            Condition::Judgement { name, .. } => ("judgement", name, book.judgements.keys().map(String::as_str).collect()),
            Condition::Purpose(id) => ("purpose", id, book.purposes.keys().map(String::as_str).collect()),
            Condition::Within { limit, .. } => ("parameter", limit, book.parameters.keys().map(String::as_str).collect()),
            Condition::Item(ItemTest::List(id)) => ("list", id, book.lists.keys().map(String::as_str).collect()),
            Condition::Party(test) => match &test.list {
                Some(id) => ("list", id, book.lists.keys().map(String::as_str).collect()),
                None => return,
            },
            _ => return,
        };
        if !known.contains(&name.as_str()) {
            tell(place, format!("unknown {what} `{name}`"), nearest(name, known.iter().copied()));
        }
    });
}

/// A leaf that must not stand where it points: true for a leaf and whether its truth catches there.
type Leaf<'a> = dyn Fn(&Condition, bool) -> bool + 'a;

/// Whether a leaf stands in a condition where it points the wrong way. `catches`: whether the truth of the condition makes an act less free.
fn turned(book: &Rulebook, when: &Condition, catches: bool, depth: usize, wrong: &Leaf<'_>) -> bool {
    match when {
        Condition::Not(inner) => turned(book, inner, !catches, depth, wrong),
        Condition::All(list) | Condition::Any(list) => list.iter().any(|c| turned(book, c, catches, depth, wrong)),
        Condition::Defined(id) if depth < 16 => book.definitions.get(id).is_some_and(|d| turned(book, &d.when, catches, depth + 1, wrong)),
        leaf => wrong(leaf, catches),
    }
}

/// Being designated where it would push the condition towards false where it catches, towards true where it lifts. That it cannot makes “adding a
/// designation never lowers a verdict” hold for every rulebook, not only for the tested one.
fn designation(leaf: &Condition, catches: bool) -> bool {
    matches!(leaf, Condition::Party(test) if test.designated && !catches)
}

const SILENCE_FREES: &str = "here a list with `presume = \"no\"` would let go what nobody describes; its words may only ever lift";

/// A list that is presumed `no` where being on it catches.
fn presumed_off(book: &Rulebook) -> impl Fn(&Condition, bool) -> bool + '_ {
    let presumed = |id: &String| book.lists.get(id).is_some_and(|l| l.presumed_no);
    move |leaf, catches| {
        catches
            && match leaf {
                Condition::Item(ItemTest::List(id)) => presumed(id),
                Condition::Party(test) => test.list.as_ref().is_some_and(presumed),
                _ => false,
            }
    }
}

fn defeats_itself(book: &Rulebook, start: &str, at: &str, depth: usize) -> bool {
    if depth > 16 {
        return true;
    }
    book.exception(at)
        .is_some_and(|e| e.defeats.iter().any(|d| d == start || (book.exception(d).is_some() && defeats_itself(book, start, d, depth + 1))))
}

/// Most leaf conditions that a definition may stand for when it is written out.
const MOST_LEAVES: u64 = 5_000;

/// Problems of definitions that stand for themselves or for too much. Found with one visit to each definition.
fn expansions(book: &Rulebook) -> Vec<(&str, String)> {
    let mut sizes: BTreeMap<&str, Option<u64>> = BTreeMap::new();
    let mut out = Vec::new();
    for id in book.definitions.keys() {
        match expanded(book, id, &mut sizes, 0) {
            None => out.push((id.as_str(), format!("`{id}` is defined by itself"))),
            Some(n) if n > MOST_LEAVES => out.push((id.as_str(), format!("`{id}` stands for {n} conditions, more than {MOST_LEAVES}"))),
            Some(_) => {}
        }
    }
    out
}

/// The number of leaves of a definition written out; `None` while it is being counted, which is a circle.
fn expanded<'a>(book: &'a Rulebook, id: &'a str, sizes: &mut BTreeMap<&'a str, Option<u64>>, depth: usize) -> Option<u64> {
    const MOST_DEPTH: usize = 64;
    if let Some(known) = sizes.get(id) {
        return *known;
    }
    let Some(definition) = book.definitions.get(id) else { return Some(1) };
    if depth > MOST_DEPTH {
        return Some(u64::MAX);
    }
    sizes.insert(id, None);
    let (mut total, mut circle) = (0u64, false);
    walk(&definition.when, &mut |c| match c {
        Condition::Defined(inner) => match expanded(book, inner, sizes, depth + 1) {
            Some(n) => total = total.saturating_add(n),
            None => circle = true,
        },
        _ => total = total.saturating_add(1),
    });
    let size = (!circle).then_some(total);
    sizes.insert(id, size);
    size
}
