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
    for record in reader.records() {
        let Ok(record) = record.map_err(|error| problems.push(format!("data/reading/{name}: {error}"))) else { continue };
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(|c| c.trim().to_owned()).collect();
        match <[String; N]>::try_from(cells) {
            Ok(row) => out.push(row),
            Err(cells) => problems.push(format!("data/reading/{name}:{line}: {} cells, {N} expected", cells.len())),
        }
    }
    out
}

/// The values of a cell.
pub(crate) fn many(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|v| !v.is_empty())
}

/// `key:value;key:value` as pairs.
pub(crate) fn pairs(cell: &str) -> impl Iterator<Item = (&str, &str)> {
    many(cell).filter_map(|pair| pair.split_once([':', '=']))
}
