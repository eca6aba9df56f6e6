//! Who: parties that noun phrases name, and what later mentions of them mean.

mod known;
mod namesake;
mod own;

use crate::gazetteer::{Gazetteer, NameKind, Named, RoleNoun};
use crate::groups::{COUNTS, CURRENCIES, DEALT_IN, DIRECTIONS, ENDS_OF_PLACES, PARTS_OF_PLACES, RELATIONS};
use crate::phrase::NounPhrase;
use crate::tag::Tag;
use crate::token::{Shape, Token};
use model::{Country, PartyType};

/// A party as a text names it.
#[derive(Clone, PartialEq, Debug)]
pub struct Who {
    /// In the text's words, the fullest where the text gives a fuller name before.
    pub name: String,
    /// What sort of party.
    pub kind: Option<PartyType>,
    /// States it belongs to, or may belong to.
    pub countries: Vec<Country>,
    /// A news agency, paper or station.
    pub media: bool,
    /// Several people or bodies.
    pub plural: bool,
    /// A place, not a person or body.
    pub place: bool,
    /// Not said where the act is told: taken from what the text says around it. The span is where the text names it.
    pub inferred: bool,
    /// First byte and one past the last of the words that name it here.
    pub span: (usize, usize),
}

impl Who {
    /// The same party, taken from what stands around.
    pub(crate) fn inferred(self) -> Self {
        Self { inferred: true, ..self }
    }

    /// Whether two mentions may be one party.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        // The foreign ministries of two States share words and are two.
        if !self.countries.is_empty() && !other.countries.is_empty() {
            return self.countries.iter().any(|c| other.countries.contains(c));
        }
        !self.name.is_empty() && overlaps(&self.name, &other.name)
    }
}

/// `a firm under EU sanctions`, `a person listed by the EU`, `a trader on OFAC's list`: that somebody is listed, and by whom, is part of what is told of
/// him.
fn called_listed(scene: &Scene<'_>, phrase: &NounPhrase, found: &mut Found) {
    /// How far behind the noun such words may reach.
    const REACH: usize = 9;
    let low = |i: usize| scene.tokens.get(phrase.end + i).map_or("", |t| t.low.as_str());
    let end = |wanted: &[&str]| (1..REACH).find(|i| wanted.contains(&low(*i))).map(|i| i + 1);
    let sanctions = ["sanctions", "sanction"];
    let skip = match (low(0), low(1)) {
        ("currently", _) => 1,
        ("who" | "that" | "which", "is" | "are") => 2,
        _ => 0,
    };
    let length = match (low(skip), low(skip + 1)) {
        ("listed" | "sanctioned" | "designated" | "blacklisted", "by") => {
            let article = usize::from(low(skip + 2) == "the");
            // `the US Treasury`, `OFAC`, `the EU`: as many capitals as follow.
            let capitals = (skip + 2 + article..REACH).take_while(|i| scene.tokens.get(phrase.end + i).is_some_and(|t| t.capital)).count();
            (capitals > 0).then_some(skip + 2 + article + capitals)
        }
        ("under", _) => end(&sanctions),
        ("subject", "to") => end(&["sanctions", "sanction", "freeze"]),
        ("on", _) => end(&["list", "lists", "blacklist"]),
        _ => None,
    };
    let Some(length) = length else { return };
    let (name, span) = scene.words(phrase.first, phrase.end + length);
    found.who.name = name;
    found.who.span = span;
}

fn overlaps(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a == b || a.split_whitespace().any(|w| w.len() > 3 && b.split_whitespace().any(|v| v == w))
}

/// What the text has named so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    entities: Vec<Entity>,
    /// The things of the act told last, for `it` and `them`.
    pub things: Vec<crate::what::Thing>,
    /// Goods that a sentence without an act spoke of last.
    pub spoken_of: Vec<crate::what::Thing>,
    /// Where a ship or a plane told of last set out from, and in which sentence: `The dhow left Jask. It was carrying rifles.`
    pub set_out: Option<(Who, usize)>,
    /// Where one told of last arrived: `A plane landed in Damascus. It brought rifles.`
    pub put_in: Option<(Who, usize)>,
    /// Two who deal with each other, told of last.
    pub pair: Option<crate::event::Pair>,
    /// Who spoke last and in which sentence, for `it said`.
    pub spoke: Option<(Who, usize)>,
    /// Where the report is from, by its dateline.
    pub home: Vec<Country>,
    /// Who asks, where a question is read: whom `we` and `I` mean.
    pub asker: Option<Who>,
    /// Who speaks in this sentence of himself, for `our`.
    pub we: Option<Who>,
    /// Short names that the text gives for a party: `the Rapid Support Forces (RSF)`.
    short: Vec<(String, Named)>,
    /// Parties that were listed together, for `the three countries`.
    pub lists: Vec<Vec<Who>>,
    /// States under an embargo, as far as the text says so, with how often.
    embargoes: Vec<(Who, usize)>,
    /// One of these embargoes is on arms.
    arms_embargo: bool,
    /// Towns with the State that the text itself puts them in.
    towns: Vec<(String, Vec<Country>)>,
}

#[derive(Clone, Debug)]
struct Entity {
    who: Who,
    /// Words of the name in lower case.
    words: Vec<String>,
    role: Option<RoleNoun>,
    female: Option<bool>,
    /// Which sentence last named it.
    seen: usize,
    /// Where in the text it was last named.
    at: usize,
    /// Which sentence named it before the one that last did.
    before: Option<usize>,
    /// How often it was named.
    count: usize,
    /// Which sentence last had it for a subject.
    subject: Option<usize>,
}

/// One sentence, as the search for parties sees it.
pub(crate) struct Scene<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token<'a>],
    pub tags: &'a [Tag],
    pub nouns: &'a [NounPhrase],
    pub sentence: usize,
}

impl Scene<'_> {
    pub fn words(&self, first: usize, end: usize) -> (String, (usize, usize)) {
        let start = self.tokens.get(first).map_or(0, |t| t.start);
        let stop = end.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(start, Token::end);
        (self.text.get(start..stop).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" "), (start, stop))
    }
}

/// Finds parties with the help of names and of what was named before.
pub(crate) struct Finder<'a> {
    pub gazetteer: &'a Gazetteer,
    pub known: &'a mut Known,
}

/// What the words of a noun phrase tell of a party.
struct Found {
    who: Who,
    role: Option<RoleNoun>,
}

impl Finder<'_> {
    /// The party that a noun phrase names; `None` when it names none.
    pub fn who(&mut self, scene: &Scene<'_>, noun: usize) -> Option<Who> {
        self.party(scene, noun, 0)
    }

    fn party(&mut self, scene: &Scene<'_>, noun: usize, depth: u8) -> Option<Who> {
        let phrase = scene.nouns.get(noun)?;
        if phrase.time || depth > 3 {
            return None;
        }
        if phrase.pronoun {
            return self.pronoun(scene, phrase);
        }
        // `amounting to US$319.5 million`: a sum, and no American.
        if crate::what::is_sum(scene, phrase) {
            return None;
        }
        if let Some(own) = self.own_country(scene, phrase) {
            return Some(own);
        }
        // `in the Gulf of Oman`: no State and nobody's.
        let water = scene.tokens.get(phrase.head).map_or("", |t| t.low.as_str());
        // Nor is `the Indian Ocean`, `the South China Sea`.
        let by_name = phrase.head > phrase.first
            && scene.tokens.get(phrase.head).is_some_and(|t| t.capital)
            && matches!(water, "ocean" | "sea" | "strait" | "straits" | "channel");
        if by_name {
            return None;
        }
        if phrase.of.is_some() && matches!(water, "gulf" | "sea" | "strait" | "straits" | "ocean" | "bay" | "waters") {
            return None;
        }
        // `hundreds of North Korean soldiers`: the people counted.
        // And `the east of Ukraine` is Ukraine.
        let counted = scene.tokens.get(phrase.head).is_some_and(|t| COUNTS.contains(t.low.as_str()) || DIRECTIONS.contains(&t.low));
        if let (true, Some(of)) = (counted, phrase.of) {
            return self.party(scene, of, depth + 1);
        }
        let mut found = self.named(scene, phrase).or_else(|| self.role_noun(scene, phrase))?;
        if found.who.countries.is_empty()
            || matches!(found.role, Some(RoleNoun::Person | RoleNoun::Body | RoleNoun::Group | RoleNoun::StateOrgan))
        {
            self.around(scene, phrase, &mut found, depth);
        }
        if found.who.countries.is_empty() && depth == 0 {
            found.who.countries = self.backers(scene, phrase);
        }
        if depth == 0 {
            self.named_beside(scene, phrase, &mut found);
            called_listed(scene, phrase, &mut found);
        }
        self.known.remember(&mut found, scene.sentence, phrase.subject);
        self.known.shorten(scene, phrase, &found);
        Some(found.who)
    }

    /// `the cryptocurrency exchange, Lumikki`: a description goes by the name beside it.
    fn named_beside(&mut self, scene: &Scene<'_>, phrase: &NounPhrase, found: &mut Found) {
        let Some(beside) = phrase.beside.filter(|b| !phrase.head_is_name(scene.tokens) && scene.nouns[*b].head_is_name(scene.tokens))
        else {
            return;
        };
        let Some(named) = self.party(scene, beside, 1).filter(|n| !n.place && !n.media) else { return };
        let apart = !named.countries.is_empty() && !found.who.countries.is_empty() && !named.may_be(&found.who);
        if apart {
            return;
        }
        let countries = if found.who.countries.is_empty() { named.countries } else { std::mem::take(&mut found.who.countries) };
        found.who = Who { countries, kind: found.who.kind.or(named.kind), name: named.name, span: named.span, ..found.who.clone() };
    }

    /// The name that starts at a token: one that the text itself has given before, or one of the tables.
    fn name_at(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Named)> {
        let given = tokens.get(at).filter(|t| t.shouted).and_then(|t| self.known.short.iter().find(|(short, _)| short == t.text));
        match given {
            Some((_, named)) => Some((1, named.clone())),
            None => self.gazetteer.at(tokens, at).map(|(length, named)| (length, named.clone())),
        }
    }

    /// A phrase whose head is part of a name.
    fn named(&mut self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Found> {
        let (mut best, mut nationality) = (None, Vec::new());
        let mut at = phrase.first;
        while at < phrase.end {
            let Some((length, named)) = self.name_at(scene.tokens, at) else {
                at += 1;
                continue;
            };
            // `Russian-made` says where a thing is from, `Turkey-based` where a body sits: handled with adjectives.
            // `a Boeing 737`: what a company made, and not the company.
            let model = named.kind == NameKind::Company
                && at + length <= phrase.end
                && scene.tokens.get(at + length).is_some_and(|t| t.shape == Shape::Number && at + length < phrase.end);
            // `an Antonov`, `two Boeings`: one of what it made.
            let one_of_them = named.kind == NameKind::Company
                && at == phrase.first
                && at + length == phrase.end
                && phrase.det.is_some_and(|d| matches!(scene.tokens[d].low.as_str(), "a" | "an"));
            if model || one_of_them || self.is_namesake(scene, phrase, at, length, &named) {
                at += length;
                continue;
            }
            if at + length > phrase.head && at <= phrase.head {
                best = Some((at, length, named.clone()));
            } else {
                nationality.extend(named.countries.iter().copied());
            }
            at += length;
        }
        // `the bloc` is the European Union, where a report names no other.
        let bloc = phrase.det.is_some() && phrase.first == phrase.head && scene.tokens.get(phrase.head).is_some_and(|t| t.low == "bloc");
        if bloc && !self.known.names_a_bloc() {
            let union = self.gazetteer.at(&crate::token::tokens("EU", &|_| false), 0).map(|(_, named)| named.clone());
            return union.map(|named| self.by_name(scene, phrase, phrase.first, 1, &named, nationality));
        }
        nationality.extend(self.adjectives(scene, phrase));
        if let Some((start, length, named)) = best {
            return Some(self.by_name(scene, phrase, start, length, &named, nationality));
        }
        self.unknown_name(scene, phrase, nationality)
    }

    fn by_name(
        &mut self,
        scene: &Scene<'_>,
        phrase: &NounPhrase,
        start: usize,
        length: usize,
        named: &crate::gazetteer::Named,
        nationality: Vec<Country>,
    ) -> Found {
        let whole = start == phrase.first || named.kind == NameKind::Person;
        let (name, span) = if whole { scene.words(start, start + length) } else { scene.words(phrase.first, phrase.end) };
        let mut countries = named.countries.clone();
        // `Tripoli, Lebanon`, and later `Tripoli`: where the text itself puts a town.
        if named.kind == NameKind::City {
            // But `Cuba, Crimea, Iran` is a list.
            let listed = phrase.group.is_some() || scene.nouns.iter().any(|n| n.first == start + length + 1 && n.group.is_some());
            let comma = !listed && scene.tokens.get(start + length).is_some_and(|t| t.text == ",");
            let state = self.gazetteer.at(scene.tokens, start + length + 1).filter(|(_, n)| comma && n.kind == NameKind::State);
            match state.map(|(_, n)| n.countries.clone()) {
                Some(told) if !told.is_empty() => {
                    self.known.puts(&name, &told);
                    countries = told;
                }
                _ => countries = self.known.place_of(&name).unwrap_or(countries),
            }
        }
        // `US Treasury`, `the Yemen-based Houthis`: what stands before fills in, but does not overrule.
        if countries.is_empty() {
            countries = nationality;
        }
        let name = if named.kind == NameKind::Person
            && named.name.split_whitespace().count() > name.split_whitespace().count()
            && named.name.is_ascii() == name.is_ascii()
            && name.split_whitespace().all(|w| named.name.contains(w))
        {
            named.name.clone()
        } else {
            name
        };
        let people = named.kind == NameKind::People;
        // `SCN Singapore`, `Meridian Dubai`: a name of its own before a place is a company's.
        let before = start.checked_sub(1).filter(|b| *b >= phrase.first);
        let company = matches!(named.kind, NameKind::State | NameKind::City)
            && before.is_some_and(|b| {
                scene.tags.get(b) == Some(&Tag::Proper)
                    && self.gazetteer.role(scene.tokens, b, b).is_none()
                    && self.gazetteer.at(scene.tokens, b).is_none()
                    && scene.tokens.get(b).is_some_and(|t| !PARTS_OF_PLACES.contains(t.low.as_str()) && t.shape == Shape::Word)
            });
        let who = Who {
            name,
            kind: if company { Some(PartyType::Company) } else { named.kind.party() },
            countries,
            media: named.kind == NameKind::Media,
            plural: people,
            place: matches!(named.kind, NameKind::City),
            inferred: false,
            span,
        };
        let role = match named.kind {
            NameKind::Person => Some(RoleNoun::Person),
            NameKind::State | NameKind::City if company => Some(RoleNoun::Body),
            NameKind::State | NameKind::City => Some(RoleNoun::State),
            NameKind::Office => Some(RoleNoun::StateOrgan),
            NameKind::Group | NameKind::People => Some(RoleNoun::Group),
            NameKind::Vessel => Some(RoleNoun::Vessel),
            _ => Some(RoleNoun::Body),
        };
        Found { who, role }
    }

    /// Countries in words like `Turkey-based`, `Chinese-owned`, `Togo-flagged`.
    fn adjectives(&self, scene: &Scene<'_>, phrase: &NounPhrase) -> Vec<Country> {
        const TAILS: [&str; 12] = [
            "incorporated",
            "domiciled",
            "headquartered",
            "based",
            "flagged",
            "registered",
            "owned",
            "born",
            "controlled",
            "run",
            "operated",
            "led",
        ];
        self.hyphenated(scene, phrase, &TAILS)
    }

    /// The State that stands behind somebody: `Iran-backed fighters`. Where they are counts before it.
    fn backers(&self, scene: &Scene<'_>, phrase: &NounPhrase) -> Vec<Country> {
        self.hyphenated(scene, phrase, &["supported", "affiliated", "backed", "linked", "funded", "aligned"])
    }

    /// Countries before a hyphen and one of these words: `Turkey-based`, `Hong Kong-flagged`.
    fn hyphenated(&self, scene: &Scene<'_>, phrase: &NounPhrase, tails: &[&str]) -> Vec<Country> {
        let mut out = Vec::new();
        for at in phrase.first..phrase.end.min(scene.tokens.len()) {
            let Some((place, tail)) = scene.tokens[at].text.rsplit_once('-') else { continue };
            if !tails.contains(&tail) {
                continue;
            }
            let place = place.rsplit('-').next().unwrap_or(place);
            // The name may start some words before the hyphen.
            let named = (phrase.first.max(at.saturating_sub(3))..=at).find_map(|start| {
                let from = scene.tokens[start].start;
                let words = scene.text.get(from..scene.tokens[at].start)?.to_owned() + place;
                let low = crate::token::tokens(&words, &|_| false);
                self.gazetteer.at(&low, 0).filter(|(length, _)| *length == low.len()).map(|(_, named)| named)
            });
            out.extend(named.into_iter().flat_map(|n| n.countries.iter().copied()));
        }
        out
    }

    /// Where something goes by its own words: `Syria-bound rockets`.
    pub fn bound(&self, scene: &Scene<'_>, noun: usize) -> Option<Who> {
        self.before_hyphen(scene, noun, &["bound", "destined"])
    }

    /// From whom something came by its own words: `Iranian-supplied missiles`.
    pub fn supplier(&self, scene: &Scene<'_>, noun: usize) -> Option<Who> {
        self.before_hyphen(scene, noun, &["supplied", "provided", "delivered", "donated", "furnished", "gifted"])
    }

    /// The State before a hyphen and one of these words, as a party.
    fn before_hyphen(&self, scene: &Scene<'_>, noun: usize, tails: &[&str]) -> Option<Who> {
        let phrase = scene.nouns.get(noun)?;
        let countries = self.hyphenated(scene, phrase, tails);
        let ends = |at: &usize| scene.tokens[*at].text.rsplit_once('-').is_some_and(|(_, tail)| tails.contains(&tail));
        let at = (phrase.first..phrase.end.min(scene.tokens.len())).find(ends).filter(|_| !countries.is_empty())?;
        let two = at > phrase.first && matches!(scene.tokens[at - 1].low.as_str(), "north" | "south" | "saudi" | "united");
        let start = scene.tokens[at - usize::from(two)].start;
        let (place, _) = scene.tokens[at].text.rsplit_once('-')?;
        let span = (start, scene.tokens[at].start + place.len());
        let name = scene.text.get(span.0..span.1)?.to_owned();
        let kind = Some(PartyType::Government);
        Some(Who { name, kind, countries, media: false, plural: false, place: false, inferred: false, span })
    }

    /// The State of an adjective before a noun: `US accusations`.
    pub fn nationality(&self, scene: &Scene<'_>, noun: usize) -> Option<Who> {
        let phrase = scene.nouns.get(noun)?;
        let (length, named) = (phrase.first..phrase.head).find_map(|at| self.name_at(scene.tokens, at))?;
        let (name, span) =
            (phrase.first..phrase.head).find(|at| self.name_at(scene.tokens, *at).is_some()).map(|at| scene.words(at, at + length))?;
        let kind = named.kind.party().or(Some(PartyType::Government));
        let media = named.kind == NameKind::Media;
        Some(Who { name, kind, countries: named.countries, media, plural: false, place: false, inferred: false, span })
    }

    /// A phrase that only its nationality or place makes a party: `Mongolian hosts`, `Pyongyang zoo`.
    pub fn loose(&mut self, scene: &Scene<'_>, noun: usize) -> Option<Who> {
        let phrase = scene.nouns.get(noun)?;
        // `a US request`, `Spain's southern tip`: of a State, and nobody.
        let nobody = scene.tags.get(phrase.head) == Some(&Tag::Noun)
            && scene.tokens.get(phrase.head).is_some_and(|t| crate::what::is_nobody(&t.low) || CURRENCIES.contains(t.low.as_str()));
        if phrase.pronoun || phrase.time || nobody || crate::what::is_sum(scene, phrase) {
            return None;
        }
        let (mut countries, mut at) = (self.adjectives(scene, phrase), phrase.first);
        if countries.is_empty() {
            countries = self.backers(scene, phrase);
        }
        if countries.is_empty() {
            countries = self.hyphenated(scene, phrase, &["made", "built", "produced", "manufactured", "supplied", "origin"]);
        }
        while at < phrase.head {
            match self.name_at(scene.tokens, at) {
                // `two Tesla trucks`: who made them says nothing of who gives them.
                Some((length, named)) if named.kind == NameKind::Company => at += length,
                Some((length, named)) => {
                    countries.extend(named.countries.iter().copied());
                    at += length;
                }
                None => at += 1,
            }
        }
        if countries.is_empty() {
            countries = self.owner(scene, &phrase.clone())?.countries;
        }
        countries.dedup();
        let (name, span) = scene.words(phrase.first, phrase.end);
        (!countries.is_empty()).then_some(Who {
            name,
            kind: None,
            countries,
            media: false,
            plural: false,
            place: false,
            inferred: false,
            span,
        })
    }

    /// Whoever a noun phrase names, when the verb says that it must be somebody: `the workshop`, `a mill in Hunchun`.
    pub fn somebody(&mut self, scene: &Scene<'_>, noun: usize) -> Option<Who> {
        let phrase = scene.nouns.get(noun)?;
        let head = scene.tokens.get(phrase.head)?;
        let noun_like = matches!(scene.tags.get(phrase.head), Some(Tag::Noun | Tag::Proper));
        if phrase.pronoun || phrase.time || !noun_like || head.shape != Shape::Word || crate::what::is_abstract(&head.low) {
            return None;
        }
        let (name, span) = scene.words(phrase.first, phrase.end);
        let countries = self.loose(scene, noun).map(|w| w.countries).unwrap_or_default();
        let who = Who { name, kind: None, countries, media: false, plural: false, place: false, inferred: false, span };
        let mut found = Found { who, role: None };
        self.around(scene, phrase, &mut found, 1);
        Some(found.who)
    }

    /// A name that no table knows: by the words before it, or by an earlier mention.
    fn unknown_name(&self, scene: &Scene<'_>, phrase: &NounPhrase, mut countries: Vec<Country>) -> Option<Found> {
        if scene.tags.get(phrase.head) != Some(&Tag::Proper) {
            return None;
        }
        // `four Airbus A340s`, `a Gulfstream G650`: counted, and called by a number.
        let numbered = scene.tokens.get(phrase.head).is_some_and(|t| t.text.contains(|c: char| c.is_ascii_digit()));
        let one = phrase.det.and_then(|d| scene.tokens.get(d)).is_some_and(|t| matches!(t.low.as_str(), "a" | "an"));
        if numbered && (one || scene.tags.get(phrase.first) == Some(&Tag::Num)) {
            return None;
        }
        let mut start = phrase.head;
        while start > phrase.first
            && scene.tags.get(start - 1) == Some(&Tag::Proper)
            && self.gazetteer.at(scene.tokens, start - 1).is_none_or(|(l, n)| l > 1 || !matches!(n.kind, NameKind::People))
        {
            start -= 1;
        }
        // Titles with capitals are no part of the name: `President Khurelsukh`.
        let mut titled = None;
        while start < phrase.head {
            match self.gazetteer.role(scene.tokens, start, start) {
                Some(role) if role != RoleNoun::Body => titled = Some(role),
                _ if scene
                    .tokens
                    .get(start)
                    .is_some_and(|t| matches!(t.low.trim_end_matches('.'), "mr" | "mrs" | "ms" | "dr" | "general" | "gen")) =>
                {
                    titled = Some(RoleNoun::Person)
                }
                _ => break,
            }
            start += 1;
        }
        if let (None, true) = (titled, start > phrase.first) {
            titled = self.gazetteer.role(scene.tokens, phrase.first, start - 1);
        }
        // `the Swiss commodities trader Alvona`: who deals in goods and has one name is a firm.
        let deals = |at: usize| {
            let low = |i: usize| scene.tokens.get(i).map_or("", |t| t.low.as_str());
            matches!(
                low(at),
                "trader"
                    | "supplier"
                    | "exporter"
                    | "importer"
                    | "producer"
                    | "distributor"
                    | "operator"
                    | "builder"
                    | "retailer"
                    | "shipper"
            ) && at > phrase.first
                && DEALT_IN.contains(low(at - 1))
        };
        if start == phrase.head && start > phrase.first && deals(start - 1) {
            titled = Some(RoleNoun::Body);
        }
        let (name, span) = scene.words(start, phrase.head + 1);
        // `a warship (L) patrols`: one letter names nobody.
        if name.chars().count() == 1 {
            return None;
        }
        // The last word may say what it is: `Alpha Trading Company`, `Ministry of Trade`.
        let last = self.gazetteer.role(scene.tokens, start, phrase.head);
        if let Some(entity) = self.known.by_word(&scene.tokens.get(phrase.head)?.low, &name) {
            let mut who = entity.who.clone();
            who.span = span;
            if name.len() > who.name.len() {
                who.name = name;
            }
            // `the Rye Song Gang`, and later `the North Korean tanker Rye Song Gang`.
            if who.countries.is_empty() {
                who.countries = countries;
            }
            return Some(Found { who, role: entity.role });
        }
        // `the Palau-flagged Golden Sparrow`.
        let flagged = scene.tokens.get(phrase.first..start).unwrap_or(&[]).iter().any(|t| t.low.ends_with("-flagged"));
        let role = last.or(titled).or(flagged.then_some(RoleNoun::Vessel));
        let words = name.split_whitespace().count();
        let place = role.is_none() && scene.tokens.get(phrase.head).is_some_and(|t| ENDS_OF_PLACES.contains(t.low.as_str()));
        let kind = match role {
            Some(RoleNoun::Person) => Some(PartyType::Person),
            Some(RoleNoun::Body) => Some(PartyType::Company),
            Some(RoleNoun::StateOrgan | RoleNoun::State) => Some(PartyType::Government),
            Some(RoleNoun::Group) => Some(PartyType::Organisation),
            Some(RoleNoun::Vessel) => Some(PartyType::Vessel),
            None => (words >= 2 && phrase.det.is_none() && !place).then_some(PartyType::Person),
        };
        // `Kim` alone, where no other Kim was named, is the leader.
        if name == "Kim" && countries.is_empty() {
            countries.extend(Country::new("KP"));
        }
        countries.dedup();
        // `Ethiopia News Agency`, `the Daily Ledger`: a paper by its name.
        let ends = |list: &[&str]| scene.tokens.get(phrase.head).is_some_and(|t| list.contains(&t.low.as_str()));
        let news = scene.tokens.get(start..phrase.head).unwrap_or(&[]).iter().any(|t| matches!(t.low.as_str(), "news" | "press"));
        let media = words >= 2
            && (ends(&["times", "post", "herald", "tribune", "gazette", "television", "tv", "radio", "news", "newspaper"])
                || (news && ends(&["agency", "service", "association"])));
        let kind = if media { Some(PartyType::Organisation) } else { kind };
        let who = Who { name, kind, countries, media, plural: false, place, inferred: false, span };
        let role = role.or(if kind == Some(PartyType::Person) { Some(RoleNoun::Person) } else { None });
        Some(Found { who, role })
    }

    /// A phrase whose head is a common noun for a party: `a Turkish businessman`, `the ministry`.
    fn role_noun(&mut self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Found> {
        let role = self.gazetteer.role(scene.tokens, phrase.first, phrase.head)?;
        let head = scene.tokens.get(phrase.head)?;
        if scene.tags.get(phrase.head) == Some(&Tag::Proper) && !head.capital {
            return None;
        }
        let mut countries = self.adjectives(scene, phrase);
        let mut at = phrase.first;
        let mut media = matches!(
            head.low.as_str(),
            "media" | "newspaper" | "broadcaster" | "daily" | "outlet" | "outlets" | "paper" | "tv" | "television" | "website" | "channel"
        );
        // `a news agency` reports; `a spy agency` does not only.
        let agency = matches!(head.low.as_str(), "agency" | "agencies" | "service");
        let news = |t: &Token<'_>| matches!(t.low.as_str(), "news" | "press" | "state-run" | "state-owned" | "telegraph");
        media |= agency && scene.tokens.get(phrase.first..phrase.head).unwrap_or(&[]).iter().any(news);
        while at < phrase.head {
            if let Some((length, named)) = self.name_at(scene.tokens, at) {
                countries.extend(named.countries.iter().copied());
                media |= named.kind == NameKind::Media;
                at += length;
            } else {
                at += 1;
            }
        }
        // `Both countries deny it`: two who were named, and not anybody.
        let both = phrase.det.filter(|d| scene.tokens.get(*d).is_some_and(|t| t.low == "both"));
        let (name, span) = scene.words(both.unwrap_or(phrase.first), phrase.end);
        let plural = head.low.ends_with('s') && !head.low.ends_with("ss")
            || head.low.ends_with("men")
            || head.low == "people"
            || head.low == "troops";
        let definite = phrase
            .det
            .and_then(|d| scene.tokens.get(d))
            .is_some_and(|t| matches!(t.low.as_str(), "the" | "this" | "that" | "these" | "those" | "its" | "their" | "his" | "her"));
        let bare = phrase.first == phrase.head || scene.tokens.get(phrase.first).is_some_and(|t| t.shape == Shape::Number);
        let region = self.gazetteer.region(scene.tokens, phrase.first, phrase.head).filter(|_| role == RoleNoun::State && !plural);
        if let (true, true, Some(members)) = (countries.is_empty(), definite, region) {
            // `the hermit kingdom` can be but one.
            countries.extend(self.known.of_region(members).or(if let [only] = members { Some(*only) } else { None }));
        }
        if countries.is_empty()
            && definite
            && phrase.owner.is_none()
            && phrase.of.is_none()
            && let Some(entity) = self.known.by_role(role, &head.low, bare, scene.sentence)
        {
            let mut who = entity.who.clone();
            who.span = span;
            return Some(Found { who, role: entity.role });
        }
        countries.dedup();
        let kind = match role {
            RoleNoun::Person => Some(PartyType::Person),
            RoleNoun::Body => Some(if head.low.starts_with("bank") { PartyType::Bank } else { PartyType::Company }),
            RoleNoun::Group => Some(PartyType::Organisation),
            RoleNoun::StateOrgan | RoleNoun::State => Some(PartyType::Government),
            RoleNoun::Vessel => Some(PartyType::Vessel),
        };
        Some(Found { who: Who { name, kind, countries, media, plural, place: false, inferred: false, span }, role: Some(role) })
    }

    /// What stands around a party: whose it is, of what, from where, a description beside it.
    fn around(&mut self, scene: &Scene<'_>, phrase: &NounPhrase, found: &mut Found, depth: u8) {
        if !found.who.countries.is_empty() {
            return;
        }
        // `his hosts`, `Moscow's ally`: not of the owner's nationality.
        let opposite = scene.tokens.get(phrase.head).is_some_and(|t| {
            // `its allies` as well as `its ally`.
            let singular = t.low.strip_suffix("ies").map(|stem| stem.to_owned() + "y");
            RELATIONS.contains(singular.as_deref().unwrap_or(t.low.strip_suffix('s').unwrap_or(&t.low)))
        });
        // `his mother in Wonsan`, `its branch in Dubai`: where somebody is said to be counts before whose he is.
        let elsewhere =
            |(p, n): &(usize, usize)| *p == phrase.end && scene.tokens[*p].low == "in" && scene.nouns[*n].head_is_name(scene.tokens);
        // `Turkey's ambassador in Mogadishu` is Turkey's.
        let envoy = scene.tokens.get(phrase.head).is_some_and(|t| {
            matches!(
                t.low.as_str(),
                "ambassador"
                    | "envoy"
                    | "consul"
                    | "diplomat"
                    | "embassy"
                    | "consulate"
                    | "attaché"
                    | "attache"
                    | "mission"
                    | "representative"
            )
        });
        let placed = !envoy && phrase.behind.iter().any(elsewhere);
        if !opposite
            && !placed
            && let Some(owner) = self.owner_within(scene, phrase, depth)
        {
            found.who.countries = owner.countries;
        }
        // `shipped the weapons to its neighbour`: the other State of those named last.
        let its = phrase.det.filter(|d| scene.tokens.get(*d).is_some_and(|t| matches!(t.low.as_str(), "its" | "their" | "his" | "her")));
        let one = scene.tokens.get(phrase.head).is_some_and(|t| !t.low.ends_with('s') || t.low == "hosts");
        if opposite
            && one
            && !placed
            && phrase.behind.is_empty()
            && let Some(own) = its.and_then(|d| self.possessive(scene, d))
        {
            found.who.countries = self.known.other_state(&own, scene.sentence).map(|w| w.countries).unwrap_or_default();
        }
        // `gave his counterpart a car`: the person on the other side named last.
        let counterpart = scene.tokens.get(phrase.head).is_some_and(|t| matches!(t.low.as_str(), "counterpart" | "host" | "guest"));
        if counterpart
            && let Some(own) = self.owner_within(scene, phrase, depth)
            && let Some(other) = self.known.opposite(&own)
        {
            found.who.countries = other.countries;
        }
        for other in [phrase.of, phrase.beside].into_iter().flatten() {
            if found.who.countries.is_empty()
                && let Some(who) = self.party(scene, other, depth + 1)
            {
                found.who.countries = who.countries;
                found.who.kind = found.who.kind.or(who.kind);
            }
        }
        // `an adviser to the Iranian leader`: of the State of the one whom he serves.
        let serves = scene.tokens.get(phrase.head).is_some_and(|t| {
            matches!(t.low.as_str(), "adviser" | "advisor" | "aide" | "assistant" | "deputy" | "secretary" | "counsel" | "confidant")
        });
        let master = phrase.behind.iter().find(|(p, _)| *p == phrase.end && scene.tokens[*p].low == "to").map(|(_, n)| *n);
        let master = master.or_else(|| {
            let next = phrase.end + 1;
            let to = scene.tokens.get(phrase.end).is_some_and(|t| t.low == "to");
            scene.nouns.iter().position(|n| n.first == next || n.det == Some(next)).filter(|_| to)
        });
        if let Some(who) = master.filter(|_| serves && found.who.countries.is_empty()).and_then(|n| self.party(scene, n, depth + 1)) {
            found.who.countries = who.countries;
        }
        // `countries such as China`, `a firm based in Nigeria`, `officials including Kirby`.
        let behind = |at: usize| scene.tokens.get(at).map_or("", |t| t.low.as_str());
        let skip = match (behind(phrase.end), behind(phrase.end + 1)) {
            ("such", "as") => Some(2),
            (
                "based" | "registered" | "headquartered" | "located" | "incorporated" | "residing" | "living" | "operating" | "working",
                "in" | "at",
            ) => Some(2),
            ("including", _) => Some(1),
            // `Gulf countries, including Kuwait and Oman`.
            (",", "including") => Some(2),
            (
                "linked" | "tied" | "affiliated" | "connected" | "belonging" | "loyal" | "registered" | "flagged" | "associated"
                | "aligned",
                "to" | "with",
            ) => Some(2),
            ("working" | "acting", "for") => Some(2),
            ("owned" | "controlled" | "operated" | "run" | "backed" | "led" | "managed" | "headed" | "supported", "by") => Some(2),
            _ => None,
        };
        let relative = behind(phrase.end) == ","
            && matches!(behind(phrase.end + 1), "which" | "who" | "that")
            && matches!(behind(phrase.end + 2), "is" | "was" | "are" | "were")
            && matches!(
                (behind(phrase.end + 3), behind(phrase.end + 4)),
                ("owned" | "controlled" | "run" | "operated" | "backed", "by") | ("based" | "registered" | "headquartered", "in")
            );
        // `The company, which is owned by the State, …`: who stands behind it.
        let skip = if relative { Some(5) } else { skip };
        if let Some(skip) = skip
            && let Some(other) = scene.nouns.iter().position(|n| n.first == phrase.end + skip || n.det == Some(phrase.end + skip))
        {
            let leader = scene.nouns[other].group.unwrap_or(other);
            let all: Vec<usize> = (0..scene.nouns.len()).filter(|n| *n == leader || scene.nouns[*n].group == Some(leader)).collect();
            for noun in all {
                let countries = self.party(scene, noun, depth + 1).map(|w| w.countries).unwrap_or_default();
                found.who.countries.extend(countries.into_iter().filter(|c| !found.who.countries.contains(c)).collect::<Vec<_>>());
            }
        }
        let near: Vec<usize> = phrase
            .behind
            .iter()
            // `into the country from Finland`: where the thing is from, not which country it is.
            .filter(|(p, _)| {
                let state = matches!(found.role, Some(RoleNoun::State));
                scene.tokens.get(*p).is_some_and(|t| matches!(t.low.as_str(), "in" | "of" | "at" | "based") || (t.low == "from" && !state))
            })
            .map(|(_, n)| *n)
            .collect();
        for other in near {
            if !found.who.countries.is_empty() {
                break;
            }
            let countries = self.party(scene, other, depth + 1).map(|w| w.countries).filter(|c| !c.is_empty());
            // `the sales chief of a Bavarian toolmaker`.
            let countries = countries.or_else(|| self.loose(scene, other).map(|w| w.countries));
            // `in Kaechon, North Korea`: a town that no table knows.
            let comma = scene.tokens.get(scene.nouns[other].end).is_some_and(|t| t.text == ",");
            let next = scene.nouns.iter().position(|n| comma && n.first == scene.nouns[other].end + 1);
            let countries = countries.or_else(|| next.and_then(|n| self.party(scene, n, depth + 1)).map(|w| w.countries));
            found.who.countries = countries.unwrap_or_default();
        }
    }

    /// Whose it is, by `'s` or by a pronoun.
    fn owner_within(&mut self, scene: &Scene<'_>, phrase: &NounPhrase, depth: u8) -> Option<Who> {
        if let Some(owner) = phrase.owner.and_then(|o| self.party(scene, o, depth + 1)) {
            return Some(owner);
        }
        let pronoun = phrase.det.filter(|d| scene.tags.get(*d) == Some(&Tag::Poss))?;
        // `our charity`: of the country of whoever asks, unless it is placed elsewhere; `our client` may be of any.
        if let Some(asker) =
            self.known.asker.as_ref().filter(|_| scene.tokens.get(pronoun).is_some_and(|t| matches!(t.low.as_str(), "our" | "my")))
        {
            let placed = phrase.behind.iter().any(|(p, _)| matches!(scene.tokens[*p].low.as_str(), "in" | "at" | "from"));
            let own = crate::asked::is_own(&scene.tokens[phrase.head].low) && phrase.first == phrase.head;
            return Some(asker.clone()).filter(|a| own && !placed && !a.countries.is_empty());
        }
        // `a Dandong company and its owner`: of the one that stands before it.
        let beside = scene.nouns.iter().position(|n| n.end + 1 == pronoun && scene.tokens.get(n.end).is_some_and(|t| t.low == "and"));
        let its = scene.tokens.get(pronoun).is_some_and(|t| matches!(t.low.as_str(), "its" | "their"));
        if let Some(other) = beside.filter(|b| its && phrase.group.is_some() && phrase.group == scene.nouns[*b].group.or(Some(*b))) {
            return self.party(scene, other, depth + 1).or_else(|| self.loose(scene, other));
        }
        self.possessive(scene, pronoun)
    }

    /// The party behind `his`, `their`, `its`.
    fn possessive(&self, scene: &Scene<'_>, token: usize) -> Option<Who> {
        let (low, at) = scene.tokens.get(token).map(|t| (t.low.as_str(), t.start))?;
        if low == "our" {
            return self.known.we.clone();
        }
        self.known.by_pronoun(low, scene.sentence, at, false).and_then(|at| self.known.entities.get(at)).map(|e| e.who.clone())
    }

    /// Whose thing a noun phrase is, by `'s` or by a pronoun.
    pub fn owner(&mut self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Who> {
        if let Some(owner) = phrase.owner {
            return self.who(scene, owner);
        }
        let det = phrase.det.filter(|d| scene.tags.get(*d) == Some(&Tag::Poss))?;
        let mut who = self.possessive(scene, det)?;
        who.span = scene.words(det, det + 1).1;
        Some(who)
    }

    fn pronoun(&mut self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Who> {
        let (low, start) = scene.tokens.get(phrase.head).map(|t| (t.low.clone(), t.start))?;
        if let Some(asker) = self.known.asker.as_ref().filter(|_| crate::asked::is_first_person(&scene.tokens[phrase.head])) {
            return Some(Who { span: scene.words(phrase.head, phrase.head + 1).1, ..asker.clone() });
        }
        if crate::event::OURS.contains(&low.as_str()) {
            return self.known.we.clone().map(|we| Who { span: scene.words(phrase.head, phrase.head + 1).1, ..we });
        }
        // `said it had violated the sanctions`: nobody says that of himself.
        let words = scene.tokens.get(phrase.end..).unwrap_or(&[]).iter().take(4).map(|t| t.low.as_str());
        let blamed = low == "it" && words.take_while(|w| *w != ",").any(crate::claim::breaks);
        let at = self.known.by_pronoun(&low, scene.sentence, start, !phrase.subject || blamed)?;
        let entity = self.known.entities.get_mut(at)?;
        if entity.seen != scene.sentence {
            entity.before = Some(entity.seen);
            entity.at = start;
        }
        entity.seen = scene.sentence;
        entity.subject = phrase.subject.then_some(scene.sentence).or(entity.subject);
        let mut who = entity.who.clone();
        who.span = scene.words(phrase.head, phrase.head + 1).1;
        Some(who)
    }
}
