//! The encoded law as data for other programs: instruments, provisions, paragraphs, what changed, what is covered. The command line
//! and the server show the same; how it looks in words is theirs.

use crate::{Rulebook, json};
use model::{Date, nearest};
use rulebook::{Effect, Encoded, Exception, ExceptionKind, Paragraph, ParagraphKind, Period, Prohibition, Regime, Route};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Serialize)]
struct PeriodJson {
    from: String,
    to: Option<String>,
}

fn periods(list: &[Period]) -> Vec<PeriodJson> {
    list.iter().map(|p| PeriodJson { from: p.from.to_string(), to: p.to.map(|d| d.to_string()) }).collect()
}

fn confidence(verified: bool) -> &'static str {
    if verified { "verified" } else { "recalled" }
}

#[derive(Serialize)]
pub(crate) struct Vote<'a> {
    pub r#for: u8,
    pub against: u8,
    pub abstaining: u8,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub abstained: &'a [String],
}

#[derive(Serialize)]
pub(crate) struct Row<'a> {
    pub id: &'a str,
    pub symbol: &'a str,
    pub title: &'a str,
    pub regime: &'a str,
    pub issuer: &'a str,
    pub adopted: String,
    pub vote: Option<Vote<'a>>,
    pub provisions: usize,
    pub confidence: &'static str,
    pub source: &'a str,
}

#[derive(Serialize)]
pub(crate) struct List<'a> {
    pub rulebook: &'a str,
    pub instruments: Vec<Row<'a>>,
}

/// The instruments whose ids are asked for.
pub(crate) fn list<'a>(book: &'a Rulebook, asked: &dyn Fn(&str) -> bool) -> List<'a> {
    let row = |i: &'a rulebook::Instrument| Row {
        id: &i.id,
        symbol: &i.symbol,
        title: &i.title,
        regime: &i.regime,
        issuer: &i.issuer,
        adopted: i.adopted.on.to_string(),
        vote: i.adopted.vote.as_ref().map(|v| Vote { r#for: v.yes, against: v.no, abstaining: v.abstaining, abstained: &v.abstained }),
        provisions: provisions_of(book, &i.id).count(),
        confidence: confidence(i.verified),
        source: &i.source,
    };
    List { rulebook: &book.law().hash, instruments: book.law().instruments.iter().filter(|i| asked(&i.id)).map(row).collect() }
}

/// The ids of the provisions of an instrument.
pub(crate) fn provisions_of<'a>(book: &'a Rulebook, instrument: &'a str) -> impl Iterator<Item = &'a str> {
    let mine = move |id: &&str| id.split('#').next() == Some(instrument);
    let law = book.law();
    law.prohibitions.iter().map(|p| p.id.as_str()).chain(law.exceptions.iter().map(|e| e.id.as_str())).filter(mine)
}

#[derive(Serialize)]
pub(crate) struct Provision<'a> {
    id: &'a str,
    instrument: &'a str,
    paragraph: &'a str,
    cite: String,
    effect: &'static str,
    title: &'a str,
    says: &'a str,
    in_force: Vec<PeriodJson>,
    confidence: &'static str,
    source: Option<&'a str>,
    exceptions: Vec<&'a str>,
    supersedes: &'a [String],
    defeats: &'a [String],
    cases: usize,
}

/// The exceptions that may lift a prohibition.
pub(crate) fn lifters<'a>(book: &'a Rulebook, p: &Prohibition) -> Vec<&'a Exception> {
    let regime = format!("regime:{}", p.regime);
    book.law().exceptions.iter().filter(|e| e.defeats.iter().any(|d| *d == p.id || *d == regime)).collect()
}

/// A prohibition, a duty or an exception.
pub(crate) fn provision<'a>(book: &'a Rulebook, id: &'a str) -> Option<Provision<'a>> {
    let law = book.law();
    let instrument = id.split('#').next().unwrap_or(id);
    let (cite, cases) = (law.cite(id), cases_naming(id));
    if let Some(p) = law.prohibition(id) {
        return Some(Provision {
            id,
            instrument,
            paragraph: place(id),
            cite,
            effect: effect_word(&p.effect),
            title: &p.title,
            says: &p.says,
            in_force: periods(&p.periods),
            confidence: confidence(p.verified),
            source: p.source.as_deref(),
            exceptions: lifters(book, p).iter().map(|e| e.id.as_str()).collect(),
            supersedes: &p.supersedes,
            defeats: &[],
            cases,
        });
    }
    let e = law.exception(id)?;
    Some(Provision {
        id,
        instrument,
        paragraph: place(id),
        cite,
        effect: exception_word(e),
        title: "",
        says: &e.says,
        in_force: periods(&e.periods),
        confidence: confidence(e.verified),
        source: e.source.as_deref(),
        exceptions: law.exceptions.iter().filter(|x| x.defeats.iter().any(|d| d == id)).map(|x| x.id.as_str()).collect(),
        supersedes: &[],
        defeats: &e.defeats,
        cases,
    })
}

/// One word for what a rule does.
pub(crate) fn effect_word(effect: &Effect) -> &'static str {
    match effect {
        Effect::Prohibits => "prohibits",
        Effect::Obliges(_) => "obliges",
        Effect::Exposes => "exposes",
        Effect::Conflicts(_) => "conflicts",
    }
}

/// What an exception does, in a word or two.
pub(crate) fn exception_word(e: &Exception) -> &'static str {
    match &e.kind {
        ExceptionKind::Exemption => "exempts",
        ExceptionKind::Derogation { route: Route::Specific, .. } => "derogates",
        ExceptionKind::Derogation { .. } => "may approve",
    }
}

/// What stands after the `#` of an id.
pub(crate) fn place(id: &str) -> &str {
    id.split_once('#').map_or("", |(_, p)| p)
}

#[derive(Serialize)]
pub(crate) struct ParagraphJson<'a> {
    id: String,
    title: &'a str,
    kind: &'static str,
    says: &'a str,
    reason: Option<&'a str>,
}

/// The paragraphs of an instrument, or one of them by its number.
pub(crate) fn paragraphs<'a>(book: &'a Rulebook, id: &str) -> Vec<&'a Paragraph> {
    let (instrument, number) = id.split_once('#').unwrap_or((id, ""));
    let main = main_number(number);
    let within = |p: &Paragraph| number.is_empty() || p.number == number || main.is_some_and(|n| p.span.0 <= n && n <= p.span.1);
    book.law().paragraphs.iter().filter(|p| p.instrument == instrument && within(p)).collect()
}

/// A paragraph as data.
pub(crate) fn paragraph_json(p: &Paragraph) -> ParagraphJson<'_> {
    ParagraphJson {
        id: format!("{}#{}", p.instrument, p.number),
        title: &p.title,
        kind: paragraph_word(p.kind),
        says: &p.prose,
        reason: p.reason.as_deref(),
    }
}

/// What became of a paragraph.
pub(crate) fn paragraph_word(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Rule => "rule",
        ParagraphKind::Reason => "no rule",
        ParagraphKind::Unread => "unread",
    }
}

/// Whether a provision belongs to a paragraph.
pub(crate) fn is_of(id: &str, p: &Paragraph) -> bool {
    let rest = place(id).strip_prefix(p.number.as_str());
    rest.is_some_and(|r| r.is_empty() || r.starts_with(['.', '/']))
        || p.span.0 > 0 && p.span.0 < p.span.1 && main_number(place(id)) == Some(p.span.0)
}

fn main_number(place: &str) -> Option<u32> {
    place.split(['.', '/']).next().and_then(|n| n.parse().ok())
}

/// What would be right where an id is not in the encoded law.
pub(crate) fn nearest_id(book: &Rulebook, id: &str) -> Option<String> {
    let law = book.law();
    let rules = law.prohibitions.iter().map(|p| p.id.as_str()).chain(law.exceptions.iter().map(|e| e.id.as_str()));
    nearest(id, rules.chain(law.instruments.iter().map(|i| i.id.as_str()))).map(str::to_owned)
}

#[derive(Serialize)]
pub(crate) struct RegimeShown<'a> {
    id: &'a str,
    title: &'a str,
    jurisdiction: &'a str,
    encoded: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lacks: Option<&'a str>,
    instruments: Vec<&'a str>,
}

/// A regime in short.
pub(crate) fn regime_shown<'a>(book: &'a Rulebook, regime: &'a Regime) -> RegimeShown<'a> {
    let (encoded, lacks) = encoded(regime);
    let instruments = book.law().instruments.iter().filter(|i| i.regime == regime.id).map(|i| i.id.as_str()).collect();
    RegimeShown { id: &regime.id, title: &regime.title, jurisdiction: &regime.jurisdiction, encoded, lacks, instruments }
}

/// How much of a regime is written down, and what lacks.
pub(crate) fn encoded(regime: &Regime) -> (&'static str, Option<&str>) {
    match &regime.encoded {
        Encoded::Yes => ("yes", None),
        Encoded::Partly(lacks) => ("partly", Some(lacks.as_str())),
        Encoded::No => ("no", None),
    }
}

/// Whatever an id names, as JSON: a provision, a regime, an instrument with its paragraphs, a paragraph. None when nothing has it.
pub(crate) fn show_json(book: &Rulebook, id: &str, indented: bool) -> Option<String> {
    if let Some(view) = provision(book, id) {
        return Some(json::text(&view, indented));
    }
    if let Some(regime) = book.law().regimes.get(id) {
        return Some(json::text(&regime_shown(book, regime), indented));
    }
    let found: Vec<ParagraphJson> = paragraphs(book, id).into_iter().map(paragraph_json).collect();
    (!found.is_empty()).then(|| json::text(&found, indented))
}

#[derive(Serialize)]
pub(crate) struct Change {
    pub id: String,
    pub what: String,
}

/// What the law says differently on two days.
#[derive(Serialize)]
pub(crate) struct Diff {
    pub from: String,
    pub to: String,
    pub began: Vec<String>,
    pub ended: Vec<String>,
    pub changed: Vec<Change>,
}

/// What began, ended and changed between two days, of what is asked for.
pub(crate) fn diff(book: &Rulebook, from: Date, to: Date, asked: &dyn Fn(&str) -> bool) -> Diff {
    let (mut began, mut ended, changed) = rulebook::diff(book.law(), from, to);
    began.retain(|id| asked(id));
    ended.retain(|id| asked(id));
    let changed = changed.into_iter().filter(|c| asked(&c.id)).map(|c| Change { id: c.id, what: c.what }).collect();
    Diff { from: from.to_string(), to: to.to_string(), began, ended, changed }
}

/// How often the cases name a provision, and how often it decides or lifts there.
#[derive(Default)]
struct CaseCount {
    named: usize,
    deciding: usize,
}

/// In how many cases a provision is named.
pub(crate) fn cases_naming(id: &str) -> usize {
    case_counts().get(id).map_or(0, |c| c.named)
}

/// Counts over the tables of the case files: the last cell of a row names what decides, what lifts and what was considered.
fn case_counts() -> &'static BTreeMap<&'static str, CaseCount> {
    static COUNTS: LazyLock<BTreeMap<&'static str, CaseCount>> = LazyLock::new(|| {
        let mut out: BTreeMap<&'static str, CaseCount> = BTreeMap::new();
        for because in case_rows("").filter_map(|row| row.last().copied()) {
            for part in because.split(';').map(str::trim) {
                let ids: Vec<&str> = part.split_whitespace().filter(|w| w.contains('#')).collect();
                for (i, id) in ids.iter().enumerate() {
                    let count = out.entry(id).or_default();
                    count.named += 1;
                    let decides = part == *id || i == 0 && part.contains(" lifts ") || part.starts_with("duty ");
                    count.deciding += usize::from(decides);
                }
            }
        }
        out
    });
    &COUNTS
}

/// The cells of each row of the case tables of a regime, or of all for an empty name.
pub(crate) fn case_rows(regime: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let folder = format!("cases/{regime}");
    let files = crate::embedded::cases().iter().filter(move |(name, _)| name.starts_with(&folder));
    let lines = files.flat_map(|(_, text)| text.lines()).filter(|l| l.starts_with("| ") && !l.starts_with("| the world"));
    lines.map(|l| l.trim_matches('|').split(" | ").map(|c| c.trim().trim_matches('|').trim()).collect())
}

#[derive(Serialize)]
pub(crate) struct RegimeCount<'a> {
    pub regime: &'a str,
    pub provisions: usize,
    pub cases: usize,
}

fn regime_count<'a>(book: &Rulebook, id: &'a str) -> RegimeCount<'a> {
    let rules = book.law().prohibitions.iter().filter(|p| p.regime == id).count();
    let exceptions = book.law().exceptions.iter().filter(|e| e.regime == id).count();
    RegimeCount { regime: id, provisions: rules + exceptions, cases: case_rows(id).count() }
}

/// What is not written down of a regime that is encoded in part.
#[derive(Serialize)]
pub(crate) struct Partly<'a> {
    pub regime: &'a str,
    pub lacks: &'a str,
}

fn partly(regime: &Regime) -> Option<Partly<'_>> {
    match &regime.encoded {
        Encoded::Partly(lacks) => Some(Partly { regime: &regime.id, lacks }),
        _ => None,
    }
}

/// Authorities that may be asked for and of which nothing is encoded.
fn untouched(book: &Rulebook) -> Vec<&'static str> {
    let known = book.engine().jurisdictions();
    crate::answer::KNOWN.into_iter().filter(|j| !known.iter().any(|k| k == j)).collect()
}

/// What is encoded, how surely, what nothing tests and what is left out.
#[derive(Serialize)]
pub(crate) struct Coverage<'a> {
    pub paragraphs: u32,
    pub with_rule: u32,
    pub with_reason: u32,
    pub unread: u32,
    pub uncovered: Vec<&'a str>,
    pub provisions: usize,
    pub with_deciding_case: usize,
    pub verified: usize,
    pub recalled: usize,
    pub regimes: Vec<RegimeCount<'a>>,
    pub partly: Vec<Partly<'a>>,
    pub not_encoded: Vec<&'a str>,
    pub judgements: Vec<&'a str>,
}

/// Counts what is encoded.
pub(crate) fn coverage(book: &Rulebook) -> Coverage<'_> {
    let law = book.law();
    let of = |kind: ParagraphKind| law.paragraphs.iter().filter(|p| p.kind == kind).map(|p| p.span.1 - p.span.0 + 1).sum::<u32>();
    let cases = case_counts();
    let all: Vec<(&str, bool)> = law
        .prohibitions
        .iter()
        .map(|p| (p.id.as_str(), p.verified))
        .chain(law.exceptions.iter().map(|e| (e.id.as_str(), e.verified)))
        .collect();
    let uncovered: Vec<&str> = all
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| law.prohibition(id).is_none_or(|p| p.when.is_some()))
        .filter(|id| cases.get(id).is_none_or(|c| c.named == 0))
        .collect();
    let mut not_encoded: Vec<&str> = law.regimes.values().filter(|r| r.encoded == Encoded::No).map(|r| r.id.as_str()).collect();
    not_encoded.extend(untouched(book));
    Coverage {
        paragraphs: of(ParagraphKind::Rule) + of(ParagraphKind::Reason) + of(ParagraphKind::Unread),
        with_rule: of(ParagraphKind::Rule),
        with_reason: of(ParagraphKind::Reason),
        unread: of(ParagraphKind::Unread),
        provisions: all.len(),
        with_deciding_case: all.iter().filter(|(id, _)| cases.get(id).is_some_and(|c| c.deciding > 0)).count(),
        verified: all.iter().filter(|(_, v)| *v).count(),
        recalled: all.iter().filter(|(_, v)| !*v).count(),
        regimes: law.regimes.values().filter(|r| r.encoded != Encoded::No).map(|r| regime_count(book, &r.id)).collect(),
        partly: law.regimes.values().filter_map(partly).collect(),
        not_encoded,
        judgements: law.judgements.keys().map(String::as_str).collect(),
        uncovered,
    }
}
