//! Country codes and customs codes as small values.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// An ISO 3166-1 alpha-2 code, two capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Country([u8; 2]);

impl Country {
    /// From two ASCII letters, in either case. Whether such a country exists is for the table of countries to say.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()])),
            _ => None,
        }
    }
    /// A country that the program itself names, by its two capital letters.
    #[must_use]
    pub const fn constant(code: [u8; 2]) -> Self {
        assert!(code[0].is_ascii_uppercase() && code[1].is_ascii_uppercase(), "two capital letters");
        Self(code)
    }
    /// The two letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A country, or a named group of countries whose members may change.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// One country.
    One(Country),
    /// A group, such as the members of a union.
    Group(Arc<Group>),
}

/// A named group of countries.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its id, `eu`.
    pub id: String,
    /// What people call it, `the European Union`; empty where nobody has a name for it.
    pub title: String,
    /// Each member with its first and last day, both inclusive; open where nothing is said. In order of country.
    pub members: Vec<Member>,
}

/// A member of a group with its first and last day.
pub type Member = (Country, Option<Date>, Option<Date>);

impl Area {
    /// Whether the country is it, or a member of it on the day.
    #[must_use]
    pub fn has(&self, country: Country, day: Date) -> bool {
        match self {
            Self::One(one) => *one == country,
            Self::Group(group) => {
                let from = group.members.partition_point(|(c, ..)| *c < country);
                let mine = group.members[from..].iter().take_while(|(c, ..)| *c == country);
                mine.into_iter().any(|(_, from, to)| from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t))
            }
        }
    }

    /// Every country that it ever stands for.
    pub fn countries(&self) -> impl Iterator<Item = Country> + '_ {
        let (one, group) = match self {
            Self::One(one) => (Some(*one), None),
            Self::Group(group) => (None, Some(group)),
        };
        one.into_iter().chain(group.into_iter().flat_map(|g| g.members.iter().map(|(c, ..)| *c)))
    }
}

/// By what people call it. Else a group of few countries by their names, for its id is a name only among those who write law; another by its id.
impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.title.is_empty() {
            return f.write_str(&self.title);
        }
        const FEW: usize = 3;
        let mut names: Vec<Country> = self.members.iter().map(|(c, ..)| *c).collect();
        names.dedup();
        if names.is_empty() || names.len() > FEW {
            return f.write_str(&self.id.to_uppercase());
        }
        for (at, name) in names.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { " or " })?;
            name.fmt(f)?;
        }
        Ok(())
    }
}

/// By the id of a group, which tells it from a group of the same countries on other days.
impl fmt::Debug for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(one) => fmt::Display::fmt(one, f),
            Self::Group(group) => f.write_str(&group.id),
        }
    }
}
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(one) => fmt::Display::fmt(one, f),
            Self::Group(group) => group.fmt(f),
        }
    }
}

/// Every six-digit code that a stated prefix stands for: `8703` is 870300 to 870399.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HsRange {
    /// First six-digit code.
    pub first: u32,
    /// Last six-digit code, inclusive.
    pub last: u32,
}

impl HsRange {
    /// Every code there can be.
    pub const ANY: Self = Self { first: 10_000, last: 999_999 };
    /// No code at all: what is known to be no goods, such as a sum of money or a journey.
    pub const NONE: Self = Self { first: 0, last: 0 };
    /// Whether the two share a code.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
    /// Whether all of `self` lies in `other`.
    #[must_use]
    pub fn within(self, other: Self) -> bool {
        other.first <= self.first && self.last <= other.last
    }
}

impl fmt::Debug for HsRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl fmt::Display for HsRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return f.write_str("no goods");
        }
        for width in [10_000u32, 100, 1] {
            let digits = 2 + 2 * usize::from(width < 10_000) + 2 * usize::from(width < 100);
            if self.first.is_multiple_of(width) && self.last % width == width - 1 || width == 1 {
                let (a, b) = (self.first / width, self.last / width);
                return if a == b { write!(f, "{a:0digits$}") } else { write!(f, "{a:0digits$}-{b:0digits$}") };
            }
        }
        Ok(())
    }
}

/// Reads `84`, `8703`, `870323`, `8703.23.10` or a range of equal length such as `84-85`. Digits after the sixth are national and dropped.
///
/// # Errors
/// Says what a code looks like when the text is none.
pub fn parse_hs(text: &str) -> Result<HsRange, String> {
    let prefix = |part: &str| -> Result<(u32, u32), String> {
        let digits: String = part.chars().filter(|c| *c != '.' && *c != ' ').collect();
        let bad = || format!("`{text}` is not an HS code; give 2, 4, 6 to 10 digits, such as `8703`");
        if !digits.bytes().all(|b| b.is_ascii_digit()) || !(2..=10).contains(&digits.len()) || digits.len() == 3 {
            return Err(bad());
        }
        let six = &digits[..digits.len().min(6)];
        let number: u32 = six.parse().map_err(|_| bad())?;
        let width = 10u32.pow(6 - six.len() as u32);
        if number * width < 10_000 {
            return Err(bad());
        }
        Ok((number * width, number * width + width - 1))
    };
    match text.split_once('-') {
        Some((a, b)) => {
            let (first, _) = prefix(a)?;
            let (_, last) = prefix(b)?;
            if first > last {
                return Err(format!("the range `{text}` runs backwards"));
            }
            Ok(HsRange { first, last })
        }
        None => prefix(text).map(|(first, last)| HsRange { first, last }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_stands_for_all_its_codes() {
        assert_eq!(parse_hs("87"), Ok(HsRange { first: 870_000, last: 879_999 }));
        assert_eq!(parse_hs("8703.23.10"), Ok(HsRange { first: 870_323, last: 870_323 }));
        assert_eq!(parse_hs("07"), Ok(HsRange { first: 70_000, last: 79_999 }));
        assert_eq!(parse_hs("84-85"), Ok(HsRange { first: 840_000, last: 859_999 }));
        for bad in ["", "8", "870", "car", "85-84", "87031234567", "00"] {
            assert!(parse_hs(bad).is_err(), "{bad}");
        }
        for code in ["07", "8703", "870323", "84-85"] {
            assert_eq!(parse_hs(code).map(|r| r.to_string()).as_deref(), Ok(code));
        }
    }
}
