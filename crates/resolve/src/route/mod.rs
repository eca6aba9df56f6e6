//! Routes: which red flags a journey shows, how strongly together, and what is not known.
//!
//! Three outputs are kept apart. The *nexus* says whether the movement touches North Korea at all, and how well that is established. The
//! *score* says how much the way looks like concealment, from what could be known before arrival: without the nexus itself, without
//! what was seen afterwards, and without legs that somebody only alleges. The *verdict* is neither: the law asks for goods, direction,
//! day and parties. A high score is no breach, and a low one no clearance.
//!
//! Invariant: a flag whose inputs nobody gave is unknown, never absent. Names of people and companies never change the score.

mod cargo;
mod findings;
mod flags;
pub mod geo;
mod places;
mod score;
mod sea;
mod track;

pub use cargo::{Cargo, written_codes};
pub use places::{Gazetteer, Place, Spot, StopWords, stop_words};
pub use score::Band;
pub use sea::lane;
pub use track::{Track, Way};

use crate::Resolver;
use crate::identity::Registries;
use crate::tables::{at, many, rows};
use crate::text::{normal, padded, pattern};
use flags::Case;
use model::{Act, Country, Date, Journey, Standing};
use score::score;
use std::borrow::Cow;

/// The texts of the tables that routes need, as they stand in `data/`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RouteTexts<'a> {
    /// `places.csv`
    pub places: &'a str,
    /// `route-flags.csv`
    pub flags: &'a str,
    /// `route-goods.csv`
    pub goods: &'a str,
    /// `carriers.csv`
    pub carriers: &'a str,
    /// `flag-states.csv`
    pub flag_states: &'a str,
    /// `registries.csv`
    pub registries: &'a str,
}

/// What a flag counts towards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counts {
    /// The nexus, not the score.
    Nexus,
    /// The score.
    Blind,
    /// Nothing: it is known only afterwards.
    Hindsight,
    /// It lowers the score.
    Mitigation,
}

/// A red flag as data.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Such as `R02`.
    pub id: String,
    /// The group whose flags go together.
    pub group: String,
    /// From 0 to 1; below 0 for what mitigates.
    pub weight: f64,
    /// What it counts towards.
    pub counts: Counts,
    /// What it says.
    pub name: String,
    /// Why it matters.
    pub why: String,
    /// The facts that it needs.
    pub needs: Vec<String>,
    /// Evidence that would clear it.
    pub clears: String,
    /// Where it was taken from.
    pub source: String,
    condition: fn(&Case) -> flags::Found,
}

/// Whether a flag fires.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// It does.
    Fired,
    /// It does not.
    NotFired,
    /// The facts do not say.
    Unknown,
}

impl State {
    /// The word of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fired => "fired",
            Self::NotFired => "not_fired",
            Self::Unknown => "unknown",
        }
    }
}

/// A flag and what became of it.
#[derive(Clone, Debug)]
pub struct Raised<'a> {
    /// Which.
    pub flag: &'a Flag,
    /// Whether it fires.
    pub state: State,
    /// Why, in words.
    pub because: Cow<'static, str>,
    /// How well the leg is established on which it fires.
    pub on: Standing,
    /// Which leg that is; none for flags of the whole journey.
    pub leg: Option<usize>,
}

impl Raised<'_> {
    /// Whether it counts in the score.
    #[must_use]
    pub fn scores(&self) -> bool {
        self.state == State::Fired
            && matches!(self.flag.counts, Counts::Blind | Counts::Mitigation)
            && matches!(self.on, Standing::Documented | Standing::Declared)
    }
}

/// How the movement is tied to North Korea.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Nexus {
    /// Nothing ties it.
    None,
    /// A pattern does.
    Inferred,
    /// Somebody says so.
    Alleged,
    /// A documented leg or party does.
    Confirmed,
}

impl Nexus {
    /// The word of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Inferred => "inferred",
            Self::Alleged => "alleged",
            Self::Confirmed => "confirmed",
        }
    }
}

/// Something that is wrong, or odd, at a place of the input; the rest is answered all the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Oddity {
    /// Such as `legs[1].to`.
    pub at: String,
    /// What.
    pub message: String,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Assessment<'a> {
    /// Every flag, in the order of the table.
    pub flags: Vec<Raised<'a>>,
    /// The tie to North Korea.
    pub nexus: Nexus,
    /// From 0 to 1.
    pub score: f64,
    /// In words.
    pub band: Band,
    /// What is wrong or odd in the input.
    pub oddities: Vec<Oddity>,
    /// The legs with their places.
    pub track: Track<'a>,
}

/// The tables, ready.
#[derive(Debug)]
pub struct Routes {
    pub(crate) gazetteer: Gazetteer,
    flags: Vec<Flag>,
    pub(crate) tags: cargo::Tags,
    /// Name, padded pattern, kind.
    carriers: Vec<(String, String, String)>,
    pub(crate) abused_flags: Vec<(Country, Option<Date>)>,
    pub(crate) points_of_transhipment: Vec<Country>,
    pub(crate) registries: Registries,
}

/// The countries that the Bureau of Industry and Security and FinCEN named on 28 June 2022 as common points of transhipment.
const POINTS: [&str; 18] = ["AE", "AM", "BR", "CN", "GE", "IL", "IN", "KG", "KZ", "MX", "NI", "RS", "SG", "TJ", "TR", "TW", "UZ", "ZA"];

impl Routes {
    /// Reads the tables.
    ///
    /// # Errors
    /// Every problem of every table, with file and line.
    pub fn new(texts: &RouteTexts<'_>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let out = Self {
            gazetteer: Gazetteer::read(texts.places, &mut problems),
            flags: read_flags(texts.flags, &mut problems),
            tags: cargo::Tags::read(texts.goods, &mut problems),
            carriers: read_carriers(texts.carriers, &mut problems),
            abused_flags: read_flag_states(texts.flag_states, &mut problems),
            registries: Registries::read(texts.registries, &mut problems),
            points_of_transhipment: POINTS.iter().filter_map(|c| Country::new(c)).collect(),
        };
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }

    /// The places.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
    /// The flags.
    #[must_use]
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// The carrier of a kind that the words name somewhere.
    pub(crate) fn carrier(&self, words: &str, kind: &str) -> Option<&str> {
        let text = padded(words);
        self.carriers.iter().find(|(_, pattern, k)| k == kind && text.contains(pattern.as_str())).map(|(name, ..)| name.as_str())
    }
    /// Whether the words are the name of a carrier or ship of a kind, and nothing else: many ships are called Maria something.
    pub(crate) fn carrier_exact(&self, words: &str, kind: &str) -> bool {
        let text = pattern(words);
        self.carriers.iter().any(|(_, pattern, k)| k == kind && *pattern == text)
    }

    /// Assesses the journey of an act. Without a journey every flag is asked all the same: parties and goods have theirs.
    #[must_use]
    pub fn assess<'a>(&'a self, resolver: &Resolver, act: &'a Act) -> Assessment<'a> {
        static NOTHING: std::sync::LazyLock<Journey> = std::sync::LazyLock::new(Journey::default);
        let journey: &'a Journey = act.journey.as_deref().unwrap_or(&NOTHING);
        let track = Track::new(&self.gazetteer, journey);
        let cargo = Cargo::of(&self.tags, act);
        let days = act.on.or_else(|| track.days());
        let case = Case { routes: self, resolver, act, journey, track: &track, cargo: &cargo, days };
        let flags: Vec<Raised> = self
            .flags
            .iter()
            .map(|flag| {
                let found = (flag.condition)(&case);
                Raised { flag, state: found.state, because: found.because, on: found.on, leg: found.leg }
            })
            .collect();
        let score = score(&flags);
        let oddities = findings::all(&self.registries, resolver, act, journey, &track);
        Assessment { nexus: nexus(&flags), band: Band::of(score), score, flags, oddities, track }
    }
}

/// Documented beats alleged beats a pattern. The list of points of transhipment is about Russia and makes no pattern.
fn nexus(flags: &[Raised]) -> Nexus {
    let of = |f: &Raised| match (f.state, f.flag.counts, f.on) {
        (State::Fired, Counts::Nexus, Standing::Documented) => Nexus::Confirmed,
        (State::Fired, Counts::Nexus, Standing::Alleged | Standing::Declared) => Nexus::Alleged,
        (State::Fired, Counts::Nexus, _) => Nexus::Inferred,
        (State::Fired, _, _) if f.flag.group == "nexus" && f.flag.id != "N07" => Nexus::Inferred,
        _ => Nexus::None,
    };
    flags.iter().map(of).max().unwrap_or(Nexus::None)
}

fn read_flags(text: &str, problems: &mut Vec<String>) -> Vec<Flag> {
    let columns = ["id", "group", "weight", "counts", "name", "why", "needs", "clears", "source", "confidence"];
    let mut out = Vec::new();
    for (line, row) in rows("route-flags.csv", text, &columns, problems) {
        let id = at(&row, 0);
        let counts = match at(&row, 3) {
            "nexus" => Some(Counts::Nexus),
            "blind" => Some(Counts::Blind),
            "hindsight" => Some(Counts::Hindsight),
            "mitigation" => Some(Counts::Mitigation),
            _ => None,
        };
        let weight: Option<f64> = at(&row, 2).parse().ok().filter(|w: &f64| w.abs() <= 1.0);
        match (counts, weight, flags::condition(id)) {
            (Some(counts), Some(weight), Some(condition)) => out.push(Flag {
                id: id.into(),
                group: at(&row, 1).into(),
                weight,
                counts,
                name: at(&row, 4).into(),
                why: at(&row, 5).into(),
                needs: many(at(&row, 6)).map(str::to_owned).collect(),
                clears: at(&row, 7).into(),
                source: at(&row, 8).into(),
                condition,
            }),
            (None, ..) => problems.push(format!("data/route-flags.csv:{line}: `{}` is nothing that a flag counts towards", at(&row, 3))),
            (_, None, _) => problems.push(format!("data/route-flags.csv:{line}: a weight is a number from -1 to 1")),
            (.., None) => problems.push(format!("data/route-flags.csv:{line}: there is no condition for `{id}`")),
        }
    }
    out
}

fn read_carriers(text: &str, problems: &mut Vec<String>) -> Vec<(String, String, String)> {
    let mut out = Vec::new();
    for (_, row) in rows("carriers.csv", text, &["name", "names", "kind", "country", "basis"], problems) {
        for name in std::iter::once(at(&row, 0)).chain(many(at(&row, 1))).filter(|n| !normal(n).is_empty()) {
            out.push((at(&row, 0).to_owned(), pattern(name), at(&row, 2).to_owned()));
        }
    }
    out
}

fn read_flag_states(text: &str, problems: &mut Vec<String>) -> Vec<(Country, Option<Date>)> {
    let mut out = Vec::new();
    for (line, row) in rows("flag-states.csv", text, &["country", "until", "note", "basis"], problems) {
        let until = at(&row, 1);
        match (Country::new(at(&row, 0)), until.is_empty().then_some(None).or_else(|| until.parse().ok().map(Some))) {
            (Some(country), Some(until)) => out.push((country, until)),
            _ => problems.push(format!("data/flag-states.csv:{line}: a country of two letters, and a day or nothing")),
        }
    }
    out
}
