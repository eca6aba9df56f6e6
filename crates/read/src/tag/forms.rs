//! What a word may be by tables and by its form; words of numbers and sums.

use super::{CLOSED, Tag, is_word_at};
use crate::groups::{BEFORE_A_MONTH, BROKEN_RULES, FORMS_OF_BREAKING, Group, OF_PLACES, SMALL_NUMBERS, TRADES, TRADESPEOPLE};
use crate::lexicon::{Classes, Lexicon};
use crate::token::{Shape, Token};

/// The letters of `S$6 million`, `US$500,000`, `HK$20`.
pub(crate) fn dollars(tokens: &[Token<'_>], at: usize) -> bool {
    let next = |i: usize| tokens.get(i);
    next(at).is_some_and(|t| matches!(t.text, "S" | "US" | "Sg" | "SG" | "HK" | "NT" | "A" | "AU" | "C" | "CA" | "NZ" | "R"))
        && next(at + 1).is_some_and(|t| t.text == "$" && next(at).is_some_and(|b| b.end() == t.start))
}

/// `P10 million`, `R50 million`, `Rs200 crore`: the letters of a currency before a number.
pub(crate) fn lettered_sum(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let digits = token.text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = token.text.len() - digits.len();
    let number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let large = tokens.get(at + 1).is_some_and(|t| matches!(t.low.as_str(), "million" | "billion" | "trillion" | "crore" | "m" | "bn"));
    token.capital && (1..=3).contains(&letters) && number && large
}

/// `about 500`, `more than 20`, `up to 40`, `as many as ten`, `at least two`: words that only soften a number.
pub(super) fn about_number(tokens: &[Token<'_>], at: usize) -> bool {
    let low = |i: usize| tokens.get(i).map_or("", |t| t.low.as_str());
    let number = |i: usize| {
        tokens.get(i).is_some_and(|t| {
            t.shape == Shape::Number || matches!(t.text, "$" | "€" | "£") || dollars(tokens, i) || SMALL_NUMBERS.contains(t.low.as_str())
        })
    };
    // `about a fifth of its crude`.
    let part = |i: usize| matches!(low(i), "half" | "third" | "quarter" | "fifth" | "sixth" | "tenth" | "dozen" | "score");
    let number = |i: usize| number(i) || matches!(low(i), "a" | "one") && part(i + 1);
    let number = |i: usize| number(i) || lettered_sum(tokens, i) || (matches!(low(i), "a" | "half") && SMALL_NUMBERS.contains(low(i + 1)));
    let many = |i: usize| matches!(low(i), "several" | "dozens" | "hundreds" | "thousands" | "scores");
    match low(at) {
        "about" | "around" | "over" | "under" | "nearly" | "almost" | "some" | "roughly" | "approximately" => number(at + 1),
        "more" | "less" | "fewer" => low(at + 1) == "than" && number(at + 2),
        "than" => at > 0 && matches!(low(at - 1), "more" | "less" | "fewer") && number(at + 1),
        "upwards" | "upward" | "excess" => low(at + 1) == "of" && number(at + 2),
        "of" => at > 0 && matches!(low(at - 1), "upwards" | "upward" | "excess") && number(at + 1),
        "up" => low(at + 1) == "to" && (number(at + 2) || many(at + 2)),
        "to" => at > 0 && low(at - 1) == "up" && (number(at + 1) || many(at + 1)),
        "at" => matches!(low(at + 1), "least" | "most") && number(at + 2),
        "least" | "most" => at > 0 && low(at - 1) == "at",
        "as" => {
            matches!(low(at + 1), "many" | "much") && low(at + 2) == "as"
                || at > 1 && matches!(low(at - 1), "many" | "much") && low(at - 2) == "as"
        }
        "many" | "much" => at > 0 && low(at - 1) == "as" && low(at + 1) == "as",
        _ => false,
    }
}

/// `deliver machinery back to the North`, `held back two containers`.
pub(super) fn backwards(tokens: &[Token<'_>], done: &[Tag], at: usize) -> bool {
    let low = |i: usize| tokens.get(i).map_or("", |t| t.low.as_str());
    let somewhere = matches!(low(at + 1), "to" | "into" | "from" | "in" | "home") && done.last() != Some(&Tag::Det);
    let held = at > 0 && matches!(low(at - 1), "held" | "holds" | "holding" | "hold" | "sent" | "turned" | "gave" | "brought" | "handed");
    somewhere || held && done.last().is_some_and(|t| t.is_verb())
}

/// `side by side`, at any of its words.
pub(super) fn side_by_side(tokens: &[Token<'_>], at: usize) -> bool {
    (0..3)
        .filter_map(|back| at.checked_sub(back))
        .any(|i| is_word_at(tokens, i, &["side"]) && is_word_at(tokens, i + 1, &["by"]) && is_word_at(tokens, i + 2, &["side"]))
}

/// Whether a number or a sum begins at a token: `12`, `$5 million`.
pub(super) fn counts(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.shape == Shape::Number || matches!(t.text, "$" | "€" | "£"))
}

/// `fighting vehicles`, `sleeping bags`: what a thing is for.
pub(super) fn of_a_thing(tokens: &[Token<'_>], at: usize) -> bool {
    let things: &[&str] = match tokens[at].low.as_str() {
        "fighting" => &["vehicle", "vehicles", "machine", "machines"],
        "sleeping" => &["bag", "bags", "mat", "mats"],
        _ => return false,
    };
    is_word_at(tokens, at + 1, things)
}

/// `Lindner & Sohn`: one firm.
pub(super) fn joins_names(tokens: &[Token<'_>], at: usize) -> bool {
    let name = |t: Option<&Token<'_>>| t.is_some_and(|t| t.capital && t.shape == Shape::Word);
    tokens[at].text == "&" && at > 0 && name(tokens.get(at - 1)) && name(tokens.get(at + 1))
}

/// `North Korean-made rifles`: the first word of a State whose second stands before a hyphen, also where a sentence begins.
pub(super) fn half_a_state(tokens: &[Token<'_>], at: usize) -> bool {
    let half = matches!(tokens[at].low.as_str(), "north" | "south" | "saudi" | "sri" | "united");
    let tail = |t: &Token<'_>| t.capital && t.low.rsplit_once('-').is_some_and(|(_, tail)| OF_PLACES.contains(tail));
    half && tokens[at].capital && tokens.get(at + 1).is_some_and(tail)
}

/// What a word may be, from the tables or from its form.
pub(super) fn classes(lexicon: &Lexicon, token: &Token<'_>, first: bool, shouting: bool) -> Classes {
    // `Chinese-made drones`: a capital before a hyphen makes no name.
    if token.low.rsplit_once('-').is_some_and(|(_, tail)| OF_PLACES.contains(tail)) {
        return Classes::ADJ;
    }
    let known = lexicon.classes(&token.low);
    let proper = token.capital && !first && !shouting;
    match known {
        // "March", "Ford", "Price": a capital inside a sentence is a name unless the word is a closed one.
        Some(c) if proper && (!c.any(CLOSED) || token.shouted) => Classes::default(),
        Some(c) => c,
        None if token.capital && !shouting && !first => Classes::default(),
        None => guessed(lexicon, &token.low, first && token.capital),
    }
}

/// By the ending.
pub(super) fn guessed(lexicon: &Lexicon, low: &str, may_be_name: bool) -> Classes {
    if let Some((_, tail)) = low.rsplit_once('-') {
        let tail = lexicon.classes(tail).unwrap_or_default();
        if tail.any(Classes::PART) || low.ends_with("-based") || low.ends_with("-bound") || low.ends_with("-linked") {
            return Classes::ADJ;
        }
        // `ear-covering flaps`, `sanctions-busting`.
        if tail.any(Classes::ING) {
            return Classes::ADJ.with(Classes::NOUN);
        }
        return Classes::NOUN;
    }
    if let Some(stem) = low.strip_prefix("re").filter(|s| s.len() > 3).and_then(|s| lexicon.classes(s))
        && stem.any(Classes::VERB)
    {
        return stem;
    }
    let ends = |endings: &[&str]| endings.iter().any(|e| low.len() > e.len() + 2 && low.ends_with(e));
    if ends(&["ly"]) {
        return Classes::ADV;
    }
    if may_be_name {
        return Classes::default();
    }
    if ends(&["ous", "ive", "able", "ible", "ical", "less", "ful", "ary"]) {
        return Classes::ADJ;
    }
    if ends(&["ized", "ised", "ated", "ified"]) {
        return Classes::PAST.with(Classes::PART);
    }
    Classes::NOUN
}

/// `information technology (IT) workers`: letters in brackets in the middle of a phrase.
pub(super) fn bracketed_letters(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text);
    let short = |i: usize| (2..=6).contains(&text(i).len()) && text(i).chars().all(|c| c.is_ascii_uppercase());
    let Some(open) = (at.saturating_sub(2)..=at).find(|i| text(*i) == "(" && short(i + 1) && text(i + 2) == ")") else { return false };
    let behind = possible.get(open + 3).copied().unwrap_or_default();
    let goes_on = behind.any(Classes::NOUN) && !behind.any(Classes::VERB.with(Classes::PREP).with(Classes::DET));
    at <= open + 2 && open > 0 && goes_on && tokens.get(open + 3).is_some_and(|t| t.shape == Shape::Word && !t.capital)
}

/// `the 13-million euro ($18-million) sale`: the same sum once more, in the middle of a phrase.
pub(super) fn bracketed_sum(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    const LONGEST: usize = 6;
    let text = |i: usize| tokens.get(i).map_or("", |t| t.text);
    let Some(open) = (at.saturating_sub(LONGEST)..=at).rev().find(|i| text(*i) == "(") else { return false };
    let Some(close) = (open + 1..open + 1 + LONGEST).find(|i| text(*i) == ")") else { return false };
    let sum = (open + 1..close).any(|i| matches!(text(i), "$" | "€" | "£" | "¥" | "₩") || text(i).ends_with('$'));
    let numbers = (open + 1..close).all(|i| {
        tokens[i].shape != Shape::Word
            || possible[i].any(Classes::NUM.with(Classes::ADV))
            || text(i).starts_with(|c: char| c.is_ascii_digit())
            || text(i).len() <= 3
    });
    let behind = possible.get(close + 1).copied().unwrap_or_default();
    let goes_on = behind.any(Classes::NOUN) && !behind.any(Classes::VERB.with(Classes::PREP).with(Classes::DET).with(Classes::CONJ));
    at <= close && open > 0 && sum && numbers && goes_on
}

/// `vodka sent as a gift from Vladimir Putin breach European sanctions`: a verb of breaking before what is broken.
pub(super) fn breaks_rules(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    let nearby = (at + 1..at + 5).take_while(|i| !possible.get(*i).is_some_and(|c| c.any(Classes::PREP.with(Classes::CONJ))));
    let is = |i: usize, group: &Group| tokens.get(i).is_some_and(|t| group.contains(&t.low));
    is(at, &FORMS_OF_BREAKING) && nearby.into_iter().any(|i| is(i, &BROKEN_RULES))
}

/// `a Danish shipping executive`, `an engineering student`: what somebody deals in or learns, and no verb.
pub(super) fn is_of_a_trade(tokens: &[Token<'_>], at: usize) -> bool {
    let low = |i: usize| tokens.get(i).map_or("", |t| t.low.as_str());
    let next = low(at + 1);
    TRADES.contains(low(at)) && [Some(next), next.strip_suffix('s')].into_iter().flatten().any(|one| TRADESPEOPLE.contains(one))
}

/// `undergoing training for four weeks`, `will provide funding of`: what one gets or gives, by a word in `-ing`.
pub(super) fn is_given(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> bool {
    let given = at > 0
        && matches!(
            lexicon.lemma(&tokens[at - 1].low),
            "provide" | "undergo" | "receive" | "offer" | "secure" | "supply" | "get" | "need" | "seek"
        )
        && done.last().is_some_and(|t| t.is_verb());
    let plain = !possible.get(at + 1).is_some_and(|c| c.any(Classes::DET.with(Classes::POSS).with(Classes::NOUN)));
    given && plain && matches!(tokens[at].low.as_str(), "training" | "funding" | "financing" | "backing" | "housing" | "schooling")
}

/// Whether a word is one of the two that make one number of two, before what is counted: `between 20 and 30 tanks`.
pub(super) fn within_a_range(tokens: &[Token<'_>], at: usize) -> bool {
    let low = |i: usize| tokens.get(i).map_or("", |t| t.low.as_str());
    let number = |i: usize| tokens.get(i).is_some_and(|t| t.shape == Shape::Number || SMALL_NUMBERS.contains(&t.low));
    let time = |low: &str| matches!(low, "hours" | "days" | "weeks" | "months" | "years" | "decades");
    let counts = |i: usize| tokens.get(i).is_some_and(|t| t.shape == Shape::Word && t.low.ends_with('s') && !time(&t.low));
    let range = |i: usize| (low(i), low(i + 2)) == ("between", "and") && number(i + 1) && number(i + 3) && counts(i + 4);
    range(at) || at > 1 && range(at - 2)
}

/// `at least 40`, `more than a dozen`, `nearly 300`: words before a number that belong to it.
pub(super) fn number_behind(tokens: &[Token<'_>], at: usize) -> bool {
    let low = |i: usize| tokens.get(i).map_or("", |t| t.low.as_str());
    let behind = match (low(at), low(at + 1)) {
        ("at", "least" | "most") | ("more" | "fewer", "than") | ("up", "to") => at + 2,
        ("nearly" | "almost" | "about" | "around" | "roughly" | "some", _) => at + 1,
        _ => return false,
    };
    tokens.get(behind).is_some_and(|t| t.shape == Shape::Number || SMALL_NUMBERS.contains(&t.low))
}

/// `in May 2019`, `on 3 May`, `the May shipment`: the month, and no verb.
pub(super) fn is_the_month(tokens: &[Token<'_>], at: usize) -> bool {
    let number = |i: usize| tokens.get(i).is_some_and(|t| t.shape == Shape::Number);
    let led = |i: usize| number(i) || tokens.get(i).is_some_and(|t| BEFORE_A_MONTH.contains(&t.low));
    tokens.get(at).is_some_and(|t| t.text == "May") && (at.checked_sub(1).is_some_and(led) || number(at + 1))
}
