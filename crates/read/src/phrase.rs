//! Noun phrases and verb groups of a tagged sentence.

use crate::lexicon::Lexicon;
use crate::tag::{Tag, is_many};
use crate::token::Token;

/// A noun phrase.
#[derive(Clone, Debug, Default)]
pub(crate) struct NounPhrase {
    /// First token, without the article.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// The token that says what it is.
    pub head: usize,
    /// The article, demonstrative or possessive pronoun before it.
    pub det: Option<usize>,
    pub pronoun: bool,
    /// The noun phrase that owns it.
    pub owner: Option<usize>,
    /// The noun phrase behind `of`.
    pub of: Option<usize>,
    /// Prepositional phrases behind it, in order: the preposition's token and the noun phrase.
    pub behind: Vec<(usize, usize)>,
    /// A description beside it: `Peskov, the Kremlin spokesman`.
    pub beside: Option<usize>,
    /// The first of the phrases it is joined to by `and`.
    pub group: Option<usize>,
    /// Tells a time, not a thing.
    pub time: bool,
    /// The subject of a finite verb.
    pub subject: bool,
}

/// How a verb stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Finite,
    Infinitive,
    Gerund,
    Participle,
}

/// A verb with its auxiliaries.
#[derive(Clone, Debug)]
pub(crate) struct VerbGroup {
    pub first: usize,
    pub end: usize,
    /// The main verb's token.
    pub head: usize,
    pub lemma: String,
    pub form: Form,
    pub passive: bool,
    pub negated: bool,
    pub perfect: bool,
    pub progressive: bool,
    /// The present tense (or a headline's).
    pub present: bool,
    /// `will`, `may`, `could`, …
    pub modal: Option<String>,
}

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// Index of a noun phrase.
    Noun(usize),
    /// Index of a verb group.
    Verb(usize),
    /// The token of a preposition.
    Prep(usize),
    Owner,
    Conj,
    Sub(usize),
    Wh(usize),
    Comma,
    Break(usize),
    Quote,
    Adv,
}

/// The pieces of a sentence, its noun phrases and its verb groups.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub pieces: Vec<Piece>,
    pub nouns: Vec<NounPhrase>,
    pub verbs: Vec<VerbGroup>,
}

/// Cuts a tagged sentence into pieces. `time` tells how many tokens at a place tell a time; `name` how many make one known name.
pub(crate) fn pieces(
    lexicon: &Lexicon,
    tokens: &[Token<'_>],
    tags: &[Tag],
    time: &dyn Fn(usize) -> usize,
    name: &dyn Fn(usize) -> usize,
) -> Pieces {
    let mut out = Pieces::default();
    let mut at = 0;
    while at < tokens.len() {
        let told = time(at);
        if told > 0 {
            let phrase = NounPhrase { first: at, end: at + told, head: at + told - 1, time: true, ..NounPhrase::default() };
            out.pieces.push(Piece::Noun(out.nouns.len()));
            out.nouns.push(phrase);
            at += told;
            continue;
        }
        // `400 cars a month`: how often, and no thing.
        let often = at > 0
            && matches!(tags[at - 1], Tag::Noun | Tag::Num | Tag::Proper)
            && matches!(tokens[at].low.as_str(), "a" | "per" | "each" | "every")
            && tokens.get(at + 1).is_some_and(|t| matches!(t.low.as_str(), "day" | "week" | "month" | "year"));
        if often {
            at += 2;
            continue;
        }
        if let Some(verb) = verb_group(lexicon, tokens, tags, at) {
            at = verb.end;
            out.pieces.push(Piece::Verb(out.verbs.len()));
            out.verbs.push(verb);
            continue;
        }
        if let Some(noun) = noun_phrase(tokens, tags, at, time, name) {
            let noun = of_two_nationalities(tokens, tags, noun, time, name);
            at = noun.end;
            out.pieces.push(Piece::Noun(out.nouns.len()));
            out.nouns.push(noun);
            continue;
        }
        out.pieces.extend(single(tags[at], at));
        at += 1;
    }
    out
}

/// `Chinese and Russian weapons`, `U.S. and other foreign parts`: one phrase, with two words for where the things are from.
fn of_two_nationalities(
    tokens: &[Token<'_>],
    tags: &[Tag],
    noun: NounPhrase,
    time: &dyn Fn(usize) -> usize,
    name: &dyn Fn(usize) -> usize,
) -> NounPhrase {
    let low = |at: usize| tokens.get(at).map_or("", |t| t.low.as_str());
    let joined = matches!(low(noun.end), "and" | "or");
    let one_name = name(noun.first) == noun.end - noun.first;
    if !joined || !one_name || noun.pronoun {
        return noun;
    }
    let adjective = of_a_nation;
    let other = low(noun.end + 1) == "other";
    let further = name(noun.end + 1) > 0 && adjective(low(noun.end + name(noun.end + 1)));
    if !(other || (adjective(low(noun.end - 1)) && further)) {
        return noun;
    }
    let Some(next) = noun_phrase(tokens, tags, noun.end + 1, time, name) else { return noun };
    let goods = tags.get(next.head) == Some(&Tag::Noun) && (other || next.head > next.first);
    if goods { NounPhrase { first: noun.first, det: noun.det, ..next } } else { noun }
}

/// Whether a word says of which nation something is, and names no State: `Chinese`.
fn of_a_nation(word: &str) -> bool {
    ["ese", "ian", "ean", "ish", "can", "aqi", "eli", "emi"].iter().any(|e| word.ends_with(e))
        || matches!(word, "french" | "dutch" | "swiss" | "greek" | "german")
}

fn single(tag: Tag, at: usize) -> Option<Piece> {
    Some(match tag {
        Tag::Prep | Tag::To => Piece::Prep(at),
        Tag::Owner => Piece::Owner,
        Tag::Conj => Piece::Conj,
        Tag::Sub => Piece::Sub(at),
        Tag::Wh => Piece::Wh(at),
        Tag::Comma => Piece::Comma,
        Tag::Break => Piece::Break(at),
        Tag::Quote => Piece::Quote,
        Tag::Adv | Tag::Neg => Piece::Adv,
        _ => return None,
    })
}

const BE: [&str; 9] = ["be", "is", "are", "was", "were", "been", "being", "am", "'re"];
const HAVE: [&str; 5] = ["have", "has", "had", "having", "'ve"];
const NEGATIVE: [&str; 4] = ["not", "never", "n't", "no"];

/// A verb group that starts at a token.
fn verb_group(lexicon: &Lexicon, tokens: &[Token<'_>], tags: &[Tag], start: usize) -> Option<VerbGroup> {
    let mut at = start;
    let infinitive = tags[start] == Tag::To;
    if infinitive {
        at += 1;
        while matches!(tags.get(at), Some(Tag::Adv | Tag::Neg)) {
            at += 1;
        }
        if !matches!(tags.get(at), Some(Tag::Base)) {
            return None;
        }
    }
    if !(infinitive || tags[start].is_verb() || tags[start] == Tag::Modal) {
        return None;
    }
    let (mut head, mut words) = (at, at);
    let (mut last_verb, mut modal) = (None, None);
    // The last verb of the chain is the main one.
    while let Some(tag) = tags.get(words) {
        match tag {
            Tag::Modal => modal = Some(tokens[words].low.clone()),
            Tag::Adv | Tag::Neg => {}
            t if t.is_verb() && (last_verb.is_none() || follows(tokens, &last_verb, *t)) => {
                last_verb = Some(words);
                head = words;
            }
            _ => break,
        }
        words += 1;
    }
    let main = last_verb?;
    let inside = |list: &[&str]| (at..main).any(|i| list.contains(&tokens[i].low.as_str()));
    let be = inside(&BE);
    let part = tags[main] == Tag::Part;
    // `had not broken the rules and not brought in workers`, `agreed not to ship`.
    // But `not only sold rifles but also trained soldiers` denies nothing.
    let denies = |i: usize| !matches!(tokens.get(i + 1).map_or("", |t| t.low.as_str()), "only" | "just" | "merely" | "simply");
    let behind =
        |back: usize, words: &[&str]| start.checked_sub(back).is_some_and(|i| words.contains(&tokens[i].low.as_str()) && denies(i));
    let before = behind(1, &["not", "never"]);
    let negative = |i: &usize| NEGATIVE.contains(&tokens[*i].low.as_str());
    let negated = before || (start..main).filter(negative).any(denies);
    let bare = main == at && !infinitive && modal.is_none();
    let form = match tags[main] {
        _ if infinitive => Form::Infinitive,
        // `helped Venezuela deal with it`: a bare infinitive.
        Tag::Base if bare && helped(tokens, tags, start) => Form::Infinitive,
        Tag::Ing if bare => Form::Gerund,
        Tag::Part if bare => Form::Participle,
        _ if tokens[at].low == "having" || tokens[at].low == "being" => Form::Gerund,
        _ => Form::Finite,
    };
    // `set sail toward Indonesia`.
    let sails = lexicon.lemma(&tokens[main].low) == "set" && tokens.get(main + 1).is_some_and(|t| t.low == "sail");
    Some(VerbGroup {
        first: start,
        end: main + 1 + usize::from(sails),
        head,
        lemma: if sails { "sail" } else { lexicon.lemma(&tokens[main].low) }.to_owned(),
        form,
        passive: part && (be || bare || inside(&["get", "got", "gets", "getting"])),
        negated,
        perfect: inside(&HAVE),
        progressive: be && tags[main] == Tag::Ing,
        present: matches!(tags[at], Tag::Third | Tag::Base) && !inside(&HAVE),
        modal,
    })
}

/// Whether somebody who is helped and before him a verb of helping stand before a token.
fn helped(tokens: &[Token<'_>], tags: &[Tag], at: usize) -> bool {
    let phrase = |t: &Tag| matches!(t, Tag::Proper | Tag::Noun | Tag::Num | Tag::Adj | Tag::Det | Tag::Poss);
    let before = tags.get(..at).and_then(|t| t.iter().rposition(|t| !phrase(t)));
    before.filter(|b| tags[*b].is_verb()).and_then(|b| tokens.get(b)).is_some_and(|t| t.low.starts_with("help"))
}

/// Whether a verb may continue a group after the one before: `has been given`, `is sending`, `did send`.
fn follows(tokens: &[Token<'_>], last: &Option<usize>, tag: Tag) -> bool {
    let Some(low) = last.and_then(|i| tokens.get(i)).map(|t| t.low.as_str()) else { return true };
    let be = BE.contains(&low);
    let have = HAVE.contains(&low);
    let get = matches!(low, "get" | "got" | "gets" | "getting");
    let does = matches!(low, "do" | "does" | "did");
    match tag {
        Tag::Part => be || have || get,
        Tag::Ing => be,
        Tag::Base => does,
        _ => false,
    }
}

/// A noun phrase that starts at a token.
fn noun_phrase(
    tokens: &[Token<'_>],
    tags: &[Tag],
    start: usize,
    time: &dyn Fn(usize) -> usize,
    name: &dyn Fn(usize) -> usize,
) -> Option<NounPhrase> {
    // `most of their guns`: a quantity, not a pronoun.
    let quantity =
        matches!(tokens[start].low.as_str(), "most" | "some" | "many" | "much" | "all" | "half" | "several" | "few" | "one" | "part")
            && tokens.get(start + 1).is_some_and(|t| t.low == "of");
    if quantity && matches!(tags[start], Tag::Pron | Tag::Det | Tag::Num | Tag::Noun | Tag::Adj) {
        return Some(NounPhrase { first: start, end: start + 1, head: start, ..NounPhrase::default() });
    }
    if tags[start] == Tag::Pron {
        return Some(NounPhrase { first: start, end: start + 1, head: start, pronoun: true, ..NounPhrase::default() });
    }
    let mut at = start;
    let mut det = None;
    while matches!(tags.get(at), Some(Tag::Det | Tag::Poss)) {
        det = Some(at);
        at += 1;
    }
    let first = at;
    let mut head = None;
    while let Some(tag) = tags.get(at) {
        // A whole known name goes in at once, whatever its words are ("Bank of China", "Islamic State").
        let named = name(at);
        if named > 1 {
            head = Some(at + named - 1);
            at += named;
            // `ambassador to the United Nations Saeed Iravani`: behind a preposition a known name and another are two.
            let behind = start > 0 && matches!(tags[start - 1], Tag::Prep | Tag::To) && at == first + named;
            let another = (at..at + 2).all(|i| matches!(tags.get(i), Some(Tag::Proper)));
            if (behind && another) || time(at) > 0 {
                break;
            }
            continue;
        }
        // `representative to the UN Ali Khan`: nor are letters and a name one.
        let letters = named == 1 && at == first && tokens[at].shouted && det.is_some_and(|d| tokens[d].low == "the");
        let name_behind = (at + 1..at + 3).all(|i| matches!(tags.get(i), Some(Tag::Proper)) && tokens.get(i).is_some_and(|t| !t.shouted));
        if letters && name_behind && det.is_some_and(|d| d > 0 && matches!(tags[d - 1], Tag::Prep | Tag::To)) {
            head = Some(at);
            at += 1;
            break;
        }
        // `intends to transfer to Russia ballistic missiles`: behind the verb and `to` comes who gets, and then what.
        let gets = start > 1 && tokens[start - 1].low == "to" && tags[start - 2].is_verb() && tags[start - 1] != Tag::Base;
        let goods = matches!(tags.get(at + 1), Some(Tag::Adj | Tag::Noun)) && tokens.get(at + 1).is_some_and(|t| !t.capital);
        if gets && goods && named == 1 && at == first && det.is_none() && tag == &Tag::Proper && !of_a_nation(&tokens[at].low) {
            head = Some(at);
            at += 1;
            break;
        }
        match tag {
            // `In return Russia supplied`.
            Tag::Proper if at > first && matches!(tags[at - 1], Tag::Noun) && named > 0 && is_adverbial(&tokens[at - 1].low) => break,
            // `the cargoes Tehran had sent`, `the arms Iran gave`: a known name behind a plural starts its own phrase.
            // `the difficulty Russia is experiencing`: and one before an auxiliary.
            Tag::Proper
                if named > 0
                    && at > first
                    && tags[at - 1] == Tag::Noun
                    && (is_many(&tokens[at - 1].low)
                        || tokens.get(at + named).is_some_and(|t| matches!(t.low.as_str(), "is" | "has" | "was" | "had" | "will"))
                            && (det.is_some() || tells_that(&tokens[at - 1].low))) =>
            {
                break;
            }
            // `the two dogs Kim gave Putin`: nor is a name behind several things, before a verb, one of them.
            Tag::Proper
                if at > first
                    && tags[at - 1] == Tag::Noun
                    && !tokens[at - 1].capital
                    && is_many(&tokens[at - 1].low)
                    && matches!(tags.get(at + 1), Some(Tag::Past | Tag::Third | Tag::Modal)) =>
            {
                break;
            }
            Tag::Noun | Tag::Proper => head = Some(at),
            // `the delivery of Leopard 2 tanks`: the number of a make.
            Tag::Num if of_a_make(tokens, tags, first, at) && name(at - 1) == 0 => {}
            // `sold the rebels two tanks`: a number behind a noun starts another phrase; `Sam Jong 2` is one.
            Tag::Num if head.is_some() && next_in_phrase(tags, at) => break,
            // `sent Mexico hundreds of doctors`.
            Tag::Num
                if head.is_some()
                    && matches!(tokens[at].low.as_str(), "hundreds" | "thousands" | "millions" | "dozens" | "scores" | "tens") =>
            {
                break;
            }
            // `a 41-year-old chief`, `20 per cent`; `$ 5 million`.
            Tag::Adj | Tag::Num => {}
            // `all military and industrial sites`.
            Tag::Conj
                if at > first
                    && tags[at - 1] == Tag::Adj
                    && matches!(tags.get(at + 1), Some(Tag::Adj))
                    && matches!(tags.get(at + 2), Some(Tag::Noun | Tag::Adj)) => {}
            // `export-controlled, dual-use technologies`.
            Tag::Comma
                if at > first
                    && tags[at - 1] == Tag::Adj
                    && matches!(tags.get(at + 1), Some(Tag::Adj))
                    && matches!(tags.get(at + 2), Some(Tag::Noun)) => {}
            // `more than 1,000 containers` starts with an adverb; `smuggling network` with a gerund.
            Tag::Adv if next_in_phrase(tags, at) && det.is_some() => {}
            // `40 previously unreported shipments`.
            Tag::Adv if at > first && tags[at - 1] == Tag::Num && tags.get(at + 1) == Some(&Tag::Adj) && next_in_phrase(tags, at) => {}
            // `called the charges “nonsense”`: the words in quotation are another phrase, where no noun follows them.
            Tag::Quote if ends_quoted(tokens, tags, at) => break,
            Tag::Quote if at > first && next_in_phrase(tags, at) && inside_quotes(tokens, at, first) => {}
            Tag::Quote if at == first && det.is_some() && next_in_phrase(tags, at) => {}
            _ => break,
        }
        if head.is_some() && time(at + 1) > 0 {
            at += 1;
            break;
        }
        at += 1;
    }
    while at > first && matches!(tags[at - 1], Tag::Quote | Tag::Adv) {
        at -= 1;
    }
    if at == first {
        return det.map(|d| NounPhrase { first: d, end: d + 1, head: d, pronoun: true, ..NounPhrase::default() });
    }
    let head = head.unwrap_or(at - 1);
    Some(NounPhrase { first, end: at.max(head + 1), head, det, ..NounPhrase::default() })
}

/// Whether a small number behind a name is a part of it: `14 Leopard 2 tanks`, `the delivery of Wing Loong 2 drones`.
fn of_a_make(tokens: &[Token<'_>], tags: &[Tag], first: usize, at: usize) -> bool {
    const MADE: [&str; 9] = ["tank", "drone", "missile", "jet", "howitzer", "fighter", "helicopter", "rocket", "frigate"];
    let small = tokens[at].text.len() <= 2 && tokens[at].text.bytes().all(|b| b.is_ascii_digit());
    let named = at > first && tags[at - 1] == Tag::Proper && tags.get(at + 1) == Some(&Tag::Noun);
    let counted = tags[first] == Tag::Num || first > 0 && (tokens[first - 1].low == "of" || tags[first - 1] == Tag::Det);
    small && named && (counted || tokens.get(at + 1).is_some_and(|t| MADE.contains(&t.low.trim_end_matches('s'))))
}

/// `there is evidence Iran has sent them`: nouns that a clause without `that` explains.
fn tells_that(low: &str) -> bool {
    matches!(low, "evidence" | "proof" | "news" | "word" | "information" | "intelligence" | "speculation" | "suspicion")
}

/// Nouns that end an adverbial: `in return`, `last month`.
fn is_adverbial(low: &str) -> bool {
    matches!(
        low,
        "return"
            | "exchange"
            | "response"
            | "addition"
            | "turn"
            | "fact"
            | "time"
            | "month"
            | "year"
            | "week"
            | "day"
            | "years"
            | "months"
            | "then"
    )
}

fn next_in_phrase(tags: &[Tag], at: usize) -> bool {
    matches!(tags.get(at + 1), Some(Tag::Noun | Tag::Proper | Tag::Adj | Tag::Num))
}

/// Whether a quotation of one word opens behind a plural and no noun comes after it.
fn ends_quoted(tokens: &[Token<'_>], tags: &[Tag], at: usize) -> bool {
    let plural = at > 0 && tags[at - 1] == Tag::Noun && tokens[at - 1].low.ends_with('s');
    plural && tokens.get(at + 2).is_some_and(crate::token::Token::is_quote) && !next_in_phrase(tags, at + 2)
}

/// `150 ‘Dehlavieh’ missiles`: a quotation of a word or two inside a phrase.
fn inside_quotes(tokens: &[Token<'_>], at: usize, first: usize) -> bool {
    // `“lethal” military aid`: the sign that opens stands before the phrase.
    let opened = (first.saturating_sub(1)..at).any(|i| tokens[i].is_quote());
    opened || (at + 1..tokens.len().min(at + 4)).any(|i| tokens[i].is_quote())
}
