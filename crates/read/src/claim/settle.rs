//! What speakers do, once it is known which acts their words are about, and which of them are one.

use super::Word;
use crate::Claim;
use crate::groups::OFFICES_OF_A_REPORT;
use crate::lexicon::{Stance, Telling};
use crate::merge::Gathered;
use crate::who::Who;
use rustc_hash::FxHashSet;

/// Most claims with which a new one is compared.
const MOST_CLAIMS: usize = 200;

/// The last act in which one of them, or another of the same State, takes part.
pub(crate) fn last_act_of(list: &[Who], gathered: &[Gathered]) -> Option<usize> {
    let same = |p: &Who, w: &Who| p.name == w.name || p.countries.iter().any(|c| w.countries.contains(c));
    let takes_part = |g: &Gathered| {
        let mut parties = g.act.givers.iter().chain(&g.act.receivers).chain(&g.act.carriers);
        parties.any(|p| list.iter().any(|w| same(p, w)))
    };
    let from = gathered.len().saturating_sub(MOST_CLAIMS);
    (from..gathered.len()).rev().find(|at| gathered.get(*at).is_some_and(takes_part))
}

/// What others say of a State, and it denies, is alleged; unless the report tells it in its own words too.
pub(crate) fn is_disputed(gathered: &Gathered, at: usize, claims: &[Claim]) -> bool {
    let said = gathered.tellings.iter().filter(|(t, ..)| *t == Telling::Reported);
    let sourced = said.clone().count() > 0 && said.clone().all(|(_, sources, _)| !sources.is_empty());
    // `Its foreign ministry denied it`: who else would.
    let theirs = |w: &Who| w.countries.is_empty() && ["ministry", "government"].iter().any(|last| w.name.to_lowercase().ends_with(last));
    let parties = || gathered.act.givers.iter().chain(&gathered.act.receivers);
    let party = |w: &Who| theirs(w) || parties().any(|g| !g.countries.is_empty() && g.countries == w.countries);
    let own = |w: &Who| said.clone().flat_map(|(_, sources, _)| sources).any(|s| s.countries == w.countries && !s.countries.is_empty());
    let near = claims.iter().rev().take(MOST_CLAIMS);
    let denied = near.filter(|c| c.stance == Stance::Denies && (c.about.is_empty() || c.about.contains(&at)));
    gathered.telling() == Telling::Reported && sourced && denied.into_iter().any(|c| party(&c.speaker) && !own(&c.speaker))
}

/// Whether some claim calls each of these acts a breach.
pub(crate) fn called_a_breach(claims: &[Claim], about: &[usize]) -> bool {
    let breach = |a: &usize| claims.iter().rev().take(MOST_CLAIMS).any(|c| c.stance == Stance::AssertsViolation && c.about.contains(a));
    !about.is_empty() && about.iter().all(breach)
}

/// `The exchange linked hackers to the theft of its coins`: whoever was robbed tells what happened to him.
fn was_robbed(word: &Word, about: &[usize], gathered: &[Gathered]) -> bool {
    let lost = |s: &Who, g: &Gathered| {
        g.act.kind == model::ActKind::Transfer
            && g.act.givers.iter().any(|w| s.name.contains(w.name.as_str()) || w.name.contains(s.name.as_str()))
    };
    let Some(speaker) = word.speakers.first().filter(|s| s.kind != Some(model::PartyType::Government)) else { return false };
    let mut acts = about.iter().filter_map(|a| gathered.get(*a)).peekable();
    acts.peek().is_some() && acts.all(|g| lost(speaker, g))
}

/// What a speaker does once it is known which acts the words are about; whether it is his office alone that makes a breach of it.
pub(crate) fn settle(word: &mut Word, about: &[usize], gathered: &[Gathered]) -> bool {
    if word.stance == Stance::AssertsViolation && was_robbed(word, about, gathered) {
        word.stance = Stance::Confirms;
        return false;
    }
    if word.stance != Stance::Reports {
        return false;
    }
    let acts = || about.iter().filter_map(|a| gathered.get(*a));
    // `described the gift as a sign of friendship`, `the ministry said the arms were being sent for repairs`: who took part owns up by speaking of it.
    let some = |s: &Who| s.plural && s.name.ends_with("officials");
    let official = word.official;
    let mouth = |s: &Who| s.countries.is_empty() && super::speaks_for_another(s);
    let own = |s: &Who| {
        !s.media
            && !super::enforces(s)
            && !super::watches(s)
            && !some(s)
            && !mouth(s)
            && acts().any(|g| g.telling() != Telling::Denied && super::vouches_as(s, official, &g.act))
    };
    // `according to a U.N. report of 2021`: what is only cited beside the news tells an act, and calls it nothing.
    let cites = |paper: bool| paper && word.cited && !word.topical;
    // What a court has settled they only tell.
    let open = |g: &Gathered| !matches!(g.telling(), Telling::Denied | Telling::Planned | Telling::Confirmed);
    // Of what is still to come there is nothing to own up to.
    let done = |g: &Gathered| !matches!(g.telling(), Telling::Denied | Telling::Attempted | Telling::Hypothetical);
    if word.own_act && !word.open && !about.is_empty() {
        word.stance = Stance::Confirms;
    } else if word.speakers.first().is_some_and(own) {
        if acts().any(done) && !word.open {
            word.stance = Stance::Confirms;
        }
    } else if word
        .speakers
        .iter()
        .any(|s| (super::enforces(s) && !super::is_armed(s) && !cites(super::is_release(s))) || (super::watches(s) && !cites(true)))
        && acts().any(open)
    {
        // Police, prosecutors, customs and a treasury tell an act that they went after as a breach.
        word.stance = Stance::AssertsViolation;
        return true;
    }
    false
}

/// `warned against any interference` with its own ship: nothing is asked because of the act.
pub(crate) fn asks_for_himself(word: &Word, about: &[usize], gathered: &[Gathered]) -> bool {
    let gives = |s: &Who, g: &Gathered| !s.countries.is_empty() && g.act.givers.iter().any(|w| w.countries == s.countries);
    let mut acts = about.iter().filter_map(|a| gathered.get(*a)).peekable();
    let own = acts.peek().is_some() && acts.all(|g| word.speakers.iter().any(|s| gives(s, g)));
    word.stance == crate::lexicon::Stance::Demands && word.demand.of.is_empty() && own
}

/// Whether a word is the denial of a State or of one of its offices.
pub(crate) fn denies_as_a_state(word: &Word) -> bool {
    let state = |s: &Who| !s.media && !s.countries.is_empty() && (s.kind == Some(model::PartyType::Government) || super::is_office(s));
    word.stance == Stance::Denies && word.speakers.iter().any(state)
}

/// `the minister criticised the drills`, of a State that gives in each act told: of what others do, and not of its own.
pub(crate) fn speaks_of_others(word: &Word, about: &[usize], gathered: &[Gathered]) -> bool {
    let for_state = |s: &Who| {
        let speaks = s.kind == Some(model::PartyType::Government) || super::is_office(s) || word.official;
        speaks && !s.media && !s.countries.is_empty()
    };
    let own = |s: &Who, g: &Gathered| g.act.givers.iter().any(|w| w.countries == s.countries);
    let near = || gathered.iter().rev().take(MOST_CLAIMS);
    let asked = |w: &Who| near().flat_map(|g| g.act.givers.iter().chain(&g.act.receivers)).any(|p| p.may_be(w));
    let all = word.speakers.iter().all(|s| for_state(s) && near().all(|g| own(s, g)));
    let stands = matches!(word.stance, Stance::Condemns | Stance::Demands);
    stands && about.is_empty() && all && !gathered.is_empty() && !word.speakers.is_empty() && !word.demand.of.iter().any(asked)
}

/// Whether a word names States, and none that takes part in an act told: `what alarms us is the pressure from Oslo`.
pub(crate) fn is_of_other_states(word: &Word, gathered: &[Gathered]) -> bool {
    let near = || gathered.iter().rev().take(MOST_CLAIMS);
    let parties = || near().flat_map(|g| g.act.givers.iter().chain(&g.act.receivers).chain(&g.act.carriers));
    let takes_part = |c: &model::Country| parties().any(|w| w.countries.contains(c));
    !word.of_whom.is_empty() && !word.of_whom.iter().any(takes_part)
}

/// Drops the blame that one who denies an act has for others, where it is about no act told.
pub(crate) fn without_retorts(claims: &mut Vec<Claim>) {
    let deniers: FxHashSet<String> = claims.iter().filter(|c| c.stance == Stance::Denies).map(|c| c.speaker.name.clone()).collect();
    claims.retain(|c| c.stance != Stance::Condemns || !c.about.is_empty() || !deniers.contains(&c.speaker.name));
}

/// Whether each of these acts has a claim already, so that a mere report adds none.
pub(crate) fn told_before_by(claims: &[Claim], speaker: &Who, about: &[usize]) -> bool {
    let near = || {
        let all = claims.iter().rev().take(MOST_CLAIMS).filter(|c| !matches!(c.stance, Stance::Denies | Stance::Demands));
        // `US says`, and then the secretary by his name: he is the one who says it.
        let by_mouth = |c: &Claim| is_mouth(speaker, &c.speaker);
        // `As the agency reported, the minister said`: he is the one who says it.
        let by_paper = |c: &Claim| c.stance == Stance::Reports && c.speaker.media && c.speaker.kind.is_some() && !speaker.media;
        // `group says`, and then the group by its name.
        let by_name = |c: &Claim| super::points_to(&c.speaker, speaker);
        all.filter(move |c| !by_name(c) && !super::only_shows(&c.speaker) && !by_mouth(c) && !by_paper(c))
    };
    let told = |a: &usize| near().any(|c| c.about.contains(a));
    let spoke = near().any(|c| one_speaker(&c.speaker, speaker) && (about.is_empty() || c.about.iter().any(|a| about.contains(a))));
    spoke || (!about.is_empty() && about.iter().all(told))
}

/// Whether somebody speaks for a State that is named alone.
fn is_mouth(who: &Who, state: &Who) -> bool {
    let bare = state.kind == Some(model::PartyType::Government) && state.countries.len() == 1 && !state.name.contains(' ');
    bare && who.kind == Some(model::PartyType::Person) && who.countries == state.countries
}

/// A State that speaks by somebody of its own is not counted beside him: `Iran denies it. … said a spokesman of its foreign ministry`.
pub(crate) fn by_mouth(claims: &mut Vec<Claim>) {
    // `the United States believes … its adviser Sullivan told reporters`: a name of a State may be of two words.
    let bare = |w: &Who| !w.name.contains(' ') || (w.name.split_whitespace().count() == 2 && !super::is_office(w) && !super::enforces(w));
    let state = |w: &Who| w.kind == Some(model::PartyType::Government) && w.countries.len() == 1 && bare(w);
    let spoken: Vec<bool> = claims
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let from = at.saturating_sub(MOST_CLAIMS);
            let beside = claims.get(from..(at + MOST_CLAIMS).min(claims.len())).unwrap_or(&[]);
            state(&c.speaker)
                && beside.iter().any(|o| {
                    o.stance == c.stance
                        && o.speaker.kind == Some(model::PartyType::Person)
                        && o.speaker.countries == c.speaker.countries
                        && (o.about.is_empty() || o.about.iter().any(|a| c.about.contains(a)))
                })
        })
        .collect();
    let mut at = 0;
    claims.retain(|_| {
        at += 1;
        !spoken[at - 1]
    });
}

/// Drops what pictures and data show where somebody says it, and what one who denies is said to have confirmed.
pub(crate) fn outspoken(claims: &mut Vec<Claim>) {
    let near = |at: usize| claims.get(at.saturating_sub(MOST_CLAIMS)..(at + MOST_CLAIMS).min(claims.len())).unwrap_or(&[]);
    let drop: Vec<bool> = claims
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let shown = c.stance == Stance::Reports && super::only_shows(&c.speaker);
            let said =
                |o: &&Claim| !super::only_shows(&o.speaker) && o.stance != Stance::Denies && c.about.iter().all(|a| o.about.contains(a));
            let denied = |o: &&Claim| o.stance == Stance::Denies && one_speaker(&o.speaker, &c.speaker);
            let of_it = |o: &&Claim| c.about.iter().all(|a| o.about.contains(a));
            let own = |o: &&Claim| o.speaker.name == c.speaker.name && o.speaker.kind != Some(model::PartyType::Government);
            // What somebody denies he does not report or call a breach too.
            let outdone = match c.stance {
                // One office of a State tells what it did, and another says that it breaks no rule.
                Stance::Confirms => near(at).iter().any(|o| denied(&o) && o.speaker.name == c.speaker.name),
                // Who says that he was robbed tells it, whomever he blames for it.
                Stance::AssertsViolation if near(at).iter().any(|o| o.stance == Stance::Confirms && own(&o) && of_it(&o)) => true,
                Stance::Reports | Stance::AssertsViolation => near(at).iter().any(|o| denied(&o) && of_it(&o)),
                _ => false,
            };
            (shown && near(at).iter().any(|o| said(&o))) || outdone
        })
        .collect();
    let mut drop = drop.into_iter();
    claims.retain(|_| !drop.next().unwrap_or(false));
}

/// `The United States, Britain and France asked`: several who speak with one voice make one claim.
pub(crate) fn jointly(speakers: Vec<Who>) -> Option<Who> {
    let joint = speakers.len() > 1;
    let (last, rest) = speakers.split_last()?;
    if !joint {
        return Some(last.clone());
    }
    let first = rest.first()?;
    let names: Vec<&str> = rest.iter().map(|w| w.name.as_str()).collect();
    let countries = speakers.iter().flat_map(|w| w.countries.iter().copied()).collect();
    Some(Who {
        name: format!("{} and {}", names.join(", "), last.name),
        countries,
        media: speakers.iter().all(|w| w.media),
        plural: true,
        span: (first.span.0.min(last.span.0), first.span.1.max(last.span.1)),
        ..first.clone()
    })
}

/// `A businessman has entered a plea … Ali Karimi pleaded guilty`: who owns up to the same act is described first, and then named.
pub(crate) fn owned_up(claim: &Claim, stance: Stance, speaker: &Who, about: &[usize]) -> bool {
    let person = |w: &Who| w.kind == Some(model::PartyType::Person);
    let open = claim.speaker.countries.is_empty() || speaker.countries.is_empty() || claim.speaker.may_be(speaker);
    let described = |w: &Who| w.name.split_whitespace().last().is_some_and(|x| x.starts_with(char::is_lowercase));
    stance == Stance::Confirms
        && person(&claim.speaker)
        && person(speaker)
        && open
        && described(&claim.speaker) != described(speaker)
        && (about.is_empty() || claim.about.iter().any(|a| about.contains(a)))
}

/// Whether one is the name of somebody whom the other only describes by an office of the same State: `UN ambassador`, and then `Ali Karimi`.
pub(crate) fn names(who: &Who, described: &Who) -> bool {
    let person = |w: &Who| w.kind == Some(model::PartyType::Person);
    let last = |w: &Who| w.name.split_whitespace().last().map(str::to_owned).unwrap_or_default();
    person(who)
        && who.name.contains(' ')
        && who.name.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || w.starts_with("al-") || w == "bin")
        && person(described)
        && last(described).starts_with(char::is_lowercase)
        && (described.countries.is_empty() || who.countries == described.countries)
}

/// Whether two speakers are one: a State and its government or ministry speak with one voice.
pub(crate) fn one_speaker(a: &Who, b: &Who) -> bool {
    let state = |w: &Who| w.kind == Some(model::PartyType::Government) && w.countries.len() == 1;
    // `the group`, `the panel's report`: of the one named before.
    let last = |w: &Who| w.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    let described = |w: &Who| w.kind != Some(model::PartyType::Person) && super::only_described(&w.name);
    let (last_a, last_b) = (last(a), last(b));
    let document = |last: &str| matches!(last, "report" | "panel" | "experts" | "monitors" | "group");
    // `London, Paris and Washington asked … London wanted`.
    let among = |one: &Who, several: &Who| {
        several.name.contains(" and ")
            && (several.name.split([',', ' ']).any(|w| w == one.name)
                || (one.name.contains(' ') && several.name.contains(one.name.as_str())))
    };
    // `Amnesty International`, and later `Amnesty`.
    let first = |w: &Who| w.name.split_whitespace().next().map(crate::token::lower).unwrap_or_default();
    let body = |w: &Who| !state(w) && w.kind != Some(model::PartyType::Person) && w.name.starts_with(char::is_uppercase);
    let shorter = body(a) && body(b) && first(a).len() > 4 && first(a) == first(b) && (!a.name.contains(' ') || !b.name.contains(' '));
    // `Gibraltar authorities`, and then `the authorities`.
    let bare = |w: &Who| !w.name.contains(' ');
    let open = a.countries.is_empty() || b.countries.is_empty() || a.countries.iter().any(|c| b.countries.contains(c));
    // `US Justice Department`, and then `Justice Department`.
    let longer = |one: &Who, other: &Who| {
        open && other.name.contains(' ')
            && body(other)
            && one.name.strip_suffix(other.name.as_str()).is_some_and(|head| head.ends_with(' '))
    };
    // `sources`, `a source from Vladivostok`.
    let source = |last: &str, w: &Who| matches!(last, "source" | "sources") && !w.name.contains(char::is_uppercase);
    let office = (last_a == last_b && (bare(a) || bare(b)) && open && OFFICES_OF_A_REPORT.contains(last_a.as_str()))
        || (source(&last_a, a) && source(&last_b, b));
    a.name.eq_ignore_ascii_case(&b.name)
        || office
        // `UNO-Bericht`, and then `Bericht`.
        || (a.media && b.media && (crate::token::lower(&a.name).ends_with(&crate::token::lower(&b.name)) || crate::token::lower(&b.name).ends_with(&crate::token::lower(&a.name))))
        || longer(a, b)
        || longer(b, a)
        || shorter
        || among(a, b)
        || among(b, a)
        || (state(a) && state(b) && a.countries == b.countries)
        // `UN experts`, `UN investigators`, `the UN panel`: those who watch over one embargo.
        || (super::watches(a) && super::watches(b))
        || (document(&last_a) && document(&last_b) && (described(a) || described(b) || last_a == last_b))
}
