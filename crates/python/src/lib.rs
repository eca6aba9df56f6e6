//! licit for Python: acts, parties, goods and texts one by one as JSON, and tables a column at a time. What people see of it is in `pylicit/`;
//! here is what needs the library. The lock of the interpreter is released while anything is decided.

use licit::batch::{Columns, Mapping, Mode, Question};
use licit::model::Date;
use licit::{Article, Ask, Depth, Format, InputProblem, Rulebook, Screening, Text, TextReader, decide};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PyTable};
use resolve::{Bench, Wish};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Law and lists that were opened, by the folder of the lists. They stay until the process ends, as what was remembered of them does.
static BOOKS: Mutex<BTreeMap<Option<PathBuf>, &'static Rulebook>> = Mutex::new(BTreeMap::new());

/// The law that is compiled in, with the lists of a folder, or the compiled-in one.
fn book(data: Option<PathBuf>) -> PyResult<&'static Rulebook> {
    let mut books = BOOKS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = books.get(&data) {
        return Ok(known);
    }
    let opened: &'static Rulebook = match data.as_ref().filter(|folder| folder.join("lists").exists()) {
        Some(folder) => Box::leak(Box::new(Rulebook::with_data(folder).map_err(|problems| PyOSError::new_err(problems.to_string()))?)),
        None => Rulebook::embedded(),
    };
    books.insert(data, opened);
    Ok(opened)
}

/// What is wrong with an input, as `pylicit.InputError` with every problem: place, message, help.
fn refused(py: Python<'_>, problems: &[InputProblem]) -> PyErr {
    let told: Vec<(String, String, Option<String>)> =
        problems.iter().map(|p| (p.at.clone(), p.message.clone(), p.help.clone())).collect();
    let made = py.import("pylicit._errors").and_then(|m| m.getattr("InputError")).and_then(|class| class.call1((told,)));
    made.map_or_else(|error| error, |error| PyErr::from_value(error))
}

fn day(word: Option<&str>) -> PyResult<Option<Date>> {
    let read = |word: &str| word.parse().map_err(|_| PyValueError::new_err(format!("as_of: `{word}` is no day such as 2024-02-18")));
    word.map(read).transpose()
}

/// Law and lists, ready to be asked.
#[pyclass(frozen, module = "pylicit._native")]
struct Licit {
    book: &'static Rulebook,
}

impl Licit {
    fn ask(&self, authorities: &[String], as_of: Option<&str>, brief: bool) -> PyResult<Ask> {
        Ask::of_words(self.book, authorities, as_of, brief).map_err(|(option, message)| {
            PyValueError::new_err(format!("{}: {message}", if option == "in" { "authorities" } else { option }))
        })
    }

    fn wish(min: Option<f32>, on: Option<Date>) -> PyResult<Wish> {
        let min = min.unwrap_or(Wish::default().min);
        if !(0.0..=1.0).contains(&min) {
            return Err(PyValueError::new_err(format!("min: a score lies between 0 and 1, not at {min}")));
        }
        Ok(Wish { min, on, ..Wish::default() })
    }
}

#[pymethods]
impl Licit {
    #[new]
    #[pyo3(signature = (data=None))]
    fn new(py: Python<'_>, data: Option<PathBuf>) -> PyResult<Self> {
        py.detach(|| book(data)).map(|book| Self { book })
    }

    /// The law and the lists in use, as JSON.
    fn about(&self) -> String {
        let lists: Vec<_> = self.book.lists().all().iter().map(|l| (l.list.as_str(), l.day.to_string(), l.hash.as_str())).collect();
        let lists: Vec<String> = lists.iter().map(|(list, day, hash)| format!("{{\"list\":{list:?},\"day\":{day:?},\"hash\":{hash:?}}}")).collect();
        format!("{{\"rulebook\":{:?},\"authorities\":{:?},\"lists\":[{}]}}", self.book.law().hash, self.book.engine().jurisdictions(), lists.join(","))
    }

    #[pyo3(signature = (act, authorities, as_of=None, brief=false))]
    fn decide(&self, py: Python<'_>, act: &str, authorities: Vec<String>, as_of: Option<&str>, brief: bool) -> PyResult<String> {
        let ask = self.ask(&authorities, as_of, brief)?;
        let answer = py.detach(|| {
            let act = self.book.read_act(act.as_bytes(), Format::Json)?;
            Ok(decide(self.book, &act, &ask).json(false))
        });
        answer.map_err(|problems: Vec<InputProblem>| refused(py, &problems))
    }

    #[pyo3(signature = (party, min=None, as_of=None))]
    fn screen(&self, py: Python<'_>, party: &str, min: Option<f32>, as_of: Option<&str>) -> PyResult<String> {
        let wish = Self::wish(min, day(as_of)?)?;
        let answer = py.detach(|| {
            let (id, party) = self.book.read_query(party.as_bytes(), Format::Json)?;
            Ok(Screening::of(self.book.lists().screener(), id, &party, &wish, &mut Bench::default()).json(false))
        });
        answer.map_err(|problems: Vec<InputProblem>| refused(py, &problems))
    }

    #[pyo3(signature = (goods, as_of))]
    fn classify(&self, py: Python<'_>, goods: &str, as_of: &str) -> PyResult<String> {
        let on = day(Some(as_of))?.unwrap_or(Date::MAX);
        let answer = py.detach(|| {
            let (id, description) = self.book.read_goods(goods.as_bytes(), Format::Json)?;
            Ok(self.book.classify(id, &description, on).json(self.book, false))
        });
        answer.map_err(|problems: Vec<InputProblem>| refused(py, &problems))
    }

    #[pyo3(signature = (text, id, published, language, authorities, as_of=None, brief=false))]
    #[allow(clippy::too_many_arguments, reason = "they are the keywords of the Python function")]
    fn read(
        &self,
        py: Python<'_>,
        text: String,
        id: String,
        published: Option<&str>,
        language: Option<String>,
        authorities: Vec<String>,
        as_of: Option<&str>,
        brief: bool,
    ) -> PyResult<String> {
        let ask = self.ask(&authorities, as_of, brief)?;
        let text = Text { id, text, published: day(published)?, language, ..Text::default() };
        Ok(py.detach(|| Article::read_by(self.book, text, &TextReader::Rules).json(self.book, &ask, false)))
    }

    /// What answers batches of columns of these names.
    #[pyo3(signature = (mode, names, authorities, as_of=None, explain=false, min=None, day_of=None, columns=None, constants=None))]
    #[allow(clippy::too_many_arguments, reason = "they are the keywords of the Python function")]
    fn columns(
        &self,
        mode: &str,
        names: Vec<String>,
        authorities: Vec<String>,
        as_of: Option<&str>,
        explain: bool,
        min: Option<f32>,
        day_of: Option<&str>,
        columns: Option<HashMap<String, String>>,
        constants: Option<HashMap<String, String>>,
    ) -> PyResult<Answering> {
        let mode = [Mode::Check, Mode::Screen, Mode::Classify, Mode::Read].into_iter().find(|m| m.word() == mode);
        let mode = mode.ok_or_else(|| PyValueError::new_err("mode: one of check, screen, classify, read"))?;
        let ask = self.ask(&authorities, as_of, !explain)?;
        let on = day(day_of)?.unwrap_or(Date::MAX);
        let mapping = Mapping {
            columns: columns.unwrap_or_default().into_iter().collect(),
            constants: constants.unwrap_or_default().into_iter().collect(),
        };
        debug_assert_eq!(ask.depth == Depth::Full, explain);
        let question = Question { book: self.book, mode, ask, wish: Self::wish(min, Some(on))?, day: on, mapping };
        Columns::new(question, &names).map(|columns| Answering { columns }).map_err(PyValueError::new_err)
    }
}

/// Answers batches of the same columns and remembers what they have in common.
#[pyclass(frozen, module = "pylicit._native")]
struct Answering {
    columns: Columns<'static>,
}

#[pymethods]
impl Answering {
    /// Columns that nothing is taken from.
    fn unused(&self) -> Vec<String> {
        self.columns.unused().to_vec()
    }

    /// The answers to a batch.
    fn answer(&self, py: Python<'_>, batch: PyRecordBatch) -> PyResult<PyTable> {
        let batch = batch.into_inner();
        let answers = py.detach(|| self.columns.answer(&batch)).map_err(PyValueError::new_err)?;
        PyTable::try_new(answers, self.columns.schema()).map_err(|e| PyValueError::new_err(e.to_string()))
    }

    /// The answers to a table.
    fn answer_all(&self, py: Python<'_>, table: PyTable) -> PyResult<PyTable> {
        let (batches, _) = table.into_inner();
        let all = py.detach(|| batches.iter().map(|batch| self.columns.answer(batch)).collect::<Result<Vec<_>, _>>());
        let answers = all.map_err(PyValueError::new_err)?.into_iter().flatten().collect();
        PyTable::try_new(answers, self.columns.schema()).map_err(|e| PyValueError::new_err(e.to_string()))
    }
}

/// What `pylicit` is built on.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Licit>()?;
    module.add_class::<Answering>()?;
    // What answers come as; any library that knows Arrow's interface for Python takes them.
    module.add_class::<PyTable>()?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
