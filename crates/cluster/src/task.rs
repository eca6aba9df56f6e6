//! What is asked of every row, as it travels inside a job; and the bundle of law and lists that the answers rest on.

use licit::batch::{Columns, Mapping, Mode, Question, Trouble};
use licit::model::Date;
use licit::{Ask, Rulebook};
use resolve::Wish;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Law and lists as this process opened them. They stay until it ends.
#[derive(Clone, Copy)]
pub struct Bundle {
    book: &'static Rulebook,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle").field("hash", &self.hash()).finish()
    }
}

impl Bundle {
    /// The law that is compiled in, with the lists of a folder where it has some.
    ///
    /// # Errors
    /// When the lists cannot be read.
    pub fn open(data: Option<&Path>) -> Result<Self, Trouble> {
        let book = match data {
            None => Rulebook::embedded(),
            Some(folder) if !folder.join("lists").exists() => {
                return Err(Trouble::Usage(format!("--data: {} holds no lists; `licit lists update` fills it", folder.display())));
            }
            Some(folder) => {
                let book = Rulebook::with_data(folder).map_err(|problems| Trouble::Input(problems.to_string()))?;
                Box::leak(Box::new(book))
            }
        };
        Ok(Self { book })
    }

    /// The same wherever the same program answers by the same law and lists.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut all = format!("{} {}", env!("CARGO_PKG_VERSION"), self.book.law().hash);
        for list in self.book.lists().all() {
            all.push_str(&format!("\n{}@{} {}", list.list, list.version, list.hash));
        }
        blake3::hash(all.as_bytes()).to_hex().to_string()
    }
}

/// What is asked of every row. It travels as JSON, a literal argument of the function, so that it holds whatever engine plans the job.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The hash of law and lists.
    pub bundle: String,
    /// Authorities; all that are encoded where none is named.
    #[serde(default)]
    pub authorities: Vec<String>,
    /// The day or days whose law counts for every act.
    #[serde(default)]
    pub as_of: Option<String>,
    /// Whole answers.
    #[serde(default)]
    pub explain: bool,
    /// Least score of what is shown in screening.
    #[serde(default)]
    pub min: Option<f32>,
    /// The day of the list and of the law of goods: said by who submits, for the machines' own days may differ.
    pub day: String,
    /// Columns under other names.
    #[serde(default)]
    pub mapping: Mapping,
}

impl Task {
    /// What answers columns of these names by the law and lists of this process.
    ///
    /// # Errors
    /// When law or lists are others than those of the task, or the task or the columns ask for what cannot be.
    pub fn columns(&self, bundle: Bundle, mode: Mode, names: &[String]) -> Result<Columns<'static>, String> {
        let here = bundle.hash();
        if self.bundle != here {
            return Err(format!(
                "refused: the job was made with the law and lists {}, and here are {here}; start every process with the same program and the same --data",
                self.bundle
            ));
        }
        let ask = Ask::of_words(bundle.book, &self.authorities, self.as_of.as_deref(), !self.explain)
            .map_err(|(option, message)| format!("--{}: {message}", option.replace('_', "-")))?;
        let day: Date = self.day.parse().map_err(|_| format!("--as-of: name one day such as 2024-02-18, not `{}`", self.day))?;
        let min = self.min.unwrap_or(Wish::default().min);
        if !(0.0..=1.0).contains(&min) {
            return Err(format!("--min: a score lies between 0 and 1, not at {min}"));
        }
        let wish = Wish { min, on: Some(day), ..Wish::default() };
        let question = Question { book: bundle.book, mode, ask, wish, day, mapping: self.mapping.clone() };
        Columns::new(question, names)
    }
}
