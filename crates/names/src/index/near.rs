//! Whether two short words are at most two edits apart; most pairs are told apart by what is left after their common ends.

/// Which letters a word has (low half), which it has twice or more (26 bits), and its length up to 63, for [`apart`].
pub(super) fn outline(word: &[u8]) -> u64 {
    let (mut once, mut twice) = (0u64, 0u64);
    for byte in word {
        let letter = 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 + byte % 6 };
        twice |= once & letter;
        once |= letter;
    }
    once | (twice & 0x3ff_ffff) << 32 | (word.len().min(63) as u64) << 58
}

/// Edits that two words are apart at least, by their outlines: an edit changes the length by one at most, and brings in and takes away one
/// letter at most.
pub(super) fn apart(a: u64, b: u64) -> u32 {
    const LETTERS: u64 = (1 << 58) - 1;
    let here = (a & !b & LETTERS).count_ones();
    let there = (b & !a & LETTERS).count_ones();
    here.max(there).max(((a >> 58) as u32).abs_diff((b >> 58) as u32))
}

/// Edits that two words are apart at least.
pub(crate) fn edits_at_least(a: &[u8], b: &[u8]) -> u32 {
    apart(outline(a), outline(b))
}

/// Bytes of the longer of two words, by their outlines.
pub(super) fn longer(a: u64, b: u64) -> usize {
    (a >> 58).max(b >> 58) as usize
}

/// Edits (insertion, deletion, substitution, exchange of neighbours) between two words, when at most `most`, which is at most 2.
pub(crate) fn within<'a>(mut a: &'a [u8], mut b: &'a [u8], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.len() > b.len() {
        (a, b) = (b, a);
    }
    edits(a, b, most)
}

/// The same for words that differ at both ends, `a` not the longer.
fn edits(a: &[u8], b: &[u8], left: usize) -> Option<usize> {
    match (a, b) {
        ([], _) => (b.len() <= left).then_some(b.len()),
        _ if left == 0 => None,
        ([x], [y]) => Some(usize::from(x != y)),
        ([x, x2], [y, y2]) if x == y2 && x2 == y => Some(1),
        _ if left == 1 => None,
        _ => two(a, b),
    }
}

/// Two edits, knowing that both ends differ and one edit does not do: one edit at the front, then the rest within one.
fn two(a: &[u8], b: &[u8]) -> Option<usize> {
    let rest = |a: &[u8], b: &[u8]| within(a, b, 1).map(|d| d + 1);
    let exchanged = a.len() >= 2 && a[0] == b[1] && a[1] == b[0];
    let ways = [rest(&a[1..], &b[1..]), rest(a, &b[1..]), rest(&a[1..], b), if exchanged { rest(&a[2..], &b[2..]) } else { None }];
    ways.into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::{apart, outline, within};
    use proptest::prelude::*;

    /// The textbook table.
    fn table(a: &[u8], b: &[u8]) -> usize {
        let mut t = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                t[i][j] = match (i, j) {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => {
                        let mut d = (t[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1])).min(t[i - 1][j] + 1).min(t[i][j - 1] + 1);
                        if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                            d = d.min(t[i - 2][j - 2] + 1);
                        }
                        d
                    }
                };
            }
        }
        t[a.len()][b.len()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn agrees_with_the_table(a in "[ab-c]{0,9}", b in "[ab-c]{0,9}", most in 0usize..3) {
            let d = table(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(within(a.as_bytes(), b.as_bytes(), most), (d <= most).then_some(d));
            prop_assert!(apart(outline(a.as_bytes()), outline(b.as_bytes())) as usize <= d);
        }
    }
}
