//! What armed forces do with what is their own: missiles that are fired, ships and planes that go somewhere to fight. Nobody gets them.

use super::{Event, Eye, Roles, Sight};
use crate::clause::Link;
use crate::what::Sort;
use crate::who::Who;
use model::ActKind;

/// Verbs by which forces go somewhere or are sent: what is given, sold or donated is somebody else's afterwards, whatever it is for.
const MOVES: [&str; 9] = ["send", "dispatch", "deploy", "fly", "sail", "move", "order", "scramble", "rush"];

/// Verbs of fighting and of standing ready to.
const FIGHTS: [&str; 24] = [
    "bomb",
    "attack",
    "strike",
    "hit",
    "destroy",
    "target",
    "patrol",
    "intercept",
    "shoot",
    "down",
    "deter",
    "blockade",
    "invade",
    "raid",
    "shell",
    "pound",
    "escort",
    "rescue",
    "hunt",
    "fight",
    "defend",
    "monitor",
    "join",
    "participate",
];

/// Verbs by which a weapon goes off.
pub(super) const FIRES: [&str; 8] = ["fire", "launch", "lob", "hurl", "shoot", "aim", "rain", "test-fire"];

/// Whether a verb tells fighting: `mercenaries armed with rifles attacked Gabon`.
pub(super) fn fights(lemma: &str) -> bool {
    FIGHTS[..14].contains(&lemma) || matches!(lemma, "storm" | "ambush" | "rush" | "charge" | "besiege" | "assault")
}

impl Eye<'_> {
    /// Whether a clause tells how forces move or use what is theirs.
    pub(super) fn is_warfare(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        if roles.things.is_empty() {
            return false;
        }
        let clause = &sight.clauses[at];
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
        let all = |sorts: &[&str]| roles.things.iter().all(|t| sorts.contains(&t.category.as_str()));
        // `sent rockets toward Israel`, `sent a rocket hurtling over Japan`.
        let flies = |t: usize| {
            matches!(sight.low(t), "toward" | "towards" | "hurtling" | "flying" | "soaring" | "streaking" | "crashing" | "raining")
        };
        let sends = verb.lemma == "send" && !verb.passive;
        if sends && (verb.end..verb.end + 8).any(flies) && all(&["missile", "ammunition", "arms"]) {
            return true;
        }
        // `sending drones on sorties above Eritrea`, `flying two bombers over Finland`, `aircraft flown from Jordanian bases`, `in a show of force`.
        let mission = |n: usize| {
            let low = sight.low(sight.noun(n).head);
            let low = low.strip_suffix('s').unwrap_or(low);
            matches!(
                low,
                "sortie" | "raid" | "mission" | "patrol" | "strike" | "attack" | "show" | "exercise" | "drill" | "manoeuvre" | "maneuver"
            )
        };
        let over = |(p, n): &(Option<usize>, usize)| {
            p.is_some_and(|t| match sight.low(t) {
                "over" | "above" | "against" => {
                    let low = sight.low(sight.noun(*n).head);
                    let ground = matches!(
                        low,
                        "area"
                            | "region"
                            | "border"
                            | "territory"
                            | "waters"
                            | "airspace"
                            | "city"
                            | "capital"
                            | "island"
                            | "sea"
                            | "country"
                            | "heads"
                    );
                    ground || self.whos.get(*n).is_some_and(|w| w.as_ref().is_some_and(Option::is_some))
                }
                "on" | "in" => mission(*n),
                _ => false,
            })
        };
        let flown = matches!(verb.lemma.as_str(), "send" | "fly" | "launch" | "deploy" | "dispatch" | "order" | "shoot");
        let weapons = all(&["aircraft", "vessel", "missile", "ammunition", "arms"]);
        if flown && weapons && clause.args.iter().any(over) {
            return true;
        }
        let base = |n: usize| {
            matches!(sight.low(sight.noun(n).head), "base" | "bases" | "airbase" | "airfield" | "airfields" | "carrier" | "carriers")
        };
        let from_base = clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "from") && base(*n));
        if flown && all(&["aircraft"]) && from_base {
            return true;
        }
        // `rockets meant to deliver warheads to cities`, `will escort the tanker`: by what something is dropped, and who sails beside it.
        let weapon = |n: usize| {
            let low = sight.low(sight.noun(n).head);
            matches!(low.strip_suffix('s').unwrap_or(low), "missile" | "rocket" | "bomber" | "warhead" | "submarine" | "drone" | "torpedo")
        };
        let dropped = |t: &crate::what::Thing| {
            let low = t.words.to_lowercase();
            ["warhead", "bomb", "payload"].iter().any(|w| low.contains(w))
        };
        if verb.lemma == "deliver"
            && roles.things.iter().all(dropped)
            && (clause.subject.is_some_and(weapon) || sight.clauses.iter().any(|c| Some(at) != c.parent && c.subject.is_some_and(weapon)))
        {
            return true;
        }
        if verb.lemma == "escort" && all(&["vessel"]) {
            return true;
        }
        let of_war = |n: &usize| words_of_war(sight, *n);
        // `fighter planes entering Syrian airspace`: by themselves.
        let enters = matches!(
            verb.lemma.as_str(),
            "enter" | "cross" | "approach" | "violate" | "penetrate" | "stray" | "drift" | "intrude" | "venture" | "keep"
        );
        if enters && clause.subject.is_some_and(|s| roles.goods_nouns.contains(&s) && (all(&["aircraft"]) || of_war(&s))) {
            return true;
        }
        // `sent a carrier strike group`, `sent fighter jets to Libya to bomb militias`, `sent jets to take part in war games`.
        let unit =
            |n: &usize| matches!(sight.low(sight.noun(*n).head), "group" | "fleet" | "squadron" | "armada" | "flotilla" | "force" | "wing");
        let purpose = |c: &crate::clause::Clause| {
            c.parent == Some(at)
                && matches!(c.link, Link::Infinitive(_))
                && c.verb
                    .map(|v| &sight.verbs[v])
                    .is_some_and(|v| FIGHTS.contains(&v.lemma.as_str()) || v.lemma == "take" && sight.low(v.end) == "part")
        };
        let means = all(&["aircraft", "vessel", "vehicles"]) || roles.goods_nouns.iter().any(of_war);
        let own = roles.goods_nouns.iter().any(|n| unit(n) && of_war(n)) || means && sight.clauses.iter().any(purpose);
        own && MOVES.contains(&verb.lemma.as_str())
    }
}

/// `aircraft-carrier strike group`, `fighter jets`, `warships`.
fn words_of_war(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = sight.noun(noun);
    (phrase.first..phrase.end).any(|t| {
        let low = sight.low(t);
        matches!(
            low.trim_end_matches('s'),
            "strike"
                | "carrier"
                | "aircraft-carrier"
                | "fighter"
                | "warship"
                | "warplane"
                | "bomber"
                | "destroyer"
                | "frigate"
                | "submarine"
                | "patrol"
                | "naval"
        )
    })
}

/// `The planes must fly over Iraq to reach Syria with weapons`: where the weapons are told, the planes that carry them are no other act.
pub(super) fn without_mere_means(out: &mut Vec<Event>) {
    let convoy = |t: &crate::what::Thing| {
        let low = crate::token::lower(t.words.rsplit(' ').next().unwrap_or_default());
        matches!(low.strip_suffix('s').unwrap_or(&low), "convoy" | "lorry" | "lorrie" | "truck" | "train" | "flight" | "caravan")
    };
    let means =
        |e: &Event| !e.things.is_empty() && e.things.iter().all(|t| matches!(t.category.as_str(), "aircraft" | "vessel") || convoy(t));
    let told: Vec<(usize, Vec<Who>)> = out
        .iter()
        .filter(|e| !means(e) && e.things.iter().any(|t| t.sort == Sort::Goods))
        .map(|e| (e.clause, e.receivers.clone()))
        .collect();
    let moves = |k: ActKind| matches!(k, ActKind::Supply | ActKind::Transport | ActKind::Transfer);
    out.retain(|e| {
        let same = |(clause, receivers): &(usize, Vec<Who>)| {
            (*clause == e.clause || e.givers.is_empty()) && receivers.iter().any(|r| e.receivers.iter().any(|w| w.may_be(r)))
        };
        !(means(e) && moves(e.kind) && told.iter().any(same))
    });
}
