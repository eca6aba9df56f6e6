//! Whether something that looks like an act is one: what is known of it, and how it was told.

use super::{Gathered, MOST_COMPARED, family, group, located};
use crate::lexicon::{Outcome, Telling};
use crate::what::Sort;
use crate::weights::Trait;
use crate::who::Who;
use model::{ActKind, PartyType};

/// Whether it can be told at all: without somebody placed and something given nobody could judge it.
pub(super) fn possible(gathered: &Gathered) -> bool {
    let act = &gathered.act;
    !matches!(act.kind, ActKind::Other | ActKind::Travel) && !act.things.is_empty() && (located(&act.givers) || located(&act.receivers))
}

/// What speaks for an act and against it.
pub(super) fn traits(gathered: &[Gathered], at: usize) -> Vec<Trait> {
    let this = &gathered[at];
    let act = &this.act;
    let mut out: Vec<Trait> = vec![("always", 1.0)];
    let mut say = |name: &'static str, holds: bool| {
        if holds {
            out.push((name, 1.0));
        }
    };
    say("the rules tell it", super::stands(this));
    say("by a noun", act.noun);
    say("by the build of a sentence", act.shaped);
    say("goods told beside", act.goods_beside);
    match act.outcome {
        Outcome::Planned | Outcome::Demanded => say("to come", true),
        Outcome::Attempted => say("tried", true),
        Outcome::Stopped => say("stopped", true),
        Outcome::Observed => say("observed", true),
        _ => {}
    }
    let telling = this.telling();
    say("alleged", telling == Telling::Alleged);
    say("confirmed", telling == Telling::Confirmed);
    say("planned", telling == Telling::Planned);
    say("attempted", telling == Telling::Attempted);
    say("denied", telling == Telling::Denied);
    say("hypothetical", telling == Telling::Hypothetical);
    for (list, names) in [(&act.givers, GIVER), (&act.receivers, RECEIVER)] {
        let of = |kind: PartyType| list.iter().any(|w| w.kind == Some(kind));
        say(names[0], list.is_empty());
        say(names[1], located(list));
        say(names[2], list.iter().any(|w| w.inferred));
        say(names[3], of(PartyType::Government));
        say(names[4], of(PartyType::Person));
        say(names[5], of(PartyType::Company) || of(PartyType::Bank));
        say(names[6], of(PartyType::Organisation));
        say(names[7], of(PartyType::Vessel));
        say(names[8], list.iter().any(|w| w.place));
        say(names[9], list.iter().any(|w| w.kind.is_none()));
        say(names[11], list.iter().any(|w| crate::claim::enforces(w) || crate::claim::looks_on(w)));
        say(names[10], list.iter().any(|w| !w.inferred && !w.countries.is_empty()));
    }
    say("giver by a pronoun", act.pronouns[0].is_some());
    say("receiver by a pronoun", act.pronouns[1].is_some());
    say("both placed", located(&act.givers) && located(&act.receivers));
    let said = |list: &[Who]| list.iter().any(|w| !w.inferred && !w.countries.is_empty());
    say("both said and placed", said(&act.givers) && said(&act.receivers));
    let home = |w: &Who| act.receivers.iter().any(|r| !r.countries.is_empty() && r.countries.first() == w.countries.first());
    say("within one State", act.givers.iter().any(home));
    say("told twice", this.tellings.len() == 2);
    say("told often", this.tellings.len() > 2);
    say("at the head", this.lead);
    say("dated", act.when.is_some());
    say("valued", act.value.is_some());
    say("by way of", !act.via.is_empty());
    let one = act.things.iter().find(|t| !t.generic).or(act.things.first());
    say("goods in general", act.things.iter().all(|t| t.generic));
    let category = one.map_or("", |t| t.category.as_str());
    say("of no known goods", category == "other");
    say("people", one.is_some_and(|t| t.sort == Sort::People));
    say("money", one.is_some_and(|t| t.sort == Sort::Money) || group(category) == 4);
    say("arms", group(category) == 1);
    say("oil", group(category) == 6);
    say("luxury or vehicles", group(category) == 2);
    say("aid", group(category) == 3);
    say("technology", group(category) == 5);
    say("ships or aircraft", matches!(group(category), 9 | 15));
    say("other goods", matches!(group(category), 8 | 10..=14));
    let kind = act.kind;
    say("a payment", family(kind) == 3);
    say("training", family(kind) == 2);
    say("work", kind == ActKind::Employment);
    say("sale or purchase", matches!(kind, ActKind::Sale | ActKind::Procurement));
    say("at sea", kind == ActKind::ShipToShipTransfer);
    say("a gift", matches!(kind, ActKind::Gift | ActKind::Donation));
    say("a service", matches!(family(kind), 10..) && kind != ActKind::Employment);
    let from = at.saturating_sub(MOST_COMPARED);
    let others = gathered.get(from..(at + MOST_COMPARED).min(gathered.len())).unwrap_or(&[]);
    let beside = || others.iter().enumerate().filter(|(i, _)| from + i != at);
    let meets = |a: &[Who], b: &[Who]| a.iter().any(|x| b.iter().any(|y| x.may_be(y)));
    let alike = |g: &Gathered| g.act.things.iter().any(|x| act.things.iter().any(|y| group(&x.category) == group(&y.category)));
    let pair = |g: &Gathered| meets(&g.act.givers, &act.givers) && meets(&g.act.receivers, &act.receivers);
    say("the same pair before", beside().any(|(i, g)| from + i < at && pair(g)));
    say("the same pair and goods before", beside().any(|(i, g)| from + i < at && pair(g) && alike(g)));
    say("the same pair and goods behind", beside().any(|(i, g)| from + i > at && pair(g) && alike(g)));
    say("like goods and one side elsewhere", beside().any(|(_, g)| !pair(g) && alike(g) && (meets(&g.act.givers, &act.givers) || meets(&g.act.receivers, &act.receivers))));
    say("the other way round", beside().any(|(_, g)| meets(&g.act.givers, &act.receivers) && meets(&g.act.receivers, &act.givers)));
    say("alone", gathered.len() == 1);
    say("among many", gathered.len() > 6);
    let chosen = |list: &[Who]| list.iter().any(|w| w.inferred);
    let (giver, receiver) = this.sure;
    out.push((if chosen(&act.givers) { "chosen giver sure" } else { "giver sure" }, giver));
    out.push((if chosen(&act.receivers) { "chosen receiver sure" } else { "receiver sure" }, receiver));
    out.push(("both sure", giver * receiver));
    out
}

type Names = [&'static str; 12];

const GIVER: Names = [
    "giver absent", "giver placed", "giver by context", "giver a State", "giver a person", "giver a company", "giver a group", "giver a ship",
    "giver a place", "giver of no kind", "giver said and placed", "giver enforces or looks on",
];
const RECEIVER: Names = [
    "receiver absent", "receiver placed", "receiver by context", "receiver a State", "receiver a person", "receiver a company",
    "receiver a group", "receiver a ship", "receiver a place", "receiver of no kind", "receiver said and placed", "receiver enforces or looks on",
];
