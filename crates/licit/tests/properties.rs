//! What must hold for every act, whatever the law says: unknown facts, approvals, designations, dates, order.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod common;

use common::{act_of, cases, ready};
use licit::model::{Approval, Designation, Finding, Mark, Truth, Verdict, VerdictSet};
use licit::{Ask, ReadAct, Rulebook, decide};
use model::{Act, Country, Date, HsRange, Span};
use rulebook::{ExceptionKind, Route};
use std::collections::{BTreeMap, BTreeSet};

fn possible_in(book: &Rulebook, act: &Act) -> (VerdictSet, bool) {
    let act = ready(act.clone());
    let answer = decide(book, &act, &Ask::default());
    (answer.decisions[0].possible, answer.decisions[0].exact)
}

fn possible(act: &Act) -> VerdictSet {
    possible_in(Rulebook::embedded(), act).0
}

/// Acts at the edges of the law, and those of the cases.
fn acts() -> Vec<Act> {
    let mut out = testkit::generate::acts(Rulebook::embedded().law(), 7, 300);
    out.extend(cases().iter().map(|c| act_of(c).act).step_by(5));
    out
}

/// Neither the mildest nor the worst verdict of `after` is milder than before.
fn not_milder(before: VerdictSet, after: VerdictSet) -> bool {
    before.iter().next() <= after.iter().next() && before.worst() <= after.worst()
}

fn day_of(act: &Act) -> Option<Date> {
    act.on.filter(|s| s.first == s.last).map(|s| s.first)
}

#[test]
fn several_verdicts_are_possible_exactly_when_facts_are_missing() {
    for act in acts() {
        let read = ready(act);
        for d in &decide(Rulebook::embedded(), &read, &Ask::default()).decisions {
            assert!(!d.possible.is_empty(), "{}", read.act.id);
            assert_eq!(d.possible.len() > 1, !d.missing.is_empty(), "{}: {:?} {:?}", read.act.id, d.possible, d.missing);
        }
    }
}

#[test]
fn the_quick_pass_never_rules_out_what_the_exact_one_finds() {
    let engine = Rulebook::embedded().engine();
    let (mut compared, mut wider) = (0, 0);
    for act in acts() {
        if day_of(&act).is_none() || act.parties.iter().any(|p| p.designated == Some(true)) {
            continue;
        }
        let out_of_scope = VerdictSet::only(Verdict::OutOfScope);
        let asked = engine.prepare_all(&act).into_iter().filter(|p| engine.regime_of(p).starts_with("un/"));
        let quick = asked.fold(out_of_scope, |all, p| all.worse_of(engine.verdicts(&p)));
        let read = ready(act);
        let answer = decide(Rulebook::embedded(), &read, &Ask::default());
        let d = &answer.decisions[0];
        // A regime that is not encoded adds what this one does not say.
        if d.missing.iter().any(|m| m.fact.starts_with("law.")) {
            continue;
        }
        compared += 1;
        wider += usize::from(quick != d.possible);
        assert!(quick.contains(d.possible), "{}: {quick:?} rules out some of {:?}", read.act.id, d.possible);
    }
    assert!(compared > 300 && wider > 0, "{compared} compared, the quick pass was wider for {wider}");
}

/// The act with one missing fact answered, for the facts that can be answered in one place.
fn answered(act: &Act, fact: &str, yes: bool) -> Option<Act> {
    let mut act = act.clone();
    if let Some(name) = fact.strip_prefix("judgements.") {
        act.judgements.insert(name.to_owned(), Finding { yes, by: "test".into() });
        return Some(act);
    }
    let (item, list) = fact.strip_prefix("items[")?.split_once("].is.")?;
    let item = act.items.get_mut(item.parse::<usize>().ok()?)?;
    item.marks.retain(|m| m.list != list);
    item.marks.push(Mark::said(list, Truth::from(yes)));
    Some(act)
}

/// The act once it is known where a thing comes from or ends up, for the countries that an answer names; for all others one that no law names. That it goes on
/// from a known end no act says.
fn placed(act: &Act, fact: &str, label: &str) -> Vec<Act> {
    if label.starts_with("it goes on") {
        return Vec::new();
    }
    let countries: Vec<&str> =
        if label.starts_with("elsewhere") || label.starts_with("any country") { vec!["ZZ"] } else { label.split('|').collect() };
    let place = |country: &str| {
        let (mut act, country) = (act.clone(), Some(Country::new(country)?));
        match fact.strip_prefix("items[").and_then(|rest| rest.strip_suffix("].origin")) {
            Some(item) => act.items.get_mut(item.parse::<usize>().ok()?)?.origin = country,
            None if fact == "places.destination" => act.destination = country,
            None => return None,
        }
        Some(act)
    };
    countries.into_iter().filter_map(place).collect()
}

#[test]
fn an_answer_leaves_what_was_said_it_would_leave_and_never_more() {
    let (mut told, mut placed_told) = (0, 0);
    for act in acts() {
        let read = ready(act.clone());
        let answer = decide(Rulebook::embedded(), &read, &Ask::default());
        let d = &answer.decisions[0];
        // Under several days or an inexact split the outcomes are bounds, not promises.
        if !d.exact || day_of(&act).is_none() || d.missing.iter().any(|m| m.fact.starts_with("law.")) {
            continue;
        }
        for m in &d.missing {
            let mut left = VerdictSet::EMPTY;
            for (label, set) in &m.outcomes {
                left = left.union(*set);
                // A regime that does not ask may become clearer by the answer too. Who is called listed, no more, is so under the regimes that the act concerns,
                // which hangs on the place.
                for next in placed(&act, &m.fact, label).into_iter().filter(|_| !act.parties.iter().any(|p| p.designated == Some(true))) {
                    assert!(
                        set.contains(possible(&next)),
                        "{}: {} = {label} left {:?} not {set:?} of {:?} {:?}\n{act:?}\n{:?}",
                        act.id,
                        m.fact,
                        possible(&next),
                        d.possible,
                        d.missing,
                        placed(&act, &m.fact, label).len()
                    );
                    placed_told += 1;
                }
                let (Some(next), true) = (answered(&act, &m.fact, label == "yes"), label == "yes" || label == "no") else { continue };
                assert_eq!(possible(&next), *set, "{}: {} = {label}", act.id, m.fact);
                told += 1;
                // To be on a list that is asked for while the code is open too holds, once said, for every code, also for those of other goods.
                let wider = m.fact.contains(".is.") && d.missing.iter().any(|m| m.fact.ends_with(".hs"));
                assert!(wider || d.possible.contains(*set), "{}: {} = {label} added a verdict", act.id, m.fact);
            }
            assert!(
                m.outcomes.is_empty() || m.outcomes.iter().any(|(_, s)| *s != m.outcomes[0].1) || left == d.possible,
                "{}: {}",
                act.id,
                m.fact
            );
        }
    }
    assert!(told > 400 && placed_told > 5, "{told} answers, {placed_told} countries");
}

/// The same under every authority, for acts of which nobody said where they begin and end, but that they pass through all these countries, so that each law reaches them.
#[test]
fn a_country_leaves_what_was_said_it_would_leave_under_every_authority() {
    let jurisdictions = Rulebook::embedded().engine().jurisdictions();
    let ask = |only: &[String]| Ask { jurisdictions: only.to_vec(), ..Ask::default() };
    let nobody_listed = |act: &Act| act.parties.iter().all(|p| p.designated != Some(true));
    let (mut told, mut authorities) = (0, BTreeSet::new());
    for mut act in cases().iter().step_by(7).map(|c| act_of(c).act).filter(|act| day_of(act).is_some() && nobody_listed(act)) {
        (act.origin, act.destination) = (None, None);
        act.transit = ["AU", "CA", "CH", "DE", "GB", "JP", "KR", "NZ", "SG", "US"].into_iter().filter_map(Country::new).collect();
        act.items.iter_mut().for_each(|item| item.origin = None);
        let read = ready(act.clone());
        for d in &decide(Rulebook::embedded(), &read, &ask(&jurisdictions)).decisions {
            // What is only a bound is no promise, and of law that is not written down nothing is promised.
            if !d.exact || d.missing.iter().any(|m| m.fact.starts_with("law.")) {
                continue;
            }
            for (m, (label, set)) in d.missing.iter().flat_map(|m| m.outcomes.iter().map(move |one| (m, one))) {
                for next in placed(&act, &m.fact, label).into_iter().take(3) {
                    let next = ready(next);
                    let left = decide(Rulebook::embedded(), &next, &ask(std::slice::from_ref(&d.jurisdiction))).decisions[0].possible;
                    assert!(set.contains(left), "{} under {}: {} = {label} left {left:?}, not {set:?}", act.id, d.jurisdiction, m.fact);
                    told += 1;
                    authorities.insert(d.jurisdiction.clone());
                }
            }
        }
    }
    assert!(told > 300 && authorities.len() > 5, "{told} countries under {authorities:?}");
}

#[test]
fn an_approval_never_makes_it_worse_and_a_designation_never_milder() {
    let mut lifted = 0;
    for act in acts().into_iter().filter(|a| day_of(a).is_some()) {
        let before = possible(&act);
        let mut approved = act.clone();
        let day = day_of(&act).unwrap();
        approved.approvals.push(Approval {
            authority: "un/1718-committee".into(),
            reference: String::new(),
            on: day,
            until: None,
            covers: Vec::new(),
        });
        for item in &mut approved.items {
            item.covered.push(Truth::True);
        }
        let after = possible(&approved);
        lifted += usize::from(after != before);
        assert!(not_milder(after, before), "{}: {before:?} became {after:?} with an approval", act.id);
        for party in 0..act.parties.len() {
            let mut listed = act.clone();
            // Who is said to be listed without a regime is listed under those that the act concerns, and the designation adds one of these.
            listed.parties.iter_mut().filter(|p| p.designated == Some(true)).for_each(|p| p.designated = None);
            listed.parties[party].designated = None;
            let ((free, exact), mut maybe) = (possible_in(Rulebook::embedded(), &listed), listed.clone());
            let entry =
                |sure| Designation { regime: "un/dprk".into(), who: String::new(), listing: "KPe.999".into(), sure, from: None, to: None };
            listed.parties[party].designations.push(entry(true));
            maybe.parties[party].designations.push(entry(false));
            let (sure, open) = (possible(&listed), possible(&maybe));
            // What is only a bound may hold a severity that was never possible.
            assert!(!exact || not_milder(free, sure), "{}: {free:?} became {sure:?} with a designation", act.id);
            // Settling an unsettled hit leaves a part of what was open.
            if possible_in(Rulebook::embedded(), &maybe).1 {
                assert!(open.contains(sure), "{}: {open:?} does not hold {sure:?}", act.id);
            }
        }
    }
    assert!(lifted > 50, "an approval changed only {lifted} answers");
}

/// The verdicts of acts that were read before, under the law of the United Nations.
fn verdicts(book: &Rulebook, acts: &[ReadAct]) -> Vec<VerdictSet> {
    acts.iter().map(|act| decide(book, act, &Ask::default()).decisions[0].possible).collect()
}

#[test]
fn a_law_with_an_exception_less_is_never_milder_and_with_a_ban_less_never_worse() {
    let some: Vec<ReadAct> = acts().into_iter().filter(|a| day_of(a).is_some()).step_by(4).map(ready).collect();
    let before = verdicts(Rulebook::embedded(), &some);
    let of_the_un = |id: &str| id.starts_with("un/");
    // Only the law that is asked is taken apart: what other authorities say changes nothing and takes long to prepare.
    let mut un = Rulebook::embedded().law().clone();
    un.exceptions.retain(|e| of_the_un(&e.id));
    un.prohibitions.retain(|p| of_the_un(&p.id));
    assert_eq!(
        before,
        verdicts(&Rulebook::embedded().with_law(un.clone()).unwrap(), &some),
        "other authorities' law changes what the UN's says"
    );
    let mut changed = 0;
    for at in (0..un.exceptions.len()).step_by(2) {
        let mut law = un.clone();
        let gone = law.exceptions.remove(at);
        let after = verdicts(&Rulebook::embedded().with_law(law).unwrap(), &some);
        for ((act, old), new) in some.iter().zip(&before).zip(after) {
            changed += usize::from(*old != new);
            assert!(not_milder(*old, new), "{} without {}", act.act.id, gone.id);
        }
    }
    for at in (0..un.prohibitions.len()).step_by(2) {
        let mut law = un.clone();
        let gone = law.prohibitions.remove(at);
        let after = verdicts(&Rulebook::embedded().with_law(law).unwrap(), &some);
        for ((act, old), new) in some.iter().zip(&before).zip(after) {
            changed += usize::from(*old != new);
            assert!(not_milder(new, *old), "{} without {}", act.act.id, gone.id);
        }
    }
    assert!(changed > 50, "what was taken away changed only {changed} answers");
}

#[test]
fn a_power_at_discretion_changes_nothing_without_an_approval() {
    let book = Rulebook::embedded();
    let mut law = book.law().clone();
    law.exceptions.retain(|e| !matches!(&e.kind, ExceptionKind::Derogation { route: Route::Discretionary, .. }));
    assert!(law.exceptions.len() < book.law().exceptions.len());
    let without = book.with_law(law).unwrap();
    for act in acts().into_iter().filter(|a| a.approvals.is_empty()) {
        assert_eq!(possible(&act), possible_in(&without, &act).0, "{}", act.id);
    }
}

#[test]
fn a_day_later_nothing_changes_unless_something_changed_that_day() {
    let law = Rulebook::embedded().law();
    let asked = law.regimes.values().filter(|r| r.jurisdiction == "un");
    let cuts: std::collections::BTreeSet<Date> = asked.flat_map(|r| rulebook::cut_points(law, &r.id)).collect();
    let (mut same, mut other) = (0, 0);
    for act in acts() {
        let Some(day) = day_of(&act) else { continue };
        let Ok(next) = day.tomorrow() else { continue };
        let own = act.approvals.iter().any(|a| a.on == next || a.until == Some(day))
            || act.parties.iter().any(|p| p.designations.iter().any(|d| d.from == Some(next) || d.to == Some(day)));
        let mut later = act.clone();
        later.on = Some(licit::model::Span { first: next, last: next });
        let (before, after) = (possible(&act), possible(&later));
        if cuts.contains(&next) || own {
            other += usize::from(before != after);
        } else if act.on.is_some() && !next_regime(next) {
            same += 1;
            assert_eq!(before, after, "{} on {day} and the day after", act.id);
        }
    }
    assert!(same > 100 && other > 5, "{same} quiet days, {other} changes");
}

/// Regimes that are not encoded begin and end on days of their own.
fn next_regime(day: Date) -> bool {
    Rulebook::embedded()
        .law()
        .regimes
        .values()
        .flat_map(|r| &r.periods)
        .any(|p| p.from == day || p.to.and_then(|d| d.tomorrow().ok()) == Some(day))
}

#[test]
fn a_finer_code_never_opens_what_a_coarser_one_had_settled() {
    let mut narrower = 0;
    for act in acts() {
        for item in 0..act.items.len() {
            for range in act.items[item].hs.clone() {
                let with = |hs: HsRange| {
                    let mut other = act.clone();
                    other.items[item].hs = vec![hs];
                    possible(&other)
                };
                // From its chapter to the code, and from a code of several headings to the first of them.
                let chapter = HsRange { first: range.first / 10_000 * 10_000, last: range.first / 10_000 * 10_000 + 9_999 };
                let heading = HsRange { first: range.first, last: range.first + 99 };
                for (coarser, finer) in
                    [(chapter, range), (range, heading)].into_iter().filter(|(c, f)| c.last - c.first > f.last - f.first)
                {
                    let (before, after) = (with(coarser), with(finer));
                    narrower += usize::from(before != after);
                    assert!(before.contains(after), "{}: {before:?} with {coarser}, {after:?} with {finer}", act.id);
                }
            }
        }
    }
    assert!(narrower > 0, "no finer code settled anything");
}

/// What is told of an act in short under every law, and what that rests on.
fn told(act: &Act) -> Vec<String> {
    let engine = Rulebook::embedded().engine();
    let (decisions, rests) = engine.decide_resting(act, &engine.jurisdictions(), None);
    let told = decisions.iter().map(|d| {
        let provisions: Vec<&str> = d.provisions.iter().map(|p| p.id).collect();
        let missing: Vec<&str> = d.missing.iter().map(|m| m.fact.as_str()).collect();
        format!("{} {:?} {provisions:?} {missing:?}", d.jurisdiction, d.possible)
    });
    told.chain([format!("{rests:?}")]).collect()
}

#[test]
fn countries_of_one_class_are_alike_to_every_law() {
    let engine = Rulebook::embedded().engine();
    let mut changed = 0;
    for act in acts() {
        let mut other = act.clone();
        engine.countries(None).put_stand_ins(&mut other);
        if other != act {
            changed += 1;
            assert_eq!(told(&act), told(&other), "{}: {act:?} and {other:?}", act.id);
        }
    }
    assert!(changed > 500, "only {changed} acts have a country that another stands for");
}

#[test]
fn codes_of_one_class_are_alike_to_every_law() {
    let engine = Rulebook::embedded().engine();
    // The last of the codes looked at that is in each class.
    let code = |first: u32| HsRange { first, last: first };
    let mates: BTreeMap<u32, HsRange> =
        (10_000..1_000_000).step_by(7).filter_map(|c| Some((engine.code_class(code(c))?, code(c)))).collect();
    let mut changed = 0;
    for act in acts() {
        let mate = |range: &HsRange| engine.code_class(*range).and_then(|class| mates.get(&class)).copied().unwrap_or(*range);
        let mut other = act.clone();
        other.items.iter_mut().flat_map(|item| &mut item.hs).for_each(|range| *range = mate(range));
        if other.items == act.items {
            continue;
        }
        changed += 1;
        assert_eq!(told(&act), told(&other), "{}: {:?} and {:?}", act.id, act.items, other.items);
    }
    assert!(changed > 200, "only {changed} acts have a code that another stands for");
}

/// An act without what is not asked to tell which regimes are near it.
fn bare(act: &Act) -> Act {
    let mut bare = act.clone();
    bare.items.iter_mut().for_each(|item| item.marks.clear());
    bare
}

/// What is told of an act by the regimes near it alone, and on which days.
fn told_nearby(act: &Act, near: &[usize]) -> (Vec<String>, (Date, Date)) {
    let engine = Rulebook::embedded().engine();
    let (around, _) = engine.around(&bare(act), &engine.jurisdictions()).unwrap();
    let (decisions, rests) = engine.decide_resting(act, &engine.jurisdictions(), Some((near, &around)));
    (decisions.iter().map(|d| format!("{} {:?} {:?}", d.jurisdiction, d.possible, d.missing)).collect(), rests.days)
}

/// The regimes near an act whatever its goods are, and on which days.
fn nearby(act: &Act) -> Option<(Vec<usize>, (Date, Date))> {
    let engine = Rulebook::embedded().engine();
    let (bare, asked) = (bare(act), engine.jurisdictions());
    let (around, wide) = engine.around(&bare, &asked)?;
    let (near, rests) = engine.near(&bare, &asked, Some(&around))?;
    // No regime is near that is not around, and those that are not say nothing of the days.
    assert_eq!(engine.near(&bare, &asked, None).as_ref(), Some(&(near.clone(), rests)), "{}", act.id);
    assert!(wide.days.0 <= rests.days.0 && rests.days.1 <= wide.days.1, "{}", act.id);
    Some((near, rests.days))
}

#[test]
fn what_is_near_an_act_is_near_on_all_the_days_told() {
    let mut days = 0;
    for act in acts().into_iter().step_by(5) {
        let Some((near, (first, last))) = nearby(&act) else { continue };
        let (told, (from, to)) = told_nearby(&act, &near);
        let ends = [first, last].into_iter().filter(|day| (1990..2030).contains(&day.year()));
        let quarters = (1995..2027).flat_map(|year| [2, 5, 8, 11].map(|month| Date::constant(year, month, 5)));
        let between = quarters.filter(|day| (first..=last).contains(day));
        for day in ends.chain(between) {
            let other = Act { on: Some(Span { first: day, last: day }), ..act.clone() };
            assert_eq!(nearby(&other).map(|(near, _)| near).as_ref(), Some(&near), "{} on {day}, one of {first} to {last}", act.id);
            if (from..=to).contains(&day) {
                assert_eq!(told_nearby(&other, &near).0, told, "{} on {day}", act.id);
            }
            days += 1;
        }
    }
    assert!(days > 5_000, "only {days} days");
}

#[test]
fn countries_that_nothing_near_tells_apart_are_alike() {
    let engine = Rulebook::embedded().engine();
    let mut changed = 0;
    for act in acts().into_iter().step_by(3) {
        let Some((near, _)) = nearby(&act) else { continue };
        let (mut other, mut alike_to_all) = (act.clone(), act.clone());
        engine.countries(Some(&near)).put_stand_ins(&mut other);
        engine.countries(None).put_stand_ins(&mut alike_to_all);
        changed += usize::from(other != alike_to_all);
        let [told, of_other] = [&act, &other].map(|act| told_nearby(act, &near).0);
        assert_eq!(told, of_other, "{}: {act:?} and {other:?}", act.id);
    }
    assert!(changed > 300, "only {changed} acts have a country that another stands for under the regimes near them alone");
}

#[test]
fn codes_that_nothing_near_tells_apart_are_alike() {
    let engine = Rulebook::embedded().engine();
    let code = |first: u32| HsRange { first, last: first };
    let class = |near: &[usize], code: HsRange| {
        let mut out = Vec::new();
        engine.put_code_class(Some(near), code, &mut out);
        out
    };
    let mut changed = 0;
    for act in acts().into_iter().step_by(5) {
        let Some((near, _)) = nearby(&act).filter(|_| act.items.iter().any(|item| !item.hs.is_empty())) else { continue };
        let mates: BTreeMap<Vec<u8>, HsRange> = (10_000..1_000_000).step_by(997).map(|c| (class(&near, code(c)), code(c))).collect();
        let mut other = act.clone();
        for range in other.items.iter_mut().flat_map(|item| &mut item.hs) {
            let mate = mates.get(&class(&near, *range)).copied().unwrap_or(*range);
            changed += usize::from(engine.code_class(mate) != engine.code_class(*range));
            *range = mate;
        }
        assert_eq!(told_nearby(&act, &near), told_nearby(&other, &near), "{}: {:?} and {:?}", act.id, act.items, other.items);
    }
    assert!(changed > 100, "only {changed} codes have another that only the regimes near an act take for the same");
}

#[test]
fn the_order_of_parties_items_and_law_files_does_not_matter() {
    for act in acts() {
        let mut turned = act.clone();
        turned.parties.reverse();
        turned.items.reverse();
        assert_eq!(possible(&act), possible(&turned), "{}", act.id);
    }
    let folder = common::root().join("law");
    let mut files = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(next).unwrap().map(|e| e.unwrap().path()) {
            match path.extension().and_then(|e| e.to_str()) {
                None => folders.push(path),
                Some("md" | "csv") if !path.ends_with("CONTRIBUTING.md") => {
                    let name = format!("law/{}", path.strip_prefix(&folder).unwrap().display());
                    files.push(rulebook::SourceFile { name, text: std::fs::read_to_string(&path).unwrap() });
                }
                Some(_) => {}
            }
        }
    }
    files.sort_by(|a, b| b.name.cmp(&a.name));
    let turned = Rulebook::read(&files).unwrap();
    assert_eq!(turned.law().hash, Rulebook::embedded().law().hash);
    for act in acts().into_iter().step_by(4) {
        assert_eq!(possible(&act), possible_in(&turned, &act).0, "{}", act.id);
    }
}

#[test]
fn a_rule_and_its_successor_never_both_decide() {
    let law = Rulebook::embedded().law();
    let pairs: Vec<(&str, &str)> =
        law.prohibitions.iter().flat_map(|p| p.supersedes.iter().map(|old| (old.as_str(), p.id.as_str()))).collect();
    assert!(pairs.len() >= 4, "{pairs:?}");
    for act in acts() {
        let read = ready(act);
        for d in &decide(Rulebook::embedded(), &read, &Ask::default()).decisions {
            let named = |id: &str| d.provisions.iter().any(|p| p.id == id);
            assert!(pairs.iter().all(|(old, new)| !(named(old) && named(new))), "{}", read.act.id);
        }
    }
}

#[test]
fn the_same_act_gives_the_same_bytes() {
    for act in acts().into_iter().step_by(7) {
        let read: ReadAct = ready(act);
        let once = decide(Rulebook::embedded(), &read, &Ask::default()).json(false);
        assert_eq!(once, decide(Rulebook::embedded(), &read.clone(), &Ask::default()).json(false));
    }
}

#[test]
fn units_do_not_change_the_answer_and_halves_cannot_hide_from_a_cap() {
    let diesel = |quantity: &str, total: u32| {
        let act = serde_json::json!({
            "kind": "sale", "on": "2018-06-01",
            "parties": [{"role": "seller", "name": "a refinery", "nationality": "CN", "type": "company", "designated": false},
                        {"role": "buyer", "name": "a firm", "nationality": "KP", "type": "company", "designated": false}],
            "items": [{"hs": "271019", "description": "diesel", "quantity": quantity, "is_not": ["un/2270/aviation-fuel", "un/dprk/wmd-items", "un/dprk/luxury-open"]}],
            "places": {"origin": "CN", "destination": "KP"},
            "judgements": {"notified-to-committee-every-30-days": "yes", "exclusively-livelihood": "yes", "listed-or-associated-party": "no"},
            "counters": {"un/dprk/refined-petroleum-reported": {"at_least": total, "at_most": total, "unit": "barrel"}}
        });
        possible(&common::read(&act).act).word()
    };
    assert_eq!(diesel("100000 barrel", 400_000), "permitted");
    assert_eq!(diesel("100001 barrel", 400_000), "prohibited");
    assert_eq!(diesel("15898700 l", 400_000), "permitted");
    assert_eq!(diesel("15898.9 m3", 400_000), "prohibited");
    // The whole exceeds the cap: the first half fits, the second does not once the total has moved.
    assert_eq!(diesel("200000 barrel", 400_000), "prohibited");
    assert_eq!(diesel("100000 barrel", 500_000), "prohibited");
}
