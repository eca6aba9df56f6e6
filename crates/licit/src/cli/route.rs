//! `licit route`: the red flags of a journey, as a list of legs, as data or as a map.

use super::args::{Cli, Route as Args};
use super::paper::{BOLD, DIM, Paper, clean, short_date};
use super::{ANSWERED, Done, Failure, check, lines, print};
use crate::json::{error_line, text};
use crate::{Format, Route, Rulebook, route};
use anstyle::{AnsiColor, Color, Style};
use model::{Mode, Span, Standing};
use resolve::Notes;
use resolve::route::{Band, Counts, Raised, Spot, State, Way};
use std::fmt::Write as _;
use std::path::Path;

pub(super) fn run(book: &Rulebook, cli: &Cli, args: &Args) -> Done {
    if args.jsonl {
        if args.svg.is_some() {
            return Err(Failure::Usage("--svg draws one journey; it does not go with --jsonl".into()));
        }
        return lines::each(args.file.as_deref(), ("act", "assessed"), |(): &mut (), number, line| one(book, number, line));
    }
    let Some(file) = &args.file else {
        return Err(Failure::Usage("which journey? name a file with an act that has `legs`; `licit route --help` shows one".into()));
    };
    let bytes = check::read_file(file)?;
    let act = match book.read_act(&bytes, Format::of(&file.to_string_lossy())) {
        Ok(act) => act,
        Err(problems) => return check::bad(&problems, &file.display().to_string(), cli.json),
    };
    let answer = route(book, &act);
    if let Some(target) = &args.svg {
        draw(&answer, target)?;
        // The picture on standard output is all that stands there.
        if target.as_os_str() == "-" {
            return Ok(ANSWERED);
        }
    }
    if cli.json {
        print(&format!("{}\n", answer.json(true)))?;
    } else {
        print(&say(&answer, book, Paper::new(), cli.all))?;
    }
    Ok(ANSWERED)
}

fn draw(answer: &Route, target: &Path) -> Result<(), Failure> {
    let svg = answer.svg();
    if target.as_os_str() == "-" {
        return print(&svg);
    }
    std::fs::write(target, svg).map_err(|e| Failure::Input(format!("{}: {e}", target.display())))
}

fn one(book: &Rulebook, number: usize, line: &lines::Line) -> (String, bool) {
    let (id, problems) = match line {
        lines::Line::TooLong => (None, vec![lines::too_long("act")]),
        lines::Line::Act(bytes) => match book.read_act_with(bytes, Format::Json, Notes::none()) {
            Ok(act) => return (route(book, &act).json(false), false),
            Err(problems) => (lines::id_of(bytes), problems),
        },
    };
    (text(&error_line(id.as_deref(), Some(number), &problems), false), true)
}

fn color(c: AnsiColor) -> Style {
    Style::new().bold().fg_color(Some(Color::Ansi(c)))
}

fn band_style(band: Band) -> Style {
    color(match band {
        Band::Low => AnsiColor::Green,
        Band::Elevated => AnsiColor::Yellow,
        Band::High | Band::Severe => AnsiColor::Red,
    })
}

/// The score in one line, for other pages: `route: severe, 0.80 · N06 R02 R04`.
pub(super) fn short(answer: &Route) -> String {
    let a = &answer.assessment;
    let ids: Vec<&str> = answer.fired().map(|f| f.flag.id.as_str()).collect();
    let flags = if ids.is_empty() { "no flag fires".to_owned() } else { ids.join(" ") };
    format!("{} ({:.2}), nexus {}: {flags}; `licit route` says why", a.band.word(), a.score, a.nexus.word())
}

fn say(answer: &Route, book: &Rulebook, paper: Paper, all: bool) -> String {
    let mut out = String::new();
    let page = Page { answer, book, paper, all };
    page.heading(&mut out);
    page.legs(&mut out);
    page.whole(&mut out);
    page.hindsight(&mut out);
    page.oddities(&mut out);
    page.unknown(&mut out);
    let _ = writeln!(
        out,
        "\n  {DIM}A high score is no breach and a low one no clearance: the law asks for goods, day and parties (licit check).{DIM:#}"
    );
    let _ = writeln!(out, "  {DIM}--all   ·   --json   ·   --svg FILE{DIM:#}");
    out
}

struct Page<'a> {
    answer: &'a Route<'a>,
    book: &'a Rulebook,
    paper: Paper,
    all: bool,
}

impl Page<'_> {
    fn heading(&self, out: &mut String) {
        let a = &self.answer.assessment;
        let style = band_style(a.band);
        let (full, empty) = if self.paper.unicode { ("█", "░") } else { ("#", ".") };
        const BAR: usize = 20;
        let filled = ((a.score * BAR as f64).round() as usize).min(BAR);
        let bar = format!("{style}{}{style:#}{DIM}{}{DIM:#}", full.repeat(filled), empty.repeat(BAR - filled));
        let word = match a.band {
            Band::Low => "Low",
            Band::Elevated => "Elevated",
            Band::High => "High",
            Band::Severe => "Severe",
        };
        let _ = writeln!(out, "{style}{word}{style:#}  {bar}  {:.2} before arrival   ·   nexus {}", a.score, a.nexus.word());
    }

    fn legs(&self, out: &mut String) {
        for way in &self.answer.assessment.track.ways {
            self.leg(out, way);
            let mine: Vec<&Raised> = self.answer.fired().filter(|f| f.leg == Some(way.index)).collect();
            mine.iter().for_each(|f| self.flag(out, f, 8));
        }
    }

    fn leg(&self, out: &mut String, way: &Way) {
        let sign = match (way.leg.mode, self.paper.unicode) {
            (Some(Mode::Sea), true) => "≈",
            (Some(Mode::Sts), true) => "⇄",
            (Some(Mode::Air), true) => "✈",
            (Some(Mode::Rail), true) => "╪",
            (Some(Mode::Road), true) => "═",
            (Some(Mode::Sea), false) => "~",
            (Some(Mode::Sts), false) => "x",
            (Some(Mode::Air), false) => "^",
            (Some(Mode::Rail), false) => "#",
            (Some(Mode::Road), false) => "=",
            _ => "·",
        };
        let mode = way.leg.mode.map_or("unknown", Mode::word);
        let ship = way.leg.counterparty.as_ref().and_then(|v| v.name.as_deref());
        let to = if way.to.name.is_empty() && way.to.country.is_none() {
            ship.map_or("?".to_owned(), |s| format!("ship {s}"))
        } else {
            self.spot(&way.to)
        };
        let arrow = if self.paper.unicode { "→" } else { "->" };
        let _ = writeln!(
            out,
            "\n  {DIM}{:>2}{DIM:#}  {BOLD}{sign}{BOLD:#} {mode:<5} {BOLD}{}{BOLD:#} {arrow} {BOLD}{}{BOLD:#}",
            way.index + 1,
            self.spot(&way.from),
            clean(&to)
        );
        let mut about = Vec::new();
        match (way.leg.depart.or(way.leg.day), way.leg.arrive) {
            (Some(a), Some(b)) => about.push(format!("{} to {}", days(a), days(b))),
            (Some(a), None) => about.push(days(a)),
            (None, Some(b)) => about.push(format!("until {}", days(b))),
            (None, None) => {}
        }
        about.extend(way.km().filter(|km| *km > 0.0).map(|km| format!("{km:.0} km straight")));
        about.extend(speed(way));
        about.extend([&way.leg.carrier, &way.leg.vessel.name].into_iter().flatten().map(|n| clean(n)));
        about.extend(way.leg.vessel.flag.map(|f| format!("flag {f}")));
        if way.standing != Standing::Documented {
            about.push(format!("{} only", way.standing.word()));
        }
        if !about.is_empty() {
            let _ = writeln!(out, "        {DIM}{}{DIM:#}", about.join(" · "));
        }
    }

    fn spot(&self, spot: &Spot) -> String {
        let name = clean(&spot.name);
        match spot.country {
            _ if name.is_empty() => spot.country.map_or_else(|| "somewhere".to_owned(), |c| self.book.resolver().country_name(c, false)),
            Some(c) if !name.contains(c.code()) && name != self.book.resolver().country_name(c, false) => format!("{name} ({c})"),
            _ => name,
        }
    }

    fn flag(&self, out: &mut String, f: &Raised, indent: usize) {
        let style = color(match f.flag.counts {
            Counts::Mitigation => AnsiColor::Green,
            _ if f.scores() => AnsiColor::Red,
            _ => AnsiColor::Yellow,
        });
        let aside = match f.flag.counts {
            Counts::Nexus if f.on != Standing::Documented => format!(" (the nexus, {}; not in the score)", f.on.word()),
            Counts::Nexus => " (the nexus; not in the score)".to_owned(),
            Counts::Hindsight => " (known only afterwards; not in the score)".to_owned(),
            _ if !f.scores() => format!(" ({}; not in the score)", f.on.word()),
            _ => String::new(),
        };
        let _ = write!(out, "{}{style}{}{style:#} {DIM}{:+.2}{DIM:#} ", " ".repeat(indent), f.flag.id, f.flag.weight);
        let rest = format!("{}: {}{aside}", f.flag.name, f.because);
        let column = indent + 10;
        let mut lines = super::paper::wrap(&rest, self.paper.width.saturating_sub(column).max(30)).into_iter();
        let _ = writeln!(out, "{}", lines.next().unwrap_or_default());
        for line in lines {
            let _ = writeln!(out, "{}{line}", " ".repeat(column));
        }
        if self.all && !f.flag.clears.is_empty() {
            self.paper.paragraph(out, column, &format!("would be cleared by {}", f.flag.clears));
        }
    }

    fn whole(&self, out: &mut String) {
        let on_no_leg = |f: &&Raised| !self.answer.assessment.track.ways.iter().any(|w| f.leg == Some(w.index));
        let mine: Vec<&Raised> = self.answer.fired().filter(on_no_leg).filter(|f| f.flag.counts != Counts::Hindsight).collect();
        if !mine.is_empty() {
            let _ = writeln!(out, "\n  {BOLD}The journey as a whole{BOLD:#}");
            mine.iter().for_each(|f| self.flag(out, f, 4));
        }
    }

    fn hindsight(&self, out: &mut String) {
        let mine: Vec<&Raised> = self.answer.fired().filter(|f| f.flag.counts == Counts::Hindsight && f.leg.is_none()).collect();
        if !mine.is_empty() {
            let _ = writeln!(out, "\n  {BOLD}Known afterwards{BOLD:#}");
            mine.iter().for_each(|f| self.flag(out, f, 4));
        }
    }

    fn oddities(&self, out: &mut String) {
        let odd = &self.answer.assessment.oddities;
        if !odd.is_empty() {
            let _ = writeln!(out, "\n  {BOLD}Odd in the description{BOLD:#}");
            odd.iter().for_each(|o| self.paper.paragraph(out, 4, &format!("{}: {}", o.at, o.message)));
        }
    }

    /// What is not known, the heaviest first.
    fn unknown(&self, out: &mut String) {
        const SHORT: usize = 8;
        let mut open: Vec<&Raised> = self.answer.assessment.flags.iter().filter(|f| f.state == State::Unknown).collect();
        open.sort_by(|a, b| b.flag.weight.abs().total_cmp(&a.flag.weight.abs()));
        if open.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n  {BOLD}Not known; would change this{BOLD:#}");
        let shown = if self.all { open.len() } else { open.len().min(SHORT) };
        for f in open.iter().take(shown) {
            let needs = if self.all { format!(" [{}]", f.flag.needs.join(", ")) } else { String::new() };
            let _ = write!(out, "    {DIM}{} {:+.2}{DIM:#} ", f.flag.id, f.flag.weight);
            let mut lines = super::paper::wrap(&format!("{}{needs}", f.because), self.paper.width.saturating_sub(14).max(30)).into_iter();
            let _ = writeln!(out, "{}", lines.next().unwrap_or_default());
            for line in lines {
                let _ = writeln!(out, "              {line}");
            }
        }
        if open.len() > shown {
            let _ = writeln!(out, "    {DIM}{} more, --all{DIM:#}", open.len() - shown);
        }
    }
}

fn days(span: Span) -> String {
    if span.first == span.last { short_date(span.first) } else { format!("{} – {}", short_date(span.first), short_date(span.last)) }
}

/// Over the straight way, so the least that it made.
fn speed(way: &Way) -> Option<String> {
    let (depart, arrive) = (way.leg.depart?, way.leg.arrive?);
    let hours = f64::from(depart.first.until(arrive.last).ok()?.get_days()) * 24.0;
    let kmh = way.km().filter(|_| hours > 0.0)? / hours;
    Some(if matches!(way.leg.mode, Some(Mode::Sea | Mode::Sts)) {
        format!("{:.1} kn at least", kmh / 1.852)
    } else {
        format!("{kmh:.0} km/h at least")
    })
}
