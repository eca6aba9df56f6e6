//! Words on which a clause hangs: what `that` explains, whose object acts, who plots.

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
    const GO_BETWEENS: [&str; 12] = [
        "intermediary",
        "intermediaries",
        "go-between",
        "go-betweens",
        "middleman",
        "middlemen",
        "conduit",
        "proxy",
        "broker",
        "brokers",
        "agent",
        "agents",
    ];
    GO_BETWEENS.contains(&low)
}

/// A plan that somebody carries out.
pub(super) fn is_scheme(low: &str) -> bool {
    matches!(low.strip_suffix('s').unwrap_or(low), "scheme" | "plot" | "conspiracy" | "conspiracie" | "operation" | "network" | "ring")
}

/// Nouns for what somebody means to do.
pub(crate) fn is_intention(low: &str) -> bool {
    const NOUNS: [&str; 26] = [
        "refusal",
        "reluctance",
        "unwillingness",
        "willingness",
        "readiness",
        "failure",
        "vow",
        "drive",
        "request",
        "plan",
        "offer",
        "proposal",
        "decision",
        "attempt",
        "bid",
        "effort",
        "promise",
        "pledge",
        "move",
        "agreement",
        "intention",
        "threat",
        "application",
        "permission",
        "commitment",
        "bill",
    ];
    NOUNS.contains(&low.strip_suffix('s').unwrap_or(low))
}

/// Nouns that a clause with `that` explains.
pub(super) fn has_content(low: &str) -> bool {
    const NOUNS: [&str; 44] = [
        "report",
        "claim",
        "allegation",
        "accusation",
        "fact",
        "evidence",
        "belief",
        "suspicion",
        "statement",
        "assertion",
        "assessment",
        "view",
        "news",
        "indication",
        "sign",
        "suggestion",
        "fear",
        "concern",
        "hope",
        "possibility",
        "warning",
        "rumour",
        "rumor",
        "speculation",
        "proof",
        "conclusion",
        "finding",
        "information",
        "admission",
        "denial",
        "announcement",
        "charge",
        "complaint",
        "notion",
        "idea",
        "argument",
        "confirmation",
        "testimony",
        "doubt",
        "promise",
        "pledge",
        "condition",
        "demand",
        "intelligence",
    ];
    NOUNS.contains(&low.strip_suffix('s').unwrap_or(low)) || NOUNS.contains(&low)
}

/// Verbs of moving goods that always have an object, so that without one they are passive.
pub(super) fn is_done_to(lemma: &str) -> bool {
    const VERBS: [&str; 32] = [
        "export",
        "import",
        "re-export",
        "reexport",
        "ship",
        "send",
        "sell",
        "resell",
        "deliver",
        "transfer",
        "supply",
        "smuggle",
        "transport",
        "bring",
        "take",
        "carry",
        "hand",
        "give",
        "donate",
        "route",
        "divert",
        "truck",
        "tranship",
        "transship",
        "purchase",
        "buy",
        "acquire",
        "launder",
        "funnel",
        "channel",
        "forward",
        "seize",
    ];
    VERBS.contains(&lemma)
}

/// Verbs whose object does what the infinitive or gerund behind it says.
pub(super) fn takes_object(lemma: &str) -> bool {
    const VERBS: [&str; 73] = [
        "prompt",
        "lead",
        "drive",
        "spur",
        "cause",
        "induce",
        "task",
        "hire",
        "contract",
        "commission",
        "engage",
        "pay",
        "employ",
        "enlist",
        "ask",
        "urge",
        "order",
        "tell",
        "accuse",
        "suspect",
        "charge",
        "convict",
        "allow",
        "permit",
        "enable",
        "help",
        "force",
        "compel",
        "persuade",
        "encourage",
        "invite",
        "request",
        "require",
        "warn",
        "advise",
        "instruct",
        "command",
        "authorise",
        "authorize",
        "want",
        "expect",
        "forbid",
        "prevent",
        "stop",
        "bar",
        "prohibit",
        "block",
        "keep",
        "deter",
        "discourage",
        "restrict",
        "blame",
        "condemn",
        "criticise",
        "criticize",
        "sanction",
        "arrest",
        "indict",
        "fine",
        "jail",
        "catch",
        "see",
        "believe",
        "assist",
        "hire",
        "host",
        "recruit",
        "call",
        "press",
        "pressure",
        "push",
        "denounce",
        "prosecute",
    ];
    VERBS.contains(&lemma)
}

/// Verbs that a clause follows without `that`: `says the weapons were sold`.
pub(super) fn has_clause(lemma: &str) -> bool {
    const VERBS: [&str; 30] = [
        "say", "report", "add", "claim", "believe", "think", "know", "find", "show", "suggest", "note", "state", "allege", "warn",
        "confirm", "reveal", "argue", "insist", "fear", "estimate", "announce", "tell", "suspect", "assess", "conclude", "write",
        "indicate", "mean", "declare", "explain",
    ];
    VERBS.contains(&lemma)
}

/// What courts and police do to somebody.
pub(super) fn is_prosecuted(lemma: &str) -> bool {
    const VERBS: [&str; 22] = [
        "fine",
        "jail",
        "arrest",
        "charge",
        "sentence",
        "convict",
        "indict",
        "accuse",
        "detain",
        "imprison",
        "extradite",
        "blacklist",
        "deport",
        "sanction",
        "prosecute",
        "penalise",
        "penalize",
        "acquit",
        "suspect",
        "seize",
        "hold",
        "catch",
    ];
    VERBS.contains(&lemma)
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
