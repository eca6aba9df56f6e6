//! Foreign parsers run on a thread of their own, so that a panic or an endless loop in one of them stays theirs.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Room for the deepest nesting that `clean` lets through, many times over.
const STACK_BYTES: usize = 32 << 20;

/// Why there is no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stopped {
    /// It took longer than allowed. The thread goes on until it ends by itself or the process does.
    Late,
    /// It panicked, or no thread could be had.
    Broke,
}

/// Does `work` and hands back what it returns, unless it panics or takes longer than `limit`.
///
/// # Errors
/// Says which of the two.
pub(super) fn run<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Stopped> {
    let (send, receive) = sync_channel(1);
    let thread = thread::Builder::new().name("document".into()).stack_size(STACK_BYTES);
    // The receiver may have gone when it was late; nobody is left to tell then.
    thread.spawn(move || send.send(work()).unwrap_or(())).map_err(|_| Stopped::Broke)?;
    receive.recv_timeout(limit).map_err(|e| match e {
        RecvTimeoutError::Timeout => Stopped::Late,
        RecvTimeoutError::Disconnected => Stopped::Broke,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_a_panic_and_an_endless_loop() {
        assert_eq!(run(Duration::from_secs(10), || 7), Ok(7));
        assert_eq!(run(Duration::from_secs(10), || "seven".parse::<u8>().unwrap()), Err(Stopped::Broke));
        assert_eq!(run(Duration::from_millis(20), || thread::sleep(Duration::from_secs(2))), Err(Stopped::Late));
    }
}
