//! What a text has named so far, and what later mentions of it mean.

use super::{Entity, Found, Known, Scene, Who};
use crate::gazetteer::{NameKind, Named, RoleNoun};
use crate::groups::{AROUND_SUSPECTS, WATCHERS};
use crate::phrase::NounPhrase;
use crate::token::Token;
use model::{Country, PartyType};

/// How many sentences back a pronoun or a definite noun may look.
const REACH: usize = 4;

/// Most parties that are kept in mind, so that cost stays in proportion to length.
const MOST_KEPT: usize = 400;

/// Most short names that a text gives.
const MOST_SHORT: usize = 60;

impl Known {
    /// Notes of which State somebody named in this place, or by this name, is.
    pub fn settle(&mut self, who: &Who) {
        let open = |e: &&mut Entity| e.who.countries.is_empty() && (e.who.span == who.span || e.who.name == who.name);
        if let Some(entity) = self.entities.iter_mut().rev().find(open) {
            entity.who.countries.clone_from(&who.countries);
            entity.who.inferred |= who.inferred;
        }
    }

    /// Notes that an embargo is on somebody.
    pub fn embargo_on(&mut self, who: Who, on_arms: bool) {
        self.arms_embargo |= on_arms;
        if let Some((_, count)) = self.embargoes.iter_mut().find(|(w, _)| w.countries == who.countries) {
            *count += 1;
        } else if self.embargoes.len() < MOST_SHORT {
            self.embargoes.push((who, 1));
        }
    }

    /// The State whose embargo the text is about, where it is none of these; `None` where it speaks of two as often.
    pub fn embargoed(&self, beside: &[Who]) -> Option<Who> {
        let mut all: Vec<&(Who, usize)> = self.embargoes.iter().collect();
        all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let (first, count) = all.first()?;
        let alone = all.get(1).is_none_or(|(_, n)| n < count);
        (alone && beside.iter().all(|w| !w.countries.iter().any(|c| first.countries.contains(c)))).then(|| first.clone().inferred())
    }

    /// Whether the text speaks of an embargo on arms by that word: whoever breaks it gives arms to the State it is on.
    pub fn only_arms_embargoed(&self) -> bool {
        self.embargoes.len() == 1 && self.arms_embargo
    }

    /// Notes where the text puts a town.
    pub(super) fn puts(&mut self, town: &str, countries: &[Country]) {
        if self.towns.len() < MOST_SHORT && self.place_of(town).is_none() {
            self.towns.push((town.to_owned(), countries.to_vec()));
        }
    }

    /// Where the text has put a town.
    pub(super) fn place_of(&self, town: &str) -> Option<Vec<Country>> {
        self.towns.iter().find(|(name, _)| name == town).map(|(_, countries)| countries.clone())
    }

    /// Whether the text has named a union of States that is not the European one.
    pub(super) fn names_a_bloc(&self) -> bool {
        const BLOCS: [&str; 8] = ["asean", "ecowas", "african", "mercosur", "brics", "sadc", "arab", "gulf"];
        let union = |e: &Entity| matches!(e.role, Some(RoleNoun::Body)) && e.words.iter().any(|w| BLOCS.contains(&w.as_str()));
        self.entities.iter().any(union)
    }

    /// Which of two States the text names more; none where it names both as often.
    pub fn named_more(&self, one: &str, other: &str) -> Option<Country> {
        let count = |code: &str| -> usize {
            self.entities.iter().filter(|e| e.who.countries.len() == 1 && e.who.countries[0].code() == code).map(|e| e.count).sum()
        };
        let (a, b) = (count(one), count(other));
        if a == b { None } else { Country::new(if a > b { one } else { other }) }
    }

    /// The State, beside those given, that the text speaks of most; `None` when two are close or it is hardly named.
    pub fn foremost(&self, beside: &[Who]) -> Option<Who> {
        self.leading(beside, 2)
    }

    /// The State named most, by this factor before the next.
    pub fn leading(&self, beside: &[Who], factor: usize) -> Option<Who> {
        let mut counts: Vec<(Country, usize, &Entity)> = Vec::new();
        // Offices and people mostly speak; a text is about the States and groups that it names.
        let about = |e: &&Entity| !e.who.media && e.who.countries.len() == 1 && matches!(e.role, Some(RoleNoun::State | RoleNoun::Group));
        for entity in self.entities.iter().filter(about) {
            let country = entity.who.countries[0];
            if beside.iter().any(|w| w.countries.contains(&country)) {
                continue;
            }
            match counts.iter_mut().find(|(c, ..)| *c == country) {
                Some((_, n, _)) => *n += entity.count,
                None => counts.push((country, entity.count, entity)),
            }
        }
        counts.sort_by_key(|(_, n, _)| std::cmp::Reverse(*n));
        let first = counts.first()?;
        let second = counts.get(1).map_or(0, |(_, n, _)| *n);
        (first.1 >= 3 && first.1 >= factor * second && first.1 > second).then(|| first.2.who.clone().inferred())
    }

    /// Notes the short name in brackets behind a name.
    pub(super) fn shorten(&mut self, scene: &Scene<'_>, phrase: &NounPhrase, found: &Found) {
        let at = |i: usize| scene.tokens.get(phrase.end + i);
        let (Some(open), Some(short), Some(close)) = (at(0), at(1), at(2)) else { return };
        let initial = |t: &Token<'_>| t.text.chars().next();
        let abbreviates = found.who.name.split_whitespace().any(|w| w.chars().next() == initial(short));
        let party = !found.who.countries.is_empty() || matches!(found.role, Some(RoleNoun::Body | RoleNoun::Group | RoleNoun::StateOrgan));
        if found.who.place || !party {
            return;
        }
        if open.text != "(" || close.text != ")" || !short.shouted || !abbreviates || !phrase.head_is_name(scene.tokens) {
            return;
        }
        if self.short.len() >= MOST_SHORT || self.short.iter().any(|(s, _)| s == short.text) {
            return;
        }
        let kind = match (found.role, found.who.kind) {
            _ if found.who.media => NameKind::Media,
            (Some(RoleNoun::State), _) => NameKind::State,
            (Some(RoleNoun::Group), _) => NameKind::Group,
            (_, Some(PartyType::Government)) => NameKind::Office,
            (_, Some(PartyType::Company | PartyType::Bank)) => NameKind::Company,
            (_, Some(PartyType::Vessel)) => NameKind::Vessel,
            _ => NameKind::Body,
        };
        let named = Named { name: found.who.name.clone(), kind, countries: found.who.countries.clone() };
        self.short.push((short.text.to_owned(), named));
    }

    pub(super) fn remember(&mut self, found: &mut Found, sentence: usize, subject: bool) {
        let subject = subject.then_some(sentence);
        let words: Vec<String> = found.who.name.split_whitespace().map(crate::token::lower).collect();
        let Some(last) = words.last().cloned() else { return };
        let same = self.entities.iter_mut().rev().find(|e| {
            e.words == words
                || (e.role == Some(RoleNoun::Person)
                    && found.role == Some(RoleNoun::Person)
                    && e.words.contains(&last)
                    && words.iter().all(|w| e.words.contains(w)))
        });
        if let Some(entity) = same {
            if entity.seen != sentence {
                entity.before = Some(entity.seen);
                entity.at = found.who.span.0;
            }
            entity.seen = sentence;
            entity.count += 1;
            entity.subject = subject.or(entity.subject);
            // `Both Iran and Syria`, and then `Syria`: one of two is one.
            entity.who.plural &= found.who.plural;
            entity.role = entity.role.or(found.role);
            if entity.who.countries.is_empty() {
                entity.who.countries.clone_from(&found.who.countries);
            }
            if found.who.countries.is_empty() {
                found.who.countries.clone_from(&entity.who.countries);
            }
            if entity.who.name.len() > found.who.name.len() && entity.role == Some(RoleNoun::Person) {
                found.who.name.clone_from(&entity.who.name);
            }
            return;
        }
        let female = words
            .iter()
            .any(|w| {
                matches!(w.as_str(), "sister" | "wife" | "daughter" | "mother" | "woman" | "ms" | "mrs" | "queen" | "lady" | "spokeswoman")
            })
            .then_some(true);
        if self.entities.len() >= MOST_KEPT {
            // Long texts: what was named long ago is no longer meant by a later word.
            self.entities.drain(..MOST_KEPT / 2);
        }
        self.entities.push(Entity {
            who: found.who.clone(),
            words,
            role: found.role,
            female,
            seen: sentence,
            at: found.who.span.0,
            before: None,
            count: 1,
            subject,
        });
    }

    /// The ship told of last, a few sentences before at most.
    pub fn ship_before(&self, sentence: usize) -> Option<Who> {
        let near = |e: &&Entity| e.role == Some(RoleNoun::Vessel) && !e.who.plural && sentence.saturating_sub(e.seen) <= 2;
        self.entities.iter().filter(near).max_by_key(|e| e.seen).map(|e| e.who.clone())
    }

    /// Those told of last who may be blamed for something: people or firms, firms alone for `it`, and no office that goes after them.
    pub fn suspects(&self, sentence: usize, firms: bool) -> Option<Who> {
        let blamed = |e: &&Entity| {
            let body = !firms && e.role == Some(RoleNoun::Person) || matches!(e.who.kind, Some(PartyType::Company | PartyType::Bank));
            let speaks = e.words.iter().any(|w| AROUND_SUSPECTS.contains(w.as_str())) || crate::claim::enforces(&e.who);
            body && !speaks && !e.who.media && sentence.saturating_sub(e.seen) <= 2
        };
        self.entities.iter().filter(blamed).max_by_key(|e| (e.seen, e.subject == Some(e.seen), e.who.plural)).map(|e| e.who.clone())
    }

    /// The State named last that is none of these parties'.
    pub fn state_beside(&self, beside: &[Who]) -> Option<Who> {
        let other = |e: &&Entity| {
            e.role == Some(RoleNoun::State)
                && !e.who.plural
                && !e.who.countries.is_empty()
                && !beside.iter().any(|w| w.countries.iter().any(|c| e.who.countries.contains(c)))
        };
        self.entities.iter().filter(other).max_by_key(|e| e.seen).map(|e| e.who.clone())
    }

    /// The only State beside these parties that was named in this sentence and the two before it; none where there are several.
    pub fn sole_state_beside(&self, beside: &[Who], sentence: usize) -> Option<Who> {
        let near = |e: &&Entity| {
            e.role == Some(RoleNoun::State)
                && e.seen + 2 >= sentence
                && !e.who.plural
                && e.who.countries.len() == 1
                && !beside.iter().any(|w| w.countries.contains(&e.who.countries[0]))
        };
        let mut states = self.entities.iter().filter(near);
        let first = states.next()?;
        states.all(|e| e.who.countries == first.who.countries).then(|| first.who.clone())
    }

    /// The State of a region named last, and of several named as late the one named most.
    pub(super) fn of_region(&self, members: &[Country]) -> Option<Country> {
        let inside = |e: &&Entity| e.who.countries.len() == 1 && members.contains(&e.who.countries[0]) && !e.who.media;
        self.entities.iter().filter(inside).max_by_key(|e| (e.seen, e.count)).map(|e| e.who.countries[0])
    }

    /// The person of another State named last.
    pub(super) fn opposite(&self, own: &Who) -> Option<Who> {
        let other = |e: &&Entity| {
            e.role == Some(RoleNoun::Person) && !e.who.countries.is_empty() && !e.who.countries.iter().any(|c| own.countries.contains(c))
        };
        self.entities.iter().filter(other).max_by_key(|e| (e.seen, e.count)).map(|e| e.who.clone())
    }

    /// The one other State of those named of late; nothing where two are as near.
    pub(super) fn other_state(&self, own: &Who, sentence: usize) -> Option<Who> {
        let other = |e: &&Entity| {
            e.who.countries.len() == 1 && !e.who.media && !own.countries.is_empty() && !own.countries.contains(&e.who.countries[0])
        };
        let near = |e: &&Entity| sentence.saturating_sub(e.seen) <= 1;
        let mut found = self.entities.iter().filter(other).filter(near);
        let first = found.next()?;
        found.all(|e| e.who.countries == first.who.countries).then(|| first.who.clone())
    }

    /// An earlier party by one word of its name (`Kim`, `Peskov`); the most often named wins among several.
    pub(super) fn by_word(&self, low: &str, name: &str) -> Option<&Entity> {
        let single = !name.contains(' ');
        let all = name.split_whitespace().map(crate::token::lower).collect::<Vec<_>>();
        self.entities
            .iter()
            .filter(|e| e.words.len() > 1 || e.words == all)
            .filter(|e| if single { e.words.iter().any(|w| w == low) } else { all.iter().all(|w| e.words.contains(w)) })
            .max_by_key(|e| (e.count, e.seen))
    }

    /// An earlier party by a definite noun: `the company`, `the country`, `the leader`.
    pub(super) fn by_role(&self, role: RoleNoun, head: &str, bare: bool, sentence: usize) -> Option<&Entity> {
        let near = |e: &&Entity| sentence.saturating_sub(e.seen) <= REACH;
        // The same noun said before is the best guess: `a Turkish businessman … the businessman`.
        let last = |e: &&Entity| (e.seen, e.at);
        let same = self.entities.iter().filter(|e| e.words.last().is_some_and(|w| w == head) && e.words.len() > 1).max_by_key(last);
        if same.is_some() || !bare {
            return same;
        }
        // `the rebels`: those called rebels before, though other armed groups were named since.
        let singular = head.strip_suffix('s').unwrap_or(head);
        let called =
            |e: &&Entity| e.role == Some(RoleNoun::Group) && e.words.len() > 1 && e.words.iter().any(|w| w == singular || w == head);
        if role == RoleNoun::Group
            && let Some(called) = self.entities.iter().filter(called).max_by_key(last)
        {
            return Some(called);
        }
        // `the panel`, said before: itself.
        let itself = self.entities.iter().filter(near).rev().find(|e| e.words.len() == 1 && e.words[0] == head);
        if itself.is_some() {
            return itself;
        }
        if matches!(head, "newspaper" | "paper" | "daily" | "outlet" | "broadcaster" | "website" | "magazine") {
            return self.entities.iter().filter(near).rev().find(|e| e.who.media);
        }
        // One company is not several, and a name is meant before a description.
        let several = head.ends_with('s') && !head.ends_with("ss");
        let fits = |e: &&Entity| several == e.who.plural || role == RoleNoun::State;
        let named = |e: &&Entity| e.who.name.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
        let meant = |e: &&Entity| match role {
            RoleNoun::State => e.role == Some(RoleNoun::State) && !e.who.plural && !several,
            // Only nouns that can stand for anybody: `the president` is not the ambassador named before.
            RoleNoun::Person => {
                e.role == Some(RoleNoun::Person)
                    && !e.words.iter().any(|w| AROUND_SUSPECTS.contains(w.as_str()))
                    && e.seen < sentence
                    && (head.ends_with("-year-old")
                        || matches!(
                            head,
                            "man"
                                | "woman"
                                | "suspect"
                                | "leader"
                                | "ruler"
                                | "dictator"
                                | "defendant"
                                | "pair"
                                | "duo"
                                | "trio"
                                | "strongman"
                                | "accused"
                        ))
            }
            // `the firm` is no panel and no institute.
            RoleNoun::Body => {
                let trades = |w: &str| {
                    matches!(
                        w,
                        "firm"
                            | "company"
                            | "business"
                            | "manufacturer"
                            | "maker"
                            | "trader"
                            | "bank"
                            | "airline"
                            | "shipper"
                            | "supplier"
                            | "exporter"
                    )
                };
                let watches = e.words.last().is_some_and(|w| WATCHERS.contains(w.as_str()));
                // Nor is `the panel` a firm.
                let watched = WATCHERS.contains(head) && e.words.last().is_some_and(|w| trades(w));
                let other_sort = watched || trades(head) && watches;
                matches!(e.role, Some(RoleNoun::Body)) && !e.who.media && !other_sort
            }
            RoleNoun::Vessel => e.role == Some(RoleNoun::Vessel),
            // `sent advisers to the rebels`: not those named just before in the same breath.
            RoleNoun::Group => e.role == Some(RoleNoun::Group) && (e.seen < sentence || named(e)),
            RoleNoun::StateOrgan => e.role == Some(RoleNoun::StateOrgan),
        };
        // `the country`: the State named last, however long it has been known.
        let all = || self.entities.iter().filter(near).filter(fits).filter(meant);
        match role {
            RoleNoun::Body | RoleNoun::Vessel => all().filter(named).max_by_key(last).or_else(|| all().max_by_key(last)),
            _ => all().max_by_key(last),
        }
    }

    /// The party that a pronoun most likely means: the subject before others. An object is never the subject named last in its own sentence.
    pub(super) fn by_pronoun(&self, low: &str, sentence: usize, start: usize, object: bool) -> Option<usize> {
        // What this sentence names only behind the pronoun counts as far as earlier sentences named it.
        let seen = |e: &Entity| if e.seen == sentence && e.at > start { e.before } else { Some(e.seen) };
        // `Putin gave Kim a rifle, and Kim handed him a sword`.
        let subject = |e: &&Entity| e.subject == Some(sentence);
        let last = self.entities.iter().filter(subject).map(|e| e.at).filter(|at| *at < start).max();
        let itself = |e: &Entity| object && subject(&e) && (last.is_none() || low != "him" || Some(e.at) == last);
        let near = |e: &&Entity| seen(e).is_some_and(|s| sentence.saturating_sub(s) <= 2) && !itself(e);
        let rank = |e: &&Entity| (seen(e), e.subject == Some(e.seen), e.count);
        let recent = |test: &dyn Fn(&Entity) -> bool| {
            let all = self.entities.iter().enumerate().filter(|(_, e)| near(e) && test(e));
            all.max_by_key(|(_, e)| rank(e)).map(|(at, _)| at)
        };
        match low {
            "he" | "him" | "his" | "himself" => recent(&|e| {
                e.role == Some(RoleNoun::Person) && e.female != Some(true) && !e.who.plural && !crate::claim::are_offices(&e.who)
            }),
            // A ship is a she too, where nobody is known to be a woman.
            "she" | "her" | "hers" | "herself" => recent(&|e| e.role == Some(RoleNoun::Person) && e.female == Some(true))
                .or_else(|| recent(&|e| e.role == Some(RoleNoun::Vessel) && !e.who.plural))
                .or_else(|| recent(&|e| e.role == Some(RoleNoun::Person) && !e.who.plural)),
            "they" | "them" | "their" | "themselves" => recent(&|e| e.who.plural || e.role == Some(RoleNoun::Group))
                .or_else(|| recent(&|e| matches!(e.role, Some(RoleNoun::State | RoleNoun::Body | RoleNoun::StateOrgan)))),
            "it" | "its" | "itself" => recent(&|e| {
                matches!(e.role, Some(RoleNoun::State | RoleNoun::Body | RoleNoun::StateOrgan | RoleNoun::Group | RoleNoun::Vessel))
                    && !e.who.plural
                    && !e.who.media
            }),
            _ => None,
        }
    }
}
