//! A decision on paper: what a compliance desk files, as an A4 document with a text layer, bookmarks and numbered pages.
//!
//! It is made from the bytes of the answer and from nothing that may have changed since: neither law nor lists are asked again, so a
//! decision on file looks the same after they have changed. No clock is read. The law that is compiled in only gives country codes
//! their names. Built with the feature `pdf`; `docs/decisions/0028-pdf.md` says why it is one.

#[cfg(feature = "pdf")]
mod draw;
#[cfg(feature = "pdf")]
mod layout;
#[cfg(feature = "pdf")]
mod letters;
#[cfg(feature = "pdf")]
mod proof;
#[cfg(feature = "pdf")]
mod report;
#[cfg(feature = "pdf")]
mod system;

use crate::store::{Entry, Record};
use crate::{Format, Rulebook};

/// Whether decisions can be had as PDF.
pub(crate) const BUILT: bool = cfg!(feature = "pdf");
/// What somebody is told who asks for one where they cannot.
pub(crate) const NOT_BUILT: &str = "this licit was built without PDF; build it with `--features pdf`, or print the page of the decision";

/// What is put on paper.
pub(crate) struct Sheet<'a> {
    /// The answer as it was given, in JSON.
    pub answer: &'a str,
    /// The act as it was given.
    pub act: &'a str,
    /// How the act is written.
    pub format: Format,
    /// Where it is kept, if it is.
    pub filed: Option<(&'a Entry, &'a Record)>,
}

/// The document. Letters that the font of the program lacks are taken from fonts of the system where `system` says that these may be read.
///
/// # Errors
/// When PDF is not built in, or the answer cannot be read.
#[cfg(feature = "pdf")]
pub(crate) fn of(book: &Rulebook, sheet: &Sheet<'_>, system: bool) -> Result<Vec<u8>, String> {
    let report = report::report(book, sheet)?;
    let mut letters = letters::Letters::new(system);
    let pages = layout::pages(&report, &mut letters);
    draw::draw(&report, &pages, &mut letters)
}

/// The document, which this build cannot make.
///
/// # Errors
/// Always.
#[cfg(not(feature = "pdf"))]
pub(crate) fn of(_: &Rulebook, sheet: &Sheet<'_>, _: bool) -> Result<Vec<u8>, String> {
    let _ = (sheet.answer, sheet.act, sheet.format, sheet.filed);
    Err(NOT_BUILT.to_owned())
}

#[cfg(all(test, feature = "pdf"))]
mod tests;
