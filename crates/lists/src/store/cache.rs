//! Parsed copies: quick to read, checked by a hash, worth nothing when lost.

use super::{READER_FORMAT, files};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

const HASH_BYTES: usize = 32;

/// The name of the copy. The list is part of it, for the same bytes may be kept under two names.
pub(super) fn name(list: &str, hash: &str) -> String {
    let key = blake3::hash(format!("{list} {hash}").as_bytes()).to_hex();
    format!("{key}.{READER_FORMAT}")
}

/// Whether a copy was made by readers of another format.
pub(super) fn outdated(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, format)| format.parse::<u32>().is_ok_and(|n| n != READER_FORMAT))
}

/// The copy, if it is there and whole. A damaged one is as good as none: it will be written anew.
pub(super) fn get<T: DeserializeOwned>(folder: &Path, name: &str) -> Option<T> {
    let bytes = fs::read(folder.join(name)).ok()?;
    let (hash, body) = bytes.split_at_checked(HASH_BYTES)?;
    if blake3::hash(body).as_bytes() != hash {
        return None;
    }
    postcard::from_bytes(body).ok()
}

/// Keeps a copy. That it cannot be kept, as on a full or read-only disk, only costs time.
pub(super) fn put<T: Serialize>(folder: &Path, name: &str, value: &T) {
    let Ok(body) = postcard::to_stdvec(value) else { return };
    let mut bytes = blake3::hash(&body).as_bytes().to_vec();
    bytes.extend(body);
    let _ = files::put_whole(folder, name, &bytes);
}
