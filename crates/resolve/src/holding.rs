//! Owners that an act names as parties of their own, with what they hold: “a listed man, owner of 30 per cent”.
//!
//! By the American rule only half or more counts, added over all listed owners, and whether somebody controls a company counts for nothing. Elsewhere he who holds
//! less may still control it, which is asked by the law of each authority.

use crate::said;
use crate::text::{normal, padded};
use crate::{Evidence, Notes};
use model::{Act, Mark, Party, Role, Truth};
use std::cell::LazyCell;

/// The list of owners who are told to hold less than half.
const SMALL: &str = "un/words/owner-below-half";

/// Who lists a party, where only “listed” is said: all of them but the United States.
const OTHERS: [&str; 10] = ["un", "eu", "uk", "ch", "jp", "kr", "au", "ca", "nz", "sg"];

/// What each party holds that is an owner, in per cent, at least and at most, where it is told.
type Held = [Option<(f64, f64)>];

/// Reads what owners hold: marks those who hold less than half, takes them off the American lists where all listed ones together do, and takes the mark from
/// those who reach half together.
pub(crate) fn read(act: &mut Act, notes: &mut Notes) {
    if act.parties.iter().any(is_owner) {
        let held = held(act);
        mark_small(act, &held, notes);
        below_half(act, &held, notes);
    }
}

fn is_owner(party: &Party) -> bool {
    party.role == Some(Role::Owner)
}

/// Whether anything calls the party listed that counts in America.
fn is_listed(party: &Party) -> bool {
    party.designated == Some(true) || !party.designations.is_empty() || party.marks.iter().any(|m| m.list.starts_with("us/"))
}

/// By the words of his own name, or else of a thing or a purpose: “a company in which Ivan Petrov owns 35 per cent”.
fn held(act: &Act) -> Vec<Option<(f64, f64)>> {
    let beside = LazyCell::new(|| {
        let texts = act.items.iter().map(|item| item.description.as_str()).chain(act.purpose.as_deref());
        texts.filter_map(said::owner).map(|owner| (normal(&owner.name), owner.share)).collect::<Vec<_>>()
    });
    let told = |name: &str| {
        let name = normal(name);
        beside.iter().find(|(said, _)| *said == name).map(|(_, share)| *share)
    };
    let owner = |p: &Party| is_owner(p).then(|| said::held(&p.name).or_else(|| told(&p.name)))?;
    act.parties.iter().map(owner).collect()
}

/// Marks the owners of whom anything tells that they hold less than half; the words of a name may have marked them already.
fn mark_small(act: &mut Act, held: &Held, notes: &mut Notes) {
    for (index, (party, held)) in act.parties.iter_mut().zip(held).enumerate() {
        let Some((_, most)) = held.filter(|(_, most)| *most < 50.0 && party.marks.iter().all(|m| m.list != SMALL)) else { continue };
        party.marks.push(Mark::said(SMALL, Truth::True));
        notes.add(|| Evidence {
            fact: format!("parties[{index}].is.{SMALL}"),
            value: "yes".into(),
            because: format!("the words say that he holds {most} per cent at most"),
        });
    }
}

/// Takes owners who together hold less than half off the American lists, where what each holds is told.
fn below_half(act: &mut Act, held: &Held, notes: &mut Notes) {
    let owners = || act.parties.iter().zip(held).filter(|(p, _)| is_owner(p));
    let at_most = |held: &Option<(f64, f64)>| held.map(|(_, most)| most);
    let listed: Option<Vec<f64>> = owners().filter(|(p, _)| is_listed(p)).map(|(_, held)| at_most(held)).collect();
    let Some(most) = listed.map(|all| all.iter().sum::<f64>()).filter(|most| *most > 0.0) else { return };
    if most >= 50.0 {
        together(act, most, notes);
        return;
    }
    // Somebody whom nobody names may be listed as well: then it depends on him, and the two together hold what one of them does not.
    let hidden = owners().filter(|(p, _)| !is_listed(p) && p.designated.is_none() && is_hidden(&p.name));
    let Some(unknown) = hidden.map(|(_, held)| at_most(held)).collect::<Option<Vec<f64>>>() else { return };
    let open = most + unknown.iter().sum::<f64>() >= 50.0;
    for (index, party) in act.parties.iter_mut().enumerate().filter(|(_, p)| is_owner(p) && is_listed(p)) {
        party.designations.retain(|listing| !listing.regime.starts_with("us/"));
        party.marks.retain(|mark| !mark.list.starts_with("us/"));
        if party.designated == Some(true) {
            if party.listed_by.is_empty() {
                party.listed_by = OTHERS.iter().map(|&by| by.to_owned()).collect();
            } else {
                party.listed_by.retain(|by| by != "us");
            }
            // Nobody else lists him.
            party.designated = Some(!party.listed_by.is_empty());
        }
        notes.add(|| Evidence {
            fact: format!("parties[{index}].designated"),
            value: "no".into(),
            because: if open {
                format!("listed owners hold {most} per cent, and by the rule of the United States half is what counts: it depends on whom nobody names")
            } else {
                format!("listed owners hold {most} per cent at most, and by the rule of the United States half is what counts")
            },
        });
    }
}

/// Listed owners who together hold half or more are no small owners, whatever each of them holds: most authorities add their shares up.
fn together(act: &mut Act, most: f64, notes: &mut Notes) {
    for (index, party) in act.parties.iter_mut().enumerate().filter(|(_, p)| is_owner(p)) {
        let before = party.marks.len();
        party.marks.retain(|mark| mark.list != SMALL);
        if party.marks.len() < before {
            notes.add(|| Evidence {
                fact: format!("parties[{index}].is.{SMALL}"),
                value: "no".into(),
                because: format!("listed owners together hold {most} per cent"),
            });
        }
    }
}

/// Whether the words say that nobody knows who it is.
fn is_hidden(name: &str) -> bool {
    let text = padded(name);
    ["unnamed", "unknown", "undisclosed", "unidentified", "not named", "nobody names", "do not name", "hidden", "secret"]
        .iter()
        .any(|word| text.contains(&format!(" {word} ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Item;

    fn owner(name: &str, designated: Option<bool>) -> Party {
        Party { role: Some(Role::Owner), name: name.into(), designated, ..Party::default() }
    }

    /// An act with these owners, and a payment so described, as it stands once their holdings are read.
    fn read_with(owners: &[(&str, Option<bool>)], description: &str) -> Act {
        let parties = owners.iter().map(|(name, designated)| owner(name, *designated)).collect();
        let mut act = Act { parties, items: vec![Item { description: description.into(), ..Item::default() }], ..Act::default() };
        read(&mut act, &mut Notes::none());
        act
    }

    fn is_small(party: &Party) -> bool {
        party.marks.iter().any(|mark| mark.list == SMALL)
    }

    #[test]
    fn less_than_half_counts_for_nothing_in_america_alone() {
        let listed = |names: &[&str]| {
            let owners: Vec<_> = names.iter().map(|name| (*name, Some(true))).collect();
            let act = read_with(&owners, "");
            (act.parties[0].is_called_listed("us"), act.parties[0].is_called_listed("eu"))
        };
        assert_eq!(listed(&["a listed man, owner of 30 per cent"]), (false, true));
        assert_eq!(listed(&["a listed man, owner of 50 per cent"]), (true, true));
        assert_eq!(listed(&["a listed man, owner of 30 per cent", "a listed firm, owner of 20 per cent"]), (true, true));
        assert_eq!(listed(&["a listed man, owner of 30 per cent", "a listed firm"]), (true, true));
        assert_eq!(listed(&["a listed man, owner"]), (true, true));
    }

    #[test]
    fn a_share_told_beside_the_name_counts_as_one_in_it() {
        let with = |description: &str| read_with(&[("Ivan Petrov", Some(true))], description);
        let small = with("berths of a company in which Ivan Petrov owns 35 per cent");
        assert!(is_small(&small.parties[0]) && !small.parties[0].is_called_listed("us"));
        for other in [
            "berths of a company in which Pyotr Ivanov owns 35 per cent",
            "berths of a company in which Ivan Petrov owns 60 per cent",
            "berths of a company that Ivan Petrov owns, at a discount of 35 per cent",
            "Ivan Petrov pays with 35 per cent down",
        ] {
            let act = with(other);
            assert!(!is_small(&act.parties[0]) && act.parties[0].is_called_listed("us"), "{other}");
        }
        // Two who reach half together, however each share is told.
        let two = read_with(
            &[("Ivan Petrov", Some(true)), ("a listed firm, owner of 20 per cent", Some(true))],
            "a company in which Ivan Petrov owns 35 per cent",
        );
        assert!(two.parties.iter().all(|p| !is_small(p) && p.is_called_listed("us")));
    }

    #[test]
    fn a_holder_whom_nobody_names_leaves_it_open_where_the_two_would_reach_half() {
        let because = |hidden: &str, said: Option<bool>| {
            let parties = vec![owner("a listed man, owner of 30 per cent", Some(true)), owner(hidden, said)];
            let mut act = Act { parties, ..Act::default() };
            let mut notes = Notes::kept();
            read(&mut act, &mut notes);
            assert_eq!(act.parties[1].designated, said, "what is said of the holder stays");
            (act.parties[0].is_called_listed("us"), notes.into_list().iter().any(|note| note.because.contains("whom nobody names")))
        };
        assert_eq!(because("an unidentified holder of 20 per cent", None), (false, true));
        assert_eq!(because("an unidentified holder of 19 per cent", None), (false, false));
        assert_eq!(because("an unidentified holder of 20 per cent", Some(false)), (false, false));
        assert_eq!(because("an unnamed holder", None), (true, false));
    }
}
