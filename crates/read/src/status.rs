//! How surely a sentence tells an act, and whether it tells one at all and not a rule.

mod attitude;
mod caught;
mod rules;

use crate::clause::Link;
use crate::event::{Event, Sight};
use crate::groups::{ENDS_FOR_GOOD, PLANS, RULES, SUSPECTS};
use crate::lexicon::{Lexicon, Outcome, Telling};
use crate::phrase::{Form, VerbGroup};
use crate::who::Who;
use caught::{held_as_suspected, stopped_on_the_way};
use rules::{is_rule, lifts_a_rule};

const FORBIDS: [&str; 24] = [
    "ban",
    "prohibit",
    "forbid",
    "bar",
    "outlaw",
    "embargo",
    "restrict",
    "cap",
    "criminalise",
    "criminalize",
    "regulate",
    "permit",
    "require",
    "oblige",
    "obligate",
    "commit",
    "limit",
    "preclude",
    "disallow",
    "exempt",
    "curb",
    "impose",
    "tighten",
    "lift",
];
/// Verbs that govern a gerund or infinitive and tell how sure it is, beside those of saying.
const FOUND: [&str; 8] = ["convict", "sentence", "jail", "imprison", "plead", "fine", "penalise", "penalize"];
/// Verbs by which one who took part admits it.
const OWNS_UP: [&str; 5] = ["admit", "confess", "acknowledge", "concede", "own"];
const TRIED: [&str; 5] = ["try", "attempt", "seek", "conspire", "plot"];
const STOPPED: [&str; 9] = ["prevent", "stop", "foil", "thwart", "block", "intercept", "keep", "deter", "fail"];
/// Verbs by which a plan or a deal holds what is to be done.
const HOLDS: [&str; 9] = ["involve", "include", "entail", "see", "mean", "cover", "envisage", "comprise", "provide"];
/// Verbs of asking: what is asked for is no act yet.
const ASKED: [&str; 11] = ["urge", "ask", "demand", "request", "order", "beg", "call", "appeal", "press", "tell", "advise"];

/// How surely an act is told; `None` when a rule, a call or a wish is told and no act.
pub(crate) fn telling(lexicon: &Lexicon, sight: &Sight<'_>, event: &Event) -> Option<Telling> {
    if let Some(open) = attitude::left_open(sight, event.clause) {
        return Some(open);
    }
    let told = weighed(lexicon, sight, event)?;
    // `agreed to plead guilty to exporting`.
    let pleads = sight.verbs.iter().any(|v| v.lemma == "plead") && sight.scene.tokens.iter().any(|t| t.low == "guilty");
    if pleads && matches!(told, Telling::Planned | Telling::Reported | Telling::Alleged) {
        return Some(Telling::Confirmed);
    }
    // `is accused of arming them, but denies it`: others say so, and he does not.
    if told == Telling::Denied && accused_beside(sight, event) {
        return Some(Telling::Alleged);
    }
    // `upheld the sentence of Lin, who sold`, `jailed a man who had sold`: of what the court found.
    if told == Telling::Reported && of_a_convict(sight, event) {
        return Some(Telling::Confirmed);
    }
    // A plot that a court found or that somebody is charged with was no mere attempt.
    let low = |t: &crate::token::Token<'_>| t.low.clone();
    let words: Vec<String> = sight.scene.tokens.iter().map(low).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let plot = has(&["conspired", "conspiring", "conspiracy", "conspire", "plot", "plotting", "scheme", "plotted"]);
    let tried = has(&["attempted", "attempting", "attempt", "tried", "trying", "foiled", "thwarted", "intercepted", "seized"]);
    if told != Telling::Attempted || !plot || tried || event.outcome == Outcome::Stopped {
        return Some(told);
    }
    Some(if has(&["convicted", "guilty", "sentenced", "jailed", "imprisoned", "admitted"]) {
        Telling::Confirmed
    } else if has(&[
        "charged",
        "accused",
        "indicted",
        "alleged",
        "alleges",
        "allegedly",
        "charges",
        "indictment",
        "arrested",
        "sanctioned",
        "designated",
    ]) {
        Telling::Alleged
    } else {
        told
    })
}

/// Whether an act is told of somebody whom the words beside say to be sentenced or convicted for it.
fn of_a_convict(sight: &Sight<'_>, event: &Event) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let Some(Link::Relative(noun, false)) = sight.clauses.get(event.clause).map(|c| &c.link) else { return false };
    // The clause may hang on the sentence itself.
    let head = &sight.scene.nouns[*noun];
    let itself = matches!(low(head.head), "sentence" | "conviction") && head.of.is_some();
    let of_sentence = itself
        || sight.scene.nouns.iter().any(|n| {
            matches!(low(n.head), "sentence" | "conviction")
                && (n.of == Some(*noun) || n.behind.iter().any(|(p, b)| low(*p) == "of" && b == noun))
        });
    let jailed = sight.clauses.iter().any(|c| {
        let Some(verb) = c.verb.map(|v| &sight.verbs[v]) else { return false };
        let hit = if verb.passive { c.subject == Some(*noun) } else { c.args.iter().any(|(p, n)| p.is_none() && n == noun) };
        let found = matches!(verb.lemma.as_str(), "convict" | "sentence" | "jail" | "imprison");
        found && hit && !verb.negated && verb.form == Form::Finite && verb.modal.is_none()
    });
    of_sentence || jailed
}

/// Whether somebody is accused in a clause of its own beside the one that denies an act.
fn accused_beside(sight: &Sight<'_>, event: &Event) -> bool {
    let accuses =
        |c: &crate::clause::Clause| c.verb.is_some_and(|v| sight.verbs[v].lemma == "accuse" && sight.verbs[v].form == Form::Finite);
    let mut above = vec![event.clause];
    while let Some(parent) = above.last().and_then(|c| sight.clauses.get(*c)).and_then(|c| c.parent).filter(|p| !above.contains(p)) {
        above.push(parent);
    }
    let denier = above.iter().rev().find_map(|c| sight.clauses[*c].verb).map(|v| sight.verbs[v].lemma.as_str());
    denier != Some("accuse")
        && sight
            .clauses
            .iter()
            .enumerate()
            .any(|(at, c)| accuses(c) && matches!(c.link, Link::Main | Link::Adverbial(_)) && !above.contains(&at))
}

/// As far as the words above and beside an act tell it.
fn weighed(lexicon: &Lexicon, sight: &Sight<'_>, event: &Event) -> Option<Telling> {
    // `lifted its ban on selling radars`: where a rule falls, what it forbade is to come.
    let rule = is_rule(sight, event);
    if rule && !lifts_a_rule(sight) {
        return None;
    }
    let mut told = match event.outcome {
        Outcome::Done | Outcome::Observed => Telling::Reported,
        Outcome::Planned | Outcome::Demanded => Telling::Planned,
        Outcome::Attempted | Outcome::Stopped => Telling::Attempted,
        Outcome::Banned => return None,
    };
    // `did not halt the deliveries`: they went on.
    let own = sight.clauses.get(event.clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
    if !event.noun && event.outcome == Outcome::Stopped && own.is_some_and(|v| v.negated && v.modal.is_none()) {
        return Some(Telling::Reported);
    }
    // `refused to stop selling mortars`.
    if !event.noun && rules::went_on(sight, event.clause) {
        return Some(Telling::Reported);
    }
    if supposed(sight, trigger(sight, event)) {
        told = stronger(told, Telling::Hypothetical);
    }
    if rule {
        told = stronger(told, Telling::Planned);
    }
    let clause = sight.clauses.get(event.clause)?;
    if let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) {
        told = stronger(told, of_verb(lexicon, sight, event, verb)?);
    }
    // `The court heard that the accused had posted chips`.
    let accused = clause.subject.is_some_and(|n| {
        let low = sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
        matches!(low.strip_suffix('s').unwrap_or(low), "accused" | "defendant" | "suspect")
    });
    if accused {
        told = stronger(told, Telling::Alleged);
    }
    // `agreed to forfeit a sum for moving money`: what is agreed is not the moving.
    let for_it =
        matches!(clause.link, Link::Gerund(Some(t)) if matches!(sight.scene.tokens.get(t).map_or("", |t| t.low.as_str()), "for" | "over"));
    // `assisted it in efforts to use the technology`: the help was given, whatever became of the efforts.
    let helps = event.kind == model::ActKind::TechnicalAssistance
        && matches!(clause.link, Link::Infinitive(Some(_)))
        && clause
            .parent
            .and_then(|p| sight.clauses[p].verb)
            .is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "help" | "assist" | "aid"));
    let start = if for_it || helps || rules::by_which(sight, event.clause) {
        clause.verb.map_or(0, |v| sight.verbs[v].first)
    } else {
        first_token(sight, event.clause)
    };
    let first = start.min(trigger(sight, event));
    told = stronger(told, hedged(lexicon, sight, first, trigger(sight, event) + 1));
    if let Some(told) = rules::called_off(sight, event).or_else(|| rules::held_up_or_let(sight, event)) {
        return Some(told);
    }
    let mut at = event.clause;
    for _ in 0..6 {
        let clause = sight.clauses.get(at)?;
        let Some(parent) = clause.parent else { break };
        if rules::went_on(sight, at) || rules::by_which(sight, at) {
            break;
        }
        if !(helps && at == event.clause) {
            told = stronger(told, from_outer(lexicon, sight, at, parent)?);
        }
        told = stronger(told, said_within(lexicon, sight, at));
        if at != event.clause && held_as_suspected(lexicon, sight, event.clause, parent) {
            told = stronger(told, Telling::Attempted);
        }
        // What a noun tells (`charges that …`) is not what the verb above does.
        if matches!(clause.link, Link::Relative(..) | Link::Adverbial(_) | Link::Content(Some(_))) {
            break;
        }
        // `agreed to forfeit a sum for moving money`: what it is for was done, whatever is agreed of the sum.
        if let Link::Gerund(Some(token)) = clause.link
            && sight.scene.tokens.get(token).is_some_and(|t| matches!(t.low.as_str(), "for" | "over"))
        {
            break;
        }
        at = parent;
    }
    Some(told)
}

/// What an act is beside what its own words make of it, where that is known only once it is told apart from others.
pub(crate) fn after_all(sight: &Sight<'_>, event: &Event, told: Telling) -> Option<Telling> {
    let at = trigger(sight, event);
    let verb = sight.verbs.iter().find(|v| (v.first..v.end).contains(&at));
    let lemma = verb.map_or("", |v| v.lemma.as_str());
    // `approved the sale of forty jets`: it is still to be done.
    let approves = matches!(lemma, "allow" | "permit" | "approve" | "authorise" | "authorize" | "greenlight" | "okay" | "ratify");
    // `The Korean welders are to leave Oman`: who is to go home works there.
    let goes = matches!(lemma, "leave" | "return" | "depart" | "repatriate" | "expel" | "deport" | "remove" | "recall" | "withdraw");
    let goes_home = goes && event.kind == model::ActKind::Employment && !verb.is_some_and(|v| v.negated);
    // `rejected the North Korean order`: somebody tried to buy.
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let of_clause = sight.clauses.get(event.clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
    let turned_away = of_clause.is_some_and(|v| {
        !v.negated
            && (matches!(v.lemma.as_str(), "reject" | "refuse" | "decline" | "cancel") || (v.lemma == "turn" && low(v.end) == "down"))
    });
    let ordered = event.noun && matches!(low(at), "order" | "orders");
    // `signed off on the sale of forty jets`: as if it were approved.
    let signed_off = event.noun && of_clause.is_some_and(|v| v.lemma == "sign" && low(v.end) == "off" && !v.negated);
    // `refused Latvia six mortars`: who would have given them did not.
    let gives = |n: usize| event.givers.iter().any(|w| w.span == sight.span(sight.scene.nouns[n].first, sight.scene.nouns[n].end));
    let subject = sight.clauses.get(event.clause).and_then(|c| c.subject);
    let refused = lemma == "refuse" && verb.is_some_and(|v| !v.negated && !v.passive) && subject.is_some_and(gives);
    match told {
        Telling::Attempted if refused => Some(Telling::Denied),
        Telling::Planned if blamed_for_a_deal(sight, event) => Some(Telling::Alleged),
        Telling::Denied | Telling::Planned | Telling::Reported if ordered && turned_away => Some(Telling::Attempted),
        Telling::Reported if approves || signed_off => Some(Telling::Planned),
        Telling::Planned if goes_home => Some(Telling::Reported),
        Telling::Planned | Telling::Attempted if taken_for(sight, event) => Some(Telling::Alleged),
        _ => None,
    }
}

/// `is accused of signing contracts to deliver`, `allegedly facilitated an agreement to provide`: the deal is what somebody is blamed for.
fn blamed_for_a_deal(sight: &Sight<'_>, event: &Event) -> bool {
    let Some(clause) = sight.clauses.get(event.clause) else { return false };
    let Link::Infinitive(Some(noun)) = clause.link else { return false };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let deal = matches!(low(sight.scene.nouns[noun].head).trim_end_matches('s'), "contract" | "agreement" | "deal" | "pact");
    let Some(outer) = clause.parent.map(|p| &sight.clauses[p]) else { return false };
    let hedged = outer.verb.map(|v| &sight.verbs[v]).is_some_and(|v| (v.first.saturating_sub(1)..v.end + 1).any(|t| low(t) == "allegedly"));
    let above = outer.parent.and_then(|p| sight.clauses[p].verb).map(|v| &sight.verbs[v]);
    let blamed = above.is_some_and(|v| v.passive && matches!(v.lemma.as_str(), "accuse" | "suspect" | "charge" | "indict"));
    deal && (hedged || blamed)
}

/// `considered his course an attempt to pass on know-how`: what somebody takes it for.
fn taken_for(sight: &Sight<'_>, event: &Event) -> bool {
    let Some(clause) = sight.clauses.get(event.clause) else { return false };
    let Link::Infinitive(Some(noun)) = clause.link else { return false };
    let head = sight.scene.tokens.get(sight.scene.nouns[noun].head).map_or("", |t| t.low.as_str());
    let verb = clause.parent.and_then(|p| sight.clauses[p].verb).map_or("", |v| sight.verbs[v].lemma.as_str());
    head == "attempt" && matches!(verb, "consider" | "deem" | "regard" | "view" | "call" | "describe" | "see")
}

fn trigger(sight: &Sight<'_>, event: &Event) -> usize {
    sight.scene.tokens.iter().position(|t| t.start == event.trigger).unwrap_or(0)
}

/// The later in this list wins over the earlier: what is denied is not also reported.
fn weight(telling: Telling) -> u8 {
    match telling {
        Telling::Reported => 0,
        Telling::Confirmed => 1,
        Telling::Alleged => 2,
        Telling::Attempted => 3,
        Telling::Planned => 4,
        Telling::Hypothetical => 5,
        Telling::Denied => 6,
    }
}

fn stronger(a: Telling, b: Telling) -> Telling {
    // `is alleged to have tried`: tried.
    if weight(b) > weight(a) { b } else { a }
}

/// The first token of the clause: its subject or its verb.
fn first_token(sight: &Sight<'_>, clause: usize) -> usize {
    let Some(clause) = sight.clauses.get(clause) else { return 0 };
    let verb = clause.verb.map(|v| sight.verbs[v].first);
    let subject = clause.subject.map(|s| sight.scene.nouns[s].first).filter(|s| verb.is_none_or(|v| *s < v && v - *s < 14));
    subject.or(verb).unwrap_or(0).saturating_sub(2)
}

/// Hedges among some tokens.
fn hedged(lexicon: &Lexicon, sight: &Sight<'_>, first: usize, end: usize) -> Telling {
    let mut told = Telling::Reported;
    let mut at = first;
    while at < end {
        // `in May Russia donated`: a month is no doubt.
        let named = |length: usize| length == 1 && sight.scene.tags.get(at) == Some(&crate::tag::Tag::Proper);
        if let Some((length, status)) = lexicon.hedges.at(sight.scene.tokens, at).filter(|(length, _)| !named(*length)) {
            // One word of negation is the verb's own affair.
            // `has not only sold` denies nothing.
            let only = sight.scene.tokens.get(at + length).is_some_and(|t| matches!(t.low.as_str(), "only" | "just" | "merely" | "simply"));
            let negated = if length > 1 && !only { Telling::Denied } else { Telling::Reported };
            told = stronger(told, status.unwrap_or(negated));
            at += length;
        } else {
            at += 1;
        }
    }
    told
}

fn of_verb(lexicon: &Lexicon, sight: &Sight<'_>, event: &Event, verb: &VerbGroup) -> Option<Telling> {
    let own = !event.noun;
    // What a trader will do or does not do beside his trade says nothing of it.
    if event.noun && crate::event::calls_a_trader(sight, trigger(sight, event)) {
        return Some(Telling::Reported);
    }
    if !own && rules::says_nothing_of_it(sight, event, verb) {
        return Some(Telling::Reported);
    }
    let mut told = Telling::Reported;
    let neither = sight.scene.tokens.get(..verb.first).unwrap_or(&[]).iter().any(|t| t.low == "neither");
    if verb.negated || neither {
        told = Telling::Denied;
    }
    // `bought no coal`: it did not.
    let nothing = own
        && sight.clauses.get(event.clause).is_some_and(|c| {
            c.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).chain(c.subject).any(|n| {
                let det = sight.scene.nouns[n].det.and_then(|d| sight.scene.tokens.get(d));
                det.is_some_and(|t| t.low == "no")
            })
        });
    // `took no part in the sale`.
    let no_part = !own
        && sight.clauses.get(event.clause).is_some_and(|c| {
            c.args.iter().filter(|(p, _)| p.is_none()).any(|(_, n)| {
                let phrase = &sight.scene.nouns[*n];
                let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
                phrase.det.is_some_and(|d| low(d) == "no") && matches!(low(phrase.head), "part" | "role" | "hand" | "involvement")
            })
        });
    if nothing || no_part || !own && rules::there_is_none(sight, event) {
        told = Telling::Denied;
    }
    let modal = match verb.modal.as_deref() {
        Some("will" | "shall" | "'ll") => Telling::Planned,
        Some("would") => {
            // `would supply jets under a deal signed on Thursday`.
            // `would lease them if the sanctions were lifted`: nobody has decided it.
            let if_so = sight.clauses.iter().any(|c| {
                matches!(c.link, Link::Adverbial(t) if sight.scene.tokens.get(t).is_some_and(|t| matches!(t.low.as_str(), "if" | "unless")))
            });
            let agreed = sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "deal" | "agreement" | "contract" | "pact" | "plan"));
            if if_so {
                Telling::Hypothetical
            } else if agreed || sight.clauses.get(event.clause).is_some_and(|c| matches!(c.link, Link::Content(_))) {
                Telling::Planned
            } else {
                Telling::Hypothetical
            }
        }
        Some("may" | "might" | "could" | "can") if verb.perfect || verb.progressive => Telling::Alleged,
        Some("may") => Telling::Planned,
        Some("might" | "could" | "can") => Telling::Hypothetical,
        Some("should" | "must") => return None,
        _ => Telling::Reported,
    };
    told = stronger(told, modal);
    // `goods may be supplied without a licence`, `items can be brought in`: what is allowed, and nobody does it.
    let allowed = own && verb.passive && !verb.perfect && matches!(verb.modal.as_deref(), Some("may" | "can"));
    if allowed && event.givers.iter().all(|w| w.countries.is_empty() || w.inferred) {
        return None;
    }
    if !own {
        // `called reports of arms sales false`.
        let labels = matches!(verb.lemma.as_str(), "call" | "describe" | "brand" | "label" | "term");
        let untrue = sight.scene.tokens.get(verb.end..).unwrap_or(&[]).iter().any(|t| is_untrue(&t.low));
        if labels && untrue {
            told = stronger(told, Telling::Denied);
        }
        // A noun under a verb: `denied the shipment`, `plans a delivery`, `foiled a shipment`.
        told = stronger(told, of_outer_verb(lexicon, sight, verb));
        if sight.clauses.get(event.clause).is_some_and(|c| c.verb.is_some()) && FORBIDS.contains(&verb.lemma.as_str()) && !verb.passive {
            return None;
        }
    }
    Some(told)
}

/// What courts and prosecutors do to somebody, where the sentence does not tell the act itself: `the man was sentenced to two years`.
pub(crate) fn judged(sight: &Sight<'_>, who: &mut dyn FnMut(usize) -> Option<Who>) -> Vec<(Who, Telling)> {
    let mut out = Vec::new();
    for clause in sight.clauses {
        let (Some(verb), Some(subject)) = (clause.verb.map(|v| &sight.verbs[v]), clause.subject) else { continue };
        // `has yet to be sentenced`, `could be jailed`: nobody has judged.
        if verb.form != Form::Finite || verb.modal.is_some() {
            continue;
        }
        let low = |i: usize| sight.scene.tokens.get(verb.end + i).map_or("", |t| t.low.as_str());
        let pleads = verb.lemma == "plead" && low(0) == "guilty" && !verb.negated;
        let jailed = matches!(verb.lemma.as_str(), "get" | "receive" | "face")
            && clause.args.iter().any(|(p, n)| {
                let head = sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str());
                p.is_none() && matches!(head, "jail" | "prison") && verb.lemma != "face"
            });
        let told = if pleads || jailed || (verb.passive && FOUND.contains(&verb.lemma.as_str()) && verb.lemma != "fine") {
            Telling::Confirmed
        } else if verb.passive && matches!(verb.lemma.as_str(), "charge" | "indict" | "arrest" | "prosecute") && !verb.negated {
            Telling::Alleged
        } else {
            continue;
        };
        out.extend(who(subject).filter(|w| w.kind != Some(model::PartyType::Government)).map(|w| (w, told)));
    }
    out
}

/// What a verb says of the act that hangs on it.
fn of_outer_verb(lexicon: &Lexicon, sight: &Sight<'_>, verb: &VerbGroup) -> Telling {
    let lemma = verb.lemma.as_str();
    if FOUND.contains(&lemma) {
        return Telling::Confirmed;
    }
    if SUSPECTS.contains(lemma) || (lemma == "want" && verb.passive) {
        return Telling::Alleged;
    }
    if lemma == "seek" && (verb.present || verb.progressive) {
        return Telling::Planned;
    }
    // `kept on selling`.
    let goes_on = lemma == "keep" && sight.scene.tokens.get(verb.end).is_some_and(|t| t.low == "on");
    if !goes_on && (TRIED.contains(&lemma) || STOPPED.contains(&lemma)) {
        return Telling::Attempted;
    }
    if PLANS.contains(lemma) {
        return Telling::Planned;
    }
    // `cancelled the purchase of shells from a firm`: it does not come about.
    if ENDS_FOR_GOOD.contains(lemma) && !verb.negated {
        return Telling::Denied;
    }
    let said = lexicon.saying(lemma).map_or(Telling::Reported, |s| s.telling);
    // Who finds or confirms only reports, unless it is a court or takes part itself.
    let said = if said == Telling::Confirmed && !OWNS_UP.contains(&lemma) { Telling::Reported } else { said };
    // `did not deny`: nothing follows.
    if said == Telling::Denied && verb.negated { Telling::Reported } else { said }
}

/// What the outer clause adds; `None` when it makes a rule or a call of the act.
fn from_outer(lexicon: &Lexicon, sight: &Sight<'_>, inner: usize, outer: usize) -> Option<Telling> {
    let clause = &sight.clauses[inner];
    let Some(verb) = sight.clauses[outer].verb.map(|v| &sight.verbs[v]) else {
        // A headline: `Russian group to visit Pyongyang`.
        return Some(if matches!(clause.link, Link::Infinitive(_)) && sight.clauses[outer].subject.is_some() {
            Telling::Planned
        } else {
            Telling::Reported
        });
    };
    // `calls the report on selling jets “nonsense”`.
    let labels = matches!(verb.lemma.as_str(), "call" | "describe" | "brand" | "label" | "term" | "dismiss" | "reject") && !verb.negated;
    if labels && sight.scene.tokens.get(verb.end..).unwrap_or(&[]).iter().any(|t| is_untrue(&t.low)) {
        return Some(Telling::Denied);
    }
    // `falsely told customs that the cars went to Turkey`: what nobody takes for true is no act.
    let lied = (verb.first.saturating_sub(1)..verb.end + 1)
        .any(|t| sight.scene.tokens.get(t).is_some_and(|t| matches!(t.low.as_str(), "falsely" | "untruthfully")));
    if lied && matches!(clause.link, Link::Content(_) | Link::Infinitive(_)) && lexicon.saying(&verb.lemma).is_some() {
        return None;
    }
    // `imposed sanctions on a firm for selling`: what it is blamed for.
    let blamed =
        matches!(clause.link, Link::Gerund(Some(t)) if matches!(sight.scene.tokens.get(t).map_or("", |t| t.low.as_str()), "for" | "over"));
    // `face trial for smuggling`, `is under investigation for selling`.
    let between = clause.verb.map_or(verb.end, |v| sight.verbs[v].first);
    let pursued = sight.scene.tokens.get(verb.end..between).unwrap_or(&[]).iter().any(|t| {
        matches!(t.low.as_str(), "trial" | "charge" | "charges" | "prosecution" | "indictment" | "investigation" | "custody" | "suspicion")
    });
    if blamed && (pursued || FORBIDS.contains(&verb.lemma.as_str())) {
        return Some(Telling::Alleged);
    }
    // `Britain committed to sending tanks`, `is committed to supplying them`: whoever commits himself plans it.
    if attitude::commits_itself(sight, outer) {
        return Some(if verb.negated { Telling::Denied } else { Telling::Planned });
    }
    // A rule; but who asks whether there is one asks about an act: `Is it legal to sell pumps to Iran?`
    let rule = asks(sight).then_some(Telling::Hypothetical);
    if FORBIDS.contains(&verb.lemma.as_str())
        && !attitude::lets(sight, outer)
        && !matches!(clause.link, Link::Relative(..) | Link::Adverbial(_))
    {
        return if lifts_a_rule(sight) { Some(Telling::Planned) } else { rule };
    }
    match &clause.link {
        Link::Adverbial(token) => {
            let low = sight.scene.tokens.get(*token).map_or("", |t| t.low.as_str());
            Some(if matches!(low, "if" | "unless" | "whether" | "should") { Telling::Hypothetical } else { Telling::Reported })
        }
        // `would break the embargo by delivering rifles`.
        Link::Gerund(Some(token))
            if sight.scene.tokens.get(*token).is_some_and(|t| t.low == "by")
                && matches!(verb.modal.as_deref(), Some("would" | "could" | "might")) =>
        {
            Some(Telling::Hypothetical)
        }
        Link::Relative(..) | Link::Participle if stopped_on_the_way(lexicon, sight, inner, verb) => Some(Telling::Attempted),
        Link::Relative(noun, true) if said_at_a_place(sight, inner, outer, *noun) => Some(of_outer_verb(lexicon, sight, verb)),
        Link::Relative(..) | Link::Main => Some(Telling::Reported),
        Link::Content(noun) => {
            let by_noun = noun
                .and_then(|n| lexicon.saying_noun(&sight.scene.tokens.get(sight.scene.nouns[n].head)?.low))
                .map_or(Telling::Reported, |s| s.telling);
            // `told the court that he had sold them` asks for nothing.
            let asked = ASKED.contains(&verb.lemma.as_str()) && verb.lemma != "tell";
            if asked {
                return None;
            }
            // `no evidence that …`.
            let none = noun.and_then(|n| sight.scene.nouns[n].det).and_then(|d| sight.scene.tokens.get(d)).is_some_and(|t| t.low == "no");
            if none {
                return Some(Telling::Denied);
            }
            let by_verb = if noun.is_some() { Telling::Reported } else { of_outer_verb(lexicon, sight, verb) };
            let told = stronger(by_noun, by_verb);
            // `Reports that … are inaccurate`.
            let untrue = noun.is_some()
                && sight.clauses[outer]
                    .args
                    .iter()
                    .any(|(_, n)| is_untrue(sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str())));
            // `said, “Reports that … are inaccurate”`: the noun is the subject of another verb.
            let called = noun.is_some_and(|n| {
                sight.clauses.iter().filter(|c| c.subject == Some(n)).filter_map(|c| c.verb).any(|v| {
                    let end = sight.verbs[v].end;
                    sight.scene.tokens.get(end..(end + 4).min(sight.scene.tokens.len())).unwrap_or(&[]).iter().any(|t| is_untrue(&t.low))
                })
            });
            if untrue || called {
                return Some(Telling::Denied);
            }
            // `denied reports that`: the denial reaches the content.
            let denied = noun.is_some() && of_outer_verb(lexicon, sight, verb) == Telling::Denied;
            Some(if denied { Telling::Denied } else { told })
        }
        Link::Infinitive(noun) | Link::Gerund(noun) => {
            if attitude::is_of_a_paper(sight, &clause.link, verb) {
                return None;
            }
            let by_noun = noun
                .filter(|_| matches!(clause.link, Link::Infinitive(_)))
                .and_then(|n| infinitive_noun(&sight.scene.tokens.get(sight.scene.nouns[n].head)?.low));
            if ASKED.contains(&verb.lemma.as_str()) && matches!(clause.link, Link::Infinitive(_)) {
                return None;
            }
            // `trained them to fly the drones`.
            if matches!(verb.lemma.as_str(), "train" | "teach" | "instruct" | "learn") && matches!(clause.link, Link::Infinitive(_)) {
                return None;
            }
            // `luxury goods are not to be delivered`: a rule.
            let ought = verb.lemma == "be" && verb.present && clause.verb.is_some_and(|v| sight.verbs[v].passive);
            if ought && matches!(clause.link, Link::Infinitive(_)) {
                return None;
            }
            // `making it illegal to sell`, `it is forbidden to supply`: a rule.
            if matches!(clause.link, Link::Infinitive(_)) && lawful_or_not(sight, verb, inner) {
                return rule;
            }
            // `how to stop the North from selling`: an aim. What is to be kept from going on goes on.
            let from = matches!(clause.link, Link::Gerund(Some(t)) if sight.scene.tokens.get(t).is_some_and(|t| t.low == "from"));
            if from && STOPPED.contains(&verb.lemma.as_str()) && clause.verb.is_some_and(|v| sight.verbs[v].lemma == "continue") {
                return Some(Telling::Reported);
            }
            if from && STOPPED.contains(&verb.lemma.as_str()) && verb.form == Form::Infinitive {
                return None;
            }
            // `was caught smuggling gold into Bangladesh`: it did not get there.
            if verb.lemma == "catch" && verb.passive && matches!(clause.link, Link::Gerund(None)) && caught::carries(sight, inner) {
                return Some(Telling::Attempted);
            }
            // `stop supplying`: it was supplied.
            if matches!(clause.link, Link::Gerund(None)) && STOPPED.contains(&verb.lemma.as_str()) {
                return Some(Telling::Reported);
            }
            if is_ability(sight, clause) {
                return None;
            }
            // `was found guilty on Tuesday of exporting`.
            let guilty = matches!(verb.lemma.as_str(), "find" | "plead")
                && sight.scene.tokens.get(verb.end).is_some_and(|t| t.low == "guilty")
                && !verb.negated;
            if guilty {
                return Some(Telling::Confirmed);
            }
            let own = clause.verb.map(|v| &sight.verbs[v]);
            if let Some(told) = attitude::hearsay(sight, &clause.link, verb, own) {
                return Some(told);
            }
            if let Some(told) = attitude::of_attitude(sight, &clause.link, verb) {
                return Some(told);
            }
            let by_gerund_noun = gerund_noun(lexicon, sight, inner);
            let by_verb = of_outer_verb(lexicon, sight, verb);
            // `considered the possibility of sending`: planned, not only thought of.
            let by_gerund_noun =
                if by_verb == Telling::Planned && by_gerund_noun == Telling::Hypothetical { by_verb } else { by_gerund_noun };
            let told = stronger(by_noun.unwrap_or(Telling::Reported), stronger(by_gerund_noun, by_verb));
            // `the deal would involve Russia supplying fuel`: what a plan holds is planned.
            let holds = matches!(clause.link, Link::Gerund(_) | Link::Participle) && HOLDS.contains(&verb.lemma.as_str());
            let outer_modal = match verb.modal.as_deref() {
                Some("will" | "would" | "may" | "could" | "might") if holds || matches!(clause.link, Link::Infinitive(_)) => {
                    Telling::Planned
                }
                _ => Telling::Reported,
            };
            let negated = if verb.negated && matches!(clause.link, Link::Infinitive(_)) { Telling::Denied } else { Telling::Reported };
            Some(stronger(told, stronger(outer_modal, negated)))
        }
        Link::Participle => {
            // `There is no stream of guns going from Kenya to Uganda`.
            let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
            let no = |n: usize| sight.scene.nouns[n].det.is_some_and(|d| low(d) == "no");
            let none = verb.lemma == "be"
                && low(verb.first.saturating_sub(1)) == "there"
                && sight.clauses[outer].args.iter().any(|(p, n)| p.is_none() && no(*n));
            if none {
                return Some(Telling::Denied);
            }
            let planned =
                HOLDS.contains(&verb.lemma.as_str()) && matches!(verb.modal.as_deref(), Some("will" | "would" | "may" | "could" | "might"));
            // `rejected a report claiming that`: the denial reaches what the report claims.
            let claims = clause.verb.is_some_and(|v| lexicon.saying(&sight.verbs[v].lemma).is_some());
            let of_it = sight.clauses[outer].args.iter().any(|(p, n)| p.is_none() && clause.subject == Some(*n));
            let denied = claims && of_it && of_outer_verb(lexicon, sight, verb) == Telling::Denied;
            Some(match (planned, denied) {
                (true, _) => Telling::Planned,
                (_, true) => Telling::Denied,
                _ => Telling::Reported,
            })
        }
    }
}

/// `admitted in court that he had exported pumps`: what stands behind the place is said, and does not describe it.
fn said_at_a_place(sight: &Sight<'_>, inner: usize, outer: usize, noun: usize) -> bool {
    let clause = &sight.clauses[inner];
    let place = sight.clauses[outer].args.iter().any(|(p, n)| p.is_some() && *n == noun);
    let that = clause
        .subject
        .map(|s| &sight.scene.nouns[s])
        .and_then(|n| n.det.unwrap_or(n.first).checked_sub(1))
        .and_then(|t| sight.scene.tokens.get(t))
        .is_some_and(|t| t.low == "that");
    let whole = clause.args.iter().any(|(p, _)| p.is_none()) || clause.verb.is_some_and(|v| sight.verbs[v].passive);
    place && that && whole
}

/// `a strip that experts suspect is being used`: who says so stands inside the clause and describes the same noun.
fn said_within(lexicon: &Lexicon, sight: &Sight<'_>, at: usize) -> Telling {
    let Link::Relative(noun, false) = sight.clauses[at].link else { return Telling::Reported };
    let inside = |c: &&crate::clause::Clause| c.link == Link::Relative(noun, true) && c.args.is_empty();
    let verb = sight.clauses.iter().find(inside).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
    verb.map_or(Telling::Reported, |v| of_outer_verb(lexicon, sight, v))
}

/// Whether a sentence asks or supposes what it tells: `Did Russia deliver rifles?`, `Should Russia deliver rifles, …`.
fn supposed(sight: &Sight<'_>, trigger: usize) -> bool {
    const AUXILIARIES: [&str; 9] = ["did", "does", "do", "has", "have", "had", "is", "was", "were"];
    let words = || sight.scene.tokens.iter().enumerate().filter(|(_, t)| !t.is_quote());
    let first = words().next().map_or("", |(_, t)| t.low.as_str());
    let before_comma = words().find(|(_, t)| t.text == ",").is_some_and(|(comma, _)| trigger < comma);
    first == "should" && before_comma || asks(sight) && AUXILIARIES.contains(&first)
}

/// Whether the sentence is a question.
fn asks(sight: &Sight<'_>) -> bool {
    sight.scene.tokens.iter().rev().take(2).any(|t| t.text == "?")
}

/// Whether a word of what is lawful stands between an outer verb and the infinitive that hangs on it.
fn lawful_or_not(sight: &Sight<'_>, outer: &VerbGroup, inner: usize) -> bool {
    let Some(first) = sight.clauses[inner].verb.map(|v| sight.verbs[v].first) else { return false };
    sight.scene.tokens.get(outer.first..first).unwrap_or(&[]).iter().any(|t| {
        matches!(
            t.low.as_str(),
            "illegal" | "unlawful" | "legal" | "lawful" | "forbidden" | "prohibited" | "permissible" | "crime" | "offence" | "offense"
        )
    })
}

/// Words that call a report untrue.
pub(crate) fn is_untrue(low: &str) -> bool {
    matches!(
        low,
        "inaccurate"
            | "false"
            | "untrue"
            | "baseless"
            | "fake"
            | "unfounded"
            | "groundless"
            | "fabricated"
            | "fabrication"
            | "fabrications"
            | "nonsense"
            | "lies"
            | "lie"
            | "absurd"
            | "incorrect"
            | "misleading"
            | "erroneous"
            | "guesswork"
            | "speculation"
            | "propaganda"
            | "disinformation"
            | "misinformation"
            | "hoax"
            | "slander"
            | "slanderous"
            | "libel"
            | "smear"
            | "fiction"
            | "invented"
            | "fictitious"
            | "invention"
            | "myth"
            | "ridiculous"
            | "preposterous"
            | "ludicrous"
            | "unsubstantiated"
            | "unproven"
            | "bogus"
            | "spurious"
            | "meritless"
            | "ill-founded"
            | "defamatory"
            | "fairytale"
            | "rubbish"
            | "falsehood"
            | "falsehoods"
    )
}

/// `capable of carrying arms`, `its ability to sell oil`: what could be done, and no act.
fn is_ability(sight: &Sight<'_>, clause: &crate::clause::Clause) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    match clause.link {
        Link::Gerund(Some(token)) => {
            token > 0 && matches!(low(token - 1), "capable" | "incapable" | "dream" | "prospect" | "risk" | "danger")
        }
        Link::Infinitive(Some(noun)) => {
            matches!(low(sight.scene.nouns[noun].head), "ability" | "capacity" | "capability" | "right" | "incentive")
        }
        _ => false,
    }
}

fn infinitive_noun(low: &str) -> Option<Telling> {
    match low.strip_suffix('s').unwrap_or(low) {
        "plan" | "decision" | "agreement" | "deal" | "offer" | "pledge" | "intention" | "proposal" | "promise" | "request" | "order"
        | "willingness" | "contract" | "exemption" | "permission" | "licence" | "license" | "waiver" | "approval" | "permit"
        | "application" | "talk" | "negotiation" | "discussion" | "position" => Some(Telling::Planned),
        "readiness" | "vow" | "mandate" | "authority" | "authorisation" | "authorization" => Some(Telling::Planned),
        "attempt" | "effort" | "bid" | "plot" | "conspiracy" | "scheme" | "drive" => Some(Telling::Attempted),
        "refusal" | "reluctance" | "unwillingness" | "failure" | "inability" => Some(Telling::Denied),
        _ => None,
    }
}

/// `suspicion of supplying`, `on charges of exporting`, `attempt at smuggling`: the noun before the preposition.
fn gerund_noun(lexicon: &Lexicon, sight: &Sight<'_>, inner: usize) -> Telling {
    let Link::Gerund(Some(token)) = sight.clauses[inner].link else { return Telling::Reported };
    let Some(before) = token.checked_sub(1).and_then(|i| sight.scene.tokens.get(i)) else { return Telling::Reported };
    let singular = before.low.strip_suffix('s').unwrap_or(&before.low);
    match singular {
        "guilty" | "conviction" | "jail" | "prison" | "sentence" | "fine" | "bars" => Telling::Confirmed,
        "suspicion" | "charge" | "accusation" | "allegation" | "count" => Telling::Alleged,
        _ => infinitive_noun(&before.low).or_else(|| lexicon.saying_noun(&before.low).map(|s| s.telling)).unwrap_or(Telling::Reported),
    }
}

/// `sanctions on exports and on importing`: the second of two things that a rule is about.
fn joined_to_rule(sight: &Sight<'_>, preposition: usize) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let from = preposition.saturating_sub(14);
    let joined = preposition > 0 && matches!(low(preposition - 1), "and" | "or");
    let verb = |t: usize| sight.verbs.iter().any(|v| v.head == t);
    let rule = (from..preposition).rev().take_while(|t| !verb(*t)).find(|t| RULES.contains(low(*t)));
    joined && rule.is_some_and(|r| low(r + 1) == low(preposition))
}

/// Whether a noun phrase, or one behind it, holds a token.
fn holds(sight: &Sight<'_>, noun: usize, token: usize) -> bool {
    let phrase = &sight.scene.nouns[noun];
    (phrase.first..phrase.end).contains(&token)
        || phrase.of.is_some_and(|n| n > noun && holds(sight, n, token))
        || sight.scene.nouns.iter().any(|n| n.group == Some(noun) && (n.first..n.end).contains(&token))
}
