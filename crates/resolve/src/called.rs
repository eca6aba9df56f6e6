//! Words of a name that call the party listed, and by whom: “a sanctioned bank”, “a firm on OFAC's list”, “a trader under EU sanctions”.

use crate::text::denied;

/// That a party is called listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Called {
    /// The words that say so.
    pub words: String,
    /// The authorities that are said to list it; empty when nobody says who does, or when all follow who does.
    pub by: Vec<&'static str>,
    /// What is left of the text without the names of those authorities.
    pub rest: String,
}

/// Words that call a party listed, in the spelling that names are compared in.
const LISTED: [&str; 17] = [
    " asset freeze ",
    " asset frozen ",
    " asset are frozen ",
    " designated ",
    " listed ",
    " blacklisted ",
    " sanctioned ",
    " sanction list ",
    " travel ban ",
    " on the un list ",
    " on the eu list ",
    " on the uk list ",
    " under un sanction ",
    " under sanction ",
    " subject to sanction ",
    " hit by sanction ",
    " on the list ",
];

/// Words that only the Treasury of the United States uses of its own list.
const AMERICAN: [&str; 8] = [
    " sdn ",
    " specially designated ",
    " blocked person ",
    " blocked party ",
    " blocked entity ",
    " blocked vessel ",
    " blocked bank ",
    " property is blocked ",
];

/// Authorities by their names, longer ones before those that end like them; whether the name is one of a nationality too, so that “a Swiss listed company” is not one
/// that Switzerland lists. The list of the United Nations is followed by everybody, most of that of the European Union by Switzerland.
static AUTHORITIES: [(&str, bool, &[&str]); 42] = [
    ("united nation", false, &[]),
    ("security council", false, &[]),
    ("un", false, &[]),
    ("unsc", false, &[]),
    ("hm treasury", false, &["uk"]),
    ("british treasury", false, &["uk"]),
    ("us treasury", false, &["us"]),
    ("treasury department", false, &["us"]),
    ("treasury", false, &["us"]),
    ("state department", false, &["us"]),
    ("commerce department", false, &["us"]),
    ("united state", false, &["us"]),
    ("washington", false, &["us"]),
    ("ofac", false, &["us"]),
    ("sdn", false, &["us"]),
    ("u s", false, &["us"]),
    ("usa", false, &["us"]),
    ("us", false, &["us"]),
    ("america", false, &["us"]),
    ("american", true, &["us"]),
    ("european union", false, &["eu", "ch"]),
    ("brussel", false, &["eu", "ch"]),
    ("eu", false, &["eu", "ch"]),
    ("european", true, &["eu", "ch"]),
    ("united kingdom", false, &["uk"]),
    ("britain", false, &["uk"]),
    ("ofsi", false, &["uk"]),
    ("uk", false, &["uk"]),
    ("u k", false, &["uk"]),
    ("british", true, &["uk"]),
    ("switzerland", false, &["ch"]),
    ("seco", false, &["ch"]),
    ("swiss", true, &["ch"]),
    ("japan", false, &["jp"]),
    ("japanese", true, &["jp"]),
    ("australia", false, &["au"]),
    ("australian", true, &["au"]),
    ("canada", false, &["ca"]),
    ("canadian", true, &["ca"]),
    ("new zealand", false, &["nz"]),
    ("singapore", false, &["sg"]),
    ("south korea", false, &["kr"]),
];

type Authority = &'static (&'static str, bool, &'static [&'static str]);

/// Whether the padded text of a name calls the party listed, and by whom.
pub(crate) fn called(text: &str) -> Option<Called> {
    if [" no longer ", " delisted "].into_iter().any(|word| text.contains(word)) {
        return None;
    }
    let said = |phrase: &str| {
        let before = text.find(phrase).and_then(|at| text.get(..at));
        before.is_some_and(|before| !denied(before) && !is_past(before))
    };
    let by = by_whom(text);
    let plain = LISTED.into_iter().filter(|p| !is_about_something_else(p, text)).find(|p| said(p));
    let american = AMERICAN.into_iter().find(|p| said(p));
    let named = by.words.filter(|w| said(&format!(" {w} ")));
    let words = named.as_deref().or(american.or(plain).map(str::trim))?.to_owned();
    let mut all: Vec<&'static str> = if named.is_some() { by.authorities } else { Vec::new() };
    let follows = named.is_some() && by.everybody;
    if american.is_some() && !all.contains(&"us") {
        all.push("us");
    }
    let rest = if named.is_some() { by.rest } else { text.to_owned() };
    Some(Called { words, by: if follows { Vec::new() } else { all }, rest })
}

/// A share listed on a stock exchange, a list of something.
fn is_about_something_else(phrase: &str, text: &str) -> bool {
    match phrase {
        " listed " => text.contains("stock"),
        " on the list " => text.contains(" on the list of ") || text.contains(" on the list for "),
        _ => false,
    }
}

/// Whether what comes before a word says that it is over: “formerly listed”, “previously on the UN list”. “Formerly Orion Ltd, listed” does not.
fn is_past(before: &str) -> bool {
    let between = ["on", "the", "un", "eu", "uk", "us", "been", "was", "were", "under", "an", "a"];
    let word = before.split_whitespace().rev().find(|w| !between.contains(w));
    word.is_some_and(|w| matches!(w, "formerly" | "previously" | "once"))
}

#[derive(Default)]
struct Listers {
    authorities: Vec<&'static str>,
    /// One whom all follow is among them.
    everybody: bool,
    words: Option<String>,
    rest: String,
}

/// The authorities that the text says list the party: “EU-listed”, “sanctioned by the US and the UK”, “on OFAC's list”, “under EU sanctions”.
fn by_whom(text: &str) -> Listers {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let mut out = Listers::default();
    let mut taken: Vec<bool> = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        let word = tokens.get(at).copied().unwrap_or("");
        let (before, after) = (before(&tokens, at), after(&tokens, at));
        let found: Vec<(usize, usize, Authority)> = match word {
            "listed" | "sanctioned" | "blacklisted" | "designated" | "blocked" => {
                let direct = before.into_iter().filter(|(_, _, authority)| !authority.1);
                direct.chain(after).collect()
            }
            "list" | "blacklist" | "sanction" | "freeze" if leads(&tokens, at) => before.into_iter().chain(after).collect(),
            _ => continue,
        };
        let Some(first) = found.iter().map(|f| f.0).chain([at]).min() else { continue };
        let last = found.iter().map(|f| f.1).chain([at + 1]).max().unwrap_or(at + 1);
        for (from, to, (_, _, who)) in found {
            taken.iter_mut().take(to).skip(from).for_each(|t| *t = true);
            out.everybody |= who.is_empty();
            out.authorities.extend(who.iter().filter(|one| !out.authorities.contains(*one)).copied().collect::<Vec<_>>());
            out.words = tokens.get(first..last).map(|words| words.join(" "));
        }
    }
    let kept = tokens.iter().zip(taken).filter(|(_, taken)| !taken).map(|(token, _)| *token);
    out.rest = format!(" {} ", kept.collect::<Vec<_>>().join(" "));
    out
}

/// Whether words before the word for a list, or for sanctions, say that the party stands on it or is hit by them: “on the EU list”, “subject to US sanctions”.
fn leads(tokens: &[&str], at: usize) -> bool {
    let leading: &[&str] = match tokens.get(at) {
        Some(&"list" | &"blacklist") => &["on", "appear", "name", "named"],
        _ => &["under", "subject", "hit", "face", "facing", "target", "targeted"],
    };
    tokens.get(at.saturating_sub(7)..at).unwrap_or_default().iter().any(|w| leading.contains(w))
}

/// The authorities whose names end just before a word, each with its place: “US”, “US and EU”, “OFAC's consolidated”.
fn before(tokens: &[&str], at: usize) -> Vec<(usize, usize, Authority)> {
    let (mut out, mut end) = (Vec::new(), at);
    while let Some(words) = tokens.get(..end) {
        if let Some(authority) = AUTHORITIES.iter().find(|(name, ..)| words.ends_with(&name.split(' ').collect::<Vec<_>>())) {
            let from = end - authority.0.split(' ').count();
            out.push((from, end, authority));
            end = from;
        } else if words.last().is_some_and(|w| may_stand_between(w)) {
            end -= 1;
        } else {
            break;
        }
    }
    out
}

/// What may stand between the name of an authority and the word for its list, and between two such names.
fn may_stand_between(word: &str) -> bool {
    matches!(word, "s" | "and" | "or" | "the" | "consolidated" | "sanction" | "asset" | "travel" | "black" | "financial")
}

/// The authorities named after a word: “by the EU and the UK”, “of Switzerland”.
fn after(tokens: &[&str], at: usize) -> Vec<(usize, usize, Authority)> {
    let mut out = Vec::new();
    let mut next = at + 2;
    if !tokens.get(at + 1).is_some_and(|w| matches!(*w, "by" | "of" | "from")) {
        return out;
    }
    while let Some([word, ..]) = tokens.get(next..) {
        let words = tokens.get(next..).unwrap_or_default();
        if let Some(authority) = AUTHORITIES.iter().find(|(name, ..)| words.starts_with(&name.split(' ').collect::<Vec<_>>())) {
            let to = next + authority.0.split(' ').count();
            out.push((next, to, authority));
            next = to;
        } else if matches!(*word, "the" | "and" | "or" | "both") {
            next += 1;
        } else {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::padded;

    fn by(name: &str) -> Option<Vec<&'static str>> {
        called(&padded(name)).map(|c| c.by)
    }

    #[test]
    fn a_party_is_listed_by_whom_the_words_name() {
        for (name, who) in [
            ("a US-sanctioned firm", vec!["us"]),
            ("a firm sanctioned by the United States", vec!["us"]),
            ("an SDN", vec!["us"]),
            ("a blocked person", vec!["us"]),
            ("a specially designated national", vec!["us"]),
            ("a man on OFAC's list", vec!["us"]),
            ("a trader on the U.S. Treasury's sanctions list", vec!["us"]),
            ("a firm on the EU sanctions list", vec!["eu", "ch"]),
            ("a firm under EU sanctions", vec!["eu", "ch"]),
            ("a company subject to UK sanctions", vec!["uk"]),
            ("a UK-sanctioned oligarch", vec!["uk"]),
            ("a bank sanctioned by the EU and the UK", vec!["eu", "ch", "uk"]),
            ("a US- and UK-sanctioned bank", vec!["uk", "us"]),
            ("a man designated by HM Treasury", vec!["uk"]),
            ("a firm under a British asset freeze", vec!["uk"]),
            ("a company on the Swiss list", vec!["ch"]),
            ("a firm owned by an SDN", vec!["us"]),
            ("a U.S.-sanctioned firm", vec!["us"]),
        ] {
            assert_eq!(by(name), Some(who), "{name}");
        }
    }

    #[test]
    fn where_nobody_says_by_whom_or_the_united_nations_do_it_is_listed_everywhere() {
        for name in [
            "a listed firm",
            "a sanctioned bank",
            "a firm on the list",
            "a company under sanctions",
            "a UN-listed trader",
            "a company under UN sanctions",
            "a man sanctioned by the United Nations and the EU",
            "a Swiss listed company",
            "a sanctioned American",
        ] {
            assert_eq!(by(name), Some(Vec::new()), "{name}");
        }
    }

    #[test]
    fn words_that_only_sound_like_it_list_nobody() {
        for name in [
            "a firm",
            "an adviser on US sanctions",
            "a lawyer for EU sanctions",
            "a firm not on the EU list",
            "a man no longer on the SDN list",
            "formerly listed by OFAC",
            "a company listed on the stock exchange",
            "a supplier on the list of approved vendors",
            "an unlisted bank",
        ] {
            assert_eq!(called(&padded(name)), None, "{name}");
        }
    }

    #[test]
    fn the_name_of_who_lists_is_no_nationality() {
        assert_eq!(called(&padded("a firm sanctioned by Japan")).map(|c| c.rest), Some(" a firm sanctioned by ".into()));
    }
}
