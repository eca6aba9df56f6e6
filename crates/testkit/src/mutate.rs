//! Small changes of the law. A change that no case notices is a hole in the cases.
//!
//! [`edits`] lists the changes without making them; [`mutants`] makes them one after the other, because a copy of the whole law
//! for each would not fit in memory. A change that leaves the same law (a range widened into its neighbour) is not listed.

mod conditions;
mod days;

use rulebook::{Condition, Effect, ExceptionKind, Route, Rulebook};

/// A changed law.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed, in words.
    pub what: String,
    /// The block that was changed.
    pub id: String,
    /// The law after the change.
    pub book: Rulebook,
}

type Change = Box<dyn Fn(&mut Rulebook) + Send + Sync>;

/// A change not yet made.
pub struct Edit {
    /// What it changes, in words.
    pub what: String,
    /// The block that it changes.
    pub id: String,
    change: Change,
}

impl Edit {
    fn new(id: &str, what: impl Into<String>, change: impl Fn(&mut Rulebook) + Send + Sync + 'static) -> Self {
        Self { what: what.into(), id: id.to_owned(), change: Box::new(change) }
    }
    /// The law with this change made.
    #[must_use]
    pub fn apply(&self, book: &Rulebook) -> Mutant {
        let mut book = book.clone();
        (self.change)(&mut book);
        Mutant { what: self.what.clone(), id: self.id.clone(), book }
    }
}

/// Every law that is one small change away, one at a time.
pub fn mutants(book: &Rulebook) -> impl Iterator<Item = Mutant> + '_ {
    edits(book).into_iter().map(|edit| edit.apply(book))
}

/// Every small change, in the order of the book.
#[must_use]
pub fn edits(book: &Rulebook) -> Vec<Edit> {
    let mut out = Vec::new();
    prohibitions(book, &mut out);
    exceptions(book, &mut out);
    for (id, definition) in &book.definitions {
        rewrite(id, &definition.when, &mut out, |book, id| book.definitions.get_mut(id).map(|d| &mut d.when));
    }
    for (id, regime) in &book.regimes {
        rewrite(id, &regime.when, &mut out, |book, id| book.regimes.get_mut(id).map(|r| &mut r.when));
    }
    parameters(book, &mut out);
    lists(book, &mut out);
    out
}

/// One edit for each small change of the condition that `find` leads to.
fn rewrite(id: &str, when: &Condition, out: &mut Vec<Edit>, find: for<'a> fn(&'a mut Rulebook, &str) -> Option<&'a mut Condition>) {
    for (what, new) in conditions::variants(when) {
        let name = id.to_owned();
        out.push(Edit::new(id, what, move |book| {
            if let Some(place) = find(book, &name) {
                place.clone_from(&new);
            }
        }));
    }
}

fn prohibitions(book: &Rulebook, out: &mut Vec<Edit>) {
    for (at, p) in book.prohibitions.iter().enumerate() {
        let id = p.id.clone();
        let noun = if p.effect == Effect::Prohibits { "prohibition" } else { "duty" };
        out.push(Edit::new(&p.id, format!("delete the {noun}"), move |book| {
            book.prohibitions.remove(at);
            forget(book, &id);
        }));
        for (what, periods) in days::periods(&p.periods) {
            out.push(Edit::new(&p.id, what, move |book| book.prohibitions[at].periods.clone_from(&periods)));
        }
        if let Some(when) = &p.when {
            rewrite(&p.id, when, out, |book, id| book.prohibitions.iter_mut().find(|p| p.id == id).and_then(|p| p.when.as_mut()));
        }
    }
}

fn exceptions(book: &Rulebook, out: &mut Vec<Edit>) {
    for (at, e) in book.exceptions.iter().enumerate() {
        let id = e.id.clone();
        out.push(Edit::new(&e.id, "delete the exception", move |book| {
            book.exceptions.remove(at);
            forget(book, &id);
        }));
        for (what, periods) in days::periods(&e.periods) {
            out.push(Edit::new(&e.id, what, move |book| book.exceptions[at].periods.clone_from(&periods)));
        }
        // Without its only target an exception is as good as deleted, which is listed above.
        if e.defeats.len() > 1 {
            for (i, target) in e.defeats.iter().enumerate() {
                out.push(Edit::new(&e.id, format!("no longer lifts {target}"), move |book| {
                    book.exceptions[at].defeats.remove(i);
                }));
            }
        }
        if let ExceptionKind::Derogation { route, .. } = &e.kind {
            let (other, what) = match route {
                Route::Specific => (Route::Discretionary, "make the specific route discretionary"),
                Route::Discretionary => (Route::Specific, "make the discretionary route specific"),
            };
            out.push(Edit::new(&e.id, what, move |book| {
                if let ExceptionKind::Derogation { route, .. } = &mut book.exceptions[at].kind {
                    *route = other;
                }
            }));
        }
        rewrite(&e.id, &e.when, out, |book, id| book.exceptions.iter_mut().find(|e| e.id == id).map(|e| &mut e.when));
    }
}

/// Takes a deleted block out of the references to it, so that the changed law stays well formed.
fn forget(book: &mut Rulebook, id: &str) {
    book.exceptions.iter_mut().for_each(|e| e.defeats.retain(|d| d != id));
    book.prohibitions.iter_mut().for_each(|p| p.supersedes.retain(|s| s != id));
}

fn parameters(book: &Rulebook, out: &mut Vec<Edit>) {
    for (id, parameter) in &book.parameters {
        for (what, steps) in days::steps(&parameter.steps) {
            let name = id.clone();
            out.push(Edit::new(id, what, move |book| {
                if let Some(p) = book.parameters.get_mut(&name) {
                    p.steps.clone_from(&steps);
                }
            }));
        }
        for (i, step) in parameter.steps.iter().enumerate() {
            for by in [1.0, -1.0] {
                let name = id.clone();
                let what = format!("{} {} becomes {}", step.value, parameter.unit, step.value + by);
                out.push(Edit::new(id, what, move |book| {
                    if let Some(p) = book.parameters.get_mut(&name) {
                        p.steps[i].value += by;
                    }
                }));
            }
        }
    }
}

fn lists(book: &Rulebook, out: &mut Vec<Edit>) {
    for (id, list) in &book.lists {
        for (i, row) in list.rows.iter().enumerate() {
            let name = id.clone();
            out.push(Edit::new(id, format!("drop the row `{}`", row.entry), move |book| {
                if let Some(list) = book.lists.get_mut(&name) {
                    list.rows.remove(i);
                }
            }));
            let codes = conditions::ranges(&row.hs).into_iter().map(|(what, hs)| {
                let mut new = row.clone();
                new.hs = hs;
                (what, new)
            });
            let dates = days::periods(&[row.period]).into_iter().filter_map(|(what, periods)| {
                let mut new = row.clone();
                new.period = *periods.first()?;
                Some((what, new))
            });
            let value = row.over.iter().flat_map(|(amount, currency)| {
                conditions::amounts(*amount, currency).into_iter().map(|(what, amount)| {
                    let mut new = row.clone();
                    new.over = Some((amount, currency.clone()));
                    (what, new)
                })
            });
            for (what, new) in codes.chain(dates).chain(value) {
                let name = id.clone();
                out.push(Edit::new(id, format!("row `{}`: {what}", row.entry), move |book| {
                    if let Some(list) = book.lists.get_mut(&name) {
                        list.rows[i].clone_from(&new);
                    }
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests;
