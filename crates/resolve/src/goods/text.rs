//! A description as words: where each stands, what stands between them, in a form in which spelling does not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands before a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gap {
    /// Nothing: scripts that write words together.
    None,
    /// A space, a hyphen, a slash.
    Space,
    /// `&`, which joins things, or the halves of a name.
    And,
    /// A comma, a colon, a line end: another statement follows.
    Stop,
    /// An opening bracket: an aside follows.
    Aside,
}

/// A word, or one character of a script that does not separate words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its place in the plain form, in bytes.
    pub(crate) start: usize,
    /// One past its end there.
    pub(crate) end: usize,
    /// Its place in the text as given, in bytes.
    pub(crate) from: usize,
    /// One past its end there.
    pub(crate) to: usize,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Whether it starts with a capital.
    pub(crate) capital: bool,
}

/// A description cut into words.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The words in plain form, one space between those that are written apart.
    pub(crate) plain: String,
    /// Where they are.
    pub(crate) words: Vec<Word>,
}

/// Most words of a description that are looked at; what goods are stands at the start.
const MOST_WORDS: usize = 400;

impl Text {
    /// Cuts a text.
    pub(crate) fn read(text: &str) -> Self {
        let mut out = Self { plain: String::with_capacity(text.len() + 8), words: Vec::new() };
        let mut gap = Gap::None;
        let mut chars = text.char_indices().peekable();
        let mut scratch = String::new();
        while let Some((from, first)) = chars.next() {
            if owner(first, text.get(from + first.len_utf8()..).unwrap_or("")) && !out.words.is_empty() && gap == Gap::Space {
                chars.next();
                continue;
            }
            let Some(sort) = Sort::of(first) else {
                gap = wider(gap, between(first, chars.peek().map(|(_, c)| *c), out.ends_in_digit(from, text)));
                continue;
            };
            let mut to = from + first.len_utf8();
            while let Some((at, c)) = chars.peek().copied() {
                if sort == Sort::Together && !is_combining_mark(c)
                    || !is_combining_mark(c) && Sort::of(c) != Some(sort) && !inside(sort, c, text, at)
                {
                    break;
                }
                to = at + c.len_utf8();
                chars.next();
            }
            plain(text.get(from..to).unwrap_or(""), sort, &mut scratch);
            if scratch.is_empty() {
                continue;
            }
            out.push(&scratch, Word { start: 0, end: 0, from, to, gap, capital: first.is_uppercase() }, sort);
            gap = if sort == Sort::Together { Gap::None } else { Gap::Space };
            if out.words.len() >= MOST_WORDS {
                break;
            }
        }
        out
    }

    fn push(&mut self, plain: &str, mut word: Word, sort: Sort) {
        // Scripts that write words together touch each other; everything else is written apart.
        let touching = word.gap == Gap::None && sort == Sort::Together && self.words.last().is_some_and(|w| w.to == word.from);
        if self.words.is_empty() {
            word.gap = if word.gap == Gap::Aside { Gap::Aside } else { Gap::Stop };
        } else if touching {
            word.gap = Gap::None;
        } else {
            self.plain.push(' ');
            if word.gap == Gap::None {
                word.gap = Gap::Space;
            }
        }
        word.start = self.plain.len();
        self.plain.push_str(plain);
        word.end = self.plain.len();
        self.words.push(word);
    }

    fn ends_in_digit(&self, at: usize, text: &str) -> bool {
        text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(|c| c.is_ascii_digit())
    }

    /// A word in plain form.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.words.get(at).and_then(|w| self.plain.get(w.start..w.end)).unwrap_or("")
    }

    /// Whether the plain form has every letter of the word as given: `thé` is not `the`.
    pub(crate) fn as_written(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.to - w.from == w.end - w.start)
    }

    /// Words from one to before another, in plain form.
    pub(crate) fn span(&self, start: usize, end: usize) -> &str {
        let (Some(first), Some(last)) = (self.words.get(start), end.checked_sub(1).and_then(|e| self.words.get(e))) else { return "" };
        self.plain.get(first.start..last.end).unwrap_or("")
    }

    /// Whether a stretch is no single character out of a longer word: 金 in 金属 is not gold.
    pub(crate) fn lone(&self, start: usize, end: usize) -> bool {
        let single = end == start + 1 && self.word(start).chars().next().is_some_and(|c| Sort::of(c) == Some(Sort::Together));
        let touches = |at: usize| self.words.get(at).is_some_and(|w| w.gap == Gap::None);
        !single || !touches(start) && !touches(end)
    }

    /// Where the words from one to before another stand in the text as given, in bytes.
    pub(crate) fn place(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.words.get(start).map_or(0, |w| w.from);
        (from, end.checked_sub(1).and_then(|e| self.words.get(e)).map_or(from, |w| w.to))
    }
}

/// The plain form of a phrase, as it is looked for.
pub(crate) fn key(phrase: &str) -> String {
    Text::read(phrase).plain
}

/// Characters that can stand in one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sort {
    Digits,
    Letters,
    /// One character a word: Han, kana, Hangul, Thai.
    Together,
}

impl Sort {
    pub(crate) fn of(c: char) -> Option<Self> {
        if c.is_ascii() {
            return if c.is_ascii_digit() { Some(Self::Digits) } else { c.is_ascii_alphabetic().then_some(Self::Letters) };
        }
        match c {
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{0e00}'..='\u{0e7f}' => Some(Self::Together),
            _ if c.is_numeric() => Some(Self::Digits),
            _ if c.is_alphabetic() => Some(Self::Letters),
            _ => None,
        }
    }
}

/// Whether a mark belongs to the word around it: `500,000`, `0.5`, `d'or` does not.
fn inside(sort: Sort, c: char, text: &str, at: usize) -> bool {
    let next = text.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
    match sort {
        Sort::Digits => matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}' | '\'' | '٬' | '٫') && next.is_some_and(|n| n.is_numeric()),
        Sort::Letters | Sort::Together => false,
    }
}

/// “Driver's”: whether an apostrophe stands before the `s` that only says whose the thing is.
fn owner(c: char, behind: &str) -> bool {
    let mut behind = behind.chars();
    matches!(c, '\'' | '’') && behind.next() == Some('s') && !behind.next().is_some_and(char::is_alphanumeric)
}

fn between(c: char, next: Option<char>, after_digit: bool) -> Gap {
    match c {
        '(' | '[' | '{' | '（' | '【' | '«' => Gap::Aside,
        '.' if next.is_some_and(char::is_alphanumeric) => Gap::Space,
        '&' | '＆' => Gap::And,
        // The inch mark and the minute mark follow figures.
        '"' | '\'' | '′' | '″' if after_digit => Gap::Space,
        ',' | ';' | ':' | '.' | '!' | '?' | '\n' | '\r' | ')' | ']' | '}' | '）' | '】' | '»' | '，' | '、' | '。' | '；' | '：' | '،'
        | '؛' | '•' | '|' | '—' | '–' => Gap::Stop,
        _ => Gap::Space,
    }
}

fn wider(a: Gap, b: Gap) -> Gap {
    let rank = |g: Gap| match g {
        Gap::None => 0,
        Gap::Space => 1,
        Gap::And => 2,
        Gap::Stop => 3,
        Gap::Aside => 4,
    };
    if rank(a) >= rank(b) { a } else { b }
}

/// Lower case, no accents, plurals and the commonest endings folded.
fn plain(raw: &str, sort: Sort, out: &mut String) {
    out.clear();
    if raw.is_ascii() {
        out.extend(raw.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        if sort == Sort::Letters {
            cut_plural(out);
            one_spelling(out);
        }
        return;
    }
    if sort == Sort::Together {
        out.extend(raw.nfkc().flat_map(char::to_lowercase));
        return;
    }
    let folded = raw.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    out.extend(folded);
    let Some(first) = out.chars().next() else { return };
    match first {
        '\u{0400}'..='\u{04ff}' => cut_cyrillic(out),
        '\u{0600}'..='\u{06ff}' => cut_arabic(out),
        _ if out.is_ascii() => cut_plural(out),
        _ => {}
    }
}

/// British and American spellings of one word.
fn one_spelling(word: &mut String) {
    const BRITISH: [(&str, &str); 18] = [
        ("aluminium", "aluminum"),
        ("armour", "armor"),
        ("calibre", "caliber"),
        ("centre", "center"),
        ("colour", "color"),
        ("fibre", "fiber"),
        ("grey", "gray"),
        ("isation", "ization"),
        ("ised", "ized"),
        ("iser", "izer"),
        ("ising", "izing"),
        ("jewellery", "jewelry"),
        ("mould", "mold"),
        ("plough", "plow"),
        ("sulph", "sulf"),
        ("theatre", "theater"),
        ("tyre", "tire"),
        ("vapour", "vapor"),
    ];
    for (british, american) in BRITISH {
        if let Some(at) = word.find(british) {
            word.replace_range(at..at + british.len(), american);
        }
    }
}

fn cut_plural(word: &mut String) {
    let (stem, end) = crate::text::singular(word);
    let (len, end) = (stem.len(), end.to_owned());
    word.truncate(len);
    word.push_str(&end);
}

/// Case endings say nothing about what the goods are.
fn cut_cyrillic(word: &mut String) {
    const ENDINGS: [&str; 42] = [
        "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ов", "ев", "еи", "ии", "ыи", "ои", "ая", "яя", "ое", "ее", "ые", "ие",
        "ых", "их", "ым", "им", "ом", "ем", "ам", "ям", "ах", "ях", "ую", "юю", "а", "я", "ы", "и", "у", "ю", "о", "е", "ь", "і",
    ];
    let letters = word.chars().count();
    for end in ENDINGS {
        if word.ends_with(end) && letters >= 3 + end.chars().count() {
            word.truncate(word.len() - end.len());
            return;
        }
    }
}

/// The Arabic article.
fn cut_arabic(word: &mut String) {
    if word.starts_with("ال") && word.chars().count() > 4 {
        word.drain(.."ال".len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_count_and_places_are_kept() {
        let text = Text::read("2× Armoured S600-Guards (new), 500,000 kg");
        let words: Vec<&str> = (0..text.words.len()).map(|i| text.word(i)).collect();
        assert_eq!(words, ["2", "armored", "s", "600", "guard", "new", "500,000".replace(',', "").as_str(), "kg"]);
        let (from, to) = text.place(1, 5);
        assert_eq!("2× Armoured S600-Guards (new), 500,000 kg".get(from..to), Some("Armoured S600-Guards"));
        assert_eq!(text.words[5].gap, Gap::Aside);
        assert_eq!(text.words[6].gap, Gap::Stop);
    }

    #[test]
    fn scripts_that_write_words_together_touch() {
        assert_eq!(key("装甲轿车"), "装甲轿车");
        assert_eq!(key("자동차 부품"), "자동차 부품");
        assert_eq!(key("автомобилей"), key("автомобили"));
        assert_eq!(key("السيارات"), key("سيارات"));
        assert_eq!(key("Orchidée"), "orchidee");
    }

    #[test]
    fn british_and_american_words_are_one_and_owners_are_not_spelt() {
        assert_eq!(key("galvanised aluminium tyres"), key("galvanized aluminum tires"));
        assert_eq!(key("grey armour-plate"), key("gray armor plate"));
        assert_eq!(key("driver's seat"), "driver seat");
        assert_eq!(key("men’s coats"), "men coat");
        assert_eq!(key("d'or"), "d or");
    }
}
