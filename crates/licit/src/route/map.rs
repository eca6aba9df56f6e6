//! A map of the legs over the outline of the world, as SVG: no scripts, readable in dark and on paper, by people and by screen readers.
//!
//! The projection is equirectangular, true to scale at the middle latitude. The view is cut to the journey and turned so that the widest
//! gap between its places lies behind: a journey over the Pacific is drawn in one piece. Everything foreign is escaped.

use super::Route;
use model::{Mode, Standing};
use resolve::route::geo::{Point, arc};
use resolve::route::{Band, Counts, Raised, Spot, Way, lane};
use std::fmt::Write as _;

/// Rings of land, one a line: a first point and steps, in twentieths of degrees east and north (`data/outline.md`).
const OUTLINE: &str = include_str!("../../../../data/outline.txt");
const PER_DEGREE: f64 = 20.0;

const WIDTH: f64 = 960.0;
const LOWEST_HEIGHT: f64 = 360.0;
const GREATEST_HEIGHT: f64 = 620.0;
/// Smallest stretch of land and sea that is shown, in degrees of latitude.
const LEAST_SPAN: f64 = 8.0;

const STYLE: &str = "\
:root{color-scheme:light dark}\
.bg{fill:#eef3f7}.land{fill:#dcd8cf;stroke:#b9b3a6;stroke-width:.6}text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;font-size:13px;fill:#1d2733}\
.name{paint-order:stroke;stroke:#eef3f7;stroke-width:3px;stroke-linejoin:round}.small{font-size:12px;fill:#51606e}.head{font-size:17px;font-weight:600}\
.leg{fill:none;stroke-width:2.6;stroke-linecap:round}.sea{stroke:#1f6fb2;color:#1f6fb2}.air{stroke:#7a4fb5;color:#7a4fb5}.rail{stroke:#9a5b13;color:#9a5b13}\
.road{stroke:#4d7a3a;color:#4d7a3a}.sts{stroke:#c0392b;color:#c0392b}.other{stroke:#6b7680;color:#6b7680}\
.declared{stroke-dasharray:10 6}.alleged,.inferred{stroke-dasharray:2 6}\
.frame{fill:none;stroke:#51606e;stroke-width:1;stroke-dasharray:3 3}.place{fill:#fff;stroke:#1d2733;stroke-width:1.4}.no{fill:#fff;stroke-width:1.6}.num{font-size:11px;font-weight:600;text-anchor:middle}\
.flag{font-size:12px;font-weight:600;fill:#a3271b}.aside{fill:#8a6412}.good{fill:#2c6b33}\
.low{fill:#2c6b33}.elevated{fill:#8a6412}.high{fill:#b3401c}.severe{fill:#a3271b}\
@media (prefers-color-scheme:dark){.bg{fill:#15202b}.land{fill:#2b3642;stroke:#46535f}text{fill:#e6edf3}.name{stroke:#15202b}.small{fill:#a7b4c0}\
.sea{stroke:#6db6f2;color:#6db6f2}.air{stroke:#c0a2f0;color:#c0a2f0}.rail{stroke:#e0a458;color:#e0a458}.road{stroke:#9ccc7f;color:#9ccc7f}\
.sts{stroke:#ff8d7d;color:#ff8d7d}.other{stroke:#aab4bd;color:#aab4bd}.place,.no{fill:#15202b;stroke:#e6edf3}.flag{fill:#ff9d90}.aside{fill:#e3bd6a}.good,.low{fill:#93d39a}\
.elevated{fill:#e3bd6a}.high{fill:#ffb28c}.severe{fill:#ff9d90}}\
@media print{.bg{fill:#fff}.land{fill:#eee;stroke:#999}text{fill:#000}.name{stroke:#fff}}";

/// Foreign text inside of an SVG, cut to a length that a label can have.
fn escaped(text: &str) -> String {
    escaped_to(text, 60)
}

/// Marks and quotes escaped, control characters dropped, and no more than so many characters.
fn escaped_to(text: &str, most: usize) -> String {
    let mut out = String::new();
    let long = text.chars().count() > most;
    for c in text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'))
        .take(most)
    {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    if long {
        out.push('…');
    }
    out
}

/// From degrees to the sheet.
struct View {
    middle_east: f64,
    west: f64,
    north: f64,
    /// Units of the sheet for a degree of longitude, and of latitude.
    per_east: f64,
    per_north: f64,
    height: f64,
}

impl View {
    /// Cut to points; none gives the whole world.
    fn of(points: &[Point]) -> Self {
        let middle_east = middle(points);
        let east: Vec<f64> = points.iter().map(|p| turned(p.1, middle_east)).collect();
        let low = |v: &[f64]| v.iter().copied().fold(f64::INFINITY, f64::min);
        let high = |v: &[f64]| v.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lats: Vec<f64> = points.iter().map(|p| p.0).collect();
        let (mut south, mut north, mut west, mut right) =
            if points.is_empty() { (-55.0, 75.0, -180.0, 180.0) } else { (low(&lats), high(&lats), low(&east), high(&east)) };
        let shrink = ((south + north) / 2.0).to_radians().cos().max(0.35);
        let margin = ((north - south).max((right - west) * shrink) * 0.14).max(LEAST_SPAN / 2.0);
        (south, north, west, right) =
            ((south - margin).max(-85.0), (north + margin).min(85.0), west - margin / shrink, right + margin / shrink);
        let per_east = WIDTH / (right - west);
        let height = ((north - south) * per_east / shrink).clamp(LOWEST_HEIGHT, GREATEST_HEIGHT);
        // Where the sheet is too low for the journey the scale gives way, where it is too high more is shown.
        let per_north = (per_east / shrink).min(height / (north - south));
        let per_east = per_north * shrink;
        let (mid_north, mid_east) = ((north + south) / 2.0, (west + right) / 2.0);
        Self {
            middle_east,
            west: mid_east - WIDTH / per_east / 2.0,
            north: mid_north + height / per_north / 2.0,
            per_east,
            per_north,
            height,
        }
    }

    fn xy(&self, p: Point) -> (f64, f64) {
        ((turned(p.1, self.middle_east) - self.west) * self.per_east, (self.north - p.0) * self.per_north)
    }
}

/// The longitude opposite to the widest gap between the points.
fn middle(points: &[Point]) -> f64 {
    let mut east: Vec<f64> = points.iter().map(|p| p.1.rem_euclid(360.0)).collect();
    east.sort_by(f64::total_cmp);
    let Some((first, last)) = east.first().copied().zip(east.last().copied()) else { return 0.0 };
    let around = (first + 360.0 - last, last, first + 360.0);
    let gaps = east.windows(2).filter_map(|w| Some((w.get(1)? - w.first()?, *w.first()?, *w.get(1)?)));
    let (_, a, b) = gaps.chain(std::iter::once(around)).max_by(|x, y| x.0.total_cmp(&y.0)).unwrap_or(around);
    let middle = (a + b) / 2.0 + 180.0;
    if points.len() == 1 { first } else { middle.rem_euclid(360.0) }
}

/// A longitude within half a turn of the middle.
fn turned(east: f64, middle: f64) -> f64 {
    (east - middle + 180.0).rem_euclid(360.0) - 180.0 + middle
}

pub(crate) fn draw(route: &Route) -> String {
    let a = &route.assessment;
    let lines: Vec<(&Way, Vec<Point>)> = a.track.ways.iter().filter_map(|w| Some((w, line(w)?))).collect();
    let spots: Vec<&Spot> =
        a.track.ways.iter().flat_map(|w| [&w.from, &w.to].into_iter().chain(&w.via)).filter(|s| drawn(s).is_some()).collect();
    let mut seen: Vec<Point> = lines.iter().flat_map(|(_, l)| l.iter().copied()).collect();
    seen.extend(spots.iter().filter_map(|s| drawn(s)));
    let view = View::of(&seen);
    let close = cluster(&view, &spots);
    let detail = close.as_ref().map(|c| View::of(&c.iter().filter_map(|s| drawn(s)).collect::<Vec<_>>()));
    let listed: Vec<&Raised> = route.fired().collect();
    const TOP: f64 = 58.0;
    const ROW: f64 = 19.0;
    const GAP: f64 = 8.0;
    let maps = view.height + detail.as_ref().map_or(0.0, |d| d.height + GAP);
    let height = TOP + maps + 42.0 + ROW * listed.len() as f64 + 14.0;
    let mut out = String::with_capacity(32_000);
    let id = escaped(&route.act.act.id);
    let heading = if id.is_empty() { "Journey".to_owned() } else { id };
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{heading}: {} legs, {} ({:.2}), nexus {}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n\
         <rect class=\"bg\" width=\"{WIDTH}\" height=\"{height:.0}\"/>\n",
        a.track.ways.len(),
        a.band.word(),
        a.score,
        a.nexus.word(),
        described(route)
    );
    header(&mut out, route, &heading);
    let inside = close.unwrap_or_default();
    let sheet = Sheet { route, lines: &lines, spots: &spots };
    sheet.panel(&mut out, &view, TOP, &inside, detail.as_ref());
    if let Some(detail) = &detail {
        sheet.panel(&mut out, detail, TOP + view.height + GAP, &[], None);
    }
    legend(&mut out, &lines, TOP + maps + 24.0);
    for (i, flag) in listed.iter().enumerate() {
        row(&mut out, flag, TOP + maps + 50.0 + ROW * i as f64);
    }
    out.push_str("</svg>\n");
    out
}

/// What is drawn, in one panel or two.
struct Sheet<'a> {
    route: &'a Route<'a>,
    lines: &'a [(&'a Way<'a>, Vec<Point>)],
    spots: &'a [&'a Spot],
}

impl Sheet<'_> {
    /// One map. Places that a second map shows in detail are only framed here.
    fn panel(&self, out: &mut String, view: &View, top: f64, elsewhere: &[&Spot], detail: Option<&View>) {
        let _ =
            writeln!(out, "<svg x=\"0\" y=\"{top:.0}\" width=\"{WIDTH}\" height=\"{0:.0}\" viewBox=\"0 0 {WIDTH} {0:.0}\">", view.height);
        land(out, view);
        legs(out, view, self.lines);
        if let Some(d) = detail {
            let corner = |x: f64, y: f64| view.xy((d.north - y / d.per_north, d.west + x / d.per_east));
            let ((left, up), (right, down)) = (corner(0.0, 0.0), corner(WIDTH, d.height));
            let _ = writeln!(
                out,
                "<rect class=\"frame\" x=\"{left:.1}\" y=\"{up:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                right - left,
                down - up
            );
            let _ = writeln!(out, "<text class=\"small name\" x=\"{left:.1}\" y=\"{:.1}\">below in detail</text>", up - 5.0);
        }
        labels(out, view, self, elsewhere);
        out.push_str("</svg>\n");
    }
}

/// Four or more places that stand so close on a wide map that nobody could read it.
fn cluster<'a>(view: &View, spots: &[&'a Spot]) -> Option<Vec<&'a Spot>> {
    const CLOSE: f64 = 110.0;
    let at: Vec<(&Spot, (f64, f64))> = spots.iter().filter_map(|s| Some((*s, view.xy(drawn(s)?)))).collect();
    let around = |c: (f64, f64)| at.iter().filter(move |(_, p)| (p.0 - c.0).hypot(p.1 - c.1) < CLOSE);
    let different = |c: (f64, f64)| {
        let mut seen: Vec<(i64, i64)> = around(c).map(|(_, p)| (p.0 as i64 / 4, p.1 as i64 / 4)).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    };
    let (_, centre) = at.iter().max_by_key(|(_, p)| different(*p)).copied()?;
    let far = at.iter().any(|(_, p)| (p.0 - centre.0).abs() > WIDTH / 3.0);
    (far && different(centre) >= 4).then(|| around(centre).map(|(s, _)| *s).collect())
}

/// What a screen reader says: the legs in words.
fn described(route: &Route) -> String {
    let legs = route.assessment.track.ways.iter().map(|w| {
        format!(
            "{}. {} from {} to {}, {}",
            w.index + 1,
            w.leg.mode.map_or("unknown", Mode::word),
            escaped(&w.from.name),
            escaped(&end(w)),
            w.standing.word()
        )
    });
    legs.collect::<Vec<_>>().join("; ")
}

fn end(way: &Way) -> String {
    let ship = way.leg.counterparty.as_ref().and_then(|v| v.name.clone());
    if way.to.name.is_empty() { ship.unwrap_or_default() } else { way.to.name.clone() }
}

fn header(out: &mut String, route: &Route, heading: &str) {
    let a = &route.assessment;
    let word = match a.band {
        Band::Low => "Low",
        Band::Elevated => "Elevated",
        Band::High => "High",
        Band::Severe => "Severe",
    };
    let _ = writeln!(
        out,
        "<text class=\"head\" x=\"18\" y=\"27\">{heading}</text><text x=\"18\" y=\"47\"><tspan class=\"{}\" font-weight=\"600\">{word} {:.2}</tspan>\
         <tspan class=\"small\" dx=\"10\">before arrival · nexus {} · a score is no verdict</tspan></text>",
        a.band.word(),
        a.score,
        a.nexus.word()
    );
}

/// Where a place is drawn: a country alone at its capital.
fn drawn(spot: &Spot) -> Option<Point> {
    spot.point.or(spot.around)
}

/// By sea round the land, by air along the great circle, on land straight.
fn line(way: &Way) -> Option<Vec<Point>> {
    let points: Vec<Point> = way.drawn();
    if points.len() < 2 || way.leg.mode == Some(Mode::Sts) {
        return None;
    }
    let stretch = |w: &[Point]| match (w, way.leg.mode) {
        ([a, b], Some(Mode::Sea)) => lane(*a, *b),
        ([a, b], _) => arc(*a, *b, 24),
        _ => Vec::new(),
    };
    Some(points.windows(2).flat_map(stretch).collect())
}

fn land(out: &mut String, view: &View) {
    out.push_str("<path class=\"land\" fill-rule=\"evenodd\" d=\"");
    for ring in OUTLINE.lines() {
        let mut numbers = ring.split(' ').filter_map(|n| n.parse::<f64>().ok());
        let (mut east, mut north) = (0.0, 0.0);
        let mut points: Vec<Point> = Vec::new();
        while let (Some(e), Some(n)) = (numbers.next(), numbers.next()) {
            (east, north) = (east + e, north + n);
            points.push((north / PER_DEGREE, east / PER_DEGREE));
        }
        // Each ring as it stands, and a turn to either side where that is in view.
        for turn in [-360.0, 0.0, 360.0] {
            let drawn: Vec<(f64, f64)> =
                points.iter().map(|p| ((p.1 + turn - view.west) * view.per_east, (view.north - p.0) * view.per_north)).collect();
            let inside = |f: fn(&(f64, f64)) -> f64, most: f64| {
                drawn.iter().map(f).any(|v| v > -40.0) && drawn.iter().map(f).any(|v| v < most + 40.0)
            };
            if inside(|p| p.0, WIDTH) && inside(|p| p.1, view.height) {
                polygon(out, &drawn);
            }
        }
    }
    out.push_str("\"/>\n");
}

/// Points closer than a pixel are dropped: a world map needs no more.
fn polygon(out: &mut String, points: &[(f64, f64)]) {
    let mut last: Option<(f64, f64)> = None;
    for (x, y) in points {
        if last.is_some_and(|(lx, ly)| (lx - x).abs() < 0.8 && (ly - y).abs() < 0.8) {
            continue;
        }
        let _ = write!(out, "{}{x:.1} {y:.1}", if last.is_none() { "M" } else { "L" });
        last = Some((*x, *y));
    }
    out.push('Z');
}

fn class(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Sea) => "sea",
        Some(Mode::Air) => "air",
        Some(Mode::Rail) => "rail",
        Some(Mode::Road) => "road",
        Some(Mode::Sts) => "sts",
        _ => "other",
    }
}

fn legs(out: &mut String, view: &View, lines: &[(&Way, Vec<Point>)]) {
    for (way, points) in lines {
        let mut d = String::new();
        let mut last: Option<f64> = None;
        for p in points {
            let (x, y) = view.xy(*p);
            // A line that leaves the sheet on one side and comes back on the other begins anew.
            let broken = last.is_none_or(|l| (l - x).abs() > 180.0 * view.per_east);
            let _ = write!(d, "{}{x:.1} {y:.1}", if broken { "M" } else { "L" });
            last = Some(x);
        }
        let _ = writeln!(out, "<path class=\"leg {} {}\" d=\"{d}\"/>", class(way.leg.mode), way.standing.word());
    }
}

/// A rectangle that is taken: left, top, right, bottom.
type Box4 = (f64, f64, f64, f64);

fn overlap(a: Box4, b: Box4) -> f64 {
    ((a.2.min(b.2) - a.0.max(b.0)).max(0.0)) * ((a.3.min(b.3) - a.1.max(b.1)).max(0.0))
}

fn labels(out: &mut String, view: &View, sheet: &Sheet, elsewhere: &[&Spot]) {
    let (lines, spots, route) = (sheet.lines, sheet.spots, sheet.route);
    let hidden = |s: &Spot| elsewhere.iter().any(|e| drawn(e) == drawn(s));
    let on_sheet = |(x, y): (f64, f64)| (0.0..=WIDTH).contains(&x) && (0.0..=view.height).contains(&y);
    let mut taken: Vec<Box4> = Vec::new();
    let mut marks = String::new();
    // Transfers at sea have no line: their number stands on the place.
    let sts = route
        .assessment
        .track
        .ways
        .iter()
        .filter(|w| w.leg.mode == Some(Mode::Sts))
        .filter_map(|w| Some((w, vec![drawn(&w.from).or(drawn(&w.to))?])));
    let numbered: Vec<(&Way, Vec<Point>)> =
        lines.iter().map(|(w, l)| (*w, l.clone())).chain(sts).filter(|(w, _)| !hidden(&w.from) || !hidden(&w.to)).collect();
    let mut places: Vec<(f64, f64, &str)> = Vec::new();
    for spot in spots {
        let Some((x, y)) = drawn(spot).map(|p| view.xy(p)).filter(|p| on_sheet(*p)) else { continue };
        if !hidden(spot) && !places.iter().any(|(px, py, _)| (px - x).abs() < 3.0 && (py - y).abs() < 3.0) {
            places.push((x, y, spot.name.as_str()));
            taken.push((x - 5.0, y - 5.0, x + 5.0, y + 5.0));
        }
    }
    // A label on a line is readable, but beside it is better.
    let on_lines: Vec<Box4> =
        lines.iter().flat_map(|(_, l)| dots(view, l)).filter(|p| on_sheet(*p)).map(|(x, y)| (x - 2.0, y - 2.0, x + 2.0, y + 2.0)).collect();
    for (way, points) in &numbered {
        let visible: Vec<Point> = points.iter().copied().filter(|p| on_sheet(view.xy(*p))).collect();
        let Some((x, y)) = (!visible.is_empty()).then(|| free_middle(view, &visible, &taken)) else { continue };
        taken.push((x - 11.0, y - 11.0, x + 11.0, y + 11.0));
        let _ = writeln!(
            marks,
            "<circle class=\"no {}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"9\"/><text class=\"num\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
            class(way.leg.mode),
            y + 4.0,
            way.index + 1
        );
        let ids: Vec<&str> =
            route.fired().filter(|f| f.leg == Some(way.index) && f.flag.counts != Counts::Nexus).map(|f| f.flag.id.as_str()).collect();
        if !ids.is_empty() {
            let text = ids.join(" ");
            let (tx, ty) = free(view, &taken, &on_lines, x, y, 13.0, text.len() as f64 * 7.6);
            taken.push((tx, ty - 11.0, tx + text.len() as f64 * 7.6, ty + 4.0));
            let _ = writeln!(marks, "<text class=\"flag name\" x=\"{tx:.1}\" y=\"{ty:.1}\">{text}</text>");
        }
    }
    for (x, y, _) in &places {
        let _ = writeln!(out, "<circle class=\"place\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>");
    }
    for (x, y, name) in &places {
        let shown = escaped(&name.chars().take(28).collect::<String>());
        let wide = name.chars().take(28).count() as f64 * 7.8;
        let (tx, ty) = free(view, &taken, &on_lines, *x, *y, 10.0, wide);
        taken.push((tx, ty - 11.0, tx + wide, ty + 4.0));
        let _ = writeln!(out, "<text class=\"name\" x=\"{tx:.1}\" y=\"{ty:.1}\">{shown}</text>");
    }
    out.push_str(&marks);
}

/// Points on a line, a few units apart.
fn dots(view: &View, points: &[Point]) -> Vec<(f64, f64)> {
    let drawn: Vec<(f64, f64)> = points.iter().map(|p| view.xy(*p)).collect();
    let step = |w: &[(f64, f64)]| {
        let [a, b] = w else { return Vec::new() };
        let count = ((a.0 - b.0).hypot(a.1 - b.1) / 6.0).clamp(1.0, 300.0) as usize;
        (0..count).map(|i| (a.0 + (b.0 - a.0) * i as f64 / count as f64, a.1 + (b.1 - a.1) * i as f64 / count as f64)).collect()
    };
    drawn.windows(2).flat_map(step).collect()
}

/// A place on the line near its middle where nothing stands yet.
fn free_middle(view: &View, points: &[Point], taken: &[Box4]) -> (f64, f64) {
    let at = |share: f64| along(view, points, share);
    let clear = |(x, y): (f64, f64)| taken.iter().all(|t| overlap((x - 10.0, y - 10.0, x + 10.0, y + 10.0), *t) == 0.0);
    let shares = [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.2, 0.8];
    let onto = shares.into_iter().map(at).find(|p| clear(*p));
    let (x, y) = at(0.5);
    let beside = [(0.0, -20.0), (0.0, 20.0), (-20.0, 0.0), (20.0, 0.0), (-18.0, -18.0), (18.0, 18.0), (18.0, -18.0), (-18.0, 18.0)];
    onto.or_else(|| beside.into_iter().map(|(dx, dy)| (x + dx, y + dy)).find(|p| clear(*p))).unwrap_or((x, y))
}

/// The point at a share of the drawn length.
fn along(view: &View, points: &[Point], share: f64) -> (f64, f64) {
    let drawn: Vec<(f64, f64)> = points.iter().map(|p| view.xy(*p)).collect();
    let length = |w: &[(f64, f64)]| if let [a, b] = w { (a.0 - b.0).hypot(a.1 - b.1) } else { 0.0 };
    let mut left = drawn.windows(2).map(length).sum::<f64>() * share;
    for w in drawn.windows(2) {
        let step = length(w);
        if let [a, b] = w
            && step >= left
            && step > 0.0
        {
            return (a.0 + (b.0 - a.0) * left / step, a.1 + (b.1 - a.1) * left / step);
        }
        left -= step;
    }
    drawn.last().copied().unwrap_or((0.0, 0.0))
}

/// Where a label of a width fits best around a point.
fn free(view: &View, taken: &[Box4], lines: &[Box4], x: f64, y: f64, off: f64, wide: f64) -> (f64, f64) {
    let spots = [
        (x + off, y + 4.0),
        (x - off - wide, y + 4.0),
        (x - wide / 2.0, y - off - 3.0),
        (x - wide / 2.0, y + off + 12.0),
        (x + off, y - off),
        (x + off, y + off + 8.0),
        (x - off - wide, y - off),
        (x - off - wide, y + off + 8.0),
        (x + off, y - off - 14.0),
        (x + off, y + off + 22.0),
        (x - off - wide, y - off - 14.0),
        (x - off - wide, y + off + 22.0),
    ];
    let cost = |(tx, ty): &(f64, f64)| {
        let here = (*tx, ty - 12.0, tx + wide, ty + 4.0);
        let outside = (-here.0).max(0.0) + (here.2 - WIDTH).max(0.0) + (-here.1).max(0.0) + (here.3 - view.height).max(0.0);
        let on = |boxes: &[Box4]| boxes.iter().map(|t| overlap(here, *t)).sum::<f64>();
        on(taken) + 0.3 * on(lines) + outside * 60.0
    };
    spots.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or((x, y))
}

fn legend(out: &mut String, lines: &[(&Way, Vec<Point>)], y: f64) {
    let mut x = 18.0;
    let mut one = |out: &mut String, class: &str, word: &str| {
        let _ = writeln!(
            out,
            "<path class=\"leg {class}\" d=\"M{x:.0} {0:.0}h30\"/><text class=\"small\" x=\"{1:.0}\" y=\"{y:.0}\">{word}</text>",
            y - 4.0,
            x + 38.0
        );
        x += 38.0 + word.len() as f64 * 6.6 + 18.0;
    };
    for (name, word) in [("sea", "by sea"), ("air", "by air"), ("rail", "by rail"), ("road", "by road"), ("other", "means not known")] {
        if lines.iter().any(|(w, _)| class(w.leg.mode) == name) {
            one(out, name, word);
        }
    }
    let has = |s: &[Standing]| lines.iter().any(|(w, _)| s.contains(&w.standing));
    for (states, style, word) in [
        (&[Standing::Documented][..], "other", "documented"),
        (&[Standing::Declared][..], "other declared", "declared only"),
        (&[Standing::Alleged, Standing::Inferred][..], "other alleged", "alleged or inferred"),
    ] {
        if has(states) {
            one(out, style, word);
        }
    }
}

fn row(out: &mut String, flag: &Raised, y: f64) {
    let class = match flag.flag.counts {
        Counts::Mitigation => "flag good",
        _ if flag.scores() => "flag",
        _ => "flag aside",
    };
    let leg = flag.leg.map_or_else(String::new, |l| format!(" · leg {}", l + 1));
    let aside = if flag.scores() { "" } else { " · not in the score" };
    let _ = writeln!(
        out,
        "<text class=\"{class}\" x=\"18\" y=\"{y:.0}\">{}</text><text x=\"62\" y=\"{y:.0}\">{}<tspan class=\"small\">: {}{leg}{aside}</tspan></text>",
        flag.flag.id,
        escaped_to(&flag.flag.name, 80),
        escaped_to(&flag.because, 122usize.saturating_sub(flag.flag.name.chars().count() + leg.len() + aside.len()).max(20))
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_over_the_date_line_is_drawn_in_one_piece() {
        let view = View::of(&[(35.0, 140.0), (34.0, -118.0)]);
        let (a, b) = (view.xy((35.0, 140.0)), view.xy((34.0, -118.0)));
        assert!(a.0 > 0.0 && a.0 < b.0 && b.0 < WIDTH, "{a:?} {b:?}");
        let world = View::of(&[]);
        assert!(world.xy((0.0, 0.0)).0 > 0.0);
    }

    #[test]
    fn foreign_text_stays_text() {
        assert_eq!(escaped("<b>&\"'\u{7}\u{202e}"), "&lt;b&gt;&amp;&quot;&#39;");
    }

    #[test]
    fn every_ring_of_the_outline_is_whole() {
        for ring in OUTLINE.lines() {
            let numbers: Vec<i32> = ring.split(' ').map(|n| n.parse().unwrap()).collect();
            assert!(numbers.len() >= 6 && numbers.len().is_multiple_of(2));
        }
    }
}
