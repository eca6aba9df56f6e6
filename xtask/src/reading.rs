//! Compares what `read` finds in labelled articles with their labels, as `articles.md` says: transfers, status, date, sources, verdicts, claims.

// One rule counts for the figures and for the floors of the tests.
#[path = "../../crates/licit/tests/common/rule.rs"]
mod rule;

mod causes;
pub(crate) mod learn;
mod regression;

use causes::{Causes, Outcome};
use licit::read::{Claim, Question, Transfer, Weighed, Who};
use licit::{Ask, Rulebook, Text, ToldAct};
use rule::{alike, matches, texts};
use serde_json::Value;

/// Reads files of labelled articles and prints the shares; with `show`, everything missed and everything false.
pub(crate) fn run(files: &[String], show: bool) -> bool {
    let book = Rulebook::embedded();
    let mut tally = Tally::default();
    for file in files {
        let Ok(text) = std::fs::read_to_string(file) else {
            println!("{file}: cannot be read");
            return false;
        };
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            let Ok(row) = serde_json::from_str::<Value>(line) else {
                println!("{file}: not JSON: {line}");
                return false;
            };
            tally.add(book, &row, show);
        }
    }
    tally.print();
    if show {
        tally.causes.print(tally.found, tally.gold, tally.matched);
    }
    tally.articles > 0
}

#[derive(Default)]
struct Tally {
    articles: usize,
    found: usize,
    gold: usize,
    matched: usize,
    status: usize,
    dates: usize,
    sources: usize,
    verdicts: (usize, usize),
    claims: (usize, usize, usize),
    empty: (usize, usize),
    inexact: usize,
    /// Acts with a party taken from context: how many, how many matched.
    inferred: (usize, usize),
    causes: Causes,
}

impl Tally {
    fn add(&mut self, book: &Rulebook, row: &Value, show: bool) {
        let text = Text {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            text: row["text"].as_str().unwrap_or_default().to_owned(),
            published: row["published"].as_str().and_then(|d| d.parse().ok()),
            language: row["language"].as_str().map(str::to_owned),
        };
        let read = book.read_text(&text);
        self.articles += 1;
        let gold: Vec<&Value> = row["transfers"].as_array().into_iter().flatten().collect();
        let mut taken = vec![None; gold.len()];
        let mut free = Vec::new();
        // The musts are matched before what careful readers may disagree about.
        let order = |must: bool| (0..gold.len()).filter(move |g| (gold_must(gold_at(row, *g))) == must);
        for (at, act) in read.acts.iter().enumerate() {
            let hit = order(true).chain(order(false)).find(|g| taken[*g].is_none() && matches(&act.transfer, gold[*g]));
            match hit {
                Some(g) => taken[g] = Some(at),
                None if gold.iter().any(|g| !gold_must(g) && matches(&act.transfer, g)) => {}
                None => free.push(at),
            }
        }
        self.found += free.len();
        let by_context = |at: usize| usize::from(!read.acts[at].inferred.is_empty());
        let right: usize = gold.iter().zip(&taken).filter(|(g, _)| gold_must(g)).filter_map(|(_, t)| *t).map(by_context).sum();
        self.inferred = (self.inferred.0 + right + free.iter().map(|f| by_context(*f)).sum::<usize>(), self.inferred.1 + right);
        if gold.is_empty() {
            self.empty = (self.empty.0 + 1, self.empty.1 + read.acts.len());
        }
        let missed = (0..gold.len()).filter(|g| gold_must(gold[*g]) && taken[*g].is_none()).collect();
        let outcome = Outcome { acts: &read.acts, labels: &gold, missed, free, text: &text.text };
        let (of_missed, of_free) = self.causes.add(&outcome);
        let Outcome { free, missed, .. } = outcome;
        let unsaid = if show { unsaid(book, &text) } else { Vec::new() };
        if show {
            println!("== {} ({} found)", text.id, read.acts.len());
            free.iter().zip(of_free).for_each(|(f, why)| println!("  FALSE ({}) {}", why.word(), told(&read.acts[*f], &text.text)));
        }
        for (g, wanted) in gold.iter().enumerate().filter(|(_, g)| gold_must(g)) {
            self.gold += 1;
            let Some(at) = taken[g] else {
                if show {
                    let why = missed.iter().position(|m| *m == g).map_or("", |at| of_missed[at].word());
                    println!(
                        "  MISSED ({why}) {} {} {} -> {} {}: {}",
                        wanted["kind"],
                        wanted["status"],
                        wanted["from"]["country"],
                        wanted["to"]["country"],
                        wanted["items"],
                        wanted["quote"]
                    );
                    let near = unsaid.iter().filter(|w| causes::touched(&w.transfer, wanted, &text.text));
                    near.for_each(|w| {
                        let odds = book.reader().weights().odds(Question::Told, &w.traits);
                        println!("    weighed and not told ({odds:.1}): {}", said(&w.transfer, &text.text));
                    });
                }
                continue;
            };
            self.found += 1;
            self.matched += 1;
            self.judge(book, &read.acts[at], wanted, &text.text, show);
        }
        self.claims(&read.claims, row, show);
        let chars = |s: (usize, usize)| text.text.get(s.0..s.1).is_some();
        self.inexact += read.acts.iter().flat_map(|a| &a.evidence).filter(|(_, s)| !chars(*s)).count();
    }

    fn judge(&mut self, book: &Rulebook, act: &ToldAct, wanted: &Value, text: &str, show: bool) {
        let word = act.transfer.telling.word();
        let status = wanted["status"] == word || texts(&wanted["status_also"]).contains(&word);
        self.status += usize::from(status);
        let on = act.transfer.when.map(|w| w.0.to_string());
        let dated = wanted["on"].as_str() == on.as_deref();
        self.dates += usize::from(dated);
        let names: Vec<&str> = wanted["attributed_to"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let said = &act.transfer.attributed_to;
        let sourced = (names.is_empty() && said.is_empty()) || names.iter().any(|n| said.iter().any(|s| alike(n, s)));
        self.sources += usize::from(sourced);
        let verdict = wanted["un_verdict"].as_array().map(|allowed| {
            let answer = act.decide(book, &Ask::default());
            let word = answer.map_or("error", |a| a.overall().word());
            (allowed.iter().any(|v| v == word), word)
        });
        if let Some((right, _)) = verdict {
            self.verdicts = (self.verdicts.0 + usize::from(right), self.verdicts.1 + 1);
        }
        if show && status && dated && sourced && verdict.is_none_or(|v| v.0) {
            println!("  ok {}", told(act, text));
        } else if show {
            println!(
                "  ok {}\n     wanted {} on {} by {:?} verdict {}, got verdict {:?} by {:?}",
                told(act, text),
                wanted["status"],
                wanted["on"],
                names,
                wanted["un_verdict"],
                verdict.map(|v| v.1),
                said
            );
        }
    }

    fn claims(&mut self, found: &[Claim], row: &Value, show: bool) {
        let gold: Vec<&Value> = row["claims"].as_array().into_iter().flatten().collect();
        let mut taken = vec![false; gold.len()];
        let mut right = 0;
        for claim in found {
            let hit = (0..gold.len()).find(|g| {
                let speakers = gold[*g]["speaker"].as_array().into_iter().flatten().filter_map(Value::as_str);
                !taken[*g] && gold[*g]["stance"] == claim.stance.word() && speakers.into_iter().any(|s| alike(s, &claim.speaker.name))
            });
            match hit {
                Some(g) => {
                    taken[g] = true;
                    right += 1;
                    if show {
                        println!("  claim ok {} {}", claim.speaker.name, claim.stance.word());
                    }
                }
                None if show => println!("  claim FALSE {} {}", claim.speaker.name, claim.stance.word()),
                None => {}
            }
        }
        if show {
            gold.iter()
                .zip(&taken)
                .filter(|(_, t)| !**t)
                .for_each(|(g, _)| println!("  claim MISSED {} {}: {}", g["speaker"], g["stance"], g["quote"]));
        }
        self.claims = (self.claims.0 + found.len(), self.claims.1 + gold.len(), self.claims.2 + right);
    }

    fn print(&self) {
        let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
        let f1 = |found: usize, gold: usize, right: usize| 100.0 * 2.0 * right as f64 / (found + gold).max(1) as f64;
        println!("{} articles, {} transfers wanted, {} found", self.articles, self.gold, self.found);
        println!(
            "transfers: precision {:.1} %, recall {:.1} %, F1 {:.1} %",
            share(self.matched, self.found),
            share(self.matched, self.gold),
            f1(self.found, self.gold, self.matched)
        );
        println!(
            "of matched: status {:.1} %, date {:.1} %, sources {:.1} %, UN verdict {:.1} % of {}",
            share(self.status, self.matched),
            share(self.dates, self.matched),
            share(self.sources, self.matched),
            share(self.verdicts.0, self.verdicts.1),
            self.verdicts.1
        );
        let (found, gold, right) = self.claims;
        println!("claims: precision {:.1} %, recall {:.1} %, F1 {:.1} %", share(right, found), share(right, gold), f1(found, gold, right));
        println!("with a party from context: {} found, {} right", self.inferred.0, self.inferred.1);
        println!("{} articles without a transfer: {} false; {} quotes out of place", self.empty.0, self.empty.1, self.inexact);
    }
}

fn gold_at(row: &Value, at: usize) -> &Value {
    &row["transfers"][at]
}

fn gold_must(gold: &Value) -> bool {
    gold["must"] != Value::Bool(false)
}

/// Acts that were weighed and not told.
fn unsaid(book: &Rulebook, text: &Text) -> Vec<Weighed> {
    if text.language.as_deref().is_some_and(|l| l != "en") {
        return Vec::new();
    }
    let reader = book.reader();
    let (_, weighed) = reader.study(&text.text, text.published, &|words| book.goods_category(words), reader.weights());
    weighed.into_iter().filter(|w| !w.told).collect()
}

fn told(act: &ToldAct, text: &str) -> String {
    said(&act.transfer, text)
}

fn said(t: &Transfer, text: &str) -> String {
    let names = |list: &[Who]| {
        list.iter()
            .map(|w| format!("{} {:?}", w.name, w.countries.iter().map(|c| c.code().to_owned()).collect::<Vec<_>>()))
            .collect::<Vec<_>>()
            .join(" + ")
    };
    let things = t.things.iter().map(|x| format!("{} ({})", x.words, x.category)).collect::<Vec<_>>().join(" + ");
    let quote = t.told.first().and_then(|s| text.get(s.0..s.1)).unwrap_or("");
    format!(
        "{} {} {} -> {} [{things}] on {:?} | {quote}",
        t.kind.word(),
        t.telling.word(),
        names(&t.givers),
        names(&t.receivers),
        t.when.map(|w| w.0.to_string())
    )
}

/// How the reader takes a text apart.
pub(crate) fn shown(text: &str) -> String {
    let book = Rulebook::embedded();
    book.reader().parse_shown(text, &|words| book.goods_category(words))
}
