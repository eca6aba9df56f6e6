//! Stand-in for token against token, to be replaced.

use crate::name::Word;

/// How strongly two tokens are tied.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Tie {
    /// 0 for none, 1 for the same.
    pub strength: f32,
}

/// Token against token.
#[must_use]
pub fn tie(a: &Word, b: &Word) -> Tie {
    let mut strength = 0.0f32;
    for x in &a.forms {
        for y in &b.forms {
            strength = strength.max(one(x.text.as_bytes(), y.text.as_bytes()) - x.cost - y.cost);
        }
    }
    Tie { strength }
}

fn one(a: &[u8], b: &[u8]) -> f32 {
    if a == b {
        return 1.0;
    }
    if a.first() == b.first() && a.len().min(b.len()) == 1 {
        return 0.5;
    }
    let likeness = 1.0 - distance(a, b) as f32 / a.len().max(b.len()).max(1) as f32;
    if likeness < 0.65 { 0.0 } else { likeness }
}

/// Optimal string alignment.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let wide = b.len() + 1;
    let mut rows = vec![0usize; 3 * wide];
    for (j, cell) in rows[wide..2 * wide].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        let (before, last, now) = ((i + 2) % 3 * wide, i % 3 * wide, (i + 1) % 3 * wide);
        rows[now] = i;
        for j in 1..=b.len() {
            let swap = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[last + j - 1] + swap).min(rows[last + j] + 1).min(rows[now + j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[before + j - 2] + 1);
            }
            rows[now + j] = least;
        }
    }
    rows[(a.len() + 1) % 3 * wide + b.len()]
}
