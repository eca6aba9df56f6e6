//! What the goods are, as far as a route needs it: a handful of tags over customs codes (`data/route-goods.csv`).
//!
//! The codes come from the items of the act, stated or looked up elsewhere; here they are only compared.

use crate::tables::{at, rows};
use model::{Act, HsRange, Truth, parse_hs};

/// Codes by tag.
#[derive(Debug, Default)]
pub(crate) struct Tags(Vec<(String, HsRange)>);

impl Tags {
    pub(crate) fn read(text: &str, problems: &mut Vec<String>) -> Self {
        let mut out = Vec::new();
        for (line, row) in rows("route-goods.csv", text, &["hs", "tag", "basis"], problems) {
            match parse_hs(at(&row, 0)) {
                Ok(range) => out.push((at(&row, 1).to_owned(), range)),
                Err(error) => problems.push(format!("data/route-goods.csv:{line}: {error}")),
            }
        }
        out.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
        Self(out)
    }

    /// Whether goods that have one of these codes bear the tag: all of the codes, none, or some.
    pub(crate) fn bears(&self, codes: &[HsRange], tag: &str) -> Truth {
        if codes.is_empty() {
            return Truth::Unknown;
        }
        let tagged = || self.0.iter().filter(|(t, _)| t == tag).map(|(_, r)| *r);
        let (mut all, mut any) = (true, false);
        for code in codes {
            all &= covered(*code, tagged());
            any |= tagged().any(|r| r.meets(*code));
        }
        match (all, any) {
            (true, _) => Truth::True,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::False,
        }
    }
}

/// Whether ranges in rising order together hold the whole code.
fn covered(code: HsRange, ranges: impl Iterator<Item = HsRange>) -> bool {
    let mut next = code.first;
    for range in ranges.filter(|r| r.meets(code)) {
        if range.first > next {
            return false;
        }
        next = next.max(range.last + 1);
    }
    next > code.last
}

/// The goods of an act, as a route sees them. Unknown is what the codes leave open.
#[derive(Clone, Debug, PartialEq)]
pub struct Cargo {
    /// The codes each item may have.
    pub items: Vec<Vec<HsRange>>,
    /// Luxury goods.
    pub luxury: Truth,
    /// Common high priority items of tiers 1 and 2.
    pub top_tiers: Truth,
    /// Of tiers 3 and 4.
    pub lower_tiers: Truth,
    /// Arms and what is made for them.
    pub arms: Truth,
    /// Coal or ore.
    pub coal_ore: Truth,
    /// Crude or refined oil.
    pub oil: Truth,
}

impl Cargo {
    pub(crate) fn of(tags: &Tags, act: &Act) -> Self {
        let items: Vec<Vec<HsRange>> = act
            .items
            .iter()
            .map(|i| if i.hs_stated || !i.hs.is_empty() { i.hs.clone() } else { written_codes(&i.description).0 })
            .collect();
        let any = |names: &[&str]| {
            let truths = items.iter().flat_map(|codes| names.iter().map(|n| tags.bears(codes, n)));
            truths.max().unwrap_or(Truth::Unknown)
        };
        let marked = act.items.iter().flat_map(|i| &i.marks).filter(|m| m.list.contains("luxury") || m.list.ends_with("annex-iv"));
        let category = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w.len() == 4 && w.starts_with("LX"));
        let called = act.items.iter().any(|i| category(&i.description)).then_some(Truth::True);
        let said = act.journey.as_ref().and_then(|j| j.luxury).map(Truth::from).or(called);
        let luxury =
            said.unwrap_or_else(|| marked.map(|m| m.truth).chain(std::iter::once(any(&["luxury"]))).max().unwrap_or(Truth::Unknown));
        Self {
            luxury,
            top_tiers: any(&["tier1", "tier2"]),
            lower_tiers: any(&["tier3", "tier4"]),
            arms: any(&["arms"]),
            coal_ore: any(&["coal_ore"]),
            oil: any(&["oil"]),
            items,
        }
    }
}

/// Codes that a description itself gives, `8703 LX02 (two cars)`, and those under which the goods lay: `9306 under 2601`.
#[must_use]
pub fn written_codes(text: &str) -> (Vec<HsRange>, Vec<HsRange>) {
    let plain = text.split('(').next().unwrap_or(text);
    let (real, over) = plain.split_once(" under ").unwrap_or((plain, ""));
    let codes = |part: &str| -> Vec<HsRange> {
        let words = part.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        // The codes stand first; a number behind words is a year or an amount.
        words.take_while(|w| matches!(w.len(), 4 | 6) && w.bytes().all(|b| b.is_ascii_digit())).filter_map(|w| parse_hs(w).ok()).collect()
    };
    (codes(real), codes(over))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_bears_a_tag_wholly_in_part_or_not() {
        let mut problems = Vec::new();
        let tags = Tags::read("hs,tag,basis\n8703,luxury,x\n854231,tier1,x\n854232,tier1,x\n", &mut problems);
        assert!(problems.is_empty());
        let bears = |code: &str, tag: &str| tags.bears(&[parse_hs(code).unwrap()], tag);
        assert_eq!(bears("870323", "luxury"), Truth::True);
        assert_eq!(bears("87", "luxury"), Truth::Unknown);
        assert_eq!(bears("8704", "luxury"), Truth::False);
        assert_eq!(bears("854231-854232", "tier1"), Truth::True);
        assert_eq!(bears("8542", "tier1"), Truth::Unknown);
        assert_eq!(tags.bears(&[], "tier1"), Truth::Unknown);
    }
}
