//! What the words of a name or a description say in passing: who owns a firm, where a ship has been, who serves a mission.

use crate::tables::Tables;
use crate::text::{denied, normal, padded};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use model::{Country, Date};
use std::sync::LazyLock;

/// An owner that a name speaks of: “a firm owned to 60 per cent by X”.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SaidOwner {
    pub name: String,
    /// At least and at most so much, in per cent.
    pub share: (f64, f64),
}

/// A majority of which nobody said how large it is.
const MAJORITY: (f64, f64) = (50.01, 100.0);
/// A minority of which nobody said how large it is.
const MINORITY: (f64, f64) = (0.0, 49.99);

/// The owner that a name speaks of, if it speaks of one.
pub(crate) fn owner(name: &str) -> Option<SaidOwner> {
    static CUES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasickBuilder::new().ascii_case_insensitive(true).build(["owned", "held", "subsidiary", "which"]).ok());
    // Hardly any names speak of one, and those that do not are told apart at once.
    if CUES.as_ref().is_some_and(|cues| !cues.is_match(name)) {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = plain(&words);
    owned_by(&words, &plain).or_else(|| holds(&words, &plain))
}

/// What an owner holds by the words of his own name, at least and at most: “a listed man, owner of 30 per cent”, “holder of a majority”.
pub(crate) fn held(name: &str) -> Option<(f64, f64)> {
    let plain = plain(&name.split_whitespace().collect::<Vec<_>>());
    let is = |at: usize, word: &str| plain.get(at).is_some_and(|w| w == word);
    let rate = |at: usize| is(at + 1, "%") || is(at + 1, "percent") || is(at + 1, "per") && is(at + 2, "cent");
    let stated = (0..plain.len()).find(|&at| plain.get(at).is_some_and(|w| number(w).is_some() && (w.ends_with('%') || rate(at))));
    if let Some(at) = stated {
        return share(plain.get(at.saturating_sub(3)..=at)?, false);
    }
    let has = |word: &str| plain.iter().any(|w| w == word);
    let owner = |word: &str| (0..plain.len()).any(|at| is(at, word) && is(at + 1, "owner"));
    match () {
        () if has("minority") => Some(MINORITY),
        () if has("majority") => Some(MAJORITY),
        () if owner("sole") || owner("only") || has("whole") => Some((100.0, 100.0)),
        () => None,
    }
}

/// Words in small letters, without the marks around them.
fn plain(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| w.to_lowercase().trim_matches(|c: char| ",;()".contains(c)).to_owned()).collect()
}

/// A number of per cent, with the point or the comma of decimals: `30`, `50.5%`, `49,9`, `60-owned`.
fn number(word: &str) -> Option<f64> {
    let word = word.trim_end_matches("-owned").trim_end_matches('%').replace(',', ".");
    word.parse().ok().filter(|n| (0.0..=100.0).contains(n))
}

/// “Owned to 60 per cent by X”, “a subsidiary of X”.
fn owned_by(words: &[&str], plain: &[String]) -> Option<SaidOwner> {
    let is = |at: usize, word: &str| plain.get(at).is_some_and(|w| w == word);
    // The owner stands behind “by”, or behind “of” after a subsidiary; a share may stand between.
    let subsidiary = plain.iter().position(|w| w == "subsidiary");
    let verb = subsidiary.or_else(|| plain.iter().position(|w| matches!(w.as_str(), "owned" | "held") || w.ends_with("-owned")))?;
    let by = if subsidiary.is_some() { "of" } else { "by" };
    let start = (verb + 1..plain.len().min(verb + 8)).find(|at| is(*at, by))? + 1;
    let mut owner = Vec::new();
    for (at, word) in words.iter().enumerate().skip(start) {
        // “… by X and 50 per cent by Y”, “… by X and the rest by Y”: another owner begins.
        let another = is(at, "and") && (at + 1..at + 5).any(|next| is(next, "by"));
        if another {
            break;
        }
        owner.push(word.trim_matches(|c: char| ",;()".contains(c)));
        if word.ends_with([',', ';', ')']) {
            break;
        }
    }
    let before = plain.get(verb.saturating_sub(6)..start)?;
    let share = share(before, subsidiary.is_some())?;
    (!owner.is_empty()).then(|| SaidOwner { name: owner.join(" "), share })
}

/// “In which X holds 30 per cent”, “of which X owns a large stake”.
fn holds(words: &[&str], plain: &[String]) -> Option<SaidOwner> {
    let start = plain.windows(2).position(|w| matches!(w, [a, b] if matches!(a.as_str(), "in" | "of") && b == "which"))? + 2;
    let verb = (start..plain.len()).find(|at| plain.get(*at).is_some_and(|w| matches!(w.as_str(), "holds" | "owns" | "has")))?;
    let owner = words.get(start..verb)?.iter().map(|w| w.trim_matches(|c: char| ",;()".contains(c))).collect::<Vec<_>>().join(" ");
    let behind = plain.get(verb..plain.len().min(verb + 9))?;
    let has = |word: &str| behind.iter().any(|w| w == word);
    let stake = ["stake", "share", "shares", "capital", "interest", "holding", "cent", "percent"].into_iter().any(has)
        || behind.iter().any(|w| w.ends_with('%'));
    let number = behind.iter().any(|w| w.trim_end_matches('%').parse::<f64>().is_ok());
    let rate = has("cent") || has("percent") || behind.iter().any(|w| w.ends_with('%'));
    let share = match share(behind, false)? {
        // A stake of which nobody says how large it is may be a majority or none; so may a number of shares.
        _ if number && !rate => (0.0, 100.0),
        MAJORITY if !number && !has("majority") && !has("controlling") => (0.0, 100.0),
        told => told,
    };
    (stake && !owner.is_empty()).then_some(SaidOwner { name: owner, share })
}

/// The share that the words around “owned” state; a majority when they state none, nothing when they deny it.
fn share(words: &[String], subsidiary: bool) -> Option<(f64, f64)> {
    let has = |word: &str| words.iter().any(|w| w == word || w.strip_suffix("-owned").is_some_and(|w| w == word));
    if has("not") || has("no") || has("formerly") || has("once") || has("previously") {
        return None;
    }
    let pair = |a: &str, b: &str| words.windows(2).any(|w| w == [a, b]);
    Some(match words.iter().find_map(|w| number(w)) {
        Some(n) if has("over") || has("above") || pair("more", "than") => (n + 0.01, 100.0),
        Some(n) if has("under") || has("below") || pair("less", "than") || pair("fewer", "than") => (0.0, n - 0.01),
        Some(n) if pair("at", "least") => (n, 100.0),
        Some(n) => (n, n),
        None if has("wholly") || has("fully") || has("entirely") => (100.0, 100.0),
        None if has("half") => (50.0, 50.0),
        None if has("minority") || has("partly") || has("part") => MINORITY,
        None if subsidiary && has("former") => return None,
        None => MAJORITY,
    })
}

/// Words of an office that serves a mission abroad, in the spelling that names are compared in.
const DIPLOMATS: [&str; 15] = [
    " counsellor of the ",
    " counselor of the ",
    " counsellor at the ",
    " embassy counsellor ",
    " embassy secretary ",
    " trade counsellor ",
    " diplomat ",
    " ambassador ",
    " charge d affaires ",
    " attache ",
    " first secretary ",
    " second secretary ",
    " third secretary ",
    " consul ",
    " consul general ",
];

/// Whether the words name somebody who serves a State as its diplomat.
pub(crate) fn is_diplomat(text: &str) -> bool {
    static OFFICES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(DIPLOMATS).ok());
    let former = || [" former ", " retired ", " defected ", " wife of ", " driver of "].into_iter().any(|word| text.contains(word));
    OFFICES.as_ref().is_some_and(|offices| offices.is_match(text)) && !former()
}

/// A call at a port of a country that words speak of, and when it was, if they say so.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct EarlierCall {
    /// How many days before.
    pub days: Option<u32>,
    /// Days that are told behind it.
    pub on: Vec<Date>,
    /// The ship comes from there, as far as the words tell: it left, or loaded there.
    pub sailed: bool,
}

/// Words before the name of a port or country at which a ship has been.
const CALLED: [&str; 16] = [
    "called at",
    "called in",
    "call at",
    "call in",
    "calling at",
    "calling in",
    "been at",
    "been in",
    "visited",
    "visiting",
    "visit to",
    "left",
    "leaving",
    "sailed from",
    "loaded at",
    "docked at",
];

/// Those of them that tell of the voyage itself and not of some call.
const SAILED: [&str; 4] = ["left", "leaving", "sailed from", "loaded at"];

/// An earlier call in the country that the words speak of: “had called at Nampo 120 days before”.
pub(crate) fn earlier_call(words: &str, tables: &Tables, country: Country) -> Option<EarlierCall> {
    earlier_call_in(&padded(words), tables, country)
}

/// The same in words that are padded.
pub(crate) fn earlier_call_in(text: &str, tables: &Tables, country: Country) -> Option<EarlierCall> {
    static CUES: LazyLock<Vec<Vec<String>>> =
        LazyLock::new(|| CALLED.iter().map(|cue| padded(cue).split_whitespace().map(str::to_owned).collect()).collect());
    static BEGIN: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(CUES.iter().filter_map(|cue| cue.first())).ok());
    // Hardly any words speak of a call, and those that do not are told apart at once.
    if BEGIN.as_ref().is_some_and(|begin| !begin.is_match(text)) {
        return None;
    }
    let tokens: Vec<&str> = text.split(' ').filter(|t| !t.is_empty()).collect();
    let place = |at: usize, n: usize| tokens.get(at..at + n).is_some_and(|w| tables.countries_of(&w.join(" ")) == [country]);
    let (at, cue) = (0..tokens.len()).find_map(|at| {
        let said = CUES.iter().position(|cue| {
            let end = at + cue.len();
            let meets = tokens.get(at..end).is_some_and(|t| t.iter().zip(cue).all(|(a, b)| a == b));
            meets && (end..end + 3).any(|p| place(p, 1) || place(p, 2))
        })?;
        (!denied(&tokens.get(..at).unwrap_or_default().join(" "))).then_some((at, said))
    })?;
    let behind = tokens.get(at..).unwrap_or_default();
    let sailed = CALLED.get(cue).is_some_and(|cue| SAILED.contains(cue));
    Some(EarlierCall { days: days(behind).or_else(|| days(&tokens)), on: dates(behind), sailed })
}

/// Every full date: `1 march 2018`, `march 1 2018`, `2018 03 01`.
fn dates(tokens: &[&str]) -> Vec<Date> {
    let full = |three: &[&str]| {
        // Of numbers alone the year must stand first; else nobody knows which is the month.
        let numbers = three.iter().all(|t| t.bytes().all(|b| b.is_ascii_digit()));
        let told = three.join(if numbers { "-" } else { " " });
        let plain = !numbers || three.first().is_some_and(|year| year.len() == 4);
        lists::Span::parse(&told, lists::Order::DayMonth).filter(|span| plain && span.first == span.last).map(|span| span.first)
    };
    tokens.windows(3).filter_map(full).collect()
}

/// A number of days, weeks or months. A year is none: `in 2018, day not known`.
fn days(tokens: &[&str]) -> Option<u32> {
    tokens.windows(2).find_map(|pair| {
        let [number, unit] = pair else { return None };
        let number: u32 = number.parse().ok().filter(|n| !(1900..2100).contains(n))?;
        match normal(unit).as_str() {
            "day" => Some(number),
            "week" => number.checked_mul(7),
            "month" => number.checked_mul(30),
            "year" => number.checked_mul(365),
            _ => None,
        }
    })
}

/// The words for where goods come from, in a padded description of what is paid for: “coal from North Korea”. Money that comes from somewhere is no goods.
pub(crate) fn coming_from(text: &str) -> Option<String> {
    const MONEY: [&str; 17] = [
        "payment",
        "money",
        "fund",
        "transfer",
        "remittance",
        "dollar",
        "euro",
        "yuan",
        "cash",
        "order",
        "invoice",
        "sum",
        "salary",
        "wage",
        "fee",
        "proceed",
        "income",
    ];
    const ENDS: [&str; 14] = ["to", "for", "in", "via", "by", "and", "or", "with", "through", "at", "on", "under", "from", "into"];
    let (before, after) = text.split_once(" from ")?;
    let last = before.split_whitespace().next_back()?;
    if MONEY.contains(&last) || denied(before) || worked_elsewhere(before) {
        return None;
    }
    let end = after.split_whitespace().find(|w| ENDS.contains(w));
    // From here or there: either may be.
    if matches!(end, Some("or" | "and")) {
        return None;
    }
    let words: Vec<&str> = after.split_whitespace().take_while(|w| !ENDS.contains(w)).take(4).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether the words before a `from` say that something was worked somewhere: “diamonds cut in India from Russian rough”, “pipes made in Turkey from Russian coil”. Then it
/// is what it was made of that is from there.
fn worked_elsewhere(before: &str) -> bool {
    const WORKED: [&str; 19] = [
        "cut",
        "polished",
        "made",
        "processed",
        "refined",
        "rolled",
        "woven",
        "sewn",
        "assembled",
        "smelted",
        "built",
        "produced",
        "manufactured",
        "blended",
        "mixed",
        "roasted",
        "canned",
        "welded",
        "spun",
    ];
    let words: Vec<&str> = before.split_whitespace().collect();
    words.windows(2).any(|pair| WORKED.contains(&pair[0]) && pair[1] == "in")
}

/// The town in which a padded name says that somebody is, and its country: “a firm in Moscow”, “a Minsk based trader”. `country` tells the country that one to
/// three words name.
pub(crate) fn town(text: &str, country: impl Fn(&str) -> Option<Country>) -> Option<(Country, String)> {
    let tokens: Vec<&str> = text.split(' ').filter(|t| !t.is_empty()).collect();
    let named = |from: usize, n: usize| {
        let words = tokens.get(from..from + n)?.join(" ");
        country(&words).map(|country| (country, words))
    };
    (0..tokens.len()).find_map(|at| match tokens[at] {
        "in" | "near" => (1..=3).rev().find_map(|n| named(at + 1, n)),
        "based" => (1..=3).rev().find_map(|n| named(at.checked_sub(n)?, n)),
        _ => None,
    })
}

/// Words after a nationality that take it to themselves: a Russian army boot is a boot of that army, wherever it was made.
const NO_GOODS: [&str; 34] = [
    "and",
    "or",
    "army",
    "navy",
    "military",
    "embassy",
    "consulate",
    "mission",
    "government",
    "ministry",
    "police",
    "language",
    "restaurant",
    "football",
    "market",
    "customer",
    "buyer",
    "company",
    "firm",
    "bank",
    "people",
    "person",
    "national",
    "citizen",
    "worker",
    "war",
    "peso",
    "rial",
    "franc",
    "dollar",
    "pound",
    "ruble",
    "rouble",
    "won",
];
/// Names of countries that are words for goods as well: a turkey, a china plate, a nail polish.
const ALSO_GOODS: [&str; 10] = ["turkey", "china", "guinea", "jersey", "panama", "brazil", "jordan", "polish", "chile", "java"];
/// Words that may stand before the nationality of goods, beside numbers.
const BEFORE_GOODS: [&str; 43] = [
    "a",
    "an",
    "the",
    "some",
    "of",
    "used",
    "new",
    "second",
    "hand",
    "raw",
    "frozen",
    "fresh",
    "luxury",
    "old",
    "cheap",
    "tonne",
    "ton",
    "kg",
    "kilogram",
    "gram",
    "g",
    "kilo",
    "barrel",
    "bottle",
    "box",
    "container",
    "cargo",
    "shipment",
    "load",
    "consignment",
    "crate",
    "case",
    "litre",
    "liter",
    "piece",
    "lot",
    "batch",
    "bag",
    "truckload",
    "quantity",
    "metric",
    "two",
    "three",
];

/// Where the words say that goods were made or come from: “North Korean coal”, “20 tonnes of Russian timber”, “steel of Iranian origin”, “a car made in
/// Russia”. `country` tells the country that one or two words name.
pub(crate) fn origin(text: &str, country: impl Fn(&str) -> Option<Country>) -> Option<Country> {
    let tokens: Vec<&str> = text.split(' ').filter(|t| !t.is_empty()).collect();
    let named = |at: usize| {
        (1..=2).rev().find_map(|n| {
            let words = tokens.get(at..at + n)?.join(" ");
            country(&words).filter(|_| !ALSO_GOODS.contains(&words.as_str())).map(|country| (country, at + n))
        })
    };
    let word = |at: usize| tokens.get(at).copied().unwrap_or_default();
    let small = |at: &usize| BEFORE_GOODS.contains(&word(*at)) || word(*at).bytes().all(|b| b.is_ascii_digit());
    let first = (0..tokens.len()).find(|at| !small(at))?;
    let before_goods = named(first).filter(|(_, end)| *end < tokens.len() && !NO_GOODS.contains(&word(*end))).map(|(country, _)| country);
    // `Russian-made`, `of Russian origin`, `made in Russia`.
    let told = || {
        (1..tokens.len()).find_map(|at| {
            let said = match (word(at - 1), word(at)) {
                ("made" | "produced" | "manufactured" | "mined" | "grown" | "caught", "in") => named(at + 1),
                ("of", _) => named(at).filter(|(_, end)| word(*end) == "origin"),
                ("carrying" | "laden" | "loaded", _) => (at..at + 2).find_map(named),
                _ => None,
            };
            said.filter(|_| !denied(&tokens.get(..at.saturating_sub(1)).unwrap_or_default().join(" "))).map(|(country, _)| country)
        })
    };
    before_goods.or_else(told)
}

/// How much of a thing is American, in per cent, when the words give a number: “with 4 per cent controlled US-origin content”, “US parts, 4 per cent of
/// the value”. The number must stand with the words: “US-made fertiliser with 4 per cent nitrogen content” gives none.
pub(crate) fn american_share(text: &str) -> Option<f64> {
    const BETWEEN: [&str; 10] = ["of", "its", "their", "the", "value", "in", "is", "are", "controlled", "origin"];
    const WHAT: [&str; 6] = ["content", "part", "component", "technology", "value", "chip"];
    let tokens: Vec<&str> = text.split(' ').filter(|t| !t.is_empty()).collect();
    let word = |at: usize| tokens.get(at).copied().unwrap_or_default();
    // Whether `us origin content`, `american controlled part` begins there.
    let american = |at: usize| {
        let kind = |at: usize| (at..at + 3).find(|at| !matches!(word(*at), "origin" | "made" | "controlled"));
        matches!(word(at), "us" | "american") && kind(at + 1).is_some_and(|at| WHAT.contains(&word(at)))
    };
    let share = |at: usize| {
        let number: f64 = word(at).parse().ok()?;
        let unit = match (word(at + 1), word(at + 2)) {
            ("percent", _) => 1,
            ("per", "cent") => 2,
            _ => return None,
        };
        let behind = (at + 1 + unit..tokens.len()).find(|at| !BETWEEN.contains(&word(*at))).is_some_and(american);
        let before = (at.saturating_sub(4)..at).any(american);
        ((0.0..=100.0).contains(&number) && (behind || before)).then_some(number)
    };
    (0..tokens.len()).find_map(share)
}

/// After how many days an invoice was paid, or may be: “taken 286 days after the invoice”, “paid 120 days from the date of the invoice”, “payable within 95
/// days of the invoice”.
pub(crate) fn days_of_credit(text: &str) -> Option<u32> {
    const BETWEEN: [&str; 12] = ["after", "from", "past", "of", "the", "date", "its", "an", "issue", "since", "beyond", "later"];
    let tokens: Vec<&str> = text.split(' ').filter(|t| !t.is_empty()).collect();
    let word = |at: usize| tokens.get(at).copied().unwrap_or_default();
    (0..tokens.len()).find_map(|at| {
        let days = word(at).parse().ok().filter(|_| word(at + 1) == "day")?;
        let led = matches!(word(at + 2), "after" | "from" | "past" | "of" | "since" | "beyond");
        let what = (at + 2..tokens.len().min(at + 8)).find(|at| !BETWEEN.contains(&word(*at)))?;
        (led && matches!(word(what), "invoice" | "invoicing" | "delivery")).then_some(days)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_an_invoice_are_read_where_they_stand_with_it() {
        let days = |words: &str| days_of_credit(&padded(words));
        assert_eq!(days("payment of an invoice, taken 286 days after the invoice"), Some(286));
        assert_eq!(days("payable within 30 days of the date of the invoice"), Some(30));
        assert_eq!(days("paid 95 days from delivery"), Some(95));
        assert_eq!(days("delivered 95 days after the order"), None);
        assert_eq!(days("an invoice for 30 days of work"), None);
    }

    #[test]
    fn a_share_is_read_from_the_name_of_its_holder() {
        for (name, share) in [
            ("a Specially Designated National, owner of 30 per cent", Some((30.0, 30.0))),
            ("a listed man who holds 20% of the shares", Some((20.0, 20.0))),
            ("a listed man who holds 20 % of the shares", Some((20.0, 20.0))),
            ("Ivan Petrov, holder of more than 50 percent", Some((50.01, 100.0))),
            ("a listed firm with less than 50 per cent", Some((0.0, 49.99))),
            ("a listed firm with at least 40 per cent", Some((40.0, 100.0))),
            ("a minority shareholder, listed", Some((0.0, 49.99))),
            ("a majority shareholder, listed", Some((50.01, 100.0))),
            ("sole owner of the seller", Some((100.0, 100.0))),
            ("a listed man, owner of 50.5 per cent", Some((50.5, 50.5))),
            ("a listed man, owner of 49,9 %", Some((49.9, 49.9))),
            // What is denied leaves open how much it is.
            ("a listed man with no more than 49 per cent", None),
            ("a listed man with 49 wagons", None),
            ("a listed man", None),
        ] {
            assert_eq!(held(name), share, "{name}");
        }
    }

    fn said(name: &str) -> Option<(String, (f64, f64))> {
        owner(name).map(|o| (o.name, o.share))
    }

    #[test]
    fn an_owner_is_read_with_the_share() {
        for (name, whose, share) in [
            ("a trading firm in Dalian owned to exactly 50 per cent by KOMID", "KOMID", (50.0, 50.0)),
            ("Dalian Hengtai, owned to 60 percent by KOMID, no control otherwise", "KOMID", (60.0, 60.0)),
            ("a firm, 40% owned by Tanchon Commercial Bank", "Tanchon Commercial Bank", (40.0, 40.0)),
            ("a wholly owned subsidiary of Mansudae Overseas Project Group", "Mansudae Overseas Project Group", (100.0, 100.0)),
            ("a company held by Ri Jong Chol", "Ri Jong Chol", MAJORITY),
            ("a firm more than 50 per cent owned by KOMID", "KOMID", (50.01, 100.0)),
            ("a depot, 50 per cent held by KOMID and 50 per cent by a family that runs it", "KOMID", (50.0, 50.0)),
            ("a depot held to 30% by KOMID and the rest by others", "KOMID", (30.0, 30.0)),
            ("a depot held by Smith and Sons", "Smith and Sons", MAJORITY),
            ("a depot in which KOMID holds a stake of 30 per cent", "KOMID", (30.0, 30.0)),
            ("a depot in which KOMID holds a large stake", "KOMID", (0.0, 100.0)),
            ("a depot in which KOMID holds 2 million shares", "KOMID", (0.0, 100.0)),
            ("a depot in which KOMID has a majority stake", "KOMID", MAJORITY),
        ] {
            assert_eq!(said(name), Some((whose.to_owned(), share)), "{name}");
        }
    }

    #[test]
    fn no_owner_is_read_where_none_is_named() {
        for name in ["a state-owned company in Pyongyang", "a firm not owned by KOMID", "a firm formerly owned by KOMID", "Held GmbH", ""] {
            assert_eq!(said(name), None, "{name}");
        }
    }

    #[test]
    fn a_call_is_dated_by_its_words() {
        let on = |words: &str| dates(&padded(words).split_whitespace().collect::<Vec<_>>()).iter().map(Date::to_string).collect::<Vec<_>>();
        assert_eq!(on("left Nampo on 1 March 2018"), ["2018-03-01"]);
        assert_eq!(on("left Nampo on March 1st, 2018"), ["2018-03-01"]);
        assert_eq!(on("left Nampo on 2016-02-13 and again on 3 May 2016"), ["2016-02-13", "2016-05-03"]);
        for none in ["left Nampo 120 days before", "left Nampo on 31 February 2018", "left Nampo on 02/03/2018", "left Nampo in March 2018"]
        {
            assert_eq!(on(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn an_american_share_is_a_number_beside_its_words() {
        let share = |words: &str| american_share(&padded(&words.replace('%', " percent")));
        assert_eq!(share("laptops with 25 per cent controlled US-origin content"), Some(25.0));
        assert_eq!(share("notebooks with US parts, 4% of their value"), Some(4.0));
        assert_eq!(share("laptops, a quarter, 25 per cent of the value is US parts"), Some(25.0));
        assert_eq!(share("25 per cent nitrogen fertiliser"), None);
        assert_eq!(share("US-made fertiliser with 4 per cent nitrogen content"), None);
        assert_eq!(share("steel of Chinese origin with 4 per cent carbon content"), None);
        assert_eq!(share("25 US-made laptops"), None);
    }

    #[test]
    fn who_serves_a_mission_is_told_from_others() {
        assert!(is_diplomat(&padded("the First Secretary of the embassy")) && is_diplomat(&padded("a North Korean diplomat in Bern")));
        assert!(!is_diplomat(&padded("a former diplomat")) && !is_diplomat(&padded("a nurse")));
    }

    #[test]
    fn goods_come_from_where_the_words_say_and_money_does_not() {
        let from = |text: &str| coming_from(&padded(text));
        assert_eq!(from("payment in dollars for coal from North Korea").as_deref(), Some("north korea"));
        assert_eq!(from("price of iron ore from North Korea to Dalian").as_deref(), Some("north korea"));
        assert_eq!(from("fees for coal, not from North Korea"), None);
        assert_eq!(from("salary paid with money from North Korea"), None);
        assert_eq!(from("remittances from Russia for rice"), None);
        assert_eq!(from("payment for coal"), None);
        assert_eq!(from("pipes made in Turkey from Russian coil"), None);
        assert_eq!(from("pipes from Russia made in Tula").as_deref(), Some("russia made"));
    }

    #[test]
    fn where_goods_are_from_stands_in_their_words() {
        let country = |words: &str| {
            let code = match words {
                "north korean" => "KP",
                "russian" | "russia" => "RU",
                "iranian" => "IR",
                "china" => "CN",
                "polish" => "PL",
                _ => return None,
            };
            Country::new(code)
        };
        let told = |text: &str| origin(&padded(text), country).map(|c| c.code().to_owned());
        for (text, code) in [
            ("North Korean coal", "KP"),
            ("20 tonnes of Russian timber", "RU"),
            ("used Russian buses", "RU"),
            ("steel of Iranian origin", "IR"),
            ("a car made in Russia", "RU"),
            ("a tanker carrying Russian oil", "RU"),
        ] {
            assert_eq!(told(text).as_deref(), Some(code), "{text}");
        }
        // What only speaks of a country is not from there.
        for text in [
            "parts for Russian aircraft",
            "Russian language textbooks",
            "boots for the Russian army",
            "Russian and Iranian oil",
            "china plates",
            "polish remover",
            "spare parts not of Iranian origin",
            "Russian",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
