//! Screening: who on the lists a party may be, how surely, and why.
//!
//! The name finds and scores candidates (crate `names`); what is known beside it supports them or speaks against them. A filter
//! acts before the limit does. A fact may lower a hit that the name alone would raise, but never hides it.

mod admitted;
mod facts;
mod record;
mod settled;

pub use record::{Listed, Record};

use admitted::Admitted;
use jiff::civil::Date;
use lists::{Held, IdentifierKind, Listing, NameKind, Settlement, Span};
use model::{Country, Party, PartyType};
use names::{Ask, Builder, Favoured, Found, Index, Kind, Name, Readings, Reason, Scratch};
use record::{Records, number_form};
use serde::Serialize;
use settled::Settlements;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Whom to look for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Query {
    /// The name, as given.
    pub name: String,
    /// Sort of party, when known.
    pub kind: Option<Kind>,
    /// Nationalities, seats, flags.
    pub countries: Vec<Country>,
    /// Date of birth as far as it is known.
    pub birth: Option<Span>,
    /// `Some(true)` female, `Some(false)` male.
    pub female: Option<bool>,
    /// Numbers, in the form in which they are compared; the kind when it is known.
    pub identifiers: Vec<(Option<IdentifierKind>, String)>,
}

impl Query {
    /// Only a name.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
    /// Adds a number.
    #[must_use]
    pub fn with_number(mut self, kind: Option<IdentifierKind>, value: &str) -> Self {
        self.identifiers.push((kind, number_form(kind.unwrap_or(IdentifierKind::Other), value)));
        self
    }
    /// Whether anything but a country is known that may speak for a hit; sort and gender speak against one or say nothing.
    fn has_support(&self) -> bool {
        self.birth.is_some() || !self.identifiers.is_empty()
    }
}

/// What may be found.
#[derive(Clone, PartialEq, Debug)]
pub struct Wish {
    /// Lowest score of a hit.
    pub min: f32,
    /// Most hits.
    pub limit: usize,
    /// Only these lists; empty: all.
    pub lists: Vec<String>,
    /// Only who was listed on this day; none: whoever ever was.
    pub on: Option<Date>,
}

impl Default for Wish {
    fn default() -> Self {
        Self { min: names::DEFAULT_THRESHOLD, limit: 20, lists: Vec::new(), on: None }
    }
}

/// One step of the reasons of a hit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Why {
    /// What was compared: `name`, `birth_date`, `country`, `gender`, `type`, `identifier`, `imo`, `settled`.
    pub feature: &'static str,
    /// What it did to the score.
    pub effect: f32,
    /// In words for a clerk.
    pub text: String,
}

/// Somebody on a list who may be meant.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The listing.
    pub record: Record,
    /// Which of its names is like the one asked for.
    pub matched: String,
    /// Whether the issuer calls that name weak.
    pub weak: bool,
    /// How sure it is that they are the same, 0 to 1.
    pub score: f32,
    /// What the name alone would give.
    pub name_score: f32,
    /// What led to the score.
    pub why: Vec<Why>,
    /// The stretch of the listing that counts.
    pub listed: Option<Listed>,
}

/// Room to work in, kept between searches so that none allocates anew.
#[derive(Default)]
pub struct Bench {
    scratch: Scratch,
    admitted: Admitted,
}

impl std::fmt::Debug for Bench {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bench")
    }
}

/// All listings, ready to be searched.
#[derive(Debug)]
pub struct Screener {
    index: Index,
    records: Records,
    settled: Settlements,
    /// Readings of the names of everybody whom the lists call of a country, worked out when a country is first asked with.
    by_country: RwLock<HashMap<Country, Arc<Readings>>>,
    /// Tells these records from all others.
    mark: Arc<()>,
}

/// First bytes of a packed screener; the last one is raised with every change of what is packed.
pub const PACKED_FORMAT: &[u8; 13] = b"licit screen\x02";

impl Default for Screener {
    fn default() -> Self {
        Self::of(Builder::default().build(), Records::default())
    }
}

impl Screener {
    fn of(index: Index, records: Records) -> Self {
        Self { index, records, settled: Settlements::default(), by_country: RwLock::default(), mark: Arc::default() }
    }

    /// Makes the index over lists: id, and who is or was on it. `code` turns a country's name into its code.
    ///
    /// # Errors
    /// When there is more than one index holds.
    pub fn build(lists: &[(String, Vec<Held>)], code: impl Fn(&str) -> Option<Country>) -> Result<Self, String> {
        let mut index = Builder::default();
        let mut records = Records::default();
        for (list, all) in lists {
            for held in all {
                let owner = records.add(&record(list, held, &code))?;
                let names = held.listing.names.iter().map(|n| (n.text.as_str(), n.kind == NameKind::Weak));
                for (text, weak) in names.chain(held.former_names.iter().map(|n| (n.text.as_str(), n.kind == NameKind::Weak))) {
                    index.add(text, held.listing.kind, owner, weak);
                }
            }
        }
        records.finish();
        Ok(Self::of(index.build(), records))
    }

    /// The screener as bytes, to be opened again by [`Self::from_bytes`].
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let records = postcard::to_stdvec(&self.records).unwrap_or_default();
        let mut out = PACKED_FORMAT.to_vec();
        out.extend_from_slice(&(records.len() as u64).to_le_bytes());
        out.extend_from_slice(&record::number_of(&records).to_le_bytes());
        out.extend_from_slice(&records);
        out.extend_from_slice(&self.index.to_bytes());
        out
    }

    /// Opens what [`Self::to_bytes`] made.
    ///
    /// # Errors
    /// When the bytes are not whole, or made by another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let damaged = || "the packed lists are damaged or of another version".to_owned();
        let rest = bytes.strip_prefix(PACKED_FORMAT.as_slice()).ok_or_else(damaged)?;
        let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (sum, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
        let (records, index) = rest.split_at_checked(length).ok_or_else(damaged)?;
        if record::number_of(records) != u64::from_le_bytes(*sum) {
            return Err(damaged());
        }
        let records: Records = postcard::from_bytes(records).map_err(|_| damaged())?;
        let index = Index::from_bytes(index).map_err(|e| e.to_string())?;
        Ok(Self::of(index, records))
    }

    /// How many listings are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }
    /// Whether none is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.len() == 0
    }
    /// Lists held.
    #[must_use]
    pub fn lists(&self) -> &[String] {
        &self.records.lists
    }

    /// With what people have settled, in the order in which they did.
    #[must_use]
    pub fn with_settled(self, settled: Vec<Settlement>) -> Self {
        Self { settled: Settlements::of(settled), ..self }
    }
    /// What people have settled about a party.
    #[must_use]
    pub fn settled_about(&self, query: &Query) -> &[Settlement] {
        self.settled.about(query)
    }
    /// A listing by its id, such as `un-sc/KPi.033`.
    #[must_use]
    pub fn listing(&self, id: &str) -> Option<Record> {
        let (list, reference) = id.split_once('/')?;
        let at = u16::try_from(self.records.lists.iter().position(|l| l == list)?).ok()?;
        let all =
            (0..u32::try_from(self.records.len()).unwrap_or(u32::MAX)).filter(|o| self.records.head(*o).is_some_and(|h| h.list == at));
        all.filter_map(|owner| self.records.record(owner)).find(|r| r.id == reference)
    }

    /// Whoever may be meant, the likeliest first.
    #[must_use]
    pub fn search(&self, query: &Query, wish: &Wish, bench: &mut Bench) -> Vec<Hit> {
        let name = Name::read(&query.name, query.kind);
        let Bench { scratch, admitted } = bench;
        admitted.fit(&self.mark, &self.records, &self.index, wish);
        let accept = |owner: u32, _entry: u32| admitted.holds(owner);
        // Another sort of party speaks against a hit and is said; it does not hide it, so the index is not asked to leave it out.
        // A fact may lift a name that alone is below the bar, so the search goes deeper when there are such: a country for those who are
        // of it, and a birth for all.
        let lifted = wish.min * 0.5;
        let own = self.of_countries(&query.countries);
        let favoured = Some(Favoured { readings: &own, floor: lifted }).filter(|_| !query.countries.is_empty());
        let floor = if query.has_support() { lifted } else { wish.min };
        let ask = Ask {
            floor,
            limit: wish.limit.saturating_mul(2).max(50),
            accept: Some(&accept),
            among: Some(admitted.readings()),
            favoured,
            kind: None,
        };
        let mut found: Vec<Found> = self.index.search(&name, &ask, scratch).to_vec();
        let by_number = query.identifiers.iter().flat_map(|(_, value)| self.records.with_number(value));
        for owner in by_number.filter(|o| accept(*o, 0)) {
            if !found.iter().any(|f| f.owner == owner) {
                found.push(Found { entry: u32::MAX, owner, score: 0.0, weak: false });
            }
        }
        let settled = self.settled.about(query);
        let hits = found.iter().filter_map(|f| self.hit(query, &name, f, wish));
        let mut hits: Vec<Hit> = hits.filter_map(|mut hit| settled::apply(&mut hit, settled).then_some(hit)).collect();
        likeliest_first(&mut hits);
        hits.truncate(wish.limit);
        hits
    }

    /// Readings of the names of whoever is of one of the countries.
    fn of_countries(&self, countries: &[Country]) -> Arc<Readings> {
        let mut all = countries.iter().map(|c| self.of_country(*c));
        let first = all.next().unwrap_or_default();
        all.fold(first, |mut sum, more| {
            Arc::make_mut(&mut sum).add(&more);
            sum
        })
    }

    fn of_country(&self, country: Country) -> Arc<Readings> {
        if let Some(known) = self.by_country.read().unwrap_or_else(PoisonError::into_inner).get(&country) {
            return Arc::clone(known);
        }
        let mut of_it = vec![false; self.records.len()];
        for owner in self.records.of_country(country) {
            if let Some(this) = of_it.get_mut(owner as usize) {
                *this = true;
            }
        }
        let readings = Arc::new(self.index.readings_of(|owner| of_it.get(owner as usize).is_some_and(|of_it| *of_it)));
        self.by_country.write().unwrap_or_else(PoisonError::into_inner).insert(country, Arc::clone(&readings));
        readings
    }

    fn hit(&self, query: &Query, name: &Name, found: &Found, wish: &Wish) -> Option<Hit> {
        let record = self.records.record(found.owner)?;
        let by_name = found.entry != u32::MAX;
        let matched = if by_name { self.index.name(found.entry).to_owned() } else { record.name.clone() };
        let facts = facts::compare(query, &record);
        // A number finds a renamed ship or a false passport: then the name is no evidence either way.
        let same_number = facts.iter().any(|f| f.feature == "identifier");
        if !by_name && !same_number {
            return None;
        }
        let (base, text) = if by_name { (found.score, String::new()) } else { (0.01, "another name".to_owned()) };
        // What speaks against a hit never hides it, with one exception: a name of another sort of party must be nearly the same, or
        // every person would be shown the companies that sound alike.
        let keep = if facts.iter().any(|f| f.feature == "type") { wish.min.max(NEARLY_SAME) } else { wish.min };
        let likely = facts::combine(base, text, facts);
        if likely.0 < wish.min && base < keep {
            return None;
        }
        let (score, mut why) = likely;
        if by_name && let Some(first) = why.first_mut() {
            first.text = in_words(&self.index.reasons(name, found));
        }
        let listed = record.listed_on(wish.on);
        Some(Hit { matched, weak: found.weak, score, name_score: base, why, listed, record })
    }
}

fn record(list: &str, held: &Held, code: &impl Fn(&str) -> Option<Country>) -> Record {
    let listing = &held.listing;
    let codes = |words: &mut dyn Iterator<Item = &String>| {
        let mut out: Vec<String> = words.filter_map(|w| code(w)).map(|c| c.code().to_owned()).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let ship = listing.ship.as_ref();
    let flags = ship.and_then(|s| s.flag.as_ref());
    let former = ship.map(|s| s.former_flags.as_slice()).unwrap_or_default();
    let mut countries = codes(&mut listing.countries.iter().chain(former));
    let nationalities = codes(&mut listing.nationalities.iter().chain(flags));
    countries.retain(|c| !nationalities.contains(c));
    let periods: Vec<Listed> = held.periods.iter().map(|p| Listed { from: p.from, to: p.to }).collect();
    Record {
        list: list.to_owned(),
        id: listing.id.clone(),
        name: listing.names.first().map(|n| n.text.clone()).unwrap_or_default(),
        kind: listing.kind,
        births: listing.births.clone(),
        female: listing.female,
        nationalities,
        countries,
        identifiers: listing.identifiers.iter().map(|i| (i.kind, number_form(i.kind, &i.value))).filter(|(_, v)| v.len() >= 4).collect(),
        programmes: listing.programmes.clone(),
        regimes: listing.regimes.clone(),
        effects: listing.effects.clone(),
        positions: listing.positions.iter().take(3).cloned().collect(),
        periods,
        substance: substance(listing),
    }
}

/// A number over what tells the party from others: names, births, countries, numbers, whatever their order.
fn substance(listing: &Listing) -> u64 {
    let mut parts: Vec<String> = listing.names.iter().map(|n| crate::normal(&n.text)).collect();
    parts.extend(listing.births.iter().map(Span::to_string));
    parts.extend(listing.nationalities.iter().map(|n| n.to_lowercase()));
    parts.extend(listing.identifiers.iter().map(|i| number_form(i.kind, &i.value)));
    parts.sort_unstable();
    parts.dedup();
    record::number_key(&parts.join("\u{1f}"))
}

/// Looks somebody up under a name and other names; of a listing found under several the likeliest counts.
#[must_use]
pub fn screen(screener: &Screener, query: &Query, aliases: &[String], wish: &Wish, bench: &mut Bench) -> Vec<Hit> {
    let mut hits = screener.search(query, wish, bench);
    for alias in aliases {
        let other = Query { name: alias.clone(), ..query.clone() };
        for hit in screener.search(&other, wish, bench) {
            match hits.iter_mut().find(|h| h.record.list == hit.record.list && h.record.id == hit.record.id) {
                Some(known) if known.score >= hit.score => {}
                Some(known) => *known = hit,
                None => hits.push(hit),
            }
        }
    }
    likeliest_first(&mut hits);
    hits.truncate(wish.limit);
    hits
}

/// A name that alone scores so much is nearly the same name.
const NEARLY_SAME: f32 = 0.85;

/// Most reasons of a name that are said.
const MOST_REASONS: usize = 6;

fn in_words(reasons: &[Reason]) -> String {
    let mut said: Vec<String> = reasons.iter().take(MOST_REASONS).map(ToString::to_string).collect();
    if said.is_empty() {
        said.push("the names are alike".to_owned());
    }
    said.join("; ")
}

fn likeliest_first(hits: &mut [Hit]) {
    hits.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| a.record.list.cmp(&b.record.list)).then_with(|| a.record.id.cmp(&b.record.id))
    });
}

/// `person`, `organisation`, `vessel`, `aircraft`.
#[must_use]
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Body => "organisation",
        Kind::Vessel => "vessel",
        Kind::Aircraft => "aircraft",
    }
}

/// How lists tell sorts of parties apart: they know persons, ships, aircraft, and everything else.
#[must_use]
pub fn kind_of(kind: PartyType) -> Kind {
    match kind {
        PartyType::Person => Kind::Person,
        PartyType::Vessel => Kind::Vessel,
        PartyType::Aircraft => Kind::Aircraft,
        PartyType::Company | PartyType::Bank | PartyType::Government | PartyType::Organisation => Kind::Body,
    }
}

/// The kind of number behind a word of the act, such as `imo`.
#[must_use]
pub fn number_kind(word: &str) -> Option<IdentifierKind> {
    use IdentifierKind as K;
    Some(match word {
        "passport" => K::Passport,
        "national-id" => K::NationalId,
        "tax" => K::Tax,
        "registration" => K::Registration,
        "imo" => K::Imo,
        "imo-company" => K::ImoCompany,
        "mmsi" => K::Mmsi,
        "tail" => K::Tail,
        "bic" => K::Bic,
        "lei" => K::Lei,
        "account" => K::Account,
        "wallet" => K::Wallet,
        _ => return None,
    })
}

impl Query {
    /// What an act says of a party.
    #[must_use]
    pub fn of(party: &Party) -> Self {
        let mut countries = party.nationality.clone();
        countries.extend([party.located_in, party.flag].into_iter().flatten().filter(|c| !party.nationality.contains(c)));
        let birth = party.birth.map(|b| Span { first: b.first, last: b.last, about: false });
        let mut query = Self {
            name: party.name.clone(),
            kind: party.kind.map(kind_of),
            countries,
            birth,
            female: party.female,
            identifiers: Vec::new(),
        };
        for (kind, value) in &party.identifiers {
            query = query.with_number(number_kind(kind), value);
        }
        query
    }
}
