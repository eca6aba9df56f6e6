//! What a sentence names beside its acts: in a question the buyer, the goods and the way are often told one by one.
//! `We sell pumps. The buyer is in Syria.`

use super::{Event, Eye, Sight, located};
use crate::groups::{ASKS_LEAVE, NAMES_AND_GOODS_TELL, ONE_WHO_GETS};
use crate::lexicon::{Outcome, Part};
use crate::tables::ASKED;
use crate::time::When;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::{ActKind, Country};
use std::sync::LazyLock;

/// What one sentence names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Loose {
    /// The first verb or noun that could tell an act.
    pub deed: Option<Deed>,
    /// A phrase that tells what is asked about, whatever its verb tells elsewhere: `keep the books of a Russian company`.
    pub phrase: Option<Deed>,
    pub things: Vec<Thing>,
    /// Who does it, by the grammar.
    pub subject: Vec<Who>,
    pub from: Vec<Who>,
    pub to: Vec<Who>,
    /// Parties behind no preposition.
    pub bare: Vec<Who>,
    /// A verb tells something that is no deed: nothing is made of the names around it.
    pub other_verb: bool,
    pub via: Vec<(Country, (usize, usize))>,
    /// Of whom the sentence says that he buys, or sells.
    pub buyer: Vec<Who>,
    pub seller: Vec<Who>,
    /// Where it says that the goods end.
    pub end: Vec<Who>,
    pub when: Option<(When, (usize, usize))>,
    pub sentence: usize,
    pub span: (usize, usize),
}

/// A verb or noun that could tell an act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed {
    pub kind: ActKind,
    /// Where its word starts, in bytes.
    pub trigger: usize,
    /// Whoever does it gets something: buys, hires, imports.
    pub gets: bool,
    /// A noun tells it.
    pub noun: bool,
}

const GIVES: [&str; 8] = ["seller", "supplier", "exporter", "manufacturer", "sender", "shipper", "vendor", "producer"];

/// Words before a party that say that it gets something, or that something ends there.
const PREPOSITIONS: [&str; 10] = ["to", "into", "towards", "for", "in", "at", "with", "of", "near", "against"];

/// Verbs that a question makes an act of and a report does not: a visit, a landing.
const DEEDS: [(&str, ActKind); 15] = [
    ("rent", ActKind::Lease),
    ("visit", ActKind::Travel),
    ("travel", ActKind::Travel),
    ("vacation", ActKind::Travel),
    ("holiday", ActKind::Travel),
    ("go", ActKind::Travel),
    ("land", ActKind::Overflight),
    ("overfly", ActKind::Overflight),
    ("dock", ActKind::PortCall),
    ("berth", ActKind::PortCall),
    ("moor", ActKind::PortCall),
    ("teach", ActKind::Training),
    ("advise", ActKind::Service),
    ("audit", ActKind::Service),
    ("repair", ActKind::Service),
];

/// The phrases of `asked.csv`, each in its words; the longest first.
static PHRASES: LazyLock<Vec<(Vec<&str>, ActKind)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (words, kind) = line.split_once(',')?;
        Some((words.split_whitespace().collect(), ActKind::parse(kind.trim())?))
    };
    let mut all: Vec<(Vec<&str>, ActKind)> = ASKED.lines().skip(1).filter_map(row).collect();
    all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    all
});

impl Eye<'_> {
    /// The phrase of the sentence that tells what is asked about, and where it begins.
    fn phrase(&self, sight: &Sight<'_>) -> Option<(usize, ActKind)> {
        let whole = |at: usize, words: &[&str]| words.iter().enumerate().all(|(i, word)| sight.low(at + i) == *word);
        let to_land = |at: usize| {
            matches!(sight.low(at), "to" | "may" | "can")
                && sight.low(at + 1) == "land"
                && matches!(sight.low(at + 2), "in" | "at" | "on" | "there" | "")
        };
        (0..sight.scene.tokens.len()).find_map(|at| {
            let told = PHRASES.iter().find(|(words, _)| whole(at, words)).map(|(_, kind)| (at, *kind));
            told.or_else(|| to_land(at).then_some((at + 1, ActKind::Overflight)))
        })
    }

    /// What the sentence names, whatever it tells.
    pub fn loose_facts(&mut self, sight: &Sight<'_>) -> Loose {
        let tokens = sight.scene.tokens;
        let mut out =
            Loose { sentence: sight.scene.sentence, span: sight.span(0, tokens.len()), deed: self.deed(sight), ..Loose::default() };
        let says_nothing = |lemma: &str| NAMES_AND_GOODS_TELL.contains(lemma) || ASKS_LEAVE.contains(lemma);
        out.other_verb = sight.verbs.iter().any(|v| v.form == crate::phrase::Form::Finite && !says_nothing(&v.lemma));
        self.said_of_sides(sight, &mut out);
        let phrase = self.phrase(sight);
        out.phrase = phrase.map(|(at, kind)| Deed { kind, trigger: tokens[at].start, gets: false, noun: false });
        // `A Rossiya airliner asks to land`: a noun or a verb of asking may stand in the place of the verb.
        let before = |at: usize| {
            let clause = sight.clauses.iter().rev().find(|c| {
                c.subject
                    .is_some_and(|s| sight.noun(s).first < at && !matches!(sight.low(sight.noun(s).head), "it" | "there" | "that" | "this"))
            });
            clause
                .and_then(|c| c.subject)
                .or_else(|| (0..sight.scene.nouns.len()).find(|n| sight.noun(*n).end <= at && !sight.noun(*n).time))
        };
        let subject = phrase.and_then(|(at, _)| before(at));
        let subject = subject.or_else(|| {
            out.deed.and_then(|deed| {
                let own = |c: &&crate::clause::Clause| c.verb.is_some_and(|v| tokens[sight.verbs[v].head].start == deed.trigger);
                let clause = sight.clauses.iter().find(own)?;
                clause.subject.filter(|_| clause.verb.is_some_and(|v| !sight.verbs[v].passive))
            })
        });
        if let Some(subject) = subject {
            out.subject = self.group(sight, subject);
            if out.subject.is_empty() {
                out.subject.extend(self.finder.loose(&sight.scene, subject).or_else(|| self.finder.somebody(&sight.scene, subject)));
            }
        }
        for who in out.subject.iter_mut().filter(|w| is_aircraft(&w.name)) {
            who.kind = Some(model::PartyType::Aircraft);
        }
        self.hired_people(sight, &mut out);
        if let Some((at, ActKind::Service | ActKind::Tourism)) = phrase {
            out.things.extend(self.in_words(sight, at));
        }
        for noun in 0..sight.scene.nouns.len() {
            let own = phrase.is_some_and(|(at, _)| sight.noun(noun).first == at);
            if Some(noun) != subject && !sight.noun(noun).time && !own {
                self.sort_noun(sight, noun, &mut out);
            }
        }
        out.when = (0..sight.scene.nouns.len()).filter(|n| sight.noun(*n).time).find_map(|n| {
            let phrase = sight.noun(n);
            (sight.whens)(phrase.first).map(|when| (when, sight.span(phrase.first, phrase.end)))
        });
        out
    }

    /// `Uganda hired North Korean instructors for its riot police`: who is hired to teach teaches, others work.
    fn hired_people(&mut self, sight: &Sight<'_>, out: &mut Loose) {
        let Some(deed) = out.deed.filter(|d| d.kind == ActKind::Employment && d.gets) else { return };
        let own = |c: &&crate::clause::Clause| c.verb.is_some_and(|v| sight.scene.tokens[sight.verbs[v].head].start == deed.trigger);
        let Some(clause) = sight.clauses.iter().find(own) else { return };
        let Some(object) = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n) else { return };
        let Some(home) = self.finder.loose(&sight.scene, object) else { return };
        let head = sight.low(sight.noun(object).head).trim_end_matches('s').to_owned();
        let teaches = matches!(head.as_str(), "instructor" | "trainer" | "coache" | "coach" | "teacher" | "adviser" | "advisor");
        let taught = clause.args.iter().find(|(p, _)| teaches && p.is_some_and(|p| sight.low(p) == "for")).map(|(_, n)| *n);
        let last = taught.map_or(sight.noun(object).end, |n| sight.noun(n).end);
        let (words, span) = sight.scene.words(sight.noun(object).first, last);
        let (category, sort) = if teaches { ("training", Sort::Goods) } else { ("workers", Sort::People) };
        out.things = vec![Thing { words, category: category.to_owned(), sort, generic: false, another: false, english: None, span }];
        out.seller = vec![Who { kind: Some(model::PartyType::Person), ..home }];
        if teaches {
            out.deed = Some(Deed { kind: ActKind::Training, ..deed });
        }
        if let Some(who) = taught.and_then(|n| self.who(sight, n).or_else(|| self.finder.somebody(&sight.scene, n))) {
            let countries = if who.countries.is_empty() {
                out.subject.first().map(|s| s.countries.clone()).unwrap_or_default()
            } else {
                who.countries.clone()
            };
            out.buyer = vec![Who { countries, ..who }];
        }
    }

    /// What is done, by all words from here on: `keep the books of a Russian company`.
    fn in_words(&self, sight: &Sight<'_>, at: usize) -> Option<Thing> {
        let end = (at..sight.scene.tokens.len())
            .find(|i| matches!(sight.low(*i), "." | "?" | "!" | ";" | ","))
            .unwrap_or(sight.scene.tokens.len());
        let span = sight.span(at, end);
        let words = sight.scene.text.get(span.0..span.1)?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Thing { words, category: "service".to_owned(), sort: Sort::Goods, generic: false, another: false, english: None, span })
    }

    /// Puts what a noun names where its preposition says that it belongs.
    fn sort_noun(&mut self, sight: &Sight<'_>, noun: usize, out: &mut Loose) {
        let phrase = sight.noun(noun).clone();
        let before = phrase.before(sight.scene.tokens).unwrap_or_default().to_owned();
        // `a Czech exporter of milling machines`: who deals in goods is none.
        let role = self.finder.gazetteer.role(sight.scene.tokens, phrase.first, phrase.head);
        let thing =
            self.thing(sight, noun).filter(|t| !t.generic && (role.is_none() || self.things.knows(sight.scene.tokens, phrase.head)));
        let who = self.who(sight, noun).or_else(|| {
            let located = self.finder.loose(&sight.scene, noun).filter(|_| thing.is_none());
            located.or_else(|| self.located_in(sight, noun).filter(|_| thing.is_none()))
        });
        let inner = |list: &[Who], who: &Who| list.iter().any(|w| w.may_be(who));
        match (thing, who.filter(|w| !w.countries.is_empty() && !w.media)) {
            (_, Some(who)) if matches!(before.as_str(), "via" | "through" | "across") => {
                out.via.extend(who.countries.first().map(|c| (*c, who.span)));
            }
            (thing, Some(who)) if thing.as_ref().is_none_or(|t| t.category == "other") => {
                // `Incheon to Vladivostok`.
                let starts = who.place && sight.low(phrase.end) == "to" && !PREPOSITIONS.contains(&before.as_str());
                let end = ONE_WHO_GETS.contains(sight.low(phrase.head).trim_end_matches('s')) || PREPOSITIONS.contains(&before.as_str());
                let list = match before.as_str() {
                    "from" => &mut out.from,
                    _ if starts => &mut out.from,
                    _ if end => &mut out.to,
                    _ => &mut out.bare,
                };
                if !inner(list, &who) && !inner(&out.subject, &who) {
                    list.push(who);
                }
            }
            (Some(thing), _) if out.things.is_empty() => out.things.push(thing),
            _ => {}
        }
    }

    /// The first word that could tell an act; what a rule forbids is no act, but here it is asked about.
    fn deed(&self, sight: &Sight<'_>) -> Option<Deed> {
        let gets = |part: Option<&Part>| matches!(part, Some(Part::Receiver | Part::Employer));
        let of_verb = |verb: &crate::phrase::VerbGroup| {
            let frames = self.lexicon.frames(&verb.lemma);
            let own = DEEDS.iter().find(|(lemma, _)| *lemma == verb.lemma).map(|(_, kind)| (*kind, false));
            let told =
                frames.iter().find(|f| f.kind.is_some_and(|k| k != ActKind::Use) && f.outcome != Outcome::Banned && f.tail.is_empty());
            // `A London insurer covers a tanker`.
            let insurer =
                |t: &crate::token::Token<'_>| t.low.contains("insur") || matches!(t.low.as_str(), "club" | "underwriter" | "underwriters");
            let covers = matches!(verb.lemma.as_str(), "cover" | "underwrite") && sight.scene.tokens.iter().any(insurer);
            let own = own.or(covers.then_some((ActKind::Insurance, false)));
            own.or_else(|| told.and_then(|f| Some((f.kind?, gets(f.subject.first()))))).map(|(kind, gets)| Deed {
                kind,
                trigger: sight.scene.tokens[verb.head].start,
                gets,
                noun: false,
            })
        };
        let verb = sight.verbs.iter().filter(|v| !ASKS_LEAVE.contains(v.lemma.as_str())).find_map(of_verb);
        verb.or_else(|| {
            (0..sight.scene.nouns.len()).find_map(|noun| {
                let head = sight.noun(noun).head;
                let kind = self.lexicon.nominal(sight.low(head))?.kind?;
                Some(Deed { kind, trigger: sight.scene.tokens[head].start, gets: false, noun: true })
            })
        })
    }

    /// `The buyer is in Syria`, `the end user is the Russian army`, `the car is meant for Russia`.
    fn said_of_sides(&mut self, sight: &Sight<'_>, out: &mut Loose) {
        for clause in sight.clauses {
            let (Some(verb), Some(subject)) = (clause.verb.map(|v| &sight.verbs[v]), clause.subject) else { continue };
            let head = sight.low(sight.noun(subject).head).trim_end_matches('s');
            let is = matches!(verb.lemma.as_str(), "be" | "sit" | "live" | "base" | "locate" | "reside" | "come" | "belong");
            if !is || verb.negated || !(ONE_WHO_GETS.contains(head) || GIVES.contains(&head)) {
                continue;
            }
            let nouns: Vec<usize> = clause.args.iter().map(|(_, n)| *n).collect();
            let found = nouns.into_iter().find_map(|n| {
                let who = self.who(sight, n).or_else(|| self.finder.loose(&sight.scene, n)).or_else(|| self.located_in(sight, n))?;
                (!who.countries.is_empty()).then_some(who)
            });
            let Some(who) = found else { continue };
            let (name, span) = sight.scene.words(sight.noun(subject).first, sight.noun(subject).end);
            // A place only says where the buyer is; a party says who it is.
            let bare = who.place || who.kind == Some(model::PartyType::Government) && !who.name.contains(' ');
            let who = if bare { Who { name, kind: None, place: false, span, ..who } } else { who };
            if ONE_WHO_GETS.contains(head) { out.buyer.push(who) } else { out.seller.push(who) }
        }
        out.end.extend(self.bound_for(sight));
        if out.end.is_empty() && out.deed.is_none() {
            out.end.extend(self.end_behind(sight));
        }
    }
}

impl Loose {
    /// The act that the sentences of a question name together, where none of them tells one as a whole.
    pub fn event(all: &[Self], asker: Option<&Who>) -> Option<Event> {
        let deed = all.iter().find_map(|l| l.phrase).or_else(|| all.iter().find_map(|l| l.deed));
        let lists = |list: fn(&Self) -> &Vec<Who>| -> Vec<Who> { all.iter().flat_map(|l| list(l).iter().cloned()).collect() };
        let first = |lists: &[Vec<Who>]| lists.iter().find(|l| !l.is_empty()).cloned().unwrap_or_default();
        let asker: Vec<Who> = asker.into_iter().cloned().collect();
        let gets = deed.is_some_and(|d| d.gets);
        let subject = first(&[lists(|l| &l.subject), asker]);
        let (mut givers, mut receivers) = if gets {
            (first(&[lists(|l| &l.seller), lists(|l| &l.from), lists(|l| &l.to)]), first(&[lists(|l| &l.buyer), subject]))
        } else {
            (
                first(&[lists(|l| &l.seller), subject, lists(|l| &l.from)]),
                first(&[lists(|l| &l.buyer), lists(|l| &l.end), lists(|l| &l.to)]),
            )
        };
        // `Dutch software house, accounting software, customer in Kazan`: who stands first gives, or gets where somebody gives already.
        let mut bare = lists(|l| &l.bare);
        bare.retain(|b| !crate::asked::no_party(b) && !givers.iter().chain(&receivers).any(|w| w.may_be(b)));
        let mut bare = bare.into_iter();
        if givers.is_empty() {
            givers.extend(bare.next());
        }
        if receivers.is_empty() {
            receivers.extend(bare.next());
        }
        givers.retain(|w| !crate::asked::no_party(w));
        receivers.retain(|r| !crate::asked::no_party(r) && !givers.iter().any(|g| g == r));
        let from = lists(|l| &l.from);
        if !gets && !from.is_empty() && from.iter().all(|f| !givers.contains(f)) {
            givers.extend(from.into_iter().map(|w| Who { place: true, ..w }));
        }
        receivers.truncate(2);
        let things: Vec<Thing> = all.iter().flat_map(|l| l.things.iter().cloned()).take(3).collect();
        // `Exports to Russia rose`: told of an act, and no act.
        if deed.is_some_and(|d| d.noun) && all.iter().any(|l| l.other_verb) {
            return None;
        }
        let silent = deed.is_none() && all.iter().any(|l| l.other_verb);
        let goods = !silent && things.iter().any(|t| t.sort == Sort::Goods && !matches!(t.category.as_str(), "other" | "service"));
        // `I am an American and want to run in Pyongyang`: a person and a place, and nothing that is given.
        let person = subject_is_person(&givers) && things.is_empty() && located(&receivers);
        let kind = deed.map(|d| d.kind).or(goods.then_some(ActKind::Supply)).or(person.then_some(ActKind::Travel))?;
        if !located(&givers) && !located(&receivers) {
            return None;
        }
        let (sentence, span) = all.iter().find(|l| l.deed.is_some()).or(all.first()).map(|l| (l.sentence, l.span))?;
        let mut via: Vec<(Country, (usize, usize))> = all.iter().flat_map(|l| l.via.iter().copied()).collect();
        via.dedup_by_key(|(country, _)| *country);
        let when = all.iter().find_map(|l| l.when);
        let act = Event::of(travels(kind, &things), sentence, deed.map_or(span.0, |d| d.trigger), span);
        Some(Event { givers, receivers, via, things, when, ..act })
    }
}

fn is_aircraft(name: &str) -> bool {
    matches!(
        name.split(' ').next_back().unwrap_or_default(),
        "airliner" | "plane" | "aircraft" | "jet" | "helicopter" | "airplane" | "aeroplane"
    )
}

fn subject_is_person(givers: &[Who]) -> bool {
    givers.iter().any(|w| w.kind == Some(model::PartyType::Person) && !w.countries.is_empty())
}

/// Whoever goes somewhere with goods or money moves these.
fn travels(kind: ActKind, things: &[Thing]) -> ActKind {
    match kind {
        ActKind::Travel if things.iter().any(|t| t.category == "tourism") => ActKind::Tourism,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_phrases_is_understood() {
        let rows = ASKED.lines().skip(1).filter(|line| !line.is_empty()).count();
        assert!(rows > 30 && PHRASES.len() == rows, "{} of {rows}", PHRASES.len());
        assert!(PHRASES.iter().all(|(words, _)| words.iter().all(|w| *w == w.to_lowercase())));
    }
}
