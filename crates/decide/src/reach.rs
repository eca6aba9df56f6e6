//! When an act concerns a regime. This is asked of every regime for every act, and most acts concern few: so what the regimes ask alike is
//! looked at once, and days are gone through only where the act could concern the regime on some day at all.

use crate::alike::Alike;
use crate::atoms::Atom;
use crate::compile::Concerns;
use crate::days::{Days, OnDays};
use crate::mentions::{Mentions, Spoken};
use crate::planes::{Expr, Kleene};
use crate::rests::{Rests, looked_at, own_days};
use model::{Act, Area, Country, Date, Group, Truth};
use rulebook::{Period, Regime};
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

/// When an act concerns a regime; the rest of its law is looked at only where it does.
#[derive(Debug)]
pub(crate) struct Reaching {
    pub atoms: Vec<Atom>,
    pub expr: Expr,
    /// When the regime existed; empty: always.
    pub periods: Vec<Period>,
    /// Days on which it may change: those of its periods and of the members of groups of countries.
    pub days: Vec<Date>,
    /// The days on which what it asks may become otherwise though no country that the act names comes into a group or leaves it, in order: what
    /// begins or ends, and groups of few members that change, for a country that is not known cannot be in a group without any.
    pub named: Vec<Date>,
    /// The sorts of fact that each leaf looks at, and its place among those of all regimes.
    looks: Vec<(Rests, u16)>,
    /// The regimes whose designations count.
    pub regimes: Vec<String>,
    /// What must all hold, as places among the parts of all regimes; what is cheap to look at first.
    parts: Vec<usize>,
    /// Whether it asks little enough to be told.
    pub plain: bool,
}

/// Most leaves of a regime of which it can be told in a few words whom it concerns.
const PLAIN: usize = 24;

/// The leaves of all regimes, and the conditions of which these demand all: regimes of one authority mostly ask alike whether it reaches anybody
/// who takes part.
#[derive(Debug, Default)]
pub(crate) struct Common {
    parts: Vec<Part>,
    /// Their places.
    known: FxHashMap<Expr, usize>,
    leaves: Vec<CommonLeaf>,
    alike: Alike,
    /// The days on which any of it may become otherwise for the same act, and on which regimes begin or have ended, in order.
    days: Vec<Date>,
    /// The days on which each country comes into a group or leaves it, in order.
    members: BTreeMap<Country, Vec<Date>>,
}

/// A group that has no more members is one of few. Of an act that names more countries it may be that it names all members of a larger one.
pub(crate) const FEW: usize = 4;

/// A condition over the leaves of all regimes.
#[derive(Debug)]
struct Part {
    expr: Expr,
    leaves: Vec<u16>,
    /// Whether two items of one act can differ in it.
    per_item: bool,
    /// Roughly what it costs to look at, and how many regimes ask it.
    cost: u32,
    uses: u32,
    /// What it speaks of, and the condition that is as true of an act that names nothing of it.
    spoken: Spoken,
    stand_in: Option<usize>,
}

#[derive(Debug)]
struct CommonLeaf {
    atom: Atom,
    /// Days on which it may become otherwise for the same act.
    days: Vec<Date>,
    /// Whether it may on days of the act's own too.
    own: bool,
    /// Whether two items of one act can differ in it.
    per_item: bool,
    /// Whether it looks at goods apart from where they come from.
    at_goods: bool,
    /// What it speaks of, and the leaf that is as true of an act that names nothing of it, once that was looked for.
    spoken: Spoken,
    stand_in: Option<u16>,
}

impl Common {
    /// How many different leaves there are.
    pub(crate) fn len(&self) -> usize {
        self.leaves.len()
    }

    /// The place of a leaf that a regime asks for to find out whom it concerns.
    pub(crate) fn find(&self, atom: &Atom) -> Option<usize> {
        self.alike.find(atom, |at| self.leaves.get(at).map(|leaf| &leaf.atom))
    }

    /// To be called when all regimes are compiled.
    pub(crate) fn finish(&mut self) {
        for days in self.members.values_mut().chain([&mut self.days]) {
            days.sort_unstable();
            days.dedup();
        }
    }

    /// The days on which a country comes into a group that some regime speaks of, or leaves it.
    pub(crate) fn comings_and_goings(&self, country: Country) -> &[Date] {
        self.members.get(&country).map_or(&[], Vec::as_slice)
    }

    /// Whether it is not known of any item if a condition holds on the day, and it does not when nothing more turns out to be so.
    pub(crate) fn is_open(&self, part: usize, view: View, day: Date) -> bool {
        let fails = |item: usize| {
            let known = |leaf: u16| if view.truth(usize::from(leaf), item, day) == Truth::True { Truth::True } else { Truth::False };
            self.parts.get(part).is_some_and(|part| part.expr.truth_by(&known) == Truth::False)
        };
        view.items().all(|item| view.part(part, item, day) == Truth::Unknown && fails(item))
    }

    /// The leaves on which it hangs whether a condition holds for an item: open ones of what is itself open.
    pub(crate) fn open_leaves(&self, part: usize, view: View, item: usize, day: Date) -> Vec<&Atom> {
        let truth = |leaf: u16| view.truth(usize::from(leaf), item, day);
        let mut leaves = Vec::new();
        self.parts.get(part).into_iter().for_each(|part| part.expr.open_leaves(&truth, &mut leaves));
        leaves.into_iter().filter_map(|leaf| self.leaves.get(usize::from(leaf))).map(|leaf| &leaf.atom).collect()
    }

    fn place(&mut self, atom: &Atom) -> usize {
        let next = self.leaves.len();
        let at = self.alike.place(atom, next, |at| self.leaves.get(at).map(|leaf| &leaf.atom));
        if at == next {
            let days = changing_days(std::slice::from_ref(atom));
            let at_goods = looked_at(atom).at_goods();
            let (own, per_item) = (!atom.steady(), atom.per_item());
            let atom = atom.clone();
            self.leaves.push(CommonLeaf { atom, days, own, per_item, at_goods, spoken: Spoken::default(), stand_in: None });
        }
        at
    }

    /// The leaf that is as true as this one of an act that names nothing of which this one speaks.
    fn stand_in(&mut self, leaf: u16) -> u16 {
        let at = usize::from(leaf);
        let Some(CommonLeaf { atom, stand_in, .. }) = self.leaves.get(at) else { return leaf };
        if let Some(known) = stand_in {
            return *known;
        }
        let mut spoken = Spoken::default();
        let other = spoken.stand_in(atom);
        let other = u16::try_from(self.place(&other)).unwrap_or(u16::MAX);
        if let Some(leaf) = self.leaves.get_mut(at) {
            (leaf.spoken, leaf.stand_in) = (spoken, Some(other));
        }
        other
    }

    /// The place of a condition whose leaves are those of all regimes, asked by one more of them.
    fn part(&mut self, expr: Expr) -> usize {
        let at = self.part_at(expr);
        if let Some(part) = self.parts.get_mut(at) {
            part.uses += 1;
        }
        at
    }

    fn part_at(&mut self, expr: Expr) -> usize {
        if let Some(at) = self.known.get(&expr) {
            return *at;
        }
        let mut leaves = Vec::new();
        expr.leaves(&mut leaves);
        let others: FxHashMap<u16, u16> = leaves.iter().map(|leaf| (*leaf, self.stand_in(*leaf))).collect();
        let mine = || leaves.iter().filter_map(|leaf| self.leaves.get(usize::from(*leaf)));
        let (per_item, cost) = (mine().any(|leaf| leaf.per_item), mine().map(|leaf| leaf.atom.cost()).sum());
        let mut spoken = Spoken::default();
        mine().for_each(|leaf| spoken.add(&leaf.spoken));
        let stand_in = expr.leaves_by(&|leaf| others.get(&leaf).copied().unwrap_or(leaf));
        let stand_in = (stand_in != expr).then(|| self.part_at(stand_in));
        self.known.insert(expr.clone(), self.parts.len());
        self.parts.push(Part { expr, leaves, per_item, cost, uses: 0, spoken, stand_in });
        self.parts.len() - 1
    }
}

/// The days on which members of the groups that the leaves speak of come and go.
fn comings_and_goings(atoms: &[Atom]) -> Vec<(Country, Date)> {
    let groups = atoms.iter().flat_map(Atom::areas).filter_map(|area| if let Area::Group(group) = area { Some(group) } else { None });
    groups.flat_map(|group| comings_and_goings_of(group)).collect()
}

fn comings_and_goings_of(group: &Group) -> impl Iterator<Item = (Country, Date)> {
    let days = group.members.iter().map(|(c, from, to)| (*c, [*from, to.and_then(|d| d.tomorrow().ok())]));
    days.flat_map(|(c, days)| days.into_iter().flatten().map(move |day| (c, day)))
}

/// The days on which groups come to have no more than a few members, of those of which leaves ask whether an act begins or ends there, or stop having so few.
fn thin_days(atoms: &[Atom]) -> Vec<Date> {
    let places = atoms.iter().filter(|atom| matches!(atom, Atom::To(_) | Atom::From(_) | Atom::In(_)));
    let groups = places.flat_map(Atom::areas).filter_map(|area| if let Area::Group(group) = area { Some(group) } else { None });
    let thin = groups.flat_map(|group| {
        let changes = comings_and_goings_of(group).map(|(_, day)| day);
        let few = |day: Option<Date>| {
            let there = |(_, from, to): &&(Country, Option<Date>, Option<Date>)| {
                day.is_some_and(|day| from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t))
            };
            group.members.iter().filter(there).count() <= FEW
        };
        changes.filter(move |day| few(Some(*day)) || few(day.yesterday().ok())).collect::<Vec<_>>()
    });
    thin.collect()
}

/// The days on which a leaf may change for the same act: those, and days that it names itself.
fn changing_days(atoms: &[Atom]) -> Vec<Date> {
    let mut days: Vec<Date> = comings_and_goings(atoms).into_iter().map(|(_, day)| day).collect();
    days.extend(named_days(atoms));
    days.sort_unstable();
    days.dedup();
    days
}

/// The days that the leaves name themselves.
fn named_days(atoms: &[Atom]) -> impl Iterator<Item = Date> {
    let during = atoms.iter().filter_map(|atom| if let Atom::During(period) = atom { Some(period) } else { None });
    during.flat_map(begin_and_end)
}

/// The first day of a period, and the first after it.
fn begin_and_end(period: &Period) -> impl Iterator<Item = Date> + use<> {
    [Some(period.from), period.to.and_then(|d| d.tomorrow().ok())].into_iter().flatten()
}

/// What is left open of an act, whatever is said of it. Each leaves open what those before it do, so that what may be true under one may be true under the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum LeftOpen {
    Nothing,
    /// The goods, apart from where they come from.
    Goods,
    /// And what may become otherwise on a day on which its countries are in the same groups as on its own.
    GoodsAndDay,
    /// And where the goods come from: all that one item may have and another not.
    ItemsAndDay,
}

/// What was found of one act so far, for the leaves and conditions of all regimes.
#[derive(Debug)]
pub(crate) struct Seen {
    days: Days,
    mentions: Mentions,
    open: LeftOpen,
    /// What is known of the act though more is left open of it.
    settled: Option<Arc<Settled>>,
    /// For each of the first items and each stretch of days that stand side by side: the leaves, then the conditions. What does not differ by item is that of the
    /// first.
    kept: Vec<OnceCell<Kept>>,
}

/// What was found at each place among leaves and conditions. Nearly every act has one day: then a byte is enough for each, and there are thousands of places.
#[derive(Debug)]
enum Kept {
    OneDay(Box<[Cell<Option<Truth>>]>),
    SideBySide(Box<[Cell<OnDays>]>),
}

impl Kept {
    fn new(places: usize, one_day: bool) -> Self {
        match one_day {
            true => Self::OneDay(vec![Cell::new(None); places].into()),
            false => Self::SideBySide(vec![Cell::new(OnDays::UNSEEN); places].into()),
        }
    }

    /// What was found at a place before, or is found now; it is not so where there is no such place.
    fn get(&self, at: usize, find: impl FnOnce() -> OnDays) -> OnDays {
        match self {
            Self::OneDay(places) => places.get(at).map_or(OnDays::FALSE, |place| {
                let truth = place.get().unwrap_or_else(|| find().at(0));
                place.set(Some(truth));
                OnDays::always(truth)
            }),
            Self::SideBySide(places) => places.get(at).map_or(OnDays::FALSE, |place| {
                if place.get() == OnDays::UNSEEN {
                    place.set(find());
                }
                place.get()
            }),
        }
    }
}

/// Items of which what was found is kept.
const MOST_KEPT: usize = 16;

impl Seen {
    pub(crate) fn new(common: &Common, act: &Act) -> Self {
        let days = match act.on {
            Some(span) if span.first == span.last => Days::one(span.first),
            Some(span) => Days::new((span.first, span.last), &common.days, own_days(act)),
            None => Days::new((Date::MIN, Date::MAX), &common.days, own_days(act)),
        };
        let kept = act.items.len().clamp(1, MOST_KEPT) * days.stretches();
        let kept = (0..kept).map(|_| OnceCell::new()).collect();
        Self { days, mentions: Mentions::of(act), open: LeftOpen::Nothing, settled: None, kept }
    }

    /// The same of an act of which something is left open; `settled` is what is known of it where more is.
    pub(crate) fn leaving(open: LeftOpen, settled: Option<&Arc<Settled>>, common: &Common, act: &Act) -> Self {
        Self { open, settled: settled.cloned(), ..Self::new(common, act) }
    }

    /// What is known of an act of one day, of which no items are told apart.
    pub(crate) fn settled(&self) -> Settled {
        let Some(Kept::OneDay(places)) = self.kept.first().and_then(OnceCell::get) else { return Settled::default() };
        let none = || vec![0; places.len().div_ceil(64)];
        let mut out = Settled { yes: none(), no: none() };
        for (at, found) in places.iter().map(Cell::get).enumerate() {
            let bits = match found {
                Some(Truth::True) => &mut out.yes,
                Some(Truth::False) => &mut out.no,
                Some(Truth::Unknown) | None => continue,
            };
            bits.get_mut(at / 64).into_iter().for_each(|word| *word |= 1 << (at % 64));
        }
        out
    }
}

/// The leaves and conditions of all regimes that are known to hold, and not to hold, a bit each.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    yes: Vec<u64>,
    no: Vec<u64>,
}

impl Settled {
    fn truth(&self, at: usize) -> Option<Truth> {
        let has = |bits: &[u64]| bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
        if has(&self.yes) { Some(Truth::True) } else { has(&self.no).then_some(Truth::False) }
    }
}

/// An act, and what was found of it so far.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub act: &'a Act,
    pub seen: &'a Seen,
    pub common: &'a Common,
}

/// What an open leaf of an item turns out to be on some days; nothing where an answer does not speak of it.
type Says<'a> = dyn Fn(usize, &Atom, &[Date]) -> Option<OnDays> + 'a;

/// Something is answered.
pub(crate) struct Answer<'a> {
    says: &'a Says<'a>,
    /// The one leaf of which it speaks, if it is one.
    only: Option<u16>,
    kept: RefCell<FxHashMap<Looked, OnDays>>,
}

/// The act as it was seen, the condition, the item and the stretch of days.
type Looked = (*const Seen, usize, usize, usize);

impl<'a> Answer<'a> {
    pub(crate) fn new(says: &'a Says<'a>) -> Self {
        Self { says, only: None, kept: RefCell::default() }
    }

    /// That speaks of one leaf of all regimes.
    pub(crate) fn only(leaf: Option<usize>, says: &'a Says<'a>) -> Self {
        Self { only: leaf.and_then(|leaf| u16::try_from(leaf).ok()), ..Self::new(says) }
    }
}

impl View<'_> {
    /// What was found before at a place among leaves and conditions, or is found now.
    fn kept(self, at: usize, (item, stretch): (usize, usize), find: impl FnOnce() -> OnDays) -> OnDays {
        if let Some(known) = self.seen.settled.as_ref().and_then(|settled| settled.truth(at)) {
            debug_assert_eq!(find().at(0), known, "what is settled of an act is so whatever else is known of it");
            return OnDays::always(known);
        }
        let Some(block) = self.seen.kept.get(item * self.seen.days.stretches() + stretch) else { return find() };
        let places = self.common.leaves.len() + self.common.parts.len();
        block.get_or_init(|| Kept::new(places, self.seen.days.are_one())).get(at, find)
    }

    /// The truth of a leaf for an item.
    pub(crate) fn leaf_on(self, leaf: usize, item: usize, stretch: usize) -> OnDays {
        let Some(common) = self.common.leaves.get(leaf) else { return OnDays::FALSE };
        let open = self.seen.open;
        if common.at_goods && open >= LeftOpen::Goods || common.per_item && open >= LeftOpen::ItemsAndDay {
            return OnDays::always(Truth::Unknown);
        }
        let item = if common.per_item { item } else { 0 };
        let truth = if open >= LeftOpen::GoodsAndDay { Atom::truth_on_any_day } else { Atom::truth };
        let look = || self.seen.days.look(stretch, (&common.days, common.own), |day| truth(&common.atom, self.act, item, day));
        self.kept(leaf, (item, stretch), look)
    }

    /// Whether a condition holds for an item.
    fn part_on(self, part: usize, item: usize, stretch: usize) -> OnDays {
        let Some(common) = self.common.parts.get(part) else { return OnDays::FALSE };
        let item = if common.per_item { item } else { 0 };
        let itself = || common.expr.truth_by(&|leaf| self.leaf_on(usize::from(leaf), item, stretch));
        let find = || {
            let Some(other) = common.stand_in.filter(|_| !self.seen.mentions.meet(&common.spoken)) else { return itself() };
            let found = self.part_on(other, item, stretch);
            debug_assert_eq!(found, itself(), "{:?} and what stands in for it", common.expr);
            found
        };
        self.kept(self.common.leaves.len() + part, (item, stretch), find)
    }

    /// The same once something is answered.
    fn part_given(self, part: usize, (item, stretch): (usize, usize), answer: &Answer) -> OnDays {
        let days = self.seen.days.side_by_side(stretch);
        let before = self.part_on(part, item, stretch);
        let speaks = |part: &&Part| answer.only.is_none_or(|leaf| part.leaves.contains(&leaf));
        let open = self.common.parts.get(part).filter(|_| !before.is_known(days.len()));
        let Some(common) = open.filter(speaks) else { return before };
        let item = if common.per_item { item } else { 0 };
        let key = (std::ptr::from_ref(self.seen), part, item, stretch);
        if let Some(known) = answer.kept.borrow().get(&key) {
            return *known;
        }
        let leaf = |leaf: u16| {
            let before = self.leaf_on(usize::from(leaf), item, stretch);
            let atom = self.common.leaves.get(usize::from(leaf)).map(|leaf| &leaf.atom);
            let answered = atom.filter(|_| !before.is_known(days.len())).and_then(|atom| (answer.says)(item, atom, days));
            answered.map_or(before, |answered| before.or_where_open(answered))
        };
        let given = common.expr.truth_by(&leaf);
        answer.kept.borrow_mut().insert(key, given);
        given
    }

    fn truth(self, leaf: usize, item: usize, day: Date) -> Truth {
        let (stretch, bit) = self.place(day);
        self.leaf_on(leaf, item, stretch).at(bit)
    }

    fn part(self, part: usize, item: usize, day: Date) -> Truth {
        let (stretch, bit) = self.place(day);
        self.part_on(part, item, stretch).at(bit)
    }

    /// Where a day stands: the stretch, and its place in it.
    pub(crate) fn place(self, day: Date) -> (usize, usize) {
        self.seen.days.place(day)
    }

    /// The items, of an act without any the one that is not named.
    pub(crate) fn items(self) -> std::ops::Range<usize> {
        0..self.act.items.len().max(1)
    }
}

impl Reaching {
    pub(crate) fn new(regime: &Regime, concerns: Concerns, common: &mut Common) -> Self {
        let Concerns { atoms, expr, regimes } = concerns;
        let mut days = changing_days(&atoms);
        days.extend(regime.periods.iter().flat_map(begin_and_end));
        days.sort_unstable();
        days.dedup();
        comings_and_goings(&atoms).into_iter().for_each(|(country, day)| common.members.entry(country).or_default().push(day));
        let mut named: Vec<Date> = named_days(&atoms).chain(thin_days(&atoms)).collect();
        named.sort_unstable();
        let places: Vec<u16> = atoms.iter().map(|atom| u16::try_from(common.place(atom)).unwrap_or(u16::MAX)).collect();
        let looks = atoms.iter().map(looked_at).zip(places.iter().copied()).collect();
        let parts = match expr.leaves_by(&|leaf| places.get(usize::from(leaf)).copied().unwrap_or(u16::MAX)) {
            Expr::All(list) => list.into_iter().map(|e| common.part(e)).collect(),
            one => vec![common.part(one)],
        };
        common.days.extend(&days);
        let plain = atoms.len() <= PLAIN;
        Self { atoms, expr, periods: regime.periods.clone(), days, named, looks, regimes, parts, plain }
    }

    /// Puts first what costs each regime little: what many ask is found out once. To be called when all regimes are compiled.
    pub(crate) fn cheapest_first(&mut self, common: &Common) {
        self.parts.sort_by_key(|at| common.parts.get(*at).map_or(0, |part| part.cost * 16 / part.uses.max(1)));
    }

    /// Whether the act concerns the regime on the day, by the item of which it holds best.
    pub(crate) fn on(&self, view: View, day: Date) -> Truth {
        let (stretch, bit) = view.place(day);
        self.on_days(view, stretch, Truth::Unknown, &|part, item| view.part_on(part, item, stretch)).at(bit)
    }

    /// The same of each day of a stretch once something is answered.
    pub(crate) fn given(&self, view: View, stretch: usize, answer: &Answer) -> OnDays {
        self.on_days(view, stretch, Truth::Unknown, &|part, item| view.part_given(part, (item, stretch), answer))
    }

    /// Whether it surely does on some day that it may fall on once something is answered, and whether on all of them.
    pub(crate) fn surely_given(&self, view: View, answer: &Answer) -> (bool, bool) {
        let of_stretch = |stretch| {
            let days = view.seen.days.side_by_side(stretch).len();
            let given = self.on_days(view, stretch, Truth::True, &|part, item| view.part_given(part, (item, stretch), answer));
            (given.best(days) == Truth::True, given.on_all(days))
        };
        (0..view.seen.days.stretches()).map(of_stretch).fold((false, true), |(some, all), (a, b)| (some || a, all && b))
    }

    /// Whether the act concerns the regime on each day of a stretch, by what each of its conditions says of an item. Below `least` it does not matter.
    fn on_days(&self, view: View, stretch: usize, least: Truth, part: &impl Fn(usize, usize) -> OnDays) -> OnDays {
        let days = view.seen.days.side_by_side(stretch);
        let of_item = |item| {
            let mut out = OnDays::TRUE;
            for at in &self.parts {
                out = out.both(part(*at, item));
                if out.best(days.len()) < least {
                    break;
                }
            }
            out
        };
        let mut out = OnDays::FALSE;
        for item in view.items() {
            out = out.either(of_item(item));
            if out.on_all(days.len()) {
                break;
            }
        }
        if self.periods.is_empty() || out.best(days.len()) == Truth::False {
            return out;
        }
        out.both(OnDays::of(days, |day| Truth::from(self.existed(day))))
    }

    /// Of the conditions, all of which must hold for the act to concern the regime, those that do not, for the item of which most do; nothing when more than
    /// so many fail for each.
    pub(crate) fn failing(&self, view: View, day: Date, most: usize) -> Option<Vec<usize>> {
        let fails = |item: usize| self.parts.iter().copied().filter(move |part| view.part(*part, item, day) == Truth::False);
        // Most regimes are far away: nothing is written down of them.
        let (count, item) = view.items().map(|item| (fails(item).take(most.saturating_add(1)).count(), item)).min()?;
        (count <= most).then(|| fails(item).collect())
    }

    /// Whether a condition must hold for an act to concern the regime.
    pub(crate) fn demands(&self, part: usize) -> bool {
        self.parts.contains(&part)
    }

    /// The conditions that must all hold for an act to concern the regime.
    pub(crate) fn conditions(&self) -> impl ExactSizeIterator<Item = usize> {
        self.parts.iter().copied()
    }

    /// Whether the regime existed on the day.
    pub(crate) fn existed(&self, day: Date) -> bool {
        self.periods.is_empty() || self.periods.iter().any(|p| p.holds_on(day))
    }

    /// Whether the act may concern the regime on the day, whether or not the regime existed.
    pub(crate) fn may_concern(&self, view: View, day: Date) -> bool {
        let (stretch, bit) = view.place(day);
        let fails = |item| self.parts.iter().any(|part| view.part_on(*part, item, stretch).at(bit) == Truth::False);
        !view.items().all(fails)
    }

    /// The sorts of fact that are looked at to tell whether the act concerns the regime.
    pub(crate) fn looks(&self, view: View, day: Date) -> Rests {
        let looked = Cell::new(Rests::default());
        let (stretch, bit) = view.place(day);
        for item in view.items() {
            self.expr.truth_by(&|atom| {
                let Some((looks, leaf)) = self.looks.get(usize::from(atom)) else { return Truth::False };
                looked.set(looked.get().and(*looks));
                view.leaf_on(usize::from(*leaf), item, stretch).at(bit)
            });
        }
        looked.get()
    }

    /// Whether it may concern the regime on some day that it may fall on.
    pub(crate) fn possible(&self, view: View) -> bool {
        self.best(view) != Truth::False
    }

    /// The best that is true of it on the days that it may fall on.
    pub(crate) fn best(&self, view: View) -> Truth {
        let mut best = Truth::False;
        for stretch in 0..view.seen.days.stretches() {
            let days = view.seen.days.side_by_side(stretch).len();
            best = best.or(self.on_days(view, stretch, Truth::Unknown, &|part, item| view.part_on(part, item, stretch)).best(days));
            if best == Truth::True {
                break;
            }
        }
        best
    }

    /// The days that the act may fall on and on which this may change: the first, the last, and those between on which the regime, a group
    /// of countries or a listing begins or has ended.
    pub(crate) fn days_of(&self, act: &Act) -> Vec<Date> {
        let (first, last) = act.on.map_or((Date::MIN, Date::MAX), |s| (s.first, s.last));
        let listings = act.parties.iter().flat_map(|p| &p.designations);
        let listings = listings.flat_map(|d| [d.from, d.to.and_then(|d| d.tomorrow().ok())]).flatten();
        let mut days: Vec<Date> = self.days.iter().copied().chain(listings).filter(|d| first < *d && *d < last).collect();
        days.extend([first, last]);
        days.sort_unstable();
        days.dedup();
        days
    }
}
