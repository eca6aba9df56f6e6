//! Three-valued truth and the four verdicts, both ordered so that `min` and `max` are the logic.

/// `False < Unknown < True`: and is `min`, or is `max`, not is reversal (Kleene's strong logic).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Default, serde::Serialize)]
pub enum Truth {
    /// Holds in no world that fits the facts.
    False,
    /// Holds in some worlds.
    #[default]
    Unknown,
    /// Holds in all worlds.
    True,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }
    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
    /// The contrary; unknown stays unknown.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
    /// `true`, `false` or `unknown`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// In order of severity: the worst provision decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Verdict {
    /// The jurisdiction does not reach the act.
    OutOfScope,
    /// Reached, and nothing encoded forbids it, or what does is lifted.
    Permitted,
    /// Forbidden as it stands; a specific route to an approval fits and none is on record.
    NeedsAuthorisation,
    /// Forbidden, and nothing on record lifts it.
    Prohibited,
}

impl Verdict {
    /// All four, mildest first.
    pub const ALL: [Self; 4] = [Self::OutOfScope, Self::Permitted, Self::NeedsAuthorisation, Self::Prohibited];
    /// The word of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OutOfScope => "out_of_scope",
            Self::Permitted => "permitted",
            Self::NeedsAuthorisation => "needs_authorisation",
            Self::Prohibited => "prohibited",
        }
    }
}

/// The verdicts still possible, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct VerdictSet(u8);

impl VerdictSet {
    /// No verdict; only a starting point for unions.
    pub const EMPTY: Self = Self(0);
    /// Just this one.
    #[must_use]
    pub fn only(verdict: Verdict) -> Self {
        Self(1 << verdict as u8)
    }
    /// With this one added.
    #[must_use]
    pub fn with(self, verdict: Verdict) -> Self {
        Self(self.0 | 1 << verdict as u8)
    }
    /// Whether `verdict` is possible.
    #[must_use]
    pub fn has(self, verdict: Verdict) -> bool {
        self.0 & (1 << verdict as u8) != 0
    }
    /// Everything in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// What is in both.
    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
    /// Whether every verdict of `other` is in here.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    /// The verdicts, mildest first.
    pub fn iter(self) -> impl Iterator<Item = Verdict> {
        Verdict::ALL.into_iter().filter(move |v| self.has(*v))
    }
    /// How many.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// The one verdict, if there is exactly one.
    #[must_use]
    pub fn single(self) -> Option<Verdict> {
        if self.len() == 1 { self.iter().next() } else { None }
    }
    /// The worst one possible.
    #[must_use]
    pub fn worst(self) -> Option<Verdict> {
        self.iter().last()
    }
    /// `{ max(a, b) }`: two provisions, the worse decides, in every combination.
    #[must_use]
    pub fn worse_of(self, other: Self) -> Self {
        // A verdict results when one side has it and the mildest of the other is not worse: `x & -x` is the lowest bit of x, and its
        // negative that bit and all above. Of the empty set nothing is left.
        let from_mildest = |set: u8| (set & set.wrapping_neg()).wrapping_neg();
        Self(self.0 & from_mildest(other.0) | other.0 & from_mildest(self.0))
    }
    /// The verdict word, or `insufficient_facts` when several are possible.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.single().map_or("insufficient_facts", Verdict::word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets() -> impl Iterator<Item = VerdictSet> {
        (1u8..16).map(VerdictSet)
    }

    #[test]
    fn worse_of_is_the_set_of_pairwise_maxima() {
        for a in sets() {
            for b in sets() {
                let mut slow = VerdictSet::EMPTY;
                for x in a.iter() {
                    for y in b.iter() {
                        slow = slow.with(x.max(y));
                    }
                }
                assert_eq!(a.worse_of(b), slow, "{a:?} {b:?}");
                for c in sets() {
                    assert_eq!(a.worse_of(b).worse_of(c), a.worse_of(b.worse_of(c)));
                }
            }
        }
    }

    #[test]
    fn de_morgan_holds_for_three_values() {
        let all = [Truth::False, Truth::Unknown, Truth::True];
        for a in all {
            for b in all {
                assert_eq!(a.and(b).negate(), a.negate().or(b.negate()));
                assert_eq!(a.or(b).negate(), a.negate().and(b.negate()));
            }
        }
    }
}
