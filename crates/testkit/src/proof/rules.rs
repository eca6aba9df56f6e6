//! Provisions, exceptions and conditions of a proof against those of the law.

use super::Replay;
use super::node::Node;
use crate::reference;
use model::{Truth, Verdict, VerdictSet};
use rulebook::{Condition, Exception, ExceptionKind, Prohibition, Route, Rulebook};

/// Where a condition is seen from: which item, under which regime, and whether it is asked if the act concerns the regime at all.
#[derive(Clone, Copy)]
struct Spot<'a> {
    item: usize,
    regime: &'a str,
    reach: bool,
}

impl Replay<'_> {
    pub(super) fn provision(&mut self, node: &Node) {
        let Some(id) = &node.cite else { return self.tell(node, "a provision without its id") };
        let book = self.book;
        let Some(rule) = book.prohibition(id) else { return self.tell(node, format!("{id} is no prohibition")) };
        if node.is_name() {
            return self.named(node, rule);
        }
        let Some(item) = self.item(node) else { return };
        let spot = Spot { item, regime: &rule.regime, reach: false };
        match (rule.trigger(self.day), node.because.first()) {
            (Some(when), Some(trigger)) => self.mirror(trigger, &when, spot),
            _ => self.tell(node, "a provision without its trigger"),
        }
        for child in node.because.iter().skip(1) {
            self.exception(child, id, Some(&rule.regime), spot);
        }
        if node.truth == Truth::False {
            // What does not catch the act needs no exception.
            return;
        }
        let lifters: Vec<&Exception> = reference::exceptions(book, self.day, id, Some(&rule.regime)).collect();
        for exception in lifters {
            let shown = node.because.iter().any(|n| n.cite.as_ref() == Some(&exception.id));
            if !shown && self.counts(exception, spot) {
                self.tell(node, format!("{} may lift it and has no node", exception.id));
            }
        }
    }

    /// A provision that is only named: it may bear on some item once it is known whether the law reaches anybody.
    fn named(&mut self, node: &Node, rule: &Prohibition) {
        let items = 0..self.act.items.len();
        if items.clone().map(|item| self.reached(item, &rule.regime)).max() != Some(Truth::Unknown) {
            self.tell(node, format!("it is known whether {} concerns the act, so {} is to be told in full", rule.regime, rule.id));
        }
        if node.truth != Truth::Unknown || !items.into_iter().any(|item| self.may_bear(item, rule)) {
            self.tell(node, format!("{} bears on no item, or surely", rule.id));
        }
    }

    /// The condition of a regime, where the proof spells it out: in the node itself or in its only child.
    pub(super) fn reach_in_full(&mut self, node: &Node, when: &Condition, item: usize, regime: &str) {
        let before = self.problems.len();
        let mirrored = |replay: &mut Self, node: &Node| {
            replay.mirror(node, when, Spot { item, regime, reach: true });
            replay.problems.split_off(before)
        };
        let problems = match node.because.as_slice() {
            [] => return,
            [only] if mirrored(self, only).is_empty() => return,
            _ => mirrored(self, node),
        };
        self.problems.extend(problems);
    }

    /// Whether an exception may lift an item or open a specific route for it.
    fn counts(&self, exception: &Exception, spot: Spot) -> bool {
        let (holds, lifts) = reference::exception_truth(self.book, self.seen(spot.regime), spot.item, self.day, spot.regime, exception);
        lifts != Truth::False || is_specific(exception) && holds != Truth::False
    }

    /// A node for an exception that lifts `target`.
    fn exception(&mut self, node: &Node, target: &str, regime: Option<&str>, spot: Spot) {
        if node.by != "exception" {
            return self.tell(node, format!("expected an exception to {target}, not `{}`", node.by));
        }
        let book = self.book;
        let cited = node.cite.as_ref().and_then(|id| reference::exceptions(book, self.day, target, regime).find(|e| e.id == *id));
        let Some(exception) = cited else { return self.tell(node, format!("it lifts nothing of {target}")) };
        let mut children = node.because.iter();
        match children.next() {
            Some(when) => self.mirror(when, &exception.when, spot),
            None => self.tell(node, "an exception without its condition"),
        }
        if let ExceptionKind::Derogation { authority, .. } = &exception.kind {
            let truth = reference::approved(book, self.act, spot.item, self.day, authority);
            match children.next() {
                Some(child) => self.truth(child, truth),
                None => self.tell(node, "a derogation without the approval"),
            }
        }
        let above: Vec<&Node> = children.collect();
        for child in &above {
            match (child.by.as_str(), child.because.as_slice()) {
                ("not", [inner]) => self.exception(inner, &exception.id, None, spot),
                _ => self.tell(child, "after its condition an exception only has `not` with what lifts it"),
            }
        }
        let lifters: Vec<&Exception> = reference::exceptions(book, self.day, &exception.id, None).collect();
        for lifter in lifters {
            let shown = above.iter().flat_map(|n| &n.because).any(|n| n.cite.as_ref() == Some(&lifter.id));
            let lifts = reference::exception_truth(book, self.seen(spot.regime), spot.item, self.day, spot.regime, lifter).1;
            if !shown && lifts != Truth::False {
                self.tell(node, format!("{} may lift it and has no node", lifter.id));
            }
        }
    }

    /// A node for a condition: the same tree down to the tests, and the same truth everywhere.
    fn mirror(&mut self, node: &Node, condition: &Condition, spot: Spot) {
        self.truth(node, reference::leaf(self.book, self.seen(spot.regime), spot.item, self.day, spot.regime, condition));
        match condition {
            Condition::All(list) => self.members(node, "all", list, spot),
            Condition::Any(list) => self.members(node, "any", list, spot),
            Condition::Not(inner) => self.members(node, "not", std::slice::from_ref(inner), spot),
            Condition::Defined(id) => {
                if node.cite.as_ref() != Some(id) {
                    self.tell(node, format!("expected the definition {id}"));
                }
                let of_regime = reference::asks_who_is_listed(self.book, condition).then(|| spot.regime.to_owned());
                let told = (id.clone(), spot.item, of_regime);
                if node.by == "told" {
                    if !self.told.contains(&told) || !node.because.is_empty() {
                        self.tell(node, format!("{id} was not told before of this item"));
                    }
                    return;
                }
                self.told.insert(told);
                match self.book.definitions.get(id).filter(|d| d.in_force(self.day)).map(|d| &d.when) {
                    Some(Condition::All(list)) => self.members(node, "all", list, spot),
                    Some(Condition::Any(list)) => self.members(node, "any", list, spot),
                    Some(other) => self.members(node, "all", std::slice::from_ref(other), spot),
                    None => {}
                }
            }
            test => {
                let presumed = matches!(test, Condition::Judgement { name, presume: Some(_) } if !self.act.judgements.contains_key(name));
                if presumed != (node.by == "presumed") {
                    let what = if presumed { "this is presumed, and the proof does not say so" } else { "nothing is presumed here" };
                    self.tell(node, what);
                }
            }
        }
    }

    fn members<C: std::borrow::Borrow<Condition>>(&mut self, node: &Node, by: &str, list: &[C], spot: Spot) {
        if node.by != by {
            return self.tell(node, format!("the law has `{by}` here, not `{}`", node.by));
        }
        let wanted: Vec<&Condition> = list.iter().map(C::borrow).collect();
        let wanted = self.told(by, wanted, spot);
        if node.because.len() != wanted.len() {
            return self.tell(node, format!("{} members are to be told here, not {}", wanted.len(), node.because.len()));
        }
        for (child, condition) in node.because.iter().zip(wanted) {
            self.mirror(child, condition, spot);
        }
    }

    /// The members that are told: the one that settles the matter, of `any` the first that holds, of `all` the first that fails (of a provision only when
    /// another fails too); of an `any` that stays open those that are open; else all.
    fn told<'c>(&self, by: &str, list: Vec<&'c Condition>, spot: Spot) -> Vec<&'c Condition> {
        let truth = |c: &&Condition| reference::leaf(self.book, self.seen(spot.regime), spot.item, self.day, spot.regime, c);
        let truths: Vec<Truth> = list.iter().map(truth).collect();
        let are = |wanted: Truth| list.iter().zip(&truths).filter(move |(_, truth)| **truth == wanted).map(|(c, _)| *c).collect::<Vec<_>>();
        let settling = are(if by == "any" { Truth::True } else { Truth::False });
        match (by, settling.as_slice()) {
            ("any", [first, ..]) | ("all", [first, _, ..]) => vec![*first],
            ("all", [only]) if spot.reach => vec![*only],
            ("any", []) if truths.contains(&Truth::Unknown) => are(Truth::Unknown),
            _ => list,
        }
    }

    fn truth(&mut self, node: &Node, truth: Truth) {
        if node.truth != truth {
            self.tell(node, format!("`{}` is {}, not {}", node.claim, truth.word(), node.truth.word()));
        }
    }
}

fn is_specific(exception: &Exception) -> bool {
    matches!(exception.kind, ExceptionKind::Derogation { route: Route::Specific, .. })
}

/// What a provision's node leaves possible, each child taken as independent of the others.
pub(super) fn verdicts(book: &Rulebook, node: &Node) -> VerdictSet {
    if node.is_name() {
        return VerdictSet::only(Verdict::Permitted).with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited);
    }
    let mut lifted = Truth::False;
    let mut route = Truth::False;
    for child in node.because.iter().skip(1) {
        lifted = lifted.or(child.truth);
        let specific = child.cite.as_ref().and_then(|id| book.exception(id)).is_some_and(is_specific);
        if specific {
            // All but the approval, which is the second child of a derogation.
            let rest = child.because.iter().enumerate().filter(|(i, _)| *i != 1).map(|(_, n)| n.truth);
            route = route.or(rest.min().unwrap_or(Truth::False));
        }
    }
    let mut out = VerdictSet::EMPTY;
    if node.truth != Truth::True || lifted != Truth::False {
        out = out.with(Verdict::Permitted);
    }
    if node.truth != Truth::False && lifted != Truth::True {
        if route != Truth::False {
            out = out.with(Verdict::NeedsAuthorisation);
        }
        if route != Truth::True {
            out = out.with(Verdict::Prohibited);
        }
    }
    out
}
