//! Tests of this module.

use super::*;
use crate::tiny::{book, found, sale, sale_of};
use jiff::civil::date;
use model::{Approval, Area, Country, HsRange, Item, Kinds, Mark, Money, Quantity, Span, Tally, Unit, parse_hs};
use rulebook::ItemTest;

fn words(act: &Act) -> Vec<&'static str> {
    verdicts(&book(), act, "un").map_or(vec!["gave up"], |set| set.iter().map(Verdict::word).collect())
}

fn on(mut act: Act, first: Date, last: Date) -> Act {
    act.on = Some(Span { first, last });
    act
}

#[test]
fn one_world_has_one_verdict() {
    // 8703 is forbidden; the committee may allow it; a safe part is free.
    let car = || found(sale_of("8703"), "safe", false);
    assert_eq!(words(&car()), ["needs_authorisation"]);
    assert_eq!(words(&found(car(), "bad", true)), ["prohibited"]);
    assert_eq!(words(&found(car(), "safe", true)), ["permitted"]);
    assert_eq!(words(&on(car(), date(2015, 1, 1), date(2015, 1, 1))), ["permitted"]);
    assert_eq!(words(&on(car(), date(2011, 12, 31), date(2011, 12, 31))), ["permitted"]);
    assert_eq!(words(&on(car(), date(2014, 12, 31), date(2015, 1, 1))), ["permitted", "needs_authorisation"]);
    assert_eq!(words(&sale_of("3102")), ["permitted"]);
    let mut away = car();
    away.parties[1].nationality = Country::new("MN").into_iter().collect();
    away.destination = Country::new("MN");
    assert_eq!(words(&away), ["out_of_scope"]);
}

#[test]
fn an_approval_lifts_while_it_lasts_and_for_what_it_covers() {
    let mut act = found(found(sale_of("8703"), "safe", false), "bad", true);
    let approval = |covers: Vec<String>| Approval {
        authority: "un/1-committee".into(),
        reference: String::new(),
        on: date(2013, 1, 1),
        until: Some(date(2013, 6, 1)),
        covers,
    };
    act.approvals.push(approval(Vec::new()));
    // Of the two routes only the general one fits, and any approval lifts.
    assert_eq!(words(&act), ["permitted"]);
    assert_eq!(words(&on(act.clone(), date(2013, 6, 1), date(2013, 6, 2))), ["permitted", "prohibited"]);
    act.approvals = vec![approval(vec!["cars".into()])];
    act.items[0].covered = vec![Truth::Unknown];
    assert_eq!(words(&act), ["permitted", "prohibited"]);
    act.items[0].covered = vec![Truth::False];
    assert_eq!(words(&act), ["prohibited"]);
}

#[test]
fn what_nobody_said_is_tried_both_ways() {
    assert_eq!(words(&sale_of("8703")), ["permitted", "needs_authorisation"]);
    // 8702 is free and 8703 is not: the chapter decides nothing, and the finding is another fact.
    assert_eq!(words(&found(sale_of("87"), "safe", false)), ["permitted", "needs_authorisation"]);
    let mut open = found(sale_of("8703"), "safe", false);
    open.kind = Kinds::ANY;
    assert_eq!(words(&open), ["permitted", "needs_authorisation"]);
    // A product of ranges is one set: 84 to 85 and nothing else.
    assert_eq!(words(&found(sale_of("84-85"), "safe", false)), ["needs_authorisation"]);
}

#[test]
fn items_share_what_belongs_to_the_act() {
    // Two cars rest on the same finding, so both are free or neither.
    let mut act = found(sale_of("8703"), "bad", true);
    let second = act.items[0].clone();
    act.items.push(second);
    assert_eq!(words(&act), ["permitted", "prohibited"]);
    // The worst item decides.
    let mut act = found(sale_of("3102"), "safe", false);
    act.items.push(Item { hs: parse_hs("8703").into_iter().collect(), identified: true, ..Item::default() });
    assert_eq!(words(&act), ["needs_authorisation"]);
}

#[test]
fn lists_are_read_row_by_row() {
    let bad = |act: Act| words(&found(act, "safe", false));
    assert_eq!(bad(sale_of("9101")), ["prohibited"]);
    assert_eq!(bad(sale_of("9102")), ["permitted", "prohibited"]);
    // The row for other watches counts from 2013 only.
    assert_eq!(bad(on(sale_of("9102"), date(2012, 12, 31), date(2012, 12, 31))), ["permitted"]);
    let marked = |truth| {
        let mut act = sale_of("9102");
        act.items[0].marks.push(Mark::said("un/tiny/luxury", truth));
        act
    };
    assert_eq!(bad(marked(Truth::True)), ["prohibited"]);
    assert_eq!(bad(marked(Truth::False)), ["permitted"]);
    let rug = |amount: f64, count: Option<f64>| {
        let mut act = sale_of("5701");
        act.items[0].value = Some(Money { amount, currency: "USD".into(), elsewhere: Vec::new() });
        act.items[0].quantity = count.map(|amount| Quantity { amount, unit: Unit::Item });
        act
    };
    assert_eq!(bad(rug(501.0, Some(1.0))), ["prohibited"]);
    assert_eq!(bad(rug(500.0, Some(1.0))), ["permitted"]);
    assert_eq!(bad(rug(500.0, None)), ["permitted"]);
    assert_eq!(bad(rug(501.0, None)), ["permitted", "prohibited"]);
    assert_eq!(bad(rug(5010.0, Some(10.0))), ["prohibited"]);
    assert_eq!(bad(sale_of("5701")), ["permitted", "prohibited"]);
}

#[test]
fn a_service_has_none_of_a_lists_codes() {
    let mut act = found(sale(), "safe", false);
    act.items[0].hs.clear();
    // The ban on machines asks for the code itself, so it stays open; the list does not.
    assert_eq!(words(&act), ["permitted", "needs_authorisation"]);
    act.items[0].identified = false;
    assert_eq!(words(&act), ["permitted", "needs_authorisation", "prohibited"]);
}

#[test]
fn goods_may_go_on_to_a_receiver_elsewhere() {
    let Some(kp) = Country::new("KP") else { return };
    let to = |act: &Act| leaf(&book(), act, 0, date(2013, 6, 1), "un/tiny", &Condition::To(Area::One(kp)));
    let kp_buyer = |located: Option<Country>, kind| {
        let mut act = sale();
        act.destination = Country::new("CN");
        act.parties[1].located_in = located;
        act.parties[1].kind = kind;
        act
    };
    use model::PartyType::{Company, Government};
    assert_eq!(to(&sale()), Truth::True);
    assert_eq!(to(&kp_buyer(None, Some(Company))), Truth::Unknown);
    assert_eq!(to(&kp_buyer(Country::new("KP"), None)), Truth::True);
    assert_eq!(to(&kp_buyer(Country::new("CN"), Some(Company))), Truth::False);
    assert_eq!(to(&kp_buyer(Country::new("CN"), Some(Government))), Truth::Unknown);
    assert_eq!(to(&kp_buyer(Country::new("RU"), None)), Truth::Unknown);
    let mut stays = kp_buyer(None, None);
    stays.kind = Kinds::only(model::ActKind::Payment);
    assert_eq!(to(&stays), Truth::False);
    stays.destination = None;
    assert_eq!(to(&stays), Truth::True);
    stays.parties.clear();
    assert_eq!(to(&stays), Truth::False);
}

#[test]
fn a_cap_counts_own_and_reported_amounts() {
    let coal = |tonnes: f64| {
        let mut act = sale_of("2701");
        (act.origin, act.destination) = (Country::new("KP"), Country::new("CN"));
        act.parties.swap(0, 1);
        act.parties[0].role = Some(model::Role::Supplier);
        act.parties[1].role = Some(model::Role::Recipient);
        act.items[0].quantity = Some(Quantity { amount: tonnes, unit: Unit::Tonne });
        act.contract_date = Some(Span { first: date(2012, 1, 1), last: date(2012, 1, 1) });
        act
    };
    let used = |act: &Act, least: f64, most: Option<f64>| {
        let mut act = act.clone();
        act.counters.insert("coal".into(), Tally { at_least: least, at_most: most, unit: "t".into() });
        act
    };
    assert_eq!(words(&coal(21.0)), ["prohibited"]);
    assert_eq!(words(&coal(20.0)), ["permitted", "prohibited"]);
    assert_eq!(words(&found(coal(20.0), "capped", true)), ["permitted"]);
    assert_eq!(words(&used(&coal(5.0), 15.0, Some(15.0))), ["permitted"]);
    assert_eq!(words(&used(&coal(5.0), 15.1, None)), ["prohibited"]);
    assert_eq!(words(&used(&coal(5.0), 1.0, None)), ["permitted", "prohibited"]);
    assert_eq!(words(&on(coal(11.0), date(2012, 12, 31), date(2012, 12, 31))), ["prohibited"]);
    let mut old = coal(21.0);
    old.contract_date = Some(Span { first: date(2011, 5, 1), last: date(2011, 5, 31) });
    assert_eq!(words(&old), ["permitted"]);
    old.contract_date = Some(Span { first: date(2011, 5, 1), last: date(2011, 6, 1) });
    assert_eq!(words(&old), ["permitted", "prohibited"]);
}

#[test]
fn the_shortcut_changes_nothing() {
    let book = book();
    let mut acts = vec![sale_of("8703"), sale_of("9102"), sale_of("87"), found(sale_of("91"), "bad", true)];
    let mut vague = sale();
    vague.items = vec![Item::default()];
    vague.parties[0].kind = None;
    acts.push(vague.clone());
    vague.destination = None;
    vague.parties[1] = model::Party::default();
    acts.push(vague);
    for act in crate::generate::acts(&book, 3, 300).iter().chain(&acts) {
        let day = act.on.map_or(date(2013, 6, 1), |span| span.first);
        let all = |shortcut| {
            let mut search = Search { book: &book, act, found: VerdictSet::EMPTY, left: 100_000, shortcut };
            search.day(day, "un").map(|()| search.found)
        };
        assert!(all(false).is_some());
        assert_eq!(all(true), all(false), "{act:?}");
    }
}

#[test]
fn too_many_worlds_are_given_up() {
    let mut act = sale();
    act.items = vec![Item::default()];
    assert_eq!(verdicts_within(&book(), &act, "un", 1), None);
    assert!(verdicts(&book(), &act, "un").is_some());
}

#[test]
fn a_condition_is_seen_without_assumptions() {
    let (book, act) = (book(), sale_of("84"));
    let see = |c: &Condition| leaf(&book, &act, 0, date(2013, 1, 1), "un/tiny", c);
    let hs = |list: &[&str]| Condition::Item(ItemTest::Hs(list.iter().map(|c| parse_hs(c).unwrap_or(HsRange::ANY)).collect()));
    assert_eq!(see(&hs(&["84"])), Truth::True);
    assert_eq!(see(&hs(&["8401"])), Truth::Unknown);
    // Two halves do not make the whole as long as nobody splits the code.
    assert_eq!(see(&hs(&["8400-8449", "8450-8499"])), Truth::Unknown);
    assert_eq!(see(&Condition::Not(Box::new(hs(&["27"])))), Truth::True);
    assert_eq!(see(&Condition::ContractBefore(date(2013, 1, 1))), Truth::Unknown);
    assert_eq!(approved(&book, &act, 0, date(2013, 1, 1), "un/1-committee"), Truth::False);
}
