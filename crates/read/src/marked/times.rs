//! When: dates as the six languages write them.

use super::tables::{Meaning, Words};
use crate::language::Language;
use crate::time::When;
use crate::token::{Shape, Token};
use model::Date;

/// A time with the atoms that tell it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    pub first: usize,
    pub end: usize,
    pub when: When,
}

/// All times of a sentence.
pub(crate) fn times(words: &Words, atoms: &[Token<'_>], language: Language, published: Option<Date>) -> Vec<Time> {
    let reader = Reader { words, atoms, language, published };
    let (mut out, mut at) = (Vec::new(), 0);
    while at < atoms.len() {
        match reader.at(at) {
            Some((end, when)) => {
                out.extend(when.map(|when| Time { first: at, end, when }));
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

struct Reader<'a> {
    words: &'a Words,
    atoms: &'a [Token<'a>],
    language: Language,
    published: Option<Date>,
}

impl Reader<'_> {
    fn low(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |t| t.low.as_str())
    }

    fn number(&self, at: usize) -> Option<i16> {
        self.atoms.get(at).filter(|t| t.shape == Shape::Number)?.text.parse().ok()
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.number(at).filter(|y| (1945..2100).contains(y))
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.number(at).filter(|d| (1..=31).contains(d)).and_then(|d| i8::try_from(d).ok())
    }

    fn at(&self, at: usize) -> Option<(usize, Option<When>)> {
        self.iso(at)
            .or_else(|| self.east(at))
            .or_else(|| self.numeric(at))
            .or_else(|| self.calendar(at))
            .or_else(|| self.word(at))
            .or_else(|| self.bare(at))
    }

    /// `2024-02-18`.
    fn iso(&self, at: usize) -> Option<(usize, Option<When>)> {
        let token = self.atoms.get(at).filter(|t| t.shape == Shape::Number)?;
        let mut parts = token.text.split('-');
        let year: i16 = parts.next().filter(|y| y.len() == 4)?.parse().ok().filter(|y| (1945..2100).contains(y))?;
        let month = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let day = parts.next().and_then(|d| d.parse().ok()).filter(|d| (1..=31).contains(d));
        Some((at + 1, Some(When { year, month: Some(month), day })))
    }

    /// `18.02.2024`, `18/02/2024`.
    fn numeric(&self, at: usize) -> Option<(usize, Option<When>)> {
        let token = self.atoms.get(at).filter(|t| t.shape == Shape::Number)?;
        let parts: Vec<i16> = token.text.split(['.', '/']).map_while(|p| p.parse().ok()).collect();
        let [day, month, year] = parts.as_slice() else { return None };
        let when = When {
            year: *year,
            month: i8::try_from(*month).ok().filter(|m| (1..=12).contains(m)),
            day: i8::try_from(*day).ok().filter(|d| (1..=31).contains(d)),
        };
        ((1945..2100).contains(year) && when.day.is_some() && when.month.is_some()).then_some((at + 1, Some(when)))
    }

    /// `2024年2月18日`, `2024년 2월 18일`, `今年9月`, `지난 1월`.
    fn east(&self, at: usize) -> Option<(usize, Option<When>)> {
        if !matches!(self.language, Language::Ko | Language::Zh) {
            return None;
        }
        let (mut next, mut year) = (at, None);
        if let Some(y) = self.year(at).filter(|_| matches!(self.low(at + 1), "年" | "년")) {
            (year, next) = (Some(y), at + 2);
        } else if let Some((end, offset)) = self.year_word(at) {
            (year, next) = (self.published.map(|d| d.year() + offset), end);
        }
        let month = self
            .number(next)
            .filter(|m| (1..=12).contains(m) && matches!(self.low(next + 1), "月" | "월"))
            .and_then(|m| i8::try_from(m).ok());
        let Some(month) = month else {
            return year
                .filter(|_| next == at + 2 && self.year(at).is_some())
                .map(|year| (next, Some(When { year, month: None, day: None })));
        };
        let day = self.day(next + 2).filter(|_| matches!(self.low(next + 3), "日" | "일" | "号" | "號"));
        let end = next + if day.is_some() { 4 } else { 2 };
        Some((end, self.dated(year, month, day)))
    }

    fn year_word(&self, at: usize) -> Option<(usize, i16)> {
        self.words.at(self.atoms, at, false).into_iter().find_map(|h| match h.meaning {
            Meaning::Time(Some((n, 'y'))) => Some((h.end, i16::try_from(*n).ok()?)),
            _ => None,
        })
    }

    fn month(&self, at: usize) -> Option<i8> {
        self.words.at(self.atoms, at, true).into_iter().find_map(|h| match h.meaning {
            Meaning::Month(m) if h.end == at + 1 => Some(*m),
            _ => None,
        })
    }

    /// `18. Februar 2024`, `18 de febrero de 2024`, `18 февраля`, `mai 2019`, `le 1er mars`.
    fn calendar(&self, at: usize) -> Option<(usize, Option<When>)> {
        if matches!(self.language, Language::Ko | Language::Zh) {
            return None;
        }
        let first = if self.low(at) == "1er" { Some(1) } else { self.day(at) };
        let skip = |i: usize| i + usize::from(matches!(self.low(i), "." | "de" | "del"));
        if let Some(day) = first
            && let Some(month) = self.month(skip(at + 1))
        {
            let (end, year) = self.year_behind(skip(at + 1) + 1);
            return Some((end, self.dated(year, month, Some(day))));
        }
        let month = self.month(at)?;
        let (end, year) = self.year_behind(at + 1);
        // Names of months that are other words too stand behind a preposition or before a year.
        let told = year.is_some()
            || at.checked_sub(1).is_some_and(|b| {
                matches!(
                    self.low(b),
                    "im" | "seit"
                        | "bis"
                        | "ende"
                        | "anfang"
                        | "mitte"
                        | "en"
                        | "de"
                        | "desde"
                        | "depuis"
                        | "в"
                        | "с"
                        | "до"
                        | "d'"
                        | "dès"
                        | "fin"
                        | "début"
                        | "к"
                        | "vergangenen"
                        | "letzten"
                        | "прошлого"
                        | "pasado"
                )
            });
        told.then(|| (end, self.dated(year, month, None)))
    }

    fn year_behind(&self, at: usize) -> (usize, Option<i16>) {
        let skip = usize::from(matches!(self.low(at), "de" | "del" | ","));
        match self.year(at + skip) {
            Some(year) => (at + skip + 1, Some(year)),
            None => match self.year_word(at).filter(|_| matches!(self.low(at), "прошлого" | "этого" | "letzten" | "vergangenen"))
            {
                Some((end, offset)) => (end, self.published.map(|d| d.year() + offset)),
                None => (at, None),
            },
        }
    }

    fn dated(&self, year: Option<i16>, month: i8, day: Option<i8>) -> Option<When> {
        let year = year.or_else(|| {
            let today = self.published?;
            let later = (month, day.unwrap_or(1)) > (today.month(), if day.is_some() { today.day().saturating_add(1) } else { 31 });
            Some(today.year() - i16::from(later))
        })?;
        Some(When { year, month: Some(month), day })
    }

    /// Weekdays, `yesterday`, `last month`.
    fn word(&self, at: usize) -> Option<(usize, Option<When>)> {
        let hits = self.words.at(self.atoms, at, true);
        let hit = hits.iter().filter(|h| matches!(h.meaning, Meaning::Weekday(_) | Meaning::Time(_))).max_by_key(|h| h.end)?;
        let when = match hit.meaning {
            Meaning::Weekday(day) => {
                let last = usize::from(self.words.at(self.atoms, at, true).iter().any(|h| h.end == hit.end && self.low(at) == "上"));
                self.weekday(*day, last > 0)
            }
            Meaning::Time(Some((n, unit))) => self.offset(*n, *unit),
            _ => None,
        };
        Some((hit.end, when))
    }

    fn weekday(&self, day: i8, week_before: bool) -> Option<When> {
        let today = self.published?;
        let now = i32::from(today.weekday().to_monday_zero_offset());
        let back = if week_before { now + 7 - (i32::from(day) - 1) } else { (now - (i32::from(day) - 1)).rem_euclid(7) };
        let date = today.checked_sub(jiff::Span::new().days(back)).ok()?;
        Some(When { year: date.year(), month: Some(date.month()), day: Some(date.day()) })
    }

    fn offset(&self, n: i32, unit: char) -> Option<When> {
        let today = self.published?;
        let span = jiff::Span::new();
        let date = match unit {
            'd' => today.checked_add(span.days(n)),
            'w' => today.checked_add(span.days(n.checked_mul(7)?)),
            'm' => today.checked_add(span.months(n)),
            _ => today.checked_add(span.years(n)),
        }
        .ok()?;
        Some(When { year: date.year(), month: (unit != 'y').then(|| date.month()), day: (unit == 'd').then(|| date.day()) })
    }

    /// A year behind a word that says it is one.
    fn bare(&self, at: usize) -> Option<(usize, Option<When>)> {
        let year = self.year(at)?;
        let told = at
            .checked_sub(1)
            .is_some_and(|b| matches!(self.low(b), "en" | "im" | "jahr" | "seit" | "in" | "в" | "с" | "de" | "depuis" | "desde" | "année"))
            || matches!(self.low(at + 1), "году" | "года");
        told.then_some((at + 1, Some(When { year, month: None, day: None })))
    }
}
