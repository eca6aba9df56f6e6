//! The journey of an act: legs, ships, events, payments, papers. Words that mean no place are kept; the route says so.

use super::date;
use super::fields::{At, Reader};
use super::node::Node;
use crate::route::routes;
use model::{
    Act, Ais, ConsigneeKind, Country, Declared, Event, EventKind, Item, Journey, Leg, Market, Mitigation, Mode, Papers, Payment, Span,
    Standing, Stop, Tender, Vessel, parse_hs,
};
use resolve::Evidence;
use resolve::route::{stop_words, written_codes};

/// Largest number that any measure of a journey can have.
const MOST: f64 = 1e9;

const LEG: [&str; 26] = [
    "seq",
    "mode",
    "from",
    "to",
    "via",
    "carrier",
    "vessel",
    "vessel_imo",
    "flag",
    "counterparty_vessel",
    "depart",
    "arrive",
    "date",
    "status",
    "container",
    "ais",
    "ais_gap_days",
    "ais_gap_h",
    "evidence",
    "type",
    "unscheduled",
    "transfers",
    "goods",
    "qty",
    "value",
    "registration",
];
const VESSEL: [&str; 30] = [
    "name",
    "imo",
    "mmsi",
    "registration",
    "flag",
    "flag_history",
    "registry_confirms",
    "flag_status",
    "owner",
    "owner_country",
    "owner_incorporated",
    "owner_fleet",
    "operator",
    "military",
    "pi_club",
    "class_status",
    "built",
    "imo_issued",
    "dimension_mismatch",
    "dwt",
    "listed",
    "renamed",
    "name_changed",
    "sold",
    "owner_changed",
    "history",
    "prior_kp_call",
    "type",
    "evidence",
    "former_names",
];
const AIS: [&str; 17] = [
    "max_gap_h",
    "gap_h",
    "gap_days",
    "gap_area",
    "mmsi_changes",
    "identity_conflict",
    "draught_delta",
    "meeting",
    "loitering",
    "sts_proximity_nm",
    "sts_hours",
    "speed_kn",
    "position_impossible",
    "on_land",
    "spoofed",
    "port_calls_match",
    "evidence",
];
const STOP: [&str; 6] = ["name", "country", "locode", "lat", "lon", "status"];
const EVENT: [&str; 8] = ["type", "date", "place", "goods", "hs", "found", "evidence", "note"];
const PAYMENT: [&str; 7] = ["payer", "payer_country", "ccy", "currency", "type", "amount", "evidence"];
const DECLARED: [&str; 12] = [
    "origin",
    "destination",
    "port",
    "final_port",
    "final_port_omitted",
    "consignee",
    "consignee_type",
    "end_user",
    "cargo_desc",
    "description",
    "hs",
    "value",
];
const PAPERS: [&str; 11] = [
    "bill_of_lading",
    "log",
    "inconsistent",
    "end_use_certificate",
    "licence_check",
    "certificate_of_origin",
    "origin_claimed",
    "origin_found",
    "origin_observed",
    "misdeclared",
    "evidence",
];
const MARKET: [&str; 9] = [
    "flow_anomaly_sd",
    "unit_value_ratio",
    "surge",
    "implausible_use",
    "prior_attempts",
    "intermediaries",
    "common_control",
    "shared_ubo",
    "evidence",
];

/// The mode behind the words of forwarders.
fn mode(word: &str) -> Option<Mode> {
    Mode::parse(word).or(match word {
        "ship" | "vessel" | "ocean" | "maritime" | "barge" | "ferry" => Some(Mode::Sea),
        "truck" | "lorry" | "car" | "land" => Some(Mode::Road),
        "train" => Some(Mode::Rail),
        "plane" | "flight" | "aircraft" | "air_cargo" => Some(Mode::Air),
        "ship_to_ship" | "ship_to_ship_transfer" | "transfer_at_sea" => Some(Mode::Sts),
        "hand_carried" | "hand_carry" | "luggage" => Some(Mode::Courier),
        _ => None,
    })
}

fn standing(word: &str) -> Option<Standing> {
    Standing::parse(word).or(match word {
        "confirmed" | "observed" | "actual" | "convicted" => Some(Standing::Documented),
        "reported" | "claimed" | "asserted" => Some(Standing::Alleged),
        "suspected" | "presumed" | "assumed" => Some(Standing::Inferred),
        "planned" | "intended" => Some(Standing::Declared),
        _ => None,
    })
}

fn tender(word: &str) -> Option<Tender> {
    Tender::parse(word).or(match word {
        "transfer" | "bank_transfer" | "swift" | "bank" => Some(Tender::Wire),
        "cryptocurrency" | "bitcoin" | "usdt" | "wallet" => Some(Tender::Crypto),
        "bulk_cash" => Some(Tender::Cash),
        "lc" | "l/c" => Some(Tender::LetterOfCredit),
        _ => None,
    })
}

fn event_kind(word: &str) -> Option<EventKind> {
    EventKind::parse(word).or(match word {
        "diversion" | "rerouting" => Some(EventKind::DestinationChange),
        "notify_change" => Some(EventKind::ConsigneeChange),
        "no_call" | "no_record" => Some(EventKind::NoPortCall),
        "arrival" | "discharge" | "loading" => Some(EventKind::PortCall),
        "arrest" | "detention" => Some(EventKind::Seizure),
        "search" => Some(EventKind::Inspection),
        "sighting" => Some(EventKind::Observation),
        _ => None,
    })
}

fn mitigation(word: &str) -> Option<Mitigation> {
    Mitigation::parse(word).or(match word {
        "license" => Some(Mitigation::Licence),
        "ais" | "continuous_track" | "ais_continuous" => Some(Mitigation::ContinuousAis),
        "kyc" | "authorised_dealer" | "site_visit" => Some(Mitigation::FullKyc),
        "delivery" | "pod" => Some(Mitigation::DeliveryVerification),
        _ => None,
    })
}

impl Reader<'_> {
    /// Reads a field of the act that concerns the journey; false when there is none of that name.
    pub(super) fn journey_field(&mut self, at: &At, key: &str, value: &Node, act: &mut Act) -> bool {
        let mut journey = act.journey.take().unwrap_or_default();
        match key {
            "legs" => journey.legs = self.legs(at, value, act),
            "events" => journey.events = self.list(at, value, Self::event),
            "payments" => journey.payments = self.list(at, value, Self::payment),
            "declared" => journey.declared = self.declared(at, value),
            "documents" => journey.papers = self.papers(at, value),
            "market" => journey.market = self.market(at, value),
            "mitigation" => journey.mitigation = self.some(at, value, Self::mitigated).into_iter().flatten().collect(),
            "goods" => self.goods(at, value, act, &mut journey),
            "luxury" => journey.luxury = self.said(at, value),
            // What a file of cases says about itself is no fact of the act.
            "title" | "note" | "sources" => {}
            _ => {
                act.journey = (*journey != Journey::default()).then_some(journey);
                return false;
            }
        }
        act.journey = (*journey != Journey::default()).then_some(journey);
        true
    }

    /// The legs; they also say through which countries and under which flags the act passes.
    fn legs(&mut self, at: &At, node: &Node, act: &mut Act) -> Vec<Leg> {
        let legs = self.list(at, node, Self::leg);
        act.flags.extend(legs.iter().filter_map(|l| l.vessel.flag));
        let said = |name: &str, c: Country, r: &mut Self| {
            r.notes.add(|| Evidence { fact: format!("places.{name}"), value: c.to_string(), because: "the legs of the journey".into() });
        };
        let ends = (legs.first().and_then(|l| l.from.country), legs.last().and_then(|l| l.to.country));
        if act.origin.is_none()
            && let Some(c) = ends.0
        {
            act.origin = Some(c);
            said("origin", c, self);
        }
        if act.destination.is_none()
            && let Some(c) = ends.1
        {
            act.destination = Some(c);
            said("destination", c, self);
        }
        for c in legs.iter().flat_map(|l| [l.from.country, l.to.country]).flatten() {
            if Some(c) != act.origin && Some(c) != act.destination && !act.transit.contains(&c) {
                act.transit.push(c);
                said("transit", c, self);
            }
        }
        legs
    }

    fn leg(&mut self, at: &At, node: &Node) -> Leg {
        let mut leg = Leg::default();
        let (mut ship_at_end, mut silence) = (None, None);
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("mode", v) => leg.mode = self.word(&here, v, mode, Mode::all_words),
                ("from", v) => leg.from = self.stop(&here, v).0,
                ("to", v) => (leg.to, ship_at_end) = self.stop(&here, v),
                ("via", v) => leg.via = self.some(&here, v, |r, at, n| r.stop(at, n).0),
                ("carrier", v) => leg.carrier = self.filled(&here, v).map(str::to_owned),
                ("vessel", v) => self.vessel(&here, v, &mut leg.vessel),
                ("vessel_imo", v) => leg.vessel.imo = self.digits(&here, v),
                ("registration", v) => leg.vessel.registration = self.filled(&here, v).map(str::to_owned),
                ("flag", v) => self.flag(&here, v, &mut leg.vessel),
                ("counterparty_vessel", v) => self.vessel(&here, v, leg.counterparty.get_or_insert_default()),
                ("depart", v) => leg.depart = self.loose_span(&here, v),
                ("arrive", v) => leg.arrive = self.loose_span(&here, v),
                ("date", v) => leg.day = self.loose_span(&here, v),
                ("status", v) => leg.standing = self.word(&here, v, standing, Standing::all_words),
                ("container", v) => {
                    leg.containers = self.some(&here, v, |r, at, n| r.filled(at, n).map(str::to_owned)).into_iter().flatten().collect()
                }
                ("ais", Node::Text(text)) => silence = Some(text.to_string()),
                ("ais", v) => self.ais(&here, v, &mut leg.ais),
                ("ais_gap_days", v) => leg.ais.max_gap_h = self.measure(&here, v).map(|d| d * 24.0),
                ("ais_gap_h", v) => leg.ais.max_gap_h = self.measure(&here, v),
                ("unscheduled", v) => leg.unscheduled = self.said(&here, v),
                ("transfers", v) => leg.transfers = self.measure(&here, v),
                ("goods", v) => leg.goods = self.codes(&here, v),
                ("type", Node::Text(t)) => leg.transhipment = matches!(t.trim(), "transhipment" | "transshipment").then_some(true),
                ("ais_gap_hours", v) => leg.ais.max_gap_h = self.measure(&here, v),
                ("counterparty", v) => self.vessel(&here, v, leg.counterparty.get_or_insert_default()),
                (k, _) if LEG.contains(&k) || k == "note" => {}
                // What is said of the ship or its track may stand in the leg itself.
                (k, v) if self.vessel_field(&here, k, v, &mut leg.vessel) => {}
                _ => self.unknown(&here, key, &LEG),
            }
        }
        if let Some(text) = silence {
            leg.ais.max_gap_h = leg.ais.max_gap_h.or_else(|| silent_hours(&text, &leg));
        }
        self.ship_as_end(ship_at_end, &mut leg);
        // “Nakhodka (declared)” says the same as the status of the leg.
        if leg.standing.is_none() {
            leg.standing = leg.to.standing.filter(|s| *s == Standing::Declared);
        }
        leg
    }

    /// A transfer at sea ends at a ship: its name stands where other legs name a port.
    fn ship_as_end(&mut self, imo: Option<String>, leg: &mut Leg) {
        let known = routes().gazetteer().spot(&leg.to);
        let names_no_place = known.unknown && !leg.to.name.is_empty() && self.resolver.country(&leg.to.name).is_err();
        if leg.mode == Some(Mode::Sts) && leg.counterparty.is_none() && (imo.is_some() || names_no_place) {
            let stop = std::mem::take(&mut leg.to);
            leg.counterparty = Some(Vessel { name: Some(stop.name), flag: stop.country, imo, ..Vessel::default() });
        }
    }

    /// A place of a leg: words, a code, or an object. What the words mean for the route is looked up later; here they give the country.
    pub(super) fn stop(&mut self, at: &At, node: &Node) -> (Stop, Option<String>) {
        let Node::Map(pairs) = node else {
            let Some(text) = self.text(at, node) else { return Default::default() };
            return self.stop_of(at, text);
        };
        let (mut stop, mut imo, mut lat, mut lon) = (Stop::default(), None, None, None);
        let (mut country, mut status) = (None, None);
        for (key, value) in pairs {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("name" | "locode", v) => {
                    let Some(text) = self.text(&here, v) else { continue };
                    let (read, number) = self.stop_of(&here, text);
                    imo = imo.or(number);
                    if key == "locode" || stop.locode.is_none() && read.locode.is_some() {
                        stop.locode = read.locode.or_else(|| Some(text.to_owned()));
                    }
                    if key == "name" || stop.name.is_empty() {
                        stop.name = read.name;
                    }
                    stop.country = stop.country.or(read.country);
                    stop.standing = stop.standing.or(read.standing);
                }
                ("country", v) => country = self.country(&here, v),
                ("status", v) => status = self.word(&here, v, standing, Standing::all_words),
                ("lat", v) => lat = self.number_within(&here, v, 90.0),
                ("lon", v) => lon = self.number_within(&here, v, 180.0),
                _ => self.unknown(&here, key, &STOP),
            }
        }
        stop.country = country.or(stop.country);
        stop.standing = status.or(stop.standing);
        stop.point = lat.zip(lon);
        if stop.name.is_empty() && stop.locode.is_none() {
            stop.name = country.map(|c| self.resolver.country_name(c, false)).unwrap_or_default();
        }
        (stop, imo)
    }

    fn stop_of(&mut self, at: &At, text: &str) -> (Stop, Option<String>) {
        let read = stop_words(routes().gazetteer(), self.resolver, text);
        if let Some(country) = read.stop.country.filter(|c| c.code() != text) {
            let because = || format!("“{text}” is {}", self.resolver.country_name(country, false));
            self.notes.add(|| Evidence { fact: at.path(), value: country.to_string(), because: because() });
        }
        (read.stop, read.imo)
    }

    fn vessel(&mut self, at: &At, node: &Node, ship: &mut Vessel) {
        if let Node::Text(_) = node {
            let Some(text) = self.filled(at, node) else { return };
            let (stop, imo) = self.stop_of(at, text);
            ship.name = Some(text.split('(').next().unwrap_or(text).trim().to_owned());
            ship.imo = ship.imo.take().or(imo);
            if text.contains('(') {
                ship.flag = ship.flag.or(stop.country);
            }
            return;
        }
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            if *value != Node::Null && !self.vessel_field(&here, key, value, ship) {
                self.unknown(&here, key, &VESSEL);
            }
        }
    }

    fn vessel_field(&mut self, here: &At, key: &str, value: &Node, ship: &mut Vessel) -> bool {
        match key {
            "name" => ship.name = self.filled(here, value).map(str::to_owned),
            "imo" => ship.imo = self.digits(here, value),
            "mmsi" => ship.mmsi = self.digits(here, value),
            "registration" => ship.registration = self.filled(here, value).map(str::to_owned),
            "flag" => self.flag(here, value, ship),
            "flag_history" => ship.flag_history = self.list(here, value, Self::flag_period).into_iter().flatten().collect(),
            "registry_confirms" => ship.registry_confirms = self.said(here, value),
            "flag_status" => {
                let word = self.filled(here, value).map(str::to_lowercase);
                ship.registry_confirms = word.map(|w| matches!(w.as_str(), "valid" | "confirmed" | "registered"));
            }
            "owner" => self.ship_owner(here, value, ship),
            "owner_country" => ship.owner_country = self.country(here, value),
            "owner_incorporated" => ship.owner_incorporated = self.span(here, value),
            "owner_fleet" => ship.owner_fleet = self.measure(here, value),
            "operator" => ship.operator = self.filled(here, value).map(str::to_owned),
            "military" => ship.military = self.said(here, value),
            "pi_club" => ship.insured = self.present(here, value),
            "class_status" => ship.class_withdrawn = self.filled(here, value).map(|w| w.to_lowercase().contains("withdrawn")),
            "built" => ship.built = self.measure(here, value),
            "imo_issued" => ship.imo_issued = self.measure(here, value),
            "dimension_mismatch" => ship.measures_differ = self.said(here, value),
            "dwt" => ship.dwt_t = self.measure(here, value),
            "listed" => ship.listed = self.listed(here, value),
            "renamed" | "name_changed" => ship.renamed = self.span(here, value),
            "sold" | "owner_changed" => ship.sold = self.span(here, value),
            "history" => ship.history = self.list(here, value, Self::earlier_call),
            "prior_kp_call" => ship.prior_kp_call = self.said(here, value),
            other => return VESSEL.contains(&other),
        }
        true
    }

    /// `TG`, or `FJ (false)`.
    fn flag(&mut self, at: &At, node: &Node, ship: &mut Vessel) {
        let Some(text) = self.filled(at, node) else { return };
        let (head, inside) = text.split_once('(').unwrap_or((text, ""));
        if inside.to_lowercase().contains("false") {
            ship.registry_confirms = Some(false);
        }
        ship.flag = self.country(at, &Node::Text(head.trim().into()));
    }

    fn ship_owner(&mut self, at: &At, node: &Node, ship: &mut Vessel) {
        let Node::Map(pairs) = node else {
            ship.owner = self.filled(at, node).map(str::to_owned);
            return;
        };
        for (key, value) in pairs {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("name" | "id", v) => ship.owner = self.filled(&here, v).map(str::to_owned),
                ("country" | "jurisdiction", v) => ship.owner_country = self.country(&here, v),
                ("inc_date" | "incorporated", v) => ship.owner_incorporated = self.span(&here, v),
                ("fleet", v) => ship.owner_fleet = self.measure(&here, v),
                _ => self.unknown(&here, key, &["name", "id", "country", "inc_date", "fleet"]),
            }
        }
    }

    /// `{"flag": "TG", "from": "2018-07"}`, or the flag alone.
    fn flag_period(&mut self, at: &At, node: &Node) -> Option<(Country, Option<Span>)> {
        let Node::Map(pairs) = node else { return self.country(at, node).map(|c| (c, None)) };
        let (mut flag, mut from) = (None, None);
        for (key, value) in pairs {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) | ("to" | "until", _) => {}
                ("flag", v) => flag = self.country(&here, v),
                ("from" | "since" | "date", v) => from = self.span(&here, v),
                _ => self.unknown(&here, key, &["flag", "from"]),
            }
        }
        flag.map(|f| (f, from))
    }

    fn earlier_call(&mut self, at: &At, node: &Node) -> (Stop, Option<Span>) {
        let Node::Map(pairs) = node else { return (self.stop(at, node).0, None) };
        let (mut place, mut day) = (Stop::default(), None);
        for (key, value) in pairs {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("place" | "port" | "country", v) => place = self.stop(&here, v).0,
                ("date" | "arrive" | "depart", v) => day = self.loose_span(&here, v),
                _ => self.unknown(&here, key, &["place", "date"]),
            }
        }
        (place, day)
    }

    fn ais(&mut self, at: &At, node: &Node, ais: &mut Ais) {
        let (mut near_nm, mut hours, mut speed_kn) = (None, None, None);
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("max_gap_h" | "gap_h", v) => ais.max_gap_h = self.measure(&here, v),
                ("gap_days", v) => ais.max_gap_h = self.measure(&here, v).map(|d| d * 24.0),
                ("gap_area", v) => ais.gap_area = Some(self.area(&here, v)),
                ("mmsi_changes", v) => ais.mmsi_changes = self.measure(&here, v),
                ("identity_conflict", v) => ais.identity_conflict = self.said(&here, v),
                ("draught_delta", Node::Number(n)) if n.abs() < 100.0 => ais.draught_delta_m = Some(*n),
                ("draught_delta", v) => ais.draught_delta_m = self.measure(&here, v),
                ("meeting" | "loitering", v) => ais.meeting = self.said(&here, v),
                ("sts_proximity_nm", v) => near_nm = self.measure(&here, v),
                ("sts_hours", v) => hours = self.measure(&here, v),
                ("speed_kn", v) => speed_kn = self.measure(&here, v),
                ("position_impossible" | "on_land" | "spoofed", v) => {
                    ais.spoofed = self.said(&here, v).map(|s| s || ais.spoofed == Some(true))
                }
                ("port_calls_match", v) => ais.port_calls_match = self.said(&here, v),
                ("evidence", _) => {}
                _ => self.unknown(&here, key, &AIS),
            }
        }
        if let (Some(nm), Some(h)) = (near_nm, hours) {
            ais.meeting = ais.meeting.or(Some(nm <= 0.5 && h >= 2.0 && speed_kn.is_none_or(|s| s < 2.0)));
        }
    }

    /// `east_sea` and the like stand for waters.
    fn area(&mut self, at: &At, node: &Node) -> Stop {
        let mut stop = self.stop(at, node).0;
        stop.name = stop.name.replace('_', " ");
        stop
    }

    fn event(&mut self, at: &At, node: &Node) -> Event {
        let mut event = Event::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("type", v) => event.kind = self.word(&here, v, event_kind, EventKind::all_words),
                ("date", v) => event.day = self.loose_span(&here, v),
                ("place", v) => event.place = self.stop(&here, v).0,
                ("goods" | "hs" | "found", v) => event.goods = self.codes(&here, v),
                (k, _) if EVENT.contains(&k) => {}
                _ => self.unknown(&here, key, &EVENT),
            }
        }
        event
    }

    fn payment(&mut self, at: &At, node: &Node) -> Payment {
        let mut payment = Payment::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("payer", v) => payment.payer = self.filled(&here, v).map(str::to_owned),
                ("payer_country", v) => payment.payer_country = self.country(&here, v),
                ("ccy" | "currency", v) => {
                    payment.currency = self.filled(&here, v).map(str::to_owned).and_then(|t| self.currency(&here, &t));
                }
                ("type", v) => payment.tender = self.word(&here, v, tender, Tender::all_words),
                (k, _) if PAYMENT.contains(&k) => {}
                _ => self.unknown(&here, key, &PAYMENT),
            }
        }
        payment
    }

    fn declared(&mut self, at: &At, node: &Node) -> Declared {
        let mut d = Declared::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("origin", v) => d.origin = self.country(&here, v),
                ("destination", v) => d.destination = Some(self.stop(&here, v).0),
                ("port", v) => d.port = Some(self.stop(&here, v).0),
                ("final_port", v) => d.final_port = Some(self.stop(&here, v).0),
                ("final_port_omitted", v) => d.final_port_omitted = self.said(&here, v),
                ("consignee", v) => d.consignee = self.filled(&here, v).map(str::to_owned),
                ("consignee_type", v) => d.consignee_kind = self.word(&here, v, consignee_kind, ConsigneeKind::all_words),
                ("end_user", v) => d.end_user = self.filled(&here, v).map(str::to_owned),
                ("cargo_desc" | "description", v) => d.cargo = self.filled(&here, v).map(str::to_owned),
                ("hs", v) => d.hs = self.codes(&here, v),
                (k, _) if DECLARED.contains(&k) => {}
                _ => self.unknown(&here, key, &DECLARED),
            }
        }
        d
    }

    fn papers(&mut self, at: &At, node: &Node) -> Papers {
        let mut p = Papers::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("bill_of_lading" | "log", v) => {
                    let bad = self.bad_word(&here, v, &["missing", "altered", "inconsistent", "forged", "false"]);
                    p.faulty = bad.map(|b| b || p.faulty == Some(true));
                }
                ("inconsistent", v) => p.faulty = self.said(&here, v),
                ("end_use_certificate", v) => {
                    p.end_use_refused = self.bad_word(&here, v, &["refused", "generic", "boilerplate", "missing"])
                }
                ("licence_check", v) => p.licence_false = self.bad_word(&here, v, &["fail", "failed", "false", "mismatch", "missing"]),
                ("certificate_of_origin", Node::Map(pairs)) => {
                    for (key, v) in pairs {
                        let field = here.field(key);
                        match (key.as_ref(), v) {
                            (_, Node::Null) => {}
                            ("claimed", v) => p.origin_claimed = self.country(&field, v),
                            ("found" | "observed", v) => p.origin_found = self.country(&field, v),
                            _ => self.unknown(&field, key, &["claimed", "found"]),
                        }
                    }
                }
                ("origin_claimed", v) => p.origin_claimed = self.country(&here, v),
                ("origin_found" | "origin_observed", v) => p.origin_found = self.country(&here, v),
                ("misdeclared", v) => p.misdeclared = self.said(&here, v),
                ("evidence", _) => {}
                _ => self.unknown(&here, key, &PAPERS),
            }
        }
        p
    }

    fn market(&mut self, at: &At, node: &Node) -> Market {
        let mut m = Market::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) | ("evidence", _) => {}
                ("flow_anomaly_sd", v) => m.flow_anomaly_sd = self.measure(&here, v),
                ("unit_value_ratio", v) => m.unit_value_ratio = self.measure(&here, v),
                ("surge", v) => m.surge = self.measure(&here, v),
                ("implausible_use", v) => m.implausible_use = self.said(&here, v),
                ("prior_attempts", v) => m.prior_attempts = self.measure(&here, v),
                ("intermediaries", v) => m.intermediaries = self.measure(&here, v),
                ("common_control" | "shared_ubo", v) => m.common_control = self.said(&here, v),
                _ => self.unknown(&here, key, &MARKET),
            }
        }
        m
    }

    /// `{"type": "exemption", "verified": true}`, or the word alone, which says nothing of its being verified.
    fn mitigated(&mut self, at: &At, node: &Node) -> Option<(Mitigation, Option<bool>)> {
        let Node::Map(pairs) = node else { return self.word(at, node, mitigation, Mitigation::all_words).map(|m| (m, None)) };
        let (mut kind, mut verified) = (None, None);
        for (key, value) in pairs {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) | ("reference" | "by" | "evidence", _) => {}
                ("type", v) => kind = self.word(&here, v, mitigation, Mitigation::all_words),
                ("verified", v) => verified = self.said(&here, v),
                _ => self.unknown(&here, key, &["type", "verified", "reference", "by"]),
            }
        }
        kind.map(|k| (k, verified))
    }

    /// Goods in the words of a route: a list of objects, or codes and categories in one text. They are the items when none are given.
    fn goods(&mut self, at: &At, node: &Node, act: &mut Act, journey: &mut Journey) {
        let items = match node {
            Node::Text(text) => vec![loose_goods(text, journey)],
            other => self.list(at, other, |r, at, n| r.one_good(at, n, journey)),
        };
        if act.items.is_empty() {
            act.items = items;
        }
    }

    fn one_good(&mut self, at: &At, node: &Node, journey: &mut Journey) -> Item {
        const KNOWN: [&str; 9] = ["text", "description", "hs", "lux", "qty", "quantity", "unit_value", "origin", "value"];
        if let Node::Text(text) = node {
            return loose_goods(text, journey);
        }
        let mut item = Item::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("text" | "description", v) => item.description = self.text(&here, v).unwrap_or_default().to_owned(),
                ("hs", v) => item.hs = self.codes(&here, v),
                ("lux", Node::List(list)) if list.is_empty() => journey.luxury = journey.luxury.or(Some(false)),
                ("lux", _) => journey.luxury = Some(true),
                ("origin", v) => item.origin = self.country(&here, v),
                (k, _) if KNOWN.contains(&k) => {}
                _ => self.unknown(&here, key, &KNOWN),
            }
        }
        item.hs_stated = !item.hs.is_empty();
        item
    }

    /// True or false; `yes` and `no` will do.
    pub(super) fn said(&mut self, at: &At, node: &Node) -> Option<bool> {
        match node {
            Node::Bool(b) => Some(*b),
            Node::Text(t) if t.eq_ignore_ascii_case("yes") || t.eq_ignore_ascii_case("true") => Some(true),
            Node::Text(t) if t.eq_ignore_ascii_case("no") || t.eq_ignore_ascii_case("false") => Some(false),
            other => {
                self.tell(at, format!("expected true or false, found {}", other.kind()), None);
                None
            }
        }
    }

    /// A club or body by name, or that there is none.
    fn present(&mut self, at: &At, node: &Node) -> Option<bool> {
        match node {
            Node::Bool(b) => Some(*b),
            other => self.filled(at, other).map(|t| !matches!(t.to_lowercase().as_str(), "none" | "no" | "withdrawn" | "unknown")),
        }
    }

    /// Whether a word is one of those that mean trouble; true and false are taken as “in order” and not.
    fn bad_word(&mut self, at: &At, node: &Node, bad: &[&str]) -> Option<bool> {
        match node {
            Node::Bool(b) => Some(!*b),
            other => self.filled(at, other).map(|t| bad.contains(&t.to_lowercase().as_str())),
        }
    }

    /// True, false, or the listings themselves.
    pub(super) fn listed(&mut self, at: &At, node: &Node) -> Option<bool> {
        match node {
            Node::List(list) => Some(!list.is_empty()),
            other => self.said(at, other),
        }
    }

    pub(super) fn measure(&mut self, at: &At, node: &Node) -> Option<f64> {
        let value = match node {
            Node::Number(n) => Some(*n),
            other => self.filled(at, other).map(str::to_owned).and_then(|t| self.amount(at, &t)),
        }?;
        if !(0.0..=MOST).contains(&value) {
            self.tell(at, format!("{value} cannot be"), Some(format!("give a number from 0 to {MOST:e}")));
            return None;
        }
        Some(value)
    }

    fn number_within(&mut self, at: &At, node: &Node, most: f64) -> Option<f64> {
        match node {
            Node::Number(n) if n.abs() <= most => Some(*n),
            other => {
                self.tell(at, format!("expected degrees from -{most} to {most}, found {}", other.kind()), None);
                None
            }
        }
    }

    fn digits(&mut self, at: &At, node: &Node) -> Option<String> {
        match node {
            Node::Number(n) if n.fract() == 0.0 && (0.0..1e12).contains(n) => Some(format!("{n:.0}")),
            other => self.filled(at, other).map(str::to_owned),
        }
    }

    /// Codes stated as such; words are looked up.
    fn codes(&mut self, at: &At, node: &Node) -> Vec<model::HsRange> {
        let read = |r: &mut Self, at: &At, n: &Node| {
            let text = r.filled(at, n).map(str::to_owned).unwrap_or_default();
            match parse_hs(&text) {
                Ok(code) => vec![code],
                Err(message) => {
                    let found = r.resolver.headings(&text);
                    if found.is_empty() && text.chars().next().is_some_and(|c| c.is_ascii_digit()) {
                        r.tell(at, message, None);
                    }
                    found
                }
            }
        };
        self.some(at, node, read).into_iter().flatten().collect()
    }

    /// A date as files of cases write it: also `2018-06/10` and `2019–2020`; a dash alone is no date.
    pub(super) fn loose_span(&mut self, at: &At, node: &Node) -> Option<Span> {
        if let Node::Text(text) = node {
            if matches!(text.trim(), "" | "-" | "–" | "—") {
                return None;
            }
            if let Some(span) = loose(text.trim()) {
                return Some(span);
            }
        }
        self.span(at, node)
    }
}

fn consignee_kind(word: &str) -> Option<ConsigneeKind> {
    ConsigneeKind::parse(word).or(match word {
        "freight_forwarder" => Some(ConsigneeKind::Forwarder),
        "issuing_bank" => Some(ConsigneeKind::Bank),
        _ => None,
    })
}

/// `2018-06/10`: June to October. `2010-11/2017-01`, `2019–2020`, `2015/16`.
fn loose(text: &str) -> Option<Span> {
    let (a, b) = text.split_once(['/', '–'])?;
    let (a, b) = (a.trim(), b.trim());
    let year = a.get(..4).filter(|y| y.bytes().all(|c| c.is_ascii_digit()))?;
    let end = match (a.len(), b.len()) {
        (_, 4 | 7 | 10) => b.to_owned(),
        (4, 2) => format!("{}{b}", year.get(..2)?),
        (7, 2) => format!("{year}-{b}"),
        _ => return None,
    };
    let (first, last) = (date::span(a).ok()?, date::span(&end).ok()?);
    (first.first <= last.last).then_some(Span { first: first.first, last: last.last })
}

/// `off 12 Apr–31 May`, in the year of the leg: hours of silence.
fn silent_hours(text: &str, leg: &Leg) -> Option<f64> {
    let year = leg.first_day()?.first.year();
    let (a, b) = text.trim().trim_start_matches("off ").split_once(['–', '-'])?;
    let day = |t: &str| date::span(&format!("{} {year}", t.trim())).or_else(|_| date::span(t.trim())).ok();
    let (from, to) = (day(a)?, day(b)?);
    let days = from.first.until(to.first).ok()?.get_days();
    (days > 0).then(|| f64::from(days) * 24.0)
}

/// `8703 LX02 (two cars)`, `9306 under 2601`: codes, a category of luxury goods, and what the goods lay under.
fn loose_goods(text: &str, journey: &mut Journey) -> Item {
    let (hs, hidden_under) = written_codes(text);
    journey.hidden_under = hidden_under;
    if text.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w.len() == 4 && w.starts_with("LX")) {
        journey.luxury = Some(true);
    }
    Item { description: if hs.is_empty() { text.to_owned() } else { String::new() }, hs_stated: !hs.is_empty(), hs, ..Item::default() }
}
