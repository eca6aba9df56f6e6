//! Who is bound by a provision: the words of `reach` turned into the States of this act.

use model::{Act, Country, Date, Party, Role};
use rulebook::Reach;

/// A State that is bound, as what, and by which provision.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Bearer<'a> {
    /// The State; `None` when the facts do not name it.
    pub state: Option<Country>,
    /// The person or body, where the law binds these and not a State.
    pub who: Option<String>,
    /// In which capacity, in words.
    pub role: &'static str,
    /// The provision.
    pub provision: &'a str,
}

fn states<'a>(act: &'a Act, roles: &'a [Role]) -> impl Iterator<Item = Country> + 'a {
    act.parties.iter().filter(move |p| p.role.is_some_and(|r| roles.contains(&r))).flat_map(home)
}

fn home(p: &Party) -> Vec<Country> {
    let mut all = p.nationality.clone();
    all.extend(p.government_of);
    all.extend(p.flag);
    if all.is_empty() {
        all.extend(p.located_in);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The States bound by a provision whose reach has these words.
pub(crate) fn bearers<'a>(act: &Act, reach: &Reach, day: Date, provision: &'a str) -> Vec<Bearer<'a>> {
    use Role::{
        Bank, Broker, Buyer, Carrier, Consignee, Employer, EndUser, Financier, Host, Insurer, Intermediary, Operator, Owner, Provider,
        Recipient, Seller, Supplier, Traveller, Vessel,
    };
    let mut out = Vec::new();
    let mut add = |role: &'static str, states: &mut dyn Iterator<Item = Country>| {
        for state in states {
            let bearer = Bearer { state: Some(state), who: None, role, provision };
            if !out.iter().any(|b: &Bearer| b.state == bearer.state) {
                out.push(bearer);
            }
        }
    };
    for word in &reach.binds {
        match word.as_str() {
            "giver" => {
                add("State of the giver", &mut states(act, &[Supplier, Seller, Provider, Host, Owner]));
                add("State from which it goes", &mut act.origin.into_iter());
                add("State from which it goes", &mut act.items.iter().filter_map(|i| i.origin));
            }
            "receiver" => {
                add("State of the receiver", &mut states(act, &[Recipient, Buyer, Consignee, EndUser, Operator, Traveller]));
                add("State to which it goes", &mut act.destination.into_iter());
            }
            "dprk" => add(
                "State itself",
                &mut Country::new("KP").into_iter().filter(|c| {
                    act.origin == Some(*c)
                        || act.items.iter().any(|i| i.origin == Some(*c))
                        || act.parties.iter().any(|p| home(p).contains(c))
                }),
            ),
            "broker" => add("State of the broker", &mut states(act, &[Broker, Intermediary])),
            "transit" => add("State of transit", &mut act.transit.iter().copied()),
            "flag" => {
                add("flag State", &mut states(act, &[Vessel]));
                add("flag State", &mut act.flags.iter().copied());
            }
            "carrier" => add("State of the carrier", &mut states(act, &[Carrier, Operator])),
            "place" => {
                add("State where it happens", &mut act.destination.into_iter().chain(act.origin));
                add("State where it happens", &mut act.parties.iter().filter_map(|p| p.located_in));
            }
            "financier" => add("State of the bank or insurer", &mut states(act, &[Bank, Insurer, Financier])),
            "employer" => add("State of the employer", &mut states(act, &[Employer, Intermediary, Host])),
            "destination" => add("State to which it goes", &mut act.destination.into_iter()),
            _ => {}
        }
    }
    let mut persons = persons(act, reach, day, provision);
    if persons.is_empty() && out.is_empty() {
        let role = if reach.of.is_some() {
            "everyone there, and its persons anywhere, who take part"
        } else {
            "every State whose territory, nationals, ships or aircraft serve it"
        };
        out.push(Bearer { state: None, who: None, role, provision });
    }
    persons.append(&mut out);
    persons
}

/// The parties that belong to the countries whose persons a provision binds.
fn persons<'a>(act: &Act, reach: &Reach, day: Date, provision: &'a str) -> Vec<Bearer<'a>> {
    let Some(area) = &reach.of else { return Vec::new() };
    let one = |p: &Party| {
        let state = home(p).into_iter().chain(p.located_in).find(|c| area.has(*c, day))?;
        Some(Bearer { state: Some(state), who: Some(p.name.clone()).filter(|n| !n.trim().is_empty()), role: "person bound", provision })
    };
    act.parties.iter().filter_map(one).collect()
}
