//! Reading by marks: Korean, Russian, German, French, Spanish and Chinese. No grammar of the whole sentence; what the tables know is found, and the
//! roles come from verbs, from prepositions, cases and particles beside the mentions, and from order. Less is found than in English, and the
//! [`crate::Reading`] says so.

mod acts;
mod atoms;
mod clauses;
mod says;
mod tables;
mod times;
mod units;

use crate::claim::Word;
use crate::event::{Event, each_party};
use crate::gazetteer::Gazetteer;
use crate::language::Language;
use crate::lexicon::Telling;
use crate::what::GoodsWords;
use crate::who::Who;
use acts::{Found, View};
use model::Date;
use tables::Words;
use units::{Known, Scene};

pub use tables::problems;

/// What was read: acts with how surely they are told and by whom, and words of speakers with how many acts stood before them.
pub(crate) type Read = (Vec<(Event, Telling, Vec<Who>)>, Vec<(usize, Word)>);

/// Reads a text in one of the languages with a table; nothing in others.
pub(crate) fn read(gazetteer: &Gazetteer, text: &str, published: Option<Date>, language: Language, goods: &GoodsWords<'_>) -> Read {
    let (mut told, mut words_said) = (Vec::new(), Vec::new());
    let Some(words) = Words::of(language) else { return (told, words_said) };
    let taken = atoms::atoms(text, language, &words.abbreviations, &|low| words.is_month(low));
    let mut known = Known::default();
    let scene = |first: usize, end: usize| Scene { text, atoms: taken.all.get(first..end).unwrap_or(&[]), language, words, goods };
    // Persons with their full names first: a headline has only `Kim`.
    for (first, end) in taken.sentences.iter().take(60).copied() {
        units::persons(&scene(first, end), gazetteer, &mut known);
    }
    if matches!(language, Language::De | Language::Fr | Language::Es) {
        known.set_default("kim", "Kim", "KP");
    }
    for (number, (first, end)) in taken.sentences.iter().enumerate() {
        let scene = scene(*first, *end);
        let items = units::items(&scene, gazetteer);
        let units = units::units(&scene, &items, &mut known);
        let view = View::new(&scene, &items, &units, number);
        let mut found = acts::acts(&view);
        date(&view, &mut found, published);
        at_home(&view, &mut found);
        let said = says::said(&view, &found);
        let offset = told.len();
        let mut place = vec![None; found.len()];
        for (at, act) in found.iter().enumerate() {
            let Some(telling) = says::telling(&view, act, &said) else { continue };
            place[at] = Some(told.len());
            told.extend(each_party(text, act.event.clone()).into_iter().map(|event| (event, telling, Vec::new())));
        }
        for word in says::words(&view, &said, &found, &place) {
            for at in &word.about {
                if let Some((.., sources)) = told.get_mut(*at) {
                    sources.extend(word.speakers.iter().cloned());
                }
            }
            if word.about.is_empty() && word.of_earlier && word.stance == crate::lexicon::Stance::Reports {
                told.last_mut().into_iter().for_each(|(.., sources)| sources.extend(word.speakers.iter().cloned()));
            }
            words_said.push((offset, word));
        }
    }
    (told, words_said)
}

/// Whom a German office pursues is taken to be of Germany, where nothing else is told: `die Firma, so die Staatsanwaltschaft`.
fn at_home(view: &View<'_, '_>, found: &mut [Found]) {
    use model::PartyType as P;
    const OFFICES: [&str; 9] = [
        "staatsanwaltschaft",
        "bundesanwaltschaft",
        "generalbundesanwalt",
        "landgericht",
        "amtsgericht",
        "zoll",
        "zollfahndung",
        "zollkriminalamt",
        "anklage",
    ];
    const ELSEWHERE: [&str; 6] = ["österreich", "österreichische", "wien", "schweiz", "schweizer", "zürich"];
    let scene = view.scene;
    let told = |words: &[&str]| (0..scene.atoms.len()).any(|at| words.contains(&scene.low(at)));
    if scene.language != Language::De || !told(&OFFICES) || told(&ELSEWHERE) {
        return;
    }
    let open = |w: &&mut Who| w.countries.is_empty() && matches!(w.kind, Some(P::Person | P::Company));
    for who in found.iter_mut().flat_map(|f| &mut f.event.givers).filter(open) {
        who.countries.extend(model::Country::new("DE"));
        who.inferred = true;
    }
}

/// How the sentences of a text are taken apart, for people who work on the reader.
pub(crate) fn shown(gazetteer: &Gazetteer, text: &str, language: Language, goods: &GoodsWords<'_>) -> String {
    let Some(words) = Words::of(language) else { return String::new() };
    let taken = atoms::atoms(text, language, &words.abbreviations, &|low| words.is_month(low));
    let mut out = String::new();
    let mut known = Known::default();
    for (first, end) in &taken.sentences {
        let scene = Scene { text, atoms: taken.all.get(*first..*end).unwrap_or(&[]), language, words, goods };
        let items = units::items(&scene, gazetteer);
        let units = units::units(&scene, &items, &mut known);
        let view = View::new(&scene, &items, &units, 0);
        for i in &items {
            let acts: Vec<String> = i.acts.iter().map(|a| format!("{:?} {:?}->{:?} {:?}", a.kind, a.subject, a.object, a.form)).collect();
            out.push_str(&format!(
                "  item {}..{} {} party {} goods {:?} acts {acts:?} said {:?}\n",
                i.first,
                i.end,
                scene.text(i.first, i.end),
                i.party.is_some(),
                i.goods,
                i.said
            ));
        }
        for (u, m) in units.iter().zip(&view.marks) {
            out.push_str(&format!(
                "  unit {}..{} {} who {:?} cases {} mark {:?} dative {}\n",
                u.first,
                u.end,
                scene.text(u.first, u.end),
                u.who.as_ref().map(|w| &w.countries),
                u.cases,
                m.marker.as_ref().map(|(t, m)| (t, &m.roles)),
                m.dative
            ));
        }
        let found = acts::acts(&view);
        for f in &found {
            let names = |l: &[Who]| l.iter().map(|w| w.name.clone()).collect::<Vec<_>>().join("+");
            out.push_str(&format!(
                "EVENT {} {}..{} {} -> {} {:?}\n",
                f.event.kind.word(),
                f.lo,
                f.hi,
                names(&f.event.givers),
                names(&f.event.receivers),
                f.event.things.iter().map(|t| &t.words).collect::<Vec<_>>()
            ));
        }
        for s in says::said(&view, &found) {
            out.push_str(&format!(
                "SAID {} {:?} {:?}\n",
                scene.text(s.first, s.end),
                s.stance,
                s.speakers.iter().map(|w| &w.name).collect::<Vec<_>>()
            ));
        }
    }
    out
}

/// Gives each act the time nearest to it in its clause, or in the sentence when it is the only act there.
fn date(view: &View<'_, '_>, found: &mut [Found], published: Option<Date>) {
    let scene = view.scene;
    let times = times::times(scene.words, scene.atoms, scene.language, published);
    let alone = found.len() == 1;
    for act in found {
        let free = |t: &&times::Time| {
            let gap = |a: usize, b: usize| if b >= a { b - a } else { usize::MAX };
            // `berichteten am Dienstag`: the time of the saying.
            let saying = view
                .items
                .iter()
                .filter(|i| i.said.is_some() && i.acts.is_empty() && i.party.is_none())
                .map(|i| gap(i.end, t.first).min(gap(t.end, i.first)))
                .min()
                .unwrap_or(usize::MAX);
            let own = gap(act.end, t.first).min(gap(t.end, act.first));
            saying > 3 || own <= saying
        };
        let inside = |t: &&times::Time| t.first >= act.lo && t.end <= act.hi;
        let distance = |t: &&times::Time| t.first.abs_diff(act.first);
        let best = times
            .iter()
            .filter(inside)
            .filter(free)
            .min_by_key(distance)
            .or_else(|| times.iter().filter(|_| alone).filter(free).min_by_key(distance));
        act.event.when = best.map(|t| (t.when, scene.span(t.first, t.end)));
    }
}
