//! Changes one fact of an act: forgets it, or states something close to it.

use super::{Maker, earlier, later};
use model::{ActKind, Country, Finding, HsRange, Item, Kinds, Mark, Money, Role, Span, Truth};
use rulebook::{Condition, ExceptionKind, ItemTest};

impl Maker<'_> {
    pub(super) fn disturb(&mut self) {
        match self.dice.below(12) {
            0 => self.disturb_kind(),
            1 => self.disturb_places(),
            2 | 3 => self.disturb_party(),
            4 | 5 => self.disturb_codes(),
            6 => self.disturb_item(),
            7 => self.second_item(),
            8 => self.disturb_days(),
            9 => self.disturb_approvals(),
            10 => self.disturb_findings(),
            _ => self.disturb_marks(),
        }
    }

    fn disturb_kind(&mut self) {
        let other = self.dice.of(ActKind::ALL).map_or(Kinds::ANY, |k| Kinds::only(*k));
        self.act.kind = match self.dice.below(3) {
            0 => Kinds::ANY,
            1 => Kinds(self.act.kind.0 | other.0),
            _ => other,
        };
    }

    fn disturb_places(&mut self) {
        let Some(country) = self.country() else { return };
        match self.dice.below(7) {
            0 => self.act.destination = None,
            1 => self.act.destination = Some(country),
            2 => self.act.origin = None,
            3 => self.act.origin = Some(country),
            4 => self.act.transit.push(country),
            5 => self.elsewhere(country),
            _ => self.last_item(|item| item.origin = if item.origin.is_some() { None } else { Some(country) }),
        }
    }

    /// The same act with another country in the place of one that it names.
    fn elsewhere(&mut self, other: Country) {
        let mut named: Vec<Country> = self.act.destination.into_iter().chain(self.act.origin).collect();
        named.extend(self.act.parties.iter().flat_map(|p| &p.nationality));
        let Some(old) = self.dice.of(&named).copied() else { return };
        let swap = |place: &mut Country| {
            if *place == old {
                *place = other;
            }
        };
        let act = &mut self.act;
        [&mut act.destination, &mut act.origin].into_iter().flatten().for_each(swap);
        act.items.iter_mut().filter_map(|i| i.origin.as_mut()).for_each(swap);
        act.transit.iter_mut().for_each(swap);
        for party in &mut act.parties {
            party.nationality.iter_mut().for_each(swap);
            [&mut party.located_in, &mut party.government_of, &mut party.flag].into_iter().flatten().for_each(swap);
        }
    }

    fn disturb_party(&mut self) {
        let Some(country) = self.country() else { return };
        let Some(index) = self.side().or_else(|| self.act.parties.len().checked_sub(1)) else { return };
        let mut party = self.act.parties[index].clone();
        match self.dice.below(10) {
            0 => party.nationality.clear(),
            1 => party.nationality = vec![country],
            2 => party.nationality.push(country),
            3 => party.role = None,
            4 => party.role = self.dice.of(Role::ALL).copied(),
            5 => party.kind = None,
            6 => party.located_in = Some(country),
            7 => party.government_of = Some(country),
            8 => self.designate(&mut party),
            _ => (party.flag, party.located_in, party.government_of) = (None, None, None),
        }
        self.act.parties[index] = party;
    }

    fn disturb_codes(&mut self) {
        let sets = self.code_sets();
        match self.dice.below(5) {
            0 => self.last_item(|item| {
                item.hs.clear();
                item.hs_stated = false;
            }),
            1 => self.last_item(|item| {
                item.hs.iter_mut().for_each(|r| *r = HsRange { first: r.first / 100 * 100, last: r.last / 100 * 100 + 99 });
            }),
            2 => self.last_item(|item| {
                item.hs.iter_mut().for_each(|r| *r = HsRange { first: r.first / 10_000 * 10_000, last: r.last / 10_000 * 10_000 + 9_999 });
            }),
            3 => {
                // Candidates looked up from words: more than one, and none of them stated.
                let before = self.act.items.last().map(|i| i.hs.clone()).unwrap_or_default();
                let near = self.dice.once_in(2);
                if let Some(set) = self.dice.of(&sets) {
                    self.code(set, near);
                }
                self.last_item(|item| {
                    item.hs.extend(before);
                    item.hs_stated = false;
                });
            }
            _ => {
                if let Some(set) = self.dice.of(&sets) {
                    self.code(set, true);
                }
            }
        }
    }

    /// Every set of codes that the law names.
    fn code_sets(&self) -> Vec<Vec<HsRange>> {
        let mut sets: Vec<Vec<HsRange>> =
            self.book.lists.values().flat_map(|l| l.rows.iter().map(|r| r.hs.clone())).filter(|hs| !hs.is_empty()).collect();
        let mut todo: Vec<&Condition> = self.book.prohibitions.iter().filter_map(|p| p.when.as_ref()).collect();
        todo.extend(self.book.exceptions.iter().map(|e| &e.when));
        while let Some(condition) = todo.pop() {
            match condition {
                Condition::All(list) | Condition::Any(list) => todo.extend(list),
                Condition::Not(inner) => todo.push(inner),
                Condition::Item(ItemTest::Hs(set)) => sets.push(set.clone()),
                _ => {}
            }
        }
        sets
    }

    fn disturb_item(&mut self) {
        let euro = Money { amount: 900.0, currency: "EUR".into(), elsewhere: vec![("USD", (850.0, 1_200.0))] };
        match self.dice.below(6) {
            0 => self.last_item(|item| item.condition = None),
            1 => self.last_item(|item| item.quantity = None),
            2 => self.last_item(|item| item.value = None),
            3 => self.last_item(|item| item.value = Some(euro)),
            4 => self.act.contract_date = None,
            _ => self.last_item(|item| {
                item.identified = false;
                item.hs_stated = false;
                item.hs.clear();
            }),
        }
    }

    fn second_item(&mut self) {
        if self.act.items.len() > 1 {
            return;
        }
        let again = self.act.items.last().cloned().unwrap_or_default();
        self.act.items.push(if self.dice.once_in(2) { again } else { Item { identified: true, ..Item::default() } });
        let sets = self.code_sets();
        let near = self.dice.once_in(2);
        if let Some(set) = self.dice.of(&sets) {
            self.code(set, near);
        }
    }

    fn disturb_days(&mut self) {
        let day = self.day;
        let month = Span { first: day.first_of_month(), last: day.last_of_month() };
        let year = Span { first: day.first_of_year(), last: day.last_of_year() };
        self.act.on = match self.dice.below(6) {
            0 => Some(Span { first: earlier(day, 1), last: earlier(day, 1) }),
            1 => Some(Span { first: later(day, 1), last: later(day, 1) }),
            2 => Some(Span { first: earlier(day, 1), last: later(day, 1) }),
            3 => Some(month),
            4 => Some(year),
            _ => None,
        };
        if self.act.contract_date.is_some() && self.dice.once_in(3) {
            self.act.contract_date = Some(year);
        }
    }

    fn disturb_approvals(&mut self) {
        if self.act.approvals.pop().is_some() && self.dice.once_in(2) {
            return;
        }
        let names = self.book.exceptions.iter().filter_map(|e| match &e.kind {
            ExceptionKind::Derogation { authority, .. } => Some(authority),
            ExceptionKind::Exemption => None,
        });
        let names: Vec<&String> = names.collect();
        if let Some(name) = self.dice.of(&names).copied() {
            let approval = self.approval(name);
            self.act.approvals.push(approval);
        }
    }

    fn disturb_findings(&mut self) {
        let recorded: Vec<String> = self.act.judgements.keys().cloned().collect();
        let all: Vec<String> = self.book.judgements.keys().cloned().collect();
        let yes = self.dice.once_in(2);
        let list = if recorded.is_empty() || self.dice.once_in(4) { all } else { recorded };
        let Some(name) = self.dice.of(&list).cloned() else { return };
        if self.act.judgements.remove(&name).is_none() || self.dice.once_in(2) {
            self.act.judgements.insert(name, Finding { yes, by: "generated".into() });
        }
    }

    fn disturb_marks(&mut self) {
        let lists: Vec<String> = self.book.lists.keys().cloned().collect();
        let Some(list) = self.dice.of(&lists).cloned() else { return };
        let truth = self.dice.of(&[Truth::False, Truth::Unknown, Truth::True]).copied().unwrap_or_default();
        self.last_item(|item| {
            if item.marks.pop().is_none() {
                item.marks.push(Mark::said(list, truth));
            }
        });
    }
}
