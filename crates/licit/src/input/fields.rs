//! The fields of an act, read one by one: what is unknown here is refused, what nobody said stays unknown.

use super::{InputProblem, Node, authorities, date};
use model::{
    Act, ActKind, Approval, Condition, Country, Date, Finding, Item, Kinds, Mark, Money, Quantity, Span, Status, Tally, Truth, Unit,
    nearest, parse_hs,
};
use resolve::{Evidence, Notes, Region, RegionOf, Resolver};
use rulebook::{ExceptionKind, Rulebook};
use std::collections::BTreeMap;

/// Most entries of any list of an act.
const MOST_ENTRIES: usize = 256;
/// Most characters of any text of an act.
const MOST_CHARS: usize = 10_000;
/// Most problems of one act that are told.
const MOST_PROBLEMS: usize = 50;
/// Largest quantity or sum that is believed.
const MOST_AMOUNT: f64 = 1e15;

/// The fields of an act. `goods`, `title`, `note` and `sources` are understood too, and offered to nobody.
const KNOWN: [&str; 20] = [
    "id",
    "kind",
    "on",
    "status",
    "parties",
    "items",
    "places",
    "legs",
    "purpose",
    "contract_date",
    "approvals",
    "judgements",
    "counters",
    "events",
    "payments",
    "declared",
    "documents",
    "market",
    "mitigation",
    "date",
];

/// Whether a field of an act has this name.
pub(crate) fn is_act_field(name: &str) -> bool {
    KNOWN.contains(&name) || matches!(name, "goods" | "title" | "note" | "sources")
}

/// Findings of regimes that are not encoded yet; they are understood and change nothing here.
const OTHER_JUDGEMENTS: [&str; 3] = ["authorised-by-government-of-lebanon", "approved-by-security-council", "reported-to-state-department"];

/// An act with the way its words were understood.
#[derive(Clone, Debug)]
pub struct ReadAct {
    /// The act, every word looked up.
    pub act: Act,
    /// How words became facts.
    pub evidence: Vec<Evidence>,
    /// Where a place may be one of several, the act under each of the other readings.
    pub others: Vec<OtherReading>,
}

/// An act in which places that may be one of several are taken for these.
#[derive(Clone, Debug)]
pub struct OtherReading {
    /// The places that were open, what each is taken for in the first reading, and in this one.
    pub taken: Vec<(OpenPlace, Country)>,
    /// The act so read.
    pub act: Act,
}

/// A place named by a word that several bear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenPlace {
    /// Where in the act: `places.destination`.
    pub fact: String,
    /// The word.
    pub words: String,
    /// What it may mean; the first reading of the act takes the first.
    pub countries: Vec<Country>,
}

impl ReadAct {
    /// An act whose words all mean one thing.
    #[must_use]
    pub fn certain(act: Act) -> Self {
        Self { act, evidence: Vec::new(), others: Vec::new() }
    }
}

/// Most readings of one act.
const MOST_READINGS: usize = 16;

/// Where the reader is, for messages; built only when something is wrong.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub(super) const ROOT: At<'static> = At { up: None, step: Step::Root };
    pub(super) fn field(&'a self, name: &'a str) -> At<'a> {
        At { up: Some(self), step: Step::Field(name) }
    }
    fn index(&'a self, index: usize) -> At<'a> {
        At { up: Some(self), step: Step::Index(index) }
    }
    pub(super) fn path(&self) -> String {
        let mut out = self.up.map(At::path).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Field(name) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(name);
            }
            Step::Index(i) => out.push_str(&format!("[{i}]")),
        }
        out
    }
}

/// Reads acts; collects every problem instead of stopping at the first.
pub(crate) struct Reader<'a> {
    pub(super) book: &'a Rulebook,
    pub(super) resolver: &'a Resolver,
    problems: Vec<InputProblem>,
    pub(super) notes: Notes,
    /// Places that may be one of several.
    open: Vec<OpenPlace>,
    /// For what each of them is taken in this reading, by its place in the act.
    taken: BTreeMap<String, Country>,
    /// Places that are named by a region with a law of its own, such as Crimea: their country alone does not say so.
    regions: Vec<Region>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(book: &'a Rulebook, resolver: &'a Resolver, notes: Notes) -> Self {
        Self { book, resolver, problems: Vec::new(), notes, open: Vec::new(), taken: BTreeMap::new(), regions: Vec::new() }
    }

    /// Whether nothing was wrong so far.
    pub(super) fn clean(&self) -> bool {
        self.problems.is_empty()
    }
    /// Everything that was wrong.
    pub(super) fn finished(self) -> Result<(), Vec<InputProblem>> {
        if self.problems.is_empty() { Ok(()) } else { Err(self.problems) }
    }

    /// The act of a tree.
    pub(crate) fn act(mut self, node: &Node) -> Result<ReadAct, Vec<InputProblem>> {
        let Some(mut act) = self.fields(node) else { return Err(self.problems) };
        if act.parties.is_empty() && act.items.is_empty() && act.journey.is_none() && self.problems.is_empty() {
            self.tell(&At::ROOT, "an act needs at least one party or one item", None);
        }
        if self.problems.is_empty() {
            self.resolver.act(&mut act, &mut self.notes);
            self.resolver.in_regions(&mut act, &self.regions, &mut self.notes);
            let others = self.others(node)?;
            Ok(ReadAct { act, evidence: self.notes.into_list(), others })
        } else {
            Err(self.problems)
        }
    }

    /// What some fields of an act say by themselves, before words are looked up; none when anything is wrong with them or left open.
    pub(crate) fn some_fields(mut self, node: &Node) -> Option<Act> {
        let act = self.fields(node)?;
        (self.problems.is_empty() && self.open.is_empty() && self.regions.is_empty()).then_some(act)
    }

    /// The fields of a tree; none when it is no object.
    fn fields(&mut self, node: &Node) -> Option<Act> {
        let root = At::ROOT;
        let mut act = Act::default();
        let pairs = self.map(&root, node)?;
        // The journey adds to what places and items say, wherever they stand in the input.
        let (first, then): (Vec<_>, Vec<_>) = pairs.iter().partition(|(key, _)| matches!(key.as_ref(), "places" | "items"));
        for (key, value) in first.into_iter().chain(then) {
            let at = root.field(key);
            if *value == Node::Null {
                continue;
            }
            match key.as_ref() {
                "id" => act.id = self.id(&at, value),
                "kind" => act.kind = self.kinds(&at, value),
                "on" => act.on = self.loose_span(&at, value),
                "date" => act.on = act.on.or_else(|| self.loose_span(&at, value)),
                "status" => act.status = self.word(&at, value, Status::parse, Status::all_words),
                "parties" => act.parties = self.list(&at, value, Self::party),
                "items" => act.items = self.list(&at, value, Self::item),
                "places" => self.places(&at, value, &mut act),
                "purpose" => act.purpose = self.text(&at, value).map(str::to_owned),
                "contract_date" => act.contract_date = self.span(&at, value),
                "approvals" => act.approvals = self.list(&at, value, Self::approval).into_iter().flatten().collect(),
                "judgements" => act.judgements = self.judgements(&at, value),
                "counters" => act.counters = self.counters(&at, value),
                field if self.journey_field(&at, field, value, &mut act) => {}
                _ => self.unknown(&at, key, &KNOWN),
            }
        }
        Some(act)
    }

    /// The act under every other reading of its open places.
    fn others(&mut self, node: &Node) -> Result<Vec<OtherReading>, Vec<InputProblem>> {
        let mut ways: Vec<Vec<(OpenPlace, Country)>> = vec![Vec::new()];
        for open in std::mem::take(&mut self.open) {
            let longer = |way: &Vec<_>, c: &Country| way.iter().cloned().chain([(open.clone(), *c)]).collect();
            ways = ways.iter().flat_map(|way| open.countries.iter().map(move |c| longer(way, c))).collect();
            if ways.len() > MOST_READINGS {
                let help = Some("say which country each place is in, by name or two-letter code".to_owned());
                return Err(vec![InputProblem { at: open.fact, message: format!("“{}” and other places are open", open.words), help }]);
            }
        }
        let mut out = Vec::new();
        for taken in ways.into_iter().skip(1) {
            let mut reader = Reader::new(self.book, self.resolver, Notes::none());
            reader.taken = taken.iter().map(|(open, country)| (open.fact.clone(), *country)).collect();
            out.push(OtherReading { taken, act: reader.act(node)?.act });
        }
        Ok(out)
    }

    /// A place that a word shared by several countries names: kept open, and taken for the first until told otherwise.
    fn open_place(&mut self, at: &At, words: &str) -> Option<Country> {
        let countries = self.resolver.countries(words);
        self.open_among(at, words, countries)
    }

    /// A place that lies in one of several countries: for now the first, and each of the others in a reading of its own.
    fn open_among(&mut self, at: &At, words: &str, countries: Vec<Country>) -> Option<Country> {
        let first = countries.first().copied().filter(|_| countries.len() > 1)?;
        let fact = at.path();
        if let Some(taken) = self.taken.get(&fact) {
            return Some(*taken);
        }
        let names: Vec<String> = countries.iter().map(|c| self.resolver.country_name(*c, false)).collect();
        let because = format!("“{words}” may mean {}", names.join(" or "));
        let value = countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        self.notes.add(|| Evidence { fact: fact.clone(), value, because });
        self.open.push(OpenPlace { fact, words: words.to_owned(), countries });
        Some(first)
    }

    /// The country of a port, a station, a zone or a region that the table of countries does not name.
    fn by_gazetteer(&mut self, at: &At, words: &str) -> Option<Country> {
        let mut countries: Vec<Country> = Vec::new();
        for place in crate::route::routes().gazetteer().find(words) {
            let country = place.country?;
            if !countries.contains(&country) {
                countries.push(country);
            }
        }
        if countries.len() > 1 {
            return self.open_among(at, words, countries);
        }
        let first = *countries.first()?;
        let because = || format!("“{words}” is in {}", self.resolver.country_name(first, false));
        self.notes.add(|| Evidence { fact: at.path(), value: first.to_string(), because: because() });
        Some(first)
    }

    pub(super) fn tell(&mut self, at: &At, message: impl Into<String>, help: Option<String>) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(InputProblem { at: at.path(), message: message.into(), help });
        }
    }

    pub(super) fn unknown(&mut self, at: &At, key: &str, known: &[&str]) {
        let help = nearest(key, known.iter().copied())
            .map_or_else(|| format!("fields are {}", known.join(", ")), |n| format!("did you mean `{n}`?"));
        let shown: String = key.chars().take(80).collect();
        self.tell(at, format!("unknown field `{shown}`"), Some(help));
    }

    pub(super) fn map<'n, 'v>(&mut self, at: &At, node: &'n Node<'v>) -> Option<&'n [(std::borrow::Cow<'v, str>, Node<'v>)]> {
        match node {
            Node::Map(pairs) => Some(pairs),
            other => {
                self.tell(at, format!("expected an object, found {}", other.kind()), None);
                None
            }
        }
    }

    pub(super) fn text<'n>(&mut self, at: &At, node: &'n Node) -> Option<&'n str> {
        match node {
            Node::Text(text) if text.len() > MOST_CHARS => {
                self.tell(at, format!("a text of {} bytes is longer than {MOST_CHARS}", text.len()), None);
                None
            }
            Node::Text(text) => Some(text.trim()),
            other => {
                self.tell(at, format!("expected a text in quotes, found {}", other.kind()), None);
                None
            }
        }
    }

    pub(super) fn filled<'n>(&mut self, at: &At, node: &'n Node) -> Option<&'n str> {
        let text = self.text(at, node)?;
        if text.is_empty() {
            self.tell(at, "this text is empty", Some("leave the field out when nobody said".into()));
            return None;
        }
        Some(text)
    }

    pub(super) fn id(&mut self, at: &At, node: &Node) -> String {
        match node {
            Node::Number(n) => n.to_string(),
            other => self.text(at, other).unwrap_or_default().to_owned(),
        }
    }

    pub(super) fn list<T>(&mut self, at: &At, node: &Node, mut read: impl FnMut(&mut Self, &At, &Node) -> T) -> Vec<T> {
        match node {
            Node::List(list) if list.len() > MOST_ENTRIES => {
                self.tell(at, format!("{} entries are more than {MOST_ENTRIES}", list.len()), None);
                Vec::new()
            }
            Node::List(list) => list.iter().enumerate().map(|(i, n)| read(self, &at.index(i), n)).collect(),
            other => {
                self.tell(at, format!("expected a list, found {}", other.kind()), None);
                Vec::new()
            }
        }
    }

    /// A list, or one value standing for a list of one.
    pub(super) fn some<T>(&mut self, at: &At, node: &Node, mut read: impl FnMut(&mut Self, &At, &Node) -> T) -> Vec<T> {
        match node {
            Node::List(_) => self.list(at, node, read),
            one => vec![read(self, at, one)],
        }
    }

    pub(super) fn word<T: Copy>(
        &mut self,
        at: &At,
        node: &Node,
        parse: impl Fn(&str) -> Option<T>,
        all: fn() -> Vec<&'static str>,
    ) -> Option<T> {
        let text = self.filled(at, node)?;
        parse(text).or_else(|| parse(&text.to_lowercase().replace([' ', '-'], "_"))).or_else(|| {
            let shown: String = text.chars().take(80).collect();
            let all = all();
            let help =
                nearest(text, all.iter().copied()).map_or_else(|| format!("one of {}", all.join(", ")), |n| format!("did you mean `{n}`?"));
            self.tell(at, format!("`{shown}` is not known here"), Some(help));
            None
        })
    }

    fn kinds(&mut self, at: &At, node: &Node) -> Kinds {
        let found = self.some(at, node, |r, at, n| r.word(at, n, ActKind::parse, ActKind::all_words));
        Kinds(found.into_iter().flatten().fold(0, |bits, k| bits | Kinds::only(k).0))
    }

    pub(super) fn span(&mut self, at: &At, node: &Node) -> Option<Span> {
        let text = match node {
            Node::Number(n) if n.fract() == 0.0 => n.to_string(),
            other => self.filled(at, other)?.to_owned(),
        };
        date::span(&text).map_err(|m| self.tell(at, m, None)).ok()
    }

    pub(super) fn day(&mut self, at: &At, node: &Node, pick: impl Fn(Span) -> Date) -> Option<Date> {
        self.span(at, node).map(pick)
    }

    pub(super) fn country(&mut self, at: &At, node: &Node) -> Option<Country> {
        let text = self.filled(at, node)?;
        if resolve::is_region(text) {
            let path = at.path();
            let party = path.strip_prefix("parties[").and_then(|rest| rest.split_once(']')?.0.parse().ok());
            let of = match party {
                Some(index) => RegionOf::Party(index),
                None if path.ends_with("origin") => RegionOf::Start,
                None => RegionOf::End,
            };
            self.regions.push(Region { words: text.to_owned(), of });
        }
        match self.resolver.country(text) {
            Ok(country) => {
                if text != country.code() {
                    let because = || format!("“{text}” is {}", self.resolver.country_name(country, false));
                    self.notes.add(|| Evidence { fact: at.path(), value: country.to_string(), because: because() });
                }
                Some(country)
            }
            Err(unclear) => {
                let found = self.open_place(at, text).or_else(|| self.by_gazetteer(at, text));
                if found.is_none() {
                    self.tell(at, unclear.message, unclear.help);
                }
                found
            }
        }
    }

    fn item(&mut self, at: &At, node: &Node) -> Item {
        let mut item = Item::default();
        let Some(pairs) = self.map(at, node) else { return item };
        for (key, value) in pairs {
            let here = at.field(key);
            if *value == Node::Null {
                continue;
            }
            match key.as_ref() {
                "description" => item.description = self.text(&here, value).unwrap_or_default().to_owned(),
                "hs" => {
                    item.hs = self.some(&here, value, Self::code).into_iter().flatten().collect();
                    item.hs_stated = !item.hs.is_empty();
                }
                "origin" => item.origin = self.country(&here, value),
                "quantity" => item.quantity = self.quantity(&here, value),
                "value" => item.value = self.money(&here, value),
                "condition" => {
                    let wear = |w: &str| match w {
                        "new" => Some(Condition::New),
                        "used" => Some(Condition::Used),
                        _ => None,
                    };
                    item.condition = self.word(&here, value, wear, || vec!["new", "used"]);
                }
                "is" => self.marks(&here, value, Truth::True, &mut item),
                "is_not" => self.marks(&here, value, Truth::False, &mut item),
                _ => self.unknown(&here, key, &["description", "hs", "origin", "quantity", "value", "condition", "is", "is_not"]),
            }
        }
        item
    }

    fn code(&mut self, at: &At, node: &Node) -> Option<model::HsRange> {
        if let Node::Number(n) = node {
            self.tell(at, format!("write the code in quotes: `\"{n}\"`; a number loses a leading zero"), None);
            return None;
        }
        let text = self.filled(at, node)?;
        parse_hs(text).map_err(|m| self.tell(at, m, None)).ok()
    }

    fn marks(&mut self, at: &At, node: &Node, truth: Truth, item: &mut Item) {
        let names = self.some(at, node, |r, at, n| r.filled(at, n).map(|t| (t.to_owned(), at.path())));
        for (name, path) in names.into_iter().flatten() {
            let list = name.as_str();
            let row =
                || list.rsplit_once('/').filter(|(l, e)| self.book.lists.get(*l).is_some_and(|d| d.rows.iter().any(|r| r.entry == *e)));
            if self.book.lists.contains_key(list) || row().is_some() {
                item.marks.push(Mark::said(name, truth));
            } else {
                let help = nearest(list, self.book.lists.keys().map(String::as_str)).map(|n| format!("did you mean `{n}`?"));
                self.problems.push(InputProblem { at: path, message: format!("`{list}` is no list of the law"), help });
            }
        }
    }

    fn quantity(&mut self, at: &At, node: &Node) -> Option<Quantity> {
        let (amount, unit) = match node {
            Node::Number(n) => (Some(*n), Some(Unit::Item)),
            Node::Text(text) => {
                let (number_part, unit_part) = split_amount(text);
                let unit = if unit_part.is_empty() { Some(Unit::Item) } else { self.unit(at, unit_part) };
                (self.amount(at, number_part), unit)
            }
            Node::Map(pairs) => {
                let (mut amount, mut unit) = (None, Some(Unit::Item));
                for (key, value) in pairs {
                    let here = at.field(key);
                    match (key.as_ref(), value) {
                        (_, Node::Null) => {}
                        ("value", Node::Number(n)) => amount = Some(*n),
                        ("value", other) => amount = self.filled(&here, other).and_then(|t| self.amount(&here, t)),
                        ("unit", other) => unit = self.filled(&here, other).and_then(|t| self.unit(&here, t)),
                        _ => self.unknown(&here, key, &["value", "unit"]),
                    }
                }
                (amount, unit)
            }
            other => {
                self.tell(at, format!("expected a quantity such as {{\"value\": 20, \"unit\": \"item\"}}, found {}", other.kind()), None);
                return None;
            }
        };
        let amount = amount?;
        if !amount.is_finite() || amount <= 0.0 || amount > MOST_AMOUNT {
            self.tell(at, format!("a quantity of {amount} cannot be"), Some(format!("give a number above 0 and up to {MOST_AMOUNT:e}")));
            return None;
        }
        Some(Quantity { amount, unit: unit? })
    }

    fn unit(&mut self, at: &At, text: &str) -> Option<Unit> {
        self.resolver.unit(text).map_err(|u| self.tell(at, u.message, u.help)).ok()
    }

    pub(super) fn amount(&mut self, at: &At, text: &str) -> Option<f64> {
        number(text).or_else(|| {
            let shown: String = text.chars().take(40).collect();
            self.tell(at, format!("`{shown}` is not a number"), Some("write digits with a point, such as `1250000.50`".into()));
            None
        })
    }

    fn money(&mut self, at: &At, node: &Node) -> Option<Money> {
        let (amount, currency) = match node {
            Node::Text(text) => {
                let (a, c) = money_parts(text);
                (self.amount(at, &a), self.currency(at, &c))
            }
            Node::Map(pairs) => {
                let (mut amount, mut currency) = (None, None);
                for (key, value) in pairs {
                    let here = at.field(key);
                    match (key.as_ref(), value) {
                        (_, Node::Null) => {}
                        ("amount", Node::Number(n)) => amount = Some(*n),
                        ("amount", other) => amount = self.filled(&here, other).and_then(|t| self.amount(&here, t)),
                        ("currency", other) => currency = self.filled(&here, other).and_then(|t| self.currency(&here, t)),
                        _ => self.unknown(&here, key, &["amount", "currency"]),
                    }
                }
                if currency.is_none() && self.problems.is_empty() {
                    self.tell(at, "a sum needs its currency", Some("such as `\"currency\": \"USD\"`".into()));
                }
                (amount, currency)
            }
            other => {
                self.tell(
                    at,
                    format!("expected a sum such as {{\"amount\": \"300000\", \"currency\": \"USD\"}}, found {}", other.kind()),
                    None,
                );
                return None;
            }
        };
        let (amount, currency) = (amount?, currency?);
        if !amount.is_finite() || !(0.0..=MOST_AMOUNT).contains(&amount) {
            self.tell(at, format!("a sum of {amount} cannot be"), Some(format!("give a number from 0 to {MOST_AMOUNT:e}")));
            return None;
        }
        Some(self.resolver.money(amount, currency))
    }

    pub(super) fn currency(&mut self, at: &At, text: &str) -> Option<String> {
        self.resolver.currency(text).map_err(|u| self.tell(at, u.message, u.help)).ok()
    }

    fn places(&mut self, at: &At, node: &Node, act: &mut Act) {
        let Some(pairs) = self.map(at, node) else { return };
        for (key, value) in pairs {
            let here = at.field(key);
            if *value == Node::Null {
                continue;
            }
            match key.as_ref() {
                "origin" => act.origin = self.country(&here, value),
                "destination" => act.destination = self.country(&here, value),
                "transit" => {
                    for c in self.some(&here, value, Self::country).into_iter().flatten() {
                        if !act.transit.contains(&c) {
                            act.transit.push(c);
                        }
                    }
                }
                _ => self.unknown(&here, key, &["origin", "transit", "destination"]),
            }
        }
    }

    fn approval(&mut self, at: &At, node: &Node) -> Option<Approval> {
        let (mut authority, mut reference, mut on, mut until, mut covers) = (None, String::new(), None, None, Vec::new());
        for (key, value) in self.map(at, node)? {
            let here = at.field(key);
            if *value == Node::Null {
                continue;
            }
            match key.as_ref() {
                "authority" => authority = self.authority(&here, value),
                "reference" => reference = self.text(&here, value).unwrap_or_default().to_owned(),
                // Of a day that is only partly known the one is taken that approves less.
                "on" => on = self.day(&here, value, |s| s.last),
                "until" => until = self.day(&here, value, |s| s.first),
                "covers" => covers = self.some(&here, value, |r, at, n| r.filled(at, n).map(str::to_owned)).into_iter().flatten().collect(),
                _ => self.unknown(&here, key, &["authority", "reference", "on", "until", "covers"]),
            }
        }
        if authority.is_none() || on.is_none() {
            if self.problems.is_empty() {
                self.tell(
                    at,
                    "an approval needs `authority` and the day `on` which it was given",
                    Some("such as {\"authority\": \"un/1718-committee\", \"on\": \"2020-01-15\"}".into()),
                );
            }
            return None;
        }
        if let (Some(first), Some(last)) = (on, until)
            && last < first
        {
            self.tell(at, format!("the approval ends on {last}, before it begins on {first}"), None);
        }
        Some(Approval { authority: authority?, reference, on: on?, until, covers })
    }

    fn authority(&mut self, at: &At, node: &Node) -> Option<String> {
        let text = self.filled(at, node)?.to_lowercase();
        let known = self.authorities();
        if let Some(named) = authorities::named(&text) {
            return Some(named.to_owned());
        }
        if known.contains(&text.as_str()) || text.contains('/') && nearest(&text, known.iter().copied()).is_none() {
            return Some(text);
        }
        let help = nearest(&text, known.iter().copied())
            .map_or_else(|| format!("such as {}", known.join(", ")), |n| format!("did you mean `{n}`?"));
        self.tell(at, format!("`{text}` is no authority"), Some(help));
        None
    }

    fn authorities(&self) -> Vec<&'a str> {
        let mut known: Vec<&str> = vec!["us/bis", "us/state"];
        for e in &self.book.exceptions {
            if let ExceptionKind::Derogation { authority, .. } = &e.kind
                && !known.contains(&authority.as_str())
            {
                known.push(authority);
            }
        }
        known
    }

    fn judgements(&mut self, at: &At, node: &Node) -> BTreeMap<String, Finding> {
        let mut out = BTreeMap::new();
        for (name, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(name);
            if !self.book.judgements.contains_key(name.as_ref()) && !OTHER_JUDGEMENTS.contains(&name.as_ref()) {
                let known = self.book.judgements.keys().map(String::as_str).chain(OTHER_JUDGEMENTS);
                let help = nearest(name, known).map(|n| format!("did you mean `{n}`?"));
                let shown: String = name.chars().take(80).collect();
                self.tell(
                    &here,
                    format!("`{shown}` is no finding that the law asks for"),
                    help.or_else(|| Some("`licit law coverage` lists them".into())),
                );
                continue;
            }
            let (mut yes, mut by) = (None, "the act as given".to_owned());
            match value {
                Node::Null => continue,
                Node::Map(pairs) => {
                    for (key, v) in pairs {
                        let field = here.field(key);
                        match key.as_ref() {
                            "answer" => yes = self.yes(&field, v),
                            "by" => by = self.text(&field, v).unwrap_or_default().to_owned(),
                            _ => self.unknown(&field, key, &["answer", "by"]),
                        }
                    }
                }
                plain => yes = self.yes(&here, plain),
            }
            match yes {
                Some(yes) => drop(out.insert(name.to_string(), Finding { yes, by })),
                None if self.problems.is_empty() => self.tell(&here, "a finding needs its `answer`: yes or no", None),
                None => {}
            }
        }
        out
    }

    fn yes(&mut self, at: &At, node: &Node) -> Option<bool> {
        match node {
            Node::Bool(b) => Some(*b),
            Node::Text(t) if t.eq_ignore_ascii_case("yes") => Some(true),
            Node::Text(t) if t.eq_ignore_ascii_case("no") => Some(false),
            other => {
                self.tell(at, format!("expected yes or no, found {}", other.kind()), None);
                None
            }
        }
    }

    fn counters(&mut self, at: &At, node: &Node) -> BTreeMap<String, Tally> {
        let mut out = BTreeMap::new();
        let known = self.book.counters();
        for (name, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(name);
            if !known.iter().any(|k| k == name.as_ref()) {
                let help = nearest(name, known.iter().map(String::as_str))
                    .map_or_else(|| format!("counters are {}", known.join(", ")), |n| format!("did you mean `{n}`?"));
                let shown: String = name.chars().take(80).collect();
                self.tell(&here, format!("`{shown}` is no counter of the law"), Some(help));
                continue;
            }
            if let Some(tally) = self.tally(&here, value) {
                out.insert(name.to_string(), tally);
            }
        }
        out
    }

    fn tally(&mut self, at: &At, node: &Node) -> Option<Tally> {
        let (mut at_least, mut at_most, mut unit) = (0.0, None, None);
        for (key, value) in self.map(at, node)? {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("at_least", v) => at_least = self.total(&here, v)?,
                ("at_most", v) => at_most = Some(self.total(&here, v)?),
                ("unit", v) => unit = self.filled(&here, v).and_then(|t| self.tally_unit(&here, t)),
                _ => self.unknown(&here, key, &["at_least", "at_most", "unit"]),
            }
        }
        if at_most.is_some_and(|most| most < at_least) {
            self.tell(at, "`at_most` is below `at_least`", None);
        }
        Some(Tally { at_least, at_most, unit: unit? })
    }

    fn tally_unit(&mut self, at: &At, text: &str) -> Option<String> {
        let unit = self.resolver.unit(text).map(|u| u.word().to_owned());
        unit.or_else(|unclear| self.resolver.currency(text).map_err(|_| unclear)).map_err(|u| self.tell(at, u.message, u.help)).ok()
    }

    fn total(&mut self, at: &At, node: &Node) -> Option<f64> {
        let value = match node {
            Node::Number(n) => Some(*n),
            other => self.filled(at, other).and_then(|t| self.amount(at, t)),
        }?;
        if !(0.0..=MOST_AMOUNT).contains(&value) {
            self.tell(at, format!("a total of {value} cannot be"), None);
            return None;
        }
        Some(value)
    }
}

/// Reads `1250000.50`, `1,250,000`, `1 250 000`.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '_' | '\'')).collect();
    let groups: Vec<&str> = plain.split(',').collect();
    let joined = match groups.as_slice() {
        [_] => plain.clone(),
        // A comma groups thousands only where exactly three digits follow each.
        [first, rest @ ..]
            if (1..=3).contains(&first.trim_start_matches('-').len())
                && rest.iter().all(|g| g.split('.').next().is_some_and(|d| d.len() == 3)) =>
        {
            groups.concat()
        }
        _ => return None,
    };
    let valid =
        joined.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == '.') && joined.chars().any(|c| c.is_ascii_digit());
    if valid { joined.parse().ok() } else { None }
}

fn split_amount(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
    (text.get(..end).unwrap_or("").trim(), text.get(end..).unwrap_or("").trim())
}

/// `15000 USD`, `USD 15000`, `$15,000`.
fn money_parts(text: &str) -> (String, String) {
    let (amount, currency): (String, String) =
        text.trim().chars().partition(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | ' ' | '_'));
    (amount.trim().to_owned(), currency.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_size() {
        assert_eq!(number("1,250,000"), Some(1_250_000.0));
        assert_eq!(number("1 250 000.5"), Some(1_250_000.5));
        assert_eq!(number("-3"), Some(-3.0));
        for bad in ["", "12,5", "1e9", "ten", "1,2345", "NaN", "inf"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn sums_are_read_either_way_round() {
        assert_eq!(money_parts("$15,000"), ("15,000".into(), "$".into()));
        assert_eq!(money_parts("EUR 12.50"), ("12.50".into(), "EUR".into()));
    }
}
