//! Two who deal with each other, and what next sentences tell of their dealings: `signed a deal. Under it, rifles will go to the army`, `has increased
//! its support. The aid includes rifles`; and what goods that are only called goods are: `rifles were among the items that it sold`.

use super::{Event, Eye, Roles, Sight, Word, joined, located};
use crate::clause::{Clause, Link};
use crate::lexicon::{Outcome, Part};
use crate::who::Who;
use model::ActKind;

/// Two who deal with each other, and the sentence that tells so.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    giver: Who,
    receiver: Who,
    sentence: usize,
    /// Whether the words say which of the two gives.
    told: bool,
}

/// How many sentences further on their dealings are still spoken of.
const LASTS: usize = 2;

fn is_help(low: &str) -> bool {
    matches!(low, "support" | "backing" | "aid" | "assistance" | "help")
}

fn is_deal(low: &str) -> bool {
    let one = low.strip_suffix('s').unwrap_or(low);
    matches!(one, "deal" | "agreement" | "contract" | "pact" | "memorandum" | "accord" | "treaty" | "arrangement" | "order")
}

/// Goods by no other name.
fn is_wares(low: &str) -> bool {
    matches!(
        low,
        "goods" | "items" | "products" | "things" | "articles" | "wares" | "cargo" | "cargoes" | "shipments" | "exports" | "supplies"
    )
}

/// What a clause says that something holds: `includes rifles`, `consists of rifles`.
pub(super) fn contents(sight: &Sight<'_>, clause: &Clause) -> Vec<usize> {
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated) else { return Vec::new() };
    let direct = !verb.passive && matches!(verb.lemma.as_str(), "include" | "comprise" | "contain" | "total" | "number");
    let of = matches!((verb.lemma.as_str(), verb.passive), ("consist", false) | ("compose" | "comprise", true));
    // `came in the form of 40 trucks`.
    if matches!(verb.lemma.as_str(), "come" | "take" | "arrive") && !verb.passive {
        let form = |n: usize| matches!(sight.low(sight.noun(n).head), "form" | "shape" | "guise");
        return clause.args.iter().filter(|(_, n)| form(*n)).filter_map(|(_, n)| sight.noun(*n).of).collect();
    }
    let holds = |(p, _): &&(Option<usize>, usize)| p.map_or(direct, |t| of && sight.low(t) == "of");
    clause.args.iter().filter(holds).map(|(_, n)| *n).collect()
}

/// What stands behind a noun with one of these words, whether the sentence hangs it on the noun or on the verb before it.
fn behind(sight: &Sight<'_>, noun: usize, words: &[&str]) -> Option<usize> {
    let fits = |t: usize| words.contains(&sight.low(t));
    let own = sight.noun(noun).behind.iter().find(|(p, _)| fits(*p)).map(|(_, n)| *n);
    let clause = || sight.clauses.iter().find(|c| c.args.contains(&(None, noun)));
    own.or_else(|| clause()?.args.iter().find(|(p, _)| p.is_some_and(|t| fits(t) && t >= sight.noun(noun).end)).map(|(_, n)| *n))
}

impl Eye<'_> {
    /// Keeps who deals with whom for the next sentences.
    pub(super) fn note_pair(&mut self, sight: &Sight<'_>, told: &[Event]) {
        let one = |list: &[Who]| list.iter().find(|w| !w.countries.is_empty()).cloned();
        let acts = told.iter().rev().find_map(|e| Some((one(&e.givers)?, one(&e.receivers)?, true)));
        let pair = acts.or_else(|| (0..sight.scene.nouns.len()).find_map(|n| self.dealing(sight, n)));
        if let Some((giver, receiver, told)) = pair.filter(|(g, r, _)| !g.may_be(r)) {
            self.finder.known.pair = Some(Pair { giver, receiver, sentence: sight.scene.sentence, told });
        }
    }

    /// `its support for the rebels`, `a deal with Iran`: the two sides, and whether it is told which gives.
    fn dealing(&mut self, sight: &Sight<'_>, noun: usize) -> Option<(Who, Who, bool)> {
        let phrase = sight.noun(noun).clone();
        let low = sight.low(phrase.head);
        let placed = |w: &Who| w.countries.len() == 1;
        if is_help(low) {
            let clause = sight.clauses.iter().find(|c| c.args.contains(&(None, noun)));
            let giver = self.finder.owner(&sight.scene, &phrase).or_else(|| clause.and_then(|c| self.who(sight, c.subject?)));
            let receiver = behind(sight, noun, &["for", "to"]).and_then(|n| self.who(sight, n));
            return Some((giver.filter(placed)?, receiver.filter(placed)?, true));
        }
        if !is_deal(low) {
            return None;
        }
        let mut sides = self.partners_of(sight, noun);
        sides.extend(behind(sight, noun, &["with"]).and_then(|n| self.who(sight, n)));
        let first = sides.iter().find(|w| placed(w))?.clone();
        let second = sides.iter().find(|w| placed(w) && !w.may_be(&first))?.clone();
        let mut roles = Roles { givers: vec![first], receivers: vec![second], ..Roles::default() };
        self.giver_of_two(true, &mut roles);
        Some((roles.givers.pop()?, roles.receivers.pop()?, false))
    }

    /// The two whose dealings a sentence goes on with.
    fn pair(&self, sight: &Sight<'_>) -> Option<Pair> {
        let near = |p: &&Pair| (1..=LASTS).contains(&sight.scene.sentence.saturating_sub(p.sentence));
        self.finder.known.pair.as_ref().filter(near).cloned()
    }

    /// `Under it, rifles will be delivered to the army`, `A first batch has arrived`: between the two told of before.
    pub(super) fn of_the_pair(&mut self, sight: &Sight<'_>, clause: usize, roles: &mut Roles) {
        let Some(clause) = sight.clauses.get(clause) else { return };
        let Some(pair) = self.pair(sight).filter(|_| !located(&roles.givers) && !located(&roles.receivers)) else { return };
        let under = || {
            let back = |t: usize| matches!(sight.low(t), "it" | "this" | "that" | "them") || (1..4).any(|i| is_deal(sight.low(t + i)));
            (0..sight.scene.tokens.len()).any(|t| sight.low(t) == "under" && back(t + 1) || sight.low(t) == "thereunder")
        };
        let part = |n: &usize| {
            let phrase = sight.noun(*n);
            let low = sight.low(phrase.head);
            let one = low.strip_suffix("es").filter(|w| w.ends_with("tch")).or(low.strip_suffix('s')).unwrap_or(low);
            matches!(one, "batch" | "shipment" | "delivery" | "consignment" | "instalment" | "installment" | "tranche" | "cargo")
                && phrase.of.is_none()
                || phrase.pronoun && matches!(low, "they" | "them" | "it")
        };
        let points = under() || clause.subject.iter().any(part) && roles.givers.is_empty() && roles.receivers.is_empty();
        // `to the army`: of the one who gets.
        let nobody_else =
            roles.givers.is_empty() && roles.receivers.iter().all(|w| w.kind == Some(model::PartyType::Government) || w.name.len() < 2);
        // The words point to them as `it` would, so that they are told and not guessed.
        if points && nobody_else {
            roles.givers = vec![pair.giver];
            match roles.receivers.first_mut() {
                Some(organ) => organ.countries = pair.receiver.countries,
                None => roles.receivers.push(pair.receiver),
            }
        }
    }

    /// `The aid includes rifles`, `It consists of rifles`: what one of the two gives the other.
    pub(super) fn of_contents(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let objects = contents(sight, clause);
        let subject = clause.subject.filter(|_| !objects.is_empty())?;
        let phrase = sight.noun(subject);
        let low = sight.low(phrase.head);
        let one = low.strip_suffix('s').unwrap_or(low);
        let given = is_help(low)
            || matches!(one, "package" | "shipment" | "delivery" | "consignment" | "donation" | "gift" | "cargo" | "supplie" | "it");
        let own_words = phrase.of.is_some() || !phrase.behind.is_empty();
        // `Oman's support for the front includes mortars`: between the two that it names itself.
        let pair = if own_words && is_help(low) {
            let (giver, receiver, told) = self.dealing(sight, subject)?;
            Some(Pair { giver, receiver, sentence: sight.scene.sentence, told })
        } else {
            self.pair(sight).filter(|_| !own_words)
        };
        let pair = pair.filter(|p| given && p.told)?;
        let mut roles = Roles::default();
        for noun in objects {
            self.put(sight, noun, Part::Goods, &mut roles);
        }
        if roles.things.iter().all(|t| t.generic) {
            return None;
        }
        roles.givers.push(pair.giver);
        roles.receivers.push(pair.receiver);
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::Supply, outcome: Outcome::Done, noun: false };
        Some((self.event(sight, word, roles), nouns))
    }

    /// `$700m in assistance`, `600m pounds in aid`: the help that a sum of money is told in.
    pub(super) fn in_aid(&self, sight: &Sight<'_>, noun: usize) -> Option<usize> {
        let sum = self.thing(sight, noun).is_some_and(|t| t.sort == crate::what::Sort::Money);
        let behind = sight.noun(noun).behind.iter().filter(|(p, _)| sum && matches!(sight.low(*p), "in" | "of"));
        behind.map(|(_, n)| *n).find(|n| is_help(sight.low(sight.noun(*n).head)) || sight.low(sight.noun(*n).head) == "relief")
    }

    /// Money that is given as help is a donation of what it is to pay for.
    pub(super) fn as_aid(&self, sight: &Sight<'_>, kind: ActKind, roles: &mut Roles) -> ActKind {
        let money = matches!(kind, ActKind::Payment | ActKind::Financing | ActKind::Remittance | ActKind::Supply | ActKind::Gift);
        let found = roles.goods_nouns.iter().find_map(|n| Some((*n, self.in_aid(sight, *n)?))).filter(|_| money);
        let Some((sum, aid)) = found else { return kind };
        let phrase = sight.noun(sum);
        roles.value = roles.value.or(Some(sight.span(phrase.first, phrase.end)));
        roles.goods_nouns.push(aid);
        roles.things = self.thing(sight, aid).into_iter().map(|t| crate::what::Thing { generic: false, ..t }).collect();
        ActKind::Donation
    }

    /// `offered Chad help with its satellites`: a service, and what it is for.
    pub(super) fn as_help(&self, sight: &Sight<'_>, kind: ActKind, roles: &mut Roles) -> ActKind {
        let helps = |n: usize| matches!(sight.low(sight.noun(n).head), "help" | "assistance" | "support" | "advice" | "expertise");
        let gives = matches!(kind, ActKind::Supply | ActKind::Gift | ActKind::Transfer | ActKind::Donation);
        let Some(help) = roles.goods_nouns.iter().copied().find(|n| gives && helps(*n)) else { return kind };
        let with = |(p, _): &(usize, usize)| *p == sight.noun(help).end && sight.low(*p) == "with";
        let args = sight.clauses.iter().flat_map(|c| &c.args).filter_map(|(p, n)| Some(((*p)?, *n)));
        let Some((_, with_what)) = sight.noun(help).behind.iter().copied().chain(args).find(with) else { return kind };
        let things: Vec<_> = joined(sight, with_what)
            .into_iter()
            .filter_map(|n| self.thing(sight, n).or_else(|| self.things.unknown(&sight.scene, n)))
            .map(|t| crate::what::Thing { generic: false, ..t })
            .collect();
        if things.is_empty() || things.iter().any(|t| matches!(t.category.as_str(), "food" | "humanitarian" | "medicine" | "money")) {
            return kind;
        }
        roles.things = things;
        ActKind::TechnicalAssistance
    }

    /// `paid for Angolan diamonds with fuel`, `is bartering fuel for Angolan diamonds`: what pays goes to those whose the other goods are.
    pub(super) fn bartered(&mut self, sight: &Sight<'_>, at: usize, kind: ActKind, roles: &mut Roles) -> ActKind {
        let clause = &sight.clauses[at];
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive) else { return kind };
        let behind = |word: &str| clause.args.iter().find(|(p, _)| p.is_some_and(|t| sight.low(t) == word)).map(|(_, n)| *n);
        let paid = match verb.lemma.as_str() {
            "pay" if kind == ActKind::Payment => behind("with"),
            "swap" | "barter" | "trade" | "exchange" => clause.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n),
            _ => None,
        };
        let goods = |n: usize| self.thing(sight, n).filter(|t| t.sort == crate::what::Sort::Goods && !t.generic);
        let (Some(bought), Some(paid)) = (behind("for"), paid) else { return kind };
        if goods(bought).is_none() || goods(paid).is_none() {
            return kind;
        }
        roles.things = joined(sight, paid).into_iter().filter_map(goods).collect();
        roles.goods_nouns = vec![paid];
        // `traded rifles for cocoa from Ghana`.
        let from = sight.noun(bought).behind.iter().find(|(p, _)| *p == sight.noun(bought).end && sight.low(*p) == "from");
        if let Some(theirs) = from.and_then(|(_, n)| self.who(sight, *n)) {
            roles.givers.retain(|w| !w.may_be(&theirs));
            roles.receivers = vec![theirs];
        }
        if roles.receivers.is_empty() {
            roles.receivers.extend(self.finder.nationality(&sight.scene, bought));
        }
        ActKind::Supply
    }

    /// `rifles were among the items that it sold`, `the list of goods shipped there includes rifles`: what goods are that have no other name.
    pub(super) fn named_wares(&mut self, sight: &Sight<'_>, at: usize, roles: &mut Roles) {
        let clause = &sight.clauses[at];
        let wares = match clause.link {
            Link::Relative(antecedent, _) => Some(antecedent),
            Link::Participle => clause.subject,
            _ => None,
        };
        // `the list of goods shipped there`: what is listed.
        let wares = wares.map(|n| sight.noun(n).of.filter(|of| is_wares(sight.low(sight.noun(*of).head))).unwrap_or(n));
        let ours = |n: &usize| roles.goods_nouns.iter().any(|g| g == n || sight.noun(*g).of == Some(*n));
        let Some(wares) = wares.filter(|n| is_wares(sight.low(sight.noun(*n).head)) && ours(n)) else { return };
        let of = |n: usize| n == wares || sight.noun(n).of == Some(wares);
        let mut named: Vec<usize> = Vec::new();
        for outer in sight.clauses {
            let Some(verb) = outer.verb.map(|v| &sight.verbs[v]).filter(|v| !v.negated) else { continue };
            if outer.subject.is_some_and(of) {
                named.extend(contents(sight, outer));
            }
            let among = outer.args.iter().any(|(p, n)| of(*n) && p.is_some_and(|t| matches!(sight.low(t), "among" | "amongst")));
            if verb.lemma == "be" && among {
                named.extend(outer.subject.or(outer.args.iter().find(|(p, _)| p.is_none()).map(|(_, n)| *n)));
            }
        }
        let found: Vec<_> =
            named.iter().flat_map(|n| joined(sight, *n)).filter_map(|n| self.thing(sight, n)).filter(|t| !t.generic).collect();
        if !found.is_empty() {
            roles.things = found;
        }
    }
}
