//! How an act's goods travelled, leg by leg, and what stands around it: ships, papers, payments, events.
//!
//! Every field may be absent. An absent field is not known; it is never taken for “no”.

use crate::{Country, HsRange, Span};
use serde::Serialize;

words!(
    /// How far a leg, a stop or a mitigation is established.
    Standing {
        Documented = "documented", Declared = "declared", Inferred = "inferred", Alleged = "alleged", Denied = "denied",
    }
);
words!(
    /// By what means a leg is travelled.
    Mode {
        Sea = "sea", Air = "air", Rail = "rail", Road = "road", Sts = "sts", Courier = "courier", Pipeline = "pipeline",
        Unknown = "unknown",
    }
);
words!(
    /// Something that happened on the way.
    EventKind {
        ConsigneeChange = "consignee_change", DestinationChange = "destination_change", PayerChange = "payer_change",
        NoPortCall = "no_port_call", PortCall = "port_call", Storage = "storage", Seizure = "seizure", Inspection = "inspection",
        Observation = "observation", PriorAttempt = "prior_attempt", ReturnCargo = "return_cargo",
    }
);
words!(
    /// What speaks for a journey.
    Mitigation {
        Exemption = "exemption", Licence = "licence", DeliveryVerification = "delivery_verification",
        ContinuousAis = "continuous_ais", FullKyc = "full_kyc",
    }
);
words!(
    /// How something is paid.
    Tender { Wire = "wire", Cash = "cash", Crypto = "crypto", Gold = "gold", LetterOfCredit = "letter_of_credit", Barter = "barter" }
);
words!(
    /// What sort of consignee a paper names.
    ConsigneeKind { Forwarder = "forwarder", Bank = "bank", ToOrder = "to_order", Trader = "trader", EndUser = "end_user" }
);

/// A place as a leg names it.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Stop {
    /// The words, without what stands in brackets behind them.
    pub name: String,
    /// The country that the words or a field of their own give.
    pub country: Option<Country>,
    /// UN/LOCODE.
    pub locode: Option<String>,
    /// Degrees north and east, where they were given.
    pub point: Option<(f64, f64)>,
    /// How sure the name is; the country may be surer than the port.
    pub standing: Option<Standing>,
}

impl Stop {
    /// Whether nothing at all was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A listing of a ship, as the act states it.
pub type Listed = Option<bool>;

/// A ship, or an aircraft.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Vessel {
    /// Its name.
    pub name: Option<String>,
    /// IMO number as given.
    pub imo: Option<String>,
    /// MMSI as given.
    pub mmsi: Option<String>,
    /// Registration of an aircraft.
    pub registration: Option<String>,
    /// The flag it flies.
    pub flag: Option<Country>,
    /// Flags it flew, each with its first day.
    pub flag_history: Vec<(Country, Option<Span>)>,
    /// Whether the registry named confirms the flag.
    pub registry_confirms: Option<bool>,
    /// Owner, as named; may be the `id` of a party.
    pub owner: Option<String>,
    /// Where the owner is incorporated.
    pub owner_country: Option<Country>,
    /// When.
    pub owner_incorporated: Option<Span>,
    /// How many ships the owner has.
    pub owner_fleet: Option<f64>,
    /// Who operates it.
    pub operator: Option<String>,
    /// A ship of an armed force or its auxiliaries.
    pub military: Option<bool>,
    /// Whether a P&I club covers it.
    pub insured: Option<bool>,
    /// Whether its class was withdrawn.
    pub class_withdrawn: Option<bool>,
    /// Year of build.
    pub built: Option<f64>,
    /// Year in which its IMO number was given out.
    pub imo_issued: Option<f64>,
    /// Its measures are not those on record.
    pub measures_differ: Option<bool>,
    /// Deadweight in tonnes.
    pub dwt_t: Option<f64>,
    /// Said outright: is it on a list?
    pub listed: Listed,
    /// Last change of name.
    pub renamed: Option<Span>,
    /// Last change of owner.
    pub sold: Option<Span>,
    /// Earlier calls: place and day.
    pub history: Vec<(Stop, Option<Span>)>,
    /// Said outright: did it call in the DPRK in the two years before, or stand in such a case?
    pub prior_kp_call: Option<bool>,
}

/// What tracking data show of a leg.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Ais {
    /// Longest silence, in hours.
    pub max_gap_h: Option<f64>,
    /// Where it fell silent.
    pub gap_area: Option<Stop>,
    /// Changes of MMSI.
    pub mmsi_changes: Option<f64>,
    /// Sends the identity of another ship.
    pub identity_conflict: Option<bool>,
    /// Change of draught over the silence, in metres.
    pub draught_delta_m: Option<f64>,
    /// Met or waited beside another ship at sea.
    pub meeting: Option<bool>,
    /// Positions that cannot be.
    pub spoofed: Option<bool>,
    /// Whether port records agree with the track.
    pub port_calls_match: Option<bool>,
}

/// One leg of a journey.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Leg {
    /// By what means.
    pub mode: Option<Mode>,
    /// From where.
    pub from: Stop,
    /// To where.
    pub to: Stop,
    /// Through where.
    pub via: Vec<Stop>,
    /// How well established; documented unless said otherwise.
    pub standing: Option<Standing>,
    /// Who carries.
    pub carrier: Option<String>,
    /// The ship or aircraft.
    pub vessel: Vessel,
    /// The ship that takes the goods over at sea.
    pub counterparty: Option<Vessel>,
    /// Day of departure.
    pub depart: Option<Span>,
    /// Day of arrival.
    pub arrive: Option<Span>,
    /// A day on which it happened, when neither of the two is known.
    pub day: Option<Span>,
    /// Container numbers.
    pub containers: Vec<String>,
    /// Tracking.
    pub ais: Ais,
    /// A charter or other flight outside any schedule.
    pub unscheduled: Option<bool>,
    /// Whether the goods are transhipped at its end.
    pub transhipment: Option<bool>,
    /// How many transfers at sea the leg stands for.
    pub transfers: Option<f64>,
    /// Goods of this leg only, as customs codes: what came back.
    pub goods: Vec<HsRange>,
}

impl Leg {
    /// How well established it is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.standing.unwrap_or(Standing::Documented)
    }
    /// The first day that is known of it.
    #[must_use]
    pub fn first_day(&self) -> Option<Span> {
        self.depart.or(self.day).or(self.arrive)
    }
    /// The last.
    #[must_use]
    pub fn last_day(&self) -> Option<Span> {
        self.arrive.or(self.day).or(self.depart)
    }
}

/// An event.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Event {
    /// What happened.
    pub kind: Option<EventKind>,
    /// When.
    pub day: Option<Span>,
    /// Where.
    pub place: Stop,
    /// What was found: customs codes.
    pub goods: Vec<HsRange>,
}

/// A payment.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Payment {
    /// Who pays: a name, or the `id` of a party.
    pub payer: Option<String>,
    /// Where the payer sits.
    pub payer_country: Option<Country>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// How.
    pub tender: Option<Tender>,
}

/// What was declared.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Declared {
    /// Origin of the goods.
    pub origin: Option<Country>,
    /// Where they are said to go.
    pub destination: Option<Stop>,
    /// The port of discharge.
    pub port: Option<Stop>,
    /// The final port, in an export declaration.
    pub final_port: Option<Stop>,
    /// Whether the declaration left the final port or country out.
    pub final_port_omitted: Option<bool>,
    /// The consignee.
    pub consignee: Option<String>,
    /// What sort of consignee.
    pub consignee_kind: Option<ConsigneeKind>,
    /// The end user.
    pub end_user: Option<String>,
    /// The goods as described.
    pub cargo: Option<String>,
    /// The goods as coded.
    pub hs: Vec<HsRange>,
}

/// What the papers are worth.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Papers {
    /// Bill of lading or log missing, altered or inconsistent.
    pub faulty: Option<bool>,
    /// Goods other than described.
    pub misdeclared: Option<bool>,
    /// Origin that a certificate claims.
    pub origin_claimed: Option<Country>,
    /// Origin that was found.
    pub origin_found: Option<Country>,
    /// End-use certificate refused, or nothing but stock phrases.
    pub end_use_refused: Option<bool>,
    /// A licence or exemption that is cited proved not to exist or not to fit.
    pub licence_false: Option<bool>,
}

/// What the market says.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Market {
    /// How unusual the flow is, in standard deviations.
    pub flow_anomaly_sd: Option<f64>,
    /// Unit value divided by the median of such goods.
    pub unit_value_ratio: Option<f64>,
    /// Value to this buyer divided by that of the twelve months before.
    pub surge: Option<f64>,
    /// Nobody at the declared destination would plausibly use the goods.
    pub implausible_use: Option<bool>,
    /// Earlier attempts on the same lane.
    pub prior_attempts: Option<f64>,
    /// Intermediaries in the chain.
    pub intermediaries: Option<f64>,
    /// Whether they are in one hand.
    pub common_control: Option<bool>,
}

/// What a due-diligence file says of a party beyond its name.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Background {
    /// The caller's name for the party, to which payments and ships refer.
    pub id: String,
    /// What it does on the route, in the words of forwarders: `shipper`, `notify`, `payer`, `contact`, `courier`.
    pub part: Option<String>,
    /// Day of incorporation.
    pub incorporated: Option<Span>,
    /// Residence, mailbox or virtual office, or an address shared with a listed party.
    pub thin_address: Option<bool>,
    /// Shares an address, telephone, director or manager with a listed party.
    pub linked_to_listed: Option<bool>,
    /// No presence, or a line of business that does not fit the goods.
    pub business_unfit: Option<bool>,
    /// Stood in such a case before.
    pub case_mentions: Option<f64>,
    /// Would not name end user or place of delivery.
    pub refuses_end_user: Option<bool>,
    /// Known throughout, with a visit.
    pub known_throughout: Option<bool>,
    /// Said to be listed, and where.
    pub listed: Vec<String>,
    /// Accounts and numbers whose shape can be checked: kind and number.
    pub numbers: Vec<(String, String)>,
}

/// Everything of the way of the goods.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Journey {
    /// In order.
    pub legs: Vec<Leg>,
    /// What happened.
    pub events: Vec<Event>,
    /// What was paid.
    pub payments: Vec<Payment>,
    /// What was declared.
    pub declared: Declared,
    /// What the papers are worth.
    pub papers: Papers,
    /// What the market says.
    pub market: Market,
    /// What speaks for it, and whether it was verified.
    pub mitigation: Vec<(Mitigation, Option<bool>)>,
    /// Said outright: are the goods luxury goods?
    pub luxury: Option<bool>,
    /// Codes under which the goods lay hidden.
    pub hidden_under: Vec<HsRange>,
}
