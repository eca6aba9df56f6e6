//! Puts what rules and a model read side by side: the same act once, with the facts of the rules, and what they differ in.

use super::Modelled;
use super::quote::distance;
use read::{Claim, Reading, Thing, Transfer, Who, same_family};

/// Most bytes between the words of an act for both readers, if they take its direction differently.
const SAME_PLACE_BYTES: usize = 200;

/// Who found an act or a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Source {
    /// Only the rules.
    Rules,
    /// Only the model.
    Model,
    /// Both.
    Both,
}

impl Source {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Model => "model",
            Self::Both => "both",
        }
    }
}

/// A fact of one act that the readers tell differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disagreement {
    /// Index of the act.
    pub transfer: usize,
    /// `status`, `on` or `direction`.
    pub fact: &'static str,
    /// What the rules read, which counts; empty when they read nothing.
    pub rules: String,
    /// What the model read.
    pub model: String,
}

/// What both found.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The acts of the rules in their order, then those of the model alone.
    pub reading: Reading,
    /// Who found each act.
    pub sources: Vec<Source>,
    /// Who found each claim.
    pub claim_sources: Vec<Source>,
    /// What they differ in.
    pub disagreements: Vec<Disagreement>,
}

/// How two acts go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Match {
    Straight,
    /// The one gives what the other gets.
    Swapped,
}

/// Merges two readings of a text. The facts of the rules stand; a model adds whole acts and claims, never a fact to an act.
#[must_use]
pub fn merge(rules: Reading, model: Modelled) -> Merged {
    let mut sources = vec![Source::Rules; rules.transfers.len()];
    let places = pair(&rules.transfers, &model.transfers);
    let mut disagreements = Vec::new();
    let Reading { mut transfers, mut claims, language, partial, not_read } = rules;
    let mut at_of = Vec::with_capacity(places.len());
    for (act, place) in model.transfers.into_iter().zip(places) {
        let found = place.and_then(|(at, how)| Some((at, how, transfers.get(at)?)));
        if let Some((at, how, rule)) = found {
            disagreements.extend(differences(at, how, rule, &act));
            if let Some(source) = sources.get_mut(at) {
                *source = Source::Both;
            }
            at_of.push(at);
        } else {
            at_of.push(transfers.len());
            transfers.push(act);
            sources.push(Source::Model);
        }
    }
    disagreements.sort_by_key(|d| d.transfer);
    let mut claim_sources = vec![Source::Rules; claims.len()];
    for claim in model.claims {
        add_claim(&mut claims, &mut claim_sources, claim, &at_of);
    }
    Merged { reading: Reading { transfers, claims, language, partial, not_read }, sources, claim_sources, disagreements }
}

/// Which act of the rules each act of the model is. Each is taken once: the straight ones first, of those the ones of the same time.
fn pair(rules: &[Transfer], model: &[Transfer]) -> Vec<Option<(usize, Match)>> {
    let mut out = vec![None; model.len()];
    let mut free = vec![true; rules.len()];
    let passes: [fn(&Transfer, &Transfer) -> Option<Match>; 3] = [
        |r, m| same(r, m).filter(|how| *how == Match::Straight && times_meet(r, m)),
        |r, m| same(r, m).filter(|how| *how == Match::Straight),
        |r, m| same(r, m).filter(|_| apart_bytes(r, m) <= SAME_PLACE_BYTES),
    ];
    for matches in passes {
        for (act, place) in model.iter().zip(&mut out).filter(|(_, place)| place.is_none()) {
            let open = rules.iter().enumerate().filter(|(at, _)| free.get(*at).copied().unwrap_or(false));
            // The nearest in the text, because a text may tell of several alike.
            let best =
                open.filter_map(|(at, r)| Some((at, matches(r, act)?, apart_bytes(r, act)))).min_by_key(|(at, _, apart)| (*apart, *at));
            if let Some((at, how, _)) = best {
                *place = Some((at, how));
                if let Some(slot) = free.get_mut(at) {
                    *slot = false;
                }
            }
        }
    }
    out
}

/// Adds an act of the model to those it told before, or to one of them if it is the same; where it is then.
pub(super) fn gather(acts: &mut Vec<Transfer>, act: Transfer) -> usize {
    let again = acts.iter().position(|a| same(a, &act) == Some(Match::Straight) && times_meet(a, &act) && a.telling == act.telling);
    match again.and_then(|at| Some((at, acts.get_mut(at)?))) {
        Some((at, known)) => {
            known.told.extend(act.told);
            for source in act.attributed_to {
                if !known.attributed_to.contains(&source) {
                    known.attributed_to.push(source);
                }
            }
            at
        }
        None => {
            acts.push(act);
            acts.len() - 1
        }
    }
}

fn same(a: &Transfer, b: &Transfer) -> Option<Match> {
    if !same_family(a.kind, b.kind) || !things_meet(&a.things, &b.things) {
        return None;
    }
    let tied = |x: &[Who], y: &[Who]| x.iter().any(|x| y.iter().any(|y| x.may_be(y)));
    let meet = |x: &[Who], y: &[Who]| x.is_empty() || y.is_empty() || tied(x, y);
    let goes = |givers: &[Who], receivers: &[Who]| {
        meet(&a.givers, givers) && meet(&a.receivers, receivers) && (tied(&a.givers, givers) || tied(&a.receivers, receivers))
    };
    if goes(&b.givers, &b.receivers) { Some(Match::Straight) } else { goes(&b.receivers, &b.givers).then_some(Match::Swapped) }
}

fn things_meet(a: &[Thing], b: &[Thing]) -> bool {
    let vague = |list: &[Thing]| list.iter().all(|t| t.generic);
    vague(a)
        || vague(b)
        || a.iter().any(|x| b.iter().any(|y| (x.category == y.category && x.category != "other") || share_a_word(&x.words, &y.words)))
}

fn share_a_word(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.trim_end_matches('s').to_lowercase();
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(stem).filter(|w| w.chars().count() > 2).collect::<Vec<_>>();
    let b = words(b);
    words(a).iter().any(|w| !matches!(w.as_str(), "the" | "and" | "of") && b.contains(w))
}

fn times_meet(a: &Transfer, b: &Transfer) -> bool {
    match (a.when, b.when) {
        (Some((a, _)), Some((b, _))) => a.meets(b),
        _ => true,
    }
}

/// Bytes between the nearest tellings of two acts.
fn apart_bytes(a: &Transfer, b: &Transfer) -> usize {
    a.told.iter().flat_map(|x| b.told.iter().map(|y| distance(*x, *y))).min().unwrap_or(usize::MAX)
}

fn differences(transfer: usize, how: Match, rule: &Transfer, act: &Transfer) -> Vec<Disagreement> {
    let mut out = Vec::new();
    if how == Match::Swapped {
        out.push(Disagreement { transfer, fact: "direction", rules: direction(rule), model: direction(act) });
    }
    if rule.telling != act.telling {
        out.push(Disagreement { transfer, fact: "status", rules: rule.telling.word().to_owned(), model: act.telling.word().to_owned() });
    }
    if let Some((on, _)) = act.when
        && rule.when.is_none_or(|(when, _)| when != on)
    {
        let rules = rule.when.map_or_else(String::new, |(when, _)| when.to_string());
        out.push(Disagreement { transfer, fact: "on", rules, model: on.to_string() });
    }
    out
}

/// `Vladimir Putin → Kim Jong Un`.
fn direction(act: &Transfer) -> String {
    let names =
        |list: &[Who]| if list.is_empty() { "?".to_owned() } else { list.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join(", ") };
    format!("{} → {}", names(&act.givers), names(&act.receivers))
}

fn add_claim(claims: &mut Vec<Claim>, sources: &mut Vec<Source>, mut claim: Claim, at_of: &[usize]) {
    claim.about = claim.about.iter().filter_map(|n| at_of.get(*n).copied()).collect();
    claim.about.sort_unstable();
    claim.about.dedup();
    let known = claims.iter().zip(sources.iter_mut()).find(|(known, _)| {
        known.stance == claim.stance && known.speaker.may_be(&claim.speaker) && known.about.iter().any(|a| claim.about.contains(a))
    });
    match known {
        Some((_, source)) => {
            if *source == Source::Rules {
                *source = Source::Both;
            }
        }
        None => {
            claims.push(claim);
            sources.push(Source::Model);
        }
    }
}
