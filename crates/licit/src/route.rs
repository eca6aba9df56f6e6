//! Which red flags a journey shows: the answer as data, as JSON and as a picture.

pub(crate) mod map;

use crate::{ReadAct, Rulebook, json};
use model::Standing;
use resolve::route::{Assessment, Counts, Raised, RouteTexts, Routes, Spot, State, Way};
use serde::Serialize;
use std::sync::LazyLock;

/// Ports, stations and gateways.
pub(crate) const PLACES: &str = include_str!("../../../data/places.csv");

const TEXTS: RouteTexts<'static> = RouteTexts {
    places: PLACES,
    flags: include_str!("../../../data/route-flags.csv"),
    goods: include_str!("../../../data/route-goods.csv"),
    carriers: include_str!("../../../data/carriers.csv"),
    flag_states: include_str!("../../../data/flag-states.csv"),
    registries: include_str!("../../../data/registries.csv"),
};

/// The tables for routes that are compiled in. They are read when the first journey comes.
pub(crate) fn routes() -> &'static Routes {
    static ROUTES: LazyLock<Routes> = LazyLock::new(|| {
        // The project's own tests read these tables; a damaged build must not answer at all.
        Routes::new(&TEXTS).unwrap_or_else(|problems| {
            eprintln!("licit: the tables in this build are damaged:\n{}", problems.join("\n"));
            std::process::exit(3)
        })
    });
    &ROUTES
}

/// What a journey shows.
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// The act.
    pub act: &'a ReadAct,
    /// The flags, the nexus, the score.
    pub assessment: Assessment<'a>,
}

/// Assesses the journey of an act. It cannot fail: what nobody said makes flags unknown.
///
/// ```
/// use licit::{Format, Rulebook, route};
///
/// let law = Rulebook::embedded();
/// let act = law.read_act(
///     br#"{"on": "2024-08-25", "items": [{"description": "horses", "hs": "0101"}],
///          "legs": [{"mode": "rail", "from": "Khasan", "to": "Tumangang"}]}"#,
///     Format::Json,
/// )?;
/// let route = route(law, &act);
/// assert_eq!(route.assessment.nexus.word(), "confirmed");
/// assert!(route.fired().any(|f| f.flag.id == "R09"));
/// # Ok::<(), Vec<licit::InputProblem>>(())
/// ```
#[must_use]
pub fn route<'a>(book: &Rulebook, act: &'a ReadAct) -> Route<'a> {
    Route { act, assessment: routes().assess(book.resolver(), &act.act) }
}

impl Route<'_> {
    /// The flags that fire, heaviest first.
    pub fn fired(&self) -> impl Iterator<Item = &Raised<'_>> {
        let mut out: Vec<&Raised> = self.assessment.flags.iter().filter(|f| f.state == State::Fired).collect();
        out.sort_by(|a, b| b.flag.weight.abs().total_cmp(&a.flag.weight.abs()));
        out.into_iter()
    }

    /// The answer as JSON, on one line or indented.
    #[must_use]
    pub fn json(&self, indented: bool) -> String {
        json::text(&self.view(), indented)
    }

    pub(crate) fn view(&self) -> View<'_> {
        let a = &self.assessment;
        View {
            id: &self.act.act.id,
            flags: a.flags.iter().map(FlagView::of).collect(),
            nexus: a.nexus.word(),
            score: rounded(a.score),
            band: a.band.word(),
            findings: a.oddities.iter().map(|o| Finding { at: &o.at, message: &o.message }).collect(),
            legs: a.track.ways.iter().map(LegView::of).collect(),
        }
    }

    /// A map of the legs over the outline of the world, as SVG.
    #[must_use]
    pub fn svg(&self) -> String {
        map::draw(self)
    }
}

/// The answer as the contract fixes it.
#[derive(Serialize)]
pub(crate) struct View<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    flags: Vec<FlagView<'a>>,
    nexus: &'static str,
    score: f64,
    band: &'static str,
    findings: Vec<Finding<'a>>,
    legs: Vec<LegView<'a>>,
}

#[derive(Serialize)]
struct FlagView<'a> {
    id: &'a str,
    state: &'static str,
    weight: f64,
    because: &'a str,
    needs: &'a [String],
    name: &'a str,
    group: &'a str,
    counts: &'static str,
    scored: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    clears: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'a str,
}

impl<'a> FlagView<'a> {
    fn of(r: &'a Raised<'a>) -> Self {
        let fired = r.state == State::Fired;
        Self {
            id: &r.flag.id,
            state: r.state.word(),
            weight: r.flag.weight,
            because: &r.because,
            needs: if r.state == State::Unknown { &r.flag.needs } else { &[] },
            name: &r.flag.name,
            group: &r.flag.group,
            counts: counts_word(r.flag.counts),
            scored: r.scores(),
            on: (fired && r.on != Standing::Documented).then(|| r.on.word()),
            clears: if fired { &r.flag.clears } else { "" },
            source: &r.flag.source,
        }
    }
}

fn counts_word(counts: Counts) -> &'static str {
    match counts {
        Counts::Nexus => "nexus",
        Counts::Blind => "before_arrival",
        Counts::Hindsight => "hindsight",
        Counts::Mitigation => "mitigation",
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    at: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct LegView<'a> {
    leg: usize,
    mode: Option<&'static str>,
    from: SpotView<'a>,
    to: SpotView<'a>,
    status: &'static str,
    km: Option<f64>,
}

#[derive(Serialize)]
struct SpotView<'a> {
    name: &'a str,
    country: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
}

impl<'a> SpotView<'a> {
    fn of(s: &'a Spot) -> Self {
        Self { name: &s.name, country: s.country.as_ref().map(model::Country::code), lat: s.point.map(|p| p.0), lon: s.point.map(|p| p.1) }
    }
}

impl<'a> LegView<'a> {
    fn of(w: &'a Way) -> Self {
        Self {
            leg: w.index,
            mode: w.leg.mode.map(model::Mode::word),
            from: SpotView::of(&w.from),
            to: SpotView::of(&w.to),
            status: w.standing.word(),
            km: w.km().map(f64::round),
        }
    }
}

/// Four places are more than any score is worth.
fn rounded(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_that_are_compiled_in_have_no_problem() {
        assert_eq!(Routes::new(&TEXTS).err(), None);
        assert_eq!(routes().flags().len(), 75);
    }
}
