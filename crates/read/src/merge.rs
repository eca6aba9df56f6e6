//! The same act told twice is one transfer; acts that differ stay apart.

use crate::event::Event;
use crate::lexicon::Telling;
use crate::time::When;
use crate::what::Thing;
use crate::who::Who;
use model::{ActKind, Country};

/// An act as far as all its tellings say.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    pub kind: ActKind,
    pub givers: Vec<Who>,
    pub receivers: Vec<Who>,
    pub carriers: Vec<Who>,
    pub via: Vec<(Country, (usize, usize))>,
    pub things: Vec<Thing>,
    pub value: Option<(usize, usize)>,
    pub when: Option<(When, (usize, usize))>,
    /// Each telling: how surely, who says, which words.
    pub tellings: Vec<(Telling, Vec<Who>, (usize, usize))>,
    /// Only nouns tell it.
    pub noun: bool,
}

/// Families of kinds that may tell one act.
fn family(kind: ActKind) -> u8 {
    use ActKind as K;
    match kind {
        K::Supply
        | K::Sale
        | K::Gift
        | K::Loan
        | K::Transfer
        | K::Export
        | K::Reexport
        | K::Donation
        | K::Procurement
        | K::Import
        | K::Transit
        | K::Transport
        | K::ShipToShipTransfer
        | K::TechnologyTransfer
        | K::Lease => 1,
        K::Training | K::TechnicalAssistance => 2,
        K::Payment | K::Remittance | K::Financing => 3,
        other => 10 + other as u8,
    }
}

fn group(category: &str) -> u8 {
    match category {
        "arms" | "ammunition" | "missile" => 1,
        "luxury_vehicle" | "vehicles" | "luxury_goods" => 2,
        "humanitarian" | "food" | "medicine" => 3,
        "money" | "crypto" | "financial_service" => 4,
        "technology" | "dual_use" | "nuclear" => 5,
        "oil" => 6,
        "machinery" | "electronics" => 7,
        "minerals" | "metals" => 8,
        "vessel" => 9,
        "coal" => 10,
        "seafood" => 11,
        "workers" => 12,
        "textiles" => 13,
        "wildlife" => 14,
        _ => 0,
    }
}

fn parties_meet(a: &[Who], b: &[Who]) -> bool {
    a.is_empty()
        || b.is_empty()
        || a.iter().any(|x| b.iter().any(|y| x.may_be(y) || (x.countries.is_empty() && y.countries.is_empty() && x.name == y.name)))
}

fn things_meet(a: &[Thing], b: &[Thing]) -> bool {
    let generic = |list: &[Thing]| list.iter().all(|t| t.generic);
    if generic(a) || generic(b) {
        return true;
    }
    a.iter().any(|x| {
        b.iter().any(|y| {
            (group(&x.category) == group(&y.category) && (group(&x.category) != 0 || x.category == y.category && shares_word(x, y)))
                || shares_word(x, y)
        })
    })
}

fn shares_word(a: &Thing, b: &Thing) -> bool {
    let stem = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches('s').to_lowercase();
    a.words.split_whitespace().map(stem).any(|w| w.len() > 3 && b.words.split_whitespace().map(stem).any(|v| v == w))
}

fn whens_meet(a: Option<When>, b: Option<When>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.meets(b) || near(a, b),
        _ => true,
    }
}

/// Days within a week of each other: the day of the act and the day it was told are easily taken for each other.
fn near(a: When, b: When) -> bool {
    match (a.month, a.day, b.month, b.day) {
        (Some(m), Some(d), Some(n), Some(e)) => {
            a.year == b.year && (i32::from(m) * 31 + i32::from(d) - i32::from(n) * 31 - i32::from(e)).abs() <= 7
        }
        _ => false,
    }
}

impl Gathered {
    fn from(event: Event, telling: Telling, sources: Vec<Who>) -> Self {
        let span = event.span;
        Self {
            kind: event.kind,
            givers: event.givers,
            receivers: event.receivers,
            carriers: event.carriers,
            via: event.via,
            things: event.things,
            value: event.value,
            when: event.when,
            tellings: vec![(telling, sources, span)],
            noun: event.noun,
        }
    }

    fn same(&self, event: &Event) -> bool {
        if family(self.kind) != family(event.kind) || event.things.iter().any(|t| t.another && !t.generic) {
            return false;
        }
        let on_the_way = event.givers.is_empty() && event.receivers.iter().any(|r| self.via.iter().any(|(c, _)| r.countries.contains(c)));
        let sides = parties_meet(&self.givers, &event.givers) && (parties_meet(&self.receivers, &event.receivers) || on_the_way);
        // Something must tie them: a party of the same side, or the very same thing.
        let tied = (!self.givers.is_empty() && !event.givers.is_empty()) || (!self.receivers.is_empty() && !event.receivers.is_empty());
        sides && tied && things_meet(&self.things, &event.things) && whens_meet(self.when.map(|w| w.0), event.when.map(|w| w.0))
    }

    fn add(&mut self, event: Event, telling: Telling, sources: Vec<Who>) {
        self.tellings.push((telling, sources, event.span));
        self.noun &= event.noun;
        fill(&mut self.givers, event.givers);
        fill(&mut self.receivers, event.receivers);
        for who in event.carriers {
            if !self.carriers.iter().any(|c| c.name == who.name) {
                self.carriers.push(who);
            }
        }
        for place in event.via {
            if !self.via.iter().any(|(c, _)| *c == place.0) {
                self.via.push(place);
            }
        }
        // The more particular words for the thing replace the general ones.
        let specific: Vec<Thing> = event.things.into_iter().filter(|t| !t.generic).collect();
        if self.things.iter().all(|t| t.generic) && !specific.is_empty() {
            self.things = specific;
        } else {
            for thing in specific {
                if !self.things.iter().any(|t| t.words == thing.words || shares_word(t, &thing)) && self.things.len() < 8 {
                    self.things.push(thing);
                }
            }
        }
        self.value = self.value.or(event.value);
        let better = |new: When, old: When| new.precision() > old.precision() && new.meets(old);
        self.when = match (self.when, event.when) {
            (Some(old), Some(new)) if better(new.0, old.0) => Some(new),
            (None, new) => new,
            (old, _) => old,
        };
        // A word that says more of the kind wins over the general ones.
        if matches!(self.kind, ActKind::Supply | ActKind::Transfer) && !matches!(event.kind, ActKind::Supply | ActKind::Transport) {
            self.kind = event.kind;
        }
    }

    /// The status of the act over all its tellings.
    pub fn telling(&self) -> Telling {
        let all = || self.tellings.iter().map(|(t, ..)| *t);
        let first = self.tellings.first().map_or(Telling::Reported, |(t, ..)| *t);
        if all().all(|t| t == Telling::Denied) {
            return Telling::Denied;
        }
        if all().any(|t| t == Telling::Confirmed) && !all().any(|t| t == Telling::Attempted) {
            return Telling::Confirmed;
        }
        if first != Telling::Denied && first != Telling::Hypothetical {
            return first;
        }
        all().find(|t| !matches!(t, Telling::Denied | Telling::Hypothetical)).unwrap_or(first)
    }
}

fn fill(mine: &mut Vec<Who>, theirs: Vec<Who>) {
    if mine.is_empty() {
        *mine = theirs;
        return;
    }
    for who in theirs {
        let known = mine.iter_mut().find(|m| m.may_be(&who));
        match known {
            // What is said counts before what was taken from around it.
            Some(m) if m.inferred && !who.inferred => *m = who,
            // A person or body is more than the State it belongs to.
            Some(m) if m.countries.is_empty() => m.countries = who.countries,
            Some(_) => {}
            None => {}
        }
    }
}

/// Which transfer each event became; `None` for those too vague to stand alone.
pub(crate) struct Merged {
    pub gathered: Vec<Gathered>,
    pub of_event: Vec<Option<usize>>,
}

/// Most acts with which a new telling is compared, so that cost stays in proportion to length.
const MOST_COMPARED: usize = 200;

/// Gathers the tellings of a text.
pub(crate) fn merge(events: Vec<(Event, Telling, Vec<Who>)>, known: &crate::who::Known) -> Merged {
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut of_event = Vec::with_capacity(events.len());
    for (event, telling, sources) in events {
        let from = gathered.len().saturating_sub(MOST_COMPARED);
        let same = gathered.get(from..).unwrap_or(&[]).iter().rposition(|g| g.same(&event)).map(|at| at + from);
        match same {
            Some(at) => {
                gathered[at].add(event, telling, sources);
                of_event.push(Some(at));
            }
            None => {
                of_event.push(Some(gathered.len()));
                gathered.push(Gathered::from(event, telling, sources));
            }
        }
    }
    for at in 0..gathered.len() {
        complete(&mut gathered, at, known);
    }
    let keep: Vec<bool> = gathered.iter().map(stands).collect();
    let mut place = Vec::with_capacity(keep.len());
    let mut next = 0;
    for kept in &keep {
        place.push(kept.then(|| {
            next += 1;
            next - 1
        }));
    }
    for slot in &mut of_event {
        *slot = slot.and_then(|at| place[at]);
    }
    let gathered = gathered.into_iter().zip(keep).filter_map(|(g, k)| k.then_some(g)).collect();
    Merged { gathered, of_event }
}

/// The missing party of an act that the text tells with one side only: the other State that the text is about. Not where the act was only
/// stopped, and not where another act goes the other way between the two.
fn complete(gathered: &mut [Gathered], at: usize, known: &crate::who::Known) {
    let act = &gathered[at];
    if act.things.iter().all(|t| t.generic) || act.telling() == Telling::Attempted {
        return;
    }
    let (given, got) = (located(&act.givers), located(&act.receivers));
    let side = match (act.givers.is_empty() && got, act.receivers.is_empty() && given) {
        (true, _) => &act.receivers,
        (_, true) => &act.givers,
        _ => return,
    };
    let Some(other) = known.foremost(side) else { return };
    let meets = |list: &[Who], who: &Who| list.iter().any(|w| w.may_be(who));
    let back = |g: &Gathered| {
        let from = if got { &g.givers } else { &g.receivers };
        let to = if got { &g.receivers } else { &g.givers };
        meets(to, &other) && side.iter().any(|w| meets(from, w))
    };
    let beside = gathered.get(at.saturating_sub(MOST_COMPARED)..(at + MOST_COMPARED).min(gathered.len())).unwrap_or(&[]);
    if beside.iter().any(back) {
        return;
    }
    let act = &mut gathered[at];
    if got { act.givers.push(other) } else { act.receivers.push(other) }
}

fn located(list: &[Who]) -> bool {
    list.iter().any(|w| !w.countries.is_empty())
}

/// Whether what is known of an act is enough to speak of it.
fn stands(act: &Gathered) -> bool {
    // A visit is no transfer, and neither is a theft of a ship: what has no kind of its own is not told.
    if matches!(act.kind, ActKind::Other | ActKind::Travel) {
        return false;
    }
    let named = |list: &[Who]| !list.is_empty();
    let vague = act.things.iter().all(|t| t.generic) || act.things.is_empty();
    if vague && !(act.kind == ActKind::Gift && named(&act.givers) && named(&act.receivers)) {
        return false;
    }
    // Within one State, or from somebody to himself, nothing crosses to anybody.
    let same = located(&act.givers)
        && located(&act.receivers)
        && act.givers.iter().all(|g| act.receivers.iter().all(|r| g.countries.first() == r.countries.first() && !g.countries.is_empty()));
    if same {
        return false;
    }
    (named(&act.givers) && named(&act.receivers) && (located(&act.givers) || located(&act.receivers) || !act.noun))
        || (!act.noun && located(&act.receivers))
        || (located(&act.givers) && act.tellings.len() > 1)
}
