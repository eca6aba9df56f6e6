//! Whether something that looks like an act is one: what is known of it, and how it was told.

use super::{Gathered, located};
use crate::lexicon::{Outcome, Telling};
use crate::weights::Trait;
use crate::who::Who;
use model::ActKind;

/// Whether it can be told at all: without somebody placed and something given nobody could judge it.
pub(super) fn possible(gathered: &Gathered) -> bool {
    let act = &gathered.act;
    // People at work of whom nobody knows whence they come, or where they work, are told by every report: only of the North's is the host of no matter.
    let abroad =
        located(&act.givers) && (located(&act.receivers) || act.givers.iter().any(|w| w.countries.iter().any(|c| c.code() == "KP")));
    let at_home = act.kind == ActKind::Employment && (!abroad || act.receivers.iter().any(|w| w.media));
    // `preparing to admit visitors`: from nowhere, and nobody came.
    let nobody = act.kind == ActKind::Tourism && gathered.telling() == Telling::Planned && !located(&act.givers);
    // `seized the tanker off the cape`: the ship itself, of which nobody is told who would have got it.
    let ship =
        act.outcome == Outcome::Stopped && act.things.iter().all(|t| t.category == "vessel") && act.receivers.iter().all(|w| w.inferred);
    // `a ship registered in Fuzhou`: where it is at home, and no flag that anybody gets.
    let flag = act.kind == ActKind::Flagging && act.receivers.iter().all(|w| w.inferred);
    !at_home
        && !nobody
        && !ship
        && !flag
        && !matches!(act.kind, ActKind::Other | ActKind::Travel)
        && !act.things.is_empty()
        && (located(&act.givers) || located(&act.receivers))
}

/// How many acts a report tells of which each may be less than an act.
const MANY: usize = 6;

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
    for (list, names) in [(&act.givers, GIVER), (&act.receivers, RECEIVER)] {
        say(names[0], list.is_empty());
        say(names[1], located(list));
        // Who is told in the act's own words, and only placed by what stands around, is not taken from there.
        let here = |w: &Who| act.span.0 <= w.span.0 && w.span.1 <= act.span.1;
        say(names[2], list.iter().any(|w| w.inferred && !here(w)));
        say(names[3], list.iter().any(|w| !w.inferred && !w.countries.is_empty()));
        say(names[4], list.iter().any(|w| crate::claim::enforces(w) || crate::claim::looks_on(w)));
    }
    say("giver by a pronoun", act.pronouns[0]);
    say("receiver by a pronoun", act.pronouns[1]);
    say("both placed", located(&act.givers) && located(&act.receivers));
    let said = |list: &[Who]| list.iter().any(|w| !w.inferred && !w.countries.is_empty());
    say("both said and placed", said(&act.givers) && said(&act.receivers));
    let home = |w: &Who| act.receivers.iter().any(|r| !r.countries.is_empty() && r.countries.first() == w.countries.first());
    // `The North shipped cars from the Emirates to its capital`: one of two is elsewhere.
    say("within one State", located(&act.givers) && act.givers.iter().all(|w| w.countries.is_empty() || home(w)));
    say("told twice", this.tellings.len() == 2);
    say("told often", this.tellings.len() > 2);
    say("at the head", this.lead);
    let one = act.things.iter().find(|t| !t.generic).or(act.things.first());
    say("goods in general", act.things.iter().all(|t| t.generic));
    say("of no known goods", one.is_some_and(|t| t.category == "other"));
    say("alone", gathered.len() == 1);
    // What one verb tells of several is one telling.
    let apart = gathered.iter().enumerate().filter(|(i, g)| *i == 0 || gathered[i - 1].act.trigger != g.act.trigger);
    say("among many", apart.take(MANY + 1).count() > MANY);
    let chosen = |list: &[Who]| list.iter().any(|w| w.inferred);
    let (giver, receiver) = this.sure;
    out.push((if chosen(&act.givers) { "chosen giver sure" } else { "giver sure" }, giver));
    out.push((if chosen(&act.receivers) { "chosen receiver sure" } else { "receiver sure" }, receiver));
    out.push(("both sure", giver * receiver));
    out
}

type Names = [&'static str; 5];

const GIVER: Names = ["giver absent", "giver placed", "giver by context", "giver said and placed", "giver enforces or looks on"];
const RECEIVER: Names =
    ["receiver absent", "receiver placed", "receiver by context", "receiver said and placed", "receiver enforces or looks on"];
