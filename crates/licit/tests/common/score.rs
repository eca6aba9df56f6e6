//! How many of the acts that a label asks for are found, and how many found acts no label knows: the rule of `xtask read`, counted for floors.

use super::rule::{matches, texts};
use licit::{Ask, Rulebook, Text, ToldAct};
use serde_json::Value;

/// What was counted over some labelled texts.
#[derive(Default)]
pub struct Score {
    texts: usize,
    found: usize,
    wanted: usize,
    right: usize,
    status: usize,
    dates: usize,
    verdicts: (usize, usize),
    /// Texts without any act, and acts found in them.
    empty: (usize, usize),
}

impl Score {
    /// Reads the texts and compares.
    pub fn of(rows: &[Value]) -> Self {
        let mut score = Self::default();
        rows.iter().for_each(|row| score.add(Rulebook::embedded(), row));
        score
    }

    /// Of the acts found, how many a label asks for, in percent.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Of the acts asked for, how many are found, in percent.
    pub fn recall(&self) -> f64 {
        share(self.right, self.wanted)
    }

    /// Of the acts found rightly, how many have an allowed verdict, in percent.
    pub fn verdicts(&self) -> f64 {
        share(self.verdicts.0, self.verdicts.1)
    }

    /// Of the acts found rightly, how many have an allowed status, in percent.
    pub fn status(&self) -> f64 {
        share(self.status, self.right)
    }

    /// False acts for each text that tells none.
    pub fn false_acts(&self) -> f64 {
        self.empty.1 as f64 / self.empty.0.max(1) as f64
    }

    fn add(&mut self, book: &Rulebook, row: &Value) {
        let text = |field: &str| row[field].as_str().map(str::to_owned);
        let told = Text {
            id: text("id").unwrap_or_default(),
            text: text("text").unwrap_or_default(),
            published: text("published").and_then(|d| d.parse().ok()),
            language: text("language"),
        };
        let acts = book.read_text(&told).acts;
        let labels: Vec<&Value> = row["transfers"].as_array().into_iter().flatten().collect();
        let must = |label: &Value| label["must"] != Value::Bool(false);
        self.texts += 1;
        if labels.is_empty() {
            self.empty = (self.empty.0 + 1, self.empty.1 + acts.len());
        }
        let mut taken = vec![false; labels.len()];
        for act in &acts {
            let free =
                |wanted: bool| (0..labels.len()).find(|l| !taken[*l] && must(labels[*l]) == wanted && matches(&act.transfer, labels[*l]));
            match free(true).or_else(|| free(false)) {
                Some(label) => {
                    taken[label] = true;
                    if must(labels[label]) {
                        self.found += 1;
                        self.right += 1;
                        self.judge(book, act, labels[label]);
                    }
                }
                // What careful readers may disagree about may be found twice.
                None if labels.iter().any(|l| !must(l) && matches(&act.transfer, l)) => {}
                None => self.found += 1,
            }
        }
        self.wanted += labels.iter().filter(|l| must(l)).count();
    }

    fn judge(&mut self, book: &Rulebook, act: &ToldAct, label: &Value) {
        let word = act.transfer.telling.word();
        self.status += usize::from(label["status"] == word || texts(&label["status_also"]).contains(&word));
        let on = act.transfer.when.map(|w| w.0.to_string());
        self.dates += usize::from(label["on"].as_str() == on.as_deref());
        if let Some(allowed) = label["un_verdict"].as_array() {
            let verdict = act.decide(book, &Ask::default()).map_or("error", |a| a.overall().word());
            self.verdicts = (self.verdicts.0 + usize::from(allowed.iter().any(|v| v == verdict)), self.verdicts.1 + 1);
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} texts, {} acts wanted, {} found: precision {:.1}, recall {:.1}; of the right ones status {:.1}, day {:.1}, verdict {:.1} of {}; \
             {} texts without an act: {} false",
            self.texts,
            self.wanted,
            self.found,
            self.precision(),
            self.recall(),
            self.status(),
            share(self.dates, self.right),
            self.verdicts(),
            self.verdicts.1,
            self.empty.0,
            self.empty.1
        )
    }
}

fn share(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}
