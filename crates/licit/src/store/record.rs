//! What is kept of a decision: the question as it came, the law and lists it was answered with, the verdicts, and the answer itself.

use super::chain;
use crate::answer::span_text;
use crate::{Ask, Format, InputProblem, ReadAct, Rulebook, decide};
use decide::Depth;
use model::{Act, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What people have settled, among the lists: no list can have this name, which begins with a capital.
const SETTLED: &str = "Settled hits";
/// Hex digits of the hashes of what a decision rests on.
const PRINT_DIGITS: usize = 32;

/// A decision on record. The answer's own bytes lie beside it, under their hash.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The version of licit that decided.
    pub licit: String,
    /// The act as it was given.
    pub input: String,
    /// How it is written: `json`, `yaml`, `toml`.
    pub format: String,
    /// The authorities asked.
    pub asked: Vec<String>,
    /// The day whose law was asked for, where one was named: `2024-02-18`, or `2024-02-01/2024-02-29`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// `full` or `brief`.
    pub depth: String,
    /// Hash of the rulebook.
    pub rulebook: String,
    /// Hash of each list, and of what people have settled about hits.
    pub lists: BTreeMap<String, String>,
    /// The caller's name for the act.
    pub act_id: String,
    /// The day of the act, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// Who takes part, by name.
    pub parties: Vec<String>,
    /// The worst verdict, one word.
    pub overall: String,
    /// What is possible, by authority.
    pub verdicts: BTreeMap<String, Vec<String>>,
    /// The provisions that bear on it.
    pub provisions: Vec<String>,
    /// Hash of the answer's bytes.
    pub answer: String,
    /// What the verdicts rest on; decisions of earlier versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rests_on: Option<RestsOn>,
    /// The decision in whose place it was put when everything was decided again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
}

/// What verdicts and provisions follow from. They can be others only when one of these is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RestsOn {
    /// Hash of the act with every word looked up: who the parties may be, what the goods are.
    pub facts: String,
    /// Hash of the law that may reach the act on its days.
    pub law: String,
}

impl RestsOn {
    /// Of an act that is asked about.
    #[must_use]
    pub fn of(book: &Rulebook, act: &ReadAct, ask: &Ask) -> Self {
        Self { facts: Self::facts_of(act), law: Self::law_of(book, act, ask) }
    }

    /// Whether an act still rests on the same. Where the rulebook is the same, so is the law.
    pub(super) fn still(&self, book: &Rulebook, act: &ReadAct, ask: &Ask, same_rulebook: bool) -> bool {
        self.facts == Self::facts_of(act) && (same_rulebook || self.law == Self::law_of(book, act, ask))
    }

    fn facts_of(act: &ReadAct) -> String {
        let mut hasher = blake3::Hasher::new();
        for reading in readings(act) {
            // Texts, numbers and lists of them: there is nothing that could not be written.
            hasher.update(&postcard::to_stdvec(reading).unwrap_or_default());
        }
        short(&hasher)
    }

    fn law_of(book: &Rulebook, act: &ReadAct, ask: &Ask) -> String {
        let mut hasher = blake3::Hasher::new();
        for reading in readings(act) {
            let moved = ask.as_of.filter(|as_of| Some(*as_of) != reading.on).map(|as_of| Act { on: Some(as_of), ..reading.clone() });
            hasher.update(&book.engine().law_print(moved.as_ref().unwrap_or(reading), &ask.jurisdictions));
        }
        short(&hasher)
    }
}

/// The act, and what else it may be where its places are open.
fn readings(act: &ReadAct) -> impl Iterator<Item = &Act> {
    std::iter::once(&act.act).chain(act.others.iter().map(|o| &o.act))
}

fn short(hasher: &blake3::Hasher) -> String {
    hasher.finalize().to_hex().get(..PRINT_DIGITS).unwrap_or_default().to_owned()
}

/// Whether deciding again gives the same bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Replay {
    /// Byte for byte.
    Same,
    /// Same law, same lists, another answer, from this byte on: another version of licit wrote it, or something is wrong.
    Differs {
        /// First byte that differs.
        at: usize,
    },
    /// It was decided under a rulebook or lists that are not in use now.
    OtherLaw {
        /// What differs: `rulebook`, or the names of lists.
        what: Vec<String>,
    },
}

impl Replay {
    /// The answer of now beside the one that was kept, under the same law and lists.
    #[must_use]
    pub fn of(now: &str, kept: &str) -> Self {
        let at = now.bytes().zip(kept.bytes()).position(|(a, b)| a != b).unwrap_or(now.len().min(kept.len()));
        if now == kept { Self::Same } else { Self::Differs { at } }
    }
}

impl Record {
    /// Decides an act and makes what is to be kept: the record, and the answer's bytes.
    ///
    /// # Errors
    /// Every problem of the input.
    pub fn decided(book: &Rulebook, input: &str, format: Format, ask: &Ask) -> Result<(Self, String), Vec<InputProblem>> {
        let act = book.read_act(input.as_bytes(), format)?;
        let answer = decide(book, &act, ask);
        let text = answer.json(false);
        Ok((Self::of(&answer, input, format, ask, &text), text))
    }

    /// The record of an answer that was given.
    #[must_use]
    pub fn of(answer: &crate::Answer, input: &str, format: Format, ask: &Ask, text: &str) -> Self {
        let act = &answer.act.act;
        Self {
            licit: env!("CARGO_PKG_VERSION").to_owned(),
            input: input.to_owned(),
            format: format_word(format).to_owned(),
            asked: ask.jurisdictions.clone(),
            as_of: ask.as_of.map(span_text),
            depth: if ask.depth == Depth::Full { "full" } else { "brief" }.to_owned(),
            rulebook: answer.book.law().hash.clone(),
            lists: lists(answer.book),
            act_id: act.id.clone(),
            on: act.on.map(span_text),
            parties: act.parties.iter().map(|p| p.name.clone()).filter(|n| !n.is_empty()).collect(),
            overall: answer.overall().word().to_owned(),
            verdicts: verdicts(answer),
            provisions: provisions(answer),
            answer: chain::hash_of(text.as_bytes()),
            rests_on: Some(RestsOn::of(answer.book, answer.act, ask)),
            supersedes: None,
        }
    }

    /// The id that it is kept under.
    #[must_use]
    pub fn id(&self) -> String {
        chain::id_of(&chain::hash_of(self.body().as_bytes()))
    }

    /// What the entry of this record says.
    pub(super) fn body(&self) -> String {
        // Strings, lists and maps of strings: there is nothing that could not be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was asked, for asking it again.
    #[must_use]
    pub fn ask(&self) -> Ask {
        let depth = if self.depth == "brief" { Depth::Brief } else { Depth::Full };
        Ask { jurisdictions: self.asked.clone(), as_of: self.as_of.as_deref().and_then(span), depth }
    }

    /// How the input is written.
    #[must_use]
    pub fn input_format(&self) -> Format {
        match self.format.as_str() {
            "yaml" => Format::Yaml,
            "toml" => Format::Toml,
            _ => Format::Json,
        }
    }

    /// What makes two decisions answers to the same question.
    pub(super) fn question(&self) -> String {
        let Self { input, format, asked, as_of, depth, .. } = self;
        chain::hash_of(format!("{format}\n{depth}\n{}\n{}\n{input}", asked.join(","), as_of.as_deref().unwrap_or("")).as_bytes())
    }

    /// What it rests on that is no longer so: `rulebook`, or the names of lists.
    #[must_use]
    pub fn outdated(&self, book: &Rulebook) -> Vec<String> {
        let now = lists(book);
        let mut out = Vec::new();
        if self.rulebook != book.law().hash {
            out.push("rulebook".to_owned());
        }
        let names = self.lists.keys().chain(now.keys().filter(|name| !self.lists.contains_key(*name)));
        out.extend(names.filter(|name| self.lists.get(*name) != now.get(*name)).cloned());
        out
    }

    /// Decides again and compares the bytes.
    ///
    /// # Errors
    /// When the input can no longer be read.
    pub fn replay(&self, book: &Rulebook, kept: &str) -> Result<Replay, Vec<InputProblem>> {
        let what = self.outdated(book);
        if !what.is_empty() {
            return Ok(Replay::OtherLaw { what });
        }
        let (_, now) = Self::decided(book, &self.input, self.input_format(), &self.ask())?;
        Ok(Replay::of(&now, kept))
    }

    /// The act as a value, however it was written; nothing where it cannot be read.
    #[must_use]
    pub fn act(&self) -> serde_json::Value {
        act_value(&self.input, self.input_format())
    }
}

/// An act as a value, however it is written; nothing where it cannot be read.
pub(crate) fn act_value(text: &str, format: Format) -> serde_json::Value {
    match format {
        Format::Json => serde_json::from_str(text).ok(),
        Format::Yaml => serde_yaml_ng::from_str(text).ok(),
        Format::Toml => toml::from_str(text).ok(),
    }
    .unwrap_or_default()
}

/// What is possible, by authority.
pub(super) fn verdicts(answer: &crate::Answer) -> BTreeMap<String, Vec<String>> {
    let words = |d: &crate::Decision| d.possible.iter().map(|v| v.word().to_owned()).collect();
    answer.decisions.iter().map(|d| (d.jurisdiction.clone(), words(d))).collect()
}

/// The provisions that bear on the act.
pub(super) fn provisions(answer: &crate::Answer) -> Vec<String> {
    let mut out: Vec<String> = answer.decisions.iter().flat_map(|d| d.provisions.iter().map(|p| p.id.to_owned())).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn lists(book: &Rulebook) -> BTreeMap<String, String> {
    let all = book.lists().all().iter().map(|l| (l.list.clone(), l.hash.clone()));
    all.chain(book.lists().settled().map(|hash| (SETTLED.to_owned(), hash.to_owned()))).collect()
}

fn format_word(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Yaml => "yaml",
        Format::Toml => "toml",
    }
}

fn span(text: &str) -> Option<Span> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    Some(Span { first: first.parse().ok()?, last: last.parse().ok()? })
}
