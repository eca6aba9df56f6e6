//! The proof: a tree of claims, each with its truth and what it rests on, built from the law as written.
//!
//! It is made by walking the conditions themselves, not the compiled planes, so it is also the slow path that the planes
//! are tested against.

use crate::atoms::{self, party};
use crate::compile::Snapshot;
use model::{Act, Area, Date, Item, Party, Truth};
use rulebook::{Condition, ItemTest, PartyTest, Rulebook};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;

/// How a claim follows from what is below it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// All of them must hold.
    All,
    /// One must hold.
    Any,
    /// The contrary of what is below.
    Not,
    /// A fact of the act, or its absence.
    Fact,
    /// Taken for granted, as the law file says.
    Presumed,
    /// A provision: holds when its conditions hold.
    Provision,
    /// An exception: holds when its conditions hold (and the approval is there).
    Exception,
    /// The verdict: the worst of what is below.
    Worst,
    /// It was told before in this proof, under the same name, with all that it rests on.
    Told,
}

impl Step {
    /// One word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Not => "not",
            Self::Fact => "fact",
            Self::Presumed => "presumed",
            Self::Provision => "provision",
            Self::Exception => "exception",
            Self::Worst => "worst",
            Self::Told => "told",
        }
    }
}

/// A claim and why it has the truth that it has. What the law says is borrowed from the rulebook, for a proof repeats much of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Proof<'a> {
    /// In words.
    pub claim: Cow<'a, str>,
    /// Its truth.
    pub truth: Truth,
    /// How it follows.
    pub by: Step,
    /// The provision that says so, if one does.
    pub cite: Option<&'a str>,
    /// What it rests on.
    pub because: Vec<Proof<'a>>,
    /// The item that it speaks of, by index; set where a provision is applied, and of an act with several items where a regime is.
    pub item: Option<usize>,
}

impl<'a> Proof<'a> {
    /// A claim with nothing below it.
    fn bare(claim: Cow<'a, str>, truth: Truth, by: Step) -> Self {
        Self { claim, truth, by, cite: None, because: Vec::new(), item: None }
    }

    /// What fails for a reason that no condition tells.
    pub(crate) fn failed() -> Self {
        Self::bare("".into(), Truth::False, Step::All)
    }

    /// The contrary of a claim.
    pub(crate) fn not(inner: Self) -> Self {
        Self::bare(format!("not: {}", inner.claim).into(), inner.truth.negate(), Step::Not).because_of(inner)
    }

    fn because_of(mut self, inner: Self) -> Self {
        self.because.push(inner);
        self
    }
}

/// The definitions that a proof has told so far: their names, the item, and the regime under which.
#[derive(Debug, Default)]
pub(crate) struct Told<'b>(RefCell<Vec<(&'b str, usize, &'b str)>>);

impl<'b> Told<'b> {
    /// How much was told so far, to be handed to [`Self::forget`].
    pub(crate) fn mark(&self) -> usize {
        self.0.borrow().len()
    }

    /// What was told since is not part of the proof after all.
    pub(crate) fn forget(&self, mark: usize) {
        self.0.borrow_mut().truncate(mark);
    }

    /// Whether it is new, and from now on it is told. `by_regime`: whether regimes may see it differently, because they count other people as listed.
    fn is_new(&self, one: (&'b str, usize, &'b str), by_regime: impl FnOnce() -> bool) -> bool {
        let mut all = self.0.borrow_mut();
        let known = all.contains(&one) || all.iter().any(|(id, item, _)| (*id, *item) == (one.0, one.1)) && !by_regime();
        if !known {
            all.push(one);
        }
        !known
    }
}

/// `'b` is how long the rulebook lives, which the proof speaks of; the act is only looked at.
pub(crate) struct Prover<'a, 'b> {
    pub book: &'b Rulebook,
    pub act: &'a Act,
    pub day: Date,
    /// The law of the day, for the shapes of its lists and whose designations count.
    pub law: &'b Snapshot,
    /// What this proof has told so far.
    pub told: &'a Told<'b>,
    /// Whether it tells of a regime, not of a provision: nobody asks what else would have held of a regime that does not concern the act.
    pub reach: bool,
    /// How true definitions are of an item.
    pub known: RefCell<Vec<(&'b str, usize, Truth)>>,
}

/// A fact as it stands.
pub(crate) fn fact<'b>(claim: impl Into<Cow<'b, str>>, truth: Truth) -> Proof<'b> {
    Proof::bare(claim.into(), truth, Step::Fact)
}

impl<'b> Prover<'_, 'b> {
    /// The truth of a condition for one item, with reasons.
    pub(crate) fn condition(&self, condition: &Condition, item: usize) -> Proof<'b> {
        self.reasons(condition, item, self.truth(condition, item))
    }

    /// The reasons why a condition is as true as it is. Whoever tells a tree of them knows on each level how true it is.
    fn reasons(&self, condition: &Condition, item: usize, truth: Truth) -> Proof<'b> {
        let claim: Cow<'b, str> = match condition {
            Condition::All(list) => return self.group(Step::All, list, item, truth),
            Condition::Any(list) => return self.group(Step::Any, list, item, truth),
            Condition::Not(inner) => return Proof::not(self.reasons(inner, item, truth.negate())),
            Condition::Approved(authority) => return self.approved(authority, item),
            Condition::Item(test) => return self.item(test, item, truth),
            Condition::Party(test) => return self.party(test, truth),
            Condition::Judgement { name, presume } => return self.judgement(name, presume.as_ref()),
            Condition::Defined(id) => return self.defined(id, item, truth),
            Condition::Always => "in every case".into(),
            Condition::Act(_, word) => match self.act.sure_kind() {
                Some(kind) if kind.word() == word => format!("the act is one of {word}").into(),
                Some(kind) => format!("the act ({}) counts as {word}", kind.word().replace('_', " ")).into(),
                None => format!("the act counts as {word}").into(),
            },
            Condition::To(c) => format!("it goes to {c}").into(),
            Condition::From(c) => format!("it comes from {c}").into(),
            Condition::Via(c) => format!("it passes through {c}").into(),
            Condition::In(c) => format!("some of it happens in {c}").into(),
            Condition::Purpose(id) => match self.book.purposes.get(id) {
                Some(purpose) => purpose.question.as_str().into(),
                None => id.clone().into(),
            },
            Condition::Within { limit, .. } => {
                let parameter = self.book.parameters.get(limit);
                match parameter.and_then(|p| Some((p.on(self.day)?.value, &p.unit))) {
                    Some((cap, unit)) => format!("the total reported and this act stay within {cap} {unit}").into(),
                    None => "a cap is open on that day".into(),
                }
            }
            Condition::ContractBefore(before) => format!("the written contract is older than {before}").into(),
        };
        fact(claim, truth)
    }

    /// A definition with what it rests on, or by its name where it was told before.
    fn defined(&self, id: &str, item: usize, truth: Truth) -> Proof<'b> {
        let Some((id, d)) = self.book.definitions.get_key_value(id) else { return fact(format!("undefined: {id}"), Truth::False) };
        if !d.in_force(self.day) {
            let claim = format!("{} (not on that day)", d.says.trim_end_matches('.')).into();
            return Proof { cite: Some(id), ..Proof::bare(claim, Truth::False, Step::All) };
        }
        let says = |by| Proof { cite: Some(id.as_str()), ..Proof::bare(d.says.as_str().into(), truth, by) };
        if !self.told.is_new((id, item, &self.law.regime), || rests_on_listing(self.book, &d.when)) {
            return says(Step::Told);
        }
        let reasons = self.reasons(&d.when, item, truth);
        // Of several conditions the definition itself says that all or one of them must hold.
        match &d.when {
            Condition::All(_) | Condition::Any(_) => Proof { because: reasons.because, ..says(reasons.by) },
            _ => says(Step::All).because_of(reasons),
        }
    }

    /// Whether an approval of an authority is on record, in force and covers the item.
    pub(crate) fn approved(&self, authority: &str, item: usize) -> Proof<'b> {
        let claim = format!("an approval of {authority} is on record, in force and covers it");
        fact(claim, atoms::approved(self.act, atoms::goods(self.act, item), authority, self.day))
    }

    fn judgement(&self, name: &str, presume: Option<&(bool, String)>) -> Proof<'b> {
        let question = self.book.judgements.get(name).map_or(name, |j| j.question.as_str());
        let found = self.act.judgements.get(name);
        let claim = match (presume, found) {
            (_, Some(f)) => format!("{question} ({}, says {})", if f.yes { "yes" } else { "no" }, f.by),
            (Some((taken, why)), None) => format!("{question} (taken as {}: {why})", if *taken { "yes" } else { "no" }),
            (None, None) => format!("{question} (nobody said)"),
        };
        let by = if presume.is_some() && found.is_none() { Step::Presumed } else { Step::Fact };
        Proof::bare(claim.into(), atoms::finding(self.act, name, presume), by)
    }

    /// All or one of several. What settles it is enough: of what fails in two ways or more the first way is told, of what holds in one way this way. Where one
    /// condition of a provision alone fails, the others are told too: that is a near miss. Of what is open in several ways these are told, not those that fail.
    fn group(&self, by: Step, list: &[Condition], item: usize, truth: Truth) -> Proof<'b> {
        let (claim, settled) = match by {
            Step::All => ("all of these hold", Truth::False),
            _ => ("one of these holds", Truth::True),
        };
        let told: Vec<(&Condition, Truth)> = match truth {
            truth if truth == settled => self.settling(by, list, item, settled),
            Truth::Unknown => {
                let all = list.iter().map(|c| (c, self.truth(c, item)));
                all.filter(|(_, truth)| by == Step::All || *truth == Truth::Unknown).collect()
            }
            same => list.iter().map(|c| (c, same)).collect(),
        };
        let because = told.into_iter().map(|(c, truth)| self.reasons(c, item, truth)).collect();
        Proof { because, ..Proof::bare(claim.into(), truth, by) }
    }

    fn settling<'c>(&self, by: Step, list: &'c [Condition], item: usize, settled: Truth) -> Vec<(&'c Condition, Truth)> {
        let mut seen = Vec::with_capacity(list.len());
        let mut first = None;
        for condition in list {
            let one = (condition, self.truth(condition, item));
            if one.1 == settled {
                if by != Step::All || self.reach || first.is_some() {
                    return vec![first.unwrap_or(one)];
                }
                first = Some(one);
            }
            seen.push(one);
        }
        seen
    }

    /// Whether more than one of several things that must all hold does not.
    pub(crate) fn fails_much(&self, condition: &Condition, item: usize) -> bool {
        let Condition::All(list) = condition else { return false };
        list.iter().filter(|c| self.truth(c, item) == Truth::False).nth(1).is_some()
    }

    /// The truth of a condition without its reasons, for most of what is looked at is not told.
    pub(crate) fn truth(&self, condition: &Condition, item: usize) -> Truth {
        let (act, day) = (self.act, self.day);
        let goods = || atoms::goods(act, item);
        match condition {
            Condition::Always => Truth::True,
            Condition::All(list) => until(list.iter().map(|c| self.truth(c, item)), Truth::and, Truth::True, Truth::False),
            Condition::Any(list) => until(list.iter().map(|c| self.truth(c, item)), Truth::or, Truth::False, Truth::True),
            Condition::Not(inner) => self.truth(inner, item).negate(),
            Condition::Act(kinds, _) => atoms::kind(act, *kinds),
            Condition::To(c) => atoms::goes_to(act, c, day),
            Condition::From(c) => atoms::comes_from(act, goods(), c, day),
            Condition::Via(c) => atoms::passes(act, c, day),
            Condition::In(c) => atoms::happens(act, c, day),
            Condition::Approved(authority) => atoms::approved(act, goods(), authority, day),
            Condition::Item(test) => self.item_truth(test, goods()),
            Condition::Party(test) => self.best_party(test).map_or(Truth::False, |(truth, _)| truth),
            Condition::Purpose(id) => atoms::finding(act, self.book.purposes.get(id).map_or(id, |p| &p.judgement), None),
            Condition::Judgement { name, presume } => atoms::finding(act, name, presume.as_ref()),
            Condition::Within { limit, counter, judgement } => {
                let parameter = self.book.parameters.get(limit);
                let cap = parameter.and_then(|p| p.on(day)).map(|s| s.value);
                atoms::within(act, goods(), counter, judgement.as_deref(), cap, parameter.map_or("", |p| p.unit.as_str()))
            }
            Condition::ContractBefore(before) => atoms::contract(act, *before),
            Condition::Defined(id) => self.definition(id, item),
        }
    }

    /// Definitions stand in many conditions and are large: each is looked at once.
    fn definition(&self, id: &str, item: usize) -> Truth {
        let Some((id, d)) = self.book.definitions.get_key_value(id) else { return Truth::False };
        let known =
            self.known.borrow().iter().find(|(one, of, _)| *of == item && std::ptr::eq(*one, id.as_str())).map(|(.., truth)| *truth);
        known.unwrap_or_else(|| {
            let truth = if d.in_force(self.day) { self.truth(&d.when, item) } else { Truth::False };
            self.known.borrow_mut().push((id, item, truth));
            truth
        })
    }

    fn item_truth(&self, test: &ItemTest, goods: &Item) -> Truth {
        match test {
            ItemTest::Hs(ranges) => atoms::hs(&goods.hs, ranges),
            ItemTest::Wear(wear) => atoms::worn(goods, *wear),
            ItemTest::Over { amount, currency } => atoms::over(goods, *amount, currency),
            ItemTest::TotalOver { amount, currency } => atoms::total_over(goods, *amount, currency),
            ItemTest::List(id) => self.law.on_list(id, goods, self.day),
        }
    }

    /// Of the parties the one that best fits, and how well.
    fn best_party(&self, test: &PartyTest) -> Option<(Truth, &model::Party)> {
        let judged = |p| (party(test, p, &self.law.regimes, self.day), p);
        self.act.parties.iter().map(judged).max_by_key(|(truth, _)| *truth)
    }

    fn item(&self, test: &ItemTest, item: usize, truth: Truth) -> Proof<'b> {
        let goods = atoms::goods(self.act, item);
        let what = if goods.description.is_empty() { "the item" } else { goods.description.as_str() };
        let mut cite = None;
        let claim = match test {
            ItemTest::Hs(ranges) => {
                let mut claim = format!("“{what}” falls under HS ");
                for (at, range) in ranges.iter().enumerate() {
                    // Writing to a text cannot fail.
                    let _never = write!(claim, "{}{range}", if at > 0 { ", " } else { "" });
                }
                claim
            }
            ItemTest::Wear(wear) => format!("“{what}” is {wear:?}").to_lowercase(),
            ItemTest::Over { amount, currency } => format!("one “{what}” is worth more than {amount} {currency}"),
            ItemTest::TotalOver { amount, currency } => format!("“{what}” is worth more than {amount} {currency} in all"),
            ItemTest::List(id) => {
                let list = self.book.lists.get_key_value(id);
                cite = list.map(|(id, _)| id.as_str());
                format!("“{what}” is on the list “{}”", list.map_or(id.as_str(), |(_, l)| l.title.as_str()))
            }
        };
        Proof { cite, ..fact(claim, truth) }
    }

    fn party(&self, test: &PartyTest, truth: Truth) -> Proof<'b> {
        match self.best_party(test).filter(|_| truth != Truth::False) {
            Some((_, p)) => fact(format!("{} {}", called(p), describe(test)), truth),
            None => fact(format!("some party {}", describe(test)), Truth::False),
        }
    }
}

/// All or one of several truths, looked at until one settles it.
fn until(mut truths: impl Iterator<Item = Truth>, join: fn(Truth, Truth) -> Truth, start: Truth, settled: Truth) -> Truth {
    let joined = truths.try_fold(start, |out, truth| {
        let out = join(out, truth);
        if out == settled { Err(out) } else { Ok(out) }
    });
    joined.unwrap_or_else(|out| out)
}

/// Whether a condition asks who is listed.
fn rests_on_listing(book: &Rulebook, condition: &Condition) -> bool {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().any(|c| rests_on_listing(book, c)),
        Condition::Not(inner) => rests_on_listing(book, inner),
        Condition::Party(test) => test.designated,
        Condition::Defined(id) => book.definitions.get(id).is_some_and(|d| rests_on_listing(book, &d.when)),
        _ => false,
    }
}

/// A party as an answer speaks of it: by its name, or by what it does where nobody named it.
pub(crate) fn called(party: &Party) -> String {
    match (party.name.trim(), party.role) {
        ("", Some(role)) => format!("the {}, whom nobody names,", role.word().replace('_', " ")),
        ("", None) => "somebody whom nobody names".to_owned(),
        (name, _) => format!("“{name}”"),
    }
}

/// A party test in words.
pub(crate) fn describe(test: &PartyTest) -> String {
    let mut parts = Vec::new();
    if !test.roles.is_empty() {
        const FEW: usize = 4;
        parts.push(match test.roles.len() {
            n if n > FEW => "takes part in a role that counts".to_owned(),
            _ => format!("takes part as {}", test.roles.iter().map(|r| r.word().replace('_', " ")).collect::<Vec<_>>().join(" or ")),
        });
    }
    let mut country = |c: &Option<Area>, words: &str| {
        if let Some(c) = c {
            parts.push(format!("{words} {c}"));
        }
    };
    country(&test.national, "is a national of");
    country(&test.located, "sits in");
    country(&test.tied, "belongs to");
    country(&test.government, "is or acts for the government of");
    if !test.types.is_empty() {
        let words = test.types.iter().map(|t| t.word()).collect::<Vec<_>>().join(" or ");
        let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        parts.push(format!("is {article} {words}"));
    }
    if test.designated {
        parts.push("is designated".into());
    }
    if let Some(list) = &test.list {
        parts.push(format!("is one of {list}"));
    }
    parts.join(" and ")
}
