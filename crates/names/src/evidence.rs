//! What two names set side by side say for and against their being one: a short row of numbers.

use crate::Kind;
use crate::align::{ALONE, Alignment, stands};
use crate::lexicon::{Commonness, SON};
use crate::name::{Name, Role, Word};
use crate::script::Script;
use crate::tie::{FARTHEST, How};
use crate::tokens::MOST_WORDS;

/// How many numbers there are.
pub const SIGNS: usize = 33;

/// The name of each number, and whether it may only speak for (+1), only against (-1), or either way (0).
pub const SIGN_NAMES: [(&str, i8); SIGNS] = [
    ("bias", 0),
    ("share of the query found", 1),
    ("share of the listed name found", 1),
    ("left over on both sides", -1),
    ("share of the words left over on both sides", -1),
    ("share left over on one side", -1),
    ("weight of what is found", 1),
    ("farthest pair", -1),
    ("misspelt share", -1),
    ("familiar form", -1),
    ("initials", -1),
    ("father's name differs", -1),
    ("father's name left out", -1),
    ("order differs", -1),
    ("order of descent differs", -1),
    ("suffix differs", -1),
    ("number differs", -1),
    ("number left out", -1),
    ("man's and woman's ending", -1),
    ("another script", 0),
    ("legal form differs", -1),
    ("line of work differs", -1),
    ("line of work left out", -1),
    ("place differs", -1),
    ("place left out", -1),
    ("only one word found", -1),
    ("letters of an acronym", 1),
    ("nothing differs", 1),
    ("no telling word found", -1),
    ("count left over on both sides", -1),
    ("initial differs", -1),
    ("one telling word listed, others asked for", -1),
    ("two telling words listed, others asked for", -1),
];

/// The numbers, in the order of [`SIGN_NAMES`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Evidence {
    /// One value per sign.
    pub signs: [f32; SIGNS],
}

/// How much a word of a role counts beside a plain one.
fn role_weight(w: &Word, kind: Kind) -> f32 {
    match w.role {
        Role::Plain => 1.0,
        Role::Patronymic => 0.6,
        Role::Particle => 0.06,
        Role::Initial => 0.3,
        Role::OrgWord => 0.4,
        Role::Place => 0.4,
        Role::Number if kind == Kind::Person => 0.1,
        Role::Number => 0.35,
        Role::Title | Role::LegalForm | Role::Suffix => 0.0,
    }
}

#[derive(Default)]
struct Side {
    all: f32,
    found: f32,
    telling_all: f32,
    telling_over: f32,
    over: f32,
    words_over: f32,
    words_all: f32,
    words: u32,
    father_over: bool,
    father: f32,
    number_over: bool,
    work_over: f32,
    place_over: f32,
    initial_over: bool,
    /// What is found by more than a first letter.
    solid: f32,
}

/// Adds up one side: what it has, what was found, what is left over.
fn side(name: &Name, to: &[u8; MOST_WORDS], ties: &[crate::Tie; MOST_WORDS], weigh: &impl Fn(&Word) -> f32) -> Side {
    let mut s = Side::default();
    // "Bank of Dandong" has no other words than what it is and where.
    let bare = !name.words.iter().any(|w| matches!(w.role, Role::Plain | Role::Initial | Role::Patronymic));
    for (i, w) in name.words.iter().take(MOST_WORDS).enumerate() {
        let weight = role_weight(w, name.read_as)
            * if matches!(w.role, Role::Plain | Role::Patronymic) {
                weigh(w)
            } else if bare {
                1.6
            } else {
                1.0
            };
        if weight <= 0.0 || !stands(w) {
            continue;
        }
        s.all += weight;
        let telling = matches!(w.role, Role::Plain) || bare && weight >= 0.4;
        s.telling_all += if telling { weight } else { 0.0 };
        s.words_all += if telling { 1.0 } else { 0.0 };
        if to[i] != ALONE {
            s.found += weight * (1.0 - ties[i].cost);
            if ties[i].how != How::Initial && w.role != Role::Particle {
                s.solid += weight * (1.0 - ties[i].cost);
            }
            s.words += u32::from(!matches!(w.role, Role::Particle));
            // What was found badly is in part left over.
            if telling {
                // A small difference is forgiven, a large one is nearly another word.
                let bent = (ties[i].cost / FARTHEST).powi(2);
                s.words_over += bent;
                s.telling_over += weight * bent * 0.8;
            }
            continue;
        }
        s.over += weight;
        s.telling_over += if telling { weight } else { 0.0 };
        s.words_over += if telling { 1.0 } else { 0.0 };
        match w.role {
            Role::Patronymic => {
                s.father_over = true;
                s.father += weight;
            }
            Role::Number => s.number_over = true,
            Role::OrgWord => s.work_over += 1.0,
            Role::Place => s.place_over += 1.0,
            Role::Initial => s.initial_over = true,
            _ => {}
        }
    }
    s
}

/// Reads the evidence off an alignment.
pub(crate) fn evidence(a: &Name, b: &Name, al: &Alignment, weights: &(impl Commonness + ?Sized)) -> Evidence {
    let weigh = |w: &Word| weights.weight(w.best());
    let left = side(a, &al.left, &al.left_tie, &weigh);
    let right = side(b, &al.right, &al.right_tie, &weigh);
    let mut f = [0.0_f32; SIGNS];
    f[0] = 1.0;
    f[1] = ratio(left.found, left.all);
    f[2] = ratio(right.found, right.all);
    // A father's name that only one has is one more word that the other should have had, if the other has words of its own.
    let one_father = left.father_over != right.father_over;
    let over = |s: &Side| (s.telling_over + if one_father { s.father } else { 0.0 }, s.words_over + flag(one_father && s.father_over));
    let ((left_told, left_words), (right_told, right_words)) = (over(&left), over(&right));
    f[3] = left_told.min(right_told).min(1.5);
    f[4] = ratio(left_words.min(right_words), left.words_all.min(right.words_all));
    f[5] = ratio((left.over - right.over).abs(), left.all.max(right.all));
    f[6] = left.found.min(right.found).min(2.5) / 2.5;
    pairs(a, al, &weigh, &mut f);
    f[11] = flag(left.father_over && right.father_over);
    f[12] = flag(left.father_over != right.father_over);
    orders(a, b, al, &mut f);
    f[15] = if suffix(a) == suffix(b) {
        0.0
    } else if suffix(a) * suffix(b) > 0 {
        1.0
    } else {
        0.5
    };
    f[16] = flag(left.number_over && right.number_over);
    f[17] = flag(left.number_over != right.number_over);
    f[19] = flag(script(a) != script(b));
    f[20] = flag(legal_forms_differ(a, b));
    f[21] = left.work_over.min(right.work_over).min(2.0);
    f[22] = (left.work_over - right.work_over).abs().min(3.0) / 3.0;
    f[23] = left.place_over.min(right.place_over).min(1.0);
    f[24] = (left.place_over - right.place_over).abs().min(2.0) / 2.0;
    f[25] = flag(left.words.min(right.words) <= 1);
    f[26] = flag(acronym(a, b) || acronym(b, a));
    f[27] = flag(left.over <= 0.07 && right.over <= 0.07 && f[13] <= 0.3 && f[14] <= 0.0) * (1.0 - f[7] * 2.0).max(0.0);
    f[28] = flag(left.solid.min(right.solid) < 0.2);
    f[29] = left_words.min(right_words).min(2.0) / 2.0;
    let unmet = |s: &Side| s.initial_over || s.words_over >= 1.0;
    f[30] = flag(left.initial_over && unmet(&right) || right.initial_over && unmet(&left));
    // A person called by more words than are listed: the fewer are listed, the less it says that they are among them.
    let more_asked = a.read_as == Kind::Person && left.words_all > right.words_all && left.words_over >= 0.9;
    f[31] = flag(more_asked && right.words_all <= 1.0 && !called_by_family(a, b));
    f[32] = flag(more_asked && right.words_all == 2.0);
    Evidence { signs: f }
}

/// Whether the listed name is a foreigner's as East Asian papers print it: the family name alone, in two or more signs of their writing.
fn called_by_family(asked: &Name, listed: &Name) -> bool {
    const EAST: [Script; 3] = [Script::Han, Script::Hangul, Script::Kana];
    !EAST.contains(&script(asked)) && listed.words.iter().any(|w| EAST.contains(&w.script) && w.text.chars().count() > 1)
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 0.0 }
}

fn flag(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}

/// What the pairs say one by one.
fn pairs(a: &Name, al: &Alignment, weigh: &impl Fn(&Word) -> f32, f: &mut [f32; SIGNS]) {
    let (mut misspelt, mut all) = (0.0, 0.0);
    for (i, w) in a.words.iter().take(MOST_WORDS).enumerate() {
        if al.left[i] == ALONE || matches!(w.role, Role::Particle) {
            continue;
        }
        let t = al.left_tie[i];
        let weight = weigh(w);
        all += weight;
        f[7] = f[7].max(t.cost / 0.5);
        match t.how {
            How::Spelling => misspelt += weight * (t.cost * 2.0).min(1.0),
            How::Familiar => f[9] = 1.0,
            How::Initial => f[10] += 0.5,
            How::Ending => f[18] = 1.0,
            _ => {}
        }
    }
    f[8] = ratio(misspelt, all);
    f[10] = f[10].min(1.0);
}

/// Whether the words stand in another order than moving the family name explains, and whether descent is turned round.
fn orders(a: &Name, b: &Name, al: &Alignment, f: &mut [f32; SIGNS]) {
    let mut places = [0_u8; MOST_WORDS];
    let mut n = 0;
    for (i, w) in a.words.iter().take(MOST_WORDS).enumerate() {
        if al.left[i] != ALONE && w.role != Role::Particle && (n == 0 || places[n - 1] != al.left[i]) {
            places[n] = al.left[i];
            n += 1;
        }
    }
    let falls = (1..n).filter(|k| places[*k] < places[k - 1]).count();
    let turn = n > 1 && falls == 1 && places[n - 1] < places[0];
    f[13] = if falls == 0 {
        0.0
    } else if turn {
        0.3
    } else {
        1.0
    };
    let son = |name: &Name| name.words.iter().any(|w| w.role == Role::Particle && w.sense == SON);
    f[14] = flag(falls > 0 && (son(a) || son(b)));
}

fn suffix(name: &Name) -> u32 {
    name.words.iter().find(|w| w.role == Role::Suffix).map_or(0, |w| w.sense)
}

/// The script of the first word of the name proper.
pub(crate) fn script(name: &Name) -> Script {
    name.words.iter().find(|w| w.role == Role::Plain).or(name.words.first()).map_or(Script::Latin, |w| w.script)
}

/// Both names say what form of company, and no form is in both.
pub(crate) fn legal_forms_differ(a: &Name, b: &Name) -> bool {
    let forms = |n: &Name| {
        n.words.iter().filter(|w| w.role == Role::LegalForm).filter(|w| tells_form(w.sense)).fold(0_u64, |set, w| set | 1 << (w.sense % 64))
    };
    let (x, y) = (forms(a), forms(b));
    x != 0 && y != 0 && x & y == 0
}

/// Company and corporation say nothing of the form.
fn tells_form(sense: u32) -> bool {
    !crate::lexicon::VAGUE_FORMS.contains(&sense)
}

/// Whether the one word of `a` is made of the first letters of `b`.
pub(crate) fn acronym(a: &Name, b: &Name) -> bool {
    let mut proper = a.words.iter().filter(|w| stands(w));
    let (Some(word), None) = (proper.next(), proper.next()) else { return false };
    let letters = word.best().as_bytes();
    if !(2..=6).contains(&letters.len()) || word.script != Script::Latin {
        return false;
    }
    let firsts = |small: bool| {
        b.words
            .iter()
            .filter(move |w| w.role != Role::Title && (small || w.role != Role::Particle && w.role != Role::LegalForm))
            .filter_map(|w| w.best().as_bytes().first().copied())
    };
    letters.len() >= 2 && b.words.len() > 1 && (firsts(true).eq(letters.iter().copied()) || firsts(false).eq(letters.iter().copied()))
}
