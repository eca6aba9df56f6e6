//! Phrases of several words, found by their first word, the longest first.

use crate::token::Token;
use rustc_hash::FxHashMap;

/// Phrases and what they mean.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: FxHashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase as people write it.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let tokens = crate::token::tokens(phrase, &|_| false);
        let mut words = tokens.iter().map(|t| plain(&t.low).to_owned());
        let Some(first) = words.next() else { return };
        self.by_first.entry(first).or_default().push((words.collect(), meaning));
    }

    /// Puts the longest first; call once all are added.
    pub fn settle(&mut self) {
        for list in self.by_first.values_mut() {
            list.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// The longest phrase that starts at a token: how many tokens, and what it means.
    pub fn at(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &T)> {
        self.all_at(tokens, at).next()
    }

    /// All phrases that start at a token, the longest first.
    pub fn all_at<'a, 't>(&'a self, tokens: &'t [Token<'t>], at: usize) -> impl Iterator<Item = (usize, &'a T)> + use<'a, 't, T> {
        let list = tokens.get(at).and_then(|t| self.by_first.get(plain(&t.low)));
        list.into_iter().flatten().filter_map(move |(rest, meaning)| {
            let same = rest.iter().enumerate().all(|(i, word)| tokens.get(at + 1 + i).is_some_and(|t| plain(&t.low) == word));
            same.then_some((rest.len() + 1, meaning))
        })
    }
}

/// Full stops of abbreviations do not count.
fn plain(low: &str) -> &str {
    if low.len() > 1 { low.trim_end_matches('.') } else { low }
}
