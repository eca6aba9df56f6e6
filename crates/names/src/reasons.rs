//! How a likeness came about, in words for the clerk who has to decide.

use crate::align::{ALONE, Alignment, Plain, align, stands};
use crate::evidence::{acronym, evidence, legal_forms_differ, script};
use crate::lexicon::BuiltIn;
use crate::name::{Name, Role, Word};
use crate::tie::{How, tie};
use crate::tokens::MOST_WORDS;
use std::fmt;

/// One thing that speaks for or against two names being one; shown as a short sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The names are the same word for word.
    SameName,
    /// A word of the query stands for a word of the listed name.
    Pair {
        /// The word of the query.
        query: String,
        /// The word of the listed name.
        listed: String,
        /// How they are the same.
        how: How,
    },
    /// A word of each name stands against another.
    Differs {
        /// What the words do in their names.
        what: &'static str,
        /// The words of the query that the listed name does not have.
        query: String,
        /// The words of the listed name that the query does not have.
        listed: String,
    },
    /// The query has words more than the listed name.
    OnlyInQuery(String),
    /// The listed name has words more than the query.
    OnlyInListed(String),
    /// A title that was left out of the comparison.
    Title(String),
    /// A legal form that only one of the two has.
    FormLeftOut(String),
    /// The words stand in another order.
    Order,
    /// "A son of B" against "B son of A".
    Descent,
    /// One name is made of the first letters of the other.
    Acronym,
    /// The names are in two scripts.
    Scripts {
        /// The script of the query.
        query: &'static str,
        /// The script of the listed name.
        listed: &'static str,
    },
    /// Letters of another script that only look alike were read as what they look like.
    Lookalikes,
    /// Invisible signs were taken out.
    Hidden,
    /// The name was too long; only its beginning was compared.
    Cut,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::SameName => write!(f, "the same name"),
            Reason::Pair { query, listed, how } => match how {
                How::Variant => write!(f, "“{query}” and “{listed}” are forms of one name"),
                How::Romanisation => write!(f, "“{query}”: other romanisation of “{listed}”"),
                How::Spelling => write!(f, "“{query}”: nearly spelt as “{listed}”"),
                How::Ending => write!(f, "“{query}” and “{listed}” differ as a man's and a woman's name"),
                How::Familiar => write!(f, "“{query}”: familiar form of “{listed}”"),
                How::Initial => write!(f, "“{query}” may stand for “{listed}”"),
                How::Joined => write!(f, "“{query}” is “{listed}” with other spaces"),
                How::Exact | How::Not => write!(f, "“{query}” and “{listed}”"),
            },
            Reason::Differs { what, query, listed } => write!(f, "{what} differs: “{query}” against “{listed}”"),
            Reason::OnlyInQuery(words) => write!(f, "“{words}” is not in the listed name"),
            Reason::OnlyInListed(words) => write!(f, "“{words}” of the listed name was not given"),
            Reason::Title(words) => write!(f, "title “{words}” left out"),
            Reason::FormLeftOut(words) => write!(f, "“{words}” left out"),
            Reason::Order => write!(f, "the words stand in another order"),
            Reason::Descent => write!(f, "son and father change places"),
            Reason::Acronym => write!(f, "one name is made of the first letters of the other"),
            Reason::Scripts { query, listed } => write!(f, "{query} letters against {listed} letters"),
            Reason::Lookalikes => write!(f, "letters of another script that only look alike were found and read as what they look like"),
            Reason::Hidden => write!(f, "invisible signs in the name were taken out"),
            Reason::Cut => write!(f, "the name is too long; only its beginning was compared"),
        }
    }
}

/// Why the two names are as alike as they are. Slower than [`crate::judge`]; meant for what is shown.
#[must_use]
pub fn explain(query: &Name, listed: &Name) -> Vec<Reason> {
    let al = align(query, listed, &Plain { query, listed, tie: |i: usize, j: usize| tie(&query.words[i], &listed.words[j]) });
    let signs = evidence(query, listed, &al, &BuiltIn).signs;
    let mut out = Vec::new();
    if signs[27] >= 1.0 && (0..query.words.len().min(MOST_WORDS)).all(|i| !stands(&query.words[i]) || al.left_tie[i].how == How::Exact) {
        out.push(Reason::SameName);
    }
    if script(query) != script(listed) {
        out.push(Reason::Scripts { query: script(query).word(), listed: script(listed).word() });
    }
    pair_reasons(query, listed, &al, &mut out);
    left_over(query, listed, &al, &mut out);
    forms_and_titles(query, listed, &mut out);
    if signs[14] > 0.0 {
        out.push(Reason::Descent);
    } else if signs[13] > 0.0 {
        out.push(Reason::Order);
    }
    if signs[26] > 0.0 && (acronym(query, listed) || acronym(listed, query)) {
        out.push(Reason::Acronym);
    }
    for (flag, reason) in [
        (query.flags.lookalikes || listed.flags.lookalikes, Reason::Lookalikes),
        (query.flags.hidden || listed.flags.hidden, Reason::Hidden),
        (query.flags.cut || listed.flags.cut, Reason::Cut),
    ] {
        if flag {
            out.push(reason);
        }
    }
    out
}

/// A word as it is shown: with a capital, in its own script.
fn shown(w: &Word) -> String {
    let mut letters = w.text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn shown_all<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    words.map(shown).collect::<Vec<_>>().join(" ")
}

fn pair_reasons(query: &Name, listed: &Name, al: &Alignment, out: &mut Vec<Reason>) {
    let mut done = [false; MOST_WORDS];
    for (i, w) in query.words.iter().take(MOST_WORDS).enumerate() {
        let (j, t) = (al.left[i], al.left_tie[i]);
        if j == ALONE || done[i] || matches!(t.how, How::Exact) {
            continue;
        }
        // Several words of one side that stand against one word of the other are shown together.
        let run: Vec<usize> = (i..query.words.len().min(MOST_WORDS)).filter(|k| al.left[*k] == j).collect();
        for k in &run {
            done[*k] = true;
        }
        let others: Vec<usize> = (0..listed.words.len().min(MOST_WORDS)).filter(|k| al.right[*k] as usize == i).collect();
        let theirs =
            if others.is_empty() { shown(&listed.words[j as usize]) } else { shown_all(others.iter().map(|k| &*listed.words[*k])) };
        let ours = shown_all(run.iter().map(|k| &*query.words[*k]));
        if ours == theirs || w.role == Role::Particle {
            continue;
        }
        out.push(Reason::Pair { query: ours, listed: theirs, how: t.how });
    }
}

fn what(role: Role) -> &'static str {
    match role {
        Role::Patronymic => "father's name",
        Role::Number => "number",
        Role::OrgWord => "line of work",
        Role::Place => "place",
        Role::Initial => "initial",
        _ => "name",
    }
}

fn left_over(query: &Name, listed: &Name, al: &Alignment, out: &mut Vec<Reason>) {
    let over = |name: &Name, to: &[u8; MOST_WORDS], wanted: &[Role]| -> Vec<Word> {
        let words = name.words.iter().take(MOST_WORDS).enumerate();
        words.filter(|(i, w)| to[*i] == ALONE && stands(w) && wanted.contains(&w.role)).map(|(_, w)| Word::clone(w)).collect()
    };
    for roles in [&[Role::Plain][..], &[Role::Patronymic], &[Role::Number], &[Role::OrgWord], &[Role::Place], &[Role::Initial]] {
        let (ours, theirs) = (over(query, &al.left, roles), over(listed, &al.right, roles));
        let (q, l) = (shown_all(ours.iter()), shown_all(theirs.iter()));
        match (q.is_empty(), l.is_empty()) {
            (false, false) => out.push(Reason::Differs { what: what(roles[0]), query: q, listed: l }),
            (false, true) => out.push(Reason::OnlyInQuery(q)),
            (true, false) => out.push(Reason::OnlyInListed(l)),
            (true, true) => {}
        }
    }
    let suffix = |name: &Name| name.words.iter().find(|w| w.role == Role::Suffix).cloned();
    match (suffix(query), suffix(listed)) {
        (Some(a), Some(b)) if a.sense != b.sense => {
            out.push(Reason::Differs { what: "suffix", query: shown(&a), listed: shown(&b) });
        }
        (Some(a), None) => out.push(Reason::OnlyInQuery(shown(&a))),
        (None, Some(b)) => out.push(Reason::OnlyInListed(shown(&b))),
        _ => {}
    }
}

fn forms_and_titles(query: &Name, listed: &Name, out: &mut Vec<Reason>) {
    let of = |name: &Name, role: Role| shown_all(name.words.iter().map(|w| &**w).filter(|w| w.role == role));
    let (ours, theirs) = (of(query, Role::LegalForm), of(listed, Role::LegalForm));
    if legal_forms_differ(query, listed) {
        out.push(Reason::Differs { what: "legal form", query: ours, listed: theirs });
    } else if ours.is_empty() != theirs.is_empty() {
        out.push(Reason::FormLeftOut(format!("{ours}{theirs}")));
    }
    let (ours, theirs) = (of(query, Role::Title), of(listed, Role::Title));
    if ours != theirs {
        for t in [ours, theirs] {
            if !t.is_empty() {
                out.push(Reason::Title(t));
            }
        }
    }
}
