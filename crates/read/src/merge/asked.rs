//! The acts of a question. It mostly asks about one: what its sentences say of buyers, ends and ways belongs to that one, nobody is taken from
//! elsewhere for a side that is left open, and who asks is a party.

use super::{Gathered, Merged, Merger, located, things_meet};
use crate::event::{Event, Loose, ends_at};
use crate::lexicon::Telling;
use crate::what::Thing;
use crate::who::Who;
use model::ActKind;

impl Merger {
    /// What was gathered of a question, with what it names beside its acts.
    pub fn finish_asked(mut self, loose: &[Loose], asker: Option<&Who>) -> Merged {
        let mut stands = self.sent_on();
        for (at, gathered) in self.gathered.iter_mut().enumerate() {
            beside(&mut gathered.act, loose);
            settle(&mut gathered.act);
            own_side(&mut gathered.act, asker);
            described(&mut gathered.act, asker);
            stands[at] = stands[at] && possible(&gathered.act);
        }
        // `insure a tanker carrying Russian oil`: the cargo of another act tells none of its own.
        for (stand, pair) in stands.iter_mut().skip(1).zip(self.gathered.windows(2)) {
            let [before, cargo] = pair else { continue };
            let within = |t: &Thing| before.act.things.iter().any(|b| b.span.0 <= t.span.0 && t.span.1 <= b.span.1 && b.span != t.span);
            let half = cargo.act.givers.is_empty() || cargo.act.receivers.is_empty();
            *stand &= !(half && cargo.act.things.iter().any(within));
        }
        let whole = |g: &Gathered| located(&g.act.givers) && located(&g.act.receivers) && !g.act.shaped;
        // Beside an act that is told whole, half of one only confuses.
        if (0..stands.len()).any(|at| stands[at] && whole(&self.gathered[at])) {
            for (stand, gathered) in stands.iter_mut().zip(&self.gathered) {
                *stand &= !gathered.act.givers.is_empty() && !gathered.act.receivers.is_empty();
            }
        }
        let phrase = loose.iter().find_map(|l| l.phrase);
        let told = |kind: ActKind| (0..stands.len()).any(|at| stands[at] && self.gathered[at].act.kind == kind);
        if phrase.is_some_and(|deed| !told(deed.kind)) {
            stands.iter_mut().for_each(|s| *s = false);
        }
        if !stands.iter().any(|s| *s)
            && let Some(mut event) = Loose::event(loose, asker)
        {
            described(&mut event, asker);
            // Its words are no telling of any event; nothing said about acts points to it.
            self.gathered.push(Gathered::from((event, Telling::Planned, Vec::new()), self.published));
            stands.push(true);
        }
        self.keep(&stands)
    }

    /// `sells lathes to a Turkish trader, who sends them on to Moscow`: one way of the goods, not two innocent sales. Gives which acts remain.
    fn sent_on(&mut self) -> Vec<bool> {
        let mut stands = vec![true; self.gathered.len()];
        for later in 1..self.gathered.len() {
            let onward = self.gathered[later].act.clone();
            let from = |g: &Gathered| {
                let hands = onward.givers.iter().any(|w| g.act.receivers.iter().any(|r| r.may_be(w)));
                hands && (onward.again || onward.things.is_empty() || things_meet(&g.act.things, &onward.things))
            };
            let Some(first) = (0..later).find(|at| stands[*at] && from(&self.gathered[*at])) else { continue };
            let Some(goal) = onward.receivers.iter().find(|w| w.countries.len() == 1) else { continue };
            let buyer = !goal.place && goal.kind != Some(model::PartyType::Government);
            let act = &mut self.gathered[first].act;
            if buyer && !act.receivers.contains(goal) {
                act.receivers.push(goal.clone());
            }
            ends_at(act, goal.clone());
            if buyer {
                place_of(act, goal);
            }
            stands[later] = false;
        }
        stands
    }
}

/// Notes that the way ends at somebody who is a party already.
fn place_of(act: &mut Event, goal: &Who) {
    let way: Vec<_> = act
        .receivers
        .iter()
        .filter(|w| w.countries != goal.countries)
        .filter_map(|w| w.countries.first().map(|c| (*c, w.span)))
        .filter(|(c, _)| act.via.iter().all(|(known, _)| known != c))
        .collect();
    act.via.extend(way);
    act.receivers.push(Who { place: true, ..goal.clone() });
}

/// Takes over what other sentences say of the sides, the end, the way and the goods of an act.
fn beside(act: &mut Event, loose: &[Loose]) {
    let others = || loose.iter().filter(|l| l.sentence != act.sentence);
    let gone = |list: &mut Vec<Who>, told: Vec<Who>| {
        let open = list.iter().all(|w| w.countries.is_empty());
        if open && !told.is_empty() {
            *list = told;
        }
    };
    let buyers: Vec<Who> = loose.iter().flat_map(|l| l.buyer.iter().cloned()).collect();
    let sellers: Vec<Who> = loose.iter().flat_map(|l| l.seller.iter().cloned()).collect();
    let ends: Vec<Who> = others().flat_map(|l| l.end.iter().cloned()).collect();
    let vias: Vec<_> = others().filter(|l| l.deed.is_none()).flat_map(|l| l.via.iter().copied()).collect();
    let things: Vec<_> = others().flat_map(|l| l.things.iter().cloned()).take(1).collect();
    let when = others().find_map(|l| l.when);
    gone(&mut act.receivers, buyers);
    gone(&mut act.givers, sellers);
    if let Some(end) = ends.into_iter().next() {
        if act.receivers.is_empty() { act.receivers.push(end) } else { ends_at(act, end) }
    }
    for (country, span) in vias {
        if act.via.iter().all(|(known, _)| *known != country) {
            act.via.push((country, span));
        }
    }
    if act.things.iter().all(|t| t.generic) && !things.is_empty() {
        act.things = things;
    }
    act.when = act.when.or(when);
    // `We want to import crab from Murmansk to Boston`: the one who gets it is known, and this is where he gets it.
    let here: Vec<Who> = loose.iter().filter(|l| l.sentence == act.sentence).flat_map(|l| l.to.iter().cloned()).collect();
    let gets = matches!(act.kind, ActKind::Import | ActKind::Procurement);
    if gets && !act.receivers.is_empty() && !located(&act.receivers) {
        let apart = |w: &Who| !act.givers.iter().any(|g| g.may_be(w));
        act.receivers.extend(here.into_iter().filter(apart).take(1).map(|w| Who { place: true, ..w }));
    }
}

/// What sort of act it is, once it is known what is given: `Are Germans allowed to travel to Korea?`: they travel, and nobody said that they work there.
fn settle(act: &mut Event) {
    let work = |t: &Thing| {
        ["work", "labour", "labor", "engineer", "crew", "staff", "technician", "programmer", "doctor", "nurse"]
            .iter()
            .any(|w| t.words.to_lowercase().contains(w))
    };
    let goods =
        |t: &Thing| t.sort == crate::what::Sort::Goods && !matches!(t.category.as_str(), "workers" | "training" | "service" | "other");
    // `She needs medicine. May I post it?`: goods, whatever the verb does with people.
    if act.kind == ActKind::Employment && !act.things.is_empty() && act.things.iter().all(goods) {
        act.kind = ActKind::Supply;
    }
    if act.kind == ActKind::Employment && act.travels && !act.things.iter().any(work) {
        act.kind = ActKind::Travel;
        act.things.clear();
    }
}

/// `Do I, a South Korean, need approval to visit her?`: the words that describe who asks name nobody else.
fn described(act: &mut Event, asker: Option<&Who>) {
    let Some(asker) = asker.filter(|a| !a.countries.is_empty()) else { return };
    let other = |w: &Who| w.span.1 <= asker.span.0 || asker.span.1 <= w.span.0 || w.name == asker.name;
    let stands = |list: &[Who]| list.iter().any(|w| w.name == asker.name);
    let gives = stands(&act.givers);
    if gives || stands(&act.receivers) {
        act.givers.retain(other);
        act.receivers.retain(|w| other(w) && !(gives && w.name == asker.name));
    }
}

/// Who asks takes the side that the words leave open: `I am a Dane. Is it legal to ship pumps to Iran?`
fn own_side(act: &mut Event, asker: Option<&Who>) {
    let Some(asker) = asker else { return };
    let named = |list: &[Who]| list.iter().any(|w| w.name == asker.name);
    if named(&act.givers) || named(&act.receivers) {
        return;
    }
    if act.givers.is_empty() {
        act.givers.push(asker.clone());
    } else if act.receivers.is_empty()
        && (!asker.countries.is_empty() || matches!(act.kind, ActKind::Employment | ActKind::Procurement | ActKind::Import))
    {
        act.receivers.push(asker.clone());
    }
}

/// Whether there is enough to ask about: somebody placed, and something done with or for somebody.
fn possible(act: &Event) -> bool {
    let goes = matches!(act.kind, ActKind::Travel | ActKind::Tourism | ActKind::Overflight | ActKind::PortCall);
    act.kind != ActKind::Other
        && (located(&act.givers) || located(&act.receivers))
        && (goes || !act.things.is_empty() || (!act.givers.is_empty() && !act.receivers.is_empty()))
}
