//! Whose a country is that somebody calls his own.

use super::{Finder, Scene, Who};
use crate::phrase::NounPhrase;
use model::PartyType;

impl Finder<'_> {
    /// `his country`, `her homeland`: of the person who is spoken of, whatever State was named last.
    pub(super) fn own_country(&self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Who> {
        let head = scene.tokens.get(phrase.head)?.low.as_str();
        let det = phrase.det.filter(|d| matches!(scene.tokens[*d].low.as_str(), "his" | "her"))?;
        let person =
            self.possessive(scene, det).filter(|_| matches!(head, "country" | "nation" | "homeland" | "motherland" | "fatherland"))?;
        let (name, span) = scene.words(phrase.first, phrase.end);
        (person.countries.len() == 1).then_some(Who {
            name,
            span,
            kind: Some(PartyType::Government),
            plural: false,
            place: false,
            ..person
        })
    }
}
