//! A text to be read, as one line of JSON gives it: `{"id", "text", "published"?, "language"?}`.

use super::{Format, InputProblem, Node, exact_day, json, problem, utf8, with_places};
use crate::Text;
use model::{Date, nearest};

/// Most bytes of one text.
pub const MAX_TEXT_BYTES: usize = 16_000_000;
/// Most bytes of a line that holds one: a program may write each letter as `\u0041`.
pub(crate) const MAX_LINE_BYTES: usize = 6 * MAX_TEXT_BYTES;
/// Most bytes of an id or a code of a language.
const MOST_SHORT_BYTES: usize = 1000;

const FIELDS: [&str; 4] = ["id", "text", "published", "language"];

/// Reads a line.
///
/// # Errors
/// Every problem of the line, with its place, the reason and what would be right.
pub(crate) fn text_line(bytes: &[u8]) -> Result<Text, Vec<InputProblem>> {
    let line = utf8(bytes).map_err(|p| vec![p])?;
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    let node = json(line).map_err(|p| vec![p])?;
    let Node::Map(fields) = &node else {
        let help = Some(r#"a line is {"id": "1", "text": "…", "published": "2024-02-20"}"#.to_owned());
        return Err(vec![InputProblem { help, ..problem(String::new(), format!("expected an object, found {}", node.kind())) }]);
    };
    let mut out = Text::default();
    let mut problems: Vec<InputProblem> = fields
        .iter()
        .filter_map(|(key, value)| field(&mut out, key, value).err().map(|p| InputProblem { at: key.to_string(), ..p }))
        .collect();
    if problems.is_empty() {
        problems.extend(unreadable(&out.text).map(|p| InputProblem { at: "text".into(), ..p }));
    }
    if problems.is_empty() { Ok(out) } else { Err(with_places(problems, line, Format::Json)) }
}

/// Why a text cannot be read at all.
pub(crate) fn unreadable(text: &str) -> Option<InputProblem> {
    if text.len() > MAX_TEXT_BYTES {
        let message = format!("a text of {} bytes is larger than the limit of {MAX_TEXT_BYTES}", text.len());
        return Some(InputProblem { help: Some("read it in parts".into()), ..problem(String::new(), message) });
    }
    let empty = text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let help = Some("a sentence that tells who gives what to whom".into());
    empty.then(|| InputProblem { help, ..problem(String::new(), "the text is empty") })
}

fn field(out: &mut Text, key: &str, value: &Node<'_>) -> Result<(), InputProblem> {
    match (key, value) {
        ("published" | "language", Node::Null) => {}
        // Tables and exports write what they do not know as nothing.
        ("published" | "language", Node::Text(nothing)) if nothing.trim().is_empty() => {}
        ("id", Node::Number(n)) => out.id = n.to_string(),
        ("id", value) => out.id = short(value)?.to_owned(),
        ("text", Node::Text(text)) => out.text = text.clone().into_owned(),
        ("text", other) => return Err(problem(String::new(), format!("expected a text, found {}", other.kind()))),
        ("published", value) => out.published = Some(timestamp(short(value)?).map_err(|m| problem(String::new(), m))?),
        ("language", value) => out.language = Some(short(value)?.to_owned()),
        _ => return Err(unknown(key)),
    }
    Ok(())
}

fn unknown(key: &str) -> InputProblem {
    let help = nearest(key, FIELDS).map_or_else(|| format!("fields are {}", FIELDS.join(", ")), |n| format!("did you mean `{n}`?"));
    let shown: String = key.chars().take(80).collect();
    InputProblem { help: Some(help), ..problem(String::new(), format!("unknown field `{shown}`")) }
}

fn short<'n>(value: &'n Node<'_>) -> Result<&'n str, InputProblem> {
    match value {
        Node::Text(text) if text.len() <= MOST_SHORT_BYTES => Ok(text),
        Node::Text(text) => Err(problem(String::new(), format!("a text of {} bytes is longer than {MOST_SHORT_BYTES}", text.len()))),
        other => Err(problem(String::new(), format!("expected a text, found {}", other.kind()))),
    }
}

/// The day of a date or of a moment: feeds write `2024-02-20T09:30:00Z`.
pub(crate) fn timestamp(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let day = match text.split_once(['T', ' ']) {
        Some((day, time)) if day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit()) && time.contains(':') => day,
        _ => text,
    };
    exact_day(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_moment_is_its_day() {
        for text in ["2024-02-20", "2024-02-20T09:30:00Z", "2024-02-20 09:30", " 20 February 2024"] {
            assert_eq!(timestamp(text).map(|d| d.to_string()).as_deref(), Ok("2024-02-20"), "{text}");
        }
        assert!(timestamp("2024-02").is_err());
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_with_its_place() {
        let told = |line: &str| text_line(line.as_bytes()).err().map(|p| p.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
        assert_eq!(told(r#"{"id": "1", "text": "He gave her a car.", "published": null}"#), None);
        assert_eq!(told(r#"{"id": "1", "text": "He gave her a car.", "published": "", "language": " "}"#), None);
        assert!(told(r#"{"id": "1", "txt": "x"}"#).is_some_and(|m| m.contains("did you mean `text`?")));
        assert!(told(r#"{"id": "1"}"#).is_some_and(|m| m.contains("the text is empty")));
        assert!(told(r#"{"id": "1", "text": " \n "}"#).is_some_and(|m| m.contains("line 1, column 21")));
        assert!(told(r#"{"id": "1", "text": "x", "published": "2024-02-31"}"#).is_some_and(|m| m.contains("29 days")));
        assert!(told("[]").is_some_and(|m| m.contains("expected an object")));
    }
}
