//! Which files belong together: the legacy tables of OFAC come as a table of parties with tables of addresses, aliases and remarks.

/// Beginnings of names: the table of parties first, then its companions.
const FAMILIES: [[&str; 4]; 2] = [["sdn", "alt", "add", "sdn_comments"], ["cons_prim", "cons_alt", "cons_add", "cons_comments"]];

/// What a name says: which family, which table of it, and the rest, which is the same for all files of a set: `_2024-05-03`.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Role {
    family: usize,
    table: usize,
    rest: String,
}

fn role(name: &str) -> Option<Role> {
    let lower = name.to_ascii_lowercase();
    let plain = [".zst", ".zstd", ".gz"].iter().find_map(|e| lower.strip_suffix(e)).unwrap_or(&lower);
    let (stem, ending) = plain.rsplit_once('.')?;
    if !["csv", "del", "pip", "ff"].contains(&ending) {
        return None;
    }
    let tables = FAMILIES.iter().enumerate().flat_map(|(family, tables)| tables.iter().enumerate().map(move |(t, n)| (family, t, *n)));
    let fits = tables.filter_map(|(family, table, begins)| {
        // What follows the name of the table is a date or nothing: `sdn_enhanced` is another file.
        let rest = stem.strip_prefix(begins)?;
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | '-' | '.')).then(|| Role { family, table, rest: rest.to_owned() })
    });
    fits.max_by_key(|r| FAMILIES.get(r.family).and_then(|f| f.get(r.table)).map_or(0, |n| n.len()))
}

/// Puts files together that make one list, each set with its table of parties first and the sets in the order of their first files. Names
/// may have folders in front; only files of the same folder belong together.
#[must_use]
pub fn sets(names: &[String]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut keys: Vec<Option<(String, usize, String)>> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let (folder, base) = name.rsplit_once(['/', '\\']).unwrap_or(("", name));
        let key = role(base).map(|r| (folder.to_owned(), r.family, r.rest));
        match keys.iter().position(|k| key.is_some() && *k == key) {
            Some(set) => out.get_mut(set).into_iter().for_each(|s| s.push(at)),
            None => {
                keys.push(key);
                out.push(vec![at]);
            }
        }
    }
    let table = |at: &usize| names.get(*at).and_then(|n| role(n.rsplit(['/', '\\']).next().unwrap_or(n))).map_or(0, |r| r.table);
    out.iter_mut().for_each(|set| set.sort_by_key(table));
    out
}

/// Of the names in a folder, those that belong to a table of parties: its aliases, addresses and remarks.
#[must_use]
pub fn companions<'a>(name: &str, beside: &'a [String]) -> Vec<&'a str> {
    let Some(mine) = role(name).filter(|r| r.table == 0) else { return Vec::new() };
    let mut found: Vec<(usize, &str)> = Vec::new();
    for other in beside {
        let Some(r) = role(other).filter(|r| r.table != 0 && r.family == mine.family && r.rest == mine.rest) else { continue };
        // The same table may lie there packed and unpacked; one is enough.
        if !found.iter().any(|(table, _)| *table == r.table) {
            found.push((r.table, other));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn a_table_of_parties_finds_its_companions_of_the_same_day() {
        let beside = names(&["add.csv", "ALT.CSV.zst", "alt.csv", "add_2024-05-03.csv", "sdn_comments.csv", "cons_alt.csv", "un.xml"]);
        assert_eq!(companions("sdn.csv", &beside), ["ALT.CSV.zst", "add.csv", "sdn_comments.csv"]);
        assert_eq!(companions("sdn_2024-05-03.csv.zst", &beside), ["add_2024-05-03.csv"]);
        assert_eq!(companions("alt.csv", &beside), [""; 0]);
        assert_eq!(companions("sdn_enhanced.csv", &beside), [""; 0]);
    }

    #[test]
    fn files_of_different_lists_are_different_sets() {
        let given = names(&["a/alt.csv", "un.xml", "a/sdn.csv", "b/alt.csv", "cons_prim.csv", "cons_add.csv", "eu.xml"]);
        assert_eq!(sets(&given), [vec![2, 0], vec![1], vec![3], vec![4, 5], vec![6]]);
    }
}
