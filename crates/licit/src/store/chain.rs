//! The chain: what an entry is and how its hash covers all before it.

/// Hash before the first entry.
pub(super) const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Hex digits of a body's hash that name an entry.
const ID_DIGITS: usize = 24;

/// One entry of the record.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Entry {
    /// Its number, from 1, without a gap.
    pub seq: i64,
    /// What it is: `decision`, `law`, `recheck`, `redaction`, `settlement`.
    pub kind: String,
    /// Its name: the first digits of the hash of what it says, so the same decision always has the same.
    pub id: String,
    /// When it was added, in UTC: `2026-02-18T09:30:00.123456Z`.
    pub at: String,
    /// BLAKE3 of its body, in hex.
    pub body_hash: String,
    /// Hash of the entry before.
    pub prev: String,
    /// Hash over all of this.
    pub hash: String,
}

impl Entry {
    /// The entry after one with this number and hash, by the hash of its body.
    pub(super) fn after(seq: i64, prev: &str, kind: &str, at: &str, body_hash: &str) -> Self {
        let mut entry = Self {
            seq: seq + 1,
            kind: kind.to_owned(),
            id: id_of(body_hash),
            at: at.to_owned(),
            body_hash: body_hash.to_owned(),
            prev: prev.to_owned(),
            hash: String::new(),
        };
        entry.hash = entry.computed();
        entry
    }

    /// The hash that it must have. No field holds a line break, so no two entries are written alike.
    pub(super) fn computed(&self) -> String {
        let Self { seq, kind, id, at, body_hash, prev, .. } = self;
        hash_of(format!("licit entry 1\n{prev}\n{seq}\n{kind}\n{id}\n{at}\n{body_hash}").as_bytes())
    }
}

/// The id of what has this hash.
pub(super) fn id_of(hash: &str) -> String {
    hash.get(..ID_DIGITS).unwrap_or_default().to_owned()
}

/// BLAKE3 in hex.
pub(super) fn hash_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
