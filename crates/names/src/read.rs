//! Reading a name: tokens become words with roles, and every foreign word gets its Latin forms.

use crate::asia;
use crate::lattice;
use crate::lexicon::{ALSO_NAME, Known, LONGEST_PHRASE, Lexicon, Table, lexicon};
use crate::name::{Flags, Form, Name, Role, Word};
use crate::script::{Script, units};
use crate::sound::sounds;
use crate::tokens::{Token, tokens};
use crate::{Kind, LONGEST_NAME};
use std::sync::Arc;

/// The most Latin forms of one word.
pub const MOST_FORMS: usize = 6;

impl Name {
    /// Reads a name. Never fails: what cannot be read is flagged, and a text with a letter or digit has at least one word.
    #[must_use]
    pub fn read(text: &str, kind: Option<Kind>) -> Name {
        let mut flags = Flags::default();
        let cut = text.char_indices().nth(LONGEST_NAME).map(|(at, _)| at);
        flags.cut = cut.is_some();
        let text = &text[..cut.unwrap_or(text.len())];
        let tokens = tokens(without_own_acronym(text, kind), &mut flags);
        let read_as = kind.unwrap_or_else(|| guess(&tokens));
        let mut tokens = split_asian(tokens, read_as);
        if read_as == Kind::Body {
            crate::tokens::mend_forms(&mut tokens);
        }
        let roles = roles(&tokens, read_as);
        let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
        for (token, known) in tokens.into_iter().zip(roles) {
            words.push(word(token, known, read_as));
        }
        flags.unreadable = words.iter().any(|w| w.forms.is_empty());
        if read_as == Kind::Person {
            mark_patronymics(&mut words);
        }
        keep_something(&mut words);
        Name { text: text.to_owned(), kind, read_as, words: words.into_iter().map(Arc::new).collect(), flags }
    }
}

/// "Jemmah Anshorut Tauhid (JAT)" without its own first letters.
fn without_own_acronym(text: &str, kind: Option<Kind>) -> &str {
    if kind == Some(Kind::Person) {
        return text;
    }
    let Some((before, inside)) = text.trim_end().strip_suffix(')').and_then(|t| t.rsplit_once('(')) else { return text };
    let own = inside.len() > 1 && inside.len() <= 12 && inside.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    if own && before.split_whitespace().count() > 1 && before.chars().next().map(|c| c.to_ascii_uppercase()) == inside.chars().next() {
        before
    } else {
        text
    }
}

/// A name with a legal form or an organisation word is a body's; any other is read as a person's.
fn guess(tokens: &[Token]) -> Kind {
    let l = lexicon();
    let edge = |at: usize, n: usize| at == 0 || at + n == tokens.len();
    let has = (0..tokens.len()).any(|at| {
        phrase(&l.bodies, tokens, at).is_some_and(|(n, k)| {
            k.role != Role::Place
                && (n > 1 || tokens[at].text.len() > 2 || k.role == Role::LegalForm && edge(at, n) && tokens[at].text != "sa")
        })
    });
    if has || segments_body(tokens) { Kind::Body } else { Kind::Person }
}

fn segments_body(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t.script, Script::Han | Script::Hangul) && pieces(&t.text).len() > 1)
}

/// The longest run of tokens from `at` that is known, and how many tokens it is.
fn phrase(table: &Table<Known>, tokens: &[Token], at: usize) -> Option<(usize, Known)> {
    let (first, others) = tokens.get(at..)?.split_first()?;
    let mut found = table.get(&first.text).map(|known| (1, *known));
    // P.L.C. is plc.
    let mut single = first.text.len() == 1;
    if !single && !lexicon().begins(&first.text) {
        return found;
    }
    // The letters of P.L.C. are those and no more: A.B.C. is not AB and C.
    let lone = |at: Option<usize>| at.and_then(|i| tokens.get(i)).is_none_or(|t| t.text.len() > 1);
    let mut key = first.text.clone();
    for (n, token) in (2..=LONGEST_PHRASE).zip(others) {
        key.push(' ');
        key.push_str(&token.text);
        if let Some(known) = table.get(&key) {
            found = Some((n, *known));
        }
        single &= token.text.len() == 1;
        if single && lone(at.checked_sub(1)) && lone(Some(at + n)) {
            let joined: String = key.chars().filter(|c| *c != ' ').collect();
            if let Some(known) = table.get(&joined) {
                found = Some((n, *known));
            }
        }
    }
    found
}

/// Korean and Chinese are written without spaces: people's names are parted after the family name, bodies' where known words begin.
fn split_asian(tokens: Vec<Token>, kind: Kind) -> Vec<Token> {
    let alone = tokens.len() == 1;
    let mut out = Vec::with_capacity(tokens.len() + 2);
    for token in tokens {
        let script = token.script;
        if !matches!(script, Script::Han | Script::Hangul) {
            out.push(token);
            continue;
        }
        let parts = match kind {
            Kind::Person => person_parts(&token.text, script, alone),
            Kind::Body => pieces(&token.text),
            Kind::Vessel | Kind::Aircraft => vec![token.text.clone()],
        };
        out.extend(parts.into_iter().enumerate().map(|(i, text)| Token { text, script, hyphen: i > 0 || token.hyphen, stop: token.stop }));
    }
    out.truncate(crate::tokens::MOST_WORDS);
    out
}

fn person_parts(text: &str, script: Script, alone: bool) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let one_by_one = || letters.iter().map(char::to_string).collect();
    if script == Script::Han {
        for known in 1..letters.len() {
            let (family, given): (String, String) = (letters[..known].iter().collect(), letters[known..].iter().collect());
            if known > 1 && asia::whole_word(&family).is_some() {
                return vec![family, given];
            }
        }
        let family = (2..=3).contains(&letters.len()) && asia::is_family_character(letters[0]);
        return if family { one_by_one() } else { vec![text.to_owned()] };
    }
    let family = (2..=4).contains(&letters.len()) && letters.first().is_some_and(|c| asia::is_family_syllable(*c));
    let two = ["남궁", "황보", "제갈", "선우", "독고", "사공", "동방"].iter().any(|f| text.starts_with(f));
    if two && letters.len() > 2 {
        let mut parts = vec![letters[..2].iter().collect()];
        parts.extend(letters[2..].iter().map(char::to_string));
        return parts;
    }
    if alone && family && letters.len() <= 3 { one_by_one() } else { vec![text.to_owned()] }
}

/// Cuts a body's name at the words that are known, longest first.
fn pieces(text: &str) -> Vec<String> {
    let l = lexicon();
    let letters: Vec<char> = text.chars().collect();
    let (mut out, mut loose) = (Vec::new(), String::new());
    let mut at = 0;
    while at < letters.len() {
        let known = (1..=8.min(letters.len() - at)).rev().find_map(|n| {
            let piece: String = letters[at..at + n].iter().collect();
            (l.bodies.contains_key(&piece) && (n > 1 || at + n == letters.len())).then_some(piece)
        });
        match known {
            Some(piece) => {
                if !loose.is_empty() {
                    out.push(std::mem::take(&mut loose));
                }
                at += piece.chars().count();
                out.push(piece);
            }
            None => {
                loose.push(letters[at]);
                at += 1;
            }
        }
    }
    if !loose.is_empty() {
        out.push(loose);
    }
    out
}

/// What each token is known to do.
fn roles(tokens: &[Token], kind: Kind) -> Vec<Option<Known>> {
    let l = lexicon();
    let mut out = vec![None; tokens.len()];
    let mut at = 0;
    // Whether only titles have been met so far.
    let mut open = true;
    while at < tokens.len() {
        let (n, known) = known_at(l, tokens, at, kind, open).unwrap_or((1, Known { role: Role::Plain, sense: 0 }));
        open &= matches!(known.role, Role::Title);
        for slot in &mut out[at..at + n] {
            *slot = Some(known);
        }
        at += n;
    }
    out
}

fn known_at(l: &Lexicon, tokens: &[Token], at: usize, kind: Kind, open: bool) -> Option<(usize, Known)> {
    let token = &tokens[at];
    let (first, last) = (at == 0, at + 1 == tokens.len());
    if token.text.chars().all(|c| c.is_ascii_digit()) {
        return Some((1, Known { role: Role::Number, sense: token.text.parse::<u32>().unwrap_or(u32::MAX) }));
    }
    match kind {
        Kind::Person => {
            if let Some((1, known)) = phrase(&l.suffixes, tokens, at)
                && !first
                && last
                && !token.hyphen
            {
                return Some((1, known));
            }
            // Sultan and Major are names too: only in front is such a word a title. Asian titles follow the name.
            if let Some((n, known)) = phrase(&l.titles, tokens, at)
                && n < tokens.len()
                && (open || token.script != Script::Latin)
                && !(known.sense == ALSO_NAME && tokens.len() == 2)
            {
                return Some((n, known));
            }
        }
        Kind::Body => {
            if let Some((n, known)) = phrase(&l.bodies, tokens, at) {
                let short = n == 1 && token.text.len() <= 2 && token.script == Script::Latin;
                if !short || first || at + n == tokens.len() || at + n + 1 == tokens.len() {
                    return Some((n, known));
                }
            }
        }
        Kind::Vessel | Kind::Aircraft => {
            let signs = ["mv", "mt", "ss", "mt", "no", "number", "ship", "tanker", "vessel", "imo"];
            if !last && signs.contains(&token.text.as_str()) {
                return Some((1, Known { role: Role::Title, sense: 0 }));
            }
            if first && tokens.len() > 2 && token.text == "m" && ["v", "t"].contains(&tokens[1].text.as_str()) {
                return Some((2, Known { role: Role::Title, sense: 0 }));
            }
        }
    }
    if kind != Kind::Person && !first && ["no", "number", "nr"].contains(&token.text.as_str()) && !last {
        return Some((1, Known { role: Role::Particle, sense: 0 }));
    }
    if kind != Kind::Person
        && !first
        && let Some(value) = roman(&token.text, last)
    {
        return Some((1, Known { role: Role::Number, sense: value }));
    }
    if token.text.chars().count() == 1 && !matches!(token.script, Script::Han | Script::Hangul | Script::Kana) && tokens.len() > 1 {
        // Without a full stop these may be whole Korean and Chinese names: O Kuk Ryol, Ким Ё Чжон, Ван И.
        if kind == Kind::Person && !token.stop && ["o", "u", "и", "ё", "э", "о", "у", "ю"].contains(&token.text.as_str()) {
            return None;
        }
        return Some((1, Known { role: Role::Initial, sense: 0 }));
    }
    // What a small word would lead to must follow: Il and An are names as well. (Hangul and Han have none that stand alone.)
    phrase(&l.particles, tokens, at).filter(|(n, _)| *n == 1 && !(last && kind == Kind::Person)).map(|(_, k)| (1, k))
}

/// The value of a Roman numeral of at least two letters, or of V and X at the end of a name.
fn roman(text: &str, last: bool) -> Option<u32> {
    const NUMERALS: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
    ];
    let value = NUMERALS.iter().position(|n| *n == text)? + 1;
    (text.len() > 1 || last).then_some(u32::try_from(value).ok()?)
}

/// Builds a word: forms, classes, lattices.
fn word(token: Token, known: Option<Known>, kind: Kind) -> Word {
    let Known { mut role, sense } = known.unwrap_or(Known { role: Role::Plain, sense: 0 });
    let l = lexicon();
    let (mut texts, lattices) = forms(&token);
    if role == Role::Plain && token.script == Script::Arabic && kind != Kind::Vessel {
        role = arabic_role(&token.text);
    }
    if role == Role::Plain && kind == Kind::Body && texts.len() > 1 && token.script != Script::Latin {
        texts.truncate(MOST_FORMS);
    }
    let (mut same, mut near) = (0, 0);
    for (text, _) in &texts {
        if same == 0 {
            same = l.same(text);
        }
        if near == 0 {
            near = l.near(text);
        }
    }
    let forms: Vec<Form> =
        texts.into_iter().map(|(text, cost)| Form { sounds: sounds(&text), text: text.into_boxed_str(), cost }).collect();
    Word { text: token.text.into_boxed_str(), forms, role, script: token.script, hyphen: token.hyphen, same, near, sense, lattices }
}

fn arabic_role(text: &str) -> Role {
    if matches!(text, "ال" | "بن" | "ابن" | "ابو" | "بنت") { Role::Particle } else { Role::Plain }
}

type Lattices = Vec<Box<[char]>>;

/// The Latin forms of a token, best first with their costs, and the lattices it is compared by.
fn forms(token: &Token) -> (Vec<(String, f32)>, Lattices) {
    let mut out: Vec<(String, f32)> = Vec::new();
    let mut lattices: Lattices = Vec::new();
    let mut put = |text: String, cost: f32| {
        let text: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if !text.is_empty() && out.len() < MOST_FORMS && !out.iter().any(|(t, _)| *t == text) {
            out.push((text, cost));
        }
    };
    match token.script {
        Script::Latin => put(token.text.clone(), 0.0),
        Script::Han => {
            if let Some(reading) = asia::whole_word(&token.text) {
                put(reading.to_owned(), 0.0);
            }
            if let Some(reading) = asia::mandarin(&token.text) {
                put(reading, 0.0);
            }
            let korean: Option<String> = token.text.chars().map(asia::hanja).collect();
            if let Some(korean) = korean {
                let parts = units(&korean);
                for (text, cost) in lattice::spellings(&parts, 2) {
                    put(text, cost);
                }
                lattices.push(parts.into_boxed_slice());
            }
            let parts: Vec<char> = token.text.chars().collect();
            if lattice::knows(&parts) && parts.len() > 1 {
                for (text, cost) in lattice::spellings(&parts, 2) {
                    put(text, cost + 0.1);
                }
                lattices.push(parts.into_boxed_slice());
            }
        }
        Script::Other => put(any_ascii::any_ascii(&token.text).to_lowercase(), 0.1),
        _ => {
            let text = if token.script == Script::Arabic { without_article(&token.text) } else { &token.text };
            let parts = units(text);
            // What looks like the article may be part of the name: Alexander, Alisher.
            let whole = (text.len() < token.text.len()).then(|| units(&token.text));
            let lead = if token.script == Script::Cyrillic { 3 } else { 5 };
            for (text, cost) in lattice::spellings(&parts, lead) {
                put(text, cost);
            }
            if lattice::knows(&parts) {
                lattices.push(parts.into_boxed_slice());
            }
            if let Some(whole) = whole {
                for (text, cost) in lattice::spellings(&whole, 1) {
                    put(text, cost + 0.1);
                }
                lattices.push(whole.into_boxed_slice());
            }
            if token.script == Script::Cyrillic {
                if let Some(reading) = asia::chinese_in_russian(text) {
                    put(reading, 0.1);
                }
                if let Some(korean) = asia::korean_in_russian(text) {
                    for (text, cost) in lattice::spellings(&korean, 2) {
                        put(text, cost + 0.1);
                    }
                    lattices.push(korean.into_boxed_slice());
                }
            }
            if lattices.is_empty() {
                put(any_ascii::any_ascii(text).to_lowercase(), 0.2);
            }
        }
    }
    (out, lattices)
}

/// The Arabic article is written into the word.
fn without_article(text: &str) -> &str {
    match text.strip_prefix("ال") {
        Some(rest) if rest.chars().count() >= 3 => rest,
        _ => text,
    }
}

/// In a name of three words or more, the word with a father's ending that is not the family name.
fn mark_patronymics(words: &mut [Word]) {
    let plain: Vec<usize> = (0..words.len()).filter(|i| matches!(words[*i].role, Role::Plain | Role::Initial)).collect();
    if plain.len() < 3 {
        return;
    }
    let fathers: Vec<usize> = plain.iter().copied().filter(|i| words[*i].role == Role::Plain && is_patronymic(&words[*i])).collect();
    // In "Roman Arkadyevich Abramovich" the second is the father's name; family names come first or last.
    let chosen = match fathers.as_slice() {
        [] => return,
        [one] => *one,
        [_, ..] => *fathers.iter().find(|i| **i == plain[1]).unwrap_or(&fathers[fathers.len() - 1]),
    };
    let others = plain.iter().any(|i| *i != chosen && words[*i].role == Role::Plain);
    // In last place -ovic is the ending of a South Slavic family name.
    let family = Some(&chosen) == plain.last() && words[chosen].text.ends_with("ovic");
    if chosen != plain[0] && others && !family {
        words[chosen].role = Role::Patronymic;
    }
}

fn is_patronymic(word: &Word) -> bool {
    const ENDINGS: [&str; 17] = [
        "ovich", "evich", "ovych", "yovych", "ovna", "evna", "ivna", "yivna", "ovitch", "evitch", "owitsch", "ich", "yevich", "ichna",
        "avich", "ovic", "evna",
    ];
    const CYRILLIC: [&str; 8] = ["ович", "евич", "овна", "евна", "ивна", "івна", "ївна", "йович"];
    match word.script {
        Script::Latin => word.text.len() > 5 && ENDINGS.iter().any(|e| word.text.ends_with(e)) && !word.text.ends_with("rich"),
        Script::Cyrillic => CYRILLIC.iter().any(|e| word.text.ends_with(e)),
        _ => false,
    }
}

/// A name never shrinks to nothing: if all its words are titles, forms and small words, they are the name.
fn keep_something(words: &mut [Word]) {
    let says = |w: &Word| !matches!(w.role, Role::Title | Role::LegalForm | Role::Particle | Role::Suffix);
    if !words.iter().any(says) {
        for w in words {
            w.role = Role::Plain;
        }
    }
}
