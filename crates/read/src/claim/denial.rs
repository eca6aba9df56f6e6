//! How somebody denies by what he says, where no verb of denying stands: `none of the rifles went there`, `the sale is no breach`, `he knew nothing of it`,
//! `it is in line with the resolutions`. None of these words tells an act by itself.

use crate::clause::Link;
use crate::event::{Eye, Sight};
use crate::groups::{DENIABLE_THINGS, DENIED_TIES, OWN_BODIES, RULEBOOKS};
use crate::who::Who;

/// Whether what is said by the verb of a clause denies an act, a part in it, or that it breaks a rule.
pub(super) fn denies_by_words(eye: &mut Eye<'_>, sight: &Sight<'_>, at: usize, speakers: &[Who]) -> bool {
    let (first, end) = said(sight, at);
    (first..end).any(|t| {
        no_breach(sight, t, end)
            || keeps_the_rules(sight, t, end)
            || (no_part(sight, t, end) && !of_others(eye, sight, t, speakers) && !knows_not_of_others(eye, sight, t, speakers))
            || not_so(sight, t)
            || nothing_of_it(eye, sight, t, end)
    })
}

/// `Danish officials said the Greek crew knew nothing`: a State denies for itself, and not for others.
fn of_others(eye: &mut Eye<'_>, sight: &Sight<'_>, at: usize, speakers: &[Who]) -> bool {
    const OWN: [&str; 10] = ["it", "they", "we", "he", "she", "i", "country", "government", "state", "side"];
    // `The firm was wound up, and Karimi said that it was not involved`: a man is no `it`.
    let person = |s: &Who| s.kind == Some(model::PartyType::Person) && !s.plural && !super::is_office(s);
    let thing = sight.clauses.iter().find(|c| c.verb.is_some_and(|v| sight.verbs[v].first <= at && at <= sight.verbs[v].end));
    let it = thing.and_then(|c| c.subject).is_some_and(|s| low(sight, sight.scene.nouns[s].head) == "it");
    let first = sight.clauses.first().and_then(|c| c.subject).map(|s| &sight.scene.nouns[s]);
    let body = first.is_some_and(|n| OWN_BODIES.contains(low(sight, n.head)));
    if it && body && speakers.iter().all(person) {
        return true;
    }
    let state = |s: &&Who| !s.countries.is_empty() && (s.kind == Some(model::PartyType::Government) || s.plural || super::is_office(s));
    let Some(speaker) = speakers.iter().find(state) else { return false };
    let covers = |c: &&crate::clause::Clause| c.verb.is_some_and(|v| sight.verbs[v].first <= at && at <= sight.verbs[v].end + 2);
    let Some(subject) = sight.clauses.iter().filter(covers).find_map(|c| c.subject) else { return false };
    let shares = |w: Who| w.countries.iter().any(|c| speaker.countries.contains(c));
    !OWN.contains(&low(sight, sight.scene.nouns[subject].head)) && !eye.who(sight, subject).is_some_and(shares)
}

/// `had no evidence that Oslo had sold it`: what somebody does not know of others he does not deny for himself.
fn knows_not_of_others(eye: &mut Eye<'_>, sight: &Sight<'_>, at: usize, speakers: &[Who]) -> bool {
    let noun = |c: &crate::clause::Clause| match c.link {
        Link::Content(Some(n)) => Some(n),
        _ => None,
    };
    let word =
        |n: usize| matches!(low(sight, sight.scene.nouns[n].head), "evidence" | "proof" | "information" | "indication" | "knowledge");
    let told = sight.clauses.iter().find(|c| noun(c).is_some_and(|n| word(n) && sight.scene.nouns[n].head.abs_diff(at) <= 3));
    let Some(other) = told.and_then(|c| c.subject).and_then(|s| eye.who(sight, s)) else { return false };
    !other.countries.is_empty() && !speakers.iter().any(|s| s.may_be(&other) || s.countries == other.countries)
}

/// The tokens of what is said: behind the verb where a clause or a quotation stands there, else those before it.
fn said(sight: &Sight<'_>, at: usize) -> (usize, usize) {
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return (0, 0) };
    let all = sight.scene.tokens.len();
    let content = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Content(_)));
    let subject = clause.subject.map_or(verb.first, |s| sight.scene.nouns[s].first).min(verb.first);
    let quoted = |first: usize, end: usize| sight.scene.tokens.get(first..end).unwrap_or(&[]).iter().any(|t| t.is_quote() || t.text == ":");
    let follows = !quoted(0, subject)
        && all.saturating_sub(verb.end) > LEAST
        && clause.subject.is_some_and(|s| sight.scene.nouns[s].first < verb.first);
    if content || follows { (verb.end, all) } else { (0, subject) }
}

/// Fewest words that say something.
const LEAST: usize = 3;

fn low<'a>(sight: &'a Sight<'_>, at: usize) -> &'a str {
    sight.scene.tokens.get(at).map_or("", |t| t.low.as_str())
}

/// Whether one of the words stands among the few tokens before.
fn before(sight: &Sight<'_>, at: usize, far: usize, words: &[&str]) -> bool {
    (at.saturating_sub(far)..at).any(|t| words.contains(&low(sight, t)))
}

/// Whether one of the words stands among the few tokens behind.
fn behind(sight: &Sight<'_>, at: usize, far: usize, end: usize, words: &[&str]) -> bool {
    (at + 1..(at + 1 + far).min(end)).any(|t| words.contains(&low(sight, t)))
}

/// Whether the words behind one, up to `far` of them, speak of what one keeps or breaks.
fn rules_behind(sight: &Sight<'_>, at: usize, far: usize, end: usize) -> bool {
    (at + 1..(at + 1 + far).min(end)).any(|t| RULEBOOKS.contains(low(sight, t)))
}

/// `is not a violation`, `no breach of the embargo`, `not subject to sanctions`, `perfectly legal`.
fn no_breach(sight: &Sight<'_>, at: usize, end: usize) -> bool {
    const BE: [&str; 7] = ["is", "are", "was", "were", "been", "be", "'s"];
    match low(sight, at) {
        "violation" | "violations" | "breach" | "breaches" | "contravention" | "infringement" => {
            before(sight, at, 3, &["not", "no", "n't", "never"])
        }
        "subject" | "covered" | "banned" | "prohibited" | "forbidden" => {
            before(sight, at, 2, &["not", "n't"]) && rules_behind(sight, at, 6, end)
        }
        // `had not broken any rules`.
        "broken" | "broke" | "break" | "breaking" => before(sight, at, 3, &["not", "n't", "never"]) && rules_behind(sight, at, 4, end),
        // `had broken no law`; `no sanctions would be lifted` is about the law itself.
        "no" => {
            let broken = before(sight, at, 2, &["broken", "broke", "breached", "violated", "there", "are", "were", "is"]);
            behind(sight, at, 2, end, &["law", "laws", "rule", "rules", "crime", "offence", "offense", "wrongdoing"])
                || (broken && behind(sight, at, 2, end, &["sanctions", "sanction"]))
        }
        // `we act strictly within the law`.
        "within" => {
            rules_behind(sight, at, 3, end)
                && before(sight, at, 3, &["act", "acts", "acted", "acting", "operate", "operates", "operated", "stay", "stays"])
        }
        "legally" | "lawfully" | "legitimately" => !before(sight, at, 4, &["not", "n't", "if", "whether"]),
        "legal" | "lawful" | "legitimate" => before(sight, at, 2, &BE) && !before(sight, at, 4, &["not", "n't", "if", "whether"]),
        _ => false,
    }
}

/// `in full compliance with the sanctions`, `in line with the resolutions`, `carries out its obligations`: said of what is and not of what ought to be.
fn keeps_the_rules(sight: &Sight<'_>, at: usize, end: usize) -> bool {
    let kept = match low(sight, at) {
        "compliance" | "accordance" | "line" | "conformity" => before(sight, at, 3, &["in"]),
        "consistent" | "compatible" => low(sight, at + 1) == "with",
        "enforces" | "fulfils" | "fulfills" | "complies" | "complied" | "complying" | "abides" | "abided" | "adheres" | "adhered"
        | "observes" | "implements" | "honours" | "honors" | "respects" => true,
        "carries" | "carried" => low(sight, at + 1) == "out",
        _ => false,
    };
    let ought = ["should", "must", "not", "n't", "to", "if", "whether", "ensure", "remain", "will"];
    kept && !before(sight, at, 4, &ought) && rules_behind(sight, at, 8, end)
}

/// `had nothing to do with it`, `knew nothing`, `was not aware`, `plays no part`, `has no ties with`.
fn no_part(sight: &Sight<'_>, at: usize, end: usize) -> bool {
    match low(sight, at) {
        "nothing" => {
            (low(sight, at + 1) == "to" && low(sight, at + 2) == "do")
                || before(sight, at, 1, &["know", "knew", "knows", "known"])
                || (low(sight, at + 1) == "of" && behind(sight, at, 3, end, &["sort", "kind"]))
        }
        "aware" | "involved" | "connected" | "linked" => before(sight, at, 2, &["not", "n't", "never"]),
        "unaware" | "innocent" => true,
        "no" | "any" if low(sight, at) == "no" || before(sight, at, 4, &["not", "n't", "never"]) => {
            let head = (at + 1..(at + 5).min(end)).take_while(|t| !matches!(low(sight, *t), "to" | "in" | "with" | "of" | "and" | "that"));
            head.into_iter().any(|t| DENIED_TIES.contains(low(sight, t).trim_end_matches('s')))
        }
        _ => false,
    }
}

/// `that is not true`, `this is not the case`, `is without merit`.
fn not_so(sight: &Sight<'_>, at: usize) -> bool {
    if matches!(low(sight, at), "merit" | "foundation" | "basis" | "substance" | "truth") && before(sight, at, 3, &["without", "no", "any"])
    {
        return true;
    }
    let word =
        matches!(low(sight, at), "true" | "correct" | "accurate") || (low(sight, at) == "case" && low(sight, at - at.min(1)) == "the");
    word && before(sight, at, 3, &["not", "n't"])
}

/// `not one of these engines is for them`, `there have never been workers`, `no shells came`, `has never supplied anything`.
fn nothing_of_it(eye: &Eye<'_>, sight: &Sight<'_>, at: usize, end: usize) -> bool {
    let noun_from = |t: usize| sight.scene.nouns.iter().position(|n| n.first >= t && n.first <= t + 3 && n.end <= end);
    let goods = |t: usize| {
        noun_from(t).is_some_and(|n| eye.names_goods(sight, n) || DENIABLE_THINGS.contains(low(sight, sight.scene.nouns[n].head)))
    };
    let there = |t: usize| low(sight, t) == "there" && matches!(low(sight, t + 1), "are" | "is" | "was" | "were" | "has" | "have" | "had");
    let opens = at == 0
        || matches!(low(sight, at - 1), "that" | "said" | "says" | "and" | "," | ":" | "but")
        || sight.scene.tokens.get(at - 1).is_some_and(crate::token::Token::is_quote);
    match low(sight, at) {
        "not" if opens => (low(sight, at + 1) == "one" || low(sight, at + 2) == "single") && goods(at + 2),
        "none" if opens => low(sight, at + 1) == "of" && goods(at + 2),
        "no" if opens => goods(at + 1),
        // `needs no boats`, `sends no arms to anybody`.
        "no" => ((at.saturating_sub(4)..at).any(there) || before(sight, at, 1, &GIVES_NONE)) && goods(at + 1),
        // `had supplied makers of washing machines only`.
        "only" => {
            let own = |c: &&crate::clause::Clause| {
                let head = c.subject.map_or("", |s| low(sight, sight.scene.nouns[s].head));
                matches!(head, "he" | "she" | "it" | "they" | "we" | "i") && c.verb.is_some_and(|v| sight.verbs[v].first < at)
            };
            let last = sight.clauses.iter().rfind(own).and_then(|c| c.verb).map(|v| sight.verbs[v].lemma.as_str());
            last.is_some_and(|lemma| {
                matches!(lemma, "supply" | "sell" | "ship" | "send" | "export" | "deliver" | "buy" | "import" | "carry")
            })
        }
        "never" => {
            let been = (at.saturating_sub(3)..at).any(there) && goods(at + if low(sight, at + 1) == "been" { 2 } else { 1 });
            let gave = !eye.lexicon.frames(&lemma_behind(sight, at)).is_empty() && behind(sight, at, 3, end, &["anything", "any", "such"]);
            been || gave
        }
        _ => false,
    }
}

/// Verbs before `no` and goods, by which somebody says that he gives or needs none.
const GIVES_NONE: [&str; 14] =
    ["need", "needs", "needed", "send", "sends", "sent", "sell", "sells", "sold", "supplies", "supplied", "shipped", "exports", "exported"];

/// The verb of which a token is a part or before which it stands.
fn lemma_behind(sight: &Sight<'_>, at: usize) -> String {
    let verb = sight.verbs.iter().find(|v| (v.first..v.end).contains(&at) || v.first == at + 1);
    verb.map(|v| v.lemma.clone()).unwrap_or_default()
}
