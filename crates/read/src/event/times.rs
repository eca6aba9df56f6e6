//! When an act was done: which of a sentence's times belongs to it.

use super::Sight;
use crate::clause::{Clause, Link};
use crate::groups::{CATCHES, DATED_RULES, DEALT_WITH, GOODS_AND_CARRIERS, MOVES_OR_CHANGES_HANDS, SEES_DONE, VISITS};
use crate::lexicon::Lexicon;
use crate::phrase::Form;
use crate::time::When;

/// The time of a clause: the one nearest to what tells the act. `sent men to work on farms last year`: a time at the end of what it was done for is
/// the time of all of it.
pub(super) fn when(lexicon: &Lexicon, sight: &Sight<'_>, clause: usize, trigger: usize) -> Option<(When, (usize, usize))> {
    let subject = sight.clauses.get(clause).and_then(|c| c.subject);
    let purpose = |at: &usize| {
        let inner = &sight.clauses[*at];
        inner.parent == Some(clause) && matches!(inner.link, Link::Infinitive(_)) && (inner.subject.is_none() || inner.subject == subject)
    };
    of_clause(lexicon, sight, clause, trigger)
        .or_else(|| (0..sight.clauses.len()).filter(purpose).find_map(|at| of_clause(lexicon, sight, at, trigger)))
        .or_else(|| of_the_goods(lexicon, sight, clause, trigger))
        .or_else(|| of_the_word(lexicon, sight, trigger))
        .or_else(|| at_the_head(lexicon, sight, clause, trigger))
}

/// `seized 12 crates of whisky bound for Nampo on Saturday`: a day behind where goods were bound is the day on which they were caught.
fn of_the_goods(lexicon: &Lexicon, sight: &Sight<'_>, clause: usize, trigger: usize) -> Option<(When, (usize, usize))> {
    let bound = |c: &Clause| {
        let verb = c.verb.map_or("", |v| sight.verbs[v].lemma.as_str());
        c.parent == Some(clause) && c.link == Link::Participle && matches!(verb, "bind" | "destine" | "head" | "intend" | "mean")
    };
    let stops = sight.clauses.get(clause).is_some_and(|c| stopped(sight, c).is_some());
    (0..sight.clauses.len()).filter(|at| stops && bound(&sight.clauses[*at])).find_map(|at| of_clause(lexicon, sight, at, trigger))
}

/// The time that a noun for an act has of its own: `its 2017 delivery`, `a May 2019 shipment`, `the sale, which took place on 2 May`.
fn of_the_word(lexicon: &Lexicon, sight: &Sight<'_>, trigger: usize) -> Option<(When, (usize, usize))> {
    let at = sight.scene.nouns.iter().position(|n| n.first <= trigger && trigger < n.end && !n.time)?;
    let phrase = sight.noun(at);
    let year = |t: usize| sight.scene.tokens.get(t).and_then(crate::time::year);
    let within = (phrase.first..trigger).find_map(|t| {
        let told = (sight.whens)(t).map(|when| (when, t)).filter(|(when, _)| when.month.is_some());
        told.or_else(|| year(t).map(|year| (When { year, month: None, day: None }, t)))
    });
    if let Some((when, first)) = within {
        return Some((when, sight.span(first, first + usize::from(when.precision()))));
    }
    sight.clauses.iter().enumerate().find_map(|(c, clause)| {
        let takes_place = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "take" | "occur" | "happen" | "begin" | "start"));
        let of_it = matches!(clause.link, Link::Relative(n, false) if n == at || sight.noun(at).behind.iter().any(|(_, b)| *b == n) || sight.noun(at).of == Some(n));
        (takes_place && of_it).then(|| of_clause(lexicon, sight, c, trigger)).flatten()
    })
}

/// `Last year one sent him a carpet, and another gave him a jar`: a time at the head of a sentence is that of all its main clauses.
fn at_the_head(lexicon: &Lexicon, sight: &Sight<'_>, clause: usize, trigger: usize) -> Option<(When, (usize, usize))> {
    let head = sight.clauses.first()?;
    let main = |c: &Clause| c.link == Link::Main && c.parent.is_none_or(|p| sight.clauses[p].link == Link::Main);
    let said =
        head.verb.is_none_or(|v| lexicon.saying(&sight.verbs[v].lemma).is_some() || DEALT_WITH.contains(sight.verbs[v].lemma.as_str()));
    // `On 11 January forces boarded a boat that carried arms, the command said`: who says so comes at the end, and the day is that of what is said.
    let inverted = head.verb.is_some_and(|v| sight.verbs[v].head > trigger && lexicon.saying(&sight.verbs[v].lemma).is_some());
    if !inverted && (said || clause == 0 || !main(head) || !sight.clauses.get(clause).is_some_and(main)) {
        return None;
    }
    let phrase = head.times.iter().map(|n| sight.noun(*n)).find(|p| p.first <= 1)?;
    let before = phrase.first.checked_sub(1).map_or("", |t| sight.low(t));
    if matches!(before, "since" | "until" | "till" | "before" | "after") {
        return None;
    }
    (sight.whens)(phrase.first).map(|when| (when, sight.span(phrase.first, phrase.end)))
}

/// The time of a clause, or of those that it hangs on.
fn of_clause(lexicon: &Lexicon, sight: &Sight<'_>, clause: usize, trigger: usize) -> Option<(When, (usize, usize))> {
    let mut at = Some(clause);
    let mut by_participle = false;
    while let Some(c) = at {
        let clause = sight.clauses.get(c)?;
        let lemma = clause.verb.map_or("", |v| sight.verbs[v].lemma.as_str());
        if matches!(lemma, "found" | "establish" | "bear" | "register" | "incorporate")
            && clause.verb.is_some_and(|v| sight.verbs[v].head != trigger)
        {
            return None;
        }
        let mut told: Vec<(usize, When, (usize, usize))> = Vec::new();
        for noun in &clause.times {
            let phrase = sight.noun(*noun);
            // `until 2017`: the end of something that went on.
            if matches!(phrase.first.checked_sub(1).map_or("", |t| sight.low(t)), "until" | "till" | "before" | "after") {
                continue;
            }
            // `since March`: some time in that year; `the first time since 2010`: not then.
            // `since the coup in February 2021`: the time of the coup.
            let of_event = phrase.first > 2 && sight.low(phrase.first - 1) == "in" && {
                let event = sight.scene.nouns.iter().find(|n| n.end + 1 == phrase.first);
                event.and_then(|n| n.before(sight.scene.tokens)).is_some_and(|low| matches!(low, "since" | "until" | "before" | "after"))
            };
            if of_event {
                continue;
            }
            // `the seizure announced on Wednesday`: the day of the news of it.
            let on = usize::from(phrase.first > 0 && sight.low(phrase.first - 1) == "on");
            let announced = phrase.first.checked_sub(1 + on).map_or("", |t| sight.low(t));
            if of_rule(sight, phrase.first)
                || matches!(announced, "announced" | "disclosed" | "revealed" | "unveiled" | "publicised" | "publicized")
            {
                continue;
            }
            // `since March`, `since the summer of 2022`.
            let since = phrase.before(sight.scene.tokens).is_some_and(|low| low == "since");
            if since && (phrase.first.saturating_sub(8)..phrase.first).any(|t| sight.low(t) == "first") {
                continue;
            }
            if let Some(when) = (sight.whens)(phrase.first) {
                // `since 2017`, `since May` of another year: many years, and no one of them. `Since May` of this year began in May.
                if since && (when.month.is_none() || sight.year.is_some_and(|year| year != when.year)) {
                    continue;
                }
                let when = if since { When { day: None, ..when } } else { when };
                told.push((phrase.first.abs_diff(trigger), when, sight.span(phrase.first, phrase.end)));
            }
        }
        // `between March and October 2020`: no one day, but the year that both share.
        let range = clause.times.windows(2).find(|w| {
            let between = sight.noun(w[1]).first.saturating_sub(1);
            matches!(sight.low(between), "and" | "to" | "until" | "through" | "-" | "–")
        });
        if let Some([first, last]) = range.filter(|_| told.len() > 1) {
            let (a, b) = ((sight.whens)(sight.noun(*first).first)?, (sight.whens)(sight.noun(*last).first)?);
            // A first month without a year is in the year of the last.
            let own_year =
                (sight.noun(*first).first..sight.noun(*first).end).any(|t| sight.low(t).len() == 4 && sight.low(t).starts_with(['1', '2']));
            let year = if own_year { a.year } else { b.year };
            return (year == b.year).then(|| {
                (
                    When { year, month: a.month.filter(|m| Some(*m) == b.month), day: None },
                    sight.span(sight.noun(*first).first, sight.noun(*last).end),
                )
            });
        }
        // `since 2011, when it shipped 300 lorries`: the time that the clause explains.
        if told.is_empty()
            && let Link::Adverbial(word) = clause.link
            && sight.low(word) == "when"
        {
            let explained = sight.scene.nouns.iter().find(|n| n.time && (n.end == word || (n.end + 1 == word && sight.low(n.end) == ",")));
            told.extend(explained.and_then(|n| (sight.whens)(n.first).map(|when| (0, when, sight.span(n.first, n.end)))));
        }
        // `pleaded guilty on 4 April to a plot to export`, `was charged on Monday with selling`: the day of the court, not of the act.
        let own = clause.verb.is_some_and(|v| sight.verbs[v].head == trigger);
        let verb = clause.verb.filter(|_| !own).map(|v| &sight.verbs[v]);
        // `a tanker was spotted on 20 January transferring fuel`, `a trawler was detained on Thursday for smuggling`: then and there it was done.
        let watched = verb.is_some_and(|v| SEES_DONE.contains(v.lemma.as_str())) && by_participle;
        let dealt_with = verb.is_some_and(|v| DEALT_WITH.contains(v.lemma.as_str())) && !carrier_stopped(sight, clause);
        let said = verb.is_some_and(|v| lexicon.saying(&v.lemma).is_some()) && !watched;
        let of_another = dealt_with || said;
        told.retain(|(.., span)| {
            let at = token_at(sight, span.0);
            let behind = trigger < at && at - trigger <= 6;
            // `said on Tuesday`: beside the word of saying.
            let beside = verb.is_some_and(|v| at.abs_diff(v.head) <= 3);
            // `Iran's purchase of missile engines from the North in 2016 was condemned`: before the verb it is the noun's own.
            let of_noun = trigger < at && verb.is_some_and(|v| at < v.first);
            behind || of_noun || !(dealt_with || said && beside)
        });
        told.sort_by_key(|(distance, ..)| *distance);
        if let Some((_, when, span)) = told.first() {
            return Some((*when, *span));
        }
        // Infinitives, gerunds and participles share the time of the clause they hang on.
        at = match clause.link {
            _ if of_another => None,
            Link::Infinitive(_) | Link::Participle | Link::Gerund(None) => clause.parent,
            Link::Gerund(Some(_)) | Link::Adverbial(_) => clause.parent.filter(|p| carrier_stopped(sight, &sight.clauses[*p])),
            // `it was in May that the North sold coal`.
            Link::Content(_) => clause.parent.filter(|p| points_at_time(sight, &sight.clauses[*p])),
            _ => None,
        };
        by_participle = clause.link == Link::Participle;
    }
    None
}

/// Whether a clause says that goods, or what carries them, were stopped.
fn carrier_stopped(sight: &Sight<'_>, clause: &Clause) -> bool {
    let carrier =
        |n: usize| (sight.noun(n).first..sight.noun(n).end).any(|t| GOODS_AND_CARRIERS.contains(sight.low(t).trim_end_matches('s')));
    let stops = |lemma: &str| STOPS.contains(&lemma) || matches!(lemma, "arrest" | "board" | "catch" | "halt" | "hold");
    stopped_by(sight, clause, stops).is_some_and(carrier)
}

/// `it was on 2 May that …`: a clause that says no more than when.
fn points_at_time(sight: &Sight<'_>, clause: &Clause) -> bool {
    let is = clause.verb.is_some_and(|v| sight.verbs[v].lemma == "be" && !sight.verbs[v].negated);
    let it = clause.subject.is_some_and(|n| sight.noun(n).pronoun && sight.low(sight.noun(n).head) == "it");
    is && it && clause.args.is_empty() && !clause.times.is_empty()
}

/// `under a resolution of August 2017`, `the embargo of 2015`: the time of the rule, not of what it speaks of.
fn of_rule(sight: &Sight<'_>, first: usize) -> bool {
    first > 1 && matches!(sight.low(first - 1), "of" | "in" | "from") && DATED_RULES.contains(sight.low(first - 2).trim_end_matches('s'))
}

/// The token that starts at a byte.
fn token_at(sight: &Sight<'_>, start: usize) -> usize {
    sight.scene.tokens.iter().position(|t| t.start >= start).unwrap_or(sight.scene.tokens.len())
}

/// When goods moved, as far as a sentence says so.
pub(crate) struct Moved {
    /// When, and the words that say so.
    pub when: (When, (usize, usize)),
    /// The last word of what moved.
    pub what: String,
    /// It points to what was told before: `they landed`, `the ship left`.
    pub back: bool,
    /// It is goods or what carries them, whatever they are called: `the pieces arrived`, `a cargo plane landed`.
    pub goods: bool,
}

/// When things moved or changed hands, as far as a sentence says so.
pub(crate) fn moved(lexicon: &Lexicon, sight: &Sight<'_>) -> Option<Moved> {
    sight.clauses.iter().enumerate().find_map(|(at, clause)| {
        let verb = clause.verb.map(|v| &sight.verbs[v])?;
        // `the transfer was observed on Saturday`.
        let seen = verb.passive && SEES_DONE.contains(verb.lemma.as_str());
        let moves =
            seen || MOVES_OR_CHANGES_HANDS.contains(verb.lemma.as_str()) || lexicon.frames(&verb.lemma).iter().any(|f| f.kind.is_some());
        let said = lexicon.saying(&verb.lemma).is_some() && !seen;
        // Of what was told before: `they landed`, `the ship left`.
        let phrase = sight.noun(clause.subject?);
        let det = phrase.det.map_or("", |d| sight.low(d));
        let back = phrase.pronoun || matches!(det, "the" | "these" | "those" | "this" | "that");
        let main = matches!(clause.link, Link::Main | Link::Content(_));
        // `The cargo ship Bana docked`: a description before the name.
        let described = det == "the" && sight.scene.tokens.get(phrase.first).is_some_and(|t| !t.capital);
        let what = sight.low(phrase.head).trim_end_matches('s').to_owned();
        let goods = GOODS_AND_CARRIERS.contains(what.as_str())
            || (phrase.first..phrase.end).any(|t| GOODS_AND_CARRIERS.contains(sight.low(t).trim_end_matches('s')));
        let named = phrase.head_is_name(sight.scene.tokens) && !described;
        (moves && (back || goods) && main && !named && !said && !verb.negated && verb.modal.is_none())
            .then(|| when(lexicon, sight, at, verb.head))
            .flatten()
            .map(|when| Moved { when, what, back, goods })
    })
}

/// When somebody was received or met others, as far as a sentence says so: `Putin's visit to Hanoi in June`, `arrived on Monday for talks`.
pub(crate) fn visited(sight: &Sight<'_>) -> Option<(When, (usize, usize))> {
    let met: Vec<usize> = (0..sight.scene.tokens.len()).filter(|t| VISITS.contains(sight.low(*t))).collect();
    let told = sight.scene.nouns.iter().filter(|n| n.time).filter_map(|n| {
        let when = (sight.whens)(n.first).filter(|w| w.month.is_some())?;
        let far = met.iter().map(|t| t.abs_diff(n.first)).min()?;
        (far <= MOST_BETWEEN).then_some((far, when, sight.span(n.first, n.end)))
    });
    told.min_by_key(|(far, ..)| *far).map(|(_, when, span)| (When { day: None, ..when }, span))
}

/// Most words between a visit and its time.
const MOST_BETWEEN: usize = 8;

/// Verbs of stopping what is on its way.
const STOPS: [&str; 9] = ["seize", "intercept", "detain", "stop", "confiscate", "impound", "capture", "interdict", "apprehend"];

/// Whether a clause tells the load of something that the clause around it says was stopped, and who stopped it: `seized a truck packed with fibre`.
pub(super) fn load_caught(sight: &Sight<'_>, at: usize) -> Option<Option<usize>> {
    let clause = &sight.clauses[at];
    let verb = &sight.verbs[clause.verb?];
    if let Some(catcher) = stopped_while(sight, at) {
        return Some(Some(catcher));
    }
    let loaded =
        matches!(verb.lemma.as_str(), "load" | "lade" | "pack" | "fill" | "stuff" | "cram" | "stack") && clause.link == Link::Participle;
    let outer = sight.clauses.get(clause.parent.filter(|_| loaded)?)?;
    let caught = stopped(sight, outer).is_some_and(|what| clause.subject == Some(what));
    caught.then(|| outer.subject.filter(|_| !sight.verbs[outer.verb.unwrap_or(0)].passive))
}

/// What a clause says was stopped on its way.
fn stopped(sight: &Sight<'_>, clause: &Clause) -> Option<usize> {
    stopped_by(sight, clause, |lemma| STOPS.contains(&lemma))
}

/// The same, by one of these verbs.
fn stopped_by(sight: &Sight<'_>, clause: &Clause, stops: impl Fn(&str) -> bool) -> Option<usize> {
    let verb = &sight.verbs[clause.verb?];
    let stops = stops(&verb.lemma) && !verb.negated && verb.modal.is_none();
    let object = || clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n);
    if verb.passive { clause.subject } else { object() }.filter(|_| stops)
}

/// `was carrying coal when Indonesia detained it`: who stopped what carried something.
fn stopped_while(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let carries = matches!(
        sight.verbs[clause.verb?].lemma.as_str(),
        "carry" | "transport" | "haul" | "take" | "bring" | "load" | "ferry" | "ship" | "move" | "smuggle"
    );
    let it = |n: usize| sight.noun(n).pronoun && matches!(sight.low(sight.noun(n).head), "it" | "her" | "them");
    let stops = |c: &&crate::clause::Clause| {
        let when = matches!(c.link, Link::Adverbial(t) if matches!(sight.low(t), "when" | "before" | "until" | "as" | "after"));
        when && c.verb.is_some_and(|v| !sight.verbs[v].passive) && stopped(sight, c).is_some_and(it)
    };
    sight.clauses.iter().filter(|_| carries).find(stops).and_then(|c| c.subject)
}

/// Whether a sentence says that a ship was seized or stopped.
pub(crate) fn ship_caught(sight: &Sight<'_>, ship: &mut dyn FnMut(usize) -> bool) -> bool {
    sight.clauses.iter().any(|clause| stopped(sight, clause).is_some_and(&mut *ship))
}

/// When something was seized or stopped, as far as a sentence says so.
pub(crate) fn caught(lexicon: &Lexicon, sight: &Sight<'_>) -> Option<(When, (usize, usize))> {
    sight.clauses.iter().enumerate().find_map(|(at, clause)| {
        let verb = clause.verb.map(|v| &sight.verbs[v])?;
        // `conducted a seizure`, `the raid took place`.
        let noun = |n: &usize| {
            matches!(sight.low(sight.noun(*n).head).trim_end_matches('s'), "seizure" | "interception" | "interdiction" | "raid" | "bust")
        };
        let caught = CATCHES.contains(verb.lemma.as_str())
            || clause.subject.iter().any(noun)
            || clause.args.iter().any(|(p, n)| p.is_none() && noun(n));
        (caught && !verb.negated && verb.modal.is_none()).then(|| when(lexicon, sight, at, verb.head)).flatten()
    })
}

/// The clause in which a noun phrase stands.
pub(crate) fn clause_of(sight: &Sight<'_>, noun: usize) -> usize {
    let holds = |n: usize| {
        sight.clauses.iter().position(|c| {
            c.subject == Some(n) && c.verb.is_some_and(|v| sight.verbs[v].form == Form::Finite) || c.args.iter().any(|(_, a)| *a == n)
        })
    };
    if let Some(found) = holds(noun) {
        return found;
    }
    // Inside another phrase: `the sale of`, `allegations of`.
    let outer = (0..sight.scene.nouns.len()).find(|o| {
        *o != noun
            && (sight.noun(*o).of == Some(noun)
                || sight.noun(*o).behind.iter().any(|(_, n)| *n == noun)
                || sight.noun(*o).owner == Some(noun)
                || sight.noun(*o).beside == Some(noun))
    });
    if let Some(outer) = outer.filter(|o| *o < noun) {
        return clause_of(sight, outer);
    }
    // The last clause that starts before it.
    let first = sight.noun(noun).first;
    let before = |c: &Clause| c.verb.is_some_and(|v| sight.verbs[v].first <= first);
    sight.clauses.iter().rposition(before).unwrap_or(0)
}
