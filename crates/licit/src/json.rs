//! The JSON that other programs rely on: field for field the decision of the contract.

mod line;

pub(crate) use line::full_line;

use crate::Answer;
use crate::answer::span_text;
use crate::input::InputProblem;
use decide::{Decision, Engine, Proof};
use model::VerdictSet;
use resolve::Evidence;
use rulebook::{Effect, ExceptionKind, Route};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// An answer of all authorities is about this long; a text that grows from nothing is copied again and again.
const USUAL: usize = 1 << 15;

/// One line, or indented for people. What is written here has string keys only, so it cannot fail to serialise. Lines are written by the library that
/// writes strings several bytes at a time, for most of an answer is words of the law.
pub(crate) fn text(value: &impl Serialize, indented: bool) -> String {
    if indented {
        return serde_json::to_string_pretty(value).unwrap_or_default();
    }
    let mut out = Vec::with_capacity(USUAL);
    match sonic_rs::to_writer(&mut out, value) {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

type Words = Vec<&'static str>;

fn words(set: VerdictSet) -> Words {
    set.iter().map(model::Verdict::word).collect()
}

#[derive(Serialize)]
pub(crate) struct Brief<'a> {
    act_id: &'a str,
    overall: &'static str,
    decisions: Vec<BriefDecision<'a>>,
}

#[derive(Serialize)]
struct BriefDecision<'a> {
    jurisdiction: &'a str,
    verdict: &'static str,
    possible: Words,
    provisions: Vec<&'a str>,
    missing: Vec<&'a str>,
}

pub(crate) fn brief<'a>(answer: &'a Answer) -> Brief<'a> {
    let decisions = answer
        .decisions
        .iter()
        .map(|d| BriefDecision {
            jurisdiction: &d.jurisdiction,
            verdict: d.possible.word(),
            possible: words(d.possible),
            provisions: d.provisions.iter().map(|p| p.id).collect(),
            missing: d.missing.iter().map(|m| m.fact.as_str()).collect(),
        })
        .collect();
    Brief { act_id: &answer.act.act.id, overall: answer.overall().word(), decisions }
}

/// An answer whose decisions have their proofs.
#[derive(Serialize)]
pub(crate) struct Full<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    decisions: Vec<DecisionView<'a>>,
    #[serde(flatten)]
    facts: Facts<'a>,
}

/// What stands in front of the decisions.
#[derive(Serialize)]
struct Head<'a> {
    act_id: &'a str,
    as_of: Option<String>,
    overall: &'static str,
    law: Law<'a>,
}

/// What stands behind them.
#[derive(Serialize)]
struct Facts<'a> {
    resolved: Resolved<'a>,
    route: RouteView<'a>,
}

#[derive(Serialize)]
struct Law<'a> {
    rulebook: &'a str,
    lists: BTreeMap<&'a str, ListVersion<'a>>,
}

#[derive(Serialize)]
struct ListVersion<'a> {
    version: &'a str,
    hash: &'a str,
}

#[derive(Serialize)]
struct DecisionView<'a> {
    jurisdiction: &'a str,
    verdict: &'static str,
    possible: Words,
    law_of: String,
    provisions: Vec<ProvisionJson<'a>>,
    exceptions: Vec<ExceptionJson<'a>>,
    bearers: Vec<BearerJson<'a>>,
    duties: Vec<DutyJson<'a>>,
    missing: Vec<MissingJson<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    missing_may_be_too_long: bool,
    #[serde(skip_serializing_if = "is_zero")]
    missing_left_out: usize,
    assumptions: Vec<AssumptionJson<'a>>,
    exposure: Vec<ShownJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<ShownJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contested: Vec<ContestJson<'a>>,
    confidence: &'static str,
    /// Absent where it is written by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<ProofJson<'a>>,
}

#[derive(Serialize)]
struct PeriodJson {
    from: String,
    to: Option<String>,
}

#[derive(Serialize)]
struct ProvisionJson<'a> {
    id: &'a str,
    effect: &'static str,
    state: &'static str,
    cite: String,
    title: &'a str,
    says: &'a str,
    in_force: Option<PeriodJson>,
    items: &'a [usize],
    confidence: &'static str,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct ExceptionJson<'a> {
    id: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    silence_days: Option<u32>,
    status: &'static str,
    because: &'a str,
    cite: String,
    says: &'a str,
    defeats: &'a [&'a str],
    confidence: &'static str,
}

#[derive(Serialize)]
struct BearerJson<'a> {
    who: String,
    code: Option<&'a str>,
    #[serde(rename = "as")]
    role: &'static str,
    provision: &'a str,
}

#[derive(Serialize)]
struct DutyJson<'a> {
    id: &'a str,
    cite: String,
    must: &'a str,
}

/// What somebody risks, or a rule that forbids to obey another authority.
#[derive(Serialize)]
struct ShownJson<'a> {
    id: &'a str,
    cite: String,
    title: &'a str,
    says: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    with: &'a [String],
    confidence: &'static str,
    source: Option<&'a str>,
}

/// A dispute about what is in force: who holds what, and what follows.
#[derive(Serialize)]
struct ContestJson<'a> {
    id: &'a str,
    title: &'a str,
    says: &'a str,
    readings: Vec<ReadingJson<'a>>,
    confidence: &'static str,
}

#[derive(Serialize)]
struct ReadingJson<'a> {
    answer: &'static str,
    says: &'a str,
    held_by: &'a [String],
    verdict: Outcome,
}

#[derive(Serialize)]
struct MissingJson<'a> {
    fact: &'a str,
    question: &'a str,
    outcomes: BTreeMap<&'a str, Outcome>,
}

/// One verdict as a word, several as a list.
struct Outcome(VerdictSet);

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0.single() {
            Some(one) => s.serialize_str(one.word()),
            None => s.collect_seq(self.0.iter().map(model::Verdict::word)),
        }
    }
}

#[derive(Serialize)]
struct AssumptionJson<'a> {
    what: &'a str,
    because: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    fact: &'a str,
}

/// The tree of reasons, written without copying it.
struct ProofJson<'a>(Option<&'a Proof<'a>>);

impl Serialize for ProofJson<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let Some(p) = self.0 else { return s.collect_map(std::iter::empty::<(&str, &str)>()) };
        let mut node = s.serialize_map(None)?;
        node.serialize_entry("claim", p.claim.as_ref())?;
        node.serialize_entry("truth", p.truth.word())?;
        node.serialize_entry("by", p.by.word())?;
        if let Some(cite) = p.cite {
            node.serialize_entry("cite", cite)?;
        }
        if let Some(item) = p.item {
            node.serialize_entry("item", &item)?;
        }
        if !p.because.is_empty() {
            node.serialize_entry("because", &Because(&p.because))?;
        }
        node.end()
    }
}

/// What a claim rests on.
struct Because<'a>(&'a [Proof<'a>]);

impl Serialize for Because<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.iter().map(|p| ProofJson(Some(p))))
    }
}

#[derive(Serialize)]
struct Resolved<'a> {
    parties: Vec<EvidenceJson<'a>>,
    items: Vec<EvidenceJson<'a>>,
    places: Vec<EvidenceJson<'a>>,
    other: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    fact: &'a str,
    value: &'a str,
    because: &'a str,
}

/// What the journey shows; no more than an empty list of flags where no leg is given.
#[derive(Serialize)]
#[serde(untagged)]
enum RouteView<'a> {
    Shown(Box<crate::route::View<'a>>),
    None { flags: [(); 0] },
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

fn confidence(verified: bool) -> &'static str {
    if verified { "verified" } else { "recalled" }
}

pub(crate) fn full<'a>(answer: &'a Answer) -> Full<'a> {
    let with_proof = |d: &'a Decision| DecisionView { proof: Some(ProofJson(d.proof.as_ref())), ..decision(answer, d) };
    Full { head: head(answer), decisions: answer.decisions.iter().map(with_proof).collect(), facts: facts(answer) }
}

fn head<'a>(answer: &'a Answer) -> Head<'a> {
    let lists = answer.book.lists().all().iter();
    Head {
        act_id: &answer.act.act.id,
        as_of: answer.as_of.map(span_text),
        overall: answer.overall().word(),
        law: Law {
            rulebook: &answer.book.law().hash,
            lists: lists.map(|l| (l.list.as_str(), ListVersion { version: &l.version, hash: &l.hash })).collect(),
        },
    }
}

fn facts<'a>(answer: &'a Answer) -> Facts<'a> {
    let route = answer.route.as_ref().map_or(RouteView::None { flags: [] }, |r| RouteView::Shown(Box::new(r.view())));
    Facts { resolved: resolved(&answer.act.evidence), route }
}

/// A decision but for its proof.
fn decision<'a>(answer: &'a Answer, d: &'a Decision) -> DecisionView<'a> {
    let (law, engine) = (answer.book.law(), answer.book.engine());
    DecisionView {
        jurisdiction: &d.jurisdiction,
        verdict: d.possible.word(),
        possible: words(d.possible),
        law_of: d.day.to_string(),
        provisions: d.provisions.iter().filter_map(|p| provision(answer, d, p)).collect(),
        exceptions: d.exceptions.iter().filter_map(|e| exception(answer, e)).collect(),
        bearers: d
            .bearers
            .iter()
            .map(|b| BearerJson {
                who: match (&b.who, b.state) {
                    (Some(name), _) => name.clone(),
                    (None, Some(c)) => answer.book.resolver().country_name(c, true),
                    (None, None) => "not named by the facts".to_owned(),
                },
                code: b.state.as_ref().map(model::Country::code),
                role: b.role,
                provision: b.provision,
            })
            .collect(),
        duties: d
            .duties
            .iter()
            .filter_map(|duty| match &engine.prohibition(duty.id)?.effect {
                Effect::Obliges(must) => Some(DutyJson { id: duty.id, cite: engine.cite(duty.id), must }),
                _ => None,
            })
            .collect(),
        missing: d
            .missing
            .iter()
            .map(|m| MissingJson {
                fact: &m.fact,
                question: &m.question,
                outcomes: m.outcomes.iter().map(|(k, v)| (k.as_ref(), Outcome(*v))).collect(),
            })
            .collect(),
        missing_may_be_too_long: !d.exact && !d.missing.is_empty(),
        missing_left_out: d.left_out,
        assumptions: d.assumptions.iter().map(|a| AssumptionJson { what: &a.what, because: &a.because, fact: &a.fact }).collect(),
        exposure: d.exposure.iter().filter_map(|v| shown(engine, v.id)).collect(),
        conflicts: d.conflicts.iter().filter_map(|v| shown(engine, v.id)).collect(),
        contested: d.contested.iter().filter_map(|v| contest(law, v)).collect(),
        confidence: confidence(d.verified),
        proof: None,
    }
}

fn shown<'a>(engine: &'a Engine, id: &str) -> Option<ShownJson<'a>> {
    let p = engine.prohibition(id)?;
    let with = match &p.effect {
        Effect::Conflicts(with) => with.as_slice(),
        _ => &[],
    };
    Some(ShownJson {
        id: &p.id,
        cite: engine.cite(&p.id),
        title: &p.title,
        says: &p.says,
        with,
        confidence: confidence(p.verified),
        source: p.source.as_deref(),
    })
}

fn contest<'a>(law: &'a rulebook::Rulebook, view: &decide::ContestView) -> Option<ContestJson<'a>> {
    let c = law.contests.get(view.id)?;
    let reading = |r: &'a rulebook::Reading| ReadingJson {
        answer: if r.yes { "yes" } else { "no" },
        says: &r.says,
        held_by: &r.held_by,
        verdict: Outcome(if r.yes { view.if_yes } else { view.if_no }),
    };
    let readings = c.readings.iter().map(reading).collect();
    Some(ContestJson { id: &c.id, title: &c.title, says: &c.says, readings, confidence: confidence(c.verified) })
}

fn provision<'a>(answer: &'a Answer, d: &Decision, view: &'a decide::ProvisionView) -> Option<ProvisionJson<'a>> {
    let engine = answer.book.engine();
    let p = engine.prohibition(view.id)?;
    let period = p.periods.iter().find(|t| t.holds_on(d.day));
    Some(ProvisionJson {
        id: &p.id,
        effect: "prohibits",
        state: view.state.word(),
        cite: engine.cite(&p.id),
        title: &p.title,
        says: &p.says,
        in_force: period.map(|t| PeriodJson { from: t.from.to_string(), to: t.to.map(|d| d.to_string()) }),
        items: &view.items,
        confidence: confidence(p.verified),
        source: p.source.as_deref(),
    })
}

fn exception<'a>(answer: &'a Answer, view: &'a decide::ExceptionView) -> Option<ExceptionJson<'a>> {
    let engine = answer.book.engine();
    let e = engine.exception(view.id)?;
    let (kind, route, authority, silence_days) = match &e.kind {
        ExceptionKind::Exemption => ("exemption", None, None, None),
        ExceptionKind::Derogation { authority, route, silence_days, .. } => {
            let word = if *route == Route::Specific { "specific" } else { "discretionary" };
            ("derogation", Some(word), Some(authority.as_str()), *silence_days)
        }
    };
    Some(ExceptionJson {
        id: &e.id,
        kind,
        route,
        authority,
        silence_days,
        status: view.status.word(),
        because: &view.because,
        cite: engine.cite(&e.id),
        says: &e.says,
        defeats: &view.defeats,
        confidence: confidence(e.verified),
    })
}

fn resolved(evidence: &[Evidence]) -> Resolved<'_> {
    let part = |test: &dyn Fn(&str) -> bool| {
        evidence.iter().filter(|e| test(&e.fact)).map(|e| EvidenceJson { fact: &e.fact, value: &e.value, because: &e.because }).collect()
    };
    let (party, item, place) =
        (|f: &str| f.starts_with("parties"), |f: &str| f.starts_with("items"), |f: &str| f.starts_with("places") || f.starts_with("legs"));
    Resolved { parties: part(&party), items: part(&item), places: part(&place), other: part(&|f| !party(f) && !item(f) && !place(f)) }
}

/// What stands in the place of an answer when a line of input was bad.
#[derive(Serialize)]
pub(crate) struct ErrorLine<'a> {
    id: Option<&'a str>,
    error: ErrorJson<'a>,
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    at: String,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
}

/// `line` is the line of the file; the places inside the act are columns of that line.
pub(crate) fn error_line<'a>(id: Option<&'a str>, line: Option<usize>, problems: &'a [InputProblem]) -> ErrorLine<'a> {
    let at = |p: &InputProblem| match line {
        Some(n) => {
            let inner = p.at.strip_prefix("line 1, ").unwrap_or(&p.at);
            if inner.is_empty() { format!("line {n}") } else { format!("line {n}, {inner}") }
        }
        None => p.at.clone(),
    };
    let first = problems.first();
    ErrorLine {
        id,
        error: ErrorJson {
            at: first.map(at).unwrap_or_default(),
            message: first.map_or("", |p| &p.message),
            help: first.and_then(|p| p.help.as_deref()),
            also: problems.iter().skip(1).take(20).map(|p| format!("{}: {}", at(p), p.message)).collect(),
        },
    }
}

/// What stands in the place of a decision when an act that was found could not be understood.
#[derive(Serialize)]
pub(crate) struct ActError<'a> {
    act_id: &'a str,
    error: ErrorJson<'a>,
}

/// The act was written by us, so a line and column of it would mean nothing to anybody: the fact alone is named.
pub(crate) fn act_error<'a>(act_id: &'a str, problems: &'a [InputProblem]) -> ActError<'a> {
    let mut error = error_line(None, None, problems).error;
    error.at = fact_of(&error.at).to_owned();
    ActError { act_id, error }
}

/// The fact of `line 1, column 7, parties[0].role`.
pub(crate) fn fact_of(at: &str) -> &str {
    at.rsplit_once(", ").map_or(at, |(_, fact)| fact)
}

/// The same JSON without the characters that could drive a terminal: what serialisation leaves as it is inside texts.
pub(crate) fn harmless(text: String) -> String {
    let drives = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    // Most texts have none: the bytes such characters begin with are looked for first, and only what they begin is read.
    let may_begin_one = |(_, byte): &(usize, u8)| matches!(byte, 0x7f | 0xc2 | 0xe2);
    let begins_one = |(at, _)| text.get(at..).is_some_and(|rest| rest.starts_with(drives));
    if !text.bytes().enumerate().filter(may_begin_one).any(begins_one) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if drives(c) { out.push_str(&format!("\\u{:04x}", u32::from(c))) } else { out.push(c) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers on file are decided again and compared byte for byte, and other programs read them: which library writes them must not show.
    #[test]
    fn both_libraries_write_the_same_bytes() {
        let mut strings: Vec<String> = (0..0x180_u32).filter_map(char::from_u32).map(|c| format!("a{c}b")).collect();
        strings
            .extend(["", "\"", "\\", "</script>", "\u{2028}\u{2029}\u{feff}", "평양 🚗 \u{202e}x", "\r\n\t\u{8}\u{c}"].map(str::to_owned));
        strings.extend((0..70).map(|n| format!("{}\"{}", "x".repeat(n), "é".repeat(n))));
        let numbers = [0.0, -0.0, 1.0, 0.1, 1e15, 1e16, 1e21, 1e-7, 123_456.789, f64::MAX, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY];
        let map: BTreeMap<&str, (i64, Option<u64>)> = [("a\n", (-1, None)), ("b", (i64::MIN, Some(u64::MAX)))].into();
        let value = (strings, numbers, map, Outcome(VerdictSet::EMPTY), [(); 0]);
        assert_eq!(text(&value, false), serde_json::to_string(&value).unwrap_or_default());
    }
}
