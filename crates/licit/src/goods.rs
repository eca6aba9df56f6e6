//! What a description of goods means for the law: headings, kinds that lists name, and the paragraphs that speak of them.

use crate::input::{self, Format, InputProblem, Reader};
use crate::{Rulebook, json};
use model::{Area, Condition, Country, Date, HsRange, Item, Truth};
use resolve::{Candidate, Classification, Member, Notes};
use rulebook::{Condition as When, Effect, ItemTest, Match, Prohibition};
use serde::Serialize;

/// Most codes that are answered.
const MOST_CODES: usize = 8;
/// Codes that are this much less sure than the surest are not asked about in the law.
const NEAR: f32 = 0.5;

/// A paragraph that forbids something for which the code matters.
#[derive(Clone, Debug)]
pub struct Ban {
    /// Its id, such as `un/2397#7`.
    pub id: String,
    /// What it forbids, in our words.
    pub says: String,
    /// Where the goods must come from for it to catch them.
    pub from: Option<Country>,
    /// Where they must go.
    pub to: Option<Country>,
    /// Whether the goods surely are of the kind; else they may be.
    pub sure: bool,
}

/// The answer to a description of goods.
#[derive(Clone, Debug)]
pub struct Goods {
    /// The caller's name for the question.
    pub id: String,
    /// What the words mean.
    pub class: Classification,
    /// Paragraphs in force on the day that speak of such goods.
    pub bans: Vec<Ban>,
}

impl Rulebook {
    /// Reads a description of goods: `{"id", "description"}`.
    ///
    /// # Errors
    /// Every problem of the input, with its place, the reason and what would be right.
    pub fn read_goods(&self, bytes: &[u8], format: Format) -> Result<(String, String), Vec<InputProblem>> {
        let (node, text) = input::parse(bytes, format).map_err(|p| vec![p])?;
        Reader::new(self.law(), self.resolver(), Notes::none())
            .description(&node)
            .map_err(|problems| input::with_places(problems, text, format))
    }

    /// What a description of goods means, and what the law of a day says of such goods.
    #[must_use]
    pub fn classify(&self, id: String, description: &str, day: Date) -> Goods {
        let mut class = self.resolver().classify(description);
        // A list says nothing about the time before its first day.
        let begun = |list: &str| self.resolver().goods_list(list).is_none_or(|l| l.from <= day);
        for member in &mut class.categories {
            member.lists.retain(|(list, _)| begun(list));
        }
        class.categories.retain(|m| !m.lists.is_empty());
        let bans = self.bans(description, &class, day);
        Goods { id, class, bans }
    }

    /// Prohibitions in force that test the code of the goods, or a list that such goods are on.
    fn bans(&self, description: &str, class: &Classification, day: Date) -> Vec<Ban> {
        let codes: Vec<HsRange> = near(&class.codes).map(|c| c.hs).collect();
        let hs_stated = !codes.is_empty();
        let mut item = Item { description: description.to_owned(), hs: codes, hs_stated, ..Item::default() };
        self.resolver().item(&mut item, 0, &mut Notes::none());
        let law = self.law();
        let in_force = law.prohibitions.iter().filter(|p| p.effect == Effect::Prohibits && p.in_force(day));
        in_force.filter_map(|p| self.ban(p, &item, day)).collect()
    }

    fn ban(&self, rule: &Prohibition, item: &Item, day: Date) -> Option<Ban> {
        let mut seen = Seen::default();
        self.walk(rule.when.as_ref()?, item, day, &mut seen);
        let sure = seen.truth? == Truth::True;
        Some(Ban { id: rule.id.clone(), says: rule.says.clone(), from: seen.from, to: seen.to, sure })
    }

    /// Collects what a condition asks of the item and of the direction. What it excludes is left out.
    fn walk(&self, when: &When, item: &Item, day: Date, seen: &mut Seen) {
        match when {
            When::All(parts) | When::Any(parts) => parts.iter().for_each(|p| self.walk(p, item, day, seen)),
            When::Defined(name) => {
                if let Some(definition) = self.law().definitions.get(name) {
                    self.walk(&definition.when, item, day, seen);
                }
            }
            When::To(Area::One(country)) => seen.to = seen.to.or(Some(*country)),
            When::From(Area::One(country)) => seen.from = seen.from.or(Some(*country)),
            When::Item(ItemTest::Hs(ranges)) => seen.add(within(&item.hs, ranges)),
            When::Item(ItemTest::List(list)) => seen.add(self.on_list(item, list, day)),
            _ => {}
        }
    }

    fn on_list(&self, item: &Item, list: &str, day: Date) -> Truth {
        let marked = item.mark(list, day);
        let Some(list) = self.law().lists.get(list) else { return marked.unwrap_or(Truth::False) };
        let by_code = |row: &rulebook::ListRow| {
            let truth = within(&item.hs, &row.hs);
            if row.proves == Match::Certain && row.over.is_none() { truth } else { truth.min(Truth::Unknown) }
        };
        let rows = list.rows.iter().filter(|r| !r.hs.is_empty() && r.proves != Match::Words && r.period.holds_on(day));
        if marked == Some(Truth::False) {
            return Truth::False;
        }
        rows.map(by_code).chain(marked).max().unwrap_or(Truth::False)
    }
}

#[derive(Default)]
struct Seen {
    truth: Option<Truth>,
    from: Option<Country>,
    to: Option<Country>,
}

impl Seen {
    fn add(&mut self, truth: Truth) {
        if truth != Truth::False {
            self.truth = self.truth.max(Some(truth));
        }
    }
}

/// Whether all codes, some or none lie in the ranges.
fn within(codes: &[HsRange], ranges: &[HsRange]) -> Truth {
    if !codes.is_empty() && codes.iter().all(|c| ranges.iter().any(|r| c.within(*r))) {
        Truth::True
    } else if codes.iter().any(|c| ranges.iter().any(|r| c.meets(*r))) {
        Truth::Unknown
    } else {
        Truth::False
    }
}

/// The codes that come near the surest.
fn near(codes: &[Candidate]) -> impl Iterator<Item = &Candidate> {
    let top = codes.first().map_or(0.0, |c| c.score);
    codes.iter().filter(move |c| c.score >= NEAR * top && c.hs != HsRange::NONE)
}

#[derive(Serialize)]
struct View<'a> {
    id: &'a str,
    codes: Vec<CodeView<'a>>,
    categories: Vec<&'a str>,
    lists: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    possible: Vec<PossibleView<'a>>,
    bans: Vec<BanView<'a>>,
    ask: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<QuantityView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    findings: &'a [String],
}

#[derive(Serialize)]
struct CodeView<'a> {
    hs: String,
    score: f32,
    why: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subheading: Option<String>,
    /// Headings of earlier editions from which goods of this one came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<EarlierView<'a>>,
}

#[derive(Serialize)]
struct EarlierView<'a> {
    hs: String,
    until: u16,
    what: &'a str,
}

#[derive(Serialize)]
struct PossibleView<'a> {
    category: &'a str,
    lists: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    ask: &'a str,
}

#[derive(Serialize)]
struct BanView<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    sure: bool,
}

#[derive(Serialize)]
struct QuantityView {
    value: f64,
    unit: &'static str,
}

#[derive(Serialize)]
struct ValueView<'a> {
    amount: f64,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<bool>,
}

impl Goods {
    /// Headings, surest first, each once, with the subheading where the words say so much.
    #[must_use]
    pub fn headings(&self) -> Vec<(&Candidate, HsRange)> {
        let mut out: Vec<(&Candidate, HsRange)> = Vec::new();
        for code in self.class.codes.iter().filter(|c| c.hs != HsRange::NONE) {
            let heading = resolve::heading(code.hs);
            if out.iter().all(|(_, h)| *h != heading) {
                out.push((code, heading));
            }
        }
        out.truncate(MOST_CODES);
        out
    }

    /// Lists that surely name the goods: no value is open, and the day is theirs.
    #[must_use]
    pub fn lists(&self) -> Vec<&str> {
        let sure = self.class.categories.iter().filter(|m| m.sure);
        let mut out: Vec<&str> = sure.flat_map(|m| m.lists.iter().filter(|(_, over)| over.is_none()).map(|(l, _)| l.as_str())).collect();
        let mut seen = Vec::new();
        out.retain(|l| {
            !seen.contains(l) && {
                seen.push(*l);
                true
            }
        });
        out
    }

    /// What may be: kinds that only some reading meets, and lists that hang on a value.
    pub fn possible(&self) -> impl Iterator<Item = (&Member, Vec<&str>)> {
        let lists = self.lists();
        self.class.categories.iter().filter_map(move |m| {
            let open: Vec<&str> = m.lists.iter().map(|(l, _)| l.as_str()).filter(|l| !lists.contains(l)).collect();
            (!open.is_empty()).then_some((m, open))
        })
    }

    /// One line of JSON.
    #[must_use]
    pub fn json(&self, book: &Rulebook, indented: bool) -> String {
        let round = |score: f32| (score * 100.0).round() / 100.0;
        let codes = self.headings().into_iter().map(|(code, heading)| CodeView {
            hs: heading.to_string(),
            score: round(code.score),
            why: &code.why,
            title: book.resolver().heading_title(heading),
            subheading: (code.hs != heading).then(|| code.hs.to_string()),
            earlier: book
                .resolver()
                .earlier_headings(heading)
                .map(|c| EarlierView { hs: c.old.to_string(), until: c.edition - 1, what: &c.what })
                .collect(),
        });
        let measures = &self.class.measures;
        let view = View {
            id: &self.id,
            codes: codes.collect(),
            categories: self.class.categories.iter().filter(|m| m.sure).map(|m| m.category.as_str()).collect(),
            lists: self.lists(),
            possible: self.possible().map(|(m, lists)| PossibleView { category: &m.category, lists, ask: &m.ask }).collect(),
            bans: self.bans.iter().map(BanView::of).collect(),
            ask: &self.class.ask,
            quantity: measures.quantity.map(|q| QuantityView { value: q.amount, unit: q.unit.word() }),
            value: measures.money.as_ref().map(|m| ValueView { amount: m.amount, currency: &m.currency, each: measures.each }),
            condition: measures.condition.map(|c| if c == Condition::New { "new" } else { "used" }),
            findings: &self.class.findings,
        };
        json::text(&view, indented)
    }
}

impl<'a> BanView<'a> {
    fn of(ban: &'a Ban) -> Self {
        Self { id: &ban.id, from: ban.from.as_ref().map(Country::code), to: ban.to.as_ref().map(Country::code), sure: ban.sure }
    }
}
