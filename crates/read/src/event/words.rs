//! What single words and phrases of a sentence mean for the roles in an act.

use super::{Roles, Sight};
use crate::groups::{ENDS_OF_FIRMS, OCCASIONS, TAKES_A_GOAL};
use crate::who::Who;

/// Papers that speak of goods and are none.
pub(super) fn is_paper(low: &str) -> bool {
    matches!(
        low.strip_suffix('s').unwrap_or(low),
        "order"
            | "contract"
            | "bid"
            | "tender"
            | "request"
            | "licence"
            | "license"
            | "approval"
            | "permission"
            | "exemption"
            | "waiver"
            | "quote"
            | "bill"
            | "invoice"
    )
}

/// For whom something is done: `on behalf of the army`, `for the benefit of RMDD`, `for use by Iran's navy`.
pub(super) fn beneficiary(sight: &Sight<'_>, noun: usize) -> Option<usize> {
    let phrase = sight.noun(noun);
    if !matches!(sight.low(phrase.head), "behalf" | "benefit" | "use" | "order" | "orders" | "account") {
        return None;
    }
    let by = phrase
        .behind
        .iter()
        .find(|(p, _)| {
            // `for use in Ukraine` tells where, `for use by the navy` for whom.
            sight.low(*p) == "by" || (matches!(sight.low(*p), "in" | "of") && sight.low(phrase.head) != "use")
        })
        .map(|(_, n)| *n);
    phrase.of.or(phrase.owner).or(by)
}

/// `according to`, `due to`, `thanks to`: no direction.
pub(crate) fn according(sight: &Sight<'_>, token: usize) -> bool {
    token > 0
        && matches!(
            sight.low(token - 1),
            "according"
                | "due"
                | "thanks"
                | "owing"
                | "prior"
                | "contrary"
                | "related"
                | "linked"
                | "compared"
                | "accountable"
                | "committed"
                | "subject"
                | "loyal"
                | "close"
                | "similar"
                | "equal"
                | "vital"
                | "crucial"
                | "essential"
                | "key"
                | "tied"
                | "opposed"
                | "pursuant"
                | "relative"
                | "devoted"
                | "thereto"
        )
}

/// `his limousine, which had been brought by train`: what somebody takes along on his own journey goes to nobody.
pub(super) fn takes_along(sight: &Sight<'_>, roles: &Roles) -> bool {
    let own = |noun: usize| sight.noun(noun).det.is_some_and(|d| matches!(sight.low(d), "his" | "her" | "their" | "its" | "my" | "our"));
    roles.receivers.is_empty() && roles.goods_nouns.iter().any(|n| own(*n))
}

/// `after a visit by officers to Tehran`: who came, and where, belongs to the visit.
pub(super) fn of_occasion(sight: &Sight<'_>, token: usize, noun: usize) -> bool {
    let occasion = |n: usize| OCCASIONS.contains(sight.low(sight.noun(n).head));
    let times = |t: usize| matches!(sight.low(t), "after" | "following" | "during" | "before" | "since" | "amid" | "at" | "ahead");
    sight.clauses.iter().flat_map(|c| &c.args).any(|(p, n)| {
        *n < noun && p.is_some_and(times) && occasion(*n) && sight.noun(*n).behind.iter().any(|(t, inner)| *t == token && *inner == noun)
    })
}

/// Whether a clause may tell an act by its verb at all.
pub(super) fn may_tell(lexicon: &crate::lexicon::Lexicon, sight: &Sight<'_>, at: usize) -> bool {
    !pretended(sight, &sight.clauses[at]) && !asked_to(sight, at) && !broken_off(sight, at) && !earned_by(lexicon, sight, at)
}

/// `under the guise of exporting them to Belarus`: what somebody only pretended to do.
fn pretended(sight: &Sight<'_>, clause: &crate::clause::Clause) -> bool {
    const SHOWS: [&str; 9] = ["guise", "pretext", "pretence", "pretense", "semblance", "cover", "appearance", "cloak", "banner"];
    let crate::clause::Link::Gerund(Some(of)) = clause.link else { return false };
    sight.low(of) == "of" && of.checked_sub(1).is_some_and(|t| SHOWS.contains(&sight.low(t)))
}

/// `asked the factory to build more`, `advised Ukraine to stay away`: what somebody is asked or advised to do is not given.
fn asked_to(sight: &Sight<'_>, at: usize) -> bool {
    let asks = |v: &crate::phrase::VerbGroup| {
        matches!(v.lemma.as_str(), "ask" | "urge" | "advise" | "press" | "beg" | "instruct" | "warn" | "call" | "encourage")
    };
    let inner = |c: &crate::clause::Clause| {
        c.parent == Some(at) && matches!(c.link, crate::clause::Link::Infinitive(_) | crate::clause::Link::Content(_))
    };
    sight.clauses[at].verb.is_some_and(|v| asks(&sight.verbs[v])) && sight.clauses.iter().any(inner)
}

/// `earned $90 million from banned exports`: what a trade brings in is told by the trade, and paid by nobody in particular.
fn earned_by(lexicon: &crate::lexicon::Lexicon, sight: &Sight<'_>, at: usize) -> bool {
    let earns = |v: &crate::phrase::VerbGroup| {
        !v.passive && matches!(v.lemma.as_str(), "earn" | "make" | "generate" | "reap" | "net" | "gain" | "raise" | "rake")
    };
    let by = |t: usize| matches!(sight.low(t), "from" | "through" | "by" | "via");
    let clause = &sight.clauses[at];
    // `earned $90 million by stealing crypto`.
    let so = |c: &crate::clause::Clause| c.parent == Some(at) && matches!(c.link, crate::clause::Link::Gerund(Some(t)) if by(t));
    if clause.verb.is_some_and(|v| earns(&sight.verbs[v])) && sight.clauses.iter().any(so) {
        return true;
    }
    clause.verb.is_some_and(|v| earns(&sight.verbs[v]))
        && clause.args.iter().any(|(p, n)| p.is_some_and(by) && lexicon.nominal(sight.low(sight.noun(*n).head)).is_some())
}

/// `suspended all trade with the North`: what is broken off is no act.
fn broken_off(sight: &Sight<'_>, at: usize) -> bool {
    let ends = |v: &crate::phrase::VerbGroup| {
        matches!(v.lemma.as_str(), "suspend" | "halt" | "stop" | "cut" | "end" | "sever" | "ban" | "freeze" | "cease" | "break")
    };
    let whole = |n: usize| {
        matches!(
            sight.low(sight.noun(n).head),
            "trade" | "commerce" | "business" | "dealings" | "ties" | "relations" | "cooperation" | "contacts"
        )
    };
    let clause = &sight.clauses[at];
    let object = if clause.verb.is_some_and(|v| sight.verbs[v].passive) {
        clause.subject
    } else {
        clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n)
    };
    clause.verb.is_some_and(|v| ends(&sight.verbs[v])) && object.is_some_and(whole)
}

/// `supply food to the people`, `sold rice to residents`: his own, where nobody says whose.
pub(super) fn own_people(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = sight.noun(noun);
    let people = matches!(
        sight.low(phrase.head),
        "people"
            | "public"
            | "population"
            | "residents"
            | "citizens"
            | "households"
            | "families"
            | "children"
            | "pupils"
            | "voters"
            | "farmers"
    );
    people
        && phrase.end == phrase.first + 1
        && phrase.of.is_none()
        && phrase.behind.iter().all(|(p, _)| *p != phrase.end)
        && phrase.owner.is_none()
}

/// `brought them into the government`, `into line`: no place and nobody.
pub(super) fn into_nothing(sight: &Sight<'_>, token: usize, noun: usize) -> bool {
    sight.low(token) == "into"
        && sight.noun(noun).owner.is_none()
        && matches!(
            sight.low(sight.noun(noun).head),
            "government"
                | "cabinet"
                | "parliament"
                | "line"
                | "office"
                | "power"
                | "compliance"
                | "account"
                | "focus"
                | "question"
                | "effect"
                | "play"
                | "contact"
                | "conflict"
                | "disrepute"
                | "force"
                | "being"
                | "operation"
                | "service"
                | "use"
                | "fold"
                | "open"
        )
        && sight.noun(noun).end == sight.noun(noun).first + 1
}

/// Whether the verb of a clause tells what is on board.
pub(super) fn carries(sight: &Sight<'_>, clause: usize) -> bool {
    let verb = sight.clauses.get(clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
    verb.is_some_and(|v| !v.passive && matches!(v.lemma.as_str(), "carry" | "contain" | "hold" | "transport" | "haul" | "ferry"))
}

/// `his own piano`.
pub(super) fn his_own(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = sight.noun(noun);
    let whose = phrase.det.is_some_and(|d| matches!(sight.low(d), "his" | "her" | "their" | "my" | "our"));
    whose && (phrase.first..phrase.head).any(|t| sight.low(t) == "own")
}

/// Whether the verb of a clause tells a journey.
pub(super) fn travels(sight: &Sight<'_>, clause: usize) -> bool {
    let verb = sight.clauses.get(clause).and_then(|c| c.verb).map(|v| sight.verbs[v].lemma.as_str());
    verb.is_some_and(|lemma| matches!(lemma, "travel" | "visit" | "go" | "fly" | "holiday"))
}

/// `one another`, `each other`.
pub(super) fn mutual(sight: &Sight<'_>, noun: usize) -> bool {
    let phrase = sight.noun(noun);
    let before = phrase.head.checked_sub(1).map_or("", |t| sight.low(t));
    matches!((before, sight.low(phrase.head)), ("one", "another") | ("each", "other"))
}

/// `to one another`, `to any party`, `to countries`: names nobody who gets.
pub(super) fn nobody(sight: &Sight<'_>, noun: usize) -> bool {
    if own_people(sight, noun) {
        return true;
    }
    let phrase = sight.noun(noun);
    let low = sight.low(phrase.head);
    let det = phrase.det.map_or("", |d| sight.low(d));
    let first = sight.low(phrase.first);
    // `any party in Sudan` is somebody in Sudan.
    if !det.is_empty() && phrase.behind.iter().any(|(p, _)| matches!(sight.low(*p), "in" | "of" | "from")) {
        return false;
    }
    matches!(
        low,
        "another" | "other" | "each" | "way" | "route" | "transit" | "exchange" | "return" | "addition" | "response" | "accordance"
    ) || (matches!(det, "any" | "either" | "no") || matches!(first, "any" | "either" | "no"))
        && matches!(low, "party" | "parties" | "side" | "sides" | "country" | "countries" | "state" | "nation" | "faction" | "group")
        || phrase.first == phrase.head && phrase.det.is_none() && phrase.of.is_none() && matches!(low, "countries" | "states" | "nations")
}

/// `any company`, `those who`, `anyone`: whoever it may be.
pub(super) fn anyone(sight: &Sight<'_>, noun: usize) -> bool {
    let leader = sight.noun(noun).group.unwrap_or(noun);
    let phrase = sight.noun(leader);
    let det = phrase.det.map_or("", |d| sight.low(d));
    matches!(det, "any" | "every" | "whichever" | "whatever")
        || matches!(sight.low(phrase.head), "anyone" | "anybody" | "whoever" | "everyone")
}

/// Whether the words of a tail follow.
pub(super) fn tail_follows(sight: &Sight<'_>, from: usize, tail: &[String]) -> bool {
    tail_end(sight, from, tail).is_some()
}

/// Where the words of a tail end, with adjectives and numbers between them (`took prompt delivery of`).
pub(super) fn tail_end(sight: &Sight<'_>, from: usize, tail: &[String]) -> Option<usize> {
    let mut at = from;
    for word in tail {
        let mut skipped = 0;
        while sight.low(at) != word {
            let shouted = sight.scene.tokens.get(at).is_some_and(|t| t.shouted);
            // `a 60 percent stake in`.
            let share = matches!(sight.low(at), "percent" | "per" | "cent" | "%");
            let loose = sight.scene.tags.get(at).is_some_and(|t| {
                matches!(t, crate::tag::Tag::Adj | crate::tag::Tag::Num | crate::tag::Tag::Adv | crate::tag::Tag::Det) || shouted || share
            });
            if !loose || skipped == 3 {
                return None;
            }
            skipped += 1;
            at += 1;
        }
        at += 1;
    }
    Some(at)
}

/// A noun phrase and those joined to it.
pub(super) fn joined(sight: &Sight<'_>, noun: usize) -> Vec<usize> {
    let leader = sight.noun(noun).group.unwrap_or(noun);
    if leader != noun {
        return vec![noun];
    }
    (0..sight.scene.nouns.len()).filter(|n| *n == leader || sight.noun(*n).group == Some(leader)).collect()
}

/// Nouns that `to` follows by themselves: `a visit to`, `in response to`, `access to`.
pub(super) fn takes_goal(low: &str) -> bool {
    TAKES_A_GOAL.contains(low)
        || low.strip_suffix('s').is_some_and(|one| TAKES_A_GOAL.contains(one))
        || low.strip_suffix("ies").is_some_and(|y| y == "repl")
}

/// `a year's jail`, `two years in prison`, `a suspended sentence`: what a court gives is no gift.
pub(super) fn is_sentence(sight: &Sight<'_>, noun: usize) -> bool {
    let low = sight.low(sight.noun(noun).head);
    matches!(low, "jail" | "prison" | "imprisonment" | "sentence" | "probation" | "custody")
}

/// Whether a pronoun stands for one of these.
pub(super) fn by_pronoun(sight: &Sight<'_>, list: &[Who]) -> bool {
    sight.scene.nouns.iter().any(|n| n.pronoun && list.iter().any(|w| w.span == sight.span(n.head, n.head + 1)))
}

/// `are accused of selling`, `were arrested for exporting`: whether an act is what its doers are blamed for.
pub(super) fn accused(sight: &Sight<'_>, clause: usize) -> bool {
    let blames = |lemma: &str| matches!(lemma, "accuse" | "charge" | "arrest" | "suspect" | "convict" | "indict" | "detain" | "prosecute");
    let outer = sight.clauses.get(clause).and_then(|c| c.parent).and_then(|p| sight.clauses.get(p));
    outer.and_then(|c| c.verb).map(|v| &sight.verbs[v]).is_some_and(|v| v.passive && blames(&v.lemma))
}

/// `The firm also sold`, `also received`: the verb that tells the act, or the one it hangs on, has the word with it.
pub(super) fn also(sight: &Sight<'_>, clause: usize, trigger: usize) -> bool {
    let verb = sight.clauses.get(clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]).filter(|v| v.head == trigger);
    let told = verb.is_some_and(|v| (v.first.saturating_sub(1)..v.end + 1).any(|t| sight.low(t) == "also"));
    told || (verb.is_some() && apart(sight))
}

/// `The following year the firm admitted`, `In a separate case`: at the head of a sentence, what says that another act follows.
fn apart(sight: &Sight<'_>) -> bool {
    let words: Vec<&str> = (0..5).map(|t| sight.low(t)).collect();
    matches!(
        words.as_slice(),
        ["the", "following" | "next", "year" | "month" | "week" | "day", ..]
            | ["in", "a" | "another", "separate" | "second" | "similar" | "case" | "incident", ..]
            | ["separately", ..]
            | ["in", "addition", ..]
            | ["a" | "one" | "two" | "three", "year" | "years" | "month" | "months" | "week" | "weeks", "later" | "earlier" | "before", ..]
    )
}

/// Nouns for what allows, forbids or orders acts and tells none.
pub(super) fn is_rule(low: &str) -> bool {
    matches!(
        low.strip_suffix('s').unwrap_or(low),
        "guideline"
            | "rule"
            | "resolution"
            | "law"
            | "bill"
            | "regulation"
            | "exemption"
            | "waiver"
            | "procedure"
            | "framework"
            | "decree"
            | "provision"
    )
}

/// `On board were 400 rifles`, `Hidden in its hold was coal`: a clause that says what lay in a ship or lorry, the place first.
pub(super) fn is_aboard(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| v.lemma == "be") else { return false };
    let start = verb.first.saturating_sub(6);
    let before = |words: &[&str]| (start..verb.first).any(|t| words.contains(&sight.low(t)));
    before(&["on", "in", "inside", "aboard"]) && before(&["board", "aboard", "hold", "holds"]) && clause.link == crate::clause::Link::Main
}

/// Whether a name ends as those of firms do.
pub(super) fn is_a_firm(name: &str) -> bool {
    name.split_whitespace().last().map(crate::token::lower).is_some_and(|last| ENDS_OF_FIRMS.contains(last.trim_end_matches('.')))
}

/// `according to a report to the Council`, `under an exemption from the committee`: whom papers go to, and who gives leave.
pub(crate) fn of_a_paper(sight: &Sight<'_>, preposition: usize) -> bool {
    let before = preposition.checked_sub(1).map_or("", |t| sight.low(t));
    let paper = matches!(
        before,
        "report" | "letter" | "statement" | "submission" | "complaint" | "reply" | "answer" | "response" | "message" | "warning"
    );
    // `exported cranes without a permit to Iran`: leave comes from somebody, and goes to nobody.
    let leave = matches!(
        before,
        "exemption"
            | "permission"
            | "permit"
            | "licence"
            | "license"
            | "approval"
            | "waiver"
            | "authorisation"
            | "authorization"
            | "consent"
            | "pressure"
    );
    match sight.low(preposition) {
        "to" => paper,
        "from" => paper || leave,
        _ => false,
    }
}
