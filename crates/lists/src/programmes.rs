//! Which of our regimes an issuer's programme stands for, from `data/programmes.csv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// List, programme, regime. A list may end in `*`, and so may a programme.
static TABLE: LazyLock<Vec<[&'static str; 3]>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/programmes.csv").lines().skip(1);
    rows.filter_map(|line| {
        let mut cells = line.split(',').map(str::trim);
        Some([cells.next()?, cells.next()?, cells.next().filter(|c| !c.is_empty())?])
    })
    .collect()
});

/// The regimes that programmes of one list stand for; a list has few programmes and many listings, so answers are kept.
pub(crate) struct Regimes {
    /// Rows of the table for this list: programme and regime.
    rows: Vec<[&'static str; 2]>,
    known: HashMap<String, Vec<&'static str>>,
}

impl Regimes {
    /// For one list.
    pub fn of(list: &str) -> Self {
        let rows = TABLE.iter().filter(|[l, ..]| fits(l, list)).map(|[_, programme, regime]| [*programme, *regime]);
        Self { rows: rows.collect(), known: HashMap::new() }
    }

    /// The regimes, sorted, without repetition.
    pub fn look_up(&mut self, programmes: &[String]) -> Vec<String> {
        let mut found = Vec::new();
        for programme in programmes {
            if !self.known.contains_key(programme) {
                let regimes = self.rows.iter().filter(|[pattern, _]| fits(pattern, programme)).map(|[_, regime]| *regime);
                self.known.insert(programme.clone(), regimes.collect());
            }
            found.extend(self.known.get(programme).into_iter().flatten().map(|r| (*r).to_string()));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether a text is the pattern, or begins with it when it ends in a star; large and small letters are the same.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => text.get(..start.len()).is_some_and(|t| t.eq_ignore_ascii_case(start)),
        None => pattern.eq_ignore_ascii_case(text),
    }
}
