//! Tasks for the names room: learning, tuning, measuring.

mod learn;
mod measure;
mod pairs;
mod strangers;
mod tune;

use std::path::PathBuf;

fn shared() -> PathBuf {
    std::env::var_os("LICIT_SHARED").map_or_else(|| root().join("../shared"), Into::into)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs one of the tasks.
pub fn run(words: &[&str]) -> bool {
    let done = match words {
        ["learn"] => learn::run(&shared(), &root()),
        ["tune"] => tune::run(&shared(), &root()),
        ["measure"] => measure::run(&shared(), false, false),
        ["measure", "--errors"] => measure::run(&shared(), false, true),
        ["measure", "--holdout"] => measure::run(&shared(), true, false),
        ["compare", a, b, rest @ ..] => measure::one(a, b, rest),
        _ => Err("names learn | tune | measure [--errors | --holdout]".to_owned()),
    };
    if let Err(problem) = &done {
        eprintln!("{problem}");
    }
    done.is_ok()
}
