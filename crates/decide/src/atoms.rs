//! Leaf conditions, and what the facts say about each of them.

use model::{Act, ActKind, Area, Condition as Wear, Country, Date, HsRange, Item, Kinds, Party, PartyType, Role, Truth};
use rulebook::{Match, PartyTest, Period, Rulebook};

/// A leaf condition, shared by all provisions that use it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Atom {
    Kind(Kinds),
    To(Area),
    From(Area),
    Via(Area),
    In(Area),
    Hs(Vec<HsRange>),
    /// The codes of a list. A thing that is known for what it is and has no code, such as a service, has none of them.
    ListCodes(Vec<HsRange>),
    /// On the list by words or by being said so. `open`: its code already makes it possible, so silence is unknown;
    /// otherwise an identified item that meets no row is off the list. `worded`: the list has rows of words, and silence leaves them open.
    Mark {
        key: String,
        open: bool,
        worded: bool,
        list: String,
    },
    Over {
        amount: f64,
        currency: String,
    },
    TotalOver {
        amount: f64,
        currency: String,
    },
    Wear(Wear),
    Party {
        test: PartyTest,
        /// The regimes whose designations count.
        regimes: Vec<String>,
    },
    Judgement {
        name: String,
        presume: Option<(bool, String)>,
    },
    Within {
        limit: String,
        counter: String,
        judgement: Option<String>,
        cap: Option<f64>,
        unit: String,
    },
    Contract(Date),
    Approval(String),
    /// It is one of these days. In the law of every day at once; that of one day needs it not.
    During(Period),
}

/// A fact that may be asked for; atoms that rest on the same fact are split together.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Fact {
    Kind,
    /// The one country that it ends up in.
    To,
    /// The one country that it comes from.
    From,
    /// Places of which several may be true at once, each asked for by itself: `via`, `in`.
    Place(&'static str, Area),
    Hs,
    Mark(String),
    Value(String),
    Total(String),
    Wear,
    Party(usize),
    Judgement(String),
    Within(String),
    Contract,
    Approval(String),
    Day,
}

impl Fact {
    /// Whether it is where something happens or who takes part, and not what is done or with what.
    pub(crate) fn is_of_place_or_party(&self) -> bool {
        matches!(self, Self::To | Self::From | Self::Place(..) | Self::Party(_))
    }
}

impl Atom {
    /// The fact it rests on.
    pub(crate) fn fact(&self, index: usize) -> Fact {
        match self {
            Self::Kind(_) => Fact::Kind,
            Self::To(_) => Fact::To,
            Self::From(_) => Fact::From,
            Self::Via(c) => Fact::Place("via", c.clone()),
            Self::In(c) => Fact::Place("in", c.clone()),
            Self::Hs(_) | Self::ListCodes(_) => Fact::Hs,
            Self::Mark { key, .. } => Fact::Mark(key.clone()),
            Self::Over { currency, .. } => Fact::Value(currency.clone()),
            Self::TotalOver { currency, .. } => Fact::Total(currency.clone()),
            Self::Wear(_) => Fact::Wear,
            Self::Party { .. } => Fact::Party(index),
            Self::Judgement { name, .. } => Fact::Judgement(name.clone()),
            Self::Within { limit, judgement, .. } => Fact::Within(judgement.clone().unwrap_or_else(|| limit.clone())),
            Self::Contract(_) => Fact::Contract,
            Self::Approval(authority) => Fact::Approval(authority.clone()),
            Self::During(_) => Fact::Day,
        }
    }

    /// The country or group of countries in which something is to end up, or from which it is to come.
    pub(crate) fn end(&self) -> Option<&Area> {
        if let Self::To(area) | Self::From(area) = self { Some(area) } else { None }
    }

    /// The countries and groups of countries that it speaks of.
    pub(crate) fn areas(&self) -> Vec<&Area> {
        match self {
            Self::To(a) | Self::From(a) | Self::Via(a) | Self::In(a) => vec![a],
            Self::Party { test, .. } => [&test.national, &test.located, &test.tied, &test.government].into_iter().flatten().collect(),
            _ => Vec::new(),
        }
    }

    /// The same, to put others in their place.
    pub(crate) fn areas_mut(&mut self) -> Vec<&mut Area> {
        match self {
            Self::To(a) | Self::From(a) | Self::Via(a) | Self::In(a) => vec![a],
            Self::Party { test, .. } => {
                [&mut test.national, &mut test.located, &mut test.tied, &mut test.government].into_iter().flatten().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it is the same on every day, but for who belongs to a group of countries and for days that it names itself.
    pub(crate) fn steady(&self) -> bool {
        match self {
            Self::Party { test, .. } => !test.designated && test.list.is_none(),
            Self::Mark { .. } | Self::Approval(_) => false,
            Self::Kind(_)
            | Self::To(_)
            | Self::From(_)
            | Self::Via(_)
            | Self::In(_)
            | Self::Hs(_)
            | Self::ListCodes(_)
            | Self::Over { .. }
            | Self::TotalOver { .. }
            | Self::Wear(_)
            | Self::Judgement { .. }
            | Self::Within { .. }
            | Self::Contract(_)
            | Self::During(_) => true,
        }
    }

    /// Roughly what it costs to look at, next to a test of one country.
    pub(crate) fn cost(&self) -> u32 {
        let group = self.areas().iter().any(|a| matches!(a, Area::Group(_)));
        match self {
            _ if group => 8,
            Self::Kind(_) | Self::To(_) | Self::From(_) | Self::Via(_) | Self::In(_) | Self::During(_) => 1,
            Self::Party { .. } => 2,
            // What was not looked at of the goods need not be the same for the same decision, so they come last.
            Self::Hs(_) | Self::ListCodes(_) | Self::Mark { .. } | Self::Over { .. } | Self::TotalOver { .. } | Self::Within { .. } => 32,
            _ => 4,
        }
    }

    /// Whether two items of one act can differ in it.
    pub(crate) fn per_item(&self) -> bool {
        matches!(
            self,
            Self::Hs(_)
                | Self::ListCodes(_)
                | Self::Mark { .. }
                | Self::Over { .. }
                | Self::TotalOver { .. }
                | Self::Wear(_)
                | Self::From(_)
                | Self::Approval(_)
                | Self::Within { .. }
        )
    }

    /// What the facts say. `item` is an index into the act's items.
    pub(crate) fn truth(&self, act: &Act, item: usize, day: Date) -> Truth {
        let goods = goods(act, item);
        match self {
            Self::Kind(set) => kind(act, *set),
            Self::To(area) => goes_to(act, area, day),
            Self::From(area) => comes_from(act, goods, area, day),
            Self::Via(area) => passes(act, area, day),
            Self::In(area) => happens(act, area, day),
            Self::Hs(ranges) => hs(&goods.hs, ranges),
            Self::ListCodes(ranges) => list_codes(goods, ranges),
            Self::Mark { key, open, worded, list } => marked(goods, key, list, *open, *worded, day),
            Self::Over { amount, currency } => over(goods, *amount, currency),
            Self::TotalOver { amount, currency } => total_over(goods, *amount, currency),
            Self::Wear(wear) => worn(goods, *wear),
            Self::Party { test, regimes } => act.parties.iter().map(|p| party(test, p, regimes, day)).max().unwrap_or(Truth::False),
            Self::Judgement { name, presume } => finding(act, name, presume.as_ref()),
            Self::Within { counter, judgement, cap, unit, .. } => within(act, goods, counter, judgement.as_deref(), *cap, unit),
            Self::Contract(before) => contract(act, *before),
            Self::Approval(authority) => approved(act, goods, authority, day),
            Self::During(period) => Truth::from(period.holds_on(day)),
        }
    }

    /// What the facts say on whatever day the countries that the act names are in the same groups as on this one: open where the day alone decides, and
    /// where a country that is not known would be in a group that has other members on other days.
    pub(crate) fn truth_on_any_day(&self, act: &Act, item: usize, day: Date) -> Truth {
        match self {
            Self::To(area) => to(act, &|c| area.has(c, day)),
            Self::From(area) => from(act, goods(act, item), &|c| area.has(c, day)),
            Self::In(area) => happens_in(act, &|c| area.has(c, day)),
            Self::During(_) => Truth::Unknown,
            _ => self.truth(act, item, day),
        }
    }
}

/// An item of the act; of an act without items, nothing.
pub(crate) fn goods(act: &Act, item: usize) -> &Item {
    static NOTHING: std::sync::LazyLock<Item> = std::sync::LazyLock::new(Item::default);
    act.items.get(item).unwrap_or(&NOTHING)
}

/// Whether the act is of one of these kinds.
pub(crate) fn kind(act: &Act, set: Kinds) -> Truth {
    if act.kind.0 & set.0 == 0 {
        Truth::False
    } else if act.kind.0 & !set.0 == 0 {
        Truth::True
    } else {
        Truth::Unknown
    }
}

pub(crate) fn goes_to(act: &Act, area: &Area, day: Date) -> Truth {
    of_members(to(act, &|c| area.has(c, day)), area, day, |_| true)
}

pub(crate) fn comes_from(act: &Act, goods: &Item, area: &Area, day: Date) -> Truth {
    of_members(from(act, goods, &|c| area.has(c, day)), area, day, |c| may_come_from(act, c))
}

/// What is not known of an area is false where no member of the day could be it.
fn of_members(truth: Truth, area: &Area, day: Date, could: impl Fn(Country) -> bool) -> Truth {
    if truth == Truth::Unknown && !area.countries().any(|c| area.has(c, day) && could(c)) { Truth::False } else { truth }
}

/// Whether it is open that it ends up in a country.
pub(crate) fn may_end_in(act: &Act, country: Country) -> bool {
    to(act, &|c| c == country) == Truth::Unknown
}

/// Whether it is known where it ends up, be it by who receives it, so that it can only be open whether it goes on from there.
pub(crate) fn has_end(act: &Act) -> bool {
    act.destination.is_some() || act.parties.iter().any(|p| plays(p, &RECEIVING) && is_tied(p, &|_| true))
}

/// Whether something of unknown origin may come from a country: not from where it goes, for nothing suggests that it came from there in the first place.
pub(crate) fn may_come_from(act: &Act, country: Country) -> bool {
    let goes_there = |p: &Party| plays(p, &RECEIVING) && is_tied(p, &|c| c == country);
    act.destination != Some(country) && !act.parties.iter().any(goes_there)
}

pub(crate) fn passes(act: &Act, area: &Area, day: Date) -> Truth {
    Truth::from(act.transit.iter().any(|c| area.has(*c, day)))
}

pub(crate) fn happens(act: &Act, area: &Area, day: Date) -> Truth {
    of_members(happens_in(act, &|c| area.has(c, day)), area, day, |_| true)
}

/// Whether a thing has one of the codes of a list.
fn list_codes(goods: &Item, ranges: &[HsRange]) -> Truth {
    if goods.identified && goods.hs.is_empty() { Truth::False } else { hs(&goods.hs, ranges) }
}

/// Whether it is on a list by words or by being said so; see [`Atom::Mark`].
fn marked(goods: &Item, key: &str, list: &str, open: bool, worded: bool, day: Date) -> Truth {
    let said = goods.mark(key, day).or_else(|| goods.mark(list, day).filter(|t| key != list && *t == Truth::False));
    said.unwrap_or(if open || worded && !goods.identified { Truth::Unknown } else { Truth::False })
}

pub(crate) fn worn(goods: &Item, wear: Wear) -> Truth {
    goods.condition.map_or(Truth::Unknown, |w| Truth::from(w == wear))
}

/// A finding, or what is presumed where nobody made it.
pub(crate) fn finding(act: &Act, name: &str, presume: Option<&(bool, String)>) -> Truth {
    match (act.judgements.get(name), presume) {
        (Some(finding), _) => Truth::from(finding.yes),
        (None, Some((taken, _))) => Truth::from(*taken),
        (None, None) => Truth::Unknown,
    }
}

pub(crate) fn contract(act: &Act, before: Date) -> Truth {
    act.contract_date.map_or(Truth::Unknown, |span| {
        if span.last < before {
            Truth::True
        } else if span.first >= before {
            Truth::False
        } else {
            Truth::Unknown
        }
    })
}

pub(crate) fn approved(act: &Act, goods: &Item, authority: &str, day: Date) -> Truth {
    act.approvals
        .iter()
        .enumerate()
        .filter(|(_, a)| a.authority == *authority && a.on <= day && a.until.is_none_or(|u| day <= u))
        .map(|(i, _)| goods.covered.get(i).copied().unwrap_or(Truth::True))
        .max()
        .unwrap_or(Truth::False)
}

const RECEIVING: [Role; 4] = [Role::Recipient, Role::Buyer, Role::Consignee, Role::EndUser];
const PROVIDING: [Role; 3] = [Role::Supplier, Role::Seller, Role::Provider];

/// Whether the act is surely of a kind in which nothing moves to where the receiver comes from.
fn stays(act: &Act) -> bool {
    use ActKind::*;
    const STAYING: [ActKind; 23] = [
        BankAccount,
        Charter,
        Classification,
        CorrespondentBanking,
        Crewing,
        Employment,
        Financing,
        FishingRights,
        Flagging,
        Insurance,
        Investment,
        JointVenture,
        Lease,
        Loan,
        Payment,
        Remittance,
        ScientificCooperation,
        Service,
        TechnicalAssistance,
        Tourism,
        Training,
        Travel,
        Use,
    ];
    let mask = STAYING.iter().fold(0, |bits, k| bits | Kinds::only(*k).0);
    act.kind.0 & !mask == 0
}

/// Whether a country is the one asked for, or one of the group.
type Has<'a> = &'a dyn Fn(Country) -> bool;

fn is_tied(p: &Party, has: Has) -> bool {
    p.nationality.iter().any(|c| has(*c)) || [p.located_in, p.government_of, p.flag].into_iter().flatten().any(has)
}

fn plays(p: &Party, roles: &[Role]) -> bool {
    p.role.is_some_and(|r| roles.contains(&r))
}

/// Where it ends: the stated destination, unless a receiver sits there or may take it home. A person or firm that lives at the
/// stated destination is not expected to take it elsewhere; an organ of the other State is.
fn to(act: &Act, has: Has) -> Truth {
    let mut receivers = act.parties.iter().filter(|p| plays(p, &RECEIVING));
    let stays = stays(act);
    match act.destination {
        Some(d) if has(d) => Truth::True,
        Some(_) if receivers.clone().any(|p| p.located_in.is_some_and(has)) => Truth::True,
        Some(d) => {
            let at_home = |p: &Party| p.located_in == Some(d) && p.kind != Some(PartyType::Government);
            if !stays && receivers.any(|p| is_tied(p, has) && !at_home(p)) { Truth::Unknown } else { Truth::False }
        }
        None if receivers.any(|p| is_tied(p, has)) => Truth::True,
        None if stays => Truth::False,
        None => Truth::Unknown,
    }
}

fn is_placed(p: &Party) -> bool {
    !p.nationality.is_empty() || p.located_in.is_some() || p.government_of.is_some()
}

/// Where it comes from: the thing's own origin or the place it starts from. Whether what is unknown may be so is for [`may_come_from`] to say.
fn from(act: &Act, item: &Item, has: Has) -> Truth {
    if [item.origin, act.origin].into_iter().flatten().any(has) {
        return Truth::True;
    }
    let mut providers = act.parties.iter().filter(|p| plays(p, &PROVIDING));
    if act.origin.is_some() {
        return Truth::from(item.origin.is_none() && providers.any(|p| p.located_in.is_some_and(has)));
    }
    if item.origin.is_some() {
        return Truth::False;
    }
    if providers.clone().any(|p| is_tied(p, has)) {
        Truth::True
    } else if providers.clone().next().is_some() && providers.all(is_placed) {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// Whether any of it happens there. Nothing stated lies there: only an end of which nothing is known could. Where one gives and another
/// receives, who only owns one of them does nothing, and it does not happen where he sits.
fn happens_in(act: &Act, has: Has) -> Truth {
    let dealt = act.parties.iter().any(|p| plays(p, &PROVIDING)) && act.parties.iter().any(|p| plays(p, &RECEIVING));
    let acting = || act.parties.iter().filter(|p| !(dealt && plays(p, &[Role::Owner])));
    let stated = [act.origin, act.destination].into_iter().flatten().chain(act.transit.iter().copied());
    if stated.chain(acting().filter_map(|p| p.located_in)).any(has) {
        return Truth::True;
    }
    if acting().any(|p| p.located_in.is_none() && is_tied(p, has)) {
        // Who belongs there and is not said to be elsewhere may well be at home.
        return Truth::Unknown;
    }
    let known = |roles: &[Role]| act.parties.iter().any(|p| plays(p, roles) && is_placed(p));
    let start = act.origin.is_some() || known(&PROVIDING);
    let end = act.destination.is_some() || known(&RECEIVING);
    if start && end || (start || end) && stays(act) { Truth::False } else { Truth::Unknown }
}

pub(crate) fn hs(candidates: &[HsRange], ranges: &[HsRange]) -> Truth {
    let any = [HsRange::ANY];
    let candidates = if candidates.is_empty() { &any[..] } else { candidates };
    let (mut inside, mut outside) = (false, false);
    for c in candidates {
        if ranges.iter().any(|r| c.within(*r)) {
            inside = true;
        } else if ranges.iter().any(|r| c.meets(*r)) {
            return Truth::Unknown;
        } else {
            outside = true;
        }
    }
    match (inside, outside) {
        (true, false) => Truth::True,
        (false, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

/// The least and the most that the stated value is in a currency.
fn worth(item: &Item, currency: &str) -> Option<(f64, f64)> {
    item.value.as_ref()?.worth(currency)
}

pub(crate) fn over(item: &Item, amount: f64, currency: &str) -> Truth {
    let Some((low, high)) = worth(item, currency) else { return Truth::Unknown };
    let (least, most) = match item.quantity {
        Some(q) if q.amount > 0.0 => (q.amount, q.amount),
        // Nobody said how many: one at least, so the total is the most that one can be worth.
        _ => (1.0, f64::INFINITY),
    };
    above((low / most, high / least), amount)
}

pub(crate) fn total_over(item: &Item, amount: f64, currency: &str) -> Truth {
    worth(item, currency).map_or(Truth::Unknown, |band| above(band, amount))
}

fn above((low, high): (f64, f64), amount: f64) -> Truth {
    if low > amount {
        Truth::True
    } else if high <= amount {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// Barrels of oil in a tonne: the lightest and heaviest products, because the product is not said.
const BARRELS_PER_TONNE: (f64, f64) = (6.0, 9.0);
const LITRES_PER_BARREL: f64 = 158.987_294_928;

/// The least and the most that a quantity may be in another unit; `None` when they cannot be compared.
fn convert(amount: f64, from: &str, to: &str) -> Option<(f64, f64)> {
    let volume = |u: &str| match u {
        "l" => Some(1.0 / LITRES_PER_BARREL),
        "gal" => Some(3.785_411_784 / LITRES_PER_BARREL),
        "m3" => Some(1000.0 / LITRES_PER_BARREL),
        "barrel" => Some(1.0),
        _ => None,
    };
    let mass = |u: &str| match u {
        "t" => Some(1.0),
        "kg" => Some(1e-3),
        "g" => Some(1e-6),
        _ => None,
    };
    if from == to {
        return Some((amount, amount));
    }
    match (volume(from), volume(to), mass(from), mass(to)) {
        (Some(a), Some(b), ..) | (.., Some(a), Some(b)) => Some((amount * a / b, amount * a / b)),
        (None, Some(b), Some(a), None) => Some((amount * a * BARRELS_PER_TONNE.0 / b, amount * a * BARRELS_PER_TONNE.1 / b)),
        (Some(a), None, None, Some(b)) => Some((amount * a / BARRELS_PER_TONNE.1 / b, amount * a / BARRELS_PER_TONNE.0 / b)),
        _ => None,
    }
}

pub(crate) fn within(act: &Act, item: &Item, counter: &str, judgement: Option<&str>, cap: Option<f64>, unit: &str) -> Truth {
    let Some(cap) = cap else { return Truth::False };
    let mine = match (item.quantity, &item.value) {
        (Some(q), _) if convert(q.amount, q.unit.word(), unit).is_some() => convert(q.amount, q.unit.word(), unit),
        (_, Some(v)) if v.currency == unit => Some((v.amount, v.amount)),
        _ => None,
    };
    if mine.is_some_and(|(least, _)| least > cap) {
        return Truth::False;
    }
    if let Some(finding) = judgement.and_then(|name| act.judgements.get(name)) {
        return Truth::from(finding.yes);
    }
    let Some(tally) = act.counters.get(counter) else { return Truth::Unknown };
    let Some((least, _)) = convert(tally.at_least, &tally.unit, unit) else { return Truth::Unknown };
    let most = tally.at_most.and_then(|m| convert(m, &tally.unit, unit)).map(|(_, m)| m);
    if least + mine.map_or(0.0, |m| m.0) > cap {
        Truth::False
    } else if most.zip(mine).is_some_and(|(total, (_, mine))| total + mine <= cap) {
        Truth::True
    } else {
        Truth::Unknown
    }
}

/// Whether one party passes a test in all its fields.
pub(crate) fn party(test: &PartyTest, p: &Party, regimes: &[String], day: Date) -> Truth {
    let mut out = match (test.roles.is_empty(), p.role) {
        (true, _) => Truth::True,
        (false, Some(role)) => Truth::from(test.roles.contains(&role)),
        (false, None) => Truth::Unknown,
    };
    let mut also = |t: Truth| out = out.and(t);
    if let Some(area) = &test.national {
        also(national(p, &|c| area.has(c, day)));
    }
    if let Some(area) = &test.located {
        also(Truth::from(p.located_in.is_some_and(|c| area.has(c, day))));
    }
    if let Some(area) = &test.tied {
        let has: Has = &|c| area.has(c, day);
        also(national(p, has).or(Truth::from([p.located_in, p.government_of, p.flag].into_iter().flatten().any(has))));
    }
    if let Some(area) = &test.government {
        also(government(p, &|c| area.has(c, day)));
    }
    if !test.types.is_empty() {
        also(p.kind.map_or(Truth::Unknown, |k| Truth::from(test.types.contains(&k))));
    }
    if test.designated {
        also(designated(p, regimes, day));
    }
    if let Some(list) = &test.list {
        also(p.mark(list, day));
    }
    out
}

fn national(p: &Party, has: Has) -> Truth {
    let stated = p.nationality.iter().copied().chain(p.government_of).chain(p.flag);
    if stated.clone().any(has) {
        return Truth::True;
    }
    // An international body has no nationality; who sits elsewhere is taken to belong there.
    let elsewhere = p.kind == Some(PartyType::Organisation) || p.located_in.is_some_and(|l| !has(l));
    if stated.count() > 0 || elsewhere { Truth::False } else { Truth::Unknown }
}

fn government(p: &Party, has: Has) -> Truth {
    match (p.government_of, p.kind) {
        (Some(g), _) if has(g) => Truth::True,
        (_, Some(PartyType::Government)) => national(p, has),
        (None, None) => national(p, has).and(Truth::Unknown),
        _ => Truth::False,
    }
}

fn designated(p: &Party, regimes: &[String], day: Date) -> Truth {
    match p.designated {
        Some(said) => Truth::from(said),
        None => p
            .designations
            .iter()
            .filter(|d| regimes.contains(&d.regime) && d.from.is_none_or(|f| f <= day) && d.to.is_none_or(|t| day <= t))
            .map(|d| if d.sure { Truth::True } else { Truth::Unknown })
            .max()
            .unwrap_or(Truth::False),
    }
}

/// The rows of a list that count on a day, in the shape that conditions are made of.
#[derive(Debug, Default)]
pub(crate) struct ListShape {
    pub certain: Vec<HsRange>,
    pub possible: Vec<HsRange>,
    pub worded: bool,
    /// Rows with a value threshold of their own.
    pub over: Vec<OverRow>,
}

/// A row that counts only above a value: key, certain codes, possible codes, amount, currency.
pub(crate) type OverRow = (String, Vec<HsRange>, Vec<HsRange>, f64, String);

impl ListShape {
    /// The rows of the list `id` on a day.
    pub(crate) fn of(book: &Rulebook, id: &str, day: Date) -> Self {
        let mut shape = Self::default();
        let Some(list) = book.lists.get(id) else { return shape };
        for row in list.rows.iter().filter(|r| r.period.holds_on(day)) {
            let (certain, possible) = match row.proves {
                Match::Certain => (row.hs.clone(), Vec::new()),
                Match::Possible => (Vec::new(), row.hs.clone()),
                Match::Words => (Vec::new(), Vec::new()),
            };
            if let Some((amount, currency)) = &row.over {
                shape.over.push((format!("{id}/{}", row.entry), certain, possible, *amount, currency.clone()));
            } else {
                shape.certain.extend(certain);
                shape.possible.extend(possible);
                shape.worded |= !row.words.is_empty() && !list.presumed_no;
            }
        }
        shape
    }

    /// Whether a thing is on the list, whose id it is.
    pub(crate) fn has(&self, id: &str, goods: &Item, day: Date) -> Truth {
        let rows = |key: &str, certain: &[HsRange], possible: &[HsRange], worded: bool| {
            let mut truth = marked(goods, key, id, false, worded, day);
            if !certain.is_empty() {
                truth = truth.or(list_codes(goods, certain));
            }
            if !possible.is_empty() {
                truth = truth.or(list_codes(goods, possible).and(marked(goods, key, id, true, true, day)));
            }
            truth
        };
        let plain = rows(id, &self.certain, &self.possible, self.worded);
        self.over.iter().fold(plain, |truth, (key, certain, possible, amount, currency)| {
            truth.or(rows(key, certain, possible, true).and(over(goods, *amount, currency)))
        })
    }
}
