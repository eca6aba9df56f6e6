//! Replays the proof of a decision: is every step true, does the verdict follow, and is nothing left out?
//!
//! A proof speaks of one day, `law_of`. What it claims is recomputed with [`crate::reference::leaf`]; the proof is never trusted.

mod node;
mod rules;

use crate::reference;
use model::{Act, Date, Truth, Verdict, VerdictSet};
use node::Node;
use rulebook::{Condition, Effect, Encoded, Prohibition, Rulebook};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// What is wrong with the proof of one element of `decisions`; nothing when it stands.
#[must_use]
pub fn check(book: &Rulebook, act: &Act, decision: &Json) -> Vec<String> {
    let text = |field: &str| decision.get(field).and_then(Json::as_str).unwrap_or("");
    let Ok(day) = text("law_of").parse::<Date>() else {
        return vec![format!("`law_of` is no day: `{}`", text("law_of"))];
    };
    let root = match decision.get("proof").map(|proof| Node::read(proof, "proof")) {
        Some(Ok(root)) => root,
        Some(Err(problem)) => return vec![problem],
        None => return vec!["the decision has no proof".into()],
    };
    let possible: VerdictSet = decision
        .get("possible")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(|word| Verdict::ALL.into_iter().find(|v| Some(v.word()) == word.as_str()))
        .fold(VerdictSet::EMPTY, VerdictSet::with);
    let seen = reference::seen(book, act, text("jurisdiction")).into_iter().map(|(r, act)| (r.id.as_str(), act)).collect();
    let mut replay = Replay { book, act, day, jurisdiction: text("jurisdiction"), seen, told: BTreeSet::new(), problems: Vec::new() };
    replay.root(&root, text("verdict"), possible);
    replay.problems
}

struct Replay<'a> {
    book: &'a Rulebook,
    act: &'a Act,
    day: Date,
    jurisdiction: &'a str,
    /// The act as each regime sees it.
    seen: Vec<(&'a str, Act)>,
    /// Definitions that the proof spelled out so far: name, item, and the regime where that makes a difference.
    told: BTreeSet<(String, usize, Option<String>)>,
    problems: Vec<String>,
}

impl Replay<'_> {
    fn seen(&self, regime: &str) -> &Act {
        self.seen.iter().find(|(id, _)| *id == regime).map_or(self.act, |(_, act)| act)
    }

    fn tell(&mut self, node: &Node, message: impl std::fmt::Display) {
        self.problems.push(format!("{}: {message}", node.place));
    }

    fn root(&mut self, root: &Node, verdict: &str, possible: VerdictSet) {
        if root.by != "worst" {
            self.tell(root, format!("the root is by `{}`, not `worst`", root.by));
        }
        if root.claim != verdict {
            self.tell(root, format!("the proof claims `{}`, the verdict is `{verdict}`", root.claim));
        }
        if possible.word() != verdict {
            self.tell(root, format!("`possible` ({}) does not fit the verdict `{verdict}`", words(possible)));
        }
        if self.act.on.is_some_and(|span| self.day < span.first || span.last < self.day) {
            self.tell(root, format!("the act cannot fall on {}", self.day));
        }
        if root.truth == Truth::False {
            self.tell(root, "a proof does not end with something false");
        }
        self.arithmetic(root);
        self.children(root);
        self.complete(root);
        self.follows(root, possible);
    }

    /// The children of the root: the reach of each regime, then provisions.
    fn children(&mut self, root: &Node) {
        if !root.because.first().is_some_and(|n| self.is_reach(n)) {
            self.tell(root, "the first child is not the reach of a regime");
        }
        if !root.because.iter().any(|n| self.is_reach(n) && self.is_in_full(n)) {
            self.tell(root, "of no regime it is told why it does or does not concern the act");
        }
        for node in &root.because {
            if self.is_reach(node) {
                self.reach(node);
            } else if node.by == "provision" {
                self.provision(node);
            } else {
                self.tell(node, format!("neither a regime's reach nor a provision, but by `{}`", node.by));
            }
        }
    }

    fn is_reach(&self, node: &Node) -> bool {
        node.cite.as_ref().is_some_and(|id| self.book.regimes.contains_key(id))
    }

    /// Whether it tells more of a regime than whether it concerns the act, or there is no more to tell.
    fn is_in_full(&self, node: &Node) -> bool {
        let when = node.cite.as_ref().and_then(|id| self.book.regimes.get(id)).map(|regime| &regime.when);
        let several =
            when.is_some_and(|when| matches!(when, Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Defined(_)));
        !several || node.by != "fact"
    }

    fn reach(&mut self, node: &Node) {
        let Some(regime) = node.cite.as_ref().and_then(|id| self.book.regimes.get(id)) else { return };
        if regime.jurisdiction != self.jurisdiction {
            self.tell(node, format!("the regime {} is not of the jurisdiction `{}`", regime.id, self.jurisdiction));
        }
        // Without an item it speaks of the item that the regime reaches best.
        let items = node.item.map_or(0..self.act.items.len(), |i| i..i + 1);
        let best = items.map(|i| self.reached(i, &regime.id)).max().unwrap_or_default();
        if node.truth != best {
            self.tell(node, format!("the reach of {} is {}, not {}", regime.id, best.word(), node.truth.word()));
        }
        if let Some(item) = node.item.or((self.act.items.len() == 1).then_some(0)) {
            self.reach_in_full(node, &regime.when, item, &regime.id);
        }
    }

    fn reached(&self, item: usize, regime: &str) -> Truth {
        let exists = self.book.regimes.get(regime).filter(|r| r.exists_on(self.day));
        exists.map_or(Truth::False, |r| reference::leaf(self.book, self.seen(regime), item, self.day, regime, &r.when))
    }

    /// The item that a node speaks of.
    fn item(&mut self, node: &Node) -> Option<usize> {
        match node.item {
            Some(item) if item < self.act.items.len() => Some(item),
            None if self.act.items.len() == 1 => Some(0),
            _ => {
                self.tell(node, "it does not say which item it speaks of");
                None
            }
        }
    }

    /// Every prohibition that may still make something of an item worse than permitted has its node.
    fn complete(&mut self, root: &Node) {
        let (book, day) = (self.book, self.day);
        let regimes = book.regimes.values().filter(|r| r.jurisdiction == self.jurisdiction && r.encoded != Encoded::No);
        let regimes: Vec<&str> = regimes.map(|r| r.id.as_str()).collect();
        let rules = book.prohibitions.iter().filter(|p| p.effect == Effect::Prohibits && p.in_force(day));
        for rule in rules.filter(|p| regimes.contains(&p.regime.as_str())) {
            let shown = |item: usize| {
                let one = self.act.items.len() == 1;
                root.provisions()
                    .any(|n| n.cite.as_ref() == Some(&rule.id) && (n.item == Some(item) || (one || n.is_name()) && n.item.is_none()))
            };
            if let Some(item) = (0..self.act.items.len()).find(|item| self.matters(*item, rule) && !shown(*item)) {
                self.tell(root, format!("{} may bear on item {item} and has no node", rule.id));
            }
        }
    }

    fn matters(&self, item: usize, rule: &Prohibition) -> bool {
        let verdicts = || reference::verdicts_of(self.book, self.seen(&rule.regime), item, self.day, rule);
        self.may_bear(item, rule) && verdicts().is_none_or(|set| set.worst() > Some(Verdict::Permitted))
    }

    fn may_bear(&self, item: usize, rule: &Prohibition) -> bool {
        let Some(when) = rule.trigger(self.day) else { return false };
        let caught = reference::leaf(self.book, self.seen(&rule.regime), item, self.day, &rule.regime, &when);
        caught != Truth::False && self.reached(item, &rule.regime) != Truth::False
    }

    /// Whether the verdict follows from the nodes. They are checked elsewhere, so their truths may be used here.
    fn follows(&mut self, root: &Node, possible: VerdictSet) {
        let derived = self.derive(root);
        let one_day = self.act.on.is_some_and(|span| span.first == span.last);
        if derived.single().is_some() && !possible.contains(derived) {
            self.tell(root, format!("the nodes say {}, the decision says {}", words(derived), words(possible)));
        } else if one_day && !derived.contains(possible) {
            self.tell(root, format!("of {} the nodes leave only {}", words(possible), words(derived)));
        } else if one_day && possible.len() == 1 && derived.len() > 1 {
            // The nodes alone do not settle it. It may still be settled because they rest on the same fact.
            let worlds = reference::verdicts_on(self.book, self.act, self.jurisdiction, self.day);
            if worlds.is_some_and(|worlds| worlds != possible) {
                self.tell(root, format!("{} does not follow: the nodes leave {}", words(possible), words(derived)));
            }
        }
    }

    fn derive(&self, root: &Node) -> VerdictSet {
        let mut all = VerdictSet::only(Verdict::OutOfScope);
        for regime in self.book.regimes.values().filter(|r| r.jurisdiction == self.jurisdiction) {
            for item in 0..self.act.items.len() {
                if regime.encoded == Encoded::No {
                    all = all.worse_of(reference::verdicts_without_law(self.book, self.seen(&regime.id), item, self.day, regime));
                    continue;
                }
                let reached = self.reached(item, &regime.id);
                if reached == Truth::False {
                    continue;
                }
                let mut here = VerdictSet::only(Verdict::Permitted);
                let nodes = root.provisions().filter(|n| n.is_name() || n.item.unwrap_or(0) == item);
                let of_regime = |n: &&Node| n.cite.as_ref().and_then(|id| self.book.prohibition(id)).is_some_and(|p| p.regime == regime.id);
                for node in nodes.filter(of_regime) {
                    here = here.worse_of(rules::verdicts(self.book, node));
                }
                if matches!(regime.encoded, Encoded::Partly(_)) && reached == Truth::True && here.has(Verdict::Permitted) {
                    here = here.with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited);
                }
                all = all.worse_of(if reached == Truth::Unknown { here.with(Verdict::OutOfScope) } else { here });
            }
        }
        all
    }
}

fn words(set: VerdictSet) -> String {
    set.iter().map(Verdict::word).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests;
