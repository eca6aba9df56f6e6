//! The engine: all snapshots of all regimes, and the way from an act to a decision.

use crate::atoms::{Atom, Fact, party};
use crate::bearers::bearers;
use crate::compile::{Rule, Snapshot};
use crate::planes::{Planes, RULE_WORDS, RuleSet, WORDS};
use crate::proof::{Proof, Prover, Step, describe};
use crate::split::{Budget, OpenFact, Split, overall, split};
use crate::{Assumption, Decision, DutyView, ExceptionStatus, ExceptionView, MissingFact, ProvisionState, ProvisionView};
use model::{Act, Country, Date, Finding, Truth, Verdict, VerdictSet};
use rulebook::{ExceptionKind, Regime, Route, Rulebook, cut_points};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Most applications of a provision to an item that one proof shows; those that decide come first.
const MOST_NODES: usize = 200;

/// Most missing facts of an answer.
const MOST_MISSING: usize = 200;

/// How much an answer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Depth {
    /// Verdicts, provisions and missing facts only.
    Brief,
    /// Everything, with the proof.
    #[default]
    Full,
}

/// A rulebook made ready to decide.
#[derive(Debug)]
pub struct Engine {
    book: Rulebook,
    regimes: Vec<RegimeLaw>,
}

#[derive(Debug)]
struct RegimeLaw {
    id: String,
    jurisdiction: String,
    encoded: bool,
    /// First days of the stretches; the first is the dawn of time.
    starts: Vec<Date>,
    snapshots: Vec<OnceLock<Snapshot>>,
}

/// An act whose leaf conditions are computed: verdicts follow by bit operations alone.
#[derive(Debug)]
pub struct Prepared {
    regime: usize,
    stretch: usize,
    items: Vec<Planes>,
}

/// The verdicts under one stretch of law.
struct Judged<'a> {
    snapshot: &'a Snapshot,
    day: Date,
    items: Vec<Planes>,
    split: Split,
}

impl Judged<'_> {
    /// The rules that may catch some item.
    fn rules(&self) -> impl Iterator<Item = &Rule> {
        let all = self.items.iter().fold(RuleSet::default(), |s, p| s.union(p.rules));
        all.iter().filter_map(|r| self.snapshot.rules.get(r))
    }
}

impl Engine {
    /// Takes a rulebook that was read without problems. One that is not known to fit is to be [checked](Self::check).
    #[must_use]
    pub fn new(book: Rulebook) -> Self {
        let mut regimes = Vec::new();
        for regime in book.regimes.values() {
            let mut starts = vec![Date::MIN];
            starts.extend(cut_points(&book, &regime.id));
            let snapshots = starts.iter().map(|_| OnceLock::new()).collect();
            regimes.push(RegimeLaw {
                id: regime.id.clone(),
                jurisdiction: regime.jurisdiction.clone(),
                encoded: regime.encoded,
                starts,
                snapshots,
            });
        }
        Self { book, regimes }
    }

    /// Compiles the law of every stretch of days, which is otherwise done when a stretch is first needed.
    ///
    /// # Errors
    /// When a regime has more different leaf conditions or prohibitions on some day than the bit planes hold.
    pub fn check(&self) -> Result<(), String> {
        for regime in &self.regimes {
            for (at, day) in regime.starts.iter().enumerate() {
                let snapshot = self.snapshot(regime, at);
                for (count, most, what) in
                    [(snapshot.atoms.len(), WORDS * 64, "leaf conditions"), (snapshot.rules.len(), RULE_WORDS * 64, "prohibitions")]
                {
                    if count > most {
                        return Err(format!("{} has {count} {what} on {day}, more than {most}", regime.id));
                    }
                }
            }
        }
        Ok(())
    }

    /// The rulebook.
    #[must_use]
    pub fn book(&self) -> &Rulebook {
        &self.book
    }

    /// The jurisdictions of which some law is encoded.
    #[must_use]
    pub fn jurisdictions(&self) -> Vec<String> {
        let encoded = self.regimes.iter().filter(|r| self.book.regimes.get(&r.id).is_some_and(|x| x.encoded));
        encoded.map(|r| r.jurisdiction.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn snapshot<'a>(&'a self, regime: &'a RegimeLaw, stretch: usize) -> &'a Snapshot {
        static EMPTY: OnceLock<Snapshot> = OnceLock::new();
        let day = regime.starts.get(stretch).copied().unwrap_or(Date::MIN);
        match regime.snapshots.get(stretch) {
            Some(cell) => cell.get_or_init(|| Snapshot::compile(&self.book, &regime.id, day)),
            None => EMPTY.get_or_init(|| Snapshot::compile(&Rulebook::default(), "", Date::MIN)),
        }
    }

    /// Computes the leaf conditions of an act whose day is certain; `None` when it is not, or for an unknown regime.
    #[must_use]
    pub fn prepare(&self, act: &Act, regime: &str) -> Option<Prepared> {
        let at = self.regimes.iter().position(|r| r.id == regime)?;
        let law = self.regimes.get(at)?;
        let day = act.on.filter(|s| s.first == s.last)?.first;
        let stretch = law.starts.partition_point(|s| *s <= day).checked_sub(1)?;
        let items = self.snapshot(law, stretch).planes(act, day, false);
        Some(Prepared { regime: at, stretch, items })
    }

    /// The Kleene set of a prepared act: sound, never too small.
    #[must_use]
    pub fn verdicts(&self, prepared: &Prepared) -> VerdictSet {
        self.regimes.get(prepared.regime).map_or(VerdictSet::EMPTY, |law| overall(self.snapshot(law, prepared.stretch), &prepared.items))
    }

    /// Days under whose law the act is judged: the first possible one, and each later one on which anything changes for it.
    fn days(regime: &RegimeLaw, act: &Act) -> Vec<Date> {
        let (first, last) = match act.on {
            Some(span) if span.first == span.last => return vec![span.first],
            Some(span) => (span.first, span.last),
            None => (regime.starts.get(1).and_then(|d| d.yesterday().ok()).unwrap_or(Date::MIN), Date::MAX),
        };
        let mut days: BTreeSet<Date> = regime.starts.iter().copied().filter(|d| first < *d && *d <= last).collect();
        days.insert(first);
        let after = |d: Option<Date>| d.and_then(|d| d.tomorrow().ok());
        let own = act.approvals.iter().flat_map(|a| [Some(a.on), after(a.until)]);
        let listed = act.parties.iter().flat_map(|p| p.designations.iter().flat_map(|d| [d.from, after(d.to)]));
        days.extend(own.chain(listed).flatten().filter(|d| first < *d && *d <= last));
        days.into_iter().collect()
    }

    /// Decides for one jurisdiction. The full depth builds exceptions, bearers and the tree of reasons, which cost more than the verdict.
    #[must_use]
    pub fn decide(&self, act: &Act, jurisdiction: &str, depth: Depth) -> Decision {
        let mut regimes: Vec<(VerdictSet, Vec<Judged>)> = Vec::new();
        let mut closed: Vec<&Regime> = Vec::new();
        for law in self.regimes.iter().filter(|r| r.jurisdiction == jurisdiction) {
            if law.encoded {
                let judged = self.judge(law, act, depth);
                let possible = judged.iter().fold(VerdictSet::EMPTY, |s, j| s.union(j.split.possible));
                regimes.push((possible, judged));
            } else if self.concerns(law, act) || listed_under(act, &law.id) {
                closed.extend(self.book.regimes.get(&law.id).filter(|regime| self.touched(law, regime, act)));
            }
        }
        let Some((possible, main)) = main_of(&regimes) else { return nothing_encoded(jurisdiction) };
        let mut missing: Vec<MissingFact> = Vec::new();
        for (set, judged) in regimes.iter().filter(|(s, _)| s.single().is_none() && possible.single().is_none()) {
            if judged.iter().any(|j| j.split.possible != *set) {
                missing.push(date_question(judged));
            }
            for j in judged {
                for (fact, outcomes) in &j.split.facts {
                    let one = self.missing(j, act, fact, outcomes, depth);
                    if missing.len() <= MOST_MISSING && !missing.iter().any(|m| m.fact == one.fact && m.question == one.question) {
                        missing.push(one);
                    }
                }
            }
        }
        let beyond: usize =
            regimes.iter().flat_map(|(_, j)| j).map(|j| j.split.left_out).sum::<usize>() + missing.len().saturating_sub(MOST_MISSING);
        missing.truncate(MOST_MISSING);
        let possible = closed.iter().fold(possible, |s, _| s.worse_of(unread()));
        if possible.single().is_none() {
            missing.splice(0..0, closed.iter().map(|r| not_encoded(r)));
        }
        Decision { left_out: beyond, ..self.explain(act, jurisdiction, main, possible, missing, depth) }
    }

    /// The verdicts under each stretch of law that the act may fall under.
    fn judge<'a>(&'a self, law: &'a RegimeLaw, act: &Act, depth: Depth) -> Vec<Judged<'a>> {
        let mut budget = Budget::ACT;
        let mut listed = 0usize;
        Self::days(law, act)
            .into_iter()
            .map(|day| {
                let stretch = law.starts.partition_point(|s| *s <= day).saturating_sub(1);
                let snapshot = self.snapshot(law, stretch);
                let items = snapshot.planes(act, day, depth == Depth::Full);
                // Once enough is asked for, further stretches of law need only say what is possible.
                let outcomes = depth == Depth::Full && listed < MOST_MISSING;
                let split = split(snapshot, act, &items, outcomes, &mut budget);
                listed += split.facts.len();
                Judged { snapshot, day, items, split }
            })
            .collect()
    }

    /// Whether an act surely concerns a regime whose law is not encoded, while it existed; a party that may be listed under it is
    /// enough, for of law that nobody wrote down here it could never be shown that it does not matter.
    fn touched(&self, law: &RegimeLaw, regime: &Regime, act: &Act) -> bool {
        let alive = act.on.is_none_or(|span| {
            regime.periods.is_empty() || regime.periods.iter().any(|p| p.from <= span.last && p.to.is_none_or(|to| span.first <= to))
        });
        alive && (self.snapshot(law, 0).reached(act, act.on.map_or(Date::MAX, |s| s.last)) || listed_under(act, &law.id))
    }

    /// Whether the act names a country of the regime at all: most acts name none, and the rest need not be looked at.
    fn concerns(&self, law: &RegimeLaw, act: &Act) -> bool {
        self.snapshot(law, 0).countries.as_ref().is_none_or(|cs| cs.iter().any(|c| named(act, *c)))
    }

    fn explain(
        &self,
        act: &Act,
        jurisdiction: &str,
        main: &Judged,
        possible: VerdictSet,
        missing: Vec<MissingFact>,
        depth: Depth,
    ) -> Decision {
        let provisions = self.provisions(main, possible);
        if depth == Depth::Brief {
            return Decision { possible, day: main.day, provisions, missing, exact: main.split.exact, ..nothing(jurisdiction) };
        }
        let exceptions = self.exceptions(main, &provisions, act);
        let mut bound = Vec::new();
        for p in provisions.iter().filter(|p| p.state != ProvisionState::Open) {
            let binds = self.book.prohibition(&p.id).and_then(|x| self.book.reaches.get(&x.reach)).map_or(&[][..], |r| &r.binds);
            bound.extend(bearers(act, binds, &p.id));
        }
        let verified =
            provisions.iter().filter(|p| p.state != ProvisionState::Open).all(|p| self.book.prohibition(&p.id).is_some_and(|x| x.verified))
                && exceptions
                    .iter()
                    .filter(|e| e.status == ExceptionStatus::Met)
                    .all(|e| self.book.exception(&e.id).is_some_and(|x| x.verified));
        let mut assumptions = self.presumptions(main, act);
        if possible == VerdictSet::only(Verdict::Permitted) && !verified {
            assumptions.push(Assumption {
                what: "the encoding of what lifts the ban".into(),
                because: "a provision that this answer leans on is recalled, not read in its source".into(),
                fact: String::new(),
            });
        }
        let duties = main
            .snapshot
            .duties
            .iter()
            .filter_map(|(at, when, _)| {
                let arises = main.items.iter().map(|p| when.truth(p)).max().unwrap_or(Truth::False);
                let id = self.book.prohibitions.get(*at)?.id.clone();
                (arises == Truth::True).then_some(DutyView { id, arises })
            })
            .collect();
        let proof = Some(self.proof(act, main, &provisions, possible));
        Decision {
            jurisdiction: jurisdiction.to_owned(),
            possible,
            day: main.day,
            provisions,
            exceptions,
            duties,
            bearers: bound,
            missing,
            assumptions,
            verified,
            exact: main.split.exact,
            left_out: 0,
            proof,
        }
    }

    fn provisions(&self, main: &Judged, possible: VerdictSet) -> Vec<ProvisionView> {
        let mut views: Vec<ProvisionView> = Vec::new();
        let decided = possible.single();
        for rule in main.rules() {
            let Some(id) = self.book.prohibitions.get(rule.at).map(|p| p.id.clone()) else { continue };
            let mut states: Vec<(ProvisionState, usize)> = Vec::new();
            for (index, planes) in main.items.iter().enumerate() {
                let caught = rule.trigger.truth(planes);
                if caught == Truth::False || main.snapshot.reach.truth(planes) == Truth::False {
                    continue;
                }
                let set = main.snapshot.rule(rule, planes);
                let state = match set.single() {
                    Some(Verdict::Prohibited) => ProvisionState::Decides,
                    Some(Verdict::NeedsAuthorisation) => ProvisionState::NeedsApproval,
                    Some(_) if caught == Truth::True => ProvisionState::Lifted,
                    // Possibly caught, certainly lifted: worth saying only when nothing else explains the answer.
                    Some(_) => ProvisionState::Lifted,
                    None => ProvisionState::Open,
                };
                if decided == Some(Verdict::Permitted) && state == ProvisionState::Open {
                    continue;
                }
                states.push((state, index));
            }
            if let Some(best) = states.iter().map(|(s, _)| *s).min() {
                let items = states.iter().filter(|(s, _)| *s == best).map(|(_, i)| *i).collect();
                views.push(ProvisionView { id, state: best, items });
            }
        }
        let caught: BTreeSet<&str> = main
            .rules()
            .filter(|r| main.items.iter().any(|p| r.trigger.truth(p) == Truth::True))
            .filter_map(|r| self.book.prohibitions.get(r.at).map(|p| p.id.as_str()))
            .collect();
        if views.iter().any(|v| caught.contains(v.id.as_str())) {
            views.retain(|v| v.state != ProvisionState::Lifted || caught.contains(v.id.as_str()));
        }
        views.sort_by(|a, b| (a.state, &b.id).cmp(&(b.state, &a.id)));
        views
    }

    fn exceptions(&self, main: &Judged, provisions: &[ProvisionView], act: &Act) -> Vec<ExceptionView> {
        let mut views: Vec<ExceptionView> = Vec::new();
        for rule in main.rules() {
            let Some(provision) = self.book.prohibitions.get(rule.at) else { continue };
            let Some(view) = provisions.iter().find(|p| p.id == provision.id) else { continue };
            for e in &rule.exceptions {
                let Some(lifter) = main.snapshot.exceptions.get(usize::from(*e)) else { continue };
                let Some(exception) = self.book.exceptions.get(lifter.at) else { continue };
                let over = |f: &dyn Fn(&Planes) -> Truth| {
                    view.items.iter().filter_map(|i| main.items.get(*i)).map(f).min().unwrap_or(Truth::False)
                };
                let (lifts, holds) = (over(&|p| main.snapshot.lifts(*e, p)), over(&|p| main.snapshot.holds(*e, p)));
                let status = match (lifts, holds, lifter.approval.is_some()) {
                    (Truth::True, ..) => ExceptionStatus::Met,
                    (Truth::Unknown, ..) => ExceptionStatus::Open,
                    (_, Truth::True, true) => ExceptionStatus::NotApproved,
                    (_, Truth::Unknown, true) => ExceptionStatus::Open,
                    _ => ExceptionStatus::NotMet,
                };
                match views.iter_mut().find(|v| v.id == exception.id) {
                    Some(seen) => {
                        seen.defeats.push(provision.id.clone());
                        seen.status = seen.status.min(status);
                    }
                    None => views.push(ExceptionView {
                        id: exception.id.clone(),
                        status,
                        because: because(exception, status, act),
                        defeats: vec![provision.id.clone()],
                    }),
                }
            }
        }
        views.sort_by_key(|v| v.status);
        views
    }

    /// Presumptions that the answer would change without.
    fn presumptions(&self, main: &Judged, act: &Act) -> Vec<Assumption> {
        let now = overall(main.snapshot, &main.items);
        let mut out: Vec<Assumption> = Vec::new();
        let used = |id: usize| main.items.iter().any(|p| p.done[id / 64] & (1 << (id % 64)) != 0);
        for (_, atom) in main.snapshot.atoms.iter().enumerate().filter(|(id, _)| used(*id)) {
            let Atom::Judgement { name, presume: Some((taken, why)) } = atom else { continue };
            let fact = format!("judgements.{name}");
            if act.judgements.contains_key(name) || out.iter().any(|a| a.fact == fact) {
                continue;
            }
            let mut other = act.clone();
            other.judgements.insert(name.clone(), Finding { yes: !taken, by: String::new() });
            if overall(main.snapshot, &main.snapshot.planes(&other, main.day, false)) != now {
                let question = self.book.judgements.get(name).map_or(name.as_str(), |j| j.question.as_str());
                out.push(Assumption {
                    what: format!("{question} Taken as {}", if *taken { "yes" } else { "no" }),
                    because: why.clone(),
                    fact,
                });
            }
        }
        out
    }

    fn missing(&self, judged: &Judged, act: &Act, open: &OpenFact, outcomes: &[(String, VerdictSet)], depth: Depth) -> MissingFact {
        let question = if depth == Depth::Full { self.question(judged, act, open) } else { String::new() };
        MissingFact { fact: path(judged, act, open), question, outcomes: outcomes.to_vec() }
    }

    /// The question that settles an open fact, in plain words.
    fn question(&self, judged: &Judged, act: &Act, open: &OpenFact) -> String {
        let described = act.items.get(open.item.unwrap_or(0)).map(|i| i.description.as_str()).filter(|d| !d.is_empty());
        let what = described.map_or_else(|| "the item".to_owned(), |d| format!("“{d}”"));
        match &open.fact {
            Fact::Kind => "What is done with it: is it supplied, used, carried along, insured, paid for?".to_owned(),
            Fact::Place("to", c) => format!("Does {what} end up in {c}?"),
            Fact::Place("from", c) => format!("Does {what} come from {c}?"),
            Fact::Place(_, c) => format!("Does {what} pass through {c}?"),
            Fact::Hs => format!("Under which HS code does {what} fall?"),
            Fact::Mark(key) => {
                let list = self.book.lists.get(key).or_else(|| key.rsplit_once('/').and_then(|(l, _)| self.book.lists.get(l)));
                let question = list.map_or_else(|| format!("Is {what} on the list {key}?"), |l| l.question.clone());
                format!("{question} ({what})")
            }
            Fact::Value(currency) => format!("What is one {what} worth in {currency}?"),
            Fact::Wear => format!("Is {what} new or used?"),
            Fact::Party(atom) => match judged.snapshot.atoms.get(*atom) {
                Some(Atom::Party { test, .. }) => {
                    let who = undecided(judged, act, *atom).and_then(|i| act.parties.get(i));
                    let listings = who.map_or_else(Vec::new, |p| may_be(p, &judged.snapshot.regime, judged.day));
                    if test.designated && !listings.is_empty() {
                        let name = who.map_or("", |p| p.name.as_str());
                        return format!("Is “{name}” the listed {}?", listings.join(", or "));
                    }
                    format!("Is it true that “{}” {}?", who.map_or("any party", |p| p.name.as_str()), describe(test))
                }
                _ => "Who takes part?".to_owned(),
            },
            Fact::Judgement(name) | Fact::Within(name) => {
                self.book.judgements.get(name).map_or_else(|| format!("Does the total stay within {name}?"), |j| j.question.clone())
            }
            Fact::Contract => "When was the written contract concluded?".to_owned(),
            Fact::Approval(authority) => format!("Does the approval of {authority} on record cover {what}?"),
        }
    }

    fn proof(&self, act: &Act, main: &Judged, provisions: &[ProvisionView], possible: VerdictSet) -> Proof {
        let prover = Prover { book: &self.book, act, day: main.day, regime: &main.snapshot.regime };
        let mut because = Vec::new();
        if let Some(regime) = self.book.regimes.get(&main.snapshot.regime) {
            let mut reach = prover.condition(&regime.when, 0);
            reach.claim = format!("the act concerns the regime on the {}", regime.title);
            reach.cite = Some(regime.id.clone());
            because.push(reach);
        }
        because.extend(self.provision_proofs(&prover, main, provisions));
        if provisions.is_empty() {
            because.extend(self.not_caught(&prover, main));
        }
        let truth = if possible.single().is_some() { Truth::True } else { Truth::Unknown };
        Proof { claim: possible.word().to_owned(), truth, by: Step::Worst, cite: None, because, item: None }
    }

    /// Each provision that may bear on an item, applied to that item, with the exceptions that were looked at.
    fn provision_proofs(&self, prover: &Prover, main: &Judged, provisions: &[ProvisionView]) -> Vec<Proof> {
        let place = |rule: &Rule| {
            let id = self.book.prohibitions.get(rule.at).map(|p| &p.id);
            provisions.iter().position(|v| Some(&v.id) == id).unwrap_or(usize::MAX)
        };
        let mut rules: Vec<(usize, &Rule)> = main.rules().map(|r| (place(r), r)).collect();
        rules.sort_by_key(|(place, _)| *place);
        let mut out = Vec::new();
        for (place, rule) in rules {
            let Some(p) = self.book.prohibitions.get(rule.at) else { continue };
            let Some(when) = &p.when else { continue };
            for (item, planes) in main.items.iter().enumerate() {
                if out.len() >= MOST_NODES {
                    return out;
                }
                let silent = rule.trigger.truth(planes) == Truth::False || main.snapshot.reach.truth(planes) == Truth::False;
                let viewed = place < provisions.len();
                if silent || !viewed && main.snapshot.rule(rule, planes) == VerdictSet::only(Verdict::Permitted) {
                    continue;
                }
                let trigger = prover.condition(when, item);
                let truth = trigger.truth;
                let mut because = vec![trigger];
                because.extend(rule.exceptions.iter().map(|e| self.exception_proof(prover, main, *e, item)));
                out.push(Proof { claim: p.says.clone(), truth, by: Step::Provision, cite: Some(p.id.clone()), because, item: Some(item) });
            }
        }
        out
    }

    fn exception_proof(&self, prover: &Prover, main: &Judged, exception: u16, item: usize) -> Proof {
        let Some(lifter) = main.snapshot.exceptions.get(usize::from(exception)) else {
            return Proof { claim: String::new(), truth: Truth::False, by: Step::Exception, cite: None, because: Vec::new(), item: None };
        };
        let Some(x) = self.book.exceptions.get(lifter.at) else {
            return Proof { claim: String::new(), truth: Truth::False, by: Step::Exception, cite: None, because: Vec::new(), item: None };
        };
        let mut because = vec![prover.condition(&x.when, item)];
        if let ExceptionKind::Derogation { authority, .. } = &x.kind {
            let truth = Atom::Approval(authority.clone()).truth(prover.act, item, main.day);
            because.push(Proof {
                claim: format!("an approval of {authority} is on record, in force and covers it"),
                truth,
                by: Step::Fact,
                cite: None,
                because: Vec::new(),
                item: None,
            });
        }
        for d in &lifter.defeated_by {
            let inner = self.exception_proof(prover, main, *d, item);
            because.push(Proof {
                claim: format!("not: {}", inner.claim),
                truth: inner.truth.negate(),
                by: Step::Not,
                cite: None,
                because: vec![inner],
                item: None,
            });
        }
        let truth = because.iter().map(|p| p.truth).min().unwrap_or(Truth::True);
        Proof { claim: x.says.clone(), truth, by: Step::Exception, cite: Some(x.id.clone()), because, item: None }
    }

    /// Why nothing caught the act: each provision that speaks of acts of this kind and direction, with the one thing that fails.
    fn not_caught(&self, prover: &Prover, main: &Judged) -> Vec<Proof> {
        let mut out = Vec::new();
        let near = main.items.first().map(|p| p.near).unwrap_or_default();
        for rule in near.iter().filter_map(|r| main.snapshot.rules.get(r)) {
            let Some(p) = self.book.prohibitions.get(rule.at) else { continue };
            let Some(when) = &p.when else { continue };
            let trigger = prover.condition(when, 0);
            if trigger.because.iter().filter(|c| c.truth == Truth::False).count() == 1 {
                let truth = trigger.truth;
                out.push(Proof {
                    claim: p.says.clone(),
                    truth,
                    by: Step::Provision,
                    cite: Some(p.id.clone()),
                    because: vec![trigger],
                    item: Some(0),
                });
            }
        }
        out
    }
}

/// The first party of which a party condition is not decided.
fn undecided(judged: &Judged, act: &Act, atom: usize) -> Option<usize> {
    match judged.snapshot.atoms.get(atom) {
        Some(Atom::Party { test, regime }) => act.parties.iter().position(|p| party(test, p, regime, judged.day) == Truth::Unknown),
        _ => None,
    }
}

/// Where an open fact stands in the act.
fn path(judged: &Judged, act: &Act, open: &OpenFact) -> String {
    let item = open.item.unwrap_or(0);
    match &open.fact {
        Fact::Kind => "kind".into(),
        Fact::Place("to", _) => "places.destination".into(),
        Fact::Place("from", _) => format!("items[{item}].origin"),
        Fact::Place(..) => "places.transit".into(),
        Fact::Hs => format!("items[{item}].hs"),
        Fact::Mark(key) => format!("items[{item}].is.{key}"),
        Fact::Value(_) => format!("items[{item}].value"),
        Fact::Wear => format!("items[{item}].condition"),
        Fact::Party(atom) => {
            let field = match judged.snapshot.atoms.get(*atom) {
                Some(Atom::Party { test, .. }) if test.designated => "designated",
                Some(Atom::Party { test, .. }) if !test.types.is_empty() => "type",
                _ => "nationality",
            };
            undecided(judged, act, *atom).map_or_else(|| "parties".to_owned(), |i| format!("parties[{i}].{field}"))
        }
        Fact::Judgement(name) | Fact::Within(name) => format!("judgements.{name}"),
        Fact::Contract => "contract_date".into(),
        Fact::Approval(_) => "approvals".into(),
    }
}

fn because(exception: &rulebook::Exception, status: ExceptionStatus, act: &Act) -> String {
    match (&exception.kind, status) {
        (ExceptionKind::Derogation { .. }, ExceptionStatus::Met) => {
            let reference = act.approvals.iter().map(|a| a.reference.as_str()).find(|r| !r.is_empty()).unwrap_or("on record");
            format!("approval on record ({reference})")
        }
        (ExceptionKind::Exemption, ExceptionStatus::Met) => "its conditions hold".into(),
        (_, ExceptionStatus::Open) => "it is not known whether its conditions hold".into(),
        (ExceptionKind::Derogation { authority, .. }, _) if act.approvals.iter().any(|a| a.authority == *authority) => {
            "the approval on record does not cover this, or not on that day".into()
        }
        (ExceptionKind::Derogation { route: Route::Discretionary, .. }, _) => "no approval on record".into(),
        (_, ExceptionStatus::NotApproved) => "it fits, but no approval is on record".into(),
        (ExceptionKind::Derogation { .. }, _) => "its conditions do not hold".into(),
        (ExceptionKind::Exemption, _) => "its conditions do not hold".into(),
    }
}

/// Whether a party is, or may be, listed under the regime at the time of the act.
fn listed_under(act: &Act, regime: &str) -> bool {
    let then = |d: &model::Designation| {
        act.on.is_none_or(|span| d.from.is_none_or(|from| from <= span.last) && d.to.is_none_or(|to| span.first <= to))
    };
    act.parties.iter().any(|p| p.designated != Some(false) && p.designations.iter().any(|d| d.regime == regime && then(d)))
}

/// Whom a party may be of those listed under the regime on the day, by what a clerk can tell them apart.
fn may_be(party: &model::Party, regime: &str, day: Date) -> Vec<String> {
    let open = party
        .designations
        .iter()
        .filter(|d| d.regime == regime && !d.sure && !d.who.is_empty() && d.from.is_none_or(|f| f <= day) && d.to.is_none_or(|t| day <= t));
    open.map(|d| format!("{} ({})", d.who, d.listing)).collect()
}

/// Whether the act names the country anywhere.
fn named(act: &Act, c: Country) -> bool {
    [act.origin, act.destination].contains(&Some(c))
        || act.transit.contains(&c)
        || act.items.iter().any(|i| i.origin == Some(c))
        || act.parties.iter().any(|p| p.nationality.contains(&c) || [p.located_in, p.government_of, p.flag].contains(&Some(c)))
}

/// The worst over all regimes, and the stretch of law that is explained: the last day on which the worst is possible; among
/// those, one on which it is certain.
fn main_of<'a, 'b>(regimes: &'b [(VerdictSet, Vec<Judged<'a>>)]) -> Option<(VerdictSet, &'b Judged<'a>)> {
    let possible = regimes.iter().map(|(s, _)| *s).reduce(VerdictSet::worse_of)?;
    let main = regimes.iter().flat_map(|(_, j)| j).max_by_key(|j| (j.split.possible.worst(), j.split.possible.len() == 1))?;
    Some((possible, main))
}

/// What law that nobody encoded may say.
fn unread() -> VerdictSet {
    VerdictSet::only(Verdict::Permitted).with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited)
}

fn not_encoded(regime: &Regime) -> MissingFact {
    MissingFact {
        fact: format!("law.{}", regime.id),
        question: format!("The measures on {} are not encoded here: what do they say about this act?", regime.title),
        outcomes: Vec::new(),
    }
}

fn date_question(judged: &[Judged]) -> MissingFact {
    let mut outcomes: Vec<(String, VerdictSet)> = Vec::new();
    for (i, j) in judged.iter().enumerate() {
        if outcomes.last().is_some_and(|(_, s)| *s == j.split.possible) {
            continue;
        }
        let label = if i == 0 { "before".to_owned() } else { format!("from {}", j.day) };
        outcomes.push((label, j.split.possible));
    }
    if let (Some(second), Some(first)) = (outcomes.get(1).map(|(l, _)| l.trim_start_matches("from ").to_owned()), outcomes.first_mut()) {
        first.0 = format!("before {second}");
    }
    MissingFact { fact: "on".into(), question: "On which day is or was it done?".into(), outcomes }
}

/// Of a jurisdiction nothing of which is encoded anything may be true, and the answer says so.
fn nothing_encoded(jurisdiction: &str) -> Decision {
    let missing = MissingFact {
        fact: format!("law.{jurisdiction}"),
        question: "The law of this authority is not encoded here: what does it say?".into(),
        outcomes: Vec::new(),
    };
    let possible = unread().with(Verdict::OutOfScope);
    let proof =
        Proof { claim: possible.word().to_owned(), truth: Truth::Unknown, by: Step::Worst, cite: None, because: Vec::new(), item: None };
    Decision { possible, missing: vec![missing], exact: false, proof: Some(proof), ..nothing(jurisdiction) }
}

fn nothing(jurisdiction: &str) -> Decision {
    Decision {
        jurisdiction: jurisdiction.to_owned(),
        possible: VerdictSet::EMPTY,
        day: Date::MIN,
        provisions: Vec::new(),
        exceptions: Vec::new(),
        duties: Vec::new(),
        bearers: Vec::new(),
        missing: Vec::new(),
        assumptions: Vec::new(),
        verified: false,
        exact: true,
        left_out: 0,
        proof: None,
    }
}
