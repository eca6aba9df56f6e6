//! How much, what it costs and whether it is new, read from a description.
//!
//! Only what is said beyond doubt: “12 pairs”, “500,000 barrels of”, “USD 70,000 each”. A capacity (“tank, 5000 l”) is no
//! quantity, so figures count as one only in front of the goods, or as a statement of their own.

use super::grammar::Does;
use super::text::{Gap, Text};
use super::zones::{Built, number};
use crate::tables::Tables;
use crate::text::padded;
use crate::{Evidence, Notes};
use model::{Condition, Item, Money, Quantity};

/// What a description says beside what the goods are.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Measures {
    /// How much.
    pub quantity: Option<Quantity>,
    /// A sum of money.
    pub money: Option<Money>,
    /// Whether the sum is for one of them; unknown when not said.
    pub each: Option<bool>,
    /// New or used.
    pub condition: Option<Condition>,
}

impl Measures {
    /// Reads them.
    pub(crate) fn read(raw: &str, text: &Text, built: &Built, tables: &Tables) -> Self {
        let role = |at: usize, what: Does| built.roles.get(at).is_some_and(|r| r.any(what));
        let says = |what: Does| (0..text.words.len()).any(|at| role(at, what));
        // “Used for pumping” and “New Zealand” say nothing about wear.
        let worn = |what: Does| {
            let name = |at: usize| text.words.get(at).is_some_and(|w| w.capital && w.gap == Gap::Space);
            (0..text.words.len()).any(|at| role(at, what) && !role(at + 1, Does::BEFORE) && (what == Does::USED || !name(at + 1)))
        };
        let condition = match (worn(Does::USED), worn(Does::NEW)) {
            (true, false) => Some(Condition::Used),
            (false, true) => Some(Condition::New),
            _ => None,
        };
        let money = money(raw, text, tables);
        let each = money.as_ref().and_then(|_| says(Does::EACH).then_some(true));
        Self { quantity: quantity(raw, text, built, tables), money, each, condition }
    }

    /// What one costs in US dollars at least and at most, when that can be said.
    pub fn one_costs(&self) -> Option<(f64, f64)> {
        let (low, high) = self.money.as_ref()?.worth("USD")?;
        match (self.each, self.quantity.filter(|q| q.amount > 1.0)) {
            (Some(true), _) | (_, None) => Some((low, high)),
            // A sum beside a number of pieces may be for all of them or for one.
            (_, Some(q)) => Some((low / q.amount, high)),
        }
    }
}

impl Measures {
    /// Fills in what the fields of an item leave open.
    pub(crate) fn fill(&self, item: &mut Item, index: usize, notes: &mut Notes) {
        let mut note = |field: &str, value: String| {
            notes.add(|| Evidence { fact: format!("items[{index}].{field}"), value, because: "the description says so".into() });
        };
        if let (None, Some(condition)) = (item.condition, self.condition) {
            note("condition", if condition == Condition::New { "new" } else { "used" }.into());
            item.condition = Some(condition);
        }
        if let (None, Some(quantity)) = (item.quantity, self.quantity) {
            note("quantity", format!("{} {}", quantity.amount, quantity.unit.word()));
            item.quantity = Some(quantity);
        }
        if let (None, Some(money)) = (&item.value, self.whole_value(item.quantity)) {
            note("value", format!("{} {}", money.amount, money.currency));
            item.value = Some(money);
        }
    }

    /// What all of it is worth. A sum beside several pieces that does not say whether it is for one or for all is not taken.
    fn whole_value(&self, quantity: Option<Quantity>) -> Option<Money> {
        let money = self.money.as_ref()?;
        let pieces = quantity.map_or(1.0, |q| q.amount);
        match self.each {
            Some(true) => {
                let elsewhere = money.elsewhere.iter().map(|(code, (low, high))| (*code, (low * pieces, high * pieces))).collect();
                Some(Money { amount: money.amount * pieces, elsewhere, currency: money.currency.clone() })
            }
            _ => (pieces == 1.0).then(|| money.clone()),
        }
    }
}

/// Whether one of the words for new or used stands in a description, before anybody reads how. `grammar` is `goods-grammar.csv`.
pub(crate) fn may_say_wear(grammar: &str, description: &str) -> bool {
    let text = padded(description);
    let rows = grammar.lines().filter_map(|line| line.strip_prefix("used,").or_else(|| line.strip_prefix("new,")));
    rows.flat_map(|row| row.split(';')).any(|word| !word.is_empty() && text.contains(word))
}

/// A figure as people write it: `500,000`, `1.234.567,89`, `0.5`, `0,5`, `2'500`.
pub(crate) fn figure(text: &str) -> Option<f64> {
    let plain: String = text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_digit(d, 10)).unwrap_or(c)).collect();
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let mark_of = |s: &str| s.char_indices().rev().find(|(_, c)| !c.is_ascii_digit());
    let Some((at, mark)) = mark_of(&plain) else { return plain.parse().ok() };
    let (whole, rest) = (plain.get(..at)?, plain.get(at + mark.len_utf8()..)?);
    let thousands = match mark_of(whole) {
        // The same mark again: groups of thousands. Another one before: this one is the decimal mark.
        Some((_, before)) => before == mark,
        None => rest.len() == 3 && mark != '.' && mark != '٫',
    };
    if thousands { digits(&plain).parse().ok() } else { format!("{}.{}", digits(whole), digits(rest)).parse().ok() }
}

fn raw_word<'t>(raw: &'t str, text: &Text, at: usize) -> &'t str {
    text.words.get(at).and_then(|w| raw.get(w.from..w.to)).unwrap_or("")
}

/// `thousand`, `million`, `billion` behind a figure.
fn times(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" | "k" | "тысяч" | "тыс" | "천" | "千" => 1e3,
        "million" | "mln" | "mn" | "миллион" | "млн" | "백만" | "百万" => 1e6,
        "billion" | "bn" | "млрд" | "миллиард" | "십억" | "十亿" => 1e9,
        "만" | "万" | "萬" => 1e4,
        "억" | "亿" | "億" => 1e8,
        _ => return None,
    })
}

/// A number and a unit that stand in front of the goods or by themselves.
fn quantity(raw: &str, text: &Text, built: &Built, tables: &Tables) -> Option<Quantity> {
    for at in 0..text.words.len() {
        let Some(mut amount) = number(text.word(at)).then(|| figure(raw_word(raw, text, at))).flatten() else { continue };
        let mut next = at + 1;
        if let Some(factor) = times(text.word(next)) {
            amount *= factor;
            next += 1;
        }
        let starts = text.words.get(at).is_some_and(|w| matches!(w.gap, Gap::Stop | Gap::Aside));
        if !starts {
            continue;
        }
        let joins = text.words.get(next).is_some_and(|w| matches!(w.gap, Gap::Space | Gap::None));
        let word = raw_word(raw, text, next).to_lowercase();
        let unit = if joins && !word.is_empty() { tables.unit_of(&word).or_else(|| tables.unit_of(text.word(next))) } else { None };
        let last = next + 1 >= text.words.len() || text.words.get(next + 1).is_some_and(|w| matches!(w.gap, Gap::Stop | Gap::Aside));
        let of = built.roles.get(next + 1).is_some_and(|r| r.any(Does::OF)) || at == 0;
        if let Some(unit) = unit.filter(|_| amount > 0.0 && (of || last || at == 0)) {
            return Some(Quantity { amount, unit });
        }
        // “2 limousines”, “2 × limousines”: so many of them.
        let plain = amount.fract() == 0.0 && (1.0..1e7).contains(&amount);
        while built.roles.get(next).is_some_and(|r| r.any(Does::USED.or(Does::NEW))) {
            next += 1;
        }
        if at == 0
            && plain
            && unit.is_none()
            && joins
            && built.hits.iter().any(|h| h.start > at)
            && built.tells(text, next)
            && !sized(&word)
        {
            return Some(Quantity { amount, unit: model::Unit::Item });
        }
    }
    None
}

/// Whether a word behind a figure says how big a thing is, not how many there are.
fn sized(word: &str) -> bool {
    [
        "mm", "cm", "m", "inch", "in", "ft", "kw", "hp", "v", "kv", "w", "hz", "khz", "mhz", "ghz", "gb", "tb", "bar", "ply", "axis",
        "way", "door", "wheel", "year", "x",
    ]
    .contains(&word)
        || word.chars().count() < 2
}

/// A currency beside a figure.
fn money(raw: &str, text: &Text, tables: &Tables) -> Option<Money> {
    for at in 0..text.words.len() {
        let word = text.words.get(at)?;
        let Some(mut amount) = number(text.word(at)).then(|| figure(raw_word(raw, text, at))).flatten() else { continue };
        let mut next = at + 1;
        if let Some(factor) = times(text.word(next)) {
            amount *= factor;
            next += 1;
        }
        let sign = |s: &str| tables.currency_of(s).map(str::to_owned);
        let before = raw
            .get(..word.from)
            .and_then(|t| t.trim_end().chars().next_back())
            .filter(|c| !c.is_alphanumeric() && !c.is_ascii_punctuation() || *c == '$');
        let end = text.words.get(next - 1).map_or(word.to, |w| w.to);
        let behind =
            raw.get(end..).and_then(|t| t.trim_start().chars().next()).filter(|c| matches!(c, '$' | '€' | '£' | '¥' | '₩' | '₽' | '元'));
        // Two Latin letters are a foot or a crown; a currency has three, or a sign.
        let word_for = |w: &&str| w.chars().count() > 2 || w.chars().count() == 2 && !w.is_ascii();
        let code_before = at.checked_sub(1).map(|b| raw_word(raw, text, b)).filter(word_for);
        let code_behind = Some(raw_word(raw, text, next)).filter(word_for);
        let found = before
            .and_then(|c| sign(&c.to_string()))
            .or_else(|| code_before.and_then(sign))
            .or_else(|| behind.and_then(|c| sign(&c.to_string())))
            .or_else(|| code_behind.and_then(sign))
            .or_else(|| code_behind.and_then(|w| sign(w.trim_end_matches('s'))));
        if let Some(currency) = found.filter(|_| amount > 0.0) {
            return Some(tables.money(amount, currency));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_of_many_countries_write_them() {
        for (text, value) in [
            ("500,000", 500_000.0),
            ("1.234.567,89", 1_234_567.89),
            ("1,234,567.89", 1_234_567.89),
            ("0.5", 0.5),
            ("0,5", 0.5),
            ("12,5", 12.5),
            ("2'500", 2500.0),
            ("1\u{a0}000\u{a0}000", 1_000_000.0),
            ("7", 7.0),
        ] {
            assert_eq!(figure(text), Some(value), "{text}");
        }
    }
}
