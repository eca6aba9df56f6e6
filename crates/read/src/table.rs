//! Reads the tables of the reading room (`data/reading/*.csv`).

/// The rows of a table: cells by column; a line that starts with `#` is a remark. A row with another number of cells is left out and told in `problems`.
pub(crate) fn rows<const N: usize>(name: &str, text: &str, columns: [&str; N], problems: &mut Vec<String>) -> Vec<[String; N]> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    match reader.headers() {
        Ok(header) if header.iter().eq(columns) => {}
        Ok(_) => problems.push(format!("data/reading/{name}:1: the header must be `{}`", columns.join(","))),
        Err(error) => problems.push(format!("data/reading/{name}:1: {error}")),
    }
    let mut out = Vec::new();
    // One record for all rows: the tables are read at each start.
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) if record.len() == N => out.push(std::array::from_fn(|at| record.get(at).unwrap_or_default().trim().to_owned())),
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line);
                problems.push(format!("data/reading/{name}:{line}: {} cells, {N} expected", record.len()));
            }
            Ok(false) => return out,
            Err(error) => {
                problems.push(format!("data/reading/{name}: {error}"));
                return out;
            }
        }
    }
}

/// The values of a cell.
pub(crate) fn many(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|v| !v.is_empty())
}

/// `key:value;key:value` as pairs.
pub(crate) fn pairs(cell: &str) -> impl Iterator<Item = (&str, &str)> {
    many(cell).filter_map(|pair| pair.split_once([':', '=']))
}
