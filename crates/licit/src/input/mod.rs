//! From the bytes of a request to an act: JSON, YAML or TOML, every problem with its place, the reason and the nearest right word.

mod authorities;
mod date;
mod fields;
mod journey;
mod node;
mod party;
mod place;
mod text;

pub(crate) use date::{exact as exact_day, span as day_span};
pub use fields::{OpenPlace, OtherReading, ReadAct};
pub(crate) use fields::{Reader, is_act_field};
pub(crate) use node::Node;
pub use text::MAX_TEXT_BYTES;
pub(crate) use text::{MAX_LINE_BYTES, text_line, unreadable};

use std::fmt;

/// Most bytes one act may have.
pub const MAX_ACT_BYTES: usize = 1 << 20;

/// The format of an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// RFC 8259.
    Json,
    /// YAML 1.2, one document.
    Yaml,
    /// TOML 1.0.
    Toml,
}

impl Format {
    /// From a file name; JSON unless the ending says otherwise.
    #[must_use]
    pub fn of(name: &str) -> Self {
        match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
            Some("yaml" | "yml") => Self::Yaml,
            Some("toml") => Self::Toml,
            _ => Self::Json,
        }
    }
}

/// Something wrong in the input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputProblem {
    /// Where: a path such as `parties[0].role`, and line and column when they are known.
    pub at: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl fmt::Display for InputProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for InputProblem {}

fn problem(at: String, message: impl Into<String>) -> InputProblem {
    InputProblem { at, message: message.into(), help: None }
}

/// The id of a question that was refused, when the line is JSON at all.
pub(crate) fn id_of(bytes: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Id {
        id: Option<serde_json::Value>,
    }
    match serde_json::from_slice::<Id>(bytes).ok()?.id? {
        serde_json::Value::String(text) => Some(text.chars().take(1000).collect()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Splits bytes into a tree. The text must be UTF-8 and at most [`MAX_ACT_BYTES`] long.
pub(crate) fn parse(bytes: &[u8], format: Format) -> Result<(Node<'_>, &str), InputProblem> {
    if bytes.len() > MAX_ACT_BYTES {
        return Err(problem(String::new(), format!("an act of {} bytes is larger than the limit of {MAX_ACT_BYTES}", bytes.len())));
    }
    let text = utf8(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(InputProblem {
            at: String::new(),
            message: "the input is empty".into(),
            help: Some("give an act such as {\"kind\": \"gift\", …}; `licit check --help` shows one".into()),
        });
    }
    let node = match format {
        Format::Json => json(text),
        Format::Yaml => yaml(text),
        Format::Toml => toml(text),
    }?;
    Ok((node, text))
}

/// The bytes as text, or the place of the first byte that is none.
fn utf8(bytes: &[u8]) -> Result<&str, InputProblem> {
    std::str::from_utf8(bytes).map_err(|e| {
        let good = bytes.get(..e.valid_up_to()).unwrap_or_default();
        let (line, column) = place::line_column(good, good.len());
        problem(format!("line {line}, column {column}"), "this byte is not UTF-8 text")
    })
}

fn json(text: &str) -> Result<Node<'_>, InputProblem> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = Node::read(&mut deserializer).and_then(|node| deserializer.end().map(|()| node));
    read.map_err(|e| {
        let plain = e.to_string();
        let message = plain.split(" at line ").next().unwrap_or(&plain).to_owned();
        problem(format!("line {}, column {}", e.line(), e.column()), message)
    })
}

fn yaml(text: &str) -> Result<Node<'_>, InputProblem> {
    small(text, "YAML")?;
    Node::read(serde_yaml_ng::Deserializer::from_str(text)).map_err(|e| {
        let at = e.location().map_or_else(String::new, |l| format!("line {}, column {}", l.line(), l.column()));
        problem(at, e.to_string())
    })
}

fn toml(text: &str) -> Result<Node<'_>, InputProblem> {
    small(text, "TOML")?;
    let read = toml::Deserializer::parse(text).and_then(Node::read);
    read.map_err(|e| {
        let at = e.span().map_or_else(String::new, |s| {
            let (line, column) = place::line_column(text.as_bytes(), s.start);
            format!("line {line}, column {column}")
        });
        problem(at, e.message().to_owned())
    })
}

/// YAML and TOML are written by people. Their parsers take time that grows with the square of a hostile text's size or nesting, so
/// both are bounded before they see it.
fn small(text: &str, format: &str) -> Result<(), InputProblem> {
    const MOST_BYTES: usize = 64 << 10;
    const MOST_DEPTH: usize = 64;
    if text.len() > MOST_BYTES {
        return Err(problem(String::new(), format!("{} bytes of {format} are more than {MOST_BYTES}; use JSON for more", text.len())));
    }
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_DEPTH {
            let (line, column) = place::line_column(text.as_bytes(), at);
            return Err(problem(format!("line {line}, column {column}"), format!("nested more than {MOST_DEPTH} deep")));
        }
    }
    Ok(())
}

/// Adds line and column to paths, where the text is JSON.
pub(crate) fn with_places(problems: Vec<InputProblem>, text: &str, format: Format) -> Vec<InputProblem> {
    problems
        .into_iter()
        .map(|mut p| {
            if format == Format::Json
                && let Some((line, column)) = place::find(text, &p.at)
            {
                p.at = format!("line {line}, column {column}, {}", p.at);
            }
            p
        })
        .collect()
}
