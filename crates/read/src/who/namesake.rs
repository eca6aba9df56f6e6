//! Who bears the surname of somebody well known and is somebody else: `the arms dealer Viktor Belousov`.

use super::{Finder, Named, Scene};
use crate::gazetteer::NameKind;
use crate::phrase::NounPhrase;
use crate::tag::Tag;
use model::PartyType;

/// How alike two given names of one person are at least, on the scale of Jaro and Winkler: `Dmitriy`, `Dmitri`.
const ONE_GIVEN_NAME: f64 = 0.85;

impl Finder<'_> {
    /// Whether a surname is not that of the one whom the tables know: another given name stands before it, or did when the text named him first.
    pub(super) fn is_namesake(&self, scene: &Scene<'_>, phrase: &NounPhrase, start: usize, length: usize, named: &Named) -> bool {
        if named.kind != NameKind::Person || length != 1 || !named.name.contains(' ') {
            return false;
        }
        match self.given_name(scene, phrase, start) {
            Some(given) => !is_of(&given, &named.name),
            None => self.is_named_otherwise(scene, start, named),
        }
    }

    /// The given name right before a surname, initials left out; titles and peoples are none.
    fn given_name(&self, scene: &Scene<'_>, phrase: &NounPhrase, surname: usize) -> Option<String> {
        let mut at = surname;
        while at > phrase.first {
            at -= 1;
            let token = scene.tokens.get(at)?;
            let initial = token.text.trim_end_matches('.').chars().count() == 1;
            if initial {
                continue;
            }
            let honorific = token.low.ends_with('.') || matches!(token.low.as_str(), "mr" | "mrs" | "ms" | "dr" | "general" | "gen");
            // Between capitals alone or in a headline every word looks like a name.
            let name = token.capital && !token.shouted && scene.tags.get(at) == Some(&Tag::Proper) && !token.text.contains('-');
            let known = self.gazetteer.at(scene.tokens, at).is_some() || self.gazetteer.role(scene.tokens, at, at).is_some();
            return (name && !honorific && !known).then(|| token.low.clone());
        }
        None
    }

    /// Whether the text has told of another person of this surname before.
    fn is_named_otherwise(&self, scene: &Scene<'_>, start: usize, named: &Named) -> bool {
        let Some(token) = scene.tokens.get(start) else { return false };
        let before = self.known.by_word(&token.low, token.text);
        before.is_some_and(|e| {
            let given = e.who.name.split_whitespace().next().unwrap_or_default();
            let person = e.who.kind == Some(PartyType::Person) && e.who.name.split_whitespace().count() > 1;
            let surname = e.who.name.split_whitespace().next_back().map(crate::token::lower);
            person && surname.as_ref() == Some(&token.low) && !is_of(&crate::token::lower(given), &named.name)
        })
    }
}

/// Whether somebody of this full name may be called by this given name.
fn is_of(given: &str, full: &str) -> bool {
    let full = crate::token::lower(full);
    full.split_whitespace().any(|word| strsim::jaro_winkler(given, word) >= ONE_GIVEN_NAME)
}
