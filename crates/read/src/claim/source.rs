//! Whose words an act is, where a noun or a phrase says so: `US accusations that`, `according to`, `a report by`.

use super::{Word, about, calls_a_breach, evidence, of_court, topical};
use crate::clause::Link;
use crate::event::{Event, Eye, Sight};
use crate::groups::DOCUMENTS;
use crate::lexicon::{Stance, Telling};
use crate::who::Who;

/// `US accusations that it has sent arms`, `claims by Kyiv that`: whose words they are.
pub(super) fn by_noun(eye: &mut Eye<'_>, sight: &Sight<'_>, events: &[Event]) -> Vec<Word> {
    let mut out = Vec::new();
    for (at, clause) in sight.clauses.iter().enumerate() {
        let Link::Content(Some(noun)) = clause.link else { continue };
        let phrase = &sight.scene.nouns[noun];
        let Some(head) = sight.scene.tokens.get(phrase.head) else { continue };
        let Some(saying) = eye.lexicon.saying_noun(&head.low).filter(|s| matches!(s.telling, Telling::Alleged | Telling::Reported)) else {
            continue;
        };
        let about = about(sight, events, at);
        let by = phrase.behind.iter().find(|(t, _)| sight.scene.tokens[*t].low == "by").map(|(_, n)| *n);
        let speakers: Vec<Who> = by
            .or(phrase.owner)
            .map(|n| eye.group(sight, n))
            .unwrap_or_else(|| eye.finder.nationality(&sight.scene, noun).into_iter().collect());
        if speakers.is_empty() || about.is_empty() {
            continue;
        }
        // What a paper alleges it reports.
        let blames = matches!(head.low.trim_end_matches('s'), "accusation" | "allegation" | "charge") && !speakers.iter().all(|s| s.media);
        let stance = if blames { Stance::AssertsViolation } else { Stance::Reports };
        let span = sight.scene.words(phrase.first, phrase.end).1;
        let said = Word::said(speakers, stance, saying.telling, about, span);
        out.push(Word { topical: topical(sight), evidence: evidence(sight), ..said });
    }
    out
}

/// `according to X`, `in a statement by X`: the noun phrase that follows.
pub(super) fn by_phrase(eye: &mut Eye<'_>, sight: &Sight<'_>, events: &[Event]) -> Vec<Word> {
    let mut out = Vec::new();
    for at in 0..sight.scene.tokens.len() {
        let Some((length, saying)) = eye.lexicon.saying_phrases.at(sight.scene.tokens, at) else { continue };
        let saying = *saying;
        let behind = at + length;
        // `officials say`, `told reporters`: what follows is no speaker.
        let last = sight.scene.tokens.get(behind - 1).map_or("", |t| t.low.as_str());
        if !matches!(last, "to" | "by" | "of" | "from" | "per" | "citing" | "quoting" | "cited" | "quoted" | "with") {
            continue;
        }
        // `in defiance of the embargo`, `accused of arms sales`: what is broken or blamed does not speak.
        if last == "of" && saying.stance == Stance::AssertsViolation {
            continue;
        }
        let Some(noun) = sight.scene.nouns.iter().position(|n| n.first == behind || n.det == Some(behind)) else { continue };
        let mut noun = noun;
        // `according to Yonhap's report`, `the ministry's statement`: the owner speaks.
        while eye.who(sight, noun).is_none() && document(eye, sight, noun).is_none() {
            match sight.scene.nouns.get(noun + 1) {
                Some(next) if next.owner == Some(noun) => noun += 1,
                _ => break,
            }
        }
        // `According to the Treasury, Alpha Ltd, Beta Ltd and Gamma Ltd have sold`: what stands behind the comma speaks no more.
        let alone =
            sight.scene.tokens.get(sight.scene.nouns[noun].end).is_some_and(|t| t.text == ",") && sight.scene.nouns[noun].group.is_none();
        let mut speakers = if alone { eye.who(sight, noun).into_iter().collect() } else { eye.group(sight, noun) };
        // `reported by a spokesman for Unicef`: for whom he speaks.
        if speakers.len() == 1 && speakers[0].countries.is_empty() && super::speaks_for_another(&speakers[0]) {
            let behind = &sight.scene.nouns[noun].behind;
            let house = behind.iter().find(|(p, _)| matches!(sight.scene.tokens[*p].low.as_str(), "for" | "of")).map(|(_, n)| *n);
            speakers = house.and_then(|n| eye.who(sight, n)).map_or(speakers, |w| vec![w]);
        }
        if speakers.is_empty() {
            speakers.extend(document(eye, sight, noun));
        }
        // `a report seen by the agency`: who saw it does not say it.
        let saw = last == "by" && (at..behind).any(|t| saw(sight, t));
        let Some(first) = speakers.first().filter(|_| !saw) else { continue };
        eye.finder.known.spoke = Some((first.clone(), sight.scene.sentence));
        let about: Vec<usize> = (0..events.len()).collect();
        let start = sight.scene.tokens[at].start;
        let phrase = &sight.scene.nouns[noun];
        let end = phrase.end.checked_sub(1).and_then(|i| sight.scene.tokens.get(i)).map_or(start, crate::token::Token::end);
        let breach = (0..sight.scene.tokens.len()).any(|t| calls_a_breach(sight, t));
        let stance = match saying.stance {
            Stance::Reports if breach && !speakers.iter().any(|s| s.media && (s.kind.is_some() || of_court(s))) => Stance::AssertsViolation,
            _ if about.is_empty() => Stance::Reports,
            other => other,
        };
        let said = Word::said(speakers, stance, saying.telling, about, (start, end.max(start)));
        out.push(Word { topical: topical(sight), evidence: evidence(sight), cited: true, ..said });
    }
    out
}

/// `reviewed`, `obtained`: what somebody does with a document that is not his.
fn saw(sight: &Sight<'_>, token: usize) -> bool {
    sight
        .scene
        .tokens
        .get(token)
        .is_some_and(|t| matches!(t.low.as_str(), "seen" | "obtained" | "reviewed" | "viewed" | "read" | "examined"))
}

/// `a report issued by the panel`: who made it, told by a participle.
fn written_by(sight: &Sight<'_>, noun: usize) -> Option<usize> {
    const MAKES: [&str; 11] =
        ["issue", "publish", "release", "write", "prepare", "compile", "draft", "submit", "produce", "author", "present"];
    let makes = |v: usize| sight.verbs[v].passive && MAKES.contains(&sight.verbs[v].lemma.as_str());
    let clause = sight.clauses.iter().find(|c| c.link == Link::Participle && c.subject == Some(noun) && c.verb.is_some_and(makes))?;
    clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.scene.tokens[t].low == "by")).map(|(_, n)| *n)
}

/// A document or source as a speaker, in the words of its noun phrase.
pub(super) fn document(eye: &mut Eye<'_>, sight: &Sight<'_>, noun: usize) -> Option<Who> {
    let phrase = sight.scene.nouns.get(noun)?;
    let head = sight.scene.tokens.get(phrase.head)?;
    let singular = head.low.strip_suffix('s').unwrap_or(&head.low);
    if phrase.pronoun || phrase.time || !(DOCUMENTS.contains(singular) || DOCUMENTS.contains(head.low.as_str())) {
        return None;
    }
    // `a report by the panel`, `Yonhap's report`: whoever wrote it speaks.
    let author = phrase
        .behind
        .iter()
        .filter(|(p, _)| sight.scene.tokens.get(*p).is_some_and(|t| matches!(t.low.as_str(), "by" | "from" | "in")))
        .filter(|(p, _)| !p.checked_sub(1).is_some_and(|t| saw(sight, t)))
        .map(|(_, n)| *n)
        .chain(written_by(sight, noun))
        .chain(phrase.owner)
        .find_map(|n| eye.who(sight, n))
        .filter(|w| !w.place && (w.plural || w.kind != Some(model::PartyType::Person)));
    if let Some(author) = author {
        return Some(author);
    }
    let (name, span) = sight.scene.words(phrase.first, phrase.end);
    let countries = eye.finder.loose(&sight.scene, noun).map(|w| w.countries).unwrap_or_default();
    Some(Who { name, kind: None, countries, media: true, plural: false, place: false, inferred: false, span })
}
