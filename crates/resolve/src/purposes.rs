//! Words that answer findings: of a stated purpose, and of names and descriptions where they can mean nothing else there.

use crate::phrases::{Finder, PackedFinder};
use crate::tables::{at, rows};
use crate::text::{denied, padded, pattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words that answer a finding.
#[derive(Debug, Serialize, Deserialize)]
struct Purpose {
    /// Where the words stand in the text of all.
    words: (u32, u32),
    /// Which finding.
    judgement: u16,
    yes: bool,
    /// Whether they say so in a name or a description, too.
    anywhere: bool,
}

/// The table of purposes, ready to look up.
#[derive(Debug)]
pub(crate) struct Purposes {
    finder: Finder,
    words: String,
    rows: Vec<Purpose>,
    judgements: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    finder: PackedFinder,
    words: String,
    rows: Vec<Purpose>,
    judgements: Vec<String>,
}

/// What stands between the parts of a phrase of which all must stand in the same text: `luggage + own use`.
const AND: &str = " + ";

/// Packs the table of purposes, so that a program that carries it need not read it at each start.
///
/// # Errors
/// Every problem of the table.
pub fn pack_purposes(text: &str) -> Result<Vec<u8>, Vec<String>> {
    let mut problems = Vec::new();
    let (mut words, mut purposes, mut judgements) = (String::new(), Vec::new(), Vec::new());
    let table = rows("purposes.csv", text, &["words", "judgement", "answer", "where"], &mut problems);
    for (line, row) in &table {
        let known = judgements.iter().position(|j: &String| j == at(row, 1));
        let judgement = known.unwrap_or_else(|| {
            judgements.push(at(row, 1).to_owned());
            judgements.len() - 1
        });
        let start = words.len();
        words.push_str(at(row, 0));
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let purpose = |yes: bool, anywhere: bool| Purpose {
            words: (place(start), place(words.len())),
            judgement: u16::try_from(judgement).unwrap_or(u16::MAX),
            yes,
            anywhere,
        };
        match (at(row, 2), at(row, 3)) {
            (answer @ ("yes" | "no"), place @ ("" | "anywhere")) => purposes.push(purpose(answer == "yes", place == "anywhere")),
            ("yes" | "no", other) => problems.push(format!("data/purposes.csv:{line}: where is empty or `anywhere`, not `{other}`")),
            (other, _) => problems.push(format!("data/purposes.csv:{line}: the answer is yes or no, not `{other}`")),
        }
    }
    let first = table.iter().zip(0u32..).map(|((_, row), number)| (number, at(row, 0).split(AND).next().unwrap_or_default()));
    let finder = Finder::pack(first).map_err(|e| vec![format!("data/purposes.csv: {e}")])?;
    if !problems.is_empty() {
        return Err(problems);
    }
    postcard::to_stdvec(&Packed { finder, words, rows: purposes, judgements }).map_err(|e| vec![e.to_string()])
}

impl Purposes {
    /// Opens a packed table.
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, String> {
        let packed: Packed = postcard::from_bytes(bytes).map_err(|e| format!("the packed purposes: {e}"))?;
        let Packed { finder, words, rows, judgements } = packed;
        Ok(Self { finder: Finder::open(finder)?, words, rows, judgements })
    }

    /// Findings that a stated purpose answers, and that names and descriptions answer where the words can mean nothing else there; a `no` beats
    /// a `yes`, the longer phrase the shorter.
    pub(crate) fn findings<'a>(&self, purpose: Option<&'a str>, others: impl Iterator<Item = &'a str>) -> Vec<(String, bool, String)> {
        let mut out = BTreeMap::new();
        for (words, stated) in purpose.into_iter().map(|w| (w, true)).chain(others.map(|w| (w, false))) {
            self.findings_in(&padded(words), stated, &mut out);
        }
        out.into_iter().map(|(judgement, (yes, phrase))| (judgement.to_owned(), yes, phrase.to_owned())).collect()
    }

    /// Whether a name or a description, padded, answers a finding.
    pub(crate) fn answers_a_finding(&self, text: &str) -> bool {
        let mut out = BTreeMap::new();
        self.findings_in(text, false, &mut out);
        !out.is_empty()
    }

    /// The findings that a padded text answers.
    fn findings_in<'p>(&'p self, text: &str, stated: bool, out: &mut BTreeMap<&'p str, (bool, &'p str)>) {
        let mut hits: Vec<(usize, usize)> = self.finder.places(text).into_iter().map(|hit| (hit.row, hit.start)).collect();
        // Of each phrase the first place counts; the table's order decides which phrase is named.
        hits.sort_unstable();
        hits.dedup_by_key(|(row, _)| *row);
        for (row, start) in hits {
            let Some(found) = self.rows.get(row).filter(|p| stated || p.anywhere) else { continue };
            let Some(phrase) = self.words.get(found.words.0 as usize..found.words.1 as usize) else { continue };
            // A phrase with such a word of its own means it: `inspection + refused`.
            let open_itself = phrase.split(' ').any(|word| depends(word) || undone(word));
            let told = |part: &str, at: usize| {
                let before = text.get(..at).unwrap_or("");
                let after = || text.get(at + pattern(part).trim_end().len()..).unwrap_or("");
                !denied(before) && (!found.yes || open_itself || !left_open(before, after()))
            };
            let mut parts = phrase.split(AND);
            let first = parts.next().is_some_and(|part| told(part, start));
            if !first || !parts.all(|part| text.find(pattern(part).as_str()).is_some_and(|at| told(part, at))) {
                continue;
            }
            let Some(judgement) = self.judgements.get(usize::from(found.judgement)) else { continue };
            let entry = out.entry(judgement.as_str()).or_insert((found.yes, phrase));
            if !found.yes {
                *entry = (false, phrase);
            }
        }
    }
}

/// Words that make what follows depend on something.
fn depends(word: &str) -> bool {
    matches!(
        word,
        "if" | "unless"
            | "whether"
            | "cannot"
            | "pending"
            | "awaiting"
            | "await"
            | "hope"
            | "hoping"
            | "allegedly"
            | "purportedly"
            | "unclear"
            | "doubtful"
    )
}

/// Words that take back what stands before them.
fn undone(word: &str) -> bool {
    matches!(
        word,
        "refused"
            | "rejected"
            | "denied"
            | "pending"
            | "requested"
            | "sought"
            | "expired"
            | "revoked"
            | "lapsed"
            | "withdrawn"
            | "doubtful"
            | "unclear"
    )
}

/// How many words around a phrase may leave it open.
const REACH: usize = 4;

/// Whether the words around a phrase leave open what it says or take it back: “if approved by”, “an exemption was refused”. Then it is asked, whatever it
/// would answer.
fn left_open(before: &str, after: &str) -> bool {
    let done = |word: &str| {
        matches!(
            word,
            "granted"
                | "given"
                | "obtained"
                | "issued"
                | "received"
                | "confirmed"
                | "met"
                | "shown"
                | "proven"
                | "established"
                | "fulfilled"
                | "yet"
        )
    };
    let behind: Vec<&str> = after.split(' ').filter(|t| !t.is_empty()).take(REACH).collect();
    // “exclusively humanitarian, not military” stands; “not granted” does not.
    let not_done = behind.iter().position(|w| *w == "not").is_some_and(|at| behind.iter().skip(at).any(|w| done(w)));
    before.rsplit(' ').filter(|t| !t.is_empty()).take(REACH).any(depends) || behind.iter().copied().any(undone) || not_done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_or_was_taken_back_answers_nothing() {
        for (before, after) in [
            (" pump for a well if ", " by the committee "),
            (" it cannot be called ", ""),
            (" whether it is ", " is asked "),
            (" the committee ", " was refused "),
            (" an ", " ha not been granted "),
        ] {
            assert!(left_open(before, after), "{before}…{after}");
        }
        for (before, after) in [(" pump for a well ", " by the committee "), (" medicine ", " not for the army "), ("", "")] {
            assert!(!left_open(before, after), "{before}…{after}");
        }
    }
}
