//! Rows of a table whose parts were met before: each part of an act is looked up once for what stands in its columns, and a decision is found again
//! for every act that differs in nothing that was looked at ([`decide::Rests`]).
//!
//! The invariant: whatever is answered here is what reading and deciding the whole row would answer. What a part does not settle by itself, and
//! whatever is wrong, is not answered here, and the row goes the long way.

use super::Question;
use super::columns::Plan;
use super::pieces::{Amounts, Piece, Pieces};
use super::shelf::{Front, Numbers, Shelf};
use super::source::Table;
use crate::input::{self, Format, Reader};
use crate::{Answer, Depth, Rulebook};
use decide::{Around, Countries, Rests};
use model::{Act, Country, Date, Finding, HsRange, Item, Kinds, Mark, Party, Role, Span, Status, VerdictSet};
use resolve::Notes;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Parts that are remembered of each sort.
const MOST_PARTS: usize = 1 << 18;
/// Decisions that are remembered.
const MOST_DECISIONS: usize = 1 << 19;
/// What is around acts that is remembered: some kilobytes each.
const MOST_AROUND: usize = 1 << 13;
/// Sets of regimes of which it is remembered what they tell apart of countries: some ten kilobytes each.
const MOST_SETS: usize = 1 << 11;
/// Longest row that is answered here.
const MOST_BYTES: usize = 16 << 10;
/// Most parties of an act that is answered here.
const MOST_PARTIES: usize = 16;

/// The columns of an answer: overall, one for each authority, possible, provisions, missing.
pub(super) type Told = Vec<String>;

/// What an answer tells in columns.
pub(super) fn told(answer: &Answer) -> Told {
    told_of(answer.overall(), &answer.decisions)
}

fn told_of(overall: VerdictSet, decisions: &[decide::Decision]) -> Told {
    let mut cells = vec![overall.word().to_owned()];
    cells.extend(decisions.iter().map(|d| d.possible.word().to_owned()));
    let mut missing: Vec<&str> = Vec::new();
    for fact in decisions.iter().flat_map(|d| &d.missing).map(|m| m.fact.as_str()) {
        if !missing.contains(&fact) {
            missing.push(fact);
        }
    }
    let provisions: Vec<&str> = decisions.iter().flat_map(|d| &d.provisions).map(|p| p.id).collect();
    let possible: Vec<&str> = overall.iter().map(model::Verdict::word).collect();
    cells.extend([possible.join(";"), provisions.join(";"), missing.join(";")]);
    cells
}

/// What was found for the rows of a table so far.
pub(super) struct Known<'a> {
    asked: Question<'a>,
    pieces: Pieces,
    days: Shelf<Option<When>>,
    heads: Shelf<Option<HeadFound>>,
    places: Shelf<Option<u32>>,
    goods: Shelf<Option<GoodsFound>>,
    parties: Shelf<PartyFound>,
    /// Parties without their roles, looked up: who sells in one row buys in another.
    people: Shelf<Option<Arc<Party>>>,
    amounts: Shelf<bool>,
    head_shapes: Numbers<Head>,
    place_shapes: Numbers<Places>,
    party_shapes: Numbers<Party>,
    /// Goods without their codes and marks, their codes as far as law tells them apart, their marks.
    bare_shapes: Numbers<Vec<Item>>,
    code_shapes: Numbers<Vec<Vec<HsRange>>>,
    mark_shapes: Numbers<Vec<(Vec<Mark>, bool)>>,
    /// Rows by where and between whom they are, as the law tells countries apart.
    alike: Shelf<Option<Arc<Alike>>>,
    /// What decisions look at of the goods, by everything else.
    looks: Shelf<Looks>,
    decisions: Shelf<Vec<Stretch>>,
    /// The regimes that may be concerned whatever is done with what goods, by who takes part and where, and the days on which it is these.
    around: Shelf<Vec<AroundFound>>,
    /// Those of them that may be, by everything but the goods, and the days on which it is these.
    near: Shelf<Vec<Near>>,
    near_sets: Numbers<Arc<[usize]>>,
    /// Countries as the regimes of a set tell them apart, by its number.
    countries: Shelf<Arc<Countries>>,
    /// Acts but for their day and the codes and marks of their goods, as the regimes near them tell countries apart.
    nearly: Numbers<()>,
    /// What the regimes of a set tell apart of codes: by the numbers of both.
    told_apart: Shelf<Option<u32>>,
    code_classes: Numbers<()>,
    answers: Numbers<Told>,
}

/// When an act is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Unknown,
    Day(Date),
    Span(Date, Date),
}

/// What is known of an act from its first columns.
#[derive(Serialize)]
struct Head {
    kind: Kinds,
    status: Option<Status>,
    contract_date: Option<Span>,
    judgements: BTreeMap<String, Finding>,
}

#[derive(Clone, Copy)]
struct HeadFound {
    shape: u32,
    kind: Kinds,
}

#[derive(Serialize)]
struct Places {
    origin: Option<Country>,
    destination: Option<Country>,
    transit: Vec<Country>,
}

#[derive(Clone, Copy)]
struct GoodsFound {
    bare: u32,
    codes: u32,
    marks: u32,
    /// Whether anything was said of goods at all.
    any: bool,
}

#[derive(Clone, Copy)]
enum PartyFound {
    Absent,
    Shape(u32),
    /// The whole act must be looked at.
    Open,
}

/// Facts of the goods that a decision looks at.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Looks {
    codes: bool,
    marks: bool,
}

/// The numbers of places, goods and parties after countries that no law tells apart became one.
struct Alike {
    places: u32,
    bare: u32,
    parties: Vec<u32>,
}

/// An answer and the days on which it holds.
#[derive(Clone, Copy)]
struct Stretch {
    first: Date,
    last: Date,
    /// None where it depends on quantities and sums.
    answer: Option<u32>,
}

/// What is around an act, and the days on which it is this.
#[derive(Clone)]
struct AroundFound {
    first: Date,
    last: Date,
    around: Arc<Around>,
}

/// The regimes that may be concerned, and the days on which it is these.
#[derive(Clone)]
struct Near {
    first: Date,
    last: Date,
    regimes: Arc<[usize]>,
    /// Their number.
    set: u32,
    /// The number of the act but for its day and its goods' codes and marks, and of all that these regimes do not tell from it.
    nearly: u32,
}

/// A row of a table.
#[derive(Clone, Copy)]
struct Line<'t> {
    table: &'t Table,
    row: usize,
}

/// Room to write keys in, and what was found last for parts of which there are few.
#[derive(Default)]
pub(super) struct Room {
    key: Vec<u8>,
    decision: Vec<u8>,
    parties: Vec<u32>,
    days: Front<Option<When>>,
    heads: Front<Option<HeadFound>>,
    places: Front<Option<u32>>,
    goods: Front<Option<GoodsFound>>,
    amounts: Front<bool>,
}

/// What a row is, in numbers.
struct Numbered<'r> {
    head: HeadFound,
    places: u32,
    goods: GoodsFound,
    when: When,
    parties: &'r [u32],
}

impl<'a> Known<'a> {
    /// None where rows cannot be taken apart, or where the whole answer is asked for.
    pub(super) fn of(asked: &Question<'a>, plan: &Plan) -> Option<Self> {
        let pieces = Pieces::of(plan).filter(|_| asked.ask.depth == Depth::Brief)?;
        Some(Self {
            asked: asked.clone(),
            pieces,
            days: Shelf::new(MOST_PARTS),
            heads: Shelf::new(MOST_PARTS),
            places: Shelf::new(MOST_PARTS),
            goods: Shelf::new(MOST_PARTS),
            parties: Shelf::new(MOST_PARTS),
            people: Shelf::new(MOST_PARTS),
            amounts: Shelf::new(MOST_PARTS),
            head_shapes: Numbers::new(),
            place_shapes: Numbers::new(),
            party_shapes: Numbers::new(),
            bare_shapes: Numbers::new(),
            code_shapes: Numbers::new(),
            mark_shapes: Numbers::new(),
            alike: Shelf::new(MOST_PARTS),
            looks: Shelf::new(MOST_DECISIONS),
            decisions: Shelf::new(MOST_DECISIONS),
            around: Shelf::new(MOST_AROUND),
            near: Shelf::new(MOST_PARTS),
            near_sets: Numbers::new(),
            countries: Shelf::new(MOST_SETS),
            nearly: Numbers::new(),
            told_apart: Shelf::new(MOST_PARTS),
            code_classes: Numbers::new(),
            answers: Numbers::new(),
        })
    }

    /// What an answer with this number tells.
    pub(super) fn told(&self, answer: u32) -> Option<Arc<Told>> {
        self.answers.get(answer)
    }

    /// The id of a row that is answered here.
    pub(super) fn id<'t>(&self, table: &'t Table, row: usize) -> Option<&'t str> {
        const LONGEST: usize = 1_000;
        let Some(column) = self.pieces.id else { return Some("") };
        table.columns.get(column)?.text(row).map(str::trim).filter(|id| id.len() <= LONGEST)
    }

    /// The number of the answer to a row; none when it must go the long way.
    pub(super) fn answer(&self, table: &Table, row: usize, room: &mut Room) -> Option<u32> {
        let Room { key, decision, parties, days, heads, places, goods, amounts } = room;
        let text = |column: &usize| table.columns.get(*column).and_then(|c| c.text(row));
        let (p, line) = (&self.pieces, Line { table, row });
        if !p.other.iter().all(|column| text(column) == Some("")) || !self.amounts_are_good(&p.amounts, &text, key, amounts) {
            return None;
        }
        let said = self.found((&self.days, days), &p.day, line, key, &[], |act| Some(when(act.on)))?;
        let when = self.asked.ask.as_of.map_or(said, |span| when(Some(span)));
        let head = self.found((&self.heads, heads), &p.head, line, key, &[], |act| self.head(act))?;
        let places = self.found((&self.places, places), &p.places, line, key, &[], |act| self.places(act))?;
        // Goods that are moved are told apart from each other.
        let kind = head.kind.0.to_le_bytes();
        let goods = self.found((&self.goods, goods), &p.goods, line, key, &kind, |act| self.goods(act, head.kind))?;
        parties.clear();
        for (at, piece) in (0u8..).zip(&p.parties) {
            match self.party(at, piece, table, row, key)? {
                PartyFound::Absent => {}
                PartyFound::Shape(shape) => parties.push(shape),
                PartyFound::Open => return None,
            }
        }
        let nothing = parties.is_empty() && !goods.any;
        if nothing || parties.len() > MOST_PARTIES || row_bytes(table, row) > MOST_BYTES {
            return None;
        }
        let alike = self.alike(places, goods.bare, parties, key)?;
        let goods = GoodsFound { bare: alike.bare, ..goods };
        self.decision(&Numbered { head, places: alike.places, goods, when, parties: &alike.parties }, decision)
    }

    /// Where and between whom a row is, as the law tells countries apart.
    fn alike(&self, places: u32, bare: u32, parties: &[u32], key: &mut Vec<u8>) -> Option<Arc<Alike>> {
        key.clear();
        [places, bare].into_iter().chain(parties.iter().copied()).for_each(|number| key.extend_from_slice(&number.to_le_bytes()));
        self.alike.get(key, || {
            let mut act = self.whereabouts(places, bare, parties)?;
            self.asked.book.engine().countries(None).put_stand_ins(&mut act);
            let places = Places { origin: act.origin, destination: act.destination, transit: act.transit };
            let parties = act.parties.into_iter().map(|party| number(&self.party_shapes, party)).collect::<Option<_>>()?;
            Some(Arc::new(Alike { places: number(&self.place_shapes, places)?, bare: number(&self.bare_shapes, act.items)?, parties }))
        })
    }

    /// An act of which nothing is known but where and between whom it is, and what is said of its goods beside their codes.
    fn whereabouts(&self, places: u32, bare: u32, parties: &[u32]) -> Option<Act> {
        let (places, items) = (self.place_shapes.get(places)?, self.bare_shapes.get(bare)?);
        let parties = parties.iter().map(|p| self.party_shapes.get(*p).map(|p| p.as_ref().clone())).collect::<Option<Vec<_>>>()?;
        Some(Act {
            parties,
            items: items.as_ref().clone(),
            origin: places.origin,
            destination: places.destination,
            transit: places.transit.clone(),
            ..Act::default()
        })
    }

    /// The value of a part, found by what stands in its columns.
    fn found<V: Copy>(
        &self,
        (shelf, front): (&Shelf<Option<V>>, &mut Front<Option<V>>),
        piece: &Piece,
        line: Line,
        key: &mut Vec<u8>,
        beside: &[u8],
        make: impl FnOnce(Act) -> Option<V>,
    ) -> Option<V> {
        key.clear();
        key.extend_from_slice(beside);
        piece.key(line.table, line.row, key)?;
        shelf.get_by(front, key, || self.read(&piece.json(line.table, line.row)).and_then(make))
    }

    fn party(&self, at: u8, piece: &Piece, table: &Table, row: usize, key: &mut Vec<u8>) -> Option<PartyFound> {
        let look = || {
            let Some(mut act) = self.read(&piece.json(table, row)) else { return PartyFound::Open };
            match (act.parties.pop(), act.parties.is_empty()) {
                (None, _) => PartyFound::Absent,
                (Some(party), true) => self.resolved(party).map_or(PartyFound::Open, PartyFound::Shape),
                (Some(_), false) => PartyFound::Open,
            }
        };
        key.clear();
        // Two parties with the same words may have other roles.
        key.push(at);
        piece.key(table, row, key)?;
        Some(self.parties.get(key, look))
    }

    /// A part of an act, read as the single command reads it.
    fn read(&self, json: &[u8]) -> Option<Act> {
        let book: &Rulebook = self.asked.book;
        let (node, _) = input::parse(json, Format::Json).ok()?;
        Reader::new(book.law(), book.resolver(), Notes::none()).some_fields(&node)
    }

    fn head(&self, act: Act) -> Option<HeadFound> {
        let judgements = match &act.purpose {
            Some(purpose) => self.asked.book.resolver().purpose_alone(purpose)?,
            None => BTreeMap::new(),
        };
        let head = Head { kind: act.kind, status: act.status, contract_date: act.contract_date, judgements };
        let kind = head.kind;
        number(&self.head_shapes, head).map(|shape| HeadFound { shape, kind })
    }

    fn places(&self, act: Act) -> Option<u32> {
        number(&self.place_shapes, Places { origin: act.origin, destination: act.destination, transit: act.transit })
    }

    fn goods(&self, act: Act, kind: Kinds) -> Option<GoodsFound> {
        let any = !act.items.is_empty();
        let mut items = self.asked.book.resolver().goods_alone(act.items.into_iter().next().unwrap_or_default(), kind)?;
        let codes: Vec<Vec<HsRange>> = items.iter_mut().map(|i| std::mem::take(&mut i.hs)).collect();
        let marks = items.iter_mut().map(|i| (std::mem::take(&mut i.marks), std::mem::take(&mut i.identified))).collect();
        for item in &mut items {
            item.description.clear();
            item.hs_stated = false;
        }
        let class = self.classes(&codes, None);
        Some(GoodsFound {
            bare: number(&self.bare_shapes, items)?,
            codes: self.code_shapes.of(&class, || codes)?,
            marks: number(&self.mark_shapes, marks)?,
            any,
        })
    }

    /// What tells the codes of items from all that some law tells apart from them: that of the regimes near, or any.
    fn classes(&self, codes: &[Vec<HsRange>], near: Option<&[usize]>) -> Vec<u8> {
        let mut out = Vec::new();
        for item in codes {
            out.extend(u32::try_from(item.len()).unwrap_or(u32::MAX).to_le_bytes());
            item.iter().for_each(|code| self.asked.book.engine().put_code_class(near, *code, &mut out));
        }
        out
    }

    /// A party, looked up and screened, without what no brief decision looks at.
    fn resolved(&self, mut party: Party) -> Option<u32> {
        let role = party.role.take();
        // What an owner is called may speak of what he owns.
        if role == Some(Role::Owner) {
            return None;
        }
        let key = serde_json::to_vec(&party).ok()?;
        let found = self.people.get(&key, || self.asked.book.resolver().party_alone(party).map(|party| Arc::new(bare(party))))?;
        number(&self.party_shapes, Party { role, ..found.as_ref().clone() })
    }

    /// Whether quantity and sum can be read. Nearly every row has others, so plain numbers are not remembered, only units and currencies.
    fn amounts_are_good<'t>(
        &self,
        amounts: &Amounts,
        text: &impl Fn(&usize) -> Option<&'t str>,
        key: &mut Vec<u8>,
        front: &mut Front<bool>,
    ) -> bool {
        let mut good = |amount: Option<usize>, unit: Option<usize>, field: &str| {
            let Some(amount) = amount else { return true };
            let (Some(amount), Some(unit)) = (text(&amount).map(str::trim), unit.map_or(Some(""), |u| text(&u))) else { return false };
            if amount.is_empty() {
                return true;
            }
            let plain = is_plain(amount) && unit.chars().all(char::is_alphabetic);
            let said = if plain { "1" } else { amount };
            key.clear();
            key.extend_from_slice(field.as_bytes());
            key.extend_from_slice(said.as_bytes());
            key.push(0);
            key.extend_from_slice(unit.as_bytes());
            let look = || {
                let whole = if unit.trim().is_empty() { said.to_owned() } else { format!("{said} {unit}") };
                self.read(serde_json::json!({"items": [{field: whole}]}).to_string().as_bytes()).is_some()
            };
            self.amounts.get_by(front, key, look)
        };
        good(amounts.quantity, amounts.unit, "quantity") && good(amounts.value, amounts.currency, "value")
    }

    fn decision(&self, row: &Numbered, key: &mut Vec<u8>) -> Option<u32> {
        key.clear();
        let mut put = |number: u32| key.extend_from_slice(&number.to_le_bytes());
        [row.head.shape, row.places, row.goods.bare].into_iter().chain(row.parties.iter().copied()).for_each(&mut put);
        let day = if let When::Day(day) = row.when { Some(day) } else { None };
        if let When::Span(first, last) = row.when {
            key.extend_from_slice(format!("{first}{last}").as_bytes());
        }
        key.push(match row.when {
            When::Unknown => 0,
            When::Day(_) => 1,
            When::Span(..) => 2,
        });
        let near = day.and_then(|day| self.near(row, key, day));
        let codes = near.as_ref().map_or(Some(row.goods.codes), |near| self.told_apart(near, row.goods.codes))?;
        if let Some(near) = &near {
            key.clear();
            [near.nearly, near.set].into_iter().for_each(|number| key.extend_from_slice(&number.to_le_bytes()));
        }
        let length = key.len();
        let looks = self.looks.find(key, |looks| Some(*looks));
        if let Some(looks) = looks {
            beside(key, codes, row.goods.marks, looks);
            let fits = |s: &&Stretch| day.is_none_or(|day| s.first <= day && day <= s.last);
            if let Some(answer) = self.decisions.find(key, |all| all.iter().find(fits).map(|s| s.answer)) {
                return answer;
            }
        }
        key.truncate(length);
        let (answer, rests) = self.decide(row, near.as_ref())?;
        // What other goods looked at counts too, so that one question finds them all.
        let known = looks.unwrap_or_default();
        let looks = Looks { codes: known.codes || rests.codes, marks: known.marks || rests.marks };
        self.looks.put(key, |held| match held {
            Some(held) => {
                *held = Looks { codes: held.codes || looks.codes, marks: held.marks || looks.marks };
                None
            }
            None => Some(looks),
        });
        beside(key, codes, row.goods.marks, looks);
        let (first, last) = if day.is_some() { rests.days } else { (Date::MIN, Date::MAX) };
        let stretch = Stretch { first, last, answer: answer.filter(|_| !rests.amounts) };
        self.decisions.put(key, |held| one_more(held, stretch));
        stretch.answer
    }

    /// Decides an act of which quantities and sums are left out, and says what that rests on.
    fn decide(&self, row: &Numbered, near: Option<&Near>) -> Option<(Option<u32>, Rests)> {
        let act = self.act(row)?;
        let around = match (near, row.when) {
            (Some(_), When::Day(day)) => Some(self.around(row, &act, day)?),
            _ => None,
        };
        let spares = near.zip(around.as_deref()).map(|(near, around)| (near.regimes.as_ref(), around));
        let (decisions, mut rests) = self.asked.book.engine().decide_resting(&act, &self.asked.ask.jurisdictions, spares);
        if let Some(near) = near {
            rests = rests.and(Rests { days: (near.first, near.last), ..Rests::default() });
        }
        let overall = crate::answer::overall(&decisions);
        let told = told_of(overall, &decisions);
        let answer = self.answers.of(told.join("\u{1f}").as_bytes(), || told.clone());
        Some((answer, rests))
    }

    /// The regimes that an act may concern whatever its goods are, and the days on which it is these.
    fn near(&self, row: &Numbered, key: &[u8], day: Date) -> Option<Near> {
        let found = |all: &Vec<Near>| all.iter().find(|near| near.first <= day && day <= near.last).cloned();
        if let Some(near) = self.near.find(key, found) {
            return Some(near);
        }
        // What is asked of the goods' own days is asked with them.
        let mut bare = self.act(row)?;
        bare.items.iter_mut().for_each(|item| item.marks.clear());
        let jurisdictions = &self.asked.ask.jurisdictions;
        let around = self.around(row, &bare, day)?;
        let (regimes, rests) = self.asked.book.engine().near(&bare, jurisdictions, Some(&around))?;
        // Those around it are these on more days yet.
        let (regimes, (first, last)): (Arc<[usize]>, _) = (regimes.into(), rests.days);
        let text: Vec<u8> = regimes.iter().flat_map(|at| at.to_le_bytes()).collect();
        let set = self.near_sets.of(&text, || Arc::clone(&regimes))?;
        let nearly = self.nearly(row, set, &regimes)?;
        let near = Near { first, last, set, regimes, nearly };
        self.near.put(key, |held| one_more(held, near.clone()));
        Some(near)
    }

    /// The regimes that an act may concern whatever its goods are and wherever they come from.
    fn around(&self, row: &Numbered, act: &Act, day: Date) -> Option<Arc<Around>> {
        let numbers = [row.head.shape, row.places].into_iter().chain(row.parties.iter().copied());
        let key: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        let found = |all: &Vec<AroundFound>| all.iter().find(|a| a.first <= day && day <= a.last).map(|a| Arc::clone(&a.around));
        if let Some(around) = self.around.find(&key, found) {
            return Some(around);
        }
        let (around, rests) = self.asked.book.engine().around(act, &self.asked.ask.jurisdictions)?;
        let (around, (first, last)) = (Arc::new(around), rests.days);
        self.around.put(&key, |held| one_more(held, AroundFound { first, last, around: Arc::clone(&around) }));
        Some(around)
    }

    /// The number of an act without its day and its goods' codes and marks, and of all that differ from it in countries alone that these regimes do not tell apart.
    fn nearly(&self, row: &Numbered, set: u32, regimes: &[usize]) -> Option<u32> {
        let mut act = self.whereabouts(row.places, row.goods.bare, row.parties)?;
        let countries = self.countries.get(&set.to_le_bytes(), || self.asked.book.engine().countries(Some(regimes)));
        countries.put_stand_ins(&mut act);
        let Act { origin, destination, transit, items, parties, .. } = act;
        let text = serde_json::to_vec(&(row.head.shape, Places { origin, destination, transit }, items, parties)).ok()?;
        self.nearly.of(&text, || ())
    }

    /// What these codes are to the regimes that may be concerned: of all that they do not tell apart it is the same number.
    fn told_apart(&self, near: &Near, codes: u32) -> Option<u32> {
        let key = [near.set.to_le_bytes(), codes.to_le_bytes()].concat();
        self.told_apart.get(&key, || {
            let class = self.classes(self.code_shapes.get(codes)?.as_ref(), Some(&near.regimes));
            self.code_classes.of(&class, || ())
        })
    }

    fn act(&self, row: &Numbered) -> Option<Act> {
        let head = self.head_shapes.get(row.head.shape)?;
        let mut act = self.whereabouts(row.places, row.goods.bare, row.parties)?;
        let (codes, marks) = (self.code_shapes.get(row.goods.codes)?, self.mark_shapes.get(row.goods.marks)?);
        for ((item, codes), (marks, identified)) in act.items.iter_mut().zip(codes.iter()).zip(marks.iter()) {
            (item.hs, item.marks, item.identified) = (codes.clone(), marks.clone(), *identified);
        }
        act.on = match row.when {
            When::Unknown => None,
            When::Day(day) => Some(Span { first: day, last: day }),
            When::Span(first, last) => Some(Span { first, last }),
        };
        (act.kind, act.status, act.contract_date) = (head.kind, head.status, head.contract_date);
        act.judgements.clone_from(&head.judgements);
        resolve::somebody_acts(&mut act);
        Some(act)
    }
}

/// One more of what is kept for some days each.
fn one_more<V>(held: Option<&mut Vec<V>>, one: V) -> Option<Vec<V>> {
    match held {
        Some(all) => {
            all.push(one);
            None
        }
        None => Some(vec![one]),
    }
}

/// A party without what no brief decision looks at.
fn bare(party: Party) -> Party {
    let Party { kind, nationality, located_in, government_of, flag, designated, listed_by, mut designations, marks, .. } = party;
    designations.iter_mut().for_each(|d| (d.listing, d.who) = (String::new(), String::new()));
    designations.dedup();
    Party { kind, nationality, located_in, government_of, flag, designated, listed_by, designations, marks, ..Party::default() }
}

fn when(on: Option<Span>) -> When {
    match on {
        None => When::Unknown,
        Some(Span { first, last }) if first == last => When::Day(first),
        Some(Span { first, last }) => When::Span(first, last),
    }
}

/// The number of a thing, by everything that is in it.
fn number<T: Serialize>(numbers: &Numbers<T>, thing: T) -> Option<u32> {
    let text = serde_json::to_vec(&thing).ok()?;
    numbers.of(&text, || thing)
}

/// Adds to a key what is looked at of the goods.
fn beside(key: &mut Vec<u8>, codes: u32, marks: u32, looks: Looks) {
    let seen = |looked: bool, number: u32| if looked { number } else { u32::MAX };
    key.extend_from_slice(&seen(looks.codes, codes).to_le_bytes());
    key.extend_from_slice(&seen(looks.marks, marks).to_le_bytes());
}

/// Digits, with a point perhaps, above zero and below the most that is believed.
fn is_plain(text: &str) -> bool {
    let points = text.bytes().filter(|b| *b == b'.').count();
    text.len() <= 15
        && points <= 1
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && text.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

fn row_bytes(table: &Table, row: usize) -> usize {
    table.columns.iter().map(|c| c.text(row).map_or(MOST_BYTES, str::len)).sum()
}
