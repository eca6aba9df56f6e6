//! What the test files share: the cases on disk, and decisions as other programs see them.

#![allow(dead_code, reason = "each test file uses a part of it")]

use licit::{Ask, Format, ReadAct, Rulebook, decide};
use model::Act;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use testkit::cases::Case;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every worked case.
pub fn cases() -> Vec<Case> {
    let (mut out, mut folders) = (Vec::new(), vec![root().join("cases")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                let (cases, problems) = testkit::cases::read(&name, &std::fs::read_to_string(&path).unwrap());
                assert_eq!(problems, Vec::<String>::new());
                out.extend(cases);
            }
        }
    }
    out
}

/// The act of a case. Descriptions are left out, so that no word can decide a case, unless an approval is compared with them.
pub fn act_of(case: &Case) -> ReadAct {
    let mut act = case.act.clone();
    let compared = act["approvals"].as_array().into_iter().flatten().any(|a| a["covers"].as_array().is_some_and(|c| !c.is_empty()));
    if !compared {
        for item in act["items"].as_array_mut().into_iter().flatten() {
            item.as_object_mut().unwrap().remove("description");
        }
    }
    read(&act)
}

/// Reads an act that must be readable.
pub fn read(act: &Value) -> ReadAct {
    Rulebook::embedded().read_act(act.to_string().as_bytes(), Format::Json).unwrap_or_else(|p| panic!("{act}: {p:?}"))
}

/// An act that needs no reading.
pub fn ready(act: Act) -> ReadAct {
    ReadAct::certain(act)
}

/// The one decision about an act, as JSON.
pub fn decision(act: &ReadAct, jurisdiction: &str) -> Value {
    let ask = Ask { jurisdictions: vec![jurisdiction.to_owned()], ..Ask::default() };
    let answer: Value = serde_json::from_str(&decide(Rulebook::embedded(), act, &ask).json(false)).unwrap();
    answer["decisions"][0].clone()
}

/// The program, in the project's folder.
pub fn licit(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_licit"));
    command.args(args).current_dir(root()).env_remove("NO_COLOR");
    // What the one who runs the tests has imported must not decide them.
    command.env("LICIT_DATA", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-data"));
    command
}

/// Feeds standard input and collects what comes out.
pub fn feed(args: &[&str], input: &[u8]) -> Output {
    let mut child = licit(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Standard output as text.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}
