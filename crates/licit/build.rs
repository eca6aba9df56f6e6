//! Lists the files of `law/` and `cases/` so that they can be compiled in, and packs the index of the built-in list and the goods
//! words, which would cost every start 50 milliseconds and more: the binary works alone and offline.

use resolve::{Resolver, Screener};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/tables.rs"]
mod tables;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../..").canonicalize()?;
    let mut out = String::new();
    for (name, folder, about) in [("LAW", "law", "the encoded law"), ("CASES", "cases", "the worked cases")] {
        let mut files = Vec::new();
        walk(&root.join(folder), &mut files)?;
        files.sort();
        writeln!(out, "/// Every file of {about}: name and text.\nconst {name}: &[(&str, &str)] = &[").map_err(io::Error::other)?;
        for path in &files {
            let short = path.strip_prefix(&root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
            writeln!(out, "    ({short:?}, include_str!({:?})),", path.display().to_string()).map_err(io::Error::other)?;
        }
        out.push_str("];\n");
    }
    let target = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(target.join("law.rs"), out)?;
    fs::write(target.join("listed-un.index"), index()?)?;
    fs::write(target.join("goods.words"), resolve::pack_goods(tables::TABLES.goods).map_err(|p| io::Error::other(p.join("\n")))?)?;
    Ok(())
}

/// The built-in list as a packed screener.
fn index() -> io::Result<Vec<u8>> {
    let resolver = Resolver::new(&tables::TABLES, Vec::new()).map_err(|problems| io::Error::other(problems.join("\n")))?;
    let held = lists::builtin(tables::LISTED_UN).map_err(io::Error::other)?;
    let screener = Screener::build(&[("un-sc".to_owned(), held)], |words| resolver.country(words).ok()).map_err(io::Error::other)?;
    Ok(screener.to_bytes())
}

/// Law files and lists; guides for people who write them are not law.
fn walk(folder: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "md" || e == "csv") && path.file_name().is_none_or(|n| n != "CONTRIBUTING.md") {
            out.push(path);
        }
    }
    Ok(())
}
