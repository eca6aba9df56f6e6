//! An answer: one decision per jurisdiction, the worst of them, how words were understood; and its JSON, as the contract fixes it.

use crate::clock::day_word;
use crate::input::day_span;
use crate::json;
use crate::{OpenPlace, OtherReading, ReadAct, Rulebook};
use decide::{Decision, Depth, MissingFact, Outcomes};
use model::{Country, Span, Verdict, VerdictSet};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The jurisdictions, such as `un`.
    pub jurisdictions: Vec<String>,
    /// The law and the listings of this day instead of the day of the act.
    pub as_of: Option<Span>,
    /// How much to say.
    pub depth: Depth,
}

impl Default for Ask {
    fn default() -> Self {
        Self { jurisdictions: vec!["un".to_owned()], as_of: None, depth: Depth::Full }
    }
}

/// The authorities that can be asked for.
pub(crate) const KNOWN: [&str; 11] = ["un", "eu", "us", "uk", "kr", "jp", "ch", "au", "ca", "sg", "nz"];

impl Ask {
    /// From the words of an option or a parameter: authorities (all that are encoded where none is named), the day whose law counts,
    /// whether to be brief.
    ///
    /// # Errors
    /// Names the option, `in` or `as_of`, and what would be right.
    pub fn of_words(book: &Rulebook, names: &[String], as_of: Option<&str>, brief: bool) -> Result<Self, (&'static str, String)> {
        let mut jurisdictions: Vec<String> = names.iter().map(|j| j.trim().to_lowercase()).filter(|j| !j.is_empty()).collect();
        let encoded = book.engine().jurisdictions();
        if let Some(unknown) = jurisdictions.iter().find(|j| !KNOWN.contains(&j.as_str()) && !encoded.contains(j)) {
            let help =
                model::nearest(unknown, KNOWN).map_or_else(|| format!("one of {}", KNOWN.join(", ")), |n| format!("did you mean `{n}`?"));
            let shown: String = unknown.chars().take(40).collect();
            return Err(("in", format!("`{shown}` is no authority known here ({help})")));
        }
        jurisdictions.dedup();
        if jurisdictions.is_empty() {
            jurisdictions = encoded;
        }
        let as_of = as_of.map(|text| day_span(&day_word(text))).transpose().map_err(|m| ("as_of", m))?;
        Ok(Self { jurisdictions, as_of, depth: if brief { Depth::Brief } else { Depth::Full } })
    }
}

/// The answer to one act.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The law it rests on.
    pub book: &'a Rulebook,
    /// The act as it was understood.
    pub act: &'a ReadAct,
    /// The day or days whose law was applied; none when every day is possible.
    pub as_of: Option<Span>,
    /// One a jurisdiction, in the order asked.
    pub decisions: Vec<Decision<'a>>,
    /// How much is said.
    pub depth: Depth,
    /// What the journey shows, where legs are given and the answer is to be full. It is evidence and changes no verdict.
    pub route: Option<crate::Route<'a>>,
}

/// Decides an act for every jurisdiction asked. It cannot fail: an act that was read has an answer.
#[must_use]
pub fn decide<'a>(book: &'a Rulebook, act: &'a ReadAct, ask: &Ask) -> Answer<'a> {
    let as_of = ask.as_of.or(act.act.on);
    let on_the_day = |read: &model::Act| {
        (as_of != read.on).then(|| {
            let mut moved = read.clone();
            moved.on = as_of;
            moved
        })
    };
    let of_all = |read: &model::Act| {
        let moved = on_the_day(read);
        book.engine().decide_all(moved.as_ref().unwrap_or(read), &ask.jurisdictions, ask.depth)
    };
    let mut decisions = of_all(&act.act);
    if !act.others.is_empty() {
        let mut others: Vec<(&OtherReading, std::vec::IntoIter<Decision>)> =
            act.others.iter().map(|o| (o, of_all(&o.act).into_iter())).collect();
        let with_others = |first| {
            let same_authority = others.iter_mut().filter_map(|(o, rest)| Some((*o, rest.next()?))).collect();
            joined(book, first, same_authority)
        };
        decisions = decisions.into_iter().map(with_others).collect();
    }
    let travels = act.act.journey.as_ref().is_some_and(|j| !j.legs.is_empty());
    let route = (travels && ask.depth == Depth::Full).then(|| crate::route(book, act));
    Answer { book, act, as_of, decisions, depth: ask.depth, route }
}

/// One decision for an act whose places have several readings: everything that any of them leaves possible, explained by the worst,
/// and which place settles it.
fn joined<'a>(book: &'a Rulebook, first: Decision<'a>, others: Vec<(&OtherReading, Decision<'a>)>) -> Decision<'a> {
    let open: Vec<OpenPlace> = others.first().into_iter().flat_map(|(o, _)| o.taken.iter().map(|(place, _)| place.clone())).collect();
    let taken = |o: &OtherReading, fact: &str| o.taken.iter().find(|(p, _)| p.fact == fact).map(|(_, c)| *c);
    let missing = open.iter().filter_map(|place| {
        let outcome = |country: &Country| {
            let mine = others.iter().filter(|(o, _)| taken(o, &place.fact) == Some(*country)).map(|(_, d)| d.possible);
            let at_first = (place.countries.first() == Some(country)).then_some(first.possible);
            let set = mine.chain(at_first).reduce(VerdictSet::union).unwrap_or(first.possible);
            (country.to_string().into(), set)
        };
        let outcomes: Outcomes = place.countries.iter().map(outcome).collect();
        let differs = outcomes.windows(2).any(|w| w.first().map(|o| o.1) != w.last().map(|o| o.1));
        let names: Vec<String> = place.countries.iter().map(|c| book.resolver().country_name(*c, false)).collect();
        let question = format!("Which is meant by “{}”: {}?", place.words, names.join(" or "));
        differs.then(|| MissingFact { fact: place.fact.clone(), question: question.into(), outcomes })
    });
    let missing: Vec<MissingFact> = missing.collect();
    let all = others.iter().fold(first.possible, |all, (_, d)| all.union(d.possible));
    // The worst reading explains; among equals the first.
    let worst = others.into_iter().map(|(_, d)| d).fold(first, |a, b| if b.possible.worst() > a.possible.worst() { b } else { a });
    let mut out = worst;
    out.possible = all;
    out.missing.splice(0..0, missing);
    out
}

/// The worst over the jurisdictions asked.
pub(crate) fn overall(decisions: &[Decision]) -> VerdictSet {
    decisions.iter().map(|d| d.possible).reduce(VerdictSet::worse_of).unwrap_or(VerdictSet::only(Verdict::OutOfScope))
}

impl Answer<'_> {
    /// The worst over the jurisdictions asked.
    #[must_use]
    pub fn overall(&self) -> VerdictSet {
        overall(&self.decisions)
    }

    /// The decision as JSON, on one line or indented.
    #[must_use]
    pub fn json(&self, indented: bool) -> String {
        match self.depth {
            Depth::Full if indented => json::text(&json::full(self), true),
            Depth::Full => json::full_line(self),
            Depth::Brief => json::text(&json::brief(self), indented),
        }
    }
}

/// `2024-02-18`, or `2018-03-01/2018-03-31` for a day that is only partly known.
pub(crate) fn span_text(span: Span) -> String {
    if span.first == span.last { span.first.to_string() } else { format!("{}/{}", span.first, span.last) }
}
