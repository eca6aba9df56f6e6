//! What a decision says on paper, block by block, from the JSON of the answer: first the act and every verdict, then each authority, then
//! what it rests on and the hashes, then the proofs, last the act as it was given.

use super::{Sheet, proof};
use crate::Rulebook;
use crate::cli::paper::{short_date, span_words};
use crate::cli::say;
use crate::store::act_value;
use model::{Date, Span};
use serde_json::Value;

/// How a block looks and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Title,
    /// Has a bookmark.
    Section,
    Part,
    Cite,
    Text,
    /// A label and the text beside it.
    Entry,
    Quiet,
    /// A step of a proof, so deep.
    Step(usize),
}

/// A heading, a paragraph, a step.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: Kind,
    pub label: String,
    pub text: String,
    /// The verdict whose colour it has.
    pub verdict: Option<&'static str>,
}

impl Block {
    pub(super) fn new(kind: Kind, label: &str, text: String) -> Self {
        Self { kind, label: label.to_owned(), text, verdict: None }
    }
}

/// All of it.
pub(super) struct Report {
    pub title: String,
    /// The id of the decision, or the hash of the answer where it is not on file.
    pub name: String,
    /// When it was kept, if it was.
    pub kept: String,
    pub blocks: Vec<Block>,
}

/// Country codes by their names.
pub(super) struct Words<'a>(&'a Rulebook);

impl Words<'_> {
    pub(super) fn named(&self, text: &str) -> String {
        say::named(self.0, text)
    }
}

/// Reads the answer and says it.
pub(super) fn report(book: &Rulebook, sheet: &Sheet<'_>) -> Result<Report, String> {
    let answer: Value = serde_json::from_str(sheet.answer).map_err(|e| format!("the answer cannot be read: {e}"))?;
    let act = act_value(sheet.act, sheet.format);
    let hash = blake3::hash(sheet.answer.as_bytes()).to_hex().to_string();
    let name = sheet.filed.map_or_else(|| format!("answer {}", hash.get(..24).unwrap_or_default()), |(entry, _)| entry.id.clone());
    let mut out = Writer { words: Words(book), out: Vec::new() };
    let called = text(&answer, "act_id");
    let title = if called.is_empty() { format!("Decision {name}") } else { format!("Decision on “{}”", shortened(called)) };
    out.add(Kind::Title, title.clone());
    out.summary(&answer, &act, sheet);
    for d in list(&answer, "decisions").iter().filter(|d| !silent(d)) {
        out.authority(&answer, d);
    }
    out.rests_on(&answer);
    out.record(&answer, sheet, &hash);
    for d in list(&answer, "decisions").iter().filter(|d| !silent(d) && d.get("proof").is_some_and(|p| p.get("claim").is_some())) {
        out.add(Kind::Section, format!("Proof: {}", say::jurisdiction(text(d, "jurisdiction"))));
        let steps = proof::steps(&out.words, d.get("proof").unwrap_or(&Value::Null));
        out.out.extend(steps);
    }
    out.add(Kind::Section, "The act as it was given".into());
    for line in sheet.act.lines() {
        let deep = line.len() - line.trim_start_matches([' ', '\t']).len();
        out.add(Kind::Step(deep / 2), line.to_owned());
    }
    let kept = sheet.filed.map_or_else(String::new, |(entry, _)| entry.at.clone());
    Ok(Report { title, name, kept, blocks: out.out })
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A value in words: a text as it is, several with commas, anything else as it is written.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 120 { text.to_owned() } else { text.chars().take(120).chain(['…']).collect() }
}

/// An authority whose law does not reach the act and that has nothing else to say.
fn silent(d: &Value) -> bool {
    text(d, "verdict") == "out_of_scope" && list(d, "exposure").is_empty() && list(d, "conflicts").is_empty()
}

/// Mark and word of a verdict, and the name of its colour.
fn verdict(word: &str) -> (&'static str, &'static str) {
    match word {
        "prohibited" => ("■ Prohibited", "prohibited"),
        "needs_authorisation" => ("◧ Needs authorisation", "needs_authorisation"),
        "permitted" => ("○ Permitted by what is encoded here", "permitted"),
        "out_of_scope" => ("– Out of scope", "out_of_scope"),
        _ => ("? These facts decide", "insufficient_facts"),
    }
}

/// `18 February 2024`, from one day to another, or the text where it is no day.
fn day(text: &str) -> String {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    match (first.parse::<Date>(), last.parse::<Date>()) {
        (Ok(first), Ok(last)) => span_words(Span { first, last }),
        _ => text.to_owned(),
    }
}

struct Writer<'a> {
    words: Words<'a>,
    out: Vec<Block>,
}

impl Writer<'_> {
    fn add(&mut self, kind: Kind, text: String) {
        self.out.push(Block::new(kind, "", text));
    }

    /// A label and what stands beside it; nothing where there is nothing to say.
    fn entry(&mut self, label: &str, text: &str) {
        if !text.trim().is_empty() {
            self.out.push(Block::new(Kind::Entry, label, self.words.named(text)));
        }
    }

    fn colored(&mut self, kind: Kind, label: &str, text: String, verdict: &'static str) {
        self.out.push(Block { kind, label: label.to_owned(), text, verdict: Some(verdict) });
    }

    /// The act in its parts, and every verdict.
    fn summary(&mut self, answer: &Value, act: &Value, sheet: &Sheet<'_>) {
        if let Some((entry, _)) = sheet.filed {
            let at = entry.at.get(..19).unwrap_or(&entry.at).replace('T', " ");
            self.entry("On file", &format!("{}, entry {} of {at} UTC, hash {}", entry.id, entry.seq, entry.hash));
        }
        self.act(act);
        self.add(Kind::Part, "Answer".into());
        let as_of = answer.get("as_of").and_then(Value::as_str).map_or_else(|| "every day that it could be".to_owned(), day);
        for d in list(answer, "decisions").iter().filter(|d| !silent(d)) {
            let (word, color) = verdict(text(d, "verdict"));
            self.colored(Kind::Entry, say::jurisdiction(text(d, "jurisdiction")), word.to_owned(), color);
        }
        let outside: Vec<&str> =
            list(answer, "decisions").iter().filter(|d| silent(d)).map(|d| say::jurisdiction(text(d, "jurisdiction"))).collect();
        if !outside.is_empty() {
            self.colored(
                Kind::Entry,
                "Out of scope",
                format!("– {}: nothing that is encoded of their law reaches the act", outside.join(", ")),
                "out_of_scope",
            );
        }
        self.entry("By the law of", &as_of);
    }

    fn act(&mut self, act: &Value) {
        self.add(Kind::Part, "The act".into());
        self.entry("What is done", &text(act, "kind").replace('_', " "));
        for party in list(act, "parties") {
            let role = match text(party, "role") {
                "" => "party".to_owned(),
                role => role.replace('_', " "),
            };
            let of = |key: &str| party.get(key).map(plain).unwrap_or_default();
            let more: Vec<String> =
                [("", of("type")), ("nationality ", of("nationality")), ("in ", of("located_in")), ("acting for ", of("acts_for"))]
                    .into_iter()
                    .filter(|(_, said)| !said.is_empty())
                    .map(|(before, said)| format!("{before}{said}"))
                    .collect();
            let name = if text(party, "name").is_empty() { "not named" } else { text(party, "name") };
            let more = if more.is_empty() { String::new() } else { format!(" · {}", more.join(" · ")) };
            self.entry(&role, &format!("{name}{more}"));
        }
        for (at, item) in list(act, "items").iter().enumerate() {
            self.entry(&format!("goods {}", at + 1), &goods(item));
        }
        let place = |key: &str| act.get("places").and_then(|p| p.get(key)).map(plain).unwrap_or_default();
        for (label, key) in [("From", "origin"), ("Through", "transit"), ("To", "destination")] {
            self.entry(label, &place(key));
        }
        for (label, key) in [("Day", "on"), ("Status", "status"), ("Purpose", "purpose"), ("Contract of", "contract_date")] {
            let said = act.get(key).map(plain).unwrap_or_default();
            self.entry(label, &if key == "on" { day(&said) } else { said });
        }
        let approvals: Vec<String> =
            list(act, "approvals").iter().map(|a| format!("{} {} {}", text(a, "authority"), text(a, "reference"), text(a, "on"))).collect();
        self.entry("Approvals", &approvals.join("; "));
    }

    fn authority(&mut self, answer: &Value, d: &Value) {
        let (word, color) = verdict(text(d, "verdict"));
        self.colored(Kind::Section, "", format!("{}: {word}", say::jurisdiction(text(d, "jurisdiction"))), color);
        let possible: Vec<String> = list(d, "possible").iter().map(|v| plain(v).replace('_', " ")).collect();
        if possible.len() > 1 {
            self.add(Kind::Text, format!("Still possible: {}.", possible.join(", ")));
        }
        for p in list(d, "provisions") {
            self.provision(p);
        }
        self.several("Who is bound", &bound(d));
        self.exceptions(d);
        self.several(
            "Duties",
            &list(d, "duties").iter().map(|x| format!("{}: {}", say::paragraph(text(x, "cite")), text(x, "must"))).collect::<Vec<_>>(),
        );
        for (label, key) in [("Exposure", "exposure"), ("Conflict", "conflicts")] {
            self.several(
                label,
                &list(d, key).iter().map(|x| format!("{}: {}", say::paragraph(text(x, "cite")), text(x, "says"))).collect::<Vec<_>>(),
            );
        }
        for c in list(d, "contested") {
            let reading = |r: &Value| {
                format!("{}: {} ({})", outcome(r.get("verdict")), text(r, "says"), r.get("held_by").map(plain).unwrap_or_default())
            };
            let readings: Vec<String> = list(c, "readings").iter().map(reading).collect();
            self.entry("Disputed", &format!("{} {}", text(c, "says"), readings.join("; ")));
        }
        for m in list(d, "missing") {
            self.missing(m, d.get("possible"));
        }
        if let Some(n) = d.get("missing_left_out").and_then(Value::as_u64) {
            self.entry("Not yet known", &format!("{n} more facts may matter"));
        }
        self.several(
            "Presumed",
            &list(d, "assumptions").iter().map(|a| format!("{} – {}", text(a, "what"), text(a, "because"))).collect::<Vec<_>>(),
        );
        if text(d, "confidence") == "recalled" {
            self.add(Kind::Quiet, "Part of this is encoded from memory and not yet checked against its source.".into());
        }
        if text(answer, "as_of") != text(d, "law_of") && !text(d, "law_of").is_empty() {
            self.add(Kind::Quiet, format!("Told by the law of {}.", day(text(d, "law_of"))));
        }
    }

    fn provision(&mut self, p: &Value) {
        // An answer in brief names the paragraph and no more.
        if let Some(id) = p.as_str() {
            return self.add(Kind::Cite, id.to_owned());
        }
        let state = match text(p, "state") {
            "decides" => ", decides",
            "needs_approval" => ", needs an approval",
            "lifted" => ", lifted",
            "open" => ", may forbid it",
            _ => "",
        };
        self.add(Kind::Cite, format!("{}{state}", say::paragraph(text(p, "cite"))));
        self.add(Kind::Text, text(p, "says").to_owned());
        let short = |key: &str| {
            p.get("in_force").map(|f| text(f, key)).filter(|d| !d.is_empty()).map(|d| d.parse().map_or_else(|_| d.to_owned(), short_date))
        };
        let since = short("from").map_or_else(String::new, |d| format!(", in force from {d}"));
        let until = short("to").map_or_else(String::new, |d| format!(" to {d}"));
        let source = if text(p, "source").is_empty() { String::new() } else { format!(", source {}", text(p, "source")) };
        self.add(Kind::Quiet, format!("{}{since}{until}, {}{source}", text(p, "id"), text(p, "confidence")));
    }

    fn exceptions(&mut self, d: &Value) {
        let all = list(d, "exceptions");
        for (label, kind) in [("Exemptions", "exemption"), ("Could be allowed", "derogation")] {
            let one = |e: &Value| {
                let by = match (text(e, "authority"), text(e, "route")) {
                    ("", _) => String::new(),
                    (authority, route) => format!(" By the {}, {route}.", say::authority_name(authority)),
                };
                let status = text(e, "status").replace('_', " ");
                let because = text(e, "because").trim_end_matches('.');
                format!("{}: {}{by} Here {status}: {because}.", say::paragraph(text(e, "cite")), text(e, "says"))
            };
            self.several(label, &all.iter().filter(|e| text(e, "kind") == kind).map(one).collect::<Vec<_>>());
        }
    }

    fn missing(&mut self, m: &Value, possible: Option<&Value>) {
        if let Some(fact) = m.as_str() {
            return self.entry("Not yet known", fact);
        }
        let outcomes = m.get("outcomes").and_then(Value::as_object);
        // An answer that leaves everything open is not worth reading.
        let telling = outcomes.into_iter().flatten().filter(|(_, set)| Some(*set) != possible);
        let told: Vec<String> = telling.map(|(said, set)| format!("{said} → {}", outcome(Some(set)))).collect();
        self.entry("Not yet known", &format!("{} ({}) {}", text(m, "question"), text(m, "fact"), told.join("; ")));
    }

    /// One line each, the label at the first.
    fn several(&mut self, label: &str, all: &[String]) {
        for (at, one) in all.iter().enumerate() {
            self.out.push(Block::new(Kind::Entry, if at == 0 { label } else { "" }, self.words.named(one)));
        }
    }

    /// How words became facts, hits on the lists among them, and what the journey shows.
    fn rests_on(&mut self, answer: &Value) {
        let Some(resolved) = answer.get("resolved") else { return };
        self.add(Kind::Section, "What it rests on".into());
        let kinds = [("Parties", "parties"), ("Goods", "items"), ("Places", "places"), ("Other facts", "other")];
        for (label, key) in kinds {
            let mut said = evidence(list(resolved, key));
            if key == "parties" && said.is_empty() {
                said.push("nothing was found about them in lists and tables".to_owned());
            }
            self.several(label, &said);
        }
        let Some(route) = answer.get("route").filter(|r| r.get("band").is_some()) else { return };
        let score = route.get("score").and_then(Value::as_f64).unwrap_or_default();
        self.entry("Journey", &format!("{}, {score:.2}, nexus {}", text(route, "band"), text(route, "nexus")));
        let flags: Vec<String> = list(route, "flags")
            .iter()
            .filter(|f| text(f, "state") == "fired")
            .map(|f| format!("{} {}: {}", text(f, "id"), text(f, "name"), text(f, "because")))
            .collect();
        self.several("Red flags", &flags);
    }

    fn record(&mut self, answer: &Value, sheet: &Sheet<'_>, hash: &str) {
        self.add(Kind::Section, "For the record".into());
        if let Some((entry, record)) = sheet.filed {
            self.entry("Decision", &entry.id);
            self.entry("Entry", &format!("{} of {}", entry.seq, entry.at));
            self.entry("Hash of entry", &entry.hash);
            self.entry("Hash before", &entry.prev);
            self.entry("Hash of body", &entry.body_hash);
            self.entry("In place of", record.supersedes.as_deref().unwrap_or_default());
            self.entry("Decided by", &format!("licit {}", record.licit));
            self.entry("Asked", &record.asked.iter().map(|a| say::jurisdiction(a)).collect::<Vec<_>>().join(", "));
        } else {
            self.entry("Decision", "not on file");
        }
        self.entry("Hash of answer", &format!("blake3:{hash}"));
        match (answer.get("law"), sheet.filed) {
            (Some(law), _) => {
                self.entry("Law", text(law, "rulebook"));
                for (name, version) in law.get("lists").and_then(Value::as_object).into_iter().flatten() {
                    self.entry(&format!("List {name}"), &format!("{} {}", text(version, "version"), text(version, "hash")));
                }
            }
            (None, Some((_, record))) => {
                self.entry("Law", &record.rulebook);
                record.lists.iter().for_each(|(name, hash)| self.entry(&format!("List {name}"), hash));
            }
            (None, None) => {}
        }
        self.add(Kind::Quiet, "This is not legal advice: it says what the encoded law says. Letters that cannot be drawn here are told by their number, such as [U+0000]. What is told of authorities that the act is out of scope of, with their proofs, is in the answer in JSON.".into());
    }
}

/// How words became facts; facts that follow from the same words stand together.
fn evidence(all: &[Value]) -> Vec<String> {
    let mut out: Vec<(String, Vec<&str>)> = Vec::new();
    for e in all {
        let (follows, fact) = (format!(" = {}, because {}", text(e, "value"), text(e, "because")), text(e, "fact"));
        match out.iter_mut().find(|(other, _)| *other == follows) {
            Some((_, facts)) if facts.contains(&fact) => {}
            Some((_, facts)) => facts.push(fact),
            None => out.push((follows, vec![fact])),
        }
    }
    out.into_iter().map(|(follows, facts)| format!("{}{follows}", facts.join(", "))).collect()
}

/// Who is bound as what, and by which paragraphs.
fn bound(d: &Value) -> Vec<String> {
    let mut all: Vec<(String, Vec<&str>)> = Vec::new();
    for b in list(d, "bearers") {
        let who = format!("{}, as {}", text(b, "who"), text(b, "as"));
        match all.iter_mut().find(|(other, _)| *other == who) {
            Some((_, by)) => by.push(text(b, "provision")),
            None => all.push((who, vec![text(b, "provision")])),
        }
    }
    all.into_iter().map(|(who, by)| format!("{who} ({})", by.join(", "))).collect()
}

/// Goods in words.
fn goods(item: &Value) -> String {
    let of = |key: &str| item.get(key).map(plain).unwrap_or_default();
    let pair = |key: &str, a: &str, b: &str| {
        item.get(key).map(|v| if v.is_object() { format!("{} {}", v.get(a).map(plain).unwrap_or_default(), text(v, b)) } else { plain(v) })
    };
    let parts = [
        of("description"),
        if of("hs").is_empty() { String::new() } else { format!("HS {}", of("hs")) },
        if of("origin").is_empty() { String::new() } else { format!("made in {}", of("origin")) },
        pair("quantity", "value", "unit").unwrap_or_default(),
        pair("value", "amount", "currency").unwrap_or_default(),
        of("condition"),
    ];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// One verdict, or several that are left.
fn outcome(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(all)) => all.iter().map(|v| plain(v).replace('_', " ")).collect::<Vec<_>>().join(" or "),
        Some(one) => plain(one).replace('_', " "),
        None => String::new(),
    }
}
