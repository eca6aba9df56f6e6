//! Two small regressions, by Newton's method with a penalty on large weights: is it so, and which of several is it. There are few traits, so the full
//! matrix is small.

use licit::read::Trait;
use std::collections::BTreeMap;

/// Traits, and whether the answer is yes.
pub(super) type Example = (Vec<Trait>, bool);

/// Several of whom at least one is right.
pub(super) type Choice = Vec<Example>;

/// How strongly large weights are held back.
const PENALTY: f64 = 4.0;
const STEPS: usize = 12;

/// A trait that holds of everything is not held back.
const ALWAYS: &str = "always";

/// Traits by number, and how strongly each holds.
type Numbered = Vec<(usize, f64)>;

/// The traits by number.
struct Names(Vec<&'static str>);

impl Names {
    fn of<'a>(examples: impl Iterator<Item = &'a Example>) -> Self {
        let mut names: Vec<&'static str> = examples.flat_map(|(traits, _)| traits.iter().map(|(name, _)| *name)).collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    fn numbered(&self, traits: &[Trait]) -> Numbered {
        traits.iter().filter_map(|(name, strength)| Some((self.0.binary_search(name).ok()?, *strength))).collect()
    }

    fn with(self, weights: &[f64]) -> BTreeMap<&'static str, f64> {
        self.0.into_iter().zip(weights.iter().copied()).collect()
    }
}

/// The slope and the curve of what is to be made small, at some weights.
struct Slope {
    gradient: Vec<f64>,
    matrix: Vec<Vec<f64>>,
}

impl Slope {
    fn new(names: &Names, weights: &[f64]) -> Self {
        let held = |i: usize| if names.0[i] == ALWAYS { 0.01 } else { PENALTY };
        let mut matrix = vec![vec![0.0; weights.len()]; weights.len()];
        matrix.iter_mut().enumerate().for_each(|(i, row)| row[i] = held(i));
        Self { gradient: weights.iter().enumerate().map(|(i, w)| held(i) * w).collect(), matrix }
    }

    fn step(self, weights: &mut [f64]) {
        let step = solve(self.matrix, self.gradient);
        weights.iter_mut().zip(step).for_each(|(w, s)| *w -= s);
    }
}

/// The weights by which the odds of yes are nearest to what the examples say.
pub(super) fn whether(examples: &[Example]) -> BTreeMap<&'static str, f64> {
    let names = Names::of(examples.iter());
    let rows: Vec<(Numbered, f64)> = examples.iter().map(|(t, yes)| (names.numbered(t), f64::from(u8::from(*yes)))).collect();
    let mut weights = vec![0.0; names.0.len()];
    for _ in 0..STEPS {
        let mut slope = Slope::new(&names, &weights);
        for (traits, yes) in &rows {
            let odds: f64 = traits.iter().map(|(i, v)| weights[*i] * v).sum();
            let likely = 1.0 / (1.0 + (-odds).exp());
            for (i, v) in traits {
                slope.gradient[*i] += (likely - yes) * v;
                traits.iter().for_each(|(j, u)| slope.matrix[*i][*j] += likely * (1.0 - likely) * v * u);
            }
        }
        slope.step(&mut weights);
    }
    names.with(&weights)
}

/// The weights by which the right one of each choice stands out from the others.
pub(super) fn which(choices: &[Choice]) -> BTreeMap<&'static str, f64> {
    let tells = |c: &&Choice| c.iter().any(|(_, yes)| *yes) && c.iter().any(|(_, yes)| !*yes);
    let names = Names::of(choices.iter().flatten());
    let lists: Vec<Vec<(Numbered, bool)>> =
        choices.iter().filter(tells).map(|c| c.iter().map(|(t, yes)| (names.numbered(t), *yes)).collect()).collect();
    let mut weights = vec![0.0; names.0.len()];
    for _ in 0..STEPS {
        let mut slope = Slope::new(&names, &weights);
        for list in &lists {
            let odds: Vec<f64> = list.iter().map(|(t, _)| t.iter().map(|(i, v)| weights[*i] * v).sum()).collect();
            let highest = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let shares: Vec<f64> = odds.iter().map(|o| (o - highest).exp()).collect();
            let all: f64 = shares.iter().sum();
            let right: f64 = shares.iter().zip(list).filter(|(_, (_, yes))| *yes).map(|(s, _)| s).sum();
            let mut mean = vec![0.0; weights.len()];
            for (share, (traits, yes)) in shares.iter().zip(list) {
                let (likely, wanted) = (share / all, if *yes { share / right } else { 0.0 });
                for (i, v) in traits {
                    slope.gradient[*i] += (likely - wanted) * v;
                    mean[*i] += likely * v;
                    traits.iter().for_each(|(j, u)| slope.matrix[*i][*j] += likely * v * u);
                }
            }
            for (row, m) in slope.matrix.iter_mut().zip(&mean).filter(|(_, m)| **m != 0.0) {
                row.iter_mut().zip(&mean).for_each(|(x, n)| *x -= m * n);
            }
        }
        slope.step(&mut weights);
    }
    names.with(&weights)
}

/// Solves a system of equations whose matrix is symmetric and positive: by elimination, without a search for pivots.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        let pivot = matrix[i].clone();
        for j in i + 1..n {
            let factor = matrix[j][i] / pivot[i];
            if factor != 0.0 {
                matrix[j].iter_mut().zip(&pivot).skip(i).for_each(|(x, p)| *x -= factor * p);
                right[j] -= factor * right[i];
            }
        }
    }
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|j| matrix[i][j] * right[j]).sum();
        right[i] = (right[i] - rest) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_yes_speaks_for_it() {
        let one = |name: &'static str, yes: bool| (vec![(ALWAYS, 1.0), (name, 1.0)], yes);
        let examples: Vec<Example> = [("sold", true), ("sold", true), ("said", false), ("said", false), ("sold", false)]
            .into_iter()
            .flat_map(|(name, yes)| std::iter::repeat_n(one(name, yes), 20))
            .collect();
        let weights = whether(&examples);
        assert!(weights["sold"] > 0.5 && weights["said"] < -0.5, "{weights:?}");
    }

    #[test]
    fn the_right_one_stands_out() {
        let choice = vec![(vec![("near", 1.0)], true), (vec![("far", 1.0)], false), (vec![("far", 1.0)], false)];
        let weights = which(&vec![choice; 20]);
        assert!(weights["near"] > weights["far"] + 1.0, "{weights:?}");
    }
}
