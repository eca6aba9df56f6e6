//! The same act told twice is one transfer; acts that differ stay apart.

mod asked;
mod dates;
mod goods;
mod sides;
mod twice;
mod worth;

use crate::Told;
use crate::event::Event;
use crate::lexicon::{Outcome, Telling};
use crate::time::When;
use crate::weights::{Question, Trait, Weights};
use crate::what::{Sort, Thing};
use crate::who::Who;
use dates::Dated;
use goods::{group, shares_word, sort_within, stem, things_meet};
use model::{ActKind, Date};
pub(crate) use sides::Parties;

/// An act as far as all its tellings say.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    /// What they say together; only nouns tell it when it is still marked so.
    pub act: Event,
    /// Each telling: how surely, who says, which words.
    pub tellings: Vec<(Telling, Vec<Who>, (usize, usize))>,
    /// The sentence that told it last.
    last: usize,
    /// Some telling says that it was stopped on the way.
    stopped: bool,
    /// Told at the head of the report.
    lead: bool,
    /// The day of the report.
    published: Option<Date>,
    /// Everybody whom a telling names as the one who gives.
    named: Vec<Who>,
    /// What courts and prosecutors made of one who gives, told elsewhere.
    judged: Option<Telling>,
    /// The first telling is a headline's.
    headed: bool,
    /// How surely giver and receiver are who they are taken to be, as far as the whole report tells.
    sure: (f64, f64),
}

/// Whether two kinds may tell one act.
#[must_use]
pub fn same_family(a: ActKind, b: ActKind) -> bool {
    family(a) == family(b)
}

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

/// `two tankers`, and then one by its name.
fn ship_of_several(a: &Who, b: &Who) -> bool {
    let ship = |w: &Who| w.kind == Some(model::PartyType::Vessel);
    let named = |w: &Who| w.name.split_whitespace().next().is_some_and(|x| x.starts_with(char::is_uppercase)) && !w.plural;
    let open = a.countries.is_empty() || b.countries.is_empty() || a.countries == b.countries;
    open && ((ship(a) && a.plural && named(b)) || (ship(b) && b.plural && named(a)))
}

/// A firm that nobody places, and a State by its name.
fn firm_and_state(x: &Who, y: &Who) -> bool {
    use model::PartyType as P;
    let firm = |w: &Who| w.countries.is_empty() && matches!(w.kind, Some(P::Company | P::Bank));
    let state = |w: &Who| w.kind == Some(P::Government) && !w.inferred && !w.place && w.name.starts_with(char::is_uppercase);
    (firm(x) && state(y)) || (state(x) && firm(y))
}

fn parties_meet(a: &[Who], b: &[Who]) -> bool {
    a.is_empty()
        || b.is_empty()
        || a.iter().any(|x| b.iter().any(|y| ship_of_several(x, y)))
        || a.iter().any(|x| {
            b.iter().any(|y| (x.may_be(y) && !two_names(x, y)) || (x.countries.is_empty() && y.countries.is_empty() && x.name == y.name))
        })
}

/// Whether one is a company by its name and the other is a person, or another company.
fn other_body(a: &Who, b: &Who) -> bool {
    use model::PartyType as P;
    let company = |w: &Who| matches!(w.kind, Some(P::Company | P::Bank)) && w.name.starts_with(char::is_uppercase);
    let person = |w: &Who| w.kind == Some(P::Person);
    let shared = a.name.split_whitespace().any(|x| x.len() > 2 && b.name.split_whitespace().any(|y| x == y));
    !shared && ((company(a) && (person(b) || company(b))) || (person(a) && company(b)))
}

/// Two companies, ships or people with names of their own are two, though of one State.
fn two_names(a: &Who, b: &Who) -> bool {
    use model::PartyType as P;
    let named = |w: &Who| {
        let body = match w.kind {
            // `Director of a firm that sold`: one capital at the start of a headline makes no name.
            Some(P::Person) => w.name.contains(' '),
            kind => matches!(kind, Some(P::Company | P::Bank | P::Vessel)),
        };
        body && !w.inferred && w.name.split_whitespace().all(|x| x.starts_with(char::is_uppercase) || x == "of" || x == "and")
    };
    let shared = a.name.split_whitespace().any(|x| x.len() > 2 && b.name.split_whitespace().any(|y| x == y));
    a.kind == b.kind && named(a) && named(b) && !shared
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
    fn from((act, telling, sources): Told, published: Option<Date>) -> Self {
        let (span, last, lead) = (act.span, act.sentence, act.sentence < 2);
        let stopped = caught(&act, telling);
        let named = act.givers.clone();
        let headed = act.sentence == 0 && (sources.is_empty() || act.titled);
        Self {
            act,
            tellings: vec![(telling, sources, span)],
            last,
            stopped,
            lead,
            published,
            named,
            judged: None,
            headed,
            sure: (0.0, 0.0),
        }
    }

    fn same(&self, event: &Event, telling: Telling) -> bool {
        let act = &self.act;
        // What is still to come is not what somebody denies to have done.
        let first = self.tellings.first().map(|(t, ..)| *t);
        // But a plan told in full that a party calls untrue is that plan.
        let goods = |e: &Event| located(&e.givers) && located(&e.receivers) && e.things.iter().any(|t| !t.generic);
        let other = matches!((first, telling), (Some(Telling::Denied), Telling::Planned) | (Some(Telling::Planned), Telling::Denied));
        let plan = first == Some(Telling::Planned) && goods(act) && goods(event) && things_meet(&act.things, &event.things);
        if other && !plan {
            return false;
        }
        if !same_family(act.kind, event.kind) || event.things.iter().any(|t| t.another && !t.generic) {
            return false;
        }
        if (at_sea_and_of_a_state(act, event) || at_sea_and_of_a_state(event, act)) && event.sentence != act.sentence {
            return false;
        }
        // `pleaded guilty to trading with Iran`: of no goods at all, by another than the one told before.
        if event.things.is_empty() && !event.givers.is_empty() && act.givers.iter().all(|g| event.givers.iter().all(|h| other_body(g, h))) {
            return false;
        }
        // `The firm also sold`: not what was told just before.
        let named = act.things.iter().any(|x| event.things.iter().any(|y| shares_word(x, y)));
        if event.also && !self.headed && (event.sentence.saturating_sub(self.last) <= 2 || !named) {
            return false;
        }
        // Two ships by name carry two cargoes.
        let ships = |e: &Event| {
            e.carriers.iter().chain(&e.givers).filter(|w| w.kind == Some(model::PartyType::Vessel)).cloned().collect::<Vec<_>>()
        };
        let (mine, theirs) = (ships(act), ships(event));
        if !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|x| theirs.iter().all(|y| two_names(x, y))) {
            return false;
        }
        // What is to come is not what came, once both are told in full.
        let full = |e: &Event| located(&e.givers) && located(&e.receivers) && e.things.iter().any(|t| !t.generic);
        let to_come = |t: Telling| t == Telling::Planned;
        let came = |t: Telling| matches!(t, Telling::Reported | Telling::Confirmed);
        if full(act)
            && full(event)
            && !act.noun
            && !event.noun
            && first.is_some_and(|f| (to_come(f) && came(telling)) || (came(f) && to_come(telling)))
        {
            return false;
        }
        // `presented him with a tractor … In 2020 Minsk supplied 1,800 tractors`: what a report tells first is news, and no old story.
        let news = self.lead && act.when.is_none() && first == Some(Telling::Reported);
        let old = event.when.is_some_and(|(w, _)| self.published.is_some_and(|day| w.year < day.year()));
        if news && old && full(event) {
            return false;
        }
        // `sent 5,200 tons in July … sending 2,500 tons in March`: two deliveries.
        if full(act) && full(event) && goods::amounts_differ(&act.things, &event.things) {
            return false;
        }
        // `gave him a lion … had given the zoo eagles and parrots`: two gifts.
        if full(act) && full(event) && !act.noun && !event.noun && goods::particulars_differ(&act.things, &event.things) {
            return false;
        }
        let on_the_way = event.givers.is_empty() && event.receivers.iter().any(|r| act.via.iter().any(|(c, _)| r.countries.contains(c)));
        // `South Korea will send rice. It will be carried by a Chinese ship`: who only carries is nobody else who gives.
        // `through the Emirates to Iran … a trader in Dubai forwarded them to Bandar Abbas`: the last leg of what was told.
        let leg = !event.givers.is_empty()
            && first != Some(Telling::Denied)
            && event.givers.iter().all(|g| !g.countries.is_empty() && act.via.iter().any(|(c, _)| g.countries.contains(c)))
            && located(&act.receivers)
            && located(&event.receivers);
        // `the theft from the exchange`, told before as one from its players.
        let named_now =
            event.pointed && event.noun && act.givers.iter().all(|w| w.countries.is_empty() && !w.name.contains(char::is_uppercase));
        let sides = (parties_meet(&act.givers, &event.givers)
            || leg
            || named_now
            || only_carried(event)
            || same_but_for_one(&act.givers, &event.givers, &act.receivers, &event.receivers, &act.things, &event.things))
            && (parties_meet(&act.receivers, &event.receivers)
                || on_the_way
                || same_but_for_one(&act.receivers, &event.receivers, &act.givers, &event.givers, &act.things, &event.things));
        // Something must tie them: a party of the same side, or the very same thing just before.
        let tied = (!act.givers.is_empty() && !event.givers.is_empty())
            || (!act.receivers.is_empty() && !event.receivers.is_empty())
            || self.same_thing(event);
        sides && tied && things_meet(&act.things, &event.things) && whens_meet(self.when(), event.when.map(|w| w.0))
    }

    /// `found 2,100 rifles … The weapons were bound for the Houthis`: the same thing told a few sentences on.
    fn same_thing(&self, event: &Event) -> bool {
        let near = event.sentence.saturating_sub(self.last) <= 3;
        // `the arms`, of missiles told before.
        let general = |x: &Thing, y: &Thing| {
            matches!(group(&x.category), 1 | 6)
                && group(&x.category) == group(&y.category)
                && (sort_within(x).is_none() || sort_within(y).is_none())
        };
        let alike = |x: &Thing, y: &Thing| x.category == y.category || shares_word(x, y) || general(x, y);
        near && self.act.things.iter().any(|x| event.things.iter().any(|y| alike(x, y)))
    }

    fn add(&mut self, (mut event, telling, sources): Told) {
        if self.is_way(&event) {
            // Its places are those of the journey and no parties.
            event.givers.clear();
            event.receivers.clear();
        }
        self.last = event.sentence;
        self.stopped |= caught(&event, telling);
        self.tellings.push((telling, sources, event.span));
        if self.named.len() < 8 {
            self.named.extend(event.givers.iter().cloned());
        }
        self.take(event);
    }

    /// Takes in an act that was kept apart until the end.
    fn absorb(&mut self, other: Gathered) {
        self.last = self.last.max(other.last);
        self.stopped |= other.stopped;
        self.judged = self.judged.or(other.judged);
        self.tellings.extend(other.tellings);
        self.named.extend(other.named.into_iter().take(8));
        self.take(other.act);
    }

    /// What another telling adds to the parties, things, places and day.
    fn take(&mut self, event: Event) {
        let act = &mut self.act;
        act.noun &= event.noun;
        act.shaped &= event.shaped;
        // Whom one telling names is known, though another says `it`.
        for (mine, (theirs, list)) in act.pronouns.iter_mut().zip(event.pronouns.into_iter().zip([&event.givers, &event.receivers])) {
            *mine &= theirs || list.is_empty();
        }
        act.goods_beside &= event.goods_beside;
        act.ongoing |= event.ongoing;
        act.news |= event.news;
        fill(&mut act.givers, event.givers);
        fill(&mut act.receivers, event.receivers);
        for who in event.carriers {
            if !act.carriers.iter().any(|c| c.name == who.name) {
                act.carriers.push(who);
            }
        }
        for place in event.via {
            if !act.via.iter().any(|(c, _)| *c == place.0) {
                act.via.push(place);
            }
        }
        // The more particular words for the thing replace the general ones.
        let specific: Vec<Thing> = event.things.into_iter().filter(|t| !t.generic).collect();
        if act.things.iter().all(|t| t.generic) && !specific.is_empty() {
            act.things = specific;
        } else {
            for thing in specific {
                if !act.things.iter().any(|t| t.words == thing.words || shares_word(t, &thing)) && act.things.len() < 8 {
                    act.things.push(thing);
                }
            }
        }
        act.value = act.value.or(event.value);
        act.purpose = act.purpose.or(event.purpose);
        let better = |new: When, old: When| new.precision() > old.precision() && new.meets(old);
        act.when = match (act.when, event.when) {
            (Some(old), Some(new)) if better(new.0, old.0) => Some(new),
            (None, new) => new,
            (old, _) => old,
        };
        // A word that says more of the kind wins over the general ones.
        let of_states = |list: &[Who]| list.iter().any(is_state);
        let sea = event.kind == ActKind::ShipToShipTransfer && of_states(&act.givers) && of_states(&act.receivers);
        if matches!(act.kind, ActKind::Supply | ActKind::Transfer) && !matches!(event.kind, ActKind::Supply | ActKind::Transport) && !sea {
            act.kind = event.kind;
        }
    }

    /// The status of the act over all its tellings.
    pub fn telling(&self) -> Telling {
        let told = self.as_told();
        let first = self.tellings.first().map(|(t, ..)| *t);
        let told = self.act.after_all.filter(|_| first == Some(told)).unwrap_or(told);
        match self.judged {
            Some(Telling::Confirmed) if matches!(told, Telling::Reported | Telling::Alleged) => Telling::Confirmed,
            Some(Telling::Alleged) if told == Telling::Reported => Telling::Alleged,
            _ => told,
        }
    }

    fn as_told(&self) -> Telling {
        let all = || self.tellings.iter().map(|(t, ..)| *t);
        let first = self.tellings.first().map_or(Telling::Reported, |(t, ..)| *t);
        if all().all(|t| t == Telling::Denied) {
            return Telling::Denied;
        }
        // What nobody but an office that goes after breaches tells is its charge.
        let charged = |(t, sources, _): &(Telling, Vec<Who>, (usize, usize))| {
            *t == Telling::Alleged
                || (!sources.is_empty() && sources.iter().all(|s| crate::claim::enforces(s) && !crate::claim::is_armed(s)))
        };
        if first == Telling::Reported
            && !self.stopped
            && self.tellings.iter().skip(usize::from(self.headed)).all(charged)
            && self.tellings.len() > usize::from(self.headed)
        {
            return Telling::Alleged;
        }
        // What was caught on its way did not arrive, however the rest is told.
        if self.stopped && !matches!(first, Telling::Planned | Telling::Denied | Telling::Confirmed) {
            return Telling::Attempted;
        }
        if all().any(|t| t == Telling::Confirmed) && !all().any(|t| t == Telling::Attempted) {
            return Telling::Confirmed;
        }
        // `Ships sold oil` over a report that they are alleged to have.
        // `Export of cars to Russia` over a report that somebody is suspected of it.
        let suspected = self.tellings.len() > 2 && all().any(|t| t == Telling::Alleged);
        if self.headed && first == Telling::Reported && (suspected || all().nth(1) == Some(Telling::Alleged)) {
            return Telling::Alleged;
        }
        // `Tanker to bring fuel` over a report that it has come.
        let came = all().nth(1) == Some(Telling::Reported);
        if first == Telling::Planned && self.act.headline && came {
            return Telling::Reported;
        }
        if first != Telling::Denied && first != Telling::Hypothetical {
            return self.disputed(first);
        }
        // A denial first, and then only what the one who denies repeats: `Iran says it has not … The news of Iran providing …`.
        let named = |wanted: bool| self.tellings.iter().filter(move |(t, ..)| (*t == Telling::Denied) == wanted).flat_map(|(_, s, _)| s);
        // Papers that are said to have it wrong stand against nobody.
        let others = named(false).any(|s| !is_press(s) && !named(true).any(|d| d.may_be(s)));
        let by_papers = |(t, sources, _): &(Telling, Vec<Who>, (usize, usize))| {
            *t == Telling::Alleged && !sources.is_empty() && sources.iter().all(is_press)
        };
        let open = |t: Telling| !matches!(t, Telling::Denied | Telling::Reported | Telling::Hypothetical);
        let plain = self.tellings.iter().any(|telling| open(telling.0) && !by_papers(telling));
        if first == Telling::Denied && !others && !plain {
            return Telling::Denied;
        }
        self.disputed(all().find(|t| !matches!(t, Telling::Denied | Telling::Hypothetical)).unwrap_or(first))
    }

    /// What one side says, and the other side denies, is alleged; unless the report tells it in its own words too.
    fn disputed(&self, told: Telling) -> Telling {
        let denied = self.tellings.iter().any(|(t, sources, _)| *t == Telling::Denied && !sources.is_empty());
        let said = self.tellings.iter().filter(|(t, ..)| *t == Telling::Reported).all(|(_, sources, _)| !sources.is_empty());
        if told == Telling::Reported && denied && said { Telling::Alleged } else { told }
    }
}

/// Whether a source is a paper or an agency, or some report that nobody is named for.
fn is_press(who: &Who) -> bool {
    who.media && (who.kind.is_some() || !who.name.contains(char::is_uppercase))
}

/// Whether a telling says that things were caught on their way to somebody.
fn caught(event: &Event, telling: Telling) -> bool {
    telling == Telling::Attempted && event.outcome == Outcome::Stopped && located(&event.receivers)
}

/// Whether nothing is known of who gives but who carries.
fn only_carried(event: &Event) -> bool {
    !event.givers.is_empty() && event.givers.iter().all(|g| event.carriers.iter().any(|c| c.name == g.name && c.span == g.span))
}

/// A side of which no State is known may be the one told before, when things of the same sort have the same State on the other side: `a director
/// sold luxury goods to the North … Ng admitted supplying luxury items to it`.
fn same_but_for_one(mine: &[Who], theirs: &[Who], other: &[Who], others: &[Who], things: &[Thing], more: &[Thing]) -> bool {
    let open = |list: &[Who]| list.iter().all(|w| w.countries.is_empty());
    let same_state = other.iter().any(|a| others.iter().any(|b| a.countries.iter().any(|c| b.countries.contains(c))));
    let told = |list: &[Thing]| list.iter().any(|t| !t.generic);
    // `accused the firm of smuggling … the Emirates, which send`: a State is no firm.
    if mine.iter().any(|x| theirs.iter().any(|y| firm_and_state(x, y))) {
        return false;
    }
    open(mine) != open(theirs) && same_state && told(things) && told(more) && things_meet(things, more)
}

/// `Tankers passed fuel to North Korean ships. … China is accused of selling it oil`: what ships do at sea is one act, and what a State is said to do another.
fn at_sea_and_of_a_state(a: &Event, b: &Event) -> bool {
    let ships = |list: &[Who]| list.iter().any(|w| w.kind == Some(model::PartyType::Vessel));
    a.kind == ActKind::ShipToShipTransfer
        && ships(&a.givers)
        && b.kind != ActKind::ShipToShipTransfer
        && !b.givers.is_empty()
        && b.givers.iter().all(|w| is_state(w) && !w.inferred)
        && b.carriers.is_empty()
}

fn is_state(who: &Who) -> bool {
    who.kind == Some(model::PartyType::Government) && who.countries.len() == 1 && !who.place
}

fn is_body(who: &Who) -> bool {
    use model::PartyType as P;
    matches!(who.kind, Some(P::Company | P::Bank | P::Organisation)) && !who.plural && !who.media
}

fn fill(mine: &mut Vec<Who>, theirs: Vec<Who>) {
    if mine.is_empty() {
        *mine = theirs;
        return;
    }
    // `Dealer accused`, and then `a Cypriot national`: who is placed counts before who is only described.
    let described = |w: &Who| w.countries.is_empty() && w.kind != Some(model::PartyType::Vessel) && twice::only_described(w);
    let named = theirs.iter().any(|w| !w.inferred && !twice::only_described(w) && w.kind == Some(model::PartyType::Person));
    // `two tankers`, and then one of them by its name.
    if mine.len() == 1 && mine[0].plural && theirs.iter().any(|t| ship_of_several(&mine[0], t)) {
        *mine = theirs;
        return;
    }
    if mine.iter().all(described) && (located(&theirs) || named) && !mine.iter().any(|m| theirs.iter().any(|t| m.may_be(t))) {
        *mine = theirs;
        return;
    }
    // `Three firms brought banned coal`, and then `North Korean coal`: where it is from stands beside who is not placed.
    if !located(mine) {
        mine.extend(theirs.iter().filter(|w| w.place && !w.countries.is_empty()).cloned());
    }
    for who in theirs {
        let known = mine.iter_mut().find(|m| m.may_be(&who));
        match known {
            // What is said counts before what was taken from around it.
            Some(m) if m.inferred && !who.inferred => *m = who,
            // `Houthi rebels` are more than `Yemen`.
            Some(m) if is_state(m) && who.kind == Some(model::PartyType::Organisation) && !who.media && m.countries == who.countries => {
                *m = who
            }
            // A company or an armed group is more than the State it is of.
            Some(m) if is_state(m) && is_body(&who) && m.countries == who.countries => *m = who,
            // A person or body is more than the State it belongs to.
            Some(m) if m.countries.is_empty() => m.countries = who.countries,
            Some(_) => {}
            None => {}
        }
    }
}

/// Which transfer each telling became; `None` for those too vague to stand alone.
pub(crate) struct Merged {
    pub gathered: Vec<Gathered>,
    pub of_event: Vec<Option<usize>>,
}

/// Most acts with which a new telling is compared, so that cost stays in proportion to length.
const MOST_COMPARED: usize = 200;

/// Most acts before the first that fits among which a better one is looked for.
const FEW: usize = 12;

/// Gathers the tellings of a text as they come, so that a long text need not be held as tellings.
#[derive(Default)]
pub(crate) struct Merger {
    /// The day of the report.
    pub published: Option<Date>,
    /// Whom courts and prosecutors judged, in the order of the text.
    pub judged: Vec<(Who, Telling)>,
    gathered: Vec<Gathered>,
    of_event: Vec<usize>,
    /// When something was seized or stopped, by sentence.
    caught: Vec<(usize, Dated)>,
    /// The sentences that tell of a ship that was seized or stopped.
    ships_caught: Vec<usize>,
}

impl Merger {
    /// How many tellings came.
    pub fn len(&self) -> usize {
        self.of_event.len()
    }

    pub fn add(&mut self, told: Told) {
        let from = self.gathered.len().saturating_sub(MOST_COMPARED);
        // Of several acts that this may be, the one that tells of the very same thing.
        let near = self.gathered.get(from..).unwrap_or(&[]);
        let last = (0..near.len()).rev().find(|at| near[*at].same(&told.0, told.1));
        let named = |at: &usize| {
            near[*at].act.things.iter().any(|x| told.0.things.iter().any(|y| shares_word(x, y))) && near[*at].same(&told.0, told.1)
        };
        let last = last.or_else(|| (0..near.len()).rev().find(|at| near[*at].is_way(&told.0)));
        let same = last.map(|last| from + (last.saturating_sub(FEW)..=last).rev().find(named).unwrap_or(last));
        let at = same.unwrap_or(self.gathered.len());
        self.of_event.push(at);
        match self.gathered.get_mut(at) {
            Some(known) => known.add(told),
            None => self.gathered.push(Gathered::from(told, self.published)),
        }
    }

    /// What was gathered, with the parties that the whole text lets one take, without what is too vague; `notes` takes what was weighed.
    pub fn finish(
        mut self,
        known: &crate::who::Known,
        parties: &Parties<'_>,
        weights: &Weights,
        notes: Option<&mut Vec<Weighed>>,
    ) -> Merged {
        for act in &mut self.gathered {
            let of = |who: &Who| act.named.iter().any(|w| w.name == who.name || (shares_name(w, who) && w.may_be(who)));
            let judged = self.judged.iter().filter(|(who, _)| of(who)).map(|(_, told)| *told);
            act.judged = judged.max_by_key(|told| *told == Telling::Confirmed);
        }
        for at in 0..self.gathered.len() {
            complete(&mut self.gathered, at, known);
        }
        let (gathered, of_first) = twice::join(std::mem::take(&mut self.gathered));
        self.gathered = gathered;
        self.of_event.iter_mut().for_each(|at| *at = of_first.get(*at).copied().unwrap_or(*at));
        let mut weighed = Vec::new();
        for at in 0..self.gathered.len() {
            if notes.is_some() {
                let side = |gives| sides::candidates(&self.gathered, at, gives, parties).into_iter().map(|c| (c.who, c.traits)).collect();
                weighed.push(Weighed {
                    act: self.gathered[at].clone(),
                    givers: side(true),
                    receivers: side(false),
                    traits: Vec::new(),
                    told: false,
                });
            }
            self.gathered[at].sure.0 = sides::choose(&mut self.gathered, at, true, parties, weights);
            self.gathered[at].sure.1 = sides::choose(&mut self.gathered, at, false, parties, weights);
        }
        for act in &mut self.gathered {
            act.aboard_a_catch(&self.ships_caught);
            act.date_of_catch(&self.caught);
            act.date_of_plan(self.published);
            act.date_of_news(self.published);
            // `supplied machines and services`, and elsewhere `expertise`: goods too are given.
            let know_how = |t: &Thing| t.category == "technology";
            if act.act.kind == ActKind::TechnologyTransfer
                && act.act.things.iter().any(|t| !t.generic && !know_how(t) && t.sort == Sort::Goods)
                && !act.act.things.first().is_some_and(know_how)
            {
                act.act.kind = ActKind::Supply;
            }
        }
        let stand = self.standing(weights);
        if let Some(notes) = notes {
            for (at, mut w) in weighed.into_iter().enumerate() {
                w.traits = worth::traits(&self.gathered, at);
                w.act = self.gathered[at].clone();
                w.told = stand[at];
                notes.push(w);
            }
        }
        self.keep(&stand)
    }

    /// Leaves the acts that stand, and says for each event of which of them it is a telling.
    fn keep(self, stands: &[bool]) -> Merged {
        let mut kept = 0;
        let place: Vec<Option<usize>> = stands
            .iter()
            .map(|stand| {
                kept += usize::from(*stand);
                stand.then(|| kept - 1)
            })
            .collect();
        let of_event = self.of_event.iter().map(|at| place.get(*at).copied().flatten()).collect();
        let gathered = self.gathered.into_iter().zip(&place).filter_map(|(g, p)| p.map(|_| g)).collect();
        Merged { gathered, of_event }
    }

    /// Which acts are told and no mere possibility.
    fn standing(&self, weights: &Weights) -> Vec<bool> {
        if weights.answers(Question::Told) {
            let least = weights.odds(Question::Told, &[("threshold", 1.0)]);
            let odds = |at: usize| weights.odds(Question::Told, &worth::traits(&self.gathered, at));
            return (0..self.gathered.len()).map(|at| worth::possible(&self.gathered[at]) && odds(at) > least).collect();
        }
        // Beside acts that are told in full, one of which nobody knows who gave, or where either side is, adds only doubt.
        let full = self
            .gathered
            .iter()
            .any(|g| stands(g) && g.act.kind != ActKind::Tourism && located(&g.act.givers) && located(&g.act.receivers));
        self.gathered
            .iter()
            .map(|g| {
                let placed = !g.act.givers.is_empty() && (located(&g.act.givers) || located(&g.act.receivers));
                // `The North kept importing limousines`: who gets them acts, and is told by the verb.
                let buys = matches!(g.act.kind, ActKind::Import | ActKind::Procurement) && !g.act.noun && located(&g.act.receivers);
                let placed = placed || (buys && g.act.things.iter().any(|t| !t.generic && t.category != "other"));
                stands(g) && (placed || !full)
            })
            .collect()
    }
}

/// An act as it was weighed, for those who learn the weights.
pub(crate) struct Weighed {
    pub act: Gathered,
    /// Who may give, with what speaks for it, before anybody was chosen.
    pub givers: Vec<(Who, Vec<Trait>)>,
    pub receivers: Vec<(Who, Vec<Trait>)>,
    /// What speaks for the act itself, once its sides were chosen.
    pub traits: Vec<Trait>,
    pub told: bool,
}

/// Whether two people or bodies share a word of their names.
fn shares_name(a: &Who, b: &Who) -> bool {
    a.kind != Some(model::PartyType::Government)
        && a.name.split_whitespace().any(|w| w.len() > 2 && b.name.split_whitespace().any(|v| v == w))
}

/// The missing party of an act that the text tells with one side only: the other State that the text is about. Not where the act was only
/// stopped, and not where another act goes the other way between the two.
fn complete(gathered: &mut [Gathered], at: usize, known: &crate::who::Known) {
    place(&mut gathered[at].act, known);
    let act = &gathered[at].act;
    // Nouns and what is only imagined tell too little to fill in.
    let vague = act.things.iter().all(|t| t.generic) || act.noun || act.kind == ActKind::Employment;
    if vague || matches!(gathered[at].telling(), Telling::Attempted | Telling::Hypothetical) {
        return;
    }
    // `UNICEF sent aid`: a body of all States gives too.
    let body = |list: &[Who]| list.iter().any(|w| w.kind == Some(model::PartyType::Organisation) && w.name.starts_with(char::is_uppercase));
    let relief = act.things.iter().any(|t| matches!(t.category.as_str(), "humanitarian" | "medicine" | "food"));
    let (given, got) = (located(&act.givers) || (relief && body(&act.givers)), located(&act.receivers));
    let side = match (act.givers.is_empty() && got, act.receivers.is_empty() && given) {
        (true, _) => &act.receivers,
        (_, true) => &act.givers,
        _ => return,
    };
    // `gold that was exported to one is now smuggled to another`: from the same hands.
    let near = |g: &&Gathered| {
        g.last.abs_diff(gathered[at].last) <= 1 && located(&g.act.givers) && !g.act.givers.iter().any(|w| side.iter().any(|s| s.may_be(w)))
    };
    let same = |g: &&Gathered| g.act.things.iter().any(|x| act.things.iter().any(|y| !x.generic && !y.generic && shares_word(x, y)));
    let around = gathered.get(at.saturating_sub(3)..(at + 3).min(gathered.len())).unwrap_or(&[]);
    let borrowed = around.iter().filter(|_| got).filter(near).find(same);
    // Of several that one verb tells, all have the same giver.
    let told_together = |g: &Gathered| g.act.trigger == act.trigger;
    let borrowed = borrowed.and_then(|g| {
        let giver = g.act.givers.first().cloned()?;
        Some(if told_together(g) { giver } else { giver.inferred() })
    });
    // `violated the embargo on Libya … supplied weapons`, `sanctions against the North … coal was delivered to China`.
    let embargoed = || {
        let state = known.embargoed(side).filter(|_| if got { goods::is_raw(&act.things) } else { goods::is_supplied(&act.things) })?;
        // What another act says of it too is as good as said.
        let so_too = |g: &Gathered| if got { &g.act.givers } else { &g.act.receivers }.iter().any(|w| !w.inferred && w.may_be(&state));
        let sure = gathered.iter().take(MOST_COMPARED).any(|g| stands(g) && so_too(g)) || (!got && known.only_arms_embargoed());
        Some(Who { inferred: !sure, ..state })
    };
    let Some(other) = borrowed.or_else(embargoed).or_else(|| known.foremost(side)) else { return };
    let meets = |list: &[Who], who: &Who| list.iter().any(|w| w.may_be(who));
    let back = |g: &Gathered| {
        let from = if got { &g.act.givers } else { &g.act.receivers };
        let to = if got { &g.act.receivers } else { &g.act.givers };
        meets(to, &other) && side.iter().any(|w| meets(from, w))
    };
    let beside = gathered.get(at.saturating_sub(MOST_COMPARED)..(at + MOST_COMPARED).min(gathered.len())).unwrap_or(&[]);
    if beside.iter().any(back) {
        return;
    }
    let act = &mut gathered[at].act;
    if got { act.givers.push(other) } else { act.receivers.push(other) }
}

/// `two battalions`, `the militia`: a side that words only describe is of the other State that the text is about.
fn place(act: &mut Event, known: &crate::who::Known) {
    // Tourists come from anywhere, and a `labour force` is no State.
    if matches!(act.kind, ActKind::Tourism | ActKind::Employment) {
        return;
    }
    // `to the Korean people`: of the Korea that the report is about.
    for who in act.givers.iter_mut().chain(&mut act.receivers) {
        let korean = |w: &str| w.starts_with("Korea");
        if who.countries.is_empty() && who.name.split_whitespace().next().is_some_and(korean) {
            who.countries.extend(known.named_more("KP", "KR"));
            who.inferred |= !who.countries.is_empty();
        }
    }
    use model::PartyType as P;
    // A firm or a man may be of any State.
    let loose = |w: &Who| !matches!(w.kind, Some(P::Company | P::Bank | P::Person | P::Vessel));
    let described =
        |list: &[Who]| list.len() == 1 && list[0].countries.is_empty() && loose(&list[0]) && !list[0].name.chars().any(char::is_uppercase);
    let side = match (described(&act.givers) && located(&act.receivers), described(&act.receivers) && located(&act.givers)) {
        (true, _) => known.leading(&act.receivers, 1).map(|w| (&mut act.givers, w)),
        (_, true) => known.leading(&act.givers, 1).map(|w| (&mut act.receivers, w)),
        _ => None,
    };
    if let Some((list, state)) = side
        && let Some(who) = list.first_mut()
    {
        who.countries = state.countries;
        who.inferred = true;
    }
}

fn located(list: &[Who]) -> bool {
    list.iter().any(|w| !w.countries.is_empty())
}

/// Whether what is known of an act is enough to speak of it.
fn stands(gathered: &Gathered) -> bool {
    let act = &gathered.act;
    // A visit is no transfer, and neither is a theft of a ship: what has no kind of its own is not told.
    if act.shaped || act.goods_beside || matches!(act.kind, ActKind::Other | ActKind::Travel) {
        return false;
    }
    let named = |list: &[Who]| !list.is_empty();
    // People who work where they live are nobody's export.
    let people = act.things.iter().any(|t| (t.sort == Sort::People && t.category != "tourism") || t.category == "workers");
    if act.kind == ActKind::Employment && !(located(&act.givers) && named(&act.receivers) && people) {
        return false;
    }
    // `1,300 men trained by the Union`: of whom nobody knows whose they are.
    if act.kind == ActKind::Training && !located(&act.receivers) {
        return false;
    }
    // `to fund its programmes`: money from nobody goes nowhere.
    if act.kind == ActKind::Financing && act.givers.is_empty() {
        return false;
    }
    // `components`, `equipment`: no name, but something; `goods` may be anything.
    let vague = act.things.iter().all(|t| t.generic && (act.noun || t.category == "other")) || act.things.is_empty();
    // `the sale of thousands of components by a Chinese network to an Iranian maker`: told whole, whatever the parts are.
    let said = |list: &[Who]| list.iter().any(|w| !w.inferred && !w.countries.is_empty());
    let parts = |t: &Thing| {
        // Whatever goods were shipped, when a verb tells who shipped them to whom.
        let goods = |w: &str| !act.noun && matches!(w, "goods" | "good" | "item" | "product" | "material");
        let last = t
            .words
            .split_whitespace()
            .map(stem)
            .any(|w| matches!(w.as_str(), "component" | "part" | "equipment" | "machinery" | "technology") || goods(&w));
        last && !t.words.is_empty()
    };
    let whole = said(&act.givers) && said(&act.receivers) && act.things.iter().any(parts);
    let vague = vague && !whole && act.kind != ActKind::ShipToShipTransfer;
    if vague && !(act.kind == ActKind::Gift && named(&act.givers) && named(&act.receivers)) {
        return false;
    }
    // Within one State, or from somebody to himself, nothing crosses to anybody.
    // A trader sells to his own country too, from wherever he is.
    let person = act.givers.iter().all(|g| g.kind == Some(model::PartyType::Person))
        && act.receivers.iter().any(|r| r.kind == Some(model::PartyType::Government));
    // `A Russian man was convicted of exporting chips to Russia`: what he is charged with crossed a border.
    let pursued = matches!(gathered.telling(), Telling::Alleged | Telling::Confirmed)
        && matches!(act.kind, ActKind::Export | ActKind::Reexport | ActKind::Supply | ActKind::Sale)
        && act.givers.iter().all(|g| matches!(g.kind, Some(model::PartyType::Person | model::PartyType::Company)));
    let same = !person
        && !pursued
        && located(&act.givers)
        && located(&act.receivers)
        && act.givers.iter().all(|g| act.receivers.iter().all(|r| g.countries.first() == r.countries.first() && !g.countries.is_empty()));
    if same {
        return false;
    }
    (named(&act.givers) && named(&act.receivers) && (located(&act.givers) || located(&act.receivers) || !act.noun))
        || (!act.noun && located(&act.receivers))
}
