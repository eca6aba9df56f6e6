//! A decision as a PDF, into a file or to standard output.

use super::{ANSWERED, Done, Failure, print};
use crate::Rulebook;
use crate::pdf::{self, Sheet};
use std::io::Write as _;
use std::path::Path;

/// That one can be written, before anything is kept or decided.
pub(super) fn possible(json: bool) -> Result<(), Failure> {
    match json {
        true => Err(Failure::Usage("--pdf and --json exclude each other".into())),
        false if !pdf::BUILT => Err(Failure::Usage(pdf::NOT_BUILT.to_owned())),
        false => Ok(()),
    }
}

/// Writes it. A file that is there already is replaced.
pub(super) fn write(book: &Rulebook, sheet: &Sheet<'_>, to: &Path) -> Done {
    let bytes = pdf::of(book, sheet, true).map_err(Failure::Damaged)?;
    if to.as_os_str() == "-" {
        let mut out = std::io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()?;
        return Ok(ANSWERED);
    }
    std::fs::write(to, &bytes).map_err(|e| Failure::Input(format!("{}: {e}", to.display())))?;
    print(&format!("{} bytes written to {}\n", bytes.len(), to.display()))?;
    Ok(ANSWERED)
}
