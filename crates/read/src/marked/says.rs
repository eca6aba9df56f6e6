//! How surely an act is told, and who says so.

use super::acts::{Found, View, is_infinitive};
use super::tables::{Form, Meaning, case};
use crate::claim::Word;
use crate::language::Language;
use crate::lexicon::{Outcome, Stance, Telling};
use crate::token::Shape;
use crate::who::Who;

/// A word of saying with its speakers.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub first: usize,
    pub end: usize,
    pub stance: Stance,
    pub telling: Telling,
    pub speakers: Vec<Who>,
    /// `laut`, `据`: about the whole sentence.
    pub source: bool,
}

/// All that is said in a sentence.
pub(crate) fn said(view: &View<'_, '_>, found: &[Found]) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    for item in view.items {
        let Some((stance, telling)) = item.said.filter(|_| !found.iter().any(|f| f.first == item.first)) else { continue };
        let paper = paper(view, item.first, item.end);
        let party = speaker(view, item.first, item.end).filter(|_| paper.is_none());
        let speakers = party.into_iter().filter_map(|u| view.units[u].who.clone()).chain(paper).collect();
        out.push(Said { first: item.first, end: item.end, stance, telling, speakers, source: false });
    }
    for (at, unit) in view.units.iter().enumerate() {
        if let Some(who) = unit.who.clone().filter(|_| view.is_source(at)) {
            out.push(Said {
                first: view.marks[at].start.min(unit.first),
                end: unit.end,
                stance: Stance::Reports,
                telling: Telling::Reported,
                speakers: vec![who],
                source: true,
            });
        }
    }
    out
}

/// `einem UNO-Bericht zufolge`, `heißt es in dem Bericht`: no party says it, but a paper.
fn paper(view: &View<'_, '_>, first: usize, end: usize) -> Option<Who> {
    const PAPERS: [&str; 8] = ["bericht", "papier", "dokument", "schreiben", "mitteilung", "studie", "untersuchung", "gutachten"];
    let scene = view.scene;
    if scene.language != Language::De {
        return None;
    }
    let is_paper = |t: &usize| scene.atoms.get(*t).is_some_and(|a| a.capital) && PAPERS.iter().any(|p| scene.low(*t).ends_with(p));
    let at = match scene.low(end - 1) {
        "zufolge" => (first.saturating_sub(2)..first).rev().find(is_paper),
        "es" if scene.low(first).starts_with("h") => (end..end + 6).find(is_paper),
        _ => None,
    }?;
    let span = scene.span(at, at + 1);
    let name = scene.text(at, at + 1).to_owned();
    Some(Who { name, kind: None, countries: Vec::new(), media: true, plural: false, place: false, inferred: false, span })
}

/// Who speaks: the nearest party before the word, or right behind it where the order is turned around.
fn speaker(view: &View<'_, '_>, first: usize, end: usize) -> Option<usize> {
    let scene = view.scene;
    let next = |most: usize| {
        let mut all = (0..view.units.len()).filter(|u| view.units[*u].who.is_some());
        all.find(|u| view.units[*u].first >= end && view.units[*u].first <= end + most)
    };
    // `говорится в докладе`: nobody stands before it.
    if scene.language == Language::Ru && scene.low(first).ends_with("ся") {
        return next(3);
    }
    // A noun of saying has its speaker behind it: `Berichten der Medien`.
    if scene.language == Language::De && first > 0 && scene.atoms.get(first).is_some_and(|t| t.capital) {
        return next(2);
    }
    let before = speaker_before(view, first);
    match (before, speaker_behind(view, end)) {
        // `…, sagte der Minister`: turned around behind a comma or a quotation.
        (Some(b), Some(a)) => {
            let sign =
                first.checked_sub(1).and_then(|i| scene.atoms.get(i)).filter(|t| t.shape == Shape::Sign && t.text != "." && t.text != ")");
            let far = scene.language != Language::De || view.units[b].end + 1 < first;
            let turned = sign.is_some_and(|t| far || t.text != "," || t.is_quote());
            Some(if turned { a } else { b })
        }
        (None, None) if scene.language == Language::Ru => place_speaker(view, first),
        (b, a) => b.or(a),
    }
}

/// Whether a unit may stand as subject of a word of saying.
fn may_speak(view: &View<'_, '_>, at: usize) -> bool {
    let (unit, marks) = (&view.units[at], &view.marks[at]);
    let nominative = view.scene.language != Language::Ru || unit.cases == 0 || unit.cases & case::NOM != 0;
    let subject = marks.marker.as_ref().is_none_or(|(_, m)| m.roles.iter().any(|r| r == "subject"));
    unit.who.is_some() && !unit.adjective && nominative && subject && !marks.dative && !unit.receiver
}

/// Whether two places are near, with no end of a sentence between them.
fn close(view: &View<'_, '_>, from: usize, to: usize, most: usize) -> bool {
    to.saturating_sub(from) <= most && !(from..to).any(|i| matches!(view.scene.low(i), ";" | "；" | "。" | ":" | "："))
}

fn speaker_behind(view: &View<'_, '_>, end: usize) -> Option<usize> {
    let scene = view.scene;
    let at = (0..view.units.len()).find(|u| view.units[*u].first >= end).filter(|_| !scene.by_letters())?;
    let start = view.units[at].first;
    let open = (end..start).all(|i| !matches!(scene.low(i), "," | "que" | "dass" | "что" | "qu'"));
    (may_speak(view, at) && close(view, end, start, 5) && open).then_some(at)
}

fn speaker_before(view: &View<'_, '_>, first: usize) -> Option<usize> {
    let scene = view.scene;
    let reach = if scene.language == Language::Ko { 60 } else { 25 };
    let word = |i: &&super::units::Item<'_>| i.said.is_some() && i.acts.is_empty() && i.party.is_none();
    let other = |from: usize| view.items.iter().filter(word).any(|i| i.first >= from && i.end <= first);
    let fits = |u: &usize| {
        let stop = view.units[*u].end;
        stop <= first && may_speak(view, *u) && close(view, stop, first, reach) && !other(stop)
    };
    let all: Vec<usize> = (0..view.units.len()).rev().filter(fits).collect();
    match scene.language {
        // The first of its clause.
        Language::Zh => {
            let sign = |i: &usize| matches!(scene.low(*i), "，" | "," | "；" | "。" | "】");
            let clause = |u: usize| (0..view.units[u].first).rev().find(sign).map_or(0, |i| i + 1);
            let nearest = all.first().map(|u| clause(*u));
            all.into_iter().rev().find(|u| Some(clause(*u)) == nearest)
        }
        // The topic of the sentence speaks, not who acts in what is said.
        Language::Ko => {
            let verb = |i: &&super::units::Item<'_>| i.end <= first && i.acts.iter().any(|a| !a.noun);
            let told = view.items.iter().filter(verb).map(|i| i.end).max().unwrap_or(0);
            let marked = |u: &usize| view.marks[*u].marker.is_some();
            let topic = |u: &usize| view.marks[*u].marker.as_ref().is_some_and(|(t, _)| matches!(t.as_str(), "은" | "는"));
            let near = all.first().copied().filter(|u| told > 0 && view.units[*u].first >= told && marked(u));
            near.or_else(|| all.iter().copied().find(topic)).or_else(|| all.last().copied().filter(marked))
        }
        _ => all.first().copied(),
    }
}

/// `В Кремле это опровергли`: the house speaks.
fn place_speaker(view: &View<'_, '_>, first: usize) -> Option<usize> {
    (0..view.units.len()).rev().find(|u| {
        let unit = &view.units[*u];
        unit.end <= first
            && first - unit.end <= 3
            && unit.who.is_some()
            && view.marks[*u].marker.as_ref().is_some_and(|(t, _)| matches!(t.as_str(), "в" | "во"))
    })
}

/// The words of claims of a sentence. `place` maps acts to their numbers among those that were kept.
pub(crate) fn words(view: &View<'_, '_>, said: &[Said], found: &[Found], place: &[Option<usize>]) -> Vec<Word> {
    let breach = is_breach(view);
    let letters = matches!(view.scene.language, Language::Ko | Language::Zh);
    let keeps = keeps_the_rules(view) || (breach && !letters && has_not(view));
    let mut out: Vec<Word> = Vec::new();
    for word in said.iter().filter(|s| !s.speakers.is_empty()) {
        let about: Vec<usize> =
            (0..found.len()).filter(|f| covers(view, word, &found[*f])).filter_map(|f| place.get(f).copied().flatten()).collect();
        let own = (0..found.len())
            .filter(|f| covers(view, word, &found[*f]))
            .any(|f| found[f].event.givers.iter().chain(&found[f].event.receivers).any(|w| word.speakers.iter().any(|s| s.may_be(w))));
        let denied = own
            && (0..found.len())
                .any(|f| covers(view, word, &found[f]) && place.get(f).is_some_and(Option::is_some) && negated(view, &found[f]));
        let stance = match word.stance {
            Stance::Reports if denied => Stance::Denies,
            // `halte sich an alle Sanktionen`, `verstoße nicht gegen sie`.
            Stance::Reports if keeps && !word.source && !word.speakers.iter().any(|s| s.media) => Stance::Denies,
            Stance::Reports if breach => Stance::AssertsViolation,
            Stance::Reports if own && !word.source && !word.speakers.iter().any(|s| s.media) && about.iter().any(|_| true) => {
                Stance::Confirms
            }
            other => other,
        };
        let back = ["das", "dies", "dieses", "cela", "ceci", "esto", "eso", "это", "об", "이를", "这", "這", "此"];
        let of_earlier = about.is_empty()
            && (stance != Stance::Reports || (view.scene.atoms.len() > 1 && (0..3).any(|i| back.contains(&view.scene.low(i)))));
        let span = view.scene.span(word.first, word.end);
        let start = word.speakers.iter().map(|s| s.span.0).min().unwrap_or(span.0);
        let stop = word.speakers.iter().map(|s| s.span.1).max().unwrap_or(span.1);
        // A speaker named in another sentence has no words here.
        let (low, high) = view.scene.span(0, view.scene.atoms.len());
        let span = (span.0.min(start).clamp(low, high), span.1.max(stop).clamp(low, high));
        let said = Word::said(word.speakers.clone(), stance, Telling::Reported, about, span);
        out.push(Word { of_earlier, topical: breach, acts: false, ..said });
    }
    out
}

/// Stems of words for a breach of rules.
const BREACH: [&str; 20] = [
    "verstoß",
    "verstieß",
    "verstöß",
    "verletz",
    "illegal",
    "rechtswidrig",
    "viol",
    "illégal",
    "infra",
    "ilegal",
    "ilícit",
    "contraven",
    "наруш",
    "незаконн",
    "위반",
    "불법",
    "违反",
    "違反",
    "违法",
    "非法",
];

/// Stems of words for keeping to rules.
const KEEPS: [&str; 14] = [
    "befolg",
    "halte",
    "hält",
    "einhalt",
    "einhielt",
    "einklang",
    "respect",
    "conform",
    "cumpl",
    "respet",
    "соблюд",
    "준수",
    "遵守",
    "履行",
];

/// Stems of words for the rules that are kept.
const RULES: [&str; 16] = [
    "sanktion",
    "embargo",
    "beschränkung",
    "vorschrift",
    "resolution",
    "gesetz",
    "sanction",
    "résolution",
    "sanci",
    "resoluci",
    "санкц",
    "резолюц",
    "제재",
    "결의",
    "制裁",
    "决议",
];

/// Whether a sentence says that rules are kept.
fn keeps_the_rules(view: &View<'_, '_>) -> bool {
    let scene = view.scene;
    let has = |stems: &[&str]| {
        if scene.by_letters() {
            stems.iter().any(|b| !b.is_ascii() && scene.text(0, scene.atoms.len()).contains(b))
        } else {
            // `Exportbeschränkungen`: the rule may end a longer word.
            scene.atoms.iter().any(|t| stems.iter().any(|b| t.low.starts_with(b) || (b.len() > 6 && t.low.contains(b))))
        }
    };
    has(&KEEPS) && has(&RULES)
}

/// Whether a sentence has a word that negates.
fn has_not(view: &View<'_, '_>) -> bool {
    let scene = view.scene;
    (0..scene.atoms.len()).any(|i| scene.words.at(scene.atoms, i, i == 0).into_iter().any(|h| matches!(h.meaning, Meaning::Not)))
}

/// Whether a sentence speaks of breaking rules.
fn is_breach(view: &View<'_, '_>) -> bool {
    let scene = view.scene;
    let acts = view
        .items
        .iter()
        .flat_map(|i| &i.acts)
        .any(|a| a.kind.is_none() && a.outcome != Outcome::Banned && a.subject == crate::lexicon::Part::None);
    let letters = || scene.text(0, scene.atoms.len());
    acts || if scene.by_letters() {
        BREACH.iter().any(|b| !b.is_ascii() && letters().contains(b))
    } else {
        scene.atoms.iter().any(|t| BREACH.iter().any(|b| t.low.starts_with(b)))
    }
}

/// Whether a word of saying is about an act of the sentence.
fn covers(view: &View<'_, '_>, word: &Said, found: &Found) -> bool {
    if word.source {
        return true;
    }
    // Two words of saying: each is about the acts next to it.
    let between = |a: usize, b: usize| {
        view.items
            .iter()
            .any(|i| i.first >= a && i.end <= b && i.said.is_some_and(|(s, _)| s != word.stance) && i.acts.is_empty() && i.party.is_none())
    };
    if word.end <= found.first { !between(word.end, found.first) } else { !between(found.end, word.first) }
}

/// How surely an act is told.
pub(crate) fn telling(view: &View<'_, '_>, found: &Found, said: &[Said]) -> Option<Telling> {
    match found.act.outcome {
        Outcome::Demanded | Outcome::Banned | Outcome::Observed => return None,
        _ => {}
    }
    let about: Vec<&Said> = said.iter().filter(|s| covers(view, s, found)).collect();
    let own = |s: &Said| s.speakers.iter().any(|w| found.event.givers.iter().chain(&found.event.receivers).any(|p| p.may_be(w)));
    let near = |s: &&&Said| s.first.abs_diff(found.end).min(s.end.abs_diff(found.first)) < 60;
    if about.iter().any(|s| {
        s.stance == Stance::Denies
            && (own(s) || s.speakers.is_empty() || is_infinitive(view.scene, &item_at(view, found.first)) || found.act.noun)
    }) {
        return Some(Telling::Denied);
    }
    let demanded = about.iter().filter(near).any(|s| {
        s.stance == Stance::Demands
            && s.end <= found.first
            && (is_infinitive(view.scene, &item_at(view, found.first)) || found.act.noun || view.scene.by_letters())
    });
    // What is asked for needs somebody who would do it.
    if demanded {
        return (!found.event.givers.is_empty()).then_some(Telling::Hypothetical);
    }
    if negated(view, found) {
        return Some(Telling::Denied);
    }
    let cue = cue(view, found);
    if let Some(telling @ (Telling::Denied | Telling::Hypothetical | Telling::Attempted | Telling::Planned)) = cue {
        return Some(telling);
    }
    match found.act.outcome {
        Outcome::Planned => return Some(Telling::Planned),
        Outcome::Attempted | Outcome::Stopped => return Some(Telling::Attempted),
        _ => {}
    }
    if found.attempted {
        return Some(Telling::Attempted);
    }
    let alleged =
        about.iter().any(|s| s.telling == Telling::Alleged) || cue == Some(Telling::Alleged) || found.act.status == Some(Telling::Alleged);
    if alleged {
        return Some(Telling::Alleged);
    }
    if about.iter().any(|s| s.telling == Telling::Confirmed && (own(s) || s.stance == Stance::Confirms)) || cue == Some(Telling::Confirmed)
    {
        return Some(Telling::Confirmed);
    }
    Some(Telling::Reported)
}

fn item_at(view: &View<'_, '_>, first: usize) -> super::units::Item<'static> {
    view.items.iter().find(|i| i.first == first).cloned().unwrap_or(super::units::Item {
        first,
        end: first + 1,
        party: None,
        goods: None,
        acts: Vec::new(),
        said: None,
        inner: None,
    })
}

/// Whether a negation reaches the act.
fn negated(view: &View<'_, '_>, found: &Found) -> bool {
    let scene = view.scene;
    let low = |i: usize| scene.low(i);
    let nots: Vec<(usize, usize)> = (found.lo..scene.atoms.len())
        .filter_map(|i| {
            scene.words.at(scene.atoms, i, i == 0).into_iter().find(|h| matches!(h.meaning, Meaning::Not)).map(|h| (h.first, h.end))
        })
        .collect();
    let inside = |(first, end): &(usize, usize)| *first >= found.lo && *end <= found.hi;
    match scene.language {
        Language::De => nots.iter().any(|n| inside(n) && !matches!(low(n.0), "noch" | "ohne" | "kaum") && !matches!(low(n.1), "nur")),
        Language::Fr => nots.iter().any(|n| {
            inside(n)
                && (n.1 <= found.end || n.0 <= found.end + 2)
                && (matches!(low(n.0), "ne" | "n'")
                    && (n.1..found.end + 4).any(|i| matches!(low(i), "pas" | "jamais" | "plus" | "aucun" | "aucune" | "rien" | "point"))
                    || matches!(low(n.0), "aucun" | "aucune" | "jamais")
                    || low(n.0).starts_with("refus"))
        }),
        Language::Es => {
            nots.iter().any(|n| inside(n) && n.1 <= found.first && (found.first - n.1 <= 5 || !matches!(low(n.0), "no" | "sin" | "ni")))
        }
        Language::Ru => nots.iter().any(|n| {
            inside(n)
                && n.1 <= found.first
                && (found.first - n.1 <= 1 || (!matches!(low(n.0), "не" | "без" | "вместо" | "нет") && found.first - n.1 <= 6))
        }),
        Language::Ko => nots.iter().any(|n| {
            (n.0 >= found.end && n.0 <= found.end + 4 && !scene.text(found.end, n.0).contains(','))
                || (n.1 <= found.first && found.first - n.1 <= 1 && low(n.0) == "안" && n.1 == n.0 + 1 && !scene.atoms[n.0].tied)
        }),
        Language::Zh => nots.iter().any(|n| {
            inside(n)
                && n.1 <= found.first
                && found.first - n.1 <= 12
                && !scene.atoms[n.0].text.is_empty()
                && !view.items.iter().any(|i| i.first < n.0 && n.0 < i.end)
        }),
        Language::En => false,
    }
}

/// The strongest cue of status that reaches the act.
fn cue(view: &View<'_, '_>, found: &Found) -> Option<Telling> {
    let scene = view.scene;
    let sentence = matches!(scene.language, Language::Ko);
    let (from, to) = (found.lo, if sentence { scene.atoms.len() } else { found.hi });
    // `수출하려 한`: was about to.
    let ending = found.end.checked_sub(1).map_or("", |i| scene.low(i));
    if scene.language == Language::Ko && ending == "려" && matches!(scene.low(found.end), "한" | "했" | "던" | "다") {
        return Some(Telling::Attempted);
    }
    let mut best: Option<Telling> = None;
    for at in 0..scene.atoms.len() {
        for hit in scene.words.at(scene.atoms, at, at == 0) {
            let Meaning::Status { telling, needs } = hit.meaning else { continue };
            let inside = hit.first >= from && hit.end <= to;
            // What only says how surely something is told reaches over the whole sentence.
            let wide = matches!(telling, Telling::Alleged | Telling::Reported) && needs.is_none() && scene.language != Language::Ko;
            let own = hit.first >= found.first && hit.end <= found.end;
            let part = view
                .items
                .iter()
                .any(|i| i.first < hit.first && hit.first < i.end && scene.by_letters() || (i.first <= hit.first && hit.end < i.end));
            if !(inside || wide) || own || part || !needed(view, found, &hit, *needs) || !holds(view, found, &hit, *telling) {
                continue;
            }
            best = match best {
                Some(old) if rank(old) >= rank(*telling) => Some(old),
                _ => Some(*telling),
            };
        }
    }
    best
}

fn rank(telling: Telling) -> u8 {
    match telling {
        Telling::Reported => 0,
        Telling::Confirmed => 1,
        Telling::Alleged => 2,
        Telling::Planned => 3,
        Telling::Attempted => 4,
        Telling::Hypothetical => 5,
        Telling::Denied => 6,
    }
}

/// Whether the form that the cue governs is there.
fn needed(view: &View<'_, '_>, found: &Found, hit: &super::tables::Hit<'_>, needs: Option<&str>) -> bool {
    let scene = view.scene;
    match needs {
        Some("pp") => found.act.form == Form::Past && hit.first.abs_diff(found.first) < 30,
        Some("inf") => {
            let infinitive = is_infinitive(scene, &item_at(view, found.first)) && found.act.form != Form::Past;
            infinitive && (scene.language == Language::De || (hit.end <= found.first && found.first - hit.end <= 6))
        }
        _ => true,
    }
}

/// What the tables cannot say: where a cue must stand.
fn holds(view: &View<'_, '_>, found: &Found, hit: &super::tables::Hit<'_>, telling: Telling) -> bool {
    let scene = view.scene;
    let low = scene.low(hit.first);
    match (scene.language, telling) {
        // 将 is also the mark of the thing: then the thing follows.
        (Language::Zh, Telling::Planned | Telling::Attempted) => {
            let thing = matches!(low, "将" | "將")
                && hit.end == hit.first + 1
                && view.units.iter().any(|u| u.first >= hit.end && u.first <= hit.end + 3 && u.thing.is_some() && u.end <= found.first);
            hit.end <= found.first && !thing
        }
        (Language::Ko, Telling::Planned) => hit.first >= found.end && hit.first <= found.end + 12,
        (Language::Ko, Telling::Hypothetical | Telling::Attempted) => hit.first >= found.end && hit.first <= found.end + 10 || low == "만",
        (Language::Ko, _) => hit.first >= found.end,
        (_, Telling::Attempted) => hit.end <= found.first + 12,
        (Language::Es, Telling::Hypothetical) => !(low == "si" && hit.end > found.first),
        // Speakers deny: said words see to it.
        (_, Telling::Denied) => false,
        (_, Telling::Planned) => found.act.form != Form::Past || scene.language == Language::De,
        _ => true,
    }
}
