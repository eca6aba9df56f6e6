//! Tells receivers what rechecks found, one after the other and each notice in its turn, until it is taken. How far each has been told is
//! in the database, so neither a kill nor a receiver that sleeps for a day loses a notice; one may come twice, under the same id.

use super::app::Shared;
use crate::notify::Hook;
use crate::store::{Entry, Recheck, Store, StoreError, Told};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// How long a new report may lie before it is sent.
const PATIENCE: Duration = Duration::from_secs(1);
/// The pause after the first attempt in vain, in seconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 1;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 3600;
/// After so many attempts, some four days, a notice is given up and the next one tried.
const MOST_TRIES: u32 = 108;

/// Tells one receiver, for ever.
pub(super) async fn tell(app: Shared, hook: Hook) {
    let Some(store) = app.store.clone() else { return };
    let hook = Arc::new(hook);
    loop {
        match next(&app, &store, &hook).await {
            // There may be more.
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PATIENCE).await,
            Err(e) => {
                app.log.say(&e.to_string());
                tokio::time::sleep(PATIENCE * 10).await;
            }
        }
    }
}

/// Tries the next notice, if there is one and it is time; true when it was taken.
async fn next(app: &Shared, store: &Store, hook: &Arc<Hook>) -> Result<bool, StoreError> {
    let mut told = store.told(&hook.name).await?;
    let now = jiff::Timestamp::now().as_second();
    // A clock that was set back must not silence a receiver for longer than the longest pause.
    if now < told.next && told.next - now <= LONGEST_PAUSE {
        return Ok(false);
    }
    let Some((entry, report)) = store.recheck_after(told.done).await? else { return Ok(false) };
    let sent = match report {
        Some(report) => attempt(hook, &entry, &report, now).await,
        // What it said was removed: there is nothing to tell.
        None => Ok(()),
    };
    let taken = sent.is_ok();
    if let Err(why) = sent {
        told.tries += 1;
        told.next = now + (FIRST_PAUSE << told.tries.saturating_sub(1).min(12)).min(LONGEST_PAUSE);
        app.log.say(&format!("the receiver {} did not take the notice {}: {why}", hook.name, entry.id));
        if told.tries >= MOST_TRIES {
            app.log.say(&format!("the notice {} to {} is given up", entry.id, hook.name));
        }
    }
    if taken || told.tries >= MOST_TRIES {
        told = Told { done: entry.seq, tries: 0, next: 0 };
    }
    store.note_told(&hook.name, &told).await?;
    Ok(taken)
}

async fn attempt(hook: &Arc<Hook>, entry: &Entry, report: &Recheck, now: i64) -> Result<(), String> {
    let body =
        json!({"type": "licit.recheck", "timestamp": entry.at, "data": {"id": entry.id, "seq": entry.seq, "report": report}}).to_string();
    let (hook, id) = (Arc::clone(hook), entry.id.clone());
    // The client waits on its thread; none of those that answer requests.
    tokio::task::spawn_blocking(move || hook.send(&id, now, &body)).await.map_err(|e| e.to_string())?
}
