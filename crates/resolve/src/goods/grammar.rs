//! Small words that say how a description is built: what is counted, what is a part of what, what is only a purpose.

use super::text::{Text, key};
use super::words::Phrases;
use crate::tables::{at, many, rows};
use std::collections::BTreeMap;

/// What small words do; a word may do several of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Does(u32);

impl Does {
    /// Joins a measure or a part to its thing.
    pub(crate) const OF: Self = Self(1);
    /// Starts what only describes the thing: its purpose, its material, its place.
    pub(crate) const BEFORE: Self = Self(1 << 1);
    /// Starts another thing.
    pub(crate) const AND: Self = Self(1 << 2);
    /// Counts or packs.
    pub(crate) const MEASURE: Self = Self(1 << 3);
    /// Says nothing about what the thing is.
    pub(crate) const NEUTRAL: Self = Self(1 << 4);
    /// A part of a thing that is named beside it.
    pub(crate) const PART: Self = Self(1 << 5);
    /// Makes the thing a toy.
    pub(crate) const TOY: Self = Self(1 << 6);
    /// Used before.
    pub(crate) const USED: Self = Self(1 << 7);
    /// Never used.
    pub(crate) const NEW: Self = Self(1 << 8);
    /// A price is for one.
    pub(crate) const EACH: Self = Self(1 << 9);
    /// Denies what follows.
    pub(crate) const NOT: Self = Self(1 << 10);
    /// Shows a language in which the thing comes first and what describes it later.
    pub(crate) const ROMANCE: Self = Self(1 << 11);

    /// What things are made of.
    pub(crate) const MATERIAL: Self = Self(1 << 12);
    /// Only describes the thing when it stands behind it.
    pub(crate) const BEHIND: Self = Self(1 << 13);

    /// Says behind a number how many of something the thing has: 45 seats.
    pub(crate) const COUNTED: Self = Self(1 << 14);
    /// An article, a pronoun, an auxiliary: no goods, whatever word of another language is spelt alike.
    pub(crate) const SMALL: Self = Self(1 << 15);
    /// A vessel that is goods by itself and only holds what follows “of”.
    pub(crate) const HOLDS: Self = Self(1 << 16);
    /// Starts another name of the same thing: “known as”.
    pub(crate) const NAMELY: Self = Self(1 << 17);

    fn named(role: &str) -> Option<Self> {
        Some(match role {
            "of" => Self::OF,
            "before" => Self::BEFORE,
            "and" => Self::AND,
            "measure" => Self::MEASURE,
            "neutral" => Self::NEUTRAL,
            "part" => Self::PART,
            "toy" => Self::TOY,
            "used" => Self::USED,
            "new" => Self::NEW,
            "each" => Self::EACH,
            "not" => Self::NOT,
            "romance" => Self::ROMANCE,
            "material" => Self::MATERIAL,
            "behind" => Self::BEHIND,
            "counted" => Self::COUNTED,
            "small" => Self::SMALL,
            "holds" => Self::HOLDS,
            "namely" => Self::NAMELY,
            _ => return None,
        })
    }

    /// Whether the word does any of these.
    pub(crate) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Both.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The small words, ready to look up.
#[derive(Debug)]
pub(crate) struct Grammar(Phrases);

impl Grammar {
    /// Reads `goods-grammar.csv`; returns every problem beside.
    pub(crate) fn read(text: &str, problems: &mut Vec<String>) -> Option<Self> {
        let mut words: BTreeMap<String, Does> = BTreeMap::new();
        for (line, row) in rows("goods-grammar.csv", text, &["role", "words"], problems) {
            let Some(does) = Does::named(at(&row, 0)) else {
                problems.push(format!("data/goods-grammar.csv:{line}: unknown role `{}`", at(&row, 0)));
                continue;
            };
            for word in many(at(&row, 1)) {
                let held = words.entry(key(word)).or_default();
                *held = held.or(does);
            }
        }
        words.remove("");
        let packed = Phrases::pack(words.iter().map(|(w, d)| (w.as_str(), u64::from(d.0))));
        packed.and_then(Phrases::open).map(Self).map_err(|e| problems.push(format!("data/goods-grammar.csv: {e}"))).ok()
    }

    /// What each word of a text does.
    pub(crate) fn roles(&self, text: &Text) -> Vec<Does> {
        let mut out = vec![Does::default(); text.words.len()];
        self.0.find(text, |start, end, value| {
            let does = Does(u32::try_from(value).unwrap_or(0));
            for slot in out.get_mut(start..end).unwrap_or_default() {
                *slot = slot.or(does);
            }
        });
        out
    }
}
