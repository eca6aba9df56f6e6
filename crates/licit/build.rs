//! Makes ready what is compiled in, so that the binary works alone and offline and no start pays for it: the law is read, checked and
//! packed, the index of the built-in list and the goods words too; the cases are listed. Law with a problem is not built.

use resolve::{Resolver, Screener};
use rulebook::{Rulebook, SourceFile};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/list_words.rs"]
mod list_words;
#[path = "src/tables.rs"]
mod tables;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../..").canonicalize()?;
    let target = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let law = law(&root)?;
    fs::write(target.join("law.packed"), law.pack().map_err(io::Error::other)?)?;
    fs::write(target.join("law.words"), resolve::pack_list_words(&list_words::list_words(&law)).map_err(io::Error::other)?)?;
    fs::write(target.join("cases.rs"), cases(&root)?)?;
    fs::write(target.join("listed-un.index"), index()?)?;
    let packed = |packed: Result<Vec<u8>, Vec<String>>| packed.map_err(|problems| io::Error::other(problems.join("\n")));
    fs::write(target.join("goods.words"), packed(resolve::pack_goods(tables::TABLES.goods))?)?;
    fs::write(target.join("purposes.words"), packed(resolve::pack_purposes(tables::TABLES.purposes))?)?;
    Ok(())
}

/// The law; every problem of it is told, each on its line.
fn law(root: &Path) -> io::Result<Rulebook> {
    let read = |(name, path): (String, PathBuf)| Ok(SourceFile { name, text: fs::read_to_string(path)? });
    let files: Vec<SourceFile> = named(root, "law")?.into_iter().map(read).collect::<io::Result<_>>()?;
    let (book, problems) = Rulebook::read(&files);
    if !problems.is_empty() {
        problems.iter().for_each(|p| eprintln!("{p}"));
        eprintln!("the law has {} problems; nothing is built from it", problems.len());
        std::process::exit(1);
    }
    Ok(book)
}

/// The worked cases, by name and text.
fn cases(root: &Path) -> io::Result<String> {
    let mut out = "/// Every file of the worked cases: name and text.\nconst CASES: &[(&str, &str)] = &[\n".to_owned();
    for (name, path) in named(root, "cases")? {
        writeln!(out, "    ({name:?}, include_str!({:?})),", path.display().to_string()).map_err(io::Error::other)?;
    }
    out.push_str("];\n");
    Ok(out)
}

/// The built-in list as a packed screener.
fn index() -> io::Result<Vec<u8>> {
    let resolver = Resolver::new(&tables::TABLES, Vec::new()).map_err(|problems| io::Error::other(problems.join("\n")))?;
    let held = lists::builtin(tables::LISTED_UN).map_err(io::Error::other)?;
    let screener = Screener::build(&[("un-sc".to_owned(), held)], |words| resolver.country(words).ok()).map_err(io::Error::other)?;
    Ok(screener.to_bytes())
}

/// The files of a folder of the project, in order, each with its path from the project.
fn named(root: &Path, folder: &str) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    walk(&root.join(folder), &mut files)?;
    files.sort();
    let name = |path: PathBuf| {
        let short = path.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        Ok((short, path))
    };
    files.into_iter().map(name).collect()
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
