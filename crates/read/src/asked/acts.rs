//! What the acts of a sentence are where somebody asks about them: services, work and journeys told by verbs that a report uses of other things.

use crate::clause::Link;
use crate::event::{Event, Eye, Sight};
use crate::groups::ASKS_LEAVE;
use crate::phrase::Form;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::{ActKind, PartyType};

/// Whether a question asks about what is still to be done: `May we ship pumps?`, but not `Putin gave a car, was that allowed?`
pub(crate) fn is_to_come(sight: &Sight<'_>, event: &Event) -> bool {
    let verb = sight.clauses.get(event.clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
    let past = verb.is_some_and(|v| v.form == Form::Finite && !v.present && v.modal.is_none() && !v.progressive);
    !past && !verb.is_some_and(|v| v.perfect)
}

/// Whether the sentence is a question.
pub(crate) fn asks(sight: &Sight<'_>) -> bool {
    sight.scene.tokens.iter().rev().take(2).any(|t| t.text == "?")
}

/// Whether an event is nothing but the question itself.
fn only_asks(sight: &Sight<'_>, event: &Event) -> bool {
    let verb = sight.verbs.iter().find(|v| sight.scene.tokens.get(v.head).is_some_and(|t| t.start == event.trigger));
    // `She needs medicine`: goods are asked for, and not a permission.
    let goods =
        |lemma: &str| matches!(lemma, "need" | "want" | "require") && event.things.iter().any(|t| !t.generic && t.category != "other");
    verb.is_some_and(|v| ASKS_LEAVE.contains(v.lemma.as_str()) && !goods(&v.lemma))
}

/// The acts of a sentence as somebody asks about them.
pub(crate) fn as_asked(eye: &mut Eye<'_>, sight: &Sight<'_>, events: &mut Vec<Event>) {
    events.retain(|e| !only_asks(sight, e));
    for event in events {
        served(eye, sight, event);
        worked(event);
        by_goods(event);
        in_full(sight, event);
        event.givers.retain(|w| !no_party(w));
        event.receivers.retain(|w| !no_party(w));
        let placed = event.receivers.iter().any(|w| w.place);
        let place = event.receivers.first().cloned().filter(|_| !placed).and_then(|w| whereabouts(eye, sight, &w));
        event.receivers.extend(place);
    }
}

/// A thing that some words name.
fn thing(words: String, category: &str, sort: Sort, span: (usize, usize)) -> Thing {
    Thing { words, category: category.to_owned(), sort, generic: false, another: false, english: None, span }
}

/// `advise a Russian company`, `deposit money with us`, `pay a worker`: services and money, told by verbs that a report uses of other things.
fn served(eye: &mut Eye<'_>, sight: &Sight<'_>, event: &mut Event) {
    const SERVES: [&str; 10] =
        ["advise", "audit", "consult", "represent", "defend", "counsel", "lobby", "market", "advertise", "translate"];
    let verb = sight.verbs.iter().find(|v| sight.scene.tokens.get(v.head).is_some_and(|t| t.start == event.trigger));
    let Some((verb, token)) = verb.and_then(|v| Some((v, sight.scene.tokens.get(v.head)?))) else { return };
    if SERVES.contains(&verb.lemma.as_str()) {
        event.kind = ActKind::Service;
        event.things = vec![thing(token.text.to_owned(), "service", Sort::Goods, (token.start, token.end()))];
    }
    // The bank serves whoever deposits.
    if verb.lemma == "deposit" && event.kind == ActKind::Payment {
        event.kind = ActKind::BankAccount;
        std::mem::swap(&mut event.givers, &mut event.receivers);
    }
    // `pays a North Korean IT worker`: money, whatever work it is for.
    if verb.lemma == "pay" && event.kind == ActKind::Employment {
        event.kind = ActKind::Payment;
        let worker = std::mem::take(&mut event.things).into_iter().next();
        let (home, got) = (std::mem::take(&mut event.givers), std::mem::take(&mut event.receivers));
        let payer = sight.clauses.get(event.clause).and_then(|c| c.subject).map(|s| eye.group(sight, s)).unwrap_or_default();
        event.givers = if payer.is_empty() { got } else { payer };
        let named =
            |(of, thing): (Who, Thing)| Who { name: thing.words, span: thing.span, kind: Some(PartyType::Person), place: false, ..of };
        event.receivers.extend(home.into_iter().next().zip(worker).map(named));
    }
}

/// What goods and people make of an act: `May I post medicine?`, `provide translation services`, `Korean workers build houses for a firm`.
fn worked(event: &mut Event) {
    let all = |event: &Event, test: &dyn Fn(&Thing) -> bool| !event.things.is_empty() && event.things.iter().all(test);
    let goods =
        |t: &Thing| t.sort == Sort::Goods && !matches!(t.category.as_str(), "workers" | "training" | "service" | "financial_service");
    if event.kind == ActKind::Employment && all(event, &goods) {
        event.kind = ActKind::Supply;
    }
    let last = |words: &str| words.split(' ').next_back().unwrap_or_default().to_lowercase();
    let service = |t: &Thing| matches!(last(&t.words).as_str(), "service" | "services");
    if matches!(event.kind, ActKind::Supply | ActKind::Export | ActKind::Sale) && all(event, &service) {
        event.kind = ActKind::Service;
    }
    let works = |w: &Who| matches!(last(&w.name).as_str(), "workers" | "labourers" | "laborers" | "builders" | "loggers");
    let workers = event.givers.iter().find(|w| works(w) && !w.countries.is_empty()).cloned();
    if let Some(workers) = workers.filter(|_| matches!(event.kind, ActKind::Supply | ActKind::Service)) {
        event.kind = ActKind::Employment;
        event.things = vec![thing(workers.name, "workers", Sort::People, workers.span)];
    }
}

/// Drops what is no party: `under US law`, `listed by the EU`.
pub(crate) fn no_party(who: &Who) -> bool {
    let last = who.name.split(' ').next_back().unwrap_or_default().to_lowercase();
    let union = who.countries.iter().any(|c| c.code() == "EU");
    // `a firm under EU sanctions` is one.
    let told = who.name.contains(" under ") || who.name.contains(" on ");
    union || !told && matches!(last.as_str(), "law" | "laws" | "rules" | "sanctions" | "regulations" | "embargo")
}

/// `a Syrian refugee in Berlin`, `the Russian embassy in Vienna`: where somebody is, beside what he is.
fn whereabouts(eye: &mut Eye<'_>, sight: &Sight<'_>, who: &Who) -> Option<Who> {
    let tokens = sight.scene.tokens;
    let noun = sight.scene.nouns.iter().position(|n| tokens.get(n.first).is_some_and(|t| t.start == who.span.0) && !n.pronoun)?;
    let phrase = &sight.scene.nouns[noun];
    let inside = phrase.behind.iter().find(|(p, _)| *p == phrase.end && matches!(tokens[*p].low.as_str(), "in" | "at")).map(|(_, n)| *n)?;
    let place = eye.who(sight, inside).filter(|w| w.countries.len() == 1 && w.kind == Some(PartyType::Government))?;
    (!who.countries.is_empty() && !who.countries.contains(&place.countries[0])).then_some(Who { place: true, ..place })
}

/// `May Swiss watches be sold to a customer in Minsk?`: where goods are from tells nobody who gives them.
fn by_goods(event: &mut Event) {
    if !matches!(event.kind, ActKind::Employment | ActKind::Tourism | ActKind::Travel | ActKind::FishingRights) {
        let things = &event.things;
        event.givers.retain(|w| !things.iter().any(|t| t.span.0 <= w.span.0 && w.span.1 <= t.span.1 && !w.place));
    }
}

/// Tells what is given by all its words where the verb alone stands for it: `teaches missile design`, `insure a tanker carrying Russian oil`.
fn in_full(sight: &Sight<'_>, event: &mut Event) {
    let tokens = sight.scene.tokens;
    let Some(head) = tokens.iter().position(|t| t.start == event.trigger) else { return };
    let Some(clause) = sight.clauses.iter().position(|c| c.verb.is_some_and(|v| sight.verbs[v].head == head)) else { return };
    let implied = |t: &Thing| t.span.0 == event.trigger;
    if !event.things.iter().any(implied) {
        return;
    }
    let whole = matches!(event.kind, ActKind::Training | ActKind::Service | ActKind::TechnicalAssistance | ActKind::Payment);
    let party =
        |n: usize| !whole && event.receivers.iter().chain(&event.givers).any(|w| w.span.0 == tokens[sight.scene.nouns[n].first].start);
    let args = &sight.clauses[clause].args;
    let object = args
        .iter()
        .filter(|(p, n)| !party(*n) && p.is_none_or(|p| matches!(tokens[p].low.as_str(), "in" | "on" | "how" | "for")))
        .map(|(_, n)| *n);
    let object =
        if whole { object.max_by_key(|n| sight.scene.nouns[*n].first) } else { object.min_by_key(|n| sight.scene.nouns[*n].first) };
    // `a Ugandan army trained by Koreans`: whom, where the verb has no object.
    let before = || sight.clauses[clause].subject.filter(|s| sight.scene.nouns[*s].end == head);
    let Some(object) = object.or_else(before) else { return };
    // `a tanker carrying oil`: with what describes the object.
    let described = sight.clauses.iter().find(|c| c.link == Link::Participle && c.subject == Some(object));
    let last = described.and_then(|c| c.args.iter().map(|(_, n)| sight.scene.nouns[*n].end).max());
    let end = last.unwrap_or(0).max(sight.scene.nouns[object].end).max(head + 1);
    let Some(stop) = end.checked_sub(1).and_then(|e| tokens.get(e)).map(crate::token::Token::end) else { return };
    let insures = event.kind == ActKind::Insurance;
    let first = tokens[sight.scene.nouns[object].first].start;
    let start = if insures { first } else { event.trigger.min(first) };
    let words = sight.scene.text.get(start..stop).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(thing) = event.things.iter().find(|t| implied(t)).cloned() else { return };
    event.things.retain(|t| !implied(t) && (t.span.1 <= start || t.span.0 >= stop));
    event.things.push(Thing { words, span: (start, stop), ..thing });
}
