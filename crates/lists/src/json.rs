//! JSON as open projects give lists in it: one object a line, or one object with a graph of nodes.

use crate::input::Opened;
use crate::read::{Draft, Refused};
use serde_json::Value;
use std::borrow::Cow;

/// One object, asked for its values without caring whether they are there.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'v>(pub Option<&'v Value>);

impl<'v> Fields<'v> {
    /// What is under this key.
    pub fn child(self, key: &str) -> Self {
        Self(self.0.and_then(|v| v.get(key)))
    }

    /// Whether there is anything.
    pub fn is_there(self) -> bool {
        self.0.is_some_and(|v| !v.is_null())
    }

    /// The value itself as a text; numbers and truths as they are written, anything else empty.
    pub fn own(self) -> Cow<'v, str> {
        match self.0 {
            Some(Value::String(s)) => Cow::Borrowed(s.trim()),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => Cow::Owned(value.to_string()),
            _ => Cow::Borrowed(""),
        }
    }

    /// The text under this key.
    pub fn text(self, key: &str) -> Cow<'v, str> {
        self.child(key).own()
    }

    /// Whether the value under this key is true.
    pub fn is_true(self, key: &str) -> bool {
        matches!(self.text(key).as_ref(), "true" | "Yes" | "yes")
    }

    /// The members of the array under this key; a single value counts as an array of one.
    pub fn all(self, key: &str) -> impl Iterator<Item = Self> + use<'v> {
        let value = self.child(key).0;
        let many = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let one = value.filter(|v| !v.is_array() && !v.is_null());
        many.iter().chain(one).map(|v| Self(Some(v)))
    }

    /// The texts in the array under this key.
    pub fn texts(self, key: &str) -> impl Iterator<Item = Cow<'v, str>> + use<'v> {
        self.all(key).map(Self::own).filter(|t| !t.is_empty())
    }
}

/// The first object of a file of JSON lines, looked at to tell formats apart.
pub(crate) fn first_object(file: &Opened<'_>) -> Option<Value> {
    // The first line of some lists is longer than the head of the file.
    let line = file.text.lines().map(str::trim).find(|l| !l.is_empty())?;
    if !line.starts_with('{') || line.len() > 1 << 20 {
        return None;
    }
    serde_json::from_str(line).ok()
}

/// Whether a file is JSON lines whose first object has all of these keys.
pub(crate) fn has_keys(file: &Opened<'_>, keys: &[&str]) -> bool {
    file.head().trim_start().starts_with('{') && first_object(file).is_some_and(|o| keys.iter().all(|k| o.get(k).is_some()))
}

/// Hands out each line's object; a line that is none is a problem.
pub(crate) fn each_line(
    file: &Opened<'_>,
    draft: &mut Draft<'_>,
    mut each: impl FnMut(&mut Draft<'_>, Fields<'_>, usize) -> Result<(), Refused>,
) -> Result<(), Refused> {
    for (at, line) in file.text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        match serde_json::from_str::<Value>(line) {
            Ok(value) if value.is_object() => each(draft, Fields(Some(&value)), at + 1)?,
            Ok(_) => draft.problem(format!("line {}", at + 1), "the line is JSON but not an object; it is left out"),
            Err(error) => draft.problem(format!("line {}", at + 1), format!("the line is not JSON ({error}); it is left out")),
        }
    }
    Ok(())
}
