//! Lists of parties that later words point back to: `Jordan, Turkey and the Emirates … The three countries`.

use super::{Eye, Sight};
use crate::groups::SEVERAL;
use crate::who::Who;
use model::PartyType;

/// Most lists that are kept, the latest last.
const MOST: usize = 6;

impl Eye<'_> {
    /// Keeps the lists of a sentence for what follows.
    pub(super) fn note_list(&mut self, sight: &Sight<'_>) {
        let nouns = &sight.scene.nouns;
        for leader in (0..nouns.len()).filter(|n| nouns[*n].group.is_none()) {
            let members = (0..nouns.len()).filter(|n| *n == leader || nouns[*n].group == Some(leader));
            let list: Vec<Who> = members.filter_map(|n| self.whos.get(n).cloned().flatten().flatten()).collect();
            let one_sort = list.windows(2).all(|w| w[0].kind == w[1].kind && !w[0].may_be(&w[1]));
            if list.len() > 1 && one_sort && list.iter().all(|w| !w.media && !w.plural) {
                let lists = &mut self.finder.known.lists;
                lists.retain(|l| l.len() != list.len() || l[0].kind != list[0].kind);
                lists.push(list);
                if lists.len() > MOST {
                    lists.remove(0);
                }
            }
        }
    }

    /// Those of a list that words like `the three countries` point back to.
    pub(super) fn listed_before(&self, sight: &Sight<'_>, noun: usize) -> Option<Vec<Who>> {
        let phrase = sight.noun(noun);
        // `the two Syrian firms` are described, and not pointed to.
        if phrase.end != phrase.head + 1 || phrase.head > phrase.first + 1 || phrase.of.is_some() {
            return None;
        }
        let count = count(sight.low(phrase.first)).or_else(|| count(sight.low(phrase.det?)))?;
        let definite = phrase.det.is_some_and(|d| matches!(sight.low(d), "the" | "these" | "those" | "both" | "all")) || count == 2;
        let kind = kind(sight.low(phrase.head))?;
        let list = self.finder.known.lists.iter().rev().find(|l| l.len() == count && kind.contains(&l[0].kind))?;
        // `the two countries` mostly act on each other; beside a third they act on it.
        let third = |w: &Who| w.countries.len() == 1 && list.iter().all(|l| !l.may_be(w));
        let others = || (0..sight.scene.nouns.len()).filter(|n| *n != noun).filter_map(|n| self.whos.get(n)?.as_ref()?.as_ref());
        if count == 2 && list[0].kind == Some(PartyType::Government) && !others().any(third) {
            return None;
        }
        let span = sight.span(phrase.first, phrase.end);
        definite.then(|| list.iter().map(|w| Who { span, ..w.clone() }).collect())
    }

    /// `African states such as Uganda and Kenya`, `a handful of customers, among them Ghana`: those of several who are named.
    pub(super) fn members(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Vec<Who>> {
        let phrase = sight.noun(noun);
        let phrase = phrase.of.map_or(phrase, |of| sight.noun(of));
        let at = phrase.end + usize::from(sight.low(phrase.end) == ",");
        let start = match (sight.low(at), sight.low(at + 1)) {
            ("such", "as") | ("among", "them") => at + 2,
            ("including" | "like", _) => at + 1,
            _ => return None,
        };
        if !SEVERAL.contains(sight.low(phrase.head)) {
            return None;
        }
        let first = (0..sight.scene.nouns.len()).find(|n| sight.noun(*n).det.unwrap_or(sight.noun(*n).first) == start)?;
        let leader = sight.noun(first).group.unwrap_or(first);
        let members: Vec<usize> = (0..sight.scene.nouns.len()).filter(|n| *n == leader || sight.noun(*n).group == Some(leader)).collect();
        let named: Vec<Who> = members.into_iter().filter_map(|n| self.who(sight, n)).filter(|w| w.countries.len() == 1).collect();
        (!named.is_empty()).then_some(named)
    }
}

/// How many a word counts.
fn count(low: &str) -> Option<usize> {
    const NUMBERS: [&str; 5] = ["two", "three", "four", "five", "six"];
    let digits = || low.parse().ok().filter(|n| (2..=6).contains(n));
    NUMBERS.iter().position(|n| *n == low).map(|at| at + 2).or_else(digits).or((low == "both").then_some(2))
}

/// Which sorts of parties a noun in the plural may point to.
fn kind(low: &str) -> Option<&'static [Option<PartyType>]> {
    use PartyType as P;
    Some(match low {
        "countries" | "states" | "nations" | "governments" | "neighbours" | "neighbors" | "allies" | "capitals" => &[Some(P::Government)],
        "firms" | "companies" | "entities" | "businesses" | "banks" | "traders" => {
            &[Some(P::Company), Some(P::Bank), Some(P::Organisation)]
        }
        "men" | "people" | "suspects" | "defendants" | "individuals" | "brothers" | "businessmen" | "accused" => &[Some(P::Person)],
        "ships" | "vessels" | "tankers" | "freighters" => &[Some(P::Vessel)],
        _ => return None,
    })
}
