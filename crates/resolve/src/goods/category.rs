//! Kinds of goods that lists of luxury, arms and dual-use goods name, and which lists name them.
//!
//! A row of `goods-categories.csv` says by which codes or which words goods are of a kind. Words count where they name the thing,
//! not where they only describe it, and only beside a code that the row allows.

use super::rank::Candidate;
use super::text::{Text, key};
use super::words::Phrases;
use super::zones::{Built, Place};
use crate::tables::{at, many, rows};
use model::{Date, HsRange, parse_hs};
use std::collections::BTreeMap;

/// A list of the law or of a group of States that names goods.
#[derive(Clone, Debug)]
pub struct GoodsList {
    /// Its name, such as `un/2094/annex-iv`.
    pub id: String,
    /// What it is, in our words.
    pub title: String,
    /// First day on which it counts.
    pub from: Date,
    /// Where it stands.
    pub source: String,
    /// Whether it was read in its source.
    pub verified: bool,
}

/// That goods are of a kind, and what lists name that kind.
#[derive(Clone, PartialEq, Debug)]
pub struct Member {
    /// The kind, such as `luxury_watch`.
    pub category: String,
    /// Whether they surely are; else they may be.
    pub sure: bool,
    /// Lists that name it, each with the value in a currency above which it does.
    pub lists: Vec<(String, Option<(f64, String)>)>,
    /// Why, in words.
    pub why: String,
    /// What settles it, when it is open.
    pub ask: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    Code,
    Words,
}

#[derive(Debug)]
struct Row {
    category: String,
    by: By,
    sure: bool,
    hs: Vec<HsRange>,
    lists: Vec<(String, Option<(f64, String)>)>,
    ask: String,
}

/// The table, ready to look up.
#[derive(Debug)]
pub(crate) struct Categories {
    rows: Vec<Row>,
    /// Each phrase stands for several rows.
    sets: Vec<Vec<usize>>,
    words: Phrases,
    not_words: Phrases,
    pub(crate) lists: Vec<GoodsList>,
}

impl Categories {
    /// Reads `goods-categories.csv` and `goods-lists.csv`.
    pub(crate) fn read(categories: &str, lists: &str) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let lists = read_lists(lists, &mut problems);
        let (mut out, mut sets) = (Vec::new(), Vec::new());
        let (mut yes, mut no): (BTreeMap<String, Vec<usize>>, BTreeMap<String, Vec<usize>>) = Default::default();
        let columns = ["category", "match", "hs", "words", "not_words", "lists", "ask"];
        for (line, row) in rows("goods-categories.csv", categories, &columns, &mut problems) {
            let mut tell = |what: String| problems.push(format!("data/goods-categories.csv:{line}: {what}"));
            let (by, sure) = match at(&row, 1) {
                "code" => (By::Code, true),
                "code-possible" => (By::Code, false),
                "words" => (By::Words, true),
                "words-possible" => (By::Words, false),
                other => {
                    tell(format!("`{other}` is no way to match; use code, words, code-possible or words-possible"));
                    continue;
                }
            };
            let hs = many(at(&row, 2)).map(parse_hs).collect::<Result<Vec<_>, _>>().unwrap_or_else(|e| {
                tell(e);
                Vec::new()
            });
            let named: Vec<_> = many(at(&row, 5)).map(list_and_value).collect();
            for (list, _) in named.iter().filter(|(l, _)| lists.iter().all(|k: &GoodsList| k.id != *l)) {
                tell(format!("`{list}` is not in data/goods-lists.csv"));
            }
            if by == By::Code && hs.is_empty() || by == By::Words && at(&row, 3).is_empty() {
                tell("nothing to match".into());
            }
            for (column, into) in [(3, &mut yes), (4, &mut no)] {
                for phrase in many(at(&row, column)) {
                    into.entry(key(phrase)).or_default().push(out.len());
                }
            }
            out.push(Row { category: at(&row, 0).to_owned(), by, sure, hs, lists: named, ask: at(&row, 6).to_owned() });
        }
        let mut pack = |phrases: BTreeMap<String, Vec<usize>>| {
            let numbered: Vec<(String, u64)> = phrases
                .into_iter()
                .filter(|(k, _)| !k.is_empty())
                .map(|(k, set)| {
                    sets.push(set);
                    (k, sets.len() as u64 - 1)
                })
                .collect();
            Phrases::pack(numbered.iter().map(|(k, v)| (k.as_str(), *v))).and_then(Phrases::open)
        };
        match (pack(yes), pack(no), problems.is_empty()) {
            (Ok(words), Ok(not_words), true) => Ok(Self { rows: out, sets, words, not_words, lists }),
            (words, not_words, _) => {
                problems.extend([words.err(), not_words.err()].into_iter().flatten());
                Err(problems)
            }
        }
    }

    /// What kinds the goods of a description are, or may be; one answer a kind.
    pub(crate) fn of(&self, text: &Text, built: &Built, found: &[Candidate]) -> Vec<Member> {
        let stopped = self.rows_of(&self.not_words, text);
        let mut out: Vec<Member> = Vec::new();
        for (at, row, words) in self.by_words(text, built, found) {
            if !stopped.contains(&at) {
                add(&mut out, row, row.sure, format!("the words “{words}”"));
            }
        }
        for near in things(found) {
            for (_, row) in self.rows.iter().enumerate().filter(|(at, r)| r.by == By::Code && !stopped.contains(at)) {
                let Some(hit) = near.iter().find(|c| row.hs.iter().any(|r| c.hs.meets(*r))) else { continue };
                // “Rifle or its parts”: sure when every reading is some kind of arms, whichever it is.
                let kind = kind_of(&row.category);
                let covered = |c: &Candidate| {
                    self.rows
                        .iter()
                        .any(|r| r.by == By::Code && r.sure && kind_of(&r.category) == kind && r.hs.iter().any(|h| c.hs.within(*h)))
                };
                add(&mut out, row, row.sure && near.iter().all(|c| covered(c)), format!("heading {}", hit.hs));
            }
        }
        out.sort_by_key(|m| !m.sure);
        out
    }

    fn rows_of(&self, phrases: &Phrases, text: &Text) -> Vec<usize> {
        let mut out = Vec::new();
        phrases.find(text, |_, _, set| out.extend(self.set(set)));
        out
    }

    fn set(&self, set: u64) -> impl Iterator<Item = usize> + '_ {
        usize::try_from(set).ok().and_then(|s| self.sets.get(s)).into_iter().flatten().copied()
    }

    /// Rows whose words name the thing.
    fn by_words(&self, text: &Text, built: &Built, found: &[Candidate]) -> Vec<(usize, &Row, String)> {
        let mut out = Vec::new();
        let top = found.first().map_or(0.0, |c| c.score);
        self.words.find(text, |start, end, set| {
            let about = built.zones.iter().any(|z| z.start <= start && end <= z.end && z.place == Place::About);
            if built.denied_at(text, start) {
                return;
            }
            for at in self.set(set) {
                let Some(row) = self.rows.get(at) else { continue };
                let fits = |c: &Candidate| c.score >= 0.4 * top && row.hs.iter().any(|r| r.meets(c.hs));
                let made = found.first().is_none_or(|c| !c.firm || made_for(c.hs));
                let here = match (about, row.hs.is_empty()) {
                    (true, _) => made && kind_of(&row.category) != "luxury" && found.first().is_some_and(|c| c.firm),
                    (false, true) => made,
                    (false, false) => found.is_empty() && kind_of(&row.category) != "luxury" || found.iter().take(5).any(fits),
                };
                if here {
                    out.push((at, row, text.span(start, end).to_owned()));
                }
            }
        });
        out
    }

    /// The list of that name.
    pub(crate) fn list(&self, id: &str) -> Option<&GoodsList> {
        self.lists.iter().find(|l| l.id == id)
    }
}

/// For each thing named side by side, the headings that come near its surest one.
fn things(found: &[Candidate]) -> Vec<Vec<&Candidate>> {
    let mut out: Vec<Vec<&Candidate>> = Vec::new();
    for c in found.iter().filter(|c| c.firm) {
        match out.iter_mut().find(|near| near.first().is_some_and(|f| f.thing == c.thing)) {
            Some(near) if near.first().is_some_and(|f| c.score >= 0.6 * f.score) => near.push(c),
            Some(_) => {}
            None => out.push(vec![c]),
        }
    }
    out
}

/// `luxury`, `arms`, `dual`.
pub(crate) fn kind_of(category: &str) -> &str {
    category.split('_').next().unwrap_or(category)
}

/// Chapters of things that may be made for what stands behind “for”, or be what a military word names: an engine for a missile is
/// one; food, medicine, clothes, books, glassware and toys are none.
fn made_for(hs: HsRange) -> bool {
    !matches!(hs.first / 10_000, 1..=25 | 30 | 33 | 34 | 41..=67 | 70 | 91 | 92 | 94..=99)
}

/// Joins a finding to what is known of the kind.
fn add(out: &mut Vec<Member>, row: &Row, sure: bool, why: String) {
    match out.iter_mut().find(|m| m.category == row.category) {
        Some(held) if held.sure == sure => {
            for list in &row.lists {
                if held.lists.iter().all(|l| l.0 != list.0) {
                    held.lists.push(list.clone());
                }
            }
        }
        Some(held) if held.sure => {}
        Some(held) => *held = member(row, sure, why),
        None => out.push(member(row, sure, why)),
    }
}

fn member(row: &Row, sure: bool, why: String) -> Member {
    Member { category: row.category.clone(), sure, lists: row.lists.clone(), why, ask: row.ask.clone() }
}

/// `un/2321/annex-iv>500 USD`
fn list_and_value(text: &str) -> (String, Option<(f64, String)>) {
    let Some((list, value)) = text.split_once('>') else { return (text.to_owned(), None) };
    let mut words = value.split_whitespace();
    let amount = words.next().and_then(|n| n.parse().ok());
    (list.to_owned(), amount.zip(words.next().map(str::to_owned)))
}

fn read_lists(text: &str, problems: &mut Vec<String>) -> Vec<GoodsList> {
    let mut out = Vec::new();
    for (line, row) in rows("goods-lists.csv", text, &["list", "title", "from", "source", "confidence"], problems) {
        match at(&row, 2).parse() {
            Ok(from) => out.push(GoodsList {
                id: at(&row, 0).to_owned(),
                title: at(&row, 1).to_owned(),
                from,
                source: at(&row, 3).to_owned(),
                verified: at(&row, 4) == "verified",
            }),
            Err(_) => problems.push(format!("data/goods-lists.csv:{line}: `{}` is no date", at(&row, 2))),
        }
    }
    out
}
