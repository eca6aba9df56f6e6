//! Acts that were kept apart while the text was read and are one, once all of it is known: a court report that first speaks of a man and then
//! names him, goods that are named once and called supplies elsewhere.

use super::{Gathered, MOST_COMPARED, family, is_state, located, things_meet};
use crate::groups::ANY_GOODS;
use crate::lexicon::Telling;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::{ActKind, PartyType};

/// Joins what is told twice; tells where each act went.
pub(super) fn join(gathered: Vec<Gathered>) -> (Vec<Gathered>, Vec<usize>) {
    let mut out: Vec<Gathered> = Vec::with_capacity(gathered.len());
    let mut place = Vec::with_capacity(gathered.len());
    for act in gathered {
        let from = out.len().saturating_sub(MOST_COMPARED);
        let same = out.get(from..).unwrap_or(&[]).iter().position(|earlier| one(earlier, &act)).map(|at| from + at);
        place.push(same.unwrap_or(out.len()));
        match same.and_then(|at| out.get_mut(at)) {
            Some(earlier) => earlier.absorb(act),
            None => out.push(act),
        }
    }
    (out, place)
}

/// Whether two acts are surely one.
fn one(a: &Gathered, b: &Gathered) -> bool {
    let (x, y) = (&a.act, &b.act);
    let to_come = |g: &Gathered| matches!(g.telling(), Telling::Planned | Telling::Denied | Telling::Hypothetical);
    if to_come(a) != to_come(b) || y.things.iter().any(|t| t.another) || y.also {
        return false;
    }
    if x.when.zip(y.when).is_some_and(|(p, q)| !p.0.meets(q.0)) {
        return false;
    }
    let kinds = family(x.kind) == family(y.kind) || (at_sea(x.kind) && giving(y.kind)) || (giving(x.kind) && at_sea(y.kind));
    let goods = things_meet(&x.things, &y.things);
    if kinds && same_state(&x.receivers, &y.receivers) && same_state(&x.givers, &y.givers) && one_by_words(&x.things, &y.things) {
        return true;
    }
    if kinds && headline_and_lead(a, b) {
        return true;
    }
    kinds && same_state(&x.receivers, &y.receivers) && ((goods && same_doer(a, b)) || (loosely(a, b) && same_state(&x.givers, &y.givers)))
}

/// `US charges man with smuggling military technology to Russia`, and in the first sentence `was charged with smuggling microelectronics to Russia`:
/// what a headline tells the report begins with.
fn headline_and_lead(a: &Gathered, b: &Gathered) -> bool {
    const LEAD: usize = 3;
    const TECHNICAL: [&str; 8] = ["technology", "dual_use", "electronics", "aircraft", "machinery", "arms", "other", "missile"];
    let technical = |list: &[Thing]| list.iter().all(|t| t.generic || TECHNICAL.contains(&t.category.as_str()));
    let givers = a.act.givers.is_empty() || b.act.givers.is_empty() || same_state(&a.act.givers, &b.act.givers) || {
        let (mine, theirs) = (doers(&a.act.givers), doers(&b.act.givers));
        mine.iter().chain(&theirs).all(|w| is_described(w) || only_described(w)) && !mine.is_empty() && !theirs.is_empty()
    };
    a.headed
        && b.act.sentence > a.act.sentence
        && b.act.sentence <= LEAD
        && a.telling() == b.telling()
        && matches!(a.telling(), Telling::Alleged | Telling::Confirmed)
        && givers
        && same_state(&a.act.receivers, &b.act.receivers)
        && technical(&a.act.things)
        && technical(&b.act.things)
}

/// `isopropanol` and `the chemicals`, `a tanker` and `its gasoline`: goods of which the tables know no kind, or what carries the others, may be those
/// told elsewhere.
fn one_by_words(a: &[Thing], b: &[Thing]) -> bool {
    let broad = |t: &Thing| {
        let last = t.words.split_whitespace().last().map(super::stem).unwrap_or_default();
        t.category == "other" && matches!(last.as_str(), "chemical" | "substance" | "compound" | "material" | "product" | "precursor")
    };
    let open = |list: &[Thing]| {
        !list.is_empty() && list.iter().all(|t| t.sort == Sort::Goods && (t.generic || t.category == "vessel" || broad(t)))
    };
    let goods = |list: &[Thing]| list.iter().any(|t| t.sort == Sort::Goods);
    goods(a) && goods(b) && (open(a) || open(b))
}

fn at_sea(kind: ActKind) -> bool {
    kind == ActKind::ShipToShipTransfer
}

fn giving(kind: ActKind) -> bool {
    family(kind) == family(ActKind::Supply)
}

/// Parties of one State, both placed.
fn same_state(a: &[Who], b: &[Who]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.countries.iter().any(|c| y.countries.contains(c)))) && !two_bodies(a, b)
}

/// Two companies, ships or people with names of their own.
fn two_bodies(a: &[Who], b: &[Who]) -> bool {
    a.iter().any(|x| b.iter().any(|y| super::two_names(x, y)))
}

/// Whether who gives may be one: a description and a name, in a case that a court, the police or an office pursues.
fn same_doer(a: &Gathered, b: &Gathered) -> bool {
    let pursued = |g: &Gathered| matches!(g.telling(), Telling::Alleged | Telling::Confirmed | Telling::Attempted);
    let (mine, theirs) = (doers(&a.act.givers), doers(&b.act.givers));
    let described = |list: &[&Who]| !list.is_empty() && list.iter().all(|w| is_described(w));
    let named = |list: &[&Who]| list.iter().any(|w| is_named(w));
    pursued(a) && pursued(b) && ((described(&mine) && named(&theirs)) || (named(&mine) && described(&theirs)))
}

/// Those who give, without the place that the goods are from.
fn doers(givers: &[Who]) -> Vec<&Who> {
    givers.iter().filter(|w| !w.place).collect()
}

/// `a 32-year-old man`, `British firm`, `three people`: words that describe somebody who acts for himself.
fn is_described(who: &Who) -> bool {
    let acts = matches!(who.kind, Some(PartyType::Person | PartyType::Company) | None);
    let last = who.name.split_whitespace().last().unwrap_or_default();
    acts && last.starts_with(|c: char| c.is_lowercase())
}

/// `Freight forwarder`, `51-year-old trader`, `dealer`: no name, whatever the first letter.
pub(super) fn only_described(who: &Who) -> bool {
    let mut words = who.name.split_whitespace();
    let _ = words.next();
    words.all(|w| w.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()))
}

/// A person or company by its name.
fn is_named(who: &Who) -> bool {
    let first = who.name.split_whitespace().next().unwrap_or_default();
    matches!(who.kind, Some(PartyType::Person | PartyType::Company)) && first.starts_with(char::is_uppercase) && !is_described(who)
}

/// `weapons`, and a few sentences on `the supplies`: words so general that they may mean the same.
fn loosely(a: &Gathered, b: &Gathered) -> bool {
    let general = |t: &Thing| {
        let last = t.words.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
        t.generic || (t.category == "other" && ANY_GOODS.contains(last.as_str()))
    };
    let all = |list: &[Thing]| list.iter().all(general);
    let states = |list: &[Who]| list.iter().any(is_state) || located(list);
    let near = b.act.sentence.abs_diff(a.last) <= 4;
    near && (all(&a.act.things) || all(&b.act.things) || at_sea(a.act.kind) || at_sea(b.act.kind))
        && states(&a.act.givers)
        && states(&b.act.givers)
        && (things_meet(&a.act.things, &b.act.things) || all(&a.act.things) || all(&b.act.things))
}
