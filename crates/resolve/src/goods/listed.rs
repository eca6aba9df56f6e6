//! The phrases of the lists of the law: for descriptions, for names, and those that silence rows.

use super::ListWords;
use crate::phrases::{Finder, PackedFinder};
use model::{Date, HsRange};
use serde::{Deserialize, Serialize};

/// A row of a list without its phrases, which the finders have.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    pub list: String,
    pub certain: bool,
    hs: Vec<HsRange>,
    beside: Vec<HsRange>,
    pub period: (Date, Option<Date>),
    pub describes: bool,
    pub lifts: bool,
    /// Whether phrases silence it.
    pub may_be_silenced: bool,
}

impl Row {
    fn of(list: &ListWords) -> Self {
        let ListWords { list: id, certain, hs, beside, period, describes, lifts, not_words, .. } = list;
        let (list, hs, beside) = (id.clone(), hs.clone(), beside.clone());
        Self {
            list,
            certain: *certain,
            hs,
            beside,
            period: *period,
            describes: *describes,
            lifts: *lifts,
            may_be_silenced: !not_words.is_empty(),
        }
    }

    /// Whether goods of these codes are other goods than those of the list; a list without codes says nothing of it.
    pub fn is_of_other_codes(&self, codes: &[HsRange]) -> bool {
        let mine = if self.hs.is_empty() { &self.beside } else { &self.hs };
        !mine.is_empty() && !mine.iter().any(|r| codes.iter().any(|c| c.meets(*r)))
    }

    /// Whether it has codes, and none that one of these meets.
    pub fn contradicts(&self, codes: &[HsRange]) -> bool {
        !self.hs.is_empty() && !self.meets(codes)
    }

    /// Whether one of its codes meets one of these.
    pub fn meets(&self, codes: &[HsRange]) -> bool {
        self.hs.iter().any(|r| codes.iter().any(|c| c.meets(*r)))
    }
}

/// The phrases of all rows: those of goods, those of names, and those that silence.
#[derive(Debug)]
pub(super) struct ListPhrases {
    pub goods: Finder,
    pub names: Finder,
    pub stops: Finder,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    rows: Vec<Row>,
    goods: PackedFinder,
    names: PackedFinder,
    stops: PackedFinder,
}

/// Packs the phrases of the lists of a law, so that a program that carries the law need not do it at each start.
///
/// # Errors
/// When a phrase stands in more rows than can be packed.
pub fn pack_list_words(lists: &[ListWords]) -> Result<Vec<u8>, String> {
    let rows = || lists.iter().zip(0u32..);
    let words = |names: bool| {
        let mine = rows().filter(move |(list, _)| list.names == names);
        Finder::pack(mine.flat_map(|(list, row)| list.words.iter().map(move |phrase| (row, phrase.as_str()))))
    };
    let stops = Finder::pack(rows().flat_map(|(list, row)| list.not_words.iter().map(move |phrase| (row, phrase.as_str()))))?;
    let rows = lists.iter().map(Row::of).collect();
    postcard::to_stdvec(&Packed { rows, goods: words(false)?, names: words(true)?, stops }).map_err(|e| e.to_string())
}

impl ListPhrases {
    /// Opens packed phrases, with the rows of which they speak.
    pub(super) fn open(bytes: &[u8]) -> Result<(Self, Vec<Row>), String> {
        let packed: Packed = postcard::from_bytes(bytes).map_err(|e| format!("the packed phrases: {e}"))?;
        let Packed { rows, goods, names, stops } = packed;
        Ok((Self { goods: Finder::open(goods)?, names: Finder::open(names)?, stops: Finder::open(stops)? }, rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_opens_and_what_was_not_is_refused() {
        let bytes = pack_list_words(&[]).unwrap();
        assert!(ListPhrases::open(&bytes).is_ok_and(|(_, rows)| rows.is_empty()));
        assert!(ListPhrases::open(&[1, 2, 3]).is_err());
    }
}
