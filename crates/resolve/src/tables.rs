//! The tables of `data/`: countries, currencies, units, goods words, office holders, ownership tests, purposes.

use crate::Unclear;
use crate::goods::Kind;
use crate::purposes::{Purposes, pack_purposes};
use crate::text::{normal, padded, pattern};
use aho_corasick::AhoCorasick;
use model::{Country, HsRange, Money, Unit, nearest, parse_hs};
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// The texts of the tables, as they stand in `data/`.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableTexts<'a> {
    /// `countries.csv`
    pub countries: &'a str,
    /// `currencies.csv`
    pub currencies: &'a str,
    /// `units.csv`
    pub units: &'a str,
    /// `goods.csv`
    pub goods: &'a str,
    /// `goods.csv` as [`crate::pack_goods`] packed it; empty: packed when it is first needed.
    pub goods_packed: &'a [u8],
    /// The phrases of the lists of the law as [`crate::pack_list_words`] packed them; empty: packed when the tables are read.
    pub list_words_packed: &'a [u8],
    /// `goods-grammar.csv`
    pub goods_grammar: &'a str,
    /// `goods-parts.csv`
    pub goods_parts: &'a str,
    /// `goods-categories.csv`
    pub goods_categories: &'a str,
    /// `goods-lists.csv`
    pub goods_lists: &'a str,
    /// `hs-headings.csv`
    pub hs_headings: &'a str,
    /// `hs-changes.csv`
    pub hs_changes: &'a str,
    /// `ownership.csv`
    pub ownership: &'a str,
    /// `persons.csv`
    pub persons: &'a str,
    /// `purposes.csv`
    pub purposes: &'a str,
    /// `purposes.csv` as [`crate::pack_purposes`] packed it; empty: packed when the tables are read.
    pub purposes_packed: &'a [u8],
}

/// A phrase for goods.
#[derive(Clone, Debug)]
pub(crate) struct GoodsWord {
    pub phrase: String,
    pub hs: Vec<HsRange>,
    /// What sort of phrase it is.
    pub kind: Kind,
}

/// A person whose office is public.
#[derive(Clone, Debug)]
pub(crate) struct Official {
    pub name: String,
    pub country: Option<Country>,
    pub government: bool,
}

/// All tables, indexed.
#[derive(Debug, Default)]
pub struct Tables {
    names: BTreeMap<Country, (String, String)>,
    countries: HashMap<String, Vec<Country>>,
    /// Names and demonyms as padded phrases, longest first, for finding a country inside a longer name.
    country_phrases: Vec<(String, Country)>,
    /// Automata over phrases, built when first needed.
    country_finder: OnceLock<Option<AhoCorasick>>,
    currencies: HashMap<String, String>,
    bands: HashMap<String, (f64, f64)>,
    /// What one unit was worth in euros, where that is known more closely than by way of the dollar.
    in_euros: HashMap<String, (f64, f64)>,
    units: HashMap<String, Unit>,
    /// How each authority tells what is owned.
    pub(crate) ownership: crate::listed::Tests,
    pub(crate) officials: HashMap<String, Official>,
    /// Words that answer findings; none only of a table with a problem.
    purposes: Option<Purposes>,
}

pub(crate) fn rows(name: &str, text: &str, columns: &[&str], problems: &mut Vec<String>) -> Vec<(u64, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    match reader.headers() {
        Ok(header) if header.iter().eq(columns.iter().copied()) => {}
        Ok(_) => {
            problems.push(format!("data/{name}:1: the header must be `{}`", columns.join(",")));
            return Vec::new();
        }
        Err(error) => {
            problems.push(format!("data/{name}:1: {error}"));
            return Vec::new();
        }
    }
    let mut out = Vec::new();
    for record in reader.records() {
        match record {
            Ok(r) => out.push((r.position().map_or(0, csv::Position::line), r.iter().map(|f| f.trim().to_owned()).collect())),
            Err(error) => problems.push(format!("data/{name}: {error}")),
        }
    }
    out
}

fn open_purposes(texts: &TableTexts<'_>) -> Result<Purposes, Vec<String>> {
    if !texts.purposes_packed.is_empty() {
        return Purposes::open(texts.purposes_packed).map_err(|e| vec![e]);
    }
    Purposes::open(&pack_purposes(texts.purposes)?).map_err(|e| vec![e])
}

/// The table of words for goods, and its problems.
pub(crate) fn goods_words(text: &str) -> (Vec<GoodsWord>, Vec<String>) {
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    for (line, row) in rows("goods.csv", text, &["words", "hs", "kind", "source"], &mut problems) {
        // `-` marks what has no code: a sum of money, a journey, a stay.
        if at(&row, 1) == "-" {
            out.push(GoodsWord { phrase: at(&row, 0).to_owned(), hs: vec![HsRange::NONE], kind: Kind::NoGoods });
            continue;
        }
        match many(at(&row, 1)).map(parse_hs).collect::<Result<Vec<_>, _>>() {
            Ok(hs) if !hs.is_empty() => {
                let kind = match at(&row, 2) {
                    "brand" => Kind::Brand,
                    "arms" => Kind::Arms,
                    _ => Kind::Term,
                };
                out.push(GoodsWord { phrase: at(&row, 0).to_owned(), hs, kind });
            }
            Ok(_) => problems.push(format!("data/goods.csv:{line}: no heading")),
            Err(error) => problems.push(format!("data/goods.csv:{line}: {error}")),
        }
    }
    (out, problems)
}

pub(crate) fn many(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|t| !t.is_empty())
}

pub(crate) fn at(row: &[String], index: usize) -> &str {
    row.get(index).map_or("", String::as_str)
}

impl Tables {
    /// Reads all tables; returns every problem found.
    #[must_use]
    pub fn read(texts: &TableTexts<'_>) -> (Self, Vec<String>) {
        let (mut t, mut problems) = (Self::default(), Vec::new());
        t.read_countries(texts.countries, &mut problems);
        for (line, row) in rows(
            "currencies.csv",
            texts.currencies,
            &["code", "name", "names", "symbols", "usd_low", "usd_high", "eur_low", "eur_high"],
            &mut problems,
        ) {
            let code = at(&row, 0).to_owned();
            if code.len() != 3 {
                problems.push(format!("data/currencies.csv:{line}: `{code}` is no currency code"));
            }
            for word in [at(&row, 0), at(&row, 1)].into_iter().chain(many(at(&row, 2))).chain(many(at(&row, 3))) {
                t.currencies.entry(word.trim().to_lowercase()).or_insert_with(|| code.clone());
            }
            if let (Ok(low), Ok(high)) = (at(&row, 6).parse(), at(&row, 7).parse()) {
                t.in_euros.insert(code.clone(), (low, high));
            }
            if let (Ok(low), Ok(high)) = (at(&row, 4).parse(), at(&row, 5).parse()) {
                t.bands.insert(code, (low, high));
            }
        }
        for (line, row) in rows("units.csv", texts.units, &["unit", "kind", "factor", "words"], &mut problems) {
            match Unit::parse(at(&row, 0)) {
                Some(unit) => {
                    for word in std::iter::once(at(&row, 0)).chain(many(at(&row, 3))) {
                        t.units.insert(word.to_lowercase(), unit);
                    }
                }
                None => problems.push(format!("data/units.csv:{line}: unknown unit `{}`", at(&row, 0))),
            }
        }
        t.read_parties(texts, &mut problems);
        match open_purposes(texts) {
            Ok(purposes) => t.purposes = Some(purposes),
            Err(more) => problems.extend(more),
        }
        (t, problems)
    }

    fn read_countries(&mut self, text: &str, problems: &mut Vec<String>) {
        let columns = ["code", "name", "official", "names", "demonyms", "capital", "cities"];
        for (line, row) in rows("countries.csv", text, &columns, problems) {
            let Some(code) = Country::new(at(&row, 0)) else {
                problems.push(format!("data/countries.csv:{line}: `{}` is no country code", at(&row, 0)));
                continue;
            };
            self.names.insert(code, (at(&row, 1).to_owned(), at(&row, 2).to_owned()));
            let names = [at(&row, 1), at(&row, 2)].into_iter().chain(many(at(&row, 3))).chain(many(at(&row, 4)));
            let places = std::iter::once(at(&row, 5)).chain(many(at(&row, 6)));
            for (word, is_name) in names.map(|n| (n, true)).chain(places.map(|n| (n, false))).filter(|(w, _)| !w.is_empty()) {
                let codes = self.countries.entry(normal(word)).or_default();
                if !codes.contains(&code) {
                    codes.push(code);
                }
                if is_name && word.chars().count() > 3 || word == "DPRK" {
                    self.country_phrases.push((pattern(word), code));
                }
            }
        }
        self.country_phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }

    fn read_parties(&mut self, texts: &TableTexts<'_>, problems: &mut Vec<String>) {
        for (line, row) in
            rows("ownership.csv", texts.ownership, &["authority", "share", "inclusive", "sum", "control", "source", "confidence"], problems)
        {
            let yes = |i: usize| at(&row, i) == "yes";
            match at(&row, 1).parse::<f64>() {
                Ok(share) => {
                    let test = crate::ownership::Test { share, inclusive: yes(2), sum: yes(3), control: yes(4) };
                    self.ownership.push((at(&row, 0).to_owned(), test));
                }
                Err(_) => problems.push(format!("data/ownership.csv:{line}: `{}` is no share", at(&row, 1))),
            }
        }
        for (_, row) in rows("persons.csv", texts.persons, &["name", "aliases", "country", "acts_for"], problems) {
            let official = Official {
                name: at(&row, 0).to_owned(),
                country: Country::new(at(&row, 2)),
                government: at(&row, 3).starts_with("government"),
            };
            for name in std::iter::once(at(&row, 0)).chain(many(at(&row, 1))) {
                self.officials.entry(normal(name)).or_insert_with(|| official.clone());
            }
        }
    }

    pub(crate) fn country(&self, words: &str) -> Result<Country, Unclear> {
        let words = words.trim();
        if let Some(code) = Country::new(words).filter(|c| self.names.contains_key(c)) {
            return Ok(code);
        }
        let locode = words.len() == 5 && words.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if let Some(code) = words.get(..2).filter(|_| locode).and_then(Country::new).filter(|c| self.names.contains_key(c)) {
            return Ok(code);
        }
        match self.countries.get(&normal(words)).map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            Some(several) if !several.is_empty() => {
                let names: Vec<String> = several.iter().map(|c| format!("{} ({c})", self.country_name(*c, false))).collect();
                Err(Unclear {
                    message: format!("“{words}” may mean {}", names.join(" or ")),
                    help: Some("say which one, by name or two-letter code".into()),
                })
            }
            _ => {
                let near = nearest(words, self.names.values().map(|(n, _)| n.as_str()));
                Err(Unclear {
                    message: format!("“{words}” is not a country, territory or place known here"),
                    help: Some(near.map_or_else(
                        || "give a country by name or two-letter code, such as `KP`".into(),
                        |n| format!("did you mean “{n}”?"),
                    )),
                })
            }
        }
    }

    /// Every country that a word may mean.
    pub(crate) fn countries_of(&self, words: &str) -> Vec<Country> {
        self.countries.get(&normal(words.trim())).cloned().unwrap_or_default()
    }

    /// The one country that a word means, if it means only one.
    pub(crate) fn country_of(&self, words: &str) -> Option<Country> {
        match self.countries_of(words).as_slice() {
            [country] => Some(*country),
            _ => None,
        }
    }

    pub(crate) fn country_name(&self, country: Country, official: bool) -> String {
        self.names
            .get(&country)
            .map_or_else(|| country.to_string(), |(short, long)| if official && !long.is_empty() { long.clone() } else { short.clone() })
    }

    /// The words that answer findings.
    pub(crate) fn purposes(&self) -> Option<&Purposes> {
        self.purposes.as_ref()
    }

    fn country_finder(&self) -> Option<&AhoCorasick> {
        self.country_finder.get_or_init(|| AhoCorasick::new(self.country_phrases.iter().map(|(p, _)| p)).ok()).as_ref()
    }

    /// Builds what is otherwise built when the first act comes.
    pub(crate) fn open(&self) {
        self.country_finder();
    }

    /// The one country named inside a longer name, if it is one.
    pub(crate) fn country_within(&self, name: &str) -> Option<(Country, String)> {
        self.country_in(&padded(name))
    }

    /// The same of a padded name.
    pub(crate) fn country_in(&self, text: &str) -> Option<(Country, String)> {
        let finder = self.country_finder()?;
        // The phrases stand longest first: the longest one found says most.
        let best = finder.find_overlapping_iter(text).map(|m| m.pattern().as_usize()).min()?;
        let (phrase, first) = self.country_phrases.get(best)?;
        let rest = text.replacen(phrase.as_str(), " ", 1);
        let found = |m: aho_corasick::Match| self.country_phrases.get(m.pattern().as_usize());
        let other = finder.find_overlapping_iter(&rest).filter_map(found).any(|(_, c)| c != first);
        let same_words = finder.find_overlapping_iter(text).filter_map(found).any(|(p, c)| p == phrase && c != first);
        (!other && !same_words).then(|| (*first, phrase.trim().to_owned()))
    }

    /// A currency that a word names, if it names one.
    pub(crate) fn currency_of(&self, word: &str) -> Option<&str> {
        self.currencies.get(&word.trim().to_lowercase()).map(String::as_str)
    }

    /// A unit that a word names, if it names one.
    pub(crate) fn unit_of(&self, word: &str) -> Option<Unit> {
        let word = word.trim().to_lowercase();
        Unit::parse(&word).or_else(|| self.units.get(&word).copied())
    }

    pub(crate) fn currency(&self, words: &str) -> Result<String, Unclear> {
        self.currency_of(words).map(str::to_owned).ok_or_else(|| Unclear {
            message: format!("`{words}` is not a currency"),
            help: nearest(words, self.currencies.keys().map(String::as_str)).map_or_else(
                || Some("give an ISO 4217 code such as `USD`".into()),
                |n| Some(format!("did you mean `{}`?", n.to_uppercase())),
            ),
        })
    }

    pub(crate) fn usd(&self, amount: f64, currency: &str) -> Option<(f64, f64)> {
        if currency == "USD" {
            return Some((amount, amount));
        }
        self.bands.get(currency).map(|(low, high)| (amount * low, amount * high))
    }

    /// A sum with what it may be worth in the currencies that laws have limits in.
    pub(crate) fn money(&self, amount: f64, currency: String) -> Money {
        let dollars = self.usd(amount, &currency);
        let other = |code: &&'static str| {
            let (low, high) = dollars?;
            let (cheap, dear) = self.usd(1.0, code)?;
            let by_dollar = (low / dear, high / cheap);
            let (least, most) = self.beside_the_euro(&currency, code).unwrap_or((0.0, f64::INFINITY));
            Some((*code, (by_dollar.0.max(amount * least), by_dollar.1.min(amount * most))))
        };
        let elsewhere = Money::OF_LAWS.iter().filter(|code| **code != currency).filter_map(other).collect();
        Money { amount, currency, elsewhere }
    }

    /// What one unit of a currency was worth in another, where one of the two is the euro and the pair is known.
    fn beside_the_euro(&self, own: &str, other: &str) -> Option<(f64, f64)> {
        match (own, other) {
            (_, "EUR") => self.in_euros.get(own).copied(),
            ("EUR", _) => self.in_euros.get(other).map(|(low, high)| (1.0 / high, 1.0 / low)),
            _ => None,
        }
    }

    pub(crate) fn unit(&self, words: &str) -> Result<Unit, Unclear> {
        self.unit_of(words).ok_or_else(|| Unclear {
            message: format!("`{words}` is not a unit"),
            help: Some(
                nearest(words, self.units.keys().map(String::as_str).chain(Unit::all_words()))
                    .map_or_else(|| format!("units are {}", Unit::all_words().join(" ")), |n| format!("did you mean `{n}`?")),
            ),
        })
    }
}
