//! Everything on file decided again: what a new list, a new law or a new encoding changes.
//!
//! A decision follows from the facts of its act, once every word is looked up, and from the law that may reach it. Each record holds a
//! hash of both, so after a change only the words are looked up again, and only where they mean something else now, or where that
//! very law is another, is anything decided.

use super::record::{provisions, verdicts};
use super::writer::Wanted;
use super::{Record, Store, StoreError, unpacked};
use crate::{Rulebook, decide};
use decide::Depth;
use rayon::prelude::*;
use resolve::Notes;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Decisions read together.
const PAGE: i64 = 2000;
/// Decisions decided together.
const TOGETHER: usize = 2000;
/// Most changes of one report, so that none is larger than an entry or a notice may be.
const MOST_CHANGES: usize = 200;

/// A decision that is another now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// The decision as it was kept.
    pub id: String,
    /// The decision as it is now.
    pub now: String,
    /// The caller's name for the act.
    pub act_id: String,
    /// Authorities whose verdict changed: what was possible, and what is.
    pub verdicts: BTreeMap<String, (Vec<String>, Vec<String>)>,
    /// Provisions that bear on it now and did not.
    pub gained: Vec<String>,
    /// Provisions that no longer bear on it.
    pub lost: Vec<String>,
    /// What is different in the law and the lists: `rulebook`, names of lists.
    pub because: Vec<String>,
    /// How parties, goods and places are understood now and were not: `parties[0].designations: un-sc (the name “…”)`.
    pub understood: Vec<String>,
}

/// What deciding everything again found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Recheck {
    /// The rulebook now.
    pub rulebook: String,
    /// The latest decision of each question.
    pub on_file: usize,
    /// Decisions that rest on nothing that has changed; they were not decided again.
    pub untouched: usize,
    /// Decisions that were decided again.
    pub decided: usize,
    /// Those that are others now.
    pub changed: Vec<Change>,
    /// Decisions that cannot be decided again, and why.
    pub failed: Vec<(String, String)>,
}

/// What became of one decision.
enum Outcome {
    Untouched,
    Same,
    Changed(Box<(Change, Record, String)>),
    Failed(String, String),
}

/// The latest decision of a question.
struct Latest {
    seq: i64,
    id: String,
    record: Record,
}

impl Store {
    /// Decides again what is on file. What changed is kept as new decisions together with a report that says why, all or nothing of both;
    /// when nothing has changed nothing is added. `all`: also what rests on nothing that has changed. `told` hears how many of how many
    /// are done.
    ///
    /// # Errors
    /// When the database fails. What was told as changed before that is kept.
    pub async fn recheck(&self, book: &Rulebook, all: bool, mut told: impl FnMut(usize, usize)) -> Result<Recheck, StoreError> {
        let latest = self.latest().await?;
        let mut report = Recheck { rulebook: book.law().hash.clone(), on_file: latest.len(), ..Recheck::default() };
        for (at, some) in latest.chunks(TOGETHER).enumerate() {
            // Reading an act looks at nothing outside; the work is all in memory, and the threads are those of the machine.
            let outcomes: Vec<Outcome> = tokio::task::block_in_place(|| some.par_iter().map(|one| again(book, one, all)).collect());
            self.note(outcomes, &mut report).await?;
            told(at * TOGETHER + some.len(), latest.len());
        }
        Ok(report)
    }

    /// Adds outcomes to the report, and what is new in them to the record.
    async fn note(&self, outcomes: Vec<Outcome>, report: &mut Recheck) -> Result<(), StoreError> {
        let mut fresh = Recheck { rulebook: report.rulebook.clone(), on_file: report.on_file, ..Recheck::default() };
        let mut wanted = Vec::new();
        for outcome in outcomes {
            match outcome {
                Outcome::Untouched => fresh.untouched += 1,
                Outcome::Same => fresh.decided += 1,
                Outcome::Failed(id, why) => {
                    fresh.decided += 1;
                    fresh.failed.push((id, why));
                }
                Outcome::Changed(changed) => {
                    let (mut change, record, answer) = *changed;
                    fresh.decided += 1;
                    if let Some(before) = self.answer_of(&change.id).await? {
                        change.understood = understood(&before, &answer);
                    }
                    change.now = record.id();
                    wanted.push(Wanted::decision(&record, &answer));
                    fresh.changed.push(change);
                }
            }
            if fresh.changed.len() >= MOST_CHANGES {
                self.report(&mut fresh, &mut wanted, report).await?;
            }
        }
        self.report(&mut fresh, &mut wanted, report).await
    }

    /// Keeps new decisions with the report of them, and adds it to that of the whole.
    async fn report(&self, fresh: &mut Recheck, wanted: &mut Vec<Wanted>, whole: &mut Recheck) -> Result<(), StoreError> {
        if !fresh.changed.is_empty() || !fresh.failed.is_empty() {
            let text = serde_json::to_string(fresh).map_err(|e| StoreError::Damaged(e.to_string()))?;
            wanted.push(Wanted::new("recheck", &text));
            self.add_all(std::mem::take(wanted)).await?;
        }
        whole.untouched += std::mem::take(&mut fresh.untouched);
        whole.decided += std::mem::take(&mut fresh.decided);
        whole.changed.append(&mut fresh.changed);
        whole.failed.append(&mut fresh.failed);
        Ok(())
    }

    /// The latest decision of each question, oldest first.
    async fn latest(&self) -> Result<Vec<Latest>, StoreError> {
        let mut by_question: HashMap<String, Latest> = HashMap::new();
        let mut rows = self.decisions_after(0, PAGE).await?;
        while let Some(last) = rows.last().map(|(seq, ..)| *seq) {
            // The next ones are fetched while these are unpacked.
            let store = self.clone();
            let next = tokio::spawn(async move { store.decisions_after(last, PAGE).await });
            let read: Vec<_> = tokio::task::block_in_place(|| rows.into_par_iter().filter_map(read).collect());
            by_question.extend(read);
            rows = next.await.map_err(|e| StoreError::Database(e.to_string()))??;
        }
        let mut out: Vec<Latest> = by_question.into_values().collect();
        out.sort_unstable_by_key(|one| one.seq);
        Ok(out)
    }
}

/// A decision by its question; what was removed is no longer decided about, and what cannot be read is told by `verify`.
fn read((seq, id, bytes): (i64, String, Option<Vec<u8>>)) -> Option<(String, Latest)> {
    let record: Record = serde_json::from_str(&unpacked(bytes?).ok()?).ok()?;
    Some((record.question(), Latest { seq, id, record }))
}

fn again(book: &Rulebook, one: &Latest, all: bool) -> Outcome {
    let Latest { id, record: was, .. } = one;
    let mut because = was.outdated(book);
    let other_program = was.licit != env!("CARGO_PKG_VERSION");
    if other_program {
        because.push("licit".to_owned());
    }
    if because.is_empty() && !all {
        return Outcome::Untouched;
    }
    let act = match book.read_act_with(was.input.as_bytes(), was.input_format(), Notes::none()) {
        Ok(act) => act,
        Err(problems) => return Outcome::Failed(id.clone(), problems.first().map(ToString::to_string).unwrap_or_default()),
    };
    let ask = was.ask();
    // The same program draws the same verdicts from the same facts and the same law.
    let same_rulebook = was.rulebook == book.law().hash;
    if !all && !other_program && was.rests_on.as_ref().is_some_and(|on| on.still(book, &act, &ask, same_rulebook)) {
        return Outcome::Untouched;
    }
    // Verdicts need no reasons; only what changed is explained.
    let quick = decide(book, &act, &crate::Ask { depth: Depth::Brief, ..ask.clone() });
    if verdicts(&quick) == was.verdicts && provisions(&quick) == was.provisions {
        return Outcome::Same;
    }
    match Record::decided(book, &was.input, was.input_format(), &ask) {
        Ok((mut record, text)) => {
            record.supersedes = Some(id.clone());
            Outcome::Changed(Box::new((change(id, was, &record, because), record, text)))
        }
        Err(problems) => Outcome::Failed(id.clone(), problems.first().map(ToString::to_string).unwrap_or_default()),
    }
}

fn change(id: &str, was: &Record, now: &Record, because: Vec<String>) -> Change {
    let names: BTreeSet<&String> = was.verdicts.keys().chain(now.verdicts.keys()).collect();
    let of = |r: &Record, name: &String| r.verdicts.get(name).cloned().unwrap_or_default();
    let verdicts = names.into_iter().map(|n| (n.clone(), (of(was, n), of(now, n)))).filter(|(_, (a, b))| a != b).collect();
    let less = |a: &[String], b: &[String]| a.iter().filter(|p| !b.contains(p)).cloned().collect();
    Change {
        id: id.to_owned(),
        now: String::new(),
        act_id: now.act_id.clone(),
        verdicts,
        gained: less(&now.provisions, &was.provisions),
        lost: less(&was.provisions, &now.provisions),
        because,
        understood: Vec::new(),
    }
}

/// The lines of `resolved` that one answer has and the other has not.
fn understood(before: &str, now: &str) -> Vec<String> {
    let lines = |text: &str| -> BTreeSet<String> {
        let answer: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        let groups = answer.get("resolved").and_then(serde_json::Value::as_object).into_iter().flat_map(|g| g.values());
        let of = |e: &serde_json::Value, key: &str| e.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let all = groups.filter_map(serde_json::Value::as_array).flatten();
        all.map(|e| format!("{}: {} ({})", of(e, "fact"), of(e, "value"), of(e, "because"))).collect()
    };
    let (before, now) = (lines(before), lines(now));
    now.difference(&before).map(|l| format!("now {l}")).chain(before.difference(&now).map(|l| format!("no longer {l}"))).collect()
}
