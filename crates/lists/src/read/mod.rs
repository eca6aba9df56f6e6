//! Reading the issuers' files: telling which format it is, and handing it to that format's reader.

mod au;
mod ca;
mod ch;
mod csl;
mod curated;
mod custom;
mod dpl;
mod draft;
mod eu;
mod eu_journal;
mod ftm;
mod graph;
mod jp;
mod ofac_advanced;
mod ofac_csv;
mod ofac_remarks;
mod ofac_xml;
mod others;
mod uk;
mod un;

use crate::Listing;
use crate::input::{Opened, Source, open, xml_root};
use std::fmt;

pub(crate) use draft::{Draft, squeeze};

/// What a file may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one file after unpacking. A packed file may also not grow by more than a factor of 200, beyond the first 64 MiB.
    pub inflated: u64,
    /// Listings on one list.
    pub listings: usize,
    /// Names, and likewise addresses, identifiers and so on, of one listing.
    pub names: usize,
    /// Bytes of one field.
    pub field: usize,
    /// Depth of nested elements.
    pub depth: usize,
    /// Problems that are kept; more are only counted.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { inflated: 1 << 30, listings: 2_000_000, names: 10_000, field: 64 << 10, depth: 64, problems: 1000 }
    }
}

impl Limits {
    /// How large a packed file of this size may become.
    pub(crate) fn unpacked(&self, packed: u64) -> u64 {
        self.inflated.min(packed.saturating_mul(200).max(64 << 20))
    }
}

/// A list as read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    /// Which list: `un-sc`, `us-ofac-sdn`, or the name of a custom list.
    pub list: String,
    /// The format it was in, in words.
    pub format: &'static str,
    /// The list's own date, as an ISO day or moment, when the file says so.
    pub version: Option<String>,
    /// Records in the file, before duplicates were put together.
    pub records: usize,
    /// How many records the file says it has, when it does.
    pub declared: Option<usize>,
    /// The parties, in the order of the file, one per reference.
    pub listings: Vec<Listing>,
    /// What could not be read, and where.
    pub problems: Vec<Problem>,
    /// Problems beyond the limit, only counted.
    pub more_problems: usize,
}

/// Something in a list that could not be read; the rest was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where: `line 812`, `line 12, entry KPi.003`.
    pub at: String,
    /// What is wrong.
    pub message: String,
}

/// A file of which nothing is taken over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// Where: the file, and the line when there is one.
    pub at: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

impl Refused {
    pub(crate) fn new(at: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: at.into(), message: message.into(), help: help.into() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.at, self.message, self.help)
    }
}

impl std::error::Error for Refused {}

/// One format of one or more lists.
pub(crate) struct Format {
    /// In words, for people.
    pub name: &'static str,
    /// Which of the public lists come in it; empty for a list of one's own, whose name is the hint.
    pub lists: &'static [&'static str],
    /// Whether several files make one list.
    pub several: bool,
    /// Whether the file, or one file of the set, is in this format; looks at the beginning only.
    pub recognises: fn(&Opened<'_>) -> bool,
    /// Reads it. The hint is the list's id when the caller gave one.
    pub read: Reader,
}

/// How a format is read.
pub(crate) type Reader = fn(&[Opened<'_>], Option<&str>, &Limits) -> Result<Read, Refused>;

/// All formats, the more particular before the more general.
const FORMATS: &[&[Format]] = &[
    un::FORMATS,
    ofac_xml::FORMATS,
    ofac_advanced::FORMATS,
    csl::FORMATS,
    dpl::FORMATS,
    eu::FORMATS,
    uk::FORMATS,
    ca::FORMATS,
    au::FORMATS,
    ch::FORMATS,
    eu_journal::FORMATS,
    graph::FORMATS,
    jp::FORMATS,
    others::FORMATS,
    ftm::FORMATS,
    curated::FORMATS,
    ofac_csv::FORMATS,
    custom::FORMATS,
];

fn formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().flat_map(|f| *f)
}

/// Reads one list from its file or files. The hint is the list's id (`un-sc`, …), or the name of a list of one's own; without
/// it the files say themselves what they are.
pub fn read(sources: &[Source<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let Some(first) = sources.first() else {
        return Err(Refused::new("no file", "there is nothing to read", "name the file of a list"));
    };
    let opened = open_all(sources, limits)?;
    let public = |list: &str| formats().any(|f| f.lists.contains(&list));
    let meant = |format: &&Format| match hint {
        None => true,
        Some(hint) if public(hint) => format.lists.contains(&hint),
        Some(_) => format.lists.is_empty(),
    };
    let Some(format) = formats().filter(meant).find(|f| fits(f, &opened)) else {
        return Err(unknown(first.name, &opened, hint));
    };
    if opened.len() > 1 && !format.several {
        let message = format!("{} files, but the format “{}” is one file", opened.len(), format.name);
        return Err(Refused::new(first.name, message, "give one file at a time"));
    }
    let mut read = (format.read)(&opened, hint, limits)?;
    let more = opened.into_iter().flat_map(|o| o.problems);
    read.problems.splice(0..0, more);
    Ok(read)
}

/// Whether these files together are one list in several tables.
#[must_use]
pub fn one_list(sources: &[Source<'_>], limits: &Limits) -> bool {
    sources.len() > 1 && seeming(sources, limits).is_some_and(|format| format.several)
}

/// The public lists that come in the format in which these files seem to be; empty when that is no known format, or one for lists
/// of one's own. Says of which list a refused file was meant to be.
#[must_use]
pub fn seems(sources: &[Source<'_>], limits: &Limits) -> &'static [&'static str] {
    seeming(sources, limits).map_or(&[], |format| format.lists)
}

fn seeming(sources: &[Source<'_>], limits: &Limits) -> Option<&'static Format> {
    let opened = open_all(sources, limits).ok()?;
    formats().find(|f| fits(f, &opened))
}

fn open_all<'a>(sources: &[Source<'a>], limits: &Limits) -> Result<Vec<Opened<'a>>, Refused> {
    sources.iter().map(|s| open(s, limits)).collect()
}

/// Whether all files seem to be in the format, judged by their beginning.
fn fits(format: &Format, files: &[Opened<'_>]) -> bool {
    !files.is_empty() && files.iter().all(|f| (format.recognises)(f))
}

/// The one file of a format that is one file.
pub(crate) fn one<'f, 'a>(files: &'f [Opened<'a>]) -> Result<&'f Opened<'a>, Refused> {
    files.first().ok_or_else(|| Refused::new("no file", "there is nothing to read", "name the file of a list"))
}

/// Why no format fits.
fn unknown(name: &str, opened: &[Opened<'_>], hint: Option<&str>) -> Refused {
    if let (Some(hint), Some(other)) = (hint, formats().find(|f| fits(f, opened))) {
        let lists = other.lists.join(", ");
        let message = format!("this is not the list {hint} but the format “{}”", other.name);
        let help =
            if lists.is_empty() { format!("give the file of {hint}") } else { format!("import it as {lists}, or give the file of {hint}") };
        return Refused::new(name, message, help);
    }
    let short = |text: &str| squeeze(text).chars().take(60).collect::<String>();
    let seen = opened.first().map_or_else(String::new, |o| match xml_root(o.head()) {
        Some(root) => format!("XML with the outermost element <{}>", short(root)),
        None => format!("a file that begins “{}”", short(o.first_line())),
    });
    let mut known: Vec<&str> = formats().flat_map(|f| f.lists).copied().collect();
    known.sort_unstable();
    known.dedup();
    let help = format!("give a file of one of these lists as its issuer publishes it: {}", known.join(", "));
    Refused::new(name, format!("no known list looks like this: {seen}"), help)
}
