//! Compares what `classify` says of labelled descriptions with their labels: headings, kinds that lists name, how well scores mean what they say.

use licit::{Goods, Rulebook};
use model::Date;
use serde_json::Value;

/// Reads a file of `{"text","hs":[…],"controlled":true|false|null}` lines and prints shares; with `show`, every miss.
pub(crate) fn run(file: &str, show: bool) -> bool {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            println!("{file}: {error}");
            return false;
        }
    };
    let book = Rulebook::embedded();
    let mut tally = Tally::default();
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let Ok(row) = serde_json::from_str::<Value>(line) else {
            println!("not JSON: {line}");
            return false;
        };
        let words = row["text"].as_str().unwrap_or_default();
        tally.add(words, &row, &book.classify(String::new(), words, Date::constant(2024, 2, 18)), show);
    }
    tally.print();
    tally.all > 0
}

#[derive(Default)]
struct Tally {
    all: usize,
    first: usize,
    three: usize,
    /// Controlled goods: how many, and how many were marked so.
    controlled: (usize, usize),
    /// Ordinary goods: how many, and how many were marked as controlled.
    ordinary: (usize, usize),
    /// By tenths of the score of the first heading: how many, how many right.
    tenths: [(usize, usize); 11],
}

impl Tally {
    fn add(&mut self, words: &str, row: &Value, answer: &Goods, show: bool) {
        let wanted: Vec<&str> = row["hs"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let found: Vec<(String, f32)> = answer.headings().into_iter().map(|(c, h)| (h.to_string(), c.score)).collect();
        let right = |code: &str| wanted.iter().any(|w| code.starts_with(w.get(..4).unwrap_or(w)) || w.starts_with(code));
        if !wanted.is_empty() {
            let hit = found.first().is_some_and(|(h, _)| right(h));
            self.all += 1;
            self.first += usize::from(hit);
            self.three += usize::from(found.iter().take(3).any(|(h, _)| right(h)));
            if let Some((_, score)) = found.first() {
                let tenth = (score * 10.0).clamp(0.0, 10.0) as usize;
                if let Some(slot) = self.tenths.get_mut(tenth) {
                    *slot = (slot.0 + 1, slot.1 + usize::from(hit));
                }
            }
            if show && !hit {
                println!("heading {wanted:?}: {words}: {found:?}");
            }
        }
        let marked: Vec<&str> = answer.class.categories.iter().filter(|m| m.sure).map(|m| m.category.as_str()).collect();
        if let Some(controlled) = row["controlled"].as_bool() {
            let slot = if controlled { &mut self.controlled } else { &mut self.ordinary };
            *slot = (slot.0 + 1, slot.1 + usize::from(!marked.is_empty()));
            if show && marked.is_empty() == controlled {
                println!("controlled {controlled}: {words}: {marked:?}");
            }
        }
    }

    fn print(&self) {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        println!(
            "{} descriptions: right heading first {:.1} %, among the first three {:.1} %",
            self.all,
            share(self.first, self.all),
            share(self.three, self.all)
        );
        println!(
            "controlled goods marked: {} of {}; ordinary goods marked: {} of {}",
            self.controlled.1, self.controlled.0, self.ordinary.1, self.ordinary.0
        );
        for (tenth, (all, right)) in self.tenths.iter().enumerate().filter(|(_, t)| t.0 > 0) {
            println!(
                "  score {:.1} to {:.1}: {all:4} descriptions, {:5.1} % right",
                tenth as f64 / 10.0,
                (tenth + 1) as f64 / 10.0,
                share(*right, *all)
            );
        }
    }
}
