//! What the screener keeps of a listing, packed so that a hundred thousand open at once: a small head for each that filters
//! read, and a body that only a hit unpacks.

use jiff::civil::Date;
use lists::{IdentifierKind, Span};
use model::Country;
use names::Kind;
use serde::{Deserialize, Serialize};

/// A stretch of time on a list. `to` is the first day on which the party is no longer listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Listed {
    /// First day; unknown when the list does not say.
    pub from: Option<Date>,
    /// First day after; none while it lasts.
    pub to: Option<Date>,
}

impl Listed {
    /// Whether the party was on the list on a day.
    #[must_use]
    pub fn on(self, day: Date) -> bool {
        self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day < t)
    }
}

/// What is kept of a listing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    /// The list, such as `un-sc`.
    pub list: String,
    /// The issuer's reference.
    pub id: String,
    /// The name under which it is listed.
    pub name: String,
    /// Sort of party, when said.
    pub kind: Option<Kind>,
    /// Dates of birth.
    pub births: Vec<Span>,
    /// `Some(true)` female, `Some(false)` male.
    pub female: Option<bool>,
    /// Nationalities or States of incorporation; for a ship its flag.
    pub nationalities: Vec<String>,
    /// Countries of addresses and former flags.
    pub countries: Vec<String>,
    /// Numbers, in the form in which they are compared.
    pub identifiers: Vec<(IdentifierKind, String)>,
    /// Programmes in the issuer's words.
    pub programmes: Vec<String>,
    /// Our regimes.
    pub regimes: Vec<String>,
    /// What the listing does, where the issuer says.
    pub effects: Vec<String>,
    /// Offices and titles.
    pub positions: Vec<String>,
    /// When it was listed.
    pub periods: Vec<Listed>,
    /// Which numbers and names a settled hit rested on: changes when the listing changes in substance.
    pub substance: u64,
}

impl Record {
    /// `un-sc/KPi.033`.
    #[must_use]
    pub fn listing(&self) -> String {
        format!("{}/{}", self.list, self.id)
    }
    /// The stretch that holds a day; of several, and without a day, the last.
    #[must_use]
    pub fn listed_on(&self, day: Option<Date>) -> Option<Listed> {
        match day {
            Some(day) => self.periods.iter().copied().find(|p| p.on(day)),
            None => self.periods.last().copied(),
        }
    }
    /// Whether one of the nationalities is this country.
    #[must_use]
    pub fn is_national(&self, country: Country) -> bool {
        self.nationalities.iter().any(|c| c == country.code())
    }
    /// Who it is, in the words by which a clerk can tell: name, birth, nationality, number.
    #[must_use]
    pub fn who(&self) -> String {
        let mut text = self.name.clone();
        let births: Vec<String> = self.births.iter().take(3).map(Span::to_string).collect();
        if !births.is_empty() {
            text.push_str(&format!(", born {}", births.join(" or ")));
        }
        if let Some((_, imo)) = self.identifiers.iter().find(|(k, _)| *k == IdentifierKind::Imo) {
            text.push_str(&format!(", IMO {imo}"));
        }
        text
    }
}

/// What a filter needs of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Which of the lists.
    pub list: u16,
    pub kind: Option<Kind>,
    /// Where its stretches begin among all stretches, and how many they are.
    pub periods: (u32, u16),
    /// Where its body begins.
    pub body: u32,
}

/// All records.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Records {
    pub lists: Vec<String>,
    heads: Vec<Head>,
    periods: Vec<Listed>,
    #[serde(with = "serde_bytes")]
    bodies: Vec<u8>,
    /// Hash of a number as compared, and whose it is; sorted.
    numbers: Vec<(u64, u32)>,
    /// Country, and who is of it by nationality or address; sorted.
    countries: Vec<(Country, u32)>,
}

impl Records {
    pub(crate) fn add(&mut self, record: &Record) -> Result<u32, String> {
        let list = self.lists.iter().position(|l| *l == record.list).unwrap_or_else(|| {
            self.lists.push(record.list.clone());
            self.lists.len() - 1
        });
        let owner = u32::try_from(self.heads.len()).map_err(|_| "more listings than fit one index".to_owned())?;
        let too_much = |_| "the lists together are larger than one index holds".to_owned();
        let periods = (u32::try_from(self.periods.len()).map_err(too_much)?, u16::try_from(record.periods.len()).unwrap_or(u16::MAX));
        let body = u32::try_from(self.bodies.len()).map_err(too_much)?;
        self.heads.push(Head { list: u16::try_from(list).map_err(too_much)?, kind: record.kind, periods, body });
        self.periods.extend(record.periods.iter().take(usize::from(u16::MAX)));
        self.bodies = postcard::to_extend(record, std::mem::take(&mut self.bodies)).map_err(|e| e.to_string())?;
        let countries = record.nationalities.iter().chain(&record.countries);
        self.countries.extend(countries.filter_map(|code| Country::new(code)).map(|country| (country, owner)));
        for (kind, value) in &record.identifiers {
            if tells_apart(*kind) {
                self.numbers.push((number_key(value), owner));
            }
        }
        Ok(owner)
    }

    pub(crate) fn finish(&mut self) {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        self.countries.sort_unstable();
        self.countries.dedup();
    }

    pub(crate) fn len(&self) -> usize {
        self.heads.len()
    }

    pub(crate) fn head(&self, owner: u32) -> Option<&Head> {
        self.heads.get(owner as usize)
    }

    /// Whether the listing stood on a day.
    pub(crate) fn on(&self, head: &Head, day: Date) -> bool {
        let (start, count) = (head.periods.0 as usize, usize::from(head.periods.1));
        self.periods.get(start..start + count).is_some_and(|all| all.iter().any(|p| p.on(day)))
    }

    pub(crate) fn record(&self, owner: u32) -> Option<Record> {
        let head = self.head(owner)?;
        postcard::take_from_bytes::<Record>(self.bodies.get(head.body as usize..)?).ok().map(|(record, _)| record)
    }

    /// Everybody who is of a country, by rising number.
    pub(crate) fn of_country(&self, country: Country) -> impl Iterator<Item = u32> {
        let start = self.countries.partition_point(|(c, _)| *c < country);
        self.countries.iter().skip(start).take_while(move |(c, _)| *c == country).map(|(_, owner)| *owner)
    }

    /// Everybody who has this number.
    pub(crate) fn with_number<'a>(&'a self, value: &str) -> impl Iterator<Item = u32> + 'a {
        let key = number_key(value);
        let start = self.numbers.partition_point(|(k, _)| *k < key);
        self.numbers.iter().skip(start).take_while(move |(k, _)| *k == key).map(|(_, owner)| *owner)
    }
}

/// Whether two parties with the same number of this kind are likely the same; a web page or a telephone may be shared.
pub(crate) fn tells_apart(kind: IdentifierKind) -> bool {
    use IdentifierKind as K;
    matches!(
        kind,
        K::Passport
            | K::NationalId
            | K::Tax
            | K::Registration
            | K::Imo
            | K::ImoCompany
            | K::Mmsi
            | K::Tail
            | K::Bic
            | K::Lei
            | K::Account
            | K::Wallet
    )
}

/// A number without spaces and signs, in capitals; a wallet keeps its case, for there it counts.
pub(crate) fn number_form(kind: IdentifierKind, value: &str) -> String {
    if kind == IdentifierKind::Wallet {
        let bare = value.rsplit(':').next().unwrap_or(value);
        return bare.trim().to_owned();
    }
    let text: String = value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    match kind {
        IdentifierKind::Imo | IdentifierKind::ImoCompany => text.trim_start_matches("IMO").to_owned(),
        _ => text,
    }
}

/// FNV-1a: stable over builds and machines, and nobody gains by a collision, for the number itself is compared afterwards.
pub(crate) fn number_key(value: &str) -> u64 {
    number_of(value.as_bytes())
}

pub(crate) fn number_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
