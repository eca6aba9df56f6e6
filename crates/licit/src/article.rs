//! The answer to a text: its acts and claims with the words that say them, and a decision for each act as if it were true; and its JSON, as
//! the contract fixes it. What a text says is data: no word of it is ever followed, and none can change a verdict but as a fact.

use crate::answer::{Answer, Ask, span_text};
use crate::input::InputProblem;
use crate::json::{self, ActError, Brief, Full};
use crate::{Disagreement, Endpoint, Format, Rulebook, Source, Text, TextRead, read_by_model, read_with_model};
use decide::Depth;
use rayon::prelude::*;
use read::{Language, Span, Stance};
use serde::Serialize;
use serde_json::{Value, json};

/// The languages that are read, for messages.
fn languages() -> String {
    Language::ALL.iter().map(|l| l.code()).collect::<Vec<_>>().join(", ")
}

/// A text with what was found in it.
#[derive(Clone, Debug)]
pub struct Article {
    /// The text; its places are those of the spans.
    pub text: Text,
    /// Acts and claims.
    pub read: TextRead,
    /// The language it was read in, or is in when it was not read.
    pub language: String,
    /// Whether some of it was not read.
    pub partial: bool,
    /// What the reader of the answer should know of how the text was read.
    pub notes: Vec<String>,
    /// What a model added, where one was asked.
    pub model: Option<ModelSays>,
    /// Whether the text was taken out of a file of another form, so that places mean nothing without it.
    pub extracted: bool,
}

/// Who reads a text.
#[derive(Clone, Debug, Default)]
pub enum TextReader {
    /// The rules, offline.
    #[default]
    Rules,
    /// A model; the rules only where it gives no answer.
    Model(Endpoint),
    /// Both, with what they read differently.
    Both(Endpoint),
}

/// What a model that was asked contributed.
#[derive(Clone, Debug)]
pub struct ModelSays {
    /// Who found each act.
    pub found_by: Vec<Source>,
    /// Facts that rules and model read differently.
    pub disagreements: Vec<Disagreement>,
    /// What the model said and the text does not.
    pub dropped: Vec<String>,
    /// How many requests were made.
    pub requests: u32,
}

/// An act that some say happened and others say did not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contradiction {
    /// Index of the act.
    pub act: usize,
    /// Indices of the claims that tell it.
    pub told: Vec<usize>,
    /// Indices of the claims that deny it.
    pub denied: Vec<usize>,
}

/// The answer to an act, or why it could not be understood as one.
pub(crate) type Outcome<'a> = Result<Answer<'a>, &'a [InputProblem]>;

impl Article {
    /// Reads a text by the rules.
    #[must_use]
    pub fn read(book: &Rulebook, text: Text) -> Self {
        Self::read_by(book, text, &TextReader::Rules)
    }

    /// Reads a text by the rules, a model or both. A model that fails leaves the reading of the rules and a note.
    #[must_use]
    pub fn read_by(book: &Rulebook, text: Text, reader: &TextReader) -> Self {
        let modelled = match reader {
            TextReader::Rules => return Self::by_rules(book, text),
            TextReader::Model(endpoint) => read_by_model(book, &text, endpoint),
            TextReader::Both(endpoint) => read_with_model(book, &text, endpoint),
        };
        let mut article = Self::by_rules(book, text);
        article.read = modelled.read;
        article.notes.extend(modelled.notes);
        article.model = Some(ModelSays {
            found_by: modelled.sources,
            disagreements: modelled.disagreements,
            dropped: modelled.dropped,
            requests: modelled.requests,
        });
        article
    }

    fn by_rules(book: &Rulebook, text: Text) -> Self {
        Self::by(book, text, Rulebook::read_text)
    }

    /// Reads by rules, as `reads` does.
    fn by(book: &Rulebook, text: Text, reads: fn(&Rulebook, &Text) -> TextRead) -> Self {
        let given = text.language.as_deref().map(|l| l.trim().to_lowercase()).filter(|l| !l.is_empty());
        let unknown = given.as_deref().filter(|l| Language::parse(l).is_none());
        let mut notes = Vec::new();
        let read = match unknown {
            Some(given) => {
                let shown: String = given.chars().take(40).collect();
                notes.push(format!("not read: its language is given as `{shown}`; read are {}", languages()));
                TextRead::default()
            }
            None => reads(book, &text),
        };
        let language = read.language.map_or_else(
            || given.clone().or_else(|| read.not_read.map(str::to_owned)).unwrap_or_else(|| "unknown".to_owned()),
            |l| l.code().to_owned(),
        );
        match (read.language, read.not_read) {
            (Some(_), _) if text.published.is_none() => {
                notes.push("the day of publication is not known, so words of time such as “yesterday” are not resolved".to_owned());
            }
            (None, Some(name)) => {
                notes.push(format!("not read: the text seems to be in {name}; read are {}; --language says otherwise", languages()))
            }
            _ => {}
        }
        if let Some(language) = read.language.filter(|_| read.partial) {
            notes.push(format!("{} is read in part, by tables of words; English is read in full", language.name()));
        }
        let partial = read.partial || read.language.is_none();
        Self { text, read, language, partial, notes, model: None, extracted: false }
    }

    /// Reads the sentence; where it ends in a question that hides what it tells (`…, is he allowed to do that?`), what stands before that.
    pub(crate) fn read_question(book: &Rulebook, text: Text) -> Self {
        // A report may be pasted too; it is read as one.
        let asks = |book: &Rulebook, text: Text| {
            let short = text.text.len() <= LONGEST_QUESTION;
            Self::by(book, text, if short { Rulebook::read_asked } else { Rulebook::read_text })
        };
        let article = asks(book, text);
        let whole = article.text.text.clone();
        if !article.read.acts.is_empty() || !whole.trim_end().ends_with('?') {
            return article;
        }
        let Some(end) = [" – ", " — ", " - ", "; ", ". ", ", ", ": "].iter().filter_map(|mark| whole.rfind(mark)).max() else {
            return article;
        };
        let before = whole.get(..end).unwrap_or_default().to_owned();
        let mut shorter = asks(book, Text { text: before, ..article.text.clone() });
        // Places are counted from the beginning, so they hold in the whole as well.
        shorter.text.text = whole;
        shorter
    }

    /// Takes a day for the acts of which no words say when, and notes that it did.
    pub(crate) fn dated(&mut self, book: &Rulebook, on: model::Span) {
        for told in &mut self.read.acts {
            let open = told.read.as_ref().is_ok_and(|act| act.act.on.is_none());
            let Some(act) = told.act.as_object_mut().filter(|_| open) else { continue };
            act.insert("on".into(), json!(span_text(on)));
            told.read = book.read_act(told.act.to_string().as_bytes(), Format::Json);
            self.notes.push(format!("{}: no words say when; the day that was asked about is taken", id(&told.act)));
        }
    }

    /// Decides each act as if it were true. Side by side: the law of a day is compiled when it is first needed, which is most of the time of one text.
    pub(crate) fn answers<'a>(&'a self, book: &'a Rulebook, ask: &Ask) -> Vec<Outcome<'a>> {
        let one = |act: &'a crate::ToldAct| match &act.read {
            Err(problems) => Err(problems.as_slice()),
            Ok(_) => act.decide(book, ask).ok_or(&[] as &[InputProblem]),
        };
        self.read.acts.par_iter().map(one).collect()
    }

    /// Acts that somebody tells and somebody denies.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let of = |act: usize| {
            let about = |wanted: &dyn Fn(Stance) -> bool| -> Vec<usize> {
                let claims = self.read.claims.iter().enumerate();
                claims.filter(|(_, c)| c.about.contains(&act) && wanted(c.stance)).map(|(at, _)| at).collect()
            };
            let told = about(&|s| matches!(s, Stance::Reports | Stance::AssertsViolation | Stance::Confirms));
            let denied = about(&|s| s == Stance::Denies);
            (!told.is_empty() && !denied.is_empty()).then_some(Contradiction { act, told, denied })
        };
        (0..self.read.acts.len()).filter_map(of).collect()
    }

    /// The words at a place.
    #[must_use]
    pub fn quote(&self, span: Span) -> &str {
        let (start, end) = whole(&self.text.text, span);
        self.text.text.get(start..end).unwrap_or_default()
    }

    /// The answer as JSON, on one line or indented.
    #[must_use]
    pub fn json(&self, book: &Rulebook, ask: &Ask, indented: bool) -> String {
        json::harmless(json::text(&self.view(&self.answers(book, ask)), indented))
    }

    fn view<'a>(&'a self, answers: &'a [Outcome<'a>]) -> View<'a> {
        let places = CodePoints::of(&self.text.text);
        let quoted = |span: Span| {
            let span = whole(&self.text.text, span);
            Quoted { start: places.at(span.0), end: places.at(span.1), quote: self.quote(span) }
        };
        let found_by = |at: usize| self.model.as_ref().and_then(|m| m.found_by.get(at)).map(|s| s.word());
        let transfer = |(at, told): (usize, &'a crate::ToldAct)| TransferView {
            found_by: found_by(at),
            id: id(&told.act),
            status: told.transfer.telling.word(),
            attributed_to: &told.transfer.attributed_to,
            act: &told.act,
            evidence: told
                .evidence
                .iter()
                .map(|(fact, span)| EvidenceView { fact, inferred: told.inferred.contains(fact), said: quoted(*span) })
                .collect(),
        };
        let claim = |(at, claim): (usize, &'a read::Claim)| ClaimView {
            id: format!("C{}", at + 1),
            speaker: &claim.speaker.name,
            stance: claim.stance.word(),
            about: claim.about.iter().filter_map(|a| self.read.acts.get(*a)).map(|told| id(&told.act)).collect(),
            said: quoted(claim.span),
        };
        let document = DocumentView {
            id: &self.text.id,
            language: &self.language,
            published: self.text.published.map(|day| day.to_string()),
            partial: self.partial,
            notes: &self.notes,
            text: self.extracted.then_some(&self.text.text),
            model: self.model.as_ref().map(|model| ModelView {
                requests: model.requests,
                dropped: &model.dropped,
                disagreements: model.disagreements.iter().map(|d| self.disagreement(d)).collect(),
            }),
        };
        View {
            document,
            transfers: self.read.acts.iter().enumerate().map(transfer).collect(),
            claims: self.read.claims.iter().enumerate().map(claim).collect(),
            decisions: self.read.acts.iter().zip(answers).map(|(told, answer)| decision(id(&told.act), answer)).collect(),
        }
    }
}

impl Article {
    fn disagreement<'a>(&'a self, d: &'a Disagreement) -> DisagreementView<'a> {
        let transfer = self.read.acts.get(d.transfer).map_or("", |told| id(&told.act));
        DisagreementView { transfer, fact: d.fact, rules: &d.rules, model: &d.model }
    }
}

/// The id of an act.
pub(crate) fn id(act: &Value) -> &str {
    act.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn decision<'a>(id: &'a str, answer: &'a Outcome<'a>) -> DecisionView<'a> {
    match answer {
        Ok(answer) if answer.depth == Depth::Full => DecisionView::Full(Box::new(json::full(answer))),
        Ok(answer) => DecisionView::Brief(json::brief(answer)),
        Err(problems) => DecisionView::Error(json::act_error(id, problems)),
    }
}

/// The span within the text, on whole characters.
fn whole(text: &str, (start, end): Span) -> Span {
    let on = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (on(start), on(end));
    (start, end.max(start))
}

/// Counts characters up to a byte: one pass over the text, then at most a step of it a question.
struct CodePoints<'t> {
    text: &'t [u8],
    /// How many characters start before each step.
    before: Vec<usize>,
}

/// Bytes of a step.
const STEP: usize = 256;

/// Most bytes of what somebody asks; what is longer is a report.
const LONGEST_QUESTION: usize = 500;

impl<'t> CodePoints<'t> {
    fn of(text: &'t str) -> Self {
        let mut count = 0;
        let before = text.as_bytes().chunks(STEP).map(|chunk| {
            let so_far = count;
            count += starts(chunk);
            so_far
        });
        let mut before: Vec<usize> = before.collect();
        before.push(count);
        Self { text: text.as_bytes(), before }
    }

    fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = byte / STEP;
        let rest = self.text.get(step * STEP..byte).unwrap_or_default();
        self.before.get(step).copied().unwrap_or_default() + starts(rest)
    }
}

/// Bytes at which a character starts.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

#[derive(Serialize)]
struct View<'a> {
    document: DocumentView<'a>,
    transfers: Vec<TransferView<'a>>,
    claims: Vec<ClaimView<'a>>,
    decisions: Vec<DecisionView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    id: &'a str,
    language: &'a str,
    published: Option<String>,
    partial: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<ModelView<'a>>,
}

#[derive(Serialize)]
struct ModelView<'a> {
    requests: u32,
    dropped: &'a [String],
    disagreements: Vec<DisagreementView<'a>>,
}

#[derive(Serialize)]
struct DisagreementView<'a> {
    transfer: &'a str,
    fact: &'a str,
    rules: &'a str,
    model: &'a str,
}

#[derive(Serialize)]
struct TransferView<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    found_by: Option<&'static str>,
    status: &'static str,
    attributed_to: &'a [String],
    act: &'a Value,
    evidence: Vec<EvidenceView<'a>>,
}

#[derive(Serialize)]
struct Quoted<'a> {
    start: usize,
    end: usize,
    quote: &'a str,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    fact: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    inferred: bool,
    #[serde(flatten)]
    said: Quoted<'a>,
}

#[derive(Serialize)]
struct ClaimView<'a> {
    id: String,
    speaker: &'a str,
    stance: &'static str,
    about: Vec<&'a str>,
    #[serde(flatten)]
    said: Quoted<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum DecisionView<'a> {
    Full(Box<Full<'a>>),
    Brief(Brief<'a>),
    Error(ActError<'a>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let text = "🚗 n\u{303}o “Ünïcode” 김정은 ".repeat(40);
        let places = CodePoints::of(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(places.at(byte), count);
        }
        assert_eq!(places.at(text.len()), text.chars().count());
        assert_eq!(places.at(text.len() + 9), text.chars().count());
        assert_eq!(CodePoints::of("").at(0), 0);
    }

    #[test]
    fn a_place_inside_a_character_is_moved_to_its_start() {
        assert_eq!(whole("é!", (1, 3)), (0, 3));
        assert_eq!(whole("é", (9, 4)), (2, 2));
    }
}
