//! Who asks. In a question “we” and “I” are parties: `We are a Danish firm. May we ship pumps to Korea?`

mod acts;
mod words;

pub(crate) use acts::{as_asked, asks, is_to_come, no_party};
pub(crate) use words::{with_capitals, without_verdict};

use crate::gazetteer::{Gazetteer, NameKind, RoleNoun};
use crate::groups::OWN_BODIES;
use crate::token::{Token, tokens};
use crate::who::Who;
use model::PartyType;

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
    tokens.get(at + length).filter(|t| is_body(&t.low))?;
    Some(who(gazetteer, text, tokens, at, at + length + 1, named.countries.clone()))
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
    OWN_BODIES.contains(low)
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
