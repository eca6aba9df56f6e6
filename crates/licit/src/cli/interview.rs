//! `licit check -i`: asks only what can still change the answer, the most telling first, and stops when nothing can.

use super::paper::{BOLD, DIM, Paper, clean};
use super::{ANSWERED, Done, Failure, print, say};
use crate::fact::{place, take_apart};
use crate::{Ask, Format, MissingFact, Rulebook, decide};
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

/// Most questions of one interview.
const MOST_QUESTIONS: usize = 60;

/// Asked first when the act says nothing about it: without these no question about the law makes sense.
const OPENING: [(&str, &str, &str); 8] = [
    ("items[0].description", "What is it about? (goods, a service, money, in a few words)", "a bus, 20 t of coal, training of pilots"),
    ("kind", "What is done with it?", "gift, sale, import, training, payment, insurance, joint_venture, employment …"),
    ("by", "Who gives, sells, sends or does it?", "a name, with its country when you know it: `a dealer, IT`"),
    ("for", "Who receives it?", "a name, with its country when you know it: `Kim Jong Un, KP`"),
    ("places.origin", "Where does it start?", "a country or a place"),
    ("places.destination", "Where does it end?", "a country or a place"),
    ("places.transit", "Does it pass through other countries? Which?", "countries, separated by commas; nothing if none"),
    ("on", "On which day?", "2024-02-18, or only 2024-02"),
];

pub(super) fn run(book: &Rulebook, ask: &Ask, bytes: &[u8], format: Format, all: bool) -> Done {
    let mut session = Session { book, act: value(bytes, format)?, skipped: Vec::new(), input: io::stdin().lock() };
    if session.act == json!({"items": [{}]}) {
        for (path, question, help) in OPENING {
            if session.put(path, question, "", help)?.is_none() {
                break;
            }
        }
    }
    for _ in 0..MOST_QUESTIONS {
        let Ok(act) = book.read_act(session.act.to_string().as_bytes(), Format::Json) else { break };
        take_apart(book, &mut session.act, act.act.items.len());
        let answer = decide(book, &act, ask);
        let open = answer.decisions.iter().flat_map(|d| &d.missing).find(|m| !session.skipped.contains(&m.fact));
        let Some(missing) = open else { break };
        if session.question(missing)?.is_none() {
            break;
        }
    }
    let act = book
        .read_act(session.act.to_string().as_bytes(), Format::Json)
        .map_err(|p| Failure::Input(p.first().map(ToString::to_string).unwrap_or_default()))?;
    print(&say::answer(&decide(book, &act, ask), Paper::new(), all))?;
    Ok(ANSWERED)
}

/// The act as JSON, whatever its format was; it was read without problems before.
fn value(bytes: &[u8], format: Format) -> Result<Value, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let read = match format {
        Format::Json => serde_json::from_str(&text).map_err(|e| e.to_string()),
        Format::Yaml => serde_yaml_ng::from_str(&text).map_err(|e| e.to_string()),
        Format::Toml => Err("an interview starts from JSON or YAML".into()),
    };
    read.map_err(Failure::Input)
}

struct Session<'a> {
    book: &'a Rulebook,
    act: Value,
    skipped: Vec<String>,
    input: io::StdinLock<'a>,
}

impl Session<'_> {
    /// Asks one missing fact; `None` when there is nobody left to answer.
    fn question(&mut self, missing: &MissingFact) -> Result<Option<()>, Failure> {
        let outcomes: Vec<String> = missing
            .outcomes
            .iter()
            .map(|(a, set)| format!("{a}: {}", set.iter().map(say::plain).collect::<Vec<_>>().join(" or ")))
            .collect();
        let why = if outcomes.is_empty() { String::new() } else { format!("decides between {}", outcomes.join("; ")) };
        let help = match missing.fact.as_str() {
            f if f.ends_with(".hs") => "the customs code, at least two digits",
            f if f.ends_with(".value") => "a sum such as `450 USD`",
            "on" | "contract_date" => "a date",
            "places.destination" | "places.transit" => "a country or a place",
            f if f.ends_with(".origin") || f.ends_with(".nationality") => "a country",
            f if f.ends_with(".condition") => "new or used",
            "kind" => "gift, sale, import, training, payment, use …",
            _ => "yes or no",
        };
        self.put(&missing.fact, &missing.question, &why, help)
    }

    /// Asks until the answer fits, is `skip`, or nothing more comes.
    fn put(&mut self, path: &str, question: &str, why: &str, help: &str) -> Result<Option<()>, Failure> {
        let mut err = anstream::stderr();
        loop {
            writeln!(err, "\n{BOLD}{}{BOLD:#}", clean(question))?;
            if !why.is_empty() {
                writeln!(err, "  {DIM}{}{DIM:#}", clean(why))?;
            }
            write!(err, "  [{help}; ? for help, skip] > ")?;
            err.flush()?;
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                writeln!(err)?;
                return Ok(None);
            }
            match line.trim() {
                "?" => writeln!(err, "  Answer with {help}. `skip` leaves it open; what is left open never makes an act permitted.")?,
                "" | "skip" => {
                    self.skipped.push(path.to_owned());
                    return Ok(Some(()));
                }
                answer => match self.accept(path, answer) {
                    Ok(()) => return Ok(Some(())),
                    Err(message) => writeln!(err, "  {}", clean(&message))?,
                },
            }
        }
    }

    /// Puts the answer into the act, if the act can still be read with it.
    fn accept(&mut self, path: &str, answer: &str) -> Result<(), String> {
        let mut next = self.act.clone();
        place(&mut next, path, answer)?;
        match self.book.read_act(next.to_string().as_bytes(), Format::Json) {
            Ok(_) => {
                self.act = next;
                // A fact that is still asked after its answer was recorded will not become clearer by asking again.
                self.skipped.push(path.to_owned());
                Ok(())
            }
            Err(problems) => Err(problems
                .first()
                .map(|p| format!("{}{}", p.message, p.help.as_ref().map_or_else(String::new, |h| format!(" ({h})"))))
                .unwrap_or_default()),
        }
    }
}
