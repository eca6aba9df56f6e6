//! Where answers are computed: threads of their own, so that those which read and write never wait for a processor, and a bounded
//! queue before them. Who finds the queue full is told so at once; who went away while waiting costs nothing more.

use super::problem::Problem;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// Threads with a queue.
#[derive(Debug)]
pub(super) struct Lane {
    pub name: &'static str,
    pool: ThreadPool,
    free: Arc<Semaphore>,
    most: usize,
    time: Duration,
}

impl Lane {
    /// As many threads as there are processors, and so many that wait.
    pub(super) fn new(name: &'static str, most: usize, time: Duration) -> Result<Self, String> {
        let pool = ThreadPoolBuilder::new().thread_name(move |at| format!("{name}-{at}")).build().map_err(|e| e.to_string())?;
        Ok(Self { name, pool, free: Arc::new(Semaphore::new(most)), most, time })
    }

    /// How many are at work or wait.
    pub(super) fn taken(&self) -> usize {
        self.most.saturating_sub(self.free.available_permits())
    }

    /// Does something and hands over what came of it.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let seat = Arc::clone(&self.free).try_acquire_owned().map_err(|_| Problem::busy())?;
        let (sender, receiver) = oneshot::channel();
        self.pool.spawn(move || {
            if !sender.is_closed() {
                // A fault in one answer must end neither the thread nor the others.
                let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
            }
            drop(seat);
        });
        match tokio::time::timeout(self.time, receiver).await {
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(_) => Err(Problem::fault()),
            Err(_) => Err(Problem::too_slow()),
        }
    }

    /// Does something that nobody waits for.
    pub(super) fn spawn(&self, work: impl FnOnce() + Send + 'static) {
        self.pool.spawn(move || drop(catch_unwind(AssertUnwindSafe(work))));
    }
}
