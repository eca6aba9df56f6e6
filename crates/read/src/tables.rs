//! The tables that more than one reader looks words up in, as the CSV texts of `data/reading`.

/// Words that deny, doubt or put off an act.
pub const HEDGES: &str = include_str!("../../../data/reading/hedges.csv");
/// Words of saying, with what the speaker does by them.
pub const SAYING: &str = include_str!("../../../data/reading/attribution.csv");
/// Verbs that tell an act.
pub const FRAMES: &str = include_str!("../../../data/reading/frames.csv");
/// Phrases behind which stands where goods go on to.
pub const ASKED: &str = include_str!("../../../data/reading/asked.csv");
/// Phrases that say where goods go on to.
pub const ONWARD: &str = include_str!("../../../data/reading/onward.csv");
/// Nouns that tell an act.
pub const NOMINALS: &str = include_str!("../../../data/reading/nominals.csv");
/// Forms of English verbs.
pub const VERBS: &str = include_str!("../../../data/reading/en-verbs.csv");
/// German.
pub const DE: &str = include_str!("../../../data/reading/lang-de.csv");
/// French.
pub const FR: &str = include_str!("../../../data/reading/lang-fr.csv");
/// Spanish.
pub const ES: &str = include_str!("../../../data/reading/lang-es.csv");
/// Russian.
pub const RU: &str = include_str!("../../../data/reading/lang-ru.csv");
/// Korean.
pub const KO: &str = include_str!("../../../data/reading/lang-ko.csv");
/// Chinese.
pub const ZH: &str = include_str!("../../../data/reading/lang-zh.csv");
/// Nouns that are no goods though they can be given, sold or sent.
pub const ABSTRACT: &str = include_str!("../../../data/reading/abstract.csv");
