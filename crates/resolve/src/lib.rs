//! From the words of an act to facts with evidence: places, goods, parties, purposes, approvals.
//!
//! Everything is looked up in tables that are handed in; nothing is guessed. Several possible headings stay several, a
//! word that means nothing here stays unknown, and each finding says from which words it came. Parties are screened against
//! the lists ([`Screener`]); a hit becomes a listing that the party is, or may be.

mod alone;
mod annexed;
mod called;
mod goods;
mod holding;
pub mod identity;
mod listed;
mod memo;
mod onward;
mod ownership;
mod parties;
mod phrases;
mod purposes;
pub mod route;
mod said;
mod screen;
mod sort;
mod tables;
mod text;

pub use goods::{Candidate, Change, Classification, GoodsList, ListWords, Measures, Member, heading, pack_goods, pack_list_words};
pub use purposes::pack_purposes;
pub use screen::{Bench, Hit, Listed, PACKED_FORMAT, Query, Record, Screener, Why, Wish, kind_word, screen};
pub use tables::{TableTexts, Tables};
pub use text::normal;

use std::collections::btree_map::Entry;
use std::sync::Arc;

use model::{
    Act, ActKind, Approval, Country, Designation, Finding, HsRange, Item, Kinds, Mark, Money, Owner, Party, PartyType, Role, Span, Truth,
};

/// Where a fact came from: its place in the act, and the words that gave it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Place in the act, `items[0].hs`.
    pub fact: String,
    /// What was found.
    pub value: String,
    /// Why, in words.
    pub because: String,
}

/// Collects evidence, or not: where nobody will read it, it is not even written down.
#[derive(Clone, Debug, Default)]
pub struct Notes(Option<Vec<Evidence>>);

impl Notes {
    /// Keeps what is found.
    #[must_use]
    pub fn kept() -> Self {
        Self(Some(Vec::new()))
    }
    /// Keeps nothing.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }
    /// Adds a finding.
    pub fn add(&mut self, finding: impl FnOnce() -> Evidence) {
        if let Some(list) = &mut self.0 {
            list.push(finding());
        }
    }
    /// What was found, in order.
    #[must_use]
    pub fn into_list(self) -> Vec<Evidence> {
        self.0.unwrap_or_default()
    }
}

/// A word that could not be understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unclear {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

/// The tables as they were read, without the words of any law.
#[derive(Debug)]
pub struct ReadTables {
    tables: Tables,
    texts: TableTexts<'static>,
    problems: Vec<String>,
}

impl ReadTables {
    /// Reads the tables; what is wrong with them is told by [`Resolver::of`].
    #[must_use]
    pub fn read(texts: &TableTexts<'static>) -> Self {
        let (tables, problems) = Tables::read(texts);
        Self { tables, texts: *texts, problems }
    }
}

/// The tables, made ready to look things up.
#[derive(Debug)]
pub struct Resolver {
    tables: Arc<Tables>,
    texts: TableTexts<'static>,
    goods: Arc<goods::Matcher>,
    names: Arc<memo::Memo<parties::NameFacts>>,
    screener: Arc<Screener>,
    listed: memo::Memo<Vec<listed::Match>>,
}

impl Resolver {
    /// Reads the tables and the words of the law's lists. Nobody is listed until [`Self::screened_by`] says who.
    ///
    /// # Errors
    /// Every problem of every table, with file and line.
    pub fn new(texts: &TableTexts<'static>, lists: Vec<ListWords>) -> Result<Self, Vec<String>> {
        Self::of(ReadTables::read(texts), || lists)
    }

    /// The same with tables that were read before, while the law was still to be opened. The words of its lists are asked for where they are not packed
    /// with the tables.
    ///
    /// # Errors
    /// Every problem of every table, with file and line.
    pub fn of(read: ReadTables, lists: impl FnOnce() -> Vec<ListWords>) -> Result<Self, Vec<String>> {
        let ReadTables { tables, texts, mut problems } = read;
        match goods::Matcher::new(texts.list_words_packed, lists) {
            Ok(goods) if problems.is_empty() => {
                let (tables, goods, names) = (Arc::new(tables), Arc::new(goods), Arc::new(memo::Memo::new()));
                Ok(Self { tables, texts, goods, names, screener: Arc::default(), listed: memo::Memo::new() })
            }
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }

    /// Builds what is otherwise built when the first act or description comes, for whoever has another thread for it.
    pub fn open(&self) {
        self.tables.open();
        drop(self.classify("car"));
    }

    /// Every problem of the tables of goods, which are otherwise read when they are first needed.
    #[must_use]
    pub fn goods_problems(&self) -> &[String] {
        self.goods.classifier(&self.texts).err().unwrap_or_default()
    }

    /// What a description of goods means: headings, kinds that lists name, quantity and value, what is left to ask.
    #[must_use]
    pub fn classify(&self, words: &str) -> Classification {
        self.goods.classifier(&self.texts).map(|c| c.classify(words, &self.tables)).unwrap_or_default()
    }

    /// What a heading is, in a few words.
    #[must_use]
    pub fn heading_title(&self, hs: HsRange) -> Option<&str> {
        self.goods.classifier(&self.texts).ok()?.title(hs)
    }

    /// Headings from which, in an earlier edition of the Harmonized System, goods of a heading came.
    pub fn earlier_headings(&self, hs: HsRange) -> impl Iterator<Item = &Change> {
        self.goods.classifier(&self.texts).ok().into_iter().flat_map(move |c| c.earlier(hs))
    }

    /// A list of goods by its name.
    #[must_use]
    pub fn goods_list(&self, id: &str) -> Option<&GoodsList> {
        self.goods.classifier(&self.texts).ok()?.list(id)
    }

    /// A country from a code, a name, a demonym, a capital, a well-known port, or a UN/LOCODE.
    ///
    /// # Errors
    /// When nothing, or more than one country, is meant.
    pub fn country(&self, words: &str) -> Result<Country, Unclear> {
        self.tables.country(words)
    }
    /// Every country that a word may mean.
    #[must_use]
    pub fn countries(&self, words: &str) -> Vec<Country> {
        self.tables.countries_of(words)
    }
    /// The name of a country, short or as the United Nations use it.
    #[must_use]
    pub fn country_name(&self, country: Country, official: bool) -> String {
        self.tables.country_name(country, official)
    }
    /// A currency code from a code, a name or a sign.
    ///
    /// # Errors
    /// When it is no currency.
    pub fn currency(&self, words: &str) -> Result<String, Unclear> {
        self.tables.currency(words)
    }
    /// A sum of money, with the bands that it was worth in the currencies of laws between 2006 and today.
    #[must_use]
    pub fn money(&self, amount: f64, currency: String) -> Money {
        self.tables.money(amount, currency)
    }
    /// A unit from its word.
    ///
    /// # Errors
    /// When it is no unit.
    pub fn unit(&self, words: &str) -> Result<model::Unit, Unclear> {
        self.tables.unit(words)
    }
    /// Customs headings and lists of the law for a description.
    pub fn item(&self, item: &mut Item, index: usize, notes: &mut Notes) {
        self.goods.item(item, index, false, &self.tables, &self.texts, notes);
    }
    /// Headings that a phrase may mean; empty when it is in no table.
    #[must_use]
    pub fn headings(&self, words: &str) -> Vec<HsRange> {
        self.goods.classifier(&self.texts).map(|c| c.facts(words, &self.tables).codes).unwrap_or_default()
    }

    /// The one country that longer words speak of.
    pub(crate) fn country_within(&self, words: &str) -> Option<Country> {
        self.tables.country_within(words).map(|(country, _)| country)
    }

    /// Every listing that a party is or may be, on any day.
    pub(crate) fn listings(&self, party: &Party) -> Vec<model::Designation> {
        let found = self.listed.get(&asked(party), || listed::matches(&self.screener, party, None));
        let mut held = Party::default();
        listed::designate(&mut held, &found, 0, &mut Notes::none());
        held.designations
    }

    /// The same tables, with parties screened against these lists.
    #[must_use]
    pub fn screened_by(&self, screener: Arc<Screener>) -> Self {
        let Self { tables, texts, goods, names, .. } = self;
        let (tables, goods, names) = (Arc::clone(tables), Arc::clone(goods), Arc::clone(names));
        Self { tables, texts: *texts, goods, names, screener, listed: memo::Memo::new() }
    }

    /// The lists that parties are screened against.
    #[must_use]
    pub fn screener(&self) -> &Screener {
        &self.screener
    }

    /// Screens a party, and what stands behind it, and writes down which listings it is or may be.
    fn screen(&self, party: &mut Party, country: Option<&str>, index: usize, notes: &mut Notes) {
        if party.has_listings_of_its_own() && party.designations.is_empty() && !party.name.trim().is_empty() {
            let found = self.listed.get(&asked(party), || listed::matches(&self.screener, party, country));
            listed::designate(party, &found, index, notes);
        }
        listed::by_owners(&self.screener, &self.tables.ownership, party, index, notes);
    }

    /// Fills in what the tables know of the whole act: parties, goods, purpose, what approvals cover.
    pub fn act(&self, act: &mut Act, notes: &mut Notes) {
        behind_its_firm(act);
        somebody_acts(act);
        for (index, party) in act.parties.iter_mut().enumerate() {
            self.party(party, index, notes);
        }
        holding::read(act, notes);
        if act.items.is_empty() {
            act.items.push(Item::default());
        }
        if moves_goods(act.kind) {
            act.items = self.taken_apart(std::mem::take(&mut act.items), notes);
        }
        for (index, item) in act.items.iter_mut().enumerate() {
            self.goods(item, index, act.kind, notes);
            item.covered = act.approvals.iter().map(|a| self.covers(a, item)).collect();
        }
        self.origins(act, notes);
        self.onwards(act, notes);
        american_shares(act, notes);
        let others = act.items.iter().map(|i| i.description.as_str()).chain(act.parties.iter().map(|p| p.name.as_str()));
        for (judgement, yes, phrase) in self.tables.purposes().map(|p| p.findings(act.purpose.as_deref(), others)).unwrap_or_default() {
            let Entry::Vacant(open) = act.judgements.entry(judgement) else { continue };
            notes.add(|| Evidence {
                fact: format!("judgements.{}", open.key()),
                value: if yes { "yes" } else { "no" }.into(),
                because: format!("the words say “{phrase}”"),
            });
            open.insert(Finding { yes, by: "the act as described".into() });
        }
        found_listed(act, notes);
        credit_of_an_invoice(act, notes);
        self.earlier_calls(act, notes);
    }

    /// Puts whoever is in a region with a law of its own, and goods that end there, on the lists that name it: the country of Crimea does not tell that
    /// the law of Crimea is asked.
    pub fn in_regions(&self, act: &mut Act, regions: &[Region], notes: &mut Notes) {
        use Role::*;
        for region in regions {
            let mut place = Item { description: region.words.clone(), ..Item::default() };
            self.item(&mut place, 0, &mut Notes::none());
            let mut there = Party::default();
            let known = parties::NameFacts::of(&region.words, &self.tables, &self.goods);
            parties::resolve(&self.tables, &known, &mut there, 0, &mut Notes::none());
            let gets = |p: &Party| matches!(p.role, Some(Recipient | Buyer | Consignee | EndUser | Host));
            let gives = |p: &Party| matches!(p.role, Some(Supplier | Seller | Provider));
            let ends = match region.of {
                RegionOf::Start => false,
                RegionOf::End => true,
                RegionOf::Party(at) => act.parties.get(at).is_some_and(gets),
            };
            for (index, item) in act.items.iter_mut().enumerate().filter(|_| ends) {
                on_lists_of(region, &place.marks, &mut item.marks, &format!("items[{index}]"), notes);
            }
            for (index, party) in act.parties.iter_mut().enumerate() {
                let is_there = match region.of {
                    RegionOf::Start => gives(party),
                    RegionOf::End => gets(party),
                    RegionOf::Party(at) => at == index,
                };
                if is_there {
                    on_lists_of(region, &there.marks, &mut party.marks, &format!("parties[{index}]"), notes);
                }
            }
        }
    }

    /// What the tables and the lists know of a party.
    fn party(&self, party: &mut Party, index: usize, notes: &mut Notes) {
        let known = self.names.get(&party.name, || parties::NameFacts::of(&party.name, &self.tables, &self.goods));
        parties::resolve(&self.tables, &known, party, index, notes);
        self.screen(party, known.country_words(), index, notes);
        // After the lists were asked: they know better what somebody is whom they name.
        parties::sort(party, index, notes);
        parties::stands_in_annex(&known, party, index, notes);
        // A government named as such acts for its State even when nobody spelled that out.
        if party.kind == Some(PartyType::Government) && party.government_of.is_none() {
            party.government_of = party.nationality.first().copied();
        }
        self.principal(party, index, notes);
    }

    /// Who acts for somebody else does what that one would do: what reaches a front has reached whoever stands behind it.
    fn principal(&self, party: &mut Party, index: usize, notes: &mut Notes) {
        let Some(words) = party.acts_for.clone() else { return };
        let mut behind = Party { name: words, ..Party::default() };
        self.party(&mut behind, index, &mut Notes::none());
        let mut found = |fact: &str, value: &str| {
            let because = format!("acts for “{}”", behind.name);
            notes.add(|| Evidence { fact: format!("parties[{index}].{fact}"), value: value.to_owned(), because });
        };
        if let Some(country) = behind.government_of.filter(|_| party.government_of.is_none()) {
            party.government_of = Some(country);
            found("acts_for", country.code());
        }
        if behind.designated == Some(true) && party.designated.is_none() && party.designations.is_empty() {
            party.designated = Some(true);
            party.listed_by.clone_from(&behind.listed_by);
            found("designated", "yes");
        }
        if party.has_listings_of_its_own() {
            for listing in behind.designations {
                found("designated", if listing.sure { "yes" } else { "possible" });
                party.designations.push(Designation { who: format!("party acting for {}", listing.who), ..listing });
            }
        }
        // Whom a relief body sends need not be one itself: nothing becomes milder by whom somebody acts for.
        for mark in behind.marks.into_iter().filter(|mark| !self.goods.lifts(&mark.list)) {
            if !party.marks.contains(&mark) {
                found(&format!("is.{}", mark.list), mark.truth.word());
                party.marks.push(mark);
            }
        }
    }

    /// What the tables know of one of the goods of an act of this kind.
    fn goods(&self, item: &mut Item, index: usize, kind: Kinds, notes: &mut Notes) {
        self.goods.item(item, index, teaches(kind), &self.tables, &self.texts, notes);
        self.goods.measure(item, index, &self.tables, &self.texts, notes);
    }

    /// Where goods end, when the words say that they go on from where the fields say: there, or nobody knows where.
    fn onwards(&self, act: &mut Act, notes: &mut Notes) {
        if !act.kind.iter().all(|kind| MOVES_GOODS.contains(&kind)) {
            return;
        }
        let words = act.purpose.iter().chain(act.items.iter().map(|i| &i.description)).chain(act.parties.iter().map(|p| &p.name));
        let Some(onward) = words.into_iter().find_map(|w| onward::told(w, &self.tables)) else { return };
        if act.destination == Some(onward.country) || act.origin == Some(onward.country) {
            return;
        }
        let way = act.destination.filter(|country| onward.sure && !act.transit.contains(country));
        act.transit.extend(way);
        act.destination = onward.sure.then_some(onward.country);
        notes.add(|| Evidence {
            fact: "places.destination".into(),
            value: if onward.sure { onward.country.to_string() } else { "unknown".into() },
            because: format!("the words say “{}”", onward.words),
        });
    }

    /// Where goods come from, when their words say so and no field does.
    fn origins(&self, act: &mut Act, notes: &mut Notes) {
        for (index, item) in act.items.iter_mut().enumerate().filter(|(_, item)| item.origin.is_none()) {
            let told = if pays(act.kind) {
                let words = said::coming_from(&text::padded(&item.description));
                let found = words.and_then(|words| self.tables.country_within(&words));
                found.map(|(country, phrase)| (country, format!("the description says “from {phrase}”")))
            } else {
                self.origin_said(item, act.kind).map(|country| (country, format!("“{}” says so", item.description)))
            };
            let Some((country, because)) = told else { continue };
            item.origin = Some(country);
            notes.add(|| Evidence { fact: format!("items[{index}].origin"), value: country.to_string(), because });
        }
    }

    /// The country from which the words of goods say that they come: “North Korean coal”. Of what is no goods in an act of this kind nothing is said.
    fn origin_said(&self, item: &Item, kind: Kinds) -> Option<Country> {
        let goods = !pays(kind) && (moves_goods(kind) || kind.iter().any(|k| k == ActKind::Insurance));
        let text = text::padded(&item.description);
        // `spare parts for tractors from Belarus`: the tractors may be from there.
        let from = || said::coming_from(&text).filter(|_| !text.contains(" for ")).and_then(|words| self.tables.country_within(&words));
        if !goods || item.description.is_empty() {
            return None;
        }
        said::origin(&text, |words| self.tables.country_of(words)).or_else(|| from().map(|(country, _)| country))
    }

    /// Notes an earlier call of a ship at North Korea, of which the description of a port call or an earlier leg speaks.
    fn earlier_calls(&self, act: &mut Act, notes: &mut Notes) {
        const MOVES: [ActKind; 4] = [ActKind::PortCall, ActKind::Transport, ActKind::Travel, ActKind::Overflight];
        let Some(north) = Country::new("KP").filter(|_| act.kind.iter().all(|kind| MOVES.contains(&kind))) else { return };
        let words = act.items.iter().map(|i| &i.description).chain(&act.purpose).chain(act.parties.iter().map(|p| &p.name));
        let told = words.into_iter().find_map(|w| said::earlier_call(w, &self.tables, north));
        let sailed =
            act.journey.iter().flat_map(|j| &j.legs).filter(|leg| leg.from.country == Some(north) || leg.to.country == Some(north));
        let calls = sailed.map(|leg| if leg.from.country == Some(north) { leg.depart.or(leg.day) } else { leg.arrive.or(leg.day) });
        let calls: Vec<Option<Span>> = calls.collect();
        let last = calls.iter().flatten().map(|span| span.last).max();
        if told.is_none() && last.is_none() {
            return;
        }
        let today = act.on.filter(|span| span.first == span.last).map(|span| span.first);
        let since = |on: model::Date| today.and_then(|today| u32::try_from((today - on).get_days()).ok());
        // A day that is not before the act is that of the act; of several calls the latest counts, and one without a day may be the latest.
        let before = told.iter().flat_map(|t| t.on.iter().copied()).filter(|on| Some(*on) < today).max();
        let dated = calls.iter().all(Option::is_some);
        let days = [told.as_ref().and_then(|t| t.days), before.and_then(since), last.and_then(since)];
        let days = days.into_iter().flatten().min().filter(|_| dated);
        // So long ago it was another voyage, which only the history of the ship tells.
        if last.is_some() && days.is_some_and(|days| days > SHORTEST_LOOK_BACK) {
            act.transit.retain(|c| *c != north);
        }
        // A call of which no day is told may lie on either side of the half-year, unless the ship comes from there.
        let open = days.is_none() && calls.is_empty() && told.as_ref().is_some_and(|t| !t.sailed);
        if open && let Entry::Vacant(told) = act.judgements.entry(CALL_TOLD.to_owned()) {
            notes.add(|| Evidence {
                fact: format!("judgements.{CALL_TOLD}"),
                value: "yes".into(),
                because: "a call there is spoken of, and not its day".into(),
            });
            told.insert(Finding { yes: true, by: "the description as stated".into() });
        }
        for (judgement, limit) in LOOKS_BACK.into_iter().filter(|(_, limit)| !open || *limit > SHORTEST_LOOK_BACK) {
            let Entry::Vacant(open) = act.judgements.entry(judgement.to_owned()) else { continue };
            let yes = days.is_none_or(|days| days <= limit);
            notes.add(|| Evidence {
                fact: format!("judgements.{judgement}"),
                value: if yes { "yes" } else { "no" }.into(),
                because: days.map_or_else(|| "a call there is spoken of".into(), |d| format!("a call there {d} days before is spoken of")),
            });
            open.insert(Finding { yes, by: "the description as stated".into() });
        }
    }

    /// Makes an item of each of the goods that one description names, unless a code or a list was stated, which then speaks of the whole.
    /// Amounts stated beside a description are those of the whole; how they are shared out is not known.
    fn taken_apart(&self, items: Vec<Item>, notes: &mut Notes) -> Vec<Item> {
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            let whole = item.hs_stated || !item.marks.is_empty() || out.len() >= MOST_ITEMS;
            let goods = if whole { Vec::new() } else { self.goods.apart(&item.description, &self.texts) };
            for description in &goods {
                notes.add(|| Evidence {
                    fact: format!("items[{}].description", out.len()),
                    value: description.clone(),
                    because: format!("“{}” names {} goods", item.description, goods.len()),
                });
                out.push(Item { description: description.clone(), quantity: None, value: None, ..item.clone() });
            }
            if goods.is_empty() {
                out.push(item);
            }
        }
        out
    }

    /// The goods that a description names one beside the other, in its own words; nothing when it names one.
    #[must_use]
    pub fn goods_apart(&self, description: &str) -> Vec<String> {
        self.goods.apart(description, &self.texts)
    }

    /// Whether an approval speaks of the item: some content word in common, or headings in common.
    fn covers(&self, approval: &Approval, item: &Item) -> Truth {
        // A cover such as `510.512` names the rule that it was given under, no goods.
        let is_section = |words: &String| !words.chars().any(char::is_alphabetic);
        if approval.covers.iter().all(is_section) {
            return Truth::True;
        }
        if item.description.is_empty() {
            return Truth::Unknown;
        }
        approval.covers.iter().map(|words| self.covered_by(words, item)).max().unwrap_or(Truth::False)
    }

    fn covered_by(&self, words: &str, item: &Item) -> Truth {
        const GENERIC: [&str; 14] = [
            "equipment",
            "good",
            "material",
            "item",
            "product",
            "kit",
            "supply",
            "device",
            "system",
            "machine",
            "part",
            "tool",
            "vehicle",
            "set",
        ];
        let mine = in_one(text::tokens(&item.description));
        let content: Vec<String> = text::tokens(words).into_iter().filter(|t| t.len() > 2 && !text::is_filler(t)).collect();
        let of_two = in_one(content.clone()).split_off(content.len());
        let shared: Vec<&String> = content.iter().filter(|t| mine.contains(t)).chain(of_two.iter().filter(|t| mine.contains(t))).collect();
        if !content.is_empty() && shared.len() == content.len() || shared.iter().any(|t| !GENERIC.contains(&t.as_str())) {
            return Truth::True;
        }
        let covered = self.headings(words);
        let meets = covered.iter().any(|c| item.hs.iter().any(|h| h.meets(*c)));
        if !shared.is_empty() || meets { Truth::Unknown } else { Truth::False }
    }
}

/// The words, and after them each two neighbours written as one: pick-axes are pickaxes.
fn in_one(words: Vec<String>) -> Vec<String> {
    let pairs: Vec<String> = words.windows(2).map(<[String]>::concat).collect();
    words.into_iter().chain(pairs).collect()
}

/// Findings on earlier calls at North Korea, and the days that their laws look back: half a year or a year.
const LOOKS_BACK: [(&str, u32); 2] = [("called-in-dprk-within-180-days", 180), ("called-at-north-korea-before", 366)];

/// The finding that a party is listed, and how those begin that say under whose law.
const FOUND_LISTED: &str = "listed-or-associated-party";
const LISTED_BY: &str = "listed-by-";

/// The finding that there was such a call, of which the day is not told.
const CALL_TOLD: &str = "call-in-dprk-told";

/// The shortest of these times, in days.
const SHORTEST_LOOK_BACK: u32 = 180;

/// Puts an owner, named last, behind the firm whose name tells how much of it he holds: he takes part through it and not beside it.
fn behind_its_firm(act: &mut Act) {
    let Some((last, others)) = act.parties.split_last_mut().filter(|(last, _)| last.role == Some(Role::Owner)) else { return };
    let mine = |p: &Party| said::owner(&p.name).filter(|o| p.owners.is_empty() && text::normal(&o.name) == text::normal(&last.name));
    let Some((firm, share)) = others.iter_mut().find_map(|p| mine(p).map(|o| (p, o.share))) else { return };
    let holder = Party { role: None, ..std::mem::take(last) };
    firm.owners.push(Owner { party: holder, share: Some(share), controls: None });
    act.parties.pop();
}

/// Says under whose law a party is listed where an authority found that one is: a finding of the Office of Financial Sanctions Implementation is one of the United Kingdom's.
fn found_listed(act: &mut Act, notes: &mut Notes) {
    let Some(found) = act.judgements.get(FOUND_LISTED).filter(|found| found.yes) else { return };
    let by = found.by.clone();
    let Some(who) = called::keeper(&by) else { return };
    let Entry::Vacant(open) = act.judgements.entry(format!("{LISTED_BY}{who}")) else { return };
    notes.add(|| Evidence {
        fact: format!("judgements.{}", open.key()),
        value: "yes".into(),
        because: format!("“{by}” found that a party is listed"),
    });
    open.insert(Finding { yes: true, by });
}

/// Finds how long a credit is that an invoice gives, where its days are told: more than 90 are beyond, and 14 within, what each of the American directives on
/// sectors of Russia ever allowed. Between them the directive and the day decide, and somebody must say.
fn credit_of_an_invoice(act: &mut Act, notes: &mut Notes) {
    const FINDING: &str = "credit-beyond-directive";
    const MOST: u32 = 90;
    const LEAST: u32 = 14;
    if !pays(act.kind) || act.judgements.contains_key(FINDING) {
        return;
    }
    let words = act.purpose.iter().chain(act.items.iter().map(|item| &item.description));
    let Some(days) = words.into_iter().find_map(|words| said::days_of_credit(&text::padded(words))) else { return };
    if (LEAST + 1..=MOST).contains(&days) {
        return;
    }
    let yes = days > MOST;
    notes.add(|| Evidence {
        fact: format!("judgements.{FINDING}"),
        value: if yes { "yes" } else { "no" }.into(),
        because: format!("the words say {days} days after the invoice"),
    });
    act.judgements.insert(FINDING.to_owned(), Finding { yes, by: "the act as described".into() });
}

/// Notes how much of a thing is American where its description gives a number: American law follows a foreign thing to some countries from a
/// tenth of its value on, to all from a quarter on.
fn american_shares(act: &mut Act, notes: &mut Notes) {
    const LIST: &str = "us/words/american-content";
    const STRICT: [&str; 4] = ["CU", "IR", "KP", "SY"];
    let ends = act.destination.into_iter().chain(act.parties.iter().flat_map(|p| p.nationality.iter().copied()));
    let most = if ends.into_iter().any(|c| STRICT.iter().any(|s| Country::new(s) == Some(c))) { 10.0 } else { 25.0 };
    for (index, item) in act.items.iter_mut().enumerate() {
        let Some(share) = said::american_share(&text::padded(&item.description.replace('%', " percent "))) else { continue };
        let truth = Truth::from(share > most);
        // What is American itself stays so, whatever else is told of its parts.
        if item.marks.iter().any(|m| m.list == LIST && m.truth == Truth::True) {
            continue;
        }
        item.marks.retain(|m| m.list != LIST);
        item.marks.push(Mark::said(LIST, truth));
        notes.add(|| Evidence {
            fact: format!("items[{index}].is.{LIST}"),
            value: truth.word().into(),
            because: format!("the words say {share} per cent, and {most} are free"),
        });
    }
}

/// A region with a law of its own that an act names for a country.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Region {
    /// Its words, as given.
    pub words: String,
    /// What is there.
    pub of: RegionOf,
}

/// What is in a region.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RegionOf {
    /// Where the act starts, or goods come from.
    Start,
    /// Where it ends, or passes.
    End,
    /// The party at this place in the act.
    Party(usize),
}

/// Adds the marks of a region that a thing or party has not, and notes why.
fn on_lists_of(region: &Region, marks: &[Mark], have: &mut Vec<Mark>, fact: &str, notes: &mut Notes) {
    for mark in marks.iter().filter(|mark| mark.truth != Truth::False) {
        if have.iter().any(|m| m.list == mark.list) {
            continue;
        }
        notes.add(|| Evidence {
            fact: format!("{fact}.is.{}", mark.list),
            value: mark.truth.word().into(),
            because: format!("the place is {}", region.words),
        });
        have.push(mark.clone());
    }
}

/// Whether words name a region with a law of its own inside a country: a part of Ukraine that Russia holds, a part of Darfur.
#[must_use]
pub fn is_region(words: &str) -> bool {
    const REGIONS: [&str; 43] = [
        "crimea",
        "sevastopol",
        "simferopol",
        "kerch",
        "yalta",
        "feodosia",
        "yevpatoria",
        "donetsk",
        "luhansk",
        "lugansk",
        "mariupol",
        "kherson",
        "zaporizhzhia",
        "melitopol",
        "berdyansk",
        "donetskpeoplesrepublic",
        "luhanskpeoplesrepublic",
        "autonomousrepublicofcrimea",
        "republicofcrimea",
        "donbas",
        "donbass",
        "donetskoblast",
        "donetskregion",
        "luhanskoblast",
        "luhanskregion",
        "luganskregion",
        "khersonoblast",
        "khersonregion",
        "zaporizhzhiaoblast",
        "zaporizhzhiaregion",
        "darfur",
        "northdarfur",
        "southdarfur",
        "westdarfur",
        "centraldarfur",
        "eastdarfur",
        "elfasher",
        "alfashir",
        "nyala",
        "elgeneina",
        "geneina",
        "aljunaynah",
        "zalingei",
    ];
    words.len() > 2 && REGIONS.contains(&text::normal(words).as_str())
}

/// Adds whoever serves, pays or employs where nobody said who does: without a payer there is no payment, and a payer of whom nothing is known may be
/// of any country. Who sends goods is left out, for where they come from is asked anyway.
pub fn somebody_acts(act: &mut Act) {
    use Role::*;
    let role = |kind: ActKind| match kind {
        ActKind::Payment | ActKind::Remittance | ActKind::Financing => Some(Financier),
        ActKind::Insurance => Some(Insurer),
        ActKind::Employment => Some(Employer),
        ActKind::Service
        | ActKind::Training
        | ActKind::TechnicalAssistance
        | ActKind::ScientificCooperation
        | ActKind::BankAccount
        | ActKind::CorrespondentBanking
        | ActKind::Classification
        | ActKind::Flagging
        | ActKind::Crewing
        | ActKind::Bunkering => Some(Provider),
        _ => None,
    };
    let mut roles: Vec<Option<Role>> = act.kind.iter().map(role).collect();
    roles.dedup();
    let takes_only = |p: &Party| matches!(p.role, Some(Recipient | Buyer | Consignee | EndUser | Worker | Vessel | Traveller | Host));
    let [Some(role)] = roles.as_slice() else { return };
    if act.origin.is_none() && !act.parties.is_empty() && act.parties.iter().all(takes_only) {
        act.parties.push(Party { role: Some(*role), ..Party::default() });
    }
}

/// Whether the act is surely one of paying.
fn pays(kind: Kinds) -> bool {
    const PAYS: [ActKind; 3] = [ActKind::Payment, ActKind::Financing, ActKind::Remittance];
    !kind.iter().any(|k| !PAYS.contains(&k))
}

/// Whether the act is surely one of teaching or research, of which a word for goods tells only what it is about: a drill of soldiers drills no holes.
fn teaches(kind: Kinds) -> bool {
    const TEACHES: [ActKind; 2] = [ActKind::Training, ActKind::ScientificCooperation];
    !kind.iter().any(|k| !TEACHES.contains(&k))
}

/// Acts whose items are goods that somebody moves, one beside the other; “training in medicine and sports” is one training.
const MOVES_GOODS: [ActKind; 14] = [
    ActKind::Supply,
    ActKind::Sale,
    ActKind::Gift,
    ActKind::Loan,
    ActKind::Transfer,
    ActKind::Export,
    ActKind::Reexport,
    ActKind::Import,
    ActKind::Procurement,
    ActKind::Donation,
    ActKind::Transit,
    ActKind::Transport,
    ActKind::ShipToShipTransfer,
    ActKind::Brokering,
];

/// Whether goods are moved by an act of this kind, or of one of these.
fn moves_goods(kind: Kinds) -> bool {
    kind.iter().any(|kind| MOVES_GOODS.contains(&kind))
}

/// Items from which on descriptions are no longer taken apart, so that a list of the longest lists stays bounded.
const MOST_ITEMS: usize = 200;

/// Everything about a party that screening looks at, as the key under which its hits are remembered.
fn asked(party: &Party) -> String {
    let mut key = party.name.clone();
    if let Some(kind) = party.kind {
        key.push_str(kind.word());
    }
    for country in party.nationality.iter().chain(&party.located_in).chain(&party.flag) {
        key.push('\u{1f}');
        key.push_str(country.code());
    }
    if party.birth.is_some() || party.female.is_some() || !party.identifiers.is_empty() || !party.aliases.is_empty() {
        key.push_str(&format!("\u{1f}{:?}{:?}{:?}{:?}", party.birth, party.female, party.identifiers, party.aliases));
    }
    key
}
