//! Who speaks by the verb of a clause.

use super::feeling::feels;
use super::source::document;
use crate::clause::Link;
use crate::event::{Eye, Sight};
use crate::groups::{RULEBOOKS, SPEAKING_OFFICES};
use crate::lexicon::Stance;
use crate::who::Who;

/// `An official said the Gulf state rejects it`: whoever says what his own State or body does says it himself.
pub(super) fn for_whom(eye: &mut Eye<'_>, sight: &Sight<'_>, at: usize) -> Vec<Who> {
    if let Some(outer) = goes_on_speaking(eye, sight, at) {
        return speakers(eye, sight, outer);
    }
    let own = speakers(eye, sight, at);
    let clause = &sight.clauses[at];
    let stands = clause
        .verb
        .and_then(|v| eye.lexicon.saying(&sight.verbs[v].lemma))
        .is_some_and(|s| matches!(s.stance, Stance::Denies | Stance::Condemns | Stance::Demands));
    let outer = clause.parent.filter(|_| stands && matches!(clause.link, Link::Content(None)));
    let says = |c: &usize| {
        let verb = sight.clauses[*c].verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| !v.passive && eye.lexicon.saying(&v.lemma).is_some_and(|s| s.stance == Stance::Reports))
    };
    let Some(outer) = outer.filter(says) else { return own };
    let mouth = speakers(eye, sight, outer);
    let Some(first) = mouth.first().filter(|m| !m.media) else { return own };
    let described = |w: &Who| w.kind != Some(model::PartyType::Person) && (w.countries.is_empty() || w.countries == first.countries);
    if !own.is_empty() && own.iter().all(described) { mouth } else { own }
}

/// `Karimi claimed that others ran a campaign, saying that it would not sell them`: behind the comma he goes on speaking.
fn goes_on_speaking(eye: &Eye<'_>, sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| v.form == crate::phrase::Form::Gerund)?;
    let parent = clause.parent?;
    if matches!(clause.link, Link::Participle) {
        // `boarded the tanker last month, alleging that it carried oil`: not the tanker.
        let above = sight.clauses[parent].subject;
        let apart = clause.subject.filter(|s| Some(*s) != above && sight.scene.nouns[*s].end < verb.first);
        return apart.and(above).map(|_| parent);
    }
    let comma = verb.first.checked_sub(1).and_then(|t| sight.scene.tokens.get(t)).is_some_and(|t| t.text == ",");
    let says = |o: usize| {
        let verb = sight.clauses[o].verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| !v.passive && v.form == crate::phrase::Form::Finite && eye.lexicon.saying(&v.lemma).is_some())
    };
    Some(parent).filter(|p| comma && matches!(clause.link, Link::Content(None) | Link::Gerund(None)) && says(*p))
}

/// Who speaks: the subject; behind a verb turned around (`said Kirby`), the object; `by` someone in the passive.
pub(super) fn speakers(eye: &mut Eye<'_>, sight: &Sight<'_>, at: usize) -> Vec<Who> {
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return Vec::new() };
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |x| x.low.as_str());
    // `the paper quoted the envoy as saying`: the envoy speaks.
    if matches!(verb.lemma.as_str(), "quote" | "cite") && !verb.passive {
        let quoted = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| named_beside(sight, *n)).map(|n| eye.group(sight, n));
        if let Some(quoted) = quoted.filter(|q| !q.is_empty()) {
            return quoted;
        }
    }
    if verb.passive && !feels(verb) && !is_the_verb(sight, at) {
        let by = clause.args.iter().find(|(p, _)| p.is_some_and(|t| low(t) == "by")).map(|(_, n)| *n);
        let found = by.map(|n| eye.group(sight, n)).unwrap_or_default();
        // `by several other members`: how many stands apart from who.
        let many =
            by.filter(|n| found.is_empty() && matches!(low(sight.scene.nouns[*n].head), "several" | "some" | "many" | "most" | "both"));
        return many.filter(|n| n + 1 < sight.scene.nouns.len()).map_or(found, |n| eye.group(sight, n + 1));
    }
    let object = clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| named_beside(sight, *n));
    if let Some(behind) = turned_around(sight, at) {
        let behind = named_further(sight, at, behind);
        let mut found = eye.group(sight, behind);
        of_whom_he_speaks_for(eye, sight, behind, &mut found);
        return if found.is_empty() && is_name(sight, behind) {
            eye.finder.somebody(&sight.scene, behind).into_iter().collect()
        } else {
            found
        };
    }
    // `It said that …`: who spoke before goes on speaking.
    let pronoun = clause.subject.filter(|s| sight.scene.nouns[*s].pronoun).map(|s| low(sight.scene.nouns[s].head));
    if let Some("it" | "they" | "he" | "she") = pronoun
        && let Some((who, _)) = eye.finder.known.spoke.as_ref().filter(|(_, at)| sight.scene.sentence - at <= 2)
        && (matches!(pronoun, Some("it" | "they")) != (who.kind == Some(model::PartyType::Person))
            || (pronoun == Some("they") && is_unnamed(who))
            || (pronoun == Some("it") && super::finds(who)))
    {
        return vec![who.clone()];
    }
    if let Some(outer) = tells_on(sight, at) {
        return speakers(eye, sight, outer);
    }
    if let Some(who) = watcher_before(sight, at) {
        return eye.group(sight, who);
    }
    if let Some(paper) = paper_before(sight, at).and_then(|n| document(eye, sight, n)) {
        return vec![paper];
    }
    let mut found = clause.subject.map(|s| eye.group(sight, named_beside(sight, s))).unwrap_or_default();
    // `Peter Roe, a German and a former manager, has …`: one man and what he is.
    let described = |n: &crate::phrase::NounPhrase| n.det.is_some_and(|d| matches!(low(d), "a" | "an"));
    let members = || sight.scene.nouns.iter().filter(|n| clause.subject.is_some_and(|s| n.group == Some(s)));
    let is_one = clause.subject.is_some_and(|s| sight.scene.nouns[s].head_is_name(sight.scene.tokens));
    if found.len() > 1 && is_one && members().next().is_some_and(|n| n.det.is_some()) && members().all(described) {
        found.truncate(1);
    }
    if let Some(subject) = clause.subject {
        of_whom_he_speaks_for(eye, sight, subject, &mut found);
        of_its_owner(eye, sight, subject, &mut found);
    }
    // `Kim's sister Yo Jong`: of his State.
    if let ([who], Some(owner)) = (found.as_mut_slice(), clause.subject.and_then(|s| sight.scene.nouns[s].owner))
        && who.countries.is_empty()
        && holds_office(sight, at)
    {
        who.countries = eye.who(sight, owner).map(|w| w.countries).unwrap_or_default();
    }
    // `His company, Fräswerk Ostner, said`: a name beside such a word is no person's.
    let body = clause.subject.is_some_and(|s| {
        let firm = matches!(low(sight.scene.nouns[s].head), "company" | "firm" | "bank" | "manufacturer" | "exporter" | "subsidiary");
        firm && named_beside(sight, s) != s
    });
    if let (true, Some(who)) = (body, found.first_mut()) {
        who.kind = Some(model::PartyType::Company);
    }
    // `Secretary of State Antony Blinken`: the name behind the office.
    let named_of = clause.subject.and_then(|s| sight.scene.nouns[s].of).and_then(|of| eye.who(sight, of));
    if let Some(person) = named_of.filter(|w| {
        w.kind == Some(model::PartyType::Person)
            && found.len() == 1
            && (!found[0].name.contains(' ') || found[0].name.ends_with("ecretary"))
    }) {
        found = vec![person];
    }
    if let Some(members) = clause.subject.and_then(|s| such_as(sight, s)) {
        found = eye.group(sight, members);
    }
    if found.is_empty() {
        found.extend(clause.subject.and_then(|s| document(eye, sight, s)));
    }
    // `Two cousins pleaded guilty`: whoever does that is somebody.
    let owns_up = matches!(verb.lemma.as_str(), "plead" | "admit" | "confess" | "deny" | "acknowledge" | "concede");
    // `The charity Open Wells is dismayed`: nor does a name that no table knows feel or blame for nothing.
    let named = clause.subject.is_some_and(|s| sight.scene.nouns[s].head_is_name(sight.scene.tokens));
    let takes_a_stand = || eye.lexicon.saying(&verb.lemma).is_some_and(|s| s.stance != Stance::Reports) || feels(verb);
    let says = matches!(verb.lemma.as_str(), "say" | "tell" | "add") && verb.form == crate::phrase::Form::Finite && named;
    if found.is_empty() && (owns_up || says || (named && takes_a_stand())) {
        found.extend(clause.subject.and_then(|s| eye.finder.somebody(&sight.scene, s)));
    }
    if found.is_empty() && clause.subject.is_none() {
        return object.map(|n| eye.group(sight, n)).unwrap_or_default();
    }
    found
}

/// `a spokeswoman for the foreign ministry`: of the State of that ministry.
fn of_whom_he_speaks_for(eye: &mut Eye<'_>, sight: &Sight<'_>, noun: usize, found: &mut [Who]) {
    let [who] = found else { return };
    if !who.countries.is_empty() || who.kind != Some(model::PartyType::Person) {
        return;
    }
    let for_whom = |(p, _): &&(usize, usize)| sight.scene.tokens.get(*p).is_some_and(|t| t.low == "for");
    let house = sight.scene.nouns[noun].behind.iter().find(for_whom).map(|(_, n)| *n);
    who.countries = house.and_then(|n| eye.who(sight, n)).map(|w| w.countries).unwrap_or_default();
}

/// `Peru's foreign ministry`, where only that of another State was told before: of the State that owns it.
fn of_its_owner(eye: &mut Eye<'_>, sight: &Sight<'_>, noun: usize, found: &mut [Who]) {
    let phrase = &sight.scene.nouns[noun];
    let ([who], Some(owner)) = (found, phrase.owner) else { return };
    let ministry = sight.scene.tokens.get(phrase.head).is_some_and(|t| matches!(t.low.as_str(), "ministry" | "government" | "embassy"));
    let Some(state) = eye.who(sight, owner).filter(|w| w.kind == Some(model::PartyType::Government) && !w.countries.is_empty()) else {
        return;
    };
    if ministry && (who.countries != state.countries || who.kind == Some(model::PartyType::Person)) {
        let (name, span) = sight.scene.words(phrase.first, phrase.end);
        *who = Who { name, span, kind: Some(model::PartyType::Government), ..state };
    }
}

/// What stands before the name of a speaker in his phrase: `State Department spokeswoman Jane Roe`.
pub(super) fn title(sight: &Sight<'_>, who: &Who) -> String {
    let start = |t: usize| sight.scene.tokens.get(t).map_or(0, |t| t.start);
    let holds = |n: &&crate::phrase::NounPhrase| {
        start(n.first) < who.span.0 && n.end > 0 && start(n.end - 1) < who.span.1 && start(n.head) >= who.span.0
    };
    let Some(phrase) = sight.scene.nouns.iter().find(holds) else { return String::new() };
    let name = (phrase.first..phrase.end).find(|t| start(*t) >= who.span.0).unwrap_or(phrase.first);
    sight.scene.words(phrase.first, name).0
}

/// `an official said … they added`: one whose name and sex are not told.
fn is_unnamed(who: &Who) -> bool {
    who.name.split_whitespace().last().is_some_and(|w| w.starts_with(char::is_lowercase))
}

/// `Jane Roe, the envoy, called on Oslo to stop`: what looks like a participle is the verb where the sentence has no other.
pub(super) fn is_the_verb(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let bare = clause.verb.map(|v| &sight.verbs[v]).is_some_and(|v| v.form == crate::phrase::Form::Participle && v.end == v.first + 1);
    let by = |t: usize| sight.scene.tokens.get(t).is_some_and(|t| t.low == "by");
    let above = clause.parent.map(|p| &sight.clauses[p]);
    let alone = above.is_some_and(|p| p.link == Link::Main && p.verb.is_none() && p.subject.is_some() && p.subject == clause.subject);
    let ends = sight.scene.tokens.last().is_some_and(|t| matches!(t.text, "." | "”" | "\""));
    bare && alone && ends && clause.link == Link::Participle && !clause.args.iter().any(|(p, _)| p.is_some_and(by))
}

/// `a report by experts monitoring the sanctions said`: a rule says nothing, and they do who watch over it.
fn watcher_before(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let subject = sight.clauses[at].subject?;
    let phrase = &sight.scene.nouns[subject];
    let rule = sight.scene.tokens.get(phrase.head).is_some_and(|t| RULEBOOKS.contains(t.low.as_str()));
    let verb = |c: &crate::clause::Clause| c.verb.map(|v| &sight.verbs[v]);
    let watches = |c: &&crate::clause::Clause| {
        let gerund = verb(c).is_some_and(|v| v.form == crate::phrase::Form::Gerund && v.end <= phrase.first && phrase.first - v.end <= 1);
        gerund && c.link == Link::Participle
    };
    let who = sight.clauses.iter().find(watches).filter(|_| rule)?.subject?;
    (sight.scene.nouns[who].end < phrase.first).then_some(who)
}

/// `He said that Oslo would wait, and called for an end to it`: behind the comma he goes on, who said what Oslo would do.
fn tells_on(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let verb = |c: usize| sight.clauses[c].verb.map(|v| &sight.verbs[v]);
    let own = verb(at).filter(|v| v.form == crate::phrase::Form::Finite && v.modal.is_none() && !v.present)?;
    let low = |back: usize| own.first.checked_sub(back).and_then(|t| sight.scene.tokens.get(t)).map_or("", |t| t.low.as_str());
    let parent =
        clause.parent.filter(|p| matches!(clause.link, Link::Content(None)) && low(1) == "and" && low(2) == "," && verb(*p).is_some())?;
    let would = |c: usize| {
        let other = &sight.clauses[c];
        let modal = verb(c).is_some_and(|v| v.modal.is_some() && v.first < own.first);
        c != at && other.parent == Some(parent) && other.subject == clause.subject && modal
    };
    (0..sight.clauses.len()).any(would).then_some(parent)
}

/// Whether whoever speaks is told with an office, or as kin of one who is named: `Kremlin spokesman Dmitry Peskov`, `his sister Yo Jong`.
pub(super) fn holds_office(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let whom = clause.subject.or_else(|| clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n));
    let Some(phrase) = whom.map(|n| &sight.scene.nouns[n]) else { return false };
    let held = |p: &crate::phrase::NounPhrase| {
        sight.scene.tokens.get(p.first..p.end).unwrap_or(&[]).iter().any(|t| SPEAKING_OFFICES.contains(t.low.as_str()))
    };
    held(phrase) || phrase.beside.is_some_and(|b| held(&sight.scene.nouns[b]))
}

/// `Iran sold them, its foreign minister admitted on Saturday`: whoever stands between a comma and a verb that looks like a participle, and is none.
pub(super) fn at_the_end(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let verb = &sight.verbs[clause.verb?];
    let bare = matches!(clause.link, Link::Participle) && verb.form == crate::phrase::Form::Participle && verb.end == verb.first + 1;
    let next = sight.scene.tokens.get(verb.end).map_or("", |t| t.low.as_str());
    let last = matches!(next, "on" | "in" | "for" | "at" | "last" | "this" | "." | "") && !verb.negated;
    let noun = sight.scene.nouns.iter().position(|n| n.end == verb.first)?;
    let start = |n: usize| sight.scene.nouns[n].det.unwrap_or(sight.scene.nouns[n].first);
    let first = sight.scene.nouns[noun].owner.map_or(start(noun), start);
    let comma = first.checked_sub(1).and_then(|t| sight.scene.tokens.get(t)).is_some_and(|t| t.text == ",");
    (bare && last && comma).then_some(noun)
}

/// `… for Russia, leaked documents show`: what stands before the verb, where a comma parts it from what was taken for the one who speaks.
fn paper_before(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let verb = &sight.verbs[clause.verb?];
    let subject = &sight.scene.nouns[clause.subject?];
    let next = sight.scene.nouns.iter().position(|n| n.end == verb.first)?;
    let comma = sight.scene.tokens.get(subject.end).is_some_and(|t| t.text == ",");
    // `the attaché, in a statement, said`: what stands in a phrase of its own does not speak.
    let own = sight.scene.tags.get(subject.end..verb.first).unwrap_or(&[]).contains(&crate::tag::Tag::Prep);
    (comma && !own && sight.scene.nouns[next].first > subject.end).then_some(next)
}

/// Whether a noun phrase ends in a name, also one like `Mohamed al-Manfi`.
fn is_name(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = &sight.scene.nouns[noun];
    let first = sight.scene.tokens.get(phrase.first).is_some_and(|t| t.capital);
    phrase.head_is_name(sight.scene.tokens) || (first && sight.scene.tokens.get(phrase.head).is_some_and(|t| t.low.starts_with("al-")))
}

/// `…, said Kirby`, `…, said the Harbour Trust, which runs it`: whoever stands behind the verb, where a comma or the end of a quotation stands before it.
fn turned_around(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let verb = &sight.verbs[clause.verb?];
    let says =
        matches!(verb.lemma.as_str(), "say" | "add" | "write" | "comment") && verb.form == crate::phrase::Form::Finite && !verb.passive;
    let before = sight.scene.tokens.get(verb.first.checked_sub(1)?)?;
    let stop = before.text == "," || before.is_quote();
    let next = |n: usize| {
        let phrase = &sight.scene.nouns[n];
        let owner = phrase.owner.map(|o| &sight.scene.nouns[o]);
        let begins = |p: &crate::phrase::NounPhrase| p.first == verb.end || p.det == Some(verb.end);
        (begins(phrase) || owner.is_some_and(begins)) && !phrase.pronoun && !phrase.time
    };
    let (_, noun) = clause.args.iter().find(|(p, n)| p.is_none() && next(*n))?;
    (says && stop).then(|| named_beside(sight, *noun))
}

/// `commented the bureau's deputy director for exports, Jane Roe`: the name behind all that describes it.
fn named_further(sight: &Sight<'_>, at: usize, described: usize) -> usize {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let phrase = &sight.scene.nouns[described];
    let office =
        ["director", "minister", "secretary", "chief", "head", "spokesman", "spokeswoman", "spokesperson", "attorney", "adviser", "envoy"]
            .contains(&low(phrase.head));
    let last = sight.clauses[at].args.last().filter(|(p, n)| p.is_none() && *n > described).map(|(_, n)| *n);
    let comma = |n: usize| sight.scene.nouns[n].first.checked_sub(1).is_some_and(|t| low(t) == ",");
    last.filter(|n| office && comma(*n) && is_name(sight, *n)).unwrap_or(described)
}

/// `the media attaché, Ali Al-Ansari, said`: the name speaks where one stands beside a description.
pub(super) fn named_beside(sight: &Sight<'_>, noun: usize) -> usize {
    let named = |n: usize| sight.scene.nouns.get(n).is_some_and(|p| p.head_is_name(sight.scene.tokens));
    let beside = sight.scene.nouns.get(noun).and_then(|p| p.beside);
    // `Ali Khan, the attaché, said`: the name before its description too.
    let before = || (0..noun).rev().take(3).find(|n| sight.scene.nouns[*n].beside == Some(noun));
    // `Permanent Representative to the UN Ali Khan`: an office with capitals is no name either.
    const OFFICES: [&str; 11] = [
        "representative",
        "ambassador",
        "minister",
        "envoy",
        "secretary",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "adviser",
        "advisor",
        "commissioner",
    ];
    let office =
        sight.scene.nouns.get(noun).and_then(|p| sight.scene.tokens.get(p.head)).is_some_and(|t| OFFICES.contains(&t.low.as_str()));
    beside.or_else(before).filter(|b| named(*b) && (!named(noun) || office)).unwrap_or(noun)
}

/// `States such as the USA and South Korea accuse`: those named speak.
fn such_as(sight: &Sight<'_>, noun: usize) -> Option<usize> {
    let behind = sight.scene.nouns.get(noun)?.end;
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |x| x.low.as_str());
    let names = low(behind) == "such" && low(behind + 1) == "as";
    names.then(|| sight.scene.nouns.iter().position(|n| n.first == behind + 2 || n.det == Some(behind + 2)))?
}
