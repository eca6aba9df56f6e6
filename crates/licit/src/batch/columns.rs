//! Which column holds what: by its name, by a name that others use for the same thing, or by a mapping.

use super::source::Table;
use crate::fact::roles;
use model::Role;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What is asked of every row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Is the act allowed?
    Check,
    /// Who on the lists is it?
    Screen,
    /// What goods are they?
    Classify,
    /// What acts does the text tell?
    Read,
}

impl Mode {
    /// The word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Screen => "screen",
            Self::Classify => "classify",
            Self::Read => "read",
        }
    }

    /// The fields of a row, for the help and for messages.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Check => &[
                "id",
                "kind",
                "on",
                "status",
                "purpose",
                "contract_date",
                "from",
                "to",
                "via",
                "by",
                "for",
                "supplier",
                "recipient",
                "carrier",
                "vessel",
                "bank",
                "by_country",
                "for_country",
                "item",
                "hs",
                "quantity",
                "unit",
                "value",
                "currency",
                "item_origin",
                "condition",
                "parties",
                "items",
                "places",
                "legs",
                "approvals",
                "judgements",
            ],
            Self::Screen => &["id", "name", "type", "country", "birth_date", "gender", "identifiers", "aliases"],
            Self::Classify => &["id", "description"],
            Self::Read => &["id", "text", "published", "language"],
        }
    }
}

/// A mapping file: which column holds a field, and what is the same in every row.
#[derive(Clone, Default, Debug, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Field to column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field to what it is in every row.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
}

/// Where the value of a column goes.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Slot {
    /// A field of the row itself, as it stands.
    Whole(&'static str),
    /// A day; a time of day behind it is cut off.
    Day(&'static str),
    Place(&'static str),
    Transit,
    Party(Who, &'static str),
    Item(&'static str),
    Unit,
    Currency,
    /// Several values with `;` between them.
    Several(&'static str),
}

/// A party of the act: by its role, or by its side, whose role depends on the kind of act.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Who {
    By,
    For,
    As(&'static str),
}

/// How the columns of a table become rows of a mode.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    mode: Mode,
    pub(super) slots: Vec<Option<Slot>>,
    pub(super) constants: Vec<(Slot, Value)>,
    /// Columns that nothing is taken from.
    pub unused: Vec<String>,
}

impl Plan {
    /// An error says which column or field is not known, and what would be.
    pub(super) fn new(mode: Mode, columns: &[String], mapping: &Mapping) -> Result<Self, String> {
        let mut slots: Vec<Option<Slot>> = vec![None; columns.len()];
        for (field, column) in &mapping.columns {
            let slot = slot(mode, field).ok_or_else(|| unknown(mode, field))?;
            let at = columns.iter().position(|c| c == column).ok_or_else(|| {
                let help = model::nearest(column, columns.iter().map(String::as_str));
                let help = help.map_or_else(|| format!("there are {}", some(columns)), |n| format!("did you mean `{n}`?"));
                format!("the mapping takes `{field}` from the column `{column}`, which is not there ({help})")
            })?;
            if let Some(place) = slots.get_mut(at) {
                *place = Some(slot);
            }
        }
        let mapped: Vec<Slot> = slots.iter().flatten().cloned().collect();
        for (column, place) in columns.iter().zip(&mut slots).filter(|(_, place)| place.is_none()) {
            // What the mapping says of a field wins over a column of that name.
            *place = slot(mode, column).filter(|slot| !mapped.contains(slot));
        }
        let constant = |(field, text): (&String, &String)| Ok((slot(mode, field).ok_or_else(|| unknown(mode, field))?, json!(text)));
        let constants = mapping.constants.iter().map(constant).collect::<Result<Vec<_>, String>>()?;
        let id = Slot::Whole("id");
        if slots.iter().flatten().all(|slot| *slot == id) {
            return Err(format!(
                "no column is known for `{}`: there are {}, and known are {}; a mapping file says which column holds what",
                mode.word(),
                some(columns),
                mode.fields().join(", ")
            ));
        }
        let unused = columns.iter().zip(&slots).filter(|(_, slot)| slot.is_none()).map(|(c, _)| c.clone()).collect();
        Ok(Self { mode, slots, constants, unused })
    }

    /// The id of a row, and everything else in it as a key; nothing when something in it is no text or very long.
    pub(super) fn words<'t>(&self, table: &'t Table, row: usize) -> Option<(&'t str, Vec<u8>)> {
        const LONGEST: usize = 4_000;
        let (mut id, mut key) = ("", Vec::with_capacity(64));
        for (column, slot) in table.columns.iter().zip(&self.slots) {
            match (column.text(row)?, slot) {
                (text, Some(Slot::Whole("id"))) => id = if text.trim().is_empty() { id } else { text.trim() },
                (text, Some(_)) => {
                    key.extend_from_slice(&u32::try_from(text.len()).ok()?.to_le_bytes());
                    key.extend_from_slice(text.as_bytes());
                }
                (_, None) => {}
            }
        }
        let same_id = self.constants.iter().any(|(slot, _)| *slot == Slot::Whole("id"));
        (!same_id && key.len() + id.len() < LONGEST).then_some((id, key))
    }

    /// One row as the JSON that the single command reads.
    pub(super) fn row(&self, cells: Vec<Value>) -> Map<String, Value> {
        let mut row = Row::default();
        for (slot, value) in self.constants.iter().map(|(slot, value)| (slot, value.clone())) {
            row.put(slot, value);
        }
        for (slot, value) in self.slots.iter().zip(cells).filter_map(|(slot, value)| Some((slot.as_ref()?, value))) {
            row.put(slot, value);
        }
        if self.mode == Mode::Check { row.act() } else { row.whole }
    }
}

fn unknown(mode: Mode, field: &str) -> String {
    let help = model::nearest(field, mode.fields().iter().copied());
    let help = help.map_or_else(|| format!("known are {}", mode.fields().join(", ")), |n| format!("did you mean `{n}`?"));
    format!("the mapping names the field `{field}`, which `{}` does not know ({help})", mode.word())
}

/// The first few names, for a message.
fn some(columns: &[String]) -> String {
    const FEW: usize = 20;
    let shown: Vec<String> = columns.iter().take(FEW).map(|c| format!("`{}`", c.chars().take(40).collect::<String>())).collect();
    format!("{}{}", shown.join(", "), if columns.len() > FEW { ", …" } else { "" })
}

/// The slot for a field or column of that name.
fn slot(mode: Mode, name: &str) -> Option<Slot> {
    let name = name.trim().to_lowercase().replace([' ', '-', '.'], "_");
    let name = name.as_str();
    match mode {
        Mode::Check => of_act(name),
        Mode::Screen => Some(match name {
            "id" => Slot::Whole("id"),
            "name" | "party" | "caption" => Slot::Whole("name"),
            "type" | "schema" => Slot::Whole("type"),
            "country" | "countries" | "nationality" => Slot::Several("country"),
            "birth_date" | "birthdate" | "date_of_birth" | "dob" => Slot::Day("birth_date"),
            "gender" | "sex" => Slot::Whole("gender"),
            "identifiers" | "identifier" | "id_number" => Slot::Several("identifiers"),
            "aliases" | "alias" | "aka" => Slot::Several("aliases"),
            _ => return None,
        }),
        Mode::Classify => Some(match name {
            "id" => Slot::Whole("id"),
            "description" | "item" | "goods" | "product" | "commodity" | "text" => Slot::Whole("description"),
            _ => return None,
        }),
        Mode::Read => Some(match name {
            "id" => Slot::Whole("id"),
            "text" | "body" | "article" => Slot::Whole("text"),
            "published" | "date" => Slot::Day("published"),
            "language" | "lang" => Slot::Whole("language"),
            _ => return None,
        }),
    }
}

fn of_act(name: &str) -> Option<Slot> {
    Some(match name {
        "id" => Slot::Whole("id"),
        "kind" | "act" => Slot::Whole("kind"),
        "status" => Slot::Whole("status"),
        "purpose" | "end_use" => Slot::Whole("purpose"),
        "parties" => Slot::Whole("parties"),
        "items" => Slot::Whole("items"),
        "places" => Slot::Whole("places"),
        "legs" => Slot::Whole("legs"),
        "approvals" => Slot::Whole("approvals"),
        "judgements" => Slot::Whole("judgements"),
        "on" | "date" | "day" | "shipped_on" | "ship_date" | "shipment_date" => Slot::Day("on"),
        "contract_date" => Slot::Day("contract_date"),
        "from" | "origin" | "from_country" | "origin_country" | "country_of_origin" | "port_of_loading" => Slot::Place("origin"),
        "to" | "destination" | "to_country" | "destination_country" | "country_of_destination" | "port_of_discharge" => {
            Slot::Place("destination")
        }
        "via" | "transit" => Slot::Transit,
        "item" | "description" | "goods" | "product" | "commodity" | "goods_description" | "item_description" => Slot::Item("description"),
        "hs" | "hs_code" | "hscode" | "hs6" | "commodity_code" | "tariff_code" => Slot::Item("hs"),
        "quantity" | "qty" => Slot::Item("quantity"),
        "unit" | "uom" | "quantity_unit" => Slot::Unit,
        "value" | "amount" => Slot::Item("value"),
        "currency" => Slot::Currency,
        "item_origin" => Slot::Item("origin"),
        "condition" => Slot::Item("condition"),
        _ => return of_party(name),
    })
}

/// `consignee`, `consignee_country`: a party by its role, and something of it.
fn of_party(name: &str) -> Option<Slot> {
    const FIELDS: [(&str, &str); 10] = [
        ("_located_in", "located_in"),
        ("_country", "located_in"),
        ("_nationality", "nationality"),
        ("_birth_date", "birth_date"),
        ("_acts_for", "acts_for"),
        ("_identifiers", "identifiers"),
        ("_aliases", "aliases"),
        ("_type", "type"),
        ("_flag", "flag"),
        ("_name", "name"),
    ];
    let (who, field) = FIELDS.iter().find_map(|(end, field)| Some((name.strip_suffix(end)?, *field))).unwrap_or((name, "name"));
    let who = match who {
        "by" => Who::By,
        "for" => Who::For,
        "shipper" | "exporter" | "sender" => Who::As("supplier"),
        "importer" => Who::As("buyer"),
        "ship" => Who::As("vessel"),
        word => Who::As(Role::parse(word)?.word()),
    };
    Some(Slot::Party(who, field))
}

/// A row under way.
#[derive(Default)]
pub(super) struct Row {
    whole: Map<String, Value>,
    places: Map<String, Value>,
    parties: BTreeMap<Who, Map<String, Value>>,
    item: Map<String, Value>,
    unit: Option<String>,
    currency: Option<String>,
}

impl Row {
    pub(super) fn put(&mut self, slot: &Slot, value: Value) {
        let empty = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if empty {
            return;
        }
        let (map, key, value) = match slot {
            Slot::Whole(key) => (&mut self.whole, *key, nested(value)),
            Slot::Day(key) => (&mut self.whole, *key, day(value)),
            Slot::Several(key) => (&mut self.whole, *key, several(value)),
            Slot::Place(key) => (&mut self.places, *key, value),
            Slot::Transit => (&mut self.places, "transit", several(value)),
            Slot::Party(who, key @ ("nationality" | "aliases" | "identifiers")) => {
                (self.parties.entry(*who).or_default(), *key, several(value))
            }
            Slot::Party(who, key) => (self.parties.entry(*who).or_default(), *key, value),
            Slot::Item("hs") => (&mut self.item, "hs", code(value)),
            Slot::Item(key) => (&mut self.item, *key, value),
            Slot::Unit => return self.unit = value.as_str().map(str::to_owned),
            Slot::Currency => return self.currency = value.as_str().map(str::to_owned),
        };
        map.insert(key.to_owned(), value);
    }

    /// The row as an act. What a nested column says of parties, items or places stands before what flat ones say.
    pub(super) fn act(mut self) -> Map<String, Value> {
        let (by, to_whom) = roles(self.whole.get("kind").and_then(Value::as_str));
        let party = |(who, mut fields): (Who, Map<String, Value>)| {
            let role = match who {
                Who::By => by,
                Who::For => to_whom,
                Who::As(role) => role,
            };
            fields.insert("role".to_owned(), json!(role));
            Value::Object(fields)
        };
        let parties: Vec<Value> = self.parties.into_iter().map(party).collect();
        for (field, unit) in [("quantity", self.unit), ("value", self.currency)] {
            if let (Some(unit), Some(Value::String(amount))) = (unit, self.item.get_mut(field)) {
                *amount = format!("{amount} {unit}");
            }
        }
        let items = if self.item.is_empty() { Vec::new() } else { vec![Value::Object(self.item)] };
        for (field, more) in [("parties", parties), ("items", items)] {
            match self.whole.get_mut(field) {
                Some(Value::Array(list)) => list.extend(more),
                Some(_) => {}
                None if more.is_empty() => {}
                None => {
                    self.whole.insert(field.to_owned(), Value::Array(more));
                }
            }
        }
        if !self.places.is_empty() {
            self.whole.entry("places").or_insert(Value::Object(self.places));
        }
        self.whole
    }
}

/// A list or an object that a table of texts holds as JSON.
fn nested(value: Value) -> Value {
    match &value {
        Value::String(text) if text.starts_with(['[', '{']) => serde_json::from_str(text).unwrap_or(value),
        _ => value,
    }
}

/// `2024-02-18T10:00:00Z` is a moment of that day.
fn day(value: Value) -> Value {
    match value.as_str().map(str::trim) {
        Some(text) if matches!(text.as_bytes().get(10), Some(b'T' | b' ')) && text.is_char_boundary(10) => json!(text.get(..10)),
        Some(text) => json!(text),
        None => value,
    }
}

fn several(value: Value) -> Value {
    match &value {
        Value::String(text) => json!(text.split(';').map(str::trim).filter(|t| !t.is_empty()).collect::<Vec<_>>()),
        _ => value,
    }
}

/// Codes have an even number of digits: a table of numbers has lost the leading zero of the others.
fn code(value: Value) -> Value {
    match value.as_str().map(str::trim) {
        Some(text) if text.len() % 2 == 1 && text.bytes().all(|b| b.is_ascii_digit()) => json!(format!("0{text}")),
        _ => value,
    }
}
