//! The command line: what goes in, what comes out, exit statuses. Data goes to stdout, everything else to stderr.

mod args;
mod ask;
mod batch;
mod check;
mod classify;
mod fetch;
mod interview;
mod key;
mod law;
mod lines;
mod lists;
pub(crate) mod markdown;
pub(crate) mod marked;
mod mcp;
pub(crate) mod paper;
mod pdf;
mod progress;
mod read;
mod record;
mod route;
pub(crate) mod say;
mod screen;
mod serve;
mod settle;
mod timeline;
pub(crate) mod told;
mod update;

use crate::Rulebook;
use crate::embedded::Needs;
use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Answered, whatever the verdict.
const ANSWERED: u8 = 0;
/// Some input line was bad.
const BAD_INPUT: u8 = 1;
/// The command line was wrong.
const USAGE: u8 = 2;
/// Law or data is missing or damaged.
const DAMAGED: u8 = 3;

/// Why a command could not do its work.
enum Failure {
    Usage(String),
    Input(String),
    Damaged(String),
    /// The reader of our output went away: not an error.
    Closed,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Input(error.to_string()) }
    }
}

type Done = Result<u8, Failure>;

/// Runs the command line and returns its exit status.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { ANSWERED });
        }
    };
    cli.color.write_global();
    let status = match dispatch(&cli) {
        Ok(status) => status,
        Err(Failure::Closed) => ANSWERED,
        Err(Failure::Usage(message)) => complain(&message, USAGE),
        Err(Failure::Input(message)) => complain(&message, BAD_INPUT),
        Err(Failure::Damaged(message)) => complain(&message, DAMAGED),
    };
    ExitCode::from(status)
}

fn complain(message: &str, status: u8) -> u8 {
    let _ = writeln!(anstream::stderr(), "licit: {}", message.trim_end());
    status
}

/// Something the user should know that is no failure.
fn warn(message: &str) {
    let _ = writeln!(anstream::stderr(), "licit: note: {}", message.trim_end());
}

fn dispatch(cli: &Cli) -> Done {
    match &cli.command {
        Command::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "licit", &mut io::stdout());
            Ok(ANSWERED)
        }
        Command::Man { dir } => man(dir),
        Command::Ask(question) => ask::run(book(cli, Needs::Texts)?.get(), cli, question),
        Command::Read(texts) => read::run(book(cli, Needs::Texts)?.get(), cli, texts),
        Command::Check(check) => check::run(book(cli, Needs::Goods)?.get(), cli, check),
        Command::Batch(batch) => batch::run(book(cli, Needs::Goods)?.get(), cli, batch),
        Command::Lists { command } => lists::run(cli, command),
        Command::Route(route) => route::run(book(cli, Needs::Goods)?.get(), cli, route),
        Command::Screen(screen) => screen::run(book(cli, Needs::Law)?.get(), cli, screen),
        Command::Classify(goods) => classify::run(book(cli, Needs::Goods)?.get(), cli, goods),
        Command::Serve(serve) => serve::run(book(cli, Needs::Goods)?.get().clone(), cli, serve),
        Command::Mcp => mcp::run(book(cli, Needs::Goods)?.get()),
        Command::Law { command } => law::run(book(cli, Needs::Law)?.get(), cli, command),
        Command::Show(kept) => record::show(book(cli, Needs::Law)?.get(), cli, kept),
        Command::Recheck(recheck) => record::recheck(book(cli, Needs::Law)?.get(), cli, recheck),
        Command::Key { command } => key::run(cli, command),
        Command::Audit { command } => record::audit(book(cli, Needs::Law)?.get(), cli, command),
    }
}

/// One page for the program and one for each command.
fn man(dir: &Path) -> Done {
    std::fs::create_dir_all(dir).map_err(|e| Failure::Input(format!("{}: {e}", dir.display())))?;
    clap_mangen::generate_to(Cli::command(), dir).map_err(|e| Failure::Input(format!("{}: {e}", dir.display())))?;
    Ok(ANSWERED)
}

/// The law in use: compiled in, or from a folder.
enum Book {
    Embedded(&'static Rulebook),
    Folder(Box<Rulebook>),
}

impl Book {
    fn get(&self) -> &Rulebook {
        match self {
            Self::Embedded(book) => book,
            Self::Folder(book) => book,
        }
    }
}

fn book(cli: &Cli, needs: Needs) -> Result<Book, Failure> {
    let damaged = |problems: crate::LawProblems| {
        Failure::Damaged(format!("{} in the law files or the lists\n{problems}", count(problems.0.len(), "problem")))
    };
    // Without a home folder there is no folder of lists either; the compiled-in list serves.
    let folder = lists::data(cli).ok();
    let data = folder.as_deref().filter(|d| d.join("lists").exists());
    let Some(folder) = &cli.law else {
        return match data {
            Some(data) => Rulebook::opened(data, needs).map(|book| Book::Folder(Box::new(book))).map_err(damaged),
            None => Ok(Book::Embedded(Rulebook::embedded_with(needs))),
        };
    };
    let files = law::files_in(folder)?;
    Rulebook::read_with(&files, data, needs).map(|book| Book::Folder(Box::new(book))).map_err(damaged)
}

fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// Prints text meant for people: colour goes where colour is wanted.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
