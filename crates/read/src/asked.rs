//! Who asks. In a question “we” and “I” are parties: `We are a Danish firm. May we ship pumps to Korea?`

use crate::clause::Link;
use crate::event::{Event, Eye, Sight};
use crate::gazetteer::{Gazetteer, NameKind, RoleNoun};
use crate::lexicon::Lexicon;
use crate::phrase::Form;
use crate::token::{Shape, Token, tokens};
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::{ActKind, PartyType};

/// Who asks, as far as the words say: of which country, and what sort of party. Without a first person nobody does.
pub(crate) fn asker(gazetteer: &Gazetteer, text: &str) -> Option<Who> {
    let tokens = tokens(text, &|_| false);
    let first = tokens.iter().find(|t| is_first_person(t) || matches!(t.low.as_str(), "our" | "my"))?;
    let plain = Who {
        name: if matches!(first.low.as_str(), "we" | "us" | "our") { "we" } else { "I" }.to_owned(),
        // Governments do not ask in the first person.
        kind: Some(if matches!(first.low.as_str(), "i" | "me" | "my") { PartyType::Person } else { PartyType::Company }),
        countries: Vec::new(),
        media: false,
        plural: false,
        place: false,
        inferred: false,
        span: (first.start, first.end()),
    };
    Some((0..tokens.len()).find_map(|at| described(gazetteer, text, &tokens, at)).map_or(plain.clone(), |told| Who {
        kind: told.kind.or(plain.kind),
        name: if told.name.is_empty() { plain.name } else { told.name },
        ..told
    }))
}

/// Whether a word means who asks; `US` does not.
pub(crate) fn is_first_person(token: &Token<'_>) -> bool {
    matches!(token.low.as_str(), "i" | "we" | "us" | "me" | "myself" | "ourselves") && !token.shouted
}

/// Whether a word behind `our` or `my` means who asks, or a part of it.
pub(crate) fn is_own(low: &str) -> bool {
    is_body(low)
        || matches!(
            low,
            "engineer" | "engineers" | "staff" | "employee" | "employees" | "team" | "office" | "headquarters" | "lab" | "factory"
        )
}

/// `We are a Danish firm`, `I'm based in Malta`, `I work for a Swiss bank`, `As a French journalist, …`, `our German company`.
fn described(gazetteer: &Gazetteer, text: &str, tokens: &[Token<'_>], at: usize) -> Option<Who> {
    let low = |at: usize| tokens.get(at).map_or("", |t| t.low.as_str());
    let starts = at == 0 || matches!(low(at - 1), "." | "?" | "!" | ":" | "," | "-" | "–");
    let from = match (low(at), low(at + 1)) {
        ("i" | "we", "am" | "are" | "'m" | "'re" | "work" | "run" | "represent" | "live" | "operate" | "own" | "manage") => at + 2,
        ("as", "a" | "an") if starts => at + 2,
        ("i" | "we" | "us" | "me", ",") if matches!(low(at + 2), "a" | "an") => at + 3,
        ("both", _) if starts || low(at - 1) == "(" => at + 1,
        ("our" | "my", _) if is_body(low(at + 1)) && matches!(low(at + 2), "is" | "in" | "based" | "sits") => at + 3,
        ("our" | "my", _) if is_body(low(at + 1)) && low(at + 2) == "," && matches!(low(at + 3), "based" | "a" | "an" | "registered") => {
            at + 4
        }
        ("our" | "my", _) => return own(gazetteer, text, tokens, at + 1),
        _ => return None,
    };
    let end = (from..tokens.len().min(from + 9)).find(|i| ends_description(low(*i))).unwrap_or(tokens.len().min(from + 9));
    let (start, length, countries, kind) = (from..end).find_map(|i| {
        let (length, named) = gazetteer.at(tokens, i)?;
        let place = matches!(named.kind, NameKind::State | NameKind::People | NameKind::City);
        (place && named.countries.len() == 1).then(|| (i, length, named.countries.clone(), named.kind))
    })?;
    // `a Danish firm`: the words up to the noun name the asker; `based in Denmark`: they only place it.
    let noun = (kind == NameKind::People).then(|| (start + length..end).find(|i| gazetteer.role(tokens, *i, *i).is_some())).flatten();
    let told = who(gazetteer, text, tokens, start, noun.map_or(start + length, |n| n + 1), countries);
    Some(if noun.is_some() { told } else { Who { name: String::new(), kind: None, ..told } })
}

/// `Our Danish company may export`: the asker, and not a daughter of it.
fn own(gazetteer: &Gazetteer, text: &str, tokens: &[Token<'_>], at: usize) -> Option<Who> {
    let (length, named) = gazetteer.at(tokens, at).filter(|(_, n)| n.kind == NameKind::People && n.countries.len() == 1)?;
    let noun = tokens.get(at + length).filter(|t| is_body(&t.low))?;
    Some(who(gazetteer, text, tokens, at, at + length + 1, named.countries.clone())).filter(|_| !noun.low.is_empty())
}

/// The asker by the words from `first` to `end`, without a name where there are none.
fn who(gazetteer: &Gazetteer, text: &str, tokens: &[Token<'_>], first: usize, end: usize, countries: Vec<model::Country>) -> Who {
    let start = tokens.get(first).map_or(0, |t| t.start);
    let stop = tokens.get(end.saturating_sub(1)).map_or(start, Token::end).max(start);
    let named = end > first;
    let head = end.saturating_sub(1);
    let low = tokens.get(head).map_or("", |t| t.low.as_str());
    let kind = match gazetteer.role(tokens, first, head).filter(|_| named) {
        Some(RoleNoun::Person) => Some(PartyType::Person),
        Some(RoleNoun::Body) if low.starts_with("bank") => Some(PartyType::Bank),
        Some(RoleNoun::Body) => Some(PartyType::Company),
        Some(RoleNoun::Group) => Some(PartyType::Organisation),
        _ => None,
    };
    let name = if named { text.get(start..stop).unwrap_or_default().to_owned() } else { String::new() };
    Who { name, kind, countries, media: false, plural: false, place: false, inferred: false, span: (start, stop) }
}

/// Words for the asker's own firm or body.
fn is_body(low: &str) -> bool {
    const BODIES: [&str; 22] = [
        "company",
        "firm",
        "bank",
        "business",
        "charity",
        "ngo",
        "organisation",
        "organization",
        "employer",
        "group",
        "university",
        "association",
        "foundation",
        "trader",
        "broker",
        "insurer",
        "forwarder",
        "shop",
        "startup",
        "institute",
        "museum",
        "client",
    ];
    BODIES.contains(&low)
}

/// Where what somebody says of himself ends. `We are shipping pumps to Iran`, `we are in talks with a Russian firm`: nothing of himself.
fn ends_description(low: &str) -> bool {
    let acts = low.ends_with("ing") && !matches!(low, "living" | "working" | "trading" | "shipping" | "engineering" | "manufacturing");
    acts || matches!(
        low,
        "." | ","
            | ";"
            | "?"
            | "!"
            | ":"
            | "and"
            | "but"
            | "who"
            | "that"
            | "want"
            | "wants"
            | "can"
            | "may"
            | "to"
            | "with"
            | "about"
            | "by"
    )
}

/// The text without the words by which a question ends in asking what is lawful: `Is selling rice to Korea illegal?` Its bytes stay where they are.
pub(crate) fn without_verdict(text: &str) -> String {
    const VERDICTS: [&str; 26] = [
        "illegal",
        "legal",
        "ok",
        "okay",
        "allowed",
        "forbidden",
        "permitted",
        "prohibited",
        "lawful",
        "unlawful",
        "fine",
        "possible",
        "permissible",
        "banned",
        "restricted",
        "sanctionable",
        "licit",
        "illicit",
        "a",
        "crime",
        "violation",
        "breach",
        "still",
        "even",
        "really",
        "now",
    ];
    let tokens = tokens(text, &|_| false);
    let Some(mark) = tokens.iter().rposition(|t| t.text == "?") else { return text.to_owned() };
    let verdict = |t: &Token<'_>| VERDICTS.contains(&t.low.as_str());
    let last = tokens.get(..mark).unwrap_or(&[]);
    let first = mark - last.iter().rev().take_while(|t| verdict(t)).count();
    // `… break EU sanctions?`, `… be against the law?`
    let breaks = |t: &Token<'_>| {
        matches!(
            t.low.as_str(),
            "break" | "breach" | "violate" | "breaks" | "breaches" | "violates" | "against" | "contravene" | "infringe"
        )
    };
    let rules =
        last.iter().rev().take(5).any(|t| {
            matches!(t.low.as_str(), "sanctions" | "sanction" | "law" | "laws" | "embargo" | "rules" | "resolution" | "resolutions")
        });
    let first = (mark.saturating_sub(6)..first).find(|at| rules && breaks(&tokens[*at])).unwrap_or(first);
    let first = tail(last).min(first);
    let (Some(from), Some(to)) = (tokens.get(first), tokens.get(mark)) else { return text.to_owned() };
    let mut out = text.to_owned();
    if first < mark && first > 3 {
        out.replace_range(from.start..to.start, &" ".repeat(to.start - from.start));
    }
    out
}

/// Where the words begin that only ask, behind the last comma, dash or stop: `…, any license needed?`, `… Any UN rule against that?`
fn tail(tokens: &[Token<'_>]) -> usize {
    const ASKING: [&str; 81] = [
        "even",
        "really",
        "actually",
        "still",
        "legally",
        "now",
        "was",
        "were",
        "under",
        "any",
        "license",
        "licence",
        "licenses",
        "permit",
        "needed",
        "required",
        "necessary",
        "rule",
        "rules",
        "against",
        "that",
        "it",
        "is",
        "this",
        "legal",
        "ok",
        "okay",
        "fine",
        "allowed",
        "may",
        "can",
        "could",
        "should",
        "they",
        "he",
        "she",
        "we",
        "i",
        "you",
        "do",
        "does",
        "need",
        "a",
        "an",
        "the",
        "or",
        "not",
        "no",
        "un",
        "eu",
        "us",
        "uk",
        "problem",
        "problems",
        "issue",
        "issues",
        "lawful",
        "permitted",
        "banned",
        "altogether",
        "illegal",
        "forbidden",
        "prohibited",
        "sanctions",
        "sanction",
        "sanctioned",
        "break",
        "breach",
        "violate",
        "law",
        "with",
        "if",
        "so",
        "there",
        "are",
        "be",
        "to",
        "ask",
        "whom",
        "what",
        "who",
    ];
    let parts = |at: &usize| matches!(tokens[*at].text, "," | "-" | "–" | "—" | "." | ";" | "?" | "!");
    (0..tokens.len())
        .filter(parts)
        .find(|at| tokens.iter().skip(at + 1).all(|t| t.shape != Shape::Word || ASKING.contains(&t.low.as_str())))
        .unwrap_or(tokens.len())
}

/// Verbs by which a question asks what is lawful, and which are no act themselves: `Are Germans allowed to travel?`
pub(crate) const ASKS: [&str; 14] = [
    "allow",
    "permit",
    "forbid",
    "prohibit",
    "ban",
    "need",
    "require",
    "authorise",
    "authorize",
    "license",
    "want",
    "like",
    "plan",
    "intend",
];

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
pub(crate) fn only_asks(sight: &Sight<'_>, event: &Event) -> bool {
    let verb = sight.verbs.iter().find(|v| sight.scene.tokens.get(v.head).is_some_and(|t| t.start == event.trigger));
    // `She needs medicine`: goods are asked for, and not a permission.
    let goods =
        |lemma: &str| matches!(lemma, "need" | "want" | "require") && event.things.iter().any(|t| !t.generic && t.category != "other");
    verb.is_some_and(|v| ASKS.contains(&v.lemma.as_str()) && !goods(&v.lemma))
}

/// `advise a Russian company`, `North Korean workers build houses for a firm`: services and work, told by verbs that a report uses of other things.
pub(crate) fn served(eye: &mut Eye<'_>, sight: &Sight<'_>, event: &mut Event) {
    const SERVES: [&str; 10] =
        ["advise", "audit", "consult", "represent", "defend", "counsel", "lobby", "market", "advertise", "translate"];
    let token = sight.scene.tokens.iter().find(|t| t.start == event.trigger);
    let verb = sight.verbs.iter().find(|v| sight.scene.tokens.get(v.head).is_some_and(|t| t.start == event.trigger));
    if verb.is_some_and(|v| SERVES.contains(&v.lemma.as_str())) {
        event.kind = ActKind::Service;
        if let Some(token) = token {
            event.things = vec![Thing {
                words: token.text.to_owned(),
                category: "service".to_owned(),
                sort: Sort::Goods,
                generic: false,
                another: false,
                english: None,
                span: (token.start, token.end()),
            }];
        }
    }
    let lemma = verb.map_or("", |v| v.lemma.as_str()).to_owned();
    // `wants to deposit 250,000 euros with us`: the bank serves whoever deposits.
    if lemma == "deposit" && event.kind == ActKind::Payment {
        event.kind = ActKind::BankAccount;
        std::mem::swap(&mut event.givers, &mut event.receivers);
    }
    // `pays a North Korean IT worker`: money, whatever work it is for.
    if lemma == "pay" && event.kind == ActKind::Employment {
        event.kind = ActKind::Payment;
        let workers: Vec<Thing> = event.things.drain(..).collect();
        if event.receivers.iter().all(|r| event.givers.iter().all(|g| g.countries != r.countries))
            && let Some(thing) = workers.into_iter().next()
        {
            let payer = sight.clauses.get(event.clause).and_then(|c| c.subject).map(|s| eye.group(sight, s)).unwrap_or_default();
            let got = std::mem::take(&mut event.receivers);
            let pays = if payer.is_empty() { got } else { payer };
            let worker = event.givers.first().cloned().map(|w| Who {
                name: thing.words.clone(),
                span: thing.span,
                kind: Some(PartyType::Person),
                place: false,
                ..w
            });
            event.givers = pays;
            event.receivers.extend(worker);
        }
    }
    // `May I post medicine?`, `provide translation services`.
    let goods =
        |t: &Thing| t.sort == Sort::Goods && !matches!(t.category.as_str(), "workers" | "training" | "service" | "financial_service");
    if event.kind == ActKind::Employment && !event.things.is_empty() && event.things.iter().all(goods) {
        event.kind = ActKind::Supply;
    }
    let service = |t: &Thing| t.words.to_lowercase().ends_with("services") || t.words.to_lowercase().ends_with("service");
    if matches!(event.kind, ActKind::Supply | ActKind::Export | ActKind::Sale)
        && !event.things.is_empty()
        && event.things.iter().all(service)
    {
        event.kind = ActKind::Service;
    }
    let works = |w: &Who| {
        w.name.split(' ').any(|x| matches!(x.to_lowercase().as_str(), "workers" | "labourers" | "laborers" | "builders" | "loggers"))
    };
    if matches!(event.kind, ActKind::Supply | ActKind::Service)
        && let Some(workers) = event.givers.iter().find(|w| works(w) && !w.countries.is_empty()).cloned()
    {
        event.kind = ActKind::Employment;
        let thing = Thing {
            words: workers.name.clone(),
            category: "workers".to_owned(),
            sort: Sort::People,
            generic: false,
            another: false,
            english: None,
            span: workers.span,
        };
        event.things = vec![thing];
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
pub(crate) fn whereabouts(eye: &mut Eye<'_>, sight: &Sight<'_>, who: &Who) -> Option<Who> {
    let tokens = sight.scene.tokens;
    let noun = sight.scene.nouns.iter().position(|n| tokens.get(n.first).is_some_and(|t| t.start == who.span.0) && !n.pronoun)?;
    let phrase = &sight.scene.nouns[noun];
    let inside = phrase.behind.iter().find(|(p, _)| *p == phrase.end && matches!(tokens[*p].low.as_str(), "in" | "at")).map(|(_, n)| *n)?;
    let place = eye.who(sight, inside).filter(|w| w.countries.len() == 1 && w.kind == Some(PartyType::Government))?;
    (!who.countries.is_empty() && !who.countries.contains(&place.countries[0])).then_some(Who { place: true, ..place })
}

/// `May Swiss watches be sold to a customer in Minsk?`: where goods are from tells nobody who gives them.
pub(crate) fn by_goods(event: &mut Event) {
    if !matches!(event.kind, ActKind::Employment | ActKind::Tourism | ActKind::Travel | ActKind::FishingRights) {
        let things = &event.things;
        event.givers.retain(|w| !things.iter().any(|t| t.span.0 <= w.span.0 && w.span.1 <= t.span.1 && !w.place));
    }
}

/// Tells what is given by all its words where the verb alone stands for it: `teaches missile design`, `insure a tanker carrying Russian oil`.
pub(crate) fn in_full(sight: &Sight<'_>, event: &mut Event) {
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

/// The text with capitals where names have none: `can a firm in london sell pumps to north korea`. Its bytes stay where they are. In a text that has
/// capitals elsewhere only States and nationalities get theirs.
pub(crate) fn with_capitals(gazetteer: &Gazetteer, lexicon: &Lexicon, text: &str) -> String {
    let tokens_of = tokens(text, &|_| false);
    let written = tokens_of.iter().skip(1).any(|t| t.capital && !t.shouted && t.low != "i");
    let small = tokens_of.first().is_some_and(|t| !t.capital && t.shape == Shape::Word);
    let states_only = written && !small;
    let mut capitals = text.to_owned();
    for token in tokens_of.iter().filter(|t| t.shape == Shape::Word) {
        raise(&mut capitals, token.start);
    }
    let raised = tokens(&capitals, &|_| false);
    let mut out = text.to_owned();
    // `in jan 2019`, `4 may 2019`.
    let number = |at: Option<usize>| at.and_then(|at| tokens_of.get(at)).is_some_and(|t| t.shape == Shape::Number);
    for (at, token) in tokens_of
        .iter()
        .enumerate()
        .filter(|(_, t)| MONTHS.iter().any(|m| t.low.len() > 2 && (t.low == *m || t.low.len() < 5 && m.starts_with(&t.low))))
    {
        if number(Some(at + 1)) || number(at.checked_sub(1)) && token.low != "may" {
            raise(&mut out, token.start);
        }
    }
    let mut at = 0;
    while at < raised.len() {
        let found = gazetteer.at(&raised, at).filter(|(length, named)| {
            // `turkey`, `nice` and `polish` are words before they are places.
            let word =
                *length == 1 && raised.get(at).is_some_and(|t| lexicon.classes(&t.low).is_some() || AMBIGUOUS.contains(&t.low.as_str()));
            let state = matches!(named.kind, NameKind::State | NameKind::People);
            named.countries.len() == 1 && !word && (state || !states_only) && named.kind != NameKind::Person
        });
        let length = found.map_or(0, |(length, _)| length);
        for token in raised.iter().skip(at).take(length) {
            raise(&mut out, token.start);
        }
        at += length.max(1);
    }
    out
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Names of States and peoples that are words as well.
const AMBIGUOUS: [&str; 12] = ["turkey", "china", "polish", "jersey", "chad", "chile", "georgia", "jordan", "guinea", "mali", "us", "in"];

/// Makes a capital of the small letter at a place.
fn raise(text: &mut String, at: usize) {
    let small = text.get(at..at + 1).filter(|c| c.bytes().all(|b| b.is_ascii_lowercase())).map(str::to_ascii_uppercase);
    if let Some(capital) = small {
        text.replace_range(at..at + 1, &capital);
    }
}
