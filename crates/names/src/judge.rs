//! Stand-in for whole name against whole name, to be replaced: greedy weighted alignment.

use crate::{name::Name, tie::Tie};

/// How common words are.
pub trait Commonness {
    /// Rarity of a folded form: near 0 for the commonest, 1 for one seen once or never.
    fn weight(&self, form: &str) -> f32;
}

/// How alike two names are.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Likeness {
    /// 0 to 0.97.
    pub score: f32,
}

/// Name against name.
pub fn judge(a: &Name, b: &Name, ties: impl Fn(usize, usize) -> Tie, weights: &impl Commonness) -> Likeness {
    let weigh = |n: &Name| -> Vec<f32> { n.words.iter().map(|w| w.forms.first().map_or(0.0, |f| weights.weight(&f.text))).collect() };
    let (wa, wb) = (weigh(a), weigh(b));
    let mut pairs = Vec::new();
    for i in 0..wa.len() {
        for j in 0..wb.len() {
            let strength = ties(i, j).strength;
            if strength > 0.0 {
                pairs.push((strength, i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut used_a, mut used_b) = (vec![false; wa.len()], vec![false; wb.len()]);
    let mut tied = 0.0;
    for (strength, i, j) in pairs {
        if !used_a[i] && !used_b[j] {
            (used_a[i], used_b[j]) = (true, true);
            tied += strength * (wa[i] + wb[j]);
        }
    }
    let all: f32 = wa.iter().sum::<f32>() + wb.iter().sum::<f32>();
    Likeness { score: if all > 0.0 { 0.97 * tied / all } else { 0.0 } }
}

impl Likeness {
    /// In words.
    #[must_use]
    pub fn in_words(&self) -> String {
        "names are alike".to_owned()
    }
}
