//! Files that appear whole or not at all, and objects named by the hash of what they hold.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// How the names of files begin that are still being written.
const UNFINISHED: &str = ".new-";

/// An unfinished file older than this was left by somebody who was stopped.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// Writes a file so that it appears whole or not at all, also after a loss of power.
pub(super) fn put_whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{UNFINISHED}{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
    let written = File::create(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&unfinished, folder.join(name)));
    if done.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    done?;
    sync_folder(Some(folder));
    Ok(())
}

/// Makes a new name in a folder last. Where a system cannot open folders, it keeps names by itself.
pub(super) fn sync_folder(folder: Option<&Path>) {
    if let Some(Ok(folder)) = folder.map(File::open) {
        let _ = folder.sync_all();
    }
}

/// Removes what interrupted writers left, and parsed copies that `outdated` no reader wants.
pub(super) fn sweep(folder: &Path, outdated: impl Fn(&str) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let old = || {
            let changed = entry.metadata().and_then(|m| m.modified()).ok();
            changed.and_then(|t| SystemTime::now().duration_since(t).ok()).is_some_and(|age| age > ABANDONED)
        };
        if (name.starts_with(UNFINISHED) && old()) || outdated(&name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Stores bytes under their hash. What is there already and whole is left alone; what is there and damaged is replaced.
pub(super) fn put(objects: &Path, hash: &str, bytes: &[u8]) -> io::Result<()> {
    if get(objects, hash, bytes.len() as u64).is_ok() {
        return Ok(());
    }
    let packed = ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    // What is compressed already only grows.
    let smaller = if packed.len() < bytes.len() { &packed } else { bytes };
    put_whole(objects, hash, smaller)
}

/// The bytes with a hash. On disk they stand as they are or compressed; whichever agrees with the hash is meant.
pub(super) fn get(objects: &Path, hash: &str, size: u64) -> Result<Vec<u8>, String> {
    const AGAIN: &str = "import the list again";
    let on_disk = match fs::read(objects.join(hash)) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(format!("the stored file is missing; {AGAIN}")),
        Err(e) => return Err(format!("the stored file cannot be read: {e}")),
    };
    let agrees = |bytes: &[u8]| blake3::hash(bytes).to_hex().as_str() == hash;
    if agrees(&on_disk) {
        return Ok(on_disk);
    }
    let mut bytes = Vec::new();
    ruzstd::decoding::StreamingDecoder::new(on_disk.as_slice())
        .ok()
        .and_then(|decoder| decoder.take(size + 1).read_to_end(&mut bytes).ok())
        .filter(|_| agrees(&bytes))
        .map(|_| bytes)
        .ok_or_else(|| format!("the stored file is damaged: it does not agree with its hash; {AGAIN}"))
}
