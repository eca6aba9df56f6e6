//! Which claims stand once the whole report is read.

use super::enforces;
use crate::Claim;
use crate::groups::{BODIES, NOBODY_TO_ASK};
use crate::lexicon::Stance;
use crate::who::Who;
use rustc_hash::FxHashMap;

/// Most claims with which one is compared, so that cost stays in proportion to length.
const NEAR: usize = 200;

/// Most characters between a State that denies and the words of one who speaks for it.
const BESIDE: usize = 90;

/// How many speakers behind a description may be the one described.
const NEXT_SPEAKERS: usize = 3;

/// The titles with which speakers are named.
#[derive(Default)]
pub(crate) struct Titles {
    told: Vec<(Who, String)>,
    of_names: FxHashMap<String, String>,
}

impl Titles {
    pub(crate) fn add(&mut self, who: &Who, title: String) {
        self.of_names.entry(who.name.clone()).or_insert_with(|| title.clone());
        self.told.push((who.clone(), title));
    }
}

/// Who only reports an act is its source, and stands there; he makes a claim where somebody takes a stand against that act, of which he is then the
/// other side.
pub(crate) fn without_sources(claims: &mut Vec<Claim>, settled: bool) {
    // A State that denies one act and tells another has no other side.
    let against = |o: &Claim, c: &Claim| match o.stance {
        Stance::Denies => !of_one_state(&o.speaker, &c.speaker),
        Stance::Condemns | Stance::Demands => true,
        _ => false,
    };
    let opposed = |at: usize| {
        let near = claims.get(at.saturating_sub(NEAR)..(at + NEAR).min(claims.len())).unwrap_or(&[]);
        // `Israel says`, and then its premier that they broke the resolutions.
        let blames = |o: &Claim| o.stance == Stance::AssertsViolation && of_one_state(&o.speaker, &claims[at].speaker);
        if near.iter().any(|o| blames(o) && o.about.iter().any(|a| claims[at].about.contains(a))) {
            return false;
        }
        near.iter().any(|o| against(o, &claims[at]) && o.about.iter().any(|a| claims[at].about.contains(a)))
    };
    let nobody = |who: &Who| {
        let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
        // `Western security sources`: the capitals are no name.
        let unnamed = matches!(last.as_str(), "source" | "sources" | "residents" | "witnesses");
        unnamed || (NOBODY_TO_ASK.contains(last.as_str()) && !who.name.contains(char::is_uppercase))
    };
    let office = |c: &Claim| settled && tells_for_the_court(&c.speaker);
    let stands: Vec<bool> =
        claims.iter().enumerate().map(|(at, c)| c.stance != Stance::Reports || office(c) || (opposed(at) && !nobody(&c.speaker))).collect();
    let mut stands = stands.into_iter();
    claims.retain(|_| stands.next().unwrap_or(true));
    // Who watches over sanctions, against one who denies, calls it a breach by telling it.
    for claim in claims.iter_mut().filter(|c| c.stance == Stance::Reports && super::watches(&c.speaker)) {
        claim.stance = Stance::AssertsViolation;
    }
}

/// Where a court has settled an act, an office that prosecutes tells it for its State.
pub(crate) fn tells_for_the_court(who: &Who) -> bool {
    let named = who.name.contains(char::is_uppercase) && !who.media && !super::is_armed(who);
    named && enforces(who) && !super::are_offices(who)
}

/// `US prosecutors charged him … the FBI says`: several offices of one State say the same of the same acts with one voice, the first of them.
pub(crate) fn with_one_voice(claims: &mut Vec<Claim>, titles: &Titles) {
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims.drain(..) {
        let from = kept.len().saturating_sub(NEAR);
        let same = kept.iter_mut().skip(from).find(|k| k.stance == claim.stance && one_voice(k, &claim, titles));
        match same {
            Some(known) => {
                // `US charges a man`, over a report that tells which office did: the office.
                let of_state = !super::is_office(&known.speaker) && office(&known.speaker) && super::is_office(&claim.speaker);
                if (bare(&known.speaker) && claim.speaker.name.contains(' ')) || (of_state && of_one_state(&known.speaker, &claim.speaker))
                {
                    known.speaker = claim.speaker;
                }
                known.about.extend(claim.about.iter().filter(|a| !known.about.contains(a)).copied().collect::<Vec<_>>());
            }
            None => kept.push(claim),
        }
    }
    *claims = kept;
}

/// Whether two claims are one: of one man by his office and by his name, or of two offices of one State about one act.
fn one_voice(a: &Claim, b: &Claim, titles: &Titles) -> bool {
    let about = a.about.is_empty() || b.about.is_empty() || a.about.iter().any(|x| b.about.contains(x));
    let offices = of_one_state(&a.speaker, &b.speaker) && (office(&a.speaker) || office(&b.speaker));
    let mouth = |state: &Who, who: &Who| office(state) && who.countries.is_empty() && speaks_for_another(who);
    let mouths = mouth(&a.speaker, &b.speaker) || mouth(&b.speaker, &a.speaker);
    // `the Justice Department said … prosecutors say`: those who go after one breach together.
    let open = a.speaker.countries.is_empty() || b.speaker.countries.is_empty() || a.speaker.countries == b.speaker.countries;
    let charge = a.stance == Stance::AssertsViolation && open && enforces(&a.speaker) && enforces(&b.speaker);
    // `Tehran denied it. “All lies,” said a spokesman, Ali Rezaei.`
    let person = |w: &Who| w.kind == Some(model::PartyType::Person) && w.countries.is_empty();
    let beside = b.span.0 >= a.span.1 && b.span.0 - a.span.1 < BESIDE;
    let denies = a.stance == Stance::Denies && office(&a.speaker) && person(&b.speaker) && beside;
    let apart = of_two_bodies(&a.speaker, &b.speaker, titles) || of_two_bodies(&b.speaker, &a.speaker, titles);
    (described_and_named(&a.speaker, &b.speaker) && !apart) || (about && !apart && (offices || mouths || denies)) || charge
}

/// The body of a State in a title or a description: `air force` of `top U.S. Air Force official`.
fn body_of(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).collect();
    let at = words.iter().rposition(|w| BODIES.contains(crate::token::lower(w).as_str()))?;
    let before = at.checked_sub(1).and_then(|b| words.get(b)).copied().unwrap_or_default();
    Some(crate::token::lower(&format!("{before} {}", words[at])))
}

/// `a White House spokesman`, and `State Department spokeswoman Jane Roe`: two.
fn of_two_bodies(described: &Who, named: &Who, titles: &Titles) -> bool {
    let title = titles.of_names.get(&named.name).and_then(|title| body_of(title));
    matches!((body_of(&described.name), title), (Some(one), Some(other)) if one != other)
}

/// `A top Air Force official urged … Air Force Secretary Jane Roe said`: who is described first, and named by the next words.
pub(crate) fn by_their_names(claims: &mut [Claim], titles: &Titles) {
    let described = |w: &Who| w.kind == Some(model::PartyType::Person) && !w.plural && w.name.ends_with(" official");
    for claim in claims.iter_mut().filter(|c| described(&c.speaker)) {
        let behind = titles.told.partition_point(|(w, _)| w.span.0 <= claim.speaker.span.1);
        let later = titles.told.get(behind..).unwrap_or(&[]).iter().take(NEXT_SPEAKERS);
        let next = later.into_iter().find(|(w, _)| w.name.contains(' ') && !described(w));
        let one = next.filter(|(_, title)| body_of(title).is_some_and(|body| body_of(&claim.speaker.name) == Some(body)));
        if let Some((who, _)) = one {
            claim.speaker = who.clone();
        }
    }
}

/// `a spokesman`, `its embassy`: of whoever spoke before.
pub(crate) fn speaks_for_another(who: &Who) -> bool {
    let mut words = who.name.split_whitespace().map(crate::token::lower);
    let (first, last) = (words.next().unwrap_or_default(), words.next_back());
    // `a ministry official`: of the ministry that spoke before.
    let of_office = matches!(first.as_str(), "ministry" | "department" | "government" | "embassy");
    match last.as_deref().unwrap_or(&first) {
        "spokesman" | "spokeswoman" | "spokesperson" | "mission" | "embassy" | "consulate" => true,
        "official" | "representative" | "source" => of_office,
        _ => false,
    }
}

/// Whether words name nobody fully: `Envoy`, over a report that tells whose he is.
fn bare(who: &Who) -> bool {
    !who.name.contains(' ') && who.kind == Some(model::PartyType::Person)
}

/// Whether somebody is a State or an office of one, and nobody by his own name: `the ministry`, `the Cuban ambassador`.
fn office(who: &Who) -> bool {
    let titled = || who.name.split_whitespace().last().is_some_and(|w| w.starts_with(char::is_lowercase));
    !who.media && (who.kind == Some(model::PartyType::Government) || (who.kind == Some(model::PartyType::Person) && titled()))
}

/// `the Cuban ambassador`, and later `Ruiz`: one who is called by his office and by his name.
fn described_and_named(a: &Who, b: &Who) -> bool {
    let person = |w: &Who| w.kind == Some(model::PartyType::Person) && !w.plural;
    let open = a.countries.is_empty() || b.countries.is_empty() || a.countries.iter().any(|c| b.countries.contains(c));
    // A surname that no table knows is of no kind yet.
    let named = |w: &Who| !w.media && !w.plural && (person(w) || w.kind.is_none()) && w.name.starts_with(char::is_uppercase) && !office(w);
    open && ((office(a) && person(a) && named(b)) || (office(b) && person(b) && named(a)))
}

/// Whether two speak for one State and no other.
fn of_one_state(a: &Who, b: &Who) -> bool {
    a.countries.len() == 1 && a.countries == b.countries
}
