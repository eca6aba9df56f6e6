//! Words in `-ed` and their irregular sisters, and bare verbs behind somebody who is helped.

use super::{Tag, before, finite_later, is_many, is_word_at, next_noun, starts_clause_object, starts_object};
use crate::groups::{HOLDING_PARTICIPLES, MOVES_ITSELF, SORTING_PARTICIPLES};
use crate::lexicon::{Classes, Lexicon, Stance};
use crate::token::{Shape, Token};

/// Participles that before a plural mostly say what sort it is.
const ADJECTIVES: [&str; 10] =
    ["armed", "armoured", "armored", "guided", "advanced", "unmanned", "banned", "restricted", "sanctioned", "refined"];

/// `Sold in 2017 by one government to another, the boat …`: a participle at the head of a sentence, whose subject comes behind the comma.
fn fronted(tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> bool {
    /// How far the comma may be.
    const REACH: usize = 30;
    let first = done.iter().all(|t| matches!(t, Tag::Adv | Tag::Quote));
    let phrase = is_word_at(tokens, at + 1, &["by", "for", "from", "to", "in", "with", "on", "at", "aboard", "under"]);
    let subject = |comma: usize| {
        let next = possible.get(comma + 1).copied().unwrap_or_default();
        let word = tokens.get(comma + 1).is_some_and(|t| t.shape == Shape::Word);
        word && (next == Classes::default() || next.any(Classes::DET.with(Classes::PRON).with(Classes::POSS)))
    };
    possible[at].any(Classes::PART)
        && first
        && phrase
        && (at + 2..tokens.len().min(at + REACH)).any(|i| tokens[i].text == "," && subject(i))
}

/// `the rifles that Belarus sold to Sudan were used`: behind the subject of a clause that describes a noun, whatever verb follows.
fn of_what_was_given(lexicon: &Lexicon, tokens: &[Token<'_>], done: &[Tag], at: usize) -> bool {
    // `The missiles Iran sold to Sudan were used`: a plural, whoever gave it by his name, and no word between.
    let bare = at > 2
        && matches!(done[at - 3], Tag::Det | Tag::Num | Tag::Poss | Tag::Adj)
        && done[at - 2] == Tag::Noun
        && done[at - 1] == Tag::Proper
        && is_many(&tokens[at - 2].low)
        && is_word_at(tokens, at + 1, &["to", "from", "for"]);
    if bare {
        return true;
    }
    let phrase =
        |i: &usize| matches!(done[*i], Tag::Noun | Tag::Proper | Tag::Adj | Tag::Det | Tag::Num | Tag::Owner | Tag::Poss | Tag::Pron);
    let subject = (0..at).rev().take_while(phrase).take_while(|i| !is_word_at(tokens, *i, &["that", "which", "whom"])).count();
    let Some(wh) = at.checked_sub(subject + 1).filter(|_| (1..6).contains(&subject)) else { return false };
    // `concerns that weapons sent to the rebels`: what is feared, and no description of the fears.
    let says = wh > 0
        && (lexicon.saying_noun(&tokens[wh - 1].low).is_some()
            || is_word_at(
                tokens,
                wh - 1,
                &["concern", "concerns", "fear", "fears", "worry", "worries", "evidence", "news", "sign", "signs", "hope", "hopes"],
            ));
    let described = wh > 0 && matches!(done[wh - 1], Tag::Noun | Tag::Proper) && !says;
    described && is_word_at(tokens, wh, &["that", "which", "whom"]) && matches!(done[at - 1], Tag::Noun | Tag::Proper | Tag::Pron)
}

/// `-ed` and its irregular sisters: past tense, participle, or an adjective before a noun.
pub(super) fn past(lexicon: &Lexicon, tokens: &[Token<'_>], possible: &[Classes], done: &[Tag], at: usize) -> Tag {
    let can = possible[at];
    let prev = before(done);
    let next = possible.get(at + 1).copied().unwrap_or_default();
    // `had them shipped to Dalian`: what somebody has done for him.
    let has = |i: usize| is_word_at(tokens, i, &["had", "has", "have", "having"]);
    if at > 1
        && prev == Some(Tag::Pron)
        && is_word_at(tokens, at - 1, &["them", "it", "him", "her"])
        && has(at - 2)
        && can.any(Classes::PART)
    {
        return Tag::Part;
    }
    if is_of_a_description(lexicon, tokens, done, at) && can.any(Classes::PAST) && !is_word_at(tokens, at + 1, &["by"]) {
        return Tag::Past;
    }
    // `stolen from occupied Ukraine`, `thanked embargoed North Korea`: what a State is, and not what it does.
    let state = matches!(
        tokens[at].low.as_str(),
        "occupied"
            | "annexed"
            | "liberated"
            | "besieged"
            | "embattled"
            | "embargoed"
            | "sanctioned"
            | "isolated"
            | "divided"
            | "landlocked"
            | "impoverished"
            | "beleaguered"
    );
    let named = tokens.get(at + 1).is_some_and(|t| t.capital);
    if state && named && matches!(prev, Some(Tag::Prep | Tag::To | Tag::Past | Tag::Third | Tag::Base | Tag::Ing | Tag::Conj)) {
        return Tag::Adj;
    }
    // `the Viktor 3 transferred oil`: the number is part of the name.
    let numbered = at > 1 && done[at - 1] == Tag::Num && done[at - 2] == Tag::Proper;
    if numbered && can.any(Classes::PAST) && starts_object(tokens, possible, at + 1) {
        return Tag::Past;
    }
    if can.any(Classes::PAST) && of_what_was_given(lexicon, tokens, done, at) {
        return Tag::Past;
    }
    // `the Chinese owned tanker`: as with a hyphen.
    let possessed = matches!(
        tokens[at].low.as_str(),
        "owned" | "based" | "flagged" | "registered" | "made" | "built" | "backed" | "led" | "controlled" | "operated" | "linked" | "born"
    );
    // `governments based in Tobruk`: nobody bases there.
    let seated = matches!(tokens[at].low.as_str(), "based" | "headquartered" | "located" | "situated");
    if seated
        && matches!(prev, Some(Tag::Noun | Tag::Proper | Tag::Comma))
        && is_word_at(tokens, at + 1, &["in", "at", "near", "on", "out"])
    {
        return Tag::Part;
    }
    // `found a lorry loaded with rifles`, `aboard a ship bound for China`: what something holds, or where it is to go.
    if HOLDING_PARTICIPLES.contains(tokens[at].low.as_str())
        && matches!(prev, Some(Tag::Noun | Tag::Proper | Tag::Adj))
        && is_word_at(tokens, at + 1, &["with", "in", "inside", "under", "beneath", "behind", "among", "for", "as", "aboard"])
        && done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Ing | Tag::Base | Tag::Part))
    {
        return Tag::Part;
    }
    // `A ship loaded with rifles left Chad`: what it did stands behind.
    if HOLDING_PARTICIPLES.contains(tokens[at].low.as_str())
        && matches!(prev, Some(Tag::Noun | Tag::Proper))
        && is_word_at(tokens, at + 1, &["with", "for"])
        && (at + 2..tokens.len()).take_while(|i| !matches!(tokens[*i].text, "," | ";" | "." | ":")).any(|i| {
            is_word_at(tokens, i, &["left", "sailed", "arrived", "docked", "reached", "departed", "entered", "crossed", "came", "went"])
        })
    {
        return Tag::Part;
    }
    if fronted(tokens, possible, done, at) {
        return Tag::Part;
    }
    // `Armed drones are a threat`: at the head of a sentence, before what is so.
    if done.is_empty() && SORTING_PARTICIPLES.contains(tokens[at].low.as_str()) && next_noun(possible, at) {
        return Tag::Adj;
    }
    let before_name = at.checked_sub(2).is_none_or(|i| matches!(done[i], Tag::Det | Tag::Prep | Tag::Comma | Tag::Conj));
    if possessed
        && before_name
        && done.last() == Some(&Tag::Proper)
        && (next == Classes::default() || next_noun(possible, at))
        && !is_word_at(tokens, at + 1, &["by", "a", "the"])
        && tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Word)
        && !starts_clause_object(tokens, possible, at + 1)
    {
        return Tag::Adj;
    }
    // `The company, which is owned by the State, earned`: the verb of the clause that waits.
    if let Some(wh) = done.iter().rposition(|t| *t == Tag::Wh)
        && prev == Some(Tag::Comma)
        && wh > 0
        && done[wh - 1] == Tag::Comma
        && can.any(Classes::PAST)
        && !done[..wh].iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal))
    {
        return Tag::Past;
    }
    // `continued to be smuggled`, `began to ship`.
    let goes_on = is_word_at(tokens, at + 1, &["to"])
        && possible
            .get(at + 2)
            .is_some_and(|c| c.any(Classes::BASE) && (!c.any(Classes::NOUN) || is_word_at(tokens, at + 2, &["be", "ship"])));
    if goes_on && matches!(tokens[at].low.as_str(), "continued" | "began" | "started" | "agreed" | "decided" | "tried" | "attempted") {
        return Tag::Past;
    }
    // `workers in the Gulf used to send money home`: what they did, where nothing else in the sentence is a verb of its own.
    let habit = tokens[at].low == "used"
        && is_word_at(tokens, at + 1, &["to"])
        && possible.get(at + 2).is_some_and(|c| c.any(Classes::BASE))
        && !done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal));
    if habit && !finite_later(tokens, possible, at + 2) {
        return Tag::Past;
    }
    // `Weapons for the rebels come from abroad`: `come` without a helping verb is what happens.
    if tokens[at].low == "come" && matches!(prev, Some(Tag::Noun | Tag::Proper)) {
        return Tag::Base;
    }
    // Nothing is arrived by anybody.
    if can.any(Classes::PAST)
        && MOVES_ITSELF.contains(tokens[at].low.as_str())
        && matches!(prev, Some(Tag::Noun | Tag::Proper | Tag::Comma))
    {
        return Tag::Past;
    }
    // `an estimated one million barrels`, `a reported 500 shells`.
    let number = tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Number || t.text == "$") || next.any(Classes::NUM);
    if prev == Some(Tag::Det) && can.any(Classes::PART) && number && is_word_at(tokens, at.wrapping_sub(1), &["a", "an", "the"]) {
        return Tag::Adj;
    }
    // `who they say exported equipment`: the verb of the clause, behind who says so.
    let aside = at > 2
        && matches!(done[at - 3], Tag::Wh)
        && matches!(done[at - 2], Tag::Pron | Tag::Noun | Tag::Proper)
        && done[at - 1].is_verb()
        && lexicon.saying(lexicon.lemma(&tokens[at - 1].low)).is_some();
    if aside && can.any(Classes::PAST) {
        return Tag::Past;
    }
    // `Russia, which in 2021 delivered helicopters`: a year counts nothing.
    let year = at > 1 && crate::time::year(&tokens[at - 1]).is_some() && is_word_at(tokens, at - 2, &["in", "since", "during", "by"]);
    let verbless =
        done.iter().rev().take_while(|t| !matches!(t, Tag::Wh | Tag::Comma)).all(|t| !matches!(t, Tag::Past | Tag::Third | Tag::Modal));
    if year && verbless && can.any(Classes::PAST) {
        return Tag::Past;
    }
    // `For years the two sold tobacco to Chad`: what the two did, where nothing else tells it.
    let the_two = prev == Some(Tag::Num)
        && at > 1
        && is_word_at(tokens, at - 2, &["the"])
        && is_word_at(tokens, at - 1, &["two", "three", "four"])
        && !done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal));
    if the_two && can.any(Classes::PAST) && !finite_later(tokens, possible, at) {
        return Tag::Past;
    }
    match prev {
        Some(Tag::Det | Tag::Poss | Tag::Owner | Tag::Adj | Tag::Num)
            if can.any(Classes::PART) && next_noun(possible, at) && tokens.get(at + 1).is_some_and(|t| t.shape != Shape::Number) =>
        {
            return Tag::Adj;
        }
        Some(Tag::Prep | Tag::To | Tag::Ing | Tag::Base | Tag::Third | Tag::Past | Tag::Part)
            if !matches!(tokens[at].low.as_str(), "included" | "involved" | "comprised" | "entailed" | "totalled" | "totaled")
                && (next.any(Classes::NOUN) || (next.any(Classes::ADJ) && next_noun(possible, at + 1)))
                && can.any(Classes::PART) =>
        {
            return Tag::Adj;
        }
        // `100,000 subsidized barrels`, `a retired officer`: before a noun that no table knows.
        Some(Tag::Num)
            if tokens.get(at + 1).is_some_and(|t| t.low.ends_with('s') && t.shape == Shape::Word)
                && !at.checked_sub(2).is_some_and(|i| matches!(done[i], Tag::Proper | Tag::Noun))
                && crate::time::year(&tokens[at - 1]).is_none()
                && !is_word_at(tokens, at + 1, &["as", "this", "his", "its", "across"]) =>
        {
            return Tag::Adj;
        }
        Some(Tag::Det)
            if can.any(Classes::PART)
                && next == Classes::default()
                && is_word_at(tokens, at.wrapping_sub(1), &["a", "an"])
                && tokens.get(at + 1).is_some_and(|t| t.shape == Shape::Word) =>
        {
            return Tag::Adj;
        }
        // `for banned “partners”`.
        Some(Tag::Prep)
            if can.any(Classes::PART)
                && tokens.get(at + 1).is_some_and(Token::is_quote)
                && possible.get(at + 2).is_some_and(|c| c.any(Classes::NOUN)) =>
        {
            return Tag::Adj;
        }
        // `send Russia armed drones`: behind a name that gets, before a plural; the past of a State's own act has its object named.
        // `handed Tehran captured British missiles`: between who gets and what.
        Some(Tag::Proper)
            if can.any(Classes::PART)
                && at > 1
                && done[at - 2].is_verb()
                && lexicon.saying(lexicon.lemma(&tokens[at - 2].low)).is_none()
                && next == Classes::default()
                && possible.get(at + 2).is_some_and(|c| c.any(Classes::NOUN.with(Classes::CONJ))) =>
        {
            return Tag::Adj;
        }
        // `send the North advanced aircraft`: a verb before who gets.
        Some(Tag::Proper)
            if ADJECTIVES.contains(&tokens[at].low.as_str())
                && next_noun(possible, at)
                && at > 2
                && done[at - 3..at - 1].iter().any(|t| matches!(t, Tag::Base | Tag::Part | Tag::Ing)) =>
        {
            return Tag::Adj;
        }
        // `Peru banned imports of copper`, with nothing else that could be its verb.
        Some(Tag::Proper)
            if ADJECTIVES.contains(&tokens[at].low.as_str())
                && next.any(Classes::PLURAL)
                && !(is_word_at(tokens, at, &["banned", "restricted", "sanctioned"])
                    && is_word_at(
                        tokens,
                        at + 2,
                        &["of", "from", "to", "exports", "imports", "sales", "shipments", "deliveries", "transfers"],
                    )
                    && !finite_later(tokens, possible, at)) =>
        {
            return Tag::Adj;
        }
        // `the Palestinian armed group Hamas`: between whose it is and what it is; one who arms has more before him than a nationality where many follow.
        Some(Tag::Proper)
            if tokens[at].low == "armed"
                && (is_word_at(
                    tokens,
                    at + 1,
                    &["group", "wing", "faction", "movement", "force", "militia", "opposition", "struggle"],
                ) || ["an", "sh", "se", "di", "qi", "ni", "li"].iter().any(|end| tokens[at - 1].low.ends_with(end))
                    && is_word_at(tokens, at + 1, &["groups", "forces", "factions", "men", "militias"])) =>
        {
            return Tag::Adj;
        }
        // `supplying advanced Chinese-made weapons`, `sold sanctioned Russian timber`.
        Some(Tag::Ing | Tag::Past | Tag::Part | Tag::Base | Tag::Prep | Tag::To)
            if can.any(Classes::PART)
                && next == Classes::default()
                && (tokens.get(at + 1).is_some_and(|t| t.text.contains('-'))
                    || possible.get(at + 2).is_some_and(|c| c.any(Classes::NOUN) && !c.any(Classes::PREP))) =>
        {
            return Tag::Adj;
        }
        // `carrying refurbished Russian Mi-25 helicopters`: behind a verb without a time of its own, whatever follows is its object.
        Some(Tag::Ing | Tag::Base)
            if can.any(Classes::PART)
                && next == Classes::default()
                && tokens.get(at + 1).is_some_and(|t| t.capital && t.shape == Shape::Word) =>
        {
            return Tag::Adj;
        }
        // `weapons and related materials`.
        Some(Tag::Conj | Tag::Comma) if tokens[at].low == "related" && next_noun(possible, at) => return Tag::Adj,
        // `processing smuggled or conflict gold`.
        Some(Tag::Ing | Tag::Base)
            if can.any(Classes::PART)
                && tokens.get(at + 1).is_some_and(|t| matches!(t.low.as_str(), "and" | "or"))
                && possible.get(at + 2).is_some_and(|c| c.any(Classes::ADJ.with(Classes::NOUN).with(Classes::PART)))
                && next_noun(possible, at + 2) =>
        {
            return Tag::Adj;
        }
        Some(Tag::Wh | Tag::Pron) if can.any(Classes::PAST) => return Tag::Past,
        // `fighter jets, advanced missile systems`: in a list of goods.
        Some(Tag::Comma | Tag::Conj)
            if SORTING_PARTICIPLES.contains(tokens[at].low.as_str())
                && next_noun(possible, at)
                // `Duvane, the busiest runner of his day, used firms to`: the only verb there is.
                && (tokens[at].low != "used" || done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal)))
                && !at.checked_sub(2).is_some_and(|i| done[i].is_verb()) =>
        {
            return Tag::Adj;
        }
        _ => {}
    }
    if can.any(Classes::NOUN) && matches!(prev, Some(Tag::Det | Tag::Adj | Tag::Poss | Tag::Owner)) {
        return Tag::Noun;
    }
    // `included a tea set and`: behind a noun with an article of its own, once the verb has come.
    let compound = at > 1 && prev == Some(Tag::Noun) && matches!(done[at - 2], Tag::Det | Tag::Adj | Tag::Num);
    if compound
        && can.any(Classes::NOUN)
        && !starts_object(tokens, possible, at + 1)
        && done.iter().any(|t| matches!(t, Tag::Past | Tag::Third))
    {
        return Tag::Noun;
    }
    if !can.any(Classes::PAST) {
        return Tag::Part;
    }
    if !can.any(Classes::PART) {
        return Tag::Past;
    }
    // `according to a report published in October`: behind a preposition, where the verb of the sentence has come.
    let start =
        (0..at).rev().find(|i| !matches!(done[*i], Tag::Noun | Tag::Proper | Tag::Adj | Tag::Det | Tag::Num | Tag::Owner | Tag::Poss));
    let governed = prev == Some(Tag::Noun) && start.is_some_and(|i| i > 0 && matches!(done[i], Tag::Prep | Tag::To));
    if governed
        && tokens[at].low != "said"
        && lexicon.saying(lexicon.lemma(&tokens[at].low)).is_some()
        && is_word_at(tokens, at + 1, &["in", "on", "by", "last", "this", "earlier", "at", "from", "to"])
        && start.is_some_and(|i| done[..i].iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal)))
    {
        return Tag::Part;
    }
    // `Shin, the minister, said in June`, `the coast guard said on Wednesday`: who says is told before, unless `by` tells it behind.
    if lexicon.saying(lexicon.lemma(&tokens[at].low)).is_some_and(|s| s.stance == Stance::Reports)
        && lexicon.nominal(&tokens[at].low).is_none()
        && (tokens[at].low == "said" || !finite_later(tokens, possible, at))
        && !is_word_at(tokens, at + 1, &["by", "to", "from", "as"])
        && !(prev == Some(Tag::Comma) && is_word_at(tokens, at + 2, &["as", "by"]))
        && (tokens[at].low == "said" || !is_word_at(tokens, at + 1, &["of"]))
        && !(at + 2..at + 4).any(|i| is_word_at(tokens, i, &["by"]))
    {
        return Tag::Past;
    }
    let behind = [
        "by", "from", "to", "in", "at", "on", "off", "as", "for", "with", "into", "near", "of", "against", "under", "up", "out", "over",
        "through", "via", "aboard", "between", "during", "among", "last", "earlier", "above", "below", "within", "outside",
    ];
    // `found fuel consigned to a firm`: how goods stand.
    let addressed = ["consigned", "addressed", "destined", "labelled", "labeled", "concealed", "disguised", "earmarked"];
    if prev == Some(Tag::Noun)
        && addressed.contains(&tokens[at].low.as_str())
        && is_word_at(tokens, at + 1, &["to", "for", "as", "in", "under"])
    {
        return Tag::Part;
    }
    // `sold at least 40`, `sent over 300`: how much, and no phrase behind.
    let amount = is_amount(tokens, possible, at + 1);
    // `a report made public on Monday`.
    if matches!(prev, Some(Tag::Noun))
        && tokens[at].low == "made"
        && is_word_at(tokens, at + 1, &["public", "available", "known"])
        && finite_later_or_past(tokens, possible, at)
    {
        return Tag::Part;
    }
    // `on April 23 and 24`: no new clause.
    let opens = |i: &usize| match done[*i] {
        Tag::Sub | Tag::Wh => true,
        Tag::Conj => !matches!(done.get(i + 1), Some(Tag::Num)),
        _ => false,
    };
    let clause = (0..done.len()).rev().find(opens).map_or(0, |i| i + 1);
    let earlier = (clause..at).any(|i| {
        matches!(done[i], Tag::Past | Tag::Third | Tag::Modal | Tag::Ing)
            && lexicon.saying(lexicon.lemma(&tokens[i].low)).is_none_or(|s| s.stance != Stance::Reports)
    });
    // `A convoy, said to carry supplies, entered Ukraine`: the verb that the subject before the comma waits for.
    let first_comma = done.iter().position(|t| *t == Tag::Comma);
    let bracketed = first_comma.is_some_and(|c| {
        let subject = c > 0 && matches!(done[c - 1], Tag::Noun | Tag::Proper | Tag::Num);
        let describes = matches!(done.get(c + 1), Some(Tag::Part | Tag::Ing));
        subject
            && describes
            && c + 1 < at
            && !done[..at].iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Sub | Tag::Wh))
    });
    if bracketed && prev == Some(Tag::Comma) && can.any(Classes::PAST) && !is_word_at(tokens, at + 1, &["by"]) {
        return Tag::Past;
    }
    // `Lim Su, a trader living in Beijing, wired $5 million`: what describes him tells his act no less.
    let described = first_comma.is_some_and(|c| {
        let subject = c > 0 && matches!(done[c - 1], Tag::Noun | Tag::Proper);
        let describes = matches!(done.get(c + 1), Some(Tag::Det | Tag::Proper));
        subject && describes && !done[..at].iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Sub | Tag::Wh))
    });
    if described && prev == Some(Tag::Comma) && can.any(Classes::PAST) && starts_object(tokens, possible, at + 1) {
        return Tag::Past;
    }
    // `received two dogs, named A and B`: a second past behind a comma without a conjunction describes.
    if earlier && matches!(done.last(), Some(Tag::Comma | Tag::Break)) {
        return Tag::Part;
    }
    // `weapons – among them rifles – hidden under sugar`.
    if done.iter().any(|t| matches!(t, Tag::Past | Tag::Third | Tag::Modal | Tag::Ing))
        && matches!(prev, Some(Tag::Break))
        && is_word_at(tokens, at + 1, &["by", "under", "beneath", "in", "inside", "among", "behind", "with", "from", "aboard"])
        && !MOVES_ITSELF.contains(tokens[at].low.as_str())
    {
        return Tag::Part;
    }
    // `The suspect, identified only as Ulli S.,`.
    let only =
        usize::from(is_word_at(tokens, at + 1, &["only", "also", "later", "mainly", "partly", "simply"]) && prev == Some(Tag::Comma));
    if amount || !(matches!(prev, Some(Tag::Noun | Tag::Proper | Tag::Comma)) && is_word_at(tokens, at + 1 + only, &behind)) {
        return Tag::Past;
    }
    // `took crude priced above`, `goods valued at`: what something is worth.
    if matches!(tokens[at].low.as_str(), "priced" | "valued" | "estimated") {
        return Tag::Part;
    }
    // `X, presented with a jeep by Y, drove off`; `the shells sent by Seoul`; `the coal shipped from Rason was seized`.
    let by = is_word_at(tokens, at + 1, &["by"]);
    // `the rifles Kenya got in 2019 are new`: a name right behind several things got them.
    let names = done.iter().rev().take_while(|t| **t == Tag::Proper).count();
    let things = at.checked_sub(names + 1).filter(|_| (1..=3).contains(&names));
    let things = things.is_some_and(|t| done[t] == Tag::Noun && !tokens[t].capital && is_many(&tokens[t].low));
    if things && !by && can.any(Classes::PAST) {
        return Tag::Past;
    }
    if prev == Some(Tag::Comma) || by || earlier || finite_later(tokens, possible, at) {
        return Tag::Part;
    }
    Tag::Past
}

/// `two jets that a Gambian firm purchased in Lithuania were flown`: the verb that a clause which describes something waits for.
fn is_of_a_description(lexicon: &Lexicon, tokens: &[Token<'_>], done: &[Tag], at: usize) -> bool {
    let phrase = |t: &Tag| matches!(t, Tag::Det | Tag::Poss | Tag::Adj | Tag::Noun | Tag::Proper | Tag::Num | Tag::Owner);
    let Some(that) = (0..at).rev().find(|i| !phrase(&done[*i])) else { return false };
    let somebody = at > that + 1 && matches!(done[at - 1], Tag::Noun | Tag::Proper);
    let described = that > 0 && done[that - 1] == Tag::Noun && lexicon.saying_noun(&tokens[that - 1].low).is_none();
    let thing = that > 0 && (tokens[that - 1].low.ends_with('s') || done[that - 1] == Tag::Num);
    somebody && is_word_at(tokens, that, &["that", "which"]) && (described && thing || that > 0 && done[that - 1] == Tag::Num)
}

/// Whether words that say how much begin here: `at least`, `up to 40`, `over 300`, `as many as`.
fn is_amount(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    let number = |i: usize| {
        tokens.get(i).is_some_and(|t| t.shape == Shape::Number || t.text == "$") || possible.get(i).is_some_and(|c| c.any(Classes::NUM))
    };
    (is_word_at(tokens, at, &["at"]) && is_word_at(tokens, at + 1, &["least", "most"]))
        || (is_word_at(tokens, at, &["up"]) && is_word_at(tokens, at + 1, &["to"]) && number(at + 2))
        || (is_word_at(tokens, at, &["over", "under", "between", "from", "about", "around"]) && number(at + 1) && !is_year(tokens, at + 1))
        || (is_word_at(tokens, at, &["as"]) && is_word_at(tokens, at + 1, &["many", "much"]))
}

/// `between 2014 and 2016`, `from 2019`: years.
fn is_year(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| {
        t.text.len() == 4 && t.text.chars().all(|c| c.is_ascii_digit()) && (t.text.starts_with("19") || t.text.starts_with("20"))
    })
}

/// Whether a verb in the past follows, behind whatever comma.
fn finite_later_or_past(tokens: &[Token<'_>], possible: &[Classes], at: usize) -> bool {
    (at + 1..tokens.len()).any(|i| possible[i].any(Classes::PAST) && !possible[i].any(Classes::NOUN.with(Classes::ADJ)))
}

/// Whether a verb of helping stands before a token, and between them only somebody who is helped.
pub(super) fn helps_somebody(tokens: &[Token<'_>], done: &[Tag], at: usize) -> bool {
    // `helped one of the Syrians buy`.
    let phrase = |i: usize| {
        matches!(done[i], Tag::Det | Tag::Num | Tag::Adj | Tag::Noun | Tag::Proper | Tag::Poss)
            || tokens[i].low == "of" && i > 0 && matches!(tokens[i - 1].low.as_str(), "one" | "some" | "two" | "several" | "many")
            || tokens[i].low == "one"
    };
    let start = (0..at).rev().find(|i| !phrase(*i)).filter(|i| i + 1 < at && at - i <= 6);
    let somebody = at > 0 && (done[at - 1] == Tag::Proper || (done[at - 1] == Tag::Noun && tokens[at - 1].low.ends_with('s')));
    let anybody = at > 0 && matches!(done[at - 1], Tag::Proper | Tag::Noun);
    // `let a North Korean firm build a statue`.
    start.is_some_and(|i| {
        done[i].is_verb()
            && (somebody && is_word_at(tokens, i, &["help", "helps", "helped", "helping"])
                || anybody && is_word_at(tokens, i, &["let", "lets", "letting"]))
    })
}
