//! Is the record what was written? Every entry, every body, every signature.

use super::chain::{self, Entry};
use super::{Record, Store, StoreError, entry_of, sign, unpacked};
use sqlx::Row;
use std::collections::BTreeSet;
use std::fmt;

/// Entries looked at together.
const TOGETHER: i64 = 1000;
/// Most faults that are told; more are counted.
const MOST_FAULTS: usize = 100;

/// What is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Entries that are not there.
    Missing {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// An entry whose fields do not have its hash.
    Changed {
        /// Its number.
        seq: i64,
    },
    /// An entry that does not follow the one before: it, or the one before, was put in place of another.
    Replaced {
        /// Its number.
        seq: i64,
    },
    /// A body that does not have the hash that its entry names.
    BodyChanged {
        /// The number of the entry.
        seq: i64,
    },
    /// A body that is not there, though nobody noted its removal.
    BodyMissing {
        /// The number of the entry.
        seq: i64,
    },
    /// A signature that does not fit the entry it signs.
    Signature {
        /// The number of the entry.
        seq: i64,
    },
    /// Entries that no key we trust has signed.
    Unsigned {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// The note of the last entry names another.
    Head {
        /// The number it names.
        seq: i64,
    },
    /// The record does not have the entry that was noted elsewhere.
    Expected {
        /// Its number.
        seq: i64,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { from, to } if from == to => write!(f, "entry {from} is missing"),
            Self::Missing { from, to } => write!(f, "entries {from} to {to} are missing"),
            Self::Changed { seq } => write!(f, "entry {seq} was changed"),
            Self::Replaced { seq } => write!(f, "entry {seq} does not follow the one before it: one of the two was put there later"),
            Self::BodyChanged { seq } => write!(f, "what entry {seq} says was changed"),
            Self::BodyMissing { seq } => write!(f, "what entry {seq} says is gone, and no note says who removed it"),
            Self::Signature { seq } => write!(f, "the signature at entry {seq} does not fit"),
            Self::Unsigned { from, to } => write!(f, "entries {from} to {to} are signed by no key that is trusted"),
            Self::Head { seq } => write!(f, "the last entry is noted as {seq}, which it is not"),
            Self::Expected { seq } => write!(f, "entry {seq} is not the one that was noted elsewhere"),
        }
    }
}

/// An entry that somebody noted outside of the record: its number and hash. Only this shows that the end of a record was cut off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expected {
    /// Its number.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// What a check of the record found.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Audit {
    /// Entries that were looked at.
    pub entries: u64,
    /// Bodies that were removed with a note.
    pub redacted: u64,
    /// Signatures that fit.
    pub signatures: u64,
    /// Number of the last entry.
    pub last: i64,
    /// Hash of the last entry.
    pub hash: String,
    /// What is wrong, by number; empty when all is well.
    pub faults: Vec<Fault>,
    /// Faults that are not told.
    pub more_faults: u64,
}

impl Audit {
    fn tell(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else {
            self.more_faults += 1;
        }
    }

    fn entry(&mut self, entry: &Entry) {
        if entry.seq > self.last + 1 {
            self.tell(Fault::Missing { from: self.last + 1, to: entry.seq - 1 });
        } else if entry.prev != self.hash {
            self.tell(Fault::Replaced { seq: entry.seq });
        }
        if entry.computed() != entry.hash {
            self.tell(Fault::Changed { seq: entry.seq });
        }
        self.entries += 1;
        self.last = entry.seq;
        self.hash.clone_from(&entry.hash);
    }
}

impl Store {
    /// Checks every entry, body and signature. `trusted`: public keys whose signatures count.
    ///
    /// # Errors
    /// When the database fails. What is wrong with the record is no error but the answer.
    pub async fn verify(&self, trusted: &[String], expected: &[Expected]) -> Result<Audit, StoreError> {
        let mut audit = Audit { hash: chain::FIRST.to_owned(), ..Audit::default() };
        let removed = self.removed().await?;
        let mut unsigned_from = 1;
        loop {
            let entries = self.after(audit.last, TOGETHER).await?;
            if entries.is_empty() {
                break;
            }
            for entry in &entries {
                audit.entry(entry);
                self.check_body(entry, &removed, &mut audit).await?;
                if expected.iter().any(|e| e.seq == entry.seq && e.hash != entry.hash) {
                    audit.tell(Fault::Expected { seq: entry.seq });
                }
            }
            self.check_signatures(&entries, trusted, &mut unsigned_from, &mut audit).await?;
        }
        if unsigned_from <= audit.last {
            audit.tell(Fault::Unsigned { from: unsigned_from, to: audit.last });
        }
        let (head, hash) = self.head().await?;
        if head > audit.last {
            audit.tell(Fault::Missing { from: audit.last + 1, to: head });
        } else if (head, &hash) != (audit.last, &audit.hash) {
            audit.tell(Fault::Head { seq: head });
        }
        let last = audit.last;
        for one in expected.iter().filter(|e| e.seq > last) {
            audit.tell(Fault::Expected { seq: one.seq });
        }
        Ok(audit)
    }

    /// The bodies whose removal was noted.
    async fn removed(&self) -> Result<BTreeSet<String>, StoreError> {
        let rows = sqlx::query("SELECT b.bytes FROM entries e JOIN bodies b ON b.hash = e.body_hash WHERE e.kind = 'redaction'");
        let mut out = BTreeSet::new();
        for row in rows.fetch_all(&self.pool).await? {
            let Ok(text) = unpacked(row.try_get("bytes")?) else { continue };
            let note: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
            let hashes = note.get("bodies").and_then(serde_json::Value::as_array);
            out.extend(hashes.into_iter().flatten().filter_map(|h| h.as_str()).map(str::to_owned));
        }
        Ok(out)
    }

    async fn check_body(&self, entry: &Entry, removed: &BTreeSet<String>, audit: &mut Audit) -> Result<(), StoreError> {
        let body = self.body_or_fault(&entry.body_hash, entry.seq, removed, audit).await?;
        let Some(body) = body.filter(|_| entry.kind == "decision") else { return Ok(()) };
        match serde_json::from_str::<Record>(&body) {
            // The answer lies beside the record.
            Ok(record) => self.body_or_fault(&record.answer, entry.seq, removed, audit).await.map(|_| ()),
            Err(_) => {
                audit.tell(Fault::BodyChanged { seq: entry.seq });
                Ok(())
            }
        }
    }

    async fn body_or_fault(
        &self,
        hash: &str,
        seq: i64,
        removed: &BTreeSet<String>,
        audit: &mut Audit,
    ) -> Result<Option<String>, StoreError> {
        match self.body(hash).await {
            Ok(Some(body)) => return Ok(Some(body)),
            Ok(None) if removed.contains(hash) => audit.redacted += 1,
            Ok(None) => audit.tell(Fault::BodyMissing { seq }),
            Err(StoreError::Damaged(_)) => audit.tell(Fault::BodyChanged { seq }),
            Err(other) => return Err(other),
        }
        Ok(None)
    }

    /// A signature speaks for its entry and, by the chain, for all before it.
    async fn check_signatures(
        &self,
        entries: &[Entry],
        trusted: &[String],
        unsigned_from: &mut i64,
        audit: &mut Audit,
    ) -> Result<(), StoreError> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
        let rows = sqlx::query("SELECT * FROM checkpoints WHERE seq >= $1 AND seq <= $2 ORDER BY seq");
        for row in rows.bind(first.seq).bind(last.seq).fetch_all(&self.pool).await? {
            let (seq, hash, at): (i64, String, String) = (row.try_get("seq")?, row.try_get("hash")?, row.try_get("at")?);
            let (signer, signature): (String, String) = (row.try_get("signer")?, row.try_get("signature")?);
            let same = entries.binary_search_by_key(&seq, |e| e.seq).ok().and_then(|at| entries.get(at)).is_some_and(|e| e.hash == hash);
            if !same || !sign::signed(&signer, &signature, seq, &hash, &at) {
                audit.tell(Fault::Signature { seq });
            } else if trusted.contains(&signer) {
                audit.signatures += 1;
                *unsigned_from = seq + 1;
            }
        }
        Ok(())
    }

    /// Everything on record, an entry with its body a line, as JSON; then the signatures.
    ///
    /// # Errors
    /// When the database or the writer fails.
    pub async fn export(&self, out: &mut (dyn std::io::Write + Send)) -> Result<u64, StoreError> {
        let told = |e: std::io::Error| StoreError::Database(format!("what is exported cannot be written: {e}"));
        let mut line = |value: serde_json::Value| writeln!(out, "{value}").map_err(told);
        let (mut last, mut count) = (0, 0);
        loop {
            let entries = self.after(last, TOGETHER).await?;
            let Some(end) = entries.last().map(|e| e.seq) else { break };
            for entry in &entries {
                let body = self.body(&entry.body_hash).await?;
                line(serde_json::json!({"entry": entry, "body": body}))?;
                count += 1;
            }
            last = end;
        }
        for row in sqlx::query("SELECT * FROM checkpoints ORDER BY seq").fetch_all(&self.pool).await? {
            let text = |name: &str| row.try_get::<String, _>(name);
            let seq: i64 = row.try_get("seq")?;
            line(serde_json::json!({"checkpoint": {
                "seq": seq, "hash": text("hash")?, "at": text("at")?, "signer": text("signer")?, "signature": text("signature")?,
            }}))?;
        }
        Ok(count)
    }

    /// The entry of a number, for tests and tools.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn entry(&self, seq: i64) -> Result<Option<Entry>, StoreError> {
        let row = sqlx::query("SELECT * FROM entries WHERE seq = $1").bind(seq).fetch_optional(&self.pool).await?;
        row.as_ref().map(entry_of).transpose()
    }
}
