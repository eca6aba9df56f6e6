//! Filling a listing piece by piece, as issuers give the pieces: untrimmed, repeated, several in one cell.

use crate::read::squeeze;
use crate::{Identifier, IdentifierKind, Link, ListedName, Listing, NameKind, Order, Ship, Span};
use jiff::civil::Date;

/// Values of one sort that are kept, one more than the usual limit so that the draft notices and says so. Every value is compared with all
/// before it: without an end here, a file could make that last for ever.
const MOST: usize = 10_001;

/// The parts that are there, with `between` between them.
pub(crate) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    let kept: Vec<String> = parts.into_iter().map(squeeze).filter(|p| !p.is_empty()).collect();
    kept.join(between)
}

/// Words that issuers write where they know nothing.
pub(crate) fn says_nothing(text: &str) -> bool {
    const WORDS: [&str; 9] = ["-", "--", "na", "n/a", "none", "unknown", "not known", "not available", "-0-"];
    text.is_empty() || WORDS.iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// Texts that are kept once, in the order in which they come.
pub(crate) trait Gather {
    /// Keeps the text unless it says nothing or is there already.
    fn gather(&mut self, text: &str);
}

impl Gather for Vec<String> {
    fn gather(&mut self, text: &str) {
        if self.len() >= MOST {
            return;
        }
        let text = squeeze(text);
        if !says_nothing(&text) && !self.contains(&text) {
            self.push(text);
        }
    }
}

/// How much a kind of name says about the party: of two kinds for the same text the one that says more is kept.
fn strength(kind: NameKind) -> u8 {
    match kind {
        NameKind::Primary => 0,
        NameKind::Alias => 1,
        NameKind::Original => 2,
        NameKind::Former => 3,
        NameKind::Weak => 4,
    }
}

impl Listing {
    /// An empty listing under this reference.
    pub(crate) fn under(id: &str) -> Listing {
        Listing { id: squeeze(id), ..Listing::default() }
    }

    /// Keeps a name; a second primary name is an alias.
    pub(crate) fn add_name(&mut self, text: &str, kind: NameKind) {
        if self.names.len() >= MOST {
            return;
        }
        let text = squeeze(text);
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let second = kind == NameKind::Primary && self.names.iter().any(|n| n.kind == NameKind::Primary && n.text != text);
        let kind = if second { NameKind::Alias } else { kind };
        match self.names.iter_mut().find(|n| n.text == text) {
            Some(known) if strength(kind) < strength(known.kind) => known.kind = kind,
            Some(_) => {}
            None => self.names.push(ListedName { text, kind }),
        }
    }

    /// Puts the primary name first. A party without one gets the first name that is neither weak nor former.
    pub(crate) fn primary_first(&mut self) {
        let Some(at) = self.names.iter().enumerate().min_by_key(|(_, n)| strength(n.kind)).map(|(at, _)| at) else {
            return;
        };
        let mut first = self.names.remove(at);
        first.kind = NameKind::Primary;
        self.names.insert(0, first);
    }

    /// Keeps a number or mark once.
    pub(crate) fn identify(&mut self, kind: IdentifierKind, value: &str, country: &str) {
        if self.identifiers.len() >= MOST {
            return;
        }
        let identifier = Identifier { kind, value: squeeze(value), country: squeeze(country) };
        if !says_nothing(&identifier.value) && !self.identifiers.contains(&identifier) {
            self.identifiers.push(identifier);
        }
    }

    /// Keeps a mark of a sort that we have no kind for, with the sort's name in front.
    pub(crate) fn identify_other(&mut self, sort: &str, value: &str, country: &str) {
        if !says_nothing(value.trim()) {
            self.identify(IdentifierKind::Other, &joined([sort, value], ": "), country);
        }
    }

    /// Keeps the reference of the same party on another list, with that list's issuer in front.
    pub(crate) fn refer(&mut self, issuer: &str, reference: &str) {
        if !says_nothing(reference.trim()) {
            self.identify(IdentifierKind::Reference, &joined([issuer, reference], " "), "");
        }
    }

    /// Keeps every run of exactly seven digits as an IMO number; a text without one is kept as another mark.
    pub(crate) fn identify_imo(&mut self, text: &str, kind: IdentifierKind) {
        let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 7).collect();
        for run in &runs {
            self.identify(kind, run, "");
        }
        if runs.is_empty() {
            self.identify_other("IMO", text, "");
        }
    }

    /// Keeps a date of birth once.
    pub(crate) fn born(&mut self, span: Span) {
        if self.births.len() < MOST && !self.births.contains(&span) {
            self.births.push(span);
        }
    }

    /// Keeps every date of birth that a text names; gives back what was not understood.
    pub(crate) fn born_as_written(&mut self, text: &str) -> Option<String> {
        let mut not_understood = None;
        for part in date_parts(text) {
            match span_dmy(&part).or_else(|| Span::parse(&part, Order::DayMonth)) {
                Some(span) => self.born(span),
                None => not_understood = Some(part),
            }
        }
        not_understood
    }

    /// Keeps a tie to another party once.
    pub(crate) fn link(&mut self, to: &str, how: &str) {
        if self.links.len() >= MOST {
            return;
        }
        let link = Link { to: squeeze(to), how: squeeze(how) };
        if !says_nothing(&link.to) && !self.links.contains(&link) {
            self.links.push(link);
        }
    }

    /// What is known of the ship.
    pub(crate) fn the_ship(&mut self) -> &mut Ship {
        self.ship.get_or_insert_with(Ship::default)
    }
}

/// The single dates in a cell that may hold several: `(a) 1.2.1960, (b) 1961`, `1960 or 1961`, `1960 (or 1961)`, `1960; 1961`.
fn date_parts(text: &str) -> Vec<String> {
    let text = squeeze(text).to_lowercase();
    let pieces = |text: &str, marks: &[char]| -> Vec<String> {
        text.split(marks).map(in_plain_words).filter(|p| p.chars().any(|c| c.is_ascii_digit())).collect()
    };
    if ["between", " to ", "from "].iter().any(|word| text.contains(word)) {
        return pieces(&text, &[';']);
    }
    let mut marked = text.replace("(or ", ";").replace(" or ", ";").replace(" and ", ";").replace(" / ", ";");
    for mark in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "ii", "iii", "iv", "v", "vi"] {
        marked = marked.replace(&format!("({mark})"), ";").replace(&format!(" {mark}) "), ";");
    }
    let marked = marked.strip_prefix("a) ").unwrap_or(&marked);
    let marks: &[char] = if marked.contains(|c: char| c.is_alphabetic()) { &[';'] } else { &[';', ','] };
    let parts = pieces(marked, marks);
    // `1.2.1960 1961`: several dates with nothing but a blank between them.
    let bare = |part: &str| part.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' '));
    let apart = |part: &String| bare(part) && part.split(' ').all(|p| p.len() >= 4);
    parts.into_iter().flat_map(|p| if apart(&p) { p.split(' ').map(str::to_string).collect() } else { vec![p] }).collect()
}

/// Words for doubt where and as the reader of dates expects them: `(probably) 1944`, `possibly 1944`, `1944 circa`.
fn in_plain_words(part: &str) -> String {
    let part = squeeze(part.trim_matches([' ', ',', '.', ':']));
    let part = if part.matches('(').count() == part.matches(')').count() { part } else { part.replace(['(', ')'], "") };
    for doubt in ["(probably)", "probably", "possibly", "(approximately)", "approximately:"] {
        if let Some(rest) = part.strip_prefix(doubt) {
            return format!("about {}", rest.trim());
        }
    }
    match part.strip_suffix("circa").or(part.strip_suffix("(approximately)")) {
        Some(rest) if !rest.trim().is_empty() => format!("about {}", rest.trim()),
        _ => part,
    }
}

/// The days that a year, perhaps a month and a day of it, may be.
pub(crate) fn span_of(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Span> {
    match (month, day) {
        (None, _) => Span::year(year),
        (Some(month), None) => Span::month(year, month),
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(Span::day),
    }
}

/// The days that `dd/mm/yyyy` may be, where an unknown day or month is `00`, or the letters themselves: `dd/mm/1958`.
pub(crate) fn span_dmy(text: &str) -> Option<Span> {
    let lower = text.trim().to_ascii_lowercase().replace("dd", "00").replace("mm", "00");
    if lower.split('/').count() == 3 { Span::parse(&lower, Order::DayMonth) } else { None }
}

/// One whole day, as lists give it, the day of the month before the month.
pub(crate) fn day(text: &str) -> Option<Date> {
    Span::parse(text, Order::DayMonth).filter(|s| s.first == s.last && !s.about).map(|s| s.first)
}

/// The earlier of two days, of which either may be unknown.
pub(crate) fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.into_iter().chain(b).min()
}
