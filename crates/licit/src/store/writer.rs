//! The one place that adds entries. Callers that come together share one commit, so that each waits for the disk once and not in a queue.

use super::chain::{self, Entry};
use super::{Record, Signer, StoreError, packed};
use sqlx::{Any, AnyPool, Row, Transaction};
use tokio::sync::{mpsc, oneshot};

/// Most callers of one commit.
const MOST_TOGETHER: usize = 256;
/// Callers that may wait; more wait in turn.
const MOST_WAITING: usize = 4096;

/// An entry that is to be added.
#[derive(Debug)]
pub(super) struct Wanted {
    pub kind: &'static str,
    /// What the entry says; then what lies beside it under its own hash.
    pub bodies: Vec<String>,
}

impl Wanted {
    pub(super) fn decision(record: &Record, answer: String) -> Self {
        Self { kind: "decision", bodies: vec![record.body(), answer] }
    }
}

/// Entries that one caller wants together.
struct Call {
    wanted: Vec<Wanted>,
    done: oneshot::Sender<Result<Vec<Entry>, StoreError>>,
}

#[derive(Clone, Debug)]
pub(super) struct Writer(mpsc::Sender<Call>);

impl Writer {
    pub(super) fn start(pool: AnyPool, signer: Signer) -> Self {
        let (send, receive) = mpsc::channel(MOST_WAITING);
        tokio::spawn(run(pool, signer, receive));
        Self(send)
    }

    /// Adds entries in one commit; they are on disk when this returns.
    pub(super) async fn write(&self, wanted: Vec<Wanted>) -> Result<Vec<Entry>, StoreError> {
        let closed = || StoreError::Database("it is being closed".into());
        let (done, answer) = oneshot::channel();
        self.0.send(Call { wanted, done }).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }
}

async fn run(pool: AnyPool, signer: Signer, mut calls: mpsc::Receiver<Call>) {
    let mut together = Vec::with_capacity(MOST_TOGETHER);
    while calls.recv_many(&mut together, MOST_TOGETHER).await > 0 {
        let mut answer = commit(&pool, &signer, &together).await.map(Vec::into_iter);
        for call in together.drain(..) {
            let told = match &mut answer {
                Ok(entries) => Ok(entries.by_ref().take(call.wanted.len()).collect()),
                Err(e) => Err(e.clone()),
            };
            // Whoever asked may have gone; the entry stays.
            let _gone = call.done.send(told);
        }
    }
}

async fn commit(pool: &AnyPool, signer: &Signer, together: &[Call]) -> Result<Vec<Entry>, StoreError> {
    let mut work = pool.begin().await?;
    // The first statement takes the lock on the head, so that two writers never add after the same entry.
    sqlx::query("UPDATE head SET seq = seq WHERE one = 1").execute(&mut *work).await?;
    let head = sqlx::query("SELECT seq, hash FROM head WHERE one = 1").fetch_one(&mut *work).await?;
    let (mut seq, mut hash): (i64, String) = (head.try_get("seq")?, head.try_get("hash")?);
    let mut entries = Vec::with_capacity(together.len());
    let at = jiff::Timestamp::now().to_string();
    for one in together.iter().flat_map(|call| &call.wanted) {
        let entry = Entry::after(seq, &hash, one.kind, &at, one.bodies.first().map_or("", String::as_str));
        insert(&mut work, &entry, &one.bodies).await?;
        (seq, hash) = (entry.seq, entry.hash.clone());
        entries.push(entry);
    }
    sqlx::query("UPDATE head SET seq = $1, hash = $2 WHERE one = 1").bind(seq).bind(&hash).execute(&mut *work).await?;
    sqlx::query("INSERT INTO checkpoints (seq, hash, at, signer, signature) VALUES ($1, $2, $3, $4, $5)")
        .bind(seq)
        .bind(&hash)
        .bind(&at)
        .bind(signer.public())
        .bind(signer.sign(seq, &hash, &at))
        .execute(&mut *work)
        .await?;
    work.commit().await?;
    Ok(entries)
}

async fn insert(work: &mut Transaction<'_, Any>, entry: &Entry, bodies: &[String]) -> Result<(), StoreError> {
    for body in bodies {
        sqlx::query("INSERT INTO bodies (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
            .bind(chain::hash_of(body.as_bytes()))
            .bind(packed(body))
            .execute(&mut **work)
            .await?;
    }
    sqlx::query("INSERT INTO entries (seq, kind, id, at, body_hash, prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(entry.seq)
        .bind(&entry.kind)
        .bind(&entry.id)
        .bind(&entry.at)
        .bind(&entry.body_hash)
        .bind(&entry.prev)
        .bind(&entry.hash)
        .execute(&mut **work)
        .await?;
    Ok(())
}
