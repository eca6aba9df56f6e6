//! Case files: acts in `toml act` blocks, and tables that turn one thing at a time and say what must come out.

mod change;
mod check;
mod contract;

pub use check::check;

use serde_json::Value as Json;
use toml::Table;

/// One row of a case table: an act and what must be decided about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The file it stands in.
    pub file: String,
    /// The line of its row, from 1.
    pub line: usize,
    /// The world it speaks of.
    pub name: String,
    /// The jurisdictions it speaks for.
    pub jurisdictions: Vec<String>,
    /// The act in the JSON form of the contract.
    pub act: Json,
    /// The verdict word.
    pub verdict: String,
    /// What the decision must rest on.
    pub because: Vec<Because>,
}

/// One thing that a decision must show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Because {
    /// The provision decides (or is still open, when facts are missing).
    Decides(String),
    /// The exception is met and lifts the provision.
    Lifts {
        /// The exception.
        exception: String,
        /// What it lifts.
        provision: String,
    },
    /// The exception was looked at and is not met.
    Considered(String),
    /// The decision asks for this fact; a path into the act of the contract.
    Asks(String),
    /// The provision must not decide.
    Not(String),
    /// Each of these is bound.
    Bound(Vec<String>),
    /// The duty is listed.
    Duty(String),
    /// The exposure is listed.
    Exposure(String),
    /// The conflict is listed.
    Conflict(String),
}

const COLUMNS: [&str; 5] = ["the world", "change", "in", "verdict", "because"];

/// The words that the verdict column may hold.
pub const VERDICTS: [&str; 5] = ["prohibited", "needs_authorisation", "permitted", "out_of_scope", "insufficient_facts"];

/// Reads the cases of a file. Problems read `file:line: message`; rows with a problem are left out.
#[must_use]
pub fn read(file: &str, text: &str) -> (Vec<Case>, Vec<String>) {
    let mut reader = Reader { file, cases: Vec::new(), problems: Vec::new(), act: None, had_problem: false };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at = match line {
            l if l.starts_with("```") => reader.block(&lines, at),
            l if l.starts_with('|') => reader.table(&lines, at),
            _ => at + 1,
        };
    }
    reader.close_act();
    if reader.cases.is_empty() && !reader.had_problem {
        reader.tell(1, "the file holds no cases");
    }
    (reader.cases, reader.problems)
}

/// The act block that the next tables turn.
struct Base {
    line: usize,
    /// `None` when the block has a problem of its own: its rows are then passed over.
    table: Option<Table>,
    rows: usize,
}

struct Reader<'a> {
    file: &'a str,
    cases: Vec<Case>,
    problems: Vec<String>,
    act: Option<Base>,
    had_problem: bool,
}

impl Reader<'_> {
    fn tell(&mut self, line: usize, message: impl std::fmt::Display) {
        self.had_problem = true;
        self.problems.push(format!("{}:{line}: {message}", self.file));
    }

    fn close_act(&mut self) {
        if let Some(base) = self.act.take()
            && base.rows == 0
        {
            self.tell(base.line, "this act has no table of cases");
        }
    }

    /// Reads the fenced block that opens at `at`; returns the index of the line after it.
    fn block(&mut self, lines: &[&str], at: usize) -> usize {
        let info = lines.get(at).map_or("", |l| l.trim_start_matches('`').trim());
        let end = (at + 1..lines.len()).find(|i| lines[*i] == "```");
        let Some(end) = end else {
            self.tell(at + 1, "this block is never closed");
            return lines.len();
        };
        self.close_act();
        if info != "toml act" {
            self.tell(at + 1, format!("a case file has only `toml act` blocks, not `{info}`"));
            return end + 1;
        }
        let table = match lines[at + 1..end].join("\n").parse::<Table>() {
            Ok(table) => match contract::act(&table, "") {
                Ok(_) => Some(table),
                Err(messages) => {
                    messages.iter().for_each(|m| self.tell(at + 1, m));
                    None
                }
            },
            Err(error) => {
                let line = error.span().map_or(0, |s| lines[at + 1..end].join("\n")[..s.start].matches('\n').count());
                self.tell(at + 2 + line, error.message());
                None
            }
        };
        self.act = Some(Base { line: at + 1, table, rows: 0 });
        end + 1
    }

    /// Reads the table that starts at `at`; returns the index of the line after it.
    fn table(&mut self, lines: &[&str], at: usize) -> usize {
        let end = (at..lines.len()).find(|i| !lines[*i].starts_with('|')).unwrap_or(lines.len());
        if self.act.is_none() {
            self.tell(at + 1, "a table of cases follows the act that it turns");
            return end;
        }
        if cells(lines[at]) != COLUMNS {
            self.tell(at + 1, format!("the columns are `{}`", COLUMNS.join(" | ")));
            return end;
        }
        for (i, line) in lines.iter().enumerate().take(end).skip(at + 1) {
            if i == at + 1 && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
                continue;
            }
            match self.row(i + 1, line) {
                Ok(Some(case)) => self.cases.push(case),
                Ok(None) => {}
                Err(messages) => messages.iter().for_each(|m| self.tell(i + 1, m)),
            }
        }
        end
    }

    fn row(&mut self, line: usize, text: &str) -> Result<Option<Case>, Vec<String>> {
        if let Some(base) = &mut self.act {
            base.rows += 1;
        }
        let Some(table) = self.act.as_ref().and_then(|b| b.table.as_ref()) else { return Ok(None) };
        let cells = cells(text);
        let [name, change, places, verdict, because] = cells.as_slice() else {
            return Err(vec![format!("a row has {} cells, not {}", COLUMNS.len(), cells.len())]);
        };
        let mut problems = Vec::new();
        if name.is_empty() {
            problems.push("the case has no name".to_owned());
        }
        let jurisdictions: Vec<String> = places.split([',', ' ']).filter(|p| !p.is_empty()).map(str::to_owned).collect();
        if jurisdictions.is_empty() {
            problems.push("the case names no jurisdiction".to_owned());
        }
        if !VERDICTS.contains(&verdict.as_str()) {
            problems.push(format!("unknown verdict `{verdict}`"));
        }
        let stem = self.file.rsplit('/').next().unwrap_or(self.file).trim_end_matches(".md");
        let turned = change::turn(table, change).and_then(|t| Ok((contract::act(&t, &format!("{stem}/{name}"))?, t)));
        let (act, table) = match turned {
            Ok((act, table)) => (act, Some(table)),
            Err(more) => {
                problems.extend(more);
                (Json::Null, None)
            }
        };
        let because = match reasons(because, verdict, &table.unwrap_or_default()) {
            Ok(because) => because,
            Err(more) => {
                problems.extend(more);
                Vec::new()
            }
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let (file, name, verdict) = (self.file.to_owned(), name.clone(), verdict.clone());
        Ok(Some(Case { file, line, name, jurisdictions, act, verdict, because }))
    }
}

/// The cells of a row; `\|` is a bar inside a cell.
fn cells(line: &str) -> Vec<String> {
    let line = line.replace("\\|", "\u{1}");
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|c| c.trim().replace('\u{1}', "|")).collect()
}

fn reasons(cell: &str, verdict: &str, act: &Table) -> Result<Vec<Because>, Vec<String>> {
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    for part in cell.split(';').map(str::trim).filter(|p| !p.is_empty()) {
        match reason(part, act) {
            Ok(Because::Decides(id)) if matches!(verdict, "permitted" | "out_of_scope") => {
                problems.push(format!("`{id}` cannot decide an act that is {verdict}"));
            }
            Ok(because) => out.push(because),
            Err(message) => problems.push(message),
        }
    }
    if problems.is_empty() { Ok(out) } else { Err(problems) }
}

fn reason(part: &str, act: &Table) -> Result<Because, String> {
    if let Some(names) = part.strip_prefix("bound:") {
        let names: Vec<String> = names.split(',').map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect();
        return if names.is_empty() { Err("`bound:` names nobody".into()) } else { Ok(Because::Bound(names)) };
    }
    let words: Vec<&str> = part.split_whitespace().collect();
    let id = |word: &str| {
        if word.contains('/') && word.contains('#') { Ok(word.to_owned()) } else { Err(format!("`{word}` is no id of a provision")) }
    };
    match words.as_slice() {
        ["asks", path] => Ok(Because::Asks(contract::path(path, act))),
        ["not", one] => id(one).map(Because::Not),
        ["duty", one] => id(one).map(Because::Duty),
        ["exposure", one] => id(one).map(Because::Exposure),
        ["conflict", one] => id(one).map(Because::Conflict),
        [one, "considered"] => id(one).map(Because::Considered),
        [one, "lifts", other] => Ok(Because::Lifts { exception: id(one)?, provision: id(other)? }),
        [one] => id(one).map(Because::Decides),
        _ => Err(format!("`{part}` is no reason that the format knows")),
    }
}

#[cfg(test)]
mod tests;
