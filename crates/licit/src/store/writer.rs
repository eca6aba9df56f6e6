//! The one place that adds entries. Callers that come together share one commit, so that each waits for the disk once and not in a queue.

use super::chain::{self, Entry};
use super::{Record, Signer, StoreError, packed};
use sqlx::{AnyPool, AssertSqlSafe, Row};
use tokio::sync::{mpsc, oneshot};

/// Most callers of one commit.
const MOST_TOGETHER: usize = 256;
/// Callers that may wait; more wait in turn.
const MOST_WAITING: usize = 4096;

/// Rows of one statement: large ones save ways to the database, and few sizes keep the statements prepared.
const ROWS: [usize; 4] = [64, 16, 4, 1];

/// An entry that is to be added. Hashed and packed by whoever wants it, so that the writer has less to do.
#[derive(Debug)]
pub(super) struct Wanted {
    pub kind: &'static str,
    /// What the entry says; then what lies beside it under its own hash.
    bodies: Vec<Body>,
}

#[derive(Debug)]
struct Body {
    hash: String,
    packed: Vec<u8>,
    bytes: usize,
}

impl Body {
    fn of(text: &str) -> Self {
        Self { hash: chain::hash_of(text.as_bytes()), packed: packed(text), bytes: text.len() }
    }
}

impl Wanted {
    pub(super) fn new(kind: &'static str, body: &str) -> Self {
        Self { kind, bodies: vec![Body::of(body)] }
    }

    pub(super) fn decision(record: &Record, answer: &str) -> Self {
        Self { kind: "decision", bodies: vec![Body::of(&record.body()), Body::of(answer)] }
    }

    /// Bytes of its largest body.
    pub(super) fn largest(&self) -> usize {
        self.bodies.iter().map(|b| b.bytes).max().unwrap_or(0)
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
    let head = sqlx::query("UPDATE head SET seq = seq WHERE one = 1 RETURNING seq, hash").fetch_one(&mut *work).await?;
    let (mut seq, mut hash): (i64, String) = (head.try_get("seq")?, head.try_get("hash")?);
    let mut entries = Vec::with_capacity(together.len());
    let mut bodies = Vec::with_capacity(2 * together.len());
    let at = jiff::Timestamp::now().to_string();
    for one in together.iter().flat_map(|call| &call.wanted) {
        let entry = Entry::after(seq, &hash, one.kind, &at, one.bodies.first().map_or("", |body| body.hash.as_str()));
        (seq, hash) = (entry.seq, entry.hash.clone());
        entries.push(entry);
        bodies.extend(&one.bodies);
    }
    for some in in_parts(&bodies) {
        let sql = insert("bodies (hash, bytes)", 2, some.len(), " ON CONFLICT (hash) DO NOTHING");
        let query = some.iter().fold(sqlx::query(AssertSqlSafe(sql)), |q, body| q.bind(&body.hash).bind(body.packed.as_slice()));
        query.execute(&mut *work).await?;
    }
    for some in in_parts(&entries) {
        let sql = insert("entries (seq, kind, id, at, body_hash, prev, hash)", 7, some.len(), "");
        let query = some.iter().fold(sqlx::query(AssertSqlSafe(sql)), |q, e| {
            q.bind(e.seq).bind(&e.kind).bind(&e.id).bind(&e.at).bind(&e.body_hash).bind(&e.prev).bind(&e.hash)
        });
        query.execute(&mut *work).await?;
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

/// Rows in parts, each of a size for which there is a statement.
fn in_parts<T>(mut rows: &[T]) -> Vec<&[T]> {
    let mut out = Vec::new();
    for size in ROWS {
        while let Some((some, rest)) = rows.split_at_checked(size) {
            out.push(some);
            rows = rest;
        }
    }
    out
}

/// `INSERT INTO … VALUES ($1, $2), ($3, $4) …`.
fn insert(into: &str, columns: usize, rows: usize, then: &str) -> String {
    let row = |at: usize| {
        let places: Vec<String> = (1..=columns).map(|column| format!("${}", at * columns + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {into} VALUES {}{then}", rows.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_parted_into_sizes_that_have_a_statement() {
        let rows: Vec<u32> = (0..87).collect();
        let sizes: Vec<usize> = in_parts(&rows).iter().map(|part| part.len()).collect();
        assert_eq!(sizes, [64, 16, 4, 1, 1, 1]);
        assert_eq!(in_parts(&rows).concat(), rows);
        assert_eq!(insert("t (a, b)", 2, 2, " x"), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) x");
    }
}
