//! Whom a report names, and where: from these the sides of an act are chosen that its own words leave open.

use crate::clause::Link;
use crate::event::{Eye, Sight};
use crate::groups::{CATCHES, MOVES_FEELINGS};
use crate::who::Who;

/// How somebody is named.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// By a phrase of his own.
    Named,
    /// By the nationality of goods: `Iranian drones`.
    OfGoods,
    /// By the nationality of something else.
    Adjective,
}

/// A party where a report names it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub who: Who,
    pub sentence: usize,
    pub standing: Standing,
    /// Named there only as one who says it.
    pub tells: bool,
    /// One of its offices says it: `Japan's defence ministry said`.
    pub office_tells: bool,
    /// It stopped a ship or a plane: `the tanker was seized by South Korea`.
    pub catches: bool,
}

/// Everybody whom a sentence names, once its acts are found.
pub(crate) fn of_sentence(eye: &mut Eye<'_>, sight: &Sight<'_>) -> Vec<Mention> {
    let sentence = sight.scene.sentence;
    let mut out = Vec::new();
    for noun in 0..sight.scene.nouns.len() {
        // `missiles that can hit Israel`, `since the war with Russia`: an enemy gives nothing and gets nothing of what is told there.
        if is_enemy(sight, noun)
            || is_of_a_paper(sight, noun)
            || is_left_out(sight, noun)
            || is_go_between(sight, noun)
            || is_moved_by_it(eye, sight, noun)
        {
            continue;
        }
        let catches = catches_a_ship(eye, sight, noun);
        let office = (0..sight.scene.nouns.len()).find(|n| sight.scene.nouns[*n].owner == Some(noun));
        let office_tells = office.is_some_and(|n| tells(eye, sight, n));
        let tells = tells(eye, sight, noun) || is_anybody(eye, sight, noun);
        let named = eye.whos.get(noun).cloned().flatten().flatten();
        // `an Audi was among the cars`: what a firm made, and not the firm.
        let made = sight.scene.nouns[noun].det.is_some() && eye.names_goods(sight, noun);
        if made && named.as_ref().is_some_and(|w| w.kind == Some(model::PartyType::Company)) {
            continue;
        }
        if let Some(who) = named {
            out.push(Mention { who, sentence, standing: Standing::Named, tells, office_tells, catches });
        } else if let Some(who) = eye.finder.loose(&sight.scene, noun) {
            let standing = if eye.names_goods(sight, noun) { Standing::OfGoods } else { Standing::Adjective };
            out.push(Mention { who, sentence, standing, tells, office_tells, catches });
        }
    }
    out
}

/// Whether the words before a noun phrase say that it is fought against.
fn is_enemy(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = &sight.scene.nouns[noun];
    let low = |back: usize| {
        let first = phrase.det.unwrap_or(phrase.first).min(phrase.first);
        first.checked_sub(back).and_then(|t| sight.scene.tokens.get(t)).map_or("", |t| t.low.as_str())
    };
    let war = |w: &str| matches!(w, "war" | "fight" | "battle" | "conflict" | "hostilities" | "fighting");
    matches!(
        low(1),
        "against"
            | "targeting"
            | "hitting"
            | "striking"
            | "attacking"
            | "bombing"
            | "fighting"
            | "confronting"
            | "deterring"
            | "countering"
            | "repelling"
            | "defeating"
            | "defeat"
            | "hit"
            | "strike"
            | "attack"
            | "target"
            | "confront"
            | "deter"
            | "counter"
            | "repel"
            | "fight"
            | "pound"
            | "resist"
            | "invade"
            | "topple"
            | "oust"
            | "overthrow"
            | "punish"
            | "threaten"
            | "frighten"
            | "combat"
            | "bomb"
            | "kill"
            | "contain"
            | "isolate"
    ) || low(1) == "with" && war(low(2))
        || low(1) == "to" && low(2) == "up" && matches!(low(3), "stand" | "stands" | "stood" | "standing")
        || low(1) == "after" && matches!(low(2), "go" | "goes" | "going" | "went")
}

/// Whether somebody stops what carries goods: that is not whose they are.
fn catches_a_ship(eye: &Eye<'_>, sight: &Sight<'_>, noun: usize) -> bool {
    // `the Wise Honest, which was carrying coal`: by what it does.
    let carries = |n: usize| {
        sight.clauses.iter().any(|c| {
            matches!(c.link, Link::Relative(m, false) if m == n)
                && c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "carry" | "transport" | "haul" | "ferry" | "sail"))
        })
    };
    let carrier = |n: usize| {
        carries(n)
            || eye.thing(sight, n).is_some_and(|t| matches!(t.category.as_str(), "vessel" | "aircraft"))
            || eye.whos.get(n).is_some_and(|w| matches!(w, Some(Some(w)) if w.kind == Some(model::PartyType::Vessel)))
    };
    sight.clauses.iter().any(|c| {
        let Some(verb) = c.verb.map(|v| &sight.verbs[v]).filter(|v| CATCHES.contains(v.lemma.as_str())) else { return false };
        let by = c.args.iter().any(|(p, n)| *n == noun && p.is_some_and(|t| sight.scene.tokens[t].low == "by"));
        let object = c.args.iter().any(|(p, n)| p.is_none() && carrier(*n));
        verb.passive && by && c.subject.is_some_and(carrier) || !verb.passive && c.subject == Some(noun) && object
    })
}

/// `a report to the Security Council`, `an exemption from the committee`: whom papers go to and who gives leave has no part in what they tell.
fn is_of_a_paper(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = &sight.scene.nouns[noun];
    let first = phrase.det.unwrap_or(phrase.first).min(phrase.first);
    first.checked_sub(1).is_some_and(|t| crate::event::of_a_paper(sight, t))
}

/// `With the help of two brokers in Dalian, the ministry bought locomotives`: whoever helps with it neither gives nor gets.
fn is_go_between(sight: &Sight<'_>, noun: usize) -> bool {
    let helps = |low: &str| matches!(low, "help" | "mediation" | "assistance" | "connivance" | "intermediation");
    sight.scene.nouns.iter().any(|n| {
        let with = n.before(sight.scene.tokens).is_some_and(|low| matches!(low, "with" | "through"));
        let help = sight.scene.tokens.get(n.head).is_some_and(|t| helps(&t.low));
        with && help && (n.of == Some(noun) || n.owner == Some(noun) || n.behind.iter().any(|(_, b)| *b == noun))
    })
}

/// `The sale of jets to Oman angered Yemen`, `Yemen was alarmed by the sale`: whom an act only moves has no part in it.
fn is_moved_by_it(eye: &Eye<'_>, sight: &Sight<'_>, noun: usize) -> bool {
    sight.clauses.iter().any(|c| {
        let Some(verb) = c.verb.map(|v| &sight.verbs[v]).filter(|v| MOVES_FEELINGS.contains(v.lemma.as_str())) else { return false };
        if verb.passive {
            return c.subject == Some(noun);
        }
        let somebody = c.subject.is_some_and(|s| matches!(eye.whos.get(s), Some(Some(Some(_)))));
        !somebody && c.args.contains(&(None, noun))
    })
}

/// Whether the words before a noun phrase leave it out: `all its neighbours except Albania`.
fn is_left_out(sight: &Sight<'_>, noun: usize) -> bool {
    sight.scene.nouns[noun]
        .before(sight.scene.tokens)
        .is_some_and(|low| matches!(low, "except" | "excluding" | "unlike" | "barring" | "than"))
}

/// Whether a noun stands for several of whom nobody says who they are: `Member states confirmed the figure`.
fn is_anybody(eye: &Eye<'_>, sight: &Sight<'_>, noun: usize) -> bool {
    let head = sight.scene.tokens.get(sight.scene.nouns[noun].head).map_or("", |t| t.low.as_str());
    let several = |who: &Who| matches!(head, "states" | "countries" | "nations" | "governments") || crate::claim::are_people(who);
    eye.whos.get(noun).is_some_and(|w| matches!(w, Some(Some(w)) if w.countries.is_empty() && several(w)))
}

/// Whether somebody is only the one who says it, or stands in what describes him: `monitors said`, `according to a firm in Zurich`, `citing Japan`. Who
/// says what he himself does or did not do is one of the two sides all the same.
fn tells(eye: &Eye<'_>, sight: &Sight<'_>, noun: usize) -> bool {
    use crate::lexicon::Stance;
    let says = |n: usize| {
        sight.clauses.iter().any(|c| {
            let verb = c.verb.map(|v| &sight.verbs[v]).filter(|v| c.subject == Some(n) && !v.passive);
            // `jets hit a convoy carrying mortars`: whoever strikes what goes there.
            if verb.is_some_and(|v| {
                matches!(v.lemma.as_str(), "hit" | "strike" | "bomb" | "attack" | "destroy" | "intercept" | "shell" | "raid")
            }) {
                return true;
            }
            let told = verb.and_then(|v| eye.lexicon.saying(&v.lemma).map(|s| (s, v)));
            told.is_some_and(|(s, v)| {
                !matches!(s.stance, Stance::Confirms | Stance::Denies) && !matches!(v.lemma.as_str(), "announce" | "pledge" | "promise")
            })
        })
    };
    let cited = |n: usize| {
        sight.scene.nouns[n].before(sight.scene.tokens).is_some_and(|low| matches!(low, "citing" | "quoting"))
            || sight.clauses.iter().flat_map(|c| &c.args).any(|(p, m)| *m == n && p.is_some_and(|t| crate::event::according(sight, t)))
    };
    let holds = |n: usize| {
        let phrase = &sight.scene.nouns[n];
        n == noun || phrase.of == Some(noun) || phrase.beside == Some(noun) || phrase.behind.iter().any(|(_, b)| *b == noun)
    };
    (0..sight.scene.nouns.len()).any(|n| holds(n) && (says(n) || cited(n)))
}
