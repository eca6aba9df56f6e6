//! One word against another.

use crate::name::{Role, Word};
use crate::script::Script;
use crate::{lattice, sound};
use std::sync::Arc;

/// How two words are the same word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// They are not.
    Not,
    /// Letter for letter.
    Exact,
    /// Two forms of one name, or two words for one thing: Oleksandr and Alexander, LLC and GmbH.
    Variant,
    /// Two ways to write the same sounds in Latin or other letters.
    Romanisation,
    /// Nearly the same letters.
    Spelling,
    /// The ending differs as between a man's and a woman's name.
    Ending,
    /// A familiar form: Sasha for Alexander.
    Familiar,
    /// A letter and a word that begins with it.
    Initial,
    /// Several words written as one.
    Joined,
}

/// How far apart two words are, 0 (the same) to 1 (nothing in common), and how they are the same.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tie {
    /// 0 for the same word; 1 for another word.
    pub cost: f32,
    /// Why.
    pub how: How,
}

impl Tie {
    /// Two different words.
    pub const NOT: Tie = Tie { cost: 1.0, how: How::Not };
    /// The same word.
    pub const EXACT: Tie = Tie { cost: 0.0, how: How::Exact };
}

/// Words further apart than this are different words.
pub const FARTHEST: f32 = 0.5;

/// One word against another; depends on the two words only, so it can be kept per pair of distinct words.
#[must_use]
pub fn tie(a: &Word, b: &Word) -> Tie {
    tie_within(a, b, FARTHEST)
}

/// [`tie`] when it costs less than `most`, which is at most [`FARTHEST`]; else that or none.
pub(crate) fn tie_within(a: &Word, b: &Word, most: f32) -> Tie {
    tie_by(a, b, most, Parts::ALL)
}

/// Which parts of two words may be near enough to be compared; the others are known to be apart.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Parts {
    /// The Latin forms of both.
    pub forms: bool,
    /// The foreign letters of one and the Latin forms of the other.
    pub lattices: bool,
}

impl Parts {
    pub(crate) const ALL: Parts = Parts { forms: true, lattices: true };
    pub(crate) const NONE: Parts = Parts { forms: false, lattices: false };
}

/// [`tie`] by some parts.
pub(crate) fn tie_by_parts(a: &Word, b: &Word, parts: Parts) -> Tie {
    tie_by(a, b, FARTHEST, parts)
}

fn tie_by(a: &Word, b: &Word, most: f32, parts: Parts) -> Tie {
    if let Some(sure) = decided_by_role(a, b) {
        return sure;
    }
    if a.text == b.text {
        return Tie::EXACT;
    }
    if a.same != 0 && a.same == b.same {
        return Tie { cost: 0.04, how: How::Variant };
    }
    let mut best = nearest(a, b, most, parts);
    if a.near != 0 && (a.near == b.near || a.near == b.same) || b.near != 0 && b.near == a.same {
        best = nearer(best, Tie { cost: 0.25, how: How::Familiar });
    }
    if best.cost >= FARTHEST {
        return Tie::NOT;
    }
    if best.how == How::Spelling || best.how == How::Romanisation {
        if a.role == Role::Patronymic || b.role == Role::Patronymic {
            best.cost = fathers(a, b, best.cost);
        }
        if differs_in_gender(a, b) {
            return Tie { cost: best.cost.max(0.3), how: How::Ending };
        }
        // Two known names that are not the same name are not misspellings of each other: Hassan and Hussein.
        if a.same != 0 && b.same != 0 && a.text.len().min(b.text.len()) > 3 {
            best.cost += 0.25;
        }
    }
    if best.cost >= FARTHEST { Tie::NOT } else { best }
}

fn nearer(a: Tie, b: Tie) -> Tie {
    if b.cost < a.cost { b } else { a }
}

/// What the roles alone decide.
pub(crate) fn decided_by_role(a: &Word, b: &Word) -> Option<Tie> {
    use Role::{Initial, LegalForm, Number, OrgWord, Place, Suffix};
    match (a.role, b.role) {
        (Number, Number) | (Suffix, Suffix) => Some(if a.sense == b.sense { Tie::EXACT } else { Tie::NOT }),
        (Number, _) | (_, Number) if a.text != b.text => Some(Tie::NOT),
        (OrgWord, OrgWord) | (Place, Place) | (LegalForm, LegalForm) => Some(if !crate::lexicon::lexicon().agree(a.sense, b.sense) {
            Tie::NOT
        } else if a.text == b.text {
            Tie::EXACT
        } else {
            Tie { cost: 0.04, how: How::Variant }
        }),
        (Role::Particle, other) | (other, Role::Particle) if other != Role::Particle => {
            Some(if a.best() == b.best() { Tie { cost: 0.05, how: How::Exact } } else { Tie::NOT })
        }
        (Initial, Initial) => Some(if a.best() == b.best() { Tie::EXACT } else { Tie::NOT }),
        (Initial, Role::Plain | Role::Patronymic) => Some(initial(a, b)),
        (Role::Plain | Role::Patronymic, Initial) => Some(initial(b, a)),
        _ => None,
    }
}

/// A letter against a word: the word begins with it in one of its forms (Ye and E, Yu and U are one letter in Cyrillic).
fn initial(letter: &Word, word: &Word) -> Tie {
    if word.text.chars().count() < 2 {
        return if letter.text == word.text { Tie::EXACT } else { Tie::NOT };
    }
    let fits = |l: &str, w: &str| {
        let first = l.as_bytes().first();
        w.as_bytes().first() == first
            || (l == "y" && matches!(w.as_bytes().first(), Some(b'i' | b'j')))
            || (l == "e" && w.starts_with("ye"))
            || (l == "c" && w.starts_with("ts"))
    };
    let same_script = letter.script == word.script && letter.text.chars().next() == word.text.chars().next();
    if same_script || letter.forms.iter().take(3).any(|l| word.forms.iter().take(3).any(|w| fits(&l.text, &w.text))) {
        Tie { cost: 0.22, how: How::Initial }
    } else {
        Tie::NOT
    }
}

/// The nearest pair of forms, or of a foreign writing and a Latin form.
fn nearest(a: &Word, b: &Word, most: f32, parts: Parts) -> Tie {
    if a.script == b.script && a.script != Script::Latin {
        return same_script(a, b);
    }
    let mut best = Tie { cost: most, how: How::Not };
    for f in a.forms.iter().filter(|_| parts.forms) {
        for g in &b.forms {
            let extra = (f.cost + g.cost) * 0.15;
            if extra < best.cost {
                best = nearer(best, latin(f.text.as_bytes(), &f.sounds, g.text.as_bytes(), &g.sounds, extra, best.cost));
            }
        }
    }
    for (foreign, other) in [(a, b), (b, a)] {
        for units in foreign.lattices.iter().filter(|_| parts.lattices) {
            for (k, form) in other.forms.iter().enumerate() {
                // A form that is itself a guess counts a little less.
                let extra = if other.script == Script::Latin { 0.0 } else { 0.02 + 0.15 * form.cost + 0.02 * k as f32 };
                let length = form.text.len().max(3) as f32;
                let limit = (best.cost.min(FARTHEST) - extra) * length / 1.3 + 0.01;
                let cost = lattice::distance(units, form.text.as_bytes(), limit) / length * 1.3 + extra;
                let how = if cost < 0.25 { How::Romanisation } else { How::Spelling };
                best = nearer(best, Tie { cost, how });
            }
        }
    }
    if best.how == How::Not { Tie::NOT } else { best }
}

/// Two words in one foreign script: letter by letter, and for alphabets by the best Latin form of each.
fn same_script(a: &Word, b: &Word) -> Tie {
    let (x, y): (Vec<char>, Vec<char>) = (a.text.chars().collect(), b.text.chars().collect());
    match a.script {
        Script::Han => return characters(&x, &y),
        Script::Hangul if x.len() == 1 && y.len() == 1 => {
            // Two spellings of one family name were dealt with before; any other syllable is another name.
            return if a.best() == b.best() { Tie { cost: 0.4, how: How::Romanisation } } else { Tie::NOT };
        }
        _ => {}
    }
    let longest = x.len().max(y.len());
    let same = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(p, q)| p == q).count();
    let wrong = longest.saturating_sub((same + tail).min(longest)).max(1);
    let mut best = Tie::NOT;
    if longest >= 4 && x.len().abs_diff(y.len()) <= 2 {
        best = Tie { cost: by_edits(wrong as f32, longest), how: How::Spelling };
    }
    if let (Some(f), Some(g)) = (a.forms.first(), b.forms.first()) {
        best = nearer(best, latin(f.text.as_bytes(), &f.sounds, g.text.as_bytes(), &g.sounds, 0.02, best.cost));
    }
    best
}

/// Two words of Chinese characters: the same character, or one that is read alike (traditional and simplified, or a slip).
fn characters(x: &[char], y: &[char]) -> Tie {
    if x.len() != y.len() {
        return Tie::NOT;
    }
    let alike = |(p, q): (&char, &char)| {
        let mandarin = |c: char| crate::asia::mandarin(c.encode_utf8(&mut [0; 4]));
        if p == q {
            0.0
        } else if mandarin(*p).is_some() && mandarin(*p) == mandarin(*q) {
            0.12
        } else if crate::asia::hanja(*p).is_some() && crate::asia::hanja(*p) == crate::asia::hanja(*q) {
            0.2
        } else {
            1.0
        }
    };
    let cost: f32 = x.iter().zip(y).map(alike).sum::<f32>() / x.len().max(1) as f32;
    Tie { cost, how: if cost < 0.2 { How::Variant } else { How::Spelling } }
}

/// The cost of some edits in a word: the first is forgiven most, further ones ever less.
pub(crate) fn by_edits(edits: f32, length: usize) -> f32 {
    let bent = edits.min(1.0) * 1.15 + (edits - 1.0).clamp(0.0, 1.0) * 1.9 + (edits - 2.0).max(0.0) * 2.5;
    bent / length.max(3) as f32
}

/// How many edits in a word of this length cost this much; the inverse of [`by_edits`].
fn edits_for(cost: f32, length: usize) -> f32 {
    let bent = cost * length.max(3) as f32;
    if bent <= 1.15 {
        bent / 1.15
    } else if bent <= 1.15 + 1.9 {
        1.0 + (bent - 1.15) / 1.9
    } else {
        2.0 + (bent - 1.15 - 1.9) / 2.5
    }
}

/// Words that differ in their sounds by no more than this are two ways to write one word.
const ALIKE: f32 = 0.13;

/// Two Latin words: by their sounds and by their letters, whichever is nearer. A tie of `most` or more is as good as none.
fn latin(x: &[u8], x_sounds: &[u8], y: &[u8], y_sounds: &[u8], extra: f32, most: f32) -> Tie {
    if x == y {
        return Tie { cost: extra.max(0.01), how: How::Romanisation };
    }
    let (short, long) = (x_sounds.len().min(y_sounds.len()), x_sounds.len().max(y_sounds.len()));
    // A bound from the lengths alone: each missing sound costs at least 0.4.
    let most = most.min(FARTHEST) - extra - 0.02;
    if most <= 0.0 || (long - short) as f32 * 0.4 / long.max(3) as f32 > FARTHEST {
        return Tie::NOT;
    }
    // As far as `ALIKE` it is worked out in any case, for that decides what the tie is called.
    let by_sound = by_edits(sound::distance(x_sounds, y_sounds, edits_for(most.max(ALIKE), long) + 0.01), long);
    let letters = x.len().max(y.len());
    let by_letter = if letters >= 4 {
        let edits = sound::letters_within(x, y, (edits_for(most, letters) + 0.01) as usize);
        edits.map_or(1.0, |edits| by_edits(edits as f32, letters))
    } else {
        1.0
    };
    let how = if by_sound <= ALIKE { How::Romanisation } else { How::Spelling };
    // Another first letter, unless it is the same sound, is seldom the same word.
    let first = if by_sound > ALIKE && x_sounds.first() != y_sounds.first() { 0.05 } else { 0.0 };
    Tie { cost: by_sound.min(by_letter) + extra + 0.02 + first, how }
}

/// Fathers' names share their endings, so a difference is one in what stands before: Ivanovich and Yuryevich. And Petrovich is not Petrov.
fn fathers(a: &Word, b: &Word, cost: f32) -> f32 {
    const ENDING: usize = 4;
    if a.role != b.role {
        return if cost > 0.05 { cost + 0.25 } else { cost };
    }
    let length = a.best().len().max(b.best().len());
    if length > ENDING + 1 { cost * length as f32 / (length - ENDING) as f32 } else { cost }
}

/// Ivanov and Ivanova, Zelensky and Zelenska: not one person.
fn differs_in_gender(a: &Word, b: &Word) -> bool {
    const PAIRS: [(&str, &str); 9] = [
        ("ov", "ova"),
        ("ev", "eva"),
        ("yov", "yova"),
        ("in", "ina"),
        ("sky", "skaya"),
        ("skiy", "skaya"),
        ("sky", "ska"),
        ("skyi", "ska"),
        ("skyy", "ska"),
    ];
    let (x, y) = (a.best(), b.best());
    let (short, long) = if y.ends_with('a') { (x, y) } else { (y, x) };
    if !long.ends_with('a') {
        return false;
    }
    PAIRS.iter().any(|(man, woman)| {
        let (Some(p), Some(q)) = (short.strip_suffix(man), long.strip_suffix(woman)) else { return false };
        p.len() >= 3 && p.len().abs_diff(q.len()) <= 1 && p.as_bytes().first() == q.as_bytes().first()
    })
}

/// The most that words written as one may differ from one word.
pub(crate) const JOINED: f32 = 0.3;

/// Words written as one against another word; a tie of more than [`JOINED`] may be worked out or not.
pub(crate) fn tie_run(words: &[Arc<Word>], other: &Word) -> Tie {
    tie_run_by_parts(words, other, Parts::ALL)
}

/// [`tie_run`] by some parts.
pub(crate) fn tie_run_by_parts(words: &[Arc<Word>], other: &Word, parts: Parts) -> Tie {
    if surely_apart(words, other, JOINED, parts) {
        return Tie::NOT;
    }
    tie_joined(words, other)
}

/// [`tie_run`] by joining the words in any case.
pub(crate) fn tie_joined(words: &[Arc<Word>], other: &Word) -> Tie {
    joined(words).map_or(Tie::NOT, |word| tie_within(&word, other, JOINED + 0.001))
}

/// Whether a word is compared with a plain one by its letters, and not by rules of its role.
pub(crate) fn compared_by_letters(word: &Word) -> bool {
    matches!(word.role, Role::Plain | Role::Patronymic | Role::OrgWord | Role::Place)
}

/// Whether words written as one are surely further than `most` from another. Nothing is put into memory of its own for it, which is what makes it
/// far cheaper than [`joined`]; nearly every comparison ends here.
fn surely_apart(words: &[Arc<Word>], other: &Word, most: f32, parts: Parts) -> bool {
    let Some(first) = words.first() else { return false };
    // Words as one are never a small word but letter for letter.
    if other.role == Role::Particle && words.iter().map(|w| w.best().len()).sum::<usize>() != other.best().len() {
        return words.iter().all(|w| w.forms.len() == 1);
    }
    if !compared_by_letters(other) || first.script == other.script && first.script != Script::Latin {
        return false;
    }
    let spelt = if parts.forms || !other.lattices.is_empty() && parts.lattices { Spelt::of(words) } else { Some(Spelt::NONE) };
    let Some(spelt) = spelt else { return false };
    if parts.forms && !spelt.each().iter().all(|spelling| spelling.surely_apart(other, most)) {
        return false;
    }
    let forms = spelt.each().iter().map(|s| (s.text(), s.cost));
    let latin = first.script == Script::Latin;
    !parts.lattices
        || lattices_apart(words, other, most) && other.lattices.iter().all(|units| units_apart(units, forms.clone(), latin, most))
}

/// Whether foreign letters are surely further than `most` from all Latin forms of a word.
fn units_apart<'a>(units: &[char], forms: impl Iterator<Item = (&'a [u8], f32)>, latin: bool, most: f32) -> bool {
    forms.enumerate().all(|(k, (form, cost))| {
        let extra = if latin { 0.0 } else { 0.02 + 0.15 * cost + 0.02 * k as f32 };
        let length = form.len().max(3) as f32;
        let limit = (most - extra) * length / 1.3 + 0.02;
        lattice::distance(units, form, limit) / length * 1.3 + extra > most + 0.001
    })
}

/// The same of the foreign letters of words written as one.
fn lattices_apart(words: &[Arc<Word>], other: &Word, most: f32) -> bool {
    let readings = if in_one_script(words) { words.iter().map(|w| w.lattices.len()).max().unwrap_or(0) } else { 0 };
    (0..readings).all(|k| {
        let (mut units, mut count) = ([' '; sound::LONGEST], 0);
        for unit in words.iter().flat_map(|w| &w.lattices[k.min(w.lattices.len() - 1)]).take(sound::LONGEST) {
            units[count] = *unit;
            count += 1;
        }
        let forms = other.forms.iter().map(|f| (f.text.as_bytes(), f.cost));
        units_apart(&units[..count], forms, other.script == Script::Latin, most)
    })
}

/// Whether the words have foreign letters of one script throughout.
fn in_one_script(words: &[Arc<Word>]) -> bool {
    words.first().is_some_and(|first| words.iter().all(|w| w.script == first.script && !w.lattices.is_empty()))
}

/// Most spellings of words written as one, and most first forms of a word that they are made of.
const SPELLINGS: usize = 4;
const FIRST_FORMS: usize = 3;

/// Most letters of words that are compared as one without memory of its own.
const ROOM: usize = 2 * sound::LONGEST;

/// Words written as one in Latin letters.
#[derive(Clone, Copy)]
struct Spelling {
    letters: [u8; ROOM],
    length: usize,
    cost: f32,
}

impl Spelling {
    const NONE: Spelling = Spelling { letters: [0; ROOM], length: 0, cost: 0.0 };

    fn text(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    /// With a form behind it, if there is room.
    fn with(mut self, form: &crate::Form) -> Option<Spelling> {
        let text = form.text.as_bytes();
        self.letters.get_mut(self.length..self.length + text.len())?.copy_from_slice(text);
        self.length += text.len();
        self.cost += form.cost;
        Some(self)
    }

    fn surely_apart(&self, other: &Word, most: f32) -> bool {
        let class = if other.same != 0 || other.near != 0 {
            std::str::from_utf8(self.text()).map_or(0, |text| crate::lexicon::lexicon().same(text))
        } else {
            0
        };
        if class != 0 && (class == other.same || class == other.near) || self.text() == other.text.as_bytes() {
            return false;
        }
        let mut sounds = [0; sound::LONGEST];
        let count = sound::sounds_into(self.text(), &mut sounds);
        other.forms.iter().all(|form| {
            let extra = (self.cost + form.cost) * 0.15;
            let cost = latin(self.text(), &sounds[..count], form.text.as_bytes(), &form.sounds, extra, most + 0.002).cost;
            cost > most + 0.001
        })
    }
}

/// The cheapest spellings of words written as one.
struct Spelt {
    spellings: [Spelling; SPELLINGS],
    count: usize,
}

impl Spelt {
    const NONE: Spelt = Spelt { spellings: [Spelling::NONE; SPELLINGS], count: 0 };

    /// None if one of them has no room.
    fn of(words: &[Arc<Word>]) -> Option<Spelt> {
        let mut spelt = Spelt { count: 1, ..Spelt::NONE };
        for word in words {
            // What each costs, which spelling it is made of, and which form stands behind.
            let mut longer = [(0.0_f32, 0, 0); SPELLINGS * FIRST_FORMS];
            let mut count = 0;
            for (at, spelling) in spelt.each().iter().enumerate() {
                for (behind, form) in word.forms.iter().take(FIRST_FORMS).enumerate() {
                    longer[count] = (spelling.cost + form.cost, at, behind);
                    count += 1;
                }
            }
            // In the order in which `longer` has them: equal ones stay as they are.
            longer[..count].sort_by(|x, y| x.0.total_cmp(&y.0));
            let shorter = spelt.spellings;
            spelt.count = count.min(SPELLINGS);
            for (spelling, (_, at, behind)) in spelt.spellings.iter_mut().zip(&longer[..count]) {
                *spelling = shorter[*at].with(&word.forms[*behind])?;
            }
        }
        Some(spelt)
    }

    fn each(&self) -> &[Spelling] {
        &self.spellings[..self.count]
    }
}

/// Several words written as one: their forms end to end.
#[must_use]
fn joined(words: &[Arc<Word>]) -> Option<Word> {
    let first = words.first()?;
    // Every word in its first reading, then every word in its second, as far as it has one.
    let readings = if in_one_script(words) { words.iter().map(|w| w.lattices.len()).max().unwrap_or(0) } else { 0 };
    let mut lattices: Vec<Vec<char>> = vec![Vec::new(); readings];
    let mut forms: Vec<(String, f32)> = vec![(String::with_capacity(words.iter().map(|w| w.best().len() + 4).sum()), 0.0)];
    for w in words {
        forms = longer(forms, w);
        for (k, sum) in lattices.iter_mut().enumerate() {
            sum.extend(w.lattices[k.min(w.lattices.len() - 1)].iter());
        }
    }
    let forms: Vec<crate::Form> =
        forms.into_iter().map(|(t, cost)| crate::Form { sounds: sound::sounds(&t), text: t.into_boxed_str(), cost }).collect();
    let known = crate::lexicon::lexicon();
    let same = forms.iter().map(|f| known.same(&f.text)).find(|c| *c != 0).unwrap_or(0);
    Some(Word {
        text: words.iter().map(|w| &*w.text).collect::<String>().into_boxed_str(),
        same,
        near: 0,
        forms,
        role: Role::Plain,
        script: first.script,
        hyphen: false,
        sense: 0,
        lattices: lattices.into_iter().filter(|l| !l.is_empty()).map(Vec::into_boxed_slice).collect(),
    })
}

/// The beginnings with each of the word's first forms behind them, the cheapest few.
fn longer(mut beginnings: Vec<(String, f32)>, word: &Word) -> Vec<(String, f32)> {
    if let ([form], [(text, cost)]) = (&*word.forms, &mut *beginnings) {
        text.push_str(&form.text);
        *cost += form.cost;
        return beginnings;
    }
    let mut longer = Vec::with_capacity(beginnings.len() * 3);
    for (start, cost) in &beginnings {
        for form in word.forms.iter().take(FIRST_FORMS) {
            longer.push((format!("{start}{}", form.text), cost + form.cost));
        }
    }
    longer.sort_by(|x, y| x.1.total_cmp(&y.1));
    longer.truncate(SPELLINGS);
    longer
}

#[cfg(test)]
mod tests {
    use super::{joined, surely_apart, tie_within};
    use crate::{Kind, Name};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]
        /// What is told apart without being compared would have been told apart by comparing.
        #[test]
        fn whoever_is_surely_apart_is_apart(a in "[a-ehk]{1,6}", b in "[a-ehk]{1,6}", other in "[a-ehk]{2,12}", own in any::<bool>(), most in 0.05f32..0.5) {
            let run = Name::read(&format!("{a} {b}"), Some(Kind::Vessel)).words;
            let other = if own { format!("{a}{b}{}", &other[..1]) } else { other };
            let other = Name::read(&other, Some(Kind::Vessel)).words;
            if let [other] = other.as_slice() && surely_apart(&run, other, most, super::Parts::ALL) {
                let word = joined(&run).unwrap();
                let cost = tie_within(&word, other, (most + 0.001).min(super::FARTHEST)).cost;
                prop_assert!(cost > most, "{} {} {cost}", word.text, other.text);
            }
        }
    }
}
