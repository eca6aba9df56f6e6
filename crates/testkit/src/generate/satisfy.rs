//! Makes a condition hold, or fail, by stating facts. It does its best: a later condition may undo what an earlier one needed.

use super::{Maker, earlier, is_provider, is_receiver};
use model::{
    ActKind, Area, Condition as Wear, Country, Designation, Finding, HsRange, Kinds, Mark, Money, Party, PartyType, Quantity, Role, Span,
    Tally, Truth, Unit,
};
use rulebook::{Condition, ItemTest, ListRow, Match, PartyTest};

impl Maker<'_> {
    pub(super) fn satisfy(&mut self, condition: &Condition, wanted: bool) {
        match condition {
            Condition::Always => {}
            Condition::All(list) => self.several(list, wanted, wanted),
            Condition::Any(list) => self.several(list, !wanted, wanted),
            Condition::Not(inner) => self.satisfy(inner, !wanted),
            Condition::Act(set, _) => self.kind(*set, wanted),
            Condition::To(area) => self.some(area).into_iter().for_each(|c| self.to(c, wanted)),
            Condition::From(area) => self.some(area).into_iter().for_each(|c| self.from(c, wanted)),
            Condition::Via(area) => {
                self.act.transit.retain(|c| !area.countries().any(|a| a == *c));
                let place = self.some(area).filter(|_| wanted);
                self.act.transit.extend(place);
            }
            Condition::In(area) => {
                let place = if wanted { self.some(area) } else { Country::new("CN") };
                if self.dice.once_in(2) { self.act.origin = place } else { self.act.destination = place }
            }
            Condition::Approved(authority) => {
                self.act.approvals.retain(|a| a.authority != *authority);
                if wanted {
                    let approval = self.approval(authority);
                    self.act.approvals.push(approval);
                }
            }
            Condition::Item(test) => self.item(test, wanted),
            Condition::Party(test) => {
                if wanted {
                    self.party(test);
                }
            }
            Condition::Purpose(name) => {
                if let Some(purpose) = self.book.purposes.get(name) {
                    self.finding(&purpose.judgement, wanted);
                }
            }
            Condition::Judgement { name, .. } => self.finding(name, wanted),
            Condition::Within { limit, counter, judgement } => self.within(limit, counter, judgement.as_deref(), wanted),
            Condition::ContractBefore(day) => {
                let day = if wanted { earlier(*day, 1) } else { *day };
                self.act.contract_date = Some(Span { first: day, last: day });
            }
            Condition::Defined(id) => {
                if let Some(definition) = self.book.definitions.get(id) {
                    self.satisfy(&definition.when, wanted);
                }
            }
        }
    }

    /// Some country that the area stands for.
    fn some(&mut self, area: &Area) -> Option<Country> {
        match area {
            Area::One(one) => Some(*one),
            Area::Group(group) => self.dice.of(&group.members).map(|(country, ..)| *country),
        }
    }

    /// All members, or one of them.
    fn several(&mut self, list: &[Condition], all: bool, wanted: bool) {
        if all {
            list.iter().for_each(|c| self.satisfy(c, wanted));
        } else if let Some(one) = self.dice.of(list) {
            self.satisfy(one, wanted);
        }
    }

    fn kind(&mut self, set: Kinds, wanted: bool) {
        // Two conditions on the kind of one act: stay in both, when that is possible.
        let side = if wanted { set } else { Kinds(Kinds::ANY.0 & !set.0) };
        let both = Kinds(side.0 & self.act.kind.0);
        let choice: Vec<ActKind> = if both.0 == 0 { side.iter().collect() } else { both.iter().collect() };
        if let Some(kind) = self.dice.of(&choice) {
            self.act.kind = Kinds::only(*kind);
        }
    }

    fn finding(&mut self, name: &str, yes: bool) {
        self.act.judgements.insert(name.to_owned(), Finding { yes, by: "generated".into() });
    }

    fn to(&mut self, country: Country, wanted: bool) {
        if !wanted {
            self.act.destination = Country::new(if country.code() == "CN" { "RU" } else { "CN" });
        } else if self.dice.once_in(2) {
            self.act.destination = Some(country);
        } else {
            let role = [Role::Recipient, Role::Buyer, Role::Consignee, Role::EndUser];
            self.tied_party(&role, country);
            self.act.destination = self.act.destination.filter(|c| *c == country);
        }
    }

    fn from(&mut self, country: Country, wanted: bool) {
        let other = Country::new(if country.code() == "CN" { "RU" } else { "CN" });
        let place = if wanted { Some(country) } else { other };
        match self.dice.below(3) {
            0 => self.act.origin = place,
            1 => {
                for item in &mut self.act.items {
                    item.origin = place;
                }
            }
            _ => {
                if let Some(place) = place {
                    self.tied_party(&[Role::Supplier, Role::Seller, Role::Provider], place);
                }
            }
        }
    }

    fn tied_party(&mut self, roles: &[Role], country: Country) {
        self.party(&PartyTest { roles: roles.to_vec(), tied: Some(Area::One(country)), ..PartyTest::default() });
    }

    /// Changes a party that has a fitting role, or adds one.
    fn party(&mut self, test: &PartyTest) {
        let fits = |p: &Party| p.role.is_none_or(|r| test.roles.is_empty() || test.roles.contains(&r));
        let found = self.act.parties.iter().position(fits).filter(|_| !self.dice.once_in(3));
        let index = found.unwrap_or(self.act.parties.len());
        if found.is_none() {
            self.act.parties.push(Party::default());
        }
        let mut party = self.act.parties[index].clone();
        if !test.roles.is_empty() && party.role.is_none() {
            party.role = self.dice.of(&test.roles).copied();
        }
        if let Some(kind) = self.dice.of(&test.types) {
            party.kind = Some(*kind);
        }
        if let Some(country) = test.national.as_ref().and_then(|a| self.some(a)) {
            party.nationality = vec![country];
        }
        if let Some(country) = test.located.as_ref().and_then(|a| self.some(a)) {
            party.located_in = Some(country);
        }
        if let Some(country) = test.government.as_ref().and_then(|a| self.some(a)) {
            party.government_of = Some(country);
            party.kind = party.kind.or(Some(PartyType::Government));
        }
        if let Some(country) = test.tied.as_ref().and_then(|a| self.some(a)) {
            self.tie(&mut party, country);
        }
        if let Some(list) = &test.list {
            party.marks.push(Mark::said(list.clone(), Truth::True));
        }
        if test.designated {
            self.designate(&mut party);
        }
        self.act.parties[index] = party;
    }

    fn tie(&mut self, party: &mut Party, country: Country) {
        match self.dice.below(5) {
            0 => party.located_in = Some(country),
            1 => party.government_of = Some(country),
            2 if party.kind.is_none() => {
                party.flag = Some(country);
                party.kind = Some(PartyType::Vessel);
            }
            _ => party.nationality = vec![country],
        }
    }

    pub(super) fn designate(&mut self, party: &mut Party) {
        if self.dice.once_in(2) {
            party.designated = Some(true);
            return;
        }
        let regimes: Vec<&String> = self.book.regimes.keys().collect();
        let Some(regime) = self.dice.of(&regimes) else { return };
        party.designated = None;
        party.designations.push(Designation {
            regime: (*regime).clone(),
            who: String::new(),
            listing: "generated".into(),
            sure: !self.dice.once_in(3),
            from: Some(earlier(self.day, i64::from(self.dice.once_in(2)) - i64::from(self.dice.once_in(4)))),
            to: self.dice.once_in(3).then_some(self.day),
        });
    }

    fn item(&mut self, test: &ItemTest, wanted: bool) {
        match test {
            ItemTest::Hs(ranges) => self.code(ranges, wanted),
            ItemTest::List(id) => self.list(id, wanted),
            ItemTest::Wear(wear) => {
                let other = if *wear == Wear::New { Wear::Used } else { Wear::New };
                self.last_item(|item| item.condition = Some(if wanted { *wear } else { other }));
            }
            ItemTest::Over { amount, currency } | ItemTest::TotalOver { amount, currency } => self.worth(*amount, currency, wanted),
        }
    }

    pub(super) fn last_item(&mut self, change: impl FnOnce(&mut model::Item)) {
        if let Some(item) = self.act.items.last_mut() {
            change(item);
        }
    }

    /// A code on or next to an edge of one of the ranges.
    pub(super) fn code(&mut self, ranges: &[HsRange], wanted: bool) {
        let Some(range) = self.dice.of(ranges).copied() else { return };
        let code = match (wanted, self.dice.below(4)) {
            (true, 0) => range,
            (true, 1) => one(range.first),
            (true, 2) => one(range.last),
            (true, _) => {
                let heading = range.first / 100 * 100;
                HsRange { first: heading.max(range.first), last: (heading + 99).min(range.last) }
            }
            (false, 0 | 1) => one((range.first - 1).max(HsRange::ANY.first)),
            (false, _) => one((range.last + 1).min(HsRange::ANY.last)),
        };
        self.last_item(|item| {
            item.hs = vec![code];
            (item.hs_stated, item.identified) = (true, true);
        });
    }

    fn list(&mut self, id: &str, wanted: bool) {
        let Some(list) = self.book.lists.get(id) else { return };
        let rows: Vec<&ListRow> = list.rows.iter().filter(|r| r.period.holds_on(self.day) || self.dice.once_in(8)).collect();
        let row = self.dice.of(&rows).copied();
        if !wanted || self.dice.once_in(3) {
            let mark = Mark::said(id, wanted.into());
            return self.last_item(|item| item.marks.push(mark));
        }
        let Some(row) = row else { return };
        if row.proves != Match::Words && !row.hs.is_empty() {
            self.code(&row.hs, true);
        }
        if let Some((amount, currency)) = &row.over {
            self.worth(*amount, currency, true);
        }
        if row.proves != Match::Certain || row.hs.is_empty() {
            let name = if row.over.is_some() { format!("{id}/{}", row.entry) } else { id.to_owned() };
            let truth = if row.proves == Match::Possible { Truth::Unknown } else { Truth::True };
            let mark = Mark { list: name, truth, from: row.period.from, to: row.period.to };
            self.last_item(|item| item.marks.push(mark));
        }
    }

    /// One, two or ten units, each worth a little more than the amount, or just the amount.
    pub(super) fn worth(&mut self, amount: f64, currency: &str, over: bool) {
        let count = self.dice.of(&[1.0, 2.0, 10.0]).copied().unwrap_or(1.0);
        let total = count * if over { amount + 1.0 } else { amount };
        let money = Money { amount: total, currency: currency.to_owned(), elsewhere: Vec::new() };
        self.last_item(|item| {
            item.value = Some(money);
            item.quantity = Some(Quantity { amount: count, unit: Unit::Item });
        });
    }

    fn within(&mut self, limit: &str, counter: &str, judgement: Option<&str>, wanted: bool) {
        let Some(parameter) = self.book.parameters.get(limit) else { return };
        let (cap, unit) = (parameter.on(self.day).map_or(0.0, |s| s.value), parameter.unit.clone());
        let own = (cap / 10.0).floor();
        if let Some(goods) = Unit::parse(&unit) {
            self.last_item(|item| item.quantity = Some(Quantity { amount: own, unit: goods }));
        }
        match judgement {
            Some(name) if self.dice.once_in(2) => self.finding(name, wanted),
            _ => {
                let used = if wanted { cap - own } else { cap - own + 1.0 };
                let at_most = (!self.dice.once_in(4)).then_some(used);
                self.act.counters.insert(counter.to_owned(), Tally { at_least: used, at_most, unit });
            }
        }
    }

    /// The index of some party of one side.
    pub(super) fn side(&mut self) -> Option<usize> {
        let provider = self.dice.once_in(2);
        let on_side = |role: Role| if provider { is_provider(role) } else { is_receiver(role) };
        self.act.parties.iter().position(|p| p.role.is_some_and(on_side))
    }
}

fn one(code: u32) -> HsRange {
    HsRange { first: code, last: code }
}
