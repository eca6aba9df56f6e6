//! Conditions: a closed set, read from TOML. There is no expression language on purpose.

use crate::blocks::Words;
use crate::read::Fields;
use model::{ActKind, Area, Condition as Wear, Country, Date, HsRange, Kinds, PartyType, Role, nearest, parse_hs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Value;

/// When a provision catches, or an exception fits.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Condition {
    /// Holds for every act.
    Always,
    /// All of them.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    /// Not so.
    Not(Box<Condition>),
    /// The act is of one of these kinds; the word the law file used.
    Act(Kinds, String),
    /// Ends there.
    To(#[serde(with = "crate::packed::area")] Area),
    /// Starts there.
    From(#[serde(with = "crate::packed::area")] Area),
    /// Passes through.
    Via(#[serde(with = "crate::packed::area")] Area),
    /// Some of it happens there.
    In(#[serde(with = "crate::packed::area")] Area),
    /// About the item.
    Item(ItemTest),
    /// About some party.
    Party(PartyTest),
    /// For this purpose.
    Purpose(String),
    /// A recorded finding says yes; what is taken when nobody recorded it, and why.
    Judgement {
        /// The finding.
        name: String,
        /// Taken when unrecorded, with the reason.
        presume: Option<(bool, String)>,
    },
    /// The act keeps within a cap.
    Within {
        /// Parameter id.
        limit: String,
        /// Counter name.
        counter: String,
        /// Finding that settles it.
        judgement: Option<String>,
    },
    /// The written contract is older than this day.
    ContractBefore(Date),
    /// A named condition.
    Defined(String),
    /// An approval of this authority is on record and covers the item.
    Approved(String),
}

/// A test on the item.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum ItemTest {
    /// Its code lies in one of these ranges.
    Hs(Vec<HsRange>),
    /// It is on the list.
    List(String),
    /// It is new, or used.
    Wear(Wear),
    /// One unit is worth more.
    Over {
        /// The amount.
        amount: f64,
        /// ISO 4217.
        currency: String,
    },
    /// All of it is worth more.
    TotalOver {
        /// The amount.
        amount: f64,
        /// ISO 4217.
        currency: String,
    },
}

/// A test that one party must pass in all its fields.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PartyTest {
    /// Any of these roles; empty: any role.
    pub roles: Vec<Role>,
    /// National of, or incorporated in.
    #[serde(with = "crate::packed::maybe_area")]
    pub national: Option<Area>,
    /// Located in.
    #[serde(with = "crate::packed::maybe_area")]
    pub located: Option<Area>,
    /// National of, located in, acting for or flagged in.
    #[serde(with = "crate::packed::maybe_area")]
    pub tied: Option<Area>,
    /// The State itself, its organs, or a person acting for it.
    #[serde(with = "crate::packed::maybe_area")]
    pub government: Option<Area>,
    /// Any of these types.
    pub types: Vec<PartyType>,
    /// Designated under the regime on the day.
    pub designated: bool,
    /// On a list of words in names.
    pub list: Option<String>,
}

pub(crate) struct Context<'a> {
    pub groups: &'a BTreeMap<String, Words>,
}

type Read<T> = Result<T, (String, Option<String>)>;

fn bad<T>(message: impl Into<String>) -> Read<T> {
    Err((message.into(), None))
}

const KEYS: &[&str] = &[
    "all",
    "any",
    "not",
    "act",
    "to",
    "from",
    "via",
    "in",
    "item",
    "party",
    "purpose",
    "judgement",
    "within",
    "contract-before",
    "defined",
    "approved",
    "always",
];

impl Context<'_> {
    pub(crate) fn condition(&self, value: &Value) -> Read<Condition> {
        let Value::Table(table) = value else {
            return bad("a condition is a table such as `{ to = \"KP\" }`");
        };
        let mut keys = table.keys().filter(|k| !matches!(k.as_str(), "presume" | "because"));
        let (Some(key), None) = (keys.next(), keys.next()) else {
            return bad("a condition has exactly one test; join several with `all`");
        };
        let Some(inner) = table.get(key) else { return bad("empty condition") };
        if key != "judgement" && table.len() > 1 {
            return bad("only a judgement may carry `presume` and `because`");
        }
        match key.as_str() {
            "all" => Ok(Condition::All(self.several(inner)?)),
            "any" => Ok(Condition::Any(self.several(inner)?)),
            "not" => Ok(Condition::Not(Box::new(self.condition(inner)?))),
            "act" => self.act(inner),
            "to" => self.area(inner).map(Condition::To),
            "from" => self.area(inner).map(Condition::From),
            "via" => self.area(inner).map(Condition::Via),
            "in" => self.area(inner).map(Condition::In),
            "item" => self.item(inner),
            "party" => self.party(inner).map(Condition::Party),
            "purpose" => text(inner).map(Condition::Purpose),
            "judgement" => judgement(table),
            "within" => within(inner),
            "contract-before" => match inner.as_datetime().and_then(crate::read::date) {
                Some(day) => Ok(Condition::ContractBefore(day)),
                None => bad("`contract-before` takes a date such as 2017-12-22"),
            },
            "defined" => text(inner).map(Condition::Defined),
            "approved" => text(inner).map(Condition::Approved),
            "always" => match inner {
                Value::Boolean(true) => Ok(Condition::Always),
                _ => bad("`always` can only be true"),
            },
            other => Err((format!("unknown condition `{other}`"), nearest(other, KEYS.iter().copied()).map(str::to_owned))),
        }
    }

    fn several(&self, value: &Value) -> Read<Vec<Condition>> {
        match value {
            Value::Array(list) if !list.is_empty() => list.iter().map(|v| self.condition(v)).collect(),
            _ => bad("`all` and `any` take a list of at least one condition"),
        }
    }

    fn act(&self, value: &Value) -> Read<Condition> {
        let words = texts(value)?;
        let mut kinds = Kinds(0);
        for word in &words {
            if let Some(kind) = ActKind::parse(word) {
                kinds.0 |= Kinds::only(kind).0;
            } else if let Some(Words::Kinds(list)) = self.groups.get(word) {
                kinds.0 |= list.iter().fold(0, |bits, k| bits | Kinds::only(*k).0);
            } else {
                let known = ActKind::all_words().into_iter().chain(self.groups.keys().map(String::as_str));
                return Err((format!("`{word}` is no kind of act and no group of kinds"), nearest(word, known).map(str::to_owned)));
            }
        }
        Ok(Condition::Act(kinds, words.join(", ")))
    }

    fn item(&self, value: &Value) -> Read<Condition> {
        let Value::Table(table) = value else { return bad("`item` takes a table") };
        let mut tests = Vec::new();
        for (key, inner) in table {
            tests.push(Condition::Item(match key.as_str() {
                "hs" => ItemTest::Hs(texts(inner)?.iter().map(|c| parse_hs(c)).collect::<Result<_, _>>().map_err(|m| (m, None))?),
                "list" => ItemTest::List(text(inner)?),
                "condition" => ItemTest::Wear(match text(inner)?.as_str() {
                    "new" => Wear::New,
                    "used" => Wear::Used,
                    other => return bad(format!("an item is `new` or `used`, not `{other}`")),
                }),
                "over" => over(inner, |amount, currency| ItemTest::Over { amount, currency })?,
                "total-over" => over(inner, |amount, currency| ItemTest::TotalOver { amount, currency })?,
                other => {
                    return Err((
                        format!("unknown test of an item `{other}`"),
                        nearest(other, ["hs", "list", "condition", "over", "total-over"]).map(str::to_owned),
                    ));
                }
            }));
        }
        match (tests.len(), tests.pop()) {
            (1, Some(one)) => Ok(one),
            (_, Some(last)) => {
                tests.push(last);
                Ok(Condition::All(tests))
            }
            _ => bad("`item` without a test"),
        }
    }

    fn party(&self, value: &Value) -> Read<PartyTest> {
        let Value::Table(table) = value else { return bad("`party` takes a table") };
        let mut test = PartyTest::default();
        for (key, inner) in table {
            match key.as_str() {
                "role" => test.roles = self.roles(inner)?,
                "national" => test.national = Some(self.area(inner)?),
                "located" => test.located = Some(self.area(inner)?),
                "tied" => test.tied = Some(self.area(inner)?),
                "government" => test.government = Some(self.area(inner)?),
                "type" => {
                    for word in texts(inner)? {
                        match PartyType::parse(&word) {
                            Some(kind) => test.types.push(kind),
                            None => {
                                return Err((
                                    format!("unknown type of party `{word}`"),
                                    nearest(&word, PartyType::all_words()).map(str::to_owned),
                                ));
                            }
                        }
                    }
                }
                "is" if text(inner)? == "designated" => test.designated = true,
                "is" => return bad("a party can only be tested for `is = \"designated\"`"),
                "list" => test.list = Some(text(inner)?),
                other => {
                    let known = ["role", "national", "located", "tied", "government", "type", "is", "list"];
                    return Err((format!("unknown test of a party `{other}`"), nearest(other, known).map(str::to_owned)));
                }
            }
        }
        if test == PartyTest::default() { bad("`party` without a test") } else { Ok(test) }
    }

    /// A country by its code, or a group of countries by its id.
    pub(crate) fn area(&self, value: &Value) -> Read<Area> {
        let name = text(value)?;
        match self.groups.get(&name) {
            Some(Words::Countries(group)) => return Ok(Area::Group(group.clone())),
            Some(_) => return bad(format!("`{name}` is no group of countries")),
            None => {}
        }
        match Country::new(&name).filter(|_| name.bytes().all(|b| b.is_ascii_uppercase())) {
            Some(one) => Ok(Area::One(one)),
            None => {
                let groups = self.groups.iter().filter(|(_, w)| matches!(w, Words::Countries(_))).map(|(id, _)| id.as_str());
                let help = nearest(&name, groups).map(str::to_owned);
                Err((format!("`{name}` is neither a country code of two capital letters nor a group of countries"), help))
            }
        }
    }

    fn roles(&self, value: &Value) -> Read<Vec<Role>> {
        let mut roles = Vec::new();
        for word in texts(value)? {
            if let Some(role) = Role::parse(&word) {
                roles.push(role);
            } else if let Some(Words::Roles(list)) = self.groups.get(&word) {
                roles.extend(list);
            } else {
                return Err((format!("`{word}` is no role and no group of roles"), nearest(&word, Role::all_words()).map(str::to_owned)));
            }
        }
        Ok(roles)
    }
}

fn judgement(table: &toml::Table) -> Read<Condition> {
    let name = table.get("judgement").map_or_else(|| bad("no name"), text)?;
    let presume = match (table.get("presume"), table.get("because")) {
        (None, None) => None,
        (Some(p), Some(b)) => match text(p)?.as_str() {
            "yes" => Some((true, text(b)?)),
            "no" => Some((false, text(b)?)),
            other => return bad(format!("`presume` is `yes` or `no`, not `{other}`")),
        },
        _ => return bad("`presume` and `because` come together"),
    };
    Ok(Condition::Judgement { name, presume })
}

fn within(value: &Value) -> Read<Condition> {
    let Value::Table(table) = value else { return bad("`within` takes a table") };
    if let Some(other) = table.keys().find(|k| !matches!(k.as_str(), "limit" | "counter" | "judgement")) {
        return bad(format!("unknown field `{other}` in `within`"));
    }
    let (Some(limit), Some(counter)) = (table.get("limit"), table.get("counter")) else {
        return bad("`within` needs `limit` and `counter`");
    };
    Ok(Condition::Within { limit: text(limit)?, counter: text(counter)?, judgement: table.get("judgement").map(text).transpose()? })
}

fn over(value: &Value, make: fn(f64, String) -> ItemTest) -> Read<ItemTest> {
    let amount = value.get("amount").and_then(Fields::number);
    let currency = value.get("currency").and_then(Value::as_str);
    match (amount, currency) {
        (Some(amount), Some(currency)) if amount > 0.0 => Ok(make(amount, currency.to_owned())),
        _ => bad("`over` needs a positive `amount` and a `currency`"),
    }
}

fn text(value: &Value) -> Read<String> {
    match value {
        Value::String(s) if !s.trim().is_empty() => Ok(s.clone()),
        _ => bad("expected a text in quotes"),
    }
}

fn texts(value: &Value) -> Read<Vec<String>> {
    match value {
        Value::Array(list) if !list.is_empty() => list.iter().map(text).collect(),
        other => text(other).map(|t| vec![t]),
    }
}

/// Calls `visit` for the condition and everything in it.
pub(crate) fn walk<'a>(condition: &'a Condition, visit: &mut impl FnMut(&'a Condition)) {
    visit(condition);
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().for_each(|c| walk(c, visit)),
        Condition::Not(inner) => walk(inner, visit),
        _ => {}
    }
}

/// Calls `visit` for every place that the condition speaks of.
pub(crate) fn areas_mut(condition: &mut Condition, visit: &mut impl FnMut(&mut Area)) {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter_mut().for_each(|c| areas_mut(c, visit)),
        Condition::Not(inner) => areas_mut(inner, visit),
        Condition::To(area) | Condition::From(area) | Condition::Via(area) | Condition::In(area) => visit(area),
        Condition::Party(t) => {
            [&mut t.national, &mut t.located, &mut t.tied, &mut t.government].into_iter().flatten().for_each(visit);
        }
        Condition::Always
        | Condition::Act(..)
        | Condition::Item(_)
        | Condition::Purpose(_)
        | Condition::Judgement { .. }
        | Condition::Within { .. }
        | Condition::ContractBefore(_)
        | Condition::Defined(_)
        | Condition::Approved(_) => {}
    }
}
