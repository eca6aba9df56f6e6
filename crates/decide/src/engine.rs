//! The engine: all law of all regimes, and the way from an act to a decision.

use crate::ask::date_question;
use crate::atoms::Fact;
use crate::codes::Codes;
use crate::compile::{Concerns, Rule, Snapshot};
use crate::countries::{Countries, Standings};
use crate::explain::nothing;
use crate::hook::hook;
use crate::near::Around;
use crate::places::Places;
use crate::planes::{Planes, RULE_WORDS, RuleSet, WORDS};
use crate::proof::{Proof, Step};
use crate::reach::{Common, LeftOpen, Reaching, Seen, View};
use crate::rests::{Rests, own_days};
use crate::split::{Budget, Split, Told, Wanted, overall, split};
use crate::together::{Together, Where, together};
use crate::unwritten::Unwritten;
use crate::{Decision, Depth, MissingFact};
use model::{Act, Date, Finding, HsRange, Party, Truth, Verdict, VerdictSet};
use rulebook::{Effect, Encoded, Regime, Rulebook, cut_points};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Most missing facts of an answer.
const MOST_MISSING: usize = 200;

/// A rulebook made ready to decide.
#[derive(Debug)]
pub struct Engine {
    pub(crate) book: Arc<Rulebook>,
    pub(crate) regimes: Vec<RegimeLaw>,
    /// What regimes ask alike of an act.
    pub(crate) common: Common,
    /// The places of the regimes of each jurisdiction.
    pub(crate) jurisdictions: BTreeMap<String, Vec<usize>>,
    /// Found out when an answer is first explained.
    pub(crate) places: OnceLock<Places>,
    /// Found out when it is first asked for.
    codes: OnceLock<Codes>,
    countries: OnceLock<Arc<Countries>>,
    standings: OnceLock<Standings>,
}

/// A regime with its law by stretches of days, each compiled when it is first needed.
#[derive(Debug)]
pub(crate) struct RegimeLaw {
    pub id: String,
    /// Whether any of its law is written down.
    pub encoded: bool,
    /// Whether it has rules that are shown even where it does not reach.
    pub shows: bool,
    /// When an act concerns it; the rest is looked at only where it does.
    pub reach: Reaching,
    /// Whether it asks who is listed, found out when it first matters.
    asks_who_is_listed: OnceLock<bool>,
    /// What it tells apart of codes, none if it speaks of no codes; found out when it is first asked for.
    codes: OnceLock<Option<Codes>>,
    /// The number of all this, found out when it is first asked for.
    pub print: OnceLock<[u8; 32]>,
    stretches: OnceLock<Stretches>,
}

#[derive(Debug)]
struct Stretches {
    /// First days; the first is the dawn of time.
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
pub(crate) struct Judged<'a, 'b> {
    /// The act as this regime sees it.
    pub act: &'a Act,
    pub snapshot: &'b Snapshot,
    pub day: Date,
    pub items: Vec<Planes>,
    pub split: Split,
}

impl<'b> Judged<'_, 'b> {
    /// A fact by a name that is the same in every regime.
    pub(crate) fn name(&self, fact: &Fact) -> String {
        match fact {
            Fact::Party(atom) => format!("{:?}", self.snapshot.atoms.get(*atom)),
            other => format!("{other:?}"),
        }
    }

    /// The verdicts if a finding, which nobody made, had been made. `now`: those without it.
    pub(crate) fn with_finding(&self, name: &str, yes: bool, now: VerdictSet) -> VerdictSet {
        if self.items.iter().any(|p| p.reached == Truth::False) {
            return self.with_finding_anew(name, yes);
        }
        let of_item = |(item, p)| self.snapshot.with_finding(p, self.act, item, self.day, name, yes);
        let items: Vec<Option<Planes>> = self.items.iter().enumerate().map(of_item).collect();
        let found = match items.iter().any(Option::is_some) {
            true => overall(self.snapshot, &items.iter().zip(&self.items).map(|(new, old)| new.unwrap_or(*old)).collect::<Vec<_>>()),
            false => now,
        };
        debug_assert_eq!(found, self.with_finding_anew(name, yes), "{name} in {}", self.snapshot.regime);
        found
    }

    fn with_finding_anew(&self, name: &str, yes: bool) -> VerdictSet {
        let mut other = self.act.clone();
        other.judgements.insert(name.to_owned(), Finding { yes, by: String::new() });
        overall(self.snapshot, &self.snapshot.planes(&other, self.day, false))
    }

    /// The rules that may catch some item.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'b Rule> + use<'b> {
        let snapshot = self.snapshot;
        let all = self.items.iter().fold(RuleSet::default(), |s, p| s.union(p.rules));
        all.iter().filter_map(move |r| snapshot.rules.get(r))
    }
}

/// The jurisdiction that is asked, with all its regimes. Here and below `'a` is how long the act lives, `'b` the law.
pub(crate) struct Asked<'a, 'b> {
    pub jurisdiction: &'a str,
    /// Each with the act as it sees it.
    pub laws: Vec<(&'b RegimeLaw, View<'a>)>,
}

/// What was found before it is explained.
pub(crate) struct Found<'a, 'b> {
    pub possible: VerdictSet,
    /// Whether regimes were looked at together as far as they hang together.
    pub exact: bool,
    pub missing: Vec<MissingFact<'b>>,
    /// Missing facts that are not listed.
    pub left_out: usize,
    /// Whether it is asked first if the law reaches anybody at all.
    pub hooked: bool,
    /// The day whose law is explained.
    pub day: Date,
    /// Each regime that may reach the act, under the law of that day.
    pub mains: Vec<Judged<'a, 'b>>,
}

/// A regime that may reach the act: the verdicts of all days, and day by day.
pub(crate) struct Concern<'a, 'b> {
    pub law: &'b RegimeLaw,
    /// The act as the regime sees it.
    pub view: View<'a>,
    /// Whether the act surely concerns it on one of these days.
    surely: bool,
    pub possible: VerdictSet,
    pub judged: Vec<Judged<'a, 'b>>,
}

/// When an act concerns each regime; compiled by two, for it is much of what a start waits for.
fn concerns(book: &Rulebook) -> Vec<Concerns> {
    let regimes: Vec<&Regime> = book.regimes.values().collect();
    let (first, second) = regimes.split_at(regimes.len() / 2);
    let compile = |regimes: &[&Regime]| regimes.iter().map(|regime| Concerns::compile(book, regime)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let other = scope.spawn(|| compile(second));
        let mut all = compile(first);
        all.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        all
    })
}

impl Engine {
    /// Takes a rulebook that was read without problems, or a share in one. One that is not known to fit is to be [checked](Self::check).
    #[must_use]
    pub fn new(book: impl Into<Arc<Rulebook>>) -> Self {
        let book: Arc<Rulebook> = book.into();
        let shown = |p: &rulebook::Prohibition| matches!(p.effect, Effect::Exposes | Effect::Conflicts(_));
        let shows: BTreeSet<&str> = book.prohibitions.iter().filter(|p| shown(p)).map(|p| p.regime.as_str()).collect();
        let mut common = Common::default();
        let law = |(regime, concerns): (&Regime, Concerns)| RegimeLaw {
            id: regime.id.clone(),
            encoded: regime.encoded != Encoded::No,
            shows: shows.contains(regime.id.as_str()),
            reach: Reaching::new(regime, concerns, &mut common),
            asks_who_is_listed: OnceLock::new(),
            codes: OnceLock::new(),
            print: OnceLock::new(),
            stretches: OnceLock::new(),
        };
        let mut regimes: Vec<RegimeLaw> = book.regimes.values().zip(concerns(&book)).map(law).collect();
        common.finish();
        regimes.iter_mut().for_each(|law| law.reach.cheapest_first(&common));
        let mut jurisdictions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, regime) in book.regimes.values().enumerate() {
            jurisdictions.entry(regime.jurisdiction.clone()).or_default().push(at);
        }
        Self {
            book,
            regimes,
            common,
            jurisdictions,
            places: OnceLock::new(),
            codes: OnceLock::new(),
            countries: OnceLock::new(),
            standings: OnceLock::new(),
        }
    }

    /// Compiles the law of every stretch of days, which is otherwise done when a stretch is first needed.
    ///
    /// # Errors
    /// When a regime has more different leaf conditions or prohibitions on some day than the bit planes hold.
    pub fn check(&self) -> Result<(), String> {
        let (count, most) = (self.common.len(), usize::from(u16::MAX));
        if count > most {
            return Err(format!("the regimes ask {count} different things to find out whom they concern, more than {most}"));
        }
        for law in &self.regimes {
            for (at, day) in self.stretches(law).starts.iter().enumerate() {
                let snapshot = self.snapshot(law, at);
                for (count, most, what) in
                    [(snapshot.atoms.len(), WORDS * 64, "leaf conditions"), (snapshot.rules.len(), RULE_WORDS * 64, "prohibitions")]
                {
                    if count > most {
                        return Err(format!("{} has {count} {what} on {day}, more than {most}", law.id));
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

    /// The jurisdictions of which some law is encoded; the one of the whole world first.
    #[must_use]
    pub fn jurisdictions(&self) -> Vec<String> {
        let some = |at: &[usize]| at.iter().filter_map(|i| self.regimes.get(*i)).any(|law| law.encoded);
        let mut out: Vec<String> = self.jurisdictions.iter().filter(|(_, at)| some(at)).map(|(name, _)| name.clone()).collect();
        out.sort_by_key(|name| name != "un");
        out
    }

    fn stretches<'a>(&'a self, law: &'a RegimeLaw) -> &'a Stretches {
        law.stretches.get_or_init(|| {
            let mut starts = vec![Date::MIN];
            starts.extend(cut_points(&self.book, &law.id));
            let snapshots = starts.iter().map(|_| OnceLock::new()).collect();
            Stretches { starts, snapshots }
        })
    }

    fn snapshot<'a>(&'a self, law: &'a RegimeLaw, stretch: usize) -> &'a Snapshot {
        static EMPTY: OnceLock<Snapshot> = OnceLock::new();
        let Stretches { starts, snapshots } = self.stretches(law);
        let day = starts.get(stretch).copied().unwrap_or(Date::MIN);
        match snapshots.get(stretch) {
            Some(cell) => cell.get_or_init(|| {
                let mut snapshot = Snapshot::compile(&self.book, &law.id, day);
                snapshot.seen = snapshot.atoms.iter().map(|atom| self.common.find(atom)).collect();
                snapshot
            }),
            None => EMPTY.get_or_init(|| Snapshot::compile(&Rulebook::default(), "", Date::MIN)),
        }
    }

    /// The law of a regime on a day, and the place of its stretch.
    pub(crate) fn law_on<'a>(&'a self, law: &'a RegimeLaw, day: Date) -> (&'a Snapshot, usize) {
        let stretch = self.stretches(law).starts.partition_point(|s| *s <= day).saturating_sub(1);
        (self.snapshot(law, stretch), stretch)
    }

    /// Computes the leaf conditions of an act whose day is certain; `None` when it is not, or for an unknown regime.
    #[must_use]
    pub fn prepare(&self, act: &Act, regime: &str) -> Option<Prepared> {
        self.prepare_at(act, self.regimes.iter().position(|r| r.id == regime)?)
    }

    fn prepare_at(&self, act: &Act, at: usize) -> Option<Prepared> {
        let law = self.regimes.get(at)?;
        let day = act.on.filter(|s| s.first == s.last)?.first;
        let (snapshot, stretch) = self.law_on(law, day);
        let items = snapshot.planes(act, day, false);
        Some(Prepared { regime: at, stretch, items })
    }

    /// Computes the leaf conditions of an act for every regime of every jurisdiction that may reach it.
    #[must_use]
    pub fn prepare_all(&self, act: &Act) -> Vec<Prepared> {
        let seen = Seen::new(&self.common, act);
        let view = self.view(act, &seen);
        let reached = self.regimes.iter().enumerate().filter(|(_, law)| law.encoded && law.reach.possible(view));
        reached.filter_map(|(at, _)| self.prepare_at(act, at)).collect()
    }

    /// The regime that a prepared act was prepared for.
    #[must_use]
    pub fn regime_of(&self, prepared: &Prepared) -> &str {
        self.regimes.get(prepared.regime).map_or("", |law| law.id.as_str())
    }

    /// The Kleene set of a prepared act: sound, never too small.
    #[must_use]
    pub fn verdicts(&self, prepared: &Prepared) -> VerdictSet {
        self.regimes.get(prepared.regime).map_or(VerdictSet::EMPTY, |law| overall(self.snapshot(law, prepared.stretch), &prepared.items))
    }

    /// Days under whose law the act is judged: the first possible one, and each later one on which anything changes for it.
    fn days(starts: &[Date], act: &Act) -> Vec<Date> {
        let (first, last) = match act.on {
            Some(span) if span.first == span.last => return vec![span.first],
            Some(span) => (span.first, span.last),
            None => (starts.get(1).and_then(|d| d.yesterday().ok()).unwrap_or(Date::MIN), Date::MAX),
        };
        let mut days: BTreeSet<Date> = starts.iter().copied().filter(|d| first < *d && *d <= last).collect();
        days.insert(first);
        let after = |d: Option<Date>| d.and_then(|d| d.tomorrow().ok());
        let own = act.approvals.iter().flat_map(|a| [Some(a.on), after(a.until)]);
        let listed = act.parties.iter().flat_map(|p| p.designations.iter().flat_map(|d| [d.from, after(d.to)]));
        days.extend(own.chain(listed).flatten().filter(|d| first < *d && *d <= last));
        days.into_iter().collect()
    }

    /// The regimes of a jurisdiction.
    pub(crate) fn laws_of(&self, jurisdiction: &str) -> Vec<&RegimeLaw> {
        let places = self.jurisdictions.get(jurisdiction).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|i| self.regimes.get(*i)).collect()
    }

    /// Days under whose law a regime judges the act.
    pub(crate) fn days_of(&self, law: &RegimeLaw, act: &Act) -> Vec<Date> {
        Self::days(&self.stretches(law).starts, act)
    }

    /// Decides for one jurisdiction. The full depth builds exceptions, bearers and the tree of reasons, which cost more than the verdict.
    #[must_use]
    pub fn decide<'a>(&'a self, act: &Act, jurisdiction: &str, depth: Depth) -> Decision<'a> {
        self.decided(self.view(act, &Seen::new(&self.common, act)), jurisdiction, depth, None)
    }

    /// Decides for several jurisdictions, in their order; cheaper than one after the other, for they ask much alike.
    #[must_use]
    pub fn decide_all<'a>(&'a self, act: &Act, jurisdictions: &[String], depth: Depth) -> Vec<Decision<'a>> {
        let seen = Seen::new(&self.common, act);
        jurisdictions.iter().map(|name| self.decided(self.view(act, &seen), name, depth, None)).collect()
    }

    pub(crate) fn view<'a>(&'a self, act: &'a Act, seen: &'a Seen) -> View<'a> {
        View { act, seen, common: &self.common }
    }

    /// The class of a code: acts that differ only in codes of one class have the same decision. None of a code of which some law speaks only in part.
    #[must_use]
    pub fn code_class(&self, code: HsRange) -> Option<u32> {
        self.codes.get_or_init(|| Codes::of(&self.book.sets_of_codes())).class(code)
    }

    /// Writes what tells a code from all others that some law tells apart from it: that of the regimes [near](Self::near) an act, or any.
    pub fn put_code_class(&self, near: Option<&[usize]>, code: HsRange, out: &mut Vec<u8>) {
        let mut put = |class: Option<u32>| match class {
            Some(class) => out.extend(class.to_le_bytes()),
            // No class has so high a number.
            None => [u32::MAX, code.first, code.last].into_iter().for_each(|part| out.extend(part.to_le_bytes())),
        };
        let Some(near) = near else { return put(self.code_class(code)) };
        let codes =
            |law: &RegimeLaw| Some(self.book.sets_of_codes_in(&law.id)).filter(|sets| !sets.is_empty()).map(|sets| Codes::of(&sets));
        let laws = near.iter().filter_map(|at| self.regimes.get(*at));
        laws.filter_map(|law| law.codes.get_or_init(|| codes(law)).as_ref()).for_each(|codes| put(codes.class(code)));
    }

    /// The countries as law tells them apart: that of the regimes [near](Self::near) an act, or any. Acts that only differ in countries that it does not tell
    /// apart have the same decision.
    #[must_use]
    pub fn countries(&self, near: Option<&[usize]>) -> Arc<Countries> {
        let Some(near) = near else {
            return Arc::clone(self.countries.get_or_init(|| Arc::new(Countries::of(self.book.areas().into_iter()))));
        };
        let standings = || Standings::of(self.regimes.iter().map(|law| self.book.areas_in(&law.id)));
        Arc::new(self.standings.get_or_init(standings).countries(near))
    }

    /// Decides an act briefly for several authorities and says what that rests on. `near`, if it is given, are the regimes that it may concern, and what is around
    /// it spares some of the work.
    #[must_use]
    pub fn decide_resting<'a>(
        &'a self,
        act: &Act,
        jurisdictions: &[String],
        near: Option<(&[usize], &Around)>,
    ) -> (Vec<Decision<'a>>, Rests) {
        let mut rests = Rests::default();
        if let Some(span) = act.on.filter(|span| span.first == span.last) {
            rests.between(&own_days(act), span.first);
        }
        let seen = Seen::leaving(LeftOpen::Nothing, near.map(|(_, around)| around.settled()), &self.common, act);
        let (view, near) = (self.view(act, &seen), near.map(|(regimes, _)| regimes));
        let decisions = jurisdictions.iter().map(|name| self.decided(view, name, Depth::Brief, Some((near, &mut rests)))).collect();
        (decisions, rests)
    }

    fn decided<'a>(
        &'a self,
        view: View,
        jurisdiction: &str,
        depth: Depth,
        resting: Option<(Option<&[usize]>, &mut Rests)>,
    ) -> Decision<'a> {
        let all = self.jurisdictions.get(jurisdiction).map_or(&[][..], Vec::as_slice);
        let law = |at: &usize| self.regimes.get(*at);
        if !all.iter().filter_map(law).any(|law| law.encoded) {
            return nothing_encoded(jurisdiction);
        }
        let (near, mut rests) = resting.map_or((None, None), |(near, rests)| (near, Some(rests)));
        let laws: Vec<&RegimeLaw> =
            all.iter().filter(|at| near.is_none_or(|near| near.binary_search(at).is_ok())).filter_map(law).collect();
        let (act, listed) = (view.act, Listed::new(&self.book, jurisdiction, &laws, view));
        let asked = Asked { jurisdiction, laws: laws.into_iter().map(|law| (law, listed.seen_by(law))).collect() };
        let touched: Vec<(&RegimeLaw, View)> = asked.laws.iter().filter(|(law, view)| law.reach.possible(*view)).copied().collect();
        let (written, unwritten): (Vec<_>, Vec<_>) = touched.into_iter().partition(|(law, _)| law.encoded);
        let looked: Vec<Looked> = written.into_iter().map(|(law, view)| self.look(law, view, depth)).collect();
        let hook = hook(&self.common, &looked);
        let effort = match &hook {
            Some(_) => Effort::Later,
            None if forbidden_anyway(&looked) => Effort::Settled,
            None => Effort::Split { several: looked.iter().filter(|one| one.may_say()).nth(1).is_some() },
        };
        let concerns: Vec<Concern> = looked
            .into_iter()
            .map(|looked| judge(looked, effort, depth))
            .inspect(|concern| {
                if let Some(rests) = &mut rests {
                    self.rest_on(concern, rests);
                }
            })
            .filter(|c| c.possible != VerdictSet::only(Verdict::OutOfScope))
            .collect();
        if let Some(rests) = rests {
            asked.laws.iter().for_each(|(law, view)| rests.on_goods(&law.reach, *view, near.is_none()));
        }
        let closed: Vec<Closed> = unwritten.iter().filter_map(|(law, view)| Closed::new(law, *view)).collect();
        let Together { written, possible, exact } = together(&concerns, &closed);
        let hooked = hook.is_some() && written.single().is_none();
        let (mut missing, left_out) = match hook {
            _ if written.single().is_some() => (Vec::new(), 0),
            Some(hook) => (self.reaches_anybody(&hook, &concerns, &Unwritten::new(unwritten, &closed), depth), 0),
            None => self.missing_facts(act, &concerns, &Unwritten::new(unwritten, &closed), depth),
        };
        if possible.single().is_none() {
            let partly = concerns.iter().filter(|c| c.surely).filter_map(|c| self.book.regimes.get(&c.law.id));
            let unwritten = closed.iter().filter_map(|c| self.book.regimes.get(&c.law.id));
            missing.splice(0..0, unwritten.chain(partly).filter_map(not_encoded));
        }
        let (day, mains) = explained(concerns, &closed, act);
        self.explain(act, &asked, Found { possible, exact, missing, left_out, hooked, day, mains }, depth)
    }

    /// The law that was looked at for a regime holds for a stretch of days.
    fn rest_on(&self, concern: &Concern, rests: &mut Rests) {
        for judged in &concern.judged {
            rests.between(&self.stretches(concern.law).starts, judged.day);
            rests.on_planes(judged.snapshot, &judged.items);
        }
    }

    /// The facts that decide, of all regimes, and how many more there are.
    fn missing_facts<'a>(&'a self, act: &Act, concerns: &[Concern], unwritten: &Unwritten, depth: Depth) -> (Vec<MissingFact<'a>>, usize) {
        let mut missing: Vec<MissingFact> = Vec::new();
        let mut places: Vec<Where> = Vec::new();
        let none = VerdictSet::only(Verdict::OutOfScope);
        for (at, c) in concerns.iter().enumerate().filter(|(_, c)| c.possible.single().is_none()) {
            // What an answer leaves under this regime, the others may still make worse.
            let others = concerns.iter().enumerate().filter(|(i, _)| *i != at).fold(none, |all, (_, o)| all.worse_of(o.possible));
            if c.judged.iter().any(|j| j.split.possible != c.possible) {
                missing.push(with_others(date_question(&c.judged), others.worse_of(unwritten.now())));
            }
            for j in &c.judged {
                for (fact, outcomes) in &j.split.facts {
                    let one = self.missing(j, fact, depth);
                    let known = missing.iter().any(|m| m.fact == one.fact && m.question == one.question);
                    if matches!(fact.fact, Fact::To | Fact::From) {
                        Where::note(&mut places, &one, at, fact, outcomes);
                    }
                    if missing.len() <= MOST_MISSING && !known {
                        let left = fact.classes.iter().zip(outcomes);
                        let left = left.map(|(class, (label, set))| (label.clone(), set.worse_of(unwritten.answered(j, fact, class))));
                        missing.push(with_others(MissingFact { outcomes: left.collect(), ..one }, others));
                    }
                }
            }
        }
        for place in &places {
            let others =
                concerns.iter().enumerate().filter(|(at, _)| !place.speaks_of(*at)).fold(none, |all, (_, o)| all.worse_of(o.possible));
            for one in missing.iter_mut().filter(|m| m.fact == place.fact && m.question == place.question) {
                one.outcomes = place.outcomes(act, others, unwritten);
            }
        }
        let bounded: usize = concerns.iter().flat_map(|c| &c.judged).map(|j| j.split.left_out).sum();
        let left_out = bounded + missing.len().saturating_sub(MOST_MISSING);
        missing.truncate(MOST_MISSING);
        (missing, left_out)
    }

    /// What is known of the act under each stretch of law that it may fall under.
    fn look<'a, 'b>(&'b self, law: &'b RegimeLaw, view: View<'a>, depth: Depth) -> Looked<'a, 'b> {
        let one = |day| {
            let (snapshot, _) = self.law_on(law, day);
            let items = snapshot.planes_by(view.act, depth == Depth::Full, &seen_leaf(snapshot, view, day));
            let quick = overall(snapshot, &items);
            Stretch { snapshot, day, items, quick }
        };
        Looked { law, view, stretches: self.days_of(law, view.act).into_iter().map(one).collect() }
    }
}

/// What is known of a leaf for an item on a day: as it was found for all regimes, where they share it.
pub(crate) fn seen_leaf(snapshot: &Snapshot, view: View, day: Date) -> impl Fn(usize, usize) -> Truth {
    let (stretch, bit) = view.place(day);
    move |atom, item| match snapshot.seen.get(atom).copied().flatten() {
        Some(leaf) => view.leaf_on(leaf, item, stretch).at(bit),
        None => snapshot.look(atom, view.act, item, day),
    }
}

/// A regime that may reach the act, before undecided facts are split.
pub(crate) struct Looked<'a, 'b> {
    pub law: &'b RegimeLaw,
    pub view: View<'a>,
    pub stretches: Vec<Stretch<'b>>,
}

impl Looked<'_, '_> {
    /// Whether on some day the act may fall under it.
    pub(crate) fn may_say(&self) -> bool {
        self.stretches.iter().any(|s| s.quick != VerdictSet::only(Verdict::OutOfScope))
    }
}

pub(crate) struct Stretch<'b> {
    pub snapshot: &'b Snapshot,
    pub day: Date,
    pub items: Vec<Planes>,
    /// The verdicts that what is known leaves, never too few.
    pub quick: VerdictSet,
}

/// Whether on each day some regime forbids the act for certain, so that no fact that is open under any other makes a difference.
fn forbidden_anyway(looked: &[Looked]) -> bool {
    let prohibited = VerdictSet::only(Verdict::Prohibited);
    let forbids = |one: &Looked, day: Date| {
        let at = one.stretches.iter().rfind(|s| s.day <= day).or(one.stretches.first());
        at.is_some_and(|s| s.quick == prohibited)
    };
    let mut days = looked.iter().flat_map(|one| one.stretches.iter().map(|s| s.day)).peekable();
    days.peek().is_some() && days.all(|day| looked.iter().any(|one| forbids(one, day)))
}

/// How the verdicts of the regimes are found.
#[derive(Clone, Copy)]
enum Effort {
    /// The whole is settled: no case is looked at.
    Settled,
    /// Another question comes first: nor is it here, and what the quick pass leaves is a bound.
    Later,
    /// Open facts are split. Where there are several regimes, one that the act may not concern first asks where and who would make it do so.
    Split { several: bool },
}

/// The verdicts under each stretch of law that the act may fall under.
fn judge<'a, 'b>(Looked { law, view, stretches }: Looked<'a, 'b>, effort: Effort, depth: Depth) -> Concern<'a, 'b> {
    let act = view.act;
    let surely = stretches.iter().any(|s| law.reach.on(view, s.day) == Truth::True);
    let mut budget = Budget::ACT;
    let mut told = Told::new();
    let one = |Stretch { snapshot, day, items, quick }| {
        let Effort::Split { several } = effort else {
            let exact = matches!(effort, Effort::Settled) || quick.single().is_some();
            return Judged { act, snapshot, day, items, split: Split { exact, ..Split::settled(quick) } };
        };
        // Once enough is asked for, further stretches of law need only say what is possible.
        let telling = (depth == Depth::Full && told.len() < MOST_MISSING).then_some(&told);
        let wanted = Wanted { told: telling, whether: several && !surely };
        let split = split(snapshot, (act, day), &items, quick, wanted, &mut budget);
        told.extend(split.facts.iter().map(|(open, _)| (open.item, open.fact.clone())));
        Judged { act, snapshot, day, items, split }
    };
    let judged: Vec<Judged> = stretches.into_iter().map(one).collect();
    let possible = judged.iter().fold(VerdictSet::EMPTY, |s, j| s.union(j.split.possible));
    Concern { law, view, surely, possible, judged }
}

/// The day that is explained, and each regime under the law of that day: the last day on which the worst is possible; among those, one on
/// which it is certain.
fn explained<'a, 'b>(concerns: Vec<Concern<'a, 'b>>, closed: &[Closed], act: &Act) -> (Date, Vec<Judged<'a, 'b>>) {
    let judged = concerns.iter().flat_map(|c| &c.judged);
    let main = judged.max_by_key(|j| (j.split.possible.worst(), j.split.possible.len() == 1)).map(|j| j.day);
    let unwritten = || closed.iter().filter_map(Closed::last).max();
    let day = main.or_else(unwritten).or(act.on.map(|span| span.first)).unwrap_or(Date::MAX);
    let on_the_day = |c: Concern<'a, 'b>| {
        let at = c.judged.iter().rposition(|j| j.day <= day).unwrap_or(0);
        c.judged.into_iter().nth(at).filter(|j| j.split.possible != VerdictSet::only(Verdict::OutOfScope))
    };
    (day, concerns.into_iter().filter_map(on_the_day).collect())
}

/// What an answer leaves, with what other regimes may say.
fn with_others<'a>(mut missing: MissingFact<'a>, others: VerdictSet) -> MissingFact<'a> {
    missing.outcomes.iter_mut().for_each(|(_, set)| *set = set.worse_of(others));
    missing
}

/// “Listed”, said without a regime, is taken of those regimes that ask who is listed and that the act surely concerns anyway; where there is none, of those
/// that it may concern; where there is none of these either, of all. Under the others, and where it is said that another authority lists the party, only listings
/// on record count.
pub(crate) struct Listed<'a> {
    view: View<'a>,
    book: &'a Rulebook,
    /// The act without parties that are called listed by other authorities alone, if there are such.
    here: Option<(Act, Seen)>,
    /// The act without any that are called listed, if any are here.
    unlisted: Option<(Act, Seen)>,
    best: Truth,
}

impl<'a> Listed<'a> {
    pub(crate) fn new(book: &'a Rulebook, jurisdiction: &str, laws: &[&RegimeLaw], view: View<'a>) -> Self {
        let without = |drop: &dyn Fn(&Party) -> bool| {
            view.act.parties.iter().any(drop).then(|| {
                let mut act = view.act.clone();
                act.parties.iter_mut().filter(|p| drop(p)).for_each(|p| p.designated = None);
                let seen = Seen::new(view.common, &act);
                (act, seen)
            })
        };
        let called = |p: &Party| p.designated == Some(true);
        let here = without(&|p| called(p) && !p.is_called_listed(jurisdiction));
        let unlisted = view.act.parties.iter().any(|p| p.is_called_listed(jurisdiction)).then(|| without(&called)).flatten();
        let mut listed = Self { view, book, here, unlisted, best: Truth::False };
        listed.best = laws.iter().map(|law| listed.concerns(law)).max().unwrap_or(Truth::False);
        listed
    }

    fn view_of<'b>(&'b self, other: &'b Option<(Act, Seen)>) -> Option<View<'b>> {
        other.as_ref().map(|(act, seen)| View { act, seen, common: self.view.common })
    }

    /// Whether the act concerns a regime that asks who is listed, whoever is called so.
    fn concerns(&self, law: &RegimeLaw) -> Truth {
        let asks = || *law.asks_who_is_listed.get_or_init(|| self.book.asks_who_is_listed(&law.id));
        self.view_of(&self.unlisted).filter(|_| asks()).map_or(Truth::False, |unlisted| law.reach.best(unlisted))
    }

    pub(crate) fn seen_by(&self, law: &RegimeLaw) -> View<'_> {
        let unlisted = self.view_of(&self.unlisted).filter(|_| self.concerns(law) != self.best);
        unlisted.or_else(|| self.view_of(&self.here)).unwrap_or(self.view)
    }
}

/// A regime whose law nobody wrote down here, and whether it touches the act from each day on that the act may fall on: the act surely
/// concerns it, or a party may be listed under it, for of such law it could never be shown that it does not matter.
pub(crate) struct Closed<'a> {
    law: &'a RegimeLaw,
    pub days: Vec<(Date, bool)>,
}

impl<'a> Closed<'a> {
    /// Nothing when the regime never touches the act.
    fn new(law: &'a RegimeLaw, view: View) -> Option<Self> {
        let touched = |day| match law.reach.on(view, day) {
            Truth::True => true,
            Truth::Unknown => listed_under(view.act, &law.reach.regimes, day),
            Truth::False => false,
        };
        let days: Vec<(Date, bool)> = law.reach.days_of(view.act).into_iter().map(|day| (day, touched(day))).collect();
        days.iter().any(|(_, touched)| *touched).then_some(Self { law, days })
    }

    pub(crate) fn touched_on(&self, day: Date) -> bool {
        self.days.iter().rfind(|(from, _)| *from <= day).is_some_and(|(_, touched)| *touched)
    }

    fn last(&self) -> Option<Date> {
        self.days.iter().rfind(|(_, touched)| *touched).map(|(day, _)| *day)
    }
}

/// Whether a party is, or may be, listed under the regime on the day.
fn listed_under(act: &Act, regimes: &[String], day: Date) -> bool {
    let then = |d: &model::Designation| d.from.is_none_or(|from| from <= day) && d.to.is_none_or(|to| day <= to);
    act.parties.iter().any(|p| p.designated != Some(false) && p.designations.iter().any(|d| regimes.contains(&d.regime) && then(d)))
}

/// What law that nobody encoded may say.
pub(crate) fn unread() -> VerdictSet {
    VerdictSet::only(Verdict::Permitted).with(Verdict::NeedsAuthorisation).with(Verdict::Prohibited)
}

/// What is not written down of a regime, as a fact that is missing; nothing when all is.
fn not_encoded<'a>(regime: &Regime) -> Option<MissingFact<'a>> {
    let question = match &regime.encoded {
        Encoded::Yes => return None,
        Encoded::Partly(lacks) => {
            format!(
                "The measures on {} are encoded here in part: what does the rest say about this act? Not encoded: {lacks}",
                regime.title
            )
        }
        Encoded::No => format!("The measures on {} are not encoded here: what do they say about this act?", regime.title),
    };
    Some(MissingFact { fact: format!("law.{}", regime.id), question: question.into(), outcomes: Vec::new() })
}

/// Of a jurisdiction nothing of which is encoded anything may be true, and the answer says so.
fn nothing_encoded<'a>(jurisdiction: &str) -> Decision<'a> {
    let missing = MissingFact {
        fact: format!("law.{jurisdiction}"),
        question: "The law of this authority is not encoded here: what does it say?".into(),
        outcomes: Vec::new(),
    };
    let possible = unread().with(Verdict::OutOfScope);
    let proof =
        Proof { claim: possible.word().into(), truth: Truth::Unknown, by: Step::Worst, cite: None, because: Vec::new(), item: None };
    Decision { possible, missing: vec![missing], exact: false, proof: Some(proof), ..nothing(jurisdiction) }
}
