//! `licit show`, `licit audit`, `licit recheck`: what is on file, whether it is what was written, and what has become of it.

use super::args::{Audit, Cli, Recheck, Show};
use super::paper::{BOLD, DIM, Paper, clean};
use super::progress::Progress;
use super::{ANSWERED, BAD_INPUT, DAMAGED, Done, Failure, count, lists, pdf, print, say};
use crate::pdf::Sheet;
use crate::store::{Change, Entry, Expected, Record, Replay, Signer, Store, StoreError};
use crate::{Rulebook, decide};
use std::fmt::Write as _;
use std::io::Write as _;
use tokio::runtime::Runtime;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Address(_) => Self::Usage(error.to_string()),
            StoreError::TooLarge(_) => Self::Input(error.to_string()),
            StoreError::Database(_) | StoreError::Damaged(_) | StoreError::ReadOnly(_) => Self::Damaged(error.to_string()),
        }
    }
}

/// The record, with what it needs to run.
pub(super) struct File {
    pub runtime: Runtime,
    pub store: Store,
    pub signer: Signer,
}

impl File {
    /// The record that `--store` names; `record.sqlite` in the data folder otherwise. Its key lies in the data folder.
    pub(super) fn open(cli: &Cli) -> Result<Self, Failure> {
        let (address, signer) = place(cli)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let store = runtime.block_on(Store::open(&address, signer.clone()))?;
        Ok(Self { runtime, store, signer })
    }

    /// Keeps decisions; they are on disk when this returns.
    pub(super) fn keep(&self, decisions: Vec<(Record, String)>) -> Result<Vec<String>, Failure> {
        let all = async {
            let mut waiting = tokio::task::JoinSet::new();
            for (at, (record, answer)) in decisions.into_iter().enumerate() {
                let store = self.store.clone();
                waiting.spawn(async move { store.keep_decision(&record, &answer).await.map(|entry| (at, entry.id)) });
            }
            let mut kept: Vec<(usize, String)> = waiting.join_all().await.into_iter().collect::<Result<_, _>>()?;
            kept.sort_unstable();
            Ok(kept.into_iter().map(|(_, id)| id).collect())
        };
        self.runtime.block_on(all).map_err(|e: StoreError| e.into())
    }
}

/// Where the record is, and the key that signs it.
pub(super) fn place(cli: &Cli) -> Result<(String, Signer), Failure> {
    let data = lists::data(cli)?;
    let told = cli.store.clone().or_else(|| std::env::var("LICIT_STORE").ok().filter(|v| !v.is_empty()));
    let address = told.unwrap_or_else(|| format!("sqlite:{}", data.join("record.sqlite").display()));
    Ok((address, Signer::at(&data.join("audit.key"))?))
}

/// A decision on file, with its answer.
fn kept(file: &File, id: &str) -> Result<(Entry, Record, String), Failure> {
    let found = file.runtime.block_on(file.store.decision(id))?;
    let Some((entry, record)) = found else {
        return Err(Failure::Input(format!("nothing with the id `{}` is on file; `licit audit list` shows what is", clean(id))));
    };
    let Some(record) = record else {
        return Err(Failure::Input(format!("what entry {} said was removed; `licit audit list --kind redaction` says by whom", entry.seq)));
    };
    let answer = file.runtime.block_on(file.store.body(&record.answer))?.unwrap_or_default();
    Ok((entry, record, answer))
}

/// A decision on file as a PDF.
pub(super) fn on_paper(book: &Rulebook, file: &File, id: &str, to: &std::path::Path) -> Done {
    let (entry, record, answer) = kept(file, id)?;
    let sheet = Sheet { answer: &answer, act: &record.input, format: record.input_format(), filed: Some((&entry, &record)) };
    pdf::write(book, &sheet, to)
}

pub(super) fn show(book: &Rulebook, cli: &Cli, args: &Show) -> Done {
    if args.pdf.is_some() {
        pdf::possible(cli.json)?;
    }
    let file = File::open(cli)?;
    if let Some(to) = &args.pdf {
        return on_paper(book, &file, &args.id, to);
    }
    let (entry, record, answer) = kept(&file, &args.id)?;
    if cli.json {
        print(&format!("{answer}\n"))?;
        return Ok(ANSWERED);
    }
    let replay = record.replay(book, &answer);
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}  kept {} as entry {}", entry.id, entry.at, entry.seq);
    match &replay {
        Ok(Replay::Same) => {
            let act = book.read_act(record.input.as_bytes(), record.input_format()).map_err(|p| Failure::Damaged(format!("{p:?}")))?;
            let _ = writeln!(out, "{DIM}decided again: the same bytes{DIM:#}\n");
            out.push_str(&say::answer(&decide(book, &act, &record.ask()), Paper::new(), cli.all));
        }
        other => {
            let _ = writeln!(out, "{}", replay_words(other));
            told(&mut out, &record);
        }
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn replay_words(replay: &Result<Replay, Vec<crate::InputProblem>>) -> String {
    match replay {
        Ok(Replay::Same) => "decided again: the same bytes".into(),
        Ok(Replay::Differs { at }) => format!("decided again with the same law and lists, the answer differs from byte {at} on"),
        Ok(Replay::OtherLaw { what }) => {
            format!("decided with another {} than in use now; `licit recheck` says what that changes", what.join(", "))
        }
        Err(problems) => format!("the act can no longer be read: {}", problems.first().map(ToString::to_string).unwrap_or_default()),
    }
}

/// The verdicts as they were kept.
fn told(out: &mut String, record: &Record) {
    for (authority, possible) in &record.verdicts {
        let _ = writeln!(out, "  {authority:4} {}", possible.join(" or "));
    }
    let _ = writeln!(out, "  {}", record.provisions.join("  "));
}

pub(super) fn audit(book: &Rulebook, cli: &Cli, command: &Audit) -> Done {
    let file = File::open(cli)?;
    match command {
        Audit::Verify { key, expect } => verify(&file, cli, key, expect),
        Audit::Export { to } => export(&file, to),
        Audit::Redact { id, because, by } => {
            let noted = file.runtime.block_on(file.store.redact(id, by, because))?;
            print(&format!("What {} said is gone; entry {} notes who removed it and why.\n", clean(id), noted.seq))?;
            Ok(ANSWERED)
        }
        Audit::List { kind, last } => list(&file, cli, kind.as_deref(), *last),
        Audit::Replay { id } => replay(book, &file, id),
        Audit::Key => {
            print(&format!("{}\n", file.signer.public()))?;
            Ok(ANSWERED)
        }
    }
}

fn verify(file: &File, cli: &Cli, keys: &[String], expect: &[String]) -> Done {
    let trusted = if keys.is_empty() { vec![file.signer.public()] } else { keys.to_vec() };
    let expected = |text: &String| -> Result<Expected, Failure> {
        let wrong = || Failure::Usage(format!("--expect: write NUMBER:HASH as `licit audit verify` prints it, not `{}`", clean(text)));
        let (seq, hash) = text.split_once(':').ok_or_else(wrong)?;
        Ok(Expected { seq: seq.parse().map_err(|_| wrong())?, hash: hash.to_owned() })
    };
    let expected: Vec<Expected> = expect.iter().map(expected).collect::<Result<_, _>>()?;
    let audit = file.runtime.block_on(file.store.verify(&trusted, &expected))?;
    if cli.json {
        print(&format!("{}\n", crate::json::text(&audit, true)))?;
    } else {
        let mut out = String::new();
        for fault in &audit.faults {
            let _ = writeln!(out, "■ {fault}");
        }
        if audit.more_faults > 0 {
            let _ = writeln!(out, "  and {} more", audit.more_faults);
        }
        if audit.faults.is_empty() {
            let entries = usize::try_from(audit.entries).unwrap_or(usize::MAX);
            let _ = writeln!(
                out,
                "○ {} as written, {} signatures fit, {} removed with a note",
                count(entries, "entry").replace("entrys", "entries"),
                audit.signatures,
                audit.redacted
            );
            let _ = writeln!(out, "  note this elsewhere, so that nobody can cut off the end: --expect {}:{}", audit.last, audit.hash);
        }
        print(&out)?;
    }
    Ok(if audit.faults.is_empty() { ANSWERED } else { DAMAGED })
}

fn export(file: &File, to: &std::path::Path) -> Done {
    let wrong = |e: std::io::Error| Failure::Input(format!("{}: {e}", to.display()));
    if to.as_os_str() == "-" {
        file.runtime.block_on(file.store.export(&mut std::io::stdout()))?;
        return Ok(ANSWERED);
    }
    let out = std::fs::File::create_new(to).map_err(wrong)?;
    let mut out = std::io::BufWriter::new(out);
    let entries = file.runtime.block_on(file.store.export(&mut out))?;
    out.flush().map_err(wrong)?;
    print(&format!("{} written to {}\n", count(usize::try_from(entries).unwrap_or(0), "line"), to.display()))?;
    Ok(ANSWERED)
}

fn list(file: &File, cli: &Cli, kind: Option<&str>, last: i64) -> Done {
    let entries = file.runtime.block_on(file.store.page(None, last, kind))?;
    let mut out = String::new();
    for entry in &entries {
        if cli.json {
            let _ = writeln!(out, "{}", crate::json::text(entry, false));
            continue;
        }
        let about = match file.runtime.block_on(file.store.get(&entry.id))?.and_then(|k| k.body) {
            Some(body) if entry.kind == "decision" => serde_json::from_str::<Record>(&body).map_or_else(|_| String::new(), |r| line(&r)),
            Some(_) => String::new(),
            None => "(removed)".into(),
        };
        let at = entry.at.get(..19).unwrap_or(&entry.at);
        let _ = writeln!(out, "{:>6}  {at}  {:9}  {}  {about}", entry.seq, entry.kind, entry.id);
    }
    if entries.is_empty() && !cli.json {
        out.push_str("Nothing is on file. `licit check act.json --keep` keeps a decision.\n");
    }
    print(&out)?;
    Ok(ANSWERED)
}

fn line(record: &Record) -> String {
    let who = record.parties.iter().map(|p| clean(p)).collect::<Vec<_>>().join(", ");
    let day = record.on.as_deref().unwrap_or("no day");
    format!("{}  {day}  {} {who}", record.overall, clean(&record.act_id)).trim_end().to_owned()
}

fn replay(book: &Rulebook, file: &File, id: &str) -> Done {
    let Some((_, Some(record))) = file.runtime.block_on(file.store.decision(id))? else {
        return Err(Failure::Input(format!("no decision with the id `{}` is on file", clean(id))));
    };
    let answer = file.runtime.block_on(file.store.body(&record.answer))?.unwrap_or_default();
    let replay = record.replay(book, &answer);
    print(&format!("{}\n", replay_words(&replay)))?;
    Ok(if matches!(replay, Ok(Replay::Same)) { ANSWERED } else { BAD_INPUT })
}

pub(super) fn recheck(book: &Rulebook, cli: &Cli, args: &Recheck) -> Done {
    let file = File::open(cli)?;
    let mut progress = Progress::new(None, ("decision", "decided again"));
    let report = file.runtime.block_on(file.store.recheck(book, args.everything, |done, _| progress.at(0, done)))?;
    progress.done();
    if cli.json {
        print(&format!("{}\n", crate::json::text(&report, true)))?;
        return Ok(ANSWERED);
    }
    let mut out = String::new();
    for change in &report.changed {
        changed(&mut out, change);
    }
    for (id, why) in &report.failed {
        let _ = writeln!(out, "? {id} cannot be decided again: {}", clean(why));
    }
    let _ = writeln!(
        out,
        "{} on file, {} decided again, {} rest on nothing that has changed, {} are others now",
        report.on_file,
        report.decided,
        report.untouched,
        report.changed.len()
    );
    print(&out)?;
    Ok(ANSWERED)
}

fn changed(out: &mut String, change: &Change) {
    let _ = writeln!(out, "{BOLD}{}{BOLD:#} is now {BOLD}{}{BOLD:#}  {}", change.id, change.now, clean(&change.act_id));
    for (authority, (was, is)) in &change.verdicts {
        let _ = writeln!(out, "  {authority:4} {} → {}", was.join(" or "), is.join(" or "));
    }
    for (word, ids) in [("gained", &change.gained), ("lost", &change.lost)] {
        if !ids.is_empty() {
            let _ = writeln!(out, "  {word} {}", ids.join(", "));
        }
    }
    let _ = writeln!(out, "  {DIM}because of another {}{DIM:#}", change.because.join(", "));
    for one in &change.understood {
        let _ = writeln!(out, "  {DIM}{}{DIM:#}", clean(one));
    }
}
