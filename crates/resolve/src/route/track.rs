//! The legs of a journey put together: where each begins and ends, which one follows which, and along which lines.

use super::geo::{Point, distance_km};
use super::places::{Gazetteer, Spot};
use model::{Country, Journey, Leg, Mode, Span, Standing};

/// A leg with its places looked up.
#[derive(Clone, Debug)]
pub struct Way<'a> {
    /// Its place among the legs, from 0.
    pub index: usize,
    /// The leg.
    pub leg: &'a Leg,
    /// Where it begins.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// Where it passes.
    pub via: Vec<Spot>,
    /// How well established it is.
    pub standing: Standing,
}

impl Way<'_> {
    /// Whether it counts in what could be said before arrival.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.standing, Standing::Documented | Standing::Declared)
    }
    pub(crate) fn is(&self, mode: Mode) -> bool {
        self.leg.mode == Some(mode)
    }
    /// Begin, ways through, end.
    pub(crate) fn spots(&self) -> impl Iterator<Item = &Spot> {
        std::iter::once(&self.from).chain(&self.via).chain(std::iter::once(&self.to))
    }
    /// Positions for a picture, in order: a country alone stands at its capital.
    #[must_use]
    pub fn drawn(&self) -> Vec<Point> {
        self.spots().filter_map(|s| s.point.or(s.around)).collect()
    }
    pub(crate) fn touches(&self, country: Country) -> bool {
        self.spots().any(|s| s.country == Some(country))
    }
    /// Great-circle distance in kilometres, over the ways through.
    #[must_use]
    pub fn km(&self) -> Option<f64> {
        let points: Option<Vec<Point>> = self.spots().map(|s| s.point).collect();
        Some(points?.windows(2).map(|w| if let [a, b] = w { distance_km(*a, *b) } else { 0.0 }).sum())
    }
}

/// All the legs that nobody denied.
#[derive(Clone, Debug, Default)]
pub struct Track<'a> {
    /// In order.
    pub ways: Vec<Way<'a>>,
    /// Lines of legs that follow one another, as indices into `ways`: a second ship from the same port begins a second line.
    pub lines: Vec<Vec<usize>>,
}

/// Whether two spots may be one place.
pub(crate) fn same(a: &Spot, b: &Spot) -> bool {
    if !a.rows.is_empty() && !b.rows.is_empty() {
        return a.rows.iter().any(|r| b.rows.contains(r)) || near(a, b);
    }
    if !a.name.is_empty() && crate::text::normal(&a.name) == crate::text::normal(&b.name) {
        return true;
    }
    // A country alone may be any place in it.
    a.country.is_some() && a.country == b.country && (country_only(a) || country_only(b)) || near(a, b)
}

/// An airport and the port of the same town are one stop of a journey.
fn near(a: &Spot, b: &Spot) -> bool {
    const SAME_TOWN_KM: f64 = 60.0;
    a.point.zip(b.point).is_some_and(|(p, q)| distance_km(p, q) < SAME_TOWN_KM)
}

pub(crate) fn country_only(s: &Spot) -> bool {
    s.country.is_some() && s.rows.is_empty() && s.point.is_none()
}

/// Whether nothing is said of where it is, so that any place fits.
pub(crate) fn nowhere(s: &Spot) -> bool {
    s.at_sea || s.name.is_empty() && s.country.is_none() && s.point.is_none()
}

impl<'a> Track<'a> {
    pub(crate) fn new(gazetteer: &Gazetteer, journey: &'a Journey) -> Self {
        let ways: Vec<Way> = journey
            .legs
            .iter()
            .enumerate()
            .filter(|(_, leg)| leg.standing() != Standing::Denied)
            .map(|(index, leg)| Way {
                index,
                leg,
                from: gazetteer.spot(&leg.from),
                to: gazetteer.spot(&leg.to),
                via: leg.via.iter().map(|s| gazetteer.spot(s)).collect(),
                standing: leg.standing(),
            })
            .collect();
        let mut out = Self { ways, lines: Vec::new() };
        out.join();
        out
    }

    /// Puts each leg behind the line it continues; one that continues none but begins where a line passed branches off there.
    fn join(&mut self) {
        for at in 0..self.ways.len() {
            let Some(way) = self.ways.get(at) else { continue };
            let ends_here = |line: &&mut Vec<usize>| {
                line.last().and_then(|l| self.ways.get(*l)).is_some_and(|l| same(&l.to, &way.from) || nowhere(&l.to) || nowhere(&way.from))
            };
            if let Some(line) = self.lines.iter_mut().rev().find(ends_here) {
                line.push(at);
                continue;
            }
            let branch = self.lines.iter().find_map(|line| {
                let cut = line.iter().position(|l| self.ways.get(*l).is_some_and(|l| same(&l.to, &way.from)))?;
                Some(line.get(..=cut)?.to_vec())
            });
            let mut line = branch.unwrap_or_default();
            line.push(at);
            self.lines.push(line);
        }
    }

    /// Pairs of legs of one line of which the second takes over where the first ends.
    pub(crate) fn joins(&self) -> impl Iterator<Item = (&Way<'a>, &Way<'a>)> {
        let mut seen: Vec<(usize, usize)> = Vec::new();
        let pairs = self.lines.iter().flat_map(|l| l.windows(2)).filter_map(|w| Some((*w.first()?, *w.last()?)));
        for pair in pairs {
            if !seen.contains(&pair) {
                seen.push(pair);
            }
        }
        seen.into_iter().filter_map(|(a, b)| Some((self.ways.get(a)?, self.ways.get(b)?)))
    }

    /// The places of a line in order, without repetition; only legs that count.
    pub(crate) fn stops(&self, line: &[usize]) -> Vec<&Spot> {
        let mut out: Vec<&Spot> = Vec::new();
        for way in line.iter().filter_map(|i| self.ways.get(*i)).filter(|w| w.counts()) {
            for spot in way.spots().filter(|s| !nowhere(s)) {
                if out.last().is_none_or(|last| !same(last, spot)) {
                    out.push(spot);
                }
            }
        }
        out
    }

    /// First and last day of the journey, as far as they are known.
    pub(crate) fn days(&self) -> Option<Span> {
        let spans: Vec<Span> = self.ways.iter().flat_map(|w| [w.leg.depart, w.leg.day, w.leg.arrive]).flatten().collect();
        let first = spans.iter().map(|s| s.first).min()?;
        Some(Span { first, last: spans.iter().map(|s| s.last).max()? })
    }
}
