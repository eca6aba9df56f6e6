//! The proof: a tree of claims, each with its truth and what it rests on, built from the law as written.
//!
//! It is made by walking the conditions themselves, not the compiled planes, so it is also the slow path that the planes
//! are tested against.

use crate::atoms::{Atom, list_shape, party};
use model::{Act, Area, Date, Truth};
use rulebook::{Condition, ItemTest, PartyTest, Rulebook};

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
        }
    }
}

/// A claim and why it has the truth that it has.
#[derive(Clone, PartialEq, Debug)]
pub struct Proof {
    /// In words.
    pub claim: String,
    /// Its truth.
    pub truth: Truth,
    /// How it follows.
    pub by: Step,
    /// The provision that says so, if one does.
    pub cite: Option<String>,
    /// What it rests on.
    pub because: Vec<Proof>,
    /// The item that it speaks of, by index; set where a provision is applied.
    pub item: Option<usize>,
}

pub(crate) struct Prover<'a> {
    pub book: &'a Rulebook,
    pub act: &'a Act,
    pub day: Date,
    /// The regimes whose designations count.
    pub regimes: Vec<String>,
}

impl Prover<'_> {
    fn leaf(&self, claim: String, atom: &Atom, item: usize) -> Proof {
        let presumed = matches!(atom, Atom::Judgement { name, presume: Some(_) } if !self.act.judgements.contains_key(name));
        Proof {
            claim,
            truth: atom.truth(self.act, item, self.day),
            by: if presumed { Step::Presumed } else { Step::Fact },
            cite: None,
            because: Vec::new(),
            item: None,
        }
    }

    /// The truth of a condition for one item, with reasons.
    pub(crate) fn condition(&self, condition: &Condition, item: usize) -> Proof {
        match condition {
            Condition::Always => {
                Proof { claim: "in every case".into(), truth: Truth::True, by: Step::Fact, cite: None, because: Vec::new(), item: None }
            }
            Condition::All(list) => self.group(Step::All, list, item),
            Condition::Any(list) => self.group(Step::Any, list, item),
            Condition::Not(inner) => {
                let inner = self.condition(inner, item);
                Proof {
                    claim: format!("not: {}", inner.claim),
                    truth: inner.truth.negate(),
                    by: Step::Not,
                    cite: None,
                    because: vec![inner],
                    item: None,
                }
            }
            Condition::Act(kinds, word) => {
                let claim = match self.act.sure_kind() {
                    Some(kind) if kind.word() == word => format!("the act is one of {word}"),
                    Some(kind) => format!("the act ({}) counts as {word}", kind.word().replace('_', " ")),
                    None => format!("the act counts as {word}"),
                };
                self.leaf(claim, &Atom::Kind(*kinds), item)
            }
            Condition::To(c) => self.leaf(format!("it goes to {c}"), &Atom::To(c.clone()), item),
            Condition::From(c) => self.leaf(format!("it comes from {c}"), &Atom::From(c.clone()), item),
            Condition::Via(c) => self.leaf(format!("it passes through {c}"), &Atom::Via(c.clone()), item),
            Condition::In(c) => self.leaf(format!("some of it happens in {c}"), &Atom::In(c.clone()), item),
            Condition::Approved(authority) => {
                let claim = format!("an approval of {authority} is on record, in force and covers it");
                self.leaf(claim, &Atom::Approval(authority.clone()), item)
            }
            Condition::Item(test) => self.item(test, item),
            Condition::Party(test) => self.party(test),
            Condition::Purpose(id) => {
                let (name, question) =
                    self.book.purposes.get(id).map_or((id.clone(), id.clone()), |p| (p.judgement.clone(), p.question.clone()));
                self.leaf(question, &Atom::Judgement { name, presume: None }, item)
            }
            Condition::Judgement { name, presume } => {
                let question = self.book.judgements.get(name).map_or(name.as_str(), |j| j.question.as_str());
                let claim = match (presume, self.act.judgements.get(name)) {
                    (_, Some(f)) => format!("{question} ({}, says {})", if f.yes { "yes" } else { "no" }, f.by),
                    (Some((taken, why)), None) => format!("{question} (taken as {}: {why})", if *taken { "yes" } else { "no" }),
                    (None, None) => format!("{question} (nobody said)"),
                };
                self.leaf(claim, &Atom::Judgement { name: name.clone(), presume: presume.clone() }, item)
            }
            Condition::Within { limit, counter, judgement } => {
                let parameter = self.book.parameters.get(limit);
                let cap = parameter.and_then(|p| p.on(self.day)).map(|s| s.value);
                let unit = parameter.map_or_else(String::new, |p| p.unit.clone());
                let claim = match cap {
                    Some(cap) => format!("the total reported and this act stay within {cap} {unit}"),
                    None => "a cap is open on that day".into(),
                };
                self.leaf(
                    claim,
                    &Atom::Within { limit: limit.clone(), counter: counter.clone(), judgement: judgement.clone(), cap, unit },
                    item,
                )
            }
            Condition::ContractBefore(day) => self.leaf(format!("the written contract is older than {day}"), &Atom::Contract(*day), item),
            Condition::Defined(id) => match self.book.definitions.get(id) {
                Some(d) if !d.in_force(self.day) => Proof {
                    claim: format!("{} (not on that day)", d.says.trim_end_matches('.')),
                    truth: Truth::False,
                    by: Step::All,
                    cite: Some(id.clone()),
                    because: Vec::new(),
                    item: None,
                },
                Some(d) => {
                    let inner = self.condition(&d.when, item);
                    Proof {
                        claim: d.says.clone(),
                        truth: inner.truth,
                        by: Step::All,
                        cite: Some(id.clone()),
                        because: vec![inner],
                        item: None,
                    }
                }
                None => Proof {
                    claim: format!("undefined: {id}"),
                    truth: Truth::False,
                    by: Step::Fact,
                    cite: None,
                    because: Vec::new(),
                    item: None,
                },
            },
        }
    }

    fn group(&self, by: Step, list: &[Condition], item: usize) -> Proof {
        let children: Vec<Proof> = list.iter().map(|c| self.condition(c, item)).collect();
        let truths = children.iter().map(|p| p.truth);
        let truth = if by == Step::All { truths.min().unwrap_or(Truth::True) } else { truths.max().unwrap_or(Truth::False) };
        let claim = if by == Step::All { "all of these hold" } else { "one of these holds" };
        Proof { claim: claim.into(), truth, by, cite: None, because: children, item: None }
    }

    fn item(&self, test: &ItemTest, item: usize) -> Proof {
        let what =
            self.act.items.get(item).map_or("the item", |i| if i.description.is_empty() { "the item" } else { i.description.as_str() });
        match test {
            ItemTest::Hs(ranges) => {
                let codes = ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                self.leaf(format!("“{what}” falls under HS {codes}"), &Atom::Hs(ranges.clone()), item)
            }
            ItemTest::Wear(wear) => self.leaf(format!("“{what}” is {wear:?}").to_lowercase(), &Atom::Wear(*wear), item),
            ItemTest::Over { amount, currency } => self.leaf(
                format!("one “{what}” is worth more than {amount} {currency}"),
                &Atom::Over { amount: *amount, currency: currency.clone() },
                item,
            ),
            ItemTest::TotalOver { amount, currency } => self.leaf(
                format!("“{what}” is worth more than {amount} {currency} in all"),
                &Atom::TotalOver { amount: *amount, currency: currency.clone() },
                item,
            ),
            ItemTest::List(id) => {
                let title = self.book.lists.get(id).map_or(id.as_str(), |l| l.title.as_str());
                let shape = list_shape(self.book, id, self.day);
                let mark = |key: &str, open: bool, worded: bool| Atom::Mark { key: key.to_owned(), open, worded, list: id.clone() };
                let codes = |key: &str, certain: &[model::HsRange], possible: &[model::HsRange], worded: bool| {
                    let t = |a: &Atom| a.truth(self.act, item, self.day);
                    let mut truth = t(&mark(key, false, worded));
                    if !certain.is_empty() {
                        truth = truth.or(t(&Atom::ListCodes(certain.to_vec())));
                    }
                    if !possible.is_empty() {
                        truth = truth.or(t(&Atom::ListCodes(possible.to_vec())).and(t(&mark(key, true, true))));
                    }
                    truth
                };
                let mut truth = codes(id, &shape.certain, &shape.possible, shape.worded);
                for (key, certain, possible, amount, currency) in &shape.over {
                    let over = Atom::Over { amount: *amount, currency: currency.clone() }.truth(self.act, item, self.day);
                    truth = truth.or(codes(key, certain, possible, true).and(over));
                }
                Proof {
                    claim: format!("“{what}” is on the list “{title}”"),
                    truth,
                    by: Step::Fact,
                    cite: Some(id.clone()),
                    because: Vec::new(),
                    item: None,
                }
            }
        }
    }

    fn party(&self, test: &PartyTest) -> Proof {
        let judged = |p: &model::Party| party(test, p, &self.regimes, self.day);
        let best = self.act.parties.iter().max_by_key(|p| judged(p));
        let truth = best.map_or(Truth::False, judged);
        let who = best.filter(|_| truth != Truth::False).map_or_else(|| "some party".to_owned(), |p| format!("“{}”", p.name));
        Proof { claim: format!("{who} {}", describe(test)), truth, by: Step::Fact, cite: None, because: Vec::new(), item: None }
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
