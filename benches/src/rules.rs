//! One small world in three forms: the acts that CEL, Cedar and licit are asked about, and the facts that may be missing.
//!
//! CEL and Cedar get four rules and flat facts, the text already turned into codes and yes or no. licit gets the act of its contract
//! and judges it under the whole regime. The four rules are enough for these acts: on complete facts all three agree, which the
//! comparison checks before it measures anything.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the four rules may ask for; `None` is what nobody said.
#[derive(Clone, Debug)]
pub struct Facts {
    /// For people.
    pub name: &'static str,
    /// The kind of act.
    pub kind: &'static str,
    /// Where it ends.
    pub destination: Option<&'static str>,
    /// Four digits of the customs code.
    pub heading: Option<u32>,
    /// How many barrels, where that matters.
    pub barrels: u32,
    /// Whether it is a spare part of one of the listed airliners.
    pub aircraft_part: Option<bool>,
    /// Whether flying safely needs it.
    pub needed_for_safety: bool,
    /// Barrels that all States reported for the year.
    pub reported_total: u32,
    /// Whether it is reported every thirty days, keeps clear of listed parties and is for livelihood only.
    pub on_the_terms_of_the_cap: bool,
    /// Whether the Committee let it through.
    pub approved: bool,
    /// Whether it is forbidden when all is known.
    pub forbidden: bool,
}

/// The facts as CEL and Cedar see them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flat {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<String>,
    item: FlatItem,
    needed_for_safety: bool,
    reported_total: i64,
    on_terms: bool,
    approved: bool,
}

/// What the act is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FlatItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<i64>,
    barrels: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    aircraft_part: Option<bool>,
}

const PUMP: Facts = Facts {
    name: "pump to the DPRK",
    kind: "sale",
    destination: Some("KP"),
    heading: Some(8413),
    barrels: 0,
    aircraft_part: Some(false),
    needed_for_safety: false,
    reported_total: 0,
    on_the_terms_of_the_cap: false,
    approved: false,
    forbidden: true,
};

const DIESEL: Facts = Facts {
    name: "diesel within the cap",
    heading: Some(2710),
    barrels: 1000,
    reported_total: 300_000,
    on_the_terms_of_the_cap: true,
    forbidden: false,
    ..PUMP
};

const PART: Facts =
    Facts { name: "airliner part", kind: "supply", aircraft_part: Some(true), needed_for_safety: true, forbidden: false, ..PUMP };

/// Acts of which all is known.
pub const COMPLETE: [Facts; 10] = [
    PUMP,
    Facts { name: "limousine as a gift", kind: "gift", heading: Some(8703), ..PUMP },
    Facts { name: "pearl necklace", heading: Some(7113), ..PUMP },
    Facts { name: "rice", kind: "donation", heading: Some(1006), forbidden: false, ..PUMP },
    Facts { name: "pump to Mongolia", destination: Some("MN"), forbidden: false, ..PUMP },
    Facts { name: "pump that the Committee approved", approved: true, forbidden: false, ..PUMP },
    DIESEL,
    Facts { name: "diesel beyond the cap", reported_total: 499_500, forbidden: true, ..DIESEL },
    PART,
    Facts { name: "airliner part nobody needs", needed_for_safety: false, forbidden: true, ..PART },
];

const UNSURE: Facts = Facts { name: "pump, perhaps for an airliner", aircraft_part: None, needed_for_safety: true, ..PUMP };

/// Acts of which one fact is missing.
pub const MISSING: [(&str, Facts); 5] = [
    ("destination", Facts { name: "pump to nobody knows where", destination: None, ..PUMP }),
    ("HS code", Facts { name: "goods without a code", heading: None, ..PUMP }),
    ("part of an airliner, HS 8803", Facts { name: "part of some aircraft", heading: Some(8803), ..UNSURE }),
    ("part of an airliner, HS 8413", UNSURE),
    ("HS code, though approved", Facts { name: "goods without a code, approved", heading: None, approved: true, ..PUMP }),
];

impl Facts {
    /// The flat record that the expressions and policies look at; what is missing has no key.
    #[must_use]
    pub fn flat(&self) -> Flat {
        Flat {
            kind: self.kind.into(),
            destination: self.destination.map(str::to_owned),
            item: FlatItem { heading: self.heading.map(i64::from), barrels: i64::from(self.barrels), aircraft_part: self.aircraft_part },
            needed_for_safety: self.needed_for_safety,
            reported_total: i64::from(self.reported_total),
            on_terms: self.on_the_terms_of_the_cap,
            approved: self.approved,
        }
    }

    /// The act of the contract, with everything else that the whole regime may ask for.
    #[must_use]
    pub fn act(&self) -> Value {
        let list = |on: bool, id: &'static str| if on { None } else { Some(id) };
        let part = self.aircraft_part == Some(true);
        let oil = self.heading == Some(2710);
        let luxury = matches!(self.heading, Some(7113 | 8703));
        let mut off = vec!["un/dprk/arms", "un/dprk/heavy-arms", "un/dprk/wmd-items", "un/dprk/luxury-open", "un/2270/aviation-fuel"];
        off.extend(["un/2375/condensates", "un/dprk/crude-oil", "un/2270/annex-iv", "un/2321/annex-iv"]);
        off.extend(list(luxury, "un/2094/annex-iv"));
        off.extend(list(oil || self.heading.is_none(), "un/dprk/refined-petroleum"));
        off.extend(list(part || self.aircraft_part.is_none(), "un/2397/aircraft-parts"));
        let mut item = json!({"is_not": off});
        if part {
            item["is"] = json!(["un/2397/aircraft-parts"]);
        }
        if let Some(heading) = self.heading {
            item["hs"] = heading.to_string().into();
        }
        if self.barrels > 0 {
            item["quantity"] = json!({"value": self.barrels, "unit": "barrel"});
        }
        let word = |yes: bool| json!({"answer": if yes { "yes" } else { "no" }, "by": "the record"});
        let terms = self.on_the_terms_of_the_cap;
        let mut act = json!({
            "id": self.name,
            "kind": self.kind,
            "on": "2018-06-01",
            "parties": [
                {"role": "supplier", "name": "a trading house", "type": "company", "nationality": ["CN"], "designated": false},
                {"role": "recipient", "name": "a buyer", "type": "company", "designated": false},
            ],
            "items": [item],
            "places": {"origin": "CN"},
            "judgements": {
                "needed-for-safe-operation": word(self.needed_for_safety),
                "notified-to-committee-every-30-days": word(terms),
                "exclusively-livelihood": word(terms),
                "listed-or-associated-party": word(!terms),
                "no-programme-revenue": word(true),
            },
            "counters": {"un/dprk/refined-petroleum-reported": {"at_least": self.reported_total, "at_most": self.reported_total, "unit": "barrel"}},
        });
        if let Some(destination) = self.destination {
            act["places"]["destination"] = destination.into();
            act["parties"][1]["nationality"] = json!([destination]);
        }
        if self.approved {
            act["approvals"] = json!([{"authority": "un/1718-committee", "reference": "no. 1", "on": "2018-05-01", "until": "2018-12-31"}]);
        }
        act
    }
}
