//! Words on which a clause hangs: what `that` explains, whose object acts, who plots.

use crate::groups::{DONE_TO, EXPLAINED_BY_THAT, GO_BETWEENS, INTENTIONS, PROSECUTES, TAKES_CLAUSE, TAKES_OBJECT};

/// Nouns for what several people set out to do.
pub(super) fn moves_itself(lemma: &str) -> bool {
    matches!(
        lemma,
        "arrive"
            | "sail"
            | "dock"
            | "go"
            | "come"
            | "depart"
            | "travel"
            | "land"
            | "return"
            | "flee"
            | "appear"
            | "happen"
            | "meet"
            | "visit"
            | "be"
    )
}

/// One who stands between two that trade.
pub(super) fn is_go_between(low: &str) -> bool {
    GO_BETWEENS.contains(low)
}

/// A plan that somebody carries out.
pub(super) fn is_scheme(low: &str) -> bool {
    matches!(low.strip_suffix('s').unwrap_or(low), "scheme" | "plot" | "conspiracy" | "conspiracie" | "operation" | "network" | "ring")
}

/// Nouns for what somebody means to do.
pub(crate) fn is_intention(low: &str) -> bool {
    INTENTIONS.contains(low.strip_suffix('s').unwrap_or(low))
}

/// Nouns that a clause with `that` explains.
pub(super) fn has_content(low: &str) -> bool {
    EXPLAINED_BY_THAT.contains(low.strip_suffix('s').unwrap_or(low)) || EXPLAINED_BY_THAT.contains(low)
}

/// Verbs of moving goods that always have an object, so that without one they are passive.
pub(super) fn is_done_to(lemma: &str) -> bool {
    DONE_TO.contains(lemma)
}

/// Verbs whose object does what the infinitive or gerund behind it says.
pub(super) fn takes_object(lemma: &str) -> bool {
    TAKES_OBJECT.contains(lemma)
}

/// Verbs that a clause follows without `that`: `says the weapons were sold`.
pub(super) fn has_clause(lemma: &str) -> bool {
    TAKES_CLAUSE.contains(lemma)
}

/// What courts and police do to somebody.
pub(super) fn is_prosecuted(lemma: &str) -> bool {
    PROSECUTES.contains(lemma)
}

/// Nouns for how much of something there is, or how that changes: `a surge in rifles being trafficked`.
pub(super) fn is_quantity(low: &str) -> bool {
    matches!(
        low.strip_suffix('s').unwrap_or(low),
        "rise"
            | "surge"
            | "increase"
            | "spike"
            | "growth"
            | "decline"
            | "number"
            | "flow"
            | "wave"
            | "influx"
            | "drop"
            | "uptick"
            | "jump"
            | "spate"
            | "amount"
            | "fall"
    )
}

/// Nouns for what is done to somebody at court: `the trial of two traders accused of shipping pumps`.
pub(super) fn is_of_court(low: &str) -> bool {
    matches!(
        low.strip_suffix('s').unwrap_or(low),
        "trial"
            | "case"
            | "arrest"
            | "conviction"
            | "sentencing"
            | "extradition"
            | "prosecution"
            | "verdict"
            | "jailing"
            | "detention"
            | "indictment"
            | "acquittal"
            | "release"
    )
}

/// Nouns for several that stand in some relation to somebody: `Gulf neighbours`.
pub(super) fn is_relation(low: &str) -> bool {
    matches!(
        low,
        "neighbours"
            | "neighbors"
            | "partners"
            | "allies"
            | "friends"
            | "rivals"
            | "brothers"
            | "members"
            | "firms"
            | "companies"
            | "customers"
            | "republics"
    )
}
