//! The tables of the languages that are read by marks (`data/reading/lang-XX.csv`, `lang-roles.csv`).

use super::atoms::{of_surface, plain};
use crate::language::Language;
use crate::lexicon::{Outcome, Part, Stance, Telling};
use crate::table::rows;
use crate::token::Token;
use crate::what::Sort;
use model::{ActKind, Country, PartyType};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

const TABLES: [(Language, &str, &str); 6] = [
    (Language::De, "lang-de.csv", crate::tables::DE),
    (Language::Fr, "lang-fr.csv", crate::tables::FR),
    (Language::Es, "lang-es.csv", crate::tables::ES),
    (Language::Ru, "lang-ru.csv", crate::tables::RU),
    (Language::Ko, "lang-ko.csv", crate::tables::KO),
    (Language::Zh, "lang-zh.csv", crate::tables::ZH),
];
const ROLES: &str = include_str!("../../../../data/reading/lang-roles.csv");

/// Cases of Russian; a set of bits.
pub(crate) mod case {
    pub const NOM: u8 = 1;
    pub const GEN: u8 = 2;
    pub const DAT: u8 = 4;
    pub const ACC: u8 = 8;
    pub const INS: u8 = 16;
    pub const LOC: u8 = 32;
    pub const ANY: u8 = 63;
}

/// How a form of a verb stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Form {
    #[default]
    Finite,
    /// A past participle.
    Past,
    /// An active participle: what stands before it does it.
    Active,
}

/// A verb or noun that tells an act.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// `None`: it only looks like one, or speaks of rules.
    pub kind: Option<ActKind>,
    pub subject: Part,
    pub object: Part,
    pub iobj: Option<Part>,
    pub preps: Vec<(String, Part)>,
    pub outcome: Outcome,
    pub form: Form,
    pub passive: bool,
    pub status: Option<Telling>,
    pub weak: bool,
    pub needs: Option<String>,
    /// What the word itself says is given.
    pub goods: Option<String>,
    /// Tells of workers: whose they are and who employs them.
    pub people: bool,
    pub noun: bool,
    pub tail: Option<String>,
    pub counter: bool,
}

/// How a party row names its State.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Named {
    Plain,
    Adjective,
    Demonym,
    Origin,
    /// A common noun: ministry, company, ship.
    Role,
}

/// A word that names a party or its State.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub country: Option<Country>,
    pub kind: Option<PartyType>,
    pub media: bool,
    pub named: Named,
    pub cases: u8,
    /// `대북`, `对俄`: the one that gets.
    pub receiver: bool,
    pub person: bool,
}

/// A mark beside a mention.
#[derive(Clone, Debug)]
pub(crate) struct Marker {
    pub before: bool,
    /// The role words of the table: receiver, giver, place, source, value ...
    pub roles: Vec<String>,
    pub cases: u8,
    pub weak: bool,
    pub pronoun: bool,
    pub passive: bool,
    pub counter: bool,
    pub attempted: bool,
    pub origin: bool,
}

/// A word for goods.
#[derive(Clone, Debug)]
pub(crate) struct GoodsWord {
    pub category: String,
    pub sort: Sort,
    /// What it means in English.
    pub english: Option<String>,
}

/// What a surface means.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Act(Act),
    Party(Party),
    Goods(GoodsWord),
    Said { stance: Stance, telling: Telling },
    Status { telling: Telling, needs: Option<&'static str> },
    Not,
    Marker(Marker),
    Month(i8),
    Weekday(i8),
    Time(Option<(i32, char)>),
}

#[derive(Clone, Debug)]
struct Entry {
    /// The words behind the first, each with whether a space stands before it.
    rest: Vec<(String, bool)>,
    /// Words that follow at a distance.
    gap: Vec<(String, bool)>,
    capital: bool,
    meaning: usize,
}

/// A place where a surface stands.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'w> {
    pub first: usize,
    /// One past the last, of the part before a gap.
    pub end: usize,
    pub gap: bool,
    /// The surface starts with a small letter.
    pub small: bool,
    pub meaning: &'w Meaning,
}

/// All words of a language.
#[derive(Debug, Default)]
pub(crate) struct Words {
    by_first: HashMap<String, Vec<Entry>>,
    meanings: Vec<Meaning>,
    pub abbreviations: HashSet<String>,
    months: HashSet<String>,
    /// Goods words of five letters and more, for compounds that end in one.
    tails: HashMap<String, usize>,
    problems: Vec<String>,
}

/// Atoms over which the second part of a surface with a gap is looked for.
const GAP: usize = 40;

impl Words {
    /// The words of a language; read once.
    pub fn of(language: Language) -> Option<&'static Self> {
        static READ: [OnceLock<Words>; 6] = [const { OnceLock::new() }; 6];
        let at = TABLES.iter().position(|(l, ..)| *l == language)?;
        let (language, name, text) = *TABLES.get(at)?;
        Some(READ.get(at)?.get_or_init(|| Self::read(language, name, text)))
    }

    /// What is wrong with the table.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    pub fn is_month(&self, low: &str) -> bool {
        self.months.contains(&plain(low))
    }

    fn read(language: Language, name: &str, text: &str) -> Self {
        let mut out = Self::default();
        let mut problems = Vec::new();
        for [class, surface, value, extra] in rows(name, text, ["class", "surface", "value", "extra"], &mut problems) {
            if class == "abbr" {
                let words = surface.split(['|', ' ']).map(|w| w.trim_end_matches('.').to_lowercase());
                out.abbreviations.extend(words.filter(|w| !w.is_empty()));
                continue;
            }
            let Some(meaning) = meaning(&class, &value, &extra) else {
                if !value.is_empty() && !matches!(class.as_str(), "party" | "month" | "weekday") {
                    problems.push(format!("data/reading/{name}: `{class},{surface},{value},{extra}` is not understood"));
                }
                continue;
            };
            out.add_all(&surface, meaning, language, &class);
        }
        for [code, surface, kind, cases] in rows("lang-roles.csv", ROLES, ["language", "surface", "kind", "case"], &mut problems) {
            if code == language.code() {
                out.add_all(&surface, Meaning::Party(role(&kind, &cases)), language, "role");
            }
        }
        for list in out.by_first.values_mut() {
            list.sort_by_key(|e| std::cmp::Reverse((e.rest.len() + e.gap.len(), !e.gap.is_empty())));
        }
        out.problems = problems;
        out
    }

    fn add_all(&mut self, surfaces: &str, meaning: Meaning, language: Language, class: &str) {
        let at = self.meanings.len();
        let party_adjective = matches!(&meaning, Meaning::Party(p) if p.named == Named::Adjective);
        self.meanings.push(meaning);
        for surface in surfaces.split('|').map(str::trim).filter(|s| !s.is_empty() && !s.starts_with('~')) {
            if class == "month" {
                self.months.insert(plain(&surface.to_lowercase()));
            }
            if class == "goods" && !surface.contains(' ') && surface.chars().count() >= 5 {
                self.tails.entry(surface.to_lowercase()).or_insert(at);
            }
            let mut parts = surface.splitn(2, ['…']).flat_map(|s| s.splitn(2, "..."));
            let head = of_surface(parts.next().unwrap_or(""), language);
            let gap = of_surface(parts.next().unwrap_or("").trim_start_matches(['.', '…', ' ']), language);
            let Some(((first, _), rest)) = head.split_first() else { continue };
            let capital =
                surface.chars().next().is_some_and(char::is_uppercase) && !(party_adjective || class == "month" || class == "weekday");
            self.by_first.entry(first.clone()).or_default().push(Entry { rest: rest.to_vec(), gap, capital, meaning: at });
        }
    }

    /// Every surface that starts at an atom, the longest first.
    pub fn at<'w>(&'w self, atoms: &[Token<'_>], at: usize, sentence_start: bool) -> Vec<Hit<'w>> {
        let Some(token) = atoms.get(at) else { return Vec::new() };
        let Some(list) = self.by_first.get(&plain(&token.low)) else { return Vec::new() };
        let lower_start = !token.capital && !sentence_start;
        let mut out = Vec::new();
        for entry in list.iter().filter(|e| !(e.capital && lower_start)) {
            if !follows(atoms, at + 1, &entry.rest) {
                continue;
            }
            let end = at + 1 + entry.rest.len();
            let far = entry.gap.is_empty()
                || (end..atoms.len().min(end + GAP))
                    .take_while(|i| !matches!(atoms[*i].text, "." | "!" | "?" | ";" | ":" | "。"))
                    .any(|i| follows_far(atoms, i, &entry.gap));
            if far && let Some(meaning) = self.meanings.get(entry.meaning) {
                out.push(Hit { first: at, end, gap: !entry.gap.is_empty(), small: !entry.capital, meaning });
            }
        }
        out
    }

    /// The goods word that a compound ends in: `Geländewagen`.
    pub fn compound(&self, low: &str) -> Option<&Meaning> {
        let starts = low.char_indices().skip(3).map(|(i, _)| i);
        starts.filter_map(|i| low.get(i..)).find_map(|tail| self.tails.get(tail)).and_then(|at| self.meanings.get(*at))
    }

    /// The act that a compound ends in and what stands before it: `Munitionslieferung`.
    pub fn act_compound<'w>(&'w self, low: &str) -> Option<(&'w Act, usize)> {
        low.char_indices().skip(3).map(|(i, _)| i).find_map(|i| {
            let tail = low.get(i..).filter(|t| t.chars().count() >= 6)?;
            let entry = self.by_first.get(tail)?.iter().find(|e| e.rest.is_empty() && e.gap.is_empty())?;
            match self.meanings.get(entry.meaning)? {
                Meaning::Act(act) if act.noun => Some((act, i)),
                _ => None,
            }
        })
    }
}

fn follows(atoms: &[Token<'_>], from: usize, rest: &[(String, bool)]) -> bool {
    rest.iter().enumerate().all(|(i, (word, spaced))| {
        atoms.get(from + i).is_some_and(|t| {
            plain(&t.low) == *word
                && (*spaced || t.tied || t.text.is_ascii() || !t.text.chars().all(char::is_alphabetic) || word.chars().count() > 1)
        })
    })
}

/// The second part of a surface with a gap: a prefix of a verb stands at the end of its clause.
fn follows_far(atoms: &[Token<'_>], from: usize, gap: &[(String, bool)]) -> bool {
    let all = gap.iter().enumerate().all(|(i, (word, _))| atoms.get(from + i).is_some_and(|t| plain(&t.low) == *word));
    let short = gap.len() == 1 && gap.first().is_some_and(|(w, _)| w.len() <= 6);
    all && (!short
        || atoms.get(from + gap.len()).is_none_or(|t| {
            !t.text.chars().any(char::is_alphanumeric) || matches!(t.low.as_str(), "und" | "oder" | "sowie" | "haben" | "sein")
        }))
}

fn meaning(class: &str, value: &str, extra: &str) -> Option<Meaning> {
    Some(match class {
        "verb" | "noun" => Meaning::Act(act(class, value, extra)),
        "marker" => Meaning::Marker(marker(value, extra)),
        "said" => Meaning::Said {
            stance: Stance::parse(value)?,
            telling: Telling::parse(extra.split(';').next().unwrap_or("")).unwrap_or(Telling::Reported),
        },
        "status" => Meaning::Status {
            telling: Telling::parse(value)?,
            needs: if extra.contains("needs=pp") {
                Some("pp")
            } else if extra.contains("needs=inf") {
                Some("inf")
            } else {
                None
            },
        },
        "not" => Meaning::Not,
        "party" => Meaning::Party(party(value, extra)?),
        "goods" => Meaning::Goods(GoodsWord {
            category: value.to_owned(),
            sort: sort(value, extra),
            english: (!extra.is_empty()).then(|| extra.to_owned()),
        }),
        "month" => Meaning::Month(value.parse().ok()?),
        "weekday" => Meaning::Weekday(value.parse().ok()?),
        "time" => Meaning::Time(offset(value)),
        _ => return None,
    })
}

fn sort(category: &str, english: &str) -> Sort {
    let people = ["worker", "troop", "soldier", "instructor", "tourist", "mercenar", "people", "adviser", "expert"];
    match category {
        "money" | "crypto" => Sort::Money,
        "workers" => Sort::People,
        _ if people.iter().any(|p| english.contains(p)) => Sort::People,
        _ => Sort::Goods,
    }
}

/// `-1d` as a number and its unit.
fn offset(value: &str) -> Option<(i32, char)> {
    let unit = value.chars().last().filter(|c| "dwmy".contains(*c))?;
    Some((value.trim_end_matches(unit).trim_start_matches('+').parse().ok()?, unit))
}

fn act(class: &str, value: &str, extra: &str) -> Act {
    let mut out = Act {
        kind: ActKind::parse(value),
        subject: Part::None,
        object: Part::None,
        iobj: None,
        preps: Vec::new(),
        outcome: Outcome::Done,
        form: Form::Finite,
        passive: false,
        status: None,
        weak: false,
        needs: None,
        goods: None,
        people: false,
        noun: class == "noun",
        tail: None,
        counter: false,
    };
    for (key, word) in pairs_of(extra) {
        match key {
            "subject" => out.subject = Part::parse(word),
            "object" => out.object = Part::parse(word),
            "iobj" => out.iobj = Some(Part::parse(word)),
            "prep" => out.preps = word.split('+').filter_map(|p| p.split_once(':')).map(|(p, r)| (p.to_owned(), Part::parse(r))).collect(),
            "outcome" => out.outcome = Outcome::parse(word),
            "form" if word == "pp" => out.form = Form::Past,
            "form" if word == "ap" => out.form = Form::Active,
            "voice" => out.passive = word == "passive",
            "tense" if word == "future" && out.outcome == Outcome::Done => out.outcome = Outcome::Planned,
            "status" => out.status = Telling::parse(word),
            "weak" => out.weak = true,
            "needs" => out.needs = Some(word.to_owned()),
            "goods" => out.goods = Some(word.to_owned()),
            "tail" => out.tail = Some(word.to_lowercase()),
            "counter" => out.counter = true,
            _ => {}
        }
    }
    out.people = out.object == Part::Worker || out.needs.as_deref() == Some("people");
    out
}

/// `key=value;key=value`; a value may hold colons.
fn pairs_of(extra: &str) -> impl Iterator<Item = (&str, &str)> {
    extra.split(';').filter_map(|p| p.trim().split_once('='))
}

fn cases(word: &str) -> u8 {
    let one = |w: &str| match w {
        "nom" => case::NOM,
        "gen" => case::GEN,
        "dat" => case::DAT,
        "acc" => case::ACC,
        "ins" => case::INS,
        "loc" => case::LOC,
        "any" => case::ANY,
        _ => 0,
    };
    word.split('/').map(one).fold(0, |a, b| a | b)
}

fn marker(value: &str, extra: &str) -> Marker {
    let has = |key: &str, word: &str| pairs_of(extra).any(|(k, v)| k == key && v == word);
    let roles = extra.split(';').next().unwrap_or("").split('/').map(str::to_owned).collect();
    Marker {
        before: value == "before",
        roles,
        cases: pairs_of(extra).find(|(k, _)| *k == "case").map_or(0, |(_, v)| cases(v)),
        weak: has("weak", "yes"),
        pronoun: has("pron", "yes"),
        passive: has("voice", "passive") || has("agent", "yes"),
        counter: has("counter", "yes"),
        attempted: has("outcome", "attempted"),
        origin: has("origin", "yes"),
    }
}

fn party(value: &str, extra: &str) -> Option<Party> {
    let first = extra.split(';').next().unwrap_or("");
    let get = |key: &str| pairs_of(extra).find(|(k, _)| *k == key).map(|(_, v)| v);
    // A short form of one letter would be found everywhere; a pair has no direction.
    if get("weak").is_some() || get("form") == Some("pair") {
        return None;
    }
    let country = Country::new(value);
    if country.is_none() && !value.is_empty() {
        return None;
    }
    let named = match get("form") {
        Some("adj") => Named::Adjective,
        Some("demonym") => Named::Demonym,
        Some("origin") => Named::Origin,
        _ if country.is_none() && first != "organisation" => Named::Role,
        _ => Named::Plain,
    };
    let kind = match first {
        "person" | "leader" => Some(PartyType::Person),
        "organisation" | "media" => Some(PartyType::Organisation),
        _ => Some(PartyType::Government),
    };
    Some(Party {
        country,
        kind,
        media: first == "media",
        named,
        cases: get("case").map_or(0, cases),
        receiver: get("role") == Some("receiver"),
        person: matches!(first, "person" | "leader"),
    })
}

fn role(kind: &str, of: &str) -> Party {
    let party = match kind {
        "company" => PartyType::Company,
        "bank" => PartyType::Bank,
        "person" => PartyType::Person,
        "state_organ" => PartyType::Government,
        "vessel" => PartyType::Vessel,
        _ => PartyType::Organisation,
    };
    Party {
        country: None,
        kind: Some(party),
        media: kind == "media",
        named: Named::Role,
        cases: cases(of),
        receiver: false,
        person: kind == "person",
    }
}

/// Reads all tables and tells what is wrong with them.
#[must_use]
pub fn problems() -> Vec<String> {
    TABLES.iter().filter_map(|(l, ..)| Words::of(*l)).flat_map(|w| w.problems().iter().cloned()).collect()
}
