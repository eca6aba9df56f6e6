//! What rechecks found, for whoever wants to hear of it: page by page, and who has been told how far.
//!
//! How far a receiver has been told lies in the database beside the record, so a kill between two notices loses none: at worst one is
//! sent again. It is no part of the chain, for it says nothing of decisions.

use super::{Entry, Recheck, Store, StoreError, entry_of, unpacked};
use sqlx::Row;
use sqlx::any::AnyRow;

/// How far a receiver of notices has been told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// The number of the last entry that it has taken.
    pub done: i64,
    /// How often the next one was tried in vain.
    pub tries: u32,
    /// When to try again, in seconds since 1970.
    pub next: i64,
}

impl Store {
    /// Reports of rechecks before a number, newest first, with what they say where it was not removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rechecks_before(&self, before: Option<i64>, limit: i64) -> Result<Vec<(Entry, Option<Recheck>)>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.*, b.bytes FROM entries e LEFT JOIN bodies b ON b.hash = e.body_hash \
             WHERE e.seq < $1 AND e.kind = 'recheck' ORDER BY e.seq DESC LIMIT $2",
        );
        let rows = rows.bind(before.unwrap_or(i64::MAX)).bind(limit.clamp(1, super::MOST_PAGE)).fetch_all(&self.pool).await?;
        rows.iter().map(report_of).collect()
    }

    /// The first report of a recheck after a number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recheck_after(&self, seq: i64) -> Result<Option<(Entry, Option<Recheck>)>, StoreError> {
        let row = sqlx::query(
            "SELECT e.*, b.bytes FROM entries e LEFT JOIN bodies b ON b.hash = e.body_hash \
             WHERE e.seq > $1 AND e.kind = 'recheck' ORDER BY e.seq LIMIT 1",
        );
        row.bind(seq).fetch_optional(&self.pool).await?.as_ref().map(report_of).transpose()
    }

    /// How far a receiver has been told. One that is not known yet is told what comes from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn told(&self, receiver: &str) -> Result<Told, StoreError> {
        let (head, _) = self.head().await?;
        sqlx::query("INSERT INTO notices (receiver, done, tries, next) VALUES ($1, $2, 0, 0) ON CONFLICT (receiver) DO NOTHING")
            .bind(receiver)
            .bind(head)
            .execute(&self.pool)
            .await?;
        let row = sqlx::query("SELECT done, tries, next FROM notices WHERE receiver = $1").bind(receiver).fetch_one(&self.pool).await?;
        let tries: i64 = row.try_get("tries")?;
        Ok(Told { done: row.try_get("done")?, tries: u32::try_from(tries).unwrap_or(0), next: row.try_get("next")? })
    }

    /// Notes how far a receiver has been told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_told(&self, receiver: &str, told: &Told) -> Result<(), StoreError> {
        sqlx::query("UPDATE notices SET done = $1, tries = $2, next = $3 WHERE receiver = $4")
            .bind(told.done)
            .bind(i64::from(told.tries))
            .bind(told.next)
            .bind(receiver)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn report_of(row: &AnyRow) -> Result<(Entry, Option<Recheck>), StoreError> {
    let body = row.try_get::<Option<Vec<u8>>, _>("bytes")?.map(unpacked).transpose()?;
    // A report that cannot be read is told by `verify`; a list goes on.
    Ok((entry_of(row)?, body.and_then(|b| serde_json::from_str(&b).ok())))
}
