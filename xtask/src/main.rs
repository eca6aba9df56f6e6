//! Tasks for developers: `cargo run -q -p xtask -- TASK`.

mod book;
mod cases;
mod files;
mod goods;
mod mutate;
mod names;
mod reading;
mod score;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo run -q -p xtask -- TASK

  law                  every problem of the law files, with file and line
  cases [PART]         run the worked cases (of files or rows whose name has PART)
  score FILE [IDPART]  decide a file of real cases (shared/cases/decisions.jsonl) and compare, by jurisdiction un
  goods FILE [--misses] classify labelled descriptions of goods and compare (cases/goods/test.jsonl)
  read FILES [--misses] read labelled articles and compare (cases/articles/*.jsonl)
  learn FILES [--write] learn from labelled articles how much each trait of an act counts; tells how folds do that were kept apart
  mutate-law [PART]    change the law one thing at a time and see which changes no case notices
  tidy                 crate edges, module docs, orphan tests, every paragraph covered, every provision with cases";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let good = match words.as_slice() {
        ["law"] => cases::law(),
        ["cases"] => cases::run(""),
        ["cases", part] => cases::run(part),
        ["score", file] => score::run(file, ""),
        ["score", file, part] => score::run(file, part),
        ["mutate-law"] => mutate::run(""),
        ["mutate-law", part] => mutate::run(part),
        ["goods", file] => goods::run(file, false),
        ["goods", file, "--misses"] => goods::run(file, true),
        ["read", "--parse", text] => {
            println!("{}", reading::shown(text));
            true
        }
        ["read", files @ .., "--misses"] => reading::run(&owned(files), true),
        ["read", files @ ..] => reading::run(&owned(files), false),
        ["learn", files @ .., "--write"] => reading::learn::run(&owned(files), true),
        ["learn", files @ ..] => reading::learn::run(&owned(files), false),
        ["tidy"] => tidy::run(),
        ["names", rest @ ..] => names::run(rest),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}
