//! What a person has settled: this party is, or is not, that listing. It wins over every score, survives new versions of a list,
//! and lapses, with a note, when what tells the listed party from others has changed.

use super::{Hit, Query, Why};
use lists::Settlement;
use std::collections::HashMap;

/// All that stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settlements(HashMap<String, Vec<Settlement>>);

impl Settlements {
    /// Of several about the same party and listing the last one stands.
    pub(crate) fn of(all: Vec<Settlement>) -> Self {
        let mut out: HashMap<String, Vec<Settlement>> = HashMap::new();
        for one in all {
            let about = out.entry(one.about.clone()).or_default();
            about.retain(|old| old.listing != one.listing);
            if one.same.is_some() {
                about.push(one);
            }
        }
        Self(out)
    }

    pub(crate) fn about(&self, query: &Query) -> &[Settlement] {
        if self.0.is_empty() { &[] } else { self.0.get(&query.key()).map_or(&[], Vec::as_slice) }
    }
}

/// Applies what was settled to a hit; false when the hit is settled as somebody else.
pub(crate) fn apply(hit: &mut Hit, settled: &[Settlement]) -> bool {
    let listing = hit.record.listing();
    let Some(one) = settled.iter().find(|s| s.listing == listing) else { return true };
    let same = one.same == Some(true);
    let word = if same { "the same" } else { "somebody else" };
    if one.substance != hit.record.substance {
        let text =
            format!("settled on {} by {} as {word} ({}); the listing has changed since, so that has lapsed", one.on, one.by, one.because);
        hit.why.push(Why { feature: "settled", effect: 0.0, text });
        return true;
    }
    if same {
        let text = format!("settled on {} by {} as the same: {}", one.on, one.by, one.because);
        hit.why.push(Why { feature: "settled", effect: MOST - hit.score, text });
        hit.score = MOST;
    }
    same
}

/// The score of what a person has settled as the same.
const MOST: f32 = 0.999;

impl Query {
    /// Everything that is asked, in a form that is the same however it is written: a settlement about one customer must not clear
    /// another of the same name of whom other facts are known.
    #[must_use]
    pub fn key(&self) -> String {
        let mut countries: Vec<&str> = self.countries.iter().map(model::Country::code).collect();
        countries.sort_unstable();
        let mut numbers: Vec<&str> = self.identifiers.iter().map(|(_, n)| n.as_str()).collect();
        numbers.sort_unstable();
        let birth = self.birth.map(|b| format!("{}/{}", b.first, b.last)).unwrap_or_default();
        let kind = self.kind.map_or("", super::kind_word);
        let gender = match self.female {
            Some(true) => "F",
            Some(false) => "M",
            None => "",
        };
        [&crate::normal(&self.name), kind, &birth, gender, &countries.join(","), &numbers.join(",")].join("|")
    }
}
