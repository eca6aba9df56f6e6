//! Goods and services from their words: customs headings, and the lists of the law that name them.

use crate::memo::Memo;
use crate::tables::{GoodsWord, goods_words};
use crate::text::{denied, padded, pattern};
use crate::{Evidence, Notes};
use aho_corasick::AhoCorasick;
use model::{Date, HsRange, Item, Mark, Truth};
use std::sync::OnceLock;

/// The words of one row of a list of the law.
#[derive(Clone, Debug)]
pub struct ListWords {
    /// The list, or list and entry for a row with a value threshold.
    pub list: String,
    /// Phrases.
    pub words: Vec<String>,
    /// Phrases that silence the row.
    pub not_words: Vec<String>,
    /// Whether a phrase proves membership or only makes it possible.
    pub certain: bool,
    /// Codes with which a stated code must agree for the words to count; empty: any.
    pub hs: Vec<HsRange>,
    /// First and last day on which the row counts.
    pub period: (Date, Option<Date>),
    /// Whether the words are looked for in the names of parties instead of in descriptions of goods.
    pub names: bool,
}

/// One automaton over all phrases for goods, one over the words of lists of goods, one over those of lists of names.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// Built when the first description without a code comes: most of the start would go into it.
    goods: OnceLock<Goods>,
    goods_text: String,
    known: Memo<Description>,
    list_finder: AhoCorasick,
    list_rows: Vec<usize>,
    /// Rows that only make membership possible, by codes, unless a word speaks against it.
    silenced_rows: Vec<usize>,
    names: AhoCorasick,
    name_rows: Vec<usize>,
    lists: Vec<ListWords>,
    /// Phrases that silence rows, and which row each silences.
    stop_finder: AhoCorasick,
    stop_rows: Vec<usize>,
}

/// The phrases for goods and the automaton that finds them.
#[derive(Debug)]
struct Goods {
    words: Vec<GoodsWord>,
    finder: Option<AhoCorasick>,
    problems: Vec<String>,
}

impl Goods {
    fn read(text: &str) -> Self {
        let (words, mut problems) = goods_words(text);
        let finder = AhoCorasick::new(words.iter().map(|w| pattern(&w.phrase))).map_err(|e| problems.push(e.to_string())).ok();
        Self { words, finder, problems }
    }

    /// Whether a hit names what the thing is. A word for what has no code (money, a journey) does so only as the head of the
    /// phrase: “capital equipment” is no capital.
    fn names_goods(&self, hit: &Hit, end: usize) -> bool {
        hit.end == end || self.words.get(hit.at).is_some_and(|w| w.hs != [HsRange::NONE])
    }

    /// Headings a description may mean, and the phrases that say so.
    fn headings(&self, words: &str) -> (Vec<HsRange>, Vec<String>) {
        let (mut codes, mut phrases) = (Vec::new(), Vec::new());
        let Some(finder) = &self.finder else { return (codes, phrases) };
        for part in parts(words) {
            let text = padded(part);
            let longest = outermost(hits(finder, &text).filter(|h| self.names_goods(h, text.len())).collect());
            // The head noun of an English phrase stands last: a truck tyre is a tyre.
            let Some(head) = longest.iter().map(|h| h.end).max() else { continue };
            let words: Vec<&GoodsWord> = longest.iter().filter(|h| h.end == head).filter_map(|h| self.words.get(h.at)).collect();
            // “Tank top”, “car wash”: when an unknown word follows, that word is the thing, and what it is nobody knows.
            if open_head(text.get(head..).unwrap_or("")) && !words.iter().any(|w| w.firm) {
                continue;
            }
            for word in words {
                phrases.push(word.phrase.clone());
                codes.extend(word.hs.iter().copied());
            }
        }
        codes.sort_unstable();
        codes.dedup();
        (codes, phrases)
    }
}

/// What the words of a description say, whatever code may be stated beside them.
#[derive(Debug)]
struct Description {
    /// Headings and the phrases that say so; looked for only where no code is stated.
    headings: OnceLock<(Vec<HsRange>, Vec<String>)>,
    /// Rows of lists whose words occur, each with the phrase.
    rows: Vec<(usize, String)>,
    /// Rows that some phrase silences.
    stopped: Vec<usize>,
}

/// A phrase found: which one, and where.
#[derive(Clone, Copy)]
struct Hit {
    at: usize,
    start: usize,
    end: usize,
}

/// All places where phrases occur that the words before do not deny.
fn hits<'a>(finder: &'a AhoCorasick, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
    finder
        .find_overlapping_iter(text)
        .map(|m| Hit { at: m.pattern().as_usize(), start: m.start(), end: m.end() })
        .filter(move |h| !denied(text.get(..h.start).unwrap_or("")))
}

impl Matcher {
    pub(crate) fn new(goods_text: &str, lists: Vec<ListWords>) -> Result<Self, String> {
        let build = |patterns: &[String]| AhoCorasick::new(patterns).map_err(|e| e.to_string());
        let rows = |names: bool| {
            let mine = lists.iter().enumerate().filter(move |(_, l)| l.names == names);
            mine.flat_map(|(index, l)| l.words.iter().map(move |w| (pattern(w), index))).unzip::<_, _, Vec<String>, Vec<usize>>()
        };
        let ((list_patterns, list_rows), (name_patterns, name_rows)) = (rows(false), rows(true));
        let (list_finder, names) = (build(&list_patterns)?, build(&name_patterns)?);
        let silenced_rows = (0..lists.len()).filter(|i| lists.get(*i).is_some_and(|l| !l.certain && !l.not_words.is_empty())).collect();
        let stops = lists.iter().enumerate().flat_map(|(index, l)| l.not_words.iter().map(move |w| (pattern(w), index)));
        let (stop_patterns, stop_rows): (Vec<String>, Vec<usize>) = stops.unzip();
        let stop_finder = build(&stop_patterns)?;
        Ok(Self {
            goods: OnceLock::new(),
            goods_text: goods_text.to_owned(),
            known: Memo::new(),
            list_finder,
            list_rows,
            silenced_rows,
            names,
            name_rows,
            lists,
            stop_finder,
            stop_rows,
        })
    }

    fn goods(&self) -> &Goods {
        self.goods.get_or_init(|| Goods::read(&self.goods_text))
    }

    /// Every problem of the table of goods.
    pub(crate) fn problems(&self) -> &[String] {
        &self.goods().problems
    }

    /// Headings a description may mean, and the phrases that say so.
    pub(crate) fn headings(&self, words: &str) -> (Vec<HsRange>, Vec<String>) {
        self.goods().headings(words)
    }

    fn describe(&self, words: &str) -> Description {
        let text = padded(words);
        let stopped = self.stopped(&text);
        let mut rows: Vec<(usize, String)> = Vec::new();
        for hit in hits(&self.list_finder, &text) {
            let Some(row) = self.list_rows.get(hit.at).copied() else { continue };
            if !stopped.contains(&row) && !rows.iter().any(|(r, _)| *r == row) {
                rows.push((row, text.get(hit.start..hit.end).unwrap_or("").trim().to_owned()));
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        Description { headings: OnceLock::new(), rows, stopped }
    }

    pub(crate) fn item(&self, item: &mut Item, index: usize, notes: &mut Notes) {
        let known = self.known.get(&item.description, || self.describe(&item.description));
        if !item.hs_stated {
            let (codes, phrases) = known.headings.get_or_init(|| self.headings(&item.description));
            if !phrases.is_empty() {
                notes.add(|| Evidence {
                    fact: format!("items[{index}].hs"),
                    value: codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
                    because: format!("the words “{}”", phrases.join("”, “")),
                });
                item.identified = true;
                item.hs.clone_from(codes);
            }
        }
        let stated = item.marks.len();
        for (row, phrase) in &known.rows {
            let Some(row) = self.lists.get(*row) else { continue };
            let contrary = item.hs_stated && !row.hs.is_empty() && !meets(row, &item.hs);
            if contrary || item.marks.iter().take(stated).any(|m| m.list == row.list) {
                continue;
            }
            let truth = if row.certain { Truth::True } else { Truth::Unknown };
            item.marks.push(Mark { list: row.list.clone(), truth, from: row.period.0, to: row.period.1 });
            item.identified = true;
            notes.add(|| Evidence {
                fact: format!("items[{index}].is.{}", row.list),
                value: if row.certain { "yes" } else { "possible" }.into(),
                because: format!("the words “{phrase}”"),
            });
        }
        self.silenced(item, &known.stopped);
        item.identified |= item.hs_stated || stated > 0;
    }

    /// A list that only a code makes possible is ruled out when a word says that the thing is something else: diesel is no fuel
    /// for aircraft, though both are HS 2710.
    fn silenced(&self, item: &mut Item, stopped: &[usize]) {
        let possible = |index: &usize| self.lists.get(*index).filter(|row| !row.certain && meets(row, &item.hs));
        let mut lists: Vec<&str> =
            stopped.iter().filter(|i| self.silenced_rows.contains(i)).filter_map(possible).map(|r| r.list.as_str()).collect();
        lists.dedup();
        // Only when every row that the code makes possible is silenced.
        lists.retain(|list| (0..self.lists.len()).filter(|i| possible(i).is_some_and(|r| r.list == *list)).all(|i| stopped.contains(&i)));
        for list in lists {
            if item.marks.iter().all(|m| m.list != list) {
                item.marks.push(Mark::said(list, Truth::False));
            }
        }
    }

    /// Rows that some phrase of the text silences.
    fn stopped(&self, text: &str) -> Vec<usize> {
        let mut rows: Vec<usize> =
            self.stop_finder.find_overlapping_iter(text).filter_map(|m| self.stop_rows.get(m.pattern().as_usize()).copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Rows of lists of names whose words occur in the padded name of a party, each with the phrase.
    pub(crate) fn name_marks(&self, text: &str) -> Vec<(&ListWords, String)> {
        let stopped = self.stopped(text);
        let mut rows: Vec<(usize, String)> = Vec::new();
        for hit in hits(&self.names, text) {
            let Some(row) = self.name_rows.get(hit.at).copied() else { continue };
            if !stopped.contains(&row) && !rows.iter().any(|(r, _)| *r == row) {
                rows.push((row, text.get(hit.start..hit.end).unwrap_or("").trim().to_owned()));
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        rows.into_iter().filter_map(|(row, phrase)| Some((self.lists.get(row)?, phrase))).collect()
    }
}

/// Whether some code of a row may be the item's.
fn meets(row: &ListWords, codes: &[HsRange]) -> bool {
    row.hs.iter().any(|r| codes.iter().any(|c| c.meets(*r)))
}

/// Whether the words behind the last known one may name another thing. Numbers, models and grades do not.
fn open_head(rest: &str) -> bool {
    const NEUTRAL: [&str; 24] = [
        "type", "model", "grade", "class", "series", "brand", "mark", "new", "used", "each", "per", "piece", "unit", "set", "only", "not",
        "no", "size", "edition", "version", "second", "hand", "total", "about",
    ];
    let mut measured = false;
    rest.split(' ').any(|t| {
        // What follows a number is its unit: 152 mm, 75 inch.
        let unit = std::mem::replace(&mut measured, t.chars().any(|c| c.is_ascii_digit()));
        !unit && t.chars().count() > 1 && t.chars().all(char::is_alphabetic) && !NEUTRAL.contains(&t)
    })
}

/// A phrase inside a longer one says less: “car” in “toy car”.
fn outermost(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end)));
    let mut reach: Option<(usize, usize)> = None;
    hits.retain(|h| {
        let same = reach == Some((h.start, h.end));
        let inside = reach.is_some_and(|(_, end)| h.end <= end);
        if !inside {
            reach = Some((h.start, h.end));
        }
        !inside || same
    });
    hits
}

/// The things named side by side, each without what only describes it: “pumps for wells and pipes” → pumps, pipes.
fn parts(words: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for piece in words.split([',', ';', '(', ')', ':']).flat_map(|p| p.split(" and ")) {
        let end = [" for ", " of ", " with ", " from ", " to ", " in ", " on ", " at ", " by ", " that ", " which "]
            .iter()
            .filter_map(|stop| piece.find(stop))
            .min()
            .unwrap_or(piece.len());
        let head = piece.get(..end).unwrap_or(piece);
        // “10 units of sedans”, “parts of a car”: a measure says nothing by itself, so the rest counts too.
        let measure = [
            "unit",
            "set",
            "box",
            "container",
            "ton",
            "tonne",
            "bottle",
            "bag",
            "piece",
            "pair",
            "litre",
            "barrel",
            "shipment",
            "bar",
            "can",
            "tin",
            "jar",
            "pack",
            "packet",
            "bale",
            "roll",
            "sack",
            "drum",
            "crate",
            "carton",
            "pallet",
            "cargo",
            "batch",
            "case",
            "lot",
            "load",
            "consignment",
            "delivery",
            "kilogram",
            "gallon",
            "dozen",
        ];
        let tokens = crate::text::tokens(head);
        if tokens.last().is_none_or(|t| measure.contains(&t.as_str())) {
            out.push(piece);
        } else {
            out.push(head);
        }
    }
    out
}
