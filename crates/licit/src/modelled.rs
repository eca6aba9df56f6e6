//! The optional reader that asks a language model, and what is made of its answer beside that of the rules.
//!
//! A model may point at words; it may not say anything. It names a kind of act and quotes, and [`check`] keeps only what the quoted words say by
//! our own tables: the country of a name, the day of a date, whether a sentence denies. We decided against letting it give countries, dates or
//! verdicts, because nothing could tell a right one from an invented one, and against asking it again whether it was right.
//!
//! The one invariant: whatever a server answers, nothing is told that has no span in the text, and the reading by rules is given in any case.
//! Nothing is sent anywhere unless a caller makes an [`Endpoint`] and asks.

mod answer;
mod ask;
mod check;
mod merge;
mod probe;
mod prompt;
mod quote;
mod signs;

pub use merge::{Disagreement, Merged, Source, merge};

use crate::{Rulebook, Text, TextRead};
use read::{Claim, Reading, Transfer};
use std::fmt;
use std::time::Duration;
use ureq::http::Uri;

/// The environment variable of the key.
const KEY: &str = "LICIT_MODEL_KEY";

/// A server that answers chat completions as OpenAI's do, and how much may be asked of it.
#[derive(Clone)]
pub struct Endpoint {
    url: String,
    model: String,
    key: Option<String>,
    /// The longest that one try may take.
    pub timeout: Duration,
    /// How often a part of a text is tried when the server is busy or fails; at least once.
    pub tries: u32,
    /// Most characters of one text that are sent; what is behind them only the rules read.
    pub budget_chars: usize,
}

impl Endpoint {
    /// An endpoint without a key. `url` is the server's base, such as `http://127.0.0.1:11434/v1`.
    ///
    /// # Errors
    /// When the address is not one of `http` or `https`, or carries a password, a question or a fragment.
    pub fn new(url: &str, model: &str) -> Result<Self, String> {
        let url = base(url)?;
        if model.trim().is_empty() {
            return Err("the name of a model is needed, as the server calls it".into());
        }
        Ok(Self { url, model: model.trim().to_owned(), key: None, timeout: Duration::from_secs(120), tries: 3, budget_chars: 60_000 })
    }

    /// As [`Self::new`], with the key of the environment variable `LICIT_MODEL_KEY` if there is one.
    ///
    /// # Errors
    /// As [`Self::new`], and when the key could not stand in a header.
    pub fn from_env(url: &str, model: &str) -> Result<Self, String> {
        let endpoint = Self::new(url, model)?;
        match std::env::var(KEY) {
            Ok(key) if !key.trim().is_empty() => endpoint.with_key(&key),
            Ok(_) | Err(std::env::VarError::NotPresent) => Ok(endpoint),
            Err(std::env::VarError::NotUnicode(_)) => Err(format!("the key in {KEY} is not text")),
        }
    }

    /// The same endpoint with a key, which is sent as `Authorization: Bearer` and shown nowhere.
    ///
    /// # Errors
    /// When the key could not stand in a header; the message does not hold it.
    pub fn with_key(mut self, key: &str) -> Result<Self, String> {
        let key = key.trim();
        if key.is_empty() || !key.chars().all(|c| c.is_ascii_graphic()) {
            return Err("the key must be visible ASCII characters without spaces".into());
        }
        self.key = Some(key.to_owned());
        Ok(self)
    }

    /// The server's base address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The model's name.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("url", &self.url)
            .field("model", &self.model)
            .field("key", &self.key.as_ref().map(|_| "(not shown)"))
            .field("timeout", &self.timeout)
            .field("tries", &self.tries)
            .field("budget_chars", &self.budget_chars)
            .finish()
    }
}

/// The base address without what is appended to it.
fn base(url: &str) -> Result<String, String> {
    // A password in a refused address must not come back in the message.
    let wrong = |why: &str| format!("the address of the model's server {why}; it should look like http://127.0.0.1:11434/v1");
    let uri: Uri = url.trim().parse().map_err(|_| wrong("is no address"))?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        Some(_) => return Err(wrong("begins with something else than http:// or https://")),
        None => return Err(wrong("lacks http:// or https://")),
    }
    if uri.authority().is_none_or(|a| a.as_str().contains('@') || a.host().is_empty()) {
        return Err(wrong("must be a bare host, without name or password"));
    }
    if uri.query().is_some() || url.contains('#') {
        return Err(wrong("must end with its path"));
    }
    let url = url.trim().trim_end_matches('/');
    Ok(url.strip_suffix("/chat/completions").unwrap_or(url).trim_end_matches('/').to_owned())
}

/// What a model found in a text, as far as the text bears it out.
#[derive(Clone, Debug, Default)]
pub struct Modelled {
    /// Acts in the order of the model's answer.
    pub transfers: Vec<Transfer>,
    /// Claims; `about` counts the transfers above.
    pub claims: Vec<Claim>,
    /// What the model said and the text does not: one reason each.
    pub dropped: Vec<String>,
    /// Parts of the text that gave no answer, and why; parts that were not sent.
    pub notes: Vec<String>,
    /// How many requests were made.
    pub requests: u32,
}

/// A text read by rules and by a model.
#[derive(Clone, Debug)]
pub struct ModelRead {
    /// Acts and claims, as [`Rulebook::read_text`] gives them.
    pub read: TextRead,
    /// Who found each act, in the order of `read.acts`.
    pub sources: Vec<Source>,
    /// Who found each claim, in the order of `read.claims`.
    pub claim_sources: Vec<Source>,
    /// Facts that rules and model read differently; the rules' are in the acts.
    pub disagreements: Vec<Disagreement>,
    /// As [`Modelled::dropped`].
    pub dropped: Vec<String>,
    /// As [`Modelled::notes`].
    pub notes: Vec<String>,
    /// As [`Modelled::requests`].
    pub requests: u32,
}

/// Reads a text by rules and by a model: acts that both find stand as the rules read them, acts that only the model finds come behind.
///
/// Sends the text to the endpoint. When that fails the notes say why and the reading is that of the rules alone.
#[must_use]
pub fn read_with_model(book: &Rulebook, text: &Text, endpoint: &Endpoint) -> ModelRead {
    let (model, _) = ask_model(book, text, endpoint);
    finish(book, text, book.reading(text), model)
}

/// Reads a text by a model alone. When no part of the text got an answer, the reading is that of the rules, and the notes say why.
#[must_use]
pub fn read_by_model(book: &Rulebook, text: &Text, endpoint: &Endpoint) -> ModelRead {
    let (model, heard) = ask_model(book, text, endpoint);
    let rules = if heard { Reading::default() } else { book.reading(text) };
    finish(book, text, rules, model)
}

fn finish(book: &Rulebook, text: &Text, rules: Reading, mut model: Modelled) -> ModelRead {
    let (dropped, notes, requests) = (std::mem::take(&mut model.dropped), std::mem::take(&mut model.notes), model.requests);
    let Merged { reading, sources, claim_sources, disagreements } = merge(rules, model);
    ModelRead { read: book.told_acts(text, reading), sources, claim_sources, disagreements, dropped, notes, requests }
}

/// Asks the model part by part and checks each answer against its part; also whether any part got an answer that could be read.
fn ask_model(book: &Rulebook, text: &Text, endpoint: &Endpoint) -> (Modelled, bool) {
    let (mut out, mut heard) = (Modelled::default(), false);
    let parts = prompt::parts(&text.text, endpoint.budget_chars);
    if parts.left_chars > 0 {
        out.notes.push(format!("the last {} characters were not shown to the model: the text is longer than is allowed", parts.left_chars));
    }
    let mut client = ask::Client::new(endpoint);
    for (number, part) in parts.spans.iter().enumerate() {
        let note = |why: String| if parts.spans.len() > 1 { format!("part {} of the text: {why}", number + 1) } else { why };
        let words = text.text.get(part.0..part.1).unwrap_or_default();
        match client.answer(words, text.published) {
            Ok(content) => match answer::Answer::read(&content) {
                Ok(answer) => {
                    heard = true;
                    check::Check::new(book, text, *part, &mut out).answer(&answer);
                }
                Err(why) => out.notes.push(note(why)),
            },
            Err(ask::Silence { why, lasting }) => {
                out.notes.push(note(why));
                // A server that is gone or refuses will not do better by the next part.
                if lasting {
                    break;
                }
            }
        }
    }
    out.requests = client.requests;
    (out, heard)
}
