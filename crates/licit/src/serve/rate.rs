//! How often one address, or one key, may ask: a bucket of tokens for each, which fills with time. The table is bounded; when it is
//! full of those that asked just now, strangers wait.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Most addresses that are remembered.
const MOST: usize = 10_000;

/// Who asks.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Who {
    /// From this address, without a key.
    Address(IpAddr),
    /// With the key of this id, from wherever.
    Key(String),
}

#[derive(Debug)]
pub(super) struct Rates {
    a_second: f64,
    buckets: Mutex<HashMap<Who, (f64, Instant)>>,
}

impl Rates {
    pub(super) fn new(a_second: u32) -> Self {
        Self { a_second: f64::from(a_second.max(1)), buckets: Mutex::default() }
    }

    /// Takes a token, or says after how many seconds there is one again.
    pub(super) fn take(&self, who: Who, now: Instant) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST && !buckets.contains_key(&who) {
            buckets.retain(|_, (_, seen)| now.duration_since(*seen).as_secs() < 1);
            if buckets.len() >= MOST {
                return Err(1);
            }
        }
        let (tokens, seen) = buckets.entry(who).or_insert((self.a_second, now));
        *tokens = (*tokens + now.duration_since(*seen).as_secs_f64() * self.a_second).min(self.a_second);
        *seen = now;
        if *tokens < 1.0 {
            return Err(1);
        }
        *tokens -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn who_asks_more_often_than_allowed_waits_and_others_do_not() {
        let rates = Rates::new(3);
        let (a, b) = (Who::Address(IpAddr::from([127, 0, 0, 1])), Who::Key("0a1b2c3d".to_owned()));
        let start = Instant::now();
        let taken = (0..5).filter(|_| rates.take(a.clone(), start).is_ok()).count();
        assert_eq!(taken, 3);
        assert_eq!(rates.take(b, start), Ok(()));
        assert_eq!(rates.take(a.clone(), start + Duration::from_millis(400)), Ok(()));
        assert_eq!(rates.take(a.clone(), start + Duration::from_millis(401)), Err(1));
    }
}
