//! From hits to facts: which listings a party surely is, which it may be, and what its owners make of it.

use crate::ownership::{Holding, Test, reached};
use crate::screen::{Bench, Hit, Query, Screener, Wish};
use crate::text::normal;
use crate::{Evidence, Notes};
use jiff::civil::Date;
use model::{Designation, Owner, Party, Truth};
use names::Kind;
use std::cell::RefCell;

/// Most hits of one party that are carried into a decision.
const MOST_HITS: usize = 12;

/// From this score on a party may be a listing, so that a decision stays open. Higher than the threshold from which `screen` shows
/// a hit: there a clerk looks at it; here each would hold up an act that nobody doubts.
const POSSIBLE: f32 = 0.6;

/// Words that begin a description and no name: “a bank in Pyongyang”.
const DESCRIBING: [&str; 14] =
    ["a", "an", "some", "several", "two", "three", "unnamed", "unknown", "local", "about", "many", "various", "certain", "other"];

/// Whether the words describe somebody instead of naming them: “a bank in Pyongyang”, “Russian tourists”, “DPRK”. Only small letters
/// describe: “A. Khan” is a name.
fn describes(name: &str, country: Option<&str>) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let describing = words.len() > 1 && words.first().is_some_and(|first| DESCRIBING.contains(first));
    let rest_is_small = |phrase: &str| {
        let of_country: Vec<String> = phrase.split_whitespace().map(normal).collect();
        words.iter().all(|w| of_country.contains(&normal(w)) || w.starts_with(|c: char| c.is_lowercase()))
    };
    describing || country.is_some_and(rest_is_small)
}

/// A listing that a party is, or may be.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Match {
    pub hit: Hit,
    pub sure: bool,
}

thread_local! {
    /// A bench holds a byte or more for every listed name; making one costs more than most searches.
    static BENCH: RefCell<Bench> = RefCell::default();
}

/// Everybody on the lists whom the party may be, on any day: the decision asks for the day. `country` is the phrase of the name that
/// speaks of a country.
pub(crate) fn matches(screener: &Screener, party: &Party, country: Option<&str>) -> Vec<Match> {
    if describes(&party.name, country) && party.aliases.is_empty() && party.identifiers.is_empty() {
        return Vec::new();
    }
    let wish = Wish { min: POSSIBLE, limit: MOST_HITS, ..Wish::default() };
    let hits = BENCH.with_borrow_mut(|bench| crate::screen::screen(screener, &Query::of(party), &party.aliases, &wish, bench));
    let sure: Vec<bool> = hits.iter().map(|hit| is_sure(party, hit, &hits)).collect();
    hits.into_iter().zip(sure).filter(|(hit, sure)| *sure || hit.score >= wish.min).map(|(hit, sure)| Match { hit, sure }).collect()
}

/// The name before its own short form in brackets: “Tanchon Commercial Bank (TCB)”, “Korea Mining Development Trading Corporation (KOMID)”. What else
/// stands in brackets may be somebody else.
fn spelled_out(name: &str) -> Option<&str> {
    let (whole, short) = name.trim().strip_suffix(')')?.rsplit_once(" (")?;
    // “China Bank (CHINA)” tells where it is.
    let own = whole.starts_with(short.chars().next()?) && !whole.split_whitespace().any(|word| stands_for(short, word));
    (own && stands_for(short, whole)).then_some(whole)
}

/// Whether two capitals or more stand in a name in their order.
fn stands_for(letters: &str, name: &str) -> bool {
    let mut of = name.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_uppercase());
    letters.len() > 1 && letters.chars().all(|letter| letter.is_ascii_uppercase() && of.any(|c| c == letter))
}

/// A number that agrees settles it. Else the name must be the listed one letter for letter, and nobody else on that list may bear
/// it; a person must agree in birth or nationality too, for many people share a name. Whatever speaks against it leaves it open.
fn is_sure(party: &Party, hit: &Hit, all: &[Hit]) -> bool {
    if hit.why.iter().skip(1).any(|w| w.effect < 0.0) {
        return false;
    }
    let agrees = |feature: &str| hit.why.iter().any(|w| w.feature == feature && w.effect > 0.0);
    if agrees("identifier") {
        return true;
    }
    let listed = normal(&hit.matched);
    let person = hit.record.kind == Some(Kind::Person);
    let is = |n: &String| normal(n) == listed || spelled_out(n).is_some_and(|n| normal(n) == listed) || person && untitled(n) == listed;
    let same = std::iter::once(&party.name).chain(&party.aliases).any(is);
    let rival = |other: &Hit| other.record.list == hit.record.list && other.record.id != hit.record.id && other.score >= hit.score;
    if hit.weak || all.iter().any(rival) {
        return false;
    }
    let fact = agrees("birth_date") || agrees("country");
    match hit.record.kind {
        Some(Kind::Person) | None => same && fact || hit.score >= ALMOST_CERTAIN && agrees("birth_date"),
        Some(_) => same || agrees("country") && std::iter::once(&party.name).chain(&party.aliases).any(|n| is_short_of(n, &hit.matched)),
    }
}

/// Whether a name is the listed one without the letters that stand for it: `Foreign Trade Bank` is `FOREIGN TRADE BANK (FTB)`. Others elsewhere may
/// bear the longer name, so who asks must know the country.
fn is_short_of(name: &str, listed: &str) -> bool {
    let Some((long, letters)) = listed.trim().strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) else { return false };
    stands_for(letters, long) && normal(name) == normal(long)
}

/// The name of a person without titles: a general is listed as a person, not as a general.
fn untitled(name: &str) -> String {
    let read = names::Name::read(name, Some(Kind::Person));
    read.words.iter().filter(|w| w.role != names::Role::Title).map(|w| normal(&w.text)).collect()
}

/// A score from which a name that is only like the listed one, with the date of birth, is taken for it.
const ALMOST_CERTAIN: f32 = 0.97;

/// Writes the listings of a party into it, and says why.
pub(crate) fn designate(party: &mut Party, found: &[Match], index: usize, notes: &mut Notes) {
    for m in found {
        let record = &m.hit.record;
        let listing = record.listing();
        notes.add(|| Evidence {
            fact: format!("parties[{index}].designated"),
            value: if m.sure { "yes" } else { "possible" }.into(),
            because: because(m),
        });
        for regime in &record.regimes {
            for period in &record.periods {
                party.designations.push(Designation {
                    regime: regime.clone(),
                    listing: listing.clone(),
                    who: record.who(),
                    sure: m.sure,
                    from: period.from,
                    to: period.to.and_then(|d| d.yesterday().ok()),
                });
            }
        }
    }
}

fn because(m: &Match) -> String {
    let record = &m.hit.record;
    let word = if m.sure { "is" } else { "may be" };
    let mut text = format!("{word} {} ({}), score {:.2}", record.who(), record.listing(), m.hit.score);
    for why in m.hit.why.iter().filter(|w| !w.text.is_empty()) {
        text.push_str("; ");
        text.push_str(&why.text);
    }
    text
}

/// The tests of the authorities, by the first part of a regime's id.
pub(crate) type Tests = Vec<(String, Test)>;

/// What the owners of a party make of it: for each regime and each stretch of time, whether listed owners together pass the test.
pub(crate) fn by_owners(screener: &Screener, tests: &Tests, party: &mut Party, index: usize, notes: &mut Notes) {
    if party.owners.is_empty() || !party.has_listings_of_its_own() {
        return;
    }
    let mut tree = Tree { nodes: vec![Node::of(party, party.designations.clone())], holdings: Vec::new() };
    tree.add(screener, 0, &party.owners);
    let by = tree.called_through_owners(tests);
    if !by.is_empty() {
        notes.add(|| Evidence {
            fact: format!("parties[{index}].designated"),
            value: by.join(", "),
            because: "owned by somebody who is called listed".into(),
        });
        party.designated = Some(true);
        party.listed_by.extend(by);
    }
    let mut regimes: Vec<String> = tree.nodes.iter().skip(1).flat_map(|n| n.designations.iter().map(|d| d.regime.clone())).collect();
    regimes.sort_unstable();
    regimes.dedup();
    for regime in regimes {
        let authority = regime.split('/').next().unwrap_or("");
        let Some((_, test)) = tests.iter().find(|(a, _)| a == authority) else { continue };
        for (from, to, truth) in tree.stretches(&regime, *test) {
            let owners = tree.listed_owners(&regime);
            notes.add(|| Evidence {
                fact: format!("parties[{index}].designated"),
                value: if truth == Truth::True { "yes" } else { "possible" }.into(),
                because: format!("owned by {owners}, by the test of {authority} ({regime})"),
            });
            party.designations.push(Designation {
                regime: regime.clone(),
                listing: format!("{regime}/owned"),
                who: format!("party owned by {owners}"),
                sure: truth == Truth::True,
                from,
                to,
            });
        }
    }
}

struct Node {
    name: String,
    designations: Vec<Designation>,
    /// Whether it is called listed without a word on under which regime, and by whom.
    called: Option<Vec<String>>,
}

impl Node {
    fn of(party: &Party, designations: Vec<Designation>) -> Self {
        let called = (party.designated == Some(true)).then(|| party.listed_by.clone());
        Self { name: normal(&party.name), designations, called }
    }

    fn is_called_by(&self, authority: &str) -> bool {
        self.called.as_ref().is_some_and(|by| by.is_empty() || by.iter().any(|one| one == authority))
    }
}

struct Tree {
    nodes: Vec<Node>,
    holdings: Vec<Holding>,
}

impl Tree {
    /// Adds owners; one that was named before under the same name is the same, so that circles close.
    fn add(&mut self, screener: &Screener, owned: usize, owners: &[Owner]) {
        for owner in owners {
            let name = normal(&owner.party.name);
            let known = self.nodes.iter().position(|n| !name.is_empty() && n.name == name);
            let at = known.unwrap_or_else(|| {
                let mut listed = owner.party.clone();
                match listed.designated {
                    None => {
                        let found = matches(screener, &owner.party, None);
                        designate(&mut listed, &found, 0, &mut Notes::none());
                    }
                    Some(false) => listed.designations.clear(),
                    Some(true) => {}
                }
                self.nodes.push(Node::of(&owner.party, listed.designations));
                self.nodes.len() - 1
            });
            let (low, high) = owner.share.unwrap_or((0.0, 100.0));
            self.holdings.push(Holding { owner: at, owned, low, high, controls: owner.controls });
            if known.is_none() {
                self.add(screener, at, &owner.party.owners);
            }
        }
    }

    /// The authorities by whose tests owners that they are said to list surely own the first node, which they are not said to list itself.
    fn called_through_owners(&self, tests: &Tests) -> Vec<String> {
        let owned = |(authority, test): &&(String, Test)| {
            let listed: Vec<Truth> = self.nodes.iter().map(|n| Truth::from(n.is_called_by(authority))).collect();
            listed.first() == Some(&Truth::False) && reached(&listed, &self.holdings, *test).first() == Some(&Truth::True)
        };
        tests.iter().filter(owned).map(|(authority, _)| authority.clone()).collect()
    }

    /// The stretches of time in which the first node is owned, or may be, by listed ones.
    fn stretches(&self, regime: &str, test: Test) -> Vec<(Option<Date>, Option<Date>, Truth)> {
        let of_regime = |n: &Node| n.designations.iter().filter(|d| d.regime == regime).cloned().collect::<Vec<_>>();
        let all: Vec<Vec<Designation>> = self.nodes.iter().map(of_regime).collect();
        let mut cuts: Vec<Option<Date>> = vec![None];
        for d in all.iter().flatten() {
            cuts.extend([d.from, d.to.and_then(|t| t.tomorrow().ok())].into_iter().filter(Option::is_some));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut out: Vec<(Option<Date>, Option<Date>, Truth)> = Vec::new();
        for (at, from) in cuts.iter().enumerate() {
            let day = from.unwrap_or(Date::MIN);
            let holds = |d: &Designation| d.from.is_none_or(|f| f <= day) && d.to.is_none_or(|t| day <= t);
            let listed: Vec<Truth> = (0..all.len())
                .map(|n| {
                    all.get(n).into_iter().flatten().filter(|d| holds(d)).map(|d| if d.sure { Truth::True } else { Truth::Unknown }).max()
                })
                .map(|t| t.unwrap_or(Truth::False))
                .collect();
            let own = listed.first().copied().unwrap_or(Truth::False);
            let truth = reached(&listed, &self.holdings, test).first().copied().unwrap_or(Truth::False);
            let to = cuts.get(at + 1).copied().flatten().and_then(|d| d.yesterday().ok());
            if truth > own {
                out.push((*from, to, truth));
            }
        }
        out
    }

    fn listed_owners(&self, regime: &str) -> String {
        let mut names: Vec<String> = self
            .nodes
            .iter()
            .skip(1)
            .flat_map(|n| &n.designations)
            .filter(|d| d.regime == regime)
            .map(|d| format!("{} ({})", d.who, d.listing))
            .collect();
        names.sort_unstable();
        names.dedup();
        names.truncate(4);
        names.join(" and ")
    }
}

#[cfg(test)]
mod tests {
    use super::{describes, is_short_of, spelled_out};

    #[test]
    fn a_description_is_told_from_a_name() {
        for words in ["a trading company in Pyongyang", "two suppliers in China", "unnamed consignor", "an arms maker"] {
            assert!(describes(words, None), "{words}");
        }
        for (words, country) in [("Russian tourists", "Russian"), ("DPRK", "DPRK"), ("civilians in North Korea", "North Korea")] {
            assert!(describes(words, Some(country)), "{words}");
        }
        for (name, country) in [("Bank of Iran", "Iran"), ("Korea Mining Development", "Korea")] {
            assert!(!describes(name, Some(country)), "{name}");
        }
        for name in ["A. Khan", "An Chong-ch'ol", "Two Rivers Shipping", "kim jong un", "a", "Some People Ltd"] {
            assert!(!describes(name, None), "{name}");
        }
    }

    #[test]
    fn a_name_without_its_letters_is_the_name_and_without_its_country_is_not() {
        assert!(is_short_of("Foreign Trade Bank", "FOREIGN TRADE BANK (FTB)"));
        assert!(is_short_of("Korea Kwangson Banking Corporation", "KOREA KWANGSON BANKING CORPORATION (KKBC)"));
        assert!(!is_short_of("Foreign Trade Bank", "FOREIGN TRADE BANK (VIETNAM)"));
        assert!(!is_short_of("Alder", "ALDER (CHINA)"));
        assert!(!is_short_of("Foreign Trade", "FOREIGN TRADE BANK (FTB)"));
        assert!(!is_short_of("Foreign Trade Bank", "FOREIGN TRADE BANK"));
    }

    #[test]
    fn a_name_before_its_own_initials_is_the_name_and_before_anything_else_is_not() {
        assert_eq!(spelled_out("Tanchon Commercial Bank (TCB)"), Some("Tanchon Commercial Bank"));
        assert_eq!(spelled_out("Bank of East Land (BEL)"), Some("Bank of East Land"));
        let whole = "Korea Mining Development Trading Corporation";
        assert_eq!(spelled_out(&format!("{whole} (KOMID)")), Some(whole));
        for name in [
            "Tanchon Commercial Bank",
            "China Bank (CHINA)",
            "Tanchon Commercial Bank (agent)",
            "Tanchon Commercial Bank (CB)",
            "Orion (O)",
            "(TCB)",
            ")",
        ] {
            assert_eq!(spelled_out(name), None, "{name}");
        }
    }
}
