//! Which part of speech each word of an English sentence is: by tables first, then by the words beside it.

mod aside;
mod asked;
mod chain;
mod forms;
mod past;
mod present;

pub(crate) use forms::{dollars, lettered_sum};

use crate::groups::{MASSES, NAMES_AN_ACT, TAKES_TO};
use crate::lexicon::{Classes, Lexicon};
use crate::token::{Shape, Token};
use aside::{between_commas, within_aside};
use forms::{about_number, bracketed_letters, bracketed_sum, breaks_rules, classes, is_of_a_trade};
use past::{helps_somebody, past};
use present::present;

/// A part of speech.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Tag {
    Det,
    /// `his`, `their`.
    Poss,
    /// `'s`.
    Owner,
    Num,
    Adj,
    Noun,
    Proper,
    Pron,
    Base,
    Third,
    Past,
    /// Past participle.
    Part,
    Ing,
    Modal,
    Prep,
    To,
    Conj,
    Sub,
    Wh,
    Adv,
    Neg,
    Comma,
    /// Semicolon, colon, dash, bracket.
    Break,
    Quote,
    Stop,
}

impl Tag {
    pub fn is_verb(self) -> bool {
        matches!(self, Self::Base | Self::Third | Self::Past | Self::Part | Self::Ing)
    }
}

const CLOSED: Classes = Classes(
    Classes::DET.0
        | Classes::PREP.0
        | Classes::CONJ.0
        | Classes::SUB.0
        | Classes::PRON.0
        | Classes::POSS.0
        | Classes::MODAL.0
        | Classes::WH.0
        | Classes::NEG.0,
);

/// Tags the words of a sentence. `names` tells how many words make a known name at a place.
pub(crate) fn tags(lexicon: &Lexicon, tokens: &[Token<'_>], names: &dyn Fn(usize) -> usize) -> Vec<Tag> {
    let words = tokens.iter().filter(|t| t.shape == Shape::Word && t.text.len() > 2);
    // All capitals, or a headline that writes most words with a capital: capitals say nothing there.
    let (all, capital) = words.fold((0, 0), |(all, capital), t| (all + 1, capital + usize::from(t.capital)));
    let shouting = all >= 4 && capital * 10 >= all * 8;
    let mut named = vec![false; tokens.len()];
    for (at, token) in tokens.iter().enumerate() {
        let length = names(at);
        let closed = length == 1 && !token.shouted && lexicon.classes(&token.low).is_some_and(|c| c.any(CLOSED));
        if length > 0 && !closed {
            named.iter_mut().skip(at).take(length).for_each(|n| *n = true);
        }
    }
    let start =
        |i: usize| i == 0 || tokens.get(i - 1).is_some_and(|p| p.is_quote() || matches!(p.text, ":" | "–" | "—" | "-" | "•" | "*" | "("));
    let possible: Vec<Classes> = tokens
        .iter()
        .enumerate()
        .map(|(i, t)| match t.shape {
            Shape::Word if named[i] || forms::half_a_state(tokens, i) => Classes::default(),
            // A comma is no word, least of all a name.
            Shape::Sign if !matches!(t.text, "$" | "€" | "£" | "¥" | "₩") => Classes::CONJ,
            _ => classes(lexicon, t, start(i), shouting),
        })
        .collect();
    let asked = asked::verb(lexicon, tokens, &possible);
    let mut tags = Vec::with_capacity(tokens.len());
    for at in 0..tokens.len() {
        let tag = match asked {
            Some((verb, tag)) if verb == at => tag,
            _ => one(lexicon, tokens, &possible, &tags, at),
        };
        // `brought machinery home to the North`: where to, and no machinery of a home.
        let goes_on = tokens.get(at + 1).is_none_or(|t| matches!(t.low.as_str(), "to" | "from" | "in" | "for" | "." | ","));
        let tag = if bracketed_letters(tokens, &possible, at) { Tag::Adj } else { tag };
        let tag = if bracketed_sum(tokens, &possible, at) { Tag::Adj } else { tag };
        let homewards = tag == Tag::Noun
            && goes_on
            && matches!(tokens[at].low.as_str(), "home" | "abroad" | "overseas")
            && tags.last() == Some(&Tag::Noun);
        tags.push(if homewards { Tag::Adv } else { tag });
    }
    tags
}

fn one(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Tag {
    let token = &tokens[at];
    if between_commas(tokens, possible, done, at) {
        return Tag::Adv;
    }
    match token.shape {
        Shape::Owner => return owner_or_is(tokens, possible, at),
        Shape::Number => return Tag::Num,
        // `had “supplied the rebels”`: the verb goes on behind the sign.
        Shape::Sign if token.is_quote() && governs(tokens, possible, done, at) => return Tag::Adv,
        Shape::Sign if forms::joins_names(tokens, at) => return Tag::Proper,
        Shape::Sign => return sign(token),
        Shape::Word => {}
    }
    let can = possible[at];
    if dollars(tokens, at) || lettered_sum(tokens, at) {
        return Tag::Num;
    }
    if can == Classes::default() {
        return Tag::Proper;
    }
    if about_number(tokens, at) {
        return Tag::Adv;
    }
    // `a load of rifles en route from Turkey`: on its way.
    if token.low == "en" && is_word_at(tokens, at + 1, &["route"]) || token.low == "route" && at > 0 && tokens[at - 1].low == "en" {
        return Tag::Adv;
    }
    // `70 per cent of the oil`.
    if token.low == "per" && is_word_at(tokens, at + 1, &["cent"]) {
        return Tag::Num;
    }
    let governed =
        can.any(Classes::PART.with(Classes::ING)) && auxiliary(tokens, done).is_some_and(|w| BE.contains(&w) || HAVE.contains(&w));
    if !governed && let Some(tag) = closed(tokens, possible, done, at) {
        return tag;
    }
    // `were later convicted`, `are still being smuggled`: between the parts of a verb.
    let next = possible.get(at + 1).copied().unwrap_or_default();
    let auxiliary_before =
        auxiliary(tokens, done).is_some_and(|w| BE.contains(&w) || HAVE.contains(&w)) || matches!(done.last(), Some(Tag::Modal));
    if can.any(Classes::ADV) && auxiliary_before && is_word_at(tokens, at + 1, &["being"]) {
        return Tag::Adv;
    }
    if can.any(Classes::ADV)
        && auxiliary_before
        && next.any(Classes::PAST.with(Classes::PART).with(Classes::ING))
        && !next.any(Classes::NOUN)
    {
        return Tag::Adv;
    }
    if can.any(Classes::VERB) {
        return verb_or_not(lexicon, tokens, possible, done, at);
    }
    // `a Dubai-based firm imported`: a company, and not how somebody imported.
    let behind_preposition = matches!(done.last(), Some(Tag::Prep)) && !next_noun(possible, at);
    if token.low == "firm"
        && (behind_preposition || matches!(done.last(), Some(Tag::Adj | Tag::Proper | Tag::Noun | Tag::Num | Tag::Owner)))
    {
        return Tag::Noun;
    }
    let number = tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Number) || next.any(Classes::NUM);
    if can.any(Classes::ADJ) && (!can.any(Classes::NOUN) || next_noun(possible, at) || number) {
        // `all military and industrial sites`: two adjectives of one noun.
        let paired = tokens.get(at + 1).is_some_and(|t| matches!(t.low.as_str(), "and" | "or"))
            && possible.get(at + 2).is_some_and(|c| c.any(Classes::ADJ))
            && next_noun(possible, at + 2)
            && matches!(done.last(), Some(Tag::Adj | Tag::Proper | Tag::Noun));
        if paired {
            return Tag::Adj;
        }
        // `the military said`, `the sales chief of`: an adjective that no noun follows stands for one.
        // `the military imported fuel`: the only verb that the clause has.
        let acts = matches!(token.low.as_str(), "military" | "opposition" | "elite")
            && next.any(Classes::PAST)
            && !next.any(Classes::NOUN)
            && starts_object(tokens, possible, at + 2)
            && !finite_later(tokens, possible, at + 1);
        let closes = token.low != "guilty"
            && (acts || !next_noun(possible, at))
            && tokens.get(at + 1).is_none_or(|t| t.shape != Shape::Number)
            && !possible.get(at + 1).is_some_and(|c| c.any(Classes::NUM))
            && matches!(done.last(), Some(Tag::Det | Tag::Noun | Tag::Proper | Tag::Adj | Tag::Owner | Tag::Poss | Tag::Num));
        return if closes { Tag::Noun } else { Tag::Adj };
    }
    if can.any(Classes::NUM) {
        return Tag::Num;
    }
    if can.any(Classes::ADV) && !can.any(Classes::NOUN) { Tag::Adv } else { Tag::Noun }
}

/// Whether a helping verb stands right before a sign, and the participle that it governs right behind.
fn governs(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> bool {
    let helps = at.checked_sub(1).is_some_and(|i| {
        let low = tokens[i].low.as_str();
        (HAVE.contains(&low) || BE.contains(&low)) && done[i].is_verb()
    });
    helps && possible.get(at + 1).is_some_and(|c| c.any(Classes::PART) && !c.any(Classes::NOUN.with(Classes::ADJ)))
}

/// `He's said` against `Kim's car`.
fn owner_or_is(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> Tag {
    let before = at.checked_sub(1).and_then(|i| tokens.get(i)).map_or("", |t| t.low.as_str());
    // `Estonia's most important ally`, `Kim's many gifts`: whose they are.
    let counts = is_word_at(tokens, at + 1, &["most", "least", "many", "few", "several", "other", "such", "own", "only", "more", "half"]);
    let is = matches!(before, "he" | "she" | "it" | "that" | "there" | "who" | "what" | "let")
        || !counts && possible.get(at + 1).is_some_and(|c| c.any(Classes::DET) || c.any(Classes::NEG));
    if is { Tag::Third } else { Tag::Owner }
}

fn sign(token: &Token<'_>) -> Tag {
    if token.is_quote() {
        return Tag::Quote;
    }
    match token.text {
        "," | "、" | "，" => Tag::Comma,
        "." | "!" | "?" | "…" => Tag::Stop,
        "$" | "€" | "£" | "¥" | "₩" | "%" => Tag::Num,
        "&" => Tag::Conj,
        _ => Tag::Break,
    }
}

/// Words of closed classes; those with two uses by their neighbours.
fn closed(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Option<Tag> {
    let can = possible[at];
    let next = possible.get(at + 1).copied().unwrap_or_default();
    let next_is_name = tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Word) && next == Classes::default();
    let nounish = next_is_name
        || next.any(Classes::NOUN.with(Classes::UNIT))
        || next.any(Classes::ADJ)
        || next.any(Classes::NUM)
        || next.any(Classes::PART.with(Classes::ING));
    let before = done.last().copied();
    Some(match tokens[at].low.as_str() {
        "in" | "since" | "until" | "by" | "from" if forms::is_the_month(tokens, at + 1) => Tag::Prep,
        "may" if forms::is_the_month(tokens, at) => Tag::Proper,
        "to" => Tag::To,
        // `1 trillion won`: money.
        "won" if before == Some(Tag::Num) => Tag::Noun,
        "including" | "regarding" | "concerning" | "according" | "during" | "following" if before != Some(Tag::Det) => Tag::Prep,
        "that" => match before {
            Some(Tag::Prep) | None => Tag::Det,
            // `the ship that carried`: a relative when a verb follows a noun.
            Some(Tag::Noun | Tag::Proper) if next.any(Classes::VERB.with(Classes::MODAL)) && !next.any(Classes::PLURAL) => Tag::Wh,
            _ => Tag::Sub,
        },
        "her" => {
            if nounish && !next.any(Classes::PREP) {
                Tag::Poss
            } else {
                Tag::Pron
            }
        }
        // `is no longer sent`.
        "no" if is_word_at(tokens, at + 1, &["longer"]) => Tag::Neg,
        "no" => {
            if next_noun(possible, at) || next.any(Classes::NOUN) {
                Tag::Det
            } else {
                Tag::Neg
            }
        }
        // `at least one Pantsir`: a number before a name.
        "one"
            if next_is_name
                || (nounish && !matches!(before, Some(Tag::Det | Tag::Adj)) && !next.any(Classes::VERB.with(Classes::PREP))) =>
        {
            Tag::Num
        }
        // `which had once operated at`, `which once belonged to`: formerly, and no clause of its own.
        "once" if before.is_some_and(|t| t.is_verb() || t == Tag::Wh) => Tag::Adv,
        "without" => Tag::Prep,
        // `is subject to sanctions`.
        "subject" if tokens.get(at + 1).is_some_and(|t| t.low == "to") && auxiliary(tokens, done).is_some_and(|w| BE.contains(&w)) => {
            Tag::Adv
        }
        "such" if tokens.get(at + 1).is_some_and(|t| t.low == "as") => Tag::Adv,
        "prior" if is_word_at(tokens, at + 1, &["to"]) => Tag::Adv,
        // `found shells due to be shipped`.
        "due" if is_word_at(tokens, at + 1, &["to"]) && before == Some(Tag::Noun) => Tag::Adv,
        // `forces loyal to Haftar`: whose they are, and no second noun.
        "loyal" | "close" | "privy" if before == Some(Tag::Noun) && is_word_at(tokens, at + 1, &["to"]) => Tag::Adv,
        // `sources familiar with the matter`.
        "familiar" | "conversant" if before == Some(Tag::Noun) && is_word_at(tokens, at + 1, &["with"]) => Tag::Adv,
        "knowledgeable" if before == Some(Tag::Noun) && is_word_at(tokens, at + 1, &["about"]) => Tag::Adv,
        _ if within_aside(tokens, done, at) => Tag::Adv,
        "think" if is_word_at(tokens, at + 1, &["tank", "tanks"]) => Tag::Noun,
        "because" if tokens.get(at + 1).is_some_and(|t| t.low == "of") => Tag::Adv,
        // `UN sanctions monitors`: whose office it is, and nobody who punishes them.
        "sanctions"
            if is_word_at(
                tokens,
                at + 1,
                &["monitors", "monitor", "panel", "experts", "expert", "committee", "investigators", "regime", "team"],
            ) =>
        {
            Tag::Noun
        }
        // `the Russian-held east of Ukraine`: a part of it.
        "east" | "west" | "north" | "south" | "northeast" | "northwest" | "southeast" | "southwest"
            if is_word_at(tokens, at + 1, &["of"]) && matches!(before, Some(Tag::Det | Tag::Adj | Tag::Noun)) =>
        {
            Tag::Noun
        }
        // `Norway and Finland each delivered boats`, `Brazil and Chile both gave`: how they act, and not who.
        "both" | "each" | "all"
            if (done.contains(&Tag::Conj) || at > 0 && tokens[at - 1].capital && tokens[at - 1].low.ends_with('s'))
                && matches!(before, Some(Tag::Proper | Tag::Noun))
                && next.any(Classes::PAST.with(Classes::THIRD).with(Classes::MODAL).with(Classes::BASE))
                && (!next.any(Classes::NOUN.with(Classes::PREP)) || starts_object(tokens, possible, at + 2)) =>
        {
            Tag::Adv
        }
        // `the accused sold pumps`: whoever is accused.
        "accused"
            if is_word_at(tokens, at.wrapping_sub(1), &["the"])
                && next.any(Classes::PAST.with(Classes::MODAL).with(Classes::THIRD))
                && !next.any(Classes::NOUN) =>
        {
            Tag::Noun
        }
        // `paid a fine last May`.
        "fine"
            if before == Some(Tag::Det)
                && is_word_at(tokens, at + 1, &["last", "of", "in", "on", "for", "and", "from", "by", "over", ",", "."]) =>
        {
            Tag::Noun
        }
        // `have since been sent`, `has since supplied`.
        "since"
            if auxiliary(tokens, done).is_some_and(|w| HAVE.contains(&w))
                && (is_word_at(tokens, at + 1, &["been", "then"])
                    || next.any(Classes::PART) && !next.any(Classes::NOUN.with(Classes::ADJ))) =>
        {
            Tag::Adv
        }
        // `a record 900 trucks`, `a record $310 million`.
        "record"
            if before == Some(Tag::Det)
                && tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Number || matches!(t.text, "$" | "€" | "£")) =>
        {
            Tag::Adj
        }
        // `have both supplied Chad`.
        "both" | "all" | "each"
            if auxiliary(tokens, done).is_some_and(|w| HAVE.contains(&w) || BE.contains(&w))
                && next.any(Classes::PART)
                && !next.any(Classes::NOUN) =>
        {
            Tag::Adv
        }
        // `between 20 and 30 tanks`: one number, told by two.
        "between" | "and" if forms::within_a_range(tokens, at) => Tag::Num,
        // `Denmark, Sweden and Finland all sent rifles`.
        "all" | "both" if matches!(before, Some(Tag::Proper)) && next.any(Classes::PAST) && !next.any(Classes::NOUN) => Tag::Adv,
        // `to all its neighbours`.
        "all" | "both" if next.any(Classes::DET.with(Classes::POSS)) => Tag::Adv,
        // `mine detectors`.
        "mine" | "mines" if next.any(Classes::NOUN) && !next.any(Classes::VERB.with(Classes::PREP)) => Tag::Noun,
        // `the Rubaya mine`.
        "mine" if matches!(before, Some(Tag::Proper | Tag::Noun | Tag::Adj | Tag::Det | Tag::Num | Tag::Owner)) => Tag::Noun,
        "same" if next_noun(possible, at) => Tag::Adj,
        // `fought side by side with them`.
        "side" | "by" if forms::side_by_side(tokens, at) => Tag::Adv,
        // `Azeri crude finds its way to Italy`.
        "finds" | "makes" if is_word_at(tokens, at + 1, &["its"]) && is_word_at(tokens, at + 2, &["way"]) => Tag::Third,
        // `Obama last went to Oman in April`.
        "last" if matches!(before, Some(Tag::Proper | Tag::Noun)) && next.any(Classes::PAST) && !next.any(Classes::NOUN) => Tag::Adv,
        // `is more active in`, `gets less willing to`: behind it stands how something is.
        "more" | "less"
            if next.any(Classes::ADJ) && !next.any(Classes::NOUN) && possible.get(at + 2).is_some_and(|c| c.any(Classes::PREP)) =>
        {
            Tag::Adv
        }
        // `deliver machinery back to the North`.
        "still" if !matches!(before, Some(Tag::Det | Tag::Adj)) => Tag::Adv,
        "free" if is_word_at(tokens, at + 1, &["of"]) && is_word_at(tokens, at + 2, &["charge"]) => Tag::Adv,
        "back" if forms::backwards(tokens, done, at) => Tag::Adv,
        // `Washington, as well as Seoul, says`.
        "as" if is_word_at(tokens, at + 1, &["well"]) && is_word_at(tokens, at + 2, &["as"]) => Tag::Conj,
        "well" if is_word_at(tokens, at + 1, &["as"]) && before == Some(Tag::Conj) => Tag::Adv,
        "as" if at > 1 && is_word_at(tokens, at - 1, &["well"]) && is_word_at(tokens, at - 2, &["as"]) => Tag::Adv,
        "this" | "these" | "those" if tokens.get(at + 1).is_some_and(|t| matches!(t.low.as_str(), "same" | "very")) => Tag::Det,
        "home" if before.is_some_and(Tag::is_verb) => Tag::Adv,
        "stands" | "stand" if is_word_at(tokens, at + 1, &["accused", "convicted"]) => Tag::Third,
        "made" | "makes" if is_word_at(tokens, at + 1, &["sure"]) => Tag::Past,
        "longer" if is_word_at(tokens, at.wrapping_sub(1), &["no"]) => Tag::Adv,
        "long" if is_word_at(tokens, at.wrapping_sub(1), &["not"]) && is_word_at(tokens, at + 1, &["before", "after", "ago"]) => Tag::Adv,
        "so" | "then" | "also" | "there" | "however" => Tag::Adv,
        "like" if before.is_none_or(|t| !matches!(t, Tag::Modal | Tag::To | Tag::Pron)) => Tag::Prep,
        "but" | "and" | "or" | "nor" | "yet" => Tag::Conj,
        "as" | "than" | "for" | "after" | "before" | "since" | "until" | "despite" => Tag::Prep,
        "may" | "might" | "will" | "can" | "would" | "could" | "should" | "must" | "shall" if can.any(Classes::MODAL) => Tag::Modal,
        _ if can.any(Classes::WH) => Tag::Wh,
        _ if can.any(Classes::NEG) => Tag::Neg,
        _ if can.any(Classes::POSS) => Tag::Poss,
        _ if can.any(Classes::PRON) && !can.any(Classes::DET) => Tag::Pron,
        // `four such cargoes`, `in a few days`, `the same tanker`.
        _ if can.any(Classes::DET)
            && matches!(before, Some(Tag::Det | Tag::Num | Tag::Poss | Tag::Adj))
            && nounish
            && !matches!(tokens[at].low.as_str(), "the" | "a" | "an") =>
        {
            Tag::Adj
        }
        _ if can.any(Classes::DET) => {
            if nounish || !can.any(Classes::PRON) {
                Tag::Det
            } else {
                Tag::Pron
            }
        }
        _ if can.any(Classes::SUB) && can.any(Classes::VERB) && !(at == 0 || tokens.get(at + 1).is_some_and(|t| t.low == "that")) => {
            return None;
        }
        _ if can.any(Classes::SUB) && !can.any(Classes::PREP) => Tag::Sub,
        _ if can.any(Classes::CONJ) => Tag::Conj,
        _ if can.any(Classes::PREP) && !can.any(Classes::VERB) => {
            if can.any(Classes::ADV) && !nounish && !next.any(Classes::DET.with(Classes::POSS)) { Tag::Adv } else { Tag::Prep }
        }
        _ if can.any(Classes::MODAL) => Tag::Modal,
        _ => return None,
    })
}

/// Whether goods are many, or a mass: `the rifles`, `the ammunition`.
pub(crate) fn is_many(low: &str) -> bool {
    low.ends_with('s') || MASSES.contains(low)
}

fn next_noun(possible: &[Classes], at: usize) -> bool {
    possible.get(at + 1).is_some_and(|c| c.any(Classes::NOUN) || c.any(Classes::ADJ) || *c == Classes::default())
}

/// The last tag that is no adverb.
fn before(done: &[Tag]) -> Option<Tag> {
    done.iter().rev().copied().find(|t| !matches!(t, Tag::Adv))
}

fn is_word_at(tokens: &[Token<'_>], at: usize, words: &[&str]) -> bool {
    tokens.get(at).is_some_and(|t| words.contains(&t.low.as_str()))
}

const BE: [&str; 9] = ["be", "is", "are", "was", "were", "been", "being", "am", "'re"];
const HAVE: [&str; 5] = ["have", "has", "had", "having", "'ve"];
const DO: [&str; 3] = ["do", "does", "did"];

/// The auxiliary that governs a word: the nearest word to the left past adverbs and negations.
fn auxiliary<'a>(tokens: &'a [Token<'_>], done: &[Tag]) -> Option<&'a str> {
    let at = done.iter().rposition(|t| !matches!(t, Tag::Adv | Tag::Neg))?;
    tokens.get(at).map(|t| t.low.as_str())
}

/// A word that may be a verb: which form, or a noun or an adjective after all.
fn verb_or_not(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Tag {
    let can = possible[at];
    let noun = can.any(Classes::NOUN);
    let prev = before(done);
    let aux = auxiliary(tokens, done);
    let low = tokens[at].low.as_str();
    if (BE.contains(&low) || HAVE.contains(&low) || DO.contains(&low)) && !can.any(Classes::ING) {
        return match prev {
            Some(Tag::Modal | Tag::To) => Tag::Base,
            _ if can.any(Classes::PART) && aux.is_some_and(|w| BE.contains(&w) || HAVE.contains(&w)) => Tag::Part,
            _ if can.any(Classes::PAST) => Tag::Past,
            _ => Tag::Third,
        };
    }
    // `Kenya claims to have burned it`: who says so of himself.
    let accounts =
        can.any(Classes::THIRD) && low == "accounts" && is_word_at(tokens, at + 1, &["for"]) && matches!(prev, Some(Tag::Proper));
    if accounts {
        return Tag::Third;
    }
    if let Some(tag) = present::by_what_follows(tokens, possible, done, at) {
        return tag;
    }
    let claims = can.any(Classes::THIRD)
        && matches!(
            low,
            "claims"
                | "vows"
                | "plans"
                | "seeks"
                | "hopes"
                | "promises"
                | "offers"
                | "pledges"
                | "threatens"
                | "wants"
                | "needs"
                | "attempts"
        )
        && matches!(prev, Some(Tag::Proper))
        && is_word_at(tokens, at + 1, &["to"])
        && possible.get(at + 2).is_some_and(|c| c.any(Classes::BASE))
        && !done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal));
    if claims {
        return Tag::Third;
    }
    if let Some(tag) = chain::in_chain(tokens, possible, done, at) {
        return tag;
    }
    // `to rebel fighters`, `Syrian rebels armed by`: people, and nobody who rebels.
    let rebels = [
        "fighters",
        "fighter",
        "forces",
        "groups",
        "group",
        "factions",
        "militias",
        "army",
        "leaders",
        "commanders",
        "units",
        "areas",
        "armed",
        "backed",
        "supported",
        "trained",
    ];
    if matches!(low, "rebel" | "rebels") && is_word_at(tokens, at + 1, &rebels) {
        return Tag::Noun;
    }
    // `Lebanese troops impounded`: soldiers, and nobody who troops.
    if low == "troops" && !matches!(done.last(), Some(Tag::Pron)) {
        return Tag::Noun;
    }
    // `will not stop buying`: past a negation too.
    let modal = done.iter().rev().find(|t| !matches!(t, Tag::Adv | Tag::Neg)) == Some(&Tag::Modal);
    if can.any(Classes::BASE)
        && (modal
            || matches!(prev, Some(Tag::Modal))
            || aux.is_some_and(|w| DO.contains(&w) && prev.is_some_and(|t| t.is_verb() || t == Tag::Neg)))
    {
        return Tag::Base;
    }
    if can.any(Classes::PART)
        && aux.is_some_and(|w| BE.contains(&w) || HAVE.contains(&w) || matches!(w, "get" | "got" | "gets" | "getting"))
    {
        return Tag::Part;
    }
    if can.any(Classes::ING) {
        return ing(lexicon, tokens, possible, done, at);
    }
    if prev == Some(Tag::To) && can.any(Classes::BASE) {
        // `workers to work in Russia`, `came in April to work`; but `go back to work`.
        let purpose = at > 1
            && tokens[at].low == "work"
            && !["go", "back", "return", "get", "put", "set", "drive", "due"].contains(&lexicon.lemma(&tokens[at - 2].low));
        // `going to hand over in December`: a particle behind makes it a verb.
        let particle = is_word_at(tokens, at + 1, &["over", "out", "off", "up", "down", "back"])
            || tokens[at].low == "fight" && is_word_at(tokens, at + 1, &["on", "for", "alongside", "against", "with", "in", "beside"]);
        // `continued to export to Oman`: what somebody goes on to do, or wants to.
        let governed = at > 1 && done[at - 2].is_verb() && TAKES_TO.contains(lexicon.lemma(&tokens[at - 2].low));
        let thing = can.any(Classes::MOSTLY_NOUN) && !starts_object(tokens, possible, at + 1) && !purpose && !particle && !governed;
        return if thing { Tag::Noun } else { Tag::Base };
    }
    if can.any(Classes::PAST.with(Classes::PART)) {
        return past(lexicon, tokens, possible, done, at);
    }
    // `helping supply luxury goods`: a bare verb behind a verb of helping.
    let helps = at.checked_sub(1).is_some_and(|i| is_word_at(tokens, i, &["help", "helps", "helped", "helping"]) && done[i].is_verb());
    if helps && can.any(Classes::BASE) && starts_object(tokens, possible, at + 1) {
        return Tag::Base;
    }
    // `helped three companies supply watches`: and behind those who are helped.
    if helps_somebody(tokens, done, at) && can.any(Classes::BASE) && starts_object(tokens, possible, at + 1) {
        return Tag::Base;
    }
    // `a wallet run by a gang`.
    if can.any(Classes::PART) && is_word_at(tokens, at + 1, &["by"]) && matches!(prev, Some(Tag::Noun | Tag::Proper)) {
        return Tag::Part;
    }
    // `customs data show Iran sent`, `the records suggest that`: what papers do, before what they tell.
    let papers = at.checked_sub(1).map_or("", |i| tokens[i].low.as_str());
    if matches!(low, "show" | "suggest" | "indicate" | "reveal")
        && matches!(
            papers,
            "data"
                | "records"
                | "documents"
                | "images"
                | "photos"
                | "figures"
                | "statistics"
                | "papers"
                | "filings"
                | "imagery"
                | "reports"
        )
        && tokens
            .get(at + 1)
            .is_some_and(|t| t.capital || matches!(t.low.as_str(), "that" | "the" | "a" | "an" | "it" | "he" | "they" | "how"))
    {
        return Tag::Base;
    }
    // `…, documents show.`, `…, the experts estimate.`: who says so, at the end.
    let ends = tokens.get(at + 1).is_none_or(|t| matches!(t.text, "." | "!" | "?") || t.is_quote());
    let apart = done.iter().rev().take(12).any(|t| matches!(t, Tag::Comma | Tag::Quote));
    // `according to expert panel reports.`: papers.
    let cited = (at.saturating_sub(10)..at).rev().take_while(|i| tokens[*i].text != ",").any(|i| tokens[i].low == "according");
    if ends
        && apart
        && !cited
        && can.any(Classes::BASE.with(Classes::THIRD))
        && matches!(prev, Some(Tag::Noun | Tag::Proper))
        && lexicon.saying(lexicon.lemma(low)).is_some()
    {
        // `according to a UN report.`: one report says nothing without its ending.
        let several = at
            .checked_sub(1)
            .is_some_and(|i| tokens[i].low.ends_with('s') || matches!(tokens[i].low.as_str(), "people" | "police" | "children"));
        if can.any(Classes::THIRD) {
            return Tag::Third;
        }
        if several || !noun {
            return Tag::Base;
        }
    }
    // `ends up in Dubai`.
    if matches!(low, "ends" | "end" | "winds") && is_word_at(tokens, at + 1, &["up"]) && matches!(prev, Some(Tag::Noun | Tag::Proper)) {
        return if low == "end" { Tag::Base } else { Tag::Third };
    }
    if can.any(Classes::MOSTLY_ADJ) && matches!(prev, Some(Tag::Det | Tag::Poss | Tag::Owner | Tag::Prep)) {
        return Tag::Adj;
    }
    present(tokens, possible, done, at, noun)
}

/// Whether an object may start here: an article, a number, a name, a pronoun, an adjective.
fn starts_object(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let can = possible[at];
    match token.shape {
        Shape::Number => true,
        Shape::Sign => token.is_quote() || matches!(token.text, "$" | "€" | "£"),
        Shape::Owner => false,
        Shape::Word => {
            let amount = forms::number_behind(tokens, at);
            amount
                || can == Classes::default()
                || can.any(Classes::DET.with(Classes::POSS).with(Classes::PRON).with(Classes::NUM).with(Classes::ADJ))
                // `to export tons of coal`.
                || (can.any(Classes::UNIT) && is_word_at(tokens, at + 1, &["of"]))
                || (can.any(Classes::NOUN) && !can.any(Classes::PREP))
        }
    }
}

fn ing(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Tag {
    let prev = before(done);
    // `sells three ageing tankers`, `donated 50 infantry fighting vehicles`.
    if forms::of_a_thing(tokens, at) || prev == Some(Tag::Num) && possible[at].any(Classes::ADJ) && next_noun(possible, at) {
        return Tag::Adj;
    }
    // `provide police training`, `illicit trafficking`.
    if matches!(prev, Some(Tag::Noun | Tag::Adj)) && lexicon.nominal(&tokens[at].low).is_some() && !starts_object(tokens, possible, at + 1)
    {
        return Tag::Noun;
    }
    // `a traditional painting of a girin`: an article and a word for how it is.
    let described = prev == Some(Tag::Noun) && possible[at - 1].any(Classes::ADJ) && at > 1 && done[at - 2] == Tag::Det;
    if described && is_word_at(tokens, at + 1, &["of"]) {
        return Tag::Noun;
    }
    // `travelled to Libya for training in 2016`, `went through training by the army`, `received Bakara training`.
    let ends = is_word_at(tokens, at + 1, &["in", "by", "from", "at", "with", "on", ".", ",", "and", "during"]);
    let called = prev == Some(Tag::Proper) && at > 1 && done[at - 2].is_verb();
    if matches!(tokens[at].low.as_str(), "training" | "schooling" | "tuition") && ends && (prev == Some(Tag::Prep) || called) {
        return Tag::Noun;
    }
    // `provided backing to the rebels`, `received funding from`.
    let gives = at > 0
        && done.get(at - 1).is_some_and(|t| t.is_verb())
        && matches!(
            lexicon.lemma(&tokens[at - 1].low),
            "provide" | "give" | "offer" | "lend" | "receive" | "get" | "obtain" | "secure" | "supply" | "extend" | "deny"
        );
    if gives && is_word_at(tokens, at + 1, &["to", "for", "from", "in", "by", "on", "and", "of", ",", "."]) {
        return Tag::Noun;
    }
    // `training, weapons and money`, `weapons and training will be given`, `recalled training he received`.
    let taught = matches!(tokens[at].low.as_str(), "training" | "schooling");
    let between = matches!(prev, Some(Tag::Comma)) && is_word_at(tokens, at + 1, &[","]) && at > 1 && matches!(done[at - 2], Tag::Noun);
    let behind_and = prev == Some(Tag::Conj) && possible.get(at + 1).is_some_and(|c| c.any(Classes::MODAL));
    let own = is_word_at(tokens, at + 1, &["he", "she", "they", "it"]) && !matches!(prev, Some(Tag::Comma));
    if taught && (between || behind_and || own) {
        return Tag::Noun;
    }
    // `keeps busy selling reactors`.
    if is_word_at(tokens, at.wrapping_sub(1), &["busy"]) {
        return Tag::Ing;
    }
    // `weapons parts and training to the rebels`.
    let listed = at > 2 && done[at - 2] == Tag::Comma && matches!(done[at - 3], Tag::Noun | Tag::Proper);
    let behind_noun = prev == Some(Tag::Conj) && at > 1 && (matches!(done[at - 2], Tag::Noun | Tag::Proper) || listed);
    if behind_noun
        && matches!(
            tokens[at].low.as_str(),
            "training" | "funding" | "financing" | "backing" | "banking" | "shipping" | "housing" | "clothing"
        )
        && is_word_at(tokens, at + 1, &["to", "for", "from", "in", "by", ",", ".", "and"])
    {
        return Tag::Noun;
    }
    if forms::is_given(lexicon, tokens, possible, done, at) {
        return Tag::Noun;
    }
    // `a Hong Kong shipping company`, `Iranian trading firms`.
    let body = [
        "company",
        "companies",
        "firm",
        "firms",
        "group",
        "groups",
        "gang",
        "gangs",
        "unit",
        "units",
        "syndicate",
        "outfit",
        "agency",
        "agencies",
        "network",
        "networks",
        "line",
        "lines",
        "operation",
        "ring",
    ];
    let behind_name = matches!(prev, Some(Tag::Proper | Tag::Noun | Tag::Adj | Tag::Det));
    if behind_name && (is_word_at(tokens, at + 1, &body) || is_of_a_trade(tokens, at)) {
        return Tag::Adj;
    }
    if auxiliary(tokens, done).is_some_and(|w| BE.contains(&w)) {
        return Tag::Ing;
    }
    // `a silver drinking horn`, `navy landing craft`: what something is for.
    let purpose = [
        "hunting",
        "drinking",
        "fishing",
        "cooking",
        "landing",
        "racing",
        "mining",
        "sewing",
        "washing",
        "drilling",
        "printing",
        "mixing",
        "diving",
        "sporting",
        "riding",
        "refuelling",
        "refueling",
        "steering",
        "targeting",
        "cutting",
        "welding",
        "milling",
        "grinding",
        "building",
        "lifting",
        "packing",
        "weaving",
        "heating",
        "cooling",
        "lighting",
        "training",
        "driving",
        "operating",
        "manufacturing",
        "jamming",
        "listening",
        "hearing",
        "tracking",
        "guiding",
    ];
    // `involved in training employees`.
    let paired = prev == Some(Tag::Conj) && at > 1 && done[at - 2] == Tag::Ing;
    // `spent 9 million dollars training the police`.
    let spent = done.iter().rposition(|t| t.is_verb()).is_some_and(|i| lexicon.lemma(&tokens[i].low) == "spend");
    let teaches = tokens[at].low == "training" && (paired || spent || is_word_at(tokens, at.wrapping_sub(1), &["in", "by", "of"]));
    if purpose.contains(&tokens[at].low.as_str())
        && !(teaches && possible.get(at + 1).is_some_and(|c| c.any(Classes::PLURAL) || tokens[at + 1].low.ends_with('s')))
        && !matches!(prev, None | Some(Tag::Comma | Tag::Sub | Tag::Wh))
        && possible.get(at + 1).is_some_and(|c| c.any(Classes::NOUN) && !c.any(Classes::PREP.with(Classes::DET)))
    {
        return Tag::Adj;
    }
    // `– both residing in Japan –`.
    if is_word_at(tokens, at.wrapping_sub(1), &["both", "all", "each"])
        && is_word_at(tokens, at + 1, &["in", "at", "for", "with", "on", "from"])
    {
        return Tag::Ing;
    }
    match prev {
        Some(Tag::Det | Tag::Poss | Tag::Owner | Tag::Adj) => {
            // `the smuggling of`, `illegal trading in`; `the exporting company`.
            if possible.get(at + 1).is_some_and(|c| c.any(Classes::NOUN)) && !is_word_at(tokens, at + 1, &["of", "from", "to", "in"]) {
                Tag::Adj
            } else {
                Tag::Noun
            }
        }
        // `an inquiry into training of the police`: a noun, for a verb would have its object at once.
        _ if is_word_at(tokens, at + 1, &["of"]) && NAMES_AN_ACT.contains(tokens[at].low.as_str()) => Tag::Noun,
        _ => Tag::Ing,
    }
}

/// Whether what follows is an object with an article of its own.
fn starts_clause_object(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    possible.get(at).is_some_and(|c| c.any(Classes::DET.with(Classes::POSS))) && tokens.get(at).is_some()
}

/// Most words of a name that is joined to another.
const LONGEST_NAME: usize = 6;

/// Whether one name stands between `and` and an auxiliary of several, behind a preposition with a name of its own: `by Qatar and Saudi Arabia were`.
fn several_were(tokens: &[Token<'_>], possible: &[Classes], and: usize) -> bool {
    let name = |i: &usize| tokens.get(*i).is_some_and(|t| t.capital && t.shape == Shape::Word);
    let last = (and + 1..and + 1 + LONGEST_NAME).take_while(name).last();
    let first = (and.saturating_sub(LONGEST_NAME)..and).rev().take_while(name).last();
    let behind = first.and_then(|f| f.checked_sub(1)).is_some_and(|i| possible[i].any(Classes::PREP.with(Classes::DET)));
    behind && last.is_some_and(|l| is_word_at(tokens, l + 1, &["were", "are", "have"]) && !tokens[l].low.ends_with('s'))
}

/// Whether a surely finite verb follows, with no conjunction, comma or new clause before it.
fn finite_later(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    // `sent to Rome as a gift breached`: no clause of its own.
    let as_a = |i: usize| is_word_at(tokens, i, &["as"]) && is_word_at(tokens, i + 1, &["a", "an", "part"]);
    for i in at + 1..tokens.len() {
        let low = tokens[i].low.as_str();
        // `weapons shipped by Qatar and Saudi Arabia were stolen`: the verb is of what was shipped.
        if low == "and" && several_were(tokens, possible, i) {
            return true;
        }
        if matches!(low, "and" | "but" | "," | ";" | ":" | "." | "“" | "”" | "\"")
            || (possible[i].any(Classes::SUB.with(Classes::WH)) && !as_a(i))
        {
            return false;
        }
        let auxiliary = matches!(
            low,
            "is" | "are" | "was" | "were" | "has" | "had" | "have" | "will" | "would" | "may" | "could" | "might" | "said" | "says"
        ) && !forms::is_the_month(tokens, i);
        // `goods shipped from India to Syria include diesel`.
        let holds = matches!(low, "include" | "included" | "comprise" | "comprised" | "contain" | "contained" | "consist" | "consisted");
        let third = possible[i].any(Classes::THIRD) && !possible[i].any(Classes::NOUN.with(Classes::ADJ));
        if holds || third {
            return true;
        }
        let ends_up = matches!(low, "ends" | "end") && is_word_at(tokens, i + 1, &["up"]);
        // `vodka sent to Rome by the Kremlin breached the sanctions`: of two such words the second has the object.
        let second = i > at + 2
            && possible[i].any(Classes::PAST)
            && !possible[i].any(Classes::ADJ)
            && !possible[i - 1].any(Classes::PREP.with(Classes::DET))
            && possible
                .get(i + 1)
                .is_some_and(|c| c.any(Classes::DET.with(Classes::POSS).with(Classes::NUM)) || forms::counts(tokens, i + 1));
        if second || breaks_rules(tokens, possible, i) {
            return true;
        }
        if ends_up || auxiliary || (possible[i].any(Classes::PAST) && !possible[i].any(Classes::PART)) {
            return true;
        }
    }
    false
}
