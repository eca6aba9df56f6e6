//! Units of a sentence: what its words name (parties, goods, acts, sayings), and the parties and goods that they make together.

use super::tables::{Act, GoodsWord, Hit, Meaning, Named, Words, case};
use crate::gazetteer::{Gazetteer, NameKind};
use crate::language::Language;
use crate::token::{Shape, Token};
use crate::what::{GoodsWords, Sort, Thing};
use crate::who::Who;
use model::{Country, PartyType};
use std::collections::HashMap;

/// A stretch of atoms that the tables know.
#[derive(Clone, Debug)]
pub(crate) struct Item<'w> {
    pub first: usize,
    pub end: usize,
    pub party: Option<Mention>,
    pub goods: Option<GoodsWord>,
    pub acts: Vec<&'w Act>,
    pub said: Option<(crate::lexicon::Stance, crate::lexicon::Telling)>,
    /// In a compound: where the act starts, in bytes.
    pub inner: Option<usize>,
}

impl Item<'_> {
    /// Takes letters but names nothing: a mark, a time.
    fn is_empty(&self) -> bool {
        self.party.is_none() && self.goods.is_none() && self.acts.is_empty() && self.said.is_none()
    }
}

/// What a word says of a party.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub countries: Vec<Country>,
    pub kind: Option<PartyType>,
    pub media: bool,
    pub named: Named,
    pub cases: u8,
    pub receiver: bool,
    pub person: bool,
    /// The word in small letters.
    pub low: String,
}

/// A party or thing with the atoms that name it.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub first: usize,
    pub end: usize,
    pub who: Option<Who>,
    pub thing: Option<Thing>,
    pub cases: u8,
    pub receiver: bool,
    /// Only its nationality is told: `russische Waffen`.
    pub adjective: bool,
    pub person: bool,
}

/// One sentence and all that is needed to understand it.
pub(crate) struct Scene<'a, 't> {
    pub text: &'t str,
    pub atoms: &'a [Token<'t>],
    pub language: Language,
    pub words: &'static Words,
    pub goods: &'a GoodsWords<'a>,
}

/// Names of the text so far, with what is known of them.
#[derive(Debug, Default)]
pub(crate) struct Known {
    names: HashMap<String, Who>,
    roles: HashMap<String, Who>,
    /// The State that the last sentence naming one is about, and the company named last: `das isolierte Land`, `der Konzern`.
    state: Option<Who>,
    company: Option<Who>,
}

impl Known {
    fn add(&mut self, name: String, who: &Who) {
        let known = self.names.get(&name).is_some_and(|w| !w.countries.is_empty());
        if !known || !who.countries.is_empty() {
            self.names.insert(name, who.clone());
        }
    }

    /// Family names of persons with names of several words: later `Kim` alone is one of them.
    pub fn add_person(&mut self, who: &Who) {
        let words: Vec<String> = who.name.split_whitespace().map(str::to_lowercase).collect();
        if words.len() < 2 || who.countries.is_empty() {
            return;
        }
        for word in words.into_iter().filter(|w| w.chars().count() > 2) {
            self.names.entry(word).or_insert_with(|| who.clone());
        }
    }

    /// What `Kim` alone means in a report that names no Kim in full.
    pub fn set_default(&mut self, low: &str, name: &str, code: &str) {
        let who = Who {
            name: name.to_owned(),
            kind: Some(PartyType::Person),
            countries: Country::new(code).into_iter().collect(),
            media: false,
            plural: false,
            place: false,
            inferred: false,
            span: (0, 0),
        };
        self.names.entry(low.to_owned()).or_insert(who);
    }

    /// Notes whom a sentence is about, for the words that later only describe him.
    fn note(&mut self, units: &[Unit]) {
        let named = |kind: PartyType| {
            let fits = |w: &&Who| w.kind == Some(kind) && !w.media && w.countries.len() == 1 && !w.name.contains(' ');
            units.iter().filter(|u| !u.adjective).filter_map(|u| u.who.as_ref()).find(fits).cloned()
        };
        self.state = named(PartyType::Government).or(self.state.take());
        self.company = named(PartyType::Company).or(self.company.take());
    }

    /// Whom a description without a name means, where its own word was not told before.
    fn described(&self, main: &Mention) -> Option<&Who> {
        let state = matches!(main.low.as_str(), "land" | "landes" | "staat" | "staates" | "país" | "pays" | "страна" | "страны" | "стране");
        match main.kind {
            Some(PartyType::Government) if state => self.state.as_ref(),
            Some(PartyType::Company) => self.company.as_ref(),
            _ => None,
        }
    }

    /// A name, also with an ending of up to two letters.
    fn name(&self, low: &str) -> Option<&Who> {
        let cut = |n: usize| low.char_indices().rev().nth(n - 1).and_then(|(i, _)| low.get(..i)).filter(|s| s.chars().count() >= 3);
        self.names.get(low).or_else(|| self.names.get(cut(1)?)).or_else(|| self.names.get(cut(2)?))
    }
}

impl Scene<'_, '_> {
    pub fn low(&self, at: usize) -> &str {
        self.atoms.get(at).map_or("", |t| t.low.as_str())
    }

    pub fn span(&self, first: usize, end: usize) -> (usize, usize) {
        let start = self.atoms.get(first).map_or(0, |t| t.start);
        let stop = end.checked_sub(1).and_then(|i| self.atoms.get(i)).map_or(start, Token::end);
        (start, stop.max(start))
    }

    pub fn text(&self, first: usize, end: usize) -> String {
        let (start, stop) = self.span(first, end);
        self.text.get(start..stop).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Letters without spaces between words.
    pub fn by_letters(&self) -> bool {
        matches!(self.language, Language::Ko | Language::Zh)
    }
}

/// Words before a noun that are no part of its name.
pub(crate) fn is_determiner(language: Language, low: &str) -> bool {
    let list: &[&str] = match language {
        Language::De => &[
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "seine", "seinen", "seiner",
            "seinem", "ihre", "ihren", "ihrer", "ihrem", "diese", "dieser", "diesen", "diesem", "dieses", "mehrere", "mehreren", "weitere",
            "weiteren", "viele", "einige",
        ],
        Language::Fr => &[
            "le",
            "la",
            "les",
            "l'",
            "un",
            "une",
            "des",
            "ce",
            "cet",
            "cette",
            "ces",
            "son",
            "sa",
            "ses",
            "leur",
            "leurs",
            "plusieurs",
            "deux",
            "d'",
        ],
        Language::Es => &[
            "el", "la", "los", "las", "un", "una", "unos", "unas", "su", "sus", "este", "esta", "estos", "estas", "ese", "esa", "varios",
            "varias",
        ],
        Language::Ru => &["свой", "свою", "свои", "своих", "этот", "эту", "эти", "этой", "несколько", "его", "её", "их"],
        _ => &[],
    };
    list.contains(&low)
}

/// All stretches that the tables know, left to right, the longest first.
pub(crate) fn items<'s>(scene: &Scene<'s, '_>, gazetteer: &Gazetteer) -> Vec<Item<'static>> {
    let (mut out, mut at): (Vec<Item<'static>>, usize) = (Vec::new(), 0);
    while at < scene.atoms.len() {
        let chained = out.last().is_some_and(|i| i.end == at);
        let inside =
            scene.language == Language::Ko && scene.atoms[at].tied && !chained && scene.atoms[at].text.chars().all(char::is_alphabetic);
        let single = scene.language == Language::Ko && scene.atoms[at].tied;
        let one = |i: &Item<'_>| single && i.end == i.first + 1 && i.goods.is_some();
        match item(scene, gazetteer, at).filter(|i| !one(i)).filter(|i| {
            !inside
                || (i.end - i.first >= 2
                    && (i.goods.is_some() || i.party.as_ref().is_some_and(|p| p.named == Named::Role) || !i.acts.is_empty()))
        }) {
            Some(item) => {
                at = item.end;
                out.push(item);
            }
            None => at += 1,
        }
    }
    out
}

fn item(scene: &Scene<'_, '_>, gazetteer: &Gazetteer, at: usize) -> Option<Item<'static>> {
    let mut hits = scene.words.at(scene.atoms, at, at == 0);
    // German writes nouns with capitals: `Schenken` is no verb.
    let noun = scene.language == Language::De
        && at > 0
        && scene.atoms[at].capital
        && !scene.atoms[at - 1].is_quote()
        && !matches!(scene.low(at - 1), ":" | "-" | "–");
    hits.retain(|h| !(noun && h.small && matches!(h.meaning, Meaning::Act(_) | Meaning::Said { .. })));
    let name = name(scene, gazetteer, at);
    let content = |h: &Hit<'_>| {
        matches!(h.meaning, Meaning::Act(_) | Meaning::Party(_) | Meaning::Goods(_) | Meaning::Said { .. })
            || (scene.by_letters() && !matches!(h.meaning, Meaning::Marker(m) if !m.before))
    };
    let longest = hits.iter().filter(|h| content(h)).map(|h| h.end).max().unwrap_or(0).max(name.as_ref().map_or(0, |n| n.0));
    if longest == 0 {
        return compound(scene, at);
    }
    let mut item = Item { first: at, end: longest, party: None, goods: None, acts: Vec::new(), said: None, inner: None };
    let gap = hits.iter().any(|h| h.end == longest && h.gap);
    for hit in hits.iter().filter(|h| h.end == longest) {
        match hit.meaning {
            Meaning::Act(act) if hit.gap || !gap || act.noun => item.acts.push(act),
            Meaning::Party(p) => {
                let capital = scene.atoms[at].capital;
                let fits = item.party.is_none() || (capital && p.named == Named::Demonym);
                if fits || p.cases != 0 {
                    let cases = item.party.as_ref().filter(|q| q.countries.first() == p.country.as_ref()).map_or(0, |q| q.cases);
                    item.party = Some(Mention {
                        countries: p.country.into_iter().collect(),
                        kind: p.kind,
                        media: p.media,
                        named: p.named,
                        cases: p.cases | cases,
                        receiver: p.receiver,
                        person: p.person,
                        low: scene.low(at).to_owned(),
                    });
                }
            }
            Meaning::Goods(goods) => item.goods = Some(goods.clone()),
            Meaning::Said { stance, telling } if hit.gap || !gap => item.said = Some((*stance, *telling)),
            _ => {}
        }
    }
    // `armes` is goods before it is a form of `armer`.
    if item.goods.is_some() && !scene.by_letters() {
        item.acts.retain(|a| a.noun);
    }
    if let Some((length, mention)) = name.filter(|n| n.0 == longest && item.party.is_none()) {
        item.end = length;
        item.party = Some(mention);
    }
    let empty = item.party.is_none() && item.goods.is_none() && item.acts.is_empty() && item.said.is_none();
    // Marks and times of languages without spaces take their letters but name nothing.
    (!empty || scene.by_letters()).then_some(item)
}

/// A name of the tables of names that starts at an atom: where it ends, and what it names.
fn name(scene: &Scene<'_, '_>, gazetteer: &Gazetteer, at: usize) -> Option<(usize, Mention)> {
    let mention = |named: &crate::gazetteer::Named| Mention {
        countries: named.countries.clone(),
        kind: named.kind.party().or(Some(PartyType::Government)),
        media: named.kind == NameKind::Media,
        named: if named.kind == NameKind::People { Named::Adjective } else { Named::Plain },
        cases: 0,
        receiver: false,
        person: named.kind == NameKind::Person,
        low: scene.low(at).to_owned(),
    };
    if scene.language == Language::Ko {
        // A whole word of the table, with a particle behind it.
        let end = (at + 1..scene.atoms.len())
            .find(|i| !scene.atoms[*i].tied || !scene.atoms[*i].text.chars().all(char::is_alphabetic))
            .unwrap_or(scene.atoms.len());
        return (at + 2..=end).rev().find_map(|stop| {
            let joined = scene.text.get(scene.atoms[at].start..scene.atoms[stop - 1].end())?;
            let one = crate::token::tokens(joined, &|_| false);
            let (_, named) = gazetteer.at(&one, 0).filter(|(l, _)| *l == one.len())?;
            // Two syllables may start any word.
            (stop - at > 2 || stop == end || stop + 2 >= end).then(|| (stop, mention(named)))
        });
    }
    let token = scene.atoms.get(at)?;
    if let Some((length, named)) = gazetteer.at(scene.atoms, at) {
        // A single letter of Chinese is a word of its own.
        if length == 1 && (scene.by_letters() || token.text.chars().count() < 3) {
            return None;
        }
        return Some((at + length, mention(named)));
    }
    if scene.language == Language::Ru && token.capital {
        return inflected(gazetteer, token).map(|(named, cases)| (at + 1, Mention { cases, ..mention(named) }));
    }
    // `Putins`, `Irans`.
    let bare = token.low.strip_suffix('s').filter(|b| scene.language == Language::De && token.capital && b.len() > 3)?;
    let copy = [Token { low: bare.to_owned(), ..token.clone() }];
    gazetteer.at(&copy, 0).map(|(_, named)| (at + 1, mention(named)))
}

/// A Russian name with the ending of a case: `Расоне`, `Намгану`.
fn inflected<'g>(gazetteer: &'g Gazetteer, token: &Token<'_>) -> Option<(&'g crate::gazetteer::Named, u8)> {
    const ENDINGS: [(&str, &str, u8); 12] = [
        ("ом", "", case::INS),
        ("ой", "а", case::INS),
        ("ей", "я", case::INS),
        ("ии", "ия", case::GEN | case::DAT | case::LOC),
        ("ию", "ия", case::ACC),
        ("а", "", case::GEN),
        ("у", "", case::DAT),
        ("е", "", case::LOC),
        ("ы", "а", case::GEN),
        ("е", "а", case::DAT | case::LOC),
        ("у", "а", case::ACC),
        ("и", "ь", case::GEN | case::DAT | case::LOC),
    ];
    ENDINGS.into_iter().find_map(|(ending, base, cases)| {
        let stem = token.low.strip_suffix(ending).filter(|s| s.chars().count() >= 4)?;
        let copy = [Token { low: format!("{stem}{base}"), ..token.clone() }];
        gazetteer.at(&copy, 0).map(|(_, named)| (named, cases))
    })
}

/// German compounds: `Geländewagen` is a car, `Munitionslieferung` a supply of what stands before it.
fn compound(scene: &Scene<'_, '_>, at: usize) -> Option<Item<'static>> {
    let token = scene.atoms.get(at)?;
    if scene.language != Language::De || !token.capital || token.low.chars().count() < 8 {
        return None;
    }
    let mut item = Item { first: at, end: at + 1, party: None, goods: None, acts: Vec::new(), said: None, inner: None };
    if let Some((act, inner)) = scene.words.act_compound(&token.low) {
        item.acts.push(act);
        item.inner = Some(inner);
        let head = token.low.get(..inner).unwrap_or("").trim_end_matches(['s', '-']);
        let found = [head.to_owned(), format!("{head}n"), format!("{head}e"), format!("{head}en")];
        item.goods = found
            .iter()
            .find_map(|w| goods_word(scene.words, w))
            .or_else(|| scene.words.compound(&format!("    {head}")).and_then(goods_of));
        return Some(item);
    }
    item.goods = scene.words.compound(&token.low).and_then(goods_of);
    item.goods.is_some().then_some(item)
}

fn goods_of(meaning: &Meaning) -> Option<GoodsWord> {
    match meaning {
        Meaning::Goods(goods) => Some(goods.clone()),
        _ => None,
    }
}

fn goods_word(words: &Words, low: &str) -> Option<GoodsWord> {
    let mut token = crate::token::tokens(low, &|_| false);
    token.iter_mut().for_each(|t| t.capital = true);
    words.at(&token, 0, true).into_iter().filter(|h| h.end == token.len()).find_map(|h| goods_of(h.meaning))
}

/// Puts the items of a sentence together to parties and things.
pub(crate) fn units(scene: &Scene<'_, '_>, items: &[Item<'_>], known: &mut Known) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let items: Vec<Item<'_>> = items.iter().filter(|i| !i.is_empty()).cloned().collect();
    let items = items.as_slice();
    let mut at = 0;
    while at < items.len() {
        let item = &items[at];
        if item.party.is_some() {
            let (unit, next) = party(scene, items, at, known);
            out.push(unit);
            at = next;
            continue;
        }
        if let Some(goods) = &item.goods
            && item.inner.is_none()
        {
            out.push(thing(scene, items, at, goods));
        }
        at += 1;
    }
    let mut more = unknown_names(scene, items, &out, known);
    out.append(&mut more);
    out.sort_by_key(|u| (u.first, u.end));
    known.note(&out);
    out
}

/// Remembers the persons that a sentence names in full.
pub(crate) fn persons(scene: &Scene<'_, '_>, gazetteer: &Gazetteer, known: &mut Known) {
    for item in items(scene, gazetteer) {
        let Some(mention) = item.party.filter(|p| p.person && p.named == Named::Plain) else { continue };
        let who = Who {
            name: scene.text(item.first, item.end),
            kind: mention.kind,
            countries: mention.countries,
            media: false,
            plural: false,
            place: false,
            inferred: false,
            span: scene.span(item.first, item.end),
        };
        known.add_person(&who);
    }
}

/// A thing with its number and adjectives.
fn thing(scene: &Scene<'_, '_>, items: &[Item<'_>], at: usize, goods: &GoodsWord) -> Unit {
    let GoodsWord { category, sort, english } = goods;
    let item = &items[at];
    let mut first = item.first;
    let busy = |i: usize| {
        items
            .iter()
            .any(|x| x.first <= i && i < x.end && (x.party.is_some() || !x.acts.is_empty() || x.said.is_some() || x.goods.is_some()))
    };
    if !scene.by_letters() {
        // Numbers and adjectives before it.
        while first > 0 && item.first - first < 5 {
            let token = &scene.atoms[first - 1];
            let number = token.shape == Shape::Number;
            let word = token.shape == Shape::Word
                && !token.capital
                && token.low.len() > 3
                && !is_determiner(scene.language, &token.low)
                && !busy(first - 1)
                && !is_function(scene, first - 1);
            if !(number || word) {
                break;
            }
            first -= 1;
        }
    } else if first > 0 && scene.language == Language::Ko && scene.atoms[first].tied && !busy(first - 1) {
        // The beginning of the word, which the tables do not know.
        while first > 0 && scene.atoms[first].tied && !busy(first - 1) && scene.atoms[first - 1].text.chars().all(char::is_alphanumeric) {
            first -= 1;
        }
    }
    let words = scene.text(first, item.end);
    let cases = 0;
    let span = scene.span(first, item.end);
    let another = (first.saturating_sub(2)..item.end).any(|i| {
        matches!(
            scene.low(i),
            "zweite"
                | "zweiten"
                | "weitere"
                | "weiteren"
                | "weiteres"
                | "deuxième"
                | "second"
                | "autre"
                | "segundo"
                | "segunda"
                | "otro"
                | "otra"
                | "второй"
                | "вторую"
                | "второго"
        )
    });
    let generic = category == "other" && *sort == Sort::Goods;
    let thing = Thing { words, category: category.to_owned(), sort: *sort, generic, another, english: english.clone(), span };
    Unit { first, end: item.end, who: None, thing: Some(thing), cases, receiver: false, adjective: false, person: false }
}

/// Whether an atom starts a mark, a negation or a cue: no part of a name.
pub(crate) fn is_function(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.words.at(scene.atoms, at, false).iter().any(|h| {
        matches!(
            h.meaning,
            Meaning::Marker(_) | Meaning::Not | Meaning::Status { .. } | Meaning::Time(_) | Meaning::Weekday(_) | Meaning::Month(_)
        )
    }) || is_joiner(scene.low(at))
        || super::clauses::is_subordinator(scene.language, scene.low(at))
}

pub(crate) fn is_joiner(low: &str) -> bool {
    matches!(
        low,
        "und"
            | "sowie"
            | "oder"
            | "et"
            | "ou"
            | "y"
            | "e"
            | "o"
            | "и"
            | "или"
            | "和"
            | "与"
            | "與"
            | "及"
            | "、"
            | "와"
            | "과"
            | "및"
            | ","
            | "·"
    )
}

/// A party: State, adjective, office, name, in whatever order the language puts them.
fn party(scene: &Scene<'_, '_>, items: &[Item<'_>], at: usize, known: &mut Known) -> (Unit, usize) {
    let (mut first, mut end, mut last) = (items[at].first, items[at].end, at);
    if first > 0 && matches!(scene.low(first - 1), "该" | "該") {
        first -= 1;
    }
    let Some(head) = items[at].party.clone() else { return (blank(first, end), at + 1) };
    let mut all = vec![head];
    let mut name_end = None;
    loop {
        if let Some(next) = items.get(last + 1)
            && let Some(mention) = next.party.as_ref().filter(|_| next.acts.is_empty() || scene.by_letters())
            && all.len() < 5
            && joins(scene, &all, mention, end, next.first)
        {
            all.push(mention.clone());
            end = next.end;
            last += 1;
            continue;
        }
        // A name behind a role: `la société Balkan Stal`, `компания «Берег»`.
        if name_end.is_none()
            && all.iter().any(|m| m.named == Named::Role)
            && let Some(stop) = name_behind(scene, items, end)
        {
            name_end = Some((end, stop));
            end = stop;
            while items.get(last + 1).is_some_and(|n| n.first < stop) {
                last += 1;
            }
            continue;
        }
        if let Some(stop) = unspaced_role(scene, items, last, end, &all) {
            last += 1;
            end = stop;
            all.extend(items.get(last).and_then(|i| i.party.clone()));
            continue;
        }
        break;
    }
    // `russische Waffen`: the adjective belongs to the goods.
    (made(scene, all, first, end, name_end, known), last + 1)
}

fn blank(first: usize, end: usize) -> Unit {
    Unit { first, end, who: None, thing: None, cases: 0, receiver: false, adjective: false, person: false }
}

/// Whether a mention that starts at `start` belongs to the party that ends at `end`.
fn joins(scene: &Scene<'_, '_>, all: &[Mention], next: &Mention, end: usize, start: usize) -> bool {
    let Some(last) = all.last() else { return false };
    let roles = all.iter().any(|m| m.named == Named::Role);
    let located = all.iter().any(|m| !m.countries.is_empty());
    let complete = all.iter().any(|m| m.person && !m.countries.is_empty() && m.named == Named::Plain);
    if complete || next.receiver {
        return false;
    }
    let gap = start.saturating_sub(end);
    if gap == 0 {
        return match scene.language {
            Language::Ko | Language::Zh => {
                (located
                    && (next.named == Named::Role
                        || next.person
                        || (next.countries.iter().any(|c| all[0].countries.contains(c)) && next.named != Named::Demonym)))
                    || (roles && !located && next.person)
                    || (roles && next.named == Named::Role)
            }
            Language::De => {
                (last.named == Named::Adjective
                    || (last.named == Named::Plain && !last.person && scene.low(end.saturating_sub(1)).ends_with('s'))
                    || (roles && next.person))
                    && (next.named == Named::Role || next.person || next.media || next.kind != Some(PartyType::Government))
                    || (roles && next.named == Named::Role && last.named == Named::Role)
            }
            Language::Ru => {
                let genitive = next.named == Named::Plain && next.cases & case::GEN != 0 && !next.person;
                (last.named == Named::Adjective && next.named != Named::Adjective)
                    || (roles && (genitive || next.person || next.named == Named::Role))
                    || (located && roles && next.named == Named::Role)
            }
            _ => {
                (roles && (next.named == Named::Adjective || next.person || next.named == Named::Role))
                    || (last.named == Named::Adjective && (next.named == Named::Role || next.person))
            }
        };
    }
    let between: Vec<&str> = (end..start).map(|i| scene.low(i)).collect();
    if next.person && !matches!(next.named, Named::Demonym) {
        // `gobierno de Maduro`, `rebelles du maréchal Haftar`.
        let body = last.named == Named::Role
            && !last.person
            && !last.media
            && !next.countries.is_empty()
            && matches!(scene.language, Language::Fr | Language::Es);
        return body && gap <= 2 && between.first().is_some_and(|w| matches!(*w, "de" | "du" | "del" | "d'")) && !located;
    }
    let place = !located && roles && next.named == Named::Plain && !next.countries.is_empty();
    let of = match scene.language {
        Language::Fr => between
            .iter()
            .all(|w| matches!(*w, "de" | "du" | "des" | "d'" | "la" | "l'" | "le" | "en" | "au" | "à" | "nord" | "sud" | "basé" | "basée")),
        Language::Es => between.iter().all(|w| matches!(*w, "de" | "del" | "la" | "el" | "los" | "las" | "en" | "con" | "sede" | "basada")),
        Language::De => between.iter().all(|w| matches!(*w, "aus" | "in" | "von" | "der" | "des" | "dem")),
        Language::Ru => between.iter().all(|w| matches!(*w, "в" | "из" | "во")),
        Language::Ko => between.iter().all(|w| matches!(*w, "의" | "에" | "있" | "는" | "소" | "재")),
        Language::Zh => between.iter().all(|w| *w == "的"),
        Language::En => false,
    };
    let office = located && between.iter().all(|w| matches!(*w, "의" | "的" | "籍")) && matches!(next.named, Named::Role) && gap == 1;
    let office_of = of && roles && next.named == Named::Role && !next.person && matches!(scene.language, Language::Fr | Language::Es);
    gap <= 5
        && ((place && of)
            || office_of
            || office
            || (of && roles && next.named == Named::Adjective && scene.language != Language::De && gap == 0))
}

/// Letters between a State and a role in a language without spaces: `香港金浪航运公司`.
fn unspaced_role(scene: &Scene<'_, '_>, items: &[Item<'_>], last: usize, end: usize, all: &[Mention]) -> Option<usize> {
    if scene.language != Language::Zh || !all.iter().any(|m| !m.countries.is_empty()) || all.iter().any(|m| m.named == Named::Role) {
        return None;
    }
    let next = items.get(last + 1)?;
    let role = next.party.as_ref().is_some_and(|p| {
        p.named == Named::Role && !p.person && matches!(p.kind, Some(PartyType::Company | PartyType::Bank | PartyType::Organisation))
    });
    let gap = next.first.saturating_sub(end);
    (role && (1..=6).contains(&gap) && (end..next.first).all(|i| scene.atoms[i].text.chars().all(char::is_alphabetic))).then_some(next.end)
}

/// The end of a name that starts at an atom: words in quotation marks, or with capitals.
fn name_behind(scene: &Scene<'_, '_>, items: &[Item<'_>], at: usize) -> Option<usize> {
    let token = scene.atoms.get(at)?;
    if token.is_quote() {
        let close = (at + 1..scene.atoms.len().min(at + 12)).find(|i| scene.atoms[*i].is_quote())?;
        let long = if scene.by_letters() { 10 } else { 5 };
        return (close > at + 1 && close - at <= long).then_some(close + 1);
    }
    if scene.by_letters() {
        return None;
    }
    let named = |i: usize| {
        let taken = items.iter().any(|x| {
            x.first <= i && i < x.end && (x.party.is_some() || x.goods.is_some() || (!x.acts.is_empty() && scene.language == Language::De))
        });
        scene.atoms.get(i).is_some_and(|t| t.shape == Shape::Word && t.capital && !taken && !is_function(scene, i))
    };
    let end = (at..at + 4).take_while(|i| named(*i)).last()? + 1;
    Some(end)
}

fn made(scene: &Scene<'_, '_>, all: Vec<Mention>, first: usize, end: usize, named: Option<(usize, usize)>, known: &mut Known) -> Unit {
    let body = all.first().filter(|m| m.named == Named::Role && !m.person && matches!(scene.language, Language::Fr | Language::Es));
    let main = body
        .or_else(|| all.iter().find(|m| m.person && m.named == Named::Plain))
        .or_else(|| all.iter().find(|m| m.named == Named::Role))
        .or_else(|| all.iter().find(|m| m.named == Named::Plain))
        .or(all.last());
    let Some(main) = main.cloned() else { return blank(first, end) };
    // A State named beside an office is whose office it is; in a name of several, the first counts.
    let mut countries: Vec<Country> = if main.countries.is_empty() {
        all.iter().flat_map(|m| m.countries.iter().copied()).take(1).collect()
    } else {
        main.countries.clone()
    };
    // `US-Regierung`: the State is in the word.
    if countries.is_empty() && main.low.starts_with("us-") {
        countries.extend(Country::new("US"));
    }
    let adjective = all.iter().all(|m| matches!(m.named, Named::Adjective | Named::Origin));
    let role = main.named == Named::Role;
    let (from, to) = named.map_or((first, end), |(s, e)| if all.iter().any(|m| m.person) { (s, e) } else { (first, e) });
    let mut name = scene.text(from, to);
    let inner = named.map(|(s, e)| scene.text(s, e).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    if countries.is_empty() && role {
        let key = inner.clone().unwrap_or_default();
        let definite = (first.saturating_sub(2)..first).any(|i| {
            matches!(scene.low(i), "das" | "dem" | "des" | "der" | "den" | "le" | "la" | "el" | "ce" | "este" | "ese" | "dieses" | "diesem")
        });
        let earlier = known.name(&key).or_else(|| known.roles.get(&head_of(&main)).filter(|_| !main.media));
        let earlier = earlier.or_else(|| known.described(&main).filter(|_| definite && named.is_none()));
        if let Some(who) = earlier {
            countries.clone_from(&who.countries);
            if named.is_none() && !who.name.is_empty() && !main.person {
                name.clone_from(&who.name);
            }
        }
    }
    let who = Who {
        name,
        kind: main.kind,
        countries,
        media: all.iter().any(|m| m.media),
        plural: all.iter().any(|m| m.named == Named::Demonym),
        place: false,
        inferred: false,
        span: scene.span(first, end),
    };
    if !adjective && (role || main.person) {
        if let Some(inner) = inner.filter(|i| i.chars().count() > 1) {
            known.add(inner, &who);
        }
        if role {
            known.roles.insert(head_of(&main), who.clone());
        }
    }
    if main.person && main.named == Named::Plain {
        known.add_person(&who);
    }
    let cases = all.iter().filter(|m| m.cases != 0).map(|m| m.cases).next().unwrap_or(0);
    Unit { first, end, who: Some(who), thing: None, cases, receiver: all.iter().any(|m| m.receiver), adjective, person: main.person }
}

/// What later mentions of the same role are found by.
fn head_of(main: &Mention) -> String {
    main.low.chars().take(6).collect()
}

/// Names that no table holds: known from before, or two words with capitals.
fn unknown_names(scene: &Scene<'_, '_>, items: &[Item<'_>], units: &[Unit], known: &Known) -> Vec<Unit> {
    let mut out = Vec::new();
    let taken = |i: usize| {
        units.iter().any(|u| u.first <= i && i < u.end)
            || items.iter().any(|x| x.first <= i && i < x.end && (!x.acts.is_empty() || x.said.is_some() || x.goods.is_some()))
    };
    let mut at = 0;
    while at < scene.atoms.len() {
        let quoted = scene.atoms[at].is_quote();
        let end = if quoted && !taken(at + 1) {
            name_behind(scene, items, at)
        } else if !scene.by_letters() && !taken(at) && scene.atoms[at].capital {
            (at..scene.atoms.len().min(at + 4))
                .take_while(|i| {
                    !taken(*i) && scene.atoms[*i].capital && scene.atoms[*i].shape == Shape::Word && !(is_function(scene, *i) && *i != at)
                })
                .last()
                .map(|l| l + 1)
        } else {
            None
        };
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let key = scene.text(at, end).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let earlier = known.name(&key).cloned();
        let two = end - at >= 2
            && !quoted
            && matches!(scene.language, Language::Fr | Language::Es | Language::Ru)
            && !is_function(scene, at)
            && !is_determiner(scene.language, scene.low(at));
        if earlier.is_some() || two {
            let mut who = earlier.unwrap_or(Who {
                name: scene.text(at, end),
                kind: Some(PartyType::Person),
                countries: Vec::new(),
                media: false,
                plural: false,
                place: false,
                inferred: false,
                span: (0, 0),
            });
            who.span = scene.span(at, end);
            out.push(Unit { first: at, end, who: Some(who), thing: None, cases: 0, receiver: false, adjective: false, person: two });
        }
        at = end;
    }
    out
}
