//! Law that is not written down, and what it may say once something is answered that brings the act under it. Of such law nothing is told where the act may fall
//! under it; where it surely does, anything may be so.

use crate::atoms::{Atom, has_end, may_come_from, may_end_in};
use crate::classes::Class;
use crate::days::OnDays;
use crate::engine::{Closed, Judged, RegimeLaw, unread};
use crate::reach::{Answer, View};
use crate::split::OpenFact;
use crate::together::together;
use model::{Act, Area, Country, Truth, Verdict, VerdictSet};
use std::collections::BTreeSet;

pub(crate) struct Unwritten<'a, 'b> {
    /// What it leaves as things are.
    now: VerdictSet,
    /// Regimes of which it is not known whether the act falls under them.
    open: Vec<(&'b RegimeLaw, View<'a>)>,
}

impl<'a, 'b> Unwritten<'a, 'b> {
    /// Of regimes that may touch the act, `closed` being those that are sure to count.
    pub(crate) fn new(open: Vec<(&'b RegimeLaw, View<'a>)>, closed: &[Closed]) -> Self {
        Self { now: together(&[], closed).possible, open }
    }

    /// What it leaves as things are.
    pub(crate) fn now(&self) -> VerdictSet {
        self.now
    }

    /// What it leaves under an answer.
    pub(crate) fn given(&self, answer: &Answer) -> VerdictSet {
        let none = VerdictSet::only(Verdict::OutOfScope);
        self.open.iter().fold(self.now, |all, (law, view)| match law.reach.surely_given(*view, answer) {
            (_, true) => all.worse_of(unread()),
            (true, false) => all.worse_of(unread().union(none)),
            (false, _) => all,
        })
    }

    /// What it leaves once a fact that a regime asks for has the answer of a class.
    pub(crate) fn answered(&self, judged: &Judged, open: &OpenFact, class: &Class) -> VerdictSet {
        let is = |leaf: u16, atom: &Atom| judged.snapshot.atoms.get(usize::from(leaf)) == Some(atom);
        self.given(&Answer::new(&|item, atom, _| {
            let mine = open.item.is_none_or(|i| i == item);
            class.settings.iter().find(|(leaf, _)| mine && is(*leaf, atom)).map(|(_, value)| OnDays::always(Truth::from(*value)))
        }))
    }

    /// What it leaves once it is known in which country the act ends up, or from which an item comes; no country: one that no law names.
    pub(crate) fn in_country(&self, act: &Act, item: Option<usize>, country: Option<Country>) -> VerdictSet {
        self.given(&Answer::new(&|at, atom, days| {
            let is = |area: &Area| OnDays::of(days, |day| Truth::from(country.is_some_and(|c| area.has(c, day))));
            match (item, atom) {
                (None, Atom::To(area)) => Some(is(area)),
                (Some(item), Atom::From(area)) if item == at => Some(is(area)),
                // Where it ends up it also happens, unless it only goes on there.
                (None, Atom::In(area)) if !has_end(act) => Some(is(area).if_so()),
                _ => None,
            }
        }))
    }

    /// The countries that such law speaks of and that may be the one in question.
    pub(crate) fn countries(&self, act: &Act, to: bool) -> BTreeSet<Country> {
        let atoms = self.open.iter().flat_map(|(law, _)| &law.reach.atoms).filter(|atom| matches!(atom, Atom::To(_)) == to);
        let may_be = |c: &Country| if to { may_end_in(act, *c) } else { may_come_from(act, *c) };
        atoms.filter_map(Atom::end).flat_map(Area::countries).filter(may_be).collect()
    }
}
