//! The tokens of a clean page, with references such as `&eacute;` decoded.

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, CharacterTokens, TagKind, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

/// One token.
pub(super) enum Event<'a> {
    /// A start tag and its attributes.
    Start(&'a str, &'a [Attribute]),
    /// An end tag.
    End(&'a str),
    /// Text; what stands between two tags may come in several.
    Text(&'a str),
}

/// Shows each token of a page that `clean` has been over, in order.
pub(super) fn each(html: &str, see: impl FnMut(Event<'_>)) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink(RefCell::new(see)), TokenizerOpts::default());
    // The sink never asks for a pause, so one call takes the whole input.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

/// The value of an attribute, without white space around it; empty when there is none.
pub(super) fn value<'a>(attributes: &'a [Attribute], name: &str) -> &'a str {
    attributes.iter().find(|a| &*a.name.local == name).map_or("", |a| a.value.trim())
}

struct Sink<F>(RefCell<F>);

impl<F: FnMut(Event<'_>)> TokenSink for Sink<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let see = &mut *self.0.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == TagKind::StartTag => see(Event::Start(&tag.name, &tag.attrs)),
            TagToken(tag) => see(Event::End(&tag.name)),
            CharacterTokens(text) => see(Event::Text(&text)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
