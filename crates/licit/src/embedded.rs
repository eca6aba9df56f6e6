//! The law and the tables that are compiled in, or read from a folder, made ready to decide.

use crate::categories::Categories;
use crate::input::{self, Format, InputProblem, ReadAct, Reader};
use crate::list_words::list_words;
use crate::lists::Lists;
use crate::tables::TABLES;
use ::read::Reader as TextReader;
use decide::Engine;
use resolve::{Notes, ReadTables, Resolver, TableTexts};
use rulebook::{Problem, SourceFile};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

include!(concat!(env!("OUT_DIR"), "/cases.rs"));

/// The encoded law, read, checked and packed by the build script.
const LAW: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/law.packed"));

/// The phrases of its lists, packed with it.
const LIST_WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/law.words"));

/// The reader of texts, which no law changes; built when the first text comes, or sooner where one is [expected](Needs::Texts).
static READER: LazyLock<TextReader> = LazyLock::new(|| TextReader::new(crate::reading::place_names()));

/// The encoded law with everything that is needed to understand and decide an act. A copy shares all of it.
#[derive(Clone, Debug)]
pub struct Rulebook {
    engine: Arc<Engine>,
    resolver: Arc<Resolver>,
    lists: Lists,
    /// What the tables of the resolver said of the words of texts.
    categories: Arc<Categories>,
}

/// What somebody who opens the law is about to need besides. It is opened meanwhile, by other threads; what is not named here opens when it is needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Needs {
    /// Nothing.
    Law,
    /// The tables of goods.
    Goods,
    /// The reader of texts, which needs goods too.
    Texts,
}

/// Everything that is wrong in a set of law files. A rulebook with problems never decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LawProblems(pub Vec<String>);

impl fmt::Display for LawProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for LawProblems {}

impl Rulebook {
    /// The law that is compiled into this library.
    #[must_use]
    pub fn embedded() -> &'static Self {
        Self::embedded_with(Needs::Law)
    }

    /// The same; whoever comes first says what is needed besides.
    pub(crate) fn embedded_with(needs: Needs) -> &'static Self {
        static BOOK: OnceLock<Rulebook> = OnceLock::new();
        BOOK.get_or_init(|| {
            // The law was checked when it was packed; an empty rulebook could only ever say "out of scope", so a damaged build must
            // not answer at all.
            Rulebook::assemble(packed_law, LIST_WORDS, None, needs).unwrap_or_else(|problems| {
                eprintln!("licit: the law in this build is damaged:\n{problems}");
                std::process::exit(3)
            })
        })
    }

    /// Reads law files given as texts.
    ///
    /// # Errors
    /// Every problem of every file, each with file and line.
    pub fn read(files: &[SourceFile]) -> Result<Self, LawProblems> {
        Self::read_with(files, None, Needs::Law)
    }

    /// Reads law files given as texts, and takes the lists of a data folder.
    ///
    /// # Errors
    /// As [`Self::read`], and when the lists of the folder are damaged.
    pub(crate) fn read_with(files: &[SourceFile], data: Option<&Path>, needs: Needs) -> Result<Self, LawProblems> {
        let (book, problems) = rulebook::Rulebook::read(files);
        if !problems.is_empty() {
            let mut all: Vec<String> = problems.iter().map(Problem::to_string).collect();
            // The words of its lists may be at fault too, and all that is wrong is to be told at once.
            all.extend(Resolver::new(&tables(&[]), list_words(&book)).err().into_iter().flatten());
            return Err(LawProblems(all));
        }
        let read = Self::assemble(|| Ok(book), &[], data, needs)?;
        read.engine.check().map_err(|e| LawProblems(vec![e]))?;
        Ok(read)
    }

    /// The law that is compiled in, with the lists of a data folder.
    ///
    /// # Errors
    /// When the lists of the folder are damaged.
    pub fn with_data(data: &Path) -> Result<Self, LawProblems> {
        Self::opened(data, Needs::Law)
    }

    /// The same; `needs` says what is needed besides.
    pub(crate) fn opened(data: &Path, needs: Needs) -> Result<Self, LawProblems> {
        Self::assemble(packed_law, LIST_WORDS, Some(data), needs)
    }

    /// Law without problems, with the tables and lists, all opened side by side as far as may be. Whether it fits the engine is not measured: of the law that
    /// is compiled in it is known. `packed`: the phrases of its lists, when they are packed.
    fn assemble(
        open: impl FnOnce() -> Result<rulebook::Rulebook, LawProblems>,
        packed: &'static [u8],
        data: Option<&Path>,
        needs: Needs,
    ) -> Result<Self, LawProblems> {
        // Threads that nobody waits for here: whoever needs what they open waits for it then.
        if needs >= Needs::Texts {
            std::thread::spawn(|| LazyLock::force(&READER));
        }
        // Not in rayon's pool: a thread of it that waits may take up work that itself waits for this.
        let (engine, resolver) = std::thread::scope(|scope| {
            let tables = scope.spawn(|| ReadTables::read(&tables(packed)));
            let book = Arc::new(open()?);
            let of_engine = Arc::clone(&book);
            let engine = scope.spawn(|| Engine::new(of_engine));
            let tables = tables.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let resolver = Arc::new(Resolver::of(tables, || list_words(&book)).map_err(LawProblems)?);
            if needs >= Needs::Goods {
                let early = Arc::clone(&resolver);
                std::thread::spawn(move || early.open());
            }
            Ok((engine.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), resolver))
        })?;
        let lists = match data {
            Some(folder) => Lists::open(&resolver, folder).map_err(|e| LawProblems(vec![e]))?,
            None => Lists::embedded(),
        };
        let resolver = Arc::new(resolver.screened_by(Arc::clone(lists.screener())));
        Ok(Self { engine: Arc::new(engine), resolver, lists, categories: Arc::default() })
    }

    /// The same tables with another law, for asking what a change of the law would do.
    ///
    /// # Errors
    /// When the law has more leaf conditions or prohibitions on some day than the engine holds.
    pub fn with_law(&self, book: rulebook::Rulebook) -> Result<Self, LawProblems> {
        let read = Self { engine: Arc::new(Engine::new(book)), ..self.clone() };
        read.engine.check().map_err(|e| LawProblems(vec![e]))?;
        Ok(read)
    }

    /// The same law and tables with the lists that a data folder holds now.
    ///
    /// # Errors
    /// When the lists of the folder are damaged.
    pub fn with_lists(&self, data: &Path) -> Result<Self, String> {
        let lists = Lists::open(&self.resolver, data)?;
        let resolver = Arc::new(self.resolver.screened_by(Arc::clone(lists.screener())));
        Ok(Self { resolver, lists, ..self.clone() })
    }

    /// The law as data.
    #[must_use]
    pub fn law(&self) -> &rulebook::Rulebook {
        self.engine.book()
    }
    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }
    /// The tables.
    #[must_use]
    pub fn resolver(&self) -> &Resolver {
        &self.resolver
    }

    /// What the tables said of the words of texts so far.
    pub(crate) fn categories(&self) -> &Categories {
        &self.categories
    }

    /// The lists that parties are screened against.
    #[must_use]
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// The reader of texts.
    #[must_use]
    pub fn reader(&self) -> &'static TextReader {
        &READER
    }

    /// Reads one act and looks its words up.
    ///
    /// # Errors
    /// Every problem of the input, with its place, the reason and what would be right.
    pub fn read_act(&self, bytes: &[u8], format: Format) -> Result<ReadAct, Vec<InputProblem>> {
        self.read_act_with(bytes, format, Notes::kept())
    }

    /// As [`Self::read_act`], without noting how words became facts where nobody will read it.
    pub(crate) fn read_act_with(&self, bytes: &[u8], format: Format, notes: Notes) -> Result<ReadAct, Vec<InputProblem>> {
        let (node, text) = input::parse(bytes, format).map_err(|p| vec![p])?;
        Reader::new(self.law(), &self.resolver, notes).act(&node).map_err(|problems| input::with_places(problems, text, format))
    }
}

/// The law as the build script packed it.
fn packed_law() -> Result<rulebook::Rulebook, LawProblems> {
    rulebook::Rulebook::unpack(LAW).map_err(|e| LawProblems(vec![e]))
}

/// The texts of the tables, with what is packed of them.
fn tables(list_words_packed: &'static [u8]) -> TableTexts<'static> {
    let goods_packed = include_bytes!(concat!(env!("OUT_DIR"), "/goods.words"));
    let purposes_packed = include_bytes!(concat!(env!("OUT_DIR"), "/purposes.words"));
    TableTexts { goods_packed, purposes_packed, list_words_packed, ..TABLES }
}

/// The worked cases, by file name and text.
#[must_use]
pub(crate) fn cases() -> &'static [(&'static str, &'static str)] {
    CASES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_and_the_law_that_are_compiled_in_have_no_problem() {
        let book = Rulebook::embedded();
        assert_eq!(book.resolver().goods_problems(), Vec::<String>::new());
        assert_eq!(book.engine().check(), Ok(()));
    }
}
