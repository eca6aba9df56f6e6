//! `licit key`: keys for a server that others can reach.

use super::args::{Cli, KeyCommand};
use super::paper::clean;
use super::{ANSWERED, Done, Failure, lists, print};
use crate::keys::{Key, Scope, file_in, read, write};
use std::fmt::Write as _;

pub(super) fn run(cli: &Cli, command: &KeyCommand) -> Done {
    let file = file_in(&lists::data(cli)?);
    let mut keys = read(&file).map_err(Failure::Damaged)?;
    let now = jiff::Timestamp::now();
    match command {
        KeyCommand::Add { name, scope, until } => {
            let scopes = scope.iter().map(|word| scope_of(word)).collect::<Result<Vec<_>, _>>()?;
            let (key, text) = Key::new(name, scopes, until.as_deref().map(day_end).transpose()?, now).map_err(Failure::Damaged)?;
            keys.push(key);
            write(&file, &keys).map_err(Failure::Damaged)?;
            shown_once(&text)?;
        }
        KeyCommand::List => {
            let mut out = String::new();
            for key in &keys {
                let scopes: Vec<&str> = key.scopes.iter().map(|s| s.word()).collect();
                let until = match key.until {
                    Some(until) if !key.is_good(now) => format!("worth nothing since {until}"),
                    Some(until) => format!("until {until}"),
                    None => "without end".to_owned(),
                };
                let _ = writeln!(out, "{}  {}  {}  made {}, {until}", key.id, clean(&key.name), scopes.join(","), key.made);
            }
            if keys.is_empty() {
                out.push_str("There is no key. `licit key add NAME` makes one.\n");
            }
            print(&out)?;
        }
        KeyCommand::Revoke { id } => {
            found(&mut keys, id)?.until = Some(now);
            write(&file, &keys).map_err(Failure::Damaged)?;
            print(&format!("{} is worth nothing from now on; a running server knows within a second\n", clean(id)))?;
        }
        KeyCommand::Rotate { id, days } => {
            let old = found(&mut keys, id)?;
            let end =
                now.checked_add(jiff::SignedDuration::from_hours(24 * i64::from(*days))).map_err(|e| Failure::Usage(e.to_string()))?;
            old.until = Some(old.until.map_or(end, |until| until.min(end)));
            let (name, scopes) = (old.name.clone(), old.scopes.clone());
            let (key, text) = Key::new(&name, scopes, None, now).map_err(Failure::Damaged)?;
            keys.push(key);
            write(&file, &keys).map_err(Failure::Damaged)?;
            shown_once(&text)?;
        }
    }
    Ok(ANSWERED)
}

/// The key goes to standard output alone, so that it can be piped to where it belongs.
fn shown_once(text: &str) -> Result<(), Failure> {
    eprintln!("licit: this key is shown once and kept nowhere; send it as `authorization: Bearer …`, or as the password in a browser");
    print(&format!("{text}\n"))
}

fn found<'k>(keys: &'k mut [Key], id: &str) -> Result<&'k mut Key, Failure> {
    keys.iter_mut()
        .find(|k| k.id == id)
        .ok_or_else(|| Failure::Input(format!("there is no key `{}`; `licit key list` shows them", clean(id))))
}

fn scope_of(word: &str) -> Result<Scope, Failure> {
    Scope::parse(word).ok_or_else(|| {
        let known: Vec<&str> = Scope::WORDS.iter().map(|(w, _)| *w).collect();
        Failure::Usage(format!("--scope: `{}` is none of {}", clean(word), known.join(", ")))
    })
}

/// The end of a day in UTC.
fn day_end(text: &str) -> Result<jiff::Timestamp, Failure> {
    let wrong = || Failure::Usage(format!("--until: write a day such as 2027-01-31, not `{}`", clean(text)));
    let day: jiff::civil::Date = text.parse().map_err(|_| wrong())?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    jiff::tz::Offset::UTC.to_timestamp(next.at(0, 0, 0, 0)).map_err(|_| wrong())
}
