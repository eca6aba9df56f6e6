//! Equal leaf conditions are one: found without comparing each with each.

use crate::atoms::Atom;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// The places of the leaves of a list, by what of them is cheap to compare.
#[derive(Debug, Default)]
pub(crate) struct Alike(FxHashMap<u64, Vec<usize>>);

impl Alike {
    /// The place of a leaf.
    pub(crate) fn find<'a>(&self, atom: &Atom, leaf: impl Fn(usize) -> Option<&'a Atom>) -> Option<usize> {
        self.0.get(&sort(atom))?.iter().find(|at| leaf(**at) == Some(atom)).copied()
    }

    /// The place of a leaf, or the `next` one of the list when it is new, where the caller is to put it.
    pub(crate) fn place<'a>(&mut self, atom: &Atom, next: usize, leaf: impl Fn(usize) -> Option<&'a Atom>) -> usize {
        self.find(atom, leaf).unwrap_or_else(|| {
            self.0.entry(sort(atom)).or_default().push(next);
            next
        })
    }
}

/// The same number for equal leaves and mostly another for others.
fn sort(atom: &Atom) -> u64 {
    let mut sort = FxHasher::default();
    std::mem::discriminant(atom).hash(&mut sort);
    atom.areas().iter().for_each(|area| area.countries().next().hash(&mut sort));
    match atom {
        Atom::Kind(kinds) => kinds.0.hash(&mut sort),
        Atom::Hs(ranges) | Atom::ListCodes(ranges) => (ranges.len(), ranges.first()).hash(&mut sort),
        Atom::Mark { key, .. } => key.hash(&mut sort),
        Atom::Judgement { name, .. } => name.hash(&mut sort),
        Atom::Party { test, regimes } => (&test.roles, &test.types, test.designated, &test.list, regimes).hash(&mut sort),
        _ => {}
    }
    sort.finish()
}
