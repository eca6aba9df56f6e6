//! Names the reader knows: States, their people and capitals, leaders, offices, media, armed groups; and the words for roles.

use crate::phrases::Phrases;
use crate::table::{many, rows};
use crate::token::{Shape, Token};
use model::{Country, PartyType};
use rustc_hash::FxHashMap;

/// What sort of name it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameKind {
    /// A State or territory by its name.
    State,
    /// An adjective of nationality, or the people.
    People,
    /// A capital or another city or port.
    City,
    /// A person.
    Person,
    /// A government, ministry, agency, court.
    Office,
    /// A news agency, paper or station: a source, hardly ever a party.
    Media,
    /// An armed group or movement.
    Group,
    /// A company or bank.
    Company,
    /// Any other body.
    Body,
    /// A ship.
    Vessel,
}

/// A name that a text may hold.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub name: String,
    pub kind: NameKind,
    pub countries: Vec<Country>,
}

/// A place word for [`crate::Reader::new`].
#[derive(Clone, Debug)]
pub struct PlaceName {
    /// As people write it.
    pub words: String,
    /// State, people or city.
    pub kind: NameKind,
    /// Which State.
    pub country: Country,
}

/// What a common noun for a party denotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RoleNoun {
    Person,
    /// A company, a bank, a charity.
    Body,
    Group,
    StateOrgan,
    /// `country`, `nation`, `regime`: stands for a State.
    State,
    Vessel,
}

const ACTORS: &str = include_str!("../../../data/reading/actors.csv");
/// Large towns that the tables of places, which hold positions, do not have.
const TOWNS: &str = include_str!("../../../data/reading/towns.csv");
const REGION_TABLE: &str = include_str!("../../../data/reading/regions.csv");
pub(crate) const TITLES: &str = include_str!("../../../data/reading/titles.csv");

/// All names and role nouns.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    names: Phrases<Named>,
    roles: FxHashMap<String, RoleNoun>,
    role_phrases: Phrases<RoleNoun>,
    /// Adjectives of regions in small letters, with the States of each.
    regions: Vec<(String, Vec<Country>)>,
}

impl Gazetteer {
    pub fn read(places: impl Iterator<Item = PlaceName>, problems: &mut Vec<String>) -> Self {
        let mut out = Self::default();
        for [region, members] in rows("regions.csv", REGION_TABLE, ["region", "countries"], problems) {
            out.regions.push((region.to_lowercase(), many(&members).filter_map(Country::new).collect()));
            if region.contains(' ') {
                out.add(&region.clone(), Named { name: region, kind: NameKind::People, countries: Vec::new() });
            }
        }
        for region in REGIONS {
            out.add(region, Named { name: region.to_owned(), kind: NameKind::People, countries: Vec::new() });
        }
        for words in ["European Union", "EU", "European Commission", "E.U."] {
            out.add(
                words,
                Named { name: "European Union".to_owned(), kind: NameKind::Office, countries: Country::new("EU").into_iter().collect() },
            );
        }
        let columns = ["surface", "aliases", "type", "country", "role", "from", "to", "note"];
        for [surface, aliases, kind, country, role, _, _, _] in rows("actors.csv", ACTORS, columns, problems) {
            let kind = match (kind.as_str(), role.as_str()) {
                (_, "media") => NameKind::Media,
                (_, "nickname") => NameKind::State,
                ("place", _) => NameKind::City,
                ("person", _) => NameKind::Person,
                (_, "group") => NameKind::Group,
                ("government", _) | (_, "court" | "agency") => NameKind::Office,
                ("company" | "bank", _) => NameKind::Company,
                ("vessel", _) => NameKind::Vessel,
                _ => NameKind::Body,
            };
            let countries: Vec<Country> = many(&country).filter_map(Country::new).collect();
            if countries.is_empty() && !country.is_empty() {
                problems.push(format!("data/reading/actors.csv: `{country}` of `{surface}` is no country"));
            }
            for alias in std::iter::once(surface.as_str()).chain(many(&aliases)) {
                let bare = alias.strip_prefix("the ").unwrap_or(alias);
                out.add(bare, Named { name: surface.clone(), kind, countries: countries.clone() });
            }
        }
        for place in places {
            out.add(&place.words.clone(), Named { name: place.words, kind: place.kind, countries: vec![place.country] });
        }
        for [code, towns] in rows("towns.csv", TOWNS, ["country", "towns"], problems) {
            let Some(country) = Country::new(&code) else {
                problems.push(format!("data/reading/towns.csv: `{code}` is no country"));
                continue;
            };
            for town in many(&towns) {
                out.add(town, Named { name: town.to_owned(), kind: NameKind::City, countries: vec![country] });
            }
        }
        out.read_titles(problems);
        out.names.settle();
        out.role_phrases.settle();
        out
    }

    fn read_titles(&mut self, problems: &mut Vec<String>) {
        for [word, _, kind] in rows("titles.csv", TITLES, ["word", "country", "type"], problems) {
            let role = match kind.as_str() {
                "person" => RoleNoun::Person,
                "body" => RoleNoun::Body,
                "group" => RoleNoun::Group,
                "state_organ" => RoleNoun::StateOrgan,
                "state" => RoleNoun::State,
                "vessel" => RoleNoun::Vessel,
                other => {
                    problems.push(format!("data/reading/titles.csv: `{other}` of `{word}` is no sort of party"));
                    continue;
                }
            };
            let low = word.to_lowercase();
            if low.contains(' ') || low.contains('-') {
                self.role_phrases.add(&low, role);
            }
            self.roles.entry(plural(&low)).or_insert(role);
            self.roles.entry(low).or_insert(role);
        }
    }

    fn add(&mut self, words: &str, named: Named) {
        let mut chars = words.chars();
        // A name of one Latin letter, or in Latin without a capital, would be found everywhere.
        if words.len() < 2 || chars.next().is_none_or(|c| c.is_ascii_lowercase() && !words.contains(char::is_uppercase)) {
            return;
        }
        self.names.add(words, named);
    }

    /// The longest name that starts at a token. In Latin letters names have capitals.
    pub fn at(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &Named)> {
        let first = tokens.get(at)?;
        if !first.capital && first.text.chars().next().is_some_and(|c| c.is_ascii_lowercase()) && !first.text.contains(char::is_uppercase) {
            return None;
        }
        self.names.all_at(tokens, at).find(|(length, named)| {
            let short = *length == 1 && first.text.trim_end_matches('.').len() <= 3 && first.text.is_ascii();
            // `South Floridians`, `North Dakota`: a part of something else than Korea.
            let part = *length == 1
                && matches!(first.text, "North" | "South")
                && tokens.get(at + 1).is_some_and(|t| t.capital && t.shape == Shape::Word && !first.shouted);
            // `US` is a State, `Us` and `us` are not.
            !part
                && (!short
                    || first.shouted
                    || first.text.contains(|c: char| c == '.' || c.is_ascii_digit())
                    || matches!(named.kind, NameKind::Person))
                && (*length == 1
                    || tokens.get(at + length - 1).is_some_and(|t| {
                        t.capital || !t.text.is_ascii() || t.text.chars().all(|c| !c.is_alphabetic()) || named.name.ends_with(&t.low)
                    }))
        })
    }

    /// The States of the region that the words before a noun name: `the Gulf state`, `the North African country`.
    pub fn region(&self, tokens: &[Token<'_>], first: usize, head: usize) -> Option<&[Country]> {
        let words: Vec<&str> = tokens.get(first..head)?.iter().map(|t| t.low.as_str()).collect();
        let words = words.join(" ");
        let ends = |region: &str| words.strip_suffix(region).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        self.regions.iter().filter(|(region, _)| ends(region)).max_by_key(|(region, _)| region.len()).map(|(_, members)| members.as_slice())
    }

    /// What the common noun that ends at a token denotes, if it denotes a party.
    pub fn role(&self, tokens: &[Token<'_>], first: usize, head: usize) -> Option<RoleNoun> {
        let phrase = (first..=head).find_map(|i| {
            let (length, role) = self.role_phrases.at(tokens, i)?;
            (i + length == head + 1).then_some(*role)
        });
        phrase.or_else(|| self.roles.get(tokens.get(head)?.low.as_str()).copied()).or_else(|| {
            let low = &tokens.get(head)?.low;
            if low.ends_with("-year-old") {
                return Some(RoleNoun::Person);
            }
            self.roles.get(low.rsplit_once('-')?.1).copied()
        })
    }
}

/// Names of regions and of peoples that hold the adjective of a State and stand in no row of `regions.csv`.
const REGIONS: [&str; 11] = [
    "South African American",
    "African American",
    "West Indian",
    "East Indian",
    "Latin America",
    "South America",
    "Central America",
    "North America",
    "North Africa",
    "Anglo American",
    "American Indian",
];

fn plural(word: &str) -> String {
    match word {
        _ if word.ends_with("man") => format!("{}men", word.strip_suffix("man").unwrap_or(word)),
        _ if word.ends_with('y') && !word.ends_with("ey") => format!("{}ies", word.strip_suffix('y').unwrap_or(word)),
        _ if word.ends_with('s') || word.ends_with("ch") || word.ends_with('x') => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

impl NameKind {
    /// The type of party.
    pub(crate) fn party(self) -> Option<PartyType> {
        match self {
            Self::State | Self::City | Self::Office => Some(PartyType::Government),
            Self::Person => Some(PartyType::Person),
            Self::Company => Some(PartyType::Company),
            Self::Media | Self::Group | Self::Body => Some(PartyType::Organisation),
            Self::Vessel => Some(PartyType::Vessel),
            Self::People => None,
        }
    }
}
