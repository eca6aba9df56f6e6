//! The words by which speakers, breaches, judgements and demands are known.

/// Verbs for breaking a rule.
pub(super) const BREAKS: [&str; 7] = ["violate", "breach", "contravene", "flout", "defy", "circumvent", "evade"];

/// Verbs of need and wish.
pub(super) const NEEDS: [&str; 10] =
    ["require", "want", "order", "direct", "command", "invite", "propose", "press", "pressure", "instruct"];

/// Verbs of praise: they judge, but not as a breach.
pub(super) const PRAISES: [&str; 11] =
    ["praise", "hail", "welcome", "applaud", "laud", "celebrate", "congratulate", "commend", "defend", "justify", "thank"];

/// What somebody is who finds fault with an act.
pub(super) const CRITICAL: [&str; 9] =
    ["critical", "furious", "angry", "indignant", "contemptuous", "scathing", "unhappy", "displeased", "resentful"];

/// Words for a breach in what somebody says a rule does to an act.
pub(super) const FORBIDDING: [&str; 9] = ["ban", "prohibit", "forbid", "bar", "outlaw", "include", "cover", "disallow", "preclude"];
