//! Atoms: the pieces of a sentence that surfaces of the tables are matched against. Words, except in Korean and Chinese, where each letter is one.

use crate::language::Language;
use crate::token::{Shape, Token, is_wrapped, sentences, tokens};
use std::collections::HashSet;

/// Words that lose their vowel before another: `l'Iran`, `d'armes`, `qu'il`.
const ELIDED: [&str; 12] = ["l", "d", "j", "n", "s", "t", "m", "c", "qu", "jusqu", "lorsqu", "puisqu"];

/// The atoms of a text and the ranges that are its sentences.
pub(crate) struct Atoms<'t> {
    pub all: Vec<Token<'t>>,
    /// First and one past the last of each sentence.
    pub sentences: Vec<(usize, usize)>,
}

/// Takes a text apart.
pub(crate) fn atoms<'t>(text: &'t str, language: Language, abbreviations: &HashSet<String>, month: &dyn Fn(&str) -> bool) -> Atoms<'t> {
    let whole = tokens(text, &|low| abbreviations.contains(low));
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    let mut last_stop = false;
    for s in sentences(text, &whole, is_wrapped(text)) {
        // `18. Februar`: the full stop of an ordinal ends nothing.
        let goes_on = last_stop && whole.get(s.start).is_some_and(|t| month(&t.low));
        match ranges.last_mut() {
            Some(range) if goes_on => range.1 = s.end,
            _ => ranges.push((s.start, s.end)),
        }
        let ordinal = |i: usize| whole.get(i).is_some_and(|t| t.shape == Shape::Number && t.text.len() <= 2);
        last_stop = s.end >= 2 && whole.get(s.end - 1).is_some_and(|t| t.text == "." && t.tied) && ordinal(s.end - 2);
    }
    let (mut all, mut out) = (Vec::with_capacity(whole.len()), Vec::new());
    for (first, end) in ranges {
        let from = all.len();
        for token in whole.get(first..end).unwrap_or(&[]) {
            split(token, language, &mut all);
        }
        out.push((from, all.len()));
    }
    Atoms { all, sentences: out }
}

/// The words of a surface as they are matched, each with whether a space stands before it.
pub(crate) fn of_surface(surface: &str, language: Language) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    for token in tokens(surface, &|_| false) {
        split(&token, language, &mut all);
    }
    all.iter().enumerate().map(|(i, t)| (plain(&t.low), i > 0 && !t.tied)).collect()
}

/// A word as it is looked up: one letter for `ё` and `е`, no full stop of an abbreviation.
pub(crate) fn plain(low: &str) -> String {
    let low = low.replace('ё', "е");
    if low.chars().nth(1).is_some() { low.trim_end_matches('.').to_owned() } else { low }
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}')
}

fn split<'t>(token: &Token<'t>, language: Language, out: &mut Vec<Token<'t>>) {
    match language {
        Language::Fr => french(token, out),
        Language::Ko => korean(token, out),
        _ => out.push(token.clone()),
    }
}

fn part<'t>(token: &Token<'t>, from: usize, to: usize) -> Token<'t> {
    let text = token.text.get(from..to).unwrap_or("");
    let shape = match text.chars().next() {
        Some(c) if c.is_ascii_digit() => Shape::Number,
        _ => token.shape,
    };
    let shape = if text.chars().any(char::is_alphanumeric) { shape } else { Shape::Sign };
    let shape = if shape == Shape::Number && !text.starts_with(|c: char| c.is_ascii_digit()) { Shape::Word } else { shape };
    Token {
        text,
        low: crate::token::lower(text),
        start: token.start + from,
        shape,
        capital: text.chars().next().is_some_and(char::is_uppercase),
        shouted: token.shouted,
        tied: token.tied || from > 0,
    }
}

fn french<'t>(token: &Token<'t>, out: &mut Vec<Token<'t>>) {
    // `d'` at the end of a surface: word and sign are one.
    if matches!(token.text, "'" | "’")
        && token.tied
        && let Some(last) = out.last_mut().filter(|l| ELIDED.contains(&l.low.as_str()))
    {
        last.low.push('\'');
        return;
    }
    let Some(at) = token.text.find(['\'', '’']) else { return out.push(token.clone()) };
    let head = token.text.get(..at).unwrap_or("").to_lowercase();
    let quote = token.text.get(at..).and_then(|r| r.chars().next()).map_or(1, char::len_utf8);
    if !ELIDED.contains(&head.as_str()) || at + quote >= token.text.len() {
        return out.push(token.clone());
    }
    out.push(part(token, 0, at + quote));
    out.push(part(token, at + quote, token.text.len()));
}

fn korean<'t>(token: &Token<'t>, out: &mut Vec<Token<'t>>) {
    if !token.text.chars().any(is_hangul) {
        return out.push(token.clone());
    }
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, c) in token.text.char_indices() {
        if at > from && (is_hangul(c) || before.is_some_and(is_hangul)) {
            out.push(part(token, from, at));
            from = at;
        }
        before = Some(c);
    }
    out.push(part(token, from, token.text.len()));
}
