//! Checks an answer against the text: what the text does not say, by our own tables, is dropped with a reason.

use super::Modelled;
use super::answer::{Answer, list, text};
use super::probe::Probe;
use super::quote::{locate, shown, words_of};
use super::{merge, signs};
use crate::{Rulebook, Text};
use ::model::{ActKind, PartyType};
use read::{Claim, Span, Stance, Telling, Thing, Transfer, When, Who};
use serde_json::Value;

/// Most bytes of a name or a thing; what is longer is a sentence.
const MOST_NAME_BYTES: usize = 160;
/// Most bytes of the words that tell an act.
const MOST_QUOTE_BYTES: usize = 1_200;
/// Words that stand for a name and are none.
const PRONOUNS: [&str; 18] =
    ["he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "who", "whom", "which", "that", "we", "us", "you"];

/// Checks the answer about one part of a text.
pub(super) struct Check<'a> {
    text: &'a Text,
    /// The part that the model saw: it can have nothing from elsewhere.
    part: Span,
    probe: Probe<'a>,
    out: &'a mut Modelled,
}

impl<'a> Check<'a> {
    pub fn new(book: &'a Rulebook, text: &'a Text, part: Span, out: &'a mut Modelled) -> Self {
        Self { text, part, probe: Probe { book, published: text.published }, out }
    }

    /// Takes over what the text bears out.
    pub fn answer(mut self, answer: &Answer) {
        // Where each transfer of the answer has gone.
        let mut places = Vec::with_capacity(answer.transfers.len());
        for (number, told) in answer.transfers.iter().enumerate() {
            let place = match self.transfer(number, told) {
                Ok(transfer) => Some(merge::gather(&mut self.out.transfers, transfer)),
                Err(why) => {
                    self.drop_it(&format!("transfer {}", number + 1), &why);
                    None
                }
            };
            places.push(place);
        }
        for (number, told) in answer.claims.iter().enumerate() {
            match self.claim(number, told, &places) {
                Ok(claim) => self.out.claims.push(claim),
                Err(why) => self.drop_it(&format!("claim {}", number + 1), &why),
            }
        }
    }

    fn drop_it(&mut self, what: &str, why: &str) {
        self.out.dropped.push(format!("{what}: {why}"));
    }

    fn locate(&self, words: &str, near: Option<Span>) -> Result<Span, String> {
        if words.trim().is_empty() {
            return Err("no words are quoted".into());
        }
        let span = locate(&self.text.text, self.part, words, near).ok_or_else(|| format!("the text has no `{}`", shown(words)))?;
        if span.1 - span.0 > MOST_QUOTE_BYTES {
            return Err(format!("`{}` is too long for a quote", shown(words)));
        }
        Ok(span)
    }

    fn transfer(&mut self, number: usize, told: &Value) -> Result<Transfer, String> {
        let what = format!("transfer {}", number + 1);
        let kind = ActKind::parse(text(told, "kind")).ok_or_else(|| format!("`{}` is no kind of act", shown(text(told, "kind"))))?;
        let status = Telling::parse(text(told, "status")).ok_or_else(|| format!("`{}` is no status", shown(text(told, "status"))))?;
        let span = self.locate(text(told, "quote"), None)?;
        let telling = self.telling(&what, span, status)?;
        let givers = self.parties(&what, told, "from", span);
        let receivers = self.parties(&what, told, "to", span);
        let things = self.things(&what, told, span);
        let on_the_way = self.parties(&what, told, "via", span);
        stands(span, &givers, &receivers, &things)?;
        let (carriers, ways): (Vec<Who>, Vec<Who>) =
            on_the_way.into_iter().partition(|w| matches!(w.kind, Some(PartyType::Vessel | PartyType::Aircraft)));
        let via =
            ways.iter().filter_map(|w| if let [country] = w.countries.as_slice() { Some((*country, w.span)) } else { None }).collect();
        for way in ways.iter().filter(|w| w.countries.len() != 1) {
            self.drop_it(&what, &format!("`{}` on the way is no country that our tables know", shown(&way.name)));
        }
        let when = self.when(&what, told, span);
        let attributed_to = self.sources(&what, told, span);
        Ok(Transfer {
            kind,
            telling,
            givers,
            receivers,
            carriers,
            via,
            things,
            value: None,
            when,
            purpose: None,
            attributed_to,
            told: vec![span],
        })
    }

    /// How surely the words tell the act, whatever the model says.
    fn telling(&mut self, what: &str, span: Span, status: Telling) -> Result<Telling, String> {
        let found = signs::check(&self.text.text, span, self.text.language.as_deref(), status);
        if found.acts == Some(false) {
            return Err(format!("no word of `{}` tells an act", shown(&words_of(&self.text.text, span))));
        }
        if found.telling != status {
            self.drop_it(what, &format!("the status `{}`: the words tell it as {}", status.word(), found.telling.word()));
        }
        Ok(found.telling)
    }

    fn parties(&mut self, what: &str, told: &Value, side: &str, near: Span) -> Vec<Who> {
        let mut out: Vec<Who> = Vec::new();
        for party in list(told, side) {
            match self.name(party, "name", near) {
                Ok(span) => {
                    let who = self.probe.who(&words_of(&self.text.text, span), span);
                    self.country(what, party, &who);
                    if !out.iter().any(|w| w.name == who.name) {
                        out.push(who);
                    }
                }
                Err(why) => self.drop_it(what, &format!("{side}: {why}")),
            }
        }
        out
    }

    /// The place of a name: its quote, or the words in the quote that are the name.
    fn name(&self, entry: &Value, field: &str, near: Span) -> Result<Span, String> {
        let quoted = self.locate(text(entry, "quote"), Some(near))?;
        let name = text(entry, field);
        let span = if name.is_empty() { Some(quoted) } else { locate(&self.text.text, quoted, name, None) };
        let span = span.ok_or_else(|| format!("`{}` is not what is quoted for it: `{}`", shown(name), shown(text(entry, "quote"))))?;
        let words = words_of(&self.text.text, span);
        if words.len() > MOST_NAME_BYTES {
            return Err(format!("`{}` is too long for a name", shown(&words)));
        }
        if PRONOUNS.contains(&words.to_lowercase().as_str()) || !words.contains(char::is_alphabetic) {
            return Err(format!("`{}` is no name", shown(&words)));
        }
        Ok(span)
    }

    /// Says when the model gives a party a country that our tables do not.
    fn country(&mut self, what: &str, party: &Value, who: &Who) {
        let said = text(party, "country");
        if !said.is_empty() && !who.countries.iter().any(|c| c.code().eq_ignore_ascii_case(said)) {
            self.drop_it(what, &format!("the country `{}` of `{}`: not what our tables say of these words", shown(said), shown(&who.name)));
        }
    }

    fn things(&mut self, what: &str, told: &Value, near: Span) -> Vec<Thing> {
        let mut out: Vec<Thing> = Vec::new();
        for item in list(told, "items") {
            match self.name(item, "words", near) {
                Ok(span) if out.iter().any(|t| t.span == span) => {}
                Ok(span) => out.push(self.probe.thing(&words_of(&self.text.text, span), span)),
                Err(why) => self.drop_it(what, &format!("items: {why}")),
            }
        }
        out
    }

    fn when(&mut self, what: &str, told: &Value, near: Span) -> Option<(When, Span)> {
        let (said, words) = (text(told, "on"), text(told, "on_quote"));
        if said.is_empty() && words.is_empty() {
            return None;
        }
        let found = self.locate(words, Some(near)).and_then(|span| {
            let when = self.probe.when(&words_of(&self.text.text, span));
            when.map(|w| (w, span)).ok_or_else(|| format!("`{}` tells no day that we can read", shown(words)))
        });
        match found {
            Ok((when, span)) => {
                if !said.is_empty() && said != when.to_string() {
                    self.drop_it(what, &format!("the date `{}`: `{}` is {when}", shown(said), shown(words)));
                }
                Some((when, span))
            }
            Err(why) => {
                self.drop_it(what, &format!("the date: {why}"));
                None
            }
        }
    }

    fn sources(&mut self, what: &str, told: &Value, near: Span) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for source in list(told, "attributed_to") {
            match self.name(source, "name", near) {
                Ok(span) => {
                    let words = words_of(&self.text.text, span);
                    if !out.contains(&words) {
                        out.push(words);
                    }
                }
                Err(why) => self.drop_it(what, &format!("attributed_to: {why}")),
            }
        }
        out
    }

    fn claim(&mut self, number: usize, told: &Value, places: &[Option<usize>]) -> Result<Claim, String> {
        let said = text(told, "stance");
        let mut stance = Stance::parse(said).ok_or_else(|| format!("`{}` is no stance", shown(said)))?;
        let span = self.locate(text(told, "quote"), None)?;
        let named = self.locate(text(told, "speaker_quote"), Some(span))?;
        let words = words_of(&self.text.text, named);
        if words.len() > MOST_NAME_BYTES || PRONOUNS.contains(&words.to_lowercase().as_str()) {
            return Err(format!("`{}` is no name of a speaker", shown(&words)));
        }
        let mut about: Vec<usize> =
            list(told, "about").iter().filter_map(|n| places.get(usize::try_from(n.as_u64()?).ok()?).copied().flatten()).collect();
        about.sort_unstable();
        about.dedup();
        if about.is_empty() {
            return Err("it is about no act that stands".into());
        }
        let quote = self.text.text.get(span.0..span.1).unwrap_or_default();
        if stance != Stance::Reports && !signs::takes(&self.text.text, span, self.text.language.as_deref(), stance) {
            self.drop_it(&format!("claim {}", number + 1), &format!("the stance `{said}`: no word of `{}` takes it", shown(quote)));
            stance = Stance::Reports;
        }
        Ok(Claim { speaker: self.probe.who(&words, named), stance, about, span })
    }
}

/// Whether what is left says enough to speak of an act, and says it where it is quoted.
fn stands(span: Span, givers: &[Who], receivers: &[Who], things: &[Thing]) -> Result<(), String> {
    if givers.is_empty() && receivers.is_empty() {
        return Err("nobody gives or gets".into());
    }
    if things.is_empty() && (givers.is_empty() || receivers.is_empty()) {
        return Err("too little is left of it".into());
    }
    let both = givers.iter().find(|g| receivers.iter().any(|r| r.name == g.name));
    if let Some(who) = both {
        return Err(format!("`{}` gives and gets", shown(&who.name)));
    }
    let spans = givers.iter().chain(receivers).map(|w| w.span).chain(things.iter().map(|t| t.span));
    let mut inside = spans.filter(|s| span.0 <= s.0 && s.1 <= span.1);
    inside.next().map(|_| ()).ok_or_else(|| "its quote names none of its parties and things".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEXT: &str =
        "Путин, “Putin”, gave Kim Jong Un a limousine via China on Sunday – it was Putin’s gift, KCNA said. Seoul condemned the gift.";

    fn answer() -> Value {
        let party = |name: &str| json!([{"name": name, "quote": name, "country": "RU"}]);
        json!({
            "transfers": [{
                "kind": "gift", "status": "reported", "from": party("Putin"), "to": party("Kim Jong Un"), "via": party("China"),
                "items": [{"words": "limousine", "quote": "a limousine"}], "on": "2024-02-18", "on_quote": "Sunday",
                "attributed_to": [{"quote": "KCNA"}], "quote": "gave Kim Jong Un a limousine via China",
            }],
            "claims": [{"speaker_quote": "Seoul", "stance": "condemns", "about": [0], "quote": "Seoul condemned the gift"}],
        })
    }

    fn checked(answer: &Value) -> Modelled {
        let text = Text { text: TEXT.into(), published: "2024-02-20".parse().ok(), ..Text::default() };
        let mut out = Modelled::default();
        if let Ok(answer) = Answer::read(&answer.to_string()) {
            Check::new(Rulebook::embedded(), &text, (0, TEXT.len()), &mut out).answer(&answer);
        }
        out
    }

    /// Every value in an answer, as a path.
    fn paths(value: &Value, at: &str, out: &mut Vec<String>) {
        out.push(at.to_owned());
        match value {
            Value::Object(map) => map.iter().for_each(|(k, v)| paths(v, &format!("{at}/{k}"), out)),
            Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| paths(v, &format!("{at}/{i}"), out)),
            _ => {}
        }
    }

    #[test]
    fn a_right_answer_stands() {
        let out = checked(&answer());
        assert_eq!((out.transfers.len(), out.claims.len(), out.transfers[0].via.len()), (1, 1, 1), "{:?}", out.dropped);
        // The model's country of two parties is not ours.
        assert_eq!(out.dropped.len(), 2, "{:?}", out.dropped);
    }

    #[test]
    fn whatever_stands_in_an_answer_all_that_comes_through_is_in_the_text() {
        let mut all = Vec::new();
        paths(&answer(), "", &mut all);
        let long = "word ".repeat(10_000);
        let strange = [
            json!(null),
            json!(-1),
            json!(1e300),
            json!(true),
            json!(""),
            json!(" "),
            json!("“"),
            json!("he"),
            json!("France"),
            json!("Sunday"),
            json!("gift"),
            json!("–"),
            json!("\u{0}"),
            json!(TEXT),
            json!(long),
            json!([]),
            json!({}),
            json!([[[]]]),
            json!([0, 0, 99]),
        ];
        for path in &all {
            for value in &strange {
                let mut answer = answer();
                if let Some(slot) = answer.pointer_mut(path) {
                    *slot = value.clone();
                }
                let out = checked(&answer);
                for act in &out.transfers {
                    let whos = act.givers.iter().chain(&act.receivers).chain(&act.carriers);
                    let named = whos.map(|w| (&w.name, w.span)).chain(act.things.iter().map(|t| (&t.words, t.span)));
                    for (words, span) in named {
                        assert_eq!(&words_of(TEXT, span), words, "{path} {value}");
                    }
                    assert!(act.attributed_to.iter().all(|s| TEXT.contains(s.as_str())), "{path} {value}");
                    assert!(act.when.is_none_or(|(when, _)| when.to_string() == "2024-02-18"), "{path} {value}");
                }
                assert!(out.claims.iter().all(|c| c.about.iter().all(|a| *a < out.transfers.len())), "{path} {value}");
            }
        }
    }
}
