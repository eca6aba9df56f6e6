//! An answer with its reasons: what each provision and exception does, who is bound, what was taken for granted, the proof.

use crate::atoms::Atom;
use crate::bearers::bearers;
use crate::compile::{Rule, Snapshot};
use crate::engine::{Asked, Engine, Found, Judged, RegimeLaw, seen_leaf};
use crate::planes::{Formula, Mask, Planes};
use crate::proof::{self, Proof, Prover, Step, Told};
use crate::split::overall;
use crate::{
    Assumption, ContestView, Decision, Depth, DutyView, ExceptionStatus, ExceptionView, MissingFact, ProvisionState, ProvisionView,
    ShownView,
};
use model::{Act, Date, Truth, Verdict, VerdictSet};
use rulebook::{Condition, Effect, ExceptionKind, Prohibition, Regime, Route};
use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most applications of a provision to an item that one proof shows; those that decide come first.
const MOST_NODES: usize = 200;

impl Engine {
    /// The answer with its reasons: the law of one day, every regime that may reach the act.
    pub(crate) fn explain<'a>(&'a self, act: &Act, asked: &Asked<'_, 'a>, mut found: Found<'_, 'a>, depth: Depth) -> Decision<'a> {
        let missing = std::mem::take(&mut found.missing);
        let contested = self.contested(&missing);
        let Found { possible, mains, day, .. } = &found;
        let (possible, day) = (*possible, *day);
        let mut provisions: Vec<ProvisionView> = mains.iter().flat_map(|main| self.provisions(main, possible)).collect();
        provisions.sort_by(|a, b| (a.state, b.id).cmp(&(b.state, a.id)));
        let exact = found.exact && mains.iter().all(|main| main.split.exact);
        let nothing = Decision { possible, day, missing, exact, left_out: found.left_out, ..nothing(asked.jurisdiction) };
        if depth == Depth::Brief {
            return Decision { provisions, ..nothing };
        }
        let exceptions = once_each(mains.iter().flat_map(|main| self.exceptions(main, &provisions)));
        let mut bound = Vec::new();
        for p in provisions.iter().filter(|p| p.state != ProvisionState::Open) {
            if let Some(reach) = self.prohibition(p.id).and_then(|x| self.book.reaches.get(&x.reach)) {
                bound.extend(bearers(act, reach, day, p.id));
            }
        }
        let verified =
            provisions.iter().filter(|p| p.state != ProvisionState::Open).all(|p| self.prohibition(p.id).is_some_and(|x| x.verified))
                && exceptions.iter().filter(|e| e.status == ExceptionStatus::Met).all(|e| self.exception(e.id).is_some_and(|x| x.verified));
        let mut assumptions: Vec<Assumption> = Vec::new();
        for one in mains.iter().flat_map(|main| self.presumptions(main)) {
            if !assumptions.contains(&one) {
                assumptions.push(one);
            }
        }
        if possible == VerdictSet::only(Verdict::Permitted) && !verified {
            assumptions.push(Assumption {
                what: "the encoding of what lifts the ban".into(),
                because: "a provision that this answer leans on is recalled, not read in its source".into(),
                fact: String::new(),
            });
        }
        let duties = mains.iter().flat_map(|main| self.duties(main)).collect();
        let (exposure, conflicts) = self.shown(asked, day);
        let proof = Some(self.proof(asked, &found, &provisions));
        Decision { provisions, exceptions, duties, bearers: bound, assumptions, exposure, conflicts, contested, verified, proof, ..nothing }
    }

    /// The duties that the act surely sets off.
    fn duties<'a>(&'a self, main: &Judged) -> Vec<DutyView<'a>> {
        let one = |(at, when, _): &(usize, Formula, Mask)| {
            let rule = self.book.prohibitions.get(*at).filter(|p| matches!(p.effect, Effect::Obliges(_)))?;
            let arises = main.items.iter().map(|p| when.truth(p)).max().unwrap_or(Truth::False);
            (arises == Truth::True).then(|| DutyView { id: &rule.id, arises })
        };
        main.snapshot.duties.iter().filter_map(one).collect()
    }

    /// What somebody risks, and what forbids to obey another authority: shown whether or not the regime reaches the act.
    fn shown<'a>(&'a self, asked: &Asked, day: Date) -> (Vec<ShownView<'a>>, Vec<ShownView<'a>>) {
        let (mut exposure, mut conflicts) = (Vec::new(), Vec::new());
        for (law, view) in asked.laws.iter().filter(|(law, _)| law.shows) {
            let (snapshot, _) = self.law_on(law, day);
            let look = seen_leaf(snapshot, *view, day);
            let mut items = vec![Planes::UNKNOWN; view.items().len()];
            for (at, when, leaves) in &snapshot.duties {
                let Some(rule) = self.book.prohibitions.get(*at).filter(|p| !matches!(p.effect, Effect::Obliges(_))) else { continue };
                if snapshot.shown(when, leaves, &look, &mut items) == Truth::True {
                    let out = if rule.effect == Effect::Exposes { &mut exposure } else { &mut conflicts };
                    out.push(ShownView { id: &rule.id });
                }
            }
        }
        (exposure, conflicts)
    }

    /// The disputes about what is in force that still bear on the verdict, with what each reading leaves.
    fn contested<'a>(&'a self, missing: &[MissingFact]) -> Vec<ContestView<'a>> {
        let one = |m: &MissingFact| {
            let contest = self.book.contests.get(m.fact.strip_prefix("judgements.")?)?;
            let left = |yes: bool| {
                let label = if yes { "yes" } else { "no" };
                m.outcomes.iter().find(|(l, _)| l == label).map(|(_, set)| *set).unwrap_or_default()
            };
            Some(ContestView { id: &contest.id, if_yes: left(true), if_no: left(false) })
        };
        missing.iter().filter_map(one).collect()
    }

    fn provisions<'a>(&'a self, main: &Judged, possible: VerdictSet) -> Vec<ProvisionView<'a>> {
        let mut views: Vec<ProvisionView<'a>> = Vec::new();
        let decided = possible.single();
        for rule in main.rules() {
            let Some(id) = self.book.prohibitions.get(rule.at).map(|p| p.id.as_str()) else { continue };
            let mut states: Vec<(ProvisionState, usize)> = Vec::new();
            for (index, planes) in main.items.iter().enumerate() {
                let caught = rule.trigger.truth(planes);
                if caught == Truth::False || planes.reached == Truth::False {
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
        if views.iter().any(|v| caught.contains(v.id)) {
            views.retain(|v| v.state != ProvisionState::Lifted || caught.contains(v.id));
        }
        views.sort_by(|a, b| (a.state, b.id).cmp(&(b.state, a.id)));
        views
    }

    fn exceptions<'a>(&'a self, main: &Judged, provisions: &[ProvisionView]) -> Vec<ExceptionView<'a>> {
        let mut views: Vec<ExceptionView<'a>> = Vec::new();
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
                        seen.defeats.push(provision.id.as_str());
                        seen.status = seen.status.min(status);
                    }
                    None => views.push(ExceptionView {
                        id: &exception.id,
                        status,
                        because: because(exception, status, main.act),
                        defeats: vec![provision.id.as_str()],
                    }),
                }
            }
        }
        views.sort_by_key(|v| v.status);
        views
    }

    /// Presumptions that the answer would change without.
    fn presumptions<'a>(&'a self, main: &Judged<'_, 'a>) -> Vec<Assumption<'a>> {
        let act = main.act;
        let now = overall(main.snapshot, &main.items);
        let mut out: Vec<Assumption> = Vec::new();
        let used = |id: usize| main.items.iter().any(|p| p.has(id));
        for (id, atom) in main.snapshot.atoms.iter().enumerate() {
            let Atom::Judgement { name, presume: Some((taken, why)) } = atom else { continue };
            if !used(id) || act.judgements.contains_key(name) || main.with_finding(name, !taken, now) == now {
                continue;
            }
            let fact = format!("judgements.{name}");
            if !out.iter().any(|a| a.fact == fact) {
                let question = self.book.judgements.get(name).map_or(name.as_str(), |j| j.question.as_str());
                out.push(Assumption {
                    what: format!("{question} Taken as {}", if *taken { "yes" } else { "no" }).into(),
                    because: why.as_str().into(),
                    fact,
                });
            }
        }
        out
    }

    /// The regimes of which it is told why they may concern the act: those of the provisions that bear on it. Where there are none, those that surely concern
    /// it; where there are none of these either, some. Of the others it is only said whether they do, for they make nothing worse.
    fn told_in_full<'f, 'a, 'b>(&self, mains: &'f [Judged<'a, 'b>], provisions: &[ProvisionView]) -> Vec<&'f Judged<'a, 'b>> {
        const MOST: usize = 3;
        let mut speak: Vec<&str> = provisions.iter().filter_map(|view| Some(self.prohibition(view.id)?.regime.as_str())).collect();
        speak.dedup();
        let speaks = |main: &&Judged| speak.contains(&main.snapshot.regime.as_str());
        let told: Vec<&Judged> = mains.iter().filter(speaks).collect();
        if !told.is_empty() {
            return told;
        }
        let surely: Vec<&Judged> = mains.iter().filter(|main| reached_by(main) == Truth::True).collect();
        if surely.is_empty() { mains.iter().take(MOST).collect() } else { surely }
    }

    fn proof<'a>(&'a self, asked: &Asked<'_, 'a>, found: &Found<'_, 'a>, provisions: &[ProvisionView]) -> Proof<'a> {
        let possible = found.possible;
        let mut because = Vec::new();
        let told = Told::default();
        let prover = |law, act| Prover { book: &self.book, act, day: found.day, law, told: &told, reach: false, known: RefCell::default() };
        let reaching = |law, act| Prover { reach: true, ..prover(law, act) };
        let mut told_in_full = self.told_in_full(&found.mains, provisions);
        if found.hooked {
            // They hang on the same, which is asked first; the rest is told when that is known.
            told_in_full.truncate(1);
        }
        let mut reached: Vec<(&Snapshot, &Act)> = told_in_full.iter().map(|main| (main.snapshot, main.act)).collect();
        if reached.is_empty() {
            reached.extend(nearest(asked, found.day).into_iter().map(|(law, act)| (self.law_on(law, found.day).0, act)));
        }
        for (law, act) in reached {
            let Some(regime) = self.book.regimes.get(&law.regime) else { continue };
            let claim = concerns(regime);
            because.push(match regime.exists_on(found.day) {
                true => Proof { claim: claim.into(), cite: Some(&regime.id), ..reached_best(&reaching(law, act), &regime.when) },
                false => Proof { claim: format!("{claim} on that day").into(), cite: Some(&regime.id), ..Proof::failed() },
            });
        }
        let told = |main: &&Judged| told_in_full.iter().any(|one| std::ptr::eq(*one, *main));
        for main in found.mains.iter().filter(|main| !told(main)) {
            let Some(regime) = self.book.regimes.get(&main.snapshot.regime) else { continue };
            because.push(Proof { cite: Some(&regime.id), ..proof::fact(concerns(regime), reached_by(main)) });
        }
        // The regimes whose provisions decide come first, for there is a bound.
        let mut bearing: Vec<(&Judged, Bearing)> = found.mains.iter().map(|main| (main, self.bearing(main, provisions))).collect();
        bearing.sort_by_key(|(_, rules)| rules.first().map_or(usize::MAX, |(place, ..)| *place));
        let mut applied = Vec::new();
        for (main, rules) in bearing {
            match found.hooked {
                true => applied.extend(provisions_by_name(rules)),
                false => self.provision_proofs(&prover(main.snapshot, main.act), main, rules, &mut applied),
            }
        }
        because.append(&mut applied);
        if provisions.is_empty() && !found.hooked {
            for main in told_in_full {
                because.extend(self.not_caught(&prover(main.snapshot, main.act), main));
            }
        }
        let truth = if possible.single().is_some() { Truth::True } else { Truth::Unknown };
        Proof { claim: possible.word().into(), truth, by: Step::Worst, cite: None, because, item: None }
    }

    /// The rules that may bear on the act, those that decide first.
    fn bearing<'a, 'b>(&'a self, main: &Judged<'_, 'b>, provisions: &[ProvisionView]) -> Bearing<'a, 'b> {
        let rule = |rule: &'b Rule| {
            let p = self.book.prohibitions.get(rule.at)?;
            let place = provisions.iter().position(|view| view.id == p.id).unwrap_or(usize::MAX);
            main.items.iter().any(|planes| bears(main, place, rule, planes)).then_some((place, rule, p))
        };
        let mut rules: Bearing = main.rules().filter_map(rule).collect();
        rules.sort_by_key(|(place, ..)| *place);
        rules
    }

    /// Each provision that may bear on an item, applied to that item, with the exceptions that were looked at.
    fn provision_proofs<'a>(&'a self, prover: &Prover<'_, 'a>, main: &Judged, rules: Bearing<'a, '_>, out: &mut Vec<Proof<'a>>) {
        for (place, rule, p) in rules {
            let Some(when) = p.trigger(prover.day) else { continue };
            let mut told = false;
            for (item, planes) in main.items.iter().enumerate().filter(|(_, planes)| bears(main, place, rule, planes)) {
                if out.len() >= MOST_NODES {
                    return;
                }
                let trigger = prover.condition(&when, item);
                let truth = trigger.truth;
                let mut because = vec![trigger];
                // What certainly lifts nothing is told of the first item only.
                let exceptions = rule.exceptions.iter().filter(|e| !told || main.snapshot.counts(**e, planes));
                because.extend(exceptions.map(|e| self.exception_proof(prover, main, *e, item)));
                told = true;
                out.push(Proof { claim: p.says.as_str().into(), truth, by: Step::Provision, cite: Some(&p.id), because, item: Some(item) });
            }
        }
    }

    fn exception_proof<'a>(&'a self, prover: &Prover<'_, 'a>, main: &Judged, exception: u16, item: usize) -> Proof<'a> {
        let Some(lifter) = main.snapshot.exceptions.get(usize::from(exception)) else {
            return Proof { claim: "".into(), truth: Truth::False, by: Step::Exception, cite: None, because: Vec::new(), item: None };
        };
        let Some(x) = self.book.exceptions.get(lifter.at) else {
            return Proof { claim: "".into(), truth: Truth::False, by: Step::Exception, cite: None, because: Vec::new(), item: None };
        };
        let mut because = vec![prover.condition(&x.when, item)];
        if let ExceptionKind::Derogation { authority, .. } = &x.kind {
            because.push(prover.approved(authority, item));
        }
        for d in &lifter.defeated_by {
            because.push(Proof::not(self.exception_proof(prover, main, *d, item)));
        }
        let truth = because.iter().map(|p| p.truth).min().unwrap_or(Truth::True);
        Proof { claim: x.says.as_str().into(), truth, by: Step::Exception, cite: Some(&x.id), because, item: None }
    }

    /// Why nothing caught the act: each provision that speaks of acts of this kind and direction, with the one thing that fails.
    fn not_caught<'a>(&'a self, prover: &Prover<'_, 'a>, main: &Judged) -> Vec<Proof<'a>> {
        let mut out = Vec::new();
        let near = main.items.first().map(|p| p.near).unwrap_or_default();
        for rule in near.iter().filter_map(|r| main.snapshot.rules.get(r)) {
            let Some(p) = self.book.prohibitions.get(rule.at) else { continue };
            let Some(when) = p.trigger(prover.day) else { continue };
            if prover.fails_much(&when, 0) {
                continue;
            }
            let mark = prover.told.mark();
            let trigger = prover.condition(&when, 0);
            let whole = !matches!(&*when, Condition::All(list) if list.len() != trigger.because.len());
            if whole && trigger.because.iter().filter(|c| c.truth == Truth::False).count() == 1 {
                let truth = trigger.truth;
                out.push(Proof {
                    claim: p.says.as_str().into(),
                    truth,
                    by: Step::Provision,
                    cite: Some(&p.id),
                    because: vec![trigger],
                    item: Some(0),
                });
            } else {
                prover.told.forget(mark);
            }
        }
        out
    }
}

/// Rules that may bear on the act, each with its place among the provisions that are viewed, which is the largest number where it is not.
type Bearing<'a, 'b> = Vec<(usize, &'b Rule, &'a Prohibition)>;

/// Whether a rule may bear on an item; one that is viewed does even where it is lifted.
fn bears(main: &Judged, place: usize, rule: &Rule, planes: &Planes) -> bool {
    let silent = rule.trigger.truth(planes) == Truth::False || planes.reached == Truth::False;
    !silent && (place < usize::MAX || main.snapshot.rule(rule, planes) != VerdictSet::only(Verdict::Permitted))
}

/// Provisions that may bear on some item, by their names only.
fn provisions_by_name<'a>(rules: Bearing<'a, '_>) -> impl Iterator<Item = Proof<'a>> {
    rules.into_iter().map(|(.., p)| Proof { by: Step::Provision, cite: Some(&p.id), ..proof::fact(p.says.as_str(), Truth::Unknown) })
}

fn concerns(regime: &Regime) -> String {
    format!("the act concerns the regime “{}”", regime.title)
}

/// Whether the act concerns a regime, by the item of which that holds best.
fn reached_by(main: &Judged) -> Truth {
    main.items.iter().map(|planes| planes.reached).max().unwrap_or(Truth::False)
}

/// The same with its reasons.
fn reached_best<'b>(prover: &Prover<'_, 'b>, when: &Condition) -> Proof<'b> {
    let items = prover.act.items.len();
    if items < 2 {
        return prover.condition(when, 0);
    }
    let item = (0..items).max_by_key(|item| (prover.truth(when, *item), Reverse(*item))).unwrap_or(0);
    Proof { item: Some(item), ..prover.condition(when, item) }
}

/// One exception may lift provisions of several regimes: it is told once, with all that it could lift.
fn once_each<'a>(views: impl Iterator<Item = ExceptionView<'a>>) -> Vec<ExceptionView<'a>> {
    let mut out: Vec<ExceptionView<'a>> = Vec::new();
    for view in views {
        match out.iter_mut().find(|v| v.id == view.id) {
            Some(seen) => {
                seen.defeats.extend(view.defeats);
                if view.status < seen.status {
                    (seen.status, seen.because) = (view.status, view.because);
                }
            }
            None => out.push(view),
        }
    }
    out.sort_by_key(|v| v.status);
    out
}

/// Where no regime reaches the act: those that come nearest to it, for the reason why they do not: of whose conditions the fewest fail and the most hold.
/// Of those that fail in the same, which often is all of an authority, for nobody whom it binds takes part, one is enough.
fn nearest<'a, 'b>(asked: &Asked<'a, 'b>, day: Date) -> Vec<(&'b RegimeLaw, &'a Act)> {
    const MOST: usize = 3;
    let (plain, others): (Vec<_>, Vec<_>) = asked.laws.iter().copied().filter(|(law, _)| law.encoded).partition(|(law, _)| law.reach.plain);
    // One that asks a hundred things explains nothing, and costs as much as all others.
    let mut laws = if plain.is_empty() { others } else { plain };
    // Of those that demand more first: one that demands less comes nearer only where less of it fails.
    laws.sort_by_key(|(law, _)| Reverse(law.reach.conditions().len()));
    let (mut least, mut demands) = (usize::MAX, 0);
    let mut out: Vec<(Vec<usize>, (&RegimeLaw, &Act))> = Vec::new();
    for (law, view) in laws {
        let (ended, of) = (usize::from(!law.reach.existed(day)), law.reach.conditions().len());
        let most = if of < demands { least.saturating_sub(1) } else { least };
        let Some(failing) = most.checked_sub(ended).and_then(|most| law.reach.failing(view, day, most)) else { continue };
        if failing.len() + ended < least {
            (least, demands) = (failing.len() + ended, of);
            out.clear();
        }
        if out.len() < MOST && !out.iter().any(|(same, _)| *same == failing) {
            out.push((failing, (law, view.act)));
        }
    }
    out.into_iter().map(|(_, one)| one).collect()
}

fn because<'a>(exception: &rulebook::Exception, status: ExceptionStatus, act: &Act) -> Cow<'a, str> {
    match (&exception.kind, status) {
        (ExceptionKind::Derogation { .. }, ExceptionStatus::Met) => {
            let reference = act.approvals.iter().map(|a| a.reference.as_str()).find(|r| !r.is_empty()).unwrap_or("on record");
            format!("approval on record ({reference})").into()
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

pub(crate) fn nothing<'a>(jurisdiction: &str) -> Decision<'a> {
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
        exposure: Vec::new(),
        conflicts: Vec::new(),
        contested: Vec::new(),
        verified: false,
        exact: true,
        left_out: 0,
        proof: None,
    }
}
