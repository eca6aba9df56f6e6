//! Law that is not written down, and what it may say once something is answered that brings the act under it. Of such law nothing is told where the act may fall
//! under it; where it surely does, anything may be so.

use crate::atoms::{Atom, has_end, may_come_from, may_end_in};
use crate::classes::Class;
use crate::engine::{Asked, Closed, Judged, RegimeLaw, unread};
use crate::reach::View;
use crate::split::OpenFact;
use crate::together::together;
use model::{Act, Area, Country, Date, Verdict, VerdictSet};
use std::collections::BTreeSet;

pub(crate) struct Unwritten<'a, 'b> {
    /// What it leaves as things are.
    now: VerdictSet,
    /// Regimes of which it is not known whether the act falls under them.
    open: Vec<(&'b RegimeLaw, View<'a>)>,
}

impl<'a, 'b> Unwritten<'a, 'b> {
    pub(crate) fn new(asked: &Asked<'a, 'b>, closed: &[Closed]) -> Self {
        let open = asked.laws.iter().filter(|(law, view)| !law.encoded && law.reach.possible(*view));
        Self { now: together(&[], closed).possible, open: open.copied().collect() }
    }

    /// What it leaves as things are.
    pub(crate) fn now(&self) -> VerdictSet {
        self.now
    }

    /// What it leaves under an answer: what open leaves of an item are then on a day.
    pub(crate) fn given(&self, answer: &impl Fn(Date, usize, &Atom) -> Option<bool>) -> VerdictSet {
        let none = VerdictSet::only(Verdict::OutOfScope);
        self.open.iter().fold(self.now, |all, (law, view)| {
            let surely = |day| law.reach.surely_given(*view, day, &|item, atom| answer(day, item, atom));
            let on = |day| if surely(day) { unread() } else { none };
            all.worse_of(law.reach.days_of(view.act).into_iter().map(on).reduce(VerdictSet::union).unwrap_or(none))
        })
    }

    /// What it leaves once a fact that a regime asks for has the answer of a class.
    pub(crate) fn answered(&self, judged: &Judged, open: &OpenFact, class: &Class) -> VerdictSet {
        let is = |leaf: u16, atom: &Atom| judged.snapshot.atoms.get(usize::from(leaf)) == Some(atom);
        self.given(&|_, item, atom| {
            let mine = open.item.is_none_or(|i| i == item);
            class.settings.iter().find(|(leaf, _)| mine && is(*leaf, atom)).map(|(_, value)| *value)
        })
    }

    /// What it leaves once it is known in which country the act ends up, or from which an item comes; no country: one that no law names.
    pub(crate) fn in_country(&self, act: &Act, item: Option<usize>, country: Option<Country>) -> VerdictSet {
        self.given(&|day, at, atom| {
            let is = |area: &Area| country.is_some_and(|c| area.has(c, day));
            match (item, atom) {
                (None, Atom::To(area)) => Some(is(area)),
                (Some(item), Atom::From(area)) if item == at => Some(is(area)),
                // Where it ends up it also happens, unless it only goes on there.
                (None, Atom::In(area)) if !has_end(act) && is(area) => Some(true),
                _ => None,
            }
        })
    }

    /// The countries that such law speaks of and that may be the one in question.
    pub(crate) fn countries(&self, act: &Act, to: bool) -> BTreeSet<Country> {
        let atoms = self.open.iter().flat_map(|(law, _)| &law.reach.atoms).filter(|atom| matches!(atom, Atom::To(_)) == to);
        let may_be = |c: &Country| if to { may_end_in(act, *c) } else { may_come_from(act, *c) };
        atoms.filter_map(Atom::end).flat_map(Area::countries).filter(may_be).collect()
    }
}
