//! The phrases of the lists of the law, as the tables of words look for them in descriptions and names; the build script packs them.

use resolve::ListWords;
use rulebook::{Match, Rulebook};

/// The words of every row of every list of the law that has any.
pub(crate) fn list_words(book: &Rulebook) -> Vec<ListWords> {
    let mut out = Vec::new();
    let (of_names, that_lift) = (book.lists_of_names(), book.lists_that_lift());
    for list in book.lists.values() {
        let (names, lifts) = (of_names.contains(list.id.as_str()), that_lift.contains(list.id.as_str()));
        for row in list.rows.iter().filter(|r| !r.words.is_empty() || !r.not_words.is_empty()) {
            out.push(ListWords {
                list: if row.over.is_some() { format!("{}/{}", list.id, row.entry) } else { list.id.clone() },
                words: row.words.clone(),
                not_words: row.not_words.clone(),
                certain: row.proves != Match::Possible,
                hs: row.hs.clone(),
                beside: if row.hs.is_empty() { list.rows.iter().flat_map(|r| r.hs.iter().copied()).collect() } else { Vec::new() },
                period: (row.period.from, row.period.to),
                names,
                describes: list.describes,
                lifts,
            });
        }
    }
    out
}
