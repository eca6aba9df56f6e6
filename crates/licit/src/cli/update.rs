//! `licit lists update`: from the issuers' public addresses, each list by itself.

use super::args::Cli;
use super::fetch::{Fetcher, Got};
use super::lists::{ImportedJson, say_imported, store};
use super::paper::clean;
use super::{ANSWERED, BAD_INPUT, Done, Failure, count, print};
use crate::json;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use lists::Store;
use lists::store::{Fetched, Incoming, RawFile, StoredFile, Version};
use model::nearest;
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::sync::LazyLock;
use std::time::Duration;

/// A public list and where its issuer publishes it.
#[derive(Clone, Debug, serde::Deserialize)]
pub(super) struct Public {
    pub id: String,
    #[allow(dead_code, reason = "a column of the table for people")]
    pub name: String,
    #[allow(dead_code, reason = "a column of the table for people")]
    pub authority: String,
    /// Addresses, separated by spaces; together they make the list.
    pub urls: String,
    #[allow(dead_code, reason = "a column of the table for people")]
    pub format: String,
    pub notes: String,
}

/// The table `data/list-sources.csv`.
pub(super) fn public() -> &'static [Public] {
    static TABLE: LazyLock<Vec<Public>> = LazyLock::new(|| {
        let text = include_str!("../../../../data/list-sources.csv");
        // A row that cannot be read is a fault of this build; the test below finds it.
        csv::Reader::from_reader(text.as_bytes()).deserialize().filter_map(Result::ok).collect()
    });
    &TABLE
}

pub(super) struct Update<'a> {
    pub lists: &'a [String],
    pub from: &'a [String],
    pub accept: bool,
    pub silence: Duration,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row {
    Done(ImportedJson),
    Failed { list: String, error: FailedJson },
}

#[derive(Serialize)]
struct FailedJson {
    at: String,
    message: String,
}

pub(super) fn run(cli: &Cli, update: &Update) -> Done {
    if cli.offline {
        let help = "leave `--offline` away, or fetch the file by other means and `licit lists import` it";
        return Err(Failure::Usage(format!("`lists update` needs the network, and `--offline` forbids it ({help})")));
    }
    let wanted = wanted(update)?;
    let store = store(cli)?;
    let fetcher = Fetcher::new(update.silence, update.from.is_empty());
    let mut rows = Vec::new();
    let mut status = ANSWERED;
    for (list, urls) in wanted {
        match one(&store, &fetcher, &list, &urls, update) {
            Ok(imported) => {
                say_imported(&imported, cli.json)?;
                rows.push(Row::Done(imported));
            }
            Err(message) => {
                let _ = writeln!(anstream::stderr(), "licit: {list}: {}", clean(&message));
                status = BAD_INPUT;
                rows.push(Row::Failed { error: FailedJson { at: urls.join(" "), message }, list });
            }
        }
    }
    if cli.json {
        #[derive(Serialize)]
        struct Updated {
            updated: Vec<Row>,
        }
        print(&format!("{}\n", json::text(&Updated { updated: rows }, true)))?;
    }
    Ok(status)
}

/// The lists to fetch, each with its addresses.
fn wanted(update: &Update) -> Result<Vec<(String, Vec<String>)>, Failure> {
    if !update.from.is_empty() {
        let [list] = update.lists else {
            return Err(Failure::Usage(
                "`--from` is the address of one list: name that list, as in `licit lists update un-sc --from URL`".into(),
            ));
        };
        if let Some(bad) = update.from.iter().find(|u| !u.starts_with("https://") && !u.starts_with("http://")) {
            let bad = clean(bad);
            return Err(Failure::Usage(format!("`{bad}` is no address (https://…); `licit lists import` takes local files")));
        }
        return Ok(vec![(list.clone(), update.from.to_vec())]);
    }
    let addresses = |p: &Public| p.urls.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if update.lists.is_empty() {
        return Ok(public().iter().filter(|p| !p.urls.is_empty()).map(|p| (p.id.clone(), addresses(p))).collect());
    }
    let mut out = Vec::new();
    for list in update.lists {
        let Some(found) = public().iter().find(|p| p.id == *list) else {
            let help = nearest(list, public().iter().map(|p| p.id.as_str())).map_or_else(
                || {
                    format!(
                        "known are {}; for another, `--from URL`",
                        public().iter().map(|p| p.id.as_str()).collect::<Vec<_>>().join(", ")
                    )
                },
                |n| format!("did you mean `{n}`?"),
            );
            return Err(Failure::Usage(format!("no address is known for the list `{}` ({help})", clean(list))));
        };
        if found.urls.is_empty() {
            return Err(Failure::Usage(format!("{} has no address to fetch from: {}", found.id, found.notes)));
        }
        out.push((found.id.clone(), addresses(found)));
    }
    Ok(out)
}

/// Fetches one list and puts it on record.
fn one(store: &Store, fetcher: &Fetcher, list: &str, urls: &[String], update: &Update) -> Result<ImportedJson, String> {
    let now = super::lists::now();
    let from_issuer = update.from.is_empty();
    let before = store.in_force(list).map_err(|e| e.to_string())?;
    let (files, fetched, fresh) = match all(store, fetcher, list, urls, before.as_ref()) {
        Ok(all) => all,
        Err(reason) => {
            store.fetch_failed(list, &urls.join(" "), &reason, now).map_err(|e| e.to_string())?;
            return Err(reason);
        }
    };
    if let Some(version) = before.filter(|_| !fresh) {
        store.still_current(&version, &urls.join(" "), from_issuer, now).map_err(|e| e.to_string())?;
        return Ok(ImportedJson::unchanged(&version));
    }
    let source = urls.join(" ");
    let list = Some(list.to_owned());
    let incoming = Incoming { files, fetched, list, source, from_issuer, told_day: None, accept: update.accept, now };
    let imported = store.import(&incoming, &mut super::lists::waiting).map_err(|e| e.to_string())?;
    Ok(ImportedJson::of(&imported))
}

type All = (Vec<RawFile>, Vec<Fetched>, bool);

/// The files behind all addresses of a list, and whether any is new. What the server has not changed is taken from the store.
fn all(store: &Store, fetcher: &Fetcher, list: &str, urls: &[String], before: Option<&Version>) -> Result<All, String> {
    let (mut files, mut marks, mut fresh) = (Vec::new(), Vec::new(), before.is_none_or(|b| b.files.len() != urls.len()));
    for url in urls {
        let known = before.and_then(|b| b.files.iter().find(|f| f.url.as_deref() == Some(url)));
        // Only what is whole in the store may be spared.
        let kept = known.and_then(|k| Some((k, store.object(k).ok()?)));
        let bar = Bar::new(list);
        let got = fetcher.get(url, kept.as_ref().map(|(k, _)| *k), &mut |n, of| bar.at(n, of), &mut |why| bar.retry(list, why));
        bar.done();
        match (got?, kept) {
            (Got::Fresh(bytes, mark), _) => {
                fresh = true;
                files.push(RawFile { name: name(url, list), bytes });
                marks.push(mark);
            }
            (Got::NotModified, Some((known, bytes))) => {
                files.push(RawFile { name: known.name.clone(), bytes });
                marks.push(mark(known, url));
            }
            (Got::NotModified, None) => return Err(format!("{url}: the server says that nothing changed, but nothing was there")),
        }
    }
    Ok((files, marks, fresh))
}

fn mark(known: &StoredFile, url: &str) -> Fetched {
    Fetched { url: url.to_owned(), etag: known.etag.clone(), last_modified: known.last_modified.clone(), modified_day: None }
}

/// The last part of the address without what is asked of it.
fn name(url: &str, list: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.rsplit('/').next().unwrap_or("");
    if last.contains('.') && !path.ends_with("//") { clean(last) } else { list.to_owned() }
}

/// One line on standard error while bytes come in, only in a terminal.
struct Bar(Option<ProgressBar>);

impl Bar {
    fn new(list: &str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let bar = ProgressBar::no_length().with_message(list.to_owned());
        // The template is fixed, so it cannot be wrong.
        let style = ProgressStyle::with_template("{msg:12} {bar:24} {bytes:>10} {binary_bytes_per_sec:>12} {eta:>4}");
        Self(Some(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))))
    }

    fn at(&self, bytes: u64, of: Option<u64>) {
        if let Some(bar) = &self.0 {
            if let Some(of) = of {
                bar.set_length(of);
            }
            bar.set_position(bytes);
        }
    }

    fn retry(&self, list: &str, why: &str) {
        let line = format!("licit: {list}: {}; trying again", clean(why));
        match &self.0 {
            Some(bar) => bar.println(line),
            None => drop(writeln!(anstream::stderr(), "{line}")),
        }
    }

    fn done(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// How old something is, in the largest unit that fits.
pub(super) fn age(at: Timestamp, now: Timestamp) -> String {
    let minutes = (now.as_second() - at.as_second()).max(0) / 60;
    let unit = |n: i64, thing: &str| count(usize::try_from(n).unwrap_or(0), thing) + " ago";
    match minutes {
        0 => "just now".to_owned(),
        1..=119 => unit(minutes, "minute"),
        120..=2879 => unit(minutes / 60, "hour"),
        _ => unit(minutes / 60 / 24, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_of_addresses_is_read_and_every_address_is_encrypted() {
        let rows = include_str!("../../../../data/list-sources.csv").lines().count() - 1;
        assert_eq!(public().len(), rows);
        for url in public().iter().flat_map(|p| p.urls.split_whitespace()) {
            assert!(url.starts_with("https://"), "{url}");
        }
        assert!(public().iter().filter(|p| p.urls.is_empty()).all(|p| !p.notes.is_empty()));
    }

    #[test]
    fn files_are_called_by_the_last_part_of_their_address() {
        assert_eq!(name("https://x.org/a/consolidated.xml?token=1", "un-sc"), "consolidated.xml");
        assert_eq!(name("https://x.org/handler?format=xml", "un-sc"), "un-sc");
    }
}
