//! What the words of a name or a description say in passing: who owns a firm, where a ship has been, who serves a mission.

use crate::tables::Tables;
use crate::text::{denied, normal, padded};
use model::Country;

/// An owner that a name speaks of: “a firm owned to 60 per cent by X”.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SaidOwner {
    pub name: String,
    /// At least and at most so much, in per cent.
    pub share: (f64, f64),
}

/// A majority of which nobody said how large it is.
const MAJORITY: (f64, f64) = (50.01, 100.0);

/// The owner that a name speaks of, if it speaks of one.
pub(crate) fn owner(name: &str) -> Option<SaidOwner> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain: Vec<String> = words.iter().map(|w| w.to_lowercase().trim_matches(|c: char| ",;()".contains(c)).to_owned()).collect();
    let is = |at: usize, word: &str| plain.get(at).is_some_and(|w| w == word);
    // The owner stands behind “by”, or behind “of” after a subsidiary; a share may stand between.
    let subsidiary = plain.iter().position(|w| w == "subsidiary");
    let verb = subsidiary.or_else(|| plain.iter().position(|w| matches!(w.as_str(), "owned" | "held") || w.ends_with("-owned")))?;
    let by = if subsidiary.is_some() { "of" } else { "by" };
    let start = (verb + 1..plain.len().min(verb + 8)).find(|at| is(*at, by))? + 1;
    let mut owner = Vec::new();
    for word in words.iter().skip(start) {
        owner.push(word.trim_matches(|c: char| ",;()".contains(c)));
        if word.ends_with([',', ';', ')']) {
            break;
        }
    }
    let before = plain.get(verb.saturating_sub(6)..start)?;
    let share = share(before, subsidiary.is_some())?;
    (!owner.is_empty()).then(|| SaidOwner { name: owner.join(" "), share })
}

/// The share that the words around “owned” state; a majority when they state none, nothing when they deny it.
fn share(words: &[String], subsidiary: bool) -> Option<(f64, f64)> {
    let has = |word: &str| words.iter().any(|w| w == word || w.strip_suffix("-owned").is_some_and(|w| w == word));
    if has("not") || has("no") || has("formerly") || has("once") || has("previously") {
        return None;
    }
    let number = words.iter().find_map(|w| w.trim_end_matches("-owned").trim_end_matches('%').parse::<f64>().ok());
    Some(match number.filter(|n| (0.0..=100.0).contains(n)) {
        Some(n) if has("over") || words.windows(2).any(|w| w == ["more", "than"]) => (n + 0.01, 100.0),
        Some(n) if has("under") || words.windows(2).any(|w| w == ["less", "than"]) => (0.0, n - 0.01),
        Some(n) => (n, n),
        None if has("wholly") || has("fully") || has("entirely") => (100.0, 100.0),
        None if has("half") => (50.0, 50.0),
        None if has("minority") || has("partly") || has("part") => (0.0, 49.99),
        None if subsidiary && has("former") => return None,
        None => MAJORITY,
    })
}

/// Words of an office that serves a mission abroad, in the spelling that names are compared in.
const DIPLOMATS: [&str; 9] = [
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
    let former = [" former ", " retired ", " defected ", " wife of ", " driver of "].into_iter().any(|word| text.contains(word));
    !former && DIPLOMATS.into_iter().any(|word| text.contains(word))
}

/// A call at a port of a country that words speak of, and how many days ago it was when they say so.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct EarlierCall {
    pub days: Option<u32>,
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

/// An earlier call in the country that the words speak of: “had called at Nampo 120 days before”.
pub(crate) fn earlier_call(words: &str, tables: &Tables, country: Country) -> Option<EarlierCall> {
    let text = padded(words);
    let tokens: Vec<&str> = text.split(' ').filter(|t| !t.is_empty()).collect();
    let place = |at: usize, n: usize| tokens.get(at..at + n).is_some_and(|w| tables.countries_of(&w.join(" ")) == [country]);
    let cues: Vec<Vec<String>> = CALLED.iter().map(|cue| padded(cue).split_whitespace().map(str::to_owned).collect()).collect();
    let at = (0..tokens.len()).find(|at| {
        let said = cues.iter().any(|cue| {
            let end = at + cue.len();
            let meets = tokens.get(*at..end).is_some_and(|t| t.iter().zip(cue).all(|(a, b)| a == b));
            meets && (end..end + 3).any(|p| place(p, 1) || place(p, 2))
        });
        said && !denied(&tokens.get(..*at).unwrap_or_default().join(" "))
    })?;
    Some(EarlierCall { days: days(tokens.get(at..).unwrap_or_default()).or_else(|| days(&tokens)) })
}

/// A number of days, weeks or months.
fn days(tokens: &[&str]) -> Option<u32> {
    tokens.windows(2).find_map(|pair| {
        let [number, unit] = pair else { return None };
        let number: u32 = number.parse().ok()?;
        match normal(unit).as_str() {
            "day" => Some(number),
            "week" => number.checked_mul(7),
            "month" => number.checked_mul(30),
            "year" => number.checked_mul(365),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn who_serves_a_mission_is_told_from_others() {
        assert!(is_diplomat(&padded("the First Secretary of the embassy")) && is_diplomat(&padded("a North Korean diplomat in Bern")));
        assert!(!is_diplomat(&padded("a former diplomat")) && !is_diplomat(&padded("a nurse")));
    }
}
