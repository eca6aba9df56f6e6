//! What quoted words mean by our own tables: a party, a thing, a day.
//!
//! The words are put into a sentence of ours and the reader of sentences says what it understands, so that a name in a model's answer means
//! exactly what it would mean in a text. Words that are no plain phrase are not tried.

use crate::Rulebook;
use ::model::{Country, Date};
use read::{Sort, Span, Thing, Transfer, When, Who};

/// Most bytes of a name, a thing or a time; longer words are sentences.
const MOST_BYTES: usize = 160;

/// Asks our reader about words.
pub(super) struct Probe<'a> {
    pub book: &'a Rulebook,
    pub published: Option<Date>,
}

impl Probe<'_> {
    fn told(&self, sentence: &str) -> Option<Transfer> {
        let goods = |words: &str| self.book.goods_category(words);
        self.book.reader().english(sentence, self.published, &goods).transfers.into_iter().next()
    }

    /// The party that words name. Without a country where our tables know none.
    pub fn who(&self, words: &str, span: Span) -> Who {
        let plain = Who {
            name: words.to_owned(),
            kind: None,
            countries: Vec::new(),
            media: false,
            plural: false,
            place: false,
            inferred: false,
            span,
        };
        // Somebody far away, and somebody else in case that it is them.
        let seen = ["Fiji", "Tonga"].into_iter().find_map(|other| {
            let told = self.told(&format!("{words} sent a limousine to {other}.")).filter(|_| is_phrase(words))?;
            let mut givers = told.givers.into_iter().filter(|w| w.span.1 <= words.len());
            let first = givers.next()?;
            Some(givers.fold(first, |mut all, one| {
                all.countries.extend(one.countries.iter().filter(|c| !all.countries.contains(c)).copied().collect::<Vec<_>>());
                all.plural = true;
                all
            }))
        });
        let mut who = seen.map_or(plain, |seen| Who { name: words.to_owned(), span, ..seen });
        if who.countries.is_empty() {
            who.countries = self.country(words);
        }
        who
    }

    fn country(&self, words: &str) -> Vec<Country> {
        let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        self.book.resolver().countries(bare)
    }

    /// The thing that words name.
    pub fn thing(&self, words: &str, span: Span) -> Thing {
        // Of goods that say nothing of what they are the reader only tells when they are given.
        let sentences = [format!("Russia sent {words} to Fiji."), format!("Russia gave {words} to Fiji.")];
        let seen = sentences.iter().filter(|_| is_phrase(words)).find_map(|s| self.told(s)?.things.into_iter().next());
        let category = || self.book.goods_category(words).unwrap_or("other").to_owned();
        match seen {
            Some(seen) => Thing { words: words.to_owned(), span, ..seen },
            None => Thing {
                words: words.to_owned(),
                category: category(),
                sort: Sort::Goods,
                generic: false,
                another: false,
                english: None,
                span,
            },
        }
    }

    /// The day, month or year that words tell.
    pub fn when(&self, words: &str) -> Option<When> {
        iso(words).or_else(|| {
            let sentences = [format!("Russia sent arms to Fiji {words}."), format!("Russia sent arms to Fiji on {words}.")];
            let before = "Russia sent arms to Fiji".len();
            sentences
                .iter()
                .filter(|_| is_phrase(words))
                .find_map(|s| self.told(s)?.when.filter(|(_, span)| span.0 >= before).map(|(when, _)| when))
        })
    }
}

fn is_phrase(words: &str) -> bool {
    words.len() <= MOST_BYTES && !words.contains(['\n', ';', '?', '!', ':']) && !words.contains(". ")
}

/// `2024-02-18`, `2024-02`, `2024`.
fn iso(words: &str) -> Option<When> {
    let words = words.trim();
    if let Ok(day) = words.parse::<Date>() {
        return (words.len() == 10).then(|| When { year: day.year(), month: Some(day.month()), day: Some(day.day()) });
    }
    let (year, month) = words.split_once('-').map_or((words, None), |(y, m)| (y, Some(m)));
    let year: i16 = year.parse().ok().filter(|y| year.len() == 4 && (1945..2100).contains(y))?;
    let month = match month {
        None => None,
        Some(m) => Some(m.parse::<i8>().ok().filter(|n| m.len() == 2 && (1..=12).contains(n))?),
    };
    Some(When { year, month, day: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probe() -> Probe<'static> {
        Probe { book: Rulebook::embedded(), published: "2024-02-20".parse().ok() }
    }

    fn countries(words: &str) -> Vec<String> {
        probe().who(words, (0, words.len())).countries.iter().map(|c| c.code().to_owned()).collect()
    }

    #[test]
    fn names_have_the_countries_of_our_tables() {
        assert_eq!(countries("Vladimir Putin"), ["RU"]);
        assert_eq!(countries("Kim Jong Un"), ["KP"]);
        assert_eq!(countries("North Korea"), ["KP"]);
        assert_eq!(countries("the United States"), ["US"]);
        assert_eq!(countries("Fiji"), ["FJ"]);
        assert_eq!(countries("John Smith"), Vec::<String>::new());
    }

    #[test]
    fn days_are_told_by_our_words() {
        let when = |words: &str| probe().when(words).map(|w| w.to_string());
        assert_eq!(when("2024-02-18").as_deref(), Some("2024-02-18"));
        assert_eq!(when("18 February 2024").as_deref(), Some("2024-02-18"));
        assert_eq!(when("on Sunday").as_deref(), Some("2024-02-18"));
        assert_eq!(when("Sunday").as_deref(), Some("2024-02-18"));
        assert_eq!(when("2024-02").as_deref(), Some("2024-02"));
        assert_eq!(when("2024").as_deref(), Some("2024"));
        assert_eq!(when("the car"), None);
        assert_eq!(when("2024-13"), None);
    }

    #[test]
    fn things_have_the_categories_of_our_tables() {
        assert_eq!(probe().thing("artillery shells", (0, 16)).category, probe().thing("shells", (0, 6)).category);
        assert_eq!(probe().thing("zorbly frobs", (0, 12)).category, "other");
        assert!(probe().thing("the goods", (0, 9)).generic);
    }
}
