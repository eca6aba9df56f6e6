//! When an act concerns a regime. This is asked of every regime for every act, and most acts concern few: so what the regimes ask alike is
//! looked at once, and days are gone through only where the act could concern the regime on some day at all.

use crate::atoms::Atom;
use crate::compile;
use crate::planes::Expr;
use crate::rests::{Rests, looked_at};
use model::{Act, Area, Country, Date, Truth};
use rulebook::{Period, Regime, Rulebook};
use std::cell::Cell;
use std::collections::HashMap;
use std::mem::Discriminant;

/// When an act concerns a regime; the rest of its law is looked at only where it does.
#[derive(Debug)]
pub(crate) struct Reaching {
    pub atoms: Vec<Atom>,
    pub expr: Expr,
    /// When the regime existed; empty: always.
    pub periods: Vec<Period>,
    /// Days on which it may change: those of its periods and of the members of groups of countries.
    pub days: Vec<Date>,
    /// The days on which what it asks begins or ends, apart from those.
    pub named: Vec<Date>,
    /// The days of the members of groups, by country.
    pub members: Vec<(Country, Date)>,
    /// The sorts of fact that each leaf looks at.
    looks: Vec<Rests>,
    /// Whether nothing in it has days of its own in an act, as listings and words in names have.
    pub steady: bool,
    /// The regimes whose designations count.
    pub regimes: Vec<String>,
    /// What must all hold, as places among the parts of all regimes; what is cheap to look at first.
    parts: Vec<usize>,
}

/// The leaves of all regimes, and the conditions of which these demand all: regimes of one authority mostly ask alike whether it reaches anybody
/// who takes part.
#[derive(Debug, Default)]
pub(crate) struct Common {
    parts: Vec<Part>,
    leaves: Vec<CommonLeaf>,
    /// Their places by what is cheap to compare: the sort of leaf, and a country that it speaks of.
    alike: HashMap<(Discriminant<Atom>, Option<Country>), Vec<usize>>,
}

/// A condition over the leaves of all regimes.
#[derive(Debug)]
struct Part {
    expr: Expr,
    /// Whether two items of one act can differ in it.
    per_item: bool,
    /// Roughly what it costs to look at, and how many regimes ask it.
    cost: u32,
    uses: u32,
}

#[derive(Debug)]
struct CommonLeaf {
    atom: Atom,
    /// Days on which it may change for the same act; none where only the act tells.
    days: Option<Vec<Date>>,
}

impl CommonLeaf {
    /// The same on every day.
    fn is_lasting(&self) -> bool {
        self.days.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether it is so on some day between these, as far as the leaf alone tells.
    fn ever(&self, act: &Act, item: usize, (first, last): (Date, Date)) -> Truth {
        let Some(days) = &self.days else { return Truth::True };
        let changes = days.iter().copied().filter(|d| first < *d && *d <= last);
        std::iter::once(first).chain(changes).map(|day| self.atom.truth(act, item, day)).max().unwrap_or(Truth::True)
    }
}

impl Common {
    /// How many different leaves there are.
    pub(crate) fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether it is not known of any item if a condition holds on the day, and it does not when nothing more turns out to be so.
    pub(crate) fn is_open(&self, part: usize, view: View, day: Date) -> bool {
        let fails = |item: usize| {
            let known = |leaf: u16| if view.truth(usize::from(leaf), item, day) == Truth::True { Truth::True } else { Truth::False };
            self.parts.get(part).is_some_and(|part| part.expr.truth_by(&known) == Truth::False)
        };
        (0..view.act.items.len().max(1)).all(|item| view.part(part, item, day) == Truth::Unknown && fails(item))
    }

    /// The leaves on which it hangs whether a condition holds for an item: open ones of what is itself open.
    pub(crate) fn open_leaves(&self, part: usize, view: View, item: usize, day: Date) -> Vec<&Atom> {
        let truth = |leaf: u16| view.truth(usize::from(leaf), item, day);
        let mut leaves = Vec::new();
        self.parts.get(part).into_iter().for_each(|part| part.expr.open_leaves(&truth, &mut leaves));
        leaves.into_iter().filter_map(|leaf| self.leaves.get(usize::from(leaf))).map(|leaf| &leaf.atom).collect()
    }

    fn place(&mut self, atom: &Atom) -> usize {
        let country = atom.areas().first().and_then(|area| area.countries().next());
        let alike = self.alike.entry((std::mem::discriminant(atom), country)).or_default();
        let known = alike.iter().find(|at| self.leaves.get(**at).is_some_and(|leaf| leaf.atom == *atom));
        known.copied().unwrap_or_else(|| {
            let days = atom.steady().then(|| changing_days(std::slice::from_ref(atom)));
            self.leaves.push(CommonLeaf { atom: atom.clone(), days });
            alike.push(self.leaves.len() - 1);
            self.leaves.len() - 1
        })
    }

    /// The place of a condition whose leaves are those of all regimes.
    fn part(&mut self, expr: Expr) -> usize {
        let at = self.parts.iter().position(|part| part.expr == expr).unwrap_or_else(|| {
            let mut leaves = Vec::new();
            expr.leaves(&mut leaves);
            let atoms = || leaves.iter().filter_map(|leaf| self.leaves.get(usize::from(*leaf))).map(|leaf| &leaf.atom);
            let (per_item, cost) = (atoms().any(Atom::per_item), atoms().map(Atom::cost).sum());
            self.parts.push(Part { expr, per_item, cost, uses: 0 });
            self.parts.len() - 1
        });
        if let Some(part) = self.parts.get_mut(at) {
            part.uses += 1;
        }
        at
    }
}

/// The days on which members of the groups that the leaves speak of come and go.
fn comings_and_goings(atoms: &[Atom]) -> Vec<(Country, Date)> {
    let members = atoms.iter().flat_map(Atom::areas).flat_map(|area| match area {
        Area::Group(group) => group.members.as_slice(),
        Area::One(_) => &[],
    });
    let days = members.map(|(c, from, to)| (*c, [*from, to.and_then(|d| d.tomorrow().ok())]));
    days.flat_map(|(c, days)| days.into_iter().flatten().map(move |day| (c, day))).collect()
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

/// What was found of one act so far, for the leaves and conditions of all regimes: on the day that was asked last, and on any day that the
/// act may fall on.
#[derive(Debug)]
pub(crate) struct Seen {
    on: Vec<Cell<Option<(Date, Truth)>>>,
    ever: Vec<Cell<Option<Truth>>>,
    parts_on: Vec<Cell<Option<(Date, Truth)>>>,
    parts_could: Vec<Cell<Option<bool>>>,
}

impl Seen {
    pub(crate) fn new(common: &Common) -> Self {
        let (leaves, parts) = (common.leaves.len(), common.parts.len());
        Self {
            on: vec![Cell::new(None); leaves],
            ever: vec![Cell::new(None); leaves],
            parts_on: vec![Cell::new(None); parts],
            parts_could: vec![Cell::new(None); parts],
        }
    }
}

/// An act, and what was found of it so far.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub act: &'a Act,
    pub seen: &'a Seen,
    pub common: &'a Common,
}

impl View<'_> {
    /// The truth of a leaf for an item. Only of the first item is anything kept; what does not differ by item is that of the first.
    fn truth(self, leaf: usize, item: usize, day: Date) -> Truth {
        let (Some(common), Some(cell)) = (self.common.leaves.get(leaf), self.seen.on.get(leaf)) else { return Truth::False };
        if item > 0 && common.atom.per_item() {
            return common.atom.truth(self.act, item, day);
        }
        match cell.get() {
            Some((then, truth)) if then == day || common.is_lasting() => truth,
            _ => {
                let truth = common.atom.truth(self.act, 0, day);
                cell.set(Some((day, truth)));
                truth
            }
        }
    }

    fn ever(self, leaf: usize, item: usize, between: (Date, Date)) -> Truth {
        let (Some(common), Some(cell)) = (self.common.leaves.get(leaf), self.seen.ever.get(leaf)) else { return Truth::True };
        if item > 0 && common.atom.per_item() {
            return common.ever(self.act, item, between);
        }
        cell.get().unwrap_or_else(|| {
            let truth = common.ever(self.act, 0, between);
            cell.set(Some(truth));
            truth
        })
    }

    /// Whether a condition holds for an item on a day.
    fn part(self, part: usize, item: usize, day: Date) -> Truth {
        let (Some(common), Some(cell)) = (self.common.parts.get(part), self.seen.parts_on.get(part)) else { return Truth::False };
        let truth = |item| common.expr.truth_by(&|leaf| self.truth(usize::from(leaf), item, day));
        if item > 0 && common.per_item {
            return truth(item);
        }
        match cell.get() {
            Some((then, truth)) if then == day => truth,
            _ => {
                let truth = truth(0);
                cell.set(Some((day, truth)));
                truth
            }
        }
    }

    /// Whether a condition could be other than false on some day. The days are those of the act, so it is asked of one stretch only.
    fn part_could(self, part: usize, item: usize, between: (Date, Date)) -> bool {
        let (Some(common), Some(cell)) = (self.common.parts.get(part), self.seen.parts_could.get(part)) else { return true };
        if item > 0 && common.per_item {
            return self.could(&common.expr, item, between);
        }
        cell.get().unwrap_or_else(|| {
            let could = self.could(&common.expr, 0, between);
            cell.set(Some(could));
            could
        })
    }

    /// Whether a formula could be other than false on some day: each leaf at its best, as if all were so on one day.
    fn could(self, expr: &Expr, item: usize, between: (Date, Date)) -> bool {
        match expr {
            Expr::Constant(truth) => *truth,
            Expr::Leaf(leaf, true) => self.ever(usize::from(*leaf), item, between) != Truth::False,
            // What is so on some day may be otherwise on another.
            Expr::Leaf(leaf, false) => {
                let lasting = self.common.leaves.get(usize::from(*leaf)).is_some_and(CommonLeaf::is_lasting);
                !lasting || self.truth(usize::from(*leaf), item, between.0) != Truth::True
            }
            Expr::All(list) => list.iter().all(|e| self.could(e, item, between)),
            Expr::Any(list) => list.iter().any(|e| self.could(e, item, between)),
        }
    }
}

impl Reaching {
    pub(crate) fn compile(book: &Rulebook, regime: &Regime, common: &mut Common) -> Self {
        let (atoms, expr, regimes) = compile::reach(book, regime);
        let mut days = changing_days(&atoms);
        days.extend(regime.periods.iter().flat_map(begin_and_end));
        days.sort_unstable();
        days.dedup();
        let steady = atoms.iter().all(Atom::steady);
        let members = comings_and_goings(&atoms);
        let named = named_days(&atoms).collect();
        let looks = atoms.iter().map(looked_at).collect();
        let places: Vec<u16> = atoms.iter().map(|atom| u16::try_from(common.place(atom)).unwrap_or(u16::MAX)).collect();
        let parts = match expr.leaves_by(&|leaf| places.get(usize::from(leaf)).copied().unwrap_or(u16::MAX)) {
            Expr::All(list) => list.into_iter().map(|e| common.part(e)).collect(),
            one => vec![common.part(one)],
        };
        Self { atoms, expr, periods: regime.periods.clone(), days, named, members, looks, steady, regimes, parts }
    }

    /// Puts first what costs each regime little: what many ask is found out once. To be called when all regimes are compiled.
    pub(crate) fn cheapest_first(&mut self, common: &Common) {
        self.parts.sort_by_key(|at| common.parts.get(*at).map_or(0, |part| part.cost * 16 / part.uses.max(1)));
    }

    /// Whether the act concerns the regime on the day, by the item of which it holds best.
    pub(crate) fn on(&self, view: View, day: Date) -> Truth {
        if !self.periods.is_empty() && !self.periods.iter().any(|p| p.holds_on(day)) {
            return Truth::False;
        }
        let of_item = |item| {
            let mut out = Truth::True;
            for part in &self.parts {
                out = out.and(view.part(*part, item, day));
                if out == Truth::False {
                    break;
                }
            }
            out
        };
        (0..view.act.items.len().max(1)).map(of_item).max().unwrap_or(Truth::False)
    }

    /// Whether the act concerns the regime on the day once something is answered: what open leaves of an item are then.
    pub(crate) fn given(&self, view: View, day: Date, answer: &impl Fn(usize, &Atom) -> Option<bool>) -> Truth {
        let of_item = |item| self.parts_given(view, (day, item), answer).fold(Truth::True, Truth::and);
        let items = 0..view.act.items.len().max(1);
        if self.existed(day) { items.map(of_item).max().unwrap_or(Truth::False) } else { Truth::False }
    }

    /// Whether it surely does, which is known sooner.
    pub(crate) fn surely_given(&self, view: View, day: Date, answer: &impl Fn(usize, &Atom) -> Option<bool>) -> bool {
        let of_item = |item| self.parts_given(view, (day, item), answer).all(|truth| truth == Truth::True);
        self.existed(day) && (0..view.act.items.len().max(1)).any(of_item)
    }

    fn parts_given<'a>(
        &'a self,
        view: View<'a>,
        (day, item): (Date, usize),
        answer: &'a impl Fn(usize, &Atom) -> Option<bool>,
    ) -> impl Iterator<Item = Truth> + 'a {
        let leaf = move |leaf: u16| match view.truth(usize::from(leaf), item, day) {
            Truth::Unknown => {
                let atom = view.common.leaves.get(usize::from(leaf)).map(|leaf| &leaf.atom);
                atom.and_then(|atom| answer(item, atom)).map_or(Truth::Unknown, Truth::from)
            }
            known => known,
        };
        self.parts.iter().filter_map(move |at| view.common.parts.get(*at)).map(move |part| part.expr.truth_by(&leaf))
    }

    /// Of the conditions, all of which must hold for the act to concern the regime, those that do not, for the item of which most do; nothing when more than
    /// so many fail for each.
    pub(crate) fn failing(&self, view: View, day: Date, most: usize) -> Option<Vec<usize>> {
        let of_item = |item| {
            let fails = self.parts.iter().copied().filter(|part| view.part(*part, item, day) == Truth::False);
            fails.take(most.saturating_add(1)).collect::<Vec<_>>()
        };
        (0..view.act.items.len().max(1)).map(of_item).min_by_key(Vec::len).filter(|fails| fails.len() <= most)
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

    fn leaf(&self, atom: u16, act: &Act, item: usize, day: Date) -> Truth {
        self.atoms.get(usize::from(atom)).map_or(Truth::False, |a| a.truth(act, item, day))
    }

    /// Whether the act concerns the regime, whatever its goods are and whether or not the regime existed.
    pub(crate) fn apart_from_goods(&self, act: &Act, day: Date) -> Truth {
        let leaf = |atom: u16, item| {
            let looked = self.looks.get(usize::from(atom)).copied().unwrap_or_default();
            if looked.at_goods() { Truth::Unknown } else { self.leaf(atom, act, item, day) }
        };
        let of_item = |item| self.expr.truth_by(&|atom| leaf(atom, item));
        (0..act.items.len().max(1)).map(of_item).max().unwrap_or(Truth::False)
    }

    /// The sorts of fact that are looked at to tell whether the act concerns the regime.
    pub(crate) fn looks(&self, act: &Act, day: Date) -> Rests {
        let looked = Cell::new(Rests::default());
        for item in 0..act.items.len().max(1) {
            self.expr.truth_by(&|atom| {
                looked.set(looked.get().and(self.looks.get(usize::from(atom)).copied().unwrap_or_default()));
                self.leaf(atom, act, item, day)
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
        let (first, last) = view.act.on.map_or((Date::MIN, Date::MAX), |s| (s.first, s.last));
        if first != last
            && !(0..view.act.items.len().max(1)).any(|item| self.parts.iter().all(|part| view.part_could(*part, item, (first, last))))
        {
            return Truth::False;
        }
        let begun = self.on(view, first);
        let changes = || self.days.iter().any(|d| first < *d && *d <= last);
        if begun == Truth::True || first == last || self.steady && !changes() {
            return begun;
        }
        let mut best = begun;
        for day in self.days_of(view.act) {
            best = best.or(self.on(view, day));
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
