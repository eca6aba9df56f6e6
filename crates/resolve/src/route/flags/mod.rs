//! One function a flag: does it fire, does it not, or can nobody say?
//!
//! What a flag is called, what it weighs, what it needs and what would clear it are data (`data/route-flags.csv`); only the conditions
//! are here. A condition over legs looks at each leg by itself; the surest leg on which it holds is the one that counts.

mod context;
mod goods;
mod nexus;
mod papers;
mod party;
mod payment;
mod ship;
mod signal;
mod way;

use super::cargo::Cargo;
use super::track::{Track, Way};
use super::{Routes, State};
use crate::Resolver;
use model::{Act, Country, Date, Journey, Span, Standing, Truth};
use std::borrow::Cow;

/// Everything that conditions look at.
pub(crate) struct Case<'a> {
    pub routes: &'a Routes,
    pub resolver: &'a Resolver,
    pub act: &'a Act,
    pub journey: &'a Journey,
    pub track: &'a Track<'a>,
    pub cargo: &'a Cargo,
    /// The days it may have happened.
    pub days: Option<Span>,
}

/// What a condition found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub state: State,
    pub because: Cow<'static, str>,
    /// How well established the leg is on which it fires.
    pub on: Standing,
    /// Which leg that is.
    pub leg: Option<usize>,
}

pub(crate) fn fired(because: impl Into<Cow<'static, str>>) -> Found {
    Found { state: State::Fired, because: because.into(), on: Standing::Documented, leg: None }
}
pub(crate) fn clear(because: impl Into<Cow<'static, str>>) -> Found {
    Found { state: State::NotFired, because: because.into(), on: Standing::Documented, leg: None }
}
pub(crate) fn open(because: impl Into<Cow<'static, str>>) -> Found {
    Found { state: State::Unknown, because: because.into(), on: Standing::Documented, leg: None }
}

impl Found {
    /// What fires beats what is open, and that what does not fire; of two that fire the better established counts.
    fn or(self, other: Self) -> Self {
        let rank = |f: &Self| match (f.state, f.on) {
            (State::Fired, Standing::Documented) => 5,
            (State::Fired, Standing::Declared) => 4,
            (State::Fired, _) => 3,
            (State::Unknown, _) => 2,
            (State::NotFired, _) => 1,
        };
        if rank(&other) > rank(&self) { other } else { self }
    }
    /// The finding, as it stands on a leg.
    fn on(mut self, way: &Way) -> Self {
        self.on = way.standing;
        self.leg = Some(way.index);
        self
    }
}

/// From three-valued truth.
fn found(truth: Truth, yes: impl FnOnce() -> String, no: &'static str, maybe: &'static str) -> Found {
    match truth {
        Truth::True => fired(yes()),
        Truth::False => clear(no),
        Truth::Unknown => open(maybe),
    }
}

/// A fact that is simply stated, or not.
fn stated(fact: Option<bool>, yes: &'static str, no: &'static str, maybe: &'static str) -> Found {
    match fact {
        Some(true) => fired(yes),
        Some(false) => clear(no),
        None => open(maybe),
    }
}

impl<'a> Case<'a> {
    /// The best finding over the legs that are of interest.
    fn legs(&self, of: impl Fn(&Way) -> bool, none: Found, test: impl Fn(&Way<'a>) -> Found) -> Found {
        self.track.ways.iter().filter(|w| of(w)).map(|w| test(w).on(w)).reduce(Found::or).unwrap_or(none)
    }
    /// As [`Self::legs`], over legs by ship; when there is no leg by ship the flag cannot fire.
    fn ships(&self, test: impl Fn(&Way<'a>) -> Found) -> Found {
        if self.track.ways.is_empty() {
            return open("no leg is known");
        }
        self.legs(by_ship, clear("no leg by ship"), test)
    }
    fn is(&self, spot: &super::places::Spot, kinds: u32) -> Truth {
        self.routes.gazetteer.is(spot, kinds)
    }
    /// Whether the act surely came on this day or later.
    fn since(&self, day: Date) -> Truth {
        match self.days {
            Some(s) if s.first >= day => Truth::True,
            Some(s) if s.last < day => Truth::False,
            _ => Truth::Unknown,
        }
    }
    /// Whether a listing of these days held: with no day known, whether it holds still.
    fn listed_then(&self, from: Option<Date>, to: Option<Date>) -> bool {
        match self.days {
            Some(s) => from.is_none_or(|f| f <= s.last) && to.is_none_or(|t| s.first <= t),
            None => to.is_none(),
        }
    }
    fn name(&self, country: Country) -> String {
        self.resolver.country_name(country, false)
    }
}

/// Whether a ship carries the goods on this leg; a leg of unknown mode with a ship's data counts.
fn by_ship(way: &Way) -> bool {
    use model::Mode;
    match way.leg.mode {
        Some(Mode::Sea | Mode::Sts) => true,
        None | Some(Mode::Unknown) => way.leg.vessel.imo.is_some() || way.leg.ais != model::Ais::default(),
        _ => false,
    }
}

pub(crate) const KP: &str = "KP";

pub(crate) fn kp() -> Option<Country> {
    Country::new(KP)
}

type Condition = fn(&Case) -> Found;

/// The condition of a flag.
pub(crate) fn condition(id: &str) -> Option<Condition> {
    let all: [(&str, Condition); 75] = [
        ("N01", nexus::leg_in_kp),
        ("N02", nexus::recipient_of_kp),
        ("N03", nexus::handover_to_kp_ship),
        ("N04", nexus::kp_carrier),
        ("N05", nexus::kp_contact),
        ("N06", nexus::gateway),
        ("N07", nexus::transhipment_point),
        ("N08", nexus::close_to_network),
        ("R01", way::detour),
        ("R02", way::transhipments),
        ("R03", way::turns_back),
        ("R04", way::never_called),
        ("R05", way::destination_changed),
        ("R06", way::free_zone),
        ("R07", way::long_wait),
        ("R08", way::charter_flight),
        ("R09", way::border_rail),
        ("R10", way::against_trade),
        ("R11", way::by_hand),
        ("R12", way::coal_relay),
        ("A01", signal::silent_in_watch_area),
        ("A02", signal::silent_for_a_week),
        ("A03", signal::changed_identity),
        ("A04", signal::draught_changed),
        ("A05", signal::met_at_sea),
        ("A06", signal::known_transfer_area),
        ("A07", signal::several_transfers),
        ("A08", signal::spoofed),
        ("V01", ship::listed),
        ("V02", ship::flag_hopping),
        ("V03", ship::false_flag),
        ("V04", ship::abused_flag),
        ("V05", ship::renamed_and_sold),
        ("V06", ship::laundered_hull),
        ("V07", ship::old_and_alone),
        ("V08", ship::uncovered),
        ("V09", ship::shell_owner),
        ("V10", ship::called_in_kp),
        ("D01", papers::consignee_changed),
        ("D02", papers::no_end_user),
        ("D03", papers::misdeclared),
        ("D04", papers::false_origin),
        ("D05", papers::last_port_omitted),
        ("D06", papers::vague),
        ("D07", papers::faulty),
        ("D08", papers::no_end_use_certificate),
        ("D09", papers::false_licence),
        ("P01", party::listed),
        ("P02", party::owned),
        ("P03", party::young_company),
        ("P04", party::thin_address),
        ("P05", party::unfit_business),
        ("P06", party::surge),
        ("P07", party::chain_in_one_hand),
        ("P08", party::stood_before),
        ("P09", party::refuses),
        ("X01", goods::luxury_to_gateway),
        ("X02", goods::top_tiers),
        ("X03", goods::lower_tiers),
        ("X04", goods::implausible),
        ("X05", goods::small_tanker),
        ("X06", goods::return_cargo),
        ("X07", goods::arms_on_forces_ship),
        ("M01", payment::unrelated_payer),
        ("M02", payment::no_bank),
        ("M03", payment::dollars),
        ("M04", payment::payer_changed),
        ("M05", payment::abnormal_price),
        ("C01", context::state_gift),
        ("C02", context::seen_in_kp),
        ("C03", context::earlier_attempt),
        ("Z01", context::exempted),
        ("Z02", context::delivered),
        ("Z03", context::tracked),
        ("Z04", context::known_throughout),
    ];
    all.into_iter().find(|(known, _)| *known == id).map(|(_, c)| c)
}
