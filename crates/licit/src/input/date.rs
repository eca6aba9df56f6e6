//! Dates as people write them: ISO 8601, also partial or an interval, and dates in English words.

use jiff::civil::Date;
use model::Span;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Reads `2024-02-18`, `2024-02`, `2024`, `2019-08/2019-12`, `18 February 2024`, `February 18, 2024`, `Feb 2024`, `18.2.2024`.
///
/// # Errors
/// Says what was wrong and which form is right.
pub(crate) fn span(text: &str) -> Result<Span, String> {
    let text = text.trim();
    if let Some((a, b)) =
        text.split_once('/').filter(|(a, b)| [a, b].iter().all(|d| d.len() >= 4 && d.bytes().take(4).all(|c| c.is_ascii_digit())))
    {
        let (first, last) = (span(a)?.first, span(b)?.last);
        if first > last {
            return Err(format!("the interval `{text}` runs backwards"));
        }
        return Ok(Span { first, last });
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ', ',', 'T']).filter(|p| !p.is_empty()).collect();
    let number = |p: &str| {
        p.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok().filter(|_| p.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    let month_word = |p: &str| {
        let p = p.to_lowercase();
        let at = MONTHS.iter().position(|m| p.len() >= 3 && m.starts_with(p.as_str()))?;
        i8::try_from(at + 1).ok()
    };
    let bad = || format!("`{text}` is not a date; write `2024-02-18`, `2024-02` or `2024`");
    let iso = parts.first().is_some_and(|p| p.len() == 4 && p.bytes().all(|b| b.is_ascii_digit()));
    match parts.as_slice() {
        [y] if iso => year(number(y).ok_or_else(bad)?).ok_or_else(bad),
        [y, m] if iso => month(number(y).ok_or_else(bad)?, month_word(m).or_else(|| small(m)).ok_or_else(bad)?).ok_or_else(bad),
        [y, m, d] if iso => day(number(y), month_word(m).or_else(|| small(m)), small(d), text),
        [m, y] if month_word(m).is_some() && y.len() == 4 => {
            month(number(y).ok_or_else(bad)?, month_word(m).ok_or_else(bad)?).ok_or_else(bad)
        }
        [d, m, y] if month_word(m).is_some() && y.len() == 4 => day(number(y), month_word(m), ordinal(d), text),
        [m, d, y] if month_word(m).is_some() && y.len() == 4 => day(number(y), month_word(m), ordinal(d), text),
        [d, m, y] if text.contains('.') && y.len() == 4 => day(number(y), small(m), small(d), text),
        [_, _, y] if text.contains('/') && y.len() == 4 => {
            Err(format!("`{text}` may be read as day/month or month/day; write `2024-02-18`"))
        }
        _ => Err(bad()),
    }
}

/// A day that must be certain; of a partial one the first or the last day is taken.
pub(crate) fn exact(text: &str) -> Result<Date, String> {
    match span(text)? {
        Span { first, last } if first == last => Ok(first),
        _ => Err(format!("`{text}` must name one day, such as `2024-02-18`")),
    }
}

fn small(text: &str) -> Option<i8> {
    text.parse().ok()
}

fn ordinal(text: &str) -> Option<i8> {
    small(text.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th"))
}

fn sane(y: i16) -> bool {
    (1900..=2200).contains(&y)
}

fn year(y: i16) -> Option<Span> {
    if !sane(y) {
        return None;
    }
    Some(Span { first: Date::new(y, 1, 1).ok()?, last: Date::new(y, 12, 31).ok()? })
}

fn month(y: i16, m: i8) -> Option<Span> {
    if !sane(y) {
        return None;
    }
    let first = Date::new(y, m, 1).ok()?;
    Some(Span { first, last: first.last_of_month() })
}

fn day(y: Option<i16>, m: Option<i8>, d: Option<i8>, text: &str) -> Result<Span, String> {
    let (Some(y), Some(m), Some(d)) = (y, m, d) else {
        return Err(format!("`{text}` is not a date; write `2024-02-18`"));
    };
    if !sane(y) {
        return Err(format!("the year {y} lies outside 1900 to 2200"));
    }
    match Date::new(y, m, d) {
        Ok(date) => Ok(Span { first: date, last: date }),
        Err(_) => {
            let help = Date::new(y, m, 1).map(|f| format!("; that month has {} days", f.days_in_month())).unwrap_or_default();
            Err(format!("there is no day `{text}`{help}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match span(text) {
            Ok(s) if s.first == s.last => s.first.to_string(),
            Ok(s) => format!("{}..{}", s.first, s.last),
            Err(e) => format!("! {e}"),
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in ["2024-02-18", "18 February 2024", "February 18, 2024", "18 Feb 2024", "18th February 2024", "18.2.2024", "2024/02/18"]
        {
            assert_eq!(shown(text), "2024-02-18", "{text}");
        }
        assert_eq!(shown("2024-02"), "2024-02-01..2024-02-29");
        assert_eq!(shown("Feb 2024"), "2024-02-01..2024-02-29");
        assert_eq!(shown("2018"), "2018-01-01..2018-12-31");
        assert_eq!(shown("2019-08/2019-12"), "2019-08-01..2019-12-31");
    }

    #[test]
    fn days_that_never_were_are_refused_with_the_reason() {
        assert!(shown("2023-02-29").contains("28 days"));
        assert!(shown("2023-13-01").starts_with("! there is no day"));
        assert!(shown("02/03/2024").contains("day/month"));
        for bad in ["", "yesterday-ish", "24", "2024-2024", "0000-00-00", "99999-01-01", "2020-01/2019-01"] {
            assert!(shown(bad).starts_with('!'), "{bad}: {}", shown(bad));
        }
    }
}
