//! Random acts near the edges of the law, the same ones for the same seed.
//!
//! An act starts from a prohibition that it meets, often meets an exception too, and is then disturbed in a few facts. Acts made
//! without a look at the law would nearly all be out of scope.

mod disturb;
mod satisfy;

use model::{Act, ActKind, Approval, Country, Date, Item, Kinds, Party, PartyType, Role, Span, Truth};
use rulebook::{Effect, Exception, ExceptionKind, Period, Prohibition, Rulebook};

/// So many acts from the law; the seed decides which.
#[must_use]
pub fn acts(book: &Rulebook, seed: u64, count: usize) -> Vec<Act> {
    let rules: Vec<&Prohibition> = book.prohibitions.iter().filter(|p| p.effect == Effect::Prohibits && p.when.is_some()).collect();
    let mut dice = Dice::new(seed);
    let mut out = Vec::new();
    for number in 0..count {
        // Every rule in turn, so that a small count already visits all.
        let Some(rule) = rules.get((number + usize::try_from(seed % 1009).unwrap_or(0)) % rules.len().max(1)) else { break };
        let mut maker = Maker { book, dice: &mut dice, day: Date::MIN, act: blank() };
        maker.make(rule);
        let mut act = maker.act;
        act.id = format!("generated-{seed}-{number}");
        out.push(act);
    }
    out
}

/// A xorshift generator: good enough to choose among a few things, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        // Zero is the one state that never changes; the multiplication spreads small seeds.
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    /// A number below `n`; 0 when there is none.
    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.next() >> 11) % n).unwrap_or(0)
    }
    /// True once in `n` times.
    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
    fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

struct Maker<'a> {
    book: &'a Rulebook,
    dice: &'a mut Dice,
    day: Date,
    act: Act,
}

impl Maker<'_> {
    fn make(&mut self, rule: &Prohibition) {
        self.choose_day(&rule.periods);
        if let Some(when) = &rule.when {
            self.satisfy(when, true);
        }
        if let Some(regime) = self.book.regimes.get(&rule.regime) {
            self.satisfy(&regime.when, true);
        }
        if self.dice.once_in(2) {
            self.meet_an_exception(rule);
        }
        self.fill();
        for _ in 0..self.dice.below(5) {
            self.disturb();
        }
        self.cover();
    }

    /// A day inside the rule's time, or on or next to one of its edges.
    fn choose_day(&mut self, periods: &[Period]) {
        let Some(period) = self.dice.of(periods).copied() else { return };
        let end = period.to.unwrap_or_else(|| later(period.from, 4000));
        self.day = match self.dice.below(8) {
            0 => earlier(period.from, 1),
            1 => period.from,
            2 => end,
            3 => later(end, 1),
            _ => {
                let length = period.from.until(end).map_or(0, |span| span.get_days());
                later(period.from, i64::try_from(self.dice.below(usize::try_from(length).unwrap_or(0) + 1)).unwrap_or(0))
            }
        };
        self.act.on = Some(Span { first: self.day, last: self.day });
    }

    fn meet_an_exception(&mut self, rule: &Prohibition) {
        let regime = format!("regime:{}", rule.regime);
        let lifts = |e: &&Exception| e.defeats.iter().any(|d| *d == rule.id || *d == regime);
        let all: Vec<&Exception> = self.book.exceptions.iter().filter(lifts).collect();
        let Some(exception) = self.dice.of(&all).copied() else { return };
        self.satisfy(&exception.when, true);
        if let ExceptionKind::Derogation { authority, .. } = &exception.kind
            && self.dice.once_in(2)
        {
            let approval = self.approval(authority);
            self.act.approvals.push(approval);
        }
    }

    fn approval(&mut self, authority: &str) -> Approval {
        let (before, after) = (self.dice.below(3), self.dice.below(3));
        Approval {
            authority: authority.to_owned(),
            reference: String::new(),
            on: earlier(self.day, i64::try_from(before).unwrap_or(0)),
            until: if self.dice.once_in(3) { None } else { Some(later(self.day, i64::try_from(after).unwrap_or(0))) },
            covers: if self.dice.once_in(4) { vec!["goods".into()] } else { Vec::new() },
        }
    }

    /// States what the law did not ask for, so that what stays open is what somebody disturbed.
    fn fill(&mut self) {
        if self.act.kind == Kinds::ANY {
            self.act.kind = Kinds::only(self.dice.of(ActKind::ALL).copied().unwrap_or(ActKind::Sale));
        }
        for (has, role) in [(is_provider as fn(Role) -> bool, Role::Supplier), (is_receiver, Role::Recipient)] {
            if !self.act.parties.iter().any(|p| p.role.is_some_and(has)) {
                let party = Party { role: Some(role), nationality: self.country().into_iter().collect(), ..Party::default() };
                self.act.parties.push(party);
            }
        }
        let mut parties = std::mem::take(&mut self.act.parties);
        for (i, party) in parties.iter_mut().enumerate() {
            party.name = format!("party {i}");
            party.role = party.role.or_else(|| self.dice.of(Role::ALL).copied());
            party.kind = party.kind.or(Some(PartyType::Company));
            if party.nationality.is_empty() && party.flag.is_none() && party.government_of.is_none() {
                party.nationality.extend(self.country());
            }
            if party.designations.is_empty() {
                party.designated = party.designated.or(Some(false));
            }
        }
        self.act.parties = parties;
        for item in &mut self.act.items {
            item.identified = true;
        }
    }

    fn country(&mut self) -> Option<Country> {
        self.dice.of(&["KP", "CN", "RU", "MN", "UG"]).and_then(|code| Country::new(code))
    }

    /// Whether each item is covered by each approval.
    fn cover(&mut self) {
        let truths = [Truth::True, Truth::True, Truth::Unknown, Truth::False];
        for item in &mut self.act.items {
            item.covered = self
                .act
                .approvals
                .iter()
                .map(|a| if a.covers.is_empty() { Truth::True } else { self.dice.of(&truths).copied().unwrap_or_default() })
                .collect();
        }
    }
}

fn is_provider(role: Role) -> bool {
    matches!(role, Role::Supplier | Role::Seller | Role::Provider)
}

fn is_receiver(role: Role) -> bool {
    matches!(role, Role::Recipient | Role::Buyer | Role::Consignee | Role::EndUser)
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

fn earlier(day: Date, days: i64) -> Date {
    later(day, -days)
}

/// An act of which nothing is said.
fn blank() -> Act {
    Act { items: vec![Item::default()], ..Act::default() }
}

#[cfg(test)]
mod tests;
