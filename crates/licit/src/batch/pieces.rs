//! Which columns of a table tell which part of an act: each part is read by itself, by the same code that reads whole acts, and only once for
//! each combination of what stands in its columns.

use super::columns::{Plan, Row, Slot, Who};
use super::source::Table;
use serde_json::Value;

/// The parts of the acts of a table.
pub(super) struct Pieces {
    pub id: Option<usize>,
    pub day: Piece,
    /// Kind, status, purpose, day of the contract.
    pub head: Piece,
    pub places: Piece,
    /// Description, code, origin, condition.
    pub goods: Piece,
    pub amounts: Amounts,
    /// In the order in which they stand in the act.
    pub parties: Vec<Piece>,
    /// What stands in these is looked at with the whole act.
    pub other: Vec<usize>,
}

/// A part of an act, by columns and by what is the same in every row.
#[derive(Clone, Default)]
pub(super) struct Piece {
    columns: Vec<(usize, Slot)>,
    constants: Vec<(Slot, Value)>,
}

/// The columns of quantities and sums, at most one of each.
#[derive(Default)]
pub(super) struct Amounts {
    pub quantity: Option<usize>,
    pub unit: Option<usize>,
    pub value: Option<usize>,
    pub currency: Option<usize>,
}

/// Most parties that columns may speak of.
const MOST_PARTIES: usize = 64;

/// A sort of part.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Part {
    Id,
    Day,
    Head,
    Places,
    Goods,
    Amounts,
    Party(Who),
    Other,
}

fn part_of(slot: &Slot) -> Part {
    match slot {
        Slot::Whole("id") => Part::Id,
        Slot::Day("on") => Part::Day,
        Slot::Whole("kind" | "status" | "purpose") | Slot::Day("contract_date") => Part::Head,
        Slot::Place(_) | Slot::Transit => Part::Places,
        Slot::Item("description" | "hs" | "origin" | "condition") => Part::Goods,
        Slot::Item(_) | Slot::Unit | Slot::Currency => Part::Amounts,
        Slot::Party(who, _) => Part::Party(*who),
        Slot::Whole(_) | Slot::Day(_) | Slot::Several(_) => Part::Other,
    }
}

impl Pieces {
    /// None for a table whose columns do not fall apart so: every row is then read as a whole.
    pub(super) fn of(plan: &Plan) -> Option<Self> {
        let columns: Vec<(usize, &Slot)> = plan.slots.iter().enumerate().filter_map(|(at, slot)| Some((at, slot.as_ref()?))).collect();
        let piece = |wanted: &dyn Fn(&Slot) -> bool| Piece {
            columns: columns.iter().filter(|(_, slot)| wanted(slot)).map(|(at, slot)| (*at, (*slot).clone())).collect(),
            constants: plan.constants.iter().filter(|(slot, _)| wanted(slot)).cloned().collect(),
        };
        let of = |part: Part| piece(&move |slot| part_of(slot) == part);
        let once = |wanted: &Slot| -> Option<Option<usize>> {
            let mine: Vec<usize> = columns.iter().filter(|(_, slot)| *slot == wanted).map(|(at, _)| *at).collect();
            (mine.len() < 2).then_some(mine.first().copied())
        };
        if plan.constants.iter().any(|(slot, _)| matches!(part_of(slot), Part::Id | Part::Amounts | Part::Other)) {
            return None;
        }
        let mut who: Vec<Who> =
            plan.slots.iter().flatten().chain(plan.constants.iter().map(|(slot, _)| slot)).filter_map(of_party).collect();
        who.sort_unstable();
        who.dedup();
        if who.len() > MOST_PARTIES {
            return None;
        }
        // What is done says which role the side of an act has.
        let party =
            |who: Who| piece(&move |slot| of_party(slot) == Some(who) || !matches!(who, Who::As(_)) && *slot == Slot::Whole("kind"));
        Some(Self {
            id: once(&Slot::Whole("id"))?,
            day: of(Part::Day),
            head: of(Part::Head),
            places: of(Part::Places),
            goods: of(Part::Goods),
            amounts: Amounts {
                quantity: once(&Slot::Item("quantity"))?,
                unit: once(&Slot::Unit)?,
                value: once(&Slot::Item("value"))?,
                currency: once(&Slot::Currency)?,
            },
            parties: who.into_iter().map(party).collect(),
            other: columns.iter().filter(|(_, slot)| part_of(slot) == Part::Other).map(|(at, _)| *at).collect(),
        })
    }
}

fn of_party(slot: &Slot) -> Option<Who> {
    if let Slot::Party(who, _) = slot { Some(*who) } else { None }
}

impl Piece {
    /// Writes what stands in its columns as a key. Whether anything does; nothing when it is no text.
    pub(super) fn key(&self, table: &Table, row: usize, key: &mut Vec<u8>) -> Option<bool> {
        let mut any = !self.constants.is_empty();
        for (at, _) in &self.columns {
            let text = table.columns.get(*at)?.text(row)?;
            any |= !text.is_empty();
            key.extend_from_slice(&u32::try_from(text.len()).ok()?.to_le_bytes());
            key.extend_from_slice(text.as_bytes());
        }
        Some(any)
    }

    /// An act of this part alone, as the JSON that the single command reads.
    pub(super) fn json(&self, table: &Table, at: usize) -> Vec<u8> {
        let mut row = Row::default();
        for (slot, value) in &self.constants {
            row.put(slot, value.clone());
        }
        for (column, slot) in &self.columns {
            if let Some(text) = table.columns.get(*column).and_then(|c| c.text(at)) {
                row.put(slot, Value::from(text));
            }
        }
        Value::Object(row.act()).to_string().into_bytes()
    }
}
