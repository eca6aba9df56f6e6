//! What a decision rests on in the law, as one number: two rulebooks that give an act the same number give it the same verdicts and
//! provisions, whatever else is different in them.
//!
//! It is taken over the compiled law of the regimes that may reach the act, on the days that it may fall on. Rules are named by their ids,
//! since their places in a rulebook move with every provision that is added.

use crate::Engine;
use crate::compile::{Lifter, Rule, Snapshot};
use crate::engine::Listed;
use crate::reach::{Reaching, Seen, View};
use model::Act;
use rulebook::Rulebook;
use std::fmt::{self, Write as _};

/// Hashes what is written into it.
struct Hashing(blake3::Hasher);

impl fmt::Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

/// BLAKE3 over everything that is written.
fn hash_of(write: impl FnOnce(&mut Hashing) -> fmt::Result) -> [u8; 32] {
    let mut hashing = Hashing(blake3::Hasher::new());
    // Writing into a hash cannot fail.
    let _never = write(&mut hashing);
    *hashing.0.finalize().as_bytes()
}

impl Engine {
    /// The number of the law that the decisions on an act rest on, for these authorities. As long as it is the same, an act that is the
    /// same has the same verdicts and the same provisions.
    #[must_use]
    pub fn law_print(&self, act: &Act, jurisdictions: &[String]) -> [u8; 32] {
        // Hashed at once, since many short pieces cost several times as much.
        let mut parts = Vec::new();
        let seen = Seen::new(&self.common, act);
        jurisdictions.iter().for_each(|name| self.print_of(self.view(act, &seen), name, &mut parts));
        *blake3::hash(&parts).as_bytes()
    }

    /// Adds what an authority's decision rests on. Every part has a length of its own, so no two are written alike.
    fn print_of(&self, view: View, jurisdiction: &str, parts: &mut Vec<u8>) {
        let laws = self.laws_of(jurisdiction);
        let listed = Listed::new(&self.book, jurisdiction, &laws, view);
        parts.extend(blake3::hash(jurisdiction.as_bytes()).as_bytes());
        for law in &laws {
            let head = law.print.get_or_init(|| law.reach.print(&law.id, law.encoded, &self.book));
            parts.extend(head);
            let view = listed.seen_by(law);
            if !law.encoded || !law.reach.possible(view) {
                continue;
            }
            for day in self.days_of(law, view.act) {
                let day_number = [i32::from(day.year()), i32::from(day.month()), i32::from(day.day())].map(i32::to_le_bytes);
                parts.extend(day_number.as_flattened());
                parts.extend(self.law_on(law, day).0.print(&self.book));
            }
        }
    }
}

impl Reaching {
    fn print(&self, regime: &str, encoded: bool, book: &Rulebook) -> [u8; 32] {
        // Not the places among the leaves of all regimes, which say nothing of this one.
        let Self { atoms, expr, periods, days, regimes, .. } = self;
        hash_of(|out| {
            let groups = book.groups().collect::<Vec<_>>();
            write!(out, "{regime} {encoded} {atoms:?} {expr:?} {periods:?} {days:?} {regimes:?} {groups:?}")
        })
    }
}

impl Snapshot {
    /// The number of this stretch of law.
    fn print(&self, book: &Rulebook) -> [u8; 32] {
        *self.print.get_or_init(|| hash_of(|out| self.write(book, out)))
    }

    fn write(&self, book: &Rulebook, out: &mut Hashing) -> fmt::Result {
        let Self { regime, atoms, reach, rules, exceptions, partly, .. } = self;
        writeln!(out, "{regime} {partly} {:?} {:?}", reach.expr, book.groups().collect::<Vec<_>>())?;
        atoms.iter().try_for_each(|atom| writeln!(out, "{atom:?}"))?;
        for Rule { at, trigger, exceptions, .. } in rules {
            let rule = book.prohibitions.get(*at).map(|p| (&p.id, &p.effect, &p.contested, &p.supersedes));
            writeln!(out, "{rule:?} {:?} {exceptions:?}", trigger.expr)?;
        }
        for Lifter { at, when, approval, specific, defeated_by } in exceptions {
            let lifter = book.exceptions.get(*at).map(|e| (&e.id, &e.kind, &e.defeats));
            writeln!(out, "{lifter:?} {:?} {approval:?} {specific} {defeated_by:?}", when.expr)?;
        }
        Ok(())
    }
}
