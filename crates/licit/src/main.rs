//! The `licit` binary: everything it does is in the library's [`licit::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    licit::cli::run(std::env::args_os())
}
