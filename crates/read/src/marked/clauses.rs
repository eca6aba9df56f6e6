//! Clauses: where parts of a sentence end, and the marks beside a mention.

use super::tables::{Marker, Meaning, case};
use super::units::{Item, Scene, Unit, is_determiner};
use crate::language::Language;
use crate::token::Shape;

/// Words that start a clause of its own.
pub(crate) fn is_subordinator(language: Language, low: &str) -> bool {
    let list: &[&str] = match language {
        Language::De => &["dass", "daß", "weil", "wenn", "obwohl", "nachdem", "bevor", "während", "damit", "ob", "falls", "indem", "wie"],
        Language::Fr => &["que", "qu'", "qui", "dont", "parce", "lorsque", "alors", "après", "avant", "si", "où", "tandis"],
        Language::Es => &["que", "quien", "quienes", "cuando", "porque", "mientras", "aunque", "donde", "si", "cuyo", "cuya"],
        Language::Ru => &[
            "что",
            "который",
            "которая",
            "которое",
            "которые",
            "которую",
            "которых",
            "которому",
            "которой",
            "чтобы",
            "если",
            "когда",
            "поскольку",
            "после",
            "как",
        ],
        _ => &[],
    };
    list.contains(&low)
}

/// Whether a sign or word ends the clause before it.
pub(crate) fn is_boundary(scene: &Scene<'_, '_>, at: usize) -> bool {
    let Some(token) = scene.atoms.get(at) else { return true };
    if token.shape == Shape::Sign {
        return matches!(token.text, "," | ";" | ":" | "(" | ")" | "—" | "–" | "，" | "；" | "：" | "。" | "】" | "." | "!" | "?")
            || token.text == "-";
    }
    !scene.by_letters() && is_subordinator(scene.language, &token.low)
}

/// The clause around a stretch of atoms.
pub(crate) fn window(scene: &Scene<'_, '_>, items: &[Item<'_>], first: usize, end: usize) -> (usize, usize) {
    if scene.language == Language::Ko {
        // What belongs to a verb stands before it.
        let verb = |i: &&Item<'_>| {
            i.end <= first && i.acts.iter().any(|a| !a.noun)
                || (i.end <= first && i.said.is_some() && !i.acts.iter().any(|a| a.noun) && i.party.is_none() && ends_word(scene, i))
        };
        let from = items.iter().rfind(verb).map_or(0, |i| i.end);
        return (from, end);
    }
    // `… und verkaufte`: a verb right behind a joining word starts a clause.
    let verb_at = |i: usize| {
        items.iter().any(|x| x.first == i && x.party.is_none() && x.goods.is_none() && (x.said.is_some() || x.acts.iter().any(|a| !a.noun)))
    };
    let joins = |i: usize| !scene.by_letters() && super::units::is_joiner(scene.low(i)) && verb_at(i + 1);
    let lo = (0..first).rev().find(|i| is_boundary(scene, *i) || joins(*i)).map_or(0, |i| i + 1);
    let hi = (end..scene.atoms.len()).find(|i| is_boundary(scene, *i) || joins(*i)).unwrap_or(scene.atoms.len());
    (lo, hi)
}

/// Whether a Korean word of saying is a verb that ends a clause: `밝혔다`, `말했`.
fn ends_word(scene: &Scene<'_, '_>, item: &Item<'_>) -> bool {
    (item.first..item.end + 1).any(|i| matches!(scene.low(i), "다" | "며" | "고" | "면" | "해"))
}

/// The marks of a mention.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marks<'w> {
    /// The words of the mark, and what it says; in the order of trust.
    pub marker: Option<(String, &'w Marker)>,
    /// Other meanings of the same words.
    pub more: Vec<&'w Marker>,
    pub dative: bool,
    /// Where the mark starts, or the mention with its article.
    pub start: usize,
}

/// The mark of a unit: before it in most languages, behind it in Korean.
pub(crate) fn marks(scene: &Scene<'_, '_>, items: &[Item<'_>], unit: &Unit) -> Marks<'static> {
    if scene.language == Language::Ko {
        return behind(scene, unit);
    }
    if let Some(marked) = source_behind(scene, unit) {
        return marked;
    }
    let mut out = Marks {
        start: unit.first,
        dative: unit.cases != 0 && unit.cases & case::DAT != 0 && unit.cases & case::NOM == 0,
        ..Marks::default()
    };
    let mut at = unit.first;
    for _ in 0..5 {
        let found = before(scene, at);
        let articles = scene.language == Language::De && !found.is_empty() && found.iter().all(|(_, _, m)| m.cases == case::DAT && m.weak);
        if articles {
            // `der` and `den` are of several cases.
            out.dative |= scene.low(at.saturating_sub(1)) == "dem";
        } else if let Some((start, words, marker)) = found.first() {
            out.start = *start;
            out.marker = Some((words.clone(), *marker));
            out.more = found.iter().skip(1).filter(|f| f.0 == *start).map(|f| f.2).collect();
            return out;
        }
        let Some(before) = at.checked_sub(1) else { break };
        let token = &scene.atoms[before];
        if scene.language == Language::De && matches!(token.low.as_str(), "dem" | "einem" | "einer" | "ihrem" | "seinem") {
            out.dative = true;
        }
        let busy = items.iter().any(|i| i.first <= before && before < i.end) || is_time(scene, before);
        let adjective = items.iter().any(|i| i.end == at && i.party.as_ref().is_some_and(|p| p.named == super::tables::Named::Adjective));
        let skips = adjective
            || (!busy
                && (token.shape == Shape::Number
                    || is_determiner(scene.language, &token.low)
                    || matches!(token.text, "«" | "“" | "\"" | "„" | "‘" | "《")
                    || (token.shape == Shape::Word && is_adjective(scene, before, unit.first - before))));
        if !skips || scene.language == Language::Zh && token.shape == Shape::Word {
            break;
        }
        at = before;
    }
    out
}

/// Whether a word that the tables do not know may be an adjective before a noun.
fn is_adjective(scene: &Scene<'_, '_>, at: usize, distance: usize) -> bool {
    let token = &scene.atoms[at];
    if token.capital || super::units::is_joiner(&token.low) || is_subordinator(scene.language, &token.low) {
        return false;
    }
    match scene.language {
        Language::De => true,
        Language::Ru => [
            "ый", "ий", "ой", "ого", "его", "ому", "ему", "ым", "им", "ую", "юю", "ая", "яя", "ые", "ие", "ых", "их", "ыми", "ими", "ое",
            "ее",
        ]
        .iter()
        .any(|e| token.low.ends_with(e)),
        _ => distance <= 2,
    }
}

fn is_time(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.words.at(scene.atoms, at, false).iter().any(|h| matches!(h.meaning, Meaning::Weekday(_) | Meaning::Month(_)))
}

/// `Medien zufolge`, `Angaben der USA zufolge`.
fn source_behind(scene: &Scene<'_, '_>, unit: &Unit) -> Option<Marks<'static>> {
    let marker = scene.words.at(scene.atoms, unit.end, false).into_iter().find_map(|h| match h.meaning {
        Meaning::Marker(m) if !m.before && m.roles.iter().any(|r| r == "source") && scene.language == Language::De => Some(m),
        _ => None,
    })?;
    Some(Marks { marker: Some((scene.low(unit.end).to_owned(), marker)), start: unit.first, ..Marks::default() })
}

/// Marks that end right before an atom, the longest first.
fn before(scene: &Scene<'_, '_>, at: usize) -> Vec<(usize, String, &'static Marker)> {
    let mut out = Vec::new();
    for start in at.saturating_sub(5)..at {
        for hit in scene.words.at(scene.atoms, start, start == 0) {
            if let (Meaning::Marker(marker), true) = (hit.meaning, hit.end == at)
                && marker.before
                && !marker.pronoun
                && marker.roles.iter().any(|r| r != "date")
                && !(scene.low(start) == "des"
                    && hit.end == start + 1
                    && scene.language == Language::Fr
                    && (start == 0 || is_boundary(scene, start - 1)))
            {
                out.push((start, scene.text(start, at).to_lowercase(), marker));
            }
        }
    }
    out
}

/// Korean particles.
fn behind(scene: &Scene<'_, '_>, unit: &Unit) -> Marks<'static> {
    let mut out = Marks { start: unit.first, ..Marks::default() };
    let mut at = unit.end;
    if scene.low(at) == "들" {
        at += 1;
    }
    let mut found: Vec<(usize, &'static Marker)> = scene
        .words
        .at(scene.atoms, at, false)
        .into_iter()
        .filter_map(|h| match h.meaning {
            Meaning::Marker(m) if !m.before => Some((h.end, m)),
            _ => None,
        })
        .collect();
    let tied = scene.atoms.get(at).is_some_and(|t| t.tied);
    found.retain(|(end, m)| {
        tied && (m.origin
            || scene.atoms.get(*end).is_none_or(|t| !t.tied || t.shape == Shape::Sign || matches!(t.text, "는" | "도" | "만")))
    });
    found.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
    if let Some((end, marker)) = found.first() {
        out.marker = Some((scene.text(at, *end), marker));
        out.more = found.iter().skip(1).filter(|f| f.0 == *end).map(|f| f.1).collect();
    }
    out
}
