//! The law as data: reads and checks law files, and holds the result.
//!
//! Reading never stops at the first problem: [`Rulebook::read`] returns what it could read and every problem with its
//! place. The form of a file is `docs/law-format.md`. The invariant: a block that is not understood entirely is a
//! problem, never half a rule.

mod blocks;
mod check;
mod condition;
mod lists;
mod markdown;
mod packed;
mod read;
mod timeline;

pub use blocks::{
    Adoption, Contest, Definition, Effect, Encoded, Exception, ExceptionKind, Instrument, Judgement, ListDef, Paragraph, ParagraphKind,
    Parameter, Period, Prohibition, Purpose, Reach, Reading, Regime, Route, Step, Unit, Vote,
};
pub use condition::{Condition, ItemTest, PartyTest};
pub use lists::{ListRow, Match};
pub use timeline::{Change, Event, cut_points, diff, events};

use model::HsRange;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A file of the rulebook: its name and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the project, for messages; `.md` is a law file, `.csv` a list.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// Something wrong in a law file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right, when we can guess.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)?;
        match &self.help {
            Some(help) => write!(f, " (did you mean `{help}`?)"),
            None => Ok(()),
        }
    }
}

/// All encoded law.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Rulebook {
    /// `blake3:…` over the names and bytes of all files, in order of name.
    pub hash: String,
    /// Instruments in order of adoption.
    pub instruments: Vec<Instrument>,
    /// Paragraphs in order of instrument and number.
    pub paragraphs: Vec<Paragraph>,
    /// Prohibitions and duties.
    pub prohibitions: Vec<Prohibition>,
    /// Exemptions and derogations.
    pub exceptions: Vec<Exception>,
    /// Named conditions.
    pub definitions: BTreeMap<String, Definition>,
    /// Numbers with a history.
    pub parameters: BTreeMap<String, Parameter>,
    /// Lists of goods and of words.
    pub lists: BTreeMap<String, ListDef>,
    /// Ways of being bound.
    pub reaches: BTreeMap<String, Reach>,
    /// Regimes with their reach.
    pub regimes: BTreeMap<String, Regime>,
    /// Findings that the law leaves to somebody.
    pub judgements: BTreeMap<String, Judgement>,
    /// Purposes and the findings that settle them.
    pub purposes: BTreeMap<String, Purpose>,
    /// Disputes about what is in force. Each is a judgement too, so that an act can choose a reading.
    pub contests: BTreeMap<String, Contest>,
    /// Groups of countries.
    #[serde(with = "packed::groups")]
    groups: Vec<std::sync::Arc<model::Group>>,
    /// Ids that notes and parameters name, while the checks need them.
    #[serde(skip)]
    mentions: Vec<(String, (String, usize))>,
}

impl Rulebook {
    /// Reads law files and lists. Every problem found is returned; a rulebook with problems must not be used to decide.
    #[must_use]
    pub fn read(files: &[SourceFile]) -> (Self, Vec<Problem>) {
        let (mut book, mut problems) = read::files(files);
        book.hash = hash(files);
        check::all(&book, &mut problems);
        // They served the checks; the law does not need them.
        book.mentions = Vec::new();
        problems.sort();
        problems.dedup();
        (book, problems)
    }
    /// The instrument with this id.
    #[must_use]
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|i| i.id == id)
    }
    /// The instrument that a provision id such as `un/2397#7` belongs to.
    #[must_use]
    pub fn instrument_of(&self, id: &str) -> Option<&Instrument> {
        self.instrument(id.split('#').next().unwrap_or(id))
    }
    /// The prohibition or duty with this id.
    #[must_use]
    pub fn prohibition(&self, id: &str) -> Option<&Prohibition> {
        self.prohibitions.iter().find(|p| p.id == id)
    }
    /// The exception with this id.
    #[must_use]
    pub fn exception(&self, id: &str) -> Option<&Exception> {
        self.exceptions.iter().find(|e| e.id == id)
    }
    /// The lists whose words some condition looks for in the names of parties.
    #[must_use]
    pub fn lists_of_names(&self) -> BTreeSet<&str> {
        let mut out = BTreeSet::new();
        self.each_condition(&mut |c| {
            if let Condition::Party(test) = c {
                out.extend(test.list.as_deref());
            }
        });
        out
    }
    /// The lists that only exceptions speak of: to be on one makes an act milder, never worse.
    #[must_use]
    pub fn lists_that_lift(&self) -> BTreeSet<&str> {
        let forbid = self.prohibitions.iter().filter_map(|p| p.when.as_ref()).chain(self.regimes.values().map(|r| &r.when));
        let forbid = self.lists_in(forbid.collect());
        let mut lift = self.lists_in(self.exceptions.iter().map(|e| &e.when).collect());
        lift.retain(|id| !forbid.contains(id));
        lift
    }
    fn lists_in(&self, conditions: Vec<&Condition>) -> BTreeSet<&str> {
        let mut out = BTreeSet::new();
        self.leaves_in(conditions, &mut |leaf| {
            if let Leaf::List(list) = leaf
                && let Some((id, _)) = self.lists.get_key_value(&list.id)
            {
                out.insert(id.as_str());
            }
        });
        out
    }
    fn each_condition<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        let rules = self.prohibitions.iter().filter_map(|p| p.when.as_ref());
        let others = self.exceptions.iter().map(|e| &e.when).chain(self.regimes.values().map(|r| &r.when));
        for when in rules.chain(others).chain(self.definitions.values().map(|d| &d.when)) {
            condition::walk(when, visit);
        }
    }
    /// Every set of customs codes of which the law speaks at once: those of a condition, and those of the rows of a list that count alike, on the same days.
    #[must_use]
    pub fn sets_of_codes(&self) -> Vec<Vec<HsRange>> {
        let mut sets = Vec::new();
        self.each_condition(&mut |condition| {
            if let Condition::Item(ItemTest::Hs(ranges)) = condition {
                sets.push(ranges.clone());
            }
        });
        self.lists.values().for_each(|list| sets.extend(sets_of_codes_on(list)));
        sets.sort_unstable();
        sets.dedup();
        sets
    }
    /// Those of which one regime speaks.
    #[must_use]
    pub fn sets_of_codes_in(&self, regime: &str) -> Vec<Vec<HsRange>> {
        let mut sets = Vec::new();
        self.each_leaf(regime, &mut |leaf| match leaf {
            Leaf::Codes(ranges) => sets.push(ranges.to_vec()),
            Leaf::List(list) => sets.extend(sets_of_codes_on(list)),
            Leaf::Area(_) | Leaf::Parameter(_) | Leaf::Period(_) => {}
        });
        sets.retain(|set| !set.is_empty());
        sets.sort_unstable();
        sets.dedup();
        sets
    }
    /// Every country and group of countries of which some condition speaks.
    #[must_use]
    pub fn areas(&self) -> BTreeSet<&model::Area> {
        let mut areas = BTreeSet::new();
        self.each_condition(&mut |condition| match condition {
            Condition::To(a) | Condition::From(a) | Condition::Via(a) | Condition::In(a) => {
                areas.insert(a);
            }
            Condition::Party(t) => areas.extend([&t.national, &t.located, &t.tied, &t.government].into_iter().flatten()),
            _ => {}
        });
        areas
    }
    /// Those of which one regime speaks.
    #[must_use]
    pub fn areas_in(&self, regime: &str) -> BTreeSet<model::Area> {
        let mut areas = BTreeSet::new();
        self.each_leaf(regime, &mut |leaf| {
            if let Leaf::Area(area) = leaf {
                areas.insert(area.clone());
            }
        });
        areas
    }
    /// The groups of countries that conditions may name.
    pub fn groups(&self) -> impl Iterator<Item = &model::Group> {
        self.groups.iter().map(std::convert::AsRef::as_ref)
    }
    /// Notes for every exception in which regimes it lifts something: its own, and those of what it names.
    fn exceptions_by_regime(&mut self) {
        let rules = self.prohibitions.iter().map(|p| (&p.id, &p.regime)).chain(self.exceptions.iter().map(|e| (&e.id, &e.regime)));
        let home: BTreeMap<String, String> = rules.map(|(id, regime)| (id.clone(), regime.clone())).collect();
        for e in &mut self.exceptions {
            let named = e.defeats.iter().filter_map(|d| d.strip_prefix("regime:").or_else(|| home.get(d).map(String::as_str)));
            let mut regimes: Vec<String> = named.chain([e.regime.as_str()]).map(str::to_owned).collect();
            regimes.sort();
            regimes.dedup();
            e.regimes = regimes;
        }
    }
    /// The caps that a rule, or what lifts it, speaks of.
    #[must_use]
    pub fn caps_of(&self, rule: &Prohibition) -> Vec<&Parameter> {
        let lifting = self.exceptions.iter().filter(|e| e.defeats.contains(&rule.id)).map(|e| &e.when);
        let mut ids = BTreeSet::new();
        self.leaves_in(rule.when.iter().chain(lifting).collect(), &mut |leaf| {
            if let Leaf::Parameter(cap) = leaf {
                ids.insert(cap.id.clone());
            }
        });
        ids.iter().filter_map(|id| self.parameters.get(id)).collect()
    }
    /// Whether a prohibition of the regime, or whom it reaches, hangs on who is listed.
    #[must_use]
    pub fn asks_who_is_listed(&self, regime: &str) -> bool {
        let Some(head) = self.regimes.get(regime) else { return false };
        let rules =
            self.prohibitions.iter().filter(|p| p.regime == regime && p.effect == Effect::Prohibits).filter_map(|p| p.when.as_ref());
        let mut open: Vec<&Condition> = rules.chain([&head.when]).collect();
        let (mut seen, mut asks) = (BTreeSet::new(), false);
        while let Some(next) = open.pop().filter(|_| !asks) {
            condition::walk(next, &mut |c| match c {
                Condition::Party(test) => asks |= test.designated,
                Condition::Defined(id) if seen.insert(id) => open.extend(self.definitions.get(id).map(|d| &d.when)),
                _ => {}
            });
        }
        asks
    }
    /// Visits everything with days of its own, and all codes, that one rule speaks of.
    fn leaves_of(&self, rule: &Prohibition, visit: &mut impl FnMut(Leaf)) {
        self.leaves_in(rule.when.iter().collect(), visit);
    }
    /// Visits everything with days of its own, and all codes, that the law of a regime speaks of.
    fn each_leaf(&self, regime: &str, visit: &mut impl FnMut(Leaf)) {
        let rules = self.prohibitions.iter().filter(|p| p.regime == regime).filter_map(|p| p.when.as_ref());
        let exceptions = self.exceptions.iter().filter(|e| e.regimes.iter().any(|r| r == regime)).map(|e| &e.when);
        self.leaves_in(rules.chain(exceptions).chain(self.regimes.get(regime).map(|r| &r.when)).collect(), visit);
    }
    fn leaves_in(&self, conditions: Vec<&Condition>, visit: &mut impl FnMut(Leaf)) {
        let mut seen = std::collections::BTreeSet::new();
        let mut open = conditions;
        while let Some(next) = open.pop() {
            condition::walk(next, &mut |c| match c {
                Condition::To(a) | Condition::From(a) | Condition::Via(a) | Condition::In(a) => visit(Leaf::Area(a)),
                Condition::Party(t) => {
                    [&t.national, &t.located, &t.tied, &t.government].into_iter().flatten().for_each(|a| visit(Leaf::Area(a)));
                    t.list.iter().filter_map(|id| self.lists.get(id)).for_each(|l| visit(Leaf::List(l)));
                }
                Condition::Item(ItemTest::Hs(ranges)) => visit(Leaf::Codes(ranges)),
                Condition::Item(ItemTest::List(id)) => self.lists.get(id).into_iter().for_each(|l| visit(Leaf::List(l))),
                Condition::Within { limit, .. } => self.parameters.get(limit).into_iter().for_each(|p| visit(Leaf::Parameter(p))),
                Condition::Defined(id) if seen.insert(id) => {
                    let definition = self.definitions.get(id);
                    definition.into_iter().flat_map(|d| &d.periods).for_each(|p| visit(Leaf::Period(p)));
                    open.extend(definition.map(|d| &d.when));
                }
                _ => {}
            });
        }
    }
    /// The totals that some cap counts, in order.
    #[must_use]
    pub fn counters(&self) -> Vec<String> {
        let mut out = std::collections::BTreeSet::new();
        self.each_condition(&mut |c| {
            if let Condition::Within { counter, .. } = c {
                out.insert(counter.clone());
            }
        });
        out.into_iter().collect()
    }
    /// How a provision is cited: `S/RES/2397 (2017), para. 7`, `S/RES/1718 (2006), para. 8(a)(iii)`.
    #[must_use]
    pub fn cite(&self, id: &str) -> String {
        cite(self.instrument_of(id), id)
    }
}

/// How a provision of an instrument is cited; by its id where the instrument is not known.
#[must_use]
pub fn cite(instrument: Option<&Instrument>, id: &str) -> String {
    let symbol = instrument.map_or(id, |i| &i.symbol);
    let unit = instrument.map_or(Unit::Paragraph, |i| i.unit);
    let place = id.split_once('#').map_or("", |(_, p)| p);
    let mut parts = place.split('/').next().unwrap_or(place).split('.');
    let mut number = parts.next().unwrap_or("").to_owned();
    if unit == Unit::CodeSection
        && let Some(second) = parts.next()
    {
        number = format!("{number}.{second}");
    }
    let rest: String = parts.map(|part| format!("({part})")).collect();
    match Unit::WORDS.iter().find(|(_, u)| *u == unit).map_or("", |(word, _)| word) {
        _ if is_word(&number) => format!("{symbol}, {}{rest}", number.replace('-', " ")),
        "measure" => format!("{symbol}, {}{rest}", number.replace('-', " ")),
        word => format!("{symbol}, {word} {number}{rest}"),
    }
}

/// Whether what stands for the number of a paragraph is a short word: lower case, digits and hyphens.
fn is_word(number: &str) -> bool {
    number.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Something that a condition speaks of and that has days of its own.
enum Leaf<'a> {
    Area(&'a model::Area),
    Codes(&'a [HsRange]),
    List(&'a ListDef),
    Parameter(&'a Parameter),
    Period(&'a Period),
}

/// The codes of the rows of a list that count alike, on the same days.
fn sets_of_codes_on(list: &ListDef) -> Vec<Vec<HsRange>> {
    let mut alike: BTreeMap<(Option<&str>, Period, bool), Vec<HsRange>> = BTreeMap::new();
    // Where words alone prove, codes are looked at before law is.
    for row in list.rows.iter().filter(|row| row.proves != Match::Words) {
        // A row with a value of its own counts by itself.
        let alone = row.over.is_some().then_some(row.entry.as_str());
        alike.entry((alone, row.period, row.proves == Match::Possible)).or_default().extend(&row.hs);
    }
    alike.into_values().collect()
}

fn hash(files: &[SourceFile]) -> String {
    let mut sorted: Vec<&SourceFile> = files.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hasher = blake3::Hasher::new();
    for file in sorted {
        hasher.update(&(file.name.len() as u64).to_le_bytes());
        hasher.update(file.name.as_bytes());
        hasher.update(&(file.text.len() as u64).to_le_bytes());
        hasher.update(file.text.as_bytes());
    }
    format!("blake3:{}", hasher.finalize().to_hex())
}
