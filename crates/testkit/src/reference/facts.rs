//! How one condition is answered from an act: the section "What the facts say" of the law format, sentence by sentence.

use super::amounts;
use model::{Act, ActKind, Area, Condition as Wear, Country, Date, HsRange, Item, Kinds, Mark, Party, PartyType, Role, Span, Truth};
use rulebook::{Condition, ItemTest, ListRow, Match, PartyTest, Rulebook};
use std::collections::BTreeMap;

/// Something nobody stated, on which conditions rest. Numbers are places in the list of items.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Fact {
    Kind,
    To(Area),
    From(Area),
    In(Area),
    Codes(usize),
    Mark(usize, String),
    Worth(usize, String),
    Total(usize, String),
    Wear(usize),
    Finding(String),
    Cap(String),
    Contract,
    Approval(usize, String),
    Party(String),
    /// A name that leads nowhere; a checked rulebook has none.
    Lost(String),
}

/// What a world says of a fact.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Value {
    Yes(bool),
    Kind(Kinds),
    Codes(HsRange),
    /// The value of one unit.
    Worth(f64),
    Wear(Wear),
    Days(Span),
}

pub(super) type World = BTreeMap<Fact, Value>;

/// An answer; when it is open, with a fact that it waits for.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Answer {
    No,
    Yes,
    Open(Fact),
}

impl Answer {
    pub(super) fn truth(&self) -> Truth {
        match self {
            Self::No => Truth::False,
            Self::Open(_) => Truth::Unknown,
            Self::Yes => Truth::True,
        }
    }
    pub(super) fn open(self) -> Option<Fact> {
        if let Self::Open(fact) = self { Some(fact) } else { None }
    }
    /// The plain answers that are still possible.
    pub(super) fn both(&self) -> &'static [bool] {
        match self {
            Self::No => &[false],
            Self::Yes => &[true],
            Self::Open(_) => &[false, true],
        }
    }
    pub(super) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            open => open,
        }
    }
    pub(super) fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }
    fn or(self, other: Self) -> Self {
        Self::any([self, other])
    }
    pub(super) fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut out = Self::Yes;
        for answer in answers {
            match answer {
                Self::No => return Self::No,
                Self::Open(fact) if out == Self::Yes => out = Self::Open(fact),
                _ => {}
            }
        }
        out
    }
    pub(super) fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        Self::all(answers.into_iter().map(Self::not)).not()
    }
    /// A truth that, when unknown, rests on the fact.
    fn from_truth(truth: Truth, fact: impl FnOnce() -> Fact) -> Self {
        match truth {
            Truth::False => Self::No,
            Truth::True => Self::Yes,
            Truth::Unknown => Self::Open(fact()),
        }
    }
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// Kinds of act whose goods or services stay where they are given.
const STAYS: [ActKind; 23] = [
    ActKind::BankAccount,
    ActKind::Charter,
    ActKind::Classification,
    ActKind::CorrespondentBanking,
    ActKind::Crewing,
    ActKind::Employment,
    ActKind::Financing,
    ActKind::FishingRights,
    ActKind::Flagging,
    ActKind::Insurance,
    ActKind::Investment,
    ActKind::JointVenture,
    ActKind::Lease,
    ActKind::Loan,
    ActKind::Payment,
    ActKind::Remittance,
    ActKind::Service,
    ActKind::Tourism,
    ActKind::Training,
    ActKind::Travel,
    ActKind::Use,
    ActKind::ScientificCooperation,
    ActKind::TechnicalAssistance,
];

/// One item of an act, seen under one regime on one day in one world.
#[derive(Clone, Copy)]
pub(super) struct Eye<'a> {
    pub book: &'a Rulebook,
    pub act: &'a Act,
    pub item: usize,
    pub day: Date,
    pub regime: &'a str,
    pub world: &'a World,
}

impl Eye<'_> {
    pub(super) fn see(&self, condition: &Condition) -> Answer {
        match condition {
            Condition::Always => Answer::Yes,
            Condition::All(list) => Answer::all(list.iter().map(|c| self.see(c))),
            Condition::Any(list) => Answer::any(list.iter().map(|c| self.see(c))),
            Condition::Not(inner) => self.see(inner).not(),
            Condition::Act(kinds, _) => self.kind(*kinds),
            Condition::To(area) => {
                let open = |c| to(self.act, &|one| one == c) == Truth::Unknown;
                self.country(to(self.act, &self.of(area)), area, open, Fact::To)
            }
            Condition::From(area) => self.from(area),
            Condition::Via(area) => self.act.transit.iter().any(|c| area.has(*c, self.day)).into(),
            Condition::In(area) if !area.countries().any(self.of(area)) => Answer::No,
            Condition::In(area) => self.settle(happens_in(self.act, &self.of(area)), || Fact::In(area.clone())),
            Condition::Approved(authority) => self.approval(authority),
            Condition::Item(test) => self.item_test(test),
            Condition::Party(test) => self.party(test),
            Condition::Purpose(name) => match self.book.purposes.get(name) {
                Some(purpose) => self.finding(&purpose.judgement),
                None => self.settle(Truth::Unknown, || Fact::Lost(name.clone())),
            },
            Condition::Judgement { name, presume } => match (self.act.judgements.get(name), presume) {
                (None, Some((yes, _))) => (*yes).into(),
                _ => self.finding(name),
            },
            Condition::Within { limit, counter, judgement } => self.within(limit, counter, judgement.as_deref()),
            Condition::ContractBefore(day) => self.contract_before(*day),
            Condition::Defined(id) => match self.book.definitions.get(id) {
                Some(definition) if !definition.in_force(self.day) => Answer::No,
                Some(definition) => self.see(&definition.when),
                None => self.settle(Truth::Unknown, || Fact::Lost(id.clone())),
            },
        }
    }

    /// A truth as it stands, and if it is unknown what the world says of the fact.
    fn settle(&self, truth: Truth, fact: impl FnOnce() -> Fact) -> Answer {
        match Answer::from_truth(truth, fact) {
            Answer::Open(fact) => match self.world.get(&fact) {
                Some(Value::Yes(yes)) => (*yes).into(),
                _ => Answer::Open(fact),
            },
            settled => settled,
        }
    }

    fn kind(&self, set: Kinds) -> Answer {
        let kinds = match self.world.get(&Fact::Kind) {
            Some(Value::Kind(kinds)) => *kinds,
            _ => self.act.kind,
        };
        match kinds.0 & set.0 {
            0 => Answer::No,
            inside if inside == kinds.0 => Answer::Yes,
            _ => Answer::Open(Fact::Kind),
        }
    }

    /// Whether a country is the area, or a member of it on the day.
    fn of<'a>(&self, area: &'a Area) -> impl Fn(Country) -> bool + 'a {
        let day = self.day;
        move |country| area.has(country, day)
    }

    fn from(&self, area: &Area) -> Answer {
        let truth = self.act.items.get(self.item).map_or(Truth::Unknown, |item| from(self.act, item, &self.of(area)));
        // What goes to a country does not come from it.
        let goes_there = |c| self.act.destination == Some(c) || receivers(self.act).any(|p| tied(p, &|one| one == c));
        self.country(truth, area, |c| !goes_there(c), Fact::From)
    }

    /// Whether the one country that something ends up in, or comes from, is of an area: what was answered of other areas may say it too. `open`: whether it
    /// may be a country.
    fn country(&self, truth: Truth, area: &Area, open: impl Fn(Country) -> bool, fact: fn(Area) -> Fact) -> Answer {
        let answered = |wanted: bool| {
            let mine = self.world.iter().filter(move |(_, value)| **value == Value::Yes(wanted));
            mine.filter_map(move |(known, _)| match known {
                Fact::To(a) | Fact::From(a) if *known == fact(a.clone()) => Some(a),
                _ => None,
            })
        };
        let of = |area: &Area, country: Country| area.has(country, self.day);
        let left = |country: &Country| answered(true).all(|a| of(a, *country)) && !answered(false).any(|a| of(a, *country));
        let in_it = |within: &Area| within.countries().filter(|c| of(within, *c) && open(*c)).filter(left).collect::<Vec<_>>();
        if truth != Truth::Unknown {
            return Answer::from_truth(truth, || fact(area.clone()));
        }
        if in_it(area).is_empty() {
            return Answer::No;
        }
        match answered(true).next() {
            Some(sure) if in_it(sure).into_iter().all(|c| of(area, c)) => Answer::Yes,
            _ => Answer::Open(fact(area.clone())),
        }
    }

    fn finding(&self, name: &str) -> Answer {
        let recorded = self.act.judgements.get(name).map_or(Truth::Unknown, |f| f.yes.into());
        self.settle(recorded, || Fact::Finding(name.to_owned()))
    }

    fn party(&self, test: &PartyTest) -> Answer {
        let best = self.act.parties.iter().map(|p| self.one_party(p, test)).max().unwrap_or(Truth::False);
        self.settle(best, || {
            // The same test written with its roles in another order is the same test.
            let mut test = test.clone();
            test.roles.sort();
            test.types.sort();
            let regime = if test.designated { self.regime } else { "" };
            Fact::Party(format!("{regime} {test:?}"))
        })
    }

    fn one_party(&self, party: &Party, test: &PartyTest) -> Truth {
        let mut least = Truth::True;
        let mut and = |truth: Truth| least = least.min(truth);
        if !test.roles.is_empty() {
            and(party.role.map_or(Truth::Unknown, |r| test.roles.contains(&r).into()));
        }
        if let Some(area) = &test.national {
            and(national(party, &self.of(area)));
        }
        if let Some(area) = &test.located {
            and(party.located_in.is_some_and(self.of(area)).into());
        }
        if let Some(area) = &test.tied {
            and(national(party, &self.of(area)).max(tied(party, &self.of(area)).into()));
        }
        if let Some(area) = &test.government {
            and(government(party, &self.of(area)));
        }
        if !test.types.is_empty() {
            and(party.kind.map_or(Truth::Unknown, |k| test.types.contains(&k).into()));
        }
        if test.designated {
            and(self.designated(party));
        }
        if let Some(list) = &test.list {
            let counts = |m: &&Mark| m.list == *list && m.from <= self.day && m.to.is_none_or(|to| self.day <= to);
            and(party.marks.iter().filter(counts).map(|m| m.truth).max().unwrap_or(Truth::False));
        }
        least
    }

    fn designated(&self, party: &Party) -> Truth {
        if let Some(said) = party.designated {
            return said.into();
        }
        let others = self.book.regimes.get(self.regime).map_or(&[][..], |r| r.lists.as_slice());
        let listed = party.designations.iter().filter(|d| {
            (d.regime == self.regime || others.contains(&d.regime))
                && d.from.is_none_or(|f| f <= self.day)
                && d.to.is_none_or(|t| self.day <= t)
        });
        listed.map(|d| if d.sure { Truth::True } else { Truth::Unknown }).max().unwrap_or(Truth::False)
    }

    fn item_test(&self, test: &ItemTest) -> Answer {
        let Some(item) = self.act.items.get(self.item) else {
            return self.settle(Truth::Unknown, || Fact::Lost("item".into()));
        };
        match test {
            ItemTest::Hs(ranges) => self.codes(item, ranges),
            ItemTest::List(id) => self.list(item, id),
            ItemTest::Wear(wanted) => {
                let assumed = match self.world.get(&Fact::Wear(self.item)) {
                    Some(Value::Wear(wear)) => Some(*wear),
                    _ => None,
                };
                item.condition.or(assumed).map_or(Answer::Open(Fact::Wear(self.item)), |wear| (wear == *wanted).into())
            }
            ItemTest::Over { amount, currency } => self.over(item, *amount, currency),
            ItemTest::TotalOver { amount, currency } => self.total_over(item, *amount, currency),
        }
    }

    fn codes(&self, item: &Item, ranges: &[HsRange]) -> Answer {
        let assumed = match self.world.get(&Fact::Codes(self.item)) {
            Some(Value::Codes(range)) => Some([*range]),
            _ => None,
        };
        let any = [HsRange::ANY];
        let candidates = match &assumed {
            Some(one) => one.as_slice(),
            None if item.hs.is_empty() => any.as_slice(),
            None => item.hs.as_slice(),
        };
        if candidates.iter().all(|c| ranges.iter().any(|r| c.within(*r))) {
            Answer::Yes
        } else if candidates.iter().all(|c| !ranges.iter().any(|r| c.meets(*r))) {
            Answer::No
        } else {
            Answer::Open(Fact::Codes(self.item))
        }
    }

    fn list(&self, item: &Item, id: &str) -> Answer {
        let Some(list) = self.book.lists.get(id) else {
            return self.settle(Truth::Unknown, || Fact::Lost(id.to_owned()));
        };
        let rows: Vec<&ListRow> = list.rows.iter().filter(|r| r.period.holds_on(self.day)).collect();
        let (valued, plain): (Vec<&ListRow>, Vec<&ListRow>) = rows.into_iter().partition(|r| r.over.is_some());
        let codes_of =
            |proof: Match| -> Vec<HsRange> { plain.iter().filter(|r| r.proves == proof).flat_map(|r| r.hs.iter().copied()).collect() };
        let has_words = !list.presumed_no && plain.iter().any(|r| !r.words.is_empty());
        let said = item.mark(id, self.day);
        let first = match said {
            None if !has_words || item.identified => Answer::No,
            _ => self.mark(said, id),
        };
        let second = self.listed_codes(item, &codes_of(Match::Certain));
        let third = self.listed_codes(item, &codes_of(Match::Possible)).and(self.mark(said, id));
        let fourth = Answer::any(valued.into_iter().map(|row| self.valued_row(item, id, row)));
        Answer::any([first, second, third, fourth])
    }

    /// Codes of a list: what is known for what it is and has no code, such as a service, has none of them.
    fn listed_codes(&self, item: &Item, ranges: &[HsRange]) -> Answer {
        if item.identified && item.hs.is_empty() { Answer::No } else { self.codes(item, ranges) }
    }

    /// A mark of the item; nothing said counts as unknown.
    fn mark(&self, said: Option<Truth>, name: &str) -> Answer {
        self.settle(said.unwrap_or_default(), || Fact::Mark(self.item, name.to_owned()))
    }

    fn valued_row(&self, item: &Item, list: &str, row: &ListRow) -> Answer {
        let Some((amount, currency)) = &row.over else { return Answer::No };
        let name = format!("{list}/{}", row.entry);
        let said = item.mark(&name, self.day).or(item.mark(list, self.day).filter(|t| *t == Truth::False));
        let named = if said.is_none() && item.identified { Answer::No } else { self.mark(said, &name) };
        let coded = match row.proves {
            Match::Certain => self.listed_codes(item, &row.hs),
            Match::Possible => self.listed_codes(item, &row.hs).and(self.mark(said, &name)),
            Match::Words => Answer::No,
        };
        named.or(coded).and(self.over(item, *amount, currency))
    }

    /// Whether one unit is worth more than the amount.
    fn over(&self, item: &Item, amount: f64, currency: &str) -> Answer {
        let fact = Fact::Worth(self.item, currency.to_owned());
        if let Some(Value::Worth(worth)) = self.world.get(&fact) {
            return (*worth > amount).into();
        }
        let (least, most) = amounts::worth_of_one(item, currency);
        if least > amount {
            Answer::Yes
        } else if most <= amount {
            Answer::No
        } else {
            Answer::Open(fact)
        }
    }

    /// Whether all of it is worth more than the amount.
    fn total_over(&self, item: &Item, amount: f64, currency: &str) -> Answer {
        let fact = Fact::Total(self.item, currency.to_owned());
        if let Some(Value::Worth(worth)) = self.world.get(&fact) {
            return (*worth > amount).into();
        }
        match amounts::worth(item, currency) {
            Some((least, _)) if least > amount => Answer::Yes,
            Some((_, most)) if most <= amount => Answer::No,
            _ => Answer::Open(fact),
        }
    }

    fn within(&self, limit: &str, counter: &str, judgement: Option<&str>) -> Answer {
        let Some(parameter) = self.book.parameters.get(limit) else {
            return self.settle(Truth::Unknown, || Fact::Lost(limit.to_owned()));
        };
        let Some(cap) = parameter.on(self.day).map(|s| s.value) else { return Answer::No };
        let own = self.act.items.get(self.item).and_then(|item| amounts::own(item, &parameter.unit));
        if own.is_some_and(|(least, _)| least > cap) {
            return Answer::No;
        }
        if let Some(finding) = judgement.and_then(|j| self.act.judgements.get(j)) {
            return finding.yes.into();
        }
        let used = self.act.counters.get(counter).map(|tally| amounts::used(tally, &parameter.unit));
        let truth = match used {
            Some((Some(least), _)) if least + own.map_or(0.0, |o| o.0) > cap => Truth::False,
            Some((_, Some(most))) if own.is_some_and(|o| most + o.1 <= cap) => Truth::True,
            _ => Truth::Unknown,
        };
        self.settle(truth, || judgement.map_or(Fact::Cap(limit.to_owned()), |j| Fact::Finding(j.to_owned())))
    }

    fn contract_before(&self, day: Date) -> Answer {
        let span = match self.world.get(&Fact::Contract) {
            Some(Value::Days(span)) => Some(*span),
            _ => self.act.contract_date,
        };
        match span {
            Some(span) if span.last < day => Answer::Yes,
            Some(span) if span.first >= day => Answer::No,
            _ => Answer::Open(Fact::Contract),
        }
    }

    pub(super) fn approval(&self, authority: &str) -> Answer {
        let on_record = self
            .act
            .approvals
            .iter()
            .enumerate()
            .filter(|(_, a)| a.authority == authority && a.on <= self.day && a.until.is_none_or(|until| self.day <= until));
        let covered = |i: usize| self.act.items.get(self.item).and_then(|item| item.covered.get(i)).copied();
        let best = on_record.map(|(i, a)| if a.covers.is_empty() { Truth::True } else { covered(i).unwrap_or_default() }).max();
        self.settle(best.unwrap_or(Truth::False), || Fact::Approval(self.item, authority.to_owned()))
    }
}

fn receivers(act: &Act) -> impl Iterator<Item = &Party> {
    act.parties.iter().filter(|p| matches!(p.role, Some(Role::Recipient | Role::Buyer | Role::Consignee | Role::EndUser)))
}

fn providers(act: &Act) -> impl Iterator<Item = &Party> {
    act.parties.iter().filter(|p| matches!(p.role, Some(Role::Supplier | Role::Seller | Role::Provider)))
}

fn tied(party: &Party, is_it: &impl Fn(Country) -> bool) -> bool {
    let places = [party.located_in, party.government_of, party.flag];
    party.nationality.iter().copied().chain(places.into_iter().flatten()).any(is_it)
}

/// Whether anything is known of where a party belongs.
fn placed(party: &Party) -> bool {
    !party.nationality.is_empty() || party.located_in.is_some() || party.government_of.is_some()
}

fn stays(act: &Act) -> bool {
    act.kind.iter().all(|k| STAYS.contains(&k))
}

fn to(act: &Act, is_it: &impl Fn(Country) -> bool) -> Truth {
    let tied_to = |p: &&Party| tied(p, is_it);
    // Who sits where the goods go is there for himself, unless he is a government.
    let at_the_end = |p: &Party| p.located_in == act.destination && p.kind != Some(PartyType::Government);
    match act.destination {
        Some(stated) if is_it(stated) => Truth::True,
        Some(_) if receivers(act).any(|p| p.located_in.is_some_and(is_it)) => Truth::True,
        Some(_) if !stays(act) && receivers(act).filter(tied_to).any(|p| !at_the_end(p)) => Truth::Unknown,
        Some(_) => Truth::False,
        None if receivers(act).filter(tied_to).count() > 0 => Truth::True,
        None if stays(act) => Truth::False,
        None => Truth::Unknown,
    }
}

fn from(act: &Act, item: &Item, is_it: &impl Fn(Country) -> bool) -> Truth {
    if [item.origin, act.origin].into_iter().flatten().any(is_it) {
        return Truth::True;
    }
    if act.origin.is_some() {
        return (item.origin.is_none() && providers(act).any(|p| p.located_in.is_some_and(is_it))).into();
    }
    if item.origin.is_some() {
        return Truth::False;
    }
    if providers(act).any(|p| tied(p, is_it)) {
        return Truth::True;
    }
    if providers(act).next().is_some() && providers(act).all(placed) {
        return Truth::False;
    }
    Truth::Unknown
}

fn happens_in(act: &Act, is_it: &impl Fn(Country) -> bool) -> Truth {
    let ends = act.origin.into_iter().chain(act.destination);
    // Between a giver and a receiver a mere owner does nothing.
    let between = providers(act).next().is_some() && receivers(act).next().is_some();
    let doing: Vec<&Party> = act.parties.iter().filter(|p| !between || p.role != Some(Role::Owner)).collect();
    let mut stated = ends.chain(act.transit.iter().copied()).chain(doing.iter().filter_map(|p| p.located_in));
    if stated.any(is_it) {
        return Truth::True;
    }
    if doing.iter().any(|p| p.located_in.is_none() && tied(p, is_it)) {
        return Truth::Unknown;
    }
    let start = act.origin.is_some() || providers(act).any(placed);
    let end = act.destination.is_some() || receivers(act).any(placed);
    let enough = if stays(act) { start || end } else { start && end };
    if enough { Truth::False } else { Truth::Unknown }
}

fn national(party: &Party, is_it: &impl Fn(Country) -> bool) -> Truth {
    let stated: Vec<Country> = party.nationality.iter().copied().chain(party.government_of).chain(party.flag).collect();
    if stated.iter().any(|c| is_it(*c)) {
        return Truth::True;
    }
    let elsewhere = party.located_in.is_some_and(|c| !is_it(c));
    if !stated.is_empty() || party.kind == Some(PartyType::Organisation) || elsewhere { Truth::False } else { Truth::Unknown }
}

fn government(party: &Party, is_it: &impl Fn(Country) -> bool) -> Truth {
    match (party.kind, party.government_of) {
        (_, Some(state)) if is_it(state) => Truth::True,
        (Some(PartyType::Government), _) => national(party, is_it),
        (None, None) if national(party, is_it) != Truth::False => Truth::Unknown,
        _ => Truth::False,
    }
}
