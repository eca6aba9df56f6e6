//! Finds where in a JSON text a path such as `parties[0].role` stands. Only used once something is wrong.

/// Line and column, from 1, columns in characters.
pub(crate) fn line_column(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at.min(bytes.len())).unwrap_or_default();
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1;
    (line, column)
}

/// Where the value at `path` starts, or the object that should have it.
pub(crate) fn find(text: &str, path: &str) -> Option<(usize, usize)> {
    if path.is_empty() {
        return None;
    }
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.space();
    for step in path.split(['.', '[']) {
        let found = match step.strip_suffix(']') {
            Some(index) => scan.element(index.parse().ok()?),
            None => scan.field(step),
        };
        if found.is_none() {
            break;
        }
    }
    Some(line_column(scan.bytes, scan.at))
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
    fn space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace() || b == b',' || b == b':') {
            self.at += 1;
        }
    }
    /// The raw text of a string, with the scan moved behind it.
    fn string(&mut self) -> Option<&[u8]> {
        let start = self.at + 1;
        self.at = start;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        self.bytes.get(start..self.at - 1)
    }
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    if depth == 0 {
                        return None;
                    }
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && self.peek().is_none_or(|b| matches!(b, b',' | b'}' | b']') || b.is_ascii_whitespace()) {
                return Some(());
            }
        }
    }
    /// Moves to the value of a field; back to the start of the object when there is none.
    fn field(&mut self, name: &str) -> Option<()> {
        let start = self.at;
        if self.peek()? == b'{' {
            self.at += 1;
            loop {
                self.space();
                if self.peek() != Some(b'"') {
                    break;
                }
                let same = self.string()? == name.as_bytes();
                self.space();
                if same {
                    return Some(());
                }
                self.skip()?;
            }
        }
        self.at = start;
        None
    }
    fn element(&mut self, index: usize) -> Option<()> {
        let start = self.at;
        if self.peek()? == b'[' {
            self.at += 1;
            for _ in 0..index {
                self.space();
                self.skip()?;
            }
            self.space();
            return Some(());
        }
        self.at = start;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_path_leads_to_its_line_and_column() {
        let text = "{\n  \"id\": \"a\\\"b\",\n  \"parties\": [{\"name\": \"x\"}, {\"role\": \"byer\"}]\n}";
        assert_eq!(find(text, "parties[1].role"), Some((3, 39)));
        assert_eq!(find(text, "id"), Some((2, 9)));
        // What is absent points at the object that should have it.
        assert_eq!(find(text, "parties[0].role"), Some((3, 15)));
        assert_eq!(find("[", "a"), Some((1, 1)));
    }
}
