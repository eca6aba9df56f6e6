//! Dates as lists give them: a day, a month, a year, a stretch of years, “circa”.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The days that a stated date may be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Span {
    /// First day it may be.
    pub first: Date,
    /// Last day it may be.
    pub last: Date,
    /// Stated as approximate; the true day may lie outside by some years.
    pub about: bool,
}

/// Which number comes first in `04/06/2018`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Day first, as in Europe.
    DayMonth,
    /// Month first, as in the United States.
    MonthDay,
}

/// Years outside of these are other calendars or slips.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2200;

/// Words that say a date is approximate.
const ABOUT: [&str; 8] = ["circa", "approximately", "approx", "about", "around", "ca", "c", "early"];

impl Span {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day, about: false }
    }

    /// One month; none when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok().filter(|_| YEARS.contains(&year))?;
        Some(Self { first, last: first.last_of_month(), about: false })
    }

    /// One year.
    pub fn year(year: i16) -> Option<Self> {
        Self::years(year, year)
    }

    /// From one year to another, in either order.
    pub fn years(a: i16, b: i16) -> Option<Self> {
        let (from, to) = (a.min(b), a.max(b));
        if !YEARS.contains(&from) || !YEARS.contains(&to) {
            return None;
        }
        Some(Self { first: Date::new(from, 1, 1).ok()?, last: Date::new(to, 12, 31).ok()?, about: false })
    }

    /// From the first day of one to the last day of the other.
    pub fn between(a: Self, b: Self) -> Self {
        Self { first: a.first.min(b.first), last: a.last.max(b.last), about: a.about || b.about }
    }

    /// The same, stated as approximate.
    #[must_use]
    pub fn approximate(self) -> Self {
        Self { about: true, ..self }
    }

    /// Whether the day is one of those it may be.
    pub fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether some day is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Reads a date as lists state it: `1964-07-17`, `1964-07`, `1964`, `0000-00-00` (nothing), `01 Jan 1960`, `Jan 1960`,
    /// `17/07/1964`, `00/00/1964`, `circa 1964`, `1960-1965`, `between 1958 and 1963`, `July 17, 1964`, with or without a time of
    /// day. Nothing when it cannot be a date of our calendar.
    pub fn parse(text: &str, order: Order) -> Option<Self> {
        let text = text.trim().trim_end_matches(['.', ';', ',']).to_ascii_lowercase();
        let text = without_time(&text);
        if text.len() > 64 {
            return None;
        }
        for word in ABOUT {
            if let Some(rest) = text.strip_prefix(word)
                && rest.starts_with([' ', '.', ':', '~', '0', '1', '2'])
            {
                return Self::parse(rest.trim_start_matches(['.', ':', ' ']), order).map(Self::approximate);
            }
        }
        if let Some(rest) = text.strip_prefix('~') {
            return Self::parse(rest, order).map(Self::approximate);
        }
        single(text, order).or_else(|| stretch(text, order))
    }
}

/// Cuts a time of day off: `1964-07-17T00:00:00Z`, `1964-07-17 00:00:00`.
fn without_time(text: &str) -> &str {
    let is_time = |t: &str| t.as_bytes().get(2) == Some(&b':') && t.as_bytes().first().is_some_and(u8::is_ascii_digit);
    match text.split_once(['t', ' ']) {
        Some((day, time)) if day.len() >= 8 && is_time(time) => day,
        // A time zone after the day: `2015-03-27-04:00`, `2014-03-17Z`.
        _ => match (text.get(10..11), text.len()) {
            (Some("z"), 11) | (Some("+" | "-"), 16) => text.get(..10).unwrap_or(text),
            _ => text,
        },
    }
}

/// `1960-1965`, `1960 to 1965`, `between 1958 and 1963`, `from … to …`.
fn stretch(text: &str, order: Order) -> Option<Span> {
    let text = text.strip_prefix("between ").or_else(|| text.strip_prefix("from ")).unwrap_or(text);
    for mark in [" and ", " to ", " - ", " – ", "–", " or "] {
        if let Some((a, b)) = text.split_once(mark) {
            return Some(Span::between(single(a.trim(), order)?, single(b.trim(), order)?));
        }
    }
    let (a, b) = text.split_once(['-', '/'])?;
    Span::years(year(a)?, year(b)?)
}

/// One day, month or year.
fn single(text: &str, order: Order) -> Option<Span> {
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',']).filter(|p| !p.is_empty()).collect();
    let worded = parts.iter().position(|p| month_name(p).is_some());
    match (parts.as_slice(), worded) {
        ([y], None) if y.len() == 8 => Date::strptime("%Y%m%d", y).ok().filter(|d| YEARS.contains(&d.year())).map(Span::day),
        ([y], None) => Span::year(year(y)?),
        ([m, y], Some(0)) => Span::month(year(y)?, month_name(m)?),
        ([y, m], Some(1)) => Span::month(year(y)?, month_name(m)?),
        ([d, m, y], Some(1)) => match year(y) {
            Some(y) => dated(y, month_name(m)?, number(d)?),
            None => dated(year(d)?, month_name(m)?, number(y)?),
        },
        ([m, d, y], Some(0)) => dated(year(y)?, month_name(m)?, number(d)?),
        ([a, b], None) => match (year(a), year(b)) {
            (Some(y), None) => dated(y, number(b)?, 0),
            (None, Some(y)) => dated(y, number(a)?, 0),
            _ => None,
        },
        ([a, b, c], None) => match (year(a), year(c)) {
            (Some(y), _) => dated(y, number(b)?, number(c)?),
            (None, Some(y)) => {
                let (day, month) = if order == Order::DayMonth { (a, b) } else { (b, a) };
                dated(y, number(month)?, number(day)?)
            }
            _ => None,
        },
        _ => None,
    }
}

/// A day where zero stands for a part that is not known.
fn dated(year: i16, month: i8, day: i8) -> Option<Span> {
    match (month, day) {
        (0, _) => Span::year(year),
        (_, 0) => Span::month(year, month),
        _ => Date::new(year, month, day).ok().filter(|_| YEARS.contains(&year)).map(Span::day),
    }
}

fn year(text: &str) -> Option<i16> {
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|y| YEARS.contains(y))
}

fn number(text: &str) -> Option<i8> {
    let text = ["st", "nd", "rd", "th"].iter().find_map(|e| text.strip_suffix(e)).unwrap_or(text);
    (text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn month_name(text: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    if text == "sept" {
        return Some(9);
    }
    let found = MONTHS.iter().position(|m| text == *m || (text.len() == 3 && m.starts_with(text)))?;
    i8::try_from(found + 1).ok()
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (a, b) = (self.first, self.last);
        if self.about {
            f.write_str("about ")?;
        }
        let whole_months = a.day() == 1 && b == b.last_of_month();
        let whole_years = whole_months && a.month() == 1 && b.month() == 12;
        if a == b {
            write!(f, "{a}")
        } else if whole_years && a.year() == b.year() {
            write!(f, "{}", a.year())
        } else if whole_years {
            write!(f, "{}/{}", a.year(), b.year())
        } else if whole_months && a.first_of_month() == b.first_of_month() {
            write!(f, "{:04}-{:02}", a.year(), a.month())
        } else {
            write!(f, "{a}/{b}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Span};
    use jiff::civil::date;

    /// What a text is read as, in the text form of a span.
    fn read(text: &str) -> String {
        Span::parse(text, Order::DayMonth).map_or_else(|| "none".into(), |s| s.to_string())
    }

    #[test]
    fn dates_as_lists_give_them() {
        for (given, meant) in [
            ("1964-07-17", "1964-07-17"),
            (" 1964-07-17T00:00:00Z ", "1964-07-17"),
            ("1964-07-17 00:00:00", "1964-07-17"),
            ("2014-03-17Z", "2014-03-17"),
            ("2015-03-27-04:00", "2015-03-27"),
            ("19640717", "1964-07-17"),
            ("1964-07", "1964-07"),
            ("1964-07-00", "1964-07"),
            ("1964-00-00", "1964"),
            ("1964", "1964"),
            ("0000-00-00", "none"),
            ("17 Jul 1964", "1964-07-17"),
            ("17 July 1964.", "1964-07-17"),
            ("July 17, 1964", "1964-07-17"),
            ("Jul 1964", "1964-07"),
            ("Sept 1964", "1964-09"),
            ("00/00/1964", "1964"),
            ("00/07/1964", "1964-07"),
            ("17/07/1964", "1964-07-17"),
            ("17.07.1964", "1964-07-17"),
            ("circa 1964", "about 1964"),
            ("Approximately 1964", "about 1964"),
            ("c.1964", "about 1964"),
            ("circa Jul 1964", "about 1964-07"),
            ("1960-1965", "1960/1965"),
            ("1960 to 1965", "1960/1965"),
            ("between 1958 and 1963", "1958/1963"),
            ("01 Jan 1960 to 31 Dec 1962", "1960/1962"),
            ("01 Jan 1960 to 05 Feb 1960", "1960-01-01/1960-02-05"),
            ("1963-1958", "1958/1963"),
            ("1383-05-02", "none"),
            ("31 Feb 1960", "none"),
            ("1964-13-01", "none"),
            ("unknown", "none"),
            ("", "none"),
            ("12", "none"),
            ("May", "none"),
        ] {
            assert_eq!(read(given), meant, "{given:?}");
        }
    }

    #[test]
    fn the_order_of_numbers_is_the_issuers() {
        let day = |text, order| Span::parse(text, order).unwrap().first;
        assert_eq!(day("04/06/2018", Order::MonthDay), date(2018, 4, 6));
        assert_eq!(day("04/06/2018", Order::DayMonth), date(2018, 6, 4));
        assert_eq!(Span::parse("17/07/1964", Order::MonthDay), None, "there is no month 17");
    }

    #[test]
    fn days_in_and_out() {
        let years = Span::years(1958, 1963).unwrap();
        assert!(years.contains(date(1958, 1, 1)) && years.contains(date(1963, 12, 31)));
        assert!(!years.contains(date(1957, 12, 31)) && !years.contains(date(1964, 1, 1)));
        assert!(years.overlaps(Span::year(1963).unwrap()) && !years.overlaps(Span::year(1964).unwrap()));
        assert!(years.overlaps(Span::month(1960, 5).unwrap()));
        assert_eq!(Span::month(1960, 2).unwrap().last, date(1960, 2, 29));
    }
}
