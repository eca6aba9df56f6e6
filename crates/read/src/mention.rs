//! Whom a report names, and how: from these the sides of an act are chosen that its own words leave open.

use crate::event::{Eye, Sight};
use crate::lexicon::{Lexicon, Outcome};
use crate::who::Who;

/// How a mention stands in its sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    Subject,
    /// The subject of a passive verb.
    Undergoer,
    Object,
    To,
    From,
    By,
    In,
    /// The nationality of goods: `Iranian drones`.
    OfGoods,
    /// The nationality of something else.
    Adjective,
    Other,
}

/// What the verb does that a mention stands with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Doing {
    Gives,
    Says,
    /// Seizes, stops, charges, sanctions: who does that has no part in the act.
    Pursues,
    Other,
}

/// A party where a report names it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub who: Who,
    pub sentence: usize,
    pub standing: Standing,
    pub doing: Doing,
}

/// Everybody whom a sentence names, once its acts are found.
pub(crate) fn of_sentence(eye: &mut Eye<'_>, sight: &Sight<'_>) -> Vec<Mention> {
    let mut out = Vec::new();
    for noun in 0..sight.scene.nouns.len() {
        let named = eye.whos.get(noun).cloned().flatten().flatten();
        let adjective = named.is_none();
        let Some(who) = named.or_else(|| eye.finder.loose(&sight.scene, noun)) else { continue };
        let standing = if !adjective {
            standing(sight, noun)
        } else if eye.names_goods(sight, noun) {
            Standing::OfGoods
        } else {
            Standing::Adjective
        };
        out.push(Mention { who, sentence: sight.scene.sentence, standing, doing: doing(eye.lexicon, sight, noun) });
    }
    out
}

fn standing(sight: &Sight<'_>, noun: usize) -> Standing {
    let leader = sight.scene.nouns[noun].group.unwrap_or(noun);
    for clause in sight.clauses {
        if clause.subject == Some(leader) {
            let passive = clause.verb.is_some_and(|v| sight.verbs[v].passive);
            return if passive { Standing::Undergoer } else { Standing::Subject };
        }
    }
    let behind = sight.scene.nouns.iter().flat_map(|n| &n.behind).filter(|(_, n)| *n == leader).map(|(p, _)| *p);
    let args = || sight.clauses.iter().flat_map(|c| &c.args).filter(|(_, n)| *n == leader);
    let token = args().find_map(|(p, _)| *p).or_else(|| behind.into_iter().next());
    match token.and_then(|t| sight.scene.tokens.get(t)).map(|t| t.low.as_str()) {
        Some("to" | "into" | "toward" | "towards" | "for") => Standing::To,
        Some("from") => Standing::From,
        Some("by") => Standing::By,
        Some("in" | "at" | "near" | "off" | "inside" | "across" | "around") => Standing::In,
        Some(_) => Standing::Other,
        None if args().next().is_some() => Standing::Object,
        None => Standing::Other,
    }
}

fn doing(lexicon: &Lexicon, sight: &Sight<'_>, noun: usize) -> Doing {
    const PURSUES: [&str; 24] = [
        "charge", "indict", "arrest", "convict", "sentence", "jail", "fine", "sanction", "designate", "blacklist", "accuse", "investigate",
        "detain", "extradite", "seize", "intercept", "stop", "confiscate", "impound", "board", "search", "raid", "condemn", "ban",
    ];
    let leader = sight.scene.nouns[noun].group.unwrap_or(noun);
    let with = |c: &&crate::clause::Clause| c.subject == Some(leader) || c.args.iter().any(|(_, n)| *n == leader);
    let Some(verb) = sight.clauses.iter().find(with).and_then(|c| c.verb).map(|v| &sight.verbs[v]) else { return Doing::Other };
    let frames = lexicon.frames(&verb.lemma);
    if PURSUES.contains(&verb.lemma.as_str()) || frames.iter().any(|f| f.outcome == Outcome::Stopped) {
        Doing::Pursues
    } else if lexicon.saying(&verb.lemma).is_some() {
        Doing::Says
    } else if frames.iter().any(|f| f.kind.is_some()) {
        Doing::Gives
    } else {
        Doing::Other
    }
}
