//! Acts: which party gives, which gets, and what, by the roles of verbs and the marks of mentions.

use super::clauses::{Marks, is_boundary, is_subordinator, marks, window};
use super::tables::{Act, Form, case};
use super::units::{Item, Scene, Unit, is_joiner};
use crate::event::Event;
use crate::language::Language;
use crate::lexicon::{Outcome, Part};
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::{ActKind, Country, PartyType};

/// An act with the place of what tells it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub event: Event,
    pub act: &'static Act,
    pub first: usize,
    pub end: usize,
    pub lo: usize,
    pub hi: usize,
    /// A mark says that it was only on its way: `bound for`.
    pub attempted: bool,
}

/// A sentence with its units and their marks.
pub(crate) struct View<'a, 't> {
    pub scene: &'a Scene<'a, 't>,
    pub items: &'a [Item<'static>],
    pub units: &'a [Unit],
    pub marks: Vec<Marks<'static>>,
    pub number: usize,
}

impl<'a, 't> View<'a, 't> {
    pub fn new(scene: &'a Scene<'a, 't>, items: &'a [Item<'static>], units: &'a [Unit], number: usize) -> Self {
        let marks = units.iter().map(|u| marks(scene, items, u)).collect();
        Self { scene, items, units, marks, number }
    }

    /// Whether a mention is told as a source: `laut Yonhap`.
    pub fn is_source(&self, unit: usize) -> bool {
        self.marks.get(unit).and_then(|m| m.marker.as_ref()).is_some_and(|(_, m)| m.roles.iter().any(|r| r == "source"))
    }

    /// Whether only signs, articles and joining words stand between two units.
    fn joined(&self, unit: usize) -> bool {
        let (Some(before), Some(here)) = (unit.checked_sub(1).and_then(|b| self.units.get(b)), self.units.get(unit)) else { return false };
        let range = before.end..here.first;
        !range.is_empty()
            && range.len() <= 3
            && range.clone().any(|i| is_joiner(self.scene.low(i)))
            && range.into_iter().all(|i| {
                is_joiner(self.scene.low(i))
                    || super::units::is_determiner(self.scene.language, self.scene.low(i))
                    || self.marks.get(unit).is_some_and(|m| m.start <= i)
            })
    }
}

#[derive(Default)]
struct Roles {
    givers: Vec<usize>,
    receivers: Vec<usize>,
    weak_givers: Vec<usize>,
    weak_receivers: Vec<usize>,
    carriers: Vec<usize>,
    goods: Vec<usize>,
    via: Vec<usize>,
    attempted: bool,
}

/// Most words of giving of a sentence that are looked at: a list of hundreds tells nothing, and cost stays in proportion to length.
const MOST: usize = 32;

/// All acts of a sentence.
pub(crate) fn acts(view: &View<'_, '_>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for item in view.items.iter().filter(|i| !i.acts.is_empty()).take(MOST) {
        for act in &item.acts {
            if act.kind.is_none() || act.outcome == Outcome::Banned || is_banned(view, item, act) {
                continue;
            }
            if let Some(tail) = &act.tail
                && !view.scene.text(item.end, view.scene.atoms.len()).to_lowercase().contains(tail.as_str())
            {
                continue;
            }
            if let Some(found) = one(view, item, act) {
                let same = |f: &Found| f.first == found.first;
                match out.iter_mut().find(|f| same(f)) {
                    Some(other) if filled(&found.event) > filled(&other.event) => *other = found,
                    Some(_) => {}
                    None => out.push(found),
                }
            }
        }
    }
    settle(view, out)
}

/// Whether the clause speaks of what is forbidden.
fn is_banned(view: &View<'_, '_>, item: &Item<'_>, act: &Act) -> bool {
    let (lo, hi) = window(view.scene, view.items, item.first, item.end);
    let bans = view.items.iter().filter(|i| i.acts.iter().any(|a| a.outcome == Outcome::Banned));
    let governed = act.noun || view.scene.by_letters() || is_infinitive(view.scene, item);
    governed && bans.into_iter().any(|b| act.noun || (b.first >= lo && b.end <= hi.max(item.end + 8)))
}

fn filled(event: &Event) -> usize {
    usize::from(!event.givers.is_empty()) + usize::from(!event.receivers.is_empty()) + usize::from(event.things.iter().any(|t| !t.generic))
}

/// Drops what says no more than another act of the sentence: nouns beside verbs, seizures of what is on its way.
fn settle(view: &View<'_, '_>, mut all: Vec<Found>) -> Vec<Found> {
    let stopped = |f: &Found| f.act.outcome == Outcome::Stopped;
    let seized = view.items.iter().flat_map(|i| &i.acts).any(|a| a.outcome == Outcome::Stopped && !a.noun);
    if seized && all.iter().any(|f| !stopped(f)) {
        all.retain(|f| !stopped(f));
        all.iter_mut().for_each(|f| f.attempted = true);
    }
    let verbs: Vec<Event> = all.iter().filter(|f| !f.act.noun).map(|f| f.event.clone()).collect();
    let meets = |a: &[Who], b: &[Who]| a.iter().any(|x| b.iter().any(|y| x.may_be(y)));
    all.retain(|f| {
        let both = !f.event.givers.is_empty() && !f.event.receivers.is_empty();
        let told = verbs.iter().any(|v| meets(&v.givers, &f.event.givers) || meets(&v.receivers, &f.event.receivers));
        !f.act.noun || (both && !told)
    });
    all
}

/// Whether the form of a verb is one that other verbs govern.
pub(crate) fn is_infinitive(scene: &Scene<'_, '_>, item: &Item<'_>) -> bool {
    let low = scene.low(item.first);
    match scene.language {
        Language::De => {
            low.ends_with('n')
                && scene.atoms.get(item.end).is_none_or(|_| {
                    is_boundary(scene, item.end)
                        || matches!(scene.low(item.end), "und" | "zu" | "wollen" | "soll" | "sollen" | "wird" | "werden")
                })
        }
        Language::Fr => low.ends_with("er") || low.ends_with("ir") || low.ends_with("re"),
        Language::Es => ["ar", "er", "ir", "rle", "rles", "rlo", "rla", "rlos", "rlas"].iter().any(|e| low.ends_with(e)),
        Language::Ru => low.ends_with("ть") || low.ends_with("ти") || low.ends_with("ться"),
        _ => false,
    }
}

/// Whether the clause has one of these words.
fn has(scene: &Scene<'_, '_>, lo: usize, hi: usize, words: &[&str]) -> bool {
    (lo..hi).any(|i| words.contains(&scene.low(i)))
}

/// Whether what stands as subject is what is given, and not who gives.
fn is_passive(scene: &Scene<'_, '_>, act: &Act, item: &Item<'_>, lo: usize, hi: usize) -> bool {
    if act.passive || act.form != Form::Past {
        return act.passive;
    }
    let near = item.first.saturating_sub(5).max(lo);
    match scene.language {
        Language::De => {
            has(scene, lo, hi, &["wurde", "wurden", "worden", "wird", "werden", "werde", "ist", "sind", "sei", "seien", "war", "waren"])
                && !has(scene, lo, hi, &["hat", "haben", "habe", "hatte", "hatten"])
                || !has(scene, lo, hi, &["hat", "haben", "habe", "hatte", "hatten", "hätte", "hätten", "bekommen", "bekam", "erhalten"])
        }
        Language::Fr => {
            has(
                scene,
                near,
                item.first,
                &["été", "est", "sont", "était", "étaient", "être", "furent", "fut", "soient", "serait", "seraient", "sera", "seront"],
            ) || !has(
                scene,
                near,
                item.first,
                &["a", "ont", "avait", "avaient", "avoir", "aurait", "auraient", "ait", "aient", "avons", "ai", "ayant", "aura", "auront"],
            )
        }
        Language::Es => {
            has(
                scene,
                near,
                item.first,
                &[
                    "sido", "fue", "fueron", "es", "son", "era", "eran", "ser", "será", "serán", "sería", "serían", "sea", "sean",
                    "siendo", "fuera", "fueran",
                ],
            ) || !has(
                scene,
                near,
                item.first,
                &["ha", "han", "había", "habían", "haber", "habría", "habrían", "haya", "hayan", "hemos", "habiendo", "habrá", "habrán"],
            )
        }
        _ => act.passive,
    }
}

/// The participle stands with a verb of getting: `ein Auto geschenkt bekommen`.
fn gets(scene: &Scene<'_, '_>, act: &Act, lo: usize, hi: usize) -> bool {
    scene.language == Language::De
        && act.form == Form::Past
        && has(scene, lo, hi, &["bekommen", "bekam", "bekamen", "bekommt", "erhielt", "erhielten", "kriegen"])
}

fn one(view: &View<'_, '_>, item: &Item<'static>, act: &'static Act) -> Option<Found> {
    let scene = view.scene;
    let (lo, hi) = window(scene, view.items, item.first, item.end);
    let passive = is_passive(scene, act, item, lo, hi);
    let mut roles = Roles::default();
    let mut last: Option<(Part, bool)> = None;
    for at in 0..view.units.len() {
        let unit = &view.units[at];
        let near =
            unit.first >= lo && unit.end <= hi || (scene.language == Language::Ko && act.noun && unit.first >= lo && unit.first <= hi + 3);
        if !near || (unit.first < item.end && unit.end > item.first) || view.is_source(at) {
            last = None;
            continue;
        }
        let own = role(view, item, act, passive, at, &roles, (lo, hi));
        // `nach Syrien und Libyen`: the mark before the first holds for both.
        let shared = view.joined(at) && view.marks[at].marker.is_none() && at > 0 && view.marks[at - 1].marker.is_some();
        let shared = shared && same_sort(view, at) && last.is_some() && view.units[at].cases == 0;
        let part = if shared {
            last
        } else if view.joined(at) && own.is_none_or(|(p, strong)| !strong || Some(p) == last.map(|l| l.0)) && same_sort(view, at) {
            last.or(own)
        } else {
            own
        };
        last = part;
        if let Some((part, strong)) = part {
            put(view, &mut roles, at, part, strong);
        }
    }
    beyond(view, item, act, passive, &mut roles, (lo, hi));
    finish(view, item, act, roles, (lo, hi))
}

fn same_sort(view: &View<'_, '_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|b| view.units[b].thing.is_some() == view.units[at].thing.is_some())
}

fn put(view: &View<'_, '_>, roles: &mut Roles, at: usize, part: Part, strong: bool) {
    let unit = &view.units[at];
    if view.marks[at].marker.as_ref().is_some_and(|(_, m)| m.attempted) {
        roles.attempted = true;
    }
    match part {
        Part::Goods if unit.thing.is_some() => roles.goods.push(at),
        _ if unit.who.is_none() => {}
        Part::Giver | Part::Worker | Part::Traveller if strong => roles.givers.push(at),
        Part::Giver | Part::Worker | Part::Traveller => roles.weak_givers.push(at),
        Part::Receiver | Part::Employer if strong => roles.receivers.push(at),
        Part::Receiver | Part::Employer => roles.weak_receivers.push(at),
        Part::Carrier => roles.carriers.push(at),
        Part::Via => roles.via.push(at),
        _ => {}
    }
}

/// What a unit does in an act, and whether that is sure.
fn role(
    view: &View<'_, '_>,
    item: &Item<'_>,
    act: &Act,
    passive: bool,
    at: usize,
    roles: &Roles,
    (lo, hi): (usize, usize),
) -> Option<(Part, bool)> {
    let (scene, unit, marks) = (view.scene, &view.units[at], &view.marks[at]);
    if unit.receiver {
        return Some((Part::Receiver, true));
    }
    if unit.adjective {
        // `russische Lieferungen`, `armes russes`: where things are from.
        let beside = view.units.iter().any(|u| u.thing.is_some() && (u.first == unit.end || u.end == unit.first))
            || unit.end == item.first
            || unit.first == item.end;
        return (beside && act.subject == Part::Giver).then_some((Part::Giver, false));
    }
    if unit.thing.is_none()
        && act.people
        && act.object == Part::Worker
        && unit.end != item.first
        && unit.person
        && unit.cases & (case::ACC | case::GEN) != 0
        && unit.cases & case::NOM == 0
    {
        return Some((Part::Worker, true));
    }
    if unit.thing.is_some() {
        return goods_role(view, item, act, passive, at).then_some((Part::Goods, true));
    }
    if let Some((text, marker)) = &marks.marker {
        return marked_role(view, act, passive, at, text, marker, item);
    }
    bare_role(view, item, act, passive, at, roles, gets(scene, act, lo, hi))
}

fn goods_role(view: &View<'_, '_>, item: &Item<'_>, act: &Act, passive: bool, at: usize) -> bool {
    let (scene, unit, marks) = (view.scene, &view.units[at], &view.marks[at]);
    let before = unit.end <= item.first;
    if let Some((text, marker)) = &marks.marker {
        let own = act.preps.iter().any(|(p, part)| *part == Part::Goods && is_form(text, p));
        let all = || std::iter::once(*marker).chain(marks.more.iter().copied());
        let goods = all().any(|m| m.roles.iter().any(|r| r == "goods") && !m.counter);
        let subject = all().any(|m| m.roles.iter().any(|r| r == "subject"));
        // `waren` in `von Waffen`: the thing of a noun; articles that look like marks.
        let of = act.noun && matches!(text.as_str(), "von" | "de" | "del" | "du" | "des" | "d'" | "de la" | "de l'" | "의" | "的");
        return own
            || (goods && !all().any(|m| m.counter))
            || of
            || (subject && passive)
            || (subject && scene.language == Language::Ko && !roles_as_subject(act));
    }
    let active = !passive && !act.noun && act.form != Form::Past;
    let follows = matches!(scene.language, Language::Fr | Language::Es | Language::Zh);
    // In these languages the thing stands behind the verb that is not turned around.
    !(before && active && follows) && act.object != Part::None || (act.noun && !before) || act.object == Part::Receiver
}

fn roles_as_subject(act: &Act) -> bool {
    matches!(act.subject, Part::Giver | Part::Receiver | Part::Carrier)
}

/// Whether the words of a mark are a form of a preposition of the verb: `al` of `a`, `du` of `de`.
fn is_form(text: &str, preposition: &str) -> bool {
    let mut words = text.split(' ');
    let first = words.next().unwrap_or("");
    if !words.all(|w| matches!(w, "la" | "los" | "las" | "el" | "l'" | "le" | "les" | "die" | "den" | "das" | "der" | "dem")) {
        return text == preposition;
    }
    first == preposition
        || match preposition {
            "a" => first == "al",
            "à" => matches!(first, "au" | "aux"),
            "de" => matches!(first, "du" | "del" | "des" | "d'"),
            "в" => first == "во",
            "из" => first == "изо",
            "с" => first == "со",
            "an" => matches!(first, "ans" | "am"),
            "in" => matches!(first, "ins" | "im"),
            "von" => first == "vom",
            "zu" => matches!(first, "zum" | "zur"),
            "向" => matches!(first, "对" | "對" | "给" | "給"),
            "给" => first == "給",
            "从" => matches!(first, "從" | "自" | "来自" | "來自"),
            _ => false,
        }
}

fn marked_role(
    view: &View<'_, '_>,
    act: &Act,
    passive: bool,
    at: usize,
    text: &str,
    marker: &super::tables::Marker,
    item: &Item<'_>,
) -> Option<(Part, bool)> {
    let unit = &view.units[at];
    let agent = std::iter::once(marker).chain(view.marks[at].more.iter().copied()).any(|m| m.passive);
    if agent && passive {
        return subject_part(act).map(|p| (p, true));
    }
    // `acheter à`, `comprar a`: from whom.
    if act.subject == Part::Receiver
        && (is_form(text, "à") || is_form(text, "a"))
        && !act.preps.iter().any(|(p, part)| is_form(text, p) && *part == Part::Receiver)
    {
        return Some((Part::Giver, false));
    }
    let fits = |cases: u8| cases == 0 || unit.cases == 0 || cases & unit.cases != 0;
    if let Some((_, part)) = act.preps.iter().find(|(p, _)| is_form(text, p)) {
        let place = matches!(text, "в" | "во" | "на") && unit.cases != 0 && unit.cases & case::ACC == 0;
        return (!place && *part != Part::Goods).then_some((*part, true));
    }
    let all: Vec<&super::tables::Marker> = std::iter::once(marker)
        .chain(view.marks[at].more.iter().copied())
        .filter(|m| fits(m.cases) || view.scene.language != Language::Ru)
        .collect();
    for m in all {
        if m.passive {
            if passive || act.passive {
                return subject_part(act).map(|p| (p, true));
            }
            continue;
        }
        for role in &m.roles {
            let strong = !m.weak && m.roles.len() == 1 && !matches!(text, "은" | "는");
            match role.as_str() {
                "receiver" => return Some((Part::Receiver, strong)),
                // `de` behind a noun of giving: whose it is.
                "giver" if m.roles.len() > 1 && act.noun => {
                    return (unit.first >= item.end).then(|| subject_part(act).map(|p| (p, false)))?;
                }
                "giver" => return Some((Part::Giver, strong)),
                "transit" => return Some((Part::Via, true)),
                "subject" => return if passive { None } else { subject_part(act).map(|p| (p, strong)) },
                _ => {}
            }
        }
    }
    None
}

/// The part of who does it.
fn subject_part(act: &Act) -> Option<Part> {
    (!matches!(act.subject, Part::None | Part::Goods | Part::Authority | Part::Broker)).then_some(act.subject)
}

fn bare_role(view: &View<'_, '_>, item: &Item<'_>, act: &Act, passive: bool, at: usize, roles: &Roles, gets: bool) -> Option<(Part, bool)> {
    let (scene, unit, marks) = (view.scene, &view.units[at], &view.marks[at]);
    let before = unit.end <= item.first;
    let subject = || subject_part(act).map(|p| (p, true));
    let taken = matches!(act.subject, Part::Giver) && !roles.givers.is_empty()
        || matches!(act.subject, Part::Receiver) && !roles.receivers.is_empty();
    let object = || if matches!(act.object, Part::Receiver | Part::Giver) { Some((act.object, true)) } else { None };
    if gets {
        return Some((Part::Receiver, roles.receivers.is_empty()));
    }
    match scene.language {
        Language::Ru => russian(act, item, unit, passive),
        Language::De if marks.dative => (!act.noun && (act.iobj.is_some() || passive)).then_some((Part::Receiver, true)).or_else(object),
        Language::De if act.noun => (!before || unit.end == item.first).then_some((act.subject, false)),
        Language::De if passive => object(),
        // `die Miliz mit Waffen zu unterstützen`: who does it is told outside such a clause.
        Language::De if item.first.checked_sub(1).is_some_and(|i| scene.low(i) == "zu") && is_infinitive(scene, item) => {
            object().or_else(|| act.iobj.map(|p| (p, true)))
        }
        Language::De if !taken => subject(),
        Language::De => object().or_else(|| act.iobj.map(|p| (p, true))),
        Language::Zh if passive => object(),
        Language::Zh | Language::Fr | Language::Es if before && act.form == Form::Active => None,
        Language::Zh if before => subject().filter(|_| !said_between(view, unit.end, item.first)),
        Language::Zh => object().or_else(|| act.iobj.map(|p| (p, true))),
        Language::Ko => subject().map(|(p, _)| (p, false)).filter(|_| before),
        _ if act.noun => None,
        _ if passive => object(),
        _ if before => subject().filter(|_| !said_between(view, unit.end, item.first) || is_infinitive(scene, item)),
        _ => object(),
    }
}

fn russian(act: &Act, item: &Item<'_>, unit: &Unit, passive: bool) -> Option<(Part, bool)> {
    let before = unit.end <= item.first;
    let is = |c: u8| unit.cases & c != 0;
    let subject = || subject_part(act).map(|p| (p, true));
    if act.noun {
        return (!before && (is(case::GEN) || unit.cases == 0))
            .then_some((act.subject, false))
            .or_else(|| (is(case::DAT) && !before && !is(case::GEN)).then_some((Part::Receiver, true)));
    }
    let receiver = matches!(act.object, Part::Receiver | Part::Giver);
    if is(case::NOM) && !(is(case::ACC) && !before && receiver) && !passive {
        return (before || !is(case::ACC) || unit.cases == case::ANY).then(subject)?;
    }
    if is(case::INS) && !is(case::NOM) {
        return if passive { subject() } else { None };
    }
    if is(case::DAT) && !is(case::NOM) && (act.iobj.is_some() || passive) {
        return Some((Part::Receiver, true));
    }
    if receiver && (is(case::ACC) || passive && is(case::NOM)) {
        return Some((act.object, true));
    }
    if unit.cases == 0 {
        return if before && !passive { subject() } else { act.iobj.map(|p| (p, false)) };
    }
    None
}

/// Whether a word of saying stands between a mention and an act: the mention speaks, and does not give.
fn said_between(view: &View<'_, '_>, from: usize, to: usize) -> bool {
    use crate::lexicon::{Stance, Telling};
    view.items.iter().any(|i| {
        i.first >= from
            && i.end <= to
            && i.acts.is_empty()
            && view.scene.low(i.first) != "被"
            && i.said.is_some_and(|(s, t)| !matches!(s, Stance::Denies | Stance::Confirms) && t != Telling::Planned)
    })
}

/// Parts that stand outside the clause: who does it before, what it is before a relative clause, to whom behind.
fn beyond(view: &View<'_, '_>, item: &Item<'_>, act: &Act, passive: bool, roles: &mut Roles, (lo, hi): (usize, usize)) {
    let scene = view.scene;
    let relative = lo > 0
        && (is_subordinator(scene.language, scene.low(lo - 1))
            || (scene.language == Language::De && matches!(scene.low(lo), "die" | "der" | "das" | "den" | "dem" | "deren")));
    if roles.goods.is_empty() && (relative || act.form != Form::Finite) {
        let found = (0..view.units.len()).rev().find(|u| view.units[*u].end <= lo && lo - view.units[*u].end <= 4);
        roles.goods.extend(found.filter(|u| view.units[*u].thing.is_some()));
    }
    if scene.language == Language::Zh {
        relative_chinese(view, item, act, roles);
    }
    if scene.language == Language::Ko {
        adnominal(view, item, act, passive, roles);
    }
    let open = match act.subject {
        Part::Giver | Part::Carrier => roles.givers.is_empty() && roles.carriers.is_empty(),
        Part::Receiver | Part::Employer => roles.receivers.is_empty(),
        _ => false,
    };
    if open && !passive && !act.noun {
        let subject = (0..view.units.len()).rev().find(|u| stands_as_subject(view, *u, lo, item, relative));
        if let (Some(u), Some(part)) = (subject, subject_part(act)) {
            put(view, roles, u, part, true);
        }
    }
    // To whom, in what follows up to the next act.
    let next =
        view.items.iter().find(|i| i.first >= item.end && (!i.acts.is_empty() || i.said.is_some())).map_or(scene.atoms.len(), |i| i.first);
    for u in (0..view.units.len()).filter(|u| view.units[*u].first >= hi && view.units[*u].end <= next && scene.language != Language::Ko) {
        if let Some((text, marker)) = &view.marks[u].marker
            && let Some((part, true)) = marked_role(view, act, passive, u, text, marker, item)
        {
            let free = match part {
                Part::Receiver => roles.receivers.is_empty(),
                Part::Giver => roles.givers.is_empty(),
                Part::Via => true,
                _ => false,
            };
            if free && view.units[u].who.is_some() {
                put(view, roles, u, part, true);
            }
        }
    }
}

/// A party before the clause that may do what the clause tells.
fn stands_as_subject(view: &View<'_, '_>, at: usize, lo: usize, item: &Item<'_>, relative: bool) -> bool {
    let (unit, marks, scene) = (&view.units[at], &view.marks[at], view.scene);
    let Some(who) = &unit.who else { return false };
    if unit.end > lo || unit.adjective || who.media || view.is_source(at) || unit.receiver {
        return false;
    }
    let marked = marks.marker.as_ref().is_some_and(|(_, m)| !m.roles.iter().any(|r| r == "subject"));
    let nominative = scene.language != Language::Ru || unit.cases == 0 || unit.cases & case::NOM != 0;
    let close = relative && lo - unit.end <= 2;
    let speaks = said_between(view, unit.end, item.first) && !is_infinitive(scene, item) && !close;
    (close || (!marked && nominative && !marks.dative)) && !speaks
}

/// `向朝鲜出口化妆品的商人`: who does it stands behind `的`.
fn relative_chinese(view: &View<'_, '_>, item: &Item<'_>, act: &Act, roles: &mut Roles) {
    let close = (item.end..view.scene.atoms.len().min(item.end + 14)).find(|i| matches!(view.scene.low(*i), "的" | "，" | "。"));
    let Some(at) = close.filter(|i| view.scene.low(*i) == "的") else { return };
    let Some(head) = view.units.iter().position(|u| u.first == at + 1) else { return };
    if view.units[head].thing.is_some() {
        if roles.goods.is_empty() {
            roles.goods.push(head);
        }
    } else if act.subject == Part::Giver && !act.noun && !roles.goods.is_empty() {
        roles.givers = vec![head];
    }
}

/// `북한에 무기를 공급한 러시아`, `러시아가 공급한 무기`: what a Korean verb form stands before.
fn adnominal(view: &View<'_, '_>, item: &Item<'_>, act: &Act, passive: bool, roles: &mut Roles) {
    let last = view.scene.atoms.get(item.end - 1).and_then(|t| t.text.chars().last()).map_or(0, u32::from);
    let ends = (0xac00..=0xd7a3).contains(&last) && (last - 0xac00) % 28 == 4;
    let Some(next) = view.units.iter().position(|u| u.first >= item.end && u.first <= item.end + 2).filter(|_| ends && !act.noun) else {
        return;
    };
    if view.units[next].thing.is_some() && roles.goods.is_empty() {
        roles.goods.push(next);
    } else if let Some(part) = subject_part(act).filter(|_| view.units[next].who.is_some() && !passive) {
        let open = if part == Part::Giver { roles.givers.is_empty() } else { roles.receivers.is_empty() };
        if open {
            put(view, roles, next, part, true);
        }
    }
}

fn finish(view: &View<'_, '_>, item: &Item<'static>, act: &'static Act, mut roles: Roles, (lo, hi): (usize, usize)) -> Option<Found> {
    let scene = view.scene;
    if roles.givers.is_empty() {
        roles.givers.append(&mut roles.weak_givers);
    }
    if roles.receivers.is_empty() {
        roles.receivers.append(&mut roles.weak_receivers);
    }
    roles.receivers.retain(|r| !roles.givers.contains(r));
    if roles.givers.is_empty() {
        roles.givers.append(&mut roles.carriers);
    }
    let mut things = things(view, item, act, &roles);
    // Numbers in words look like sums.
    if things.iter().any(|t| t.sort != Sort::Money) {
        things.retain(|t| t.sort != Sort::Money);
    }
    let whos = |list: &[usize]| list.iter().filter_map(|u| view.units.get(*u).and_then(|u| u.who.clone())).collect::<Vec<_>>();
    let (mut givers, receivers) = (whos(&roles.givers), whos(&roles.receivers));
    let mut carriers = whos(&roles.carriers);
    // A ship is what carries; who sends it is somebody else, if there is one.
    if givers.len() > 1 && givers.iter().any(|g| g.kind != Some(PartyType::Vessel)) {
        carriers.extend(givers.iter().filter(|g| g.kind == Some(PartyType::Vessel)).cloned());
        givers.retain(|g| g.kind != Some(PartyType::Vessel));
    }
    let located = givers.iter().chain(&receivers).any(|w| !w.countries.is_empty());
    let typed = roles.goods.len() + usize::from(act.goods.is_some() || item.goods.is_some()) > 0;
    if !located || (act.weak && !typed) || needs_fail(act, &things) {
        return None;
    }
    let kind = particular(view, act.kind?, &givers, &receivers, &things);
    if things.is_empty() {
        things.extend(implied(view, item, act, kind));
    }
    if things.is_empty()
        || (matches!(kind, ActKind::Travel | ActKind::PortCall | ActKind::Use | ActKind::Overflight) && kind != ActKind::Employment)
    {
        return None;
    }
    let via: Vec<(Country, (usize, usize))> = whos(&roles.via).iter().filter_map(|w| Some((*w.countries.first()?, w.span))).collect();
    let mut span = scene.span(item.first, item.end);
    for part in givers.iter().chain(&receivers).map(|w| w.span).chain(things.iter().map(|t| t.span)).chain(via.iter().map(|v| v.1)) {
        span = (span.0.min(part.0), span.1.max(part.1));
    }
    let told = Event::of(kind, view.number, scene.atoms.get(item.first)?.start, span);
    let event = Event { clause: lo, givers, receivers, carriers, via, things, outcome: act.outcome, noun: act.noun, ..told };
    Some(Found { event, act, first: item.first, end: item.end, lo, hi, attempted: roles.attempted })
}

fn needs_fail(act: &Act, things: &[Thing]) -> bool {
    match act.needs.as_deref() {
        Some("people") => !things.iter().any(|t| t.sort == Sort::People),
        Some("money") => !things.iter().any(|t| t.sort == Sort::Money),
        Some("goods") => things.is_empty(),
        _ => false,
    }
}

/// Goods that these words name, of which nothing else is told.
fn goods_told(words: String, category: &str, span: (usize, usize)) -> Thing {
    Thing { words, category: category.to_owned(), sort: Sort::Goods, generic: false, another: false, english: None, span }
}

/// What is given: the things of the clause, what the word itself says, or what another table calls goods.
fn things(view: &View<'_, '_>, item: &Item<'_>, act: &Act, roles: &Roles) -> Vec<Thing> {
    let scene = view.scene;
    let mut out: Vec<Thing> = roles.goods.iter().filter_map(|u| view.units.get(*u)?.thing.clone()).collect();
    let whole = (scene.text(item.first, item.end), scene.span(item.first, item.end));
    if let (Some(inner), Some(goods)) = (item.inner, &item.goods) {
        let span = (whole.1.0, whole.1.0 + inner);
        let words = scene.text.get(span.0..span.1).unwrap_or("").to_owned();
        out.insert(0, Thing { english: goods.english.clone(), ..goods_told(words, &goods.category, span) });
    }
    if act.goods.as_deref() == Some("self") && act.noun && out.is_empty() {
        // `El azúcar fue un regalo`: what is said to be the gift.
        let before = view
            .units
            .iter()
            .rev()
            .find(|u| u.end <= item.first && item.first - u.end <= 10 && u.thing.as_ref().is_some_and(|t| !t.generic));
        let is = before.filter(|u| {
            (u.end..item.first).any(|i| {
                matches!(
                    scene.low(i),
                    "fue"
                        | "es"
                        | "era"
                        | "est"
                        | "était"
                        | "fut"
                        | "war"
                        | "ist"
                        | "sei"
                        | "стал"
                        | "стала"
                        | "был"
                        | "была"
                        | "—"
                        | "是"
                )
            })
        });
        out.extend(is.and_then(|u| u.thing.clone()));
    }
    match act.goods.as_deref() {
        Some("self") if out.is_empty() => out.push(Thing { generic: true, ..goods_told(whole.0.clone(), "other", whole.1) }),
        Some(category) if out.is_empty() && category != "self" => out.push(goods_told(whole.0.clone(), category, whole.1)),
        _ => {}
    }
    if out.is_empty() {
        out.extend(other_goods(view, item, act));
    }
    out
}

/// Words behind the verb, or before it in Korean, that another table knows as goods.
fn other_goods(view: &View<'_, '_>, item: &Item<'_>, act: &Act) -> Option<Thing> {
    let scene = view.scene;
    if act.noun || act.object != Part::Goods {
        return None;
    }
    let free = |i: usize| {
        !view.units.iter().any(|u| u.first <= i && i < u.end)
            && !view.items.iter().any(|x| x.first <= i && i < x.end)
            && scene
                .atoms
                .get(i)
                .is_some_and(|t| t.shape == crate::token::Shape::Word && t.text.chars().count() > if scene.by_letters() { 0 } else { 3 })
    };
    let (lo, hi) = window(scene, view.items, item.first, item.end);
    let tries: Vec<(usize, usize)> = match scene.language {
        Language::Ko => (lo..hi)
            .filter(|s| !scene.atoms[*s].tied)
            .flat_map(|s| {
                let end = (s + 1..hi).find(|i| !scene.atoms[*i].tied).unwrap_or(hi);
                [(s, end), (s, end.saturating_sub(1))]
            })
            .filter(|(s, e)| e > &(s + 1))
            .collect(),
        Language::Zh => {
            (item.end..hi).filter(|i| free(*i)).take(1).flat_map(|i| (i + 2..(i + 7).min(hi + 1)).rev().map(move |e| (i, e))).collect()
        }
        _ => (lo..hi).filter(|i| free(*i) && (scene.language != Language::De || scene.atoms[*i].capital)).map(|i| (i, i + 1)).collect(),
    };
    tries.into_iter().filter(|(s, e)| (*s..*e).all(free)).find_map(|(s, e)| {
        let words = scene.text(s, e);
        let category = (scene.goods)(&words)?;
        Some(goods_told(words, category, scene.span(s, e)))
    })
}

/// What is given when only the verb says so.
fn implied(view: &View<'_, '_>, item: &Item<'_>, act: &Act, kind: ActKind) -> Option<Thing> {
    let category = match kind {
        ActKind::Training => "training",
        ActKind::Employment => "workers",
        ActKind::Bunkering => "service",
        ActKind::Insurance => "financial_service",
        _ => return None,
    };
    (!act.noun).then(|| Thing {
        words: view.scene.text(item.first, item.end),
        category: category.to_owned(),
        sort: Sort::Goods,
        generic: false,
        another: false,
        english: None,
        span: view.scene.span(item.first, item.end),
    })
}

/// The kind of act, once it is known who and what takes part.
fn particular(view: &View<'_, '_>, kind: ActKind, givers: &[Who], receivers: &[Who], things: &[Thing]) -> ActKind {
    let vessel = |list: &[Who]| list.iter().any(|w| w.kind == Some(PartyType::Vessel));
    let oil = things.iter().any(|t| t.category == "oil");
    let know_how = !things.is_empty() && things.iter().all(|t| t.category == "technology");
    let workers = !things.is_empty() && things.iter().all(|t| t.category == "workers");
    let _ = view;
    match kind {
        ActKind::Supply | ActKind::Transfer | ActKind::Transport | ActKind::Transit | ActKind::Bunkering
            if (vessel(givers) && vessel(receivers)) || (oil && vessel(receivers)) =>
        {
            ActKind::ShipToShipTransfer
        }
        ActKind::Transport | ActKind::Transit | ActKind::BulkCash => ActKind::Supply,
        ActKind::Supply | ActKind::Transfer | ActKind::Gift | ActKind::Procurement if know_how => ActKind::TechnologyTransfer,
        ActKind::Supply | ActKind::Transfer | ActKind::Export | ActKind::Import if workers => ActKind::Employment,
        other => other,
    }
}
