//! One number from the flags that fired.
//!
//! Flags of one group go together (a silent ship and a missing call), so beyond the heaviest each adds little; different groups
//! corroborate one another. The factors and weights are judgements, not frequencies.

use super::{Counts, Raised};

/// How strongly, in words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Band {
    /// Below 0.20.
    Low,
    /// Below 0.45.
    Elevated,
    /// Below 0.75.
    High,
    /// From 0.75.
    Severe,
}

impl Band {
    pub(crate) fn of(score: f64) -> Self {
        match score {
            s if s < 0.20 => Self::Low,
            s if s < 0.45 => Self::Elevated,
            s if s < 0.75 => Self::High,
            _ => Self::Severe,
        }
    }
    /// The word of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Elevated => "elevated",
            Self::High => "high",
            Self::Severe => "severe",
        }
    }
}

const HEAVIEST: f64 = 0.6;
const EACH_OTHER: f64 = 0.15;
const MOST_OF_A_GROUP: f64 = 0.95;
/// Mitigation takes at most nine tenths away.
const LEAST_LEFT: f64 = 0.1;

/// The score of the flags that count.
pub(crate) fn score(flags: &[Raised]) -> f64 {
    let mut groups: Vec<(&str, f64, f64)> = Vec::new();
    let mut mitigated = 0.0;
    for raised in flags.iter().filter(|r| r.scores()) {
        let (group, weight) = (raised.flag.group.as_str(), raised.flag.weight);
        if raised.flag.counts == Counts::Mitigation {
            mitigated += weight;
            continue;
        }
        match groups.iter_mut().find(|(g, ..)| *g == group) {
            Some((_, heaviest, sum)) => (*heaviest, *sum) = (heaviest.max(weight), *sum + weight),
            None => groups.push((group, weight, weight)),
        }
    }
    let left: f64 =
        groups.iter().map(|(_, heaviest, sum)| 1.0 - (HEAVIEST * heaviest + EACH_OTHER * (sum - heaviest)).min(MOST_OF_A_GROUP)).product();
    (1.0 - left) * (1.0 + mitigated).max(LEAST_LEFT)
}

#[cfg(test)]
mod tests {
    use super::Band;

    #[test]
    fn bands_begin_where_they_should() {
        for (score, word) in
            [(0.0, "low"), (0.199, "low"), (0.2, "elevated"), (0.45, "high"), (0.7499, "high"), (0.75, "severe"), (1.0, "severe")]
        {
            assert_eq!(Band::of(score).word(), word, "{score}");
        }
    }
}
