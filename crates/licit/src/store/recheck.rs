//! Everything on file decided again: what a new list, a new law or a new encoding changes.

use super::{Record, Store, StoreError};
use crate::{Rulebook, decide};
use decide::Depth;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Entries read together.
const TOGETHER: i64 = 2000;

/// A decision that is another now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
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

impl Store {
    /// Decides everything on file again. What changed is kept as new decisions, and the report as an entry of its own; when nothing has
    /// changed nothing is added. `all`: also what rests on nothing that has changed. `told` hears how many of how many are done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recheck(&self, book: &Rulebook, all: bool, mut told: impl FnMut(usize, usize)) -> Result<Recheck, StoreError> {
        let latest = self.latest().await?;
        let mut report = Recheck { rulebook: book.law().hash.clone(), on_file: latest.len(), ..Recheck::default() };
        let mut done = 0;
        for some in latest.chunks(usize::try_from(TOGETHER).unwrap_or(1)) {
            // Reading an act looks at nothing outside; the work is all in memory, and the threads are those of the machine.
            let outcomes: Vec<Outcome> = tokio::task::block_in_place(|| some.par_iter().map(|(id, r)| again(book, id, r, all)).collect());
            for outcome in outcomes {
                self.note(outcome, &mut report).await?;
            }
            done += some.len();
            told(done, latest.len());
        }
        if !report.changed.is_empty() || !report.failed.is_empty() {
            let text = serde_json::to_string(&report).map_err(|e| StoreError::Damaged(e.to_string()))?;
            self.keep("recheck", text).await?;
        }
        Ok(report)
    }

    async fn note(&self, outcome: Outcome, report: &mut Recheck) -> Result<(), StoreError> {
        match outcome {
            Outcome::Untouched => report.untouched += 1,
            Outcome::Same => report.decided += 1,
            Outcome::Failed(id, why) => {
                report.decided += 1;
                report.failed.push((id, why));
            }
            Outcome::Changed(changed) => {
                let (mut change, record, answer) = *changed;
                report.decided += 1;
                if let Some(before) = self.answer_of(&change.id).await? {
                    change.understood = understood(&before, &answer);
                }
                change.now = self.keep_decision(&record, answer).await?.id;
                report.changed.push(change);
            }
        }
        Ok(())
    }

    /// The latest decision of each question, oldest first, with its id.
    async fn latest(&self) -> Result<Vec<(String, Record)>, StoreError> {
        let mut by_question: HashMap<String, (i64, String, Record)> = HashMap::new();
        let mut last = 0;
        loop {
            let entries = self.after(last, TOGETHER).await?;
            let Some(end) = entries.last().map(|e| e.seq) else { break };
            for (entry, body) in self.bodies_between(last, end, "decision").await? {
                // What was removed is no longer decided about.
                if let Some(record) = body.and_then(|b| serde_json::from_str::<Record>(&b).ok()) {
                    by_question.insert(record.question(), (entry.seq, entry.id, record));
                }
            }
            last = end;
        }
        let mut out: Vec<(i64, String, Record)> = by_question.into_values().collect();
        out.sort_unstable_by_key(|(seq, ..)| *seq);
        Ok(out.into_iter().map(|(_, id, record)| (id, record)).collect())
    }
}

fn again(book: &Rulebook, id: &str, was: &Record, all: bool) -> Outcome {
    let because = was.outdated(book);
    if because.is_empty() && !all {
        return Outcome::Untouched;
    }
    let act = match book.read_act(was.input.as_bytes(), was.input_format()) {
        Ok(act) => act,
        Err(problems) => return Outcome::Failed(id.to_owned(), problems.first().map(ToString::to_string).unwrap_or_default()),
    };
    // Verdicts need no reasons; only what changed is explained.
    let ask = was.ask();
    let quick = decide(book, &act, &crate::Ask { depth: Depth::Brief, ..ask.clone() });
    let now = Record::of(&quick, &was.input, was.input_format(), &ask, "");
    if now.verdicts == was.verdicts && now.provisions == was.provisions {
        return Outcome::Same;
    }
    let answer = decide(book, &act, &ask);
    let text = answer.json(false);
    let mut record = Record::of(&answer, &was.input, was.input_format(), &ask, &text);
    record.supersedes = Some(id.to_owned());
    Outcome::Changed(Box::new((change(id, was, &record, because), record, text)))
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
