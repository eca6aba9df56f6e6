//! The project's files as they stand on disk, so that a change of the law needs no rebuild to be checked.

use rulebook::SourceFile;
use std::path::{Path, PathBuf};

/// The project's folder: the current one where it holds the law, so that a copy of the project is checked by the copy's own files.
pub(crate) fn root() -> PathBuf {
    let here = std::env::current_dir().ok().filter(|d| d.join("law").is_dir() && d.join("cases").is_dir());
    here.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default())
}

/// Every file below a folder with one of the endings, as a path relative to the project, with its text.
pub(crate) fn texts(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    walk(&root().join(folder), endings, &mut out);
    out.sort();
    out
}

fn walk(folder: &Path, endings: &[&str], out: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_ref(), "target" | "node_modules") && !name.starts_with('.') {
                walk(&path, endings, out);
            }
        } else if endings.iter().any(|e| name.ends_with(e))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            let short = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            out.push((short, text));
        }
    }
}

/// Law files and lists.
pub(crate) fn law() -> Vec<SourceFile> {
    texts("law", &[".md", ".csv"])
        .into_iter()
        .filter(|(n, _)| !n.ends_with("CONTRIBUTING.md"))
        .map(|(name, text)| SourceFile { name, text })
        .collect()
}
