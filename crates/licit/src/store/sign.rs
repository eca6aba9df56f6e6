//! Signatures: whoever holds the key of a record wrote it, and nobody else.

use super::StoreError;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The key that signs what is added to a record.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public())
    }
}

impl Signer {
    /// The key in a file; made there, readable by its owner alone, when there is none.
    ///
    /// # Errors
    /// When the file cannot be read or written, or holds no key.
    pub fn at(file: &Path) -> Result<Self, StoreError> {
        let told = |e: &dyn std::fmt::Display| StoreError::Database(format!("{}: {e}", file.display()));
        match fs::read_to_string(file) {
            Ok(text) => Self::from_hex(text.trim()).ok_or_else(|| told(&"this is no key: 64 hex digits are expected")),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut seed = [0u8; 32];
                getrandom::fill(&mut seed).map_err(|e| told(&e))?;
                if let Some(folder) = file.parent() {
                    fs::create_dir_all(folder).map_err(|e| told(&e))?;
                }
                let mut options = fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut out = options.open(file).map_err(|e| told(&e))?;
                writeln!(out, "{}", hex(&seed)).and_then(|()| out.sync_all()).map_err(|e| told(&e))?;
                Ok(Self(SigningKey::from_bytes(&seed)))
            }
            Err(e) => Err(told(&e)),
        }
    }

    /// A key from 64 hex digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        Some(Self(SigningKey::from_bytes(&bytes::<32>(text)?)))
    }

    /// The public half, in hex: what a checker needs.
    #[must_use]
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }

    pub(super) fn sign(&self, seq: i64, hash: &str, at: &str) -> String {
        hex(&self.0.sign(message(seq, hash, at).as_bytes()).to_bytes())
    }
}

/// Whether the holder of the key signed that the record up to this entry had this hash at this time.
pub(super) fn signed(public: &str, signature: &str, seq: i64, hash: &str, at: &str) -> bool {
    let key = bytes::<32>(public).and_then(|b| VerifyingKey::from_bytes(&b).ok());
    let signature = bytes::<64>(signature).map(|b| Signature::from_bytes(&b));
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(message(seq, hash, at).as_bytes(), &signature).is_ok())
}

fn message(seq: i64, hash: &str, at: &str) -> String {
    format!("licit checkpoint 1\n{seq}\n{hash}\n{at}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut out = [0u8; N];
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    for (at, slot) in out.iter_mut().enumerate() {
        *slot = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(out)
}
