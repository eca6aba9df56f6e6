//! The words that are known: titles, legal forms, what bodies are and do, places, small words, given names that are one
//! name, and how common a word is. All of it is data in `data/names`, a row to a word.

use crate::fold::fold;
use crate::name::Role;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What is known of a word or of several words in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// What it does in a name.
    pub role: Role,
    /// Which one it is, whatever the language.
    pub sense: u32,
}

/// The most words in a row that are looked up together.
pub const LONGEST_PHRASE: usize = 6;

/// A table that only we fill, so that nobody can choose keys that meet: a quick hash does.
pub type Table<V> = HashMap<String, V, BuildHasherDefault<QuickHash>>;

/// Mixes eight bytes at a time.
#[derive(Default)]
pub struct QuickHash(u64);

impl Hasher for QuickHash {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        let last = rest.iter().fold(0, |n, b| n << 8 | u64::from(*b));
        for n in eights.iter().map(|e| u64::from_le_bytes(*e)).chain([last]) {
            self.0 = (self.0.rotate_left(23) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    fn write_u8(&mut self, _: u8) {}
}

/// Everything that is looked up in a name of one kind.
pub struct Lexicon {
    /// Titles; only for people.
    pub titles: Table<Known>,
    /// Legal forms, organisation words, places; only for bodies.
    pub bodies: Table<Known>,
    /// Small words.
    pub particles: Table<Known>,
    /// Jr, Sr, III.
    pub suffixes: Table<Known>,
    /// The words with which something begins in one of these tables that is longer than a word.
    begins: Table<()>,
    same: Table<u16>,
    near: Table<u16>,
    common: Table<f32>,
    koreas: [u32; 3],
}

/// The sense of the particle that makes "A bin B" the son of B.
pub const SON: u32 = 1;

/// The sense of a title that is a given name as well: Amir, Sultan.
pub const ALSO_NAME: u32 = 1;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

/// The senses of "corporation" and "company": the fourth and fifth class of `legal_forms.csv`.
pub const VAGUE_FORMS: [u32; 2] = [14, 15];

/// The lexicon.
#[must_use]
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().skip(1).filter_map(|l| l.split_once(',').or(Some((l, ""))))
}

/// Legal forms of bodies as they are written in small letters, each with its class: `("llc", "ooo")`. Ours, `data/names/legal_forms.csv`.
pub fn legal_forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("../../../data/names/legal_forms.csv"))
}

/// The key under which a form is looked up: folded, signs as spaces, single spaces.
fn key(form: &str) -> String {
    let folded = fold(form);
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars().filter(|c| !crate::fold::is_dropped(*c)) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

/// Numbers the classes of a file as they are first met, from one more than `start`.
struct Senses {
    ids: HashMap<&'static str, u32>,
    next: u32,
}

impl Senses {
    fn of(&mut self, class: &'static str) -> u32 {
        let next = &mut self.next;
        *self.ids.entry(class).or_insert_with(|| {
            *next += 1;
            *next
        })
    }
}

impl Lexicon {
    fn load() -> Lexicon {
        let mut l = Lexicon {
            titles: Table::default(),
            bodies: Table::default(),
            particles: Table::default(),
            suffixes: Table::default(),
            begins: Table::default(),
            same: Table::default(),
            near: Table::default(),
            common: Table::default(),
            koreas: [0; 3],
        };
        for (form, sort) in rows(include_str!("../../../data/names/titles.csv")) {
            l.titles.insert(key(form), Known { role: Role::Title, sense: if sort == "name" { ALSO_NAME } else { 0 } });
        }
        for (form, sort) in rows(include_str!("../../../data/names/particles.csv")) {
            l.particles.insert(key(form), Known { role: Role::Particle, sense: if sort == "son" { SON } else { 0 } });
        }
        for (form, class) in rows(include_str!("../../../data/names/suffixes.csv")) {
            l.suffixes.insert(key(form), Known { role: Role::Suffix, sense: class.parse().unwrap_or(0) });
        }
        l.load_bodies();
        l.note_beginnings();
        l.load_given_names();
        for (form, weight) in rows(include_str!("../../../data/names/common.csv")) {
            l.common.insert(form.to_owned(), weight.parse().unwrap_or(1.0));
        }
        l.weigh_given_names();
        l
    }

    fn note_beginnings(&mut self) {
        let all = [&self.titles, &self.bodies, &self.particles, &self.suffixes].into_iter().flat_map(Table::keys);
        self.begins = all.filter_map(|key| Some((key.split_once(' ')?.0.to_owned(), ()))).collect();
    }

    /// Whether something that is longer than a word may begin with this one.
    #[must_use]
    pub fn begins(&self, word: &str) -> bool {
        self.begins.contains_key(word)
    }

    fn load_bodies(&mut self) {
        let mut senses = Senses { ids: HashMap::new(), next: 1000 };
        for (class, form) in rows(include_str!("../../../data/names/places.csv")) {
            let sense = senses.of(class);
            for form in form.split(';') {
                self.add_place(form, sense);
            }
        }
        self.koreas = ["KOREA", "KP", "KR"].map(|c| senses.of(c));
        for line in include_str!("../../../data/countries.csv").lines().skip(1) {
            let fields: Vec<&'static str> = line.split(',').collect();
            let [code, name, official, names, demonyms, capital, cities] = fields[..] else { continue };
            let sense = senses.of(code);
            for form in [name, official].into_iter().chain(names.split(';')).chain(demonyms.split(';')) {
                self.add_place(form, sense);
            }
            for city in std::iter::once(capital).chain(cities.split(';')).filter(|c| !c.is_empty()) {
                let sense = senses.of(city);
                self.add_place(city, sense);
            }
        }
        let mut senses = Senses { ids: HashMap::new(), next: 100 };
        for (class, forms) in rows(include_str!("../../../data/names/org_words.csv")) {
            let sense = senses.of(class);
            for form in forms.split(' ').filter(|f| !f.is_empty()) {
                self.bodies.insert(key(form), Known { role: Role::OrgWord, sense });
            }
        }
        let mut senses = Senses { ids: HashMap::new(), next: 10 };
        for (class, form) in legal_forms() {
            let sense = senses.of(class);
            self.bodies.insert(key(form), Known { role: Role::LegalForm, sense });
        }
    }

    fn add_place(&mut self, form: &str, sense: u32) {
        let form = key(form);
        // Codes of two or three letters are too often something else.
        if form.chars().count() > 3 || !form.is_ascii() {
            self.bodies.entry(form).or_insert(Known { role: Role::Place, sense });
        }
    }

    fn load_given_names(&mut self) {
        let mut ids: HashMap<&str, u16> = HashMap::new();
        for line in include_str!("../../../data/names/given_names.csv").lines().skip(1) {
            let mut fields = line.split(',');
            let (Some(class), Some(kind), Some(forms)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let next = u16::try_from(ids.len() + 1).unwrap_or(u16::MAX);
            let id = *ids.entry(class).or_insert(next);
            let table = if kind == "same" { &mut self.same } else { &mut self.near };
            for form in forms.split(' ') {
                table.entry(fold(form)).or_insert(id);
            }
        }
    }

    /// A given name that has a class is a common one in each of its forms: as common as the commonest form that is in the table.
    fn weigh_given_names(&mut self) {
        const GIVEN: f32 = 0.5;
        let mut classes: HashMap<u16, f32> = HashMap::new();
        for (form, class) in &self.same {
            let weight = self.common.get(form).copied().unwrap_or(GIVEN);
            classes.entry(*class).and_modify(|w| *w = w.min(weight)).or_insert(weight);
        }
        for (form, class) in &self.same {
            self.common.entry(form.clone()).or_insert(classes[class]);
        }
    }

    /// Whether two senses are one; "Korea" alone may be either Korea.
    #[must_use]
    pub fn agree(&self, a: u32, b: u32) -> bool {
        a == b || (a == self.koreas[0] && self.koreas.contains(&b)) || (b == self.koreas[0] && self.koreas.contains(&a))
    }

    /// The class of names that are the same name as this one; 0 for none.
    #[must_use]
    pub fn same(&self, form: &str) -> u16 {
        self.same.get(form).copied().unwrap_or(0)
    }

    /// The class of names of which this is a familiar form; 0 for none.
    #[must_use]
    pub fn near(&self, form: &str) -> u16 {
        self.near.get(form).copied().unwrap_or(0)
    }

    /// How much a word tells, from our own short table of common ones: 1 for a word that is not in it.
    #[must_use]
    pub fn weight(&self, form: &str) -> f32 {
        self.common.get(form).copied().unwrap_or(1.0)
    }
}

/// How much a word tells: 1 for one that is met almost nowhere, towards 0.2 for one that is met everywhere.
pub trait Commonness {
    /// The weight of a folded Latin form.
    fn weight(&self, form: &str) -> f32;
}

/// Only the built-in table of very common words.
#[derive(Clone, Copy, Default, Debug)]
pub struct BuiltIn;

impl Commonness for BuiltIn {
    fn weight(&self, form: &str) -> f32 {
        lexicon().weight(form)
    }
}

/// The weight of a word that `found` of `all` names have: what an index adds from its own counts.
#[must_use]
pub fn rarity(found: usize, all: usize) -> f32 {
    if found <= 1 || all < 2 {
        return 1.0;
    }
    // One in a hundred names is as common as Kim or Mohammed are on a list: 0.25.
    let share = found as f32 / all as f32;
    (0.25 + 0.75 * (share.log10() + 2.0) / -2.5).clamp(0.2, 1.0)
}
