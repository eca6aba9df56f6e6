//! The ship itself: lists, flags, names, owners, cover, history.

use super::{Case, Found, clear, fired, found, open, stated};
use crate::route::track::Way;
use model::{Country, Date, Party, PartyType, Span, Truth, Vessel};

/// Countries in which companies are formed for one purpose.
const SHELLS: [&str; 8] = ["HK", "MH", "SC", "BZ", "VG", "PA", "WS", "KN"];

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}

/// Days from one partly known day to another: at least and at most.
fn between(from: Span, to: Span) -> (i32, i32) {
    (days(from.last, to.first), days(from.first, to.last))
}

/// Whether so many days or fewer lie between them, and not a negative number.
fn within(from: Span, to: Span, most: i32) -> Truth {
    let (least, longest) = between(from, to);
    match (least >= 0 && longest <= most, longest < 0 || least > most) {
        (true, _) => Truth::True,
        (_, true) => Truth::False,
        _ => Truth::Unknown,
    }
}

impl Case<'_> {
    /// The day on which a leg began, or that of the act.
    fn day_of(&self, way: &Way) -> Option<Span> {
        way.leg.first_day().or(self.days)
    }

    /// Whether a ship is listed: as stated, or by its number and name on the lists in use.
    pub(super) fn ship_listed(&self, ship: &Vessel) -> Truth {
        if let Some(said) = ship.listed {
            return Truth::from(said);
        }
        if ship.name.is_none() && ship.imo.is_none() {
            return Truth::Unknown;
        }
        let party = Party {
            name: ship.name.clone().unwrap_or_default(),
            kind: Some(PartyType::Vessel),
            flag: ship.flag,
            identifiers: ship.imo.iter().map(|n| ("imo".to_owned(), n.clone())).collect(),
            ..Party::default()
        };
        let held = self.resolver.listings(&party);
        let hit = held.iter().filter(|d| self.listed_then(d.from, d.to)).map(|d| Truth::from(d.sure).max(Truth::Unknown)).max();
        match hit {
            Some(truth) => truth,
            // A name alone that is on no list says little; a number says that this hull is on none of these lists.
            None if ship.imo.is_some() => Truth::False,
            None => Truth::Unknown,
        }
    }
}

fn called(ship: &Vessel) -> &str {
    ship.name.as_deref().or(ship.imo.as_deref()).unwrap_or("the ship")
}

pub(super) fn listed(case: &Case) -> Found {
    let parties = case.act.parties.iter().filter(|p| p.kind == Some(PartyType::Vessel));
    let by_party = parties.map(|p| {
        let truth = super::party::listing(case, p);
        found(truth, || format!("{} is listed", p.name), "", "a ship named may be a listed one")
    });
    let none = if case.track.ways.is_empty() { open("no leg is known") } else { clear("no leg by ship") };
    let by_leg = case.legs(super::by_ship, none, |way| {
        let ships = std::iter::once(&way.leg.vessel).chain(way.leg.counterparty.as_ref());
        let best = ships.map(|s| (case.ship_listed(s), s)).max_by_key(|(t, _)| *t);
        match best {
            Some((truth, ship)) => found(
                truth,
                || format!("{} is listed", called(ship)),
                "its number is on none of the lists in use",
                "its IMO number is not known, or it may be a listed ship",
            ),
            None => open("the ship is not known"),
        }
    });
    by_party.fold(by_leg, Found::or)
}

pub(super) fn flag_hopping(case: &Case) -> Found {
    case.ships(|way| {
        let history = &way.leg.vessel.flag_history;
        if history.is_empty() {
            return open("the earlier flags are not known");
        }
        let Some(dates) = history.iter().map(|(_, d)| *d).collect::<Option<Vec<Span>>>() else {
            return if history.len() < 3 {
                clear("fewer than two changes are known")
            } else {
                open("the days of the changes are not known")
            };
        };
        // The first entry is where it began; each later one is a change.
        let changes: Vec<Span> = dates.into_iter().skip(1).collect();
        let close = changes.windows(2).map(|w| if let [a, b] = w { within(*a, *b, 366) } else { Truth::False }).max();
        found(
            close.unwrap_or(Truth::False),
            || "two changes of flag within a year".into(),
            "no two changes within a year",
            "the days of the changes are not known well enough",
        )
    })
}

pub(super) fn false_flag(case: &Case) -> Found {
    case.ships(|way| match way.leg.vessel.registry_confirms {
        Some(false) => fired("the registry does not confirm the flag"),
        Some(true) => clear("the registry confirms the flag"),
        None => open("the registry was not asked"),
    })
}

fn flag_of(case: &Case, ship: &Vessel) -> Option<Country> {
    ship.flag.or_else(|| ship.mmsi.as_deref().and_then(|n| case.routes.registries.of_mmsi(n)))
}

pub(super) fn abused_flag(case: &Case) -> Found {
    case.ships(|way| {
        let Some(flag) = flag_of(case, &way.leg.vessel) else { return open("the flag is not known") };
        let Some(until) = case.routes.abused_flags.iter().find(|(c, _)| *c == flag).map(|(_, u)| *u) else {
            return clear("no flag with such a history");
        };
        let then = match (until, case.day_of(way)) {
            (None, _) => Truth::True,
            (Some(until), Some(day)) if day.last <= until => Truth::True,
            (Some(until), Some(day)) if day.first > until => Truth::False,
            _ => Truth::Unknown,
        };
        found(
            then,
            || format!("the flag of {}", case.name(flag)),
            "the registry was closed then",
            "whether the registry was open is not known",
        )
    })
}

pub(super) fn renamed_and_sold(case: &Case) -> Found {
    const HALF_A_YEAR: i32 = 184;
    case.ships(|way| {
        let ship = &way.leg.vessel;
        let (Some(renamed), Some(sold)) = (ship.renamed, ship.sold) else {
            return open("the days of the last name and owner are not known");
        };
        let Some(day) = case.day_of(way) else { return open("the day of the voyage is not known") };
        let both = within(renamed, day, HALF_A_YEAR).and(within(sold, day, HALF_A_YEAR));
        found(
            both,
            || "renamed and sold within half a year before".into(),
            "not renamed and sold shortly before",
            "the days are not known well enough",
        )
    })
}

pub(super) fn laundered_hull(case: &Case) -> Found {
    case.ships(|way| {
        let ship = &way.leg.vessel;
        let old_hull = ship.imo_issued.zip(ship.built).map(|(issued, built)| issued >= built + 20.0);
        match (old_hull, ship.measures_differ) {
            (_, Some(true)) => fired("its measures are those of another ship"),
            (Some(true), _) => fired("a new number on a hull twenty years old"),
            (None, None) => open("year of build, year of the number and measures were not compared"),
            _ => clear("number and hull agree"),
        }
    })
}

pub(super) fn old_and_alone(case: &Case) -> Found {
    case.ships(|way| {
        let ship = &way.leg.vessel;
        let year = case.day_of(way).map(|s| f64::from(s.last.year()));
        let old = year.zip(ship.built).map(|(y, b)| y - b >= 20.0);
        match (old, ship.owner_fleet.map(|n| n <= 1.0)) {
            (Some(false), _) | (_, Some(false)) => clear("younger, or one of several ships"),
            (Some(true), Some(true)) => fired("twenty years old, and the only ship of its owner"),
            _ => open("year of build and fleet of the owner are not known"),
        }
    })
}

pub(super) fn uncovered(case: &Case) -> Found {
    case.ships(|way| match (way.leg.vessel.insured, way.leg.vessel.class_withdrawn) {
        (Some(false), _) => fired("no P&I club covers it"),
        (_, Some(true)) => fired("its class was withdrawn"),
        (None, None) => open("cover and class are not known"),
        _ => clear("covered and in class"),
    })
}

pub(super) fn shell_owner(case: &Case) -> Found {
    const A_YEAR: i32 = 365;
    case.ships(|way| {
        let ship = &way.leg.vessel;
        let party = ship.owner.as_deref().and_then(|o| super::party::named(case, o));
        let country = ship.owner_country.or_else(|| party.and_then(|p| p.nationality.first().copied().or(p.located_in)));
        let formed = ship.owner_incorporated.or_else(|| party.and_then(|p| p.background.as_ref()).and_then(|b| b.incorporated));
        let shell = country.map_or(Truth::Unknown, |c| Truth::from(SHELLS.contains(&c.code())));
        let young = match (formed, case.day_of(way)) {
            (Some(f), Some(d)) => within(f, d, A_YEAR),
            _ => Truth::Unknown,
        };
        found(
            shell.and(young),
            || "the owner is a company younger than a year in a place of shells".into(),
            "no young company in a place of shells",
            "the owner's country and age are not known",
        )
    })
}

/// Two years before the voyage.
pub(super) fn called_in_kp(case: &Case) -> Found {
    const TWO_YEARS: i32 = 731;
    case.ships(|way| {
        let ship = &way.leg.vessel;
        if ship.prior_kp_call.is_some() {
            return stated(
                ship.prior_kp_call,
                "called in the DPRK, or stood in such a case, within two years before",
                "no earlier call in the DPRK",
                "",
            );
        }
        if ship.history.is_empty() {
            return open("the earlier calls are not known");
        }
        let Some(day) = case.day_of(way) else { return open("the day of the voyage is not known") };
        let kp = super::kp();
        let calls = ship.history.iter().filter(|(stop, _)| kp.is_some() && case.routes.gazetteer.spot(stop).country == kp);
        let best = calls.map(|(_, when)| when.map_or(Truth::Unknown, |w| within(w, day, TWO_YEARS))).max();
        found(
            best.unwrap_or(Truth::False),
            || "called in the DPRK within two years before".into(),
            "no such call among those known",
            "the day of a call in the DPRK is not known",
        )
    })
}
