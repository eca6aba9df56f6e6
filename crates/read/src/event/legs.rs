//! Acts that are one journey told by two verbs, and one verb that tells several acts.

use super::{Event, located};
use crate::who::Who;
use model::{ActKind, Country};

/// Joins the second leg of a journey to the act before it; gives the act back where it stands alone.
pub(super) fn join(text: &str, out: &mut [Event], event: Event) -> Option<Event> {
    let event = two_verbs(out, event)?;
    let event = from_there(text, out, event)?;
    // `to Iran at the request of a firm that had ordered them`: who orders is no further leg.
    if !event.again || matches!(event.kind, ActKind::Procurement | ActKind::Import) && event.outcome == crate::lexicon::Outcome::Planned {
        return Some(event);
    }
    // `bought chips from a US firm and shipped them to Moscow`: from the one to the other.
    if let Some(before) =
        out.last_mut().filter(|e| event.kind != ActKind::Sale && located(&e.givers) && !located(&e.receivers) && located(&event.receivers))
    {
        before.receivers = event.receivers;
        before.when = before.when.or(event.when);
        before.span = (before.span.0.min(event.span.0), before.span.1.max(event.span.1));
        return None;
    }
    // `a ship picked up coal in Nampo and unloaded it at Ningbo`: from the one port to the other.
    let ship = |list: &[Who]| !list.is_empty() && list.iter().all(|w| w.kind == Some(model::PartyType::Vessel));
    if let Some(before) = out.last_mut().filter(|e| ship(&e.receivers) && located(&e.givers) && located(&event.receivers)) {
        before.carriers.append(&mut before.receivers);
        before.receivers = event.receivers;
        before.when = before.when.or(event.when);
        before.span = (before.span.0.min(event.span.0), before.span.1.max(event.span.1));
        return None;
    }
    // `shipped cars to Ningbo and then delivered them to Korea`: one act by way of Ningbo.
    // `gave tanks to Ukraine although it needed them`: nor does it go back to whoever gives and still needs it.
    let needs = event.outcome != crate::lexicon::Outcome::Done;
    let back = |e: &Event| needs && event.receivers.iter().all(|r| e.givers.iter().any(|g| g.may_be(r)));
    let first = out.iter_mut().rev().find(|e| !e.receivers.is_empty() && !event.receivers.is_empty() && same_givers(e, &event) && !back(e));
    let Some(before) = first else { return Some(event) };
    // `a North Korean diplomat bought cars and had them shipped to Dalian`: they are his, and Dalian is where they pass.
    if before.receivers.iter().any(super::onward::is_state_itself) {
        before.via.extend(event.receivers.iter().filter_map(|w| w.countries.first().map(|c| (*c, w.span))));
        return None;
    }
    let on_the_way = std::mem::replace(&mut before.receivers, event.receivers);
    before.via.extend(on_the_way.iter().filter_map(|w| w.countries.first().map(|c| (*c, w.span))));
    before.span = (before.span.0.min(event.span.0), before.span.1.max(event.span.1));
    None
}

/// `were to be unloaded in Misrata and from there driven to Chad`: one act by way of the first place.
fn from_there(text: &str, out: &mut [Event], event: Event) -> Option<Event> {
    let goods = |e: &Event| e.things.iter().any(|t| event.things.iter().any(|u| t.span == u.span));
    let onward = |e: &Event| {
        let between = text.get(e.trigger..event.trigger).unwrap_or_default();
        const ONWARD: [&str; 11] = [
            "from there",
            " and then ",
            "onward",
            " on to ",
            "before being ",
            "before they were ",
            "before it was ",
            " finally ",
            " eventually ",
            " ultimately ",
            " in the end ",
        ];
        ONWARD.iter().any(|w| between.contains(w))
    };
    // `to Japan and finally flown to Korea`: from the last place that was named, if it seems to be from any.
    let passed = |e: &Event| event.givers.iter().all(|g| e.receivers.iter().any(|r| r.may_be(g)));
    let first = out.iter_mut().rev().find(|e| {
        goods(e)
            && !e.noun
            && !event.noun
            && located(&e.receivers)
            && located(&event.receivers)
            && (same_givers(e, &event) || passed(e))
            && onward(e)
    });
    let Some(before) = first else { return Some(event) };
    let on_the_way = std::mem::replace(&mut before.receivers, event.receivers);
    before.via.extend(on_the_way.iter().filter_map(|w| w.countries.first().map(|c| (*c, w.span))));
    before.span = (before.span.0.min(event.span.0), before.span.1.max(event.span.1));
    None
}

/// `received equipment shipped from China by a Korean firm`: two verbs of the same goods, each with one side.
fn two_verbs(out: &mut [Event], event: Event) -> Option<Event> {
    let same_goods = |e: &Event| e.things.iter().any(|t| event.things.iter().any(|u| t.span == u.span && !t.generic));
    let rest = |e: &Event| {
        let open = (e.givers.is_empty() && event.receivers.is_empty()) || (e.receivers.is_empty() && event.givers.is_empty());
        let sides = (located(&e.givers) || located(&event.givers)) && (located(&e.receivers) || located(&event.receivers));
        open && sides && e.outcome == event.outcome
    };
    let both = |e: &&mut Event| same_goods(e) && rest(e) && !e.noun && !event.noun;
    let Some(before) = out.iter_mut().rev().find(both) else { return Some(event) };
    if before.givers.is_empty() {
        before.givers = event.givers;
    } else {
        before.receivers = event.receivers;
    }
    before.carriers.extend(event.carriers);
    before.span = (before.span.0.min(event.span.0), before.span.1.max(event.span.1));
    None
}

/// `provided mortars, training and funding`: what is taught is an act of its own beside what is given.
pub(crate) fn training_apart(event: Event) -> Vec<Event> {
    let gives = matches!(event.kind, ActKind::Supply | ActKind::Transfer | ActKind::Gift | ActKind::Donation | ActKind::Procurement);
    let taught = |t: &crate::what::Thing| t.category == "training";
    let goods = |t: &crate::what::Thing| !taught(t) && !t.generic;
    if !gives || !event.things.iter().any(taught) || !event.things.iter().any(goods) {
        return vec![event];
    }
    let (lessons, things) = event.things.iter().cloned().partition(taught);
    let training = Event { kind: ActKind::Training, things: lessons, ..event.clone() };
    vec![Event { things, ..event }, training]
}

/// `to Uganda and Congo`, `China and Russia exported`: an act for each State that gets or gives, where several are named.
pub(crate) fn each_party(text: &str, event: Event) -> Vec<Event> {
    let event = from_each_nation(event);
    let apart = |list: &[Who]| {
        // Who is not placed stands beside those who are: `to Cuba, Syria and at least two groups`.
        let one = |w: &Who| w.countries.is_empty() || (w.countries.len() == 1 && !w.place && !w.inferred);
        let placed = list.iter().filter(|w| !w.countries.is_empty()).count();
        let mut codes: Vec<Country> = list.iter().filter_map(|w| w.countries.first().copied()).collect();
        codes.sort_unstable();
        codes.dedup();
        placed > 1 && list.iter().all(one) && codes.len() == placed
    };
    // A ship that is nobody's stands beside the one whose goods they are.
    let one = |list: &[Who]| list.iter().filter(|w| !w.countries.is_empty()).count() < 2;
    let to_several = apart(&event.receivers) && one(&event.givers) && !either(text, &event.receivers);
    let from_several = apart(&event.givers) && one(&event.receivers) && !either(text, &event.givers);
    if !to_several && !from_several {
        return vec![event];
    }
    let parties = if to_several { &event.receivers } else { &event.givers };
    let of_one = |who: &Who| {
        let mut one = event.clone();
        one.beside = parties.iter().flat_map(|w| w.countries.iter().copied()).filter(|c| !who.countries.contains(c)).collect();
        *(if to_several { &mut one.receivers } else { &mut one.givers }) = vec![who.clone()];
        one
    };
    parties.iter().filter(|w| !w.countries.is_empty()).map(of_one).collect()
}

/// `Chad buys Serbian and Chinese rifles`: from each nation that the goods are said to be of.
fn from_each_nation(event: Event) -> Event {
    let [giver] = event.givers.as_slice() else { return event };
    let of_goods = event.things.iter().any(|t| t.span == giver.span) && (2..=3).contains(&giver.countries.len());
    if !of_goods || !giver.name.contains(" and ") {
        return event;
    }
    let givers = giver.countries.iter().map(|c| Who { countries: vec![*c], ..giver.clone() }).collect();
    Event { givers, ..event }
}

/// `from Russia or Ukraine`: one act, of which the text does not know whose it is.
fn either(text: &str, list: &[Who]) -> bool {
    list.windows(2).any(|pair| {
        let between = text.get(pair[0].span.1..pair[1].span.0).unwrap_or_default();
        between.split_whitespace().any(|w| matches!(w, "or" | "and/or" | "oder" | "ou" | "o" | "или"))
    })
}

/// Whether two acts may have the same giver.
fn same_givers(a: &Event, b: &Event) -> bool {
    b.givers.is_empty() || a.givers.iter().any(|x| b.givers.iter().any(|y| x.may_be(y)))
}
