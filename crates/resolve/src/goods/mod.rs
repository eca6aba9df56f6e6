//! Goods and services from their words: customs headings, and the lists of the law that name them.

mod apart;
mod category;
mod classify;
mod grammar;
mod listed;
mod measure;
mod rank;
mod text;
mod turned;
mod words;
mod zones;

pub use category::{GoodsList, Member};
pub use classify::{Change, Classification};
pub(crate) use classify::{Classifier, Facts};
pub use listed::pack_list_words;
pub use measure::Measures;
pub use rank::{Candidate, heading};
pub(crate) use words::Kind;

use crate::memo::Memo;
use crate::tables::{TableTexts, Tables};
use crate::text::{denied, padded};
use crate::{Evidence, Notes};
use listed::{ListPhrases, Row};
use model::{Date, HsRange, Item, Mark, Truth};
use std::sync::OnceLock;

/// Packs the table of goods words, so that a program that carries it need not read it at each start.
///
/// # Errors
/// Every problem of the table.
pub fn pack_goods(text: &str) -> Result<Vec<u8>, Vec<String>> {
    let (rows, problems) = crate::tables::goods_words(text);
    if !problems.is_empty() {
        return Err(problems);
    }
    words::pack(&rows).map_err(|e| vec![e])
}

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
    /// Codes of the other rows of the list, for a row that has none of its own.
    pub beside: Vec<HsRange>,
    /// First and last day on which the row counts.
    pub period: (Date, Option<Date>),
    /// Whether the words are looked for in the names of parties instead of in descriptions of goods.
    pub names: bool,
    /// Whether they only say how a thing is, so that they leave open what it is.
    pub describes: bool,
    /// Whether to be on the list only ever makes an act milder.
    pub lifts: bool,
}

/// What finds the goods words, and the words of lists of goods and of lists of names.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// Opened when the first description without a code comes: much of the start would go into it.
    goods: OnceLock<Result<Classifier, Vec<String>>>,
    known: Memo<Description>,
    phrases: ListPhrases,
    /// Rows that only make membership possible, by codes, unless a word speaks against it.
    silenced_rows: Vec<usize>,
    rows: Vec<Row>,
}

/// What the words of a description say, whatever code may be stated beside them.
#[derive(Debug)]
struct Description {
    /// Codes, quantity, value; looked for only where somebody needs them.
    facts: OnceLock<Facts>,
    /// Whether a word for new or used stands in it; looked for only where somebody needs it.
    wear: OnceLock<bool>,
    /// Where each of several goods stands in it.
    goods: OnceLock<Vec<(usize, usize)>>,
    /// Rows of lists whose words occur, once for each phrase: one may only describe the thing, and another name it.
    rows: Vec<(usize, String)>,
    /// Rows that some phrase silences.
    stopped: Vec<usize>,
}

impl Matcher {
    /// `packed`: the phrases of the lists as [`pack_list_words`] packed them; empty to do it now, of `lists`.
    pub(crate) fn new(packed: &[u8], lists: impl FnOnce() -> Vec<ListWords>) -> Result<Self, String> {
        let (phrases, rows) = if packed.is_empty() { ListPhrases::open(&pack_list_words(&lists())?) } else { ListPhrases::open(packed) }?;
        let silenced_rows = (0..rows.len()).filter(|i| rows.get(*i).is_some_and(|row| !row.certain && row.may_be_silenced)).collect();
        Ok(Self { goods: OnceLock::new(), known: Memo::new(), phrases, silenced_rows, rows })
    }

    /// What finds goods, or what is wrong with its tables.
    pub(crate) fn classifier(&self, texts: &TableTexts<'_>) -> Result<&Classifier, &[String]> {
        self.goods.get_or_init(|| Classifier::open(texts)).as_ref().map_err(Vec::as_slice)
    }

    fn describe(&self, words: &str) -> Description {
        let text = padded(words);
        let stopped = self.stopped(&text);
        let mut rows: Vec<(usize, String)> = Vec::new();
        for hit in self.phrases.goods.hits(&text) {
            let phrase = text.get(hit.start..hit.end).unwrap_or("").trim();
            if !stopped.contains(&hit.row) && !rows.iter().any(|(r, p)| *r == hit.row && p == phrase) {
                rows.push((hit.row, phrase.to_owned()));
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        Description { facts: OnceLock::new(), wear: OnceLock::new(), goods: OnceLock::new(), rows, stopped }
    }

    /// The goods that a description names one beside the other; nothing when it names one.
    pub(crate) fn apart(&self, words: &str, texts: &TableTexts<'_>) -> Vec<String> {
        let known = self.known.get(words, || self.describe(words));
        let look = || self.classifier(texts).map(|c| c.apart(words)).unwrap_or_default();
        let places = known.goods.get_or_init(look);
        places.iter().map(|(from, to)| words.get(*from..*to).unwrap_or_default().trim().to_owned()).collect()
    }

    /// What the words of an item say that it is. `about`: they tell only what the act is about, as those of teaching do.
    pub(crate) fn item(&self, item: &mut Item, index: usize, about: bool, tables: &Tables, texts: &TableTexts<'_>, notes: &mut Notes) {
        let known = self.known.get(&item.description, || self.describe(&item.description));
        let mut heads: &[String] = &[];
        if !about && !item.hs_stated {
            let look = || self.classifier(texts).map(|c| c.facts(&item.description, tables)).unwrap_or_default();
            let Facts { codes, phrases, .. } = known.facts.get_or_init(look);
            heads = phrases;
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
            let Some(row) = self.rows.get(*row) else { continue };
            let contrary = item.hs_stated && row.contradicts(&item.hs);
            // “Rice cookers” are cookers: what only describes the thing that the words name does not put it on a list of other codes. Where
            // it stands elsewhere, “battlefield radios”, it may; but nothing becomes milder by what stands beside it.
            let named = item.hs_stated || heads.is_empty() || heads.iter().any(|head| names(phrase, head));
            let beside = !named && row.is_of_other_codes(&item.hs);
            if contrary || beside && heads.iter().any(|head| describes(phrase, head)) {
                continue;
            }
            if item.marks.iter().take(stated).any(|m| m.list == row.list) {
                continue;
            }
            let sure = row.certain && !(beside && row.lifts);
            let truth = if sure { Truth::True } else { Truth::Unknown };
            let mark = Mark { list: row.list.clone(), truth, from: row.period.0, to: row.period.1 };
            if item.marks.contains(&mark) {
                continue;
            }
            item.marks.push(mark);
            item.identified |= (!about || row.certain) && !row.describes;
            notes.add(|| Evidence {
                fact: format!("items[{index}].is.{}", row.list),
                value: if sure { "yes" } else { "possible" }.into(),
                because: format!("the words “{phrase}”"),
            });
        }
        self.silenced(item, &known.stopped);
        numbered(item, index, notes);
        item.identified |= item.hs_stated || stated > 0;
    }

    /// Fills in how much, what it is worth and whether it is new, where the words say so and no field does.
    pub(crate) fn measure(&self, item: &mut Item, index: usize, tables: &Tables, texts: &TableTexts<'_>, notes: &mut Notes) {
        if item.description.is_empty() {
            return;
        }
        let known = self.known.get(&item.description, || self.describe(&item.description));
        // With a code given, the words are read only where they hold a figure or a word for wear: opening the tables costs a start some milliseconds.
        let figure = || item.description.contains(|c: char| c.is_numeric());
        let wear = || *known.wear.get_or_init(|| measure::may_say_wear(texts.goods_grammar, &item.description));
        if item.hs_stated && !figure() && !(item.condition.is_none() && wear()) {
            return;
        }
        let look = || self.classifier(texts).map(|c| c.facts(&item.description, tables)).unwrap_or_default();
        known.facts.get_or_init(look).measures.fill(item, index, notes);
    }

    /// A list that only a code makes possible is ruled out when a word says that the thing is something else: diesel is no fuel
    /// for aircraft, though both are HS 2710.
    fn silenced(&self, item: &mut Item, stopped: &[usize]) {
        let possible = |index: &usize| self.rows.get(*index).filter(|row| !row.certain && row.meets(&item.hs));
        let mut lists: Vec<&str> =
            stopped.iter().filter(|i| self.silenced_rows.contains(i)).filter_map(possible).map(|r| r.list.as_str()).collect();
        lists.dedup();
        // Only when every row that the code makes possible is silenced.
        lists.retain(|list| (0..self.rows.len()).filter(|i| possible(i).is_some_and(|r| r.list == *list)).all(|i| stopped.contains(&i)));
        for list in lists {
            if item.marks.iter().all(|m| m.list != list) {
                item.marks.push(Mark::said(list, Truth::False));
            }
        }
    }

    /// Rows that some phrase of the text silences.
    fn stopped(&self, text: &str) -> Vec<usize> {
        let mut rows: Vec<usize> = self.phrases.stops.hits(text).into_iter().map(|hit| hit.row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Whether to be on the list only ever makes an act milder.
    pub(crate) fn lifts(&self, list: &str) -> bool {
        self.rows.iter().any(|row| row.list == list && row.lifts)
    }

    /// Rows of lists of names whose words occur in the padded name of a party, each with the phrase.
    pub(crate) fn name_marks(&self, text: &str) -> Vec<(&Row, String)> {
        let stopped = self.stopped(text);
        let mut rows: Vec<(usize, String)> = Vec::new();
        for hit in self.phrases.names.hits(text) {
            if !stopped.contains(&hit.row) && !rows.iter().any(|(r, _)| *r == hit.row) {
                rows.push((hit.row, text.get(hit.start..hit.end).unwrap_or("").trim().to_owned()));
            }
        }
        rows.sort_by_key(|(row, _)| *row);
        rows.into_iter().filter_map(|(row, phrase)| Some((self.rows.get(row)?, phrase))).collect()
    }
}

/// Whether a phrase is what names the thing, or ends as it does: “radios” in “military radios”, “furniture” in “hospital furniture”.
fn names(phrase: &str, head: &str) -> bool {
    let (head, phrase) = (padded(head), format!(" {phrase} "));
    head.ends_with(&phrase) || phrase.contains(&head)
}

/// Puts a thing on the lists of controlled goods whose number its description gives: `4D004`, `5A992.c`. What is numbered from 900 on only the
/// United States control.
fn numbered(item: &mut Item, index: usize, notes: &mut Notes) {
    const SUPPLIERS: &str = "un/words/strategic";
    const AMERICAN: &str = "us/words/on-control-list";
    let words = item.description.split(|c: char| !c.is_ascii_alphanumeric());
    // `not under 3A001`: said of the thing only to deny it.
    let denied = |number: &str| item.description.split(number).next().is_some_and(|before| denied(&padded(before)));
    let numbers: Vec<String> = words.filter(|word| is_control_number(word) && !denied(word)).map(str::to_owned).collect();
    let american = numbers.first();
    let suppliers = numbers.iter().find(|number| number.as_bytes().get(2).is_some_and(|digit| *digit < b'9'));
    for (list, number) in [(SUPPLIERS, suppliers), (AMERICAN, american)] {
        let Some(number) = number.filter(|_| item.marks.iter().all(|m| m.list != list)) else { continue };
        item.marks.push(Mark::said(list, Truth::True));
        item.identified = true;
        notes.add(|| Evidence {
            fact: format!("items[{index}].is.{list}"),
            value: "yes".into(),
            because: format!("the number “{number}”"),
        });
    }
}

/// Whether a word is a number of the control lists: category, group, three digits.
fn is_control_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.len() == 5 && digit(0) && bytes.get(1).is_some_and(|c| matches!(c, b'A'..=b'E')) && (2..5).all(digit)
}

/// Whether a phrase stands in another that names the thing, before its last word: “rice” in “rice cookers”.
fn describes(phrase: &str, head: &str) -> bool {
    let head = padded(head);
    let phrase = format!(" {phrase} ");
    head.contains(&phrase) && !head.ends_with(&phrase)
}
