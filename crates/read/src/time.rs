//! When: dates as a report writes them, against the day it was published.

use crate::groups::BEHIND_A_DAY;
use crate::token::{Shape, Token};
use model::Date;

/// A day, a month or a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct When {
    /// The year.
    pub year: i16,
    /// 1 to 12, when known.
    pub month: Option<i8>,
    /// 1 to 31, when known.
    pub day: Option<i8>,
}

impl When {
    fn of_day(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }

    pub(crate) fn of_month(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: None }
    }

    /// Whether both may be the same time: the one is within the other.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let same = |a: Option<i8>, b: Option<i8>| a.is_none() || b.is_none() || a == b;
        self.year == other.year && same(self.month, other.month) && (self.month != other.month || same(self.day, other.day))
    }

    /// Whether all of it lies before the end of a day; of a month or year that still runs nobody knows.
    pub(crate) fn is_over(self, day: Date) -> bool {
        let today = (day.year(), day.month(), day.day());
        match (self.month, self.day) {
            (Some(month), Some(date)) => (self.year, month, date) <= today,
            (Some(month), None) => (self.year, month) < (today.0, today.1),
            _ => self.year < today.0,
        }
    }

    /// How much is known: 1 the year, 2 the month, 3 the day.
    #[must_use]
    pub fn precision(self) -> u8 {
        1 + u8::from(self.month.is_some()) + u8::from(self.day.is_some())
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A time that a text tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    /// How many tokens tell it.
    pub length: usize,
    /// When, as far as it can be told; `None` for "recently", "for three years".
    pub when: Option<When>,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SMALL: [&str; 13] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn month(token: &Token<'_>) -> Option<i8> {
    let low = token.low.trim_end_matches('.');
    if !token.capital || low.len() < 3 {
        return None;
    }
    let at = MONTHS.iter().position(|m| *m == low || (low.len() <= 4 && m.starts_with(low) && low != "may"))?;
    i8::try_from(at + 1).ok()
}

fn weekday(token: &Token<'_>) -> Option<usize> {
    let low = token.low.trim_end_matches('.');
    token.capital.then(|| DAYS.iter().position(|d| *d == low || (low.len() == 3 && d.starts_with(low) && low != "sun"))).flatten()
}

/// The year that a number of four digits may be.
pub(crate) fn year(token: &Token<'_>) -> Option<i16> {
    (token.shape == Shape::Number && token.text.len() == 4).then(|| token.text.parse().ok()).flatten().filter(|y| (1945..2100).contains(y))
}

fn day_of_month(token: &Token<'_>) -> Option<i8> {
    let digits = token.low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &token.low[digits.len()..];
    (token.shape == Shape::Number && digits.len() <= 2 && matches!(ending, "" | "st" | "nd" | "rd" | "th"))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|d| (1..=31).contains(d))
}

fn small(token: &Token<'_>) -> Option<i32> {
    match token.low.as_str() {
        "a" | "an" => Some(1),
        low => SMALL
            .iter()
            .position(|s| *s == low)
            .and_then(|n| i32::try_from(n).ok())
            .or_else(|| low.parse().ok().filter(|n| (0..200).contains(n))),
    }
}

/// The time told by the tokens that start at `at`, if they tell one.
pub(crate) fn at(tokens: &[Token<'_>], at: usize, published: Option<Date>) -> Option<Told> {
    let reader = Reader { tokens, published };
    reader
        .iso(at)
        .or_else(|| reader.numbers(at))
        .or_else(|| reader.calendar(at))
        .or_else(|| reader.relative(at))
        .or_else(|| reader.ago(at))
        .or_else(|| reader.bare(at))
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    published: Option<Date>,
}

impl Reader<'_> {
    fn get(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at)
    }

    fn low(&self, at: usize) -> &str {
        self.get(at).map_or("", |t| t.low.as_str())
    }

    fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |i| self.low(i))
    }

    /// `30/03/2022`, `03/30/2022`, `30.03.2022`: which number is the day is told where only one can be.
    fn numbers(&self, at: usize) -> Option<Told> {
        let token = self.get(at).filter(|t| t.shape == Shape::Number)?;
        let sign = ['/', '.'].into_iter().find(|sign| token.text.matches(*sign).count() == 2)?;
        let numbers: Vec<i16> = token.text.split(sign).map_while(|part| part.parse().ok()).collect();
        let &[a, b, year] = numbers.as_slice() else { return None };
        let (a, b) = (i8::try_from(a).ok()?, i8::try_from(b).ok()?);
        let is_month = |n: i8| (1..=12).contains(&n);
        let is_day = |n: i8| (1..=31).contains(&n);
        let (month, day) = match (is_day(a) && is_month(b), is_month(a) && is_day(b)) {
            (true, true) if a != b => (None, None),
            (true, _) => (Some(b), Some(a)),
            (false, true) => (Some(a), Some(b)),
            (false, false) => return None,
        };
        (1945..2100).contains(&year).then_some(Told { length: 1, when: Some(When { year, month, day }) })
    }

    /// `2024-02-18`, `2024-02`.
    fn iso(&self, at: usize) -> Option<Told> {
        let token = self.get(at).filter(|t| t.shape == Shape::Number)?;
        let mut parts = token.text.split('-');
        let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok().filter(|y| (1945..2100).contains(y))?;
        let month: i8 = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let day = parts.next().and_then(|d| d.parse().ok()).filter(|d| (1..=31).contains(d));
        Some(Told { length: 1, when: Some(When { year, month: Some(month), day }) })
    }

    /// `18 February 2024`, `February 18, 2024`, `Oct. 19`, `February 2024`.
    fn calendar(&self, at: usize) -> Option<Told> {
        let first = self.get(at)?;
        // `the 14th of June`
        if first.low == "the"
            && self.get(at + 1).is_some_and(|t| day_of_month(t).is_some() && t.low.ends_with(|c: char| c.is_ascii_alphabetic()))
        {
            return self.calendar(at + 1).map(|told| Told { length: told.length + 1, ..told });
        }
        // 18 [of] February [,] [2024]
        if let Some(day) = day_of_month(first) {
            let of = usize::from(self.low(at + 1) == "of");
            let month = month(self.get(at + 1 + of)?)?;
            let (more, year) = self.year_behind(at + 2 + of);
            return Some(self.dated(2 + of + more, year, month, Some(day)));
        }
        let month = month(first)?;
        if let Some(day) = self.get(at + 1).and_then(day_of_month)
            // `May 5,000`: digits with a comma are no day; `February 18, 2024` is one.
            && self.low(at + 2) != "per"
        {
            // `May 5 and 6`, `May 5, 7 and 9, 2021`: no one day of the month.
            let others = self.days_behind(at + 2);
            let (more, year) = self.year_behind(at + 2 + others);
            return Some(self.dated(2 + others + more, year, month, Some(day).filter(|_| others == 0)));
        }
        let (more, year) = self.year_behind(at + 1);
        if more > 0 {
            return Some(self.dated(1 + more, year, month, None));
        }
        // `June/July 2024`: the year that both share.
        if self.low(at + 1) == "/" && self.get(at + 2).is_some_and(|t| self::month(t).is_some()) {
            let (more, year) = self.year_behind(at + 3);
            if more > 0 {
                return Some(Told { length: 3 + more, when: year.map(|year| When { year, month: None, day: None }) });
            }
        }
        // `May` and `March` alone are words too.
        let before = self.before(at);
        let told = [
            "in", "since", "until", "of", "from", "by", "during", "through", "early", "late", "mid", "and", "to", "till", "between", "or",
            "before", "after",
        ]
        .contains(&before);
        // `the March shipment`.
        let next = self.low(at + 1);
        let named = before == "the"
            && first.capital
            && !matches!(next, "on" | "of" | "against" | "to" | "in")
            && self.get(at + 1).is_some_and(|t| !t.capital);
        (told || named || !matches!(first.low.as_str(), "may" | "march" | "mar" | "august")).then(|| self.dated(1, None, month, None))
    }

    /// How many tokens tell further days of the month: `, 7 and 9`. What is counted by the number is no day: `and 6 lorries`.
    fn days_behind(&self, at: usize) -> usize {
        let mut end = at;
        while matches!(self.low(end), "," | "and" | "to" | "-" | "–") && self.get(end + 1).is_some_and(|t| day_of_month(t).is_some()) {
            end += 2;
        }
        let counted = self.get(end).is_some_and(|t| t.shape == Shape::Word && !t.capital && !BEHIND_A_DAY.contains(t.low.as_str()));
        if counted { 0 } else { end - at }
    }

    fn year_behind(&self, at: usize) -> (usize, Option<i16>) {
        let comma = usize::from(matches!(self.low(at), "," | "of" | "in"));
        match self.get(at + comma).and_then(year) {
            Some(year) => (1 + comma, Some(year)),
            None => (0, None),
        }
    }

    fn dated(&self, length: usize, year: Option<i16>, month: i8, day: Option<i8>) -> Told {
        let year = year.or_else(|| self.last_year_with(month, day));
        Told { length, when: year.map(|year| When { year, month: Some(month), day }) }
    }

    /// The latest year in which this day had come when the report was published.
    fn last_year_with(&self, month: i8, day: Option<i8>) -> Option<i16> {
        let today = self.published?;
        let later = (month, day.unwrap_or(1)) > (today.month(), if day.is_some() { today.day().saturating_add(1) } else { 31 });
        Some(today.year() - i16::from(later))
    }

    fn days_before(&self, days: i32) -> Option<Date> {
        self.published?.checked_sub(jiff::Span::new().days(days)).ok()
    }

    /// `last September`, `this month`, `last Tuesday`, `yesterday`, `earlier this year`.
    fn relative(&self, at: usize) -> Option<Told> {
        let first = self.low(at);
        let day = |length, days| Some(Told { length, when: self.days_before(days).map(When::of_day) });
        match first {
            "today" | "tonight" => return day(1, 0),
            "yesterday" => return day(1, 1),
            "tomorrow" => return day(1, -1),
            "recently" | "currently" | "lately" => return None,
            "earlier" | "later" if matches!(self.low(at + 1), "this" | "last") => {
                return self.relative(at + 1).map(|t| Told { length: t.length + 1, ..t });
            }
            // `the beginning of February`, `the end of 2022`: a time when a time follows.
            "beginning" | "start" | "end" | "middle" | "summer" | "spring" | "autumn" | "winter" => return self.part_of_year(at),
            "early" | "late" | "mid" => {
                let skip = 1 + usize::from(self.low(at + 1) == "in");
                let token = self.get(at + skip)?;
                if let Some(year) = year(token) {
                    return Some(Told { length: skip + 1, when: Some(When { year, month: None, day: None }) });
                }
                let day = skip == 1 && first != "mid" && weekday(token).is_some();
                return (day || month(token).is_some() || matches!(self.low(at + skip), "last" | "this"))
                    .then(|| crate::time::at(self.tokens, at + skip, self.published))
                    .flatten()
                    .map(|t| Told { length: t.length + skip, ..t });
            }
            _ => {}
        }
        if let Some(told) = self.of_late(at).or_else(|| self.within(at)).or_else(|| self.weekend(at)).or_else(|| self.mid(at)) {
            return Some(told);
        }
        let (last, length) = match first {
            "last" | "previous" | "past" => (-1, 2),
            "this" => (0, 2),
            "next" | "coming" => (1, 2),
            _ => return None,
        };
        let unit = self.get(at + 1)?;
        let today = self.published;
        if let Some(month) = month(unit) {
            let when = today.map(|d| {
                // `last September` said in October is the one just gone; `this February` is in this year.
                let year = match last {
                    -1 => d.year() - i16::from(month >= d.month()),
                    0 => d.year(),
                    _ => d.year() + i16::from(month <= d.month()),
                };
                When { year, month: Some(month), day: None }
            });
            return Some(Told { length, when });
        }
        if weekday(unit).is_some() {
            return self.weekday(at + 1, last).map(|t| Told { length: t.length + 1, ..t });
        }
        let when = match unit.low.as_str() {
            "year" => today.map(|d| When { year: d.year() + last, month: None, day: None }),
            "month" => today.and_then(|d| d.checked_add(jiff::Span::new().months(i32::from(last))).ok()).map(When::of_month),
            "week" | "weekend" => self.days_before(-7 * i32::from(last)).map(When::of_month),
            "night" | "evening" | "morning" | "afternoon" => self.days_before(i32::from(-last)).map(When::of_day),
            "summer" | "spring" | "autumn" | "fall" | "winter" | "decade" | "century" => None,
            _ => return None,
        };
        Some(Told { length, when })
    }

    /// `in recent months`, `over the past few months`: of the year that still runs, once it has run for some months.
    fn of_late(&self, at: usize) -> Option<Told> {
        let few = usize::from(matches!(self.low(at + 1), "few" | "several" | "couple"));
        let of = usize::from(few == 1 && self.low(at + 2) == "of");
        let late = self.low(at) == "recent" || (few == 1 && matches!(self.low(at), "last" | "past"));
        let unit = at + 1 + few + of;
        if !late || !matches!(self.low(unit), "months" | "weeks") {
            return None;
        }
        let months = if self.low(unit) == "months" { 4 } else { 1 };
        let when = self.published.filter(|d| d.month() > months).map(|d| When { year: d.year(), month: None, day: None });
        Some(Told { length: unit + 1 - at, when })
    }

    /// `in the past six months`, `in recent days`: the month or the year in which all of it lies.
    fn within(&self, at: usize) -> Option<Told> {
        let recent = self.low(at) == "recent";
        let (words, n) = if recent { (0, 7) } else { (1, small(self.get(at + 1)?).filter(|n| *n > 1)?) };
        if !recent && !matches!(self.low(at), "past" | "last" | "previous") {
            return None;
        }
        let days = match self.low(at + 1 + words) {
            "days" => n,
            "weeks" if !recent => 7 * n,
            "months" if !recent => 30 * n,
            _ => return None,
        };
        Some(Told { length: 2 + words, when: self.between(days, 0) })
    }

    /// The month or the year that holds both days, as many days before the report.
    fn between(&self, first: i32, last: i32) -> Option<When> {
        let (first, last) = (self.days_before(first)?, self.days_before(last)?);
        let month = (first.month() == last.month()).then(|| last.month());
        (first.year() == last.year()).then(|| When { year: last.year(), month, day: None })
    }

    /// `over the weekend`: the month of it.
    fn weekend(&self, at: usize) -> Option<Told> {
        let the = self.low(at) == "weekend" && self.before(at) == "the";
        let since = |d: Date| i32::from(d.weekday().to_monday_zero_offset()) + 1;
        the.then(|| Told { length: 1, when: self.published.and_then(|d| self.between(since(d) + 1, since(d))) })
    }

    /// `mid-March 2024`, `late-May`.
    fn mid(&self, at: usize) -> Option<Told> {
        let name = ["mid-", "early-", "late-"].iter().find_map(|part| self.low(at).strip_prefix(part))?;
        let month = MONTHS.iter().position(|m| *m == name).and_then(|m| i8::try_from(m + 1).ok())?;
        let (more, year) = self.year_behind(at + 1);
        Some(self.dated(1 + more, year, month, None))
    }

    fn part_of_year(&self, at: usize) -> Option<Told> {
        let of = usize::from(matches!(self.low(at + 1), "of" | "in"));
        // `by the end of the year`: of the one that runs.
        if of == 1 && self.low(at + 2) == "the" && matches!(self.low(at + 3), "year" | "month") {
            let month = self.low(at + 3) == "month";
            let when = self.published.map(|d| if month { When::of_month(d) } else { When { month: None, day: None, ..When::of_day(d) } });
            return Some(Told { length: 4, when });
        }
        let rest = if of == 1 || matches!(self.low(at), "summer" | "spring" | "autumn" | "winter") {
            self.get(at + 1 + of)
                .and_then(year)
                .map(|year| Told { length: 1, when: Some(When { year, month: None, day: None }) })
                .or_else(|| self.calendar(at + 1 + of))
                .or_else(|| self.relative(at + 1 + of))
        } else {
            None
        }?;
        Some(Told { length: rest.length + 1 + of, ..rest })
    }

    fn weekday(&self, at: usize, last: i16) -> Option<Told> {
        let day = weekday(self.get(at)?)?;
        // `Tuesday evening`, `Tuesday, May 9`.
        let comma = usize::from(self.low(at + 1) == ",");
        if let Some(date) = self.calendar(at + 1 + comma) {
            return Some(Told { length: 1 + comma + date.length, ..date });
        }
        let part = usize::from(matches!(self.low(at + 1), "morning" | "evening" | "night" | "afternoon"));
        let when = self.published.and_then(|d| {
            let back = (i32::from(d.weekday().to_monday_zero_offset()) - i32::try_from(day).ok()?).rem_euclid(7);
            self.days_before(if last > 0 { back - 7 } else { back })
        });
        Some(Told { length: 1 + part, when: when.map(When::of_day) })
    }

    /// `two years ago`, `three months earlier`.
    fn ago(&self, at: usize) -> Option<Told> {
        // `a few days ago`: two to six of them.
        let some = usize::from(self.low(at) == "a" && self.low(at + 1) == "few");
        if matches!(self.low(at + some), "few" | "several" | "some") && self.low(at + some + 2) == "ago" {
            let days = match self.low(at + some + 1) {
                "days" => 1,
                "weeks" => 7,
                "months" => 30,
                _ => return None,
            };
            return Some(Told { length: some + 3, when: self.between(6 * days, 2 * days) });
        }
        let n = small(self.get(at)?)?;
        let unit = self.low(at + 1).trim_end_matches('s').to_owned();
        if !matches!(self.low(at + 2), "ago") {
            return None;
        }
        let span = jiff::Span::new();
        let when = match unit.as_str() {
            "day" => self.days_before(n).map(When::of_day),
            "week" => self.days_before(7 * n).map(When::of_month),
            "month" => self.published.and_then(|d| d.checked_sub(span.months(n)).ok()).map(When::of_month),
            "year" => {
                self.published.and_then(|d| d.checked_sub(span.years(n)).ok()).map(|d| When { year: d.year(), month: None, day: None })
            }
            _ => return None,
        };
        Some(Told { length: 3, when })
    }

    /// A weekday or a year that stands alone.
    fn bare(&self, at: usize) -> Option<Told> {
        let token = self.get(at)?;
        if weekday(token).is_some() {
            return self.weekday(at, 0);
        }
        let year = year(token)?;
        let before = self.before(at);
        let behind_preposition = [
            "in", "since", "during", "until", "from", "of", "by", "early", "late", "and", "to", "through", "between", "before", "after",
            "year", "till",
        ]
        .contains(&before);
        // `2023: he gave …`, and `the 2021 report` is no time of an act.
        let heads = at == 0 && self.low(at + 1) == ":";
        (behind_preposition || heads).then_some(Told { length: 1, when: Some(When { year, month: None, day: None }) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, published: &str) -> String {
        let tokens = crate::token::tokens(text, &|_| false);
        let published = published.parse().ok();
        (0..tokens.len()).find_map(|i| at(&tokens, i, published)).and_then(|t| t.when).map_or_else(|| "-".to_owned(), |w| w.to_string())
    }

    #[test]
    fn words_of_time_count_from_the_day_of_publication() {
        // 20 February 2024 was a Tuesday.
        for (text, expected) in [
            ("on Tuesday", "2024-02-20"),
            ("on Sunday", "2024-02-18"),
            ("last September", "2023-09"),
            ("in January", "2024-01"),
            ("in March", "2023-03"),
            ("on 3 May", "2023-05-03"),
            ("February 18, 2024", "2024-02-18"),
            ("Oct. 19", "2023-10-19"),
            ("in 2021", "2021"),
            ("two years ago", "2022"),
            ("on 30/03/2022", "2022-03-30"),
            ("on 03/30/2022", "2022-03-30"),
            ("on 30.03.2022", "2022-03-30"),
            ("on 03/04/2022", "2022"),
            ("a 13/14/2022 split", "-"),
            ("on the 14th of June", "2023-06-14"),
            ("on the 14th June 2021", "2021-06-14"),
            ("on May 5 and 6", "2023-05"),
            ("on May 5, 7 and 9, 2021", "2021-05"),
            ("on May 5, 7 lorries", "2023-05-05"),
            ("early Saturday", "2024-02-17"),
            ("in recent months", "-"),
            ("in the past six days", "2024-02"),
            ("in the past six weeks", "2024"),
            ("in the past six months", "-"),
            ("in recent days", "2024-02"),
            ("a few days ago", "2024-02"),
            ("over the weekend", "2024-02"),
            ("in mid-March 2022", "2022-03"),
            ("by the end of the year", "2024"),
            ("yesterday", "2024-02-19"),
            ("At the beginning of February", "2024-02"),
            ("earlier this month", "2024-02"),
            ("last year", "2023"),
            ("a May wedding", "-"),
            ("the 2021 report", "-"),
        ] {
            assert_eq!(told(text, "2024-02-20"), expected, "{text}");
        }
    }
}
