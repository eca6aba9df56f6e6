//! Ports, stations, airports, zones and waters by their names in many scripts, with position and kind.
//!
//! A word that may mean several places stays all of them; what it means nowhere is said, and the country beside it still counts.

use crate::tables::{at, many, rows};
use crate::text::normal;
use crate::{Resolver, Unclear};
use model::{Country, Standing, Stop};
use std::collections::HashMap;

macro_rules! kinds {
    ($($name:ident = $bit:literal, $word:literal;)+) => {
        $(#[doc = $word] #[allow(dead_code, reason = "every kind of the table has its bit, also those that no flag asks for")] pub(crate) const $name: u32 = 1 << $bit;)+
        fn kind_bit(word: &str) -> Option<u32> {
            match word { $($word => Some($name),)+ _ => None }
        }
    };
}
kinds! {
    GATEWAY = 0, "gateway"; KP_PORT = 1, "kp_port"; KP_RAIL = 2, "kp_rail"; KP_AIR = 3, "kp_air"; TRANSIT_HUB = 4, "transit_hub";
    FREE_ZONE = 5, "free_zone"; STS_AREA = 6, "sts_area"; AIR_GATEWAY = 7, "air_gateway"; BORDER_RAIL = 8, "border_rail"; SEA = 9, "sea";
    PORT = 10, "port"; AIRPORT = 11, "airport"; CITY = 12, "city"; CAPITAL = 13, "capital"; REGION = 14, "region"; TERRITORY = 15, "territory";
    WATCH = 16, "watch"; COAL_RELAY = 17, "coal_relay"; BORDER = 18, "border"; BORDER_STATION = 19, "border_station"; PLACE = 20, "place";
    ZONE = 21, "zone";
}

/// A row of `data/places.csv`.
#[derive(Clone, Debug)]
pub struct Place {
    /// UN/LOCODE where it has one.
    pub code: String,
    /// Its usual name.
    pub name: String,
    /// The country it counts to; none for waters.
    pub country: Option<Country>,
    /// Degrees north and east.
    pub point: (f64, f64),
    pub(crate) kinds: u32,
}

impl Place {
    /// Whether it is water, where no ship ends.
    #[must_use]
    pub fn is_water(&self) -> bool {
        self.kinds & (SEA | STS_AREA) != 0
    }
    /// Whether the territory is treated on its own in sanctions law.
    #[must_use]
    pub fn is_territory(&self) -> bool {
        self.kinds & TERRITORY != 0
    }
}

/// The table of places, indexed.
#[derive(Debug, Default)]
pub struct Gazetteer {
    pub(crate) places: Vec<Place>,
    names: HashMap<String, Vec<u16>>,
    capitals: HashMap<Country, (f64, f64)>,
}

/// What the words of a stop mean.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Spot {
    /// The words.
    pub name: String,
    /// Every place they may mean; empty when only a country, or nothing, is known.
    pub(crate) rows: Vec<u16>,
    /// The country, when it is certain.
    pub country: Option<Country>,
    /// Position: given, or that of the one place meant.
    pub point: Option<(f64, f64)>,
    /// For a picture only: the capital, where nothing but the country is known.
    pub around: Option<(f64, f64)>,
    /// Words were given that mean nothing here.
    pub unknown: bool,
    /// Only the country is sure, not the place named.
    pub guessed: bool,
    /// Words for open water without a name.
    pub at_sea: bool,
}

impl Gazetteer {
    pub(crate) fn read(text: &str, problems: &mut Vec<String>) -> Self {
        let mut out = Self::default();
        for (line, row) in rows("places.csv", text, &["code", "name", "names", "country", "lat", "lon", "kinds", "basis"], problems) {
            let mut wrong = |what: &str| problems.push(format!("data/places.csv:{line}: {what}"));
            let (Ok(lat), Ok(lon)) = (at(&row, 4).parse::<f64>(), at(&row, 5).parse::<f64>()) else {
                wrong("latitude and longitude must be degrees");
                continue;
            };
            if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
                wrong("there is no such position");
            }
            let mut kinds = 0;
            for word in many(at(&row, 6)) {
                match kind_bit(word) {
                    Some(bit) => kinds |= bit,
                    None => wrong(&format!("`{word}` is no kind of place")),
                }
            }
            let Ok(index) = u16::try_from(out.places.len()) else {
                wrong("too many places");
                break;
            };
            for name in [at(&row, 0), at(&row, 1)].into_iter().chain(many(at(&row, 2))).filter(|n| !n.is_empty()) {
                let list = out.names.entry(normal(name)).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            }
            let country = Country::new(at(&row, 3));
            if let Some(country) = country.filter(|_| kinds & CAPITAL != 0) {
                out.capitals.insert(country, (lat, lon));
            }
            out.places.push(Place { code: at(&row, 0).into(), name: at(&row, 1).into(), country, point: (lat, lon), kinds });
        }
        out
    }

    /// Places of a name; several when it is borne by several.
    #[must_use]
    pub fn find(&self, words: &str) -> Vec<&Place> {
        self.rows_of(words).into_iter().filter_map(|i| self.places.get(usize::from(i))).collect()
    }

    fn rows_of(&self, words: &str) -> Vec<u16> {
        const BEFORE: [&str; 7] = ["the port of ", "port of ", "near ", "the ", "waters off ", "city of ", "off "];
        const BEHIND: [&str; 14] = [
            " sea port",
            " seaport",
            " port",
            " harbour",
            " harbor",
            " international airport",
            " airport",
            " railway station",
            " station",
            " anchorage",
            " approaches",
            " approach",
            " region",
            " city",
        ];
        let mut words = words.trim();
        loop {
            if let Some(found) = self.names.get(&normal(words)) {
                return found.clone();
            }
            let starts = |p: &&&str| words.get(..p.len()).is_some_and(|h| h.eq_ignore_ascii_case(p));
            let ends = |p: &&&str| words.len() > p.len() && words.get(words.len() - p.len()..).is_some_and(|t| t.eq_ignore_ascii_case(p));
            words = if let Some(p) = BEFORE.iter().find(starts) {
                words.get(p.len()..).unwrap_or("").trim()
            } else if let Some(p) = BEHIND.iter().find(ends) {
                words.get(..words.len() - p.len()).unwrap_or("").trim()
            } else {
                return Vec::new();
            };
        }
    }

    /// What a stop means.
    #[must_use]
    pub fn spot(&self, stop: &Stop) -> Spot {
        let guessed = matches!(stop.standing, Some(Standing::Inferred | Standing::Alleged));
        let mut spot = Spot { name: stop.name.clone(), country: stop.country, point: stop.point, guessed, ..Spot::default() };
        let by_code = stop.locode.as_deref().map(|c| self.rows_of(c)).unwrap_or_default();
        let words = stop.name.as_str();
        spot.at_sea = open_water(words);
        if spot.at_sea || words.is_empty() && by_code.is_empty() {
            return spot;
        }
        spot.rows = if by_code.is_empty() { self.alternatives(words) } else { by_code };
        if let Some(country) = stop.country {
            let fits = |i: &u16| self.places.get(usize::from(*i)).is_some_and(|p| p.country.is_none_or(|c| c == country));
            spot.rows.retain(fits);
        }
        if spot.country.is_none() {
            let countries: Vec<Option<Country>> = self.of(&spot).map(|p| p.country).collect();
            spot.country = countries.first().copied().flatten().filter(|first| countries.iter().all(|c| *c == Some(*first)));
        }
        if spot.point.is_none() {
            spot.point = self.one_point(&spot);
        }
        if guessed {
            spot.rows.clear();
        }
        if spot.point.is_none() && spot.rows.is_empty() {
            spot.around = spot.country.and_then(|c| self.capitals.get(&c).copied());
        }
        spot.unknown = spot.rows.is_empty() && spot.point.is_none() && !guessed;
        spot
    }

    /// The position of the one place meant, or of several that lie together, such as the airports of one town.
    fn one_point(&self, spot: &Spot) -> Option<(f64, f64)> {
        const TOGETHER_KM: f64 = 100.0;
        let mut points = self.of(spot).map(|p| p.point);
        let first = points.next()?;
        points.all(|p| super::geo::distance_km(first, p) < TOGETHER_KM).then_some(first)
    }

    /// `Wonsan/Chongjin`: one of them. `Qingdao, China`: the first, in the second.
    fn alternatives(&self, words: &str) -> Vec<u16> {
        let whole = self.rows_of(words);
        if !whole.is_empty() {
            return whole;
        }
        let head = words.split(',').next().unwrap_or(words);
        let mut out: Vec<u16> = head.split(['/', ';']).flat_map(|p| p.split(" or ")).flat_map(|p| self.rows_of(p)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    pub(crate) fn of<'a>(&'a self, spot: &'a Spot) -> impl Iterator<Item = &'a Place> {
        spot.rows.iter().filter_map(|i| self.places.get(usize::from(*i)))
    }

    /// Whether the spot is of a kind: surely, surely not, or not known.
    pub(crate) fn is(&self, spot: &Spot, kinds: u32) -> model::Truth {
        let mut hits = self.of(spot).map(|p| p.kinds & kinds != 0);
        match hits.next() {
            None => model::Truth::Unknown,
            Some(first) if hits.all(|h| h == first) => {
                if first {
                    model::Truth::True
                } else {
                    model::Truth::False
                }
            }
            Some(_) => model::Truth::Unknown,
        }
    }
}

/// Words for water without a name, or for not knowing where.
fn open_water(words: &str) -> bool {
    const WORDS: [&str; 12] = [
        "at sea",
        "sea",
        "dark",
        "unknown",
        "high seas",
        "on the high seas",
        "open sea",
        "international waters",
        "undisclosed",
        "unclear",
        "n/a",
        "?",
    ];
    let lower = words.trim().to_lowercase();
    WORDS.contains(&lower.as_str())
}

/// What stands in the words of one stop: the stop itself, an IMO number in brackets, and whether it is called declared.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct StopWords {
    /// The stop.
    pub stop: Stop,
    /// `(KP, IMO 8916293)` names a ship, not a place.
    pub imo: Option<String>,
    /// More than one country was named: what they are.
    pub countries: Vec<Country>,
    /// Why no country follows from the words.
    pub unclear: Option<Unclear>,
}

/// Reads the words of a stop: `Nakhodka (declared)`, `KRPUS`, `Qingdao, China`, `Saebyol (KP, IMO 8916293)`, `China/South Korea`.
#[must_use]
pub fn stop_words(gazetteer: &Gazetteer, resolver: &Resolver, text: &str) -> StopWords {
    let mut out = StopWords::default();
    let (head, inside) = match text.split_once('(') {
        Some((head, rest)) if !gazetteer.names.contains_key(&normal(text)) => (head.trim(), rest.split(')').next().unwrap_or("")),
        _ => (text.trim(), ""),
    };
    for word in inside.split([',', ';']).map(str::trim).filter(|w| !w.is_empty()) {
        let lower = word.to_lowercase();
        if let Some(standing) = Standing::parse(&lower) {
            out.stop.standing = Some(standing);
        } else if lower.starts_with("imo") {
            out.imo = Some(word.chars().filter(char::is_ascii_digit).collect());
        } else if let Ok(country) = resolver.country(word) {
            out.stop.country = Some(country);
        }
    }
    out.stop.name = head.to_owned();
    let code = head.len() == 5 && head.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if code && (resolver.country(head).is_ok() || gazetteer.names.contains_key(&normal(head))) {
        out.stop.locode = Some(head.to_owned());
    }
    if out.stop.country.is_some() || head.is_empty() || open_water(head) {
        return out;
    }
    let spot = gazetteer.spot(&Stop { name: head.to_owned(), locode: out.stop.locode.clone(), ..Stop::default() });
    let tail = head.rsplit(',').next().filter(|_| head.contains(',')).map(str::trim);
    if let Some(country) = tail.and_then(|t| resolver.country(t).ok()) {
        out.stop.country = Some(country);
    } else if spot.rows.is_empty() {
        by_country_words(resolver, head, &mut out);
    } else {
        out.stop.country = spot.country;
    }
    out
}

fn by_country_words(resolver: &Resolver, head: &str, out: &mut StopWords) {
    match resolver.country(head) {
        Ok(country) => out.stop.country = Some(country),
        Err(unclear) => {
            let parts = head.split(['/', ';']).flat_map(|p| p.split(" or "));
            out.countries = parts.filter_map(|p| resolver.country(p.trim()).ok()).collect();
            match out.countries.as_slice() {
                [] => out.stop.country = resolver.country_within(head),
                [first, rest @ ..] if rest.iter().all(|c| c == first) => out.stop.country = Some(*first),
                _ => {}
            }
            out.unclear = Some(unclear);
        }
    }
}
