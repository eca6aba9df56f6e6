//! New lists without a new start: when the journal of the lists has grown, they are opened again beside those in use, and whoever asks
//! from then on is answered with them.

use super::app::{App, InUse};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How long a new version of a list may go unnoticed.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes new lists, for ever; decides again what is on file when that is wanted, once at the start and after each change.
pub(super) async fn renew(in_use: InUse, data: Option<PathBuf>, recheck: bool) {
    if recheck {
        again(&in_use.now()).await;
    }
    let Some(data) = data else { return };
    let mut refused = None;
    loop {
        tokio::time::sleep(PATIENCE).await;
        let app = in_use.now();
        let there = crate::lists::journal_bytes(&data);
        if there == app.book.lists().journal_bytes() || refused == Some(there) {
            continue;
        }
        let (folder, book) = (data.clone(), app.book.clone());
        match tokio::task::spawn_blocking(move || book.with_lists(&folder)).await {
            Ok(Ok(book)) => {
                app.log.say(&format!("lists in use from now on: {}", book.lists().in_words()));
                in_use.take(book);
                app.lists_refused.store(false, Ordering::Relaxed);
                refused = None;
                if recheck {
                    again(&in_use.now()).await;
                }
            }
            // Those in use stay; it is tried again when the journal has changed again.
            Ok(Err(why)) => {
                app.log.say(&format!("the new lists cannot be used, the old ones stay: {why}"));
                app.lists_refused.store(true, Ordering::Relaxed);
                refused = Some(there);
            }
            Err(e) => app.log.say(&format!("the new lists could not be opened: {e}")),
        }
    }
}

async fn again(app: &App) {
    let Some(store) = &app.store else { return };
    match store.recheck(&app.book, false, |_, _| {}).await {
        Ok(r) => app.log.say(&format!("{} on file, {} decided again, {} are others now", r.on_file, r.decided, r.changed.len())),
        Err(e) => app.log.say(&e.to_string()),
    }
}
