//! The day in a date of publication, as pages write it.

use model::Date;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The day in `2024-02-18T10:00:00+09:00`, `20240218`, `Sun, 18 Feb 2024 10:00 GMT`, `February 18, 2024` or `2024年2月18日`.
///
/// The day is the one written: a page published at 01:00 in Pyongyang names the day it was there.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.bytes().take(4).filter(u8::is_ascii_digit).count() == 4 { year_first(text) } else { in_words(text) }
}

fn year_first(text: &str) -> Option<Date> {
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty());
    let first = groups.next()?;
    let (year, month, day) = match first.len() {
        4 => (first, groups.next()?, groups.next()?),
        8 | 14 => (first.get(..4)?, first.get(4..6)?, first.get(6..8)?),
        _ => return None,
    };
    let year = year.parse().ok().filter(|y| (1900..=2200).contains(y))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn in_words(text: &str) -> Option<Date> {
    let mut words: Vec<&str> = text.split([' ', ',', '\t', '\n']).filter(|w| !w.is_empty()).take(4).collect();
    let weekday = words.first()?.to_lowercase();
    if WEEKDAYS.iter().any(|w| weekday.starts_with(w)) {
        words.remove(0);
    }
    words.truncate(3);
    crate::input::exact_day(&words.join(" ")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_pages_write_a_day() {
        let wanted = Date::new(2024, 2, 18).ok();
        for text in [
            "2024-02-18",
            "2024-02-18T23:10:00-05:00",
            " 2024/02/18 10:00",
            "20240218",
            "20240218T1000Z",
            "Sun, 18 Feb 2024 10:00:00 GMT",
            "Sunday 18 February 2024",
            "February 18, 2024 at 10:00",
            "2024年2月18日",
            "2024년 2월 18일",
            "18.2.2024",
        ] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in ["", "yesterday", "2024-13-18", "2024-02", "1708250400", "02/03/2024", "0001-01-01T00:00:00"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
