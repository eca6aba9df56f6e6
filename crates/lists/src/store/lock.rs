//! One writer at a time. The system frees the lock when its holder ends, however it ends, so there is no stale lock to clear away.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often to look whether the other writer is done.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Held until it is dropped.
pub(super) struct Lock(#[allow(dead_code, reason = "dropping the open file frees the lock")] File);

/// Takes the lock; while another holds it, waits for so long and calls `waiting` once.
pub(super) fn take(folder: &Path, patience: Duration, waiting: &mut dyn FnMut()) -> io::Result<Option<Lock>> {
    fs::create_dir_all(folder)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    let started = Instant::now();
    let mut told = false;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(Lock(file))),
            Err(TryLockError::Error(e)) => return Err(e),
            Err(TryLockError::WouldBlock) if started.elapsed() >= patience => return Ok(None),
            Err(TryLockError::WouldBlock) => {
                if !told {
                    waiting();
                    told = true;
                }
                std::thread::sleep(LOOK_AGAIN);
            }
        }
    }
}
