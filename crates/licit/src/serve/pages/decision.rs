//! A decision for people: what was asked, for each authority the verdict with the paragraph that decides, who is bound, who could have
//! allowed it, what would change it, what is not known yet, and the proof.

use super::ask::hidden;
use super::file::keep_button;
use super::look::{badge, law_href, plain, several, verdict, words};
use super::{Part, page, route, timeline};
use crate::cli::marked::{Marked, sentence};
use crate::cli::paper::{long_date, short_date, span_words};
use crate::cli::{say, told};
use crate::serve::app::App;
use crate::serve::params::Params;
use crate::store::Record;
use crate::{Answer, Article, Ask, Format, ReadAct, decide};
use ::decide::{Decision, MissingFact, Proof, Step};
use axum::response::Response;
use maud::{Markup, html};
use model::{Truth, Verdict};
use serde_json::Value;

/// Most nodes of a proof that are shown for one authority; all of them are in the JSON.
const MOST_NODES: usize = 90;
/// Most missing facts that are asked for one authority.
const MOST_ASKED: usize = 6;
/// Most provisions that are told for one authority.
const MOST_PROVISIONS: usize = 6;

/// Most findings that are told.
const MOST_EVIDENCE: usize = 10;

/// An act that was asked about.
pub(super) struct Case {
    act: Value,
    read: ReadAct,
    ask: Ask,
    /// The words in which it was asked.
    said: String,
    /// The words with what was heard in them, and what that was.
    heard: Option<Markup>,
    /// Words before a verdict on an act that is not told as done.
    lead: &'static str,
}

impl Case {
    /// Reads the act; an error is for who asked.
    pub(super) fn of(app: &App, act: Value, params: &Params, ask: &Ask, article: Option<&Article>) -> Result<Self, String> {
        let read = app.book.read_act(act.to_string().as_bytes(), Format::Json).map_err(|problems| {
            let said: Vec<String> = problems
                .iter()
                .take(3)
                .map(|p| crate::InputProblem { at: crate::json::fact_of(&p.at).to_owned(), ..p.clone() }.to_string())
                .collect();
            said.join("; ")
        })?;
        let told = article.and_then(|a| a.read.acts.first());
        let said = match article {
            Some(article) => article.text.text.trim().to_owned(),
            None => params.shown("said").chars().take(400).collect(),
        };
        Ok(Self {
            heard: article.zip(told).map(|(article, told)| heard(app, article, told)),
            lead: told.map_or("", |t| told::lead(t.transfer.telling)),
            act,
            read,
            ask: ask.clone(),
            said,
        })
    }

    /// An act that was kept; an error is for who looks at it.
    pub(super) fn kept(app: &App, record: &Record) -> Result<Self, Vec<crate::InputProblem>> {
        let read = app.book.read_act(record.input.as_bytes(), record.input_format())?;
        Ok(Self { act: record.act(), read, ask: record.ask(), said: String::new(), heard: None, lead: "" })
    }

    /// The answer to it.
    pub(super) fn decided<'a>(&'a self, app: &'a App) -> Answer<'a> {
        decide(&app.book, &self.read, &self.ask)
    }
}

/// The sentence with lines under the words that count, and in a line what they were taken for.
fn heard(app: &App, article: &Article, act: &crate::ToldAct) -> Markup {
    let text = &article.text.text;
    let (span, cut) = sentence(text, act.transfer.told.first().copied().unwrap_or((0, text.len())));
    let marked = Marked::new(text, span, cut, &told::marks(act));
    let day = told::when(act).map_or_else(String::new, |day| format!(", {day}"));
    html! {
        p.quote { @for (words, part) in marked.runs() { @match part.class() { "" => { (words) }, class => { span class=(format!("part {class}")) { (words) } } } } }
        ul.legend { @for part in marked.parts() { li { span class=(format!("part {}", part.class())) { (part.word()) } } } }
        p { strong { (told::kind(act)) ", " (told::status(act)) (day) } ": " (told::gist(&app.book, act)) }
    }
}

/// The page.
pub(super) fn decision_page(app: &App, case: &Case) -> Response {
    let keep = keep_button(app, &case.act.to_string(), &case.said, &case.ask);
    whole(app, case, &case.decided(app), &keep, Part::Ask)
}

/// The page of a decision on file, with a note on that.
pub(super) fn kept_page(app: &App, case: &Case, answer: &Answer, note: &Markup) -> Response {
    whole(app, case, answer, note, Part::File)
}

fn whole(app: &App, case: &Case, answer: &Answer, filed: &Markup, part: Part) -> Response {
    let (shown, outside) = say::told_apart(answer);
    let body = html! {
        @match &case.heard {
            Some(heard) => { h1 { "Is this allowed?" } (heard) }
            None => { h1 { "Is this allowed?" } @if !case.said.is_empty() { p.quote { (plain(&case.said)) } } (summary(answer, &case.act)) }
        }
        (filed)
        div.two {
            div {
                @for d in &shown { (card(answer, case, d)) }
                @if !outside.is_empty() {
                    p { (verdict(model::VerdictSet::only(Verdict::OutOfScope))) ": nothing that is encoded of "
                        (outside.iter().map(|d| say::jurisdiction(&d.jurisdiction)).collect::<Vec<_>>().join(", ")) " reaches the act." }
                }
                p.soft.small { a href="/law/coverage" { "What is encoded, and what is not" } }
            }
            aside aria-label="Evidence" { (evidence(app, answer, case, &shown)) }
        }
        @if let Some(journey) = &answer.route { (route::journey(journey, &case.act)) }
    };
    page(app, "Is this allowed?", part, &body)
}

/// The act in its parts, where no sentence told it.
fn summary(answer: &Answer, act: &Value) -> Markup {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let named = |v: Option<&Value>| v.map(|v| say::named(answer.book, &text(v))).unwrap_or_default();
    let list = |key: &str| act.get(key).and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let places = act.get("places");
    let place = |key: &str| named(places.and_then(|p| p.get(key)));
    let or_open = |words: String| if words.is_empty() { "not said".to_owned() } else { words };
    html! {
        dl.told {
            @if let Some(kind) = act.get("kind") { dt { "What is done" } dd { (plain(&text(kind)).replace('_', " ")) } }
            @for party in list("parties").iter().take(12) {
                dt { (party.get("role").and_then(Value::as_str).unwrap_or("party").replace('_', " ")) }
                dd { (plain(party.get("name").and_then(Value::as_str).unwrap_or("not named"))) @if let Some(n) = party.get("nationality") { span.soft { " · " (say::named(answer.book, &text(n).replace(['[', ']', '"'], "").replace(',', ", "))) } } }
            }
            @for item in list("items").iter().take(12) {
                dt { "goods" }
                dd { (plain(item.get("description").and_then(Value::as_str).unwrap_or(""))) @if let Some(hs) = item.get("hs") { " · HS " (plain(&text(hs))) } }
            }
            @if !place("origin").is_empty() || !place("destination").is_empty() { dt { "From, to" } dd { (plain(&or_open(place("origin")))) " → " (plain(&or_open(place("destination")))) } }
            @if let Some(day) = answer.act.act.on { dt { "Day" } dd { (span_words(day)) } }
        }
    }
}

fn card(answer: &Answer, case: &Case, d: &Decision) -> Markup {
    let when = answer.as_of.map_or_else(|| "on any day".to_owned(), span_words);
    html! {
        section class=(format!("card {}", d.possible.word())) {
            header {
                h2 { @if !case.lead.is_empty() { span.soft { (case.lead) " " } } (verdict(d.possible)) }
                span { (say::jurisdiction(&d.jurisdiction)) " · " (when) }
            }
            @if d.possible.len() > 1 { p.soft { "Still possible: " (words(d.possible)) "." } }
            (provisions(answer, d))
            (reasons(answer, case, d))
            (unknown(answer, case, d))
            @if let Some(proof) = &d.proof {
                details.proof { summary { "Why: the proof, step by step" } (proof_tree(answer, proof)) }
            }
        }
    }
}

fn provisions(answer: &Answer, d: &Decision) -> Markup {
    use ::decide::ProvisionState as S;
    let law = answer.book.law();
    let rows: Vec<_> = d.provisions.iter().take(MOST_PROVISIONS).filter_map(|v| Some((v, law.prohibition(v.id)?))).collect();
    html! {
        @for (at, (view, p)) in rows.iter().enumerate() {
            @let since = p.periods.iter().find(|t| t.holds_on(d.day)).map(|t| short_date(t.from));
            @let state = match view.state { S::Decides | S::NeedsApproval => "", S::Lifted => "lifted", S::Open => "may forbid it" };
            div {
                @if at == 0 { p.says-so { (p.says) } }
                p.small {
                    a href=(law_href(&p.id)) { (say::paragraph(&law.cite(&p.id))) } " "
                    @if at > 0 { (p.title) " " }
                    span.soft { @if let Some(since) = since { "since " (since) } @if !state.is_empty() { ", " (state) } } " " (badge(p.verified))
                }
            }
        }
        @if d.provisions.len() > rows.len() { p.soft.small { (d.provisions.len() - rows.len()) " more paragraphs in the JSON." } }
    }
}

fn reasons(answer: &Answer, case: &Case, d: &Decision) -> Markup {
    let law = answer.book.law();
    let ways = say::ways(answer, d);
    let forbidden = d.possible.worst() > Some(Verdict::Permitted);
    let bound = say::bound(answer, d);
    let duties: Vec<String> =
        d.duties.iter().filter_map(|v| Some(format!("{} ({})", law.prohibition(v.id)?.title, say::paragraph(&law.cite(v.id))))).collect();
    let told = |views: &[::decide::ShownView]| -> Vec<String> {
        let one = |id: &str| law.prohibition(id).map(|p| format!("{} ({})", p.says.trim_end_matches('.'), say::paragraph(&law.cite(id))));
        views.iter().take(4).filter_map(|v| one(v.id)).collect()
    };
    let (exposure, conflicts) = (told(&d.exposure), told(&d.conflicts));
    html! {
        dl.told {
            @if let Some((label, facts)) = say::deciding_facts(d) { dt { (label) } dd { (plain(&say::named(answer.book, &facts.join(" · ")))) } }
            @if !bound.is_empty() { dt { "Who is bound" } dd { (several(&bound)) } }
            @if !ways.lifts.is_empty() { dt { "Lifted by" } dd { (several(&ways.lifts)) } }
            @if forbidden {
                dt { @if case.act.get("status").is_some_and(|s| s == "planned") { "Could it be allowed?" } @else { "Could it have been allowed?" } }
                dd { @if ways.routes.is_empty() { "No way to an approval is encoded for this." } @else { (several(&ways.routes)) } }
                @if !ways.failed.is_empty() { dt { "Considered" } dd { (several(ways.failed.get(..ways.failed.len().min(4)).unwrap_or_default())) } }
            }
            @if !duties.is_empty() { dt { "Duties" } dd { (several(&duties)) } }
            @if !exposure.is_empty() { dt { "⚑ Exposure" } dd { (several(&exposure)) } }
            @if !conflicts.is_empty() { dt { "Conflict" } dd { (several(&conflicts)) } }
            @for view in &d.contested {
                @if let Some(contest) = law.contests.get(view.id) {
                    dt { "Disputed" }
                    dd {
                        (contest.says)
                        ul { @for r in &contest.readings { li { (words(if r.yes { view.if_yes } else { view.if_no })) ": " (r.says) @if !r.held_by.is_empty() { " – so " (r.held_by.join(", ")) } } } }
                    }
                }
            }
            @if !d.assumptions.is_empty() {
                dt { "Presumed" }
                dd { (several(&d.assumptions.iter().take(4).map(|a| format!("{} ({})", a.what.trim_end_matches('.'), say::lower(&a.because))).collect::<Vec<_>>())) }
            }
        }
    }
}

/// What is not known, each with a small form that decides again.
fn unknown(answer: &Answer, case: &Case, d: &Decision) -> Markup {
    let mut all: Vec<&MissingFact> = Vec::new();
    for m in &d.missing {
        if !all.iter().any(|o| o.fact == m.fact) {
            all.push(m);
        }
    }
    html! {
        @if !all.is_empty() {
            h3 { @if d.possible.len() > 1 { "Not yet known" } @else { "What would change this" } }
            @for m in all.iter().take(MOST_ASKED) { (question(answer, case, d, m)) }
            @if all.len() > MOST_ASKED { p.soft.small { (all.len() - MOST_ASKED) " more facts may matter; answer these first." } }
        }
    }
}

fn question(answer: &Answer, case: &Case, d: &Decision, m: &MissingFact) -> Markup {
    let asked = say::named(answer.book, &m.question);
    let telling: Vec<_> = m.outcomes.iter().filter(|(_, set)| *set != d.possible).take(4).collect();
    let yes_no = m.fact.starts_with("judgements.") || m.fact.contains(".is.") || m.fact.ends_with(".designated");
    html! {
        div.ask {
            p { (plain(&asked)) }
            @if !telling.is_empty() { p.soft.small { @for (at, (said, set)) in telling.iter().enumerate() { @if at > 0 { " · " } (plain(said)) " → " (words(*set)) } } }
            @if m.fact != "approvals" {
                form method="post" action="/decide" {
                    input type="hidden" name="act" value=(case.act.to_string());
                    input type="hidden" name="said" value=(case.said);
                    input type="hidden" name="fact" value=(m.fact);
                    (hidden(&case.ask))
                    @if yes_no {
                        button.plain name="answer" value="yes" { "Yes" } button.plain name="answer" value="no" { "No" }
                    } @else {
                        input type=(if m.fact == "on" { "date" } else { "text" }) name="answer" required aria-label=(plain(&asked)) placeholder=(hint(&m.fact));
                        button.plain { "Decide again" }
                    }
                }
            }
        }
    }
}

fn hint(fact: &str) -> &'static str {
    match fact {
        f if f.ends_with(".hs") => "customs code, such as 8703",
        f if f.ends_with(".value") => "such as 450 USD",
        f if f.ends_with(".condition") => "new or used",
        f if f.starts_with("places") || f.ends_with(".origin") || f.ends_with(".nationality") => "a country or a place",
        "kind" => "gift, sale, import, training …",
        _ => "",
    }
}

/// The tree; the path that decides is open.
fn proof_tree(answer: &Answer, root: &Proof) -> Markup {
    let mut left = MOST_NODES;
    let wanted = root.because.iter().filter(|p| p.by == Step::Provision).map(|p| p.truth).max_by_key(|t| match t {
        Truth::True => 2,
        Truth::Unknown => 1,
        Truth::False => 0,
    });
    html! {
        ul { (branch(answer, root, wanted, true, &mut left)) }
        @if left == 0 { p.soft.small { "The rest of the proof is in the JSON." } }
    }
}

fn branch(answer: &Answer, node: &Proof, wanted: Option<Truth>, on_path: bool, left: &mut usize) -> Markup {
    if *left == 0 {
        return html! {};
    }
    *left -= 1;
    let (sign, word) = match node.truth {
        Truth::True => ("✓", "true"),
        Truth::False => ("✗", "false"),
        Truth::Unknown => ("?", "unknown"),
    };
    let line = html! {
        span class=(format!("t {word}")) aria-hidden="true" { (sign) } span.skip { (word) ": " }
        (plain(&say::named(answer.book, &node.claim)))
        @if let Some(cite) = &node.cite { " " a.id href=(law_href(cite)) { (cite) } }
        @if node.by == Step::Told { span.soft { " (told above)" } }
    };
    let open = on_path && (node.by == Step::Worst || Some(node.truth) == wanted);
    html! {
        li {
            @if node.because.is_empty() { (line) } @else {
                details open[open] {
                    summary { (line) }
                    ul { @for child in &node.because { (branch(answer, child, wanted, open, left)) } }
                }
            }
        }
    }
}

fn evidence(app: &App, answer: &Answer, case: &Case, shown: &[&Decision]) -> Markup {
    let mut said: Vec<String> = answer.act.evidence.iter().map(|e| say::evidence(answer, e)).collect();
    said.dedup();
    // What a word is says more than the many lists that name it.
    said.sort_by_key(|one| one.starts_with("belongs to") || one.starts_with("may belong"));
    let more = said.len().saturating_sub(MOST_EVIDENCE);
    said.truncate(MOST_EVIDENCE);
    html! {
        @if !said.is_empty() {
            h2 { "What it rests on" }
            ul.small { @for one in &said { li { (plain(one)) } } @if more > 0 { li.soft { (more) " more in the JSON" } } }
        }
        (timeline::timeline(answer, shown))
        @if let Some(journey) = &answer.route {
            h2 { "The journey" }
            p { a href="#journey" { (journey.assessment.band.word()) ", " (format!("{:.2}", journey.assessment.score)) ", nexus " (journey.assessment.nexus.word()) } " · map and flags below" }
        }
        h2 { "For the record" }
        dl.told.small {
            dt { "Law" } dd { code { (app.book.law().hash) } }
            @for list in app.book.lists().all() { dt { "List " (list.list) } dd { (list.version) " " code { (list.hash) } } }
            dt { "Asked on" } dd { (long_date(crate::clock::today())) }
            dt { "By the law of" } dd { @match answer.as_of { Some(day) => { (span_words(day)) } None => { "every day it could be" } } }
        }
        details.noprint { summary { "The act as JSON" } p.small { code { (case.act.to_string()) } } p.small { "Send it to " code { "POST /v1/check" } " for the whole answer." } }
        p.soft.small { "Not legal advice. Print this page for the file." }
    }
}
