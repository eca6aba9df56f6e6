//! The phrases of the lists of the law: for descriptions, for names, and those that silence rows.

use super::ListWords;
use crate::phrases::{Finder, PackedFinder};
use serde::{Deserialize, Serialize};

/// The phrases of all rows: those of goods, those of names, and those that silence.
#[derive(Debug)]
pub(super) struct ListPhrases {
    pub goods: Finder,
    pub names: Finder,
    pub stops: Finder,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    /// How many rows there are: phrases of another law would speak of other rows.
    lists: u32,
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
    let lists = u32::try_from(lists.len()).map_err(|e| e.to_string())?;
    postcard::to_stdvec(&Packed { lists, goods: words(false)?, names: words(true)?, stops }).map_err(|e| e.to_string())
}

impl ListPhrases {
    /// Opens the packed phrases of these lists.
    pub(super) fn open(bytes: &[u8], lists: &[ListWords]) -> Result<Self, String> {
        let packed: Packed = postcard::from_bytes(bytes).map_err(|e| format!("the packed phrases: {e}"))?;
        if packed.lists as usize != lists.len() {
            return Err(format!("the packed phrases are those of {} rows of lists, and here are {}", packed.lists, lists.len()));
        }
        Ok(Self { goods: Finder::open(packed.goods)?, names: Finder::open(packed.names)?, stops: Finder::open(packed.stops)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_phrases_of_another_law_are_refused() {
        let bytes = pack_list_words(&[]).unwrap();
        assert!(ListPhrases::open(&bytes, &[]).is_ok());
        assert!(ListPhrases::open(&[1, 2, 3], &[]).is_err());
    }
}
