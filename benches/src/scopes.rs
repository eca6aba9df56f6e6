//! The same engine over little law and over all: how cost grows with the number of regimes.

use licit::Rulebook;

/// Some of the regimes, with the authorities to ask.
pub struct Scope {
    /// How it is called.
    pub name: &'static str,
    /// The rulebook, with these regimes alone.
    pub book: Rulebook,
    /// Its authorities.
    pub jurisdictions: Vec<String>,
}

/// One regime, all regimes of the United Nations, and all regimes of all authorities.
///
/// # Panics
/// When the embedded law does not fit the engine.
#[must_use]
pub fn all() -> Vec<Scope> {
    let scope = |name, keep: &dyn Fn(&rulebook::Regime) -> bool| {
        let mut law = Rulebook::embedded().law().clone();
        law.regimes.retain(|_, regime| keep(regime));
        let book = Rulebook::embedded().with_law(law).expect("fewer regimes fit where all do");
        let jurisdictions = book.engine().jurisdictions();
        Scope { name, book, jurisdictions }
    };
    vec![scope("un/dprk", &|r| r.id == "un/dprk"), scope("un", &|r| r.jurisdiction == "un"), scope("all", &|_| true)]
}

impl Scope {
    /// `all: 90 regimes of 9 authorities`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let regimes = self.book.law().regimes.values();
        let encoded = regimes.clone().filter(|r| r.encoded != rulebook::Encoded::No).count();
        format!("{}: {} regimes ({encoded} encoded) of {} authorities", self.name, regimes.count(), self.jurisdictions.len())
    }
}
