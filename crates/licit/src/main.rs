//! The `licit` binary: everything it does is in the library's [`licit::cli`].

use std::process::ExitCode;

/// Full answers are made of many small texts, a fifth of whose cost was the allocator of the system; decision 0023.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    licit::cli::run(std::env::args_os())
}
