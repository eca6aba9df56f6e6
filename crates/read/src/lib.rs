//! Reading: from the words of a sentence or a report to acts and claims, every fact with the words that say it.
//!
//! Works without a model and without a network: tokens, parts of speech, noun phrases and verb groups, clauses, frames of verbs and nouns of
//! giving, who is meant by later mentions, how surely it is told and by whom. The vocabulary is data (`data/reading`); the tables of countries and
//! goods belong to another room and come in through [`Reader::new`].

mod asked;
mod claim;
mod clause;
mod dateline;
mod event;
mod gazetteer;
mod groups;
mod language;
mod lexicon;
mod marked;
mod mention;
mod merge;
mod phrase;
mod phrases;
mod status;
mod table;
pub mod tables;
mod tag;
mod time;
mod token;
mod weights;
mod what;
mod who;

pub use gazetteer::{NameKind, PlaceName};
pub use language::{Detected, Language, detect};
pub use lexicon::{Stance, Telling};
pub use marked::problems as language_problems;
pub use model;
pub use time::When;
pub use weights::{Question, Trait, Weights};
pub use what::{GoodsWords, Sort, Thing};
pub use who::Who;

use claim::Word;
use event::{Event, Eye, Sight};
use gazetteer::Gazetteer;
use lexicon::Lexicon;
use mention::Mention;
pub use merge::same_family;
use merge::{Gathered, Merged, Merger, Parties};
use model::{ActKind, Country, Date};
use what::Things;
use who::{Finder, Known, Scene};

/// A place in a text: first byte and one past the last.
pub type Span = (usize, usize);

/// An act as a text tells it.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// What is done.
    pub kind: ActKind,
    /// How surely it is told.
    pub telling: Telling,
    /// Who gives, sends, sells.
    pub givers: Vec<Who>,
    /// Who gets.
    pub receivers: Vec<Who>,
    /// Who or what carries.
    pub carriers: Vec<Who>,
    /// States on the way.
    pub via: Vec<(Country, Span)>,
    /// What is given.
    pub things: Vec<Thing>,
    /// Words for what it is worth.
    pub value: Option<Span>,
    /// When, and the words that say so.
    pub when: Option<(When, Span)>,
    /// The words for what it is done: `for its missile programme`.
    pub purpose: Option<Span>,
    /// Who says so, in the text's words.
    pub attributed_to: Vec<String>,
    /// Each place where it is told.
    pub told: Vec<Span>,
}

/// What somebody says of acts.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Who speaks.
    pub speaker: Who,
    /// What the speaker does by it.
    pub stance: Stance,
    /// Indices of transfers.
    pub about: Vec<usize>,
    /// The words.
    pub span: Span,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Acts in the order of the text.
    pub transfers: Vec<Transfer>,
    /// Claims in the order of the text.
    pub claims: Vec<Claim>,
    /// The language it was read in; `None` when it was not read.
    pub language: Option<Language>,
    /// Read by marks alone: less is found than in English.
    pub partial: bool,
    /// The language of a text that is not read.
    pub not_read: Option<&'static str>,
}

/// What was weighed of an act that a text may tell, for those who learn the weights.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The act as it would be told.
    pub transfer: Transfer,
    /// Whether it is told.
    pub told: bool,
    /// Who may give, and what speaks for each.
    pub givers: Vec<(Who, Vec<Trait>)>,
    /// Who may get, and what speaks for each.
    pub receivers: Vec<(Who, Vec<Trait>)>,
    /// What speaks for the act itself.
    pub traits: Vec<Trait>,
}

/// One telling of an act: how surely, and by whom.
type Told = (Event, Telling, Vec<Who>);

/// What one sentence tells.
struct Taken {
    told: Vec<Told>,
    said: Vec<Word>,
    /// When things moved, where it tells no act.
    moved: Option<event::Moved>,
    /// When something was seized or stopped.
    caught: Option<(When, Span)>,
    /// When somebody visited or met others.
    visited: Option<(When, Span)>,
    /// It tells that a ship was seized or stopped.
    ship_caught: bool,
    /// What courts made of whom, where it tells no act.
    judged: Vec<(Who, Telling)>,
    named: Vec<Mention>,
    /// What it names beside its acts, where it is part of a question.
    loose: Option<event::Loose>,
}

/// What is read, and against what.
#[derive(Clone, Copy)]
struct Report<'a> {
    text: &'a str,
    published: Option<Date>,
    goods: &'a GoodsWords<'a>,
    /// Somebody asks about it: it is no report.
    asked: bool,
}

/// Reads texts. Building one reads the tables; reading changes nothing in it.
pub struct Reader {
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    things: Things,
    weights: Weights,
    problems: Vec<String>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    /// A reader that knows these places.
    #[must_use]
    pub fn new(places: impl Iterator<Item = PlaceName>) -> Self {
        // Most of the start goes into the tables; the words of English do not wait for the names.
        let (read, gazetteer, things, mut problems) = std::thread::scope(|scope| {
            let lexicon = scope.spawn(Lexicon::read);
            let mut problems = Vec::new();
            let gazetteer = Gazetteer::read(places, &mut problems);
            let things = Things::read(&mut problems);
            (lexicon.join(), gazetteer, things, problems)
        });
        let (lexicon, more) = read.unwrap_or_else(|_| (Lexicon::default(), vec!["the words of English could not be read".to_owned()]));
        problems.extend(more);
        let weights = Weights::read(&mut problems);
        problems.extend(groups::problems());
        Self { lexicon, gazetteer, things, weights, problems }
    }

    /// What is wrong with the tables; empty when they are whole.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The weights that it reads by.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Reads a text in its language, told or detected; see [`Language`] for those that are read.
    #[must_use]
    pub fn read(&self, text: &str, published: Option<Date>, language: Option<Language>, goods: &GoodsWords<'_>) -> Reading {
        let detected = detect(text);
        match language.or(detected.language) {
            None => Reading { not_read: Some(detected.name), ..Reading::default() },
            Some(Language::En) => Reading { language: Some(Language::En), ..self.english(text, published, goods) },
            Some(language) => {
                let (told, words) = marked::read(&self.gazetteer, text, published, language, goods);
                let mut merger = Merger::default();
                told.into_iter().for_each(|t| merger.add(t));
                Reading {
                    language: Some(language),
                    partial: true,
                    ..finish(merger.finish(&Known::default(), &Parties::new(&[]), &Weights::default(), None), words)
                }
            }
        }
    }

    /// Reads an English text; `goods` tells the category of goods that words name, and is asked the same words often. Cost grows with its length, memory too.
    #[must_use]
    pub fn english(&self, text: &str, published: Option<Date>, goods: &GoodsWords<'_>) -> Reading {
        self.weighed(&Report { text, published, goods, asked: false }, &self.weights, None)
    }

    /// Reads an English question, or the sentences of somebody who wants to know about an act: who asks is a party, and what the sentences name one
    /// by one belongs to one act. Words of time count from `asked_on`.
    #[must_use]
    pub fn question(&self, text: &str, asked_on: Option<Date>, goods: &GoodsWords<'_>) -> Reading {
        let text = asked::without_verdict(&asked::with_capitals(&self.gazetteer, &self.lexicon, text));
        let report = Report { text: &text, published: asked_on, goods, asked: true };
        Reading { language: Some(Language::En), ..self.weighed(&report, &self.weights, None) }
    }

    /// Reads an English text by other weights, and tells what was weighed: for those who learn the weights.
    #[must_use]
    pub fn study(&self, text: &str, published: Option<Date>, goods: &GoodsWords<'_>, weights: &Weights) -> (Reading, Vec<Weighed>) {
        let mut notes = Vec::new();
        let reading = self.weighed(&Report { text, published, goods, asked: false }, weights, Some(&mut notes));
        let shown = |w: merge::Weighed| Weighed {
            transfer: transfer(w.act),
            told: w.told,
            givers: w.givers,
            receivers: w.receivers,
            traits: w.traits,
        };
        (reading, notes.into_iter().map(shown).collect())
    }

    fn weighed(&self, report: &Report<'_>, weights: &Weights, notes: Option<&mut Vec<merge::Weighed>>) -> Reading {
        let Report { text, published, .. } = *report;
        let mut known = Known::default();
        known.asker = report.asked.then(|| asked::asker(&self.gazetteer, text)).flatten();
        let mut loose: Vec<event::Loose> = Vec::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let (mut merger, mut recent): (Merger, Vec<Event>) = Default::default();
        let mut words: Vec<(usize, Word)> = Vec::new();
        let (wrapped, mut number) = (token::is_wrapped(text), 0);
        // Whose report it is, by its dateline or by a line at its end.
        let (mut mouthpiece, mut credits): (Option<&str>, Vec<(usize, &str)>) = (None, Vec::new());
        let mut visit: Option<(usize, (When, Span))> = None;
        merger.published = published;
        for part in token::parts(text) {
            let mut tokens = token::tokens(text.get(part.clone()).unwrap_or_default(), &|_| false);
            tokens.iter_mut().for_each(|t| t.start += part.start);
            for sentence in token::sentences(text, &tokens, wrapped) {
                let offset = merger.len();
                recent.retain(|e| number - e.sentence <= NEAR);
                let slice = tokens.get(sentence).unwrap_or(&[]);
                let line = dateline::length(slice);
                mouthpiece = mouthpiece.or_else(|| dateline::mouthpiece(slice.get(..line).unwrap_or(&[])));
                credits.retain(|(at, _)| at + LAST_LINES >= number);
                credits.extend(dateline::credit(text, slice).map(|name| (number, name)));
                if line > 0 && known.home.is_empty() {
                    let named = (0..line).find_map(|at| self.gazetteer.at(slice, at)).filter(|(_, n)| n.kind != NameKind::Media);
                    known.home = named.map(|(_, n)| n.countries.clone()).unwrap_or_default();
                }
                let slice = slice.get(line..).unwrap_or(&[]);
                let taken = self.sentence(report, slice, number, &mut known, &recent);
                let Taken { mut told, said, moved, caught, visited, ship_caught, judged, named, loose: beside } = taken;
                loose.extend(beside.filter(|_| loose.len() < MOST_ASKED));
                mentions.extend(named.into_iter().take(MOST_MENTIONS.saturating_sub(mentions.len())));
                if merger.judged.len() < MOST_CLAIMS {
                    merger.judged.extend(judged);
                }
                if ship_caught {
                    merger.ship_caught(number);
                }
                if let Some(when) = caught {
                    merger.caught_on(number, when);
                }
                visit = visited.map(|v| (number, v)).or(visit.filter(|(at, _)| number - at < VISIT_LASTS));
                if let Some((_, when)) = visit {
                    told.iter_mut().filter(|t| is_undated_gift(t)).for_each(|t| t.0.when = Some(when));
                }
                let vague = told.iter().all(|(e, ..)| e.pointed || e.things.iter().all(|t| t.generic));
                if let Some(moved) = moved.filter(|_| vague) {
                    merger.date(number, &moved);
                }
                recent.extend(told.iter().map(|(event, ..)| event.clone()));
                told.into_iter().for_each(|t| merger.add(t));
                words.extend(said.into_iter().map(|mut w| {
                    w.about.iter_mut().for_each(|a| *a += offset);
                    (offset, w)
                }));
                number += 1;
            }
        }
        if report.asked {
            return finish(merger.finish_asked(&loose, known.asker.as_ref()), words);
        }
        let parties = Parties::new(&mentions);
        let mut reading = finish(merger.finish(&known, &parties, weights, notes), words);
        let credit = credits.iter().find(|(at, _)| at + LAST_LINES >= number).map(|(_, name)| *name);
        // What stands under the dateline of a State's agency, it tells, whomever it quotes.
        for act in &mut reading.transfers {
            let whose = mouthpiece.or(credit.filter(|_| act.attributed_to.is_empty()));
            act.attributed_to.extend(whose.filter(|w| !act.attributed_to.iter().any(|a| a == w)).map(str::to_owned));
        }
        reading
    }

    /// How the sentences of a text are taken apart, for people who work on the reader.
    #[must_use]
    pub fn parse_shown(&self, text: &str, goods: &GoodsWords<'_>) -> String {
        if let Some(language) = detect(text).language.filter(|l| *l != Language::En) {
            return marked::shown(&self.gazetteer, text, language, goods);
        }
        let tokens = token::tokens(text, &|_| false);
        let mut out = String::new();
        let mut known = Known::default();
        let wrapped = token::is_wrapped(text);
        for (number, sentence) in token::sentences(text, &tokens, wrapped).into_iter().enumerate() {
            let Taken { told: events, said: words, .. } = self.sentence(
                &Report { text, published: None, goods, asked: false },
                tokens.get(sentence).unwrap_or(&[]),
                number,
                &mut known,
                &[],
            );
            for (e, telling, sources) in events {
                let names = |l: &[Who]| {
                    l.iter()
                        .map(|w| format!("{}{:?}", w.name, w.countries.iter().map(|c| c.code().to_owned()).collect::<Vec<_>>()))
                        .collect::<Vec<_>>()
                        .join("+")
                };
                let things = e
                    .things
                    .iter()
                    .map(|t| format!("{} ({}{})", t.words, t.category, if t.generic { ", generic" } else { "" }))
                    .collect::<Vec<_>>()
                    .join("+");
                out.push_str(&format!(
                    "EVENT {} {} {}: {} -> {} [{things}] noun {} by {}\n",
                    text.get(e.trigger..).and_then(|t| t.split_whitespace().next()).unwrap_or(""),
                    e.kind.word(),
                    telling.word(),
                    names(&e.givers),
                    names(&e.receivers),
                    e.noun,
                    names(&sources)
                ));
            }
            for w in words {
                out.push_str(&format!(
                    "WORD {:?} {} about {:?} earlier {}\n",
                    w.speakers.iter().map(|s| &s.name).collect::<Vec<_>>(),
                    w.stance.word(),
                    w.about,
                    w.of_earlier
                ));
            }
        }
        for sentence in token::sentences(text, &tokens, wrapped) {
            let tokens = tokens.get(sentence).unwrap_or(&[]);
            let tags = tag::tags(&self.lexicon, tokens, &|at| self.gazetteer.at(tokens, at).map_or(0, |(length, _)| length));
            let whens: Vec<Option<time::Told>> = (0..tokens.len()).map(|i| time::at(tokens, i, None)).collect();
            let time = |at: usize| whens.get(at).copied().flatten().map_or(0, |t| t.length);
            let mut pieces = phrase::pieces(&self.lexicon, tokens, &tags, &time, &|at| self.gazetteer.at(tokens, at).map_or(0, |(l, _)| l));
            let clauses = clause::clauses(tokens, &mut pieces);
            let words =
                |first: usize, end: usize| tokens.get(first..end).unwrap_or(&[]).iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
            let noun = |n: usize| pieces.nouns.get(n).map_or(String::new(), |p| format!("{n}:{}", words(p.first, p.end)));
            let tagged: Vec<String> = tokens.iter().zip(&tags).map(|(t, tag)| format!("{}/{tag:?}", t.text)).collect();
            out.push_str(&format!("{}\n", tagged.join(" ")));
            for (n, p) in pieces.nouns.iter().enumerate() {
                out.push_str(&format!(
                    "  np {} owner {:?} of {:?} behind {:?} beside {:?} group {:?}\n",
                    noun(n),
                    p.owner,
                    p.of,
                    p.behind,
                    p.beside,
                    p.group
                ));
            }
            for (at, c) in clauses.iter().enumerate() {
                let verb = c.verb.and_then(|v| pieces.verbs.get(v)).map_or(String::new(), |v| {
                    format!("{} ({}, {:?}{})", words(v.first, v.end), v.lemma, v.form, if v.passive { ", passive" } else { "" })
                });
                let args: Vec<String> = c
                    .args
                    .iter()
                    .map(|(p, n)| format!("{} [{}]", p.and_then(|p| tokens.get(p)).map_or("", |t| t.text), noun(*n)))
                    .collect();
                out.push_str(&format!(
                    "  clause {at} {:?} under {:?}: {} | {verb} | {} times {:?}\n",
                    c.link,
                    c.parent,
                    c.subject.map_or(String::new(), noun),
                    args.join(" "),
                    c.times
                ));
            }
        }
        out
    }

    /// The acts and the words of saying of one sentence.
    fn sentence(&self, report: &Report<'_>, tokens: &[token::Token<'_>], number: usize, known: &mut Known, recent: &[Event]) -> Taken {
        let Report { text, published, goods, asked } = *report;
        let tags = tag::tags(&self.lexicon, tokens, &|at| self.gazetteer.at(tokens, at).map_or(0, |(length, _)| length));
        let whens: Vec<Option<time::Told>> = (0..tokens.len()).map(|i| time::at(tokens, i, published)).collect();
        let mut pieces =
            phrase::pieces(&self.lexicon, tokens, &tags, &|at| whens.get(at).copied().flatten().map_or(0, |t| t.length), &|at| {
                self.gazetteer.at(tokens, at).map_or(0, |(length, _)| length)
            });
        let clauses = clause::clauses(tokens, &mut pieces);
        let scene = Scene { text, tokens, tags: &tags, nouns: &pieces.nouns, sentence: number };
        let when_at = |at: usize| whens.get(at).copied().flatten().and_then(|t| t.when);
        let sight = Sight { scene, verbs: &pieces.verbs, clauses: &clauses, whens: &when_at, year: published.map(Date::year) };
        let finder = Finder { gazetteer: &self.gazetteer, known };
        let mut eye = Eye { lexicon: &self.lexicon, things: &self.things, goods, finder, whos: Vec::new(), goods_found: Vec::new().into() };
        let events = eye.events(&sight);
        let judged = if events.is_empty() { status::judged(&sight, &mut |noun| eye.who(&sight, noun)) } else { Vec::new() };
        let said = claim::words(&mut eye, &sight, &events);
        let named = mention::of_sentence(&mut eye, &sight);
        let ship_caught =
            event::ship_caught(&sight, &mut |noun| eye.who(&sight, noun).is_some_and(|w| w.kind == Some(model::PartyType::Vessel)));
        let loose = asked.then(|| eye.loose_facts(&sight));
        let mut events = events;
        if asked {
            asked::as_asked(&mut eye, &sight, &mut events);
        }
        claim::speakers_own(&sight, &said, &mut events);
        let mut kept = Vec::new();
        let mut place = vec![None; events.len()];
        for (at, event) in events.into_iter().enumerate() {
            // What would be a rule in a report is what a question is about: `Is it forbidden to sell pumps to Iran?`
            let told = status::telling(&self.lexicon, &sight, &event);
            let as_asked = || if asked::is_to_come(&sight, &event) { Telling::Planned } else { Telling::Reported };
            let told = if asked && told.is_none_or(|t| t != Telling::Denied) && asked::asks(&sight) { Some(as_asked()) } else { told };
            let Some(telling) = told.or(asked.then_some(Telling::Hypothetical)) else { continue };
            // `…, officials allege`: who says it behind it says how sure it is.
            let doubted = said.iter().any(|w| w.about.contains(&at) && w.telling == Telling::Alleged);
            let telling = if doubted && telling == Telling::Reported { Telling::Alleged } else { telling };
            let vouched = said
                .iter()
                .any(|w| w.about.contains(&at) && w.telling == Telling::Confirmed && w.speakers.iter().any(|s| claim::vouches(s, &event)));
            let telling = if vouched && telling == Telling::Reported { Telling::Confirmed } else { telling };
            let mut event = event;
            if !asked {
                counterpart(&mut event, &kept, recent, event::in_return(&sight));
            }
            // `Putin gives Kim a car` over a report: it is news of that month.
            let verb = sight.clauses.get(event.clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
            let headline = verb.is_some_and(|v| v.present && v.form == phrase::Form::Finite && v.modal.is_none() && !v.progressive);
            // `Country continues to buy`: no one day of it.
            let headline = headline && !sight.verbs.iter().any(|v| v.lemma == "continue");
            let stops = tokens.last().is_some_and(|t| t.text == ".");
            let first = telling == Telling::Reported && number < HEADLINES && !asked && event.kind != ActKind::Employment;
            let over_it = number == 0 && text.trim().contains('\n');
            let given_over_it = over_it && event.kind == ActKind::Gift && verb.is_some_and(is_plain_past);
            let fresh = verb.is_some_and(|v| is_fresh(&sight, v, &event));
            let mut sources = said.iter().filter(|w| w.about.contains(&at)).flat_map(|w| &w.speakers).peekable();
            let announced = sources.peek().is_some() && sources.all(|s| claim::vouches(s, &event));
            let news = first && ((headline && !stops) || (fresh && announced) || given_over_it);
            event.titled = number == 0 && !stops;
            event.after_all = status::after_all(&sight, &event, telling);
            event.news = news && !event.noun && event.when.is_none();
            event.ongoing = !event.noun && verb.is_some_and(|v| v.progressive || v.lemma == "continue");
            let sources = said
                .iter()
                .filter(|w| w.about.contains(&at) && (w.stance != Stance::Denies || telling == Telling::Denied))
                .flat_map(|w| w.speakers.iter().cloned())
                .collect();
            place[at] = Some(kept.len());
            kept.push((event, telling, sources));
        }
        let said = said
            .into_iter()
            .map(|mut w| {
                w.about = w.about.iter().filter_map(|a| place.get(*a).copied().flatten()).collect();
                w
            })
            .collect();
        let (moved, caught) = (event::moved(&self.lexicon, &sight), event::caught(&self.lexicon, &sight));
        Taken { told: kept, said, moved, caught, visited: event::visited(&sight), ship_caught, judged, named, loose }
    }
}

/// The acts and claims of a text, once all its sentences are read.
fn finish(merged: Merged, words: Vec<(usize, Word)>) -> Reading {
    let mut claims: Vec<Claim> = Vec::new();
    let mut named: Option<Who> = None;
    let mut titles = claim::Titles::default();
    // Acts of which only the breach is denied: `denied that it had broken the embargo`.
    let (mut breaches, mut denied): (rustc_hash::FxHashSet<usize>, rustc_hash::FxHashSet<usize>) = Default::default();
    let settled = merged.gathered.iter().any(|g| g.telling() == Telling::Confirmed);
    for (before, mut word) in words {
        if let Some(who) = word.speakers.first().filter(|_| !word.title.is_empty()) {
            titles.add(who, std::mem::take(&mut word.title));
        }
        let mut about: Vec<usize> = word.about.iter().filter_map(|e| merged.of_event.get(*e).copied().flatten()).collect();
        // What is denied in words too vague to be an act of their own is what was told before.
        word.of_earlier |= word.stance == Stance::Denies && word.acts;
        if about.is_empty() && word.of_earlier {
            match told_before(&word, before, &merged) {
                Some(at) => about.push(at),
                None if word.keeps_rules => continue,
                None => {}
            }
        }
        if word.stance == Stance::Denies {
            let acts = if !word.acts && word.topical { &mut breaches } else { &mut denied };
            acts.extend(&about);
        }
        about.sort_unstable();
        about.dedup();
        // An agency that passes on a charge brings none.
        let press = |s: &Who| s.media && s.kind.is_some() && !claim::watches(s);
        if word.stance == Stance::AssertsViolation && !word.speakers.is_empty() && word.speakers.iter().all(press) {
            word.stance = Stance::Reports;
        }
        // Whose office it is to go after an act only repeats what another has called a breach.
        let by_office = claim::settle(&mut word, &about, &merged.gathered);
        let paper = word.stance == Stance::AssertsViolation && word.speakers.iter().all(claim::is_release);
        if (by_office || paper) && claim::called_a_breach(&claims, &about) {
            continue;
        }
        // `UN experts called the charges credible`, `UN monitors found evidence of it`: of what the report is about, whose words tell no act here.
        let watcher = word.stance == Stance::Reports && !word.speakers.is_empty() && word.speakers.iter().all(claim::watches);
        if watcher && about.is_empty() && (word.evidence || word.topical) {
            word.stance = Stance::AssertsViolation;
            word.topical = true;
        }
        // What he hopes, fears or weighs nobody tells.
        if word.stance == Stance::Reports && word.open {
            continue;
        }
        // Nor is it about an act where it names other States alone.
        if about.is_empty() && !word.of_earlier && claim::is_of_other_states(&word, &merged.gathered) {
            continue;
        }
        let said_of_it = !matches!(word.stance, Stance::Reports | Stance::Confirms);
        // Who asks, condemns or denies as a State or one of its offices speaks of what the report is about.
        let person = |s: &Who| s.kind == Some(model::PartyType::Person) && s.name.contains(' ');
        let council = |s: &Who| s.name.ends_with("Security Council");
        let of_state = word.speakers.iter().any(|s| (!s.countries.is_empty() || person(s) || council(s)) && !s.media);
        use model::PartyType as P;
        let body = |s: &Who| matches!(s.kind, Some(P::Organisation | P::Company | P::Government)) || s.plural;
        let of_state = of_state || ((word.acts || word.demand.remedy) && word.speakers.iter().any(|s| body(s) && !s.media));
        let accuses = word.stance == Stance::AssertsViolation;
        let stands_alone = said_of_it
            && (word.of_earlier || word.topical || (of_state && !accuses))
            && (word.acts || !merged.gathered.is_empty() || (word.topical && !matches!(word.stance, Stance::Condemns)));
        // Who confirms or owns up to an act says so, though his words tell it too vaguely to show it.
        let owns_up = word.stance == Stance::Confirms && word.acts && word.speakers.iter().any(|s| !s.media);
        if about.is_empty() && !stands_alone && !owns_up {
            continue;
        }
        // A breach of which no act is told is a breach of whatever: only those who watch over sanctions speak of it by office, or who names the sort of act.
        let by_watch = !word.speakers.is_empty() && word.speakers.iter().all(claim::watches);
        let of_acts = word.acts && !word.speakers.iter().all(|s| s.media);
        // `accused Iran of flouting the embargo`: a State that says so of another speaks of what the report is about.
        let by_state = of_state && word.topical;
        let told = !merged.gathered.is_empty();
        if accuses && about.is_empty() && !((of_acts && (told || by_state)) || ((by_watch || by_state) && told)) {
            continue;
        }
        // A call for caution, or for the lifting of a ban, is no word about an act; what one who takes part is to do is one about his act.
        if word.stance == Stance::Demands && about.is_empty() && !word.of_earlier {
            about.extend(claim::last_act_of(&word.demand.of, &merged.gathered));
            if about.is_empty() && !word.demand.remedy {
                continue;
            }
        }
        if claim::asks_for_himself(&word, &about, &merged.gathered) || claim::speaks_of_others(&word, &about, &merged.gathered) {
            continue;
        }
        // That a court convicted somebody is the act's own status.
        if word.stance == Stance::Confirms && word.speakers.iter().all(claim::is_court) {
            continue;
        }
        // What a paper or a document repeats after somebody else adds no claim; the sources of the act name it.
        let told_before = |a: &usize| claims.iter().rev().take(MOST_CLAIMS).any(|c| c.about.contains(a));
        if word.stance == Stance::Reports && word.speakers.iter().all(|s| s.media) && !about.is_empty() && about.iter().all(told_before) {
            continue;
        }
        let speakers = word.speakers.into_iter().filter(|s| {
            !claim::is_anybody(s)
                || (!about.is_empty() && claim::are_people(s))
                || (word.stance == Stance::AssertsViolation && claim::finds(s))
        });
        let Some(speaker) = claim::jointly(speakers.collect()) else { continue };
        // `the group`, `the adviser`: who spoke by name before.
        let speaker = match &named {
            Some(before) if claim::points_to(&speaker, before) => before.clone(),
            _ => speaker,
        };
        if !claim::only_described(&speaker.name) {
            named = Some(speaker.clone());
        }
        // Nor who has called it a breach or owned up to it before, nor another who tells what one has told.
        let of_court = settled && !about.is_empty() && claim::tells_for_the_court(&speaker);
        if word.stance == Stance::Reports && !of_court && claim::told_before_by(&claims, &speaker, &about) {
            continue;
        }
        if word.stance != Stance::Reports {
            // Who calls it a breach no longer only reports it.
            let mut near = claims.split_off(claims.len().saturating_sub(MOST_CLAIMS));
            near.retain(|c| {
                c.stance != Stance::Reports
                    || !claim::one_speaker(&c.speaker, &speaker)
                    || !(about.is_empty() || c.about.iter().any(|a| about.contains(a)))
            });
            claims.append(&mut near);
        }
        let same = claims.iter_mut().rev().take(MOST_CLAIMS).find(|c| {
            c.stance == word.stance
                && (claim::one_speaker(&c.speaker, &speaker)
                    || claim::points_to(&c.speaker, &speaker)
                    || claim::owned_up(c, word.stance, &speaker, &about))
        });
        match same {
            // `The country's ambassador denies it … Ambassador Ali Karimi denied it`: by his name, once it is told.
            Some(claim) => {
                if claim::names(&speaker, &claim.speaker) || claim::points_to(&claim.speaker, &speaker) {
                    claim.speaker = speaker;
                    claim.span = word.span;
                }
                claim.about.extend(about.iter().filter(|a| !claim.about.contains(a)).copied().collect::<Vec<_>>());
            }
            None => claims.push(Claim { speaker, stance: word.stance, about, span: word.span }),
        }
    }
    claim::by_mouth(&mut claims);
    claim::outspoken(&mut claims);
    claim::without_retorts(&mut claims);
    claim::by_their_names(&mut claims, &titles);
    claim::with_one_voice(&mut claims, &titles);
    claim::without_sources(&mut claims, settled);
    let only_breach = |at: usize| breaches.contains(&at) && !denied.contains(&at);
    let disputed: Vec<bool> =
        merged.gathered.iter().enumerate().map(|(at, g)| !only_breach(at) && claim::is_disputed(g, at, &claims)).collect();
    let mut transfers: Vec<Transfer> = merged.gathered.into_iter().map(transfer).collect();
    for (act, _) in transfers.iter_mut().zip(disputed).filter(|(_, d)| *d) {
        act.telling = Telling::Alleged;
    }
    Reading { transfers, claims, ..Reading::default() }
}

/// The act meant by words that tell none: the last one told before them; of those who deny, their own; nobody blames others for his own.
fn told_before(word: &Word, before: usize, merged: &Merged) -> Option<usize> {
    let own = |at: &usize| {
        let parties = merged.gathered.get(*at).map(|g| g.act.givers.iter().chain(&g.act.receivers));
        parties.into_iter().flatten().any(|p| word.speakers.iter().any(|s| !s.countries.is_empty() && s.countries == p.countries))
    };
    let told = || merged.of_event.get(..before).unwrap_or(&[]).iter().rev().filter_map(|e| *e).take(MOST_CLAIMS);
    if !claim::denies_as_a_state(word) {
        return told().find(|at| word.stance != Stance::AssertsViolation || !own(at));
    }
    let denied = told().find(own);
    // `always implements the resolutions`, of a State that did nothing of what was told: no act is denied.
    if denied.is_some() || (word.keeps_rules && told().next().is_some()) {
        return denied;
    }
    claim::last_act_of(&word.speakers, &merged.gathered).or_else(|| told().next())
}

/// `Cuba has donated 20 tonnes of sugar, its government announced`: what a party tells so is news, unless it went on for long.
fn is_fresh(sight: &Sight<'_>, verb: &phrase::VerbGroup, event: &Event) -> bool {
    const LONG: [&str; 11] =
        ["since", "repeatedly", "long", "often", "years", "decades", "months", "always", "regularly", "already", "ever"];
    let giving = matches!(event.kind, ActKind::Gift | ActKind::Donation | ActKind::Supply | ActKind::Transfer);
    let plain = verb.form == phrase::Form::Finite && verb.modal.is_none() && !verb.progressive && !verb.negated;
    let auxiliary = sight.scene.tokens.get(verb.first).map_or("", |t| t.low.as_str());
    let long = sight.scene.tokens.iter().any(|t| LONG.contains(&t.low.as_str()));
    giving && plain && !long && verb.perfect && matches!(auxiliary, "has" | "have" | "'s" | "'ve")
}

/// `The king presented him with a horse`, as the first line of a report.
fn is_plain_past(verb: &phrase::VerbGroup) -> bool {
    verb.form == phrase::Form::Finite && verb.modal.is_none() && !verb.progressive && !verb.negated && !verb.perfect && !verb.passive
}

/// How many sentences on a visit is still told of.
const VISIT_LASTS: usize = 4;

/// `During the stay he gave his host a pair of binoculars`: what guests and hosts give each other they give while they meet.
fn is_undated_gift((event, telling, _): &Told) -> bool {
    let done = matches!(telling, Telling::Reported | Telling::Confirmed);
    event.kind == ActKind::Gift && done && !event.noun && event.when.is_none()
}

/// How many lines at the end of a report may hold the one that says whose it is.
const LAST_LINES: usize = 4;

/// How many sentences may stand over a report.
const HEADLINES: usize = 3;

/// Most mentions of parties that are kept to tell who matters in a text; in a text of half a megabyte and more those behind count for nothing.
const MOST_MENTIONS: usize = 20_000;

/// Most claims with which a new one is compared.
const MOST_CLAIMS: usize = 200;

/// Most sentences of a question of which what they name beside their acts is kept.
const MOST_ASKED: usize = 40;

/// Most sentences back to the act whose other party an act without one is taken to have.
const NEAR: usize = 2;

/// Fills the missing party from the act told just before, when the known party took part in it: `Iran sends Russia drones. It is getting jets in
/// return.`
fn counterpart(event: &mut Event, here: &[Told], recent: &[Event], in_return: bool) {
    if event.noun || event.givers.is_empty() == event.receivers.is_empty() {
        return;
    }
    let known = if event.givers.is_empty() { event.receivers.clone() } else { event.givers.clone() };
    let recent = here.iter().rev().map(|(e, ..)| e).chain(recent.iter().rev());
    for other in recent {
        if other.givers.is_empty() || other.receivers.is_empty() {
            continue;
        }
        let meets = |list: &[Who]| list.iter().any(|w| known.iter().any(|k| k.countries.iter().any(|c| w.countries.contains(c))));
        let found = if meets(&other.givers) {
            &other.receivers
        } else if meets(&other.receivers) {
            &other.givers
        } else {
            continue;
        };
        // The same side of the same act is left to merging.
        let open = if event.givers.is_empty() { &mut event.givers } else { &mut event.receivers };
        // `is seeking jets in return`: the words themselves point to the other side.
        let other = |w: Who| if in_return { w } else { w.inferred() };
        open.extend(found.iter().filter(|w| !w.countries.is_empty()).cloned().map(other));
        return;
    }
}

fn transfer(gathered: Gathered) -> Transfer {
    let telling = gathered.telling();
    let mut attributed_to: Vec<String> = Vec::new();
    let told = gathered.tellings.iter().filter(|(t, ..)| *t != Telling::Denied || telling == Telling::Denied);
    for who in told.flat_map(|(_, sources, _)| sources) {
        if !attributed_to.contains(&who.name) {
            attributed_to.push(who.name.clone());
        }
    }
    let mut act = gathered.act;
    what::animals_among(&mut act.things);
    Transfer {
        kind: act.kind,
        telling,
        givers: act.givers,
        receivers: act.receivers,
        carriers: act.carriers,
        via: act.via,
        things: act.things,
        value: act.value,
        when: act.when,
        purpose: act.purpose,
        attributed_to,
        told: gathered.tellings.iter().map(|(.., span)| *span).collect(),
    }
}
