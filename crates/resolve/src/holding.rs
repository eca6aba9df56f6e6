//! Owners that an act names as parties of their own, with what they hold: “a listed man, owner of 30 per cent”.
//!
//! By the American rule only half or more counts, added over all listed owners, and whether somebody controls a company counts for nothing. Elsewhere he who holds
//! less may still control it, which is asked by the law of each authority.

use crate::text::padded;
use crate::{Evidence, Notes};
use model::{Act, Mark, Party, Role, Truth};

/// The list of owners who are told to hold less than half.
const SMALL: &str = "un/words/owner-below-half";

/// Who lists a party, where only “listed” is said: all of them but the United States.
const OTHERS: [&str; 10] = ["un", "eu", "uk", "ch", "jp", "kr", "au", "ca", "nz", "sg"];

/// Reads what owners hold: marks those who hold less than half, takes them off the American lists where all listed ones together do, and takes the mark from
/// those who reach half together.
pub(crate) fn read(act: &mut Act, notes: &mut Notes) {
    told_beside(act, notes);
    below_half(act, notes);
}

/// Marks an owner whose share the description of a thing tells: “a company in which Ivan Petrov owns 35 per cent”.
fn told_beside(act: &mut Act, notes: &mut Notes) {
    let texts: Vec<&str> = act.items.iter().map(|item| item.description.as_str()).chain(act.purpose.as_deref()).collect();
    let told: Vec<Option<f64>> = act
        .parties
        .iter()
        .map(|p| {
            let open = p.role == Some(Role::Owner) && share(&p.name).is_none();
            texts.iter().filter(|_| open).find_map(|text| held_by(&p.name, text)).map(|(_, most)| most)
        })
        .collect();
    for (index, most) in told.into_iter().enumerate().filter_map(|(at, most)| Some((at, most?))).filter(|(_, most)| *most < 50.0) {
        act.parties[index].marks.push(Mark::said(SMALL, Truth::True));
        notes.add(|| Evidence {
            fact: format!("parties[{index}].is.{SMALL}"),
            value: "yes".into(),
            because: format!("the words beside say that he holds {most} per cent at most"),
        });
    }
}

/// What a text says that somebody of this name holds, at least and at most; a name of one word is too little to go by.
fn held_by(name: &str, text: &str) -> Option<(f64, f64)> {
    let (name, text) = (name.trim().to_lowercase(), text.to_lowercase());
    if name.split_whitespace().count() < 2 {
        return None;
    }
    let rest = text.split_once(&name)?.1;
    let words: Vec<&str> = rest.split_whitespace().take(10).collect();
    let verb = words
        .iter()
        .position(|w| matches!(w.trim_matches(','), "owns" | "owned" | "holds" | "held" | "has" | "with" | "owning" | "holding"))?;
    share(&words.get(verb..)?.join(" "))
}

/// Takes owners who together hold less than half off the American lists, where what each holds is told.
fn below_half(act: &mut Act, notes: &mut Notes) {
    let listed = |p: &Party| p.designated == Some(true) || !p.designations.is_empty() || p.marks.iter().any(|m| m.list.starts_with("us/"));
    let owner = |p: &&Party| p.role == Some(Role::Owner);
    let held: Option<Vec<f64>> =
        act.parties.iter().filter(owner).filter(|p| listed(p)).map(|p| share(&p.name).map(|(_, most)| most)).collect();
    let Some(most) = held.map(|all| all.iter().sum::<f64>()).filter(|most| *most > 0.0) else { return };
    if most >= 50.0 {
        together(act, most, notes);
        return;
    }
    // Somebody whom nobody names may be listed as well: then it depends on him, and the two together hold what one of them does not.
    let hidden = || act.parties.iter().filter(owner).filter(|p| !listed(p) && is_hidden(&p.name));
    if hidden().any(|p| share(&p.name).is_none()) {
        return;
    }
    let unknown: f64 = hidden().filter_map(|p| share(&p.name)).map(|(_, most)| most).sum();
    let open = most + unknown >= 50.0;
    for (index, party) in act.parties.iter_mut().enumerate().filter(|(_, p)| p.role == Some(Role::Owner)) {
        if !listed(party) {
            if open && is_hidden(&party.name) {
                party.designated = None;
            }
            continue;
        }
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
    for (index, party) in act.parties.iter_mut().enumerate().filter(|(_, p)| p.role == Some(Role::Owner)) {
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

/// How much the words of a name say that somebody holds, in per cent, at least and at most.
fn share(name: &str) -> Option<(f64, f64)> {
    const MINORITY: (f64, f64) = (0.0, 49.99);
    const MAJORITY: (f64, f64) = (50.01, 100.0);
    let text = padded(&name.replace('%', " percent "));
    let raw = name.to_lowercase().replace('%', " percent ");
    let tokens: Vec<&str> = raw.split_whitespace().map(|t| t.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let word = |at: usize| tokens.get(at).copied().unwrap_or_default();
    let percent = |at: usize| word(at + 1) == "percent" || word(at + 1) == "per" && word(at + 2) == "cent";
    let number = (0..tokens.len()).filter(|at| percent(*at)).find_map(|at| {
        // “50.5”, and “50,5” as it is written elsewhere.
        let value: f64 = word(at).replace(',', ".").parse().ok().filter(|v| (0.0..=100.0).contains(v))?;
        let (one, two) = (at.checked_sub(1).map(word), at.checked_sub(2).map(word));
        Some(match (two, one) {
            (_, Some("over" | "above")) | (Some("more"), Some("than")) => (value + 0.01, 100.0),
            (_, Some("under" | "below")) | (Some("less" | "fewer"), Some("than")) => (0.0, value - 0.01),
            (Some("at"), Some("least")) => (value, 100.0),
            _ => (value, value),
        })
    });
    let says = |phrase: &str| text.contains(phrase);
    number
        .or_else(|| says(" minority ").then_some(MINORITY))
        .or_else(|| says(" majority ").then_some(MAJORITY))
        .or_else(|| (says(" sole owner ") || says(" only owner ") || says(" whole ")).then_some((100.0, 100.0)))
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

    #[test]
    fn a_share_is_read_from_the_name_of_its_holder() {
        for (name, held) in [
            ("a Specially Designated National, owner of 30 per cent", Some((30.0, 30.0))),
            ("a listed man who holds 20% of the shares", Some((20.0, 20.0))),
            ("Ivan Petrov, holder of more than 50 percent", Some((50.01, 100.0))),
            ("a listed firm with less than 50 per cent", Some((0.0, 49.99))),
            ("a minority shareholder, listed", Some((0.0, 49.99))),
            ("sole owner of the seller", Some((100.0, 100.0))),
            ("a listed man, owner of 50.5 per cent", Some((50.5, 50.5))),
            ("a listed man, owner of 49,9 %", Some((49.9, 49.9))),
            ("a listed man", None),
        ] {
            assert_eq!(share(name), held, "{name}");
        }
    }

    #[test]
    fn a_share_is_read_from_what_is_said_beside() {
        let told = |text: &str| held_by("Ivan Petrov", text);
        assert_eq!(told("berths of a company in which Ivan Petrov owns 35 per cent"), Some((35.0, 35.0)));
        assert_eq!(told("Ivan Petrov (listed under Regulation 269/2014) holds less than 50 % of it"), Some((0.0, 49.99)));
        assert_eq!(told("a company in which another man owns 35 per cent, not Ivan Petrov"), None);
        assert_eq!(told("Ivan Petrov pays 35 per cent of the price"), None);
        assert_eq!(held_by("Petrov", "Petrov owns 35 per cent"), None);
    }

    #[test]
    fn less_than_half_counts_for_nothing_in_america_alone() {
        let owner = |name: &str| Party { role: Some(Role::Owner), name: name.into(), designated: Some(true), ..Party::default() };
        let listed = |names: &[&str]| {
            let mut act = Act { parties: names.iter().map(|name| owner(name)).collect(), ..Act::default() };
            below_half(&mut act, &mut Notes::none());
            (act.parties[0].is_called_listed("us"), act.parties[0].is_called_listed("eu"))
        };
        assert_eq!(listed(&["a listed man, owner of 30 per cent"]), (false, true));
        assert_eq!(listed(&["a listed man, owner of 50 per cent"]), (true, true));
        assert_eq!(listed(&["a listed man, owner of 30 per cent", "a listed firm, owner of 20 per cent"]), (true, true));
        assert_eq!(listed(&["a listed man, owner of 30 per cent", "an unnamed holder"]), (true, true));
        assert_eq!(listed(&["a listed man, owner"]), (true, true));
    }

    #[test]
    fn a_holder_whom_nobody_names_leaves_it_open_where_the_two_would_reach_half() {
        let owner = |name: &str, listed: bool| Party {
            role: Some(Role::Owner),
            name: name.into(),
            designated: listed.then_some(true),
            ..Party::default()
        };
        let hidden = |share: &str| {
            let parties = vec![
                owner("a listed man, owner of 30 per cent", true),
                owner(&format!("an unidentified holder of {share} per cent"), false),
            ];
            let mut act = Act { parties, ..Act::default() };
            act.parties[1].designated = Some(false);
            below_half(&mut act, &mut Notes::none());
            (act.parties[0].is_called_listed("us"), act.parties[1].designated)
        };
        assert_eq!(hidden("20"), (false, None));
        assert_eq!(hidden("19"), (false, Some(false)));
    }
}
