//! Goods and services from their words: customs headings, and the lists of the law that name them.

use crate::tables::{GoodsWord, Tables};
use crate::text::{denied, padded, pattern};
use crate::{Evidence, Notes};
use aho_corasick::AhoCorasick;
use model::{Date, HsRange, Item, Mark, Truth};

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
    goods_finder: AhoCorasick,
    list_finder: AhoCorasick,
    list_rows: Vec<usize>,
    /// Rows that only make membership possible, by codes, unless a word speaks against it.
    silenced_rows: Vec<usize>,
    names: AhoCorasick,
    name_rows: Vec<usize>,
    goods: Vec<GoodsWord>,
    lists: Vec<ListWords>,
    /// Phrases that silence rows, and which row each silences.
    stop_finder: AhoCorasick,
    stop_rows: Vec<usize>,
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
    pub(crate) fn new(tables: &Tables, lists: Vec<ListWords>) -> Result<Self, String> {
        let build = |patterns: &[String]| AhoCorasick::new(patterns).map_err(|e| e.to_string());
        let goods_finder = build(&tables.goods.iter().map(|w| pattern(&w.phrase)).collect::<Vec<_>>())?;
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
            goods_finder,
            list_finder,
            list_rows,
            silenced_rows,
            names,
            name_rows,
            goods: tables.goods.clone(),
            lists,
            stop_finder,
            stop_rows,
        })
    }

    /// Whether a hit names what the thing is. A word for what has no code (money, a journey) does so only as the head of the
    /// phrase: “capital equipment” is no capital.
    fn names_goods(&self, hit: &Hit, end: usize) -> bool {
        hit.end == end || self.goods.get(hit.at).is_some_and(|w| w.hs != [HsRange::NONE])
    }

    /// Headings a description may mean, and the phrases that say so.
    pub(crate) fn headings(&self, words: &str) -> (Vec<HsRange>, Vec<String>) {
        let (mut codes, mut phrases) = (Vec::new(), Vec::new());
        for part in parts(words) {
            let text = padded(part);
            let goods: Vec<Hit> = hits(&self.goods_finder, &text).filter(|h| self.names_goods(h, text.len())).collect();
            let longest = outermost(goods);
            // The head noun of an English phrase stands last: a truck tyre is a tyre.
            let Some(head) = longest.iter().map(|h| h.end).max() else { continue };
            let words: Vec<&GoodsWord> = longest.iter().filter(|h| h.end == head).filter_map(|h| self.goods.get(h.at)).collect();
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

    pub(crate) fn item(&self, item: &mut Item, index: usize, notes: &mut Notes) {
        if !item.hs_stated {
            let (codes, phrases) = self.headings(&item.description);
            if !phrases.is_empty() {
                notes.add(|| Evidence {
                    fact: format!("items[{index}].hs"),
                    value: codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or "),
                    because: format!("the words “{}”", phrases.join("”, “")),
                });
                item.identified = true;
                item.hs = codes;
            }
        }
        let text = padded(&item.description);
        let stated = item.marks.clone();
        for (row, phrase) in self.marks(&text, if item.hs_stated { Some(&item.hs) } else { None }) {
            if stated.iter().any(|m| m.list == row.list) {
                continue;
            }
            let truth = if row.certain { Truth::True } else { Truth::Unknown };
            item.marks.push(Mark { list: row.list.clone(), truth, from: row.period.0, to: row.period.1 });
            item.identified = true;
            notes.add(|| Evidence {
                fact: format!("items[{index}].is.{}", row.list),
                value: if row.certain { "yes" } else { "possible" }.into(),
                because: format!("the words “{}”", phrase.trim()),
            });
        }
        self.silenced(item, &text);
        item.identified |= item.hs_stated || !stated.is_empty();
    }

    /// A list that only a code makes possible is ruled out when a word says that the thing is something else: diesel is no fuel
    /// for aircraft, though both are HS 2710.
    fn silenced(&self, item: &mut Item, text: &str) {
        let meets = |index: &usize| self.lists.get(*index).is_some_and(|row| row.hs.iter().any(|r| item.hs.iter().any(|c| c.meets(*r))));
        if !self.silenced_rows.iter().any(meets) {
            return;
        }
        let stopped = self.stopped(text);
        let mut lists: Vec<&str> = Vec::new();
        for row in stopped.iter().filter(|i| self.silenced_rows.contains(i) && meets(i)).filter_map(|i| self.lists.get(*i)) {
            if !lists.contains(&row.list.as_str()) {
                lists.push(&row.list);
            }
        }
        for list in lists {
            let others =
                (0..self.lists.len()).filter(|i| self.lists.get(*i).is_some_and(|row| row.list == list && !row.certain) && meets(i));
            if others.into_iter().all(|i| stopped.contains(&i)) && item.marks.iter().all(|m| m.list != list) {
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

    /// Rows of lists of goods whose words occur in a padded text, each with the phrase.
    fn marks(&self, text: &str, stated: Option<&[HsRange]>) -> Vec<(&ListWords, String)> {
        self.rows(text, stated, &self.list_rows, hits(&self.list_finder, text))
    }

    /// Rows of lists of names whose words occur in the padded name of a party.
    pub(crate) fn name_marks(&self, text: &str) -> Vec<(&ListWords, String)> {
        self.rows(text, None, &self.name_rows, hits(&self.names, text))
    }

    fn rows(&self, text: &str, stated: Option<&[HsRange]>, rows: &[usize], hits: impl Iterator<Item = Hit>) -> Vec<(&ListWords, String)> {
        let mut out: Vec<(usize, &ListWords, String)> = Vec::new();
        let mut stopped: Option<Vec<usize>> = None;
        for hit in hits {
            let Some(index) = rows.get(hit.at).copied() else { continue };
            let Some(row) = self.lists.get(index) else { continue };
            let silenced = stopped.get_or_insert_with(|| self.stopped(text)).contains(&index);
            let contrary = stated.is_some_and(|codes| !row.hs.is_empty() && !row.hs.iter().any(|r| codes.iter().any(|c| c.meets(*r))));
            if !silenced && !contrary && !out.iter().any(|(i, ..)| *i == index) {
                out.push((index, row, text.get(hit.start..hit.end).unwrap_or("").to_owned()));
            }
        }
        out.sort_by_key(|(i, ..)| *i);
        out.into_iter().map(|(_, row, phrase)| (row, phrase)).collect()
    }
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
        let measure =
            ["unit", "set", "box", "container", "ton", "tonne", "bottle", "bag", "piece", "pair", "litre", "barrel", "shipment", "bar"];
        let tokens = crate::text::tokens(head);
        if tokens.last().is_none_or(|t| measure.contains(&t.as_str())) {
            out.push(piece);
        } else {
            out.push(head);
        }
    }
    out
}
