//! From a text to answers: the acts that the reader finds, as acts of the contract, decided by the law of their day.

use crate::answer::{Answer, Ask, decide};
use crate::tables::TABLES;
use crate::{Format, InputProblem, ReadAct, Rulebook};
use ::decide::Assumption;
use model::{ActKind, Country, Date, PartyType, Verdict};
use read::{Claim, Language, NameKind, PlaceName, Reading, Span, Telling, Transfer, Who};
use serde_json::{Map, Value, json};

/// A text to be read.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The caller's name for it.
    pub id: String,
    /// The words.
    pub text: String,
    /// The day it was published: words of time count from it.
    pub published: Option<Date>,
    /// Its language, when it is known: `en`.
    pub language: Option<String>,
}

/// One act of a text: as the contract writes it, as it was understood, with the words behind each fact.
#[derive(Clone, Debug)]
pub struct ToldAct {
    /// What the reader found.
    pub transfer: Transfer,
    /// The act of the contract.
    pub act: Value,
    /// The act as it was understood, or why it could not be.
    pub read: Result<ReadAct, Vec<InputProblem>>,
    /// The day of the report, whose law is taken when the text gives no date.
    pub published: Option<Date>,
    /// Which words say which fact.
    pub evidence: Vec<(String, Span)>,
    /// Facts of which the words stand elsewhere in the text, and were taken to hold for this act too.
    pub inferred: Vec<String>,
}

/// What was found in a text.
#[derive(Clone, Debug, Default)]
pub struct TextRead {
    /// The acts in the order of the text.
    pub acts: Vec<ToldAct>,
    /// Who says what of them.
    pub claims: Vec<Claim>,
    /// The language it was read in.
    pub language: Option<Language>,
    /// Whether it was read by tables only, and some of it not at all.
    pub partial: bool,
    /// The name of a language that is not read.
    pub not_read: Option<&'static str>,
}

impl Rulebook {
    /// Finds the acts and claims of a text.
    #[must_use]
    pub fn read_text(&self, text: &Text) -> TextRead {
        self.told_acts(text, self.reading(text))
    }

    /// Finds the act that somebody asks about.
    pub(crate) fn read_asked(&self, text: &Text) -> TextRead {
        let english =
            text.language.as_deref().and_then(Language::parse).or(read::detect(&text.text).language).is_none_or(|l| l == Language::En);
        if !english {
            return self.read_text(text);
        }
        let goods = |words: &str| self.goods_category(words);
        self.told_acts(text, self.reader().question(&text.text, text.published, &goods))
    }

    /// What the rules read.
    pub(crate) fn reading(&self, text: &Text) -> Reading {
        let goods = |words: &str| self.goods_category(words);
        let language = text.language.as_deref().and_then(Language::parse);
        self.reader().read(&text.text, text.published, language, &goods)
    }

    /// The acts of the contract that a reading tells, whoever read.
    pub(crate) fn told_acts(&self, text: &Text, reading: Reading) -> TextRead {
        let Reading { transfers, claims, language, partial, not_read } = reading;
        let acts = transfers.into_iter().enumerate().map(|(at, t)| self.told(text, at, t)).collect();
        TextRead { acts, claims, language, partial, not_read }
    }

    /// The words for a thing; what they mean in English where the tables of goods do not know them as they stand, or take an animal for something
    /// else or a tank for an animal.
    fn in_english(&self, thing: &read::Thing) -> String {
        let known = || self.goods_category(&thing.words).is_some_and(|category| (thing.category == "wildlife") == (category == "wildlife"));
        let Some(english) = thing.english.as_deref().filter(|_| !known()) else {
            return thing.words.clone();
        };
        let number = thing.words.split_whitespace().next().filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        number.map_or_else(|| english.to_owned(), |number| format!("{number} {english}"))
    }

    fn told(&self, text: &Text, at: usize, transfer: Transfer) -> ToldAct {
        let mut draft = Draft { evidence: Vec::new(), inferred: Vec::new() };
        let act = draft.act(self, &text.text, at, &transfer);
        let read = self.read_act(act.to_string().as_bytes(), Format::Json);
        ToldAct { transfer, act, read, published: text.published, evidence: draft.evidence, inferred: draft.inferred }
    }

    /// The category of the reader's tables that words of goods fall into, by heading and by the lists that name them.
    #[must_use]
    pub fn goods_category(&self, words: &str) -> Option<&'static str> {
        self.categories().of(words, || self.classified(words))
    }

    fn classified(&self, words: &str) -> Option<&'static str> {
        let class = self.resolver().classify(words);
        let best = class.codes.first().filter(|c| c.firm || c.score >= 0.6)?;
        let listed = |prefix: &str| class.categories.iter().any(|m| m.sure && m.category.starts_with(prefix));
        let chapter = best.hs.first / 10_000;
        Some(match chapter {
            93 => "arms",
            36 => "ammunition",
            87 if listed("luxury_vehicle") => "luxury_vehicle",
            87 | 86 => "vehicles",
            88 => "aircraft",
            89 => "vessel",
            _ if listed("luxury") => "luxury_goods",
            27 if best.hs.first < 270_500 => "coal",
            27 => "oil",
            25 | 26 | 71 => "minerals",
            72..=83 => "metals",
            84 => "machinery",
            85 => "electronics",
            3 | 16 => "seafood",
            30 => "medicine",
            44 => "timber",
            50..=63 => "textiles",
            97 => "art_statues",
            // Horses, and animals that nobody raises for food.
            1 if matches!(best.hs.first / 100, 101 | 106) => "wildlife",
            1..=24 => "food",
            _ => "other",
        })
    }
}

impl ToldAct {
    /// Decides the act as if it were true.
    #[must_use]
    pub fn decide<'a>(&'a self, book: &'a Rulebook, ask: &Ask) -> Option<Answer<'a>> {
        let act = self.read.as_ref().ok()?;
        let undated = self.published.filter(|_| ask.as_of.is_none() && act.act.on.is_none());
        Some(undated.map_or_else(|| decide(book, act, ask), |day| self.decide_undated(book, act, ask, day)))
    }

    /// An act without a date in a dated report: the law of the day of the report, as an assumption that the answer names. A missing day may
    /// not make an act permitted, so where that law allows it, the law of every day that it may have been done on must.
    fn decide_undated<'a>(&self, book: &'a Rulebook, act: &'a ReadAct, ask: &Ask, day: Date) -> Answer<'a> {
        let on = |first, last| decide(book, act, &Ask { as_of: Some(model::Span { first, last }), ..ask.clone() });
        let mut answer = on(day, day);
        if matches!(answer.overall().single(), Some(Verdict::Permitted | Verdict::OutOfScope)) {
            return match self.transfer.telling {
                Telling::Planned | Telling::Hypothetical => on(day, Date::MAX),
                _ => on(Date::MIN, day),
            };
        }
        for decision in &mut answer.decisions {
            decision.assumptions.push(Assumption {
                what: format!("the act falls under the law of {day}").into(),
                because: "the text does not say when it was done; this is the day of the report".into(),
                fact: "on".into(),
            });
        }
        answer
    }
}

/// The places that the reader knows, from the tables of countries and places.
pub(crate) fn place_names() -> impl Iterator<Item = PlaceName> {
    let mut out = Vec::new();
    let mut reader = csv::Reader::from_reader(TABLES.countries.as_bytes());
    for row in reader.records().filter_map(Result::ok) {
        let cell = |i: usize| row.get(i).unwrap_or("");
        let Some(country) = Country::new(cell(0)) else { continue };
        let mut add = |words: &str, kind: NameKind| {
            let words = words.trim();
            if !words.is_empty() {
                out.push(PlaceName { words: words.to_owned(), kind, country });
            }
        };
        add(cell(1), NameKind::State);
        add(cell(2), NameKind::State);
        cell(3).split(';').for_each(|w| add(w, NameKind::State));
        cell(4).split(';').for_each(|w| add(w, NameKind::People));
        add(cell(5), NameKind::City);
        cell(6).split(';').for_each(|w| add(w, NameKind::City));
    }
    let mut reader = csv::Reader::from_reader(crate::route::PLACES.as_bytes());
    for row in reader.records().filter_map(Result::ok) {
        let cell = |i: usize| row.get(i).unwrap_or("");
        let Some(country) = Country::new(cell(3)) else { continue };
        // Three or four capitals name an airport on a waybill; in a text they are an abbreviation, and `NGO` is not Nagoya.
        let code = |words: &&str| words.trim().len() <= 4 && words.trim().bytes().all(|b| b.is_ascii_uppercase());
        for words in std::iter::once(cell(1)).chain(cell(2).split(';').filter(|w| !code(w))) {
            out.push(PlaceName { words: words.trim().to_owned(), kind: NameKind::City, country });
        }
    }
    out.into_iter()
}

struct Draft {
    evidence: Vec<(String, Span)>,
    inferred: Vec<String>,
}

impl Draft {
    fn act(&mut self, book: &Rulebook, text: &str, at: usize, t: &Transfer) -> Value {
        let mut act = Map::new();
        act.insert("id".into(), json!(format!("T{}", at + 1)));
        act.insert("kind".into(), json!(t.kind.word()));
        if let Some((when, span)) = t.when {
            act.insert("on".into(), json!(when.to_string()));
            self.evidence.push(("on".into(), span));
        }
        let status = match t.telling {
            Telling::Planned | Telling::Hypothetical => "planned",
            Telling::Attempted => "attempted",
            Telling::Reported | Telling::Confirmed | Telling::Alleged | Telling::Denied => "completed",
        };
        act.insert("status".into(), json!(status));
        let mut parties = if t.kind == ActKind::Employment { self.workers(book, t) } else { self.sides(t) };
        for who in &t.carriers {
            self.said(format!("parties[{}].name", parties.len()), who);
            parties.push(party(who, if who.kind == Some(PartyType::Vessel) { "vessel" } else { "carrier" }));
        }
        act.insert("parties".into(), Value::Array(parties));
        let items = t.things.iter().enumerate().map(|(i, thing)| {
            self.evidence.push((format!("items[{i}].description"), thing.span));
            // `Russian-made car`: a car, of Russian origin.
            let made = thing
                .words
                .split_once(' ')
                .and_then(|(first, rest)| Some((first.split_once("-made").or_else(|| first.split_once("-built"))?.0, rest)));
            match made.map(|(place, rest)| (book.resolver().countries(place), rest)) {
                Some((countries, rest)) if countries.len() == 1 => {
                    self.evidence.push((format!("items[{i}].origin"), thing.span));
                    json!({ "description": rest, "origin": countries[0].code() })
                }
                _ => json!({ "description": book.in_english(thing) }),
            }
        });
        let mut items: Vec<Value> = items.collect();
        // `luxury vehicles worth over $1 million`: of one item it is the worth, of several nobody says whose.
        if let ([item], Some(span)) = (items.as_mut_slice(), t.value)
            && let Some(money) = book.resolver().classify(text.get(span.0..span.1).unwrap_or_default()).measures.money
        {
            self.evidence.push(("items[0].value".into(), span));
            item["value"] = json!({ "amount": money.amount.to_string(), "currency": money.currency });
        }
        act.insert("items".into(), Value::Array(items));
        if let Some(span) = t.purpose {
            let words = text.get(span.0..span.1).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            act.insert("purpose".into(), json!(words));
            self.evidence.push(("purpose".into(), span));
        }
        let places = self.places(t);
        if !places.is_empty() {
            act.insert("places".into(), Value::Object(places));
        }
        if let Some(span) = t.told.first() {
            self.evidence.push(("kind".into(), *span));
        }
        Value::Object(act)
    }

    /// That a fact comes from the words for a party.
    fn said(&mut self, fact: String, who: &Who) {
        if who.inferred {
            self.inferred.push(fact.clone());
        }
        self.evidence.push((fact, who.span));
    }

    /// Who gives and who gets.
    fn sides(&mut self, t: &Transfer) -> Vec<Value> {
        let (giver, receiver) = roles(t.kind);
        let mut parties = Vec::new();
        let givers = t.givers.iter().filter(|w| !w.place || t.givers.len() == 1).map(|w| (w, giver));
        let receivers = t.receivers.iter().filter(|w| !w.place || t.receivers.len() == 1).map(|w| (w, receiver));
        for (who, role) in givers.chain(receivers) {
            self.said(format!("parties[{}].name", parties.len()), who);
            parties.push(party(who, role));
        }
        parties
    }

    /// Who works and who employs.
    fn workers(&mut self, book: &Rulebook, t: &Transfer) -> Vec<Value> {
        let given = workers_are_given(book, t);
        let (home, employers) = if given { (&t.givers, &t.receivers) } else { (&t.receivers, &t.givers) };
        let mut parties = Vec::new();
        if let Some(thing) = t.things.first() {
            self.evidence.push(("parties[0].name".into(), thing.span));
            let mut worker = json!({"role": "worker", "name": thing.words, "type": "person"});
            if let Some(who) = home.iter().find(|w| w.countries.len() == 1) {
                self.evidence.push(("parties[0].nationality".into(), who.span));
                worker["nationality"] = json!([who.countries[0].code()]);
            }
            parties.push(worker);
        }
        for who in employers {
            self.said(format!("parties[{}].name", parties.len()), who);
            parties.push(party(who, "employer"));
        }
        parties
    }

    fn places(&mut self, t: &Transfer) -> Map<String, Value> {
        let mut places = Map::new();
        let mut end = |name: &str, list: &[Who]| {
            let Some(who) =
                list.iter().rev().find(|w| w.place && w.countries.len() == 1).or_else(|| list.iter().find(|w| w.countries.len() == 1))
            else {
                return;
            };
            if let Some(country) = who.countries.first() {
                // The country of Crimea would not tell that the law of Crimea is asked.
                let region = who.name.split(' ').next_back().filter(|w| resolve::is_region(w));
                places.insert(name.to_owned(), json!(region.unwrap_or(country.code())));
                self.said(format!("places.{name}"), who);
            }
        };
        end("origin", &t.givers);
        end("destination", &t.receivers);
        if !t.via.is_empty() {
            let codes: Vec<&str> = t.via.iter().map(|(c, _)| c.code()).collect();
            places.insert("transit".into(), json!(codes));
            for (i, (_, span)) in t.via.iter().enumerate() {
                self.evidence.push((format!("places.transit[{i}]"), *span));
            }
        }
        places
    }
}

fn party(who: &Who, role: &str) -> Value {
    let mut party = Map::new();
    party.insert("role".into(), json!(role));
    party.insert("name".into(), json!(who.name));
    if let Some(kind) = who.kind {
        party.insert("type".into(), json!(kind.word()));
    }
    if let [country] = who.countries.as_slice() {
        match who.kind {
            Some(PartyType::Government) => {
                party.insert("acts_for".into(), json!(format!("government of {}", country.code())));
                party.insert("located_in".into(), json!(country.code()));
            }
            Some(PartyType::Vessel | PartyType::Aircraft) => {
                party.insert("nationality".into(), json!([country.code()]));
            }
            _ => {
                party.insert("nationality".into(), json!([country.code()]));
            }
        }
    }
    Value::Object(party)
}

/// Whether the workers are the giver's (`Pyongyang sent workers to Russia`), and not the receiver's (`Russia employs Koreans`).
fn workers_are_given(book: &Rulebook, t: &Transfer) -> bool {
    let of = |list: &[Who]| list.iter().flat_map(|w| w.countries.clone()).collect::<Vec<Country>>();
    let (giver, receiver) = (of(&t.givers), of(&t.receivers));
    // `North Korean workers`: the nationality of the people tells.
    let words: Vec<&str> = t.things.iter().flat_map(|thing| thing.words.split_whitespace()).collect();
    let told = (0..words.len())
        .flat_map(|at| [words.get(at..at + 1), words.get(at..at + 2)])
        .flatten()
        .flat_map(|w| book.resolver().countries(&w.join(" ")))
        .next();
    match told {
        Some(country) if receiver.contains(&country) => false,
        Some(country) if giver.contains(&country) => true,
        // `We hire a programmer from North Korea`: of whom nobody says where they sit, but they hire.
        _ => !receiver.is_empty() || (!t.receivers.is_empty() && !giver.is_empty()),
    }
}

/// The roles of the one who gives and the one who gets, by kind of act.
fn roles(kind: ActKind) -> (&'static str, &'static str) {
    use ActKind as K;
    match kind {
        K::Sale => ("seller", "buyer"),
        K::Procurement | K::Import => ("supplier", "buyer"),
        K::Employment => ("employer", "worker"),
        K::Tourism | K::Travel => ("traveller", "host"),
        K::Financing | K::Payment | K::Remittance | K::Investment => ("financier", "recipient"),
        K::Insurance => ("insurer", "recipient"),
        K::Flagging => ("provider", "owner"),
        K::Overflight | K::PortCall => ("carrier", "host"),
        K::Service | K::Training | K::TechnicalAssistance | K::TechnologyTransfer | K::ScientificCooperation => ("provider", "recipient"),
        _ => ("supplier", "recipient"),
    }
}
