//! An answer in words, for the terminal: what decides, who is bound, could it have been allowed, what is not known.

use super::paper::{BOLD, DIM, Paper, clean, long_date, short_date, span_words};
use crate::{Answer, Rulebook};
use decide::{Decision, ExceptionStatus, Proof, ProvisionState, Step};
use model::{Country, Date, Truth, Verdict, VerdictSet};
use resolve::Evidence;
use rulebook::{ExceptionKind, Route};
use std::fmt::Write as _;

/// How many entries of a list are shown without `--all`.
const SHORT: usize = 4;
/// The same for an act among others.
const SHORTER: usize = 2;

/// The whole answer; `all` shortens nothing and adds the proof. Authorities that the act does not reach share one line.
pub(crate) fn answer(answer: &Answer, paper: Paper, all: bool) -> String {
    let mut out = String::new();
    let (shown, outside) = told_apart(answer);
    for (at, decision) in shown.iter().enumerate() {
        // The first is told at length; of the others what decides.
        let most = match (all, at) {
            (true, _) => usize::MAX,
            (false, 0) => SHORT,
            (false, _) => SHORTER,
        };
        View { answer, d: decision, paper, lead: "", most }.decision(&mut out);
    }
    not_reached(&mut out, &outside, paper);
    if let Some(route) = &answer.route {
        paper.entry(&mut out, "Route", &super::route::short(route));
    }
    if let Some(first) = shown.first() {
        View { answer, d: first, paper, lead: "", most: SHORT }.footer(&mut out);
    }
    out
}

/// The verdict, the paragraphs that decide and what is missing: for an act among others. `lead` stands before the verdict.
pub(crate) fn short(answer: &Answer, paper: Paper, all: bool, lead: &str) -> String {
    let mut out = String::new();
    let (shown, outside) = told_apart(answer);
    for decision in shown {
        let view = View { answer, d: decision, paper, lead, most: if all { usize::MAX } else { SHORTER } };
        view.heading(&mut out);
        view.provisions(&mut out);
        if decision.possible.len() > 1 {
            view.missing(&mut out);
        }
        view.shown_only(&mut out);
    }
    not_reached(&mut out, &outside, paper);
    out
}

/// The decisions that are told, and the authorities whose law does not reach the act and that have nothing else to say. Who is alone is told.
pub(crate) fn told_apart<'a>(answer: &'a Answer) -> (Vec<&'a Decision<'a>>, Vec<&'a Decision<'a>>) {
    let silent = |d: &&Decision| d.possible == VerdictSet::only(Verdict::OutOfScope) && d.exposure.is_empty() && d.conflicts.is_empty();
    let (outside, mut shown): (Vec<&Decision>, Vec<&Decision>) = answer.decisions.iter().partition(silent);
    if shown.is_empty() {
        shown.extend(outside.first());
        return (shown, outside.into_iter().skip(1).collect());
    }
    (shown, outside)
}

fn not_reached(out: &mut String, outside: &[&Decision], paper: Paper) {
    if !outside.is_empty() {
        let names: Vec<&str> = outside.iter().map(|d| jurisdiction(&d.jurisdiction)).collect();
        paper.entry(out, "Out of scope", &names.join(", "));
    }
}

struct View<'a> {
    answer: &'a Answer<'a>,
    d: &'a Decision<'a>,
    paper: Paper,
    /// How many entries of a list are shown.
    most: usize,
    /// Words before the verdict, such as `if true:`.
    lead: &'a str,
}

impl View<'_> {
    fn decision(&self, out: &mut String) {
        self.heading(out);
        self.provisions(out);
        self.decides(out);
        self.bound(out);
        self.exceptions(out);
        self.duties(out);
        self.shown_only(out);
        self.missing(out);
        self.rests_on(out);
        if self.most == usize::MAX
            && let Some(proof) = &self.d.proof
        {
            let _ = writeln!(out, "\n  {BOLD}Proof{BOLD:#}");
            self.proof(out, proof, 4);
        }
        out.push('\n');
    }

    fn heading(&self, out: &mut String) {
        let (mark, word, style) = self.paper.verdict(self.d.possible);
        let who = jurisdiction(&self.d.jurisdiction);
        let when = match self.answer.as_of {
            Some(span) => span_words(span),
            None => "on any day".to_owned(),
        };
        let right = format!("{who} · {when}");
        let lead = if self.lead.is_empty() { String::new() } else { format!("{} ", self.lead) };
        let left = lead.chars().count() + mark.chars().count() + 1 + word.chars().count();
        let gap = self.paper.width.saturating_sub(left + right.chars().count()).max(2);
        let _ = writeln!(out, "{lead}{style}{mark} {word}{style:#}{}{right}", " ".repeat(gap));
        if self.d.possible.len() > 1 {
            let words: Vec<&str> = self.d.possible.iter().map(plain).collect();
            let _ = writeln!(out, "  still possible: {}", words.join(", "));
        }
    }

    fn shown(&self, of: usize) -> usize {
        of.min(self.most)
    }

    fn more(&self, out: &mut String, of: usize) {
        if of > self.shown(of) {
            let _ = writeln!(out, "  {DIM}{} more, --all{DIM:#}", of - self.shown(of));
        }
    }

    fn provisions(&self, out: &mut String) {
        let law = self.answer.book.law();
        let shown = self.shown(self.d.provisions.len());
        let rows: Vec<(String, &str, String)> = self
            .d
            .provisions
            .iter()
            .take(shown)
            .filter_map(|view| {
                let p = law.prohibition(view.id)?;
                let since =
                    p.periods.iter().find(|t| t.holds_on(self.d.day)).map_or_else(String::new, |t| format!("since {}", short_date(t.from)));
                let state = match view.state {
                    ProvisionState::Decides | ProvisionState::NeedsApproval => "",
                    ProvisionState::Lifted => "lifted",
                    ProvisionState::Open => "may forbid it",
                };
                let note = [since.as_str(), state].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ");
                Some((paragraph(&law.cite(view.id)), p.title.as_str(), note))
            })
            .collect();
        let column = rows.iter().map(|r| r.0.chars().count()).max().unwrap_or(0);
        for (cite, title, note) in rows {
            let used = 2 + column + 2 + title.chars().count() + 2 + note.chars().count();
            let pad = " ".repeat(column - cite.chars().count() + 2);
            if used <= self.paper.width {
                let _ = writeln!(out, "  {BOLD}{cite}{BOLD:#}{pad}{title}  {}{DIM}{note}{DIM:#}", " ".repeat(self.paper.width - used));
            } else {
                let _ = writeln!(out, "  {BOLD}{cite}{BOLD:#}  {DIM}{note}{DIM:#}");
                self.paper.paragraph(out, 6, title);
            }
        }
        self.more(out, self.d.provisions.len());
    }

    /// The facts that the first provision rests on, in words.
    fn decides(&self, out: &mut String) {
        if let Some((label, facts)) = deciding_facts(self.d) {
            self.paper.entry(out, label, &self.named(&facts.join(" · ")));
        }
    }

    fn bound(&self, out: &mut String) {
        let said = bound(self.answer, self.d);
        if !said.is_empty() {
            self.paper.entry(out, "Bound", &said.join("; "));
        }
    }

    fn exceptions(&self, out: &mut String) {
        let Ways { lifts, routes, failed } = ways(self.answer, self.d);
        if !lifts.is_empty() {
            self.paper.entry(out, "Lifted by", &lifts.join("; "));
        }
        if !routes.is_empty() && self.d.possible.worst() > Some(Verdict::Permitted) {
            self.paper.entry(out, "Who could allow", &routes.join("; "));
        }
        let shown = self.shown(failed.len());
        if !failed.is_empty() && self.d.possible.worst() > Some(Verdict::Permitted) {
            self.paper.entry(out, "Considered", &failed.get(..shown).unwrap_or_default().join("; "));
        }
    }

    fn duties(&self, out: &mut String) {
        let law = self.answer.book.law();
        let said: Vec<String> = self
            .d
            .duties
            .iter()
            .filter_map(|d| Some(format!("{} ({})", law.prohibition(d.id)?.title, paragraph(&law.cite(d.id)))))
            .collect();
        if !said.is_empty() {
            self.paper.entry(out, "Duties", &said.join("; "));
        }
    }

    /// What somebody risks, where laws pull in two directions, and the readings of what is disputed.
    fn shown_only(&self, out: &mut String) {
        let law = self.answer.book.law();
        let told = |id: &str| law.prohibition(id).map(|p| format!("{} ({})", p.says.trim_end_matches('.'), paragraph(&law.cite(id))));
        for (label, views) in [("Exposure", &self.d.exposure), ("Conflict", &self.d.conflicts)] {
            let said: Vec<String> = views.iter().filter_map(|v| told(v.id)).collect();
            let shown = self.shown(said.len());
            if let Some(some) = said.get(..shown).filter(|s| !s.is_empty()) {
                self.paper.entry(out, label, &some.join("; "));
                self.more(out, said.len());
            }
        }
        for view in &self.d.contested {
            let Some(contest) = law.contests.get(view.id) else { continue };
            self.paper.entry(out, "Disputed", &contest.says);
            for reading in &contest.readings {
                let set = if reading.yes { view.if_yes } else { view.if_no };
                let words: Vec<&str> = set.iter().map(plain).collect();
                let held = if reading.held_by.is_empty() { String::new() } else { format!(" – so {}", reading.held_by.join(", ")) };
                let left = if words.is_empty() { String::new() } else { format!("{}: ", words.join(" or ")) };
                self.paper.entry(out, "", &format!("{left}{}{held}", reading.says));
            }
        }
    }

    fn missing(&self, out: &mut String) {
        if self.d.missing.is_empty() {
            return;
        }
        let _ = writeln!(out, "  {BOLD}Not yet known{BOLD:#}");
        let shown = self.shown(self.d.missing.len());
        for m in self.d.missing.iter().take(shown) {
            // An answer that leaves everything open is not worth reading.
            let telling = m.outcomes.iter().filter(|(_, set)| *set != self.d.possible);
            let many = telling.clone().count() > self.most;
            let mut outcomes: Vec<String> = telling
                .take(if many { self.most - 1 } else { usize::MAX })
                .map(|(answer, set)| format!("{answer} → {}", set.iter().map(plain).collect::<Vec<_>>().join(" or ")))
                .collect();
            outcomes.extend(many.then(|| "…".to_owned()));
            self.paper.paragraph(out, 4, &self.named(&m.question));
            if !outcomes.is_empty() {
                outcomes.iter().for_each(|o| self.paper.paragraph(out, 8, o));
            }
            let _ = writeln!(out, "        {DIM}{}{DIM:#}", clean(&m.fact));
        }
        self.more(out, self.d.missing.len());
    }

    fn rests_on(&self, out: &mut String) {
        let mut said: Vec<String> = self.answer.act.evidence.iter().map(|e| evidence(self.answer, e)).collect();
        said.dedup();
        let taken: Vec<String> =
            self.d.assumptions.iter().map(|a| format!("{} ({})", a.what.trim_end_matches('.'), lower(&a.because))).collect();
        for (label, said) in [("Rests on", said), ("Presumed", taken)] {
            let shown = self.shown(said.len());
            if let Some(some) = said.get(..shown).filter(|s| !s.is_empty()) {
                self.paper.entry(out, label, &some.join("; "));
                self.more(out, said.len());
            }
        }
    }

    fn footer(&self, out: &mut String) {
        if !self.d.verified && self.d.provisions.iter().any(|p| p.state != ProvisionState::Open) {
            let _ = writeln!(out, "  {DIM}Part of this is encoded from memory and not yet checked against its source (recalled).{DIM:#}");
        }
        let cite = self.d.provisions.first().map_or_else(|| "licit law coverage".to_owned(), |p| format!("licit law show {}", p.id));
        let _ = writeln!(out, "\n  {DIM}{cite}   ·   --all   ·   --json   ·   not legal advice{DIM:#}");
    }

    fn proof(&self, out: &mut String, node: &Proof, indent: usize) {
        let mark = match (node.truth, self.paper.unicode) {
            (Truth::True, true) => "✓",
            (Truth::False, true) => "✗",
            (Truth::True, false) => "yes",
            (Truth::False, false) => "no",
            (Truth::Unknown, _) => "?",
        };
        let cite = node.cite.as_ref().map_or_else(String::new, |c| format!("  [{c}]"));
        let above = if node.by == Step::Told { ", told above" } else { "" };
        self.paper.paragraph(out, indent, &format!("{mark} {}{cite}{above}", self.named(&node.claim)));
        for child in &node.because {
            self.proof(out, child, (indent + 2).min(24));
        }
    }

    fn named(&self, text: &str) -> String {
        named(self.answer.book, text)
    }
}

/// Who is bound, and as what.
pub(crate) fn bound(answer: &Answer, d: &Decision) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut seen: Vec<(Option<Country>, &str)> = Vec::new();
    for b in &d.bearers {
        let key = (b.state, b.who.as_deref().unwrap_or(b.role));
        if seen.contains(&key) || b.who.is_none() && b.state.is_some() && seen.iter().any(|(s, _)| *s == b.state) {
            continue;
        }
        seen.push(key);
        said.push(match b.state {
            Some(c) if b.who.is_some() => {
                let name = clean(b.who.as_deref().unwrap_or_default());
                format!("{name}, as a person bound ({})", answer.book.resolver().country_name(c, false))
            }
            Some(c) => format!("{}, as the {}{}", answer.book.resolver().country_name(c, true), b.role, vote(answer, d, c)),
            None => b.role.to_owned(),
        });
    }
    said
}

/// A permanent member votes on every resolution, so a unanimous vote, or named abstentions, say how it voted.
fn vote(answer: &Answer, d: &Decision, country: Country) -> &'static str {
    if !["CN", "FR", "GB", "RU", "US"].contains(&country.code()) {
        return "";
    }
    let law = answer.book.law();
    let mut votes = d
        .provisions
        .iter()
        .filter(|p| p.state != ProvisionState::Open)
        .filter_map(|p| law.instrument_of(p.id)?.adopted.vote.as_ref())
        .peekable();
    if votes.peek().is_some() && votes.all(|v| v.yes == 15) { " (it voted for it, 15–0)" } else { "" }
}

/// What lifts, who could allow, and what was looked at in vain.
pub(crate) struct Ways {
    pub lifts: Vec<String>,
    pub routes: Vec<String>,
    pub failed: Vec<String>,
}

/// How the exceptions fared, in words.
pub(crate) fn ways(answer: &Answer, d: &Decision) -> Ways {
    let law = answer.book.law();
    let (mut lifts, mut routes, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for view in &d.exceptions {
        let Some(e) = law.exception(view.id) else { continue };
        let cite = paragraph(&law.cite(view.id));
        match (&e.kind, view.status) {
            (_, ExceptionStatus::Met) => lifts.push(format!("{cite}: {} ({})", e.says, view.because)),
            (ExceptionKind::Derogation { authority, route, .. }, status) => {
                let how = match (route, status) {
                    (Route::Discretionary, _) => "at its discretion",
                    (Route::Specific, ExceptionStatus::NotApproved) => "a route that fits",
                    (Route::Specific, ExceptionStatus::Open) => "a route that may fit",
                    (Route::Specific, _) => continue,
                };
                let word = format!("by the {}, {how} ({cite}): {}", authority_name(authority), view.because);
                if *route == Route::Specific { routes.insert(0, word) } else { routes.push(word) }
            }
            (ExceptionKind::Exemption, status) => {
                let open = if status == ExceptionStatus::Open { "may lift it" } else { "does not lift it" };
                let what = if e.title.is_empty() { &e.says } else { &e.title };
                failed.push(format!("{cite}, {} {open}", lower(what)));
            }
        }
    }
    routes.dedup();
    Ways { lifts, routes, failed }
}

/// How a word became a fact, without the path of the fact.
pub(crate) fn evidence(answer: &Answer, e: &Evidence) -> String {
    let field = e.fact.rsplit_once("].").map_or(e.fact.as_str(), |(_, f)| f);
    match field.strip_prefix("is.") {
        Some(list) => {
            let lists = &answer.book.law().lists;
            let id = list.rsplit_once('/').map_or(list, |(l, _)| l);
            let title = lists.get(list).or_else(|| lists.get(id)).map_or(list, |l| l.title.as_str());
            let how = if e.value == "possible" { "may belong" } else { "belongs" };
            format!("{how} to “{title}” by {}", e.because)
        }
        None if field == "hs" && e.value == "no goods" => format!("no goods, by {}", e.because),
        None if field == "hs" => format!("HS {} by {}", e.value, e.because),
        None => e.because.clone(),
    }
}

/// Country codes standing alone become names: `it goes to KP`.
pub(crate) fn named(book: &Rulebook, text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let bare = word.trim_end_matches(['.', ',', '?', ';', ')']);
            match Country::new(bare).filter(|_| bare.len() == 2 && bare.bytes().all(|b| b.is_ascii_uppercase()) && bare != "HS") {
                Some(c) => word.replacen(bare, &book.resolver().country_name(c, false), 1),
                None => word.to_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}
/// The facts that the first provision rests on, in words, and whether they decide or are still open.
pub(crate) fn deciding_facts(d: &Decision) -> Option<(&'static str, Vec<String>)> {
    let mut provisions = d.proof.as_ref()?.because.iter().filter(|p| p.by == Step::Provision).peekable();
    if d.possible.single().is_some() && provisions.peek().is_some() {
        // Of an answer that is settled nothing is open, though what would be lifted anyway may be.
        let mut facts = Vec::new();
        let node = provisions.find(|p| p.truth == Truth::True)?;
        node.because.first().iter().for_each(|trigger| leaves(trigger, Truth::True, &mut facts));
        facts.dedup();
        return (!facts.is_empty()).then_some(("What decides", facts));
    }
    let Some(node) = provisions.next() else {
        let free = d.possible == VerdictSet::only(Verdict::Permitted);
        return free.then(|| ("Why", vec!["no encoded provision forbids this".to_owned()]));
    };
    let mut facts = Vec::new();
    if let Some(trigger) = node.because.first() {
        leaves(trigger, node.truth, &mut facts);
    }
    facts.dedup();
    (!facts.is_empty()).then_some((if node.truth == Truth::True { "What decides" } else { "Still open" }, facts))
}

pub(crate) fn lower(text: &str) -> String {
    let mut chars = text.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// The leaves of a condition that have its truth; of an alternative only those that carry it.
fn leaves(node: &Proof, wanted: Truth, out: &mut Vec<String>) {
    if node.truth != wanted {
        return;
    }
    if node.because.is_empty() || node.by == Step::Not {
        out.push(node.claim.trim_end_matches('.').to_owned());
    } else {
        node.because.iter().for_each(|c| leaves(c, wanted, out));
    }
}

/// `S/RES/2397 (2017), para. 7` → `S/RES/2397 (2017) ¶7`.
pub(crate) fn paragraph(cite: &str) -> String {
    cite.replace(", para. ", " ¶").replace(", § ", " § ")
}

/// A verdict in plain words.
pub(crate) fn plain(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::OutOfScope => "out of scope",
        Verdict::Permitted => "permitted",
        Verdict::NeedsAuthorisation => "needs authorisation",
        Verdict::Prohibited => "prohibited",
    }
}

/// The name of a jurisdiction.
pub(crate) fn jurisdiction(code: &str) -> &str {
    match code {
        "un" => "United Nations",
        "eu" => "European Union",
        "us" => "United States",
        "uk" => "United Kingdom",
        "kr" => "Republic of Korea",
        "jp" => "Japan",
        "ch" => "Switzerland",
        "au" => "Australia",
        "ca" => "Canada",
        "sg" => "Singapore",
        "nz" => "New Zealand",
        other => other,
    }
}

/// The name of an authority that may approve.
pub(crate) fn authority_name(id: &str) -> String {
    let name = match id {
        "un/1718-committee" => "1718 Committee",
        "un/security-council" => "Security Council",
        "kr/mou" => "Ministry of Unification",
        "us/ofac" => "Office of Foreign Assets Control",
        "us/bis" => "Bureau of Industry and Security",
        "us/state" => "Department of State",
        "eu/commission" => "European Commission",
        "eu/member-state" => "competent authority of the Member State",
        "uk/ofsi" => "Office of Financial Sanctions Implementation",
        "uk/dbt" => "Department for Business and Trade",
        "uk/otsi" => "Office of Trade Sanctions Implementation",
        "uk/dft" => "Department for Transport",
        "uk/home-office" => "Home Office",
        "ch/seco" => "State Secretariat for Economic Affairs",
        "jp/meti" => "Ministry of Economy, Trade and Industry",
        "au/minister" => "Minister for Foreign Affairs",
        other => return other.rsplit('/').next().unwrap_or(other).replace('-', " "),
    };
    name.to_owned()
}

/// The day, for people who read no code.
pub(crate) fn day(day: Option<Date>) -> String {
    day.map_or_else(|| "open".to_owned(), long_date)
}
