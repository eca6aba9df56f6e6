//! What sort of party a name says by its words: “a firm in Moscow”, “Severnaya Zvezda OOO”, “a woman from Perm”.

use model::PartyType;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The words that name a sort of party, at the end of what comes before “in”, “of”, “owned by” and the like.
const NOUNS: [(PartyType, &str); 6] = [
    (
        PartyType::Person,
        "man woman person individual boy girl child student tourist traveller traveler businessman businesswoman citizen national \
         engineer professor doctor nurse teacher journalist reporter athlete footballer pensioner programmer scientist worker \
         widow wife husband son daughter brother sister mother father cousin oligarch director lawyer",
    ),
    (
        PartyType::Company,
        "firm company shop store manufacturer maker producer distributor wholesaler retailer supermarket factory works plant mill \
         hotel restaurant airline carrier brewery distillery dairy corporation enterprise consultancy subsidiary conglomerate \
         refinery shipyard insurer reinsurer shipowner start-up startup business house agency exchange line publisher operator",
    ),
    (PartyType::Bank, "bank lender"),
    (PartyType::Organisation, "charity ngo university church foundation association organisation organization club federation party"),
    (PartyType::Vessel, "ship tanker vessel freighter trawler yacht"),
    (PartyType::Aircraft, "aircraft airplane aeroplane helicopter"),
];

/// Nouns of which the word before says whose they are or what they are, so that alone they say too little: a house may be a trading house.
const ONLY_AFTER: [(&str, &[&str]); 6] = [
    ("house", &["trading", "publishing", "auction", "fashion", "commodity"]),
    ("agency", &["travel", "rating", "advertising", "crewing", "shipping", "news"]),
    ("exchange", &["crypto", "cryptocurrency", "currency"]),
    ("line", &["shipping", "cruise", "container"]),
    ("party", &["workers", "workers’", "workers'"]),
    ("operator", &["tour", "port", "terminal", "hotel"]),
];

/// Words before a noun with which it is something else: a food bank lends nothing, the central bank is a body of the State.
const NOT_AFTER: [(&str, &[&str]); 3] =
    [("bank", &["food", "blood", "central", "data", "river", "power", "seed"]), ("carrier", &["aircraft"]), ("plant", &["house", "pot"])];

/// Legal forms as the reader of names knows them, and some that would be words there.
static FORMS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| names::legal_forms().map(|(_, form)| form).chain(["se", "sas", "aps", "bhd", "pty"]).collect());

/// Words that end the noun and what belongs to it.
const ENDS: &str = "in of from near at on under that which who whose with without for to by and or as owned held run listed based working \
    living acting controlled registered established not called named abroad";

/// All nouns with the sort that they name.
static SORTS: LazyLock<HashMap<&str, PartyType>> =
    LazyLock::new(|| NOUNS.iter().flat_map(|(sort, nouns)| nouns.split(' ').map(move |noun| (noun, *sort))).collect());

static ENDING: LazyLock<HashSet<&str>> = LazyLock::new(|| ENDS.split(' ').collect());

/// The sort of party that a name says, and the word that says it; nothing where no word does.
pub(crate) fn told(name: &str) -> Option<(PartyType, &str)> {
    described(name).or_else(|| registered(name))
}

/// “A firm in Moscow”, “her brother”, “the Foreign Trade Bank of the DPRK”.
fn described(name: &str) -> Option<(PartyType, &str)> {
    let mut phrase: Vec<&str> = Vec::new();
    for raw in name.split_whitespace() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let small = word.to_lowercase();
        // “A Minsk-based trader”: what was said so far describes the noun that is still to come.
        if small.ends_with("-based") {
            continue;
        }
        if ENDING.contains(small.as_str()) || raw.starts_with('(') {
            break;
        }
        phrase.push(word);
        if raw.ends_with([',', ';', ':', ')']) {
            break;
        }
    }
    let (noun, before) = phrase.split_last()?;
    let small = noun.to_lowercase();
    let last = before.last().map(|w| w.to_lowercase());
    let after = |table: &[(&str, &[&str])]| {
        let words = table.iter().find(|(n, _)| *n == small)?.1;
        Some(last.as_deref().is_some_and(|last| words.contains(&last)))
    };
    if after(&ONLY_AFTER) == Some(false) || after(&NOT_AFTER) == Some(true) {
        return None;
    }
    let article = phrase.first().is_some_and(|w| w.starts_with(char::is_lowercase) || matches!(*w, "A" | "An" | "The" | "One" | "Another"));
    let sort = SORTS.get(small.as_str()).copied()?;
    // Names of people and ships are made of such words too: “Mr Baker Man”, “Ocean Plant”.
    (article || sort == PartyType::Bank && before.iter().any(|w| w.starts_with(char::is_uppercase))).then_some((sort, *noun))
}

/// “Severnaya Zvezda OOO”, “Nordwerk GmbH & Co. KG”.
fn registered(name: &str) -> Option<(PartyType, &str)> {
    let name = name.split([',', '(']).next().unwrap_or(name);
    let mut words = name.split_whitespace();
    let first = words.next()?;
    let last = words.next_back()?.trim_matches(|c: char| !c.is_alphanumeric());
    let capitals = |word: &str| word.chars().all(|c| !c.is_lowercase());
    let is_form = |word: &str| FORMS.contains(word.replace('.', "").to_lowercase().as_str());
    // “Pat”, “Too” and “as” are no forms; “Ltd” and “Inc” are.
    let written = |word: &str| word.chars().count() > 3 || capitals(word) || has("Ltd Inc Co Plc Pte Pty Bhd Llc", word);
    match () {
        () if is_form(last) && written(last) => Some((PartyType::Company, last)),
        () if is_form(first) && capitals(first) && first.chars().count() >= 3 => Some((PartyType::Company, first)),
        () => None,
    }
}

/// Whether a word stands among words.
fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_say_what_sort_of_party_it_is() {
        for (name, sort) in [
            ("a firm in Moscow", PartyType::Company),
            ("A Greek shipping company owned by a Syrian", PartyType::Company),
            ("a Minsk-based trading house", PartyType::Company),
            ("a maker of steel", PartyType::Company),
            ("a woman from Perm", PartyType::Person),
            ("the wife of a minister", PartyType::Person),
            ("a North Korean national who works in Dalian", PartyType::Person),
            ("a bank, owned by the State", PartyType::Bank),
            ("the Foreign Trade Bank of the DPRK", PartyType::Bank),
            ("Korea Kwangson Banking Corp", PartyType::Company),
            ("Severnaya Zvezda OOO", PartyType::Company),
            ("OOO Zvezda", PartyType::Company),
            ("ООО Звезда", PartyType::Company),
            ("Zvezda Ltd", PartyType::Company),
            ("Zvezda S.p.A.", PartyType::Company),
            ("Nordwerk GmbH & Co. KG", PartyType::Company),
            ("Weihai World-Shipping Freight Co., Ltd.", PartyType::Company),
            ("a charity (registered in Leeds)", PartyType::Organisation),
            ("a tanker under the flag of Gabon", PartyType::Vessel),
            ("a Russian tourist", PartyType::Person),
        ] {
            assert_eq!(told(name).map(|(sort, _)| sort), Some(sort), "{name}");
        }
    }

    #[test]
    fn other_words_say_nothing() {
        for name in [
            "Kim Jong Un",
            "a man's best friend",
            "a ministry in Minsk",
            "the central bank of Syria",
            "a food bank in Leeds",
            "a trader in coal",
            "somebody",
            "Ocean Plant",
            "Bank",
            "the house of Saud",
            "an agency of the State",
            "Mansur al-As",
            "Kim Pat",
            "Lee Sia",
            "Noor Too",
            "",
        ] {
            assert_eq!(told(name), None, "{name}");
        }
    }
}
