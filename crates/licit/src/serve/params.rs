//! Parameters of a query: each known by name, once, and with a value that means something.

use super::problem::Problem;
use crate::input::day_span;
use crate::{Ask, Rulebook};
use model::{Date, nearest};

/// Most parameters of one request.
const MOST: usize = 200;

/// The parameters of a query, or the fields of a form.
#[derive(Debug, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// From what stands after the question mark, or from the body of a form.
    pub(super) fn of(query: &[u8]) -> Result<Self, Problem> {
        let all: Vec<(String, String)> = form_urlencoded::parse(query).take(MOST + 1).map(|(k, v)| (k.into(), v.into())).collect();
        if all.len() > MOST {
            return Err(Problem::parameter("", format!("more than {MOST} parameters")));
        }
        Ok(Self(all))
    }

    /// Refuses a parameter of another name.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        let Some((name, _)) = self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) else { return Ok(()) };
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "none is known here".to_owned(),
            None => format!("known here are {}", known.join(", ")),
        };
        Err(Problem::parameter(name, format!("unknown ({help})")))
    }

    /// Every value of a parameter.
    pub(super) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The value of a parameter that stands at most once; an empty one is none.
    pub(super) fn one(&self, name: &str) -> Result<Option<&str>, Problem> {
        let mut all = self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let first = all.next().map(str::trim).filter(|v| !v.is_empty());
        if all.next().is_some() {
            return Err(Problem::parameter(name, "it stands here twice"));
        }
        Ok(first)
    }

    /// A value, or nothing, whatever else may be wrong with it: for showing a form again.
    pub(super) fn shown(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// Values separated by commas, and of parameters that repeat.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(|v| v.split(',')).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect()
    }

    /// Yes or no.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.all(name).next() {
            None => Ok(false),
            Some("" | "1" | "true" | "yes" | "on") => Ok(true),
            Some("0" | "false" | "no" | "off") => Ok(false),
            Some(_) => Err(Problem::parameter(name, "say true or false")),
        }
    }

    /// A number within bounds.
    pub(super) fn number<T: std::str::FromStr + PartialOrd + std::fmt::Display>(
        &self,
        name: &str,
        from: T,
        to: T,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        match text.parse::<T>() {
            Ok(n) if n >= from && n <= to => Ok(Some(n)),
            _ => Err(Problem::parameter(name, format!("a number from {from} to {to}"))),
        }
    }

    /// One day.
    pub(super) fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let span = day_span(&crate::clock::day_word(text)).map_err(|m| Problem::parameter(name, m))?;
        if span.first != span.last {
            return Err(Problem::parameter(name, format!("name one day, such as {}", span.first)));
        }
        Ok(Some(span.first))
    }

    /// `in`, `as_of` and `brief`.
    pub(super) fn ask(&self, book: &Rulebook) -> Result<Ask, Problem> {
        Ask::of_words(book, &self.list("in"), self.one("as_of")?, self.flag("brief")?).map_err(|(name, m)| Problem::parameter(name, m))
    }
}
