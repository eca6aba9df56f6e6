//! Keys: who may ask a server that others can reach. A key is shown once; the file holds only its hash.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, io};

/// What every key starts with, so that one that leaked is recognised.
const PREFIX: &str = "licit";
/// Most keys of a file.
const MOST_KEYS: usize = 1000;
/// Most bytes of a file of keys.
const MOST_BYTES: u64 = 1 << 20;
/// How long a change of the file may go unnoticed.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a key may be used for. Each is asked for by itself; `admin` may do everything.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Look things up: the law, lists, parties, goods, routes, decisions on file.
    Read,
    /// Have acts and texts decided, and keep decisions.
    Decide,
    /// Settle whether a hit is the party.
    Settle,
    /// Everything, the counts of the server too.
    Admin,
}

impl Scope {
    /// Every scope by its word.
    pub const WORDS: [(&'static str, Self); 4] =
        [("read", Self::Read), ("decide", Self::Decide), ("settle", Self::Settle), ("admin", Self::Admin)];

    /// The scope of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, scope)| *scope)
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, scope)| *scope == self).map_or("", |(word, _)| word)
    }
}

/// A key as the file knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Eight hex digits, part of the key itself.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// BLAKE3 of the whole key, in hex.
    pub hash: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// When it was made, in UTC.
    pub made: String,
    /// From when on it is worth nothing, in UTC; `None`: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<jiff::Timestamp>,
}

impl Key {
    /// A new key: as the file keeps it, and the text that is shown once.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(name: &str, scopes: Vec<Scope>, until: Option<jiff::Timestamp>, now: jiff::Timestamp) -> Result<(Self, String), String> {
        let mut random = [0u8; 36];
        getrandom::fill(&mut random).map_err(|e| e.to_string())?;
        let hex: String = random.iter().map(|b| format!("{b:02x}")).collect();
        let (id, secret) = hex.split_at(8);
        let text = format!("{PREFIX}_{id}_{secret}");
        let key =
            Self { id: id.to_owned(), name: name.to_owned(), hash: hash(&text).to_hex().to_string(), scopes, made: now.to_string(), until };
        Ok((key, text))
    }

    /// Whether it is worth anything at this time.
    #[must_use]
    pub fn is_good(&self, now: jiff::Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// Whether it may be used for this.
    #[must_use]
    pub fn may(&self, scope: Scope) -> bool {
        may(&self.scopes, scope)
    }
}

/// Whether who has some scopes may do what needs one.
pub(crate) fn may(scopes: &[Scope], scope: Scope) -> bool {
    scopes.contains(&scope) || scopes.contains(&Scope::Admin)
}

/// A key holds 256 random bits, so a plain fast hash of it gives nothing away.
fn hash(text: &str) -> blake3::Hash {
    blake3::hash(text.as_bytes())
}

/// The file of keys in a data folder.
#[must_use]
pub fn file_in(data: &Path) -> PathBuf {
    data.join("keys.json")
}

/// Reads a file of keys; no file is no keys.
///
/// # Errors
/// When it cannot be read, or does not hold keys.
pub fn read(file: &Path) -> Result<Vec<Key>, String> {
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    match fs::metadata(file) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(wrong(&e)),
        Ok(about) if about.len() > MOST_BYTES => return Err(wrong(&"it is too large for a file of keys")),
        Ok(_) => {}
    }
    let text = fs::read_to_string(file).map_err(|e| wrong(&e))?;
    let keys: Vec<Key> = serde_json::from_str(&text).map_err(|e| wrong(&e))?;
    if keys.len() > MOST_KEYS { Err(wrong(&format!("more than {MOST_KEYS} keys"))) } else { Ok(keys) }
}

/// Writes a file of keys, readable by its owner alone; whoever reads it meanwhile sees the old one or the new one.
///
/// # Errors
/// When it cannot be written; then the old one is as it was.
pub fn write(file: &Path, keys: &[Key]) -> Result<(), String> {
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", file.display());
    if keys.len() > MOST_KEYS {
        return Err(wrong(&format!("more than {MOST_KEYS} keys")));
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|e| wrong(&e))?;
    }
    let fresh = file.with_extension("json.new");
    let text = serde_json::to_string_pretty(keys).map_err(|e| wrong(&e))?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&fresh).map_err(|e| wrong(&e))?;
    io::Write::write_all(&mut out, text.as_bytes()).and_then(|()| out.sync_all()).map_err(|e| wrong(&e))?;
    fs::rename(&fresh, file).map_err(|e| wrong(&e))
}

/// The keys that a server asks for. A change of the file counts within a second.
#[derive(Debug)]
pub struct Ring {
    file: PathBuf,
    held: RwLock<Held>,
}

#[derive(Debug)]
struct Held {
    keys: Vec<Key>,
    changed: Option<SystemTime>,
    looked: Instant,
}

impl Ring {
    /// The keys of a file.
    ///
    /// # Errors
    /// When it cannot be read, or holds no key that is worth anything.
    pub fn open(file: PathBuf) -> Result<Self, String> {
        let keys = read(&file)?;
        if !keys.iter().any(|k| k.is_good(jiff::Timestamp::now())) {
            return Err(format!("{} holds no key that is worth anything; make one with `licit key add NAME`", file.display()));
        }
        let held = Held { keys, changed: changed(&file), looked: Instant::now() };
        Ok(Self { file, held: RwLock::new(held) })
    }

    /// The key that a text is, when it is one and is worth anything.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Key> {
        self.look_again();
        let given = hash(text);
        let id = text.strip_prefix(PREFIX).and_then(|t| t.strip_prefix('_')).and_then(|t| t.split('_').next()).unwrap_or_default();
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let key = held.keys.iter().find(|k| k.id == id);
        // Hashes are compared in constant time, and a wrong id costs what a wrong secret costs.
        let known = key.and_then(|k| blake3::Hash::from_hex(&k.hash).ok()).unwrap_or(blake3::Hash::from_bytes([0; 32]));
        let same = known == given;
        key.filter(|k| same && k.is_good(jiff::Timestamp::now())).cloned()
    }

    /// Reads the file again when it has changed. One that can no longer be read leaves no key.
    fn look_again(&self) {
        if self.held.read().unwrap_or_else(PoisonError::into_inner).looked.elapsed() < PATIENCE {
            return;
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.looked = Instant::now();
        let now = changed(&self.file);
        if now != held.changed || now.is_none() {
            held.keys = read(&self.file).unwrap_or_default();
            held.changed = now;
        }
    }
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|about| about.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(scopes: &[Scope], until: Option<&str>) -> (Key, String) {
        let until = until.map(|t| t.parse().unwrap());
        Key::new("the desk", scopes.to_vec(), until, jiff::Timestamp::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn only_the_whole_key_opens_and_only_for_its_time() {
        let file = std::env::temp_dir().join(format!("licit-keys-{}", std::process::id())).join("keys.json");
        let (good, text) = made(&[Scope::Read], None);
        let (late, old) = made(&[Scope::Admin], Some("2020-01-01T00:00:00Z"));
        write(&file, &[good.clone(), late]).unwrap();
        let ring = Ring::open(file.clone()).unwrap();
        assert_eq!(ring.find(&text), Some(good.clone()));
        let other = text.replace(|c| c == text.chars().last().unwrap(), "x");
        for wrong in ["", "licit", "licit__", &old, &other, &good.hash, &format!("{text} "), text.get(..text.len() - 1).unwrap()] {
            assert_eq!(ring.find(wrong), None, "{wrong}");
        }
        assert!(good.may(Scope::Read) && !good.may(Scope::Decide) && !good.may(Scope::Admin));
        assert!(made(&[Scope::Admin], None).0.may(Scope::Decide));
        let stored = fs::read_to_string(&file).unwrap();
        assert!(!stored.contains(text.rsplit('_').next().unwrap()), "the file must not hold the key itself");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
        fs::remove_dir_all(file.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_file_without_a_good_key_opens_nothing() {
        let folder = std::env::temp_dir().join(format!("licit-no-keys-{}", std::process::id()));
        let file = file_in(&folder);
        assert!(Ring::open(file.clone()).unwrap_err().contains("licit key add"));
        write(&file, &[made(&[Scope::Read], Some("2020-01-01T00:00:00Z")).0]).unwrap();
        assert!(Ring::open(file.clone()).is_err());
        fs::write(&file, "[{\"id\": 1}]").unwrap();
        assert!(Ring::open(file).unwrap_err().contains("keys.json"));
        fs::remove_dir_all(folder).unwrap();
    }
}
