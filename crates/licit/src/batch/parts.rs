//! The parts of a job that are done: each a file that is there whole or not at all, in a folder beside the output.

use super::Trouble;
use super::answer::Answers;
use arrow_array::RecordBatch;
use arrow_ipc::CompressionType;
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A part that is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Rows that could not be read.
    pub bad: u64,
}

/// The folder of a job. While it is held no other run may use it.
pub(super) struct Folder {
    path: PathBuf,
    _lock: File,
}

const LOCK: &str = "lock";
const JOB: &str = "job";

impl Folder {
    /// Takes up what an earlier run of the same job left, or begins.
    pub(super) fn open(output: &Path, fingerprint: &str, restart: bool) -> Result<Self, Trouble> {
        let mut name = output.file_name().ok_or_else(|| Trouble::Usage("the output needs a name".into()))?.to_owned();
        name.push(".parts");
        let path = output.with_file_name(name);
        let tell = |e: std::io::Error| Trouble::Input(format!("{}: {e}", path.display()));
        // Only this folder: one that is missing above it is a slip of the pen.
        match fs::create_dir(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => return Err(tell(e)),
            _ => {}
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK)).map_err(tell)?;
        if lock.try_lock().is_err() {
            return Err(Trouble::Usage(format!("another run works on {}", path.display())));
        }
        let job = path.join(JOB);
        match fs::read_to_string(&job) {
            Ok(held) if held == fingerprint => {}
            Ok(_) if !restart => {
                return Err(Trouble::Usage(format!(
                    "{} holds the unfinished answers of another question, of another input, law or lists; --restart throws them away",
                    path.display()
                )));
            }
            _ => {
                clear(&path).map_err(tell)?;
                fs::write(&job, fingerprint).map_err(tell)?;
            }
        }
        Ok(Self { path, _lock: lock })
    }

    fn file(&self, number: usize) -> PathBuf {
        self.path.join(format!("{number:08}.arrow"))
    }

    fn rejects(&self, number: usize) -> PathBuf {
        self.path.join(format!("{number:08}.rejects"))
    }

    /// The part, if an earlier run wrote it.
    pub(super) fn done(&self, number: usize) -> Option<Part> {
        let reader = FileReader::try_new(File::open(self.file(number)).ok()?, None).ok()?;
        Some(Part { bad: reader.schema().metadata().get("bad")?.parse().ok()? })
    }

    /// Writes a part: first what was rejected, then the answers, which make it a part.
    pub(super) fn write(&self, number: usize, answers: &Answers) -> Result<Part, Trouble> {
        let tell = |e: String| Trouble::Input(format!("{}: {e}; what is done stays, the same command goes on", self.path.display()));
        let part = Part { bad: answers.rejects.len() as u64 };
        if !answers.rejects.is_empty() {
            let text: String = answers.rejects.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
            whole(&self.rejects(number), |file| file.write_all(text.as_bytes()).map_err(|e| e.to_string())).map_err(tell)?;
        }
        let write = |file: &mut BufWriter<File>| -> Result<(), String> {
            let options = IpcWriteOptions::default().try_with_compression(Some(CompressionType::LZ4_FRAME)).map_err(|e| e.to_string())?;
            let mut schema = answers.batch.schema().as_ref().clone();
            schema.metadata.insert("bad".to_owned(), part.bad.to_string());
            let mut writer = FileWriter::try_new_with_options(file, &schema, options).map_err(|e| e.to_string())?;
            writer.write(&answers.batch).and_then(|()| writer.finish()).map_err(|e| e.to_string())
        };
        whole(&self.file(number), write).map_err(tell)?;
        Ok(part)
    }

    /// The batches of a part.
    pub(super) fn read(&self, number: usize) -> Result<Vec<RecordBatch>, Trouble> {
        let path = self.file(number);
        let tell = |e: String| Trouble::Input(format!("{}: {e}", path.display()));
        let file = File::open(&path).map_err(|e| tell(e.to_string()))?;
        let reader = FileReader::try_new(file, None).map_err(|e| tell(e.to_string()))?;
        reader.collect::<Result<_, _>>().map_err(|e| tell(e.to_string()))
    }

    /// The rejected rows of a part, a line each.
    pub(super) fn read_rejects(&self, number: usize) -> Option<Vec<u8>> {
        fs::read(self.rejects(number)).ok()
    }

    /// Where a file is put together before it gets its name.
    pub(super) fn draft(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Everything has been handed on.
    pub(super) fn remove(&self) -> std::io::Result<()> {
        fs::remove_dir_all(&self.path)
    }
}

fn clear(path: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name() != LOCK {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Writes a file so that it is there whole, on the disk, or not at all.
pub(super) fn whole(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<(), String>) -> Result<(), String> {
    let draft = path.with_extension("draft");
    let file = File::create(&draft).map_err(|e| e.to_string())?;
    let mut out = BufWriter::with_capacity(1 << 18, file);
    write(&mut out)?;
    let file = out.into_inner().map_err(|e| e.to_string())?;
    file.sync_all().map_err(|e| e.to_string())?;
    fs::rename(&draft, path).map_err(|e| e.to_string())
}
